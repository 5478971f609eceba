"""Shifting power: a declining state fights now because the rising one cannot bind itself.

Today's balance of power gives the declining state a share ``p``, tomorrow's ``p - D``. The rising state stands firm or
concedes ``y`` of today's pie beyond the fair share; the declining one accepts or attacks. Tomorrow the rising state may
keep a promise to leave the other ``p``, or use its power, and nothing binds it. Nobody doubts anything. A concession
keeps the peace where ``delta D - c_A <= y <= delta D + c_B``. It is at most ``1 - p``: where ``delta D > 1 - p + c_A``
there is war, whatever is offered.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from deterrence.analysis.search.points.exact_points import ENOUGH, MOST, in_place, points
from deterrence.answers.measure import payoff
from deterrence.games.notation import end, game, move, where
from deterrence.games.parameter import param
from deterrence.games.tree import Assumed, Node
from deterrence.mechanisms.audience_costs import AudienceCosts
from deterrence.models import ask
from deterrence.models.claim import Claim, Finding
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Declining", "Rising", name="shifting-power")
def shifting_power(
    *,
    strength: Any = param(
        0.6,
        "chance that the declining state wins a war today",
        low=0.5,
        high=1,
        symbol="p",
        plausible=(0.5, 0.8),
        why="the stronger state today, with something left to concede",
    ),
    shift: Any = param(
        0.3,
        "how much lower that chance is tomorrow",
        low=0,
        high=0.6,
        symbol="D",
        plausible=(0.05, 0.5),
        why="from a slight decline to the loss of the upper hand",
    ),
    declining_cost: Any = param(
        0.1,
        "cost of war to the declining state",
        low=0,
        high=0.5,
        symbol="c_A",
        plausible=(0, 0.4),
        why="up to where even large shifts are borne",
    ),
    rising_cost: Any = param(
        0.2,
        "cost of war to the rising state",
        low=0,
        high=0.5,
        symbol="c_B",
        plausible=(0, 0.4),
        why="as wide as the declining state's: either may fear war more",
    ),
    future: Any = param(
        1,
        "weight of tomorrow against today",
        low=0,
        high=3,
        symbol=r"\delta",
        plausible=(0.5, 2),
        why="tomorrow lasts half as long as today, or twice",
    ),
    concession: Any = param(
        0.25,
        "what may be conceded today beyond the fair share",
        low=0,
        high=0.5,
        symbol="y",
        plausible=(0.02, 0.4),
        why="mostly within what is left of today's pie",
    ),
    face: Any = param(
        0.02,
        "what a concession made in vain costs the rising state",
        low=0,
        high=0.5,
        symbol="f",
        plausible=(0.005, 0.1),
        why="small: it only rules out concessions in vain",
    ),
) -> Assumed:
    """Concede something today or not; accept or attack; use one's power tomorrow or keep the promise."""

    def war(lost: Any) -> Node:
        both_days = 1 + future
        return end("war", both_days * strength - declining_cost, both_days * (1 - strength) - rising_cost - lost)

    def tomorrow(today: Any, offer: str) -> Node:
        kept = end(f"{offer}, promise kept", today + future * strength, 1 - today + future * (1 - strength))
        later = strength - shift
        used = end(f"{offer}, power used", today + future * later, 1 - today + future * (1 - later))
        choices = {"keep the promise": kept, "use its power": used}
        return move("Rising", choices, information=f"tomorrow, {offer}")

    def today(share_given: Any, offer: str, lost: Any) -> Node:
        choices = {"accept": tomorrow(share_given, offer), "attack": war(lost)}
        return move("Declining", choices, information=f"Declining, {offer}")

    offers = {
        "stand firm": today(strength, "fair share", 0),
        "concede": today(strength + concession, "concession", face),
    }
    tree = move("Rising", offers, information="Rising, today")
    positive = (shift > 0, future > 0, concession > 0, face > 0)
    return where(tree, shift <= strength, strength + concession <= 1, *positive)


def _war_over_everything(model: Any) -> Any:
    """Return where a concession of all of today's pie is too small."""
    condition, of = ask.condition_of(SMALL)(model), model.game.parameters
    return condition.subs(of["concession"].expression, 1 - of["strength"].expression)


def _beyond_all_offers(_game: Any, solution: Any) -> bool:
    """Tell whether there is war wherever waiting costs more than all of today's pie and the cost of war make up for."""
    p = SimpleNamespace(**solution.game.values)
    problem = p.future * p.shift > 1 - p.strength + p.declining_cost
    return not problem or all(one.probability("war") == 1 for one in solution)


