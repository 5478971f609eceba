"""The nodes of an ``.efg`` file as it lists them: parents first, children in order."""

from __future__ import annotations

from dataclasses import dataclass, field

from deterrence.exchange.gambit.distinct_names import distinct
from deterrence.exchange.gambit.scanner import END, Scanner
from deterrence.games.expression import Exact
from deterrence.games.words import bounded

MOST_NODES = 200_000
"""The most nodes of a tree that is read."""
MOST_ACTIONS = 10_000
"""The most branches of one node."""
MOST_PLAYERS = 100
"""The most players of a game that is read."""
LONGEST_NAME = 200
"""An end whose name would be put together of more characters is called by its number."""
NO_OUTCOME = "no outcome"


@dataclass(slots=True)
class Branches:
    """The branches that leave an information set, or a chance event."""

    player: int
    number: int
    label: str
    actions: tuple[str, ...]
    probabilities: tuple[Exact, ...] = ()
    written: tuple[str, ...] = ()
    count: int = 0


@dataclass(slots=True)
class Outcome:
    """An outcome of the file: its number, label and payoffs."""

    number: int
    label: str
    payoffs: tuple[Exact, ...]


@dataclass(slots=True)
class Row:
    """A node: its branches (none at an end), the outcome attached to it, its position in the file, and its label."""

    branches: Branches | None
    outcome: Outcome | None
    start: int
    label: str = ""


@dataclass
class Listing:
    """A whole file: title, players, comment, and nodes."""

    title: str
    players: tuple[str, ...]
    comment: str = ""
    rows: list[Row] = field(default_factory=list)


def read_players(scanner: Scanner) -> tuple[str, ...]:
    """Return the names of the players in braces, made different."""
    at, labels = scanner.start, []
    scanner.take("{", 'the list of players in braces, such as { "A" "B" },')
    while not scanner.is_at("}"):
        labels.append(scanner.label("the name of a player"))
        if len(labels) > MOST_PLAYERS:
            raise scanner.error(f"There are more than {MOST_PLAYERS} players, the most that are read.", at)
    scanner.advance()
    if not labels:
        raise scanner.error("There are no players; a game needs at least one.", at)
    return distinct(labels, "player")


def read_payoffs(scanner: Scanner, players: tuple[str, ...]) -> tuple[Exact, ...]:
    """Return a payoff for each player, from a list in braces whose commas are optional."""
    scanner.take("{", "the payoffs in braces")
    return closed_payoffs(scanner, players)


def closed_payoffs(scanner: Scanner, players: tuple[str, ...]) -> tuple[Exact, ...]:
    """Return a payoff for each player up to the closing brace."""
    payoffs = []
    for player in players:
        scanner.skip(",")
        payoffs.append(scanner.number(f"payoff of {player!r}"))
    scanner.skip(",")
    scanner.take("}", f"the brace that closes the payoffs (one for each of {len(players)} players)")
    return tuple(payoffs)


