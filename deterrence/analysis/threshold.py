"""Thresholds: at which value of a parameter the prediction changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, overload

from deterrence.analysis.answers.sweep import Sweep
from deterrence.analysis.answers.threshold import Threshold, ThresholdCurve, equals
from deterrence.analysis.questions import checked_question, curve_grid, searched_range
from deterrence.analysis.search.one_parameter import ParameterSearch
from deterrence.analysis.sweep import sweep
from deterrence.answers.measure import AnyMeasure
from deterrence.answers.method import Method
from deterrence.continuous import ContinuousGame
from deterrence.errors import ParameterError
from deterrence.games.expression import Exact
from deterrence.games.game import Game
from deterrence.games.kinds import refuse_other_kinds, thresholds_of
from deterrence.games.parameter import Parameter
from deterrence.progress import reporting
from deterrence.solvers.solve import chosen_method


@overload
def threshold(
    game: Game | ContinuousGame,
    parameter: str,
    measure: AnyMeasure,
    *,
    given: None = None,
    between: tuple[Any, Any] | None = None,
    method: Method | None = None,
    progress: bool | Callable[[float], None] | None = None,
) -> Threshold: ...


@overload
def threshold(
    game: Game | ContinuousGame,
    parameter: str,
    measure: AnyMeasure,
    *,
    given: str | Mapping[str, Any],
    between: tuple[Any, Any] | None = None,
    method: Method | None = None,
    progress: bool | Callable[[float], None] | None = None,
) -> ThresholdCurve: ...


def threshold(
    game: Game | ContinuousGame,
    parameter: str,
    measure: AnyMeasure,
    *,
    given: str | Mapping[str, Any] | None = None,
    between: tuple[Any, Any] | None = None,
    method: Method | None = None,
    progress: bool | Callable[[float], None] | None = None,
) -> Threshold | ThresholdCurve:
    """Find where a prediction changes as a parameter grows, the other parameters at their values.

    Parameters
    ----------
    game
        The game.
    parameter
        The name of the parameter that moves.
    measure
        ``probability("war")``, ``payoff("Defender")``, the name of an outcome or action, or any callable
        ``Equilibrium -> number``.
    given
        A second parameter, by name (over its plausible values) or with its values, such as
        ``{"punishment": [5, 10, 15]}``: the answer is then the threshold as a curve against it.
    between
        The least and greatest value to look at; by default the parameter's plausible values, or its declared range
        where none are declared. Where nothing jumps within plausible values the admissible ones beyond are searched
        as well, and the answer says what is there (``beyond``); ``value`` stays ``None``.
    method
        The solution concept; the game's default one otherwise.
    progress
        ``True`` for a bar on the terminal when it takes more than two seconds, or a callable that is told the
        share done, from 0 to 1.

    Returns
    -------
    Threshold
        Every value at which the measure jumps, in order, exact where rational, as a formula in the other
        parameters where there is one, with the direction (``jumps``; ``value`` and ``exact`` are those of the
        greatest jump), and every other value at which the set of equilibria changes (``boundaries``). With
        ``given`` a :class:`ThresholdCurve`.

    Raises
    ------
    ParameterError
        If the parameter is unknown, or has neither plausible values nor a finite range and ``between`` is not given.
    UnknownNameError
        If the game has no such outcome, action or player.

    Notes
    -----
    Equilibria are solved exactly at points of the range and derived in closed form with the parameter as the
    one symbol; the zeros of their conditions cut the range into pieces, and each piece is solved exactly at
    a point inside until no new class appears.

    Examples
    --------
    >>> import deterrence as dt
    >>> @dt.game("Challenger", "Defender")
    ... def strike(war=dt.param(3, "cost of retaliating", low=0, high=20)):
    ...     "Strike or not; the defender loses 6 if it does not answer."
    ...     return dt.move(
    ...         "Challenger",
    ...         restrain=dt.end("peace", 0, 0),
    ...         strike=dt.move(
    ...             "Defender", give=dt.end("grab", 4, -6), retaliate=dt.end("war", -5, -war)
    ...         ),
    ...     )
    >>> dt.threshold(strike, "war", "grab").value
    6
    """
    if given is None:
        return thresholds(game, parameter, measure, between=between, method=method, progress=progress)[0]
    with reporting(progress, f"Threshold of {parameter}") as report:
        return threshold_curve(game, parameter, measure, given, between, method, report)


def thresholds(
    game: Game | ContinuousGame,
    parameter: str,
    *measures: AnyMeasure,
    between: tuple[Any, Any] | None = None,
    method: Method | None = None,
    progress: bool | Callable[[float], None] | None = None,
) -> tuple[Threshold, ...]:
    """Find the thresholds of several measures in one search; see :func:`threshold`."""
    if not measures:
        raise ParameterError("Thresholds are those of a measure; name at least one, such as 'war' or payoff('…').")
    with reporting(progress, f"Thresholds of {parameter}") as report:
        answers: tuple[Threshold, ...] = thresholds_of(game, parameter, measures, between, method, report)
        if between is not None or all(answer.jumps for answer in answers):
            return answers
        return _looked_beyond(game, parameter, answers, method)


def _looked_beyond(
    game: Game | ContinuousGame, parameter: str, answers: tuple[Threshold, ...], method: Any
) -> tuple[Threshold, ...]:
    """Search the admissible values outside the plausible ones, where a measure does not jump within."""
    whole = admissible_beyond(game.parameters[parameter])
    if whole is None:
        return answers
    low, high = searched_range(game, parameter, None)
    quiet = [answer.measure for answer in answers if not answer.jumps]
    wider: Sequence[Threshold] = thresholds_of(game, parameter, tuple(quiet), whole, method, None)
    outside = {found.measure: tuple(jump for jump in found.jumps if not low < jump.value < high) for found in wider}
    complete = all(found.complete for found in wider)
    return tuple(
        answer
        if answer.jumps
        else replace(answer, beyond=outside[answer.measure], searched=whole, complete=answer.complete and complete)
        for answer in answers
    )


def admissible_beyond(parameter: Parameter) -> tuple[Exact, Exact] | None:
    """Return the admissible range where it goes beyond plausible values; for an open end stands the plausible one."""
    if parameter.plausible is None:
        return None
    low, high = parameter.plausible
    whole = (low if parameter.low is None else parameter.low, high if parameter.high is None else parameter.high)
    return None if whole == (low, high) else whole


@thresholds_of.register(Game)
def _thresholds(
    game: Game,
    parameter: str,
    measures: tuple[Any, ...],
    between: tuple[Any, Any] | None,
    method: Any,
    report: Callable[[float], None] | None,
) -> tuple[Threshold, ...]:
    """Return the thresholds of a finite game, from its equilibria in closed form along the parameter."""
    chosen = chosen_method(game, method)
    questions = checked_question(game, parameter, measures, "threshold")
    search = ParameterSearch(game, parameter, chosen, *searched_range(game, parameter, between), report)
    ends = None if between is None else (search.low, search.high)
    return tuple(
        Threshold(game, parameter, question, chosen, boundaries, search.complete, curve_of, ends)
        for question, boundaries in zip(questions, search.boundaries(questions), strict=True)
    )


def curve_of(threshold: Threshold) -> Sweep:
    """Return the measure of a threshold along the range looked at, on both sides of every boundary."""
    grid: Any = {threshold.parameter: threshold.values}
    return sweep(threshold.game, threshold.measure, grid, method=threshold.method)


def threshold_curve(
    game: Game | ContinuousGame,
    parameter: str,
    measure: Any,
    given: str | Mapping[str, Any],
    between: tuple[Any, Any] | None,
    method: Any,
    report: Callable[[float], None] | None,
) -> ThresholdCurve:
    """Find the threshold at every value of a second parameter, and the formulas that give it."""
    refuse_other_kinds(game, thresholds_of)
    (question,) = checked_question(game, parameter, (measure,), "threshold")
    ends, (other, at) = searched_range(game, parameter, between), curve_grid(game, parameter, given)
    answers: list[Threshold | None] = []
    for k, value in enumerate(at):
        try:
            answers += thresholds(game.at({other: value}), parameter, question, between=ends, method=method)
        except ParameterError:
            answers.append(None)
        if report is not None:
            report((k + 1) / len(at))
    values = tuple(None if answer is None else answer.value for answer in answers)
    pieces = _pieces(game, other, at, answers, values)
    return ThresholdCurve(game, parameter, question, other, at, values, pieces, ends, tuple(answers))


def _pieces(
    game: Any, other: str, at: Sequence[Exact], answers: Sequence[Threshold | None], values: Sequence[Any]
) -> tuple[tuple[Any, tuple[int, ...]], ...]:
    """Return formulas that give the threshold, derived at as few values as explain all."""
    unexplained = [k for k, value in enumerate(values) if value is not None]
    pieces: list[tuple[Any, tuple[int, ...]]] = []
    while unexplained:
        place = unexplained[len(unexplained) // 2]
        answer = answers[place]
        formula = None if answer is None else answer.exact
        if formula is None:
            unexplained.remove(place)
            continue
        agreeing = tuple(k for k in unexplained if equals(formula, game, other, at[k], values[k])) or (place,)
        pieces.append((formula, agreeing))
        unexplained = [k for k in unexplained if k not in agreeing]
    return tuple(sorted(pieces, key=lambda piece: piece[1]))
