"""Models of nuclear strategy: their numbers again, by routes that know nothing of the solvers."""

from fractions import Fraction
from itertools import product

import pytest

from deterrence import models

ARMS_CONTROL = models.load("coe2020/arms_control")
BLOWS = models.load("powell1989/limited_retaliation")
BALANCE = models.load("wohlstetter1959/delicate_balance")
WORLDS = models.load("jervis1978/security_dilemma")
SHIELD = models.load("powell2003/missile_defence")
BRINK = models.load("powell1988/two_sided_brinkmanship")


# -- two-sided brinkmanship -------------------------------------------------------------------------------


def crisis_value(challenge, resist, *, q, f, g, costs_c, costs_d, r_c, r_d):
    """Return both sides' payoffs by type, worked out from the story: rates of challenge and resistance by type."""
    challenger, defender = [Fraction(0), Fraction(0)], [Fraction(0), Fraction(0)]
    for c, d in product(range(2), range(2)):
        odds_c, odds_d = (r_c, 1 - r_c)[c], (r_d, 1 - r_d)[d]
        after = (1 - g - g * costs_c[c], -g * costs_d[d]) if c == 0 else (0, 1)
        resisted = ((1 - f) * after[0] - f * costs_c[c], (1 - f) * after[1] - f * costs_d[d])
        met = [resist[d] * resisted[k] + (1 - resist[d]) * (1, 0)[k] for k in range(2)]
        challenger[c] += odds_d * (challenge[c] * met[0] + (1 - challenge[c]) * q)
        defender[d] += odds_c * (challenge[c] * met[1] + (1 - challenge[c]) * (1 - q))
    return challenger, defender


@pytest.mark.parametrize(
    ("r_c", "r_d", "challenge", "resist"),
    [
        (Fraction(1, 4), Fraction(1, 2), (1, Fraction(7, 15)), (Fraction(4, 5), 0)),
        (Fraction(1, 5), Fraction(1, 5), (1, Fraction(7, 8)), (1, Fraction(1, 4))),
        (Fraction(3, 10), Fraction(3, 10), (1, 1), (1, 0)),
        (Fraction(1, 2), Fraction(1, 2), (1, 1), (0, 0)),
    ],
)
def test_no_type_gains_by_another_rate_of_bluffing_or_resisting(r_c, r_d, challenge, resist):
    values = {
        "q": Fraction(2, 5),
        "f": Fraction(1, 10),
        "g": Fraction(1, 5),
        "costs_c": (3, 5),
        "costs_d": (3, 5),
        "r_c": r_c,
        "r_d": r_d,
    }
    challenger, defender = crisis_value(challenge, resist, **values)
    for k, rate in product(range(2), (0, Fraction(1, 2), 1)):
        other_challenge, other_resist = list(challenge), list(resist)
        other_challenge[k] = other_resist[k] = rate
        assert crisis_value(other_challenge, resist, **values)[0][k] <= challenger[k]
        assert crisis_value(challenge, other_resist, **values)[1][k] <= defender[k]
    solution = BRINK.solve(challenger_resolve=r_c, defender_resolve=r_d)
    (found,) = [one for one in solution if one.probability("challenge") > 0]
    assert found.probability("challenge") == r_c * challenge[0] + (1 - r_c) * challenge[1]
    assert found.payoffs["Challenger"] == r_c * challenger[0] + (1 - r_c) * challenger[1]
    assert found.payoffs["Defender"] == r_d * defender[0] + (1 - r_d) * defender[1]


# -- missile defence --------------------------------------------------------------------------------------


def rogue_value(challenge, resist, *, m, r, b, ruins, p):
    """Return what each type of Rogue and the State expect, worked out from the story."""
    rogue, state = [], Fraction(0)
    for kind, odds in enumerate((p, 1 - p)):
        struck = -(1 - m) * b
        after = (1 - r - r * ruins[0], -(1 - r) + r * struck) if kind == 0 else (0, 0)
        resisted = ((1 - r) * after[0] - r * ruins[kind], (1 - r) * after[1] + r * struck)
        met = [resist * resisted[0] + 1 - resist, resist * resisted[1] - (1 - resist)]
        rogue.append(challenge[kind] * met[0])
        state += odds * challenge[kind] * met[1]
    return rogue, state


