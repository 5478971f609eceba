"""How a page writes the symbols of a game: as variables of its script, and as formulas for reading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from deterrence.answers.classes import Characterization
from deterrence.exchange.latex.formulas import plain
from deterrence.exchange.latex.letters import in_text
from deterrence.explorer.javascript import javascript
from deterrence.explorer.mathematics import Mathematics
from deterrence.games.equations import solved_equations
from deterrence.games.expression import is_symbolic, to_sympy
from deterrence.games.parameter import Parameter

LONGEST = 120
"""A formula with more letters is not read by anybody: the page shows its value alone."""
SHORT_NAME = 12
"""A free value is written with what it is of where that has no more letters, else with a number."""


@dataclass(frozen=True)
class Notation:
    """The symbols of a characterization: parameters that move, that are held or follow from others, and free values.

    Attributes
    ----------
    found
        The characterization.
    """

    found: Characterization

    @property
    def game(self) -> Any:
        """The game."""
        return self.found.game

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters that may be moved, or follow from others."""
        return tuple(p for p in self.game.parameter_list if p.name not in self.found.held)

    @cached_property
    def held(self) -> dict[Any, Any]:
        """The symbols of the parameters that are held, with their values."""
        return {p.expression: to_sympy(p.value) for p in self.game.parameter_list if p.name in self.found.held}

    @cached_property
    def tied(self) -> dict[Any, Any]:
        """The parameters that an assumption gives in terms of others."""
        moved = {p.expression for p in self.parameters}
        return {s: e for s, e in solved_equations(self.game.assumptions, self.held).items() if s in moved}

    @cached_property
    def free_symbols(self) -> tuple[Any, ...]:
        """The symbols of free values, of all classes together."""
        known = {*(p.expression for p in self.parameters), *self.held}
        rows = [row for kind in self.found for row in (*kind.behaviour, *kind.belief)]
        values = [value for row in rows for value in row if is_symbolic(value)]
        return tuple(sorted({s for value in values for s in value.free_symbols} - known, key=str))

    @cached_property
    def variables(self) -> dict[Any, str]:
        """The JavaScript variable of each symbol."""
        own = {p.expression: f"p{k}" for k, p in enumerate(self.parameters)}
        return own | {symbol: f"f{k}" for k, symbol in enumerate(self.free_symbols)}

    @cached_property
    def mathematics(self) -> Mathematics:
        """The formulas for reading."""
        return Mathematics(self.game, {symbol: self._free_in_letters(symbol) for symbol in self.free_symbols})

    def _free_in_letters(self, symbol: Any) -> str:
        """Return a free value as a letter with what it is of: a probability or a belief in an action or history."""
        frees = [free for kind in self.found for free in kind.free_list if free.symbol == symbol]
        letter = "q" if frees and frees[0].kind == "probability" else r"\mu"
        is_short = frees and len(frees[0].of) <= SHORT_NAME
        of = in_text(frees[0].of) if is_short else str(self.free_symbols.index(symbol) + 1)
        return rf"{letter}_{{\text{{{of}}}}}"

    def put_in(self, value: Any) -> Any:
        """Return a number, expression or condition with the parameters that are held at their values."""
        return to_sympy(value).xreplace(self.held)

    def code(self, value: Any) -> str:
        """Return a number or expression as JavaScript."""
        return javascript(self.put_in(value), self.variables)

    def math(self, value: Any) -> int | None:
        """Return the number of a formula for reading; None of a number, and of what fills more than two lines."""
        value = self.put_in(value)
        if value.is_number or len(plain(self.mathematics.formulas.formula(value))) > LONGEST:
            return None
        return self.mathematics.number(value)
