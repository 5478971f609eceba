"""Conditions as a page needs them: a table of different relations, and what is joined by *and* and *or*."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from deterrence.errors import GameError

Joined = Any
"""``True``, ``False``, the number of a relation, or a list that begins with ``"and"`` or ``"or"``."""


class Relations:
    """A table of relations, each once, whichever conditions they stand in."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self._numbers: dict[Any, int] = {}

    def number(self, relation: Any) -> int:
        """Return the number of a relation, entered if it is new."""
        if relation not in self._numbers:
            self._numbers[relation] = len(self.rows)
            self.rows.append(relation)
        return self._numbers[relation]

    def joined(self, condition: Any) -> Joined:
        """Return a condition with the numbers of its relations in their place.

        Raises
        ------
        GameError
            If it is joined by anything but *and*, *or* and *not*.
        """
        import sympy as sp

        condition = sp.sympify(condition)
        if condition in (sp.true, sp.false):
            return bool(condition)
        if isinstance(condition, sp.Not):
            return self.joined(sp.to_nnf(condition))
        if isinstance(condition, (sp.And, sp.Or)):
            word = "and" if isinstance(condition, sp.And) else "or"
            return [word, *map(self.joined, sorted(condition.args, key=str))]
        if not getattr(condition, "is_Relational", False):
            raise GameError(f"The condition {condition} is no comparison, and cannot stand on a page.")
        return self.number(condition)

    def together(self, conditions: Iterable[Any]) -> Joined:
        """Return what all of some conditions say."""
        parts = [part for part in map(self.joined, conditions) if part is not True]
        return True if not parts else ["and", *parts]

    def sides(self, written: Callable[[Any], str]) -> list[tuple[str, str]]:
        """Return both sides of each relation, as a function writes them."""
        return [(written(relation.lhs), written(relation.rhs)) for relation in self.rows]


def relations_in(joined: Joined) -> list[int]:
    """Return the numbers of the relations in a condition."""
    if isinstance(joined, list):
        return [number for part in joined for number in relations_in(part)]
    return [joined] if isinstance(joined, int) and not isinstance(joined, bool) else []
