"""A Sphinx extension: each lesson and chapter as a notebook with its output and as a script, for downloading."""

import ast
import re
from pathlib import Path

import jupytext
import nbformat
from executed_pages import AFTER_THE_WRITERS, read_page
from generated import fill
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from plain import parts, plain
from sphinx.application import Sphinx
from sphinx.config import Config

from deterrence.models import bibliography

ROOMS = ("course", "tutorial")
"""The folders whose pages with code can be downloaded."""
FOLDER = "_pages/downloads"
HIDDEN = {"jupyter": {"source_hidden": True, "outputs_hidden": True}, "tags": ["solution"]}
NEEDS = (
    "It needs the library: `pip install deterrence`. Figures and answers are those of the page that it was made from."
)


def write_downloads(app: Sphinx, config: Config) -> None:
    """Write the files; Sphinx copies them beside its pages."""
    extensions = tuple(config.myst_enable_extensions)
    for room in ROOMS:
        files: dict[str, bytes | str] = {}
        for path in sorted((Path(app.srcdir) / room).glob("*.md")):
            text = path.read_text(encoding="utf-8")
            if "{code-cell}" not in text:
                continue
            notebook = standing_alone(read_page(text, extensions))
            files[f"{path.stem}.ipynb"] = nbformat.writes(notebook) + "\n"
            files[f"{path.stem}.py"] = script(notebook)
        fill(Path(app.srcdir) / FOLDER / room, files)


def standing_alone(page: NotebookNode) -> NotebookNode:
    """Return a page's notebook with plain Markdown, and with solutions folded."""
    cells = []
    in_solution = False
    for cell in page.cells:
        if cell.cell_type == "code":
            cells.append(code(cell, in_solution))
            continue
        for part in parts(cell.source, in_solution):
            in_solution = part.is_solution
            text = plain(part.text, expand)
            if text:
                cells.append(new_markdown_cell(folded(text) if in_solution else text))
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    cells.insert(1, new_markdown_cell(NEEDS, id="needs"))
    language = page.metadata.get("language_info") or {"name": "python"}
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": language})


def code(cell: NotebookNode, in_solution: bool) -> NotebookNode:
    """Return a cell with its output; that of a solution is hidden until it is asked for."""
    metadata = dict(HIDDEN) if in_solution else {}
    kept = [output for output in cell.outputs if output.output_type != "error" or "raises-exception" in tags(cell)]
    return new_code_cell(cell.source, outputs=kept, execution_count=cell.execution_count, metadata=metadata)


def tags(cell: NotebookNode) -> list[str]:
    """Return the tags of a cell."""
    return list(cell.metadata.get("tags", []))


def folded(text: str) -> str:
    """Return Markdown that is shown once *Solution* is clicked on."""
    return f"<details><summary><b>Solution</b></summary>\n\n{text}\n\n</details>"


def expand(name: str, lines: list[str]) -> list[str] | None:
    """Return what stands for a directive of ours."""
    if name != "reading":
        return None
    works = bibliography()
    entries = (line.partition(":") for line in lines if line.strip())
    return [f"- {works[key.strip()].in_words} {plain(why)}".rstrip() for key, _, why in entries]


def script(notebook: NotebookNode) -> str:
    """Return a notebook as a script that prints what the notebook shows."""
    cells = [new_code_cell(printing(c.source)) if c.cell_type == "code" else text_cell(c) for c in notebook.cells]
    last = new_code_cell("import matplotlib.pyplot as plt\n\nplt.show()")
    alone = new_notebook(cells=[*cells, last])
    return re.sub(r"\A# ---\n.*?# ---\n\n", "", jupytext.writes(alone, fmt="py:percent"), flags=re.DOTALL)


def text_cell(cell: NotebookNode) -> NotebookNode:
    """Return a cell of text without the marks that fold it."""
    return new_markdown_cell(re.sub(r"</?details>|</?summary>|</?b>", "", cell.source).strip())


def printing(source: str) -> str:
    """Return code whose last line, if it is a value, is printed, as a notebook would show it."""
    source = re.sub(r";\s*\Z", "\nNone", source) if source.rstrip().endswith(";") else source
    last = ast.parse(source).body[-1:]
    if not last or not isinstance(last[0], ast.Expr) or is_shown(last[0].value):
        return re.sub(r"\nNone\Z", "", source)
    lines = source.splitlines()
    start, end = last[0].lineno - 1, last[0].end_lineno or last[0].lineno
    value = "\n".join(lines[start:end])
    return "\n".join([*lines[:start], f"print({value})", *lines[end:]])


def is_shown(value: ast.expr) -> bool:
    """Tell whether a value needs no printing: it is None, or printed already."""
    printed = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "print"
    return printed or (isinstance(value, ast.Constant) and value.value is None)


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect the handler: pages have been executed before."""
    app.connect("config-inited", write_downloads, priority=AFTER_THE_WRITERS + 10)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
