"""Formulas in MathML, which browsers typeset by themselves, from the LaTeX that the library writes."""

from __future__ import annotations

import re
from html import escape
from itertools import pairwise

ATTRIBUTES = re.compile(r' (?:xmlns|display)="[^"]*"')
LETTER = re.compile(r"&#x([0-9A-F]+);")
MARKUP = "<>&"
ALONE = re.compile(r"<mrow>(<(m[ino]|mtext)>[^<]*</\2>)</mrow>")
NAME = re.compile(r"\\math(?:it|rm)\{((?:[^{}]|\\_)*)\}")
BELOW = re.compile(r"_\{([A-Za-z]{2,}[+-]?)\}")
FORMULA = re.compile(r"\$([^$]+)\$")
SIGN = re.compile(
    r"(?P<open>\\left\b|\{|\()|(?P<close>\\right\b|\}|\))|(?<=[^\s(\[{])\s+(?:[+<>=-]|\\[lg]eq?\b|\\neq?\b)(?=\s|\\|\d|\w)"
)
"""What opens or closes a part of a formula, and the signs between the parts."""
BRACKETS = "()"
LONG, WIDE, SHORT = 48, 110, 16
"""A longer formula is broken; a longer part of one scrolls; a part is at least so long. All in letters of LaTeX."""
SCROLLED = '<span style="display:inline-block;max-width:18em;overflow-x:auto;vertical-align:middle">{}</span>'


def mathml(latex: str) -> str:
    """Return a formula in LaTeX as MathML; a name of several letters, and one set below, stay one word."""
    from latex2mathml.converter import convert

    words = BELOW.sub(r"_{\\text{\1}}", NAME.sub(_as_text, latex))
    return ALONE.sub(r"\1", LETTER.sub(_spelt, ATTRIBUTES.sub("", str(convert(words)))))


def math(latex: str) -> str:
    """Return a formula in LaTeX as elements of MathML, its fractions in full size.

    A browser breaks no line inside an element, so a long sum or comparison is made of several; a part that is long all
    the same scrolls in its place.
    """
    pieces = [latex] if len(latex) <= LONG else [short for part in parts(latex) for short in _smaller(part)]
    return " ".join(_element(one) if len(one) <= WIDE else SCROLLED.format(_element(one)) for one in pieces)


def parts(latex: str, *, within_brackets: bool = False) -> list[str]:
    """Return a formula in pieces that follow each other, each with the sign before it; brackets may be kept whole."""
    starts, depth = [0], 0
    for sign in SIGN.finditer(latex):
        if within_brackets and sign[0] in BRACKETS:
            continue
        if sign["open"]:
            depth += 1
        elif sign["close"]:
            depth -= 1
        elif depth == 0 and sign.start() - starts[-1] >= SHORT:
            starts.append(sign.start())
    return [latex[start:end].strip() for start, end in pairwise([*starts, len(latex)])]


def _smaller(part: str) -> list[str]:
    """Return a part that is long in pieces of what stands in its brackets, where these are plain ones."""
    return parts(part, within_brackets=True) if len(part) > WIDE and r"\left" not in part else [part]


def with_math(text: str) -> str:
    """Return text in which formulas stand between dollar signs as HTML."""
    parts = FORMULA.split(text)
    return "".join(math(part) if k % 2 else escape(part) for k, part in enumerate(parts))


def _element(latex: str) -> str:
    return mathml(latex).replace("<math>", '<math displaystyle="true">', 1)


def _as_text(found: re.Match[str]) -> str:
    name = found[1].replace(r"\_", "_")
    return found[0] if len(name) == 1 else rf"\text{{{name}}}"


def _spelt(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return found[0] if letter in MARKUP else letter
