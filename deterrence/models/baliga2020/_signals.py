"""Attackers with private gains, a noisy signal of who attacked, and a defender who retaliates on suspicion.

With ``a_i`` the chance that attacker i attacks, ``pi_i`` the chances of the signals then and ``pi_0`` without an
attack, the suspicion of i after a signal s is ``b = a_i pi_i(s) / sum``; the Defender retaliates if its private
taste for it is at least ``w (1 - b)``, and i attacks if its gain is at least ``x_i``, the retaliation that an attack
adds. The first signal is silence, after which nobody is retaliated against.

There is one equilibrium if ``pi_i(s) >= pi_0(s)`` wherever i might be answered, whatever the distributions. Proof:
of two, take as ``a`` the one with at least as many attacks in all as ``b``, and the attacker i whose ``a_i / b_i`` is
greatest, more than 1. No term of the sum above grew by more than that, so i is at least as suspect after every signal
and faces at least as much retaliation; so it attacks at most as often, against what was assumed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from deterrence.continuous import Answer, Play, Types, Uniform, fixed_point, largest_gain, types_from
from deterrence.continuous.search import greatest
from deterrence.continuous.types import midpoints, quantiles
from deterrence.errors import GameError

ATTRIBUTED = ("quiet", "wrongful retaliation", "unanswered attack", "answered attack")
NEAR = 1e-9


def attacker_names(count: int) -> tuple[str, ...]:
    """Return the attackers' names."""
    return ("Attacker",) if count == 1 else tuple(f"Attacker {i + 1}" for i in range(count))


