"""The verb ``characterize``: every class of equilibria as formulas, with the condition for each."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from deterrence.answers.classes import Characterization
from deterrence.answers.method import Method
from deterrence.answers.solution import Equilibrium, Solution
from deterrence.errors import MethodError, ParameterError, unknown
from deterrence.games.expression import compile_exact, is_rounded
from deterrence.games.game import Game
from deterrence.games.kinds import checked_game
from deterrence.progress import reporting
from deterrence.solvers.discovery.discovery import Discovery
from deterrence.solvers.nash import Nash
from deterrence.solvers.perfect_bayesian import PerfectBayesian
from deterrence.solvers.solve import chosen_method
from deterrence.solvers.subgame_perfect import SubgamePerfect
from deterrence.solvers.supports.pattern_search import order

NEAR = Fraction(1, 10**20)
"""So near to a boundary that is no ratio of polynomials, and rounded, a game is solved afresh."""
BUDGET = 60.0
"""Seconds that a question may take unless another budget is given."""


def characterize(
    game: Game,
    method: Method | None = None,
    *,
    parameters: Sequence[str] | None = None,
    budget: float | None = None,
    progress: Any = None,
) -> Characterization:
    """Find every class of equilibria of a parametric game in closed form, with the condition for each.

    Parameters
    ----------
    game
        The game; its declared ranges and assumptions matter, and the present values of parameters held fixed.
    method
        ``SubgamePerfect()``, ``Nash()`` for a simultaneous game, or ``PerfectBayesian()``; by default the one
        that suits the game. Nash equilibria of a tree are those of its strategic form.
    parameters
        The parameters that may stand in the formulas; the others are held at their present values. By default
        all. A game with many parameters is often out of reach in all of them, but not in one or two.
    budget
        The seconds that the search may take, by the clock; by default a minute. When they are over, or on Ctrl-C, the
        classes found so far are returned, and ``complete`` is False.
    progress
        ``True`` for a bar on the terminal, or a callable that is told the share done.

    Returns
    -------
    Characterization
        The classes with strategies, beliefs, payoffs and outcomes as expressions in the parameters, each with
        ``when`` it exists. Equilibria that exist only where payoffs happen to tie are left out; ``at(…)``
        finds them at such a point. ``complete`` says whether these are proved to be all; where not, ``covered`` tells
        at what share of points drawn afresh all equilibria are among them.

    Raises
    ------
    MethodError
        If the concept has no closed form here.
    UnknownNameError
        If a name is no parameter.
    ParameterError
        If the budget is no number of seconds above zero.

    Notes
    -----
    Patterns of play, a choice of support at every information set, are looked for at some 1,500 points of the
    parameters' ranges. For each the indifference conditions are solved over the field of rational functions of the
    parameters, and each class is verified at a point where it exists. That no other pattern occurs anywhere is proved
    by bounds over boxes of parameter values, with up to three parameters, or by a search that excludes a support only
    by proof. Where the proof fails, more points are drawn, and points just across the borders of the classes found.

    Games of stages and games of perfect information are characterized backward over their proper subgames instead,
    equal ones once: the classes of the whole are the combinations of local classes whose conditions some parameter
    values satisfy together. More than 100 are given as products, in ``factors``, whose members are formed when asked
    for.

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
    >>> [str(equilibria.when) for equilibria in dt.characterize(strike)]
    ['6 >= war', 'war >= 6']
    """
    checked_game(game)
    if budget is not None and (isinstance(budget, bool) or not isinstance(budget, (int, float)) or not budget > 0):
        raise ParameterError(f"budget={budget!r} is no time: give a number of seconds above zero.")
    names = tuple(game.parameters) if parameters is None else tuple(parameters)
    for name in names:
        if name not in game.parameters:
            raise unknown("parameter", name, game.parameters)
    if game.has_continuum:
        from deterrence.solvers.continuum.characterizing import characterized

        with reporting(progress, f"Characterizing {game.name}") as tell:
            return characterized(game, method, names, BUDGET if budget is None else budget, tell)
    concept = chosen_method(game, method)
    if not isinstance(concept, (SubgamePerfect, Nash, PerfectBayesian)):
        raise MethodError(
            f"There is no closed form for {concept!r}; SubgamePerfect(), Nash() and PerfectBayesian() have one."
        )
    if isinstance(concept, SubgamePerfect) and not game.form.perfect_information:
        concept.solve(game)
    if isinstance(concept, Nash) and not game.form.simultaneous:
        raise MethodError(
            "Nash equilibria of a tree in closed form are not given: most of them rest on threats that would not be "
            "carried out. Use the default method, or write the strategic form as a matrix."
        )
    with reporting(progress, f"Characterizing {game.name}") as tell:
        found = Discovery(game, concept.concept, names, BUDGET if budget is None else budget, tell).run()
    return Characterization(
        game,
        concept,
        found.classes,
        not found.unresolved,
        found.unresolved,
        found.boundaries,
        solved_afresh if found.by_subgames else solution_at,
        tuple(name for name in game.parameters if name not in names),
        found.covered,
        found.factors,
    )


def solution_at(characterization: Characterization, game: Game) -> Solution:
    """Return the solution at a game's values: from the classes, or solved anew where a boundary is near.

    Backward induction is quick, and Nash equilibria of two players are listed by their extreme ones: those concepts
    are asked themselves, so that the answer is the one that they give.
    """
    known = characterization.complete and isinstance(characterization.method, PerfectBayesian)
    if not known or _on_boundary(characterization.boundaries, game):
        return solved_afresh(characterization, game)
    method = characterization.method
    equilibria: list[Equilibrium] = []
    for pattern in dict.fromkeys(item.pattern for item in characterization.classes):
        equilibria += PerfectBayesian().equilibria_of(game, pattern, method.concept)
    return Solution(game, method, tuple(sorted(equilibria, key=order)), "solved", complete=True)


def solved_afresh(characterization: Characterization, game: Game) -> Solution:
    """Return the solution at a game's values, solved anew: with proper subgames that is sooner than from classes."""
    solution: Solution = characterization.method.solve(game)
    return solution


def _on_boundary(boundaries: Sequence[Any], game: Game) -> bool:
    slack = NEAR if any(is_rounded(expression) for expression in boundaries) else 0
    numbers = (Fraction(compile_exact(expression)(game.values)) for expression in boundaries)
    return any(-slack <= number <= slack for number in numbers)
