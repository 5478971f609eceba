"""Mobilisation: it is paid for whatever happens, and makes its author stronger.

A Challenger stays out or mobilises ``m``, which is sunk and adds as much to its chance of winning, ``p + m``; a
Defender whose cost of war is hidden then concedes or fights. Inside the limits the Challenger leaves the Defender a
chance of winning of ``(h - c)/(2 v)``, whatever its strength before: war comes with chance ``(h - c)/(2 v h)``. So the
strong mobilise less and fight as often; a greater stake or a costlier war brings more mobilisation and less war.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.continuum.notation import choose, draw
from deterrence.games.notation import end, game, move, where
from deterrence.games.parameter import param
from deterrence.games.tree import Assumed
from deterrence.mechanisms.hidden import Hidden
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Challenger", "Defender", name="mobilisation")
def mobilisation(
    *,
    stake: Any = param(
        1,
        "what the prize is worth to the Challenger; to the Defender it is worth 1",
        low=0,
        high=5,
        symbol="v",
        plausible=(0.8, 2),
        why="from a little less than it is worth to the Defender to twice as much",
    ),
    strength: Any = param(
        0.3,
        "the Challenger's chance of winning without mobilisation",
        low=0,
        high=0.99,
        symbol="p",
        plausible=(0.1, 0.6),
        why="from a weak Challenger to the stronger side",
    ),
    war: Any = param(
        0.2,
        "what a war costs the Challenger",
        low=0,
        high=2,
        symbol="c",
        plausible=(0.05, 0.6),
        why="below the Defender's worst cost, so that a risk of war is worth running",
    ),
    defender_war: Any = param(
        0.8,
        "the most that a war may cost the Defender",
        low=0,
        high=3,
        symbol="h",
        plausible=(0.4, 1.5),
        why="from half the prize to more than all of it",
    ),
) -> Assumed:
    """Stay out, or mobilise as much as one likes; then the Defender concedes or fights."""

    def answered(mobilised: Any, war_cost: Any) -> Any:
        wins = strength + mobilised
        return move(
            "Defender",
            concede=end("concession", stake - mobilised, 0),
            fight=end("war", stake * wins - war - mobilised, 1 - wins - war_cost),
        )

    def below(war_cost: Any) -> Any:
        return move(
            "Challenger",
            stay_out=end("status quo", 0, 1),
            challenge=choose(
                "Challenger", 0, 1 - strength, then=lambda mobilised: answered(mobilised, war_cost), name="mobilisation"
            ),
        )

    tree = draw(0, defender_war, seen_by="Defender", then=below, name="what a war costs the Defender")
    return where(tree, stake > 0)


def mobilised(one: Any) -> Any:
    """Measure how much the Challenger mobilises, if it does."""
    return one.choices["mobilised"]


def _worth(p: Any, left: float) -> float:
    """Return what the Challenger expects where it leaves the Defender so much of a chance to win."""
    fights = min(left / p.defender_war, 1)
    return p.stake * (1 - fights) + fights * (p.stake * (1 - left) - p.war) - (1 - p.strength - left)


def _best_left(p: Any) -> float:
    """Return the chance of winning that the Challenger leaves the Defender: the best of a few.

    Where some types fight what it expects has its peak at (h - c)/(2 v); else it is best at an end, or where the last
    type begins to fight.
    """
    most = 1 - p.strength
    some = (0, most, min(p.defender_war, most), min(max((p.defender_war - p.war) / (2 * p.stake), 0), most))
    return max(some, key=lambda left: _worth(p, left))


def _expected(p: Any) -> float:
    return max(0.0, _worth(p, _best_left(p)))


def _clear(p: Any) -> bool:
    """Tell whether a challenge is clearly worth while."""
    return _worth(p, _best_left(p)) > NEARLY


def _war(p: Any) -> float | None:
    return min(_best_left(p) / p.defender_war, 1) if _clear(p) else None


def _by_formula(p: Any) -> float | None:
    """Return the chance of war in the interior, (h - c)/(2 v h); nothing elsewhere."""
    left = (p.defender_war - p.war) / (2 * p.stake)
    inside = 0 < left < min(p.defender_war, 1 - p.strength)
    return left / p.defender_war if inside and _clear(p) and abs(left - _best_left(p)) < NEARLY else None


def _defender(p: Any) -> float | None:
    """Return what the Defender expects: its chance of winning less a mean cost, in the types that fight."""
    left = _best_left(p)
    fights = min(left, p.defender_war)
    return (left * fights - fights**2 / 2) / p.defender_war if _clear(p) else None


def _stakes_hidden(model: Any) -> list[Any]:
    """Return the chance of war where the stake lies between 1 and 2 and only the Challenger knows it."""
    from dataclasses import replace

    hidden = model.game.under(Hidden("stake", seen_by="Challenger", low=1, high=2))
    (one,) = replace(model, game=hidden, names={}).solve_without_certificate()
    return [one.outcomes["war"], *(one.choices["mobilised"](stake) for stake in (1, 2))]


def _figure(model: Any, ax: Any) -> Any:
    """Draw how likely war is over the stake."""
    from deterrence.analysis.sweep import sweep

    return sweep(model.game, "war", stake=[number / 20 for number in range(10, 61, 2)]).plot(ax=ax)


NEARLY = 1e-6

# The numbers by hand: p = 0.3, c = 0.2 and h = 0.8 leave a chance of winning of 0.6/(2 v), 0.3 at v = 1, so that 0.4 is
# mobilised and 0.3/0.8 = 0.375 of the types fight; the Challenger expects 1 - 0.4 - 0.375 (0.3 + 0.2) = 0.4125, and the
# Defender 0.375 0.3/2 = 0.05625. With v even on [1, 2] war comes with 0.375 times the mean of 1/v, which is ln 2.
MODEL = Model(
    mobilisation,
    source="slantchev2005",
    relation="in the spirit of",
    changed=(
        "One mobilisation without an answer in kind, added one for one to the chance of winning; what is hidden is the "
        "Defender's cost of war, where the work hides what each side's prize is worth and lets both mobilise."
    ),
    topic="signalling",
    related=("fearon1997",),
    note="That mobilising sinks costs and adds power is the work's idea, recalled, not re-read; the numbers are ours.",
    assumptions=(
        "What is mobilised is paid for whatever happens, and adds as much to the chance of winning.",
        "The Defender alone knows what a war would cost it; all costs up to a most are equally likely.",
        "What the prize is worth to the Challenger is known: mobilisation tells nothing, and only changes power.",
    ),
    does_not_say="""\
