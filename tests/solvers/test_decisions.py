"""Whether polynomial conditions have a point in common: by the decision procedure, and by subdivision without it."""

import multiprocessing
import os
import random
import signal
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from fractions import Fraction
from math import prod

import pytest

from deterrence.solvers.algebra import boxes, decisions
from deterrence.solvers.algebra.minimum import Minimum


def value(terms, point):
    return sum(
        c * prod(Fraction(x) ** power for x, power in zip(point, powers, strict=True)) for powers, c in terms.items()
    )


def holds(conditions, point):
    return all(value(terms, point) > 0 if strict else value(terms, point) >= 0 for terms, strict in conditions)


def random_polynomial(rng, size, degree=3, terms=5):
    total = {}
    for _ in range(terms):
        powers = [0] * size
        for _ in range(rng.randint(0, degree)):
            powers[rng.randrange(size)] += 1
        total[tuple(powers)] = total.get(tuple(powers), 0) + Fraction(rng.randint(-9, 9), rng.randint(1, 5))
    return {powers: c for powers, c in total.items() if c}


def product(p, q):
    total = {}
    for m, c in p.items():
        for n, d in q.items():
            key = tuple(a + b for a, b in zip(m, n, strict=True))
            total[key] = total.get(key, 0) + c * d
    return total


def minus(*polynomials):
    total = {}
    for p in polynomials:
        for m, c in p.items():
            total[m] = total.get(m, 0) - c
    return total


def planted(seed):
    """Return random conditions that hold at a random point of the unit box, at which one of them may be zero."""
    rng = random.Random(seed)
    size = rng.randint(2, 4)
    point = [Fraction(rng.randint(0, 12), 12) for _ in range(size)]
    conditions = []
    for _ in range(rng.randint(2, 6)):
        p = random_polynomial(rng, size)
        at = value(p, point)
        p = minus(p) if at < 0 else p
        conditions.append((p, at != 0))
    if rng.random() < 0.5:  # lowered so far that it is zero there
        p = random_polynomial(rng, size)
        zero = (0,) * size
        conditions.append(({**p, zero: p.get(zero, 0) - value(p, point)}, False))
    return size, conditions


def empty(seed):
    """Return random conditions of which two contradict one another: p > 0 and p <= -q**2."""
    rng = random.Random(seed)
    size = rng.randint(2, 4)
    p, q = random_polynomial(rng, size, degree=2), random_polynomial(rng, size, degree=1, terms=3)
    others = [(random_polynomial(rng, size), False) for _ in range(rng.randint(0, 2))]
    return size, [(p, True), (minus(p, product(q, q)), False), *others]


def spelt(powers):
    return tuple(v for v, power in enumerate(powers) for _ in range(power))


def as_rows(conditions):
    return [({spelt(powers): c for powers, c in terms.items()}, strict) for terms, strict in conditions]


def without_procedure(monkeypatch):
    monkeypatch.setattr(decisions, "available", lambda: False)


@pytest.mark.parametrize("seed", range(40))
def test_conditions_with_a_known_point_have_one_and_it_satisfies_them(seed):
    size, conditions = planted(seed)
    decision = decisions.decide(conditions, [0] * size, [1] * size)
    assert decision.verdict is True
    if decision.exact:
        assert holds(conditions, decision.point)
        assert all(0 <= x <= 1 for x in decision.point)
    else:
        assert all(value(terms, decision.point) > -Fraction(1, 10**30) for terms, _ in conditions)


@pytest.mark.parametrize("seed", range(40))
def test_conditions_that_contradict_one_another_have_none(seed):
    size, conditions = empty(seed)
    assert decisions.decide(conditions, [0] * size, [1] * size).verdict is False


@pytest.mark.parametrize("seed", range(60))
def test_the_procedure_and_subdivision_agree_where_both_decide(seed, monkeypatch):
    size, conditions = (planted if seed % 2 else empty)(1000 + seed)
    rows, unknowns = as_rows(conditions), range(size)
    verdict, point = boxes.decide(rows, unknowns)
    assert verdict is bool(seed % 2)
    without_procedure(monkeypatch)
    alone, other_point = boxes.decide(rows, unknowns)
    assert alone in (verdict, None)
    for at in (point if verdict else {}), other_point:
        assert not at or all(-Fraction(1, 10**30) <= value(terms, [at[v] for v in unknowns]) for terms, _ in conditions)


CIRCLE = {(2, 0): 1, (0, 2): 1, (0, 0): -1}
"""Zero on the circle; on the diagonal only at irrational points."""
DIAGONAL = {(1, 0): 1, (0, 1): -1}


def test_a_point_that_is_irrational_is_given_to_forty_digits_and_called_so():
    decision = decisions.decide([], [0, 0], [1, 1], equations=[CIRCLE, DIAGONAL])
    assert decision.verdict is True
    assert not decision.exact
    assert all(abs(2 * x * x - 1) < Fraction(1, 10**38) for x in decision.point)


