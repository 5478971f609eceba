"""Mechanisms: functions from game to game, and the tree algebra that they are written in."""

from __future__ import annotations

from typing import Any

from deterrence import lazy

_NAMES = lazy.names_of(__name__)

__all__ = [*sorted(_NAMES)]  # noqa: PLE0604  (names, from the stub)


def __getattr__(name: str) -> Any:
    return lazy.load(__name__, _NAMES, name)


def __dir__() -> list[str]:
    return __all__
