"""Retaliate as announced beforehand, or as it pays once the signal is there.

One attacker of private gain, two signals besides silence: a telling one, and a weak one that comes more often without
an attack. Once a signal is there the Defender retaliates if it suspects enough, and so after the weak signal too; but
retaliation after a signal that an innocent is likelier to cause rewards restraint with punishment. A Defender that can
bind itself forgoes it, and deters more.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from deterrence.answers.measure import payoff
from deterrence.continuous import Answer, ContinuousGame, Play, Uniform, continuous, family, largest_gain
from deterrence.continuous.types import midpoints
from deterrence.games.parameter import param, share
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

PLAYERS = ("Attacker", "Defender")
OUTCOMES = ("no attack", "attack")
GRID = 201
SIGNALS = ("the telling signal", "the weak signal")
CUTOFF = "gain from which the Attacker attacks"
RETALIATION = [f"retaliation after {signal}" for signal in SIGNALS]
SUSPICION = [f"suspicion after {signal}" for signal in SIGNALS]
TINY = 1e-12
CLASSES: dict[tuple[float, ...], str] = {
    (1.0, 1.0): "answers both signals",
    (1.0, 0.0): "answers the telling signal",
    (0.0, 1.0): "answers the weak signal",
    (0.0, 0.0): "answers nothing",
}


class OneAttacker:
    """The model at given parameter values: the chances of each signal, and the value of retaliation."""

    def __init__(self, guilty: Any, innocent: Any, opportunity: float, taste: float, damage: float) -> None:
        self.guilty, self.innocent = np.asarray(guilty), np.asarray(innocent)
        self.opportunity, self.taste, self.damage = opportunity, taste, damage

    def cutoff(self, plan: Any) -> Any:
        """Return the gain from which the Attacker attacks, given how likely retaliation is after each signal."""
        return np.asarray(plan) @ (self.guilty - self.innocent)

    def attack(self, plan: Any) -> Any:
        """Return the chance of an attack; gains are spread evenly on [0, 1]."""
        return self.opportunity * (1 - np.clip(self.cutoff(plan), 0.0, 1.0))

    def suspicion(self, attack: float) -> Any:
        """Return the belief in an attack after each signal."""
        total = attack * self.guilty + (1 - attack) * self.innocent
        return attack * self.guilty / np.maximum(total, TINY)

    def worth(self, plan: Any) -> Any:
        """Return the Defender's payoff of plans, the Attacker answering each."""
        attack = np.asarray(self.attack(plan))[..., None]
        right, wrong = attack * self.guilty, (1 - attack) * self.innocent
        gains = np.asarray(plan) * ((right + wrong) * self.taste - wrong)
        return gains.sum(axis=-1) - self.damage * attack[..., 0]

    def plans(self) -> list[np.ndarray]:
        """Return every plan that pays once the signal is there.

        The suspicion after each signal rises with the chance of an attack; between the chances at which some
        signal leaves the Defender indifferent the plan is fixed, and at one of them its own signal's is free.
        """
        edges = [self._indifferent(s) for s in (0, 1)]
        plans = [plan for plan in self._corners() if self._pays(plan)]
        for s, edge in enumerate(edges):
            slope = self.guilty[s] - self.innocent[s]
            if not 0 < edge < self.opportunity or abs(slope) < TINY:
                continue
            rest = 1 - s
            for other in (0.0, 1.0):
                needed = 1 - edge / self.opportunity - other * (self.guilty[rest] - self.innocent[rest])
                plan = np.zeros(2)
                plan[s], plan[rest] = needed / slope, other
                if 0 < plan[s] < 1 and self._pays(plan):
                    plans.append(plan)
        return plans

    def _indifferent(self, signal: int) -> float:
        """Return the chance of an attack at which retaliating after a signal neither pays nor costs."""
        right, wrong = self.taste * self.guilty[signal], (1 - self.taste) * self.innocent[signal]
        return float(wrong / (right + wrong)) if right + wrong > 0 else 0.0

    def _corners(self) -> list[np.ndarray]:
        return [np.array([a, b], dtype=float) for a in (0, 1) for b in (0, 1)]

    def _pays(self, plan: Any) -> bool:
        return max(self.gains(plan).values()) < 1e-9

    def gains(self, plan: Any) -> dict[str, float]:
        """Return what each gains by deviating: the Defender after a signal, the Attacker's types."""
        attack = float(self.attack(plan))
        right, wrong = attack * self.guilty, (1 - attack) * self.innocent
        each = (right + wrong) * self.taste - wrong
        chosen = np.asarray(plan) * each
        return {"Attacker": self.attackers_gain(plan), "Defender": largest_gain(chosen, (each, 0 * each))}

    def attackers_gain(self, plan: Any) -> float:
        """Return what any type of the Attacker gains by the other choice."""
        types = np.linspace(0, 1, 101)
        strike, wait = types - float(self.guilty @ plan), np.full(len(types), -float(self.innocent @ plan))
        return largest_gain(np.where(types >= self.cutoff(plan), strike, wait), (strike, wait))

    def recomputed(self, plan: Any) -> dict[str, float]:
        """Return the payoffs, type by type and signal by signal."""
        types = midpoints(Uniform(0.0, 1.0))
        strikes = types >= self.cutoff(plan)
        struck, spared = float(self.guilty @ plan), float(self.innocent @ plan)
        attack = self.opportunity * float(np.mean(strikes))
        attacker = self.opportunity * float(np.mean(np.where(strikes, types - struck, -spared)))
        attacker -= (1 - self.opportunity) * spared
        defender = attack * (struck * self.taste - self.damage) + (1 - attack) * spared * (self.taste - 1)
        return {"Attacker": attacker, "Defender": defender}


