"""Rational appeasement: give way to the first challenger to keep one's strength for the second.

Two Challengers come in turn, and the Defender, Resolute with chance ``r``, has the strength for one fight. If it fights
the first, the second takes what it wants. If it appeases the first it keeps its strength, but may be taken for
Irresolute. A fight costs a Challenger ``d`` and what is won is worth 1 to it, so that it refrains where resistance has
at least the chance ``1/(1 + d)``. The Resolute Defender appeases where the first stake ``v_1`` is less than the second
``v_2``, and may do so up to ``v_2 + k``, where ``k`` is its cost of a fight: then the second refrains, as it would not
after a fight.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff, probability
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("First Challenger", "Second Challenger", "Defender", name="rational-appeasement")
def rational_appeasement(
    *,
    resolve: Any = share(
        0.5,
        "chance that the Defender is resolute",
        symbol="r",
        plausible=(0.05, 0.95),
        why="holds 1/3 and 5/9, between which all turns on the stakes",
    ),
    first_stake: Any = param(
        3,
        "what the Defender loses by appeasing the First Challenger",
        low=0,
        high=20,
        symbol="v_1",
        plausible=(0.5, 9),
        why="holds 4 and 6, between which there are several equilibria",
    ),
    second_stake: Any = param(
        4,
        "what it loses to the Second Challenger",
        low=0,
        high=20,
        symbol="v_2",
        plausible=(2.1, 9),
        why="holds 3, below which the first stake is the greater",
    ),
    cost: Any = param(
        2,
        "what a fight costs a resolute Defender",
        low=0,
        high=20,
        symbol="k",
        plausible=(0.2, 3.9),
        why="up to the second stake, for which it would fight",
    ),
    irresolute_cost: Any = param(
        10,
        "what a fight costs an irresolute Defender",
        low=0,
        high=40,
        symbol="K",
        plausible=(9.1, 30),
        why="more than either stake, so that it never fights",
    ),
    defeat: Any = param(
        2,
        "what being fought costs a Challenger, where its prize is 1",
        low=0,
        high=20,
        symbol="d",
        plausible=(0.2, 8),
        why="holds 1, below which resolve of 1/2 does not deter",
    ),
) -> Assumed:
    """Challenge, fight or appease, twice; one fight is all that the Defender has the strength for."""

    def second_answer(first: Any, lost: Any, fight: Any, kind: str, seen: str) -> Node:
        given = "second stake lost" if seen == "refraining" else "both stakes lost"
        choices = {
            "concede": end(given, first, 1, -lost - second_stake),
            "resist": end("second fought", first, -defeat, -lost - fight),
        }
        return move("Defender", choices, information=f"{kind} Defender, second challenge after {seen}")

    def second(first: Any, lost: Any, fight: Any, kind: str, seen: str, spared: str) -> Node:
        choices = {
            "refrain": end(spared, first, 0, -lost),
            "challenge": second_answer(first, lost, fight, kind, seen),
        }
        return move("Second Challenger", choices, information=f"Second Challenger, after {seen}")

    def spent(fight: Any) -> Node:
        choices = {
            "refrain": end("first fought", -defeat, 0, -fight),
            "challenge": end("first fought, second stake lost", -defeat, 1, -fight - second_stake),
        }
        return move("Second Challenger", choices, information="Second Challenger, after a fight")

    def first(fight: Any, kind: str) -> Node:
        answers = {
            "appease": second(1, first_stake, fight, kind, "appeasement", "first stake lost"),
            "fight": spent(fight),
        }
        choices = {
            "refrain": second(0, 0, fight, kind, "refraining", "peace"),
            "challenge": move("Defender", answers, information=f"{kind} Defender"),
        }
        return move("First Challenger", choices, information="First Challenger")

    tree = chance(
        {
            "resolute": (resolve, first(cost, "Resolute")),
            "irresolute": (1 - resolve, first(irresolute_cost, "Irresolute")),
        }
    )
    return where(
        tree, first_stake > 0, cost > 0, defeat > 0, cost < second_stake, first_stake < irresolute_cost,
        second_stake < irresolute_cost,
    )  # fmt: skip


def _deters(p: Any) -> Any:
    """Return where the Defender's resolve, as it is known beforehand, deters a Challenger."""
    return p.resolve * p.defeat >= 1 - p.resolve


def _does_not(p: Any) -> Any:
    return p.resolve * p.defeat <= 1 - p.resolve


def _fought(p: Any) -> Any:
    """Return the chance of a first fight at which the Second Challenger is indifferent after appeasement."""
    return (p.resolve * (1 + p.defeat) - 1) / p.defeat


