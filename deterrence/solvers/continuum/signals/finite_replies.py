"""Costly signals with two replies: whoever signals enough is left alone, by the criterion D1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from deterrence.answers.assessment import Free
from deterrence.answers.continuum.strategies import Case, Cutoffs, Piece, Schedule, shown_number
from deterrence.answers.solution import Solution
from deterrence.games.expression import to_sympy
from deterrence.solvers.continuum.signals.answering import INFINITY, Found, answered, last_moves
from deterrence.solvers.continuum.signals.costs import Duel, duel_of, number, slope_in
from deterrence.solvers.continuum.signals.means import Broken, zero_of
from deterrence.solvers.continuum.signals.shape import Signal, plain

ERROR = 1e-10


@dataclass(frozen=True)
class Sent:
    """Who sends what, and how it is answered.

    Attributes
    ----------
    threshold
        The weakest type that sends the signal; weaker ones send the cheapest.
    least, greatest
        The signals that may be sent in its place, the threshold changing with it; equal where there is one.
    chance
        The probability of the mild reply to it.
    """

    threshold: Any
    least: Any
    greatest: Any
    chance: Any = 1


def solved(signal: Signal, method: Any) -> Solution:
    """Return the equilibria that pass D1 of a signal with two replies."""
    duel = duel_of(signal)
    sent = _tied_hands(duel) if duel.tied else _sunk_costs(duel)
    found = _written_out(duel, sent)
    equilibrium: Any = answered(signal, method.concept, found)
    status = "solved; one class of equilibria passes D1"
    if sent.least != sent.greatest:
        status += f", with {signal.message.name} from {shown_number(sent.least)} to {shown_number(sent.greatest)}"
    return Solution(signal.game, method, (equilibrium,), status, True)


def _sunk_costs(duel: Duel) -> Sent:
    """Return what is sent where everybody pays for a signal.

    The signal m sorts out the types that gain at least its cost by the mild reply. It is answered mildly if the
    receiver is not tempted by these on average. It passes D1 if a signal just below it is met with the hostile
    reply: it would come from the weakest type that sends m, which must be worth attacking.
    """
    weakest, strongest = duel.ends
    temptation, gain = duel.temptation(duel.cheapest), duel.gain(duel.cheapest)
    if _towards(duel, temptation, strongest) >= 0:
        return Sent(strongest, duel.cheapest, duel.cheapest, 0)
    last = _last_tempting(duel, temptation)
    if duel.over_stronger(temptation, weakest) <= 0:
        top = duel.cheapest if last == weakest else _signal_that_costs(duel, gain.at(last))
        return Sent(weakest, duel.cheapest, top)
    threshold = _marginal(duel, temptation, last)
    worth, bound = gain.at(threshold), duel.cost(duel.dearest)
    if bound < worth:
        return Sent(threshold, duel.dearest, duel.dearest, bound / worth)
    return Sent(threshold, _signal_that_costs(duel, worth), _signal_that_costs(duel, gain.at(last)))


def _tied_hands(duel: Duel) -> Sent:
    """Return what is sent where only who is attacked and yields pays for a signal.

    Where all send a signal that keeps the receiver from attacking, nobody can gain more; whoever fights anyway gains
    by any higher chance to be left alone, so that D1 attributes to it each signal above one that is answered less well.
    """
    weakest, strongest = duel.ends

    def tempted(message: Any) -> Any:
        return duel.over_stronger(duel.temptation(message), weakest)

    if tempted(duel.cheapest) <= 0:
        return Sent(weakest, duel.cheapest, duel.dearest)
    if tempted(duel.dearest) <= 0:
        least = _least_that_deters(duel, tempted)
        return Sent(weakest, least, duel.dearest)
    temptation = duel.temptation(duel.dearest)
    if _towards(duel, temptation, strongest) >= 0:
        return Sent(strongest, duel.cheapest, duel.cheapest, 0)
    threshold = _marginal(duel, temptation, _last_tempting(duel, temptation))
    yielding = duel.value(duel.hostile, duel.dearest, "sender").at(threshold)
    quiet = duel.value(duel.hostile, duel.cheapest, "sender").at(threshold)
    left = duel.value(duel.mild, duel.dearest, "sender").at(threshold)
    return Sent(threshold, duel.dearest, duel.dearest, (quiet - yielding) / (left - yielding))


def _towards(duel: Duel, broken: Broken, type_: Any) -> Any:
    """Return a function's value at a type, seen from its weaker side where it jumps there."""
    return broken.sides(type_)[1] if not duel.rising else broken.sides(type_)[0]


def _last_tempting(duel: Duel, temptation: Broken) -> Any:
    """Return the strongest type up to which the receiver gains by the hostile reply."""
    lines = temptation.lines if duel.rising else tuple(reversed(temptation.lines))
    last = duel.ends[0]
    for low, high, height, slope in lines:
        first, end = (low, high) if duel.rising else (high, low)
        if first in duel.signal.law.ends:
            first = duel.ends[0]
        if end in duel.signal.law.ends:
            end = duel.ends[1]
        if height + slope * first <= 0:
            break
        last = end if height + slope * end >= 0 else -height / slope
    return last


def _marginal(duel: Duel, temptation: Broken, last: Any) -> Any:
    """Return the type above which the receiver is just not tempted on average; it is weaker than the last tempting."""
    low, high = sorted((duel.ends[0], last))
    points = tuple(sorted({low, high, *(b for b in temptation.breaks if low < b < high)}))
    return zero_of(lambda t: duel.over_stronger(temptation, t), points, duel.signal.law)


