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

        return as_svg(self.draw(), bbox_inches="tight", metadata={"Date": None, "Creator": None})


@dataclass(frozen=True, slots=True)
class Section:
    """A question and its answer: paragraphs, then figures, then tables."""

    title: str
    paragraphs: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief on a game: its title, introduction, sections, limits and sources."""

    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    limits: str
    sources: tuple[str, ...] = ()
