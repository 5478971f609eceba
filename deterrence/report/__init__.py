"""Reports on a game: the brief, as text, as one self-contained page, and as Markdown with its figures."""

from deterrence.report.brief import brief
from deterrence.report.document import Brief, Figure, Section, Table
from deterrence.report.markdown import as_markdown
from deterrence.report.page import as_html
from deterrence.report.sections.asking import Detail
from deterrence.report.text import as_text

__all__ = ["Brief", "Detail", "Figure", "Section", "Table", "as_html", "as_markdown", "as_text", "brief"]
