"""Sanctions that work although their threat did not: the Target held out because it was mistaken.

A Target under a threat of sanctions may give up ``k``, or hold out. It does not know whether the Sender is determined
(chance ``p``) nor whether sanctions would bite (chance ``q``). A determined Sender imposes them; another does so only
where ``q g >= c``, with ``g`` its gain from a concession and ``c`` what sanctions cost it. Once they are imposed the
Target sees whether they bite, and may still give in, after a harm ``s``. Where ``k >= p q (k + s)`` it holds out at
first; where they then bite hard, ``b >= k + s``, it gives in. Who knows that sanctions will come and will bite gives
in before.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Sender", "Target", name="imposed-sanctions")
def imposed_sanctions(
    *,
    determination: Any = share(
        0.4,
        "chance that the Sender is determined to impose sanctions",
        symbol="p",
        plausible=(0.05, 0.95),
        why="from a threat that is hardly believed to one that is all but certain",
    ),
    impact: Any = share(
        0.5,
        "chance that sanctions bite",
        symbol="q",
        plausible=(0.1, 0.9),
        why="open either way: evasion may blunt them",
    ),
    concession: Any = param(
        3,
        "what is demanded of the Target",
        low=0,
        high=20,
        symbol="k",
        plausible=(0.5, 8),
        why="below what sanctions that bite cost, and above it",
    ),
    delay: Any = param(
        1,
        "harm done by sanctions that bite until the Target gives in",
        low=0,
        high=20,
        symbol="s",
        plausible=(0.2, 4),
        why="from a fifth of 1 to more than the concession",
    ),
    bite: Any = param(
        6,
        "what it costs to hold out against sanctions that bite",
        low=0,
        high=20,
        symbol="b",
        plausible=(1, 12),
        why="holds 4, from which the Target gives in",
    ),
    gain: Any = param(
        4,
        "what a concession is worth to the Sender",
        low=0,
        high=20,
        symbol="g",
        plausible=(1, 12),
        why="holds 7, from which an undetermined Sender tries sanctions too",
    ),
    cost: Any = param(
        3.5,
        "what sanctions cost the Sender",
        low=0,
        high=20,
        symbol="c",
        plausible=(0.5, 6),
        why="holds 2, below which an undetermined Sender tries sanctions too",
    ),
) -> Assumed:
    """Yield to a threat or hold out; impose sanctions or drop them; give in once they bite, or not."""

    def endured() -> Node:
        given = end("concession under sanctions", gain - cost, -concession - delay)
        bitten = move(
            "Target",
            {"give in": given, "endure": end("sanctions in vain", -cost, -bite)},
            information="Target, sanctions bite",
        )
        return chance({"bite": (impact, bitten), "fail": (1 - impact, end("sanctions in vain", -cost, 0))})

    def threatened(refused: Node) -> Node:
        yielded = end("concession to the threat", gain, -concession)
        return move("Target", {"yield": yielded, "hold out": refused}, information="Target, threatened")

    undetermined = move(
        "Sender", {"drop it": end("threat dropped", 0, 0), "impose": endured()}, information="Sender, undetermined"
    )
    tree = chance(
        {
            "determined": (determination, threatened(endured())),
            "undetermined": (1 - determination, threatened(undetermined)),
        }
    )
    return where(tree, concession > 0, cost > 0)


CONCEDED, VAIN = "concession under sanctions", "sanctions in vain"
BELIEVED, FEARED = "threat believed", "threat believed of all"
LATER, TRIED = "concession under sanctions", "sanctions tried by all"
WORTHLESS, ENOUGH = "sanctions in vain", "threat enough, sanctions would fail"


def _late(p: Any) -> Any:
    """Return what it costs the Target to give in once sanctions bite."""
    return p.concession + p.delay


def _share_that_works(conceded: Any, vain: Any) -> Any:
    """Return the share of sanctions after which the Target gives in."""
    import sympy as sp

    return sp.cancel(conceded / (conceded + vain))


def _map(model: Any, ax: Any) -> Any:
    """Draw what happens over how determined the Sender is thought and how likely sanctions are to bite."""
    from deterrence.analysis.regions import regions

    return regions(model.game.at(delay=3, bite=8), determination=(0, 1), impact=(0, 1)).plot(ax=ax)


MODEL = Model(
    imposed_sanctions,
    source="hovi2005",
    relation="in the spirit of",
    changed=(
        "The work argues in words over games of others: two of its three ways in which imposed sanctions can "
        "work, doubt "
        "about the Sender and about the impact, are put into one small game of our own."
    ),
    topic="sanctions",
    related=("drezner1999", "lacy2004"),
    note="The work was not re-read. Illustrative payoffs.",
    assumptions=(
        "The threat has been made; who made it matters to the Target only for what would follow.",
        "A determined Sender imposes sanctions whatever they bring.",
        "Once sanctions are imposed the Target sees whether they bite; those that do not bite cost it nothing.",
    ),
    does_not_say="""\
