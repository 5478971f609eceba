"""Game-theoretic models of deterrence: write a game, solve it exactly, see how predictions change.

Names load when first used, so that importing the package stays light; ``__init__.pyi`` lists them.
"""

from __future__ import annotations

from typing import Any

from deterrence import lazy, spelling

__version__ = "0.1.0"

_NAMES = lazy.names_of(__name__)

spelling.spell_what_cannot_be_encoded()  # print(game) fails on no stream

__all__ = [*sorted(_NAMES), "__version__"]  # noqa: PLE0604  (names, from the stub)


def __getattr__(name: str) -> Any:
    return lazy.load(__name__, _NAMES, name)


def __dir__() -> list[str]:
    return __all__
