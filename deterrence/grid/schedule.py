"""The order in which steps are taken, in stages, and the memory that they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from deterrence.grid.steps import TRUTHS, Steps

ROWS, COLUMNS = 1, 2
GIVEN = {"column", "number", "truth"}
Stages = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Hold over which sides of a block each step varies, the steps of each stage, and each step's register.

    ``kinds`` says of every register over which sides its numbers vary, and whether they are truths;
    ``columns`` which steps are values of which parameter.
    """

    varies: list[int]
    stages: list[list[int]]
    registers: dict[int, int]
    kinds: list[tuple[int, bool]]
    columns: list[tuple[int, int]]


def schedule(steps: Steps, stages: Stages, sides: tuple[int, ...], lasting: int) -> Schedule:
    """Return a schedule; it is made once for the same steps."""
    found: Schedule = steps.told((stages, sides, lasting), lambda: _made(steps, stages, sides, lasting))
    return found


def varying(steps: Steps, sides: Sequence[int]) -> list[int]:
    """Return over which sides of a block each step varies."""
    found: list[int] = []
    for place, (kind, *rest) in enumerate(steps.rows):
        over = sides[rest[0]] if kind == "column" else 0
        for i in steps.inputs(place):
            over |= found[i]
        found.append(over)
    return found


def _made(steps: Steps, stages: Stages, sides: tuple[int, ...], lasting: int) -> Schedule:
    varies, ordered = varying(steps, sides), _ordered(steps, stages)
    registers, kinds = _assigned(steps, ordered, _last_uses(steps, ordered, stages, lasting), varies)
    columns = [(place, steps.rows[place][1]) for place in registers if steps.rows[place][0] == "column"]
    return Schedule(varies, ordered, registers, kinds, columns)


def _ordered(steps: Steps, stages: Stages) -> list[list[int]]:
    """Return the steps of each stage in order; what several stages need belongs to the first."""
    owner: dict[int, int] = {}
    for stage, wanted in enumerate(stages):
        open_steps, seen = list(wanted), set(wanted)
        while open_steps:
            place = open_steps.pop()
            owner[place] = stage if owner.get(place, stage) == stage else 0
            more = [i for i in steps.inputs(place) if i not in seen]
            seen.update(more)
            open_steps += more
    ordered: list[list[int]] = [[] for _ in stages]
    for place in sorted(owner):  # a step stands after what it needs
        ordered[owner[place]].append(place)
    return ordered


def _last_uses(steps: Steps, ordered: list[list[int]], stages: Stages, lasting: int) -> dict[int, int]:
    """Return after how many steps each is no longer needed."""
    order = [place for places in ordered for place in places]
    last: dict[int, int] = {}
    for at, place in enumerate(order):
        last[place] = max(last.get(place, at), at)
        for i in steps.inputs(place):
            last[i] = at
    end = 0
    for stage, wanted in enumerate(stages):
        end += len(ordered[stage])
        for place in wanted:
            last[place] = max(last[place], len(order) if stage < lasting else end)
    return last


def _assigned(
    steps: Steps, ordered: list[list[int]], last: dict[int, int], varies: Sequence[int]
) -> tuple[dict[int, int], list[tuple[int, bool]]]:
    """Give every step a register, again that of steps which nothing after them needs."""
    leaving: dict[int, list[int]] = {}
    for place, at in last.items():
        leaving.setdefault(at, []).append(place)
    free: dict[Any, list[int]] = {}
    registers: dict[int, int] = {}
    kinds: list[tuple[int, bool]] = []
    for at, place in enumerate(place for places in ordered for place in places):
        kind = steps.rows[place][0]
        key = varies[place], kind in TRUTHS
        lent = free.get(key, []) if kind not in GIVEN else []
        if not lent:
            kinds.append(key)
        registers[place] = lent.pop() if lent else len(kinds) - 1
        for gone in leaving.get(at, ()):
            if steps.rows[gone][0] not in GIVEN:
                free.setdefault(kinds[registers[gone]], []).append(registers[gone])
    return registers, kinds
