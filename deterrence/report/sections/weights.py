"""Which parameters matter most, and how small a change overturns the prediction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from deterrence.errors import ParameterError
from deterrence.games.expression import show_number
from deterrence.games.game import Game
from deterrence.games.parameter import Parameter
from deterrence.report.document import Figure, Section, Table
from deterrence.report.sections.asking import Asking
from deterrence.report.wording import listed, over, quoted, range_in_words, round_off
from deterrence.solvers.solve import solve

Span = tuple[float, float]
PLAUSIBLE = Fraction(1, 2)
"""How far either way a value is plausible, as a share of it."""
NOWHERE = (float("nan"), float("nan"))
TENTH = Fraction(1, 10)
MOVED = 0.01
"""A prediction is overturned where the play changes and the first measure by more than this."""
NEAREST, SHOWN = 6, 12


@dataclass(frozen=True)
class Swing:
    """Hold what a parameter does alone: what is asked first now and at the two ends of its plausible range.

    ``overturns`` holds for either end the sign of the way if the prediction is another there.
    """

    parameter: Parameter
    low: Fraction
    high: Fraction
    now: Span
    first: Span
    last: Span
    overturns: tuple[Fraction, ...]

    @property
    def size(self) -> float:
        """By how much what is asked moves: the least over all equilibria, or the greatest, whichever moves more."""
        sizes = [0.0]
        for k in (0, 1):
            ends = [span[k] for span in (self.first, self.now, self.last) if span[k] == span[k]]
            sizes.append(max(ends) - min(ends) if ends else 0.0)
        return max(sizes)


def weights(asking: Asking) -> Section:
    """Answer which parameters matter most, and what is the smallest change that overturns the prediction."""
    ranked = swings(asking.part(0, 0.35))
    moving = [one for one in ranked if one.size > MOVED]
    words = (
        f"The prediction is the probability of {quoted(asking.measures[0].name)}. A plausible range runs from half the "
        "present value to one and a half times that value, within the declared range; for a value of 0, one tenth of "
        "the declared range either way."
    )
    if not moving:
        return Section(
            _TITLE, (words, "Varying one parameter at a time, none changes the prediction within these ranges.")
        )
    sobol = _sobol(asking.part(0.35, 0.6), moving)
    paragraphs = [words, _ranking(moving, len(ranked)), *_sobol_words(sobol)]
    changes, told = _overturning(asking.part(0.6, 1), ranked)
    tables = [_alone(ranked, sobol)] + ([changes] if changes.rows else [])
    figures = [
        Figure("The prediction as one parameter at a time varies over its plausible range.", lambda: _draw(ranked))
    ]
    if sobol is not None:
        caption = "First-order and total Sobol indices over the plausible ranges."
        figures.append(Figure(caption, sobol.plot))
    return Section(_TITLE, (*paragraphs, *told), tuple(tables), tuple(figures))


_TITLE = "Which parameters matter most, and how small a change overturns the prediction?"


def plausible(parameter: Parameter) -> tuple[Fraction, Fraction]:
    """Return the range in which a parameter's value is plausible."""
    value = Fraction(parameter.value)
    low, high = (None if end is None else Fraction(end) for end in (parameter.low, parameter.high))
    width = high - low if low is not None and high is not None else Fraction(10)
    reach = PLAUSIBLE * abs(value) or TENTH * width
    first, last = value - reach, value + reach
    return (first if low is None else max(first, low)), (last if high is None else min(last, high))


def swings(asking: Asking) -> list[Swing]:
    """Return what each parameter does alone, the one that moves most first."""
    game, found = asking.game, []
    here = list(solve(game))
    now = _prediction(here, asking)
    for number, parameter in enumerate(game.parameter_list):
        asking.progress(number / len(game.parameter_list), f"moving {parameter.name} alone")
        ends = plausible(parameter)
        then = [_solved(game, {parameter.name: end}) for end in ends]
        first, last = (NOWHERE if some is None else over(some, asking.measures[0]) for some in then)
        overturns = tuple(
            end
            for end, some in zip(ends, then, strict=True)
            if some is not None and _overturned(now, _prediction(some, asking))
        )
        found.append(Swing(parameter, *ends, now[1], first, last, overturns))
    return sorted(found, key=lambda one: -one.size)


def _solved(game: Game, values: Any) -> list[Any] | None:
    """Return the equilibria at values, or None where the game's assumptions fail."""
    try:
        return list(solve(game.at(values)))
    except ParameterError:
        return None


def _prediction(equilibria: Sequence[Any], asking: Asking) -> tuple[frozenset[Any], Span]:
    return frozenset(one.path_pattern for one in equilibria), over(equilibria, asking.measures[0])


def _overturned(now: tuple[frozenset[Any], Span], then: tuple[frozenset[Any], Span]) -> bool:
    moved = any(not abs(a - b) <= MOVED for a, b in zip(now[1], then[1], strict=True))
    return now[0] != then[0] and moved


# -- global sensitivity ---------------------------------------------------------------------------------------


def _sobol(asking: Asking, moving: Sequence[Swing]) -> Any:
    """Return the global sensitivity over the plausible ranges of the parameters that move most alone."""
    from scipy import stats

    from deterrence.analysis.sensitivity import sensitivity

    asking.progress(0, "weighing the parameters together")
    dists: dict[str, Any] = {}
    for one in moving[: asking.detail.ranked]:
        if one.high > one.low:
            dists[one.parameter.name] = stats.uniform(float(one.low), float(one.high - one.low))
    if len(dists) < 2:
        return None  # what a single parameter does is told already
    try:
        return sensitivity(
            asking.game, asking.measures[0], parameters=list(dists), n=asking.detail.sample, distributions=dists
        )
    except ParameterError:
        return None


