"""Characterizations: every class of equilibria with its condition, against the published tables."""

import functools
import random
from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from deterrence import chance, end, move, param, share, where
from deterrence.errors import MethodError, ParameterError
from tests.sample_games import (
    ORDERS,
    alarm_only,
    attribution,
    crisis,
    mutual,
    preemption,
    spoilers,
    strike,
    ultimatum,
    unilateral,
)


@functools.cache
def characterized(game):
    found = dt.characterize(game)
    assert found.complete, found.status
    return found


def symbols(*names):
    return [sp.Symbol(name, real=True) for name in names]


def same(expression, expected):
    return sp.simplify(expression - expected) == 0


def holding(game, condition):
    """Return a condition as a function of exact parameter values."""
    names = list(game.parameters)
    function = sp.lambdify(symbols(*names), condition, modules="math")
    return lambda values: bool(function(*(values[name] for name in names)))


def in_order(rng, size, low=-9, high=9):
    """Return different random fractions in rising order."""
    return [Fraction(x, 97) for x in sorted(rng.sample(range(97 * low, 97 * high), size))]


def chances(rng, size):
    return [Fraction(x, 1009) for x in rng.sample(range(1, 1009), size)]


def agree(game, classes, points, expected):
    """Compare where classes exist with what is expected at random points; expected(values) names them."""
    tests = {name: [holding(game, found.when) for found in some] for name, some in classes.items()}
    seen = set()
    for values in points:
        here = {name for name, some in tests.items() if any(test(values) for test in some)}
        assert here == expected(values), values
        seen |= here
    assert seen == set(classes)


# -- the strike game ------------------------------------------------------------------------------------------


def test_the_strike_game_is_cut_in_three():
    """By backward induction: war where it is credible and worth it, deterrence, or a fait accompli."""
    found = {next(name for name, p in each.outcomes.items() if p == 1): each for each in characterized(strike)}
    assert len(characterized(strike)) == len(found) == 3
    prize, loss, punishment, _war = symbols("prize", "loss", "punishment", "war")
    assert found["war"].payoffs["Challenger"] == prize - punishment
    assert found["fait accompli"].payoffs["Defender"] == -loss
    rng = random.Random(1)
    names = "prize", "loss", "punishment", "war"
    points = [
        {name: Fraction(x, 101) for name, x in zip(names, rng.sample(range(1, 2000), 4), strict=True)}
        for _ in range(500)
    ]

    def expected(v):
        if v["war"] > v["loss"]:
            return {"fait accompli"}
        return {"war" if v["prize"] > v["punishment"] else "status quo"}

    agree(strike, {name: [each] for name, each in found.items()}, points, expected)


def test_the_classes_print_as_sentences():
    text = str(characterized(strike))
    assert text.startswith(
        "3 classes of subgame perfect equilibrium of 'strike': "
        "complete, except at parameter values where payoffs tie; use .at(…) there"
    )
    assert "Challenger: strike." in text
    assert "Payoffs: Challenger prize, Defender -loss." in text


def test_the_classes_are_a_frame():
    frame = characterized(strike).to_frame()
    assert list(frame["fait accompli"]) == ["0", "1", "0"]
    assert "payoff of Defender" in frame.columns


# -- 2x2 crisis games (model 01) ------------------------------------------------------------------------------------

PURE = {
    "Prisoner's Dilemma": {"DD"},
    "Chicken": {"DC", "CD"},
    "Stag hunt": {"CC", "DD"},
    "Deadlock": {"DD"},
    "Leader": {"DC", "CD"},
    "Hero": {"DC", "CD"},
}


def pure_and_mixed(game):
    pure, mixed = set(), []
    for each in characterized(game):
        assert each.when == sp.true
        if all(len(support) == 1 for support in each.pattern):
            pure.add("".join("CD"[support[0]] for support in each.pattern))
        else:
            mixed.append(each)
    return pure, mixed


