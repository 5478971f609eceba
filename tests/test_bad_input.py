"""Bad input is refused when the value is made, in a sentence: what is wrong, what was given, what is allowed."""

import math
import re

import numpy as np
import pytest
import sympy as sp

import deterrence as dt
from deterrence import chance, end, matrix, move, param, share, where
from deterrence.errors import (
    BranchingError,
    DeterrenceError,
    GameError,
    MethodError,
    NumberError,
    ParameterError,
    UnknownNameError,
    ValueKindError,
)
from tests.sample_games import strike, unilateral

ONE, TWO = end("one", 0, 0), end("two", 1, 1)
LEAVES = {"x": ONE, "y": TWO}


def two(tree):
    return dt.Game(("A", "B"), tree)


def refused(kind, sentence):
    return pytest.raises(kind, match=re.escape(sentence))


def check(kind, sentence, ask):
    with refused(kind, sentence):
        ask()


# -- the errors themselves ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "builtin"),
    [
        (GameError, ValueError),
        (ParameterError, ValueError),
        (UnknownNameError, ValueError),
        (MethodError, ValueError),
        (NumberError, ValueError),
        (BranchingError, TypeError),
        (ValueKindError, TypeError),
    ],
)
def test_every_error_is_ours_and_a_builtin_one(error, builtin):
    assert issubclass(error, DeterrenceError)
    assert issubclass(error, builtin)


# -- numbers -------------------------------------------------------------------------------------------------

BAD_NUMBERS = [
    (float("nan"), NumberError, "is nan. It must be a finite number."),
    (float("inf"), NumberError, "is inf. It must be a finite number."),
    (-np.inf, NumberError, "is -inf. It must be a finite number."),
    (np.float32("nan"), NumberError, "is nan. It must be a finite number."),
    (sp.oo, NumberError, "is oo. It must be a finite number."),
    (sp.nan, NumberError, "is nan. It must be a finite number."),
    (True, ValueKindError, "must be a number or an expression, not True."),
    (np.True_, ValueKindError, "must be a number or an expression, not True."),
    ("0.75a", ValueKindError, "must be a number or an expression, not '0.75a'. As text a number is written such as"),
    ("0,75", ValueKindError, "must be a number or an expression, not '0,75'. Write decimals with a point: 0.75."),
    ("3/0", ValueKindError, "must be a number or an expression, not '3/0'. At most 300 digits are read, and no"),
    (
        "1e999999999",
        ValueKindError,
        "must be a number or an expression, not '1e999999999'. At most 300 digits are read",
    ),
    ("9" * 400, ValueKindError, "must be a number or an expression, not '999999999"),
    ("nan", ValueKindError, "must be a number or an expression, not 'nan'."),
    ("", ValueKindError, "must be a number or an expression, not ''."),
    (None, ValueKindError, "must be a number or an expression, not None."),
    ([1, 2], ValueKindError, "must be a number or an expression, not [1, 2]."),
    (1j, ValueKindError, "must be a number or an expression, not 1j."),
    (np.array([1, 2]), ValueKindError, "must be a number or an expression, not array([1, 2])."),
]


@pytest.mark.parametrize(("value", "kind", "sentence"), BAD_NUMBERS, ids=[repr(row[0]) for row in BAD_NUMBERS])
def test_what_is_no_finite_number_is_refused_everywhere(value, kind, sentence):
    check(kind, f"The payoff 2 of the end 'war' {sentence}", lambda: end("war", 0, value))
    check(kind, f"The payoff of 'B' at the end 'war' {sentence}", lambda: end("war", A=0, B=value))
    check(kind, f"The probability of the chance branch 'x' {sentence}", lambda: chance(x=(value, ONE)))
    check(kind, f"The value of parameter (meaning) {sentence}", lambda: param(value, "meaning"))
    at = f"The value of parameter 'war' (cost of retaliating) {sentence}"
    check(kind, at, lambda: strike.at(war=value))


def test_a_comparison_is_no_payoff():
    x = sp.Symbol("x", real=True)
    check(ValueKindError, "The payoff 1 of the end 'war' must be a number", lambda: end("war", x < 3, 0))


