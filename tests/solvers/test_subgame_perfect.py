"""Subgame perfection: hand-solved games, published vectors, and brute force on random trees."""

import itertools
import random
from fractions import Fraction

import pytest

import deterrence as dt
from deterrence import chance, end, move, param, share
from deterrence.errors import MethodError
from deterrence.games import play
from deterrence.games.tree import Chance, End
from tests.sample_games import strike, unilateral


def is_pure(equilibrium):
    return all(p in (0, 1) for row in equilibrium.behaviour for p in row)


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
    pytest.param(0.3, 0.1, 0.2, 0.1, 0.3, 0, 0, {"peace", "status quo"}, 0.3, marks=pytest.mark.slow),
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


def test_a_tie_is_named_and_every_way_to_break_it_is_listed():
    """Where war costs as much as the loss, the Defender is indifferent, and the strike hangs on its choice.

    A strike pays 4 where the Defender gives in and -5 where it retaliates, so it is tried while the Defender retaliates
    with less than 4/9.
    """
    solution = dt.solve(strike.at(war=6))
    assert (
        solution.status == "the moving player is indifferent at 'Defender'; each choice there is listed, mixed ones too"
    )
    assert solution.complete
    pure = {tuple(name for name, p in each.outcomes.items() if p) for each in solution if is_pure(each)}
    assert pure == {("fait accompli",), ("status quo",)}
    retaliating = {
        each.pattern[0]: each.free_list[0]
        for each in solution
        if len(each.pattern[1]) == 2 and each.free_list[:1] and each.free_list[0].information_set == "Defender"
    }
    ends = {first: sorted((free.low, free.high)) for first, free in retaliating.items()}
    give_in = {
        first: e if free.of == "restrain" else [1 - e[1], 1 - e[0]]
        for (first, e), free in zip(ends.items(), retaliating.values(), strict=True)
    }
    assert give_in == {(0,): [0, Fraction(5, 9)], (1,): [Fraction(5, 9), 1]}
    both = next(each for each in solution if len(each.pattern[0]) == 2)
    assert both.strategies["Defender"]["restrain"] == Fraction(5, 9)


def test_a_mixture_at_a_tie_that_changes_what_others_do_is_found():
    """B is indifferent; if it takes l half the time A plays a, and C, who then gets 5, enters while staying pays less."""

    @dt.game("C", "A", "B")
    def tie(stay=param(3, "what C gets by staying out", low=0, high=9)):
        b = move("B", l=end("l", 10, 0, 1), r=end("r", 0, 4, 1))
        return move("C", out=end("out", stay, 0, 0), enter=move("A", a=b, b=end("b", 0, 2, 0)))

    for solution in (dt.solve(tie), dt.characterize(tie).at()):
        assert solution.complete
        assert {0, 1} <= {each.outcomes["out"] for each in solution}
    swept = dt.sweep(tie, "out", stay=[1, 3, 5, 6])
    assert swept.data.low.values.ravel().tolist() == [0, 0, 0, 1]
    assert swept.data.high.values.ravel().tolist() == [1, 1, 1, 1]
    assert dt.threshold(tie, "stay", "out").value == 5
    assert dt.robustness(tie, "out").distance == pytest.approx(2 / 9)


def test_in_a_large_tree_with_ties_mixtures_are_not_sought_which_the_status_tells():
    draws = {
        f"d{i}": (Fraction(1, 2000), move("A", x=end("x", 1), y=end("y", 1 if i == 0 else 0))) for i in range(2000)
    }
    solution = dt.solve(dt.Game(("A",), chance(draws)))
    assert (len(solution), solution.complete) == (2, False)
    assert "mixed ones were not sought" in solution.status


def test_ties_at_two_places_multiply():
    def tied(name):
        return move("B", left=end(f"{name} left", 0, 1), right=end(f"{name} right", 0, 1))

    solution = dt.solve(dt.Game(("A", "B"), chance(one=(0.5, tied("one")), two=(0.5, tied("two")))))
    assert (len(solution), sum(map(is_pure, solution))) == (9, 4)
    assert "'B | one', 'B | two'" in solution.status


