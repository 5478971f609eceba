"""A Sphinx extension that executes the code on pages, several at a time, and keeps what they print and draw.

A page whose cells, library, style and packages are those of an earlier build is not executed again. myst-nb reads
the pages through the two functions named ``read_…`` here, which conf.py gives it, and so finds their output there.
"""

import json
import os
import re
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from tempfile import TemporaryDirectory

import jupytext
import nbformat
from cache import Cache
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from myst_parser.config.main import MdParserConfig
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat import NotebookNode
from sources import key_of_page
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError
from sphinx.util import logging

logger = logging.getLogger(__name__)

LONGEST = 300
"""So many seconds may one cell take."""
QUIET = ["--log-level=ERROR"]
"""The kernel's own arguments: it would warn that its connection, which is within this machine, is not encrypted."""
AFTER_THE_WRITERS = 900
"""The priority of executing pages: after the extensions that write some."""
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def read_page(text: str, extensions: tuple[str, ...] = ()) -> NotebookNode:
    """Return a page in Markdown as a notebook with its output; one without cells is a notebook of one text."""
    config = MdParserConfig(enable_extensions=set(extensions))
    return with_output(read_myst_markdown_notebook(text, config=config, add_source_map=True))


def read_script(text: str) -> NotebookNode:
    """Return a script in percent format as a notebook with its output."""
    return with_output(jupytext.reads(text, fmt="py:percent"))


def with_output(notebook: NotebookNode) -> NotebookNode:
    """Fill in what a notebook's cells print and draw, from the cache or by executing them."""
    cells = code_cells(notebook)
    if cells:
        known = nbformat.from_dict(json.loads(output(notebook)))
        notebook.metadata.language_info = known.language
        for cell, filled in zip(cells, known.cells, strict=True):
            cell.update(filled)
    return notebook


def output(notebook: NotebookNode) -> bytes:
    """Return what the cells print and draw and the language they are in, as JSON."""
    asked = json.dumps([(cell.source, cell.metadata) for cell in code_cells(notebook)])
    return Cache().result(lambda: key_of_page(asked, Path(__file__)), lambda: executed(notebook))


def executed(notebook: NotebookNode) -> bytes:
    """Run the cells in a process and an empty folder of their own."""
    with TemporaryDirectory() as folder:
        place = {"metadata": {"path": folder}}
        NotebookClient(notebook, timeout=LONGEST, resources=place, extra_arguments=QUIET).execute()
    cells = [{"execution_count": cell.execution_count, "outputs": cell.outputs} for cell in code_cells(notebook)]
    return json.dumps({"language": notebook.metadata.language_info, "cells": cells}).encode()


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """Return the cells that are executed."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def execute(path: Path, extensions: tuple[str, ...]) -> tuple[float, str]:
    """Execute a page unless its output is known; return the seconds it took and what went wrong."""
    began = time.monotonic()
    text = path.read_text(encoding="utf-8")
    try:
        if path.suffix == ".py":
            read_script(text)
        else:
            read_page(text, extensions)
    except (CellExecutionError, CellTimeoutError) as error:
        return time.monotonic() - began, COLOURS.sub("", str(error))
    return time.monotonic() - began, ""


def execute_pages(app: Sphinx, config: Config) -> None:
    """Execute every page with cells before Sphinx reads any, and say which took long."""
    paths = pages(Path(app.srcdir))
    extensions = tuple(config.myst_enable_extensions)
    wrong = []
    with ProcessPoolExecutor(os.cpu_count()) as executor:
        running = {executor.submit(execute, path, extensions): path for path in paths}
        for number, done in enumerate(as_completed(running), 1):
            name = running[done].relative_to(app.srcdir)
            seconds, error = done.result()
            logger.info("executing pages... [%d of %d] %s: %.1f s", number, len(paths), name, seconds)
            wrong += [f"{name}: {error}"] if error else []
    if wrong:
        raise ExtensionError("\n\n".join(["Pages that fail when they are executed:", *wrong]))


def pages(folder: Path) -> list[Path]:
    """Return the pages that have cells, the largest first, so that none of those starts last."""
    scripts = (folder / "examples" / "generated").glob("*.py")
    texts = (path for path in folder.rglob("*.md") if "_build" not in path.relative_to(folder).parts)
    notebooks = (path for path in texts if is_myst_markdown_notebook(path.read_text(encoding="utf-8")))
    return sorted([*scripts, *notebooks], key=lambda path: -path.stat().st_size)


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect the handler."""
    app.connect("config-inited", execute_pages, priority=AFTER_THE_WRITERS)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
