"""Called Bluff: one side would fight rather than yield, the other would not.

The row has the payoffs of a Prisoner's Dilemma, for which standing firm is always better; the column has those
of Chicken, for which it is not. In the only equilibrium the row prevails.
"""

from __future__ import annotations

from deterrence.answers.measure import payoff
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.snyder1977._matrix import cells_pay, crisis_game, crisis_model
from deterrence.models.theory import Theory

called_bluff = crisis_game(
    "called-bluff", "A side that would fight, T > R > P > S, against one that would not, T > R > S > P.", "TRPS", "TRSP"
)


MODEL = crisis_model(
    called_bluff,
    ("Row prevails",),
    topic="credibility",
    does_not_say="""\
There is no bluff in it, for everybody knows everything: it says how the crisis ends once the bluff is called. How
resolve is feigned, doubted and found out needs a model of hidden types.""",
    theory=Theory(
        mechanism=("coordination", "credibility"),
        actors="two states",
        information=("complete",),
        result=("deters",),
        finding="The side that would rather fight than yield prevails over the one that would not.",
        neighbours={
            "snyder1977/chicken": "There neither would rather fight.",
            "snyder1977/prisoners_dilemma": "There both would.",
        },
    ),
    claims=(
        Claim(
            "The side that would fight prevails whatever the payoffs, and nothing else is an equilibrium.",
            "ch. 2",
            ask.always(lambda _, found: [one.name for one in found] == ["Row prevails"]),
        ),
        Claim(
            "At ranks 4 to 1 the row gets 4.",
            "",
            ask.value_at(payoff("Row")),
            4,
            basis="computed",
        ),
        Claim(
            "There the column gets 2.",
            "",
            ask.value_at(payoff("Column")),
            2,
            basis="computed",
        ),
        Claim(
            "The side that yields gets more than conflict would bring it: its bluff was worth calling.",
            "",
            ask.always(lambda game, found: found[0].payoffs["Column"] > game.values["column_punishment"]),
        ),
        Claim(
            "Each would prefer that the other yields: the row's victory is the column's second worst.",
            "",
            ask.always(lambda game, found: found[0].payoffs["Column"] < game.values["column_reward"]),
        ),
        cells_pay((3, 3), (1, 4), (4, 2), (2, 1)),
    ),
)
