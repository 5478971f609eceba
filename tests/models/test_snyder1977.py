"""The two-by-two crisis games agree with another program at random payoffs of their order."""

import nashpy
import numpy as np
import pytest

from deterrence import models

ORDERS = {
    "chicken": ("TRSP", "TRSP"),
    "prisoners_dilemma": ("TRPS", "TRPS"),
    "stag_hunt": ("RTPS", "RTPS"),
    "deadlock": ("TPRS", "TPRS"),
    "leader": ("TSRP", "TSRP"),
    "hero": ("STRP", "STRP"),
    "called_bluff": ("TRPS", "TRSP"),
}
WORDS = {"T": "temptation", "R": "reward", "P": "punishment", "S": "sucker"}


def drawn(rng, order):
    """Return four payoffs by their letters, from the best to the worst."""
    ranked = np.sort(rng.choice(np.arange(-20, 21), size=4, replace=False))[::-1]
    return {letter: int(value) for letter, value in zip(order, ranked, strict=True)}


@pytest.mark.parametrize("name", ORDERS)
def test_vertex_enumeration_by_another_program_finds_the_same_equilibria(name):
    rng = np.random.default_rng(1977)
    for _ in range(8):
        row, column = (drawn(rng, order) for order in ORDERS[name])
        table = [np.array([[one["R"], one["S"]], [one["T"], one["P"]]], dtype=float) for one in (row, column)]
        theirs = {
            (round(float(x[0]), 9), round(float(y[0]), 9))
            for x, y in nashpy.Game(table[0], table[1].T).vertex_enumeration()
        }
        values = {f"row_{WORDS[k]}": v for k, v in row.items()} | {f"column_{WORDS[k]}": v for k, v in column.items()}
        ours = {
            tuple(round(float(one.strategies[player]["yield"]), 9) for player in ("Row", "Column"))
            for one in models.load(name).solve(**values)
        }
        assert ours == theirs
