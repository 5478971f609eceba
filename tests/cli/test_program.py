"""The command line says what the library says, and a mistake ends in one sentence and status 2."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from typer.testing import CliRunner

import deterrence as dt
from deterrence import cli, report
from deterrence.errors import FileFormatError, GameError, ParameterError, UnknownNameError
from deterrence.models import catalogue
from deterrence.report import writing
from deterrence.report.sections import asking

STARTED = [sys.executable, "-W", "error", "-c", "from deterrence.cli import main; main()"]


@pytest.fixture(autouse=True)
def coarse(monkeypatch):
    monkeypatch.setattr(asking, "DETAIL", report.Detail(curve=5, feature=3, sample=32, ranked=2, searched=2))


def said(*arguments):
    """Return what the command prints; an error of ours is raised as it is."""
    result = CliRunner().invoke(cli.app, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def started(*arguments):
    return subprocess.run([*STARTED, *arguments], check=False, capture_output=True, text=True, encoding="utf-8")


# -- what it says ---------------------------------------------------------------------------------------


def test_models_lists_every_model():
    listed = said("models")
    for name in catalogue.names():
        assert name in listed


@pytest.mark.parametrize("name", ["strike", "zagare2000/unilateral_deterrence", "iraq-2020"])
def test_show_prints_the_model_as_python_does(name):
    assert said("show", name).strip() == str(catalogue.load(name)).strip()


def test_check_prints_each_claim_of_a_model_with_its_verdict():
    checked = said("check", "strike")
    number = len(catalogue.load("strike").claims)
    assert f"{number} claims: {number} hold, 0 fail." in checked
    assert "holds: At the defaults nobody strikes." in checked


def test_check_of_an_unknown_work_names_the_nearest():
    result = started("check", "zagare20000")
    assert result.returncode == 2
    assert "Did you mean 'zagare2000" in " ".join(result.stderr.split())


def test_set_changes_parameters_by_decimal_and_by_fraction():
    shown = said("show", "strike", "--set", "war=0.1", "--set", "prize=1/3")
    assert re.search(r"war\s+= 0.1 ", shown)
    assert re.search(r"prize\s+= 1/3 ", shown)


def test_solve_prints_the_solution():
    game = catalogue.load("strike").game.at(war=8)
    assert said("solve", "strike", "--set", "war=8").strip() == str(dt.solve(game)).strip()


@pytest.mark.parametrize(
    ("concept", "method"),
    [("nash", dt.Nash()), ("subgame-perfect", dt.SubgamePerfect()), ("perfect-bayesian", dt.PerfectBayesian())],
)
def test_solve_asks_for_the_concept_named(concept, method):
    assert said("solve", "strike", "--concept", concept).strip() == str(dt.solve(catalogue.load("strike").game, method))


def test_without_a_command_it_helps():
    helped = CliRunner().invoke(cli.app, []).output
    for command in ("brief", "models", "show", "solve"):
        assert command in helped


# -- the brief --------------------------------------------------------------------------------------------


def test_the_brief_is_made_at_the_values_set():
    at_peace, at_risk = said("brief", "strike"), said("brief", "strike", "--set", "war=8")
    assert "It is certain that the outcome is 'status quo'." in at_peace
    assert "It is certain that the outcome is 'fait accompli'." in at_risk
    assert "Annex" not in at_peace
    assert "There is exactly one subgame perfect equilibrium." in said("brief", "strike", "--pages", "full")


def test_the_brief_has_two_pages_or_all():
    with pytest.raises(ParameterError, match="pages must be '2' or 'full'; got '3'"):
        said("brief", "strike", "--pages", "3")


def test_the_plain_brief_has_no_colour_and_fits_the_page():
    text = said("brief", "noisy-attribution", "--plain")
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 100


class Loads(HTMLParser):
    """Gather what a page would load, and count its figures."""

    def __init__(self):
        super().__init__()
        self.loaded, self.figures, self.tags = [], 0, []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append(tag)
        self.figures += tag == "svg"
        self.loaded += [given[key] for key in ("src", "srcset", "data", "action") if given.get(key)]
        if tag in {"a", "link", "image", "use"}:
            self.loaded += [value for key, value in given.items() if key.endswith("href")]


def test_the_page_is_whole_in_itself(tmp_path):
    target = tmp_path / "brief.html"
    printed = said("brief", "strike", "--output", str(target))
    page = target.read_text(encoding="utf-8")
    found = Loads()
    found.feed(page)
    assert "Wrote" in printed
    assert page.startswith("<!doctype html>")
    assert found.figures >= 3  # the map and a curve for each lever
    assert [link for link in found.loaded if not link.startswith(("#", "data:image/"))] == []
    assert not {"script", "link"} & set(found.tags)
    assert found.tags.count("iframe") == 1  # with its page inside, which tests/explorer/ looks at
    assert not re.search(r"url\(\s*['\"]?(?!#)|@import", page)


# -- what it refuses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["brief", "show", "solve"])
def test_a_misspelt_model_is_answered_with_the_nearest(command):
    with pytest.raises(UnknownNameError, match="Did you mean 'cases/iraq_2020'"):
        said(command, "irak-2020")


def test_a_misspelt_parameter_or_concept_is_answered_with_the_nearest():
    with pytest.raises(ParameterError, match="Did you mean 'punishment'"):
        said("solve", "strike", "--set", "punishmnt=3")
    with pytest.raises(UnknownNameError, match="Did you mean 'nash'"):
        said("solve", "strike", "--concept", "nsh")


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("war", "NAME=VALUE"),
        ("war=", "must be a number"),
        ("war=many", "must be a number"),
        ("war=1/0", "must be a number"),
        ("war=1e3", "must be a number"),
        ("war=nan", "must be a number"),
        ("war=inf", "must be a number"),
        ("war=" + "9" * 100, "must be a number"),
        ("war=21", "outside its range"),
        ("war=__import__('os')", "must be a number"),
    ],
)
def test_a_bad_value_is_refused_in_words(setting, sentence):
    with pytest.raises(ParameterError, match=sentence):
        said("solve", "strike", "--set", setting)


def test_values_that_break_an_assumption_are_refused():
    with pytest.raises(ParameterError, match="false_alarm <= detection"):
        said("solve", "noisy-attribution", "--set", "detection=0.05")


@pytest.mark.parametrize("place", ["", "missing/brief.html", "brief.doc", "there.html", "there.md"])
def test_an_output_that_cannot_be_written_is_refused_before_the_work(tmp_path, monkeypatch, place):
    (tmp_path / "there.html").write_text("mine")
    (tmp_path / "there-figures").mkdir()
    monkeypatch.setattr(report, "brief", lambda *_, **__: pytest.fail("the brief was made"))
    with pytest.raises(ParameterError, match=r"Cannot write|Cannot tell|--force"):
        said("brief", "strike", "--output", str(tmp_path / place))
    assert (tmp_path / "there.html").read_text() == "mine"


def test_force_writes_over_a_file_and_leaves_nothing_else(tmp_path):
    target = tmp_path / "brief.html"
    target.write_text("old")
    said("brief", "strike", "--output", str(target), "--force")
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [path.name for path in tmp_path.iterdir()] == ["brief.html"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    target = tmp_path / "brief.html"
    target.write_text("old")
    monkeypatch.setattr(writing.Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(FileFormatError, match="no space left"):
        writing.write_brief(report.Brief("Brief: x", (), (), ""), target)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["brief.html"]


def test_markdown_stands_beside_a_folder_of_its_figures(tmp_path):
    said("brief", "strike", "--output", str(tmp_path / "brief.md"))
    text = (tmp_path / "brief.md").read_text(encoding="utf-8")
    named = re.findall(r"\(<([^>]+)>\)", text)
    assert text.startswith("# Strike, retaliate or restrain:")
    assert len(named) >= 3
    assert sorted(named) == sorted(f"brief-figures/{path.name}" for path in (tmp_path / "brief-figures").iterdir())


# -- a game of one's own -----------------------------------------------------------------------------------

OWN = """
import deterrence as dt
@dt.game("Blocker", "Shipper")
def {name}(gain=dt.param(3, "gain", low=0, high=10), loss=dt.param(5, "loss", low=0, high=20)):
    "Run a blockade or not."
    return dt.move("Shipper", stay=dt.end("trade stops", 0, 0), run=dt.end("through", -1, gain - loss))
