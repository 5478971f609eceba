"""Which parameters matter most, and how small a change overturns the prediction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from deterrence.analysis.answers.robustness import Radius, Robustness
from deterrence.analysis.robustness import robustness
from deterrence.analysis.trends import WIDE, looked_at
from deterrence.errors import MethodError, ParameterError
from deterrence.games.expression import show_number
from deterrence.games.game import Game
from deterrence.games.parameter import Parameter
from deterrence.games.words import listed
from deterrence.report.document import Figure, Section, Table
from deterrence.report.sections.asking import Asking
from deterrence.report.wording import over, quoted, range_in_cell, round_off
from deterrence.solvers.solve import solve

Span = tuple[float, float]
PLAUSIBLE = Fraction(1, 4)
"""How far either way a value is plausible, as a share of the parameter's range: one scale for all."""
NOWHERE = (float("nan"), float("nan"))
MOVED = 0.01
"""A prediction is overturned where the play changes and the first measure by more than this."""
NEAREST, SHOWN = 6, 12
TOGETHER = 3
"""So many parameters are moved together, those that overturn the prediction most easily alone."""


@dataclass(frozen=True)
class Swing:
    """The effect of one parameter alone: the prediction now, and at both ends of the plausible range."""

    parameter: Parameter
    low: Fraction
    high: Fraction
    now: Span
    first: Span
    last: Span

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
    moving = [swing for swing in ranked if swing.size > MOVED]
    words = (
        f"The prediction is the probability of {quoted(asking.measures[0].name)}. {_measured(asking.game)}"
        f"{_without_range(asking.game)}"
    )
    changes, sentences = _overturning(
        asking.part(0.35, 0.75), [swing.parameter for swing in ranked[: asking.detail.searched]]
    )
    smallest = (changes,) if changes.rows else ()
    if not moving:
        none = "Varying one parameter at a time, none changes the prediction within these ranges."
        return Section(_TITLE, (words, none, *sentences), smallest)
    sobol = _sobol(asking.part(0.75, 1), moving)
    paragraphs = [words, _ranking(moving, len(ranked)), *_sobol_words(sobol)]
    figures = [
        Figure("The prediction as one parameter at a time varies over its plausible range.", lambda: _draw(ranked))
    ]
    if sobol is not None:
        caption = "First-order and total Sobol indices over the plausible ranges."
        figures.append(Figure(caption, sobol.plot))
    return Section(_TITLE, (*paragraphs, *sentences), (_alone(ranked, sobol), *smallest), tuple(figures))


_TITLE = "Which parameters matter most, and how small a change overturns the prediction?"


def plausible(parameter: Parameter) -> tuple[Fraction, Fraction]:
    """Return the range in which a parameter's value is plausible: as declared, else a quarter of all either way."""
    if parameter.plausible is not None:
        return Fraction(parameter.plausible[0]), Fraction(parameter.plausible[1])
    value, (low, high) = Fraction(parameter.value), looked_at(parameter)
    reach = PLAUSIBLE * (high - low)
    return max(low, value - reach), min(high, value + reach)


INSIDE = Fraction(1, 1000)
"""How far before the end of a plausible range one looks: at round numbers payoffs tie, at ends draws are certain."""


def just_inside(parameter: Parameter, end: Fraction) -> Fraction:
    """Return a value near an end of the plausible range, a little nearer to the present one."""
    return end + INSIDE * (Fraction(parameter.value) - end)


def _measured(game: Game) -> str:
    """Say what is plausible of each parameter, and on which scale changes are measured."""
    declared = [parameter for parameter in game.parameter_list if parameter.plausible]
    quarter = "runs a quarter of it either way from the present value, within the declared range."
    if not declared:
        return f"All parameters are measured on one scale, the width of the declared range: a plausible range {quarter}"
    scale = "All parameters are measured on one scale, the width of their plausible values as they are declared"
    if len(declared) == len(game.parameter_list):
        return f"{scale}, with the reasons given where the parameters are listed."
    return f"{scale}. Where none are, it is the width of the declared range, and what is plausible {quarter}"


def _without_range(game: Game) -> str:
    """Say what stands for the range of parameters that declare none, or half a one."""
    names = [parameter.name for parameter in game.parameter_list if None in parameter.span]
    if not names:
        return ""
    have = "has" if len(names) == 1 else "have"
    return f" Where {listed(names)} {have} no declared end, {WIDE} from the value stands for it."


def swings(asking: Asking) -> list[Swing]:
    """Return what each parameter does alone, the one that moves most first."""
    game, effects = asking.game, []
    now = over(solve(game).representatives, asking.measures[0])
    for number, parameter in enumerate(game.parameter_list):
        asking.progress(number / len(game.parameter_list), f"moving {parameter.name} alone")
        ends = plausible(parameter)
        then = [_solved(game, {parameter.name: just_inside(parameter, end)}) for end in ends]
        first, last = (NOWHERE if equilibria is None else over(equilibria, asking.measures[0]) for equilibria in then)
        effects.append(Swing(parameter, *ends, now, first, last))
    return sorted(effects, key=lambda swing: -swing.size)


def _solved(game: Game, values: Any) -> list[Any] | None:
    """Return the equilibria at values, or None where the game's assumptions fail."""
    try:
        return list(solve(game.at(values)).representatives)
    except ParameterError:
        return None


# -- global sensitivity ---------------------------------------------------------------------------------------


