"""A Sphinx extension that writes the catalogue of errors: every class and every sentence, with cause and remedy."""

import inspect
import re
from itertools import groupby
from pathlib import Path

import error_sites
import reference_pages
from cache import Cache
from error_sites import CLASSES, Site, sites
from generated import write
from reference_pages import AREAS, OTHER
from sources import key_of, library
from sphinx.application import Sphinx
from sphinx.config import Config

FOLDER = "reference/generated"
PAGE = "90-error-catalogue.md"
INTRODUCTION = """\
# Catalogue of errors

Every error message of the library, collected from its source when this page was built: {count} messages of {classes}
kinds. A message says what is wrong, what was given and what is allowed; `…` stands for the values of the case at hand.
Search this page for the words of your message.

All are kinds of {{py:obj}}`DeterrenceError <deterrence.errors.DeterrenceError>`, and each is a builtin error too, so
that `except ValueError` catches it as expected. A search without a result raises no error: the answer's `status` gives
the reason. The command line prints the message and ends with status 2.
"""


def write_error_page(app: Sphinx, _config: Config) -> None:
    """Write the catalogue into the folder of the reference; reading the whole source takes some seconds."""
    makers = [Path(file) for file in (__file__, error_sites.__file__, reference_pages.__file__)]
    page = Cache().result(lambda: key_of([*library(), *makers], "errors"), lambda: catalogue(sites()).encode())
    folder = Path(app.srcdir) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / PAGE, page)


def catalogue(found: tuple[Site, ...]) -> str:
    """Return the page, one section a kind of error, in the order of their classes."""
    told = [site for site in found if any(letter.isalpha() for letter in site.sentence)]
    parts = [
        section(name, [site for site in told if site.error == name]) for name in CLASSES if name != "DeterrenceError"
    ]
    distinct = {(site.error, site.sentence) for site in told}
    return "\n".join([INTRODUCTION.format(count=len(distinct), classes=len(parts)), *parts])


def section(name: str, own: list[Site]) -> str:
    """Return what the page says of one kind of error."""
    kind = CLASSES[name]
    summary = (inspect.getdoc(kind) or "").partition("\n")[0].removeprefix("Raised when ")
    builtin = next(one.__name__ for one in kind.__mro__ if one.__module__ == "builtins")
    lines = [f"## {name}", "", f"{summary[:1].upper()}{summary[1:]} It is a `{builtin}`.", ""]
    lines += [f"**{word}.** {text}\n" for word, text in explained(name).items()]
    for area, inside in groupby(sorted(own, key=order), key=area_of):
        sentences = sorted({site.sentence for site in inside})
        lines += [
            f":::{{dropdown}} {area} ({len(sentences)})",
            ":open:",
            "",
            *(f"- {escaped(one)}" for one in sentences),
            ":::",
            "",
        ]
    return "\n".join(lines)


def explained(name: str) -> dict[str, str]:
    """Return the cause and the remedy that a class's docstring gives under its notes."""
    text = inspect.getdoc(CLASSES[name]) or ""
    found = {word: re.search(rf"^{word}: (.*?)(?:\n\n|\Z)", text, re.DOTALL | re.MULTILINE) for word in WORDS}
    return {word: " ".join(match[1].split()).replace("``", "`") for word, match in found.items() if match}


WORDS = ("Cause", "Remedy")


def area_of(site: Site) -> str:
    """Return the title of the part of the library that a reader knows a site's module by."""
    own = {"cli": "The command line"}.get(site.module, OTHER[0])
    return next((title for title, _, modules in AREAS if site.module in modules), own)


def order(site: Site) -> tuple[int, str]:
    """Return where a site's area stands in the reference."""
    titles = [title for title, *_ in AREAS]
    area = area_of(site)
    return (titles.index(area) if area in titles else len(titles), area)


def escaped(text: str) -> str:
    """Return a text in which nothing is markup."""
    for sign in "\\`*_$|[]<>{}@":
        text = text.replace(sign, f"\\{sign}")
    return text


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect the handler."""
    app.connect("config-inited", write_error_page, priority=600)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
