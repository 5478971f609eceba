"""Proper subgames: where they begin, and the local games between one such place and the next ones below.

A local game is the tree from the root of a subgame down to the roots of the subgames in it, which stand as ends: what
they are worth is filled in. Equal local games, up to the names of players' actions and the units of their payoffs, have
equal keys, so that each is solved once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from deterrence.games.form import ExtensiveForm

Worth = tuple[Any, ...]
"""What an end or a subgame is worth to each player; ``None`` where no condition depends on it."""


def subgame_roots(form: ExtensiveForm) -> list[int]:
    """Return the nodes at which a proper subgame begins, ascending; the root of the tree is one of them.

    All nodes of every information set in the subtree lie in it. Ends do not count.
    """
    last = list(range(form.size))
    least, most = list(range(form.size)), list(range(form.size))
    for node in range(form.size - 1, -1, -1):
        places = form.nodes_of[form.infoset_of[node]] if form.infoset_of[node] >= 0 else [node]
        below = form.children[node]
        last[node] = max((last[child] for child in below), default=node)
        least[node] = min(places[0], *(least[child] for child in below), node)
        most[node] = max(places[-1], *(most[child] for child in below), node)
    # The nodes of a subtree are numbered in a row, from its root on.
    return [v for v in range(form.size) if form.children[v] and least[v] >= v and most[v] <= last[v]]


class LocalForm(ExtensiveForm):
    """The flat form of a local game, in which everything is named by its number."""

    @cached_property
    def set_names(self) -> tuple[str, ...]:
        """The numbers of the information sets."""
        return tuple(map(str, range(len(self.nodes_of))))

    def history(self, node: int) -> str:
        """Return a node's number."""
        return str(node)


@dataclass(eq=False)
class LocalGame:
    """A local game with its payoffs and probabilities: what a solver asks of a game."""

    form: LocalForm
    numbers: tuple[list[Worth], list[Worth]]

    def class_name(self, pattern: Any) -> str:  # noqa: ARG002  (as of a game)
        """Return no name: plays are named in the whole game."""
        return ""


@dataclass(eq=False)
class Part:
    """The part of a tree from the root of a subgame down to the roots of those subgames that stand as ends.

    Attributes
    ----------
    nodes
        The numbers that its nodes have in the whole tree, ascending; the first is its root.
    sets
        The numbers that its information sets have there.
    subgames
        Node of the part -> root in the whole tree, for each subgame that stands as an end.
    form
        The part as a tree of its own, without payoffs.
    """

    whole: ExtensiveForm
    nodes: list[int]
    sets: list[int]
    subgames: dict[int, int]
    form: LocalForm

    @classmethod
    def of(cls, whole: ExtensiveForm, root: int, subgames: Container[int]) -> Part:
        """Return the part below a root; ``subgames`` holds the roots that stand as ends."""
        nodes, stack = [], [root]
        while stack:
            node = stack.pop()
            nodes.append(node)
            if node == root or node not in subgames:
                stack.extend(whole.children[node])
        nodes.sort()
        ends = {k: v for k, v in enumerate(nodes) if v != root and v in subgames}
        sets = sorted({whole.infoset_of[v] for k, v in enumerate(nodes) if k not in ends} - {-1})
        return cls(whole, nodes, sets, ends, _local_form(whole, nodes, sets, ends))

    @cached_property
    def movers(self) -> frozenset[int]:
        """The players who move in the part."""
        return frozenset(self.form.player_of)

    def game(
        self,
        worths: Mapping[int, Worth],
        chances: Sequence[Worth],
        in_own_units: Callable[[Sequence[Any]], Sequence[Any]] | None = None,
    ) -> tuple[Any, LocalGame]:
        """Return the key of the local game and the game, given what each end and subgame is worth, by node of the part.

        Payoffs stand in units of their own, from zero up: no choice depends on units. Those of players who do not
        move are left out. ``in_own_units`` tells how a player's payoffs are written so, where they are no numbers.
        """
        in_own_units = in_own_units or _in_own_units
        columns = {i: in_own_units([worths[k][i] for k in worths]) for i in self.movers}
        payoffs: list[Worth] = [()] * len(self.nodes)
        for row, k in enumerate(worths):
            payoffs[k] = tuple(columns[i][row] if i in columns else 0 for i in range(len(self.form.players)))
        drawn = [chances[v] if k not in self.subgames else () for k, v in enumerate(self.nodes)]
        form, shape = self.form, self._shape
        return (shape, tuple(payoffs), tuple(drawn)), LocalGame(form, (payoffs, drawn))

    @cached_property
    def _shape(self) -> Any:
        form = self.form
        return tuple(form.children), tuple(form.infoset_of), tuple(form.player_of)


def _local_form(whole: ExtensiveForm, nodes: Sequence[int], sets: Sequence[int], ends: Mapping[int, int]) -> LocalForm:
    number = {v: k for k, v in enumerate(nodes)}
    set_number = {h: k for k, h in enumerate(sets)}
    inner = [v for k, v in enumerate(nodes) if k not in ends]
    form = LocalForm(whole.players)
    form.parent = [-1, *(number[whole.parent[v]] for v in nodes[1:])]
    form.branch = [-1, *(whole.branch[v] for v in nodes[1:])]
    form.children = [() if k in ends else tuple(number[c] for c in whole.children[v]) for k, v in enumerate(nodes)]
    form.infoset_of = [-1] * len(nodes)
    for v in inner:
        form.infoset_of[number[v]] = set_number.get(whole.infoset_of[v], -1)
    form.outcome = [None] * len(nodes)
    form.nodes_of = [tuple(number[v] for v in whole.nodes_of[h]) for h in sets]
    form.actions_of = [tuple(map(str, range(len(whole.actions_of[h])))) for h in sets]
    form.player_of = [whole.player_of[h] for h in sets]
    form.label_of = [None] * len(sets)
    return form


def _in_own_units(column: Sequence[Any]) -> list[Any]:
    """Return numbers from zero up as whole numbers without a common factor; zero where nothing is known."""
    known = [Fraction(x) for x in column if x is not None]
    if not known:
        return [0] * len(column)
    least = min(known)
    gaps = [x - least for x in known]
    common = math.lcm(*(x.denominator for x in gaps))
    shared = math.gcd(*(int(x * common) for x in gaps)) or 1
    scale = Fraction(common, shared)
    return [0 if x is None else int((Fraction(x) - least) * scale) for x in column]
