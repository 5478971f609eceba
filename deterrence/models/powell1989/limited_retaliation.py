"""Limited retaliation: answer a challenge with a small blow, or a large one, and bear an answer in kind.

The Challenger may challenge. The Defender submits, or strikes a small or a large blow of size ``s`` or ``l``; the
Challenger then stops, or strikes back in kind and prevails. A side is resolute, and a strike costs it ``k``, or it
never strikes; it alone knows which. Counterforce blunts the answer by a share ``m``. The Defender prefers the small
blow, for its answer is small: so small options make threats credible, and an exchange likelier. The doubt about
resolve protects a Defender that would never strike.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Challenger", "Defender", name="limited-retaliation")
def limited_retaliation(
    *,
    status_quo: Any = share(
        0.4,
        "what the Challenger has without a challenge, in units of the prize",
        symbol="q",
        plausible=(0.05, 0.95),
        why="holds 1/4, up to which every Challenger tries",
    ),
    small: Any = param(
        0.5,
        "what a small blow costs whom it hits, in prizes",
        low=0,
        high=5,
        symbol="s",
        plausible=(0.05, 1.9),
        why="holds 5/3, above which its answer is too much for the Defender",
    ),
    large: Any = param(
        2,
        "what a large blow costs whom it hits, in prizes",
        low=0,
        high=10,
        symbol="l",
        plausible=(0.6, 8),
        why="larger than the small one, up to eight prizes",
    ),
    counterforce: Any = share(
        0.2,
        "share of an answer that the blow before it forestalls",
        symbol="m",
        plausible=(0, 0.9),
        why="from blows at cities alone to blows at most of the forces that would answer",
    ),
    strike_cost: Any = share(
        0.3,
        "what a strike costs the resolute side that makes it, in prizes",
        symbol="k",
        plausible=(0.02, 0.7),
        why="holds 0.58, above which the Defender submits at the defaults",
    ),
    challenger_resolve: Any = share(
        0.3,
        "chance that the Challenger is resolute",
        symbol="r_C",
        plausible=(0.02, 0.9),
        why="holds 1/2, from where no Defender strikes",
    ),
    defender_resolve: Any = share(
        0.5,
        "chance that the Defender is resolute",
        symbol="r_D",
        plausible=(0.05, 0.95),
        why="holds 0.4, up to which every Challenger tries",
    ),
) -> Assumed:
    """Challenge or not; submit or strike a blow; stop or strike back in kind."""

    def struck(size: str, blow: Any, challenger: str) -> Node:
        stops = end("Challenger stops", -blow, 1 - strike_cost)
        if challenger == "Irresolute":
            return stops
        back = end("exchange", 1 - blow - strike_cost, -strike_cost - (1 - counterforce) * blow)
        choices: dict[str, Node] = {"stop": stops, "strike back": back}
        return move("Challenger", choices, information=f"Resolute Challenger, {size} blow")

    def crisis(challenger: str, defender: str) -> Node:
        challenged: Node = end("Defender submits", 1, 0)
        if defender == "Resolute":
            answers: dict[str, Node] = {
                "submit": challenged,
                "small blow": struck("small", small, challenger),
                "large blow": struck("large", large, challenger),
            }
            challenged = move("Defender", answers, information="Resolute Defender")
        first: dict[str, Node] = {"accept": end("status quo", status_quo, 1 - status_quo), "challenge": challenged}
        return move("Challenger", first, information=f"{challenger} Challenger")

    odds_c = {"Resolute": challenger_resolve, "Irresolute": 1 - challenger_resolve}
    odds_d = {"Resolute": defender_resolve, "Irresolute": 1 - defender_resolve}
    draws = {
        f"{c.lower()} Challenger, {d.lower()} Defender": (odds_c[c] * odds_d[d], crisis(c, d))
        for c in odds_c
        for d in odds_d
    }
    inside = [status_quo > 0, status_quo < 1, counterforce < 1, strike_cost > 0, strike_cost < 1]
    inside += [challenger_resolve > 0, challenger_resolve < 1, defender_resolve > 0, defender_resolve < 1]
    return where(chance(draws), *inside, small > 0, small < large)


def _answer(p: Any) -> Any:
    return (1 - p.counterforce) * p.small


def _bluffs(p: Any) -> Any:
    """Return how likely a challenge must be a bluff for a resolute Defender to be indifferent to a small blow."""
    return (p.strike_cost + _answer(p)) / (1 + _answer(p))


def _struck(p: Any) -> Any:
    """Return how likely a blow must follow for a bluff to be worth the status quo."""
    return (1 - p.status_quo) / (1 + p.small)


def _challenges(p: Any) -> Any:
    return p.challenger_resolve * (1 + _answer(p)) / (1 - p.strike_cost)


def _map(model: Any, ax: Any) -> Any:
    """Draw which equilibria exist over the size of the small blow and the likely resolve of the Challenger."""
    from deterrence.analysis.regions import regions

    return regions(model.game, small=(0.02, 1.98), challenger_resolve=(0.02, 0.9)).plot(ax=ax)


SUBMITS, FIRM, BLUFF, DOUBT = "the Defender submits", "every Challenger tries", "bluff", "deterrence by doubt"
ALL = {"Resolute Challenger": "challenge", "Irresolute Challenger": "challenge"}

MODEL = Model(
    limited_retaliation,
    source="powell1989",
    relation="in the spirit of",
    changed="Not found in the work, whose game of sequential bargaining was not re-read: here each side has one blow "
    "and one of two types, and the Defender a choice of two sizes.",
    topic="escalation",
    related=("powell1988", "powell1990"),
    note="Of the work its abstract alone was read. Payoffs in units of the prize; all numbers are illustrative.",
    assumptions=(
        "Each side is resolute or irresolute, and alone knows which; the two draws are independent.",
        "To strike costs a resolute side less than the prize; an irresolute one never strikes.",
        "A blow is answered in kind or not at all, and the Defender does not go on.",
        "Nothing gets out of hand: all harm is done on purpose.",
    ),
    does_not_say="""\
