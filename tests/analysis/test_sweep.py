"""Sweeps equal solving at every point, on boundaries too, and refuse what makes no sense."""

import itertools
from fractions import Fraction

import numpy as np
import pytest

import deterrence as dt
from deterrence import end, matrix, move, param
from deterrence.answers.measure import Measure
from deterrence.errors import NumberError, ParameterError, UnknownNameError
from tests.sample_games import alarm_only, attribution, crisis, spoilers, strike, unilateral

TENTHS = [Fraction(k, 10) for k in range(11)]
QUARTERS = [Fraction(k, 4) for k in range(5)]


def pointwise(game, measures, axes, method=None):
    """Return low, high, count and masked by solving at each point alone."""
    shape = [len(values) for values in axes.values()]
    low, high = (np.full((len(measures), *shape), np.nan) for _ in range(2))
    count, masked = np.zeros(shape, dtype=int), np.zeros(shape, dtype=bool)
    for place in np.ndindex(*shape):
        values = {name: some[i] for (name, some), i in zip(axes.items(), place, strict=True)}
        try:
            here = game.at(values)
        except ParameterError:
            masked[place] = True
            continue
        solution = dt.solve(here, method)
        assert solution.complete
        count[place] = len({each.path_pattern for each in solution})
        for k, measure in enumerate(measures):
            numbers = [float(measure(one)) for each in solution for one in (each, *each.extremes)]
            low[k][place], high[k][place] = min(numbers), max(numbers)
    return low, high, count, masked


def check(game, measures, axes, method=None, counted=True):
    sweep = dt.sweep(game, *measures, method=method, **axes)
    low, high, count, masked = pointwise(game, measures, axes, method)
    np.testing.assert_array_equal(sweep.data["masked"], masked)
    np.testing.assert_allclose(sweep.data["low"], low, atol=1e-12)
    np.testing.assert_allclose(sweep.data["high"], high, atol=1e-12)
    if counted:
        np.testing.assert_array_equal(sweep.data["count"], count)
    assert sweep.complete, sweep.status
    return sweep


# -- against solving at each point ---------------------------------------------------------------------------


def test_one_axis_with_a_tie_on_it():
    """At war = loss = 6 the Defender is indifferent: both a fait accompli and deterrence are there."""
    measures = [dt.probability("fait accompli"), dt.payoff("Defender")]
    sweep = check(strike, measures, {"war": [-5, 0, 5.9, 6, 6.1, 20]})
    assert sweep.data["low"][0].values.tolist() == [0, 0, 0, 0, 1, 1]
    assert sweep.data["high"][0].values.tolist() == [0, 0, 0, 1, 1, 1]
    # At the tie: deterred, struck and given way, struck while the Defender mixes, and both mixing.
    assert sweep.data["count"].values.tolist() == [1, 1, 1, 4, 1, 1]


def test_two_axes_with_ties_on_the_diagonal():
    measures = [dt.probability(name) for name in strike.outcomes]
    sweep = check(strike, measures, {"prize": range(0, 21, 4), "punishment": range(0, 21, 4)})
    assert sweep.data["low"].shape == (3, 6, 6)


def test_an_axis_over_the_threshold_of_noisy_attribution():
    """b = c(alpha - f) at alpha = .35, where the deterrent class ends."""
    measures = [dt.probability("strike", by="Attacker"), dt.probability("retaliate"), dt.payoff("Defender")]
    check(alarm_only, measures, {"detection": [0.15, 0.2, 0.349, 0.351, 0.5, 0.9, 1]})


def test_attribution_from_nothing_to_certainty():
    measures = [dt.probability("retaliation"), dt.payoff("Attacker"), dt.probability("error")]
    check(attribution, measures, {"detection": TENTHS[::2], "false_alarm": TENTHS[::2]}, counted=False)
    check(attribution, measures, {"detection": TENTHS[1:-1:2], "false_alarm": TENTHS[1:-1:2]})