@pytest.mark.parametrize("name", ORDERS)
def test_crisis_games_have_the_equilibria_of_their_orders(name):
    """Snyder and Diesing (1977), Rapoport and Guyer (1966): for all payoffs of the order at once."""
    pure, mixed = pure_and_mixed(crisis(ORDERS[name], ORDERS[name]))
    assert pure == PURE[name]
    assert len(mixed) == (len(pure) == 2)


@pytest.mark.parametrize("name", ["Chicken", "Stag hunt", "Leader", "Hero"])
def test_the_mixed_equilibrium_makes_the_opponent_indifferent(name):
    """q_i = (P_j - S_j)/((R_j - T_j) + (P_j - S_j)); value (T_j S_j - R_j P_j)/((T_j - R_j) + (S_j - P_j))."""
    _, (mixed,) = pure_and_mixed(crisis(ORDERS[name], ORDERS[name]))
    for me, other, k in (("Row", "Column", 2), ("Column", "Row", 1)):
        T, R, P, S = symbols(*(f"{letter}{k}" for letter in "TRPS"))
        assert same(mixed.strategies[me]["C"], (P - S) / ((R - T) + (P - S)))
        assert same(mixed.payoffs[other], (T * S - R * P) / ((T - R) + (S - P)))


@pytest.mark.parametrize(("row", "column"), [("TRPS", "TRSP"), ("TPRS", "TRSP")], ids=["Called Bluff", "Bully"])
def test_the_side_with_a_dominant_action_wins(row, column):
    pure, mixed = pure_and_mixed(crisis(row, column))
    assert (pure, mixed) == ({"DC"}, [])


@pytest.mark.parametrize(
    ("order", "payoffs", "q", "value"),
    [
        ("TRSP", {"T": 4, "R": 3, "S": 2, "P": 1}, Fraction(1, 2), Fraction(5, 2)),
        ("TRSP", {"T": 1, "R": 0, "S": -1, "P": -10}, Fraction(9, 10), Fraction(-1, 10)),
        ("RTPS", {"R": 9, "T": 8, "P": 5, "S": 0}, Fraction(5, 6), None),
    ],
    ids=["Chicken", "costly Chicken", "Stag hunt"],
)
def test_crisis_games_at_the_published_numbers(order, payoffs, q, value):
    """Vectors 1, 2 and 4 of model 01; in Chicken both stand with (1 - q)^2: 0.25 and 0.01."""
    solution = dt.solve(crisis(order, order, payoffs, payoffs))
    (mixed,) = [each for each in solution if 0 < each.strategies["Row"]["C"] < 1]
    assert mixed.strategies["Row"]["C"] == mixed.strategies["Column"]["C"] == q
    assert mixed.outcomes["D, D"] == (1 - q) ** 2
    assert value is None or mixed.payoffs["Row"] == value


# -- preemption without commitment (model 02) --------------------------------------------------------------------------


def test_deterrence_in_chicken_needs_commitment():
    """Brams and Kilgour's deterrence equilibrium must not appear; preemption and the naive one must."""
    r2, r3, c2, c3 = symbols("r2", "r3", "c2", "c3")
    found = {each.outcomes["compromise"]: each for each in characterized(preemption)}
    assert len(characterized(preemption)) == 3
    assert 1 not in found
    t, s = r2 / (1 - r3 + r2), c2 / (1 - c3 + c2)
    ahead = [each.outcomes for each in characterized(preemption) if each.outcomes["compromise"] == 0]
    assert {(each["Row ahead"], each["Column ahead"]) for each in ahead} == {(1, 0), (0, 1)}
    (naive,) = [each for each in characterized(preemption) if each.outcomes["compromise"] != 0]
    assert same(naive.strategies["Column | first"]["hold"], t)
    assert same(naive.strategies["Row | first"]["hold"], s)
    assert same(naive.payoffs["Row"], t)
    assert same(naive.payoffs["Column"], s)


