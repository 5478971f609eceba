"""Answers as JSON, tables and files: of the documented form, with numbers worked out by hand."""

import csv
import io
import json
import os
import subprocess
import sys

import jsonschema
import pytest
from typer.testing import CliRunner

from deterrence import cli
from deterrence.cli.commands.verify import strategies_of
from deterrence.cli.schema import answer_schema
from deterrence.errors import DeterrenceError, ParameterError, UnknownNameError

COMMAND = [sys.executable, "-m", "deterrence"]


def ran(*arguments, status=0):
    result = CliRunner().invoke(cli.app, list(arguments), catch_exceptions=False)
    assert result.exit_code == status, result.output
    return result.stdout


def answered(*arguments, status=0):
    """Return the answer in JSON, once it is of the published form."""
    document = json.loads(ran(*arguments, "--json", status=status))
    jsonschema.validate(document, answer_schema())
    return document["answer"]


def table(*arguments):
    return list(csv.DictReader(io.StringIO(ran(*arguments, "--csv"))))


QUESTIONS = {
    "solve": ["solve", "strike"],
    "solve quantal": ["solve", "strike", "--method", "quantal", "--rationality", "2"],
    "solve correlated": ["solve", "chicken", "--method", "correlated"],
    "characterize": ["characterize", "strike"],
    "sweep": ["sweep", "strike", "strike", "--vary", "war=0:6:4"],
    "sweep in two": ["sweep", "strike", "war", "--vary", "war=2,8", "--vary", "prize=2,8"],
    "threshold": ["threshold", "strike", "strike", "war"],
    "thresholds": ["threshold", "strike", "strike"],
    "regions": ["regions", "strike", "--vary", "war=0:8", "--vary", "prize=0:8"],
    "robustness": ["robustness", "strike", "strike"],
    "sensitivity": ["sensitivity", "strike", "strike", "--n", "64"],
    "compare": ["compare", "strike", "strike", "--scenario", "costly:war=8"],
    "show": ["show", "noisy-attribution"],
    "show continuous": ["show", "baliga2004/arms_race"],
    "models": ["models", "--topic", "attribution"],
    "check": ["check", "strike"],
    "verify": ["verify", "strike", "--profile", "Challenger=restrain,Defender=retaliate", "--where", "war <= loss"],
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_every_answer_has_the_published_form_and_a_table(question):
    status = 1 if question[0] == "verify" else 0
    assert answered(*question, status=status)
    lines = ran(*question, "--csv", status=status).splitlines()
    assert len(next(csv.reader(lines[:1]))) > 1
    assert len(lines) > 1


def test_solve_gives_exact_numbers_and_decimals():
    # By hand: prize 4 < punishment 9 and war 3 < loss 6, so that nobody strikes.
    (equilibrium,) = answered("solve", "strike")["equilibria"]
    assert equilibrium["strategies"]["Challenger"]["restrain"] == {"number": 1, "exact": "1"}
    assert equilibrium["outcomes"]["status quo"]["number"] == 1
    assert equilibrium["payoffs"] == {
        "Challenger": {"number": 0, "exact": "0"},
        "Defender": {"number": 0, "exact": "0"},
    }
    (costly,) = answered("solve", "strike", "--set", "war=8")["equilibria"]
    assert costly["payoffs"]["Defender"]["exact"] == "-6"


def test_a_threshold_is_a_number_and_a_formula():
    (found,) = answered("threshold", "strike", "strike", "war")["thresholds"]
    assert (found["value"], found["formula"]) == ({"number": 6, "exact": "6"}, "loss")
    assert found["beyond"] == []
    (row,) = table("threshold", "strike", "strike", "war")
    assert (row["parameter"], row["value"], row["direction"]) == ("war", "6", "rises")


def test_a_sweep_is_a_long_table():
    rows = table("sweep", "strike", "strike", "--vary", "war=0:12:3")
    assert [(row["war"], row["low"], row["high"]) for row in rows] == [
        ("0", "0", "0"),
        ("6", "0", "1"),
        ("12", "1", "1"),
    ]


def test_verify_holds_or_gives_the_counterexample_and_says_so_by_its_status():
    profile = ["verify", "strike", "--profile", "Challenger=restrain,Defender=retaliate"]
    held = answered(*profile, "--exactly", "punishment >= prize and loss >= war")
    assert (held["holds"], held["verdict"], held["counterexample"]) == (True, "holds", None)
    failed = answered("verify", "strike", "--that", "probability(war) <= 1/2", status=1)
    assert failed["verdict"] == "fails"
    assert "probability of 'war' is 1" in failed["counterexample"]["sentence"]
    here = answered("verify", "strike", "--profile", "Challenger=restrain,Defender=restrain", "--here", status=1)
    assert [(b["player"], b["gain"]["number"]) for b in here["breaks"]] == [("Challenger", 4), ("Defender", 3)]


def test_strategies_are_read_from_text():
    assert strategies_of(["A=stay,B=go:1/3, B=wait"]) == {"A": {"stay": 1}, "B": {"go": "1/3", "wait": 1}}
    for wrong in ("A", "A=", "A=go,A=go"):
        with pytest.raises(ParameterError):
            strategies_of([wrong])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["verify", "strike"], "Give one claim"),
        (["verify", "strike", "--that", "peace", "--here"], "give --profile"),
        (["verify", "strike", "--that", "pece"], "equilibrium class"),
        (["solve", "strike", "--json", "--csv"], "not both"),
        (["solve", "strike", "--output", "found.docx"], "Cannot tell what to write"),
        (["solve", "strike", "--json", "--output", "found.csv"], "contradict each other"),
        (["solve", "strike", "--method", "nsh"], "Did you mean 'nash'"),
        (["solve", "strike", "--method", "quantal"], "needs --rationality"),
        (["solve", "strike", "--rationality", "2"], "name it with --method"),
        (["solve", "strike", "--method", "nash", "--rationality", "2"], "has no option"),
        (["solve", "strike", "--method", "quantal", "--rationality", "x"], "takes a number"),
        (["sweep", "strike", "strike"], "Name a parameter to vary"),
        (["sweep", "strike", "strike", "--vary", "wor=0:1"], "Did you mean 'war'"),
        (["sweep", "strike", "strike", "--vary", "war=2:1"], "must be below"),
        (["sweep", "strike", "strike", "--vary", "war=0:1:1"], "whole number from 2"),
        (["sweep", "strike", "strike", "--vary", "war=0:1:2:3"], "--vary takes"),
        (["sweep", "strike", "strike", "--vary", "war=0:1", "--vary", "war=0:1"], "twice"),
        (["sweep", "strike", "strike", "--vary", "war", "--vary", "prize", "--vary", "loss"], "At most two"),
        (["threshold", "strike", "strike", "war", "--between", "3"], "--between takes"),
        (["threshold", "strike", "strike", "--between", "0:3"], "for one parameter"),
        (["threshold", "strike", "Defender", "war"], "is a player"),
        (["threshold", "strike", "war", "wor"], "Did you mean 'war'"),
        (["threshold", "strike", "prize", "war"], "is a parameter, not what is measured"),
        (["compare", "strike", "strike"], "Name a scenario"),
        (["models", "--topic", "peac"], "There is no topic"),
        (["models", "--mechanism", "sanction"], "Did you mean 'sanctions'"),
        (["models", "--relation", "inspired"], "There is no relation"),
    ],
)
def test_each_mistake_is_one_sentence(arguments, sentence, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DeterrenceError, match=sentence):
        CliRunner().invoke(cli.app, arguments, catch_exceptions=False)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_written_in_the_form_of_its_name_and_never_over_another(tmp_path):
    for name in ("found.json", "found.csv", "found.txt", "found.svg"):
        assert "Wrote" in ran("solve", "strike", "--output", str(tmp_path / name))
    assert json.loads((tmp_path / "found.json").read_text("utf-8"))["question"]["verb"] == "solve"
    assert (tmp_path / "found.svg").read_text("utf-8").startswith("<?xml")
    with pytest.raises(ParameterError, match="--force"):
        ran("solve", "strike", "--output", str(tmp_path / "found.csv"))
    assert "Wrote" in ran("solve", "strike", "--output", str(tmp_path / "found.csv"), "--force")


