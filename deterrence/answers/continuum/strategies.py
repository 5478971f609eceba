"""Strategies that depend on a number: actions by cutoffs in one's own type, choices by a schedule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from deterrence.answers.continuum.pieces import (
    Case,
    Number,
    Piece,
    case_in_words,
    done_in_words,
    exact_or_float,
    schedule_in_words,
    shown_number,
    valued,
)
from deterrence.errors import ParameterError
from deterrence.games.named import Named
from deterrence.values import Value

__all__ = [
    "Case",
    "Cutoffs",
    "Mixture",
    "Number",
    "Piece",
    "Schedule",
    "chosen_at",
    "done_in_words",
    "exact_or_float",
    "shown_number",
]


@dataclass(frozen=True, eq=False)
class Cutoffs(Value):
    """The strategy at one information set: which types take which action.

    It reads as a mapping from intervals of the type to actions, ``{(0, 3/20): 'fight', (3/20, 2/5): 'accept'}``.

    Attributes
    ----------
    variable
        The name of the player's own type; None where it has none that matters here.
    cases
        What is done, by the choices that the player has seen; a single case where none matter.
    """

    variable: str | None
    cases: tuple[Case, ...]

    @classmethod
    def of(cls, variable: str | None, *pieces: tuple[Number, Number, Any]) -> Cutoffs:
        """Make one from triples of two ends and what is done between them: an action, or action -> probability."""
        made = tuple(Piece(low, high, _pairs(done)) for low, high, done in pieces)
        return cls(variable, (Case((), made),))

    @classmethod
    def always(cls, done: Any, variable: str | None = None) -> Cutoffs:
        """Make one that does the same whatever the type: an action, or action -> probability."""
        return cls.of(variable, (-float("inf"), float("inf"), done))

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces, where no seen choice matters.

        Raises
        ------
        ParameterError
            If they depend on a choice; ask :meth:`pieces_at`.
        """
        if len(self.cases) > 1 or self.cases[0].given:
            names = ", ".join(dict.fromkeys(name for case in self.cases for name, _, _ in case.given))
            raise ParameterError(f"What is done depends on {names}; ask .at({names}=…) for it.")
        return self.cases[0].pieces

    def pieces_at(
        self, known: Mapping[str, Number]
    ) -> tuple[tuple[Number, Number, tuple[tuple[str, Number], ...]], ...]:
        """Return the pieces at numbers that are known, with numbers as their ends, those of no width left out."""
        pieces = self._case(known).pieces
        ends = [valued(piece.low, known) for piece in pieces] + [valued(pieces[-1].high, known)]
        for i in range(1, len(ends)):
            ends[i] = max(ends[i], ends[i - 1])
        rows = zip(ends, ends[1:], pieces, strict=False)
        return tuple((low, high, piece.actions) for low, high, piece in rows if low < high)

    def at(self, known: Mapping[str, Number] | None = None, /, **more: Number) -> Mapping[str, Number]:
        """Return the probability of each action for a type, and for choices that the player has seen, by name."""
        values = {**(known or {}), **more}
        pieces = self.pieces_at(values)
        if self.variable is None or len(pieces) == 1:
            return Named(dict(pieces[0][2]))
        if self.variable not in values:
            raise ParameterError(f"What is done depends on {self.variable}; give it: .at({self.variable}=…).")
        own = values[self.variable]
        return Named(dict(next((done for _, high, done in pieces if own < high), pieces[-1][2])))

    def cutoffs_at(self, known: Mapping[str, Number] | None = None) -> tuple[Number, ...]:
        """Return the numbers at which what is done changes, at choices that are known."""
        return tuple(low for low, _, _ in self.pieces_at(known or {})[1:])

    @property
    def cutoffs(self) -> tuple[Number, ...]:
        """The numbers at which what is done changes."""
        return tuple(piece.low for piece in self.pieces[1:])

    @property
    def depends_on(self) -> frozenset[str]:
        """The names of the choices seen before on which it depends what types do."""
        ends = [end for case in self.cases for piece in case.pieces for end in (piece.low, piece.high)]
        symbols = {symbol.name for end in ends for symbol in getattr(end, "free_symbols", ())}
        return frozenset(symbols | {name for case in self.cases for name, _, _ in case.given})

    @property
    def breaks(self) -> tuple[tuple[str, Number], ...]:
        """The ends of the cases, as pairs of a choice's name and a number."""
        pairs = ((name, end) for case in self.cases for name, *ends in case.given for end in ends)
        return tuple(dict.fromkeys(pairs))

    def _case(self, known: Mapping[str, Number]) -> Case:
        for case in self.cases:
            if all(name in known and low <= known[name] <= high for name, low, high in case.given):
                return case
        missing = [name for name, _, _ in self.cases[0].given if name not in known]
        if missing:
            raise ParameterError(f"What is done depends on {missing[0]}; give it: .at({missing[0]}=…).")
        return self.cases[-1]

    # -- as a mapping ------------------------------------------------------------------------------------

    def items(self) -> Iterator[tuple[tuple[Number, Number], Any]]:
        """Yield each interval of the type with what is done there: an action, or action -> probability."""
        for piece in self.pieces:
            done: Any = piece.actions[0][0] if len(piece.actions) == 1 else Named(dict(piece.actions))
            yield (piece.low, piece.high), done

    def __iter__(self) -> Iterator[tuple[Number, Number]]:
        return (interval for interval, _ in self.items())

    def __len__(self) -> int:
        return len(self.pieces)

    def __getitem__(self, interval: tuple[Number, Number]) -> Any:
        return dict(self.items())[interval]

    @property
    def _key(self) -> tuple[Any, ...]:
        return self.variable, self.cases

    def __eq__(self, other: object) -> bool:
        return self._key == other._key if isinstance(other, Cutoffs) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key)

    def __str__(self) -> str:
        return self.within((-float("inf"), float("inf")))

    def within(self, span: tuple[Number, Number]) -> str:
        """Return in words what types between two ends do: ``fight if war_cost < 0.15, accept if war_cost > 0.15``."""
        return "; ".join(case_in_words(self.cases, i, self.variable, span) for i in range(len(self.cases)))

    def after(self, known: Mapping[str, Number]) -> Cutoffs:
        """Return what types do at choices that are known."""
        return Cutoffs(self.variable, (Case((), tuple(Piece(*piece) for piece in self.pieces_at(known))),))

    def __repr__(self) -> str:
        return f"<Cutoffs {self}>"


