"""What equilibria with the same play are called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deterrence.answers.assessment import NO_CHOICE, Assessment, play_at
from deterrence.answers.solution import Equilibrium


def class_key(equilibrium: Equilibrium) -> Any:
    """Return what an equilibrium shares with all of its class: its name, or its play where it is reached."""
    return equilibrium.name or equilibrium.path_pattern


def play_in_words(assessment: Assessment, sets: Sequence[int] | None = None) -> str:
    """Return the name of an assessment's class, else what is done at each information set that is reached.

    With ``sets`` only those information sets, by number, are named, unless it reaches none of them.
    """
    if assessment.name:
        return assessment.name
    words = play_at(assessment, sorted(sets or ()))
    return assessment.play if words == NO_CHOICE else words


def short_names(examples: Sequence[Equilibrium]) -> list[str]:
    """Name classes by as few information sets as tell them apart, earlier ones first; no name occurs twice."""
    if not examples:
        return []
    told: list[int] = []
    rows = [example.path_pattern for example in examples]
    while len({tuple(row[h] for h in told) for row in rows}) < len(set(rows)):
        gains = [len({tuple(row[h] for h in (*told, k)) for row in rows}) for k in range(len(rows[0]))]
        told.append(gains.index(max(gains)))
    names = [play_in_words(example, told or None) for example in examples]
    names = [play_in_words(e) if names.count(name) > 1 else name for e, name in zip(examples, names, strict=True)]
    return [f"{name} ({names[:k].count(name) + 1})" if name in names[:k] else name for k, name in enumerate(names)]