def _play(model: OneAttacker, plan: Any, gains: dict[str, float]) -> Play:
    attack, cutoff = float(model.attack(plan)), float(model.cutoff(plan))
    hit = attack * float(model.guilty @ plan) + (1 - attack) * float(model.innocent @ plan)
    low = min(max(cutoff, 0.0), 1.0)
    strategies = {CUTOFF: cutoff}
    strategies |= dict(zip(RETALIATION, map(float, plan), strict=True))
    strategies |= dict(zip(SUSPICION, map(float, model.suspicion(attack)), strict=True))
    return Play(
        outcomes={"no attack": 1 - attack, "attack": attack},
        payoffs={"Attacker": model.opportunity * (1 - low**2) / 2 - hit, "Defender": float(model.worth(plan))},
        strategies=strategies,
        gain=gains,
        recomputed=model.recomputed(plan),
        name=CLASSES.get(tuple(map(float, plan)), "answers a signal at times"),
    )


@family
def commitment(bound: bool = False) -> ContinuousGame:
    """Return the model, with a Defender that retaliates as it pays or one that can bind itself beforehand.

    Parameters
    ----------
    bound
        Whether the Defender announces a plan that it must keep.
    """

    @continuous(
        *PLAYERS,
        outcomes=OUTCOMES,
        name="commitment",
        concept="Stackelberg equilibrium" if bound else "perfect Bayesian equilibrium",
        assumes=lambda p: (p.telling + p.weak <= 1, p.false_telling + p.false_weak <= 1),
    )
    def model(
        *,
        opportunity: Any = share(
            0.9,
            "chance that the Attacker has an opportunity",
            symbol=r"\gamma",
            plausible=(0.3, 1),
            why="low enough for trust, high enough for constant suspicion",
        ),
        telling: Any = share(
            0.5,
            "chance of the telling signal after an attack",
            symbol=r"\pi_1",
            plausible=(0.2, 0.65),
            why="leaves room for weak signals and for silence",
        ),
        weak: Any = share(
            0.3,
            "chance of the weak signal after an attack",
            symbol=r"\pi_2",
            plausible=(0.05, 0.35),
            why="less frequent than the telling signal, for the most part",
        ),
        false_telling: Any = share(
            0.05,
            "chance of the telling signal without an attack",
            symbol=r"\phi_1",
            plausible=(0, 0.2),
            why="rare, or the signal would not be telling",
        ),
        false_weak: Any = share(
            0.45,
            "chance of the weak signal without an attack",
            symbol=r"\phi_2",
            plausible=(0.05, 0.8),
            why="from a signal that incriminates to one that exculpates",
        ),
        taste: Any = share(
            0.7,
            "what retaliating against the guilty is worth to the Defender",
            symbol="y",
            plausible=(0.3, 0.95),
            why="from answering probable guilt only to answering slight suspicion",
        ),
        damage: Any = param(
            1,
            "harm that an attack does to the Defender",
            low=0,
            high=10,
            symbol="K",
            plausible=(0, 3),
            why="up to three times what a wrongful answer costs",
        ),
    ) -> Answer:
        """Attack or not; one of two signals, or silence; retaliate or not. The Attacker's gain is private."""
        attacker = OneAttacker((telling, weak), (false_telling, false_weak), opportunity, taste, damage)
        if bound:
            return _bound(attacker)
        plays = tuple(_play(attacker, plan, attacker.gains(plan)) for plan in attacker.plans())
        return Answer(plays, "solved" if plays else "no equilibrium in which at most one signal leaves doubt")

    return model


