"""Reports on a game: the brief, as text and as one self-contained page."""

from deterrence.report.brief import Brief, Figure, Section, Table, brief
from deterrence.report.page import as_html
from deterrence.report.text import as_text

__all__ = ["Brief", "Figure", "Section", "Table", "as_html", "as_text", "brief"]
