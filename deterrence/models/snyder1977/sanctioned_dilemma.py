"""A Prisoner's Dilemma with sanctions on an aggressor who must be identified.

Whoever stands firm against one who yields is fined ``s`` if the deed is attributed, with probability ``a``; one
who yields is taken for an aggressor by mistake with probability ``f``, unless the conflict is open. Compromise
is an equilibrium where ``(a - f) s >= T - R`` for both sides, so without mistakes where ``a >= (T - R)/s``.
"""

from __future__ import annotations

from typing import Any

from deterrence.games.matrices import matrix
from deterrence.games.notation import end, game, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.snyder1977._matrix import NAMES
from deterrence.models.theory import Theory


@game("Row", "Column", name="sanctioned-dilemma")
def sanctioned_dilemma(
    *,
    temptation: Any = param(
        4,
        "payoff of standing firm while the other yields",
        symbol="T",
        plausible=(3.5, 6),
        why="stays the best, up to twice the reward",
    ),
    reward: Any = param(
        3,
        "payoff where both yield",
        symbol="R",
        plausible=(2.5, 3.4),
        why="compromise stays better than conflict and worse than prevailing",
    ),
    punishment: Any = param(
        2,
        "payoff where both stand firm",
        symbol="P",
        plausible=(1.5, 2.4),
        why="open conflict hurts, but less than being exploited",
    ),
    sucker: Any = param(
        1,
        "payoff of yielding while the other stands firm",
        symbol="S",
        plausible=(-2, 1.4),
        why="from a small loss to a ruinous one",
    ),
    sanction: Any = param(
        2,
        "fine of a side that is taken for the aggressor",
        low=0,
        high=10,
        symbol="s",
        plausible=(0, 6),
        why="holds 2.5, from which compromise can last",
    ),
    attribution: Any = share(
        0.4,
        "chance that an aggressor is identified",
        symbol="a",
        plausible=(0.05, 0.95),
        why="holds 1/2, from which compromise can last; never certain",
    ),
    false_alarm: Any = share(
        0,
        "chance that a side that yields is taken for the aggressor",
        symbol="f",
        plausible=(0, 0.3),
        why="an innocent blamed up to three times in ten",
    ),
) -> Assumed:
    """Two states that gain by standing firm, and a fine that is imposed on evidence."""
    justly, unjustly = attribution * sanction, false_alarm * sanction
    cells = {
        ("yield", "yield"): end("compromise", reward - unjustly, reward - unjustly),
        ("yield", "stand firm"): end("Column prevails", sucker - unjustly, temptation - justly),
        ("stand firm", "yield"): end("Row prevails", temptation - justly, sucker - unjustly),
        ("stand firm", "stand firm"): end("conflict", punishment, punishment),
    }
    orders = (sucker < punishment, punishment < reward, reward < temptation, false_alarm <= attribution)
    return where(matrix(cells), *orders)


def _draw(model: Any, ax: Any) -> Any:
    from deterrence.analysis.regions import regions

    found = regions(model.game, attribution=[0, 1], sanction=[0, 4])
    return found.plot(ax)


MODEL = Model(
    sanctioned_dilemma,
    source="snyder1977",
    relation="reduction",
    changed="The dilemma is the work's; the fine, its attribution and its errors are added here.",
    topic="sanctions",
    note="The addition is re-derived.",
    assumptions=(
        "Both sides have the same payoffs, and the fine is imposed by nobody in the game.",
        "Open conflict between both has no aggressor, and no fine.",
        "Payoffs are expected ones: nobody acts on the evidence but who imposes the fine.",
    ),
    does_not_say="""\
It does not say who imposes the fine, at what cost, and why it would be believed; nor does anyone hide or forge
evidence. The fine of the innocent is a loss, and not a reason for anger.""",
    theory=Theory(
        mechanism=("sanctions", "attribution"),
        actors="two states",
        information=("noisy signal",),
        result=("deters",),
        finding="A fine keeps the compromise only as far as attribution outweighs mistakes.",
        means=("punishment",),
        phase=("general",),
        neighbours={
            "snyder1977/prisoners_dilemma": "There is no fine, or a certain one.",
            "green1984/repeated_deterrence": "There the fine is a phase of sanctions that must be worth carrying out.",
        },
    ),
    names=NAMES,
    claims=(
        Claim(
            "Compromise is an equilibrium where (a - f) s is at least T - R.",
            "",
            ask.condition_of("compromise"),
            lambda p: (p.attribution - p.false_alarm) * p.sanction >= p.temptation - p.reward,
        ),
        Claim(
            "Conflict stays an equilibrium whatever the fine.",
            "",
            ask.always(lambda _, found: "conflict" in {one.name for one in found}),
        ),
        Claim(
            "Without mistakes the attribution that is needed is (T - R)/s.",
            "",
            ask.threshold_of("attribution", "compromise"),
            lambda p: (p.temptation - p.reward) / p.sanction + p.false_alarm,
        ),
        Claim(
            "With T = 4, R = 3 and a fine of 2 it is one half.",
            "",
            ask.threshold_value("attribution", "compromise"),
            "0.5",
            basis="computed",
        ),
        Claim(
            "Just above it the dilemma is a Stag Hunt.",
            "",
            ask.classes_at(attribution=0.51),
            {"compromise", "conflict", "mixed"},
        ),
        Claim("Just below it conflict is alone.", "", ask.classes_at(attribution=0.49), {"conflict"}),
        Claim(
            "Mistakes in a tenth of the cases raise the needed attribution by as much, to 0.6.",
            "",
            ask.threshold_value("attribution", "compromise", false_alarm=0.1),
            "0.6",
        ),
        Claim(
            "With a fine of 1, imposed on 0.4 of the aggressors and 0.1 of those who yield, the cells pay what the "
            "ranks do, less 0.1 for who yields and 0.4 for who prevails.",
            "",
            ask.each_of(
                *(
                    ask.payoffs_of({"Row": row, "Column": column}, sanction=1, false_alarm=0.1)
                    for row in ("yield", "stand firm")
                    for column in ("yield", "stand firm")
                )
            ),
            [("2.9", "2.9"), ("0.9", "3.6"), ("3.6", "0.9"), (2, 2)],
            basis="computed",
        ),
        Claim(
            "It is a dilemma, and evidence is no worse than none.",
            "",
            ask.each_of(
                *(
                    ask.admits(**{name: value})
                    for name, values in {
                        "sucker": (1.99, 2),
                        "reward": (2.01, 2),
                        "temptation": (3.01, 3),
                        "false_alarm": (0.4, 0.41),
                    }.items()
                    for value in values
                )
            ),
            [True, False] * 4,
        ),
    ),
    draws=_draw,
)
