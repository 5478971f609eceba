"""Generalized mutual deterrence: each side is tempted, and Hard or Soft.

Both choose at once between the status quo and a challenge; one who is challenged while it cooperates then fights
or concedes. A Hard side would fight, a Soft one concede. With ``a1 = (aDC - aSQ)/(aDC - aDD+)`` and ``a3 = (aDC -
aSQ)/(aDC - aSQ + aCD - aDD-)``, and b1, b3 likewise, there is mutual deterrence where ``pB >= a1`` and ``pA >= b1``.
But the same credibilities also allow Hard sides to challenge: credible threats are needed for peace and do not
ensure it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("A", "B", name="generalized-mutual-deterrence")
def generalized_mutual_deterrence(
    *,
    a_gain: Any = param(
        1,
        "A's payoff if B concedes",
        symbol="a_{DC}",
        plausible=(0.8, 1.8),
        why="holds 1.53, above which B's default credibility is too low",
    ),
    a_status_quo: Any = param(
        0.6,
        "A's payoff in the status quo",
        symbol="a_{SQ}",
        plausible=(0.3, 0.8),
        why="holds 0.44, below which A is too dissatisfied to be deterred",
    ),
    a_hard_conflict: Any = param(
        0.2,
        "Hard A's payoff from conflict",
        symbol="a_{DD+}",
        plausible=(0.05, 0.35),
        why="a Hard A fights rather than concedes, but prefers peace",
    ),
    a_concession: Any = param(
        0,
        "A's payoff if it concedes",
        symbol="a_{CD}",
        plausible=(-0.5, 0.1),
        why="from a concession that hurts to a cheap one",
    ),
    a_soft_conflict: Any = param(
        -1,
        "Soft A's payoff from conflict",
        symbol="a_{DD-}",
        plausible=(-3, -0.4),
        why="a Soft A loses up to three prizes in conflict",
    ),
    b_gain: Any = param(
        1,
        "B's payoff if A concedes",
        symbol="b_{CD}",
        plausible=(0.8, 1.8),
        why="past 1.53, where B's temptation outgrows A's default threat",
    ),
    b_status_quo: Any = param(
        0.6,
        "B's payoff in the status quo",
        symbol="b_{SQ}",
        plausible=(0.3, 0.8),
        why="past 0.44, from where down B's lot provokes it",
    ),
    b_hard_conflict: Any = param(
        0.2,
        "Hard B's payoff from conflict",
        symbol="b_{DD+}",
        plausible=(0.05, 0.35),
        why="conflict that a Hard B prefers to conceding alone",
    ),
    b_concession: Any = param(
        0,
        "B's payoff if it concedes",
        symbol="b_{DC}",
        plausible=(-0.5, 0.1),
        why="B's loss by conceding, up to half a prize",
    ),
    b_soft_conflict: Any = param(
        -1,
        "Soft B's payoff from conflict",
        symbol="b_{DD-}",
        plausible=(-3, -0.4),
        why="conflict that a Soft B would always avoid",
    ),
    a_credibility: Any = share(
        0.7,
        "probability that A is Hard",
        symbol="p_A",
        plausible=(0.05, 0.95),
        why="holds b3 and b1, 0.29 and 0.5; never certain",
    ),
    b_credibility: Any = share(
        0.7,
        "probability that B is Hard",
        symbol="p_B",
        plausible=(0.05, 0.95),
        why="holds a3 and a1, 0.29 and 0.5; never certain",
    ),
) -> Assumed:
    """Challenge or cooperate at once; one who is challenged alone fights or concedes."""
    fights = {
        "A": {"Hard": a_hard_conflict, "Soft": a_soft_conflict},
        "B": {"Hard": b_hard_conflict, "Soft": b_soft_conflict},
    }

    def crisis(a: str, b: str) -> Node:
        conflict = end("conflict", fights["A"][a], fights["B"][b])
        b_concedes, a_concedes = end("A prevails", a_gain, b_concession), end("B prevails", a_concession, b_gain)
        b_hit = move("B", concede=b_concedes, fight=conflict, information=f"{b} B, challenged")
        a_hit = move("A", concede=a_concedes, fight=conflict, information=f"{a} A, challenged")
        peace = end("status quo", a_status_quo, b_status_quo)
        quiet = move("B", cooperate=peace, challenge=a_hit, information=f"{b} B")
        challenged = move("B", cooperate=b_hit, challenge=conflict, information=f"{b} B")
        return move("A", cooperate=quiet, challenge=challenged, information=f"{a} A")

    def against(a: str) -> Node:
        return chance({"Hard B": (b_credibility, crisis(a, "Hard")), "Soft B": (1 - b_credibility, crisis(a, "Soft"))})

    tree = chance({"Hard A": (a_credibility, against("Hard")), "Soft A": (1 - a_credibility, against("Soft"))})
    orders = [
        (a_soft_conflict, a_concession, a_hard_conflict, a_status_quo, a_gain),
        (b_soft_conflict, b_concession, b_hard_conflict, b_status_quo, b_gain),
    ]
    return where(tree, *(worse < better for order in orders for worse, better in pairwise(order)))


def first(p: Any, side: str) -> Any:
    """Return the other's credibility at which a Hard side is indifferent to a challenge: a1 or b1."""
    gain, quo, hard = (getattr(p, f"{side}_{name}") for name in ("gain", "status_quo", "hard_conflict"))
    return (gain - quo) / (gain - hard)


