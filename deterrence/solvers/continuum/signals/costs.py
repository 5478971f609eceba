"""What a signal with two replies costs and gains: paid whatever the reply, or only by who is attacked and yields."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

from deterrence.errors import MethodError
from deterrence.solvers.continuum.signals.folding import Reply, replies_of
from deterrence.solvers.continuum.signals.means import Broken
from deterrence.solvers.continuum.signals.shape import Signal, in_sympy, plain

TAIL = 1e-13
"""Of a type without end so much is left out where a cutoff is sought."""


@dataclass(frozen=True)
class Duel:
    """A signal that has two replies, of which every type of the sender prefers one, the mild one.

    Attributes
    ----------
    signal
        The game.
    mild, hostile
        The two replies.
    tied
        Whether a signal costs only who is met with the hostile reply and yields then; else it is paid in any case.
    """

    signal: Signal
    mild: Reply
    hostile: Reply
    tied: bool

    @cached_property
    def ends(self) -> tuple[Any, Any]:
        """The weakest and the strongest type: who gains least and most by the mild reply."""
        low, high = finite_ends(self.signal)
        return (low, high) if self.rising else (high, low)

    @cached_property
    def rising(self) -> bool:
        """Whether higher types gain more by the mild reply."""
        low, high = finite_ends(self.signal)
        gain = self.gain(self.cheapest)
        return bool(gain.at(low) < gain.at(high))

    @cached_property
    def cheapest(self) -> Any:
        """The signal that costs least."""
        low, high = self.signal.span
        return low if self._cost_rises else high

    @cached_property
    def dearest(self) -> Any:
        """The signal that costs most."""
        return next(end for end in self.signal.span if end != self.cheapest)

    @cached_property
    def _cost_rises(self) -> bool:
        signal = self.signal
        paid = min(self.hostile.plans, key=lambda plan: not plan.sender.has(signal.symbol(signal.message))).sender
        rates = [number(slope_in(signal, paid), signal, m) for m in sampled(signal.span)]
        if min(rates) < 0 < max(rates):
            raise MethodError(
                f"What the signal {signal.message.name!r} costs must rise or fall all along; it changes by "
                f"{', '.join(f'{float(r):.3g}' for r in (min(rates), max(rates)))} somewhere."
            )
        return bool(min(rates) < 0)

    def value(self, reply: Reply, message: Any, whose: str) -> Broken:
        """Return what a reply to a signal is worth to the sender or the receiver, by the sender's type."""
        low, high = self.signal.law.ends
        ends: list[Any] = [low, high]
        plans = reply.plans
        if reply.cutoff is not None:
            cut = number(reply.cutoff, self.signal, message)
            ends = [low, cut, high] if low < cut < high else ends
            plans = plans if low < cut < high else (plans[0] if cut >= high else plans[1],)
        lines = tuple(
            (a, b, *line_of(self.signal, getattr(plan, whose), message))
            for plan, (a, b) in zip(plans, pairwise(ends), strict=True)
        )
        return Broken(self.signal.law, lines)

    def difference(self, message: Any, whose: str, more: Reply, less: Reply) -> Broken:
        """Return how much more one reply is worth than another, by the sender's type."""
        one, other = self.value(more, message, whose), self.value(less, message, whose)
        ends = sorted({*one.breaks, *other.breaks})
        lines = []
        for a, b in pairwise(ends):
            first = next(line for line in one.lines if line[0] <= a and b <= line[1])
            second = next(line for line in other.lines if line[0] <= a and b <= line[1])
            lines.append((a, b, first[2] - second[2], first[3] - second[3]))
        return Broken(self.signal.law, tuple(lines))

    def gain(self, message: Any) -> Broken:
        """Return by how much the mild reply is better for each type of the sender."""
        return self.difference(message, "sender", self.mild, self.hostile)

    def temptation(self, message: Any) -> Broken:
        """Return by how much the hostile reply is better for the receiver, by the sender's type."""
        return self.difference(message, "receiver", self.hostile, self.mild)

    def over_stronger(self, broken: Broken, type_: Any) -> Any:
        """Return the integral over a type and all that are stronger."""
        low, high = self.signal.law.ends
        return broken.integral(type_, high) if self.rising else broken.integral(low, type_)

    def cost(self, message: Any) -> Any:
        """Return what a signal costs that is paid whatever the reply, beyond the cheapest."""
        t = self.ends[0]
        plan = self.mild.plans[0].sender
        return number(plan, self.signal, self.cheapest, t) - number(plan, self.signal, message, t)


def duel_of(signal: Signal) -> Duel:
    """Return a signal with two replies, its replies told apart.

    Raises
    ------
    MethodError
        If it is none that is solved; the sentence says why.
    """
    replies = replies_of(signal)
    if len(replies) != 2:
        raise MethodError(f"A signal is solved where it has two replies; {signal.receiver} has {len(replies)}.")
    duel = _told_apart(signal, replies)
    _check_sorted(duel)
    return duel


