"""Games with proper subgames: published values, the same answers as solving jointly, and answers too many to list."""

import itertools
import math
import pickle
import sys
from collections import Counter
from dataclasses import replace
from fractions import Fraction
from functools import partial

import pytest

import deterrence as dt
from deterrence import chance, end, move, param
from deterrence.answers.measure import Measure
from deterrence.errors import MethodError
from deterrence.refinements import distinct_outcomes, payoff_dominant
from deterrence.solvers import perfect_bayesian
from deterrence.solvers.perfect_bayesian import solved_by_patterns
from deterrence.solvers.sequential import _PatternSolver
from deterrence.solvers.supports.consistent_beliefs import KnownBases
from deterrence.solvers.supports.subgames import subgame_roots
from tests.random_games import random_game, staged_game
from tests.sample_games import gambit_profile, in_gambit

HALF = Fraction(1, 2)


# -- games of stages ------------------------------------------------------------------------------------------


def inspection(stages, visits, fine=1, gain=1):
    """Return the tree of Dresher's inspection game: at most so many visits in so many stages, one violation at most."""

    def stage(left, visits, history):
        if left == 0:
            return end("legal", 0, 0)
        last = "" if history == "" else f" {history}"
        rest = partial(move, "Violator", information=f"Violator{last}")
        away = end("away", -gain, gain)
        if visits == 0:
            return rest(violate=away, legal=stage(left - 1, 0, f"{history}n"))
        return move(
            "Inspector",
            inspect=rest(violate=end("caught", fine, -fine), legal=stage(left - 1, visits - 1, f"{history}i")),
            rest=rest(violate=away, legal=stage(left - 1, visits, f"{history}n")),
            information=f"Inspector{last}",
        )

    return stage(stages, visits, "")


def inspections(stages, visits):
    return dt.Game(("Inspector", "Violator"), inspection(stages, visits), name="inspection")


def repeated(payoffs, stages):
    """Return a table played so many times in a row, everyone seeing what was played; payoffs add up."""

    def stage(left, totals, history):
        if left == 0:
            return end(f"after {history}", *totals)
        rows = {
            f"r{i}": move(
                "B",
                {
                    f"c{j}": stage(left - 1, [t + p for t, p in zip(totals, cell, strict=True)], f"{history}{i}{j}")
                    for j, cell in enumerate(row)
                },
                information=f"B{history}",
            )
            for i, row in enumerate(payoffs)
        }
        return move("A", rows, information=f"A{history}")

    return dt.Game(("A", "B"), stage(stages, [0, 0], ""), name="repeated")


PENNIES = [[(1, -1), (-1, 1)], [(-1, 1), (1, -1)]]
CHICKEN = [[(0, 0), (-1, 2)], [(2, -1), (-5, -5)]]


def many(game, monkeypatch, method=None):
    """Return the solution of a game with subgames as if it had too many equilibria to list."""
    monkeypatch.setattr(perfect_bayesian, "MOST_LISTED", -1)
    solution = dt.solve(game, method or dt.PerfectBayesian())
    monkeypatch.undo()
    return solution


# -- published values -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("stages", "visits"), [(3, 1), (4, 2), (5, 2), (6, 2), (6, 5), (7, 3), (8, 4)])
def test_dreshers_inspection_game_has_the_published_value(stages, visits):
    # Dresher (1962), "A sampling inspection problem in arms control agreements": the Inspector's value of n stages with
    # m visits is -C(n-1, m) / (C(n, 0) + ... + C(n, m)); in Avenhaus, von Stengel and Zamir (2002), section 5.
    value = -Fraction(math.comb(stages - 1, visits), sum(math.comb(stages, i) for i in range(visits + 1)))
    solution = dt.solve(inspections(stages, visits))
    assert solution.complete
    assert solution.status == "solved"
    assert solution.distinct_payoffs() == ({"Inspector": value, "Violator": -value},)
    assert dt.payoff("Inspector").over(solution) == (value, value)


def test_some_of_them_are_equilibria_by_gambits_check_and_at_its_value():
    pytest.importorskip("pygambit")
    solution = dt.solve(inspections(4, 2))
    other = in_gambit(solution.game)
    for equilibrium in (solution[0], solution[50], solution[-1]):
        profile = gambit_profile(other, equilibrium)
        assert profile.max_regret() == 0
        assert profile.payoff("Inspector") == equilibrium.payoffs["Inspector"]


