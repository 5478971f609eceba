"""Strategic choice: attack and resistance with errors, as one estimates them.

A attacks or leaves the status quo; B capitulates or resists, which means war. Each errs, the costlier the error the
rarer: with precision lambda, B resists with ``p_R = 1/(1 + exp(-lambda (U_B(war) - U_B(cap))))``, and A attacks
with a logit of what it then expects. With errors there is one equilibrium at every precision, and every outcome
happens at times, which is what makes the model one of data.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deterrence.games.notation import chance, end, game, move
from deterrence.games.parameter import param, share
from deterrence.games.tree import Node
from deterrence.mechanisms import Sanctions
from deterrence.models import ask
from deterrence.models.claim import Claim, Finding
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("A", "B", name="strategic-choice")
def strategic_choice(
    *,
    status_quo: Any = param(
        0,
        "A's utility of the status quo",
        low=-5,
        high=5,
        symbol="U_A(SQ)",
        plausible=(-2, 2),
        why="from worse than war to better than the other's capitulation",
    ),
    capitulation_a: Any = param(
        1,
        "A's utility of B's capitulation",
        low=-5,
        high=5,
        symbol="U_A(Cap)",
        plausible=(-0.5, 3),
        why="from a hollow victory to three times the default",
    ),
    war_a: Any = param(
        -1,
        "A's utility of war",
        low=-5,
        high=5,
        symbol="U_A(War)",
        plausible=(-3, 1),
        why="from ruinous to as good as a bloodless victory",
    ),
    capitulation_b: Any = param(
        -0.5,
        "B's utility of capitulating",
        low=-5,
        high=5,
        symbol="U_B(Cap)",
        plausible=(-2, 0.5),
        why="holds -0.25, above which B gives way",
    ),
    war_b: Any = param(
        -0.25,
        "B's utility of war",
        low=-5,
        high=5,
        symbol="U_B(War)",
        plausible=(-2, 2),
        why="holds -0.5, above which B resists",
    ),
    attribution: Any = share(
        1,
        "chance that B knows who attacked",
        symbol="a",
        plausible=(0.2, 1),
        why="holds 0.5, from which resistance deters an attack",
    ),
) -> Node:
    """Attack or not, resist or not."""
    gives_way = end("capitulation", capitulation_a, capitulation_b)
    answer = move("B", capitulate=gives_way, resist=end("war", war_a, war_b))
    known = chance({"attributed": (attribution, answer), "not attributed": (1 - attribution, gives_way)})
    return move("A", {"leave": end("status quo", status_quo, 0), "attack": known})


def at_precision(rationality: float, measure: str, **values: Any) -> ask.Question:
    """Ask for a probability in the logit equilibrium at a precision."""
    from deterrence.solvers.quantal import Quantal

    return ask.value_at(measure, method=Quantal(rationality), **values)


def resists(**values: Any) -> Callable[[float], ask.Question]:
    """Ask how likely B resists when attacked, at a precision."""

    def asked(rationality: float) -> ask.Question:
        from deterrence.solvers.quantal import Quantal

        return ask.value_at(lambda one: one.strategies["B"]["resist"], method=Quantal(rationality), **values)

    return asked


SECOND = {"status_quo": 0.5, "capitulation_a": 2, "war_a": -0.5, "capitulation_b": -1, "war_b": -0.2}

TABLE = {
    0.5: ("0.492198", "0.531209", "0.507802", "0.230738", "0.261460"),
    1: ("0.468952", "0.562177", "0.531048", "0.205318", "0.263634"),
    2: ("0.379932", "0.622459", "0.620068", "0.143440", "0.236492"),
}
"""Precision -> p_A, p_R, and the probabilities of status quo, capitulation and war: reference numbers."""
SECOND_TABLE = {0.5: ("0.500410", "0.598688"), 1: ("0.444002", "0.689974")}
"""The same of the second set of utilities: p_A and p_R."""


def _row(precision: float, row: tuple[str, ...], which: str, values: dict[str, Any]) -> Claim:
    """Return the claim that a row of reference numbers holds, all in one."""
    measures = [at_precision(precision, "attack", **values), resists(**values)(precision)]
    measures += [at_precision(precision, name, **values) for name in ("status quo", "capitulation", "war")]
    asked = tuple(measures[: len(row)])
    return Claim(
        f"At a precision of {precision:g} the {which} utilities give these chances of attack, of resistance"
        f"{' and of the outcomes' if len(row) > 2 else ''}.",
        "",
        lambda model: tuple(question(model) for question in asked),
        row,
        basis="computed",
    )


def _war_rises_and_falls(model: Any) -> Finding:
    """Tell whether the chance of war first rises and then falls with what war is worth to B."""
    from deterrence.solvers.quantal import Quantal

    grid = [number / 2 for number in range(-10, 11)]
    wars = [float(model.solve(Quantal(2), war_b=value)[0].probability("war")) for value in grid]
    top = wars.index(max(wars))
    inside = 0 < top < len(grid) - 1
    told = f"at a precision of 2 the chance of war is largest, {max(wars):.3f}, at U_B(War) = {grid[top]:g}"
    return Finding("holds" if inside else "fails", told)


def _over_resolve(model: Any, ax: Any) -> Any:
    """Draw the chance of war over what war is worth to B, at a precision of 2."""
    from deterrence.analysis.sweep import sweep
    from deterrence.solvers.quantal import Quantal

    grid = [number / 10 for number in range(-50, 51, 2)]
    return sweep(model.game, "war", method=Quantal(2), war_b=grid).plot(ax=ax)


MODEL = Model(
    strategic_choice,
    source="signorino1999",
    relation="reduction",
    changed="Errors of agents with logit noise alone; the work's probit form is not here.",
    topic="quantal response",
    note=(
        "The work's normalisation of the noise is recalled, not re-read. Illustrative utilities, those of the "
        "reference numbers."
    ),
    related=("mckelvey1998",),
    assumptions=(
        "Each errs in choosing its action; errors are independent and of known size.",
        "Both know the utilities of both.",
    ),
    does_not_say="""\
