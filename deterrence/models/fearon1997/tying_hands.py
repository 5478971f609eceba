"""Tying hands: a signal that is paid for only if one backs down.

A Defender may stake ``m`` on not giving way. Where ``m >= c - pi v_U`` even a Defender who would not have fought
for the prize does so once challenged: both types tie their hands, both are committed, and nobody challenges. It
costs nothing in equilibrium, and it is no bluff.
"""

from __future__ import annotations

from typing import Any

from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.fearon1997.sinking_costs import ASSUMPTIONS
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Defender", "Challenger", name="tying-hands")
def tying_hands(
    *,
    resolute_value: Any = param(
        1,
        "what the prize is worth to a resolute Defender",
        low=0,
        high=10,
        symbol="v_R",
        plausible=(0.8, 1.6),
        why="mostly above c/pi, so that the resolute would fight",
    ),
    irresolute_value: Any = param(
        0.4,
        "what it is worth to an irresolute one",
        low=0,
        high=10,
        symbol="v_U",
        plausible=(0.1, 0.6),
        why="mostly below c/pi: nothing to fight for without a signal",
    ),
    victory: Any = share(
        0.5,
        "chance that the Defender wins a war",
        symbol=r"\pi",
        plausible=(0.35, 0.65),
        why="near even odds, at which resolve decides who fights",
    ),
    war: Any = param(
        0.3,
        "the Defender's cost of war",
        low=0,
        high=10,
        symbol="c",
        plausible=(0.2, 0.4),
        why="mostly what the resolute bear and the irresolute do not",
    ),
    challenger_war: Any = param(
        1,
        "the Challenger's loss in war",
        low=0,
        high=10,
        symbol="w",
        plausible=(0.5, 2),
        why="half to twice what a concession gains the Challenger",
    ),
    resolve: Any = share(
        0.3,
        "chance that the Defender is resolute",
        symbol=r"\mu",
        plausible=(0.05, 0.35),
        why="unlikely: without a signal the Challenger would challenge",
    ),
    stake: Any = param(
        0.2,
        "what backing down costs after the signal",
        low=0,
        high=10,
        symbol="m",
        plausible=(0.01, 0.5),
        why="from idle words to what commits either type",
    ),
) -> Assumed:
    """Stake something on not giving way, or do not."""

    def crisis(value: Any, kind: str, staked: Any, seen: str) -> Node:
        answer = {
            "fight": end("war", victory * value - war, -challenger_war),
            "concede": end("concession", -staked, 1),
        }
        challenged = move("Defender", answer, information=f"{kind}, challenged after {seen}")
        return move("Challenger", {"stay out": end("deterred", value, 0), "challenge": challenged}, information=seen)

    def signals(value: Any, kind: str) -> Node:
        show = {"tie hands": crisis(value, kind, stake, "commitment"), "keep quiet": crisis(value, kind, 0, "silence")}
        return move("Defender", show, information=kind)

    resolute, irresolute = signals(resolute_value, "resolute"), signals(irresolute_value, "irresolute")
    tree = chance({"resolute": (resolve, resolute), "irresolute": (1 - resolve, irresolute)})
    return where(
        tree,
        war < victory * resolute_value,
        victory * irresolute_value < war,
        irresolute_value < resolute_value,
        resolve * (1 + challenger_war) < 1,
        stake > 0,
    )


def _over_stakes(model: Any, ax: Any) -> Any:
    """Draw how likely the challenge is deterred over the stake, in all equilibria."""
    from deterrence.analysis.sweep import sweep

    return sweep(model.game, "deterred", stake=[number / 100 for number in range(1, 31)]).plot(ax=ax)


def _gain_over_sinking(model: Any) -> Any:
    """Return what the resolute gains by tying hands rather than sinking costs, each at its least signal."""
    from deterrence.models.catalogue import load

    payoff = ask.payoff_from("resolute")
    tied = {payoff(each) for each in model.solve(stake=0.1) if each.name == "commitment"}
    sunk = {payoff(each) for each in load("fearon1997/sinking_costs").solve(signal=0.4) if each.name == "separating"}
    gains = sorted({first - second for first in tied for second in sunk})
    return gains[0] if len(gains) == 1 else tuple(gains)


def _together(signal: str, answer: str, last: str = "concede") -> dict[str, str]:
    """Return the play in which both types send one signal and answer alike."""
    last_moves = {f"{kind}, challenged after {seen}": last for kind in KINDS for seen in SEEN}
    return dict.fromkeys(KINDS, signal) | last_moves | {"Challenger": answer}


KINDS = ("resolute", "irresolute")
SEEN = ("commitment", "silence")

COMMITTED = {"resolute, challenged after commitment": "fight", "irresolute, challenged after commitment": "fight"}

