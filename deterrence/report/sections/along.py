"""How one parameter moves what is asked: where it jumps, rises and falls."""

from __future__ import annotations

from collections.abc import Sequence

from deterrence.analysis.answers.trends import NOTABLE, Trend
from deterrence.analysis.trends import trends
from deterrence.games.expression import show_number
from deterrence.games.words import listed
from deterrence.report.document import Figure, Section, Table
from deterrence.report.sections.asking import Asking
from deterrence.report.wording import bracketed, move_in_words, place_in_words, quoted, range_in_words

MOST_CHANGES = 5
"""So many changes of the set of equilibria are told one by one."""


def along(asking: Asking, name: str) -> Section:
    """Answer how a parameter moves what is asked, over its whole range, the rest at present values."""
    parameter = asking.game.parameters[name]

    def going(share: float) -> None:
        asking.progress(share, f"moving {name}")

    found = trends(asking.game, name, *asking.measures, points=asking.detail.curve, progress=going)
    question, reading = asking.model.questions.get(name, (f"How does {name} move it?", ""))
    words = f"{name}: {parameter.meaning}. At present it is {show_number(parameter.value)}, in {parameter.range}."
    figure = Figure(
        f"What moves with {name}: a line where all equilibria agree, a band from the least to the greatest "
        "value where they do not.",
        found[0].sweep.plot,
    )
    paragraphs = (f"{words} {reading}".strip(), *_changes(found), _direction(found[0]))
    return Section(question, paragraphs, (_stretches(found),), (figure,))


def _changes(found: Sequence[Trend]) -> list[str]:
    """Say what happens at each value at which the set of equilibria changes."""
    said: list[str] = []
    quiet: list[str] = []
    name = found[0].parameter
    for number, boundary in enumerate(found[0].threshold.boundaries):
        here = [(one.measure.name, one.threshold.boundaries[number]) for one in found]
        moves = [f"{quoted(words)} goes {move_in_words(at.below, at.above)}" for words, at in here if at.jump > NOTABLE]
        if not moves or len(said) >= MOST_CHANGES:
            quiet.append(show_number(boundary.value))
        else:
            said.append(f"At {name} = {place_in_words(boundary)} {'; '.join(moves)}.")
    if quiet:
        what = "less happens, or nothing jumps" if len(said) >= MOST_CHANGES else "nothing that is asked jumps there"
        said.append(f"The set of equilibria changes at {listed(quiet)} too; {what}.")
    return said or [f"The set of equilibria is the same over the whole range of {name}."]


def _direction(trend: Trend) -> str:
    """Say where more of a parameter raises and where it lowers what is asked first."""
    words, name = trend.measure.name, trend.parameter
    rising, falling = trend.where("rises"), trend.where("falls")
    if not rising and not falling:
        return f"No value of {name} moves the probability of {quoted(words)}."
    more = f"raises it {listed(rising)}" if rising else "raises it nowhere"
    less = f"lowers it {listed(falling)}" if falling else "lowers it nowhere"
    return f"For the probability of {quoted(words)}: more {name} {more}, and {less}. Elsewhere it stays."


def _stretches(found: Sequence[Trend]) -> Table:
    spans = [f"{show_number(one.start)} to {show_number(one.stop)}" for one in found[0].stretches]
    rows = []
    for trend in found:
        cells = []
        for one in trend.stretches:
            first, last = range_in_words(*one.first), range_in_words(*one.last)
            cells.append(first if first == last else f"{first} → {last}")
        rows.append((trend.measure.name, *cells))
    told = bracketed(cell for row in rows for cell in row)
    title = f"On each stretch of {found[0].parameter}, from its beginning to its end{told}"
    return Table(title, (found[0].parameter, *spans), tuple(rows))
