"""The pieces of strategies that depend on a number, and numbers, pieces and schedules in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite
from typing import Any

from deterrence.games.expression import Exact, rational_near, show_value
from deterrence.games.words import listed

Number = Any
"""An exact number, a real algebraic number of SymPy, or a float where nothing exact is known."""


def exact_or_float(value: Number) -> Any:
    """Return a number to compute with: a fraction, of an irrational one to 30 digits; a float stays one."""
    if isinstance(value, (int, Fraction, float)):
        return value
    return rational_near(value) if hasattr(value, "free_symbols") else float(value)


@dataclass(frozen=True)
class Piece:
    """What is done by the types between two ends.

    Attributes
    ----------
    low, high
        The ends: numbers, or expressions in choices that the player has seen; infinite where there is none.
    actions
        Action -> probability, as pairs; those of probability zero are left out.
    """

    low: Number
    high: Number
    actions: tuple[tuple[str, Number], ...]

    @property
    def action(self) -> str:
        """The action, where it is one; else the actions joined by *or*."""
        return " or ".join(name for name, _ in self.actions)


@dataclass(frozen=True)
class Case:
    """What is done where the choices that the player has seen lie between ends.

    Attributes
    ----------
    given
        Triples of a choice's name and the ends between which it lies; none where it does not matter.
    pieces
        What the types do, from the lowest to the highest; the ends meet.
    """

    given: tuple[tuple[str, Number, Number], ...]
    pieces: tuple[Piece, ...]


# -- numbers ---------------------------------------------------------------------------------------------


SHORT = 24
"""A number that is irrational and exact is written so where that has at most so many letters."""


def shown_number(value: Number) -> str:
    """Return a number or an expression as text: exactly where that is short, else to four digits."""
    if isinstance(value, float):
        if value in (float("inf"), -float("inf")):
            return "∞" if value > 0 else "-∞"
        return show_value(Fraction(repr(float(f"{value:.6g}"))))
    if hasattr(value, "free_symbols") and not value.free_symbols:
        return show_value(value) if _is_short(value) else show_value(rational_near(value))
    return show_value(value)


def with_decimals(value: Number) -> str:
    """Return the same, with decimals behind what is written with roots."""
    irrational = hasattr(value, "free_symbols") and not value.free_symbols and not value.is_Rational
    return (
        f"{shown_number(value)} ({show_value(rational_near(value))})"
        if irrational and _is_short(value)
        else shown_number(value)
    )


def _is_short(value: Any) -> bool:
    from sympy import CRootOf

    return len(str(value)) <= SHORT and not value.has(CRootOf)


def valued(value: Number, known: Mapping[str, Number]) -> Number:
    """Return a number, or an expression at what is known; exact where all is exact."""
    symbols = getattr(value, "free_symbols", None)
    if symbols is None:
        return value
    if not symbols:
        return exact_or_float(value)
    swap = {symbol: known[symbol.name] for symbol in symbols if symbol.name in known}
    if any(isinstance(number, float) for number in swap.values()):
        return float(value.evalf(subs=dict(swap)))
    return exact_or_float(value.subs({symbol: _sympy(number) for symbol, number in swap.items()}))


def _sympy(number: Exact) -> Any:
    import sympy as sp

    number = Fraction(number)
    return sp.Rational(number.numerator, number.denominator)


# -- in words --------------------------------------------------------------------------------------------


def done_in_words(piece: Piece) -> str:
    """Return what is done in a piece in words."""
    if len(piece.actions) == 1:
        return piece.actions[0][0]
    return " or ".join(f"{name} (probability {shown_number(p)})" for name, p in piece.actions)


def case_in_words(cases: tuple[Case, ...], i: int, variable: str | None, span: tuple[Any, Any]) -> str:
    """Return what types between two ends do in a case, and between which ends the choices lie that they have seen.

    The first case that holds counts, so that the last one is *otherwise* where it holds whenever another one does.
    """
    case = cases[i]
    spans = [f"{name} is between {shown_number(low)} and {shown_number(high)}" for name, low, high in case.given]
    pieces = pieces_within(case.pieces, span)
    parts = [f"{done_in_words(piece)}{_span(pieces, i, variable)}" for i, piece in enumerate(pieces)]
    if i and i == len(cases) - 1 and all(_covers(case, other) for other in cases[:i]):
        return f"{', '.join(parts)} otherwise"
    return f"{', '.join(parts)}{f' where {listed(spans)}' if spans else ''}"


def _covers(case: Case, other: Case) -> bool:
    """Tell whether a case holds wherever another one does."""
    inside = {name: (low, high) for name, low, high in other.given}
    return all(name in inside and low <= inside[name][0] and inside[name][1] <= high for name, low, high in case.given)


def pieces_within(pieces: tuple[Piece, ...], span: tuple[Any, Any]) -> tuple[Piece, ...]:
    """Return the pieces in which there are types, alike neighbours joined; all where an end is an expression."""
    low, high = (exact_or_float(end) for end in span)
    kept: list[Piece] = []
    for piece in pieces:
        known = not any(getattr(end, "free_symbols", None) for end in (piece.low, piece.high))
        if known and not max(exact_or_float(piece.low), low) < min(exact_or_float(piece.high), high):
            continue
        if kept and kept[-1].actions == piece.actions:
            kept[-1] = Piece(kept[-1].low, piece.high, piece.actions)
        else:
            kept.append(piece)
    return tuple(kept) or pieces


def _span(pieces: tuple[Piece, ...], i: int, variable: str | None) -> str:
    if len(pieces) == 1:
        return " always"
    low, high = shown_number(pieces[i].low), with_decimals(pieces[i].high)
    if i == 0:
        return f" if {variable} < {high}"
    return f" if {variable} > {low}" if i == len(pieces) - 1 else f" if {low} < {variable} < {high}"


def schedule_in_words(variable: str, pieces: tuple[tuple[Number, Number, Any], ...]) -> str:
    """Return what each type chooses: a formula, or the numbers at the ends of what has none."""
    parts = [_chosen_in_words(variable, piece) for piece in pieces]
    if len(parts) == 1:
        return parts[0]
    spans = [Piece(low, high, ()) for low, high, _ in pieces]
    return ", ".join(f"{part}{_span(tuple(spans), i, variable)}" for i, part in enumerate(parts))


def _chosen_in_words(variable: str, piece: tuple[Any, Any, Any]) -> str:
    """Return what the types of one piece choose."""
    low, high, value = piece
    if not callable(value) or hasattr(value, "free_symbols"):
        return shown_number(value)
    if not (isfinite(low) and isfinite(high)):
        return f"a function of {variable}"
    ends = [f"{shown_number(float(value(end)))} at {variable} = {shown_number(end)}" for end in (low, high)]
    return f"from {ends[0]} to {ends[1]}"
