"""The certificate of an equilibrium of a global game, by plain integration over the state and the other's signal.

It reads the tree and the strategies alone, and shares no code with the search.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np

from deterrence.answers.continuum.strategies import Cutoffs
from deterrence.games.continuum.given import Flat
from deterrence.games.continuum.law import Law, gauss
from deterrence.games.expression import compile_exact, in_sympy, is_symbolic
from deterrence.games.game import Game

SIGNALS = 33
PIECES = 120
NODES = 12
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
    worst, size = 0.0, 1.0
    for h, rule in enumerate(tree.rules):
        for signal in _signals(tree, h):
            values = _values(tree, h, signal)
            played = rule.at({rule.variable: signal} if rule.variable else {})
            mine = sum(float(p) * values[action] for action, p in played.items())
            size = max(size, *map(abs, values.values()))
            worst = max(worst, (max(values.values()) - mine) / size)
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


def _signals(tree: _Tree, h: int) -> list[float]:
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
    return [s for s in grid if low < s < high]


def _density_nodes(tree: _Tree, logs: Any, low: float, high: float) -> tuple[Any, Any]:
    """Return states and weights by a density's logarithm, in pieces that end where a strategy's chance has a kink."""
    for _ in range(6):  # towards where the density is
        x = np.linspace(low, high, 400)
        levels = logs(x)
        kept = np.flatnonzero(levels > levels.max() - 40)
        if not kept.size:
            break
        low, high = float(x[max(kept[0] - 1, 0)]), float(x[min(kept[-1] + 1, 399)])
    kinks = [
        float(c) - float(e)
        for rule, noise in zip(tree.rules, tree.noises, strict=True)
        for c in rule.cutoffs
        for e in noise.ends
        if abs(c) < inf and abs(e) < inf
    ]
    ends = np.unique([*np.linspace(low, high, PIECES + 1), *(k for k in kinks if low < k < high)])
    at, share = gauss(NODES)
    width = np.diff(ends)
    x = (ends[:-1, None] + width[:, None] * at).ravel()
    levels = logs(x)
    weights = (width[:, None] * share).ravel() * np.exp(levels - levels.max())
    return x, weights / weights.sum()


def _log(law: Law, x: Any) -> Any:
    """Return the logarithm of a density; of a flat prior zero."""
    if isinstance(law, Flat):
        return np.zeros_like(x)
    source = getattr(law, "frozen", None) or getattr(law, "distribution", None)
    with np.errstate(divide="ignore"):
        return source.logpdf(x) if source is not None else np.log(law.pdf(x))


def _values(tree: _Tree, h: int, signal: float) -> dict[str, float]:
    """Return what each action is worth after a signal."""
    noise, prior = tree.noises[h], tree.prior
    (low, high), (least, most) = map(_wide, (prior, noise))
    bounds = max(float(prior.ends[0]), signal - float(noise.ends[1])), min(
        float(prior.ends[1]), signal - float(noise.ends[0])
    )
    start = max(bounds[0], min(low, signal - most)), min(bounds[1], max(high, signal - least))
    x, weights = _density_nodes(tree, lambda s: _log(prior, s) + _log(noise, signal - s), *start)
    player = tree.game.form.player_of[h]
    chances = _chances(tree, x)
    return {
        action: float(weights @ _worth(tree, x, {**chances, h: {action: np.ones_like(x)}})[player])
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
    import sympy as sp

    if not is_symbolic(expression):
        return np.full_like(x, float(expression))
    symbol = sp.Symbol(tree.state, real=True)
    written = in_sympy(expression)
    others = {s: sp.Float(float(compile_exact(s)(tree.game.values)), 17) for s in written.free_symbols - {symbol}}
    return np.full_like(x, 0.0) + sp.lambdify([symbol], written.subs(others), modules="numpy")(x)


def _payoffs(tree: _Tree) -> dict[str, float]:
    x, weights = _density_nodes(tree, lambda s: _log(tree.prior, s), *_wide(tree.prior))
    worth = _worth(tree, x, _chances(tree, x))
    return {name: float(weights @ worth[i]) for i, name in enumerate(tree.game.players)}