def test_an_expression_is_no_parameter_value():
    check(NumberError, "is x. It must be a finite number.", lambda: strike.at(war=sp.Symbol("x")))


def test_a_payoff_that_is_not_real_at_the_values_says_so_when_it_is_solved():
    @dt.game("A")
    def game(x=param(2, "x", low=-2, high=2)):
        return end("only", sp.sqrt(x))

    check(NumberError, "is not a finite real number", lambda: dt.solve(game.at(x=-2)))


def test_dividing_by_zero_says_which_expression():
    @dt.game("A")
    def game(x=param(1, "x", low=0, high=2)):
        return end("only", 1 / x)

    check(ParameterError, "The expression 1/x divides by zero", lambda: dt.solve(game.at(x=0)))


# -- ends ------------------------------------------------------------------------------------------------------

ENDS = {
    "one payoff too few": (lambda: two(end("war", 1)), "the game has 2 players (A, B), each needs one."),
    "one too many": (lambda: two(end("war", 1, 2, 3)), "The end 'war' has 3 payoffs (1, 2, 3)"),
    "no payoff": (lambda: end("war"), "payoffs of the end 'war' either in the players' order or by player"),
    "both forms": (lambda: end("war", 1, B=2), "either in the players' order or by player, one of the two."),
    "a stranger": (lambda: two(end("war", A=1, C=2)), "gives a payoff to 'C', who is not a player. Allowed: 'A', 'B'."),
    "a player missing": (lambda: two(end("war", A=1)), "The end 'war' gives no payoff to 'B'."),
    "no name": (lambda: end(3, 1, 2), "An end needs the name of its outcome, such as end('war', -5, -3); got 3."),
    "an empty name": (lambda: end(" ", 1, 2), "An end needs the name of its outcome"),
}


@pytest.mark.parametrize(("ask", "sentence"), ENDS.values(), ids=ENDS)
def test_a_wrong_end_is_refused(ask, sentence):
    check(GameError, sentence, ask)


# -- moves -------------------------------------------------------------------------------------------------------

MOVES = {
    "unknown player": (
        lambda: dt.Game(("Challenger", "Defender"), move("Chalenger", LEAVES)),
        (
            "A move belongs to 'Chalenger', who is not a player. Allowed: 'Challenger', 'Defender'. "
            "Did you mean 'Challenger'?"
        ),
    ),
    "no action": (lambda: move("A"), "The move of 'A' offers no action; it needs at least one"),
    "a number below": (
        lambda: move("A", x=3),
        "The action 'x' of 'A' must lead to move(…), chance(…), end(…) or matrix(…), not to 3.",
    ),
    "payoffs below": (lambda: move("A", x=(0, 1)), "not to (0, 1)."),
    "one name twice": (
        lambda: move("A", {"x": ONE}, x=TWO),
        "Two branches of the move of 'A' are called 'x'; every branch needs a name of its own.",
    ),
    "a number as name": (lambda: move("A", {1: ONE}), "A branch of the move of 'A' is named 1"),
    "an empty name": (lambda: move("A", {"": ONE}), "A branch of the move of 'A' is named ''"),
    "a list": (lambda: move("A", [("x", ONE)]), "go in by name or as a mapping from names"),
    "label by position": (
        lambda: move("A", "no proof", x=ONE),
        "Write move('A', information='no proof', …): the label goes in by name.",
    ),
    "label no text": (lambda: move("A", information=3, x=ONE), "is a name in words, not 3."),
    "label empty": (lambda: move("A", information="", x=ONE), "is a name in words, not ''."),
    "label misspelt": (lambda: move("A", infomation="fog", x=ONE), "The action 'infomation' of 'A' must lead to"),
}


@pytest.mark.parametrize(("ask", "sentence"), MOVES.values(), ids=MOVES)
def test_a_wrong_move_is_refused(ask, sentence):
    check(GameError, sentence, ask)


# -- information ---------------------------------------------------------------------------------------------------

