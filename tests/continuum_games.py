"""Small games with numbers without end, and profiles of them, that tests of texts, files and pictures share."""

from fractions import Fraction
from math import sqrt

import deterrence as dt
from deterrence import chance, choose, draw, end, move, param, share
from deterrence.answers.assessment import Free
from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium
from deterrence.answers.continuum.strategies import Cutoffs
from deterrence.solvers.continuum.playing import played


@dt.game("Proposer", "Rival")
def bargaining(
    strength=share("1/2", "share that the Proposer would win in a war"),
    cost=param("1/10", "cost of war to the Proposer", low=0, high=1, symbol="c"),
    most=param("2/5", "greatest cost of war to the Rival", low="1/10", high=1, symbol=r"\bar{c}"),
):
    "Ask a rival for a share; what a war costs it is hidden."
    return draw(
        0,
        most,
        seen_by="Rival",
        then=lambda war_cost: choose(
            "Proposer",
            0,
            1,
            then=lambda demand: move(
                "Rival",
                accept=end("settlement", demand, 1 - demand),
                fight=end("war", strength - cost, 1 - strength - war_cost),
            ),
        ),
    )


@dt.game("Proposer", "Rival")
def both_costs():
    "Ask a rival for a share; what a war costs is hidden on both sides."
    return draw(
        0,
        "3/10",
        seen_by="Proposer",
        name="cost of war to the Proposer",
        then=lambda own_cost: draw(
            0,
            "2/5",
            seen_by="Rival",
            name="cost of war to the Rival",
            then=lambda war_cost: choose(
                "Proposer",
                0,
                1,
                then=lambda demand: move(
                    "Rival",
                    accept=end("settlement", demand, 1 - demand),
                    fight=end("war", Fraction(1, 2) - own_cost, Fraction(1, 2) - war_cost),
                ),
            ),
        ),
    )


@dt.game("Challenger", "Defender")
def strike(
    prize=param(4, "gain from a strike that goes unanswered", low=0, high=20),
    loss=param(6, "harm of an unanswered strike", low=0, high=20),
    punishment=param(9, "harm that retaliation does", low=0, high=20),
):
    "Strike a victim whose cost of retaliating is hidden."
    return move(
        "Challenger",
        restrain=end("status quo", 0, 0),
        strike=draw(
            0,
            10,
            seen_by="Defender",
            then=lambda war: move(
                "Defender",
                restrain=end("fait accompli", prize, -loss),
                retaliate=end("conflict", prize - punishment, -war),
            ),
        ),
    )


@dt.game("Challenger", "Defender")
def audience(shame=param("1/2", "cost of backing down", low=0, high=5, symbol="a")):
    "Challenge a defender where backing down is costly; what a war is worth is hidden on both sides."
    return draw(
        -2,
        0,
        seen_by="Challenger",
        then=lambda own: draw(
            -2,
            0,
            seen_by="Defender",
            then=lambda other: move(
                "Challenger",
                quiet=end("status quo", 0, 1),
                challenge=move(
                    "Defender",
                    concede=end("concession", 1, 0),
                    resist=move(
                        "Challenger",
                        {"back down": end("retreat", -shame, 1), "fight": end("conflict", own, other)},
                    ),
                ),
            ),
        ),
    )


@dt.game("First", "Second")
def arms_race(
    gain=param("1/10", "gain of being alone armed", low=0, high=2, symbol=r"\mu"),
    fear=param("3/2", "harm of being alone unarmed", low=0, high=3, symbol="d"),
    low=param("1/5", "least cost of arms", low=0, high="1/2"),
    high=param(1, "greatest cost of arms", low="1/2", high=2),
):
    "Build arms or not; what they cost is hidden on both sides."
    return draw(
        low,
        high,
        seen_by="First",
        then=lambda first_cost: draw(
            low,
            high,
            seen_by="Second",
            then=lambda second_cost: dt.matrix(
                {
                    ("build", "build"): end("race", -first_cost, -second_cost),
                    ("build", "refrain"): end("First ahead", gain - first_cost, -fear),
                    ("refrain", "build"): end("Second ahead", -fear, gain - second_cost),
                    ("refrain", "refrain"): end("peace", 0, 0),
                }
            ),
        ),
    )


@dt.game("Inspector", "Suspect")
def inspection(
    dearness=param("1/2", "how fast effort grows dear", low="1/10", high=5, symbol=r"\kappa"),
    fine=param(1, "fine where a violation is found", low=0, high=5),
):
    "Look with an effort that nobody sees whether a treaty is kept."
    return choose(
        "Inspector",
        0,
        1,
        seen_by=(),
        name="effort of looking",
        then=lambda effort: move(
            "Suspect",
            comply=end("compliance", -dearness * effort**2 / 2, 0),
            violate=chance(
                found=(effort, end("violation found", 1 - dearness * effort**2 / 2, -fine)),
                missed=(1 - effort, end("violation missed", -dearness * effort**2 / 2, 1)),
            ),
        ),
    )


