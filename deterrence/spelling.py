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

    Streams in UTF-8, and streams that were told what to do with such characters, are left as they are.
    """
    for stream in (sys.stdout, sys.stderr):
        encoding = str(getattr(stream, "encoding", None) or "").lower().replace("-", "").replace("_", "")
        if (
            encoding
            and not encoding.startswith("utf")
            and getattr(stream, "errors", "") in ("strict", "backslashreplace")
        ):
            codecs.register_error("spelt", _spelt)
            stream.reconfigure(errors="spelt")  # type: ignore[union-attr]


def _spelt(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(SPELT.get(letter, "?") for letter in error.object[error.start : error.end]), error.end
