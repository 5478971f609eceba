"""The formulas of a characterization as a loop in C, compiled on the spot."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from peer_rows.formulas import at_defaults
from peer_rows.row import agreement

HEAD = """\
#include <math.h>
#include <stdbool.h>

void run(long points, {inputs}, bool *exists, double *value, double *low, double *high, long *count)
{{
    for (long k = 0; k < points; k++) {{
        double least = INFINITY, most = -INFINITY;
        long classes = 0;
{assign}
{classes}
        low[k] = classes ? least : NAN;
        high[k] = classes ? most : NAN;
        count[k] = classes;
    }}
}}
"""
CLASS = """\
        {{
            bool here = {when};
            double of = here ? {value} : NAN;
            exists[{number}L * points + k] = here;
            value[{number}L * points + k] = of;
            if (here) {{ classes++; least = of < least ? of : least; most = of > most ? of : most; }}
        }}"""

Loop = Callable[..., dict[str, Any]]


def compiled(
    characterization: Any, measure: str, axes: Sequence[str], kept: Sequence[int] | None = None
) -> Loop | None:
    """Return a function of arrays of the axes' values that fills the arrays of a sweep; None without gcc.

    At every point it evaluates each class's condition and measure and writes, as a sweep does, for each class one
    byte and one double, and the least and greatest value and the number of classes, of eight bytes each. ``kept``
    are the numbers of the classes, by default all.
    """
    if shutil.which("gcc") is None:
        return None
    formulas = at_defaults(characterization, measure, axes)
    formulas = formulas if kept is None else [formulas[k] for k in kept]
    folder = tempfile.TemporaryDirectory()
    source, library = Path(folder.name, "loop.c"), Path(folder.name, "loop.so")
    source.write_text(text(formulas, axes), encoding="ascii")
    command = ["gcc", "-O3", "-march=native", "-fPIC", "-shared", str(source), "-o", str(library), "-lm"]
    subprocess.run(command, check=True)  # noqa: S603  (the text above, and no shell)
    function, classes = ctypes.CDLL(str(library)).run, len(formulas)

    def loop(*columns: Any, _folder: Any = folder) -> dict[str, Any]:
        points = len(columns[0])
        exists, value = np.empty((classes, points), dtype=bool), np.empty((classes, points))
        low, high, count = np.empty(points), np.empty(points), np.empty(points, dtype=ctypes.c_long)
        pointers = (ctypes.c_void_p(array.ctypes.data) for array in (*columns, exists, value, low, high, count))
        function(ctypes.c_long(points), *pointers)
        return {"exists": exists, "value": value, "low": low, "high": high, "count": count}

    return loop


def text(formulas: Sequence[tuple[Any, Any]], axes: Sequence[str]) -> str:
    """Return the C program."""
    import sympy as sp

    blocks = [
        CLASS.format(when=sp.ccode(when), value=sp.ccode(value), number=number)
        for number, (when, value) in enumerate(formulas)
    ]
    return HEAD.format(
        inputs=", ".join(f"const double *{name}_" for name in axes),
        assign="\n".join(f"        double {name} = {name}_[k];" for name in axes),
        classes="\n".join(blocks),
    )


def arrays(answer: Any, axes: Sequence[str]) -> dict[str, Any]:
    """Return the arrays of a sweep that the loop fills too."""
    names = ("low", "high", "count", "exists", "value")
    return {name: answer.data[name].transpose(..., *axes).values for name in names}


def compared(theirs: Any, ours: Any, close: float) -> str:
    """Say how far the arrays are apart, the classes matched by where they exist; stop where that is too far."""
    apart = 0.0
    for key in ("low", "high"):
        apart = max(apart, float(np.abs(ours[key][0].ravel() - theirs[key]).max()))
    assert np.array_equal(theirs["count"], ours["count"].ravel()), "the C loop finds another number of classes"
    classes = [(here.ravel(), some.ravel()) for here, some in zip(ours["exists"], ours["value"][0], strict=True)]
    for exists, value in zip(theirs["exists"], theirs["value"], strict=True):
        matching = [some for here, some in classes if np.array_equal(here, exists)]
        assert matching, "a class of the C loop exists elsewhere"
        apart = max(apart, min(float(np.nanmax(np.abs(some - value))) for some in matching))
    return agreement(apart, close, "every array at every point")
