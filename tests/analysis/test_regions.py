"""Regions: areas by hand, published boundaries, and words for wrong questions."""

import math
import pickle

import numpy as np
import pytest

import deterrence as dt
from deterrence.analysis.regions import regions
from deterrence.errors import ParameterError, UnknownNameError
from deterrence.mechanisms import Deniability
from deterrence.models.avenhaus2002.noisy_attribution import noisy_attribution as NOISY
from deterrence.models.folklore.strike import strike as STRIKE
from deterrence.models.zagare2000.unilateral_deterrence import unilateral_deterrence as UNILATERAL


@pytest.fixture(scope="module")
def rectangles():
    return regions(STRIKE, punishment=np.linspace(0, 20, 5), war=np.linspace(-5, 20, 6))


@pytest.fixture(scope="module")
def unilateral():
    return regions(UNILATERAL, defender_credibility=[0, 1], challenger_credibility=[0, 1])


def test_the_strike_game_falls_into_three_rectangles_of_known_area(rectangles):
    # By hand: no retaliation where war > loss = 6, over 14 of 25; else a strike where punishment < prize = 4.
    assert rectangles.area("fait accompli") == pytest.approx(14 / 25, abs=1e-12)
    assert rectangles.area("war") == pytest.approx(11 / 25 * 4 / 20, abs=1e-12)
    assert rectangles.area("deterrence") == pytest.approx(11 / 25 * 16 / 20, abs=1e-12)


def test_shares_of_combinations_sum_to_one(rectangles, unilateral):
    for answer in (rectangles, unilateral):
        assert sum(answer.shares.values()) == pytest.approx(1, abs=1e-12)


def test_unilateral_deterrence_is_parted_at_c1_c2_and_d_star(unilateral):
    # Zagare and Kilgour (2000): c1 = 5/9, c2 = 1/2 and d* = 3/7 at the default payoffs.
    equations = {str(equation.lhs): [] for equation in unilateral.boundaries}
    for equation in unilateral.boundaries:
        equations[str(equation.lhs)].append(equation.rhs)
    assert sorted(map(str, equations["defender_credibility"])) == ["1/2", "5/9"]
    assert [str(value) for value in equations["challenger_credibility"]] == ["3/7"]


def test_unilateral_deterrence_partitions_the_unit_square(unilateral):
    # Certain deterrence from c1 on; separating between c2 and c1; bluff below c2 and d*, attack above.
    expected = [4 / 9, 1 / 2 * 4 / 7, 1 / 2 * 3 / 7, 5 / 9 - 1 / 2]
    assert sorted(unilateral.shares.values()) == pytest.approx(sorted(expected), abs=1e-12)


def test_a_curved_boundary_has_its_formula_and_the_area_under_it():
    # With attribution a, the strike pays where a * punishment < prize = 4: by hand 1/5 + (1/5) ln 5.
    answer = regions(STRIKE.under(Deniability("strike", "retaliate")), attribution=[0, 1], punishment=[0, 20])
    (equation,) = answer.boundaries
    attribution = answer.game.parameters["attribution"].expression
    assert equation.rhs == 4 / attribution
    assert 1 - answer.area("deterrence") == pytest.approx(0.2 + 0.2 * math.log(5), abs=1e-10)


def test_where_assumptions_fail_is_left_out_and_told():
    answer = regions(NOISY, detection=[0, 1], false_alarm=[0, 1])
    # By hand: false_alarm <= detection leaves half; mixed play needs detection - false_alarm >= benefit/punishment.
    assert answer.shares[("Attacker: strike; alarm: retaliate",)] == pytest.approx(1 - 0.75**2, abs=1e-9)
    assert "fail in 50 %" in str(answer)


def test_data_agrees_with_an_exact_solution_at_grid_points(rectangles):
    at = rectangles.data["exists"].sel(punishment=5, war=0)
    assert [str(name) for name in at["class"].values[at.values]] == ["deterrence"]
    assert rectangles.at(5, 0) == ("deterrence",)


def test_a_concept_without_closed_forms_gets_a_plain_grid():
    answer = regions(STRIKE, method=dt.SubgamePerfect(), punishment=[0, 20], war=[-5, 20])
    assert answer.exact
    rough = regions(STRIKE.at(war=-5), method=_Opaque(), punishment=[0, 20], prize=[0, 20])
    assert not rough.exact
    assert "no closed form" in rough.status
    assert rough.area()["deterrence"] == pytest.approx(0.5, abs=0.02)


class _Opaque:
    concept = "equilibrium"

    def solve(self, game):
        return dt.SubgamePerfect().solve(game)


def test_an_answer_pickles_plots_and_prints_a_table(rectangles):
    assert pickle.loads(pickle.dumps(rectangles)).area() == rectangles.area()
    axes = rectangles.plot(point={"here": (9, 3)}, names={"deterrence": "no strike"})
    assert {"here", "no strike"} <= {text.get_text() for text in axes.texts}
    assert list(rectangles.to_frame()["share"]) == sorted(rectangles.shares.values(), reverse=True)


@pytest.mark.parametrize(
    ("axes", "said"),
    [
        ({"war": [0, 1]}, "two parameters"),
        ({"war": [0, 1], "prize": [3]}, "one value"),
        ({"war": [0, 1], "wra": [3, 4]}, "Did you mean 'war'"),
        ({"war": [0, 1], "prize": [3, 40]}, "outside its range"),
    ],
)
def test_wrong_axes_are_refused_with_a_sentence(axes, said):
    with pytest.raises(ParameterError, match=said):
        regions(STRIKE, **axes)


def test_unknown_classes_and_points_outside_are_refused(rectangles):
    with pytest.raises(UnknownNameError, match="no equilibrium class"):
        rectangles.area("peace")
    with pytest.raises(ParameterError, match="outside the rectangle"):
        rectangles.at(30, 0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("game", "axes"),
    [
        (NOISY, {"punishment": [0, 20], "detection": [0, 1]}),
        (NOISY.at(opportunity=0.6), {"false_alarm": [0, 0.5], "error": [0, 10]}),
        (UNILATERAL, {"defender_credibility": [0, 1], "challenger_soft_conflict": [-3, -0.1]}),
    ],
)
def test_a_cell_tells_as_many_classes_as_an_exact_solution(game, axes):
    answer, rng = regions(game, **axes), np.random.default_rng(3)
    for _ in range(40):
        point = {name: rng.uniform(*ends) for name, ends in axes.items()}
        try:
            solution = dt.solve(game.at(point))
        except ParameterError:
            continue
        assert len(answer.at(*point.values())) == len({equilibrium.path_pattern for equilibrium in solution})
