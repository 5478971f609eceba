"""Mechanisms together: which pairs commute, that information stays right, and all of them on one game."""

import inspect
import itertools
import pickle
import random
import re
from collections import Counter
from fractions import Fraction

import pytest

import deterrence as dt
from deterrence import end, models, move
from deterrence.errors import MechanismError
from deterrence.mechanisms import (
    AudienceCosts,
    Brinkmanship,
    Casualties,
    Commitment,
    Delegation,
    Deniability,
    Factions,
    InnocentAttacks,
    MissileDefence,
    Posture,
    Sanctions,
    Signal,
    SunkCosts,
)
from deterrence.models.escalation import exchange
from tests.mechanisms.fitting import KINDS, Words, fitted, misspelt

STRIKE = models.load("strike").game


def unseen(gain, penalty):
    """Return the strike game in which the Defender answers, or not, what it has not seen."""
    quiet = move("Defender", restrain=end("status quo", 0, 0), retaliate=end("mistake", -4, -1), information="blind")
    war = end("war", gain - penalty, -1)
    struck = move("Defender", restrain=end("fait accompli", gain, -2), retaliate=war, information="blind")
    return dt.Game(("Challenger", "Defender"), move("Challenger", restrain=quiet, strike=struck))


# Away from their neutral values, with names of parameters that do not clash.
TUNED = {
    "AudienceCosts": AudienceCosts("restrain", "Defender", audience_cost=4, prefix="home"),
    "Brinkmanship": Brinkmanship("strike", "Challenger", risk=0.1, disaster=7),
    "Casualties": Casualties("strike", "restrain", victim="Defender", outrage=6),
    "Delegation": Delegation("strike", "restrain", "Challenger", gain=1, autonomy=0.3, price=0.2),
    "Deniability": Deniability(
        "strike", "retaliate", "Challenger", "Defender", attribution=0.4, doubt=3, mistake=1, prefix="evidence"
    ),
    "Factions": Factions("Defender", outcomes="war", resolve=5, prior=0.4),
    "InnocentAttacks": InnocentAttacks("strike", "restrain", "Challenger", gain=1, background=0.2),
    "MissileDefence": MissileDefence("strike", "Defender", "Challenger", gain=2, harm=3, interception=0.3),
    "Posture": Posture("strike", "retaliate", "Defender", exposure=0.5, vulnerability=1, reach=2),
    "Sanctions": Sanctions("Challenger", outcomes="status quo", pressure=1),
    "Signal": Signal("strike", "Challenger", detection=0.6, false_alarm=0.2),
    "SunkCosts": SunkCosts("strike", "Challenger", sunk_cost=1),
}
WORDS = Words("strike", "restrain", "retaliate", "restrain", "Challenger", "Defender", "war")
# A mechanism that is not tuned above is made from the names of its fields.
ALL = {name: TUNED[name] if name in TUNED else fitted(kind, WORDS) for name, kind in KINDS.items()}
# Other uses of some, which commute with less.
SPECIAL = {
    "Brinkmanship on the answer": Brinkmanship("retaliate", "Defender", risk=0.1, disaster=11, prefix="late"),
    "Brinkmanship on restraint": Brinkmanship("restrain", "Defender", risk=0.1, disaster=9, prefix="calm"),
    "Factions by actions": Factions("Challenger", ("bold", "shy"), actions="strike", resolve=2, prefix="own"),
    "Sanctions on an offence": Sanctions("Challenger", outcomes="war", offence="strike", prefix="further"),
    "Sanctions everywhere": Sanctions("Challenger", concession="status quo", prefix="general"),
    "AudienceCosts of restraint": AudienceCosts("restrain", "Challenger", prefix="rally"),
    "Commitment to restraint": Commitment("Challenger", "restrain", holds=0.5, prefix="pledge"),
}
EVERY = {**ALL, **SPECIAL}
COPIES = ("Delegation", "InnocentAttacks")
COST_OF_THE_ACT = ("SunkCosts", "Factions by actions", "Sanctions on an offence")
BELOW_THE_ACT = (*COST_OF_THE_ACT, "MissileDefence", "Posture", "Sanctions everywhere", *COPIES)

