"""A sweep's numbers as a labelled data set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deterrence.answers.measure import Measure
from deterrence.grid.cover import Cover
from deterrence.grid.decimals import rounded


def dataset(cover: Cover, measures: Sequence[Measure], axes: Any, classes: Sequence[str]) -> Any:
    """Return what a search over a grid has found of the first measures as an ``xarray.Dataset``."""
    import xarray as xr

    table, kept = cover.table, cover.table.exists.any(axis=1)
    names, shape, asked = list(cover.names), cover.points.shape, len(measures)
    arrays = {
        "low": (["measure", *names], table.low[:asked].reshape(asked, *shape)),
        "high": (["measure", *names], table.high[:asked].reshape(asked, *shape)),
        "count": (names, table.count.reshape(shape)),
        "exists": (["class", *names], (table.exists if kept.all() else table.exists[kept]).reshape(-1, *shape)),
        "value": (["measure", "class", *names], table.means()[:asked].reshape(asked, -1, *shape)),
        "masked": (names, cover.masked.reshape(shape)),
    }
    return xr.Dataset(arrays, coords=coordinates(axes, measures, classes))


def coordinates(axes: Any, measures: Sequence[Measure], classes: Sequence[str]) -> dict[str, Any]:
    """Return what labels the dimensions of a sweep's data."""
    labels: dict[str, Any] = {"measure": [measure.name for measure in measures], "class": list(classes)}
    for name, values in axes:
        labels[name] = rounded(values)
    return labels
