"""Answers: equilibria, and the solution that gathers them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, overload

from deterrence.answers.assessment import Assessment, Free
from deterrence.answers.many import FIRST, ManyEquilibria
from deterrence.answers.naming import class_names
from deterrence.answers.removal import Removal
from deterrence.errors import UnknownNameError, unknown
from deterrence.games import play
from deterrence.games.expression import Exact, shortest, show_value
from deterrence.games.game import Game
from deterrence.games.named import Named
from deterrence.views import Shown, page, picture

ROUNDED = "payoffs that are no fractions are rounded to 30 digits"
NEAR = Fraction(1, 10**20)


@dataclass(frozen=True, eq=False)
class Equilibrium(Assessment):
    """An equilibrium of a game at its present parameter values.

    Attributes
    ----------
    game
        The game it belongs to.
    concept
        The solution concept, in words.
    behaviour
        For each information set in order, the probability of each action; exact numbers.
    belief
        For each information set, the belief in each of its histories; ``None`` where the concept gives none.
    free_list
        What may vary without leaving the equilibrium.
    corners
        Where play is free: the extreme profiles, as pairs of behaviour and belief, between which it varies.
    family
        Where something is free: the set of equilibria, which knows the least and greatest value of a measure.
    """

    game: Game
    concept: str
    behaviour: tuple[tuple[Exact, ...], ...]
    belief: tuple[tuple[Exact, ...] | None, ...]
    free_list: tuple[Free, ...] = ()
    corners: tuple[tuple[Any, Any], ...] = field(default=(), repr=False)
    family: Any = field(default=None, repr=False)

    @cached_property
    def _reached(self) -> dict[int, Any]:
        return play.reach(self.game.form, self.game.numbers, self.behaviour)

    @cached_property
    def payoffs(self) -> Mapping[str, Exact]:
        """Expected payoff of each player."""
        form, payoffs = self.game.form, self.game.numbers[0]
        ends = [(p, payoffs[node]) for node, p in self._reached.items() if not form.children[node]]
        totals = [sum(p * row[i] for p, row in ends) for i in range(len(form.players))]
        return Named({player: shortest(total) for player, total in zip(form.players, totals, strict=True)})

    @cached_property
    def outcomes(self) -> Mapping[str, Exact]:
        """Probability of each outcome of the game, zero included."""
        found: dict[str, Any] = dict.fromkeys(self.game.outcomes, 0)
        for node, p in self._reached.items():
            name = self.game.form.outcome[node]
            if name is not None:
                found[name] += p
        return Named({name: shortest(p) for name, p in found.items()})

    def probability(self, name: str, by: str | None = None) -> Exact:
        """Return the probability of an outcome, or that an action is taken somewhere along the play.

        Parameters
        ----------
        name
            An outcome or an action; where both carry the name, the outcome is meant unless ``by`` is given.
        by
            The player who takes the action, where several have one of that name.

        Raises
        ------
        UnknownNameError
            If the game has neither.
        """
        if by is None and name in self.outcomes:
            return self.outcomes[name]
        return shortest(sum(self._reached[node] * p for node, p in self._steps(name, by)))

    def _steps(self, action: str, by: str | None) -> list[tuple[int, Any]]:
        """Return where the action is first taken, as (node, probability of taking it there)."""
        form = self.game.form
        if by is not None and by not in form.players:
            raise unknown("player", by, form.players)
        sets = {
            h: actions.index(action)
            for h, actions in enumerate(form.actions_of)
            if action in actions and by in (None, form.players[form.player_of[h]])
        }
        if not sets:
            raise unknown_step(self.game, action, by)
        steps = []
        for node in self._reached:
            h = form.infoset_of[node]
            if h in sets and not any((form.infoset_of[at], branch) in sets.items() for at, branch in form.path(node)):
                steps.append((node, self.behaviour[h][sets[h]]))
        return steps

    @cached_property
    def regret(self) -> Exact:
        """The most that any player gains by deviating, computed apart from the solver; zero when exact.

        With beliefs at every information set the gain is sought at each of them, off the path too;
        otherwise it is the gain from changing a whole strategy before play.
        """
        form, numbers = self.game.form, self.game.numbers
        if any(belief is None for belief in self.belief):
            return shortest(play.deviation_gain(form, numbers, self.behaviour))
        beliefs = [belief or () for belief in self.belief]
        return shortest(play.one_shot_gain(form, numbers, self.behaviour, beliefs))

    @property
    def near_tie(self) -> bool:
        """Whether at some information set two actions are worth nearly, but not exactly, the same."""
        form, values = self.game.form, play.node_values(self.game.form, self.game.numbers, self.behaviour)
        for h, nodes in enumerate(form.nodes_of):
            belief = self.belief[h] or (Fraction(1, len(nodes)),) * len(nodes)
            rows = [
                sum(
                    p * values[form.children[node][a]][form.player_of[h]] for p, node in zip(belief, nodes, strict=True)
                )
                for a in range(len(form.actions_of[h]))
            ]
            if any(0 < abs(a - b) <= NEAR * (abs(a) + abs(b)) for a, b in itertools.combinations(rows, 2)):
                return True
        return False

    @cached_property
    def refinements(self) -> Mapping[str, bool]:
        """Which refinements the equilibrium passes, as far as they are decided for its game."""
        form = self.game.form
        if not form.perfect_information or self.regret != 0:
            return Named({})
        ones = [(1,)] * len(form.nodes_of)
        gain = play.one_shot_gain(form, self.game.numbers, self.behaviour, ones)
        return Named({"subgame perfect": gain == 0})

    @cached_property
    def reached(self) -> tuple[bool, ...]:
        """Whether play reaches each information set, in order."""
        form = self.game.form
        hit = {form.infoset_of[node] for node in self._reached}
        return tuple(h in hit for h in range(len(form.nodes_of)))

    @cached_property
    def pattern(self) -> tuple[tuple[int, ...], ...]:
        """Which actions are played at each information set: what equilibria of one class share."""
        return tuple(tuple(a for a, p in enumerate(row) if p != 0) for row in self.behaviour)

    @property
    def extremes(self) -> tuple[Equilibrium, ...]:
        """The equilibria between which this one's free probabilities vary; itself where nothing is free."""
        equilibria = tuple(Equilibrium(self.game, self.concept, *corner) for corner in self.corners)
        return equilibria or (self,)

    def to_frame(self) -> Any:
        """Return a data frame with one row for each information set and action."""
        import pandas as pd

        rows = [
            (name, action, float(p), name in self.on_path)
            for name, actions in self.strategies.items()
            for action, p in actions.items()
        ]
        return pd.DataFrame(rows, columns=["information set", "action", "probability", "on the path"])

    def plot(self, ax: Any = None, *, values: bool = False) -> Any:
        """Draw the equilibrium on its game: heavy on the tree, or the cells played in a table of two players.

        Parameters
        ----------
        ax
            Where to draw; by default new axes.
        values
            Whether to write payoffs and probabilities as numbers, not as expressions in parameters.
        """
        return picture("Equilibrium.plot", self, ax=ax, values=values)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Equilibrium):
            return NotImplemented
        mine = (self.game, self.concept, self.behaviour, self.belief, self.free_list)
        return mine == (other.game, other.concept, other.behaviour, other.belief, other.free_list)

    def __hash__(self) -> int:
        return hash((self.game, self.concept, self.behaviour, self.belief))

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """Return the equilibrium as sentences."""
        lines = self.set_lines()
        likely = [(name, p) for name, p in self.outcomes.items() if p != 0]
        if len(likely) == 1:
            lines.append(f"Outcome: {likely[0][0]}.")
        else:
            lines.append(
                "Outcome: " + ", ".join(f"{name} with probability {show_value(p)}" for name, p in likely) + "."
            )
        lines += self.end_lines(self.payoffs)
        for name, holds in self.refinements.items():
            if not holds:
                lines.append(f"Not {name}: it rests on a threat that would not be carried out.")
        return lines


