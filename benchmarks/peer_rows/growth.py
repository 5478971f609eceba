"""How time and memory grow with the number of points, each size in a process of its own."""

from __future__ import annotations

import inspect
import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import deterrence as dt
from peer_rows.crisis import axis, crisis
from peer_rows.row import short, time_text

CHUNK = 500
MEGABYTE = 1e6
MOST_PLAIN = 10**6
"""Above this the whole labelled answer is not asked for at once."""


def measure(side: int, chunked: bool) -> dict[str, float]:
    """Sweep side × side points and reduce the answer to its mean; return seconds and peak memory."""
    values = axis(side)
    options: dict[str, Any] = {"chunks": CHUNK} if chunked else {}
    dt.sweep(crisis, "war", challenger_war=axis(20), defender_war=axis(20))  # loads the modules
    before = peak()
    began = time.perf_counter()
    answer = dt.sweep(crisis, "war", **options, challenger_war=values, defender_war=values)
    means = answer.data[["low", "high"]].mean().compute(**({"scheduler": "synchronous"} if chunked else {}))
    seconds = time.perf_counter() - began
    assert 0 < float(means["low"]) < float(means["high"]) < 1
    return {"seconds": seconds, "before": before, "peak": peak()}


def peak() -> float:
    """Return the most memory that this process has held, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():  # the other way counts what the process that started this one held
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return 1024 * float(line.split()[1]) / MEGABYTE
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


def lines(sides: Sequence[int]) -> list[str]:
    """Return a table in Markdown."""
    rows = ["| points | how | time | time a point | peak memory | above the start |", "|--:|---|--:|--:|--:|--:|"]
    lazy = "chunks" in inspect.signature(dt.sweep).parameters
    for side in sides:
        kinds = [False] * (side**2 <= MOST_PLAIN) + [True] * (lazy and side > CHUNK)
        rows += [one(side, chunked) for chunked in kinds]
    return rows if lazy else [*rows, "", "`sweep` takes no `chunks=` here, so the larger sizes are left out."]


def one(side: int, chunked: bool) -> str:
    """Measure one size in a process of its own and return its line."""
    how = f"`chunks={CHUNK}`" if chunked else "whole"
    entry = Path(__file__).parent.parent / "peers.py"
    command = [sys.executable, str(entry), "--grow", str(side), *(["--chunked"] if chunked else [])]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  (this program)
    told = json.loads(ran.stdout)
    seconds, above = told["seconds"], told["peak"] - told["before"]
    per = time_text(seconds / side**2)
    return (
        f"| {side**2:,} | {how} | {time_text(seconds)} | {per} | {told['peak']:,.0f} MB | {short(max(above, 1))} MB |"
    )
