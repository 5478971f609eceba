"""When two answers are equal: when what they were asked and what they found is the same, arrays included."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cached_property
from numbers import Number
from typing import Any

Pairs = set[tuple[int, int]]


class Value:
    """A frozen dataclass that equals another one with the same fields, and hashes by its kind and its game.

    A generated ``==`` would fail on arrays, and on numbers that are not there (NaN), which differ from themselves.
    Fields with ``compare=False`` follow from the others.
    """

    def __eq__(self, other: object) -> bool:
        return same(self, other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self).__qualname__, self.__dict__.get("game")))


def same(one: Any, other: Any, met: Pairs | None = None) -> bool:
    """Tell whether two values are the same: number by number in arrays, and field by field in values."""
    if one is other:
        return True
    if isinstance(one, float) and isinstance(other, float):
        return one == other or (math.isnan(one) and math.isnan(other))
    if type(one) is not type(other):
        return isinstance(one, Number) and isinstance(other, Number) and bool(one == other)
    met = set() if met is None else met
    if (id(one), id(other)) in met:  # being compared already, farther up
        return True
    met.add((id(one), id(other)))
    if isinstance(one, (tuple, list)):
        return len(one) == len(other) and all(same(a, b, met) for a, b in zip(one, other, strict=True))
    if isinstance(one, Mapping):
        return list(one) == list(other) and all(same(one[key], other[key], met) for key in one)
    return _same_things(one, other, met)


def _same_things(one: Any, other: Any, met: Pairs) -> bool:
    """Tell whether two things of one kind are the same that are no numbers and hold no others openly."""
    if getattr(one, "is_Boolean", False):  # conditions of SymPy, whose own "equals" refuses those with comparisons
        return bool(one == other)
    if hasattr(one, "equals"):  # tables of Pandas, and data of Xarray
        return bool(one.equals(other))
    if hasattr(one, "dtype") and hasattr(one, "shape"):
        return _same_arrays(one, other, met)
    kinds: tuple[Any, ...] = (object.__eq__, Value.__eq__)
    if type(one).__eq__ in kinds:
        mine, theirs = _state(one), _state(other)
        return mine.keys() == theirs.keys() != set() and all(same(mine[key], theirs[key], met) for key in mine)
    return bool(one == other)


def _same_arrays(one: Any, other: Any, met: Pairs) -> bool:
    if one.shape != other.shape or one.dtype != other.dtype:
        return False
    if one.dtype == object:
        return same(one.ravel().tolist(), other.ravel().tolist(), met)
    missing = (one != one) & (other != other)  # noqa: PLR0124  (NaN alone differs from itself)
    return bool(((one == other) | missing).all())


def _state(value: Any) -> dict[str, Any]:
    """Return what a value consists of: the fields that are compared, or the attributes but for cached ones."""
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value) if field.compare}
    kind = type(value)
    slots = [name for base in kind.__mro__ for name in getattr(base, "__slots__", ()) if hasattr(value, name)]
    held = {name: getattr(value, name) for name in slots if name not in ("__dict__", "__weakref__")}
    own = getattr(value, "__dict__", {})
    return held | {key: own[key] for key in own if not isinstance(getattr(kind, key, None), cached_property)}