def test_credibilities_from_nothing_to_certainty():
    """At p = 0, 1 and q = 0, 1 types never or surely are; what a type that never is would do sets classes apart."""
    measures = [dt.probability("conflict"), dt.probability("status quo"), dt.payoff("Challenger")]
    check(unilateral, measures, {"p": [*QUARTERS, 0.1], "q": [0, 0.25, 0.51, 0.6, 1, 0.3]}, counted=False)
    check(unilateral, measures, {"p": [0.1, 0.25, 0.5], "q": [0.25, 0.51, 0.6, 0.3]})


def test_trust_from_nothing_to_certainty():
    measures = [dt.probability("attempt"), dt.probability("deal after quiet")]
    check(spoilers, measures, {"trust": [0, 0.1, 0.19, 0.21, 0.3, 0.49, 0.51, 0.7, 0.79, 0.81, 0.9, 1]})


EDGES = {
    "the end of deterrence": (alarm_only, "detection", 0.35, dt.probability("strike", by="Attacker")),
    "the end of the bluff": (unilateral, "q", 0.5, dt.probability("challenge")),
    "trust that just suffices": (spoilers, "trust", 0.5, dt.probability("attempt")),
}


@pytest.mark.parametrize(("game", "name", "value", "measure"), EDGES.values(), ids=EDGES)
def test_on_a_knife_edge_the_answer_does_not_depend_on_the_other_points(game, name, value, measure):
    """Where two classes meet, whatever else is on the grid."""
    answers = set()
    for others in ([], [0.2], [0.9], [0.2, 0.9], [value - 0.01], [value + 0.01]):
        sweep = dt.sweep(game, measure, **{name: [value, *others]})
        answers.add(tuple(float(sweep.data[which][..., 0].values.max()) for which in ("low", "high", "count")))
    assert len(answers) == 1, answers


@pytest.mark.parametrize(("game", "name", "value", "measure"), EDGES.values(), ids=EDGES)
def test_on_a_knife_edge_the_range_lies_within_the_exact_one_and_the_status_says_so(game, name, value, measure):
    axes = {name: [value, 0.9]}
    sweep = dt.sweep(game, measure, **axes)
    low, high, _, _ = pointwise(game, [measure], axes)
    assert (sweep.data["low"].values >= low - 1e-12).all()
    assert (sweep.data["high"].values <= high + 1e-12).all()
    exact = np.allclose(sweep.data["low"], low) and np.allclose(sweep.data["high"], high)
    assert exact or "boundary" in sweep.status


def test_a_simultaneous_game():
    chicken = crisis("TRSP", "TRSP")
    measures = [dt.probability("D, D"), dt.payoff("Row")]
    sweep = check(chicken, measures, {"P1": [-10, -1, 0, 1, 1.5], "P2": [0, 1]})
    assert (sweep.data["count"] == 3).all()


def test_another_concept_is_asked_where_it_is_named():
    measures = [dt.probability("status quo")]
    sweep = check(strike, measures, {"war": [3, 8]}, dt.Nash())
    assert sweep.data["high"][0].values.tolist() == [1, 1]
    assert sweep.data["low"][0].values.tolist() == [1, 0]


def test_the_curve_of_deterrence_has_the_published_form():
    """Model 15: the strike probability is f w/(f w + alpha v), as a function of alpha."""
    values = np.linspace(0.4, 1, 61)
    sweep = dt.sweep(alarm_only, dt.probability("strike", by="Attacker"), detection=values)
    np.testing.assert_allclose(sweep.data["low"][0], 0.1 / (0.1 + values))
    np.testing.assert_allclose(sweep.data["high"][0], 0.1 / (0.1 + values))


