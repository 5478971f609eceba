"""Mathematics as MathML, which browsers draw by themselves: written when a page is made, so that it loads nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from deterrence.exchange.html.mathml import mathml
from deterrence.exchange.latex.formulas import LatexFormulas

SHORT = {
    "<mrow>": "{",
    "</mrow>": "}",
    "<mi>": "@",
    "</mi>": "~",
    "<mo>": "#",
    "</mo>": "$",
    "<mn>": "%",
    "</mn>": "^",
    "<mtext>": "[",
    "</mtext>": "]",
    "<mfrac>": "`",
    "</mfrac>": "|",
    "<msub>": "?",
    "</msub>": ";",
    '<mspace width="0.167em" />': "_",
}
"""What stands for an element on a page: most of a formula in MathML is the names of its elements."""
TAKEN = re.compile(f"[{re.escape(''.join(SHORT.values()))}]")
WHOLE = "!"
"""What stands before a formula that is written in full."""
GREATER = "&#x0003E;"


class Mathematics:
    """The different formulas of a page, each once, as MathML."""

    def __init__(self, game: Any, more: Mapping[Any, str]) -> None:
        self.formulas = LatexFormulas.of(game, more)
        self.rows: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, value: Any) -> int:
        """Return the number of a formula, written if it is new."""
        return self._entered(self.formulas.formula(value))

    def _entered(self, latex: str) -> int:
        if latex not in self._numbers:
            self._numbers[latex] = len(self.rows)
            self.rows.append(shortened(mathml(latex)))
        return self._numbers[latex]


def shortened(formula: str) -> str:
    """Return a formula with one sign for each of its usual elements; one that holds such a sign is marked as whole."""
    inner = formula.removeprefix("<math>").removesuffix("</math>").replace(GREATER, ">")
    inner = inner.removeprefix("<mrow>").removesuffix("</mrow>") if inner.count("<mrow>") == 1 else inner
    if TAKEN.search(re.sub("<[^>]*>", "", inner)):
        return f"{WHOLE}{inner}"
    for element, sign in SHORT.items():
        inner = inner.replace(element, sign)
    return inner