@pytest.mark.parametrize(
    ("m", "name", "challenge", "resist"),
    [
        (Fraction(1, 2), "the State yields", (1, 1), 0),
        (Fraction(4, 5), "bluff", (1, Fraction(1, 5)), Fraction(1, 2)),
        (Fraction(19, 20), "the resolute alone", (1, 0), 1),
    ],
)
def test_neither_rogue_nor_state_gains_by_deviating_at_three_defences(m, name, challenge, resist):
    values = {"m": m, "r": Fraction(1, 5), "b": 10, "ruins": (1, 5), "p": Fraction(1, 4)}
    rogue, state = rogue_value(challenge, resist, **values)
    for other in (0, Fraction(1, 3), 1):
        assert rogue_value((other, challenge[1]), resist, **values)[0][0] <= rogue[0]
        assert rogue_value((challenge[0], other), resist, **values)[0][1] <= rogue[1]
        assert rogue_value(challenge, other, **values)[1] <= state
    (found,) = SHIELD.solve(defence=m)
    assert found.name == name
    assert found.payoffs["Rogue"] == rogue[0] / 4 + 3 * rogue[1] / 4
    assert found.payoffs["State"] == state


def test_an_attack_is_nowhere_as_likely_as_where_the_defence_first_makes_the_state_resist():
    defences = [Fraction(k, 100) for k in (0, 30, 60, 66, 70, 80, 89, 91, 95, 99)]
    attacks = [SHIELD.solve(defence=m)[0].probability("nuclear attack") for m in defences]
    assert attacks.index(max(attacks)) == defences.index(Fraction(66, 100))
    assert attacks[:3] == [0, 0, 0]


# -- the security dilemma ---------------------------------------------------------------------------------


def posture_values(rival, blind, seen, *, o, z, t, loss=5, gain=5, w=2, c=1):
    """Return what each type of Rival and the State expect; rates are those of an offensive posture."""
    wins = (-c, o * gain - c)
    types, state = [], Fraction(0)
    for kind, odds in enumerate((t, 1 - t)):
        own = Fraction(0)
        for shown, chance_of in ((True, z), (False, 1 - z)):
            for offensive, rate in ((True, rival[kind]), (False, 1 - rival[kind])):
                answer = (seen if offensive else 0) if shown else blind
                to_arms = (-w, -w) if offensive else (-o * loss, -c)
                to_none = (wins[kind], -o * loss) if offensive else (0, 0)
                own += chance_of * rate * (answer * to_arms[0] + (1 - answer) * to_none[0])
                state += odds * chance_of * rate * (answer * to_arms[1] + (1 - answer) * to_none[1])
        types.append(own)
    return types, state


@pytest.mark.parametrize(
    ("o", "z", "t", "name", "rival", "blind", "seen"),
    [
        ("0.6", "0.2", "0.7", "spiral", (1, 1), 1, 1),
        ("0.6", "0.2", "0.7", "the greedy arm", (0, 1), 0, 1),
        ("0.6", "0.2", "0.7", "mutual doubt", (Fraction(2, 7), 1), Fraction(3, 4), 1),
        ("0.6", "0.9", "0.7", "security for all", (0, 0), 0, 1),
        ("0.3", "0.9", "0.7", "arms that need no answer", (0, 1), 0, 0),
    ],
)
def test_no_side_gains_by_another_posture(o, z, t, name, rival, blind, seen):
    values = {"o": Fraction(o), "z": Fraction(z), "t": Fraction(t)}
    types, state = posture_values(rival, blind, seen, **values)
    for other in (0, Fraction(1, 2), 1):
        assert posture_values((other, rival[1]), blind, seen, **values)[0][0] <= types[0]
        assert posture_values((rival[0], other), blind, seen, **values)[0][1] <= types[1]
        assert posture_values(rival, other, seen, **values)[1] <= state
        assert posture_values(rival, blind, other, **values)[1] <= state
    found = [one for one in WORLDS.solve(offence=o, visibility=z, trust=t) if one.name == name]
    assert [one.payoffs["State"] for one in found] == [state]
    assert found[0].payoffs["Rival"] == values["t"] * types[0] + (1 - values["t"]) * types[1]


# -- limited retaliation ----------------------------------------------------------------------------------


def blow_values(challenge, strike, *, q, size, m, k, r_c, r_d):
    """Return what each type of Challenger and a resolute Defender expect: rates of challenges and of each blow."""
    challenger = []
    for kind in range(2):
        met = Fraction(1 - r_d)  # an irresolute Defender submits
        for blow, rate in zip(size, strike, strict=True):
            met += r_d * rate * ((1 - k - blow) if kind == 0 else -blow)
        met += r_d * (1 - sum(strike))
        challenger.append(challenge[kind] * met + (1 - challenge[kind]) * q)
    defender = Fraction(0)
    for kind, odds in enumerate((r_c, 1 - r_c)):
        met = Fraction(0)
        for blow, rate in zip(size, strike, strict=True):
            met += rate * ((-k - (1 - m) * blow) if kind == 0 else 1 - k)
        defender += odds * (challenge[kind] * met + (1 - challenge[kind]) * (1 - q))
    return challenger, defender


