"""Classes found at points and proved to be all: bounds, boxes, coverage, time, and Ctrl-C."""

import itertools
import random
from fractions import Fraction

import numpy as np
import pytest

import deterrence as dt
from deterrence import chance, end, move, param, share
from deterrence.errors import ParameterError
from deterrence.models import escalation
from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.discovery import affine
from deterrence.solvers.discovery.box_proof import left_by_boxes
from deterrence.solvers.discovery.cloud import CloudSearch
from deterrence.solvers.discovery.tables import CloudTables
from deterrence.solvers.supports.closed_form import Parametric
from tests.random_games import random_game

iraq = dt.models.load("iraq-2020").game

# -- bounds over boxes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_bounds_hold_at_random_points_of_random_boxes(seed):
    rng = random.Random(seed)
    middle = np.array([[rng.uniform(-1, 1) for _ in range(3)] for _ in range(20)])
    radius = np.array([[rng.uniform(0, 0.4) for _ in range(3)] for _ in range(20)])
    terms = [[(tuple(rng.randint(0, 2) for _ in range(3)), rng.uniform(-2, 2)) for _ in range(4)] for _ in range(4)]
    one, other, third, weight = (affine.polynomial(t, middle, radius) for t in terms)
    points = middle + radius * np.array([[rng.uniform(-1, 1) for _ in range(3)] for _ in range(20)])

    def value(t):
        return sum(c * np.prod(points ** np.array(powers), axis=1) for powers, c in t)

    shift = affine.Affine(np.full(20, 40.0), np.full(20, 40.0), np.zeros((20, 3)), radius)
    far = affine.Affine(third.low + shift.low, third.high + shift.high, third.slope, radius)
    rest = affine.Affine(1 - weight.high, 1 - weight.low, -weight.slope, radius)
    p = value(terms[3])
    expected = {
        "product": (affine.times(one, other), value(terms[0]) * value(terms[1])),
        "ratio": (affine.ratio(one, far), value(terms[0]) / (value(terms[2]) + 40)),
        "mean": (affine.drawn([weight, rest], [one, other]), p * value(terms[0]) + (1 - p) * value(terms[1])),
    }
    for name, (bounds, exact) in expected.items():
        low, high = bounds.range
        assert (low <= exact + 1e-9).all(), name
        assert (exact <= high + 1e-9).all(), name
    assert (value(terms[0]) - value(terms[1]) <= one.most_above(other) + 1e-9).all()
    mixed = affine.hull([one, other], np.ones((20, 2), dtype=bool))
    for t in np.linspace(0, 1, 5):
        low, high = mixed.range
        between = t * value(terms[0]) + (1 - t) * value(terms[1])
        assert (low <= between + 1e-9).all()
        assert (between <= high + 1e-9).all()


def test_what_two_payoffs_have_in_common_cancels():
    middle, radius = np.full((1, 1), 0.5), np.full((1, 1), 0.5)
    cost = affine.polynomial([((1,), 100.0)], middle, radius)
    dearer = affine.polynomial([((1,), 100.0), ((0,), -1.0)], middle, radius)
    assert dearer.most_above(cost) == pytest.approx(-1)


def test_a_ratio_whose_denominator_may_be_zero_has_no_bounds():
    middle, radius = np.full((1, 1), 0.5), np.full((1, 1), 0.5)
    one, x = affine.polynomial([((0,), 1.0)], middle, radius), affine.polynomial([((1,), 1.0)], middle, radius)
    low, high = affine.ratio(one, x).range
    assert np.isneginf(low).all()
    assert np.isposinf(high).all()


# -- patterns at points and over boxes ---------------------------------------------------------------------------


def searched(game, names=None):
    parametric = Parametric.of(game, names)
    domain = Domain(game, parametric, samples=60)
    return parametric, domain, CloudTables(parametric.agent, domain)


@pytest.mark.parametrize("seed", range(30))
def test_no_equilibrium_at_a_point_is_overlooked(seed):
    game = random_game(seed)
    parametric, domain, tables = searched(game)
    points = [domain.point(t, []) for t in domain.unit_samples[:12]]
    if parametric.atoms or parametric.tied or any(point is None for point in points):
        return
    exact = np.array([domain.box.to_unit([point[s.name] for s in parametric.symbols]) for point in points])
    search = CloudSearch(parametric.agent, tables.at(exact), tables.payoffs, tables.chances)
    possible = [set() for _ in points]
    for pattern, at in search.patterns():
        for k in at:
            possible[k].add(pattern)
    for k, point in enumerate(points):
        solution = dt.solve(game.at(point), dt.PerfectBayesian())
        assert {each.pattern for each in solution} <= possible[k]


