"""What a brief is made of: sections of paragraphs, tables and figures. Text, pages and Markdown are views of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Table:
    """A table: a title, column names, and rows of text."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def numeric(self, k: int) -> bool:
        """Tell whether a column holds short entries alone, such as numbers, and is set flush right."""
        cells = [row[k] for row in self.rows]
        return k > 0 and all(len(cell) < 18 and not cell[:1].isalpha() for cell in cells)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its caption, and the function that draws it on new axes."""

    caption: str
    draw: Callable[[], Any]

    @property
    def svg(self) -> str:
        """The figure, drawn, as an SVG element."""
        from deterrence.plot.canvas import as_svg
        from deterrence.report.lighter import lighter

        drawn = self.draw()
        written = {"bbox_inches": "tight", "transparent": True, "metadata": {"Date": None, "Creator": None}}
        return lighter(as_svg(drawn, self.caption, **written))


@dataclass(frozen=True, slots=True)
class Section:
    """A question and its answer: paragraphs, then points, figures and tables."""

    title: str
    paragraphs: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief on a game: two pages that everybody reads, and an annex with everything exact.

    Attributes
    ----------
    title, caution
        What it is about, and the sentence that stands below it.
    pages
        The two pages, a few short sections each.
    lead, sections, limits
        The annex: its introduction, its numbered sections, and what the model does not say. Empty where only the two
        pages were asked for.
    sources
        The works it rests on.
    explorer
        Returns a self-contained page in which a reader moves the parameters; ``None`` where there is none.
    """

    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    limits: str
    sources: tuple[str, ...] = ()
    pages: tuple[tuple[Section, ...], ...] = ()
    caution: str = ""
    explorer: Callable[[], str] | None = None
