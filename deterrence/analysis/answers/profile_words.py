"""A profile in sentences."""

from __future__ import annotations

from typing import Any

import numpy as np

from deterrence.analysis.answers.boundary import place_in_words, range_in_words
from deterrence.analysis.questions import searched_range
from deterrence.analysis.search.effects import MOST_PARAMETERS
from deterrence.analysis.search.profile_parts import SLIGHT
from deterrence.games.expression import show_number


def in_sentences(profile: Any) -> str:
    """Return a profile as lines of text: stretches, thresholds, who gains, and which way the mechanism works."""
    lines = [profile.headline]
    lines += [_piece(profile, *piece) for piece in profile.pieces]
    lines += [_threshold(profile, threshold) for threshold in profile.thresholds]
    lines += [_gain(profile, player, *ends) for player, ends in profile.gains.items()]
    lines.append(_verdict(profile))
    lines += map(str, profile.statics.effects)
    lines += _looked_at(profile)
    return "\n".join(lines)


def _looked_at(profile: Any) -> list[str]:
    """Say whether plausible values were looked at, or further ones since nothing jumps within."""
    first, declared = profile.thresholds[0], profile.game.parameters[profile.parameter]
    if first.over_plausible or declared.plausible in (None, first.looked_at):
        return [first.over_plausible] if first.over_plausible else []
    return [f"Plausible values of {profile.parameter} run from {declared.plausible_range}; others were looked at too."]


def _piece(profile: Any, start: float, end: float, low: float, high: float) -> str:
    exact = {float(boundary.value): boundary.value for boundary in profile.thresholds[0].boundaries}
    span = " to ".join(show_number(exact.get(value, value)) for value in (start, end))
    where, measure = f"With {profile.parameter} from {span}", profile.measure
    if np.isnan(low):
        return f"{where} there is no answer."
    if measure.kind == "probability" and high <= SLIGHT:
        return f"{where} {measure.of!r} never happens."
    if measure.kind == "probability" and low >= 1 - SLIGHT:
        return f"{where} {measure.of!r} is certain{': deterrence fails' if profile.hostile else ''}."
    same = abs(high - low) < SLIGHT
    return f"{where} the {measure.name} is {range_in_words((low, low if same else high))}."


def _threshold(profile: Any, threshold: Any) -> str:
    if not threshold.jumps:
        low, high = map(show_number, searched_range(threshold.game, threshold.parameter, threshold.between))
        which = "plausible value" if threshold.over_plausible else "value"
        return f"No {which} of {threshold.parameter} from {low} to {high} makes it jump, the rest being as it is."
    short = len(profile.game.parameters) > MOST_PARAMETERS
    jumps = [
        f"{jump.direction} past {show_number(jump.value) if short else place_in_words(jump, 'its .formula')}"
        for jump in threshold.jumps
    ]
    return f"As {threshold.parameter} grows the {threshold.measure.name} {', then '.join(jumps)}."


def _gain(profile: Any, player: str, first: Any, last: Any) -> str:
    same = max(abs(a - b) for a, b in zip(first, last, strict=True)) < SLIGHT
    up, down = last[0] - first[1], first[0] - last[1]
    verdict = "gains" if up > SLIGHT else "loses" if down > SLIGHT else "may gain or lose"
    if same:
        verdict = "is as well off at either end"
    elif verdict.startswith("may") and max(up, down) >= -SLIGHT:
        verdict = "gains or stays where it is" if up >= -SLIGHT else "loses or stays where it is"
    low, high = (show_number(end) for end in profile.statics.between)
    least, most = range_in_words(first), range_in_words(last)
    moves = f"its payoff is {least} where {profile.parameter} is {low}, and {most} where it is {high}"
    return f"As {profile.parameter} grows {player} {verdict}: {moves}."


def _verdict(profile: Any) -> str:
    measure, way = profile.measure, profile.direction
    grown = f"More {profile.parameter}"
    what = repr(measure.of) if measure.kind == "probability" else f"the {measure.name}"
    more, less = ("likelier", "less likely") if measure.kind == "probability" else ("greater", "smaller")
    if way == "neither":
        return f"{grown} does nothing to {what}."
    if way == "both":
        return (
            f"{grown} works both ways: {what} becomes {more} on some stretches or in some equilibria, and {less} on "
            "others."
        )
    deed = {"rises": "provokes", "falls": "restrains"}[way]
    effect = f"{deed}: {what} becomes" if profile.hostile else f"makes {what}"
    return f"{grown} {effect} {more if way == 'rises' else less}."
