"""Subgame perfection: hand-solved games, published vectors, and brute force on random trees."""

import itertools
import random
from fractions import Fraction

import pytest

import deterrence as dt
from deterrence import chance, end, move, param, share
from deterrence.errors import MethodError
from deterrence.games.tree import Chance, End
from tests.sample_games import strike, unilateral


def only(game):
    solution = dt.solve(game)
    assert (len(solution), solution.status, solution.complete) == (1, "solved", True)
    return solution[0]


# -- games solved by hand --------------------------------------------------------------------------------


def test_at_the_defaults_the_strike_is_deterred():
    equilibrium = only(strike)
    assert equilibrium.outcomes == {"status quo": 1, "fait accompli": 0, "war": 0}
    assert equilibrium.strategies["Challenger"] == {"restrain": 1, "strike": 0}
    assert equilibrium.strategies["Defender"] == {"restrain": 0, "retaliate": 1}
    assert equilibrium.payoffs == {"Challenger": 0, "Defender": 0}
    assert equilibrium.probability("strike") == equilibrium.probability("retaliate") == 0
    assert equilibrium.regret == 0
    assert equilibrium.on_path == ("Challenger",)


def test_where_war_costs_eight_the_strike_is_a_fait_accompli():
    equilibrium = only(strike.at(war=8))
    assert equilibrium.outcomes["fait accompli"] == 1
    assert equilibrium.payoffs == {"Challenger": 4, "Defender": -6}
    assert equilibrium.probability("restrain", by="Defender") == 1
    assert equilibrium.probability("restrain", by="Challenger") == 0


@pytest.mark.parametrize(
    ("a", "p", "conflict"),
    [(-1, 0.49, "war"), (-1, 0.51, "status quo"), (-4, 0.19, "war"), (-4, 0.21, "status quo")],
)
def test_the_rudimentary_game_deters_above_the_threshold(a, p, conflict):
    """Zagare and Kilgour (2000, ch. 3): the threshold is .5 at aDD = -1, .2 at aDD = -4."""

    @dt.game("A", "B")
    def game(war=param(a, "aDD"), p=share(p, "B is Hard")):
        hard = move("B", concede=end("concession", 1, 1), fight=end("war", war, 2))
        soft = move("B", concede=end("concession", 1, 1), fight=end("war", war, 0))
        return move("A", keep=end("status quo", 0, 3), demand=chance(hard=(p, hard), soft=(1 - p, soft)))

    demanded = only(game).probability("demand")
    assert demanded == (0 if conflict == "status quo" else 1)


THREATS = [
    # p, D, cA, cB, q, T, S, outcomes, A's payoff; without a credible threat A gets what it has
    (0.5, 0.1, 0.1, 0.1, 0.3, 0.2, 0, {"peace"}, 0.6),
    (0.5, 0.3, 0.1, 0.1, 0.3, 0.2, 0, {"war"}, 0.4),
    (0.3, 0.1, 0.2, 0.1, 0.3, 0, 0, {"peace", "status quo"}, 0.3),
]


@pytest.mark.parametrize(("p", "shift", "a", "b", "q", "threat", "assurance", "outcomes", "worth"), THREATS)
def test_threats_and_assurances(p, shift, a, b, q, threat, assurance, outcomes, worth):
    """Kydd and McManus (2017), in the reduction with demands in hundredths; the Complier takes ties."""
    nudge = Fraction(1, 10**6)

    @dt.game("A", "B")
    def game(
        p=param(p, "power"),
        shift=param(shift, "D"),
        a=param(a, "cA"),
        b=param(b, "cB"),
        q=param(q, "status quo"),
        threat=param(threat, "T"),
        assurance=param(assurance, "S"),
    ):
        def demand(x):
            after = end("war", p + shift - a - assurance, 1 - p - shift - b)
            complied = move("A", refrain=end("peace", x, 1 - x + nudge), attack=after)
            refused = move("A", refrain=end("status quo", q - threat, 1 - q), attack=end("war", p - a, 1 - p - b))
            return move("B", comply=complied, defy=refused)

        asked = {f"demand {k}": demand(Fraction(k, 100)) for k in range(101)}
        return move("A", {**asked, "nothing": end("status quo", q, 1 - q)})

    solution = dt.solve(game)
    assert solution.complete
    assert {next(name for name, pr in each.outcomes.items() if pr) for each in solution} == outcomes
    assert {each.payoffs["A"] for each in solution} == {Fraction(str(worth))}


