"""Threaten sanctions when nobody knows how the other ranks what follows.

The Sender leaves things as they are or threatens; the Target concedes or resists; the Sender imposes sanctions or
backs down. What sanctions and backing down are worth to the Sender, and sanctions to the Target, carries a private
normal shock. All moves are then probabilities, tied together by one equation in the Target's resistance; where it has
several solutions, all are equilibria.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from deterrence.answers.measure import payoff
from deterrence.continuous import Answer, Play, Uniform, all_roots, continuous, largest_gain
from deterrence.continuous.search import greatest
from deterrence.continuous.types import gauss, midpoints
from deterrence.games.parameter import param
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

PLAYERS = ("Sender", "Target")
OUTCOMES = ("status quo", "concession", "sanctions", "back down")
NODES = 96
REACH = 9.0
SURE = 8.0
"""So many standard deviations of wanting to resist count as certainty."""
RARE = 1e-12
NEARLY = 1e-7
FAINT = 1e-9
"""Below this chance of a threat the shocks' tails alone tell whether it would be kept."""
THREAT, RESIST, IMPOSE = (
    "chance of a threat",
    "chance of resistance to a threat",
    "chance that a resisted threat is kept",
)
TYPES = np.linspace(-4, 4, 161)
MANY = 4001
"""So many equally likely values of a shock are told apart, where one is drawn after the other."""


@lru_cache(maxsize=2)
def _normal(count: int) -> Any:
    """Return equally likely values of a standard normal shock."""
    from scipy.special import ndtri

    return ndtri(midpoints(Uniform(0.0, 1.0), count))


