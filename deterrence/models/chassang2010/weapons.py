"""More weapons, unequal weapons, and the fear of being struck first.

Weapons make an open war and a strike on their owner costlier, by e each, and a strike by their owner more ruinous to
the unprepared, by less and less. If it is known what peace is worth, weapons keep it. If it is seen with a little
noise, each side also strikes for fear, and peace is kept where ``(theta - F_1)(theta - F_2) > A_1 A_2``, with F_i the
gain of striking alone and A_i what striking saves whoever is struck anyhow: a first few weapons then destroy peace,
and many restore it. Unequal weapons make the stronger greedier and less fearful. An intervention that stops whoever
strikes alone serves peace.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from deterrence.answers.measure import payoff
from deterrence.continuous import Answer, Play, Uniform, continuous, largest_gain
from deterrence.continuous.root import root_between
from deterrence.continuous.search import greatest
from deterrence.continuous.types import gauss, midpoints
from deterrence.games.parameter import param, share
from deterrence.models import ask
from deterrence.models.chassang2010.preemption import OUTCOMES, PLAYERS, Fear
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

NOISE = 0.001
"""How far what each sees may lie from what peace is worth: so little that payoffs alone decide."""
EDGE = 1 - 1e-7
SIGNALS = np.concatenate([np.linspace(-4 * NOISE, 4 * NOISE, 81), [-5.0, 5.0]])
CUTOFFS = tuple(f"signal below which {name} strikes" for name in PLAYERS)


def payoffs_of(p: Any) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    """Return for each side what it gets if it strikes alone, if it is struck, and in a war from both sides."""
    stocks = (p.weapons * (1 + p.inequality), p.weapons * (1 - p.inequality))

    def side(own: Any, other: Any) -> tuple[float, float, float]:
        war = -p.cost * other
        alone = p.strike + p.predation * (own - other) - p.cost * other
        struck = p.struck - p.surprise * other / (1 + other)
        stopped = p.intervention  # then both fight as in a war from both sides
        return (1 - stopped) * alone + stopped * war, (1 - stopped) * struck + stopped * war, war

    return side(*stocks), side(*reversed(stocks))


def _cutoffs(first: Fear, second: Fear) -> tuple[float, float]:
    """Return the signals at which both are indifferent: there is one pair, as each falls as the other rises.

    The difference of two signals is spread like a tent on twice the noise to either side. If Second's cutoff is d
    higher, First, at its own, expects a strike with the tent's chance p of less than d, and if none comes that peace is
    worth half the mean of what exceeds d more than it sees.
    """

    def indifferent(side: Fear, d: float) -> float:
        tail = (2 * NOISE - abs(d)) ** 2 / (8 * NOISE**2)
        p = tail if d < 0 else 1 - tail
        waits = 1 - tail if d < 0 else tail
        excess = (4 * NOISE**3 / 3 - NOISE * d**2 + abs(d) ** 3 / 3) / (4 * NOISE**2)
        return float(side.strike + (p * (side.war - side.struck) - excess / 2) / waits)

    def gap(d: Any) -> Any:
        return np.vectorize(lambda one: indifferent(second, -one) - indifferent(first, one) - one)(d)

    d = root_between(gap, -2 * NOISE * EDGE, 2 * NOISE * EDGE, xtol=1e-16)
    return indifferent(first, d), indifferent(second, -d)


def _worth(side: Fear, signals: Any, other: float) -> tuple[Any, Any]:
    """Return what striking and waiting are worth after signals, by quadrature over the noise between its kinks."""
    nodes, weights = gauss(8)
    kinks = [np.full(len(signals), end) for end in (-NOISE, NOISE)]
    kinks += [np.clip(signals - other + shift, -NOISE, NOISE) for shift in (-NOISE, NOISE)]
    ends = np.sort(np.stack(kinks, axis=-1), axis=-1)
    width = np.diff(ends, axis=-1)[..., None]
    theta = signals[:, None, None] - (ends[:, :-1, None] + width * nodes)
    likely = width * weights / (2 * NOISE)
    strikes = side.other_strikes(theta, other)
    chance = (likely * strikes).sum(axis=(1, 2))
    wait = (likely * (1 - strikes) * theta).sum(axis=(1, 2)) + chance * side.struck
    return (1 - chance) * side.strike + chance * side.war, wait


def _gain(side: Fear, own: float, other: float) -> float:
    """Return what any signal's holder gains by the other action, near the cutoff and far from it."""
    signals = own + SIGNALS
    attack, wait = _worth(side, signals, other)
    middle = int(np.argmin(np.abs(SIGNALS)))
    marginal = abs(float(attack[middle] - wait[middle]))
    return greatest(marginal, largest_gain(np.where(signals < own, attack, wait), (attack, wait)))


