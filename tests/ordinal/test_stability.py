"""Stability of ordinal conflicts against hand calculations, published equilibria and the definitions themselves."""

import pickle
from itertools import combinations, product

import numpy as np
import pytest

import deterrence as dt
from deterrence.errors import GameError, MechanismError, MethodError, ParameterError, UnknownNameError
from deterrence.models.fang1993.elmira import STATES, elmira, named


def from_ranks(*cells, actions=("C", "D")):
    rows = [[pair[0] for pair in cells[:2]], [pair[0] for pair in cells[2:]]]
    columns = [[pair[1] for pair in cells[:2]], [pair[1] for pair in cells[2:]]]
    return dt.bimatrix(rows, columns, actions=(actions, actions))


DILEMMA = dt.Conflict.from_game(from_ranks((3, 3), (1, 4), (4, 1), (2, 2)))
CHICKEN = dt.Conflict.from_game(from_ranks((3, 3), (2, 4), (4, 2), (1, 1)))


def random_conflict(seed, players=3, states=5):
    rng = np.random.default_rng(seed)
    names = [f"s{i}" for i in range(states)]
    moves = {
        f"P{i}": [(a, b) for a, b in product(names, names) if a != b and rng.random() < 0.3] for i in range(players)
    }
    rankings = {}
    for i in range(players):
        level = rng.integers(0, 4, states)
        rankings[f"P{i}"] = [tuple(np.array(names)[level == k].tolist()) for k in range(4) if (level == k).any()]
    return dt.Conflict([f"P{i}" for i in range(players)], names, moves, rankings)


# -- known answers ----------------------------------------------------------------------------------------


def test_the_prisoners_dilemma_and_chicken_have_the_known_equilibria():
    dilemma, chicken = dt.stability(DILEMMA), dt.stability(CHICKEN)
    assert dilemma.equilibria("Nash") == ("D, D",)
    for concept in ("GMR", "SMR", "SEQ"):
        assert dilemma.equilibria(concept) == ("C, C", "D, D")
    assert chicken.equilibria("Nash") == chicken.equilibria("SEQ") == ("C, D", "D, C")
    assert chicken.equilibria("GMR") == chicken.equilibria("SMR") == ("C, C", "C, D", "D, C")


def test_in_elmira_only_uniroyal_and_the_ministry_together_can_leave_the_town_insisting_on_delay():
    answer = dt.stability(elmira)
    assert answer.coalition_improvements(named(5)) == {("Ministry", "Uniroyal"): (named(8),)}
    assert answer.coalition_improvements(named(8)) == {}


def test_an_equilibrium_may_rest_on_several_answers_in_a_row():
    # A's move 0 -> 1 is punished only if B and then C move: 1 -> 2 -> 3.
    conflict = dt.Conflict(
        ("A", "B", "C"),
        ("0", "1", "2", "3"),
        {"A": {"0": ["1"]}, "B": {"1": ["2"]}, "C": {"2": ["3"]}},
        {"A": ["1", "2", "0", "3"], "B": ["2", "1", "0", "3"], "C": ["3", "2", "1", "0"]},
    )
    answer = dt.stability(conflict)
    assert answer.table["0"]["A"] == ("GMR", "SMR", "SEQ")
    unwilling = conflict.with_preferences({"C": ["2", "3", "1", "0"]})
    assert dt.stability(unwilling).table["0"]["A"] == ("GMR", "SMR")


def test_nobody_moves_twice_in_a_row_in_an_answer():
    conflict = dt.Conflict(
        ("A", "B"),
        ("0", "1", "2", "3"),
        {"A": {"0": ["1"]}, "B": {"1": ["2"], "2": ["3"]}},
        {"A": ["1", "2", "0", "3"], "B": ["3", "2", "1", "0"]},
    )
    assert dt.stability(conflict).table["0"]["A"] == ()


def test_an_escape_undoes_a_punishment_under_symmetric_metarationality():
    conflict = dt.Conflict(
        ("A", "B"),
        ("0", "1", "2"),
        {"A": {"0": ["1"], "2": ["1"]}, "B": {"1": ["2"]}},
        {"A": ["1", "0", "2"], "B": ["2", "1", "0"]},
    )
    assert dt.stability(conflict).table["0"]["A"] == ("GMR", "SEQ")


