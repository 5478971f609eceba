"""Deter again and again where attacks are seen only through alarms.

In every period the Challenger attacks or not; an alarm comes with probability alpha after an attack and f without
one, and is followed by T periods of sanctions. Innocent alarms happen, so sanctions are seen although nobody attacks.
They deter exactly where ``1 - delta**T >= D`` with ``D = g (1 - delta) / (delta ((alpha - f) l - f g))``; so, whatever
the patience, only where ``alpha l > f (g + l)``. The value of the shortest sanctions that just deter is
``-f g / (alpha - f)``, however severe they are.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from deterrence.continuous import Answer, Play, continuous
from deterrence.games.parameter import param, share
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model

PLAYERS = ("Challenger", "Defender")
OUTCOMES = ("peace", "attack", "sanctions")
ROUNDING = 1e-12
LONGEST = 10**7
"""Sanctions of more periods than this are taken as lasting for ever."""
FOR_EVER = float("inf")
LARGEST_SYSTEM = 300
LENGTH = "periods of sanctions after an alarm"


class Contract:
    """The stage game that is repeated: gain, sanctions, alarms and patience."""

    def __init__(self, gain: float, sanction: float, alarm: float, false_alarm: float, patience: float) -> None:
        self.gain, self.sanction, self.alarm = gain, sanction, alarm
        self.false_alarm, self.patience = false_alarm, patience

    def values(self, length: float) -> tuple[float, float]:
        """Return the Challenger's average payoff in peace and at the start of sanctions of a length."""
        d, f = self.patience, self.false_alarm
        kept = d**length
        # in peace V = d ((1 - f) V + f S), under sanctions S = -(1 - kept) l + kept V
        peace = -d * f * (1 - kept) * self.sanction / (1 - d * (1 - f) - d * f * kept)
        return peace, -(1 - kept) * self.sanction + kept * peace

    def incentive(self, length: float) -> float:
        """Return what the Challenger would lose by attacking once in a period of peace."""
        peace, punished = self.values(length)
        d = self.patience
        return peace - (1 - d) * self.gain - d * ((1 - self.alarm) * peace + self.alarm * punished)

    def deters(self, length: float) -> bool:
        """Tell whether sanctions of a length deter; they do for all longer ones then."""
        return self.incentive(length) >= -ROUNDING

    def shortest(self) -> float | None:
        """Return the length of the shortest sanctions that deter, or None where none do."""
        if not self.deters(FOR_EVER):
            return None
        long = 1
        while not self.deters(long):
            long *= 2
            if long > LONGEST:
                return FOR_EVER
        short = long // 2
        while long - short > 1:
            middle = (short + long) // 2
            short, long = (short, middle) if self.deters(middle) else (middle, long)
        return long

    def gain_from_deviating(self, length: float) -> float:
        """Return the most that attacking once gains, in any state, with values from the whole system of states."""
        d, f = self.patience, self.false_alarm
        if length > LARGEST_SYSTEM:
            return max(0.0, -self.incentive(length))
        size = int(length) + 1
        system, flow = np.eye(size), np.full(size, -(1 - d) * self.sanction)
        flow[0] = 0.0
        system[0, 0] -= d * (1 - f)
        system[0, 1 % size] -= d * f
        for state in range(1, size):
            system[state, (state + 1) % size] -= d
        value = np.linalg.solve(system, flow)
        once = (1 - d) * self.gain + d * ((1 - self.alarm) * value[0] + self.alarm * value[1 % size])
        return max(0.0, float(once - value[0]))


