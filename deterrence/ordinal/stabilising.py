"""The inverse question: which preferences would keep a decision maker in a state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from deterrence.errors import MethodError, unknown
from deterrence.ordinal._sanctions import CONCEPTS, others, reached_by
from deterrence.ordinal._written import Ranking
from deterrence.ordinal.conflict import Conflict, ranking_in_words
from deterrence.values import Value

Demand = frozenset[str]
"""States that must be no better than the state in question."""

MOST_DEMANDS = 20_000


@dataclass(frozen=True, eq=False)
class Stabilising(Value):
    """The preferences of a decision maker that make a state stable for it.

    An answer iterates over the demands: sets of states that must be no better for it than the state. The state
    is stable exactly where at least one demand is met, whatever else the ranking says.

    Attributes
    ----------
    conflict, state, player, concept
        The question.
    demands
        The minimal demands, those first that change least; one empty demand where the state is always stable.
    """

    conflict: Conflict
    state: str
    player: str
    concept: str
    demands: tuple[Demand, ...]

    @property
    def holds(self) -> bool:
        """Whether the present preferences make the state stable."""
        return any(not self._better(demand) for demand in self.demands)

    @property
    def changes(self) -> tuple[tuple[str, ...], ...]:
        """The smallest sets of states that are preferred now and must not be: all sets of least size."""
        changes = [self._better(demand) for demand in self.demands]
        fewest = min(map(len, changes))
        return tuple(dict.fromkeys(change for change in changes if len(change) == fewest))

    @property
    def ranking(self) -> Ranking:
        """A ranking that makes the state stable.

        It is the present one, with the states of one smallest change put just below the state.
        """
        down = self.changes[0]
        groups: list[tuple[str, ...]] = []
        for group in self.conflict.preferences[self.player]:
            groups.append(tuple(state for state in group if state not in down))
            if self.state in group:
                groups.extend((state,) for state in sorted(down, key=self.conflict.rank[self.player].__getitem__))
        return tuple(group for group in groups if group)

    @property
    def changed(self) -> Conflict:
        """The conflict with that ranking."""
        return self.conflict.with_preferences({self.player: self.ranking})

    def _better(self, demand: Demand) -> tuple[str, ...]:
        """Return the states of a demand that are now preferred to the state."""
        prefers = self.conflict.prefers
        return tuple(s for s in self.conflict.states if s in demand and prefers(self.player, s, self.state))

    def __iter__(self) -> Iterator[Demand]:
        return iter(self.demands)

    def __len__(self) -> int:
        return len(self.demands)

    def to_frame(self) -> Any:
        """Return a data frame with one row a demand: its states, and which of them are now preferred."""
        import pandas as pd

        rows = [(", ".join(self._listed(demand)), ", ".join(self._better(demand))) for demand in self.demands]
        return pd.DataFrame(rows, columns=["no better than the state", "now better"])

    def _listed(self, demand: Iterable[str]) -> tuple[str, ...]:
        return tuple(state for state in self.conflict.states if state in demand)

    def __str__(self) -> str:
        where = f"{self.state!r} is {self.concept} stable for {self.player}"
        if self.demands == (frozenset(),):
            return f"{where} whatever it prefers."
        lines = [f"{where} exactly where it prefers none of these to it:"]
        sets = [" and ".join(map(repr, self._listed(demand))) for demand in self.demands[:8]]
        lines += [f"  {'or ' if i else ''}{states}" for i, states in enumerate(sets)]
        if len(self.demands) > len(sets):
            lines.append(f"  or one of {len(self.demands) - len(sets)} further sets")
        if self.holds:
            return "\n".join([*lines, "This is so now."])
        changes = ", or ".join(" and ".join(map(repr, change)) for change in self.changes)
        lines.append(f"This is not so now. The least change: no longer prefer {changes}.")
        return "\n".join([*lines, f"One such ranking: {ranking_in_words(self.ranking)}."])

    def __repr__(self) -> str:
        return f"<Stabilising {self.state!r} for {self.player!r} under {self.concept}: {len(self)} demands>"


def stabilising_preferences(conflict: Conflict, state: str, player: str, concept: str = "SEQ") -> Stabilising:
    """Find which preferences of a decision maker would make a state stable for it.

    Parameters
    ----------
    conflict
        The conflict; the others' preferences, which matter for ``"SEQ"``, stay as they are.
    state, player
        The state, and whose preferences are asked for.
    concept
        One of ``"Nash"``, ``"GMR"``, ``"SMR"`` and ``"SEQ"``.

    Returns
    -------
    Stabilising
        The minimal demands on the ranking, whether they are met, and the smallest change that meets one.

    Raises
    ------
    UnknownNameError
        If there is no such state, decision maker or concept.
    MethodError
        If something else than a conflict is given, or there are more than 20,000 minimal demands.

    Notes
    -----
    Every concept asks only which states are no better than the one in question. For each move of the decision
    maker, either where it leads is no better, or an end that the others can bring about is (with SMR also all
    that can be reached from there). So the condition is one of ands and ors without negation, and it has a
    unique list of minimal sets that satisfy it.

    Examples
    --------
    >>> import deterrence as dt
    >>> dilemma = dt.bimatrix(
    ...     [[3, 1], [4, 2]],
    ...     [[3, 4], [1, 2]],
    ...     actions=(("wait", "arm"), ("wait", "arm")),
    ...     name="arms race",
    ... )
    >>> print(
    ...     dt.stabilising_preferences(
    ...         dt.Conflict.from_game(dilemma), "wait, wait", "Row", "Nash"
    ...     )
    ... )
    'wait, wait' is Nash stable for Row exactly where it prefers none of these to it:
      'arm, wait'
    This is not so now. The least change: no longer prefer 'arm, wait'.
    One such ranking: wait, wait > arm, wait > arm, arm > wait, arm.
    """
    if not isinstance(conflict, Conflict):
        raise MethodError(f"Expected a Conflict; got {conflict!r}.")
    conflict.check(player, state)
    if concept not in CONCEPTS:
        raise unknown("concept of stability", concept, CONCEPTS)
    demands: frozenset[Demand] = frozenset({frozenset()})
    for move in conflict.reachable(player, state):
        ways = [frozenset({move}), *_punished(conflict, player, move, concept)]
        ways = [way - {state} for way in ways]
        demands = _minimal(demand | way for demand in demands for way in _minimal(ways))
        if len(demands) > MOST_DEMANDS:
            raise MethodError(f"There are more than {MOST_DEMANDS:,} minimal demands on the preferences of {player!r}.")
    now = {s for s in conflict.states if conflict.prefers(player, s, state)}
    ordered = sorted(demands, key=lambda d: (len(d & now), len(d), sorted(map(conflict.states.index, d))))
    return Stabilising(conflict, state, player, concept, tuple(ordered))


def _punished(conflict: Conflict, player: str, move: str, concept: str) -> list[Demand]:
    """Return the ways in which the others can take back what a move gains, as demands."""
    if concept == "Nash":
        return []
    ends = reached_by(conflict, others(conflict, player), move, improving=concept == "SEQ")
    if concept == "SMR":
        return [frozenset((end, *conflict.reachable(player, end))) for end in ends]
    return [frozenset({end}) for end in ends]


def _minimal(demands: Iterable[Demand]) -> frozenset[Demand]:
    """Return the sets that contain none of the others."""
    minimal: list[Demand] = []
    for demand in sorted(set(demands), key=len):
        if not any(other <= demand for other in minimal):
            minimal.append(demand)
    return frozenset(minimal)
