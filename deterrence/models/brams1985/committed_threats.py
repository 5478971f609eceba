"""Committed threats: how likely must retaliation be to deter.

The deterrence game once the threats are laid down: Column retaliates against preemption with probability p, Row
with probability q, whatever they would then like. Retaliation follows if the preemption is attributed, with
probability ``a``, and takes the share ``k`` of the preemptor's gain. Both cooperate in equilibrium where
``a p k >= 1 - r3`` and ``a q k >= 1 - c3``: the better the status quo, the weaker the threat that protects it. With
``a k < 1 - r3`` no threat deters.
"""

from __future__ import annotations

from typing import Any

from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.brams1985.deterrence_game import RANKED_AS_IN_CHICKEN
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Row", "Column", name="committed-threats")
def committed_threats(
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
    column_threat: Any = share(
        0.5,
        "probability to which Column has committed its retaliation",
        symbol="p",
        plausible=(0, 1),
        why="from no threat to a doomsday machine, as in this model's figure",
    ),
    row_threat: Any = share(
        0.5,
        "probability to which Row has committed its retaliation",
        symbol="q",
        plausible=(0, 1),
        why="as free as Column's: the threats need not match",
    ),
    attribution: Any = share(
        1,
        "chance that a preemption is attributed",
        symbol="a",
        plausible=(0.2, 1),
        why="down to where the surest threat deters no more",
    ),
    severity: Any = share(
        1,
        "share of the preemptor's gain that retaliation takes",
        symbol="k",
        plausible=(0.2, 1),
        why="from a fifth of the preemptor's gain to all of it",
    ),
) -> Assumed:
    """Cooperate or preempt at once, under threats that carry themselves out."""

    def answered(who: str, threat: Any, kept: tuple[Any, Any], left: tuple[Any, Any]) -> Node:
        spared, hit = end(f"{who} preempts", *kept), end("retaliation", *left)
        proven = chance({"retaliation": (threat, hit), "restraint": (1 - threat, spared)})
        return chance({"attributed": (attribution, proven), "not attributed": (1 - attribution, spared)})

    remains = 1 - severity
    row_wins = answered("Row", column_threat, (1, column_preempted), (remains, column_preempted * remains))
    column_wins = answered("Column", row_threat, (row_preempted, 1), (row_preempted * remains, remains))
    peace, disaster = end("compromise", row_status_quo, column_status_quo), end("disaster", 0, 0)
    quiet = move("Column", cooperate=peace, preempt=column_wins, information="Column")
    struck = move("Column", cooperate=row_wins, preempt=disaster, information="Column")
    return where(
        move("Row", cooperate=quiet, preempt=struck, information="Row"),
        row_preempted > 0,
        row_preempted < row_status_quo,
        row_status_quo < 1,
        column_preempted > 0,
        column_preempted < column_status_quo,
        column_status_quo < 1,
    )


def _draw(model: Any, ax: Any) -> Any:
    from deterrence.analysis.regions import regions

    return regions(model.game.at(attribution=0.8), column_threat=[0, 1], row_threat=[0, 1]).plot(ax)


def _deters(p: Any) -> Any:
    row_deterred = p.attribution * p.column_threat * p.severity >= 1 - p.row_status_quo
    return row_deterred & (p.attribution * p.row_threat * p.severity >= 1 - p.column_status_quo)


def _gain_from_preempting(model: Any) -> Any:
    """Return what Row gets where it preempts and Column cooperates, by the payoff table."""
    return model.game.at(column_threat=0.25).strategic_form().payoffs[1, 0][0]


