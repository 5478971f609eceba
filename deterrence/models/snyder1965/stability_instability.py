"""Stability and instability: the safer the nuclear balance, the freer the hands for a limited war.

The Challenger may make a limited attack; the Defender gives way, or resists. A limited war runs a risk ``r`` of a
nuclear disaster that costs each ``N``; else it is worth ``w`` to the Challenger and costs the Defender ``h``. The
Defender resists where ``r <= (l - h)/(N - h)``, with ``l`` its loss by giving way, and the Challenger dares a limited
war where ``r <= w/(w + N)``. So a risk between the two deters; a greater one protects a fait accompli, and a smaller
one, a more stable balance, makes limited war.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Challenger", "Defender", name="stability-instability")
def stability_instability(
    *,
    prize: Any = param(
        3,
        "what a limited attack brings that nobody resists",
        low=0,
        high=20,
        symbol="g",
        plausible=(0.5, 10),
        why="decides nothing while it is worth something",
    ),
    loss: Any = param(
        4,
        "what the Defender then loses",
        low=0,
        high=20,
        symbol="l",
        plausible=(1, 10),
        why="below the harm of a limited war, and above it",
    ),
    war_gain: Any = param(
        1,
        "what a limited war is worth to the Challenger",
        low=0,
        high=20,
        symbol="w",
        plausible=(0.1, 4),
        why="holds 2.5, at which both thresholds of risk meet",
    ),
    harm: Any = param(
        2,
        "what a limited war costs the Defender",
        low=0,
        high=20,
        symbol="h",
        plausible=(0.5, 5),
        why="below the loss by giving way, and above it",
    ),
    disaster: Any = param(
        20,
        "what a nuclear disaster costs each",
        low=0,
        high=1000,
        symbol="N",
        plausible=(10, 200),
        why="from a few times what is at stake to beyond all measure",
    ),
    risk: Any = share(
        0.08,
        "risk that a limited war ends in a nuclear disaster",
        symbol="r",
        plausible=(0, 0.3),
        why="holds both thresholds, 1/21 and 1/9",
    ),
) -> Assumed:
    """Attack with limited force or refrain; give way or resist."""
    fought = chance(
        {
            "disaster": (risk, end("nuclear disaster", -disaster, -disaster)),
            "limited": (1 - risk, end("limited war", war_gain, -harm)),
        }
    )
    attacked = move(
        "Defender", {"give way": end("fait accompli", prize, -loss), "resist": fought}, information="Defender"
    )
    tree = move("Challenger", {"refrain": end("status quo", 0, 0), "attack": attacked}, information="Challenger")
    return where(tree, prize > 0, war_gain > 0, disaster > harm)


DETERRED, LIMITED, ACCOMPLI = "deterrence", "limited war", "fait accompli"


def _daring(p: Any) -> Any:
    """Return what a limited war is worth to the Challenger, its risk included."""
    return (1 - p.risk) * p.war_gain - p.risk * p.disaster


def _bearing(p: Any) -> Any:
    """Return what it is worth to the Defender."""
    return -(1 - p.risk) * p.harm - p.risk * p.disaster


def _map(model: Any, ax: Any) -> Any:
    """Draw what happens over the risk of disaster and what a limited war is worth to the Challenger."""
    from deterrence.analysis.regions import regions

    return regions(model.game, risk=(0, 0.2), war_gain=(0.02, 4)).plot(ax=ax)


MODEL = Model(
    stability_instability,
    source="snyder1965",
    relation="in the spirit of",
    changed="No game is found in the work, which states the paradox in words: a small one of our own after it.",
    topic="escalation",
    related=("schelling1966", "powell1990"),
    note="The work was not re-read. Illustrative payoffs.",
    assumptions=(
        "Nobody chooses a nuclear war: it comes as a risk of fighting at all, the same for both.",
        "Both know what a limited war is worth to the other.",
        "The Defender can give way once the attack has come.",
    ),
    does_not_say="""\
