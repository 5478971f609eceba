"""Salami tactics: take slice after slice, each too small to go to war for.

A Challenger may take n slices one by one, each worth ``v = V/n`` of a whole ``V``. The Defender may let a slice go, or
fight for it at a cost ``w``. A war always saves its slice; only with chance ``s`` does it also settle the matter, so
that the slices still to come are safe. By backward induction a slice is defended where ``w <= v + s L``, with L what
would be lost later. All slices are lost where ``w > v (1 + (n - 1) s)``: with wars that settle nothing, from
``n > V/w`` slices on, even if the whole is worth a war.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deterrence.answers.measure import payoff
from deterrence.errors import GameError
from deterrence.games.game import Game
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.mechanisms.audience_costs import AudienceCosts
from deterrence.models import ask
from deterrence.models._agreement import Agreement, in_words
from deterrence.models.claim import Claim, Finding
from deterrence.models.model import Model
from deterrence.models.theory import Theory

MOST_SLICES = 5
"""Each slice makes the tree three times as large: five slices make 565 nodes."""
COUNTS = (1, 2, 3, 4)
"""Of so many slices the claims speak."""


def salami_tactics(slices: int = 3) -> Game:
    """Return the game with so many slices, from 1 to 5; both players see all that happened before.

    Raises
    ------
    GameError
        If the number of slices is no whole number from 1 to 5.
    """
    if type(slices) is not int or not 1 <= slices <= MOST_SLICES:
        raise GameError(f"The number of slices is {slices!r}; it must be a whole number from 1 to {MOST_SLICES}.")

    def played(
        *,
        whole: Any = param(
            9,
            "what all slices together are worth",
            low=0,
            high=20,
            symbol="V",
            plausible=(1, 20),
            why="holds 10 and 12, around which three slices are saved",
        ),
        war: Any = param(
            4,
            "what it costs the Defender to fight for a slice",
            low=0,
            high=12,
            symbol="w",
            plausible=(0.5, 12),
            why="from less than a slice to more than the whole",
        ),
        settles: Any = share(
            0.1,
            "chance that a war settles the matter for good",
            symbol="s",
            plausible=(0, 0.9),
            why="holds 1/6 and 1/3, where fewer of three slices are lost",
        ),
        punishment: Any = param(
            2,
            "what a war costs the Challenger",
            low=0,
            high=20,
            symbol="d",
            plausible=(0.5, 9),
            why="decides nothing; up to what the whole is worth",
        ),
    ) -> Assumed:
        def over(history: tuple[str, ...], settled: bool = False) -> Node:
            lost, fought = history.count("lost"), history.count("fought")
            taken = lost * whole / slices
            told = f"{lost} of {slices} slices lost"
            name = f"war, {told}" if fought else told
            return end(f"{name}, settled" if settled else name, taken - fought * punishment, -taken - fought * war)

        def slice_after(history: tuple[str, ...]) -> Node:
            k = len(history) + 1
            if k > slices:
                return over(history)
            before = f", slice {k} after {', '.join(history)}" if history else ", slice 1"
            fought = (*history, "fought")
            fight = over(fought)
            if k < slices:
                ends = {"settled": (settles, over(fought, settled=True)), "open": (1 - settles, slice_after(fought))}
                fight = chance(ends)
            answers = {"let go": slice_after((*history, "lost")), "fight": fight}
            choices = {
                "leave": slice_after((*history, "left")),
                "take": move("Defender", answers, information=f"Defender{before}"),
            }
            return move("Challenger", choices, information=f"Challenger{before}")

        return where(slice_after(()), whole > 0, punishment > 0)

    played.__doc__ = "Take a slice or leave it; let it go or fight for it; and so with the next one."
    return game("Challenger", "Defender", name=f"salami-tactics-{slices}")(played)


def _lost(equilibrium: Any) -> int:
    """Return how many slices are lost in an equilibrium in which nobody fights."""
    (outcome,) = (name for name, chance_of in equilibrium.outcomes.items() if chance_of)
    return int(outcome.split(" of ", maxsplit=1)[0])


def _slices_lost(**values: object) -> ask.Question:
    """Ask how many slices are lost where there are 1, 2, 3 or 4."""

    def asked(_model: Any) -> list[int]:
        from deterrence.solvers.solve import solve

        return [_lost(solve(salami_tactics(n).at(values))[0]) for n in COUNTS]

    return asked


def _where_all_are_lost(_model: Any) -> list[Any]:
    """Return under which condition all slices are lost where there are 1, 2, 3 or 4."""
    from deterrence.solvers.characterize import characterize

    def condition(slices: int) -> Any:
        everything = f"{slices} of {slices} slices lost"
        (one,) = (each for each in characterize(salami_tactics(slices)) if each.outcomes[everything] == 1)
        return one.when

    return [condition(n) for n in COUNTS]


def _line_holds(model: Any) -> Finding:
    """Ask whether the whole is held exactly where a slice and the price of letting it go are worth a war."""
    drawn = AudienceCosts("let go", "Defender")
    condition = ask.under(ask.condition_of(HELD), drawn)(model)
    changed = model.game.under(drawn)
    whole, war, price = (changed.parameters[name].expression for name in ("whole", "war", "audience_cost"))
    agreement = Agreement(changed)
    same = agreement.agree(price >= war - whole / 3, condition)
    return Finding("holds" if same else "fails", "; ".join([in_words(condition), *agreement.evidence]))


def _never(happens: Callable[[str], bool]) -> ask.Question:
    """Ask whether no outcome of a kind ever has a positive probability."""

    def absent(_game: Any, solution: Any) -> bool:
        return all(not (happens(name) and p) for one in solution for name, p in one.outcomes.items())

    return ask.always(absent)


def _if_played(taken: str, first: str, later: str) -> ask.Question:
    """Ask what the two expect if the Challenger always does one thing, and the Defender one on the first slice."""

    def asked(model: Any) -> Any:
        answers = {where: later for where in model.game.form.set_names if where.startswith("Defender")}
        played = {"Challenger": taken} | answers | {"Defender, slice 1": first}
        return ask.payoffs_of(played, punishment=2, settles=0.25)(model)

    return asked


def _map(model: Any, ax: Any) -> Any:
    """Draw how much is lost over the cost of a war and the chance that it settles the matter."""
    from deterrence.analysis.regions import regions

    return regions(model.game, war=(0, 10), settles=(0, 1)).plot(ax=ax)


HELD, LAST, LAST_TWO, ALL = "the whole is held", "the last slice is lost", "the last two are lost", "slice by slice"

MODEL = Model(
    salami_tactics(),
    source="schelling1966",
    relation="in the spirit of",
    changed=(
        "No game is found in the work, which tells the idea in words; that a war may or may not settle the matter "
        "is our addition."
    ),
    topic="credibility",
    related=("selten1978", "altman2017"),
    note="The work was not re-read. Illustrative payoffs.",
    assumptions=(
        "All slices are worth the same, and their number is known.",
        "A war costs the same whatever the slice is worth.",
        "A war always saves the slice that is fought for.",
        "Nobody can bind itself, and nobody doubts what the other wants.",
    ),
    does_not_say="""\
