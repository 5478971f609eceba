"""Texts on streams that cannot write all their characters, such as cp1252 when output is redirected on Windows."""

from __future__ import annotations

import codecs
import sys

SPELT = {
    "≤": "<=", "≥": ">=", "≠": "!=", "−": "-", "–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"',
    "…": "...", "→": "->", "×": "x", "·": "*", "∞": "oo", "½": "1/2", "├": "|", "│": "|", "└": "`", "─": "-",
    "━": "-", "╸": "-", "╺": "-",
}  # fmt: skip
"""What stands for a character that a stream cannot encode; for any other it is a question mark."""


def spell_what_cannot_be_encoded() -> None:
    """Let standard output and error write in ASCII what their encoding lacks, where they would raise an error.

    Streams in UTF-8, streams that were told what to do with such characters, and streams put in place of Python's own
    that cannot be told, are left as they are.
    """
    for stream in (sys.stdout, sys.stderr):
        encoding = str(getattr(stream, "encoding", None) or "utf").lower()
        raises = getattr(stream, "errors", "") in ("strict", "backslashreplace")
        if raises and not encoding.startswith("utf") and hasattr(stream, "reconfigure"):
            codecs.register_error("spelt", _spelt)
            stream.reconfigure(errors="spelt")


def _spelt(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(SPELT.get(letter, "?") for letter in error.object[error.start : error.end]), error.end
