"""A continuous (or infinitely repeated) model along its parameters: its solution at each point, and measures of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from deterrence.answers.measure import Measure, as_measure
from deterrence.continuous import ContinuousEquilibrium, ContinuousGame
from deterrence.errors import MethodError, ParameterError, UnknownNameError, nearest

ONE_BY_ONE = "a continuous (or infinitely repeated) model is solved point by point, here"


def questions_of(game: ContinuousGame, measures: Iterable[Any], method: Any) -> tuple[Measure, ...]:
    """Return what is asked, every outcome's probability by default, or refuse it with a sentence."""
    if method is not None:
        game.solution(method)  # raises: the model answers in its own concept
    questions = tuple(map(as_measure, measures)) or tuple(map(as_measure, game.outcomes))
    for question in questions:
        if question.by is not None:
            raise UnknownNameError(
                "by= is not available for continuous models; name the action alone. "
                f"{nearest(question.of, (*game.outcomes, *game.actions))}"
            )
        question.check(game)
    return questions


def equilibria_at(game: ContinuousGame, values: dict[str, Any]) -> tuple[list[ContinuousEquilibrium], bool] | None:
    """Return the equilibria at parameter values and whether they are all; ``None`` outside the assumptions."""
    try:
        solution = game.at(values).solution()
    except ParameterError:
        return None
    return list(solution), bool(solution.complete)


def picker(select: Any) -> Callable[[Sequence[ContinuousEquilibrium]], ContinuousEquilibrium | None]:
    """Return the function that selects one equilibrium, or none.

    Raises
    ------
    MethodError
        If the rule is neither a class's name nor a callable.
    """
    if callable(select) and not hasattr(select, "rationality"):
        rule: Callable[[Sequence[ContinuousEquilibrium]], ContinuousEquilibrium | None] = select
        return rule
    if isinstance(select, str) and select not in ("payoff-dominant", "risk-dominant"):
        return lambda equilibria: next((equilibrium for equilibrium in equilibria if equilibrium.name == select), None)
    raise MethodError(
        f"select={select!r} is not available for continuous models; give a class's name, or a callable from "
        "its equilibria to one of them."
    )


def by_class(questions: Sequence[Measure], points: Sequence[Any]) -> dict[str, np.ndarray]:
    """Return for each class the least and greatest value of each measure, as (end, measure, point); else NaN."""
    table: dict[str, np.ndarray] = {}
    for k, equilibria in enumerate(points):
        for equilibrium in equilibria or ():
            empty = np.full((2, len(questions), len(points)), np.nan)
            row = table.setdefault(equilibrium.name, empty)[:, :, k]
            numbers = np.array([float(question(equilibrium)) for question in questions])
            row[0], row[1] = np.fmin(row[0], numbers), np.fmax(row[1], numbers)
    return table


def ends(table: dict[str, np.ndarray], shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Return the least and the greatest value over all classes, as (measure, point)."""
    low, high = np.full(shape, np.nan), np.full(shape, np.nan)
    for rows in table.values():
        low, high = np.fmin(low, rows[0]), np.fmax(high, rows[1])
    return low, high