def test_models_survive_a_pipe_and_python_reads_what_is_piped():
    shell = " | ".join([f'"{sys.executable}" -m deterrence models', "grep attribution", "cut -f1", "head -n 3"])
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stderr == ""
    assert [line.count("\t") for line in done.stdout.splitlines()] == [0, 0, 0]
    piped = f'"{sys.executable}" -m deterrence solve strike --json | "{sys.executable}" -m json.tool'
    done = subprocess.run(["bash", "-c", piped], capture_output=True, text=True, check=True, encoding="utf-8")
    assert json.loads(done.stdout)["answer"]["count"] == 1


@pytest.mark.parametrize(
    ("encoding", "arguments"),
    [
        ("cp1252", ["show", "strike"]),
        ("cp437", ["models"]),
        ("ascii", ["solve", "noisy-attribution", "--json"]),
    ],
)
def test_no_encoding_of_a_stream_is_too_poor(encoding, arguments):
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    assert done.stdout.decode(encoding)


def test_printing_a_game_in_a_script_fails_on_no_stream():
    code = "import deterrence as dt; m = dt.models.load('strike'); print(m.game); print(m); print(dt.solve(m.game))"
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    assert b"|- restrain: status quo" in done.stdout


def test_the_version_is_that_of_the_package():
    import deterrence

    assert ran("--version") == f"deterrence {deterrence.__version__}\n"


def test_a_model_of_ones_own_file_is_checked(tmp_path):
    own = tmp_path / "own.py"
    own.write_text(
        "from deterrence.models import Claim, Model, ask, load\n"
        "model = Model(load('strike').game, claims=(Claim('Nobody strikes.', 'own', ask.value_at('strike'), 0),))\n",
        "utf-8",
    )
    assert answered("check", f"{own}:model")["holds"] is True
    with pytest.raises(UnknownNameError):
        ran("solve", "strke")
