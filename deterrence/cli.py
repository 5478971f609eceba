"""The command line: ``deterrence brief``, ``explore``, ``models``, ``show``, ``solve`` and ``check``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from deterrence.errors import DeterrenceError, ParameterError
from deterrence.games.game import Game
from deterrence.interrupts import stopping_in_order

app = typer.Typer(
    help="Game-theoretic models of deterrence: solve them exactly, see what changes their predictions.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Name = Annotated[
    str,
    typer.Argument(
        help="A model's name ('deterrence models' lists them), a file that holds a game (.json, .toml, .efg or .nfg), "
        "or a Python file, which is run, that defines a game or a Model (FILE.py:NAME where it defines several).",
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Set a parameter; may be given several times."),
]
Plain = Annotated[bool, typer.Option("--plain", help="Print without colour.")]


def main() -> None:
    """Run the command line; a mistake prints one sentence and ends with status 2, Ctrl-C one word and 130."""
    with stopping_in_order():
        try:
            app()
        except DeterrenceError as error:
            _console(plain=False, stderr=True).print(f"Error: {error}", style="bold red", markup=False, highlight=False)
            sys.exit(2)


@app.command()
def brief(
    name: Name,
    *,
    settings: Settings = None,
    axes: Annotated[
        list[str] | None,
        typer.Option("--axis", metavar="PARAMETER", help="Vary this parameter over its plausible values; up to twice."),
    ] = None,
    measures: Annotated[
        list[str] | None,
        typer.Option("--measure", metavar="NAME", help="Report the probability of this outcome or action; repeatable."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            help="Write one self-contained page (.html), its print (.pdf; needs Chromium, Chrome or Edge), or Markdown "
            "(.md) with figures beside it.",
        ),
    ] = None,
    pages: Annotated[
        str, typer.Option("--pages", metavar="2|full", help="Two pages, or these and the annex, which takes longer.")
    ] = "2",
    full: Annotated[bool, typer.Option("--full", help="The same as --pages full.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over files that exist.")] = False,
    plain: Plain = False,
) -> None:
    """Write a brief of two pages: what to expect, what moves it, and what would overturn it."""
    from deterrence.report import brief as make_brief
    from deterrence.report.loading import asked_for
    from deterrence.report.text import print_brief
    from deterrence.report.writing import check_output, write_brief

    if output is not None:
        check_output(output, force=force)
    model = _load(name, plain=plain)
    model = asked_for(replace(model, game=_set(model.game, settings)), measures or ())
    report = _with_progress(
        lambda progress: make_brief(model, progress, axes=axes or (), pages="full" if full else pages), plain=plain
    )
    if output is None:
        print_brief(report, _console(plain=plain))
        return
    size = _with_progress(lambda progress: write_brief(report, output), plain=plain)
    _print_text(f"Wrote {output} ({-(-size // 1024)} KB).", plain=plain)


@app.command()
def models(plain: Plain = False) -> None:
    """List the models that come with the library."""
    from deterrence.models.catalogue import listing
    from deterrence.report.document import Table
    from deterrence.report.text import table_in_rich

    rows = tuple((row.key, row.topic, row.kind, str(row.claims), row.title) for row in listing())
    table = Table("Models", ("key", "topic", "kind", "claims", "title"), rows)
    _console(plain=plain).print(table_in_rich(table))


@app.command()
def show(name: Name, settings: Settings = None, plain: Plain = False) -> None:
    """Print a model's tree, its parameters and its assumptions."""
    model = _load(name, plain=plain)
    model = replace(model, game=_set(model.game, settings))
    _print_text(str(model if model.key or model.claims else model.game), plain=plain)


@app.command()
def solve(
    name: Name,
    settings: Settings = None,
    concept: Annotated[str, typer.Option("--concept", help="nash, subgame-perfect or perfect-bayesian.")] = "",
    plain: Plain = False,
) -> None:
    """Print the equilibria of a model at its parameter values."""
    from deterrence.solvers.solve import solve as find

    game = _set(_load(name, plain=plain).game, settings)
    _print_text(str(find(game, _method(concept))), plain=plain)


