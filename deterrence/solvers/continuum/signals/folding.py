"""What follows each reply to a signal, the sender's last move folded: it does what is best for its type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from deterrence.errors import MethodError
from deterrence.solvers.continuum.signals.shape import Signal, at_values


@dataclass(frozen=True)
class Plan:
    """What the sender does after a reply, and what it comes to: payoffs as expressions in types and the signal."""

    action: str
    sender: Any
    receiver: Any


@dataclass(frozen=True)
class Reply:
    """A reply to a signal.

    Attributes
    ----------
    action
        The reply.
    plans
        What the sender does then: one plan, or that of the types below the cutoff and that of those above it.
    cutoff
        The type that is indifferent between two plans, as an expression in the signal; None where there is one.
    place
        The information set of the sender's last move; None where there is none.
    """

    action: str
    plans: tuple[Plan, ...]
    cutoff: Any = None
    place: int | None = None


def replies_of(signal: Signal) -> tuple[Reply, ...]:
    """Return the replies to a signal, with what follows each.

    Raises
    ------
    MethodError
        If what follows is more than one last move of the sender.
    """
    form = signal.game.form
    h = form.infoset_of[0]
    if h < 0 or form.players[form.player_of[h]] != signal.receiver:
        raise MethodError(
            f"Signals are solved where the receiver answers at once; after {signal.message.name!r} something else "
            "comes."
        )
    return tuple(
        _reply(signal, action, child) for action, child in zip(form.actions_of[h], form.children[0], strict=True)
    )


def _reply(signal: Signal, action: str, node: int) -> Reply:
    form = signal.game.form
    h = form.infoset_of[node]
    if h < 0:
        return Reply(action, (Plan("", *_worth(signal, node)),))
    actions, children = form.actions_of[h], form.children[node]
    if form.players[form.player_of[h]] != signal.sender or len(form.nodes_of[h]) > 1 or len(actions) > 2:
        raise MethodError(
            f"After the reply {action!r} signals are solved where the sender has at most one last move of two actions, "
            f"or the game ends; {form.set_names[h]!r} is something else."
        )
    plans = tuple(Plan(a, *_worth(signal, child)) for a, child in zip(actions, children, strict=True))
    return _ordered(signal, Reply(action, plans, None, h))


def _ordered(signal: Signal, reply: Reply) -> Reply:
    """Return a reply whose plans stand in the order of the types that take them, with the cutoff between."""
    import sympy as sp

    if len(reply.plans) == 1:
        return reply
    t = signal.symbol(signal.type)
    first, second = reply.plans
    gain = sp.expand(second.sender - first.sender)
    slope = gain.coeff(t, 1) if gain.is_polynomial(t) and sp.degree(gain, t) == 1 else None
    if slope is None or slope.free_symbols:
        raise MethodError(
            f"After the reply {reply.action!r} the sender's last move must depend on its type in a straight line: "
            f"{second.action!r} is worth {gain} more than {first.action!r}."
        )
    cutoff = sp.expand(-gain.coeff(t, 0) / slope)
    plans = (first, second) if slope > 0 else (second, first)
    return Reply(reply.action, plans, cutoff, reply.place)


def _worth(signal: Signal, node: int) -> tuple[Any, Any]:
    """Return what a part of the tree without moves is worth to the sender and to the receiver."""
    form = signal.game.form
    if form.outcome[node] is not None:
        return signal.payoff(node, signal.sender), signal.payoff(node, signal.receiver)
    if form.infoset_of[node] >= 0:
        further = form.set_names[form.infoset_of[node]]
        raise MethodError(
            f"Signals are solved where at most one last move of the sender follows a reply; {further!r} is a "
            "further one."
        )
    rows = [_worth(signal, child) for child in form.children[node]]
    chances = [at_values(signal.game, p) for p in form.probabilities[node]]
    one, two = (sum(p * row[i] for p, row in zip(chances, rows, strict=True)) for i in (0, 1))
    return one, two