class Threats:
    """The model at given payoffs, with each side's best replies to what it expects of the other."""

    def __init__(
        self, sender: tuple[float, float, float, float], target: tuple[float, float, float], scale: float
    ) -> None:
        self.quo, self.gain, self.impose, self.back = sender
        self.concede, self.suffer, self.spared = target
        self.scale = scale
        self._nodes, self._weights = gauss(NODES)

    def needed(self, resist: Any) -> Any:
        """Return what the better of imposing and backing down must be worth for a threat to pay."""
        return (self.quo - (1 - resist) * self.gain) / resist

    def threat(self, resist: Any) -> Any:
        """Return the chance of a threat."""
        from scipy.special import ndtr

        needed = self.needed(resist)
        imposes, backs = ndtr((self.impose - needed) / self.scale), ndtr((self.back - needed) / self.scale)
        return imposes + backs - imposes * backs

    def kept(self, resist: Any) -> Any:
        """Return the chance that a threat that was made and resisted is kept."""
        from scipy.special import expit, log_ndtr, ndtr

        needed, high = np.asarray(self.needed(resist)), self.impose + REACH * self.scale
        low = np.clip(needed, self.impose - REACH * self.scale, high)[..., None]
        worth = low + (high - low) * self._nodes
        density = np.exp(-(((worth - self.impose) / self.scale) ** 2) / 2) / (self.scale * np.sqrt(2 * np.pi))
        both = (density * ndtr((worth - self.back) / self.scale)) @ self._weights * (high - low[..., 0])
        threat = self.threat(resist)
        tails = log_ndtr((self.impose - needed) / self.scale) - log_ndtr((self.back - needed) / self.scale)
        often = np.clip(both / np.maximum(threat, FAINT), 0.0, 1.0)
        return np.where(threat > FAINT, often, expit(tails))  # of two rare shocks only one happens

    def resists(self, kept: Any) -> Any:
        """Return how much the Target wants to resist if a threat is kept so often, in standard deviations."""
        kept = np.maximum(kept, RARE)
        wants = (kept * self.suffer + (1 - kept) * self.spared - self.concede) / (kept * self.scale)
        return np.clip(wants, -SURE, SURE)

    def plays(self, peace: float) -> Answer:
        """Return every equilibrium."""
        from scipy.special import ndtr

        roots = all_roots(lambda wants: self.resists(self.kept(ndtr(wants))) - wants, -SURE, SURE)
        return Answer(tuple(self._play(float(ndtr(wants)), peace) for wants in roots))

    def _play(self, resist: float, peace: float) -> Play:
        threat, kept = float(self.threat(resist)), float(self.kept(resist))
        needed = float(self.needed(resist))
        numbers = (1 - threat, threat * (1 - resist), threat * resist * kept, threat * resist * (1 - kept))
        worth, chance = self._better()
        good = worth >= needed
        sender = (
            (1 - threat) * self.quo + threat * (1 - resist) * self.gain + resist * float((worth * chance)[good].sum())
        )
        cutoff = self._targets_cutoff(kept)
        shocks, weight = self._shocks()
        fights = kept * (self.suffer + shocks) + (1 - kept) * self.spared
        target = (1 - threat) * peace + threat * float(
            (np.where(shocks >= cutoff, fights, self.concede) * weight).sum()
        )
        return Play(
            outcomes=dict(zip(OUTCOMES, numbers, strict=True)),
            payoffs={"Sender": sender, "Target": target},
            strategies={THREAT: threat, RESIST: resist, IMPOSE: kept},
            gain=self._gains(resist, needed),
            recomputed=self._recomputed(resist, needed, peace),
            actions={"threaten": threat},
        )

    def _shocks(self) -> tuple[Any, Any]:
        shocks = np.linspace(-REACH, REACH, 6001)
        weight = np.exp(-(shocks**2) / 2)
        return shocks * self.scale, weight / weight.sum()

    def _better(self) -> tuple[Any, Any]:
        """Return values of the better of imposing and backing down, with their chances."""
        from scipy.special import ndtr

        ends = np.array([self.impose, self.back])
        edges = np.linspace(ends.min() - REACH * self.scale, ends.max() + REACH * self.scale, 8001)
        below = ndtr((edges - self.impose) / self.scale) * ndtr((edges - self.back) / self.scale)
        return (edges[1:] + edges[:-1]) / 2, np.diff(below)

    def _targets_cutoff(self, kept: float) -> float:
        return (self.concede - kept * self.suffer - (1 - kept) * self.spared) / max(kept, RARE)

    def _recomputed(self, resist: float, needed: float, peace: float) -> dict[str, float]:
        """Return the payoffs, one shock after the other; the Sender's other one by its partial mean."""
        shocks = _normal(MANY)
        sender = float(np.mean(self._senders_worth(self.impose + self.scale * shocks, resist, needed)))
        kept = self._counted(resist, needed)
        fights = kept * (self.suffer + self.scale * shocks) + (1 - kept) * self.spared
        resists = self.scale * shocks >= self._targets_cutoff(kept)
        target = peace + float(self.threat(resist)) * (float(np.mean(np.where(resists, fights, self.concede))) - peace)
        return {"Sender": sender, "Target": target}

    def _senders_worth(self, impose: Any, resist: float, needed: float) -> Any:
        """Return what the Sender gets at values of imposing sanctions, over the shock to backing down."""
        from scipy.special import ndtr

        at = (np.maximum(impose, needed) - self.back) / self.scale
        below, density = ndtr(at), np.exp(-(at**2) / 2) / np.sqrt(2 * np.pi)
        backs = self.back * (1 - below) + self.scale * density
        threatens = (1 - resist) * self.gain + resist * (impose * below + backs)
        only_to_back = below * self.quo + (1 - below) * (1 - resist) * self.gain + resist * backs
        return np.where(impose >= needed, threatens, only_to_back)

    def _gains(self, resist: float, needed: float) -> dict[str, float]:
        """Return what any type of each gains by the other choice, resistance and kept threats being counted anew.

        The chance that a threat is kept is integrated over the Sender's other shock, and the Target's resistance
        is what that makes it want.
        """
        from scipy.special import ndtri

        types = self.scale * TYPES + (self.impose + self.back) / 2
        threat = resist * types + (1 - resist) * self.gain
        quiet = np.full(len(types), self.quo)
        sender = largest_gain(np.where(types >= needed, threat, quiet), (threat, quiet))
        unlike = abs(resist * needed + (1 - resist) * self.gain - self.quo)
        kept, cutoff = self._counted(resist, needed), -self.scale * float(ndtri(resist))
        shocks = np.append(self.scale * TYPES, cutoff)
        fight = kept * (self.suffer + shocks) + (1 - kept) * self.spared
        yield_ = np.full(len(shocks), self.concede)
        target = largest_gain(np.where(shocks >= cutoff, fight, yield_)[:-1], (fight[:-1], yield_[:-1]))
        marginal = abs(float(fight[-1] - yield_[-1])) if RARE < resist < 1 - RARE else 0.0
        return {"Sender": greatest(sender, unlike), "Target": greatest(target, marginal)}

    def _counted(self, resist: float, needed: float) -> float:
        """Return how often a threat is kept, by integrating over the shock to backing down instead."""
        from scipy.special import ndtr

        nodes, weights = gauss(2 * NODES)
        low, high = self.back - REACH * self.scale, self.back + REACH * self.scale

        def over(a: float, b: float) -> float:
            back = a + (b - a) * nodes
            density = np.exp(-(((back - self.back) / self.scale) ** 2) / 2) / (self.scale * np.sqrt(2 * np.pi))
            beats = 1 - ndtr((np.maximum(back, needed) - self.impose) / self.scale)
            return float((density * beats) @ weights * (b - a))

        middle = min(max(needed, low), high)
        imposes = over(low, middle) + over(middle, high)
        return imposes / float(self.threat(resist)) if float(self.threat(resist)) > FAINT else float(self.kept(resist))


