"""Elimination of dominated strategies as textbooks have it, in words, in pictures, and refused where it cannot be."""

import pickle
from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from deterrence import chance, end, matrix, move, param
from deterrence.errors import MethodError, UnknownNameError, ValueKindError

STRIKE = dt.models.load("strike").game
HALF = Fraction(1, 2)


def table(rows, columns, cells, **parameters):
    """Return a game of two players from pairs of payoffs, row by row."""
    pairs = {(row, column): cells[i][j] for i, row in enumerate(rows) for j, column in enumerate(columns)}
    return dt.Game(("Row", "Column"), matrix(pairs), tuple(p.named(n) for n, p in parameters.items()), name="table")


def steps(found):
    return [(step.player, step.strategy, dict(step.by)) for step in found.steps]


# Mas-Colell, Whinston and Green (1995), section 8.B: the order of weak elimination matters.
MWG = table("UMD", "LR", [[(5, 1), (4, 0)], [(6, 0), (3, 1)], [(6, 4), (4, 4)]])


# -- textbook games ------------------------------------------------------------------------------------------


def test_the_prisoners_dilemma_ends_in_one_round():
    game = table(["silent", "confess"], ["silent", "confess"], [[(3, 3), (0, 4)], [(4, 0), (1, 1)]])
    found = dt.dominance(game)
    assert steps(found) == [("Row", "silent", {"confess": 1}), ("Column", "silent", {"confess": 1})]
    assert [len(steps) for steps in found.rounds] == [2]
    assert found.solvable
    assert found.profile == {"Row": "confess", "Column": "confess"}
    assert found.payoffs == {"Row": 1, "Column": 1}
    assert dt.solve(found.reduced)[0].payoffs == {"Row": 1, "Column": 1}


def test_a_mixture_dominates_in_osborne_and_rubinstein_and_more_goes_then():
    """Osborne and Rubinstein (1994), figure 61.1: T and M against B, after which R is dominated, then M."""
    game = table("TMB", "LR", [[(3, 0), (0, 1)], [(0, 0), (3, 1)], [(1, 1), (1, 0)]])
    found = dt.dominance(game)
    first, second, third = found.steps
    assert (first.strategy, {name for name, _ in first.by}) == ("B", {"T", "M"})
    assert all(3 * p > 1 for _, p in first.by)
    assert (second.player, second.strategy, third.strategy) == ("Column", "L", "T")
    assert found.profile == {"Row": "M", "Column": "R"}
    assert dt.dominance(game, mixtures=False).steps == ()


def test_the_order_of_weak_elimination_matters_and_the_answer_says_so():
    """Without U, then L is dominated; without M, then R is: (D, R) and (D, L) both can be reached."""
    found = dt.dominance(MWG, weak=True)
    assert steps(found) == [("Row", "U", {"D": 1}), ("Row", "M", {"D": 1})]
    assert found.left == {"Row": ("D",), "Column": ("L", "R")}
    assert found.order_matters
    ends = [{player: set(names) for player, names in found.named(end).items()} for end in found.ends]
    assert {"Row": {"D"}, "Column": {"L"}} in ends
    assert {"Row": {"D"}, "Column": {"R"}} in ends
    assert len(ends) == 3
    assert "the order matters here: another one leaves" in str(found)
    assert dt.dominance(MWG).steps == ()


def test_the_players_take_turns_in_the_order_given():
    game = table("ab", "cd", [[(1, 1), (1, 0)], [(1, 1), (0, 1)]])
    assert dt.dominance(game, weak=True, order=["Row", "Column"]).left == {"Row": ("a",), "Column": ("c",)}
    assert dt.dominance(game, weak=True, order=["Column", "Row"]).left == {"Row": ("a", "b"), "Column": ("c",)}
    assert dt.dominance(game, weak=True).order_matters


def location(sites):
    """Return two sellers who choose one of some sites on a line; buyers live at each and go to the nearer one."""

    def share(i, j):
        nearer = sum(abs(b - i) < abs(b - j) for b in range(sites))
        return Fraction(2 * nearer + sum(abs(b - i) == abs(b - j) for b in range(sites)), 2)

    names = [f"site {k + 1}" for k in range(sites)]
    return table(names, names, [[(share(i, j), share(j, i)) for j in range(sites)] for i in range(sites)])


def test_two_sellers_meet_in_the_middle_after_as_many_rounds_as_there_are_sites_on_a_side():
    """Watson (2013), chapter 8: nine regions on a beach; only the fifth is left."""
    found = dt.dominance(location(9))
    assert found.profile == {"Row": "site 5", "Column": "site 5"}
    assert [{step.strategy for step in steps} for steps in found.rounds] == [
        {f"site {k}", f"site {10 - k}"} for k in range(1, 5)
    ]