FORGETFUL = move("A", left=move("A", LEAVES, information="fog"), right=move("A", LEAVES, information="fog"))
ABSENT = move("A", information="fog", x=move("A", LEAVES, information="fog"), y=ONE)
UNEQUAL = move("A", left=move("B", LEAVES, information="fog"), right=move("B", x=ONE, z=TWO, information="fog"))
REORDERED = move("A", left=move("B", LEAVES, information="fog"), right=move("B", y=TWO, x=ONE, information="fog"))
LATER = chance(
    early=(0.5, move("A", x=move("A", LEAVES, information="fog"), y=ONE)),
    late=(0.5, move("A", LEAVES, information="fog")),
)
INFORMATION = {
    "other actions": (UNEQUAL, "offers different actions at different nodes: (x, y) and (x, z)."),
    "other order": (REORDERED, "must have the same actions, in the same order, at both."),
    "imperfect recall": (
        FORGETFUL,
        (
            "A has imperfect recall at the information set 'fog': it holds nodes after different own moves "
            "(left and right). Give them different information labels."
        ),
    ),
    "forgotten move": (LATER, "A has imperfect recall at the information set 'fog'"),
    "absent-mindedness": (ABSENT, "contains a node and its own successor, so the player would forget having moved."),
}


@pytest.mark.parametrize(("tree", "sentence"), INFORMATION.values(), ids=INFORMATION)
def test_information_sets_that_make_no_sense_are_refused(tree, sentence):
    check(GameError, sentence, lambda: two(tree))


# -- chance ----------------------------------------------------------------------------------------------------------

DRAWS = {
    "sum too small": (
        lambda: two(chance(x=(0.5, ONE), y=(0.4, TWO))),
        "The probabilities of the chance node at 'start' are 0.5, 0.4; they sum to 0.9, and must sum to 1.",
    ),
    "sum too small, deep": (
        lambda: two(move("A", x=ONE, y=chance(x=(0.5, ONE), y=(0.4, TWO)))),
        "The probabilities of the chance node at 'y' are",
    ),
    "negative": (
        lambda: chance(x=(-0.1, ONE), y=(1.1, TWO)),
        "The chance branch 'x' has probability -0.1; it must lie between 0 and 1.",
    ),
    "no branch": (chance, "A chance node needs at least one branch, such as hawk=(0.3, move(…))."),
    "no pair": (lambda: chance(x=ONE), "The chance branch 'x' must be a pair (probability, node), not"),
    "a triple": (lambda: chance(x=(1, ONE, TWO)), "must be a pair (probability, node)"),
    "no node": (lambda: chance(x=(1, 5)), "The chance branch 'x' must lead to"),
    "one name twice": (
        lambda: chance({"x": (0.5, ONE)}, x=(0.5, TWO)),
        "Two branches of the chance node are called 'x'",
    ),
    "a number as name": (lambda: chance({1: (1, ONE)}), "A branch of the chance node is named 1"),
}


@pytest.mark.parametrize(("ask", "sentence"), DRAWS.values(), ids=DRAWS)
def test_a_wrong_draw_is_refused(ask, sentence):
    check(GameError, sentence, ask)


def test_probabilities_in_parameters_that_do_not_sum_to_one_are_refused():
    with refused(GameError, "(p, q) sum to 0.6 at the present parameter values, and must sum to 1."):

        @dt.game("A", "B")
        def game(p=share(0.3, "p"), q=share(0.3, "q")):
            return chance(x=(p, ONE), y=(q, TWO))


def test_probabilities_are_checked_again_at_other_values():
    @dt.game("A", "B")
    def game(p=share(0.3, "p"), q=share(0.7, "q")):
        return where(chance(x=(p, ONE), y=(q, TWO)), sp.Eq(p + q, 1))

    check(GameError, "sum to 1.2 at the present parameter values", lambda: game.at(p=0.5))


def test_a_probability_in_parameters_outside_zero_and_one_is_refused():
    @dt.game("A", "B")
    def game(p=param(0.25, "p", low=0, high=3)):
        return chance(x=(2 * p, ONE), y=(1 - 2 * p, TWO))

    sentence = "has a branch of probability 2*p = 1.2 at p=0.6; a probability lies between 0 and 1."
    check(GameError, sentence, lambda: game.at(p=0.6))


