"""Drawn trees as SVG, for pages and word processors."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from deterrence.exchange.files.documents import write_file

if TYPE_CHECKING:
    from deterrence.answers.solution import Equilibrium
    from deterrence.games.game import Game

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
UNPRINTABLE = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML does not allow."""


def to_svg(
    game: Game,
    equilibrium: Equilibrium | None = None,
    path: str | os.PathLike[str] | None = None,
    *,
    values: bool = False,
    overwrite: bool = False,
) -> str:
    """Draw a game's tree as one SVG document that needs nothing else.

    The drawing is that of :func:`plot_tree`. Its letters are text, which can be searched and selected; the game as
    indented text is its description, for those who cannot see it.

    Parameters
    ----------
    game
        The game.
    equilibrium
        One of its equilibria, whose path of play is then heavy.
    path
        Where to write it, whole or not at all; by default the text is only returned.
    values
        Whether to write payoffs and probabilities as numbers, not as expressions in parameters.
    overwrite
        Whether a file that exists is replaced.

    Returns
    -------
    str
        The document. With one version of Matplotlib and one font the same game gives the same document.

    Raises
    ------
    ValueKindError
        If what is given is no game.
    GameError
        If the equilibrium belongs to a game with another tree.
    FileFormatError
        If the file exists, or it cannot be written.

    Examples
    --------
    >>> import deterrence as dt
    >>> chicken = dt.bimatrix([[3, 2], [4, 1]], [[3, 4], [2, 1]], name="chicken")
    >>> drawn = dt.to_svg(chicken, dt.solve(chicken)[0])
    >>> drawn.count("<svg"), "http://" in drawn.replace("http://www.w3.org/", "")
    (1, False)
    """
    from deterrence.plot.trees.tree import tree_as_svg

    drawn = tree_as_svg(game, equilibrium, values=values, description=str(game))
    text = UNPRINTABLE.sub("", f"{HEAD}{drawn}\n")
    if path is not None:
        write_file(path, text, overwrite=overwrite)
    return text