"""


@pytest.fixture
def own(tmp_path):
    def write(text):
        path = tmp_path / "own.py"
        path.write_text(text)
        return str(path)

    return write


def test_the_brief_is_made_on_a_file_of_ones_own(own):
    told = said("brief", own(OWN.format(name="blockade")), "--axis", "gain", "--set", "loss=2", "--plain")
    assert "Taking blockade from" in told
    assert "Shipper chooses “run” because" in told  # 3 - 2 is above 0
    assert "The answer jumps at gain = 2." in told


def test_a_measure_may_be_asked_for_by_name(own):
    told = said("brief", own(OWN.format(name="blockade")), "--axis", "gain", "--measure", "run", "--plain")
    assert "'run' is chosen" in told
    assert "the outcome is" not in told
    with pytest.raises(UnknownNameError, match="Did you mean 'run'"):
        said("brief", own(OWN.format(name="blockade")), "--measure", "runn")


def test_of_several_games_in_a_file_one_is_named(own):
    path = own(OWN.format(name="first") + OWN.format(name="second"))
    with pytest.raises(GameError, match=r"several games: first, second\. Say which, such as .*own\.py:first"):
        said("brief", path)
    assert "Taking second" in said("brief", path + ":second", "--axis", "gain", "--plain")
    with pytest.raises(UnknownNameError, match="Did you mean 'second'"):
        said("brief", path + ":secnd")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x = 1\ny = x / 0\n", r"own\.py, line 2: ZeroDivisionError"),
        ("x = (\n", r"own\.py, line 1: this is not Python"),
        ("import sys\n\nsys.exit(3)\n", r"own\.py, line 3: SystemExit"),
        ("x = 1\n", "defines no game"),
        ("import deterrence as dt\ndt.param(1, 'x', low=2)\n", r"own\.py, line 2: ParameterError"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_line(own, text, sentence):
    with pytest.raises(GameError, match=sentence):
        said("brief", own(text))


def test_a_file_that_is_not_there_or_holds_no_game_is_refused(tmp_path):
    with pytest.raises(UnknownNameError, match="no file"):
        said("brief", str(tmp_path / "none.py"))
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(GameError, match="must end in"):
        said("brief", str(tmp_path / "notes.txt"))


WRITTEN = """
format = "deterrence-game"
version = 1
name = "blockade"
players = ["Blocker", "Shipper"]
parameters.gain = {value = 3, meaning = "gain", low = 0, high = 10}
parameters.loss = {value = 5, meaning = "loss", low = 0, high = 20}
tree.player = "Shipper"
tree.actions.stay = {outcome = "trade stops", payoffs = [0, 0]}
tree.actions.run = {outcome = "through", payoffs = [-1, "gain - loss"]}
"""


@pytest.fixture
def written(tmp_path):
    """Write the same game in each form of file; return the path by its ending."""
    game = dt.from_toml(WRITTEN)
    (tmp_path / "game.toml").write_text(WRITTEN)
    dt.to_json(game, tmp_path / "game.json")
    dt.write_gambit(game, tmp_path / "game.efg")
    dt.write_gambit(game, tmp_path / "game.nfg")
    (tmp_path / "game.py").write_text(OWN.format(name="blockade"))
    return lambda ending: str(tmp_path / f"game.{ending}")


@pytest.mark.parametrize("ending", ["toml", "json", "py", "efg", "nfg"])
def test_show_and_solve_take_a_file_of_any_form(written, ending):
    assert "trade stops" in said("show", written(ending))
    assert "Shipper: stay" in said("solve", written(ending))  # 3 - 5 is below 0


@pytest.mark.parametrize("ending", ["toml", "json", "py"])
def test_a_file_keeps_its_parameters(written, ending):
    assert "Shipper: run." in said("solve", written(ending), "--set", "loss=2")  # 3 - 2 is above 0
    assert "loss = 2" in said("show", written(ending), "--set", "loss=2")
    with pytest.raises(ParameterError, match="Did you mean 'loss'"):
        said("solve", written(ending), "--set", "los=2")


def test_the_brief_takes_a_game_file(written):
    assert "The answer jumps at gain = 2." in said("brief", written("toml"), "--axis", "gain", "--set", "loss=2")


@pytest.mark.parametrize("command", ["brief", "show", "solve"])
@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("gain - loss", "gain - los", "Did you mean 'loss'"),
        ("[-1,", "[", "payoff"),
        ("version = 1", "version = 2", "version"),
        ("players = [", "players = [[", "The text is no TOML"),
        ('player = "Shipper"', 'player = "Skipper"', "Did you mean 'Shipper'"),
        ("gain - loss", "__import__('os')", "uses '__import__', which is no function"),
    ],
)
def test_what_is_wrong_in_a_game_file_is_told_in_a_sentence(tmp_path, command, before, after, sentence):
    assert before in WRITTEN
    (tmp_path / "game.toml").write_text(WRITTEN.replace(before, after))
    with pytest.raises(FileFormatError, match=sentence):
        said(command, str(tmp_path / "game.toml"))


@pytest.mark.parametrize("command", ["show", "solve"])
def test_a_game_file_that_is_not_there_is_refused(tmp_path, command):
    with pytest.raises(UnknownNameError, match="There is no file"):
        said(command, str(tmp_path / "none.toml"))
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(GameError, match="must end in"):
        said(command, str(tmp_path / "notes.txt"))


def test_plain_is_plain_whatever_the_environment_says():
    environment = {**os.environ, "FORCE_COLOR": "1"}
    ran = subprocess.run(
        [sys.executable, "-m", "deterrence", "models", "--plain"],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
    )
    assert "\x1b" not in ran.stdout + ran.stderr
    assert "iraq_2020" in ran.stdout


def test_the_command_ends_with_status_two_and_one_sentence():
    ran = started("solve", "irak-2020")
    assert ran.returncode == 2
    assert ran.stdout == ""
    assert ran.stderr.startswith("Error: There is no model called 'irak-2020'.")
    assert "Did you mean 'cases/iraq_2020'?" in " ".join(ran.stderr.split())
    assert "Traceback" not in ran.stderr


def test_the_command_succeeds_with_status_zero_and_quietly():
    ran = started("solve", "strike")
    assert ran.returncode == 0
    assert ran.stderr == ""
    assert ran.stdout.startswith("One subgame perfect equilibrium of 'strike': solved.")


# -- explore -----------------------------------------------------------------------------------------------


def test_a_page_is_written_and_its_classes_are_told(tmp_path):
    target = tmp_path / "strike.html"
    printed = said("explore", "strike", "--x", "war", "--y", "prize", "--set", "war=4", "--output", str(target))
    assert printed.startswith(f"Wrote {target} (")
    assert "It shows 3 classes of equilibria; complete" in printed
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("page.txt", r"does not end in \.html"),
        ("there.html", "Give --force to write over it"),
        ("nowhere/page.html", "its folder does not exist"),
    ],
)
def test_a_page_that_cannot_be_written_is_refused_before_the_work(tmp_path, place, sentence):
    (tmp_path / "there.html").write_text("mine")
    with pytest.raises(ParameterError, match=sentence):
        said("explore", "no such model", "--output", str(tmp_path / place))
    assert (tmp_path / "there.html").read_text() == "mine"
