"""Laws: how a number that nature draws is distributed, with numbers or expressions in parameters as its ends.

A law is a value. :meth:`Law.at` gives the law at parameter values, which answers with numbers: quantiles, densities,
and the mean of the types between two ends. Uniform laws answer in fractions where they are asked in fractions.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from fractions import Fraction
from functools import lru_cache
from math import isfinite
from operator import ge, gt, le, lt
from typing import Any, ClassVar, Self

from deterrence.errors import GameError
from deterrence.games.bodies.written import Written
from deterrence.games.expression import (
    Exact,
    Value,
    as_value,
    compile_exact,
    in_sympy,
    is_symbolic,
    names_in,
    show_value,
)

PRECISION = 1e-13
"""How precisely means of types are integrated."""


class Law(ABC):
    """How a drawn number is distributed; each kind of law is a frozen dataclass whose fields are its arguments.

    Attributes
    ----------
    APART, ORDERED
        Pairs of arguments, by name, or of a number and an argument: of which the first must lie below the second, and
        of which it must not lie above the second.
    """

    APART: ClassVar[tuple[tuple[str | int, str], ...]] = ()
    ORDERED: ClassVar[tuple[tuple[str | int, str], ...]] = ()

    @property
    def arguments(self) -> tuple[Value, ...]:
        """The numbers or expressions that the law is made of."""
        return tuple(getattr(self, field.name) for field in fields(self))  # type: ignore[arg-type]

    @property
    def names(self) -> frozenset[str]:
        """The names of parameters and of other drawn numbers in it."""
        return frozenset().union(*(names_in(a) for a in self.arguments if is_symbolic(a)))

    def rewritten(self, _change: Callable[[Value], Value]) -> Self:
        """Return the law with every argument changed."""
        changed = {f.name: _change(getattr(self, f.name)) for f in fields(self)}  # type: ignore[arg-type]
        return replace(self, **changed)  # type: ignore[type-var]

    def at(self, values: Mapping[str, Exact]) -> Self:
        """Return the law at parameter values, exact."""
        return self.rewritten(lambda a: compile_exact(a)(values) if is_symbolic(a) else a) if self.names else self

    def in_sympy(self) -> Self:
        """Return the law whose expressions are SymPy's."""
        return self.rewritten(in_sympy)

    @property
    def conditions(self) -> tuple[Any, ...]:
        """What must hold of the parameters in it for it to be a law at all."""
        apart, ordered = (
            [tuple(self._argument(name) for name in pair) for pair in pairs] for pairs in (self.APART, self.ORDERED)
        )
        return below(apart) + below(ordered, "<=")

    def _argument(self, name: str | int) -> Value:
        return getattr(self, name) if isinstance(name, str) else name

    @property
    @abstractmethod
    def ends(self) -> tuple[Any, Any]:
        """The ends of what may be drawn; infinite where there is none."""

    # -- numbers, of a law whose arguments are numbers -------------------------------------------------------

    @abstractmethod
    def cdf(self, x: Any) -> Any:
        """Return the probability of at most x; arrays are taken too."""

    @abstractmethod
    def ppf(self, q: Any) -> Any:
        """Return the number at a quantile; arrays are taken too."""

    @abstractmethod
    def pdf(self, x: Any) -> Any:
        """Return the density; arrays are taken too."""

    def mean_between(self, low: Any, high: Any) -> Any:
        """Return the integral of the number over what is drawn between two ends."""
        return self.moment_between(low, high, 1)

    def moment_between(self, low: Any, high: Any, power: int) -> Any:
        """Return the integral of a power of the number over what is drawn between two ends."""
        least, most = self.ends
        a, b = float(max(low, least)), float(min(high, most))
        if not a < b:
            return 0.0
        middle = float(min(max(self.ppf(0.5), a), b))
        return _lower_part(self, a, middle, power) + _upper_part(self, middle, b, power)

    def mean_below(self, x: float) -> float:
        """Return the integral of the number over what is drawn up to x."""
        return float(self.mean_between(self.ends[0], x))

    def mean_above(self, x: float) -> float:
        """Return the integral of the number over what is drawn above x."""
        return float(self.mean_between(x, self.ends[1]))

    def __str__(self) -> str:
        shown = ", ".join(show_value(a) for a in self.arguments)
        return f"{type(self).__name__.lower()} with {shown}"


def checked_law(law: Any) -> None:
    """Make a law's arguments exact, and refuse numbers that make none."""
    for field in fields(law):
        what = f"{field.name} of {type(law).__name__}(…)"
        object.__setattr__(law, field.name, as_value(getattr(law, field.name), what))
    for pairs, fails, must, does in (
        (law.APART, ge, "must lie below", "does not lie below"),
        (law.ORDERED, gt, "must not lie above", "lies above"),
    ):
        for first, last in pairs:
            low, high = law._argument(first), law._argument(last)
            if not is_symbolic(low) and not is_symbolic(high) and fails(low, high):
                raise GameError(
                    f"{type(law).__name__}({', '.join(map(show_value, law.arguments))}) is no law: {first} {must} "
                    f"{last}, and {show_value(low)} {does} {show_value(high)}."
                )


def below(pairs: Iterable[tuple[Value, Value]], sign: str = "<") -> tuple[Any, ...]:
    """Return the conditions that the first of each pair lies below the second, where that depends on parameters.

    With ``"<="`` as the sign the two may be equal.
    """
    conditions = []
    for low, high in pairs:
        if is_symbolic(low) or is_symbolic(high):
            written = all(type(side) is Written or not is_symbolic(side) for side in (low, high))
            compared = lt if sign == "<" else le
            conditions.append(Written(sign, low, high) if written else compared(in_sympy(low), in_sympy(high)))
    return tuple(conditions)


@lru_cache(maxsize=16)
def gauss(count: int) -> tuple[Any, Any]:
    """Return nodes in [0, 1] and weights that sum to one, for integrals of smooth functions."""
    import numpy as np

    nodes, weights = np.polynomial.legendre.leggauss(count)
    rule = (nodes + 1) / 2, weights / 2
    for array in rule:
        array.setflags(write=False)
    return rule


def floats(x: Any) -> Any:
    """Return a fraction as a float, and anything else, such as an array, as it is."""
    return float(x) if isinstance(x, (int, Fraction)) else x


def _lower_part(law: Law, low: float, high: float, power: int) -> float:
    """Return the integral of a power between two ends by parts, of which the first may be minus infinity."""
    from scipy import integrate

    if not low < high:
        return 0.0
    inside = {"epsabs": PRECISION, "epsrel": PRECISION, "limit": 200}
    area = integrate.quad(lambda x: power * x ** (power - 1) * law.cdf(x), low, high, **inside)[0]
    below = low**power * law.cdf(low) if isfinite(low) else 0.0
    return float(high**power * law.cdf(high) - below - area)


def _upper_part(law: Law, low: float, high: float, power: int) -> float:
    """Return the integral of a power between two ends by parts, of which the second may be infinity."""
    from scipy import integrate

    if not low < high:
        return 0.0
    inside = {"epsabs": PRECISION, "epsrel": PRECISION, "limit": 200}
    area = integrate.quad(lambda x: power * x ** (power - 1) * (1 - law.cdf(x)), low, high, **inside)[0]
    above = high**power * (1 - law.cdf(high)) if isfinite(high) else 0.0
    return float(low**power * (1 - law.cdf(low)) - above + area)
