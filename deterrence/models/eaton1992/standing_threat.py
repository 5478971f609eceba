"""A standing threat of sanctions: comply for good, or test the sender.

Complying costs the target ``x`` a period. If it does not comply, the sender may sanction it at a cost ``s`` to
itself and ``t`` to the target, after which the target complies again; or it lets the violation pass, and the threat
is dead for good. The target complies where ``t >= x`` and the threat is credible, which it is where
``s <= delta b/(1 - delta)``: patience makes it so.
"""

from __future__ import annotations

from typing import Any

from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


def standing(x: Any, b: Any, s: Any, t: Any, delta: Any) -> Node:
    """Return the tree of one period, with what follows at its present value."""
    forgiven = end("threat dead", 0, 0)
    sanctioned = end("sanctions", -t - delta * x / (1 - delta), -s + delta * b / (1 - delta))
    answer = move("Sender", {"sanction": sanctioned, "let pass": forgiven})
    return move("Target", comply=end("compliance", -x / (1 - delta), b / (1 - delta)), resist=answer)


@game("Target", "Sender", name="standing-threat")
def standing_threat(
    *,
    compliance: Any = param(
        1,
        "what complying costs the target a period",
        low=0,
        high=10,
        symbol="x",
        plausible=(0.2, 4),
        why="may be less than the sanction's damage, or more",
    ),
    benefit: Any = param(
        0.25,
        "what compliance is worth to the sender a period",
        low=0,
        high=10,
        symbol="b",
        plausible=(0.05, 1),
        why="from hardly worth a sanction to what complying costs",
    ),
    sanction_cost: Any = param(
        1,
        "what a sanction costs the sender",
        low=0,
        high=10,
        symbol="s",
        plausible=(0, 4),
        why="from a free threat to one too dear to be credible",
    ),
    damage: Any = param(
        2,
        "what a sanction costs the target",
        low=0,
        high=20,
        symbol="t",
        plausible=(0, 4),
        why="from a pinprick to four times the cost of complying",
    ),
    patience: Any = param(
        0.9,
        "weight of the next period",
        low=0,
        high=0.99,
        symbol=r"\delta",
        plausible=(0.5, 0.99),
        why="from hasty to patient senders, across s/(s + b)",
    ),
) -> Assumed:
    """Comply, or find out whether the sender means it."""
    return where(standing(compliance, benefit, sanction_cost, damage, patience), compliance > 0, benefit > 0)


@game("Target", "Sender", name="disputed-violations")
def disputed_violations(
    *,
    compliance: Any = param(
        1,
        "what complying costs the target a period",
        low=0,
        high=10,
        symbol="x",
        plausible=(0.2, 2),
        why="either side of damage times a - f, where complying stops",
    ),
    benefit: Any = param(
        1,
        "what compliance is worth to the sender a period",
        low=0,
        high=10,
        symbol="b",
        plausible=(0.1, 2),
        why="from too little for a sanction to twice complying's cost",
    ),
    sanction_cost: Any = param(
        0.5,
        "what a sanction costs the sender",
        low=0,
        high=10,
        symbol="s",
        plausible=(0, 6),
        why="from free sanctions to ones too dear for a patient sender",
    ),
    damage: Any = param(
        2,
        "what a sanction costs the target",
        low=0,
        high=20,
        symbol="t",
        plausible=(0, 5),
        why="well past x/(a - f), from which the target complies",
    ),
    patience: Any = param(
        0.9,
        "weight of the next period",
        low=0,
        high=0.99,
        symbol=r"\delta",
        plausible=(0.2, 0.99),
        why="from a sender that lives for today to a patient one",
    ),
    detection: Any = share(
        0.9,
        "chance that a violation raises the alarm",
        symbol="a",
        plausible=(0.5, 0.99),
        why="from every other violation to nearly all",
    ),
    false_alarm: Any = share(
        0.1,
        "chance of an alarm although the target complied",
        symbol="f",
        plausible=(0.01, 0.3),
        why="well below detection, so that alarms mean something",
    ),
) -> Assumed:
    """Comply or not, where the sender knows violations by an alarm that may be missed or false."""
    later_target = -patience * (compliance + false_alarm * damage) / (1 - patience)
    later_sender = patience * (benefit - false_alarm * sanction_cost) / (1 - patience)

    def period(now: Any, gained: Any, alarm: Any, outcomes: tuple[str, str]) -> Node:
        answered = end(outcomes[1], now - damage + later_target, gained - sanction_cost + later_sender)
        dead = end("threat dead", now, gained)
        choice = move("Sender", {"sanction": answered, "let pass": dead}, information="alarm")
        quiet = end(outcomes[0], now + later_target, gained + later_sender)
        return chance({"alarm": (alarm, choice), "quiet": (1 - alarm, quiet)})

    complied = period(-compliance, benefit, false_alarm, ("compliance", "wrongful sanctions"))
    resisted = period(0, 0, detection, ("unseen violation", "sanctions"))
    tree = move("Target", comply=complied, resist=resisted)
    return where(tree, false_alarm < detection, false_alarm * sanction_cost < benefit, compliance > 0)


