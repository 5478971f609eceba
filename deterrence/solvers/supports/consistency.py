"""Which beliefs are limits of Bayes' rule under vanishing mistakes, decided exactly.

Give each unplayed action a label, how fast its probability vanishes, and a multiplier, how large it is among
the mistakes of its label. The beliefs are limits of Bayes' rule exactly if, at every information set, they
are positive on the nodes of least label (summed along the way) and there proportional to the products of
played probabilities and multipliers (Kreps and Wilson 1982, lemmas A1 and A2; Perea, Jansen and Peters 1997).
Labels are found by a linear program; multipliers exist exactly if each product of powers of the conditions'
left sides that is always one is one on the right as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from deterrence.games.form import ExtensiveForm
from deterrence.solvers.algebra import programs
from deterrence.solvers.supports.agent_form import AgentForm, Pattern

Place = tuple[int, int]
"""An action: (information set, action number)."""
Basis = dict[int, tuple[int, ...]]
"""For information sets, the positions of the nodes with a positive belief."""


@dataclass(frozen=True, slots=True)
class Way:
    """The steps to a node that not all nodes of its information set share.

    Attributes
    ----------
    chance
        The product of nature's probabilities; zero where no mistake can lead there.
    played, unplayed
        The actions on the way with a positive probability below one, and those with probability zero.
    """

    chance: Any
    played: frozenset[Place]
    unplayed: frozenset[Place]


def ways(agent: AgentForm, pattern: Pattern) -> dict[int, list[Way]]:
    """Return the ways to the nodes of each information set with several."""
    several = [h for h, nodes in enumerate(agent.form.nodes_of) if len(nodes) > 1]
    return {h: [_way(agent, pattern, steps) for steps in agent.telling_steps[h]] for h in several}


def _way(agent: AgentForm, pattern: Pattern, steps: Sequence[tuple[int, int, bool]]) -> Way:
    chance: Any = Fraction(1)
    for node, branch, by_chance in steps:
        if by_chance:
            chance = chance * agent.chances[node][branch]
    actions = [(h, a) for h, a, by_chance in steps if not by_chance]
    return Way(
        chance,
        frozenset((h, a) for h, a in actions if a in pattern[h] and len(pattern[h]) > 1),
        frozenset((h, a) for h, a in actions if a not in pattern[h]),
    )


def bases(open_ways: Mapping[int, Sequence[Way]]) -> Iterator[Basis]:
    """Yield the sets of nodes that some labels make least, a larger choice before those within it."""
    yield from _Labels.of(open_ways).bases(0, dict.fromkeys(open_ways, ()))


@dataclass(slots=True)
class _Labels:
    """A linear program for labels: its rows so far, and a solution of them.

    The unknowns are each label less one and, for each information set, the least label of its nodes. Labels may be
    scaled, so asking for at least one instead of above zero, and for gaps of at least one, loses nothing.
    """

    open_ways: Mapping[int, Sequence[Way]]
    steps: list[tuple[int, int]]
    column: dict[Any, int]
    equal: list[programs.Row]
    at_most: list[programs.Row]
    witness: tuple[Fraction, ...]

    @classmethod
    def of(cls, open_ways: Mapping[int, Sequence[Way]]) -> _Labels:
        actions = sorted({place for set_ways in open_ways.values() for way in set_ways for place in way.unplayed})
        column: dict[Any, int] = {name: k for k, name in enumerate((*actions, *open_ways))}
        steps = [(h, k) for h, set_ways in open_ways.items() for k in range(len(set_ways))]
        return cls(open_ways, steps, column, [], [], (Fraction(0),) * len(column))

    def bases(self, at: int, basis: Basis) -> Iterator[Basis]:
        """Decide node after node whether it is among the least of its information set."""
        if at == len(self.steps):
            yield basis
            return
        h, k = self.steps[at]
        last = k == len(self.open_ways[h]) - 1
        if self.open_ways[h][k].chance != 0:
            inside = self.with_row(h, k, least=True)
            if inside is not None:
                yield from inside.bases(at + 1, {**basis, h: (*basis[h], k)})
        if last and not basis[h]:
            return
        outside = self.with_row(h, k, least=False)
        if outside is not None:
            yield from outside.bases(at + 1, basis)

    def with_row(self, h: int, k: int, *, least: bool) -> _Labels | None:
        """Return labels that make a node least, or not, besides the rows so far; None if there are none."""
        way = self.open_ways[h][k]
        if way.chance == 0:
            return None if least else self
        size = len(way.unplayed)
        row = [0] * len(self.column)
        for place in way.unplayed:
            row[self.column[place]] = -1
        row[self.column[h]] = 1
        value = sum(c * x for c, x in zip(row, self.witness, strict=True) if c)
        equal, at_most = self.equal, self.at_most
        if least:
            equal, holds = [*equal, (row, size)], value == size
        else:
            at_most, holds = [*at_most, (row, size - 1)], value <= size - 1
        # The program is solved anew only where the solution at hand does not satisfy the new row.
        witness = self.witness if holds else programs.feasible(len(row), equal, at_most)
        if witness is None:
            return None
        return _Labels(self.open_ways, self.steps, self.column, equal, at_most, witness)


def annihilators(rows: Sequence[tuple[frozenset[Place], frozenset[Place]]]) -> list[list[int]]:
    """Return integer vectors that span the combinations of rows that vanish.

    A row is +1 at the places of its first set and -1 at those of its second. Elimination of the rows, with the
    identity beside them, leaves in the identity's columns how each row that became zero was combined.
    """
    places = sorted({place for plus, minus in rows for place in plus | minus})
    table = [
        [Fraction((place in plus) - (place in minus)) for place in places]
        + [Fraction(int(k == j)) for j in range(len(rows))]
        for k, (plus, minus) in enumerate(rows)
    ]
    done = 0
    for column in range(len(places)):
        pivot = next((r for r in range(done, len(table)) if table[r][column]), None)
        if pivot is None:
            continue
        table[done], table[pivot] = table[pivot], table[done]
        for r in range(done + 1, len(table)):
            if table[r][column]:
                factor = table[r][column] / table[done][column]
                table[r] = [a - factor * b for a, b in zip(table[r], table[done], strict=True)]
        done += 1
    return [_integers(row[len(places) :]) for row in table[done:]]


def _integers(row: Sequence[Fraction]) -> list[int]:
    scale = lcm(*(item.denominator for item in row))
    return [int(item * scale) for item in row]


def is_consistent(
    form: ExtensiveForm, numbers: Any, behaviour: Any, belief: Any, tolerance: Fraction = Fraction(0)
) -> bool:
    """Tell whether beliefs are limits of Bayes' rule for completely mixed behaviour near this one.

    Parameters
    ----------
    form, numbers
        The game's flat form, with payoffs and chances as exact numbers.
    behaviour, belief
        For each information set, the probability of each action and the belief in each node.
    tolerance
        How far a product may be from one, relatively, where probabilities are rounded.

    Notes
    -----
    Nature makes no mistakes: a node behind a draw of probability zero has a belief only where all nodes of
    its information set stand behind such draws, and there the belief is not judged.
    """
    agent = AgentForm(form, *numbers)
    pattern = tuple(tuple(a for a, p in enumerate(row) if p != 0) for row in behaviour)
    judged = {h: set_ways for h, set_ways in ways(agent, pattern).items() if any(way.chance != 0 for way in set_ways)}
    basis = {h: tuple(k for k, p in enumerate(belief[h]) if p != 0) for h in judged}
    return _has_labels(judged, basis) and _has_multipliers(judged, basis, behaviour, belief, tolerance)


def _has_labels(judged: Mapping[int, Sequence[Way]], basis: Basis) -> bool:
    labels: _Labels | None = _Labels.of(judged)
    for h, set_ways in judged.items():
        for k in range(len(set_ways)):
            labels = None if labels is None else labels.with_row(h, k, least=k in basis[h])
    return labels is not None


def _has_multipliers(
    judged: Mapping[int, Sequence[Way]], bases: Basis, behaviour: Any, belief: Any, tolerance: Fraction
) -> bool:
    rows, right = [], []
    for h, basis in bases.items():
        first = judged[h][basis[0]]
        for k in basis[1:]:
            way = judged[h][k]
            rows.append((way.unplayed - first.unplayed, first.unplayed - way.unplayed))
            likelihoods = [_played(item, behaviour) for item in (first, way)]
            right.append(Fraction(belief[h][k]) / belief[h][basis[0]] * likelihoods[0] / likelihoods[1])
    # In logarithms the conditions on multipliers are linear equations. They have a solution exactly if each combination
    # of left sides that vanishes also vanishes on the right: a product of powers that is one.
    for powers in annihilators(rows):
        product = Fraction(1)
        for power, item in zip(powers, right, strict=True):
            product *= item**power
        if abs(product - 1) > tolerance:
            return False
    return True


def _played(way: Way, behaviour: Any) -> Fraction:
    product = Fraction(way.chance)
    for h, a in way.played:
        product *= behaviour[h][a]
    return product
