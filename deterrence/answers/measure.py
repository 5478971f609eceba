"""Measures: what one asks of an equilibrium, as a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from deterrence.answers.proposition import Proposition
from deterrence.answers.solution import Equilibrium, Solution, unknown_step
from deterrence.errors import MethodError, ValueKindError, unknown
from deterrence.games.game import Game


@dataclass(frozen=True, slots=True)
class Measure:
    """A function from an equilibrium to a number, with a name.

    Attributes
    ----------
    name
        The question in words, as shown on axes and in tables.
    kind
        ``"probability"``, ``"payoff"`` or ``"other"``.
    of
        The outcome, action or player meant.
    by
        The player who takes the action, where it matters.
    function
        For ``"other"``: the callable that answers.
    """

    name: str
    kind: str
    of: str = ""
    by: str | None = None
    function: Callable[[Equilibrium], Any] | None = None

    def __call__(self, equilibrium: Any) -> Any:
        """Return the measure's value in an equilibrium."""
        if self.kind == "probability":
            return equilibrium.probability(self.of, self.by)
        if self.function is not None:
            return self._answer(self.function(equilibrium))
        if not equilibrium.payoffs and self.of in equilibrium.game.players:
            raise MethodError(
                f"No payoff has a mean in {equilibrium.game.name!r}, as its prior is flat: that of {self.of} has one "
                "where the state is given."
            )
        if self.of not in equilibrium.payoffs:
            raise unknown("player", self.of, equilibrium.game.players)
        return equilibrium.payoffs[self.of]

    def ends(self, equilibrium: Equilibrium) -> tuple[Any, Any]:
        """Return the least and greatest value in an equilibrium in which something may vary; the same where nothing.

        Of a probability or payoff these are the true ends; a function of the user's own is asked at the extreme
        profiles alone.
        """
        family = getattr(equilibrium, "family", None)  # where numbers are drawn from a law there is none
        if family is not None and self.kind != "other":
            over = family.measured(self)
            return over.low, over.high
        values = [self(each) for each in (equilibrium, *equilibrium.extremes)]
        return min(values), max(values)

    def over(self, solution: Solution) -> tuple[Any, Any]:
        """Return the least and greatest value over all equilibria of a solution, as ``ends`` has them for one.

        Raises
        ------
        UnknownNameError
            If the solution's game has not what is asked for.
        MethodError
            If there is no equilibrium, or so many that a function of the user's own cannot be asked at all of them.
        """
        self.check(solution.game)
        if not solution:
            raise MethodError(f"There is no equilibrium of {solution.game.name!r} to ask for {self.name}.")
        if solution.stand_in and self.kind == "other":
            raise MethodError(
                f"A function of your own is asked of one equilibrium at a time, and there are {solution.count:,}. Ask "
                "for a probability or payoff, or go through the first of them, solution[:1000]."
            )
        ends = [self.ends(each) for each in solution.representatives]
        return min(low for low, _ in ends), max(high for _, high in ends)

    def ends_proved(self, equilibrium: Equilibrium) -> bool:
        """Tell whether the ends of the range are proved."""
        if getattr(equilibrium, "family", None) is None:
            return True
        if self.kind == "other":  # asked at the extreme profiles, of which one that stands for many has not all
            return bool(equilibrium.family.listed)
        return bool(equilibrium.family.measured(self).proved)

    def _answer(self, value: Any) -> Any:
        """Refuse an answer of the user's own function that is no number, or no formula where a class was asked."""
        if getattr(value, "free_symbols", None):
            return value
        try:
            float(value)
        except (TypeError, ValueError) as error:
            raise ValueKindError(f"The measure {self.name!r} returned {value!r}; it must return a number.") from error
        return value

    def __le__(self, other: Any) -> Proposition:
        """Return the statement that the measure is at most something, for :func:`deterrence.verify`."""
        return Proposition(self, "<=", other)

    def __lt__(self, other: Any) -> Proposition:
        return Proposition(self, "<", other)

    def __ge__(self, other: Any) -> Proposition:
        return Proposition(self, ">=", other)

    def __gt__(self, other: Any) -> Proposition:
        return Proposition(self, ">", other)

    def equal_to(self, other: Any) -> Proposition:
        """Return the statement that the measure equals something, for :func:`deterrence.verify`."""
        return Proposition(self, "==", other)

    def check(self, game: Any) -> None:
        """Refuse names that the game does not have.

        Raises
        ------
        UnknownNameError
            If an outcome, action or player is not one of the game's.
        """
        if self.by is not None and self.by not in game.players:
            raise unknown("player", self.by, game.players)
        if self.kind == "payoff" and self.of not in game.players:
            raise unknown("player", self.of, game.players)
        if self.kind == "probability" and not self._known(game):
            raise unknown_step(game, self.of, self.by)
        known = getattr(self.function, "check", None)
        if known is not None:
            known(game)

    def _known(self, game: Game) -> bool:
        if self.by is None:
            return self.of in (*game.outcomes, *game.actions)
        sets = enumerate(game.form.actions_of)
        return any(self.of in actions and game.players[game.form.player_of[h]] == self.by for h, actions in sets)


AnyMeasure = Measure | str | Callable[[Any], Any]
"""What verbs take as a measure: one, the name of an outcome or action, or a function of an equilibrium."""


def probability(name: str, by: str | None = None) -> Measure:
    """Ask for the probability of an outcome, or that an action is taken in the course of play.

    Parameters
    ----------
    name
        An outcome or action; where both carry the name, the outcome is meant unless ``by`` is given.
    by
        The player who takes the action, where several have one of that name.

    Examples
    --------
    >>> import deterrence as dt
    >>> dt.probability("war").name
    "probability of 'war'"
    """
    who = f" by {by}" if by else ""
    return Measure(f"probability of {name!r}{who}", "probability", name, by)


def payoff(player: str) -> Measure:
    """Ask for the expected payoff of a player."""
    return Measure(f"payoff of {player}", "payoff", player)


def as_measure(question: Any) -> Measure:
    """Return a measure: itself, an outcome's or action's probability by name, or any callable.

    Raises
    ------
    UnknownNameError
        If the question is none of these.
    """
    if isinstance(question, Measure):
        return question
    if isinstance(question, str):
        return probability(question)
    if callable(question) and not isinstance(question, Game):
        return Measure(getattr(question, "__name__", "measure"), "other", function=question)
    raise unknown("measure", question, ("probability('…')", "payoff('…')", "any callable"))