def _called(p: Any) -> Any:
    """Return the chance of a second challenge at which the Resolute Defender is indifferent."""
    return (p.cost + p.second_stake - p.first_stake) / p.cost


def _between(p: Any) -> Any:
    """Return where the Resolute Defender would fight if appeasement were taken for weakness, and else not."""
    return (p.second_stake <= p.first_stake) & (p.first_stake <= p.second_stake + p.cost)


def _bound_to_fight(question: ask.Question) -> ask.Question:
    """Ask of the game in which the Resolute Defender is bound to fight the First Challenger, and nobody sees it."""

    def asked(model: Any) -> Any:
        from deterrence.mechanisms.commitment import Commitment

        return question(Model(model.game.under(Commitment("Defender", "fight", at="Resolute Defender", seen=False))))

    return asked


def _map(model: Any, ax: Any) -> Any:
    """Draw which equilibria exist over the first stake and the Defender's resolve."""
    from deterrence.analysis.regions import regions

    return regions(model.game, first_stake=(0.02, 9), resolve=(0.01, 0.99)).plot(ax=ax)


APPEASE, DETER, STAND, DELAY = "appeasement", "deterrence", "a stand in vain", "appeasement and war"
MIXED, MIXED_PEACE = "uncertain resistance", "deterrence by uncertain resistance"
RESOLUTE, AFTER = "Resolute Defender", "Second Challenger, after appeasement"

