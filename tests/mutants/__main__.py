"""Try mutants of models and print the table: ``python -m tests.mutants --help``."""

from __future__ import annotations

import argparse
from pathlib import Path

from deterrence.models import catalogue
from tests.mutants.survey import all_mutants, listed, surveyed, table
from tests.mutants.trial import Result


def main() -> None:
    """Read the arguments, try the mutants and print what became of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description="Try mutants of models.")
    parser.add_argument("models", nargs="*", metavar="MODEL", help="models or works; by default all")
    parser.add_argument("--sample", type=int, default=12, help="payoff mutants a model (default: 12)")
    parser.add_argument("--others", type=int, default=4, help="mutants of other kinds a model (default: 4)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the sample (default: 1)")
    parser.add_argument("--table", type=Path, help="a file for the table and the survivors")
    given = parser.parse_args()
    keys = [key for name in given.models for key in catalogue.of_work(name)] or list(catalogue.names())
    allowed, surveys = listed(), []
    for key in keys:
        print(key, flush=True)
        surveys.append(surveyed(key, given.sample, given.others, given.seed, _told))
    survivors = [result.identity for survey in surveys for result in survey.open(allowed)]
    stale = [result.identity for survey in surveys for result in survey.stale(allowed)]
    known = {mutant.identity for key in keys for mutant in all_mutants(key)}
    gone = [line for line in allowed if line.split(" | ")[0] in keys and line not in known]
    parts = [table(surveys, allowed)]
    for title, lines in (("Survived:", survivors), ("Listed, yet noticed:", stale), ("Listed, yet gone:", gone)):
        parts += ["", title, *lines] if lines else []
    print("\n".join(parts))
    if given.table:
        given.table.write_text("\n".join(parts) + "\n", encoding="utf-8")


def _told(result: Result) -> None:
    print(f"  {result.status:<10} {result.identity}  [{result.told[:60]}]", flush=True)


if __name__ == "__main__":
    main()
