"""Arms control needs enough transparency to catch cheating, and not so much that it invites an attack.

The Builder arms openly, or lets inspectors in and then complies or cheats. Inspection of transparency ``m`` finds a
breach with that chance, and shows targets that are worth ``m x`` to an attacker. The Inspector honours the agreement
or strikes, which costs it ``k``. The Builder complies where ``m`` is at least ``e/(e + p)``, and is safe where ``m`` is
at most ``k/x``. Where the first is more than the second no inspection is good enough, however costly the arms race.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.mechanisms.audience_costs import AudienceCosts
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory
from deterrence.refinements import payoff_dominant


@game("Builder", "Inspector", name="arms-control")
def arms_control(
    *,
    transparency: Any = share(
        0.45,
        "transparency of inspection: the chance that a breach is found",
        symbol="m",
        plausible=(0.05, 0.95),
        why="holds 1/3 and 3/5, the transparency needed and the transparency allowed",
    ),
    targets: Any = param(
        5,
        "what the targets that full transparency shows are worth to an attacker",
        low=0,
        high=20,
        symbol="x",
        plausible=(1, 15),
        why="holds 9, above which no transparency is both enough and safe",
    ),
    edge: Any = param(
        2,
        "what cheating brings the Builder if it is not stopped",
        low=0,
        high=10,
        symbol="e",
        plausible=(0.2, 8),
        why="holds 6, above which no transparency is both enough and safe",
    ),
    harm: Any = param(
        2,
        "what that costs the Inspector",
        low=0,
        high=10,
        symbol="l",
        plausible=(0.2, 6),
        why="holds 3/4, below which a breach is not answered",
    ),
    war: Any = param(
        3,
        "what a strike costs the Inspector if it knows no targets",
        low=0,
        high=20,
        symbol="k",
        plausible=(0.5, 6),
        why="holds 9/4 and 17/4, below which it strikes for gain and above which not at all",
    ),
    struck: Any = param(
        4,
        "what a strike costs the Builder",
        low=0,
        high=20,
        symbol="p",
        plausible=(1.1, 10),
        why="holds 22/9, below which the Builder would cheat",
    ),
    race: Any = param(
        1,
        "what an open arms race costs each side",
        low=0,
        high=10,
        symbol="a",
        plausible=(0.1, 3.9),
        why="less than to be struck",
    ),
) -> Assumed:
    """Arm openly, comply or cheat; honour the agreement or strike."""

    def judged(kept: Node, seen: str) -> Node:
        attacked = end("strike", -struck, transparency * targets - war)
        return move("Inspector", honour=kept, strike=attacked, information=f"Inspector, {seen}")

    unpunished = end("breach unpunished", edge, -harm)
    found = judged(unpunished, "breach found")
    tree = move(
        "Builder",
        {
            "arm openly": end("arms race", -race, -race),
            "comply": judged(end("agreement kept", 0, 0), "no breach found"),
            "cheat": chance(
                found=(transparency, found),
                hidden=(1 - transparency, judged(unpunished, "no breach found")),
            ),
        },
        information="Builder",
    )
    inside = (transparency > 0, transparency < 1, targets > 0, edge > 0, harm > 0, war > 0, race > 0)
    return where(tree, *inside, race < struck)


def _worth(p: Any) -> Any:
    """Return what a strike is worth to the Inspector."""
    return p.transparency * p.targets - p.war


def _needed(p: Any) -> Any:
    return p.edge / (p.edge + p.struck)


def _map(model: Any, ax: Any) -> Any:
    """Draw which equilibria exist over the transparency of inspection and what it shows to an attacker."""
    from deterrence.analysis.regions import regions

    return regions(model.game, targets=(0.5, 15), transparency=(0.02, 0.98)).plot(ax=ax)


KEPT, RACE, CHEATED = "agreement", "arms race", "cheating without risk"

MODEL = Model(
    arms_control,
    source="coe2020",
    relation="in the spirit of",
    changed="Not found in the work in this form: one round, one side that might arm, and transparency that is given.",
    topic="arms control",
    note="Of the work its abstract and first pages alone were read. Illustrative payoffs.",
    assumptions=(
        "The better inspection finds breaches, the more it shows of what an attacker would have to hit.",
        "A Builder that complies is never taken for one that cheats.",
        "What a strike is worth does not depend on whether the Builder complied.",
        "To be struck is worse for the Builder than an open arms race.",
    ),
    does_not_say="""\