def test_three_times_a_rounded_third_is_told_apart_from_one():
    with pytest.raises(GameError, match=r"must sum to 1") as caught:
        two(chance(x=(1 / 3, ONE), y=(1 / 3, TWO), z=(1 / 3, ONE)))
    assert "they sum to 1, and" not in str(caught.value)


# -- parameters --------------------------------------------------------------------------------------------------------

PARAMETERS = {
    "no meaning": (lambda: param(1, ""), ParameterError, "A parameter needs a meaning in words"),
    "a number as meaning": (lambda: param(1, 2), ParameterError, "got 2."),
    "empty range": (
        lambda: param(1, "m", low=2, high=0),
        ParameterError,
        "The range of a parameter (m) is empty: low=2 is above high=0.",
    ),
    "default out of range": (
        lambda: param(5, "m", low=0, high=2),
        ParameterError,
        "The parameter (m) was given 5, outside its range [0, 2].",
    ),
    "share out of range": (lambda: share(1.2, "m"), ParameterError, "was given 1.2, outside its range [0, 1]."),
    "infinite limit": (lambda: param(1, "m", low=-np.inf), NumberError, "The lower limit of a parameter is -inf."),
    "unknown": (
        lambda: strike.at(punishmnt=3),
        ParameterError,
        (
            "The game 'strike' has no parameter 'punishmnt'. Allowed: 'prize', 'loss', 'punishment', 'war'. "
            "Did you mean 'punishment'?"
        ),
    ),
    "out of range": (
        lambda: strike.at(war=99),
        ParameterError,
        "The parameter 'war' (cost of retaliating) was given 99, outside its range [-5, 20].",
    ),
    "assumption": (
        lambda: unilateral.at(gain=0.4),
        ParameterError,
        "assumes peace < gain, which fails at gain=0.4, peace=0.5.",
    ),
}


@pytest.mark.parametrize(("ask", "kind", "sentence"), PARAMETERS.values(), ids=PARAMETERS)
def test_a_wrong_parameter_is_refused(ask, kind, sentence):
    check(kind, sentence, ask)


def test_an_assumption_that_the_defaults_break_is_refused():
    with refused(ParameterError, "The game 'game' assumes p > q, which fails at p=0.3, q=0.4."):

        @dt.game("A", "B")
        def game(p=share(0.3, "p"), q=share(0.4, "q")):
            return where(ONE, p > q)


def test_a_parameter_added_twice_is_refused():
    again = param(1, "another war").named("war")
    sentence = "The game has two parameters called 'war'. Rename one; a mechanism takes prefix='…' for that."
    check(GameError, sentence, lambda: strike.changed(parameters=(again,)))


def test_a_symbol_that_is_no_parameter_is_refused():
    tree = end("war", sp.Symbol("z"), 0)
    check(GameError, "uses 'z', which is not one of its parameters. Allowed: none.", lambda: two(tree))


CONDITIONS = {
    "a number": (3, ValueKindError, "is a comparison such as war < concede, not 3."),
    "text": ("war < 3", ValueKindError, "not 'war < 3'."),
    "a symbol": (sp.Symbol("x"), ValueKindError, "not x."),
    "never true": (sp.false, GameError, "A condition of where(…) is false whatever the parameters are."),
}


@pytest.mark.parametrize(("condition", "kind", "sentence"), CONDITIONS.values(), ids=CONDITIONS)
def test_a_wrong_condition_is_refused(condition, kind, sentence):
    check(kind, sentence, lambda: where(ONE, condition))


def test_where_needs_a_tree():
    check(GameError, "The tree of where(…) must lead to", lambda: where(3, sp.true))


# -- the decorator ---------------------------------------------------------------------------------------------------


def test_the_bare_decorator_is_refused():
    with refused(GameError, "Write @game('Challenger', 'Defender') with the players' names, not @game alone."):

        @dt.game
        def game(x=param(1, "x")):
            return ONE