def test_gambit_finds_the_value_that_all_of_them_have():
    pygambit = pytest.importorskip("pygambit")
    solution = dt.solve(inspections(4, 2))
    (found,) = pygambit.nash.lcp_solve(in_gambit(solution.game)).equilibria
    assert Fraction(str(found.payoff("Inspector"))) == dt.payoff("Inspector").over(solution)[0]


@pytest.mark.parametrize("stages", [1, 2, 3, 4])
def test_pennies_in_a_row_are_played_evenly_every_time(stages):
    solution = dt.solve(repeated(PENNIES, stages), dt.PerfectBayesian())
    assert solution.complete
    (equilibrium,) = solution
    assert equilibrium.behaviour == ((HALF, HALF),) * len(equilibrium.behaviour)
    assert equilibrium.regret == 0


def equilibria_of_table(payoffs):
    """Return the payoffs in the equilibria of a two-by-two table without ties, by hand: corners, and the even odds."""
    found = [
        payoffs[i][j]
        for i, j in itertools.product(range(2), repeat=2)
        if payoffs[i][j][0] > payoffs[1 - i][j][0] and payoffs[i][j][1] > payoffs[i][1 - j][1]
    ]
    (a, b), (c, d) = ([cell[0] for cell in row] for row in payoffs)
    (e, f), (g, h) = ([cell[1] for cell in row] for row in payoffs)
    y, x = (Fraction(n, d) if d else None for n, d in ((d - b, a - b - c + d), (h - g, e - f - g + h)))
    if None not in (x, y) and 0 < x < 1 and 0 < y < 1:
        found.append((a * y + b * (1 - y), e * x + g * (1 - x)))
    return found


