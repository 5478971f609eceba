"""Scenarios and variants of a case side by side."""

from __future__ import annotations

from collections.abc import Mapping

from deterrence.analysis.answers.comparison import Comparison
from deterrence.analysis.compare import compare
from deterrence.games.expression import exact_number, show_number
from deterrence.report.document import Figure, Section, Table
from deterrence.report.sections.asking import Asking
from deterrence.report.wording import bracketed, range_in_cell

_CAPTION = "The scenarios: a point where all equilibria agree, else a bar. Small probabilities have a finer scale."


def scenarios(asking: Asking) -> Section:
    """Answer what happens in each scenario, with its other parameters at present values."""
    listed = asking.model.scenarios
    asking.progress(0, "the scenarios")
    comparison = compare({name: values for name, (_, values) in listed.items()}, *asking.measures, base=asking.game)
    rows = tuple((name, why, _values(values)) for name, (why, values) in listed.items())
    tables = (
        Table("The scenarios", ("scenario", "what is different, and why", "parameters"), rows),
        _probabilities(comparison, "scenario", "Probabilities in each scenario"),
    )
    figure = Figure(_CAPTION, comparison.plot)
    words = "Each scenario changes a few parameters of the game and leaves the rest; the values are illustrative."
    return Section("What happens in other scenarios?", (words,), tables, (figure,))


def variants(asking: Asking) -> Section:
    """Answer how results change under alternative assumptions."""
    listed = asking.model.variants
    asking.progress(0, "the variants")
    comparison = compare(
        {"baseline": asking.game, **{name: game for name, (_, game) in listed.items()}}, *asking.measures
    )
    rows = tuple((name, sentence) for name, (sentence, _) in listed.items())
    tables = (
        Table("The variants", ("variant", "what it assumes instead"), rows),
        _probabilities(comparison, "variant", "Probabilities in each variant"),
    )
    words = "Each variant is a separate game at its default values; a dash marks what its game does not contain."
    return Section("How do results change under alternative assumptions?", (words,), tables)


def _probabilities(comparison: Comparison, what: str, title: str) -> Table:
    low, high = comparison.data["low"].values, comparison.data["high"].values
    rows = tuple(
        (name, *(range_in_cell(a, b) for a, b in zip(low[k], high[k], strict=True)))
        for k, name in enumerate(comparison.games)
    )
    return Table(
        title + bracketed(cell for row in rows for cell in row),
        (what, *(measure.name for measure in comparison.measures)),
        rows,
    )


def _values(values: Mapping[str, object]) -> str:
    settings = (f"{name} = {show_number(exact_number(value))}" for name, value in values.items())
    return ", ".join(settings) or "unchanged"
