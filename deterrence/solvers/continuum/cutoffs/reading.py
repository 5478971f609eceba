"""A game read for the search: what each plan of each agent is worth, as a line in the agent's own type.

Against given play of the others a plan s is worth A(s) + B(s) t to the type t, up to a term that all plans share. A
and B are sums of products: chances of nature, and for each other agent on the path the mass of its types whose plan
leads along it (or, where that agent's type matters to this player's payoff, the integral of the type over them).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

from deterrence.games.continuum.law import Law
from deterrence.games.game import Game
from deterrence.solvers.continuum.cutoffs.agents import Agent, Path, Segment, agents_of, last_sets, path_to
from deterrence.solvers.continuum.cutoffs.arithmetic import Arithmetic, Numbers, RefusedError, law_in
from deterrence.solvers.continuum.cutoffs.payoffs import Payoffs, payoffs_of

Factor = tuple[int, frozenset[int], bool]
"""An agent, the plans that lead along a path, and whether its type counts (an integral) or only its mass."""
Key = tuple[Factor, ...]
Line = dict[Key, dict[str, Any]]
"""Products of factors -> coefficients: of 1 under an empty name, of own types under their names."""
MEAN = ""


class Reading:
    """A game at its parameter values, read for the search for equilibria in cutoffs.

    Attributes
    ----------
    agents
        Who decides, with plans and segments of types.
    laws
        The law of each drawn number, at the parameter values.
    lines
        By agent and plan: what the plan is worth.
    """

    def __init__(self, game: Game, arithmetic: Arithmetic | None = None) -> None:
        self.game, self.form = game, game.form
        self.arithmetic: Arithmetic = Numbers(game) if arithmetic is None else arithmetic
        self.laws, self.owner = _laws(game, self.arithmetic)
        payoffs = payoffs_of(game)
        if payoffs.objection:
            raise RefusedError(payoffs.objection)
        self.common = payoffs.common
        element = self.arithmetic.element
        self.terms = _numbers(payoffs, element)
        self.chances = [tuple(element(p) for p in row) for row in game.form.written_probabilities]
        self.agents: tuple[Agent, ...] = agents_of(self.form)
        self._set_lines()
        if any(len(self._mattering(agent)) > 1 for agent in self.agents):
            self.agents = self._separated()
            self._set_lines()
        self.agents = tuple(map(self._with_variable, self.agents))
        self._check()
        if arithmetic is None:
            self.agents = tuple(map(self._segmented, self.agents))

    # -- lines -------------------------------------------------------------------------------------------

    def _set_lines(self) -> None:
        self.agent_of = [0] * len(self.form.nodes_of)
        for agent in self.agents:
            for h in agent.sets:
                self.agent_of[h] = agent.number
        self.paths = [path_to(self.form, node, self.agent_of) for node in self.terms]
        self.lines = [[self._line(agent, k) for k in range(len(agent.plans))] for agent in self.agents]

    def _line(self, agent: Agent, plan: int) -> Line:
        line: Line = {}
        for path in self.paths:
            if agent.number in path.steps and plan in agent.consistent(path.steps[agent.number]):
                self.add_end(line, agent, path, self.weight(path))
        return line

    def weight(self, path: Path) -> Any:
        """Return the probability of nature's moves on a path."""
        weight: Any = 1
        for node, branch in path.chances:
            weight = weight * self.chances[node][branch]
        return weight

    def add_end(self, line: Line, agent: Agent, path: Path, weight: Any) -> None:
        """Add to a line what an end is worth to an agent's player, on the way that others' plans lead there."""
        if weight == 0:
            return
        for coefficient, names in self.terms[path.node][agent.player]:
            own = [name for name in names if agent.player in self.owner[name]]
            if len(own) > 1:
                raise RefusedError(
                    f"a payoff of {self.form.players[agent.player]} is a product of two of its own types."
                )
            factors = {d: False for d in path.steps if d != agent.number}
            value = weight * coefficient
            for name in names:
                if name in own:
                    continue
                d = self._bearer(name, path)
                if d is None:
                    value = value * self.mean(name)
                else:
                    factors[d] = True
            key = tuple(
                (d, self.agents[d].consistent(path.steps[d]), counted) for d, counted in sorted(factors.items())
            )
            entry = line.setdefault(key, {})
            entry[own[0] if own else MEAN] = entry.get(own[0] if own else MEAN, 0) + value

    def _bearer(self, name: str, path: Path) -> int | None:
        """Return the agent on a path whose own type a drawn number is, if one decides by it."""
        for d in path.steps:
            if self.agents[d].player in self.owner[name] and self.agents[d].variable in (None, name):
                return d
        return None

    def mean(self, name: str) -> Any:
        """Return the mean of a drawn number."""
        return self.arithmetic.mean(self.laws[name])

    def ends(self, agent: Agent) -> tuple[Any, Any]:
        """Return the ends of an agent's type line; 0 and 1 where it has no type."""
        return (0, 1) if agent.variable is None else self.arithmetic.ends(self.laws[agent.variable])

    # -- types -------------------------------------------------------------------------------------------

    def _mattering(self, agent: Agent) -> list[str]:
        """Return the own types on which the comparison of an agent's plans depends."""
        first = self.lines[agent.number][0]
        names: dict[str, None] = {}
        for line in self.lines[agent.number][1:]:
            for key in {*first, *line}:
                mine, other = first.get(key, {}), line.get(key, {})
                names |= dict.fromkeys(n for n in {*mine, *other} if n and mine.get(n, 0) != other.get(n, 0))
        return sorted(names)

    def _separated(self) -> tuple[Agent, ...]:
        """Return agents of which those that decide by several types are split, one for each kind of decision."""
        parts: list[Agent] = []
        for agent in self.agents:
            if len(self._mattering(agent)) > 1:
                parts += self._split(agent)
            else:
                parts.append(agent)
        return tuple(replace(agent, number=number) for number, agent in enumerate(parts))

    def _split(self, agent: Agent) -> list[Agent]:
        """Return an agent for each kind of decision, told apart by the actions; itself where plans do not separate."""
        kinds: dict[tuple[str, ...], list[int]] = {}
        for h in agent.sets:
            kinds.setdefault(self.form.actions_of[h], []).append(h)
        each_once = all(sorted(self.form.actions_of[h] for h, _ in plan) == sorted(kinds) for plan in agent.plans)
        if not each_once:
            return [agent]
        return [
            Agent(0, agent.player, tuple(sets), tuple(tuple((h, a) for h in sets) for a in range(len(actions))))
            for actions, sets in kinds.items()
        ]

    def _check_separable(self, agent: Agent) -> None:
        """Refuse an agent whose comparison of plans depends on what its own player decides by another type."""
        mine = {d.number for d in self.agents if d.player == agent.player and d.number != agent.number}
        first, *others = self.lines[agent.number]
        for line in others:
            rest = less(first, line)
            together: dict[Key, list[dict[str, Any]]] = {}
            ways: dict[Key, set[Key]] = {}
            for key, entry in rest.items():
                own = tuple(factor for factor in key if factor[0] in mine)
                apart = tuple(factor for factor in key if factor[0] not in mine)
                together.setdefault(apart, []).append(entry)
                ways.setdefault(apart, set()).add(own)
            for apart, entries in together.items():
                if ways[apart] != {()} and (
                    any(entry != entries[0] for entry in entries) or len(entries) != self._ways(ways[apart])
                ):
                    raise RefusedError(
                        f"what {self.form.players[agent.player]} decides by one of its numbers depends on what it "
                        "decides by another."
                    )

    def _ways(self, keys: set[Key]) -> int:
        """Return how many combinations of plans the own other decisions on a path have."""
        count = 1
        for d in {factor[0] for key in keys for factor in key}:
            count *= len(self.agents[d].plans)
        return count

    def _with_variable(self, agent: Agent) -> Agent:
        """Return an agent with the type that it decides by."""
        mattering = self._mattering(agent)
        if len(mattering) > 1:
            raise RefusedError(
                f"{self.form.players[agent.player]} decides at {self.form.set_names[agent.root]!r} by two numbers that "
                f"only it knows ({' and '.join(mattering)}); plans are then not ordered by one type."
            )
        return replace(agent, variable=mattering[0] if mattering else None)

    def _segmented(self, agent: Agent) -> Agent:
        """Return an agent with the segments that its last moves cut, in numbers."""
        last = {h: rows for h in self.last_sets(agent) if (rows := self._best_by_type(agent, h)) is not None}
        low, high = self.ends(agent)
        if agent.variable is None:
            return with_segments(agent, [low, high], last)
        inner = sorted({x for rows in last.values() for a, b, _ in rows for x in (a, b) if low < x < high})
        return with_segments(agent, [low, *inner, high], last)

    def last_sets(self, agent: Agent) -> list[int]:
        """Return the last moves of an agent that moves before them, but for those that others' types matter to."""
        return [
            h
            for h in last_sets(self.form)
            if self.agent_of[h] == agent.number and len(agent.sets) > 1 and self.last_lines(agent, h) is not None
        ]

    def last_lines(self, agent: Agent, h: int) -> list[tuple[Any, Any]] | None:
        """Return what each action is worth at a last move: height and slope; None where others' types matter."""
        (node,) = self.form.nodes_of[h]
        lines = []
        for action in range(len(self.form.actions_of[h])):
            line: Line = {}
            for path in self.paths:
                if dict(self.form.path(path.node)).get(node) == action:
                    weight: Any = 1
                    for at, branch in path.chances:
                        weight = weight * (self.chances[at][branch] if at > node else 1)
                    self.add_end(line, agent, path, weight)
            if any(counted for key in line for _, _, counted in key):
                return None
            total: dict[str, Any] = {}
            for entry in line.values():
                for name, c in entry.items():
                    total[name] = total.get(name, 0) + c
            lines.append((total.get(MEAN, 0), total.get(agent.variable or "-", 0)))
        return lines

    def _best_by_type(self, agent: Agent, h: int) -> tuple[tuple[Any, Any, int], ...] | None:
        return upper_envelope(self.last_lines(agent, h) or [], *self.ends(agent))

    def _check(self) -> None:
        """Refuse what the proposition does not cover: two decisions on one path by one type, but as one agent."""
        for path in self.paths:
            used: list[Any] = []
            for d in path.steps:
                agent = self.agents[d]
                key = (agent.player, agent.variable)
                if agent.variable is not None and key in used:
                    raise RefusedError(
                        f"{self.form.players[agent.player]} decides twice on one path by {agent.variable} and by "
                        "another number; plans are then not ordered by one type."
                    )
                used.append(key)
        for agent in self.agents:
            self._check_separable(agent)
            if agent.variable is not None and not self._known_at(agent.variable, agent.root):
                raise RefusedError(
                    f"{agent.variable} is drawn after {self.form.players[agent.player]} has moved, and its earlier "
                    "moves depend on what it will do then."
                )

    def _known_at(self, name: str, h: int) -> bool:
        """Tell whether a drawn number stands above all nodes of an information set."""
        above = self.form.variables_above
        return all(any(self.form.variables[k].name == name for k in above[node]) for node in self.form.nodes_of[h])

    @cached_property
    def others_matter(self) -> bool:
        """Whether somebody's type matters to another's payoff (common values)."""
        return any(c for lines in self.lines for line in lines for key in line for _, _, c in key)

    @cached_property
    def uniform(self) -> bool:
        """Whether every type that somebody decides by is uniform, so that all is exact."""
        from deterrence.games.continuum.uniform import Uniform

        used = [agent.variable for agent in self.agents if agent.variable is not None]
        return all(isinstance(self.laws[name], Uniform) for name in used)


