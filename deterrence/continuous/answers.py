"""Answers of continuous (or infinitely repeated) models: equilibria, and the solution that gathers them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite
from typing import Any

from deterrence.continuous.certificate import TOLERANCE, check_play, objection
from deterrence.continuous.games import ContinuousGame
from deterrence.continuous.search import greatest
from deterrence.errors import GameError, MethodError, unknown
from deterrence.games.expression import show_number
from deterrence.games.kinds import solution_of
from deterrence.games.named import Named
from deterrence.values import Value
from deterrence.views import Shown


@dataclass(frozen=True, eq=False)
class Play(Value):
    """One equilibrium, as a model's body returns it.

    Attributes
    ----------
    outcomes
        Outcome -> probability; for endless play the share of periods. They sum to one.
    payoffs
        Player -> expected payoff, before anyone learns a type.
    gain
        The most that any type gains by deviating, computed from the payoffs themselves and not from the equation
        that gave the equilibrium: for every player, by name, or one number for all of them. At least 0. A play
        in which someone gains, or in which a gain is not finite, is left out of the solution, which says so.
    strategies
        What is played, in numbers by name: cutoffs, offers, durations.
    name
        What the equilibrium's class is called.
    actions
        Action -> probability, for the actions that the model names.
    recomputed
        Player -> expected payoff, computed again from what is played (type by type, outcome by outcome) and not
        from what gave ``payoffs``. A play whose payoffs are others is left out. Without it payoffs stand as given.
    gains
        The gains by player; empty where ``gain`` was one number. Filled in.
    """

    outcomes: Mapping[str, float]
    payoffs: Mapping[str, float]
    gain: Any
    strategies: Mapping[str, float] = field(default_factory=dict)
    name: str = "equilibrium"
    actions: Mapping[str, float] = field(default_factory=dict)
    recomputed: Mapping[str, float] = field(default_factory=dict)
    gains: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if isinstance(self.gain, Mapping):
            object.__setattr__(self, "gains", self.gain)
        for name in ("outcomes", "payoffs", "strategies", "actions", "recomputed", "gains"):
            numbers = {key: float(value) + 0.0 for key, value in getattr(self, name).items()}
            object.__setattr__(self, name, Named(numbers))
        object.__setattr__(self, "gain", greatest(*self.gains.values()) if self.gains else float(self.gain))


@dataclass(frozen=True, eq=False)
class Answer:
    """The equilibria that a model's body found, and how far it searched.

    Attributes
    ----------
    plays
        The equilibria; none where there is none of the kind sought.
    status
        What the search says of itself, in words.
    complete
        Whether every equilibrium of the kind asked for is there.
    """

    plays: tuple[Play, ...]
    status: str = "solved"
    complete: bool = True


@dataclass(frozen=True, eq=False)
class ContinuousEquilibrium(Value):
    """An equilibrium of a continuous (or infinitely repeated) model.

    Attributes
    ----------
    game
        The model at its parameter values.
    play
        What the model's body returned.
    """

    game: ContinuousGame
    play: Play

    @property
    def name(self) -> str:
        """The name of its class."""
        return self.play.name

    @property
    def concept(self) -> str:
        """The solution concept, in words."""
        return self.game.concept

    @property
    def outcomes(self) -> Mapping[str, float]:
        """Probability of each outcome; for endless play its share of the periods."""
        return self.play.outcomes

    @property
    def payoffs(self) -> Mapping[str, float]:
        """Expected payoff of each player, before anyone learns a type."""
        return self.play.payoffs

    @property
    def strategies(self) -> Mapping[str, float]:
        """What is played, in numbers by name: cutoffs, offers, durations."""
        return self.play.strategies

    @property
    def regret(self) -> float:
        """The most that any type gains by deviating, computed apart from the solver; 0 up to rounding."""
        return max(0.0, self.play.gain)

    @property
    def extremes(self) -> tuple[ContinuousEquilibrium, ...]:
        """The equilibrium itself: nothing in it is free to vary."""
        return (self,)

    def probability(self, name: str, by: str | None = None) -> float:
        """Return the probability of an outcome or an action.

        Raises
        ------
        UnknownNameError
            If the model has neither; or if a player is given, whom the actions here do not need.
        """
        probabilities = {**self.play.actions, **self.outcomes}
        if name not in probabilities or by is not None:
            raise unknown("outcome or action", name if by is None else f"{name} by {by}", probabilities)
        return probabilities[name]

    @cached_property
    def _key(self) -> tuple[Any, ...]:
        mappings = (self.outcomes, self.payoffs, self.strategies)
        return (self.game, self.name, *(tuple(mapping.items()) for mapping in mappings))

    def __eq__(self, other: object) -> bool:
        return self._key == other._key if isinstance(other, ContinuousEquilibrium) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key)

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> list[str]:
        lines = [f"{name[0].upper()}{name[1:]}: {_show(value)}." for name, value in self.strategies.items()]
        likely = [(name, p) for name, p in self.outcomes.items() if p > TOLERANCE]
        outcomes = [name if len(likely) == 1 else f"{name} with probability {_show(p)}" for name, p in likely]
        lines.append(f"Outcome: {', '.join(outcomes)}.")
        lines.append("Payoffs: " + ", ".join(f"{player} {_show(v)}" for player, v in self.payoffs.items()) + ".")
        sure = "Nobody gains" if self.regret == 0 else f"Nobody gains more than {self.regret:.1g}"
        again = "" if self.play.recomputed else " Payoffs are as given, and were not computed again."
        return [*lines, f"{sure} by deviating.{again}"]


@dataclass(frozen=True, eq=False)
class ContinuousSolution(Shown):
    """The equilibria of a continuous (or infinitely repeated) model, and how far the search went.

    A solution iterates over its equilibria, has a length, and is indexed by position.

    Attributes
    ----------
    game
        The model at its parameter values.
    equilibria
        The equilibria found, each verified.
    status
        What the search says of itself, in words.
    complete
        Whether every equilibrium of the kind asked for is there.
    """

    game: ContinuousGame
    equilibria: tuple[ContinuousEquilibrium, ...]
    status: str
    complete: bool

    @property
    def method(self) -> str:
        """The solution concept, in words."""
        return self.game.concept

    @property
    def representatives(self) -> tuple[ContinuousEquilibrium, ...]:
        """The equilibria: few enough to be looked at one by one."""
        return self.equilibria

    def __iter__(self) -> Iterator[ContinuousEquilibrium]:
        return iter(self.equilibria)

    def __len__(self) -> int:
        return len(self.equilibria)

    def __getitem__(self, index: int) -> ContinuousEquilibrium:
        return self.equilibria[index]

    def to_frame(self) -> Any:
        """Return a data frame: one row an equilibrium, with strategies, outcomes' probabilities and payoffs."""
        import pandas as pd

        rows = [
            {"class": equilibrium.name, **equilibrium.strategies, **equilibrium.outcomes}
            | {f"payoff of {player}": value for player, value in equilibrium.payoffs.items()}
            for equilibrium in self
        ]
        return pd.DataFrame(rows, index=pd.RangeIndex(1, len(rows) + 1, name="equilibrium"))

    def __str__(self) -> str:
        kind, count = self.game.concept, len(self)
        several = f"{count} {kind.replace('equilibrium', 'equilibria')}"
        number = {0: f"No {kind}", 1: f"One {kind}"}.get(count, several)
        lines = [f"{number} of {self.game.name!r}: {self.status}."]
        for i, equilibrium in enumerate(self.equilibria, 1):
            title = "" if equilibrium.name == "equilibrium" else f" ({equilibrium.name})"
            lines += ["", f"Equilibrium {i}{title}", *(f"  {line}" for line in equilibrium._lines())]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<ContinuousSolution of {self.game.name!r}: {len(self)} equilibria, {self.status}>"


