"""Compare the library with other packages side by side, in a virtual environment made for it.

    python benchmarks/peers.py [--write] [--here] [--environment PATH] [--long] [--quick]

Makes the environment (a temporary one, unless a path is given), installs the library and QuantEcon, Nashpy,
Gambit and SALib into it, and runs there; ``--here`` runs in the present one. pygambit may have to be compiled,
which takes some minutes. A package that cannot be installed is named in the table; lrsnash is compared where it is
installed already (Debian's package lrslib). Answers are checked before times are told: the benchmark stops where they
differ. ``--write`` puts the tables into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path

from peer_rows.row import Section

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
PEERS = (f"{ROOT}[gambit]", "quantecon", "nashpy", "SALib")
SECTIONS = ("cold", "crisis", "small", "exact", "attribution", "types", "large", "reach")
SIDES = (100, 316, 1000, 3162)
LONG_SIDE = 10_000
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    parser.add_argument("--here", action="store_true", help="run in the present environment and install nothing")
    parser.add_argument("--environment", type=Path, help="where to make the environment, or one made before")
    parser.add_argument("--long", action="store_true", help="go up to 100,000,000 points")
    parser.add_argument("--quick", action="store_true", help="a tenth of the points, to see that it runs")
    parser.add_argument("--only", help=f"the one section to run: {', '.join(SECTIONS)} or growth")
    parser.add_argument("--grow", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--chunked", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--ask", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.write and (asked.only or asked.quick):
        parser.error("the page is written from a whole run, so --write goes with neither --only nor --quick")
    return asked


def python_of(folder: Path) -> Path:
    """Make an environment, unless it is there, and install what can be; return its Python."""
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        print(f"making an environment in {folder}", flush=True)
        venv.create(folder, with_pip=True)
    install = [str(python), "-m", "pip", "install", "--quiet"]
    subprocess.run([*install, f"{ROOT}[distributed]"], check=True)  # noqa: S603  (pip, with the names above)
    renew = [*install, "--force-reinstall", "--no-deps", str(ROOT)]  # an environment made before may hold older code
    subprocess.run(renew, check=True)  # noqa: S603  (as above)
    for peer in PEERS:
        print(f"installing {peer}", flush=True)
        if subprocess.run([*install, peer], check=False).returncode:  # noqa: S603  (as above)
            print(f"{peer} cannot be installed here and will be missing from the comparison", flush=True)
    return python


def run_elsewhere(asked: argparse.Namespace) -> int:
    """Run this program again with the Python of the environment."""
    given = [word for word in sys.argv[1:] if word != "--here"]
    with tempfile.TemporaryDirectory() as temporary:
        python = python_of(asked.environment or Path(temporary))
        return subprocess.run([str(python), __file__, *given, "--here"], check=False).returncode  # noqa: S603


def compare(asked: argparse.Namespace) -> None:
    """Run the sections one after the other, print their tables and write the page if asked to."""
    from peer_rows import growth, page

    sections = []
    for section in asked_sections(asked):
        print("\n".join([f"\n{section.title}", *page.table(section.rows)]), flush=True)
        sections.append(section)
    sides = SIDES[: 2 if asked.quick else None] + ((LONG_SIDE,) if asked.long else ())
    lines = growth.lines(sides) if asked.only in {None, "growth"} else []
    if lines:
        print("\n".join(["\nMore points", *lines]))
    if asked.write:
        PAGE.write_text(page.page(sections, lines, "--write --long" if asked.long else "--write"), encoding="utf-8")
        print(f"\nwritten: {PAGE.relative_to(ROOT)}")


def asked_sections(asked: argparse.Namespace) -> Iterator[Section]:
    """Yield the sections that were asked for."""
    from peer_rows import attribution, cold, crisis, exact, large, reach, small_games, types

    tenth = 10 if asked.quick else 1
    made = {
        "crisis": lambda: crisis.section(316 if asked.quick else 1000),
        "small": lambda: small_games.section(100_000 // tenth),
        "attribution": lambda: attribution.section((400 // tenth, 250)),
        "types": lambda: types.section(10_000 // tenth),
        "large": lambda: large.section(60 / tenth, 1000 // tenth, 20),
        "cold": cold.section,
        "exact": exact.section,
        "reach": lambda: reach.section(60 / tenth),
    }
    yield from (made[name]() for name in SECTIONS if asked.only in {None, name})


def main() -> None:
    asked = options()
    os.environ.update(ONE_THREAD)
    if asked.grow:
        from peer_rows import growth

        print(json.dumps(growth.measure(asked.grow, asked.chunked)))
    elif asked.ask:
        from peer_rows import reach

        reach.answer(asked.ask)
    elif asked.here:
        compare(asked)
    else:
        sys.exit(run_elsewhere(asked))


if __name__ == "__main__":
    main()
