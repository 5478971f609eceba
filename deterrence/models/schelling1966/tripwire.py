"""A tripwire: a small force that cannot hold the ground makes the threat of war credible.

The Defender may station a force of size ``n``, at a cost ``u`` for each unit. The Challenger attacks or not. The force
stops no attack; but if it is lost, restraint costs the Defender a further ``b`` for each unit, the price of blood that
is left without an answer. The threat to retaliate at a cost ``w`` for a loss ``l`` is then credible where
``w <= l + b n``: the least force is ``(w - l)/b``. It is worth its upkeep up to a size of ``l/u``.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import end, game, move, where
from deterrence.games.parameter import param
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Challenger", "Defender")
def tripwire(
    *,
    prize: Any = param(
        4,
        "what an attack without an answer brings the Challenger",
        low=0,
        high=20,
        symbol="g",
        plausible=(1, 12),
        why="above 9 not even a war deters",
    ),
    punishment: Any = param(
        9,
        "harm that retaliation does",
        low=0,
        high=20,
        symbol="d",
        plausible=(2, 15),
        why="holds 4, below which the prize is worth a war",
    ),
    loss: Any = param(
        6,
        "what the Defender loses with the ground",
        low=0,
        high=20,
        symbol="l",
        plausible=(3, 10),
        why="holds 5 to 8, where only a force lends credibility",
    ),
    war: Any = param(
        8,
        "cost of retaliating",
        low=0,
        high=20,
        symbol="w",
        plausible=(4, 12),
        why="holds 6 to 9, where only a force lends credibility",
    ),
    force: Any = param(
        1,
        "size of the force that may be stationed",
        low=0,
        high=10,
        symbol="n",
        plausible=(0.1, 6.5),
        why="holds 2/3 and 6, the least that deters and most that pays",
    ),
    blood: Any = param(
        3,
        "price of leaving the loss of a unit of it unanswered",
        low=0,
        high=10,
        symbol="b",
        plausible=(0.2, 6),
        why="holds 2, from which losing one unit compels an answer",
    ),
    upkeep: Any = param(
        1,
        "what a unit of it costs",
        low=0,
        high=10,
        symbol="u",
        plausible=(0.1, 6.5),
        why="above 6 a unit costs more than the ground",
    ),
) -> Assumed:
    """Station a force or not; attack or not; retaliate or restrain."""

    def attacked(in_vain: Any, spent: Any, seen: str, lost: str) -> Node:
        restrained = end(lost, prize, -loss - in_vain - spent)
        choices = {"restrain": restrained, "retaliate": end("war", prize - punishment, -war - spent)}
        return move("Defender", choices, information=f"Defender, {seen}")

    def exposed(in_vain: Any, spent: Any, seen: str, peace: str, lost: str) -> Node:
        choices = {"refrain": end(peace, 0, -spent), "attack": attacked(in_vain, spent, seen, lost)}
        return move("Challenger", choices, information=f"Challenger, {seen}")

    alone = exposed(0, 0, "no force", "status quo", "fait accompli")
    guarded = exposed(blood * force, upkeep * force, "force", "peace behind the tripwire", "force lost in vain")
    tree = move("Defender", {"stay away": alone, "station": guarded}, information="Defender")
    return where(tree, prize > 0, force > 0, blood > 0, upkeep > 0)


def _if_played(sent: str, then: str, answer: str) -> ask.Question:
    """Ask what the two get if a force of two units is sent or not, and they go on like this."""
    answers = {"Defender, no force": answer, "Defender, force": answer}
    return ask.payoffs_of({"Defender": sent, "Challenger": then} | answers, force=2)


def _map(model: Any, ax: Any) -> Any:
    """Draw what happens over the size of the force and the cost of retaliating."""
    from deterrence.analysis.regions import regions

    return regions(model.game, force=(0.02, 9), war=(0, 20)).plot(ax=ax)


BARE, TRIPWIRE, WAR = "deterrence without a force", "tripwire", "war"
SMALL, COSTLY, TEMPTED = "force too small", "force too costly", "prize too great"
LOST = {"Defender": "stay away", "Challenger, no force": "attack", "Defender, no force": "restrain"}

MODEL = Model(
    tripwire,
    source="schelling1966",
    relation="in the spirit of",
    changed="No game is found in the work, which tells the idea in words.",
    topic="credibility",
    related=("zagare1993", "fearon1997"),
    note="The work was not re-read. Without the force it is the game of strike and retaliation. Illustrative payoffs.",
    assumptions=(
        "The force neither stops the attack nor makes war cheaper or more harmful.",
        "The Challenger sees whether the force is there.",
        "To leave its loss unanswered has a price, at home or among allies, that grows with the force.",
        "Both sides know what the other wants.",
    ),
    does_not_say="""\
