"""Strike first for fear of being struck, when neither is sure what the other sees.

Peace is worth theta to both; striking first gains F, being struck S, a war from both sides W, with ``F > S`` and
``W > S``. If theta is known, peace can be kept from ``theta = F`` on. If each sees theta with a little noise, it is
kept only above ``theta* = F + W - S``, less a term as small as the noise: a worse fate for whoever is struck first
destroys a peace that both would like.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from deterrence.answers.measure import payoff
from deterrence.continuous import Answer, Play, Uniform, all_roots, continuous, largest_gain
from deterrence.continuous.search import greatest
from deterrence.continuous.types import gauss, midpoints
from deterrence.games.parameter import param, share
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

PLAYERS = ("First", "Second")
OUTCOMES = ("peace", "First strikes", "Second strikes", "war")
NODES = 48
SIGNALS = 81
CUTOFF = "signal below which each strikes"


class Fear:
    """The model at given payoffs and noise: the values of striking and of waiting after a signal."""

    def __init__(self, strike: float, struck: float, war: float, noise: float) -> None:
        self.strike, self.struck, self.war, self.noise = strike, struck, war, noise
        nodes, self._weight = gauss(NODES)
        self._error = (2 * nodes - 1) * noise

    def other_strikes(self, theta: Any, cutoff: Any) -> Any:
        """Return the chance that a signal falls below a cutoff, given theta."""
        return np.clip((cutoff - theta + self.noise) / (2 * self.noise), 0.0, 1.0)

    def worth(self, signal: Any, cutoff: Any) -> tuple[Any, Any]:
        """Return what striking and waiting are worth after signals, the other striking below a cutoff."""
        theta = np.asarray(signal)[..., None] - self._error
        struck = self.other_strikes(theta, np.asarray(cutoff)[..., None])
        chance = struck @ self._weight
        wait = ((1 - struck) * theta) @ self._weight + chance * self.struck
        return (1 - chance) * self.strike + chance * self.war, wait

    def cutoffs(self) -> tuple[float, ...]:
        """Return every signal at which striking and waiting are worth the same if the other has the same cutoff."""

        def gap(signal: Any) -> Any:
            attack, wait = self.worth(signal, signal)
            return attack - wait

        centre, width = self.strike + self.war - self.struck, abs(self.strike) + abs(self.war) + abs(self.struck) + 1
        return all_roots(gap, centre - width, centre + width)

    def recomputed(self, peace: float, cutoff: float) -> float:
        """Return what each side expects, error by error of both, where peace is worth something."""
        striking = float(np.mean(peace + self.noise * midpoints(Uniform(-1.0, 1.0)) < cutoff))
        chances = np.outer(*[np.array([striking, 1 - striking])] * 2)
        return float((chances * [[self.war, self.strike], [self.struck, peace]]).sum())

    def gain(self, cutoff: float) -> float:
        """Return what any signal's holder gains by the other action, near the cutoff and far from it."""
        reach = 4 * self.noise
        signals = cutoff + np.concatenate([np.linspace(-reach, reach, SIGNALS), [-5.0, 5.0]])
        attack, wait = self.worth(signals, np.full(len(signals), cutoff))
        middle = SIGNALS // 2
        marginal = abs(float(attack[middle] - wait[middle]))
        return greatest(marginal, largest_gain(np.where(signals < cutoff, attack, wait), (attack, wait)))


