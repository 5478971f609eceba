"""What the solver of private shocks makes of trees: logit, later moves, loops, nature, players without shocks."""

from math import exp, log, sqrt

import numpy as np
import pytest
from scipy import integrate, optimize, special, stats

import deterrence as dt
from deterrence.games.tree import Draw
from tests.solvers.continuum.shocks.trees import game, number, shock, under


def shaken_signal(law=None, *, own=None):
    """Return a signal of a hidden type: with shocks to all actions of that law, or without any."""

    def plus(value, name):
        return value + shock(name) if law else value

    def receiver(sent, sender):
        stops = [
            (dt.end(f"{sent} yes", sender[0], plus(number(r), f"{sent}_yes")))
            for r in ("1" if sent == "loud" else "0.3",)
        ]
        ends = {
            "yes": stops[0],
            "no": dt.end(f"{sent} no", sender[1], plus(number("0.5"), f"{sent}_no")),
        }
        node = dt.move("Receiver", ends, information=f"after {sent}")
        return under(node, "Receiver", law, f"{sent}_yes", f"{sent}_no") if law else node

    def sender(kind, loud, silent):
        node = dt.move(
            "Sender",
            loud=receiver("loud", [plus(number(v), f"{kind}_loud") for v in loud]),
            silent=receiver("silent", [plus(number(v), f"{kind}_silent") for v in silent]),
            information=kind,
        )
        return under(node, "Sender", own or law, f"{kind}_loud", f"{kind}_silent") if law else node

    weak = sender("weak", ("0.6", "-0.8"), ("0.5", "0"))
    strong = sender("strong", ("1", "0.4"), ("0.5", "0"))
    return game(dt.chance(weak=("0.6", weak), strong=("0.4", strong)), "Sender", "Receiver")


@pytest.mark.parametrize("spread", ["0.5", "2"])
def test_extreme_value_shocks_to_actions_are_quantal_response(spread):
    solution = dt.solve(shaken_signal(dt.ExtremeValue(0, number(spread))))
    quantal = dt.solve(shaken_signal(), dt.Quantal(rationality=1 / float(spread)))
    assert np.allclose(np.concatenate(solution[0].behaviour), np.concatenate(quantal[0].behaviour), 0, 1e-9)
    assert solution.status == quantal.status
    assert solution.complete == quantal.complete
    assert solution[0].concept == "quantal response equilibrium"
    assert solution[0].regret < 1e-8


def test_players_of_different_spreads_are_each_measured_in_their_own():
    mixed = dt.solve(shaken_signal(dt.ExtremeValue(0, 1), own=dt.ExtremeValue(0, number("0.25"))))
    assert mixed[0].concept == "quantal response equilibrium"
    assert mixed[0].regret < 1e-8


def test_nearly_logistic_differences_give_nearly_the_same_play():
    logit = dt.solve(shaken_signal(dt.ExtremeValue(0, 1)))[0]
    normal = dt.solve(shaken_signal(dt.Normal(0, number("1.25"))))[0]
    assert normal.regret < 1e-8
    assert np.allclose(np.concatenate(normal.behaviour), np.concatenate(logit.behaviour), 0, 0.02)


def twice(law):
    """Return a game in which one player moves twice, with shocks drawn afresh."""
    later = dt.move(
        "A",
        left=dt.end("left", shock("go") + 1 + shock("left")),
        right=dt.end("right", shock("go") + shock("right")),
    )
    tree = dt.move("A", stay=dt.end("stay", 1 + shock("stay")), go=under(later, "A", law, "left", "right"))
    return game(under(tree, "A", law, "stay", "go"), "A")


def test_who_moves_again_looks_ahead_to_the_best_of_its_later_shocks():
    found = dt.solve(twice(dt.ExtremeValue(0, 1)))
    later = log(exp(1) + 1) + np.euler_gamma
    go = special.expit(later - 1)
    assert found.complete
    assert found[0].probability("go") == pytest.approx(go, abs=1e-12)
    assert found[0].probability("left") == pytest.approx(go * special.expit(1), abs=1e-12)
    assert found[0].payoffs["A"] == pytest.approx(np.euler_gamma + log(exp(later) + exp(1)), abs=1e-12)
    assert found[0].regret < 1e-8


