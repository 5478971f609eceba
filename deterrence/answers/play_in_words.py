"""What equilibria with the same play are called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deterrence.answers.solution import Equilibrium


def class_key(equilibrium: Equilibrium) -> Any:
    """Return what an equilibrium shares with all of its class: its name, or its play where it is reached."""
    return equilibrium.name or equilibrium.path_pattern


def play_in_words(equilibrium: Equilibrium, sets: Sequence[int] | None = None) -> str:
    """Name an equilibrium's play: what is done, or mixed, at each information set that is reached.

    With ``sets`` only those information sets, by number, are told, unless it reaches none of them.
    """
    if equilibrium.name:
        return equilibrium.name
    form, parts = equilibrium.game.form, []
    for h, support in enumerate(equilibrium.path_pattern):
        if support is None or len(form.actions_of[h]) == 1 or (sets is not None and h not in sets):
            continue
        actions = " or ".join(form.actions_of[h][a] for a in support)
        parts.append(f"{form.set_names[h]}: {actions}")
    if not parts and sets is not None:
        return play_in_words(equilibrium)
    return "; ".join(parts) or "no choice"


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
