"""Profiles: what deniability, or sanctions, do to a game, in one answer."""

from __future__ import annotations

from typing import Any

from deterrence.analysis.answers.boundary import drawn_values
from deterrence.analysis.answers.profile import Profile
from deterrence.analysis.questions import checked_count
from deterrence.analysis.search.profile_parts import (
    further,
    hostile_act,
    looked_at,
    mechanism_in,
    parameters_of,
    stretches,
)
from deterrence.analysis.statics import statics
from deterrence.analysis.sweep import sweep
from deterrence.analysis.threshold import thresholds
from deterrence.answers.measure import AnyMeasure, Measure, as_measure, payoff, probability
from deterrence.answers.method import Method
from deterrence.games.expression import show_number
from deterrence.games.game import Game

POINTS = 61


def deniability_profile(
    game: Game,
    *,
    measure: AnyMeasure | None = None,
    prefix: str | None = None,
    method: Method | None = None,
    points: int = POINTS,
) -> Profile:
    """Ask what plausible deniability does: where deterrence fails as attribution worsens, and who gains.

    Parameters
    ----------
    game
        A game under :class:`Deniability`.
    measure
        What is asked; by default the probability of the deniable act.
    prefix
        Which mechanism is meant, by its ``prefix``, where the game has several.
    method
        The solution concept; the game's default one otherwise.
    points
        How many even steps of the parameter the sweep has, at least 2.

    Raises
    ------
    MechanismError
        If the game has no such mechanism, or several and none is named.

    Examples
    --------
    >>> from deterrence.analysis.profiles import deniability_profile
    >>> from deterrence.mechanisms import Deniability
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> found = deniability_profile(GAME.under(Deniability("strike", "retaliate")), points=11)
    >>> print(found.thresholds[0])
    The probability of 'strike' falls as attribution grows past 4/9 = prize/punishment: from 1 to 0.
    """
    mechanism = mechanism_in(game, "Deniability", prefix)
    name = parameters_of(game, mechanism)["attribution"]
    now = show_number(game.values[name])
    headline = (
        f"Deniability of {mechanism.action!r} in {game.name!r}: it is proven with probability {now} today ({name})."
    )
    act = probability(mechanism.action, mechanism.by)
    return _profile(game, mechanism, name, (act, measure), headline, method=method, points=points)


def sanctions_profile(
    game: Game,
    *,
    measure: AnyMeasure | None = None,
    prefix: str | None = None,
    most: Any = None,
    method: Method | None = None,
    points: int = POINTS,
) -> Profile:
    """Ask what sanctions do: whether more pressure provokes or restrains, from where on, and who gains.

    Parameters
    ----------
    game
        A game under :class:`Sanctions`.
    measure
        What is asked; by default the probability of the offence or, without one, of the target's hostile act:
        of its first choice, the action whose outcomes are on average worst for the other players.
    most
        The greatest pressure looked at; by default the greatest plausible one. Where none is declared, or nothing
        jumps within plausible values, it is the widest spread of any player's payoffs.
    prefix, method, points
        As :func:`deniability_profile` takes them.

    Raises
    ------
    MechanismError
        If the game has no such mechanism, or several and none is named.
    ParameterError
        If ``most`` is not above the least pressure.

    Examples
    --------
    >>> from deterrence.analysis.profiles import sanctions_profile
    >>> from deterrence.mechanisms import Sanctions
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> found = sanctions_profile(GAME.under(Sanctions("Challenger", "status quo")), points=11)
    >>> found.direction, found.thresholds[0].value == 5
    ('rises', True)
    """
    mechanism = mechanism_in(game, "Sanctions", prefix)
    name = parameters_of(game, mechanism)["pressure"]
    headline = (
        f"Sanctions on {mechanism.target} in {game.name!r}: the pressure is {show_number(game.values[name])} today "
        f"({name})."
    )
    deed = mechanism.offence or hostile_act(game, mechanism.target)
    act = probability(game.outcomes[0]) if deed is None else probability(deed, mechanism.target)
    return _profile(game, mechanism, name, (act, measure), headline, method=method, points=points, most=most)


def _profile(
    game: Game,
    mechanism: Any,
    parameter: str,
    asked: tuple[Measure, Any],
    headline: str,
    *,
    method: Any,
    points: int,
    most: Any = None,
) -> Profile:
    act, given = asked
    question = act if given is None else as_measure(given)
    question.check(game)
    steps = checked_count(points, "points", 2) - 1
    low, high = looked_at(game, parameter, most)
    found = statics(game, parameter, question, between=(low, high), method=method)
    if most is None and not found.jumps and (wider := further(game, parameter)) != (low, high):
        low, high = wider
        found = statics(game, parameter, question, between=wider, method=method)
    rest = tuple(name for name in parameters_of(game, mechanism).values() if name != parameter)
    others = [thresholds(game, n, question, between=looked_at(game, n), method=method)[0] for n in rest]
    axes: dict[str, Any] = {parameter: drawn_values(low, high, found.boundaries, steps)}
    asked_of = {one.name: one for one in (question, *map(payoff, game.players))}
    swept = sweep(game, *asked_of.values(), axes, method=method)
    pieces = stretches(found, swept, question)
    hostile = question.kind == "probability" and question.of == act.of
    told = (swept, (found.threshold, *others), found, pieces, headline, hostile)
    return Profile(game, mechanism, parameter, question, rest, *told)
