"""Not only whether but whom: a Challenger that may attack either of two allies.

A Challenger attacks the Protégé, the Defender, or nobody. Who is attacked resists; the other, if it is committed,
prefers to help, at a cost ``c`` less than the price ``b`` of a broken word; the Defender is committed with chance
``r_D``, the Protégé with ``r_P``. Both are safe only where each is reliable enough: ``r_D (g_P + d) >= g_P``
protects the Protégé, and ``r_P (g_D + d) >= g_D`` the Defender. Where one is not, the Challenger attacks the ally
whose *partner* is less likely to come. If both are worth the same to it, that is the more reliable of the two.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from types import SimpleNamespace
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

PLAYERS = ("Challenger", "Defender", "Protégé")


@game(*PLAYERS)
def three_party(
    *,
    defender_reliability: Any = share(
        0.4,
        "chance that the Defender is committed to the Protégé",
        symbol="r_D",
        plausible=(0.05, 0.95),
        why="holds 1/2, from which it protects the Protégé",
    ),
    protege_reliability: Any = share(
        0.2,
        "chance that the Protégé is committed to the Defender",
        symbol="r_P",
        plausible=(0.05, 0.95),
        why="holds 0.4 and 1/2, where the attack turns on it, and where it protects the Defender",
    ),
    protege_gain: Any = param(
        2,
        "what a war with the Protégé alone brings the Challenger",
        low=0,
        high=10,
        symbol="g_P",
        plausible=(0.5, 6),
        why="holds 10/3, from which it is the one to attack",
    ),
    defender_gain: Any = param(
        2,
        "what a war with the Defender alone brings the Challenger",
        low=0,
        high=10,
        symbol="g_D",
        plausible=(0.2, 6),
        why="holds 1, below which the Protégé is the one to attack",
    ),
    damage: Any = param(
        2,
        "what a war with both costs the Challenger",
        low=0,
        high=10,
        symbol="d",
        plausible=(0.5, 9),
        why="holds 3 and 8, from where the one and then the other is protected",
    ),
    together: Any = param(
        1,
        "what a war side by side costs each ally",
        low=0,
        high=10,
        symbol="c",
        plausible=(0.2, 1.9),
        why="less than a war alone and than a broken word",
    ),
    alone: Any = param(
        3,
        "what a war alone costs the ally that is attacked",
        low=0,
        high=10,
        symbol="x",
        plausible=(1.5, 6),
        why="more than a war side by side",
    ),
    broken_word: Any = param(
        2,
        "what it costs a committed ally to stay out",
        low=0,
        high=10,
        symbol="b",
        plausible=(1.2, 6),
        why="more than a war side by side",
    ),
) -> Assumed:
    """Attack the Protégé, the Defender or nobody; the other ally, committed or not, helps or stays out."""

    def asked(helper: str, attacked: str, gain: Any, price: Any, kind: str) -> Node:
        left = {"Challenger": gain, attacked: -alone, helper: -price}
        choices = {
            "stay out": end(f"{attacked} left alone", *(left[player] for player in PLAYERS)),
            "help": end(f"war with both, over the {attacked}", -damage, -together, -together),
        }
        return move(helper, choices, information=f"{kind} {helper}")

    def attack(helper: str, attacked: str, gain: Any, reliability: Any) -> Node:
        return chance(
            {
                f"{helper} committed": (reliability, asked(helper, attacked, gain, broken_word, "Committed")),
                f"{helper} uncommitted": (1 - reliability, asked(helper, attacked, gain, 0, "Uncommitted")),
            }
        )

    choices: dict[str, Node] = {
        "refrain": end("peace", 0, 0, 0),
        "attack the Protégé": attack("Defender", "Protégé", protege_gain, defender_reliability),
        "attack the Defender": attack("Protégé", "Defender", defender_gain, protege_reliability),
    }
    tree = move("Challenger", choices, information="Challenger")
    worth = (protege_gain > 0, defender_gain > 0, damage > 0)
    return where(tree, *worth, together > 0, together < alone, together < broken_word)


def _on_protege(p: Any) -> Any:
    """Return what the Challenger expects of an attack on the Protégé."""
    return (1 - p.defender_reliability) * p.protege_gain - p.defender_reliability * p.damage


def _on_defender(p: Any) -> Any:
    """Return the same of an attack on the Defender."""
    return (1 - p.protege_reliability) * p.defender_gain - p.protege_reliability * p.damage


def _whom(present: Any, solution: Any) -> bool:
    """Return whether, of two allies that are worth the same, none is attacked but the more reliable."""
    values = present.values
    alike = _solved(present, defender_gain=values["protege_gain"])
    more = values["protege_reliability"] > values["defender_reliability"]
    spared = "attack the Defender" if more else "attack the Protégé"
    return len(solution) > 0 and all(one.probability(spared) == 0 for one in alike)


def _no_peace_from_one_side(present: Any, solution: Any) -> bool:
    """Return whether a certain Protégé leaves no peace where the Defender is not reliable enough for it."""
    p = SimpleNamespace(**present.values)
    certain = _solved(present, protege_reliability=1)
    return len(solution) > 0 and (_on_protege(p) <= 0 or all(one.outcomes["peace"] == 0 for one in certain))


def _draws_the_attack(present: Any, solution: Any) -> bool:
    """Return whether half the Protégé's reliability never brings an attack on it, nor takes one off the Defender."""
    half = _solved(present, protege_reliability=present.values["protege_reliability"] / 2)
    return all(
        one.probability("attack the Protégé") <= now.probability("attack the Protégé")
        and one.probability("attack the Defender") >= now.probability("attack the Defender")
        for one, now in product(half, solution)
    )


