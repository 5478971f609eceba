"""The words of Gambit's files: quoted labels, numbers, braces, and where each stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from deterrence.errors import FileFormatError
from deterrence.games.expression import Exact
from deterrence.games.words import MOST_DIGITS, exact

LONGEST_LABEL = 1000
"""The most characters in the name of a player, action, information set or outcome."""

TOKEN = re.compile(
    r"""\s*+(?:
      (?P<label>"[^"]*+(?:(?<=\\)"[^"]*+)*+")   # a quotation mark after a backslash belongs to the label
    | (?P<number>[+-]?(?:[0-9]+/[0-9]+|(?:[0-9]++\.?[0-9]*+|\.[0-9]++)(?:[eE][+-]?[0-9]++)?))(?=[\s{},"]|\Z)
    | (?P<mark>[{},])
    | (?P<word>[^\s{},"]+)
    )""",
    re.VERBOSE,
)
SPACE = re.compile(r"\s*+")
SHOWN = 40
END = "end"


@dataclass(slots=True)
class Scanner:
    """A text read token by token; ``kind``, ``text`` and ``start`` describe the current token.

    ``kind`` is ``"label"``, ``"number"``, ``"word"``, one of the marks ``{``, ``}`` and ``,``, or ``"end"``.
    """

    document: str
    kind: str = ""
    text: str = ""
    start: int = 0
    position: int = 0

    def __post_init__(self) -> None:
        self.advance()

    def advance(self) -> None:
        """Go on to the next word."""
        token = TOKEN.match(self.document, self.position)
        if token is None:
            self._finish()
            return
        group = str(token.lastgroup)
        self.text, self.start, self.position = token[group], token.start(group), token.end()
        self.kind = self.text if group == "mark" else group

    def _finish(self) -> None:
        space = SPACE.match(self.document, self.position)
        self.start = space.end() if space else self.position
        if self.start < len(self.document):
            raise self.error("The quotation mark here is never closed.")
        self.kind, self.text, self.position = END, "", self.start

    def error(self, message: str, at: int | None = None) -> FileFormatError:
        """Return the error that a message makes here, or at another position."""
        position = self.start if at is None else at
        line = self.document.count("\n", 0, position) + 1
        return FileFormatError(message, line=line, column=position - self.document.rfind("\n", 0, position))

    def expected(self, what: str) -> FileFormatError:
        """Return the error that something else stands here."""
        shown = self.text if len(self.text) <= SHOWN else f"{self.text[:SHOWN]}…"
        given = "the document ends" if self.kind == END else f"got {shown!r}"
        return self.error(f"Expected {what}; {given}.")

    def is_at(self, kind: str) -> bool:
        """Tell whether the present word is of a kind."""
        return self.kind == kind

    def take(self, kind: str, what: str) -> str:
        """Return the present word, which must be of a kind, and go on."""
        if self.kind != kind:
            raise self.expected(what)
        text = self.text
        self.advance()
        return text

    def label(self, what: str, longest: int | None = LONGEST_LABEL) -> str:
        """Return the quoted label that stands here, and go on."""
        at, text = self.start, self.take("label", f"{what} in quotation marks")
        if longest is not None and len(text) > longest + 2:
            raise self.error(f"Here {what} is {len(text) - 2:,} characters long; at most {longest:,} are read.", at)
        return text[1:-1].replace('\\"', '"')

    def whole(self, what: str, least: int) -> int:
        """Return the whole number that stands here, and go on."""
        at, text = self.start, self.take("number", what)
        digits = text.removeprefix("+")
        if not digits.isdigit() or len(digits) > MOST_DIGITS or int(digits) < least:
            raise self.error(f"Expected {what}, a whole number of at least {least}; got {text[:SHOWN]!r}.", at)
        return int(digits)

    def number(self, what: str) -> Exact:
        """Return the number that stands here exactly, and go on."""
        at, text = self.start, self.take("number", what)
        number = exact(text)
        if number is None:
            shown = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
            raise self.error(
                f"The {what} {shown!r} cannot be read: at most {MOST_DIGITS} digits, no power of ten "
                f"beyond {MOST_DIGITS}, and no division by zero.",
                at,
            )
        return number

    def skip(self, kind: str) -> None:
        """Pass over the present word where it is of a kind."""
        if self.kind == kind:
            self.advance()
