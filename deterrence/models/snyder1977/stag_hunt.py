"""The Stag Hunt: both want the compromise, but to yield alone is worst.

Compromise and conflict are equilibria, and a mixture between them. Compromise risk-dominates where
``(R1 - T1)(R2 - T2) > (P1 - S1)(P2 - S2)``: where yielding to one who stands firm costs little.
"""

from __future__ import annotations

from typing import Any

from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.snyder1977._matrix import cells_pay, crisis_game, crisis_model, payoffs, yielding, yields
from deterrence.models.theory import Theory
from deterrence.refinements import payoff_dominant, risk_dominant

stag_hunt = crisis_game("stag-hunt", "Two states that both prefer compromise, if it is mutual: R > T > P > S.", "RTPS")
RISKY: dict[str, Any] = payoffs(8, 9, 5, 0)


def _risk_dominance_by_products(game: Any, solution: Any) -> bool:
    values = game.values
    gain, risk = 1, 1
    for name in ("row", "column"):
        gain *= values[f"{name}_reward"] - values[f"{name}_temptation"]
        risk *= values[f"{name}_punishment"] - values[f"{name}_sucker"]
    expected = {"compromise"} if gain > risk else {"conflict"} if gain < risk else {"compromise", "conflict"}
    return {one.name for one in risk_dominant(solution)} == expected


MODEL = crisis_model(
    stag_hunt,
    ("compromise", "conflict", "mixed"),
    topic="assurance",
    related=("harsanyi1988",),
    does_not_say="""\
It does not say which equilibrium is played: risk dominance is a rule of thumb for strangers, not a proof. Nobody
can reassure the other by a signal, and each knows that the other prefers the compromise.""",
    theory=Theory(
        mechanism=("coordination", "reassurance"),
        actors="two states",
        information=("complete",),
        result=("several outcomes",),
        finding="Both want the compromise, and fear alone can keep them from it.",
        phase=("general",),
        neighbours={
            "schelling1960/surprise_attack": "There a small chance of compulsion is added.",
            "chassang2010/preemption": "There noise selects between the two equilibria.",
            "baliga2004/arms_race": "There the cost of arming is hidden.",
        },
    ),
    claims=(
        Claim(
            "Whatever the payoffs there are three equilibria: compromise, conflict and a mixture.",
            "ch. 2",
            ask.always(lambda _, found: {one.name for one in found} == {"compromise", "conflict", "mixed"}),
        ),
        Claim(
            "In the mixture, how often a side yields is fixed by the other's payoffs.",
            "",
            ask.formula_of(yielding("Row"), "mixed"),
            lambda p: yields(p, "column"),
        ),
        Claim(
            "Compromise risk-dominates where the product of R - T exceeds that of P - S.",
            "Harsanyi and Selten (1988)",
            ask.always(_risk_dominance_by_products),
        ),
        Claim(
            "At payoffs of 9, 8, 5 and 0 the mixture has each yield with probability 5/6.",
            "",
            ask.value_at(yielding("Row"), "mixed", **RISKY),
            "0.833333",
            basis="computed",
        ),
        Claim(
            "There conflict risk-dominates (1 against 25).",
            "",
            ask.survivors_at(risk_dominant, **RISKY),
            {"conflict"},
            basis="computed",
        ),
        Claim(
            "There compromise is better for both all the same.",
            "",
            ask.survivors_at(payoff_dominant, **RISKY),
            {"compromise"},
        ),
        Claim(
            "A worse lot for who yields alone makes conflict risk-dominant: at S = 3.5 it is not, at S = 0 it is.",
            "",
            lambda model: tuple(
                next(iter(ask.survivors_at(risk_dominant, **payoffs(8, 9, 4, sucker))(model))) for sucker in (3.5, 0)
            ),
            ("compromise", "conflict"),
        ),
        cells_pay((4, 4), (1, 3), (3, 1), (2, 2)),
    ),
)