Errors are noise and not private information: nobody learns from them. Utilities stand for regressors that the
model is silent about, and the precision is fixed where data would be needed to tell it from their scale.""",
    theory=Theory(
        mechanism=("credibility",),
        actors="two states",
        information=("two-sided",),
        result=("deters",),
        finding=(
            "With errors every outcome happens at times, and the chance of each is a formula that data can be "
            "fitted to."
        ),
        means=("punishment",),
        phase=("general", "immediate"),
        neighbours={
            "folklore/strike": "The same tree without errors.",
            "whang2013/sanction_threats": "There the noise is in payoffs that their owner knows.",
        },
    ),
    names={
        "deterrence": {"A": "leave", "B": "resist"},
        "capitulation": {"A": "attack", "B": "capitulate"},
        "war": {"A": "attack", "B": "resist"},
        "nothing to gain": {"A": "leave", "B": "capitulate"},
    },
    claims=(
        *(_row(precision, row, "first", {}) for precision, row in TABLE.items()),
        *(_row(precision, row, "second", SECOND) for precision, row in SECOND_TABLE.items()),
        Claim(
            "Without any precision A attacks half of the time.",
            "the logit form",
            at_precision(0, "attack"),
            "0.5",
            basis="stated",
        ),
        Claim(
            "With great precision play is that of the equilibrium without errors: A is deterred.",
            "the logit form",
            at_precision(60, "attack"),
            "0.000000",
            basis="stated",
        ),
        Claim(
            "Without errors A is deterred where B would resist and war is worse for it than the status quo.",
            "",
            ask.condition_of("deterrence"),
            lambda p: (
                (p.war_b >= p.capitulation_b)
                & (p.attribution * p.war_a + (1 - p.attribution) * p.capitulation_a <= p.status_quo)
            ),
        ),
        Claim(
            "The chance of war can rise and then fall with what war is worth to B.",
            "",
            _war_rises_and_falls,
        ),
        Claim(
            "An attack that is not attributed is like a capitulation: at a = 0.5 and precision 1 A attacks with "
            "1/(1 + exp(-(0.5 p_R U_A(War) + (1 - 0.5 p_R) U_A(Cap)))).",
            "",
            at_precision(1, "attack", attribution=0.5),
            "0.607740",
        ),
        Claim(
            "A sanction of 0.5 on what an attack gains makes attacks rarer: 0.415017 at precision 1.",
            "",
            ask.under(at_precision(1, "attack"), Sanctions("A", outcomes=("capitulation",), pressure=0.5)),
            "0.415017",
        ),
        Claim(
            "The status quo pays both nothing here, a capitulation 1 and -0.5, war -1 and -0.25.",
            "",
            ask.each_of(
                ask.payoffs_of({"A": "leave", "B": "resist"}),
                ask.payoffs_of({"A": "attack", "B": "capitulate"}),
                ask.payoffs_of({"A": "attack", "B": "resist"}),
            ),
            [(0, 0), (1, "-0.5"), (-1, "-0.25")],
            basis="computed",
        ),
    ),
    draws=_over_resolve,
)