@continuous(
    *PLAYERS, outcomes=OUTCOMES, actions=("threaten",), name="sanction-threats", concept="perfect Bayesian equilibrium"
)
def sanction_threats(
    *,
    sender_status_quo: Any = param(
        0,
        "Sender's payoff if things stay as they are",
        low=-5,
        high=5,
        symbol="S_A",
        plausible=(-1, 1),
        why="from a grievance to as good as the Target's concession",
    ),
    sender_success: Any = param(
        1,
        "Sender's payoff if the Target concedes",
        low=-5,
        high=5,
        symbol="V_A",
        plausible=(0, 3),
        why="from no better than the status quo to three shocks above",
    ),
    sender_sanctions: Any = param(
        -0.5,
        "Sender's mean payoff from imposing sanctions",
        low=-5,
        high=5,
        symbol="W_A",
        plausible=(-2, 1),
        why="from costly sanctions to some that please at home",
    ),
    sender_back_down: Any = param(
        -0.6,
        "Sender's mean payoff from backing down, audience costs included",
        low=-5,
        high=5,
        symbol="a",
        plausible=(-3, 0.5),
        why="from a heavy price at home to none at all",
    ),
    target_concession: Any = param(
        0,
        "Target's payoff from conceding",
        low=-5,
        high=5,
        symbol="C_B",
        plausible=(-1, 1),
        why="one standard deviation of the shocks either way",
    ),
    target_sanctions: Any = param(
        -0.8,
        "Target's mean payoff under sanctions",
        low=-5,
        high=5,
        symbol="W_B",
        plausible=(-3, 0.5),
        why="from crippling sanctions to some that rally support",
    ),
    target_spared: Any = param(
        1,
        "Target's payoff if the Sender backs down",
        low=-5,
        high=5,
        symbol="V_B",
        plausible=(0, 2),
        why="from no better than conceding to a triumph",
    ),
    target_status_quo: Any = param(
        1,
        "Target's payoff if things stay as they are",
        low=-5,
        high=5,
        symbol="S_B",
        plausible=(0, 2),
        why="decides nothing; about as good as to be spared",
    ),
    spread: Any = param(
        1,
        "standard deviation of the private shocks",
        low=0.3,
        high=3,
        symbol=r"\sigma",
        plausible=(0.4, 2),
        why="from nearly open payoffs to shocks that outweigh them",
    ),
) -> Answer:
    """Threaten, resist, impose: each side's payoffs carry a private shock."""
    sender = (sender_status_quo, sender_success, sender_sanctions, sender_back_down)
    return Threats(sender, (target_concession, target_sanctions, target_spared), spread).plays(target_status_quo)