MODEL = Model(
    rational_appeasement,
    source="treisman2004",
    relation="in the spirit of",
    changed=(
        "Not found in the work, of which the abstract alone was read and whose series of models has more to it: two "
        "Challengers, one fight's strength, and parameters of our own."
    ),
    topic="reputation",
    related=("kreps1982reputation", "selten1978"),
    note="Illustrative payoffs.",
    assumptions=(
        "After one fight the Defender has no strength left, and the Second Challenger knows it.",
        "An irresolute Defender would rather lose either stake than fight.",
        "A resolute one would fight for the second stake, if it has the strength.",
        "What the First Challenger gets does not make the Second stronger.",
        "A Challenger that is fought loses, and both Challengers are alike.",
    ),
    does_not_say="""\
Appeasement satisfies the First Challenger for good here, which is much of what is disputed about it. Strength does not
grow back, nobody helps the Defender, and the Challengers do not choose which of them comes first. Where there are
several equilibria it does not say which is played.""",
    names={
        APPEASE: {RESOLUTE: "appease", AFTER: "refrain"},
        DETER: {"First Challenger": "refrain", RESOLUTE: "fight"},
        STAND: {"First Challenger": "challenge", RESOLUTE: "fight"},
        DELAY: {RESOLUTE: "appease", AFTER: "challenge"},
        MIXED: {"First Challenger": "challenge", RESOLUTE: "mixed"},
        MIXED_PEACE: {"First Challenger": "refrain", RESOLUTE: "mixed"},
    },
    measures={
        "the First Challenger is appeased": ("appease", "Defender"),
        "the Second Challenger challenges": ("challenge", "Second Challenger"),
        "nobody challenges": ("peace", None),
    },
    axes=("first_stake", "resolve"),
    claims=(
        Claim(
            "Appeasement is an equilibrium where resolve deters, r d >= 1 - r, and the first stake is worth no more "
            "than the second and a fight, v_1 <= v_2 + k.",
            "",
            ask.condition_of(APPEASE),
            lambda p: _deters(p) & (p.first_stake <= p.second_stake + p.cost),
        ),
        Claim(
            "The Resolute Defender appeases as the Irresolute does, so that nothing is told of it, and the Second "
            "Challenger refrains: the Defender loses the first stake alone.",
            "",
            ask.formula_of(payoff("Defender"), APPEASE),
            lambda p: -p.first_stake,
        ),
        Claim(
            "The First Challenger has its prize of 1, and the Second nothing.",
            "",
            lambda model: [
                ask.formula_of(payoff(f"{which} Challenger"), APPEASE)(model) for which in ("First", "Second")
            ],
            [1, 0],
        ),
        Claim(
            "Deterrence of both is an equilibrium where resolve deters, and the first stake is the greater.",
            "",
            ask.condition_of(DETER),
            lambda p: _deters(p) & (p.first_stake >= p.second_stake),
        ),
        Claim(
            "Nobody then gets or loses anything.",
            "",
            lambda model: [ask.formula_of(payoff(player), DETER)(model) for player in model.game.players],
            [0, 0, 0],
        ),
        Claim(
            "At the default resolve of 1/2 stakes of 3 and 4 leave appeasement alone, and stakes of 7 and 4 "
            "deterrence alone.",
            "",
            lambda model: [ask.classes_at(first_stake=stake)(model) for stake in (3, 7)],
            [{APPEASE}, {DETER}],
            basis="computed",
        ),
        Claim(
            "Deterrence begins at a first stake of v_2, and is alone from v_2 + k on.",
            "",
            ask.boundaries_of("first_stake", "peace"),
            lambda p: (p.second_stake, p.second_stake + p.cost),
        ),
        Claim(
            "At a first stake of 5 there are three equilibria: appeasement, deterrence, and uncertain resistance.",
            "",
            ask.classes_at(first_stake=5),
            {APPEASE, DETER, MIXED},
            basis="computed",
        ),
        Claim(
            "A stand in vain: where resolve does not deter, and the first stake is the greater, the Resolute Defender "
            "fights for it, and loses the second.",
            "",
            ask.condition_of(STAND),
            lambda p: _does_not(p) & (p.first_stake >= p.second_stake),
        ),
        Claim(
            "It costs the Defender v_2, and k or v_1, as it is resolute or not.",
            "",
            ask.formula_of(payoff("Defender"), STAND),
            lambda p: -p.second_stake - p.resolve * p.cost - (1 - p.resolve) * p.first_stake,
        ),
        Claim(
            "The Second Challenger then wins for certain: against a spent Defender, or one that has shown itself weak.",
            "",
            ask.formula_of(payoff("Second Challenger"), STAND),
            1,
        ),
        Claim(
            "Where resolve does not deter, and the second stake is the greater, appeasement only puts the fight off.",
            "",
            ask.condition_of(DELAY),
            lambda p: _does_not(p) & (p.first_stake <= p.second_stake),
        ),
        Claim(
            "The Second Challenger then expects 1 - r - r d, as the First would if it were resisted.",
            "",
            ask.formula_of(payoff("Second Challenger"), DELAY),
            lambda p: 1 - p.resolve - p.resolve * p.defeat,
        ),
        Claim(
            "Under uncertain resistance the Second Challenger challenges after appeasement with chance "
            "(k + v_2 - v_1)/k.",
            "",
            ask.formula_of(lambda one: one.strategies[AFTER]["challenge"], MIXED),
            _called,
        ),
        Claim(
            "The First Challenger is fought with chance (r (1 + d) - 1)/d, so that appeasement leaves a belief of "
            "1/(1 + d) in resolve.",
            "",
            ask.formula_of(probability("fight", "Defender"), MIXED),
            _fought,
        ),
        Claim(
            "The First Challenger challenges all the same where r <= (2 d + 1)/(1 + d)^2.",
            "",
            ask.condition_of(MIXED),
            lambda p: _deters(p) & _between(p) & (p.resolve * (1 + p.defeat) ** 2 <= 2 * p.defeat + 1),
        ),
        Claim(
            "It gets 1 less (1 + d) times the chance of a fight.",
            "",
            ask.formula_of(payoff("First Challenger"), MIXED),
            lambda p: 1 - (1 + p.defeat) * _fought(p),
        ),
        Claim(
            "Where the Defender is more likely to be resolute, uncertain resistance deters the First Challenger.",
            "",
            ask.condition_of(MIXED_PEACE),
            lambda p: _deters(p) & _between(p) & (p.resolve * (1 + p.defeat) ** 2 >= 2 * p.defeat + 1),
        ),
        Claim(
            "The more there is to lose later the less is defended now: with a first stake of 5 a second of 2.5 leaves "
            "deterrence alone, one of 6 appeasement alone.",
            "",
            lambda model: [ask.classes_at(first_stake=5, second_stake=stake)(model) for stake in (2.5, 6)],
            [{DETER}, {APPEASE}],
            basis="computed",
        ),
        Claim(
            "A Resolute Defender that is bound to fight the First Challenger would lose nothing, instead of 3: the "
            "threat is worth making, not worth carrying out.",
            "",
            lambda model: [
                question(model)
                for question in (ask.value_at(payoff("Defender")), _bound_to_fight(ask.value_at(payoff("Defender"))))
            ],
            [-3, 0],
            basis="own",
        ),
    ),
    draws=_map,
    theory=Theory(
        mechanism=("reputation", "credibility"),
        actors="many challengers",
        information=("one-sided",),
        result=("trades off", "several outcomes"),
        finding=(
            "With strength for one fight even a resolute defender gives way to the first challenger where the second "
            "stake is greater, and so deters the second."
        ),
        means=("punishment",),
        phase=("general", "immediate"),
        neighbours={
            "kreps1982reputation/entry_deterrence": "Fighting costs no strength, and builds a reputation.",
            "selten1978/chain_store": "Nothing is hidden, and strength does not run out.",
        },
    ),
)