def _ranking(moving: Sequence[Swing], count: int) -> str:
    names = [one.parameter.name for one in moving[:NEAREST]]
    if len(moving) == 1:
        return f"Varying one parameter at a time, only {names[0]} changes the prediction."
    return (
        f"Varying one parameter at a time, {len(moving)} of {count} change the prediction, most of all {listed(names)}."
    )


def _sobol_words(sobol: Any) -> list[str]:
    if sobol is None:
        return []
    rows = sobol.rows().sort_values("total", ascending=False)
    told = [f"{r.parameter} {r.total:.0%}" for r in rows.itertuples() if r.total >= 0.01]
    if not told:
        return []
    return [
        (
            f"Varied together at {sobol.sample.shape[1]} random points, the first {len(sobol.parameters)} account for "
            "these shares of the prediction's variance (total Sobol indices; they include interactions, so that their "
            f"sum may exceed one): {listed(told)}."
        ),
    ]


def _alone(ranked: Sequence[Swing], sobol: Any) -> Table:
    totals: dict[str, str] = {}
    if sobol is not None:
        for row in sobol.rows().to_dict("records"):
            totals[row["parameter"]] = (
                "–"
                if row["total"] != row["total"]
                else (f"{row['total']:.2f} ({row['total low']:.2f} to {row['total high']:.2f})")
            )
    rows = tuple(
        (
            one.parameter.name,
            f"{show_number(one.low)} to {show_number(one.high)}",
            range_in_words(*one.first),
            range_in_words(*one.last),
            totals.get(one.parameter.name, "–"),
        )
        for one in ranked
        if one.size > MOVED
    )
    columns = ("parameter", "plausible range", "at its low end", "at its high end", "total Sobol index")
    return Table("Each parameter varied alone, and its total Sobol index (95% interval)", columns, rows)


def _draw(ranked: Sequence[Swing]) -> Any:
    from deterrence.plot.swings import plot_swings

    return plot_swings([(one.parameter, one.first, one.last) for one in ranked[:SHOWN] if one.size > MOVED])


# -- the smallest change -----------------------------------------------------------------------------------------


def _overturning(asking: Asking, ranked: Sequence[Swing]) -> tuple[Table, list[str]]:
    """Return the nearest values that overturn the prediction, and the sentences on them."""
    game = asking.game
    now = _prediction(list(solve(game)), asking)
    pairs = [(one, end) for one in ranked for end in one.overturns]
    found = []
    for number, (one, end) in enumerate(pairs):
        asking.progress(number / (1 + len(pairs)), f"how far {one.parameter.name} may move")
        at = _halved(asking, now, lambda share, one=one, end=end: {one.parameter.name: _towards(one, end, share)})
        found.append((abs(_change(one, _towards(one, end, at))), one, _towards(one, end, at), end))
    found.sort(key=lambda row: row[0])
    rows = tuple(
        (one.parameter.name, show_number(one.parameter.value), _about(value), _percent(_change(one, value)))
        for _, one, value, _ in found[:NEAREST]
    )
    told = _in_words(asking, now, found)
    return Table(
        "The smallest changes that overturn the prediction, one parameter at a time (a change of a value of 0 as a "
        "share of its range)",
        ("parameter", "now", "at", "change"),
        rows,
    ), told


def _in_words(asking: Asking, now: Any, found: Sequence[Any]) -> list[str]:
    if not found:
        return ["No parameter alone overturns the prediction at either end of its plausible range."]
    _, one, value, _ = found[0]
    told = (
        "The smallest change found that overturns the prediction (the equilibrium play changes, and the probability by "
        f"more than {MOVED}): {one.parameter.name} from {show_number(one.parameter.value)} to {_about(value)} "
        f"({_percent(_change(one, value))})."
    )
    apart = {row[1].parameter.name: row for row in reversed(found)}
    first = sorted(apart.values(), key=lambda row: row[0])[:3]
    if len(first) > 1:
        share = _halved(asking, now, lambda s: {row[1].parameter.name: _towards(row[1], row[3], s) for row in first})
        names = listed([f"{row[1].parameter.name} to {_about(_towards(row[1], row[3], share))}" for row in first])
        told += f" If they change together, smaller changes suffice: {names}."
    return [told + " Found by bisection between the current value and each end of the plausible range."]


def _halved(asking: Asking, now: Any, values: Any) -> Fraction:
    """Return the share of the way at which the prediction is overturned, found by halving."""
    inside, beyond = Fraction(0), Fraction(1)
    for _ in range(asking.detail.halvings):
        middle = (inside + beyond) / 2
        equilibria = _solved(asking.game, values(middle))
        if equilibria is not None and _overturned(now, _prediction(equilibria, asking)):
            beyond = middle
        else:
            inside = middle
    return beyond


def _towards(one: Swing, end: Fraction, share: Fraction) -> Fraction:
    value = Fraction(one.parameter.value)
    return value + (end - value) * share


def _change(one: Swing, value: Fraction) -> float:
    """Return a change as a share of the present value; of a value of 0, as a share of its range."""
    now = Fraction(one.parameter.value)
    whole = abs(now) or (one.high - one.low) * 5
    return float((value - now) / whole)


def _percent(change: float) -> str:
    return f"{change:+.1%}".replace("-", "−")


def _about(value: Fraction) -> str:
    return round_off(value, 3)
