"""What a notebook shows of a difference between two games: its sentences, and its parts as tables."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from deterrence.analysis.answers.differences.difference_tables import TABLES, TITLES
from deterrence.analysis.answers.differences.difference_words import (
    headed,
    headline,
    opening,
    status_of,
    written_shortly,
)
from deterrence.exchange.html.tables import items, paragraph, sentences, table

if TYPE_CHECKING:
    from deterrence.analysis.answers.differences.difference import Difference


def difference_as_html(answer: Difference) -> str:
    """Return the sentence that matters in bold, the condition that separates, and tables."""
    parts = [paragraph(f"<b>{escape(headline(answer))}</b>"), _opening(opening(answer))]
    parts += [paragraph("As written:"), items(map(escape, written_shortly(answer)))]
    for part, title in TITLES.items():
        head, rows = TABLES[part](answer)
        if rows:
            parts += [
                paragraph(escape(title)),
                table(headed(answer, head), [[escape(str(cell)) for cell in row] for row in rows]),
            ]
    return "".join([*parts, paragraph(f"Status: {escape(status_of(answer))}")])


def _opening(lines: list[str]) -> str:
    """Return sentences as paragraphs, those that are indented as a list."""
    told = [line for line in lines if not line.startswith(" ")]
    return sentences("\n".join(told)) + items(escape(line.strip()) for line in lines if line.startswith(" "))