def _some_concession_keeps_the_peace(model: Any) -> Finding:
    """Ask whether, without the commitment problem, a little more than the least that helps keeps the peace."""
    tried = 0
    for point in points(model.game, MOST):
        waiting, left = point["future"] * point["shift"], 1 - point["strength"]
        least, most = waiting - point["declining_cost"], min(waiting + point["rising_cost"], left)
        if not 0 < least < most:
            continue
        offered = least + (most - least) / 1000
        if any(one.probability("war") for one in model.solve(**{**point, "concession": offered})):
            return Finding("fails", f"there is war at {in_place({**point, 'concession': offered})}")
        tried += 1
        if tried == ENOUGH:
            return Finding("holds", f"so it is in {tried} of {tried} draws with a shift that matters")
    return Finding("undecided", f"only {tried} of {MOST} draws have a shift that matters")


def _if_played(today: str, answer: str, tomorrow: str) -> ask.Question:
    """Ask what the two get if all play as told, at a shift of 0.2 and where tomorrow counts twice."""
    played = {"Rising, today": today, "Declining": answer}
    played |= {f"tomorrow, {offer}": tomorrow for offer in ("fair share", "concession")}
    return ask.payoffs_of(played, shift=0.2, future=2)


def _map(model: Any, ax: Any) -> Any:
    """Draw what keeps the peace over the shift of power and the concession."""
    from deterrence.analysis.regions import regions

    return regions(model.game, shift=(0.005, 0.6), concession=(0.005, 0.5)).plot(ax=ax)


PRICE = param(
    0,
    "what breaking its promise costs the rising state",
    low=0,
    high=5,
    symbol="b",
    plausible=(0, 1),
    why="up to delta D at its largest, where promises bind",
)
FAIR, CONCESSION = "peace at the fair share", "peace by concession"
SMALL, LARGE = "war: concession too small", "war: concession too large"
ATTACKED = {"Declining, fair share": "attack"}