def number(name: str) -> Any:
    """Return the measure that reads one of the chances of the moves."""
    return lambda equilibrium: equilibrium.strategies[name]


def _three(**values: Any) -> ask.Question:
    return lambda model: [ask.value_at(number(name), "", **values)(model) for name in (THREAT, RESIST, IMPOSE)]


ALWAYS, RARELY = -5, 1
"""What the status quo is worth to a Sender that threatens always, and to one that threatens only if imposing sanctions,
or backing down, is worth as much as a concession: whatever the Target does, the cutoff is then 1."""


def _concedes(status_quo: Any, **values: Any) -> ask.Question:
    """Ask how often the Target concedes to a threat by a Sender to whom the status quo is worth so much."""
    return lambda model: 1 - ask.value_at(number(RESIST), sender_status_quo=status_quo, **values)(model)


def _informs(status_quo: Any, **values: Any) -> ask.Question:
    """Ask what a threat's being made adds to concessions.

    Coercion is what the Target concedes at the belief that it holds beforehand, which is its belief after a threat that
    everybody makes. Information is the rest: concession at the belief after this threat, less that.
    """
    return lambda model: _concedes(status_quo, **values)(model) - _concedes(ALWAYS, **values)(model)


def _tells(_game: Any, solution: Any) -> bool:
    """Tell whether a threat raises the belief that it is kept where imposing is better than backing down on average."""
    from scipy.special import ndtr

    at = {name: float(value) for name, value in solution.game.values.items()}
    better = at["sender_sanctions"] - at["sender_back_down"]
    before = float(ndtr(better / (at["spread"] * np.sqrt(2))))
    return all((one.strategies[IMPOSE] - before) * np.sign(better) >= -NEARLY for one in solution)


def _curves(model: Any, ax: Any) -> Any:
    """Draw what happens as backing down becomes costlier."""
    from deterrence.analysis.sweep import sweep

    return sweep(model.game, *OUTCOMES, sender_back_down=np.linspace(-3, 0.5, 50).round(4)).plot(ax=ax)


OTHERS = {
    "sender_status_quo": 0.1,
    "sender_success": 0.9,
    "target_concession": -0.1,
    "target_spared": 0.7,
    "target_status_quo": 0.6,
    "spread": 0.8,
}
"""Payoffs of which no two are the same."""