It does not say who chooses how thin the slices are. A slice at the heart, worth more than the others, is left out:
it would be defended for its own sake. So is reputation: to fight once does not change what the other believes.""",
    theory=Theory(
        mechanism=("credibility", "reputation"),
        actors="two states",
        information=("complete",),
        result=("displaces",),
        finding="A whole that is worth a war is lost in slices, none of which is, unless a war settles what follows.",
        means=("punishment",),
        neighbours={
            "selten1978/chain_store": "There each market has its own challenger.",
            "folklore/strike": "There is one slice.",
            "schelling1966/tripwire": "There a force stands where the ground is cut.",
        },
    ),
    names={
        HELD: {
            "Challenger, slice 1": "leave",
            "Challenger, slice 2 after left": "leave",
            "Challenger, slice 3 after left, left": "leave",
        },
        LAST: {
            "Challenger, slice 1": "leave",
            "Challenger, slice 2 after left": "leave",
            "Challenger, slice 3 after left, left": "take",
        },
        LAST_TWO: {"Challenger, slice 1": "leave", "Challenger, slice 2 after left": "take"},
        ALL: {"Challenger, slice 1": "take", "Challenger, slice 2 after lost": "take"},
    },
    axes=("war", "settles"),
    claims=(
        Claim(
            "Of n slices all are lost where w is at least (V/n)(1 + (n - 1) s), for n from 1 to 4.",
            "",
            _where_all_are_lost,
            lambda p: [p.war >= p.whole / n * (1 + (n - 1) * p.settles) for n in COUNTS],
        ),
        Claim(
            "Where wars settle nothing, salami tactics succeed from n > V/w on: with V = 9 and w = 4 one or two slices "
            "are held, and of three or four all are lost.",
            "",
            _slices_lost(whole=9, war=4, settles=0),
            [0, 0, 3, 4],
        ),
        Claim(
            "Where every second war settles the matter, only the last slices are lost: one of three, two of four.",
            "",
            _slices_lost(whole=9, war=4, settles=0.5),
            [0, 0, 1, 2],
        ),
        Claim(
            "With three slices all are lost where 3 w is at least V (1 + 2 s).",
            "",
            ask.condition_of(ALL),
            lambda p: 3 * p.war >= p.whole * (1 + 2 * p.settles),
        ),
        Claim(
            "The whole is held exactly where a single slice is worth a war.",
            "",
            ask.condition_of(HELD),
            lambda p: p.war <= p.whole / 3,
        ),
        Claim(
            "The last slice alone is lost where the next to last is worth a war that may save the last one, too.",
            "",
            ask.condition_of(LAST),
            lambda p: (p.war >= p.whole / 3) & (p.war <= (1 + p.settles) * p.whole / 3),
        ),
        Claim(
            "The last two are lost where only the first is worth a war, for it may save all three.",
            "",
            ask.condition_of(LAST_TWO),
            lambda p: (p.war >= (1 + p.settles) * p.whole / 3) & (p.war <= (1 + 2 * p.settles) * p.whole / 3),
        ),
        Claim(
            "Nobody ever fights: what is worth a war is not taken, and what is taken is not worth a war.",
            "",
            _never(lambda outcome: outcome.startswith("war")),
        ),
        Claim(
            "Slice by slice the Defender loses the whole.",
            "",
            ask.formula_of(payoff("Defender"), ALL),
            lambda p: -p.whole,
        ),
        Claim(
            "At the defaults that is 9, more than the 4 that one war costs.",
            "",
            ask.value_at(payoff("Defender")),
            -9,
        ),
        Claim(
            "What a war costs the Challenger does not matter: a slice that would be fought for is not worth taking "
            "anyway.",
            "",
            lambda model: {symbol.name for each in model.characterize() for symbol in each.when.free_symbols},
            {"whole", "war", "settles"},
        ),
        Claim(
            "A Defender that draws a line, and pays at least w - V/3 for each slice it lets go, holds the whole.",
            "",
            _line_holds,
        ),
        Claim(
            "With d = 2 and s = 0.25: nothing is taken, all is taken and let go, all is fought for, or all but the "
            "first slice.",
            "",
            ask.each_of(
                _if_played("leave", "let go", "let go"),
                _if_played("take", "let go", "let go"),
                _if_played("take", "fight", "fight"),
                _if_played("take", "let go", "fight"),
            ),
            # the first war settles it with 1/4, the second with 3/16, and else there is a third: 37/16 wars in the
            # mean; after a slice is lost 1/4 + 2 3/4 = 7/4; a war costs the Challenger 2 and the Defender 4, a slice is
            # worth 3
            [(0, 0), (9, -9), ("-4.625", "-9.25"), ("-0.5", "-10")],
            basis="computed",
        ),
        Claim(
            "The whole and what a war costs the Challenger are not nothing.",
            "",
            ask.each_of(ask.admits(whole=0), ask.admits(punishment=0)),
            [False, False],
        ),
    ),
    draws=_map,
)
