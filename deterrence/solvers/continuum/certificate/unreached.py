"""Decisions that nobody's play leads to: whether some belief excuses what is done there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

from deterrence.solvers.continuum.certificate.density import Density
from deterrence.solvers.continuum.certificate.ends import Tree
from deterrence.solvers.continuum.certificate.gains import Gains
from deterrence.solvers.continuum.certificate.own_types import OwnTypes, cells, own_types
from deterrence.solvers.continuum.certificate.reading import Arithmetic, Array, Profile, rows_of
from deterrence.solvers.continuum.certificate.settings import setting_for
from deterrence.solvers.continuum.certificate.tried import grid
from deterrence.solvers.continuum.certificate.walk import AXES, Setting, State, Walk, of_types

ROUNDING = 1e-9
"""The search for a belief is by floats: a gain below this counts as none."""
TYPES = 41
"""So many of the player's types stand in the search."""


@dataclass(frozen=True)
class Unreached:
    """A decision that is not reached: ``("move", number of the set)`` or ``("choice", name)``, after some choices."""

    tree: Tree
    profile: Profile
    player: int
    what: tuple[str, Any]
    fixed: dict[str, Any]

    @property
    def nodes(self) -> tuple[int, ...]:
        """The nodes of the decision."""
        kind, which = self.what
        if kind == "move":
            return self.tree.form.nodes_of[which]
        return tuple(v.node for v in self.tree.form.variables if v.name == which)


def believing(place: Unreached) -> float:
    """Return what is gained at a decision at least, whatever is believed there of those who must have deviated."""
    import numpy as np

    tree, exact = place.tree, place.profile.arithmetic.exact
    profile = replace(place.profile, arithmetic=Arithmetic(exact=False)) if exact else place.profile
    place = replace(place, profile=profile, fixed={k: np.full((1,) * AXES, float(v)) for k, v in place.fixed.items()})
    own = own_types(tree, profile, place.player, place.fixed, TYPES)
    columns = [column for node in place.nodes if (column := _columns(place, node, own)) is not None]
    if not columns:
        return 0.0
    gain = _least_gain(columns)
    return 0.0 if gain < ROUNDING else gain


def _deviators(place: Unreached, node: int, setting: Setting) -> set[int]:
    """Return the players whose strategy does not lead to a node, as numbers."""
    form, state = place.tree.form, State(0, 1.0, {**setting.points, **place.fixed}, setting.densities)
    found = {form.players.index(str(v.player)) for v in form.variables if v.name in place.fixed}
    for at, branch in form.path(node):
        h = form.infoset_of[at]
        if h < 0 or form.player_of[h] in {place.player, *found}:
            continue
        left = _after(place, setting, state, (h, branch))
        names = place.tree.draws_of(form.player_of[h])
        if not left or any(_is_empty(left[0].densities[n]) for n in names if n in left[0].densities):
            found.add(form.player_of[h])
        else:
            state = left[0]
    return found - {place.player}


def _is_empty(density: Density) -> bool:
    import numpy as np

    return not np.any(np.asarray(density.moment(0)) > 0)


def _after(place: Unreached, setting: Setting, state: State, step: tuple[int, int]) -> list[State]:
    (h, branch), form = step, place.tree.form
    rule, known = place.profile.rules[h], {**place.tree.values, **state.known}
    rows = rows_of(rule, form.actions_of[h][branch], known, place.profile.arithmetic)
    return of_types(setting, state, rule.variable, rows)


