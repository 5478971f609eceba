"""The works that models and methods come from: ``references.bib``, and what to cite."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from deterrence.errors import unknown
from deterrence.games.named import Named

ENTRY = re.compile(r"^@(?P<kind>\w+)\{(?P<key>[^,\s]+),\n(?P<body>.*?)^\}", re.MULTILINE | re.DOTALL)
FIELD = re.compile(r"^\s*(?P<name>\w+)\s*=\s*\{(?P<value>.*)\},?$", re.MULTILINE)
LETTERS = {
    r"\'e": "é", r"\'i": "í", r"\"a": "ä", r"\"o": "ö", r"\"u": "ü", r"\o": "ø", r"\c c": "ç", r"\&": "&",
    "--": "–", "``": "“", "''": "”", "`": "‘", "'": "’",
}  # fmt: skip


@dataclass(frozen=True)
class Reference:
    """An entry of the bibliography.

    Attributes
    ----------
    key, kind
        Its key, and its BibTeX type, such as ``"article"``.
    fields
        Its fields, as BibTeX writes them.
    bibtex
        The entry as it stands in the file.
    """

    key: str
    kind: str
    fields: Mapping[str, str]
    bibtex: str

    @property
    def year(self) -> int:
        """The year in which it appeared."""
        return int(self.fields["year"])

    @property
    def authors_in_words(self) -> str:
        """The family names of its authors."""
        names = [_plain(name).partition(",")[0].strip() for name in self.fields.get("author", "").split(" and ")]
        return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)

    @property
    def short(self) -> str:
        """Authors and year as in a running text: "Zagare and Kilgour 2000", "Gannon et al. 2024"."""
        people = self.fields.get("author", "").split(" and ")
        family = _plain(people[0]).partition(",")[0].strip()
        who = f"{family} et al." if len(people) > 2 else self.authors_in_words
        return f"{who or _plain(self.fields['title'])} {self.year}"

    @property
    def unverified(self) -> str:
        """What of the entry could not be verified, in words; empty where all of it was."""
        return self.fields.get("unverified", "")

    @property
    def in_words(self) -> str:
        """The entry in a sentence: authors (year), title, where it appeared."""
        fields = {name: _plain(value) for name, value in self.fields.items()}
        place = fields.get("journal") or fields.get("booktitle") or fields.get("publisher", "")
        if "journal" in fields and "volume" in fields:
            number = f"({fields['number']})" if "number" in fields else ""
            place += f" {fields['volume']}{number}"
        pages = f": {fields['pages']}" if "pages" in fields and "journal" in fields else ""
        start = f"{self.authors_in_words} ({self.year}), " if self.authors_in_words else f"({self.year}) "
        rest = ", ".join(part for part in (fields["title"], f"{place}{pages}") if part)
        return f"{start}{rest}."


@cache
def bibliography() -> Mapping[str, Reference]:
    """Return the whole bibliography by key."""
    text = (Path(__file__).parent / "references.bib").read_text(encoding="utf-8")
    entries = {}
    for entry in ENTRY.finditer(text):
        fields = {field["name"].lower(): field["value"] for field in FIELD.finditer(entry["body"])}
        entries[entry["key"]] = Reference(entry["key"], entry["kind"].lower(), Named(fields), entry[0])
    return Named(entries)


def reference(key: str) -> Reference:
    """Return one entry of the bibliography.

    Raises
    ------
    UnknownNameError
        If there is no such key.
    """
    if key not in bibliography():
        raise unknown("reference", key, bibliography())
    return bibliography()[key]


def _plain(text: str) -> str:
    """Return a BibTeX text without its braces and with its accents as letters."""
    for written, letter in LETTERS.items():
        text = text.replace("{" + written + "}", letter).replace(written, letter)
    return text.replace("{", "").replace("}", "")