def test_the_naive_equilibrium_at_the_published_numbers():
    """Vector 1 of model 02: t = 1/2, s = 1/3, which are the payoffs too."""
    naive = [each for each in characterized(preemption).at() if each.outcomes["compromise"] > 0]
    assert [dict(each.payoffs) for each in naive] == [{"Row": Fraction(1, 2), "Column": Fraction(1, 3)}]


# -- rudimentary deterrence and the ultimatum (models 03a, 04a) ------------------------------------------------------------


def test_rudimentary_deterrence_needs_enough_credibility():
    """Zagare and Kilgour (1993): A keeps the status quo iff pB >= (aDC - aSQ)/(aDC - aDD)."""

    @dt.game("A", "B")
    def game(
        gain=param(1, "aDC", low=-9, high=9),
        peace=param(0, "aSQ", low=-9, high=9),
        war=param(-1, "aDD", low=-9, high=9),
        p=share(0.3, "pB"),
    ):
        hard = move("B", concede=end("concession", gain, 1), fight=end("war", war, 2))
        soft = move("B", concede=end("concession", gain, 1), fight=end("war", war, 0))
        demand = chance(hard=(p, hard), soft=(1 - p, soft))
        return where(move("A", keep=end("status quo", peace, 3), demand=demand), war < peace, peace < gain)

    kept, demanded = characterized(game)
    assert (kept.probability("demand"), demanded.probability("demand")) == (0, 1)
    rng = random.Random(2)
    points = []
    for _ in range(200):
        war, peace, gain = in_order(rng, 3)
        points.append({"war": war, "peace": peace, "gain": gain, "p": chances(rng, 1)[0]})

    def expected(v):
        threshold = (v["gain"] - v["peace"]) / (v["gain"] - v["war"])
        return {"kept" if v["p"] >= threshold else "demanded"}

    agree(game, {"kept": [kept], "demanded": [demanded]}, points, expected)


def test_the_risky_offer_is_made_where_the_low_cost_is_unlikely():
    """Fearon (1995) with two types: risky iff q < (ch - cl)/(ch + cA), in the limit of no margin."""
    safe, risky = characterized(ultimatum)
    assert (safe.outcomes["war"], safe.outcomes["deal"]) == (0, 1)
    q, low, high, cost, margin = symbols("q", "low_cost", "high_cost", "war_a", "margin")
    assert risky.outcomes["war"] == q
    (bound,) = sp.solve(sp.Eq(*risky.when.args), q)
    assert same(bound.subs(margin, 0), (high - low) / (high + cost))


# -- noisy attribution (model 15) ----------------------------------------------------------------------------------------------


def alarms():
    names = {(0, 0): "wait", (1, 0): "no credibility", (1, 1): "undeterrable"}
    classes = {}
    for each in characterized(alarm_only):
        pair = each.strategies["Attacker"]["strike"], each.strategies["alarm"]["retaliate"]
        classes.setdefault(names.get(pair, "deterrent"), []).append(each)
    return classes


def test_noisy_attribution_has_three_classes_with_the_published_formulas():
    classes = alarms()
    assert {name: len(some) for name, some in classes.items()} == {
        "deterrent": 1,
        "no credibility": 1,
        "undeterrable": 1,
    }
    b, c, K, v, w, alpha, f, q = symbols(
        "benefit", "punishment", "harm", "right", "wrong", "detection", "false_alarm", "opportunity"
    )
    (found,) = classes["deterrent"]
    least = f * w / (f * w + alpha * v)
    assert same(found.strategies["Attacker"]["strike"], least / q)
    assert same(found.strategies["alarm"]["retaliate"], b / (c * (alpha - f)))
    assert same(found.payoffs["Attacker"], -f * b / (alpha - f))
    assert same(found.payoffs["Defender"], -K * least)


