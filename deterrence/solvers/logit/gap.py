"""How far probabilities are from the logit reply to them, computed from the tree itself."""

from __future__ import annotations

import math

from deterrence.answers.solution import Equilibrium
from deterrence.games import play
from deterrence.games.game import Game

SMALLEST = 1e-200
"""Below this probability of reaching an information set, floats do not give its beliefs by Bayes' rule."""


def logit_gap(equilibrium: Equilibrium, rationality: float) -> float:
    """Return how far an equilibrium's probabilities are from the logit reply to them.

    It is the greatest difference in the probability of any action, or in a belief where Bayes' rule gives
    one, computed from the tree without the solver's arrays; zero up to rounding in a quantal response
    equilibrium.
    """
    form, numbers, behaviour = equilibrium.game.form, _floats(equilibrium.game), equilibrium.behaviour
    values, reached = play.node_values(form, numbers, behaviour), play.reach(form, numbers, behaviour)
    worst = 0.0
    for h, nodes in enumerate(form.nodes_of):
        beliefs = equilibrium.belief[h] or (1.0,)
        player = form.player_of[h]
        below = [[values[child][player] for child in form.children[node]] for node in nodes]
        columns = zip(*below, strict=True)
        worth = [sum(float(q) * value for q, value in zip(beliefs, column, strict=True)) for column in columns]
        weights = [math.exp(rationality * (u - max(worth))) for u in worth]
        reply = [weight / sum(weights) for weight in weights]
        worst = max(worst, *(abs(p - float(q)) for p, q in zip(reply, behaviour[h], strict=True)))
        chances = [reached.get(node, 0.0) for node in nodes]
        total = sum(chances)
        if total >= SMALLEST:
            worst = max(worst, *(abs(p / total - float(q)) for p, q in zip(chances, beliefs, strict=True)))
    return worst


def _floats(game: Game) -> play.Numbers:
    payoffs, chances = game.numbers
    return [tuple(map(float, row)) for row in payoffs], [tuple(map(float, row)) for row in chances]