The work's third way, a Target that believes sanctions will be kept up even if it yields, is left out. Whoever
threatens pays nothing for a threat that is dropped, so that how often threats are made is not explained. The Target
is one actor.""",
    theory=Theory(
        mechanism=("sanctions", "learning", "credibility"),
        actors="senders and target",
        information=("one-sided",),
        result=("trades off", "deters"),
        finding=(
            "Sanctions that are imposed work only on a Target that underrated them; on one that did not, the threat "
            "does."
        ),
        means=("punishment",),
        phase=("immediate",),
        neighbours={
            "drezner1999/conflict_expectations": (
                "There nothing is in doubt, and sanctions that are imposed never work."
            ),
            "lacy2004/sanctions_threat": "There the threat itself is a choice and a signal.",
            "whang2013/sanction_threats": "There private shocks take the place of types.",
        },
    ),
    names={
        BELIEVED: {
            "Target, threatened": "yield",
            "Sender, undetermined": "drop it",
            "Target, sanctions bite": "give in",
        },
        FEARED: {"Target, threatened": "yield", "Sender, undetermined": "impose"},
        LATER: {
            "Target, threatened": "hold out",
            "Sender, undetermined": "drop it",
            "Target, sanctions bite": "give in",
        },
        TRIED: {"Target, threatened": "hold out", "Sender, undetermined": "impose"},
        WORTHLESS: {"Target, threatened": "hold out", "Target, sanctions bite": "endure"},
        ENOUGH: {"Target, threatened": "yield", "Target, sanctions bite": "endure"},
    },
    axes=("determination", "impact"),
    claims=(
        Claim(
            "The threat alone works where it is likely enough to be carried out and to bite.",
            "",
            ask.condition_of(BELIEVED),
            lambda p: (
                (p.concession <= p.determination * p.impact * _late(p))
                & (_late(p) <= p.bite)
                & (p.impact * p.gain <= p.cost)
            ),
        ),
        Claim(
            "Sanctions are imposed, and may work, where it is not, though they cost more than the concession if "
            "they bite.",
            "",
            ask.condition_of(LATER),
            lambda p: (
                (p.concession >= p.determination * p.impact * _late(p))
                & (_late(p) <= p.bite)
                & (p.impact * p.gain <= p.cost)
            ),
        ),
        Claim(
            "Where a concession is worth the attempt every Sender imposes sanctions, and the Target who knows it "
            "may yield.",
            "",
            ask.condition_of(FEARED),
            lambda p: (p.concession <= p.impact * _late(p)) & (_late(p) <= p.bite) & (p.impact * p.gain >= p.cost),
        ),
        Claim(
            "Or it waits to see whether they bite.",
            "",
            ask.condition_of(TRIED),
            lambda p: (p.concession >= p.impact * _late(p)) & (_late(p) <= p.bite) & (p.impact * p.gain >= p.cost),
        ),
        Claim(
            "Sanctions that bite less than it costs to give in late are imposed in vain.",
            "",
            ask.condition_of(WORTHLESS),
            lambda p: (p.bite <= _late(p)) & (p.concession >= p.determination * p.impact * p.bite),
        ),
        Claim(
            "Even those may be feared enough for the threat to work.",
            "",
            ask.condition_of(ENOUGH),
            lambda p: (p.bite <= _late(p)) & (p.concession <= p.determination * p.impact * p.bite),
        ),
        Claim(
            "At the defaults one threat in five ends in a concession under sanctions, as many in sanctions in "
            "vain, and the "
            "rest are dropped.",
            "",
            lambda model: [
                ask.value_at(outcome)(model)
                for outcome in ("concession under sanctions", "sanctions in vain", "threat dropped")
            ],
            # 0.4 x 0.5, 0.4 x 0.5, 0.6
            ["0.20", "0.20", "0.60"],
            basis="computed",
        ),
        Claim(
            "Of sanctions that are imposed the share that works is the chance that they bite, whoever imposes them.",
            "",
            lambda model: [
                _share_that_works(ask.formula_of(CONCEDED, name)(model), ask.formula_of(VAIN, name)(model))
                for name in (LATER, TRIED)
            ],
            lambda p: [p.impact, p.impact],
        ),
        Claim(
            "The Target is then worse off than if it had yielded: it loses k + s instead of k where they bite.",
            "",
            lambda model: [ask.formula_of(payoff(player), LATER)(model) for player in ("Sender", "Target")],
            lambda p: [
                p.determination * (p.impact * p.gain - p.cost),
                -p.determination * p.impact * _late(p),
            ],
        ),
        Claim(
            "Sanctions in vain cost the Sender c whenever it is determined, and the Target b where they bite.",
            "",
            lambda model: [ask.formula_of(payoff(player), WORTHLESS)(model) for player in ("Sender", "Target")],
            lambda p: [-p.determination * p.cost, -p.determination * p.impact * p.bite],
        ),
        Claim(
            "The threat works from a determination of k/(q (k + s)) on.",
            "",
            ask.threshold_of("determination", "concession to the threat", impact=0.8),
            lambda p: p.concession / (p.impact * _late(p)),
        ),
        Claim(
            "Who knows the Sender to be determined and sanctions to bite in four of five cases yields, and none "
            "are seen.",
            "",
            ask.classes_at(determination=1, impact=0.8),
            # k = 3 <= 1 x 0.8 x 4 = 3.2, and q g = 3.2 <= c = 3.5
            {BELIEVED},
            basis="computed",
        ),
        Claim(
            "Sanctions that work and sanctions in vain grow alike with determination, 4 to 1 where four of five bite, "
            "until the threat is believed and neither is seen.",
            "",
            lambda model: [
                tuple(ask.value_at(seen, determination=p, impact=0.8)(model) for seen in (CONCEDED, VAIN))
                for p in (0.5, 0.75, 1)
            ],
            # p q and p (1 - q) below 15/16; beyond, the Target yields
            [("0.40", "0.10"), ("0.60", "0.15"), (0, 0)],
            basis="computed",
        ),
    ),
    draws=_map,
)
