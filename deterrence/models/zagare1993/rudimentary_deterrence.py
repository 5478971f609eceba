"""Rudimentary asymmetric deterrence: one threat, of doubtful credibility.

The Challenger A upholds the status quo or defects; the Defender B then resists or gives in. B is Hard with
probability ``pB``: a Hard B resists, a Soft one does not. A is deterred where ``pB`` is at least
``(aDC - aSQ)/(aDC - aDD)``: the more conflict costs A, the less credible need the threat be. If B learns who
challenged it only with probability a, the product ``a pB`` takes the place of ``pB``.
"""

from __future__ import annotations

from typing import Any

from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("A", "B", name="rudimentary-deterrence")
def rudimentary_deterrence(
    *,
    gain: Any = param(
        1,
        "A's payoff if B gives in",
        low=-10,
        high=10,
        symbol="a_{DC}",
        plausible=(0.3, 3),
        why="holds 2/3, up to which the default threat deters",
    ),
    status_quo: Any = param(
        0,
        "A's payoff in the status quo",
        low=-10,
        high=10,
        symbol="a_{SQ}",
        plausible=(-0.8, 0.9),
        why="holds 0.2, from which A is content enough to be deterred",
    ),
    conflict: Any = param(
        -1,
        "A's payoff from conflict",
        low=-10,
        high=10,
        symbol="a_{DD}",
        plausible=(-5, -0.3),
        why="holds -1.5, below which the default threat deters",
    ),
    hard_conflict: Any = param(
        0.5,
        "a Hard B's payoff from conflict",
        low=-10,
        high=10,
        symbol="b_{DD+}",
        plausible=(0.1, 0.9),
        why="a Hard B fights rather than gives in, not for pleasure",
    ),
    concession: Any = param(
        0,
        "B's payoff if it gives in",
        low=-10,
        high=10,
        symbol="b_{DC}",
        plausible=(-0.5, 0.3),
        why="from a painful loss to one easily borne",
    ),
    soft_conflict: Any = param(
        -1,
        "a Soft B's payoff from conflict",
        low=-10,
        high=10,
        symbol="b_{DD-}",
        plausible=(-4, -0.3),
        why="war that a Soft B would pay to avoid",
    ),
    peace: Any = param(
        1,
        "B's payoff in the status quo",
        low=-10,
        high=10,
        symbol="b_{SQ}",
        plausible=(0.7, 2),
        why="B's best, so that it never wants the crisis",
    ),
    credibility: Any = share(
        0.4,
        "probability that B is Hard",
        symbol="p_B",
        plausible=(0.05, 0.95),
        why="holds 1/2, from which A is deterred; never certain",
    ),
    attribution: Any = share(
        1,
        "chance that B learns who challenged it",
        symbol="a",
        plausible=(0.3, 1),
        why="from mostly deniable challenges to known ones",
    ),
) -> Assumed:
    """Defect or not, against a side that may or may not resist."""

    def challenged(kind: str, fight: Any) -> Node:
        given_in = end("concession", gain, concession)
        known = move("B", concede=given_in, resist=end("conflict", conflict, fight), information=f"{kind} B")
        return chance({"attributed": (attribution, known), "not attributed": (1 - attribution, given_in)})

    def crisis(kind: str, fight: Any) -> Node:
        return move("A", accept=end("status quo", status_quo, peace), defect=challenged(kind, fight), information="A")

    types = {
        "Hard B": (credibility, crisis("Hard", hard_conflict)),
        "Soft B": (1 - credibility, crisis("Soft", soft_conflict)),
    }
    return where(
        chance(types),
        conflict < status_quo,
        status_quo < gain,
        soft_conflict < concession,
        concession < hard_conflict,
        hard_conflict < peace,
    )


def _threshold(p: Any) -> Any:
    return (p.gain - p.status_quo) / (p.gain - p.conflict)


def _draw(model: Any, ax: Any) -> Any:
    from deterrence.analysis.regions import regions

    return regions(model.game, attribution=[0, 1], credibility=[0, 1]).plot(ax)


APART = {"status_quo": 0.2, "concession": -0.1}

