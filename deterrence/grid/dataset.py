"""A sweep's numbers as a labelled data set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deterrence.answers.measure import Measure
from deterrence.grid.cover import Cover
from deterrence.grid.points import rounded


def dataset(cover: Cover, measures: Sequence[Measure], axes: Any, classes: Sequence[str]) -> Any:
    """Return what a search over a grid has found of the first measures as an ``xarray.Dataset``."""
    import xarray as xr

    names, shape = [name for name, _ in axes], cover.points.shape
    table, asked = cover.table, len(measures)
    kept = table.exists.any(axis=1)
    exists = table.exists if kept.all() else table.exists[kept]
    arrays = {
        "low": (["measure", *names], table.low[:asked]),
        "high": (["measure", *names], table.high[:asked]),
        "count": (names, table.count),
        "exists": (["class", *names], exists),
        "value": (["measure", "class", *names], table.means()[:asked]),
        "masked": (names, cover.masked),
    }
    shaped = {
        name: (dims, array.reshape(*array.shape[: len(dims) - len(shape)], *shape))
        for name, (dims, array) in arrays.items()
    }
    return xr.Dataset(shaped, coords=coordinates(axes, measures, classes))


def coordinates(axes: Any, measures: Sequence[Measure], classes: Sequence[str]) -> dict[str, Any]:
    """Return what labels the dimensions of a sweep's data."""
    labels: dict[str, Any] = {name: rounded(values) for name, values in axes}
    return labels | {"measure": [measure.name for measure in measures], "class": list(classes)}
