"""Deter again and again where attacks are seen only through alarms.

In every period the Challenger attacks or not; an alarm comes with probability alpha after an attack and f without
one, and is followed by T periods of sanctions. Innocent alarms happen, so sanctions are seen although nobody attacks.
They deter exactly where ``1 - delta**T >= D`` with ``D = g (1 - delta) / (delta ((alpha - f) l - f g))``; so, whatever
the patience, only where ``alpha l > f (g + l)``. The value of the shortest sanctions that just deter is
``-f g / (alpha - f)``, however severe they are.

The Defender must want to carry them out. All see whether it does; where it does not, its threat is never believed
again and the Challenger attacks in every period from the next one on. With ``K = 1 - delta**T``, sanctions weigh
``x = delta f K / (1 - delta + delta f K)`` in what peace is worth, and are carried out where their burden b is at most
``delta h / (K + (1 - K) x)``; so longer sanctions must burden less.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from deterrence.answers.measure import payoff
from deterrence.continuous import Answer, Play, continuous, largest_gain
from deterrence.continuous.certificate import TOLERANCE
from deterrence.continuous.search import greatest
from deterrence.games.parameter import param, share
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

PLAYERS = ("Challenger", "Defender")
OUTCOMES = ("peace", "attack", "sanctions")
ROUNDING = 1e-12
PRECISION = 1e-9
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
        peace, punished = self.weights(length)
        return -peace * self.sanction, -punished * self.sanction

    def weights(self, length: float) -> tuple[float, float]:
        """Return how much a period of sanctions weighs in what peace is worth, and in the start of sanctions."""
        d, f = self.patience, self.false_alarm
        kept = d**length
        # in peace x = d ((1 - f) x + f y), under sanctions y = 1 - kept + kept x
        peace = d * f * (1 - kept) / (1 - d * (1 - f) - d * f * kept)
        return peace, 1 - kept + kept * peace

    def largest_burden(self, length: float, harm: float) -> float:
        """Return the greatest burden of sanctions that the Defender bears rather than be attacked from then on."""
        punished = self.weights(length)[1]
        return self.patience * harm / punished if punished else FOR_EVER

    def longest(self, burden: float, harm: float, start: float) -> float:
        """Return the longest sanctions that the Defender carries out, given that it does so with those to start from.

        The longer they are the more they weigh, so that it carries out all shorter ones.
        """

        def carried_out(length: float) -> bool:
            return burden <= self.largest_burden(length, harm) * (1 + ROUNDING)

        if carried_out(FOR_EVER):
            return FOR_EVER
        short, long = start, 2 * start
        while carried_out(long) and long < LONGEST:
            short, long = long, 2 * long
        while long - short > 1:
            middle = (short + long) // 2
            short, long = (middle, long) if carried_out(middle) else (short, middle)
        return short

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
        d = self.patience
        if length > LARGEST_SYSTEM:
            return max(0.0, -self.incentive(length))
        value = self.by_state(length, -self.sanction)
        once = (1 - d) * self.gain + d * ((1 - self.alarm) * value[0] + self.alarm * value[1])
        return max(0.0, float(once - value[0]))

    def gain_from_refusing(self, length: float, burden: float, harm: float) -> float:
        """Return the most that the Defender gains, in any period of sanctions, by not carrying them out.

        It saves the burden of the period and is attacked in every later one.
        """
        refused = -self.patience * harm
        return greatest(0.0, *(refused - self.by_state(length, -burden)[1:]))

    def by_state(self, length: float, flow: float) -> Any:
        """Return what peace is worth, and each period of sanctions, where these bring a payoff each period.

        The values solve the whole system of states; of very long sanctions the first and last ones are told.
        """
        d, f = self.patience, self.false_alarm
        if length > LARGEST_SYSTEM:
            peace = flow * self.weights(length)[0]
            left = np.array([length, 1.0])
            return np.array([peace, *(flow * (1 - d**left) + d**left * peace)])
        size = int(length) + 1
        system, flows = np.eye(size), np.full(size, (1 - d) * flow)
        flows[0] = 0.0
        system[0, 0] -= d * (1 - f)
        system[0, 1 % size] -= d * f
        for state in range(1, size):
            system[state, (state + 1) % size] -= d
        return np.linalg.solve(system, flows)


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
    gain: Any = param(
        1,
        "what an attack gains the Challenger, where peace gives 0",
        low=0.1,
        high=10,
        symbol="g",
        plausible=(0.2, 5),
        why="above 4.7 even sanctions for ever fail at the defaults",
    ),
    sanction: Any = param(
        2,
        "what a period of sanctions costs the Challenger",
        low=0,
        high=20,
        symbol="l",
        plausible=(0, 8),
        why="holds 0.42, from which sanctions for ever deter",
    ),
    alarm: Any = share(
        0.6,
        "chance of an alarm after an attack",
        symbol=r"\alpha",
        plausible=(0.15, 0.99),
        why="from little better than a false alarm to almost certain",
    ),
    false_alarm: Any = share(
        0.1,
        "chance of an alarm without one",
        symbol="f",
        plausible=(0, 0.4),
        why="above 0.36 innocent alarms undo deterrence at the defaults",
    ),
    patience: Any = param(
        0.9,
        "weight of the next period against this one",
        low=0.01,
        high=0.999,
        symbol=r"\delta",
        plausible=(0.3, 0.99),
        why="holds 0.53, from which sanctions deter; 0.99 for stages of weeks",
    ),
    harm: Any = param(
        2,
        "harm that an attack does to the Defender",
        low=0,
        high=20,
        symbol="h",
        plausible=(0, 6),
        why="from nothing worth defending to several times the attack's gain",
    ),
    burden: Any = param(
        0.5,
        "what a period of sanctions costs the Defender",
        low=0,
        high=20,
        symbol="b",
        plausible=(0, 6.5),
        why="above 5.8 the Defender no longer carries sanctions out",
    ),
) -> Answer:
    """Attack or not, period after period; an alarm that may be false is followed by sanctions."""
    contract = Contract(gain, sanction, alarm, false_alarm, patience)
    plays = [
        Play(
            outcomes={"peace": 0, "attack": 1, "sanctions": 0},
            payoffs={"Challenger": gain, "Defender": -harm},
            strategies={LENGTH: 0},
            # A period of peace would give the Challenger 0 instead of the gain, sanctions the Defender their burden
            # on top of the harm; neither changes anything later.
            gain={
                "Challenger": largest_gain((1 - patience) * gain, (0.0,)),
                "Defender": largest_gain(-(1 - patience) * harm, (-(1 - patience) * (harm + burden),)),
            },
            recomputed={"Challenger": 1.0 * gain + 0.0 * -sanction, "Defender": 1.0 * -harm + 0.0 * -burden},
            name="no deterrence",
        )
    ]
    length = contract.shortest()
    if length is None:
        return Answer(tuple(plays), "solved; no sanctions deter")
    refusing = contract.gain_from_refusing(length, burden, harm)
    if refusing > TOLERANCE:
        return Answer(tuple(plays), f"solved; sanctions {_lasting(length)} would deter, but {_refused(refusing)}")
    longest = contract.longest(burden, harm, length)
    lengths = {"shortest sanctions": length, "sanctions for ever": FOR_EVER}
    plays += [
        _deterrence(contract, long, burden, harm, name)
        for name, long in lengths.items()
        if long <= longest and (name != "shortest sanctions" or long < FOR_EVER)
    ]
    return Answer(tuple(plays), f"solved{_between(length, longest)}")


def _lasting(length: float) -> str:
    return "for ever" if length == FOR_EVER else f"of {length:.0f} period{'' if length == 1 else 's'}"


def _refused(gain: float) -> str:
    return f"the Defender would gain {gain:.3g} by not carrying them out"


def _between(length: float, longest: float) -> str:
    """Return what the status says of sanctions that are longer than the shortest that deter."""
    if length == longest:
        return "; longer sanctions the Defender would not carry out" if longest < FOR_EVER else ""
    if longest == FOR_EVER:
        return "; sanctions of any length between deter too"
    return f"; so are sanctions of up to {longest:.0f} periods; longer ones the Defender would not carry out"


def _deterrence(contract: Contract, length: float, burden: float, harm: float, name: str) -> Play:
    peace, _ = contract.values(length)
    f = contract.false_alarm
    sanctioned = f * length / (1 + f * length) if length < FOR_EVER else float(f > 0)
    burdened = contract.weights(length)[0]
    return Play(
        outcomes={"peace": 1 - sanctioned, "attack": 0, "sanctions": sanctioned},
        payoffs={"Challenger": peace, "Defender": -burden * burdened},
        strategies={LENGTH: length},
        gain={
            "Challenger": contract.gain_from_deviating(length),
            "Defender": contract.gain_from_refusing(length, burden, harm),
        },
        recomputed={
            "Challenger": float(contract.by_state(length, -contract.sanction)[0]),
            "Defender": float(contract.by_state(length, -burden)[0]),
        },
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
    whole = abs(periods - round(periods)) < 1e-6 or periods > 1e6
    return None if whole or p.burden > _largest_burden(p, np.ceil(periods)) else float(np.ceil(periods))


def _largest_burden(p: Any, periods: float) -> float:
    """Return the greatest burden of sanctions that the Defender bears, by the formula of the text."""
    k = 1 - p.patience**periods
    x = p.patience * p.false_alarm * k / (1 - p.patience + p.patience * p.false_alarm * k)
    return float(p.patience * p.harm / (k + (1 - k) * x))


def _exists(game: Any, solution: Any) -> bool:
    from types import SimpleNamespace

    p = SimpleNamespace(**{name: float(value) for name, value in game.values.items()})
    wanted = _informative(p) and _needed(p) <= 1 and p.burden <= p.patience * p.harm
    return bool(wanted) == any(equilibrium.name == "sanctions for ever" for equilibrium in solution)


def _defender_bears(game: Any, solution: Any) -> bool:
    return all(equilibrium.payoffs["Defender"] >= -float(game.values["harm"]) - 1e-9 for equilibrium in solution)


def _together(**values: Any) -> ask.Question:
    questions = (length_of, lambda equilibrium: equilibrium.payoffs["Challenger"], "sanctions")
    return lambda model: [ask.value_at(question, SHORTEST, **values)(model) for question in questions]


def _just_deterring(model: Any) -> list[float]:
    """Ask what peace is worth, in units of the gain, at the greatest gain that sanctions of a length still deter."""
    values = []
    for sanction, patience in ((2, 0.9), (4, 0.9), (4, 0.7)):
        given = {"sanction": sanction, "patience": patience}
        longest = length_of(ask.equilibrium_of(SHORTEST, model.solve(**given)))
        low, high = float(model.game.values["gain"]), float(model.game.parameters["gain"].high)
        while high - low > PRECISION:
            gain = (low + high) / 2
            lengths = [length_of(each) for each in model.solve(gain=gain, **given) if each.name == SHORTEST]
            low, high = (gain, high) if lengths and lengths[0] <= longest else (low, gain)
        values.append(ask.equilibrium_of(SHORTEST, model.solve(gain=low, **given)).payoffs["Challenger"] / low)
    return values


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
    relation="in the spirit of",
    changed=(
        "Not found in the work, which is about firms that set quantities: its sanctions after a noisy public "
        "signal are told of a Challenger and a Defender."
    ),
    topic="attribution",
    note="The numbers are our own. Shares of periods are long-run ones.",
    assumptions=(
        "Nobody sees whether the Challenger attacked; all see the alarm.",
        "While sanctions last the Challenger has nothing to decide and bears the cost.",
        "All see whether the Defender carries the sanctions out; once it did not, they are never believed again.",
        "Payoffs are averages over the periods, discounted.",
    ),
    claims=(
        Claim(
            "Sanctions for ever are an equilibrium exactly where alpha l > f (g + l), D is at most 1 and the burden is "
            "at most delta h.",
            "",
            ask.always(_exists),
        ),
        Claim(
            "The shortest sanctions that deter last ln(1 - D) / ln(delta) periods, rounded up, where the Defender "
            "bears them.",
            "",
            ask.matches(length_of, _shortest, SHORTEST),
        ),
        Claim(
            "The least patience that deters is g / ((alpha - f) l + (1 - f) g) = 0.526316.",
            "",
            ask.threshold_value("patience", "attack"),
            "0.526316",
            basis="computed",
        ),
        Claim(
            "With certain alarms and no false ones it is g / (g + l) = 1/3.",
            "",
            ask.threshold_value("patience", "attack", alarm=1, false_alarm=0),
            "0.333333",
        ),
        Claim(
            "Without false alarms it is g / (g + alpha l) = 0.454545.",
            "",
            ask.threshold_value("patience", "attack", false_alarm=0),
            "0.454545",
        ),
        Claim(
            "At a patience of 0.9 alarms deter from f + (g / delta - (1 - f) g) / l = 0.205556 on.",
            "",
            ask.threshold_value("alarm", "attack"),
            "0.205556",
        ),
        Claim(
            "At 0.9 the shortest sanctions last 2 periods, are worth -0.292058 to the Challenger, and fill 0.166667 of "
            "all periods, though nobody attacks.",
            "",
            _together(),
            ["2", "-0.292058", "0.166667"],
            basis="computed",
        ),
        Claim(
            "The Defender carries them out up to a burden of delta h / (K + (1 - K) x) = 5.8388; with a heavier one "
            "nothing deters.",
            "",
            ask.threshold_value("burden", "attack"),
            "5.8388",
        ),
        Claim(
            "Sanctions for ever it carries out only up to delta h = 1.8.",
            "",
            ask.threshold_value("burden", "sanctions"),
            "1.8",
        ),
        Claim(
            "The Defender is nowhere worse off than if it never imposed sanctions and was attacked in every period.",
            "",
            ask.always(_defender_bears),
        ),
        Claim(
            "At a patience of 0.6 these are 3, -0.210451 and 0.230769.",
            "",
            _together(patience=0.6),
            ["3", "-0.210451", "0.230769"],
            basis="computed",
        ),
        Claim(
            "Alarms of 0.3 against 0.2 deter at no patience where the sanction equals the gain.",
            "",
            ask.classes_at(sanction=1, alarm=0.3, false_alarm=0.2, patience=0.99),
            {"no deterrence"},
            basis="computed",
        ),
        Claim(
            "Sanctions that just deter leave the Challenger with -f g / (alpha - f) = -0.2 g, however severe they are.",
            "",
            _just_deterring,
            ["-0.200000", "-0.200000", "-0.200000"],
        ),
        Claim(
            "More false alarms never ask for shorter sanctions.",
            "",
            ask.moves("false_alarm", length_of, "does not fall", SHORTEST),
        ),
        Claim(
            "Where nothing deters the Challenger gets g and the Defender -h: 2 and -3.",
            "",
            ask.each_of(*(ask.value_at(payoff(player), "no deterrence", gain=2, harm=3) for player in PLAYERS)),
            [2, -3],
        ),
        Claim(
            "At the defaults the shortest sanctions cost the Defender 0.073015 a period, sanctions for ever 0.236842, "
            "and the Challenger 0.947368.",
            "",
            ask.each_of(
                ask.value_at(payoff("Defender"), SHORTEST),
                ask.value_at(payoff("Defender"), "sanctions for ever"),
                ask.value_at(payoff("Challenger"), "sanctions for ever"),
            ),
            # b x and l x, where x = 0.09 K / (0.1 + 0.09 K) with K = 0.19 for two periods, 1 for ever
            ["-0.073015", "-0.236842", "-0.947368"],
            basis="computed",
        ),
        Claim(
            "Where patience is 0.999 and a sanction of 0.2067 hardly enough, the shortest last 355 periods, and are "
            "carried out up to a burden of 2.044436.",
            "",
            ask.each_of(
                ask.value_at(length_of, SHORTEST, sanction=0.2067, patience=0.999),
                ask.value_at(payoff("Challenger"), SHORTEST, sanction=0.2067, patience=0.999),
                ask.is_equilibrium_at(SHORTEST, sanction=0.2067, patience=0.999, burden=2.0444),
                ask.is_equilibrium_at(SHORTEST, sanction=0.2067, patience=0.999, burden=2.0445),
            ),
            # D = 0.298806, so ln(1 - D) / ln 0.999 = 354.8; K = 1 - 0.999**355 = 0.298951, x = 0.967601, and the burden
            # is 1.998 / (K + (1 - K) x); peace is worth -0.2067 x
            ["355", "-0.200003", True, False],
            basis="computed",
        ),
    ),
    draws=_map,
    does_not_say="""\
The Defender carries out sanctions that it knows to be undeserved for fear of losing its credibility at once and for
good; with another reaction to its refusal it would bear another burden. Alarms are public; a private suspicion would
need another model. Lengths are for a fixed severity, and of all lengths the two ends are told.""",
    theory=Theory(
        mechanism=("sanctions", "attribution", "reputation"),
        actors="senders and target",
        information=("noisy signal", "hidden action"),
        result=("deters", "trades off"),
        finding="Sanctions after alarms deter only if alarms tell enough, and are then seen although nobody attacks.",
        means=("punishment",),
        phase=("general",),
        neighbours={
            "eaton1992/standing_threat": "There violations are seen.",
            "avenhaus2002/alarm_only": "There it is played once, and the answer must pay by itself.",
        },
    ),
    related=("mailath2006",),
)
