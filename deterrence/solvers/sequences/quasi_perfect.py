"""One sequential equilibrium of a game in which two players choose, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from deterrence.games.form import ExtensiveForm
from deterrence.solvers.sequences import mistakes as vanishing
from deterrence.solvers.sequences.complementary import Weights
from deterrence.solvers.sequences.mistakes import Mistakes, leading
from deterrence.solvers.sequences.pivoting import equilibrium_weights
from deterrence.solvers.sequences.sequence_form import Choices
from deterrence.solvers.sequences.stages import Stage, choices_at, choosing_players, pair_of_players

Profile = tuple[list[tuple[Any, ...]], list[tuple[Fraction, ...]]]
"""Behaviour and beliefs at every information set."""


def quasi_perfect(form: ExtensiveForm, numbers: Any) -> Profile | None:
    """Return an equilibrium's behaviour and beliefs, or None where it takes too many steps or more players choose."""
    if len(choosing_players(form)) > 2:
        return None
    mistakes: Mistakes = {}
    for draws, sets in _by_draws(form, numbers[1]).items():
        choices = choices_at(form, pair_of_players(form), sets)
        weights = equilibrium_weights(Stage(form, numbers, choices, draws, mistakes).sequence_form)
        if weights is None:
            return None
        for own, own_weights in zip(choices, weights, strict=True):
            mistakes = mistakes | _mistakes(own, own_weights)
    return vanishing.behaviour(form, mistakes), vanishing.beliefs(form, numbers[1], mistakes)


def _by_draws(form: ExtensiveForm, chances: Sequence[Any]) -> dict[int, list[int]]:
    """Return the information sets by how many branches of probability zero lead there at least."""
    draws = [0] * form.size
    for node, children in enumerate(form.children):
        for branch, child in enumerate(children):
            draws[child] = draws[node] + (form.infoset_of[node] < 0 and chances[node][branch] == 0)
    stages: dict[int, list[int]] = {}
    for h, nodes in enumerate(form.nodes_of):
        stages.setdefault(min(draws[node] for node in nodes), []).append(h)
    return dict(sorted(stages.items()))


def _mistakes(own: Choices, weights: Weights) -> Mistakes:
    """Return the likelihood of each action from the weights of the sequences."""
    parts = [leading(item) for item in weights]

    def action(before: int, after: int) -> tuple[int, Fraction]:
        return parts[after][0] - parts[before][0], Fraction(parts[after][1], parts[before][1])

    return {
        h: [action(before, sequence) for sequence in after]
        for h, before, after in zip(own.sets, own.before, own.after, strict=True)
    }
