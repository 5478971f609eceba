"""An alliance that may or may not be kept: fear of abandonment, entrapment, and deterrence.

A Protégé is firm towards a Challenger, or gives it a concession. A firm Protégé may be attacked, and then yields or
resists. Only if it resists does it show whether the Defender stands by it, as it does with chance ``r``. The Protégé
resists from ``r_1 = x/(l + x - w)`` on, and risks an attack from ``r_2 = (l + x - k)/(l + x - w)`` on. The Challenger
refrains from ``r_3 = g/(g + d)`` on, if the Protégé would resist. Between ``r_2`` and ``r_3`` a firm Protégé is
attacked, and a Defender that keeps its word is drawn into a war that the concession would have avoided.
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

PLAYERS = ("Challenger", "Defender", "Protégé")


@game(*PLAYERS)
def alliance(
    *,
    reliability: Any = share(
        0.7,
        "chance that the Defender is committed to the Protégé",
        symbol="r",
        plausible=(0.05, 0.95),
        why="holds 3/5 and 3/4, between which there is entrapment",
    ),
    gain: Any = param(
        3,
        "what victory over the Protégé brings the Challenger",
        low=0,
        high=10,
        symbol="g",
        plausible=(0.5, 8),
        why="holds 2.3, up to which the Challenger refrains",
    ),
    damage: Any = param(
        1,
        "what war with both allies costs the Challenger",
        low=0,
        high=10,
        symbol="d",
        plausible=(0.2, 4),
        why="holds 1.3, from which the Challenger refrains",
    ),
    concession: Any = param(
        3,
        "what a concession costs the Protégé",
        low=0,
        high=4,
        symbol="k",
        plausible=(1.5, 3.9),
        why="holds 2.5, from which the Protégé would rather be firm",
    ),
    loss: Any = param(
        4,
        "what the Protégé loses by yielding to an attack",
        low=0,
        high=10,
        symbol="l",
        plausible=(3.2, 8),
        why="above 5.7 being firm risks too much",
    ),
    alone: Any = param(
        2,
        "what resisting alone costs it in addition",
        low=0,
        high=10,
        symbol="x",
        plausible=(0.2, 7.5),
        why="holds 3.7 and 7, where caution and fear of abandonment begin",
    ),
    war: Any = param(
        1,
        "what war beside the Defender costs the Protégé",
        low=0,
        high=10,
        symbol="w",
        plausible=(0, 2.5),
        why="above 1.7 even war beside an ally is not worth risking",
    ),
    ally: Any = param(
        2,
        "what the Defender loses with the Protégé",
        low=0,
        high=10,
        symbol="a",
        plausible=(0.5, 2.8),
        why="worth something, but not a war on its own account",
    ),
    support: Any = param(
        3,
        "what war beside the Protégé costs the Defender",
        low=0,
        high=10,
        symbol="c",
        plausible=(2.5, 5.5),
        why="costs more than the ally, less than a broken word",
    ),
    honour: Any = param(
        4,
        "price of breaking its word to a committed Defender",
        low=0,
        high=10,
        symbol="h",
        plausible=(2, 8),
        why="large enough that a committed Defender keeps its word",
    ),
) -> Assumed:
    """Be firm or concede; attack or not; resist or yield; support or abandon."""

    def called(price: Any, kind: str) -> Node:
        abandoned = end("abandonment", gain, -ally - price, -loss - alone)
        choices = {"support": end("war", -damage, -support, -war), "abandon": abandoned}
        return move("Defender", choices, information=f"{kind} Defender")

    resisted = chance(
        {
            "committed": (reliability, called(honour, "Committed")),
            "uncommitted": (1 - reliability, called(0, "Uncommitted")),
        }
    )
    attacked: dict[str, Node] = {"yield": end("surrender", gain, -ally, -loss), "resist": resisted}
    answer = move("Protégé", attacked, information="Protégé, attacked")
    faced: dict[str, Node] = {"refrain": end("status quo", 0, 0, 0), "attack": answer}
    stances: dict[str, Node] = {
        "concede": end("concession", concession, 0, -concession),
        "be firm": move("Challenger", faced, information="Challenger"),
    }
    tree = move("Protégé", stances, information="Protégé")
    return where(
        tree,
        concession > 0,
        concession < loss,
        war < loss,
        alone > 0,
        gain > 0,
        damage > 0,
        ally < support,
        support < ally + honour,
    )


def _resists(p: Any) -> Any:
    return p.reliability * (p.loss + p.alone - p.war) >= p.alone


def _risks(p: Any) -> Any:
    return p.reliability * (p.loss + p.alone - p.war) >= p.loss + p.alone - p.concession


def _refrains(p: Any) -> Any:
    return p.reliability * (p.gain + p.damage) >= p.gain


def _if_played(protege: str, challenger: str, attacked: str, defender: str) -> ask.Question:
    """Ask what the three expect if they act like this, and the Defender alike whether it is committed or not."""
    played = {"Protégé": protege, "Challenger": challenger, "Protégé, attacked": attacked, "Defender": defender}
    return ask.payoffs_of(played, concession=2.5, damage=1.5)


def _map(model: Any, ax: Any) -> Any:
    """Draw what happens over the Defender's reliability and the size of the concession."""
    from deterrence.analysis.regions import regions

    return regions(model.game, reliability=(0, 1), concession=(0.02, 3.98)).plot(ax=ax)