MODEL = Model(
    rudimentary_deterrence,
    source="zagare1993",
    relation="exact",
    changed=(
        "Attribution is added: a challenge that is not attributed is not resisted; with sure attribution it is "
        "the work's game."
    ),
    topic="credibility",
    related=("zagare2000",),
    note="The order of the payoffs is the source's; the numbers are illustrative. The addition is re-derived here.",
    assumptions=(
        "Only B's type is hidden, and A knows how likely each is.",
        "A Hard B would rather fight than give in, a Soft one the reverse.",
        "A challenge is never blamed on one who made none.",
    ),
    does_not_say="""\
There is one challenge and one answer; A's resolve is no matter, since the last word is B's. Credibility is given
and cannot be shown, earned or lost.""",
    theory=Theory(
        mechanism=("credibility", "attribution"),
        actors="two states",
        information=("one-sided",),
        result=("deters",),
        finding="The more conflict costs the Challenger, the less credible need the threat be.",
        means=("punishment",),
        phase=("general", "immediate"),
        neighbours={
            "zagare2000/unilateral_deterrence": "There the Challenger may back off, and is Hard or Soft too.",
            "folklore/strike": "There nothing is hidden.",
        },
    ),
    names={
        "deterrence": {"A": "accept"},
        "challenge": {"A": "defect"},
    },
    claims=(
        Claim(
            "A is deterred where the credibility, times the attribution, is at least (aDC - aSQ)/(aDC - aDD).",
            "",
            ask.condition_of("deterrence"),
            lambda p: p.attribution * p.credibility >= _threshold(p),
        ),
        Claim(
            "Below it A defects.",
            "",
            ask.condition_of("challenge"),
            lambda p: p.attribution * p.credibility <= _threshold(p),
        ),
        Claim(
            "The credibility that is needed grows as attribution falls.",
            "",
            ask.threshold_of("credibility", "defect"),
            lambda p: _threshold(p) / p.attribution,
        ),
        Claim(
            "At payoffs of 1, 0 and -1 it is one half.",
            "",
            ask.threshold_value("credibility", "defect"),
            "0.500000",
            basis="computed",
        ),
        Claim(
            "If conflict costs A 4 it is one fifth.",
            "",
            ask.threshold_value("credibility", "defect", conflict=-4),
            "0.200000",
            basis="computed",
        ),
        Claim(
            "A Hard B always resists, a Soft one never.",
            "",
            ask.always(
                lambda _, found: all(
                    one.strategies["Hard B"]["resist"] == 1 and one.strategies["Soft B"]["resist"] == 0 for one in found
                )
            ),
        ),
        Claim(
            "Half the attribution doubles what is needed: with a conflict payoff of -4 it is two fifths.",
            "",
            ask.threshold_value("credibility", "defect", conflict=-4, attribution=0.5),
            "0.4",
        ),
        Claim(
            "With aSQ = 0.2 and bDC = -0.1 the status quo pays 0.2 and 1, a concession 1 and -0.1, and resistance by "
            "both types -1 and -0.4; where half of the challenges are attributed, 0 and -0.25.",
            "",
            ask.each_of(
                ask.payoffs_of({"A": "accept", "B": "resist"}, **APART),
                ask.payoffs_of({"A": "defect", "B": "concede"}, **APART),
                ask.payoffs_of({"A": "defect", "B": "resist"}, **APART),
                ask.payoffs_of({"A": "defect", "B": "resist"}, attribution=0.5, **APART),
            ),
            # 0.4 0.5 - 0.6 1 = -0.4, and halfway from there to -0.1 is -0.25
            [("0.2", 1), (1, "-0.1"), (-1, "-0.4"), (0, "-0.25")],
            basis="computed",
        ),
        Claim(
            "A prefers a concession to the status quo and that to conflict; B conflict, if it is Hard, to conceding, "
            "and that to conflict if it is Soft.",
            "",
            ask.each_of(
                *(
                    ask.admits(**{name: value})
                    for name, values in {
                        "conflict": (-0.01, 0),
                        "gain": (0.01, 0),
                        "soft_conflict": (-0.01, 0),
                        "concession": (0.49, 0.5),
                        "peace": (0.51, 0.5),
                    }.items()
                    for value in values
                )
            ),
            [True, False] * 5,
        ),
    ),
    draws=_draw,
)
