"""A Sphinx extension that folds away what a reader should not see before asking: sections called *Solution*."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

TITLES = frozenset({"Solution", "Answer"})
"""A section with one of these titles is folded away under it."""


class Fold(nodes.General, nodes.Element):
    """What is shown once its title is clicked on."""


class FoldSolutions(SphinxTransform):
    """Turn each section called *Solution* into a fold, which no table of contents lists."""

    default_priority = 210

    def apply(self, **_: Any) -> None:
        """Replace the sections, those within others first."""
        for section in reversed(list(self.document.findall(nodes.section))):
            title = section[0].astext()
            if title in TITLES:
                section.replace_self(Fold("", *section[1:], title=title))


def open_fold(translator: Any, node: Fold) -> None:
    """Write what stands before the content."""
    translator.body.append(f'<details class="fold"><summary>{node["title"]}</summary>\n<div class="folded">\n')


def close_fold(translator: Any, _node: Fold) -> None:
    """Write what stands after the content."""
    translator.body.append("</div>\n</details>\n")


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the node and the transform."""
    app.add_node(Fold, html=(open_fold, close_fold))
    app.add_transform(FoldSolutions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
