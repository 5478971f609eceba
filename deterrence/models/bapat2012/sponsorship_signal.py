"""Sponsor militants as a costly signal: more settlements, and more failures to settle.

A Sponsor wants a concession worth 1. It is resolute with chance t, and would rather see violence than give in; else it
bluffs. It sponsors militants at a price c, or lets things be. The Target concedes or resists. Militants slip control
with chance s and spoil a settlement; if the Target resists, a resolute Sponsor's militants do it the damage d, and a
bluffing Sponsor backs down. The Target concedes where it believes the Sponsor resolute with at least
``m = s + (1 - s)/d``; below that prior belief some bluffs are called, and settlement and violence both happen at times.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed
from deterrence.mechanisms import Commitment
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Sponsor", "Target", name="sponsorship-signal")
def sponsorship_signal(
    *,
    resolve: Any = share(
        0.3,
        "chance that the Sponsor is resolute",
        symbol="t",
        plausible=(0.05, 0.9),
        why="from a likely bluff to a likely fight",
    ),
    price: Any = param(
        0.1,
        "what sponsorship costs",
        low=0,
        high=1,
        symbol="c",
        plausible=(0.01, 0.18),
        why="below what violence is worth to the resolute, by assumption",
    ),
    slippage: Any = share(
        0.1,
        "chance that the militants slip control and spoil a settlement",
        symbol="s",
        plausible=(0.01, 0.5),
        why="from obedient militants to a settlement that fails every other time",
    ),
    mishap: Any = param(
        0.5,
        "what the Sponsor loses when they do",
        low=0,
        high=5,
        symbol="z",
        plausible=(0, 0.8),
        why="from nothing to most of the prize",
    ),
    violence: Any = param(
        0.2,
        "what violence against a Target that resists is worth to a resolute Sponsor",
        low=0,
        high=1,
        symbol="w",
        plausible=(0.15, 0.8),
        why="less than a concession and more than nothing",
    ),
    retreat: Any = param(
        0.3,
        "what backing down costs a bluffing Sponsor",
        low=0,
        high=5,
        symbol="b",
        plausible=(0, 1),
        why="up to the whole prize",
    ),
    damage: Any = param(
        2,
        "what violence costs the Target, to which a concession costs 1",
        low=0,
        high=20,
        symbol="d",
        plausible=(0.5, 6),
        why="half a concession, or many times it",
    ),
) -> Assumed:
    """Sponsor or not, as a resolute or a bluffing state; then concede or resist."""
    conceded = chance(
        {
            "slips": (slippage, end("violence", -mishap - price, -damage)),
            "obeys": (1 - slippage, end("settlement", 1 - price, -1)),
        }
    )
    quiet = end("status quo", 0, 0)

    def sponsored(resisted: Any) -> Any:
        return move("Target", concede=conceded, resist=resisted, information="Target")

    fights = sponsored(end("violence", violence - price, -damage))
    backs_down = sponsored(end("back down", -retreat - price, 0))
    resolute = move("Sponsor", sponsor=fights, let_be=quiet, information="resolute")
    bluffing = move("Sponsor", sponsor=backs_down, let_be=quiet, information="bluffing")
    return where(
        chance({"resolute": (resolve, resolute), "bluffing": (1 - resolve, bluffing)}),
        resolve > 0,
        resolve < 1,
        slippage < 1,
        damage > 0,
        price > 0,
        violence > price,
        1 - slippage - slippage * mishap > price,
    )


BLUFF, POOLING, DEFIANCE = "called bluffs", "all sponsors believed", "defiance"


def _needed(p: Any) -> Any:
    """Return the belief that makes the Target concede: (1 - s) + s d is no more than that belief times d."""
    return p.slippage + (1 - p.slippage) / p.damage


def _prize(p: Any) -> Any:
    """Return what a concession is worth, as some settlements are spoilt."""
    return 1 - p.slippage - p.slippage * p.mishap


def _concedes(p: Any) -> Any:
    """Return how often the Target concedes where bluffs are called: so often that bluffing is worth nothing."""
    return (p.retreat + p.price) / (_prize(p) + p.retreat)


def _settled(p: Any) -> Any:
    """Return the chance of a settlement where bluffs are called; sponsorship then comes with t/m."""
    return p.resolve / _needed(p) * _concedes(p) * (1 - p.slippage)


def _violent(p: Any) -> Any:
    return p.resolve * (1 - _concedes(p)) + p.resolve / _needed(p) * _concedes(p) * p.slippage


def _bluffs(one: Any) -> Any:
    return one.strategies["bluffing"]["sponsor"]


def _both_happen(_game: Any, found: Any) -> bool:
    """Tell whether there are settlements and violence in every equilibrium in which the Target ever concedes."""
    moved = [one for one in found if one.name in (BLUFF, POOLING)]
    slips = found.game.values["slippage"] > 0
    return all(one.probability("settlement") > 0 and (one.probability("violence") > 0 or not slips) for one in moved)


def _bound(model: Any) -> list[Any]:
    """Ask what the Target expects, and how often nothing happens, where it is bound to resist."""
    from deterrence.solvers.solve import solve

    found = solve(model.game.under(Commitment("Target", "resist", holds=1)))
    (one,) = found
    return [one.payoffs["Target"], one.probability("status quo")]


def _draw(model: Any, ax: Any) -> Any:
    """Draw what comes of sponsorship over the chance that the Sponsor is resolute and the damage of violence."""
    from deterrence.analysis.regions import regions

    return regions(model.game, resolve=[0.01, 0.99], damage=[0.5, 6]).plot(ax)


# The numbers by hand, at t = 0.3, c = s = 0.1, z = 0.5, w = 0.2, b = 0.3, d = 2: the Target needs a belief of
# 0.1 + 0.9/2 = 0.55; bluffers sponsor with 0.3 * 0.45/(0.7 * 0.55) = 0.350649, so that sponsorship comes with 0.3/0.55;
# a concession is worth 0.85, and comes with 0.4/1.15 = 0.347826. Settlement is 0.545455 * 0.347826 * 0.9 and violence
# 0.3 * 0.652174 + 0.545455 * 0.347826 * 0.1. A resolute Sponsor expects 0.85 * 0.347826 + 0.2 * 0.652174 - 0.1.
MODEL = Model(
    sponsorship_signal,
    source="bapat2012",
    relation="in the spirit of",
    changed=(
        "Not found in the work, a bargaining model of which the abstract was read: a concession that is given or "
        "refused, two types of sponsor, and militants who slip control with a given chance."
    ),
    topic="proxies",
    note=(
        "That sponsorship may be a costly signal which makes both settlement and failure likelier is in the abstract; "
        "payoffs are illustrative."
    ),
    assumptions=(
        "Only the Sponsor knows whether it is resolute; that it sponsors is seen.",
        "Without sponsorship nothing happens; a concession moves 1 from the Target to the Sponsor.",
        "Violence is worth its price to a resolute Sponsor, and so is a concession to either, spoilt ones included.",
    ),
    does_not_say="""\
