"""Which alliances are tested by war: the record shows those that were doubted.

An Ally is committed to a Protégé with chance ``r``. All see whether the two look close or distant, and a committed
Ally looks close with chance ``a``, an uncommitted one with ``1 - a``. A Challenger attacks or not; the Protégé
yields, or resists in the hope of help; the Ally then fights beside it or not. With a belief ``m`` in commitment the
Protégé resists from ``m_1 = (x - l)/(x - c)`` on, and the Challenger refrains from ``m_2 = g/(g + d)`` on, if the
Protégé would resist. So an alliance may first embolden the Protégé, which brings war, and only then deter. Where
close allies are not attacked, the record of wars shows the distant ones alone: it makes alliances look less
reliable than they are.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from deterrence.answers.measure import payoff, probability
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.mechanisms.sanctions import Sanctions
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

PLAYERS = ("Challenger", "Protégé", "Ally")


@game(*PLAYERS)
def alliance_and_war(
    *,
    reliability: Any = share(
        0.6,
        "chance that the Ally is committed",
        symbol="r",
        plausible=(0.05, 0.95),
        why="holds 1/10, 1/4, 1/2 and 3/4, where close or distant allies begin to be stood by or spared",
    ),
    telling: Any = share(
        0.75,
        "chance that how close the two look is telling",
        symbol="a",
        plausible=(0.55, 0.95),
        why="from hardly more than a coin to nearly certain",
    ),
    gain: Any = param(
        2,
        "what victory over the Protégé brings the Challenger",
        low=0,
        high=10,
        symbol="g",
        plausible=(0.2, 9.5),
        why="holds 1 and 9, from where distant allies and then close ones are tested",
    ),
    damage: Any = param(
        2,
        "what war with both costs the Challenger",
        low=0,
        high=10,
        symbol="d",
        plausible=(0.2, 8),
        why="holds 4/9 and 4, where close allies and then distant ones are spared",
    ),
    loss: Any = param(
        3.25,
        "what the Protégé loses by yielding",
        low=0,
        high=10,
        symbol="l",
        plausible=(1.2, 3.9),
        why="holds 3, from which a distant ally's Protégé resists",
    ),
    alone: Any = param(
        4,
        "what resisting without help costs it",
        low=0,
        high=20,
        symbol="x",
        plausible=(3.3, 9),
        why="holds 4.375, up to which a distant ally's Protégé resists",
    ),
    together: Any = param(
        1,
        "what war side by side costs the Protégé and the Ally each",
        low=0,
        high=10,
        symbol="c",
        plausible=(0.2, 1.9),
        why="holds 1.75, up to which a distant ally's Protégé resists",
    ),
    broken_word: Any = param(
        2,
        "what it costs a committed Ally to stay out",
        low=0,
        high=20,
        symbol="b",
        plausible=(1.2, 6),
        why="more than a war side by side",
    ),
) -> Assumed:
    """Attack or refrain; yield or resist; stand by the Protégé or not."""

    def called(seen: str, kind: str, price: Any) -> Node:
        choices = {
            "stay out": end("abandonment", gain, -alone, -price),
            "stand by it": end("war", -damage, -together, -together),
        }
        return move("Ally", choices, information=f"{kind} Ally, {seen}")

    def attacked(seen: str, kind: str, price: Any) -> Node:
        choices = {"yield": end("surrender", gain, -loss, 0), "resist": called(seen, kind, price)}
        return move("Protégé", choices, information=f"Protégé of a {seen} ally")

    def faced(seen: str, kind: str, price: Any) -> Node:
        choices = {"refrain": end("peace", 0, 0, 0), "attack": attacked(seen, kind, price)}
        return move("Challenger", choices, information=f"Challenger, {seen} ally")

    def looks(kind: str, price: Any, close: Any) -> Node:
        return chance(
            {"close": (close, faced("close", kind, price)), "distant": (1 - close, faced("distant", kind, price))}
        )

    tree = chance(
        {
            "committed": (reliability, looks("Committed", broken_word, telling)),
            "uncommitted": (1 - reliability, looks("Uncommitted", 0, 1 - telling)),
        }
    )
    inside = (reliability > 0, reliability < 1, telling > Fraction(1, 2), telling < 1, gain > 0, damage > 0)
    return where(tree, *inside, together > 0, together < loss, loss < alone, together < broken_word)


def _shares(p: Any, seen: str) -> tuple[Any, Any]:
    """Return the chances of a committed and of an uncommitted Ally that look so."""
    committed, uncommitted = (p.telling, 1 - p.telling) if seen == "close" else (1 - p.telling, p.telling)
    return p.reliability * committed, (1 - p.reliability) * uncommitted


def _hope(p: Any, seen: str) -> Any:
    """Return what resisting is worth to the Protégé beyond yielding, times the chance of what is seen."""
    helps, leaves = _shares(p, seen)
    return helps * (p.loss - p.together) - leaves * (p.alone - p.loss)


def _temptation(p: Any, seen: str) -> Any:
    """Return what attacking a Protégé that resists is worth to the Challenger, times the same chance."""
    helps, leaves = _shares(p, seen)
    return leaves * p.gain - helps * p.damage


def _honoured(one: Any) -> Any:
    """Return the share of alliances put to the test that are honoured, in a class or an equilibrium."""
    kept, broken = (probability(name)(one) for name in ("war", "abandonment"))
    return kept / (kept + broken)


def _close_spared_first(_game: Any, solution: Any) -> bool:
    """Return whether a close ally's Protégé is spared wherever a distant ally's is."""
    return all(
        one.strategies["Challenger, close ally"]["refrain"] >= one.strategies["Challenger, distant ally"]["refrain"]
        for one in solution
    )


def _map(model: Any, ax: Any) -> Any:
    """Draw what happens over the Ally's reliability and the Challenger's gain."""
    from deterrence.analysis.regions import regions

    return regions(model.game, reliability=(0.01, 0.99), gain=(0.05, 8)).plot(ax=ax)


SURRENDER, CLOSE_TESTED, BOTH_TESTED = "surrender", "close tested, distant lost", "both tested"
DISTANT_LOST, DISTANT_TESTED, PEACE = "close spared, distant lost", "close spared, distant tested", "deterrence"
CLOSE, DISTANT = "Challenger, close ally", "Challenger, distant ally"
OF_CLOSE, OF_DISTANT = "Protégé of a close ally", "Protégé of a distant ally"

MODEL = Model(
    alliance_and_war,
    source="smith1995alliance",
    relation="in the spirit of",
    changed=(
        "Not found in the work, in this form: that alliances which would be honoured deter, embolden the protégé, "
        "and are for that reason seldom seen at war is the work's; two kinds of ally and a signal that all see are "
        "ours."
    ),
    topic="alliances",
    related=("snyder1984", "leeds2003"),
    note="The work was not re-read. Illustrative payoffs.",
    assumptions=(
        "Only the Ally knows whether it is committed, and all see the same sign of it.",
        "A committed Ally looks close more often than an uncommitted one, a > 1/2.",
        "A committed Ally would rather fight than break its word; an uncommitted one would not fight.",
        "Resisting without help is worse for the Protégé than yielding, and resisting with help is better.",
    ),
    does_not_say="""\