def test_many_ties_are_cut_at_the_limit_which_the_status_tells():
    draws = {f"d{i}": (Fraction(1, 12), move("A", x=end("x", 1), y=end("y", 1))) for i in range(12)}
    game = dt.Game(("A",), chance(draws))
    solution = dt.solve(game, dt.SubgamePerfect(limit=50))
    assert (len(solution), solution.complete) == (50, False)
    assert "no more than the limit of 50 equilibria are listed" in solution.status
    assert "and 7 more" in solution.status
    # 3**12 ways with mixtures are too many; as they matter to nobody else, the pure ones stand for all.
    whole = dt.solve(game, dt.SubgamePerfect(limit=5000))
    assert (len(whole), whole.complete) == (2**12, True)
    assert "every mixture of the choices listed" in whole.status


def test_a_limit_that_is_just_enough_cuts_nothing():
    draws = {f"d{i}": (Fraction(1, 3), move("A", x=end("x", 1), y=end("y", 1))) for i in range(3)}
    solution = dt.solve(dt.Game(("A",), chance(draws)), dt.SubgamePerfect(limit=8))
    assert (len(solution), solution.complete) == (8, True)


def test_a_tie_between_choices_of_one_outcome_is_a_tie_too():
    game = dt.Game(("A",), move("A", x=end("same", 1), y=end("same", 1)))
    assert sum(map(is_pure, dt.solve(game))) == 2


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


def test_random_trees_agree_with_brute_force():
    tied = undecided = 0
    for seed in range(45):
        game = random_tree(seed)
        expected = every_equilibrium(game.tree, game.players)
        solution = dt.solve(game, dt.SubgamePerfect(limit=100_000))
        assert solution.complete or "not decided" in solution.status or "not proved" in solution.status, seed
        undecided += not solution.complete
        found = {(tuple(each.payoffs.values()), as_choices(each)) for each in solution if is_pure(each)}
        assert found == set(expected), seed
        assert sum(map(is_pure, solution)) == len(expected), seed
        assert (solution.status == "solved") == (len(expected) == 1), seed
        assert all(each.regret == 0 for each in itertools.islice(solution, 20)), seed
        tied += len(expected) > 1
    assert 9 < tied < 60
    assert undecided < 5  # mixtures at many ties at once, whose conditions are products


def test_fewer_are_listed_up_to_the_limit_and_all_are_equilibria():
    for seed in range(1, 200, 2):
        game = random_tree(seed)
        expected = set(every_equilibrium(game.tree, game.players))
        solution = dt.solve(game, dt.SubgamePerfect(limit=3))
        found = {(tuple(each.payoffs.values()), as_choices(each)) for each in solution if is_pure(each)}
        assert found <= expected, seed
        assert all(each.regret == 0 for each in solution), seed
        assert len(solution) <= 3, seed
        assert len(solution) == 3 or solution.complete, seed
        assert solution.complete == ("no more than the limit" not in solution.status), seed


@pytest.mark.slow
def test_no_mixture_on_a_grid_is_missed():
    """Brute force: a profile whose actions all are best everywhere is of a listed class, within its free ranges."""
    weights, found = (Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(1)), 0
    two = [(w, 1 - w) for w in weights]
    three = [(u, v, 1 - u - v) for u in weights for v in weights if u + v <= 1]
    for seed in range(1, 260, 2):
        game = random_tree(seed)
        form, numbers = game.form, game.numbers
        if len(form.actions_of) > 4:
            continue
        classes = {each.pattern: each for each in dt.solve(game)}
        ones = [(1,)] * len(form.nodes_of)
        rows = [{1: [(1,)], 2: two, 3: three}[len(actions)] for actions in form.actions_of]
        for behaviour in itertools.product(*rows):
            if play.one_shot_gain(form, numbers, behaviour, ones) == 0:
                pattern = tuple(tuple(a for a, p in enumerate(row) if p) for row in behaviour)
                assert pattern in classes, (seed, behaviour)
                for free in classes[pattern].free_list:
                    h = form.set_names.index(free.information_set)
                    assert free.low <= behaviour[h][form.actions_of[h].index(free.of)] <= free.high, seed
                found += 1
    assert found > 150


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


@pytest.mark.slow
def test_where_ties_are_too_many_for_all_mixtures_the_pure_equilibria_are_listed():
    """By hand: without further stakes each slice ties at war = 3, whatever was done before."""
    solution = dt.solve(dt.models.load("schelling1966/salami_tactics").game.at(war=3, settles=0))
    assert not solution.complete
    assert "pure choices there are listed" in solution.status
    assert "one equilibrium is given" not in solution.status
    assert {name for each in solution for name, p in each.outcomes.items() if p == 1} >= {"3 of 3 slices lost"}
    assert len(solution) > 100
    assert all(each.regret == 0 for each in solution[:100])
