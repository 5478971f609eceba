"""The flat form of a game tree: nodes numbered parents first, with their information sets.

Everything that computes on a game reads this form; it is made and checked once for each tree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import chain, takewhile
from typing import Any

from deterrence.games.bodies.written import Written
from deterrence.games.continuum.variables import Variable
from deterrence.games.expression import Exact, Value, compile_exact, in_sympy, is_rounded, is_symbolic

Row = tuple[Value, ...]
PLAIN = frozenset({int, Fraction})
DEEP = 100
"""Beyond this depth a history is named by its node's number instead of its branch names."""


@dataclass(frozen=True, slots=True)
class InformationSet:
    """What a player knows when it moves: the histories it cannot tell apart, and its actions.

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


@dataclass(eq=False)
class ExtensiveForm:
    """A tree as lists indexed by node number, the root first and children after their parents.

    ``infoset_of[n]`` is the information set at node n, or -1 at ends and chance nodes; ``nodes_of`` and
    ``actions_of`` list its nodes and actions. ``payoffs[n]`` is filled at ends, ``probabilities[n]`` at
    chance nodes; ``written_payoffs`` and ``written_probabilities`` are the same as the game was written.

    Numbers that are drawn from a law or chosen between two ends are no nodes: ``variables`` lists them, and
    ``variables_above[n]`` which of them stand above node n, in order.
    """

    players: tuple[str, ...]
    parent: list[int] = field(default_factory=list)
    branch: list[int] = field(default_factory=list)
    children: list[tuple[int, ...]] = field(default_factory=list)
    labels: list[tuple[str, ...]] = field(default_factory=list)
    infoset_of: list[int] = field(default_factory=list)
    outcome: list[str | None] = field(default_factory=list)
    written_payoffs: list[Row] = field(default_factory=list)
    written_probabilities: list[Row] = field(default_factory=list)
    nodes_of: list[tuple[int, ...]] = field(default_factory=list)
    actions_of: list[tuple[str, ...]] = field(default_factory=list)
    player_of: list[int] = field(default_factory=list)
    label_of: list[str | None] = field(default_factory=list)
    variables: tuple[Variable, ...] = ()
    variables_above: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, Any]:
        """Leave out what is compiled, which does not pickle and is made anew when asked for."""
        return {name: value for name, value in self.__dict__.items() if name != "_compiled"}

    @property
    def size(self) -> int:
        """The number of nodes."""
        return len(self.parent)

    @cached_property
    def perfect_information(self) -> bool:
        """Whether every information set is a single node."""
        return not self.variables and all(len(nodes) == 1 for nodes in self.nodes_of)

    @cached_property
    def simultaneous(self) -> bool:
        """Whether each player moves once, knowing nothing: the tree of one simultaneous move."""
        once = len(set(self.player_of)) == len(self.player_of) > 1
        no_chance = all(h >= 0 or not below for h, below in zip(self.infoset_of, self.children, strict=True))
        return not self.variables and once and no_chance and len(self.ends_depths) == 1

    @cached_property
    def symbolic(self) -> frozenset[Value]:
        """The different expressions among payoffs and probabilities, as they were written."""
        rows = (self.written_payoffs, self.written_probabilities)
        if not self.variables and PLAIN.issuperset(
            map(type, chain.from_iterable(map(chain.from_iterable, rows)))
        ):  # the quick way for many
            return frozenset()
        ends = [variable.written_in for variable in self.variables]
        return frozenset(value for row in chain(*rows, ends) for value in row if is_symbolic(value))

    @cached_property
    def payoffs(self) -> list[Row]:
        """The payoffs at ends, in numbers and expressions of SymPy."""
        return self._in_sympy(self.written_payoffs)

    @cached_property
    def probabilities(self) -> list[Row]:
        """The probabilities at chance nodes, in numbers and expressions of SymPy."""
        return self._in_sympy(self.written_probabilities)

    def _in_sympy(self, rows: list[Row]) -> list[Row]:
        swap = {value: in_sympy(value) for value in self.symbolic if type(value) is Written}
        return [tuple(swap.get(value, value) for value in row) for row in rows] if swap else rows

    @cached_property
    def rounded(self) -> bool:
        """Whether some payoff or probability has parts, such as logarithms and roots, whose values are rounded."""
        return any(map(is_rounded, self.symbolic))

    @cached_property
    def is_table(self) -> bool:
        """Whether this is the tree of a table: every player moves once, in order, without labels."""
        everyone, unlabelled = self.player_of == list(range(len(self.players))), not any(self.label_of)
        return (
            unlabelled
            and everyone
            and self.simultaneous
            and all(len(self.path(node)) == h for h, nodes in enumerate(self.nodes_of) for node in nodes)
        )

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
        names: list[str] = []
        at = node
        while at:
            if len(names) == DEEP:
                return f"node {node}"
            names.append(self.labels[self.parent[at]][self.branch[at]])
            at = self.parent[at]
        return ", ".join(reversed(names)) or "start"

    @cached_property
    def set_names(self) -> tuple[str, ...]:
        """The names of the information sets, each different."""
        labels = Counter(self.label_of)
        names = [self._set_name(h, labels) for h in range(len(self.nodes_of))]
        used: set[str] = set()
        for h, name in enumerate(names):
            while names[h] in used:
                names[h] = f"{names[h]} (node {self.nodes_of[h][0]})" if names[h] == name else f"{names[h]}'"
            used.add(names[h])
        return tuple(names)

    def _set_name(self, h: int, labels: Counter[str | None]) -> str:
        player, label = self.players[self.player_of[h]], self.label_of[h]
        if label is None:
            return self.unlabelled_name(h)
        clear = labels[label] == 1 and (label == player or label not in self.players)
        return label if clear else f"{player} | {label}"

    def unlabelled_name(self, h: int) -> str:
        """Return the name that an information set has without a label."""
        player = self.player_of[h]
        alone = self._own_sets[player] == 1
        return self.players[player] if alone else f"{self.players[player]} | {self.history(self.meeting_node(h))}"

    @cached_property
    def _own_sets(self) -> Counter[int]:
        return Counter(self.player_of)

    def meeting_node(self, h: int) -> int:
        """Return the last node that is on the way to every node of an information set."""
        paths = [self.path(node) for node in self.nodes_of[h]]
        if len(paths) == 1:
            return self.nodes_of[h][0]
        common = sum(1 for _ in takewhile(lambda steps: len(set(steps)) == 1, zip(*paths, strict=False)))
        return paths[0][common][0]

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
        compiled = {item: compile_exact(item) for item in self.symbolic}

        def row_of(row: Row) -> tuple[Any, ...]:
            return tuple(compiled[item] if is_symbolic(item) else item for item in row)

        return list(map(row_of, self.written_payoffs)), list(map(row_of, self.written_probabilities))

    def numbers(self, values: Mapping[str, Exact]) -> tuple[list[tuple[Exact, ...]], list[tuple[Exact, ...]]]:
        """Return payoffs at ends and probabilities at chance nodes as exact numbers at parameter values."""
        if not values:
            return self.written_payoffs, self.written_probabilities
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
