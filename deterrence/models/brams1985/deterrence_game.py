"""The deterrence game: Chicken with retaliation against preemption.

Both sides first cooperate or preempt. If one preempts, the other retaliates, with probability q (Row) or p
(Column), which turns the result into the worst for both. With the worst payoff 0 and the best 1, the Nash
equilibria are deterrence, with ``p >= 1 - r3`` and ``q >= 1 - c3``; preemption by one side, which the other does
not punish; and a naive one without threats, in which Column cooperates with probability ``r2/(1 - r3 + r2)`` and
Row with ``c2/(1 - c3 + c2)``. Retaliation hurts the retaliator too: deterrence needs that the threats bind, and is
not subgame perfect.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import end, game, move, where
from deterrence.games.parameter import share
from deterrence.games.tree import Assumed
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory
from deterrence.solvers.nash import Nash


@game("Row", "Column", name="deterrence-game")
def deterrence_game(
    *,
    row_status_quo: Any = share(
        0.7,
        "Row's payoff from mutual cooperation",
        symbol="r_3",
        plausible=(0.5, 0.95),
        why="above what preemption leaves Row, below 1, as in Chicken",
    ),
    row_preempted: Any = share(
        0.3,
        "Row's payoff where Column preempts and Row lets it",
        symbol="r_2",
        plausible=(0.05, 0.45),
        why="between disaster at 0 and the compromise",
    ),
    column_status_quo: Any = share(
        0.6,
        "Column's payoff from mutual cooperation",
        symbol="c_3",
        plausible=(0.5, 0.95),
        why="as wide as Row's, so that either may be the more content",
    ),
    column_preempted: Any = share(
        0.2,
        "Column's payoff where Row preempts and Column lets it",
        symbol="c_2",
        plausible=(0.05, 0.45),
        why="from nearly a disaster for Column to nearly the compromise",
    ),
) -> Assumed:
    """Cooperate or preempt at once; then, if one preempted, the other retaliates or not."""
    disaster = end("disaster", 0, 0)
    column_hit = {"submit": end("Row preempts", 1, column_preempted), "retaliate": disaster}
    row_hit = {"submit": end("Column preempts", row_preempted, 1), "retaliate": disaster}
    quiet = move(
        "Column",
        cooperate=end("compromise", row_status_quo, column_status_quo),
        preempt=move("Row", row_hit, information="Row, preempted"),
        information="Column",
    )
    struck = move(
        "Column",
        cooperate=move("Column", column_hit, information="Column, preempted"),
        preempt=disaster,
        information="Column",
    )
    tree = move("Row", cooperate=quiet, preempt=struck, information="Row")
    return where(
        tree,
        row_preempted > 0,
        row_preempted < row_status_quo,
        row_status_quo < 1,
        column_preempted > 0,
        column_preempted < column_status_quo,
        column_status_quo < 1,
    )


def threat(one: Any, side: str) -> Any:
    """Return the probability with which a side that is preempted retaliates."""
    return one.strategies[f"{side}, preempted"]["retaliate"]


def least_threats(model: Any) -> tuple[Any, Any]:
    """Return the least threats of Column and of Row over all Nash equilibria in which both cooperate."""
    peaceful = [one for one in model.solve(Nash()) if one.outcomes["compromise"] == 1]
    found = [(threat(one, "Column"), threat(one, "Row")) for one in peaceful]
    return min(p for p, _ in found), min(q for _, q in found)


def nash_classes(model: Any) -> frozenset[str]:
    """Return how the extreme Nash equilibria end: an outcome for certain, or a mixture without threats."""
    kinds = set()
    for one in model.solve(Nash()):
        certain = [name for name, p in one.outcomes.items() if p == 1]
        naive = threat(one, "Row") == threat(one, "Column") == 0
        kinds.add(certain[0] if certain else "naive" if naive else "another")
    return frozenset(kinds)


RANKED_AS_IN_CHICKEN = Claim(
    "The four outcomes are ranked as in Chicken: a value just inside its place is admitted, one at the end is not.",
    "",
    ask.each_of(
        *(
            ask.admits(**{name: value})
            for name, values in {
                "row_preempted": (0.01, 0),
                "row_status_quo": (0.31, 0.3),
                "column_preempted": (0.01, 0),
                "column_status_quo": (0.21, 0.2),
            }.items()
            for value in values
        ),
        ask.admits(row_status_quo=1),
        ask.admits(column_status_quo=1),
    ),
    [True, False] * 4 + [False, False],
)
"""Of the committed form, too."""

MODEL = Model(
    deterrence_game,
    source="brams1985",
    relation="reduction",
    changed="Preemption and retaliation are each done or not, where the later works make them a matter of degree.",
    topic="credibility",
    related=("brams1987", "brams1988", "zagare2000"),
    note="The notation is recalled, not re-read, and the defaults are reference numbers.",
    assumptions=(
        "The worst payoff is 0 and the best 1; the four outcomes are ranked as in Chicken.",
        "Who preempted is known, and only one who cooperated can retaliate.",
        "Threats bind where Nash equilibrium is asked for, and do not where subgame perfection is.",
    ),
    does_not_say="""\
