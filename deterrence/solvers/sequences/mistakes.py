"""Choices with vanishing mistakes, and the beliefs that they explain.

A likelihood is a multiple of a power of a small number: ``(draws, order, multiple)``. What nature excludes is less
likely than any mistake, so the branches of probability zero on the way count first. The more likely of two places has
the smaller pair of draws and order; places with equal ones are likely in proportion to their multiples. Beliefs made
so are limits of Bayes' rule (Kreps and Wilson 1982, lemmas A1 and A2).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from deterrence.games.form import ExtensiveForm

Likelihood = tuple[int, int, Fraction]
Mistakes = dict[int, list[tuple[int, Fraction]]]
"""For each information set the likelihood of each action: a multiple of a power of the small number."""


def leading(polynomial: Sequence[int]) -> tuple[int, int]:
    """Return the first power whose coefficient is not zero, and the coefficient."""
    return next((power, item) for power, item in enumerate(polynomial) if item)


def behaviour(form: ExtensiveForm, mistakes: Mistakes) -> list[tuple[Any, ...]]:
    """Return what is played at each information set as mistakes vanish; a single action is certain."""
    return [
        tuple(multiple if order == 0 else 0 for order, multiple in mistakes[h]) if h in mistakes else (1,)
        for h in range(len(form.nodes_of))
    ]


def beliefs(form: ExtensiveForm, chances: Sequence[Any], mistakes: Mistakes) -> list[tuple[Fraction, ...]]:
    """Return the belief in each node of each information set as mistakes vanish."""
    likelihoods = _likelihoods(form, chances, mistakes)
    return [_shares([likelihoods[node] for node in nodes]) for nodes in form.nodes_of]


def _shares(likelihoods: list[Likelihood]) -> tuple[Fraction, ...]:
    least = min((draws, order) for draws, order, _ in likelihoods)
    multiples = [multiple if (draws, order) == least else Fraction(0) for draws, order, multiple in likelihoods]
    total = sum(multiples)
    return tuple(multiple / total for multiple in multiples)


def _likelihoods(form: ExtensiveForm, chances: Sequence[Any], mistakes: Mistakes) -> list[Likelihood]:
    likelihoods = [(0, 0, Fraction(1))] * form.size
    for node, children in enumerate(form.children):
        draws, order, multiple = likelihoods[node]
        h = form.infoset_of[node]
        for branch, child in enumerate(children):
            if h in mistakes:
                more, share = mistakes[h][branch]
                likelihoods[child] = (draws, order + more, multiple * share)
            elif h >= 0 or chances[node][branch] == 1:
                likelihoods[child] = (draws, order, multiple)
            elif chances[node][branch]:
                likelihoods[child] = (draws, order, multiple * Fraction(chances[node][branch]))
            else:
                likelihoods[child] = (draws + 1, order, multiple)
    return likelihoods
