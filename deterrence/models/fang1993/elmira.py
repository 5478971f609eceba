"""Elmira: a polluted aquifer, a ministry, a firm and a town.

In 1989 a carcinogen was found in the aquifer that supplied Elmira, Ontario, and the Ministry of the Environment
issued a control order against Uniroyal, a chemical firm. The Ministry may modify its order; Uniroyal may delay,
accept it or abandon its plant; the local government may insist on the order as it was. What the Ministry modifies
stays so, and Uniroyal can neither take up delay again nor come back. Of nine states three are equilibria under every
concept: delay against an insistent town (5), the modified order accepted (8), and the plant abandoned (9). Uniroyal
and the Ministry together would rather move from the first to the second.
"""

from __future__ import annotations

from typing import Any

from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory
from deterrence.ordinal.conflict import Conflict
from deterrence.ordinal.options import conflict_from_options
from deterrence.ordinal.stabilising import stabilising_preferences

STATES = {
    1: "Delay",
    2: "Modify + Delay",
    3: "Accept",
    4: "Modify + Accept",
    5: "Delay + Insist",
    6: "Modify + Delay + Insist",
    7: "Accept + Insist",
    8: "Modify + Accept + Insist",
    9: "Abandon",
}
"""The states by the numbers that the literature gives them."""


def named(number: int) -> str:
    """Return the name of a state by its number."""
    return f"{number} {STATES[number]}"


RANKINGS = {
    "Ministry": (7, 3, 4, 8, 5, 1, 2, 6, 9),
    "Uniroyal": (1, 4, 8, 5, 9, 3, 7, 2, 6),
    "Local government": (7, 3, 5, 1, 8, 6, 4, 2, 9),
}
"""From best to worst, by number."""

elmira: Conflict = conflict_from_options(
    {"Ministry": ["Modify"], "Uniroyal": ["Delay", "Accept", "Abandon"], "Local government": ["Insist"]},
    {player: [named(number) for number in ranking] for player, ranking in RANKINGS.items()},
    infeasible=[
        {"Delay": False, "Accept": False, "Abandon": False},
        {"Delay": True, "Accept": True},
        {"Delay": True, "Abandon": True},
        {"Accept": True, "Abandon": True},
    ],
    same=[{"Abandon": True}],
    irreversible={"Modify": "taken", "Delay": "dropped", "Abandon": "taken"},
    names={state: named(number) for number, state in STATES.items()},
    name="elmira",
    caption="A polluted aquifer, a ministry, a firm and a town.",
)

MOVES = {
    "Ministry": ((1, 2), (3, 4), (5, 6), (7, 8)),
    "Uniroyal": ((1, 3), (1, 9), (2, 4), (2, 9), (3, 9), (4, 9), (5, 7), (5, 9), (6, 8), (6, 9), (7, 9), (8, 9)),
    "Local government": ((1, 5), (5, 1), (2, 6), (6, 2), (3, 7), (7, 3), (4, 8), (8, 4)),
}
"""The moves as the literature lists them."""

EVERYWHERE, AT_BEST = frozenset(range(1, 10)), frozenset({1, 4, 5, 8, 9})
STABLE: dict[str, dict[str, frozenset[int]]] = {
    "Ministry": dict.fromkeys(("Nash", "GMR", "SMR", "SEQ"), EVERYWHERE),
    "Uniroyal": dict.fromkeys(("Nash", "GMR", "SMR", "SEQ"), AT_BEST),
    "Local government": {
        "Nash": frozenset({5, 6, 7, 8, 9}),
        "GMR": EVERYWHERE,
        "SMR": EVERYWHERE,
        "SEQ": EVERYWHERE - {1, 4},
    },
}
"""For each decision maker and concept the states in which it would stay."""


def _numbers(states: Any) -> frozenset[int]:
    return frozenset(int(state.split()[0]) for state in states)


def _equilibria(concept: str) -> ask.Question:
    """Ask for the equilibria under a concept, by number."""
    return lambda model: _numbers(model.solve().equilibria(concept))


