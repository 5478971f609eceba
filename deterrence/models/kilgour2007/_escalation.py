"""The tree of asymmetric escalation, for any of the Defender's types.

The Challenger is Hard or Soft. A type of the Defender has two letters: H or S tactically, on whether it would rather
respond in kind than concede; and strategically, on whether it would rather go all out than give way.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from deterrence.errors import unknown
from deterrence.games.game import Game
from deterrence.games.notation import chance, end, move
from deterrence.games.parameter import Parameter, param, share
from deterrence.games.tree import Node

PAYOFFS = {
    "challenger_gain": param(
        1,
        "Challenger's payoff if the Defender concedes",
        symbol="c_{DC}",
        plausible=(0.8, 2),
        why="above the status quo, up to twice the default prize",
    ),
    "challenger_status_quo": param(
        0.6,
        "Challenger's payoff in the status quo",
        symbol="c_{SQ}",
        plausible=(0.56, 0.76),
        why="between a won escalation and the prize, so that temptation varies",
    ),
    "challenger_escalation_won": param(
        0.5,
        "Challenger's payoff if its escalation wins",
        symbol="c_{ED}",
        plausible=(0.46, 0.55),
        why="escalation that wins beats limited conflict, not the status quo",
    ),
    "challenger_limited_conflict": param(
        0.4,
        "Challenger's payoff from limited conflict",
        symbol="c_{DD}",
        plausible=(0.31, 0.45),
        why="keeps limited conflict between all-out conflict and a won escalation",
    ),
    "challenger_hard_war": param(
        0.2,
        "Hard Challenger's payoff from all-out conflict",
        symbol="c_{EE+}",
        plausible=(0.11, 0.3),
        why="a Hard Challenger would rather fight than lose, if barely",
    ),
    "challenger_escalation_lost": param(
        0,
        "Challenger's payoff if the Defender's escalation wins",
        symbol="c_{DE}",
        plausible=(-0.4, 0.1),
        why="giving way costs up to what the default limited conflict brings",
    ),
    "challenger_soft_war": param(
        -1,
        "Soft Challenger's payoff from all-out conflict",
        symbol="c_{EE-}",
        plausible=(-3, -0.5),
        why="from half the prize lost to three times it",
    ),
    "defender_status_quo": param(
        1,
        "Defender's payoff in the status quo",
        symbol="d_{SQ}",
        plausible=(0.91, 2),
        why="what there is to defend stays the Defender's best",
    ),
    "defender_escalation_won": param(
        0.8,
        "Defender's payoff if its escalation wins",
        symbol="d_{DE}",
        plausible=(0.71, 0.9),
        why="winning by escalation never beats the status quo",
    ),
    "defender_hard_limited": param(
        0.6,
        "tactically Hard Defender's payoff from limited conflict",
        symbol="d_{DD+}",
        plausible=(0.51, 0.7),
        why="answering in kind beats conceding, by little or much",
    ),
    "defender_concession": param(
        0.4,
        "Defender's payoff if it concedes",
        symbol="d_{DC}",
        plausible=(0.31, 0.5),
        why="conceding stays between the two worths of limited conflict",
    ),
    "defender_soft_limited": param(
        0.2,
        "tactically Soft Defender's payoff from limited conflict",
        symbol="d_{DD-}",
        plausible=(0.11, 0.3),
        why="a tactically Soft Defender would rather concede, if barely",
    ),
    "defender_hard_war": param(
        0,
        "strategically Hard Defender's payoff from all-out conflict",
        symbol="d_{EE+}",
        plausible=(-0.24, 0.1),
        why="all-out conflict about as bad as losing a quarter",
    ),
    "defender_escalation_lost": param(
        -0.5,
        "Defender's payoff if the Challenger's escalation wins",
        symbol="d_{ED}",
        plausible=(-0.75, -0.25),
        why="giving way lies between the two worths of all-out conflict",
    ),
    "defender_soft_war": param(
        -1,
        "strategically Soft Defender's payoff from all-out conflict",
        symbol="d_{EE-}",
        plausible=(-3, -0.76),
        why="ruin of up to three times what peace is worth",
    ),
}
"""The payoffs of both sides, from the best to the worst of each."""
ORDERS = tuple([name for name in reversed(PAYOFFS) if name.startswith(side)] for side in ("challenger", "defender"))
"""The names of each side's payoffs, from the worst to the best."""
SHARES = {
    "HH": "tactically and strategically Hard",
    "HS": "tactically Hard and strategically Soft",
    "SH": "tactically Soft and strategically Hard",
    "SS": "tactically and strategically Soft",
}
CREDIBILITY = share(
    0.8,
    "probability that the Challenger is Hard",
    symbol="p_{Ch}",
    plausible=(0.05, 0.95),
    why="holds 0.5, below which somebody responds; away from certainty",
)
WHY = {
    "HH": "from rare to half of all, which alone is enough to deter",
    "HS": "from rare to half, so that tactically Hard ones pass cTac, 2/3",
    "SH": "from rare to half, so that strategically Hard ones pass cStr, 1/2",
    "SS": "from rare to half, which leaves room for the others",
}
"""Why a type's probability lies between 0.05 and 0.5 where there are more than two types."""
OF_TWO = "either of the two types may be the rare one"
"""Why it lies between 0.05 and 0.95 where there are two."""
EVERY_TYPE = (0.3, 0.2, 0.2, 0.3)
"""The reference probabilities of the Defender's four types, in the order of ``SHARES``."""


