"""Nash equilibrium on the strategic form, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from deterrence.answers.removal import Removal
from deterrence.answers.solution import Component, Equilibrium, Solution
from deterrence.errors import MethodError
from deterrence.games import play
from deterrence.games.expression import check_limit, shortest
from deterrence.games.game import Game
from deterrence.games.strategic_form import Plan, StrategicForm
from deterrence.games.tree import End, PayoffTable
from deterrence.lazy import Deferred
from deterrence.solvers.bimatrix import vertices
from deterrence.solvers.dominance import Step
from deterrence.solvers.one_equilibrium import OneEquilibrium
from deterrence.solvers.perfect_bayesian import PerfectBayesian
from deterrence.solvers.sequences.sequence_form import Choices, product
from deterrence.solvers.sequences.stages import Stage, choices_at, choosing_players, pair_of_players
from deterrence.solvers.supports.pattern_search import order

if TYPE_CHECKING:
    import numpy as np
else:
    np = Deferred("numpy")

Mixture = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Nash:
    """The solution concept of Nash equilibrium: no player gains by changing its whole strategy before play.

    With two players who move, every extreme equilibrium is found exactly, in degenerate games too,
    together with the maximal convex sets that they span; strictly dominated strategies are taken out before.
    With more players, support by support, every pure equilibrium and every isolated mixed one, exactly or to 40
    digits, and continua as families with the range of what varies; the status says what was left. A game too
    large for either gets one equilibrium.

    Attributes
    ----------
    limit
        With two players the most vertices of the best-reply polytopes to keep. Where there are more, or as they grow
        several times as many are to be expected, the search stops and one equilibrium is given.
    most_supports
        With more players the most partial choices of supports to visit, likewise.

    References
    ----------
    Avis, Rosenberg, Savani and von Stengel (2010), for extreme equilibria and their convex sets; Dickhaut and Kaplan
    (1991), for the search over supports; Krawczyk (1969), for the proof that every solution of the equations is found;
    Lemke and Howson (1964) and Koller, Megiddo and von Stengel (1996), for one equilibrium of two players.
    """

    limit: int = 200_000
    most_supports: int = 3_000

    def __post_init__(self) -> None:
        check_limit(self.limit, "Nash")
        check_limit(self.most_supports, "Nash", "most_supports")

    @property
    def concept(self) -> str:
        """The concept in words."""
        return "Nash equilibrium"

    def solve(self, game: Game) -> Solution:
        """Return the Nash equilibria of a game at its parameter values.

        Raises
        ------
        MethodError
            If the strategic form is too large to be written, and no equilibrium was found without it.
        """
        try:
            strategic = StrategicForm.of(game)
        except MethodError as too_large:
            one = self._one(game).found
            if one is None:
                raise
            return self._given(game, one, f"not all were sought ({str(too_large).split('. ')[0]})")
        players = choosing_players(game.form)
        return self._two_players(game, strategic) if len(players) <= 2 else self._many_players(game, strategic)

    def _two_players(self, game: Game, strategic: StrategicForm) -> Solution:
        pair = pair_of_players(game.form)
        steps: list[Step] = []
        try:
            extremes = vertices.extreme_equilibria(*_tables(strategic, pair), limit=self.limit, steps=steps)
        except vertices.VertexLimit as reached:
            return self._beyond_limit(game, strategic, str(reached), steps)
        equilibria = [self._mixed(game, strategic, pair, each) for each in extremes]
        components = tuple(_component(sets, extremes) for sets in vertices.maximal_components(extremes))
        continua = any(not component.is_point for component in components)
        status = (
            "solved; some equilibria form a continuum, of which the extreme ones are listed" if continua else "solved"
        )
        removed = _in_names(strategic, pair, steps)
        return Solution(game, self, tuple(equilibria), status, complete=True, components=components, removed=removed)

    def _mixed(self, game: Game, strategic: StrategicForm, players: tuple[int, int], pair: Any) -> Equilibrium:
        (first, second), (x, y) = players, pair
        mixtures: dict[int, Mixture] = {second: y, first: x}
        return _equilibrium(game, strategic, mixtures, self.concept)

    def _beyond_limit(self, game: Game, strategic: StrategicForm, reached: str, steps: Sequence[Step]) -> Solution:
        """Return what can be said of a game with too many vertices: one equilibrium."""
        status = f"stopped at the limit of {self.limit} vertices ({reached})"
        removed = _in_names(strategic, pair_of_players(game.form), steps)
        one = self._one(game).found
        if one is None:
            return Solution(game, self, (), status, complete=False, removed=removed)
        return replace(self._given(game, one, status), removed=removed)

    def _one(self, game: Game) -> OneEquilibrium:
        inner = PerfectBayesian(self.most_supports)
        return OneEquilibrium(game, self.concept, lambda pattern: inner.equilibria_of(game, pattern, self.concept))

    def _given(self, game: Game, one: tuple[Equilibrium, str], status: str) -> Solution:
        """Return one equilibrium as the solution, with beliefs where it gives them alone."""
        equilibrium, how = one
        beliefs = tuple(play.bayes_beliefs(game.form, game.numbers, equilibrium.behaviour))
        every = "; every other one has the same payoffs, as the game is zero-sum" if _constant_sum(game) else ""
        given = replace(equilibrium, belief=beliefs, free_list=(), corners=(), family=None)
        return Solution(game, self, (given,), f"{status}; {how}{every}", complete=False)

    def _many_players(self, game: Game, strategic: StrategicForm) -> Solution:
        """Return the equilibria of three or more players: those of the table, read as one simultaneous move."""
        table = game if game.form.simultaneous else _as_matrix(strategic)
        inner = PerfectBayesian(self.most_supports)
        solution = inner.solve(table)
        equilibria = [self._of_table(game, strategic, each) for each in solution]
        # All pure ones are listed, wherever the search over supports had to stop.
        listed = {_pure_profile(table, each.pattern) for each in solution}
        pure = [profile for profile in vertices.pure_equilibria(strategic.payoffs) if profile not in listed]
        equilibria += [_equilibrium(game, strategic, _certain(strategic, each), self.concept) for each in pure]
        status, complete = solution.status, solution.complete
        if not complete:
            status += "; all pure equilibria are listed. Nash(most_supports=…) searches further, Quantal() traces one"
        if table is not game and any(each.free_list for each in solution):
            status += "; some equilibria form a continuum, of which one is listed"
            complete = False
        return Solution(game, self, tuple(sorted(equilibria, key=order)), status, complete)

    def _of_table(self, game: Game, strategic: StrategicForm, each: Equilibrium) -> Equilibrium:
        """Return an equilibrium of the table as one of the game."""
        if each.game is game:
            return replace(each, concept=self.concept)
        rows = dict(zip(each.game.form.player_of, each.behaviour, strict=True))
        mixtures = {i: rows.get(i, (1,)) for i in range(len(strategic.plans))}
        return _equilibrium(game, strategic, mixtures, self.concept)


def _as_matrix(strategic: StrategicForm) -> Game:
    """Return a table as a game of one simultaneous move, whose actions are the strategies' positions."""
    cells = tuple(
        (tuple(map(str, key)), End(" ".join(map(str, key)), tuple(payoffs)))
        for key, payoffs in strategic.payoffs.items()
    )
    return Game(strategic.players, PayoffTable(cells), name=f"strategic form of {strategic.game.name}")