MODEL = Model(
    tying_hands,
    source="fearon1997",
    relation="reduction",
    changed=(
        "Two types, one stake and a Challenger whose preferences are known, where the work has a continuum of "
        "each; that both agree was not checked."
    ),
    topic="signalling",
    note="Illustrative payoffs, those of the reference numbers.",
    assumptions=ASSUMPTIONS,
    does_not_say="""\
That tying hands is riskier than sinking costs, the work's third result, needs doubt about the Challenger and does
not appear: here commitment deters for certain. The size of the stake is not chosen from a continuum.""",
    theory=Theory(
        mechanism=("signalling", "audience costs", "commitment"),
        actors="two states",
        information=("one-sided",),
        result=("deters",),
        finding=(
            "A stake on not giving way commits even a Defender who would not have fought, and costs nothing if it "
            "works."
        ),
        means=("punishment",),
        phase=("general",),
        neighbours={
            "fearon1997/sinking_costs": "There the signal is paid for whatever happens.",
            "fearon1994/audience_costs": "There the stake grows with time.",
            "schelling1966/tripwire": "There the stake is a force that would be lost.",
        },
    ),
    names={
        "commitment": {"resolute": "tie hands", "irresolute": "tie hands", "commitment": "stay out"},
        "deterrence either way": {"commitment": "stay out", "silence": "stay out"},
        "bluffing": {"resolute": "tie hands", "irresolute": "mixed"},
        "silence": {"resolute": "keep quiet", "irresolute": "keep quiet"},
    },
    claims=(
        Claim(
            "Both types tie their hands and deter where the stake is at least c - pi v_U.",
            "",
            ask.condition_of("commitment"),
            lambda p: p.stake >= p.war - p.victory * p.irresolute_value,
        ),
        Claim(
            "At a stake of 0.1 the resolute gets 1.",
            "",
            ask.value_at(ask.payoff_from("resolute"), "commitment", stake=0.1),
            "1.0",
            basis="computed",
        ),
        Claim(
            "At a stake of 0.1 the irresolute gets 0.4.",
            "",
            ask.value_at(ask.payoff_from("irresolute"), "commitment", stake=0.1),
            "0.4",
            basis="computed",
        ),
        Claim(
            "A slightly lower stake commits nobody who was not committed before.",
            "",
            ask.is_equilibrium_at("commitment", stake=0.099),
            False,
            basis="computed",
        ),
        Claim(
            "It is no bluff: both types would fight if challenged.",
            "abstract",
            ask.always(
                lambda _, solution: all(
                    equilibrium.strategies[where]["fight"] == 1
                    for equilibrium in solution
                    if equilibrium.name == "commitment"
                    for where in COMMITTED
                )
            ),
        ),
        Claim(
            "The signaller does better with tied hands than with sunk costs: the resolute saves 0.4.",
            "abstract",
            _gain_over_sinking,
            "0.4",
            basis="computed",
        ),
        Claim(
            "What the two expect with v_R = 1.2 and w = 2, if both types tie their hands or both keep quiet, and are "
            "then not challenged, challenged and concede, or challenged and fight.",
            "",
            ask.each_of(
                *(
                    ask.payoffs_of(_together(*played), resolute_value=1.2, challenger_war=2)
                    for signal in ("tie hands", "keep quiet")
                    for played in (
                        (signal, "stay out"),
                        (signal, "challenge", "concede"),
                        (signal, "challenge", "fight"),
                    )
                )
            ),
            # the prize is worth 0.3 1.2 + 0.7 0.4 = 0.64 on average, a war half of that less 0.3; the stake is 0.2
            [("0.64", 0), ("-0.2", 1), ("0.02", -2), ("0.64", 0), (0, 1), ("0.02", -2)],
            basis="computed",
        ),
        Claim(
            "A war is worth it to the resolute alone; without a signal there would be a challenge.",
            "",
            ask.each_of(
                ask.admits(resolute_value=0.61),
                ask.admits(resolute_value=0.6),
                ask.admits(irresolute_value=0.59),
                ask.admits(irresolute_value=0.6),
                ask.admits(challenger_war=2.3),
                ask.admits(challenger_war=2.4),
                ask.admits(stake=0),
            ),
            # 0.5 0.6 = 0.3, the cost of war; 0.3 (1 + 2.33) = 1
            [True, False, True, False, True, False, False],
            basis="computed",
        ),
        Claim(
            "At the defaults a war with both types is worth -0.01 to the Defender in the mean, and -1 to the "
            "Challenger.",
            "",
            ask.payoffs_of(_together("tie hands", "challenge", "fight")),
            # 0.3 0.5 + 0.7 0.2 - 0.3
            ("-0.01", -1),
            basis="computed",
        ),
    ),
    draws=_over_stakes,
)
