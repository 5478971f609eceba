"""Stability: which states a decision maker, and all of them together, would not leave."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from deterrence.errors import MethodError, unknown
from deterrence.games.kinds import solution_of
from deterrence.games.named import Named
from deterrence.ordinal._sanctions import CONCEPTS, punishments, reached_by
from deterrence.ordinal.conflict import Conflict
from deterrence.values import Value
from deterrence.views import picture

__all__ = ["CONCEPTS", "Stability", "StableState", "stability"]


@dataclass(frozen=True)
class StableState:
    """A state, with the concepts under which it is an equilibrium.

    Attributes
    ----------
    name
        The state.
    concepts
        The concepts under which all decision makers would stay.
    """

    name: str
    concepts: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name}: an equilibrium under {', '.join(self.concepts)}"


@dataclass(frozen=True, eq=False)
class Stability(Value):
    """The stable states of a conflict: for whom, and under which concepts.

    An answer iterates over the states that are equilibria under at least one concept.

    Attributes
    ----------
    conflict
        The question.
    concepts
        The concepts asked for.
    holds
        The triples (state, decision maker, concept) that are stable.
    """

    conflict: Conflict
    concepts: tuple[str, ...]
    holds: frozenset[tuple[str, str, str]]

    @property
    def table(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """State -> decision maker -> the concepts under which it would stay."""
        return Named(
            {s: Named({p: self._of(s, p) for p in self.conflict.players}) for s in self.conflict.states},
        )

    def _of(self, state: str, player: str) -> tuple[str, ...]:
        return tuple(concept for concept in self.concepts if (state, player, concept) in self.holds)

    def stable(self, state: str, player: str, concept: str) -> bool:
        """Tell whether a decision maker would stay in a state.

        Raises
        ------
        UnknownNameError
            If there is no such state or decision maker, or the concept was not asked for.
        """
        self.conflict.check(player, state)
        return (state, player, self._asked(concept)) in self.holds

    def punishments(self, state: str, player: str, concept: str) -> Mapping[str, tuple[str, ...]]:
        """Return why a decision maker stays: for each of its improvements the states that punish it.

        The state is stable for it where none of these is empty; under Nash stability nothing punishes.

        Raises
        ------
        UnknownNameError
            If there is no such state or decision maker, or the concept was not asked for.
        """
        self.conflict.check(player, state)
        return punishments(self.conflict, player, state, self._asked(concept))

    def equilibria(self, concept: str) -> tuple[str, ...]:
        """Return the states where all would stay under a concept.

        Raises
        ------
        UnknownNameError
            If the concept was not asked for.
        """
        self._asked(concept)
        players = self.conflict.players
        return tuple(s for s in self.conflict.states if all((s, p, concept) in self.holds for p in players))

    def _asked(self, concept: str) -> str:
        if concept not in self.concepts:
            raise unknown("concept of stability", concept, self.concepts)
        return concept

    @cached_property
    def _found(self) -> tuple[StableState, ...]:
        by = {concept: self.equilibria(concept) for concept in self.concepts}
        rows = ((s, tuple(concept for concept in self.concepts if s in by[concept])) for s in self.conflict.states)
        return tuple(StableState(state, concepts) for state, concepts in rows if concepts)

    def coalition_improvements(self, state: str) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """Return what coalitions of two or more can reach together and all its members prefer to a state.

        Returns
        -------
        Mapping
            Coalition -> states, for the coalitions that have such a joint improvement. Where there are none the
            state withstands every coalition.
        """
        conflict, prefers = self.conflict, self.conflict.prefers
        conflict.check(conflict.players[0], state)
        improvements = {}
        for size in range(2, len(conflict.players) + 1):
            for coalition in combinations(conflict.players, size):
                reach = reached_by(conflict, coalition, state)
                better = [s for s in conflict.states if s in reach and all(prefers(p, s, state) for p in coalition)]
                if better:
                    improvements[coalition] = tuple(better)
        return Named(improvements)

    # -- what every solution answers ------------------------------------------------------------------------

    method = None
    complete = True

    @property
    def status(self) -> str:
        """In a sentence how many equilibria there are."""
        counted = ", ".join(f"{len(self.equilibria(concept))} {concept}" for concept in self.concepts)
        return f"of {len(self.conflict.states)} states there are equilibria: {counted}"

    def __iter__(self) -> Iterator[StableState]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, position: int) -> StableState:
        return self._found[position]

    def to_frame(self) -> Any:
        """Return a data frame with one row a state: concepts for each decision maker, and for all together."""
        import pandas as pd

        equilibria = {item.name: item.concepts for item in self}
        rows = [
            {
                "state": state,
                **{player: ", ".join(concepts) for player, concepts in row.items()},
                "equilibrium": ", ".join(equilibria.get(state, ())),
            }
            for state, row in self.table.items()
        ]
        return pd.DataFrame(rows)

    def __str__(self) -> str:
        lines = [f"{self.conflict.name}: {self.status}."]
        lines += [f"  {item}." for item in self] or ["  No state is an equilibrium."]
        for state in (item.name for item in self):
            for coalition, better in self.coalition_improvements(state).items():
                members, ends = " and ".join(coalition), " or ".join(better)
                lines.append(f"  Together {members} would rather move from {state} to {ends}.")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Stability of {self.conflict.name!r}: {self.status}>"

    def plot(self, ax: Any = None) -> Any:
        """Draw the states and moves, with the equilibria marked, and return the axes."""
        return picture("Stability.plot", self, ax=ax)


def stability(conflict: Conflict, concepts: str | Sequence[str] = CONCEPTS) -> Stability:
    """Find which states of an ordinal conflict are stable.

    A decision maker that could improve on a state by a move of its own may still stay, for fear of what the
    others would do then. The concepts differ in what it fears.

    Parameters
    ----------
    conflict
        The conflict.
    concepts
        One or several of ``"Nash"``, ``"GMR"``, ``"SMR"`` and ``"SEQ"``; by default all.

    Returns
    -------
    Stability
        For each state and decision maker the concepts under which it stays; equilibria, where all stay.

    Raises
    ------
    MethodError
        If something else than a conflict is given.
    UnknownNameError
        If there is no such concept.

    Notes
    -----
    A state is stable for a decision maker under *Nash* stability if it has no improvement; under *general
    metarationality* (GMR) if after each of its improvements the others can bring about, one after the other,
    a state that is no better for it than where it began; under *symmetric metarationality* (SMR) if moreover
    none of its own moves from there leads to a better one; under *sequential stability* (SEQ) if it is as with
    GMR but the others make only moves that are improvements for whoever makes them. With more than two decision
    makers nobody moves twice in a row in such a sequence. A tie counts as no better, so that it deters.

    References
    ----------
    Fang, Hipel and Kilgour (1993), chapter 3.

    Examples
    --------
    >>> import deterrence as dt
    >>> dilemma = dt.bimatrix(
    ...     [[3, 1], [4, 2]],
    ...     [[3, 4], [1, 2]],
    ...     actions=(("wait", "arm"), ("wait", "arm")),
    ...     name="arms race",
    ... )
    >>> print(dt.stability(dt.Conflict.from_game(dilemma)))
    arms race: of 4 states there are equilibria: 1 Nash, 2 GMR, 2 SMR, 2 SEQ.
      wait, wait: an equilibrium under GMR, SMR, SEQ.
      arm, arm: an equilibrium under Nash, GMR, SMR, SEQ.
      Together Row and Column would rather move from arm, arm to wait, wait.
    """
    if not isinstance(conflict, Conflict):
        raise MethodError(f"Expected a Conflict; got {conflict!r}. Conflict.from_game(…) makes one.")
    names = (concepts,) if isinstance(concepts, str) else tuple(concepts)
    for concept in names:
        if concept not in CONCEPTS:
            raise unknown("concept of stability", concept, CONCEPTS)
    holds = frozenset(
        (state, player, concept)
        for concept in names
        for player in conflict.players
        for state in conflict.states
        if all(punishments(conflict, player, state, concept).values())
    )
    return Stability(conflict, names, holds)


@solution_of.register
def _solved(conflict: Conflict, concepts: str | Sequence[str] | None = None) -> Stability:
    """Return which states are stable: what ``solve`` answers for a conflict."""
    if concepts is not None and not isinstance(concepts, str | tuple | list):
        raise MethodError(f"A conflict is solved for concepts of stability by name, {CONCEPTS}, not by {concepts!r}.")
    return stability(conflict) if concepts is None else stability(conflict, concepts)