How an alliance is formed, and at what price, is left out: some allies are close and others distant by chance. Help
comes whole or not at all, and brings no victory. That alliances are kept or broken so often is no estimate of
anything.""",
    names={
        SURRENDER: {OF_CLOSE: "yield", OF_DISTANT: "yield"},
        CLOSE_TESTED: {CLOSE: "attack", OF_CLOSE: "resist", OF_DISTANT: "yield"},
        BOTH_TESTED: {CLOSE: "attack", DISTANT: "attack", OF_CLOSE: "resist", OF_DISTANT: "resist"},
        DISTANT_LOST: {CLOSE: "refrain", OF_DISTANT: "yield"},
        DISTANT_TESTED: {CLOSE: "refrain", DISTANT: "attack", OF_DISTANT: "resist"},
        PEACE: {CLOSE: "refrain", DISTANT: "refrain"},
    },
    axes=("reliability", "gain"),
    theory=Theory(
        mechanism=("alliance", "credibility", "learning"),
        actors="alliance",
        information=("one-sided", "noisy signal"),
        result=("trades off", "deters", "backfires"),
        finding=(
            "Alliances are put to the test where they are doubted: where close allies deter, those seen at war are "
            "the less reliable, and where distant ones are given up without a fight, the more reliable."
        ),
        means=("punishment",),
        scope=("extended",),
        phase=("general", "immediate"),
        neighbours={
            "snyder1984/alliance": "Nothing is seen of the Defender before, and the Protégé may concede first.",
            "quackenbush2006/three_party": "The Challenger chooses which of the two allies to attack.",
            "morrow1994/alliance_signal": "How close the two are is the Defender's own choice, and costs something.",
        },
    ),
    claims=(
        Claim(
            "Both kinds of alliance deter where even a distant ally is likely enough to come for the Protégé and "
            "for the Challenger: r (1 - a) (l - c) >= (1 - r) a (x - l) and r (1 - a) d >= (1 - r) a g.",
            "",
            ask.condition_of(PEACE),
            lambda p: (_hope(p, "distant") >= 0) & (_temptation(p, "distant") <= 0),
        ),
        Claim(
            "Distant alliances alone are tested where their Protégés resist, and they do not deter as close ones do.",
            "",
            ask.condition_of(DISTANT_TESTED),
            lambda p: (_hope(p, "distant") >= 0) & (_temptation(p, "distant") >= 0) & (_temptation(p, "close") <= 0),
        ),
        Claim(
            "Both are tested where even distant allies' Protégés resist and even close ones do not deter.",
            "",
            ask.condition_of(BOTH_TESTED),
            lambda p: (_hope(p, "distant") >= 0) & (_temptation(p, "close") >= 0),
        ),
        Claim(
            "Close alliances alone are tested where the others' Protégés yield and close ones do not deter.",
            "",
            ask.condition_of(CLOSE_TESTED),
            lambda p: (_hope(p, "close") >= 0) & (_hope(p, "distant") <= 0) & (_temptation(p, "close") >= 0),
        ),
        Claim(
            "No alliance is tested, and distant allies' Protégés yield, where close ones deter and the others have "
            "no hope.",
            "",
            ask.condition_of(DISTANT_LOST),
            lambda p: (_hope(p, "close") >= 0) & (_hope(p, "distant") <= 0) & (_temptation(p, "close") <= 0),
        ),
        Claim(
            "All yield where not even a close ally gives hope, r a (l - c) <= (1 - r) (1 - a) (x - l).",
            "",
            ask.condition_of(SURRENDER),
            lambda p: _hope(p, "close") <= 0,
        ),
        Claim(
            "Where close alliances deter, those tested are honoured at the rate r (1 - a)/(r (1 - a) + (1 - r) a).",
            "",
            ask.formula_of(_honoured, DISTANT_TESTED),
            lambda p: (
                p.reliability * (1 - p.telling) / (p.reliability * (1 - p.telling) + (1 - p.reliability) * p.telling)
            ),
        ),
        Claim(
            "At the defaults that is 1/3, though 0.6 of all allies are committed.",
            "",
            ask.value_at(_honoured),
            "0.333333",
            basis="computed",  # 0.6 * 0.25/(0.6 * 0.25 + 0.4 * 0.75)
        ),
        Claim(
            "Where both are tested the rate is r: nobody is left out of the record.",
            "",
            ask.formula_of(_honoured, BOTH_TESTED),
            lambda p: p.reliability,
        ),
        Claim(
            "Where only close allies' Protégés resist the record is too good: with r = 0.2 it is 3/7.",
            "",
            ask.value_at(_honoured, CLOSE_TESTED, reliability=0.2),
            "0.428571",
            basis="computed",  # 0.2 * 0.75/(0.2 * 0.75 + 0.8 * 0.25)
        ),
        Claim(
            "Reliability brings war twice and peace twice: at 0.05, 0.2, 0.4, 0.6 and 0.8 the chance of war is 0, "
            "0.15, 0, 0.15 and 0.",
            "",
            lambda model: [ask.value_at("war", reliability=r)(model) for r in (0.05, 0.2, 0.4, 0.6, 0.8)],
            [0, "0.15", 0, "0.15", 0],
            basis="computed",  # Protégés resist from 0.1 and 0.5 on, close and distant allies deter from 1/4 and 3/4 on
        ),
        Claim(
            "At the defaults war ends at a reliability of a g/(a g + (1 - a) d), where even distant allies deter.",
            "",
            ask.threshold_of("reliability", "war", between=(0.55, 0.95)),
            lambda p: p.telling * p.gain / (p.telling * p.gain + (1 - p.telling) * p.damage),
        ),
        Claim(
            "Where distant allies are tested, a more telling sign makes war rarer.",
            "",
            ask.sign_of("telling", "war", DISTANT_TESTED),
            "falls",
        ),
        Claim(
            "A distant ally's Protégé is never spared where a close one's is not.",
            "",
            ask.always(_close_spared_first),
        ),
        Claim(
            "Testing distant alliances brings the Challenger (1 - r) a g - r (1 - a) d.",
            "",
            ask.formula_of(payoff("Challenger"), DISTANT_TESTED),
            lambda p: _temptation(p, "distant"),
        ),
        Claim(
            "It costs the Protégé r (1 - a) c + (1 - r) a x.",
            "",
            ask.formula_of(payoff("Protégé"), DISTANT_TESTED),
            lambda p: -p.reliability * (1 - p.telling) * p.together - (1 - p.reliability) * p.telling * p.alone,
        ),
        Claim(
            "It costs the Ally r (1 - a) c.",
            "",
            ask.formula_of(payoff("Ally"), DISTANT_TESTED),
            lambda p: -p.reliability * (1 - p.telling) * p.together,
        ),
        Claim(
            "Where all yield the Challenger has g, the Protégé has lost l, and the Ally nothing.",
            "",
            lambda model: [ask.formula_of(payoff(player), SURRENDER)(model) for player in PLAYERS],
            lambda p: (p.gain, -p.loss, 0 * p.gain),
        ),
        Claim(
            "Sanctions of more than 1 on a victory over the Protégé bring peace at the defaults: 0.9 do not, 1.1 do.",
            "",
            lambda model: [
                ask.under(
                    ask.value_at(lambda one: one.outcomes["war"]),
                    Sanctions("Challenger", outcomes=("surrender", "abandonment"), pressure=pressure),
                )(model)
                for pressure in (0.9, 1.1)
            ],
            ["0.15", 0],
            basis="own",  # 0.15 * 2 = 0.3 * (2 - 1)
        ),
    ),
    draws=_map,
)