@app.command()
def explore(
    name: Name,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where to write the page (.html).")],
    x: Annotated[str | None, typer.Option("--x", metavar="PARAMETER", help="The parameter to the right.")] = None,
    y: Annotated[str | None, typer.Option("--y", metavar="PARAMETER", help="The parameter upwards.")] = None,
    settings: Settings = None,
    parameters: Annotated[
        list[str] | None,
        typer.Option(
            "--parameter", metavar="PARAMETER", help="Give this one a slider, and hold those not named; repeatable."
        ),
    ] = None,
    predict: Annotated[
        bool, typer.Option("--predict", help="Ask for a prediction before the answer is shown.")
    ] = False,
    budget: Annotated[
        float | None, typer.Option("--budget", metavar="SECONDS", help="The most time for finding the classes.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that exists.")] = False,
    plain: Plain = False,
) -> None:
    """Write a page whose sliders move the equilibria: one file that needs no network and no server."""
    from deterrence.explorer.explore import explore as make_page
    from deterrence.report.writing import check_page

    check_page(output, force=force)
    model = _load(name, plain=plain)
    model = replace(model, game=_set(model.game, settings))
    page = _with_progress(
        lambda progress: make_page(
            model,
            x=x,
            y=y,
            parameters=parameters or None,
            predict=predict,
            budget=budget,
            progress=lambda share: progress(share, "finding the classes"),
        ),
        plain=plain,
    )
    size = page.save(output, overwrite=force)
    _print_text(f"Wrote {output} ({-(-size // 1024)} KB). {_told(page)}", plain=plain)


def _told(page: Any) -> str:
    """Return what a page holds, in a sentence."""
    count = len(page.found)
    return f"It shows {count} class{'' if count == 1 else 'es'} of equilibria; {page.found.status}."


@app.command()
def check(
    name: Annotated[str, typer.Argument(help="A model's key or a work's, such as zagare2000; all by default.")] = "",
    output: Annotated[Path | None, typer.Option("--output", help="Write the verdicts there, as JSON.")] = None,
    jobs: Annotated[
        int, typer.Option("--jobs", min=0, help="How many models to check side by side; 0: one a core.")
    ] = 0,
    plain: Plain = False,
) -> None:
    """Check every claim of the published models with the solvers, and count those that hold.

    The exit status is 0 where each claim holds or depends on the parameters, else 1.
    """
    from deterrence.exchange.files.documents import write_file
    from deterrence.report.checks import as_json, checks_in_rich
    from deterrence.report.writing import check_folder

    if output is not None:
        check_folder(output)
    checks = _with_progress(lambda progress: _checked(name, jobs, progress), plain=plain)
    if output is not None:
        write_file(output, as_json(checks), overwrite=True)
    console = _console(plain=plain)
    for part in checks_in_rich(checks, whole=bool(name)):
        console.print(part)
    if not all(checked.holds for checked in checks):
        sys.exit(1)


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


def _method(concept: str) -> Any:
    from deterrence.errors import unknown
    from deterrence.solvers.nash import Nash
    from deterrence.solvers.perfect_bayesian import PerfectBayesian
    from deterrence.solvers.subgame_perfect import SubgamePerfect

    methods = {"nash": Nash(), "subgame-perfect": SubgamePerfect(), "perfect-bayesian": PerfectBayesian()}
    if concept and concept not in methods:
        raise unknown("solution concept", concept, methods)
    return methods.get(concept)


def _load(text: str, *, plain: bool) -> Any:
    """Return the model that a name or a file stands for; what was taken of several is said beside the answer."""
    from deterrence.report.loading import load_game_or_model

    model, taken = load_game_or_model(text)
    if taken:
        _console(plain=plain, stderr=True).print(taken, markup=False, highlight=False, soft_wrap=True)
    return model


def _set(game: Game, settings: list[str] | None) -> Game:
    """Return the game with parameters set from texts such as ``attribution=0.4`` or ``hawks=1/3``."""
    values: dict[str, object] = {}
    for setting in settings or ():
        name, equals, text = setting.partition("=")
        if not equals:
            raise ParameterError(f"--set takes NAME=VALUE, such as --set attribution=0.4; got {setting!r}.")
        values[name.strip()] = _number(text.strip(), name.strip())
    return game.at(values) if values else game


def _number(text: str, name: str) -> Any:
    from deterrence.games.words import number_from_text, why_no_number

    number = None if len(text) > 40 or "e" in text.lower() else number_from_text(text)
    if number is None:
        raise ParameterError(
            f"The value of {name!r} must be a number such as 0.4 or 2/5, not {text[:40]!r}.{why_no_number(text)}"
        )
    return number


def _console(*, plain: bool, stderr: bool = False) -> Any:
    from rich.console import Console

    console = Console(stderr=stderr, highlight=False)
    if plain or not console.is_terminal:  # some settings of the environment would have a file coloured
        return Console(force_terminal=False, color_system=None, stderr=stderr, highlight=False, width=100)
    return console


def _print_text(text: str, *, plain: bool) -> None:
    _console(plain=plain).print(text, markup=False, highlight=False, soft_wrap=True)


def _with_progress(work: Callable[[Callable[[float, str], None]], Any], *, plain: bool) -> Any:
    """Run work that reports its progress, with a bar on the terminal; elsewhere silently."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    console = _console(plain=plain, stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("working", total=1.0)

        def report(share: float, doing: str) -> None:
            bar.update(task, completed=share, description=doing)

        return work(report)
