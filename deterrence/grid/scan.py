"""Which closed forms hold where, told by one number a point."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from deterrence.grid.assumed import assumed
from deterrence.grid.compile import either
from deterrence.grid.formulas import ClassForm, Formulas
from deterrence.grid.points import Block, Points
from deterrence.grid.values import Values

OUTSIDE, SPECIAL, EDGE = 1, 2, 4
FLAGS = 3


@dataclass(frozen=True, eq=False)
class Scan:
    """What the closed forms say at many points.

    The bits of ``code`` tell of each point whether it lies outside the assumptions, where a formula divides by
    zero (special) or on a boundary (edge), and from bit ``FLAGS`` on which of the forms hold there.
    """

    forms: Sequence[ClassForm]
    code: np.ndarray

    def shown(self, code: int) -> frozenset[Any]:
        """Return the patterns whose forms hold at points with a code."""
        return frozenset(form.pattern for k, form in enumerate(self.forms) if code >> FLAGS + k & 1)

    @cached_property
    def regions(self) -> dict[int, int]:
        """Each code that occurs, with the middle of the longest run of points with it."""
        starts = np.flatnonzero(np.concatenate([[True], self.code[1:] != self.code[:-1]]))
        lengths = np.diff(starts, append=len(self.code))
        codes, middles = self.code[starts], starts + lengths // 2
        longest_last = np.argsort(-lengths, kind="stable")[::-1]
        pairs = zip(codes[longest_last].tolist(), middles[longest_last].tolist(), strict=True)
        return dict.fromkeys(codes.tolist(), 0) | dict(pairs)

    @cached_property
    def active(self) -> list[int]:
        """The numbers of the forms that hold somewhere."""
        return [k for k in range(len(self.forms)) if any(code >> FLAGS + k & 1 for code in self.regions)]

    def holding(self, block: Block) -> dict[int, Any]:
        """Return the forms that hold somewhere in a block, by number, with where they hold."""
        code = self.code[block.places].reshape(block.shape)
        anywhere, everywhere = (int(join.reduce(code, axis=None)) for join in (np.bitwise_or, np.bitwise_and))
        held: dict[int, Any] = {}
        for k in self.active:
            bit = 1 << FLAGS + k
            if anywhere & bit:
                held[k] = np.True_ if everywhere & bit else code & bit != 0
        return held

    def flagged(self, flag: int) -> list[int]:
        """Return the numbers of the points off regions: with the flag ``SPECIAL``, or ``EDGE`` and not special."""
        places: list[int] = np.flatnonzero((self.code & (SPECIAL | EDGE)) == flag).tolist()
        return places


def scan(formulas: Formulas, points: Points, admits: Callable[[int], bool], report: Callable[[float], None]) -> Scan:
    """Return what formulas say over points; ``admits`` decides on assumptions, by number, where rounding could."""
    forms = formulas.forms()
    code = np.zeros(len(points), np.min_scalar_type((1 << FLAGS + len(forms)) - 1))
    for block in points.blocks():
        part = code[block.places].reshape(block.shape)
        with np.errstate(all="ignore"):
            _mark(part, forms, formulas.at(block.columns))
            if formulas.game.assumptions:
                _mask(part, formulas, block, admits)
        report(block.places.stop / len(points))
    return Scan(forms, code)


def _mark(code: np.ndarray, forms: Sequence[ClassForm], at: Values) -> None:
    """Set the bits of what holds at a block's points."""
    exists = [form.formula.exists(at) for form in forms]
    special = either(map(at.is_zero, dict.fromkeys(c for form in forms for c in form.formula.zeros)))
    borders = [either(map(at.is_zero, form.formula.borders)) for form in forms]
    edge = either(np.logical_and(*pair) for pair in zip(borders, exists, strict=True))
    for k, test in enumerate((special, np.logical_and(edge, ~special), *exists), 1):
        if np.any(test):
            code |= test * np.array(1 << k, code.dtype)


def _mask(code: np.ndarray, formulas: Formulas, block: Block, admits: Callable[[int], bool]) -> None:
    """Mark the points outside the assumptions, decided exactly where rounding could decide."""
    holds, fails = assumed(formulas.game, dict(zip(formulas.names, block.columns, strict=True)))
    if not np.all(holds):
        outside = np.array(np.broadcast_to(~holds, block.shape)).reshape(-1)
        for i in np.flatnonzero(np.broadcast_to(~(holds | fails), block.shape)).tolist():
            outside[i] = not admits(block.places.start + i)
        code[outside.reshape(block.shape)] = OUTSIDE
