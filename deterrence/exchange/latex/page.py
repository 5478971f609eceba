"""Pieces of LaTeX: what each needs in the preamble, and a whole document around it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from deterrence.exchange.latex.letters import EIGHT_BIT, foreign

MARGIN = 10
"""Room around a drawing or table on a page of its own, in points of 1/72 inch."""
GEOMETRY = r"\usepackage[{}]{{geometry}}"
T1 = (r"\usepackage[T1]{fontenc}", r"\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of LaTeX, with what the preamble must hold for it.

    Attributes
    ----------
    body
        The text.
    needs
        What must stand in the preamble of a document that holds it.
    size
        Width and height of a page that fits it, in points of 1/72 inch; a page of text where there is none.
    """

    body: str
    needs: tuple[str, ...] = ()
    size: tuple[float, float] | None = None

    @property
    def fragment(self) -> str:
        """The text for an author's own document, which says first what its preamble needs."""
        lines = [f"% The preamble needs: {line}" for line in self._needs]
        return "\n".join([*self._warning, *lines, self.body, ""])

    @property
    def whole(self) -> str:
        """A document of its own."""
        shape = "a4paper,margin=25mm"
        if self.size is not None:
            wide, high = (math.ceil(length + 2 * MARGIN) + 1 for length in self.size)
            shape = f"paperwidth={wide}bp,paperheight={high}bp,margin={MARGIN}bp"
        head = [r"\documentclass[10pt]{article}", GEOMETRY.format(shape), *self._needs]
        plain = [r"\pagestyle{empty}", r"\setlength{\parindent}{0pt}", *([] if self.size else [r"\sloppy"])]
        return "\n".join(
            [*self._warning, *head, *plain, r"\begin{document}", self.body, r"\end{document}", ""],
        )

    @property
    def _needs(self) -> tuple[str, ...]:
        return (*(T1 if EIGHT_BIT.search(self.body) else ()), *self.needs)

    @property
    def _warning(self) -> list[str]:
        letters = foreign(self.body)
        return [f"% Needs LuaLaTeX or XeLaTeX and a font with these letters: {letters[:40]}"] if letters else []
