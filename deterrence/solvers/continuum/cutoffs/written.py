"""An equilibrium in words and numbers, from the intervals of types and the replies off the path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from deterrence.answers.assessment import Free
from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium
from deterrence.answers.continuum.strategies import Cutoffs
from deterrence.solvers.continuum.cutoffs.agents import Agent
from deterrence.solvers.continuum.cutoffs.off_path import Reply, Solved, factor_of
from deterrence.solvers.continuum.cutoffs.reading import MEAN, Reading, upper_envelope
from deterrence.solvers.continuum.playing import played

Row = tuple[Any, Any, Mapping[int, Any]]
"""Types between two ends, and the probability of each action by its number."""
CONCEPT = "perfect Bayesian equilibrium"


def written(reading: Reading, solved: Solved, replies: Sequence[Reply], error: float) -> ContinuumEquilibrium:
    """Return an equilibrium with what follows from it."""
    game, form = reading.game, reading.form
    rules: dict[str, Cutoffs] = {}
    for agent in reading.agents:
        for h in agent.sets:
            rows = _rows(reading, solved, replies, agent, h)
            named = [(a, b, {form.actions_of[h][x]: p for x, p in done.items()}) for a, b, done in rows]
            rules[form.set_names[h]] = Cutoffs.of(agent.variable, *named)
    result = played(game, rules)
    free = tuple(_free(reading, reply) for reply in replies if reply.low < reply.high)
    return ContinuumEquilibrium(
        game,
        CONCEPT,
        tuple((name, rules[name]) for name in form.set_names),
        (),
        tuple(result.payoffs.items()),
        tuple(result.outcomes.items()),
        tuple(result.actions.items()),
        result.behaviour,
        result.reached,
        tuple(None for _ in form.set_names),
        free,
        error,
    )


def _free(reading: Reading, reply: Reply) -> Free:
    root = reading.agents[reply.agent].root
    form = reading.form
    return Free(form.set_names[root], "probability", form.actions_of[root][1], reply.low, reply.high, reply.agent)


def _rows(reading: Reading, solved: Solved, replies: Sequence[Reply], agent: Agent, h: int) -> list[Row]:
    """Return what the types of an agent do at one of its information sets."""
    reply = next((r for r in replies if r.agent == agent.number), None)
    if reply is not None and h == agent.root:
        return _reply_rows(reading, agent, reply)
    envelope = _best_rows(reading, solved, agent, h)
    if solved.chosen[agent.number] is None:
        return envelope
    rows: list[Row] = []
    for _, low, high, masses in solved.intervals[agent.number]:
        doing: dict[int, Any] = {}
        for s, mass in masses.items():
            action = dict(agent.plans[s]).get(h)
            if action is not None:
                doing[action] = doing.get(action, 0) + mass
        total = sum(doing.values())
        if agent.variable is None:
            return (
                [(-float("inf"), float("inf"), {a: _ratio(m, total) for a, m in doing.items()})] if doing else envelope
            )
        if doing:
            rows.append((low, high, {a: _ratio(m, total) for a, m in doing.items()}))
        else:
            rows += [(max(a, low), min(b, high), d) for a, b, d in envelope if max(a, low) < min(b, high)]
    return _joined(rows)


def _ratio(mass: Any, total: Any) -> Any:
    return mass / total if isinstance(total, float) else Fraction(mass) / total


def _reply_rows(reading: Reading, agent: Agent, reply: Reply) -> list[Row]:
    if agent.variable is None:
        done = {0: 1 - reply.value, 1: reply.value}
        return [(-float("inf"), float("inf"), {a: p for a, p in done.items() if p})]
    law = reading.laws[agent.variable]
    low, high = law.ends
    order = (0, 1) if reply.rising else (1, 0)
    below = 1 - reply.value if reply.rising else reply.value
    cut = law.ppf(below)
    rows: list[Row] = [(low, cut, {order[0]: 1}), (cut, high, {order[1]: 1})]
    return [row for row in rows if row[0] < row[1]]


def _best_rows(reading: Reading, solved: Solved, agent: Agent, h: int) -> list[Row]:
    """Return what is best at an information set for each type, where others' play leads there."""
    if h in agent.last:
        return [(a, b, {action: 1}) for a, b, action in agent.last[h]]
    suffixes: dict[tuple[tuple[int, int], ...], int] = {}
    below = {g for g in agent.sets if g == h or _after(reading, h, g)}
    for k, plan in enumerate(agent.plans):
        if h in dict(plan):
            suffixes.setdefault(tuple(step for step in plan if step[0] in below), k)
    lines = [_line(reading, solved, agent, k, h) for k in suffixes.values()]
    ends = (-float("inf"), float("inf")) if agent.variable is None else reading.laws[agent.variable].ends
    rows = upper_envelope(lines, *ends) or ((*ends, 0),)
    actions = [dict(suffix)[h] for suffix in suffixes]
    return _joined([(a, b, {actions[k]: 1}) for a, b, k in rows])


def _after(reading: Reading, h: int, g: int) -> bool:
    return any(step[0] == h for step in reading.form.own_steps[g])


def _line(reading: Reading, solved: Solved, agent: Agent, plan: int, h: int) -> tuple[Any, Any]:
    """Return what a plan is worth on the paths through an information set: height and slope."""
    height: Any = 0
    slope: Any = 0
    for path in reading.paths:
        steps = path.steps.get(agent.number, {})
        if h not in steps or plan not in agent.consistent(steps):
            continue
        line: dict[Any, dict[str, Any]] = {}
        reading.add_end(line, agent, path, reading.weight(path))
        for key, entry in line.items():
            weight: Any = 1
            for d, plans, counted in key:
                weight = weight * (
                    0 if solved.chosen[d] is None else factor_of(reading, solved, d, plans, counted=counted)
                )
            height = height + weight * entry.get(MEAN, 0)
            slope = slope + weight * entry.get(agent.variable or "-", 0)
    return height, slope


def _joined(rows: Sequence[Row]) -> list[Row]:
    """Join neighbours that do the same."""
    joined: list[Row] = []
    for low, high, done in rows:
        if joined and dict(joined[-1][2]) == dict(done):
            joined[-1] = (joined[-1][0], high, done)
        else:
            joined.append((low, high, done))
    return joined