def test_noisy_attribution_has_the_published_conditions():
    """Model 15, alarm only: deterrent iff b <= c(alpha - f) and P_lo <= opp, and so on; unique generically."""
    rng = random.Random(15)
    points = []
    for _ in range(500):
        false_alarm, detection = sorted(chances(rng, 2))
        rest = {name: Fraction(rng.randrange(1, 400), 41) for name in ("benefit", "right", "wrong", "harm")}
        cost = Fraction(rng.randrange(1, 800), 41)
        points.append(
            {
                **rest,
                "punishment": cost,
                "detection": detection,
                "false_alarm": false_alarm,
                "opportunity": chances(rng, 1)[0],
            }
        )

    def expected(v):
        f, alpha = v["false_alarm"], v["detection"]
        least = f * v["wrong"] / (f * v["wrong"] + alpha * v["right"])
        if least > v["opportunity"]:
            return {"no credibility"}
        return {"deterrent" if v["benefit"] <= v["punishment"] * (alpha - f) else "undeterrable"}

    agree(alarm_only, alarms(), points, expected)


# -- unilateral deterrence (model 03b) --------------------------------------------------------------------------------------------


def challenges():
    """Return the classes of unilateral deterrence by their names in Zagare and Kilgour's table."""
    classes = {}
    for each in characterized(unilateral):
        hard = each.strategies["Challenger | Hard"]["challenge"]
        soft = each.strategies["Challenger | Soft"]["challenge"]
        name = {(0, 0): "deterrence", (1, 0): "separating", (1, 1): "attack"}.get((hard, soft), "bluff")
        if name == "deterrence":
            name = "certain" if each.strategies["Defender | Soft"]["resist"] == 0 else "steadfast"
        classes.setdefault(name, []).append(each)
    return classes


def crises(rng):
    """Return random payoffs in the order that the game assumes, and credibilities."""
    names = "soft_war", "defeat", "hard_war", "peace", "gain"
    others = "soft_defence", "concession", "hard_defence", "victory"
    values = dict(zip(names, in_order(rng, 5), strict=True)) | dict(zip(others, in_order(rng, 4), strict=True))
    return values | dict(zip("pq", chances(rng, 2), strict=True))


def test_unilateral_deterrence_has_the_published_conditions():
    """c1 = (DC - SQ)/(DC - DD+), c2 = (DC - SQ)/(DC - CD), d* = (CD - DC)/(CD - DD-).

    Deterrence by a Soft Defender who concedes is Certain Deterrence; one who resists deters always.
    """

    def expected(v):
        first = (v["gain"] - v["peace"]) / (v["gain"] - v["hard_war"])
        second = (v["gain"] - v["peace"]) / (v["gain"] - v["defeat"])
        doubt = (v["victory"] - v["concession"]) / (v["victory"] - v["soft_defence"])
        if v["q"] >= first:
            return {"steadfast", "certain"}
        if v["q"] >= second:
            return {"steadfast", "separating"}
        return {"steadfast", "attack" if v["p"] >= doubt else "bluff"}

    rng = random.Random(3)
    agree(unilateral, challenges(), [crises(rng) for _ in range(500)], expected)


def test_the_bluff_has_the_published_formulas():
    """xS = p(1 - d*)/((1 - p)d*), yS = (c2 - q)/(1 - q), and the belief d*."""
    (bluff,) = challenges()["bluff"]
    gain, peace, defeat, victory, concession, soft, p, q = symbols(
        "gain", "peace", "defeat", "victory", "concession", "soft_defence", "p", "q"
    )
    second, doubt = (gain - peace) / (gain - defeat), (victory - concession) / (victory - soft)
    assert same(bluff.strategies["Challenger | Soft"]["challenge"], p * (1 - doubt) / ((1 - p) * doubt))
    assert same(bluff.strategies["Defender | Soft"]["resist"], (second - q) / (1 - q))
    assert same(bluff.beliefs["Defender | Soft"]["Hard, soft, challenge"], doubt)
    assert same(bluff.outcomes["conflict"], p * second)


