"""The answer of `difference`: what changed between two games, and the condition that separates their predictions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from deterrence.analysis.answers.differences.difference_parts import (
    Border,
    ClassDifference,
    Jump,
    MeasureNow,
    PlayNow,
    Thresholds,
)
from deterrence.answers.measure import Measure, as_measure
from deterrence.errors import unknown
from deterrence.games.game import Game
from deterrence.views import Shown, picture

PARTS = ("play", "classes", "thresholds", "written")


@dataclass(frozen=True, eq=False)
class Difference(Shown):
    """What changed between two games: as written, in play now, in classes of equilibria, and in thresholds.

    Attributes
    ----------
    first, second
        The games.
    methods
        The solution concept of each.
    parameters
        The parameters that conditions are in; the others are held at each game's present values.
    left
        The parameters that conditions are not in.
    written
        How the games differ as they are written, a sentence each.
    now
        Each measure at the present values in both games, over all equilibria.
    plays
        What is played in some equilibrium at the present values, and in which game.
    classes
        The classes of equilibria of both games, with what becomes of the condition of each.
    apart
        Where the classes that exist differ: its ``condition``, whether it is proved ``empty``, and its ``share`` of
        the admissible values. None where it was not found.
    borders
        Where the classes that exist differ along each parameter, the others at their present values.
    points
        How many points the share is taken of.
    searched
        The thresholds in each game, by parameter.
    jumps
        The same side by side: which stay, move, appear and vanish.
    doubts
        What stands in the way of a whole answer, in words.
    measure
        The measure asked for; None where none was.
    """

    first: Game
    second: Game
    methods: tuple[Any, Any]
    parameters: tuple[str, ...]
    left: tuple[str, ...]
    written: tuple[str, ...]
    now: tuple[MeasureNow, ...]
    plays: tuple[PlayNow, ...]
    classes: tuple[ClassDifference, ...]
    apart: Any
    borders: tuple[Border, ...]
    points: int
    searched: tuple[Thresholds, ...] = field(repr=False)
    jumps: tuple[Jump, ...]
    doubts: tuple[str, ...]
    measure: Measure | None = None

    @property
    def games(self) -> tuple[Game, Game]:
        """The two games."""
        return self.first, self.second

    @property
    def labels(self) -> tuple[str, str]:
        """How the games are told apart in sentences and pictures, such as ``without Deniability``."""
        from deterrence.analysis.answers.differences.difference_words import labels

        return labels(self)

    @property
    def complete(self) -> bool:
        """Whether nothing stands in the way of a whole answer."""
        return not self.doubts

    @property
    def separates(self) -> Any:
        """The condition under which the classes that exist differ, as a SymPy Boolean; None where it was not found."""
        return None if self.apart is None else self.apart.condition

    @property
    def moved(self) -> tuple[str, ...]:
        """The parameters of both games whose values differ."""
        one, other = self.first.values, self.second.values
        return tuple(name for name in one if name in other and one[name] != other[name])

    @property
    def same(self) -> bool:
        """Whether it is proved that both games have the same play at all values of the parameters compared.

        That is: none of these has another value, and there are the same classes under the same conditions, up to
        borders, with the same probabilities of the outcomes and actions that both games have. Payoffs may differ.
        ``status`` says what was compared.
        """
        if self.first == self.second and self.methods[0] == self.methods[1]:
            return True
        if set(self.moved) & set(self.parameters):  # conditions are compared at the same values of these
            return False
        alike = bool(self.classes) and all(row.alike and row.relation == "same" for row in self.classes)
        return self.complete and alike and self.apart is not None and self.apart.empty is True

    @property
    def status(self) -> str:
        """What was compared, how far, and with what verdict, in a sentence or two."""
        from deterrence.analysis.answers.differences.difference_words import status_of

        return status_of(self)

    def measured(self, measure: Any) -> MeasureNow:
        """Return a measure at the present values in both games.

        Raises
        ------
        UnknownNameError
            If it is none of those compared.
        """
        name = as_measure(measure).name
        found = next((row for row in self.now if row.measure.name == name), None)
        if found is None:
            raise unknown("measure", name, [row.measure.name for row in self.now])
        return found

    def to_frame(self, part: str = "play") -> Any:
        """Return a data frame of one part of the answer.

        Parameters
        ----------
        part
            ``"play"`` (a row a measure), ``"classes"``, ``"thresholds"`` or ``"written"``.

        Raises
        ------
        UnknownNameError
            If there is no such part.
        """
        import pandas as pd

        from deterrence.analysis.answers.differences.difference_tables import FRAMES

        if part not in PARTS:
            raise unknown("part", part, PARTS)
        head, rows = FRAMES[part](self)
        return pd.DataFrame(rows, columns=list(head))

    def plot(self, ax: Any = None) -> Any:
        """Draw a measure along a parameter in both games, dotted lines where it jumps; the first that changes.

        Where no threshold changes, each probability at the present values is drawn instead: a row a measure, a mark a
        game, and a bar where equilibria differ.
        """
        return picture("Difference.plot", self, ax=ax)

    def __str__(self) -> str:
        from deterrence.analysis.answers.differences.difference_words import in_words

        return in_words(self)

    def __repr__(self) -> str:
        verdict = "the same" if self.same else f"{len(self.written)} changes as written"
        return f"<Difference of {self.first.name!r} and {self.second.name!r}: {verdict}>"
