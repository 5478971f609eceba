"""A game's assumptions at many points, left open where rounding could decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from deterrence.games.expression import compile_condition
from deterrence.games.game import Game
from deterrence.grid.compile import either, every
from deterrence.solvers.supports.parts import expression_at

ROUNDING = 1e-9
"""Sides that differ by less than this share of their size are compared exactly."""
Verdict = tuple[Any, Any]
"""Where a condition surely holds, and where it surely fails."""


def assumed(game: Game, columns: Mapping[str, Any]) -> Verdict:
    """Return where a game's assumptions surely hold and surely fail, given the values of the swept parameters."""
    verdicts = [_judged(condition, game, columns) for condition in game.assumptions]
    return every(holds for holds, _ in verdicts), either(fails for _, fails in verdicts)


def _judged(condition: Any, game: Game, columns: Mapping[str, Any]) -> Verdict:
    import sympy as sp

    if not {symbol.name for symbol in condition.free_symbols} & set(columns):
        known = np.bool_(compile_condition(condition)(game.values))
        return known, ~known
    if isinstance(condition, sp.Not):
        holds, fails = _judged(condition.args[0], game, columns)
        return fails, holds
    if isinstance(condition, (sp.And, sp.Or)):
        verdicts = [_judged(part, game, columns) for part in condition.args]
        join, meet = (every, either) if isinstance(condition, sp.And) else (either, every)
        return join(holds for holds, _ in verdicts), meet(fails for _, fails in verdicts)
    return _compared(condition, game, columns)


def _compared(condition: Any, game: Game, columns: Mapping[str, Any]) -> Verdict:
    import sympy as sp

    values = {p.expression: columns.get(p.name, float(p.value)) for p in game.parameter_list}
    left, right = (expression_at(side, values) for side in (condition.lhs, condition.rhs))
    gap, room = left - right, ROUNDING * (1.0 + np.abs(left) + np.abs(right))
    above, below = gap > room, gap < -room
    if isinstance(condition, (sp.StrictLessThan, sp.LessThan)):
        return below, above
    if isinstance(condition, (sp.StrictGreaterThan, sp.GreaterThan)):
        return above, below
    nowhere = np.False_
    return (above | below, nowhere) if isinstance(condition, sp.Unequality) else (nowhere, above | below)
