"""A missile defence against a rogue state: it deters challenges, and may bring on the attack it is to stop.

The Rogue, resolute with chance ``p``, may challenge. The State yields, or resists at a risk ``r`` that a missile is
launched; a Rogue that is resisted backs down, or presses on at the same risk and then prevails. A missile is
intercepted with chance ``m``. The highest risk that the State would run to make a Rogue back down is its resolve
``1/((1 - m) b)``, which the defence raises. A State that would have yielded without a defence now resists: Rogues
challenge less, and the State is better off, but missiles are launched where none were before, and not all are stopped.
"""

from __future__ import annotations

from typing import Any

from deterrence.analysis.threshold import threshold
from deterrence.answers.measure import payoff
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.mechanisms.missile_defence import MissileDefence
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Rogue", "State", name="missile-defence")
def missile_defence(
    *,
    defence: Any = share(
        0.8,
        "chance that a missile is intercepted",
        symbol="m",
        plausible=(0, "0.95"),
        why="from no defence to one that few missiles get through; holds 0.65 and 0.9",
    ),
    risk: Any = share(
        0.2,
        "chance that a step ends in a launch",
        symbol="r",
        plausible=("0.17", "0.45"),
        why="between the resolve of the two types of Rogue, 1/6 and 1/2",
    ),
    blow: Any = param(
        10,
        "what a missile that hits costs the State, in units of its stake",
        low=0,
        high=50,
        symbol="b",
        plausible=(2, 40),
        why="from twice to 40 times what is in dispute",
    ),
    resolute_ruin: Any = param(
        1,
        "what a launch costs a resolute Rogue, which is struck back, in prizes",
        low=0,
        high=20,
        symbol="d_+",
        plausible=("0.2", "3.9"),
        why="holds 16/9, above which it challenges only if it is not always resisted",
    ),
    irresolute_ruin: Any = param(
        5,
        "what a launch costs an irresolute Rogue, in prizes",
        low=0,
        high=20,
        symbol="d_-",
        plausible=("4.1", 15),
        why="from 4 on it does not press on at the default risk",
    ),
    resolve: Any = share(
        0.25,
        "chance that the Rogue is resolute",
        symbol="p",
        plausible=(0.05, 0.75),
        why="holds 0.625, from where the State yields at the default defence",
    ),
) -> Assumed:
    """Challenge or not; yield or resist; back down or press on, each step at a risk of a launch."""

    def risked(ruin: Any, held: Node) -> Node:
        launched = {
            "intercepted": (defence, end("attack intercepted", -ruin, 0)),
            "hits": (1 - defence, end("nuclear attack", -ruin, -blow)),
        }
        # Nobody chooses the launch; it is written as a move with one action so that a mechanism can name whose it is.
        return chance({"slips": (risk, move("Rogue", launch=chance(launched))), "quiet": (1 - risk, held)})

    def rogue(name: str, ruin: Any) -> Node:
        pressed = risked(ruin, end("Rogue prevails", 1, -1))
        choices: dict[str, Node] = {"back down": end("Rogue backs down", 0, 0), "press on": pressed}
        resisted = risked(ruin, move("Rogue", choices, information=f"{name} Rogue, resisted"))
        answers: dict[str, Node] = {"yield": end("State yields", 1, -1), "resist": resisted}
        challenged = move("State", answers, information="State")
        first: dict[str, Node] = {"refrain": end("status quo", 0, 0), "challenge": challenged}
        return move("Rogue", first, information=f"{name} Rogue")

    tree = chance(
        resolute=(resolve, rogue("Resolute", resolute_ruin)),
        irresolute=(1 - resolve, rogue("Irresolute", irresolute_ruin)),
    )
    inside = (defence < 1, risk > 0, risk < 1, resolve > 0, resolve < 1, blow > 1, resolute_ruin > 0)
    return where(tree, *inside, risk * resolute_ruin < 1 - risk, risk * irresolute_ruin > 1 - risk)


def _hit(p: Any) -> Any:
    """Return what a step costs the State: the risk of a launch, that it hits, and the blow."""
    return p.risk * (1 - p.defence) * p.blow


def _real(p: Any) -> Any:
    """Return how likely a challenge must be a resolute Rogue's for the State to be indifferent.

    To resist costs ``y`` and then, against a resolute Rogue that holds on, ``y`` again and the stake if all stays
    quiet, where to yield costs the stake.
    """
    return (1 - _hit(p)) / ((1 - p.risk) * (1 - p.risk + _hit(p)))


def _resistance(p: Any) -> Any:
    """Return how likely the State must resist for a bluff to be worth nothing."""
    return 1 / (1 + p.risk * p.irresolute_ruin)


def _resisted(p: Any) -> Any:
    """Return what a resolute Rogue expects once it is resisted, the risk of that included."""
    return (1 - p.risk) * (1 - p.risk - p.risk * p.resolute_ruin) - p.risk * p.resolute_ruin


