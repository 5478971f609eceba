"""Counterterrorism by two states: both protect themselves, though both would rather have the enemy weakened.

Each of two targeted states pre-empts, waits or deters. To pre-empt costs a state ``c`` and weakens the enemy, which is
worth ``B`` to both. To deter, by protecting its own targets, is worth ``b`` to the state that does it and costs both
``x``: the one its effort, the other the attacks that are diverted to it. Whatever the other does, to deter is best
where ``b - x`` is more than 0 and than ``B - c``. Both then deter and get ``b - 2 x``, where pre-emption by both would
have given them ``2 B - c``.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff, probability
from deterrence.games.matrices import matrix
from deterrence.games.notation import end, game, where
from deterrence.games.parameter import param
from deterrence.games.tree import Assumed
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

DOES = {"pre-empt": "pre-empts", "wait": "waits", "deter": "deters"}


@game("Prime target", "Other target", name="counterterrorism")
def counterterrorism(
    *,
    weakened: Any = param(
        4,
        "what a weakened enemy is worth to each state",
        low=0,
        high=20,
        symbol="B",
        plausible=(1, 12),
        why="holds 8, above which pre-emption is best for each alone",
    ),
    effort: Any = param(
        6,
        "what it costs to pre-empt",
        low=0,
        high=20,
        symbol="c",
        plausible=(0.5, 12),
        why="holds 2, below which pre-emption is best for each alone",
    ),
    protected: Any = param(
        6,
        "what protecting its own targets is worth to a state",
        low=0,
        high=20,
        symbol="b",
        plausible=(1, 12),
        why="holds 4 and 8, between which both deter to their loss",
    ),
    cost: Any = param(
        4,
        "what that costs it, and the other by the attacks that are diverted",
        low=0,
        high=20,
        symbol="x",
        plausible=(0.5, 10),
        why="holds 3 and 6, between which both deter to their loss",
    ),
    targeted: Any = param(
        0,
        "what a weakened enemy is worth more to the Prime target",
        low=0,
        high=20,
        symbol="t",
        plausible=(0, 10),
        why="holds 4, from which the Prime target pre-empts",
    ),
) -> Assumed:
    """Pre-empt for the good of both, wait, or deter at the other's cost."""
    own = {"pre-empt": weakened - effort, "wait": 0, "deter": protected - cost}
    spill = {"pre-empt": weakened, "wait": 0, "deter": -cost}

    def cell(prime: str, other: str) -> Any:
        extra = targeted if prime == "pre-empt" else 0
        name = f"both {prime}" if prime == other else f"prime {DOES[prime]}, other {DOES[other]}"
        return end(name, own[prime] + extra + spill[other], own[other] + spill[prime])

    table = matrix({(prime, other): cell(prime, other) for prime in DOES for other in DOES})
    return where(table, weakened > 0, effort > 0, protected > 0, cost > 0)


def _elimination(**values: object) -> Any:
    """Return a function that takes dominated strategies out at parameter values."""

    def found(model: Any) -> Any:
        from deterrence.analysis.dominance import dominance

        return dominance(model.game.at(values) if values else model.game)

    return found


def _worth_of_leading(model: Any) -> Any:
    from deterrence.analysis.commitment import commitment

    return commitment(model.game, "Prime target").worth["as it is"]


def _bound(model: Any, prime: str, other: str) -> tuple[Any, ...]:
    """Return what the states get where both are bound to a policy."""
    from deterrence.mechanisms.commitment import Commitment

    bound = model.game.under(Commitment("Prime target", prime), Commitment("Other target", other, prefix="other"))
    return tuple(Model(bound).solve()[0].payoffs.values())


def _race_at(model: Any, protected: object) -> tuple[Any, Any]:
    """Return which equilibria there are at a worth of protection, and what the Other target gets."""
    classes = ask.classes_at(protected=protected)(model)
    return classes, ask.value_at(payoff("Other target"), protected=protected)(model)


def _map(model: Any, ax: Any) -> Any:
    """Draw which equilibrium there is over what protection and a weakened enemy are worth."""
    from deterrence.analysis.regions import regions

    return regions(model.game, protected=(0.02, 12), targeted=(0, 10)).plot(ax=ax)


RACE, IDLE, LONE, FREE, BOTH = (
    "both deter",
    "both wait",
    "prime target pre-empts, the other deters",
    "prime target pre-empts, the other waits",
    "both pre-empt",
)

