"""A Sphinx extension that writes the pages of the published models: source, picture, explorer, claims and verdicts.

Pictures, explorers and verdicts are those of an earlier build where nothing that they depend on has changed.
"""

import io
import json
import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from html import escape
from itertools import groupby
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

from cache import Cache
from generated import fill
from sources import key_of, key_of_explorer, key_of_picture, key_of_verdicts, library
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util import logging

from deterrence import Game, models
from deterrence.models import Model
from deterrence.models.claim import origin
from deterrence.models.relation import STANDING
from deterrence.report.checks import as_records

logger = logging.getLogger(__name__)

MAKER = Path(__file__)
FOLDER = "models/generated"
EXPLORERS = "_pages/explorers"
"""Whole pages, which Sphinx copies as they are."""
CHECKS = "DETERRENCE_CHECKS"
"""An environment variable: a file with verdicts that ``deterrence check --output`` wrote; used before the cache."""
SIGNS = {"holds": "✓ holds", "fails": "✗ fails", "depends": "~ depends", "undecided": "? undecided"}

Verdicts = list[dict[str, str]]


@dataclass(frozen=True)
class Entry:
    """What the page of a model shows that takes time to make.

    Attributes
    ----------
    picture
        The model's picture as a PNG file.
    verdicts
        One row a claim, in the form of ``deterrence check --output``.
    explorer
        The page on which the model answers when touched; empty of a model that is not finite.
    """

    picture: bytes
    verdicts: Verdicts
    explorer: bytes


def write_model_pages(app: Sphinx, _config: Config) -> None:
    """Write one page a work, the pictures, and the table that leads to the pages."""
    entries = entries_of(models.names())
    files: dict[str, bytes | str] = {f"{file_name(key)}.png": entry.picture for key, entry in entries.items()}
    verdicts = {key: entry.verdicts for key, entry in entries.items()}
    shown = json.dumps(verdicts)
    files |= json.loads(Cache().result(lambda: key_of([*library(), MAKER], shown), lambda: texts(verdicts)))
    pages = {f"{file_name(key)}.html": entry.explorer for key, entry in entries.items() if entry.explorer}
    changed = fill(Path(app.srcdir) / FOLDER, files) + fill(Path(app.srcdir) / EXPLORERS, pages)
    logger.info("writing the pages of models... %d files changed", changed)


def entries_of(keys: Sequence[str]) -> dict[str, Entry]:
    """Return each model's picture and verdicts; those that are not known are made several at a time."""
    given = read_verdicts()
    entries = {key: known(key, given.get(key)) for key in keys}
    missing = [key for key, entry in entries.items() if entry is None]
    logger.info("drawing and checking models... %d of %d are known", len(keys) - len(missing), len(keys))
    with ProcessPoolExecutor(os.cpu_count()) as executor:
        running = {executor.submit(made, key, given.get(key)): key for key in missing}
        for number, done in enumerate(as_completed(running), 1):
            key, (entry, seconds) = running[done], done.result()
            entries[key] = entry
            progress = (number, len(missing), key, len(entry.verdicts), seconds)
            logger.info("drawing and checking models... [%d of %d] %s: %d claims, %.1f s", *progress)
    return {key: entry for key, entry in entries.items() if entry is not None}


def known(key: str, given: Verdicts | None) -> Entry | None:
    """Return a model's picture and verdicts where an earlier build has made both."""
    picture = Cache().get(key_of_picture(key, MAKER))
    verdicts = None if given is not None else Cache().get(key_of_verdicts(key, MAKER))
    explorer = Cache().get(key_of_explorer(key, MAKER))
    if picture is None or explorer is None or (given is None and verdicts is None):
        return None
    return Entry(picture, json.loads(verdicts) if verdicts is not None else given or [], explorer)


def made(key: str, given: Verdicts | None) -> tuple[Entry, float]:
    """Draw and check a model, as far as it is not known, and return how many seconds that took."""
    began = time.monotonic()
    picture = Cache().result(lambda: key_of_picture(key, MAKER), lambda: draw(key))
    verdicts = given
    if verdicts is None:
        verdicts = json.loads(Cache().result(lambda: key_of_verdicts(key, MAKER), lambda: check(key)))
    explorer = Cache().result(lambda: key_of_explorer(key, MAKER), lambda: explored(key))
    return Entry(picture, verdicts, explorer), time.monotonic() - began


def texts(verdicts: dict[str, Verdicts]) -> bytes:
    """Return the pages and the table by file name, as JSON."""
    files = {"table.txt": table(verdicts)}
    for work, own in groupby(verdicts, key=lambda key: key.partition("/")[0]):
        listed = [models.load(key) for key in own]
        title = f"# {heading(listed[0])}\n"
        files[f"{work}.md"] = "\n".join([title, *(section(model, verdicts[model.key]) for model in listed)])
    return json.dumps(files).encode()


def draw(key: str) -> bytes:
    """Return a model's picture as a PNG file."""
    import matplotlib.pyplot as plt

    figure = models.load(key).figure().figure
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=150, bbox_inches="tight")
    plt.close(figure)
    return file.getvalue()


def explored(key: str) -> bytes:
    """Return a model's explorer as a page; nothing where the model is not finite."""
    model = models.load(key)
    return model.explore().html.encode() if is_finite(model) else b""


def is_finite(model: Model) -> bool:
    """Return whether a model is a finite tree, of which there is a page that computes with formulas."""
    return isinstance(model.game, Game) and not model.game.has_continuum


