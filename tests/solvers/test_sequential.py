"""Sequential equilibria of known games, and consistency against hand calculation and random mistakes."""

import itertools
import random
from fractions import Fraction

import numpy as np
import pytest

import deterrence as dt
from deterrence import chance, end, move
from deterrence.errors import MethodError
from deterrence.games import play
from deterrence.games.game import Game
from deterrence.solvers.algebra.programs import feasible, maximize
from deterrence.solvers.sequential import Sequential
from deterrence.solvers.supports.consistency import is_consistent
from tests.sample_games import hidden_game, in_gambit, unilateral

THIRD, HALF = Fraction(1, 3), Fraction(1, 2)


def sequential(game):
    solution = dt.solve(game, Sequential())
    assert solution.complete, solution.status
    return solution


@dt.game("One", "Two", "Three")
def horse():
    """Selten's horse (Selten 1975, figure 1)."""

    def three(left, right):
        return move("Three", L=end("left", *left), R=end("right", *right), information="three")

    two = move("Two", d=three((4, 4, 0), (0, 0, 1)), c=end("across", 1, 1, 1))
    return move("One", D=three((3, 2, 2), (0, 0, 0)), C=two)


@dt.game("Sender", "Receiver")
def beer_quiche():
    """Beer or quiche, by Cho and Kreps (1987), figure I: the weak type would rather have quiche."""

    def answer(kind, meal):
        liked = int((kind == "strong") == (meal == "beer"))
        duel = end(f"{meal}, duel", liked, int(kind == "weak"))
        return move(
            "Receiver", duel=duel, leave=end(f"{meal}, leave", liked + 2, int(kind == "strong")), information=meal
        )

    def meal(kind):
        return move("Sender", beer=answer(kind, "beer"), quiche=answer(kind, "quiche"), information=kind)

    return chance(strong=(0.9, meal("strong")), weak=(0.1, meal("weak")))


# -- published games -----------------------------------------------------------------------------------


def test_the_sequential_equilibria_of_seltens_horse_are_the_trembling_hand_perfect_ones():
    # Selten (1975): One plays C, Two c, and Three plays L at most with probability 1/4; the equilibria in
    # which One plays D are not sequential. By hand: Three may mix only if it believes D with 1/3.
    plain, mixed = sequential(horse)
    for equilibrium in (plain, mixed):
        assert equilibrium.strategies["One"]["C"] == 1
        assert equilibrium.strategies["Two"]["c"] == 1
    assert plain.strategies["three"]["R"] == 1
    assert plain.free == {("three", "D"): (0, THIRD)}
    assert mixed.beliefs["three"]["D"] == THIRD
    assert mixed.free == {("three", "L"): (0, Fraction(1, 4))}


def test_both_pooling_outcomes_of_beer_and_quiche_are_sequential():
    # Cho and Kreps (1987), section II.3: both types have beer, or both have quiche; nothing else.
    outcomes = {tuple(name for name, p in e.outcomes.items() if p) for e in sequential(beer_quiche)}
    assert outcomes == {("beer, leave",), ("quiche, leave",)}
    for equilibrium in sequential(beer_quiche):
        for (_, history), (low, high) in equilibrium.free.items():
            if history.startswith("strong"):  # a duel needs a weak sender with 1/2 or more
                assert (low, high) == (0, HALF)


# -- two players see the same surprise ------------------------------------------------------------------


def audiences(second, third):
    """Return a game in which a deviation, A or B, is seen by Two or by Three, who punish by belief.

    Two punishes if it believes A with at least ``second``, Three if it believes B with at least ``third``.
    """

    def seen(action):
        def answer(player, threshold, guilty):
            gain = 1 - threshold if guilty else -threshold
            harm = (-3, gain, 0) if player == "Two" else (-3, 0, gain)
            return move(player, punish=end("punished", *harm), spare=end("spared", 1, 0, 0), information=player.lower())

        two, three = answer("Two", second, action == "A"), answer("Three", third, action == "B")
        return chance(two=(HALF, two), three=(HALF, three))

    tree = move("One", out=end("out", 0, 0, 0), A=seen("A"), B=seen("B"))
    return Game(("One", "Two", "Three"), tree, name="audiences")


def certainly_punished(solution):
    return [e for e in solution if e.strategies["two"]["punish"] == e.strategies["three"]["punish"] == 1]


def test_two_players_cannot_explain_one_surprise_by_different_mistakes():
    # By hand: Two and Three must believe A with the same probability, so punishment by both needs
    # 2/3 <= p and 1 - p >= 2/3, which is impossible. Beliefs alone would allow it.
    game = audiences(Fraction(2, 3), Fraction(2, 3))
    assert certainly_punished(dt.solve(game, dt.PerfectBayesian()))
    assert not certainly_punished(sequential(game))


