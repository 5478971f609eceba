"""Classes of equilibria of games with numbers without end, as formulas with the condition under which each exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from deterrence.answers.assessment import Assessment, Free
from deterrence.answers.continuum.strategies import Cutoffs
from deterrence.answers.slacks import Slack, slacks
from deterrence.answers.solution import unknown_step
from deterrence.answers.when_in_words import when_in_words
from deterrence.games.expression import show_value
from deterrence.games.game import Game
from deterrence.games.named import Named


@dataclass(frozen=True)
class Implicit:
    """A number that is given by an equation: the root of a polynomial in an interval.

    Attributes
    ----------
    symbol
        The SymPy symbol that stands for it in formulas.
    polynomial
        The polynomial in the symbol and the parameters that is zero.
    low, high
        The ends of the interval in which the root lies.
    formula
        The root as an expression in the parameters, where its degree is two; else None.
    """

    symbol: Any
    polynomial: Any
    low: Any
    high: Any
    formula: Any = None

    def __str__(self) -> str:
        if self.formula is not None:
            return f"{self.symbol} = {self.formula}"
        return f"{self.symbol} solves {self.polynomial} = 0, between {self.low} and {self.high}"


@dataclass(frozen=True, eq=False)
class ContinuumClass(Assessment):
    """A class of equilibria in closed form: a :class:`ContinuumEquilibrium` whose numbers are SymPy expressions.

    Attributes
    ----------
    game, concept
        The game, whatever its parameter values, and the solution concept in words.
    pattern
        Which actions some types play at each information set.
    strategy_list, choice_list
        Strategies by information set, and chosen numbers by name, in formulas.
    when
        The SymPy condition on the parameters under which the class exists, within their declared ranges and the
        game's assumptions.
    payoff_list, outcome_list, action_list
        Expected payoffs by player, probabilities by outcome and by (player or an empty text, action).
    reached
        Whether play reaches each information set.
    free_list
        What may vary without leaving the equilibrium, each with its least and greatest value as far as they are proved.
    free_conditions
        The linear inequalities that the free values meet, in their symbols and the parameters.
    implicit
        Numbers that stand in the lists and in ``terms`` as symbols: roots of polynomials, with a formula where the
        degree is two.
    terms
        The condition in those symbols, where there are some.
    called
        What the class is called, where its kind has a name.
    """

    game: Game
    concept: str
    pattern: tuple[tuple[int, ...], ...]
    strategy_list: tuple[tuple[str, Cutoffs], ...]
    choice_list: tuple[tuple[str, Any], ...]
    when: Any
    payoff_list: tuple[tuple[str, Any], ...]
    outcome_list: tuple[tuple[str, Any], ...]
    action_list: tuple[tuple[tuple[str, str], Any], ...] = field(repr=False)
    reached: tuple[bool, ...] = field(repr=False)
    free_list: tuple[Free, ...] = ()
    free_conditions: tuple[Any, ...] = field(default=(), repr=False)
    implicit: tuple[Implicit, ...] = ()
    terms: Any = None
    called: str = ""

    @cached_property
    def name(self) -> str:
        """What it is called: as its kind is, as the game declares, else by what is done along the path."""
        return self.called or super().name

    @property
    def belief(self) -> tuple[None, ...]:
        """Nothing: beliefs follow from the cutoffs by Bayes' rule."""
        return (None,) * len(self.pattern)

    @property
    def strategies(self) -> Mapping[str, Any]:
        """Information set -> what its types do (:class:`Cutoffs`), in formulas."""
        return Named(dict(self.strategy_list))

    @property
    def choices(self) -> Mapping[str, Any]:
        """Name of a chosen number -> the formula for it."""
        return Named(dict(self.choice_list))

    @property
    def cutoffs(self) -> Mapping[str, tuple[Any, ...]]:
        """Information set -> formulas for the types at which what is done there changes."""
        simple = {name: rule for name, rule in self.strategy_list if len(rule.cases) == 1 and not rule.cases[0].given}
        return Named({name: rule.cutoffs for name, rule in simple.items()})

    @property
    def payoffs(self) -> Mapping[str, Any]:
        """Expected payoff of each player, before anyone learns a type."""
        return Named({player: self.explicit(value) for player, value in self.payoff_list})

    @property
    def outcomes(self) -> Mapping[str, Any]:
        """Probability of each outcome."""
        return Named({name: self.explicit(value) for name, value in self.outcome_list})

    def explicit(self, value: Any) -> Any:
        """Return a formula in parameters alone, where the roots in it have formulas."""
        known = {item.symbol: item.formula for item in self.implicit if item.formula is not None}
        return value.subs(known) if known and hasattr(value, "subs") else value

    def probability(self, name: str, by: str | None = None) -> Any:
        """Return the probability of an outcome, or that an action is taken somewhere along the play.

        Raises
        ------
        UnknownNameError
            If the game has neither.
        """
        if by is None and name in self.outcomes:
            return self.outcomes[name]
        values = [p for (player, action), p in self.action_list if action == name and player == (by or "")]
        if not values:
            raise unknown_step(self.game, name, by)
        return self.explicit(values[0])

    def slacks(self, values: Mapping[str, object] | None = None, /, **more: object) -> tuple[Slack, ...]:
        """Return by how much each inequality of the condition holds, or fails, at parameter values."""
        return slacks(self.when, self.game.at(values, **more).values)

    def lines(self) -> list[str]:
        """Return the class as sentences: when it exists, what is played, and what follows."""
        lines = [f"Exists {when_in_words(self.when if self.terms is None else self.terms)}."]
        lines += [f"Here {item}." for item in self.implicit]
        lines += [f"{self.game.variables[name].player} chooses {name} = {value}." for name, value in self.choice_list]
        for (name, rule), hit in zip(self.strategy_list, self.reached, strict=True):
            lines.append(f"{name}{'' if hit else ' (not reached)'}: {rule}.")
        lines += [f"Probability of {outcome!r}: {show_value(p)}." for outcome, p in self.outcome_list if p != 0]
        return [*lines, *self.end_lines(Named(dict(self.payoff_list)))]

    def __str__(self) -> str:
        return "\n".join([self.name, *(f"  {line}" for line in self.lines())])

    def __repr__(self) -> str:
        return f"<ContinuumClass {self.name!r} {when_in_words(self.when)}>"
