"""A profile of the user's own, checked: what it brings about, who gains by leaving it, and which concepts it meets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from deterrence.analysis.referee.breaks import NASH, SUBGAME_PERFECT, Break, breaks_of
from deterrence.analysis.referee.explained import Explanation, explained, sequentially_explained
from deterrence.analysis.referee.gains import Gain, local_gains, plan_gains, subgame_gains
from deterrence.answers.assessment import Assessment
from deterrence.answers.solution import Equilibrium
from deterrence.errors import unknown
from deterrence.games import play
from deterrence.games.expression import Exact, shortest, show_value
from deterrence.games.game import Game
from deterrence.games.named import Named
from deterrence.views import picture

BAYESIAN, SEQUENTIAL = "perfect Bayesian equilibrium", "sequential equilibrium"
CONCEPTS = {
    NASH: "is_nash",
    SUBGAME_PERFECT: "is_subgame_perfect",
    BAYESIAN: "is_perfect_bayesian",
    SEQUENTIAL: "is_sequential",
}
"""The concepts that a profile is checked for, with the property that answers."""
WORDS = {True: "yes", False: "no", None: "not decided"}
ROUNDED = 10**24
"""Numbers with larger denominators are rounded ones."""
SMALL = Fraction(1, 10**20)


@dataclass(frozen=True, eq=False)
class CheckedProfile(Assessment):
    """A profile of strategies, and perhaps beliefs, with what each solution concept says of it.

    Attributes
    ----------
    game
        The game, at its present parameter values.
    concept
        The solution concept asked for, in words; ``is_equilibrium`` answers for it.
    behaviour
        For each information set, the probability of each action; exact numbers.
    given
        For each information set, the belief in each history as it was given; None where it was not.
    """

    game: Game
    concept: str
    behaviour: tuple[tuple[Exact, ...], ...]
    given: tuple[tuple[Exact, ...] | None, ...]
    free_list = ()

    # -- what it brings about ------------------------------------------------------------------------

    @cached_property
    def _play(self) -> Equilibrium:
        return Equilibrium(self.game, self.concept, self.behaviour, self.belief)

    @property
    def payoffs(self) -> Mapping[str, Exact]:
        """Expected payoff of each player."""
        return self._play.payoffs

    @property
    def outcomes(self) -> Mapping[str, Exact]:
        """Probability of each outcome, zero included."""
        return self._play.outcomes

    def probability(self, name: str, by: str | None = None) -> Exact:
        """Return the probability of an outcome, or that an action is taken; as of an equilibrium."""
        return self._play.probability(name, by)

    @cached_property
    def pattern(self) -> tuple[tuple[int, ...], ...]:
        """Which actions are played with positive probability at each information set."""
        return tuple(tuple(a for a, p in enumerate(row) if p != 0) for row in self.behaviour)

    @cached_property
    def reached(self) -> tuple[bool, ...]:
        """Whether play reaches each information set, in order."""
        return tuple(row is not None for row in self.bayes)

    @cached_property
    def bayes(self) -> tuple[Any, ...]:
        """The beliefs by Bayes' rule at each information set; None where play does not reach it."""
        return tuple(play.bayes_beliefs(self.game.form, self.game.numbers, self.behaviour))

    @cached_property
    def belief(self) -> tuple[tuple[Exact, ...] | None, ...]:
        """The belief at each information set: as given, else by Bayes' rule, else some that would support the play."""
        some = self._explanation.beliefs or (None,) * len(self.given)
        beliefs: list[tuple[Exact, ...] | None] = []
        for h, (given, bayes) in enumerate(zip(self.given, self.bayes, strict=True)):
            alone = (1,) if len(self.game.form.nodes_of[h]) == 1 else None
            row = given or bayes or alone or some[h]
            beliefs.append(None if row is None else tuple(map(shortest, row)))
        return tuple(beliefs)

    # -- what concepts say -----------------------------------------------------------------------------

    @cached_property
    def _explanation(self) -> Explanation:
        return explained(self.game, self.behaviour, self.given, self.slack)

    @property
    def slack(self) -> Fraction:
        """What counts as no gain: 0, but where numbers are rounded."""
        numbers = (p for rows in (self.behaviour, filter(None, self.given)) for row in rows for p in row)
        rounded = self.game.form.rounded or any(Fraction(p).denominator > ROUNDED for p in numbers)
        return SMALL if rounded else Fraction(0)

    @cached_property
    def regrets(self) -> Mapping[str, Gain]:
        """Player -> the most that it gains by another whole strategy, the others' given, and what it would do."""
        return Named(plan_gains(self.game, self.behaviour))

    @property
    def regret(self) -> Exact:
        """The most that any player gains by another whole strategy; 0 in a Nash equilibrium."""
        return max(gain.gain for gain in self.regrets.values())

    @property
    def is_nash(self) -> bool:
        """Whether no player gains by another strategy."""
        return self.regret <= self.slack

    @cached_property
    def is_subgame_perfect(self) -> bool:
        """Whether no player gains by another strategy in any proper subgame."""
        return all(gain.gain <= self.slack for gain in subgame_gains(self.game, self.behaviour))

    @property
    def is_perfect_bayesian(self) -> bool | None:
        """Whether beliefs, those given or some, make every choice optimal; see :class:`deterrence.PerfectBayesian`.

        None where that was not decided.
        """
        return self._explanation.verdict

    @cached_property
    def is_sequential(self) -> bool | None:
        """Whether such beliefs can be explained by vanishing mistakes; see :class:`deterrence.Sequential`."""
        if self.is_perfect_bayesian is not True:
            return self.is_perfect_bayesian
        return sequentially_explained(self.game, self.behaviour, self.given, self.slack).verdict

    @cached_property
    def concepts(self) -> Mapping[str, bool | None]:
        """Solution concept -> whether the profile meets it; those alone that say more than the ones before.

        None where it was not decided.
        """
        form = self.game.form
        verdicts: dict[str, bool | None] = {NASH: self.is_nash}
        if not form.simultaneous:
            verdicts[SUBGAME_PERFECT] = self.is_subgame_perfect
        if not form.perfect_information and not form.simultaneous:
            verdicts |= {BAYESIAN: self.is_perfect_bayesian, SEQUENTIAL: self.is_sequential}
        return Named(verdicts)

    @property
    def is_equilibrium(self) -> bool | None:
        """Whether the profile meets the concept asked for; None where that was not decided."""
        verdict: bool | None = getattr(self, CONCEPTS[self.concept])
        return verdict

    # -- what breaks it ----------------------------------------------------------------------------------

    @cached_property
    def breaks(self) -> tuple[Break, ...]:
        """Where the profile fails the concept asked for, what play reaches first; empty where it meets it."""
        return breaks_of(self)

    def gain_at(self, information_set: str) -> Exact:
        """Return what its player gains at most by another choice at one information set, given the belief there.

        Where no belief is given and none follows from play, it is what is lost under the most favourable belief.

        Raises
        ------
        UnknownNameError
            If the game has no such information set.
        """
        names = self.game.form.set_names
        if information_set not in names:
            raise unknown("information set", information_set, names)
        return next((g.gain for g in self.local if g.information_set == information_set), 0)

    @cached_property
    def local(self) -> tuple[Gain, ...]:
        """The gain from another choice at each information set, given the belief there; see :meth:`gain_at`."""
        beliefs = tuple(given or bayes for given, bayes in zip(self.given, self.bayes, strict=True))
        return tuple(local_gains(self.game, self.behaviour, beliefs))

    # -- in words ------------------------------------------------------------------------------------------

    @property
    def verdict(self) -> str:
        """What the concept asked for says, in a sentence."""
        article = "an" if self.concept[0] in "aeiou" else "a"
        word = {True: "is", False: "is not", None: "may or may not be"}[self.is_equilibrium]
        tail = " (not decided)" if self.is_equilibrium is None else ""
        return f"The profile {word} {article} {self.concept} of {self.game.name!r}{tail}."

    def lines(self) -> list[str]:
        """Return the profile and what is said of it, a sentence a line."""
        likely = ", ".join(f"{name} with probability {show_value(p)}" for name, p in self.outcomes.items() if p != 0)
        single = next((name for name, p in self.outcomes.items() if p == 1), None)
        lines = [self.verdict, *(f"  {line}" for line in self.set_lines())]
        lines += [f"  Outcome: {single or likely}.", *(f"  {line}" for line in self.end_lines(self.payoffs))]
        if self.breaks:
            lines += ["What breaks it:", *(f"  {item}" for item in self.breaks)]
        gains = [f"{player} {show_value(gain.gain)}" for player, gain in self.regrets.items() if gain.gain > self.slack]
        if gains:
            lines.append(f"Gain from another whole strategy: {', '.join(gains)}.")
        lines.append("; ".join(f"{name}: {WORDS[verdict]}" for name, verdict in self.concepts.items()) + ".")
        if self.slack:
            lines.append("Numbers that are no fractions are rounded to 30 digits.")
        return lines

    def to_frame(self) -> Any:
        """Return a data frame with one row an information set: what is played, and the gain from another choice."""
        import pandas as pd

        gains = {gain.information_set: gain for gain in self.local}
        rows = [
            (gains[name].player, name, hit, self._choice_in_words(h), show_value(gains[name].gain), gains[name].better)
            for h, (name, hit) in enumerate(zip(self.game.form.set_names, self.reached, strict=True))
        ]
        return pd.DataFrame(rows, columns=["player", "information set", "reached", "choice", "gain", "better"])

    def plot(self, ax: Any = None, *, values: bool = False) -> Any:
        """Draw the profile on its game, as an equilibrium is drawn.

        Parameters
        ----------
        ax
            Where to draw; by default new axes.
        values
            Whether to write payoffs and probabilities as numbers, not as expressions in parameters.
        """
        return picture("Equilibrium.plot", self._play, ax=ax, values=values)

    def __bool__(self) -> bool:
        return self.is_equilibrium is True

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def __repr__(self) -> str:
        return f"<CheckedProfile of {self.game.name!r}: {WORDS[self.is_equilibrium]}, regret {show_value(self.regret)}>"
