"""The game that the nodes of an ``.efg`` file make: payoffs added up along each path, memory checked."""

from __future__ import annotations

from dataclasses import dataclass

from deterrence.exchange.gambit.distinct_names import Names
from deterrence.exchange.gambit.efg_rows import LONGEST_NAME, NO_OUTCOME, Branches, Listing, Outcome, Row
from deterrence.exchange.gambit.scanner import Scanner
from deterrence.exchange.gambit.set_labels import inferred_labels, label_mark, table_beginnings
from deterrence.games.expression import Exact
from deterrence.games.form import ExtensiveForm
from deterrence.games.game import Game
from deterrence.games.tree import Chance, End, Move, Node
from deterrence.games.words import bounded

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
    form, branches_of = _shape(listing)
    labels = _labels(form, branches_of, listing)
    begins = table_beginnings(form, [h for h, label in enumerate(labels) if label is None])
    inside = {node: begin for h, begin in begins.items() for node in (begin, *form.nodes_of[h])}
    done: list[Node] = []
    for place in reversed(range(form.size)):
        branches, h = listing.rows[place].branches, form.infoset_of[place]
        if branches is None:
            done.append(ends.pop())
            continue
        below = tuple(done.pop() for _ in branches.actions)
        if h >= 0:
            table = _table_name(inside[place]) if place in inside else None
            done.append(Move(form.players[form.player_of[h]], branches.actions, below, labels[h], table))
        else:
            done.append(Chance(branches.actions, branches.probabilities, below))
    return Game(listing.players, done[0], (), listing.title or "game", listing.comment)


def _table_name(begin: int) -> str:
    return f"node {begin}" if begin else "start"


def _shape(listing: Listing) -> tuple[ExtensiveForm, list[Branches]]:
    """Return the nodes and information sets of a document as a form, without payoffs; and the branches of the sets."""
    form, branches_of, set_of = ExtensiveForm(listing.players), list[Branches](), dict[int, int]()
    open_branches, inside = [(-1, -1)], list[list[int]]()
    for place, row in enumerate(listing.rows):
        parent, branch = open_branches.pop()
        form.parent.append(parent)
        form.branch.append(branch)
        actions = row.branches.actions if row.branches else ()
        form.labels.append(actions)
        open_branches.extend((place, k) for k in reversed(range(len(actions))))
        if row.branches is None or not row.branches.player:
            form.infoset_of.append(-1)
            continue
        h = set_of.setdefault(id(row.branches), len(branches_of))
        if h == len(branches_of):
            branches_of.append(row.branches)
            form.player_of.append(row.branches.player - 1)
            inside.append([])
        form.infoset_of.append(h)
        inside[h].append(place)
    form.nodes_of = list(map(tuple, inside))
    return form, branches_of


def _labels(form: ExtensiveForm, branches_of: list[Branches], listing: Listing) -> list[str | None]:
    """Return the labels of the information sets, those of one player different; a lone node may be without."""
    words = [branches.label for branches in branches_of]
    rows = [listing.rows[nodes[0]] for nodes in form.nodes_of]
    marks = [label_mark(branches.player, branches.number) for branches in branches_of]
    labelled = {h for h, row in enumerate(rows) if words[h].strip() and row.label == marks[h]}
    labels = inferred_labels(form, words, labelled)
    given: dict[int, list[str]] = {player: [] for player in form.player_of}
    for player, label in zip(form.player_of, labels, strict=True):
        given[player].extend([label] if label is not None else [])
    names = {player: Names(own) for player, own in given.items()}
    for h, branches in enumerate(branches_of):
        label, own = labels[h], names[form.player_of[h]]
        if label is not None:
            labels[h] = own.take(label)
        elif not words[h].strip() and branches.count > 1:
            labels[h] = own.instead(f"set {branches.number}")
    return labels
