"""Equilibria of games with numbers without end: strategies in cutoffs, choices as numbers or schedules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from deterrence.answers.assessment import Assessment, Free
from deterrence.answers.continuum.in_words import believed_in_words, end_in_words, play_in_words
from deterrence.answers.continuum.naming import name_by_types
from deterrence.answers.continuum.offer_curve import OfferCurve
from deterrence.answers.continuum.pieces import valued
from deterrence.answers.continuum.strategies import Cutoffs, Mixture, Schedule
from deterrence.answers.derived_name import derived_name, short_name
from deterrence.answers.solution import unknown_step
from deterrence.errors import MethodError, unknown
from deterrence.games.game import Game
from deterrence.games.named import Named
from deterrence.views import computed, picture

MOST_EXACT = 1e-12
"""Of numbers that are at most so far from the exact ones nothing is said."""


@dataclass(frozen=True, eq=False, repr=False)
class ContinuumEquilibrium(Assessment):
    """An equilibrium of a game in which nature draws types from a law, or players choose numbers.

    Attributes
    ----------
    game
        The game it belongs to.
    concept
        The solution concept, in words.
    strategy_list
        For each information set in order, its name and the strategy there: types' actions by cutoffs.
    choice_list
        For each number that a player chooses, its name and what is chosen: a number, a mixture, or a schedule in the
        chooser's type; a reply to a choice seen before it is an expression in that.
    payoff_list, outcome_list
        Expected payoffs by player before anyone learns a type, and probabilities by outcome.
    action_list
        For each player and action the probability that it is taken somewhere along the play; a player's name may be
        empty, which stands for anybody.
    behaviour
        For each information set the probability of each action over all types that reach it, by what is played; of
        all types where none does.
    reached
        Whether play reaches each information set.
    belief
        For each information set what its player believes of others' types: name of the type -> description in
        words, or None where it is what nature draws.
    free_list
        What may vary without leaving the equilibrium, such as a reply to an action that nobody takes.
    error
        How far numbers may be from the exact ones; 0 where they are exact.
    regret
        The certificate: the most that any type gains by deviating anywhere, and the most by which a payoff, belief or
        indifference recomputed from the tree differs, relative to 1 and the greatest payoff.
    called
        What the equilibrium is called, where its kind has a name.
    notes
        Further sentences about it.
    """

    game: Game
    concept: str
    strategy_list: tuple[tuple[str, Cutoffs], ...]
    choice_list: tuple[tuple[str, Any], ...]
    payoff_list: tuple[tuple[str, Any], ...]
    outcome_list: tuple[tuple[str, Any], ...]
    action_list: tuple[tuple[tuple[str, str], Any], ...]
    behaviour: tuple[tuple[Any, ...], ...]
    reached: tuple[bool, ...]
    belief: tuple[Any, ...] = ()
    free_list: tuple[Free, ...] = ()
    error: float = 0.0
    regret: Any = field(default=0, compare=False)
    called: str = ""
    notes: tuple[str, ...] = ()

    @cached_property
    def name(self) -> str:
        """What it is called: as its kind is, as the game declares, else by what is done along the path."""
        path = self.path_pattern
        return self.called or self.declared_name or short_name(self.game, path) or name_by_types(self)

    @property
    def strategies(self) -> Mapping[str, Any]:
        """Information set -> what its types do (:class:`Cutoffs`)."""
        return Named(dict(self.strategy_list))

    @property
    def choices(self) -> Mapping[str, Any]:
        """Name of a chosen number -> the number, a mixture, a schedule in the chooser's type, or a formula."""
        return Named(dict(self.choice_list))

    @property
    def cutoffs(self) -> Mapping[str, tuple[Any, ...]]:
        """Information set -> the types at which what is done there changes; without choices that it depends on."""
        simple = {name: rule for name, rule in self.strategy_list if len(rule.cases) == 1 and not rule.cases[0].given}
        return Named({name: rule.cutoffs for name, rule in simple.items()})

    @property
    def beliefs(self) -> Mapping[str, Any]:
        """Information set -> what is believed there of others' types, where play or the concept says."""
        rows = zip(self.game.form.set_names, self.belief, strict=False)
        return Named({name: believed for name, believed in rows if believed is not None})

    @property
    def payoffs(self) -> Mapping[str, Any]:
        """Expected payoff of each player, before anyone learns a type."""
        return Named(dict(self.payoff_list))

    @property
    def outcomes(self) -> Mapping[str, Any]:
        """Probability of each outcome of the game, zero included."""
        return Named(dict(self.outcome_list))

    def probability(self, name: str, by: str | None = None) -> Any:
        """Return the probability of an outcome, or that an action is taken somewhere along the play.

        Raises
        ------
        UnknownNameError
            If the game has neither.
        MethodError
            If nothing has a probability, as under a flat prior.
        """
        if not self.outcome_list:
            raise MethodError(
                f"Nothing has a probability in {self.game.name!r}, as its prior is flat: {name!r} has one where the "
                "state is given."
            )
        if by is None and name in self.outcomes:
            return self.outcomes[name]
        if by is not None and by not in self.game.players:
            raise unknown("player", by, self.game.players)
        values = [p for (player, action), p in self.action_list if action == name and player == (by or "")]
        if not values:
            raise unknown_step(self.game, name, by)
        return values[0]

    @cached_property
    def pattern(self) -> tuple[tuple[int, ...], ...]:
        """Which actions some types play at each information set: what equilibria of one class share."""
        return tuple(tuple(a for a, p in enumerate(row) if p != 0) for row in self.behaviour)

    @property
    def extremes(self) -> tuple[ContinuumEquilibrium, ...]:
        """The equilibrium itself: what is free in it changes no payoff."""
        return (self,)

    @property
    def near_tie(self) -> bool:
        """Whether rounding may have decided something; the certificate says so instead."""
        return False

    def to_frame(self) -> Any:
        """Return a data frame: one row for each information set, interval of the type, and action taken there.

        Information sets whose cutoffs depend on a choice stand there as they are after the choice that is made, and
        are left out where it is mixed or follows a type.
        """
        import pandas as pd

        rows = [
            (name, rule.variable or "", max(float(low), ends[0]), min(float(high), ends[1]), action, float(p))
            for name, rule in self.strategy_list
            if rule.depends_on <= self.certain_choices.keys()
            for ends in [tuple(map(float, self.span_of(rule.variable)))]
            for low, high, done in rule.pieces_at(self.certain_choices)
            for action, p in done
            if max(float(low), ends[0]) < min(float(high), ends[1])
        ]
        return pd.DataFrame(rows, columns=["information set", "type", "from", "to", "action", "probability"])

    @cached_property
    def offer_curves(self) -> Mapping[str, OfferCurve]:
        """Name of a number that is chosen on the path -> what each other choice would be worth and lead to.

        There is none where the chooser has a type that the choice follows: there the choice is a schedule.
        """
        curves: Mapping[str, OfferCurve] = computed("ContinuumEquilibrium.offer_curves", self)
        return curves

    def plot(self, ax: Any = None, *, of: str | None = None, values: bool = False) -> Any:
        """Draw what types do, what choices are worth, and what types choose.

        Each information set of a player with a type is a line, cut into the intervals that take an action, below the
        density of the type. A number that is chosen whatever the type has a curve: the chooser's expected payoff
        against it, and below that the probability of each outcome. A schedule is a line over the type.

        Parameters
        ----------
        ax
            Where to draw, for one part; by default a new figure with all parts below each other.
        of
            One part alone: the name of an information set or of a chosen number.
        values
            Without meaning here, where all is in numbers; it is taken since every equilibrium takes it.

        Raises
        ------
        ParameterError
            If several parts should share axes, or there is no such part.
        """
        return picture("ContinuumEquilibrium.plot", self, ax=ax, of=of, values=values)

    @property
    def _key(self) -> tuple[Any, ...]:
        return self.game, self.concept, self.strategy_list, self.choice_list, self.free_list, self.called

    def __eq__(self, other: object) -> bool:
        return self._key == other._key if isinstance(other, ContinuumEquilibrium) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key)

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def __repr__(self) -> str:
        return f"<ContinuumEquilibrium of {self.game.name!r}: {self.name}>"

    def lines(self) -> list[str]:
        """Return the equilibrium as sentences."""
        lines = [*play_in_words(self), *end_in_words(self)]
        if self.free_list:
            lines.append("May vary: " + "; ".join(self._varying_in_words()) + ".")
        lines += self.notes
        if self.error > MOST_EXACT:
            lines.append(f"Numbers are within {self.error:.1g} of the exact ones.")
        if self.regret:
            lines.append(f"Nobody gains more than {float(self.regret):.1g} by deviating, recomputed from the tree.")
        return lines

    def reaches(self, node: int) -> bool:
        """Return whether play comes to a node of the flat form."""
        form = self.game.form
        return all(form.infoset_of[at] < 0 or self.behaviour[form.infoset_of[at]][a] != 0 for at, a in form.path(node))

    def belief_in_words(self, h: int) -> str:
        """Return what is believed at an information set, to follow what is done there; nothing where that is plain."""
        believed = self.belief[h] if h < len(self.belief) else None
        return f", believing {believed_in_words(believed)}" if believed else ""

    def span_of(self, variable: str | None) -> tuple[Any, Any]:
        """Return the ends of a type, so far as they are numbers; without a type, and else, infinite ones."""
        found = self.game.variables.get(variable or "")
        if found is None or not found.names <= self.game.values.keys():
            return -float("inf"), float("inf")
        return found.span(self.game.values)

    @cached_property
    def certain_choices(self) -> Mapping[str, Any]:
        """The choices that are made for certain, whoever makes them: name -> number."""
        known: dict[str, Any] = {}
        for name, value in self.choice_list:
            if isinstance(value, (Schedule, Mixture)):
                continue
            if {symbol.name for symbol in getattr(value, "free_symbols", ())} <= known.keys():
                known[name] = valued(value, known)
        return known


def of_class(answer: Any) -> Any:
    """Return an equilibrium as an example of its class: its name tells what is played, without cutoffs of its own."""
    if not isinstance(answer, ContinuumEquilibrium) or answer.called:
        return answer
    return replace(answer, called=answer.declared_name or derived_name(answer.game, answer.path_pattern))
