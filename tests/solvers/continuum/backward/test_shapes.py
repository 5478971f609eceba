"""Shapes of games with choices: known solutions, ties, kinks, orders that turn, and what is refused in words."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

import deterrence as dt
from deterrence.errors import MethodError
from deterrence.solvers.continuum.backward.solving import objection, solve

HALF = Fraction(1, 2)


def made(*players, tree):
    """A game of a tree without parameters."""

    @dt.game(*players)
    def a_game():
        "A game of a test."
        return tree

    return a_game


def test_a_follower_answers_a_quantity_by_a_formula_as_stackelberg_has_it():
    game = made(
        "Leader",
        "Follower",
        tree=dt.choose(
            "Leader",
            0,
            1,
            then=lambda x: dt.choose(
                "Follower", 0, 1, then=lambda y: dt.end("market", x * (1 - x - y), y * (1 - x - y))
            ),
        ),
    )
    (equilibrium,) = solve(game)
    assert equilibrium.choices["x"] == HALF
    assert str(equilibrium.choices["y"]) == "1/2 - x/2"
    assert equilibrium.payoffs == {"Leader": Fraction(1, 8), "Follower": Fraction(1, 16)}


def test_a_rival_of_known_cost_is_held_to_indifference_and_accepts():
    game = made(
        "Proposer",
        "Rival",
        tree=dt.choose(
            "Proposer",
            0,
            1,
            then=lambda x: dt.move(
                "Rival", accept=dt.end("deal", x, 1 - x), fight=dt.end("fighting", Fraction(3, 10), Fraction(3, 10))
            ),
        ),
    )
    (equilibrium,) = solve(game)
    assert equilibrium.choices["x"] == Fraction(7, 10)
    assert equilibrium.outcomes["deal"] == 1
    assert equilibrium.strategies["Rival"].at(x=Fraction(71, 100)) == {"fight": 1}


def test_choices_that_are_equally_good_are_all_listed():
    game = made(
        "Proposer", "Rival", tree=dt.choose("Proposer", 0, 1, then=lambda x: dt.end("deal", (x - HALF) ** 2, 1 - x))
    )
    solution = solve(game)
    assert [e.choices["x"] for e in solution] == [0, 1]
    assert solution.complete


def test_where_every_choice_is_as_good_the_status_says_so():
    game = made("Proposer", "Rival", tree=dt.choose("Proposer", 0, 1, then=lambda x: dt.end("deal", 0, 1 - x)))
    solution = solve(game)
    assert not solution.complete
    assert "every x between 0 and 1 is as good" in solution.status


def test_where_a_reply_is_always_indifferent_each_is_listed_and_the_rest_told():
    game = made(
        "Proposer",
        "Rival",
        tree=dt.choose("Proposer", 0, 1, then=lambda x: dt.move("Rival", a=dt.end("A", x, 0), b=dt.end("B", 1 - x, 0))),
    )
    solution = solve(game)
    assert {e.choices["x"] for e in solution} == {0, 1}
    assert "mixed choices there are not listed" in solution.status


def brute(worth, low=0.0, high=1.0, steps=20001):
    """The greatest value on a grid."""
    grid = np.linspace(low, high, steps)
    return max(map(worth, grid))


def test_three_replies_of_a_type_are_weighed_as_on_a_grid():
    game = made(
        "Proposer",
        "Rival",
        tree=dt.draw(
            0,
            1,
            seen_by="Rival",
            then=lambda t: dt.choose(
                "Proposer",
                0,
                1,
                then=lambda x: dt.move(
                    "Rival",
                    a=dt.end("A", 3 * x, 0),
                    b=dt.end("B", 1 - x, t - x / 2),
                    c=dt.end("C", -1, 2 * t - Fraction(9, 8) + x / 4),
                ),
            ),
        ),
    )
    types = (np.arange(2000) + 0.5) / 2000

    def worth(x):
        rows = np.array([0 * types, types - x / 2, 2 * types - 9 / 8 + x / 4])
        return np.array([3 * x, 1 - x, -1])[rows.argmax(axis=0)].mean()

    (equilibrium,) = solve(game)
    assert float(equilibrium.payoffs["Proposer"]) == pytest.approx(brute(worth, steps=1001), abs=2e-3)


def test_the_order_of_actions_may_turn_with_the_choice():
    game = made(
        "Proposer",
        "Rival",
        tree=dt.draw(
            0,
            1,
            seen_by="Rival",
            then=lambda t: dt.choose(
                "Proposer",
                0,
                1,
                then=lambda x: dt.move(
                    "Rival", a=dt.end("A", 2 * x, 0), b=dt.end("B", 1, (x - HALF) * t + Fraction(1, 10) - x / 4)
                ),
            ),
        ),
    )
    types = (np.arange(2000) + 0.5) / 2000

    def worth(x):
        return np.where((x - 0.5) * types + 0.1 - x / 4 > 0, 1, 2 * x).mean()

    solution = solve(game)
    assert float(solution[0].payoffs["Proposer"]) == pytest.approx(brute(worth, steps=2001), abs=2e-3)
    rule = solution[0].strategies["Rival"]
    assert rule.at(x=Fraction(1, 10), t=Fraction(1, 10)) == {"b": 1}
    assert rule.at(x=HALF, t=HALF) == {"a": 1}


def test_a_best_choice_may_be_a_root_of_a_cubic():
    game = made("Player", tree=dt.choose("Player", 0, 2, then=lambda x: dt.end("A", x - x**4 / 4 - x**3 / 7)))
    (equilibrium,) = solve(game)
    x = float(equilibrium.choices["x"])
    assert 1 - x**3 - 3 * x**2 / 7 == pytest.approx(0, abs=1e-12)


def test_an_effort_that_enters_linearly_may_be_mixed_in_any_way_with_its_mean():
    game = made(
        "A",
        "B",
        tree=dt.choose(
            "A",
            0,
            1,
            seen_by=(),
            then=lambda e: dt.move("B", left=dt.end("L", e, -e), right=dt.end("R", 1 - e, e - 1)),
        ),
    )
    (equilibrium,) = solve(game)
    assert equilibrium.choices["e"].mean == HALF
    assert equilibrium.choices["e"].any_with_mean
    assert equilibrium.strategies["B"].at() == {"left": HALF, "right": HALF}


def crisis(challenger, defender, audience, bonus):
    """The crisis of game 6, with a third player's payoffs."""
    return dt.move(
        "Challenger",
        quiet=dt.end("status quo", 0, 1, bonus),
        challenge=dt.move(
            "Defender",
            concede=dt.end("concession", 1, 0, bonus - 1),
            resist=dt.move(
                "Challenger",
                back_down=dt.end("retreat", -audience, 1, bonus),
                fight=dt.end("fighting", challenger, defender, bonus - 2),
            ),
        ),
    )


