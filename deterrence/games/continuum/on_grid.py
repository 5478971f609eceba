"""A finite game in the place of one with numbers without end: each is one of a few values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import pairwise, product
from math import isfinite, prod
from typing import TYPE_CHECKING, Any

from deterrence.errors import MethodError, nearest
from deterrence.games.continuum.known import settled_game
from deterrence.games.continuum.substitution import with_values_in
from deterrence.games.expression import Exact, compile_exact, exact_number, is_symbolic, names_in, show_number
from deterrence.games.tree import Chance, Choice, Draw, Move, Node, children_of, labels_of

if TYPE_CHECKING:
    from deterrence.games.game import Game

USUAL = 11
"""So many values has a number for which none is given."""
LARGEST = 200_000
"""The most nodes of a finite game that stands in for one with numbers without end."""
TAIL = Fraction(1, 10_000)
"""The chance that is cut from each tail of a law without ends, where its grid must be shared with other laws."""


def on_grid(game: Game, counts: Mapping[str, int]) -> Game:
    """Return a finite game in the place of one with numbers without end; see :meth:`deterrence.Game.on_grid`."""
    counts = _checked(game, counts)
    form = game.form
    names = [variable.name for variable in form.variables]
    size = sum(prod(counts[names[k]] for k in form.variables_above.get(node, ())) for node in range(form.size))
    if size > LARGEST:
        raise MethodError(
            f"On this grid the game {game.name!r} would have about {size:,} nodes; up to {LARGEST:,} are made. Give "
            f"some of its numbers ({', '.join(counts)}) fewer values."
        )
    return settled_game(game, _Grid(game, counts).tree(), form.variables)


def _checked(game: Game, counts: Mapping[str, int]) -> dict[str, int]:
    kinds = {variable.name: variable for variable in game.form.variables}
    for name, count in counts.items():
        if name not in kinds:
            raise MethodError(
                f"The game {game.name!r} neither draws nor lets choose a number {name!r}. {nearest(name, kinds)}"
            )
        least = 1 if kinds[name].is_draw else 2
        if isinstance(count, bool) or not isinstance(count, int) or count < least:
            raise MethodError(
                f"on_grid({name}=…) takes how many values {name!r} may have, a whole number of at least {least}; got "
                f"{count!r}."
            )
    return {name: counts.get(name, USUAL) for name in kinds}


@dataclass(frozen=True, slots=True)
class _Number:
    """A number on the way to a node: where it stands, its value there, as text too, and who knows it."""

    node: Draw | Choice
    value: Exact
    text: str
    known_to: tuple[str, ...]


Above = tuple[_Number, ...]
Point = tuple[Exact, Exact, str]
"""The probability, value and text of one value of a number; a choice has no probabilities."""


@dataclass
class _Grid:
    """The finite tree of a game, as it is made."""

    game: Game
    counts: Mapping[str, int]
    shared: dict[tuple[int, tuple[int, ...]], list[Exact]] = field(default_factory=dict)

    def tree(self) -> Node:
        """Return the tree in which each number is one of a few values."""
        done: list[Node] = []
        stack: list[tuple[Node, tuple[str, ...], Above, int]] = [(self.game.writing.tree, (), (), -1)]
        while stack:
            node, history, above, size = stack.pop()
            if size >= 0:
                children = tuple(done[len(done) - size :])
                del done[len(done) - size :]
                done.append(self._made(node, history, above, children))
                continue
            below = list(self._below(node, history, above))
            stack.append((node, history, above, len(below)))
            stack.extend((*item, -1) for item in reversed(below))
        return done[0]

    def _below(
        self, node: Node, history: tuple[str, ...], above: Above
    ) -> Iterator[tuple[Node, tuple[str, ...], Above]]:
        if isinstance(node, (Draw, Choice)):
            for _, value, text in self._points(node, above):
                yield node.child, history, (*above, _Number(node, value, text, self._known_to(node)))
            return
        for label, child in zip(labels_of(node), children_of(node), strict=True):
            yield child, (*history, label), above

    def _known_to(self, node: Draw | Choice) -> tuple[str, ...]:
        if isinstance(node, Draw):
            return node.seen_by
        return self.game.players if node.seen_by is None else (node.player, *node.seen_by)

    def _made(self, node: Node, history: tuple[str, ...], above: Above, children: tuple[Node, ...]) -> Node:
        if isinstance(node, Move):
            form = self.game.form
            label = _label(form.set_names[form.infoset_of[self._places[history]]], node.player, above)
            return Move(node.player, node.actions, children, label, node.table)
        if isinstance(node, (Draw, Choice)):
            points = self._points(node, above)
            labels = tuple(f"{node.variable} = {text}" for _, _, text in points)
            if isinstance(node, Draw):
                return Chance(labels, tuple(chance for chance, _, _ in points), children)
            after = f" after {', '.join(history)}" if history else ""
            name = node.information or f"{node.player} chooses {node.variable}{after}"
            return Move(node.player, labels, children, _label(name, node.player, above))
        known = {number.node.variable: number.value for number in above}
        node = with_values_in(node, known)
        return Chance(node.labels, node.probabilities, children) if isinstance(node, Chance) else node

    @cached_property
    def _places(self) -> dict[tuple[str, ...], int]:
        """The nodes of the flat form by the branch names that lead there."""
        form = self.game.form
        ways: list[tuple[str, ...]] = [()]
        for node in range(1, form.size):
            above = form.parent[node]
            ways.append((*ways[above], form.labels[above][form.branch[node]]))
        return {way: node for node, way in enumerate(ways)}

    # -- the values of one number ------------------------------------------------------------------

    def _points(self, node: Draw | Choice, above: Above) -> list[Point]:
        """Return the values that a number may have below others."""
        needed = tuple(k for k, number in enumerate(above) if number.node.variable in _names(node))
        values = {**self.game.values, **{above[k].node.variable: above[k].value for k in needed}}
        count = self.counts[node.variable]
        if isinstance(node, Draw):
            law = node.law.at(values)
            if not needed:
                shares = [Fraction(2 * k + 1, 2 * count) for k in range(count)]
                found = [_exact(law.ppf(share)) for share in shares]
                return [(Fraction(1, count), *point) for point in _told(found)]
            return _cells(law, self._common(node, above, needed, count))
        low, high = _ends(node, values)
        if not needed:
            return [(0, *point) for point in _told(_evenly(low, high, count))]
        inside = [point for point in _told(self._common(node, above, needed, count)) if low <= point[0] <= high]
        if not inside:
            raise MethodError(
                f"Of the {count} values that {node.variable!r} has on the grid none lies between {show_number(low)} "
                f"and {show_number(high)}, where it must lie after {_way(above, needed)}; take more values."
            )
        return [(0, *point) for point in inside]

    def _common(self, node: Draw | Choice, above: Above, needed: tuple[int, ...], count: int) -> list[Exact]:
        """Return the values of a number whose ends depend on others, the same ones whatever those are.

        So whoever sees it learns of the others no more than from the number itself.
        """
        key = (id(node), tuple(id(above[k].node) for k in needed))
        if key not in self.shared:
            ranges = [self._grid_of(above, k) for k in needed]
            names = [above[k].node.variable for k in needed]
            ends = [_span(node, {**self.game.values, **dict(zip(names, at, strict=True))}) for at in product(*ranges)]
            low, high = min(low for low, _ in ends), max(high for _, high in ends)
            width = (high - low) / Fraction(count)
            drawn = [low + width * Fraction(2 * k + 1, 2) for k in range(count)]
            self.shared[key] = drawn if isinstance(node, Draw) else _evenly(low, high, count)
        return self.shared[key]

    def _grid_of(self, above: Above, k: int) -> list[Exact]:
        """Return all values that a number above may have."""
        node = above[k].node
        needed = tuple(j for j in range(k) if above[j].node.variable in _names(node))
        if needed:
            return self._common(node, above, needed, self.counts[node.variable])
        return [value for _, value, _ in self._points(node, above[:k])]


def _names(node: Draw | Choice) -> frozenset[str]:
    if isinstance(node, Draw):
        return node.law.names
    return frozenset().union(*(names_in(end) for end in (node.low, node.high) if is_symbolic(end)))


def _ends(node: Choice, values: Mapping[str, Exact]) -> tuple[Exact, Exact]:
    low, high = (compile_exact(end)(values) if is_symbolic(end) else end for end in (node.low, node.high))
    return low, high


def _span(node: Draw | Choice, values: Mapping[str, Exact]) -> tuple[Any, Any]:
    """Return the ends between which values of a number stand; of a law without ends what holds all but its tails."""
    if isinstance(node, Choice):
        return _ends(node, values)
    law = node.law.at(values)
    low, high = law.ends
    return _exact(low if isfinite(low) else law.ppf(TAIL)), _exact(high if isfinite(high) else law.ppf(1 - TAIL))


def _evenly(low: Exact, high: Exact, count: int) -> list[Exact]:
    step = Fraction(high - low) / (count - 1)
    return list(dict.fromkeys(exact_number(low + step * k) for k in range(count)))


def _cells(law: Any, middles: list[Exact]) -> list[Point]:
    """Return for each value the chance that the law gives to what lies nearest to it, where there is one."""
    edges = [(a + b) / Fraction(2) for a, b in pairwise(middles)]
    sums = [Fraction(0), *(Fraction(_exact(law.cdf(edge))) for edge in edges), Fraction(1)]
    chances = [exact_number(b - a) for a, b in pairwise(sums)]
    return [(chance, *point) for chance, point in zip(chances, _told(middles), strict=True) if chance > 0]


def _exact(number: Any) -> Exact:
    return number if isinstance(number, (int, Fraction)) else exact_number(float(f"{float(number):.12g}"))


def _told(values: list[Exact]) -> list[tuple[Exact, str]]:
    """Return values with texts that tell them apart."""
    texts: list[str] = []
    for digits in (4, 6, 9, 12):
        texts = [show_number(value, digits) for value in values]
        if len(set(texts)) == len(values):
            break
    return list(zip(map(exact_number, values), texts, strict=True))


def _label(name: str, player: str, above: Above) -> str:
    known = [f"{number.node.variable} = {number.text}" for number in above if player in number.known_to]
    return ", ".join([name, *known])


def _way(above: Above, needed: tuple[int, ...]) -> str:
    return ", ".join(f"{above[k].node.variable} = {above[k].text}" for k in needed)
