"""Threats in degrees: when must the answer to a small preemption be more than proportionate.

Row cooperates, preempts a little, to a level x, or fully. Column has bound itself to an answer to each: k times the
level after a little, a share h of what it could do after all. Payoffs lie between the four outcomes of Chicken: at
levels x and y Row gets ``(1 - x)(1 - y) r3 + x (1 - y) + (1 - x) y r2``. Row is held off a small preemption by
``k >= (1 - r3)/(r3 - r2 + x (1 - r3 + r2))``, which exceeds 1 for small levels if ``r3 < (1 + r2)/2``; off a full one
by ``h >= 1 - r3``, which is less than proportionate always.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Row", "Column", name="graded-threats")
def graded_threats(
    *,
    row_status_quo: Any = share(
        0.5,
        "Row's payoff from mutual cooperation",
        symbol="r_3",
        plausible=(0.4, 0.9),
        why="above what Row gets if Column alone preempts, below the best",
    ),
    row_behind: Any = share(
        0.3,
        "Row's payoff where Column preempts fully and Row lets it",
        symbol="r_2",
        plausible=(0.05, 0.35),
        why="between disaster at 0 and the compromise",
    ),
    column_status_quo: Any = share(
        0.5,
        "Column's payoff from mutual cooperation",
        symbol="c_3",
        plausible=(0.4, 0.9),
        why="as wide as Row's",
    ),
    column_behind: Any = share(
        0.3,
        "Column's payoff where Row preempts fully and Column lets it",
        symbol="c_2",
        plausible=(0.05, 0.35),
        why="between disaster at 0 and the compromise",
    ),
    level: Any = share(
        0.2,
        "level of a small preemption, where full preemption is 1",
        symbol="x",
        plausible=(0.05, 0.6),
        why="from a pinprick to more than half of all that could be done",
    ),
    small_answer: Any = param(
        1,
        "answer to a small preemption, as a multiple of its level",
        low=0,
        high=10,
        symbol="k",
        plausible=(0, 1.6),
        why="from no answer to half as much again as the provocation",
    ),
    full_answer: Any = share(
        1,
        "answer to full preemption, as a share of what could be done",
        symbol="h",
        plausible=(0, 1),
        why="from no answer to all that could be done",
    ),
) -> Assumed:
    """Cooperate or preempt to some degree, under threats in degrees that carry themselves out."""

    def between(x: Any, y: Any) -> tuple[Any, Any]:
        """Return both payoffs where Row has gone to a level and Column to another."""
        row = (1 - x) * (1 - y) * row_status_quo + x * (1 - y) + (1 - x) * y * row_behind
        column = (1 - x) * (1 - y) * column_status_quo + x * (1 - y) * column_behind + (1 - x) * y
        return row, column

    tree = move(
        "Row",
        cooperate=end("compromise", row_status_quo, column_status_quo),
        preempt_a_little=end("small preemption", *between(level, small_answer * level)),
        preempt_fully=end("full preemption", *between(1, full_answer)),
        information="Row",
    )
    return where(
        tree,
        row_behind > 0,
        row_behind < row_status_quo,
        row_status_quo < 1,
        column_behind > 0,
        column_behind < column_status_quo,
        column_status_quo < 1,
        level > 0,
        level < 1,
        small_answer * level <= 1,
    )


def _needed(p: Any) -> Any:
    """Return the least multiple of a small preemption by which the answer to it deters.

    With the answer y, preempting to x is worth no more than r3 where ``(1 - y) x (1 - r3) <= y (r3 - (1 - x) r2)``;
    put y = k x.
    """
    return (1 - p.row_status_quo) / (p.row_status_quo - p.row_behind + p.level * (1 - p.row_status_quo + p.row_behind))


def _row_after_a_little(p: Any) -> Any:
    answer = p.small_answer * p.level
    return (
        (1 - p.level) * (1 - answer) * p.row_status_quo + p.level * (1 - answer) + (1 - p.level) * answer * p.row_behind
    )


def _draw(model: Any, ax: Any) -> Any:
    """Draw which threats against a small preemption suffice, over its level."""
    from deterrence.analysis.regions import regions

    return regions(model.game, level=[0.01, 0.6], small_answer=[0, 1.6]).plot(ax)


MODEL = Model(
    graded_threats,
    source="brams1987",
    relation="in the spirit of",
    changed=(
        "Not found in the work, of which only the abstract was read: two levels of preemption by one side, where both "
        "may choose any level there, and payoffs that are ours between the four outcomes of Chicken."
    ),
    topic="credibility",
    related=("brams1985", "brams1988"),
    note="That threats may have to be more or less than proportionate is in the abstract; the numbers are our own.",
    assumptions=(
        "The worst payoff is 0 and the best 1; the four outcomes are ranked as in Chicken.",
        "A level is a share of full preemption, and payoffs are weighted by both sides' levels.",
        "Threats are announced before, believed, and carried out without a choice.",
    ),
    does_not_say="""\
