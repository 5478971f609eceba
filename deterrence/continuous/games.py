"""A continuous (or infinitely repeated) model, as a value: players, outcomes, parameters, and its solution."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib import import_module
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

from deterrence.errors import GameError, MechanismError, MethodError, ParameterError
from deterrence.games.bodies.written import Written
from deterrence.games.expression import Exact, compile_condition
from deterrence.games.game import _check_unique, _checked_players
from deterrence.games.kinds import answered_in, refusal, solution_of
from deterrence.games.named import Named
from deterrence.games.outline import _parameter_lines
from deterrence.games.parameter import Parameter, refuse_call, values_in_words, with_plausible, with_values
from deterrence.games.writing import read_in_sympy
from deterrence.views import Shown

VERBS = "solve, sweep, threshold and sensitivity"


@answered_in("deterrence.continuous.answers", "deterrence.analysis.numerical")
@read_in_sympy("assumptions")
@dataclass(frozen=True, eq=False, repr=False)
class ContinuousGame(Shown):
    """A model with continuous types or actions, or endless play, that answers as a game does.

    Write one with :func:`deterrence.continuous.continuous`. It is a value: it never changes, compares equal to
    an equal one, hashes and pickles. It answers ``solve``, ``sweep``, ``threshold`` and ``sensitivity``;
    mechanisms change trees and so do not apply to it.

    Attributes
    ----------
    players
        The players' names.
    outcomes
        The names of the outcomes, one of which happens.
    body
        What answers at a point: called with every parameter as a float, it returns equilibria.
    parameter_list
        The parameters with their present values; ``parameters`` shows them by name.
    name, caption
        What the model is called, and a sentence about it.
    kind
        What it is instead of a tree: ``"continuous types"``, ``"continuous action"``, ``"repeated"`` or ``"war
        of attrition"``.
    concept
        The solution concept in which it answers, in words.
    hidden_information
        Whether someone must act without knowing all that was decided or drawn before.
    actions
        Further names that ``probability`` answers to, beside the outcomes.
    assumptions
        Conditions on the parameters, as SymPy comparisons.
    origin
        The function of ordinary arguments that made the model, with the arguments, where one did.

    Raises
    ------
    GameError
        If players, outcomes or parameters do not make a model; the sentence says why.
    ParameterError
        If the present values break an assumption.
    """

    players: tuple[str, ...]
    outcomes: tuple[str, ...]
    body: Callable[..., Any]
    parameter_list: tuple[Parameter, ...] = ()
    name: str = "model"
    caption: str = ""
    kind: str = "continuous types"
    concept: str = "Bayesian equilibrium"
    hidden_information: bool = True
    actions: tuple[str, ...] = ()
    assumptions: tuple[Any, ...] = ()
    origin: tuple[Callable[..., Any], tuple[tuple[str, Any], ...]] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "players", _checked_players(self.players))
        names = (*self.outcomes, *self.actions)
        if not self.outcomes:
            raise GameError(f"The model {self.name!r} names no outcome; give outcomes=('status quo', 'war').")
        twice = [name for name in names if names.count(name) > 1]
        if twice:
            raise GameError(f"Two outcomes or actions of {self.name!r} are called {twice[0]!r}.")
        _check_unique([parameter.name for parameter in self.parameter_list])
        self._check_assumptions()

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """The parameters by name."""
        return Named({parameter.name: parameter for parameter in self.parameter_list})

    @cached_property
    def values(self) -> Mapping[str, Exact]:
        """The present value of every parameter, exact."""
        return Named({parameter.name: parameter.value for parameter in self.parameter_list})

    if not TYPE_CHECKING:  # to a type checker a model cannot be called

        def __call__(self, *_: object, **values: object) -> NoReturn:
            """Refuse to be called: other values go in with :meth:`at`."""
            refuse_call(self.name, values)

    def at(self, values: Mapping[str, object] | None = None, /, **more: object) -> ContinuousGame:
        """Return the same model with other parameter values.

        Parameters
        ----------
        values, **more
            New values by parameter name; the others stay.

        Raises
        ------
        ParameterError
            If a name is no parameter, a value is out of range or breaks an assumption of the model.
        """
        changed = with_values(f"model {self.name!r}", self.parameter_list, values, more)
        return self.changed(parameter_list=changed)

    def plausible(self, ranges: Mapping[str, Any] | None = None, /, *, why: str = "", **more: Any) -> ContinuousGame:
        """Return the same model with plausible values of your own, as :meth:`deterrence.Game.plausible` does.

        Parameters
        ----------
        ranges, **more
            The least and greatest plausible value by parameter name; ``None`` takes a declaration away.
        why
            Why these, in a few words.

        Raises
        ------
        ParameterError
            If a name is no parameter, or the ends are out of order, not admissible, or leave the present value out.
        """
        declared = with_plausible(f"model {self.name!r}", self.parameter_list, ranges, why, more)
        return self.changed(parameter_list=declared)

    def changed(self, **fields: Any) -> ContinuousGame:
        """Return the same model with other fields."""
        return replace(self, **{"assumptions": self.__dict__["assumptions"], **fields})

    def solution(self, method: Any = None) -> Any:
        """Return the equilibria at the present values; what ``solve`` asks.

        Raises
        ------
        MethodError
            If a solution concept is given: the model answers in its own.
        """
        return solution_of(self, method)

    def under(self, *_mechanisms: Any) -> NoReturn:
        """Refuse mechanisms: they change trees, and this model has none.

        Raises
        ------
        MechanismError
            Always.
        """
        raise MechanismError(self._no_mechanism)

    @property
    def _no_mechanism(self) -> str:
        return (
            f"Mechanisms apply to trees, and {self.name!r} has none ({self.kind}). Its parameters are the place to set "
            f"deniability, sanctions and the like: {', '.join(self.values)}."
        )

    @property
    def tree(self) -> NoReturn:
        """Refuse to be rewritten, as mechanisms do with trees.

        Raises
        ------
        MechanismError
            Always.
        """
        raise MechanismError(self._no_mechanism)

    @property
    def writing(self) -> NoReturn:
        """Refuse to be rewritten, as :attr:`tree` does.

        Raises
        ------
        MechanismError
            Always.
        """
        raise MechanismError(self._no_mechanism)

    @property
    def form(self) -> NoReturn:
        """Refuse to be read as a tree.

        Raises
        ------
        MethodError
            Always; the sentence says which verbs answer.
        """
        raise MethodError(self.no_tree)

    @property
    def no_tree(self) -> str:
        """The sentence that says that there is no tree, and which verbs answer."""
        return (
            f"The model {self.name!r} is a continuous (or infinitely repeated) model ({self.kind}). It answers {VERBS}."
        )

    @property
    def mechanisms(self) -> tuple[Any, ...]:
        """None: mechanisms change trees."""
        return ()

    # -- value -----------------------------------------------------------------------------------------

    def _in_sympy(self, field: str) -> tuple[Any, ...]:
        return tuple(c._sympy_() if type(c) is Written else c for c in self.__dict__[field])

    def _check_assumptions(self) -> None:
        for condition in self.__dict__["assumptions"]:
            if not _compiled(condition)(self.values):
                point = values_in_words(condition, self.values)
                raise ParameterError(f"The model {self.name!r} assumes {condition}, which fails at {point}.")

    @cached_property
    def _key(self) -> tuple[Any, ...]:
        made_by = self.body if self.origin is None else self.origin
        written = self.__dict__["assumptions"]
        return (made_by, self.players, self.outcomes, self.actions, self.parameter_list, self.name, written)

    def __eq__(self, other: object) -> bool:
        return self._key == other._key if isinstance(other, ContinuousGame) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._key)

    def __reduce__(self) -> tuple[Any, ...]:
        from deterrence.continuous.games import restored

        if self.origin is None and "<locals>" in self.body.__qualname__:
            raise TypeError(
                f"The model {self.name!r} was written inside a function and cannot be pickled; decorate that function "
                "with deterrence.continuous.family."
            )
        place = self.origin or (self.body.__module__, self.body.__qualname__)
        return restored, (place, tuple(self.values.items()))

    # -- in words --------------------------------------------------------------------------------------

    def __str__(self) -> str:
        lines = [f"{self.name}: {self.caption.splitlines()[0]}" if self.caption else self.name]
        lines += [f"  {self.kind}; it answers with a {self.concept}"]
        lines += [f"  Players: {', '.join(self.players)}", f"  Outcomes: {', '.join(self.outcomes)}"]
        if self.actions:
            lines.append(f"  Actions: {', '.join(self.actions)}")
        if self.parameter_list:
            lines += ["", "Parameters", *_parameter_lines(self.parameter_list)]
        if self.assumptions:
            lines += ["", "Assumed: " + ", ".join(map(str, self.assumptions))]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<ContinuousGame {self.name!r}: {', '.join(self.players)}; {len(self.parameter_list)} parameters>"


@lru_cache(maxsize=512)
def _compiled(condition: Any) -> Callable[[Mapping[str, Exact]], bool]:
    return compile_condition(condition)


def restored(place: Any, values: tuple[tuple[str, Any], ...]) -> ContinuousGame:
    """Return a model from where it was written, or from what made it, at parameter values."""
    first, second = place
    if callable(first):
        return first(**dict(second)).at(dict(values))
    model: ContinuousGame = attrgetter(second)(import_module(first)).at(dict(values))
    return model


@refusal.register(ContinuousGame)
def _refused(model: ContinuousGame) -> NoReturn:
    """Refuse a question that only finite games answer."""
    raise MethodError(model.no_tree)
