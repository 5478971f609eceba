"""A Sphinx extension for the gallery: every script in examples/ is a page and a card with its figure."""

from pathlib import Path

from docutils import nodes
from generated import fill
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

FOLDER = "examples/generated"


class Cards(nodes.General, nodes.Element):
    """A placeholder for the cards, until every script has been run."""


class Gallery(SphinxDirective):
    """Show a card for each example whose number is named, or for all, and list their pages in the contents."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the place of the cards and the hidden list."""
        numbers = " ".join(self.content).split()
        pages = example_pages(self.env, numbers)
        self.env.glob_toctrees.add(self.env.docname)  # read again when an example comes or goes
        for page in pages:
            self.env.note_dependency(self.env.doc2path(page, base=False))  # and when its figure may have changed
        contents = addnodes.toctree(
            parent=self.env.docname,
            entries=[(None, page) for page in pages],
            includefiles=pages,
            rawentries=[],
            caption=None,
            glob=False,
            hidden=True,
            includehidden=False,
            maxdepth=-1,
            numbered=0,
            titlesonly=True,
        )
        return [Cards(numbers=numbers), contents]


def example_pages(env: BuildEnvironment, numbers: list[str]) -> list[str]:
    """Return the pages made from the scripts with these numbers, in that order; without numbers from all."""
    pages = sorted(page for page in env.found_docs if page.startswith(f"{FOLDER}/"))
    chosen = [page for number in numbers for page in pages if page.startswith(f"{FOLDER}/{number}_")]
    return chosen if numbers else pages


def copy_examples(app: Sphinx, _config: Config) -> None:
    """Copy the scripts to where Sphinx finds its sources."""
    scripts = (Path(app.srcdir).parent / "examples").glob("*.py")
    fill(Path(app.srcdir) / FOLDER, {script.name: script.read_bytes() for script in scripts})


def deal_cards(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put a card for each example where the directive stood."""
    for place in list(doctree.findall(Cards)):
        pages = example_pages(app.env, place["numbers"])
        row = nodes.container(classes=["gallery"])
        row += [card(app, page, docname) for page in pages]
        place.replace_self(row if pages else [])


def card(app: Sphinx, page: str, docname: str) -> nodes.Element:
    """Return a card: the page's figure and title, linked to the page."""
    link = nodes.reference(internal=True, refuri=app.builder.get_relative_uri(docname, page))
    title = app.env.titles[page].astext()
    figure = next(app.env.get_doctree(page).findall(nodes.image), None)
    if figure is not None:
        link += nodes.image(uri=figure["uri"], candidates=dict(figure["candidates"]), alt=title)
    link += nodes.inline(text=title, classes=["gallery-title"])
    holder = nodes.paragraph(classes=["gallery-card"])
    holder += link
    return holder


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the directive and connect its two halves."""
    app.add_node(Cards)
    app.add_directive("gallery", Gallery)
    app.connect("config-inited", copy_examples, priority=400)
    app.connect("doctree-resolved", deal_cards)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