def _stays(player: str) -> ask.Question:
    """Ask for the states in which a decision maker would stay, by concept."""

    def asked(model: Any) -> dict[str, frozenset[int]]:
        answer = model.solve()
        return {c: _numbers(s for s in answer.conflict.states if answer.stable(s, player, c)) for c in answer.concepts}

    return asked


def _steps(model: Any) -> dict[str, frozenset[str]]:
    """Return each decision maker's moves by the numbers of the states."""
    numbers = {named(number): number for number in STATES}
    return {
        player: frozenset(f"{numbers[one]} to {numbers[other]}" for one, reached in rows.items() for other in reached)
        for player, rows in model.game.moves.items()
    }


MODEL = Model(
    elmira,
    source="fang1993",
    relation="exact",
    changed="The states are made from options here, and have the published numbers.",
    topic="stability analysis",
    note=(
        "Moves and rankings are those of published programs that carry the example; the published stabilities are "
        "recalled, not re-read in the book."
    ),
    assumptions=(
        "Each decision maker knows what the others can do and prefer.",
        "A state may last, and each may move at any time.",
        "What is modified, given up or abandoned stays so.",
    ),
    does_not_say="""\
Rankings have no strength: that something is far worse cannot be said. Stability tells which states may last, and
neither which of them is reached nor how. The rankings are an analyst's reading of a dispute of 1991, not the parties'
own words.""",
    theory=Theory(
        mechanism=("coordination", "bargaining"),
        actors="state and opposition",
        information=("complete",),
        result=("several outcomes",),
        finding="Three of nine states are stable under every concept, and two may leave one of them together.",
        neighbours={
            "brams1994/farsighted_chicken": "There two players look ahead from the cells of a table.",
        },
    ),
    claims=(
        Claim(
            "The options, what cannot be and what is irreversible make the published moves.",
            "the published matrices of moves",
            _steps,
            {player: frozenset(f"{one} to {other}" for one, other in pairs) for player, pairs in MOVES.items()},
            basis="stated",
        ),
        *(
            Claim(
                f"{player} would stay in the states published.",
                "",
                _stays(player),
                states,
                basis="computed",
            )
            for player, states in STABLE.items()
        ),
        Claim(
            "States 5, 8 and 9 are Nash equilibria.",
            "",
            _equilibria("Nash"),
            {5, 8, 9},
            basis="computed",
        ),
        Claim(
            "They are the sequential equilibria too.",
            "",
            _equilibria("SEQ"),
            {5, 8, 9},
            basis="computed",
        ),
        Claim(
            "States 1 and 4 are general metarational equilibria besides.",
            "",
            _equilibria("GMR"),
            {1, 4, 5, 8, 9},
            basis="computed",
        ),
        Claim(
            "States 1 and 4 are symmetric metarational ones as well.",
            "",
            _equilibria("SMR"),
            {1, 4, 5, 8, 9},
            basis="computed",
        ),
        Claim(
            "From 5 the Ministry and Uniroyal can improve together, by moving to 8.",
            "",
            lambda model: {
                " and ".join(coalition): _numbers(better)
                for coalition, better in model.solve().coalition_improvements(named(5)).items()
            },
            {"Ministry and Uniroyal": frozenset({8})},
        ),
        Claim(
            "State 1, delay without protest, would be a sequential equilibrium only if the local government did not "
            "prefer to insist.",
            "",
            lambda model: tuple(
                map(_numbers, stabilising_preferences(model.game, named(1), "Local government", "SEQ").changes)
            ),
            (frozenset({5}),),
        ),
        Claim(
            "From best to worst the rankings are the published ones.",
            "the published rankings",
            lambda model: {
                player: "".join(state[0] for (state,) in order) for player, order in model.game.preferences.items()
            },
            {"Ministry": "734851269", "Uniroyal": "148593726", "Local government": "735186429"},
            basis="stated",
        ),
    ),
    draws=lambda model, ax: model.game.plot(ax),
)