def test_who_moves_again_does_so_with_normal_shocks_too():
    found = dt.solve(twice(dt.Normal(0, 1)))[0]
    later = stats.norm.cdf(1 / sqrt(2)) + sqrt(2) * stats.norm.pdf(1 / sqrt(2))
    assert found.probability("go") == pytest.approx(stats.norm.cdf((later - 1) / sqrt(2)), abs=1e-12)


def matrix_game(first, second, law):
    """Return a simultaneous game with shocks to the actions of both, known before they move."""
    names = [f"a{k}" for k in range(len(first))], [f"b{k}" for k in range(len(first[0]))]
    cells = {
        (a, b): dt.end(f"{a} {b}", number(first[i][j]) + shock(f"s_{a}"), number(second[i][j]) + shock(f"s_{b}"))
        for i, a in enumerate(names[0])
        for j, b in enumerate(names[1])
    }
    rows = {a: dt.move("B", {b: cells[a, b] for b in names[1]}, information="B") for a in names[0]}
    tree = under(dt.move("A", rows), "B", law, *(f"s_{b}" for b in names[1]))
    return game(under(tree, "A", law, *(f"s_{a}" for a in names[0])), "A", "B")


def test_where_one_gains_and_the_other_loses_by_meeting_the_equilibrium_is_proved_to_be_one():
    solution = dt.solve(matrix_game([[2, 0], [0, 1]], [[0, 1], [1, 0]], dt.Normal(0, number("0.4"))))
    assert solution.count == 1
    assert solution.complete
    assert "falls" in solution.status
    p, q = solution[0].behaviour[0][0], solution[0].behaviour[1][0]
    assert p == pytest.approx(stats.norm.cdf((2 * q - (1 - q)) / (0.4 * sqrt(2))), abs=1e-10)
    assert q == pytest.approx(stats.norm.cdf((1 - 2 * p) / (0.4 * sqrt(2))), abs=1e-10)
    assert solution[0].regret < 1e-8


def test_where_both_gain_by_meeting_all_three_equilibria_are_found():
    solution = dt.solve(matrix_game([[1, 0], [0, 1]], [[1, 0], [0, 1]], dt.Normal(0, number("0.3"))))

    def miss(p):
        q = stats.norm.cdf((2 * p - 1) / (0.3 * sqrt(2)))
        return stats.norm.cdf((2 * q - 1) / (0.3 * sqrt(2))) - p

    low = optimize.brentq(miss, 1e-6, 0.3)
    assert sorted(e.behaviour[0][0] for e in solution) == pytest.approx([low, 0.5, 1 - low], abs=1e-9)
    assert all(e.regret < 1e-8 for e in solution)


@pytest.mark.slow
def test_of_larger_loops_one_branch_is_followed():
    # paper, rock and scissors with a prize for winning with rock: unshaken play is known to be mixed
    first = [[0, -1, 2], [1, 0, -1], [-1, 1, 0]]
    second = [[0, 1, -2], [-1, 0, 1], [1, -1, 0]]
    solution = dt.solve(matrix_game(first, second, dt.Normal(0, number("0.5"))))
    assert solution.count == 1
    assert not solution.complete
    assert "branch" in solution.status
    p, q = (np.array(row) for row in solution[0].behaviour)
    assert np.allclose(_best_of_three(np.array(first) @ q, 0.5), p, 0, 1e-9)
    assert np.allclose(_best_of_three(np.array(second).T @ p, 0.5), q, 0, 1e-9)


def _best_of_three(worth, spread):
    def chance(k):
        others = [v for j, v in enumerate(worth) if j != k]

        def density(x):
            return stats.norm.pdf(x) * np.prod([stats.norm.cdf((worth[k] - v) / spread + x) for v in others])

        return integrate.quad(density, -9, 9, epsabs=1e-12)[0]

    return [chance(k) for k in range(3)]


