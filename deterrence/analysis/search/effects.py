"""Derive how a measure moves inside each class of equilibria: formulas, signs, or exact differences."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from deterrence.analysis.search.one_parameter import ParameterSearch
from deterrence.answers.continuum.equilibrium import of_class
from deterrence.answers.measure import Measure
from deterrence.answers.naming import class_names
from deterrence.answers.solution import Equilibrium
from deterrence.games.expression import show_value
from deterrence.games.game import Game
from deterrence.grid.compile import Compiled
from deterrence.solvers.algebra.polynomials import is_constant
from deterrence.solvers.algebra.relations import oriented_ratio
from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.discovery.clauses import TooManyBranchesError
from deterrence.solvers.discovery.conditions import conditions_of
from deterrence.solvers.supports.closed_form import ClosedForm, Parametric
from deterrence.solvers.supports.measured import measure_polynomial, outcome_polynomials

Path = tuple[tuple[int, ...] | None, ...]
FLAT = 1e-9
MOST_PARAMETERS = 16
"""With more parameters than this formulas are in the moving one alone."""
LONG = 120
"""A slope with more operations is left out of the sentence."""
WORDS = {1: "rises", -1: "falls", 0: "does not change"}

PLACES = tuple(Fraction(k, 5) for k in range(1, 5))
MANY_PLACES = (Fraction(1, 1000), *(Fraction(k, 20) for k in range(1, 20)), Fraction(999, 1000))
"""Where slopes are taken in each piece of a range: at more places where a class may have kinks inside."""


@dataclass(frozen=True, eq=False)
class Effect:
    """The slope of a measure in the parameter inside one class of equilibria.

    Attributes
    ----------
    name
        The class, by what is played where it is reached.
    formula
        The measure as a SymPy expression in the parameters; ``None`` where there is none.
    derivative
        Its derivative, factored; ``None`` where there is no formula.
    sign
        1, -1 or 0 where the derivative has this sign wherever the class exists; ``None`` where it has not or
        where that is open.
    proved
        Whether the sign is proved over all declared ranges and assumptions, rather than seen in a sample.
    rising, falling
        The shares of a sample of the class's region in which the derivative is positive and negative.
    slope
        The derivative at the game's present values, or ``None`` if the class does not exist there.
    scope
        What the formula holds for: all parameter values, or the present values of the others.
    """

    name: str
    formula: Any
    derivative: Any
    sign: int | None
    proved: bool
    rising: float
    falling: float
    slope: float | None
    scope: str

    def __str__(self) -> str:
        amount = _negated(self.derivative) if self.derivative is not None and self.sign == -1 else self.derivative
        how = f"by {show_value(amount)} per unit" if amount is not None else "with no formula"
        if amount is not None and amount.count_ops() > LONG:
            how = "by a long formula"
        if self.sign == 0:
            told = "does not change"
        elif self.sign is not None:
            told = f"{WORDS[self.sign]}, {how}"
        elif self.rising + self.falling == 0:
            told = f"moves {how}; its sign is open"
        else:
            told = f"moves {how}: up in {self.rising:.0%} and down in {self.falling:.0%} of a sample of its region"
        certainty = "proved wherever the class exists" if self.proved else "seen in a sample, not proved"
        if self.sign is not None:
            told += f" ({certainty}{'' if self.scope == 'everywhere' else '; other parameters at present values'})"
        return f"In '{self.name}' it {told}."


def _negated(ratio: Any) -> Any:
    """Return minus a ratio, the sign taken into a sum that stands above the line."""
    top, bottom = ratio.as_numer_denom()
    return sum(-term for term in top.args) / bottom if top.is_Add else -ratio


class Effects:
    """The derivation of the effect in each class that a search along the parameter met."""

    def __init__(self, game: Game, parameter: str, measure: Measure, search: ParameterSearch, budget: float) -> None:
        self.game, self.parameter, self.measure, self.search = game, parameter, measure, search
        self.stop = time.monotonic() + budget
        self.everywhere = measure.kind != "other"
        self.status = "formulas hold for all parameter values"
        self._domains: dict[tuple[str, ...], Domain] = {}

    def effects(self) -> list[Effect]:
        """Return one effect a class, classes in the order in which the parameter meets them."""
        found: dict[Path, Equilibrium] = {}
        ties = set(map(Fraction, self.search.cuts))
        for value, equilibria in sorted(self.search._solved.items()):
            for equilibrium in equilibria or [] if value not in ties else []:
                found.setdefault(equilibrium.path_pattern, equilibrium)
        names = class_names(map(of_class, found.values()))
        return [self._effect(name, example) for name, example in zip(names, found.values(), strict=True)]

    def _effect(self, name: str, example: Equilibrium) -> Effect:
        if self.measure.kind == "other" or self.game.has_continuum:
            self.status = "slopes are taken between exact solutions"
            return self._numeric(name, example.path_pattern)
        late = time.monotonic() > self.stop or len(self.game.parameters) > MOST_PARAMETERS
        names = (self.parameter,) if late else tuple(self.game.parameters)
        if late:
            self.status = (
                f"formulas in {self.parameter} alone, the others at their values"
                if len(self.game.parameters) > MOST_PARAMETERS
                else "formulas in all parameters where the time budget allowed them"
            )
        made = self._by_formula(name, example, names)
        return made if made is not None else self._numeric(name, example.path_pattern)

    # -- by formulas ---------------------------------------------------------------------------------

    def _domain(self, names: tuple[str, ...]) -> Domain:
        if names not in self._domains:
            self._domains[names] = Domain(self.game, Parametric.of(self.game, names))
        return self._domains[names]

    def _by_formula(self, name: str, example: Equilibrium, names: tuple[str, ...]) -> Effect | None:
        domain = self._domain(names)
        parametric = domain.parametric
        forms, resolved = parametric.closed_forms(example.pattern)
        if not resolved or len(forms) != 1 or parametric.atoms:
            return None
        value = _element(parametric, forms[0], self.measure)
        symbol = self.game.parameters[self.parameter].expression
        if value is None or symbol not in parametric.symbols:
            return None
        slope = value.diff(parametric.symbols.index(symbol))
        rising, falling = self._sampled(domain, forms[0], slope)
        sign = self._proved(domain, forms[0], slope)
        proved = sign is not None
        if not proved and rising + falling > 0 and min(rising, falling) == 0 and rising + falling > 1 - FLAT:
            sign = 1 if rising else -1
        return Effect(
            name,
            oriented_ratio(value, domain),
            oriented_ratio(slope, domain),
            sign,
            proved,
            rising,
            falling,
            self._here(parametric, example, slope),
            "everywhere" if len(names) > 1 or len(self.game.parameters) == 1 else "here",
        )

    def _proved(self, domain: Domain, form: ClosedForm, slope: Any) -> int | None:
        """Return the slope's sign where it is the same, by proof, wherever the class exists."""
        if not slope:
            return 0
        product = slope.numer * slope.denom
        sign = domain.sign(product)
        if sign or time.monotonic() > self.stop:
            return sign or None
        try:
            branches = conditions_of(form, domain).branches
        except TooManyBranchesError:
            return None
        signs = {domain.sign(product, tuple(polynomial for polynomial, _ in branch)) for branch in branches}
        return signs.pop() or None if len(signs) == 1 else None

    def _sampled(self, domain: Domain, form: ClosedForm, slope: Any) -> tuple[float, float]:
        """Return the shares of a sample of the class's region in which the slope is positive and negative."""
        on = Compiled(domain.parametric, form, []).at(list(domain.samples.T))
        inside = domain.samples[on.exists & ~on.special & ~on.edge]
        if not len(inside):
            return 0.0, 0.0
        with np.errstate(all="ignore"):
            values = domain.values(slope.numer, inside) / domain.values(slope.denom, inside)
        size = FLAT * np.abs(values).max()
        return float((values > size).mean()), float((values < -size).mean())

    def _here(self, parametric: Parametric, example: Equilibrium, slope: Any) -> float | None:
        equilibria = self.search.solve(self.game.values[self.parameter]) or []
        if example.path_pattern not in {e.path_pattern for e in equilibria}:
            return None
        at = {s: float(self.game.values[s.name]) for s in parametric.symbols}
        return float(parametric.expression(slope).subs(at))

    # -- by numbers ----------------------------------------------------------------------------------

    def _numeric(self, name: str, path: Path) -> Effect:
        """Take slopes between exact solutions at neighbouring values in each piece of the range."""
        slopes, here = [], None
        cuts = sorted(set(map(Fraction, self.search.cuts)))
        for a, b in itertools.pairwise(cuts):
            for weight in MANY_PLACES if self.game.has_continuum else PLACES:
                slopes += self._slopes(path, a + (b - a) * weight, (b - a) / 10**4)
            now = Fraction(self.game.values[self.parameter])
            if a < now < b:
                found = self._slopes(path, now, min(now - a, b - now) / 10**4)
                here = found[0] if len(found) == 1 else None
        flat = FLAT * max(map(abs, slopes), default=0.0)
        rising = sum(slope > flat for slope in slopes) / max(1, len(slopes))
        falling = sum(slope < -flat for slope in slopes) / max(1, len(slopes))
        sign = {(1.0, 0.0): 1, (0.0, 1.0): -1, (0.0, 0.0): 0}.get((rising, falling)) if slopes else None
        return Effect(name, None, None, sign, False, rising, falling, here, "here")

    def _slopes(self, path: Path, at: Fraction, step: Fraction) -> list[float]:
        """Return the slope at a value in each equilibrium of a class, central between solutions on either side.

        Of several at a value, in a game with numbers without end, those are compared that come at the same place in
        the order of what is done.
        """
        sides = []
        for x in (at - step, at + step):
            same = [e for e in self.search.solve(x) or [] if e.path_pattern == path]
            if self.game.has_continuum:
                sides.append(
                    [[e] for e in sorted(same, key=lambda e: [[float(p) for p in row] for row in e.behaviour])]
                )
            else:
                sides.append([same] if same else [])
        if len(sides[0]) != len(sides[1]):
            return []
        middles = [[sum(map(Fraction, self.search.measured(self.measure, s))) / 2 for s in side] for side in sides]
        return [float((after - before) / (2 * step)) for before, after in zip(*middles, strict=True)]


def _element(parametric: Parametric, form: ClosedForm, measure: Measure) -> Any:
    """Return a measure in a class as a rational function of the parameters, or None if something is free."""
    reached = outcome_polynomials(parametric.agent, form.pattern)
    polynomial = measure_polynomial(parametric.agent, measure, form.pattern, reached)
    reduced = Compiled(parametric, form, [polynomial]).measures[0]
    if not is_constant(reduced):
        return None
    return parametric.field.zero + reduced.get((), parametric.field.zero)