def _certain(strategic: StrategicForm, pure: Sequence[int]) -> dict[int, Mixture]:
    return {i: [int(k == at) for k in range(len(strategic.plans[i]))] for i, at in enumerate(pure)}


def _pure_profile(table: Game, pattern: Sequence[Sequence[int]]) -> tuple[int, ...] | None:
    """Return the strategies of a pattern in which each player has one, else None."""
    supports = dict(zip(table.form.player_of, pattern, strict=True))
    chosen = [supports.get(i, (0,)) for i in range(len(table.players))]
    return None if any(len(support) > 1 for support in chosen) else tuple(support[0] for support in chosen)


def _tables(strategic: StrategicForm, players: tuple[int, int]) -> tuple[list[list[int]], list[list[int]]]:
    """Return two players' payoffs by their strategies, each player's multiplied by a positive number."""
    form, numbers = strategic.game.form, strategic.game.numbers
    choices = choices_at(form, players, range(len(form.nodes_of)))
    sequences = Stage(form, numbers, choices, 0, {}).sequence_form
    first, second = (
        _plans_by_sequence(own, strategic.plans[player]) for own, player in zip(choices, players, strict=True)
    )
    if players[0] == players[1]:
        second = np.ones((1, 1), dtype=np.int64)
    a, b = (product(product(first, payoffs), second.T).tolist() for payoffs in sequences.payoffs)
    return a, b