def test_a_fine_map_agrees_with_the_regions_of_the_published_table():
    """Model 03b without deterrence: separating, attack and bluff partition what lies below c1."""
    p = q = [Fraction(k, 200) for k in range(1, 200, 2)]
    sweep = dt.sweep(unilateral, dt.probability("challenge", by="Challenger"), p=p, q=q)
    first, second, doubt = Fraction(5, 9), Fraction(1, 2), Fraction(3, 7)
    for i, j in itertools.product(range(0, 100, 7), range(0, 100, 7)):
        if q[j] > first:
            expected = 0
        elif q[j] > second:
            expected = p[i]
        else:
            expected = 1 if p[i] > doubt else p[i] + p[i] * (1 - doubt) / doubt
        assert float(sweep.data["high"][0, i, j]) == pytest.approx(float(expected))
        assert float(sweep.data["low"][0, i, j]) == 0


# -- what the data hold ------------------------------------------------------------------------------------------


def test_the_data_are_labelled():
    data = dt.sweep(strike, "war", dt.payoff("Defender"), war=[3, 8], prize=[4, 5, 12]).data
    assert dict(data.sizes) == {"measure": 2, "war": 2, "prize": 3, "class": data.sizes["class"]}
    assert list(data["measure"].values) == ["probability of 'war'", "payoff of Defender"]
    assert set(data.data_vars) >= {"low", "high", "count", "exists", "value", "masked"}
    assert float(data["low"].sel(measure="probability of 'war'", war=3, prize=12)) == 1
    assert data["exists"].dims == ("class", "war", "prize")
    assert data["value"].dims == ("measure", "class", "war", "prize")


def test_low_and_high_are_those_of_the_classes_that_exist():
    data = dt.sweep(unilateral, "conflict", q=TENTHS).data
    value = data["value"].where(data["exists"])
    np.testing.assert_allclose(value.min("class"), data["low"])
    np.testing.assert_allclose(value.max("class"), data["high"])
    np.testing.assert_array_equal(data["exists"].sum("class"), data["count"])


def test_a_reversed_axis_reverses_the_answer():
    measures = [dt.probability("fait accompli"), dt.payoff("Challenger")]
    values = [0, 3, 6, 7, 20]
    up, down = (dt.sweep(strike, *measures, war=some).data for some in (values, values[::-1]))
    assert down["war"].values.tolist() == values[::-1]
    np.testing.assert_array_equal(up["low"], down["low"][:, ::-1])
    np.testing.assert_array_equal(up["high"], down["high"][:, ::-1])


def test_axes_in_another_order_turn_the_answer():
    one = dt.sweep(unilateral, "conflict", p=QUARTERS, q=[0.3, 0.6]).data["high"]
    other = dt.sweep(unilateral, "conflict", q=[0.3, 0.6], p=QUARTERS).data["high"]
    np.testing.assert_allclose(one.transpose("measure", "q", "p"), other)


def test_without_measures_every_outcome_is_asked():
    data = dt.sweep(strike, war=[3]).data
    assert list(data["measure"].values) == [f"probability of {name!r}" for name in strike.outcomes]


def test_a_callable_is_a_measure():
    def expected_harm(equilibrium):
        return 6 * equilibrium.probability("fait accompli") + 3 * equilibrium.probability("war")

    sweep = check(strike, [expected_harm, dt.payoff("Defender")], {"war": [3, 6, 8], "prize": [4, 9, 12]})
    assert list(sweep.data["measure"].values) == ["expected_harm", "payoff of Defender"]


def test_a_callable_agrees_with_the_measure_it_copies():
    axes = {"p": QUARTERS, "q": [0.1, 0.5, 0.6]}
    named = dt.sweep(unilateral, dt.probability("conflict"), **axes).data
    copied = dt.sweep(unilateral, lambda equilibrium: equilibrium.outcomes["conflict"], **axes).data
    np.testing.assert_allclose(named["low"], copied["low"], atol=1e-12)
    np.testing.assert_allclose(named["high"], copied["high"], atol=1e-12)


