"""A tight alliance costs something in peacetime, and so tells who would come.

A Defender is firm with chance ``q``: the protégé is worth more to it than a war, ``h > w``; a weak one would lose
only ``l``. Before a Challenger decides, the Defender makes a tight alliance, at a cost ``t`` in peacetime, or a
loose one; a tight one also makes war cheaper by ``b``. The Challenger attacks where it believes the Defender firm
with less than ``g/(g + d)``. The types separate where ``l <= t <= w``: coordination must cost more than the protégé
is worth to the weak, and no more than a war. Where it costs less, weak Defenders make tight alliances, too, and the
Challenger calls some of them.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.mechanisms.audience_costs import AudienceCosts
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory
from deterrence.refinements import intuitive_criterion


@game("Challenger", "Defender")
def alliance_signal(
    *,
    firmness: Any = share(
        0.4,
        "chance that the Defender is firm",
        symbol="q",
        plausible=(0.05, 0.95),
        why="holds 1/2, from which nobody needs to be told",
    ),
    peacetime_cost: Any = param(
        2,
        "what the coordination of a tight alliance costs",
        low=0,
        high=10,
        symbol="t",
        plausible=(0.1, 4),
        why="holds 1 and 3, between which the types separate",
    ),
    weak_stake: Any = param(
        1,
        "what a weak Defender loses with the protégé",
        low=0,
        high=10,
        symbol="l",
        plausible=(0.2, 2.4),
        why="holds 2, above which the weak make tight alliances, too",
    ),
    firm_stake: Any = param(
        4,
        "what a firm Defender loses with the protégé",
        low=0,
        high=20,
        symbol="h",
        plausible=(3.2, 10),
        why="worth more to it than a war",
    ),
    war: Any = param(
        3,
        "what war costs the Defender",
        low=0,
        high=10,
        symbol="w",
        plausible=(1.6, 3.9),
        why="holds 2, below which the firm save the cost of the signal",
    ),
    coordination: Any = param(
        0.5,
        "by how much a tight alliance makes war cheaper",
        low=0,
        high=10,
        symbol="b",
        plausible=(0, 1.9),
        why="from a signal alone to nearly enough to make the weak fight",
    ),
    gain: Any = param(
        2,
        "what the protégé is worth to the Challenger",
        low=0,
        high=10,
        symbol="g",
        plausible=(0.5, 6),
        why="holds 4/3, above which the default chance of a firm Defender does not deter",
    ),
    damage: Any = param(
        2,
        "what war costs the Challenger",
        low=0,
        high=10,
        symbol="d",
        plausible=(0.5, 6),
        why="holds 3, from which the default chance of a firm Defender deters",
    ),
) -> Assumed:
    """Make a tight alliance or a loose one; attack or refrain; fight for the protégé or stay out."""

    def attacked(kind: str, stake: Any, spent: Any, saved: Any, bond: str) -> Node:
        choices = {
            "stay out": end("abandonment", gain, -spent - stake),
            "fight": end("war", -damage, -spent - war + saved),
        }
        return move("Defender", choices, information=f"{kind} Defender, {bond}, attacked")

    def bound(kind: str, stake: Any, spent: Any, saved: Any, bond: str) -> Node:
        choices = {"refrain": end("peace", 0, -spent), "attack": attacked(kind, stake, spent, saved, bond)}
        return move("Challenger", choices, information=f"Challenger, {bond} alliance")

    def defender(kind: str, stake: Any) -> Node:
        choices = {
            "make it loose": bound(kind, stake, 0, 0, "loose"),
            "make it tight": bound(kind, stake, peacetime_cost, coordination, "tight"),
        }
        return move("Defender", choices, information=f"{kind} Defender")

    tree = chance(
        {"firm": (firmness, defender("Firm", firm_stake)), "weak": (1 - firmness, defender("Weak", weak_stake))}
    )
    inside = (firmness > 0, firmness < 1, peacetime_cost > 0, weak_stake > 0, gain > 0, damage > 0)
    return where(tree, *inside, firm_stake > war, weak_stake + coordination < war)


def _enough(p: Any) -> Any:
    """Return the belief in a firm Defender at which the Challenger refrains."""
    return p.gain / (p.gain + p.damage)


def _trusted(p: Any) -> Any:
    return p.firmness >= _enough(p)


def _doubted(p: Any) -> Any:
    return p.firmness <= _enough(p)


def _kept_after_tight(equilibrium: Any) -> Any:
    """Return the share of tight alliances under attack that are honoured."""
    q, tight = equilibrium.game.values["firmness"], "make it tight"
    firm = q * equilibrium.strategies["Firm Defender"][tight]
    weak = (1 - q) * equilibrium.strategies["Weak Defender"][tight]
    return firm / (firm + weak)


def _map(model: Any, ax: Any) -> Any:
    """Draw which equilibria exist over the chance of a firm Defender and the peacetime cost."""
    from deterrence.analysis.regions import regions

    return regions(model.game, firmness=(0.02, 0.98), peacetime_cost=(0.02, 4)).plot(ax=ax)


SEPARATING, BLUFF, ALL_TIGHT = "separating", "weak bluff", "all tight"
SAFE, EXPOSED, SPARING = "loose and safe", "loose and attacked", "firm sparing"
LOOSE = {"Firm Defender": "make it loose", "Weak Defender": "make it loose"}
CHEAP: dict[str, Any] = {"peacetime_cost": 0.5}

MODEL = Model(
    alliance_signal,
    source="morrow1994",
    relation="in the spirit of",
    changed=(
        "Not found in the work, in this form: two kinds of Defender and two kinds of alliance. Of the work's two "
        "effects of alliances, peacetime costs and a greater ability to fight together, the second is one number."
    ),
    topic="alliances",
    related=("fearon1997",),
    note="The abstract was read, not the article. Illustrative payoffs.",
    assumptions=(
        "Only the Defender knows what the protégé is worth to it.",
        "The Challenger sees how tight the alliance is.",
        "A weak Defender stays out even in a tight alliance: coordination saves too little of a war.",
        "Coordination costs both kinds of Defender the same.",
    ),
    does_not_say="""\
