"""Fear makes threats credible: fight over little, for fear of what comes next.

A Challenger that is hostile with chance ``h`` transgresses or refrains, and the Defender appeases or fights. The
transgression itself is not worth a war, but a hostile Challenger that is appeased attacks later, from a better place.
The Defender fights where it believes in hostility at least to ``m = (w - l)/(A - l)``. If opportunists are deterred,
only the hostile transgress: the act itself tells that they are, however unlikely hostility was. So the threat is
credible at every ``h``. Below ``m`` there is appeasement, too, and an equilibrium in which it is carried out at times.
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


@game("Challenger", "Defender")
def fear(
    *,
    hostility: Any = share(
        0.2,
        "chance that the Challenger is hostile",
        symbol="h",
        plausible=(0.02, 0.6),
        why="holds 5/17, above which there is no appeasement",
    ),
    value: Any = param(
        0.5,
        "what the transgression is worth to an opportunist",
        low=0,
        high=2,
        symbol="v",
        plausible=(0.05, 2),
        why="from a tenth of what war costs it to four times that",
    ),
    price: Any = param(
        0.5,
        "what war costs an opportunist",
        low=0,
        high=2,
        symbol="p",
        plausible=(0.05, 2),
        why="from a tenth of the transgression's worth to four times that",
    ),
    attack: Any = param(
        1,
        "what a later attack is worth to the hostile",
        low=0,
        high=3,
        symbol="g_A",
        plausible=(0.25, 2),
        why="more than war at once, which finds the Defender unweakened",
    ),
    gain: Any = param(
        0.2,
        "what war at once is worth to the hostile",
        low=0,
        high=3,
        symbol="g_W",
        plausible=(0.02, 0.9),
        why="more than the status quo, less than a later attack",
    ),
    attacked: Any = param(
        2,
        "what the Defender loses if it is attacked later",
        low=0,
        high=4,
        symbol="A",
        plausible=(0.9, 4),
        why="more than war at once costs it, by little or much",
    ),
    loss: Any = param(
        0.3,
        "what it loses if an opportunist is appeased",
        low=0,
        high=3,
        symbol="l",
        plausible=(0, 0.75),
        why="from nothing to almost what a war costs",
    ),
    war: Any = param(
        0.8,
        "what war at once costs it",
        low=0,
        high=3,
        symbol="w",
        plausible=(0.35, 1.9),
        why="more than an opportunist takes, less than a later attack costs",
    ),
) -> Assumed:
    """Transgress or refrain; appease or fight; a hostile Challenger that is appeased attacks later."""

    def challenger(appeased: Node, worth: Any, kind: str) -> Node:
        answers: dict[str, Node] = {"appease": appeased, "fight": end("war", worth, -war)}
        answer = move("Defender", answers, information="Defender")
        return move("Challenger", {"refrain": end("status quo", 0, 0), "transgress": answer}, information=kind)

    hostile = challenger(end("later attack", attack, -attacked), gain, "hostile Challenger")
    opportunist = challenger(end("appeasement", value, -loss), -price, "opportunist")
    drawn = chance({"hostile": (hostility, hostile), "opportunist": (1 - hostility, opportunist)})
    inside = (hostility > 0, hostility < 1, value > 0, price > 0, gain > 0, gain < attack)
    return where(drawn, *inside, loss < war, war < attacked)


def _enough(p: Any) -> Any:
    """Return the belief in hostility at which the Defender fights."""
    return (p.war - p.loss) / (p.attacked - p.loss)


def fights(one: Any) -> Any:
    """Measure how often a transgression is answered by war."""
    return one.strategies["Defender"]["fight"]


def dares(one: Any) -> Any:
    """Measure how often an opportunist transgresses."""
    return one.strategies["opportunist"]["transgress"]


def _map(model: Any, ax: Any) -> Any:
    """Draw which equilibria exist over the chance of hostility and what an opportunist takes."""
    from deterrence.analysis.regions import regions

    return regions(model.game, hostility=(0.01, 0.6), loss=(0, 0.79)).plot(ax=ax)


DETERRENCE, APPEASEMENT, AT_TIMES = "deterrence by fear", "appeasement", "war at times"

MODEL = Model(
    fear,
    source="gurantz2017",
    relation="in the spirit of",
    changed=(
        "Not found in the work in this form, which is recalled: two types of Challenger; what follows appeasement, "
        "an attack by the hostile alone, is written into the payoffs and is no move, so that the transgression's "
        "military value is one number."
    ),
    topic="credibility",
    note="The abstract was read, the game recalled and not re-read. Illustrative payoffs.",
    assumptions=(
        "Only the Challenger knows whether it is hostile.",
        "A hostile Challenger attacks later if it is appeased, and prefers even war at once to the status quo.",
        "What an opportunist takes is not worth a war; to be attacked later is worse than war at once.",
    ),
    does_not_say="""\