def test_assumptions_mask_the_points_that_break_them():
    """peace = .5 must stay below gain, and hard_war = .1 below peace."""
    sweep = check(unilateral, [dt.probability("conflict")], {"gain": [0, 0.5, 0.6, 1], "peace": [0.05, 0.1, 0.5]})
    assert sweep.data["masked"].values[:, 2].tolist() == [True, True, False, False]
    assert sweep.data["masked"].values[:, 0].tolist() == [True] * 4
    assert np.isnan(sweep.data["low"].values[0][sweep.data["masked"].values]).all()
    assert "points the game's assumptions fail; they are left out." in str(sweep)


def test_a_grid_outside_the_assumptions_is_defined_nowhere():
    sweep = dt.sweep(unilateral, "conflict", gain=[0, 0.1])
    assert sweep.data["masked"].values.all()
    assert "is defined nowhere on the grid" in str(sweep)


def test_a_sweep_reads_as_sentences():
    text = str(dt.sweep(strike, "war", war=[3, 7, 8]))
    assert text.startswith("Sweep of 'strike' over war (3 values): every class confirmed.")
    assert "Several classes of equilibrium exist at 0 of 3 points." in text
    tied = str(dt.sweep(strike, "war", war=[3, 6, 8]))
    assert "Several classes of equilibrium exist at 1 of 3 points." in tied


def test_sentences_fit_one_point_and_names_with_an_article():
    question = Measure("the United States gives in", "payoff", "Defender")
    text = str(dt.sweep(strike, question, lambda equilibrium: 1, war=[3]))
    assert text.startswith(
        "Sweep of 'strike' over war (1 value): every class confirmed.\nThe United States gives in runs"
    )
    assert "\n<lambda> runs from 1 to 1." in text
    assert "exist at 0 of 1 point." in text
    masked = str(dt.sweep(unilateral, "conflict", gain=[0.1, 0.9]))
    assert "At 1 point the game's assumptions fail; it is left out." in masked


def test_classes_have_different_names():
    names = dt.sweep(unilateral, "conflict", p=QUARTERS, q=[0, 0.51, 0.6, 1]).data["class"].values.tolist()
    assert len(set(names)) == len(names)


def test_a_condition_near_its_boundary_is_decided_exactly():
    """peace must stay below gain: one part in 10^15 decides."""
    gain = [Fraction(1, 2), Fraction(1, 2) + Fraction(1, 10**15), Fraction(1, 2) + Fraction(1, 10)]
    data = dt.sweep(unilateral, "conflict", gain=gain, peace=[Fraction(1, 2), Fraction(1, 4)]).data
    assert data["masked"].values.tolist() == [[True, False], [False, False], [False, False]]


def test_the_frame_has_one_row_a_point_and_measure():
    frame = dt.sweep(strike, "war", "status quo", war=[3, 6, 8]).to_frame()
    assert len(frame) == 6
    assert {"measure", "war", "low", "high", "count"} <= set(frame.columns)


def test_progress_rises_to_one_or_stays_below():
    told = []
    dt.sweep(unilateral, "conflict", progress=told.append, p=TENTHS)
    assert told
    assert all(0 <= share <= 1 for share in told)


def test_values_may_be_arrays_ranges_and_generators():
    one = dt.sweep(strike, "war", war=np.array([1.0, 2.0]))
    assert one.axes == dt.sweep(strike, "war", war=range(1, 3)).axes
    assert one.axes == dt.sweep(strike, "war", war=(x for x in (1, 2))).axes


def test_payoffs_that_switch_are_swept_too():
    """By hand: take where Max(x - 1, 0) > 1/2; both at x = 3/2."""
    import sympy as sp

    @dt.game("A")
    def game(x=param(2, "x", low=0, high=3)):
        return move("A", take=end("taken", sp.Max(x - 1, 0)), leave=end("left", Fraction(1, 2)))

    data = dt.sweep(game, "taken", x=[0, 0.5, 1, 1.4, 1.5, 1.6, 3]).data
    assert data["low"][0].values.tolist() == [0, 0, 0, 0, 0, 1, 1]
    assert data["high"][0].values.tolist() == [0, 0, 0, 0, 1, 1, 1]


# -- what is refused --------------------------------------------------------------------------------------------------

