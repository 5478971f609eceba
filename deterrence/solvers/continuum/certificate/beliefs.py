"""Beliefs that are told in numbers, by Bayes' rule anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deterrence.solvers.continuum.certificate.anew import Anew, density_at


def belief_error(played: Anew, equilibrium: Any) -> tuple[Any, str]:
    """Return the greatest difference between a belief that is told in numbers and Bayes' rule, and where it is."""
    form = played.setting.tree.form
    worst: tuple[Any, str] = (0, "")
    for h, told in enumerate(equilibrium.belief):
        if not isinstance(told, Mapping):
            continue
        for error, what in _errors(played, h, told):
            if error > worst[0]:
                worst = error, f"the belief at {form.set_names[h]!r} in {what} is not Bayes' rule"
    return worst


def _errors(played: Anew, h: int, told: Mapping[str, Any]) -> list[tuple[Any, str]]:
    form, number = played.setting.tree.form, played.setting.profile.arithmetic.number
    reach = {node: sum((p for _, p in density_at(played, node)), start=number(0)) for node in form.nodes_of[h]}
    whole = sum(reach.values(), start=number(0))
    histories = {form.history(node): p for node, p in reach.items()}
    errors = []
    masses = [value for name, value in told.items() if not _is_cells(value) and name in histories]
    if masses:
        errors.append((abs(sum(map(number, masses), start=number(0)) - 1), "all histories together"))
    for name, value in told.items():
        if _is_cells(value):
            errors += _cells(played, h, name, value)
        elif name in histories and whole > 0:
            errors.append((abs(number(value) - histories[name] / whole), name))
    return errors


def _cells(played: Anew, h: int, name: str, told: Any) -> list[tuple[Any, str]]:
    """Return the errors of a belief about a type, told as triples of two ends and a weight."""
    number = played.setting.profile.arithmetic.number
    nodes = played.setting.tree.form.nodes_of[h]
    rows = [((number(low), number(high), number(1)),) for low, high, _ in told]
    weights = [number(weight) for *_, weight in told]
    errors = [(abs(sum(weights, start=number(0)) - 1), name)]
    states = [(state, p) for node in nodes for state, p in density_at(played, node) if p > 0]
    whole = sum((p for _, p in states), start=number(0))
    if whole == 0 or any(name not in state.densities for state, _ in states):
        return errors
    for (row,), weight in zip(rows, weights, strict=True):
        inside: Any = number(0)
        for state, p in states:
            density = state.densities[name]
            inside = inside + p * density.times((row,)).moment(0) / density.moment(0)
        errors.append((abs(inside / whole - weight), name))
    return errors


def _is_cells(value: Any) -> bool:
    return isinstance(value, (list, tuple))