The exchange ends after one blow each, by rule and not by choice, and cannot become a general war. Why a strike costs
its author something, blame or a taboo, is not told. Nobody is harmed who has no part in the dispute.""",
    names={
        SUBMITS: ALL | {"Resolute Defender": "submit"},
        FIRM: ALL | {"Resolute Defender": "small blow"},
        BLUFF: {"Resolute Challenger": "challenge", "Irresolute Challenger": "mixed", "Resolute Defender": "mixed"},
        DOUBT: {"Resolute Challenger": "accept", "Irresolute Challenger": "accept"},
    },
    axes=("small", "challenger_resolve"),
    claims=(
        Claim(
            "No Defender strikes where a bluff is too unlikely although all irresolute Challengers bluff: 1 - r_C is "
            "at most b = (k + y)/(1 + y), with y the answer to a small blow.",
            "",
            ask.condition_of(SUBMITS),
            lambda p: 1 - p.challenger_resolve <= _bluffs(p),
        ),
        Claim(
            "Every Challenger tries, and resolute Defenders strike a small blow, where 1 - r_C is at least b and r_D "
            "at most (1 - q)/(1 + s).",
            "",
            ask.condition_of(FIRM),
            lambda p: (1 - p.challenger_resolve >= _bluffs(p)) & (p.defender_resolve <= _struck(p)),
        ),
        Claim(
            "Irresolute Challengers bluff at times, and resolute Defenders strike at times, where r_D is at least "
            "that.",
            "",
            ask.condition_of(BLUFF),
            lambda p: (1 - p.challenger_resolve >= _bluffs(p)) & (p.defender_resolve >= _struck(p)),
        ),
        Claim(
            "Nobody challenges where resolute Defenders would take a challenge for a sure bluff, and their large blow "
            "would be too much: r_D (k + l) is at least 1 - q.",
            "",
            # Sure of a bluff they need not fear the answer, so that the large blow is worth the small one.
            ask.condition_of(DOUBT),
            lambda p: p.defender_resolve * (p.strike_cost + p.large) >= 1 - p.status_quo,
        ),
        Claim(
            "Where there are challenges a large blow is never struck: states prefer smaller limited options.",
            "abstract",
            lambda model: [ask.formula_of("large blow", name)(model) for name in (SUBMITS, FIRM, BLUFF)],
            [0, 0, 0],
        ),
        Claim(
            "At the defaults a challenge has chance 0.6, a blow 0.24 and an exchange 0.12.",
            "",
            # y = 0.4, b = 0.7/1.4 = 1/2: 0.3/0.5. A blow follows with 0.6/1.5 = 0.4, and 0.3 of all are resolute.
            lambda model: [ask.value_at(measure, BLUFF)(model) for measure in ("challenge", "small blow", "exchange")],
            ["0.6", "0.24", "0.12"],
            basis="computed",
        ),
        Claim(
            "Smaller limited options may make an exchange more likely: none at a small blow of 1.8, with chance 0.12 "
            "at 0.5, and 0.144 at 0.25.",
            "abstract",
            # 0.3*0.6/(1 + s) up to s = 5/3, where (0.3 + 0.8 s)/(1 + 0.8 s) = 0.7.
            lambda model: [
                ask.value_at("exchange", name, small=size)(model)
                for name, size in ((SUBMITS, 1.8), (BLUFF, 0.5), (BLUFF, 0.25))
            ],
            [0, "0.12", "0.144"],
            basis="computed",
        ),
        Claim(
            "The Defender still strikes a small blow of 1.66, and submits where the smallest is 1.67.",
            "",
            lambda model: [ask.classes_at(small=size)(model) for size in (1.66, 1.67)],
            [{BLUFF, DOUBT}, {SUBMITS, DOUBT}],
            basis="computed",
        ),
        Claim(
            "Where bluffs are balanced the chance of an exchange is r_C (1 - q)/(1 + s).",
            "",
            ask.formula_of("exchange", BLUFF),
            lambda p: p.challenger_resolve * _struck(p),
        ),
        Claim(
            "A first blow is then as likely however small it is, if counterforce does not help.",
            "",
            # r_C (1 + y)/(1 - k) times (1 - q)/(1 + s), with y = s.
            ask.vanishing(ask.formula_of("small blow", BLUFF), "counterforce"),
            lambda p: p.challenger_resolve * (1 - p.status_quo) / (1 - p.strike_cost),
        ),
        Claim(
            "The Defender gets 1 - q as often as there is no challenge.",
            "",
            ask.formula_of(payoff("Defender"), BLUFF),
            lambda p: (1 - p.status_quo) * (1 - _challenges(p)),
        ),
        Claim(
            "Counterforce pays the Defender: fewer bluffs are worth their while.",
            "",
            ask.sign_of("counterforce", payoff("Defender"), BLUFF),
            "rises",
        ),
        Claim(
            "But it does not make an exchange rarer.",
            "",
            ask.sign_of("counterforce", "exchange", BLUFF),
            "does not move",
        ),
        Claim(
            "The Challenger gets r_C (1 - x (k + s)) + (1 - r_C) q, with x the chance of a blow.",
            "",
            ask.formula_of(payoff("Challenger"), BLUFF),
            lambda p: (
                p.challenger_resolve * (1 - _struck(p) * (p.strike_cost + p.small))
                + (1 - p.challenger_resolve) * p.status_quo
            ),
        ),
        Claim(
            "Doubt may deter: a Defender that never strikes is left alone with chance 0.4 where it might be resolute, "
            "and never where it is all but known that it is not.",
            "abstract",
            lambda model: [
                ask.value_at("status quo", BLUFF)(model),
                ask.value_at("status quo", defender_resolve=0.01)(model),
            ],
            ["0.4", 0],
            basis="computed",
        ),
    ),
    draws=_map,
    theory=Theory(
        mechanism=("escalation", "credibility", "signalling"),
        actors="two states",
        information=("two-sided",),
        result=("deters", "backfires"),
        finding="Small options make it credible that a challenge is answered, which makes an exchange of blows "
        "likelier, and doubt about resolve protects a side that would not strike.",
        means=("punishment",),
        scope=("direct",),
        phase=("general", "immediate"),
        neighbours={
            "powell1988/two_sided_brinkmanship": "Steps run a risk of disaster for both, and do no harm otherwise.",
            "kilgour2007/asymmetric_escalation": "An answer is in kind or beyond, and each side may go on to war.",
        },
    ),
)
