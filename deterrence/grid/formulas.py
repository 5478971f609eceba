"""The equilibrium classes that are known of a game, as formulas over some of its parameters."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from deterrence.answers.measure import Measure
from deterrence.answers.play_in_words import class_key
from deterrence.answers.solution import Equilibrium
from deterrence.games.game import Game
from deterrence.grid.assumed import assumed
from deterrence.grid.compile import Compiled, Places, Writer
from deterrence.grid.measured import compiled_forms
from deterrence.grid.steps import Steps
from deterrence.solvers.supports.closed_form import Parametric

Pattern = Any
MOST_KEPT = 16
"""So many programs are kept with a tree."""
ONE_AT_A_TIME = threading.Lock()
"""Closed forms are derived in one thread at a time; what was derived once is kept with the game."""


@dataclass(frozen=True)
class Program:
    """Hold formulas as steps: what stands where, for which pattern and class, and the assumptions.

    ``order`` says which axis each column of the steps is; ``special`` and ``edge`` tell where some formula
    divides by zero, or holds on a boundary; ``holds`` and ``fails`` where the assumptions surely hold and
    surely fail.
    """

    steps: Steps
    order: tuple[int, ...]
    patterns: tuple[Pattern, ...]
    keys: tuple[Any, ...]
    places: tuple[Places, ...]
    special: int
    edge: int
    holds: int
    fails: int

    def sides(self, points: Any) -> list[int]:
        """Return how blocks of points vary with each column."""
        return [points.sides[k] for k in self.order]


@dataclass(eq=False)
class Formulas:
    """Hold the classes known so far: one equilibrium of each pattern, and its closed forms."""

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
        if len(self.known) > before:
            self.__dict__.pop("program", None)
        return len(self.known) > before

    def copy(self) -> Formulas:
        """Return the same knowledge, to be added to alone."""
        other = replace(self, known=dict(self.known), compiled=dict(self.compiled))
        other.__dict__.update(parametric=self.parametric, program=self.program)
        return other

    @cached_property
    def program(self) -> Program:
        """All known classes, and the assumptions, as steps; what was written once is kept with the tree."""
        keys = tuple(class_key(self.known[pattern]) for pattern in self.compiled)
        written: dict[Any, Program] = self.parametric.__dict__.setdefault("_programs", {})
        question = (self.names, self.game.assumptions, tuple(self.compiled.items()), keys)
        if question not in written:
            if len(written) >= MOST_KEPT:
                written.pop(next(iter(written)), None)
            written[question] = self._written()
        return written[question]

    def _written(self) -> Program:
        writer = Writer(self.parametric)
        found: list[tuple[Pattern, Any, Places]] = []
        for pattern, forms in self.compiled.items():
            found += [(pattern, class_key(self.known[pattern]), form.write(writer)) for form in forms]
        steps, places = writer.steps, [each for *_, each in found]
        special = steps.either(each.special for each in places)
        edge = steps.either(steps.both((each.edge, each.exists)) for each in places)
        holds, fails = assumed(self.game, writer)
        order = tuple(self.names.index(symbol.name) for symbol in self.parametric.symbols)
        patterns, keys = tuple(row[0] for row in found), tuple(row[1] for row in found)
        return Program(steps, order, patterns, keys, tuple(places), special, edge, holds, fails)
