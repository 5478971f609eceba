"""Paragraphs and tables of HTML that look alike in every notebook, and pictures in them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from html import escape
from io import BytesIO
from typing import Any

CELL = 'style="text-align:left;vertical-align:top;padding:0.15em 1em 0.15em 0"'
DPI = 110


def paragraph(html: str) -> str:
    """Return a paragraph."""
    return f"<p>{html}</p>"


def sentences(text: str) -> str:
    """Return lines of text as paragraphs, but for those that are empty."""
    return "".join(paragraph(escape(line)) for line in text.splitlines() if line.strip())


def items(texts: Iterable[str]) -> str:
    """Return a list of texts in HTML; nothing where there are none."""
    entries = "".join(f"<li>{text}</li>" for text in texts)
    return f"<ul>{entries}</ul>" if entries else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table whose cells are HTML."""
    lines = "".join(f"<tr>{''.join(f'<td {CELL}>{cell}</td>' for cell in row)}</tr>" for row in rows)
    heads = "".join(f"<th {CELL}>{escape(cell)}</th>" for cell in head)
    wide = '<div style="overflow-x:auto">'
    return f"{wide}<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>"


def picture(draw: Callable[[], Any], described: str) -> str:
    """Return what a function draws on new axes as a picture in HTML, which needs nothing else."""
    from deterrence.plot.canvas import aside, figure_of

    data = BytesIO()
    with aside():
        figure_of(draw()).savefig(data, format="png", dpi=DPI, bbox_inches="tight")
    code = b64encode(data.getvalue()).decode("ascii")
    return f'<img style="max-width:100%" alt="{escape(described)}" src="data:image/png;base64,{code}">'
