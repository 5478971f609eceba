"""The flat form of a game tree: nodes numbered parents first, with their information sets.

Everything that computes on a game reads this form; it is made and checked once for each tree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from deterrence.errors import GameError, nearest
from deterrence.expression import Exact, Value, compile_exact, is_symbolic, show_value
from deterrence.tree import Assumed, Chance, End, Move, Node, Table, nodes, rewrite

DEEP = 100
"""Beyond this depth a history is named by its node's number instead of its branch names."""


@dataclass(frozen=True, slots=True)
class InformationSet:
    """Hold what a player knows when it moves: the histories it cannot tell apart, and its actions.

    Attributes
    ----------
    name
        Its label; without one its player, where that is the player's only one, else player and history.
    player
        Who moves.
    actions
        What the player may do, in the order written.
    histories
        The histories it cannot tell apart, each the branch names that lead there.
    """

    name: str
    player: str
    actions: tuple[str, ...]
    histories: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name}: {self.player} chooses among {', '.join(self.actions)}"


@dataclass(slots=True)
class _Set:
    """Be an information set while the tree is being read."""

    player: int
    label: str | None
    actions: tuple[str, ...]
    nodes: list[int] = field(default_factory=list)


@dataclass(eq=False)
class ExtensiveForm:
    """Hold a tree as lists indexed by node number, the root first and children after their parents.

    ``infoset_of[n]`` is the information set at node n, or -1 at ends and chance nodes; ``nodes_of`` and
    ``actions_of`` list its nodes and actions. ``payoffs[n]`` is filled at ends, ``probabilities[n]`` at
    chance nodes.
    """

    players: tuple[str, ...]
    parent: list[int] = field(default_factory=list)
    branch: list[int] = field(default_factory=list)
    children: list[tuple[int, ...]] = field(default_factory=list)
    labels: list[tuple[str, ...]] = field(default_factory=list)
    infoset_of: list[int] = field(default_factory=list)
    outcome: list[str | None] = field(default_factory=list)
    payoffs: list[tuple[Value, ...]] = field(default_factory=list)
    probabilities: list[tuple[Value, ...]] = field(default_factory=list)
    nodes_of: list[list[int]] = field(default_factory=list)
    actions_of: list[tuple[str, ...]] = field(default_factory=list)
    player_of: list[int] = field(default_factory=list)
    label_of: list[str | None] = field(default_factory=list)

    @property
    def size(self) -> int:
        """The number of nodes."""
        return len(self.parent)

    @cached_property
    def perfect_information(self) -> bool:
        """Whether every information set is a single node."""
        return all(len(nodes) == 1 for nodes in self.nodes_of)

    @cached_property
    def simultaneous(self) -> bool:
        """Whether each player moves once, knowing nothing: the tree of one simultaneous move."""
        players = [self.player_of[h] for h in range(len(self.nodes_of))]
        once = len(set(players)) == len(players)
        every = all(kind >= 0 or not below for kind, below in zip(self.infoset_of, self.children, strict=True))
        depth = len(self.ends_depths) == 1
        return once and every and depth and len(players) > 1

    @cached_property
    def ends_depths(self) -> set[int]:
        """The depths at which the tree ends."""
        depth = [0] * self.size
        for node in range(1, self.size):
            depth[node] = depth[self.parent[node]] + 1
        return {depth[node] for node in range(self.size) if not self.children[node]}

    def path(self, node: int) -> tuple[tuple[int, int], ...]:
        """Return the steps from the root to a node, as (node, branch number)."""
        steps = []
        while node:
            steps.append((self.parent[node], self.branch[node]))
            node = self.parent[node]
        return tuple(reversed(steps))

    def history(self, node: int) -> str:
        """Name the way to a node by its branch names."""
        steps = self.path(node)
        if not steps:
            return "start"
        if len(steps) > DEEP:
            return f"node {node}"
        return ", ".join(self.labels[at][branch] for at, branch in steps)

    @cached_property
    def set_names(self) -> tuple[str, ...]:
        """The names of the information sets, each different."""
        owners: dict[int, int] = {}
        for player in self.player_of:
            owners[player] = owners.get(player, 0) + 1
        labels: dict[str, int] = {}
        for label in self.label_of:
            if label is not None:
                labels[label] = labels.get(label, 0) + 1
        names = [self._set_name(h, owners, labels) for h in range(len(self.nodes_of))]
        taken: set[str] = set()
        for h, name in enumerate(names):
            while names[h] in taken:
                names[h] = f"{names[h]} (node {self.nodes_of[h][0]})" if names[h] == name else f"{names[h]}'"
            taken.add(names[h])
        return tuple(names)

    def _set_name(self, h: int, owners: dict[int, int], labels: dict[str, int]) -> str:
        player, label = self.players[self.player_of[h]], self.label_of[h]
        if label is not None:
            clear = labels[label] == 1 and (label == player or label not in self.players)
            return label if clear else f"{player} | {label}"
        if owners[self.player_of[h]] == 1:
            return player
        steps = [self.path(node) for node in self.nodes_of[h]]
        shared = len(steps[0])
        for other in steps[1:]:
            same = [a == b for a, b in zip(steps[0], other, strict=False)]
            shared = min(shared, [*same, False].index(False))
        if len(steps) == 1:
            return f"{player} | {self.history(self.nodes_of[h][0])}"
        root = self.nodes_of[h][0]
        for _ in range(len(steps[0]) - shared):
            root = self.parent[root]
        return f"{player} | {self.history(root)}"

    @cached_property
    def set_number(self) -> dict[str, int]:
        """The number of each information set by its name."""
        return {name: h for h, name in enumerate(self.set_names)}

    def information_sets(self) -> tuple[InformationSet, ...]:
        """Return the information sets as named values."""
        return tuple(
            InformationSet(
                name,
                self.players[self.player_of[h]],
                self.actions_of[h],
                tuple(self.history(node) for node in self.nodes_of[h]),
            )
            for h, name in enumerate(self.set_names)
        )

    @cached_property
    def own_steps(self) -> list[tuple[tuple[int, int], ...]]:
        """What each information set's player has chosen before it, as (information set, action number)."""
        return [self._own_steps(nodes[0], self.player_of[h]) for h, nodes in enumerate(self.nodes_of)]

    def _own_steps(self, node: int, player: int) -> tuple[tuple[int, int], ...]:
        return tuple(
            (self.infoset_of[at], branch)
            for at, branch in self.path(node)
            if self.infoset_of[at] >= 0 and self.player_of[self.infoset_of[at]] == player
        )

    @cached_property
    def _compiled(self) -> tuple[list[Any], list[Any]]:
        cache: dict[Value, Any] = {}

        def compiled(value: Value) -> Any:
            if value not in cache:
                cache[value] = compile_exact(value)
            return cache[value]

        payoffs = [tuple(compiled(item) if is_symbolic(item) else item for item in row) for row in self.payoffs]
        chances = [tuple(compiled(item) if is_symbolic(item) else item for item in row) for row in self.probabilities]
        return payoffs, chances

    def numbers(self, values: Mapping[str, Exact]) -> tuple[list[tuple[Exact, ...]], list[tuple[Exact, ...]]]:
        """Return payoffs at ends and probabilities at chance nodes as exact numbers at parameter values."""
        if not values:
            return self.payoffs, self.probabilities
        payoffs, chances = self._compiled
        memo: dict[int, Exact] = {}

        def number(item: Any) -> Exact:
            if not callable(item):
                return item
            key = id(item)
            if key not in memo:
                memo[key] = item(values)
            return memo[key]

        return (
            [tuple(number(item) for item in row) for row in payoffs],
            [tuple(number(item) for item in row) for row in chances],
        )


