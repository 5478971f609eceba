"""Around the answers: narrow terminals, pipes that close, progress, what Tab offers, and what is refused."""

import csv
import io
import os
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from deterrence import cli
from deterrence.cli import completion, progress
from deterrence.cli.answer import Answer
from deterrence.cli.commands import models
from deterrence.errors import DeterrenceError
from deterrence.models import catalogue


def asked(*arguments):
    return CliRunner().invoke(cli.app, list(arguments), catch_exceptions=False)


# -- the list of models on a terminal ---------------------------------------------------------------------


@pytest.mark.parametrize("width", [60, 80, 100, 140])
def test_the_list_fits_the_terminal_and_keeps_a_part_of_each_title(width):
    rows = catalogue.listed()
    lines = models._aligned(rows, width).splitlines()
    assert len(lines) == len(rows) + 1
    assert max(map(len, lines)) <= width
    start = lines[0].index("title")
    for row, line in zip(rows, lines[1:], strict=True):
        assert row["title"].startswith(line[start:].removesuffix("…"))
        assert len(line[start:]) >= 9


def test_a_wide_terminal_cuts_nothing():
    assert "…" not in models._aligned(catalogue.listed(), 300)


# -- pipes and progress ------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="the shell's pipe")
@pytest.mark.slow
def test_a_pipe_that_closes_early_leaves_no_traceback():
    sweep = f'"{sys.executable}" -m deterrence sweep strike --vary war=0:8:100 --vary prize=0:8:100 --csv | head -n 1'
    done = subprocess.run(["bash", "-c", sweep], capture_output=True, text=True, check=False)
    assert done.stdout == "war,prize,measure,low,high,classes\n"
    assert "Traceback" not in done.stderr
    assert "Error" not in done.stderr


def test_long_work_is_told_on_standard_error_alone(monkeypatch, capsys):
    monkeypatch.setattr(progress, "PATIENCE", 0.01)

    def work(report):
        report(0.4)
        time.sleep(0.2)
        return 7

    assert progress.with_progress(work, "Counting") == 7
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("Counting: 40% done after 0 s\n")


def test_short_work_is_not_told(capsys):
    assert progress.with_progress(lambda report: 7, "Counting") == 7
    assert capsys.readouterr() == ("", "")


# -- what Tab offers ---------------------------------------------------------------------------------------


def test_tab_offers_models_measures_parameters_and_methods():
    line = SimpleNamespace(params={"name": "strike"})
    assert completion.models("folklore/str") == ["folklore/strike"]
    assert completion.models("unilat") == ["zagare2000/unilateral_deterrence"]
    assert completion.measures(line, "wa") == ["war"]
    assert completion.measures(line, "payoff:C") == ["payoff:Challenger"]
    assert completion.parameters(line, "war,pr") == ["war,prize"]
    assert completion.settings(line, "lo") == ["loss="]
    assert completion.methods("q") == ["quantal"]


def test_tab_runs_no_file(tmp_path):
    own = tmp_path / "own.py"
    own.write_text("raise SystemExit('run')\n", "utf-8")
    assert completion.measures(SimpleNamespace(params={"name": str(own)}), "") == []


# -- cells ---------------------------------------------------------------------------------------------------


def test_no_cell_is_taken_for_a_formula_or_a_date():
    answer = Answer({}, {}, ("name", "value"), [("=1+1", -3), ("-war", None), ("war", 0.25)], str)
    assert list(csv.reader(io.StringIO(answer.in_csv()))) == [
        ["name", "value"],
        ["'=1+1", "-3"],
        ["'-war", ""],
        ["war", "0.25"],
    ]
    formulas = [row["formula"] for row in csv.DictReader(io.StringIO(asked("characterize", "strike", "--csv").stdout))]
    assert "(-loss)" in formulas
    assert not any(formula[0] in "=+-@" or "/" in formula.split("(")[0] for formula in formulas)


# -- refused, each in a sentence ---------------------------------------------------------------------------

UNBOUNDED = """
import deterrence as dt

@dt.game("A", "B")
def unbounded(gain=dt.param(3, "gain")):
    "A game whose parameter has no range."
    return dt.move("A", stay=dt.end("peace", 0, 0), go=dt.end("war", gain, -1))
"""


@pytest.fixture
def unbounded(tmp_path):
    path = tmp_path / "unbounded.py"
    path.write_text(UNBOUNDED, "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["solve", "strike", "--refine", "d2"], "Did you mean 'd1'"),
        (["solve", "baliga2004/arms_race", "--refine", "d1"], "is for equilibria of a finite game"),
        (["solve", "snyder1977/chicken", "--output", "three.svg"], "This answer has no picture"),
        (["regions", "strike", "--vary", "war"], "Regions need two parameters"),
        (["compare", "strike", "--scenario", "high"], "--scenario takes TITLE:NAME=VALUE"),
        (["export", "strike", "--output", "strike.doc"], "Cannot tell what to write"),
        (["schema", "answr"], "Did you mean 'answer'"),
        (["sweep", "strike", "wor", "--vary", "war"], "There is no outcome or action called 'wor'"),
        (["sweep", "strike", "payoff:Defendr", "--vary", "war"], "Did you mean 'Defender'"),
        (["sweep", "strike", "Defender:strike", "--vary", "war"], "There is no action of 'Defender' called 'strike'"),
    ],
)
def test_what_cannot_be_asked_is_refused(arguments, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DeterrenceError, match=sentence):
        asked(*arguments)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["sweep", "--vary", "gain"], "say where to vary it, such as --vary gain=0:1:11"),
        (["threshold", "war"], "has a range with two ends or plausible values"),
        (["check"], "makes no claims"),
        (["cite"], "names no works"),
    ],
)
def test_what_a_game_of_ones_own_does_not_say_is_named(arguments, sentence, unbounded):
    command, *rest = arguments
    with pytest.raises(DeterrenceError, match=sentence):
        asked(command, unbounded, *rest)
