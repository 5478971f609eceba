"""Answers as a notebook shows them."""

from __future__ import annotations

from html import escape


def sentences_as_html(answer: object) -> str:
    """Return an answer's sentences, one a paragraph."""
    return "".join(f"<p>{escape(line)}</p>" for line in str(answer).splitlines())
