"""Quantal response: published numbers, closed forms, Gambit, and the batch against one by one."""

import math
import pickle
import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import deterrence as dt
from deterrence import chance, end, move, param, share
from deterrence.errors import MethodError, ParameterError, UnknownNameError
from deterrence.models.folklore.strike import strike as STRIKE
from deterrence.solvers.logit.form import logit_form
from deterrence.solvers.logit.points import numbers_of_game
from deterrence.solvers.quantal import Quantal, logit_gap, quantal_path
from deterrence.solvers.quantal_grid import quantal_grid


@dt.game("Sender", "Receiver")
def signalling(
    strong=share(0.3, "probability that the sender is strong"),
    prize=param(4, "worth of what is disputed", low=0, high=20),
    war=param(3, "cost of a war against the strong", low=-5, high=20),
    cost=param(1, "cost of a loud threat", low=0, high=10),
):
    """Threaten loudly or quietly; the receiver hears the threat and does not know the sender."""

    def answer(threat, give, resist):
        return move("Receiver", give=end("given", *give), resist=end("war", *resist), information=threat)

    strong_sender = move(
        "Sender",
        loud=answer("loud", (prize - cost, -2), (1 - cost, -war)),
        quiet=answer("quiet", (prize / 2, -1), (0, -war / 2)),
        information="strong",
    )
    weak_sender = move(
        "Sender",
        loud=answer("loud", (prize - 2 * cost, -2), (-war - cost, 1)),
        quiet=answer("quiet", (prize / 2, -1), (-1, 2)),
        information="weak",
    )
    return chance(strong=(strong, strong_sender), weak=(1 - strong, weak_sender))


def attack(own, other):
    """Attack or wait, then capitulate or resist: utilities of A at (SQ, Cap, War), of B at (Cap, War)."""
    answer = move("B", capitulate=end("Cap", own[1], other[0]), resist=end("War", own[2], other[1]))
    return dt.Game(("A", "B"), move("A", wait=end("SQ", own[0], 0), attack=answer))


U1 = attack((0, 1, -1), (-0.5, -0.25))
U2 = attack((0.5, 2, -0.5), (-1, -0.2))


def flat(equilibrium):
    return np.concatenate(equilibrium.behaviour)


# -- Published and hand-computed numbers ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("game", "precision", "attacks", "resists"),
    [
        (U1, 0.5, 0.492198, 0.531209),
        (U1, 1, 0.468952, 0.562177),
        (U1, 2, 0.379932, 0.622459),
        (U2, 0.5, 0.500410, 0.598688),
        (U2, 1, 0.444002, 0.689974),
        # By hand, from the closed form: 1/(1 + exp(-1.6)), then 1/(1 + exp(1.16009)).
        (U2, 2, 0.238651, 0.832018),
    ],
)
def test_the_strategic_choice_model_of_signorino_1999_has_its_numbers(game, precision, attacks, resists):
    """Signorino (1999), APSR 93(2): 279-297, the logit form of the two-move deterrence game."""
    (equilibrium,) = Quantal(precision).solve(game)
    assert equilibrium.strategies["A"]["attack"] == pytest.approx(attacks, abs=5e-7)
    assert equilibrium.strategies["B"]["resist"] == pytest.approx(resists, abs=5e-7)


@pytest.mark.parametrize(
    ("precision", "quo", "capitulation", "war"),
    [
        (0.5, 0.507802, 0.230738, 0.261460),
        (1, 0.531048, 0.205318, 0.263634),
        (2, 0.620068, 0.143440, 0.236492),
    ],
)
def test_the_outcomes_of_signorino_1999_have_their_probabilities(precision, quo, capitulation, war):
    (equilibrium,) = Quantal(precision).solve(U1)
    expected = {"SQ": quo, "Cap": capitulation, "War": war}
    assert dict(equilibrium.outcomes) == pytest.approx(expected, abs=1e-6)


@given(st.lists(st.integers(-9, 9), min_size=5, max_size=5), st.floats(0, 20))
@settings(max_examples=30, deadline=None)
def test_a_game_of_perfect_information_has_the_closed_form(payoffs, precision):
    quo, own_cap, own_war, other_cap, other_war = payoffs
    (equilibrium,) = Quantal(precision).solve(attack((quo, own_cap, own_war), (other_cap, other_war)))
    resists = 1 / (1 + math.exp(-precision * (other_war - other_cap)))
    attacks = 1 / (1 + math.exp(-precision * (resists * own_war + (1 - resists) * own_cap - quo)))
    assert equilibrium.strategies["B"]["resist"] == pytest.approx(resists, abs=1e-12)
    assert equilibrium.strategies["A"]["attack"] == pytest.approx(attacks, abs=1e-12)