def _bound(attacker: OneAttacker) -> Answer:
    """Return the plan that is best for a Defender who must keep it, with what another plan would gain."""
    low, high = np.zeros(2), np.ones(2)
    plan = low
    for _ in range(5):
        ways = [np.linspace(a, b, 41) for a, b in zip(low, high, strict=True)]
        plans = np.stack(np.meshgrid(*ways, indexing="ij"), axis=-1).reshape(-1, 2)
        plan = plans[int(np.argmax(attacker.worth(plans)))]
        width = (high - low) / 20
        low, high = np.maximum(plan - width, 0), np.minimum(plan + width, 1)
    way = np.linspace(0, 1, GRID)
    everywhere = np.stack(np.meshgrid(way, way), axis=-1)
    gains = {"Attacker": attacker.attackers_gain(plan), "Defender": _better(attacker, plan, everywhere)}
    return Answer((_play(attacker, plan, gains),), "solved on finer and finer grids")


def _better(attacker: OneAttacker, plan: Any, plans: Any) -> float:
    """Return what the Defender gains by announcing another of some plans."""
    return largest_gain(attacker.worth(plan), (attacker.worth(plans),))


def _numbers(bound: bool) -> ask.Question:
    """Ask for the retaliation after both signals, the cutoff and the Defender's payoff."""

    def asked(model: Any) -> list[float]:
        from deterrence.solvers.solve import solve

        equilibrium = solve(commitment(bound).at(model.game.values))[0]
        return [*(equilibrium.strategies[name] for name in (*RETALIATION, CUTOFF)), equilibrium.payoffs["Defender"]]

    return asked


def _curves(model: Any, ax: Any) -> Any:
    """Draw the chance of an attack against how often the weak signal is false."""
    from deterrence.analysis.sweep import sweep

    axes = sweep(model.game, "attack", false_weak=np.linspace(0.05, 0.95, 91).round(4)).plot(ax=ax)
    axes.set_ylim(0, 1)
    return axes


