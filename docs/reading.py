"""A Sphinx extension for further reading: full references of works by their keys in the library's bibliography."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from deterrence.models import bibliography
from deterrence.models.references import Reference

NOT_READ_AGAIN = """None of these works was read again for this page. What is said of their models is what the \
library computes; what is said of their text, and of events, follows them from memory: look it up before you cite it."""


class Reading(SphinxDirective):
    """List works: a line each, a key of ``references.bib`` and then, after a colon, why one should read it."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the list and what was not done for it."""
        known = bibliography()
        works = nodes.bullet_list(classes=["reading"])
        for line in filter(None, map(str.strip, self.content)):
            key, _, why = (part.strip() for part in line.partition(":"))
            if key not in known:
                raise self.error(f"There is no work {key!r} in references.bib.")
            works += nodes.list_item("", self.entry(known[key], why))
        note = nodes.paragraph("", NOT_READ_AGAIN, classes=["note-on-reading"])
        return [works, note]

    def entry(self, work: Reference, why: str) -> nodes.paragraph:
        """Return a work in words, with its DOI where the bibliography has one, and why to read it."""
        entry = nodes.paragraph("", "", nodes.inline("", work.in_print, classes=["work"]))
        if work.doi:
            address = f"https://doi.org/{work.doi}"
            entry += [nodes.Text(" "), nodes.reference("", f"doi:{work.doi}", refuri=address, internal=False)]
        if work.caution:
            entry += nodes.Text(f" {work.caution}")
        if why:
            parsed, messages = self.parse_inline(why)
            entry += [nodes.Text(" "), *parsed, *messages]
        return entry


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive."""
    app.add_directive("reading", Reading)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
