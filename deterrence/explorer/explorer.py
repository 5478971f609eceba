"""A page on a game, as a value."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape

from deterrence.answers.classes import Characterization
from deterrence.exchange.files.documents import write_file
from deterrence.explorer.content import Content
from deterrence.explorer.writing import written
from deterrence.views import Shown

FRAME_HEIGHT = 780
"""The height of a page inside a notebook, in pixels."""


@dataclass(frozen=True, eq=False)
class Explorer(Shown):
    """A page on a game: its tree, a map of its equilibria, and sliders for its parameters.

    A notebook shows the page itself.

    Attributes
    ----------
    found
        The characterization whose formulas the page computes with.
    axes
        The parameters of the map: none, one or two.
    texts
        What the page says around the game, such as its title.
    predict
        Whether the page asks for a prediction before it shows the answer.
    """

    found: Characterization
    axes: tuple[str, ...]
    texts: Mapping[str, str] = field(repr=False)
    predict: bool = False

    @cached_property
    def content(self) -> Content:
        """The page's data and formulas."""
        return Content(self.found, self.axes, self.texts, self.predict)

    @cached_property
    def html(self) -> str:
        """The page."""
        return written(self.content)

    def save(self, path: str | os.PathLike[str], *, overwrite: bool = False) -> int:
        """Write the page to a file, whole or not at all, and return its size in bytes.

        Raises
        ------
        FileFormatError
            If the file exists and may not be overwritten, or it cannot be written.
        """
        write_file(path, self.html, overwrite=overwrite)
        return len(self.html.encode())

    def __repr__(self) -> str:
        count = len(self.found)
        return f"<Explorer of {self.found.game.name!r}: {count} class{'' if count == 1 else 'es'}>"

    def __str__(self) -> str:
        over = f" over {' and '.join(self.axes)}" if self.axes else ""
        return f"A page on {self.found.game.name!r}{over}, {len(self.html.encode()) // 1000} kB; save(path) writes it."


def frame_around(explorer: Explorer) -> str:
    """Return a frame that shows a page inside another, such as a notebook."""
    title = escape(f"Explorer: {explorer.found.game.name}")
    style = f"width:100%;height:{FRAME_HEIGHT}px;border:1px solid #ccc;border-radius:6px"
    return f'<iframe title="{title}" srcdoc="{escape(explorer.html)}" style="{style}"></iframe>'
