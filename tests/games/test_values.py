"""Games and answers are values: they compare, hash, pickle, and never change, however deep the tree."""

import dataclasses
import multiprocessing
import pickle
import random
import sys
from fractions import Fraction

import pytest

import deterrence as dt
from deterrence import chance, end, move, param
from deterrence.games.tree import rewrite, walk
from tests.sample_games import attribution, crisis, hidden_game, strike, unilateral

DEPTH = 5000


def chain(depth, prize=None):
    """Return a centipede: who takes gets more than by going on, if the other takes next."""
    tree = end("the end", depth, depth)
    for step in reversed(range(depth)):
        taken = (step + 2, step) if step % 2 == 0 else (step, step + 2)
        tree = move("AB"[step % 2], take=end("taken", *taken), go=tree)
    if prize is not None:
        tree = move("A", out=end("out", prize, 0), enter=tree)
    return tree


def deep():
    @dt.game("A", "B")
    def game(prize=param(0, "what staying out is worth", low=-1, high=9)):
        return chain(DEPTH, prize)

    return game


def rebuilt(body=None):
    """Return the strike game, written anew."""

    @dt.game("Challenger", "Defender", name="strike")
    def game(
        prize=param(4, "gain from a strike that goes unanswered", low=0, high=20),
        loss=param(6, "harm of an unanswered strike", low=0, high=20),
        punishment=param(9, "harm that retaliation does", low=0, high=20),
        war=param(3, "cost of retaliating", low=-5, high=20),
    ):
        """Another caption."""
        answer = move(
            "Defender",
            restrain=end("fait accompli", Defender=-loss, Challenger=prize),
            retaliate=end("war", prize - punishment, -war),
        )
        return move("Challenger", restrain=end("status quo", 0, 0), strike=answer)

    return game


SAMPLES = {
    "strike": strike,
    "attribution": attribution,
    "unilateral": unilateral,
    "hidden": hidden_game(3),
    "crisis": crisis("TRSP", "TRSP"),
    "one end": dt.Game(("A",), end("only", 1)),
}


# -- equality and hash -------------------------------------------------------------------------------------


def test_games_written_alike_are_equal_and_hash_equal():
    assert rebuilt() == strike
    assert hash(rebuilt()) == hash(strike)
    assert len({rebuilt(), strike, strike.at(war=3)}) == 1


@pytest.mark.parametrize(
    "other",
    [
        strike.at(war=4),
        strike.changed(name="another"),
        strike.changed(players=("A", "B"), tree=end("only", 0, 0)),
        strike.changed(parameters=(param(1, "more").named("more"),)),
        strike.changed(assumptions=(strike.parameters["war"].expression < 10,)),
    ],
    ids=["value", "name", "tree", "parameter", "assumption"],
)
def test_games_that_differ_are_unequal(other):
    assert other != strike


def test_a_game_is_not_equal_to_something_else():
    assert strike != "strike"
    assert strike is not None


def test_information_makes_a_difference():
    leaves = {"x": end("one", 0, 0), "y": end("two", 1, 1)}

    def game(*labels):
        tree = move("A", {f"a{i}": move("B", leaves, information=label) for i, label in enumerate(labels)})
        return dt.Game(("A", "B"), tree)

    assert len({game("l", "l"), game("l", "r"), game(None, None), game("m", "m")}) == 4


@pytest.mark.parametrize("game", SAMPLES.values(), ids=SAMPLES)
def test_solving_twice_gives_equal_equilibria(game):
    first, second = list(dt.solve(game)), list(dt.solve(pickle.loads(pickle.dumps(game))))
    assert first == second
    assert [hash(each) for each in first] == [hash(each) for each in second]


# -- pickling ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("protocol", [2, pickle.HIGHEST_PROTOCOL])
@pytest.mark.parametrize("game", SAMPLES.values(), ids=SAMPLES)
def test_a_game_survives_pickling(game, protocol):
    again = pickle.loads(pickle.dumps(game, protocol))
    assert again == game
    assert hash(again) == hash(game)
    assert (again.caption, str(again)) == (game.caption, str(game))


def test_a_game_at_other_values_survives_pickling():
    game = unilateral.at(p=Fraction(1, 7), q=0.9)
    again = pickle.loads(pickle.dumps(game))
    assert again == game
    assert again.values["p"] == Fraction(1, 7)
    assert again.at(p=0.2, q=0.3) == unilateral


def test_pickling_after_use_gives_the_same_game():
    game = rebuilt()
    before = pickle.dumps(game)
    dt.solve(game)
    game.strategic_form()
    hash(game)
    assert pickle.loads(pickle.dumps(game)) == pickle.loads(before)


def answers():
    solution, classes = dt.solve(unilateral), dt.characterize(strike)
    return {
        "solution": solution,
        "equilibrium": solution[0],
        "Nash solution": dt.solve(strike.at(war=8), dt.Nash()),
        "characterization": classes,
        "class": classes[0],
        "strategic form": strike.strategic_form(),
        "parameter": strike.parameters["war"],
        "measure": dt.probability("war"),
        "method": dt.PerfectBayesian(limit=10),
    }


