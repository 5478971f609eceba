"""The Prisoner's Dilemma: standing firm pays either way, and both lose.

Conflict is the only equilibrium. A sanction ``s`` on whoever prevails alone turns the game into a Stag Hunt
once ``T - s <= R``: compromise becomes an equilibrium beside conflict.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.mechanisms.sanctions import Sanctions
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.snyder1977._matrix import cells_pay, crisis_game, crisis_model, payoffs
from deterrence.models.theory import Theory

prisoners_dilemma = crisis_game(
    "prisoners-dilemma", "Two states that each gain by standing firm: T > R > P > S.", "TRPS"
)


def _sanctioned(question: ask.Question, row: float = 1, column: float = 1) -> ask.Question:
    """Ask a question of the game with a sanction on the side that prevails alone."""
    return ask.under(
        question,
        Sanctions("Row", outcomes="Row prevails", pressure=row, prefix="row"),
        Sanctions("Column", outcomes="Column prevails", pressure=column, prefix="column"),
    )


def _least_sanction(model: Any) -> Any:
    """Return the least sanction on Row at which compromise is an equilibrium, as a formula."""
    from deterrence.analysis.threshold import threshold

    return threshold(model.game, "row_pressure", "compromise", between=(0, 3)).exact


MODEL = crisis_model(
    prisoners_dilemma,
    ("conflict", "compromise", "Row prevails", "Column prevails", "mixed"),
    does_not_say="""\
It is played once, by states that cannot bind themselves: repetition, promises and third parties are left out.
That both regret the outcome does not make it a misunderstanding.""",
    theory=Theory(
        mechanism=("coordination", "sanctions"),
        actors="two states",
        information=("complete",),
        result=("war without a mistake",),
        finding="Both stand firm and both lose; a sanction on one who prevails alone can make compromise stable.",
        neighbours={
            "snyder1977/sanctioned_dilemma": "There the aggressor must be identified first.",
            "snyder1977/stag_hunt": "What it becomes by a sanction.",
        },
    ),
    claims=(
        Claim(
            "Conflict is an equilibrium whatever the payoffs, and the only one.",
            "ch. 2",
            ask.always(lambda _, found: [one.name for one in found] == ["conflict"]),
        ),
        Claim(
            "At ranks 4 to 1 conflict is the only one.",
            "",
            ask.classes_at(),
            {"conflict"},
            basis="computed",
        ),
        Claim(
            "There each side gets 2.",
            "",
            ask.value_at(payoff("Row")),
            2,
            basis="computed",
        ),
        Claim(
            "Where the other side is deterred, a sanction of T - R makes compromise an equilibrium.",
            "",
            _sanctioned(_least_sanction, 1, 2),
            lambda p: p.row_temptation - p.row_reward,
        ),
        Claim(
            "A fine of half the gain, with T = 4 and R = 3, leaves conflict alone.",
            "",
            _sanctioned(ask.classes_at(**payoffs(4, 3, 2, 1)), 0.5, 0.5),
            {"conflict"},
        ),
        Claim(
            "A fine of twice the gain makes it a Stag Hunt: compromise, conflict and a mixture.",
            "",
            _sanctioned(ask.classes_at(**payoffs(4, 3, 2, 1)), 2, 2),
            {"compromise", "conflict", "mixed"},
        ),
        cells_pay((3, 3), (1, 4), (4, 1), (2, 2)),
    ),
)
