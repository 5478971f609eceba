"""Unilateral deterrence when the author of a challenge may stay unknown.

The challenge is attributed with probability ``a``; otherwise the Challenger gets what a concession would bring
it. The thresholds of the unilateral deterrence game become ``c1/a`` and ``c2/a``, so that deterrence needs an
attribution of at least ``c1`` over the Defender's credibility. With ``c2/a > 1`` even a Defender who always resists
deters no Soft Challenger, and there is an attack against Soft Defenders who resist.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from deterrence.games.game import Game
from deterrence.games.notation import chance, end
from deterrence.games.parameter import share
from deterrence.games.tree import Node
from deterrence.mechanisms.algebra import below
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory
from deterrence.models.zagare2000.unilateral_deterrence import (
    NAMES,
    STEADFAST,
    belief_in_hard,
    c1,
    c2,
    d_star,
    if_all,
    unilateral_deterrence,
)


@dataclass(frozen=True)
class UnknownAuthor:
    """A challenge that may go unattributed, with the payoffs of a concession."""

    def __call__(self, game: Game) -> Game:
        """Return the game in which the author of a challenge may stay unknown."""
        attribution = share(
            0.9,
            "chance that a challenge is attributed",
            symbol="a",
            plausible=(0.2, 1),
            why="holds 1/2, below which nothing holds Challengers back",
        ).named("attribution")
        a = attribution.written
        gain = game.parameters["challenger_gain"].written
        loss = game.parameters["defender_concession"].written

        def drawn(part: Node) -> Node:
            unknown = end("author unknown", gain, loss)
            return chance({"attributed": (a, part), "not attributed": (1 - a, unknown)})

        tree = below(game.writing.tree, "challenge", drawn, by="Challenger")
        return game.changed(
            tree=tree,
            parameters=(attribution,),
            mechanism=self,
            name="unattributed-challenge",
            caption="Challenge, resist if the author is known, and in the end fight or climb down.",
        )


def _draw(model: Any, ax: Any) -> Any:
    from deterrence.analysis.regions import regions

    return regions(model.game, attribution=[0.05, 1], defender_credibility=[0, 1]).plot(ax)


def _least_attribution(model: Any) -> Any:
    """Return the attribution at which the challenges of Hard Challengers end, at credibilities of 0.2 and 0.7."""
    from deterrence.analysis.threshold import threshold

    game = model.game.at(challenger_credibility=0.2, defender_credibility=0.7)
    return threshold(game, "attribution", "challenge").data[-1]["attribution"]


def _certain(p: Any) -> Any:
    return p.attribution * p.defender_credibility >= c1(p)


MODEL = Model(
    unilateral_deterrence.under(UnknownAuthor()),
    source="zagare2000",
    relation="reduction",
    changed="The work's game of unilateral deterrence, to which doubt about who challenged is added here.",
    topic="attribution",
    note="The addition is re-derived; names of classes are recalled.",
    assumptions=(
        "A challenge that is not attributed is not resisted, and gains what a concession does.",
        "No challenge is blamed on one who made none.",
        "Each side is Hard or Soft, and alone knows which; the two draws are independent.",
    ),
    does_not_say="""\
Attribution is a matter of chance and comes before the answer: nobody hides, investigates or forges, and the
Defender does not resist on a suspicion.""",
    theory=Theory(
        mechanism=("attribution", "credibility"),
        actors="two states",
        information=("two-sided", "noisy signal"),
        result=("backfires", "deters"),
        finding="Deterrence needs attribution in proportion to how little the Defender is believed.",
        means=("punishment",),
        phase=("general", "immediate"),
        neighbours={
            "zagare2000/unilateral_deterrence": "There a challenge has a known author.",
            "zagare2000/sanctioned_challenge": "There sanctions change what a challenge brings.",
        },
    ),
    names={
        "unattributable attack": {
            "Hard Challenger": "challenge",
            "Soft Challenger": "challenge",
            "Soft Defender, challenged": "resist",
        },
        **NAMES,
    },
    claims=(
        Claim(
            "There is certain deterrence where attribution times credibility is at least c1.",
            "",
            ask.condition_of("certain deterrence"),
            _certain,
        ),
        Claim(
            "The types separate where a p lies between c2 and c1.",
            "",
            ask.condition_of("separating"),
            lambda p: (
                (c2(p) <= p.attribution * p.defender_credibility) & (p.attribution * p.defender_credibility <= c1(p))
            ),
        ),
        Claim(
            "All attack where a p is at most c2 and the Challenger's credibility at least d*.",
            "",
            ask.condition_of("attack"),
            lambda p: (p.attribution * p.defender_credibility <= c2(p)) & (p.challenger_credibility >= d_star(p)),
        ),
        Claim(
            "All attack though they are resisted where a is less than c2 and the Challenger's credibility than d*.",
            "",
            ask.condition_of("unattributable attack"),
            lambda p: (p.attribution <= c2(p)) & (p.challenger_credibility <= d_star(p)),
        ),
        Claim(
            "Bluff needs an attribution above c2: below it nothing holds a Soft Challenger back.",
            "",
            ask.condition_of("bluff"),
            lambda p: (
                (p.attribution * p.defender_credibility < c2(p))
                & (p.attribution > c2(p))
                & (p.challenger_credibility < d_star(p))
            ),
        ),
        Claim(
            "In bluff a Soft Defender still believes d*, whatever the attribution.",
            "",
            ask.formula_of(belief_in_hard, "bluff"),
            d_star,
        ),
        Claim(
            "At credibilities of 0.2 and 0.7 deterrence needs an attribution of 0.793651.",
            "",
            _least_attribution,
            "0.793651",
            basis="computed",
        ),
        Claim(
            "There an attribution of 0.9 gives certain deterrence.",
            "",
            ask.is_equilibrium_at(
                "certain deterrence", challenger_credibility=0.2, defender_credibility=0.7, attribution=0.9
            ),
            basis="computed",
        ),
        Claim(
            "One of 0.78 does not, unless there is steadfast deterrence.",
            "",
            ask.classes_at(challenger_credibility=0.2, defender_credibility=0.7, attribution=0.78),
            {"separating", STEADFAST},
        ),
        Claim(
            "What the two expect, at an attribution of 0.9, if nobody challenges, or all challenge and the Defender "
            "concedes, or resists a Challenger that backs off or fights.",
            "",
            ask.each_of(
                if_all("accept", "resist", "back off"),
                if_all("challenge", "concede", "back off"),
                if_all("challenge", "resist", "back off"),
                if_all("challenge", "resist", "fight"),
            ),
            # a tenth of what a concession pays, 1 and 0.2, and nine tenths of 0 and 0.8, or of -0.78 and -0.3 in
            # conflict
            [("0.5", 1), (1, "0.2"), ("0.1", "0.74"), ("-0.602", "-0.25")],
            basis="computed",
        ),
    ),
    draws=_draw,
)
