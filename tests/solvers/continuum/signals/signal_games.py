"""Games of signals written as trees, with what the tests of signals share."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import deterrence as dt

VECTORS = json.loads((Path(__file__).parent.parent / "vectors.json").read_text())


def vectors(model: str) -> list[dict[str, Any]]:
    """The vectors of one model."""
    return [vector for vector in VECTORS if vector["model"] == model]


def law(spec: Any) -> Any:
    """The law that a vector names."""
    kind, *numbers = spec
    families = {"uniform": dt.Uniform, "beta": dt.Beta, "normal": dt.Normal, "triangular": dt.Triangular}
    return families[kind](*map(exact, numbers))


def exact(number: float) -> Fraction:
    return Fraction(str(number))


def crisis(
    left: Callable[..., Any],
    gave: Callable[..., Any],
    fought: Callable[..., Any],
    *,
    types: Any = None,
    most: Any = 1,
    least: Any = 0,
    war: Any = -0.5,
    prize: Any = 1,
) -> dt.Game:
    """A signal of any size to an attacker who leaves or attacks; the target then yields or fights."""

    @dt.game("Target", "Attacker")
    def signalling():
        "A signal before a crisis."
        return dt.draw(
            types or dt.Uniform(0, 1),
            seen_by="Target",
            then=lambda resolve: dt.choose(
                "Target",
                least,
                most,
                then=lambda signal: dt.move(
                    "Attacker",
                    leave=dt.end("peace", left(resolve, signal), 0),
                    attack=dt.move(
                        "Target",
                        give=dt.end("concession", gave(resolve, signal), prize),
                        fight=dt.end("conflict", fought(resolve, signal), war),
                    ),
                ),
            ),
        )

    return signalling


def sunk(cost: Any, war: Any = 0.5, **more: Any) -> dt.Game:
    """A signal that is paid whatever happens."""
    cost, war = exact(cost), -exact(war)
    return crisis(lambda t, m: t - m, lambda _, m: -m, lambda t, m: t - cost - m, war=war, **more)


def tied(cost: Any, war: Any = 0.5, **more: Any) -> dt.Game:
    """A signal that only who is attacked and yields pays for."""
    cost, war = exact(cost), -exact(war)
    return crisis(lambda t, _: t, lambda _, m: -m, lambda t, _: t - cost, war=war, **more)


def strength(sent: Callable[..., Any], *, types: Any, opponent: Any = None, most: Any = 1) -> dt.Game:
    """A signal of strength at a cost; the opponent, whose caution is hidden, stays out of what it thinks is strong."""

    @dt.game("Sender", "Opponent")
    def signalling():
        "A signal of strength."
        return dt.draw(
            types,
            seen_by="Sender",
            then=lambda t: dt.draw(
                opponent or dt.Uniform(0, 1),
                seen_by="Opponent",
                then=lambda caution: dt.choose(
                    "Sender",
                    0,
                    most,
                    then=lambda m: dt.move(
                        "Opponent",
                        stay_out=dt.end("deterred", 1 - sent(t, m), 0),
                        enter=dt.end("challenged", -sent(t, m), 1 - t - caution),
                    ),
                ),
            ),
        )

    return signalling


def valued(sender: Callable[..., Any], receiver: Callable[..., Any], *, types: Any, most: Any = 2, reply: Any = (0, 3)) -> dt.Game:
    """A signal that is answered by a number."""

    @dt.game("Sender", "Receiver")
    def answering():
        "A signal and a number in reply."
        return dt.draw(
            types,
            seen_by="Sender",
            then=lambda t: dt.choose(
                "Sender",
                0,
                most,
                then=lambda m: dt.choose(
                    "Receiver", *reply, then=lambda r: dt.end("answer", sender(t, m, r), receiver(t, m, r))
                ),
            ),
        )

    return answering


def talk(wish: Callable[..., Any], *, types: Any = None, reply: Any = (0, 1)) -> dt.Game:
    """A message that costs nothing; both lose the square of what the reply is off."""
    return valued(
        lambda t, _, r: -((r - wish(t)) ** 2),
        lambda t, _, r: -((r - t) ** 2),
        types=types or dt.Uniform(0, 1),
        most=1,
        reply=reply,
    )
