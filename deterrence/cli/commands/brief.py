"""``deterrence brief``: two pages on what to expect, what moves it, and what would overturn it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deterrence.cli import completion, options
from deterrence.cli.answer import wrote
from deterrence.cli.given import model_of
from deterrence.cli.progress import with_progress
from deterrence.cli.streams import console, print_text


def brief(
    name: options.Name,
    *,
    settings: options.Settings = None,
    axes: Annotated[
        list[str] | None,
        typer.Option(
            "--axis",
            metavar="PARAMETER",
            help="Vary this parameter over its plausible values; up to twice.",
            autocompletion=completion.parameters,
        ),
    ] = None,
    measures: Annotated[
        list[str] | None,
        typer.Option(
            "--measure",
            metavar="NAME",
            help="Report the probability of this outcome or action; repeatable.",
            autocompletion=completion.measures,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write one self-contained page (.html), its print (.pdf; needs Chromium, Chrome or Edge), or Markdown "
            "(.md) with figures beside it.",
        ),
    ] = None,
    pages: Annotated[
        str, typer.Option("--pages", metavar="2|full", help="Two pages, or these and the annex, which takes longer.")
    ] = "2",
    full: Annotated[bool, typer.Option("--full", help="The same as --pages full.")] = False,
    force: options.Force = False,
    plain: options.Plain = False,
) -> None:
    """Write a brief of two pages: what to expect, what moves it, and what would overturn it."""
    from deterrence.report import brief as make_brief
    from deterrence.report.loading import asked_for
    from deterrence.report.text import print_brief
    from deterrence.report.writing import check_output, write_brief

    if output is not None:
        check_output(output, force=force)
    model = asked_for(model_of(name, settings), measures or ())
    report = with_progress(
        lambda progress: make_brief(model, progress, axes=axes or (), pages="full" if full else pages),
        f"Brief on {model.game.name}",
        plain=plain,
    )
    if output is None:
        print_brief(report, console(plain=plain))
        return
    size = with_progress(lambda _: write_brief(report, output), f"Writing {output}", plain=plain)
    print_text(wrote(output, size))
