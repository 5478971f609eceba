"""The answer of the profiles: what a mechanism does to a game."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from deterrence.analysis.answers.profile_words import in_sentences
from deterrence.analysis.answers.statics import Statics
from deterrence.analysis.answers.sweep import Sweep
from deterrence.analysis.answers.threshold import Threshold
from deterrence.analysis.search.profile_parts import SLIGHT, Piece
from deterrence.answers.measure import Measure, payoff
from deterrence.games.game import Game
from deterrence.views import Shown, picture


@dataclass(frozen=True, eq=False)
class Profile(Shown):
    """What a mechanism does to a game: how one of its parameters moves deterrence, and who gains.

    Attributes
    ----------
    game, mechanism, parameter, measure
        The question: the mechanism found, the parameter that is moved, and what is asked.
    others
        The other parameters that the mechanism added.
    sweep
        The measure and every player's payoff over the parameter, at even steps and on either side of every
        value at which the set of classes changes.
    thresholds
        For each of the mechanism's parameters, where the measure changes.
    statics
        How the measure moves with the parameter in each class of equilibria.
    pieces
        The stretches between changes of the set of classes, with the measure's range on each (neighbours
        put together where it is the same), from the sweep's points and the limits at either end.
    headline
        The question, and where the parameter stands today, in words.
    hostile
        Whether the measure is the probability of the act that the mechanism is there to hide or to deter.
    """

    game: Game
    mechanism: Any
    parameter: str
    measure: Measure
    others: tuple[str, ...]
    sweep: Sweep
    thresholds: tuple[Threshold, ...]
    statics: Statics
    pieces: tuple[Piece, ...]
    headline: str = field(repr=False)
    hostile: bool = field(default=False, repr=False)

    @property
    def data(self) -> Any:
        """The sweep's ``xarray.Dataset``."""
        return self.sweep.data

    def to_frame(self) -> Any:
        """Return a data frame with one row a stretch of the parameter."""
        import pandas as pd

        columns = ["from", "to", f"least {self.measure.name}", f"greatest {self.measure.name}"]
        return pd.DataFrame(list(self.pieces), columns=columns)

    @property
    def direction(self) -> str:
        """Whether the measure ``rises``, ``falls``, does ``both`` or ``neither`` as the parameter grows."""
        low, high = (self.data[end].sel(measure=self.measure.name).values for end in ("low", "high"))
        known = np.isfinite(low)
        steps = np.concatenate([np.diff(low[known]), np.diff(high[known])])
        up, down = bool((steps > SLIGHT).any()), bool((steps < -SLIGHT).any())
        return {(True, True): "both", (True, False): "rises", (False, True): "falls"}.get((up, down), "neither")

    @property
    def gains(self) -> dict[str, tuple[tuple[float, float], tuple[float, float]]]:
        """For each player, the range of its payoff at the least and at the greatest value of the parameter."""
        gains = {}
        for player in self.game.players:
            low, high = (self.data[end].sel(measure=payoff(player).name).values for end in ("low", "high"))
            known = np.flatnonzero(np.isfinite(low))
            if len(known):
                first, last = known[0], known[-1]
                gains[player] = (float(low[first]), float(high[first])), (float(low[last]), float(high[last]))
        return gains

    def plot(self) -> Any:
        """Draw the measure and the payoffs below each other against the parameter, dotted where classes change."""
        return picture("Profile.plot", self)

    def __str__(self) -> str:
        return in_sentences(self)

    def __repr__(self) -> str:
        return f"<Profile of {type(self.mechanism).__name__} in {self.game.name!r}: {self.parameter}>"
