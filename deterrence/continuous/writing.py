"""The notation of continuous (or infinitely repeated) models: a decorator like ``game``."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from types import SimpleNamespace
from typing import Any, ParamSpec

from deterrence.continuous.games import ContinuousGame
from deterrence.errors import GameError
from deterrence.games.bodies.symbolic_body import declared, is_ours

Arguments = ParamSpec("Arguments")


def continuous(
    *players: str,
    outcomes: Sequence[str],
    kind: str = "continuous types",
    concept: str = "Bayesian equilibrium",
    actions: Sequence[str] = (),
    hidden_information: bool = True,
    assumes: Callable[[Any], Iterable[Any]] | None = None,
    name: str | None = None,
) -> Callable[[Callable[..., Any]], ContinuousGame]:
    """Make a :class:`ContinuousGame` of a function that returns equilibria at given parameter values.

    The function's arguments are the parameters, each with ``param`` or ``share`` as its default; its
    docstring is the caption. Its body runs whenever the model is solved, with plain floats, and returns a
    :class:`Play`, several of them, or an :class:`Answer`.

    Parameters
    ----------
    *players
        The players' names.
    outcomes
        The names of the outcomes; every equilibrium gives each a probability, and they sum to one.
    kind
        What the model is: ``"continuous types"``, ``"continuous action"``, ``"repeated"``, ``"war of attrition"``.
    concept
        The solution concept in which it answers, in words.
    actions
        Further names that ``probability`` answers to.
    hidden_information
        Whether someone must act without knowing all that was decided or drawn before.
    assumes
        Called with the parameters' symbols, ``lambda p: (p.low < p.high,)``; returns what is assumed of them.
    name
        What the model is called; by default the function's name.

    Raises
    ------
    GameError
        If an argument has no ``param(...)`` as its default, or a name stands twice.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.continuous import Play, best_choice, continuous
    >>> @continuous("Aggressor", outcomes=("peace", "war"), kind="continuous action")
    ... def probing(loss=dt.param(1, "loss in a war", low=0, high=10)):
    ...     "How hard to push, where a push of size e starts a war with probability e / 2."
    ...     payoff = lambda e: e - e / 2 * (e + loss)
    ...     push = best_choice(payoff, 0, 1)
    ...     return Play(
    ...         outcomes={"peace": 1 - push / 2, "war": push / 2},
    ...         payoffs={"Aggressor": payoff(push)},
    ...         strategies={"push": push},
    ...         gain=0,
    ...     )
    >>> round(dt.solve(probing)[0].strategies["push"], 6)
    0.5
    """

    def make(body: Callable[..., Any]) -> ContinuousGame:
        parameters = declared(body, name or body.__name__)
        given = {p.name: p.written if is_ours(body) else p.expression for p in parameters} if assumes else {}
        return ContinuousGame(
            tuple(players),
            tuple(outcomes),
            body,
            parameters,
            name or body.__name__,
            inspect.cleandoc(body.__doc__ or ""),
            kind,
            concept,
            hidden_information,
            tuple(actions),
            () if assumes is None else tuple(assumes(SimpleNamespace(**given))),
        )

    if players and callable(players[0]):
        raise GameError("Write @continuous('Challenger', 'Defender', outcomes=(…)), not @continuous alone.")
    return make


def family(factory: Callable[Arguments, ContinuousGame]) -> Callable[Arguments, ContinuousGame]:
    """Make the models that a function returns comparable by its arguments, and picklable.

    What is no number (how many attackers there are, the distribution of types) is an argument of a function
    that returns a model. The arguments must be hashable: tuples, and distributions as
    :func:`deterrence.continuous.types_from` returns them.
    """

    @wraps(factory)
    def model(*args: Arguments.args, **keywords: Arguments.kwargs) -> ContinuousGame:
        bound = inspect.signature(factory).bind(*args, **keywords)
        bound.apply_defaults()
        arguments = tuple((name, _hashable(value)) for name, value in bound.arguments.items())
        return factory(*args, **keywords).changed(origin=(model, arguments))

    return model


def _hashable(value: Any) -> Any:
    from deterrence.continuous.types import types_from

    if hasattr(value, "cdf") and hasattr(value, "ppf"):
        return types_from(value)
    if isinstance(value, (list, tuple)):
        return tuple(map(_hashable, value))
    return value
