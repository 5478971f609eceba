"""In which order decisions are taken: what depends on nothing first, loops that depend on each other together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from deterrence.solvers.continuum.shocks.reading import Reading
from deterrence.solvers.continuum.shocks.ways import ways_of


@dataclass(frozen=True)
class Loop:
    """Decisions that depend on each other, or a single one that depends on no other of them.

    Attributes
    ----------
    places
        The numbers of the decisions.
    round
        Whether they go round: whether any depends on itself through others.
    cut
        The decision between two actions without which the rest depends on nothing round, where there is one.
    rest
        The others, each after those that it depends on, where there is a cut.
    """

    places: tuple[int, ...]
    round: bool
    cut: int | None = None
    rest: tuple[int, ...] = ()


def needs_of(reading: Reading) -> list[set[int]]:
    """Return for each decision the decisions on which what it is worth depends."""
    needs: list[set[int]] = []
    for ways in ways_of(reading):
        steps = [step for way in ways.through for step in way.others]
        steps += [step for _, others in ways.towards for step in others]
        needs.append({reading.place_of[h] for h, _ in steps} | means_of(reading, len(needs)))
    return needs


def means_of(reading: Reading, place: int) -> set[int]:
    """Return the decisions whose shocks, as they are on average where something is chosen, a decision looks at."""
    return {at for way in ways_of(reading)[place].through for _, _, at, _ in way.pay.leaning}


def loops_of(reading: Reading) -> tuple[Loop, ...]:
    """Return the loops, each after those that it depends on."""
    needs = needs_of(reading)
    far = [_reached(needs, place) for place in range(len(needs))]
    done: list[Loop] = []
    left = list(range(len(needs)))
    while left:
        first = next(k for k in left if all(j not in left or k in far[j] for j in far[k]))
        group = tuple(k for k in left if k == first or (k in far[first] and first in far[k]))
        done.append(_loop(reading, needs, group, round_=first in far[first]))
        left = [k for k in left if k not in group]
    return tuple(done)


def _reached(needs: list[set[int]], place: int) -> set[int]:
    found: set[int] = set()
    stack = list(needs[place])
    while stack:
        k = stack.pop()
        if k not in found:
            found.add(k)
            stack += needs[k]
    return found


def _loop(reading: Reading, needs: list[set[int]], group: tuple[int, ...], *, round_: bool) -> Loop:
    if not round_:
        return Loop(group, round=False)
    looked_at = {k for place in group for k in means_of(reading, place)}
    able = [k for k in group if len(reading.decisions[k].plans) == 2 and k not in looked_at]
    for cut in sorted(able, key=lambda k: bool(reading.decisions[k].names)):
        rest = _ordered(needs, [k for k in group if k != cut])
        if rest is not None and all(reading.decisions[k].names for k in rest):
            return Loop(group, round=True, cut=cut, rest=rest)
    return Loop(group, round=True)


def _ordered(needs: list[set[int]], places: Iterable[int]) -> tuple[int, ...] | None:
    """Return decisions each after those that it depends on; None where they go round."""
    left, order = list(places), []
    while left:
        free = next((k for k in left if not needs[k] & set(left)), None)
        if free is None:
            return None
        order.append(free)
        left.remove(free)
    return tuple(order)
