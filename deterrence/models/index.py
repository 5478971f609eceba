"""The traits of the models, kept in ``index.csv`` beside this file, so that a list of models loads none of them.

``catalogue.write_index()`` writes the file; a test holds it against the models.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from deterrence.models.model import Model
from deterrence.models.theory import WORDS, as_words

FILE = Path(__file__).with_name("index.csv")
BETWEEN = "; "
"""Between the words of a cell that holds several."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What a list says of a model: what it is to which work, what kind of game it is, how large, and its theory.

    ``placed`` is the number of claims of which a place in the work is told.
    """

    key: str
    title: str
    source: str
    relation: str
    topic: str
    players: int
    hidden_information: bool
    kind: str
    parameters: int
    claims: int
    placed: int
    mechanism: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    information: tuple[str, ...] = ()
    result: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    phase: tuple[str, ...] = ()

    @classmethod
    def of(cls, model: Model) -> Traits:
        """Return the traits of a model."""
        game = model.game
        placed = sum(bool(claim.place) for claim in model.claims)
        size = (
            len(game.players),
            model.hidden_information,
            model.kind,
            len(game.parameters),
            len(model.claims),
            placed,
        )
        words = [as_words(getattr(model.theory, name)) for name in WORDS] if model.theory else []
        return cls(model.key, model.title, model.source, model.relation, model.topic, *size, *words)

    @property
    def as_texts(self) -> tuple[str, ...]:
        """The traits as the file holds them: several words in one cell."""
        values = (getattr(self, field.name) for field in fields(self))
        return tuple(BETWEEN.join(value) if isinstance(value, tuple) else str(value) for value in values)


@cache
def kept() -> Mapping[str, Traits]:
    """Return the traits in the file, by key."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["key"]: _from_texts(row) for row in csv.DictReader(file)}


def _from_texts(row: Mapping[str, str]) -> Traits:
    read: dict[str, Any] = {name: int(row[name]) for name in ("players", "parameters", "claims", "placed")}
    read |= {name: tuple(filter(None, row[name].split(BETWEEN))) for name in WORDS}
    return Traits(**{**row, **read, "hidden_information": row["hidden_information"] == "True"})


def write(rows: Iterable[Traits]) -> None:
    """Write the file anew; where a model cannot be read, the file stays as it was."""
    texts = [row.as_texts for row in rows]
    with FILE.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([field.name for field in fields(Traits)])
        table.writerows(texts)
    kept.cache_clear()
