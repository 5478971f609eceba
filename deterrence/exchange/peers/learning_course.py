"""The course of learning: each player's strategies over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from deterrence.games.game import Game
from deterrence.games.named import Named
from deterrence.games.strategic_form import StrategicForm
from deterrence.values import Value
from deterrence.views import picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEAST_SHOWN = 0.0005
"""A share below this is left out of the words, though not of the data."""


@dataclass(frozen=True, eq=False)
class Learning(Value):
    """The course of learning or adaptation: each player's strategies over time.

    Attributes
    ----------
    game
        The game that is played over and over.
    rule
        How players choose, in words.
    clock
        What ``times`` counts: ``"round"`` or ``"time"``.
    strategies
        Each player's strategies in words, in the order of the game's strategic form.
    times
        The rounds or points in time.
    shares
        For each player an array (times, strategies): how often a strategy was played so far, or its share of the
        population. Read-only.
    """

    game: Game
    rule: str
    clock: str
    strategies: tuple[tuple[str, ...], ...]
    times: np.ndarray = field(repr=False)
    shares: tuple[np.ndarray, ...] = field(repr=False)

    def __post_init__(self) -> None:
        for array in (self.times, *self.shares):
            array.setflags(write=False)

    @property
    def last(self) -> Mapping[str, Mapping[str, float]]:
        """Player -> strategy -> share at the end."""
        rows = zip(self.game.players, self.strategies, self.shares, strict=True)
        return Named({player: Named(dict(zip(names, row[-1].tolist(), strict=True))) for player, names, row in rows})

    @property
    def regret(self) -> float:
        """The most that a player would gain by leaving the shares at the end, given the other's."""
        form = StrategicForm.of(self.game)
        x, y = (row[-1] for row in self.shares)
        first, second = form.A @ y, x @ form.B
        return float(max(first.max() - x @ first, second.max() - second @ y))

    @property
    def data(self) -> Any:
        """The shares as an ``xarray.Dataset``: a variable for each player, over time and its strategies."""
        import xarray as xr

        variables = {}
        for i, player in enumerate(self.game.players):
            axis = f"strategy of {player}"
            variables[player] = xr.DataArray(
                self.shares[i], dims=(self.clock, axis), coords={self.clock: self.times, axis: list(self.strategies[i])}
            )
        return xr.Dataset(variables, attrs={"game": self.game.name, "rule": self.rule})

    def to_frame(self) -> Any:
        """Return a data frame: a row for each time, a column for each player's strategy."""
        import pandas as pd

        pairs = [(p, s) for p, names in zip(self.game.players, self.strategies, strict=True) for s in names]
        columns = pd.MultiIndex.from_tuples(pairs, names=["player", "strategy"])
        return pd.DataFrame(np.hstack(self.shares), index=pd.Index(self.times, name=self.clock), columns=columns)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw each strategy's share over time, named at the end of its line.

        Parameters
        ----------
        ax
            Where to draw; by default new axes.
        """
        axes: Axes = picture("Learning.plot", self, ax=ax)
        return axes

    def __str__(self) -> str:
        lines = [f"{self.rule[:1].upper()}{self.rule[1:]} of {self.game.name!r}, to {self.clock} {self.times[-1]:g}:"]
        for player, row in self.last.items():
            most = [pair for pair in sorted(row.items(), key=lambda pair: -pair[1]) if pair[1] >= LEAST_SHOWN]
            shown = ", ".join(f"{name} {share:.3f}" for name, share in most[:6])
            lines.append(f"  {player}: {shown}{' …' if len(most) > 6 else ''}.")
        lines.append(f"  The most anyone gains by leaving these shares: {self.regret:.4g}.")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Learning: {self.rule} of {self.game.name!r}>"