The Defender does not mobilise, and does not strike while the other mobilises. As the Challenger's stake is known,
mobilisation is no signal here: only its other half is shown, that it changes what a war would bring. How power grows
with what is spent is assumed.""",
    names={
        "no challenge": {"Challenger": "stay_out"},
        "risk of war": {"Challenger": "challenge", "Defender": "concede + fight"},
        "war for certain": {"Challenger": "challenge", "Defender": "fight"},
        "concession for certain": {"Challenger": "challenge", "Defender": "concede"},
    },
    claims=(
        Claim(
            "At the defaults 0.4 is mobilised, and 0.375 of the Defender's types fight.",
            "",
            ask.each_of(ask.value_at(mobilised), ask.value_at("war")),
            ["0.4", "0.375"],
            basis="computed",
        ),
        Claim(
            "The Challenger expects 0.4125 and the Defender 0.05625.",
            "",
            ask.each_of(ask.value_at(payoff("Challenger")), ask.value_at(payoff("Defender"))),
            ["0.4125", "0.05625"],
            basis="computed",
        ),
        Claim(
            "Inside the limits war comes with chance (h - c)/(2 v h), whatever the strength before.",
            "",
            ask.matches("war", _by_formula),
        ),
        Claim(
            "Everywhere the Challenger leaves the Defender the best of a few chances of winning, and war is as likely "
            "as it has types that fight for that.",
            "",
            ask.matches("war", _war),
        ),
        Claim(
            "The Challenger expects what that brings, or nothing if it stays out.",
            "",
            ask.matches(payoff("Challenger"), _expected),
        ),
        Claim(
            "The Defender expects what its types that fight gain by it.",
            "",
            ask.matches(payoff("Defender"), _defender),
        ),
        Claim(
            "To stay out leaves the Defender the prize: so it is with a small stake and little strength.",
            "",
            ask.each_of(
                ask.classes_at(stake="3/5", strength=0, war="1/20", defender_war="2/5"),
                ask.value_at(payoff("Defender"), stake="3/5", strength=0, war="1/20", defender_war="2/5"),
            ),
            [{"no challenge"}, 1],
            basis="computed",
        ),
        Claim(
            "A stake that only the Challenger knows, from 1 to 2, lowers the risk to 0.375 ln 2: 0.4 is mobilised for "
            "1 and 0.55 for 2.",
            "",
            _stakes_hidden,
            ["0.25993", "0.4", "0.55"],
            basis="computed",
        ),
        Claim(
            "The prize is worth something to the Challenger.",
            "",
            ask.each_of(ask.admits(stake=0), ask.admits(stake=0.1), ask.admits(defender_war=0)),
            [False, True, False],
            basis="own",
        ),
    ),
    draws=_figure,
    theory=Theory(
        mechanism=("arms", "credibility"),
        actors="two states",
        information=("one-sided",),
        result=("trades off",),
        finding="Who mobilises makes itself stronger, and war less likely, by as much as its strength before lacked.",
        means=("denial",),
        phase=("immediate",),
        neighbours={
            "fearon1997/sinking_costs": "There what is spent changes no war, and only tells who is resolute.",
            "fearon1995/hidden_cost": "There the Challenger names a demand instead of changing power.",
        },
    ),
)
