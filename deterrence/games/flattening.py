"""From a tree to its flat form: numbers for the nodes, and the checks that they make a game."""

from __future__ import annotations

from typing import Any

from deterrence.errors import GameError, nearest
from deterrence.games.continuum.variables import Variable, variable_of
from deterrence.games.expression import Value, show_value
from deterrence.games.form import ExtensiveForm
from deterrence.games.tree import Assumed, Chance, Choice, Draw, End, Move, Node, PayoffTable, nodes, rewrite


def plain(tree: Node, players: tuple[str, ...]) -> tuple[list[Node], tuple[Any, ...]]:
    """Return the nodes of a tree in order, as moves, chance and ends whose payoffs are in order; and its assumptions.

    Each node comes before what follows it, branch by branch.
    """
    order = _in_order(tree)
    if order is not None:
        return order, ()
    assumptions: list[Any] = []

    def simpler(node: Node, history: tuple[str, ...]) -> Node:
        if isinstance(node, Assumed):
            assumptions.extend(c for c in node.conditions if c not in assumptions)
            return node.tree
        if isinstance(node, PayoffTable):
            return rewrite(expand_table(node, players, ", ".join(history) or "start"), simpler)
        return End(node.outcome, _payoffs(node, players)) if isinstance(node, End) and node.named else node

    tree = rewrite(tree, simpler)
    order = _in_order(tree)
    if order is None:
        strange = next(node for node in nodes(tree) if type(node) not in (Move, Chance, Draw, Choice, End))
        raise GameError(f"A tree is made of move, chance, draw, choose, end and matrix; got {strange!r}.")
    return order, tuple(assumptions)


def _in_order(tree: Node) -> list[Node] | None:
    """Return the nodes of a tree in order, or None where some are no moves, draws and ends with payoffs in order."""
    order, stack = [], [tree]
    while stack:
        node = stack.pop()
        order.append(node)
        if type(node) is Move or type(node) is Chance:
            stack += node.children[::-1]
        elif type(node) is Draw or type(node) is Choice:
            stack.append(node.child)
        elif type(node) is not End or node.named:
            return None
    return order


def flatten(order: list[Node], players: tuple[str, ...]) -> ExtensiveForm:
    """Give the nodes of a plain tree, which are in order, numbers and check that they make a game.

    Raises
    ------
    GameError
        If a node names an unknown player, gives the wrong number of payoffs, or if information sets
        disagree about their actions, hold a node and its successor, or forget what their player knew.
    """
    order, numbers = _without_numbers(order)
    form = _linked(players, order)
    if numbers:
        _place_numbers(form, numbers)
    sets = _Sets(form)
    for place, node in enumerate(order):
        if type(node) is End:
            form.outcome[place] = node.outcome
            form.written_payoffs[place] = node.payoffs if len(node.payoffs) == len(players) else _payoffs(node, players)
        elif type(node) is Move:
            form.labels[place] = node.actions
            form.infoset_of[place] = sets.number(node, place)
        elif type(node) is Chance:
            form.labels[place], form.written_probabilities[place] = node.labels, node.probabilities
    sets.close()
    _check_recall(form)
    return form


def _without_numbers(order: list[Node]) -> tuple[list[Node], dict[int, list[Draw | Choice]]]:
    """Return the moves, chance nodes and ends in order, and by place the draws and choices directly above."""
    if not any(type(node) is Draw or type(node) is Choice for node in order):
        return order, {}
    kept: list[Node] = []
    numbers: dict[int, list[Draw | Choice]] = {}
    for node in order:
        if isinstance(node, (Draw, Choice)):
            numbers.setdefault(len(kept), []).append(node)
        else:
            kept.append(node)
    return kept, numbers


def _place_numbers(form: ExtensiveForm, numbers: dict[int, list[Draw | Choice]]) -> None:
    """Say of every node which drawn and chosen numbers stand above it."""
    variables: list[Variable] = []
    for place in range(form.size):
        above = form.variables_above[form.parent[place]] if place else ()
        for node in numbers.get(place, ()):
            above = (*above, len(variables))
            variables.append(variable_of(node, place, form.players))
        form.variables_above[place] = above
    form.variables = tuple(variables)


def _linked(players: tuple[str, ...], order: list[Node]) -> ExtensiveForm:
    """Return the form of nodes in order in which only the branches are filled in."""
    size = len(order)
    form = ExtensiveForm(
        players,
        parent=[-1] * size,
        branch=[-1] * size,
        children=[()] * size,
        labels=[()] * size,
        infoset_of=[-1] * size,
        outcome=[None] * size,
        written_payoffs=[()] * size,
        written_probabilities=[()] * size,
    )
    roots: list[int] = []  # of the subtrees that begin after a place and have no parent yet, the nearest last
    for place in range(size - 1, -1, -1):
        node = order[place]
        if type(node) is not End:
            first = len(roots) - len(node.children)  # type: ignore[union-attr]
            form.children[place] = tuple(roots[first:][::-1])
            del roots[first:]
            for branch, child in enumerate(form.children[place]):
                form.parent[child], form.branch[child] = place, branch
        roots.append(place)
    return form


class _Sets:
    """The information sets of a form, as moves are added to them."""

    def __init__(self, form: ExtensiveForm) -> None:
        self.form = form
        self.players = {player: i for i, player in enumerate(form.players)}
        self.known: dict[Any, int] = {}
        self.inside: dict[int, list[int]] = {}
        self.tables: dict[int, tuple[str, int]] = {}

    def number(self, node: Move, place: int) -> int:
        """Return the number of a move's information set, made where it is the first of it."""
        if node.player not in self.players:
            raise GameError(
                f"A move belongs to {node.player!r}, who is not a player. {nearest(node.player, self.form.players)}"
            )
        player = self.players[node.player]
        if node.information is None and node.table is None:
            return self._new(node, place, player)
        key: Any = (player, "label", node.information)
        if node.information is None:
            key = (player, "table", *self._table(node.table, place))
        elif node.table is not None:
            self._table(node.table, place)
        if key not in self.known:
            self.known[key] = self._new(node, place, player)
            self.inside[self.known[key]] = [place]
            return self.known[key]
        h = self.known[key]
        self._check_actions(h, node)
        self.inside[h].append(place)
        return h

    def close(self) -> None:
        """Fill in the nodes of the sets that may have several."""
        for h, places in self.inside.items():
            self.form.nodes_of[h] = tuple(places)

    def _new(self, node: Move, place: int, player: int) -> int:
        form = self.form
        form.nodes_of.append((place,))
        form.actions_of.append(node.actions)
        form.player_of.append(player)
        form.label_of.append(node.information)
        return len(form.nodes_of) - 1

    def _table(self, table: str | None, place: int) -> tuple[str | None, int]:
        """Return the table that a move belongs to, by its name and the node where it begins."""
        parent, above = self.form.parent, self.form.parent[place]
        while above >= 0 and self.tables.get(above, ("", 0))[0] != table:
            above = parent[above]
        self.tables[place] = (str(table), self.tables[above][1] if above >= 0 else place)
        return self.tables[place]

    def _check_actions(self, h: int, node: Move) -> None:
        actions = self.form.actions_of[h]
        if actions != node.actions:
            raise GameError(
                f"The information set {node.information!r} of {node.player} offers different actions at different "
                f"nodes: ({', '.join(actions)}) and ({', '.join(node.actions)}). A player who cannot tell two nodes "
                "apart must have the same actions, in the same order, at both."
            )


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
