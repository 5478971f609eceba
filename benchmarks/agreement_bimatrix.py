"""Compare our equilibria of random two-player games with Gambit's, exactly and one by one.

    python benchmarks/agreement_bimatrix.py [--games 10000] [--seed 0]

Games are from 2 x 2 to 4 x 4 with small integer payoffs, so most are degenerate. Needs pygambit. Both sides
compute in rational numbers, so their sets of extreme equilibria must be equal. The regret of each
equilibrium is computed as well. Ends with status 1 if anything differs.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from fractions import Fraction

import numpy as np

from deterrence.solvers.bimatrix.vertices import extreme_equilibria, regret

Matrix = list[list[int]]
Profile = tuple[tuple[Fraction, ...], ...]

HIGHEST_PAYOFFS = (1, 2, 3, 5, 9)


def gambit_equilibria(A: Matrix, B: Matrix) -> list[Profile]:
    """Return what Gambit enumerates, repetitions included."""
    import pygambit

    game = pygambit.Game.from_arrays(A, B)
    return [
        tuple(tuple(Fraction(str(profile[s])) for s in player.strategies) for player in game.players)
        for profile in pygambit.nash.enummixed_solve(game, rational=True).equilibria
    ]


def random_game(source: np.random.Generator) -> tuple[Matrix, Matrix]:
    """Draw a game whose size and range of payoffs are random, too."""
    rows, columns, highest = *source.integers(2, 5, size=2), source.choice(HIGHEST_PAYOFFS)
    A, B = source.integers(highest + 1, size=(2, rows, columns)).tolist()
    return A, B


def compare(A: Matrix, B: Matrix) -> Counter[str]:
    """Count what one game adds to the comparison; print the game if the answers differ."""
    ours, theirs = extreme_equilibria(A, B), gambit_equilibria(A, B)
    counts = Counter(
        {
            "games": 1,
            "equilibria of ours": len(ours),
            "equilibria of Gambit, distinct": len(set(theirs)),
            "repetitions of ours": len(ours) - len(set(ours)),
            "repetitions of Gambit": len(theirs) - len(set(theirs)),
            "equilibria only ours": len(set(ours) - set(theirs)),
            "equilibria only Gambit's": len(set(theirs) - set(ours)),
            "equilibria of ours with a regret": sum(regret(A, B, x, y) != 0 for x, y in ours),
            "games with an even number": len(ours) % 2 == 0,
        }
    )
    if set(ours) != set(theirs):
        print("different:", A, B)
    return counts


def main() -> None:
    """Compare as many games as asked for and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--games", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    source, total = np.random.default_rng(options.seed), Counter[str]()
    for _ in range(options.games):
        total.update(compare(*random_game(source)))
    for what, count in total.items():
        print(f"{count:8,}  {what}")
    wrong = ("equilibria only ours", "equilibria only Gambit's", "equilibria of ours with a regret")
    sys.exit(any(total[what] for what in wrong))


if __name__ == "__main__":
    main()
