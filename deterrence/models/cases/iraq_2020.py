"""Iraq, spring 2020: rockets at American bases, and who is to answer for them.

On 3 January 2020 an American drone strike killed the Iranian general Qasem Soleimani and the chief of
Kataib Hezbollah, Abu Mahdi al-Muhandis. Iran's answer killed no American but injured scores, and a lull
followed. On 11 March rockets attributed to Kataib Hezbollah hit Camp Taji and killed two American soldiers
and a British one; the next day the United States struck the group's weapons depots. On 1 April the American
president warned of a planned sneak attack and promised a larger response.

The game starts from a small exchange of force, to which mechanisms are added one by one; ``STEPS`` shows
what each adds. **All payoffs are illustrative**: they are an analyst's to set, and ``WHY`` says of each why
it stands where it does. One unit is the same for all; 0 is the status quo without sanctions. ``strike
through the militia`` stands for a campaign of rockets, not for a single one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from deterrence.games.game import Game
from deterrence.games.notation import chance, end, game, move
from deterrence.games.parameter import param, share
from deterrence.games.tree import Node
from deterrence.mechanisms import Casualties, Delegation, Deniability, Factions, Sanctions
from deterrence.mechanisms.algebra import below, pay
from deterrence.mechanisms.requirements import Number, declare, shown
from deterrence.models.cases._case import built_up, map_of_axes
from deterrence.models.cases._iraq_2020_claims import CLAIMS
from deterrence.models.cases._iraq_2020_variants import SCENARIOS, features_of, variants_of
from deterrence.models.model import Model
from deterrence.models.theory import Theory

DOES_NOT_SAY = """\
It predicts nothing. The payoffs are illustrative, and the question is which conclusions survive other
ones. Iran and the United States are each one actor, but for the unknown balance between hawks and doves
in Washington; the militia is a source of attacks and no player; Iraq's government, which might be the
one to lose most, has no move. One episode is played once: that deterrence wears off or is restored over
months is left out, and the epidemic and the price of oil enter at most through the numbers. Sanctions
stand when the game begins: that the United States might trade them away is left out."""

PROXY_STRIKE = "strike through the militia"
OPEN_STRIKE = "strike openly"
ANSWER = "strike Iran"

OUTCOMES = (
    "status quo",
    "intercepted",
    "strike absorbed",
    "militia hit",
    "Iran struck",
    "war",
    "open strike absorbed",
)
"""Every outcome of the game."""

MEASURES: Mapping[str, tuple[str, str | None]] = MappingProxyType(
    {
        "Iran orders a strike through the militia": (PROXY_STRIKE, "Iran"),
        "Iran strikes openly": (OPEN_STRIKE, "Iran"),
        "the United States hits the militia": ("hit the militia", "United States"),
        "the United States strikes Iran": (ANSWER, "United States"),
        "there is war": ("war", None),
        "Iran holds back": ("restrain", "Iran"),
    }
)
"""What is asked of an equilibrium: in words, and as the arguments of ``Equilibrium.probability``."""

FIRST_MOVE = "Iran's first move"
NAMES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "deterred": {FIRST_MOVE: "restrain"},
        "probing through the militia": {FIRST_MOVE: f"restrain + {PROXY_STRIKE}"},
        "undeterred, through the militia": {FIRST_MOVE: PROXY_STRIKE},
        "open strike": {FIRST_MOVE: OPEN_STRIKE},
    }
)
"""What is called by Iran's first move, whatever Washington does then: name -> play."""

AXES = ("attribution", "pressure")
"""The parameters of the map of deniability against sanctions."""

QUESTIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "attribution": (
            "How does deniability change the prediction?",
            "Deniability is complete where attribution is 0, and absent where it is 1.",
        ),
        "pressure": ("How does sanctions pressure change the prediction?", "Pressure may provoke as well as restrain."),
    }
)
"""What is asked of each of them, and how to read the answer."""


