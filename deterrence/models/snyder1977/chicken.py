"""Chicken: conflict is the worst for both, and who yields is exploited.

Either side may prevail, and between them lies a mixed equilibrium in which a side yields with probability
``(S - P)/((T - R) + (S - P))`` of the *other's* payoffs: a costlier conflict makes the other yield more.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.snyder1977._matrix import (
    cells_pay,
    crisis_game,
    crisis_model,
    critical_risk,
    mixed_value,
    payoffs,
    side,
    yielding,
    yields,
)
from deterrence.models.theory import Theory

chicken = crisis_game("chicken", "Two states on a collision course: T > R > S > P.", "TRSP")
COSTLY: dict[str, Any] = payoffs(1, 0, -10, -1)


MODEL = crisis_model(
    chicken,
    ("Row prevails", "Column prevails", "mixed"),
    related=("schelling1960",),
    does_not_say="""\
It has no time: nobody can move first, commit or signal, and so nothing tells which side prevails. In the mixed
equilibrium nobody chooses the crash; that it becomes rarer as it becomes worse says nothing about what it costs
in all.""",
    theory=Theory(
        mechanism=("coordination",),
        actors="two states",
        information=("complete",),
        result=("several outcomes",),
        finding="Either may prevail; a costlier conflict makes the other side yield more often.",
        neighbours={
            "snyder1977/called_bluff": "There one side would rather fight than yield.",
            "brams1985/deterrence_game": "There an answer to pre-emption is possible.",
            "brams1994/farsighted_chicken": "There both look several moves ahead.",
        },
    ),
    claims=(
        Claim(
            "Whatever the payoffs, either side may prevail, or both mix; there is no other equilibrium.",
            "ch. 2",
            ask.always(lambda _, found: {one.name for one in found} == {"Row prevails", "Column prevails", "mixed"}),
        ),
        Claim(
            "How often a side yields is fixed by the other's payoffs.",
            "",
            ask.formula_of(yielding("Row"), "mixed"),
            lambda p: yields(p, "column"),
        ),
        Claim(
            "The mixed equilibrium is worth (TS - RP)/((T - R) + (S - P)).",
            "",
            ask.formula_of(payoff("Row"), "mixed"),
            lambda p: mixed_value(p, "row"),
        ),
        Claim(
            "Conflict has the probability that both stand firm.",
            "",
            ask.formula_of("conflict", "mixed"),
            lambda p: (1 - yields(p, "column")) * (1 - yields(p, "row")),
        ),
        Claim(
            "A costlier conflict for the one makes the other yield more: it yields less as that payoff rises.",
            "",
            ask.sign_of("column_punishment", yielding("Row"), "mixed"),
            "falls",
        ),
        Claim(
            "A costlier conflict is a rarer one: its probability rises with the payoff from it.",
            "",
            ask.sign_of("column_punishment", "conflict", "mixed"),
            "rises",
        ),
        Claim(
            "The critical risk, up to which standing firm is best, is (T - R)/((T - R) + (S - P)).",
            "critical risk",
            critical_risk(),
            lambda p: (
                (side(p, "row").T - side(p, "row").R)
                / (side(p, "row").T - side(p, "row").R + side(p, "row").S - side(p, "row").P)
            ),
        ),
        Claim(
            "Against a sure concession the critical risk is (T - S)/(T - P).",
            "Ellsberg's and Zeuthen's version",
            critical_risk(against_concession=True),
            lambda p: (side(p, "row").T - side(p, "row").S) / (side(p, "row").T - side(p, "row").P),
        ),
        Claim(
            "At ranks 4 to 1 both yield half the time.",
            "",
            ask.value_at(yielding("Row"), "mixed"),
            "0.5",
            basis="computed",
        ),
        Claim(
            "There conflict has probability 1/4.",
            "",
            ask.value_at("conflict", "mixed"),
            "0.25",
            basis="computed",
        ),
        Claim(
            "There the mixture is worth 2.5.",
            "",
            ask.value_at(payoff("Row"), "mixed"),
            "2.5",
            basis="computed",
        ),
        Claim(
            "Where the crash costs 10 times the prize, both yield nine times in ten.",
            "",
            ask.value_at(yielding("Row"), "mixed", **COSTLY),
            "0.9",
            basis="computed",
        ),
        Claim(
            "There they crash once in a hundred.",
            "",
            ask.value_at("conflict", "mixed", **COSTLY),
            "0.01",
            basis="computed",
        ),
        Claim(
            "There the mixture is worth -0.1.",
            "",
            ask.value_at(payoff("Row"), "mixed", **COSTLY),
            "-0.1",
            basis="computed",
        ),
        cells_pay((3, 3), (2, 4), (4, 2), (1, 1)),
    ),
)
