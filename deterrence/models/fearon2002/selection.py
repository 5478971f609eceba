"""Selection effects: where general deterrence works best, immediate deterrence fails.

A Challenger, determined with chance ``d``, leaves the status quo or challenges; a Defender, resolved with chance ``r``,
concedes or resists; and the Challenger, if resisted, attacks or retreats. A determined one would rather attack, another
one retreat. The more likely the Defender is to be resolved, the fewer challenge, and the fewer of those who still do
can be stopped by a threat: they knew that it was likely. Threats in a crisis so fail where they are most credible.
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

PLAYERS = ("Challenger", "Defender")


@game(*PLAYERS)
def selection(
    *,
    determined: Any = share(
        0.3,
        "chance that the Challenger is determined",
        symbol="d",
        plausible=(0.05, 0.95),
        why="holds 0.4, from which unresolved Defenders no longer bluff",
    ),
    resolve: Any = share(
        0.3,
        "chance that the Defender is resolved",
        symbol="r",
        plausible=(0.05, 0.95),
        why="holds 1/2 and 5/6, where the others and the determined stop",
    ),
    fight: Any = param(
        0.2,
        "what war costs a determined Challenger, a concession being worth 1",
        low=0,
        high=5,
        symbol="k",
        plausible=(0.02, 0.95),
        why="less than retreat costs, or it would not be determined",
    ),
    retreat: Any = param(
        1,
        "what retreat costs the Challenger",
        low=0,
        high=5,
        symbol="b",
        plausible=(0.25, 2.9),
        why="holds 2.3, from which the default Defender deters the others",
    ),
    ordeal: Any = param(
        3,
        "what war costs another Challenger",
        low=0,
        high=10,
        symbol="K",
        plausible=(1.1, 8),
        why="more than retreat costs",
    ),
    resolved_war: Any = param(
        0.5,
        "what war costs a resolved Defender, a concession costing 1",
        low=0,
        high=1,
        symbol="w_R",
        plausible=(0.05, 0.95),
        why="less than a concession, by little or by much",
    ),
    unresolved_war: Any = param(
        2.5,
        "what war costs an unresolved Defender",
        low=1,
        high=10,
        symbol="w_U",
        plausible=(1.1, 8),
        why="holds 10/3, from which it does not bluff at the defaults",
    ),
) -> Assumed:
    """Challenge or not; concede or resist; attack or retreat."""

    def crisis(bold: bool, firm: bool) -> Node:
        hurt, kind = (fight, "determined") if bold else (ordeal, "other")
        war = end("war", -hurt, -resolved_war if firm else -unresolved_war)
        last: dict[str, Node] = {"attack": war, "retreat": end("retreat", -retreat, 0)}
        resisted = move("Challenger", last, information=f"{kind} Challenger, resisted")
        answers: dict[str, Node] = {"concede": end("concession", 1, -1), "resist": resisted}
        return move("Defender", answers, information="resolved Defender" if firm else "unresolved Defender")

    def challenger(bold: bool) -> Node:
        drawn = chance({"resolved": (resolve, crisis(bold, True)), "unresolved": (1 - resolve, crisis(bold, False))})
        choices: dict[str, Node] = {"leave": end("status quo", 0, 0), "challenge": drawn}
        return move("Challenger", choices, information="determined Challenger" if bold else "other Challenger")

    tree = chance({"determined": (determined, challenger(True)), "other": (1 - determined, challenger(False))})
    inside = (determined > 0, determined < 1, resolve > 0, resolve < 1, fight > 0, fight < retreat, retreat < ordeal)
    return where(tree, *inside, resolved_war < 1, unresolved_war > 1)


GENERAL, SELECTED, ALL = "general deterrence", "challenges by the determined", "challenges by all"
CALLED, UNCALLED = "bluffs at times", "a bluff that nobody calls"


def fails(one: Any) -> Any:
    """Measure how often a Challenger attacks that met resistance: how often immediate deterrence fails."""
    return one.outcomes["war"] / (one.outcomes["war"] + one.outcomes["retreat"])


def holds(one: Any) -> Any:
    """Measure how often there is no challenge: how often general deterrence holds."""
    return one.outcomes["status quo"]


def credible(one: Any) -> Any:
    """Measure how far a Challenger that meets resistance believes that the Defender is resolved."""
    belief = one.beliefs["determined Challenger, resisted"]
    return sum(chance for history, chance in belief.items() if ", resolved" in history)


def _map(model: Any, ax: Any) -> Any:
    """Draw which equilibria exist over the resolve of the Defender and how many Challengers are determined."""
    from deterrence.analysis.regions import regions

    return regions(model.game, resolve=(0.02, 0.98), determined=(0.02, 0.98)).plot(ax=ax)


def _deters_others(p: Any) -> Any:
    return p.resolve * (1 + p.retreat) >= 1


def _attracts_others(p: Any) -> Any:
    return p.resolve * (1 + p.retreat) <= 1


MODEL = Model(
    selection,
    source="fearon2002",
    relation="in the spirit of",
    changed=(
        "Not found in the work in this form, which is recalled: two types on either side, which alone know theirs, "
        "and one threat; a determined Challenger attacks and another one retreats whatever they then believe of the "
        "Defender, whose resolve changes no payoff of theirs."
    ),
    topic="credibility",
    related=("fearon1994", "huth1988", "lebow1989"),
    note="The abstract was read, the game recalled and not re-read. Illustrative payoffs.",
    assumptions=(
        "Each side alone knows its type, and both know how likely the other's types are.",
        "A determined Challenger would rather attack than retreat, another one rather retreat.",
        "A resolved Defender would rather fight than concede, an unresolved one concede.",
        "How likely the Defender is to be resolved is known before there is a crisis.",
    ),
    does_not_say="""\