def plain(tree: Node, players: tuple[str, ...]) -> tuple[Node, tuple[Any, ...]]:
    """Return a tree of moves, draws and ends alone, payoffs in the players' order, and its assumptions."""
    if all(isinstance(node, (Move, Chance)) or (isinstance(node, End) and not node.named) for node in nodes(tree)):
        return tree, ()
    assumptions: list[Any] = []

    def simpler(node: Node, history: tuple[str, ...]) -> Node:
        if isinstance(node, Assumed):
            assumptions.extend(c for c in node.conditions if c not in assumptions)
            return node.tree
        if isinstance(node, Table):
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
    missing: dict[int, list[int]] = {}
    stack: list[tuple[Node, int, int]] = [(tree, -1, -1)]
    while stack:
        node, parent, branch = stack.pop()
        here = form.size
        form.parent.append(parent)
        form.branch.append(branch)
        if isinstance(node, Move) and node.table is not None:
            tables[here] = (node.table, _table_root(form, node.table, here, tables))
        below = _append(form, node, number, sets, tables)
        form.children.append(())
        if below:
            missing[here] = []
        if parent >= 0:
            missing[parent].append(here)
        stack.extend((below[i], here, i) for i in reversed(range(len(below))))
    for node_number, found in missing.items():
        form.children[node_number] = tuple(found)
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
        form.payoffs.append(_payoffs(node, form.players))
        form.probabilities.append(())
        return ()
    form.outcome.append(None)
    form.payoffs.append(())
    if isinstance(node, Chance):
        form.labels.append(node.labels)
        form.infoset_of.append(-1)
        form.probabilities.append(node.probabilities)
        return node.children
    if not isinstance(node, Move):
        raise GameError(f"A tree is made of move, chance, end and matrix; got {node!r}.")
    form.labels.append(node.actions)
    form.probabilities.append(())
    form.infoset_of.append(_set_number(form, node, number, sets, tables))
    return node.children