@pytest.mark.parametrize(
    ("small", "r_d", "name", "challenge", "strike"),
    [
        ("0.5", "0.5", "bluff", (1, Fraction(3, 7)), (Fraction(4, 5), 0)),
        ("0.5", "0.3", "every Challenger tries", (1, 1), (1, 0)),
        ("1.8", "0.5", "the Defender submits", (1, 1), (0, 0)),
    ],
)
def test_no_side_gains_by_another_rate_of_challenges_or_blows(small, r_d, name, challenge, strike):
    values = {"q": Fraction("0.4"), "size": (Fraction(small), 2), "m": Fraction("0.2"), "k": Fraction("0.3")}
    values |= {"r_c": Fraction("0.3"), "r_d": Fraction(r_d)}
    challenger, defender = blow_values(challenge, strike, **values)
    for other in ((0, 0), (1, 0), (0, 1), (Fraction(1, 2), Fraction(1, 2))):
        assert blow_values(challenge, other, **values)[1] <= defender
        assert blow_values((other[0], challenge[1]), strike, **values)[0][0] <= challenger[0]
        assert blow_values((challenge[0], other[1]), strike, **values)[0][1] <= challenger[1]
    (found,) = [one for one in BLOWS.solve(small=small, defender_resolve=r_d) if one.name == name]
    assert found.payoffs["Challenger"] == Fraction("0.3") * challenger[0] + Fraction("0.7") * challenger[1]
    irresolute = sum(o * (1 - c) for o, c in zip((Fraction("0.3"), Fraction("0.7")), challenge, strict=True)) * 6 / 10
    assert found.payoffs["Defender"] == Fraction(r_d) * defender + (1 - Fraction(r_d)) * irresolute


# -- the delicate balance of terror -----------------------------------------------------------------------


def first_strike(*, g=3, k=Fraction(1, 2), blow=10, loss=8, s0=Fraction(1, 10), s1=Fraction(3, 5), c=1):
    """Return the outcome and payoffs of North and South by working back from the last decision."""

    def struck(survive):
        return g * (1 - survive) - k - survive * blow, -loss * (1 - survive)

    def fought(north, south):
        of_north, of_south = (s1 if side else s0 for side in (north, south))
        worth, harm = struck(of_north)
        ends = [("peace", 0, 0), ("South strikes first", harm, worth)]
        second = max(ends, key=lambda one: one[2])
        worth, harm = struck(of_south)
        outcome, for_north, for_south = max([second, ("North strikes first", worth, harm)], key=lambda one: one[1])
        return outcome, for_north - c * north, for_south - c * south

    answers = [max((fought(north, south) for north in (0, 1)), key=lambda one: one[1]) for south in (0, 1)]
    return max(answers, key=lambda one: one[2])


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"c": 6},
        {"s0": Fraction(1, 5)},
        {"blow": 5, "c": 3},
        {"blow": 0, "s1": Fraction(4, 5), "c": Fraction(1, 10)},
        {"loss": 4, "c": 4},
        {"loss": 4, "c": 5},
        {"loss": 1, "c": 3},
    ],
)
def test_working_back_from_the_last_strike_gives_the_same_outcome_and_payoffs(values):
    names = {"blow": "blow", "loss": "loss", "s0": "exposed", "s1": "protected", "c": "cost"}
    (found,) = BALANCE.solve(**{names[name]: value for name, value in values.items()})
    outcome, north, south = first_strike(**values)
    assert found.probability(outcome) == 1
    assert (found.payoffs["North"], found.payoffs["South"]) == (north, south)


# -- arms control -----------------------------------------------------------------------------------------


def kept_equilibrium(m, *, x=5, e=2, harm=2, k=3, p=4, race=1):
    """Tell whether to comply, to honour where nothing is found and to answer a breach is free of regret."""
    strike = m * x - k
    answered = strike >= -harm
    cheating = (1 - m) * e + m * (-p if answered else e)
    return strike <= 0 and max(cheating, -race) <= 0


@pytest.mark.parametrize("x", [2, 5, 8, 10])
def test_an_agreement_exists_in_the_window_between_enough_and_too_much_transparency(x):
    for m in (Fraction(k, 20) for k in range(1, 20)):
        names = {one.name for one in ARMS_CONTROL.solve(transparency=m, targets=x)}
        assert ("agreement" in names) == kept_equilibrium(m, x=x), m