REFUSED = {
    "no axis": ({}, ParameterError, "needs at least one parameter with values"),
    "unknown": ({"wra": [1]}, ParameterError, "has no parameter 'wra'.*Did you mean 'war'"),
    "twice": ({"war": [1, 2, 1.0]}, ParameterError, "The axis 'war' contains duplicate values."),
    "out of range": ({"war": [1, 30]}, ParameterError, r"was given 30, outside its range \[-5, 20\]"),
    "none": ({"war": []}, ParameterError, "The axis 'war' has no values"),
    "a number": ({"war": 3}, ParameterError, "The axis 'war' needs a list of numbers"),
    "words": ({"war": ["a"]}, ParameterError, "The axis 'war' needs a list of numbers"),
    "truth values": ({"war": [True]}, ParameterError, "The axis 'war' needs a list of numbers"),
    "nan": ({"war": [float("nan")]}, NumberError, "The value of 'war' is nan"),
    "nan in an array": ({"war": np.array([1, np.nan])}, NumberError, "The value of 'war' is nan"),
    "infinite": ({"war": np.array([1, np.inf])}, NumberError, "The value of 'war' is inf"),
    "a table": ({"war": np.ones((2, 2))}, ParameterError, "The axis 'war' needs a list of numbers"),
    "an array's equal values": ({"war": np.zeros(3)}, ParameterError, "The axis 'war' contains duplicate values."),
    "below the range": ({"war": np.array([-6.0, 1])}, ParameterError, r"was given -6, outside its range \[-5, 20\]"),
}


@pytest.mark.parametrize(("axes", "kind", "sentence"), REFUSED.values(), ids=REFUSED)
def test_wrong_axes_are_refused(axes, kind, sentence):
    with pytest.raises(kind, match=sentence):
        dt.sweep(strike, "war", **axes)


def test_an_unknown_measure_is_refused_before_anything_is_solved():
    with pytest.raises(UnknownNameError, match="no outcome or action called 'peace'"):
        dt.sweep(strike, "peace", war=[1])


# -- what is easily overlooked -------------------------------------------------------------------------------------------


def window():
    """Meeting at (u, l) is always an equilibrium; (d, r) is one only while 1 <= x <= 1.001."""

    @dt.game("A", "B")
    def window(x=param(3, "x", low=0, high=10)):
        cells = {("u", "l"): (19, 19), ("u", "r"): (x, 1), ("d", "l"): (0, 1), ("d", "r"): (Fraction(1001, 1000), x)}
        return matrix(cells)

    return window


def test_a_class_in_a_narrow_window_that_another_one_hides_is_found():
    values = sorted({*(Fraction(k, 4) for k in range(41)), Fraction(10005, 10000)})
    swept = dt.sweep(window(), "d, r", x=values)
    there = [values[k] for k in np.flatnonzero(swept.data.high.values.ravel() == 1)]
    assert there == [1, Fraction(10005, 10000)]
    assert swept.complete


def test_a_threshold_finds_both_ends_of_a_narrow_window():
    found = dt.threshold(window(), "x", "d, r")
    assert [boundary.value for boundary in found.boundaries] == [1, Fraction(1001, 1000)]
    assert found.complete


def test_what_exists_at_a_tie_alone_is_found_on_a_long_grid():
    """At x = 2 A is indifferent between its actions, and only then may it mix or take either."""

    @dt.game("A", "B")
    def tied(x=param(1, "x", low=0, high=4)):
        cells = {("u", "l"): (x, 1), ("u", "r"): (0, 0), ("d", "l"): (2, 1), ("d", "r"): (0, 0)}
        return matrix(cells)

    values = [Fraction(k, 10) for k in range(41)]
    swept = dt.sweep(tied, "u, l", x=values)
    spans = np.stack([swept.data.low.values.ravel(), swept.data.high.values.ravel()], axis=1)
    assert spans[values.index(2)].tolist() == [0, 1]
    assert all(low == high for low, high in np.delete(spans, values.index(2), axis=0))