Whether voters and allies really ask for an answer when soldiers die is assumed here, and disputed. The force may not
provoke, and the Challenger cannot go around it. The lives that are lost count only in the price of leaving them
unanswered.""",
    theory=Theory(
        mechanism=("commitment", "credibility", "arms"),
        actors="two states",
        information=("complete",),
        result=("deters",),
        finding="A force too small to hold the ground makes the threat of war credible by the price of its loss.",
        means=("punishment",),
        scope=("extended",),
        phase=("general",),
        neighbours={
            "folklore/strike": "There is no force to station.",
            "fearon1997/tying_hands": "There what is staked is a reputation at home.",
            "snyder1984/alliance": "There the threat is a promise to another.",
        },
    ),
    names={
        BARE: {"Defender": "stay away", "Challenger, no force": "refrain"},
        TRIPWIRE: {"Defender": "station", "Challenger, force": "refrain"},
        WAR: {"Defender": "stay away", "Challenger, no force": "attack", "Defender, no force": "retaliate"},
        SMALL: LOST | {"Defender, force": "restrain"},
        COSTLY: LOST | {"Challenger, force": "refrain"},
        TEMPTED: LOST | {"Challenger, force": "attack", "Defender, force": "retaliate"},
    },
    axes=("force", "war"),
    claims=(
        Claim(
            "A tripwire deters where the bare threat is empty, w >= l, the force makes it credible, w <= l + b n, the "
            "punishment outweighs the prize, and the force is worth its upkeep, u n <= l.",
            "",
            ask.condition_of(TRIPWIRE),
            lambda p: (
                (p.war >= p.loss)
                & (p.war - p.loss <= p.blood * p.force)
                & (p.prize <= p.punishment)
                & (p.upkeep * p.force <= p.loss)
            ),
        ),
        Claim(
            "The least force that deters is (w - l)/b, the greatest that pays l/u.",
            "",
            ask.boundaries_of("force", "station"),
            lambda p: ((p.war - p.loss) / p.blood, p.loss / p.upkeep),
        ),
        Claim(
            "At the defaults the least force is 2/3 of a unit: 0.66 is too little, 0.67 is enough.",
            "",
            lambda model: [ask.classes_at(force=size)(model) for size in (0.66, 0.67)],
            [{SMALL}, {TRIPWIRE}],
            basis="computed",
        ),
        Claim(
            "The force is not needed where the threat is credible without it, w <= l.",
            "",
            ask.condition_of(BARE),
            lambda p: (p.war <= p.loss) & (p.prize <= p.punishment),
        ),
        Claim(
            "Where b n < w - l the force would be lost in vain, and is not sent.",
            "",
            ask.condition_of(SMALL),
            lambda p: p.war >= p.loss + p.blood * p.force,
        ),
        Claim(
            "A force that would deter is not sent where its upkeep is more than the loss.",
            "",
            ask.condition_of(COSTLY),
            lambda p: (
                (p.loss <= p.war)
                & (p.war <= p.loss + p.blood * p.force)
                & (p.prize <= p.punishment)
                & (p.loss <= p.upkeep * p.force)
            ),
        ),
        Claim(
            "No force helps against a Challenger that a war would not deter.",
            "",
            ask.condition_of(TEMPTED),
            lambda p: (p.loss <= p.war) & (p.war <= p.loss + p.blood * p.force) & (p.punishment <= p.prize),
        ),
        Claim(
            "Where a force is stationed it is never attacked: nobody sends one that would be.",
            "",
            ask.always(
                lambda _game, solution: all(
                    one.probability("station") * one.probability("attack") == 0 for one in solution
                )
            ),
        ),
        Claim(
            "The Defender then pays the upkeep alone.",
            "",
            ask.formula_of(payoff("Defender"), TRIPWIRE),
            lambda p: -p.upkeep * p.force,
        ),
        Claim(
            "A price of blood makes the Defender better off: it gets -6 where that is 0.5, and -1 where it is 3.",
            "",
            lambda model: [ask.value_at(payoff("Defender"), blood=price)(model) for price in (0.5, 3)],
            [-6, -1],
            basis="computed",
        ),
        Claim(
            "A higher price of blood never makes the loss of the ground more likely.",
            "",
            ask.moves("blood", "fait accompli", "does not rise"),
        ),
        Claim(
            "A larger force may: it must deter and be paid for.",
            "",
            lambda model: [ask.value_at("fait accompli", force=size)(model) for size in (0.5, 1, 5, 7)],
            [1, 0, 0, 1],
            basis="computed",
        ),
        Claim(
            "With two units the ends pay the Challenger 0, the prize of 4 or 4 - 9, and the Defender -6 or -8 without "
            "the force, and with it the upkeep of 2 besides, and 6 more for blood that is left unanswered.",
            "",
            ask.each_of(
                *(
                    _if_played(sent, *then)
                    for sent in ("stay away", "station")
                    for then in (("refrain", "restrain"), ("attack", "restrain"), ("attack", "retaliate"))
                )
            ),
            # lost in vain: -6 - 3 2 - 2 = -14
            [(0, 0), (4, -6), (-5, -8), (0, -2), (4, -14), (-5, -10)],
            basis="computed",
        ),
        Claim(
            "The prize, the force, its upkeep and the price of blood are not nothing.",
            "",
            ask.each_of(*(ask.admits(**{name: 0}) for name in ("prize", "force", "blood", "upkeep"))),
            [False, False, False, False],
        ),
    ),
    draws=_map,
)