NORMAL = dt.Normal(0, "1/2")


@dt.game("State", "Foe")
def shocks():
    "Act under shocks to what each action is worth, one for each."
    return draw(
        NORMAL,
        seen_by="State",
        then=lambda shock_wait: draw(
            NORMAL,
            seen_by="State",
            then=lambda shock_talk: draw(
                NORMAL,
                seen_by="State",
                then=lambda shock_act: draw(
                    dt.Exponential(1),
                    seen_by=(),
                    then=lambda noise: move(
                        "State",
                        wait=end("calm", shock_wait, 0),
                        talk=end("deal", 1 + shock_talk, 1),
                        act=end("crisis", shock_act, -noise),
                    ),
                ),
            ),
        ),
    )


GAMES = {game.name: game for game in (bargaining, both_costs, strike, audience, arms_race, inspection, shocks)}


def profile(game, strategies, choices=None, **more):
    """Return a profile as an equilibrium: the strategies by information set, and what they come to."""
    come = played(game, strategies, choices or {})
    rows = {
        "payoff_list": tuple(come.payoffs.items()),
        "outcome_list": tuple(come.outcomes.items()),
        "action_list": tuple(come.actions.items()),
        "behaviour": come.behaviour,
        "reached": come.reached,
    }
    ordered = tuple((name, strategies[name]) for name in game.form.set_names)
    concept = "perfect Bayesian equilibrium"
    return ContinuumEquilibrium(game, concept, ordered, tuple((choices or {}).items()), **{**rows, **more})


def bargain():
    """Return the equilibrium in which the Proposer asks for 13/20 (Fearon 1995; vectors, ultimatum_hidden_cost)."""
    import sympy as sp

    demand, half = sp.Symbol("demand", real=True), sp.Rational(1, 2)
    rule = Cutoffs.of("war_cost", (0, demand - half, "fight"), (demand - half, Fraction(2, 5), "accept"))
    return profile(bargaining, {"Rival": rule}, {"demand": Fraction(13, 20)})


def struck(prize=6):
    """Return the equilibrium of the strike game (vectors, strike_resolve): the Defender retaliates up to its loss."""
    does = "strike" if prize > Fraction(27, 5) else "restrain"
    rules = {
        "Challenger": Cutoffs.always(does),
        "Defender": Cutoffs.of("war", (0, 6, "retaliate"), (6, 10, "restrain")),
    }
    return profile(strike.at(prize=prize), rules)


FIRST, SECOND = "Challenger | start", "Challenger | challenge, resist"


def bluff():
    """Return the equilibrium with bluffs (vectors, audience_costs): challenge 7/12, resist 2/3, conflict 1/6."""
    rules = {
        FIRST: Cutoffs.of("own", (-2, Fraction(-7, 6), "quiet"), (Fraction(-7, 6), 0, "challenge")),
        "Defender": Cutoffs.of("other", (-2, Fraction(-4, 3), "concede"), (Fraction(-4, 3), 0, "resist")),
        SECOND: Cutoffs.of("own", (-2, Fraction(-1, 2), "back down"), (Fraction(-1, 2), 0, "fight")),
    }
    return profile(audience, rules)


def nobody():
    """Return the equilibrium in which nobody challenges, held by what the Defender would believe."""
    rules = {
        FIRST: Cutoffs.always("quiet", "own"),
        "Defender": Cutoffs.always("resist", "other"),
        SECOND: Cutoffs.of("own", (-2, Fraction(-1, 2), "back down"), (Fraction(-1, 2), 0, "fight")),
    }
    free = (Free("Defender", "probability", "resist", 1, 1),)
    return profile(audience, rules, free_list=free, belief=(None, "own < -1/2 for certain", None))


def races():
    """Return the three equilibria of the arms race (vectors, arms_race): nobody, a sixth, everybody builds."""
    found = []
    for share_of_builders in (0, Fraction(1, 6), 1):
        cut = Fraction(1, 5) + Fraction(4, 5) * share_of_builders
        rules = {
            player: Cutoffs.of(name, (Fraction(1, 5), cut, "build"), (cut, 1, "refrain"))
            for player, name in (("First", "first_cost"), ("Second", "second_cost"))
        }
        found.append(profile(arms_race, rules))
    return tuple(found)


def root():
    """Return a profile of the strike game whose cutoff is irrational, exact and as a float."""
    import sympy as sp

    exact = 4 + sp.sqrt(5)
    rules = {
        "Challenger": Cutoffs.always("strike"),
        "Defender": Cutoffs.of("war", (0, exact, "retaliate"), (exact, 10, "restrain")),
    }
    return profile(strike, rules), 4 + sqrt(5)