The protégé has no choice, and is not emboldened. A tight alliance does not make victory likelier, and it lays no
price on a broken word: Fearon's tying of hands is another device. How the partners share its cost is left out.""",
    names={
        SEPARATING: {"Firm Defender": "make it tight", "Weak Defender": "make it loose"},
        BLUFF: {"Firm Defender": "make it tight", "Weak Defender": "mixed"},
        ALL_TIGHT: {"Firm Defender": "make it tight", "Weak Defender": "make it tight"},
        SAFE: LOOSE | {"Challenger, loose alliance": "refrain"},
        EXPOSED: LOOSE | {"Challenger, loose alliance": "attack"},
        SPARING: {"Firm Defender": "mixed", "Weak Defender": "make it loose"},
    },
    axes=("firmness", "peacetime_cost"),
    theory=Theory(
        mechanism=("signalling", "alliance", "credibility"),
        actors="alliance",
        information=("one-sided",),
        result=("reveals", "deters", "several outcomes"),
        finding=(
            "An alliance tells who would fight only if it costs more in peacetime than the protégé is worth to "
            "those who would not; a cheaper one is called, and is kept as seldom as the Challenger needs to be in "
            "doubt."
        ),
        means=("punishment",),
        scope=("extended",),
        phase=("general",),
        neighbours={
            "fearon1997/sinking_costs": "What is sunk is chosen at will, and the signal is no alliance.",
            "cho1987/signalling_resolve": "The signal is an easy way of living for one type, and no cost to both.",
            "snyder1984/alliance": "The Defender sends no signal: its reliability is a number that all agree on.",
        },
    ),
    claims=(
        Claim(
            "Only the firm make tight alliances where these cost at least what the protégé is worth to the weak, "
            "and no more than a war: l <= t <= w.",
            "",
            ask.condition_of(SEPARATING),
            lambda p: (p.weak_stake <= p.peacetime_cost) & (p.peacetime_cost <= p.war),
        ),
        Claim(
            "Where they cost less than that, t <= l, and too few are firm, q <= g/(g + d), some of the weak make "
            "them, too.",
            "",
            ask.condition_of(BLUFF),
            lambda p: _doubted(p) & (p.peacetime_cost <= p.weak_stake),
        ),
        Claim(
            "All may make them where enough are firm, q >= g/(g + d), and t <= l.",
            "",
            ask.condition_of(ALL_TIGHT),
            lambda p: _trusted(p) & (p.peacetime_cost <= p.weak_stake),
        ),
        Claim(
            "Where enough are firm a loose alliance may be safe, whatever a tight one costs.",
            "",
            ask.condition_of(SAFE),
            _trusted,
        ),
        Claim(
            "Where too few are, nobody may make a tight one, and all be attacked, if it costs more than it saves "
            "of a war, t >= b: whoever made one would not be believed.",
            "",
            ask.condition_of(EXPOSED),
            lambda p: _doubted(p) & (p.peacetime_cost >= p.coordination),
        ),
        Claim(
            "Where enough are firm they may also spare the cost at times, t <= w, so that loose alliances are "
            "attacked at times.",
            "",
            ask.condition_of(SPARING),
            lambda p: _trusted(p) & (p.peacetime_cost <= p.war),
        ),
        Claim(
            "At the defaults the intuitive criterion leaves separation alone: a firm Defender has reason to make a "
            "tight alliance if it is believed, 2 < 3, and a weak one has not, 2 > 1.",
            "",
            ask.survivors_at(intuitive_criterion),
            {SEPARATING},
            # attacked, the firm lose 3 and the weak 1; a tight alliance costs 2
            basis="computed",
        ),
        Claim(
            "Before that there is also an equilibrium in which all alliances are loose and attacked.",
            "",
            ask.classes_at(),
            {SEPARATING, EXPOSED},
            # q = 0.4 < 1/2, t = 2 > b = 0.5, and l = 1 <= t <= w = 3
            basis="computed",
        ),
        Claim(
            "Where a tight alliance costs 1/2 the weak bluff with chance q d/((1 - q) g) = 2/3.",
            "",
            ask.value_at(lambda one: one.strategies["Weak Defender"]["make it tight"], BLUFF, **CHEAP),
            "0.666667",
            basis="computed",  # 0.4 * 2/(0.6 * 2)
        ),
        Claim(
            "The Challenger then attacks tight alliances with chance 1 - t/l = 1/2.",
            "",
            ask.value_at(lambda one: one.strategies["Challenger, tight alliance"]["attack"], BLUFF, **CHEAP),
            "0.5",
            # the weak lose 1 with a loose one, and 1/2 + 1/2 * 1 with a tight one
            basis="computed",
        ),
        Claim(
            "Of cheap alliances that are attacked the share g/(g + d) is honoured, here 1/2, where of costly ones "
            "all would be.",
            "",
            lambda model: [
                ask.value_at(_kept_after_tight, name, **values)(model)
                for name, values in ((BLUFF, CHEAP), (SEPARATING, {}))
            ],
            ["0.5", 1],
            basis="computed",  # 0.4/(0.4 + 0.6 * 2/3)
        ),
        Claim(
            "A costlier alliance deters better: among bluffers it makes war rarer.",
            "",
            ask.sign_of("peacetime_cost", "war", BLUFF),
            "falls",
        ),
        Claim(
            "Where the types separate only weak Defenders are attacked: the protégé is lost with chance 1 - q, and "
            "there is no war.",
            "",
            lambda model: [ask.formula_of(name, SEPARATING)(model) for name in ("abandonment", "war")],
            lambda p: (1 - p.firmness, 0 * p.firmness),
        ),
        Claim(
            "The Defender then expects -q t - (1 - q) l.",
            "",
            ask.formula_of(payoff("Defender"), SEPARATING),
            lambda p: -p.firmness * p.peacetime_cost - (1 - p.firmness) * p.weak_stake,
        ),
        Claim(
            "The Challenger expects (1 - q) g.",
            "",
            ask.formula_of(payoff("Challenger"), SEPARATING),
            lambda p: (1 - p.firmness) * p.gain,
        ),
        Claim(
            "Among bluffers the Challenger expects g - q (g + d): what it would by attacking all.",
            "",
            ask.formula_of(payoff("Challenger"), BLUFF),
            lambda p: p.gain - p.firmness * (p.gain + p.damage),
        ),
        Claim(
            "A price of 5/2 on staying out that all see makes the weak fight as well, and nobody attacks: no tight "
            "alliance is needed.",
            "",
            ask.under(
                lambda model: {one.outcomes["peace"] for one in model.solve()},
                AudienceCosts(retreat="stay out", player="Defender", audience_cost=2.5),
            ),
            {1},
            basis="own",  # 1 + 5/2 > 3
        ),
    ),
    draws=_map,
)