def _signal_that_costs(duel: Duel, amount: Any) -> Any:
    """Return the signal of a cost, or the dearest where none costs so much."""
    signal = duel.signal
    if duel.cost(duel.dearest) <= amount:
        return duel.dearest
    rate = slope_in(signal, duel.mild.plans[0].sender)
    if not rate.free_symbols:
        return duel.cheapest - amount / number(rate, signal, duel.cheapest)
    ends = tuple(sorted((duel.cheapest, duel.dearest)))
    return _zero_in_signals(lambda m: duel.cost(float(m)) - float(amount), ends)


def _least_that_deters(duel: Duel, tempted: Callable[[Any], Any]) -> Any:
    """Return the signal nearest to the cheapest at which the receiver is not tempted when all send it."""
    import sympy as sp

    signal, cut = duel.signal, duel.hostile.cutoff
    low, high = sorted((duel.cheapest, duel.dearest))
    m = signal.symbol(signal.message)
    if not cut.is_polynomial(m) or sp.degree(cut, m) != 1:
        return _zero_in_signals(tempted, (low, high))
    ends = [to_sympy(end) for end in duel.ends if not isinstance(end, float)]
    meets = [plain((end - cut.coeff(m, 0)) / cut.coeff(m, 1)) for end in ends]
    points = tuple(sorted({low, high, *(x for x in meets if low < x < high)}))
    return zero_of(tempted, points, signal.law)


def _zero_in_signals(function: Callable[[Any], Any], ends: tuple[Any, Any]) -> float:
    from scipy import optimize

    return float(optimize.brentq(lambda m: float(function(m)), float(ends[0]), float(ends[1]), xtol=1e-14))


# -- as strategies ------------------------------------------------------------------------------------------


def _written_out(duel: Duel, sent: Sent) -> Found:
    signal = duel.signal
    name, message = signal.message.name, sent.least
    weakest, strongest = duel.ends
    pooled = sent.threshold in (weakest, strongest)
    choice: Any = message if pooled else _schedule(duel, sent)
    mild, hostile = duel.mild.action, duel.hostile.action
    form = signal.game.form
    rule = Cutoffs.always(hostile) if sent.chance == 0 else _answer(duel, sent)
    free: tuple[Free, ...] = ()
    if sent.least != sent.greatest:
        free = (Free(signal.sender, "choice", name, *sorted((sent.least, sent.greatest))),)
    exact = not any(isinstance(x, float) for x in (sent.threshold, sent.least, sent.greatest, sent.chance))
    return Found(
        {form.set_names[form.infoset_of[0]]: rule, **last_moves(signal, (duel.mild, duel.hostile))},
        {name: choice},
        _called(sent, pooled, mild, hostile),
        _belief(duel, sent, pooled),
        free,
        _notes(duel, sent),
        0.0 if exact else ERROR,
    )


def _schedule(duel: Duel, sent: Sent) -> Schedule:
    low, high = duel.signal.law.ends
    values = (duel.cheapest, sent.least) if duel.rising else (sent.least, duel.cheapest)
    return Schedule(duel.signal.type.name, ((low, sent.threshold, values[0]), (sent.threshold, high, values[1])))


def _answer(duel: Duel, sent: Sent) -> Cutoffs:
    """Return the receiver's replies: the mild one to what is sent and to all that costs more, else the hostile one."""
    name = duel.signal.message.name
    low, high = sorted((sent.least, duel.dearest))
    first, last = duel.signal.span
    done = ((duel.mild.action, sent.chance), (duel.hostile.action, 1 - sent.chance))
    reply = tuple((action, p) for action, p in done if p != 0)
    answer = Case(((name, low, high),), (Piece(-INFINITY, INFINITY, reply),))
    if {low, high} == {first, last}:
        return Cutoffs.always(dict(reply))
    rest = Case(((name, first, last),), (Piece(-INFINITY, INFINITY, ((duel.hostile.action, 1),)),))
    return Cutoffs(None, (answer, rest))


def _called(sent: Sent, pooled: bool, mild: str, hostile: str) -> str:
    if sent.chance == 0:
        return f"nobody signals, and {hostile}"
    if pooled:
        return f"all send the same, and {mild}"
    return "the strong signal"


def _belief(duel: Duel, sent: Sent, pooled: bool) -> str:
    name, type_ = duel.signal.message.name, duel.signal.type.name
    if pooled:
        return f"that {type_} is drawn as nature does, whatever {name} is"
    side = ">" if duel.rising else "<"
    return (
        f"{type_} {side} {shown_number(sent.threshold)} at {name} = {shown_number(sent.least)}, and at any other "
        f"{name} below it the type that would send it most readily, {type_} = {shown_number(sent.threshold)}"
    )


def _notes(duel: Duel, sent: Sent) -> tuple[str, ...]:
    if sent.least == sent.greatest:
        return ()
    name, sender = duel.signal.message.name, duel.signal.sender
    span = f"from {shown_number(min(sent.least, sent.greatest))} to {shown_number(max(sent.least, sent.greatest))}"
    if duel.tied:
        words = f"Any {name} {span}, sent by all or by some, has the same outcome and payoffs if it is answered so."
        return (words,)
    words = (
        f"Any {name} {span} does as well, sent by the types of {sender} that gain at least its cost when left alone; "
        "the least one is shown."
    )
    return (words,)