def third(p: Any, side: str) -> Any:
    """Return the other's credibility at which a Soft side is, where Hard ones challenge: a3 or b3."""
    gain, quo = getattr(p, f"{side}_gain"), getattr(p, f"{side}_status_quo")
    return (gain - quo) / (gain - quo + getattr(p, f"{side}_concession") - getattr(p, f"{side}_soft_conflict"))


def _mixture(p: Any) -> Any:
    """Return how often a Hard B challenges where Hard sides mix."""
    quo = p.a_status_quo
    return 1 - (1 - p.b_credibility) * (p.a_gain - quo) / (p.b_credibility * (quo - p.a_hard_conflict))


def challenges(who: str) -> Any:
    """Return a measure: how often a type challenges."""
    return lambda one: one.strategies[who]["challenge"]


def _if_all(a: str, b: str, answer: str) -> ask.Question:
    """Ask what the two expect if both types of each act alike, where B's payoffs and types are other than A's."""
    played = {f"{kind} {side}": first for side, first in (("A", a), ("B", b)) for kind in ("Hard", "Soft")}
    played |= {f"{who}, challenged": answer for who in tuple(played)}
    conflict = {"b_hard_conflict": 0.3, "b_soft_conflict": -0.9}
    return ask.payoffs_of(played, b_gain=2, b_status_quo=0.7, b_concession=0.1, b_credibility=0.6, **conflict)


def _all_known(_game: Any, solution: Any) -> bool:
    return len(solution) > 0 and all(one.name for one in solution)


def _places_of_change(model: Any) -> tuple[Any, ...]:
    """Return where B's credibility changes the set of equilibria."""
    from deterrence.analysis.threshold import threshold

    return tuple(row["b_credibility"] for row in threshold(model.game, "b_credibility", "status quo").data)


def _names() -> dict[str, dict[str, Any]]:
    def attack(by: str, on: str) -> dict[str, Any]:
        return {f"Hard {by}": "challenge", f"Soft {by}": "challenge", f"Soft {on}": "cooperate"}

    def alike(hard: str, soft: str) -> dict[str, Any]:
        return {"Hard A": hard, "Hard B": hard, "Soft A": soft, "Soft B": soft}

    return {
        "mutual deterrence": alike("cooperate", "cooperate"),
        "hybrid": alike("mixed", "cooperate"),
        "separating": alike("challenge", "cooperate"),
        "bluffing": alike("challenge", "mixed"),
        "attack by A": attack("A", "B"),
        "attack by B": attack("B", "A"),
    }


def _draw(model: Any, ax: Any) -> Any:
    from deterrence.analysis.regions import regions

    return regions(model.game, a_credibility=[0.01, 0.99], b_credibility=[0.01, 0.99]).plot(ax)


