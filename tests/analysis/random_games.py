"""Random games with parameters: ties, zero probabilities, payoffs that several ends share, one to three players."""

import random
from fractions import Fraction

import deterrence as dt
from deterrence.errors import GameError

RANGES = ((-1, 3), (0, 2), (0, 4), (-2, 2), (Fraction(1, 2), 3))


def random_game(seed):
    """Return the first valid game from a seed on, and the source of randomness that made it."""
    for attempt in range(50):
        rng = random.Random(1000 * seed + attempt)
        try:
            return _made(rng), rng
        except GameError:  # imperfect recall
            continue
    raise AssertionError(f"no valid game from seed {seed}")


def _made(rng):
    players = ["A", "B", "C"][: rng.randint(1, 3)]
    names = ["x", "y", "z", "p"][: rng.randint(1, 4)]
    values = {name: _parameter(rng, name) for name in names}
    shape = _table if len(players) == 2 and rng.random() < 0.25 else _tree
    body = "def game({}):\n    return shape(rng, players, dict({}))".format(
        ", ".join(f"{name}=values[{name!r}]" for name in names), ", ".join(f"{name}={name}" for name in names)
    )
    made = {"values": values, "shape": shape, "rng": rng, "players": players}
    exec(body, made)  # a game's parameters are the arguments of its function
    return dt.game(*players)(made["game"])


def _parameter(rng, name):
    """Return a parameter whose value is often 1 or an end of its range, so that payoffs tie."""
    if name == "p":
        return dt.share(rng.choice([0, Fraction(1, 4), Fraction(2, 5), Fraction(1, 2), 1]), "a chance")
    low, high = rng.choice(RANGES)
    quarters = [Fraction(k, 4) for k in range(int(4 * low), int(4 * high) + 1)]
    return dt.param(rng.choice([low, high, *quarters, *[1] * 8]), "a payoff", low=low, high=high)


def _payoff(rng, symbols):
    a, b = rng.choice(list(symbols.values())), rng.choice(list(symbols.values()))
    return rng.choice(
        [
            rng.choice([0, 1, 2, Fraction(1, 2), -1]),
            a,
            a * rng.choice([1, 2, -1]) + b * rng.choice([1, -1]) + rng.choice([0, 0, 1]),
            a * b - rng.choice([0, 1]),
        ]
    )


def _table(rng, players, symbols):
    rows = ["up", "down", "middle"][: rng.randint(2, 3)]
    cell = {(row, column): [_payoff(rng, symbols) for _ in players] for row in rows for column in ("left", "right")}
    return dt.matrix({key: dt.end(f"o{rng.randint(0, 2)}", *payoffs) for key, payoffs in cell.items()})


def _tree(rng, players, symbols):
    return _node(rng, players, symbols, rng.randint(2, 3))


def _node(rng, players, symbols, depth):
    if depth == 0 or (depth < 3 and rng.random() < 0.2):
        return dt.end(f"o{rng.randint(0, 3)}", *[_payoff(rng, symbols) for _ in players])
    one, other = (_node(rng, players, symbols, depth - 1) for _ in range(2))
    if depth > 1 and rng.random() < 0.25:
        odds = (
            symbols["p"] if "p" in symbols and rng.random() < 0.8 else rng.choice([Fraction(1, 3), Fraction(1, 2), 0])
        )
        return dt.chance(one=(odds, one), other=(1 - odds, other))
    unseen = {"information": "unseen"} if depth == 1 and rng.random() < 0.4 else {}
    return dt.move(players[-1] if unseen else rng.choice(players), left=one, right=other, **unseen)
