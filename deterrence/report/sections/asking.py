"""What every section of a brief is written from: the model, how closely to look, and whom to tell how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from deterrence.answers.measure import Measure
from deterrence.games.game import Game
from deterrence.models.model import Model

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Detail:
    """Hold how closely a brief looks.

    Attributes
    ----------
    curve
        Values along one parameter.
    map
        Values along either side of the map.
    feature
        Values at which a feature is looked at.
    sample
        Size of the design of the global sensitivity analysis, a power of two.
    ranked
        How many parameters that analysis takes in: those that move most alone.
    searched
        How many parameters are searched for the nearest overturning change, likewise; all if ``None``.
    """

    curve: int = 33
    map: int = 41
    feature: int = 7
    sample: int = 256
    ranked: int = 6
    searched: int | None = None


DETAIL = Detail()
"""What a brief looks at unless told otherwise: enough for a minute on a game of a hundred nodes."""


@dataclass(frozen=True)
class Asking:
    """Hold a model that is asked about, and the share of the work that a section is."""

    model: Model
    detail: Detail
    tell: Progress
    start: float = 0.0
    stop: float = 1.0
    measures: tuple[Measure, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "measures", self.model.asked)

    @property
    def game(self) -> Game:
        """The game at its present values."""
        game: Game = self.model.game
        return game

    def part(self, start: float, stop: float) -> Asking:
        """Return the same for a part of the work."""
        width = self.stop - self.start
        return replace(self, start=self.start + width * start, stop=self.start + width * stop)

    def progress(self, share: float, doing: str) -> None:
        """Tell the share of this part that is done."""
        self.tell(self.start + (self.stop - self.start) * min(1.0, share), doing)
