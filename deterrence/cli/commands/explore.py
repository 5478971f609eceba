"""``deterrence explore``: a page whose sliders move the equilibria."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from deterrence.cli import completion, options
from deterrence.cli.answer import wrote
from deterrence.cli.given import model_of
from deterrence.cli.progress import with_progress
from deterrence.cli.streams import print_text


def explore(
    name: options.Name,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write the page (.html).")],
    x: Annotated[
        str | None,
        typer.Option(
            "--x", metavar="PARAMETER", help="The parameter to the right.", autocompletion=completion.parameters
        ),
    ] = None,
    y: Annotated[
        str | None,
        typer.Option("--y", metavar="PARAMETER", help="The parameter upwards.", autocompletion=completion.parameters),
    ] = None,
    settings: options.Settings = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            "--parameter",
            metavar="PARAMETER",
            help="Give this one a slider, and hold those not named; repeatable.",
            autocompletion=completion.parameters,
        ),
    ] = None,
    predict: Annotated[
        bool, typer.Option("--predict", help="Ask for a prediction before the answer is shown.")
    ] = False,
    budget: options.Budget = None,
    force: options.Force = False,
    plain: options.Plain = False,
) -> None:
    """Write a page whose sliders move the equilibria: one file that needs no network and no server."""
    from deterrence.explorer.explore import explore as make_page
    from deterrence.report.writing import check_page

    check_page(output, force=force)
    model = model_of(name, settings)
    page = with_progress(
        lambda progress: make_page(
            model,
            x=x,
            y=y,
            parameters=parameters or None,
            predict=predict,
            budget=budget,
            progress=progress,
        ),
        f"Finding the classes of {model.game.name}",
        plain=plain,
    )
    size = page.save(output, overwrite=force)
    print_text(f"{wrote(output, size)} {_told(page)}")


def _told(page: Any) -> str:
    """Return what a page holds, in a sentence."""
    count = len(page.found)
    return f"It shows {count} class{'' if count == 1 else 'es'} of equilibria; {page.found.status}."