@continuous(
    *PLAYERS,
    outcomes=OUTCOMES,
    kind="repeated",
    concept="perfect public equilibrium",
    name="repeated-deterrence",
    assumes=lambda p: (p.false_alarm < p.alarm,),
)
def repeated_deterrence(
    *,
    gain: Any = param(1, "what an attack gains the Challenger, where peace gives 0", low=0.1, high=10, symbol="g"),
    sanction: Any = param(2, "what a period of sanctions costs the Challenger", low=0, high=20, symbol="l"),
    alarm: Any = share(0.6, "chance of an alarm after an attack", symbol=r"\alpha"),
    false_alarm: Any = share(0.1, "chance of an alarm without one", symbol="f"),
    patience: Any = param(0.9, "weight of the next period against this one", low=0.01, high=0.999, symbol=r"\delta"),
    harm: Any = param(2, "harm that an attack does to the Defender", low=0, high=20, symbol="h"),
    burden: Any = param(0.5, "what a period of sanctions costs the Defender", low=0, high=20, symbol="b"),
) -> Answer:
    """Attack or not, period after period; an alarm that may be false is followed by sanctions."""
    contract = Contract(gain, sanction, alarm, false_alarm, patience)
    plays = [
        Play(
            outcomes={"peace": 0, "attack": 1, "sanctions": 0},
            payoffs={"Challenger": gain, "Defender": -harm},
            strategies={LENGTH: 0},
            gain=(1 - patience) * (0 - gain),  # a period of peace would give 0 instead, and change nothing later
            name="no deterrence",
        )
    ]
    length = contract.shortest()
    if length is not None:
        lengths = {"shortest sanctions": length, "sanctions for ever": FOR_EVER}
        if length == FOR_EVER:
            del lengths["shortest sanctions"]
        plays += [_deterrence(contract, long, burden, name) for name, long in lengths.items()]
        status = "solved; sanctions of any length between deter too" if length < FOR_EVER else "solved"
    else:
        status = "solved; no sanctions deter"
    return Answer(tuple(plays), status)


def _deterrence(contract: Contract, length: float, burden: float, name: str) -> Play:
    peace, _ = contract.values(length)
    f = contract.false_alarm
    sanctioned = f * length / (1 + f * length) if length < FOR_EVER else float(f > 0)
    burdened = peace / -contract.sanction if contract.sanction else 0.0
    return Play(
        outcomes={"peace": 1 - sanctioned, "attack": 0, "sanctions": sanctioned},
        payoffs={"Challenger": peace, "Defender": -burden * burdened},
        strategies={LENGTH: length},
        gain=contract.gain_from_deviating(length),
        name=name,
    )


SHORTEST = "shortest sanctions"


def length_of(equilibrium: Any) -> float:
    """Return how many periods the sanctions last."""
    return float(equilibrium.strategies[LENGTH])


def _bound(p: Any) -> float:
    """Return the least patience at which sanctions deter, if it is below one."""
    return p.gain / ((p.alarm - p.false_alarm) * p.sanction + (1 - p.false_alarm) * p.gain)


def _needed(p: Any) -> float:
    return p.gain * (1 - p.patience) / (p.patience * ((p.alarm - p.false_alarm) * p.sanction - p.false_alarm * p.gain))


def _informative(p: Any) -> bool:
    return p.alarm * p.sanction > p.false_alarm * (p.gain + p.sanction) * (1 + 1e-9)


def _shortest(p: Any) -> float | None:
    if not _informative(p) or _needed(p) >= 1 - 1e-9:
        return None
    periods = float(np.log(1 - _needed(p)) / np.log(p.patience))
    return None if abs(periods - round(periods)) < 1e-6 or periods > 1e6 else float(np.ceil(periods))


def _exists(game: Any, solution: Any) -> bool:
    from types import SimpleNamespace

    p = SimpleNamespace(**{name: float(value) for name, value in game.values.items()})
    wanted = _informative(p) and _needed(p) <= 1
    return wanted == any(one.name == "sanctions for ever" for one in solution)


def _together(**values: Any) -> ask.Question:
    questions = (length_of, lambda one: one.payoffs["Challenger"], "sanctions")
    return lambda model: [ask.value_at(question, SHORTEST, **values)(model) for question in questions]


def _just_deterring(model: Any) -> list[float]:
    """Ask for the value in peace at the length, whole or not, where the incentive vanishes, for several sanctions."""
    from scipy.optimize import brentq

    del model
    found = []
    for sanction, patience in ((2, 0.9), (4, 0.9), (4, 0.7)):
        contract = Contract(1.0, sanction, 0.6, 0.1, patience)
        found.append(contract.values(float(brentq(contract.incentive, 1e-3, 500)))[0])
    return found


