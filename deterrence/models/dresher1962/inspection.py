"""Few inspections for many periods: when to look, and when to break the rule.

There are ``n`` periods and ``k`` inspections. In each period the Inspector uses one of them or waits, while the
Inspectee breaks the rule or not, which it does at most once. After each period it is known what was done. Caught, a
violation costs the Inspectee ``c``; undetected, it brings ``g``; and what one gains the other loses. Where both are 1,
the published value is ``C(n-1, k)/(C(n, 0) + ... + C(n, k))`` to the Inspectee: more periods than inspections leave it
a gain, and neither side may be predictable.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.errors import GameError
from deterrence.games.game import Game
from deterrence.games.notation import end, game, move, where
from deterrence.games.parameter import param
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


def inspection(periods: int, inspections: int) -> Game:
    """Return the game with a number of periods, at least 2, and fewer inspections, at least 1.

    Raises
    ------
    GameError
        If there are not fewer inspections than periods, or none.
    """
    if not 1 <= inspections < periods:
        raise GameError(f"There must be 1 to {periods - 1} inspections for {periods} periods; got {inspections}.")

    @game("Inspector", "Inspectee", name="inspection")
    def limited(
        *,
        gain: Any = param(
            1,
            "what an undetected violation brings the Inspectee and costs the Inspector",
            low=0,
            high=10,
            symbol="g",
            plausible=(0.2, 5),
            why="1 in the work; from a fifth of it to five times as much",
        ),
        caught: Any = param(
            1,
            "what a violation that is caught costs the Inspectee and brings the Inspector",
            low=0,
            high=10,
            symbol="c",
            plausible=(0.2, 5),
            why="1 in the work; from a fifth of it to five times as much",
        ),
    ) -> Assumed:
        """Inspect now or later; violate now, later or not at all."""
        undetected = end("undetected violation", -gain, gain)
        found = end("violation caught", caught, -caught)

        def inspectee(complied: Node, violated: Node, seen: str) -> Node:
            return move("Inspectee", {"comply": complied, "violate": violated}, information=f"Inspectee, {seen}")

        def period(now: int, inspected: tuple[int, ...]) -> Node:
            held, left = inspections - len(inspected), periods - now + 1
            before = f", inspected in {' and '.join(map(str, inspected))}" if inspected else ""
            seen = f"period {now}{before}"
            if held in (0, left):  # nothing is left to decide but whether to be caught, or to go undetected
                return inspectee(end("no violation", 0, 0), found if held else undetected, seen)
            choices = {
                "inspect": inspectee(period(now + 1, (*inspected, now)), found, seen),
                "wait": inspectee(period(now + 1, inspected), undetected, seen),
            }
            return move("Inspector", choices, information=f"Inspector, {seen}")

        return where(period(1, ()), gain > 0, caught > 0)

    return limited


def _values(*sizes: tuple[int, int]) -> ask.Question:
    """Ask what the Inspectee gets in games with other numbers of periods and inspections."""
    return lambda _model: [ask.value_at(payoff("Inspectee"))(Model(inspection(*size))) for size in sizes]


def _of(periods: int, inspections: int, question: ask.Question) -> ask.Question:
    """Ask about the game with other numbers of periods and inspections."""
    return lambda model: question(Model(inspection(periods, inspections), names={RANDOM: model.names[RANDOM]}))


def _committed(model: Any) -> Any:
    from deterrence.analysis.commitment import commitment

    return commitment(model.game, "Inspector")


def _over_penalty(model: Any, ax: Any) -> Any:
    """Draw how likely each outcome is over what it costs to be caught."""
    from deterrence.analysis.sweep import sweep

    return sweep(model.game, *model.game.outcomes, caught=[number / 20 for number in range(1, 121)]).plot(ax=ax)


RANDOM = "both unpredictable"
FIRST = "Inspector, period 1"
OUTCOMES = ("violation caught", "undetected violation", "no violation")

MODEL = Model(
    inspection(3, 1),
    source="dresher1962",
    relation="reduction",
    changed=(
        "One inspection for three periods, where `inspection(periods, inspections)` makes the game with other numbers; "
        "the payoffs of the work, 1 and -1, became two parameters."
    ),
    topic="inspection",
    related=("avenhaus2002", "vonstengel2016"),
    note="The work was not re-read: the game and the value are told after later papers on it.",
    assumptions=(
        "The Inspectee violates at most once, and what one side gains the other loses.",
        "An inspection finds a violation of the same period for certain, and no violation of an earlier one.",
        "The Inspectee counts the inspections, and the Inspector loses nothing by not knowing of a violation.",
        "An inspection that is left costs nothing and is worth nothing.",
    ),
    does_not_say="""\
