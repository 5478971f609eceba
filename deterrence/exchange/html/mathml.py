"""Formulas in MathML, which browsers typeset by themselves, from the LaTeX that the library writes."""

from __future__ import annotations

import re
from html import escape

from deterrence.exchange.latex.letters import GREEK

TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|\s+|.", re.DOTALL)
LETTERS = {f"\\{name}": letter for letter, name in GREEK.items()} | {"\\ell": "ℓ", "\\hbar": "ℏ", "\\partial": "∂"}
SIGNS = {
    "\\geq": "≥", "\\leq": "≤", "\\neq": "≠", "\\ne": "≠", "\\cdot": "·", "\\times": "×", "\\infty": "∞", "\\to": "→",
    "\\wedge": "∧", "\\vee": "∨", "\\mid": "|", "\\succ": "≻", "\\prec": "≺", "\\ast": "∗", "\\star": "⋆",
    "\\circ": "∘", "\\prime": "′", "\\dagger": "†", "\\bot": "⊥", "\\perp": "⊥", "\\emptyset": "∅", "\\top": "⊤",
    "-": "−", "*": "∗", "'": "′",
}  # fmt: skip
ACCENTS = {"\\bar": "¯", "\\hat": "^", "\\tilde": "~", "\\vec": "→", "\\dot": "˙", "\\ddot": "¨", "\\check": "ˇ"}
ACCENTS |= {"\\breve": "˘", "\\widehat": "^", "\\widetilde": "~", "\\overline": "‾"}
WORDS = (
    "\\mathit", "\\mathrm", "\\mathbf", "\\mathsf", "\\mathtt", "\\mathcal", "\\mathnormal", "\\textit",
    "\\textrm", "\\mbox", "\\text",
)  # fmt: skip
"""Commands whose argument is a word."""
UPRIGHT = ("\\mathrm", "\\mathbf", "\\mathsf", "\\mathtt", "\\textrm", "\\mbox", "\\text")
NAMED = ("\\max", "\\min", "\\log", "\\exp")
SPACES = ("\\,", "\\;", "\\:", "\\ ", "~")
FORMULA = re.compile(r"\$([^$]+)\$")


class UnreadError(Exception):
    """What is no formula of the kind that is read here."""


def math(latex: str) -> str:
    """Return a formula in LaTeX as an element of MathML, or as code where it holds what is not read here."""
    try:
        return f'<math displaystyle="true">{_Reader(latex).row()}</math>'
    except (UnreadError, StopIteration):
        return f"<code>{escape(latex)}</code>"


def with_math(text: str) -> str:
    """Return text in which formulas stand between dollar signs as HTML."""
    parts = FORMULA.split(text)
    return "".join(math(part) if k % 2 else escape(part) for k, part in enumerate(parts))


class _Reader:
    """Read LaTeX piece by piece."""

    def __init__(self, latex: str) -> None:
        self.tokens = TOKEN.findall(latex)
        self.at = 0

    def peek(self) -> str:
        """Return the next piece that is no blank; an empty one at the end."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        """Return the next piece and go on."""
        piece = self.peek()
        if not piece:
            raise StopIteration
        self.at += 1
        return piece

    def row(self, end: str = "") -> str:
        """Return what stands up to an end, which is passed, in a row of its own."""
        parts = []
        while self.peek() != end:
            parts.append(self._scripted(self._atom(self.take())))
        if end:
            self.take()
        return parts[0] if len(parts) == 1 else f"<mrow>{''.join(parts)}</mrow>"

    def _argument(self) -> str:
        piece = self.take()
        return self.row("}") if piece == "{" else self._atom(piece)

    def _word(self) -> str:
        """Return the text of a group without its commands."""
        if self.take() != "{":
            raise UnreadError
        depth, letters = 1, ""
        while depth:
            if self.at >= len(self.tokens):
                raise StopIteration
            piece = self.tokens[self.at]
            self.at += 1
            depth += (piece == "{") - (piece == "}")
            letters += "" if piece in "{}" else piece.removeprefix("\\")
        return escape(letters)

    def _scripted(self, base: str) -> str:
        """Return what stands lower or raised behind something, with it."""
        low = high = ""
        while self.peek() in ("_", "^"):
            if self.take() == "_":
                low = self._argument()
            else:
                high = self._argument()
        if low and high:
            return f"<msubsup>{base}{low}{high}</msubsup>"
        if low:
            return f"<msub>{base}{low}</msub>"
        return f"<msup>{base}{high}</msup>" if high else base

    def _atom(self, piece: str) -> str:
        if piece == "{":
            return self.row("}")
        if piece[0].isdigit():
            return f"<mn>{piece}</mn>"
        if piece.isalpha():
            return f"<mi>{piece}</mi>"
        if piece in LETTERS:
            return f"<mi>{LETTERS[piece]}</mi>"
        if piece in SPACES:
            return '<mspace width="0.17em"></mspace>'
        return self._command(piece) if piece.startswith("\\") and piece not in SIGNS else self._sign(piece)

    @staticmethod
    def _sign(piece: str) -> str:
        look = ' stretchy="false"' if piece in "()[]|" else ' lspace="0" rspace="0"' if piece == "/" else ""
        return f"<mo{look}>{escape(SIGNS.get(piece, piece))}</mo>"

    def _command(self, piece: str) -> str:
        if piece == "\\frac":
            return f"<mfrac>{self._argument()}{self._argument()}</mfrac>"
        if piece == "\\sqrt":
            return f"<msqrt>{self._argument()}</msqrt>"
        if piece in ACCENTS:
            return f"<mover>{self._argument()}<mo>{ACCENTS[piece]}</mo></mover>"
        if piece in WORDS:
            style = ' mathvariant="normal"' if piece in UPRIGHT else ""
            return f"<mi{style}>{self._word()}</mi>"
        if piece in NAMED:
            return f"<mi>{piece[1:]}</mi>"
        if piece in ("\\left", "\\right"):
            return self._sign(self.take().removeprefix("\\"))
        if len(piece) == 2 and not piece[1].isalpha():
            return self._sign(piece[1])
        raise UnreadError
