"""The reciprocal fear of surprise attack: each might strike lest the other does.

Both would rather have peace than strike, but to strike first is better than to be struck. Each may also be
compelled to attack, by madness or mistake, with a small probability. Peace is an equilibrium where the probability
that the *other* is compelled is at most ``(V - F)/((V - F) + (M - D))``, with V the worth of peace, F of a first
strike, M of a mutual attack and D of being struck by surprise; war is always one too. A small probability can so
bring about a certain war.
"""

from __future__ import annotations

from itertools import product
from typing import Any

from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory
from deterrence.refinements import risk_dominant


@game("North", "South", name="surprise-attack")
def surprise_attack(
    *,
    peace: Any = param(
        1,
        "payoff of peace",
        low=-10,
        high=10,
        symbol="V",
        plausible=(0.9, 2),
        why="stays the best of all, up to twice the default",
    ),
    first_strike: Any = param(
        0.8,
        "payoff of attacking one that waits",
        low=-10,
        high=10,
        symbol="F",
        plausible=(-0.3, 0.99),
        why="holds 0.94, above which peace breaks at the defaults",
    ),
    mutual_attack: Any = param(
        -0.5,
        "payoff where both attack",
        low=-10,
        high=10,
        symbol="M",
        plausible=(-0.9, -0.35),
        why="war on equal terms: worse than striking first, not ruin",
    ),
    surprised: Any = param(
        -1,
        "payoff of waiting while the other attacks",
        low=-10,
        high=10,
        symbol="D",
        plausible=(-4, -0.95),
        why="from little worse than mutual attack to four prizes lost",
    ),
    north_compulsion: Any = share(
        0.1,
        "probability that North attacks whatever it wants",
        symbol=r"\pi_N",
        plausible=(0, 0.5),
        why="holds 2/7, above which South no longer waits",
    ),
    south_compulsion: Any = share(
        0.1,
        "probability that South attacks whatever it wants",
        symbol=r"\pi_S",
        plausible=(0, 0.5),
        why="holds 2/7, above which North no longer waits",
    ),
) -> Assumed:
    """Two sides that would rather wait, and either of which may attack against its will."""
    results = {
        (False, False): end("peace", peace, peace),
        (True, False): end("North strikes first", first_strike, surprised),
        (False, True): end("South strikes first", surprised, first_strike),
        (True, True): end("mutual attack", mutual_attack, mutual_attack),
    }

    def decide(compelled: tuple[bool, bool]) -> Node:
        def south(north_attacks: bool) -> Node:
            if compelled[1]:
                return results[north_attacks, True]
            waits, attacks = results[north_attacks, False], results[north_attacks, True]
            return move("South", wait=waits, attack=attacks, information="South")

        if compelled[0]:
            return south(True)
        return move("North", wait=south(False), attack=south(True), information="North")

    def odds(compelled: tuple[bool, bool]) -> Any:
        north, south = compelled
        own = north_compulsion if north else 1 - north_compulsion
        return own * (south_compulsion if south else 1 - south_compulsion)

    words = {True: "compelled", False: "free"}
    draws = {
        f"North {words[n]}, South {words[s]}": (odds((n, s)), decide((n, s)))
        for n, s in product((False, True), repeat=2)
    }
    return where(chance(draws), first_strike < peace, mutual_attack < first_strike, surprised < mutual_attack)


def _bound(p: Any) -> Any:
    return (p.peace - p.first_strike) / (p.peace - p.first_strike + p.mutual_attack - p.surprised)


def _least_first_strike(model: Any) -> Any:
    """Return the payoff of a first strike from which peace is no equilibrium, at compulsions of a tenth."""
    from deterrence.analysis.threshold import threshold

    return threshold(model.game, "first_strike", "peace").exact


def _draw(model: Any, ax: Any) -> Any:
    from deterrence.analysis.regions import regions

    return regions(model.game, north_compulsion=[0, 0.6], first_strike=[-0.4, 0.99]).plot(ax)


