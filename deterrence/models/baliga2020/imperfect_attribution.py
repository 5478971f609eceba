"""Deter several possible attackers without knowing which one attacked.

One of the attackers may have an opportunity; only it knows its gain. The Defender sees a noisy signal and retaliates
against whomever it suspects enough. Attackers are tied together: each alarm that others raise makes a given attacker
look less guilty, so more attacks by one invite attacks by the others. The equilibrium in cutoffs is unique.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from deterrence.answers.measure import payoff
from deterrence.continuous import Answer, ContinuousGame, Uniform, continuous, family, types_from
from deterrence.games.parameter import param, share
from deterrence.models import ask
from deterrence.models.baliga2020._signals import (
    ATTRIBUTED,
    Attribution,
    attacker_names,
    checked_gains,
    checked_signals,
)
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

OPPORTUNITY = share(
    0.6,
    "chance that one of the attackers has an opportunity",
    symbol=r"\gamma",
    plausible=(0.2, 0.95),
    why="from quiet times to an almost permanent threat of attack",
)
DAMAGE = param(
    1,
    "harm that an attack does to the Defender",
    low=0,
    high=10,
    symbol="K",
    plausible=(0, 3),
    why="lowers the Defender's payoff and changes no choice",
)


@family
def imperfect_attribution(attackers: int = 2) -> ContinuousGame:
    """Return the model with alike attackers and one signal that names each of them, besides silence.

    Parameters
    ----------
    attackers
        How many there are, from 1 to 20.

    Raises
    ------
    GameError
        If the number is out of range.
    """
    from deterrence.errors import GameError

    if isinstance(attackers, bool) or not isinstance(attackers, int) or not 1 <= attackers <= 20:
        raise GameError(f"There are 1 to 20 attackers, not {attackers!r}.")
    names = attacker_names(attackers)

    @continuous(
        *names,
        "Defender",
        outcomes=ATTRIBUTED,
        actions=("attack", *(f"{name} attacks" for name in names)),
        name="imperfect-attribution",
        concept="Bayesian equilibrium in cutoffs",
        assumes=lambda p: (p.false_alarm < p.detection,),
    )
    def model(
        *,
        opportunity: Any = OPPORTUNITY,
        detection: Any = share(
            0.8,
            "chance that an attack gives a signal",
            symbol=r"\pi",
            plausible=(0.3, 0.99),
            why="from most attacks unseen to hardly any",
        ),
        correctness: Any = share(
            0.9,
            "chance that a signal of an attack names the attacker",
            symbol=r"\rho",
            plausible=(0.5, 0.99),
            why="from a coin toss between two suspects to nearly always right",
        ),
        false_alarm: Any = share(
            0.1,
            "chance that a signal names somebody though nobody attacked",
            symbol=r"\phi",
            plausible=(0.01, 0.25),
            why="below the rate of detection, as the model assumes",
        ),
        taste: Any = param(
            0.6,
            "the greatest taste for retaliation that the Defender may have",
            low=0.1,
            high=1,
            symbol="y",
            plausible=(0.2, 1),
            why="from reluctance to a taste that equals the cost of errors",
        ),
        punishment: Any = param(
            1,
            "harm that retaliation does to an attacker",
            low=0,
            high=1,
            symbol="L",
            plausible=(0.2, 1),
            why="up to the greatest gain that an attack may have",
        ),
        error: Any = param(
            1,
            "cost to the Defender of retaliating against an innocent",
            low=0.1,
            high=5,
            symbol="w",
            plausible=(0.5, 2),
            why="half to twice the harm that retaliation does",
        ),
        damage: Any = DAMAGE,
    ) -> Answer:
        """Attack or not; a noisy signal; retaliation against whoever is suspected. Gains spread evenly on [0, 1]."""
        rest = detection * (1 - correctness) / (attackers - 1) if attackers > 1 else 0.0
        named = detection * correctness if attackers > 1 else detection
        told = np.full((attackers, attackers + 1), rest)
        told[:, 0] = 1 - named - rest * (attackers - 1)
        told[np.arange(attackers), np.arange(attackers) + 1] = named
        quiet = np.array([1 - false_alarm, *[false_alarm / attackers] * attackers])
        tastes = Uniform(0.0, taste)
        weights = {"punishment": punishment, "error": error, "damage": damage}
        return Attribution(told, quiet, Uniform(0, 1), tastes, opportunity, **weights).answer()

    return model


@family
def with_signals(
    attacks: Sequence[Sequence[float]], innocent: Sequence[float], gains: Any = None, tastes: Any = None
) -> ContinuousGame:
    """Return the model with any finite set of signals and any distributions of types.

    Parameters
    ----------
    attacks
        For each attacker the chances of the signals if it attacks; the first signal is silence.
    innocent
        The chances of the signals if nobody attacks.
    gains
        The distribution of an attacker's gain, or one for each attacker in turn; by default evenly spread on [0, 1].
    tastes
        The distribution of the Defender's taste for retaliation; by default evenly spread on [0, 0.6].

    Raises
    ------
    GameError
        If the chances do not sum to one, or are not equally many; if there are more or fewer distributions of
        gains than attackers.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.models.baliga2020.imperfect_attribution import with_signals
    >>> game = with_signals([(0.4, 0.5, 0.1), (0.4, 0.1, 0.5)], (0.9, 0.05, 0.05))
    >>> round(dt.solve(game)[0].probability("attack"), 6)
    0.465281

    If the first attacker has more to gain the second attacks more, too, since it is suspected less:

    >>> from deterrence.continuous import Uniform
    >>> signals = [(0.4, 0.5, 0.1), (0.4, 0.1, 0.5)], (0.9, 0.05, 0.05)
    >>> bolder = with_signals(*signals, gains=(Uniform(0.3, 1.3), Uniform(0, 1)))
    >>> [
    ...     round(dt.solve(each)[0].probability("Attacker 2 attacks"), 3)
    ...     for each in (game, bolder)
    ... ]
    [0.233, 0.235]
    """
    told, quiet = checked_signals(attacks, innocent)
    gain = checked_gains(gains, len(told))
    taste = Uniform(0.0, 0.6) if tastes is None else types_from(tastes)
    names = attacker_names(len(told))

    @continuous(
        *names,
        "Defender",
        outcomes=ATTRIBUTED,
        actions=("attack", *(f"{name} attacks" for name in names)),
        name="attribution-with-signals",
        concept="Bayesian equilibrium in cutoffs",
    )
    def model(*, opportunity: Any = OPPORTUNITY, damage: Any = DAMAGE) -> Answer:
        """Attack or not; one of a finite set of signals; retaliation against whoever is suspected."""
        return Attribution(told, quiet, gain, taste, opportunity, damage=damage).answer()

    return model


def strategy(name: str) -> Any:
    """Return the measure that reads a number of the strategies."""
    return lambda equilibrium: equilibrium.strategies[name]


def _cutoffs_of(count: int, *names: str, **values: Any) -> ask.Question:
    """Ask for numbers of the strategies where there are so many attackers."""

    def asked(_model: Any) -> list[float]:
        from deterrence.solvers.solve import solve

        equilibrium = solve(imperfect_attribution(count).at(values))[0]
        return [equilibrium.probability("attack"), *(equilibrium.strategies[name] for name in names)]

    return asked


def _one_attacker(p: Any) -> float | None:
    """Return the cutoff of one attacker facing tastes on [0, 1]: the root of a quadratic."""
    f, g = p.false_alarm, p.opportunity
    if f == p.detection or g == 0:
        return None
    d = p.detection - f
    roots = np.roots([-g * d, f + g * d + d * p.detection * g, -d * p.detection * g])
    return min(float(root.real) for root in roots if -1e-12 <= root.real <= 1)


def _single(model: Any) -> Any:
    """Compare one attacker's cutoff with the quadratic at random points."""
    from dataclasses import replace

    single = replace(model, game=imperfect_attribution(1).at(taste=1))

    def solved(game: Any, _solution: Any) -> bool:
        from types import SimpleNamespace

        from deterrence.solvers.solve import solve

        at = game.at(taste=1, punishment=1, error=1)
        wanted = _one_attacker(SimpleNamespace(**{name: float(value) for name, value in at.values.items()}))
        cutoff = solve(at)[0].strategies["gain from which Attacker attacks"]
        return wanted is None or abs(cutoff - wanted) < 1e-7

    return ask.always(solved)(single)