How much inspection shows is given, and not bargained over, and nothing makes up for it in other coin. There is one
round, so that an agreement has no past and no reputation to lose. It describes no treaty.""",
    names={
        KEPT: {"Builder": "comply"},
        RACE: {"Builder": "arm openly"},
        CHEATED: {"Builder": "cheat"},
    },
    axes=("targets", "transparency"),
    claims=(
        Claim(
            "An agreement is kept where transparency is enough to catch cheating, m >= e/(e + p), is not so much as to "
            "threaten the Builder, m <= k/x, and a breach would be answered, k - m x <= l.",
            "",
            ask.condition_of(KEPT),
            lambda p: (p.transparency >= _needed(p)) & (_worth(p) <= 0) & (_worth(p) >= -p.harm),
        ),
        Claim(
            "The Builder may refuse inspection wherever a breach would be answered: it is enough that it were "
            "distrusted.",
            "",
            ask.condition_of(RACE),
            lambda p: _worth(p) >= -p.harm,
        ),
        Claim(
            "It cheats for certain where a strike costs more than the harm done by a breach.",
            "",
            ask.condition_of(CHEATED),
            lambda p: _worth(p) <= -p.harm,
        ),
        Claim(
            "As transparency grows from none, breaches are answered from (k - l)/x on, an agreement is possible from "
            "e/(e + p), and no more beyond k/x.",
            "",
            ask.boundaries_of("transparency", "comply"),
            lambda p: ((p.war - p.harm) / p.targets, _needed(p), p.war / p.targets),
        ),
        Claim(
            "At the defaults it is possible between 1/3 and 3/5.",
            "",
            # 2/(2 + 4), and 3/5.
            lambda model: [KEPT in ask.classes_at(transparency=m)(model) for m in (0.33, 0.34, 0.6, 0.61)],
            [False, True, True, False],
            basis="computed",
        ),
        Claim(
            "The transparency needed may exceed the transparency that security allows: where targets are worth 10, "
            "1/3 is needed and 3/10 allowed, and no inspection will do.",
            "abstract",
            lambda model: [ask.classes_at(transparency=m, targets=10)(model) for m in (0.25, 0.3, 0.32, 0.34, 0.6)],
            [{RACE}] * 5,
            basis="computed",
        ),
        Claim(
            "More to gain from cheating closes the window from below: with an edge of 7, 7/11 is needed.",
            "",
            lambda model: [KEPT in ask.classes_at(transparency=m, edge=7)(model) for m in (0.34, 0.5, 0.6, 0.64)],
            [False, False, False, False],
            basis="computed",
        ),
        Claim(
            "A costlier arms race does not make an agreement possible: at a transparency of 0.65 there is none whether "
            "the race costs 0.1 or 3.9.",
            "",
            lambda model: [ask.classes_at(transparency=0.65, race=cost)(model) for cost in (0.1, 3.9)],
            [{RACE}, {RACE}],
            basis="computed",
        ),
        Claim(
            "Better inspection alone may end an agreement: it holds at 0.45, and not at 0.65.",
            "",
            lambda model: [KEPT in ask.classes_at(transparency=m)(model) for m in (0.45, 0.65)],
            [True, False],
            basis="computed",
        ),
        Claim(
            "An agreement spares both the cost of the race.",
            "",
            lambda model: [
                ask.formula_of(payoff(side), name)(model) for name in (KEPT, RACE) for side in ("Builder", "Inspector")
            ],
            lambda p: [0, 0, -p.race, -p.race],
        ),
        Claim(
            "A Builder that cheats without risk gets e, and the Inspector loses l.",
            "",
            lambda model: [ask.formula_of(payoff(side), CHEATED)(model) for side in ("Builder", "Inspector")],
            lambda p: [p.edge, -p.harm],
        ),
        Claim(
            "Where both are possible both sides prefer the agreement.",
            "",
            ask.survivors_at(payoff_dominant),
            {KEPT},
            basis="own",
        ),
        Claim(
            "A price of 2 that the Inspector's own public puts on a strike allows more transparency: at 0.9 an "
            "agreement becomes possible.",
            "",
            # A strike is then worth 0.9*5 - 3 - 2 = -0.5, where it was 1.5; and a breach costs 2.
            lambda model: [
                KEPT in ask.classes_at(transparency=0.9)(model),
                KEPT
                in ask.under(ask.classes_at(transparency=0.9), AudienceCosts("strike", "Inspector", audience_cost=2))(
                    model
                ),
            ],
            [False, True],
            basis="own",
        ),
    ),
    draws=_map,
    theory=Theory(
        mechanism=("inspection", "arms", "commitment"),
        actors="two states",
        information=("hidden action",),
        result=("trades off", "several outcomes"),
        finding="Arms control needs enough transparency to catch cheating and little enough to be safe, and where the "
        "first exceeds the second both sides arm, though both lose by it.",
        means=("punishment",),
        scope=("direct",),
        phase=("general",),
        neighbours={
            "avenhaus2002/noisy_attribution": "Alarms may be false, and what inspection shows harms nobody.",
            "fearon1995/shifting_power": "Later power cannot be promised away, and nothing is hidden.",
            "schram2021/hassling": "A rising rival is held back by force short of war, without any agreement.",
        },
    ),
)
