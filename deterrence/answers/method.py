"""What a solution concept is, as a type."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, Protocol

from deterrence.games.game import Game


class Method(Protocol):
    """A solution concept that can be asked of a game, such as ``Nash()`` or ``PerfectBayesian()``."""

    @property
    def concept(self) -> str:
        """The concept in words."""

    def solve(self, game: Game) -> Any:
        """Return the answer for a game at its parameter values: a solution, or ranges for ``Correlated()``."""


CALLED = {
    "nash": "Nash()",
    "subgame perfect": "SubgamePerfect()",
    "spe": "SubgamePerfect()",
    "backward induction": "SubgamePerfect()",
    "perfect bayesian": "PerfectBayesian()",
    "pbe": "PerfectBayesian()",
    "sequential": "Sequential()",
    "quantal": "Quantal(rationality=1)",
    "quantal response": "Quantal(rationality=1)",
    "qre": "Quantal(rationality=1)",
    "logit": "Quantal(rationality=1)",
    "correlated": "Correlated()",
    "d1": "D1()",
}
"""The solution concepts under the names that they go by."""


def method_meant(given: object) -> str:
    """Return a sentence, after a blank, on how to write the solution concept that was meant; else nothing."""
    if isinstance(given, type):
        return f" Write dt.{given.__name__}(…), with brackets."
    if not isinstance(given, str):
        return ""
    spaced = "".join(f" {letter}" if letter.isupper() else letter for letter in given)
    words = " ".join(spaced.lower().replace("-", " ").replace("_", " ").removesuffix("()").split())
    close = get_close_matches(words.removesuffix(" equilibrium"), CALLED, n=1, cutoff=0.7)
    return f" Write dt.{CALLED[close[0]]} instead of the text." if close else ""
