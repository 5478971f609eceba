"""Draws and choices written wrongly, and answers asked for what they have not: each gets a sentence."""

import pytest
from scipy import stats

import deterrence as dt
from deterrence.answers.continuum.pieces import Case
from deterrence.errors import BranchingError, GameError, MethodError, ParameterError, UnknownNameError
from tests.solvers.continuum.trees import audience_costs, cheap_talk, preemption, sunk_cost_continuous

END = dt.end("peace", 0)


def peace(cost):
    return dt.move("A", stay=dt.end("peace", cost))


WRONG = [
    (lambda: dt.draw(0, 1, seen_by=(3,), then=peace), "names the players"),
    (lambda: dt.choose("A", 2, 1, then=peace), "first end must lie below"),
    (lambda: dt.draw(0, 1, seen_by="A", then=peace, name=" "), "says in words"),
    (lambda: dt.draw(0, 1, seen_by="A", then=lambda cost: 3), "must be move"),
    (lambda: dt.draw(0, 1, seen_by="A", then=lambda peace: END), "has the name of an outcome"),
    (lambda: dt.draw(0, 1, seen_by="A", then=3), "takes a function"),
    (lambda: dt.draw(0, 1, seen_by="A", then=lambda a, b: END), "has one argument"),
    (lambda: dt.draw(stats.poisson(2), seen_by="A", then=peace), "single numbers"),
    (lambda: dt.draw("law", seen_by="A", then=peace), "from two ends"),
    (lambda: dt.Triangular(0, 5, 1), "mode must not lie above high, and 5 lies above 1"),
    (lambda: dt.Triangular(0, -1, 1), "low must not lie above mode"),
    (lambda: dt.Triangular(1, 1, 1), "low must lie below high"),
    (lambda: dt.Uniform(0, 0), "low must lie below high"),
    (lambda: dt.Normal(0, 0), "0 must lie below sd, and 0 does not lie below 0"),
    (lambda: dt.Types(cdf=3, low=0, high=1), "takes a function"),
    (lambda: dt.Types(cdf=lambda x: x, low=1, high=0), "two numbers as its ends"),
    (lambda: dt.Types(cdf=lambda x: x / 2, low=0, high=1), "without a jump"),
    (lambda: dt.Types(cdf=lambda x: x + 0.9 * (x > 0.2) * (x < 0.4), low=0, high=1), "falls somewhere"),
]


@pytest.mark.parametrize(("write", "sentence"), WRONG)
def test_what_is_no_draw_and_no_choice_is_refused(write, sentence):
    with pytest.raises(GameError, match=sentence):
        write()


def test_a_mode_may_be_an_end_and_a_parameter_that_stays_between_them():
    assert dt.Triangular(0, 0, 1).cdf(0.5) == pytest.approx(0.75)

    @dt.game("A")
    def game(mode=dt.param("1/2", "the most likely cost", low=-1, high=2)):
        return dt.draw(dt.Triangular(0, mode, 1), seen_by="A", then=peace)

    assert game.at(mode=1).values["mode"] == 1
    for wrong in (-0.5, 1.5):
        with pytest.raises(ParameterError, match="mode"):
            game.at(mode=wrong)


def test_what_follows_may_not_branch_on_the_number():
    def over(cost):
        return END if cost > 1 else peace(cost)

    for following in (over, lambda cost: END if cost else peace(cost)):
        with pytest.raises(BranchingError, match="branches on"):
            dt.draw(0, 2, seen_by="A", then=following)
    with pytest.raises(TypeError, match="unsupported"):
        dt.draw(0, 2, seen_by="A", then=lambda cost: cost + None)


def test_a_number_is_used_only_below_where_it_is_drawn():
    kept = []
    tree = dt.draw(0, 1, seen_by="A", then=lambda cost: kept.append(cost) or peace(cost))
    with pytest.raises(GameError, match="neither a parameter nor drawn"):
        dt.Game(("A",), dt.move("A", one=tree, two=dt.end("war", kept[0])))


def test_answers_say_what_they_have():
    game = audience_costs(0.5, ["uniform", -2, 0], ["uniform", -2, 0])
    equilibrium = dt.solve(game)[0]
    with pytest.raises(UnknownNameError, match="no player"):
        equilibrium.probability("challenge", "Nobody")
    with pytest.raises(UnknownNameError, match="called 'chalenge'"):
        equilibrium.probability("chalenge")
    with pytest.raises(UnknownNameError, match="called 'chalenge'"):
        dt.characterize(game)[0].probability("chalenge")
    signal = dt.solve(sunk_cost_continuous(0.6, 0.5, ["uniform", 0, 1]), dt.D1())[0]
    with pytest.raises(MethodError, match="are formulas"):
        dt.cutoff("Attacker")(signal)
    with pytest.raises(MethodError, match="which is no number"):
        dt.chosen("reply")(dt.solve(cheap_talk(0.1, ["uniform", 0, 1]))[1])
    with pytest.raises(MethodError, match="found at parameter values"):
        dt.characterize(preemption(1, -1, 0, ["uniform", -0.3, 0.3], None))
    pieces = dt.Cutoffs.of("t", (0, 1, "a"), (1, 2, "b")).pieces
    rule = dt.Cutoffs("t", (Case((("x", 0, 1),), pieces),))
    with pytest.raises(ParameterError, match="depends on x"):
        _ = rule.pieces
    with pytest.raises(ParameterError, match="depends on x; give it"):
        rule.at(t=0.5)
    with pytest.raises(ParameterError, match="depends on t; give it"):
        dt.Cutoffs.of("t", (0, 1, "a"), (1, 2, "b")).at()
