"""The verb ``profile``: is what I wrote down an equilibrium, and if not, who breaks it and where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deterrence.analysis.referee.checked_profile import CONCEPTS, CheckedProfile
from deterrence.analysis.referee.strategies import Row, read_beliefs, read_strategies
from deterrence.answers.assessment import Assessment
from deterrence.answers.method import Method
from deterrence.errors import MethodError, ParameterError
from deterrence.games.expression import compile_exact, is_symbolic, show_value
from deterrence.games.game import Game
from deterrence.games.kinds import checked_game
from deterrence.solvers.solve import chosen_method


def profile(
    game: Game,
    strategies: Mapping[str, Any] | Assessment,
    beliefs: Mapping[str, Any] | None = None,
    *,
    method: Method | None = None,
) -> CheckedProfile:
    """Check an assessment of one's own: is it an equilibrium, and if not, who gains by what, and where.

    Parameters
    ----------
    game
        The game, at its present parameter values.
    strategies
        By information set, or by player: an action, ``{"Defender": "retaliate"}``, or probabilities,
        ``{"Defender": {"retaliate": "1/3"}}``, in which one action left out has the rest. A player's action alone is
        taken at every set of that player; else ``{"Defender": {"alarm": …, "no alarm": …}}``. Formulas in the
        parameters, ``"war/(war + loss)"``, stand for their present values. An equilibrium found will do, too.
    beliefs
        By information set: a history, or probabilities by history. Where play reaches a set, beliefs follow from it,
        and are compared with what is given. Where it does not and nothing is given, any belief may be held.
    method
        The concept that ``is_equilibrium`` answers for: ``Nash()``, ``SubgamePerfect()``, ``PerfectBayesian()`` or
        ``Sequential()``; the game's default one otherwise.

    Returns
    -------
    CheckedProfile
        Payoffs, outcomes, ``regret``, ``breaks`` (player, place and gain, in sentences), and what each concept says.
        It counts as true where it is an equilibrium.

    Raises
    ------
    UnknownNameError
        If a player, information set, action or history is not the game's.
    ParameterError
        If an information set is left out, or probabilities are negative or do not sum to one.
    ValueKindError
        If strategies or beliefs are not given by name.
    MethodError
        If the concept is none of those that a profile is checked for.

    Notes
    -----
    All arithmetic is exact. Gains are computed from the tree alone. Beliefs that support play off its path are sought
    by an exact linear programme over what the concept leaves free: so *no* is proved as well as *yes*. By the
    one-shot-deviation principle no gain at any one information set means none at all.

    Examples
    --------
    >>> import deterrence as dt
    >>> strike = dt.models.load("folklore/strike").game
    >>> mine = dt.profile(strike, {"Challenger": "restrain", "Defender": "restrain"})
    >>> mine.is_nash, mine.regret
    (False, 4)
    >>> print(mine.breaks[0])
    Challenger gets 0, and with 'strike' 4: a gain of 4.
    """
    if checked_game(game).has_continuum:
        raise MethodError(
            f"The game {game.name!r} has numbers without end ({', '.join(game.variables)}), and strategies are checked "
            "in finite trees, such as game.on_grid(…). What dt.solve returns tells by .regret how far it is from an "
            "equilibrium."
        )
    chosen = chosen_method(game, method)
    if chosen.concept not in CONCEPTS:
        raise MethodError(
            f"A profile is checked as one of {', '.join(CONCEPTS)}, not as a {chosen.concept}: "
            "leave method= out, or give dt.Nash(), dt.SubgamePerfect(), dt.PerfectBayesian() or dt.Sequential()."
        )
    rows = _at_present(game, read_strategies(game, strategies))
    given = [None if row is None else _at_present(game, (row,))[0] for row in read_beliefs(game, beliefs)]
    return CheckedProfile(game, chosen.concept, rows, tuple(given))


def _at_present(game: Game, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return rows of numbers: formulas at the game's present parameter values.

    Raises
    ------
    ParameterError
        If a formula gives no probability there.
    """
    numbers = tuple(tuple(_number(game, item) for item in row) for row in rows)
    for row, written in zip(numbers, rows, strict=True):
        for p, item in zip(row, written, strict=True):
            if not 0 <= p <= 1:
                raise ParameterError(
                    f"At the present parameter values {show_value(item)} is {show_value(p)}, which is no probability."
                )
    return numbers


def _number(game: Game, item: Any) -> Any:
    if not is_symbolic(item):
        return item
    free = {str(symbol) for symbol in item.free_symbols} - set(game.parameters)
    if free:
        raise ParameterError(
            f"The profile leaves {', '.join(sorted(free))} free; give numbers, or formulas in the game's parameters."
        )
    return compile_exact(item)(game.values)
