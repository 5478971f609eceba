"""The equilibrium classes that are known of a game, as formulas over some of its parameters."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from deterrence.answers.measure import Measure
from deterrence.answers.naming import class_key
from deterrence.answers.solution import Equilibrium
from deterrence.games.game import Game
from deterrence.grid.compile import Compiled
from deterrence.grid.measured import compiled_forms
from deterrence.grid.values import Values
from deterrence.solvers.supports.closed_form import Parametric

Pattern = Any
ONE_AT_A_TIME = threading.Lock()
"""Closed forms are derived in one thread at a time; what was derived is kept for the others."""


@dataclass(frozen=True, slots=True)
class ClassForm:
    """A closed form of a class, with the class's key and one of its patterns."""

    pattern: Pattern
    key: Any
    formula: Compiled


@dataclass(eq=False)
class Formulas:
    """The classes known so far: one equilibrium of each pattern, and its closed forms."""

    game: Game
    names: tuple[str, ...]
    measures: tuple[Measure, ...]
    known: dict[Pattern, Equilibrium] = field(default_factory=dict)
    compiled: dict[Pattern, tuple[Compiled, ...]] = field(default_factory=dict)

    @cached_property
    def parametric(self) -> Parametric:
        """The game over the field of rational functions of the parameters."""
        return Parametric.of(self.game, self.names)

    def learn(self, equilibria: Iterable[Equilibrium]) -> bool:
        """Take in the classes of equilibria; return whether one was new."""
        before = len(self.known)
        with ONE_AT_A_TIME:
            for equilibrium in equilibria:
                pattern = equilibrium.pattern
                if pattern not in self.known:
                    self.known[pattern] = equilibrium
                    self.compiled[pattern] = compiled_forms(self.parametric, pattern, self.measures)
        return len(self.known) > before

    def copy(self) -> Formulas:
        """Return the same knowledge, to be added to alone."""
        other = replace(self, known=dict(self.known), compiled=dict(self.compiled))
        other.__dict__["parametric"] = self.parametric
        return other

    def forms(self) -> list[ClassForm]:
        """Return the closed forms of all known classes."""
        kinds = [(pattern, class_key(self.known[pattern]), formulas) for pattern, formulas in self.compiled.items()]
        return [ClassForm(pattern, key, formula) for pattern, key, formulas in kinds for formula in formulas]

    def at(self, columns: Sequence[np.ndarray]) -> Values:
        """Return what is to be evaluated at points, given by a column of values a name."""
        columns_of = dict(zip(self.names, columns, strict=True))
        return Values(self.parametric, [columns_of[symbol.name] for symbol in self.parametric.symbols])
