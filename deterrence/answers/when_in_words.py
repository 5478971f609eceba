"""A condition on parameters as a clause: when a class of equilibria exists."""

from __future__ import annotations

from typing import Any

from deterrence.games.expression import show_value


def when_in_words(when: Any) -> str:
    """Return a condition as a clause, its alternatives apart; what is an alternative within one is in brackets."""
    import sympy as sp

    if when == sp.true:
        return "at all parameter values"
    ways = when.args if isinstance(when, sp.Or) else (when,)
    alternatives = [
        " and ".join(sorted(map(_part, way.args))) if isinstance(way, sp.And) else show_value(way) for way in ways
    ]
    return "when " + ", or when ".join(sorted(alternatives))


def _part(condition: Any) -> str:
    """Return a part of a conjunction: a comparison, or alternatives in brackets."""
    import sympy as sp

    if not isinstance(condition, sp.Or):
        return show_value(condition)
    ways = [" and ".join(sorted(map(show_value, sp.And.make_args(way)))) for way in condition.args]
    return f"({' or '.join(sorted(ways))})"
