"""How the measures change with one parameter: where they jump, rise and fall."""

from __future__ import annotations

from collections.abc import Sequence

from deterrence.analysis.answers.trends import NOTABLE, Trend
from deterrence.analysis.trends import trends
from deterrence.games.expression import show_number
from deterrence.games.parameter import Parameter
from deterrence.games.words import listed
from deterrence.report.document import Figure, Section, Table
from deterrence.report.front.axes import WIDE, drawn_along
from deterrence.report.rounding import exactly
from deterrence.report.sections.asking import Asking
from deterrence.report.wording import (
    NOT_EXCLUDED,
    bracketed,
    looked_over,
    move_in_words,
    place_in_words,
    quoted,
    range_in_cell,
    round_off,
)

MOST_CHANGES = 5
"""So many changes of the set of equilibria are described one by one."""


def along(asking: Asking, name: str) -> Section:
    """Answer how the measures change with a parameter over its whole range, the others at present values."""
    parameter = asking.game.parameters[name]

    def going(share: float) -> None:
        asking.progress(share, f"varying {name}")

    answers = trends(asking.game, name, *asking.measures, points=asking.detail.curve, progress=going)
    question, reading = asking.model.questions.get(name, (f"How does {name} change the prediction?", ""))
    value, varies = show_number(parameter.value), _plausible(parameter)
    words = f"{name}: {parameter.meaning}. Its present value is {value}, its range {parameter.range}{varies}."
    figure = Figure(
        f"How the probabilities change with {name}: a line where all equilibria agree, otherwise a band from the least "
        "to the greatest value.",
        drawn_along(asking, answers[0], WIDE, whole=True),
    )
    paragraphs = (f"{words} {reading}".strip(), *_changes(answers), _direction(answers[0]))
    return Section(question, paragraphs, (_stretches(answers),), (figure,))


def _plausible(parameter: Parameter) -> str:
    """Say over which values a parameter varies, where plausible ones are declared."""
    if not parameter.plausible:
        return ""
    return f"; it varies over plausible values, {parameter.plausible_range}" + (
        f" ({parameter.why})" if parameter.why else ""
    )


def _changes(answers: Sequence[Trend]) -> list[str]:
    """Say what happens at each value at which the set of equilibria changes."""
    sentences: list[str] = []
    quiet: list[str] = []
    name = answers[0].parameter
    for number, boundary in enumerate(answers[0].threshold.boundaries):
        boundaries = [(trend.measure.name, trend.threshold.boundaries[number]) for trend in answers]
        moves = [
            f"{quoted(words)} goes {move_in_words(at.below, at.above)}" for words, at in boundaries if at.jump > NOTABLE
        ]
        if not moves or len(sentences) >= MOST_CHANGES:
            quiet.append(exactly(boundary.value))
        else:
            sentences.append(f"At {name} = {place_in_words(boundary)} {'; '.join(moves)}.")
    if quiet:
        what = (
            "what jumps there is not listed"
            if len(sentences) >= MOST_CHANGES
            else "none of these probabilities jumps there"
        )
        sentences.append(f"The set of equilibria also changes at {listed(quiet)}; {what}.")
    over = looked_over([answers[0].sweep.game.parameters[name]], "the whole range")
    return sentences or [f"The set of equilibria is the same over {over} of {name}."]


def _direction(trend: Trend) -> str:
    """Say where the first measure rises and falls as a parameter grows."""
    words, name = trend.measure.name, trend.parameter
    rising, falling = trend.where("rises"), trend.where("falls")
    if not rising and not falling:
        return f"The probability of {quoted(words)} does not change with {name}."
    more = f"rises {listed(rising)}" if rising else "never rises"
    less = f"falls {listed(falling)}" if falling else "never falls"
    doubt = "" if trend.threshold.complete else f" {NOT_EXCLUDED}"
    return f"As {name} grows, the probability of {quoted(words)} {more}, {less}, and is constant elsewhere.{doubt}"


def _stretches(answers: Sequence[Trend]) -> Table:
    spans = [f"{round_off(stretch.start, 3)} to {round_off(stretch.stop, 3)}" for stretch in answers[0].stretches]
    rows = []
    for trend in answers:
        cells = []
        for stretch in trend.stretches:
            first, last = range_in_cell(*stretch.first), range_in_cell(*stretch.last)
            cells.append(first if first == last else f"{first} → {last}")
        rows.append((trend.measure.name, *cells))
    note = bracketed(cell for row in rows for cell in row)
    title = f"Probabilities on each interval of {answers[0].parameter}, from its beginning to its end{note}"
    return Table(title, (answers[0].parameter, *spans), tuple(rows))