def check(key: str) -> bytes:
    """Return a model's verdicts as JSON, in the form of ``deterrence check --output``."""
    return json.dumps(as_records([models.load(key).check()])[key]).encode()


def read_verdicts() -> dict[str, Verdicts]:
    """Return the verdicts of a check that was already made, where there is one for just these models."""
    path = os.environ.get(CHECKS, "")
    known = json.loads(Path(path).read_text(encoding="utf-8"))["answer"]["models"] if path else {}
    return known if set(known) == set(models.names()) else {}


def file_name(key: str) -> str:
    """Return a model's key as one word: the name of its picture and of its section."""
    return key.replace("/", "-")


def heading(model: Model) -> str:
    """Return the title of a work's page: its authors and year, or that these are real crises."""
    work = models.reference(model.source)
    folder = model.key.partition("/")[0]
    if folder == "cases":
        return "Real crises"
    if folder == "folklore":
        return "Folklore"
    named = heading_of(work)
    works = {key.partition("/")[0] for key in models.names()} & set(models.bibliography())
    alike = [key for key in works if heading_of(models.reference(key)) == named]
    return named if len(alike) == 1 else f"{named}, {work.fields['title']}"


def heading_of(work: models.Reference) -> str:
    """Return the authors and the year of a work; two works may have the same."""
    return f"{work.authors_in_words} ({work.year})"


def section(model: Model, verdicts: Verdicts) -> str:
    """Return what a page says of one model."""
    name = file_name(model.key)
    lines = [f"({name})=", f"## {model.title}", "", f"`models.load({model.key!r})`", ""]
    lines += [source(model), "", f"**{STANDING[model.relation]}** {escaped(model.changed)}", ""]
    lines += [escaped(model.note), ""] if model.note else []
    if model.theory:
        lines += [f"**Main result.** {escaped(model.theory.finding)}", ""]
    if model.game.caption:
        lines += [escaped(model.game.caption.splitlines()[0]), ""]
    lines += [f"![{model.title}]({name}.png)", ""]
    if is_finite(model):
        lines += [*frame(name, model.title), ""]
    if model.assumptions:
        lines += ["**It assumes**", "", *(f"- {escaped(one)}" for one in model.assumptions), ""]
    if verdicts:
        lines += ["**Claims**, checked with the generic solvers", "", *claims(verdicts), ""]
    lines += ["**What it does not say.** " + escaped(" ".join(model.does_not_say.split())), ""]
    lines += ["**Next to it**", "", *(neighbour(*pair) for pair in models.neighbours(model.key).items()), ""]
    return "\n".join(lines)


def neighbour(key: str, sentence: str) -> str:
    """Return a line on a model next to one, with a link to its section."""
    work = key.partition("/")[0]
    return f"- [{escaped(models.load(key).title)}]({work}.md#{file_name(key)}): {escaped(sentence)}"


def source(model: Model) -> str:
    """Return the work that a model is from, with a link by its DOI, and what of the entry was not verified."""
    work = models.reference(model.source)
    link = f"[doi:{escaped(work.doi)}](<https://doi.org/{work.doi}>)" if work.doi else ""
    return " ".join(part for part in (escaped(work.in_print), link, work.caution) if part)


def frame(name: str, title: str) -> list[str]:
    """Return the map and the tree that answer when touched, with a link to the whole page."""
    address = f"../../explorers/{name}.html"
    return [
        "```{raw} html",
        f'<p><a href="{address}">Explore it: move its parameters, see which equilibria come and go, and why</a></p>',
        f'<iframe class="explorer" loading="lazy" title="Explorer: {escape(title)}" src="{address}?embed"></iframe>',
        "```",
    ]


def claims(verdicts: Verdicts) -> list[str]:
    """Return a table of claims in Markdown."""
    rows = ["| claim | rests on | verdict | found |", "|---|---|---|---|"]
    for one in verdicts:
        found = one["found"] + (f" ({one['condition']})" if one["condition"] else "")
        cells = (one["claim"], origin(one["place"], one["basis"]), SIGNS[one["verdict"]], shortened(found))
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


def table(verdicts: dict[str, Verdicts]) -> str:
    """Return the table of all models in Markdown, with how many claims hold."""
    rows = ["| model | from | what it is to it | topic | kind | claims |", "|---|---|---|---|---|---|"]
    for row in models.table().to_dict("records"):
        held = counted(verdicts[row["key"]])
        page = f"generated/{row['key'].partition('/')[0]}.md#{file_name(row['key'])}"
        link = f"[{escaped(row['title'])}]({page})"
        source = f"{row['authors']} {row['year']}".strip()
        claimed = held if row["claims"] else "–"
        rows.append(f"| {link} | {source} | {row['relation']} | {row['topic']} | {row['kind']} | {claimed} |")
    works = {key.partition("/")[0] for key in verdicts}
    total = counted([row for own in verdicts.values() for row in own])
    return "\n".join([*rows, "", f"{len(works)} works, {len(verdicts)} models; of the claims {total}."])


def counted(verdicts: Verdicts) -> str:
    """Return in words how many claims have which verdict; one that depends is not one that holds."""
    numbers = {verdict: sum(row["verdict"] == verdict for row in verdicts) for verdict in SIGNS}
    words = {"depends": "depend", "fails": "fail", "undecided": "undecided"}
    others = [f"{numbers[verdict]} {word}" for verdict, word in words.items() if numbers[verdict]]
    return ", ".join([f"{numbers['holds']} of {len(verdicts)} hold", *others])


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect the handler; the pages are written before Sphinx looks for its sources."""
    app.connect("config-inited", write_model_pages, priority=500)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
