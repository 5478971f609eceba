"""Rules that pick one equilibrium where several exist, asked for by name and never applied silently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium
from deterrence.answers.measure import Measure, payoff
from deterrence.answers.solution import Equilibrium, Solution
from deterrence.errors import MethodError, ParameterError, unknown
from deterrence.games.game import Game
from deterrence.grid.cover import Cover
from deterrence.grid.table import ClassOnPoints

RULES = ("payoff-dominant", "risk-dominant")
CLOSE = 1e-9


def needed_measures(rule: Any, game: Game) -> tuple[Measure, ...]:
    """Return what a rule has to know of every class, beside what is asked."""
    return tuple(map(payoff, game.players)) if rule == "payoff-dominant" else ()


def select_name(rule: Any) -> str:
    """Return a rule in words."""
    return rule if isinstance(rule, str) else getattr(rule, "__name__", repr(rule))


def selected(rule: Any, cover: Cover, classes: Sequence[ClassOnPoints], count: int) -> np.ndarray:
    """Return the first ``count`` measures in the equilibrium a rule picks at each point; NaN where it picks none.

    Parameters
    ----------
    rule
        ``"payoff-dominant"`` (every player gets more than in any other class), ``"risk-dominant"`` (games of
        two players with two strategies each), a class's name, a callable from a ``Solution`` to an
        ``Equilibrium`` (or ``None``), or ``Quantal(…)``: the equilibrium nearest to the quantal response.
    cover
        A search that has been run.
    classes
        What it found.
    count
        How many of its measures are asked for.
    """
    if rule == "payoff-dominant":
        return _by_position(_payoff_dominant(classes, count), classes, count)
    if rule == "risk-dominant":
        return _point_by_point(cover, _risk_dominant, count)
    if isinstance(rule, str):
        names = [kind.name for kind in classes]
        if rule not in names:
            raise unknown("selection rule or equilibrium class", rule, (*RULES, *names))
        chosen = np.where(classes[names.index(rule)].exists, names.index(rule), -1)
        return _by_position(chosen, classes, count)
    if hasattr(rule, "rationality"):
        return _point_by_point(cover, lambda solution: nearest_to_quantal(solution, rule), count)
    if callable(rule):
        return _point_by_point(cover, rule, count)
    raise ParameterError(
        f"select={rule!r} is no rule; give 'risk-dominant', 'payoff-dominant', a class's name, Quantal(…), or a "
        "callable from a Solution to one of its equilibria."
    )


def _by_position(chosen: np.ndarray, classes: Sequence[ClassOnPoints], count: int) -> np.ndarray:
    values = np.full((count, len(chosen)), np.nan)
    for k, kind in enumerate(classes):
        at = chosen == k
        values[:, at] = (kind.low[:count, at] + kind.high[:count, at]) / 2
    return values


def _payoff_dominant(classes: Sequence[ClassOnPoints], count: int) -> np.ndarray:
    """Return the class in which every player gets more than in each other one, or -1."""
    size = len(classes[0].exists) if classes else 0
    chosen = np.full(size, -1)
    for k, kind in enumerate(classes):
        best = kind.exists.copy()
        for other in classes:
            if other is not kind:
                more = (kind.low[count:] > other.high[count:] + CLOSE).all(axis=0)
                best &= more | ~other.exists
        chosen[best] = k
    return chosen


def _point_by_point(cover: Cover, rule: Any, count: int) -> np.ndarray:
    values = np.full((count, len(cover.points)), np.nan)
    for i, point in enumerate(cover.points):
        if cover.masked[i]:
            continue
        if cover.progress is not None:
            cover.progress(i / len(cover.points))
        solution = cover.method.solve(cover.game.at(dict(zip(cover.names, point, strict=True))))
        picked = rule(solution) if solution else None
        if picked is None:
            continue
        if not isinstance(picked, (Equilibrium, ContinuumEquilibrium)):
            raise MethodError(f"The selection rule returned {picked!r}; it must return one of the equilibria, or None.")
        values[:, i] = [float(measure(picked)) for measure in cover.measures[:count]]
    return values


def _risk_dominant(solution: Solution) -> Equilibrium | None:
    from deterrence.refinements import risk_dominant

    kept = solution if len(solution) == 1 else risk_dominant(solution)
    return kept[0] if len(kept) == 1 else None


def nearest_to_quantal(solution: Solution, quantal: Any) -> Equilibrium | None:
    """Return the equilibrium whose choices are nearest to those of a quantal response equilibrium.

    Where choices at some information set are free, the listed member is compared; a tie picks none.
    """
    if solution.stand_in:
        raise MethodError(
            f"The equilibrium nearest to a quantal response is sought among all, one by one, and there are "
            f"{solution.count:,}; a selection rule of your own may look at some of them, solution[:1000]."
        )
    answer = quantal.solve(solution.game)
    if not len(answer):
        return None
    target = np.concatenate([[float(p) for p in row] for row in answer[0].behaviour])
    away = [
        float(np.abs(np.concatenate([[float(p) for p in row] for row in e.behaviour]) - target).sum()) for e in solution
    ]
    order = np.argsort(away)
    tie = len(away) > 1 and away[order[1]] - away[order[0]] < CLOSE
    return None if tie else solution[int(order[0])]


def with_measures(cover: Cover, more: tuple[Measure, ...]) -> Cover:
    """Return the same search with further measures."""
    return replace(cover, measures=(*cover.measures, *more))
