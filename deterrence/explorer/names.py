"""Names of classes that differ within an answer."""

from __future__ import annotations

from collections import Counter

from deterrence.answers.classes import Characterization


def class_names(found: Characterization) -> list[str]:
    """Return a name for each class: what the game calls it, or its play; equal ones are numbered."""
    plain = [kind.name or kind.play for kind in found]
    often, met, names = Counter(plain), Counter(), []  # type: ignore[var-annotated]
    for name in plain:
        met[name] += 1
        names.append(f"{name} ({met[name]})" if often[name] > 1 else name)
    return names