MODEL = Model(
    commitment(),
    source="baliga2020",
    relation="reduction",
    changed=(
        "One attacker, a known taste for retaliation and a weak signal that exculpates: outside the work's "
        "assumption that every signal is likelier after an attack."
    ),
    topic="attribution",
    note="The question is the paper's; this case of it is our own.",
    assumptions=(
        "The Attacker's gain is private and spread evenly on [0, 1]; retaliation costs it 1.",
        "The Defender's taste for retaliation is known; an innocent wrongly hit costs it 1.",
        "Nobody is retaliated against after silence.",
    ),
    claims=(
        Claim(
            "The Defender retaliates after both signals and gets -0.332700; the Attacker attacks from 0.30.",
            "",
            _numbers(bound=False),
            ["1", "1", "0.30", "-0.332700"],
            basis="computed",
        ),
        Claim(
            "After them it suspects an attack with 0.944528 and 0.531646.",
            "",
            lambda model: [
                ask.value_at(lambda equilibrium, name=name: equilibrium.strategies[name])(model) for name in SUSPICION
            ],
            ["0.944528", "0.531646"],
            basis="computed",
        ),
        Claim(
            "The Attacker then expects -0.2795, and the Defender -0.9627 where an attack costs it 2.",
            "",
            lambda model: [
                ask.value_at(payoff("Attacker"))(model),
                ask.value_at(payoff("Defender"), "", damage=2)(model),
            ],
            # it attacks with 0.9 0.7 = 0.63 and gains 0.9 (1 - 0.09) / 2, and is hit with 0.63 0.8 + 0.37 0.5 = 0.689;
            # the Defender gets 0.7 0.689 - 0.37 0.5 - 2 0.63
            ["-0.279500", "-0.962700"],
            basis="computed",
        ),
        Claim(
            "The chances of the signals, of an attack and of none, are at most 1 together.",
            "",
            lambda model: [
                ask.admits(**values)(model)
                for values in ({"telling": 0.7}, {"telling": 0.71}, {"false_weak": 0.95}, {"false_weak": 0.96})
            ],
            [True, False, True, False],
        ),
        Claim(
            "With a taste of 0.4 it answers the telling signal alone and gets -0.41115; with one of 0.005 it answers "
            "nothing.",
            "",
            lambda model: [
                ask.classes_at(taste=0.4)(model),
                ask.value_at(payoff("Defender"), "", taste=0.4)(model),
                ask.classes_at(taste=0.005)(model),
            ],
            # attacks have 0.9 0.55 = 0.495; the telling signal is worth 0.27275 0.4 - 0.02525 to answer, the weak one
            # 0.37575 0.4 - 0.22725; at 0.005 attacks have 0.9, and even the telling one is worth 0.455 0.005 - 0.005
            [{"answers the telling signal"}, "-0.411150", {"answers nothing"}],
            basis="computed",
        ),
        Claim(
            "Bound by an announcement it spares the weak signal; the cutoff is 0.45, its payoff -0.329325.",
            "",
            _numbers(bound=True),
            ["1", "0", "0.45", "-0.329325"],
            basis="computed",
        ),
        Claim(
            "Being able to bind itself never hurts the Defender.",
            "",
            ask.always(
                lambda game, solution: all(
                    commitment(bound=True).at(game.values).solution()[0].payoffs["Defender"]
                    >= equilibrium.payoffs["Defender"] - 1e-6
                    for equilibrium in solution
                )
            ),
        ),
    ),
    draws=_curves,
    does_not_say="""\
How a Defender could bind itself is left open. Where every signal is likelier after an attack, more retaliation deters
more, and a Defender might want to announce more of it than it would carry out, not less.""",
    theory=Theory(
        mechanism=("attribution", "commitment"),
        actors="two states",
        information=("noisy signal", "one-sided"),
        result=("deters",),
        finding=(
            "A Defender that binds itself forgoes answers to signals that an innocent is likelier to cause, and "
            "deters more."
        ),
        means=("punishment",),
        phase=("general",),
        neighbours={
            "baliga2020/imperfect_attribution": "There nobody can bind itself, and several may have attacked.",
            "avenhaus2002/noisy_attribution": "There the gain from a strike is known.",
        },
    ),
)
