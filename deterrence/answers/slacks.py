"""By how much the inequalities of a condition hold at parameter values, or how far they are from holding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deterrence.games.expression import Exact, compile_exact, show_number, show_value


@dataclass(frozen=True, slots=True)
class Slack:
    """One inequality or equation of a condition, with its two sides in numbers.

    Attributes
    ----------
    relation
        The SymPy relation.
    left, right
        The values of its sides.
    """

    relation: Any = field(repr=False)
    left: Any
    right: Any

    @property
    def amount(self) -> Any:
        """The slack: how far the sides are apart, in the unit of the sides; below zero where the relation fails.

        Of an equation it is zero where it holds and minus the distance where not.
        """
        gap = self.left - self.right
        if self.relation.rel_op == "==":
            return -abs(gap)
        if self.relation.rel_op == "!=":
            return abs(gap)
        return gap if self.relation.rel_op in {">", ">="} else -gap

    @property
    def holds(self) -> bool:
        """Whether the relation holds at these values."""
        strict = self.relation.rel_op in {">", "<", "!="}
        return self.amount > 0 if strict else self.amount >= 0

    def __str__(self) -> str:
        told = f"holds by {show_number(self.amount)}" if self.holds else f"is short by {show_number(-self.amount)}"
        sides = f"{show_number(self.left)} {self.relation.rel_op} {show_number(self.right)}"
        return f"{show_value(self.relation)}: {sides}, which {told}"


def slacks(when: Any, values: Mapping[str, Exact]) -> tuple[Slack, ...]:
    """Return the slack of every different relation in a condition, in the order of their text."""
    import sympy as sp
    from sympy.core.relational import Relational

    relations = sorted(sp.sympify(when).atoms(Relational), key=str)
    return tuple(Slack(r, compile_exact(r.lhs)(values), compile_exact(r.rhs)(values)) for r in relations)