def test_they_may_explain_it_by_the_same_mistakes():
    # By hand: with thresholds 1/3 any belief in A from 1/3 to 2/3, the same for both, supports punishment.
    (equilibrium,) = certainly_punished(sequential(audiences(THIRD, THIRD)))
    assert equilibrium.free == {("two", "A, two"): (THIRD, 2 * THIRD), ("three", "A, three"): (THIRD, 2 * THIRD)}


def test_beliefs_that_must_agree_may_leave_one_point():
    game = audiences(HALF, HALF)
    (equilibrium,) = certainly_punished(sequential(game))
    assert equilibrium.beliefs["two"]["A, two"] == equilibrium.beliefs["three"]["A, three"] == HALF
    assert equilibrium.regret == 0


def test_a_deviation_tells_nothing_that_its_author_did_not_know():
    # By hand: Two bets only if it believes L with 1/4 or more; One does not know L either, so after any
    # mistake of One the belief in L is 1/10, Two passes, and One comes in.
    def two(draw):
        return move("Two", bet=end("bet", -1, 3 if draw == "L" else -1), wait=end("pass", 1, 0), information="in")

    def one(draw):
        return move("One", out=end("out", 0, 0), a=two(draw), b=two(draw), information="one")

    game = Game(("One", "Two"), chance(L=(0.1, one("L")), R=(0.9, one("R"))), name="unseen")
    assert {e.outcomes["pass"] for e in sequential(game)} == {1}


def test_a_choice_that_only_one_extreme_belief_supports_is_found():
    # By hand: Two is indifferent if it is sure of L, and prefers B otherwise; being sure is consistent.
    def two(side):
        last = move("Four", left=end("left", 0, 0, 0, 0), right=end("right", 0, 0, 0, 0), information="four")
        later = last if side == "L" else move("Three", block=end("blocked", 0, 0, 5, 0), go=last)
        return move("Two", A=later, B=end("B", 0, int(side == "R"), 0, 0), information="two")

    tree = move("One", out=end("out", 2, 0, 0, 0), L=two("L"), R=two("R"))
    game = Game(("One", "Two", "Three", "Four"), tree, name="edge")
    found = [e for e in sequential(game) if e.strategies["two"]["A"] == 1]
    assert found
    assert all(e.beliefs["two"]["L"] == 1 for e in found)


# -- consistency by hand -----------------------------------------------------------------------------------


def crossed(third=HALF):
    """Return a game with two mistakes a player, and observers of One's, of Two's, and of both players'."""

    watched = {
        ("A", "stay"): ("One's", False, Fraction(2, 3)),
        ("B", "stay"): ("One's", True, Fraction(2, 3)),
        ("out", "C"): ("Two's", False, Fraction(2, 3)),
        ("out", "D"): ("Two's", True, Fraction(2, 3)),
        ("A", "C"): ("both", True, third),
        ("B", "D"): ("both", False, third),
    }

    def after(first, second):
        costs = (-int(first != "out"), -int(second != "stay"))
        if (first, second) not in watched:
            return end("quiet" if costs == (0, 0) else "missed", *costs, 0)
        name, guilty, threshold = watched[first, second]
        gain = 1 - threshold if guilty else -threshold
        return move("Watch", yes=end("yes", *costs, gain), no=end("no", *costs, 0), information=name)

    def two(first):
        return move("Two", {second: after(first, second) for second in ("stay", "C", "D")}, information="two")

    tree = move("One", {first: two(first) for first in ("out", "A", "B")})
    return Game(("One", "Two", "Watch"), tree, name="crossed")


def crossed_beliefs(game, ones, twos, both):
    """Return the assessment with play out, stay, no and the given beliefs in A, in C, and in (A, C)."""
    form = game.form
    behaviour = tuple((0, 1) if len(actions) == 2 else (1, 0, 0) for actions in form.actions_of)
    first = {"One's": ones, "Two's": twos, "both": both}
    belief = []
    for name, nodes in zip(form.set_names, form.nodes_of, strict=True):
        sure = (1,) + (0,) * (len(nodes) - 1)
        belief.append((Fraction(first[name]), 1 - Fraction(first[name])) if name in first else sure)
    return behaviour, tuple(belief)


