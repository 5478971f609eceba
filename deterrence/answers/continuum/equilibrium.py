"""Equilibria of games with numbers without end: strategies in cutoffs, choices as numbers or schedules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from deterrence.answers.assessment import Assessment, Free
from deterrence.answers.continuum.strategies import Cutoffs, Schedule, shown_number
from deterrence.answers.solution import unknown_step
from deterrence.errors import MethodError, unknown
from deterrence.games.game import Game
from deterrence.games.named import Named

MOST_SHOWN = 1e-15


@dataclass(frozen=True, eq=False)
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
        Expected payoffs by player before anyone learns a type, and probabilities by outcome; empty under a flat prior,
        which gives nothing a probability.
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
        return self.called or super().name

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
        """Return a data frame: one row for each information set and interval of the type."""
        import pandas as pd

        rows = [
            (name, rule.variable or "", float(low), float(high), action, float(p))
            for name, rule in self.strategy_list
            if len(rule.cases) == 1 and not rule.cases[0].given
            for low, high, done in rule.pieces_at({})
            for action, p in done
        ]
        return pd.DataFrame(rows, columns=["information set", "type", "from", "to", "action", "probability"])

    @property
    def _key(self) -> tuple[Any, ...]:
        return self.game, self.concept, self.strategy_list, self.choice_list, self.free_list, self.called

    def __eq__(self, other: object) -> bool:
        return self._key == other._key if isinstance(other, ContinuumEquilibrium) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key)

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self) -> list[str]:
        """Return the equilibrium as sentences."""
        lines = [f"{self._chooser(name)} chooses {name} = {_shown(value)}." for name, value in self.choice_list]
        for (name, rule), hit in zip(self.strategy_list, self.reached, strict=True):
            where = "" if hit else " (not reached)"
            believed = self.beliefs.get(name)
            belief = f", believing {believed}" if believed else ""
            lines.append(f"{name}{where}: {rule}{belief}.")
        likely = [(name, p) for name, p in self.outcome_list if p > MOST_SHOWN]
        told = [name if len(likely) == 1 else f"{name} with probability {shown_number(p)}" for name, p in likely]
        if self.outcome_list:
            lines.append(f"Outcome: {', '.join(told)}.")
            lines.append("Payoffs: " + ", ".join(f"{player} {shown_number(v)}" for player, v in self.payoff_list) + ".")
        if self.free_list:
            lines.append("May vary: " + "; ".join(self._varying_in_words()) + ".")
        lines += self.notes
        if self.regret:
            lines.append(f"Nobody gains more than {float(self.regret):.1g} by deviating, recomputed from the tree.")
        return lines

    def _chooser(self, name: str) -> str:
        return self.game.variables[name].player or name


def _shown(value: Any) -> str:
    if getattr(value, "is_Piecewise", False):
        return ", ".join(_part_in_words(part, when) for part, when in value.args)
    return str(value) if isinstance(value, Schedule) or hasattr(value, "numbers") else shown_number(value)


def _part_in_words(part: Any, when: Any) -> str:
    """Return a part of a formula in pieces in words, floats to five digits."""
    from sympy import Float, true

    part, when = (x.xreplace({number: Float(number, 5) for number in x.atoms(Float)}) for x in (part, when))
    where = "otherwise" if when == true else f"if {when}"
    return f"{part} {where}"