def test_three_actions_with_normal_shocks_on_outcomes_come_to_one_integral():
    law = dt.Normal(0, 1)
    lottery = dt.chance(win=("0.3", dt.end("one", 1 + shock("s1"))), lose=("0.7", dt.end("two", shock("s2"))))
    other = dt.chance(win=("0.5", dt.end("one", 1 + shock("s1"))), lose=("0.5", dt.end("three", shock("s3"))))
    tree = dt.move("A", left=lottery, right=other, safe=dt.end("four", number("0.4") + shock("s4")))
    found = dt.solve(game(under(tree, "A", law, "s1", "s2", "s3", "s4"), "A"))[0]
    weights = np.array([[0.3, 0.7, 0, 0], [0.5, 0, 0.5, 0], [0, 0, 0, 1]])
    e = np.random.default_rng(5).normal(size=(4, 400_000))
    values = np.array([0.3, 0.5, 0.4])[:, None] + weights @ e
    shares = np.bincount(values.argmax(axis=0), minlength=3) / e.shape[1]
    assert np.allclose(found.behaviour[0], shares, 0, 4e-3)
    assert found.payoffs["A"] == pytest.approx(values.max(axis=0).mean(), abs=8e-3)
    assert found.regret < 1e-6


def test_who_has_no_shocks_takes_the_best_and_others_foresee_it():
    law = dt.Normal(0, 1)
    reply = dt.move("B", give=dt.end("given", 1 + shock("out"), 0), fight=dt.end("fought", -1 + shock("out"), -1))
    tree = dt.move("A", wait=dt.end("peace", shock("stay"), 1), strike=reply)
    solution = dt.solve(game(under(tree, "A", law, "stay", "out"), "A", "B"))
    assert solution[0].strategies["B"].at({}) == {"give": 1}
    assert solution[0].probability("strike") == pytest.approx(stats.norm.cdf(1 / sqrt(2)), abs=1e-12)
    assert solution.complete


def test_a_tie_of_who_has_no_shocks_is_said():
    law = dt.Normal(0, 1)
    reply = dt.move("B", give=dt.end("given", 1 + shock("out"), 0), fight=dt.end("fought", -1 + shock("out"), 0))
    tree = dt.move("A", wait=dt.end("peace", shock("stay"), 1), strike=reply)
    solution = dt.solve(game(under(tree, "A", law, "stay", "out"), "A", "B"))
    assert not solution.complete
    assert "tie" in solution.status


def inspected(tree_law):
    """Return an inspection: the inspectee's shocks are private, the inspector has none."""
    ends = {
        ("obey", "look"): (shock("o"), -number("0.2")),
        ("obey", "trust"): (shock("o"), 0),
        ("cheat", "look"): (-1 + shock("c"), number("0.3")),
        ("cheat", "trust"): (1 + shock("c"), -1),
    }
    rows = {
        a: dt.move("I", {b: dt.end(f"{a} {b}", *ends[a, b]) for b in ("look", "trust")}, information="I")
        for a in ("obey", "cheat")
    }
    return game(under(dt.move("E", rows), "E", tree_law, "o", "c"), "E", "I")


def test_who_has_no_shocks_may_mix_so_that_the_other_is_as_likely_as_makes_it_indifferent():
    # looking: -0.2 (1 - p) + 0.3 p, trusting: -p, so that cheating has the chance p = 2/15
    solution = dt.solve(inspected(dt.Normal(0, number("0.5"))))
    (found,) = solution
    assert "mixtures" in solution.status
    assert found.probability("cheat") == pytest.approx(2 / 15, abs=1e-10)
    look = found.behaviour[1][0]
    assert stats.norm.cdf((1 - 2 * look) / (0.5 * sqrt(2))) == pytest.approx(2 / 15, abs=1e-9)
    assert found.regret < 1e-8


def test_sure_replies_of_who_has_no_shocks_are_found_too():
    # shocks so large that cheating is near a half whatever is done: looking is always better
    solution = dt.solve(inspected(dt.Normal(0, 20)))
    (found,) = solution
    assert found.strategies["I"].at({}) == {"look": 1}


