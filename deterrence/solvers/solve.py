"""The verb ``solve``, and the default concept for a game."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from deterrence.answers.method import Method, method_meant
from deterrence.answers.solution import Solution
from deterrence.continuous import ContinuousGame, ContinuousSolution
from deterrence.errors import MethodError
from deterrence.games.game import Game
from deterrence.games.kinds import checked_game, solution_of

if TYPE_CHECKING:
    from deterrence.solvers.correlated import Correlated, CorrelatedSolution


def default_method(game: Game) -> Any:
    """Return the concept that suits a game: what ``method=None`` stands for.

    Perfect information: ``SubgamePerfect()``. One simultaneous move: ``Nash()``. Otherwise
    ``PerfectBayesian()``; a game with numbers without end is solved by what its tree calls for.
    """
    if game.has_continuum:
        from deterrence.solvers.continuum.concept import Continuum

        return Continuum()
    if game.form.perfect_information:
        from deterrence.solvers.subgame_perfect import SubgamePerfect

        return SubgamePerfect()
    if game.form.simultaneous:
        from deterrence.solvers.nash import Nash

        return Nash()
    from deterrence.solvers.perfect_bayesian import PerfectBayesian

    return PerfectBayesian()


def chosen_method(game: Game, method: Any) -> Any:
    """Return the method asked for, or the default one where none is.

    Raises
    ------
    MethodError
        If something else than a solution concept is given.
    """
    checked_game(game)
    if method is None:
        return default_method(game)
    if isinstance(method, type) or not hasattr(method, "solve") or not hasattr(method, "concept"):
        raise MethodError(
            f"A method is a solution concept such as SubgamePerfect(), Nash() or PerfectBayesian(); got {method!r}."
            f"{method_meant(method)}"
        )
    if game.has_continuum:
        from deterrence.solvers.continuum.concept import Continuum

        if isinstance(method, Continuum):
            return method
        _check_concept(game, method)
        return Continuum(method)
    return method


def finite_method(game: Game, method: Any) -> Any:
    """Return the same for a question that only finite trees answer.

    Raises
    ------
    MethodError
        If the game has numbers without end, or something else than a solution concept is given.
    """
    checked_game(game).require_finite_tree()
    return chosen_method(game, method)


@overload
def solve(game: ContinuousGame, method: None = None) -> ContinuousSolution: ...


@overload
def solve(game: Game, method: Correlated) -> CorrelatedSolution: ...


@overload
def solve(game: Game, method: Method | None = None) -> Solution: ...


def solve(game: Game | ContinuousGame, method: Method | None = None) -> Any:
    """Find the equilibria of a game at its present parameter values, exactly.

    Parameters
    ----------
    game
        The game; set other values with ``game.at(...)``. A continuous (or infinitely repeated)
        model (see :class:`deterrence.continuous.ContinuousGame`) answers in its own concept.
    method
        The solution concept, such as ``SubgamePerfect()``, ``Nash()`` or ``PerfectBayesian()``. By default:
        subgame perfect where everyone sees everything, Nash for one simultaneous move, else perfect Bayesian.

    Returns
    -------
    Solution
        The equilibria with strategies, beliefs, payoffs and outcomes as exact fractions; ``status`` and
        ``complete`` say how far the search went.

    Examples
    --------
    >>> import deterrence as dt
    >>> @dt.game("Challenger", "Defender")
    ... def threat(war=dt.param(3, "cost of retaliating")):
    ...     "A strike, and a threat to retaliate."
    ...     return dt.move(
    ...         "Challenger",
    ...         restrain=dt.end("peace", 0, 0),
    ...         strike=dt.move(
    ...             "Defender", give=dt.end("grab", 1, -5), retaliate=dt.end("war", -4, -war)
    ...         ),
    ...     )
    >>> dt.solve(threat)[0].outcomes
    {'peace': 1, 'grab': 0, 'war': 0}
    """
    return solution_of(game, method)


@solution_of.register(Game)
def _solution(game: Game, method: Method | None) -> Any:
    """Return the solution of a game whose form is a tree."""
    return chosen_method(game, method).solve(game)


def _check_concept(game: Game, method: Any) -> None:
    """Refuse concepts that are not for games with numbers without end, or not for those that somebody does not see."""
    from deterrence.solvers.correlated import Correlated
    from deterrence.solvers.nash import Nash
    from deterrence.solvers.quantal import Quantal
    from deterrence.solvers.sequential import Sequential
    from deterrence.solvers.subgame_perfect import SubgamePerfect

    drawn = next((v.name for v in game.form.variables if v.is_draw), None)
    if isinstance(method, Sequential) and drawn is not None:
        raise MethodError(
            f"Sequential equilibrium is not defined for a continuum of types such as {drawn!r} of {game.name!r}. Ask "
            "dt.solve(game, dt.PerfectBayesian()), or dt.solve(game, dt.D1()) where a signal is sent."
        )
    if isinstance(method, (Nash, Sequential, Correlated, Quantal)):
        game.require_finite_tree()
    hidden = next((v.name for v in game.form.variables if set(game.players) - set(v.known_to)), None)
    if isinstance(method, SubgamePerfect) and hidden is not None:
        raise MethodError(
            f"SubgamePerfect() needs perfect information, and in {game.name!r} not every player sees {hidden!r}. Use "
            "PerfectBayesian(), whose play is an equilibrium in every subgame too."
        )
