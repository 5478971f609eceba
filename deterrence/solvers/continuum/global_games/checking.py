"""The certificate of an equilibrium of a global game, by plain integration over the state and the other's signal.

It reads the tree and the strategies alone, and shares no code with the search.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from typing import Any

import numpy as np

from deterrence.answers.continuum.strategies import Cutoffs
from deterrence.games.continuum.given import Flat
from deterrence.games.continuum.law import Law, gauss
from deterrence.games.expression import in_sympy, is_symbolic
from deterrence.games.game import Game

SIGNALS = 17
PIECES = 24
LOOKS = 65
NODES = 10
TAILS, STRETCHES = 29, 17
BESIDE = 1e-6
FAR = (0.0, 1.0, 4.0, 20.0)


@dataclass(frozen=True)
class _Tree:
    game: Game
    state: str
    prior: Law
    noises: tuple[Law, ...]
    rules: tuple[Cutoffs, ...]


def regret_of(game: Game, strategies: Mapping[str, Cutoffs], payoffs: Mapping[str, Any]) -> float:
    """Return the most that a holder of any signal gains by another action, and by which payoffs differ.

    Signals are looked at on a grid about the cutoffs and far from them, and just beside each cutoff, where neither
    action may gain. The gain is relative to 1 and the greatest payoff.
    """
    tree = _read(game, strategies)
    worst = 0.0
    for h, rule in enumerate(tree.rules):
        signals = _signals(tree, h)
        values = _values(tree, h, signals)
        played = [rule.at({rule.variable: s} if rule.variable else {}) for s in signals.tolist()]
        mine = sum(np.array([float(p.get(action, 0)) for p in played]) * worth for action, worth in values.items())
        rows = np.stack(list(values.values()))
        worst = max(worst, float(((rows.max(axis=0) - mine) / (1 + np.abs(rows).max(axis=0))).max()))
    if payoffs:
        again = _payoffs(tree)
        worst = max([worst, *(abs(again[name] - float(v)) / (1 + abs(float(v))) for name, v in payoffs.items())])
    return worst


def _read(game: Game, strategies: Mapping[str, Cutoffs]) -> _Tree:
    form = game.form
    state = next(v for v in form.variables if not v.known_to)
    noises = []
    for player in form.player_of:
        (signal,) = (v for v in form.variables if form.players[player] in v.known_to)
        assert signal.law is not None
        noises.append(signal.law.at({**game.values, state.name: 0}))
    assert state.law is not None
    prior = state.law.at(game.values)
    return _Tree(game, state.name, prior, tuple(noises), tuple(strategies[name] for name in form.set_names))


def _signals(tree: _Tree, h: int) -> Any:
    """Return signals that some state may give: about all cutoffs, far out, and just beside one's own."""
    noise, prior = tree.noises[h], tree.prior
    width = float(noise.ppf(0.99)) - float(noise.ppf(0.01))
    finite = [float(c) for rule in tree.rules for c in rule.cutoffs if abs(c) < inf]
    grid = [c + width * s for c in finite for s in np.linspace(-2, 2, SIGNALS)]
    if isinstance(prior, Flat):
        middle, spread = (finite or [0.0])[0], 1 + width
    else:
        middle, spread = float(prior.ppf(0.5)), float(prior.ppf(0.9)) - float(prior.ppf(0.1)) + width
    grid += [middle + sign * far * spread for far in FAR for sign in (-1, 1)]
    own = [float(c) for c in tree.rules[h].cutoffs if abs(c) < inf]
    grid += [c + sign * BESIDE * width for c in own for sign in (-1, 1)]
    low, high = (float(a) + float(b) for a, b in zip(prior.ends, noise.ends, strict=True))
    return np.array(sorted({s for s in grid if low < s < high}))


def _density_nodes(tree: _Tree, logs: Any, low: Any, high: Any) -> tuple[Any, Any]:
    """Return states and weights by a density's logarithm, a row for each pair of ends.

    The pieces of the integral end where the chance of an action has a kink.
    """
    steps = np.linspace(0, 1, LOOKS)
    for _ in range(6):  # towards where the density is
        x = low[:, None] + (high - low)[:, None] * steps
        levels = logs(x)
        kept = levels > levels.max(axis=1, keepdims=True) - 40
        first = np.maximum(kept.argmax(axis=1) - 1, 0)
        last = np.minimum(LOOKS - kept[:, ::-1].argmax(axis=1), LOOKS - 1)
        rows = np.arange(len(x))
        some = kept.any(axis=1)
        low, high = np.where(some, x[rows, first], low), np.where(some, x[rows, last], high)
    kinks = [
        float(c) - float(e)
        for rule, noise in zip(tree.rules, tree.noises, strict=True)
        for c in rule.cutoffs
        for e in noise.ends
        if abs(c) < inf and abs(e) < inf
    ]
    even = low[:, None] + (high - low)[:, None] * np.linspace(0, 1, PIECES + 1)
    ends = np.sort(np.concatenate([even, *(np.clip(k, low, high)[:, None] for k in kinks)], axis=1), axis=1)
    at, share = gauss(NODES)
    width = np.diff(ends, axis=1)[..., None]
    x = (ends[:, :-1, None] + width * at).reshape(len(low), -1)
    levels = logs(x)
    top = levels.max(axis=1, keepdims=True)
    weights = (width * share).reshape(len(low), -1) * np.exp(levels - np.where(top > -inf, top, 0))
    return x, weights / weights.sum(axis=1, keepdims=True)