@continuous(
    *PLAYERS,
    outcomes=OUTCOMES,
    name="pre-emption",
    concept="symmetric Bayesian equilibrium in cutoffs",
    assumes=lambda p: (
        p.struck < p.strike - p.sanction * p.attribution,
        p.struck < p.war - p.mutual * p.sanction * p.attribution,
    ),
)
def preemption(
    *,
    peace: Any = param(
        2.5,
        "what peace is worth to both",
        low=-5,
        high=10,
        symbol=r"\theta",
        plausible=(0, 5),
        why="from worse than striking alone to safe from fear",
    ),
    strike: Any = param(
        1,
        "payoff of striking alone",
        low=-3,
        high=5,
        symbol="F",
        plausible=(0.5, 2),
        why="half to twice 1, the scale of all payoffs here",
    ),
    struck: Any = param(
        -1,
        "payoff of being struck without striking",
        low=-10,
        high=3,
        symbol="S",
        plausible=(-5, -0.1),
        why="range of this model's figure: a mild to a ruinous first blow",
    ),
    war: Any = param(
        0,
        "payoff of a war from both sides",
        low=-5,
        high=5,
        symbol="W",
        plausible=(-1, 0.5),
        why="mostly better than being struck first, as the model assumes",
    ),
    noise: Any = param(
        0.01,
        "how far what each sees may lie from what peace is worth",
        low=0.001,
        high=1,
        symbol=r"\sigma",
        plausible=(0.001, 0.1),
        why="small beside the payoffs: the argument needs little doubt",
    ),
    sanction: Any = param(
        0,
        "sanction on whoever strikes and is found to have",
        low=0,
        high=5,
        symbol="s",
        plausible=(0, 1),
        why="up to all that striking alone gains",
    ),
    attribution: Any = share(
        1,
        "chance that whoever strikes is found to have",
        symbol="a",
        plausible=(0.2, 1),
        why="from a striker hard to name to a known one",
    ),
    mutual: Any = share(
        1,
        "part of the sanction that also falls on those in a war from both sides",
        symbol="m",
        plausible=(0, 1),
        why="from sparing mutual war to punishing it in full",
    ),
) -> Answer:
    """Strike or wait, at the same time, each seeing what peace is worth with a little noise."""
    expected = sanction * attribution
    fear = Fear(strike - expected, struck, war - mutual * expected, noise)
    return Answer(tuple(_play(fear, cutoff, peace) for cutoff in fear.cutoffs()))


def _play(fear: Fear, cutoff: float, peace: float) -> Play:
    p = float(fear.other_strikes(peace, cutoff))
    payoff = (1 - p) ** 2 * peace + p * (1 - p) * (fear.strike + fear.struck) + p**2 * fear.war
    return Play(
        outcomes=dict(zip(OUTCOMES, ((1 - p) ** 2, p * (1 - p), p * (1 - p), p**2), strict=True)),
        payoffs=dict.fromkeys(PLAYERS, payoff),
        strategies={CUTOFF: cutoff},
        gain=dict.fromkeys(PLAYERS, fear.gain(cutoff)),
        recomputed=dict.fromkeys(PLAYERS, fear.recomputed(peace, cutoff)),
        name="strike on bad news",
    )


def cutoff_of(equilibrium: Any) -> float:
    """Return the signal below which each strikes."""
    return float(equilibrium.strategies[CUTOFF])


def _limit(p: Any) -> float:
    """Return the cutoff as the noise vanishes, less a third of the noise's reach, as it is evenly spread."""
    expected = p.sanction * p.attribution
    return p.strike + p.war - p.struck - (1 + p.mutual) * expected - p.noise / 3


def _known(model: Any) -> list[bool]:
    """Ask whether peace is an equilibrium when theta is known: at two values near F, for two fates of the struck."""
    from fractions import Fraction

    from deterrence.games.matrices import bimatrix
    from deterrence.solvers.nash import Nash
    from deterrence.solvers.solve import solve

    strike, war = model.game.values["strike"], model.game.values["war"]
    peaceful = []
    for struck in (-1, -5):
        for theta in (strike - Fraction(1, 100), strike + Fraction(1, 100)):
            table = [[theta, struck], [strike, war]]
            other = [[theta, strike], [struck, war]]
            names = [["wait", "strike"], ["wait", "strike"]]
            solution = solve(bimatrix(table, other, actions=names), Nash())
            peaceful.append(any(equilibrium.probability("wait, wait") == 1 for equilibrium in solution))
    return peaceful


def _at(**values: Any) -> ask.Question:
    return ask.value_at(cutoff_of, noise=0.001, **values)


def _curves(model: Any, ax: Any) -> Any:
    """Draw the signal below which each strikes against the fate of whoever is struck first."""
    from deterrence.analysis.sweep import sweep
    from deterrence.answers.measure import Measure

    shown = Measure(CUTOFF, "other", function=cutoff_of)
    return sweep(model.game, shown, struck=np.linspace(-5, -0.1, 50).round(4)).plot(ax=ax)


