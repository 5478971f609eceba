"""A simultaneous game read as a graph of states: its cells, and moves along its rows and columns."""

from __future__ import annotations

from typing import Any

from deterrence.errors import GameError
from deterrence.games.game import Game

Cell = tuple[int, ...]


def cells_as_states(game: Game) -> tuple[tuple[str, ...], tuple[str, ...], dict[str, Any], dict[str, Any]]:
    """Return the players, the cells as states, the moves between them, and the rankings by payoff.

    Raises
    ------
    GameError
        If the game is not one simultaneous move.
    """
    game.require_finite_tree()
    if not game.form.simultaneous:
        raise GameError(f"Only one simultaneous move can be read as a graph of states; {game.name!r} is a tree.")
    view = game.strategic_form()
    plans = [view.strategies[player] for player in game.players]
    cells = {key: ", ".join(plans[i][k] for i, k in enumerate(key)) for key in view.payoffs}
    moves, rankings = {}, {}
    for i, player in enumerate(game.players):
        pairs = [(start, end) for start in cells for end in cells if _differ_only_at(i, start, end)]
        moves[player] = [(cells[start], cells[end]) for start, end in pairs]
        levels = sorted({row[i] for row in view.payoffs.values()}, reverse=True)
        rankings[player] = [tuple(cells[key] for key, row in view.payoffs.items() if row[i] == u) for u in levels]
    return game.players, tuple(cells.values()), moves, rankings


def _differ_only_at(place: int, cell: Cell, other: Cell) -> bool:
    return all((a != b) == (i == place) for i, (a, b) in enumerate(zip(cell, other, strict=True)))