def _told_apart(signal: Signal, replies: tuple[Reply, ...]) -> Duel:
    """Return the replies as the mild and the hostile one, with who pays for the signal."""
    for mild, hostile in (replies, replies[::-1]):
        duel = Duel(signal, mild, hostile, tied=False)
        low, high = finite_ends(signal)
        points = {low, high, *(b for m in signal.span for b in duel.gain(m).breaks if low < b < high)}
        if all(duel.gain(m).at(t) >= 0 for m in signal.span for t in points):
            return replace(duel, tied=_tied(signal, mild, hostile))
    raise MethodError(
        f"Signals with two replies are solved where every type of {signal.sender} prefers the same reply; here some "
        f"prefer {replies[0].action!r} and others {replies[1].action!r}."
    )


def _tied(signal: Signal, mild: Reply, hostile: Reply) -> bool:
    """Tell who pays for a signal: only who yields to the hostile reply, or everybody, in equal measure."""
    m, t = signal.symbol(signal.message), signal.symbol(signal.type)
    plans = (*mild.plans, *hostile.plans)
    slopes = [slope_in(signal, plan.sender) for plan in plans]
    if not any(plan.receiver.has(m) for plan in plans):
        if len(mild.plans) == 1 and len(set(slopes)) == 1 and slopes[0] != 0 and not slopes[0].has(t):
            return False
        yielding = [slope for slope in slopes[1:] if slope != 0]
        if slopes[0] == 0 and len(mild.plans) == 1 and len(hostile.plans) == 2 and len(yielding) == 1:
            return True
    raise MethodError(
        f"A signal with two replies is solved where {signal.sender} pays for {signal.message.name!r} whatever the "
        f"reply, every type the same, or where only who meets the hostile reply and yields pays for it; and where it "
        f"costs {signal.receiver} nothing. Here it is neither."
    )


def _check_sorted(duel: Duel) -> None:
    """Refuse types of which those who gain most are not those whom the receiver would rather leave alone."""
    signal = duel.signal
    for message in signal.span:
        gain, temptation = duel.gain(message), duel.temptation(message)
        ends = finite_ends(signal)
        up = 1 if duel.rising else -1
        rises = _steps(gain, ends)
        falls = _steps(temptation, ends)
        flat = message == duel.cheapest and not any(rises)
        if flat or any(step * up < 0 for step in rises) or any(step * up > 0 for step in falls):
            raise MethodError(
                "The signal does not sort the types: those who gain more by the reply "
                f"{duel.mild.action!r} must be those whom {signal.receiver} would rather leave alone. Otherwise "
                "single crossing fails, and separating signals need not exist."
            )


def _steps(broken: Broken, ends: tuple[Any, Any]) -> list[Any]:
    """Return by how much a function changes along each line, and from each line to the next."""
    values = []
    for a, b, height, slope in broken.lines:
        values += [height + slope * max(a, ends[0]), height + slope * min(b, ends[1])]
    return [v - u for u, v in pairwise(values)]


def finite_ends(signal: Signal) -> tuple[Any, Any]:
    """Return the ends of the type, cut far out in the tails where it has none."""
    from math import isfinite

    low, high = signal.law.ends
    return (
        low if isfinite(low) else float(signal.law.ppf(TAIL)),
        high if isfinite(high) else float(signal.law.ppf(1 - TAIL)),
    )


def sampled(span: tuple[Any, Any], count: int = 17) -> list[Any]:
    """Return numbers evenly between two ends."""
    from fractions import Fraction

    return [span[0] + (span[1] - span[0]) * Fraction(i, count - 1) for i in range(count)]


def slope_in(signal: Signal, value: Any) -> Any:
    """Return how much an expression changes with the signal."""
    import sympy as sp

    return sp.simplify(sp.diff(value, signal.symbol(signal.message)))


def number(value: Any, signal: Signal, message: Any, own: Any = None) -> Any:
    """Return an expression as a number at a signal and a type, exact where both are."""
    at = {signal.symbol(signal.message): in_sympy(message)}
    if own is not None:
        at[signal.symbol(signal.type)] = in_sympy(own)
    return plain(value.subs(at))


def line_of(signal: Signal, value: Any, message: Any) -> tuple[Any, Any]:
    """Return an expression at a signal as a straight line in the type: its height at zero and its slope.

    Raises
    ------
    MethodError
        If it is none.
    """
    import sympy as sp

    t = signal.symbol(signal.type)
    at = sp.expand(value.subs(signal.symbol(signal.message), in_sympy(message)))
    if not at.is_polynomial(t) or sp.degree(at, t) > 1 or at.free_symbols - {t}:
        raise MethodError(
            f"A signal with two replies is solved where payoffs are straight lines in the type; {value} is none."
        )
    return plain(at.coeff(t, 0)), plain(at.coeff(t, 1))
