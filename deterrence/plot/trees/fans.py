"""Draws and choices of numbers in a drawn tree: a node with a fan of branches, of which one is drawn on."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from deterrence.games.continuum.in_words import groups_at, names_in_words, seen_in_words, span_in_words
from deterrence.games.expression import is_symbolic
from deterrence.plot.lettering import wrapped

if TYPE_CHECKING:
    from deterrence.games.continuum.variables import Variable
    from deterrence.games.form import ExtensiveForm
    from deterrence.games.game import Game

RADIUS = 14.0
"""The length of a fan."""
SPREAD = 38
"""The angle between the middle of a fan and its sides, in degrees."""
HALF = RADIUS * math.sin(math.radians(SPREAD))
"""Half of a fan's height."""
STEPS = 6
INTERVAL = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Fan:
    """A number that nature draws or a player chooses, or several that are drawn alike.

    Attributes
    ----------
    group
        The numbers.
    player
        The position of the player who chooses; -1 for nature.
    """

    group: tuple[Variable, ...]
    player: int

    def who(self, players: Sequence[str]) -> tuple[str, ...]:
        """Return who draws or chooses, and what is to be said of that: what it knows, who sees the number."""
        first = self.group[0]
        known = (first.information or "", seen_in_words(first, players))
        return (players[self.player] if self.player >= 0 else "nature", *filter(None, known))

    def at(self, game: Game, values: bool) -> tuple[Variable, ...]:
        """Return the numbers with their law or ends as they are written, or at the parameters' values."""
        return tuple(_at_values(variable, game) if values else variable.in_sympy() for variable in self.group)

    def what(self, game: Game, values: bool, letters: int) -> str:
        """Return the numbers' names with their law or their ends, in lines of about so many letters."""
        group = self.at(game, values)
        first, names = group[0], names_in_words(group)
        each = "each " if len(group) > 1 else ""
        name, law = (f"{names},", f"{each}{first.law}") if first.is_draw else (names, f"in {span_in_words(first)}")
        law = INTERVAL.sub(lambda found: found[0].replace(" ", "\xa0"), law).replace("-", "−")
        whole = f"{name} {law}"
        return whole if len(whole) <= letters else f"{wrapped(name, letters)}\n{wrapped(law, letters)}"


def _at_values(variable: Variable, game: Game) -> Variable:
    """Return a number with its law or ends at the parameters' values, unless they depend on other numbers too."""
    from dataclasses import replace

    if not variable.names <= game.values.keys():
        return variable
    if variable.law is not None:
        return replace(variable, law=variable.law.at(game.values))
    low, high = variable.span(game.values)
    return replace(variable, low=low, high=high)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The nodes of a tree as it is drawn: those of the flat form, and numbered after them one for each fan.

    Attributes
    ----------
    parent, children
        Of each node, by number.
    fans
        The fans by their nodes.
    root
        The first node.
    """

    parent: list[int]
    children: list[tuple[int, ...]]
    fans: dict[int, Fan]
    root: int = 0

    def below(self, node: int) -> int:
        """Return the node of the flat form that a node is, or the next one below a fan."""
        while node in self.fans:
            (node,) = self.children[node]
        return node


def skeleton(form: ExtensiveForm) -> Skeleton:
    """Return the nodes of a tree as it is drawn."""
    if not form.variables:
        return Skeleton(form.parent, form.children, {})
    parent, children = list(form.parent), list(form.children)
    fans: dict[int, Fan] = {}
    first: dict[int, int] = {}
    for node in range(form.size):
        above = form.parent[node]
        for group in groups_at(form, node):
            fan = len(parent)
            who = group[0].player
            fans[fan] = Fan(group, -1 if who is None else form.players.index(who))
            parent.append(above)
            children.append(())
            if above in fans:
                children[above] = (fan,)
            first.setdefault(node, fan)
            above = fan
        if above in fans:
            parent[node], children[above] = above, (node,)
    swapped = [tuple(first.get(child, child) for child in below) for below in children[: form.size]]
    return Skeleton(parent, [*swapped, *children[form.size :]], fans, first.get(0, 0))


def outline(x: float, y: float) -> tuple[list[float], list[float]]:
    """Return the points around a fan whose tip is at a place."""
    angles = [math.radians(SPREAD * (2 * k / STEPS - 1)) for k in range(STEPS + 1)]
    xs = [x, *(x + RADIUS * math.cos(a) for a in angles), x]
    return xs, [y, *(y + RADIUS * math.sin(a) for a in angles), y]


def payoffs_shown(game: Game, values: bool) -> list[Any]:
    """Return the payoffs at ends as they are written, or at the parameters' values."""
    return _shown(game, game.form.payoffs) if values else game.form.payoffs


def chances_shown(game: Game, values: bool) -> list[Any]:
    """Return the probabilities at chance nodes as they are written, or at the parameters' values."""
    return _shown(game, game.form.probabilities) if values else game.form.probabilities


def _shown(game: Game, rows: list[Any]) -> list[Any]:
    """Return rows of expressions at the parameters' values, in which drawn and chosen numbers stay letters."""
    if not game.has_continuum:
        return game.numbers[rows is game.form.probabilities]
    import sympy as sp

    swap = {p.expression: sp.Rational(p.value.numerator, p.value.denominator) for p in game.parameter_list}
    return [tuple(_plain(v.subs(swap)) if is_symbolic(v) else v for v in row) for row in rows]


def _plain(value: Any) -> Any:
    return Fraction(int(value.p), int(value.q)) if value.is_Rational else value
