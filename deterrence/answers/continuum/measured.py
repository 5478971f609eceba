"""Measures of games with numbers without end: where types change what they do, and which number is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deterrence.answers.continuum.strategies import Mixture, Schedule, chosen_at, exact_or_float
from deterrence.answers.measure import Measure
from deterrence.errors import MethodError, ParameterError, unknown
from deterrence.games.continuum.law import Law, gauss
from deterrence.games.game import Game

NODES = 48
"""So many nodes stand in each piece of a schedule."""


@dataclass(frozen=True)
class CutoffAt:
    """A function from an equilibrium to a type at which what is done at an information set changes."""

    information_set: str
    number: int

    def __call__(self, equilibrium: Any) -> Any:
        """Return the type; not a number (NaN) where all types do the same, or there are fewer cutoffs."""
        rule = equilibrium.strategies[self.information_set]
        try:
            found = rule.cutoffs_at(_numbers(equilibrium))
        except ParameterError as error:
            raise MethodError(f"The cutoffs at {self.information_set!r} are formulas: {error}") from error
        return exact_or_float(found[self.number - 1]) if len(found) >= self.number else float("nan")

    def check(self, game: Game) -> None:
        """Refuse an information set that the game does not have."""
        names = game.form.set_names if game.has_continuum else ()
        if self.information_set not in names:
            raise unknown("information set with cutoffs", self.information_set, names)


@dataclass(frozen=True)
class NumberChosen:
    """A function from an equilibrium to the number that is chosen in it, on average where it is not always the same."""

    variable: str

    def __call__(self, equilibrium: Any) -> Any:
        """Return the number, or the mean over mixtures and over types."""
        value = equilibrium.choices[self.variable]
        if isinstance(value, Mixture):
            return value.mean
        if isinstance(value, Schedule):
            return _mean(equilibrium.game, value)
        number = _valued(value, _numbers(equilibrium))
        if getattr(number, "free_symbols", None):
            raise MethodError(f"The choice {self.variable!r} is the formula {number}, which is no number.")
        return exact_or_float(number)

    def check(self, game: Game) -> None:
        """Refuse a number that nobody chooses in the game."""
        names = [variable.name for variable in game.form.variables if not variable.is_draw]
        if self.variable not in names:
            raise unknown("chosen number", self.variable, tuple(dict.fromkeys(names)))


def cutoff(information_set: str, number: int = 1) -> Measure:
    """Ask for the type at which what is done at an information set changes.

    Where all types do the same there is none, and the answer is not a number (NaN).

    Parameters
    ----------
    information_set
        Its name, which is the player's where it has one information set.
    number
        Which cutoff, counted from the lowest.

    Examples
    --------
    >>> import deterrence as dt
    >>> dt.cutoff("Rival").name
    "cutoff of 'Rival'"
    """
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise ParameterError(f"number={number!r} must be a whole number of at least 1: cutoffs are counted from 1.")
    which = f" {number}" if number > 1 else ""
    return Measure(f"cutoff{which} of {information_set!r}", "other", function=CutoffAt(information_set, number))


def chosen(variable: str) -> Measure:
    """Ask for the number that a player chooses: its mean over mixtures and types where it is not always the same.

    Parameters
    ----------
    variable
        The name of the number, as in the function under ``dt.choose``.

    Examples
    --------
    >>> import deterrence as dt
    >>> dt.chosen("demand").name
    "choice of 'demand'"
    """
    return Measure(f"choice of {variable!r}", "other", function=NumberChosen(variable))


def _numbers(equilibrium: Any) -> Mapping[str, Any]:
    """Return the choices that are single numbers."""
    known: dict[str, Any] = {}
    for name, value in equilibrium.choice_list:
        if isinstance(value, (Mixture, Schedule)):
            continue
        number = _valued(value, known)
        if not getattr(number, "free_symbols", None):
            known[name] = exact_or_float(number)
    return known


def _valued(value: Any, known: Mapping[str, Any]) -> Any:
    """Return a number or expression at the choices that are known."""
    if not getattr(value, "free_symbols", None):
        return value
    return value.subs({symbol: known[symbol.name] for symbol in value.free_symbols if symbol.name in known})


def _mean(game: Game, schedule: Schedule) -> Any:
    """Return the mean of a schedule over what nature draws."""
    law = next(v.law for v in game.form.variables if v.name == schedule.variable)
    assert law is not None
    drawn: Law = law.at(game.values)
    total: Any = 0
    for *ends, value in schedule.pieces:
        first, last = (drawn.cdf(min(max(exact_or_float(end), drawn.ends[0]), drawn.ends[1])) for end in ends)
        if not getattr(value, "free_symbols", None) and not callable(value):
            total += exact_or_float(value) * (last - first)
            continue
        nodes, weights = gauss(NODES)
        places = drawn.ppf(float(first) + float(last - first) * nodes).tolist()
        values = [float(chosen_at(schedule, {schedule.variable: place})[0][0]) for place in places]
        total += float(last - first) * float(weights @ values)
    return total