def upper_envelope(lines: Sequence[tuple[Any, Any]], low: Any, high: Any) -> tuple[tuple[Any, Any, int], ...] | None:
    """Return which of some lines is highest where, from the lowest on; None where two are the same and highest."""
    points = {low, high}
    for i, (a, b) in enumerate(lines):
        for c, d in lines[:i]:
            if b != d:
                x = Fraction(a - c) / (d - b) if not isinstance(a - c, float) else (a - c) / (d - b)
                if low < x < high:
                    points.add(x)
    rows: list[tuple[Any, Any, int]] = []
    ordered = sorted(points)
    for a, b in pairwise(ordered):
        middle = _between(a, b)
        heights = [c + d * middle for c, d in lines]
        best = [k for k, height in enumerate(heights) if height == max(heights)]
        if len(best) > 1:
            return None
        if rows and rows[-1][2] == best[0]:
            rows[-1] = (rows[-1][0], b, best[0])
        else:
            rows.append((a, b, best[0]))
    return tuple(rows)


def _between(a: Any, b: Any) -> Any:
    """Return a number between two ends, of which one or both may be infinite."""
    infinite = [isinstance(x, float) and x in (float("inf"), -float("inf")) for x in (a, b)]
    if all(infinite):
        return 0
    if infinite[0]:
        return b - 1
    return a + 1 if infinite[1] else (Fraction(a) + Fraction(b)) / 2