def _log(law: Law, x: Any) -> Any:
    """Return the logarithm of a density; of a flat prior zero."""
    if isinstance(law, Flat):
        return np.zeros_like(x)
    source = getattr(law, "frozen", None) or getattr(law, "distribution", None)
    with np.errstate(divide="ignore"):
        return source.logpdf(x) if source is not None else np.log(law.pdf(x))


def _values(tree: _Tree, h: int, signals: Any) -> dict[str, Any]:
    """Return what each action is worth after each of some signals."""
    noise, prior = tree.noises[h], tree.prior
    (low, high), (least, most) = map(_wide, (prior, noise))
    first = np.maximum(float(prior.ends[0]), signals - float(noise.ends[1]))
    last = np.minimum(float(prior.ends[1]), signals - float(noise.ends[0]))
    first, last = (
        np.maximum(first, np.minimum(low, signals - most)),
        np.minimum(last, np.maximum(high, signals - least)),
    )
    x, weights = _density_nodes(tree, lambda s: _log(prior, s) + _log(noise, signals[:, None] - s), first, last)
    player = tree.game.form.player_of[h]
    chances = _chances(tree, x)
    return {
        action: (weights * _worth(tree, x, {**chances, h: {action: np.ones_like(x)}})[player]).sum(axis=1)
        for action in tree.game.form.actions_of[h]
    }


def _wide(law: Law) -> tuple[float, float]:
    if isinstance(law, Flat):
        return inf, -inf
    low, high = law.ends
    least = float(law.ppf(1e-15)) if abs(low) == inf else float(low)
    return least, float(law.ppf(1 - 1e-15)) if abs(high) == inf else float(high)


def _chances(tree: _Tree, x: Any) -> dict[int, dict[str, Any]]:
    """Return for each information set the chance of each action at states, over the signals that they give."""
    told: dict[int, dict[str, Any]] = {}
    for h, (rule, noise) in enumerate(zip(tree.rules, tree.noises, strict=True)):
        row: dict[str, Any] = {action: np.zeros_like(x) for action in tree.game.form.actions_of[h]}
        for piece in rule.pieces:
            ends = [np.asarray(noise.cdf(float(end) - x), dtype=float) for end in (piece.low, piece.high)]
            for action, p in piece.actions:
                row[action] = row[action] + float(p) * (ends[1] - ends[0])
        told[h] = row
    return told


def _worth(tree: _Tree, x: Any, chances: Mapping[int, Mapping[str, Any]]) -> list[Any]:
    """Return every player's mean payoff at states, from the chances of actions."""
    form = tree.game.form
    totals = [np.zeros_like(x) for _ in form.players]
    stack: list[tuple[int, Any]] = [(0, np.ones_like(x))]
    while stack:
        node, weight = stack.pop()
        if form.outcome[node] is not None:
            for i, payoff in enumerate(form.payoffs[node]):
                totals[i] = totals[i] + weight * _numbers(tree, payoff, x)
            continue
        h = form.infoset_of[node]
        if h < 0:
            odds: Sequence[Any] = [_numbers(tree, p, x) for p in form.probabilities[node]]
        else:
            odds = [chances[h].get(action, np.zeros_like(x)) for action in form.actions_of[h]]
        stack += [(child, weight * p) for child, p in zip(form.children[node], odds, strict=True)]
    return totals


def _numbers(tree: _Tree, expression: Any, x: Any) -> Any:
    if not is_symbolic(expression):
        return float(expression)
    compiled, names = _compiled(expression, tree.state)
    return compiled(x, *(float(tree.game.values[name]) for name in names))


@lru_cache(maxsize=1024)
def _compiled(expression: Any, state: str) -> tuple[Any, tuple[str, ...]]:
    import sympy as sp

    written = in_sympy(expression)
    names = tuple(sorted(symbol.name for symbol in written.free_symbols if symbol.name != state))
    symbols = [sp.Symbol(name, real=True) for name in (state, *names)]
    return sp.lambdify(symbols, written, modules="numpy"), names


def _payoffs(tree: _Tree) -> dict[str, float]:
    """Return every player's mean payoff, over stretches of equal probability of the prior."""
    edges = np.concatenate([[0], np.logspace(-15, -1, TAILS), np.linspace(0.1, 0.9, STRETCHES)[1:]])
    edges = np.unique(np.concatenate([edges, 1 - np.logspace(-15, -1, TAILS), [1]]))
    ends = np.asarray(tree.prior.ppf(np.clip(edges, 1e-16, 1 - 1e-16)), dtype=float)
    x, weights = _density_nodes(tree, lambda s: _log(tree.prior, s), ends[:-1], ends[1:])
    worth, parts = _worth(tree, x, _chances(tree, x)), np.diff(edges)[:, None]
    return {name: float((parts * weights * worth[i]).sum()) for i, name in enumerate(tree.game.players)}
