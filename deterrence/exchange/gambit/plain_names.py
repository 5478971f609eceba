"""Names that every program takes: printable ASCII without quotation marks, single blanks between words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from deterrence.exchange.gambit.distinct_names import distinct

NEAREST = str.maketrans(
    {"\\": "/", '"': "'", "–": "-", "—": "-", "−": "-", "’": "'", "‘": "'", "“": "'", "”": "'", "…": "..."}
)
OTHER = re.compile(r"[^ -~]+")


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