def unknown_step(game: Game, name: str, by: str | None) -> UnknownNameError:
    """Return the error for a name that is no outcome and no action, or no action of the player meant."""
    if by is None:
        return unknown("outcome or action", name, (*game.outcomes, *game.actions))
    own = [
        a
        for h, actions in enumerate(game.form.actions_of)
        if game.players[game.form.player_of[h]] == by
        for a in actions
    ]
    return unknown(f"action of {by!r}", name, dict.fromkeys(own))


@dataclass(frozen=True, slots=True)
class Component:
    """A maximal convex set of Nash equilibria: every mixture of ``xs`` against every mixture of ``ys``.

    Attributes
    ----------
    xs, ys
        Strategies of the first and the second player, as positions in ``Solution.strategies``.
    equilibria
        The extreme equilibria in it, as positions in the solution.
    """

    xs: tuple[tuple[Exact, ...], ...]
    ys: tuple[tuple[Exact, ...], ...]
    equilibria: tuple[int, ...]

    @property
    def is_point(self) -> bool:
        """Whether the set is a single equilibrium."""
        return len(self.xs) == 1 and len(self.ys) == 1


@dataclass(frozen=True, eq=False)
class Solution(Shown):
    """The equilibria of a game at its present parameter values, and how far the search went.

    A solution iterates over its equilibria, has a length, and is indexed by position or sliced. Games with many
    subgames may have more equilibria than can be listed; then each is made when it is asked for, and ``count``,
    ``distinct_payoffs()``, ``distinct_outcomes()`` and ``payoff("Defender").over(solution)`` answer for all of them.

    Attributes
    ----------
    game, method
        The question: the game and the solution concept.
    equilibria
        The equilibria found: a tuple, or a sequence that makes each when it is asked for.
    status
        What the search says of itself, in words: solved, tied, or what was not searched.
    complete
        Whether every equilibrium of the kind asked for is there.
    components
        For two-player Nash equilibria: the maximal convex sets that the extreme equilibria span.
    removed
        The strictly dominated strategies that were taken out before the search, one after another; no equilibrium
        uses them.
    """

    game: Game
    method: Any
    equilibria: Sequence[Equilibrium]
    status: str
    complete: bool
    components: tuple[Component, ...] = ()
    removed: tuple[Removal, ...] = ()

    def __post_init__(self) -> None:
        """Say where payoffs are rounded, and where rounding may have decided a tie."""
        if not self.game.form.rounded or ROUNDED in self.status:
            return
        remark = ROUNDED
        many = self._many
        if many.near_tie if many is not None else any(each.near_tie for each in self.equilibria):
            remark += ", and two actions are worth the same to within the rounding: equilibria may be missing"
            object.__setattr__(self, "complete", False)
        object.__setattr__(self, "status", f"{self.status}; {remark}")

    @property
    def _many(self) -> ManyEquilibria | None:
        return self.equilibria if isinstance(self.equilibria, ManyEquilibria) else None

    def __iter__(self) -> Iterator[Equilibrium]:
        return iter(self.equilibria)

    def __len__(self) -> int:
        return len(self.equilibria)

    def __bool__(self) -> bool:
        return self.count > 0

    @overload
    def __getitem__(self, index: int) -> Equilibrium: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Equilibrium, ...]: ...

    def __getitem__(self, index: int | slice) -> Equilibrium | tuple[Equilibrium, ...]:
        return tuple(self.equilibria[index]) if isinstance(index, slice) else self.equilibria[index]

    @property
    def count(self) -> int:
        """How many equilibria there are: what ``len`` gives, but without its limit of ``sys.maxsize``."""
        return len(self.equilibria) if self._many is None else self._many.number

    @property
    def representatives(self) -> tuple[Equilibrium, ...]:
        """The equilibria, where they can be listed; else one for each way in which play starts, before any subgame.

        Over these the range of a probability or payoff is that over all equilibria: each of them stands for all that
        start with the same choices, played for certain or mixed.
        """
        return tuple(self.equilibria) if self._many is None else self._many.representatives

    @property
    def listed(self) -> tuple[Equilibrium, ...]:
        """The equilibria that are shown: all where they can be listed, else the first 20."""
        return tuple(self.equilibria) if self._many is None else self[:FIRST]

    @property
    def left_out(self) -> str:
        """What texts and tables say of equilibria that they do not show; empty where all are shown."""
        return "" if self._many is None else f"the first {len(self.listed)} of {self.count:,} are listed"

    @property
    def stand_in(self) -> str:
        """What an answer says that looks at representatives; empty where these are all equilibria."""
        if self._many is None:
            return ""
        return f"{self.count:,} equilibria are represented by {len(self.representatives)}, by how play starts"

    def distinct_payoffs(self) -> tuple[Mapping[str, Exact], ...]:
        """Return the different payoffs of equilibria, player -> payoff each; of a family those of its listed member.

        Raises
        ------
        MethodError
            If there are too many equilibria and more than 20,000 different payoffs in all subgames together.
        """
        if self._many is None:
            rows = dict.fromkeys(tuple(each.payoffs.values()) for each in self.equilibria)
        else:
            rows = dict.fromkeys(self._many.grouped("payoffs"))
        return tuple(Named(dict(zip(self.game.players, map(shortest, row), strict=True))) for row in rows)

    def distinct_outcomes(self) -> tuple[Sequence[Equilibrium], ...]:
        """Return the equilibria grouped by what an observer sees: the probability of each outcome.

        Raises
        ------
        MethodError
            If there are too many equilibria and more than 20,000 different outcomes in all subgames together.
        """
        if self._many is not None:
            return tuple(self._many.grouped("outcomes").values())
        groups: dict[Any, list[Equilibrium]] = {}
        for equilibrium in self.equilibria:
            groups.setdefault(tuple(equilibrium.outcomes.values()), []).append(equilibrium)
        return tuple(map(tuple, groups.values()))

    def explore(self, **options: Any) -> Any:
        """Make a page on which the equilibria move as parameters are moved; see :func:`deterrence.explore`."""
        return page("Solution.explore", self, **options)

    def to_frame(self) -> Any:
        """Return a data frame: one row an equilibrium, with outcomes' probabilities and payoffs.

        Where there are too many to list, the first 20 have a row, and ``frame.attrs["left out"]`` says so.
        """
        import pandas as pd

        rows = []
        for equilibrium in self.listed:
            row: dict[str, Any] = {name: float(p) for name, p in equilibrium.outcomes.items()}
            row |= {f"payoff of {player}": float(value) for player, value in equilibrium.payoffs.items()}
            rows.append(row)
        frame = pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1, name="equilibrium"))
        if self.left_out:
            frame.attrs["left out"] = self.left_out
        return frame

    def plot(self, ax: Any = None, *, values: bool = False) -> Any:
        """Draw the equilibria on their game, up to six: heavy on a tree, or the cells played in a table.

        Parameters
        ----------
        ax
            Where to draw, for a single equilibrium; by default a new figure with one drawing for each.
        values
            Whether to write payoffs and probabilities as numbers, not as expressions in parameters.

        Raises
        ------
        ParameterError
            If several equilibria should share axes.
        """
        return picture("Solution.plot", self, ax=ax, values=values)

    def __str__(self) -> str:
        lines = [f"{self.number_in_words} of {self.game.name!r}: {self.status}."]
        if self.left_out:
            lines.append(f"{self._over_all}{self.left_out[0].upper()}{self.left_out[1:]}.")
        first: list[str] = []
        for i, (name, equilibrium) in enumerate(zip(self.names, self.listed, strict=True), 1):
            title = f" ({name})"
            sentences = equilibrium.lines()
            if first:
                title, sentences = f"{title}, as 1 but for", [line for line in sentences if line not in first]
            elif self.left_out:
                first = sentences
            lines += ["", f"Equilibrium {i}{title}", *(f"  {line}" for line in sentences)]
        if self.removed:
            steps = "; ".join(map(str, self.removed))
            lines += ["", f"Taken out before the search, one after another: {steps}."]
        sets = [component for component in self.components if not component.is_point]
        for component in sets:
            listed = ", ".join(str(i + 1) for i in component.equilibria)
            lines += ["", f"Every mixture of the strategies of equilibria {listed} is an equilibrium too."]
        return "\n".join(lines)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the equilibria that are shown are called, in order, no two the same (see :attr:`listed`)."""
        return class_names(self.listed)

    @property
    def number_in_words(self) -> str:
        """How many equilibria of which kind, such as ``2 Nash equilibria``."""
        kind = self.method.concept
        number = f"{self.count:,}" if self.left_out else str(self.count)
        return {0: f"No {kind}", 1: f"One {kind}"}.get(self.count, f"{number} {_plural(kind)}")

    @property
    def _over_all(self) -> str:
        """The range of each player's payoff over all equilibria, as a sentence and a blank."""
        spans = {player: self._many.payoff_range(player) for player in self.game.players} if self._many else {}
        words = [
            f"{player} {show_value(low)}" + (f" to {show_value(high)}" if low < high else "")
            for player, (low, high) in spans.items()
        ]
        return f"Payoffs over all of them: {', '.join(words)}. "

    def __repr__(self) -> str:
        return f"<Solution of {self.game.name!r}: {self.count} equilibria, {self.status}>"


def _plural(kind: str) -> str:
    return kind.replace("equilibrium", "equilibria")