# What the docstrings say does not commute.
ORDERED = {
    frozenset(pair)
    for pair in (
        COPIES,
        *itertools.product(COPIES, ("Deniability", "Signal", "AudienceCosts of restraint", *COST_OF_THE_ACT)),
        *itertools.product(("Brinkmanship", "Brinkmanship on the answer", "Brinkmanship on restraint"), BELOW_THE_ACT),
        *itertools.product((*COPIES, "Commitment"), ("Commitment to restraint",)),
        ("Brinkmanship on the answer", "Deniability"),
        ("Brinkmanship on restraint", "AudienceCosts"),
        ("Brinkmanship on restraint", "Casualties"),
    )
}
BASES = {
    "undeterred": STRIKE.at(war=8),
    "fought": STRIKE.at(prize=12, war=5),
    "unseen": unseen(1, 4),
    "unseen, cheap": unseen(3, 2),
}


def predictions(game):
    solution = dt.solve(game)
    assert solution.complete
    assert len(solution) > 0
    assert all(each.regret == 0 for each in solution)
    return {
        (tuple(each.payoffs.items()), frozenset((name, p) for name, p in extreme.outcomes.items() if p != 0))
        for each in solution
        for extreme in (each, *each.extremes)
    }


def leaves(game):
    """Count the ends by what led there, in no order, and by payoffs."""
    form, payoffs = game.form, game.numbers[0]
    ends = [n for n, outcome in enumerate(form.outcome) if outcome]
    return Counter((tuple(sorted(form.history(n).split(", "))), payoffs[n]) for n in ends)


COMMUTE = [pair for pair in itertools.combinations(EVERY, 2) if frozenset(pair) not in ORDERED]


@pytest.mark.parametrize(("one", "other"), COMMUTE)
def test_these_pairs_commute(one, other):
    for game in BASES.values():
        forth, back = game.under(EVERY[one], EVERY[other]), game.under(EVERY[other], EVERY[one])
        assert predictions(forth) == predictions(back)
        assert set(forth.parameters) == set(back.parameters)


@pytest.mark.parametrize(("one", "other"), sorted(map(sorted, ORDERED)))
def test_these_pairs_do_not_commute(one, other):
    games = [STRIKE, BASES["unseen"]]
    differ = [
        leaves(game.under(EVERY[one], EVERY[other])) != leaves(game.under(EVERY[other], EVERY[one]))
        or predictions(game.under(EVERY[one], EVERY[other])) != predictions(game.under(EVERY[other], EVERY[one]))
        for game in games
    ]
    assert any(differ)


def experience(form, node):
    """Return what the player who moves at a node has known and done before, from first to last."""
    player, found, child = form.player_of[form.infoset_of[node]], [], node
    while form.parent[child] >= 0:
        above = form.parent[child]
        infoset = form.infoset_of[above]
        if infoset >= 0 and form.player_of[infoset] == player:
            found.append((infoset, form.children[above].index(child)))
        child = above
    return tuple(reversed(found))


@pytest.mark.parametrize("base", [STRIKE, exchange(3), unseen(1, 4)], ids=["strike", "exchange", "unseen"])
@pytest.mark.parametrize("first", EVERY)
def test_players_remember_what_they_knew_and_did(base, first):
    for second, other in EVERY.items():
        game = base.under(EVERY[first]) if first == second else base.under(EVERY[first], other)
        for nodes in game.form.nodes_of:
            assert len({experience(game.form, node) for node in nodes}) == 1


@pytest.mark.parametrize("one", EVERY)
def test_parameters_of_two_mechanisms_stay_apart(one):
    alone = STRIKE.under(EVERY[one])
    for other, mechanism in EVERY.items():
        if other == one:
            continue
        both = alone.under(mechanism)
        assert dict(alone.values).items() <= dict(both.values).items()
        assert len(both.parameters) > len(alone.parameters)
        assert both.mechanisms == (EVERY[one], mechanism)


