"""What moves the prediction: the one or two levers, with the values at which they do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

from deterrence.analysis.answers.trends import NOTABLE, Trend
from deterrence.analysis.trends import trends
from deterrence.games.parameter import Parameter
from deterrence.games.words import listed
from deterrence.report.document import Figure, Section
from deterrence.report.front.axes import drawn_along
from deterrence.report.front.expect import played
from deterrence.report.rounding import capital, exactly, frequencies, percent, rounded
from deterrence.report.sections.asking import Asking
from deterrence.report.wording import NOT_EXCLUDED, looked_over
from deterrence.solvers.solve import solve

MOST_PIECES = 6
LIKELY = 0.5
Span = tuple[float, float]


@dataclass(frozen=True)
class Piece:
    """An interval of a parameter on which the prediction and its class stay: its ends, values there, and the name."""

    start: Any
    stop: Any
    first: Span
    last: Span
    regime: str

    @property
    def steady(self) -> bool:
        """Whether the prediction is the same over the whole interval, as far as it is told."""
        return all(abs(a - b) < NOTABLE for a, b in zip(self.first, self.last, strict=True))


@dataclass(frozen=True)
class Lever:
    """A parameter, what each measure does along it, and the pieces of its range in which the prediction stays."""

    parameter: Parameter
    trends: tuple[Trend, ...]
    pieces: tuple[Piece, ...]

    @property
    def moves(self) -> bool:
        """Whether the prediction changes anywhere in the parameter's range."""
        return self.trends[0].direction != "stays"

    @property
    def complete(self) -> bool:
        """Whether every change along the parameter was found."""
        return all(trend.threshold.complete for trend in self.trends)


def lever(asking: Asking, name: str) -> Lever:
    """Find what the measures do along a parameter."""
    found = trends(
        asking.game,
        name,
        *asking.measures,
        points=asking.detail.curve,
        progress=lambda share: asking.progress(share, f"varying {name}"),
    )
    pieces = [Piece(s.start, s.stop, s.first, s.last, _regime(asking, name, found[0], s)) for s in found[0].stretches]
    return Lever(asking.game.parameters[name], found, tuple(_joined(pieces)))