def test_the_least_resistance_of_steadfast_deterrence_has_the_published_formula():
    """q + (1 - q)yS >= c1, so at the published numbers yS is at least .365079 = 23/63."""
    (mixed,) = [each for each in challenges()["steadfast"] if ("Defender | Soft", "concede") in each.free]
    low, high = mixed.free["Defender | Soft", "concede"]
    at = {p.expression: sp.Rational(str(p.value)) for p in unilateral.parameters.values()}
    assert low == 0
    assert 1 - high.subs(at) == sp.Rational(23, 63)


def test_a_class_prints_its_condition_and_what_may_vary():
    (bluff,) = challenges()["bluff"]
    assert "Challenger | Soft: accept with probability" in str(bluff)
    assert str(bluff.when) in repr(bluff) or "when" in repr(bluff)
    (separating,) = challenges()["separating"]
    assert separating.free == {}
    assert separating.probability("challenge") == symbols("p")[0]
    assert separating.probability("resist", by="Defender") == sp.expand(sp.Mul(*symbols("p", "q")))


# -- generalized mutual deterrence (model 03c) ----------------------------------------------------------------------------------------


def mutual_classes():
    classes = {}
    names = "A | Hard", "A | Soft", "B | Hard", "B | Soft"
    place = [mutual.form.set_number[name] for name in names]
    for each in characterized(mutual):
        hard_a, soft_a, hard_b, soft_b = ("".join("kd"[a] for a in each.pattern[h]) for h in place)
        if (hard_a, soft_a, soft_b) == ("d", "d", "k"):
            name = "attack by A"
        elif (hard_b, soft_b, soft_a) == ("d", "d", "k"):
            name = "attack by B"
        else:
            name = {
                ("k", "k", "k", "k"): "sure-thing",
                ("kd", "k", "kd", "k"): "hybrid",
                ("d", "k", "d", "k"): "separating",
                ("d", "kd", "d", "kd"): "bluffing",
            }[hard_a, soft_a, hard_b, soft_b]
        classes.setdefault(name, []).append(each)
    return classes


@pytest.mark.slow
def test_mutual_deterrence_has_the_published_conditions():
    """Zagare and Kilgour (2000), model 03c; the regions overlap. Attack by A: pB <= a3 or pB <= a2."""

    def expected(v):
        gain, peace, hard, lone, soft = (v[k] for k in ("gain", "peace", "hard_war", "yielding", "soft_war"))
        first, second = (gain - peace) / (gain - hard), (gain - peace) / (gain - soft)
        third = (gain - peace) / (gain - peace + lone - soft)
        found = set()
        if min(v["p"], v["q"]) >= first:
            found |= {"sure-thing", "hybrid"}
        if min(v["p"], v["q"]) >= third:
            found |= {"separating"}
        if max(v["p"], v["q"]) < third:
            found |= {"bluffing"}
        found |= {"attack by A"} if v["q"] <= max(second, third) else set()
        found |= {"attack by B"} if v["p"] <= max(second, third) else set()
        return found

    rng = random.Random(33)
    points = []
    for _ in range(500):
        names = "soft_war", "yielding", "hard_war", "peace", "gain"
        points.append(dict(zip(names, in_order(rng, 5), strict=True)) | dict(zip("pq", chances(rng, 2), strict=True)))
    agree(mutual, mutual_classes(), points, expected)


@pytest.mark.slow
def test_mutual_deterrence_has_the_published_formulas():
    """Hybrid: 1 - v = (1 - pB)(DC - SQ)/(pB(SQ - DD+)); bluffing: (a3 - pB)/(1 - pB)."""
    gain, peace, hard, lone, soft, p, q = symbols("gain", "peace", "hard_war", "yielding", "soft_war", "p", "q")
    (hybrid,), (bluffing,) = mutual_classes()["hybrid"], mutual_classes()["bluffing"]
    assert same(hybrid.strategies["B | Hard"]["keep"], (1 - q) * (gain - peace) / (q * (peace - hard)))
    assert same(hybrid.strategies["A | Hard"]["keep"], (1 - p) * (gain - peace) / (p * (peace - hard)))
    third = (gain - peace) / (gain - peace + lone - soft)
    assert same(bluffing.strategies["B | Soft"]["defect"], (third - q) / (1 - q))
    assert same(bluffing.strategies["A | Soft"]["defect"], (third - p) / (1 - p))


