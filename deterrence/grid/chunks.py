"""Sweeps in chunks: the same answer as Dask arrays, each chunk of which is a sweep of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import import_module
from typing import Any

import numpy as np

from deterrence.answers.measure import Measure
from deterrence.answers.naming import class_key, class_names
from deterrence.answers.solution import Equilibrium
from deterrence.errors import MethodError, ParameterError, nearest
from deterrence.games.expression import Exact
from deterrence.games.game import Game
from deterrence.grid.cover import Cover
from deterrence.grid.dataset import coordinates
from deterrence.grid.decimals import at_places
from deterrence.grid.formulas import Formulas
from deterrence.grid.points import Grid

OTHER = "any other class"
MASKED, BOUNDARY, UNCONFIRMED = 1, 2, 4
CHUNK_BYTES = 16 * 2**20
"""With ``chunks="auto"`` a chunk's ranges, numbers of classes and flags stay below this.

Of one measure that is half a million points: with fewer the search in every chunk shows, with more its arrays leave the
processor's cache and cores stand idle at the end.
"""


@dataclass(frozen=True, eq=False)
class ChunkTask:
    """What answers for chunks of a grid, starting from the classes that were learnt on a coarse part of it.

    Where that first look was itself in doubt (``doubtful``), no chunk is confirmed.
    """

    game: Game
    method: Any
    names: tuple[str, ...]
    axes: tuple[Sequence[Exact], ...]
    measures: tuple[Measure, ...]
    known: tuple[Equilibrium, ...]
    classes: tuple[Any, ...]
    confirmed: frozenset[frozenset[Any]]
    doubtful: bool

    @cached_property
    def formulas(self) -> Formulas:
        """The classes' closed forms, derived once in every process."""
        made = Formulas(self.game, self.names, self.measures)
        made.learn(self.known)
        return made

    def _cover(self, places: tuple[np.ndarray, ...], *, keep: bool) -> Cover:
        """Return the search over a chunk, given by places on the axes, after it was run."""
        grid = Grid([at_places(values, some) for values, some in zip(self.axes, places, strict=True)])
        cover = Cover(self.game, self.method, self.names, grid, self.measures, confirmed=self.confirmed, keep=keep)
        if cover.can_derive():
            cover.formulas = self.formulas.copy()
        cover.run()
        return cover

    def ranges(self, *places: np.ndarray) -> np.ndarray:
        """Return low, high, count and flags over a chunk, stacked along the first axis."""
        cover = self._cover(places, keep=False)
        flags = cover.masked * float(MASKED) + (UNCONFIRMED if self.doubtful or not cover.complete else 0.0)
        flags[cover.unmixed] += BOUNDARY
        stacked = [*cover.table.low, *cover.table.high, cover.table.count, flags]
        return np.array(stacked).reshape(-1, *cover.points.shape)

    def by_class(self, *places: np.ndarray) -> np.ndarray:
        """Return over a chunk where each class exists and the measures in it, stacked along the first axis."""
        cover = self._cover(places, keep=True)
        table, asked = cover.table, len(self.measures)
        exists = np.zeros((len(self.classes) + 1, len(cover.points)))
        low, high = (np.full((asked, *exists.shape), np.nan) for _ in range(2))
        for k, key in enumerate(table.examples):
            to = self.classes.index(key) if key in self.classes else len(self.classes)
            exists[to] = np.fmax(exists[to], table.exists[k])
            low[:, to] = np.fmin(low[:, to], table.value[:, k])
            high[:, to] = np.fmax(high[:, to], table.most.get(k, table.value[:, k]))
        stacked = [exists, *(low + high) / 2]
        return np.concatenate(stacked).reshape(-1, *cover.points.shape)


@dataclass(frozen=True)
class Sent:
    """A task as bytes, so that many chunks carry it and every process unpacks it once."""

    payload: bytes
    what: str

    def __call__(self, *places: np.ndarray) -> np.ndarray:
        """Answer for one chunk."""
        numbers: np.ndarray = getattr(_unpacked(self.payload), self.what)(*places)
        return numbers


@lru_cache(maxsize=8)
def _unpacked(payload: bytes) -> ChunkTask:
    import pickle

    task: ChunkTask = pickle.loads(payload)  # noqa: S301  (written by `chunked` of the same session)
    return task