@pytest.mark.parametrize("default", [3, None, "1"])
def test_an_argument_without_param_is_refused(default):
    with refused(GameError, "The argument 'x' of 'game' needs param(...) or share(...) as its default"):

        @dt.game("A", "B")
        def game(x=default):
            return ONE


def test_an_argument_without_default_is_refused():
    with refused(GameError, "such as x=param(1, 'what it means')."):
        dt.game("A", "B")(lambda x: ONE)


@pytest.mark.parametrize("given", [None, 3, (0, 0)])
def test_a_body_that_returns_no_tree_is_refused(given):
    with refused(GameError, f"returned {given!r}; it must return move, chance, end, matrix or where."):
        dt.game("A", "B")(lambda: given)


PLAYERS = {
    "none": ((), "A game needs at least one player, such as game('Challenger', 'Defender')."),
    "a number": (("A", 2), "A player is a name in words, not 2."),
    "empty": (("A", " "), "A player is a name in words, not ' '."),
    "twice": (("A", "A"), "Two players are called 'A'; every player needs a name of its own."),
}


@pytest.mark.parametrize(("players", "sentence"), PLAYERS.values(), ids=PLAYERS)
def test_wrong_players_are_refused(players, sentence):
    check(GameError, sentence, lambda: dt.Game(players, ONE))


def test_a_text_is_no_list_of_players():
    with pytest.raises(GameError):
        dt.Game("AB", ONE)


@pytest.mark.parametrize("tree", [None, "war", 3])
def test_a_game_needs_a_tree(tree):
    check(GameError, "A tree is made of move, chance, draw, choose, end and matrix; got", lambda: two(tree))


# -- branching on a parameter ------------------------------------------------------------------------------------------


def by_if(x=param(2, "x")):
    if x > 1:
        return ONE
    return TWO


def by_truth(x=param(2, "x")):
    if x:
        return ONE
    return TWO


def by_equality(x=param(2, "x")):
    return end("only", int(x == 1), 0)


def by_and(x=param(2, "x")):
    return end("only", x and 1, 0)


def by_ternary(x=param(2, "x")):
    return ONE if x > 0 else TWO


def by_max(x=param(2, "x")):
    return end("only", max(x, 1), 0)


def by_not(x=param(2, "x")):
    return end("only", int(not x), 0)


def by_sorting(x=param(2, "x")):
    return end("only", min([x, 1]), 0)


def by_while(x=param(2, "x")):
    while x > 0:
        x = x - 1
    return end("only", x, 0)


def by_filter(x=param(2, "x")):
    return end("only", sum(i for i in (1, 2) if i < x), 0)


def by_membership(x=param(2, "x")):
    return ONE if x in (1, 2) else TWO


def by_another_name(x=param(2, "x")):
    y = 2 * x
    if y == 4:
        return ONE
    return TWO


def by_a_helper(x=param(2, "x")):
    def positive(number):
        return 1 if number else 0

    return end("only", positive(x), 0)


def by_match(x=param(2, "x")):
    match x:
        case 2:
            return ONE
        case _:
            return TWO


BODIES = [
    by_if,
    by_truth,
    by_equality,
    by_and,
    by_ternary,
    by_max,
    by_not,
    by_sorting,
    by_while,
    by_filter,
    by_membership,
    by_another_name,
    by_a_helper,
    by_match,
]


@pytest.mark.parametrize("body", BODIES, ids=lambda body: body.__name__)
def test_branching_on_a_parameter_is_refused_with_what_to_do_instead(body):
    told = (
        rf"The body of '{body.__name__}' branches on .*write an ordinary function that returns a Game; "
        r"for a payoff that switches use sympy\.Piecewise, Min or Max; in where\(…\) write sympy\.Eq"
    )
    with pytest.raises(BranchingError, match=told):
        dt.game("A", "B")(body)


def test_branching_on_what_is_no_parameter_is_allowed():
    @dt.game("A", "B")
    def game(x=param(2, "x")):
        def leaf(hard, bonus=None):
            return end("hard" if hard else "soft", x + (1 if bonus == 3 else 0), 0)

        return move("A", {name: leaf(name == "one", 3) for name in ("one", "two") if name})

    assert game.outcomes == ("hard", "soft")