def _solved(present: Any, **values: object) -> Any:
    from deterrence.solvers.solve import solve

    return solve(present.at(**values))


def _map(model: Any, ax: Any) -> Any:
    """Draw who is attacked over the reliability of both."""
    from deterrence.analysis.regions import regions

    return regions(model.game, protege_reliability=(0.01, 0.99), defender_reliability=(0.01, 0.99)).plot(ax=ax)


PEACE, PROTEGE, DEFENDER = "both deterred", "attack on the Protégé", "attack on the Defender"
OVER_PROTEGE = ("Protégé left alone", "war with both, over the Protégé")

MODEL = Model(
    three_party,
    source="quackenbush2006",
    relation="in the spirit of",
    changed=(
        "Not found in the work, in this form: the three players, the question whom to attack and the finding on the "
        "more reliable ally are the abstract's; the moves and payoffs here are ours, and who is attacked always "
        "resists."
    ),
    topic="alliances",
    related=("snyder1984", "smith1995alliance"),
    note="The abstract was read, not the article. Illustrative payoffs.",
    assumptions=(
        "The Challenger attacks at most one of the two.",
        "Nobody but an ally itself knows whether it is committed, and all agree on the chances.",
        "Who is attacked resists, with or without help.",
        "A committed ally would rather fight than break its word; an uncommitted one would not fight.",
    ),
    does_not_say="""\
Who is attacked cannot give in, and the allies choose neither how reliable they are nor how reliable they look. The
one is as strong as the other: what tells them apart is only what a war with each brings, and who comes to whose
help.""",
    names={
        PEACE: {"Challenger": "refrain"},
        PROTEGE: {"Challenger": "attack the Protégé"},
        DEFENDER: {"Challenger": "attack the Defender"},
    },
    axes=("protege_reliability", "defender_reliability"),
    theory=Theory(
        mechanism=("alliance", "credibility"),
        actors="alliance",
        information=("one-sided",),
        result=("displaces", "deters", "backfires"),
        finding=(
            "An ally's reliability protects its partner and not itself: where only one is reliable, it is the one "
            "attacked, as its partner will not come."
        ),
        means=("punishment",),
        scope=("direct", "extended"),
        phase=("general",),
        neighbours={
            "snyder1984/alliance": "Only the Protégé can be attacked, and it may concede or yield.",
            "zagare2003/tripartite_crisis": "Nothing is hidden, and the Protégé may change sides.",
        },
    ),
    claims=(
        Claim(
            "Both are deterred from being attacked where each is reliable enough for the other, r_D (g_P + d) >= "
            "g_P and r_P (g_D + d) >= g_D.",
            "",
            ask.condition_of(PEACE),
            lambda p: (_on_protege(p) <= 0) & (_on_defender(p) <= 0),
        ),
        Claim(
            "The Protégé is attacked where that is worth something, r_D (g_P + d) <= g_P, and not less than to "
            "attack the Defender.",
            "",
            ask.condition_of(PROTEGE),
            lambda p: (_on_protege(p) >= 0) & (_on_protege(p) >= _on_defender(p)),
        ),
        Claim(
            "The Defender is attacked where the like holds of it.",
            "",
            ask.condition_of(DEFENDER),
            lambda p: (_on_defender(p) >= 0) & (_on_defender(p) >= _on_protege(p)),
        ),
        Claim(
            "Where the two are worth the same, g_D = g_P, none is ever attacked but the more reliable of them.",
            "",
            ask.always(_whom),
        ),
        Claim(
            "At the defaults the Defender is attacked, though it is the more reliable: 0.4 against 0.2.",
            "",
            ask.classes_at(),
            {DEFENDER},
            basis="computed",  # on the Defender: 0.8 * 2 - 0.2 * 2 = 1.2; on the Protégé: 0.6 * 2 - 0.4 * 2 = 0.4
        ),
        Claim(
            "A Protégé that grows more reliable draws the attack upon itself: at 0.3 the Defender is attacked, at "
            "0.45 the Protégé, and at 0.9 still.",
            "",
            lambda model: [ask.classes_at(protege_reliability=r)(model) for r in (0.3, 0.45, 0.9)],
            [{DEFENDER}, {PROTEGE}, {PROTEGE}],
            basis="computed",  # on the Defender: 2 - 4 r_P, which is 0.4 at r_P = 0.4
        ),
        Claim(
            "It fares the worse for it: -0.3 * 1 at 0.3, where it may have to help, and -0.4 * 1 - 0.6 * 3 = -2.2 "
            "at 0.45.",
            "",
            lambda model: [ask.value_at(payoff("Protégé"), protege_reliability=r)(model) for r in (0.3, 0.45)],
            ["-0.3", "-2.2"],
            # whom of the two is attacked turns at r_P = 0.4
            basis="computed",
        ),
        Claim(
            "The Protégé's reliability alone brings no peace while the Defender's is below g_P/(g_P + d).",
            "",
            ask.always(_no_peace_from_one_side),
        ),
        Claim(
            "With a Protégé that is certain to help, the Defender's reliability that brings peace is g_P/(g_P + d).",
            "",
            ask.threshold_of("defender_reliability", "peace", protege_reliability=1),
            lambda p: p.protege_gain / (p.protege_gain + p.damage),
        ),
        Claim(
            "That is 1/2.",
            "",
            ask.threshold_value("defender_reliability", "peace", protege_reliability=1),
            "0.5",
            # a gain of 2 over 2 + 2
            basis="computed",
        ),
        Claim(
            "A Protégé that is half as reliable is never attacked more for it, and the Defender never less.",
            "",
            ask.always(_draws_the_attack),
        ),
        Claim(
            "An attack on the Protégé brings the Challenger (1 - r_D) g_P - r_D d.",
            "",
            ask.formula_of(payoff("Challenger"), PROTEGE),
            _on_protege,
        ),
        Claim(
            "It costs the Defender c where it helps, r_D c, and nothing else.",
            "",
            ask.formula_of(payoff("Defender"), PROTEGE),
            lambda p: -p.defender_reliability * p.together,
        ),
        Claim(
            "And the Protégé r_D c + (1 - r_D) x.",
            "",
            ask.formula_of(payoff("Protégé"), PROTEGE),
            lambda p: -p.defender_reliability * p.together - (1 - p.defender_reliability) * p.alone,
        ),
        Claim(
            "An attack on the Defender costs the Defender r_P c + (1 - r_P) x.",
            "",
            ask.formula_of(payoff("Defender"), DEFENDER),
            lambda p: -p.protege_reliability * p.together - (1 - p.protege_reliability) * p.alone,
        ),
        Claim(
            "A penalty on attacks on the Protégé alone protects it at the Defender's expense: with r_P = 0.45 a "
            "penalty of 0.1 leaves the attack on the Protégé, 0.4 - 0.1 > 0.2, and one of 0.3 turns it on the "
            "Defender.",
            "",
            lambda model: [
                ask.under(
                    ask.value_at("attack the Defender", protege_reliability="0.45"),
                    Sanctions("Challenger", outcomes=OVER_PROTEGE, pressure=pressure),
                )(model)
                for pressure in (Fraction(1, 10), Fraction(3, 10))
            ],
            [0, 1],
            basis="own",
        ),
        Claim(
            "Peace leaves all three as they were.",
            "",
            lambda model: [ask.formula_of(payoff(player), PEACE)(model) for player in PLAYERS],
            [0, 0, 0],
        ),
    ),
    draws=_map,
)
