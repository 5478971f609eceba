"""The one place where classes of equilibria get their names, no two in an answer the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from deterrence.answers.assessment import Assessment
from deterrence.answers.derived_name import choice, choices, phrase

LEAST = 2
"""A name that tells what is done tells at least so many choices, where there are as many."""
LONG = 90
"""A name with more in brackets than this has a number instead."""


def class_key(assessment: Assessment) -> Any:
    """Return what an equilibrium shares with all of its class: its declared name, or its play where it is reached."""
    return assessment.declared_name or assessment.path_pattern


def play_in_words(assessment: Assessment) -> str:
    """Return the same in words: no two classes have the same, and one class has it wherever it is met."""
    return assessment.declared_name or assessment.play


def class_names(assessments: Iterable[Assessment]) -> tuple[str, ...]:
    """Name the classes of one answer, no two the same.

    Each has its own name (see :attr:`Assessment.name`), and one that only tells what is done stops as soon as it is
    told apart. Where several share a name, brackets tell them apart: what is done on the path of play, else off it,
    else what is believed; at last a number.
    """
    members = tuple(assessments)
    names = _shortened(members)
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        alike = [k for k, other in enumerate(names) if other == name]
        for k, told in zip(alike, _told_apart([members[k] for k in alike]), strict=True):
            names[k] = f"{name} ({told})" if told else name
    return tuple(_numbered(names))


def _shortened(members: Sequence[Assessment]) -> list[str]:
    """Return the own names, those that tell what is done as short as may be."""
    names = [each.name for each in members]
    told = {k: choices(each.game.form, each.path_pattern) for k, each in enumerate(members) if _only_told(each)}
    for k, parts in told.items():
        others = [other for i, other in told.items() if i != k]
        for count in range(LEAST, len(parts) + 1):
            if all(other[:count] != parts[:count] for other in others):
                if len("; ".join(parts[:count])) < len(names[k]):
                    names[k] = "; ".join(parts[:count])
                break
    return names


def _only_told(assessment: Assessment) -> bool:
    form = assessment.game.form
    named = assessment.declared_name or form.simultaneous
    return not named and assessment.name == phrase(form, assessment.path_pattern)


def _numbered(names: Sequence[str]) -> list[str]:
    """Return names of which those that occur more than once have a number."""
    taken, numbered = set(names), []
    for k, name in enumerate(names):
        number = names[: k + 1].count(name)
        while names.count(name) > 1 and f"{name} [{number}]" in taken:
            number += 1
        numbered.append(f"{name} [{number}]" if names.count(name) > 1 else name)
        taken.add(numbered[-1])
    return numbered


def _told_apart(members: Sequence[Assessment]) -> list[str]:
    """Tell assessments apart by as few information sets as do it, those on the path first."""
    parts: list[list[str]] = [[] for _ in members]
    rows: list[tuple[str, ...]] = [() for _ in members]
    for facet, before in ((_on_path, ""), (_off_path, "off the path, "), (_believed, "")):
        chosen = _chosen([[facet(each, h) for each in members] for h in range(len(members[0].pattern))], rows)
        for k, words in enumerate(zip(*chosen, strict=True)):
            rows[k] += words
            if any(words):
                parts[k].append(before + "; ".join(filter(None, words)))
    joined = ["; ".join(row) for row in parts]
    return [words if len(words) <= LONG else "" for words in joined]


def _chosen(facets: Sequence[Sequence[str]], rows: Sequence[tuple[str, ...]]) -> list[Sequence[str]]:
    """Choose the facets that tell rows apart, the one that tells most of them first, as few as do it."""
    chosen: list[Sequence[str]] = []
    while facets and len(set(rows)) < len(rows):
        tried = [[(*row, word) for row, word in zip(rows, words, strict=True)] for words in facets]
        sizes = [len(set(each)) for each in tried]
        best = sizes.index(max(sizes))
        if sizes[best] == len(set(rows)):
            break
        chosen.append(facets[best])
        rows = tried[best]
    return chosen


def _on_path(assessment: Assessment, h: int) -> str:
    several = len(assessment.game.form.actions_of[h]) > 1
    return choice(assessment.game.form, h, assessment.pattern[h]) if several and assessment.reached[h] else ""


def _off_path(assessment: Assessment, h: int) -> str:
    several = len(assessment.game.form.actions_of[h]) > 1
    return choice(assessment.game.form, h, assessment.pattern[h]) if several and not assessment.reached[h] else ""


def _believed(assessment: Assessment, h: int) -> str:
    words = assessment.belief_in_words(h)
    return f"{assessment.game.form.set_names[h]}{words}" if words else ""
