"""Replies that depend smoothly on what is believed of the sender, and what a signal is worth then."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import isfinite
from typing import Any

from deterrence.answers.continuum.strategies import exact_or_float
from deterrence.errors import MethodError
from deterrence.games.continuum.uniform import Uniform
from deterrence.games.expression import to_sympy
from deterrence.solvers.continuum.signals.folding import Reply, replies_of
from deterrence.solvers.continuum.signals.shape import Signal, symbol

BELIEVED = "believed type"
CHANCE = "chance of the reply"
ROUNDING = 1e-12


@dataclass(frozen=True)
class Response:
    """What a receiver does who is sure of the sender's type, or of its mean: both are the same to it.

    Attributes
    ----------
    signal
        The game.
    below, above
        Where the receiver moves, the replies of its types below and above a cutoff.
    formula
        The cutoff, or the number it chooses, as an expression in the believed type.
    """

    signal: Signal
    below: Reply | None
    above: Reply | None
    formula: Any

    @cached_property
    def belief(self) -> Any:
        """The symbol of the believed type."""
        return symbol(BELIEVED)

    @cached_property
    def worth(self) -> Any:
        """What a signal is worth to a type, as an expression in type, signal and the reply's number or chance."""
        if self.below is None or self.above is None:
            assert self.signal.reply is not None
            value = self.signal.payoff(0, self.signal.sender)
            return value.subs(self.signal.symbol(self.signal.reply), symbol(CHANCE))
        q = symbol(CHANCE)
        return q * self.below.plans[0].sender + (1 - q) * self.above.plans[0].sender

    def exact_reply(self, low: Any, high: Any) -> Any:
        """Return the reply's number, or the chance of the lower types' reply, for beliefs between two types.

        It is an expression in the believed type; None where no formula is known: uniform types of the receiver have
        one while the cutoff is among them.
        """
        import sympy as sp

        if self.below is None:
            return self.formula
        law = self.signal.own_law
        if not isinstance(law, Uniform):
            return None
        first, last = sp.Rational(law.low), sp.Rational(law.high)
        cutoffs = [float(self.formula.subs(self.belief, to_sympy(Fraction(end)))) for end in (low, high)]
        if min(cutoffs) < float(first) - ROUNDING or max(cutoffs) > float(last) + ROUNDING:
            return None
        return (self.formula - first) / (last - first)

    @property
    def kinks(self) -> tuple[Any, ...]:
        """The believed types at which the cutoff enters or leaves the receiver's own types."""
        if self.below is None:
            return ()
        rate, height = self.formula.coeff(self.belief, 1), self.formula.coeff(self.belief, 0)
        finite = [end for end in self.signal.own_law.ends if isfinite(end)] if rate else []
        return tuple(exact_or_float((to_sympy(Fraction(end)) - height) / rate) for end in finite)

    @cached_property
    def _formula(self) -> Any:
        import sympy as sp

        return sp.lambdify(self.belief, self.formula, modules="numpy")

    @cached_property
    def step(self) -> float:
        """How much the cutoff, or the number, changes with the believed type."""
        return float(self.formula.coeff(self.belief, 1))

    def reply(self, believed: Any) -> Any:
        """Return the number that answers a belief, or the chance of the lower types' reply; arrays are taken too."""
        value = self._formula(believed)
        return value if self.below is None else self.signal.own_law.cdf(value)

    def slope(self, believed: Any) -> Any:
        """Return how much that changes with the belief."""
        rate = self.step
        return rate if self.below is None else rate * self.signal.own_law.pdf(self._formula(believed))


def response_of(signal: Signal) -> Response:
    """Return how a receiver answers a belief.

    Raises
    ------
    MethodError
        If its answer depends on more than the mean of the type, or on the signal itself.
    """
    return _by_number(signal) if signal.reply is not None else _by_types(signal)


def _by_number(signal: Signal) -> Response:
    """Return the number that a receiver chooses: the top of a parabola that the mean of the type moves."""
    import sympy as sp

    assert signal.reply is not None
    r, t, b = signal.symbol(signal.reply), signal.symbol(signal.type), symbol(BELIEVED)
    payoff = sp.expand(signal.payoff(0, signal.receiver))
    rate = sp.diff(payoff, r)
    fits = rate.is_polynomial(r, t) and sp.degree(rate, r) == 1 and rate.free_symbols <= {r, t}
    bend = rate.coeff(r, 1) if fits else None
    if bend is None or bend.free_symbols or bend > 0 or sp.degree(rate, t) > 1:
        raise MethodError(
            f"A signal that {signal.receiver} answers by a number is solved where its payoff is a parabola in "
            f"{signal.reply.name!r} whose top moves in a straight line with {signal.type.name!r} alone; it is {payoff}."
        )
    formula = sp.expand((-rate.coeff(r, 0) / bend).subs(t, b))
    _check_inside(signal, formula, b)
    return Response(signal, None, None, formula)


def _check_inside(signal: Signal, formula: Any, believed: Any) -> None:
    """Refuse a reply that meets the ends between which it is chosen."""
    assert signal.reply is not None
    low, high = map(float, signal.reply.span(signal.game.values))
    values = [float(formula.subs(believed, float(end))) for end in signal.law.ends]
    if not low <= min(values) <= max(values) <= high:
        raise MethodError(
            f"The best {signal.reply.name} for types of {signal.sender} lies between {min(values):.4g} and "
            f"{max(values):.4g}, and it is chosen between {low:.4g} and {high:.4g}; give it more room."
        )


def _by_types(signal: Signal) -> Response:
    """Return the cutoff in the receiver's own type between its two replies."""
    import sympy as sp

    assert signal.own is not None
    replies = replies_of(signal)
    y, t, b = signal.symbol(signal.own), signal.symbol(signal.type), symbol(BELIEVED)
    if len(replies) != 2 or any(len(reply.plans) > 1 for reply in replies):
        raise MethodError(
            f"A signal to {signal.receiver}, who has a type of its own, is solved where it has two replies and the "
            "game ends then."
        )
    first, second = replies
    gain = sp.expand(second.plans[0].receiver - first.plans[0].receiver)
    straight = gain.is_polynomial(y, t) and gain.free_symbols <= {y, t} and sp.Poly(gain, y, t).total_degree() <= 1
    if not straight or not gain.coeff(y, 1) or any(r.plans[0].sender.has(y) for r in replies):
        raise MethodError(
            f"A signal to {signal.receiver}, who has a type of its own, is solved where its gain by a reply is a "
            f"straight line in both types, and {signal.sender} cares for the reply alone; the gain is {gain}."
        )
    rate = gain.coeff(y, 1)
    cutoff = sp.expand((-gain.coeff(y, 0) / rate).subs(t, b))
    below, above = (first, second) if rate > 0 else (second, first)
    return Response(signal, below, above, cutoff)