@pytest.mark.parametrize("names", [("attribution",), ("pressure",), ("attribution", "pressure")], ids=" and ".join)
def test_what_boxes_exclude_has_no_equilibrium_at_random_points(names):
    parametric, domain, tables = searched(iraq, names)
    search = CloudSearch(parametric.agent, tables.at(domain.unit_samples), tables.payoffs, tables.chances)
    known = {pattern for pattern, _ in search.patterns()}
    allowed = known | left_by_boxes(parametric.agent, tables, known)
    rng = random.Random(7)
    for _ in range(25):
        values = {
            name: Fraction(rng.random()).limit_denominator(997)
            * (iraq.parameters[name].high - iraq.parameters[name].low)
            + iraq.parameters[name].low
            for name in names
        }
        assert {each.pattern for each in dt.solve(iraq.at(values))} <= allowed


# -- what the verb says ------------------------------------------------------------------------------------------


TWO = pytest.param(("attribution", "pressure"), marks=pytest.mark.slow)


@pytest.mark.parametrize("names", [("attribution",), TWO], ids=" and ".join)
def test_iraq_in_one_and_two_parameters_is_complete_and_agrees_with_solving(names):
    found = dt.characterize(iraq, parameters=names)
    assert found.complete
    assert found.covered is None
    rng = random.Random(3)
    for _ in range(15):
        values = {
            name: Fraction(rng.randint(1, 996), 997) * (iraq.parameters[name].high - iraq.parameters[name].low)
            + iraq.parameters[name].low
            for name in names
        }
        solved = {each.pattern for each in dt.solve(iraq.at(values))}
        at = {iraq.parameters[name].expression: value for name, value in values.items()}
        assert {each.pattern for each in found if bool(each.when.subs(at))} == solved


def test_what_is_not_proved_complete_says_how_much_it_covers():
    """An exchange of many rounds has classes in thin regions, which random points miss."""
    found = dt.characterize(escalation.exchange(5), budget=25)
    assert not found.complete or found.covered is None
    if found.covered is not None:
        assert 0 <= found.covered.share <= 1
        assert found.covered.points > 200
        assert set(found.covered.box) <= set(found.game.parameters)
        assert f"{found.covered.share:.1%}" in found.status


def test_thin_classes_of_an_exchange_are_found():
    assert len(dt.characterize(escalation.exchange(4))) == 24


def test_progress_rises_to_the_end_and_wrong_progress_is_refused():
    told = []
    dt.characterize(dt.models.load("noisy-attribution").game, progress=told.append)
    assert told == sorted(told)
    assert all(0 < share <= 1 for share in told)
    with pytest.raises(ParameterError, match="cannot be told"):
        dt.characterize(dt.models.load("strike").game, progress=3)


def test_ctrl_c_gives_what_was_found_by_then(monkeypatch):
    from deterrence.solvers.discovery.builder import ClassBuilder

    derive, calls = ClassBuilder.derive, itertools.count()

    def interrupted(self, pattern):
        if next(calls) == 3:
            raise KeyboardInterrupt
        derive(self, pattern)

    whole = dt.characterize(dt.models.load("noisy-attribution").game)
    monkeypatch.setattr(ClassBuilder, "derive", interrupted)
    found = dt.characterize(dt.models.load("noisy-attribution").game)
    assert 0 < len(found) < len(whole)
    assert not found.complete
    assert "interrupted" in found.status


def test_a_move_with_many_actions_is_characterized_too():
    """No more than one of 12 offers is best; nobody can list 2^12 supports at each of many points."""

    @dt.game("A", "B")
    def offers(stake=param(2, "what is at stake", low=1, high=4)):
        return move(
            "A",
            {
                f"offer {k}": move("B", accept=end(f"deal {k}", 12 - k, k), refuse=end(f"war {k}", 0, stake - k / 7))
                for k in range(12)
            },
        )

    found = dt.characterize(offers)
    solved = {each.pattern for each in dt.solve(offers.at(stake=Fraction(5, 2)))}
    assert {each.pattern for each in found.at(stake=Fraction(5, 2))} == solved


