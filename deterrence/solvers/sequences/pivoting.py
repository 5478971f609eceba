"""Complementary pivoting: an equilibrium of two players, exactly.

Lemke's algorithm on the sequence form; on a table, where each player chooses once, it follows Lemke and Howson. It
runs in floating point first. The basis it ends with is then reached in integers and tested there; where that fails
all steps are taken in integers, with the lexicographic rule, under which every path ends.

The equilibrium is quasi-perfect, hence sequential: the weights are those of best replies to play in which every
choice has its least weight, however small, and a player's later mistakes are less likely than its earlier ones.

References: Lemke and Howson (1964), "Equilibrium points of bimatrix games"; Lemke (1965), "Bimatrix equilibrium points
and mathematical programming"; Koller, Megiddo and von Stengel (1996), "Efficient computation of equilibria for
extensive two-person games"; von Stengel, van den Elzen and Talman (2002), "Computing normal form perfect equilibria
for extensive two-person games"; Miltersen and Sørensen (2010), "Computing a quasi-perfect equilibrium of a
two-player game"; van Damme (1984), "A relation between perfect equilibria in extensive form games and proper
equilibria in normal form games".
"""

from __future__ import annotations

from deterrence.solvers.sequences.complementary import Complementary, Weights
from deterrence.solvers.sequences.dictionary import Dictionary, rounded
from deterrence.solvers.sequences.sequence_form import SequenceForm

FEW = 40
"""With at most so many unknowns the integers are fast enough alone."""
MOST_STEPS = 50_000
MOST_WORK = 2 * 10**8
"""So many entries may be computed in integers, all steps together."""


def equilibrium_weights(form: SequenceForm) -> tuple[Weights, Weights] | None:
    """Return the weights of a quasi-perfect equilibrium, or None where that takes too many steps."""
    unknowns = Complementary.of(form)
    start = unknowns.dictionary()
    end = _proposed(unknowns, start) if len(start.basic) > FEW else None
    if end is None:
        end, most = start, MOST_WORK // max(1, start.table.size)
        if not follow(end, unknowns.reward, most):
            return None
    return unknowns.weights(end)


def _proposed(unknowns: Complementary, start: Dictionary) -> Dictionary | None:
    """Return the end that floating point proposes, made exact, if it is one."""
    proposal = rounded(start)
    if not follow(proposal, unknowns.reward, MOST_STEPS):
        return None
    if any(unknown ^ 1 in proposal.basic for unknown in proposal.basic) or unknowns.reward in proposal.basic:
        return None
    exact = start.at_basis(proposal.basic)
    return exact if exact is not None and exact.feasible else None


def follow(dictionary: Dictionary, reward: int, most: int) -> bool:
    """Exchange unknowns for their partners until the reward is zero; tell whether so many steps were enough."""
    row = _most_negative(dictionary, reward)
    if row is None:
        return True
    # The reward enters as large as the greatest loss of a starting choice, so that no cost is below zero.
    left = dictionary.exchange(row, reward)
    for _ in range(most):
        entering = left ^ 1
        row = dictionary.leaving(entering)
        if row is None:  # impossible in exact numbers: weights are bounded, and a large reward has one equilibrium
            return False
        left = dictionary.exchange(row, entering)
        if left == reward:
            return True
    return False


def _most_negative(dictionary: Dictionary, reward: int) -> int | None:
    """Return the row of the reward whose constant is least, or None where none is below zero."""
    column, powers = dictionary.powers + dictionary.others.index(reward), dictionary.powers
    constants = {k: tuple(row[:powers]) for k, row in enumerate(dictionary.table) if row[column]}
    # Of equal ones the last: its own small constant, by which ties are broken, is the smallest.
    row = min(constants, key=lambda k: (constants[k], -k), default=None)
    return row if row is not None and constants[row] < (0,) * powers else None
