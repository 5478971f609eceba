"""Costly reassurance: a gesture that a greedy state would not make.

A Sender, a security seeker with chance ``t`` and greedy otherwise, makes a gesture or none, and the Receiver cooperates
or refuses. It cooperates where it trusts the Sender at least to ``B/(1 + B)``. The gesture costs a seeker ``c_S`` and a
greedy state ``c_G``, for whom exploiting a trusting Receiver is worth ``e``. It reassures where ``c_S <= 1`` and
``c_G >= e``. Where trust is too low there is an equilibrium of mistrust, too, which the D1 criterion removes at the
defaults: only a seeker would have made the gesture.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.mechanisms.sanctions import Sanctions
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory
from deterrence.refinements import d1


@game("Sender", "Receiver", name="costly-reassurance")
def costly_reassurance(
    *,
    trust: Any = share(
        0.6,
        "chance that the Sender is a security seeker",
        symbol="t",
        plausible=(0.05, 0.95),
        why="holds 2/3, from which the Receiver trusts without a gesture",
    ),
    seeker_cost: Any = param(
        0.4,
        "what the gesture costs a security seeker, cooperation being worth 1",
        low=0,
        high=3,
        symbol="c_S",
        plausible=(0.02, 1.5),
        why="holds 1, above which it is not worth its price",
    ),
    greedy_cost: Any = param(
        1.6,
        "what the gesture costs a greedy state",
        low=0,
        high=4,
        symbol="c_G",
        plausible=(0.45, 3),
        why="holds 0.6 and 1.5, from which it is imitated at times and not at all",
    ),
    exploitation: Any = param(
        1.5,
        "what a trusting Receiver is worth to a greedy state",
        low=0,
        high=4,
        symbol="e",
        plausible=(0.2, 4),
        why="holds 1.6, up to which a greedy state makes no gesture",
    ),
    betrayal: Any = param(
        2,
        "what being exploited costs the Receiver, cooperation being worth 1",
        low=0,
        high=10,
        symbol="B",
        plausible=(0.2, 8),
        why="holds 1.5, up to which it trusts without a gesture",
    ),
) -> Assumed:
    """Make a gesture or none, before a Receiver that cooperates or refuses."""

    def answered(seeker: bool, spent: Any, seen: str) -> Node:
        kept, abused = end("cooperation", 1 - spent, 1), end("exploitation", exploitation - spent, -betrayal)
        choices = {"cooperate": kept if seeker else abused, "refuse": end("mistrust", -spent, 0)}
        return move("Receiver", choices, information=seen)

    def sender(seeker: bool) -> Node:
        shown = answered(seeker, seeker_cost if seeker else greedy_cost, "Receiver, after a gesture")
        choices = {"make a gesture": shown, "make none": answered(seeker, 0, "Receiver, without a gesture")}
        return move("Sender", choices, information="security seeker" if seeker else "greedy state")

    drawn = chance({"seeker": (trust, sender(True)), "greedy": (1 - trust, sender(False))})
    inside = (trust > 0, trust < 1, seeker_cost > 0, exploitation > 0, betrayal > 0)
    return where(drawn, *inside, seeker_cost < greedy_cost)


def _trusted(p: Any) -> Any:
    return p.trust * (1 + p.betrayal) >= p.betrayal


def _mistrusted(p: Any) -> Any:
    return p.trust * (1 + p.betrayal) <= p.betrayal


def _map(model: Any, ax: Any) -> Any:
    """Draw which equilibria exist over what the gesture costs either type."""
    from deterrence.analysis.regions import regions

    return regions(model.game, seeker_cost=(0.02, 1.5), greedy_cost=(0.05, 2.5)).plot(ax=ax)


REASSURANCE, MISTRUST, TRUST = "reassurance", "mistrust", "trust without a gesture"
COMMON, IMITATED, AT_TIMES = "common gesture", "gesture imitated at times", "gesture made at times"
PLAYERS = ("Sender", "Receiver")

MODEL = Model(
    costly_reassurance,
    source="kydd2005",
    relation="in the spirit of",
    changed="""\
Not found in the work, as far as recalled: there the gesture is cooperation in a first round at lower stakes, and each \
of two states is unsure of the other. Here one is unsure, and the gesture has a price of its own for each type.""",
    topic="reassurance",
    related=("kydd2000", "cho1987"),
    note="The works were recalled and not re-read. Illustrative payoffs.",
    assumptions=(
        "Only the Sender knows whether it seeks security or gain.",
        "The gesture costs a greedy state more, as giving up means of attack does.",
        "A greedy state exploits whoever trusts it, and a security seeker nobody.",
    ),
    does_not_say="""\
