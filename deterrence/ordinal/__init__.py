"""Ordinal conflicts: who can move where and prefers what, without a number; stability and theory of moves."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_PLACES = {
    "deterrence.ordinal.conflict": ("Conflict",),
    "deterrence.ordinal.options": ("conflict_from_options",),
    "deterrence.ordinal.stability": ("CONCEPTS", "Stability", "stability"),
    "deterrence.ordinal.stabilising": ("Stabilising", "stabilising_preferences"),
    "deterrence.ordinal.moves": ("NonMyopic", "theory_of_moves"),
}
_PLACE_OF = {name: place for place, names in _PLACES.items() for name in names}

__all__ = [*sorted(_PLACE_OF)]  # noqa: PLE0604  (names, from the table above)


def __getattr__(name: str) -> Any:
    if name in _PLACE_OF:
        return getattr(import_module(_PLACE_OF[name]), name)
    raise AttributeError(f"module 'deterrence.ordinal' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