It does not say how a side binds itself to retaliate against its own interest, which is what deterrence rests on
here: doomsday machines, honour or lost control are all outside it. Nobody preempts by mistake.""",
    theory=Theory(
        mechanism=("commitment", "credibility"),
        actors="two states",
        information=("complete",),
        result=("several outcomes",),
        finding="Deterrence by threats that hurt who carries them out is an equilibrium, but only if the threats bind.",
        means=("punishment",),
        phase=("general",),
        neighbours={
            "brams1985/committed_threats": "There the threats are laid down beforehand.",
            "snyder1977/chicken": "There no answer is possible.",
        },
    ),
    names={
        "preemption by Row": {"Row": "preempt", "Column": "cooperate"},
        "preemption by Column": {"Row": "cooperate", "Column": "preempt"},
        "naive": {"Row": "mixed", "Column": "mixed"},
        "deterrence": {"Row": "cooperate", "Column": "cooperate"},
    },
    claims=(
        Claim(
            "With binding threats there are deterrence, preemption by either side, and the naive mixture.",
            "ch. on the deterrence game",
            nash_classes,
            {"compromise", "Row preempts", "Column preempts", "naive"},
        ),
        Claim(
            "The least threats that deter are p = 1 - r3 and q = 1 - c3: here 0.3 and 0.4.",
            "",
            least_threats,
            ("0.300000", "0.400000"),
            basis="computed",
        ),
        Claim(
            "Cooperation pays r3 and c3; one who preempts alone gets 1 and leaves r2 or c2; retaliation and a war of "
            "both leave nothing.",
            "",
            ask.each_of(
                *(
                    ask.payoffs_of({"Row": row, "Column": column, "Row, preempted": last, "Column, preempted": last})
                    for row in ("cooperate", "preempt")
                    for column in ("cooperate", "preempt")
                    for last in ("submit", "retaliate")
                )
            ),
            [("0.7", "0.6"), ("0.7", "0.6"), ("0.3", 1), (0, 0), (1, "0.2"), (0, 0), (0, 0), (0, 0)],
            basis="computed",
        ),
        RANKED_AS_IN_CHICKEN,
        Claim(
            "Deterrence is not subgame perfect: without commitment it never appears.",
            "Zagare and Kilgour's criticism",
            ask.always(lambda _, found: all(one.outcomes["compromise"] < 1 for one in found)),
        ),
        Claim(
            "Subgame perfection leaves preemption by either side and the naive mixture, whatever the payoffs.",
            "",
            ask.always(
                lambda _, found: {e.name for e in found} == {"preemption by Row", "preemption by Column", "naive"}
            ),
        ),
        Claim(
            "In the naive mixture Column cooperates with probability r2/(1 - r3 + r2).",
            "",
            ask.formula_of(lambda one: one.strategies["Column"]["cooperate"], "naive"),
            lambda p: p.row_preempted / (1 - p.row_status_quo + p.row_preempted),
        ),
        Claim(
            "Row's payoff there is the same as that probability.",
            "",
            ask.formula_of(payoff("Row"), "naive"),
            lambda p: p.row_preempted / (1 - p.row_status_quo + p.row_preempted),
        ),
        Claim(
            "Column's payoff there is the probability of Row's cooperation, c2/(1 - c3 + c2).",
            "",
            ask.formula_of(payoff("Column"), "naive"),
            lambda p: p.column_preempted / (1 - p.column_status_quo + p.column_preempted),
        ),
        Claim(
            "At r2 = 0.3 and r3 = 0.7 the naive mixture is worth 0.5 to Row.",
            "",
            ask.value_at(payoff("Row"), "naive"),
            "0.500000",
            basis="computed",
        ),
        Claim(
            "At c2 = 0.2 and c3 = 0.6 it is worth a third to Column.",
            "",
            ask.value_at(payoff("Column"), "naive"),
            "0.333333",
            basis="computed",
        ),
        Claim(
            "Deterrence, where it binds, is better for both than the naive mixture.",
            "",
            ask.always(
                lambda game, found: all(
                    one.payoffs["Row"] < game.values["row_status_quo"]
                    and one.payoffs["Column"] < game.values["column_status_quo"]
                    for one in found
                    if one.name == "naive"
                )
            ),
        ),
    ),
)