@pytest.mark.slow
def test_mutual_deterrence_at_the_published_numbers():
    """a1 = .5, a2 = .2, a3 = .285714: which classes exist at (.7, .7), (.4, .4) and (.2, .2)."""
    tests = {name: [holding(mutual, e.when) for e in some] for name, some in mutual_classes().items()}
    expected = {
        Fraction(7, 10): {"sure-thing", "hybrid", "separating"},
        Fraction(4, 10): {"separating"},
        Fraction(2, 10): {"bluffing", "attack by A", "attack by B"},
    }
    for p, names in expected.items():
        values = mutual.at(p=p, q=p).values
        assert {name for name, some in tests.items() if any(test(values) for test in some)} == names


# -- spoilers (model 08b) ------------------------------------------------------------------------------------------------------------


def test_spoiling_needs_trust_in_between_and_a_cheap_attempt():
    """t_terror < tau <= t_quiet and B S >= k, at 500 random points."""
    found = [each for each in dt.characterize(spoilers) if each.strategies["start"]["attempt"] == 1]
    (spoiling,) = [
        e for e in found if e.strategies["quiet"]["implement"] == 1 and e.strategies["terror"]["refuse"] == 1
    ]
    test = holding(spoilers, spoiling.when)
    rng, count = random.Random(8), 0
    for _ in range(500):
        capable, incapable = sorted(chances(rng, 2))
        trust = chances(rng, 1)[0]
        gain, loss, prize, cost = (Fraction(rng.randrange(1, 400), 41) for _ in range(4))
        terror = trust * capable + (1 - trust) * incapable
        after_terror = trust * capable / terror
        after_quiet = trust * (1 - capable) / (1 - terror)
        expected = after_terror < loss / (gain + loss) <= after_quiet and prize * terror >= cost
        values = {
            "capable": capable,
            "incapable": incapable,
            "gain": gain,
            "loss": loss,
            "prize": prize,
            "cost": cost,
            "trust": trust,
        }
        assert test(values) == expected
        count += expected
    assert 30 < count < 470


# -- at a point ---------------------------------------------------------------------------------------------------------------------------

POINTWISE = {
    "strike": strike,
    "alarm only": alarm_only,
    "attribution": attribution,
    "unilateral": unilateral,
    "preemption": preemption,
    "ultimatum": ultimatum,
    "spoilers": spoilers,
    "Chicken": crisis("TRSP", "TRSP"),
    "Stag hunt": crisis("RTPS", "RTPS"),
    "Called Bluff": crisis("TRPS", "TRSP"),
}


def anywhere(game, rng):
    """Return random values in the ranges: limits, round numbers (so that payoffs tie) and others."""
    values = {}
    for name, known in game.parameters.items():
        low, high = known.low, known.high
        kind = rng.random()
        if kind < 0.15:
            values[name] = rng.choice([low, high])
        elif kind < 0.6:
            values[name] = low + (high - low) * Fraction(rng.randint(0, 4), 4)
        else:
            values[name] = low + (high - low) * Fraction(rng.randint(0, 997), 997)
    return values


def signature(solution):
    return {(each.pattern, tuple(each.outcomes.items()), tuple(each.payoffs.items())) for each in solution}


def equal_at_random_points(game, count, seed):
    found, rng, tried = dt.characterize(game), random.Random(seed), 0
    near = list(game.values.items())
    while tried < count:
        values = anywhere(game, rng)
        if rng.random() < 0.5:
            values = {**dict(near), **dict(rng.sample(list(values.items()), min(2, len(values))))}
        try:
            here = game.at(values)
        except ParameterError:
            continue
        tried += 1
        solved, formulas = dt.solve(here), found.at(values)
        assert signature(formulas) == signature(solved), values
        assert formulas.complete == solved.complete, values
        assert all(each.regret == 0 for each in formulas), values


