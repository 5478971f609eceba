"""Gambit's ``.nfg`` files: tables of a simultaneous game, as payoffs or as outcomes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from math import prod

from deterrence.exchange.gambit.distinct_names import distinct
from deterrence.exchange.gambit.efg_rows import (
    LONGEST_NAME,
    MOST_ACTIONS,
    MOST_NODES,
    NO_OUTCOME,
    closed_payoffs,
    read_heading,
    read_players,
)
from deterrence.exchange.gambit.scanner import END, Scanner
from deterrence.games.game import Game
from deterrence.games.tree import End, PayoffTable


def read_table(scanner: Scanner) -> Game:
    """Return the game of an ``.nfg`` document, whose first word is the present one."""
    read_heading(scanner, "NFG", 1)
    title, players = scanner.label("the title", longest=None), read_players(scanner)
    # Strategies stand in inner braces where they have names, and as counts where not; then come payoffs alone, or
    # outcomes in braces and the number of one for each cell.
    strategies = _strategies(scanner, players)
    comment = scanner.label("the comment", longest=None) if scanner.is_at("label") else ""
    read_cells = _by_outcome if scanner.is_at("{") else _by_payoff
    table = dict(read_cells(scanner, players, strategies))
    if not scanner.is_at(END):
        raise scanner.error("The table is full before this; nothing may follow it.")
    ordered = tuple((key, table[key]) for key in itertools.product(*strategies))
    return Game(players, PayoffTable(ordered, players), (), title or "game", comment)


def _strategies(scanner: Scanner, players: tuple[str, ...]) -> list[tuple[str, ...]]:
    at = scanner.start
    scanner.take("{", "the strategies in braces")
    labelled = scanner.is_at("{")
    listed = [_labels(scanner, player) for player in players] if labelled else _numbered(scanner, players)
    scanner.take("}", f"the brace that closes the strategies of {len(players)} players")
    _check_size(scanner, players, [len(labels) for labels in listed], at)
    return [distinct(labels, "strategy") for labels in listed]


def _labels(scanner: Scanner, player: str) -> list[str]:
    at, labels = scanner.start, []
    scanner.take("{", f"the strategies of {player!r} in braces")
    while not scanner.is_at("}"):
        labels.append(scanner.label(f"a strategy of {player!r}"))
        if len(labels) > MOST_ACTIONS:
            raise scanner.error(f"The player {player!r} has more than {MOST_ACTIONS:,} strategies.", at)
    scanner.advance()
    if not labels:
        raise scanner.error(f"The player {player!r} has no strategy; everyone needs one.", at)
    return labels


def _numbered(scanner: Scanner, players: tuple[str, ...]) -> list[list[str]]:
    at = scanner.start
    sizes = [scanner.whole(f"how many strategies {player!r} has", 1) for player in players]
    _check_size(scanner, players, sizes, at)
    return [[str(i) for i in range(1, size + 1)] for size in sizes]


def _check_size(scanner: Scanner, players: tuple[str, ...], sizes: list[int], at: int) -> None:
    """Refuse a table that the rest of the document is too short to fill, before anything is made of it."""
    room = (len(scanner.document) - scanner.start + 1) // 2
    cells = prod(sizes)
    if cells > room:
        raise scanner.error(
            f"The table of {' x '.join(_short(size) for size in sizes[:10])} strategies has more cells than the rest "
            f"of the document could fill.",
            at,
        )
    nodes = sum(itertools.accumulate(sizes, lambda a, b: a * b))
    if nodes > MOST_NODES or max(sizes) > MOST_ACTIONS:
        raise scanner.error(
            f"The table has {cells:,} cells for {len(players)} players, which makes a tree of more than "
            f"{MOST_NODES:,} nodes or {MOST_ACTIONS:,} actions, the most that is read.",
            at,
        )


def _short(size: int) -> str:
    return f"{size:,}" if size < 10**12 else "a huge number of"


def _profiles(strategies: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield the combinations in Gambit's order: the first player's strategy changes fastest."""
    return (key[::-1] for key in itertools.product(*reversed(strategies)))


def _by_payoff(
    scanner: Scanner, players: tuple[str, ...], strategies: list[tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], End]]:
    called = [f"payoff of {player!r}" for player in players]
    for number, key in enumerate(_profiles(strategies), 1):
        payoffs = []
        for what in called:
            payoffs.append(scanner.number(what))
            scanner.skip(",")
        yield key, End(_cell_name(key, number), tuple(payoffs))


def _cell_name(key: tuple[str, ...], number: int) -> str:
    """Name a cell by its strategies, or by its number where that would be long."""
    return ", ".join(key) if sum(map(len, key)) <= LONGEST_NAME else f"cell {number}"


def _by_outcome(
    scanner: Scanner, players: tuple[str, ...], strategies: list[tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], End]]:
    outcomes = _outcomes(scanner, players)
    nothing = End(NO_OUTCOME, (0,) * len(players))
    for cell, key in enumerate(_profiles(strategies), 1):
        at = scanner.start
        number = scanner.whole("the number of an outcome", 0)
        scanner.skip(",")
        if number > len(outcomes):
            raise scanner.error(f"There is no outcome {number}; the document lists {len(outcomes)}.", at)
        outcome = outcomes[number - 1] if number else nothing
        yield key, outcome if outcome.outcome else End(_cell_name(key, cell), outcome.payoffs)


def _outcomes(scanner: Scanner, players: tuple[str, ...]) -> list[End]:
    """Return the listed outcomes; those without a name are named by their cells later."""
    outcomes = []
    scanner.advance()
    while scanner.is_at("{"):
        scanner.advance()
        label = scanner.label("the name of an outcome") if scanner.is_at("label") else ""
        outcomes.append(End(label.strip() and label, closed_payoffs(scanner, players)))
        if len(outcomes) > MOST_NODES:
            raise scanner.error(f"There are more than {MOST_NODES:,} outcomes, the most that are read.")
    scanner.take("}", "the brace that closes the outcomes")
    return outcomes
