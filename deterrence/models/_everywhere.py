"""What is claimed of all parameter values, asked of draws from the declared ranges; a wrong one is made simple."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from itertools import islice
from types import SimpleNamespace
from typing import Any

from deterrence.analysis.search.points.exact_points import ENOUGH, MOST, in_place, points, simplified
from deterrence.answers.measure import as_measure
from deterrence.errors import ParameterError
from deterrence.models._agreement import in_words
from deterrence.models.claim import Finding

Question = Callable[[Any], Finding]


def always(holds: Callable[[Any, Any], bool], *, count: int = ENOUGH, method: Any = None) -> Question:
    """Ask whether something holds in each of at least 200 draws within the ranges and assumptions.

    Parameters
    ----------
    holds
        Called with the game at a point and its solution there; tells whether the claim holds.
    count
        How many points are drawn, at least 200; the present values come first.
    """

    def asked(model: Any) -> Finding:
        def fails(point: Mapping[str, Any]) -> str | None:
            with suppress(ParameterError):
                solution = model.solve(method, **point)
                if not solution:
                    return f"no equilibrium {_place(model, point)}"
                return None if holds(model.game.at(point), solution) else f"a counterexample {_place(model, point)}"
            return None

        drawn = points(model.game, max(count, ENOUGH))
        for point in drawn:
            if fails(point):
                return Finding("fails", simplified(_changed(model, point), fails) or "")
        return Finding("holds", f"so it is in {len(drawn)} of {len(drawn)} draws over the declared ranges")

    return asked


def matches(
    measure: Any,
    formula: Callable[[Any], float | None],
    in_class: str = "",
    *,
    within: float = 1e-6,
    method: Any = None,
) -> Question:
    """Ask whether a measure equals a formula in each of 200 draws within the ranges and assumptions.

    For models that are solved in numbers, so that there is no formula to compare with.

    Parameters
    ----------
    measure
        An outcome's or action's name, ``payoff("Defender")``, or any callable from an equilibrium to a number.
    formula
        Called with the parameters as floats, ``lambda p: p.gain / p.loss``; returns ``None`` where it says nothing.
        Draws are made until it has spoken of 200.
    in_class
        The class of equilibria meant, by its name; by default all.
    within
        How near the two must be, relative to 1 and the formula's size.
    """

    def asked(model: Any) -> Finding:
        pairs = ((point, formula(_in_floats(point))) for point in points(model.game, MOST))
        spoken = list(islice(((point, wanted) for point, wanted in pairs if wanted is not None), ENOUGH))
        for point, wanted in spoken:
            found = model.solve_without_certificate(method, **point)
            values = [float(value) for value in numbers_in(measure, in_class, found)]
            if not values or any(not abs(number - wanted) <= within * (1 + abs(wanted)) for number in values):
                given = in_words(values) if values else "no equilibrium"
                return Finding("fails", f"{given} instead of {wanted:.8g} {_place(model, _changed(model, point))}")
        if len(spoken) < ENOUGH:
            return Finding("undecided", f"the formula speaks of only {len(spoken)} of {MOST} draws")
        return Finding("holds", f"they are equal in {len(spoken)} of {len(spoken)} draws over the declared ranges")

    return asked


def _in_floats(point: Mapping[str, Any]) -> SimpleNamespace:
    return SimpleNamespace(**{name: float(value) for name, value in point.items()})


def numbers_in(measure: Any, in_class: str, equilibria: Iterable[Any]) -> list[Any]:
    """Return a measure in the equilibria of a class, or in all."""
    question = as_measure(measure)
    return [question(equilibrium) for equilibrium in equilibria if in_class in ("", equilibrium.name)]


def _changed(model: Any, point: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values at a point that are not the model's present ones."""
    return {name: value for name, value in point.items() if value != model.game.values[name]}


def _place(model: Any, point: Mapping[str, Any]) -> str:
    changed = _changed(model, point)
    return f"at {in_place(changed)}" if changed else "at the present values"
