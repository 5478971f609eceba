"""Sinking costs: a signal that is paid for whatever happens.

A Defender who would fight for the prize (resolute) and one who would not (irresolute) may spend ``m`` before the
Challenger decides. The resolute one alone signals where ``v_U <= m <= (1 - pi) v_R + c``; nobody bluffs there.
Below ``v_U`` the irresolute bluffs at times.
"""

from __future__ import annotations

from typing import Any

from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

ASSUMPTIONS = (
    "The Defender is resolute or irresolute, and alone knows which; what the Challenger wants is known.",
    "The Challenger gains 1 from a concession and loses w in war.",
    "Without a signal the Challenger would challenge: resolve is less likely than 1/(1 + w).",
)


@game("Defender", "Challenger", name="sinking-costs")
def sinking_costs(
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
    signal: Any = param(
        0.5,
        "what the signal costs",
        low=0,
        high=10,
        symbol="m",
        plausible=(0.02, 1),
        why="range of this model's figure: bluffs, then separation, then silence",
    ),
) -> Assumed:
    """Spend on a show of resolve, or do not."""

    def crisis(value: Any, kind: str, spent: Any, seen: str) -> Node:
        answer = {
            "fight": end("war", victory * value - war - spent, -challenger_war),
            "concede": end("concession", -spent, 1),
        }
        challenged = move("Defender", answer, information=f"{kind}, challenged after {seen}")
        return move(
            "Challenger", {"stay out": end("deterred", value - spent, 0), "challenge": challenged}, information=seen
        )

    def signals(value: Any, kind: str) -> Node:
        show = {"spend": crisis(value, kind, signal, "show"), "save": crisis(value, kind, 0, "silence")}
        return move("Defender", show, information=kind)

    resolute, irresolute = signals(resolute_value, "resolute"), signals(irresolute_value, "irresolute")
    tree = chance({"resolute": (resolve, resolute), "irresolute": (1 - resolve, irresolute)})
    return where(
        tree,
        war < victory * resolute_value,
        victory * irresolute_value < war,
        irresolute_value < resolute_value,
        resolve * (1 + challenger_war) < 1,
        signal > 0,
    )


def _over_signals(model: Any, ax: Any) -> Any:
    """Draw how likely the signal is over its cost, in all equilibria."""
    from deterrence.analysis.sweep import sweep

    return sweep(model.game, "spend", signal=[number / 50 for number in range(1, 51)]).plot(ax=ax)


def _together(signal: str, answer: str, last: str = "concede") -> dict[str, str]:
    """Return the play in which both types send one signal and answer alike."""
    last_moves = {f"{kind}, challenged after {seen}": last for kind in KINDS for seen in SEEN}
    return dict.fromkeys(KINDS, signal) | last_moves | {"Challenger": answer}


KINDS = ("resolute", "irresolute")
SEEN = ("show", "silence")

MODEL = Model(
    sinking_costs,
    source="fearon1997",
    relation="reduction",
    changed=(
        "Two types, one signal of either size and a Challenger whose preferences are known, where the work has a "
        "continuum of each; that both agree was not checked."
    ),
    topic="signalling",
    note="Illustrative payoffs, those of the reference numbers.",
    assumptions=ASSUMPTIONS,
    does_not_say="""\
The signal's size is not chosen from a continuum. The Challenger's resolve is known, so that the risk of war that
a signal brings, the work's third result, does not appear.""",
    theory=Theory(
        mechanism=("signalling",),
        actors="two states",
        information=("one-sided",),
        result=("reveals",),
        finding=(
            "A signal paid for in any case is sent by the resolute alone, if it costs more than the irresolute "
            "could gain."
        ),
        means=("punishment",),
        phase=("general",),
        neighbours={
            "fearon1997/tying_hands": "There the signal is paid for only by one who backs down.",
            "cho1987/signalling_resolve": "There the same act costs one type and pleases the other.",
        },
    ),
    names={
        "separating": {"resolute": "spend", "irresolute": "save", "silence": "challenge"},
        "bluffing": {"resolute": "spend", "irresolute": "mixed", "silence": "challenge"},
        "half-hearted": {"resolute": "mixed", "irresolute": "save"},
        "silence": {"resolute": "save", "irresolute": "save"},
    },
    claims=(
        Claim(
            "The signal tells the types apart where it costs the irresolute at least the prize and the resolute at "
            "most what it saves.",
            "",
            ask.condition_of("separating"),
            lambda p: (p.irresolute_value <= p.signal) & (p.signal <= (1 - p.victory) * p.resolute_value + p.war),
        ),
        Claim(
            "The least costly signal that does so is what the prize is worth to the irresolute.",
            "",
            lambda model: _least(model, "separating"),
            "0.4",
        ),
        Claim(
            "It leaves the resolute 0.6.",
            "",
            ask.value_at(ask.payoff_from("resolute"), "separating", signal=0.4),
            "0.6",
            basis="computed",
        ),
        Claim(
            "It leaves the irresolute nothing.",
            "",
            ask.value_at(ask.payoff_from("irresolute"), "separating", signal=0.4),
            0,
            basis="computed",
        ),
        Claim(
            "No one bluffs with a signal that costs more than the prize is worth to the irresolute.",
            "",
            ask.always(
                lambda game, solution: game.values["signal"] <= game.values["irresolute_value"] or not _bluffs(solution)
            ),
        ),
        Claim(
            "A cheaper signal invites bluffs.",
            "",
            ask.is_equilibrium_at("bluffing", signal=0.2),
        ),
        Claim(
            "What the two expect with v_R = 1.2 and w = 2, if both types spend or both save, and are then not "
            "challenged, challenged and concede, or challenged and fight.",
            "",
            ask.each_of(
                *(
                    ask.payoffs_of(_together(*played), resolute_value=1.2, challenger_war=2)
                    for signal in ("spend", "save")
                    for played in (
                        (signal, "stay out"),
                        (signal, "challenge", "concede"),
                        (signal, "challenge", "fight"),
                    )
                )
            ),
            # the prize is worth 0.3 1.2 + 0.7 0.4 = 0.64 on average, a war half of that less 0.3; the signal costs 0.5
            [("0.14", 0), ("-0.5", 1), ("-0.48", -2), ("0.64", 0), (0, 1), ("0.02", -2)],
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
                ask.admits(signal=0),
            ),
            # 0.5 0.6 = 0.3, the cost of war; 0.3 (1 + 2.33) = 1
            [True, False, True, False, True, False, False],
            basis="computed",
        ),
    ),
    draws=_over_signals,
)


def _bluffs(solution: Any) -> bool:
    return any(equilibrium.strategies["irresolute"]["spend"] > 0 for equilibrium in solution)


def _least(model: Any, name: str) -> Any:
    """Return the least cost of the signal, in hundredths, at which a class exists."""
    from fractions import Fraction

    exists = (Fraction(k, 100) for k in range(1, 101))
    return next(
        (size for size in exists if any(equilibrium.name == name for equilibrium in model.solve(signal=size))), None
    )
