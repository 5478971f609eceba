"""Where other orders of elimination end: weak dominance depends on the order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from deterrence.solvers.iterated.places import Places
from deterrence.solvers.iterated.rounds import Cut, Rule, whole, without

Left = tuple[tuple[int, ...], ...]
MOST_STATES = 300
"""So many combinations of strategies left are looked at."""
MOST_AT_ONCE = 8
"""Of more strategies that are dominated together, not every selection is taken out."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What a search of the orders of elimination found.

    Attributes
    ----------
    ends
        Where orders end, as positions of the strategies left.
    states
        How many combinations of strategies left were looked at.
    complete
        Whether every order was followed, whatever is taken out together.
    """

    ends: tuple[Left, ...]
    states: int
    complete: bool


def other_orders(places: Places, rule: Rule, first: Left) -> Orders:
    """Follow every order, of any selection of dominated strategies at a time, as far as the limits go.

    ``first`` is where the order that was asked for ends; it comes first.
    """
    ends, seen, stack, complete = {first: None}, {whole(places)}, [whole(places)], True
    while stack:
        kept = stack.pop()
        cuts = [cut for i in range(len(kept)) for cut in rule.cuts(places, i, kept, 0)]
        if not cuts:
            ends[kept] = None
        complete = complete and len(cuts) <= MOST_AT_ONCE
        for selection in _selections(cuts):
            after = without(kept, selection)
            if after in seen:
                continue
            if len(seen) >= MOST_STATES:
                return Orders(tuple(ends), len(seen), complete=False)
            seen.add(after)
            stack.append(after)
    return Orders(tuple(ends), len(seen), complete)


def _selections(cuts: list[Cut]) -> list[tuple[Cut, ...]]:
    """Return what may be taken out together: any selection, or of many each alone and all."""
    if len(cuts) > MOST_AT_ONCE:
        return [*((cut,) for cut in cuts), tuple(cuts)]
    return [some for size in range(1, len(cuts) + 1) for some in combinations(cuts, size)]


def depends(orders: Orders) -> bool | None:
    """Tell whether the order matters; None where the search cannot say."""
    if len(orders.ends) > 1:
        return True
    return False if orders.complete else None
