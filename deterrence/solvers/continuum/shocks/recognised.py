"""Whether a game is one of private shocks: the sentence that says why it is not."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Any

from deterrence.errors import MethodError
from deterrence.games.expression import is_symbolic, names_in
from deterrence.games.game import Game
from deterrence.solvers.continuum.shocks.linear_payoffs import linear_payoffs
from deterrence.solvers.continuum.shocks.reading import MOST_PLANS, Decision, Reading, draws_of, same_laws

NO_SHOCKS = "It has no private shocks: no player sees two draws that matter at one of its decisions."
CONCEPT = "perfect Bayesian equilibrium"


def objection(game: Game, method: Any = None) -> str:
    """Return why a game is not solved as one of private shocks; an empty text where it is."""
    form = game.form
    seen = Counter((v.name, player) for v in draws_of(form) for player in v.known_to)
    if max(Counter(player for _, player in seen).values(), default=0) < 2:
        return NO_SHOCKS
    why = _not_linear(game) or (_not_private(game))
    if why:
        return why
    reading = read(game)
    if not any(len(decision.names) > 1 for decision in reading.decisions):
        return NO_SHOCKS
    return _not_offered(reading) or _other_concept(method)


@lru_cache(maxsize=64)
def read(game: Game) -> Reading:
    """Return a game's reading, made once."""
    return Reading(game)


def _not_linear(game: Game) -> str:
    """Return which number stands in the tree otherwise than private shocks do."""
    form = game.form
    chosen = [variable.name for variable in form.variables if not variable.is_draw]
    if chosen:
        return f"Private shocks are offered where players choose among actions, and {chosen[0]} is a chosen number."
    draws = {variable.name for variable in form.variables}
    for variable in form.variables:
        others = sorted(variable.names & draws)
        if others:
            return f"The law of {variable.name} depends on the draw {others[0]}; private shocks are independent."
    for row in form.written_probabilities:
        names = sorted(name for p in row if is_symbolic(p) for name in names_in(p) & draws)
        if names:
            return f"A probability of nature depends on {names[0]}; private shocks stand in payoffs only."
    strange = next((key for key, linear in linear_payoffs(form).items() if linear is None), None)
    if strange is not None:
        place = f"{form.players[strange[1]]}'s payoff at {form.history(strange[0])!r}"
        return f"A draw stands in {place} otherwise than as a number times the draw; private shocks enter linearly."
    return ""


def _not_private(game: Game) -> str:
    """Return which draw is not private to one player and its payoffs."""
    reading = read(game)
    form = game.form
    for name in same_laws(reading):
        return f"The name {name} stands for two draws of different laws, or that different players see."
    for variable in draws_of(form):
        if len(variable.known_to) > 1:
            return f"The draw {variable.name} is seen by several players; a private shock is seen by one."
    owner = {variable.name: variable.known_to for variable in draws_of(form)}
    for (node, i), (_, weights) in reading.payoffs.items():
        for name in weights:
            if owner[name] and form.players[i] not in owner[name]:
                return (
                    f"The draw {name}, which {owner[name][0]} sees, stands in {form.players[i]}'s payoff at "
                    f"{form.history(node)!r}; a private shock stands in its own player's payoffs only."
                )
    return ""


def _not_offered(reading: Reading) -> str:
    """Return which decision is not offered."""
    form = reading.form
    for h, here in enumerate(reading.matters):
        for name in here:
            nodes = form.nodes_of[h]
            knowing = [node for node in nodes if name in reading.known(node, form.player_of[h])]
            if len(knowing) < len(nodes):
                who, where = form.players[form.player_of[h]], form.set_names[h]
                return f"{who} knows the draw {name} at a part of the histories of {where!r} only."
    for decision in reading.decisions:
        why = _late(reading, decision) or _hard(reading, decision)
        if why:
            return why
    return ""


def _late(reading: Reading, decision: Decision) -> str:
    form = reading.form
    first = reading.matters[decision.top]
    for h in decision.sets[1:]:
        late = [name for name in reading.matters[h] if name not in first]
        if late:
            return (
                f"{form.players[decision.player]} decides at {form.set_names[decision.top]!r} and again at "
                f"{form.set_names[h]!r} on the same shocks, and learns {late[0]} only between; draw it before the "
                "first."
            )
    if len(decision.plans) > MOST_PLANS:
        return (
            f"{form.players[decision.player]} has {len(decision.plans)} ways to play on the same shocks; at most "
            f"{MOST_PLANS} are offered."
        )
    return ""


def _hard(reading: Reading, decision: Decision) -> str:
    from deterrence.solvers.continuum.shocks.choice_rules import choice
    from deterrence.solvers.continuum.shocks.replies import Replies, reply_numbers

    try:
        place = reading.decisions.index(decision)
        worth, weights = reply_numbers(reading, place, Replies.uneven(reading))
        choice(worth, weights, decision.shocks)
    except MethodError as error:
        return f"{reading.form.players[decision.player]} faces {error}"
    return ""


def _other_concept(method: Any) -> str:
    if method is None or getattr(method, "concept", "") == CONCEPT:
        return ""
    return (
        f"A game with private shocks is solved for perfect Bayesian equilibrium; {type(method).__name__}() is not "
        "offered for it."
    )
