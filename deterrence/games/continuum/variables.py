"""The numbers without end that stand in a tree: where each is drawn or chosen, and who knows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from deterrence.errors import GameError, ParameterError, ProbabilityError, nearest
from deterrence.games.continuum.law import Law, below
from deterrence.games.expression import Exact, Value, compile_exact, in_sympy, is_symbolic, names_in, show_value
from deterrence.games.tree import Choice, Draw

DRAW, CHOICE = "draw", "choice"
TRIED = 9
"""At so many values of a number, evenly between its ends, probabilities that depend on it are checked."""
MOST_TRIED = 6561
"""Of several numbers at most so many combinations are checked."""


@dataclass(frozen=True)
class Variable:
    """A number that nature draws or a player chooses, at one place of a tree.

    Attributes
    ----------
    name
        Its name in payoffs and probabilities.
    kind
        ``"draw"`` or ``"choice"``.
    player
        Who chooses; None where nature draws.
    known_to
        The players who know it when they move below.
    law
        How it is drawn; None for a choice.
    low, high
        The ends of a choice; None for a draw.
    node
        The node of the flat form directly below.
    information
        The label of a choice's information, or None.
    called
        What it is in words, or an empty text.
    """

    name: str
    kind: str
    player: str | None
    known_to: tuple[str, ...]
    law: Law | None
    low: Value
    high: Value
    node: int
    information: str | None = None
    called: str = ""

    @property
    def is_draw(self) -> bool:
        """Whether nature draws it."""
        return self.kind == DRAW

    @property
    def written_in(self) -> tuple[Value, ...]:
        """The expressions that say between which ends it lies, or how it is drawn."""
        return (self.low, self.high) if self.law is None else self.law.arguments

    @property
    def names(self) -> frozenset[str]:
        """The names in those expressions."""
        return frozenset().union(*(names_in(value) for value in self.written_in if is_symbolic(value)))

    def in_sympy(self) -> Variable:
        """Return the same with the expressions of SymPy."""
        if self.law is not None:
            return replace(self, law=self.law.in_sympy())
        return replace(self, low=in_sympy(self.low), high=in_sympy(self.high))

    def span(self, values: Mapping[str, Exact]) -> tuple[Any, Any]:
        """Return the ends between which it lies, at values of the parameters and of the numbers above it."""
        if self.law is not None:
            return self.law.at(values).ends
        low, high = (compile_exact(end)(values) if is_symbolic(end) else end for end in (self.low, self.high))
        return low, high

    @property
    def conditions(self) -> tuple[Any, ...]:
        """What must hold of the parameters for it to be there at all."""
        if self.law is None:
            return below(((self.low, self.high),))
        return self.law.conditions


def variable_of(node: Draw | Choice, place: int, players: tuple[str, ...]) -> Variable:
    """Return the number that a node of a tree draws or lets a player choose.

    Raises
    ------
    GameError
        If it names somebody who is not a player.
    """
    if isinstance(node, Draw):
        _check_players(node.variable, node.seen_by, players)
        return Variable(node.variable, DRAW, None, node.seen_by, node.law, None, None, place, None, node.called)
    others = players if node.seen_by is None else node.seen_by
    _check_players(node.variable, (node.player, *others), players)
    known = tuple(player for player in players if player == node.player or player in others)
    return Variable(
        node.variable, CHOICE, node.player, known, None, node.low, node.high, place, node.information, node.called
    )


def _check_players(name: str, named: tuple[str, ...], players: tuple[str, ...]) -> None:
    for player in named:
        if player not in players:
            raise GameError(
                f"The number {name!r} is seen or chosen by {player!r}, who is not a player. {nearest(player, players)}"
            )


def check_names(form: Any, parameters: tuple[str, ...], game: str) -> None:
    """Refuse numbers that carry the name of a parameter or of another above them, or stand where nothing gives them.

    Raises
    ------
    GameError
        The sentence says which.
    """
    for node in range(form.size):
        above = form.variables_above[node]
        row = (*form.written_payoffs[node], *form.written_probabilities[node])
        names = frozenset().union(*(names_in(value) for value in row if is_symbolic(value)))
        passed = len(form.variables_above[form.parent[node]]) if node else 0
        if not names and passed == len(above):
            continue
        seen = [*parameters, *(form.variables[k].name for k in above[:passed])]
        for k in above[passed:]:
            variable = form.variables[k]
            if variable.name in seen:
                what = "a parameter" if variable.name in parameters else "a number above it"
                raise GameError(f"The game {game!r} calls a number {variable.name!r}, which is the name of {what}.")
            _check_known(variable.names, seen, game, f"the ends of {variable.name!r}")
            seen.append(variable.name)
        if not names <= set(seen):
            _check_known(names, seen, game, f"what follows {form.history(node)!r}")


def _check_known(names: frozenset[str], known: list[str], game: str, place: str) -> None:
    for name in sorted(names):
        if name not in known:
            raise GameError(
                f"The game {game!r} uses {name!r} in {place}, where it is neither a parameter nor drawn or "
                f"chosen above. "
                f"{nearest(name, known)}"
            )


def check_variables(form: Any, values: Mapping[str, Exact], game: str) -> None:
    """Refuse parameter values at which a choice has no room, or chance that depends on a choice is no probability.

    Raises
    ------
    ParameterError, ProbabilityError
        The sentence says which.
    """
    for variable in form.variables:
        if variable.names <= values.keys() and variable.law is None:
            low, high = variable.span(values)
            if low > high:
                raise ParameterError(
                    f"In the game {game!r} {variable.name!r} is chosen between {show_value(low)} and "
                    f"{show_value(high)}; the first end must not lie above the second."
                )
    for node, row in enumerate(form.written_probabilities):
        loose = sorted({name for p in row if is_symbolic(p) for name in names_in(p)} - values.keys())
        for point in _points(form, node, loose, values) if loose else ():
            numbers = [compile_exact(p)(point) if is_symbolic(p) else p for p in row]
            if abs(sum(numbers) - 1) > 1e-9 or min(numbers) < -1e-9:
                at = ", ".join(f"{name} = {show_value(point[name])}" for name in loose)
                raise ProbabilityError(
                    f"The chance node at {form.history(node)!r} has the probabilities "
                    f"{', '.join(map(show_value, numbers))} at {at}; they must "
                    "lie between 0 and 1 and sum to 1."
                )


def _points(form: Any, node: int, names: list[str], values: Mapping[str, Exact]) -> list[dict[str, Exact]]:
    from fractions import Fraction

    points: list[dict[str, Exact]] = [dict(values)]
    each = next((n for n in range(TRIED, 1, -1) if n ** len(names) <= MOST_TRIED), 1)
    shares = [Fraction(i, each - 1) for i in range(each)] if each > 1 else [Fraction(1, 2)]
    for k in form.variables_above[node]:
        variable = form.variables[k]
        if variable.name not in names:
            continue
        spread = []
        for point in points:
            law = None if variable.law is None else variable.law.at(point)
            low, high = variable.span(point) if law is None else (law.ppf(1e-6), law.ppf(1 - 1e-6))
            low, high = Fraction(low), Fraction(high)
            spread += [{**point, variable.name: low + (high - low) * share} for share in shares]
        points = spread
    return points
