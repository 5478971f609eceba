"""Backward over proper subgames: each is solved once, with what the subgames in it are worth filled in."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from deterrence.games.form import ExtensiveForm
from deterrence.games.game import Game
from deterrence.solvers.supports.forest import Entry, Forest, Table
from deterrence.solvers.supports.local_plays import LocalPlay
from deterrence.solvers.supports.pattern_search import OfPattern, equilibria_by_patterns, order
from deterrence.solvers.supports.subgames import LocalGame, Part, Worth, subgame_roots


@dataclass(slots=True)
class Solved:
    """The equilibria of a local game, the steps their search took, and what stayed open."""

    plays: list[LocalPlay]
    visited: int
    gaps: list[str]


@dataclass(eq=False)
class Backward:
    """The search for all equilibria of a game, from the last subgames to the first.

    A subgame enters the part above it by its worth to the players who moved before it, and once for each worth that
    differs, not for each equilibrium. Where in a family of equilibria that worth varies, or is known to 40 digits only,
    the subgame cannot be told by its worth and is solved together with the part above it.

    Attributes
    ----------
    game, concept, solver_of, limit
        The game; the concept in words; what gives the equilibria of a pattern of a local game; and the number of
        steps (partial patterns of play and combinations of worths) after which no further combination is tried.
    enough
        Tells whether a search that is far beyond its limit may be given up.
    """

    game: Game
    concept: str
    solver_of: Callable[[Any], OfPattern]
    limit: int
    enough: Callable[[], bool]
    gaps: list[str] = field(default_factory=list)
    steps: int = 0
    _known: dict[Any, Solved] = field(default_factory=dict)
    _parts: dict[int, Part] = field(default_factory=dict)
    _tables: dict[int, Table] = field(default_factory=dict)

    def run(self) -> Forest:
        """Return what may be played in each subgame; what stayed open is in the gaps."""
        form = self.game.form
        for root in sorted({0, *subgame_roots(form)}, reverse=True):
            before = len(self.gaps), self.steps
            part = Part.of(form, root, self._tables)
            table = self._table(part, concerned_by(form, root))
            if table is None:
                del self.gaps[before[0] :]
                self.steps = before[1]
            else:
                self._parts[root], self._tables[root] = part, table
        return Forest(self.game, self.concept, self._parts, self._tables)

    def _table(self, part: Part, concerned: list[int]) -> Table | None:
        """Return the equilibria of a part by what they are worth; None where the worth varies or is rounded."""
        table: dict[Worth, list[Entry]] = {}
        for below in self._combinations(part):
            worths = self._worths(part, below)
            for play in self._solved(part, worths):
                worth = self._worth(part, play, worths, concerned)
                if worth is None:
                    return None
                table.setdefault(worth, []).append(Entry(play, below))
        return table

    def _combinations(self, part: Part) -> Iterator[tuple[Worth, ...]]:
        """Yield what the subgames may be worth together, once and then as long as there are steps left."""
        options = [list(self._tables[root]) for root in part.subgames.values()]
        for number, below in enumerate(itertools.product(*options)):
            if number and self.steps >= self.limit:
                self.gaps.append(self._cut(part, options, number))
                return
            self.steps += 1
            yield below

    def _cut(self, part: Part, options: list[list[Worth]], tried: int) -> str:
        count = 1
        for some in options:
            count *= len(some)
        where = self.game.form.history(part.nodes[0])
        return (
            f"of the {count:,} combinations of what the subgames after {where!r} may be worth, the first {tried:,} "
            f"were tried, by the limit of {self.limit}"
        )

    def _worths(self, part: Part, below: tuple[Worth, ...]) -> dict[int, Worth]:
        """Return what each end and subgame of a part is worth, by node of the part."""
        subgames = dict(zip(part.subgames, below, strict=True))
        payoffs = self.game.numbers[0]
        form = part.form
        return {k: subgames.get(k) or payoffs[v] for k, v in enumerate(part.nodes) if not form.children[k]}

    def _solved(self, part: Part, worths: Mapping[int, Worth]) -> list[LocalPlay]:
        key, local = part.game(worths, self.game.numbers[1])
        if key not in self._known:
            self._known[key] = self._solve(local)
            self.steps += self._known[key].visited
        self.gaps += self._known[key].gaps
        return self._known[key].plays

    def _solve(self, local: LocalGame) -> Solved:
        found = equilibria_by_patterns(local, self.solver_of(local), self.limit, enough=self.enough)
        plays = [LocalPlay(equilibrium) for equilibrium in sorted(found.equilibria, key=order)]
        return Solved(plays, found.visited, found.gaps)

    def _worth(self, part: Part, play: LocalPlay, worths: Mapping[int, Worth], concerned: list[int]) -> Worth | None:
        """Return what a local equilibrium is worth to the players concerned; None where that varies or is rounded."""
        if part.nodes[0] == 0:
            return ()
        if not play.exact:
            return None
        worth: list[Any] = [None] * len(self.game.form.players)
        for i in concerned:
            payments = {k: row[i] for k, row in worths.items()}
            worth[i] = play.worth(payments)
            if play.equilibrium.family is not None:
                span = play.range_of(payments, payments)
                if span.low != span.high or not span.proved:
                    return None
        return tuple(worth)


def concerned_by(form: ExtensiveForm, root: int) -> list[int]:
    """Return the players who move before a subgame: what it is worth to others changes no choice."""
    sets = {form.infoset_of[at] for at, _ in form.path(root)} - {-1}
    return sorted({form.player_of[h] for h in sets})
