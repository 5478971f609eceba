"""What the search computes with: numbers at one point of the parameters, or formulas for all points at once."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Protocol

from deterrence.games.continuum.law import Law
from deterrence.games.continuum.uniform import Uniform
from deterrence.games.expression import compile_exact, is_symbolic, names_in, to_sympy
from deterrence.games.game import Game
from deterrence.games.tree import End, Move
from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.supports.closed_form import Parametric


class RefusedError(Exception):
    """Raised while a game is read that the search does not take; the sentence says why."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Arithmetic(Protocol):
    """How expressions in parameters become coefficients, and what is known of their signs."""

    def element(self, value: Any) -> Any:
        """Return an expression in parameters as a coefficient."""

    def ends(self, law: Law) -> tuple[Any, Any]:
        """Return the ends of a law as coefficients, infinite where there is none."""

    def mean(self, law: Law) -> Any:
        """Return the mean of a law as a coefficient."""

    def positive(self, value: Any) -> bool:
        """Tell whether a coefficient may be above zero."""

    def zero(self, value: Any) -> bool:
        """Tell whether a coefficient may be zero, on more than single values of the parameters."""


class Numbers:
    """The arithmetic at a game's parameter values: exact numbers, floats where laws are not uniform."""

    def __init__(self, game: Game) -> None:
        self.values = dict(game.values)

    def element(self, value: Any) -> Any:
        """Return an expression's number."""
        if not is_symbolic(value):
            return value
        if names_in(value) - self.values.keys():
            raise RefusedError("chances of nature depend on numbers that are drawn.")
        return compile_exact(value)(self.values)

    def ends(self, law: Law) -> tuple[Any, Any]:
        """Return the ends of a law."""
        return law.ends

    def mean(self, law: Law) -> Any:
        """Return the mean of a law."""
        return law.mean_between(*law.ends)

    def positive(self, value: Any) -> bool:
        """Tell whether a number is above zero."""
        return bool(value > 0)

    def zero(self, value: Any) -> bool:
        """Tell whether a number is zero."""
        return bool(value == 0)


class Formulas:
    """The arithmetic of rational functions of parameters, for games whose laws are uniform.

    Signs are decided over the declared ranges and assumptions; for that a game without types stands in, which has the
    same parameters and all coefficients as its payoffs.
    """

    def __init__(self, game: Game, names: Iterable[str], coefficients: Iterable[Any]) -> None:
        values = tuple(dict.fromkeys(to_sympy(value) for value in coefficients))
        ends = tuple(End(str(k), (value,)) for k, value in enumerate(values)) or (End("0", (0,)),)
        tree = Move("nobody", tuple(map(str, range(len(ends)))), ends)
        stand_in = Game(("nobody",), tree, game.parameter_list, game.name, "", game.assumptions)
        self.parametric = Parametric.of(stand_in, tuple(names))
        self.domain = Domain(stand_in, self.parametric)

    def element(self, value: Any) -> Any:
        """Return an expression as a rational function of the parameters."""
        if not is_symbolic(value):
            return value
        element = self.parametric.known_element(value)
        if element is None:
            raise RefusedError(f"{value} is no ratio of polynomials in the parameters.")
        return element

    def ends(self, law: Law) -> tuple[Any, Any]:
        """Return the ends of a uniform law."""
        if not isinstance(law, Uniform):
            raise RefusedError(f"formulas are given for uniform laws alone, and one is {law}.")
        return self.element(law.low), self.element(law.high)

    def mean(self, law: Law) -> Any:
        """Return the mean of a uniform law."""
        low, high = self.ends(law)
        return (low + high) * Fraction(1, 2)

    def sign(self, value: Any) -> int:
        """Return 1 or -1 where a coefficient's sign is proved, 0 where it is zero or open."""
        if hasattr(value, "numer"):
            return self.domain.sign(value.numer * value.denom)
        return (value > 0) - (value < 0)

    def positive(self, value: Any) -> bool:
        """Tell whether a coefficient may be above zero."""
        return bool(value != 0) and self.sign(value) >= 0

    def zero(self, value: Any) -> bool:
        """Tell whether a coefficient may be zero."""
        return bool(value == 0) or self.sign(value) == 0


def law_in(game: Game, law: Law, arithmetic: Arithmetic) -> Law:
    """Return a law at the game's values, or with its expressions where these are wanted."""
    return law.at(game.values) if isinstance(arithmetic, Numbers) else law.in_sympy()


def divided(top: Any, bottom: Any) -> Any:
    """Return a ratio: of whole numbers a fraction."""
    return (
        Fraction(top) / bottom
        if isinstance(top, (int, Fraction)) and isinstance(bottom, (int, Fraction))
        else top / bottom
    )