def _disputed(question: ask.Question) -> ask.Question:
    """Ask about the game in which violations have to be detected."""
    return lambda model: question(Model(disputed_violations))


def _map(model: Any, ax: Any) -> Any:
    """Draw who gives way over patience and the damage that sanctions do."""
    from deterrence.analysis.regions import regions

    return regions(model.game, patience=(0.5, 0.99), damage=(0, 3)).plot(ax=ax)


MODEL = Model(
    standing_threat,
    source="eaton1992",
    relation="in the spirit of",
    changed=(
        "Not found in the work, whose game is repeated without end: one period in which what follows stands at "
        "its present value."
    ),
    topic="sanctions",
    note="Illustrative payoffs.",
    assumptions=(
        "A target that was sanctioned complies again; a threat that was not carried out is never believed again.",
        "Both know the costs of the other; a violation is seen.",
    ),
    does_not_say="""\
The severity of the sanction is given and is no choice, and it does not grow or wear off. That a threat dies when
it is not carried out once is assumed and not derived.""",
    theory=Theory(
        mechanism=("sanctions", "reputation"),
        actors="senders and target",
        information=("complete",),
        result=("deters",),
        finding="Patience makes a threat of sanctions credible, and then none are seen.",
        means=("punishment",),
        phase=("general",),
        neighbours={
            "lacy2004/sanctions_threat": "There resolve is hidden and nothing follows.",
            "selten1978/chain_store": "There the end is known, and the same argument unravels.",
            "whang2013/sanction_threats": "There private shocks decide.",
        },
    ),
    names={
        "compliance": {"Target": "comply", "Sender": "sanction"},
        "sanctions": {"Target": "resist", "Sender": "sanction"},
        "empty threat": {"Target": "resist", "Sender": "let pass"},
    },
    claims=(
        Claim(
            "The target complies where the threat is credible and the sanction hurts more than compliance.",
            "",
            ask.condition_of("compliance"),
            lambda p: (p.compliance <= p.damage) & (p.sanction_cost * (1 - p.patience) <= p.patience * p.benefit),
        ),
        Claim(
            "The threat is credible to the sender from a patience of s/(s + b).",
            "",
            ask.threshold_of("patience", "comply"),
            lambda p: p.sanction_cost / (p.sanction_cost + p.benefit),
        ),
        Claim(
            "With s = 1 and b = 0.25 that is 0.8.",
            "",
            ask.threshold_value("patience", "comply", sanction_cost=1, benefit=0.25),
            "0.800000",
            basis="computed",
        ),
        Claim(
            "Sanctions are seen where they fail: against a target that would rather bear them than comply.",
            "",
            ask.condition_of("sanctions"),
            lambda p: (p.damage <= p.compliance) & (p.sanction_cost * (1 - p.patience) <= p.patience * p.benefit),
        ),
        Claim(
            "Where a violation is detected with chance a and compliance mistaken for one with chance f, the target "
            "complies only from t = x/(a - f).",
            "",
            _disputed(ask.threshold_of("damage", "comply")),
            lambda p: p.compliance / (_share("detection") - _share("false_alarm")),
        ),
        Claim(
            "With x = 0.5 compliance costs the target 5 and brings the sender 2.5; sanctions leave them -6.5 and 1.25.",
            "",
            ask.each_of(
                ask.payoffs_of({"Target": "comply", "Sender": "sanction"}, compliance=0.5),
                ask.payoffs_of({"Target": "resist", "Sender": "sanction"}, compliance=0.5),
                ask.payoffs_of({"Target": "resist", "Sender": "let pass"}, compliance=0.5),
            ),
            # all periods weigh 1/(1 - 0.9) = 10, all later ones 9: -2 - 9 0.5 = -6.5 and -1 + 9 0.25 = 1.25
            [("-5", "2.5"), ("-6.5", "1.25"), (0, 0)],
            basis="computed",
        ),
        Claim(
            "Compliance must cost the target something, and be worth something to the sender.",
            "",
            ask.each_of(ask.admits(compliance=0), ask.admits(benefit=0)),
            [False, False],
        ),
    ),
    draws=_map,
)


def _share(name: str) -> Any:
    return disputed_violations.parameters[name].expression
