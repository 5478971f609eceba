"""A Sphinx extension that links what can be downloaded: under the title of each page, and in a table for teachers."""

import re
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from notebooks import ROOMS
from slides import CHAPTER
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective
from worksheets import GAMES, OWN

TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
SHEETS = {*GAMES, OWN}


def links(docname: str, up: str) -> dict[str, str]:
    """Return the addresses of what can be downloaded of a page, by what it is called."""
    room, _, stem = docname.partition("/")
    found = {"notebook": f"{up}downloads/{docname}.ipynb", "script": f"{up}downloads/{docname}.py"}
    if CHAPTER.fullmatch(stem) and room == "course":
        found["slides"] = f"{up}downloads/slides/{stem}.html"
    if stem in SHEETS and room == "course":
        found["worksheet"] = f"{up}downloads/worksheets/{stem}.html"
    return found


def anchors(docname: str, up: str) -> dict[str, str]:
    """Return the links as HTML; a file is downloaded, a page is opened."""
    return {
        name: f'<a href="{address}"{"" if address.endswith("html") else " download"}>{name}</a>'
        for name, address in links(docname, up).items()
    }


class LinkDownloads(SphinxTransform):
    """Put the links under the title of each page that can be downloaded."""

    default_priority = 215

    def apply(self, **_: Any) -> None:
        """Add one line to the page."""
        docname = self.env.current_document.docname
        if docname.partition("/")[0] not in ROOMS or not is_notebook(Path(self.env.doc2path(docname))):
            return
        title = next(iter(self.document.findall(nodes.title)), None)
        if title is not None:
            shown = " · ".join(anchors(docname, "../").values())
            line = nodes.raw("", f'<p class="downloads">To take away: {shown}</p>', format="html")
            title.parent.insert(title.parent.index(title) + 1, line)


def is_notebook(path: Path) -> bool:
    """Tell whether a page has code that is executed."""
    return path.suffix == ".md" and "{code-cell}" in path.read_text(encoding="utf-8")


class Materials(SphinxDirective):
    """A table of the pages of a room with all that can be downloaded of each."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        room = self.arguments[0]
        columns = ["slides", "notebook", "script", "worksheet"] if room == "course" else ["notebook", "script"]
        paths = [path for path in sorted((Path(self.env.srcdir) / room).glob("[0-9]*.md")) if is_notebook(path)]
        rows = []
        for path in paths:
            self.env.note_dependency(str(path))
            title = TITLE.search(path.read_text(encoding="utf-8"))
            have = anchors(f"{room}/{path.stem}", "../")
            first = f'<a href="../{room}/{path.stem}.html">{escape(title[1] if title else path.stem)}</a>'
            rows.append("".join(f"<td>{cell}</td>" for cell in [first, *(have.get(name, "–") for name in columns)]))
        head = "".join(f"<th>{name}</th>" for name in ["page", *columns])
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        table = f'<table class="table materials"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        return [nodes.raw("", table, format="html")]


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the transform and the directive."""
    app.add_transform(LinkDownloads)
    app.add_directive("materials", Materials)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
