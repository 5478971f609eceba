"""Where regions meet: the curves and upright lines between cells in which different classes exist."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from deterrence.solvers.algebra.relations import oriented_ratio
from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.continuum.cutoffs.arithmetic import Formulas
from deterrence.solvers.supports.closed_form import Parametric


def border_equations(regions: Any) -> tuple[Any, ...]:
    """Return the equations of the curves that part regions: solved for y where that is linear."""
    import sympy as sp

    _, of = regions._groups
    used: dict[int, None] = {}
    for k in range(len(regions.cells) - 1):
        this, above = regions.cells[k], regions.cells[k + 1]
        parted = of[k] != of[k + 1] and of[k] >= 0 and of[k + 1] >= 0
        if this.strip == above.strip and this.roof >= 0 and parted:
            used[this.roof] = None
    equations = [_solved(regions, regions.curves[number]) for number in used]
    equations += [sp.Eq(regions.game.parameters[regions.axes[0][0]].expression, _number(x)) for x in _upright(regions)]
    return tuple(equations)


def _solved(regions: Any, curve: Any) -> Any:
    """Return a curve as y = f(x) where it is linear in y, else as an equation."""
    import sympy as sp

    y = curve.gens[0]
    if curve.degree() > 1:
        return sp.Eq(sp.factor(curve.as_expr()), 0, evaluate=False)
    names = [name for name, _ in regions.axes]
    slope, rest = sp.Poly(curve.as_expr(), y).all_coeffs()
    if regions.game.has_continuum:
        formulas = Formulas(regions.game, names, (slope, rest))
        parametric, domain = formulas.parametric, formulas.domain
    else:
        parametric = Parametric.of(regions.game, names)
        domain = Domain(regions.game, parametric, samples=200)
    value = parametric.field.from_expr(-rest) / parametric.field.from_expr(slope)
    return sp.Eq(y, oriented_ratio(value, domain), evaluate=False)


def _upright(regions: Any) -> list[float]:
    """Return where regions meet along a vertical line for more than a point."""
    return sorted({x for x, low, high, *_ in upright_borders(regions) if high - low > 1e-6})


def upright_borders(regions: Any) -> list[tuple[float, float, float, int, int]]:
    """Return the pieces (x, low, high, left, right) of vertical lines at which the classes change."""
    _, of = regions._groups
    by_strip: dict[int, list[int]] = {}
    for k, cell in enumerate(regions.cells):
        by_strip.setdefault(cell.strip, []).append(k)
    pieces = []
    for strip in range(max(by_strip)):
        for i in by_strip.get(strip, []):
            for j in by_strip.get(strip + 1, []):
                low = max(regions.cells[i].low[-1], regions.cells[j].low[0])
                high = min(regions.cells[i].high[-1], regions.cells[j].high[0])
                if high - low > 1e-6 * float(regions.axes[1][1][-1] - regions.axes[1][1][0]) and of[i] != of[j]:
                    pieces.append((float(regions.cells[j].x[0]), float(low), float(high), int(of[i]), int(of[j])))
    return [(x, low, high, a, b) for x, low, high, a, b in pieces if a >= 0 and b >= 0]


def _number(value: float) -> Any:
    import sympy as sp

    near = Fraction(value).limit_denominator(10**5)
    return sp.Rational(near.numerator, near.denominator) if abs(near - Fraction(value)) < 1e-11 else sp.Float(value, 8)