def _plans_by_sequence(own: Choices, plans: Sequence[Plan]) -> Any:
    """Return which of a player's sequences each of its plans follows, as ones and zeros."""
    number = {(h, a): s for h, after in zip(own.sets, own.after, strict=True) for a, s in enumerate(after)}
    rows = np.zeros((len(plans), own.size), dtype=np.int64)
    rows[:, 0] = 1
    for row, plan in zip(rows, plans, strict=True):
        row[[number[step] for step in plan if step in number]] = 1
    return rows


def _in_names(strategic: StrategicForm, players: tuple[int, int], steps: Sequence[Step]) -> tuple[Removal, ...]:
    names = [strategic.players[i] for i in players]
    return tuple(step.named(names, [strategic.strategies[name] for name in names]) for step in steps)


def _constant_sum(game: Game) -> bool:
    """Tell whether the payoffs of two players add up to the same number at every end."""
    return len(game.players) == 2 and len({sum(row) for row in game.numbers[0] if row}) == 1


def _component(component: Any, extremes: list[Any]) -> Component:
    inside = [k for k, (x, y) in enumerate(extremes) if x in component.xs and y in component.ys]
    return Component(tuple(component.xs), tuple(component.ys), tuple(inside))


def _equilibrium(game: Game, strategic: StrategicForm, mixtures: Mapping[int, Mixture], concept: str) -> Equilibrium:
    form = game.form
    rows: list[list[Any] | None] = [None] * len(form.nodes_of)
    for player, mixture in mixtures.items():
        _add_behaviour(rows, strategic.plans[player], mixture, form)
    for h, row in enumerate(rows):
        if row is None and len(form.actions_of[h]) == 1:
            rows[h] = [1]
    behaviour = _completed(game, rows)
    return Equilibrium(game, concept, behaviour, tuple(play.bayes_beliefs(form, game.numbers, behaviour)))


def _add_behaviour(rows: list[Any], plans: Sequence[Any], mixture: Mixture, form: Any) -> None:
    """Turn a mixture of plans into behaviour at the sets that the mixture leaves reachable.

    With perfect recall the behaviour plays like the mixture (Kuhn 1953): at each set, actions in proportion to the
    weight of the plans that do not themselves rule the set out.
    """
    weights: dict[tuple[int, int], Any] = {}
    for plan, weight in zip(plans, mixture, strict=True):
        choices = dict(plan)
        for h, action in plan:
            if weight and all(choices.get(k) == b for k, b in form.own_steps[h]):
                weights[h, action] = weights.get((h, action), 0) + weight
    for h in {h for plan in plans for h, _ in plan}:
        row = [weights.get((h, action), 0) for action in range(len(form.actions_of[h]))]
        total = sum(row)
        if total:
            rows[h] = [Fraction(item) / total if item else 0 for item in row]


def _completed(game: Game, rows: list[list[Any] | None]) -> tuple[tuple[Any, ...], ...]:
    """Fill the sets that a player's own plan rules out with a choice that is best there, latest first."""
    form, numbers = game.form, game.numbers
    behaviour = [row or [1] + [0] * (len(form.actions_of[h]) - 1) for h, row in enumerate(rows)]
    empty = [h for h, row in enumerate(rows) if row is None]
    for h in sorted(empty, key=lambda h: -len(form.own_steps[h])):
        player = form.player_of[h]
        values = play.node_values(form, numbers, behaviour)
        reached = play.other_reach(form, numbers, behaviour, player)
        weights = [reached[node] for node in form.nodes_of[h]]
        if not any(weights):
            weights = [1] * len(weights)
        worth = [
            sum(w * values[form.children[node][a]][player] for w, node in zip(weights, form.nodes_of[h], strict=True))
            for a in range(len(form.actions_of[h]))
        ]
        best = worth.index(max(worth))
        behaviour[h] = [int(a == best) for a in range(len(worth))]
    return tuple(tuple(shortest(item) for item in row) for row in behaviour)