def checked_signals(attacks: Sequence[Sequence[float]], innocent: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Return the signals' chances as arrays, (attacker, signal) and (signal,).

    Raises
    ------
    GameError
        If they are not chances that sum to one, or not equally many.
    """
    try:
        guilty, quiet = np.array(attacks, dtype=float), np.array(innocent, dtype=float)
    except ValueError as error:
        raise GameError("Every attacker needs the chances of the same signals, in the same order.") from error
    if guilty.ndim != 2 or quiet.shape != guilty.shape[1:] or guilty.shape[1] < 2:
        raise GameError(
            "Give for each attacker the chances of the signals if it attacked, and as many chances if nobody did; "
            "the first signal is silence, so there are at least two."
        )
    for row in (*guilty, quiet):
        if row.min() < 0 or abs(row.sum() - 1) > NEAR:
            raise GameError(f"The chances of the signals are {row.tolist()}; they lie in [0, 1] and sum to 1.")
    return guilty, quiet


def checked_gains(gains: Any, count: int) -> tuple[Types, ...]:
    """Return each attacker's distribution of gains, from one for all, one for each or nothing.

    Raises
    ------
    GameError
        If there are more or fewer distributions than attackers, or one is none.
    """
    if gains is None:
        return (Uniform(0.0, 1.0),) * count
    if not isinstance(gains, (list, tuple)):
        return (types_from(gains),) * count
    if len(gains) != count:
        raise GameError(
            f"Give one distribution of gains for all or one for each of {count} attackers, not {len(gains)}."
        )
    return tuple(map(types_from, gains))


class Attribution:
    """The model at given parameter values, with its equilibrium in cutoffs."""

    def __init__(
        self,
        guilty: np.ndarray,
        quiet: np.ndarray,
        gains: Types | Sequence[Types],
        taste: Types,
        opportunity: float,
        *,
        punishment: float = 1.0,
        error: float = 1.0,
        damage: float = 1.0,
    ) -> None:
        self.guilty, self.quiet, self.taste = guilty, quiet, taste
        self.gains = (gains,) * len(guilty) if isinstance(gains, Types) else tuple(gains)
        self._alike = all(types == self.gains[0] for types in self.gains)
        self.chance, self.punishment = opportunity / len(guilty), punishment
        self.error, self.damage, self.names = error, damage, attacker_names(len(guilty))

    def attacks(self, cutoffs: np.ndarray) -> np.ndarray:
        """Return the chance that each attacker attacks."""
        if self._alike:
            return self.chance * (1 - np.asarray(self.gains[0].cdf(cutoffs)))
        below = [float(types.cdf(cutoff)) for types, cutoff in zip(self.gains, cutoffs, strict=True)]
        return self.chance * (1 - np.array(below))

    def chances(self, attacks: np.ndarray) -> np.ndarray:
        """Return the chance of each signal."""
        return attacks @ self.guilty + (1 - attacks.sum()) * self.quiet

    def suspicion(self, attacks: np.ndarray) -> np.ndarray:
        """Return the belief that each attacker did it after each signal; zero after one that never comes."""
        total = self.chances(attacks)
        return attacks[:, None] * self.guilty / np.where(total > 0, total, 1.0)

    def retaliation(self, attacks: np.ndarray) -> np.ndarray:
        """Return the chance of retaliation against each attacker after each signal; none after silence."""
        chances = 1 - np.asarray(self.taste.cdf(self.error * (1 - self.suspicion(attacks))))
        chances[:, 0] = 0.0
        return chances

    def _best_cutoffs(self, cutoffs: np.ndarray) -> np.ndarray:
        answer = self.retaliation(self.attacks(cutoffs))
        return self.punishment * ((self.guilty - self.quiet) * answer).sum(axis=1)

    @property
    def surely_one(self) -> bool:
        """Whether no attacker might be answered after a signal that it makes rarer, so that one equilibrium is all."""
        rarer = self.guilty < self.quiet - NEAR
        rarer[:, 0] = False
        if not rarer.any():
            return True
        # An attacker is most suspect if it attacks whenever it can, and the others if they make the signal rarer.
        lesser, often = np.minimum(self.guilty, self.quiet), self.chance * len(self.guilty)
        least = (1 - often) * self.quiet + self.chance * (lesser.sum(axis=0) + self.guilty - lesser)
        most = self.chance * self.guilty / np.where(least > 0, least, 1.0)
        return bool((np.asarray(self.taste.cdf(self.error * (1 - most)))[rarer] > 1 - NEAR).all())

    def answer(self) -> Answer:
        """Return the equilibrium in cutoffs, with what anyone would gain by deviating.

        Where nothing proves that there is one alone, it is sought from two more starts: where all attack, and where
        nobody does.
        """
        starts = [0.5] if self.surely_one else [0.5, 0.0, 1.0]
        ends = [fixed_point(self._best_cutoffs, np.full(len(self.guilty), self.punishment * s)) for s in starts]
        found: list[np.ndarray] = []
        for cutoffs, reached in ends:
            if reached and all(np.abs(cutoffs - other).max() > NEAR for other in found):
                found.append(cutoffs)
        plays = tuple(map(self._play, found or [ends[0][0]]))
        status = "solved" if found else "the search did not settle"
        if len(starts) > 1:
            status += f"; {len(found)} found from {len(starts)} starts, since nothing proves that there is one alone"
        silent = self.suspicion(self.attacks((found or [ends[0][0]])[0]))[:, 0]
        if float(self.taste.cdf(self.error * (1 - silent)).min()) < 1 - NEAR:
            status += "; retaliation after silence is ruled out, though some tastes would want it"
        return Answer(plays, status, bool(found) and len(starts) == 1)

    def _play(self, cutoffs: np.ndarray) -> Play:
        attacks = self.attacks(cutoffs)
        answer, suspicion = self.retaliation(attacks), self.suspicion(attacks)
        strategies: dict[str, float] = {}
        for i, name in enumerate(self.names):
            strategies[f"gain from which {name} attacks"] = cutoffs[i]
        for i, name in enumerate(self.names):
            for s in range(1, self.guilty.shape[1]):
                strategies[f"suspicion of {name} after signal {s}"] = suspicion[i, s]
                strategies[f"retaliation against {name} after signal {s}"] = answer[i, s]
        strategies["chance of silence"] = self.chances(attacks)[0]
        return Play(
            outcomes=self._outcomes(attacks, answer),
            payoffs=self._payoffs(cutoffs, attacks, answer),
            strategies=strategies,
            gain={name: self._attackers_gain(cutoffs, answer, i) for i, name in enumerate(self.names)}
            | {"Defender": self._defenders_gain(attacks, answer)},
            recomputed=self._recomputed(cutoffs, answer),
            actions={"attack": attacks.sum()} | {f"{n} attacks": attacks[i] for i, n in enumerate(self.names)},
        )

    def _outcomes(self, attacks: np.ndarray, answer: np.ndarray) -> dict[str, float]:
        spared = 1 - attacks.sum()
        wrongly = float(self.quiet @ (1 - np.prod(1 - answer, axis=0)))
        caught = float(attacks @ (self.guilty * answer).sum(axis=1))
        numbers = (spared * (1 - wrongly), spared * wrongly, attacks.sum() - caught, caught)
        return dict(zip(ATTRIBUTED, numbers, strict=True))

    def _payoffs(self, cutoffs: np.ndarray, attacks: np.ndarray, answer: np.ndarray) -> dict[str, float]:
        hit = answer @ self.chances(attacks)
        gains = [self.chance * types.mean_above(float(x)) for types, x in zip(self.gains, cutoffs, strict=True)]
        payoffs = {name: gains[i] - self.punishment * hit[i] for i, name in enumerate(self.names)}
        weigh = self.error * (1 - self.suspicion(attacks))
        worth = np.vectorize(lambda c: self.taste.mean_above(c) - c * (1 - float(self.taste.cdf(c))))(weigh)
        worth[:, 0] = 0.0
        payoffs["Defender"] = float((worth @ self.chances(attacks)).sum() - self.damage * attacks.sum())
        return payoffs

    def _recomputed(self, cutoffs: np.ndarray, answer: np.ndarray) -> dict[str, float]:
        """Return the payoffs, type by type and signal by signal, for one attacker after the other and for nobody."""
        types, tastes = [midpoints(gains) for gains in self.gains], midpoints(self.taste)
        strikes = [own >= cutoff for own, cutoff in zip(types, cutoffs, strict=True)]
        struck = np.array([self.chance * np.mean(strike) for strike in strikes])
        cases = [(1 - struck.sum(), self.quiet, -1), *zip(struck, self.guilty, range(len(struck)), strict=True)]
        payoffs = {n: self.chance * float(np.mean(types[i] * strikes[i])) for i, n in enumerate(self.names)}
        worth = -self.damage * struck.sum()
        for i, name in enumerate(self.names):
            for chance, signals, culprit in cases:
                payoffs[name] -= self.punishment * chance * float(signals @ answer[i])
                for likely, answered in zip(signals, answer[i], strict=True):
                    eager = tastes[len(tastes) - round(answered * len(tastes)) :]  # the tastes that retaliate
                    worth += chance * likely * (eager - self.error * (culprit != i)).sum() / len(tastes)
        return payoffs | {"Defender": float(worth)}

    def _attackers_gain(self, cutoffs: np.ndarray, answer: np.ndarray, only: int | None = None) -> float:
        """Return what any attacker, or one, of any type gains by the other choice, from the chances of each signal."""
        gains = [0.0]
        for i in range(len(cutoffs)) if only is None else (only,):
            types, cutoff = quantiles(self.gains[i]), cutoffs[i]
            strike = types - self.punishment * float(self.guilty[i] @ answer[i])
            wait = np.full(len(types), -self.punishment * float(self.quiet @ answer[i]))
            gains.append(largest_gain(np.where(types >= cutoff, strike, wait), (strike, wait)))
            if 0 < self.gains[i].cdf(cutoff) < 1:  # the type at the cutoff must not care
                gains.append(abs(cutoff - self.punishment * float((self.guilty[i] - self.quiet) @ answer[i])))
        return greatest(*gains)

    def _defenders_gain(self, attacks: np.ndarray, answer: np.ndarray) -> float:
        """Return what the Defender gains by the other answer, over who attacked and what it then sees."""
        types, worst = quantiles(self.taste), 0.0
        for i in range(len(attacks)):
            others = np.delete(attacks, i) @ np.delete(self.guilty, i, axis=0) + (1 - attacks.sum()) * self.quiet
            guilty = attacks[i] * self.guilty[i]
            for s in range(1, len(self.quiet)):
                cutoff = float(self.taste.ppf(1 - answer[i, s]))
                worth = types * (guilty[s] + others[s]) - self.error * others[s]
                nothing = np.zeros(len(types))
                worst = greatest(worst, largest_gain(np.where(types >= cutoff, worth, nothing), (worth, nothing)))
                if 0 < answer[i, s] < 1:
                    worst = greatest(worst, abs(cutoff * (guilty[s] + others[s]) - self.error * others[s]))
        return worst