class TreeReader:
    """A reader of nodes that knows the information sets and outcomes defined so far."""

    def __init__(self, scanner: Scanner, listing: Listing) -> None:
        self.scanner, self.listing = scanner, listing
        self.sets: dict[tuple[int, int], Branches] = {}
        self.outcomes: dict[int, Outcome] = {}

    def read(self) -> None:
        """Read nodes until the tree is whole."""
        scanner, rows, open_branches = self.scanner, self.listing.rows, 1
        while open_branches:
            if scanner.is_at(END):
                raise scanner.error(
                    f"The document ends after {len(rows)} nodes, and {open_branches} more must follow: "
                    "every action leads to a node."
                )
            row = self._row()
            rows.append(row)
            if len(rows) > MOST_NODES:
                raise scanner.error(f"The tree has more than {MOST_NODES:,} nodes, the most that is read.", row.start)
            open_branches += (len(row.branches.actions) if row.branches else 0) - 1
        if not scanner.is_at(END):
            raise scanner.error("The tree is whole before this; nothing may follow it.")

    def _row(self) -> Row:
        scanner = self.scanner
        at, kind = scanner.start, scanner.take("word", "a node (c, p or t)")
        if kind not in ("c", "p", "t"):
            raise scanner.error(f"A node begins with c (chance), p (a player's move) or t (an end), not {kind!r}.", at)
        label = scanner.label("the label of the node", longest=None)
        # Player 0 is chance.
        branches = None if kind == "t" else self._branches(0 if kind == "c" else self._player())
        return Row(branches, self._outcome(), at, label)

    def _player(self) -> int:
        at, players = self.scanner.start, self.listing.players
        number = self.scanner.whole("the number of a player", 1)
        if number > len(players):
            raise self.scanner.error(f"There is no player {number}; the document lists {len(players)}.", at)
        return number

    def _branches(self, player: int) -> Branches:
        scanner, at = self.scanner, self.scanner.start
        # The first node of an information set lists its actions; a later one may repeat them or leave them out.
        number = scanner.whole("the number of an information set", 1)
        first = self.sets.get((player, number))
        label = scanner.label("the label") if scanner.is_at("label") else None
        if not scanner.is_at("{"):
            if first is None:
                what = f"information set {number} of {self._called(player)}" if player else f"chance event {number}"
                raise scanner.error(f"The {what} is used before its actions are given.", at)
            if label not in (None, first.label):
                raise self._differs(first, "label", at)
            first.count += 1
            return first
        branches = self._defined(player, number, label or "")
        if first is None:
            self.sets[player, number] = first = branches
        for what in ("label", "written", "probabilities"):
            if getattr(first, what) != getattr(branches, what):
                raise self._differs(first, {"written": "actions"}.get(what, what), at)
        first.count += 1
        return first

    def _called(self, player: int) -> str:
        return repr(self.listing.players[player - 1])

    def _differs(self, first: Branches, what: str, at: int) -> Exception:
        owner = f"information set {first.number} of {self._called(first.player)}" if first.player else "chance event"
        return self.scanner.error(
            f"The {owner} ({first.label!r}) has other {what} here than at its first appearance.", at
        )

    def _defined(self, player: int, number: int, label: str) -> Branches:
        scanner, at = self.scanner, self.scanner.start
        scanner.advance()
        labels, probabilities = [], []
        while not scanner.is_at("}"):
            labels.append(scanner.label("an action"))
            if not player:
                probabilities.append(scanner.number("probability"))
            if len(labels) > MOST_ACTIONS:
                raise scanner.error(f"A node has more than {MOST_ACTIONS:,} actions, the most that is read.", at)
        scanner.advance()
        if not labels:
            raise scanner.error("A move or a draw by nature needs at least one action.", at)
        if not player:
            self._check_probabilities(probabilities, at)
        actions = distinct(labels, "action" if player else "branch")
        return Branches(player, number, label, actions, tuple(probabilities), tuple(labels))

    def _check_probabilities(self, probabilities: list[Exact], at: int) -> None:
        total: Exact = 0
        for item in probabilities:
            if item < 0:
                raise self.scanner.error("A probability is below zero.", at)
            added = bounded(total + item)
            if added is None:
                raise self.scanner.error("The sum of the probabilities has too many digits to be held.", at)
            total = added
        if total != 1:
            raise self.scanner.error(
                f"The probabilities sum to {_in_words(total)}, and must sum to 1 exactly. Write a third as 1/3.", at
            )

    def _outcome(self) -> Outcome | None:
        # Payoffs follow where an outcome is first named, and may be repeated; number 0 means no outcome.
        scanner, at = self.scanner, self.scanner.start
        number = scanner.whole("the number of an outcome", 0)
        label = scanner.label("the outcome's name") if scanner.is_at("label") else None
        first = self.outcomes.get(number)
        if not scanner.is_at("{"):
            if number and (first is None or label not in (None, first.label)):
                raise scanner.error(f"Outcome {number} is used before its payoffs are given, or under two names.", at)
            return first
        if not number:
            raise scanner.error("Outcome 0 means no outcome, so it has no payoffs.", at)
        outcome = Outcome(number, label or "", read_payoffs(scanner, self.listing.players))
        if first is not None and (first.label, first.payoffs) != (outcome.label, outcome.payoffs):
            raise scanner.error(f"Outcome {number} has another name or other payoffs than at its first appearance.", at)
        return self.outcomes.setdefault(number, outcome)


def _in_words(total: Exact) -> str:
    near = abs(float(total) - 1) < 1e-6
    return "almost 1 but not quite" if near else f"{float(total):.6g}"


def read_listing(scanner: Scanner) -> Listing:
    """Return the nodes of an ``.efg`` document, whose first word is the present one."""
    read_heading(scanner, "EFG", 2)
    listing = Listing(scanner.label("the title", longest=None), read_players(scanner))
    if scanner.is_at("label"):
        listing.comment = scanner.label("the comment", longest=None)
    TreeReader(scanner, listing).read()
    return listing


def read_heading(scanner: Scanner, kind: str, version: int) -> None:
    """Pass over the first three words: the format, its version, and a letter that no longer means anything."""
    if scanner.text != kind:
        raise scanner.expected(f"the word {kind}")
    scanner.advance()
    at = scanner.start
    if scanner.whole("the version", 1) != version:
        raise scanner.error(f"Only version {version} of the format {kind} is known.", at)
    if scanner.text not in ("R", "D"):
        raise scanner.expected("the letter R or D")
    scanner.advance()
