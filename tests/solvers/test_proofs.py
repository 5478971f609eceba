"""Proofs by exact arithmetic: units, tiny gaps, certificates, equations and functions."""

import itertools
import random
from fractions import Fraction

import numpy as np
import pytest
import sympy as sp

import deterrence as dt
from deterrence import chance, end, matrix, move, param, share, where
from deterrence.solvers.algebra import certificates, isolation, unit_box
from deterrence.solvers.algebra.functions import PolynomialRing
from deterrence.solvers.algebra.ranges import BoundedSet
from deterrence.solvers.algebra.signs import Domain
from deterrence.solvers.supports.closed_form import Parametric

# -- units ---------------------------------------------------------------------------------------------------

UNITS = [Fraction(1, 10**12), 10**12]


def crisis(unit):
    @dt.game("Challenger", "Defender")
    def crisis(
        prize=param(4 * unit, "gain", low=-unit, high=20 * unit),
        war=param(3 * unit, "cost of retaliating", low=-unit, high=20 * unit),
    ):
        retaliate = end("war", prize - 9 * unit, -war)
        answer = move("Defender", give=end("fait accompli", prize, -6 * unit), retaliate=retaliate)
        return move("Challenger", restrain=end("peace", 0, 0), strike=answer)

    return crisis


@pytest.mark.parametrize("unit", UNITS)
def test_the_unit_of_payoffs_does_not_change_the_classes(unit):
    plain, scaled = dt.characterize(crisis(1)), dt.characterize(crisis(unit))
    assert scaled.complete
    assert [each.pattern for each in scaled] == [each.pattern for each in plain]
    rng = random.Random(3)
    for _ in range(60):
        prize, war = (Fraction(rng.randint(-4, 80), 4) for _ in range(2))
        held = [
            [
                bool(
                    each.when.subs({p.expression: sp.Rational(x) for p, x in zip(game.parameter_list, at, strict=True)})
                )
                for each in found
            ]
            for game, found, at in (
                (crisis(1), plain, (prize, war)),
                (crisis(unit), scaled, (prize * unit, war * unit)),
            )
        ]
        assert held[0] == held[1]


@pytest.mark.parametrize("unit", UNITS)
def test_the_unit_of_payoffs_does_not_change_sweeps_boundaries_and_regions(unit):
    game, values = crisis(unit), [unit * Fraction(k, 3) for k in range(-3, 61)]
    plain = dt.sweep(crisis(1), "strike", prize=[v / unit for v in values], war=[v / unit for v in values])
    scaled = dt.sweep(game, "strike", prize=values, war=values)
    for name in ("low", "high", "count"):
        np.testing.assert_array_equal(scaled.data[name].values, plain.data[name].values)
    assert dt.threshold(game, "prize", "strike").value == 9 * unit
    assert dt.threshold(game, "war", "strike").value == 6 * unit
    sizes = [dt.regions(g, prize=[-u, 20 * u], war=[-u, 20 * u]).shares for g, u in ((crisis(1), 1), (game, unit))]
    assert list(sizes[1]) == list(sizes[0])
    assert list(sizes[1].values()) == pytest.approx(list(sizes[0].values()))


def test_a_gain_far_below_the_others_is_not_taken_for_nothing():
    tiny = Fraction(1, 10**10)

    @dt.game("A", "B")
    def game(prize=share(Fraction(1, 2), "gain")):
        return move("A", restrain=end("peace", tiny, 0), strike=end("strike", prize, -1))

    found = dt.characterize(game)
    assert found.complete
    assert {str(each.when) for each in found} == {"1 >= 10000000000*prize", "10000000000*prize >= 1"}
    assert [e.outcomes["strike"] for e in found.at(prize=0)] == [0]


def test_ranges_of_very_different_widths_leave_no_class_out():
    @dt.game("A", "B")
    def game(prize=param(5, "gain", low=0, high=10**12), cost=param(3, "cost", low=0, high=100)):
        return move("A", restrain=end("peace", 0, 0), strike=end("strike", prize - cost - 200, -1))

    found = dt.characterize(game)
    assert (len(found), found.complete) == (2, True)
    for prize in (0, 5, 203, 204, 10**9):
        assert [e.outcomes for e in found.at(prize=prize)] == [e.outcomes for e in dt.solve(game.at(prize=prize))]