@game("Iran", "United States", name="iraq-2020")
def exchange(
    *,
    leverage: Any = param(
        2,
        "what Iran gains from a strike that hits",
        low=0,
        high=20,
        symbol="g",
        plausible=(0.5, 5),
        why="illustrative scale: harassment gains something, never what war costs",
    ),
    prestige: Any = param(
        1,
        "what an open strike gains Iran beyond that",
        low=0,
        high=20,
        symbol="h",
        plausible=(0, 4),
        why="illustrative scale: none, to twice what a hit gains",
    ),
    raid_loss: Any = param(
        6,
        "what a hit on the militia costs Iran",
        low=0,
        high=20,
        symbol=r"\ell_M",
        plausible=(1, 12),
        why="illustrative scale: less than the leverage, to several times it",
    ),
    blow: Any = param(
        15,
        "what an American strike costs Iran",
        low=0,
        high=40,
        symbol=r"\ell_I",
        plausible=(8, 30),
        why="illustrative scale: above a hit on the militia, to near war",
    ),
    war_iran: Any = param(
        21,
        "what war costs Iran",
        low=0,
        high=60,
        symbol="w_I",
        plausible=(10, 40),
        why="illustrative scale: less than the blow, to well above it",
    ),
    harm: Any = param(
        4,
        "what a strike that hits costs the United States",
        low=0,
        high=20,
        symbol="k",
        plausible=(1, 8),
        why="illustrative scale: changes payoffs, and no choice",
    ),
    standing: Any = param(
        1,
        "standing lost by absorbing a strike of the militia",
        low=0,
        high=20,
        symbol="s",
        plausible=(0, 5),
        why="illustrative scale: below and above the cost of a raid",
    ),
    humiliation: Any = param(
        10,
        "standing lost by absorbing an open strike of Iran",
        low=0,
        high=40,
        symbol="s_I",
        plausible=(2, 20),
        why="illustrative scale: bearable, to far above a campaign's cost",
    ),
    raid: Any = param(
        3,
        "cost to the United States of hitting the militia",
        low=0,
        high=20,
        symbol="c_M",
        plausible=(1, 8),
        why="illustrative scale: cheap, to dearer than absorbing a deadly strike",
    ),
    campaign: Any = param(
        8,
        "cost to the United States of striking Iran",
        low=0,
        high=40,
        symbol="c_I",
        plausible=(3, 16),
        why="illustrative scale: as cheap as a raid, to near war",
    ),
    war_us: Any = param(
        20,
        "what war costs the United States",
        low=0,
        high=60,
        symbol="w_U",
        plausible=(10, 40),
        why="illustrative scale: as wide as Iran's, never cheap",
    ),
    interception: Any = share(
        0.2,
        "chance that a strike of the militia is intercepted",
        symbol=r"\iota",
        plausible=(0, 0.8),
        why="illustrative: no batteries, to better ones than in the scenarios",
    ),
) -> Node:
    """Rockets at American bases in Iraq, and their answer; illustrative payoffs."""

    def answered(gain: Any, over: str) -> Node:
        struck = end("Iran struck", gain - blow, -harm - campaign)
        war = end("war", -war_iran, -harm - war_us)
        return move("Iran", {"stand down": struck, "escalate": war}, information=f"Iran struck over {over}")

    at_militia: dict[str, Node] = {
        "absorb": end("strike absorbed", leverage, -harm - standing),
        "hit the militia": end("militia hit", leverage - raid_loss, -harm - raid),
        ANSWER: answered(leverage, "the militia"),
    }
    at_iran: dict[str, Node] = {
        "absorb": end("open strike absorbed", leverage + prestige, -harm - humiliation),
        ANSWER: answered(leverage + prestige, "its own strike"),
    }
    hit = move("United States", at_militia, information="militia strike")
    rockets = chance(hit=(1 - interception, hit), intercepted=(interception, end("intercepted", 0, 0)))
    open_strike = move("United States", at_iran, information="open strike")
    choices: dict[str, Node] = {
        "restrain": end("status quo", 0, 0),
        PROXY_STRIKE: rockets,
        OPEN_STRIKE: open_strike,
    }
    return move("Iran", choices, information=FIRST_MOVE)


BASE = exchange
"""The bare exchange of force, with no mechanism."""


@dataclass(frozen=True)
class Indignation:
    """Indignation of Iran, which makes it harder to stand down when struck for what it did not order.

    A mechanism of this case alone, written in the tree algebra: it costs Iran ``indignation`` to stand down
    below a strike of the militia that Iran did not order. Neutral at 0.
    """

    indignation: Number = param(
        6,
        "cost to Iran of standing down when struck without cause",
        low=0,
        high=40,
        symbol="i",
        plausible=(0, 15),
        why="illustrative scale: none, to far more than war costs beyond blows",
    )

    __repr__ = shown

    def __call__(self, game: Game) -> Game:
        """Return the game in which Iran minds the mistake."""
        new = declare(self, game)

        def harder(part: Node) -> Node:
            return pay(part, game.players, {"Iran": -new["indignation"]}, after="stand down", by="Iran")

        tree = below(game.writing.tree, PROXY_STRIKE, harder, unless=("Iran",))
        return game.changed(tree=tree, parameters=new.parameters, mechanism=self)


