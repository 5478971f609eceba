"""Drawings of games and answers, in Matplotlib: trees, curves, and maps of two parameters.

Every function draws on the axes given or makes new ones, and returns them. None of them shows, saves or
sets a style. New axes stand on a new figure of pyplot's, so that ``plt.show()`` shows it and
``plt.savefig("tree.pdf")`` saves it; a notebook shows it by itself.
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
