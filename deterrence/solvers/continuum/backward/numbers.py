"""A choice that depends on nothing above it: a number, or several that are equally good."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from deterrence.games.expression import show_value
from deterrence.solvers.continuum.backward.choosing import Best, best_numbers
from deterrence.solvers.continuum.backward.general import best_by_bisection
from deterrence.solvers.continuum.backward.reading import Choosing, Ratio, constant_of
from deterrence.solvers.continuum.backward.roots import Root, as_exact, near
from deterrence.solvers.continuum.backward.values import Continuation, Mixed


@dataclass(frozen=True)
class Chosen:
    """A number that is chosen.

    Attributes
    ----------
    number
        The number as it is told: exact, or a float.
    beside
        A number from whose side it is approached: where whoever replies is indifferent, they do what they do there.
    error
        How far the number may be off.
    """

    number: Any
    beside: Any
    error: float = 0.0


def chosen_number(
    step: Choosing, below: Continuation, rows: Sequence[tuple[Sequence[Ratio], Mixed]]
) -> Iterator[Continuation]:
    """Yield the continuations after each number that is best to choose."""
    low, high = constant_of(step.low), constant_of(step.high)
    zero = step.low.field.zero
    exact = all(not (value.keys() - {()}) for _, value in rows)
    gaps: tuple[str, ...] = ()
    if exact:
        best = best_numbers([(row, value.get((), zero)) for row, value in rows], step.letter, low, high)
    else:
        best, gaps = best_by_bisection(rows, step.letter, low, high)
    for each in best:
        yield _after(step, below, each, (*gaps, *_flat(step, each)))


def _flat(step: Choosing, best: Best) -> tuple[str, ...]:
    if not best.flat:
        return ()
    ends = " and ".join(show_value(near(end).limit_denominator(10**6)) for end in (best.cell.low, best.cell.high))
    return (f"every {step.name} between {ends} is as good for whoever chooses it; the ends are listed",)


def _after(step: Choosing, below: Continuation, best: Best, gaps: tuple[str, ...]) -> Continuation:
    field = step.low.field
    case = below.cases[best.cell.case].put(step.letter, field.of(near_number(best.x)))
    if isinstance(best.x, float):
        chosen = Chosen(best.x, best.cell.inside, 1e-9)
    else:
        chosen = Chosen(as_exact(best.x), best.cell.inside, 1e-28 if isinstance(best.x, Root) else 0.0)
    choices: Mapping[str, Any] = {**below.choices, step.name: chosen}
    return replace(below, cases=(replace(case, conditions=()),), choices=choices, gaps=(*below.gaps, *gaps))


def near_number(x: Any) -> Fraction:
    """Return a number as a fraction that is equal or very near to it."""
    return Fraction(x) if isinstance(x, float) else near(x)
