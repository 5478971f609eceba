"""The classes of equilibria as a page needs them: data for what it says, code for what it computes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deterrence.answers.assessment import Free
from deterrence.answers.classes import EquilibriumClass
from deterrence.explorer.conditions import Relations
from deterrence.explorer.notation import Notation


class Rows:
    """A table of rows of probabilities, each once, whichever classes they stand in."""

    def __init__(self, notation: Notation) -> None:
        self._notation = notation
        self._numbers: dict[tuple[Any, ...], int] = {}

    def number(self, row: Sequence[Any]) -> int:
        """Return the number of a row, entered if it is new."""
        return self._numbers.setdefault(tuple(row), len(self._numbers))

    @property
    def formulas(self) -> list[list[int | None] | int]:
        """The numbers of the formulas in each row; 0 for a row of plain numbers."""
        found = ([self._notation.math(value) for value in row] for row in self._numbers)
        return [row if any(number is not None for number in row) else 0 for row in found]

    @property
    def code(self) -> list[str]:
        """Each row as a function."""
        return [f"()=>[{','.join(map(self._notation.code, row))}]" for row in self._numbers]


def kind_data(notation: Notation, relations: Relations, rows: Rows, kind: EquilibriumClass) -> dict[str, Any]:
    """Return what a page says of a class: when it exists, and the numbers of the rows of its play and beliefs."""
    return {
        "when": relations.joined(notation.put_in(kind.when)),
        "reached": [int(hit) for hit in kind.reached],
        "play": [rows.number(row) for row in kind.behaviour],
        "belief": [rows.number(row) for row in kind.belief],
        "pay": [notation.math(value) for _, value in kind.payoff_list],
        "free": [_free(notation, free) for free in kind.free_list],
        "together": _together(notation, relations, kind),
    }


def _free(notation: Notation, free: Free) -> list[Any]:
    """Return what varies: whether a belief, in what, at which set, the number of its symbol, and of its formula."""
    return [
        int(free.kind == "belief"),
        free.of,
        notation.game.form.set_names.index(free.information_set),
        notation.free_symbols.index(free.symbol),
        notation.mathematics.number(free.symbol),
    ]


def _together(notation: Notation, relations: Relations, kind: EquilibriumClass) -> list[int]:
    """Return the numbers of the relations that free values of a class meet, their own bounds 0 and 1 left out."""
    bounds = {side for symbol in notation.free_symbols for side in (symbol, 1 - symbol)}
    rows = [notation.put_in(row) for row in kind.free_conditions if row.lhs not in bounds]
    return [relations.number(row) for row in rows if row.is_Relational]


def kind_code(notation: Notation, kind: EquilibriumClass) -> str:
    """Return the functions of a class: payoffs and the probabilities of outcomes."""
    pay = ",".join(notation.code(value) for _, value in kind.payoff_list)
    out = ",".join(notation.code(value) for _, value in kind.outcome_list)
    return f"{{pay:()=>[{pay}],out:()=>[{out}]}}"
