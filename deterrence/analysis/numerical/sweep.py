"""Sweeps of continuous (or infinitely repeated) models: solved point by point."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from deterrence.analysis.answers.sweep import Sweep
from deterrence.analysis.numerical.points import ONE_BY_ONE, by_class, ends, equilibria_at, picker, questions_of
from deterrence.analysis.questions import checked_axes, refuse
from deterrence.continuous import ContinuousGame
from deterrence.games.kinds import sweep_of


@sweep_of.register(ContinuousGame)
def _sweep(
    game: ContinuousGame,
    measures: tuple[Any, ...],
    axes: Mapping[str, Iterable[Any]],
    options: Mapping[str, Any],
    report: Callable[[float], None] | None,
) -> Sweep:
    """Return the sweep of a continuous model, in the same form as a finite game's."""
    refuse(options, ("chunks", "executor"), ONE_BY_ONE)
    questions = questions_of(game, measures, options["method"])
    pick = None if options["select"] is None else picker(options["select"])
    listed = checked_axes(game, axes)
    names, points = [name for name, _ in listed], list(itertools.product(*(values for _, values in listed)))
    answers = []
    for k, point in enumerate(points):
        answers.append(equilibria_at(game, dict(zip(names, point, strict=True))))
        if report is not None:
            report((k + 1) / len(points))
    equilibria = [None if answer is None else answer[0] for answer in answers]
    complete = all(answer is None or answer[1] for answer in answers)
    status = f"solved at each of {len(points)} points" + ("" if complete else "; other equilibria may exist")
    data = _dataset(questions, listed, equilibria)
    if pick is not None:
        chosen = [pick(here) if here else None for here in equilibria]
        values = [
            [np.nan if equilibrium is None else float(question(equilibrium)) for equilibrium in chosen]
            for question in questions
        ]
        data["selected"] = (data["low"].dims, np.array(values).reshape(data["low"].shape))
    return Sweep(game, None, questions, listed, data, complete, status, options["select"])


def _dataset(questions: Any, axes: Any, equilibria: list[Any]) -> Any:
    import xarray as xr

    shape, names = [len(values) for _, values in axes], [name for name, _ in axes]
    table = by_class(questions, equilibria)
    low, high = ends(table, (len(questions), len(equilibria)))
    rows = [*table.values()] or [np.empty((0, 2, len(questions), len(equilibria)))]
    exists = np.array([~np.isnan(span[0, 0]) for span in table.values()], dtype=bool).reshape(len(table), *shape)
    value = np.array([span.mean(axis=0) for span in rows]).reshape(len(table), len(questions), *shape)
    coordinates: dict[str, Any] = {name: [float(v) for v in values] for name, values in axes}
    coordinates |= {"measure": [question.name for question in questions], "class": list(table)}
    masked = np.array([here is None for here in equilibria]).reshape(shape)
    return xr.Dataset(
        {
            "low": (["measure", *names], low.reshape(len(questions), *shape)),
            "high": (["measure", *names], high.reshape(len(questions), *shape)),
            "count": (names, exists.sum(axis=0)),
            "exists": (["class", *names], exists),
            "value": (["measure", "class", *names], np.moveaxis(value, 0, 1)),
            "masked": (names, masked),
        },
        coords=coordinates,
    )
