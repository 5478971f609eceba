"""What play in cutoffs comes to, in numbers or formulas: payoffs and the probabilities of outcomes and actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from deterrence.solvers.continuum.cutoffs.agents import Agent, Path
from deterrence.solvers.continuum.cutoffs.arithmetic import divided
from deterrence.solvers.continuum.cutoffs.off_path import Solved
from deterrence.solvers.continuum.cutoffs.reading import Reading


@dataclass(frozen=True)
class Outcomes:
    """Expected payoffs by player, and probabilities by outcome and by (player, action)."""

    payoffs: Mapping[str, Any]
    outcomes: Mapping[str, Any]
    actions: Mapping[tuple[str, str], Any]


def outcomes_of(reading: Reading, solved: Solved) -> Outcomes:
    """Return what play in cutoffs comes to where all laws are uniform."""
    form = reading.form
    payoffs: list[Any] = [_common(reading, i) for i in range(len(form.players))]
    outcomes: dict[str, Any] = dict.fromkeys(reading.game.outcomes, 0)
    actions: dict[tuple[str, str], Any] = {
        key: 0
        for h, names in enumerate(form.actions_of)
        for a in names
        for key in (("", a), (form.players[form.player_of[h]], a))
    }
    for path in reading.paths:
        weight = reading.weight(path)
        for d, steps in path.steps.items():
            weight = weight * _mass(solved, d, reading.agents[d].consistent(steps))
        if weight == 0:
            continue
        outcomes[str(form.outcome[path.node])] += weight
        for key in _taken(reading, path):
            actions[key] += weight
        for i in range(len(form.players)):
            payoffs[i] += _payoff(reading, solved, path, i)
    return Outcomes(dict(zip(form.players, payoffs, strict=True)), outcomes, actions)


def _taken(reading: Reading, path: Path) -> set[tuple[str, str]]:
    """Return the actions that are taken somewhere on a path, by somebody and by anybody."""
    form = reading.form
    taken = set()
    for steps in path.steps.values():
        for h, a in steps.items():
            name = form.actions_of[h][a]
            taken |= {("", name), (form.players[form.player_of[h]], name)}
    return taken


def _mass(solved: Solved, d: int, plans: frozenset[int]) -> Any:
    total: Any = 0
    for _, _, _, masses in solved.intervals[d]:
        for s, mass in masses.items():
            if s in plans:
                total = total + mass
    return total


def _payoff(reading: Reading, solved: Solved, path: Path, player: int) -> Any:
    """Return a player's payoff at an end times the probability of getting there."""
    total: Any = 0
    for coefficient, names in reading.terms[path.node][player]:
        value = reading.weight(path) * coefficient
        left = set(names)
        for d, steps in path.steps.items():
            agent = reading.agents[d]
            plans = agent.consistent(steps)
            if agent.variable in left:
                left.discard(str(agent.variable))
                value = value * _integral(reading, solved, agent, plans)
            else:
                value = value * _mass(solved, d, plans)
        for name in left:
            value = value * reading.mean(name)
        total = total + value
    return total


def _integral(reading: Reading, solved: Solved, agent: Agent, plans: frozenset[int]) -> Any:
    """Return the integral of an agent's type over the types that follow some plans."""
    total: Any = 0
    least, most = reading.ends(agent)
    for _, low, high, masses in solved.intervals[agent.number]:
        inside: Any = 0
        whole: Any = 0
        for s, mass in masses.items():
            whole = whole + mass
            inside = inside + (mass if s in plans else 0)
        if inside == 0:
            continue
        area = divided(high * high - low * low, 2 * (most - least))
        total = total + (area if inside == whole else area * divided(inside, whole))
    return total


def _common(reading: Reading, player: int) -> Any:
    """Return the mean of the terms that stand in a player's payoff at every end."""
    total: Any = 0
    for coefficient, powers in reading.common[player]:
        value = reading.arithmetic.element(coefficient)
        for name, power in powers.items():
            low, high = reading.arithmetic.ends(reading.laws[name])
            value = value * divided(high ** (power + 1) - low ** (power + 1), (power + 1) * (high - low))
        total = total + value
    return total + Fraction(0)
