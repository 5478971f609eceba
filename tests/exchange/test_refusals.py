"""What the exchange with files and other programs refuses, beyond what hostile documents try."""

import errno
import json
import re

import pandas as pd
import pytest

import deterrence as dt
from deterrence import end, move, param
from deterrence.errors import FileFormatError, MethodError
from deterrence.exchange.files import documents
from deterrence.exchange.gambit import nfg_table
from deterrence.exchange.peers import learning

HEAD = 'EFG 2 R "t" { "A" "B" }\n'


def document(**changed):
    parts = {"format": "deterrence-game", "version": 1, "players": ["A"], "tree": {"outcome": "o", "payoffs": [1]}}
    return json.dumps({**parts, **changed})


def test_what_is_changed_below_stands_as_it_is():
    assert dt.from_json(document()).outcomes == ("o",)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"nodes": {"x": "y", "y": {"outcome": "o", "payoffs": [1]}}}, "is a node, not the name of one"),
        ({"tree": {"payoffs": [1]}}, "A node is an end with 'outcome' and 'payoffs', a move with"),
        ({"parameters": {"war": {"value": "prize", "meaning": "cost"}}}, "uses 'prize'"),
        ({"parameters": {"war": {"value": "sqrt(2)", "meaning": "cost"}}}, r"A number is needed here, not 'sqrt\(2\)'"),
        ({"parameters": {"war": {"value": True, "meaning": "cost"}}}, "war.value: "),
        ({"tree": {"matrix": [{"actions": ["x"], "payoffs": [1]}], "players": ["A", "A"]}}, "different names"),
    ],
)
def test_a_document_that_holds_no_game_is_refused(changed, sentence):
    with pytest.raises(FileFormatError, match=sentence):
        dt.from_json(document(**changed))


def test_an_outcome_of_gambits_that_changes_on_the_way_is_refused():
    with pytest.raises(FileFormatError, match=r"Line 4.*Outcome 1 has another name or other payoffs than at its first"):
        dt.read_gambit(HEAD + 'p "" 1 1 "" { "x" "y" } 0\nt "" 1 "o" { 1 2 }\nt "" 1 "o" { 1 3 }\n')


def test_a_number_in_toml_has_a_bound_too():
    text = 'format = "deterrence-game"\nversion = 1\nplayers = ["A"]\ntree = {outcome = "o", payoffs = [NUMBER]}'
    assert dt.from_toml(text.replace("NUMBER", "1" * 300)).outcomes == ("o",)
    with pytest.raises(FileFormatError, match="A number has more than 400 digits"):
        dt.from_toml(text.replace("NUMBER", "1" * 600))


@pytest.mark.parametrize(
    ("bound", "text", "sentence"),
    [
        ("MOST_ACTIONS", '{ { "a" "b" "c" } { "x" } } "" 1 2 3', "more than 2 strategies"),
        ("MOST_NODES", '{ 2 2 } "" 1 2 3 4 5 6 7 8', "a tree of more than 2 nodes"),
        ("MOST_NODES", '{ { "a" } { "x" } } "" { { "" 1 2 } { "" 1 2 } { "" 1 2 } } 1', "more than 2 outcomes"),
    ],
)
def test_a_table_beyond_the_bounds_is_refused(monkeypatch, bound, text, sentence):
    """The bounds are lowered here: a document at the true ones would take long to make."""
    monkeypatch.setattr(nfg_table, bound, 2)
    with pytest.raises(FileFormatError, match=sentence):
        dt.read_gambit(f'NFG 1 R "t" {{ "A" "B" }} {text}')


def test_a_disk_that_fails_is_told_of(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError(errno.EIO, "Input/output error")

    (tmp_path / "game.json").write_text(document())
    monkeypatch.setattr(documents.os, "dup", fail)
    with pytest.raises(FileFormatError, match=r"game\.json' cannot be read: input/output error"):
        dt.read_game(tmp_path / "game.json")


@pytest.mark.parametrize(
    ("payoff", "sentence"),
    [(True, "The payoff must be a number, not True"), (float("inf"), "The payoff is inf. It must be a finite number")],
)
def test_a_cell_of_a_table_that_holds_no_number_is_refused(payoff, sentence):
    def table(first):
        rows = [["up", "left", first, 1], ["up", "right", 2, 3]]
        columns = ["Row", "Column", "payoff of Row", "payoff of Column"]
        return pd.DataFrame(rows, columns=columns, dtype=object)

    assert dt.from_frame(table(4)).players == ("Row", "Column")
    with pytest.raises(FileFormatError, match=re.escape(sentence)):
        dt.from_frame(table(payoff))


def test_a_condition_that_no_file_can_hold_is_refused():
    import sympy as sp

    @dt.game("A")
    def odd(x=param(1, "a number", low=0, high=2)):
        one_of_the_two = sp.Xor(x < 1, x < 2, evaluate=False)
        return move("A", stay=end("o", 0), go=end("p", sp.Piecewise((x, one_of_the_two), (0, True))))

    with pytest.raises(FileFormatError, match="cannot be written in a file"):
        dt.to_json(odd)


def test_shares_that_grow_without_bound_are_refused(monkeypatch):
    import nashpy
    import numpy as np

    def explode(self, x0, y0, timepoints):
        return np.full((2, len(timepoints), 2), np.inf)

    monkeypatch.setattr(nashpy.Game, "asymmetric_replicator_dynamics", explode)
    with pytest.raises(MethodError, match="grew without bound in 'hawks'; give a shorter duration"):
        learning.replicator_dynamics(dt.bimatrix([[1, 2], [3, 4]], [[1, 2], [3, 4]], name="hawks"), 5)
