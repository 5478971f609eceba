"""Writing a game: what each way of writing means. Expected values are read off the text of the game."""

import itertools
from fractions import Fraction

import numpy as np
import pytest
import sympy as sp

import deterrence as dt
from deterrence import chance, end, matrix, move, param, share, where
from deterrence.errors import GameError, ParameterError
from deterrence.games.tree import End, Move
from tests.sample_games import strike


def names(game):
    return [each.name for each in game.information_sets]


def two(tree, **options):
    return dt.Game(("A", "B"), tree, **options)


# -- the decorator ---------------------------------------------------------------------------------------


def test_the_signature_is_the_parameter_table():
    assert list(strike.parameters) == ["prize", "loss", "punishment", "war"]
    war = strike.parameters["war"]
    assert (war.value, war.low, war.high, war.meaning) == (3, -5, 20, "cost of retaliating")
    assert str(war) == "war = 3 in [-5, 20]: cost of retaliating"


def test_the_body_is_the_tree_and_the_docstring_the_caption():
    assert strike.name == "strike"
    assert strike.caption == "Strike, retaliate or restrain: the smallest deterrence game."
    assert strike.players == ("Challenger", "Defender")
    assert strike.outcomes == ("status quo", "fait accompli", "war")
    assert strike.actions == ("restrain", "strike", "retaliate")
    assert strike.mechanisms == ()


def test_a_game_may_have_another_name_than_its_function():
    @dt.game("A", name="a-name")
    def body():
        return end("peace", 0)

    assert body.name == "a-name"
    assert body.caption == ""


def test_the_body_runs_once():
    runs = []

    @dt.game("A")
    def game(x=param(1, "payoff")):
        runs.append(x)
        return move("A", take=end("taken", x), leave=end("left", 0))

    for value in (-1, 0, 5):
        dt.solve(game.at(x=value))
    str(game)
    assert runs == [sp.Symbol("x", real=True)]


def test_a_parameter_without_limits_may_take_any_value():
    @dt.game("A")
    def game(x=param(-7, "payoff")):
        return end("only", x)

    assert game.parameters["x"].range == "(-∞, ∞)"
    assert game.at(x=-(10**30)).values == {"x": -(10**30)}


def test_a_share_lies_between_zero_and_one():
    known = share(0.3, "chance of an alarm", symbol=r"\alpha")
    assert (known.value, known.low, known.high, known.symbol) == (Fraction(3, 10), 0, 1, r"\alpha")


def test_a_parameter_without_a_symbol_is_written_by_its_name():
    assert strike.parameters["war"].symbol == r"\mathit{war}"
    assert param(1, "x").named("missile_defence").symbol == r"\mathit{missile\_defence}"


def test_parameters_may_be_keyword_only():
    @dt.game("A")
    def game(*, x=param(1, "payoff")):
        return end("only", x)

    assert list(game.parameters) == ["x"]


def test_an_ordinary_function_makes_games_of_different_shapes():
    def ladder(rounds):
        @dt.game("A", "B", name=f"ladder {rounds}")
        def game(prize=param(1, "prize")):
            tree = end("all rounds", 0, 0)
            for step in reversed(range(rounds)):
                tree = move("AB"[step % 2], stop=end("stopped", prize, step), go=tree)
            return tree

        return game

    assert [len(ladder(n).information_sets) for n in (1, 2, 5)] == [1, 2, 5]


# -- numbers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (0.1, Fraction(1, 10)),
        (0.1 + 0.2, Fraction(30000000000000004, 10**17)),
        (1e-7, Fraction(1, 10**7)),
        (2.0, 2),
        (np.float64(0.1), Fraction(1, 10)),
        (np.int64(3), 3),
        (np.array(0.25), Fraction(1, 4)),
        (Fraction(2, 6), Fraction(1, 3)),
        (sp.Rational(1, 3), Fraction(1, 3)),
        (sp.Float("0.1"), Fraction(1, 10)),
        (sp.Integer(4), 4),
        (10**40, 10**40),
    ],
)
def test_decimals_mean_what_they_say(given, meant):
    payoffs, _ = dt.Game(("A",), end("only", given)).numbers
    assert payoffs[0] == (meant,)
    assert type(payoffs[0][0]) in (int, Fraction)


