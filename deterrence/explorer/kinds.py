"""The classes of equilibria as a page needs them: data for what it says, code for what it computes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deterrence.answers.assessment import Free
from deterrence.answers.classes import EquilibriumClass
from deterrence.explorer.conditions import Relations
from deterrence.explorer.notation import Notation

Rows = Sequence[Sequence[Any]]


def kind_data(notation: Notation, relations: Relations, kind: EquilibriumClass) -> dict[str, Any]:
    """Return what a page says of a class: when it exists, and which formulas stand in its play and beliefs."""
    return {
        "when": relations.joined(notation.put_in(kind.when)),
        "reached": [int(hit) for hit in kind.reached],
        "play": _formulas(notation, kind.behaviour),
        "belief": _formulas(notation, kind.belief),
        "pay": [notation.math(value) for _, value in kind.payoff_list],
        "free": [_free(notation, free) for free in kind.free_list],
        "together": _together(notation, relations, kind),
    }


def _formulas(notation: Notation, rows: Rows) -> dict[str, int]:
    """Return the numbers of the formulas in a table, by row and column; plain numbers have none."""
    numbers = {f"{h},{a}": notation.math(value) for h, row in enumerate(rows) for a, value in enumerate(row)}
    return {place: number for place, number in numbers.items() if number is not None}


def _free(notation: Notation, free: Free) -> dict[str, Any]:
    return {
        "set": notation.game.form.set_names.index(free.information_set),
        "kind": free.kind,
        "of": free.of,
        "symbol": notation.free_symbols.index(free.symbol),
        "math": notation.mathematics.number(free.symbol),
    }


def _together(notation: Notation, relations: Relations, kind: EquilibriumClass) -> list[int]:
    """Return the numbers of the relations that free values of a class meet, their own bounds 0 and 1 left out."""
    bounds = {side for symbol in notation.free_symbols for side in (symbol, 1 - symbol)}
    rows = [notation.put_in(row) for row in kind.free_conditions if row.lhs not in bounds]
    return [relations.number(row) for row in rows if row.is_Relational]


def kind_code(notation: Notation, kind: EquilibriumClass) -> str:
    """Return the functions of a class: its play and beliefs by information set, payoffs, and outcomes."""
    pay = ",".join(notation.code(value) for _, value in kind.payoff_list)
    out = ",".join(notation.code(value) for _, value in kind.outcome_list)
    play, belief = _table(notation, kind.behaviour), _table(notation, kind.belief)
    return f"{{play:()=>{play},belief:()=>{belief},pay:()=>[{pay}],out:()=>[{out}]}}"


def _table(notation: Notation, rows: Rows) -> str:
    return f"[{','.join('[' + ','.join(map(notation.code, row)) + ']' for row in rows)}]"