def test_a_public_move_above_games_of_types_solves_each_alone():
    single = made(
        "Challenger",
        "Defender",
        "Patron",
        tree=dt.draw(
            -2,
            2,
            seen_by="Challenger",
            then=lambda c: dt.draw(-2, 2, seen_by="Defender", then=lambda d: crisis(c, d, HALF, 0)),
        ),
    )
    both = made(
        "Challenger",
        "Defender",
        "Patron",
        tree=dt.draw(
            -2,
            2,
            seen_by="Challenger",
            then=lambda c: dt.draw(
                -2,
                2,
                seen_by="Defender",
                then=lambda d: dt.move("Patron", commit=crisis(c, d, 1, Fraction(-9, 10)), leave=crisis(c, d, HALF, 0)),
            ),
        ),
    )
    alone = {tuple(map(str, e.outcomes.values())) for e in dt.solve(single)}
    found = dt.solve(both)
    left = [e for e in found if e.probability("leave") == 1]
    assert left
    assert {tuple(map(str, e.outcomes.values())) for e in left} == alone


def belief_game():
    """A demand by a type that the rival would like to know."""
    return made(
        "Proposer",
        "Rival",
        tree=dt.draw(
            0,
            1,
            seen_by="Proposer",
            then=lambda t: dt.choose(
                "Proposer",
                0,
                1,
                then=lambda x: dt.move("Rival", a=dt.end("A", x, 0), b=dt.end("B", t - x, t - HALF)),
            ),
        ),
    )


