"""A watch over one thread that sees the user's own code ask whether an expression equals something."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

LIBRARIES = ("sympy", "deterrence", "mpmath")
"""Packages that compare expressions by structure, on purpose."""


class EqualityWatch:
    """A profile function that refuses ``==`` and ``!=`` of expressions with symbols outside the libraries.

    Python calls a profile function of a thread for every call in that thread alone, and lets its errors through.
    """

    def __init__(self, refuse: Callable[[object], None]) -> None:
        import sympy as sp

        methods = (sp.Basic.__eq__, sp.Basic.__ne__, sp.Expr.__eq__, sp.Expr.__ne__)
        self.refuse, self.expression = refuse, sp.Expr
        self.comparisons = frozenset(method.__code__ for method in methods)

    def __call__(self, frame: FrameType, event: str, _argument: Any) -> None:
        """Look at one event of the thread."""
        if event != "call" or frame.f_code not in self.comparisons or frame.f_back is None:
            return
        if str(frame.f_back.f_globals.get("__name__", "")).partition(".")[0] in LIBRARIES:
            return
        value = frame.f_locals[frame.f_code.co_varnames[0]]
        if isinstance(value, self.expression) and value.free_symbols:
            self.refuse(value)


@contextmanager
def refusing_equality(refuse: Callable[[object], None]) -> Iterator[None]:
    """Call ``refuse`` with every expression that the user's code compares in this thread meanwhile.

    Where another profiler is at work it is left alone, and nothing is refused.
    """
    before = sys.getprofile()
    if before is not None and not isinstance(before, EqualityWatch):
        yield
        return
    sys.setprofile(EqualityWatch(refuse))
    try:
        yield
    finally:
        sys.setprofile(before)