def test_decimals_inside_expressions_mean_what_they_say():
    @dt.game("A")
    def game(x=param(0.2, "share")):
        return end("only", 0.1 * x + 0.7)

    assert game.numbers[0][0] == (Fraction(72, 100),)
    assert game.at(x=0.3).numbers[0][0] == (Fraction(73, 100),)


def test_numpy_float32_means_its_shortest_decimal():
    assert dt.Game(("A",), end("only", np.float32(0.1))).numbers[0][0] == (Fraction(1, 10),)


def test_payoffs_may_switch_with_piecewise_min_and_max():
    @dt.game("A")
    def game(x=param(3, "a number")):
        return end("only", sp.Max(x, 1) + sp.Min(x, 2) + sp.Piecewise((10, x > 2), (20, True)) + sp.Abs(x - 5))

    assert game.numbers[0][0] == (3 + 2 + 10 + 2,)
    assert game.at(x=0).numbers[0][0] == (1 + 0 + 20 + 5,)


# -- ends and moves ------------------------------------------------------------------------------------------


def test_payoffs_go_in_order_or_by_player():
    by_order = two(move("A", x=end("one", 1, 2), y=end("two", 3, 4)))
    by_name = two(move("A", x=end("one", B=2, A=1), y=end("two", A=3, B=4)))
    assert by_order == by_name


def test_one_outcome_may_stand_at_several_leaves():
    game = two(chance(x=(0.25, end("war", 0, 0)), y=(0.25, end("war", 1, 0)), z=(0.5, end("peace", 0, 0))))
    assert game.outcomes == ("war", "peace")
    assert dt.solve(game)[0].outcomes == {"war": Fraction(1, 2), "peace": Fraction(1, 2)}


def test_a_move_by_mapping_is_a_move_by_keyword():
    leaves = end("one", 0, 0), end("two", 1, 1)
    assert move("A", {"x": leaves[0], "y": leaves[1]}) == move("A", x=leaves[0], y=leaves[1])
    assert move("A", {"x": leaves[0]}, y=leaves[1]) == move("A", x=leaves[0], y=leaves[1])


def test_names_need_not_be_identifiers():
    tree = move("A", {"strike on Iran": end("war – open", 1, 0), "…": end("peace", 0, 0)}, information="no proof")
    game = two(tree)
    assert game.actions == ("strike on Iran", "…")
    assert names(game) == ["no proof"]


def test_an_action_may_be_called_player():
    assert move("A", player=end("one", 1), information="known").actions == ("player",)


def test_a_game_that_is_one_end_has_one_outcome():
    game = two(end("peace", 1, 2))
    solution = dt.solve(game)
    assert len(solution) == 1
    assert solution[0].payoffs == {"A": 1, "B": 2}


def test_players_who_never_move_are_allowed():
    game = dt.Game(("A", "Bystander"), move("A", x=end("one", 1, 5), y=end("two", 0, 9)))
    assert dt.solve(game)[0].payoffs == {"A": 1, "Bystander": 5}


def test_a_move_with_one_action_is_allowed():
    game = two(move("A", wait=move("B", give=end("grab", 1, 0), fight=end("war", 0, 1))))
    assert dt.solve(game)[0].outcomes == {"grab": 0, "war": 1}


# -- chance --------------------------------------------------------------------------------------------------


def test_a_draw_takes_numbers_and_expressions():
    @dt.game("A")
    def game(p=share(0.25, "chance of a hawk")):
        return chance({"hawk": (p, end("war", 0))}, dove=(1 - p, end("peace", 1)))

    assert dt.solve(game)[0].payoffs["A"] == Fraction(3, 4)
    assert dt.solve(game.at(p=1))[0].outcomes == {"war": 1, "peace": 0}


def test_decimal_probabilities_sum_to_one_exactly():
    game = dt.Game(("A",), chance({f"branch {i}": (0.1, end("only", i)) for i in range(10)}))
    assert dt.solve(game)[0].payoffs["A"] == Fraction(9, 2)


