"""Answers for all parameter values at once: classes of equilibria with the condition for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from deterrence.answers.assessment import Assessment, Free
from deterrence.answers.factors import ClassProduct
from deterrence.answers.solution import Solution, unknown_step
from deterrence.answers.when_in_words import when_in_words
from deterrence.errors import ParameterError
from deterrence.games.expression import show_value
from deterrence.games.game import Game
from deterrence.games.named import Named
from deterrence.views import Shown


@dataclass(frozen=True, eq=False)
class EquilibriumClass(Assessment):
    """A class of equilibria in closed form: an :class:`Equilibrium` whose numbers are SymPy expressions.

    Attributes
    ----------
    game, concept
        The game, whatever its parameter values, and the solution concept in words.
    pattern
        Which actions are played with positive probability at each information set.
    behaviour
        For each information set, the probability of each action as an expression.
    belief
        For each information set, the belief in each of its histories.
    when
        The SymPy condition on the parameters under which the class exists, within their declared ranges and
        the game's assumptions. Boundaries are included where the class merges into another there.
    free_list
        What may vary without leaving the equilibrium; its symbols stand in ``behaviour`` and ``belief``.
    payoff_list, outcome_list
        Expected payoffs by player and probabilities by outcome, as expressions.
    """

    game: Game
    concept: str
    pattern: tuple[tuple[int, ...], ...]
    behaviour: tuple[tuple[Any, ...], ...]
    belief: tuple[tuple[Any, ...], ...]
    when: Any
    free_list: tuple[Free, ...]
    payoff_list: tuple[tuple[str, Any], ...]
    outcome_list: tuple[tuple[str, Any], ...]
    action_list: tuple[tuple[tuple[str, str], Any], ...] = field(repr=False)
    reached: tuple[bool, ...] = field(repr=False)

    @property
    def payoffs(self) -> Mapping[str, Any]:
        """Expected payoff of each player."""
        return Named(dict(self.payoff_list))

    @property
    def outcomes(self) -> Mapping[str, Any]:
        """Probability of each outcome."""
        return Named(dict(self.outcome_list))

    def probability(self, name: str, by: str | None = None) -> Any:
        """Return the probability of an outcome, or that an action is taken somewhere along the play.

        Raises
        ------
        UnknownNameError
            If the game has neither.
        """
        if by is None and name in self.outcomes:
            return self.outcomes[name]
        values = [p for (player, action), p in self.action_list if action == name and by == player]
        if by is None:
            values = [p for (player, action), p in self.action_list if action == name and not player]
        if not values:
            raise unknown_step(self.game, name, by)
        return values[0]

    def lines(self) -> list[str]:
        """Return the class as sentences: when it exists, what is played, and what follows."""
        likely = [f"Probability of {outcome!r}: {show_value(p)}." for outcome, p in self.outcome_list if p != 0]
        return [f"Exists {when_in_words(self.when)}.", *self.set_lines(), *likely, *self.end_lines(self.payoffs)]

    def __str__(self) -> str:
        return "\n".join([self.name or self.play, *(f"  {line}" for line in self.lines())])

    def __repr__(self) -> str:
        return f"<EquilibriumClass {self.name or self.play!r} {when_in_words(self.when)}>"


@dataclass(frozen=True)
class Coverage:
    """At what share of points drawn afresh all equilibria are among the classes found.

    Attributes
    ----------
    share
        The share, from 0 to 1.
    points
        How many points were drawn.
    box
        The ranges from which they were drawn, evenly, by parameter; assumptions of the game hold at all of them.
    """

    share: float
    points: int
    box: Mapping[str, tuple[Any, Any]] = field(repr=False)

    def __float__(self) -> float:
        return self.share

    def __str__(self) -> str:
        return f"all equilibria are among them at {self.share:.1%} of {self.points} points drawn from the ranges"


@dataclass(frozen=True, eq=False)
class Characterization(Shown):
    """Every class of equilibria of a game, whatever its parameter values.

    A characterization iterates over its classes, has a length, and is indexed by position.

    Attributes
    ----------
    game, method
        The question.
    classes
        The classes found.
    complete
        Whether every class that exists on more than a set of measure zero of parameter values is there.
    unresolved
        What was not decided, in words.
    status
        The same in one sentence.
    boundaries
        Polynomials in the parameters at whose zeros ties occur or classes begin and end; at such a point
        :meth:`at` solves the game afresh.
    held
        Parameters that were held at the game's present values; formulas and conditions are for these alone.
    solution_at
        The function that :meth:`at` asks: from this value and the game at its new values to a solution. The verb
        that made the characterization hands it in.
    covered
        Where the answer is not complete, at what share of points drawn afresh all equilibria are among the classes.
        None where it is, or where no time was left to tell.
    factors
        Where the classes are too many to list because they combine freely: the products that they form. ``classes``
        then holds one class for each play on the path that was met, with what was most often met off it.
    """

    game: Game
    method: Any
    classes: tuple[EquilibriumClass, ...]
    complete: bool
    unresolved: tuple[str, ...]
    boundaries: tuple[Any, ...] = field(repr=False)
    solution_at: Callable[[Characterization, Game], Solution] = field(repr=False, compare=False)
    held: tuple[str, ...] = ()
    covered: Coverage | None = None
    factors: tuple[ClassProduct, ...] = ()

    @property
    def status(self) -> str:
        """How far the search went, in words."""
        if self.complete:
            return "complete, except at parameter values where payoffs tie; use .at(…) there"
        told = [str(self.covered)] if self.covered is not None else []
        return "incomplete: " + "; ".join([*self.unresolved, *told])

    def __iter__(self) -> Iterator[EquilibriumClass]:
        return iter(self.classes)

    def __len__(self) -> int:
        return len(self.classes)

    def __getitem__(self, index: int) -> EquilibriumClass:
        return self.classes[index]

    def at(self, values: Mapping[str, object] | None = None, /, **more: object) -> Solution:
        """Return the equilibria at parameter values: those of the classes that exist there.

        On a boundary between classes or at a tie, where formulas do not say all, the game is solved afresh.

        Raises
        ------
        ParameterError
            If a name is no parameter, a value is out of range or breaks an assumption of the game, or another
            value is given for a parameter that was held.
        """
        game = self.game.at(values, **more)
        for name in self.held:
            if game.values[name] != self.game.values[name]:
                raise ParameterError(
                    f"The parameter {name!r} was held at {show_value(self.game.values[name])}; characterize the game "
                    "at the other value, or name the parameter in parameters=[…]."
                )
        return self.solution_at(self, game)

    def to_frame(self) -> Any:
        """Return a data frame with one row a class: when it exists, outcomes' probabilities, payoffs."""
        import pandas as pd

        rows = []
        for kind in self.classes:
            row: dict[str, Any] = {
                "class": kind.name or kind.play,
                "when": when_in_words(kind.when).removeprefix("when "),
            }
            row |= {name: show_value(p) for name, p in kind.outcome_list}
            row |= {f"payoff of {player}": show_value(value) for player, value in kind.payoff_list}
            rows.append(row)
        return pd.DataFrame(rows)

    def __str__(self) -> str:
        kind = getattr(self.method, "concept", "equilibrium")
        count = len(self.classes)
        lines = [f"{count} class{'' if count == 1 else 'es'} of {kind} of {self.game.name!r}: {self.status}."]
        if self.held:
            values = ", ".join(f"{name} = {show_value(self.game.values[name])}" for name in self.held)
            lines.append(f"Held fixed: {values}.")
        if self.factors:
            lines += ["", "Classes combine freely, as products of local ones (print them one by one from .factors):"]
            lines += [f"  {product.head}." for product in self.factors]
            lines += ["", "One class for each play on the path that was met, with what was most often met off it:"]
        for i, kind_of_play in enumerate(self.classes, 1):
            lines += [
                "",
                f"Class {i}: {kind_of_play.name or kind_of_play.play}",
                *(f"  {line}" for line in kind_of_play.lines()),
            ]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Characterization of {self.game.name!r}: {len(self.classes)} classes>"
