"""``deterrence check``: the claims of published models, or of a model of one's own, against the solvers."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from deterrence.cli import completion, options, streams
from deterrence.cli.answer import Answer, Form
from deterrence.cli.given import model_of
from deterrence.cli.progress import with_progress
from deterrence.errors import ParameterError

COLUMNS = ("model", "claim", "place", "basis", "verdict", "expected", "found", "condition")


def check(
    name: Annotated[
        str,
        typer.Argument(
            help="A model's key, a work's, such as zagare2000, or FILE.py:MODEL; every published model by default.",
            autocompletion=completion.models,
        ),
    ] = "",
    *,
    jobs: Annotated[
        int, typer.Option("--jobs", min=0, help="How many models to check side by side; 0: one a core.")
    ] = 0,
    as_json: options.Json = False,
    as_csv: options.Csv = False,
    output: options.Output = None,
    force: options.Force = False,
    plain: options.Plain = False,
) -> None:
    """Check every claim of the published models with the solvers, and count those that hold.

    The exit status is 0 where each claim holds or depends on the parameters, else 1.
    """
    form = Form.of(json=as_json, csv=as_csv, output=output, force=force, pictures=False)
    checks = with_progress(
        lambda progress: _of_file(name, progress) if _is_file(name) else _checked(name, jobs, progress),
        "Checking claims",
        plain=plain,
    )
    if form.kind != "text" or output is not None:
        form.give(_answer(name, checks))
    if form.kind == "text" or output is not None:
        _print(checks, whole=bool(name), plain=plain)
    if not all(checked.holds for checked in checks):
        sys.exit(1)


def _print(checks: Any, *, whole: bool, plain: bool) -> None:
    from deterrence.report.checks import checks_in_rich

    console = streams.console(plain=plain)
    for part in checks_in_rich(checks, whole=whole):
        console.print(part)


def _is_file(name: str) -> bool:
    """Tell whether a name is that of a file, with ``:NAME`` behind it or not."""
    if not name:
        return False
    from deterrence.report.loading import READERS

    path = name.rpartition(":")[0] if Path(name).suffix.lower() not in READERS and ":" in name else name
    return Path(path).suffix.lower() in READERS


def _of_file(name: str, progress: Callable[[float], None]) -> Any:
    """Check a model of one's own, which goes by the name of its file."""
    from dataclasses import replace

    model = model_of(name)
    if not model.claims:
        raise ParameterError(
            f"{name!r} makes no claims, so there is nothing to check: give Model(…, claims=(Claim(…), …))."
        )
    return (replace(model.check(progress), key=model.key or name),)


def _checked(name: str, jobs: int, progress: Callable[[float, str], None]) -> Any:
    """Check the models that a name covers, in several processes where that is worth their start."""
    import os

    from deterrence.grid.processes import worker_processes
    from deterrence.models.catalogue import check as check_models
    from deterrence.models.catalogue import names, of_work

    workers = min(jobs or os.cpu_count() or 1, len(of_work(name) if name else names()))
    if workers == 1:
        return check_models(name, progress)
    with worker_processes(workers) as executor:
        return check_models(name, progress, executor)


def _answer(name: str, checks: Any) -> Answer:
    from deterrence.models.claim import VERDICTS
    from deterrence.report.checks import as_records, checks_in_text

    records = as_records(checks)
    asked = {"verb": "check", "model": name or None}
    counts = {verdict: sum(checked.count(verdict) for checked in checks) for verdict in VERDICTS}
    rows = [(key, *(row[column] for column in COLUMNS[1:])) for key, claims in records.items() for row in claims]
    return Answer(
        asked,
        {"holds": all(checked.holds for checked in checks), "counts": counts, "models": records},
        COLUMNS,
        rows,
        lambda: checks_in_text(checks, whole=bool(name)),
    )
