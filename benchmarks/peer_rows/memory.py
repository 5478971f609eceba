"""Whether arrays lie in memory that the process holds already, or in pages that it touches first."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

TRIM_THRESHOLD, MAP_THRESHOLD, MAP_MOST = -1, -3, -4
"""What ``mallopt`` of the GNU C library calls M_TRIM_THRESHOLD, M_MMAP_THRESHOLD and M_MMAP_MAX."""
NEVER, MEGABYTE, USUAL_MOST = 2**31 - 1, 2**20, 65536


def kept() -> bool:
    """Keep the memory of arrays that are let go for the next ones; return whether that could be done."""
    return _set((MAP_MOST, 0), (TRIM_THRESHOLD, NEVER))


@contextmanager
def fresh() -> Iterator[bool]:
    """Give every array of a megabyte or more pages of its own, which the system hands out when they are touched."""
    done = _set((MAP_MOST, USUAL_MOST), (MAP_THRESHOLD, MEGABYTE), (TRIM_THRESHOLD, MEGABYTE))
    if done:
        ctypes.CDLL(None).malloc_trim(0)
    yield done
    kept()


def _set(*options: tuple[int, int]) -> bool:
    mallopt: Any = None
    with suppress(OSError, AttributeError, TypeError):
        mallopt = ctypes.CDLL(None).mallopt
    return mallopt is not None and all(mallopt(*option) == 1 for option in options)