MODEL = Model(
    shifting_power,
    source="fearon1995",
    relation="reduction",
    changed=(
        "Two periods and one concession that is given or not, where the work's third section has offers from a "
        "continuum and no last period."
    ),
    topic="bargaining",
    related=("schram2021",),
    note="Recalled, not re-read; pages are those that another account of the article gives. Illustrative payoffs.",
    assumptions=(
        "Everything is known to both; there is nothing to signal.",
        "The declining state is the stronger one today.",
        "Each day there is a pie worth 1, which can be divided at will.",
        "A war today settles both days by today's balance; tomorrow the pie is divided by tomorrow's balance.",
        "The rising state cannot slow its own rise, and no third party guarantees its promise.",
        "A concession made in vain costs it a little, so that it makes none that would be followed by war.",
    ),
    does_not_say="""\
The size of the concession is a parameter, not a choice: to see what the best one does, move it. There are two days,
not a long future. Why power shifts is left out, and so is a rise that war itself would bring about.""",
    theory=Theory(
        mechanism=("shifting power", "bargaining", "commitment"),
        actors="two states",
        information=("complete",),
        result=("war without a mistake",),
        finding="Where power shifts by more than can be offered today there is war, though nobody doubts anything.",
        neighbours={
            "schram2021/hassling": "There the declining state may slow the rise.",
            "kydd2017/threats_and_assurances": "There the demand itself shifts power.",
            "fearon1995/hidden_cost": "There war comes from a hidden cost.",
        },
    ),
    names={
        FAIR: {"Rising, today": "stand firm", "Declining, fair share": "accept"},
        CONCESSION: {"Rising, today": "concede", "Declining, concession": "accept"},
        SMALL: ATTACKED | {"Declining, concession": "attack"},
        LARGE: ATTACKED | {"Rising, today": "stand firm", "Declining, concession": "accept"},
    },
    axes=("shift", "concession"),
    claims=(
        Claim(
            "A shift that costs the declining state less than a war needs no concession: delta D <= c_A.",
            "",
            ask.condition_of(FAIR),
            lambda p: p.future * p.shift <= p.declining_cost,
        ),
        Claim(
            "A concession keeps the peace where it makes up for waiting and costs less than war: "
            "delta D - c_A <= y <= delta D + c_B.",
            "",
            ask.condition_of(CONCESSION),
            lambda p: (
                (p.future * p.shift >= p.declining_cost)
                & (p.concession >= p.future * p.shift - p.declining_cost)
                & (p.concession <= p.future * p.shift + p.rising_cost)
            ),
        ),
        Claim(
            "There is war where it is too small, y <= delta D - c_A.",
            "",
            ask.condition_of(SMALL),
            lambda p: p.concession <= p.future * p.shift - p.declining_cost,
        ),
        Claim(
            "There is war, too, where only more is on offer than the rising state would give, y >= delta D + c_B.",
            "",
            ask.condition_of(LARGE),
            lambda p: (p.future * p.shift >= p.declining_cost) & (p.concession >= p.future * p.shift + p.rising_cost),
        ),
        Claim(
            "The commitment problem: all of today's pie, y = 1 - p, is too little where delta D >= 1 - p + c_A.",
            "pp. 405-406",
            _war_over_everything,
            lambda p: p.future * p.shift >= 1 - p.strength + p.declining_cost,
        ),
        Claim(
            "There no concession prevents the war.",
            "pp. 405-406",
            ask.always(_beyond_all_offers),
        ),
        Claim(
            "Where delta D is smaller than that, some concession keeps the peace.",
            "pp. 405-406",
            _some_concession_keeps_the_peace,
        ),
        Claim(
            "With a concession of y the greatest peaceful shift is (y + c_A)/delta, at most (1 - p + c_A)/delta.",
            "",
            ask.threshold_of("shift", "war"),
            lambda p: (p.concession + p.declining_cost) / p.future,
        ),
        Claim(
            "With all of today's pie on offer, at p = 0.6, c_A = 0.1 and delta = 1, it is 0.5; here with c_B = 0.4.",
            "",
            ask.threshold_value("shift", "war", concession=0.4, rising_cost=0.4),
            "0.5",
            basis="computed",
        ),
        Claim(
            "A costlier war for the declining state never makes war more likely.",
            "",
            ask.moves("declining_cost", "war", "does not rise"),
        ),
        Claim(
            "Nor does a costlier war for the rising state.",
            "",
            ask.moves("rising_cost", "war", "does not rise"),
        ),
        Claim(
            "In peace by concession the declining state gets p + y + delta (p - D).",
            "",
            ask.formula_of(payoff("Declining"), CONCESSION),
            lambda p: p.strength + p.concession + p.future * (p.strength - p.shift),
        ),
        Claim(
            "War is a waste: it costs the two c_A + c_B together, of the 1 + delta that peace would share out.",
            "",
            lambda model: (
                ask.formula_of(payoff("Declining"), SMALL)(model) + ask.formula_of(payoff("Rising"), SMALL)(model)
            ),
            lambda p: 1 + p.future - p.declining_cost - p.rising_cost,
        ),
        Claim(
            "No promise is ever kept.",
            "",
            ask.always(lambda _game, solution: all(one.probability("keep the promise") == 0 for one in solution)),
        ),
        Claim(
            "A promise whose breach costs at least delta D would be kept.",
            "",
            ask.under(
                ask.threshold_of("audience_cost", "keep the promise"),
                AudienceCosts("use its power", "Rising", audience_cost=PRICE),
            ),
            lambda p: p.future * p.shift,
        ),
        Claim(
            "What the two get at weight 2 and a shift of 0.2: in war with and without a concession made in vain, and "
            "where the promise is kept or broken.",
            "",
            ask.each_of(
                _if_played("stand firm", "attack", "keep the promise"),
                _if_played("concede", "attack", "keep the promise"),
                _if_played("stand firm", "accept", "keep the promise"),
                _if_played("stand firm", "accept", "use its power"),
                _if_played("concede", "accept", "keep the promise"),
                _if_played("concede", "accept", "use its power"),
            ),
            # war: 3 0.6 - 0.1 and 3 0.4 - 0.2, less 0.02; today 0.6 or 0.85, tomorrow 2 0.6 or 2 0.4 of the 2
            [("1.7", "1.0"), ("1.7", "0.98"), ("1.8", "1.2"), ("1.4", "1.6"), ("2.05", "0.95"), ("1.65", "1.35")],
            basis="computed",
        ),
        Claim(
            "The shift is at most the strength, the concession at most what is left of today's pie, and none of them "
            "nothing.",
            "",
            ask.each_of(
                ask.admits(strength=0.5, shift=0.5),
                ask.admits(strength=0.5, shift=0.51),
                ask.admits(concession=0.4),
                ask.admits(concession=0.41),
                *(ask.admits(**{name: 0}) for name in ("shift", "future", "concession", "face")),
            ),
            [True, False, True, False, False, False, False, False],
        ),
        Claim(
            "At the defaults a concession that is taken, and after which power is used, leaves the two 1.15 and 0.85.",
            "",
            ask.payoffs_of(
                {
                    "Rising, today": "concede",
                    "Declining": "accept",
                    "tomorrow, fair share": "use its power",
                    "tomorrow, concession": "use its power",
                }
            ),
            # 0.6 + 0.25 today and 0.6 - 0.3 tomorrow
            ("1.15", "0.85"),
            basis="computed",
        ),
    ),
    draws=_map,
)