MECHANISMS = (
    (
        "Hawks and doves in Washington",
        "Who prevails is known to the United States alone; hawks would rather strike Iran itself.",
        Factions(
            "United States",
            actions=ANSWER,
            prior=share(
                0.5,
                "probability that hawks prevail in Washington",
                symbol=r"\pi",
                plausible=(0.05, 0.95),
                why="illustrative: the balance in Washington was open, and never certain",
            ).named("hawks"),
            resolve=param(
                6,
                "how much better hawks like to strike Iran",
                low=0,
                high=40,
                symbol="r",
                plausible=(0, 12),
                why="illustrative scale: no difference, to twice the default",
            ),
        ),
    ),
    (
        "Loose control of the militia",
        "The militia may strike though Iran told it to hold, and nobody else can tell the two apart.",
        Delegation(
            PROXY_STRIKE,
            "restrain",
            autonomy=share(
                0.2,
                "chance that the militia strikes though told to hold",
                symbol=r"\alpha",
                plausible=(0, 0.6),
                why="illustrative: from a militia that obeys to one that mostly does not",
            ),
            price=param(
                0,
                "cost to Iran of an order to the militia",
                low=-5,
                high=20,
                symbol="c",
                plausible=(-1, 4),
                why="illustrative scale: orders that please, to twice the leverage",
            ),
        ),
    ),
    (
        "Indignation",
        "Struck for an attack that it did not order, Iran finds it harder to stand down: war by mistake.",
        Indignation(),
    ),
    (
        "Casualties",
        "A strike that hits may kill, and a president who then absorbs it loses support.",
        Casualties(
            PROXY_STRIKE,
            "absorb",
            victim="United States",
            upon="hit",
            lethality=share(
                0.4,
                "chance that a strike that hits kills",
                symbol=r"\lambda",
                plausible=(0.05, 0.9),
                why="illustrative: from rarely deadly to nearly always, never certain",
            ),
            outrage=param(
                6,
                "support lost by absorbing a strike that killed",
                low=0,
                high=40,
                symbol="o",
                plausible=(0, 12),
                why="illustrative scale: no loss of support, to twice the default",
            ),
        ),
    ),
    (
        "Deniability",
        "After deaths there is proof of Iran's order or there is none, and some proof is mistaken.",
        Deniability(
            PROXY_STRIKE,
            ANSWER,
            by="Iran",
            victim="United States",
            upon="deaths",
            attribution=share(
                0.6,
                "chance of proof where Iran gave the order",
                symbol="a",
                plausible=(0.05, 0.95),
                why="illustrative: from hardly any trace of the order to near certainty",
            ),
            doubt=param(
                6,
                "cost to the United States of striking Iran without proof",
                low=0,
                high=40,
                symbol="d",
                plausible=(0, 15),
                why="illustrative scale: proof that hardly matters, to proof that is needed",
            ),
            false_alarm=share(
                0.2,
                "chance of proof where Iran gave no order",
                symbol="f",
                plausible=(0, 0.5),
                why="illustrative: from no misleading traces to every other time",
            ),
            mistake=param(
                2,
                "cost to the United States of striking Iran without cause",
                low=0,
                high=40,
                symbol="m",
                plausible=(0, 8),
                why="illustrative scale: none, to as dear as the campaign itself",
            ),
        ),
    ),
    (
        "Sanctions",
        "Pressure hurts Iran until war makes it meaningless; a strike that goes unanswered eases it.",
        Sanctions(
            "Iran",
            outcomes=tuple(outcome for outcome in OUTCOMES if outcome != "war"),
            concession=("strike absorbed", "open strike absorbed"),
            pressure=param(
                4,
                "harm that sanctions do to Iran",
                low=0,
                high=20,
                symbol="p",
                plausible=(0, 10),
                why="illustrative scale: no sanctions, to more than any scenario's",
            ),
            relief=share(
                0.5,
                "share of the pressure that an unanswered strike lifts",
                symbol=r"\rho",
                plausible=(0, 1),
                why="illustrative: from no breathing space to the end of sanctions",
            ),
        ),
    ),
)
"""What is added to the base game, in order: title, sentence, mechanism."""


