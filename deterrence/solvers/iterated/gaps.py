"""By how much a step's better choice exceeds the dominated one, as polynomials in the parameters."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from math import lcm
from typing import Any

from deterrence.solvers.iterated.places import Place, Places
from deterrence.solvers.iterated.rounds import Cut

Column = tuple[tuple[Any, ...], Any]
"""What the better choices exceed the dominated one by against some play of the others, and the odds of the place."""
MOST_ENTRIES = 20_000
"""With more payoffs to compare, no condition is derived."""


class SymbolicPlaces:
    """What plans pay from each place on, as elements of the field of rational functions of the parameters."""

    def __init__(self, places: Places, parametric: Any) -> None:
        self.places, self.form, self.parametric = places, places.form, parametric
        self._values: dict[Any, tuple[Any, Any]] = {}

    def size(self, cut: Cut) -> int:
        """Return how many payoffs a step compares."""
        number = 1 + len(cut.by)
        for i, names in enumerate(cut.kept):
            number *= len(names) if i != cut.player else 1
        return number

    def columns(self, cut: Cut) -> list[Column]:
        """Return for each way in which the others let the place be reached what each better choice gains, once each.

        Ways to which nature gives no chance at any parameter value are left out.
        """
        parts = [cut.part, *(part for part, _ in cut.by)]
        plans = [self.places.one_with(part, cut.player, cut.place, cut.kept) for part in parts]
        columns: dict[Any, Column] = {}
        for rest in self._others(cut):
            worth = [self._worth((*rest[: cut.player], plan, *rest[cut.player :]), cut) for plan in plans]
            odds = worth[0][1]
            if odds:
                gains = tuple(value - worth[0][0] for value, _ in worth[1:])
                columns[gains, odds] = (gains, odds)
        return list(columns.values())

    def _others(self, cut: Cut) -> Iterator[tuple[int, ...]]:
        return itertools.product(*(names for i, names in enumerate(cut.kept) if i != cut.player))

    def _worth(self, profile: tuple[int, ...], cut: Cut) -> tuple[Any, Any]:
        key = profile, cut.place, cut.player
        if key not in self._values:
            self._values[key] = self._walked(profile, cut.place, cut.player)
        return self._values[key]

    def _walked(self, profile: Sequence[int], place: Place, player: int) -> tuple[Any, Any]:
        """Return what a combination of plans pays by way of a place, and nature's odds that it is reached."""
        agent, form = self.parametric.agent, self.form
        steps = dict(step for i, k in enumerate(profile) for step in self.places.plans[i][k])
        total, odds = 0 * agent.one, agent.one if place is None else 0 * agent.one
        stack = [(0, agent.one, place is None)]
        while stack:
            node, weight, inside = stack.pop()
            h, children = form.infoset_of[node], form.children[node]
            if h == place and h is not None and h >= 0 and not inside:
                inside, odds = True, odds + weight
            if not children:
                total = total + weight * agent.payoffs[node][player] if inside else total
            elif h >= 0:
                stack.append((children[steps[h]], weight, inside))
            else:
                drawn = zip(children, agent.chances[node], strict=True)
                stack += [(child, weight * chance, inside) for child, chance in drawn if chance]
        return total, odds


def mixed_gain(gains: Sequence[Any], cut: Cut) -> Any:
    """Return what the mixture of a step gains, times a positive whole number."""
    scale = lcm(*(p.denominator for _, p in cut.by))
    weighted = [int(p * scale) * gain for (_, p), gain in zip(cut.by, gains, strict=True)]
    return sum(weighted[1:], weighted[0])