def _attack(p: Any) -> Any:
    """Return the chance of a nuclear attack where bluffs are balanced."""
    launches = p.resolve / _real(p) * p.risk + p.resolve * (1 - p.risk) * p.risk
    return (1 - p.defence) * _resistance(p) * launches


def _greatest_risk(model: Any, defence: float) -> float:
    """Return the highest risk at which the State does not yield for sure, where the Rogue is hardly ever resolute."""
    rogues = model.at(resolve="1/1000000", irresolute_ruin=19, resolute_ruin=0.1, defence=defence)
    return round(float(ask.threshold_value("risk", "yield")(rogues)), 3)


def _over_defence(model: Any, ax: Any) -> Any:
    """Draw the chances of a challenge and of a nuclear attack over the defence."""
    from deterrence.analysis.sweep import sweep

    values = [number / 200 for number in range(200)]
    ax = sweep(model.game, "nuclear attack", defence=values).plot(ax=ax)
    ax.set_ylim(-0.002, 0.06)
    for label in ax.texts:
        label.set_y(0.05)
    return ax


YIELDS, BLUFF, FIRM, NONE = "the State yields", "bluff", "the resolute alone", "deterrence"
BARE = {"defence": 0}


def _as_mechanism(measure: Any, name: str) -> ask.Question:
    """Ask for a measure in a class of the game without its defence, under the library's mechanism in its place."""
    mechanism = MissileDefence("launch", "State", by="Rogue", harm="blow", interception=0.8)
    return lambda model: ask.under(ask.value_at(measure, name), mechanism)(model.at(BARE))