@pytest.mark.parametrize("seed", range(6))
def test_a_game_with_two_types_a_side_is_covered_where_it_is_said_to_be(seed):
    rng = random.Random(seed)

    def leaf(name, x):
        return end(name, rng.randint(0, 9) + x * rng.randint(0, 3), rng.randint(0, 9))

    @dt.game("A", "B")
    def game(x=param(1, "what A gains", low=0, high=3), p=share(Fraction(1, 3), "chance that A is hard")):
        def stage(kind):
            answer = move("B", give=leaf(f"give {kind}", x), fight=leaf(f"fight {kind}", x), information="B")
            return move("A", wait=leaf(f"wait {kind}", x), strike=answer, information=f"A {kind}")

        return chance(hard=(p, stage("hard")), soft=(1 - p, stage("soft")))

    found = dt.characterize(game)
    for k in range(6):
        values = {"x": Fraction(6 * k + 1, 13), "p": Fraction(2 * k + 1, 13)}
        solution = dt.solve(game.at(values))
        at = {game.parameters[name].expression: value for name, value in values.items()}
        if found.complete and solution.complete:
            assert {e.pattern for e in found if bool(e.when.subs(at))} == {e.pattern for e in solution}


@pytest.mark.parametrize(("gap", "classes"), [(Fraction(1, 10**10), 2), (-Fraction(1, 10**10), 1)])
def test_a_sliver_that_no_sample_meets_is_decided(gap, classes):
    """By hand: the second action is best where (x y - 1/7)^2 is below the gap, a strip along a hyperbola, or nowhere."""

    @dt.game("A")
    def game(x=param(1, "x", low=0, high=2), y=param(1, "y", low=0, high=2)):
        return move("A", plain=end("plain", 0), sliver=end("sliver", gap - (x * y - Fraction(1, 7)) ** 2))

    found = dt.characterize(game)
    assert found.complete
    assert len(found) == classes
    assert [each.outcomes["sliver"] for each in found.at(x=1, y=Fraction(1, 7))] == [int(gap > 0)]


def test_a_condition_is_decided_where_samples_and_certificates_do_not():
    @dt.game("A")
    def game(x=param(1, "x", low=-2, high=2), y=param(1, "y", low=-2, high=2)):
        return move("A", a=end("a", x), b=end("b", y))

    parametric = Parametric.of(game)
    domain = Domain(game, parametric)
    x, y = parametric.field.ring.gens
    sphere, outside = 1 - x * x - y * y, x * y - Fraction(1, 2) - Fraction(1, 10**6)
    assert domain.decide([sphere, outside]) == (False, None)
    assert domain.empty([sphere, outside])
    verdict, at = domain.decide([sphere, outside + Fraction(2, 10**6)])
    assert verdict
    assert at is None or (at["x"] ** 2 + at["y"] ** 2 < 1 and at["x"] * at["y"] > Fraction(1, 2) - Fraction(1, 10**6))


@pytest.mark.parametrize("power", [1, 2])
def test_payoffs_without_bounds_near_a_zero_of_a_denominator_exclude_nothing(power):
    """By hand: taking is better than leaving where 1/x^power > 3, and B then gives way where x y > 1/4."""

    @dt.game("A", "B")
    def game(x=param(Fraction(1, 2), "x", low=-1, high=1), y=param(1, "y", low=-1, high=1)):
        answer = move("B", give=end("given", 1 / x**power, 0), fight=end("fought", -5, Fraction(1, 4) - x * y))
        return move("A", take=answer, leave=end("left", 3, 0))

    found = dt.characterize(game)
    assert found.complete
    rng = random.Random(power)
    for _ in range(40):
        values = {name: Fraction(rng.randint(-99, 99) * 2 + 1, 200) for name in ("x", "y")}
        x, y = values.values()
        taken = 1 / x**power > 3 and x * y > Fraction(1, 4)
        at = {game.parameters[name].expression: value for name, value in values.items()}
        (only,) = [each for each in found if bool(each.when.subs(at))]
        assert (
            bool(only.outcomes["given"].subs(at) if hasattr(only.outcomes["given"], "subs") else only.outcomes["given"])
            == taken
        )


@pytest.mark.parametrize("chance_of_hard", [0, 1])
@pytest.mark.parametrize("seed", range(8))
def test_at_chances_of_zero_and_one_the_game_is_solved_afresh(seed, chance_of_hard):
    rng = random.Random(seed)

    @dt.game("A", "B")
    def game(p=share(Fraction(1, 3), "chance that A is hard")):
        def stage(kind):
            answer = move(
                "B",
                give=end(f"give {kind}", rng.randint(0, 9), rng.randint(0, 9)),
                fight=end(f"fight {kind}", rng.randint(0, 9), rng.randint(0, 9)),
                information="B",
            )
            wait = end(f"wait {kind}", rng.randint(0, 9), 0)
            return move("A", wait=wait, strike=answer, information=f"A {kind}")

        return chance(hard=(p, stage("hard")), soft=(1 - p, stage("soft")))

    found = dt.characterize(game)
    solved = dt.solve(game.at(p=chance_of_hard))
    assert {each.pattern for each in found.at(p=chance_of_hard)} == {each.pattern for each in solved}
