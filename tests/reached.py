"""Compare the places that make an error with those that the tests reached: ``python -m tests.reached FOLDER``.

The tests record what they reach where the environment variable DETERRENCE_REACHED names the folder. A place that no
test reaches must stand in ``unreached.txt``; the list can only grow shorter.
"""

import sys
from collections import defaultdict
from pathlib import Path

from docs.error_sites import Site, sites

LIST = Path(__file__).with_name("unreached.txt")


def recorded(folder: Path) -> dict[str, set[int]]:
    """Return the lines that were recorded, by file."""
    lines = defaultdict(set)
    for path in folder.glob("*.txt"):
        for row in path.read_text(encoding="utf-8").splitlines():
            file, _, line = row.rpartition(":")
            lines[file].add(int(line))
    return lines


def unreached(found: tuple[Site, ...], lines: dict[str, set[int]]) -> list[Site]:
    """Return the sites of which no line was recorded."""
    return [site for site in found if not lines.get(site.file, set()) & set(range(site.first, site.last + 1))]


def listed() -> list[str]:
    """Return the keys of the sites that are known to be reached by no test; ``#`` begins a remark."""
    rows = LIST.read_text(encoding="utf-8").splitlines()
    return [row for row in rows if row and not row.startswith("#")]


def main(folder: str) -> int:
    """Say what is reached by no test and not listed; return the status to end with."""
    found, known = sites(), set(listed())
    missed = unreached(found, recorded(Path(folder)))
    new = [site for site in missed if site.key not in known]
    spare = known - {site.key for site in missed}
    said = [f"{len(found) - len(missed)} of {len(found)} places that make an error were reached."]
    said += [f"{site.file}:{site.first} is reached by no test: {site.sentence}" for site in new]
    said += [f"Reached now, so take it off {LIST.name}: {key}" for key in sorted(spare)]
    sys.stdout.write("\n".join(said) + "\n")
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