def test_a_reply_that_needs_beliefs_is_refused_in_words():
    assert "believes of 't'" in objection(belief_game())
    with pytest.raises(MethodError, match="is not solved backward"):
        solve(belief_game())


def test_three_choices_in_a_row_are_refused_in_words():
    tree = dt.choose(
        "A",
        0,
        1,
        then=lambda x: dt.choose(
            "B", 0, 1, then=lambda y: dt.choose("A", 0, 1, then=lambda z: dt.end("o", y * z * x - z * z, y - z * x))
        ),
    )
    assert "depends on x, y at once" in objection(made("A", "B", tree=tree))


def test_a_reply_to_two_choices_at_once_is_refused_in_words():
    tree = dt.choose(
        "A",
        0,
        1,
        then=lambda x: dt.choose(
            "A", 0, 1, then=lambda y: dt.move("B", a=dt.end("a1", x + y, 1 - x - y), b=dt.end("b1", 0, HALF))
        ),
    )
    assert "changes with 'x' and 'y' at once" in objection(made("A", "B", tree=tree))


def test_an_effort_that_pays_at_both_ends_is_refused_in_words():
    tree = dt.choose(
        "A",
        0,
        1,
        seen_by=(),
        then=lambda e: dt.move("B", left=dt.end("L", e * e, -e), right=dt.end("R", (1 - e) ** 2, e - 1)),
    )
    assert "mixtures of several are not searched" in objection(made("A", "B", tree=tree))


def test_two_numbers_chosen_at_once_are_refused_in_words():
    def armed(x):
        return dt.choose("B", 0, 1, then=lambda y: dt.end("arms", x - x**2 - x * y, y - y**2 - x * y))

    tree = dt.choose("A", 0, 1, seen_by=(), then=armed)
    assert "'y' is chosen without seeing 'x'" in objection(made("A", "B", tree=tree))


@pytest.mark.slow
def test_each_type_demands_by_the_hazard_rate_where_the_rival_is_normal():
    from scipy import stats
    from scipy.optimize import brentq

    cost = stats.norm(0.2, 0.05)
    game = made(
        "Proposer",
        "Rival",
        tree=dt.draw(
            0,
            Fraction(3, 10),
            seen_by="Proposer",
            then=lambda c: dt.draw(
                dt.Normal("1/5", "1/20"),
                seen_by="Rival",
                then=lambda k: dt.choose(
                    "Proposer",
                    0,
                    1,
                    then=lambda x: dt.move(
                        "Rival", accept=dt.end("deal", x, 1 - x), fight=dt.end("fighting", HALF - c, HALF - k)
                    ),
                ),
            ),
        ),
    )
    (equilibrium,) = solve(game)
    schedule = equilibrium.choices["x"]

    def z(own):
        return brentq(lambda z: cost.sf(z) / cost.pdf(z) - z - own, -0.2, 0.4)

    for own in (0.05, 0.1, 0.22):
        assert schedule(own) == pytest.approx(0.5 + z(own), abs=1e-8)
    types = (np.arange(60) + 0.5) / 60 * 0.3
    risk = np.mean([cost.cdf(z(own)) for own in types])
    assert float(equilibrium.outcomes["fighting"]) == pytest.approx(risk, abs=1e-4)


def test_a_move_before_a_schedule_weighs_all_types():
    def below(own, war):
        return dt.choose(
            "Proposer",
            0,
            1,
            then=lambda x: dt.move(
                "Rival", accept=dt.end("deal", x, 1 - x), fight=dt.end("fighting", HALF - own, HALF - war)
            ),
        )

    def game(outside):
        return made(
            "Proposer",
            "Rival",
            tree=dt.draw(
                0,
                Fraction(3, 10),
                seen_by="Proposer",
                then=lambda own: dt.draw(
                    0,
                    Fraction(2, 5),
                    seen_by="Rival",
                    then=lambda war: dt.move(
                        "Rival",
                        information="before",
                        leave=dt.end("left", 0, outside),
                        stay=below(own, Fraction(1, 5)),
                    ),
                ),
            ),
        )

    # A rival whose cost is 1/5 is asked for 7/10 by every type, and accepts.
    assert solve(game(Fraction(29, 100)))[0].outcomes["left"] == 0
    assert solve(game(Fraction(31, 100)))[0].outcomes["left"] == 1