def test_three_players_each_defect_and_conjectures_may_be_correlated():
    cells = {}
    for a in "cd":
        for b in "cd":
            for c in "cd":
                given = (a + b + c).count("c")
                cells[a, b, c] = tuple(2 * given - 3 * (mine == "c") for mine in (a, b, c))
    found = dt.dominance(dt.Game(("A", "B", "C"), matrix(cells), name="public good"))
    assert found.profile == {"A": "d", "B": "d", "C": "d"}
    assert "if a player may think that the others' play is correlated" in str(found)
    assert found.table.shape == (1, 3)


def test_forward_induction_in_the_battle_of_the_sexes_with_an_outside_option():
    """Osborne and Rubinstein (1994), section 6.6.2: (Out), then column's S, then Out: by hand in four steps."""
    game = dt.Game(
        ("Row", "Column"),
        move(
            "Row",
            out=end("out", 2, 2),
            **{"in": move(
                "Row",
                B=move("Column", B=end("BB", 3, 1), S=end("BS", 0, 0), information="in"),
                S=move("Column", B=end("SB", 0, 0), S=end("SS", 1, 3), information="in"),
                information="choice",
            )},
        ),
        name="outside option",
    )  # fmt: skip
    found = dt.dominance(game)
    assert [(step.player, step.at, step.strategy) for step in found.steps[1:2]] == [("Column", "in", "S")]
    assert found.outcomes == ("BB",)
    assert found.profile["Column"] == "B"
    assert dt.dominance(game, conditional=False, weak=True).outcomes == ("BB",)
    assert set(dt.dominance(game, conditional=False).outcomes) == {"out", "BB", "BS"}


# -- conditions ----------------------------------------------------------------------------------------------


def test_each_step_of_the_strike_game_says_when_it_holds():
    prize, loss, punishment, war = (STRIKE.parameters[n].expression for n in ("prize", "loss", "punishment", "war"))
    first, second = dt.dominance(STRIKE).steps
    assert first.when == (loss > war)
    assert second.when == (punishment > prize)
    assert dt.dominance(STRIKE).when == sp.And(loss > war, punishment > prize)


def test_a_boundary_is_not_given_up():
    """With a gain of exactly zero nothing is strictly dominated, and the range includes zero."""
    game = table("ab", "c", [[(sp.Symbol("gain", real=True), 0)], [(0, 0)]], gain=param(1, "g", low=0))
    (step,) = dt.dominance(game).steps
    assert step.when == (game.parameters["gain"].expression > 0)
    assert dt.dominance(game.at(gain=0)).steps == ()
    assert "holds when gain > 0" in str(dt.dominance(game))


def test_all_values_in_range_is_said_where_it_is_proved():
    game = table("ab", "c", [[(sp.Symbol("gain", real=True), 0)], [(0, 0)]], gain=param(1, "g", low=HALF))
    assert dt.dominance(game).when == sp.true
    assert "at all parameter values in range" in str(dt.dominance(game))


def test_the_weights_of_a_mixture_are_eliminated():
    """A weight w on U needs w a > c and (1 - w) b > c: there is one exactly if c/a + c/b < 1."""
    a, b, c = (param(v, n, low=HALF, high=9).named(n) for v, n in ((4, "a"), (4, "b"), (1, "c")))
    game = table("UDM", "LR", [[(a.expression, 0), (0, 0)], [(0, 0), (b.expression, 0)], [(c.expression, 0)] * 2], a=a, b=b, c=c)  # fmt: skip
    (step,) = dt.dominance(game).steps
    assert step.exact
    for at in ((4, 4, 1), (4, 4, 2), (4, 4, Fraction(3, 2)), (9, 2, 1), (9, 1, 1), (3, 6, 2), (2, 3, 1)):
        values = dict(zip((a.expression, b.expression, c.expression), at, strict=True))
        assert bool(step.when.subs(values)) == (Fraction(at[2]) / at[0] + Fraction(at[2]) / at[1] < 1)


def test_an_information_set_that_chance_rules_out_at_present_binds_nothing():
    p = param(0, "p", low=0, high=1).named("p")
    tree = chance(
        x=(p.expression, move("A", l=end("xl", 0), r=end("xr", 1), information="seen")),
        y=(1 - p.expression, move("A", l=end("yl", 1), r=end("yr", 0), information="other")),
    )
    found = dt.dominance(dt.Game(("A",), tree, (p,), name="ruled out"))
    assert [(step.at, step.strategy) for step in found.steps] == [("other", "r")]
    assert found.steps[0].when == sp.true


# -- properties ----------------------------------------------------------------------------------------------


def test_positive_affine_payoffs_and_other_names_change_nothing():
    A, B = [[3, 0, 1], [0, 3, 1], [1, 1, 0]], [[0, 1, 5], [0, 1, 2], [1, 0, 1]]
    one = dt.dominance(dt.bimatrix(A, B))
    scaled = dt.dominance(dt.bimatrix([[7 * x - 2 for x in row] for row in A], [[x / 8 + 1 for x in row] for row in B]))
    assert scaled.kept == one.kept
    assert [(s.player, s.positions) for s in scaled.steps] == [(s.player, s.positions) for s in one.steps]
    turned = dt.dominance(dt.bimatrix([row[::-1] for row in A[::-1]], [row[::-1] for row in B[::-1]]))
    assert turned.kept == tuple(tuple(sorted(2 - k for k in names)) for names in one.kept)
    assert one.steps