def test_matching_pennies_is_played_evenly_at_every_precision():
    game = dt.bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    for solution in quantal_path(game, [0.1, 1, 10, 1e6]):
        assert [list(row) for row in solution[0].behaviour] == [pytest.approx([0.5, 0.5])] * 2


def test_a_symmetric_hawk_dove_game_solves_its_one_equation():
    """On the symmetric branch of chicken, log p/(1-p) = λ(2 - 3p): row 1 pays 6p + 2(1-p), row 2 pays 7p."""
    game = dt.bimatrix([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    for solution, precision in zip(quantal_path(game, [0.5, 1, 5]), [0.5, 1, 5], strict=True):
        p = solution[0].behaviour[0][0]
        assert math.log(p / (1 - p)) == pytest.approx(precision * (2 - 3 * p), abs=1e-8)


# -- The ends of the branch ------------------------------------------------------------------------------


@pytest.mark.parametrize("game", [STRIKE, signalling, U1], ids=lambda game: game.name)
def test_at_rationality_zero_all_actions_are_equally_likely_and_nothing_else_is(game):
    solution = Quantal(0).solve(game)
    assert solution.complete
    for row in solution[0].behaviour:
        assert row == pytest.approx([1 / len(row)] * len(row), abs=1e-15)


def test_great_rationality_comes_near_subgame_perfect_play_of_the_strike_game():
    for values in ({}, {"war": 9}, {"prize": 12}):
        game = STRIKE.at(values)
        exact = dt.solve(game, dt.SubgamePerfect())[0]
        logit = Quantal(200).solve(game)[0]
        for found, wanted in zip(logit.behaviour, exact.behaviour, strict=True):
            assert found == pytest.approx([float(p) for p in wanted], abs=1e-12)
        assert logit.regret == pytest.approx(0, abs=1e-12)


def test_great_rationality_comes_near_a_perfect_bayesian_equilibrium_of_a_signalling_game():
    logit = Quantal(1e6).solve(signalling)[0]
    wanted = pytest.approx(list(logit.outcomes.values()), abs=1e-4)
    exact = [e.outcomes.values() for e in dt.solve(signalling, dt.PerfectBayesian())]
    assert any([float(p) for p in some] == wanted for some in exact)
    assert logit.regret < 1e-5


# -- What is returned ------------------------------------------------------------------------------------


def test_probabilities_beliefs_and_regret_agree_with_the_tree_itself():
    for precision in (0.3, 2, 50):
        equilibrium = dt.solve(signalling, Quantal(precision))[0]
        assert logit_gap(equilibrium, precision) < 1e-12
        assert equilibrium.regret > 0
        heard = equilibrium.beliefs["loud"]
        strong = 0.3 * equilibrium.strategies["strong"]["loud"]
        weak = 0.7 * equilibrium.strategies["weak"]["loud"]
        assert heard["strong, loud"] == pytest.approx(strong / (strong + weak), abs=1e-12)


def test_the_gap_of_a_profile_that_is_no_equilibrium_is_not_zero():
    assert logit_gap(dt.solve(signalling, Quantal(1))[0], 2) > 0.05


def test_the_status_tells_whether_other_equilibria_may_exist():
    assert "may exist" in Quantal(1).solve(signalling).status
    assert not Quantal(1).solve(signalling).complete
    assert Quantal(1).solve(STRIKE).complete


def test_the_status_tells_where_another_branch_crosses_and_where_the_branch_turns():
    chicken = dt.bimatrix([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    assert "crosses" in Quantal(2).solve(chicken).status
    assert "crosses" not in Quantal(1).solve(chicken).status
    turning = turning_game()
    assert "turns back" in Quantal(5).solve(turning).status


def turning_game():
    """Draw the first of a row of games whose branch turns back before precision 5."""
    rng = np.random.default_rng(1)
    columns = {
        "strong": rng.uniform(0.05, 0.95, 1000),
        "prize": rng.uniform(1, 8, 1000),
        "war": rng.uniform(-1, 6, 1000),
        "cost": rng.uniform(0, 3, 1000),
    }
    grid = quantal_grid(signalling, 5, columns)
    assert grid.converged.all()
    k = int(np.argmax(grid.turned))
    assert grid.turned[k]
    return signalling.at({name: float(values[k]) for name, values in columns.items()})


def test_a_branch_that_is_lost_leaves_no_equilibrium_and_says_where():
    solution = Quantal(5, most_steps=2).solve(signalling)
    assert not len(solution)
    assert not solution.complete
    assert "2 steps" in solution.status


def test_a_slightly_uneven_game_of_chicken_follows_the_side_that_is_favoured():
    """Gambit 16.7 gives these numbers at precision 2."""
    for extra, expected in (("0.00001", 0.148939), ("-0.00001", 0.957154)):
        game = dt.bimatrix([[6, 2], [7 + Fraction(extra), 0]], [[6, 7], [2, 0]])
        assert Quantal(2).solve(game)[0].behaviour[0][0] == pytest.approx(expected, abs=1e-6)


def test_a_path_is_the_same_as_one_precision_at_a_time_in_any_order():
    precisions = [3, 0.5, 0, 20]
    for precision, solution in zip(precisions, quantal_path(signalling, precisions), strict=True):
        alone = Quantal(precision).solve(signalling)
        assert solution.method == alone.method
        assert flat(solution[0]) == pytest.approx(flat(alone[0]), abs=1e-11)


def test_doubling_payoffs_does_what_doubling_the_precision_does():
    rows, columns = [[3, -2], [0, 1]], [[1, 4], [2, -1]]
    twice = dt.bimatrix([[2 * x for x in row] for row in rows], [[2 * x + 7 for x in row] for row in columns])
    one, other = Quantal(1.4).solve(dt.bimatrix(rows, columns))[0], Quantal(0.7).solve(twice)[0]
    assert flat(one) == pytest.approx(flat(other), abs=1e-10)


def test_an_information_set_that_nature_excludes_has_the_limit_of_its_beliefs():
    """As the probability of the strong type goes to 0, the sets keep probabilities and beliefs near those."""
    at, near = (Quantal(2).solve(signalling.at(strong=value))[0] for value in (0, 1e-9))
    assert flat(at) == pytest.approx(flat(near), abs=1e-7)


def test_games_without_choice_are_answered():
    forced = dt.Game(("A",), move("A", go=end("gone", 3)))
    assert Quantal(2).solve(forced)[0].outcomes == {"gone": 1.0}
    assert Quantal(2).solve(dt.Game(("A",), end("gone", 3)))[0].payoffs == {"A": 3.0}
    flat = dt.bimatrix([[1, 1], [1, 1]], [[0, 0], [0, 0]])
    assert Quantal(5).solve(flat)[0].behaviour[0] == pytest.approx([0.5, 0.5])


def test_a_solution_pickles_and_reads_as_sentences():
    solution = pickle.loads(pickle.dumps(Quantal(1).solve(STRIKE)))
    assert str(solution).startswith("One quantal response equilibrium of 'strike'")
    assert "Not subgame perfect" not in str(solution)


@pytest.mark.parametrize("wrong", [-1, math.nan, math.inf, "high", None, True])
def test_a_rationality_that_is_no_precision_is_refused_with_a_sentence(wrong):
    with pytest.raises(MethodError, match="finite number of at least 0"):
        Quantal(wrong)
    with pytest.raises(MethodError, match="finite number of at least 0"):
        quantal_path(STRIKE, [1, wrong])


@pytest.mark.parametrize("name", ["tolerance", "correction", "shortest_step", "most_steps"])
def test_a_tolerance_or_limit_that_is_not_positive_is_refused(name):
    with pytest.raises(MethodError, match=name):
        Quantal(1, **{name: 0})


# -- Many points at once ---------------------------------------------------------------------------------


def test_derivatives_of_the_advantages_are_those_of_differences():
    points = numbers_of_game(logit_form(signalling.form), signalling.numbers)
    odds = np.random.default_rng(0).normal(size=(4, 1))
    _, slopes = points.system(odds)
    for j, step in enumerate(np.eye(4)[:, :, None] * 1e-6):
        above, below = (points.system(some)[0] for some in (odds + step, odds - step))
        assert slopes[:, j] == pytest.approx((above - below) / 2e-6, abs=1e-8)


def test_the_batch_is_the_same_as_one_by_one():
    rng = np.random.default_rng(7)
    columns = {"strong": rng.uniform(0, 1, 25), "war": rng.uniform(-1, 6, 25), "cost": rng.uniform(0, 3, 25)}
    columns["strong"][:2] = 0, 1
    precision = rng.uniform(0, 15, 25)
    grid = quantal_grid(signalling, precision, columns)
    assert len(grid) == 25
    assert grid.converged.all()
    for k in range(25):
        game = signalling.at({name: float(values[k]) for name, values in columns.items()})
        alone = Quantal(float(precision[k])).solve(game)[0]
        assert grid.behaviour[k] == pytest.approx(flat(alone), abs=1e-9)
        assert grid.regret[k] == pytest.approx(alone.regret, abs=1e-9)
        for ours, theirs in ((grid.outcomes, alone.outcomes), (grid.payoffs, alone.payoffs)):
            assert [values[k] for values in ours.values()] == pytest.approx(list(theirs.values()), abs=1e-9)
        assert grid.probability("loud")[k] == pytest.approx(alone.probability("loud"), abs=1e-9)
        assert grid.strategies["loud"]["give"][k] == pytest.approx(alone.behaviour[1][0], abs=1e-9)


def test_the_batch_of_a_game_of_perfect_information_has_the_closed_form():
    war = np.linspace(-5, 20, 7)
    grid = quantal_grid(STRIKE, 0.7, {"war": war})
    retaliates = 1 / (1 + np.exp(-0.7 * (6 - war)))
    assert grid.strategies["Defender"]["retaliate"] == pytest.approx(retaliates, abs=1e-12)
    war_comes = retaliates * grid.probability("strike")
    assert grid.probability("retaliate", by="Defender") == pytest.approx(war_comes, abs=1e-12)


def test_points_whose_branch_is_lost_are_flagged_and_empty():
    grid = quantal_grid(signalling, [0, 5], {"war": [1, 2]}, most_steps=2)
    assert grid.converged.tolist() == [True, False]
    assert np.isnan(grid.behaviour[1]).all()
    assert "1 of 2 points" in grid.status
    assert grid.to_frame()["converged"].tolist() == [True, False]
    assert "runs from" in str(grid)


@dt.game("A", "B")
def assuming(give=param(1, "gain", low=0, high=9), war=param(3, "cost", low=0, high=9)):
    """Assume that war costs more than giving."""
    answer = move("B", give=end("grab", 1, -give), fight=end("war", -1, -war))
    return dt.where(move("A", wait=end("peace", 0, 0), act=answer), give < war)


@pytest.mark.parametrize(
    ("game", "columns", "words"),
    [
        (STRIKE, {"wra": [1]}, "Did you mean 'war'"),
        (STRIKE, {"war": [1, 50]}, "outside its range"),
        (STRIKE, {"war": [1, 2], "loss": [1, 2, 3]}, "3 in number"),
        (STRIKE, {"war": [1, math.nan]}, "finite numbers"),
        (STRIKE, {"war": []}, "at least one"),
        (STRIKE, {"war": ["many"]}, "list of numbers"),
        (assuming, {"give": [1, 5]}, "fails at 1 points, such as give=5, war=3"),
    ],
)
def test_columns_that_do_not_fit_are_refused_with_a_sentence(game, columns, words):
    with pytest.raises(ParameterError, match=words):
        quantal_grid(game, 1, columns)


def test_a_batch_refuses_wrong_precisions_and_unknown_names():
    for wrong in ([1, -1], math.nan, "high"):
        with pytest.raises(MethodError, match="at least 0"):
            quantal_grid(STRIKE, wrong, {"war": [1, 2]})
    grid = quantal_grid(STRIKE, 1, {"war": [1, 2]})
    with pytest.raises(UnknownNameError, match="outcome or action"):
        grid.probability("peace")
    with pytest.raises(UnknownNameError, match="player"):
        grid.probability("strike", by="Nobody")


# -- Gambit's second opinion -----------------------------------------------------------------------------


def random_game(seed):
    """Draw a bimatrix, a signalling game, one of three players, or one of perfect information."""
    rng = random.Random(seed)
    names = iter(range(10_000))

    def leaf(players=2):
        return end(f"end {next(names)}", *(rng.randint(-5, 5) for _ in range(players)))

    if seed % 4 == 0:
        rows, columns = rng.randint(2, 3), rng.randint(2, 3)
        tables = [[[rng.randint(-5, 5) for _ in range(columns)] for _ in range(rows)] for _ in range(2)]
        return dt.bimatrix(*tables)
    if seed % 4 == 1:
        first = Fraction(rng.randint(1, 9), 10)

        def sender(kind):
            options = {m: move("R", x=leaf(), y=leaf(), information=m) for m in ("loud", "quiet")}
            return move("S", options, information=kind)

        return dt.Game(("S", "R"), chance(a=(first, sender("a")), b=(1 - first, sender("b"))))
    if seed % 4 == 2:

        def last():
            return move("C", x=leaf(3), y=leaf(3), information="unseen")

        tree = move("A", u=move("B", l=last(), r=last()), d=move("B", l=last(), r=leaf(3)), out=leaf(3))
        return dt.Game(("A", "B", "C"), tree)

    def below(depth):
        if depth == 0:
            return leaf()
        if depth == 2:
            return chance(h=(0.25, below(1)), t=(0.75, below(1)))
        return move(rng.choice("AB"), {str(a): below(depth - 1) for a in range(rng.randint(2, 3))})

    return dt.Game(("A", "B"), move("A", p=below(3), q=below(2)))


def gambit_tree(game, pygambit):
    """Copy a game, and return it with Gambit's information set for each of ours."""
    form, (payoffs, chances) = game.form, game.numbers
    copy = pygambit.Game.new_tree(players=list(game.players))
    nodes, sets = {0: copy.root}, {}
    for node, below in enumerate(form.children):
        here, h = nodes[node], form.infoset_of[node]
        labels = [str(branch) for branch in range(len(below))]
        if not below:
            worth = [rational(pygambit, x) for x in payoffs[node]]
            copy.set_outcome(here, copy.add_outcome(str(node), worth))
        elif h < 0:
            copy.append_move(here, copy.players.chance, labels)
            copy.set_chance_probs(here.infoset, [rational(pygambit, p) for p in chances[node]])
        elif h in sets:
            copy.append_infoset(here, sets[h])
        else:
            copy.append_move(here, form.players[form.player_of[h]], labels)
            sets[h] = here.infoset
        nodes.update({child: here.children[label] for child, label in zip(below, labels, strict=True)})
    return copy, sets


def rational(pygambit, value):
    return pygambit.Rational(value.numerator, value.denominator)


def gambit_behaviour(game, precisions, pygambit):
    copy, sets = gambit_tree(game, pygambit)
    order = [(player.label, s.number, len(s.actions)) for player in copy.players for s in player.infosets]
    for profile in pygambit.qre.logit_solve_lambda(copy, lam=precisions):
        rows, start = {}, 0
        for player, number, size in order:
            rows[player, number] = [float(profile[start + a]) for a in range(size)]
            start += size
        yield [rows[s.player.label, s.number] for _, s in sorted(sets.items(), key=lambda item: item[0])]


SLOW = [pytest.param(seed, marks=pytest.mark.slow) for seed in range(10, 60)]


@pytest.mark.parametrize("seed", [*range(10), *SLOW])
def test_gambit_finds_the_same_point_of_the_branch(seed):
    pygambit = pytest.importorskip("pygambit")
    game, precisions = random_game(seed), [0.3, 1.0, 3.0]
    theirs = gambit_behaviour(game, precisions, pygambit)
    for ours, rows in zip(quantal_path(game, precisions), theirs, strict=True):
        assert flat(ours[0]) == pytest.approx(np.concatenate(rows), abs=1e-4)


RARE = [pytest.mark.slow, pytest.mark.long]
MORE = [pytest.param(seed, marks=pytest.mark.slow if seed < 80 else RARE) for seed in range(8, 200)]


@pytest.mark.parametrize("seed", [*range(8), *MORE])
def test_every_point_answers_itself_and_does_not_depend_on_the_step(seed):
    game = random_game(seed)
    for precision in (1, 8):
        coarse, fine = (Quantal(precision, correction=size).solve(game)[0] for size in (0.1, 0.02))
        assert logit_gap(coarse, precision) < 1e-10
        assert flat(coarse) == pytest.approx(flat(fine), abs=1e-9)