@pytest.mark.parametrize(
    ("ones", "twos", "both", "consistent"),
    [
        (THIRD, Fraction(1, 4), Fraction(1, 7), True),  # odds 1:2 and 1:3 give 1:6
        (THIRD, Fraction(1, 4), Fraction(1, 6), False),
        (HALF, HALF, HALF, True),
        (HALF, HALF, 1, False),
        (0, 0, 0, True),  # A and C are the less likely mistakes
        (0, 0, 1, False),
        (0, 0, HALF, False),
        (0, 1, 0, True),  # A far less likely than B, D only a little less than C
        (0, 1, 1, True),
        (0, 1, Fraction(1, 5), True),
        (0, HALF, 0, True),
        (0, HALF, Fraction(1, 5), False),
    ],
)
def test_odds_of_combined_mistakes_are_products_of_odds(ones, twos, both, consistent):
    game = crossed()
    assert is_consistent(game.form, game.numbers, *crossed_beliefs(game, ones, twos, both)) is consistent


def all_watchers_say_yes(solution):
    watchers = ("One's", "Two's", "both")
    return [
        e for e in solution if all(e.strategies[name]["yes"] == 1 for name in watchers) and e.outcomes["quiet"] == 1
    ]


def test_products_of_odds_bound_what_a_third_observer_may_believe():
    # By hand: yes needs odds of A to B and of C to D of at most 1:2 each, hence A, C to B, D at most 1:4.
    assert all_watchers_say_yes(sequential(crossed(Fraction(1, 10))))
    assert not all_watchers_say_yes(dt.solve(crossed(Fraction(1, 4)), Sequential()))
    assert all_watchers_say_yes(dt.solve(crossed(Fraction(1, 4)), dt.PerfectBayesian()))


# -- properties ----------------------------------------------------------------------------------------------


def random_tree(rng, depth=3, payoffs=3):
    """Return a random tree of three players with hidden moves, small payoffs and perfect recall."""
    players = ("One", "Two", "Three")

    def build(left, known):
        if left == 0 or (left < depth and rng.random() < 0.25):
            return end(f"end {rng.random()}", *(rng.randint(0, payoffs) for _ in players))
        if rng.random() < 0.15:
            return chance(heads=(THIRD, build(left - 1, known)), tails=(2 * THIRD, build(left - 1, known)))
        i, count = rng.randrange(3), rng.choice((2, 2, 2, 3))
        label = f"{i}: {count}, {known[i]}, {rng.randrange(2)}"
        below = {}
        for action in "abc"[:count]:
            then = (*known[:i], (label, action), *known[i + 1 :])
            below[action] = build(left - 1, then)
        return move(players[i], below, information=label)

    return Game(players, build(depth, ((), (), ())), name="random")


def random_trees(seed, count):
    rng, found = random.Random(seed), []
    while len(found) < count:
        game = random_tree(rng)
        if not game.form.perfect_information and len(game.form.nodes_of) <= 6:
            found.append(game)
    return found


def explained_by_mistakes(rng, game, pattern):
    """Return pure play with the beliefs that random orders and odds of mistakes imply."""
    form, chances = game.form, game.numbers[1]
    order, odds = {}, {}
    for h, actions in enumerate(form.actions_of):
        for a in range(len(actions)):
            order[h, a] = 0 if a == pattern[h] else rng.randint(1, 3)
            odds[h, a] = 1 if a == pattern[h] else Fraction(rng.choice((1, 1, 2, 3)))
    beliefs = []
    for nodes in form.nodes_of:
        weights = []
        for node in nodes:
            level, weight = 0, Fraction(1)
            for at, branch in form.path(node):
                h = form.infoset_of[at]
                level += order[h, branch] if h >= 0 else 0
                weight *= odds[h, branch] if h >= 0 else chances[at][branch]
            weights.append((level, weight))
        least = min(level for level, _ in weights)
        total = sum(weight for level, weight in weights if level == least)
        beliefs.append(tuple(weight / total if level == least else 0 for level, weight in weights))
    behaviour = tuple(tuple(int(a == pattern[h]) for a in range(len(x))) for h, x in enumerate(form.actions_of))
    return behaviour, tuple(beliefs)


def may_be(equilibrium, behaviour, belief):
    """Tell whether an assessment lies within the ranges of a listed equilibrium."""
    form = equilibrium.game.form
    free = {(item.information_set, item.kind, item.of): (item.low, item.high) for item in equilibrium.free_list}
    for h, name in enumerate(form.set_names):
        rows = [("probability", form.actions_of[h], equilibrium.behaviour[h], behaviour[h])]
        rows += [("belief", [form.history(n) for n in form.nodes_of[h]], equilibrium.belief[h], belief[h])]
        for kind, names, listed, wanted in rows:
            varies = any((name, kind, of) in free for of in names)
            for of, here, there in zip(names, listed, wanted, strict=True):
                low, high = free.get((name, kind, of), (0, 1) if varies else (here, here))
                if not low <= there <= high:
                    return False
    return True