@pytest.mark.parametrize(
    "payoffs", [CHICKEN, [[(3, 1), (0, 0)], [(0, 0), (1, 3)]], [[(2, 2), (0, 3)], [(3, 0), (1, 1)]]]
)
def test_two_stages_have_the_equilibria_of_all_ways_to_go_on(payoffs):
    below = equilibria_of_table(payoffs)
    expected = Counter()
    for following in itertools.product(below, repeat=4):
        cells = [tuple(p + q for p, q in zip(payoffs[k // 2][k % 2], following[k], strict=True)) for k in range(4)]
        expected.update(map(tuple, equilibria_of_table([cells[:2], cells[2:]])))
    solution = dt.solve(repeated(payoffs, 2))
    assert solution.complete
    assert Counter(tuple(each.payoffs.values()) for each in solution) == expected
    assert all(each.regret == 0 for each in solution)


def test_chicken_twice_has_171_equilibria_with_48_payoffs():
    solution = dt.solve(repeated(CHICKEN, 2))
    assert (len(solution), len(solution.distinct_payoffs()), solution.complete) == (171, 48, True)


# -- the same as solving jointly ------------------------------------------------------------------------------


def jointly(method, game):
    """Return the solution of a game in one search, without regard to its subgames."""
    if isinstance(method, dt.PerfectBayesian):
        return solved_by_patterns(method, game, partial(method.of_pattern, game))
    bases = KnownBases(method.most_bases)
    return solved_by_patterns(
        method, game, lambda agent, pattern, gaps: _PatternSolver(method, game, agent, pattern, gaps).equilibria(bases)
    )


def seen(equilibrium):
    """Return what two ways to find an equilibrium share: supports, what is not free, and what is, in which ranges."""
    loose = {item.information_set for item in equilibrium.free_list}
    names = equilibrium.game.form.set_names
    rows = [None if name in loose else row for name, row in zip(names, equilibrium.behaviour, strict=True)]
    free = {
        (item.information_set, item.kind, item.of, round(float(item.low), 5), round(float(item.high), 5))
        for item in equilibrium.free_list
    }
    spans = []
    if len(loose) < 3:
        measures = [*map(dt.payoff, equilibrium.game.players), *map(dt.probability, equilibrium.game.outcomes)]
        spans = [tuple(round(float(x), 5) for x in measure.ends(equilibrium)) for measure in measures]
    return equilibrium.pattern, tuple(rows), frozenset(free), tuple(spans)


def check_both_ways(method, game):
    if game is None or not game.form.nodes_of:
        return
    joint, solution = jointly(method, game), method.solve(game)
    if joint.complete and solution.count < 1_000:
        assert solution.complete, solution.status
        assert all(each.regret == 0 or each.regret < 1e-9 for each in solution)
        ours, theirs = Counter(map(seen, solution)), Counter(map(seen, joint))
        assert not ours - theirs
        # In a joint search the ends of a family may come up apart, where probabilities elsewhere make it nonlinear.
        ends = theirs - ours if isinstance(method, dt.Sequential) else Counter()
        assert theirs - ours == ends
        assert all(any(is_end_of(one, family) for family in ours) for one in ends)


def is_end_of(one, family):
    """Tell whether one answer, as seen, has the supports of another in which more is free."""
    return one[0] == family[0] and one[2] < family[2]


@pytest.mark.parametrize("seed", range(50))
def test_subgames_give_what_a_joint_search_gives(seed):
    check_both_ways(dt.PerfectBayesian(limit=2_000), random_game(seed))
    check_both_ways(dt.PerfectBayesian(limit=1_000), staged_game(seed, moves=5))


@pytest.mark.parametrize("seed", range(12))
def test_so_do_consistent_beliefs(seed):
    check_both_ways(dt.Sequential(limit=500), staged_game(seed, moves=4))
    check_both_ways(dt.Sequential(limit=500), staged_game(seed, moves=4, certain=True))


MORE = [pytest.param(seed, marks=[pytest.mark.long] if seed >= 100 else []) for seed in range(300)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", MORE)
def test_subgames_give_what_a_joint_search_gives_again(seed):
    check_both_ways(dt.PerfectBayesian(limit=5_000), random_game(1_000 + seed))
    check_both_ways(dt.PerfectBayesian(limit=5_000), staged_game(1_000 + seed, moves=6))
    check_both_ways(dt.Sequential(limit=5_000), staged_game(1_000 + seed, moves=5, certain=True))


# -- where a subgame cannot be told by its worth --------------------------------------------------------------


def test_a_subgame_whose_worth_varies_is_solved_with_what_stands_above_it():
    """C stays out for 5 or enters; A then plays for what an indifferent B will do. By hand: B at even odds, A plays."""
    tie = move("B", left=end("left", 4, 1, 6), right=end("right", 0, 1, 4))
    game = dt.Game(
        ("A", "B", "C"),
        move("C", out=end("out", 0, 0, 5), enter=move("A", play=tie, stop=end("stop", 2, 0, 3))),
    )
    solution = dt.PerfectBayesian().solve(game)
    assert solution.complete
    mixed = [each for each in solution if len(each.pattern[game.form.set_number["B"]]) == 2]
    # A plays for sure where B goes left with more than 1/2; C then gets 4 + 2p, at least 5.
    assert any(each.strategies["A"]["play"] == 1 and dict(each.free).get(("B", "left")) == (HALF, 1) for each in mixed)
    assert all(each.regret == 0 for each in solution)
    assert Counter(map(seen, solution)) == Counter(map(seen, jointly(dt.PerfectBayesian(), game)))


def test_a_choice_that_matters_to_nobody_before_it_stays_in_its_subgame():
    """Nature draws three subgames in which B is indifferent: their ties multiply, and A's payoff varies."""
    subgames = {
        f"n{k}": (Fraction(1, 3), move("B", left=end("left", 1, k), right=end("right", 0, k))) for k in range(3)
    }
    game = dt.Game(("A", "B"), chance(subgames))
    solution = dt.PerfectBayesian().solve(game)
    assert (len(solution), solution.complete) == (27, True)
    assert dt.payoff("A").over(solution) == (0, 1)
    both = next(each for each in solution if all(len(row) == 2 for row in each.pattern))
    assert dt.payoff("A").ends(both) == (0, 1)
    assert len({item.group for item in both.free_list}) == 3


def test_irrational_odds_in_a_subgame_are_not_taken_for_its_worth():
    """Three players who mix at odds that are roots: what follows them is worth 40 digits, and no tie is decided by it."""
    cells = {
        key: end(f"o{k}", *row)
        for k, (key, row) in enumerate(
            zip(
                itertools.product("xy", repeat=3),
                [(3, 0, 2), (0, 1, 0), (1, 2, 0), (2, 0, 1), (0, 2, 3), (1, 1, 0), (2, 0, 1), (0, 1, 2)],
                strict=True,
            )
        )
    }

    def stage(place):
        def below(actions):
            who = len(actions)
            if who == 3:
                return cells[actions]
            return move("ABC"[who], {a: below((*actions, a)) for a in "xy"}, information=f"{'ABC'[who]} {place}")

        return below(())

    game = dt.Game(("A", "B", "C"), move("A", wait=end("wait", 1, 1, 1), go=stage("later")))
    check_both_ways(dt.PerfectBayesian(), game)


# -- where subgames begin ---------------------------------------------------------------------------------------


def begins_a_subgame(form, node):
    """Tell by the definition: all nodes of each information set that is met below lie below."""
    below, stack = set(), [node]
    while stack:
        at = stack.pop()
        below.add(at)
        stack += form.children[at]
    sets = {form.infoset_of[at] for at in below} - {-1}
    return bool(form.children[node]) and all(set(form.nodes_of[h]) <= below for h in sets)


@pytest.mark.parametrize("seed", range(80))
def test_subgames_begin_where_the_definition_says(seed):
    for game in (random_game(seed), staged_game(seed)):
        if game is not None:
            form = game.form
            assert subgame_roots(form) == [v for v in range(form.size) if begins_a_subgame(form, v)]


# -- too many to list -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [2, 3, 7, 11, 16, 19, 23, 31])
def test_what_is_said_of_many_is_so_of_all(seed, monkeypatch):
    game = staged_game(seed, moves=5)
    if game is None or subgame_roots(game.form) in ([], [0]):
        pytest.skip("the draw made no game with subgames")
    listed, solution = dt.solve(game, dt.PerfectBayesian()), many(game, monkeypatch)
    assert solution.count == len(solution) == len(listed)
    assert Counter(map(seen, solution)) == Counter(map(seen, listed))
    for measure in (*map(dt.payoff, game.players), *map(dt.probability, (*game.outcomes, *game.actions))):
        ends = [measure.ends(each) for each in listed]
        assert measure.over(solution) == (min(low for low, _ in ends), max(high for _, high in ends)), measure.name
        assert measure.over(solution) == measure.over(listed)
    assert sorted(map(str, solution.distinct_payoffs())) == sorted(map(str, listed.distinct_payoffs()))
    groups = [[Counter(map(seen, group)) for group in each.distinct_outcomes()] for each in (solution, listed)]
    assert all(group in groups[1] for group in groups[0])
    assert len(groups[0]) == len(groups[1])
    kept = [payoff_dominant(each) for each in (solution, listed)]
    assert Counter(map(seen, kept[0])) == Counter(map(seen, kept[1]))


def test_many_equilibria_are_a_sequence():
    solution = dt.solve(inspections(5, 2))
    assert solution.count == len(solution) == 5_184
    assert solution
    assert solution[-1] == solution[5_183] != solution[0]
    assert solution[:3] == tuple(itertools.islice(solution, 3))
    assert solution[5_180:] == tuple(solution[k] for k in range(5_180, 5_184))
    assert solution[10:0:-4] == (solution[10], solution[6], solution[2])
    assert len({solution[k].behaviour for k in range(0, 5_184, 40)}) == 130
    with pytest.raises(IndexError, match="5,184"):
        solution[5_184]
    again = pickle.loads(pickle.dumps(solution))
    assert again[77].behaviour == solution[77].behaviour
    assert dt.probability("caught").over(again) == dt.probability("caught").over(solution)


def test_more_than_python_counts_are_still_counted():
    solution = dt.PerfectBayesian().solve(named_by_history(45))
    assert solution.complete
    assert solution.count == 3**45 > sys.maxsize
    assert solution
    assert solution[-1].regret == solution[10**20].regret == 0
    with pytest.raises(MethodError, match="count"):
        len(solution)
    assert f"{solution.count:,}" in str(solution)
    assert solution.to_frame().shape[0] == 20


def test_many_equilibria_can_be_read():
    solution = dt.solve(inspections(5, 2))
    text = str(solution)
    assert text.startswith("5,184 perfect Bayesian equilibria of 'inspection': solved.")
    assert "The first 20 of 5,184 are listed." in text
    assert text.count("Equilibrium ") == 20
    assert len(text.splitlines()) < 250
    assert repr(solution) == "<Solution of 'inspection': 5184 equilibria, solved>"
    frame = solution.to_frame()
    assert (len(frame), frame.attrs["left out"]) == (20, "the first 20 of 5,184 are listed")
    assert "first 20 of 5,184" in solution._repr_html_()
    assert "The first 20 of 5,184 are listed" in dt.to_latex(solution)


@dt.game("Inspector", "Violator")
def inspected(fine=param(1, "cost of being caught", low=HALF, high=3), gain=param(1, "gain", low=HALF, high=2)):
    """Five stages with two visits."""
    return inspection(5, 2, fine, gain)


def test_verbs_look_at_many_equilibria_without_listing_them():
    solution = dt.solve(inspected)
    assert solution.count > 1_000
    spans = [dt.probability("caught").over(dt.solve(inspected.at(fine=fine))) for fine in (1, 2)]
    compared = dt.compare({"now": {}, "dear": {"fine": 2}}, "caught", base=inspected)
    assert compared.complete
    assert [
        tuple(row) for row in zip(compared.data.low.values[:, 0], compared.data.high.values[:, 0], strict=True)
    ] == [tuple(map(float, span)) for span in spans]
    swept = dt.sweep(inspected, "caught", fine=[1, 2])
    assert not swept.complete
    assert "represented by 1" in swept.status
    assert [float(x) for x in swept.data.low.values[0]] == pytest.approx([float(low) for low, _ in spans])
    own = dt.compare({"now": {}}, lambda equilibrium: float(equilibrium.payoffs["Violator"]), base=inspected)
    assert not own.complete


def test_what_would_need_a_list_is_refused_with_the_number():
    solution = dt.solve(inspections(5, 2))
    with pytest.raises(MethodError, match="5,184"):
        Measure("one", "other", function=lambda equilibrium: 1).over(solution)
    with pytest.raises(MethodError, match="judges equilibria one by one"):
        dt.refinements._verdicts.refined(solution, "the test", lambda equilibrium: "")
    with pytest.raises(MethodError, match="more than 20,000 different"):
        distinct_outcomes(dt.PerfectBayesian().solve(named_by_history()))


def test_rules_and_packages_that_compare_one_by_one_refuse_too(monkeypatch):
    with pytest.raises(MethodError, match="nearest to a quantal response"):
        dt.sweep(inspected, "caught", fine=[1], select=dt.Quantal(rationality=2))
    entry = dt.Game(("A", "B"), move("A", out=end("out", 1, 1), enter=repeated(CHICKEN, 1).tree), name="entry")
    monkeypatch.setattr(perfect_bayesian, "MOST_LISTED", 2)
    with pytest.raises(MethodError, match="compared with ours one by one"):
        dt.second_opinion(entry, dt.PerfectBayesian(), peers=["nashpy"])


def test_a_range_needs_an_equilibrium():
    nothing = replace(dt.solve(inspections(3, 1)), equilibria=(), status="there is none")
    with pytest.raises(MethodError, match="no equilibrium"):
        dt.probability("caught").over(nothing)


def named_by_history(draws=30):
    """Return a draw of games in each of which B has two choices of the same worth, all ends different."""
    games = {
        f"n{k}": (Fraction(1, draws), move("B", {f"b{j}": end(f"o{k} {j}", 0, 0) for j in range(2)}))
        for k in range(draws)
    }
    return dt.Game(("A", "B"), chance(games))


def test_independent_subgames_multiply_without_being_listed():
    solution = dt.PerfectBayesian().solve(named_by_history())
    assert solution.count == 3**30
    assert solution.complete
    assert dt.probability("o7 1").over(solution) == (0, Fraction(1, 30))
    assert dt.payoff("A").over(solution) == (0, 0)


def test_too_many_combinations_of_worths_are_said_and_what_was_tried_is_there():
    solution = dt.solve(repeated(CHICKEN, 3), dt.PerfectBayesian(limit=4_000))
    assert not solution.complete
    assert "5,308,416 combinations" in solution.status
    assert "limit of 4000" in solution.status
    assert solution.count > 0
    assert solution[0].regret == solution[-1].regret == 0
