"""Published models, one a file in its work's folder, and real crises under ``cases``."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_PLACES = {
    "deterrence.models.catalogue": ("check", "load", "names", "table"),
    "deterrence.models.claim": ("Check", "CheckedClaim", "Claim", "Finding"),
    "deterrence.models.model": ("Model",),
    "deterrence.models.references": ("Reference", "bibliography", "reference"),
}
_PLACE_OF = {name: place for place, names in _PLACES.items() for name in names}

__all__ = [*sorted(_PLACE_OF)]  # noqa: PLE0604  (names, from the table above)


def __getattr__(name: str) -> Any:
    if name in _PLACE_OF:
        value = getattr(import_module(_PLACE_OF[name]), name)
        globals()[name] = value
        return value
    if name == "ask":
        return import_module("deterrence.models.ask")
    raise AttributeError(f"module 'deterrence.models' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
