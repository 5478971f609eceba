"""A brief's figures as SVG."""

from __future__ import annotations

import io

from deterrence.report.document import Figure


def svg_of(figure: Figure) -> str:
    """Draw a figure and return it as an SVG element, without the file's head."""
    drawn = figure.draw().get_figure(root=True)
    stream = io.StringIO()
    drawn.savefig(stream, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    svg = stream.getvalue()
    return svg[svg.index("<svg") :]