MODEL = Model(
    generalized_mutual_deterrence,
    source="zagare2000",
    relation="exact",
    changed="Its moves, hidden types and order of payoffs are the work's; their sizes are free.",
    topic="credibility",
    note=(
        "The order of payoffs and the names of classes are recalled, not re-read (mutual deterrence is the work's "
        "Class 1); the payoffs are the reference numbers."
    ),
    assumptions=(
        "Both sides are tempted: each would rather have the other concede than keep the status quo.",
        "Each side is Hard or Soft, and alone knows which; the two draws are independent.",
        "Both choose first at once, and challenges are seen.",
    ),
    does_not_say="""\
Where peace and conflict are both equilibria it does not say which comes about. Nobody can signal before the first
choice, and credibility is given, not built.""",
    theory=Theory(
        mechanism=("credibility", "coordination"),
        actors="two states",
        information=("two-sided",),
        result=("several outcomes",),
        finding="Credible threats are needed for peace and do not ensure it: the same credibilities allow challenges.",
        means=("punishment",),
        phase=("general",),
        neighbours={
            "zagare2000/unilateral_deterrence": "There one side alone is tempted.",
            "snyder1977/chicken": "There nobody can answer.",
        },
    ),
    names=_names(),
    claims=(
        Claim(
            "There is mutual deterrence where pB is at least a1 and pA at least b1.",
            "ch. 4",
            ask.condition_of("mutual deterrence"),
            lambda p: (p.b_credibility >= first(p, "a")) & (p.a_credibility >= first(p, "b")),
        ),
        Claim(
            "In the same region Hard sides may mix.",
            "",
            ask.condition_of("hybrid"),
            lambda p: (p.b_credibility > first(p, "a")) & (p.a_credibility > first(p, "b")),
        ),
        Claim(
            "Hard sides challenge and Soft ones do not where pB is at least a3 and pA at least b3.",
            "",
            ask.condition_of("separating"),
            lambda p: (p.b_credibility >= third(p, "a")) & (p.a_credibility >= third(p, "b")),
        ),
        Claim(
            "Soft sides bluff where both credibilities are lower than that.",
            "",
            ask.condition_of("bluffing"),
            lambda p: (p.b_credibility < third(p, "a")) & (p.a_credibility < third(p, "b")),
        ),
        Claim(
            "A may attack whatever its type where pB is at most a3.",
            "",
            ask.condition_of("attack by A"),
            lambda p: p.b_credibility <= third(p, "a"),
        ),
        Claim(
            "Where Hard sides mix, a Hard B challenges as often as makes a Hard A indifferent.",
            "",
            ask.formula_of(challenges("Hard B"), "hybrid"),
            _mixture,
        ),
        Claim(
            "A bluffing Soft B challenges with probability (a3 - pB)/(1 - pB).",
            "",
            ask.formula_of(challenges("Soft B"), "bluffing"),
            lambda p: (third(p, "a") - p.b_credibility) / (1 - p.b_credibility),
        ),
        Claim("Every equilibrium is of one of these classes.", "", ask.always(_all_known)),
        Claim(
            "At credibilities of 0.7 there are mutual deterrence, the mixture of Hard sides, and separation.",
            "",
            ask.classes_at(),
            {"mutual deterrence", "hybrid", "separating"},
            basis="computed",
        ),
        Claim(
            "In that mixture a Hard side challenges with probability 0.571429.",
            "",
            ask.value_at(challenges("Hard A"), "hybrid"),
            "0.571429",
            basis="computed",
        ),
        Claim(
            "At 0.4 the types separate, and nothing else.",
            "",
            ask.classes_at(a_credibility=0.4, b_credibility=0.4),
            {"separating"},
            basis="computed",
        ),
        Claim(
            "At 0.2 there are bluffing and an attack by either side.",
            "",
            ask.classes_at(a_credibility=0.2, b_credibility=0.2),
            {"bluffing", "attack by A", "attack by B"},
            basis="computed",
        ),
        Claim(
            "There a Soft side bluffs with probability 0.107143.",
            "",
            ask.value_at(challenges("Soft A"), "bluffing", a_credibility=0.2, b_credibility=0.2),
            "0.107143",
            basis="computed",
        ),
        Claim(
            "Mutual deterrence begins at a credibility of 0.5, and at a higher one where the prize is greater.",
            "",
            lambda model: tuple(
                "mutual deterrence" in ask.classes_at(b_credibility=p, a_gain=gain)(model)
                for p, gain in ((0.49, 1), (0.51, 1), (0.51, 2), (0.78, 2))
            ),
            (False, True, False, True),
            basis="computed",
        ),
        Claim(
            "The reference thresholds a1 and a3 are 0.5 and 0.285714: there the set of equilibria changes.",
            "",
            _places_of_change,
            ("0.285714", "0.500000"),
            basis="computed",
        ),
        Claim(
            "With other payoffs for B than for A, what the two expect in the status quo, if one challenges and the "
            "other concedes or fights, and if both challenge.",
            "",
            ask.each_of(
                _if_all("cooperate", "cooperate", "fight"),
                _if_all("challenge", "cooperate", "concede"),
                _if_all("challenge", "cooperate", "fight"),
                _if_all("cooperate", "challenge", "concede"),
                _if_all("cooperate", "challenge", "fight"),
                _if_all("challenge", "challenge", "fight"),
            ),
            # conflict: 0.7 0.2 - 0.3 1 = -0.16 for A, 0.6 0.3 - 0.4 0.9 = -0.18 for B
            [
                ("0.6", "0.7"),
                (1, "0.1"),
                ("-0.16", "-0.18"),
                (0, 2),
                ("-0.16", "-0.18"),
                ("-0.16", "-0.18"),
            ],
            basis="computed",
        ),
    ),
    draws=_draw,
)
