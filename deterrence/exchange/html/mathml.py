"""Formulas in MathML, which browsers typeset by themselves, from the LaTeX that the library writes."""

from __future__ import annotations

import re
from html import escape

ATTRIBUTES = re.compile(r' (?:xmlns|display)="[^"]*"')
LETTER = re.compile(r"&#x([0-9A-F]+);")
MARKUP = "<>&"
ALONE = re.compile(r"<mrow>(<(m[ino]|mtext)>[^<]*</\2>)</mrow>")
NAME = re.compile(r"\\math(?:it|rm)\{((?:[^{}]|\\_)*)\}")
BELOW = re.compile(r"_\{([A-Za-z]{2,}[+-]?)\}")
FORMULA = re.compile(r"\$([^$]+)\$")


def mathml(latex: str) -> str:
    """Return a formula in LaTeX as MathML; a name of several letters, and one set below, stay one word."""
    from latex2mathml.converter import convert

    words = BELOW.sub(r"_{\\text{\1}}", NAME.sub(_as_text, latex))
    return ALONE.sub(r"\1", LETTER.sub(_spelt, ATTRIBUTES.sub("", str(convert(words)))))


def math(latex: str) -> str:
    """Return a formula in LaTeX as an element of MathML, its fractions in full size."""
    return mathml(latex).replace("<math>", '<math displaystyle="true">', 1)


def with_math(text: str) -> str:
    """Return text in which formulas stand between dollar signs as HTML."""
    parts = FORMULA.split(text)
    return "".join(math(part) if k % 2 else escape(part) for k, part in enumerate(parts))


def _as_text(found: re.Match[str]) -> str:
    name = found[1].replace(r"\_", "_")
    return found[0] if len(name) == 1 else rf"\text{{{name}}}"


def _spelt(found: re.Match[str]) -> str:
    letter = chr(int(found[1], 16))
    return found[0] if letter in MARKUP else letter
