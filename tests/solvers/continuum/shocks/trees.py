"""Games with private shocks, written with ``draw`` alone, for the tests of their solver."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import sympy as sp

import deterrence as dt
from deterrence.games.tree import Draw, Node

LAWS: dict[str, Callable[[Any], Any]] = {
    "normal": lambda spread: dt.Normal(0, spread),
    "logistic": lambda spread: dt.Logistic(0, spread),
    "gumbel": lambda spread: dt.ExtremeValue(0, spread),
}


def number(value: Any) -> Fraction:
    """Return a float of few digits as the fraction that it stands for."""
    return Fraction(str(value))


def shock(name: str) -> Any:
    """Return the symbol under which a draw stands in payoffs."""
    return sp.Symbol(name, real=True)


def under(child: Node, player: str, law: Any, *names: str) -> Node:
    """Return draws of one player above a node."""
    for name in reversed(names):
        child = Draw(name, law, (player,), child)
    return child


def game(tree: Node, *players: str) -> dt.Game:
    """Return a game without parameters."""
    return dt.Game(players, tree, (), "shaken", "A game with private shocks.")


def crisis(uA: Mapping[str, Any], uB: Mapping[str, Any], shock: str, on: str, scale: Any) -> dt.Game:
    """Return a crisis of two moves, a challenge and resistance, with shocks on actions or on outcomes."""
    law, spread = LAWS[shock], number(scale)
    a, b = {k: number(v) for k, v in uA.items()}, {k: number(v) for k, v in uB.items()}
    return on_actions(a, b, law(spread)) if on == "actions" else on_outcomes(a, b, law(spread))


def on_outcomes(a: Mapping[str, Any], b: Mapping[str, Any], law: Any) -> dt.Game:
    """Return the crisis with a shock for each player and outcome, drawn at the root."""
    tree = dt.move(
        "A",
        wait=dt.end("SQ", a["SQ"] + shock("a_SQ"), shock("b_SQ")),
        attack=dt.move(
            "B",
            yield_=dt.end("Cap", a["Cap"] + shock("a_Cap"), b["Cap"] + shock("b_Cap")),
            resist=dt.end("War", a["War"] + shock("a_War"), b["War"] + shock("b_War")),
        ),
    )
    return game(under(under(tree, "B", law, "b_SQ", "b_Cap", "b_War"), "A", law, "a_SQ", "a_Cap", "a_War"), "A", "B")


def on_actions(a: Mapping[str, Any], b: Mapping[str, Any], law: Any) -> dt.Game:
    """Return the crisis with a shock for each action, drawn above its move."""
    second = dt.move(
        "B",
        yield_=dt.end("Cap", a["Cap"] + shock("a_attack"), b["Cap"] + shock("b_yield")),
        resist=dt.end("War", a["War"] + shock("a_attack"), b["War"] + shock("b_resist")),
    )
    tree = dt.move(
        "A",
        wait=dt.end("SQ", a["SQ"] + shock("a_wait"), 0),
        attack=under(second, "B", law, "b_yield", "b_resist"),
    )
    return game(under(tree, "A", law, "a_wait", "a_attack"), "A", "B")


def sanctions(**numbers: Any) -> dt.Game:
    """Return Lewis and Schultz's crisis: a threat, resistance, and whether the threat is carried out."""
    v = {name: number(value) for name, value in numbers.items()}
    law = dt.Normal(0, v["sigma"])
    tree = dt.move(
        "A",
        wait=dt.end("SQ", v["SA"], 0),
        threaten=dt.move(
            "B",
            concede=dt.end("Con", v["VA"], v["CB"]),
            resist=dt.move(
                "A",
                back_down=dt.end("BD", v["a"] + shock("a_back"), v["VB"]),
                fight=dt.end("SF", v["WA"] + shock("a_fight"), v["WB"] + shock("b_fight")),
            ),
        ),
    )
    return game(under(under(tree, "B", law, "b_fight"), "A", law, "a_back", "a_fight"), "A", "B")
