"""From a tree to its flat form: numbers for the nodes, and the checks that they make a game."""

from __future__ import annotations

from typing import Any

from deterrence.errors import GameError, nearest
from deterrence.games.expression import Value, show_value
from deterrence.games.form import ExtensiveForm
from deterrence.games.tree import Assumed, Chance, End, Move, Node, PayoffTable, nodes, rewrite


def plain(tree: Node, players: tuple[str, ...]) -> tuple[Node, tuple[Any, ...]]:
    """Return a tree of moves, draws and ends alone, payoffs in the players' order, and its assumptions."""
    if all(isinstance(node, (Move, Chance)) or (isinstance(node, End) and not node.named) for node in nodes(tree)):
        return tree, ()
    assumptions: list[Any] = []

    def simpler(node: Node, history: tuple[str, ...]) -> Node:
        if isinstance(node, Assumed):
            assumptions.extend(c for c in node.conditions if c not in assumptions)
            return node.tree
        if isinstance(node, PayoffTable):
            return rewrite(expand_table(node, players, ", ".join(history) or "start"), simpler)
        return End(node.outcome, _payoffs(node, players)) if isinstance(node, End) and node.named else node

    return rewrite(tree, simpler), tuple(assumptions)


def flatten(tree: Node, players: tuple[str, ...]) -> ExtensiveForm:
    """Give the nodes of a plain tree numbers and check that they make a game.

    Raises
    ------
    GameError
        If a node names an unknown player, gives the wrong number of payoffs, or if information sets
        disagree about their actions, hold a node and its successor, or forget what their player knew.
    """
    form = ExtensiveForm(players)
    number = {player: i for i, player in enumerate(players)}
    sets: dict[Any, int] = {}
    tables: dict[int, tuple[str, int]] = {}
    children: dict[int, list[int]] = {}
    stack: list[tuple[Node, int, int]] = [(tree, -1, -1)]
    while stack:
        node, parent, branch = stack.pop()
        place = form.size
        form.parent.append(parent)
        form.branch.append(branch)
        if isinstance(node, Move) and node.table is not None:
            tables[place] = (node.table, _table_root(form, node.table, place, tables))
        below = _append(form, node, number, sets, tables)
        form.children.append(())
        if below:
            children[place] = []
        if parent >= 0:
            children[parent].append(place)
        stack.extend((below[i], place, i) for i in reversed(range(len(below))))
    for place, places in children.items():
        form.children[place] = tuple(places)
    _check_recall(form)
    return form


def _table_root(form: ExtensiveForm, table: str, node: int, tables: dict[int, tuple[str, int]]) -> int:
    above = form.parent[node]
    while above >= 0:
        if above in tables and tables[above][0] == table:
            return tables[above][1]
        above = form.parent[above]
    return node


def _append(
    form: ExtensiveForm,
    node: Node,
    number: dict[str, int],
    sets: dict[Any, int],
    tables: dict[int, tuple[str, int]],
) -> tuple[Node, ...]:
    if isinstance(node, End):
        form.labels.append(())
        form.infoset_of.append(-1)
        form.outcome.append(node.outcome)
        form.written_payoffs.append(_payoffs(node, form.players))
        form.written_probabilities.append(())
        return ()
    form.outcome.append(None)
    form.written_payoffs.append(())
    if isinstance(node, Chance):
        form.labels.append(node.labels)
        form.infoset_of.append(-1)
        form.written_probabilities.append(node.probabilities)
        return node.children
    if not isinstance(node, Move):
        raise GameError(f"A tree is made of move, chance, end and matrix; got {node!r}.")
    form.labels.append(node.actions)
    form.written_probabilities.append(())
    form.infoset_of.append(_set_number(form, node, number, sets, tables))
    return node.children


