"""Whether polynomial conditions have a point in common, by a decision procedure for real arithmetic.

The procedure is z3's for nonlinear real arithmetic (Jovanović and de Moura 2012), which is complete: it ends with a
point or with the proof that there is none. A point is checked here in exact arithmetic; that there is none is taken
from z3. Its steps are counted, not timed, so that the same question has the same answer on any machine; where they do
not suffice, or z3 is not installed, the question stays open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.util import find_spec
from math import lcm
from typing import Any

Terms = Mapping[tuple[int, ...], Any]
"""A polynomial: the coefficient of each tuple of exponents, one exponent a variable."""
Bound = Fraction | int | None
MOST_STEPS = 400_000
"""z3's own count of its work (``rlimit``), about a tenth of a second; few questions that need more are settled."""
MOST_MILLISECONDS = 20_000
"""For what that count overlooks, such as a single step on numbers of very many digits."""
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
        A value of each variable where the verdict is True, else nothing.
    exact
        Whether the point satisfies the conditions exactly; else it is one with irrational coordinates, to 40 digits.
    """

    verdict: bool | None
    point: tuple[Fraction, ...] = ()
    exact: bool = True


OPEN, EMPTY = Decision(None), Decision(False)


def available() -> bool:
    """Tell whether the decision procedure is installed."""
    return find_spec("z3") is not None


def decide(
    conditions: Sequence[tuple[Terms, bool]],
    low: Sequence[Bound],
    high: Sequence[Bound],
    equations: Sequence[Terms] = (),
    steps: int = MOST_STEPS,
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
    """
    asked = [(terms, ">" if strict else ">=") for terms, strict in conditions] + [(terms, "=") for terms in equations]
    if not available():
        return OPEN
    rows = [(_integral(terms), relation) for terms, relation in asked]
    decision = _asked(rows, low, high, steps)
    if decision.verdict is not True:
        return decision
    # A point at which as few conditions as possible are equations is of more use: others near it satisfy them, too.
    if not equations and not all(relation == ">" for _, relation in rows):
        inner = _asked([(terms, ">") for terms, _ in rows], low, high, steps, inside=True)
        decision = inner if inner.verdict and inner.exact else decision
    return decision


def _integral(terms: Terms) -> dict[tuple[int, ...], int]:
    """Return a polynomial times the positive number that makes its coefficients whole."""
    scale = lcm(*(Fraction(c).denominator for c in terms.values()))
    return {exponents: int(Fraction(c) * scale) for exponents, c in terms.items() if c}


def _asked(
    rows: Sequence[tuple[Mapping[tuple[int, ...], int], str]],
    low: Sequence[Bound],
    high: Sequence[Bound],
    steps: int,
    *,
    inside: bool = False,
) -> Decision:
    """Put the question to z3 and check the point that it gives; ``inside`` asks for one off the bounds."""
    import z3

    # A context of its own keeps an answer from depending on the questions before it.
    context = z3.Context()
    solver = z3.Tactic("qfnra-nlsat", context).solver()
    solver.set("rlimit", steps)
    solver.set("timeout", MOST_MILLISECONDS)
    relations = (">", "<") if inside else (">=", "<=")
    solver.from_string("\n".join([*_bounds(low, high, relations), *_assertions(rows)]))
    verdict = solver.check()
    if verdict == z3.unsat:
        return EMPTY
    if verdict == z3.unknown:
        if "keyboard" in solver.reason_unknown():
            raise KeyboardInterrupt
        return OPEN
    model = solver.model()
    values = [model[z3.Real(f"x{k}", context)] for k in range(len(low))]
    point = tuple(map(_number, values))
    sides = [(1, end, x) for end, x in zip(low, point, strict=True)] + [
        (-1, end, x) for end, x in zip(high, point, strict=True)
    ]
    exact = all(end is None or sign * (x - end) >= 0 for sign, end, x in sides) and all(
        _holds(terms, relation, point) for terms, relation in rows
    )
    rounded = any(hasattr(value, "approx") for value in values)
    return Decision(True, point, exact) if exact or rounded else OPEN


def _bounds(low: Sequence[Bound], high: Sequence[Bound], relations: tuple[str, str]) -> Iterator[str]:
    for k, ends in enumerate(zip(low, high, strict=True)):
        yield f"(declare-const x{k} Real)"
        # A variable without other bounds is mentioned too, so that it has a value.
        yield from (
            f"(assert ({relation} x{k} {_written(end)}))"
            for end, relation in zip(ends, relations, strict=True)
            if end is not None
        )


def _assertions(rows: Sequence[tuple[Mapping[tuple[int, ...], int], str]]) -> Iterator[str]:
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


def _holds(terms: Mapping[tuple[int, ...], int], relation: str, point: Sequence[Fraction]) -> bool:
    value: Any = 0
    for exponents, c in terms.items():
        term: Any = c
        for x, power in zip(point, exponents, strict=True):
            if power:
                term *= x**power
        value += term
    return bool(value > 0 if relation == ">" else value >= 0 if relation == ">=" else value == 0)
