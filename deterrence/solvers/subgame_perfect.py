"""Subgame perfect equilibrium by backward induction, exactly."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from deterrence.answers.solution import Equilibrium, Solution
from deterrence.errors import MethodError
from deterrence.games.expression import check_limit
from deterrence.games.form import ExtensiveForm
from deterrence.games.game import Game
from deterrence.solvers.perfect_bayesian import PerfectBayesian, solved_by_patterns
from deterrence.solvers.supports.pattern_search import order

LARGE = 5_000
"""In trees of more nodes mixtures at ties are not sought."""
ONE = "one equilibrium is given"
"""What a search says that stopped before it met any; here others are listed beside it."""
Plan = tuple[Any, ...]
"""An equilibrium of a subtree: (values, action or None, plans of the children)."""


@dataclass(frozen=True, slots=True)
class SubgamePerfect:
    """The solution concept of subgame perfect equilibrium: no player gains by deviating in any subgame.

    Backward induction on the tree itself, for any number of players, with chance moves; the strategic form
    is never built. Where a player is indifferent, what is best further up may hang on how the tie is broken:
    every way to break it is listed, mixed ones too, with the range of the probabilities that are free.

    Attributes
    ----------
    limit
        The most equilibria to list, at least one; beyond it the solution is marked incomplete.

    Notes
    -----
    A tree with ties is solved as by :class:`PerfectBayesian`, whose equilibria are the same under perfect
    information, with the choices kept that no tie touches. Where ties are too many for all mixtures the pure
    equilibria are listed and some mixed ones, in a tree of more than 5,000 nodes with ties the pure ones alone; the
    solution is then marked incomplete.

    References
    ----------
    Selten (1965); Osborne and Rubinstein (1994), section 6.2.
    """

    limit: int = 1000

    def __post_init__(self) -> None:
        check_limit(self.limit, "SubgamePerfect")

    @property
    def concept(self) -> str:
        """The concept in words."""
        return "subgame perfect equilibrium"

    def solve(self, game: Game) -> Solution:
        """Return all pure subgame perfect equilibria of a game of perfect information.

        Raises
        ------
        MethodError
            If a player does not see everything that happened before; PerfectBayesian() is for that.
        """
        game.require_finite_tree()
        form = game.form
        if not form.perfect_information:
            hidden = next(name for name, nodes in zip(form.set_names, form.nodes_of, strict=True) if len(nodes) > 1)
            raise MethodError(
                f"SubgamePerfect() needs perfect information, and at {hidden!r} the player cannot tell several "
                "histories apart. Use PerfectBayesian(), whose play is an equilibrium in every subgame too."
            )
        choices, tied, settled = _backward(form, game.numbers)
        if not tied:
            return self._solution(game, [_behaviour(form, choices)], "solved", complete=True)
        places = ", ".join(repr(name) for name in _names(form, tied))
        status = f"the moving player is indifferent at {places}"
        if form.size > LARGE:
            return self._pure(game, status)
        return self._with_mixtures(game, status, {h: choices[form.nodes_of[h][0]] for h in settled})

    def _with_mixtures(self, game: Game, status: str, settled: dict[int, int]) -> Solution:
        """Return every equilibrium of a tree with ties."""
        of_pattern = partial(PerfectBayesian().of_pattern, game)
        solution = solved_by_patterns(self, game, of_pattern, settled=settled, limit=self.limit)
        found = [replace(each, concept=self.concept) for each in solution]
        if solution.complete:
            status += "; each choice there is listed, mixed ones too"
        else:
            pure = self._solution(game, self._pure_profiles(game)[0], "", complete=False)
            known = {each.behaviour for each in found}
            found = sorted([*found, *(each for each in pure if each.behaviour not in known)], key=order)[: self.limit]
            status += "; pure choices there are listed, and some mixed ones"
        more = [part for part in solution.status.removeprefix("solved").split("; ") if part and ONE not in part]
        status = "; ".join([status, *more])
        return replace(solution, equilibria=tuple(found), status=status)

    def _pure_profiles(self, game: Game) -> tuple[list[Any], bool]:
        """Return every equilibrium in which each choice is pure, up to the limit, and whether it cut any."""
        plans, cut = _all_plans(game.form, game.numbers, self.limit)
        return [_behaviour(game.form, _choices_of(game.form, plan)) for plan in plans], cut

    def _pure(self, game: Game, status: str) -> Solution:
        """Return the equilibria of a large tree in which every choice is pure."""
        profiles, cut = self._pure_profiles(game)
        status += "; each pure choice there is listed, mixed ones were not sought in so large a tree"
        status += f", up to the limit of {self.limit}" if cut else ""
        return self._solution(game, profiles, status, complete=False)

    def _solution(self, game: Game, profiles: list[Any], status: str, *, complete: bool) -> Solution:
        certain = ((1,),) * len(game.form.nodes_of)
        equilibria = tuple(Equilibrium(game, self.concept, profile, certain) for profile in profiles)
        return Solution(game, self, equilibria, status, complete)


def _backward(form: ExtensiveForm, numbers: Any) -> tuple[list[int], list[int], list[int]]:
    """Return choices by node, the information sets whose player is indifferent, and those below which nobody is."""
    values: list[Any] = list(numbers[0])
    choices, tied, settled = [-1] * form.size, [], []
    open_below = [False] * form.size
    for node in range(form.size - 1, -1, -1):
        children, h = form.children[node], form.infoset_of[node]
        open_below[node] = any(open_below[child] for child in children)
        if h < 0:
            if children:
                values[node] = _expected(numbers[1][node], [values[child] for child in children])
            continue
        worth = [values[child][form.player_of[h]] for child in children]
        best = max(worth)
        choices[node] = worth.index(best)
        values[node] = values[children[choices[node]]]
        if worth.count(best) > 1:
            tied.append(h)
            open_below[node] = True
        if not open_below[node]:
            settled.append(h)
    return choices, tied[::-1], settled


def _expected(weights: Sequence[Any], values: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(sum(w * value[i] for w, value in zip(weights, values, strict=True)) for i in range(len(values[0])))


def _behaviour(form: ExtensiveForm, choices: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    rows: dict[tuple[int, int], tuple[int, ...]] = {}
    behaviour = []
    for nodes, actions in zip(form.nodes_of, form.actions_of, strict=True):
        key = (len(actions), choices[nodes[0]])
        if key not in rows:
            rows[key] = tuple(int(a == key[1]) for a in range(key[0]))
        behaviour.append(rows[key])
    return tuple(behaviour)


def _all_plans(form: ExtensiveForm, numbers: Any, limit: int) -> tuple[list[Plan], bool]:
    """Return every pure equilibrium of the whole tree, up to a limit, and whether the limit cut any."""
    plans: list[list[Plan]] = [[] for _ in range(form.size)]
    cut = False
    for node in range(form.size - 1, -1, -1):
        children = form.children[node]
        if not children:
            plans[node] = [(numbers[0][node], None, ())]
            continue
        node_plans: list[Plan] = []
        for below in itertools.product(*(plans[child] for child in children)):
            node_plans.extend(_choose(form, numbers, node, below))
            if len(node_plans) > limit:
                cut, node_plans = True, node_plans[:limit]
                break
        plans[node] = node_plans
        for child in children:
            plans[child] = []
    return plans[0], cut


def _choose(form: ExtensiveForm, numbers: Any, node: int, below: tuple[Plan, ...]) -> list[Plan]:
    h = form.infoset_of[node]
    if h < 0:
        return [(_expected(numbers[1][node], [plan[0] for plan in below]), None, below)]
    worth = [plan[0][form.player_of[h]] for plan in below]
    best = max(worth)
    return [(below[a][0], a, below) for a, value in enumerate(worth) if value == best]


def _choices_of(form: ExtensiveForm, plan: Plan) -> list[int]:
    choices = [-1] * form.size
    stack = [(0, plan)]
    while stack:
        node, (_, action, below) = stack.pop()
        if action is not None:
            choices[node] = action
        stack.extend(zip(form.children[node], below, strict=True))
    return choices


def _names(form: ExtensiveForm, sets: list[int]) -> list[str]:
    names = form.set_names
    return [names[h] for h in sets[:5]] + ([f"and {len(sets) - 5} more"] if len(sets) > 5 else [])