def chunked(cover: Cover, axes: Any, chunks: Any) -> tuple[Any, str]:
    """Return a sweep's data as a dataset of Dask arrays, and a status; only a coarse part of the grid is looked at.

    Raises
    ------
    MethodError
        If Dask is not installed.
    ParameterError
        If ``chunks`` names no axis or is no size.
    """
    try:
        import_module("dask.array")
        cloudpickle = import_module("cloudpickle")
    except ImportError as error:
        raise MethodError(
            'chunks= evaluates on Dask, which is not installed. Install it with: pip install "deterrence[distributed]"'
        ) from error
    measures = cover.measures
    sizes = _sizes(chunks, axes, len(measures))
    cover.survey()
    examples: dict[Any, Equilibrium] = {}
    known = tuple(cover.formulas.known.values()) if cover.can_derive() else ()
    for equilibrium in (*known, *cover.examples.values()):
        examples.setdefault(class_key(equilibrium), equilibrium)
    exact = tuple(values for _, values in axes)
    learnt = (measures, known, tuple(examples), cover.confirmed, not cover.complete)
    payload = cloudpickle.dumps(ChunkTask(cover.game, cover.method, cover.names, exact, *learnt))
    names = [*class_names(list(examples.values())), OTHER]
    seen = f"{len(cover.solved)} of {len(cover.points)} points"
    status = f"classes learnt at {seen} and around; each chunk confirms its own regions when it is evaluated"
    doubts = "".join(f"; other classes may exist: {doubt}" for doubt in dict.fromkeys(cover.notes))
    return _dataset(payload, axes, sizes, measures, names), status + doubts


def _sizes(chunks: Any, axes: Any, measures: int) -> tuple[tuple[int, ...], ...]:
    """Return the sizes of the chunks along each axis."""
    names = [name for name, _ in axes]
    shape = tuple(len(values) for _, values in axes)
    given = dict(chunks) if isinstance(chunks, Mapping) else dict.fromkeys(names, chunks)
    for name, size in given.items():
        if name not in names:
            raise ParameterError(f"chunks names {name!r}, which is no axis of the sweep. {nearest(name, names)}")
        if size != "auto" and (isinstance(size, bool) or not isinstance(size, int) or (size < 1 and size != -1)):
            raise ParameterError(
                f"chunks={size!r} for the axis {name!r} is no size. Give a whole number of values, -1 for the whole "
                'axis, or "auto".'
            )
    limit = CHUNK_BYTES // (8 * (2 * measures + 2))
    wanted = tuple(given.get(name, -1) for name in names)
    sizes: tuple[tuple[int, ...], ...] = import_module("dask.array.core").normalize_chunks(
        wanted, shape, limit=limit, dtype=np.dtype("u1")
    )
    return sizes


def _dataset(payload: bytes, axes: Any, sizes: Any, measures: tuple[Measure, ...], classes: list[str]) -> Any:
    import xarray as xr

    da = import_module("dask.array")

    names, asked, kinds = [name for name, _ in axes], len(measures), len(classes)
    places = [da.arange(sum(size), chunks=(size,)) for size in sizes]

    def stacked(what: str, rows: int) -> Any:
        wired = [item for name, place in zip(names, places, strict=True) for item in (place, (f"axis {name}",))]
        across = ["rows", *(f"axis {name}" for name in names)]
        meta = np.empty((0,) * len(across))
        new = {"rows": rows}  # the arrays are aligned: to align them, Dask would warn of many chunks made of few
        return da.blockwise(
            Sent(payload, what), across, *wired, new_axes=new, dtype=float, meta=meta, align_arrays=False
        )

    ranges = stacked("ranges", 2 * asked + 2)
    by_class = stacked("by_class", kinds * (1 + asked))
    flags = ranges[-1].astype(np.uint8)
    values = [by_class[kinds * (k + 1) : kinds * (k + 2)] for k in range(asked)]
    arrays = {
        "low": (["measure", *names], ranges[:asked]),
        "high": (["measure", *names], ranges[asked : 2 * asked]),
        "count": (names, ranges[-2].astype(np.int64)),
        "exists": (["class", *names], by_class[:kinds].astype(bool)),
        "value": (["measure", "class", *names], da.stack(values)),
        "masked": (names, (flags & MASKED).astype(bool)),
        "boundary": (names, (flags & BOUNDARY).astype(bool)),
        "unconfirmed": (names, (flags & UNCONFIRMED).astype(bool)),
    }
    return xr.Dataset(arrays, coords=coordinates(axes, measures, classes))


def loaded(data: Any, report: Callable[[float], None]) -> Any:
    """Return a dataset of Dask arrays with its numbers in memory, telling the share of tasks that are done."""
    client = _client()
    if client is not None:
        distributed, data = import_module("distributed"), data.persist()
        futures = distributed.futures_of(data)
        for done, _ in enumerate(distributed.as_completed(futures), 1):
            report(done / len(futures))
        return data.compute()

    def told(_key: Any, _value: Any, _graph: Any, state: Any, _worker: Any) -> None:
        left = sum(len(state[name]) for name in ("ready", "waiting", "running"))
        report(len(state["finished"]) / max(1, len(state["finished"]) + left))

    with import_module("dask.callbacks").Callback(posttask=told):
        return data.compute()


def _client() -> Any:
    """Return the running client of a cluster, if there is one."""
    if "distributed" not in sys.modules:
        return None
    try:
        return sys.modules["distributed"].default_client()
    except ValueError:
        return None