The risk is given: that a side may raise or lower it as a means of pressure is brinkmanship, and left out here. There
is one attack and one answer. Whether the paradox describes a real pair of rivals is disputed, and no payoff here is
an estimate.""",
    theory=Theory(
        mechanism=("escalation", "brinkmanship", "credibility"),
        actors="two states",
        information=("complete",),
        result=("trades off", "backfires"),
        finding=(
            "A more stable nuclear balance turns deterrence into limited war, and so brings the only nuclear disasters."
        ),
        means=("punishment",),
        phase=("general", "immediate"),
        neighbours={
            "powell1990/ladder": "There the risk is run in steps, and each step is a choice.",
            "kilgour2007/asymmetric_escalation": "There escalation is a choice, and whether it is credible is hidden.",
            "folklore/strike": "There is no risk beyond the answer that is chosen.",
        },
    ),
    names={
        DETERRED: {"Challenger": "refrain", "Defender": "resist"},
        LIMITED: {"Challenger": "attack", "Defender": "resist"},
        ACCOMPLI: {"Challenger": "attack", "Defender": "give way"},
    },
    axes=("risk", "war_gain"),
    claims=(
        Claim(
            "An attack is deterred where the Defender would bear a limited war and the Challenger would not.",
            "",
            ask.condition_of(DETERRED),
            lambda p: (_bearing(p) >= -p.loss) & (_daring(p) <= 0),
        ),
        Claim(
            "There is a limited war where both would bear it.",
            "",
            ask.condition_of(LIMITED),
            lambda p: (_bearing(p) >= -p.loss) & (_daring(p) >= 0),
        ),
        Claim(
            "Where the Defender would not, the attack succeeds without a fight.",
            "",
            ask.condition_of(ACCOMPLI),
            lambda p: _bearing(p) <= -p.loss,
        ),
        Claim(
            "As the risk grows limited war ends at w/(w + N), and deterrence at (l - h)/(N - h).",
            "",
            ask.boundaries_of("risk", "attack"),
            lambda p: (p.war_gain / (p.war_gain + p.disaster), (p.loss - p.harm) / (p.disaster - p.harm)),
        ),
        Claim(
            "At the defaults these are 1/21 and 1/9.",
            "",
            lambda model: [ask.classes_at(risk=r)(model) for r in ("47/1000", "48/1000", "111/1000", "112/1000")],
            # 1/21 = 0.0476, 2/18 = 0.1111
            [{LIMITED}, {DETERRED}, {DETERRED}, {ACCOMPLI}],
            basis="computed",
        ),
        Claim(
            "The safest balance is not the most stable one: the chance of a disaster is 1 in 50 at a risk of "
            "0.02, and none "
            "at risks of 0.08 and 0.2.",
            "",
            lambda model: [ask.value_at("nuclear disaster", risk=r)(model) for r in (0.02, 0.08, 0.2)],
            # limited war is fought at 0.02 alone
            ["0.02", 0, 0],
            basis="computed",
        ),
        Claim(
            "The Defender would rather have the greater risk: it gets -2.36 at 0.02 and nothing is lost at 0.08.",
            "",
            lambda model: [ask.value_at(payoff("Defender"), risk=r)(model) for r in (0.02, 0.08)],
            # -(0.98 x 2 + 0.02 x 20)
            ["-2.36", 0],
            basis="computed",
        ),
        Claim(
            "In a limited war each gets what it is worth, the risk included.",
            "",
            lambda model: [ask.formula_of(payoff(player), LIMITED)(model) for player in ("Challenger", "Defender")],
            lambda p: [_daring(p), _bearing(p)],
        ),
        Claim(
            "A fait accompli brings the Challenger the prize, and costs the Defender the loss.",
            "",
            lambda model: [ask.formula_of(payoff(player), ACCOMPLI)(model) for player in ("Challenger", "Defender")],
            lambda p: [p.prize, -p.loss],
        ),
        Claim(
            "Where a limited war is worth much to the Challenger no risk deters: at w = 4 it is war up to 1/9, "
            "and a fait "
            "accompli beyond.",
            "",
            lambda model: [ask.classes_at(war_gain=4, risk=r)(model) for r in (0.05, 0.1, 0.15)],
            # w/(w + N) = 1/6 is more than 1/9
            [{LIMITED}, {LIMITED}, {ACCOMPLI}],
            basis="computed",
        ),
        Claim(
            "The prize of an attack that nobody resists decides nothing.",
            "",
            ask.moves("prize", "attack", "stays"),
        ),
    ),
    draws=_map,
)
