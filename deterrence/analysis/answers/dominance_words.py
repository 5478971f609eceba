"""An elimination in sentences: its steps by number, what is left, and what the order has to do with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from deterrence.answers.removal import Removal
from deterrence.answers.when_in_words import when_in_words
from deterrence.games.expression import show_number
from deterrence.games.words import listed

if TYPE_CHECKING:
    from deterrence.analysis.answers.dominance import Dominance

LONGEST = 400
"""Longer conditions are not printed."""
MOST_LISTED = 12
"""Of more strategies that are left the first are named."""


def sentences(answer: Dominance) -> Iterator[str]:
    """Yield what an elimination did, in sentences."""
    yield _head(answer)
    for number, step in enumerate(answer.steps, start=1):
        yield f"{number}. Round {step.round}. {step}{_condition(answer, step)}."
    yield from _together(answer)
    yield from _left(answer)
    if answer.steps:
        yield _about_order(answer)
    yield from _about_rationality(answer)
    if answer.game.form.rounded:
        yield "Payoffs that are no fractions are rounded to 30 digits."


def _head(answer: Dominance) -> str:
    kind = f"{'weakly' if answer.weak else 'strictly'} dominated strategies"
    place = ", at each information set given that it is reached" if answer.conditional else ""
    means = "" if answer.mixtures else ", by pure strategies alone"
    steps, rounds = len(answer.steps), len(answer.rounds)
    count = f"{_count(steps, 'step')} in {_count(rounds, 'round')}" if steps else "none is dominated"
    return f"Elimination of {kind} in {answer.game.name!r}{place}{means}: {count}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _condition(answer: Dominance, step: Removal) -> str:
    if not answer.game.parameter_list or step.when is None:
        return ""
    what = "holds at least weakly" if answer.weak and not step.weakly else "holds"
    what += "" if step.exact else " with this mixture"
    return f"; this {what} {_when(step.when)}"


def _when(when: Any) -> str:
    from sympy.core.relational import Relational

    words = when_in_words(when)
    if len(words) > LONGEST:
        return f"under a condition of {len(when.atoms(Relational))} comparisons (see its .when)"
    return "at all parameter values in range" if words == "at all parameter values" else words


def _together(answer: Dominance) -> Iterator[str]:
    if not answer.game.parameter_list or not answer.steps:
        return
    if answer.when is None:
        yield "No condition on the parameters was derived: too many payoffs would have to be compared."
    else:
        yield f"All these steps hold {_when(answer.when)}."


def _left(answer: Dominance) -> Iterator[str]:
    if answer.profile is not None and answer.payoffs is not None:
        payoffs = ", ".join(f"{player} {show_number(value)}" for player, value in answer.payoffs.items())
        yield f"One strategy is left to each player: {_profile(answer.profile)}. It pays {payoffs}."
        return
    yield "Left: " + "; ".join(f"{player}: {_names(names)}" for player, names in answer.left.items()) + "."
    if answer.conditional and answer.outcomes:
        yield f"Outcomes that may still come about: {listed(map(repr, answer.outcomes))}."


def _profile(profile: Mapping[str, str]) -> str:
    return ", ".join(f"{player} {name!r}" for player, name in profile.items())


def _names(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - MOST_LISTED} more" if len(names) > MOST_LISTED else ""
    return ", ".join(map(repr, names[:MOST_LISTED])) + more


def _about_order(answer: Dominance) -> str:
    if answer.conditional:
        same = "; another order leads to the same outcomes (Chen and Micali 2013)" if answer.mixtures else ""
        return f"All that is dominated went in each round{same}."
    if not answer.weak:
        return "Strict dominance: every order ends here (Gilboa, Kalai and Zemel 1990)."
    order = {"rounds": "all that is dominated goes in each round", "one at a time": "one strategy goes at a time"}
    if isinstance(answer.order, str):
        told = order[answer.order]
    else:
        told = f"all that is dominated for a player goes in its turn: {', '.join(answer.order)}"
    return f"The order: {told}. {_elsewhere(answer)}"


def _elsewhere(answer: Dominance) -> str:
    if answer.order_matters:
        other = next(end for end in answer.ends if end != answer.kept)
        left = "; ".join(f"{player}: {_names(names)}" for player, names in answer.named(other).items())
        return f"With weak dominance the order matters here: another one leaves {left} ({answer.searched})."
    if answer.order_matters is None:
        return f"With weak dominance another order may end elsewhere; none found does ({answer.searched})."
    return f"With weak dominance the order may matter; here every order ends in the same place ({answer.searched})."


def _about_rationality(answer: Dominance) -> Iterator[str]:
    if answer.rationalizable is None:
        return
    what = "rationalizable in extensive form (Shimoji and Watson 1998)" if answer.conditional else "rationalizable"
    choosing = {answer.game.form.player_of[h] for h in range(len(answer.game.form.player_of))}
    if len(choosing) <= 2:
        source = "" if answer.conditional else " (Bernheim 1984, Pearce 1984)"
        yield f"What is left is {what}{source}."
    else:
        yield f"What is left is {what}, if a player may think that the others' play is correlated; else less may be."
