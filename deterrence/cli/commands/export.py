"""``deterrence export``: a game as a file for other programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from deterrence.cli import options
from deterrence.cli.answer import check_place, wrote
from deterrence.cli.given import model_of
from deterrence.cli.streams import print_text
from deterrence.errors import ParameterError


def export(
    name: options.Name,
    *,
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The file: .json (a game file, with its parameters), .efg or .nfg (Gambit), .tex (TikZ) or .svg.",
        ),
    ],
    settings: options.Settings = None,
    force: options.Force = False,
) -> None:
    """Write a game to a file, in the form that its name ends in."""
    from deterrence.exchange.files.documents import write_file
    from deterrence.games.kinds import checked_game

    check_place(output, force=force)
    ending = output.suffix.lower()
    if ending not in WRITERS:
        raise ParameterError(
            f"Cannot tell what to write to {str(output)!r}: give a name that ends in {', '.join(WRITERS)}."
        )
    game = checked_game(model_of(name, settings).game)
    content = WRITERS[ending](game).encode("utf-8")
    write_file(output, content, overwrite=True)
    print_text(wrote(output, len(content)))


def _json(game: Any) -> str:
    from deterrence.exchange.files.game_files import to_json

    return to_json(game)


def _efg(game: Any) -> str:
    from deterrence.exchange.gambit.files import write_gambit

    return write_gambit(game, format="efg")


def _nfg(game: Any) -> str:
    from deterrence.exchange.gambit.files import write_gambit

    return write_gambit(game, format="nfg")


def _tex(game: Any) -> str:
    from deterrence.exchange.latex.document import to_latex

    return to_latex(game, whole=True)


def _svg(game: Any) -> str:
    from deterrence.exchange.files.svg import to_svg

    return to_svg(game)


WRITERS: dict[str, Callable[[Any], str]] = {".json": _json, ".efg": _efg, ".nfg": _nfg, ".tex": _tex, ".svg": _svg}
"""By the ending of a file's name, what writes a game."""
