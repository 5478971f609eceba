"""A leader against several followers: every plan without chance, and the game that it leaves among them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deterrence.answers.committed import Committed
from deterrence.games.game import Game
from deterrence.games.named import Named
from deterrence.games.strategic_form import Plan
from deterrence.mechanisms.commitment import bind
from deterrence.solvers.leadership.named import in_names
from deterrence.solvers.leadership.pure import leader_plans

MOST_BOUND = 200
"""So many games with a leader bound to a plan are solved."""


def bound_games(game: Game, leader: str, method: Any, told: Callable[[float], None] | None) -> tuple[Any, Any, bool]:
    """Return the best plans of a leader against several followers at the best and at the worst equilibrium.

    With them, whether all equilibria of every bound game were found.
    """
    number = game.players.index(leader)
    plans = leader_plans(game.form, number, MOST_BOUND)
    strong, weak, complete = None, None, True
    for k, plan in enumerate(plans):
        if told is not None:
            told(k / len(plans))
        solution = method.solve(bound(game, plan))
        complete = complete and solution.complete and bool(solution)
        ends = [end for one in solution.representatives for end in one.extremes]
        for end in ends:
            low = min(one.payoffs[leader] for one in ends)
            if strong is None or end.payoffs[leader] > strong[0]:
                strong = (end.payoffs[leader], plan, end)
            if end.payoffs[leader] == low and (weak is None or low > weak[0]):
                weak = (low, plan, end)
    return (
        strong and _of_equilibrium(game, leader, *strong[1:]),
        weak and _of_equilibrium(game, leader, *weak[1:]),
        complete,
    )


def bound(game: Game, plan: Plan) -> Game:
    """Return the game in which a player has no other choice than a plan of its own."""
    form = game.form
    histories = {
        tuple(form.labels[above][branch] for above, branch in form.path(node)): {form.actions_of[h][a]: 1}
        for h, a in plan
        for node in form.nodes_of[h]
    }
    return game.changed(tree=bind(game.writing.tree, histories))


def _of_equilibrium(game: Game, leader: str, plan: Plan, equilibrium: Any) -> Committed:
    form, of_bound = game.form, equilibrium.game.form
    strategy = {h: {name: int(k == a) for k, name in enumerate(form.actions_of[h])} for h, a in plan}
    others = {
        name: equilibrium.strategies[name]
        for h, name in enumerate(of_bound.set_names)
        if game.players[of_bound.player_of[h]] != leader
    }
    return Committed(in_names(form, strategy), Named(others), (), equilibrium.payoffs)
