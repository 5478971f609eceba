"""The traits of the models, kept in ``index.csv`` beside this file, so that a list of models loads none of them.

``catalogue.write_index()`` writes the file; a test holds it against the models.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from deterrence.models.model import Model

FILE = Path(__file__).with_name("index.csv")


@dataclass(frozen=True, slots=True)
class Traits:
    """What a list says of a model: its key, title, source and topic, what kind of game it is, and how large."""

    key: str
    title: str
    source: str
    topic: str
    players: int
    hidden_information: bool
    kind: str
    parameters: int
    claims: int

    @classmethod
    def of(cls, model: Model) -> Traits:
        """Return the traits of a model."""
        game = model.game
        size = (len(game.players), model.hidden_information, model.kind, len(game.parameters), len(model.claims))
        return cls(model.key, model.title, model.source, model.topic, *size)


@cache
def kept() -> Mapping[str, Traits]:
    """Return the traits in the file, by key."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["key"]: _from_texts(row) for row in csv.DictReader(file)}


def _from_texts(row: Mapping[str, str]) -> Traits:
    numbers: dict[str, Any] = {name: int(row[name]) for name in ("players", "parameters", "claims")}
    return Traits(**{**row, **numbers, "hidden_information": row["hidden_information"] == "True"})


def write(rows: Iterable[Traits]) -> None:
    """Write the file anew."""
    with FILE.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([field.name for field in fields(Traits)])
        table.writerows(astuple(row) for row in rows)
    kept.cache_clear()