def test_probabilities_may_sum_to_one_by_algebra():
    @dt.game("A")
    def game(p=share(0.25, "p"), q=share(0.5, "q")):
        both = end("both", 1)
        return chance(a=(p * q, both), b=(p * (1 - q), end("b", 0)), c=((1 - p), end("c", 0)))

    assert game.numbers[1][0] == (Fraction(1, 8), Fraction(1, 8), Fraction(3, 4))


def drawn(*probabilities, parameters, assumed=()):
    """Return a game that is one draw with these probabilities."""
    named = tuple(parameter.named(name) for name, parameter in parameters.items())
    branches = {f"b{k}": (p, end(f"b{k}", k)) for k, p in enumerate(probabilities)}
    return dt.Game(("A",), where(chance(branches), *assumed), named)


P, Q, X = sp.symbols("p q x", real=True)
SHARES = {"p": share(0.5, "p"), "q": share(0.5, "q"), "x": param(1, "x", low=0, high=4)}
ALWAYS_ONE = {
    "less the others": (P * Q, P * (1 - Q), 1 - P),
    "a ratio": (X / (X + P + 1), (P + 1) / (X + P + 1)),
    "the larger and the smaller": (sp.Max(P, 1 - P), sp.Min(P, 1 - P)),
    "a switch": (sp.Piecewise((P, P > Q), (Q, True)), sp.Piecewise((1 - P, P > Q), (1 - Q, True))),
    "a logit": (1 / (1 + sp.exp(X)), sp.exp(X) / (1 + sp.exp(X))),
    "a circle": (sp.sin(X) ** 2, sp.cos(X) ** 2),
    "roots": (sp.sqrt(P) / 2, 1 - sp.sqrt(P) / 2),
    "an absolute value": (sp.Abs(P - Q), 1 - sp.Abs(Q - P)),
    "powers": ((P + Q) ** 2 / 4, 1 - P**2 / 4 - P * Q / 2 - Q**2 / 4),
}
SOMETIMES_ONE = {
    "the same twice": (P, P),
    "two parameters": (P, Q),
    "off by a product": (P * Q, 1 - P / 2),
    "a ratio": (X / 2, 1 / (X + 1)),
    "the larger twice": (sp.Max(P, 1 - P), sp.Max(P, 1 - P)),
    "a switch beyond": (sp.Piecewise((P, P < 0.9), (P / 2, True)), 1 - P),
    "a root": (sp.sqrt(P / 2), sp.sqrt(Q / 2)),
    "almost": (P, 1 - P - (P - Q) / 10**12),
}


@pytest.mark.parametrize("row", ALWAYS_ONE.values(), ids=ALWAYS_ONE)
def test_probabilities_that_always_sum_to_one_are_taken(row):
    game = drawn(*row, parameters=SHARES)
    for p, q, x in itertools.product(("0.1", "2/3", 1), (0, "3/7"), (0, "1/3", 4)):
        assert sum(game.at(p=p, q=q, x=x).numbers[1][0]) == pytest.approx(1, abs=1e-20)


@pytest.mark.parametrize("row", SOMETIMES_ONE.values(), ids=SOMETIMES_ONE)
def test_probabilities_that_sum_to_one_at_the_values_alone_are_refused(row):
    with pytest.raises(GameError, match=r"sum to 1 at the present parameter values and (to .* at |not at )") as refusal:
        drawn(*row, parameters=SHARES)
    assert "they must sum to 1 whatever the parameters are. Write the last branch as 1 less" in str(refusal.value)


def test_an_equation_may_make_the_probabilities_sum_to_one():
    third = {**SHARES, "r": share(0.25, "r")}
    for row, equations in [
        ((P, Q), [sp.Eq(P + Q, 1)]),
        ((P, Q), [sp.Eq(1 - P, Q) & (X > 0)]),
        ((P, Q / 2, sp.Symbol("r", real=True)), [sp.Eq(2 * P + Q + X / 2, 2), sp.Eq(X, 4 * sp.Symbol("r", real=True))]),
    ]:
        game = drawn(*row, parameters=third, assumed=equations)
        assert sum(game.numbers[1][0]) == 1
    with pytest.raises(GameError, match="whatever the parameters are"):
        drawn(P, Q, parameters=SHARES, assumed=[sp.Eq(P, Q)])
    with pytest.raises(GameError, match="whatever the parameters are"):
        drawn(P, Q, parameters=SHARES, assumed=[P + Q <= 1])