That a threat fails in a crisis does not show that deterrence fails: who could be deterred is not there. What the model
leaves out is what a crisis tells beyond resistance, such as the costly signals of either side.""",
    names={
        GENERAL: {
            "determined Challenger": "leave",
            "other Challenger": "leave",
            "unresolved Defender": "concede",
        },
        UNCALLED: {
            "determined Challenger": "leave",
            "other Challenger": "leave",
            "unresolved Defender": ("resist", "mixed"),
        },
        SELECTED: {"determined Challenger": "challenge", "other Challenger": "leave"},
        ALL: {"determined Challenger": "challenge", "other Challenger": "challenge"},
        CALLED: {"determined Challenger": "challenge", "other Challenger": "mixed"},
    },
    axes=("resolve", "determined"),
    claims=(
        Claim(
            "Only the determined challenge where resolve is likely enough to deter the others, r (1 + b) >= 1, but not "
            "for them, r (1 + k) <= 1.",
            "",
            ask.condition_of(SELECTED),
            lambda p: _deters_others(p) & (p.resolve * (1 + p.fight) <= 1),
        ),
        Claim(
            "Nobody challenges where r (1 + k) is at least 1.",
            "",
            ask.condition_of(GENERAL),
            lambda p: p.resolve * (1 + p.fight) >= 1,
        ),
        Claim(
            "All challenge where r (1 + b) is at most 1, and enough are determined to make unresolved Defenders "
            "concede, d w_U >= 1.",
            "",
            ask.condition_of(ALL),
            lambda p: _attracts_others(p) & (p.determined * p.unresolved_war >= 1),
        ),
        Claim(
            "Where fewer are determined, unresolved Defenders bluff at times and the others challenge at times.",
            "",
            ask.condition_of(CALLED),
            lambda p: _attracts_others(p) & (p.determined * p.unresolved_war <= 1),
        ),
        Claim(
            "There is always an equilibrium in which all Defenders would resist, and nobody finds out.",
            "",
            ask.condition_of(UNCALLED),
            lambda p: p.determined > 0,
        ),
        Claim(
            "If all challenge general deterrence never holds, and immediate deterrence fails with chance d.",
            "",
            lambda model: [ask.formula_of(what, ALL)(model) for what in (holds, fails)],
            lambda p: [0, p.determined],
        ),
        Claim(
            "If only the determined do, general deterrence holds with chance 1 - d, and immediate deterrence never.",
            "",
            lambda model: [ask.formula_of(what, SELECTED)(model) for what in (holds, fails)],
            lambda p: [1 - p.determined, 1],
        ),
        Claim(
            "With bluffs at times the two are 1 - d w_U and 1/w_U.",
            "",
            lambda model: [ask.formula_of(what, CALLED)(model) for what in (holds, fails)],
            lambda p: [1 - p.determined * p.unresolved_war, 1 / p.unresolved_war],
        ),
        Claim(
            "Threats in a crisis fail where they are most credible: more resolve makes them more credible and failure "
            "more frequent.",
            "abstract",
            lambda model: all(
                ask.value_at(what, CALLED, resolve=0.3)(model) < ask.value_at(what, SELECTED, resolve=0.6)(model)
                for what in (credible, fails)
            ),
            basis="stated",
        ),
        # At r = 0.3 half of all challenges must be resisted, so 0.3/0.5 of resistance is resolved; 0.3 times 2.5 of all
        # challenge. At 0.6 only the resolved resist, and only 0.3 challenge.
        Claim(
            "Where resolve rises from 0.3 to 0.6, a threat is believed with 0.6 and 1, general deterrence holds with "
            "0.25 and 0.7, and immediate deterrence fails with 0.4 and 1.",
            "",
            lambda model: [
                [ask.value_at(what, name, resolve=r)(model) for what in (credible, holds, fails)]
                for r, name in ((0.3, CALLED), (0.6, SELECTED))
            ],
            [["0.6", "0.25", "0.4"], ["1", "0.7", "1"]],
            basis="computed",
        ),
        # 0.3 times the half that is resisted; 0.3 times 0.6; none.
        Claim(
            "War does not get rarer with it until all are deterred: its chance is 0.15, 0.18 and 0 at a resolve of "
            "0.3, 0.6 and 0.9.",
            "",
            lambda model: [max(one.outcomes["war"] for one in model.solve(resolve=r)) for r in (0.3, 0.6, 0.9)],
            ["0.15", "0.18", 0],
            basis="computed",
        ),
        Claim(
            "If all challenge the Challenger gets 1 - r (1 + d k + (1 - d) b), and the Defender loses 1 - r + r d w_R.",
            "",
            lambda model: [ask.formula_of(payoff(who), ALL)(model) for who in PLAYERS],
            lambda p: [
                1 - p.resolve * (1 + p.determined * p.fight + (1 - p.determined) * p.retreat),
                p.resolve - 1 - p.resolve * p.determined * p.resolved_war,
            ],
        ),
        Claim(
            "With bluffs at times the Challenger gets d (b - k)/(1 + b), and the Defender loses "
            "d ((1 - r) w_U + r w_R).",
            "",
            lambda model: [ask.formula_of(payoff(who), CALLED)(model) for who in PLAYERS],
            lambda p: [
                p.determined * (p.retreat - p.fight) / (1 + p.retreat),
                -p.determined * ((1 - p.resolve) * p.unresolved_war + p.resolve * p.resolved_war),
            ],
        ),
        # A retreat costs 2.5 then, and 0.3 of resolve are more than 1/3.5.
        Claim(
            "A further price of 1.5 on a retreat selects in the same way: general deterrence holds with 0.7 instead of "
            "0.25, and immediate deterrence fails always instead of with 0.4.",
            "",
            ask.under(
                lambda model: [ask.value_at(what, SELECTED)(model) for what in (holds, fails)],
                AudienceCosts("retreat", "Challenger", audience_cost=1.5),
            ),
            ["0.7", "1"],
            basis="own",
        ),
    ),
    draws=_map,
    theory=Theory(
        mechanism=("credibility", "signalling"),
        actors="two states",
        information=("two-sided",),
        result=("trades off", "several outcomes"),
        finding="What makes general deterrence hold more often makes threats fail in the crises that are left.",
        means=("punishment",),
        phase=("general", "immediate"),
        neighbours={
            "zagare2000/unilateral_deterrence": "The same moves, asked whether deterrence holds, not whom it leaves.",
            "lacy2004/sanctions_threat": "The same selection for sanctions: they are imposed on those who resist them.",
            "fearon1994/audience_costs": "The crisis itself tells of resolve, as it costs more and more to back down.",
        },
    ),
)
