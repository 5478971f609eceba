"""The same tree under other words: a game retold with other players, actions, outcomes and parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from deterrence.errors import unknown
from deterrence.games.bodies.written import Written
from deterrence.games.expression import to_sympy
from deterrence.games.game import Game
from deterrence.games.tree import Chance, End, Move, Node, rewrite, walk
from deterrence.mechanisms.algebra import substitute


def relabelled(
    game: Game,
    words: Mapping[str, str],
    parameters: Mapping[str, Any],
    *,
    labels: Mapping[str, str] | None = None,
    name: str,
    caption: str = "",
) -> Game:
    """Return a game with the same tree, payoffs and assumptions under other words.

    Parameters
    ----------
    game
        The game whose tree is used.
    words
        For each old player, action, outcome or branch of a draw the new word; in the labels of information sets,
        too, the new words stand for the old.
    parameters
        For each old parameter a pair of its new name and its new ``param(…)``.
    labels
        Further words to exchange in the labels of information sets.
    name, caption
        What the new game is called, and its caption.

    Raises
    ------
    UnknownNameError
        If an old word or parameter is none of the game's.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.models.folklore.strike import strike
    >>> from deterrence.models.relabel import relabelled
    >>> gain = dt.param(2, "gain from breaking the embargo")
    >>> smuggling = relabelled(
    ...     strike, {"strike": "smuggle"}, {"prize": ("gain", gain)}, name="embargo"
    ... )
    >>> list(smuggling.parameters)
    ['gain', 'loss', 'punishment', 'war']
    >>> smuggling.actions
    ('restrain', 'smuggle', 'retaliate')
    """
    _check(game, words, parameters)
    new = {old: parameter.named(called) for old, (called, parameter) in parameters.items()}
    listed = tuple(new.get(parameter.name, parameter) for parameter in game.parameter_list)
    swap = {old: parameter.written for old, parameter in new.items()}
    spoken = {**words, **(labels or {})}
    tree = rewrite(game.writing.tree, lambda node, _: _retold(node, words, spoken))
    return replace(
        game,
        players=tuple(words.get(player, player) for player in game.players),
        tree=substitute(tree, swap),
        parameter_list=listed,
        assumptions=tuple(_under_names(condition, swap) for condition in game.writing.assumptions),
        name=name,
        caption=caption or game.caption,
        class_name_list=(),
    )


def _under_names(condition: Any, swap: Mapping[str, Any]) -> Any:
    """Return a condition under the new names of parameters."""
    if isinstance(condition, Written):
        return condition.replaced(swap)
    symbols = [symbol for symbol in condition.free_symbols if symbol.name in swap]
    return condition.subs({symbol: to_sympy(swap[symbol.name]) for symbol in symbols}, simultaneous=True)


def _check(game: Game, words: Mapping[str, str], parameters: Mapping[str, Any]) -> None:
    for old in parameters:
        if old not in game.parameters:
            raise unknown("parameter", old, game.parameters)
    labels = {label for _, history in walk(game.writing.tree) for label in history}
    used = dict.fromkeys((*game.players, *game.outcomes, *sorted(labels)))
    for old in words:
        if old not in used:
            raise unknown("player, action, outcome or branch", old, used)


def _retold(node: Node, words: Mapping[str, str], spoken: Mapping[str, str]) -> Node:
    if isinstance(node, End):
        return End(words.get(node.outcome, node.outcome), node.payoffs, node.named)
    if isinstance(node, Chance):
        labels = tuple(words.get(label, label) for label in node.labels)
        return Chance(labels, node.probabilities, node.children)
    if isinstance(node, Move):
        actions = tuple(words.get(action, action) for action in node.actions)
        player = words.get(node.player, node.player)
        return Move(player, actions, node.children, _reworded(node.information, spoken), node.table)
    return node


def _reworded(label: str | None, spoken: Mapping[str, str]) -> str | None:
    """Exchange whole words in a label, the longest first, each place once."""
    if label is None:
        return None
    old = "|".join(re.escape(word) for word in sorted(spoken, key=len, reverse=True))
    return re.sub(rf"\b({old})\b", lambda match: spoken[match[0]], label) if old else label
