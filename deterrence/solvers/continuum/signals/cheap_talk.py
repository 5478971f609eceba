"""Cheap talk: a message that costs nothing tells in which of several intervals the type lies."""

from __future__ import annotations

from itertools import pairwise
from math import isfinite
from typing import Any

from deterrence.answers.continuum.strategies import Schedule, shown_number
from deterrence.answers.solution import Solution
from deterrence.errors import MethodError
from deterrence.solvers.continuum.signals.answering import Found, answered
from deterrence.solvers.continuum.signals.partitions import Wishes, partitions
from deterrence.solvers.continuum.signals.shape import Signal, in_sympy, plain
from deterrence.solvers.continuum.signals.smooth import response_of

ERROR = 1e-9


def is_talk(signal: Signal) -> bool:
    """Tell whether the message costs nothing: it stands in no payoff, and a number answers it."""
    message = signal.symbol(signal.message)
    return signal.reply is not None and not any(signal.payoff(0, player).has(message) for player in signal.game.players)


def solved(signal: Signal, method: Any) -> Solution:
    """Return the equilibria of a message that costs nothing, by the number of intervals that it tells apart.

    Raises
    ------
    MethodError
        If the types have no ends, or the sender does not lose by a parabola what the reply is off.
    """
    wishes = wishes_of(signal)
    found, complete, words = partitions(wishes)
    line = response_of(signal).formula
    equilibria: Any = tuple(
        answered(signal, method.concept, _written_out(signal, wishes, line, cuts)) for cuts in found
    )
    return Solution(signal.game, method, equilibria, words, complete)


def wishes_of(signal: Signal) -> Wishes:
    """Return which reply each type of the sender wishes for, as the type that would be answered so."""
    import sympy as sp

    assert signal.reply is not None
    if not all(map(isfinite, signal.law.ends)):
        raise MethodError(
            f"Cheap talk is solved where the types have ends; {signal.type.name!r} is drawn by the law {signal.law}."
        )
    r, t = signal.symbol(signal.reply), signal.symbol(signal.type)
    rate = sp.expand(sp.diff(signal.payoff(0, signal.sender), r))
    fits = rate.is_polynomial(r, t) and rate.free_symbols <= {r, t} and sp.degree(rate, r) == 1
    bend = rate.coeff(r, 1) if fits else None
    if bend is None or bend.free_symbols or bend > 0 or sp.degree(rate, t) != 1:
        raise MethodError(
            f"Cheap talk is solved where {signal.sender}'s payoff is a parabola in {signal.reply.name!r} whose top "
            f"moves in a straight line with {signal.type.name!r}; it changes with the reply by {rate}."
        )
    response = response_of(signal)
    step, base = response.formula.coeff(response.belief, 1), response.formula.coeff(response.belief, 0)
    if step == 0:
        raise MethodError(f"The reply {signal.reply.name!r} does not depend on what is believed; talk does nothing.")
    wish = sp.expand((-rate.coeff(r, 0) / bend - base) / step)
    return Wishes(signal.law, plain(wish.coeff(t, 1)), plain(wish.coeff(t, 0)))


def _written_out(signal: Signal, wishes: Wishes, line: Any, cuts: tuple[Any, ...]) -> Found:
    """Return a partition as strategies: each interval's message is the reply to it, where that is a message."""
    import sympy as sp

    assert signal.reply is not None
    (belief,) = line.free_symbols
    ends = (signal.law.ends[0], *cuts, signal.law.ends[1])
    cells = list(pairwise(ends))
    replies = [plain(line.subs(belief, in_sympy(wishes.mean(a, b)))) for a, b in cells]
    messages = _messages(signal, replies)
    m = signal.symbol(signal.message)
    order = sorted(zip(messages, replies, strict=True))
    limits = [(a + b) / 2 for (a, _), (b, _) in pairwise(order)]
    parts = [(in_sympy(r), m < in_sympy(limit)) for (_, r), limit in zip(order, limits, strict=False)]
    reply = sp.Piecewise(*parts, (in_sympy(order[-1][1]), True)) if parts else order[0][1]
    talk: Any = messages[0]
    if cuts:
        talk = Schedule(signal.type.name, tuple((a, b, x) for (a, b), x in zip(cells, messages, strict=True)))
    exact = not any(isinstance(x, float) for x in (*cuts, *replies))
    choices = {signal.message.name: talk, signal.reply.name: reply}
    called = "babbling" if not cuts else f"{len(cells)} intervals"
    notes = _notes(signal, cells, replies)
    return Found({}, choices, called, notes=notes, error=0.0 if exact else ERROR)


def _messages(signal: Signal, replies: list[Any]) -> list[Any]:
    """Return a message for each interval: the reply to it, or numbers in even steps where some reply is no message."""
    from fractions import Fraction

    low, high = signal.span
    if all(low <= r <= high for r in replies):
        return replies
    return [low + (high - low) * Fraction(2 * i + 1, 2 * len(replies)) for i in range(len(replies))]


def _notes(signal: Signal, cells: list[tuple[Any, Any]], replies: list[Any]) -> tuple[str, ...]:
    assert signal.reply is not None
    if len(cells) == 1:
        return ("Messages tell nothing; any message of any type does as well.",)
    told = ", ".join(
        f"{shown_number(r)} to types between {shown_number(a)} and {shown_number(b)}"
        for (a, b), r in zip(cells, replies, strict=True)
    )
    words = (
        f"{signal.receiver} answers by {signal.reply.name} = {told}; how the messages are called does not matter, and "
        "one that nobody sends is taken for the nearest that is sent."
    )
    return (words,)
