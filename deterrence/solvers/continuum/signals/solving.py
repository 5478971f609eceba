"""Signals chosen from a continuum: which games these are, and which of their kinds is solved how."""

from __future__ import annotations

from typing import Any

from deterrence.answers.solution import Solution
from deterrence.errors import MethodError
from deterrence.games.game import Game
from deterrence.solvers.continuum.signals import cheap_talk, finite_replies, schedules
from deterrence.solvers.continuum.signals.shape import Signal, shape_of, signals
from deterrence.solvers.perfect_bayesian import PerfectBayesian
from deterrence.solvers.sequential import Sequential


def objection(game: Game, _method: Any = None) -> str:
    """Return why a game is none of signals; an empty text where it is one."""
    if any(True for _ in signals(game)):
        return ""
    return "No player with a hidden type chooses a number for somebody whose reply depends on that type."


def solve(game: Game, method: Any = None) -> Solution:
    """Return the equilibria of a game of signals.

    Raises
    ------
    MethodError
        If the game is of a kind that is not solved, or the method does not fit it.
    """
    signal = shape_of(game)
    free = cheap_talk.is_talk(signal)
    chosen = _checked(method, free)
    if free:
        return cheap_talk.solved(signal, chosen)
    if not by_d1(chosen):
        raise MethodError(
            f"Without D1 there is a continuum of equilibria in which {signal.sender} signals by "
            f"{signal.message.name!r}: a belief about who sends a signal that nobody sends supports nearly any. Ask "
            "dt.solve(game, dt.D1())."
        )
    return _family(signal).solved(signal, chosen)


def by_d1(method: Any) -> bool:
    """Tell whether a method asks for the equilibria that pass D1."""
    return getattr(method, "refined_by", "") == "D1"


def _checked(method: Any, free: bool) -> Any:
    """Return the method that is asked for, or perfect Bayesian equilibrium."""
    if isinstance(method, Sequential):
        asked = ("dt.PerfectBayesian()", "dt.D1()") if free else ("dt.D1()",)
        raise MethodError(
            "Sequential equilibrium is not defined where there is a continuum of types and signals. Ask "
            f"{' or '.join(f'dt.solve(game, {one})' for one in asked)}."
        )
    if method is not None and not (isinstance(method, PerfectBayesian) or by_d1(method)):
        raise MethodError(
            f"Signals chosen from a continuum are solved with dt.D1() or dt.PerfectBayesian(); got {method!r}."
        )
    return PerfectBayesian() if method is None else method


def _family(signal: Signal) -> Any:
    """Return the module that solves a costly signal: with two replies, or with a reply that depends smoothly on it."""
    return finite_replies if signal.own is None and signal.reply is None else schedules