def _map(model: Any, ax: Any) -> Any:
    """Draw the least patience at which sanctions can deter against the chance of an alarm."""
    from deterrence.analysis.threshold import threshold

    alarms = np.linspace(0.16, 1, 15).round(4)
    axes = threshold(model.game, "patience", "attack", given={"alarm": alarms}).plot(ax=ax)
    axes.set_ylim(0, 1)
    for text, place in (("sanctions can deter", (0.7, 0.75)), ("nothing deters", (0.35, 0.2))):
        axes.text(*place, text, transform=axes.transAxes, ha="center")
    return axes


MODEL = Model(
    repeated_deterrence,
    source="green1984",
    topic="attribution",
    note="The logic of sanctions after a noisy public signal is Green and Porter's (1984); stating it for deterrence, "
    "and the numbers, are our own. Shares of periods are long-run ones.",
    assumptions=(
        "Nobody sees whether the Challenger attacked; all see the alarm.",
        "While sanctions last the Challenger has nothing to decide and bears the cost.",
        "The Defender carries the sanctions out.",
        "Payoffs are averages over the periods, discounted.",
    ),
    claims=(
        Claim(
            "Sanctions can deter exactly where alpha l > f (g + l) and D is at most 1.",
            "re-derived",
            ask.always(_exists),
        ),
        Claim(
            "The shortest sanctions that deter last ln(1 - D) / ln(delta) periods, rounded up.",
            "re-derived",
            ask.matches(length_of, _shortest, SHORTEST),
        ),
        Claim(
            "The least patience that deters is g / ((alpha - f) l + (1 - f) g) = 0.526316.",
            "reference numbers",
            ask.threshold_value("patience", "attack"),
            "0.526316",
        ),
        Claim(
            "With certain alarms and no false ones it is g / (g + l) = 1/3.",
            "re-derived",
            ask.threshold_value("patience", "attack", alarm=1, false_alarm=0),
            "0.333333",
        ),
        Claim(
            "Without false alarms it is g / (g + alpha l) = 0.454545.",
            "re-derived",
            ask.threshold_value("patience", "attack", false_alarm=0),
            "0.454545",
        ),
        Claim(
            "At a patience of 0.9 alarms deter from f + (g / delta - (1 - f) g) / l = 0.205556 on.",
            "re-derived",
            ask.threshold_value("alarm", "attack"),
            "0.205556",
        ),
        Claim(
            "At 0.9 the shortest sanctions last 2 periods, are worth -0.292058 to the Challenger, and fill 0.166667 of "
            "all periods, though nobody attacks.",
            "reference numbers",
            _together(),
            ["2", "-0.292058", "0.166667"],
        ),
        Claim(
            "At a patience of 0.6 these are 3, -0.210451 and 0.230769.",
            "reference numbers",
            _together(patience=0.6),
            ["3", "-0.210451", "0.230769"],
        ),
        Claim(
            "Alarms of 0.3 against 0.2 deter at no patience where the sanction equals the gain.",
            "reference numbers",
            ask.classes_at(sanction=1, alarm=0.3, false_alarm=0.2, patience=0.99),
            {"no deterrence"},
        ),
        Claim(
            "Sanctions that just deter leave the Challenger with -f g / (alpha - f) = -0.2, however severe or distant.",
            "re-derived",
            _just_deterring,
            ["-0.200000", "-0.200000", "-0.200000"],
        ),
        Claim(
            "More false alarms never ask for shorter sanctions.",
            "re-derived",
            ask.moves("false_alarm", length_of, "does not fall", SHORTEST),
        ),
    ),
    draws=_map,
    does_not_say="""\
Why the Defender carries out sanctions that it knows to be undeserved is left open. Alarms are public; a private
suspicion would need another model. Lengths are for a fixed severity, and of all lengths the two ends are told.""",
    related=("mailath2006",),
)