FEAR, CAUTION, ENTRAPMENT, DETERRENCE = "fear of abandonment", "caution", "entrapment", "extended deterrence"

MODEL = Model(
    alliance,
    source="snyder1984",
    relation="in the spirit of",
    changed="No game is found in the work, which reasons about two fears, of abandonment and of entrapment.",
    topic="alliances",
    related=("schelling1966",),
    note="The work was not re-read. Illustrative payoffs.",
    assumptions=(
        "Nobody but the Defender can know whether it is committed, and it shows only when it is called upon.",
        "The Challenger and the Protégé agree on the chance that it is.",
        "A concession satisfies the Challenger for good.",
        "A committed Defender would rather fight than break its word; an uncommitted one would not fight.",
    ),
    does_not_say="""\
The Defender chooses neither how reliable it is nor how reliable it looks. It cannot restrain its Protégé, and its
Protégé cannot change sides, though both belong to the subject. The Challenger asks once.""",
    theory=Theory(
        mechanism=("alliance", "credibility"),
        actors="alliance",
        information=("one-sided",),
        result=("trades off", "deters"),
        finding=(
            "Between too little and enough reliability a firm Protégé draws its Defender into the war that it is to "
            "prevent."
        ),
        means=("punishment",),
        scope=("extended",),
        phase=("general", "immediate"),
        neighbours={
            "schelling1966/tripwire": "There a force takes the place of a word.",
            "zagare1993/rudimentary_deterrence": "There the Defender's own ground is at stake.",
        },
    ),
    names={
        FEAR: {"Protégé": "concede", "Protégé, attacked": "yield"},
        CAUTION: {"Protégé": "concede", "Protégé, attacked": "resist"},
        ENTRAPMENT: {"Protégé": "be firm", "Challenger": "attack", "Protégé, attacked": "resist"},
        DETERRENCE: {"Protégé": "be firm", "Challenger": "refrain"},
    },
    axes=("reliability", "concession"),
    claims=(
        Claim(
            "The Challenger is deterred where the Defender is reliable enough for it, r (g + d) >= g, and for the "
            "Protégé, r (l + x - w) >= x.",
            "",
            ask.condition_of(DETERRENCE),
            lambda p: _refrains(p) & _resists(p),
        ),
        Claim(
            "At the defaults the reliability that deters is g/(g + d).",
            "",
            ask.threshold_of("reliability", "status quo"),
            lambda p: p.gain / (p.gain + p.damage),
        ),
        Claim(
            "That is 3/4.",
            "",
            ask.threshold_value("reliability", "status quo"),
            "0.75",
            basis="computed",
        ),
        Claim(
            "Where victory brings little, g = 0.4, it is the Protégé's x/(l + x - w): an ally deters nobody from "
            "attacking one that would yield.",
            "",
            ask.threshold_of("reliability", "status quo", gain=0.4),
            lambda p: p.alone / (p.loss + p.alone - p.war),
        ),
        Claim(
            "Fear of abandonment: below r (l + x - w) = x the Protégé would yield, and concedes at once.",
            "",
            ask.condition_of(FEAR),
            lambda p: p.reliability * (p.loss + p.alone - p.war) <= p.alone,
        ),
        Claim(
            "Entrapment: it is firm and is attacked where r (l + x - w) >= l + x - k and r (g + d) <= g.",
            "",
            ask.condition_of(ENTRAPMENT),
            lambda p: _risks(p) & (p.reliability * (p.gain + p.damage) <= p.gain),
        ),
        Claim(
            "Caution: between the two it would resist, and concedes so as not to be attacked.",
            "",
            ask.condition_of(CAUTION),
            lambda p: (
                _resists(p)
                & (p.reliability * (p.loss + p.alone - p.war) <= p.loss + p.alone - p.concession)
                & (p.reliability * (p.gain + p.damage) <= p.gain)
            ),
        ),
        Claim(
            "Under entrapment war comes with chance r.",
            "",
            ask.formula_of("war", ENTRAPMENT),
            lambda p: p.reliability,
        ),
        Claim(
            "Abandonment comes with the chance that is left.",
            "",
            ask.formula_of("abandonment", ENTRAPMENT),
            lambda p: 1 - p.reliability,
        ),
        Claim(
            "The Defender expects -r c - (1 - r) a, where the concession would have cost it nothing.",
            "",
            ask.formula_of(payoff("Defender"), ENTRAPMENT),
            lambda p: -p.reliability * p.support - (1 - p.reliability) * p.ally,
        ),
        Claim(
            "A more reliable Defender first brings war, then peace: at r = 0.5, 0.65 and 0.8 the chance of war is 0, "
            "0.65 and 0.",
            "",
            lambda model: [ask.value_at("war", reliability=r)(model) for r in (0.5, 0.65, 0.8)],
            [0, "0.65", 0],
            basis="computed",
        ),
        Claim(
            "There is entrapment only if war beside the Defender costs the Protégé less than the concession.",
            "",
            ask.always(
                lambda game, solution: (
                    game.values["war"] <= game.values["concession"] or all(one.name != ENTRAPMENT for one in solution)
                )
            ),
        ),
        Claim(
            "The Challenger's own damage shortens the stretch of entrapment: it never makes war more likely.",
            "",
            ask.moves("damage", "war", "does not rise"),
        ),
        Claim(
            "With k = 2.5 and d = 1.5 the ends pay Challenger, Defender and Protégé as the parameters say.",
            "",
            ask.each_of(
                _if_played("concede", "attack", "yield", "support"),
                _if_played("be firm", "refrain", "yield", "support"),
                _if_played("be firm", "attack", "yield", "support"),
                _if_played("be firm", "attack", "resist", "support"),
                _if_played("be firm", "attack", "resist", "abandon"),
            ),
            # abandonment: -2 and, with 0.7, the broken word's 4 for the Defender; -4 - 2 for the Protégé
            [("2.5", 0, "-2.5"), (0, 0, 0), (3, -2, -4), ("-1.5", -3, -1), (3, "-4.8", -6)],
            basis="computed",
        ),
        Claim(
            "A concession and a war beside the Defender cost the Protégé less than yielding; a war costs the Defender "
            "more than the Protégé, and less than that and a broken word.",
            "",
            ask.each_of(
                *(ask.admits(**{name: 0}) for name in ("concession", "alone", "gain", "damage")),
                *(
                    ask.admits(**{name: value})
                    for name, values in {
                        "concession": (3.99, 4),
                        "war": (3.99, 4),
                        "ally": (2.99, 3),
                        "support": (5.99, 6),
                    }.items()
                    for value in values
                ),
            ),
            [False] * 4 + [True, False] * 4,
        ),
    ),
    draws=_map,
)