@pytest.mark.parametrize("name", ALL)
def test_the_same_mechanism_twice_is_refused_until_it_has_a_prefix(name):
    once = STRIKE.under(ALL[name])
    with pytest.raises(MechanismError, match="already has one"):
        once.under(ALL[name])
    again = type(ALL[name])(**{**vars(ALL[name]), "prefix": "second"})
    assert len(once.under(again).parameters) > len(once.parameters)


# -- All twelve -------------------------------------------------------------------------------------


def test_all_mechanisms_together_make_a_game_that_prints_pickles_and_solves():
    game = STRIKE.under(
        Signal("strike", "Challenger"),
        InnocentAttacks("strike", "restrain"),
        Delegation("strike", "restrain", "Challenger"),
        Brinkmanship("retaliate"),
        MissileDefence("strike", "Defender", gain=2, harm=3),
        Casualties("strike", "restrain", "Defender"),
        Deniability("strike", "retaliate", "Challenger", "Defender", prefix="evidence"),
        Posture("strike", "retaliate"),
        AudienceCosts("restrain", "Defender", prefix="home"),
        SunkCosts("strike"),
        Sanctions("Challenger", outcomes="status quo", offence="strike", evidence="proof"),
        Factions("Defender", outcomes="war", prefix="defender"),
    )
    assert sorted(type(each).__name__ for each in game.mechanisms) == sorted(TUNED)
    assert pickle.loads(pickle.dumps(game)) == game
    printed = str(game)
    assert all(name in printed for name in game.parameters)
    (found,) = dt.solve(game)
    # The Challenger restrains. Yet nature attacks with .1, or else the proxy with .2, so with .28. Only proof is
    # answered, which is here mistaken and comes with .1; and every tenth answer slips.
    assert found.regret == 0
    assert found.probability("restrain", "Challenger") == 1
    assert found.outcomes["status quo"] == Fraction(72, 100)
    assert found.outcomes["fait accompli"] == Fraction(28, 100) * Fraction(9, 10)
    assert found.outcomes["war"] == Fraction(28, 1000) * Fraction(9, 10)
    assert found.outcomes["disaster"] == Fraction(28, 1000) * Fraction(1, 10)


@pytest.mark.parametrize("seed", range(6))
def test_in_any_order_they_make_a_game_with_an_exact_equilibrium(seed):
    order = list(ALL)
    random.Random(seed).shuffle(order)
    game = STRIKE.under(*(ALL[name] for name in order))
    assert all(len({experience(game.form, node) for node in nodes}) == 1 for nodes in game.form.nodes_of)
    assert predictions(game)


@pytest.mark.parametrize("name", ALL)
def test_a_docstring_says_what_a_mechanism_needs_leaves_out_and_where_it_stands(name):
    text = inspect.cleandoc(type(ALL[name]).__doc__)  # Python 3.13 takes the indentation away itself
    for part in ("*Needs*", "*Neutral*", "*Left out*", "*Order*", "References\n", "Examples\n"):
        assert part in text
    listed = dict(re.findall(r"^([a-z_, ]+)\n((?:    .*\n)+)", text.partition("Notes\n")[0], re.MULTILINE))
    meanings = {field: meaning for fields, meaning in listed.items() for field in fields.split(", ")}
    for field, kind in type(ALL[name]).__annotations__.items():
        assert meanings[field]
        if kind == "Number":
            assert any(words in " ".join(meanings[field].split()) for words in ("[0, 1]", "at least 0", "any sign"))


@pytest.mark.parametrize("name", ALL)
def test_what_is_missing_is_answered_with_what_the_game_has(name):
    mechanism, given = misspelt(ALL[name])
    with pytest.raises(MechanismError, match=rf"{name} .*'{given}'.*Allowed: .*Did you mean '{given[:-1]}'"):
        STRIKE.under(mechanism)
