"""Best responses of two players with two strategies each, and the equilibria where they meet."""

from fractions import Fraction

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import deterrence as dt
from deterrence.answers.best_responses import BestResponses
from deterrence.errors import MethodError, ValueKindError

TWO = [["stag", "hare"], ["stag", "hare"]]
STAG_HUNT = dt.bimatrix([[2, 0], [1, 1]], [[2, 1], [0, 1]], actions=TWO, name="stag hunt")
TABLES = st.lists(st.integers(-2, 2), min_size=4, max_size=4).map(lambda row: [row[:2], row[2:]])


@dt.game("A", "B", "C")
def trio():
    """Let one of three choose."""
    return dt.move("A", l=dt.end("left", 1, 2, 3), r=dt.end("right", 3, 2, 1))


def texts(ax):
    return [text.get_text() for text in ax.texts]


def at(solution, k):
    return [equilibrium.behaviour[k][0] for equilibrium in solution]


def test_the_stag_hunt_has_two_pure_equilibria_and_a_mixture():
    """Fudenberg and Tirole (1991), *Game theory*, section 1.2.4: with 2, 1, 0 each hunts the stag half of the time."""
    met = BestResponses.of(STAG_HUNT).equilibria
    half = Fraction(1, 2)
    assert {(m.x[0], m.y[0]) for m in met if m.is_point} == {(0, 0), (half, half), (1, 1)}
    assert {m.name for m in met} == {"stag, stag", "hare, hare", "mixed: 0.5, 0.5"}


@settings(max_examples=60, deadline=None)
@given(TABLES, TABLES)
def test_the_lines_meet_where_the_solver_finds_equilibria(A, B):
    game = dt.bimatrix(A, B)
    solution, met = dt.solve(game, dt.Nash()), BestResponses.of(game).equilibria
    spans = {
        (min(xs), max(xs), min(ys), max(ys))
        for component in solution.components
        for xs in [[row[0] for row in component.xs]]
        for ys in [[row[0] for row in component.ys]]
    } or {(x, x, y, y) for x, y in zip(at(solution, 0), at(solution, 1), strict=True)}
    assert {(*m.x, *m.y) for m in met} == spans


@settings(max_examples=60, deadline=None)
@given(TABLES, TABLES)
def test_a_best_response_leaves_no_gain(A, B):
    """Second opinion: payoffs by NumPy along the corners of both lines."""
    lines = BestResponses.of(dt.bimatrix(A, B)).lines
    for table, line in ((np.array(A), lines[0]), (np.array(B).T, lines[1])):
        for own, other in line:
            pay = table @ [float(other), 1 - float(other)]
            assert pay @ [float(own), 1 - float(own)] == pytest.approx(pay.max())
        assert line or np.ptp(table, axis=0).max() == 0


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(A=TABLES, B=TABLES)
def test_every_point_and_line_is_named_beside_it_and_no_two_names_meet(overlaps, A, B):
    ax = dt.plot_best_responses(dt.bimatrix(A, B))
    assert "not named" not in ax.get_title()
    assert overlaps(ax) == []
    assert sum("best" in text for text in texts(ax)) == 2
    plt.close(ax.figure)


def test_names_of_the_literature_stand_at_the_dots():
    ax = dt.models.load("snyder1977/hero").figure()
    assert {"Row prevails", "Column prevails", "mixed"} <= set(texts(ax))


def test_a_parameter_s_present_value_is_drawn():
    strike = dt.models.load("strike").game
    tie = {punishment: dt.plot_best_responses(strike.at(punishment=punishment)).get_yticks() for punishment in (8, 9)}
    # Striking pays if Defender restrains more often than (punishment - prize)/punishment, with a prize of 4.
    assert tie[8][1] == pytest.approx(1 / 2)
    assert tie[9][1] == pytest.approx(5 / 9)


def test_a_strategic_form_draws_itself_on_the_axes_given():
    ax = dt.plot_best_responses(STAG_HUNT)
    other = STAG_HUNT.strategic_form().plot(ax=ax)
    assert other is ax
    assert len(texts(ax)) == 10


@pytest.mark.parametrize(
    ("game", "error", "says"),
    [
        (dt.bimatrix([[1, 2, 3]] * 2, [[1, 2, 3]] * 2), MethodError, "'Row' has 2 and 'Column' has 3"),
        (trio, MethodError, "for two players; 'trio' has 3"),
        (dt.models.load("green1984/repeated_deterrence").game, MethodError, "is a continuous"),
        (dt.models.load("fang1993/elmira").game, MethodError, "ranks states and has no payoffs"),
        (None, ValueKindError, "Expected a Game; got None"),
        ("strike", ValueKindError, "dt.models.load('strike').game"),
    ],
)
def test_other_kinds_of_games_are_refused(game, error, says):
    with pytest.raises(error, match=says.replace("(", r"\(").replace(")", r"\)")):
        dt.plot_best_responses(game)