def test_equations_hold_at_other_values_too():
    game = drawn(P, Q, parameters=SHARES, assumed=[sp.Eq(P + Q, 1)])
    assert game.at(p=0.25, q=0.75).numbers[1][0] == (Fraction(1, 4), Fraction(3, 4))
    with pytest.raises(GameError, match=r"sum to 0.75 at the present parameter values"):
        game.at(p=0.25)


def test_that_no_probability_is_below_zero_is_assumed_where_the_ranges_do_not_say_so():
    assert drawn(P, 1 - P, parameters=SHARES).assumptions == ()
    assert drawn(P * Q, P + Q - 2 * P * Q, 1 - P - Q + P * Q, parameters=SHARES).assumptions == ()
    game = drawn(X / 2, 1 - X / 2, parameters=SHARES)
    assert game.assumptions == (1 - X / 2 >= 0,)
    assert game.at(x=2).numbers[1][0] == (1, 0)
    with pytest.raises(GameError, match=r"x/2 = 1.5 at x=3; a probability lies between 0 and 1"):
        game.at(x=3)
    assert "1 - x/2 >= 0" in str(game)
    swept = dt.sweep(game, "b1", x=[0, 1, 2, 3, 4])
    assert swept.data["low"].values[0][:3].tolist() == [1, 0.5, 0]
    assert np.isnan(swept.data["low"].values[0][3:]).all()
    assert dt.from_json(dt.to_json(game)) == game
    assert dt.Game(game.players, game.tree, game.parameter_list, game.name, "", game.assumptions) == game


def test_a_branch_of_probability_zero_is_allowed():
    assert dt.solve(two(chance(a=(0, end("a", 9, 9)), b=(1, end("b", 1, 2)))))[0].payoffs == {"A": 1, "B": 2}


# -- information sets ------------------------------------------------------------------------------------------


def pair(left=None, right=None, player="B"):
    leaves = {"x": end("one", 0, 0), "y": end("two", 1, 1)}
    return move("A", left=move(player, leaves, information=left), right=move(player, leaves, information=right))


def test_moves_of_one_player_with_one_label_are_one_information_set():
    game = two(pair("no proof", "no proof"))
    assert names(game) == ["A", "no proof"]
    assert game.information_sets[1].histories == ("left", "right")
    assert game.information_sets[1].player == "B"
    assert game.information_sets[1].actions == ("x", "y")
    assert not game.form.perfect_information


def test_without_a_label_each_move_is_its_own_and_named_by_player_and_history():
    assert names(two(pair())) == ["A", "B | left", "B | right"]


def test_a_player_with_one_information_set_gives_it_its_name():
    assert names(strike) == ["Challenger", "Defender"]


def test_one_label_of_two_players_is_two_information_sets_named_by_player():
    leaves = {"x": end("one", 0, 0), "y": end("two", 1, 1)}
    tree = move("A", {"left": move("B", leaves, information="fog"), "right": end("r", 0, 0)}, information="fog")
    assert names(two(tree)) == ["A | fog", "B | fog"]


def test_a_label_that_is_a_player_is_told_apart_from_it():
    assert names(two(pair("A", "A"))) == ["A", "B | A"]


def test_every_information_set_has_a_name_of_its_own():
    leaves = {"x": end("one", 0, 0), "y": end("two", 1, 1)}
    tree = move("A", left=move("B", leaves, information="B | right"), right=move("B", leaves))
    assert len(set(names(two(tree)))) == 3


def test_moves_in_a_table_are_named_by_their_players():
    assert names(two(matrix({"x": {"x": (0, 0), "y": (1, 1)}, "y": {"x": (1, 0), "y": (0, 1)}}))) == ["A", "B"]


# -- assumptions -----------------------------------------------------------------------------------------------


def assumed(outer=True):
    @dt.game("A", "B")
    def game(war=param(1, "war", low=0, high=10), concede=param(2, "concede", low=0, high=10)):
        inner = where(end("quiet", war, concede), concede < 5)
        tree = move("A", x=inner, y=end("other", concede, war))
        return where(tree, war < concede, sp.true) if outer else tree

    return game


