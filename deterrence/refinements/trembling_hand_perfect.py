"""Trembling-hand perfection of equilibria of two-player games."""

from __future__ import annotations

from deterrence.answers.solution import Solution
from deterrence.errors import MethodError
from deterrence.refinements._verdicts import checked
from deterrence.refinements.undominated import without_dominated


def trembling_hand_perfect(solution: Solution) -> Solution:
    """Keep the equilibria of a two-player game that survive small mistakes in the choice of strategies.

    An equilibrium is perfect if it is a limit of equilibria in which every strategy must be chosen with some
    small probability.

    Parameters
    ----------
    solution
        What ``solve`` returned for a game in which at most two players have a choice.

    Returns
    -------
    Solution
        The equilibria that are perfect in the strategic form; the status says which were removed and why.

    Raises
    ------
    MethodError
        If more than two players have a choice, where the test below is necessary but not sufficient.

    Notes
    -----
    With two players an equilibrium is perfect exactly if neither player's (mixed) strategy is weakly
    dominated; that is decided by linear programs in fractions. Mistakes concern whole strategies: perfection
    in the tree, with mistakes at each information set, is another concept (:class:`Sequential` is close to it).

    References
    ----------
    Selten (1975), "Reexamination of the perfectness concept for equilibrium points in extensive games",
    International Journal of Game Theory 4. van Damme (1991), "Stability and perfection of Nash equilibria",
    theorem 3.2.2.
    """
    form = checked(solution, "Trembling-hand perfection").game.form
    movers = {form.player_of[h] for h, actions in enumerate(form.actions_of) if len(actions) > 1}
    if len(movers) > 2:
        names = ", ".join(form.players[i] for i in sorted(movers))
        raise MethodError(
            f"Trembling-hand perfection is decided for two players; in {solution.game.name!r} {len(movers)} have a "
            f"choice ({names}). undominated(solution) applies a test that is necessary for it."
        )
    return without_dominated(solution, "the test of trembling-hand perfection")
