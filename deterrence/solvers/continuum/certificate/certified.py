"""The certificate: how far an equilibrium is from what it says, and from nobody gaining by a deviation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite
from typing import Any

from deterrence.answers.continuum.strategies import Cutoffs, Mixture, Schedule
from deterrence.games.continuum.given import Flat
from deterrence.games.game import Game
from deterrence.solvers.continuum.certificate.anew import Anew, anew
from deterrence.solvers.continuum.certificate.beliefs import belief_error
from deterrence.solvers.continuum.certificate.deviating import Deviating, Found
from deterrence.solvers.continuum.certificate.ends import Tree, tree_of
from deterrence.solvers.continuum.certificate.reading import Arithmetic, Told, moves
from deterrence.solvers.continuum.certificate.refusing import refusal

ROUNDING = 1e-9
"""Where everything can be computed in fractions, floats that differ by less than this from it are rounding."""


@dataclass(frozen=True)
class Certificate:
    """How far an equilibrium is from what it says, recomputed from the game's tree.

    Attributes
    ----------
    payoffs
        The most by which a payoff or a probability of an outcome or action differs from the one recomputed.
    deviations
        The most that any type gains by any other plan or choice, from any of its decisions on, given that it is there.
    indifference
        The most that a type at a cutoff, or a little to either side, would gain by doing what is done on the other.
    beliefs
        The most by which a belief that is told in numbers differs from Bayes' rule.
    regret
        The greatest of the four, relative to one and the greatest payoff; infinite where nothing could be computed.
    worst
        In words, where the greatest of them stands.
    exact
        Whether everything was computed in fractions: then a regret of zero is exactly that.
    refused
        Why nothing was computed; an empty text where everything was.
    """

    payoffs: Any
    deviations: Any
    indifference: Any
    beliefs: Any
    regret: Any
    worst: str
    exact: bool
    refused: str = ""


def certified(game: Game, equilibrium: Any) -> Certificate:
    """Recompute from the tree what an equilibrium says, and try every deviation.

    Parameters
    ----------
    game
        The game at its parameter values.
    equilibrium
        What is to be checked; only what it says is read: strategies, choices, payoffs, probabilities and beliefs.

    Notes
    -----
    Every reduced plan is tried at the types of 401 quantiles, at both sides of every cutoff, very near it and a little
    aside, and at the ends of the support; every choice at 401 numbers, at the kinks of the replies, and closer to the
    best of them. Where nobody's play leads, what is done must be best for some belief about those who would have
    deviated, which is a linear program over the ends of the cells of their types. With uniform laws, polynomial
    payoffs and rational strategies payoffs and gains are then computed in fractions, at cutoffs, ends, and fewer types
    and choices between; regret is zero if those are and no float above is greater than rounding.
    """
    tree = tree_of(game)
    said = refusal(tree, equilibrium)
    if said:
        infinite = float("inf")
        return Certificate(infinite, infinite, infinite, infinite, infinite, said, exact=False, refused=said)
    found = _measured(tree, equilibrium, _profile(tree, equilibrium, exact=False))
    if tree.is_exact and _is_rational(equilibrium):
        precise = _measured(tree, equilibrium, _profile(tree, equilibrium, exact=True))
        if all(float(f[0]) - float(p[0]) < ROUNDING for f, p in zip(found, precise, strict=True)):
            return _certificate(equilibrium, precise, exact=_says_fractions(equilibrium))
    return _certificate(equilibrium, found, exact=False)


Measured = list[tuple[Any, str]]


def _measured(tree: Tree, equilibrium: Any, profile: Told) -> Measured:
    """Return the four errors, each with where it stands."""
    played = None if any(isinstance(law, Flat) for law in tree.laws.values()) else anew(tree, profile)
    found = [Deviating(tree, profile, i).run() for i in range(len(tree.form.players))]
    best = max(found, key=lambda one: one.deviations, default=Found())
    beside = max(found, key=lambda one: one.indifference, default=Found())
    return [
        (0, "") if played is None else _told_wrong(tree, equilibrium, played),
        (best.deviations, f"{best.where} gains by a deviation"),
        (beside.indifference, f"{beside.beside} gains at or beside a cutoff"),
        (0, "") if played is None else belief_error(played, equilibrium),
    ]


def _certificate(equilibrium: Any, found: Measured, exact: bool) -> Certificate:
    numbers = [_plain(number) for number, _ in found]
    most = max(numbers)
    payoffs = [abs(_plain(value)) for _, value in equilibrium.payoff_list if value is not None]
    size = 1 + max([x for x in payoffs if isfinite(x)], default=0)
    worst = "" if most == 0 else f"{found[numbers.index(most)][1]}: {float(most):.3g}"
    payoffs_wrong, gained, at_cutoffs, believed = numbers
    return Certificate(payoffs_wrong, gained, at_cutoffs, believed, most / size, worst, exact)


def _plain(value: Any) -> Any:
    """Return a number as an ordinary fraction, whole number or float."""
    value = Arithmetic(exact=True).number(value)
    return value if isinstance(value, (int, Fraction)) else float(value)


def _told_wrong(tree: Tree, equilibrium: Any, played: Anew) -> tuple[Any, str]:
    """Return the greatest difference between what is told and what comes of the strategies."""
    number = played.setting.profile.arithmetic.number
    players = tree.form.players
    rows = [(f"the payoff of {name}", value, played.payoffs.get(name, 0)) for name, value in equilibrium.payoff_list]
    rows += [
        (f"the probability of {name}", value, played.outcomes.get(name, 0)) for name, value in equilibrium.outcome_list
    ]
    rows += [
        (f"the probability of {action} by {player or 'anybody'}", value, played.actions.get((player, action), 0))
        for (player, action), value in equilibrium.action_list
    ]
    missing = [player for player in players if player not in dict(equilibrium.payoff_list)]
    if missing:
        return float("inf"), f"no payoff of {missing[0]} is told"
    errors = [(_distance(number(value), true), f"{what} is told wrong") for what, value, true in rows]
    return max(errors, key=lambda row: row[0])


def _distance(told: Any, true: Any) -> Any:
    """Return how far two numbers are apart: infinitely where one of them is none."""
    distance = abs(told - true)
    return distance if distance >= 0 else float("inf")


def _profile(tree: Tree, equilibrium: Any, exact: bool) -> Told:
    rules: Mapping[str, Cutoffs] = dict(equilibrium.strategy_list)
    return Told(
        tuple(rules[name] for name in tree.form.set_names), dict(equilibrium.choice_list), Arithmetic(exact=exact)
    )


def _numbers(equilibrium: Any) -> list[Any]:
    """Return all numbers and expressions that strategies are written in."""
    found: list[Any] = []
    for _, rule in equilibrium.strategy_list:
        for case in rule.cases:
            found += [end for _, *ends in case.given for end in ends]
            found += [x for piece in case.pieces for x in (piece.low, piece.high, *(p for _, p in piece.actions))]
    for _, choice in equilibrium.choice_list:
        if isinstance(choice, Mixture):
            found += [x for pair in choice.numbers for x in pair]
        elif isinstance(choice, Schedule):
            found += [x for piece in choice.pieces for x in piece]
        else:
            found.append(choice)
    return found


def _is_rational(equilibrium: Any) -> bool:
    """Whether strategies are told in numbers that are no floats, and no choice varies with a type."""
    schedules = [choice for _, choice in equilibrium.choice_list if isinstance(choice, Schedule)]
    moving = any(moves(value, rule.variable) for rule in schedules for _, _, value in rule.pieces)
    infinite = (float("inf"), -float("inf"))
    return not moving and not any(isinstance(x, float) and x not in infinite for x in _numbers(equilibrium))


def _says_fractions(equilibrium: Any) -> bool:
    """Whether every number is a fraction, and every expression rational."""
    symbolic = [x for x in _numbers(equilibrium) if hasattr(x, "free_symbols")]
    return all(x.is_Rational or (x.free_symbols and x.is_rational_function(*x.free_symbols)) for x in symbolic)