def with_segments(agent: Agent, ends: Sequence[Any], last: Mapping[int, tuple[tuple[Any, Any, int], ...]]) -> Agent:
    """Return an agent whose type line is cut at the ends given, with what is best at its last moves.

    The ends of what is best at a last move are among those given.
    """
    segments = []
    for position, (low, high) in enumerate(pairwise(ends)):
        best = {h: _action_at(rows, ends, position) for h, rows in last.items()}
        plans = tuple(k for k, plan in enumerate(agent.plans) if all(best.get(h, a) == a for h, a in plan))
        segments.append(Segment(low, high, plans))
    return replace(agent, segments=tuple(segments), last=last)


def _action_at(rows: Sequence[tuple[Any, Any, int]], ends: Sequence[Any], position: int) -> int:
    """Return what is best in the segment between two of the ends, by their positions."""
    for low, high, action in rows:
        if list(ends).index(low) <= position < list(ends).index(high):
            return action
    raise ValueError(position)


def _laws(game: Game, arithmetic: Arithmetic) -> tuple[dict[str, Law], dict[str, tuple[int, ...]]]:
    laws: dict[str, Law] = {}
    owner: dict[str, tuple[int, ...]] = {}
    for variable in game.form.variables:
        if variable.law is None:
            raise RefusedError(f"{variable.name} is chosen between two ends.")
        if variable.names - game.values.keys():
            raise RefusedError(
                f"the law of {variable.name} depends on another number that is drawn: types are correlated."
            )
        if len(variable.known_to) > 1:
            raise RefusedError(f"{variable.name} is seen by several players.")
        law = law_in(game, variable.law, arithmetic)
        if laws.setdefault(variable.name, law) != law:
            raise RefusedError(f"{variable.name} is drawn from two different laws.")
        owner[variable.name] = tuple(game.form.players.index(player) for player in variable.known_to)
    return laws, owner


def _numbers(payoffs: Payoffs, element: Callable[[Any], Any]) -> dict[int, tuple[tuple[Any, ...], ...]]:
    return {
        node: tuple(tuple((element(c), names) for c, names in row) for row in rows)
        for node, rows in payoffs.terms.items()
    }


def less(first: Line, second: Line) -> Line:
    """Return the difference of two lines, without what cancels."""
    rest: Line = {}
    for key in {*first, *second}:
        mine, other = first.get(key, {}), second.get(key, {})
        entry = {name: mine.get(name, 0) - other.get(name, 0) for name in {*mine, *other}}
        entry = {name: c for name, c in entry.items() if c != 0}
        if entry:
            rest[key] = entry
    return rest