def _payoffs(node: End, players: tuple[str, ...]) -> tuple[Value, ...]:
    if node.named:
        given = dict(node.named)
        wrong = [player for player in given if player not in players]
        if wrong:
            raise GameError(
                f"The end {node.outcome!r} gives a payoff to {wrong[0]!r}, who is no player. "
                f"{nearest(wrong[0], players)}"
            )
        missing = [player for player in players if player not in given]
        if missing:
            raise GameError(f"The end {node.outcome!r} gives no payoff to {', '.join(map(repr, missing))}.")
        return tuple(given[player] for player in players)
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
        raise GameError(f"A move belongs to {node.player!r}, who is no player. {nearest(node.player, form.players)}")
    player = number[node.player]
    here = form.size - 1
    if node.information is not None:
        key: Any = (player, "label", node.information)
    else:
        key = (player, "table", *tables[here]) if node.table is not None else (player, "node", here)
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
    form.nodes_of[h].append(here)
    return h


def expand_table(table: Table, players: tuple[str, ...], place: str) -> Node:
    """Turn a matrix into the moves of players who do not see each other."""
    movers = table.players or players
    wrong = [player for player in movers if player not in players]
    if wrong:
        raise GameError(f"A matrix is played by {wrong[0]!r}, who is no player. {nearest(wrong[0], players)}")
    size = len(table.cells[0][0])
    if size != len(movers):
        raise GameError(
            f"The cells of a matrix name {size} actions ({', '.join(table.cells[0][0])}), "
            f"but {len(movers)} players choose ({', '.join(movers)}). Name the choosing ones with players=…"
        )
    options = [tuple(dict.fromkeys(key[i] for key, _ in table.cells)) for i in range(size)]
    cells = dict(table.cells)

    def level(chosen: tuple[str, ...]) -> Node:
        depth = len(chosen)
        if depth == size:
            return cells[chosen]
        below = tuple(level((*chosen, action)) for action in options[depth])
        return Move(movers[depth], options[depth], below, None, place)

    return level(())


def _check_recall(form: ExtensiveForm) -> None:
    for h, inside in enumerate(form.nodes_of):
        if len(inside) < 2:
            continue
        player, name = form.player_of[h], form.label_of[h]
        known = [form._own_steps(node, player) for node in inside]
        if any(h == earlier for steps in known for earlier, _ in steps):
            raise GameError(
                f"The information set {name!r} of {form.players[player]} contains a node and its own successor, so "
                "the player would forget having moved. Give the later move another information label."
            )
        if len(set(known)) > 1:
            shown = " and ".join(sorted({_steps_in_words(form, steps) for steps in known}))
            raise GameError(
                f"{form.players[player]} has imperfect recall at the information set {name!r}: it holds nodes "
                f"after different own moves ({shown}). Give them different information labels."
            )


def _steps_in_words(form: ExtensiveForm, steps: tuple[tuple[int, int], ...]) -> str:
    return ", ".join(form.actions_of[h][action] for h, action in steps) or "no own move"
