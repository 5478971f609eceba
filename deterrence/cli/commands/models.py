"""``deterrence models``: the models that come with the library, a line each."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import typer

from deterrence.cli import options
from deterrence.cli.answer import Answer, Form
from deterrence.cli.streams import print_text, remark
from deterrence.errors import unknown
from deterrence.models.index import BETWEEN
from deterrence.models.theory import WORDS, as_words

COLUMNS = ("key", "relation", "topic", "kind", "claims", "title")
ABOUT = ("key", "title", "authors", "year", "relation", "topic", "players", "hidden_information", "kind", "parameters")
ALL = (*ABOUT, "claims", "placed", *WORDS)
GAP = "  "
NARROWEST = 20
"""The least width of keys and titles on a narrow terminal."""
SHORTEST = 5
"""The least width of relation, topic and kind there."""


def models(
    *,
    topic: Annotated[str, typer.Option("--topic", help="Those about this, such as sanctions.")] = "",
    kind: Annotated[str, typer.Option("--kind", help="Those of this kind: tree, matrix, or a continuous one's.")] = "",
    relation: Annotated[str, typer.Option("--relation", help="What they are to their work: exact, reduction, …")] = "",
    mechanism: Annotated[str, typer.Option("--mechanism", help="Those in which this works, such as attribution.")] = "",
    actors: Annotated[str, typer.Option("--actors", help="Those between these, such as 'state and proxy'.")] = "",
    information: Annotated[str, typer.Option("--information", help="Those in which this is hidden: one-sided, …")] = "",
    result: Annotated[str, typer.Option("--result", help="Those of which this comes, such as backfires.")] = "",
    author: Annotated[str, typer.Option("--author", help="Those of an author, or a part of the name.")] = "",
    grep: Annotated[str, typer.Option("--grep", metavar="TEXT", help="Those with this text in any column.")] = "",
    as_json: options.Json = False,
    as_csv: options.Csv = False,
    output: options.Output = None,
    force: options.Force = False,
    plain: options.Plain = False,
) -> None:
    """List the models that come with the library: key, what it is to its work, topic, kind, claims and title.

    To a terminal in aligned columns, cut to its width; elsewhere one line a model, with tabs between the columns and
    no headings, which grep and cut take.
    """
    form = Form.of(json=as_json, csv=as_csv, output=output, force=force, pictures=False)
    rows = _rows()
    traits = {"topic": topic, "kind": kind, "relation": relation, "mechanism": mechanism, "actors": actors}
    traits |= {"information": information, "result": result}
    kept = [row for row in _chosen(rows, **traits) if _has(row, author, grep)]
    asked = {"verb": "models"} | {
        name: word or None for name, word in (traits | {"author": author, "grep": grep}).items()
    }
    if not kept:
        remark("No model fits.")
    if form.kind == "text" and output is None and sys.stdout.isatty():
        print_text(_aligned(kept, shutil.get_terminal_size().columns))
    elif kept or form.kind != "text":
        cells = [[BETWEEN.join(v) if isinstance(v := row[column], tuple) else v for column in ALL] for row in kept]
        form.give(Answer(asked, {"count": len(kept), "models": kept}, ALL, cells, lambda: _with_tabs(kept)))


def _rows() -> list[dict[str, Any]]:
    """Return what is listed of each model, from the index."""
    from deterrence.models.catalogue import listed

    return list(listed())


def _chosen(rows: Iterable[dict[str, Any]], **traits: str) -> list[dict[str, Any]]:
    """Return the rows that have the traits, whatever the case of their letters; a trait that none has is refused."""
    kept = list(rows)
    every = kept
    for trait, wanted in traits.items():
        if not wanted:
            continue
        known = sorted({word for row in every for word in as_words(row[trait])})
        if wanted.lower() not in map(str.lower, known):
            raise unknown(trait, wanted, known)
        kept = [row for row in kept if wanted.lower() in map(str.lower, as_words(row[trait]))]
    return kept


def _has(row: dict[str, Any], author: str, text: str) -> bool:
    """Tell whether a row has an author and a text, whatever the case and with hyphens as good as underscores."""
    everything = "\n".join(map(str, row.values()))
    return author.lower() in str(row["authors"]).lower() and _folded(text) in _folded(everything)


def _folded(text: str) -> str:
    return text.lower().replace("-", "_")


def _cells(rows: Sequence[dict[str, Any]]) -> list[list[str]]:
    return [[str(row[column]) for column in COLUMNS] for row in rows]


def _with_tabs(rows: Sequence[dict[str, Any]]) -> str:
    return "\n".join("\t".join(row) for row in _cells(rows))


def _aligned(rows: Sequence[dict[str, Any]], width: int) -> str:
    """Return the rows in columns; on a narrow terminal the widest are cut, so that a part of each title is left."""
    table = [list(COLUMNS), *_cells(rows)]
    widths = _fitted([max(map(len, column)) for column in zip(*table, strict=True)], width)
    lines = [GAP.join(_cut(cell, size).ljust(size) for cell, size in zip(row, widths, strict=True)) for row in table]
    return "\n".join(line.rstrip() for line in lines)


def _fitted(widths: Sequence[int], width: int) -> list[int]:
    """Return widths of columns that fit a line: the title gives way first, the key last."""
    *before, last = widths
    room = width - len(GAP) * len(before)
    before = list(before)
    for places, least in (((1, 2, 3), SHORTEST), ((0,), NARROWEST)):
        for place in places:
            before[place] = min(before[place], max(least, before[place] - max(0, sum(before) + NARROWEST - room)))
    return [*before, max(1, min(last, room - sum(before)))]


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
