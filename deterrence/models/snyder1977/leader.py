"""Leader: whoever stands firm alone leads, and both gain by it.

Both prefer that one of them stands firm to a compromise; each would rather be that one. If both wait or both lead,
all lose. The equilibria are those of Chicken.
"""

from __future__ import annotations

from deterrence.analysis.measure import payoff
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.snyder1977._matrix import (
    ASSUMPTIONS,
    NOTE,
    best_replies,
    crisis_game,
    mixed_value,
    mixture_is_worst,
    names,
    yielding,
    yields,
)

leader = crisis_game("leader", "Two states that both gain if one of them leads: T > S > R > P.", "TSRP")


MODEL = Model(
    leader,
    source="snyder1977",
    topic="crisis games",
    note=NOTE,
    assumptions=ASSUMPTIONS,
    does_not_say="""\
It has no time, and so it does not say who will lead; a first word, a precedent or a rule of precedence would settle
it, and none of them is here.""",
    names=names("Row prevails", "Column prevails", "mixed"),
    claims=(
        Claim(
            "Whatever the payoffs, one side stands firm and the other yields, or both mix.",
            "ch. 2; re-derived",
            ask.always(lambda _, found: {one.name for one in found} == {"Row prevails", "Column prevails", "mixed"}),
        ),
        Claim(
            "In the mixture, how often a side yields is fixed by the other's payoffs.",
            "re-derived",
            ask.formula_of(yielding("Row"), "mixed"),
            lambda p: yields(p, "column"),
        ),
        Claim(
            "The mixture is worth (TS - RP)/((T - R) + (S - P)).",
            "re-derived",
            ask.formula_of(payoff("Row"), "mixed"),
            lambda p: mixed_value(p, "row"),
        ),
        Claim(
            "At ranks 4 to 1 to follow is worth 3, more than the compromise that both forgo.",
            "re-derived",
            ask.value_at(payoff("Row"), "Column prevails"),
            3,
        ),
        Claim(
            "The mixture is worse for both than either of the others.",
            "re-derived",
            ask.always(mixture_is_worst),
        ),
    ),
    draws=best_replies,
)
