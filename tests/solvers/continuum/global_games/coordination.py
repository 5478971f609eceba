"""Games with a state that nobody sees, for the tests: what a player gains by attacking is affine in it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import deterrence as dt

Noise = Callable[[Any], Any]


def uniform(reach: Any) -> Noise:
    """Noise spread evenly to either side of the state."""
    reach = Fraction(str(reach))
    return lambda state: dt.Uniform(state - reach, state + reach)


def normal(sd: Any) -> Noise:
    """Normal noise."""
    return lambda state: dt.Normal(state, Fraction(str(sd)))


def drawn(prior: Any, first: Noise, second: Noise, moves: Callable[[Any], Any]) -> Any:
    """The draws of a state and of the two signals, above the moves."""
    return dt.draw(
        prior,
        seen_by=(),
        then=lambda state: dt.draw(
            first(state),
            seen_by="First",
            then=lambda x: dt.draw(second(state), seen_by="Second", then=lambda y: moves(state)),
        ),
    )


def table(state: Any, cells: Callable[[Any], dict[tuple[str, str], tuple[Any, Any]]]) -> Any:
    """Both attack or wait at once."""
    paid = cells(state)

    def second(own: str) -> Any:
        done = {name: dt.end(f"{own}, {name}", *paid[own, name]) for name in ("attack", "wait")}
        return dt.move("Second", information="Second", **done)

    return dt.move("First", information="First", attack=second("attack"), wait=second("wait"))


def gains(prior: Any, first: Noise, second: Noise, alone: Any, together: Any) -> Any:
    """A game in which attacking gains ``alone - state``, or ``together - state`` where the other attacks too.

    Waiting is worth nothing; ``alone`` and ``together`` are pairs, one number for each player.
    """

    def cells(state: Any) -> dict[tuple[str, str], tuple[Any, Any]]:
        return {
            ("attack", "attack"): (together[0] - state, together[1] - state),
            ("attack", "wait"): (alone[0] - state, 0),
            ("wait", "attack"): (0, alone[1] - state),
            ("wait", "wait"): (0, 0),
        }

    @dt.game("First", "Second")
    def attacks(nothing=dt.param(0, "nothing")):
        "Attack or wait; what an attack costs is a state of which each sees a noisy signal."
        return drawn(prior, first, second, lambda state: table(state, cells))

    return attacks


def strikes(prior: Any, first: Noise, second: Noise, one: Any, two: Any = None) -> Any:
    """The fear of being struck first: peace is worth the state, and each has its payoffs (alone, struck, war)."""
    (alone, struck, war), (other_alone, other_struck, other_war) = one, two or one

    def cells(state: Any) -> dict[tuple[str, str], tuple[Any, Any]]:
        return {
            ("attack", "attack"): (war, other_war),
            ("attack", "wait"): (alone, other_struck),
            ("wait", "attack"): (struck, other_alone),
            ("wait", "wait"): (state, state),
        }

    @dt.game("First", "Second")
    def fears(nothing=dt.param(0, "nothing")):
        "Attack or wait; peace is worth a state of which each sees a noisy signal."
        return drawn(prior, first, second, lambda state: table(state, cells))

    return fears


def cutoffs(solution: Any) -> list[tuple[Any, ...]]:
    """For each equilibrium the cutoffs of both players; an action where one does the same after all signals."""
    return [
        tuple(rule.cutoffs[0] if rule.cutoffs else rule.pieces[0].action for rule in one.strategies.values())
        for one in solution
    ]
