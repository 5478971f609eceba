"""A map of the theory: the models laid out by two of the words that say where each stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from deterrence.errors import unknown
from deterrence.models.catalogue import chosen, key_of, load, names
from deterrence.models.index import Traits
from deterrence.models.theory import VOCABULARY
from deterrence.views import Shown, picture


@dataclass(frozen=True)
class TheoryMap(Shown):
    """Models laid out by two fields of :class:`deterrence.models.Theory`.

    A model stands once: where the first word of each field, its most important one, puts it.

    Attributes
    ----------
    rows, columns
        The fields, such as ``"mechanism"`` and ``"information"``.
    listed
        The models that are laid out, as the index knows them.
    """

    rows: str
    columns: str
    listed: tuple[Traits, ...]

    @cached_property
    def cells(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Row and column -> the keys of the models there; rows and columns without a model are left out."""
        places: dict[tuple[str, str], list[str]] = {}
        for traits in self.listed:
            places.setdefault((self._word(traits, self.rows), self._word(traits, self.columns)), []).append(traits.key)
        return MappingProxyType({place: tuple(keys) for place, keys in places.items()})

    @property
    def row_words(self) -> tuple[str, ...]:
        """The words that have a model, in the order of the vocabulary: one a row."""
        return self._used(self.rows, 0)

    @property
    def column_words(self) -> tuple[str, ...]:
        """The words that have a model, in the order of the vocabulary: one a column."""
        return self._used(self.columns, 1)

    def _used(self, name: str, position: int) -> tuple[str, ...]:
        used = {place[position] for place in self.cells}
        return tuple(word for word in (*VOCABULARY[name], NEITHER) if word in used)

    @staticmethod
    def _word(traits: Traits, name: str) -> str:
        words = getattr(traits, name)
        return words[0] if words else NEITHER

    def to_frame(self) -> Any:
        """Return a data frame of the map: in each cell the keys of its models, one a line."""
        import pandas as pd

        cells = [
            ["\n".join(self.cells.get((row, column), ())) for column in self.column_words] for row in self.row_words
        ]
        return pd.DataFrame(cells, index=pd.Index(self.row_words, name=self.rows), columns=list(self.column_words))

    def plot(self, ax: Any = None) -> Any:
        """Draw the map on axes, made where none are given, and return them."""
        return picture("TheoryMap.plot", self, ax=ax)

    def __str__(self) -> str:
        lines = [f"{len(self.listed)} models by {self.rows} and {self.columns}."]
        for row in self.row_words:
            lines += ["", f"{row}: {VOCABULARY[self.rows].get(row, '')}".rstrip(": ")]
            for column in self.column_words:
                keys = self.cells.get((row, column), ())
                lines += [f"  {column}: {', '.join(keys)}"] if keys else []
        return "\n".join(lines)


NEITHER = "neither"
"""Where a model has no word of a field: one about deterrence neither by punishment nor by denial."""


def theory_map(rows: str = "mechanism", columns: str = "information", **traits: object) -> TheoryMap:
    """Lay the models out by two of the words that say where each stands in the theory of deterrence.

    Parameters
    ----------
    rows, columns
        Two fields of :class:`deterrence.models.Theory`: ``"mechanism"``, ``"actors"``, ``"information"``,
        ``"result"``, ``"means"`` (punishment or denial), ``"scope"`` (direct or extended), ``"phase"`` (general or
        immediate). A model stands where its first word puts it.
    **traits
        Which models, as for :func:`deterrence.models.table`: ``mechanism="attribution"``, ``relation="exact"``.

    Returns
    -------
    TheoryMap
        Prints as text, draws itself with ``plot()``, and has a data frame.

    Raises
    ------
    UnknownNameError
        If a field, a trait or a word is none of those there are.

    Examples
    --------
    >>> from deterrence import models
    >>> found = models.theory_map("result", "information", mechanism="brinkmanship")
    >>> found.cells["no effect", "two-sided"]
    ('nalebuff1986/risk_auction',)
    """
    for name in (rows, columns):
        if name not in VOCABULARY:
            raise unknown("field of the theory", name, VOCABULARY)
    return TheoryMap(rows, columns, chosen(**traits))


def neighbours(name: str) -> Mapping[str, str]:
    """Return the models next to one: key -> what is different there, in a sentence.

    Those that the model names come first, then those that name it, with their sentence turned round: "Unlike there,
    here …".

    Raises
    ------
    UnknownNameError
        If there is no such model.

    Examples
    --------
    >>> from deterrence import models
    >>> models.neighbours("strike")["schelling1966/tripwire"]
    'There a force may be stationed first.'
    """
    key = key_of(name)
    own = load(key).theory
    found = dict(own.neighbours) if own else {}
    for other in names():
        theory = load(other).theory
        if theory and key in theory.neighbours and other not in found:
            found[other] = _turned_round(theory.neighbours[key])
    return MappingProxyType(found)


def _turned_round(sentence: str) -> str:
    """Return a sentence on a model, as written at its neighbour, for the model itself."""
    if sentence.startswith("There "):
        return f"Unlike there, here {sentence.removeprefix('There ')}"
    return f"Seen from there: {sentence[:1].lower()}{sentence[1:]}"