def test_three_players_move_in_turn():
    """C grabs what B leaves; B, who sees it coming, grabs before; so A does."""
    last = move("C", grab=end("C", 0, 0, 3), leave=end("nobody", 2, 2, 2))
    middle = move("B", grab=end("B", 0, 2, 0), leave=last)
    game = dt.Game(("A", "B", "C"), move("A", grab=end("A", 1, 0, 0), leave=middle))
    assert only(game).outcomes["A"] == 1
    assert dict(only(game).payoffs) == {"A": 1, "B": 0, "C": 0}


def test_chance_is_averaged_before_choosing():
    risky = chance(win=(0.3, end("win", 10)), lose=(0.7, end("lose", -4)))
    assert only(dt.Game(("A",), move("A", safe=end("safe", 0.21), risky=risky))).payoffs["A"] == Fraction(21, 100)
    assert only(dt.Game(("A",), move("A", safe=end("safe", 0.19), risky=risky))).payoffs["A"] == Fraction(1, 5)


def test_a_branch_that_chance_never_takes_is_still_solved():
    never = move("A", bad=end("bad", 0), good=end("good", 1))
    equilibrium = only(dt.Game(("A",), chance(never=(0, never), always=(1, end("rest", 0)))))
    assert equilibrium.strategies["A"] == {"bad": 0, "good": 1}


# -- ties --------------------------------------------------------------------------------------------------


def test_a_tie_is_named_and_every_pure_choice_is_listed():
    """Where war costs as much as the loss, the Defender is indifferent, and the strike hangs on its choice."""
    solution = dt.solve(strike.at(war=6))
    assert solution.status == "the moving player is indifferent at 'Defender'; each pure choice there is listed"
    assert solution.complete
    found = {tuple(name for name, p in each.outcomes.items() if p) for each in solution}
    assert found == {("fait accompli",), ("status quo",)}


def test_ties_at_two_places_multiply():
    def tied(name):
        return move("B", left=end(f"{name} left", 0, 1), right=end(f"{name} right", 0, 1))

    solution = dt.solve(dt.Game(("A", "B"), chance(one=(0.5, tied("one")), two=(0.5, tied("two")))))
    assert len(solution) == 4
    assert "'B | one', 'B | two'" in solution.status


def test_many_ties_are_cut_at_the_limit_which_the_status_tells():
    draws = {f"d{i}": (Fraction(1, 12), move("A", x=end("x", 1), y=end("y", 1))) for i in range(12)}
    game = dt.Game(("A",), chance(draws))
    solution = dt.solve(game, dt.SubgamePerfect(limit=50))
    assert (len(solution), solution.complete) == (50, False)
    assert solution.status.endswith("up to the limit of 50")
    assert "and 7 more" in solution.status
    whole = dt.solve(game, dt.SubgamePerfect(limit=5000))
    assert (len(whole), whole.complete) == (2**12, True)


def test_a_limit_that_is_just_enough_cuts_nothing():
    draws = {f"d{i}": (Fraction(1, 3), move("A", x=end("x", 1), y=end("y", 1))) for i in range(3)}
    solution = dt.solve(dt.Game(("A",), chance(draws)), dt.SubgamePerfect(limit=8))
    assert (len(solution), solution.complete) == (8, True)


def test_a_tie_between_choices_of_one_outcome_is_a_tie_too():
    game = dt.Game(("A",), move("A", x=end("same", 1), y=end("same", 1)))
    assert len(dt.solve(game)) == 2


# -- where it does not apply ---------------------------------------------------------------------------------


def test_hidden_moves_are_refused_with_the_name_of_the_information_set():
    with pytest.raises(MethodError, match=r"at 'Challenger \| Hard' the player cannot tell .* Use PerfectBayesian"):
        dt.solve(unilateral, dt.SubgamePerfect())


def test_it_is_the_default_under_perfect_information():
    assert dt.solve(strike).method == dt.SubgamePerfect()
    assert dt.solve(strike)[0].concept == "subgame perfect equilibrium"


# -- brute force on random trees -----------------------------------------------------------------------------


