"""Random parametric games with what is hard: ties, chances of zero, payoffs that repeat, parameters that are shared."""

import itertools
import random
from fractions import Fraction

import sympy as sp

import deterrence as dt
from deterrence.errors import DeterrenceError

ODDS = [(1, 1), (0, 1), (1, 2), (1, 0), (3, 1)]


class RandomGame:
    """One random game of 2-4 players: a tree, with or without hidden moves, or a table of two or three actions."""

    def __init__(self, seed, *, functions=False):
        self.rng, self.functions = random.Random(seed), functions
        self.players = tuple("ABCD"[: self.rng.choice([2, 2, 3, 3, 4])])
        self.kind = self.rng.choice(["tree", "tree", "hidden", "hidden", "table"])
        names = ["x", "y"][: self.rng.randint(1, 2)]
        self.parameters = tuple(self._parameter(name) for name in names)
        self.symbols = [parameter.expression for parameter in self.parameters]
        self.pool = [self.rng.randint(-2, 3) for _ in range(self.rng.randint(2, 5))]
        self.moves_left = self.rng.randint(4, 7)
        tree = self._table() if self.kind == "table" else self._node(4, frozenset())
        try:
            self.game = dt.Game(self.players, tree, self.parameters, name=f"random {seed}")
        except DeterrenceError:  # a tree that is no game: a leaf alone, or a player who forgets
            self.game = None

    def _parameter(self, name):
        value, low, high = self.rng.choice([0, 1, Fraction(1, 2), 2]), self.rng.choice([0, -1]), self.rng.choice([2, 3])
        return dt.param(value, name, low=low, high=high).named(name)

    def _payoff(self):
        draw, symbol = self.rng.random(), self.rng.choice(self.symbols)
        if draw < 0.6:
            return self.rng.choice(self.pool)
        if self.functions and draw > 0.85:
            return self._function(symbol)
        number = self.rng.choice(self.pool)
        return self.rng.choice(
            [symbol, -symbol, symbol + number, number - symbol, 2 * symbol, symbol * self.symbols[-1]]
        )

    def _function(self, symbol):
        other = self.rng.choice(self.symbols)
        smooth = [sp.log(symbol + 3), sp.sqrt(symbol + 2), symbol**2, sp.exp(symbol) - 1, 1 / (symbol + 4)]
        kinked = [sp.Max(symbol, 1), sp.Max(symbol, other) + 1, sp.Abs(symbol - 1), sp.Min(symbol, other)]
        return self.rng.choice([*smooth, *kinked, sp.Piecewise((symbol, symbol > 1), (1, True))])

    def _end(self):
        return dt.end(f"o{self.rng.randint(1, 4)}", *(self._payoff() for _ in self.players))

    def _table(self):
        most = [1, 2, 2, 3] if len(self.players) < 4 else [2]
        actions = [[f"{player.lower()}{k}" for k in range(self.rng.choice(most))] for player in self.players]
        return dt.matrix({key: self._end() for key in itertools.product(*actions)})

    def _node(self, depth, moved):
        if depth == 0 or self.moves_left <= 0 or (depth < 3 and self.rng.random() < 0.25):
            return self._end()
        self.moves_left -= 1
        if self.rng.random() < 0.2:
            odds = self.rng.choice(ODDS)
            branches = {f"n{k}": (Fraction(odd, sum(odds)), self._node(depth - 1, moved)) for k, odd in enumerate(odds)}
            return dt.chance(branches)
        player, count = self.rng.choice(self.players), self.rng.choice([2, 2, 3])
        # A player who has not moved before may be kept from knowing where it stands: no recall is lost.
        hidden = self.kind == "hidden" and player not in moved and self.rng.random() < 0.6
        below = {f"m{k}": self._node(depth - 1, moved | {player}) for k in range(count)}
        return dt.move(player, below, information=f"{player} of {count}" if hidden else None)


def random_game(seed, *, functions=False):
    """Return a random game by number, or None where the draw made none."""
    return RandomGame(seed, functions=functions).game


class StagedGame:
    """One random game of 2-3 players with stages that follow one another: simultaneous, signalling, drawn, or seen."""

    def __init__(self, seed, *, moves=6, certain=False):
        self.rng = random.Random(seed)
        self.players = tuple("ABC"[: self.rng.choice([2, 2, 2, 3])])
        self.pool = [self.rng.randint(-3, 3) for _ in range(self.rng.choice([3, 5, 9]))]
        self.odds = [(1, 1), (1, 2), (3, 1), *([] if certain else [(0, 1)])]
        self.moves_left, self.places = self.rng.randint(4, moves), itertools.count()
        try:
            self.game = dt.Game(self.players, self._node(3), name=f"staged {seed}")
        except DeterrenceError:  # a leaf alone
            self.game = None

    def _end(self):
        return dt.end(f"o{self.rng.randint(1, 4)}", *(self.rng.choice(self.pool) for _ in self.players))

    def _node(self, depth):
        if depth <= 0 or self.moves_left <= 0 or self.rng.random() < 0.2:
            return self._end()
        kind = self.rng.choices(["simultaneous", "drawn", "signal", "seen"], [9, 3, 3, 5])[0]
        if kind == "drawn":
            odds = self.rng.choice(self.odds)
            return dt.chance({f"n{k}": (Fraction(odd, sum(odds)), self._node(depth - 1)) for k, odd in enumerate(odds)})
        if kind == "seen":
            self.moves_left -= 1
            count = self.rng.choice([2, 2, 3])
            return dt.move(self.rng.choice(self.players), {f"m{k}": self._node(depth - 1) for k in range(count)})
        self.moves_left -= 2
        first, second = self.rng.sample(self.players, 2)
        return (self._simultaneous if kind == "simultaneous" else self._signal)(depth, first, second, next(self.places))

    def _simultaneous(self, depth, first, second, place):
        columns = [{f"c{k}": self._node(depth - 1) for k in range(2)} for _ in range(2)]
        rows = {f"r{k}": dt.move(second, row, information=f"{second} {place}") for k, row in enumerate(columns)}
        return dt.move(first, rows, information=f"{first} {place}")

    def _signal(self, depth, first, second, place):
        def reply(message):
            below = {answer: self._node(depth - 2) for answer in "xy"}
            return dt.move(second, below, information=f"{second} {place} {message}")

        types = {
            kind: dt.move(first, {m: reply(m) for m in "uv"}, information=f"{first} {place} {kind}") for kind in "gh"
        }
        return dt.chance({kind: (Fraction(1, 2), node) for kind, node in types.items()})


def staged_game(seed, *, moves=6, certain=False):
    """Return a random game of stages by number, or None where the draw made none; ``certain`` has no odds of zero."""
    return StagedGame(seed, moves=moves, certain=certain).game