The militants have no will of their own but to slip at times, and do not grow stronger by being sponsored. Nobody
bargains over the size of the concession. Which states gain by sponsorship, the weak, the moderately weak or the
strong, is asked in the work and not here.""",
    names={
        BLUFF: {"resolute": "sponsor", "bluffing": "mixed", "Target": "mixed"},
        POOLING: {"resolute": "sponsor", "bluffing": "sponsor", "Target": "concede"},
        DEFIANCE: {"resolute": "sponsor", "bluffing": "let_be", "Target": "resist"},
    },
    claims=(
        Claim(
            "Bluffs are called at times where the Sponsor is thought resolute with less than m, and violence costs the "
            "Target more than a concession.",
            "",
            ask.condition_of(BLUFF),
            lambda p: (p.resolve < _needed(p)) & (p.damage > 1),
        ),
        Claim(
            "All sponsor and are believed where it is thought so with at least m.",
            "",
            ask.condition_of(POOLING),
            lambda p: p.resolve >= _needed(p),
        ),
        Claim(
            "Sponsorship makes for settlements, and for failures to settle, of which there is neither without it.",
            "abstract",
            ask.always(_both_happen),
            basis="stated",
        ),
        Claim(
            "Where bluffs are called, settlement and violence have probabilities of 0.170751 and 0.214625.",
            "",
            lambda model: [ask.value_at(outcome, BLUFF)(model) for outcome in ("settlement", "violence")],
            ["0.170751", "0.214625"],
            basis="computed",
        ),
        Claim(
            "There bluffing Sponsors sponsor with 0.350649 and the Target concedes with 0.347826.",
            "",
            lambda model: [
                ask.value_at(_bluffs, BLUFF)(model),
                ask.value_at(lambda one: one.strategies["Target"]["concede"], BLUFF)(model),
            ],
            ["0.350649", "0.347826"],
            basis="computed",
        ),
        Claim(
            "Their formulas are t/m (1 - s) y and t (1 - y) + t/m s y, with y = (b + c)/(1 - s - s z + b).",
            "",
            lambda model: tuple(ask.formula_of(outcome, BLUFF)(model) for outcome in ("settlement", "violence")),
            lambda p: (_settled(p), _violent(p)),
        ),
        Claim(
            "The costlier sponsorship is the more it persuades: settlements become likelier and violence less so.",
            "",
            lambda model: [ask.sign_of("price", outcome, BLUFF)(model) for outcome in ("settlement", "violence")],
            ["rises", "falls"],
        ),
        Claim(
            "The more easily militants slip control, the fewer bluffs.",
            "",
            ask.sign_of("slippage", _bluffs, BLUFF),
            "falls",
        ),
        Claim(
            "Where bluffs are called the Target expects -t d, as if it resisted always; the Sponsor, what is left to "
            "the resolute.",
            "",
            lambda model: tuple(ask.formula_of(payoff(who), BLUFF)(model) for who in ("Sponsor", "Target")),
            lambda p: (
                p.resolve * (_concedes(p) * _prize(p) + (1 - _concedes(p)) * p.violence - p.price),
                -p.resolve * p.damage,
            ),
        ),
        Claim(
            "A resolute Sponsor expects 0.326087, a bluffing one nothing, the Target -0.6.",
            "",
            lambda model: [
                *(ask.value_at(ask.payoff_from(who), BLUFF)(model) for who in ("resolute", "bluffing")),
                ask.value_at(payoff("Target"), BLUFF)(model),
            ],
            ["0.326087", 0, "-0.6"],
            basis="computed",
        ),
        Claim(
            "Where all are believed the Sponsor gets 1 - s - s z - c, and the Target loses 1 - s + s d.",
            "",
            lambda model: tuple(ask.formula_of(payoff(who), POOLING)(model) for who in ("Sponsor", "Target")),
            lambda p: (_prize(p) - p.price, -(1 - p.slippage) - p.slippage * p.damage),
        ),
        Claim(
            "Where violence costs less than a concession the Target resists, and sponsorship is no bluff: the Sponsor "
            "expects t (w - c), the Target -t d.",
            "",
            lambda model: (
                ask.condition_of(DEFIANCE)(model),
                *(ask.formula_of(payoff(who), DEFIANCE)(model) for who in ("Sponsor", "Target")),
            ),
            lambda p: (p.damage <= 1, p.resolve * (p.violence - p.price), -p.resolve * p.damage),
        ),
        # A bound Target suffers the violence of the resolute, 0.3 * 2, and no bluffer sponsors.
        Claim(
            "A Target that is bound never to concede ends all bluffs, and fares no better: -0.6, with no sponsorship "
            "in seven cases of ten.",
            "",
            _bound,
            ["-0.6", "0.7"],
            basis="own",
        ),
    ),
    draws=_draw,
    theory=Theory(
        mechanism=("signalling", "delegation"),
        actors="state and proxy",
        information=("one-sided",),
        result=("reveals", "trades off"),
        finding="Sponsorship brings both settlements and violence, and persuades the more it costs.",
        phase=("immediate",),
        neighbours={
            "bapat2012/direct_or_proxy": "The proxy is chosen for deniability, and there is nobody to persuade.",
            "cho1987/signalling_resolve": "The signal costs the weak more than the strong, and nobody slips control.",
        },
    ),
)
