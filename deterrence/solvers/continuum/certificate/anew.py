"""What the strategies come to, computed anew: payoffs, outcomes, and the probability of each action."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from deterrence.solvers.continuum.certificate.ends import Tree
from deterrence.solvers.continuum.certificate.reading import Array, Told, rows_of
from deterrence.solvers.continuum.certificate.settings import no_axis, setting_for
from deterrence.solvers.continuum.certificate.walk import Setting, State, of_types, total

Done = frozenset[tuple[str, str]]


@dataclass(eq=False)
class Anew:
    """Sums over the whole tree.

    Attributes
    ----------
    setting
        What is known before: nothing but the laws.
    payoffs, outcomes
        Player -> expected payoff; outcome -> probability.
    actions
        (player or an empty text, action) -> the probability that it is taken somewhere.
    visits
        Node -> the states in which play comes there.
    """

    setting: Setting
    payoffs: dict[str, Any] = field(default_factory=dict)
    outcomes: dict[str, Any] = field(default_factory=dict)
    actions: dict[tuple[str, str], Any] = field(default_factory=dict)
    visits: dict[int, list[State]] = field(default_factory=dict)

    def enter(self, state: State, done: Done) -> None:
        """Go through what is chosen directly above a node, and then the node."""
        tree, profile = self.setting.tree, self.setting.profile
        states = [state]
        for k in tree.fresh(state.node):
            variable = tree.form.variables[k]
            if variable.is_draw:
                continue
            spread = []
            for now in states:
                for value, p, rows, _ in profile.chosen(variable.name, {**tree.values, **now.known}):
                    chosen = replace(now, weight=now.weight * p, known={**now.known, variable.name: value})
                    spread += (
                        [chosen]
                        if rows is None
                        else of_types(self.setting, chosen, profile.choices[variable.name].variable, rows)
                    )
            states = spread
        for now in states:
            self._node(now, done)

    def _node(self, state: State, done: Done) -> None:
        tree, node = self.setting.tree, state.node
        form = tree.form
        self.visits.setdefault(node, []).append(state)
        outcome, h = form.outcome[node], form.infoset_of[node]
        if outcome is not None:
            self._add(self.outcomes, outcome, state, tree.chance(node))
            for i, player in enumerate(form.players):
                self._add(self.payoffs, player, state, tree.payoff(node, i))
            return
        for branch, child in enumerate(form.children[node]):
            if h < 0:
                if tree.chance(child):
                    self.enter(replace(state, node=child), done)
                continue
            self._move(h, branch, replace(state, node=child), done)

    def _move(self, h: int, branch: int, state: State, done: Done) -> None:
        setting, form = self.setting, self.setting.tree.form
        rule, action = setting.profile.rules[h], form.actions_of[h][branch]
        known = {**setting.tree.values, **state.known}
        rows = rows_of(rule, action, known, setting.profile.arithmetic)
        keys = [(form.players[form.player_of[h]], action), ("", action)]
        for now in of_types(setting, state, rule.variable, rows):
            for key in keys:
                if key not in done:
                    self._add(self.actions, key, now, setting.tree.chance(form.parent[state.node]))
            self.enter(now, done.union(keys))

    def _add(self, sums: dict[Any, Any], key: Any, state: State, terms: Any) -> None:
        sums[key] = sums.get(key, 0) + self.summed(state, terms)

    def summed(self, state: State, terms: Any) -> Any:
        """Return what terms come to in a state, over everything that may have been drawn."""
        value: Array = state.weight * total(self.setting, terms, state)
        return value.sum() if getattr(value, "ndim", 0) else value


def anew(tree: Tree, profile: Told) -> Anew:
    """Return what the strategies come to."""
    setting = setting_for(tree, profile, no_axis())
    found = Anew(setting)
    found.enter(State(0, setting.weight, dict(setting.points), setting.densities), frozenset())
    return found


def density_at(found: Anew, node: int) -> list[tuple[State, Any]]:
    """Return the states in which play comes to a node, with their probabilities."""
    terms = found.setting.tree.chance(node)
    return [(state, found.summed(state, terms)) for state in found.visits.get(node, ())]
