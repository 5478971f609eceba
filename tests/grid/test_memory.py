"""What is remembered between questions is bounded, is shared by threads, and changes no answer."""

import concurrent.futures
import gc
import subprocess
import sys

import numpy as np
import pytest

import deterrence as dt
from deterrence.games.remembered import Remembered
from deterrence.grid.measured import MOST_KEPT
from deterrence.grid.pointwise import SOLVED
from deterrence.solvers.supports.closed_form import PARAMETRIC, Parametric

DENIABLE = dt.models.load("strike").game.under(dt.Deniability("strike", "retaliate"))


def asked(prize):
    return dt.sweep(DENIABLE.at(prize=prize), "strike", attribution=[0.2, 0.5, 0.8])


def test_at_most_so_many_answers_are_remembered_and_the_one_longest_unasked_for_goes_first():
    remembered, made = Remembered(2), []

    def ask(question):
        return remembered.of(question, lambda: made.append(question) or question.upper())

    assert [ask(question) for question in ("a", "b", "a", "c", "a", "b")] == ["A", "B", "A", "C", "A", "B"]
    assert made == ["a", "b", "c", "b"]
    assert len(remembered) == 2


def test_an_answer_that_fails_is_not_remembered():
    remembered = Remembered(2)
    with pytest.raises(ZeroDivisionError):
        remembered.of("a", lambda: 1 / 0)
    assert remembered.of("a", lambda: 1) == 1


def test_an_answer_may_ask_for_another_one():
    remembered = Remembered(2)
    assert remembered.of("a", lambda: remembered.of("b", lambda: 1) + 1) == 2


def test_threads_that_ask_at_once_get_the_same_answer():
    remembered = Remembered(4)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda k: remembered.of(k % 8, lambda: [k % 8]), range(4000)))
    assert answers == [[k % 8] for k in range(4000)]
    assert len(remembered) == 4


def test_many_sweeps_of_one_game_keep_no_more_than_the_caches_hold():
    asked(1)
    kept_with_the_tree = set(vars(DENIABLE.form))
    for k in range(MOST_KEPT + PARAMETRIC.most + 20):
        asked(1 + k / 1000)
    gc.collect()
    alive = sum(isinstance(thing, Parametric) for thing in gc.get_objects())
    assert alive <= MOST_KEPT + PARAMETRIC.most + 10  # some that other tests hold
    assert len(SOLVED) <= SOLVED.most
    assert len(PARAMETRIC) <= PARAMETRIC.most
    assert set(vars(DENIABLE.form)) == kept_with_the_tree


def test_answers_are_the_same_when_nothing_is_remembered(monkeypatch):
    before = asked(4)
    for cache in (SOLVED, PARAMETRIC):
        monkeypatch.setattr(cache, "most", 0)
    after = asked(4)
    assert before.data.identical(after.data)
    assert before.status == after.status


def test_threads_that_sweep_one_game_at_once_give_what_one_gives(monkeypatch):
    prizes = [2 + k / 4 for k in range(8)]
    alone = [asked(prize) for prize in prizes]
    monkeypatch.setattr(SOLVED, "most", 8)
    monkeypatch.setattr(PARAMETRIC, "most", 2)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        together = list(pool.map(asked, prizes * 2))
    for one, other in zip(alone * 2, together, strict=True):
        np.testing.assert_array_equal(one.data["low"], other.data["low"])
        np.testing.assert_array_equal(one.data["count"], other.data["count"])


def test_what_is_remembered_with_one_measure_does_not_answer_for_another():
    for measure in ("strike", dt.payoff("Defender"), "strike"):
        swept = dt.sweep(DENIABLE, measure, attribution=[0.2, 0.5, 0.8]).data
        for k, attribution in enumerate((0.2, 0.5, 0.8)):
            question = dt.probability(measure) if measure == "strike" else measure
            numbers = [float(question(e)) for e in dt.solve(DENIABLE.at(attribution=attribution))]
            assert float(swept["low"][0, k]) == pytest.approx(min(numbers))
            assert float(swept["high"][0, k]) == pytest.approx(max(numbers))


@pytest.mark.slow
def test_a_thousand_sweeps_of_one_game_take_less_than_ten_megabytes():
    script = """
import resource
from tests.grid.test_memory import asked
for k in range(5):
    asked(1 + k / 1000)
start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for k in range(1000):
    asked(1 + k / 1000)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start) / 1024)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 10
