"""The page ``docs/benchmarks.md``, from one run."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from importlib import metadata
from textwrap import fill

from peer_rows.row import HEADINGS, Row, Section, ratio_text, time_text

PACKAGES = ("numpy", "scipy", "sympy", "pygambit", "quantecon", "numba", "nashpy", "SALib", "dask", "python-flint")
INTRODUCTION = """\
# Benchmarks

Every number on this page comes from one run of

```bash
python benchmarks/peers.py {options}
```

which makes a virtual environment of its own, or with `--here` uses one that holds the library and the other packages
already, as for this page, and compares them side by side on the same games, after checking that the answers agree.
Ratios are the peer's time over ours, one taken right after the other; the times beside them are processor time, on
one thread, of one machine ({machine}). {load} Compilation, by
Numba for QuantEcon or by gcc, is not timed; making a game object is, unless the text says otherwise.
"""
WIDTH = 118
GROWTH = """\
## More points

The same crisis at more points, each size in a process of its own, with its mean over the grid as the answer; times are
by the clock. With `chunks=` the grid is worked off in pieces, so that the memory does not grow with the points. *Above
the start* is the peak less what the process had held after loading the library. All memory is touched for the first
time here, and the time of the mean counts too.
"""
GROWTH_LIMIT = (
    "*What limits the speed.* Writing the arrays, at every size; below a million points what is done once, such as\n"
    "exact solutions; with chunks Dask, and passing the arrays on."
)


def machine() -> str:
    """Name the machine by its kind alone."""
    versions = []
    for name in PACKAGES:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            versions.append(f"no {name}")
    return f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {', '.join(versions)}"


def load() -> str:
    """Say what else the machine did."""
    busy = os.getloadavg()[2] if hasattr(os, "getloadavg") else float("nan")
    return (
        f"On average {busy:.1f} processes wanted its {os.cpu_count()} cores, this one among them, in the fifteen "
        "minutes before the page was written; the more they are, the more the times are upper bounds."
    )


def table(rows: Iterable[Row]) -> list[str]:
    """Return rows as a Markdown table."""
    heads = ["| " + " | ".join(HEADINGS) + " |", "|---|--:|---|--:|--:|---|---|"]
    return heads + ["| " + " | ".join(row.cells()) + " |" for row in rows]


def verdict(row: Row) -> str:
    """Say in a sentence how a missed target was missed."""
    ratio = f", {ratio_text(row.ratio)} times as fast as {row.peer}" if row.ratio is not None else ""
    per = f" {row.unit}" if row.unit else ""
    return f"- {row.question}: {time_text(row.ours or 0)}{per}{ratio}; target {row.target.partition(':')[0]}."


def wrapped(text: str) -> str:
    """Break each paragraph into lines; code and headings stay."""
    return "\n\n".join(
        part
        if part.startswith(("#", "```", "|", "- "))
        else fill(part, WIDTH, break_on_hyphens=False, break_long_words=False)
        for part in text.split("\n\n")
    )


def page(sections: Sequence[Section], growth: Sequence[str], options: str) -> str:
    """Return the page."""
    missed = [row for section in sections for row in section.rows if row.met is False]
    absent = {
        row.peer for section in sections for row in section.rows if row.theirs is None and "not compared" in row.answers
    }
    parts = [wrapped(INTRODUCTION.format(machine=machine(), load=load(), options=options)) + "\n"]
    if absent:
        parts.append(f"Not installed in this run, so not compared: {', '.join(sorted(absent))}.\n")
    heading = "These targets were missed:" if missed else "No target was missed."
    parts.append("\n".join(["## Targets", "", heading, *([""] if missed else []), *map(verdict, missed), ""]))
    for section in sections:
        limit = wrapped(f"*What limits the speed.* {section.limit}")
        parts.append(
            "\n".join([f"## {section.title}", "", wrapped(section.text), "", *table(section.rows), "", limit, ""])
        )
    parts.append("\n".join([GROWTH, *growth, "", GROWTH_LIMIT, ""]))
    return "\n".join(parts)
