"""Logit choice at many parameter points: values of actions, their derivatives, and what play brings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from deterrence.solvers.logit.form import Array, LogitForm, Places


@dataclass(frozen=True, eq=False)
class LogitPoints:
    """A tree's numbers at several parameter points; the last axis of every array runs over them.

    Attributes
    ----------
    tree
        The structure.
    payoffs
        Payoffs, of shape (ends, players, points).
    draws
        Probabilities of the branches of chance nodes, of shape (branches, points).
    """

    tree: LogitForm
    payoffs: Array
    draws: Array

    @property
    def count(self) -> int:
        """How many points there are."""
        return self.payoffs.shape[2]

    def at(self, places: Places) -> LogitPoints:
        """Return some of the points, without computing anything anew."""
        points = LogitPoints(self.tree, self.payoffs[:, :, places], self.draws[:, places])
        for name in ("scale", "_worth", "_history_log", "_entry_chance"):
            points.__dict__[name] = getattr(self, name)[..., places]
        return points

    @cached_property
    def scale(self) -> Array:
        """The widest range of any player's payoffs, by which payoffs are divided and precision multiplied."""
        widest: Array = np.ptp(self.payoffs, axis=0).max(axis=0)
        return np.where(widest > 0, widest, 1.0)

    @cached_property
    def _worth(self) -> Array:
        mover = self.tree.mover[self.tree.entry_action]
        return np.asarray(self.payoffs[self.tree.entry_end, mover] / self.scale)

    @cached_property
    def _history_log(self) -> Array:
        """Nature's part in the log-probability of each history, zero branches being taken as small.

        Where nature excludes an information set, the belief is the limit as all its zero branches have one
        and the same probability going to zero: the histories with the fewest such branches count.
        """
        matrix, starts = self.tree.before_draws, self.tree.history_first
        zero = self.draws <= 0
        logs = matrix @ np.log(np.where(zero, 1.0, self.draws))
        if not zero.any() or not len(starts):
            return np.asarray(logs)
        orders = matrix @ zero.astype(float)
        fewest = np.minimum.reduceat(orders, starts, axis=0)[self.tree.history_set]
        return np.where(orders > fewest, -np.inf, logs)

    @cached_property
    def _entry_chance(self) -> Array:
        with np.errstate(divide="ignore"):
            return np.exp(self.tree.after_draws @ np.log(self.draws))

    # -- choice ------------------------------------------------------------------------------------

    def logs(self, odds: Array) -> Array:
        """Return log-probabilities of all actions from log-odds of the free ones against the first."""
        tree = self.tree
        logs = np.zeros((len(tree.set_of), odds.shape[1]))
        logs[tree.free] = odds
        if not len(tree.first):
            return logs
        top = np.maximum.reduceat(logs, tree.first, axis=0)
        logs -= top[tree.set_of]
        total: Array = np.log(np.add.reduceat(np.exp(logs), tree.first, axis=0))
        return np.asarray(logs - total[tree.set_of])

    def beliefs(self, logs: Array) -> Array:
        """Return, for every history, its probability given that its information set is reached."""
        starts, sets = self.tree.history_first, self.tree.history_set
        if len(starts) == len(sets):
            return np.ones((len(starts), logs.shape[1]))
        reach = self.tree.before @ logs + self._history_log
        reach = np.exp(reach - np.maximum.reduceat(reach, starts, axis=0)[sets])
        return np.asarray(reach / np.add.reduceat(reach, starts, axis=0)[sets])

    def parts(self, logs: Array) -> tuple[Array, Array]:
        """Return the beliefs, and each entry's part of the value of its action."""
        beliefs = self.beliefs(logs)
        chances = self._entry_chance * np.exp(self.tree.after @ logs)
        return beliefs, np.asarray(beliefs[self.tree.entry_history] * chances * self._worth)

    def values(self, logs: Array) -> Array:
        """Return every action's expected payoff given that its set is reached, in units of the scale."""
        return np.asarray(self.tree.by_action @ self.parts(logs)[1])

    def advantages(self, values: Array) -> Array:
        """Return how much more each free action is worth than its set's first action."""
        return np.asarray(values[self.tree.free] - values[self.tree.above])

    def system(self, odds: Array) -> tuple[Array, Array]:
        """Return the advantages of the free actions, and their derivatives by the log-odds (free x free).

        With log p(h, b) moved by the log-odds of (h, a) as [a = b] - p(h, a), and a value's derivative by
        log p being the sum of its entries that contain the action, less its share before the set.
        """
        tree = self.tree
        logs = self.logs(odds)
        beliefs, parts = self.parts(logs)
        values = np.asarray(tree.by_action @ parts)
        slopes = np.zeros((len(values), len(values), odds.shape[1]))
        slopes[tree.value_slots] = tree.value_pairs @ parts
        rows, columns, pairs = tree.reach_slots
        slopes[rows, columns] -= values[rows] * (tree.belief_pairs @ beliefs)[pairs]
        free = tree.free
        slopes = slopes[free] - slopes[tree.above]
        if not len(free):
            return self.advantages(values), slopes[:, free]
        totals = np.add.reduceat(slopes, tree.first, axis=1)
        inner = slopes[:, free] - totals[:, tree.set_of[free]] * np.exp(logs[free])
        return self.advantages(values), inner

    # -- what a profile brings ---------------------------------------------------------------------

    def gap(self, logs: Array, precision: Array) -> Array:
        """Return how far the probabilities are from the logit reply to them, at scaled precisions."""
        reply = self.logs(precision * self.advantages(self.values(logs)))
        return np.abs(np.exp(reply) - np.exp(logs)).max(axis=0, initial=0.0)

    def regret(self, logs: Array) -> Array:
        """Return the most that an error-free choice at one information set would gain."""
        first = self.tree.first
        if not len(first):
            return np.zeros(self.count)
        values = self.values(logs)
        played = np.add.reduceat(np.exp(logs) * values, first, axis=0)
        gains = np.maximum.reduceat(values, first, axis=0) - played
        return np.asarray(np.maximum(gains.max(axis=0), 0.0) * self.scale)

    def reach(self, logs: Array) -> Array:
        """Return the probability of every end."""
        with np.errstate(divide="ignore"):
            chance = self.tree.end_draws @ np.log(self.draws)
        return np.asarray(np.exp(self.tree.end_actions @ logs + chance))

    def expected(self, reach: Array) -> Array:
        """Return every player's expected payoff, of shape (players, points)."""
        return np.asarray(np.einsum("ep,eip->ip", reach, self.payoffs))


def numbers_of_game(tree: LogitForm, numbers: Any) -> LogitPoints:
    """Return the one point of a game's present numbers."""
    payoffs, chances = numbers
    rows = np.array([[float(item) for item in payoffs[node]] for node in tree.ends])
    draws = np.array([float(chances[node][branch]) for node, branch in tree.draws])
    return LogitPoints(tree, rows[:, :, None], draws[:, None])
