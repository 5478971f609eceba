"""What is made from the chapters: notebooks and scripts that stand alone, slides without solutions, open worksheets."""

import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parent.parent / "docs"
sys.path.insert(0, str(DOCS))  # these modules are extensions of Sphinx, which finds them there

nbformat = pytest.importorskip("nbformat")
pytest.importorskip("sphinx")
pytest.importorskip("jupytext")
bs4 = pytest.importorskip("bs4")

import notebooks  # noqa: E402 - after the packages that may be missing, as the next two
import slides  # noqa: E402
import worksheets  # noqa: E402
from myst_nb.core.read import read_myst_markdown_notebook  # noqa: E402
from myst_parser.config.main import MdParserConfig  # noqa: E402

from deterrence import models  # noqa: E402

CHAPTERS = sorted((DOCS / "course").glob("[0-9][0-9]-*.md"))
LESSONS = sorted((DOCS / "tutorial").glob("[0-9]-*.md"))
PAGE = """
<article class="bd-article"><section><h1>7. Things<a class="headerlink" href="#x">#</a></h1><p class="lead">What it is.</p>
<section><h2>The result</h2><p>First sentence here. Second one, <span class="math">\\(x^2\\)</span>. %s</p>
<div class="math">\\[\\begin{split}y = 1\\end{split}\\]</div>
<div class="cell"><div class="cell_input"><pre>code()</pre></div><div class="cell_output"><pre>answer</pre></div></div>
<div class="cell"><details><summary>Show</summary><div class="cell_input"><pre>hidden()</pre></div></details>
<div class="cell_output"><iframe srcdoc="&lt;body&gt;page&lt;/body&gt;"></iframe></div></div></section>
<section><h2>Exercises</h2><section><h3>1. One (warm-up)</h3><p>Ask.</p>
<details class="fold"><summary>Solution</summary><p>SECRET</p></details></section></section>
<section><h2>Further reading</h2><ul><li>A work.</li></ul></section></section></article>
""" % ("A longer sentence that goes on. " * 12)


def page_of(path):
    config = MdParserConfig(enable_extensions={"colon_fence", "dollarmath", "attrs_block", "attrs_inline"})
    notebook = read_myst_markdown_notebook(path.read_text(encoding="utf-8"), config=config, add_source_map=True)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


@pytest.mark.parametrize("path", [*CHAPTERS, *LESSONS], ids=lambda path: path.stem)
def test_a_notebook_is_valid_and_hides_its_solutions(path):
    notebook = notebooks.standing_alone(page_of(path))
    nbformat.validate(notebook)
    asked = path.read_text(encoding="utf-8").count("#### Solution")
    folded = [cell for cell in notebook.cells if cell.source.startswith("<details>")]
    hidden = [cell for cell in notebook.cells if "solution" in cell.metadata.get("tags", [])]
    assert len(folded) >= asked
    assert all(cell.metadata["jupyter"]["outputs_hidden"] for cell in hidden)
    assert not any("#### Solution" in cell.source for cell in notebook.cells)
    asserted = [cell for cell in hidden if "assert " in cell.source]
    assert len(asserted) >= asked


@pytest.mark.parametrize("path", [*CHAPTERS, *LESSONS], ids=lambda path: path.stem)
def test_a_script_is_code_and_prints_what_the_page_shows(path):
    script = notebooks.script(notebooks.standing_alone(page_of(path)))
    compile(script, path.name, "exec")
    assert "<details>" not in script
    assert "{term}" not in script


def test_the_script_of_the_first_chapter_runs(tmp_path):
    script = tmp_path / "threats.py"
    script.write_text(notebooks.script(notebooks.standing_alone(page_of(CHAPTERS[0]))), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False, env={"MPLBACKEND": "agg"}
    )
    assert ran.returncode == 0, ran.stderr
    assert "3 classes of subgame perfect equilibrium" in ran.stdout


def test_the_last_value_of_a_cell_is_printed_unless_it_is_shown_already():
    assert notebooks.printing("x = 1\nx") == "x = 1\nprint(x)"
    assert notebooks.printing("f(\n    1,\n)") == "print(f(\n    1,\n))"
    assert notebooks.printing("print(1)") == "print(1)"
    assert notebooks.printing("draw();") == "draw()"
    assert notebooks.printing("x = 1") == "x = 1"


@pytest.fixture
def deck(tmp_path):
    (tmp_path / "07-things.html").write_text(PAGE, encoding="utf-8")
    return bs4.BeautifulSoup(slides.deck(tmp_path / "07-things.html"), "html.parser")


def test_slides_leave_out_solutions_and_reading(deck):
    assert "SECRET" not in deck.get_text()
    assert "A work." not in deck.get_text()
    assert [heading.get_text() for heading in deck.select(".slide h2")][-1] == "Exercise 1. One (warm-up)"


def test_slides_show_first_sentences_and_keep_the_text_as_notes(deck):
    shown = deck.select(".slide > p")
    assert shown[1].get_text().startswith("First sentence here. Second one")
    assert shown[1].get_text().count("A longer sentence") < 6
    assert deck.select_one(".notes").get_text().count("A longer sentence") == 12


def test_slides_need_nothing_else(deck):
    assert deck.select_one("math msup") is not None
    assert "split" not in deck.select_one("math[display=block]").get_text()
    assert "embed" in deck.select_one("iframe")["srcdoc"]
    assert not deck.select("script[src], link, img[src^=http]")
    assert "hidden()" not in deck.get_text()
    assert "code()" in deck.get_text()


def test_what_is_marked_as_key_is_shown_instead_of_first_sentences():
    paragraph = bs4.BeautifulSoup('<p>Some text. <span class="key">This counts.</span></p>', "html.parser").p
    assert slides.key_of(paragraph) == '<span class="key">This counts.</span>'


@pytest.mark.parametrize("key", worksheets.GAMES.values())
def test_a_worksheet_shows_no_payoff(key):
    model = models.load(key)
    sheet = bs4.BeautifulSoup(worksheets.of_model(model), "html.parser")
    picture = sheet.select_one("svg") or sheet.select_one("table")
    ends = sum(outcome is not None for outcome in model.game.form.outcome)
    assert picture.get_text().count(worksheets.OPEN) == ends * len(model.game.players)


def test_the_worksheet_for_a_crisis_of_ones_own_is_open_everywhere():
    sheet = bs4.BeautifulSoup(worksheets.of_an_own_crisis(), "html.parser")
    assert sheet.select_one("svg").get_text().count(worksheets.OPEN) == 4 + 3 + 6


def test_every_chapter_with_a_worksheet_exists():
    assert {*worksheets.GAMES, worksheets.OWN} <= {path.stem for path in CHAPTERS}
