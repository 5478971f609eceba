"""Hero: whoever stands firm alone gains, and serves the other even more.

Both prefer that one of them stands firm to a compromise; each would rather be the one who is served. The
equilibria are those of Chicken.
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

hero = crisis_game("hero", "Two states that both gain if one of them takes the burden: S > T > R > P.", "STRP")


MODEL = Model(
    hero,
    source="snyder1977",
    topic="crisis games",
    note=NOTE,
    assumptions=ASSUMPTIONS,
    does_not_say="""\
It has no time, and so it does not say which of the two takes the burden; why the one who yields
should gain the more is a property of the payoffs, and comes from nowhere.""",
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
            "At ranks 4 to 1 whoever is served by the other gets 4, the best of all.",
            "re-derived",
            ask.value_at(payoff("Row"), "Column prevails"),
            4,
        ),
        Claim(
            "The mixture is worse for both than either of the others.",
            "re-derived",
            ask.always(mixture_is_worst),
        ),
    ),
    draws=best_replies,
)