# -- matrices ------------------------------------------------------------------------------------------------------------

CELLS = {("x", "x"): (0, 0), ("x", "y"): (0, 1), ("y", "x"): (1, 0)}
MATRICES = {
    "a missing cell": (
        lambda: matrix(CELLS),
        "The matrix has no cell for (y, y); every combination of actions needs one.",
    ),
    "no cell": (lambda: matrix({}), "A matrix needs cells such as {('yield', 'stand'): (2, 4), …}; got {}."),
    "ragged": (
        lambda: matrix({("x", "x"): (0, 0), "y": (1, 1)}),
        "The cells of a matrix name different numbers of actions: [1, 2].",
    ),
    "one cell twice": (
        lambda: matrix({("x", "y"): (1, 2), "x": {"y": (3, 4)}}),
        "The matrix defines the cell (x, y) twice.",
    ),
    "numbers as actions": (lambda: matrix({(1, 2): (0, 0)}), "An action of a matrix is a name in words, not 1."),
    "a number as cell": (
        lambda: matrix({("x", "y"): 3}),
        "The cell (x, y) must be a tuple of payoffs or end(…), not 3.",
    ),
    "too few players": (lambda: two(matrix({"x": (0, 0), "y": (1, 1)})), "but 2 players choose (A, B)."),
    "too many payoffs": (lambda: two(matrix({("x", "y"): (1, 2, 3)})), "has 3 payoffs (1, 2, 3)"),
    "a stranger": (
        lambda: two(matrix({("x", "y"): (1, 2)}, players=("A", "C"))),
        "A matrix is played by 'C', who is not a player. Allowed: 'A', 'B'.",
    ),
}


@pytest.mark.parametrize(("ask", "sentence"), MATRICES.values(), ids=MATRICES)
def test_a_wrong_matrix_is_refused(ask, sentence):
    check(GameError, sentence, ask)


BIMATRICES = {
    "other shapes": (([[1, 2]], [[1], [2]]), {}, "A has shape (1, 2) and B (2, 1); they must be the same."),
    "ragged": (([[1, 2], [1]], [[1, 2], [1]]), {}, "and rows of one length."),
    "empty": (([], []), {}, "The table A must have at least one row and one column"),
    "numbers": ((3, 4), {}, "The table A must be rows of numbers."),
    "one row": (([1, 2], [3, 4]), {}, "The table A must be rows of numbers."),
    "words": (([["1"]], [["b"]]), {}, "The table B must hold numbers such as '0.1' or '1/3'; it holds 'b'."),
    "division by zero": (
        ([["1/0"]], [["1"]]),
        {},
        "The table A must hold numbers such as '0.1' or '1/3'; it holds '1/0'",
    ),
    "three players": (([[1]], [[1]]), {"players": "ABC"}, "A bimatrix game has two players; got ['A', 'B', 'C']."),
    "few names": (
        ([[1, 2]], [[1, 2]]),
        {"actions": [["x"], ["y"]]},
        "The tables need 1 and 2 different action names; got [['x'], ['y']].",
    ),
    "names twice": (([[1, 2]], [[1, 2]]), {"actions": [["x"], ["y", "y"]]}, "different action names"),
}


@pytest.mark.parametrize(("tables", "options", "sentence"), BIMATRICES.values(), ids=BIMATRICES)
def test_a_wrong_bimatrix_is_refused(tables, options, sentence):
    check(GameError, sentence, lambda: dt.bimatrix(*tables, **options))


def test_payoffs_of_a_bimatrix_are_finite_numbers():
    check(NumberError, "is nan", lambda: dt.bimatrix([[np.nan]], [[1]]))
    check(ValueKindError, "not True", lambda: dt.bimatrix([[True]], [[1]]))


# -- what is given in the wrong shape ------------------------------------------------------------------------------------

