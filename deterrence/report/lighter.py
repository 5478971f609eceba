"""Drawings with fewer points: what lies on a line to within a fiftieth of a point is left out."""

from __future__ import annotations

import re

import numpy as np

PATH = re.compile(r'(?<= d=")[^"]+')
STEP = re.compile(r"[ML] (-?[0-9.]+) (-?[0-9.]+) *\n?|z *\n?")
LONG_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]{3,}")
NEAR = 0.02
"""In points: less than a printer shows."""
MANY = 40
"""Paths with fewer steps are left as they are, but for their decimals."""


def lighter(svg: str) -> str:
    r"""Return a drawing whose lines have no more points and decimals than can be seen.

    Examples
    --------
    >>> lighter('<path d="M 0.123456 0 \\nL 1 1.00001 \\n"/>')
    '<path d="M 0.12 0 \\nL 1 1 \\n"/>'
    """
    return PATH.sub(lambda found: LONG_DECIMAL.sub(_short, _thinned(found[0])), svg)


def _short(number: re.Match[str]) -> str:
    text = f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _thinned(path: str) -> str:
    """Return a path of straight lines without the points that lie between others; any other path as it is."""
    steps = list(STEP.finditer(path))
    if len(steps) < MANY or "".join(step[0] for step in steps) != path:
        return path
    kept: list[str] = []
    run: list[re.Match[str]] = []
    for step in steps:
        if step[0][0] != "L":
            kept += _kept(run)
            run = []
            if step[0][0] == "z":
                kept.append(step[0])
                continue
        run.append(step)
    return "".join([*kept, *_kept(run)])


def _kept(run: list[re.Match[str]]) -> list[str]:
    """Return the steps of one line that its shape needs (Douglas and Peucker 1973)."""
    if not run:
        return []
    points = np.array([(float(step[1]), float(step[2])) for step in run])
    needed, open_parts = {0, len(run) - 1}, [(0, len(run) - 1)]
    while open_parts:
        first, last = open_parts.pop()
        if last - first < 2:
            continue
        away = _away(points[first + 1 : last], points[first], points[last])
        if away.max() > NEAR:
            middle = first + 1 + int(away.argmax())
            needed.add(middle)
            open_parts += [(first, middle), (middle, last)]
    return [run[k][0] for k in sorted(needed)]


def _away(points: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Return how far points lie from the line between two others, or from these where they are one."""
    along, beside = end - start, points - start
    length = float(np.hypot(*along))
    if length < NEAR:
        return np.asarray(np.hypot(*beside.T))
    return np.asarray(np.abs(along[0] * beside[:, 1] - along[1] * beside[:, 0]) / length)