@continuous(
    *PLAYERS,
    outcomes=OUTCOMES,
    name="weapons",
    concept="Bayesian equilibrium in cutoffs",
    assumes=lambda p: (*(struck < war for _, struck, war in payoffs_of(p)), p.intervention < 1),
)
def weapons_and_fear(
    *,
    peace: Any = param(
        3,
        "what peace is worth to both",
        low=-5,
        high=10,
        symbol=r"\theta",
        plausible=(0, 5),
        why="from worse than striking alone to safe from fear",
    ),
    strike: Any = param(
        1,
        "payoff of striking alone where neither has weapons; an open war is worth 0 then",
        low=0,
        high=5,
        symbol="F",
        plausible=(0.5, 2),
        why="half to twice 1, the scale of all payoffs here",
    ),
    struck: Any = param(
        -1,
        "payoff of being struck without striking where neither has weapons",
        low=-10,
        high=-0.1,
        symbol="S",
        plausible=(-3, -0.5),
        why="from half the gain of a lone strike to three times it",
    ),
    weapons: Any = param(
        1,
        "stock of weapons of each side, in the mean of both",
        low=0,
        high=6,
        symbol="k",
        plausible=(0, 5),
        why="from none to so many that fear recedes again",
    ),
    inequality: Any = share(
        0,
        "by which share one side has more than the mean, and the other less",
        symbol="u",
        plausible=(0, 1),
        why="from equal stocks to one side having all weapons",
    ),
    surprise: Any = param(
        2,
        "how much a great stock worsens the lot of whoever is struck by it",
        low=0,
        high=10,
        symbol="D",
        plausible=(0.5, 4),
        why="half to four times the scale of payoffs",
    ),
    cost: Any = param(
        "1/4",
        "how much each weapon of the other costs in open war, and whoever strikes it alone",
        low=0,
        high=1,
        symbol="e",
        plausible=(0.05, 0.5),
        why="small beside the payoffs; four weapons undo the gain of a strike",
    ),
    predation: Any = param(
        "1/4",
        "how much each weapon more than the other's adds to the gain of striking alone",
        low=0,
        high=1,
        symbol="v",
        plausible=(0, 0.6),
        why="from strength that gains nothing to strength that pays",
    ),
    intervention: Any = share(
        0,
        "chance that a third party stops whoever strikes alone, so that both fight",
        symbol="q",
        plausible=(0, 0.9),
        why="from none to a nearly sure one",
    ),
) -> Answer:
    """Strike or wait, at the same time, each seeing what peace is worth with a little noise."""
    from types import SimpleNamespace

    given = SimpleNamespace(
        strike=strike, struck=struck, weapons=weapons, inequality=inequality, surprise=surprise, cost=cost,
        predation=predation, intervention=intervention,
    )  # fmt: skip
    sides = [Fear(*payoffs, NOISE) for payoffs in payoffs_of(given)]
    cutoffs = _cutoffs(*sides)
    strikes = [float(sides[i].other_strikes(peace, cutoffs[i])) for i in (0, 1)]
    return Answer((_play(sides, cutoffs, strikes, peace),))