SHAPES = {
    "values not by name": (ParameterError, "at(…) takes values by name", lambda: strike.at(3)),
    "one end": (
        ParameterError,
        "takes two values of 'war', not 5",
        lambda: dt.threshold(strike, "war", "war", between=5),
    ),
    "three ends": (
        ParameterError,
        "takes two values of 'war', not (1, 2, 3)",
        lambda: dt.threshold(strike, "war", "war", between=(1, 2, 3)),
    ),
    "an end that is no number": (
        NumberError,
        "end of between=(…) for 'war' is nan",
        lambda: dt.threshold(strike, "war", "war", between=(0, np.nan)),
    ),
    "a measure without an answer": (
        ValueKindError,
        "returned None; it must return a number",
        lambda: dt.sweep(strike, lambda equilibrium: None, war=[1, 2]),
    ),
    "no players": (GameError, "not None", lambda: dt.Game(None, ONE)),
    "players as text": (GameError, "not 'AB'", lambda: matrix({("x", "y"): (1, 2)}, players="AB")),
    "players twice": (GameError, "different names", lambda: matrix({("x", "y"): (1, 2)}, players=("A", "A"))),
    "a table as text": (GameError, "not text", lambda: dt.bimatrix("12", "34")),
    "no action names": (
        GameError,
        "different action names; got [None, ['a']]",
        lambda: dt.bimatrix([[1]], [[2]], actions=[None, ["a"]]),
    ),
    "one player's second table": (
        MethodError,
        "has one player, 'A': there is no table B",
        lambda: dt.Game(("A",), move("A", x=end("x", 1), y=end("y", 2))).strategic_form().B,
    ),
    "a limit as text": (MethodError, "whole number of at least 1, not '3'", lambda: dt.PerfectBayesian(limit="3")),
    "half a limit": (MethodError, "whole number of at least 1, not 1.5", lambda: dt.Nash(limit=1.5)),
    "a budget that is no number": (
        ParameterError,
        "budget='3' is no time",
        lambda: dt.characterize(strike, budget="3"),
    ),
    "a budget that is a flag": (ParameterError, "budget=True is no time", lambda: dt.characterize(strike, budget=True)),
    "a budget of nothing": (ParameterError, "budget=0 is no time", lambda: dt.characterize(strike, budget=0)),
    "a held parameter": (
        ParameterError,
        "'war' was held at 3",
        lambda: dt.characterize(strike, parameters=["loss"]).at(war=4),
    ),
    "a parameter to keep": (
        UnknownNameError,
        "Did you mean 'loss'?",
        lambda: dt.characterize(strike, parameters=["los"]),
    ),
}


@pytest.mark.parametrize(("kind", "sentence", "ask"), SHAPES.values(), ids=SHAPES)
def test_what_has_the_wrong_shape_is_refused(kind, sentence, ask):
    check(kind, sentence, ask)


@pytest.mark.parametrize("turn", [int, float, math.sqrt, np.exp, lambda x: list(range(x))])
def test_a_parameter_that_is_turned_into_a_plain_number_is_refused(turn):
    def made(x=param(2, "a number", low=0, high=9)):
        turn(x)
        return ONE

    check(ValueKindError, "turns a parameter into a plain number", lambda: dt.game("A", "B")(made))


def test_a_condition_that_python_decides_is_refused():
    def unequal(x=param(2, "a number", low=0, high=9)):
        return where(ONE, x != 3)

    check(BranchingError, "sympy.Ne(a, b)", lambda: dt.game("A", "B")(unequal))
    check(ValueKindError, "which Python decided", lambda: where(ONE, len("ab") == 2))


# -- questions -------------------------------------------------------------------------------------------------------------

