"""Names for what a file leaves unnamed or names twice, and names that every program takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

NEAREST = str.maketrans(
    {"\\": "/", '"': "'", "–": "-", "—": "-", "−": "-", "’": "'", "‘": "'", "“": "'", "”": "'", "…": "..."}
)
OTHER = re.compile(r"[^ -~]+")


def distinct(labels: Iterable[str], kind: str) -> tuple[str, ...]:
    """Return the labels made different from each other, in order, the same for the same labels.

    An empty label becomes the kind and its position (``player 2``). Of equal ones the first stays, the others
    get a number: ``strike``, ``strike (2)``, ``strike (3)``; numbers that would give a name in use are passed
    over.

    Examples
    --------
    >>> distinct(["strike", "", "strike", "strike (2)"], "action")
    ('strike', 'action 2', 'strike (3)', 'strike (2)')
    """
    listed = list(labels)
    names = Names(label for label in listed if label.strip())
    return tuple(
        names.take(label) if label.strip() else names.instead(f"{kind} {i}") for i, label in enumerate(listed, 1)
    )


class Names:
    """A supply of names, each given out once; ``reserved`` names go only to their own labels."""

    def __init__(self, reserved: Iterable[str] = ()) -> None:
        self._reserved = set(reserved)
        self._given: set[str] = set()
        self._count: dict[str, int] = {}

    def instead(self, name: str) -> str:
        """Return a name for something without a label: one that no label has."""
        return self.take(f"{name} (2)" if name in self._reserved else name)

    def take(self, label: str) -> str:
        """Return the label itself the first time, later with the next free number."""
        name, count = label, self._count.get(label, 1)
        while name in self._given or (name != label and name in self._reserved):
            count += 1
            name = f"{label} ({count})"
        self._count[label] = count
        self._given.add(name)
        return name


def plain_name(name: str, instead: str) -> str:
    r"""Return the nearest name in ASCII; ``instead`` where nothing of the name is left.

    Examples
    --------
    >>> plain_name("Türkiye  strikes\n— or not", "player 1")
    'Turkiye strikes - or not'
    """
    folded = unicodedata.normalize("NFKD", " ".join(name.split()).translate(NEAREST))
    return " ".join(OTHER.sub("", folded).split()) or instead


def plain_names(names: Iterable[str], kind: str) -> tuple[str, ...]:
    """Return the nearest names in ASCII, made different from each other."""
    return distinct((plain_name(name, "") for name in names), kind)