def _play(sides: list[Fear], cutoffs: tuple[float, float], strikes: list[float], peace: float) -> Play:
    one, two = strikes
    seen = peace + NOISE * midpoints(Uniform(-1.0, 1.0))
    again = [float(np.mean(seen < cutoff)) for cutoff in cutoffs]

    def worth(i: int, chances: list[float]) -> float:
        """Return what a side expects, from the chances that each strikes."""
        mine, other = chances[i], chances[1 - i]
        side = sides[i]
        attack = (1 - other) * side.strike + other * side.war
        return mine * attack + (1 - mine) * ((1 - other) * peace + other * side.struck)

    return Play(
        outcomes=dict(zip(OUTCOMES, ((1 - one) * (1 - two), one * (1 - two), (1 - one) * two, one * two), strict=True)),
        payoffs={name: worth(i, strikes) for i, name in enumerate(PLAYERS)},
        strategies=dict(zip(CUTOFFS, cutoffs, strict=True)),
        gain={name: _gain(sides[i], cutoffs[i], cutoffs[1 - i]) for i, name in enumerate(PLAYERS)},
        recomputed={name: worth(i, again) for i, name in enumerate(PLAYERS)},
        name="strike on bad news",
    )


def cutoff_of(equilibrium: Any) -> float:
    """Return the signal below which the first side strikes; the second's is as high, but for the noise."""
    return float(equilibrium.strategies[CUTOFFS[0]])


def _limit(p: Any) -> float:
    """Return the cutoff as the noise vanishes: the greater root of (theta - F_1)(theta - F_2) = A_1 A_2.

    At the same signal, one side's chance of being struck is 1 less the other's, so that the two conditions of
    indifference, ``(1 - p)(theta - F) = p A``, multiply to this.
    """
    (alone, struck, war), (other_alone, other_struck, other_war) = payoffs_of(p)
    fears = (war - struck) * (other_war - other_struck)
    return float((alone + other_alone) / 2 + np.sqrt((alone - other_alone) ** 2 / 4 + fears))


def _at(**values: Any) -> ask.Question:
    return ask.value_at(cutoff_of, **values)


def _peaceful_if_known(model: Any, theta: Any, **values: Any) -> bool:
    """Tell whether peace is an equilibrium where it is known what it is worth."""
    from types import SimpleNamespace

    from deterrence.games.matrices import bimatrix
    from deterrence.solvers.nash import Nash
    from deterrence.solvers.solve import solve

    (alone, struck, war), (other_alone, other_struck, other_war) = payoffs_of(
        SimpleNamespace(**model.game.at(values).values)
    )
    names = [["wait", "strike"], ["wait", "strike"]]
    table = bimatrix([[theta, struck], [alone, war]], [[theta, other_alone], [other_struck, other_war]], actions=names)
    return any(equilibrium.probability("wait, wait") == 1 for equilibrium in solve(table, Nash()))


def _curves(model: Any, ax: Any) -> Any:
    """Draw the signal below which the first side strikes against the stock of weapons."""
    from deterrence.analysis.sweep import sweep
    from deterrence.answers.measure import Measure

    shown = Measure(CUTOFFS[0], "other", function=cutoff_of)
    return sweep(model.game, shown, weapons=np.linspace(0, 6, 61).round(4)).plot(ax=ax)


