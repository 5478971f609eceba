"""The works that models and methods come from: ``references.bib``, and what to cite."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from deterrence.errors import unknown
from deterrence.games.named import Named
from deterrence.games.words import listed

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
    def doi(self) -> str:
        """Its digital object identifier, without a resolver's address; empty where none is known."""
        return self.fields.get("doi", "")

    @property
    def unverified(self) -> tuple[str, ...]:
        """The fields that no source confirmed, ``"doi"`` where one is missing; empty where all were confirmed."""
        return tuple(filter(None, map(str.strip, self.fields.get("unverified", "").split(","))))

    @property
    def caution(self) -> str:
        """What of the entry was not verified, in a sentence; empty where all of it was."""
        names = ["DOI" if name == "doi" else name for name in self.unverified]
        return f"Not verified: {listed(names)}." if names else ""

    @property
    def in_words(self) -> str:
        """The entry in words: authors (year), title, where it appeared, and its DOI, with a word if unverified."""
        doubt = " (unverified)" if "doi" in self.unverified else ""
        return f"{self.in_print} doi:{self.doi}{doubt}" if self.doi else self.in_print

    @property
    def in_print(self) -> str:
        """The entry in a sentence, without its DOI: authors (year), title, where it appeared."""
        fields = {name: _plain(value) for name, value in self.fields.items()}
        places = ("journal", "booktitle", "publisher", "institution", "howpublished")
        place = next((fields[name] for name in places if name in fields), "")
        if "journal" in fields and "volume" in fields:
            number = f"({fields['number']})" if "number" in fields else ""
            place += f" {fields['volume']}{number}"
        elif "booktitle" in fields and "volume" in fields:
            place += f" {fields['volume']}"
        pages = f": {fields['pages']}" if "pages" in fields else ""
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