def random_tree(seed):
    """Return a random game of perfect information: 2-4 players, draws, payoffs with or without ties."""
    rng = random.Random(seed)
    players = "WXYZ"[: rng.randint(2, 4)]
    payoffs = range(3) if seed % 2 else range(10**6)
    budget = [rng.randint(5, 28)]

    def node(depth):
        if depth == 0 or budget[0] <= 0 or (depth < 4 and rng.random() < 0.25):
            return end(f"outcome {rng.randrange(6)}", *(rng.choice(payoffs) for _ in players))
        names = "abc"[: rng.randint(1 if rng.random() < 0.1 else 2, 3)]
        budget[0] -= len(names)
        below = {name: node(depth - 1) for name in names}
        if rng.random() < 0.25:
            weights = [rng.randint(0, 4) for _ in names]
            weights[0] += not any(weights)
            total = sum(weights)
            return chance({n: (Fraction(w, total), below[n]) for n, w in zip(names, weights, strict=True)})
        return move(rng.choice(players), below)

    return dt.Game(tuple(players), node(5))


def every_equilibrium(node, players):
    """Return every pure equilibrium below a node, as (values, choices in depth-first order)."""
    if isinstance(node, End):
        return [(tuple(map(Fraction, node.payoffs)), ())]
    below = [every_equilibrium(child, players) for child in node.children]
    found = []
    for plans in itertools.product(*below):
        choices = tuple(itertools.chain.from_iterable(plan for _, plan in plans))
        if isinstance(node, Chance):
            rows = zip(node.probabilities, (values for values, _ in plans), strict=True)
            weighted = [[Fraction(p) * x for x in values] for p, values in rows]
            found.append((tuple(map(sum, zip(*weighted, strict=True))), choices))
            continue
        own = players.index(node.player)
        best = max(values[own] for values, _ in plans)
        found += [
            (values, (action, *choices))
            for action, (values, _) in zip(node.actions, plans, strict=True)
            if values[own] == best
        ]
    return found


def as_choices(equilibrium):
    rows = equilibrium.strategies.values()
    return tuple(next(action for action, p in row.items() if p == 1) for row in rows)


def test_a_thousand_random_trees_agree_with_brute_force():
    tied = 0
    for seed in range(1000):
        game = random_tree(seed)
        expected = every_equilibrium(game.tree, game.players)
        solution = dt.solve(game, dt.SubgamePerfect(limit=100_000))
        assert solution.complete, seed
        found = {(tuple(each.payoffs.values()), as_choices(each)) for each in solution}
        assert found == set(expected), seed
        assert len(solution) == len(expected), seed
        assert (solution.status == "solved") == (len(expected) == 1), seed
        assert all(each.regret == 0 for each in itertools.islice(solution, 20)), seed
        tied += len(expected) > 1
    assert 100 < tied < 600


def test_fewer_are_listed_up_to_the_limit_and_all_are_equilibria():
    for seed in range(1, 200, 2):
        game = random_tree(seed)
        expected = set(every_equilibrium(game.tree, game.players))
        solution = dt.solve(game, dt.SubgamePerfect(limit=3))
        found = {(tuple(each.payoffs.values()), as_choices(each)) for each in solution}
        assert found <= expected, seed
        assert len(solution) == min(3, len(expected)), seed
        assert solution.complete == (len(expected) <= 3), seed


# -- deep and wide ---------------------------------------------------------------------------------------------


def test_a_centipede_of_three_thousand_moves_stops_at_once():
    tree = end("the end", 3000, 3000)
    for step in reversed(range(3000)):
        taken = (step + 2, step) if step % 2 == 0 else (step, step + 2)
        tree = move("AB"[step % 2], take=end(f"taken at {step}", *taken), go=tree)
    equilibrium = only(dt.Game(("A", "B"), tree))
    assert equilibrium.outcomes["taken at 0"] == 1
    assert all(row["take"] == 1 for row in equilibrium.strategies.values())
    assert equilibrium.payoffs == {"A": 2, "B": 0}


def test_a_chain_of_three_thousand_draws_multiplies_exactly():
    tree = end("through", 1)
    for _ in range(3000):
        tree = chance(on=(0.5, tree), off=(0.5, end("lost", 0)))
    equilibrium = only(dt.Game(("A",), tree))
    assert equilibrium.payoffs["A"] == Fraction(1, 2**3000)
    assert equilibrium.outcomes["lost"] == 1 - Fraction(1, 2**3000)


def test_a_move_with_a_thousand_actions_takes_the_best():
    game = dt.Game(("A",), move("A", {f"a{i}": end(f"o{i}", (i * 617) % 1000) for i in range(1000)}))
    assert only(game).payoffs["A"] == 999