@pytest.mark.parametrize("seed", range(4))
def test_optimal_play_that_random_mistakes_explain_is_among_the_answers(seed):
    rng, tested = random.Random(seed), 0
    for game in random_trees(seed, 5):
        solution = dt.solve(game, Sequential())
        if not solution.complete:
            continue
        for pattern in itertools.product(*(range(len(actions)) for actions in game.form.actions_of)):
            behaviour, belief = explained_by_mistakes(rng, game, pattern)
            assert is_consistent(game.form, game.numbers, behaviour, belief)
            if play.one_shot_gain(game.form, game.numbers, behaviour, belief) == 0:
                tested += 1
                assert any(may_be(equilibrium, behaviour, belief) for equilibrium in solution)
    assert tested


@pytest.mark.parametrize("seed", range(12))
def test_every_sequential_equilibrium_is_perfect_bayesian_and_leaves_no_regret(seed):
    game = hidden_game(seed)
    patterns = {equilibrium.pattern for equilibrium in dt.solve(game, dt.PerfectBayesian())}
    solution = sequential(game)
    assert solution
    for equilibrium in solution:
        assert equilibrium.regret <= Fraction(1, 10**12)
        assert equilibrium.pattern in patterns
        exact = equilibrium.regret == 0
        slack = 0 if exact else Fraction(1, 10**9)
        assert is_consistent(game.form, game.numbers, equilibrium.behaviour, equilibrium.belief, slack)


@pytest.mark.parametrize("seed", range(8))
def test_with_perfect_information_sequential_is_subgame_perfect(seed):
    rng = random.Random(seed)
    values = iter(rng.sample(range(1000), 200))

    def build(left):
        if left == 0:
            return end(f"end {next(values)}", next(values), next(values))
        below = {action: build(left - 1) for action in "ab"}
        if left == 2:
            return chance(heads=(0.4, below["a"]), tails=(0.6, below["b"]))
        return move(rng.choice(("One", "Two")), below)

    game = Game(("One", "Two"), build(4), name="seen")
    (backward,) = dt.solve(game, dt.SubgamePerfect())
    assert [e.behaviour for e in sequential(game)] == [backward.behaviour]


def test_unilateral_deterrence_keeps_its_bluff_and_its_steadfast_equilibria():
    # Zagare and Kilgour's game at (0.2, 0.3): a bluff in which the Soft challenge with 1/3, and Steadfast
    # deterrence, whose belief off the path is implausible but consistent.
    found = sequential(unilateral)
    assert {e.outcomes[unilateral.outcomes[0]] == 1 for e in found} == {True, False}


def ends_reached(game, behaviour):
    reached = play.reach(game.form, game.numbers, behaviour)
    return [float(reached.get(node, 0)) for node in range(game.form.size) if not game.form.children[node]]


@pytest.mark.parametrize("seed", range(20))
def test_the_limit_of_logit_equilibria_lies_near_a_sequential_equilibrium(seed):
    pygambit = pytest.importorskip("pygambit")
    game = signalling(random.Random(seed))
    other = in_gambit(game)
    (profile,) = pygambit.nash.logit_solve(other, use_strategic=False, maxregret=1e-6).equilibria
    rows = {infoset.label: [float(profile[action]) for action in infoset.actions] for infoset in other.infosets}
    limit = ends_reached(game, [rows[name] for name in game.form.set_names])
    gaps = [
        max(abs(a - b) for a, b in zip(limit, ends_reached(game, e.behaviour), strict=True)) for e in sequential(game)
    ]
    assert min(gaps) < 0.02


def signalling(rng):
    """Return a random signalling game: two types, two messages, two answers."""

    def answer(kind, message):
        pays = {action: (rng.randint(0, 99), rng.randint(0, 99)) for action in ("yes", "no")}
        below = {action: end(f"{kind}, {message}, {action}", *pays[action]) for action in pays}
        return move("Receiver", below, information=message)

    def sender(kind):
        return move("Sender", {m: answer(kind, m) for m in ("loud", "soft")}, information=kind)

    p = Fraction(rng.randint(2, 8), 10)
    tree = chance(high=(p, sender("high")), low=(1 - p, sender("low")))
    return Game(("Sender", "Receiver"), tree, name="signalling")


# -- options and parts ------------------------------------------------------------------------------------


