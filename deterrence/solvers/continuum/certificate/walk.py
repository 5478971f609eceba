"""A walk through the tree for one player: what each of its decisions is worth to each of its types.

Others play what the equilibrium says. Arrays have the player's types on their first axis, the nodes at which others'
draws are gone through on the second, and on further ones the numbers that are tried for choices.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from deterrence.solvers.continuum.certificate.density import Density
from deterrence.solvers.continuum.certificate.ends import Term, Tree
from deterrence.solvers.continuum.certificate.reading import Array, Rows, Told, rows_of, value_at

AXES = 6
NODES_AXIS, FIRST_TRIED = 1, 2
TRIED = "tried"
"""The action of trying every number of a grid."""


@dataclass(frozen=True)
class Setting:
    """What is known before a walk: the draws that are gone through by points, and how the others are distributed.

    Attributes
    ----------
    tree, profile
        The game, and the strategies.
    points, places
        The values of draws, and where strategies are looked up for them: at a cutoff a little to either side.
    weight
        The weights of the points on the second axis.
    densities
        The laws of the other draws.
    fixed
        Choices that have these values whatever the strategies say.
    """

    tree: Tree
    profile: Told
    points: Mapping[str, Array]
    places: Mapping[str, Array]
    weight: Array
    densities: Mapping[str, Density]
    fixed: Mapping[str, Array] = field(default_factory=dict)


@dataclass(frozen=True)
class State:
    """Where a walk is: with what weight, what was chosen, who may have come here, and what the player did last."""

    node: int
    weight: Array
    known: Mapping[str, Array]
    densities: Mapping[str, Density]
    step: tuple[Any, ...] = ()
    seen: tuple[Any, ...] = ()
    revealed: bool = False
    tried: int = 0


@dataclass(eq=False)
class Decision:
    """A decision of the player: with what weight it is reached, and how likely each action is."""

    key: tuple[Any, ...]
    revealed: bool
    reach: Array = 0
    chances: dict[Any, Array] = field(default_factory=dict)
    axis: int = 0
    tried: Array = None
    fixed_above: bool = False


Tried = Callable[[str, State, tuple[Any, ...]], Array]


@dataclass(eq=False)
class Walk:
    """What a walk finds: the player's decisions in their order, and what ends below each action are worth."""

    setting: Setting
    player: int
    tried: Tried | None = None
    keep: bool = False
    leaves: dict[tuple[Any, ...], Array] = field(default_factory=dict)
    below: dict[tuple[Any, ...], list[Decision]] = field(default_factory=dict)
    decisions: dict[tuple[Any, ...], Decision] = field(default_factory=dict)

    def run(self) -> Walk:
        """Walk from the root."""
        start = self.setting
        self.enter(State(0, start.weight, dict(start.points), start.densities, tried=len(start.fixed)))
        return self

    def at(self, state: State, what: tuple[str, Any]) -> Walk:
        """Walk from one decision of the player: a move, or a choice directly above a node."""
        names = [v.name for v in map(self.setting.tree.form.variables.__getitem__, self.setting.tree.fresh(state.node))]
        if what[0] == "choice":
            above = names[: names.index(what[1])]
            self.enter(state, frozenset(above))
        else:
            self._node(state)
        return self

    def enter(self, state: State, settled: frozenset[str] = frozenset()) -> None:
        """Go through what is chosen directly above a node, but for what is settled, and then the node."""
        states = [state]
        for k in self.setting.tree.fresh(state.node):
            variable = self.setting.tree.form.variables[k]
            if not variable.is_draw and variable.name not in settled:
                states = [further for now in states for further in self._choice(variable, now)]
        for now in states:
            self._node(now)

    def _choice(self, variable: Any, state: State) -> list[State]:
        name, setting = variable.name, self.setting
        player = setting.tree.form.players[self.player]
        if name in setting.fixed:
            return [replace(state, known={**state.known, name: setting.fixed[name]})]
        known = {**setting.tree.values, **state.known}
        branches = setting.profile.chosen(name, known)
        if variable.player == player:
            return self._own_choice(name, state, branches)
        rule, sees = setting.profile.choices[name], player in variable.known_to
        further = []
        for k, (value, p, rows, moving) in enumerate(branches):
            now = replace(
                state,
                weight=state.weight * p,
                known={**state.known, name: value},
                seen=(*state.seen, (name, k)) if sees and len(branches) > 1 else state.seen,
                revealed=state.revealed or (sees and moving),
            )
            further += [now] if rows is None else of_types(setting, now, rule.variable, rows)
        return further

    def _own_choice(self, name: str, state: State, branches: list[Any]) -> list[State]:
        import numpy as np

        setting = self.setting
        decision = self._register(("choice", name), state)
        further = []
        for k, (value, p, rows, _) in enumerate(branches):
            chance = p
            if rows is not None:
                own = setting.places[setting.profile.choices[name].variable]
                chance = p * value_at(rows, own, setting.profile.arithmetic)
            if np.any(np.asarray(chance != 0, dtype=bool)):
                decision.chances[k] = chance
                further.append(replace(state, step=(decision.key, k), known={**state.known, name: value}))
        if self.tried is not None:
            grid = self.tried(name, state, decision.key)
            decision.axis, decision.tried = FIRST_TRIED + state.tried, grid
            step = (decision.key, TRIED)
            known = {**state.known, name: grid}
            further.append(replace(state, step=step, known=known, tried=state.tried + 1))
        return further

    def _node(self, state: State) -> None:
        form, node = self.setting.tree.form, state.node
        if form.outcome[node] is not None:
            value = state.weight * total(self.setting, self.setting.tree.payoff(node, self.player), state)
            self.leaves[state.step] = self.leaves.get(state.step, 0) + self._summed(value, self._reveals(state.step))
            return
        h = form.infoset_of[node]
        for branch, child in enumerate(form.children[node]):
            if h >= 0:
                for now in self._move(h, branch, state):
                    self.enter(replace(now, node=child))
            elif self.setting.tree.chance(child):
                self.enter(replace(state, node=child))

    def _move(self, h: int, branch: int, state: State) -> list[State]:
        setting, form = self.setting, self.setting.tree.form
        action = form.actions_of[h][branch]
        rule = setting.profile.rules[h]
        rows = rows_of(rule, action, {**setting.tree.values, **state.known}, setting.profile.arithmetic)
        if form.player_of[h] != self.player:
            return of_types(setting, state, rule.variable, rows)
        decision = self._register(("move", h), state, first=branch == 0)
        decision.chances[branch] = value_at(
            rows, setting.places.get(rule.variable or "", 0.0), setting.profile.arithmetic
        )
        return [replace(state, step=(decision.key, branch))]

    def _register(self, what: tuple[str, Any], state: State, first: bool = True) -> Decision:
        key = (*what, state.seen, state.step)
        decision = self.decisions.get(key)
        if decision is None:
            decision = self.decisions[key] = Decision(key, state.revealed)
            decision.fixed_above = set(self.setting.fixed) <= state.known.keys()
            self.below.setdefault(state.step, []).append(decision)
        if first:
            reach = state.weight * total(self.setting, self.setting.tree.chance(state.node), state)
            decision.reach = decision.reach + self._summed(reach, decision.revealed)
        return decision

    def _reveals(self, step: tuple[Any, ...]) -> bool:
        return bool(step) and self.decisions[step[0]].revealed

    def _summed(self, value: Array, revealed: bool) -> Array:
        import numpy as np

        if revealed or self.keep or getattr(value, "ndim", 0) < AXES:
            return value
        return np.asarray(value).sum(axis=NODES_AXIS, keepdims=True)


def of_types(setting: Setting, state: State, variable: str | None, rows: Rows) -> list[State]:
    """Return the state that is left of one in which something is done by some types only; none where nobody does."""
    import numpy as np

    if variable is not None and variable in state.densities:
        density = state.densities[variable].times(rows)
        return [replace(state, densities={**state.densities, variable: density})] if density.rows else []
    p = value_at(rows, setting.places.get(variable or "", 0.0), setting.profile.arithmetic)
    return [replace(state, weight=state.weight * p)] if np.any(np.asarray(p != 0, dtype=bool)) else []


def total(setting: Setting, terms: tuple[Term, ...], state: State) -> Array:
    """Return what terms come to, over all types that may have come to a state."""
    result: Array = 0
    for term in terms:
        powers = dict(term.powers)
        value = term.coefficient
        if term.names:
            value = value(*(state.known[name] for name in term.names))
        elif not setting.profile.arithmetic.exact:
            value = float(value)
        for name, density in state.densities.items():
            value = value * density.moment(powers.pop(name, 0))
        for name, power in powers.items():
            value = value * state.known[name] ** power
        result = result + value
    return result
