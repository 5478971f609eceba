"""A game's assumptions as steps over blocks of points, left open where rounding could decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deterrence.games.expression import compile_condition, to_sympy
from deterrence.games.game import Game
from deterrence.grid.compile import Writer

ROUNDING = 1e-9
"""Sides that differ by less than this share of their size are compared exactly."""


def assumed(game: Game, writer: Writer) -> tuple[int, int]:
    """Write a game's assumptions as steps: the tests where they surely hold, and where they surely fail."""
    import sympy as sp

    swept = set(writer.parametric.symbols)
    fixed = {p.expression: to_sympy(p.value) for p in game.parameter_list if p.expression not in swept}
    return _condition(sp.And(*game.assumptions), fixed, game, writer)


def _condition(condition: Any, fixed: Mapping[Any, Any], game: Game, writer: Writer) -> tuple[int, int]:
    import sympy as sp

    steps = writer.steps
    if not condition.free_symbols - set(fixed):
        known = compile_condition(condition)(game.values)
        return steps.truth(known), steps.truth(not known)
    if isinstance(condition, sp.Not):
        holds, fails = _condition(condition.args[0], fixed, game, writer)
        return fails, holds
    if isinstance(condition, (sp.And, sp.Or)):
        parts = [_condition(part, fixed, game, writer) for part in condition.args]
        every, some = steps.both, steps.either
        if isinstance(condition, sp.Or):
            every, some = some, every
        return every(holds for holds, _ in parts), some(fails for _, fails in parts)
    left, right = (_expression(side.xreplace(fixed), writer) for side in (condition.lhs, condition.rhs))
    return _relation(condition, left, right, writer)


def _relation(condition: Any, left: int, right: int, writer: Writer) -> tuple[int, int]:
    import sympy as sp

    steps = writer.steps
    gap = steps.add(left, steps.negative(right))
    size = steps.add(steps.number(1.0), steps.add(steps.absolute(left), steps.absolute(right)))
    room = steps.multiply(steps.number(ROUNDING), size)
    above = steps.compare("greater", steps.add(gap, steps.negative(room)), 0.0)
    below = steps.compare("less", steps.add(gap, room), 0.0)
    if isinstance(condition, (sp.StrictLessThan, sp.LessThan)):
        return below, above
    if isinstance(condition, (sp.StrictGreaterThan, sp.GreaterThan)):
        return above, below
    apart = steps.either((above, below))
    return (apart, steps.truth(False)) if isinstance(condition, sp.Unequality) else (steps.truth(False), apart)


def _expression(expression: Any, writer: Writer) -> int:
    """Write an expression in the parameters as steps."""
    steps, symbols = writer.steps, tuple(writer.parametric.symbols)
    if expression.is_Number:
        return steps.number(float(expression))
    if expression in symbols:
        return steps.column(symbols.index(expression))
    if not (expression.is_Add or expression.is_Mul):
        return steps.formula(expression, symbols)
    first, *rest = (_expression(part, writer) for part in expression.args)
    for part in rest:
        first = steps.add(first, part) if expression.is_Add else steps.multiply(first, part)
    return first
