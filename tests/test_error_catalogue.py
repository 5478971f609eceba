"""The catalogue of errors has every sentence with its cause and remedy, and knows which of them the tests reach."""

import ast

import pytest

import deterrence as dt
from deterrence import errors
from docs.error_sites import CLASSES, HOLE, sites
from tests import reached

OWN = sorted(set(CLASSES) - {"DeterrenceError"})


@pytest.fixture(scope="module")
def found():
    return sites()


def test_every_raise_of_an_error_of_ours_is_in_the_catalogue(found):
    """Count in another way: by the text of the raise statements alone."""
    covered = {(site.file, line) for site in found for line in range(site.first, site.last + 1)}
    missing = []
    for path in sorted(reached.LIST.parent.parent.glob("deterrence/**/*.py")):
        file = path.relative_to(reached.LIST.parent.parent).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                name = ast.unparse(node.exc.func)
                if name in {*CLASSES, "unknown", "scanner.error", "self.scanner.error"}:
                    missing += [f"{file}:{node.lineno}"] if (file, node.exc.lineno) not in covered else []
    assert not missing


def test_a_sentence_says_something(found):
    """Few pass on what another error said; the others have words of their own."""
    mute = [site.key for site in found if not any(letter.isalpha() for letter in site.sentence)]
    assert len(mute) <= 6, mute
    assert all(site.sentence.rstrip(HOLE).endswith((".", ")", ":", "")) for site in found)


@pytest.mark.parametrize("name", OWN)
def test_every_kind_of_error_gives_its_cause_and_remedy(name):
    notes = CLASSES[name].__doc__.partition("Notes\n")[2]
    assert "Cause: " in notes
    assert "Remedy: " in notes


@pytest.mark.parametrize("name", OWN)
def test_every_kind_of_error_is_raised_somewhere(found, name):
    assert any(site.error == name for site in found)


@pytest.mark.parametrize("name", OWN)
def test_every_kind_of_error_is_a_builtin_error_too(name):
    assert issubclass(CLASSES[name], (ValueError, TypeError, ImportError))
    assert issubclass(CLASSES[name], errors.DeterrenceError)


def test_the_page_has_every_kind_and_every_sentence(found, monkeypatch):
    pytest.importorskip("sphinx")
    monkeypatch.syspath_prepend(str(reached.LIST.parent.parent / "docs"))
    from docs import error_pages

    page = error_pages.catalogue(found)
    assert all(f"## {name}\n" in page for name in OWN)
    assert page.count("**Cause.**") == page.count("**Remedy.**") == len(OWN)
    said = [site for site in found if any(letter.isalpha() for letter in site.sentence)]
    assert all(f"- {error_pages.escaped(site.sentence)}\n" in page for site in said)
    assert "There is no model called" in page


def test_the_recorder_knows_the_place_that_made_an_error(recorder, found):
    with pytest.raises(errors.UnknownNameError):
        dt.models.load("irak-2020")  # made by a function that puts the message together
    with pytest.raises(errors.FileFormatError, match="begins with c"):
        dt.read_gambit('EFG 2 R "t" { "A" "B" }\nx "" 0')  # made by a method of another file
    lines = {}
    for file, line in recorder.lines:
        lines.setdefault(file, set()).add(line)
    missed = {site.key for site in reached.unreached(found, lines)}
    made = [site for site in found if site.key not in missed]
    assert {site.file for site in made} == {"deterrence/models/catalogue.py", "deterrence/exchange/gambit/efg_rows.py"}
    assert len(made) == 2


def test_the_recorder_undoes_what_it_does():
    made = errors.GameError("x"), errors.FileFormatError("y", line=2, column=3)
    assert [str(one) for one in made] == ["x", "Line 2, column 3: y"]
    assert "__init__" not in vars(errors.DeterrenceError) or vars(errors.DeterrenceError)["__init__"].__name__ == "tell"


def test_the_comparison_names_what_no_test_reached(tmp_path, found, capsys, monkeypatch):
    kept, left = found[0], found[1]
    everything = {(site.file, site.first) for site in found}
    rows = everything - {(left.file, line) for line in range(left.first, left.last + 1)}
    (tmp_path / "1.txt").write_text("".join(f"{file}:{line}\n" for file, line in rows))
    monkeypatch.setattr(reached, "LIST", tmp_path / "unreached.list")
    reached.LIST.write_text("# nothing\n")
    assert reached.main(str(tmp_path)) == 1
    assert left.sentence in capsys.readouterr().out
    reached.LIST.write_text(f"{left.key}\n{kept.key}\n")
    assert reached.main(str(tmp_path)) == 0
    assert f"take it off unreached.list: {kept.key}" in capsys.readouterr().out


def test_the_list_of_what_no_test_reaches_only_shrinks(found):
    listed = reached.listed()
    assert len(listed) == len(set(listed)) <= MOST_UNREACHED
    assert all(key.startswith("deterrence/") for key in listed)


MOST_UNREACHED = 6
"""Lower it with every line taken off the list."""