@pytest.mark.parametrize("name", POINTWISE)
def test_a_characterization_at_a_point_is_the_solution_there(name):
    equal_at_random_points(POINTWISE[name], 20, 1)


@pytest.mark.slow
@pytest.mark.parametrize("name", POINTWISE)
def test_a_characterization_is_the_solution_at_two_hundred_points_of_each_game(name):
    equal_at_random_points(POINTWISE[name], 200, 2)


@pytest.mark.parametrize("war", [5, 6, 7, 0, 20])
def test_at_a_tie_the_equilibria_are_those_of_both_sides(war):
    assert signature(characterized(strike).at(war=war)) == signature(dt.solve(strike.at(war=war)))


def test_at_refuses_what_the_game_refuses():
    found = characterized(strike)
    with pytest.raises(ParameterError, match="outside its range"):
        found.at(war=99)
    with pytest.raises(ParameterError, match="has no parameter 'wr'"):
        found.at(wr=1)
    with pytest.raises(ParameterError, match="assumes"):
        characterized(unilateral).at(gain=-1)


# -- what it says of itself ------------------------------------------------------------------------------------------------------------------


def test_present_values_do_not_matter():
    first, other = dt.characterize(strike), dt.characterize(strike.at(war=15, prize=19))
    assert [each.when for each in first] == [each.when for each in other]
    assert [each.pattern for each in first] == [each.pattern for each in other]


def test_a_game_without_parameters_has_its_equilibria_as_classes():
    game = dt.bimatrix([[3, 2], [4, 1]], [[3, 4], [2, 1]])
    found = dt.characterize(game)
    assert len(found) == 3
    assert all(each.when == sp.true for each in found)


def test_declared_ranges_strike_classes_that_never_exist():
    @dt.game("A", "B")
    def game(war=param(1, "cost of war", low=0, high=3)):
        answer = move("B", give=end("grab", 1, -5), fight=end("war", -2, -war))
        return move("A", wait=end("peace", 0, 0), grab=answer)

    (only,) = dt.characterize(game)
    assert only.when == sp.true
    assert only.outcomes == {"peace": 1, "grab": 0, "war": 0}


def test_the_end_of_the_time_is_told():
    found = dt.characterize(unilateral, budget=1e-9)
    assert not found.complete
    assert "seconds was up" in found.status


def test_a_payoff_that_is_no_rational_function_is_told_or_solved():
    """By hand: take where Max(x - 1, 0) > 1/2, from x = 3/2 on."""

    @dt.game("A")
    def game(x=param(2, "x", low=0, high=3)):
        return move("A", take=end("taken", sp.Max(x - 1, 0)), leave=end("left", Fraction(1, 2)))

    found = dt.characterize(game)
    for x, outcome in ((0.5, "left"), (1.4, "left"), (1.6, "taken"), (3, "taken")):
        assert [each.outcomes[outcome] for each in found.at(x=x)] == [1]
        holds = [each for each in found if holding(game, each.when)({"x": Fraction(str(x))})]
        assert not found.complete or [each.outcomes[outcome] for each in holds] == [1]


def test_a_concept_without_closed_form_is_refused():
    class Other:
        concept = "other"

        def solve(self, game):
            return None

    with pytest.raises(MethodError, match="There is no closed form for"):
        dt.characterize(strike, Other())


def test_parameters_that_are_not_named_are_held_at_their_values():
    whole, some = dt.characterize(strike), dt.characterize(strike, parameters=["loss", "war"])
    assert some.held == ("prize", "punishment")
    assert {symbol.name for one in some for symbol in one.when.free_symbols} <= {"loss", "war"}
    assert "Held fixed: prize = 4, punishment = 9." in str(some)
    for values in ({"loss": 2, "war": 3}, {"loss": 5, "war": 1}):
        assert [e.outcomes for e in some.at(values)] == [e.outcomes for e in whole.at(values)]
