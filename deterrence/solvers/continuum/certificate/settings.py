"""What a player knows before a walk: its own types, and how the others' draws are distributed given these."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

from deterrence.answers.continuum.strategies import Schedule
from deterrence.games.continuum.given import Flat
from deterrence.solvers.continuum.certificate.density import Density, edges, nodes
from deterrence.solvers.continuum.certificate.ends import Tree
from deterrence.solvers.continuum.certificate.own_types import OwnTypes, cutoffs
from deterrence.solvers.continuum.certificate.reading import Array, Told, moves
from deterrence.solvers.continuum.certificate.walk import AXES, Setting


def setting_for(
    tree: Tree,
    profile: Told,
    own: OwnTypes,
    fixed: Mapping[str, Array] | None = None,
    apart: frozenset[str] = frozenset(),
) -> Setting:
    """Return the setting of a player, or of somebody who sees nothing; draws that stand apart are not gone through."""
    points, places = dict(own.points), dict(own.places)
    others = [name for name in tree.draws if name not in points]
    by_nodes = [name for name in others if name not in apart and _by_nodes(tree, profile, name)]
    weight: Array = profile.arithmetic.number(1)
    for k, name in enumerate(by_nodes):
        found, weights = _nodes(tree, profile, name, points)
        points[name] = _stretched(found, k, len(by_nodes))
        weight = weight * _stretched(weights, k, len(by_nodes))
    points, weight = _flattened(points, weight, by_nodes)
    places |= {name: points[name] for name in by_nodes}
    densities = {name: _density(tree, profile, name, points) for name in others if name not in by_nodes}
    return Setting(tree, profile, points, places, weight, densities, fixed or {})


def _by_nodes(tree: Tree, profile: Told, name: str) -> bool:
    """Whether a draw of others is gone through by nodes."""
    schedules = (rule for rule in profile.choices.values() if isinstance(rule, Schedule) and rule.variable == name)
    moving = any(moves(value, name) for rule in schedules for _, _, value in rule.pieces)
    return name in tree.strange or name in tree.states or moving


def _stretched(values: Array, k: int, count: int) -> Array:
    """Return nodes, of which each draw's first stand on an axis of their own, behind all others."""
    shape = [values.shape[0], *([1] * (AXES - 1 + count))]
    shape[AXES + k] = values.shape[-1]
    return values.reshape(shape)


def _flattened(points: dict[str, Array], weight: Array, names: list[str]) -> tuple[dict[str, Array], Array]:
    """Put the axes of all draws that are gone through by nodes into one."""
    import numpy as np

    if not names:
        return points, weight
    sizes = [points[name].shape[AXES + k] for k, name in enumerate(names)]

    def flat(values: Array) -> Array:
        full = np.broadcast_to(values, (*values.shape[:AXES], *sizes))
        first = full.shape[0]
        return full.reshape(first, int(np.prod(sizes)), *([1] * (AXES - 2)))

    return {**points, **{name: flat(points[name]) for name in names}}, flat(np.asarray(weight))


def _nodes(tree: Tree, profile: Told, name: str, points: Mapping[str, Array]) -> tuple[Array, Array]:
    """Return the nodes of a draw and their weights, the player's types on a first axis."""
    import numpy as np

    law, cuts = tree.laws[name], [float(c) for c in cutoffs(tree, profile, name, {}) if not getattr(c, "ndim", 0)]
    signal = next((n for n in points if name in tree.draws[n].names), None)
    if signal is None:
        marks = [*cuts, *tree.kinks(name), *_jumps(tree, profile, name)]
        low, high = float(edges(law)[0]), float(edges(law)[-1])
        found, weights = nodes(law, low, high, tuple(np.asarray(mark) for mark in marks))
        return found[None], weights[None]
    return _given_signal(tree, profile, name, signal, np.asarray(points[signal], dtype=float).reshape(-1))


def _given_signal(tree: Tree, profile: Told, name: str, signal: str, seen: Array) -> tuple[Array, Array]:
    """Return the nodes of a state of which a signal is seen."""
    import numpy as np

    noise, prior = tree.laws[signal], tree.laws[name]
    low, high = float(edges(noise)[0]), float(edges(noise)[-1])
    marks = [seen - mark for mark in _jumps(tree, profile, name)]
    if not isinstance(prior, Flat):
        marks += [seen - float(end) for end in prior.ends if isfinite(end)]
    errors, weights = nodes(noise, np.full(seen.shape, low), np.full(seen.shape, high), tuple(marks))
    states = seen[:, None] - errors
    if not isinstance(prior, Flat):
        weights = weights * np.asarray(prior.pdf(states))
    total = weights.sum(-1, keepdims=True)
    return states, np.where(total > 0, weights / np.where(total > 0, total, 1), 1 / weights.shape[-1])


def _jumps(tree: Tree, profile: Told, state: str) -> list[float]:
    """Return the states at which the chance that somebody's signal passes a cutoff has a kink."""
    marks = []
    for name, variable in tree.draws.items():
        if state in variable.names:
            ends = [float(end) for end in tree.laws[name].ends if isfinite(end)]
            cuts = [float(cut) for cut in cutoffs(tree, profile, name, {}) if isfinite(cut)]
            marks += [cut - end for cut in cuts for end in ends]
            middle = [] if ends else [float(tree.laws[name].ppf(q)) for q in (0.001, 0.1, 0.5, 0.9, 0.999)]
            marks += [cut - end for cut in cuts for end in middle]
    return marks


def _density(tree: Tree, profile: Told, name: str, points: Mapping[str, Array]) -> Density:
    state = next((n for n in tree.draws[name].names if n in tree.draws), None)
    shift = None if state is None else points[state]
    return Density(tree.laws[name], shift=shift, exact=profile.arithmetic.exact)


def no_axis() -> OwnTypes:
    """Return what somebody sees who sees nothing."""
    import numpy as np

    return OwnTypes({}, {}, np.zeros((1,) * AXES, dtype=bool))
