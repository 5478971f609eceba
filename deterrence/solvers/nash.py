"""Nash equilibrium on the strategic form, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from deterrence.answers.solution import Component, Equilibrium, Solution
from deterrence.games import play
from deterrence.games.expression import check_limit, shortest
from deterrence.games.game import Game
from deterrence.games.strategic_form import StrategicForm
from deterrence.games.tree import End, PayoffTable
from deterrence.solvers.bimatrix import vertices, zero_sum
from deterrence.solvers.perfect_bayesian import PerfectBayesian
from deterrence.solvers.supports.pattern_search import order

Mixture = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Nash:
    """The solution concept of Nash equilibrium: no player gains by changing its whole strategy before play.

    With two players who move, every extreme equilibrium is found exactly, in degenerate games too,
    together with the maximal convex sets that they span. A zero-sum game too large for that gets one
    equilibrium by linear programming, exact as well. With more players, support by support, every pure
    equilibrium and every isolated mixed one, exactly or to 40 digits, and continua as families with the range
    of what varies; the status says what was left.

    Attributes
    ----------
    limit
        With two players the most vertices of the best-reply polytopes to visit; beyond it the search stops and
        says so.
    most_supports
        With more players the most partial choices of supports to visit, likewise.

    References
    ----------
    Avis, Rosenberg, Savani and von Stengel (2010), for extreme equilibria and their convex sets; Dickhaut and Kaplan
    (1991), for the search over supports; Krawczyk (1969), for the proof that every solution of the equations is found.
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
        """Return the Nash equilibria of a game at its parameter values."""
        strategic = StrategicForm.of(game)
        movers = [i for i, plans in enumerate(strategic.plans) if len(plans) > 1]
        return self._two_players(game, strategic, movers) if len(movers) <= 2 else self._many_players(game, strategic)

    def _two_players(self, game: Game, strategic: StrategicForm, movers: list[int]) -> Solution:
        spare = [i for i in range(len(strategic.plans)) if i not in movers]
        first, second = (movers + spare)[:2] if len(strategic.plans) > 1 else (0, 0)
        tables = _tables(strategic, first, second)
        try:
            extremes = vertices.extreme_equilibria(*tables, limit=self.limit)
        except vertices.VertexLimit as reached:
            return self._beyond_limit(game, strategic, (first, second), tables, str(reached))
        equilibria = [self._mixed(game, strategic, (first, second), pair) for pair in extremes]
        components = tuple(_component(sets, extremes) for sets in vertices.maximal_components(extremes))
        continua = any(not component.is_point for component in components)
        status = (
            "solved; some equilibria form a continuum, of which the extreme ones are listed" if continua else "solved"
        )
        return Solution(game, self, tuple(equilibria), status, complete=True, components=components)

    def _mixed(self, game: Game, strategic: StrategicForm, players: tuple[int, int], pair: Any) -> Equilibrium:
        (first, second), (x, y) = players, pair
        mixtures: dict[int, Mixture] = {second: y, first: x}
        return _equilibrium(game, strategic, mixtures, self.concept)

    def _beyond_limit(
        self, game: Game, strategic: StrategicForm, players: tuple[int, int], tables: Any, reached: str
    ) -> Solution:
        """Return what can be said of a game with too many vertices: one equilibrium where it is zero-sum."""
        status = f"stopped at the limit of {self.limit} vertices ({reached})"
        if not zero_sum.constant_sum(*tables):
            return Solution(game, self, (), status, complete=False)
        equilibrium = self._mixed(game, strategic, players, zero_sum.minimax(tables[0]))
        status += "; one equilibrium of this zero-sum game is given, and every other has the same payoffs"
        return Solution(game, self, (equilibrium,), status, complete=False)

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


def _tables(strategic: StrategicForm, first: int, second: int) -> tuple[list[list[Any]], list[list[Any]]]:
    players = range(len(strategic.plans))

    def cell(i: int, j: int, player: int) -> Any:
        at = {first: i} | ({second: j} if second != first else {})
        return strategic.payoffs[tuple(at.get(k, 0) for k in players)][player]

    columns = len(strategic.plans[second]) if second != first else 1
    rows = range(len(strategic.plans[first]))
    return (
        [[cell(i, j, first) for j in range(columns)] for i in rows],
        [[cell(i, j, second) if second != first else 0 for j in range(columns)] for i in rows],
    )


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