def _sobol(asking: Asking, moving: Sequence[Swing]) -> Any:
    """Return the global sensitivity over the plausible ranges of the parameters that move most alone."""
    from scipy import stats

    from deterrence.analysis.sensitivity import sensitivity

    asking.progress(0, "weighing the parameters together")
    dists: dict[str, Any] = {}
    for swing in moving[: asking.detail.ranked]:
        if swing.high > swing.low:
            dists[swing.parameter.name] = stats.uniform(float(swing.low), float(swing.high - swing.low))
    if len(dists) < 2:
        return None  # the effect of a single parameter is reported already
    try:
        return sensitivity(
            asking.game, asking.measures[0], parameters=list(dists), n=asking.detail.sample, distributions=dists
        )
    except ParameterError:
        return None


def _ranking(moving: Sequence[Swing], count: int) -> str:
    names = [swing.parameter.name for swing in moving[:NEAREST]]
    if len(moving) == 1:
        return f"Varying one parameter at a time, only {names[0]} changes the prediction."
    return (
        f"Varying one parameter at a time, {len(moving)} of {count} change the prediction, most of all {listed(names)}."
    )


def _sobol_words(sobol: Any) -> list[str]:
    if sobol is None:
        return []
    rows = sobol.rows().sort_values("total", ascending=False)
    shares = [f"{r.parameter} {r.total:.0%}" for r in rows.itertuples() if r.total >= 0.01]
    if not shares:
        return []
    grown = (
        f" The design is too small to be sure of {listed(sobol.too_small)}: an index above one, or an interval wider "
        "than the index."
        if sobol.too_small
        else ""
    )
    return [
        (
            f"Varied together at {sobol.sample.shape[1]} random points, the first {len(sobol.parameters)} account for "
            "these shares of the prediction's variance (total Sobol indices; they include interactions, so that their "
            f"sum may exceed one): {listed(shares)}.{grown}"
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
            swing.parameter.name,
            f"{show_number(swing.low)} to {show_number(swing.high)}",
            range_in_cell(*swing.first),
            range_in_cell(*swing.last),
            totals.get(swing.parameter.name, "–"),
        )
        for swing in ranked
        if swing.size > MOVED
    )
    columns = ("parameter", "plausible range", "at its low end", "at its high end", "total Sobol index")
    return Table("Each parameter varied alone, and its total Sobol index (95% interval)", columns, rows)


def _draw(ranked: Sequence[Swing]) -> Any:
    from deterrence.plot.rows import plot_swings

    return plot_swings([(swing.parameter, swing.first, swing.last) for swing in ranked[:SHOWN] if swing.size > MOVED])


# -- the smallest change -----------------------------------------------------------------------------------------


def _overturning(asking: Asking, parameters: Sequence[Parameter]) -> tuple[Table, list[str]]:
    """Return the nearest values that overturn the prediction, and the sentences on them."""
    asking.progress(0, "how far each parameter may move")
    ranges = {parameter.name: looked_at(parameter) for parameter in parameters if None in parameter.span}
    scales = {name: high - low for name, (low, high) in ranges.items()}
    names = [parameter.name for parameter in parameters]
    try:
        answer = robustness(
            asking.game, asking.measures[0], parameters=names, scales=scales, jump=MOVED, together=TOGETHER
        )
    except MethodError as error:
        return Table("", (), ()), [f"How small a change overturns it was not searched. {error}"]
    ends = [(radius, end) for radius in answer.radii for end in (radius.below, radius.above) if end is not None]
    ends.sort(key=lambda pair: abs(_share(*pair)))
    rows = tuple(
        (radius.parameter, show_number(radius.value), round_off(end, 3), _percent(_share(radius, end)))
        for radius, end in ends[:NEAREST]
    )
    title = "The smallest changes that overturn the prediction, one parameter at a time, as shares of its range"
    return Table(title, ("parameter", "now", "at", "change, as a share of its range"), rows), [_in_words(answer)]


def _in_words(answer: Robustness) -> str:
    """Tell the smallest change that overturns a prediction: of one parameter alone, and of several together."""
    nearest, searched = answer.radii[0], "Each parameter alone was searched over its range, with exact solutions."
    together = "" if answer.joint is None else listed(
        f"{name} to {round_off(value, 3)}" for name, value in answer.joint.values.items()
    )  # fmt: skip
    if answer.distance == 0:
        return f"The prediction stands on a tie of payoffs: as small a change as one likes overturns it. {searched}"
    if nearest.nearest is None:
        alone = "No parameter alone overturns the prediction anywhere in its range."
        return f"{alone} {f'Together, these changes do: {together}. ' if together else ''}{searched}"
    sentence = (
        "The smallest change found that overturns the prediction (the equilibrium play changes, and the probability by "
        f"more than {MOVED}): {nearest.parameter} from {show_number(nearest.value)} to {round_off(nearest.nearest, 3)} "
        f"({_percent(_share(nearest, nearest.nearest))} of its range)."
    )
    if answer.joint is not None and len(answer.joint.values) > 1:
        sentence += f" If they change together, smaller changes suffice: {together}."
    return f"{sentence} {searched}"


def _share(radius: Radius, end: Any) -> float:
    """Return a change as a share of the parameter's range."""
    return (float(end) - float(radius.value)) / float(radius.scale)


def _percent(change: float) -> str:
    return f"{change:+.1%}".replace("-", "−")
