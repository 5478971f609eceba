"""Best responses of two players with two strategies each, and the equilibria at which they meet."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product

from deterrence.errors import MethodError
from deterrence.games.expression import Exact, show_number
from deterrence.games.game import Game
from deterrence.games.strategic_form import StrategicForm

Place = tuple[Exact, Exact]
Line = tuple[Place, ...]
"""The corners of a best response: the player's own probability, and the other's; none where everything is best."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A point, a segment or a rectangle of equilibria, as ranges of the two players' probabilities.

    Attributes
    ----------
    x, y
        From what to what the first and the second player may play their first strategy.
    name
        What the literature calls it, or what is played.
    """

    x: Place
    y: Place
    name: str = ""

    @property
    def is_point(self) -> bool:
        """Whether it is a single equilibrium."""
        return self.x[0] == self.x[1] and self.y[0] == self.y[1]

    def holds(self, other: Meeting) -> bool:
        """Tell whether another one lies in it."""
        pairs = ((self.x, other.x), (self.y, other.y))
        return all(mine[0] <= theirs[0] and theirs[1] <= mine[1] for mine, theirs in pairs)


@dataclass(frozen=True, slots=True)
class BestResponses:
    """What each of two players with two strategies does best against every mixture of the other's.

    Attributes
    ----------
    game
        The game, at its present parameter values.
    strategies
        Each player's two strategies.
    lines
        Each player's best response, as corners (the player's own probability of its first strategy, the other's);
        no corners where the player is indifferent throughout.
    """

    game: Game
    strategies: tuple[tuple[str, str], tuple[str, str]]
    lines: tuple[Line, Line]

    @classmethod
    def of(cls, game: Game) -> BestResponses:
        """Return the best responses in a game's strategic form.

        Raises
        ------
        MethodError
            If the game has not two players with two strategies each.
        """
        game.require_finite_tree()
        if len(game.players) != 2:
            raise MethodError(f"Best responses are drawn for two players; {game.name!r} has {len(game.players)}.")
        table = StrategicForm.of(game)
        counts = {player: len(plans) for player, plans in table.strategies.items()}
        if set(counts.values()) != {2}:
            written = " and ".join(f"{player!r} has {count}" for player, count in counts.items())
            raise MethodError(
                f"Best responses are drawn where each of two players has two strategies; in {game.name!r} {written}."
            )
        first, second = table.strategies.values()
        pay = table.payoffs
        own = _line(*(pay[0, k][0] - pay[1, k][0] for k in (0, 1)))
        others = _line(*(pay[k, 0][1] - pay[k, 1][1] for k in (0, 1)))
        return cls(game, ((first[0], first[1]), (second[0], second[1])), (own, others))

    @property
    def places(self) -> tuple[Line, Line]:
        """The two lines in one square: the first player's probability to the right, the second's upwards."""
        return self.lines[0], tuple((x, y) for y, x in self.lines[1])

    @property
    def equilibria(self) -> tuple[Meeting, ...]:
        """The Nash equilibria: where the two lines meet, largest sets alone."""
        met = dict.fromkeys(
            Meeting(x, y)
            for a, b in product(*map(_boxes, self.places))
            for x, y in [(_shared(a.x, b.x), _shared(a.y, b.y))]
            if x[0] <= x[1] and y[0] <= y[1]
        )
        largest = [one for one in met if not any(other.holds(one) for other in met if other != one)]
        return tuple(Meeting(one.x, one.y, self._name(one)) for one in largest)

    def _name(self, meeting: Meeting) -> str:
        if not meeting.is_point:
            return "equilibria"
        point = (meeting.x[0], meeting.y[0])
        played = [[k for k, p in enumerate((first, 1 - first)) if p] for first in point]
        known = self.game.class_name(self._by_set(played)) if self.game.form.simultaneous else ""
        if known:
            return known
        if all(len(row) == 1 for row in played):
            return ", ".join(names[row[0]] for names, row in zip(self.strategies, played, strict=True))
        return f"mixed: {', '.join(map(show_number, point))}"

    def _by_set(self, played: list[list[int]]) -> list[list[int]]:
        """Return what the players play, by information set, of a simultaneous game."""
        return [played[player] for player in self.game.form.player_of]


def _line(at_one: Exact, at_zero: Exact) -> Line:
    """Return a best response from the gains of the first strategy if the other plays its first, or its second."""
    low, high = (1 if gain > 0 else 0 for gain in (at_zero, at_one))
    if at_zero == at_one == 0:
        return ()
    if at_zero * at_one > 0:
        return ((low, 0), (low, 1))
    tie = Fraction(at_zero) / Fraction(at_zero - at_one)
    # Where the tie lies at an end, one of the two strategies is best nowhere else.
    low, high = (1 - high if at_zero == 0 else low), (1 - low if at_one == 0 else high)
    corners = ((low, 0), (low, tie), (high, tie), (high, 1))
    return tuple(dict.fromkeys(corners))


def _boxes(line: Line) -> list[Meeting]:
    """Return the pieces of a line, or the whole square."""
    if not line:
        return [Meeting((0, 1), (0, 1))]
    return [Meeting((min(a[0], b[0]), max(a[0], b[0])), (min(a[1], b[1]), max(a[1], b[1]))) for a, b in pairwise(line)]


def _shared(one: Place, other: Place) -> Place:
    return max(one[0], other[0]), min(one[1], other[1])
