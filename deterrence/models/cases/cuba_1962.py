"""Cuba, October 1962: a demand, a concession, and a risk that neither side chose.

On 16 October 1962 the American president was shown photographs of Soviet missile sites under construction in
Cuba. On 22 October he told the public of them, demanded their removal and announced a naval quarantine, which
came into force on 24 October. On 27 October an American reconnaissance aircraft was shot down over Cuba and its
pilot killed. That evening the Attorney General met the Soviet ambassador: besides a pledge not to invade Cuba,
he let it be known that the Jupiter missiles in Turkey would go, on condition that this stayed secret. On
28 October the Soviet government announced that the missiles in Cuba would be withdrawn. The Jupiters were gone
by the end of April 1963.

The game is one of threat and concession: a demand is met or not, and if it is not, the threat behind it is
carried out or dropped. ``STEPS`` shows what each mechanism adds. **All payoffs are illustrative**: they are an
analyst's to set, and ``WHY`` says of each why it stands where it does. 0 is a Cuba without missiles and nobody
the worse for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from deterrence.answers.measure import probability
from deterrence.games.game import Game
from deterrence.games.notation import end, game, move
from deterrence.games.parameter import param, share
from deterrence.games.tree import Node
from deterrence.mechanisms import AudienceCosts, Brinkmanship, Factions
from deterrence.mechanisms.algebra import pay
from deterrence.mechanisms.requirements import Number, declare, shown
from deterrence.models import ask
from deterrence.models.cases._case import built_up, map_of_axes
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

DOES_NOT_SAY = """\
It predicts nothing, and least of all that such a crisis ends well: the payoffs are illustrative, and were set
by people who know how it ended. Each government is one actor, but for the unknown resolve in Washington; Cuba,
Turkey, the allies, the services and commanders whose acts came near to war have no move. That the two sides
learned about each other from day to day, in letters and by the ships' movements, is left out; the risk is one
number, where in truth it rose with each day and each order. The pledge not to invade Cuba is part of what
withdrawal is taken to cost, and no choice."""

US, USSR = "United States", "Soviet Union"
DEMAND, STRIKE = "demand withdrawal", "air strike"

MEASURES: Mapping[str, tuple[str, str | None]] = MappingProxyType(
    {
        "the Soviet Union withdraws": ("withdraw", USSR),
        "the United States demands withdrawal": (DEMAND, US),
        "the United States strikes": (STRIKE, US),
        "the missiles stay": ("missiles stay", None),
        "there is nuclear war": ("nuclear war", None),
    }
)
"""What is asked of an equilibrium: in words, and as the arguments of ``Equilibrium.probability``."""

AXES = ("assurance", "risk")
"""The parameters of the map: the secret assurance against the risk that things slip out of hand."""

QUESTIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "assurance": (
            "What does the secret assurance on the Jupiters do?",
            "At 0 nothing is offered, or nothing believed; at 1 the offer is as good as done.",
        ),
        "risk": (
            "What does the risk of losing control do?",
            "It hangs over both sides as soon as a demand is refused, and nobody chooses to run out of luck.",
        ),
    }
)
"""What is asked of each of them, and how to read the answer."""


@game(US, USSR, name="cuba-1962")
def quarantine(
    *,
    imbalance: Any = param(
        6,
        "harm of missiles in Cuba to the United States",
        low=0,
        high=20,
        symbol="m_U",
        plausible=(2, 12),
        why="illustrative scale: a minor harm, to more than a strike costs",
    ),
    foothold: Any = param(
        5,
        "what missiles in Cuba are worth to the Soviet Union",
        low=0,
        high=20,
        symbol="m_S",
        plausible=(1, 10),
        why="illustrative scale: below and above the loss of face",
    ),
    face: Any = param(
        4,
        "what it costs the Soviet Union to withdraw",
        low=0,
        high=20,
        symbol="f",
        plausible=(0, 8),
        why="illustrative scale: no shame, to more than the foothold's worth",
    ),
    strike: Any = param(
        8,
        "cost to the United States of an air strike",
        low=0,
        high=40,
        symbol="c",
        plausible=(3, 15),
        why="illustrative scale: less than the imbalance, to well above it",
    ),
    humiliation: Any = param(
        10,
        "cost to the Soviet Union of absorbing the strike",
        low=0,
        high=40,
        symbol="h",
        plausible=(2, 20),
        why="illustrative scale: a minor blow to a grave one, below nuclear war",
    ),
    escalation: Any = param(
        40,
        "what nuclear war costs each side",
        low=0,
        high=200,
        symbol="w",
        plausible=(25, 100),
        why="illustrative scale: the worst outcome for both, whatever the number",
    ),
) -> Node:
    """Demand that missiles leave Cuba, or strike, or let them stay; illustrative payoffs."""

    def attacked(occasion: str) -> Node:
        absorbed = end("strike absorbed", -strike, -humiliation)
        war = end("nuclear war", -escalation, -escalation)
        return move(USSR, {"absorb": absorbed, "retaliate": war}, information=f"attacked {occasion}")

    stay = end("missiles stay", -imbalance, foothold)
    refused = move(US, {"back down": stay, STRIKE: attacked("after the refusal")}, information="refused")
    demanded = move(
        USSR, {"withdraw": end("withdrawal", 0, -face), "stand fast": refused}, information="demand received"
    )
    choices: dict[str, Node] = {"acquiesce": stay, DEMAND: demanded, STRIKE: attacked("at once")}
    return move(US, choices, information="missiles found")


BASE = quarantine
"""The demand and the threat behind it, with no mechanism."""


@dataclass(frozen=True)
class Assurance:
    """A secret assurance that sweetens the demand: missiles elsewhere will go, too.

    A mechanism of this case alone, written in the tree algebra: after a withdrawal the Soviet Union gains what
    the other missiles' removal is worth, and the United States pays for it with its allies as far as it becomes
    known. Neutral at ``assurance=0``.
    """

    assurance: Number = share(
        0.8,
        "how surely the Jupiters will go if the missiles do",
        symbol="a",
        plausible=(0, 1),
        why="illustrative: no offer, or none believed, to a certain one",
    )
    jupiters: Number = param(
        3,
        "what their removal is worth to the Soviet Union",
        low=0,
        high=20,
        symbol="j",
        plausible=(0, 6),
        why="illustrative scale: worthless old missiles, to ones worth a foothold",
    )
    alliance: Number = param(
        4,
        "what their removal costs the United States with its allies",
        low=0,
        high=20,
        symbol="l",
        plausible=(0, 10),
        why="illustrative scale: indifferent allies, to more than the imbalance",
    )
    secrecy: Number = share(
        0.75,
        "share of that cost that secrecy spares",
        symbol="s",
        plausible=(0, 1),
        why="illustrative: from an open trade to a secret perfectly kept",
    )

    __repr__ = shown

    def __call__(self, game: Game) -> Game:
        """Return the game in which the assurance is given with the demand."""
        new = declare(self, game)
        amounts = {
            USSR: new["assurance"] * new["jupiters"],
            US: -new["assurance"] * new["alliance"] * (1 - new["secrecy"]),
        }
        tree = pay(game.writing.tree, game.players, amounts, outcomes=("withdrawal",))
        return game.changed(tree=tree, parameters=new.parameters, mechanism=self)


MECHANISMS = (
    (
        "A public demand",
        "The president has spoken to the public: to back down then costs him support at home.",
        AudienceCosts(
            "back down",
            US,
            audience_cost=param(
                1,
                "support lost by backing down",
                low=0,
                high=20,
                symbol="k",
                plausible=(0, 5),
                why="illustrative scale: past 2, where even doves would strike",
            ),
        ),
    ),
    (
        "Hawks and doves in Washington",
        "Whether Washington would strike is known to itself alone; hawks count an air strike less dear.",
        Factions(
            US,
            actions=STRIKE,
            prior=share(
                0.4,
                "probability that hawks prevail in Washington",
                symbol=r"\pi",
                plausible=(0.05, 0.95),
                why="illustrative: who would prevail was open, and nobody could be certain",
            ).named("hawks"),
            resolve=param(
                4,
                "how much less a strike costs hawks",
                low=0,
                high=40,
                symbol="r",
                plausible=(0, 8),
                why="illustrative scale: up to a strike that hawks count as free",
            ),
        ),
    ),
    (
        "A risk that nobody chooses",
        "While the demand stands refused, an accident or a commander may bring on the war that both avoid.",
        Brinkmanship(
            "stand fast",
            USSR,
            outcome="nuclear war",
            risk=share(
                0.05,
                "chance that a refused demand slips into nuclear war",
                symbol=r"\rho",
                plausible=(0, 0.3),
                why="illustrative: a safe quarantine, to control that is slipping",
            ),
            disaster=param(
                40,
                "what a war by accident costs each side",
                low=0,
                high=200,
                symbol="D",
                plausible=(25, 100),
                why="illustrative scale: as grave as a nuclear war that was chosen",
            ),
        ),
    ),
    (
        "The secret assurance",
        "If the missiles leave Cuba the Jupiters leave Turkey, and nobody is told.",
        Assurance(),
    ),
)
"""What is added to the base game, in order: title, sentence, mechanism."""


STEPS = built_up(("Demand and threat", "A demand, a refusal, a strike; all is seen and known.", BASE), MECHANISMS)
"""The game at every stage: title, what the stage adds, and the game."""

GAME = STEPS[-1][2]
"""The whole game at its default values."""

WHY: Mapping[str, str] = MappingProxyType(
    {
        "imbalance": "below the cost of a strike, so that the threat alone is not believed of doves",
        "foothold": "a little less than they harm the other side",
        "face": "less than the foothold is worth: to withdraw is a loss, and one that can be borne",
        "strike": "above the imbalance: the air force could not promise to hit all sites, and Berlin lay open",
        "humiliation": "soldiers killed and missiles lost, in sight of the world: more than twice the loss of face",
        "escalation": "several times anything else: both governments said so",
        "audience_cost": "small: enough to sting, too little to make doves strike",
        "hawks": "less likely than not: the air strike had been the first thought of many, and was put aside",
        "resolve": "enough to make hawks prefer a strike to backing down, and to missiles in Cuba",
        "risk": "one in twenty, between those who later thought it high and those who thought it low",
        "disaster": "the same as a war that was chosen",
        "assurance": "given by word of mouth by the president's brother, and not in writing",
        "jupiters": "less than the foothold: the missiles in Turkey were old, and of use as a matter of equality",
        "alliance": "a bargain over an ally's head, had it been known",
        "secrecy": "few in Washington knew; an ally might have guessed",
    }
)
"""Why each parameter has the default that it has; all are illustrative."""

SCENARIOS: Mapping[str, tuple[str, Mapping[str, object]]] = MappingProxyType(
    {
        "28 October": ("the game as it stands", {}),
        "a demand alone": ("nothing is offered about the Jupiters", {"assurance": 0}),
        "an open trade": ("the Jupiters are traded for all to see", {"assurance": 1, "secrecy": 0}),
        "a safer quarantine": ("no incident at sea or in the air can lead to war", {"risk": 0}),
        "demand alone, greater risk": ("nothing is offered, and control is slipping", {"assurance": 0, "risk": 0.2}),
        "doves in Washington": ("everyone knows that no strike will come", {"hawks": 0.05}),
    }
)
"""Scenario -> what is different and why, and the parameters that say so; all illustrative."""

WITHDRAWS = "the Soviet Union withdraws"


def _if_played(first: str, answer: str, refused: str, struck: str) -> ask.Question:
    """Ask what the two expect if they act like this, and Washington alike whoever prevails there."""
    kinds = ("hawk", "dove")
    washington = {f"missiles found, {kind}": first for kind in kinds} | {f"refused, {kind}": refused for kind in kinds}
    moscow = {"demand received": answer, "attacked after the refusal": struck, "attacked at once": struck}
    return ask.payoffs_of(washington | moscow)


CLAIMS = (
    Claim(
        "Risk shared by both sides makes withdrawal likelier: a threat that leaves something to chance.",
        "after Schelling (1966), chapter 3",
        ask.moves("risk", WITHDRAWS, "rises"),
        basis="stated",
    ),
    Claim(
        "More risk means more war.",
        "the worry of the time",
        ask.moves("risk", "there is nuclear war", "rises"),
        basis="stated",
    ),
    Claim(
        "The assurance on the Jupiters made withdrawal likelier.",
        "after Fursenko and Naftali (1997)",
        ask.moves("assurance", WITHDRAWS, "rises"),
        basis="stated",
    ),
    Claim(
        "Without the assurance the threat is not enough: no demand is met, and hawks strike.",
        "",
        ask.value_at(probability("withdraw", USSR), assurance=0),
        0,
        basis="own",
    ),
    Claim(
        "Resolve in Washington makes withdrawal likelier.",
        "a lesson often drawn",
        ask.moves("hawks", WITHDRAWS, "rises"),
        basis="stated",
    ),
    Claim(
        "What is said in public ties hands: the greater the cost of backing down, the likelier the withdrawal.",
        "after Fearon (1994)",
        ask.moves("audience_cost", WITHDRAWS, "rises"),
        basis="stated",
    ),
    Claim(
        "What the two expect in each course of events.",
        "",
        ask.each_of(
            _if_played("acquiesce", "withdraw", "back down", "absorb"),
            _if_played(DEMAND, "withdraw", "back down", "absorb"),
            _if_played(DEMAND, "stand fast", "back down", "absorb"),
            _if_played(DEMAND, "stand fast", STRIKE, "absorb"),
            _if_played(DEMAND, "stand fast", STRIKE, "retaliate"),
            _if_played(STRIKE, "stand fast", STRIKE, "absorb"),
            _if_played(STRIKE, "stand fast", STRIKE, "retaliate"),
        ),
        # a withdrawal: -4 + 0.8 3, and -0.8 4 0.25 with the allies; a strike: 8, or 4 for hawks, who are 0.4, so 6.4 in
        # the mean; standing fast: 0.05 of a war that costs 40, and 0.95 of what follows: -6 - 1 and 5, -6.4 and -10, or
        # -40 + 1.6 and -40
        [
            (-6, 5),
            ("-0.8", "-1.6"),
            ("-8.65", "2.75"),
            ("-8.08", "-11.5"),
            ("-38.48", -40),
            ("-6.4", -10),
            ("-38.4", -40),
        ],
        basis="own",
    ),
)
"""What has been said of the crisis, as statements about the game."""

FEATURES = (
    ("audience_cost", "the public demand", GAME),
    ("hawks", "hawks", GAME),
    ("risk", "risk", GAME),
    ("assurance", "the assurance", GAME),
    ("secrecy", "secrecy", GAME),
)
"""What is put side by side to see what each adds: (parameter, words, game)."""

MODEL = Model(
    GAME,
    source="allison1971",
    relation="in the spirit of",
    changed="No game is found in the sources, which tell the events; the game and all its numbers are our own.",
    related=("fursenko1997", "kennedy1969", "schelling1966"),
    topic="credibility",
    does_not_say=DOES_NOT_SAY,
    theory=Theory(
        mechanism=("brinkmanship", "audience costs", "bargaining"),
        actors="two states",
        information=("two-sided",),
        result=("deters", "trades off"),
        finding="At the present values risk and assurance have the demand met; without the assurance it is not.",
        means=("punishment",),
        neighbours={
            "powell1990/ladder": "There the risk is run rung by rung, and nothing is hidden.",
            "fearon1997/tying_hands": "There what is said in public binds with certainty.",
            "cases/iraq_2020": "There the author of an attack may be unknown.",
        },
    ),
    note="The course of events is as told in the sources.",
    measures=MEASURES,
    axes=AXES,
    sliders=("hawks", "face", "foothold", "audience_cost", "jupiters"),
    draws=map_of_axes,
    questions=QUESTIONS,
    features=FEATURES,
    steps=STEPS,
    scenarios=SCENARIOS,
    claims=CLAIMS,
    why=WHY,
)
