"""What holds of every solution concept and every refinement: a new public one is met here without being entered."""

import copy
import dataclasses
import inspect
import pickle
from itertools import chain

import pytest

import deterrence as dt
from deterrence import refinements
from deterrence.errors import DeterrenceError, ValueKindError
from tests.sample_games import unilateral

PUBLIC = {name: getattr(dt, name) for name in dt.__all__ if not name.startswith("__")}
METHODS = {
    name: thing
    for name, thing in PUBLIC.items()
    if inspect.isclass(thing) and callable(getattr(thing, "solve", None)) and hasattr(thing, "concept")
}
# Of the functions there, those that keep some of a solution's equilibria; the other groups them.
REFINEMENTS = {
    name: getattr(refinements, name)
    for name in refinements.__all__
    if inspect.signature(getattr(refinements, name)).return_annotation == "Solution"
}
GAMES = {
    "strike": dt.models.load("strike").game,
    "chicken": dt.bimatrix([[3, 2], [4, 1]], [[3, 4], [2, 1]], name="chicken"),
    "pennies": dt.bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]], name="pennies"),
    "unilateral": unilateral,
}
NEARLY = 1e-6
"""What someone may gain by deviating where a concept is computed in floating point."""


def made(kind):
    """Return a method with its defaults; what must be given is a number, 1."""
    needed = [f.name for f in dataclasses.fields(kind) if f.default is f.default_factory is dataclasses.MISSING]
    return kind(**dict.fromkeys(needed, 1))


def solved(name, game):
    """Return the solution of a game, or skip where the concept says in a sentence that it does not apply."""
    try:
        return dt.solve(game, made(METHODS[name]))
    except DeterrenceError as refusal:
        pytest.skip(str(refusal))


def test_the_methods_and_refinements_are_those_of_the_public_names():
    assert {"SubgamePerfect", "Nash", "PerfectBayesian", "Sequential", "Quantal", "Correlated"} <= set(METHODS)
    assert all(PUBLIC[name] is function for name, function in REFINEMENTS.items())


@pytest.mark.parametrize("name", METHODS)
def test_a_method_is_a_frozen_value_that_names_its_concept(name):
    method = made(METHODS[name])
    assert method == made(METHODS[name])
    assert hash(method) == hash(made(METHODS[name]))
    assert pickle.loads(pickle.dumps(method)) == method == copy.deepcopy(method)
    assert repr(method).startswith(f"{name}(")
    assert isinstance(method.concept, str)
    assert method.concept
    field = next((each.name for each in dataclasses.fields(method)), "concept")
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(method, field, None)


@pytest.mark.parametrize("name", METHODS)
def test_a_method_refuses_what_is_no_game_with_a_sentence(name):
    for wrong in (None, 3, "strike"):
        with pytest.raises(ValueKindError, match="Expected a Game"):
            dt.solve(wrong, made(METHODS[name]))


@pytest.mark.parametrize("name", METHODS)
def test_a_method_applies_to_one_of_the_games_at_least(name):
    answers, refusals = [], []
    for game in GAMES.values():
        try:
            answers.append(dt.solve(game, made(METHODS[name])))
        except DeterrenceError as refusal:
            refusals.append(str(refusal))
    assert answers
    assert all(sentence.endswith((".", ")")) for sentence in refusals)


@pytest.mark.parametrize("game", GAMES)
@pytest.mark.parametrize("name", METHODS)
def test_an_answer_remembers_its_question_prints_and_says_how_far_it_went(name, game):
    answer = solved(name, GAMES[game])
    assert answer.game == GAMES[game]
    assert answer.method == made(METHODS[name])
    assert answer.status
    assert str(answer)
    assert answer.status in repr(answer) or repr(answer).startswith("<")


@pytest.mark.parametrize("game", GAMES)
@pytest.mark.parametrize("name", METHODS)
def test_nobody_gains_by_deviating_from_an_equilibrium(name, game):
    answer = solved(name, GAMES[game])
    if not hasattr(answer, "equilibria") or name == "Quantal":
        pytest.skip("the answer is a range over distributions, or players err on purpose")
    assert all(equilibrium.regret <= NEARLY for equilibrium in answer)
    assert all(abs(sum(equilibrium.outcomes.values()) - 1) <= NEARLY for equilibrium in answer)


def relabelled(game):
    """Return the same table with rows, columns and players under other names, the second player first."""
    form = game.strategic_form()
    return dt.bimatrix(form.B.T.tolist(), form.A.T.tolist(), players=("Second", "First"), name=game.name)


@pytest.mark.parametrize("game", ["chicken", "pennies"])
@pytest.mark.parametrize("name", METHODS)
def test_names_and_the_order_of_players_change_no_equilibrium(name, game):
    answer, other = solved(name, GAMES[game]), solved(name, relabelled(GAMES[game]))
    if not hasattr(answer, "equilibria"):
        pytest.skip("the answer is a range over distributions")
    mine, theirs = sorted(map(rows, answer)), sorted(rows(equilibrium)[::-1] for equilibrium in other)
    assert [*chain(*mine)] == pytest.approx([*chain(*theirs)])


def rows(equilibrium):
    """Return what the first and then the second player gets."""
    return [float(payoff) for payoff in equilibrium.payoffs.values()]


@pytest.mark.parametrize("game", ["chicken", "pennies"])
@pytest.mark.parametrize("name", METHODS)
def test_the_unit_and_the_zero_of_payoffs_change_no_play(name, game):
    if name == "Quantal":
        pytest.skip("how often players err depends on what is at stake")
    form = GAMES[game].strategic_form()
    moved = dt.bimatrix((form.A * 3 + 7).tolist(), (form.B * 5 - 2).tolist(), name=game)
    answer, other = solved(name, GAMES[game]), solved(name, moved)
    if not hasattr(answer, "equilibria"):
        pytest.skip("the answer is a range over distributions")
    assert {equilibrium.behaviour for equilibrium in answer} == {equilibrium.behaviour for equilibrium in other}


# -- refinements ----------------------------------------------------------------------------------------------


def refined(name, solution):
    """Return what a refinement keeps, or None where it refuses a game that it does not apply to."""
    try:
        return REFINEMENTS[name](solution)
    except DeterrenceError:
        return None


@pytest.mark.parametrize("name", REFINEMENTS)
def test_a_refinement_applies_to_one_of_the_games_at_least(name):
    games = [*GAMES.values(), dt.models.load("signalling_resolve").game]
    assert any(refined(name, dt.solve(game)) is not None for game in games)


@pytest.mark.parametrize("game", GAMES)
@pytest.mark.parametrize("name", REFINEMENTS)
def test_a_refinement_keeps_some_of_a_solution_and_keeping_twice_is_keeping_once(name, game):
    solution = dt.solve(GAMES[game])
    kept = refined(name, solution)
    if kept is None:
        pytest.skip("the refinement does not apply to this game")
    assert set(kept) <= set(solution)
    assert kept.status
    assert list(REFINEMENTS[name](kept)) == list(kept)