# -- certificates --------------------------------------------------------------------------------------------


def test_a_certificate_counts_only_if_it_is_exact():
    made = PolynomialRing(sp.symbols("x y"))
    x, y = made.gens
    assert certificates.adds_up([x, 1 - x, x * y], 3 * x + 2 * x * y)
    assert not certificates.adds_up([x, 1 - x], x - Fraction(1, 10**12))
    assert not certificates.adds_up([x, y, made.one], x - y)
    assert certificates.exact_weights([{"a": 1, "b": 2}, {"b": 3}], {"a": 2, "b": 7}) == [2, 1]
    assert certificates.exact_weights([{"a": 1}], {"a": 1, "b": 1}) is None


@pytest.mark.parametrize("seed", range(16))
def test_a_proved_sign_holds_at_random_points_and_at_corners(seed):
    """Each polynomial is shifted so that its least value on a fine grid is about zero: proofs are hard and tempting."""
    rng = random.Random(seed)

    @dt.game("A")
    def game(x=param(1, "x", low=0, high=3), y=param(Fraction(1, 2), "y", low=-1, high=1)):
        return move("A", a=end("a", x), b=end("b", y))

    parametric = Parametric.of(game)
    domain = Domain(game, parametric)
    x, y = parametric.field.ring.gens
    terms = [(rng.randint(-3, 3), rng.randint(0, 2), rng.randint(0, 2)) for _ in range(4)]
    polynomial = sum((c * x**i * y**j for c, i, j in terms), parametric.field.ring.zero)
    grid = [(Fraction(3 * a, 12), Fraction(b, 6) - 1) for a in range(13) for b in range(13)]
    least = min(unit_box.exact_value(polynomial, point) for point in grid)
    for offset in (Fraction(1, 10**11), 0, -Fraction(1, 10**11), -Fraction(1, 10)):
        shifted = polynomial - least - offset
        if domain.never_negative(shifted):
            points = [
                *grid,
                *((Fraction(rng.randint(0, 3000), 1000), Fraction(rng.randint(-1000, 1000), 1000)) for _ in range(300)),
            ]
            assert all(unit_box.exact_value(shifted, point) >= 0 for point in points), offset
        assert offset <= 0 or not domain.never_negative(shifted)


# -- equations among the assumptions ----------------------------------------------------------------------------


def test_an_equation_between_parameters_is_used():
    @dt.game("A", "B")
    def game(x=param(1, "x", low=0, high=3), y=param(1, "y", low=0, high=3), z=param(2, "z", low=0, high=3)):
        cells = {("u", "l"): (x, 1), ("u", "r"): (0, 0), ("d", "l"): (y, 0), ("d", "r"): (z, 1)}
        return where(matrix(cells), sp.Eq(x, y))

    found = dt.characterize(game)
    assert found.complete
    assert [each.play for each in found] == ["A: u; B: l", "A: d; B: r", "A: u or d; B: l"]
    assert len(dt.solve(game.at(x=2, y=2))) == len(found.at(x=2, y=2)) == 3
    with pytest.raises(dt.errors.ParameterError, match="leaves a curve of the rectangle and no area"):
        dt.regions(game, x=[0, 1], y=[0, 1])


def test_an_equation_that_gives_no_parameter_leaves_the_answer_open_or_right():
    @dt.game("A")
    def game(x=param(1, "x", low=0, high=3), y=param(1, "y", low=0, high=3)):
        return where(move("A", u=end("u", x), d=end("d", y)), sp.Eq(x * y, 1))

    found = dt.characterize(game)
    assert not found.complete or len(found) == 2
    assert [e.outcomes["u"] for e in found.at(x=2, y=Fraction(1, 2))] == [1]


# -- parts that are no ratios of polynomials ----------------------------------------------------------------------


def indifferent(one, other, low=1):
    @dt.game("A", "B")
    def game(x=param(2, "x", low=low, high=6), y=param(3, "y", low=low, high=6)):
        answer = move("B", l=end("l", 1, one(x, y)), r=end("r", 4, other(x, y)))
        return move("A", out=end("out", 2, 0), enter=answer)

    return game


