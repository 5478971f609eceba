"""The game that the nodes of an ``.efg`` file make: payoffs added up along each path, memory checked."""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.exchange.gambit.distinct_names import Names
from deterrence.exchange.gambit.efg_rows import LONGEST_NAME, NO_OUTCOME, Branches, Listing, Outcome, Row
from deterrence.exchange.gambit.scanner import Scanner, bounded
from deterrence.games.expression import Exact
from deterrence.games.game import Game
from deterrence.games.tree import Chance, End, Move, Node

MOST_STEPS = 2_000_000
"""The most steps from the root to nodes of shared information sets and to draws, counted together."""


@dataclass(slots=True)
class Frame:
    """A node whose branches are being walked, with the mover's experience and the payoffs so far."""

    row: Row
    branch: int
    experience: int
    paid: tuple[Exact, ...]
    named: str


class Walk:
    """A walk over the nodes in order that names the ends, adds up payoffs and checks perfect recall."""

    def __init__(self, scanner: Scanner, listing: Listing) -> None:
        self.scanner, self.listing = scanner, listing
        self.experience = [0] * (len(listing.players) + 1)
        self.steps: dict[tuple[int, int, int], int] = {}
        self.way: list[tuple[int, int, int]] = [(0, 0, 0)]
        self.experience_at: dict[int, int] = {}
        self.walked = 0
        self.drawn: dict[int, Row] = {}
        self.ends: list[End] = []
        labelled = [row.outcome.label for row in listing.rows if row.outcome and row.outcome.label.strip()]
        self.unnamed = Names([*labelled, NO_OUTCOME])
        self.names: dict[int, str] = {}
        self.made: dict[tuple[str, tuple[Exact, ...]], End] = {}

    def go(self) -> list[End]:
        """Return the ends in order."""
        frames: list[Frame] = []
        nothing = (0,) * len(self.listing.players)
        for row in self.listing.rows:
            above = frames[-1] if frames else None
            paid, named = self._paid(row, above.paid if above else nothing, above.named if above else "")
            if row.branches is None:
                self._end(paid, named)
                self._close(frames)
                continue
            self._check_memory(row, row.branches, len(frames))
            frames.append(Frame(row, 0, self.experience[row.branches.player], paid, named))
            self._step(frames[-1])
        return self.ends

    def _close(self, frames: list[Frame]) -> None:
        """Go on to the next branch that is still open."""
        while frames:
            frame = frames[-1]
            branches = frame.row.branches
            assert branches is not None
            frame.branch += 1
            if frame.branch < len(branches.actions):
                self._step(frame)
                return
            self.experience[branches.player] = frame.experience
            frames.pop()

    def _step(self, frame: Frame) -> None:
        """Let the player know that it took this branch."""
        branches = frame.row.branches
        assert branches is not None
        if branches.player:
            key = (frame.experience, id(branches), frame.branch)
            if key not in self.steps:
                self.steps[key] = len(self.way)
                self.way.append(key)
            self.experience[branches.player] = self.steps[key]

    def _paid(self, row: Row, paid: tuple[Exact, ...], named: str) -> tuple[tuple[Exact, ...], str]:
        outcome = row.outcome
        if outcome is None:
            return paid, named
        total = []
        for before, more in zip(paid, outcome.payoffs, strict=True):
            added = bounded(before + more)
            if added is None:
                raise self.scanner.error("The payoffs along this path have too many digits when added up.", row.start)
            total.append(added)
        if len(named) > LONGEST_NAME:
            return tuple(total), named
        name = self._name(outcome)
        return tuple(total), f"{named}, {name}" if named else name

    def _name(self, outcome: Outcome) -> str:
        if outcome.label.strip():
            return outcome.label
        if outcome.number not in self.names:
            self.names[outcome.number] = self.unnamed.instead(f"outcome {outcome.number}")
        return self.names[outcome.number]

    def _end(self, paid: tuple[Exact, ...], named: str) -> None:
        name = named or NO_OUTCOME
        if len(name) > LONGEST_NAME:
            name = f"end {len(self.ends) + 1}"
        self.ends.append(self.made.setdefault((name, paid), End(name, paid)))

    def _check_memory(self, row: Row, branches: Branches, depth: int) -> None:
        # Perfect recall is looked up by following a node's path upwards, so what it costs is the sum of the depths of
        # nodes in shared sets and of first draws: bounded, for a file may be one long branch.
        if branches.count > 1 if branches.player else self.drawn.setdefault(id(branches), row) is row:
            self.walked += depth
            if self.walked > MOST_STEPS:
                raise self.scanner.error(
                    f"The tree is too deep for its size: more than {MOST_STEPS:,} steps lead to its nodes.", row.start
                )
        if branches.count == 1 or not branches.player:
            return
        # What a player did so far is one number, its last step on ``way``: nodes of a set must share it.
        now = self.experience[branches.player]
        if self.experience_at.setdefault(id(branches), now) != now:
            raise self._forgotten(row, branches, now)

    def _forgotten(self, row: Row, branches: Branches, now: int) -> Exception:
        player = self.listing.players[branches.player - 1]
        called = f"information set {branches.label!r}" if branches.label else f"information set {branches.number}"
        while now:
            now, passed, _ = self.way[now]
            if passed == id(branches):
                return self.scanner.error(
                    f"The {called} of {player!r} holds this node and one above it: {player!r} would "
                    "forget having moved (absent-mindedness). Games here need perfect recall.",
                    row.start,
                )
        return self.scanner.error(
            f"{player!r} has imperfect recall at the {called}: this node follows other own moves "
            "than the set's first node. Games here need perfect recall; give the nodes information sets of their own.",
            row.start,
        )


def game_from(scanner: Scanner, listing: Listing) -> Game:
    """Return the game that the nodes of a document make."""
    ends = Walk(scanner, listing).go()
    labels = _set_labels(listing)
    done: list[Node] = []
    for row in reversed(listing.rows):
        branches = row.branches
        if branches is None:
            done.append(ends.pop())
            continue
        below = tuple(done.pop() for _ in branches.actions)
        if branches.player:
            player = listing.players[branches.player - 1]
            done.append(Move(player, branches.actions, below, labels[id(branches)]))
        else:
            done.append(Chance(branches.actions, branches.probabilities, below))
    return Game(listing.players, done[0], (), listing.title or "game", listing.comment)


def _set_labels(listing: Listing) -> dict[int, str | None]:
    """Name the information sets of each player apart; a lone node without a label stays without."""
    sets = {id(row.branches): row.branches for row in listing.rows if row.branches and row.branches.player}
    given: dict[int, list[str]] = {}
    for branches in sets.values():
        given.setdefault(branches.player, []).append(branches.label)
    names = {player: Names(label for label in own if label.strip()) for player, own in given.items()}
    labels: dict[int, str | None] = {}
    for key, branches in sets.items():
        if branches.label.strip():
            labels[key] = names[branches.player].take(branches.label)
        else:
            lone = branches.count == 1
            labels[key] = None if lone else names[branches.player].instead(f"set {branches.number}")
    return labels