@solution_of.register(ContinuousGame)
def solved(game: ContinuousGame, method: Any = None) -> ContinuousSolution:
    """Return the solution of a model at its present values; plays that fail the certificate are left out.

    Raises
    ------
    GameError
        If the body returns something else than equilibria of this model.
    MethodError
        If a solution concept is given: the model answers in its own.
    """
    if method is not None:
        raise MethodError(
            f"The model {game.name!r} answers in its own concept, {game.concept}; leave out method={method!r}."
        )
    answer = game.body(**{name: float(value) for name, value in game.values.items()})
    if isinstance(answer, Play):
        answer = Answer((answer,))
    elif isinstance(answer, (tuple, list)):
        answer = Answer(tuple(answer))
    if not isinstance(answer, Answer):
        raise GameError(f"The body of {game.name!r} returned {answer!r}; it must return a Play, several, or an Answer.")
    for play in answer.plays:
        if not isinstance(play, Play):
            raise GameError(f"The body of {game.name!r} must return plays; it returned {play!r}.")
        check_play(game, play)
    objections = [objection(play) for play in answer.plays]
    sure = [play for play, why in zip(answer.plays, objections, strict=True) if not why]
    status, doubtful = answer.status, list(dict.fromkeys(filter(None, objections)))
    if doubtful:
        status += f"; {len(answer.plays) - len(sure)} not converged and left out ({'; '.join(doubtful)})"
    equilibria = tuple(ContinuousEquilibrium(game, play) for play in sure)
    return ContinuousSolution(game, equilibria, status, answer.complete and not doubtful)


def _show(value: float) -> str:
    return show_number(float(f"{value:.6g}"), 6) if isfinite(value) else "without end"
