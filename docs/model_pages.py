"""A Sphinx extension that writes the pages of the published models: source, picture, claims and verdicts."""

import json
import os
import shutil
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

from sphinx.application import Sphinx
from sphinx.config import Config

from deterrence import models
from deterrence.models import Model

FOLDER = "models/generated"
CHECKS = "DETERRENCE_CHECKS"
"""An environment variable: the file with verdicts that ``deterrence check --output`` wrote; asked anew without."""
SIGNS = {"holds": "✓ holds", "fails": "✗ fails", "depends": "~ depends"}


def write_model_pages(app: Sphinx, _config: Config) -> None:
    """Write one page a work, and the table that leads to them."""
    folder = Path(app.srcdir) / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    keys = models.names()
    with ProcessPoolExecutor(os.cpu_count()) as executor:
        list(executor.map(draw, keys, [folder] * len(keys)))
        verdicts = read_verdicts() or dict(executor.map(check, keys))
    for work, own in groupby(keys, key=lambda key: key.partition("/")[0]):
        listed = [models.load(key) for key in own]
        title = f"# {heading(listed[0])}\n"
        text = "\n".join([title, *(section(model, verdicts[model.key]) for model in listed)])
        (folder / f"{work}.md").write_text(text, encoding="utf-8")
    (folder / "table.txt").write_text(table(verdicts), encoding="utf-8")


def draw(key: str, folder: Path) -> None:
    """Save a model's picture."""
    import matplotlib.pyplot as plt

    ax = models.load(key).figure()
    figure = ax.figure
    figure.savefig(folder / f"{key.replace('/', '-')}.png", dpi=150, bbox_inches="tight")
    plt.close(figure)


def check(key: str) -> tuple[str, list[dict[str, str]]]:
    """Return a model's verdicts in the form of the file."""
    rows = models.load(key).check()
    return key, [
        {"claim": r.claim.text, "place": r.claim.place, "verdict": r.verdict, "expected": r.expected, "found": r.found}
        | {"condition": r.condition}
        for r in rows
    ]


def read_verdicts() -> dict[str, list[dict[str, str]]]:
    """Return the verdicts of a check that was already made, where there is one for just these models."""
    path = os.environ.get(CHECKS, "")
    known = json.loads(Path(path).read_text(encoding="utf-8")) if path else {}
    return known if set(known) == set(models.names()) else {}


def heading(model: Model) -> str:
    """Return the title of a work's page: its authors and year, or that these are real crises."""
    work = models.reference(model.source)
    folder = model.key.partition("/")[0]
    if folder == "cases":
        return "Real crises"
    return "Folklore" if folder == "folklore" else f"{work.authors_in_words} ({work.year})"


def section(model: Model, verdicts: list[dict[str, str]]) -> str:
    """Return what a page says of one model."""
    name = model.key.replace("/", "-")
    lines = [f"({name})=", f"## {model.title}", "", f"`models.load({model.key!r})`", ""]
    lines += [f"{model.citation} {escaped(model.note)}".strip(), ""]
    if model.game.caption:
        lines += [escaped(model.game.caption.splitlines()[0]), ""]
    lines += [f"![{model.title}]({name}.png)", ""]
    if model.assumptions:
        lines += ["**It assumes**", "", *(f"- {escaped(one)}" for one in model.assumptions), ""]
    if verdicts:
        lines += ["**Claims**, asked of the generic solvers when this page was made", "", *claims(verdicts), ""]
    lines += ["**What it does not say.** " + escaped(" ".join(model.does_not_say.split())), ""]
    return "\n".join(lines)


def claims(verdicts: list[dict[str, str]]) -> list[str]:
    """Return a table of claims in Markdown."""
    rows = ["| claim | place | verdict | found |", "|---|---|---|---|"]
    for one in verdicts:
        found = one["found"] + (f" ({one['condition']})" if one["condition"] else "")
        cells = (one["claim"], one["place"], SIGNS[one["verdict"]], shortened(found))
        rows.append("| " + " | ".join(escaped(cell) for cell in cells) + " |")
    return rows


def shortened(text: str, most: int = 220) -> str:
    """Return a text cut where it would fill a page."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def escaped(text: str) -> str:
    """Return a text in which nothing is markup."""
    for sign in "\\`*_$|[]<>{}":
        text = text.replace(sign, f"\\{sign}")
    return text


def table(verdicts: dict[str, list[dict[str, str]]]) -> str:
    """Return the table of all models in Markdown, with how many claims hold."""
    rows = ["| model | from | topic | kind | players | claims that hold |", "|---|---|---|---|---|---|"]
    for row in models.table().to_dict("records"):
        held = sum(one["verdict"] != "fails" for one in verdicts[row["key"]])
        link = f"[{escaped(row['title'])}](generated/{row['key'].partition('/')[0]}.md#{row['key'].replace('/', '-')})"
        source = f"{row['authors']} {row['year']}".strip()
        claimed = f"{held} of {row['claims']}" if row["claims"] else "–"
        rows.append(f"| {link} | {source} | {row['topic']} | {row['kind']} | {row['players']} | {claimed} |")
    works = {key.partition("/")[0] for key in verdicts}
    held = sum(one["verdict"] != "fails" for rows_ in verdicts.values() for one in rows_)
    total = sum(map(len, verdicts.values()))
    return "\n".join([*rows, "", f"{len(works)} works, {len(verdicts)} models; {held} of {total} claims hold."])


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect the handler; the pages are written before Sphinx looks for its sources."""
    app.connect("config-inited", write_model_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