def test_shocks_that_fade_leave_the_equilibrium_without_them():
    tree = dt.move(
        "A",
        wait=dt.end("SQ", 0 + shock("a1"), 0),
        attack=dt.move("B", give=dt.end("Cap", 1 + shock("a2"), -2), resist=dt.end("War", -1 + shock("a2"), -1)),
    )
    found = dt.solve(game(under(tree, "A", dt.Normal(0, number("0.001")), "a1", "a2"), "A", "B"))
    assert found[0].outcomes["SQ"] == pytest.approx(1, abs=1e-12)


def test_a_spread_may_be_a_parameter():
    @dt.game("A")
    def shaken(spread=dt.param(1, "spread of shocks", low=0)):
        "One choice under shocks."
        law = dt.Normal(0, spread)
        return dt.draw(
            law,
            seen_by="A",
            then=lambda left: dt.draw(
                law,
                seen_by="A",
                then=lambda right: dt.move("A", a=dt.end("one", 1 + left), b=dt.end("two", right)),
            ),
        )

    assert dt.solve(shaken)[0].outcomes["one"] == pytest.approx(stats.norm.cdf(1 / sqrt(2)), abs=1e-12)
    assert dt.solve(shaken.at(spread=2))[0].outcomes["one"] == pytest.approx(stats.norm.cdf(0.5 / sqrt(2)), abs=1e-12)


def test_several_draws_reach_payoffs_through_one_index():
    # a benefit on [0, 1] against a cost on [0, 1] and one half: P(x - y > 1/4) = (3/4)² / 2
    flat = dt.Uniform(0, 1)
    tree = dt.move("A", stay=dt.end("stay", number("1/4")), go=dt.end("go", shock("gain") - shock("cost")))
    found = dt.solve(game(under(tree, "A", flat, "gain", "cost"), "A"))[0]
    assert found.outcomes["go"] == pytest.approx(9 / 32, abs=1e-12)
    # E max(1/4, x - y) = 1/4 + the integral of z³/6 up to 3/4, where z = 1 - the difference: (3/4)³ / 6
    assert found.payoffs["A"] == pytest.approx(1 / 4 + (3 / 4) ** 3 / 6, abs=1e-12)


def test_what_nobody_sees_counts_by_its_mean():
    tree = dt.move("A", stay=dt.end("stay", shock("s")), go=dt.end("go", shock("g") + shock("noise")))
    noisy = Draw("noise", dt.Uniform(0, 1), (), under(tree, "A", dt.Normal(0, 1), "s", "g"))
    found = dt.solve(game(noisy, "A"))[0]
    assert found.outcomes["go"] == pytest.approx(stats.norm.cdf(0.5 / sqrt(2)), abs=1e-12)


def test_where_messages_come_to_the_same_replies_to_replies_are_followed():
    # what is sent costs something and else changes only whether the receiver attacks: with even play the shocks on
    # outcomes cancel for the sender, so that no branch can begin there
    law = dt.Normal(0, 1)

    def message(sent, kind, cost, right):
        return dt.move(
            "R",
            attack=dt.end(f"{kind} hit", shock(f"s_{kind}_hit") - cost, shock(f"r_{kind}_hit") + right),
            spare=dt.end(f"{kind} spared", 1 + shock(f"s_{kind}_spared") - cost, shock(f"r_{kind}_spared")),
            information=sent,
        )

    def sender(kind, cost, right):
        sent = {name: message(name, kind, c, number(right)) for name, c in (("loud", number(cost)), ("silent", 0))}
        return dt.move("S", sent, information=kind)

    tree = dt.chance(weak=("1/2", sender("weak", "0.9", 1)), strong=("1/2", sender("strong", "0.1", -1)))
    names = ("weak_hit", "weak_spared", "strong_hit", "strong_spared")
    tree = under(under(tree, "S", law, *(f"s_{n}" for n in names)), "R", law, *(f"r_{n}" for n in names))
    solution = dt.solve(game(tree, "S", "R"))
    assert "replies to replies" in solution.status
    assert not solution.complete
    assert solution[0].regret < 1e-8