def test_a_limit_below_one_is_refused():
    with pytest.raises(MethodError, match="limit of Sequential must be a whole number of at least 1, not 0"):
        Sequential(limit=0)
    with pytest.raises(MethodError, match="most_bases"):
        Sequential(most_bases=0)


def test_a_search_that_stops_early_says_so():
    solution = dt.solve(beer_quiche, Sequential(limit=2))
    assert not solution.complete
    assert "limit of 2" in solution.status


def test_beliefs_that_were_not_tried_are_owned_up_to():
    solution = dt.solve(beer_quiche, Sequential(most_bases=1))
    assert not solution.complete
    assert "only 1 of the ways to place beliefs" in solution.status


def test_draws_of_probability_zero_take_no_part_in_beliefs():
    # By hand: nature never draws the weak type, and makes no mistakes, so that a duel is never believed in.
    def answer(kind):
        return move(
            "Receiver", duel=end("duel", -1, 1 if kind == "weak" else -1), leave=end("leave", 1, 0), information="in"
        )

    def sender(kind):
        return move("Sender", out=end("out", 0, 0), come=answer(kind), information=kind)

    game = Game(("Sender", "Receiver"), chance(strong=(1, sender("strong")), weak=(0, sender("weak"))), name="sure")
    assert {e.strategies["in"]["leave"] for e in sequential(game)} == {1}


def test_linear_programs_agree_with_a_hand_calculation():
    # Maximise 3x + 2y with x + y <= 4, x + 3y <= 6, x <= 3: at (3, 1), value 11.
    best = maximize([3, 2], (), [([1, 1], 4), ([1, 3], 6), ([1, 0], 3)])
    assert (best.value, best.at) == (11, (3, 1))
    assert maximize([1], (), [([-1], -2)]).value is None
    assert feasible(2, [([1, 1], 1)], [([1, 1], HALF)]) is None
    assert feasible(2, [([1, 1], 1), ([2, 2], 2)], [([-1, 0], -1)]) == (1, 0)


def test_a_linear_program_on_which_the_simplex_method_may_go_round_in_circles_is_solved():
    # Beale (1955), "Cycling in the dual simplex algorithm": the column that gains most leads back to where it began.
    rows = [([Fraction(1, 4), -60, Fraction(-1, 25), 9], 0), ([HALF, -90, Fraction(-1, 50), 3], 0), ([0, 0, 1, 0], 1)]
    assert maximize([Fraction(3, 4), -150, Fraction(1, 50), -6], (), rows).value == Fraction(1, 20)


def test_linear_programs_with_many_ties_agree_with_another_program():
    from scipy.optimize import linprog

    rng = np.random.default_rng(5)
    for _ in range(30):
        goal, rows = rng.integers(-3, 4, size=5), rng.integers(-2, 3, size=(6, 5))
        right = rng.integers(-1, 2, size=6) * (rng.random(6) < 0.4)
        at_most = list(zip(rows.tolist(), right.tolist(), strict=True))
        best = maximize(goal.tolist(), [([1] * 5, 1)], at_most)
        other = linprog(-goal, A_ub=rows, b_ub=right, A_eq=np.ones((1, 5)), b_eq=[1])
        assert (best is None) == (other.status == 2)
        if best is not None:
            assert float(best.value) == pytest.approx(-other.fun, abs=1e-9)


# -- each family once -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("types", "signals", "seed"), [(3, 2, 1), (3, 3, 2), (4, 2, 3), (3, 2, 5), (3, 3, 8), (2, 3, 9)]
)
def test_with_one_receiver_every_perfect_bayesian_family_is_sequential_and_listed_once(types, signals, seed):
    """Beliefs after one surprise are limits of Bayes' rule whatever they are (Fudenberg and Tirole 1991, section 6)."""
    rng = random.Random(seed)

    def sent(kind, signal):
        payoffs = {reply: (rng.randint(-4, 4), rng.randint(-4, 4)) for reply in "xy"}
        replies = {reply: end(f"{kind} {signal} {reply}", *payoffs[reply]) for reply in "xy"}
        return move("Receiver", replies, information=f"saw {signal}")

    def kind_of_sender(kind):
        return move("Sender", {f"s{k}": sent(kind, k) for k in range(signals)}, information=f"type {kind}")

    draws = {f"type {k}": (Fraction(1, types), kind_of_sender(k)) for k in range(types)}
    game = dt.Game(("Sender", "Receiver"), chance(draws))
    bayesian, sequential = dt.solve(game), dt.solve(game, dt.Sequential())
    assert bayesian.complete
    assert sequential.complete
    assert [each.pattern for each in sequential] == [each.pattern for each in bayesian]
    assert [each.free for each in sequential] == [each.free for each in bayesian]