def _payoffs(node: End, players: tuple[str, ...]) -> tuple[Value, ...]:
    if node.named:
        payoffs = dict(node.named)
        wrong = [player for player in payoffs if player not in players]
        if wrong:
            raise GameError(
                f"The end {node.outcome!r} gives a payoff to {wrong[0]!r}, who is not a player. "
                f"{nearest(wrong[0], players)}"
            )
        missing = [player for player in players if player not in payoffs]
        if missing:
            raise GameError(f"The end {node.outcome!r} gives no payoff to {', '.join(map(repr, missing))}.")
        return tuple(payoffs[player] for player in players)
    if len(node.payoffs) != len(players):
        raise GameError(
            f"The end {node.outcome!r} has {len(node.payoffs)} payoff{'' if len(node.payoffs) == 1 else 's'} "
            f"({', '.join(map(show_value, node.payoffs))}); "
            f"the game has {len(players)} players ({', '.join(players)}), each needs one."
        )
    return node.payoffs


def _set_number(
    form: ExtensiveForm,
    node: Move,
    number: dict[str, int],
    sets: dict[Any, int],
    tables: dict[int, tuple[str, int]],
) -> int:
    if node.player not in number:
        raise GameError(f"A move belongs to {node.player!r}, who is not a player. {nearest(node.player, form.players)}")
    player = number[node.player]
    place = form.size - 1
    if node.information is not None:
        key: Any = (player, "label", node.information)
    else:
        key = (player, "table", *tables[place]) if node.table is not None else (player, "node", place)
    if key not in sets:
        sets[key] = len(form.nodes_of)
        form.nodes_of.append([])
        form.actions_of.append(node.actions)
        form.player_of.append(player)
        form.label_of.append(node.information)
    h = sets[key]
    if form.actions_of[h] != node.actions:
        raise GameError(
            f"The information set {node.information!r} of {node.player} offers different actions at different nodes: "
            f"({', '.join(form.actions_of[h])}) and ({', '.join(node.actions)}). A player who cannot tell two nodes "
            "apart must have the same actions, in the same order, at both."
        )
    form.nodes_of[h].append(place)
    return h


def expand_table(table: PayoffTable, players: tuple[str, ...], place: str) -> Node:
    """Turn a matrix into the moves of players who do not see each other."""
    movers = table.players or players
    wrong = [player for player in movers if player not in players]
    if wrong:
        raise GameError(f"A matrix is played by {wrong[0]!r}, who is not a player. {nearest(wrong[0], players)}")
    size = len(table.cells[0][0])
    if size != len(movers):
        raise GameError(
            f"The cells of a matrix name {size} actions ({', '.join(table.cells[0][0])}), "
            f"but {len(movers)} players choose ({', '.join(movers)}). Name the choosing ones with players=…"
        )
    options = [tuple(dict.fromkeys(key[i] for key, _ in table.cells)) for i in range(size)]
    cells = dict(table.cells)

    def level(actions: tuple[str, ...]) -> Node:
        depth = len(actions)
        if depth == size:
            return cells[actions]
        below = tuple(level((*actions, action)) for action in options[depth])
        return Move(movers[depth], options[depth], below, None, place)

    return level(())


def _check_recall(form: ExtensiveForm) -> None:
    for h, inside in enumerate(form.nodes_of):
        if len(inside) < 2:
            continue
        player, name = form.player_of[h], form.label_of[h]
        own_steps = [form._own_steps(node, player) for node in inside]
        if any(h == earlier for steps in own_steps for earlier, _ in steps):
            raise GameError(
                f"The information set {name!r} of {form.players[player]} contains a node and its own successor, so "
                "the player would forget having moved. Give the later move another information label."
            )
        if len(set(own_steps)) > 1:
            steps_in_words = " and ".join(sorted({_steps_in_words(form, steps) for steps in own_steps}))
            raise GameError(
                f"{form.players[player]} has imperfect recall at the information set {name!r}: it holds nodes "
                f"after different own moves ({steps_in_words}). Give them different information labels."
            )


def _steps_in_words(form: ExtensiveForm, steps: tuple[tuple[int, int], ...]) -> str:
    return ", ".join(form.actions_of[h][action] for h, action in steps) or "no own move"