def test_assumptions_are_gathered_from_the_whole_tree():
    war, concede = sp.symbols("war concede", real=True)
    assert set(assumed().assumptions) == {war < concede, concede < 5}
    assert assumed(outer=False).assumptions == (concede < 5,)


def test_values_that_keep_the_assumptions_are_allowed():
    assert assumed().at(war=3, concede=4).values == {"war": 3, "concede": 4}


def test_conditions_may_be_joined():
    @dt.game("A")
    def game(x=param(1, "x"), y=param(2, "y")):
        return where(end("only", x), sp.Or(x < y, sp.And(x > 10, y > 0)), sp.Not(sp.Eq(x, 5)))

    assert game.at(x=11).values["x"] == 11
    with pytest.raises(ParameterError, match="assumes"):
        game.at(x=5, y=6)


# -- matrices ----------------------------------------------------------------------------------------------------

CHICKEN = {
    ("yield", "yield"): (3, 3),
    ("yield", "stand"): (2, 4),
    ("stand", "yield"): (4, 2),
    ("stand", "stand"): (1, 1),
}


def test_a_flat_and_a_nested_matrix_are_one_game():
    nested = {
        "yield": {"yield": (3, 3), "stand": (2, 4)},
        "stand": {"yield": (4, 2), "stand": (1, 1)},
    }
    assert two(matrix(CHICKEN)) == two(matrix(nested))


def test_a_cell_names_its_outcome_by_its_actions_or_by_its_end():
    cells = {**CHICKEN, ("stand", "stand"): end("crash", B=1, A=1)}
    assert two(matrix(cells)).outcomes == ("yield, yield", "yield, stand", "stand, yield", "crash")


def test_the_cells_may_come_in_any_order():
    shuffled = dict(reversed(CHICKEN.items()))
    tables = two(matrix(shuffled)).strategic_form()
    row, column = tables.strategies["A"], tables.strategies["B"]
    assert tables.A[row.index("stand"), column.index("yield")] == 4


def test_three_players_choose_in_a_matrix():
    cells = {(a, b, c): (len({a, b, c}), "xy".index(a), "xy".index(c)) for a in "xy" for b in "xy" for c in "xy"}
    game = dt.Game(("A", "B", "C"), matrix(cells))
    assert names(game) == ["A", "B", "C"]
    assert game.form.simultaneous
    assert game.strategic_form().table("A").shape == (2, 2, 2)


def test_a_matrix_may_stand_anywhere_in_a_tree():
    game = two(move("A", out=end("out", 0, 0), enter=matrix(CHICKEN)))
    assert names(game) == ["A | start", "A | enter", "B"]
    assert not game.form.simultaneous


def test_two_tables_are_told_apart():
    game = two(chance(war=(0.5, matrix(CHICKEN)), peace=(0.5, matrix(CHICKEN))))
    assert names(game) == ["A | war", "B | war", "A | peace", "B | peace"]


def test_some_of_the_players_may_choose_in_a_matrix():
    cells = {(a, b): (1, 2, 3) for a in "xy" for b in "xy"}
    game = dt.Game(("A", "B", "C"), matrix(cells, players=("C", "A")))
    assert {each.name: each.player for each in game.information_sets} == {"C": "C", "A": "A"}


def test_a_matrix_takes_parameters():
    @dt.game("Row", "Column")
    def game(T=param(4, "temptation"), crash=param(1, "both stand")):
        return matrix({**CHICKEN, ("stand", "stand"): (crash, crash), ("stand", "yield"): (T, 2)})

    assert len(dt.solve(game)) == 3
    assert len(dt.solve(game.at(crash=2.5))) == 1


# -- bimatrix ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "A",
    [
        [[0.5, 1], [2, "1/3"]],
        [["0.5", "1"], ["2", "1/3"]],
        [[Fraction(1, 2), 1], [2, Fraction(1, 3)]],
        np.array([[Fraction(1, 2), 1], [2, Fraction(1, 3)]], dtype=object),
        ((0.5, 1), (2, sp.Rational(1, 3))),
    ],
    ids=["mixed", "strings", "fractions", "object array", "tuples"],
)
def test_a_bimatrix_takes_payoffs_exactly(A):
    game = dt.bimatrix(A, np.array([[0.1, 0.2], [0.3, 4]]))
    payoffs = game.strategic_form().payoffs
    assert payoffs[0, 0] == (Fraction(1, 2), Fraction(1, 10))
    assert payoffs[1, 1] == (Fraction(1, 3), 4)