MODEL = Model(
    missile_defence,
    source="powell2003",
    relation="in the spirit of",
    changed="Not found in the work, whose argument is about brinkmanship in general: a game of one step for each side.",
    topic="brinkmanship",
    related=("powell1990", "powell1988"),
    note="Of the work a summary and its first pages alone were read. All numbers are illustrative.",
    assumptions=(
        "The Rogue alone knows whether it is resolute.",
        "All know how good the defence is.",
        "A launch ruins the Rogue alike, whether it is intercepted or not.",
        "A missile that is stopped leaves the State as it was, with its stake.",
        "A resolute Rogue would rather run the risk of its step than back down, an irresolute one the reverse.",
    ),
    does_not_say="""\
The defence costs nothing, and nobody answers it with more missiles. How good it is is known, which of no real one is
sure. The State cannot be harmed in another way, and its own conventional strength is not in it.""",
    names={
        YIELDS: {"State": "yield"},
        BLUFF: {"Resolute Rogue": "challenge", "Irresolute Rogue": "mixed", "State": "mixed"},
        FIRM: {"Resolute Rogue": "challenge", "Irresolute Rogue": "refrain", "State": "resist"},
        NONE: {"Resolute Rogue": "refrain", "Irresolute Rogue": "refrain"},
    },
    axes=("defence", "resolve"),
    claims=(
        Claim(
            "The State yields to all where the Rogue is likely enough resolute: p is at least "
            "c = (1 - y)/((1 - r)(1 - r + y)), with y = r (1 - m) b what a step costs the State.",
            "",
            ask.condition_of(YIELDS),
            lambda p: p.resolve >= _real(p),
        ),
        Claim(
            "Irresolute Rogues bluff at times where p is at most c, and a missile still hurts enough: (1 - m) b >= 1.",
            "",
            ask.condition_of(BLUFF),
            lambda p: (p.resolve <= _real(p)) & ((1 - p.defence) * p.blow >= 1),
        ),
        Claim(
            "The State always resists, and irresolute Rogues refrain, where the expected blow of a launch is at most "
            "its stake, (1 - m) b <= 1, and a resolute Rogue challenges even so.",
            "",
            ask.condition_of(FIRM),
            lambda p: ((1 - p.defence) * p.blow <= 1) & (_resisted(p) >= 0),
        ),
        Claim(
            "Nobody challenges where a State that takes a challenge for a bluff would resist, r (1 - m) b <= 1, and a "
            "resolute Rogue would not bear that.",
            "",
            ask.condition_of(NONE),
            lambda p: (_hit(p) <= 1) & (_resisted(p) <= 0),
        ),
        Claim(
            "The defence raises resolve: against a Rogue that is almost sure to back down the State yields, with a "
            "blow of 10, above a risk of 0.1 without a defence, and of 0.2 with one of a half.",
            "",
            # Resolve is 1/((1 - m) b): 0.1 and 0.2. An irresolute Rogue's ruin of 19 lets risk go down to 0.05, a
            # resolute one's of 0.1 up to 0.9.
            lambda model: [_greatest_risk(model, defence) for defence in (0, 0.5)],
            [0.1, 0.2],
            basis="computed",
        ),
        Claim(
            "At the defaults a challenge has chance 0.4, and the State resists with chance 0.5.",
            "",
            # A step costs 0.2*0.2*10 = 0.4; c = 0.6/(0.8*1.2) = 0.625, and 0.25/0.625 = 0.4. x = 1/(1 + 0.2*5).
            lambda model: [
                ask.value_at("challenge", BLUFF)(model),
                ask.value_at(lambda one: one.strategies["State"]["resist"], BLUFF)(model),
            ],
            ["0.4", "0.5"],
            basis="computed",
        ),
        Claim(
            "Where bluffs are balanced a better defence makes challenges rarer.",
            "",
            ask.sign_of("defence", "challenge", BLUFF),
            "falls",
        ),
        Claim(
            "And the State better off: it loses its stake as often as there is a challenge, p/c.",
            "",
            ask.formula_of(payoff("State"), BLUFF),
            lambda p: -p.resolve / _real(p),
        ),
        Claim(
            "The chance of a nuclear attack there is (1 - m) x r (p/c + p (1 - r)).",
            "",
            ask.formula_of("nuclear attack", BLUFF),
            _attack,
        ),
        Claim(
            "Within that class a better defence makes an attack less likely.",
            "",
            ask.sign_of("defence", "nuclear attack", BLUFF),
            "falls",
        ),
        Claim(
            "Yet an attack may be likelier with a defence than without: its chance is 0 without one and with one of "
            "0.6, 0.0349 with 0.67, and 0.012 with 0.8.",
            "",
            # c = p at a defence of 0.65, below which the State yields. At 0.67: y = 0.66, c = 0.34/(0.8*1.46),
            # 0.25/c = 0.858824; 0.33*0.5*0.2*(0.858824 + 0.2) = 0.034941.
            lambda model: [
                ask.value_at("nuclear attack", name, defence=defence)(model)
                for name, defence in ((YIELDS, 0), (YIELDS, 0.6), (BLUFF, 0.67), (BLUFF, 0.8))
            ],
            [0, 0, "0.034941", "0.012"],
            basis="computed",
        ),
        Claim(
            "The State begins to resist, and may be hit, at the defence where all irresolute Rogues bluff; it always "
            "resists from a defence of 1 - 1/b.",
            "",
            # With y = r (1 - m) b the first is where c = p: 1 - y = p (1 - r)(1 - r + y).
            ask.boundaries_of("defence", "nuclear attack"),
            lambda p: (
                1 - (1 - p.resolve * (1 - p.risk) ** 2) / (1 + p.resolve * (1 - p.risk)) / (p.risk * p.blow),
                1 - 1 / p.blow,
            ),
        ),
        Claim(
            "Those are 0.65 and 0.9 at the defaults.",
            "",
            lambda model: [float(row["defence"]) for row in threshold(model.game, "defence", "nuclear attack").data],
            ["0.65", "0.9"],
            basis="computed",
        ),
        Claim(
            "It comes a second time where the State resists for sure: missiles are launched with chance 0.06 at a "
            "defence of 0.8, and 0.09 at 0.95.",
            "",
            # 0.5*0.2*(0.4 + 0.2) = 0.06; then resolute Rogues alone challenge and are always resisted: 0.25*0.36.
            lambda model: [
                ask.value_at("launch", BLUFF)(model),
                ask.value_at("launch", FIRM, defence=0.95)(model),
            ],
            ["0.06", "0.09"],
            basis="computed",
        ),
        Claim(
            "An irresolute Rogue gains nothing by a bluff: the Rogue's payoff is p (1 - x + x v), with v what a "
            "resolute one expects once it is resisted. A better defence does not change it.",
            "",
            ask.formula_of(payoff("Rogue"), BLUFF),
            lambda p: p.resolve * (1 - _resistance(p) + _resistance(p) * _resisted(p)),
        ),
        Claim(
            "The game without its defence, under the library's mechanism of one, has as many challenges and is worth "
            "as much to the State: 0.4 and -0.4.",
            "",
            lambda model: [_as_mechanism(measure, BLUFF)(model) for measure in ("challenge", payoff("State"))],
            ["0.4", "-0.4"],
            basis="own",
        ),
    ),
    draws=_over_defence,
    theory=Theory(
        mechanism=("brinkmanship", "arms", "signalling"),
        actors="two states",
        information=("one-sided",),
        result=("trades off",),
        finding="A missile defence makes the State firmer and challenges rarer, and may make a nuclear attack "
        "likelier, since the State runs risks that it would not have run.",
        means=("denial", "punishment"),
        scope=("extended",),
        phase=("general", "immediate"),
        neighbours={
            "powell1988/two_sided_brinkmanship": "The Defender's resolve is hidden, too, and no missile is stopped.",
            "powell1990/ladder": "Resolve is known, and the weaker side gives way at once.",
        },
    ),
)