MODEL = Model(
    surprise_attack,
    source="schelling1960",
    relation="in the spirit of",
    changed="A game after the idea of chapter 9, whose own equations were not re-read.",
    topic="security dilemma",
    related=("harsanyi1988",),
    note="Formulas re-derived, numbers ours.",
    assumptions=(
        "Both choose once and at once, and an attack gives no warning.",
        "Nobody gains by war: peace is best for both.",
        "Compulsion strikes each side independently, and neither knows whether the other is compelled.",
    ),
    does_not_say="""\
There is no warning system, no second look and no hotline, whose worth is the point of the chapter. How likely a
compelled attack is remains outside the model, and peace where it is an equilibrium is not the only one.""",
    theory=Theory(
        mechanism=("pre-emption", "coordination"),
        actors="two states",
        information=("two-sided",),
        result=("war without a mistake", "several outcomes"),
        finding="A small chance that the other is compelled to attack can make war certain between two who want peace.",
        phase=("general",),
        neighbours={
            "snyder1977/stag_hunt": "There nobody is ever compelled.",
            "baliga2004/arms_race": "There a hidden cost of weapons unravels peace.",
            "chassang2010/preemption": "There noise about the worth of peace does.",
        },
    ),
    names={
        "peace": {"North": "wait", "South": "wait"},
        "war out of fear": {"North": "attack", "South": "attack"},
        "mixed": {"North": "mixed", "South": "mixed"},
    },
    claims=(
        Claim(
            "Both wait where the chance of compulsion is at most (V - F)/((V - F) + (M - D)) on either side.",
            "ch. 9",
            ask.condition_of("peace"),
            lambda p: (p.south_compulsion <= _bound(p)) & (p.north_compulsion <= _bound(p)),
        ),
        Claim("War out of fear is an equilibrium everywhere.", "ch. 9", ask.condition_of("war out of fear")),
        Claim(
            "One side's compulsion breaks the peace of both: at 0.3 for North alone nobody waits.",
            "",
            ask.classes_at(north_compulsion=0.3),
            {"war out of fear"},
        ),
        Claim(
            "At the defaults the peace bears a chance of up to 2/7.",
            "",
            ask.threshold_value("north_compulsion", "peace"),
            "0.285714",
        ),
        Claim(
            "The bound falls as the first strike's payoff rises to that of peace.",
            "",
            _least_first_strike,
            lambda p: p.peace - (p.mutual_attack - p.surprised) * p.south_compulsion / (1 - p.south_compulsion),
        ),
        Claim(
            "Waiting on both sides leaves a risk of attack that nobody chose: 0.19 at a tenth each.",
            "",
            ask.value_at(lambda one: 1 - one.outcomes["peace"], "peace"),
            "0.19",
        ),
        Claim(
            "Without compulsion there is peace, war and a mixture, as in the Stag Hunt.",
            "",
            ask.classes_at(north_compulsion=0, south_compulsion=0),
            {"peace", "war out of fear", "mixed"},
        ),
        Claim(
            "War risk-dominates even then, for a first strike forgoes 0.2 and waiting risks 0.5.",
            "",
            ask.survivors_at(risk_dominant, north_compulsion=0, south_compulsion=0),
            {"war out of fear"},
        ),
        Claim(
            "With compulsions of 0.1 for North and 0.2 for South the two expect this where each waits or attacks if "
            "free.",
            "",
            ask.each_of(
                *(
                    ask.payoffs_of({"North": north, "South": south}, north_compulsion=0.1, south_compulsion=0.2)
                    for north in ("wait", "attack")
                    for south in ("wait", "attack")
                )
            ),
            # both wait: peace has 0.72, a strike by North 0.08, by South 0.18, both 0.02; North alone attacks: 0.8 and
            # 0.2; South alone: 0.9 and 0.1
            [("0.594", "0.774"), ("-0.95", "0.67"), ("0.54", "-0.9"), ("-0.5", "-0.5")],
            basis="computed",
        ),
        Claim(
            "Peace is best, then to strike first, then to fight at once; to be surprised is worst.",
            "",
            ask.each_of(
                ask.admits(first_strike=0.99),
                ask.admits(first_strike=1),
                ask.admits(mutual_attack=0.79),
                ask.admits(mutual_attack=0.8),
                ask.admits(surprised=-0.51),
                ask.admits(surprised=-0.5),
            ),
            [True, False, True, False, True, False],
        ),
    ),
    draws=_draw,
)
