"""Which two parameters a map shows: those over whose ranges most different play is seen."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from deterrence.answers.classes import Characterization
from deterrence.explorer.reach import reaches
from deterrence.games.parameter import Parameter

SIDE = 24
"""Points along each side of the maps that are compared."""
MOST = 10
"""So many parameters are compared, those that most conditions depend on."""


def best_axes(found: Characterization) -> tuple[str, ...]:
    """Return the two parameters over which the classes change most, the others at their present values.

    What is compared is the entropy of the regions' shares of the map: many regions, none of them tiny. A parameter
    whose range has no end comes after those with two ends.
    """
    movable = [p for p in found.game.parameter_list if p.name not in found.held]
    often = Counter(str(symbol) for kind in found for symbol in getattr(kind.when, "free_symbols", ()))
    order = sorted(movable, key=lambda p: (_is_open(p), -often[p.name]))[:MOST]
    if len(order) < 2:
        return tuple(p.name for p in order)
    reach = dict(zip((p.name for p in movable), reaches(movable), strict=True))
    told = _Regions(found, movable)

    def worth(pair: tuple[Parameter, Parameter]) -> tuple[float, float]:
        either = -sum(_is_open(p) for p in pair)
        return told.entropy([p.name for p in pair], [reach[p.name] for p in pair]), either

    first, second = max(itertools.combinations(order, 2), key=worth)
    return first.name, second.name


def _is_open(parameter: Parameter) -> bool:
    """Tell whether a range has no end somewhere, so that a map shows a part of it only."""
    return None in parameter.span


class _Regions:
    """The sets of classes that exist at many points."""

    def __init__(self, found: Characterization, movable: Sequence[Parameter]) -> None:
        import sympy as sp

        self.values = {p.name: float(p.value) for p in movable}
        held = {p.expression: p.value for p in found.game.parameter_list if p.name in found.held}
        symbols = [p.expression for p in movable]
        conditions = [sp.sympify(kind.when).xreplace(held) for kind in found]
        conditions.append(sp.And(*found.game.assumptions).xreplace(held))
        self._holds = sp.lambdify(symbols, conditions, "numpy")

    def entropy(self, names: Sequence[str], spans: Sequence[tuple[float, float]]) -> float:
        """Return the entropy of the regions' shares of a map, in bits."""
        steps = (np.arange(SIDE) + 0.5) / SIDE
        sides = [low + (high - low) * steps for low, high in spans]
        at: Mapping[str, Any] = {**self.values, **dict(zip(names, np.meshgrid(*sides), strict=True))}
        with np.errstate(all="ignore"):
            *kinds, allowed = (
                np.broadcast_to(one, (SIDE, SIDE)) for one in self._holds(*np.broadcast_arrays(*at.values()))
            )
        bits = np.stack([np.asarray(kind, dtype=bool) for kind in kinds] or [np.zeros((SIDE, SIDE), dtype=bool)])
        counts = np.unique(bits[:, np.asarray(allowed, dtype=bool)], axis=1, return_counts=True)[1]
        shares = counts / SIDE**2
        return float(-(shares * np.log2(shares)).sum())