def test_in_elmira_the_town_stays_with_delay_for_fear_that_the_plant_is_abandoned():
    # Of what the others can do after the town insists (state 5), only 6, 8 and 9 are no better for it than 1.
    answer = dt.stability(elmira)
    assert answer.punishments(named(1), "Local government", "GMR") == {named(5): (named(6), named(8), named(9))}
    assert answer.punishments(named(1), "Local government", "SEQ") == {named(5): ()}
    assert answer.punishments(named(5), "Local government", "SEQ") == {}


def test_a_tie_is_no_improvement_and_does_not_make_a_punishment_worth_the_risk():
    tied = dt.Conflict(("A",), ("0", "1"), {"A": {"0": "1"}}, {"A": [("0", "1")]})
    assert dt.stability(tied).equilibria("Nash") == ("0", "1")


@pytest.mark.parametrize("seed", range(20))
def test_the_concepts_imply_each_other_as_they_should(seed):
    conflict = random_conflict(seed)
    for row in dt.stability(conflict).table.values():
        for concepts in row.values():
            if "Nash" in concepts:
                assert concepts == ("Nash", "GMR", "SMR", "SEQ")
            if "SMR" in concepts or "SEQ" in concepts:
                assert "GMR" in concepts


@pytest.mark.parametrize("seed", range(10))
def test_renaming_decision_makers_and_states_renames_the_answer(seed):
    conflict = random_conflict(seed)
    players = {player: f"Q{i}" for i, player in enumerate(reversed(conflict.players))}
    states = {state: f"t{i}" for i, state in enumerate(reversed(conflict.states))}
    moves = {
        players[p]: {states[s]: [states[o] for o in to] for s, to in rows.items()} for p, rows in conflict.moves.items()
    }
    rankings = {players[p]: [[states[s] for s in group] for group in r] for p, r in conflict.preferences.items()}
    renamed = dt.stability(dt.Conflict(sorted(players.values()), sorted(states.values()), moves, rankings))
    expected = {(states[s], players[p], concept) for s, p, concept in dt.stability(conflict).holds}
    assert renamed.holds == expected


# -- the inverse question ---------------------------------------------------------------------------------


@pytest.mark.parametrize("concept", ["Nash", "GMR", "SMR", "SEQ"])
@pytest.mark.parametrize("seed", range(6))
def test_a_state_is_stable_exactly_where_a_demand_on_the_ranking_is_met(seed, concept):
    conflict, rng = random_conflict(seed, states=4), np.random.default_rng(seed)
    asked = dt.stabilising_preferences(conflict, "s0", "P0", concept)
    for _ in range(40):
        level = rng.integers(0, 4, 4)
        ranking = [tuple(np.array(conflict.states)[level == k].tolist()) for k in range(4) if (level == k).any()]
        other = conflict.with_preferences({"P0": ranking})
        met = any(not any(other.prefers("P0", s, "s0") for s in demand) for demand in asked)
        assert dt.stability(other, concept).stable("s0", "P0", concept) == met


@pytest.mark.parametrize("seed", range(12))
def test_the_changed_ranking_makes_the_state_stable_and_no_smaller_change_does(seed):
    conflict = random_conflict(seed)
    asked = dt.stabilising_preferences(conflict, "s0", "P0", "SEQ")
    assert dt.stability(asked.changed, "SEQ").stable("s0", "P0", "SEQ")
    assert asked.holds == dt.stability(conflict, "SEQ").stable("s0", "P0", "SEQ")
    assert asked.holds == (asked.changes == ((),))
    better = [state for state in conflict.states if conflict.prefers("P0", state, "s0")]
    for smaller in combinations(better, max(0, len(asked.changes[0]) - 1)):
        assert asked.holds or not dt.stability(without(conflict, smaller), "SEQ").stable("s0", "P0", "SEQ")


def without(conflict, states):
    """Return the conflict in which P0 ranks some states last."""
    kept = [tuple(s for s in group if s not in states) for group in conflict.preferences["P0"]]
    return conflict.with_preferences({"P0": [*filter(None, kept), *([states] if states else [])]})


