"""What a game is written of, shared by the games that differ in parameter values alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from deterrence.games.bodies.written import Written
from deterrence.games.draws import ChanceDraw, Ranges, draws_of
from deterrence.games.expression import Exact, compile_condition, in_sympy, names_in
from deterrence.games.form import ExtensiveForm
from deterrence.games.parameter import Parameter
from deterrence.games.tree import Chance, Choice, Draw, End, Node, rewrite

Holds = Callable[[Mapping[str, Exact]], bool]


@dataclass(eq=False)
class Writing:
    """A plain tree, the parameters and what is assumed of them, as written; and the same in SymPy, when asked for.

    Numbers need no SymPy: :attr:`form`, :attr:`draws` and :attr:`conditions` serve what is solved at values. What holds
    whatever the values are is checked in SymPy: at once where the game was written in it, else with the first question
    that needs it.
    """

    tree: Node
    form: ExtensiveForm
    parameters: tuple[Parameter, ...]
    assumptions: tuple[Any, ...]

    @cached_property
    def is_written(self) -> bool:
        """Whether something stands in it that SymPy has not seen."""
        return any(type(value) is Written for value in (*self.form.symbolic, *self.assumptions))

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that stand in it for parameters."""
        names = frozenset().union(*map(names_in, (*self.form.symbolic, *self.assumptions)))
        return names - {variable.name for variable in self.form.variables}

    @cached_property
    def draws(self) -> tuple[ChanceDraw, ...]:
        """The chance nodes whose probabilities depend on parameters alone, of equal ones the first."""
        return draws_of(self.form)

    @cached_property
    def conditions(self) -> tuple[tuple[Any, Holds], ...]:
        """Each assumption as written, and a function that tells whether it holds at parameter values."""
        return tuple((condition, compile_condition(condition)) for condition in self.assumptions)

    def check(self) -> None:
        """Check what must hold whatever the values are; raise :class:`GameError` where it does not."""
        _ = self.assumptions_in_sympy

    # -- in SymPy ------------------------------------------------------------------------------------

    @cached_property
    def tree_in_sympy(self) -> Node:
        """The tree, with the expressions of SymPy in it."""
        return rewrite(self.tree, lambda node, _: _in_sympy(node)) if self.is_written else self.tree

    @cached_property
    def assumptions_in_sympy(self) -> tuple[Any, ...]:
        """The assumptions as SymPy has them, and that no probability falls below zero where the ranges admit that.

        Raises
        ------
        GameError
            If probabilities do not sum to one whatever the parameters are.
        """
        seen = [c._sympy_() if type(c) is Written else c for c in self.assumptions]
        assumed = list(dict.fromkeys(condition for condition in seen if condition is not _always()))
        ranges = Ranges(self.parameters, tuple(assumed))
        for draw in self._draws_in_sympy:
            if draw.symbolic:
                draw.check_over(ranges)
                assumed.extend(c for c in draw.assumed(ranges) if c not in assumed)
        return tuple(assumed)

    @cached_property
    def conditions_in_sympy(self) -> tuple[tuple[Any, Holds], ...]:
        """Each assumption as SymPy has it, and a function that tells whether it holds at parameter values."""
        return tuple((condition, compile_condition(condition)) for condition in self.assumptions_in_sympy)

    @property
    def _draws_in_sympy(self) -> tuple[ChanceDraw, ...]:
        if not self.is_written:
            return self.draws
        return tuple(ChanceDraw(draw.place, tuple(map(in_sympy, draw.row))) for draw in self.draws)


def _always() -> Any:
    import sympy as sp

    return sp.true


def _in_sympy(node: Node) -> Node:
    """Return a node whose payoffs or probabilities are numbers and expressions of SymPy."""
    if isinstance(node, End):
        return End(node.outcome, tuple(map(in_sympy, node.payoffs)))
    if isinstance(node, Chance):
        return Chance(node.labels, tuple(map(in_sympy, node.probabilities)), node.children)
    if isinstance(node, Draw):
        return replace(node, law=node.law.in_sympy())
    if isinstance(node, Choice):
        return replace(node, low=in_sympy(node.low), high=in_sympy(node.high))
    return node


Kind = TypeVar("Kind")


def read_in_sympy(*fields: str) -> Callable[[type[Kind]], type[Kind]]:
    """Return a decorator of a dataclass whose fields are given as they are written, and read as SymPy has them."""

    def made(kind: type[Kind]) -> type[Kind]:
        for field in fields:
            setattr(kind, field, _Field(field))
        return kind

    return made


@dataclass(frozen=True, slots=True)
class _Field:
    """A field that keeps what is given, and asks its owner for the same in SymPy."""

    name: str

    def __get__(self, game: Any, _kind: type) -> Any:
        return self if game is None else game._in_sympy(self.name)

    def __set__(self, game: Any, value: Any) -> None:
        game.__dict__[self.name] = value