SUSPICION, RETALIATION = "suspicion of Attacker 1 after signal 1", "retaliation against Attacker 1 after signal 1"
CUTOFF = "gain from which Attacker 1 attacks"
SINGLE = ("gain from which Attacker attacks", "suspicion of Attacker after signal 1")


def _curve(model: Any, ax: Any) -> Any:
    """Draw how likely an attack is as detection improves, for all attackers alike."""
    from deterrence.analysis.sweep import sweep

    return sweep(model.game, "attack", "answered attack", detection=np.linspace(0.15, 1, 52).round(4)).plot(ax=ax)


MODEL = Model(
    imperfect_attribution(2),
    source="baliga2020",
    relation="reduction",
    changed="Gains and tastes are spread evenly, where the work lets them have any distribution.",
    topic="attribution",
    note=(
        "Of the text the abstract was read; the model's statement is recalled, and numbers of theorems are left out. "
        "`with_signals` takes any distributions and any finite set of signals."
    ),
    assumptions=(
        "At most one attacker has an opportunity, each with the same chance; its gain is private.",
        "Every signal but silence is at least as likely after an attack as without one, for the guilty attacker.",
        "The Defender's taste for retaliation is private, and retaliating against an innocent costs it.",
        "Nobody is retaliated against after silence.",
    ),
    claims=(
        Claim(
            "With the numbers of the reference, each attacker's cutoff is 0.382340, the one named is suspected with "
            "0.742394, the other with 0.082488, and the named one is answered with 0.570657.",
            "",
            lambda model: [
                ask.value_at(strategy(name))(model)
                for name in (
                    CUTOFF,
                    SUSPICION,
                    "suspicion of Attacker 1 after signal 2",
                    RETALIATION,
                    "chance of silence",
                )
            ],
            ["0.382340", "0.742394", "0.082488", "0.570657", "0.640583"],
            basis="computed",
        ),
        Claim(
            "Each attacker then attacks with probability 0.185298.",
            "",
            ask.value_at("Attacker 1 attacks"),
            "0.185298",
            basis="computed",
        ),
        Claim(
            "Each attacker expects 0.025521 and the Defender -0.335483; where retaliation hurts by 0.7, an error costs "
            "0.8 and an attack 2, the cutoff is 0.320052, and they expect 0.042542 and -0.762070.",
            "",
            ask.each_of(
                *(
                    ask.value_at(measure, "", **values)
                    for values in ({}, {"punishment": 0.7, "error": 0.8, "damage": 2})
                    for measure in (strategy(CUTOFF), payoff("Attacker 1"), payoff("Attacker 2"), payoff("Defender"))
                )
            ),
            # by iterating the replies: an attacker expects 0.3 (1 - x**2) / 2 less what being hit costs, the Defender
            # (0.6 - w (1 - b))**2 / 1.2 for each signal and suspect that it may answer, less the harm of attacks
            ["0.382340", "0.025521", "0.025521", "-0.335483", "0.320052", "0.042542", "0.042542", "-0.762070"],
            basis="computed",
        ),
        Claim(
            "The outcomes are then 0.551630 quiet, 0.040401 wrongful retaliation, 0.207518 unanswered and 0.200451 "
            "answered attack.",
            "",
            ask.each_of(*(ask.value_at(name, "", punishment=0.7, error=0.8, damage=2) for name in ATTRIBUTED)),
            ["0.551630", "0.040401", "0.207518", "0.200451"],
            basis="computed",
        ),
        Claim(
            "Better detection of all attackers deters all of them, or changes nothing.",
            "abstract",
            ask.moves("detection", strategy(CUTOFF), "does not fall"),
            basis="stated",
        ),
        Claim(
            "Detection of 0.9 raises the cutoff to 0.431770.",
            "",
            ask.value_at(strategy(CUTOFF), detection=0.9),
            "0.431770",
            basis="computed",
        ),
        Claim(
            "Fewer false alarms deter all of them, or change nothing.",
            "abstract",
            ask.moves("false_alarm", strategy(CUTOFF), "does not rise"),
            basis="stated",
        ),
        Claim(
            "Half as many false alarms raise the cutoff to 0.459152.",
            "",
            ask.value_at(strategy(CUTOFF), false_alarm=0.05),
            "0.459152",
            basis="computed",
        ),
        Claim(
            "Silence instead of wrong names raises the cutoff to 0.413838.",
            "abstract",
            ask.value_at(strategy(CUTOFF), detection=0.75, correctness=0.96),
            "0.413838",
            basis="computed",
        ),
        Claim(
            "With three attackers it is 0.389203.",
            "",
            lambda model: _cutoffs_of(3, CUTOFF)(model)[1],
            "0.389203",
            basis="computed",
        ),
        Claim(
            "With an opportunity of 0.8 it is 0.428472.",
            "",
            ask.value_at(strategy(CUTOFF), opportunity=0.8),
            "0.428472",
            basis="computed",
        ),
        Claim(
            "One attacker, an alarm of 0.8 against 0.1, an opportunity of 0.5: it attacks with probability 0.246690, "
            "from a gain of 0.506619, and is suspected with 0.723742.",
            "",
            _cutoffs_of(1, *SINGLE, opportunity=0.5, taste=1),
            ["0.246690", "0.506619", "0.723742"],
            basis="computed",
        ),
        Claim(
            "With an opportunity of 0.9 these are 0.377621, 0.580422 and 0.829174.",
            "",
            _cutoffs_of(1, *SINGLE, opportunity=0.9, taste=1),
            ["0.377621", "0.580422", "0.829174"],
            basis="computed",
        ),
        Claim("One attacker's cutoff is the root of a quadratic.", "", _single),
        Claim(
            "A smaller punishment never deters more, as with sanctions.",
            "",
            ask.moves("punishment", strategy(CUTOFF), "does not fall"),
        ),
        Claim(
            "There is one equilibrium: where no attack makes a signal rarer after which its author might be answered, "
            "that is proved; elsewhere one alone is found from all starts.",
            "abstract",
            ask.always(lambda _, found: len(found) == 1 and found[0].regret < 1e-6),
            basis="stated",
        ),
    ),
    draws=_curve,
    does_not_say="""\
The signal comes by itself: nobody plants evidence, and the Defender cannot buy better intelligence in the
model, only be given it. One attack is at stake, once. Retaliation is all or nothing.""",
    theory=Theory(
        mechanism=("attribution",),
        actors="many challengers",
        information=("noisy signal", "one-sided"),
        result=("backfires", "deters"),
        finding="More attacks by one make every other look less guilty, and invite attacks by them.",
        means=("punishment",),
        phase=("general",),
        neighbours={
            "avenhaus2002/noisy_attribution": "There is one suspect, whose gain is known.",
            "baliga2020/commitment": "There the Defender may bind itself to its answers.",
            "green1984/repeated_deterrence": "There one Challenger is watched again and again.",
        },
    ),
)
