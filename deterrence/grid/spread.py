"""The range of a measure over several classes, in one block of points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(slots=True)
class Spread:
    """Widen the least and the greatest value in a block, class by class, writing each as seldom as possible.

    Values that are the same throughout the block are set aside as ``span`` and meet the others at the end.
    """

    low: np.ndarray
    high: np.ndarray
    span: tuple[float, float] | None = None
    written: bool = False

    def widen(self, low: np.ndarray, high: np.ndarray) -> None:
        """Take in a class's least and greatest values; NaN where it does not exist."""
        if low.size == high.size == 1 and self.low.size > 1:
            least, most = low.item(), high.item()
            span = self.span or (least, most)
            self.span = float(np.fmin(span[0], least)), float(np.fmax(span[1], most))
        elif self.written:
            np.fmin(self.low, low, out=self.low)
            np.fmax(self.high, high, out=self.high)
        else:
            self._write(low, high)

    def _write(self, low: np.ndarray, high: np.ndarray) -> None:
        if self.span is None:
            self.low[...], self.high[...] = low, high
        else:
            _bounded(np.fmin, low, self.span[0], self.low)
            _bounded(np.fmax, high, self.span[1], self.high)
            self.span = None
        self.written = True

    def close(self) -> None:
        """Write what was set aside; NaN where no class was taken in."""
        if self.written and self.span is not None:
            np.fmin(self.low, self.span[0], out=self.low)
            np.fmax(self.high, self.span[1], out=self.high)
        elif not self.written:
            least, most = self.span or (np.nan, np.nan)
            self.low.fill(least) if self.low.flags.c_contiguous else self.low.__setitem__(..., least)
            self.high[...] = most


def _bounded(function: np.ufunc, values: np.ndarray, bound: float, out: np.ndarray) -> None:
    """Write the least, or the greatest, of values and a bound, by copying where all lie on one side of it."""
    ends = values.min(), values.max()
    if all(function(end, bound) == end for end in ends):
        out[...] = values
    elif all(function(end, bound) == bound for end in ends) and not np.isnan(ends[0]):
        out[...] = bound
    else:
        function(values, bound, out=out)