def test_a_bimatrix_names_players_and_actions():
    game = dt.bimatrix(
        [[1, 2, 3]], [[4, 5, 6]], players=("US", "Iran"), actions=(["wait"], ["x", "y", "z"]), name="one row"
    )
    assert game.players == ("US", "Iran")
    assert game.name == "one row"
    assert game.outcomes == ("wait, x", "wait, y", "wait, z")
    assert dt.bimatrix([[1]], [[2]]).outcomes == ("row 1, column 1",)


def test_a_bimatrix_of_integers_is_exact():
    big = 2**60 + 1
    assert dt.bimatrix(np.array([[big]]), np.array([[1]])).numbers[0][-1] == (big, 1)


# -- other games from one ------------------------------------------------------------------------------------------


def test_at_gives_a_new_game_and_leaves_the_old_one():
    other = strike.at(punishment=3)
    assert (strike.values["punishment"], other.values["punishment"]) == (9, 3)
    assert other.at(punishment=9) == strike
    assert other != strike


def test_at_takes_a_mapping_keywords_or_both():
    assert strike.at({"war": 8}) == strike.at(war=8) == strike.at({"war": 1}, war=8)
    assert strike.at() == strike


def test_at_takes_decimals_exactly():
    assert strike.at(war=0.1).values["war"] == Fraction(1, 10)


def test_a_parameter_may_be_called_self_or_values():
    @dt.game("A")
    def game(values=param(1, "a number"), name=param(2, "another")):
        return end("only", values + name)

    assert game.at(values=3, name=4).numbers[0][0] == (7,)


def test_under_applies_mechanisms_from_left_to_right():
    def called(suffix):
        return lambda game: game.changed(name=game.name + suffix)

    assert strike.under(called(" a"), called(" b")).name == "strike a b"
    assert strike.under() is strike


def test_a_changed_game_keeps_what_was_not_changed():
    more = param(5, "something", low=0).named("more")
    game = strike.changed(parameters=(more,), caption="Another.")
    assert list(game.parameters) == [*strike.parameters, "more"]
    assert (game.caption, game.tree, game.name) == ("Another.", strike.tree, "strike")


def test_a_tree_can_be_made_without_the_decorator():
    leaves = End("one", (1,)), End("two", (2,))
    assert dt.solve(dt.Game(("A",), Move("A", ("x", "y"), leaves)))[0].payoffs["A"] == 2


# -- in words --------------------------------------------------------------------------------------------------------

GOLDEN = """\
strike: Strike, retaliate or restrain: the smallest deterrence game.
Challenger
├─ restrain: status quo [Challenger 0, Defender 0]
└─ strike: Defender
   ├─ restrain: fait accompli [Challenger prize, Defender -loss]
   └─ retaliate: war [Challenger prize - punishment, Defender -war]

Parameters
  prize      = 4  [0, 20]   gain from a strike that goes unanswered
  loss       = 6  [0, 20]   harm of an unanswered strike
  punishment = 9  [0, 20]   harm that retaliation does
  war        = 3  [-5, 20]  cost of retaliating"""


def test_a_game_prints_as_indented_text():
    assert str(strike) == GOLDEN


def test_draws_labels_and_assumptions_are_printed():
    @dt.game("A", "B")
    def game(p=share(0.25, "p"), x=param(1, "x")):
        left = move("B", information="fog", go=end("gone", x, 0), stay=end("stayed", 0, x))
        return where(chance(hawk=(p, left), dove=(1 - p, left)), x > 0)

    text = str(game)
    assert "├─ hawk (p): B (fog)" in text
    assert "└─ dove (1 - p): B (fog)" in text
    assert text.endswith("Assumed: x > 0")


def test_repr_is_one_line():
    assert repr(strike) == "<Game 'strike': Challenger, Defender; 4 parameters>"