The gesture costs the Sender something and changes nothing else: neither side is weaker or stronger after it. The
Receiver's own aims are known. Where trust is high enough, with a gesture or without, nothing here says which is
chosen.""",
    names={
        REASSURANCE: {"security seeker": "make a gesture", "greedy state": "make none"},
        COMMON: {"security seeker": "make a gesture", "greedy state": "make a gesture"},
        IMITATED: {"security seeker": "make a gesture", "greedy state": "mixed"},
        AT_TIMES: {"security seeker": "mixed", "greedy state": "make none"},
        TRUST: {
            "security seeker": "make none",
            "greedy state": "make none",
            "Receiver, without a gesture": "cooperate",
        },
        MISTRUST: {
            "security seeker": "make none",
            "greedy state": "make none",
            "Receiver, without a gesture": "refuse",
        },
    },
    axes=("seeker_cost", "greedy_cost"),
    claims=(
        Claim(
            "A gesture reassures where it costs a greedy state at least what exploitation is worth, and a seeker at "
            "most what cooperation is.",
            "",
            ask.condition_of(REASSURANCE),
            lambda p: (p.seeker_cost <= 1) & (p.greedy_cost >= p.exploitation),
        ),
        Claim(
            "There is mistrust where the Receiver trusts the Sender at most to B/(1 + B), however cheap a gesture is.",
            "",
            ask.condition_of(MISTRUST),
            _mistrusted,
        ),
        Claim(
            "From there on it may trust without a gesture.",
            "",
            ask.condition_of(TRUST),
            _trusted,
        ),
        # 2/3 of trust is needed and 0.6 is there; nothing else depends on trust at these costs.
        Claim(
            "At the defaults the gesture reassures, or there is mistrust.",
            "",
            ask.classes_at(),
            {REASSURANCE, MISTRUST},
            basis="computed",
        ),
        Claim(
            "D1 leaves reassurance alone: only a seeker could gain by the gesture that nobody makes.",
            "",
            ask.survivors_at(d1),
            {REASSURANCE},
        ),
        Claim(
            "There is then cooperation with all seekers, with chance 0.6, and no exploitation.",
            "",
            lambda model: [ask.value_at(what, REASSURANCE)(model) for what in ("cooperation", "exploitation")],
            ["0.6", 0],
            basis="computed",
        ),
        # There every message is sent, or nobody has anything to gain by the one that is not.
        Claim(
            "Where trust is 0.8 D1 removes nothing: trust without a gesture stands beside reassurance.",
            "",
            lambda model: [ask.classes_at(trust=0.8)(model), ask.survivors_at(d1, trust=0.8)(model)],
            [{REASSURANCE, TRUST, AT_TIMES}] * 2,
        ),
        Claim(
            "Where the gesture reassures the Sender gets t (1 - c_S) and the Receiver t.",
            "",
            lambda model: [ask.formula_of(payoff(who), REASSURANCE)(model) for who in PLAYERS],
            lambda p: [p.trust * (1 - p.seeker_cost), p.trust],
        ),
        Claim(
            "Trusted without a gesture the Sender gets t + (1 - t) e, and the Receiver t - (1 - t) B.",
            "",
            lambda model: [ask.formula_of(payoff(who), TRUST)(model) for who in PLAYERS],
            lambda p: [
                p.trust + (1 - p.trust) * p.exploitation,
                p.trust - (1 - p.trust) * p.betrayal,
            ],
        ),
        Claim(
            "If the greedy make the gesture, too, it tells nothing, and costs them what it costs.",
            "",
            ask.formula_of(payoff("Sender"), COMMON),
            lambda p: p.trust * (1 - p.seeker_cost) + (1 - p.trust) * (p.exploitation - p.greedy_cost),
        ),
        Claim(
            "A gesture that is too cheap to keep the greedy away works at times where trust is low and it costs them "
            "more in proportion to their gain, c_G/e >= c_S.",
            "",
            ask.condition_of(IMITATED),
            lambda p: (
                _mistrusted(p) & (p.greedy_cost <= p.exploitation) & (p.greedy_cost >= p.seeker_cost * p.exploitation)
            ),
        ),
        Claim(
            "It is then believed with chance c_G/e only.",
            "",
            ask.formula_of(lambda one: one.strategies["Receiver, after a gesture"]["cooperate"], IMITATED),
            lambda p: p.greedy_cost / p.exploitation,
        ),
        Claim(
            "So the more the gesture costs the greedy, the more often they exploit, until it costs too much for them.",
            "",
            ask.sign_of("greedy_cost", "exploitation", IMITATED),
            "rises",
        ),
        # To 0.6 seekers 0.3 greedy imitators, half as many; they are believed with chance 1.2/1.5 or 1.4/1.5.
        Claim(
            "At costs of 1.2, 1.4 and 1.6 to them, exploitation comes with chance 0.24, 0.28 and 0.",
            "",
            lambda model: [
                max(one.outcomes["exploitation"] for one in model.solve(greedy_cost=cost)) for cost in (1.2, 1.4, 1.6)
            ],
            ["0.24", "0.28", 0],
            basis="computed",
        ),
        Claim(
            "Punishment for exploitation makes gestures honest: at a cost of 1.2 to the greedy there is no "
            "reassurance; with sanctions of 0.5 on exploitation there is.",
            "",
            lambda model: [
                ask.is_equilibrium_at(REASSURANCE, greedy_cost=1.2)(model),
                ask.under(
                    ask.is_equilibrium_at(REASSURANCE, greedy_cost=1.2),
                    Sanctions("Sender", outcomes="exploitation", pressure=0.5),
                )(model),
            ],
            [False, True],
            basis="own",
        ),
    ),
    draws=_map,
    theory=Theory(
        mechanism=("reassurance", "signalling"),
        actors="two states",
        information=("one-sided",),
        result=("reveals", "several outcomes"),
        finding="A gesture builds trust where it costs a greedy state at least what exploiting that trust would bring.",
        phase=("general",),
        neighbours={
            "cho1987/signalling_resolve": "The signal shows resolve, and is to be feared rather than trusted.",
            "kydd2002/spoilers": "Trust is destroyed by third parties, whose attacks the trustworthy cannot all stop.",
            "kydd2017/threats_and_assurances": "What is to be assured is that compliance will not be exploited.",
        },
    ),
)