In a game of pure conflict the Inspector gains what the Inspectee loses, so that it is as glad of a violation that is
caught as of a prize. An inspector who would rather see no violation at all is in another model. No alarm is ever
false, and how many inspections there are is not chosen.""",
    names={RANDOM: {FIRST: "mixed", "Inspectee, period 1": "mixed"}},
    axes=("caught",),
    claims=(
        Claim(
            "Whatever the payoffs, both sides are unpredictable as long as inspections are left, and too few.",
            "",
            ask.condition_of(RANDOM),
            lambda p: (p.gain > 0) & (p.caught > 0),
        ),
        Claim(
            "The game is worth 2 g^2/(c + 3 g) to the Inspectee.",
            "",
            ask.formula_of(payoff("Inspectee"), RANDOM),
            lambda p: 2 * p.gain**2 / (p.caught + 3 * p.gain),
        ),
        Claim(
            "The Inspector loses as much.",
            "",
            ask.formula_of(payoff("Inspector"), RANDOM),
            lambda p: -2 * p.gain**2 / (p.caught + 3 * p.gain),
        ),
        # C(n-1, k) / (C(n, 0) + ... + C(n, k)): 1/(1+2), 2/(1+3), 1/(1+3+3), 3/(1+4), 3/(1+4+6), 6/(1+5+10).
        Claim(
            "With payoffs of 1 and -1 the published value of n periods and k inspections is "
            "C(n-1, k)/(C(n, 0) + ... + C(n, k)): checked for (2, 1), (3, 1), (3, 2), (4, 1), (4, 2) and (5, 2).",
            "",
            _values((2, 1), (3, 1), (3, 2), (4, 1), (4, 2), (5, 2)),
            ["0.333333", "0.5", "0.142857", "0.6", "0.272727", "0.375"],
        ),
        Claim(
            "Four periods and two inspections are worth 3 g^3/(c^2 + 4 c g + 6 g^2) to the Inspectee: a power of c/g "
            "comes to each binomial.",
            "",
            _of(4, 2, ask.formula_of(payoff("Inspectee"), RANDOM)),
            lambda p: 3 * p.gain**3 / (p.caught**2 + 4 * p.caught * p.gain + 6 * p.gain**2),
        ),
        Claim(
            "Twice as many inspections for twice as many periods are better for the Inspector: of one in two, two in "
            "four and three in six the Inspectee gets 1/3, 3/11 and 5/21.",
            "",
            _values((2, 1), (4, 2), (6, 3)),
            ["0.333333", "0.272727", "0.238095"],
        ),
        Claim(
            "The Inspector inspects in the first period with probability g/(c + 3 g).",
            "",
            ask.formula_of(lambda one: one.strategies[FIRST]["inspect"], RANDOM),
            lambda p: p.gain / (p.caught + 3 * p.gain),
        ),
        Claim(
            "The Inspectee violates there with the same probability.",
            "",
            ask.formula_of(lambda one: one.strategies["Inspectee, period 1"]["violate"], RANDOM),
            lambda p: p.gain / (p.caught + 3 * p.gain),
        ),
        # Both act in period 1 with 1/4, in period 2 with 1/3; after an inspection the violation is safe.
        # Caught 1/16 + 9/16 * 1/9; none 9/16 * 4/9; undetected 3/16 + 3/16 + 9/16 * 4/9.
        Claim(
            "With payoffs of 1 and -1 a violation is caught with probability 1/8, goes undetected with 5/8, and there "
            "is none with 1/4.",
            "",
            lambda model: [ask.value_at(outcome)(model) for outcome in OUTCOMES],
            ["0.125", "0.625", "0.25"],
            basis="computed",
        ),
        Claim(
            "A higher price of being caught makes undetected violations rarer.",
            "",
            ask.sign_of("caught", "undetected violation", RANDOM),
            "falls",
        ),
        Claim(
            "It makes even those rarer that are caught: they are fewer.",
            "",
            ask.sign_of("caught", "violation caught", RANDOM),
            "falls",
        ),
        Claim(
            "It also makes the Inspector wait more often in the first period.",
            "",
            ask.sign_of("caught", lambda one: one.strategies[FIRST]["inspect"], RANDOM),
            "falls",
        ),
        Claim(
            "To announce the random plan costs the Inspector nothing, and gains it nothing.",
            "",
            lambda model: _committed(model).worth["as it is"],
            (0, 0),
            basis="own",
        ),
        Claim(
            "A plan without chance that is known loses it as much as no inspection at all, g.",
            "",
            lambda model: [_committed(model.at(gain=gain)).first_mover for gain in (1, 3)],
            [(-1, -1), (-3, -3)],
            basis="own",
        ),
    ),
    draws=_over_penalty,
    theory=Theory(
        mechanism=("inspection",),
        actors="state and violator",
        information=("hidden action",),
        result=("deters",),
        finding=(
            "With fewer inspections than periods violations are made rarer, not ended, by an Inspector who may come at "
            "any time."
        ),
        means=("denial", "punishment"),
        phase=("general",),
        neighbours={
            "maschler1966/announced_inspection": "The sides are not opposed in all: an inspector gains by announcing.",
            "avenhaus2002/noisy_attribution": "The act is always possible, and an alarm may be missed or false.",
        },
    ),
)