It takes the commitment for granted. In the work both sides may preempt, to any level; and in the authors' further
work a crisis may have begun already, so that threats must grow to hold it where it is. Neither is asked here.""",
    names={
        "deterrence": {"Row": "cooperate"},
        "small preemption": {"Row": "preempt_a_little"},
        "full preemption": {"Row": "preempt_fully"},
    },
    claims=(
        Claim(
            "Row cooperates where both answers suffice.",
            "",
            ask.condition_of("deterrence"),
            lambda p: (p.small_answer >= _needed(p)) & (p.full_answer >= 1 - p.row_status_quo),
        ),
        Claim(
            "The answer to a small preemption must be (1 - r3)/(r3 - r2 + x (1 - r3 + r2)) times its level.",
            "",
            ask.threshold_of("small_answer", "compromise"),
            _needed,
        ),
        Claim(
            "At times a low level needs an answer more than proportionate, and a high one less.",
            "abstract",
            lambda model: [
                ask.threshold_value("small_answer", "compromise", level=level)(model) > 1 for level in ("1/5", "3/5")
            ],
            [True, False],
            basis="stated",
        ),
        Claim(
            "The multiple is 0.5/0.36 for a level of 0.2, 0.5/0.68 for one of 0.6, nearly 2.5 for one hardly noticed.",
            "",
            lambda model: [
                ask.threshold_value("small_answer", "compromise", level=level)(model)
                for level in ("1/5", "3/5", "1/1000")
            ],
            ["1.388889", "0.735294", "2.490040"],
            basis="computed",
        ),
        Claim(
            "An answer of k times the level fails below a level of (1 - r3 - k (r3 - r2))/(k (1 - r3 + r2)).",
            "",
            ask.threshold_of("level", "compromise"),
            lambda p: (
                (1 - p.row_status_quo - p.small_answer * (p.row_status_quo - p.row_behind))
                / (p.small_answer * (1 - p.row_status_quo + p.row_behind))
            ),
        ),
        Claim(
            "A proportionate one fails below 0.375.",
            "",
            ask.threshold_value("level", "compromise"),
            "0.375",
            basis="computed",
        ),
        Claim(
            "With a status quo of 0.7 a proportionate answer deters any small preemption.",
            "",
            lambda model: [
                ask.is_equilibrium_at("deterrence", row_status_quo="7/10", level=level)(model)
                for level in ("1/1000", "1/5", "9/10")
            ],
            [True, True, True],
            basis="computed",
        ),
        Claim(
            "As the level vanishes the multiple that is needed goes to (1 - r3)/(r3 - r2): what is gained on a "
            "compromise, against what it saves from.",
            "",
            ask.vanishing(ask.threshold_of("small_answer", "compromise"), "level"),
            lambda p: (1 - p.row_status_quo) / (p.row_status_quo - p.row_behind),
        ),
        Claim(
            "Against full preemption 1 - r3 of what could be done is enough.",
            "",
            ask.threshold_of("full_answer", "compromise", small_answer=2),
            lambda p: 1 - p.row_status_quo,
        ),
        Claim(
            "A small preemption that is answered in proportion leaves both better off than the compromise here: 0.528 "
            "each, not 0.5.",
            "",
            lambda model: [ask.value_at(payoff(side), "small preemption")(model) for side in ("Row", "Column")],
            ["0.528000", "0.528000"],
            basis="computed",
        ),
        Claim(
            "To answer a small preemption pays Column, 0.528 against 0.46 without an answer; to answer a full one "
            "costs it, 0.18 against 0.3 where four tenths are answered.",
            "",
            lambda model: [
                ask.value_at(payoff("Column"), "small preemption", small_answer=0)(model),
                *(
                    ask.value_at(payoff("Column"), "full preemption", full_answer=answer, small_answer=2)(model)
                    for answer in ("2/5", 0)
                ),
            ],
            ["0.460000", "0.180000", "0.300000"],
            basis="computed",
        ),
        Claim(
            "Where both answers suffice each side keeps the status quo.",
            "",
            lambda model: tuple(ask.formula_of(payoff(side), "deterrence")(model) for side in ("Row", "Column")),
            lambda p: (p.row_status_quo, p.column_status_quo),
        ),
        Claim(
            "After a small preemption Row gets what its and Column's level leave it.",
            "",
            ask.formula_of(payoff("Row"), "small preemption"),
            _row_after_a_little,
        ),
        Claim(
            "After full preemption Row keeps 1 - h, and Column c2 (1 - h).",
            "",
            lambda model: tuple(ask.formula_of(payoff(side), "full preemption")(model) for side in ("Row", "Column")),
            lambda p: (1 - p.full_answer, p.column_behind * (1 - p.full_answer)),
        ),
    ),
    draws=_draw,
    theory=Theory(
        mechanism=("commitment", "escalation"),
        actors="two states",
        information=("complete",),
        result=("deters",),
        finding="Small provocations may need an answer out of proportion, while large ones never do.",
        means=("punishment",),
        neighbours={
            "brams1985/committed_threats": "Preemption is all or nothing, and the threat is how likely the answer is.",
            "brams1985/deterrence_game": "Nobody is bound to answer, and retaliation hurts who retaliates.",
        },
    ),
)