def _regime(asking: Asking, name: str, trend: Trend, stretch: Any) -> str:
    """Return what the classes inside a stretch are called, at the middle of those of its values that have an answer."""
    low = trend.sweep.data["low"].values[0]
    inside = [
        value
        for value, least in zip(trend.sweep.axes[0][1], low, strict=True)
        if stretch.start < value < stretch.stop and not isnan(least)
    ]
    if not inside:
        return "outside the model's assumptions"
    return played(solve(asking.game.at({name: inside[len(inside) // 2]})).representatives)


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Join neighbours between which nothing that is told changes."""
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if before and before.regime == piece.regime and before.steady and piece.steady and before.last == piece.first:
            joined[-1] = Piece(before.start, piece.stop, before.first, piece.last, before.regime)
        else:
            joined.append(piece)
    return joined


def what_moves_it(asking: Asking, levers: Sequence[Lever]) -> Section:
    """Answer what moves the prediction, and at which values."""
    title = "What moves it"
    if not asking.game.parameters:
        return Section(title, ("Nothing: every number in the game is fixed, and there is no parameter to vary.",))
    moving = [each for each in levers if each.moves]
    still = [each for each in levers if not each.moves]
    paragraphs = [_in_a_sentence(asking, each) for each in moving]
    if still:
        names = listed([f"{each.parameter.meaning} ({each.parameter.name})" for each in still])
        declared = any(each.parameter.plausible for each in still)
        anywhere = f"over {looked_over([each.parameter for each in still])}" if declared else "whatever the value"
        verb = "does not change" if len(still) == 1 else "do not change"
        paragraphs.append(f"{capital(names)} {verb} how often {asking.measures[0].name}, {anywhere}.")
    if not levers:
        paragraphs.append("No parameter, moved alone within a plausible range, changes the prediction.")
    return Section(title, tuple(paragraphs))


def _in_a_sentence(asking: Asking, found: Lever) -> str:
    """Tell the prediction along a parameter, piece by piece."""
    parameter = found.parameter
    pieces, regime, told = found.pieces[:MOST_PIECES], "", []
    for number, piece in enumerate(pieces):
        last = number == len(found.pieces) - 1
        where = _where(piece, number, last=last)
        name = f" ({piece.regime})" if piece.regime != regime else ""
        regime = piece.regime
        told.append(f"{_how_often(piece)} {where}{name}")
    more = (
        f"; beyond that it changes {len(found.pieces) - len(pieces)} times more"
        if len(found.pieces) > len(pieces)
        else ""
    )
    head = f"{capital(parameter.meaning)} ({parameter.name}, now {rounded(parameter.value)})."
    return f"{head} {capital(asking.measures[0].name)}: {'; '.join(told)}{more}."


def _where(piece: Piece, number: int, *, last: bool) -> str:
    if number == 0 and last:
        return "whatever the value"
    if number == 0:
        return f"below {rounded(piece.stop)}"
    return f"above {rounded(piece.start)}" if last else f"from {rounded(piece.start)} to {rounded(piece.stop)}"


def _how_often(piece: Piece) -> str:
    if piece.steady:
        return frequencies(*piece.first)
    if abs(piece.first[1] - piece.first[0]) < NOTABLE and abs(piece.last[1] - piece.last[0]) < NOTABLE:
        way = "rising" if piece.last[0] > piece.first[0] else "falling"
        return f"{way} from {percent(piece.first[0])} to {percent(piece.last[0])}"
    first, last = (_span(piece.first), _span(piece.last))
    return f"{first} by equilibrium" if first == last else f"{first} at first and {last} at last by equilibrium,"


def _span(ends: Span) -> str:
    low, high = map(percent, ends)
    return low if low == high else f"between {low} and {high}"


def small_figures(asking: Asking, levers: Sequence[Lever]) -> list[Section]:
    """Return a small figure for each lever, with one sentence."""
    sections = []
    for found in levers:
        question, reading = asking.model.questions.get(found.parameter.name, ("", ""))
        title = question or f"{capital(found.parameter.meaning)} ({found.parameter.name})"
        doubt = NOT_EXCLUDED if found is levers[-1] and not all(each.complete for each in levers) else ""
        words = " ".join(filter(None, (reading, _thresholds(found), _others(found), doubt)))
        figure = Figure(
            f"{capital(asking.measures[0].name)}, by {found.parameter.name}", drawn_along(asking, found.trends[0])
        )
        sections.append(Section(title, (words,), (), (figure,)))
    return sections


def _thresholds(found: Lever) -> str:
    """Say where the prediction jumps, exactly."""
    places = [exactly(value) for value, way in found.trends[0].jumps if way != "stays"][:MOST_PIECES]
    name = found.parameter.name
    return (
        f"The answer jumps at {name} = {listed(places)}."
        if places
        else "The answer changes without a jump."
        if found.moves
        else "It changes nothing."
    )


def _others(found: Lever) -> str:
    """Say where another measure is greatest: of those that are never likely, the one that moves most."""
    known = [(trend.measure.name, _extremes(trend)) for trend in found.trends[1:]]
    rare = [(name, most, place, least) for name, (most, place, least) in known if least < most < LIKELY]
    if not rare:
        return ""
    name, most, place, least = max(rare, key=lambda row: row[1] - row[3])
    near = f"the most near {found.parameter.name} = {rounded(place)}"
    return f"How often {name} lies between {percent(least)} and {percent(most)}, {near}."


def _extremes(trend: Trend) -> tuple[float, Any, float]:
    """Return the greatest value of a measure at the ends of its stretches, where that is, and the least."""
    ends = [(span[1], place) for s in trend.stretches for span, place in ((s.first, s.start), (s.last, s.stop))]
    values = [value for value, _ in ends if not isnan(value)]
    if not values:
        return 1.0, 0, 1.0
    most = max(values)
    return most, next(place for value, place in ends if value == most), min(values)
