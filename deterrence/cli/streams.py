"""What is printed, and where: on a terminal in colour, elsewhere plain, in whatever encoding the stream has."""

from __future__ import annotations

import codecs
import sys
from typing import Any

WIDTH = 100
"""The width of tables that go to no terminal."""
SPELT = {
    "≤": "<=", "≥": ">=", "≠": "!=", "−": "-", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"',
    "…": "...", "→": "->", "×": "x", "·": "*", "∞": "oo", "½": "1/2", "├": "|", "│": "|", "└": "`", "─": "-",
    "━": "-", "╸": "-", "╺": "-",
}  # fmt: skip
"""What stands for a character that a stream cannot encode; for any other it is a question mark."""


def spell_what_cannot_be_encoded() -> None:
    """Let standard output and error write in ASCII what their encoding lacks, such as cp1252 on Windows."""
    codecs.register_error("spelt", _spelt)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="spelt")


def _spelt(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(SPELT.get(letter, "?") for letter in error.object[error.start : error.end]), error.end


def console(*, plain: bool = False, stderr: bool = False) -> Any:
    """Return a Rich console: with colour on a terminal, unless ``plain``."""
    from rich.console import Console

    on_terminal = Console(stderr=stderr, highlight=False)
    if plain or not on_terminal.is_terminal:  # some settings of the environment would have a file coloured
        return Console(force_terminal=False, color_system=None, stderr=stderr, highlight=False, width=WIDTH)
    return on_terminal


def print_text(text: str) -> None:
    """Print a text as it is, and a line feed."""
    sys.stdout.write(f"{text}\n")


def remark(text: str) -> None:
    """Say something beside the answer, on standard error."""
    sys.stderr.write(f"{text}\n")


def complain(text: str) -> None:
    """Say what is wrong, on standard error: in red on a terminal."""
    console(stderr=True).print(f"Error: {text}", style="bold red", markup=False, highlight=False, soft_wrap=True)
