"""What is written in LaTeX compiles, with the packages that it names and no others."""

import shutil
import subprocess

import pytest

import deterrence as dt
from deterrence import models
from deterrence.mechanisms import Deniability
from tests.odd_names import ODD, odd_tree

pytestmark = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs pdflatex")


def strike():
    return models.load("strike").game


def compiled(text, folder, engine="pdflatex"):
    """Compile a document and return LaTeX's record; the test fails where LaTeX does."""
    (folder / "page.tex").write_text(text, "utf-8")
    command = [engine, "-interaction=nonstopmode", "-halt-on-error", "page.tex"]
    ran = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, errors="replace", timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stdout[-2000:]
    return (folder / "page.log").read_text("utf-8", errors="replace")


def things():
    deniable = strike().under(Deniability("strike", "retaliate"))
    odd_table = dt.bimatrix(
        [[3, 2], ["1/3", "-1.5e-9"]],
        [[3, 4], [2, 1]],
        players=(ODD, '[b] *c* <d>|"e"'),
        actions=[["a & b", "[x]"], ["100% sure", "do_it -- now"]],
        name=ODD,
    )
    yield "odd table", odd_table, {"best_replies": True}
    yield "odd tree", odd_tree, {}
    yield "odd tree solved", odd_tree, {"equilibrium": dt.solve(odd_tree)[0], "values": True}
    yield "odd solution", dt.solve(odd_tree), {}
    yield "classes", dt.characterize(deniable), {}
    yield "strategic form", deniable.strategic_form(), {"best_replies": True}
    yield "threshold", dt.threshold(deniable, "attribution", "strike"), {}
    yield "claims", models.load("strike").check(), {}


@pytest.mark.slow
def test_whole_documents_compile(tmp_path):
    for kind, thing, options in things():
        log = compiled(dt.to_latex(thing, whole=True, **options), tmp_path)
        assert "Missing character" not in log, kind


@pytest.mark.slow
@pytest.mark.parametrize("key", [key for key in models.names() if not key.startswith("cases/")])
def test_the_game_of_every_published_model_fits_a_page_of_its_own(key, tmp_path):
    game = models.load(key).game
    if not isinstance(game, dt.Game):
        pytest.skip("the model is no finite game")
    log = compiled(dt.to_latex(game, whole=True), tmp_path)
    assert "(1 page" in log
    assert "Overfull" not in log


def test_a_piece_compiles_in_an_authors_document(tmp_path):
    tree, classes = dt.to_latex(odd_tree), dt.to_latex(dt.characterize(strike()))
    head = [line.removeprefix("% The preamble needs: ") for line in (tree + classes).splitlines() if "needs:" in line]
    body = f"\\begin{{document}}\n{tree}\n{classes}\n\\end{{document}}"
    compiled("\n".join([r"\documentclass{article}", *head, body]), tmp_path)
