"""Which supports cannot be optimal together, by the exact signs of payoff differences where everyone plays purely.

What an action gains over another at an information set, summed over its nodes by weight, is linear in the play at
each other set (perfect recall: no path passes one twice). Over strictly mixed play it is a mean, with weights above
zero, of its values where each set plays one action of its support: where none of those is positive and some is
negative, it is negative; where all are zero, it is zero. Off the path, where beliefs are open, the same is asked at
every node.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from importlib.util import find_spec
from math import lcm, prod
from typing import TYPE_CHECKING, Any

from deterrence.lazy import Deferred
from deterrence.solvers.supports.agent_form import AgentForm, Step, Support

if TYPE_CHECKING:
    import numpy as np
else:
    np = Deferred("numpy")

MOST_CELLS = 2**13
"""An information set on which more pure profiles bear than this is left to other tests."""
MOST_CHOICES = 27
"""So many ways to complete the supports that bear on an information set are tried."""
LARGEST = 2**62
Domains = list[list[Support]]
Worth = tuple[tuple[Any, ...], Fraction]
"""The cells of a table, and what to add there."""


class CornerSigns:
    """The supports at each information set that may be optimal together with those at the sets that bear on it."""

    def __init__(self, agent: AgentForm) -> None:
        self.agent = agent
        sets = range(len(agent.form.nodes_of))
        scopes = (self._scope(h) for h in sets if len(agent.form.actions_of[h]) > 1)
        # Where NumPy is not there, as on a page, nothing is ruled out here: the search takes longer, that is all.
        self.scopes = [scope for scope in scopes if scope is not None] if find_spec("numpy") else []

    def _scope(self, h: int) -> Scope | None:
        form = self.agent.form
        bearing = {*self.agent.sets_telling[h], *self.agent.sets_after[h]}
        others = sorted(g for g in bearing if len(form.actions_of[g]) > 1)
        cells = prod(len(form.actions_of[g]) for g in (h, *others))
        return Scope(self.agent, h, tuple(others)) if cells <= MOST_CELLS else None

    def narrow(self, domains: Domains) -> bool | None:
        """Remove supports that fit no others still open; None where a set has none left, else whether any went."""
        changed = False
        for scope in self.scopes:
            open_domains = [domains[g] for g in scope.sets]
            choices = prod(map(len, open_domains))
            if choices > MOST_CHOICES:
                continue
            fitting = [choice for choice in itertools.product(*open_domains) if scope.may_hold(choice)]
            if not fitting:
                return None
            if choices > 1 and len(fitting) < choices:
                for g, kept in zip(scope.sets, map(set, zip(*fitting, strict=True)), strict=True):
                    if len(kept) < len(domains[g]):
                        domains[g] = [support for support in domains[g] if support in kept]
                        changed = True
        return changed

    def complete(self, decided: set[int]) -> list[Scope]:
        """Return the information sets at which optimality depends on decided sets alone."""
        return [scope for scope in self.scopes if decided.issuperset(scope.sets)]


class Scope:
    """An information set with the others that bear on which of its actions are best."""

    def __init__(self, agent: AgentForm, h: int, others: tuple[int, ...]) -> None:
        self.agent, self.form, self.h, self.others = agent, agent.form, h, others
        self.sets = h, *others
        self._verdicts: dict[tuple[Support, ...], bool] = {}
        self._place = {g: k for k, g in enumerate(others)}
        self._nodes = len(self.form.nodes_of[h])
        self._known_signs: dict[tuple[int, int, bool], list[np.ndarray]] = {}

    def may_hold(self, supports: tuple[Support, ...]) -> bool:
        """Tell whether a support here may be optimal with the given ones at the other sets."""
        if supports not in self._verdicts:
            self._verdicts[supports] = self._may_hold(supports[0], supports[1:])
        return self._verdicts[supports]

    def _may_hold(self, own: Support, others: Sequence[Support]) -> bool:
        cells = np.ix_(*others) if others else ()
        on_path = any(self._passes(steps, others) for steps in self.agent.telling_steps[self.h])
        for a, b in itertools.product(own, range(len(self.form.actions_of[self.h]))):
            if a != b and (b not in own or a < b):
                signs = [table[cells] for table in self._signs(a, b, on_path)]
                if not any(_may_be_positive(some) for some in signs):
                    return False
                if b in own and not any(_may_be_positive(-some) for some in signs):
                    return False
        return True

    def _passes(self, steps: Sequence[Step], others: Sequence[Support]) -> bool:
        """Tell whether supports and draws let play pass some steps."""
        return all(
            self.agent.chances[place][branch] != 0
            if by_chance
            else place not in self._place or branch in others[self._place[place]]
            for place, branch, by_chance in steps
        )

    def _signs(self, a: int, b: int, on_path: bool) -> list[np.ndarray]:
        """Return the signs of what a gains over b, at each pure profile: summed on the path, else at each node."""
        key = a, b, on_path
        if key not in self._known_signs:
            tables = [self._summed] if on_path else self._by_node
            gaps = [table[a] - table[b] for table in tables]
            self._known_signs[key] = [np.array(gap > 0, np.int8) - np.array(gap < 0, np.int8) for gap in gaps]
        return self._known_signs[key]

    @cached_property
    def _summed(self) -> np.ndarray:
        """What each action is worth, summed over the nodes by weight, at each pure profile of the other sets."""
        return self._table([worth for k in range(self._nodes) for worth in self._worths(k, self._telling(k))])

    @cached_property
    def _by_node(self) -> list[np.ndarray]:
        """The same at each node alone, without weights."""
        return [self._table(list(self._worths(k, ()))) for k in range(self._nodes)]

    def _telling(self, k: int) -> tuple[Step, ...]:
        return self.agent.telling_steps[self.h][k]

    def _table(self, worths: Sequence[Worth]) -> np.ndarray:
        """Return the sum of payoffs at each action here and each pure profile elsewhere, in whole numbers."""
        scale = lcm(*(worth.denominator for _, worth in worths))
        whole = [(cell, int(worth * scale)) for cell, worth in worths]
        fits = sum(abs(worth) for _, worth in whole) < LARGEST
        shape = [len(self.form.actions_of[g]) for g in (self.h, *self.others)]
        table = np.zeros(shape, dtype=np.int64 if fits else object)
        for cell, worth in whole:
            table[cell] += worth
        return table

    def _worths(self, k: int, before: Sequence[Step]) -> Iterator[Worth]:
        """Yield the payoffs below a node, weighted by the draws on the way, with the profiles that lead to each."""
        stack = [(self.form.nodes_of[self.h][k], *self._passed(before, {}, Fraction(1)))]
        while stack:
            node, cell, weight = stack.pop()
            h = self.form.infoset_of[node]
            if not self.form.children[node]:
                payoff = self.agent.payoffs[node][self.form.player_of[self.h]]
                yield tuple(cell.get(g, slice(None)) for g in (self.h, *self.others)), weight * Fraction(payoff)
            for branch, child in enumerate(self.form.children[node]):
                step = (node, branch, True) if h < 0 else (h, branch, False)
                stack.append((child, *self._passed([step], cell, weight)))

    def _passed(self, steps: Sequence[Step], cell: dict[int, int], weight: Fraction) -> tuple[dict[int, int], Fraction]:
        for place, branch, by_chance in steps:
            if by_chance:
                weight *= Fraction(self.agent.chances[place][branch])
            else:
                cell = {**cell, place: branch}
        return cell, weight


def _may_be_positive(signs: np.ndarray) -> bool:
    """Tell whether a mean with weights above zero of numbers with these signs may be zero or above."""
    return bool((signs > 0).any() or (signs == 0).all())
