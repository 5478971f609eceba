"""Continuous (or infinitely repeated) models: continuous types and actions, wars of attrition, repeated play.

Such a model is a frozen value, :class:`ContinuousGame`, that answers ``solve``, ``sweep``, ``threshold`` and
``sensitivity`` as a game does. It is written with :func:`continuous`; the other functions here find equilibria
in cutoffs and measure what anyone would gain by deviating.
"""

from __future__ import annotations

from typing import Any

from deterrence import lazy

_NAMES = lazy.names_of(__name__)

__all__ = [*sorted(_NAMES)]  # noqa: PLE0604  (names, from the stub)


def __getattr__(name: str) -> Any:
    return lazy.load(__name__, _NAMES, name)


def __dir__() -> list[str]:
    return __all__