MODEL = Model(
    counterterrorism,
    source="arce2005",
    relation="reduction",
    changed=(
        "The table of three policies alone, with its payoffs as parameters; the work's policies used together, and its "
        "other tables, are left out."
    ),
    topic="counterterrorism",
    related=("sandler1988",),
    note="Recalled, not re-read but for the abstract; the numbers are those that we remember from this literature.",
    assumptions=(
        "The states decide at once, and a state takes one policy.",
        "What one state's policy brings does not depend on the other's: benefits and costs add up.",
        "Pre-emption serves both states alike, but for what the Prime target gains in addition.",
        "Protection does not lower the number of attacks; it diverts them.",
    ),
    does_not_say="""\
The enemy does not choose, and what pre-emption may provoke is not in it. Whether protection really diverts attacks, and
whether force weakens the enemy, is assumed here and disputed. It is played once: agreements, side payments and what
states learn of each other are left out.""",
    names={
        RACE: {"Prime target": "deter", "Other target": "deter"},
        IDLE: {"Prime target": "wait", "Other target": "wait"},
        LONE: {"Prime target": "pre-empt", "Other target": "deter"},
        FREE: {"Prime target": "pre-empt", "Other target": "wait"},
        BOTH: {"Prime target": "pre-empt", "Other target": "pre-empt"},
    },
    axes=("protected", "targeted"),
    claims=(
        Claim(
            "Both deter where that is worth more to each alone than to wait, b >= x, and than to pre-empt.",
            "",
            ask.condition_of(RACE),
            lambda p: (p.protected >= p.cost) & (p.protected - p.cost >= p.weakened + p.targeted - p.effort),
        ),
        Claim(
            "At the defaults both other policies are strictly dominated, for either state: nothing needs to be known "
            "of the other.",
            "",
            lambda model: (_elimination()(model).profile, len(_elimination()(model).rounds)),
            ({"Prime target": "deter", "Other target": "deter"}, 1),
        ),
        Claim(
            "The elimination holds wherever both deter, but for ties.",
            "",
            lambda model: _elimination()(model).when,
            lambda p: (p.protected > p.cost) & (p.protected - p.cost > p.weakened + p.targeted - p.effort),
        ),
        Claim(
            "The Prime target then gets b - 2 x.",
            "",
            ask.formula_of(payoff("Prime target"), RACE),
            lambda p: p.protected - 2 * p.cost,
        ),
        Claim(
            "So does the Other target.",
            "",
            ask.formula_of(payoff("Other target"), RACE),
            lambda p: p.protected - 2 * p.cost,
        ),
        # Own effect: 4 - 6, 0, 6 - 4. On the other: 4, 0, -4.
        Claim(
            "At the defaults the table, policy by policy, is this: to wait gives both 0, to deter -2, to pre-empt 2.",
            "",
            lambda model: [[_bound(model, prime, other) for other in DOES] for prime in DOES],
            [
                [(2, 2), (-2, 4), (-6, 6)],
                [(4, -2), (0, 0), (-4, 2)],
                [(6, -6), (2, -4), (-2, -2)],
            ],
            basis="computed",
        ),
        Claim(
            "Deterrence is oversupplied where x < b < 2 x: with b = 5, 8 and 9 both deter, and get -3, 0 and 1.",
            "",
            lambda model: [_race_at(model, worth) for worth in (5, 8, 9)],
            [({RACE}, -3), ({RACE}, 0), ({RACE}, 1)],
            basis="computed",
        ),
        Claim(
            "Pre-emption is undersupplied: without a way to deter, b = 1, and with B < c < 2 B both wait.",
            "",
            ask.classes_at(protected=1),
            {IDLE},
            basis="computed",
        ),
        Claim(
            "Better protection may hurt both: where its worth rises from 3 to 6, both fall from 0 to -2.",
            "",
            lambda model: [ask.value_at(payoff("Other target"), protected=worth)(model) for worth in (3, 6)],
            [0, -2],
            basis="computed",
        ),
        Claim(
            "A state that is attacked more pre-empts, from t = (b - x) - (B - c) on.",
            "",
            ask.threshold_of("targeted", probability("pre-empt", "Prime target")),
            lambda p: p.protected - p.cost - p.weakened + p.effort,
        ),
        Claim(
            "The Other target then deters all the same.",
            "",
            ask.condition_of(LONE),
            lambda p: (
                (p.protected >= p.cost)
                & (p.protected - p.cost >= p.weakened - p.effort)
                & (p.protected - p.cost <= p.weakened + p.targeted - p.effort)
            ),
        ),
        Claim(
            "It gets b - x + B, and so gains by the attacks on the Prime target.",
            "",
            ask.formula_of(payoff("Other target"), LONE),
            lambda p: p.protected - p.cost + p.weakened,
        ),
        Claim(
            "The Prime target gets B + t - c - x: it bears the effort, and the attacks that the other diverts.",
            "",
            ask.formula_of(payoff("Prime target"), LONE),
            lambda p: p.weakened + p.targeted - p.effort - p.cost,
        ),
        Claim(
            "Where protection is not worth its cost, b <= x, the Other target waits instead.",
            "",
            ask.condition_of(FREE),
            lambda p: (p.protected <= p.cost) & (p.weakened <= p.effort) & (p.effort <= p.weakened + p.targeted),
        ),
        Claim(
            "Both wait where nothing is worth its cost to either alone.",
            "",
            ask.condition_of(IDLE),
            lambda p: (p.protected <= p.cost) & (p.weakened + p.targeted <= p.effort),
        ),
        Claim(
            "Both pre-empt only where that is worth it to each alone.",
            "",
            ask.condition_of(BOTH),
            lambda p: (p.weakened >= p.effort) & (p.weakened - p.effort >= p.protected - p.cost),
        ),
        Claim(
            "It helps no state to move first, or to be bound: the other's best policy is the same whatever it does.",
            "",
            _worth_of_leading,
            (0, 0),
            basis="own",
        ),
    ),
    draws=_map,
    theory=Theory(
        mechanism=("arms",),
        actors="two states",
        information=("complete",),
        result=("displaces", "backfires"),
        finding=(
            "Protection, whose gains are one's own and whose costs are shared, crowds out pre-emption, whose gains are "
            "shared and whose costs are one's own."
        ),
        means=("denial",),
        phase=("general",),
        neighbours={
            "sandler1988/targets": "The attacker chooses its target, and protection makes attacks fail.",
            "snyder1977/prisoners_dilemma": "Two policies, and the dilemma that is in this table twice.",
            "martin1992/senders_coalition": "The common good is a pressure that works only if both exert it.",
        },
    ),
)
