"""Learning and adaptation: where they must end is known, and their courses keep their labels."""

import pickle

import numpy as np
import pytest

import deterrence as dt
from deterrence.errors import DeterrenceError
from deterrence.models.folklore.strike import strike
from tests.sample_games import hidden_game

PENNIES = dt.bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]], name="pennies")
HAWKS = dt.bimatrix(
    [[-1, 2], [0, 1]], [[-1, 0], [2, 1]], players=["A", "B"], actions=[["hawk", "dove"]] * 2, name="hawk-dove"
)


def test_fictitious_play_of_a_zero_sum_game_tends_to_its_value():
    """Robinson (1951): the frequencies tend to optimal strategies, here one half each."""
    found = dt.fictitious_play(PENNIES, 5000)
    assert found.last["Row"]["row 1"] == pytest.approx(0.5, abs=0.03)
    assert found.regret < 0.05


def test_fictitious_play_of_shapleys_game_does_not_settle():
    """Shapley (1964): in this game the frequencies cycle, away from the equilibrium at one third each."""
    shapley = dt.bimatrix([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [[0, 1, 0], [0, 0, 1], [1, 0, 0]])
    found = dt.fictitious_play(shapley, 20_000, start={"Row": "row 1", "Column": "column 2"})
    late = found.shares[0][10_000:, 0]
    assert late.max() - late.min() > 0.1


def test_a_first_belief_is_answered_in_the_first_round():
    found = dt.fictitious_play(HAWKS, 1, start={"A": "dove", "B": "dove"})
    assert found.times.tolist() == [1]
    assert found.last == {"A": {"hawk": 0.5, "dove": 0.5}, "B": {"hawk": 0.5, "dove": 0.5}}


def test_learning_draws_from_the_generator_given_and_leaves_numpys_state_alone():
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    runs = [dt.fictitious_play(PENNIES, 50, rng=np.random.default_rng(seed)).shares[0] for seed in (1, 1, 2)]
    assert np.array_equal(runs[0], runs[1])
    assert not np.array_equal(runs[0], runs[2])
    assert np.array_equal(np.random.get_state()[1], before)  # noqa: NPY002


def test_replicator_dynamics_follow_their_equation():
    """One step of the equation by hand: hawk leads dove by 1 - 2y against hawks in a share y."""
    for other, rate in ((0.5, 0.0), (0.3, 0.6 * 0.4 * (2 * 0.7 - 0.3 - 0.7))):
        found = dt.replicator_dynamics(
            HAWKS, 1e-4, points=2, start={"A": [0.6, 0.4], "B": {"hawk": other, "dove": 1 - other}}
        )
        slope = (found.shares[0][1, 0] - found.shares[0][0, 0]) / 1e-4
        assert slope == pytest.approx(rate, abs=1e-3)


def test_the_larger_hawkish_population_takes_all():
    found = dt.replicator_dynamics(HAWKS, start={"A": [0.6, 0.4], "B": [1, 1]})
    assert found.last["A"]["hawk"] == pytest.approx(1, abs=1e-4)
    assert found.last["B"]["hawk"] == pytest.approx(0, abs=1e-4)
    assert found.regret == pytest.approx(0, abs=1e-3)


def test_equal_shares_of_a_symmetric_game_rest():
    found = dt.replicator_dynamics(HAWKS, 5)
    assert found.shares[0] == pytest.approx(np.full((1001, 2), 0.5))


@pytest.mark.parametrize("found", [dt.fictitious_play(strike, 30), dt.replicator_dynamics(hidden_game(3), 3)], ids=repr)
def test_a_course_is_a_labelled_value(found):
    form = found.game.strategic_form()
    data, frame = found.data, found.to_frame()
    for player, names in form.strategies.items():
        assert data[player].coords[f"strategy of {player}"].values.tolist() == list(names)
        assert list(frame[player].columns) == list(names)
        assert np.allclose(data[player].sum(f"strategy of {player}"), 1)
    with pytest.raises(ValueError, match="read-only"):
        found.shares[0][0, 0] = 2
    again = pickle.loads(pickle.dumps(found))
    assert np.array_equal(again.shares[1], found.shares[1])
    assert str(again) == str(found)
    assert found.game.players[1] in str(found)


@pytest.mark.parametrize("found", [dt.fictitious_play(PENNIES, 5000), dt.fictitious_play(hidden_game(5), 60)], ids=repr)
def test_a_course_is_drawn_with_a_name_for_each_line_that_matters(found):
    ax = found.plot()
    lines = [line for line in ax.lines if len(line.get_xdata()) > 3]
    assert len(lines) == sum(len(names) for names in found.strategies)
    assert all(len(line.get_xdata()) <= 2000 for line in lines)
    texts = [" ".join(text.get_text().split()) for text in ax.texts]
    first = max(found.last["Row" if "Row" in found.last else "A"].items(), key=lambda pair: pair[1])[0]
    assert any(first[:20] in text for text in texts)
    assert ax.get_xlabel() == "round"
    assert found.plot(ax) is ax


WRONG = [
    (lambda: dt.fictitious_play(HAWKS, 0), "number of rounds is from 1 to 1,000,000, not 0"),
    (lambda: dt.fictitious_play(HAWKS, 10**12), "number of rounds"),
    (lambda: dt.fictitious_play(HAWKS, 2.5), "number of rounds"),
    (lambda: dt.fictitious_play(HAWKS, 5, start={"C": "hawk"}), "no player called 'C'"),
    (lambda: dt.fictitious_play(HAWKS, 5, start={"A": "hauk"}), "Did you mean 'hawk'"),
    (lambda: dt.fictitious_play("strike"), "Only a game"),
    (lambda: dt.replicator_dynamics(HAWKS, 0), "duration is a number above zero"),
    (lambda: dt.replicator_dynamics(HAWKS, float("nan")), "duration is a number above zero"),
    (lambda: dt.replicator_dynamics(HAWKS, points=1), "number of points is from 2"),
    (lambda: dt.replicator_dynamics(HAWKS, start={"A": [1, -1]}), "none below zero"),
    (lambda: dt.replicator_dynamics(HAWKS, start={"A": [1]}), "are 2 numbers"),
    (lambda: dt.replicator_dynamics(HAWKS, start={"A": ["x", 1]}), "are 2 numbers"),
    (lambda: dt.replicator_dynamics(HAWKS, start={"A": {"hawk": 0}}), "some above"),
    (lambda: dt.replicator_dynamics(HAWKS, start={"A": {"hauk": 1}}), "Did you mean 'hawk'"),
    (lambda: dt.replicator_dynamics(dt.Game(("A",), dt.end("x", 1))), "games of two players"),
]


@pytest.mark.parametrize(("wrong", "says"), WRONG, ids=range(len(WRONG)))
def test_wrong_questions_are_refused(wrong, says):
    with pytest.raises(DeterrenceError, match=says):
        wrong()
