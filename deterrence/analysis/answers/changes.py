"""A change of parameters, and what its size is a share of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from deterrence.games.expression import Exact, show_number
from deterrence.games.game import Game
from deterrence.games.words import listed
from deterrence.values import Value

Span = tuple[float, float]
"""The least and the greatest value of a measure over all equilibria."""


@dataclass(frozen=True, eq=False)
class Change(Value):
    """A change of parameters, verified by an exact solution at its end.

    Attributes
    ----------
    values
        The new values of the parameters that move, a hair beyond the boundary, or on it where only a tie does.
    distance
        The size of the change up to the boundary, in the norm asked for.
    classes
        What is played in the equilibria there, in words.
    measured
        The measure's least and greatest value there, or ``None`` without a measure.
    """

    values: Mapping[str, Exact]
    distance: float
    classes: tuple[str, ...]
    measured: Span | None

    def in_words(self, game: Game) -> str:
        """Return the change as a list: each parameter from what to what."""
        parts = [f"{name} from {show_number(game.values[name])} to {_apart(value, game.values[name])}"
                 for name, value in self.values.items()]  # fmt: skip
        return listed(parts) if parts else "nothing"


def scale_in_words(game: Game, scales: Mapping[str, Exact]) -> str:
    """Say what the changes of parameters are shares of."""
    own = [n for n, scale in scales.items() if scale != _width(game, n)]
    rest = [name for name in scales if name not in own]
    kinds = ["plausible" if game.parameters[name].plausible else "declared" for name in rest]
    ranges = f"the {' or '.join(sorted(set(kinds), reverse=True))} ranges"
    if not own:
        return ranges
    given = listed(f"{show_number(scales[name])} for {name}" for name in own)
    return f"the scales given ({given})" + (f" and {ranges} of the others" if rest else "")


def beyond_plausible(game: Game, values: Iterable[tuple[str, Any]]) -> list[str]:
    """Return in words the new values of parameters that lie outside their plausible ones."""
    outside = []
    for name, value in values:
        plausible = game.parameters[name].plausible
        if plausible is not None and not plausible[0] <= Fraction(value) <= plausible[1]:
            outside.append(f"{name} at {_apart(value, game.values[name])}")
    return list(dict.fromkeys(outside))


def _width(game: Game, name: str) -> Exact | None:
    low, high = game.parameters[name].span
    return None if low is None or high is None else high - low


def _apart(value: Exact, start: Exact) -> str:
    """Write a value with as many digits as tell it from another."""
    short = show_number(float(value))
    return f"{float(value):.10g}" if short == show_number(float(start)) else short
