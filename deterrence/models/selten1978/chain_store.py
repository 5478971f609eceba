"""The chain store paradox: deterrence by example unravels from the last market.

A store meets one entrant after another, each in its own market; an entrant stays out or enters, and the store then
shares the market or fights. Fighting costs more than sharing once entry has happened. In the last market nobody
is left to be impressed, so the store shares; so it does in the one before, and so from the first: with any known
number of markets all entrants enter and none is fought. A threat to fight is a Nash equilibrium all the same.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.errors import GameError
from deterrence.games.game import Game
from deterrence.games.notation import end, game, move, where
from deterrence.games.parameter import param
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory
from deterrence.solvers.nash import Nash

MOST_MARKETS = 5
"""Each market has three ends, so that five make a tree of 243."""


def chain_store(markets: int) -> Game:
    """Return the game with so many markets, from 1 to 5; every player sees all that happened before.

    Raises
    ------
    GameError
        If the number of markets is no whole number from 1 to 5.
    """
    if type(markets) is not int or not 1 <= markets <= MOST_MARKETS:
        raise GameError(f"The number of markets is {markets!r}; it must be a whole number from 1 to {MOST_MARKETS}.")
    entrants = [f"Entrant {k + 1}" for k in range(markets)]

    def played(
        *,
        monopoly: Any = param(
            5,
            "store's profit in a market without entry",
            low=0,
            high=20,
            symbol="m",
            plausible=(2.5, 10),
            why="from little better than sharing to five times as good",
        ),
        shared: Any = param(
            2,
            "store's profit in a market that it shares",
            low=0,
            high=20,
            symbol="s",
            plausible=(0.8, 4),
            why="a living, but less than a market to itself",
        ),
        fought: Any = param(
            0,
            "store's profit in a market that it fights for",
            low=-10,
            high=20,
            symbol="w",
            plausible=(-4, 1.5),
            why="from a price war's losses to a smaller profit",
        ),
        entry: Any = param(
            2,
            "entrant's profit where the store shares",
            low=0,
            high=20,
            symbol="e",
            plausible=(1.2, 5),
            why="entry that pays, by little or much, unless fought",
        ),
        outside: Any = param(
            1,
            "entrant's profit if it stays out",
            low=0,
            high=20,
            symbol="o",
            plausible=(0.2, 1.8),
            why="what else the entrant could earn: something, less than entry",
        ),
        resisted: Any = param(
            0,
            "entrant's profit where the store fights",
            low=-10,
            high=20,
            symbol="x",
            plausible=(-3, 0.8),
            why="a fight ruins the entrant or merely disappoints it",
        ),
    ) -> Assumed:
        worth = {"out": (monopoly, outside), "shared": (shared, entry), "fought": (fought, resisted)}

        def market(history: tuple[str, ...]) -> Node:
            k = len(history)
            if k == markets:
                told = ", ".join(f"{history.count(what)} {what}" for what in worth)
                return end(told, sum(worth[what][0] for what in history), *(worth[what][1] for what in history))
            before = f" after {', '.join(history)}" if history else ""
            answers = {"share": market((*history, "shared")), "fight": market((*history, "fought"))}
            answer = move("Store", answers, information=f"Store, market {k + 1}{before}")
            choices = {"stay out": market((*history, "out")), "enter": answer}
            return move(entrants[k], choices, information=f"{entrants[k]}{before}")

        return where(market(()), fought < shared, shared < monopoly, resisted < outside, outside < entry)

    played.__doc__ = "Entrants come one by one, and each time the store shares the market or fights."
    return game("Store", *entrants, name=f"chain-store-{markets}")(played)


def _unravels(_game: Any, solution: Any) -> bool:
    """Tell whether everyone enters and nobody fights, whatever happened before, and no other equilibrium exists."""
    plays = [play for equilibrium in solution for play in equilibrium.strategies.values()]
    return len(solution) == 1 and all(play.get("enter", play.get("share")) == 1 for play in plays)


def _longer(_model: Any) -> bool:
    from deterrence.solvers.solve import solve

    return all(_unravels(chain_store(markets), solve(chain_store(markets))) for markets in (1, 2, 4))


def _ends_of_nash(_model: Any) -> set[str]:
    """Return how the Nash equilibria of a single market end where they end in one way."""
    from deterrence.solvers.solve import solve

    return {name for equilibrium in solve(chain_store(1), Nash()) for name, p in equilibrium.outcomes.items() if p == 1}


def _all_play(entrants: str, store: str) -> ask.Question:
    """Ask what the store and the three entrants get if all entrants do the same, and the store in all markets."""
    return ask.payoffs_of({f"Entrant {k}": entrants for k in (1, 2, 3)} | {"Store": store})


def _draw(_model: Any, ax: Any) -> Any:
    from deterrence.plot import plot_tree

    return plot_tree(chain_store(2), ax=ax)


MODEL = Model(
    chain_store(3),
    source="selten1978",
    relation="reduction",
    changed="Three markets, which are enough for the argument; the work has twenty.",
    topic="reputation",
    related=("selten1975", "kreps1982reputation"),
    note=(
        "The payoffs 5, 2 and 0 of the store and 2, 1 and 0 of the entrants are the source's, recalled and not re-read."
    ),
    assumptions=(
        "Everybody knows how many markets there are, and everybody's payoffs.",
        "All entries and answers are seen.",
        "Nobody can bind itself.",
    ),
    does_not_say="""\
It does not say how people play it: Selten himself expected the early entrants to be fought. The slightest doubt
about the store's payoffs changes the result, as in the models of reputation.""",
    theory=Theory(
        mechanism=("reputation", "credibility"),
        actors="many challengers",
        information=("complete",),
        result=("no effect",),
        finding="Deterrence by example unravels from the last market, however many there are.",
        means=("punishment",),
        phase=("general",),
        neighbours={
            "kreps1982reputation/entry_deterrence": "There a small chance of toughness restores deterrence.",
            "schelling1966/salami_tactics": "There one challenger comes back, and a war may settle the rest.",
        },
    ),
    names={"entry everywhere": {"Entrant 1": "enter"}, "deterrence": {"Entrant 1": "stay out"}},
    claims=(
        Claim(
            "With three markets, every entrant enters and none is fought, whatever happened before.",
            "",
            ask.always(_unravels),
        ),
        Claim("It is the same with one market, two and four.", "", _longer),
        Claim("So all three markets are shared.", "", ask.value_at("0 out, 3 shared, 0 fought"), 1),
        Claim(
            "The store gets the profit of three shared markets.",
            "",
            ask.formula_of(payoff("Store"), "entry everywhere"),
            lambda p: 3 * p.shared,
        ),
        Claim("That is 6, where deterrence would bring it 15.", "", ask.value_at(payoff("Store")), 6),
        Claim(
            "In a single market the threat to fight is a Nash equilibrium, which is not subgame perfect.",
            "",
            _ends_of_nash,
            {"1 out, 0 shared, 0 fought", "0 out, 1 shared, 0 fought"},
        ),
        Claim(
            "All out brings the store 15 and every entrant 1; all shared 6 and 2 each; all fought nothing to anybody.",
            "",
            ask.each_of(_all_play("stay out", "fight"), _all_play("enter", "share"), _all_play("enter", "fight")),
            [(15, 1, 1, 1), (6, 2, 2, 2), (0, 0, 0, 0)],
            basis="computed",
        ),
    ),
    draws=_draw,
)
