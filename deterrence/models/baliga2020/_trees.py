"""The game of one or two attackers and a defender who retaliates on suspicion, as a tree.

Nature draws what an attack is worth to each attacker, and the Defender's taste for retaliation against each; then who
has an opportunity, and a signal. After silence nobody is retaliated against, and after a signal that an attacker
cannot have given nobody retaliates against it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from deterrence.answers.measure import Measure, probability
from deterrence.games.continuum.notation import draw
from deterrence.games.notation import chance, end, move
from deterrence.games.tree import Node
from deterrence.models.baliga2020._signals import attacker_names

Chances = Sequence[Sequence[Any]]
DEFENDER = "Defender"


@dataclass(frozen=True)
class Signals:
    """How likely each signal is, and what actions cost; numbers or expressions in parameters.

    Attributes
    ----------
    guilty
        For each attacker the chances of the signals but silence if it attacks.
    innocent
        The same if nobody attacks.
    opportunity
        The chance that one of the attackers has an opportunity.
    punishment, error, damage
        What retaliation costs an attacker, retaliation against an innocent the Defender, and an attack the Defender.
    """

    guilty: Chances
    innocent: Sequence[Any]
    opportunity: Any
    punishment: Any = 1
    error: Any = 1
    damage: Any = 1

    @property
    def names(self) -> tuple[str, ...]:
        """The attackers' names."""
        return attacker_names(len(self.guilty))

    def tree(self, gains: Sequence[Any], tastes: Any) -> Node:
        """Return the tree for one or two attackers, given the law of each one's gain and that of tastes."""
        if len(gains) == 1:
            return draw(
                gains[0],
                seen_by=self.names[0],
                then=lambda gain: draw(tastes, seen_by=DEFENDER, then=lambda taste: self._able((gain,), (taste,))),
            )
        return draw(
            gains[0],
            seen_by=self.names[0],
            then=lambda gain_1: draw(
                gains[1],
                seen_by=self.names[1],
                then=lambda gain_2: self._tasted(tastes, lambda *taste: self._able((gain_1, gain_2), taste)),
            ),
        )

    def _tasted(self, tastes: Any, then: Callable[[Any, Any], Node]) -> Node:
        """Return the draws of the Defender's taste for retaliation against each of two."""
        return draw(
            tastes,
            seen_by=DEFENDER,
            then=lambda taste_1: draw(tastes, seen_by=DEFENDER, then=lambda taste_2: then(taste_1, taste_2)),
        )

    def _able(self, gains: Sequence[Any], tastes: Sequence[Any]) -> Node:
        """Return who has an opportunity, and what it does with it."""
        nobody = self._signal(None, 0, tastes)
        able = {
            f"{name} is able": (
                self.opportunity / len(gains),
                move(name, attack=self._signal(i, gains[i], tastes), refrain=nobody),
            )
            for i, name in enumerate(self.names)
        }
        return chance({**able, "nobody is able": (1 - self.opportunity, nobody)})

    def _signal(self, culprit: int | None, gain: Any, tastes: Sequence[Any]) -> Node:
        """Return the signal, and what follows it."""
        likely = self.innocent if culprit is None else self.guilty[culprit]
        signals = {
            f"signal {s + 1}": (
                share,
                self._replies(s, self._suspects(s), (), culprit, (gain, *tastes)),
            )
            for s, share in enumerate(likely)
            if share != 0
        }
        return chance({"silence": (1 - sum(likely), self._end((), culprit, gain, *tastes)), **signals})

    def _suspects(self, s: int) -> tuple[int, ...]:
        """Return the attackers that may have given a signal."""
        return tuple(i for i, row in enumerate(self.guilty) if row[s] != 0)

    def _replies(
        self, s: int, suspects: Sequence[int], hit: tuple[int, ...], culprit: int | None, numbers: Sequence[Any]
    ) -> Node:
        """Return the decisions on each suspect in turn, of which each has its own taste.

        ``numbers`` are the gain of whoever had an opportunity, and the tastes.
        """
        if not suspects:
            return self._end(hit, culprit, *numbers)
        i, rest = suspects[0], suspects[1:]
        ways = {
            f"retaliate against {self.names[i]}": self._replies(s, rest, (*hit, i), culprit, numbers),
            f"spare {self.names[i]}": self._replies(s, rest, hit, culprit, numbers),
        }
        return move(DEFENDER, ways, information=decision(self.names, i, s + 1, hit))

    def _end(self, hit: tuple[int, ...], culprit: int | None, gain: Any, *tastes: Any) -> Node:
        """Return the end at which some are hit, and one or nobody has attacked."""
        if culprit is None:
            outcome = "wrongful retaliation" if hit else "quiet"
        else:
            outcome = "answered attack" if culprit in hit else "unanswered attack"
        attackers = [
            (gain if i == culprit else 0) - (self.punishment if i in hit else 0) for i in range(len(self.names))
        ]
        defender = -self.damage if culprit is not None else 0
        for i in hit:
            defender = defender + tastes[i] - (0 if i == culprit else self.error)
        return end(outcome, *attackers, defender)


def decision(names: Sequence[str], attacker: int, signal: int, hit: Sequence[int] = ()) -> str:
    """Return what the information set is called at which the Defender decides on an attacker after a signal."""
    before = "".join(f", {names[i]} hit" for i in hit)
    return f"{names[attacker]} after signal {signal}{before}"


def attacks_by(name: str) -> Measure:
    """Ask for the probability that an attacker attacks."""
    return probability("attack", name)


def cutoff_of(name: str) -> Callable[[Any], Any]:
    """Return the measure that reads the gain from which an attacker attacks: the least gain where every type does."""

    def cutoff(equilibrium: Any) -> Any:
        rule = equilibrium.strategies[name]
        if rule.cutoffs:
            return rule.cutoffs[0]
        low, high = equilibrium.span_of(rule.variable)
        return low if rule.pieces[0].actions[0][0] == "attack" else high

    return cutoff


def retaliation_of(names: Sequence[str], attacker: int, signal: int) -> Callable[[Any], Any]:
    """Return the measure of how likely retaliation against an attacker is after a signal; both counted from 1."""

    def retaliation(equilibrium: Any) -> Any:
        form = equilibrium.game.form
        h = form.set_names.index(decision(names, attacker - 1, signal))
        return equilibrium.behaviour[h][form.actions_of[h].index(f"retaliate against {names[attacker - 1]}")]

    return retaliation


def suspicion_of(signals: Callable[..., Signals], attacker: int, signal: int) -> Callable[[Any], Any]:
    """Return the measure of the belief that an attacker did it after a signal, by Bayes' rule; both counted from 1.

    ``signals`` gives the chances at parameter values.
    """

    def suspicion(equilibrium: Any) -> Any:
        told = signals(**equilibrium.game.values)
        attacks = [equilibrium.probability("attack", name) for name in told.names]
        each = [attack * row[signal - 1] for attack, row in zip(attacks, told.guilty, strict=True)]
        return each[attacker - 1] / (sum(each) + (1 - sum(attacks)) * told.innocent[signal - 1])

    return suspicion


def silence_of(signals: Callable[..., Signals]) -> Callable[[Any], Any]:
    """Return the measure of how likely silence is."""

    def silence(equilibrium: Any) -> Any:
        told = signals(**equilibrium.game.values)
        attacks = [equilibrium.probability("attack", name) for name in told.names]
        loud = sum(attack * sum(row) for attack, row in zip(attacks, told.guilty, strict=True))
        return 1 - loud - (1 - sum(attacks)) * sum(told.innocent)

    return silence
