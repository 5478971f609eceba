"""How large a tree an argument may ask for."""

from __future__ import annotations

from operator import index
from typing import SupportsIndex

from deterrence.errors import GameError, ValueKindError

LARGEST = 5000


def counted(what: str, given: object, highest: int | None = None) -> int:
    """Return a whole number of at least one, or say what is wrong with it."""
    allowed = "at least 1" if highest is None else f"from 1 to {highest}"
    if isinstance(given, float):
        raise GameError(f"The number of {what} is counted: a whole number {allowed}, not {given!r}.")
    if isinstance(given, bool) or not isinstance(given, SupportsIndex):
        raise ValueKindError(f"The number of {what} is a whole number {allowed}, not {given!r}.")
    number = index(given)
    if number < 1 or (highest is not None and number > highest):
        raise GameError(f"The number of {what} is {number}; it must be a whole number {allowed}.")
    return number


def _ends(levels: int, rounds: int) -> int:
    return sum(levels**depth for depth in range(rounds + 1)) + levels ** (rounds + 1)


def check_size(levels: int, rounds: int) -> None:
    if _ends(levels, rounds) <= LARGEST:
        return
    possible = [longest for longest in range(1, rounds) if _ends(levels, longest) <= LARGEST]
    hint = (
        f"With {levels} levels take at most {possible[-1]} round{'s' * (possible[-1] > 1)}, or take fewer levels."
        if possible
        else f"Take fewer levels: with one round at most {max(n for n in range(1, 100) if _ends(n, 1) <= LARGEST)}."
    )
    raise GameError(
        f"The tree of {levels} levels and {rounds} rounds would have {_ends(levels, rounds):,} ends, and at most "
        f"{LARGEST:,} are made. {hint}"
    )
