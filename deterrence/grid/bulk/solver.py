"""What is played on the path, and what measures are, in the equilibria at many points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from deterrence.answers.measure import Measure
from deterrence.games.game import Game
from deterrence.grid.bulk.mixtures import Mixtures
from deterrence.grid.bulk.play import Beliefs, Play
from deterrence.grid.bulk.rows import Rows, RowSearch, Supports
from deterrence.grid.bulk.tables import Array, Tables
from deterrence.grid.bulk.verdicts import judged
from deterrence.solvers.supports.agent_form import AgentForm

MOST_ROWS = 4000
"""At points with more rows than this, equilibria are left to exact solvers."""
MOST_ACTIONS = 6
CHUNK = 1024
TOGETHER = 4096


def suited(game: Game) -> bool:
    """Tell whether a game has moves, and few actions at each, so that supports can be listed."""
    actions = [len(names) for names in game.form.actions_of]
    return 0 < max(actions, default=0) <= MOST_ACTIONS


@dataclass(frozen=True, eq=False)
class Plays:
    """What is played on the path of the equilibria at points, each once.

    Attributes
    ----------
    point
        The point of each play, by number.
    path
        The support at each information set, by number, as (play, set); -1 where play does not reach it.
    measured
        The measures, as (measure, play).
    open
        At which points something was left undecided: their plays are not all listed.
    """

    point: Array
    path: Array
    measured: Array
    open: Array


class BulkSolver:
    """The search for all equilibria at many points at once, as far as floating point decides it.

    It lists what is played on the path, which fixes payoffs and outcomes; what may be played off it is only asked for
    until one choice holds the rest together.
    """

    def __init__(self, game: Game, names: Sequence[str], measures: Sequence[Measure]) -> None:
        self.game, self.form, self.names, self.measures = game, game.form, tuple(names), tuple(measures)
        self.agent = AgentForm(game.form, *game.numbers)
        self.supports = Supports(game.form, self.agent)

    def __call__(self, columns: Sequence[np.ndarray]) -> Plays:
        """Return the plays at points, given by a column of values a name."""
        tables = Tables(self.game, self.names, columns)
        search = RowSearch(self.supports, tables, MOST_ROWS)
        found = _Found(self, tables)
        plain = np.flatnonzero(tables.plain)
        rows = [part for start in range(0, len(plain), CHUNK) for part in search.patterns(plain[start : start + CHUNK])]
        if rows:
            found.take(_joined(rows))
        return found.plays(~tables.plain | search.crowded)


class _Found:
    """The plays that surely are equilibria, and the rows that stay open."""

    def __init__(self, solver: BulkSolver, tables: Tables) -> None:
        self.solver, self.tables = solver, tables
        self.known: set[bytes] = set()
        self.parts: list[tuple[Array, Array, Array]] = []
        self.undecided: dict[bytes, int] = {}

    def take(self, rows: Rows) -> None:
        """Decide rows: those without mixtures first, then those with fewer before those with more."""
        number = self._mixed(_picks(rows)).sum(axis=1)
        for size in np.unique(number):
            at = np.flatnonzero(number == size)
            for start in range(0, len(at), TOGETHER):
                self._decide(rows.at(at[start : start + TOGETHER]), bool(size))

    def _mixed(self, picks: Array) -> Array:
        """Tell at which sets more than one action is played, as (row, set)."""
        return self._sizes(picks) > 1

    def _decide(self, rows: Rows, mixed: bool) -> None:
        beliefs = Beliefs(self.solver.supports, self.tables, rows)
        picks = _picks(rows)
        paths = np.where(beliefs.reached, picks, -1).astype(np.int16)
        keys = _keys(rows.point, paths)
        new = np.array([key not in self.known for key in keys], dtype=bool)
        if not mixed:
            self._judge(beliefs.at(np.flatnonzero(new)), None, paths[new], keys[new])
            return
        kept, shares = [], []
        for at, sets, actions in self._alike(picks, np.flatnonzero(new)):
            mixtures = Mixtures(beliefs.at(at), sets, actions)
            good = mixtures.solved
            kept.append(at[good])
            shares.append([share[good] for share in mixtures.shares])
            self._leave(keys[at[~good & ~mixtures.never]])
        if kept:
            at = np.concatenate(kept)
            joined = [np.concatenate(rows_of) for rows_of in zip(*shares, strict=True)]
            self._judge(beliefs.at(at), joined, paths[at], keys[at])

    def _alike(self, picks: Array, places: Array) -> Iterator[tuple[Array, Array, list[Array]]]:
        """Yield places of rows in which as many sets mix over as many actions, with the sets and the actions."""
        sizes = np.where(self._mixed(picks), self._sizes(picks), 0)[places]
        ranked = np.sort(sizes, axis=1)[:, ::-1]
        for shape in np.unique(ranked, axis=0):
            at = np.flatnonzero((ranked == shape).all(axis=1))
            count = int((shape > 0).sum())
            sets = np.argsort(-sizes[at], axis=1, kind="stable")[:, :count]
            room = max(1, TOGETHER // int(np.prod(shape[:count])))
            for start in range(0, len(at), room):
                some, own = places[at[start : start + room]], sets[start : start + room]
                yield some, own, [self._actions(own[:, m], picks[some], int(shape[m])) for m in range(count)]

    def _sizes(self, picks: Array) -> Array:
        sizes = [np.array(list(map(len, supports))) for supports in self.solver.supports.of]
        return np.array([size[pick] for size, pick in zip(sizes, picks.T, strict=True)]).T

    def _actions(self, sets: Array, picks: Array, size: int) -> Array:
        """Return the actions over which a set mixes in each row."""
        of = self.solver.supports.of
        return np.array([of[h][picks[k, h]] for k, h in enumerate(sets)]).reshape(-1, size)

    def _leave(self, keys: Array) -> None:
        for key in keys:
            self.undecided.setdefault(key, 0)

    def _judge(self, beliefs: Beliefs, shares: list[Array] | None, paths: Array, keys: Array) -> None:
        play = Play(beliefs, shares or [plays.astype(float) for plays in beliefs.plays])
        point = beliefs.point
        if not len(point):
            return
        holds, fails = judged(play)
        measured = np.array([_measured(play, measure) for measure in self.solver.measures]).reshape(-1, len(point))
        for key in keys[~holds & ~fails]:
            self.undecided.setdefault(key, 0)
        places = []
        for k in np.flatnonzero(holds):
            if keys[k] not in self.known:
                self.known.add(keys[k])
                places.append(k)
        self.parts.append((point[places], paths[places], measured[:, places]))

    def plays(self, left: Array) -> Plays:
        """Return what was found."""
        sets, asked = len(self.solver.form.nodes_of), len(self.solver.measures)
        none = np.zeros(0, dtype=int), np.zeros((0, sets), dtype=np.int16), np.zeros((asked, 0))
        point, path, measured = (
            np.concatenate([empty, *(part[k] for part in self.parts)], axis=axis)
            for k, (empty, axis) in enumerate(zip(none, (0, 0, 1), strict=True))
        )
        unsure = left.copy()
        for key in self.undecided:
            if key not in self.known:
                unsure[int.from_bytes(key[:8], "little")] = True
        return Plays(point, path, measured, unsure)


def _picks(rows: Rows) -> Array:
    return np.array([domain.argmax(axis=1) for domain in rows.open], dtype=np.int16).T


def _keys(point: Array, paths: Array) -> Array:
    keys = np.empty(len(point), dtype=object)
    for k, (p, row) in enumerate(zip(point.tolist(), paths, strict=True)):
        keys[k] = p.to_bytes(8, "little") + row.tobytes()
    return keys


def _joined(rows: Sequence[Rows]) -> Rows:
    return Rows(
        np.concatenate([part.point for part in rows]),
        [np.concatenate(domains) for domains in zip(*(part.open for part in rows), strict=True)],
    )


def _measured(play: Play, measure: Measure) -> Array:
    """Return a measure in each row."""
    form = play.form
    if measure.kind == "payoff":
        return play.values[0][form.players.index(measure.of)]
    if measure.by is None and measure.of in form.outcome:
        return sum(play.reach[node] for node in range(form.size) if form.outcome[node] == measure.of)
    sets = {
        h: actions.index(measure.of)
        for h, actions in enumerate(form.actions_of)
        if measure.of in actions and measure.by in (None, form.players[form.player_of[h]])
    }
    first = [
        form.children[node][sets[h]]
        for node, h in enumerate(form.infoset_of)
        if h in sets and not any((form.infoset_of[at], b) in sets.items() for at, b in form.path(node))
    ]
    return sum((play.reach[node] for node in first), np.zeros(len(play.point)))
