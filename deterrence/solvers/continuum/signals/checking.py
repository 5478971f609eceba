"""How much deviations gain from strategies in a game of signals: computed from the tree and the strategies alone.

Types stand at nodes of Gauss and Legendre between all places where something changes. Every type is held against every
signal of a grid; the receiver's reply to each signal that is sent against its other replies, by Bayes' rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any

from deterrence.answers.continuum.strategies import Cutoffs, Schedule, exact_or_float
from deterrence.games.continuum.law import Law, gauss
from deterrence.games.expression import to_sympy
from deterrence.solvers.continuum.playing import evaluated
from deterrence.solvers.continuum.signals.shape import Signal

NODES, MESSAGES, REPLIES = 12, 41, 41
NEAR = Fraction(1, 10**4)
NOISE = 1e-11
"""A gain that is no more than this is rounding of floats."""


def gain_of(signal: Signal, strategies: Mapping[str, Cutoffs], choices: Mapping[str, Any]) -> float:
    """Return the most that a type of a player gains by deviating, relative to 1 and the greatest payoff."""
    check = _Check(signal, strategies, choices)
    gain = max(check.of_sender(), check.of_receiver()) / (1 + check.greatest)
    return gain if gain > NOISE else 0.0


@dataclass
class _Check:
    signal: Signal
    strategies: Mapping[str, Cutoffs]
    choices: Mapping[str, Any]
    greatest: float = 0.0
    seen: dict[Any, tuple[tuple[Any, Any, dict[str, float]], ...]] = field(default_factory=dict)
    answers: dict[Any, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        import sympy as sp

        form = self.signal.game.form
        names = [v.name for v in form.variables]
        symbols = [self.signal.symbol(v) for v in form.variables]
        self.names = names
        self.functions = {
            (node, player): sp.lambdify(symbols, self.signal.payoff(node, player), modules="numpy")
            for node in range(form.size)
            if form.outcome[node] is not None
            for player in (self.signal.sender, self.signal.receiver)
        }

    # -- numbers --------------------------------------------------------------------------------------------

    def sent(self, own: float) -> Any:
        """Return the signal that a type sends."""
        chosen = self.choices[self.signal.message.name]
        return exact_or_float(chosen(own) if isinstance(chosen, Schedule) else chosen)

    def pieces(self) -> list[tuple[float, float, Any]]:
        """Return the intervals of types and what they send."""
        chosen = self.choices[self.signal.message.name]
        if isinstance(chosen, Schedule):
            return [(float(a), float(b), value) for a, b, value in chosen.pieces]
        return [(*_ends(self.signal.law), chosen)]

    def messages(self) -> list[Any]:
        """Return signals to try: a grid, what is sent, and both sides of what is sent."""
        low, high = self.signal.span
        grid = [low + (high - low) * Fraction(i, MESSAGES - 1) for i in range(MESSAGES)]
        sent = [self.sent(t) for t, _ in self.types(0.0)]
        near = [m + step for m in set(sent) for step in (0, -NEAR, NEAR)] if len(set(sent)) < NODES else sent
        return sorted({m for m in [*grid, *near] if low <= m <= high})

    def types(self, message: Any, between: tuple[float, float] | None = None) -> list[tuple[float, float]]:
        """Return nodes of the sender's type with weights, between the places where something changes."""
        breaks = {c for a, b, _ in self.pieces() for c in (a, b)}
        for rule in self.strategies.values():
            if rule.variable == self.signal.type.name:
                breaks |= set(map(float, rule.cutoffs_at({self.signal.message.name: message})))
        return _nodes(self.signal.law, breaks, between)

    def own_types(self, message: Any) -> list[tuple[float, float]]:
        """Return nodes of the receiver's own type with weights; one where it has none."""
        if self.signal.own is None:
            return [(0.0, 1.0)]
        ends = {float(low) for low, _, _ in self.done(message)[1:]} if self.rule is not None else set()
        return _nodes(self.signal.own_law, ends, None)

    def done(self, message: Any) -> tuple[tuple[Any, Any, dict[str, float]], ...]:
        """Return what the receiver does on seeing a signal, by its own type."""
        if message not in self.seen:
            assert self.rule is not None
            pieces = self.rule.pieces_at({self.signal.message.name: message})
            rows = [(low, high, {a: float(exact_or_float(p)) for a, p in done}) for low, high, done in pieces]
            self.seen[message] = tuple(rows)
        return self.seen[message]

    @property
    def rule(self) -> Cutoffs | None:
        """What the receiver does, where it moves."""
        form = self.signal.game.form
        return None if self.signal.reply else self.strategies[form.set_names[form.infoset_of[0]]]

    def reply(self, message: Any) -> float:
        """Return the number with which the receiver answers a signal."""
        assert self.signal.reply is not None
        if message not in self.answers:
            value = self.choices[self.signal.reply.name]
            if getattr(value, "free_symbols", None):
                value = evaluated(value, {self.signal.message.name: message})
            self.answers[message] = float(exact_or_float(value))
        return self.answers[message]

    def worth(self, node: int, player: str, at: Mapping[str, Any]) -> float:
        """Return what a node below the reply is worth, with the sender's last move as its strategy has it."""
        form = self.signal.game.form
        if form.outcome[node] is not None:
            value = float(self.functions[node, player](*(float(at.get(name, 0.0)) for name in self.names)))
            self.greatest = max(self.greatest, abs(value))
            return value
        rows = [self.worth(child, player, at) for child in form.children[node]]
        h = form.infoset_of[node]
        if h < 0:
            known = {**self.signal.game.values, **at}
            chances = [float(evaluated(to_sympy(p), known)) for p in form.probabilities[node]]
            return sum(p * row for p, row in zip(chances, rows, strict=True))
        done = self.strategies[form.set_names[h]].at(at)
        return sum(float(done.get(a, 0)) * row for a, row in zip(form.actions_of[h], rows, strict=True))

    # -- the sender -----------------------------------------------------------------------------------------

    def of_sender(self) -> float:
        """Return the most that a type gains by another signal, or by another last move."""
        gain = 0.0
        messages = self.messages()
        types = [t for t, _ in self.types(0.0)]
        replies = {m: self._replied(m) for m in messages}
        for t in types:
            mine = self.sent(t)
            now = self.value(t, mine, self._replied(mine) if mine not in replies else replies[mine], best=False)
            top = max(self.value(t, m, replies[m], best=True) for m in messages)
            gain = max(gain, top - now)
        return gain

    def _replied(self, message: Any) -> list[tuple[int, float]]:
        """Return the children of the receiver's move with their probabilities; none where it chooses a number."""
        if self.rule is None:
            return []
        form = self.signal.game.form
        children = form.children[0]
        chances = dict.fromkeys(form.actions_of[form.infoset_of[0]], 0.0)
        law = self.signal.own_law if self.signal.own is not None else None
        for low, high, done in self.done(message):
            mass = 1.0 if law is None else float(law.cdf(float(high))) - float(law.cdf(float(low)))
            for action, p in done.items():
                chances[action] += mass * p
        return [(child, p) for child, p in zip(children, chances.values(), strict=True) if p]

    def value(self, t: float, message: Any, replied: list[tuple[int, float]], best: bool) -> float:
        """Return what a signal is worth to a type, with its last move as its strategy has it, or the best one."""
        at = {self.signal.type.name: t, self.signal.message.name: message}
        if self.signal.reply is not None:
            return self.worth(0, self.signal.sender, {**at, self.signal.reply.name: self.reply(message)})
        below = self._best if best else self._planned
        return sum(p * below(child, at) for child, p in replied)

    def _planned(self, node: int, at: Mapping[str, Any]) -> float:
        return self.worth(node, self.signal.sender, at)

    def _best(self, node: int, at: Mapping[str, Any]) -> float:
        form = self.signal.game.form
        if form.infoset_of[node] < 0:
            return self.worth(node, self.signal.sender, at)
        return max(self.worth(child, self.signal.sender, at) for child in form.children[node])

    # -- the receiver ---------------------------------------------------------------------------------------

    def of_receiver(self) -> float:
        """Return the most that a type of the receiver gains by another reply to a signal that is sent."""
        gain = 0.0
        for message, types in self._senders():
            total = sum(w for _, w in types)
            if total <= 0:
                continue
            for y, _ in self.own_types(message):
                gain = max(gain, self._better(message, [(t, w / total) for t, w in types], y))
        return gain

    def _senders(self) -> list[tuple[Any, list[tuple[float, float]]]]:
        """Return the signals that are sent, with the types that send each; in a rising piece that is one type."""
        pooled: dict[Any, list[tuple[float, float]]] = {}
        single = []
        for low, high, value in self.pieces():
            if getattr(value, "free_symbols", None) or (callable(value) and not hasattr(value, "free_symbols")):
                single += [(self.sent(t), [(t, 1.0)]) for t, _ in self.types(0.0, (low, high))]
            else:
                message = exact_or_float(value)
                pooled.setdefault(message, []).extend(self.types(message, (low, high)))
        return [*pooled.items(), *single]

    def _better(self, message: Any, types: list[tuple[float, float]], y: float) -> float:
        """Return by how much another reply to a signal is better for one type of the receiver."""
        signal, form = self.signal, self.signal.game.form
        base = {signal.message.name: message} | ({signal.own.name: y} if signal.own else {})

        def mean(node: int, more: Mapping[str, float]) -> float:
            return sum(w * self.worth(node, signal.receiver, {**base, **more, signal.type.name: t}) for t, w in types)

        if signal.reply is not None:
            low, high = map(float, signal.reply.span({**signal.game.values, signal.message.name: message}))
            now, name = self.reply(message), signal.reply.name
            tried = [low + (high - low) * i / (REPLIES - 1) for i in range(REPLIES)]
            tried += [r for r in (now - 1e-3, now + 1e-3) if low <= r <= high]
            return max(mean(0, {name: r}) for r in tried) - mean(0, {name: now})
        rows = [mean(child, {}) for child in form.children[0]]
        pieces = self.done(message)
        done = next((done for _, high, done in pieces if y < high), pieces[-1][2])
        actions = form.actions_of[form.infoset_of[0]]
        mine = sum(done.get(a, 0.0) * row for a, row in zip(actions, rows, strict=True))
        return max(rows) - mine


def _ends(law: Law) -> tuple[float, float]:
    low, high = law.ends
    return float(low), float(high)


def _nodes(law: Law, breaks: set[float], between: tuple[float, float] | None) -> list[tuple[float, float]]:
    """Return nodes between breaks with the probabilities that they stand for."""
    low, high = between or _ends(law)
    ends = [low, *sorted(c for c in breaks if low < c < high), high]
    nodes, weights = gauss(NODES)
    found = []
    for a, b in pairwise(ends):
        first, last = float(law.cdf(a)), float(law.cdf(b))
        if last > first:
            points = law.ppf(first + (last - first) * nodes).tolist()
            found += [(float(t), float(w) * (last - first)) for t, w in zip(points, weights.tolist(), strict=True)]
    return found
