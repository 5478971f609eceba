"""A ladder of risk: escalate or submit, rung by rung.

Two states take turns. Submitting leaves the prize ``w`` to the other and gives ``s``; escalating runs a chance
``f`` of a disaster that costs ``d``, and passes the turn. On the last rung one must submit. Whoever would face a
rung alone escalates where ``f`` is at most its resolve ``R = (w - s)/(w + d)``; with several rungs who submits
depends on how many are left, and whether their number is even or odd.
"""

from __future__ import annotations

from typing import Any

from deterrence.games.game import Game
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

STATES = ("First mover", "Second mover")


def ladder_of(rungs: int) -> Game:
    """Return the ladder with a number of rungs that may be climbed, at least 1."""

    @game(*STATES, name="ladder")
    def ladder(
        *,
        prize: Any = param(
            1,
            "what the other's submission is worth",
            low=0,
            high=10,
            symbol="w",
            plausible=(0.2, 4),
            why="holds 0.44, below which one rung's risk is too high",
        ),
        submission: Any = param(
            0,
            "payoff of submitting",
            low=-10,
            high=10,
            symbol="s",
            plausible=(-2, 0.8),
            why="above 0.5 submitting beats the risk of one rung",
        ),
        first_disaster: Any = param(
            4,
            "what disaster costs the First mover",
            low=0,
            high=100,
            symbol="d_1",
            plausible=(1, 20),
            why="above 9 the First mover's resolve is below the risk",
        ),
        second_disaster: Any = param(
            4,
            "what disaster costs the Second mover",
            low=0,
            high=100,
            symbol="d_2",
            plausible=(1, 25),
            why="above 9 the Second mover's resolve is below the risk",
        ),
        risk: Any = share(
            0.1,
            "chance that a rung ends in disaster",
            symbol="f",
            plausible=(0.01, 0.4),
            why="holds 0.2, the default resolve, above which nobody escalates",
        ),
    ) -> Assumed:
        """Escalate or submit, until someone submits or disaster strikes."""
        ruin = end("disaster", -first_disaster, -second_disaster)

        def submits(turn: int) -> Node:
            if turn % 2 == 0:
                return end("First mover submits", submission, prize)
            return end("Second mover submits", prize, submission)

        def rung(turn: int) -> Node:
            if turn == rungs:
                return submits(turn)
            higher = chance({"slips": (risk, ruin), "holds": (1 - risk, rung(turn + 1))})
            return move(STATES[turn % 2], submit=submits(turn), escalate=higher, information=f"rung {turn + 1}")

        return where(rung(0), submission < prize)

    return ladder


def _plan(model: Any) -> str:
    """Return what is done on each rung in the one equilibrium: S to submit, E to escalate."""
    (one,) = model.solve()
    return "".join("S" if row["submit"] == 1 else "E" for row in one.strategies.values())


def _of_one_rung(question: ask.Question) -> ask.Question:
    """Ask about the ladder of one rung."""
    return lambda model: question(Model(ladder_of(1)))


def _over_risk(model: Any, ax: Any) -> Any:
    """Draw the chance of disaster over the risk of a rung."""
    from deterrence.analysis.sweep import sweep

    uneven = model.game.at(second_disaster=20)
    return sweep(uneven, "disaster", risk=[number / 200 for number in range(1, 61)]).plot(ax=ax)


HIGHER_RESOLVE_OF_FIRST: dict[str, Any] = {"second_disaster": 20}

MODEL = Model(
    ladder_of(6),
    source="powell1990",
    relation="reduction",
    changed="A finite ladder of six rungs with complete information, where the work's later chapters hide resolve.",
    topic="brinkmanship",
    note="The resolve R is the work's. Recalled, not re-read; illustrative payoffs, those of the reference numbers.",
    assumptions=(
        "Each knows what the other has at stake.",
        "Every rung runs the same risk, which nobody can lower.",
        "Whoever stands on the top rung has to submit.",
    ),
    does_not_say="""\
It knows no doubt about resolve, which is what brinkmanship is about: here the weaker side gives way at once.
The parity of the number of rungs decides much, and is nothing in the world.""",
    theory=Theory(
        mechanism=("brinkmanship", "escalation"),
        actors="two states",
        information=("complete",),
        result=("deters",),
        finding=(
            "Who submits depends on resolve, on how many rungs are left, and on whether their number is even or odd."
        ),
        means=("punishment",),
        neighbours={
            "nalebuff1986/risk_auction": "There resolve is hidden and risk grows without steps.",
            "cases/cuba_1962": "There one risk is run, with more in the balance.",
            "kilgour2007/asymmetric_escalation": "There escalation is an act and not a risk.",
        },
    ),
    names={"no crisis": {"rung 1": "submit"}, "escalation": {"rung 1": "escalate"}},
    claims=(
        Claim(
            "A state that faces one rung escalates where the risk is at most R = (w - s)/(w + d).",
            "the definition of resolve",
            _of_one_rung(ask.threshold_of("risk", "escalate")),
            lambda p: (p.prize - p.submission) / (p.prize + p.first_disaster),
            basis="stated",
        ),
        Claim(
            "With w = 1, s = 0 and d = 4 resolve is 0.2.",
            "",
            _of_one_rung(ask.threshold_value("risk", "escalate", prize=1, submission=0, first_disaster=4)),
            "0.2",
            basis="computed",
        ),
        Claim(
            "With w = 1, s = -0.5 and d = 9 it is 0.15.",
            "",
            _of_one_rung(ask.threshold_value("risk", "escalate", prize=1, submission=-0.5, first_disaster=9)),
            "0.15",
            basis="computed",
        ),
        Claim(
            "On six rungs of risk 0.1 with equal resolve the First mover submits at once: the payoffs are 0 and 1.",
            "",
            lambda model: tuple(model.solve()[0].payoffs.values()),
            (0, 1),
            basis="computed",
        ),
        Claim(
            "The plan alternates: submit, escalate, submit, escalate, submit, escalate.",
            "",
            _plan,
            "SESESE",
            basis="computed",
        ),
        Claim(
            "On five rungs it is the First mover who escalates: the number of rungs decides.",
            "",
            lambda model: _plan(Model(ladder_of(5))),
            "ESESE",
        ),
        Claim(
            "At a risk of 0.25, above both sides' resolve, nobody escalates anywhere.",
            "",
            lambda model: _plan(model.at(risk=0.25)),
            "SSSSSS",
            basis="computed",
        ),
        Claim(
            "A First mover of higher resolve escalates once and wins: it expects 0.5.",
            "",
            ask.value_at(lambda one: one.payoffs["First mover"], **HIGHER_RESOLVE_OF_FIRST),
            "0.5",
            basis="computed",
        ),
        Claim(
            "Its rival expects -2: one rung's risk of a disaster that costs 20.",
            "",
            ask.value_at(lambda one: one.payoffs["Second mover"], **HIGHER_RESOLVE_OF_FIRST),
            "-2.0",
            basis="computed",
        ),
        Claim(
            "To submit is worth less than the prize.",
            "",
            ask.each_of(ask.admits(submission=0.99), ask.admits(submission=1)),
            [True, False],
        ),
    ),
    draws=_over_risk,
)
