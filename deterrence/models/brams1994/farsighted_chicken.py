"""Farsighted Chicken: play starts from a state, and each looks several moves ahead.

In the theory of moves two players start from a cell of the table, move in turn and stop where looking ahead tells
them to. In Chicken the compromise is then stable, and so is each one's victory; from the disaster it depends on who
yields first. In the Prisoner's Dilemma mutual co-operation is stable as well, which no Nash equilibrium is.
"""

from __future__ import annotations

from typing import Any

from deterrence.games.game import Game
from deterrence.games.matrices import bimatrix, matrix
from deterrence.games.notation import end, game
from deterrence.games.tree import Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory
from deterrence.ordinal.moves import theory_of_moves

Ranks = tuple[int, int]


@game("Row", "Column", name="farsighted-chicken")
def farsighted_chicken() -> Node:
    """Yield or stand firm; 4 is best, 1 is worst."""
    return matrix(
        {
            "yield": {"yield": end("compromise", 3, 3), "stand firm": end("Column prevails", 2, 4)},
            "stand firm": {"yield": end("Row prevails", 4, 2), "stand firm": end("disaster", 1, 1)},
        }
    )


def ordinal_game(*cells: Ranks) -> Game:
    """Return a two-by-two game by its ranks, row by row: first CC and CD, then DC and DD."""
    rows = [[pair[0] for pair in cells[:2]], [pair[0] for pair in cells[2:]]]
    columns = [[pair[1] for pair in cells[:2]], [pair[1] for pair in cells[2:]]]
    return bimatrix(rows, columns, actions=(("C", "D"), ("C", "D")))


DILEMMA = ordinal_game((3, 3), (1, 4), (4, 1), (2, 2))
STAG_HUNT = ordinal_game((4, 4), (1, 3), (3, 1), (2, 2))
CALLED_BLUFF = ordinal_game((3, 3), (1, 4), (4, 2), (2, 1))
DEADLOCK = ordinal_game((2, 2), (1, 4), (4, 1), (3, 3))


def _from(start: Ranks) -> ask.Question:
    """Ask where play ends from a state, by ranks."""
    return lambda model: theory_of_moves(model.game).ends_by_ranks().get(start)


def _everywhere(other: Game) -> ask.Question:
    """Ask for the ends from all states of another game, by ranks."""
    return lambda model: frozenset(end for ends in theory_of_moves(other).ends_by_ranks().values() for end in ends)


def _draw(model: Any, ax: Any) -> Any:
    """Draw the four states with the moves between them."""
    from deterrence.ordinal.conflict import Conflict

    return Conflict.from_game(model.game).plot(ax)


MODEL = Model(
    farsighted_chicken,
    source="brams1994",
    relation="exact",
    changed="Nothing is changed in the rules, as recalled: play starts in a state, and either may move.",
    topic="stability analysis",
    note="""The rules, with the two-sidedness convention, are recalled and not re-read. The ends given were found by
an independent computation and, for Chicken and the Prisoner's Dilemma, agree with the published non-myopic
equilibria.""",
    assumptions=(
        "Play starts in a state, and either may move first.",
        "They move in strict turns, and see up to four moves ahead.",
        "Nobody moves to end where it began, or worse.",
    ),
    does_not_say="""\
Time does not pass: the states on the way cost nothing, and where play starts is not explained. Which of two ends is
reached, where it depends on who is first, is left open.""",
    theory=Theory(
        mechanism=("coordination",),
        actors="two states",
        information=("complete",),
        result=("several outcomes", "deters"),
        finding="Who looks several moves ahead keeps the compromise of Chicken.",
        phase=("general",),
        neighbours={
            "snyder1977/chicken": "There both choose once and at the same time.",
            "fang1993/elmira": "There options and rankings take the place of a table.",
        },
    ),
    names={
        "Row prevails": {"Row": "stand firm", "Column": "yield"},
        "Column prevails": {"Row": "yield", "Column": "stand firm"},
        "mixed": {"Row": "mixed", "Column": "mixed"},
    },
    claims=(
        Claim(
            "In Chicken the compromise lasts.",
            "",
            _from((3, 3)),
            {(3, 3)},
            basis="computed",
        ),
        Claim(
            "Who prevails at first gives way in the end.",
            "",
            _from((4, 2)),
            {(2, 4)},
            basis="computed",
        ),
        Claim(
            "So does the other.",
            "",
            _from((2, 4)),
            {(4, 2)},
            basis="computed",
        ),
        Claim(
            "From the disaster it depends on who yields first.",
            "",
            _from((1, 1)),
            {(2, 4), (4, 2)},
            basis="computed",
        ),
        Claim(
            "Chicken has three non-myopic equilibria.",
            "the published set",
            lambda model: frozenset(theory_of_moves(model.game).equilibrium_ranks),
            {(3, 3), (2, 4), (4, 2)},
            basis="stated",
        ),
        Claim(
            "In the Prisoner's Dilemma both co-operation and its absence last.",
            "the published set",
            lambda model: frozenset(theory_of_moves(DILEMMA).equilibrium_ranks),
            {(3, 3), (2, 2)},
            basis="stated",
        ),
        Claim(
            "There play ends in co-operation from every state but the mutual refusal.",
            "",
            lambda model: theory_of_moves(DILEMMA).ends_by_ranks(),
            {(3, 3): {(3, 3)}, (1, 4): {(3, 3)}, (4, 1): {(3, 3)}, (2, 2): {(2, 2)}},
            basis="computed",
        ),
        Claim(
            "In the Stag Hunt play ends in what is best for both.",
            "",
            _everywhere(STAG_HUNT),
            {(4, 4)},
            basis="computed",
        ),
        Claim(
            "In Called Bluff it ends at (4, 2).",
            "",
            _everywhere(CALLED_BLUFF),
            {(4, 2)},
            basis="computed",
        ),
        Claim(
            "In Deadlock it ends at (3, 3).",
            "",
            _everywhere(DEADLOCK),
            {(3, 3)},
            basis="computed",
        ),
        Claim(
            "The four cells are (3, 3), (2, 4), (4, 2) and (1, 1), row by row.",
            "",
            ask.each_of(
                *(
                    ask.payoffs_of({"Row": row, "Column": column})
                    for row in ("yield", "stand firm")
                    for column in ("yield", "stand firm")
                )
            ),
            [(3, 3), (2, 4), (4, 2), (1, 1)],
            basis="computed",
        ),
    ),
    draws=_draw,
)