@pytest.mark.parametrize(
    "pair",
    [
        (lambda x, y: sp.log(x * y), lambda x, y: sp.log(x) + sp.log(y)),
        (lambda x, y: sp.exp(x + y), lambda x, y: sp.exp(x) * sp.exp(y)),
        (lambda x, y: sp.sqrt(x * y), lambda x, y: sp.sqrt(x) * sp.sqrt(y)),
        (lambda x, y: sp.Max(x, y) + sp.Min(x, y), lambda x, y: x + y),
        (lambda x, y: sp.Abs(x + y), lambda x, y: x + y),
    ],
)
def test_an_identity_between_functions_is_a_tie_and_not_decided_by_rounding(pair):
    game = indifferent(*pair)
    for x, y in ((2, 3), (1, 5), (Fraction(7, 3), Fraction(11, 5))):
        assert {e.outcomes["out"] for e in dt.solve(game.at(x=x, y=y))} == {0, 1, Fraction(1, 2)}
        assert len(dt.characterize(game).at(x=x, y=y)) == 5
    swept = dt.sweep(game, "out", x=[1, 2, 3, 5])
    assert swept.data.low.values.ravel().tolist() == [0] * 4
    assert swept.data.high.values.ravel().tolist() == [1] * 4


def test_rounded_payoffs_are_told_in_the_status():
    game = indifferent(lambda x, y: sp.log(x), lambda x, y: sp.sqrt(y))
    assert "rounded to 30 digits" in dt.solve(game).status
    assert "rounded" not in dt.solve(indifferent(lambda x, y: sp.Max(x, 3), lambda x, y: y)).status


def test_a_tie_that_only_rounding_breaks_is_not_called_complete():
    """The two replies pay B the same: the square root of 8 is twice that of 2, here as the mean of two payoffs."""

    @dt.game("A", "B")
    def game(x=param(2, "x", low=1, high=6)):
        mean = chance(
            one=(Fraction(1, 2), end("r", 4, 4 * sp.sqrt(x) - sp.sqrt(x + 1))),
            other=(Fraction(1, 2), end("r", 4, sp.sqrt(x + 1))),
        )
        return move("A", out=end("out", 2, 0), enter=move("B", l=end("l", 1, sp.sqrt(4 * x)), r=mean))

    solution = dt.solve(game)
    assert len(solution) == 5 or not solution.complete


def test_a_tie_over_a_whole_region_is_not_called_measure_zero():
    @dt.game("A", "B")
    def game(x=param(2, "x", low=0, high=6)):
        return matrix({("u", "l"): (sp.Max(x, 3), 0), ("u", "r"): (0, 1), ("d", "l"): (3, 1), ("d", "r"): (0, 0)})

    found = dt.characterize(game)
    assert not found.complete
    assert "tie over a whole region" in found.status
    assert len(found.at(x=1)) == len(dt.solve(game.at(x=1)))


# -- numbers where formulas are expected ---------------------------------------------------------------------------

TABLES = [
    (5, 1, 0, 0),
    (5, 1, "-w", "-w"),
    ("w", 1, "-w", "-w"),
    (1, 5, 0, 0),
    (0, 0, 5, 1),
    ("w", 0, 0, 0),
    (0, "w", 0, 0),
]


@pytest.mark.parametrize("replies", TABLES)
def test_a_free_belief_may_have_numbers_for_bounds(replies):
    @dt.game("A", "B")
    def probe(war=param(1, "cost of war", low=0, high=3)):
        worth = [{"w": war, "-w": -war}.get(item, item) for item in replies]

        def answer(fold, fight, own):
            return move("B", fold=end("gain", fold, own[0]), fight=end("war", fight, own[1]), information="challenged")

        return move("A", refrain=end("peace", 3, -war), bluff=answer(4, 2, worth[:2]), attack=answer(-9, -1, worth[2:]))

    found = dt.characterize(probe)
    assert found.complete
    assert {each.pattern for each in found.at()} == {each.pattern for each in dt.solve(probe)}


# -- ranges over sets of equilibria -------------------------------------------------------------------------------


def over(rows, top, bottom=None):
    inner = {v: Fraction(1, 2) for v in range(3)}
    return BoundedSet([(row, False) for row in rows], [0, 1, 2], inner).range_of((top, bottom or {(): 1}), (-9, 9))


