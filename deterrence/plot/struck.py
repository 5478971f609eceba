"""An elimination on its game: rows and columns of the payoff table, or branches of the tree, struck and numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deterrence.errors import MethodError
from deterrence.games.matrices import bimatrix
from deterrence.plot.tables import MOST, is_table, plot_table
from deterrence.plot.trees.tree import drawn_tree

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from deterrence.games.game import Game


def plot_dominance(answer: Any, *, ax: Axes | None = None) -> Axes:
    """Draw what an elimination took out: on the table of two players; on the tree for more, and at information sets.

    Parameters
    ----------
    answer
        What :func:`deterrence.dominance` returned.
    ax
        Where to draw; by default new axes as large as the drawing needs.

    Returns
    -------
    Axes
        The axes drawn on.

    Raises
    ------
    MethodError
        If a table has more than twelve rows or columns.
    """
    kind = "weakly" if answer.weak else "strictly"
    title = f"{answer.game.name}: {kind} dominated, in order" if answer.steps else f"{answer.game.name}: none dominated"
    if answer.conditional or len(answer.game.players) != 2:
        form = answer.game.form
        struck = {form.children[node][a]: number for h, a, number in answer.struck for node in form.nodes_of[h]}
        return drawn_tree(answer.game, None, ax, False, title, struck)
    table = _table(answer)
    places = {player: h for h, player in enumerate(answer.game.players)}
    lines = [(places[step.player], step.positions[0]) for step in answer.steps]
    return plot_table(table, ax=ax, title=title, struck=lines)


def _table(answer: Any) -> Game:
    """Return the game whose table is drawn: the game itself, or its strategic form."""
    plans = answer.strategic.plans
    if max(map(len, plans)) > MOST:
        counts = " x ".join(str(len(group)) for group in plans)
        raise MethodError(
            f"A table of {counts} strategies is too large to be drawn; the limit is {MOST} rows and columns. "
            "to_frame() lists the steps."
        )
    game: Game = answer.game
    if is_table(game) and tuple(game.form.player_of) == (0, 1):
        return game
    size, payoffs = tuple(map(len, plans)), answer.strategic.payoffs
    A, B = ([[payoffs[i, j][who] for j in range(size[1])] for i in range(size[0])] for who in (0, 1))
    return bimatrix(A, B, players=game.players, actions=list(answer.strategic.strategies.values()), name=game.name)
