"""What a brief is made of: sections of paragraphs, tables and figures. Text, pages and Markdown are views of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Table:
    """Hold a table: a title, column names, and rows of text."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def numeric(self, k: int) -> bool:
        """Tell whether a column holds short entries alone, such as numbers, and is set flush right."""
        cells = [row[k] for row in self.rows]
        return k > 0 and all(len(cell) < 18 and not cell[:1].isalpha() for cell in cells)


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold a figure: what it shows, and the function that draws it on new axes."""

    caption: str
    draw: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Section:
    """Hold one question and its answer: paragraphs, then figures, then tables."""

    title: str
    paragraphs: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """Hold a brief on a game: its title, a word on what it is, its sections, its limits and its sources."""

    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    limits: str
    sources: tuple[str, ...] = ()