def asymmetric_escalation(types: Sequence[str] = tuple(SHARES)) -> Game:
    """Return the game with these types of the Defender, of which the last has the probability that is left.

    With all four types a complete search for equilibria is out of reach; whether a given play is an equilibrium is
    decided at once by ``PerfectBayesian().equilibria_of``.

    Raises
    ------
    UnknownNameError
        If a type is none of ``SHARES``.
    """
    for d in types:
        if d not in SHARES:
            raise unknown("type of Defender", d, SHARES)
    odds = dict(zip(SHARES, EVERY_TYPE, strict=True)) if len(types) == len(SHARES) else dict.fromkeys(types, 0.4)
    declared = {name: parameter.named(name) for name, parameter in PAYOFFS.items()}
    declared["challenger_credibility"] = CREDIBILITY.named("challenger_credibility")
    for d in types[:-1]:
        name = f"share_{d.lower()}"
        most, why = (0.95, OF_TWO) if len(types) == 2 else (0.5, WHY[d])
        meaning, symbol = f"probability that the Defender is {SHARES[d]}", f"p_{{{d}}}"
        declared[name] = share(odds[d], meaning, symbol=symbol, plausible=(0.05, most), why=why).named(name)
    return _written(declared, types)


def _written(declared: dict[str, Parameter], types: Sequence[str]) -> Game:
    """Return the game of declared parameters."""
    of = SimpleNamespace(**{name: parameter.written for name, parameter in declared.items()})
    shares = {d: getattr(of, f"share_{d.lower()}") for d in types[:-1]}
    shares[types[-1]] = 1 - sum(shares.values())

    def against(c: str) -> Node:
        return chance({f"{d} Defender": (p, _crisis(of, c, d)) for d, p in shares.items()})

    p = of.challenger_credibility
    tree = chance({"Hard Challenger": (p, against("Hard")), "Soft Challenger": (1 - p, against("Soft"))})
    ranked = [getattr(of, low) < getattr(of, high) for order in ORDERS for low, high in pairwise(order)]
    conditions = [shares[types[-1]] >= 0] if len(types) > 2 else []
    return Game(
        ("Challenger", "Defender"),
        tree,
        tuple(declared.values()),
        f"asymmetric-escalation-{len(types)}",
        "Defect, respond in kind or escalate, and in the end go all out or give way.",
        (*ranked, *conditions),
    )


def _crisis(of: Any, c: str, d: str) -> Node:
    """Return the crisis between a Challenger and a Defender of known types."""
    war_of = {"Hard": of.challenger_hard_war, "Soft": of.challenger_soft_war}[c]
    war = end("all-out conflict", war_of, of.defender_hard_war if d[1] == "H" else of.defender_soft_war)
    won = end("Challenger's escalation wins", of.challenger_escalation_won, of.defender_escalation_lost)
    lost = end("Defender's escalation wins", of.challenger_escalation_lost, of.defender_escalation_won)
    limited = of.defender_hard_limited if d[0] == "H" else of.defender_soft_limited
    contained = end("limited conflict", of.challenger_limited_conflict, limited)
    answered: dict[str, Node] = {"hold": contained, "escalate": war if d[1] == "H" else won}
    replies: dict[str, Node] = {
        "concede": end("Defender concedes", of.challenger_gain, of.defender_concession),
        "respond in kind": move("Challenger", answered, information=f"{c} Challenger, answered in kind"),
        "escalate": war if c == "Hard" else lost,
    }
    peace = end("status quo", of.challenger_status_quo, of.defender_status_quo)
    defender = move("Defender", replies, information=f"{d} Defender")
    return move("Challenger", {"accept": peace, "defect": defender}, information=f"{c} Challenger")
