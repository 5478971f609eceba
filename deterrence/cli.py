"""The command line: ``deterrence brief``, ``models``, ``show``, ``solve`` and ``check``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from deterrence.errors import DeterrenceError, ParameterError
from deterrence.games import Game

app = typer.Typer(
    help="Game-theoretic models of deterrence: solve them exactly, see what moves them.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Name = Annotated[str, typer.Argument(help="A model's name; 'deterrence models' lists them.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="Set a parameter; may be given several times."),
]
Plain = Annotated[bool, typer.Option("--plain", help="Print without colour.")]


def main() -> None:
    """Run the command line; a mistake prints one sentence and ends with status 2."""
    try:
        app()
    except DeterrenceError as error:
        _console(plain=False, stderr=True).print(f"Error: {error}", style="bold red", markup=False, highlight=False)
        sys.exit(2)


@app.command()
def brief(
    name: Name,
    settings: Settings = None,
    output: Annotated[Path | None, typer.Option("--output", help="Write one self-contained HTML page there.")] = None,
    plain: Plain = False,
) -> None:
    """Answer the questions of a brief: what happens, and how deniability and sanctions move it."""
    from deterrence.models.catalogue import load
    from deterrence.report import as_html
    from deterrence.report import brief as make_brief
    from deterrence.report.text import print_brief

    found = load(name)
    found = replace(found, game=_set(found.game, settings))
    if output is not None:
        _check_output(output)
    made = _with_progress(lambda progress: make_brief(found, progress), plain=plain)
    if output is None:
        print_brief(made, _console(plain=plain))
        return
    page = _with_progress(lambda progress: as_html(made), plain=plain)
    output.write_text(page, encoding="utf-8")
    _console(plain=plain).print(f"Wrote {output} ({len(page) // 1024} KB).", markup=False, highlight=False)


@app.command()
def models(plain: Plain = False) -> None:
    """List the models that come with the library."""
    from deterrence.models.catalogue import load, names
    from deterrence.report.brief import Table
    from deterrence.report.text import table_in_rich

    rows = []
    for name in names():
        model = load(name)
        rows.append((name, model.topic, model.kind, str(len(model.claims)), model.title))
    table = Table("Models", ("key", "topic", "kind", "claims", "title"), tuple(rows))
    _console(plain=plain).print(table_in_rich(table))


@app.command()
def show(name: Name, settings: Settings = None, plain: Plain = False) -> None:
    """Print a model's tree, its parameters and what is assumed of them."""
    from deterrence.models.catalogue import load

    model = load(name)
    _print_text(str(replace(model, game=_set(model.game, settings))), plain=plain)


@app.command()
def solve(
    name: Name,
    settings: Settings = None,
    concept: Annotated[str, typer.Option("--concept", help="nash, subgame-perfect or perfect-bayesian.")] = "",
    plain: Plain = False,
) -> None:
    """Print the equilibria of a model at its parameter values."""
    from deterrence.models.catalogue import load
    from deterrence.solvers.solve import solve as find

    game = _set(load(name).game, settings)
    _print_text(str(find(game, _method(concept))), plain=plain)


@app.command()
def check(
    name: Annotated[str, typer.Argument(help="A model's key or a work's, such as zagare2000; all by default.")] = "",
    output: Annotated[Path | None, typer.Option("--output", help="Write the verdicts there, as JSON.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=0, help="How many models to check side by side; 0: one a core.")] = 0,
    plain: Plain = False,
) -> None:
    """Ask the solvers about every claim of the published models, and count those that hold."""
    from deterrence.report.checks import as_json, checks_in_rich

    if output is not None:
        _check_output(output)
    checks = _with_progress(lambda progress: _checked(name, jobs, progress), plain=plain)
    if output is not None:
        output.write_text(as_json(checks), encoding="utf-8")
    console = _console(plain=plain)
    for part in checks_in_rich(checks, whole=bool(name)):
        console.print(part)
    if not all(one.holds for one in checks):
        sys.exit(1)


def _checked(name: str, jobs: int, progress: Callable[[float, str], None]) -> Any:
    """Check the models that a name covers, in several processes where that is worth their start."""
    import os
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    from deterrence.models.catalogue import check as check_models
    from deterrence.models.catalogue import names, of_work

    workers = min(jobs or os.cpu_count() or 1, len(of_work(name) if name else names()))
    if workers == 1:
        return check_models(name, progress)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as executor:
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
    from fractions import Fraction

    try:
        if len(text) > 40 or "e" in text.lower():
            raise ValueError
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise ParameterError(f"The value of {name!r} must be a number such as 0.4 or 2/5, not {text[:40]!r}.") from None


def _check_output(path: Path) -> None:
    if path.is_dir() or not path.parent.exists():
        raise ParameterError(f"Cannot write to {str(path)!r}: its folder does not exist, or it is a folder itself.")


def _console(*, plain: bool, stderr: bool = False) -> Any:
    from rich.console import Console

    console = Console(no_color=plain or None, stderr=stderr, highlight=False)
    if not console.is_terminal:
        return Console(no_color=True, stderr=stderr, highlight=False, width=100)
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
