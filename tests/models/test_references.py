"""The bibliography: entries are whole, have a DOI or say that it is missing, and mark what was not verified."""

import importlib
import re
from pathlib import Path

import pytest

from deterrence import models
from deterrence.models.references import Reference

DOCS = Path(__file__).parents[2] / "docs"
WORKS = models.bibliography()
NEEDED = {
    "article": {"author", "title", "journal", "volume", "pages", "year"},
    "book": {"author", "title", "publisher", "year"},
    "incollection": {"author", "title", "booktitle", "pages", "publisher", "year"},
    "inproceedings": {"author", "title", "booktitle", "pages", "year"},
    "misc": {"title", "howpublished", "year"},
    "techreport": {"author", "title", "institution", "number", "year"},
}
"""What a reader needs to find a work, by the kind of entry."""


def made(kind="article", **fields):
    return Reference("somebody1999", kind, {"title": "A Title", "year": "1999", **fields}, "")


# -- every entry ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", WORKS)
def test_an_entry_has_what_a_reader_needs_to_find_the_work(key):
    assert NEEDED[WORKS[key].kind] <= set(WORKS[key].fields)


@pytest.mark.parametrize("key", [key for key, work in WORKS.items() if work.kind == "article"])
def test_an_article_has_a_doi_or_names_it_as_unverified(key):
    assert WORKS[key].doi or "doi" in WORKS[key].unverified


@pytest.mark.parametrize("key", [key for key, work in WORKS.items() if work.doi])
def test_a_doi_has_the_form_of_one(key):
    assert re.fullmatch(r"10\.\d{4,}/\S+", WORKS[key].doi)


def test_no_two_works_have_the_same_doi():
    found = [work.doi.lower() for work in WORKS.values() if work.doi]
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("key", [key for key, work in WORKS.items() if work.fields.get("unverified") is not None])
def test_only_fields_of_the_entry_and_the_doi_are_unverified(key):
    work = WORKS[key]
    assert work.unverified, "a field without content"
    assert set(work.unverified) <= {*work.fields, "doi"} - {"unverified"}
    assert len(set(work.unverified)) == len(work.unverified)


def test_the_commentary_can_be_cited_without_naming_anybody():
    work = WORKS["iraq2020"]
    assert not {"author", "editor", "journal", "publisher", "url"} & set(work.fields)
    assert "commentary" in work.in_words
    assert "2020" in work.in_words


# -- in words ---------------------------------------------------------------------------------------------


def test_a_work_in_words_ends_with_its_doi():
    work = made(author="Doe, J.", journal="Journal", volume="1", number="2", pages="3--4", doi="10.1000/ab(1)2-C")
    assert work.in_print == "Doe (1999), A Title, Journal 1(2): 3–4."
    assert work.in_words == "Doe (1999), A Title, Journal 1(2): 3–4. doi:10.1000/ab(1)2-C"
    assert (work.unverified, work.caution) == ((), "")


def test_a_work_without_a_doi_ends_with_where_it_appeared():
    assert made("book", author="Doe, J.", publisher="Press").in_words == "Doe (1999), A Title, Press."
    assert made("misc", howpublished="a leaflet").in_words == "(1999) A Title, a leaflet."


def test_a_chapter_in_words_has_its_volume_and_pages():
    work = made("incollection", author="Doe, J.", booktitle="Handbook", volume="3", pages="5--6", publisher="Press")
    assert work.in_print == "Doe (1999), A Title, Handbook 3: 5–6."


def test_what_was_not_verified_is_said():
    work = made(pages="1--2", doi="10.1000/1", unverified="pages, doi")
    assert work.unverified == ("pages", "doi")
    assert work.caution == "Not verified: pages and DOI."
    assert work.in_words.endswith("doi:10.1000/1 (unverified)")
    assert made(unverified="pages").caution == "Not verified: pages."


def test_a_page_shows_the_doi_as_a_link_and_what_was_not_verified(monkeypatch):
    pytest.importorskip("sphinx")
    monkeypatch.syspath_prepend(DOCS)
    pages = importlib.import_module("model_pages")
    work = made(author="Doe, J.", journal="Journal", doi="10.1000/ab(1)2", unverified="volume, doi")
    monkeypatch.setattr(pages.models, "reference", lambda key: work)
    shown = pages.source(models.load("strike"))
    assert shown == (
        r"Doe (1999), A Title, Journal. [doi:10.1000/ab(1)2](<https://doi.org/10.1000/ab(1)2>) "
        "Not verified: volume and DOI."
    )