def _pairs(done: Any) -> tuple[tuple[str, Number], ...]:
    if isinstance(done, str):
        return ((done, 1),)
    return tuple((action, p) for action, p in dict(done).items() if p != 0)


@dataclass(frozen=True, eq=False)
class Schedule(Value):
    """What a player chooses, as a function of its own type: pieces between ends, each a number or a function.

    Attributes
    ----------
    variable
        The name of the player's own type.
    pieces
        Triples of two ends of the type and what is chosen between them: a number, an expression in the type, or a
        function of it.
    """

    variable: str
    pieces: tuple[tuple[Number, Number, Any], ...]

    def __call__(self, own: Number) -> Number:
        """Return what a type chooses."""
        chosen = next((value for _, high, value in self.pieces if own < high), self.pieces[-1][2])
        if hasattr(chosen, "free_symbols"):
            return valued(chosen, {self.variable: own})
        return chosen(own) if callable(chosen) else chosen

    def at(self, known: Mapping[str, Number]) -> tuple[tuple[Number, Number], ...]:
        """Return what is chosen, with its probability, where the type is known."""
        return ((self(known[self.variable]), 1),)

    @property
    def cutoffs(self) -> tuple[Number, ...]:
        """The types at which one piece ends and the next begins."""
        return tuple(low for low, _, _ in self.pieces[1:])

    @property
    def _key(self) -> tuple[Any, ...]:
        return self.variable, self.pieces

    def __eq__(self, other: object) -> bool:
        return self._key == other._key if isinstance(other, Schedule) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key)

    def __str__(self) -> str:
        return schedule_in_words(self.variable, self.pieces)

    def __repr__(self) -> str:
        return f"<Schedule {self}>"


@dataclass(frozen=True)
class Mixture:
    """A choice that is mixed: several numbers, each with its probability.

    Attributes
    ----------
    numbers
        Pairs of a number and its probability.
    any_with_mean
        Whether any other distribution with this mean would do as well.
    """

    numbers: tuple[tuple[Number, Number], ...]
    any_with_mean: bool = False

    @property
    def mean(self) -> Number:
        """The mean."""
        return sum(exact_or_float(x) * exact_or_float(p) for x, p in self.numbers)

    def at(self, _known: Mapping[str, Number]) -> tuple[tuple[Number, Number], ...]:
        """Return the numbers with their probabilities."""
        return self.numbers

    def __str__(self) -> str:
        listed = " or ".join(f"{shown_number(x)} (probability {shown_number(p)})" for x, p in self.numbers)
        return f"{listed}; any choice with the mean {shown_number(self.mean)} does" if self.any_with_mean else listed


def chosen_at(choice: Any, known: Mapping[str, Number]) -> tuple[tuple[Number, Number], ...]:
    """Return what is chosen with its probability: of a number, a mixture or a schedule."""
    return choice.at(known) if isinstance(choice, (Schedule, Mixture)) else ((choice, 1),)