@pytest.mark.parametrize("name", answers())
def test_an_answer_survives_pickling(name):
    answer = answers()[name]
    assert str(pickle.loads(pickle.dumps(answer))) == str(answer)


def test_a_sweep_and_a_threshold_survive_pickling():
    sweep = pickle.loads(pickle.dumps(dt.sweep(strike, "war", war=[1, 8])))
    assert sweep.data["high"].values.tolist() == [[0, 0]]
    assert pickle.loads(pickle.dumps(dt.threshold(strike, "war", "fait accompli"))).value == 6


# -- other processes -------------------------------------------------------------------------------------------


def test_games_travel_to_other_processes_and_back():
    games = [strike.at(war=war) for war in (3, 5, 7, 8)] + [unilateral]
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        found = pool.map(dt.solve, games)
    for game, solution in zip(games, found, strict=True):
        assert list(solution) == list(dt.solve(game))


# -- frozen ------------------------------------------------------------------------------------------------------

FROZEN = [
    (strike, "name"),
    (strike.tree, "player"),
    (strike.tree.children[0], "outcome"),
    (strike.parameters["war"], "value"),
    (strike.information_sets[0], "actions"),
    (dt.solve(strike), "status"),
    (dt.solve(strike)[0], "behaviour"),
    (dt.characterize(strike), "classes"),
    (dt.characterize(strike)[0], "when"),
    (dt.Nash(), "limit"),
    (dt.SubgamePerfect(), "limit"),
    (dt.PerfectBayesian(), "limit"),
    (dt.probability("war"), "of"),
    (strike.strategic_form(), "plans"),
    (dt.sweep(strike, "war", war=[1]), "status"),
    (dt.threshold(strike, "war", "war"), "parameter"),
]


@pytest.mark.parametrize(
    ("value", "name"), FROZEN, ids=lambda item: item if isinstance(item, str) else type(item).__name__
)
def test_a_value_never_changes(value, name):
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, name, "other")
    with pytest.raises(dataclasses.FrozenInstanceError):
        delattr(value, name)


def mappings():
    equilibrium, found = dt.solve(strike)[0], dt.characterize(strike)[0]
    return {
        "parameters": strike.parameters,
        "values": strike.values,
        "strategies": equilibrium.strategies,
        "a strategy": equilibrium.strategies["Defender"],
        "beliefs": equilibrium.beliefs,
        "payoffs": equilibrium.payoffs,
        "outcomes": equilibrium.outcomes,
        "refinements": equilibrium.refinements,
        "class strategies": found.strategies,
        "class payoffs": found.payoffs,
        "class outcomes": found.outcomes,
        "strategic form": strike.strategic_form().strategies,
        "tables": strike.strategic_form().payoffs,
    }


@pytest.mark.parametrize("name", mappings())
def test_a_mapping_shown_by_a_value_cannot_be_written_to(name):
    mapping = mappings()[name]
    with pytest.raises(TypeError):
        mapping["war"] = 1


def test_arrays_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        strike.strategic_form().A[0, 0] = 9


def test_writing_to_what_at_was_given_changes_nothing():
    values = {"war": 8}
    game = strike.at(values)
    values["war"] = 3
    assert game.values["war"] == 8


# -- deep trees ----------------------------------------------------------------------------------------------------


def test_a_chain_of_five_thousand_moves_is_a_value():
    game, same = deep(), deep()
    assert game.form.size == 2 * DEPTH + 3
    assert game == same
    assert hash(game) == hash(same)
    assert game != game.at(prize=1)


def test_a_chain_of_five_thousand_moves_survives_pickling_also_at_other_values():
    game = deep().at(prize=Fraction(1, 3))
    again = pickle.loads(pickle.dumps(game))
    assert again == game
    assert again.at(prize=0) == deep()


def test_a_chain_of_five_thousand_moves_prints_walks_and_is_rewritten():
    game = deep()
    assert str(game).count("\n") > 2 * DEPTH
    assert sum(1 for _ in walk(game.tree)) == game.form.size
    assert rewrite(game.tree, lambda node, history: node) is game.tree


def test_a_chain_of_five_thousand_moves_solves_and_its_answer_pickles():
    solution = dt.solve(deep())
    assert solution.status == "solved"
    assert solution[0].outcomes["taken"] == 1
    assert solution[0].payoffs == {"A": 2, "B": 0}
    assert pickle.loads(pickle.dumps(solution))[0] == solution[0]


def test_the_recursion_limit_is_left_alone():
    limit = sys.getrecursionlimit()
    dt.solve(deep())
    assert sys.getrecursionlimit() == limit


def test_a_random_tree_survives_pickling():
    rng = random.Random(5)

    def node(depth):
        if depth == 0 or rng.random() < 0.1:
            return end(f"outcome {rng.randrange(9)}", *(rng.randrange(10) for _ in range(3)))
        if rng.random() < 0.2:
            return chance(x=(Fraction(1, 3), node(depth - 1)), y=(Fraction(2, 3), node(depth - 1)))
        return move(rng.choice("ABC"), {name: node(depth - 1) for name in "xyz"})

    game = dt.Game(("A", "B", "C"), node(6))
    assert pickle.loads(pickle.dumps(game)) == game
