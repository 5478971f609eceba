"""The program ``deterrence``: its commands, and what it does when something is wrong."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from deterrence import spelling
from deterrence.cli import streams
from deterrence.cli.commands import (
    brief,
    characterize,
    check,
    cite,
    compare,
    explore,
    export,
    models,
    regions,
    robustness,
    schema,
    sensitivity,
    show,
    solve,
    sweep,
    threshold,
    verify,
)
from deterrence.errors import DeterrenceError
from deterrence.interrupts import stopping_in_order

app = typer.Typer(
    help="Game-theoretic models of deterrence: solve them exactly, see what changes their predictions.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

COMMANDS = (
    models.models,
    show.show,
    solve.solve,
    characterize.characterize,
    sweep.sweep,
    threshold.threshold,
    regions.regions,
    robustness.robustness,
    sensitivity.sensitivity,
    compare.compare,
    brief.brief,
    explore.explore,
    verify.verify,
    check.check,
    cite.cite,
    export.export,
    schema.schema,
)
for _command in COMMANDS:
    app.command()(_command)


def _version(asked: bool) -> None:
    if asked:
        from deterrence import __version__

        typer.echo(f"deterrence {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Game-theoretic models of deterrence: solve them exactly, see what changes their predictions."""


def main() -> None:
    """Run the command line; a mistake prints one sentence and ends with status 2, Ctrl-C one word and 130."""
    with stopping_in_order():
        spelling.spell_what_cannot_be_encoded()
        try:
            app()
        except DeterrenceError as error:
            streams.complain(str(error))
            sys.exit(2)
