"""Decisions that nobody's play leads to: whether some belief excuses what is done there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from deterrence.answers.continuum.strategies import Schedule, exact_or_float
from deterrence.solvers.continuum.certificate.density import Density
from deterrence.solvers.continuum.certificate.ends import Tree
from deterrence.solvers.continuum.certificate.gains import Gains
from deterrence.solvers.continuum.certificate.own_types import CELLS, OwnTypes, cells, own_types
from deterrence.solvers.continuum.certificate.reading import Arithmetic, Array, Told, moves, rows_of
from deterrence.solvers.continuum.certificate.settings import setting_for
from deterrence.solvers.continuum.certificate.tried import grid
from deterrence.solvers.continuum.certificate.walk import AXES, Setting, State, Walk, of_types

ROUNDING = 1e-9
"""The search for a belief is by floats: a gain below this counts as none."""
TYPES = 41
"""So many of the player's types stand in the search."""


@dataclass(frozen=True)
class Unreached:
    """A decision that is not reached: ``("move", number of the set)`` or ``("choice", name)``, after some choices.

    Attributes
    ----------
    tree, profile, player
        The game, the strategies, and whose decision it is.
    what
        The decision.
    fixed
        Choices that nobody makes, with their numbers.
    made
        Choices of others that they make, with which of several.
    told
        Draws of others that such a choice tells, with their values.
    """

    tree: Tree
    profile: Told
    player: int
    what: tuple[str, Any]
    fixed: dict[str, Any]
    made: dict[str, int] = field(default_factory=dict)
    told: dict[str, float] = field(default_factory=dict)

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
    return max(_after_choices(one, own) for one in _with_choices(place))


def _with_choices(place: Unreached) -> list[Unreached]:
    """Return the decision after each combination of what others choose above it."""
    form, profile = place.tree.form, place.profile
    counts: dict[str, int] = {}
    for variable in (form.variables[k] for node in place.nodes for k in form.variables_above[node]):
        others = variable.player is not None and variable.player != form.players[place.player]
        if others and variable.name not in place.fixed:
            counts[variable.name] = profile.count(variable.name)
    several = product(*(_branches(place, name, count) for name, count in counts.items()))
    return [
        replace(
            place,
            made={name: k for name, (k, _) in zip(counts, which, strict=True)},
            told={draw: x for _, told in which for draw, x in told.items()},
        )
        for which in several
    ]


def _branches(place: Unreached, name: str, count: int) -> list[tuple[int, dict[str, float]]]:
    """Return which of several is chosen, with some types where the choice tells the type."""
    rule = place.profile.choices[name]
    if not isinstance(rule, Schedule):
        return [(k, {}) for k in range(count)]
    law, found = place.tree.laws[rule.variable], list[tuple[int, dict[str, float]]]()
    for k, (low, high, value) in enumerate(rule.pieces):
        a, b = (float(law.cdf(exact_or_float(end))) for end in (low, high))
        told = [float(law.ppf(a + (b - a) * share)) for share in (0.02, 0.25, 0.5, 0.75, 0.98)]
        found += [(k, {rule.variable: x}) for x in told] if moves(value, rule.variable) else [(k, {})]
    return found


def _after_choices(place: Unreached, own: OwnTypes) -> float:
    columns = [column for node in place.nodes if (column := _columns(place, node, own)) is not None]
    gain = _least_gain(columns) if columns else 0.0
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

    tree, profile = place.tree, place.profile
    strayed = _deviators(place, node, setting_for(tree, profile, own, place.fixed))
    hidden = {*place.told, *(name for player in strayed for name in tree.draws_of(player))} - own.points.keys()
    setting, count = _believed(place, sorted(hidden), setting_for(tree, profile, own, place.fixed, frozenset(hidden)))
    state = _come(place, node, strayed, setting)
    if state is None:
        return None
    walk = Walk(setting, place.player, lambda name, now, _: grid(tree, profile, name, now.known, now.tried), keep=True)
    walk.at(state, place.what)
    gains = Gains(walk).from_start()
    decision = walk.below[()][0]
    reach = _folded(decision.reach, count)
    if not np.any(reach > 0):
        return None
    safe = np.where(reach > 0, reach, 1)
    options = {a: _folded(v, count) / safe for a, v in gains.options[decision.key].items()}
    return {"options": options, "chances": decision.chances}


def _folded(values: Array, count: int) -> Array:
    """Return sums over the nodes of those who did not deviate, for each of so many beliefs."""
    import numpy as np

    values = np.asarray(values)
    first, second, *rest = values.shape
    return values.reshape(first, count, second // count, *rest).sum(axis=2)


def _come(place: Unreached, node: int, strayed: set[int], setting: Setting) -> State | None:
    """Return how those who did not deviate come to a node; None where one of them does not."""
    form = place.tree.form
    start = {**setting.points, **place.fixed}
    states = [State(node, setting.weight, start, setting.densities, tried=len(place.fixed))]
    for k in form.variables_above[node]:
        variable = form.variables[k]
        if not variable.is_draw and place.what != ("choice", variable.name) and variable.name not in place.fixed:
            states = _chosen(place, variable, strayed, (setting, states[0]))
            if not states:
                return None
    for at, branch in form.path(node):
        h = form.infoset_of[at]
        if h >= 0 and form.player_of[h] not in {place.player, *strayed}:
            states = _after(place, setting, states[0], (h, branch))
            if not states:
                return None
    return states[0]


def _chosen(place: Unreached, variable: Any, strayed: set[int], at: tuple[Setting, State]) -> list[State]:
    """Return the state after what a strategy chooses."""
    setting, state = at
    profile = place.profile
    branches = profile.chosen(variable.name, {**place.tree.values, **state.known})
    value, _, rows, _ = branches[place.made.get(variable.name, 0)]
    now = replace(state, known={**state.known, variable.name: value})
    player = place.tree.form.players.index(str(variable.player))
    if rows is None or player in {place.player, *strayed}:
        return [now]
    return of_types(setting, now, profile.choices[variable.name].variable, rows)


def _believed(place: Unreached, names: list[str], setting: Setting) -> tuple[Setting, int]:
    """Return the setting in which some draws are believed in one value after the other, and how many there are."""
    import numpy as np

    tree = place.tree
    told = {name: [(x, x)] for name, x in place.told.items()}
    choices = [told.get(name) or cells(tree, place.profile, name, place.fixed) for name in names]
    if len(names) > 1:
        choices = [pairs[:-CELLS] + pairs[-CELLS::13] for pairs in choices]
    combinations = list(product(*choices))
    count = len(combinations)
    nodes = max((np.shape(v)[1] for v in setting.points.values()), default=1)

    def tiled(values: Array) -> Array:
        return values if np.shape(values)[1] == 1 else np.tile(values, (1, count, *([1] * (AXES - 2))))

    points, places = ({n: tiled(v) for n, v in part.items()} for part in (setting.points, setting.places))
    for k, name in enumerate(names):
        for part, which in ((points, 0), (places, 1)):
            column = np.repeat([c[k][which] for c in combinations], nodes)
            part[name] = column.reshape(1, -1, *([1] * (AXES - 2)))
    densities = {
        n: d if d.shift is None else replace(d, shift=tiled(d.shift), known={})
        for n, d in setting.densities.items()
        if n not in names
    }
    weight = np.tile(setting.weight * np.ones((1, nodes, *([1] * (AXES - 2)))), (1, count, *([1] * (AXES - 2))))
    return replace(setting, points=points, places=places, densities=densities, weight=weight), count


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
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
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
