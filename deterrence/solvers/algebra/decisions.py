"""Whether polynomial conditions have a point in common, by a decision procedure for real arithmetic.

The procedure is z3's for nonlinear real arithmetic (Jovanović and de Moura 2012), which is complete: it ends with a
point or with the proof that there is none. A point is checked here in exact arithmetic; that there is none is taken
from z3. Its steps are counted, so that the same question has the same answer on any machine (a time limit catches only
single steps that take very long); where they do not suffice, or z3 is not installed, the question stays open.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.util import find_spec
from math import lcm
from typing import Any

Terms = Mapping[tuple[int, ...], Any]
"""A polynomial: the coefficient of each tuple of exponents, one exponent a variable."""
Whole = dict[tuple[int, ...], int]
Bound = Fraction | int | None
FEW_STEPS, MOST_STEPS = 100_000, 400_000
"""z3's own count of its work (``rlimit``): about 20 and 80 milliseconds. Few questions that need more are settled."""
MOST_MILLISECONDS = 5_000
"""For what that count overlooks: a single step may take long on irrational numbers of high degree."""
DIGITS = 40
"""A point with irrational coordinates is given to so many digits."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether conditions have a point in common.

    Attributes
    ----------
    verdict
        True or False where it is decided; None where it is not.
    point
        A value of each variable where the verdict is True and a point was asked for, else nothing.
    exact
        Whether the point satisfies the conditions exactly; else it is one with irrational coordinates, to 40 digits.
    """

    verdict: bool | None
    point: tuple[Fraction, ...] = ()
    exact: bool = True


OPEN = Decision(None)
_thread = threading.local()


def available() -> bool:
    """Tell whether the decision procedure is installed."""
    return find_spec("z3") is not None


def decide(
    conditions: Sequence[tuple[Terms, bool]],
    low: Sequence[Bound],
    high: Sequence[Bound],
    equations: Sequence[Terms] = (),
    steps: int = FEW_STEPS,
    *,
    witness: bool = True,
) -> Decision:
    """Decide whether some point of a box satisfies polynomial conditions.

    Parameters
    ----------
    conditions
        Polynomials with rational coefficients, each with whether it must be positive (True) or may be zero (False).
    low, high
        The least and the greatest value of each variable; None where there is none.
    equations
        Polynomials that must be zero.
    steps
        The most work to do, in z3's own count; beyond it the verdict is None.
    witness
        Whether a point is wanted, too: without it the answer comes sooner.
    """
    if not available():
        return OPEN
    asked = [(terms, ">" if strict else ">=") for terms, strict in conditions] + [(terms, "=") for terms in equations]
    question = _Question([(_integral(terms), relation) for terms, relation in asked], low, high, steps)
    verdict = question.verdict(_context())
    return question.decision() if verdict and witness else Decision(verdict)


def _integral(terms: Terms) -> Whole:
    """Return a polynomial times the positive number that makes its coefficients whole."""
    scale = lcm(*(Fraction(c).denominator for c in terms.values()))
    return {exponents: int(Fraction(c) * scale) for exponents, c in terms.items() if c}


@dataclass(frozen=True, slots=True)
class _Question:
    """Conditions with whole coefficients, each with its relation to zero, and bounds."""

    rows: Sequence[tuple[Whole, str]]
    low: Sequence[Bound]
    high: Sequence[Bound]
    steps: int

    def verdict(self, context: Any) -> bool | None:
        """Return whether there is a point."""
        return _checked(self._solver(context))

    def decision(self) -> Decision:
        """Return a point, where possible one at which no condition is an equation: those near it are points, too."""
        import z3

        # In a place of its own, since the point that z3 chooses may depend on what stood there before.
        context = z3.Context()
        free = not any(relation == "=" for _, relation in self.rows)
        for inside in (True, False) if free else (False,):
            solver = self._solver(context, inside=inside)
            if _checked(solver):
                decision = self._read(solver.model(), context)
                if decision.exact or not inside:
                    return decision
        return OPEN

    def _solver(self, context: Any, *, inside: bool = False) -> Any:
        """Return z3 with the question; ``inside`` asks for a point off all bounds."""
        import z3

        solver = z3.Tactic("qfnra-nlsat", context).solver()
        solver.set("rlimit", self.steps)
        solver.set("timeout", MOST_MILLISECONDS)
        rows = [(terms, ">") for terms, _ in self.rows] if inside else self.rows
        ends = _bounds(self.low, self.high, (">", "<") if inside else (">=", "<="))
        solver.from_string("\n".join([*ends, *_assertions(rows)]))
        return solver

    def _read(self, model: Any, context: Any) -> Decision:
        """Return z3's point, checked in exact arithmetic."""
        import z3

        values = [model[z3.Real(f"x{k}", context)] for k in range(len(self.low))]
        point = tuple(map(_number, values))
        exact = self._contains(point)
        return Decision(True, point, exact) if exact or any(hasattr(value, "approx") for value in values) else OPEN

    def _contains(self, point: Sequence[Fraction]) -> bool:
        above = all(end is None or x >= end for x, end in zip(point, self.low, strict=True))
        below = all(end is None or x <= end for x, end in zip(point, self.high, strict=True))
        return above and below and all(_holds(terms, relation, point) for terms, relation in self.rows)


def _checked(solver: Any) -> bool | None:
    import z3

    verdict = solver.check()
    if verdict == z3.unknown and "keyboard" in solver.reason_unknown():
        raise KeyboardInterrupt
    return None if verdict == z3.unknown else bool(verdict == z3.sat)


def _context() -> Any:
    """Return the thread's own place for z3's objects, made once: to make one takes longer than most questions."""
    import z3

    if not hasattr(_thread, "context"):
        _thread.context = z3.Context()
    return _thread.context


def _bounds(low: Sequence[Bound], high: Sequence[Bound], relations: tuple[str, str]) -> Iterator[str]:
    for k, ends in enumerate(zip(low, high, strict=True)):
        yield f"(declare-const x{k} Real)"
        # A variable without other bounds is mentioned too, so that it has a value.
        yield from (
            f"(assert ({relation} x{k} {_written(end)}))"
            for end, relation in zip(ends, relations, strict=True)
            if end is not None
        )


def _assertions(rows: Sequence[tuple[Whole, str]]) -> Iterator[str]:
    for terms, relation in rows:
        products = [
            " ".join(["(*", _written(c), "1", *(f"x{k}" for k, power in enumerate(exponents) for _ in range(power))])
            for exponents, c in terms.items()
        ]
        yield f"(assert ({relation} (+ 0 0 {' '.join(product + ')' for product in products)}) 0))"


def _written(number: Fraction | int) -> str:
    """Return a number in the language that z3 reads."""
    number = Fraction(number)
    size = (
        str(abs(number.numerator)) if number.denominator == 1 else f"(/ {abs(number.numerator)} {number.denominator})"
    )
    return size if number >= 0 else f"(- {size})"


def _number(value: Any) -> Fraction:
    """Return a coordinate of z3's point, to 40 digits where it is irrational; any value does where it gives none."""
    if value is None:
        return Fraction(0)
    rational = value.approx(DIGITS) if hasattr(value, "approx") else value
    return Fraction(rational.numerator_as_long(), rational.denominator_as_long())


def _holds(terms: Whole, relation: str, point: Sequence[Fraction]) -> bool:
    value: Any = 0
    for exponents, c in terms.items():
        term: Any = c
        for x, power in zip(point, exponents, strict=True):
            if power:
                term *= x**power
        value += term
    return bool(value > 0 if relation == ">" else value >= 0 if relation == ">=" else value == 0)