@pytest.mark.parametrize(
    ("rows", "top", "bottom", "low", "high"),
    [
        ([], {(0, 1): 1}, None, 0, 1),
        ([{(): 1, (0,): -1, (1,): -1}], {(0, 1): 1}, None, 0, 0.25),  # p q with p + q <= 1
        ([{(0, 1): 1, (): Fraction(-1, 4)}], {(0,): 1, (1,): 1}, None, 1, 2),  # p + q with p q >= 1/4
        ([{(0,): 1, (): Fraction(-1, 4)}], {(): 1}, {(0,): 1}, 1, 4),  # 1 / p with p >= 1/4
        ([{(0,): 1, (1,): -1}, {(1,): 1, (2,): -1}], {(0,): 1, (2,): -1}, None, 0, 1),
        ([{(): Fraction(3, 4), (0, 0): -1, (1, 1): -1}], {(0,): 1, (1,): 1}, None, 0, 1.5**0.5),  # inside a circle
    ],
)
def test_ends_of_ranges_are_the_true_ones(rows, top, bottom, low, high):
    found = over(rows, top, bottom)
    assert found.proved
    assert (float(found.low), float(found.high)) == pytest.approx((low, high), abs=1e-6)


@pytest.mark.parametrize("seed", range(8))
def test_no_random_point_of_the_set_lies_outside_the_range(seed):
    rng = random.Random(seed)
    monomials = [(), (0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)]
    rows = []
    for _ in range(3):
        row = {m: Fraction(rng.choice((-4, -2, -1, 1, 3))) for m in monomials if rng.random() < 0.6}
        at_inner = sum(c * Fraction(1, 2) ** len(m) for m, c in row.items())
        rest = row.get((), 0) - min(at_inner, 0) + Fraction(1, 8)
        rows.append({**row, (): rest} if rest else {m: c for m, c in row.items() if m})
    top = {m: Fraction(rng.choice((-4, -2, -1, 1, 3))) for m in monomials}
    found = over(rows, top)
    for _ in range(2000):
        at = {v: Fraction(rng.randint(0, 64), 64) for v in range(3)}
        value = lambda p: sum(c * np.prod([float(at[v]) for v in m]) for m, c in p.items())  # noqa: B023, E731
        if all(value(row) >= 0 for row in rows):
            assert float(found.low) - 1e-5 <= value(top) <= float(found.high) + 1e-5 or not found.proved


# -- isolated roots ------------------------------------------------------------------------------------------------


def test_all_roots_of_a_square_system_are_found_and_fractions_are_exact():
    """x y = 1/6 and x + y = 5/6 twice over: (1/2, 1/3) and (1/3, 1/2); with x = y beside it none."""
    equations = [{(0, 1): 1, (): Fraction(-1, 6)}, {(0,): 1, (1,): 1, (): Fraction(-5, 6)}]
    roots = isolation.isolated_roots(equations, [0, 1], [])
    assert [tuple(root.values.values()) for root in roots] == [
        (Fraction(1, 3), Fraction(1, 2)),
        (Fraction(1, 2), Fraction(1, 3)),
    ]
    assert all(root.exact for root in roots)


def test_a_continuum_of_roots_is_not_taken_for_points():
    equations = [{(0, 1): 1, (): Fraction(-1, 6)}, {(0, 1): 2, (): Fraction(-1, 3)}]
    assert isolation.isolated_roots(equations, [0, 1], []) is None


@pytest.mark.parametrize("seed", range(10))
def test_roots_put_into_a_system_are_found_again(seed):
    rng = random.Random(seed)
    planted = {v: Fraction(rng.randint(1, 19), 20) for v in range(4)}
    equations = []
    for k in range(4):
        others = [v for v in range(4) if v != k]
        row = {m: Fraction(rng.randint(-5, 5)) for size in (1, 2, 3) for m in itertools.combinations(others, size)}
        rest = sum(c * np.prod([planted[v] for v in m]) for m, c in row.items())
        equations.append({**row, (): -rest})
    roots = isolation.isolated_roots(equations, [0, 1, 2, 3], [])
    assert planted in [root.values for root in roots if root.exact]
