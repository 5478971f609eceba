"""Leader: whoever stands firm alone leads, and both gain by it.

Both prefer that one of them stands firm to a compromise; each would rather be that one. If both wait or both lead,
all lose. The equilibria are those of Chicken.
"""

from __future__ import annotations

from deterrence.answers.measure import payoff
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.snyder1977._matrix import (
    MIXTURE_IS_WORST,
    TWO_LOPSIDED_AND_A_MIXTURE,
    cells_pay,
    crisis_game,
    crisis_model,
)
from deterrence.models.theory import Theory

leader = crisis_game("leader", "Two states that both gain if one of them leads: T > S > R > P.", "TSRP")


MODEL = crisis_model(
    leader,
    ("Row prevails", "Column prevails", "mixed"),
    does_not_say="""\
It has no time, and so it does not say who will lead; a first word, a precedent or a rule of precedence would settle
it, and none of them is here.""",
    theory=Theory(
        mechanism=("coordination",),
        actors="two states",
        information=("complete",),
        result=("several outcomes",),
        finding="One must stand firm to the good of both, and each would rather be that one.",
        neighbours={
            "snyder1977/hero": "There each would rather it were the other.",
            "snyder1977/chicken": "There whoever yields loses by it.",
        },
    ),
    claims=(
        *TWO_LOPSIDED_AND_A_MIXTURE,
        Claim(
            "At ranks 4 to 1 to follow is worth 3, more than the compromise that both forgo.",
            "",
            ask.value_at(payoff("Row"), "Column prevails"),
            3,
        ),
        MIXTURE_IS_WORST,
        cells_pay((2, 2), (3, 4), (4, 3), (1, 1)),
    ),
)