def _columns(place: Unreached, node: int, own: OwnTypes) -> dict[Any, Any] | None:
    """Return for one history of a decision what each action is worth, for each type and each type believed in.

    The types of those who deviated stand on the second axis; the others' are as their strategies say.
    """
    import numpy as np

    tree, profile, form = place.tree, place.profile, place.tree.form
    setting = setting_for(tree, profile, own, place.fixed)
    strayed = _deviators(place, node, setting)
    points, places = _believed(place, strayed, setting)
    densities = {n: d for n, d in setting.densities.items() if n not in points}
    setting = replace(setting, points=points, places=places, densities=densities, weight=_ones(points))
    state = State(node, setting.weight, {**points, **place.fixed}, densities, tried=len(place.fixed))
    for at, branch in form.path(node):
        h = form.infoset_of[at]
        if h < 0 or form.player_of[h] in {place.player, *strayed}:
            continue
        left = _after(place, setting, state, (h, branch))
        if not left:
            return None
        state = left[0]
    walk = Walk(setting, place.player, lambda name, now, _: grid(tree, profile, name, now.known, now.tried), keep=True)
    walk.at(replace(state, known=_chosen(place, node, state)), place.what)
    gains = Gains(walk).from_start()
    key = next(iter(walk.below[()])).key
    decision = walk.decisions[key]
    reach = np.asarray(decision.reach)
    if not np.any(reach > 0):
        return None
    options = {a: np.asarray(v) / np.where(reach > 0, reach, 1) for a, v in gains.options[key].items()}
    return {"options": options, "chances": decision.chances}


def _chosen(place: Unreached, node: int, state: State) -> Mapping[str, Array]:
    """Return what is known at a node, with what the strategies choose above it."""
    known, tree = dict(state.known), place.tree
    for k in tree.form.variables_above[node]:
        variable = tree.form.variables[k]
        if variable.is_draw or variable.name in known or (place.what == ("choice", variable.name)):
            continue
        branches = place.profile.chosen(variable.name, {**tree.values, **known})
        known[variable.name] = branches[0][0]
    return known


def _ones(points: Mapping[str, Array]) -> Array:
    import numpy as np

    return np.ones((1, max((v.shape[1] for v in points.values()), default=1), *([1] * (AXES - 2))))


def _believed(place: Unreached, strayed: set[int], setting: Setting) -> tuple[dict[str, Array], dict[str, Array]]:
    """Return the points of a walk, with the types of those who deviated on the second axis."""
    import numpy as np

    tree = place.tree
    own = set(tree.draws_of(place.player))
    names = sorted({n for d in strayed for n in tree.draws_of(d)} - own)
    points, places = dict(setting.points), dict(setting.places)
    choices = [cells(tree, place.profile, name, place.fixed) for name in names]
    if len(names) > 1:
        choices = [pairs[:-40] + pairs[-40::13] for pairs in choices]
    combinations = list(product(*choices))
    shape = (1, len(combinations), *([1] * (AXES - 2)))
    for k, name in enumerate(names):
        points[name] = np.array([c[k][0] for c in combinations]).reshape(shape)
        places[name] = np.array([c[k][1] for c in combinations]).reshape(shape)
    return points, places


def _least_gain(columns: list[dict[Any, Any]]) -> float:
    """Return the least gain over all weights on the columns, by linear programming."""
    import numpy as np
    from scipy.optimize import linprog

    rows = [_rows(column) for column in columns]
    losses = np.concatenate(rows, axis=1)
    if losses.max(initial=0.0) <= 0:
        return 0.0
    count = losses.shape[1]
    table = np.hstack([losses, -np.ones((len(losses), 1))])
    found = linprog(
        [*[0.0] * count, 1.0],
        A_ub=table,
        b_ub=np.zeros(len(losses)),
        A_eq=[[*[1.0] * count, 0.0]],
        b_eq=[1.0],
        bounds=[(0, None)] * count + [(0, None)],
    )
    weights = np.maximum(found.x[:-1], 0) if found.status == 0 else np.full(count, 1 / count)
    return float(max((losses @ (weights / weights.sum())).max(), 0.0))


def _rows(column: dict[Any, Any]) -> Array:
    """Return what each type loses by what it does against each other action; a column for each belief."""
    import numpy as np

    options, chances = column["options"], column["chances"]
    used = [(options[a], p) for a, p in chances.items()]
    rows = []
    for value in options.values():
        for mine, p in used:
            lost = np.where(np.asarray(p) > 0, value - mine, 0.0)
            lost = np.broadcast_to(lost, np.broadcast_shapes(lost.shape, (1,) * AXES))
            rows.append(np.moveaxis(lost, 1, -1).reshape(-1, lost.shape[1]))
    width = max(row.shape[1] for row in rows)
    return np.concatenate([np.broadcast_to(row, (len(row), width)) for row in rows])