The Defender cannot tell hostility from opportunism but by the act, and cannot prepare for the later attack. How the
equilibrium is chosen where there are three is not said: fear may deter, or it may not.""",
    names={
        DETERRENCE: {"hostile Challenger": "transgress", "opportunist": "refrain"},
        APPEASEMENT: {"hostile Challenger": "transgress", "opportunist": "transgress"},
        AT_TIMES: {"hostile Challenger": "transgress", "opportunist": "mixed"},
    },
    axes=("hostility", "loss"),
    claims=(
        Claim(
            "However unlikely hostility is, there is an equilibrium in which the Defender fights and deters "
            "opportunists.",
            "",
            ask.condition_of(DETERRENCE),
            lambda p: p.hostility > 0,
        ),
        Claim(
            "So it is even where an opportunist takes nothing from the Defender, and one in a hundred is hostile.",
            "",
            ask.is_equilibrium_at(DETERRENCE, loss=0, hostility=0.01),
        ),
        Claim(
            "There is appeasement where hostility is at most as likely as m = (w - l)/(A - l).",
            "",
            ask.condition_of(APPEASEMENT),
            lambda p: p.hostility <= _enough(p),
        ),
        Claim(
            "There, too, the Defender may fight at times.",
            "",
            ask.condition_of(AT_TIMES),
            lambda p: p.hostility <= _enough(p),
        ),
        Claim(
            "Where hostility is likelier than m fear deters in the only equilibrium.",
            "",
            ask.boundaries_of("hostility", "appeasement"),
            lambda p: (_enough(p),),
        ),
        # War costs 0.5 more than an opportunist takes, a later attack 1.7 more.
        Claim(
            "At the defaults m is 0.5/1.7.",
            "",
            ask.threshold_value("hostility", "appeasement"),
            "0.294118",
            basis="computed",
        ),
        Claim(
            "Where it fights at times, it does so with chance v/(v + p), which leaves opportunists undecided.",
            "",
            ask.formula_of(fights, AT_TIMES),
            lambda p: p.value / (p.value + p.price),
        ),
        # 0.5/(0.5 + 0.5); the opportunists must thin the belief out to 5/17: 0.2 to 0.8 q is as 5 to 12.
        Claim(
            "At the defaults that is every second time, and three of five opportunists dare.",
            "",
            lambda model: [ask.value_at(what, AT_TIMES)(model) for what in (fights, dares)],
            ["0.5", "0.6"],
            basis="computed",
        ),
        Claim(
            "Where fear deters the Challenger gets h g_W and the Defender loses h w.",
            "",
            lambda model: [ask.formula_of(payoff(who), DETERRENCE)(model) for who in model.game.players],
            lambda p: [p.hostility * p.gain, -p.hostility * p.war],
        ),
        Claim(
            "Under appeasement the Challenger gets h g_A + (1 - h) v and the Defender loses h A + (1 - h) l.",
            "",
            lambda model: [ask.formula_of(payoff(who), APPEASEMENT)(model) for who in model.game.players],
            lambda p: [
                p.hostility * p.attack + (1 - p.hostility) * p.value,
                -p.hostility * p.attacked - (1 - p.hostility) * p.loss,
            ],
        ),
        Claim(
            "Fear may serve the Defender: as hostility gets unlikely it loses nothing where fear deters, and l where "
            "it appeases.",
            "",
            lambda model: [
                ask.vanishing(ask.formula_of(payoff("Defender"), name), "hostility")(model)
                for name in (DETERRENCE, APPEASEMENT)
            ],
            lambda p: [0, -p.loss],
        ),
        Claim(
            "At one hostile Challenger in five it loses 0.16, less than the 0.3 that a known opportunist would take.",
            "",
            ask.value_at(payoff("Defender"), DETERRENCE),
            "-0.16",
            basis="computed",
        ),
        Claim(
            "Where it fights at times, more to fear makes opportunists bolder: their number must make up for it.",
            "",
            ask.sign_of("attacked", dares, AT_TIMES),
            "rises",
        ),
        Claim(
            "It does not make the Defender fight more often when challenged.",
            "",
            ask.sign_of("attacked", fights, AT_TIMES),
            "does not move",
        ),
        # At 0.8 - 0.3 - 0.2 over 1.7, or 3/17, the Defender would now fight; one in five is more.
        Claim(
            "If appeasement costs the Defender 0.2 at home, it always fights at the defaults, and deters.",
            "",
            ask.under(ask.classes_at(), AudienceCosts("appease", audience_cost=0.2)),
            {DETERRENCE},
            basis="own",
        ),
    ),
    draws=_map,
    theory=Theory(
        mechanism=("credibility", "signalling"),
        actors="two states",
        information=("one-sided",),
        result=("deters", "several outcomes"),
        finding="Fear of what an appeased Challenger does next makes the threat of war over little credible.",
        means=("punishment",),
        phase=("general", "immediate"),
        neighbours={
            "schelling1966/tripwire": "The threat gets credible by a force whose loss cannot be left unanswered.",
            "schelling1966/salami_tactics": "What comes next is known, and each further slice is as large as the last.",
            "zagare2000/unilateral_deterrence": "The Defender's own resolve is in doubt, not the Challenger's aims.",
        },
    ),
)
