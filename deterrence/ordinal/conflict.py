"""A conflict as a graph: states, who can move from which to which, and what each prefers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NoReturn

from deterrence.errors import GameError, MechanismError, MethodError, ParameterError, unknown
from deterrence.games.game import Game
from deterrence.games.kinds import answered_in, refusal, solution_of
from deterrence.games.named import Named
from deterrence.ordinal._cells import cells_as_states
from deterrence.ordinal._written import Ranking, checked_moves, checked_names, checked_ranking
from deterrence.views import picture


@answered_in("deterrence.ordinal.concepts")
@dataclass(frozen=True, init=False)
class Conflict:
    """An ordinal conflict: decision makers, states, moves, and rankings without numbers.

    This is the graph model for conflict resolution. A state is a situation that may last; each decision maker
    can move alone from some states to others, back again or not; and each ranks the states, ties allowed. No
    payoffs, probabilities or order of play are needed. Ask :func:`deterrence.stability` which states last.

    Parameters
    ----------
    players
        The decision makers.
    states
        The states' names.
    moves
        For each decision maker the states it can move to in one step, by the state it moves from; or pairs of
        states. A decision maker who is not listed can move nowhere.
    preferences
        For each decision maker its ranking of all states, from best to worst; a group of states of equal rank
        stands as a tuple or list.
    name, caption
        What the conflict is called, and a sentence about it.

    Raises
    ------
    GameError
        If a state or decision maker is named twice, a move leads from a state to itself, or a ranking leaves a
        state out or lists it twice.
    UnknownNameError
        If a move or ranking names a state, or belongs to a decision maker, that the conflict does not have.

    References
    ----------
    Fang, Hipel and Kilgour (1993), chapters 2 and 3.

    Examples
    --------
    >>> import deterrence as dt
    >>> dispute = dt.Conflict(
    ...     ("Coast state", "Fishing state"),
    ...     ("peace", "patrols", "clash"),
    ...     {
    ...         "Coast state": {"peace": ["patrols"]},
    ...         "Fishing state": {"patrols": ["clash"], "clash": ["patrols"]},
    ...     },
    ...     {
    ...         "Coast state": ["patrols", "peace", "clash"],
    ...         "Fishing state": ["peace", "clash", "patrols"],
    ...     },
    ... )
    >>> dispute.improvements("Coast state", "peace")
    ('patrols',)
    >>> dt.stability(dispute).equilibria("GMR")
    ('peace', 'clash')
    """

    players: tuple[str, ...]
    states: tuple[str, ...]
    move_list: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]
    ranking_list: tuple[Ranking, ...]
    name: str = "conflict"
    caption: str = ""

    def __init__(
        self,
        players: Sequence[str],
        states: Sequence[str],
        moves: Mapping[str, Any],
        preferences: Mapping[str, Sequence[Any]],
        *,
        name: str = "conflict",
        caption: str = "",
    ) -> None:
        checked = checked_names(players, "decision maker"), checked_names(states, "state")
        for mapping in (moves, preferences):
            for player in mapping:
                if player not in checked[0]:
                    raise unknown("decision maker", player, checked[0])
        missing = [player for player in checked[0] if player not in preferences]
        if missing:
            raise GameError(f"The decision maker {missing[0]!r} has no ranking of the states.")
        fields = {
            "players": checked[0],
            "states": checked[1],
            "move_list": tuple(checked_moves(player, moves.get(player, {}), checked[1]) for player in checked[0]),
            "ranking_list": tuple(checked_ranking(player, preferences[player], checked[1]) for player in checked[0]),
            "name": name,
            "caption": caption,
        }
        for field, value in fields.items():
            object.__setattr__(self, field, value)

    @classmethod
    def from_game(cls, game: Game) -> Conflict:
        """Return a simultaneous game as a graph: its cells are the states, and only the order of payoffs counts.

        Raises
        ------
        GameError
            If the game is not one simultaneous move.
        """
        players, states, moves, rankings = cells_as_states(game)
        return cls(players, states, moves, rankings, name=game.name, caption=game.caption)

    # -- views --------------------------------------------------------------------------------------------

    @property
    def moves(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Decision maker -> state -> the states that it can move to in one step."""
        return Named({player: Named(dict(rows)) for player, rows in zip(self.players, self.move_list, strict=True)})

    @property
    def preferences(self) -> Mapping[str, Ranking]:
        """Decision maker -> states from best to worst, those of equal rank together."""
        return Named(dict(zip(self.players, self.ranking_list, strict=True)))

    @cached_property
    def rank(self) -> Mapping[str, Mapping[str, int]]:
        """Decision maker -> state -> its rank, 1 for the best."""
        ranks = {
            player: Named({state: level for level, group in enumerate(ranking, 1) for state in group})
            for player, ranking in self.preferences.items()
        }
        return Named(ranks)

    @cached_property
    def _reach(self) -> dict[str, dict[str, tuple[str, ...]]]:
        return {player: dict(rows) for player, rows in zip(self.players, self.move_list, strict=True)}

    def reachable(self, player: str, state: str) -> tuple[str, ...]:
        """Return the states to which a decision maker can move from a state in one step.

        Raises
        ------
        UnknownNameError
            If there is no such decision maker or state.
        """
        self.check(player, state)
        return self._reach[player].get(state, ())

    def improvements(self, player: str, state: str) -> tuple[str, ...]:
        """Return the states among them that it prefers to where it is: its unilateral improvements."""
        rank = self.rank[player]
        return tuple(other for other in self.reachable(player, state) if rank[other] < rank[state])

    def prefers(self, player: str, one: str, other: str) -> bool:
        """Tell whether a decision maker strictly prefers one state to another."""
        self.check(player, one, other)
        return self.rank[player][one] < self.rank[player][other]

    def with_preferences(self, preferences: Mapping[str, Sequence[Any]]) -> Conflict:
        """Return the same conflict with other rankings for some decision makers."""
        new = {**self.preferences, **preferences}
        return Conflict(self.players, self.states, self.moves, new, name=self.name, caption=self.caption)

    def check(self, player: str, *states: str) -> None:
        """Refuse names that the conflict does not have.

        Raises
        ------
        UnknownNameError
            If there is no such decision maker or state.
        """
        if player not in self.players:
            raise unknown("decision maker", player, self.players)
        for state in states:
            if state not in self.states:
                raise unknown("state", state, self.states)

    # -- what a model's game answers ----------------------------------------------------------------------

    kind = "graph model"
    hidden_information = False

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The states."""
        return self.states

    @property
    def parameters(self) -> Mapping[str, Any]:
        """Nothing: a ranking has no numbers in it."""
        return Named({})

    @property
    def values(self) -> Mapping[str, Any]:
        """Nothing: there are no parameters."""
        return Named({})

    def at(self, values: Mapping[str, object] | None = None, /, **more: object) -> Conflict:
        """Return the conflict itself, which has no parameters to set.

        Raises
        ------
        ParameterError
            If a value is given.
        """
        changes = {**(values or {}), **more}
        if changes:
            raise ParameterError(
                f"The conflict {self.name!r} has no parameters, so that {next(iter(changes))!r} cannot be set; "
                "with_preferences(…) changes a ranking."
            )
        return self

    def under(self, *mechanisms: Any) -> NoReturn:
        """Refuse mechanisms: they change trees, and a conflict has none.

        Raises
        ------
        MechanismError
            Always.
        """
        raise MechanismError(
            f"Mechanisms change trees, and the conflict {self.name!r} has none, so that {len(mechanisms)} of them "
            "cannot be applied; change its moves instead."
        )

    # -- in words -----------------------------------------------------------------------------------------

    def __str__(self) -> str:
        counted = f"{len(self.states)} states, {len(self.players)} decision makers"
        lines = [f"{self.name}: {counted}.", *([self.caption] if self.caption else []), ""]
        for player in self.players:
            lines.append(f"{player} prefers, best to worst: {ranking_in_words(self.preferences[player])}.")
            steps = (f"{state} -> {', '.join(self._reach[player][state])}" for state in self._reach[player])
            lines.append(f"  can move: {'; '.join(steps) or 'nowhere'}.")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Conflict {self.name!r}: {', '.join(self.players)}; {len(self.states)} states>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (self.players, self.states, self.moves, self.preferences, self.name, self.caption)

    def to_frame(self) -> Any:
        """Return a data frame with one row a state: each decision maker's rank and where it can move."""
        import pandas as pd

        rows = []
        for state in self.states:
            row: dict[str, Any] = {"state": state}
            for player in self.players:
                row[f"rank for {player}"] = self.rank[player][state]
                row[f"moves of {player}"] = ", ".join(self._reach[player].get(state, ()))
            rows.append(row)
        return pd.DataFrame(rows)

    def plot(self, ax: Any = None) -> Any:
        """Draw the states and moves, with the equilibria marked, and return the axes."""
        return picture("Stability.plot", solution_of(self, None), ax=ax)


def ranking_in_words(ranking: Ranking) -> str:
    """Return a ranking as a reader writes it: ``a > b = c``."""
    return " > ".join(" = ".join(group) for group in ranking)


def _restored(players: Any, states: Any, moves: Any, preferences: Any, name: str, caption: str) -> Conflict:
    return Conflict(players, states, moves, preferences, name=name, caption=caption)


@refusal.register(Conflict)
def _refused(conflict: Conflict) -> NoReturn:
    """Refuse a question that only games with payoffs answer."""
    raise MethodError(
        f"The conflict {conflict.name!r} ranks states and has no payoffs. It answers solve and stability; for "
        "the other verbs write a game."
    )