MODEL = Model(
    sanction_threats,
    source="whang2013",
    relation="exact",
    changed=(
        "Nothing is changed in its form, as recalled: the game of threats with private shocks of Lewis and Schultz "
        "(2003), which the work applies to sanctions."
    ),
    topic="sanctions",
    note=(
        "Not re-read. The Target's payoff in the status quo decides nothing. The Sender's payoff is a sum over a grid, "
        "right to about 2e-4."
    ),
    assumptions=(
        "Shocks are normal, independent, of one standard deviation, and private.",
        "The Sender knows its shocks before it threatens; the Target sees the threat and nothing else.",
    ),
    claims=(
        Claim(
            "At the numbers of the reference a threat has probability 0.860668, resistance 0.534092, and a resisted "
            "threat is kept with 0.530346.",
            "",
            _three(),
            ["0.860668", "0.534092", "0.530346"],
            basis="computed",
        ),
        Claim(
            "With an audience cost of 1 for backing down these are 0.992096, 0.300558 and 0.782960.",
            "",
            _three(sender_back_down=-1.6),
            ["0.992096", "0.300558", "0.782960"],
            basis="computed",
        ),
        Claim(
            "At the numbers of the reference the Sender expects 0.504 and the Target 0.341623.",
            "",
            ask.each_of(ask.value_at(payoff("Sender")), ask.value_at(payoff("Target"))),
            # by adaptive quadrature and bisection, over the greater of the Sender's two shocks and the Target's own;
            # the Sender's is 0.503597, to three digits here, for the model sums it over bins
            ["0.504", "0.341623"],
            basis="computed",
        ),
        Claim(
            "With other payoffs throughout and a spread of 0.8 the chances of the moves are 0.828888, 0.492797 and "
            "0.538519, the payoffs 0.437 and 0.159039, and the outcomes follow.",
            "",
            ask.each_of(
                *(
                    ask.value_at(measure, "", **OTHERS)
                    for measure in (*map(number, (THREAT, RESIST, IMPOSE)), *map(payoff, PLAYERS), *OUTCOMES)
                )
            ),
            # likewise; status quo, concession, sanctions and back down are 1 - t, t (1 - r), t r k and t r (1 - k)
            [
                "0.828888",
                "0.492797",
                "0.538519",
                "0.437",
                "0.159039",
                "0.171112",
                "0.420414",
                "0.219971",
                "0.188503",
            ],
            basis="computed",
        ),
        Claim(
            "Costlier climb-downs make threats more credible.",
            "",
            ask.moves("sender_back_down", number(IMPOSE), "falls"),
        ),
        Claim(
            "They are resisted less.",
            "",
            ask.moves("sender_back_down", number(RESIST), "rises"),
        ),
        Claim(
            "The better sanctions are for the Sender, the more it threatens.",
            "",
            ask.moves("sender_sanctions", number(THREAT), "rises"),
        ),
        # Among Senders whose better choice is worth m, the odds of imposing are f(m - W) F(m - a) to f(m - a) F(m - W),
        # with f and F the normal density and distribution. As f/F falls, and its logarithm is concave, these odds rise
        # in m if W > a, fall if W < a, and a threat picks the Senders with a great m.
        Claim(
            "A threat makes the Target believe more in sanctions if the Sender would on average rather impose them "
            "than back down, and less if not.",
            "",
            ask.always(_tells),
        ),
        Claim(
            "With an audience cost of 1 and a threat that every Sender makes, so that it tells nothing, coercion alone "
            "has the Target concede with probability 0.698703.",
            "",
            _concedes(ALWAYS, sender_back_down=-1.6),
            "0.698703",
            basis="computed",
        ),
        Claim(
            "If only those threaten to whom it is worth as much as a concession, the belief in sanctions rises to "
            "0.937099; this information adds 0.069480 to concessions.",
            "",
            lambda model: [
                ask.value_at(number(IMPOSE), sender_status_quo=RARELY, sender_back_down=-1.6)(model),
                _informs(RARELY, sender_back_down=-1.6)(model),
            ],
            ["0.937099", "0.069480"],
            basis="computed",
        ),
        Claim(
            "Where backing down is rather a relief, at 0.4, the same information undoes what coercion gains: "
            "concessions fall from 0.022056 to 0.000033.",
            "",
            lambda model: [_concedes(quo, sender_back_down=0.4)(model) for quo in (ALWAYS, RARELY)],
            ["0.022056", "0.000033"],
            basis="computed",
        ),
        Claim(
            "Coercion does more than information here: sanctions twice as harsh, and no news, bring 0.906695.",
            "",
            _concedes(ALWAYS, sender_back_down=-1.6, target_sanctions=-1.6),
            "0.906695",
            basis="computed",
        ),
        Claim(
            "The milder sanctions are for the Target, the more it resists a threat that tells nothing.",
            "",
            lambda model: ask.moves("target_sanctions", number(RESIST), "rises", others=0)(
                model.at(sender_status_quo=ALWAYS)
            ),
        ),
    ),
    draws=_curves,
    does_not_say="""\
Sanctions are imposed or not, once; how long they last and what they cost over time is left out. The shocks stand for
what the analyst does not see as much as for what the players do not. What comes of coercion and what of information is
told apart by us, within the game; the work, as its abstract says, asks it of data and finds for coercion.""",
    theory=Theory(
        mechanism=("sanctions", "signalling"),
        actors="senders and target",
        information=("two-sided",),
        result=("deters", "reveals"),
        finding="A threat works both by what it would cost and by what it tells of the Sender.",
        means=("punishment",),
        phase=("general", "immediate"),
        neighbours={
            "lacy2004/sanctions_threat": "There each side has one of two types.",
            "signorino1999/strategic_choice": "There the noise is an error of one's own.",
        },
    ),
    related=("lewis2003",),
)