# -- the answer ----------------------------------------------------------------------------------------------


def test_the_sentences_number_the_steps():
    lines = str(dt.dominance(STRIKE)).splitlines()
    assert lines[0].endswith("2 steps in 2 rounds.")
    assert (
        lines[1] == "1. Round 1. Defender: 'restrain' is strictly dominated by 'retaliate'; this holds when loss > war."
    )
    assert "All these steps hold when loss > war and punishment > prize." in lines
    assert "none is dominated" in str(dt.dominance(STRIKE, conditional=False))


def test_the_answer_remembers_its_question_pickles_and_compares():
    found = dt.dominance(MWG, weak=True, mixtures=False, order=["Row", "Column"])
    assert (found.weak, found.mixtures, found.conditional, found.order) == (True, False, False, ("Row", "Column"))
    assert pickle.loads(pickle.dumps(found)) == found
    assert found != dt.dominance(MWG, weak=True)
    assert found.before(1) == {"Row": ("U", "M", "D"), "Column": ("L", "R")}
    assert found.rationalizable is None
    assert dt.dominance(MWG).rationalizable == dt.dominance(MWG).left


def test_the_frame_has_a_row_a_step_and_the_table_what_is_left():
    found = dt.dominance(STRIKE)
    frame = found.to_frame()
    assert frame["by"].tolist() == ["retaliate", "restrain"]
    assert frame["when"].tolist() == ["loss > war", "punishment > prize"]
    assert found.table.to_dict() == {"retaliate": {"restrain": "0, 0"}}


def test_the_notebook_shows_picture_sentences_and_what_is_left():
    page = dt.dominance(MWG, weak=True)._repr_html_()
    assert page.index("<img") < page.index("weakly dominated by") < page.index("<table")


def test_progress_is_told():
    shares = []
    dt.dominance(STRIKE, progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1


# -- pictures ------------------------------------------------------------------------------------------------


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_rows_and_columns_are_struck_in_order():
    ax = dt.dominance(table("ab", "cd", [[(3, 3), (0, 4)], [(4, 0), (1, 1)]])).plot()
    assert len(ax.lines) == 2
    assert {"1", "2"} <= set(texts(ax))
    row, column = (line.get_xydata() for line in ax.lines)
    assert row[0][1] == row[1][1]
    assert column[0][0] == column[1][0]


def test_branches_are_struck_with_the_number_of_the_step():
    ax = dt.dominance(STRIKE).plot()
    assert {"× 1", "× 2"} <= set(texts(ax))


def test_a_large_table_is_not_drawn():
    found = dt.dominance(location(13))
    with pytest.raises(MethodError, match="13 x 13 strategies is too large to be drawn"):
        found.plot()
    assert "<img" not in found._repr_html_()


# -- refusals ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "kind", "sentence"),
    [
        ({"weak": 1}, MethodError, "weak= is True or False, not 1."),
        ({"conditional": "yes"}, MethodError, "conditional= is True or False, not 'yes'."),
        ({"weak": True, "conditional": True}, MethodError, "Conditional dominance is strict"),
        ({"order": "round"}, MethodError, "Did you mean 'rounds'?"),
        ({"order": ["Defender"]}, MethodError, "order= lists every player once"),
        ({"order": ["Defender", "Defender"]}, MethodError, "order= lists every player once"),
        ({"order": 3}, MethodError, "order= lists every player once"),
        ({"order": ["Defender", "Chalenger"]}, UnknownNameError, "Did you mean 'Challenger'?"),
        ({"order": ["Defender", "Challenger"]}, MethodError, "goes by rounds"),
    ],
)
def test_options_are_refused_in_a_sentence(options, kind, sentence):
    with pytest.raises(kind, match=sentence.replace("?", r"\?").replace("(", r"\(")):
        dt.dominance(STRIKE, **options)


def test_what_is_no_game_is_refused():
    with pytest.raises(ValueKindError, match="Expected a Game"):
        dt.dominance("strike")


def test_there_is_no_reduced_game_of_a_tree_nor_a_step_beyond_the_last():
    found = dt.dominance(STRIKE)
    with pytest.raises(MethodError, match="not one simultaneous move"):
        _ = found.reduced
    for number in (0, 3, True):
        with pytest.raises(MethodError, match="There is no step"):
            found.before(number)


def test_the_limit_of_vertices_names_the_verb():
    from deterrence.solvers.bimatrix.effort import VertexLimit

    assert "dt.dominance(game)" in str(VertexLimit(11, 3, 20, 10))
