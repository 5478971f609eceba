"""The parameters' symbols, let into a text only where LaTeX can read them and they do nothing but write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deterrence.exchange.latex.letters import GREEK, in_text

if TYPE_CHECKING:
    from deterrence.games.parameter import Parameter

COMMANDS = (
    *sorted({*GREEK.values(), *(f"var{name}" for name in ("epsilon", "theta", "kappa", "pi", "rho", "sigma", "phi"))}),
    *("ell", "hbar", "imath", "jmath", "partial", "prime", "ast", "star", "circ", "dagger", "infty", "emptyset", "top"),
    *("bar", "hat", "tilde", "vec", "dot", "ddot", "check", "breve", "widehat", "widetilde", "overline", "underline"),
    *("mathit", "mathrm", "mathbf", "mathsf", "mathtt", "mathcal", "mathnormal", "textit", "textrm", "mbox"),
    *("max", "min", "log", "exp", "times", "cdot", "to", "mid", "succ", "prec", "bot", "perp", "frac", "sqrt"),
)
"""The commands that a symbol may hold: those of LaTeX itself that write a letter, an accent or a sign."""
READABLE = re.compile(
    rf"(?:\\(?:{'|'.join(COMMANDS)})(?![A-Za-z])|\\[,;:! {{}}_%#]|[A-Za-z0-9 _^{{}}+\-*/()'.,|=<>!:;])+"
)
TWICE = re.compile(r"([_^])\s*(?:\{[^{}]*\}|\\[A-Za-z]+|[^{}\\])\s*'*\1")
"""Two subscripts or two superscripts on one letter, which LaTeX refuses."""
HANGING = re.compile(r"^[^\\A-Za-z{]|[_^]\s*(?:[_^}]|$)")
"""A sign at the beginning, or nothing raised or lowered."""


def symbol_of(parameter: Parameter) -> str:
    """Return a parameter's symbol where LaTeX can read it, else its name in italics."""
    spread = "".join(rf"\{GREEK[letter]} " if letter in GREEK else letter for letter in parameter.symbol)
    symbol = spread.strip().strip("$").strip()
    own = symbol.replace(r"\_", "_") == rf"\mathit{{{parameter.name}}}"
    return symbol if symbol and not own and is_readable(symbol) else spelt(parameter.name)


def is_readable(symbol: str) -> bool:
    """Tell whether a symbol is a formula that LaTeX can read and that does nothing but write."""
    bare = re.sub(r"\\[{}_]", "x", symbol)
    if not READABLE.fullmatch(symbol) or TWICE.search(bare) or HANGING.search(bare) or "^^" in bare:
        return False
    depth = 0
    for letter in bare:
        depth += (letter == "{") - (letter == "}")
        if depth < 0:
            return False
    return depth == 0


def spelt(name: str) -> str:
    """Return a parameter's name in italics."""
    if name.isascii():
        escaped = name.replace("_", r"\_")
        return rf"\mathit{{{escaped}}}"
    return rf"\textit{{{in_text(name)}}}"
