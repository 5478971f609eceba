"""Time the exact engine at a point on games of hidden types: signalling, crises between types, learning.

    python benchmarks/hidden_types.py [--seeds 4]

Each line shows the processor time, the number of information sets and equilibria, and whether these are all.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from fractions import Fraction

import deterrence as dt
from deterrence import chance, end, move
from deterrence.games.tree import Node


def drawn(rng: random.Random, name: str) -> Node:
    return end(name, rng.randrange(100), rng.randrange(100))


def signalling(types: int, signals: int, replies: int, seed: int) -> dt.Game:
    """Return a Sender of several types, whose signals a Receiver answers, with random payoffs."""
    rng = random.Random(seed)

    def answered(signal: int) -> Node:
        return move("R", {f"r{k}": drawn(rng, f"r{k}") for k in range(replies)}, information=f"after s{signal}")

    kinds = {t: move("S", {f"s{k}": answered(k) for k in range(signals)}, information=f"{t}") for t in range(types)}
    whole = types * (types + 1) // 2
    return dt.Game(("S", "R"), chance({f"t{t}": (Fraction(t + 1, whole), kind) for t, kind in kinds.items()}))


def crisis(types: int, stages: int, seed: int) -> dt.Game:
    """Return two sides of several types each that stop or go on in turn, with random payoffs."""
    rng = random.Random(seed)
    odds = [Fraction(2 * k + 2, types * (types + 1)) for k in range(types)]

    def stage(depth: int, one: int, other: int) -> Node:
        player, kind = ("A", one) if depth % 2 == 0 else ("B", other)
        after = drawn(rng, "war") if depth == stages - 1 else stage(depth + 1, one, other)
        return move(player, stop=drawn(rng, f"stop {depth}"), go=after, information=f"{player} {kind} {depth}")

    def known(one: int) -> Node:
        return chance({f"b{k}": (odd, stage(0, one, k)) for k, odd in enumerate(odds)})

    return dt.Game(("A", "B"), chance({f"a{k}": (odd, known(k)) for k, odd in enumerate(odds)}))


def learning(rounds: int) -> dt.Game:
    """Return probes repeated against a Defender who is tough or weak, and whom its answers reveal."""
    gain, loss, harm, cost, pride = 2, 1, 3, Fraction(8, 5), Fraction(1, 2)

    def stage(left: int, kind: str, past: str, one: Fraction, other: Fraction) -> Node:
        if not left:
            return end("end", one, other)
        punished = other + (pride if kind == "tough" else -cost)
        ignore = stage(left - 1, kind, past + "i", one + gain, other - loss)
        punish = stage(left - 1, kind, past + "p", one - harm, punished)
        probed = move("D", ignore=ignore, punish=punish, information=f"{kind} after {past}")
        return move(
            "C", rest=stage(left - 1, kind, past + "r", one, other), probe=probed, information=f"C after {past}"
        )

    kinds = {"tough": Fraction(3, 10), "weak": Fraction(7, 10)}
    zero = Fraction(0)
    return dt.Game(("C", "D"), chance({k: (odd, stage(rounds, k, "", zero, zero)) for k, odd in kinds.items()}))


def games(seeds: int) -> Iterator[tuple[str, dt.Game]]:
    for seed in range(seeds):
        yield f"5 types, 3 signals, 3 replies, {seed}", signalling(5, 3, 3, seed)
        yield f"3 types a side, 3 stages, {seed}", crisis(3, 3, seed)
    yield "3 rounds of learning", learning(3)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=4)
    for name, game in games(parser.parse_args().seeds):
        began = time.process_time()
        solution = dt.solve(game)
        told = f"{len(solution)} equilibria" + ("" if solution.complete else ", incomplete")
        spent = time.process_time() - began
        print(f"{name:<36} {spent:8.3f} s  {len(game.information_sets):3} sets  {told}", flush=True)


if __name__ == "__main__":
    main()
