"""Hero: whoever stands firm alone gains, and serves the other even more.

Both prefer that one of them stands firm to a compromise; each would rather be the one who is served. The
equilibria are those of Chicken.
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

hero = crisis_game("hero", "Two states that both gain if one of them takes the burden: S > T > R > P.", "STRP")


MODEL = crisis_model(
    hero,
    ("Row prevails", "Column prevails", "mixed"),
    does_not_say="""\
It has no time, and so it does not say which of the two takes the burden; why the one who yields
should gain the more is a property of the payoffs, and comes from nowhere.""",
    theory=Theory(
        mechanism=("coordination",),
        actors="two states",
        information=("complete",),
        result=("several outcomes",),
        finding="One must stand firm to the good of both, and each would rather it were the other.",
        neighbours={
            "snyder1977/leader": "There each would rather be the one.",
            "snyder1977/chicken": "There compromise is better for one than to yield.",
        },
    ),
    claims=(
        *TWO_LOPSIDED_AND_A_MIXTURE,
        Claim(
            "At ranks 4 to 1 whoever is served by the other gets 4, the best of all.",
            "",
            ask.value_at(payoff("Row"), "Column prevails"),
            4,
        ),
        MIXTURE_IS_WORST,
        cells_pay((2, 2), (4, 3), (3, 4), (1, 1)),
    ),
)