def test_a_rational_point_of_equations_is_exact():
    decision = decisions.decide(
        [({(1, 0): 1, (0, 1): -2}, True)], [0, 0], [1, 1], equations=[CIRCLE, {(1, 1): 50, (0, 1): -48}]
    )
    assert decision.verdict is True
    assert decision.exact
    assert decision.point == (Fraction(24, 25), Fraction(7, 25))


@pytest.mark.parametrize("seed", range(10))
def test_parameters_need_no_bounds(seed):
    rng = random.Random(seed)
    size = rng.randint(2, 6)
    at = [Fraction(rng.randint(-500, 500), 7) for _ in range(size)]
    conditions = []
    for _ in range(4):
        p = random_polynomial(rng, size)
        conditions.append((p if value(p, at) >= 0 else minus(p), value(p, at) != 0))
    low = [None if rng.random() < 0.5 else x - 1 for x in at]
    high = [None if rng.random() < 0.5 else x + Fraction(1, 3) for x in at]
    decision = decisions.decide(conditions, low, high)
    assert decision.verdict is True
    assert not decision.exact or holds(conditions, decision.point)
    assert all(end is None or end <= x for end, x in zip(low, decision.point, strict=True))
    assert all(end is None or x <= end for end, x in zip(high, decision.point, strict=True))


def test_a_bound_without_a_condition_is_kept():
    assert decisions.decide([], [Fraction(1, 3)], [None]).point[0] >= Fraction(1, 3)
    assert decisions.decide([], [2], [1]).verdict is False


def test_the_point_is_off_the_bounds_where_that_is_possible():
    x, y = decisions.decide([({(1, 1): 1}, False), ({(0, 0): 1, (1, 1): -2}, False)], [0, 0], [1, 1]).point
    assert 0 < x < 1
    assert 0 < y < 1
    assert x * y < Fraction(1, 2)


def ask(seed):
    size, conditions = planted(seed)
    return decisions.decide(conditions, [0] * size, [1] * size)


def test_an_answer_does_not_depend_on_the_questions_before_it():
    first = [ask(seed) for seed in range(60)]
    order = random.Random(5).sample(range(60), 60)
    assert [ask(seed) for seed in order] == [first[seed] for seed in order]


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_a_process_started_after_a_question_answers_it_alike(method):
    here = [ask(seed) for seed in range(4)]
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(2, context) as pool:
        assert list(pool.map(ask, range(4), timeout=100)) == here


def test_threads_answer_alike():
    here = [ask(seed) for seed in range(12)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(12))) == here


def hard(seed):
    """Return conditions that take the procedure long."""
    rngs = (random.Random(100 * seed + k) for k in range(7))
    return [(random_polynomial(rng, 5, degree=5, terms=8), True) for rng in rngs]


def test_what_takes_more_steps_than_allowed_stays_open_and_goes_to_subdivision(monkeypatch):
    assert decisions.decide(hard(1), [0] * 5, [1] * 5, steps=10).verdict is None
    size, conditions = 2, [(CIRCLE, False), (minus(CIRCLE), False), (DIAGONAL, False), (minus(DIAGONAL), False)]
    assert boxes.decide(as_rows(conditions), range(size))[0] is True
    for name in ("FEW_STEPS", "MOST_STEPS"):
        monkeypatch.setattr(decisions, name, 1)
    counted = []
    refuted = boxes._refuted
    monkeypatch.setattr(boxes, "_refuted", lambda *question: counted.append(1) or refuted(*question))
    assert boxes.decide(as_rows(conditions), range(size)) == (None, {})
    assert len(counted) == boxes.MOST_BOXES


def test_without_the_package_a_question_stays_open(monkeypatch):
    without_procedure(monkeypatch)
    assert decisions.decide([(CIRCLE, True)], [0, 0], [2, 2]) == decisions.OPEN


def ask_for_long():
    for seed in range(10_000):
        decisions.decide(hard(seed), [0] * 5, [1] * 5, steps=10**8)


def test_an_interrupt_ends_a_question_at_once():
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            ask_for_long()
    finally:
        timer.cancel()
        signal.signal(signal.SIGINT, previous)


def test_a_least_value_near_a_point_without_one_is_no_error():
    """Rounded to short fractions the point at hand is the origin, where x / y has no value."""
    rows = [({(1,): 1, (0,): -1}, False), ({(0, 1): 1}, False)]
    start = {0: Fraction(1, 10**9), 1: Fraction(2, 10**9)}
    low, _, proved = Minimum(({(0,): 1}, {(1,): 1}), rows, [0, 1], start).found(0.0)
    assert proved
    assert 0 <= low <= 1e-6
    assert Minimum(({(0,): -1}, {(1,): 1}), rows, [0, 1], start).found(-5.0)[0] == -1