MODEL = Model(
    committed_threats,
    source="brams1985",
    relation="exact",
    changed=(
        "Threats that are sometimes not attributed, or carried out in part, are added; with sure attribution it "
        "is the work's game."
    ),
    topic="credibility",
    related=("brams1987", "brams1988"),
    note=(
        "The notation is recalled, not re-read; defaults are reference numbers, except the threats. The additions "
        "are re-derived here."
    ),
    assumptions=(
        "The worst payoff is 0 and the best 1; the four outcomes are ranked as in Chicken.",
        "Threats are announced before, believed, and carried out without a choice.",
        "A preemption that is not attributed is not answered, and nobody is blamed for one that did not happen.",
    ),
    does_not_say="""\
It takes the commitment for granted: retaliation hurts who carries it out. How much of a threat is enough says
nothing about how one comes to be bound by it.""",
    theory=Theory(
        mechanism=("commitment", "attribution"),
        actors="two states",
        information=("complete",),
        result=("deters",),
        finding=(
            "The better the status quo, the weaker the threat that protects it; below a limit of attribution no "
            "threat deters."
        ),
        means=("punishment",),
        phase=("general",),
        neighbours={
            "brams1985/deterrence_game": "There the threats are chosen, and the same play is not subgame perfect.",
            "zagare1993/rudimentary_deterrence": (
                "There a threat is doubtful because its author may be Soft, not because it is laid down so."
            ),
        },
    ),
    names={
        "deterrence": {"Row": "cooperate", "Column": "cooperate"},
        "preemption by Row": {"Row": "preempt", "Column": "cooperate"},
        "preemption by Column": {"Row": "cooperate", "Column": "preempt"},
        "mixed": {"Row": "mixed", "Column": "mixed"},
    },
    claims=(
        Claim(
            "Both cooperate where a p k is at least 1 - r3, and a q k at least 1 - c3.",
            "",
            ask.condition_of("deterrence"),
            _deters,
        ),
        Claim(
            "The threat that is needed is (1 - r3)/(a k); it does not depend on r2.",
            "",
            ask.threshold_of("column_threat", "compromise"),
            lambda p: (1 - p.row_status_quo) / (p.attribution * p.severity),
        ),
        Claim(
            "With a severity of 0.75, threats of 0.4 by Column and 0.6 by Row, and half of the preemptions attributed, "
            "the four cells pay this.",
            "",
            ask.each_of(
                *(
                    ask.payoffs_of(
                        {"Row": row, "Column": column},
                        severity=0.75,
                        column_threat=0.4,
                        row_threat=0.6,
                        attribution=0.5,
                    )
                    for row in ("cooperate", "preempt")
                    for column in ("cooperate", "preempt")
                )
            ),
            # Row preempts: retaliation with 0.2 leaves a quarter, so 0.85 of 1 and 0.2; Column does: with 0.3, so 0.775
            # of 0.3 and 1; both: nothing
            [("0.7", "0.6"), ("0.2325", "0.775"), ("0.85", "0.17"), (0, 0)],
            basis="computed",
        ),
        RANKED_AS_IN_CHICKEN,
        Claim(
            "At r3 = 0.7 Column must threaten with probability 0.3.",
            "",
            ask.threshold_value("column_threat", "compromise"),
            "0.300000",
            basis="computed",
        ),
        Claim(
            "At c3 = 0.6 Row must threaten with probability 0.4.",
            "",
            ask.threshold_value("row_threat", "compromise"),
            "0.400000",
            basis="computed",
        ),
        Claim(
            "If half the preemptions are attributed, Column must threaten with probability 0.6.",
            "",
            ask.threshold_value("column_threat", "compromise", attribution=0.5, row_threat=1),
            "0.6",
            basis="computed",
        ),
        Claim(
            "If nine in ten are, with probability 1/3.",
            "",
            ask.threshold_value("column_threat", "compromise", attribution=0.9),
            "0.333333",
            basis="computed",
        ),
        Claim(
            "With an attribution of 0.2 the surest threat does not deter Row, even with Column's status quo at 0.99.",
            "",
            ask.is_equilibrium_at("deterrence", attribution=0.2, column_threat=1, row_threat=1, column_status_quo=0.99),
            False,
            basis="computed",
        ),
        Claim(
            "The edge is an attribution of 1 - r3: at 0.3 the surest threat just deters.",
            "",
            ask.is_equilibrium_at("deterrence", attribution=0.3, column_threat=1, row_threat=1, column_status_quo=0.99),
            basis="computed",
        ),
        Claim(
            "Against a threat of 0.25 Row does better by preempting: 0.75, not 0.7.",
            "",
            _gain_from_preempting,
            "0.75",
            basis="computed",
        ),
        Claim(
            "Under that threat both do not cooperate.",
            "",
            ask.is_equilibrium_at("deterrence", column_threat=0.25),
            False,
            basis="computed",
        ),
    ),
    draws=_draw,
)
