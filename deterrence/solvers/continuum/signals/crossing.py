"""Whether a signal sorts types: whether it costs stronger types less of what a better opinion of them is worth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from deterrence.errors import MethodError
from deterrence.solvers.continuum.signals.shape import Signal, symbol
from deterrence.solvers.continuum.signals.smooth import CHANCE, Response

TRIED = 9
FAILS = "the marginal cost does not fall in the type: separating schedules need not exist"


@dataclass(frozen=True)
class Worth:
    """What a signal is worth to a type, by the reply to it, and how that changes with each.

    Attributes
    ----------
    response
        How the receiver answers beliefs.
    """

    response: Response

    @property
    def signal(self) -> Signal:
        """The game."""
        return self.response.signal

    @property
    def symbols(self) -> tuple[Any, Any, Any]:
        """The symbols of the type, the signal and the reply."""
        return self.signal.symbol(self.signal.type), self.signal.symbol(self.signal.message), symbol(CHANCE)

    @cached_property
    def by_reply(self) -> Any:
        """How much a type gains by a greater reply, as an expression."""
        import sympy as sp

        return sp.simplify(sp.diff(self.response.worth, self.symbols[2]))

    @cached_property
    def by_signal(self) -> Any:
        """How much a type gains by a greater signal in itself, as an expression; what it costs has a minus sign."""
        import sympy as sp

        return sp.simplify(sp.diff(self.response.worth, self.symbols[1]))

    @cached_property
    def functions(self) -> tuple[Any, Any, Any]:
        """The worth and how it changes with reply and signal, as functions of type, signal and reply."""
        import sympy as sp

        rows = (self.response.worth, self.by_reply, self.by_signal)
        worth, by_reply, by_signal = (sp.lambdify(self.symbols, row, modules="numpy") for row in rows)
        return worth, by_reply, by_signal

    def at(self, own: float, message: float, reply: float) -> float:
        """Return what a signal is worth to a type that is answered by a reply."""
        return float(self.functions[0](own, message, reply))

    def cost(self, own: float, message: float) -> float:
        """Return what a little more of a signal costs a type that is known for what it is."""
        return -float(self.functions[2](own, message, float(self.response.reply(own))))

    def rate(self, own: float, message: float) -> float:
        """Return how fast the signal must change with the type so that nobody passes for its neighbour."""
        reply = float(self.response.reply(own))
        gain = float(self.functions[1](own, message, reply)) * float(self.response.slope(own))
        return gain / self.cost(own, message) if gain else 0.0

    @cached_property
    def rising(self) -> bool:
        """Whether a type gains by being thought higher."""
        middle = float(self.signal.law.ppf(0.5))
        reply = float(self.response.reply(middle))
        low = float(self.signal.span[0])
        return float(self.functions[1](middle, low, reply)) * self.response.step > 0

    def check(self) -> bool:
        """Refuse a signal that does not sort the types; tell whether that it does is proved or held where it was tried.

        Raises
        ------
        MethodError
            If it costs some type nothing, or stronger types no less.
        """
        sender, name = self.signal.sender, self.signal.message.name
        points = [(t, m, q) for m in self._messages for q in self._replies for t in self._types]
        gains = [float(self.functions[1](*point)) for point in points]
        costs = [-float(self.functions[2](*point)) for point in points]
        if min(costs) <= 0:
            raise MethodError(f"The signal {name!r} must cost every type of {sender} something; some it costs nothing.")
        if min(gains) < 0 < max(gains) or not any(gains):
            raise MethodError(f"Some types of {sender} gain by another reply than others; such signals are not solved.")
        ratios = [c / abs(g) if g else float("inf") for c, g in zip(costs, gains, strict=True)]
        for i in range(0, len(ratios), TRIED):
            row = ratios[i : i + TRIED] if self.rising else ratios[i : i + TRIED][::-1]
            if any(b >= a for a, b in pairwise(row)):
                raise MethodError(f"Single crossing fails for {name!r}: {FAILS}.")
        return self.proved

    @cached_property
    def proved(self) -> bool:
        """Whether the signs that single crossing asks for are proved for all types, signals and replies."""
        import sympy as sp

        t, m, q = self.symbols
        low, first = self.signal.law.ends[0], self.signal.span[0]
        swap = {t: sp.Dummy(positive=True)} if low >= 0 else {}
        swap |= {m: sp.Dummy(positive=True)} if first >= 0 else {}
        swap |= {q: sp.Dummy(nonnegative=True)} if self.response.below is not None else {}
        ratio = sp.simplify(sp.diff(-self.by_signal / self.by_reply, t))
        gain, cost, change = (sp.simplify(e.subs(swap)) for e in (self.by_reply, -self.by_signal, ratio))
        upward = gain.is_positive
        if upward is None or (not upward and not gain.is_negative) or not cost.is_positive:
            return False
        # The ratio is that of the cost to a greater reply; types that want a smaller one have it with a minus sign.
        falls = change.is_negative if upward else change.is_positive
        rises = change.is_positive if upward else change.is_negative
        return bool(falls if self.rising else rises)

    @cached_property
    def _types(self) -> list[float]:
        return [float(self.signal.law.ppf((i + 0.5) / TRIED)) for i in range(TRIED)]

    @cached_property
    def _messages(self) -> list[float]:
        low, high = map(float, self.signal.span)
        return [low + (high - low) * (i + 0.5) / TRIED for i in range(TRIED)]

    @cached_property
    def _replies(self) -> list[float]:
        return [float(self.response.reply(t)) for t in self._types]