UNKNOWN = "There is no outcome or action called 'wra'. Allowed: 'status quo', 'fait accompli', 'war'"
QUESTIONS = {
    "outcome": (lambda: dt.solve(strike)[0].probability("wra"), UNKNOWN),
    "outcome of a class": (lambda: dt.characterize(strike)[0].probability("wra"), UNKNOWN),
    "outcome of a sweep": (lambda: dt.sweep(strike, "wra", war=[1, 2]), UNKNOWN),
    "outcome of a threshold": (lambda: dt.threshold(strike, "war", "wra"), UNKNOWN),
    "nearest": (lambda: dt.sweep(strike, "wra", war=[1, 2]), "Did you mean 'war'?"),
    "player": (
        lambda: dt.sweep(strike, dt.payoff("Defendr"), war=[1]),
        "There is no player called 'Defendr'. Allowed: 'Challenger', 'Defender'. Did you mean 'Defender'?",
    ),
    "actor": (
        lambda: dt.solve(strike)[0].probability("strike", by="Iran"),
        "There is no player called 'Iran'. Allowed: 'Challenger', 'Defender'.",
    ),
    "measure": (lambda: dt.sweep(strike, 3, war=[1]), "'any callable'"),
    "table": (lambda: strike.strategic_form().table("Iran"), "There is no player called 'Iran'."),
}


@pytest.mark.parametrize(("ask", "sentence"), QUESTIONS.values(), ids=QUESTIONS)
def test_an_unknown_name_in_a_question_is_refused(ask, sentence):
    check(UnknownNameError, sentence, ask)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: dt.solve(strike)[0].probability("strike", by="Defender"),
        lambda: dt.characterize(strike)[0].probability("strike", by="Defender"),
        lambda: dt.sweep(strike, dt.probability("strike", by="Defender"), war=[1, 2]),
        lambda: dt.threshold(strike, "war", dt.probability("strike", by="Defender")),
    ],
    ids=["equilibrium", "class", "sweep", "threshold"],
)
def test_an_action_of_another_player_is_refused_without_suggesting_itself(ask):
    with pytest.raises(UnknownNameError, match="Defender") as caught:
        ask()
    assert "Did you mean 'strike'" not in str(caught.value)


METHODS = {
    "a name": (lambda: dt.solve(strike, "nash"), "such as SubgamePerfect(), Nash() or PerfectBayesian(); got 'nash'."),
    "a class": (lambda: dt.solve(strike, dt.Nash), "A method is a solution concept such as"),
    "hidden moves": (
        lambda: dt.solve(unilateral, dt.SubgamePerfect()),
        "SubgamePerfect() needs perfect information, and at 'Challenger | Hard' the player cannot tell",
    ),
    "a tree's Nash": (lambda: dt.characterize(unilateral, dt.Nash()), "rest on threats that would not be"),
    "limit of Nash": (lambda: dt.Nash(limit=0), "The limit of Nash must be a whole number of at least 1, not 0."),
    "limit of SubgamePerfect": (lambda: dt.SubgamePerfect(limit=-1), "must be a whole number of at least 1, not -1."),
    "limit of PerfectBayesian": (lambda: dt.PerfectBayesian(limit=0), "must be a whole number of at least 1, not 0."),
}


@pytest.mark.parametrize(("ask", "sentence"), METHODS.values(), ids=METHODS)
def test_a_wrong_method_is_refused(ask, sentence):
    check(MethodError, sentence, ask)


def test_a_threshold_needs_a_game():
    with pytest.raises(DeterrenceError):
        dt.threshold(None, "war", "war")


NO_GAMES = {
    "to solve": (lambda: dt.solve("strike"), "Expected a Game; got 'strike'."),
    "to characterize": (lambda: dt.characterize(3), "Expected a Game; got 3."),
    "to sweep": (lambda: dt.sweep(None, "war", war=[1]), "Expected a Game; got None."),
}


@pytest.mark.parametrize("case", NO_GAMES)
def test_what_is_no_game_is_refused(case):
    ask, said = NO_GAMES[case]
    with pytest.raises(ValueKindError, match=re.escape(said)):
        ask()


MECHANISMS = {
    "no callable": (lambda: strike.under(3), "A mechanism is something that makes a game from a game; got 3."),
    "no game": (lambda: strike.under(lambda game: 3), "must return a Game; it returned 3."),
}


@pytest.mark.parametrize(("ask", "sentence"), MECHANISMS.values(), ids=MECHANISMS)
def test_a_wrong_mechanism_is_refused(ask, sentence):
    check(GameError, sentence, ask)


def test_an_unknown_name_of_the_package_is_refused():
    with pytest.raises(AttributeError, match="module 'deterrence' has no attribute 'slove'"):
        _ = dt.slove