STEPS = built_up(
    ("The bare exchange", "Strike, answer, and the answer to the answer; all is seen and known.", BASE), MECHANISMS
)
"""The game at every stage: title, what the stage adds, and the game."""

GAME = STEPS[-1][2]
"""The whole game at its default values."""

VARIANTS: Mapping[str, tuple[str, Game]] = MappingProxyType(
    variants_of(GAME, {title: stage for title, _, stage in STEPS}, PROXY_STRIKE, OPEN_STRIKE, ANSWER)
)
"""The case under alternative assumptions: name -> (sentence, game)."""

FEATURES = features_of(GAME, PROXY_STRIKE, ANSWER)
"""The features that are compared to see what each adds: (parameter, meaning, game)."""

WHY: Mapping[str, str] = MappingProxyType(
    {
        "leverage": "small beside what a war costs: harassment is worth trying, not worth much",
        "prestige": "half of the leverage, so that there is something to be said for an open strike",
        "raid_loss": "more than the leverage, so that a certain answer to the militia would deter by itself",
        "blow": "several times the leverage: Iran itself has much to lose",
        "war_iran": "more than the blow, so that Iran would rather stand down while sanctions are moderate",
        "harm": "the same whoever answers and how; it changes payoffs but no choice",
        "standing": "less than the cost of a raid: rockets that kill nobody are let pass",
        "humiliation": "more than the cost of striking Iran: an open attack is not let pass",
        "raid": "above the standing lost, below it and the outrage together: deaths decide",
        "campaign": "the costlier answer: Iraq's objections, and forces within Iran's reach",
        "war_us": "about what it costs Iran: neither side wants it",
        "interception": "batteries were only arriving: most rockets are taken to get through",
        "hawks": "as likely as not: the commander in Iraq opposed what the cabinet urged",
        "resolve": "enough to strike Iran after deaths with proof, too little without either",
        "autonomy": "control over the militia was contested; it is taken to hold mostly when told to",
        "price": "nothing: the militias were paid from Iraq's budget",
        "indignation": "enough to turn standing down into war where Iran gave no order and sanctions bite",
        "lethality": "a campaign of rockets is taken to kill, though less often than not",
        "outrage": "enough to rule out doing nothing after deaths",
        "attribution": "the ties to Iran are known; an order leaves fewer traces",
        "doubt": "enough to keep hawks from striking Iran without proof",
        "false_alarm": "the rockets and the men are the same, so that signs of an order may mislead",
        "mistake": "small beside the war that a mistake may bring",
        "pressure": "about the leverage twice over: sanctions are felt, and do not corner Iran",
        "relief": "half: some breathing space, no end of sanctions",
    }
)
"""Why each parameter has the default that it has; all are illustrative."""


MODEL = Model(
    GAME,
    source="iraq2020",
    relation="in the spirit of",
    changed="No game is found in the commentary, which argues in words; the game and all its numbers are our own.",
    topic="attribution",
    does_not_say=DOES_NOT_SAY,
    theory=Theory(
        mechanism=("attribution", "delegation", "sanctions"),
        actors="state and proxy",
        information=("noisy signal", "one-sided"),
        result=("displaces", "trades off"),
        finding=(
            "What sanctions and deniability do to strikes through the militia depends on thresholds, which the "
            "brief tells."
        ),
        means=("punishment", "denial"),
        phase=("general", "immediate"),
        neighbours={
            "bapat2012/direct_or_proxy": "There the answer is a fixed penalty and nobody decides on it.",
            "avenhaus2002/noisy_attribution": "There is neither proxy nor sanctions.",
            "cases/cuba_1962": "There the author is known, and the risk is nuclear.",
        },
    ),
    names=NAMES,
    measures=MEASURES,
    axes=AXES,
    sliders=("hawks", "lethality", "war_iran"),
    draws=map_of_axes,
    questions=QUESTIONS,
    features=FEATURES,
    steps=STEPS,
    variants=VARIANTS,
    scenarios=SCENARIOS,
    claims=CLAIMS,
    why=WHY,
)
