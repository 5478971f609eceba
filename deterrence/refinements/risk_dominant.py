"""Risk dominance in games of two players with two strategies each."""

from __future__ import annotations

from typing import Any

from deterrence.answers.solution import Equilibrium, Solution
from deterrence.errors import MethodError
from deterrence.games.strategic_form import StrategicForm
from deterrence.refinements._dominance import mixture
from deterrence.refinements._verdicts import Reason, checked, listed, with_verdicts

Cell = tuple[int, ...]


def risk_dominant(solution: Solution) -> Solution:
    """Keep the risk-dominant equilibrium of a game with two players and two strategies each.

    Of two strict equilibria, the risk-dominant one is that from which deviating costs more, as a product over the
    players: play settles there when each is unsure what the other expects.

    Parameters
    ----------
    solution
        What ``solve`` returned for such a game.

    Returns
    -------
    Solution
        The risk-dominant equilibrium. Both strict equilibria stay where neither risk-dominates the other,
        and all stay where there are no two strict ones to compare; the status says so.

    Raises
    ------
    MethodError
        If the game is of another size.

    Notes
    -----
    A strict equilibrium risk-dominates the other if the product of what each player would lose by deviating
    from it alone is larger there (the Nash products). A mixed equilibrium is removed where two strict ones
    exist.

    References
    ----------
    Harsanyi and Selten (1988), "A general theory of equilibrium selection in games", section 3.9.
    """
    strategic = _two_by_two(checked(solution, "risk_dominant"))
    cells = [_cell(strategic, equilibrium) for equilibrium in listed(solution, "risk dominance")]
    products = {cell: p for cell in cells if cell is not None and (p := _nash_product(strategic, cell)) is not None}
    if len(products) < 2:
        remark = "there are no two strict equilibria to compare"
        return with_verdicts(solution, "the test of risk dominance", [""] * len(cells), remark=remark)
    best = max(products.values())
    reasons: list[Reason] = []
    for cell in cells:
        if cell is None or cell not in products:
            reasons.append("it is not strict")
        else:
            reasons.append("" if products[cell] == best else f"its Nash product is {products[cell]}, against {best}")
    tie = reasons.count("") > 1
    remark = "neither risk-dominates the other: their Nash products are equal" if tie else ""
    return with_verdicts(solution, "the test of risk dominance", reasons, remark=remark)


def _two_by_two(solution: Solution) -> StrategicForm:
    strategic = StrategicForm.of(solution.game)
    sizes = [len(plans) for plans in strategic.plans]
    if [size for size in sizes if size > 1] != [2, 2]:
        counts = " x ".join(map(str, sizes))
        raise MethodError(
            f"Risk dominance is decided for two players with two strategies each; {solution.game.name!r} has {counts}."
        )
    return strategic


def _cell(strategic: StrategicForm, equilibrium: Equilibrium) -> Cell | None:
    """Return the strategies played, by position, or None where one is mixed."""
    mixtures = [mixture(strategic, i, equilibrium) for i in range(len(strategic.plans))]
    return tuple(weights.index(1) for weights in mixtures) if all(1 in weights for weights in mixtures) else None


def _nash_product(strategic: StrategicForm, cell: Cell) -> Any:
    """Return the product of the losses from deviating, or None where one of them is not positive."""
    product: Any = 1
    for i, plans in enumerate(strategic.plans):
        if len(plans) == 2:
            other = (*cell[:i], 1 - cell[i], *cell[i + 1 :])
            loss = strategic.payoffs[cell][i] - strategic.payoffs[other][i]
            if loss <= 0:
                return None
            product *= loss
    return product