# The numbers by hand, with F = 1, S = -1, D = 2 and e = v = 1/4. Equal stocks k give F - k/4 and a fear of
# 1 - k/4 + 2 k/(1 + k), so that the cutoff is 2 - k/2 + 2 k/(1 + k): 2, 2.5, 2 and 1.6 for 0, 1, 3 and 4, and
# greatest where (1 + k)^2 = 4. Stocks of 2 and 0 give gains of 1.5 and 0 and fears of 1 and 11/6, and so the root of
# theta^2 - 1.5 theta = 11/6, 2.2978; of theta^2 - 1.5 theta + 1/2 = 11/6, 2.1269, without predation; with v = 1/2 gains
# of 2 and -1/2 and theta^2 - 1.5 theta - 1 = 11/6, 2.5928.
MODEL = Model(
    weapons_and_fear,
    source="chassang2010",
    relation="in the spirit of",
    changed=(
        "Not found in the work, which is a game of exit over time and of which the abstract was read: one moment of "
        "decision, and payoffs that depend on weapons in a way of our own."
    ),
    topic="security dilemma",
    related=("carlsson1993",),
    note="That weapons, inequality and intervention may act so is in the abstract; the numbers are our own.",
    assumptions=(
        "What peace is worth may be anything, all values being thought equally likely beforehand.",
        "Each side sees it with noise spread evenly on a thousandth to either side.",
        "Weapons do harm in open war in proportion to their number, and by surprise with diminishing force.",
        "Stocks are given and known, and so is how likely a third party is to intervene.",
    ),
    claims=(
        Claim(
            "Peace is kept where (theta - F_1)(theta - F_2) exceeds A_1 A_2, up to the noise.",
            "",
            ask.matches(cutoff_of, _limit, within=2e-3),
        ),
        Claim(
            "Under strategic risk the effect of weapons on peace is not monotone.",
            "abstract",
            ask.moves("weapons", cutoff_of, "rises and falls", others=0),
            basis="stated",
        ),
        Claim(
            "The cutoff is 2 without weapons, 2.5 and highest with one each, 2 again with three, and 1.6 with four.",
            "",
            lambda model: [_at(weapons=stock)(model) for stock in (0, 1, 3, 4)],
            ["2.00", "2.50", "2.00", "1.60"],
            basis="computed",
        ),
        Claim(
            "If it is known what peace is worth, more weapons only help: at 0.9 peace can be kept with one each, and "
            "not without.",
            "abstract",
            lambda model: [_peaceful_if_known(model, "9/10", weapons=stock) for stock in (0, 1, 3)],
            [False, True, True],
            basis="computed",
        ),
        Claim(
            "Under strategic risk inequality can serve peace: stocks of 2 and 0 instead of 1 and 1 lower the cutoff "
            "from 2.5 to 2.30.",
            "abstract",
            _at(inequality=1),
            "2.30",
            basis="computed",
        ),
        Claim(
            "It lowers fear and raises greed: if strength gained nothing the cutoff would fall to 2.13; if it gained "
            "twice as much it would rise to 2.59.",
            "",
            lambda model: [_at(inequality=1, predation=gain)(model) for gain in (0, "1/2")],
            ["2.13", "2.59"],
            basis="computed",
        ),
        Claim(
            "If it is known what peace is worth, inequality does harm: at 1.2 peace can be kept by equals, and not "
            "with 2 and 0.",
            "",
            lambda model: [_peaceful_if_known(model, "6/5", inequality=share_more) for share_more in (0, 1)],
            [True, False],
        ),
        Claim(
            "An intervention that is expected against whoever strikes alone serves peace.",
            "abstract",
            ask.moves("intervention", cutoff_of, "falls"),
            basis="stated",
        ),
        Claim(
            "If it comes half the time, the cutoff falls from 2.5 to 1.125.",
            "",
            _at(intervention="1/2"),
            "1.125",
            basis="computed",
        ),
        Claim(
            "In peace each gets what peace is worth; below the cutoff both strike and lose a quarter.",
            "",
            lambda model: [ask.value_at(payoff(name), peace=peace)(model) for name in PLAYERS for peace in (3, 2)],
            [3, "-0.25", 3, "-0.25"],
            basis="computed",
        ),
    ),
    draws=_curves,
    does_not_say="""\
Stocks are given: nobody arms. The work plays over time, so that what peace is worth includes the peace to come. It
looks at interventions that end a conflict as well as at those that hinder a surprise. Neither is asked here. How fast
weapons harm in war and by surprise is assumed, and decides where their effect turns.""",
    theory=Theory(
        mechanism=("pre-emption", "arms"),
        actors="two states",
        information=("two-sided", "noisy signal"),
        result=("trades off",),
        finding="A few weapons breed fear and many deter; unequal ones breed greed and lessen fear.",
        means=("punishment",),
        phase=("general",),
        neighbours={
            "chassang2010/preemption": "The payoffs of striking and of being struck are given, and alike.",
            "baliga2004/arms_race": "Weapons themselves are the choice, and what they cost is hidden.",
        },
    ),
)
