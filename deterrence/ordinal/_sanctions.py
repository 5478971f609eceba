"""What the others can do after a move: sequences of their moves, or of their improvements."""

from __future__ import annotations

from collections.abc import Mapping

from deterrence.games.named import Named
from deterrence.ordinal.conflict import Conflict

CONCEPTS = ("Nash", "GMR", "SMR", "SEQ")
"""The concepts of stability: Nash, general metarational, symmetric metarational, sequential."""


def reached_by(
    conflict: Conflict, coalition: tuple[str, ...], state: str, *, improving: bool = False
) -> frozenset[str]:
    """Return the states that members of a coalition can reach one after the other, from a state.

    Nobody moves twice in a row. With ``improving``, each moves only to states that it prefers to the one where
    it moves. The state itself belongs to them only if a sequence leads back to it.
    """
    steps = conflict.improvements if improving else conflict.reachable
    reached = {(other, player) for player in coalition for other in steps(player, state)}
    todo = list(reached)
    while todo:
        at, last = todo.pop()
        for player in coalition:
            if player == last:
                continue
            for other in steps(player, at):
                if (other, player) not in reached:
                    reached.add((other, player))
                    todo.append((other, player))
    return frozenset(at for at, _ in reached)


def others(conflict: Conflict, player: str) -> tuple[str, ...]:
    """Return all decision makers but one."""
    return tuple(other for other in conflict.players if other != player)


def punishments(conflict: Conflict, player: str, state: str, concept: str) -> Mapping[str, tuple[str, ...]]:
    """Return for each improvement of a decision maker the states that the others can answer with and that punish it."""
    rest = others(conflict, player)

    def punishes(end: str) -> bool:
        escapes = conflict.reachable(player, end) if concept == "SMR" else ()
        return not any(conflict.prefers(player, after, state) for after in (end, *escapes))

    answers = {}
    for move in conflict.improvements(player, state):
        ends = frozenset() if concept == "Nash" else reached_by(conflict, rest, move, improving=concept == "SEQ")
        answers[move] = tuple(end for end in conflict.states if end in ends and punishes(end))
    return Named(answers)