MODEL = Model(
    preemption,
    source="chassang2010",
    relation="reduction",
    changed=(
        "The static pre-emption game with noisy information, in the manner of global games, where the work has a "
        "game of exit over time."
    ),
    topic="security dilemma",
    note="Recalled, not re-read; symmetric cutoffs only.",
    assumptions=(
        "What peace is worth may be anything, all values being thought equally likely beforehand.",
        "Each side sees it with noise spread evenly, at most so far from the truth.",
        "Both decide at the same time.",
    ),
    claims=(
        Claim(
            "As the noise vanishes each strikes below F + W - S: 2 at F = 1, S = -1, W = 0.",
            "",
            _at(),
            "2.00",
            basis="computed",
        ),
        Claim(
            "At F = 1/2, S = -2, W = -1 it is 1.5.",
            "",
            _at(strike=0.5, struck=-2, war=-1),
            "1.50",
            basis="computed",
        ),
        Claim(
            "Where peace is worth a third of the noise's reach more than the cutoff each strikes with 1/3: at noise "
            "0.03 both expect 0.888889 at the defaults and peace of 2, 0.833333 with F = 1, S = -2, W = -0.5 and peace "
            "of 2.5, and 0.7 with a sanction of 0.4 that is found half the time, falls by half on both, and peace of "
            "1.7.",
            "",
            ask.each_of(
                *(
                    ask.value_at(measure, "", noise=0.03, **values)
                    for values in (
                        {"peace": 2},
                        {"peace": 2.5, "struck": -2, "war": -0.5},
                        {"peace": 1.7, "sanction": 0.4, "attribution": 0.5, "mutual": 0.5},
                    )
                    for measure in (payoff("First"), payoff("Second"), "war")
                )
            ),
            # the cutoffs are 1.99, 2.49 and 1.69: peace lies 0.01 above, and (0.03 - 0.01) / 0.06 = 1/3;
            # 4/9 2 + 2/9 (1 - 1), 4/9 2.5 + 2/9 (1 - 2) - 1/9 0.5, 4/9 1.7 + 2/9 (0.8 - 1) - 1/9 0.1
            [
                "0.888889",
                "0.888889",
                "0.111111",
                "0.833333",
                "0.833333",
                "0.111111",
                "0.700000",
                "0.700000",
                "0.111111",
            ],
            basis="computed",
        ),
        Claim(
            "To be struck is worse than to strike, and than a war of both, sanctions and all.",
            "",
            ask.each_of(
                ask.admits(sanction=1.9, mutual=0),
                ask.admits(sanction=2, mutual=0),
                ask.admits(sanction=4, mutual=0, attribution=0.5),
                ask.admits(sanction=3.8, mutual=0, attribution=0.5),
                ask.admits(sanction=0.99),
                ask.admits(sanction=1),
                ask.admits(sanction=1.9, mutual=0.5),
                ask.admits(sanction=1.9, attribution=0.5),
            ),
            # -1 < 1 - 1.9, and -1 < 0 - 0.99 or 0 - 0.95
            [True, False, False, True, True, False, True, True],
            basis="computed",
        ),
        Claim(
            "Noise of reach sigma, evenly spread, lowers it by sigma / 3; sanctions by (1 + m) a s.",
            "",
            ask.matches(cutoff_of, _limit, within=1e-5),
        ),
        Claim(
            "A worse fate of the struck destroys peace.",
            "",
            ask.moves("struck", cutoff_of, "falls"),
        ),
        Claim(
            "So does more to gain from striking.",
            "",
            ask.moves("strike", cutoff_of, "rises"),
        ),
        Claim(
            "A costlier war keeps peace.",
            "",
            ask.moves("war", cutoff_of, "rises"),
        ),
        Claim(
            "If theta is known peace is an equilibrium just above theta = F and not just below, with a fate of the "
            "struck of -1 and with one of -5.",
            "",
            _known,
            [False, True, False, True],
        ),
        Claim(
            "Sanctions of 0.2 on whoever strikes, attributed half the time, lower the cutoff by 0.2 if a war from both "
            "sides is sanctioned too, and by 0.1 if not.",
            "",
            lambda model: [_at(sanction=0.2, attribution=0.5, mutual=share_of_both)(model) for share_of_both in (1, 0)],
            ["1.80", "1.90"],
        ),
    ),
    draws=_curves,
    does_not_say="""\
There is one moment of decision. Weapons enter through the payoffs: those that make war costlier help, those that make
a first strike worse for the struck do not, and most do both (see `chassang2010/weapons`, where stocks may also be
unequal and a third party may intervene). Noise that does not vanish, or is shared, changes the
cutoff.""",
    theory=Theory(
        mechanism=("pre-emption", "arms"),
        actors="two states",
        information=("noisy signal",),
        result=("backfires", "several outcomes"),
        finding="A worse fate for whoever is struck first destroys a peace that both would like.",
        phase=("general",),
        neighbours={
            "schelling1960/surprise_attack": "There the doubt is whether the other is compelled to attack.",
            "snyder1977/stag_hunt": (
                "There the worth of peace is known, and risk dominance is a comparison and no prediction."
            ),
            "baliga2004/arms_race": "There the cost of weapons is private.",
        },
    ),
    related=("carlsson1993",),
)
