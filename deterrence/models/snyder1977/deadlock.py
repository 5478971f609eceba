"""Deadlock: both would rather fight than compromise.

To stand firm is better whatever the other does, and conflict is better for both than compromise: it is the
only equilibrium, and nobody regrets it.
"""

from __future__ import annotations

from deterrence.answers.measure import payoff
from deterrence.mechanisms.sanctions import Sanctions
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.snyder1977._matrix import cells_pay, crisis_game, crisis_model
from deterrence.models.theory import Theory

deadlock = crisis_game("deadlock", "Two states that both prefer conflict to compromise: T > P > R > S.", "TPRS")
FINES = (
    Sanctions("Row", outcomes="Row prevails", pressure=3, prefix="row"),
    Sanctions("Column", outcomes="Column prevails", pressure=3, prefix="column"),
)


MODEL = crisis_model(
    deadlock,
    ("conflict", "compromise", "mixed"),
    does_not_say="""\
It does not say why the two want to fight, nor what could change their minds; a dispute that looks like a
Deadlock may be a Prisoner's Dilemma in which the compromise on offer is poor.""",
    theory=Theory(
        mechanism=("coordination",),
        actors="two states",
        information=("complete",),
        result=("war without a mistake",),
        finding="Both would rather fight than compromise, and nothing is to be deterred.",
        neighbours={
            "snyder1977/prisoners_dilemma": "There both would rather compromise.",
        },
    ),
    claims=(
        Claim(
            "Conflict is the only equilibrium whatever the payoffs.",
            "ch. 2",
            ask.always(lambda _, found: [one.name for one in found] == ["conflict"]),
        ),
        Claim("At ranks 4 to 1 each gets 3 by it.", "", ask.value_at(payoff("Row")), 3),
        Claim(
            "Conflict is better for both than compromise.",
            "ch. 2",
            ask.always(
                lambda game, found: all(
                    found[0].payoffs[player] > game.values[f"{player.lower()}_reward"] for player in game.players
                )
            ),
        ),
        Claim(
            "Sanctions on whoever prevails alone leave conflict an equilibrium.",
            "",
            lambda model: "conflict" in ask.under(ask.classes_at(), *FINES)(model),
        ),
        cells_pay((2, 2), (1, 4), (4, 1), (3, 3)),
    ),
)
