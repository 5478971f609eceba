"""A table from outside with what stands in its cells: names, exact numbers, pairs of numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from deterrence.errors import FileFormatError, NumberError, ValueKindError
from deterrence.games.expression import Exact, exact_number
from deterrence.games.words import number_from_text, why_no_number

BRACKETS = {"(": ")", "[": "]"}
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of cells, as it was given.

    Attributes
    ----------
    heads
        The names of the columns.
    rows
        The cells, row by row, each row as long as the heads.
    places
        How an error names each row, such as ``"line 3"``.
    """

    heads: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    places: tuple[str, ...]

    def error(self, message: str, row: int, column: int) -> FileFormatError:
        """Return the error that a message makes at a cell."""
        head = f"column {self.heads[column]!r}" if self.heads[column].strip() else f"column {column + 1}"
        return FileFormatError(message, place=f"{self.places[row]}, {head}")

    def name(self, row: int, column: int, what: str) -> str:
        """Return the name in a cell.

        Raises
        ------
        FileFormatError
            If the cell is empty.
        """
        value = self.rows[row][column]
        if is_empty(value):
            raise self.error(f"The cell is empty; {what} is required.", row, column)
        return str(value).strip()

    def number(self, row: int, column: int) -> Exact:
        """Return the number in a cell, exactly.

        Raises
        ------
        FileFormatError
            If the cell is empty or holds no number.
        """
        return self._exact(self.rows[row][column], row, column)

    def pair(self, row: int, column: int) -> tuple[Exact, ...]:
        """Return the two numbers in a cell.

        Raises
        ------
        FileFormatError
            If the cell holds no two numbers.
        """
        value = self.rows[row][column]
        if is_empty(value):
            raise self.error('The cell is empty; a pair such as "3, 4" is required.', row, column)
        parts = parted(value)
        if len(parts) != 2:
            raise self.error(f'A pair of payoffs such as "3, 4" is required here, not {_shown(value)}.', row, column)
        return tuple(self._exact(part, row, column) for part in parts)

    def _exact(self, value: Any, row: int, column: int) -> Exact:
        if is_empty(value):
            raise self.error("The cell is empty; a number is required.", row, column)
        if isinstance(value, str):
            return self._read(value, row, column)
        try:
            if type(value).__name__ in ("bool", "bool_"):
                raise ValueKindError(f"The payoff must be a number, not {value}.")
            return exact_number(value, "payoff")
        except (NumberError, ValueKindError) as error:
            raise self.error(str(error), row, column) from error

    def _read(self, text: str, row: int, column: int) -> Exact:
        number = number_from_text(text)
        if number is not None:
            return number
        message = f"A number such as 3, -0.25 or 1/3 is required here, not {_shown(text)}.{why_no_number(text)}"
        raise self.error(message, row, column)


def is_empty(value: Any) -> bool:
    """Tell whether a cell holds nothing: a blank, or what pandas has for a missing value."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    if isinstance(value, str):
        return not value.strip()
    return isinstance(value, float) and math.isnan(value)


def parted(value: Any) -> list[Any]:
    """Return the parts of a cell: of a tuple, or of a text at its semicolons, else at its commas."""
    if isinstance(value, (tuple, list)):
        return list(value)
    if not isinstance(value, str):
        return [value]
    text = value.strip()
    if len(text) > 1 and BRACKETS.get(text[0]) == text[-1]:
        text = text[1:-1]
    return text.split(";" if ";" in text else ",")


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
