"""What every section of a brief is written from: the model, how closely to look, and where to report progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from deterrence.answers.measure import Measure
from deterrence.games.game import Game
from deterrence.models.model import Model

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Detail:
    """The resolution of a brief: how many points, samples and parameters it looks at.

    Attributes
    ----------
    curve
        Values along one parameter.
    feature
        Values at which a feature is looked at.
    sample
        Size of the design of the global sensitivity analysis, a power of two.
    ranked
        How many parameters that analysis varies: those that change the prediction most when varied alone.
    searched
        How many parameters are searched for the smallest change, likewise; all if ``None``.
    """

    curve: int = 33
    feature: int = 7
    sample: int = 256
    ranked: int = 6
    searched: int | None = None


DETAIL = Detail()
"""How closely a brief looks by default: enough for a minute on a game of a hundred nodes."""


@dataclass(frozen=True)
class Asking:
    """The model of a brief, with its level of detail, and the share of the work that a section is."""

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
        """Report the share of this part that is done."""
        self.tell(self.start + (self.stop - self.start) * min(1.0, share), doing)
