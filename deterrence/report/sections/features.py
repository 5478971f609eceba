"""What each feature of a case adds: without it, as it is, and at its most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from deterrence.analysis.answers.trends import NOTABLE
from deterrence.analysis.trends import looked_at
from deterrence.games.words import listed as in_a_row
from deterrence.report.document import Figure, Section, Table
from deterrence.report.sections.asking import Asking
from deterrence.report.wording import bracketed, looked_over, over, range_in_cell
from deterrence.solvers.solve import solve

Span = tuple[float, float]
EDGE = Fraction(1, 1000)
"""How far inside its range a feature is looked at, in shares of it: at the very ends chance excludes branches."""


@dataclass(frozen=True)
class Feature:
    """A feature: its words, and each measure's ranges without it, now, at its maximum, and over its whole range."""

    words: str
    least: tuple[Span, ...]
    now: tuple[Span, ...]
    most: tuple[Span, ...]
    whole: tuple[Span, ...]


def features(asking: Asking) -> Section:
    """Answer what each feature of the case adds, the others as they are."""
    listed = asking.model.features
    additions = []
    for number, (name, words, game) in enumerate(listed):
        asking.progress(number / len(listed), f"varying {name}")
        shared = {k: v for k, v in asking.game.values.items() if k in game.values}
        additions.append(_feature(asking, game.at(shared), name, words))
    moved = [
        k
        for k in range(len(asking.measures))
        if any(feature.whole[k][1] - feature.whole[k][0] > NOTABLE for feature in additions)
    ]
    names = [asking.measures[k].name for k in moved]
    rows = tuple((feature.words, *(_cell(feature, k) for k in moved)) for feature in additions)
    span = looked_over([game.parameters[name] for name, _, game in listed], "its whole range")
    paragraphs = (
        " ".join(
            f"{words[:1].upper()}{words[1:]}: {game.parameters[name].meaning} ({name})." for name, words, game in listed
        ),
        (
            f"Each feature varies alone over {span}, from one end to the other, with the other parameters at their "
            "present values. Where equilibria differ, a line joins the least and the greatest probability. Elsewhere a "
            "line spans all values on the way: where it extends beyond its ends, the feature raises the probability in "
            "one part of its range and lowers it in another. Each panel has its own scale."
        ),
    )
    caption = (
        "What each feature adds: a hollow mark without it, a bar at its present value, a solid mark at its maximum."
    )
    figure = Figure(caption, lambda: _draw(additions, moved, names))
    title = f"Without it → now → at its maximum{bracketed(cell for row in rows for cell in row)}"
    table = Table(title, ("feature", *names), rows)
    return Section(
        f"What do {in_a_row([feature.words for feature in additions])} each add?", paragraphs, (table,), (figure,)
    )


def _feature(asking: Asking, game: Any, name: str, words: str) -> Feature:
    low, high = looked_at(game.parameters[name])
    count = asking.detail.feature
    shares = [EDGE + (1 - 2 * EDGE) * Fraction(k, count - 1) for k in range(count)]
    rows = [_asked(asking, game.at({name: low + (high - low) * share})) for share in shares]
    now = _asked(asking, game)
    whole = [
        (min(row[k][0] for row in (*rows, now)), max(row[k][1] for row in (*rows, now)))
        for k in range(len(asking.measures))
    ]
    return Feature(words, rows[0], now, rows[-1], tuple(whole))


def _asked(asking: Asking, game: Any) -> tuple[Span, ...]:
    equilibria = solve(game).representatives
    return tuple(over(equilibria, measure) for measure in asking.measures)


def _cell(feature: Feature, k: int) -> str:
    return " → ".join(range_in_cell(*ends[k], digits=3) for ends in (feature.least, feature.now, feature.most))


def _draw(additions: Sequence[Feature], moved: Sequence[int], names: Sequence[str]) -> Any:
    from deterrence.plot.rows import plot_features

    rows = [
        (
            feature.words,
            *([part[k] for k in moved] for part in (feature.least, feature.now, feature.most, feature.whole)),
        )
        for feature in additions
    ]
    return plot_features(rows, names)
