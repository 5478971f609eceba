"""What the referee says of a claim: it holds, with the proof; it fails, with a counterexample; or what was tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from deterrence.analysis.referee.checked_profile import CheckedProfile
from deterrence.games.expression import Exact, show_number
from deterrence.games.game import Game
from deterrence.views import Shown

Verdict = Literal["holds", "fails", "open"]
"""*holds*: proved. *fails*: a counterexample was found, and checked. *open*: neither."""


@dataclass(frozen=True)
class Counterexample:
    """Parameter values at which a claim is wrong, checked there in exact arithmetic.

    Attributes
    ----------
    values
        The values that differ from the game's present ones; empty where the claim is wrong at these.
    sentence
        What is wrong there, in words and numbers.
    profile
        For a claim about a profile: the profile checked there.
    solution
        For a claim about equilibria: the equilibria there.
    """

    values: Mapping[str, Exact]
    sentence: str
    profile: CheckedProfile | None = None
    solution: Any = None

    @property
    def place(self) -> str:
        """The parameter values in words."""
        told = ", ".join(f"{name} = {show_number(value)}" for name, value in self.values.items())
        return f"at {told}" if told else "at the present values"

    def __str__(self) -> str:
        return f"{self.place[:1].upper()}{self.place[1:]}: {self.sentence}"


@dataclass(frozen=True, eq=False)
class Verification(Shown):
    """A claim about a game, and whether it is true for all parameter values in range.

    It counts as true where the claim was proved.

    Attributes
    ----------
    game
        The game; its ranges and assumptions say which parameter values are meant.
    claim, where
        The claim in words, and the condition under which it was made; empty where it was made for all values.
    verdict
        ``"holds"``, ``"fails"`` or ``"open"``.
    found
        How the verdict was reached, in words: what was proved, or what was searched.
    counterexample
        Where the claim fails: values at which it does.
    held
        The parameters that were held at their present values.
    points
        At how many points, drawn from the ranges, the claim was tried by exact solution.
    """

    game: Game
    claim: str
    where: str
    verdict: Verdict
    found: str
    counterexample: Counterexample | None = None
    held: tuple[str, ...] = ()
    points: int = 0

    @property
    def holds(self) -> bool | None:
        """True where the claim was proved, False where it fails, None where it is open."""
        return {"holds": True, "fails": False}.get(self.verdict)

    def __bool__(self) -> bool:
        return self.verdict == "holds"

    @property
    def status(self) -> str:
        """How the verdict was reached, in words."""
        return self.found

    def lines(self) -> list[str]:
        """Return the verdict as sentences."""
        condition = f", where {self.where}" if self.where else ""
        lines = [
            f"Claim about {self.game.name!r}: {self.claim}{condition}.",
            f"{self.verdict.capitalize()}: {self.found}.",
        ]
        if self.counterexample is not None:
            lines.append(f"{self.counterexample}")
        if self.held:
            values = ", ".join(f"{name} = {show_number(self.game.values[name])}" for name in self.held)
            lines.append(f"Held at present values: {values}.")
        return lines

    def to_frame(self) -> Any:
        """Return a data frame with one row: claim, condition, verdict, how it was found, and the counterexample."""
        import pandas as pd

        wrong = "" if self.counterexample is None else str(self.counterexample)
        row = (self.claim, self.where, self.verdict, self.found, wrong)
        return pd.DataFrame([row], columns=["claim", "where", "verdict", "found", "counterexample"])

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def __repr__(self) -> str:
        return f"<Verification of {self.game.name!r}: {self.verdict}>"
