"""A statement of what a measure is in equilibrium, compared with a number, a formula or another measure."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from deterrence.errors import ValueKindError
from deterrence.games.expression import show_value

RELATIONS: Mapping[str, Callable[[Any, Any], Any]] = MappingProxyType(
    {"<=": operator.le, "<": operator.lt, ">=": operator.ge, ">": operator.gt, "==": operator.eq}
)
"""How two sides are compared, by sign."""
MEASURED = re.compile(r"\s*(probability|payoff)\s*\(\s*(.+?)\s*\)\s*")
BY = re.compile(r"(.+?),\s*by\s+(.+)")
SIGN = re.compile(r"<=|>=|==|<|>|=")


@dataclass(frozen=True)
class Proposition:
    """A statement of an equilibrium: a measure stands in a relation to something.

    Attributes
    ----------
    left
        The measure.
    relation
        ``"<="``, ``"<"``, ``">="``, ``">"`` or ``"=="``.
    right
        A number, a formula in the parameters (SymPy's, or as text), or another measure.

    Examples
    --------
    >>> import deterrence as dt
    >>> print(dt.probability("war") <= "1/2")
    probability of 'war' <= 1/2
    """

    left: Any
    relation: str
    right: Any

    def __str__(self) -> str:
        right = self.right
        text = right if isinstance(right, str) else right.name if hasattr(right, "name") else show_value(right)
        return f"{self.left.name} {self.relation} {text}"

    def __bool__(self) -> bool:
        raise ValueKindError(
            f"The proposition '{self}' is true or false of a game: ask dt.verify(game, …). To compare numbers, compare "
            "the values of the measure."
        )


def sides(text: str) -> tuple[str, str, str] | None:
    """Return what stands left and right of the one sign of comparison in a text, and the sign; None without one."""
    signs = list(SIGN.finditer(text))
    if len(signs) != 1:
        return None
    sign = signs[0]
    return (
        text[: sign.start()].strip(),
        sign.group().replace("=", "==") if sign.group() == "=" else sign.group(),
        text[sign.end() :].strip(),
    )


def measured(text: str) -> tuple[str, str, str | None] | None:
    """Return what a text such as ``probability(war)`` asks for, as (kind, of, by); None where it is no measure."""
    found = MEASURED.fullmatch(text)
    if found is None:
        return None
    kind, inner = found.groups()
    by = BY.fullmatch(inner)
    of, who = by.groups() if by else (inner, None)
    return kind, _bare(of), None if who is None else _bare(who)


def _bare(name: str) -> str:
    return name[1:-1] if len(name) > 1 and name[0] == name[-1] and name[0] in "'\"" else name
