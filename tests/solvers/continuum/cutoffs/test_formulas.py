"""Classes as formulas: complete, right at points drawn from the ranges, and the formulas that are known."""

import random
from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from tests.solvers.continuum.trees import tree_of, vectors


@dt.game("Attacker", "Defender")
def strike(
    prize=dt.param(4, "gain from a strike that goes unanswered", low=0, high=20),
    loss=dt.param(6, "harm of an unanswered strike", low=0, high=20),
    punishment=dt.param(9, "harm that retaliation does", low=1, high=20),
    least=dt.param(0, "least cost of retaliating", low=-5, high=20),
    most=dt.param(10, "greatest cost of retaliating", low=-5, high=30),
):
    """A strike on a victim whose cost of retaliating is hidden."""
    return dt.draw(
        least,
        most,
        seen_by="Defender",
        then=lambda war: dt.move(
            "Attacker",
            restrain=dt.end("status quo", 0, 0),
            strike=dt.move(
                "Defender",
                restrain=dt.end("fait accompli", prize, -loss),
                retaliate=dt.end("conflict", prize - punishment, -war),
            ),
        ),
    )


@dt.game("Challenger", "Defender")
def crisis(
    audience=dt.param("1/2", "audience cost", low=0.1, high=3),
    challenger=dt.param(2, "greatest cost of war of the challenger", low=0.5, high=4),
    defender=dt.param(2, "greatest cost of war of the defender", low=0.5, high=4),
):
    """A challenge, resistance, and a war whose cost is hidden on both sides."""
    return dt.draw(
        -challenger,
        0,
        seen_by="Challenger",
        then=lambda own: dt.draw(
            -defender,
            0,
            seen_by="Defender",
            then=lambda other: dt.move(
                "Challenger",
                quiet=dt.end("status quo", 0, 1),
                challenge=dt.move(
                    "Defender",
                    concede=dt.end("concession", 1, 0),
                    resist=dt.move(
                        "Challenger",
                        back_down=dt.end("retreat", -audience, 1),
                        fight=dt.end("war", own, other),
                    ),
                ),
            ),
        ),
    )


GAMES = {
    "strike": strike,
    "crisis": crisis,
    "race": tree_of(vectors("arms_race")[0]),
    "attribution": tree_of(vectors("attribution")[0]),
    "sanctions": tree_of(vectors("sanctions_resolve")[2]),
    "signal": tree_of(vectors("mobilise_two_levels")[0]),
}
POINTS = 6
FAR = Fraction(2)


def drawn(game, count):
    rng = random.Random(5)
    points = []
    while len(points) < count:
        values = {}
        for p in game.parameter_list:
            low = -FAR if p.low is None else p.low
            high = low + 3 if p.high is None else p.high
            values[p.name] = Fraction(low) + (Fraction(high) - low) * Fraction(rng.randint(1, 999), 1000)
        try:
            points.append(game.at(values))
        except dt.errors.ParameterError:
            continue
    return points


def at(expression, game):
    swap = {sp.Symbol(n, real=True): sp.Rational(Fraction(v)) for n, v in game.values.items()}
    return sp.sympify(expression).subs(swap)


@pytest.mark.parametrize("name", GAMES)
def test_formulas_and_solutions_at_points_agree(name):
    game = GAMES[name]
    classes = dt.characterize(game)
    assert classes.complete, classes.status
    for other in drawn(game, POINTS):
        solution = dt.solve(other)
        here = [c for c in classes if at(c.when, other) == sp.true]
        formulas = sorted([round(float(at(p, other)), 9) for _, p in c.payoffs.items()] for c in here)
        numbers = sorted([round(float(p), 9) for p in e.payoffs.values()] for e in solution)
        assert len(formulas) == len(numbers), (other.values, [c.name for c in here], str(solution))
        for row, expected in zip(formulas, numbers, strict=True):
            assert row == pytest.approx(expected, abs=1e-8)


def test_a_threat_that_may_be_hollow_deters_up_to_the_formula_that_is_known():
    classes = dt.characterize(strike)
    war = next(c for c in classes if set(c.outcomes.values()) - {0, 1} and c.outcomes["status quo"] == 0)
    prize, loss, punishment, least, most = (p.expression for p in strike.parameter_list)
    assert sp.simplify(war.probability("conflict") - (loss - least) / (most - least)) == 0
    border = punishment * (loss - least) / (most - least)
    for inside, gap in ((True, sp.Rational(1, 100)), (False, -sp.Rational(1, 100))):
        point = {loss: 6, punishment: 9, least: 0, most: 10}
        value = border.subs(point) + gap
        assert bool(war.when.subs({**point, prize: value})) is inside


def test_a_bluff_leaves_as_many_that_resist_as_the_audience_cost_says():
    (bluff,) = [c for c in dt.characterize(crisis) if 0 not in c.outcomes.values()]
    audience, challenger, defender = (p.expression for p in crisis.parameter_list)
    resist = 1 / (1 + audience)
    (cutoff,) = bluff.cutoffs["Defender"]
    assert sp.simplify(-cutoff / defender - resist) == 0
    # Whoever resists wins if the challenger bluffs: the share of challengers that fight makes the cutoff indifferent.
    fight = (1 + audience) / (1 + audience + defender)
    assert sp.simplify(bluff.probability("war") - audience / challenger * resist) == 0
    assert sp.simplify(bluff.probability("challenge") - audience / challenger / fight) == 0


def test_other_laws_than_uniform_ones_have_no_formulas():
    with pytest.raises(dt.errors.MethodError, match="uniform"):
        dt.characterize(tree_of(vectors("arms_race")[5]))
