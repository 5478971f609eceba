"""Every chapter of the course has its parts, its exercises are solved and asserted, and it can stand alone."""

import re
from pathlib import Path

import pytest

from deterrence.models import bibliography
from docs.plain import inline, parts, plain

DOCS = Path(__file__).resolve().parent.parent / "docs"
CHAPTERS = sorted((DOCS / "course").glob("[0-9][0-9]-*.md"))
LESSONS = sorted((DOCS / "tutorial").glob("[0-9]-*.md"))
PAGES = sorted(path for path in DOCS.rglob("*.md") if not {"_build", "generated"} & set(path.parts))
HEADINGS = [
    "The question",
    "Play first",
    "The game",
    "The result",
    "The picture",
    "What the model leaves out",
    "Exercises",
    "Further reading",
    "In a syllabus",
]
KINDS = {"warm-up", "standard", "research"}
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(?P<options>(?::[^\n]*\n)*)(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
TERM = re.compile(r"\{term\}`(?:[^`<]*<)?(?P<term>[^`>]+)>?`")
LONGEST_LINE = 88
"""So many letters of code fit beside both sidebars of a page that is 1280 pixels wide."""

each_chapter = pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)


def text_of(path):
    return path.read_text(encoding="utf-8")


def without_code(path):
    return CELL.sub("", text_of(path)).partition("---\n\n")[2]


def exercises(path):
    """Return the title and the text of each exercise."""
    body = text_of(path).partition("\n## Exercises\n")[2].partition("\n## Further reading\n")[0]
    pieces = re.split(r"^### ", body, flags=re.MULTILINE)[1:]
    return [(title, text) for title, _, text in (piece.partition("\n") for piece in pieces)]


def glossary():
    text = text_of(DOCS / "reference" / "glossary.md")
    return {line.lower() for line in text.splitlines() if line and not line.startswith((" ", ":", "#"))}


def test_there_are_thirteen_chapters_in_order():
    assert [path.stem[:2] for path in CHAPTERS] == [f"{k:02}" for k in range(1, 14)]


@each_chapter
def test_a_chapter_has_its_parts_in_order(path):
    found = re.findall(r"^## (.+)$", without_code(path), re.MULTILINE)
    assert [heading for heading in found if heading in HEADINGS] == HEADINGS
    number = int(path.stem[:2])
    assert f"\n# {number}. " in text_of(path)
    assert f"{{admonition}} Proposition {number}." in text_of(path)
    assert ":class: proposition" in text_of(path)
    assert "{.lead}" in text_of(path)
    assert "*Proof idea.*" in text_of(path)


@each_chapter
def test_a_chapter_is_played_before_it_is_explained(path):
    play = text_of(path).partition("\n## Play first\n")[2].partition("\n## ")[0]
    assert "predict=True" in play
    for word in ("**Predict.**", "**Move.**", "**Explain.**"):
        assert word in play
    assert "characterize" in "".join(cell["code"] for cell in CELL.finditer(text_of(path)))


@each_chapter
def test_each_exercise_has_a_kind_and_a_solution_that_is_asserted(path):
    found = exercises(path)
    assert 3 <= len(found) <= 5
    kinds = [re.search(r"\(([\w-]+)\)$", title)[1] for title, _ in found]
    assert set(kinds) == KINDS
    for title, text in found:
        asked, solution = text.split("\n#### Solution\n")
        assert asked.strip(), title
        assert any("assert " in cell["code"] for cell in CELL.finditer(solution)), title


@each_chapter
def test_no_solution_stands_outside_an_exercise(path):
    assert text_of(path).count("#### Solution") == len(exercises(path))
    assert not re.search(r"^#{1,3} (Solution|Answer)", without_code(path), re.MULTILINE)


@each_chapter
def test_further_reading_names_works_of_the_bibliography(path):
    works = re.search(r":::\{reading\}\n(.*?)\n:::", text_of(path), re.DOTALL)[1].splitlines()
    keys = [line.partition(":")[0] for line in works]
    assert len(keys) >= 4
    assert set(keys) <= set(bibliography())
    assert all(line.partition(":")[2].strip() for line in works), "each work says why one should read it"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_terms_stand_in_the_glossary_and_code_fits_its_column(path):
    text = text_of(path)
    missing = {term["term"] for term in TERM.finditer(text)} - {"name"}
    assert {" ".join(term.split()).lower() for term in missing} <= glossary()
    long = [line for cell in CELL.finditer(text) for line in cell["code"].splitlines() if len(line) > LONGEST_LINE]
    assert not [line for line in long if '"' not in line]


def test_the_glossary_explains_each_word_once_in_order():
    text = text_of(DOCS / "reference" / "glossary.md")
    words = [line for line in text.splitlines() if line and not line.startswith((" ", ":", "#"))][1:]
    assert words == sorted(set(words), key=lambda word: word.lower().replace("é", "e"))
    assert len(words) > 100


@pytest.mark.parametrize("path", [*CHAPTERS, *LESSONS], ids=lambda path: path.stem)
def test_what_is_downloaded_has_no_markup_of_the_site(path):
    for part in parts(without_code(path)):
        left = plain(part.text, lambda name, lines: ["- a work"] if name == "reading" else None)
        assert ":::" not in left
        assert not re.search(r"\{[\w:]+\}`", left)
        assert not re.search(r"\]\([^)]*\.md\)", left)


def test_roles_links_and_directives_become_plain_text():
    assert inline("A {term}`fair share <share>` of {func}`~deterrence.solve`.") == "A fair share of `solve`."
    assert inline("See [page](../a.md) and [site](https://example.org).") == "See page and [site](https://example.org)."
    assert plain("{.lead}\nWords.\n\n:::{admonition} Said\n:class: proposition\nIt {term}`is\nso <so>`.\n:::") == (
        "Words.\n\n> **Said**\n>\n> It is\n> so."
    )


def test_code_in_text_is_left_alone():
    text = "```python\n:::{note}\n[a](b.md)\n```"
    assert plain(text) == text


def test_a_solution_ends_with_the_next_heading_of_its_level():
    text = "### 1\nask\n#### Solution\nsolved\n##### note\nmore\n### 2\nask"
    found = [(part.is_solution, part.text) for part in parts(text)]
    assert found == [(False, "### 1\nask"), (True, "solved\n##### note\nmore"), (False, "### 2\nask")]