def test_in_elmira_delay_would_last_if_the_town_did_not_prefer_to_insist():
    asked = dt.stabilising_preferences(elmira, named(1), "Local government", "SEQ")
    assert asked.demands == (frozenset({named(5)}),)
    assert not asked.holds
    assert "The least change: no longer prefer '5 Delay + Insist'" in str(asked)
    assert named(1) in dt.stability(asked.changed).equilibria("SEQ")


def test_a_state_that_cannot_be_left_is_stable_whatever_is_preferred():
    asked = dt.stabilising_preferences(elmira, named(9), "Uniroyal", "Nash")
    assert asked.holds
    assert str(asked) == "'9 Abandon' is Nash stable for Uniroyal whatever it prefers."


# -- values, options, wrong input -------------------------------------------------------------------------


def test_a_conflict_is_a_value_that_solve_answers_for():
    copy = pickle.loads(pickle.dumps(elmira))
    assert copy == elmira
    assert hash(copy) == hash(elmira)
    assert elmira.at() is elmira
    assert dt.solve(elmira).equilibria("Nash") == (named(5), named(8), named(9))
    assert dt.solve(elmira, "SEQ").concepts == ("SEQ",)
    assert list(dt.stability(elmira).to_frame()["state"]) == [named(number) for number in STATES]


def test_statements_in_order_of_priority_rank_the_states():
    conflict = dt.conflict_from_options(
        {"A": ["x"], "B": ["y"]},
        {"A": [{"y": False}, {"x": True}], "B": [{"x": False}]},
    )
    assert conflict.preferences["A"] == (("x",), ("nothing",), ("x + y",), ("y",))
    assert conflict.preferences["B"] == (("nothing", "y"), ("x", "x + y"))


def test_options_that_are_irreversible_give_moves_in_one_direction():
    given = {"A": ["x"], "B": ["y"]}, {"A": [{"x": True}], "B": [{"y": True}]}
    conflict = dt.conflict_from_options(*given, irreversible={"x": "taken", "y": "dropped"})
    assert conflict.moves["A"] == {"nothing": ("x",), "y": ("x + y",)}
    assert conflict.moves["B"] == {"y": ("nothing",), "x + y": ("x",)}


def test_wrong_input_is_refused_with_a_sentence_that_helps():
    with pytest.raises(UnknownNameError, match="Did you mean 'peace'"):
        dt.Conflict(("A",), ("peace", "war"), {"A": {"pease": "war"}}, {"A": ["peace", "war"]})
    with pytest.raises(GameError, match="does not rank 'war'"):
        dt.Conflict(("A",), ("peace", "war"), {}, {"A": ["peace"]})
    with pytest.raises(GameError, match="'B' has no ranking"):
        dt.Conflict(("A", "B"), ("peace",), {}, {"A": ["peace"]})
    with pytest.raises(GameError, match="to itself"):
        dt.Conflict(("A",), ("peace",), {"A": [("peace", "peace")]}, {"A": ["peace"]})
    with pytest.raises(UnknownNameError, match="Did you mean 'SEQ'"):
        dt.stability(elmira, "SEK")
    with pytest.raises(MethodError, match="from_game"):
        dt.stability(from_ranks((3, 3), (1, 4), (4, 1), (2, 2)))
    with pytest.raises(MethodError, match="by name"):
        dt.solve(elmira, dt.Nash())
    with pytest.raises(MechanismError, match="change its moves"):
        elmira.under(dt.Sanctions("Uniroyal"))
    with pytest.raises(ParameterError, match="no parameters"):
        elmira.at(cost=3)
    with pytest.raises(UnknownNameError, match="Did you mean 'Uniroyal'"):
        dt.stabilising_preferences(elmira, named(1), "Uniroyl")
    with pytest.raises(UnknownNameError, match="taken"):
        dt.conflict_from_options({"A": ["x"]}, {"A": [{"x": True}]}, irreversible={"x": "take"})


def test_the_graph_of_states_draws_every_move_once():
    ax = dt.stability(elmira).plot()
    ax.figure.canvas.draw()
    drawn = len(ax.patches)
    assert drawn == sum(len(to) for rows in elmira.moves.values() for to in rows.values())
