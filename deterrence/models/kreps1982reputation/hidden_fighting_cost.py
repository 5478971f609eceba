"""Reputation where nobody knows what a fight costs: types that dislike one fight early, and deter.

An incumbent meets two entrants in turn. What a fight costs it lies anywhere between ``-l``, for one that likes to
fight, and ``h``. In the last market it fights where that is below nothing. In the first it also fights at costs up to
``l/b`` (at most 1, what the second market is worth), to be taken for one that likes to fight; after a fight the second
entrant stays out with that chance. The first stays out where those who like to fight are more than ``(b/(1 + b))^2``
of all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.continuum.notation import draw
from deterrence.games.notation import end, game, move
from deterrence.games.parameter import param
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Incumbent", "First", "Second", name="hidden-fighting-cost")
def hidden_fighting_cost(
    *,
    prize: Any = param(
        0.5,
        "what an entry brings that is not fought; one that is fought brings -1",
        low=0.05,
        high=3,
        symbol="b",
        plausible=(0.2, 1),
        why="no more than a fight costs an entrant",
    ),
    liking: Any = param(
        0.2,
        "what a fight is worth to the incumbent that likes it best",
        low=0.01,
        high=2,
        symbol="l",
        plausible=(0.02, 0.6),
        why="from hardly a chance that one likes to fight to a fair one",
    ),
    highest_cost: Any = param(
        2,
        "the most that a fight may cost the incumbent; a market to itself is worth 1 to it",
        low=1.01,
        high=6,
        symbol="h",
        plausible=(1.2, 4),
        why="some types would not fight for the second market",
    ),
) -> Any:
    """Two entries in turn, each fought or not by an incumbent whose cost of fighting is hidden."""

    def second(kept: Any, first: Any, cost: Any, seen: str) -> Any:
        answers = {
            "fight": end("second fought", kept - cost, first, -1),
            "share": end("both there", kept, first, prize),
        }
        entered = move("Incumbent", answers, information=f"second entered, {seen}")
        stayed = end("second stays out", kept + 1, first, 0)
        return move("Second", {"stay out": stayed, "enter": entered}, information=f"Second, {seen}")

    def below(cost: Any) -> Any:
        answers = {"fight": second(-cost, -1, cost, "first fought"), "share": second(0, prize, cost, "first shared")}
        entered = move("Incumbent", answers, information="first entered")
        return move("First", {"stay out": second(1, 0, cost, "first out"), "enter": entered}, information="First")

    return draw(-liking, highest_cost, seen_by="Incumbent", then=below, name="what a fight costs the incumbent")


CUTOFF = "first entered"


def fights_up_to(one: Any) -> Any:
    """Measure the cost up to which the incumbent fights the first entry."""
    return one.cutoffs[CUTOFF][0]


def enters_after_fight(one: Any) -> Any:
    """Measure how likely the second enters after it saw the first fought."""
    return _taken(one, "Second, first fought", "enter")


def _taken(one: Any, information_set: str, action: str) -> Any:
    form = one.game.form
    h = form.set_names.index(information_set)
    return one.behaviour[h][form.actions_of[h].index(action)]


@dataclass(frozen=True)
class Said:
    """What the formulas say at parameter values: the second writing that claims compare with the tree.

    Attributes
    ----------
    b, l, h
        An entrant's gain, and the two ends of what a fight costs.
    """

    b: Fraction
    l: Fraction  # noqa: E741  (the letter of the formulas)
    h: Fraction

    @property
    def cut(self) -> Fraction:
        """The cost up to which the first entry is fought."""
        return min(self.l / self.b, Fraction(1))

    @property
    def fights(self) -> Fraction:
        """How likely that is."""
        return (self.l + self.cut) / (self.l + self.h)

    @property
    def likes(self) -> Fraction:
        """How likely it is that the incumbent likes to fight."""
        return self.l / (self.l + self.h)

    @property
    def doubt(self) -> Fraction:
        """The chance of a fight at which an entrant is indifferent."""
        return self.b / (1 + self.b)

    @property
    def enters(self) -> tuple[bool, bool]:
        """Whether the first enters, and whether the second does after it stayed out."""
        return self.fights < self.doubt, self.likes < self.doubt

    @property
    def payoffs(self) -> list[Fraction]:
        """What the incumbent and the two entrants expect."""
        b, spread, first, second = self.b, self.l + self.h, *self.enters
        liked = self.l**2 / (2 * spread)  # what a fight brings those who like it, times how likely they are
        if not first:
            return (
                [1 + liked, Fraction(0), b - (1 + b) * self.likes]
                if second
                else [Fraction(2), Fraction(0), Fraction(0)]
            )
        hides = (self.cut + self.l) ** 2 / (2 * spread) + (1 - self.cut) * liked
        return [hides, b - (1 + b) * self.fights, b * (1 - self.fights)]


_WRITTEN = ("1/2 1/5 2", "1/4 1/10 2", "1/2 1/2 6/5", "1/5 3/4 3/2", "1 1/10 4")
PLACES = tuple(tuple(Fraction(number) for number in place.split()) for place in _WRITTEN)
"""Parameter values at which all kinds of play occur: a few suffice, as each payoff counts in one of them."""
NAMES = ("prize", "liking", "highest_cost")


def _at_places(*measures: Any) -> ask.Question:
    """Ask for measures of the one equilibrium at each of the places."""

    def asked(model: Any) -> list[list[Any]]:
        rows = []
        for place in PLACES:
            (one,) = model.solve_without_certificate(**dict(zip(NAMES, place, strict=True)))
            rows.append([measure(one) for measure in measures])
        return rows

    return asked


def _said(*formulas: Callable[[Said], Any]) -> list[list[Any]]:
    return [[formula(Said(*place)) for formula in formulas] for place in PLACES]


def _figure(model: Any, ax: Any) -> Any:
    """Draw how often a first entry is fought, and the chance that stops an entrant, over what a fight may be worth."""
    from deterrence.plot.canvas import axes_or_new

    ax = axes_or_new(ax, 6, 4)
    likings = [Fraction(k, 20) for k in range(1, 13)]
    found = [model.solve_without_certificate(liking=liking)[0] for liking in likings]
    spans = [liking + 2 for liking in likings]
    shares = [float((fights_up_to(one) + liking) / s) for one, liking, s in zip(found, likings, spans, strict=True)]
    ax.plot([float(liking) for liking in likings], shares, label="the first entry is fought")
    ax.axhline(1 / 3, linestyle="--", color="0.4", label="from here the first stays out")
    ax.set_xlabel("what a fight is worth to who likes it best, $l$")
    ax.set_ylabel("chance")
    ax.legend()
    return ax


MODEL = Model(
    hidden_fighting_cost,
    source="kreps1982reputation",
    relation="in the spirit of",
    changed=(
        "Two markets, and a cost of fighting that lies anywhere between two ends, where the work has many markets and "
        "an incumbent of two types; nobody is made to fight, and types differ only in what a fight costs them."
    ),
    topic="reputation",
    related=("milgrom1982", "selten1978"),
    note="Illustrative payoffs; derived by hand, not taken from the works.",
    assumptions=(
        "The incumbent alone knows what a fight costs it; all costs between two ends are equally likely.",
        "A fight costs the incumbent the same in both markets, and an entrant that is fought loses 1.",
        "The second entrant sees what happened in the first market.",
        "Some costs are above 1, what a market to itself is worth.",
    ),
    does_not_say="""\
There are two markets only, so that a reputation is begun and not worn out. Costs do not change between them. A fight
deters because costs are persistent and hidden; whether states judge resolve so is a question for evidence.""",
    names={
        "first enters": {"First": "enter", "first entered": "fight + share"},
        "first deterred": {"First": "stay out", "Second, first out": "enter"},
        "both deterred": {"First": "stay out", "Second, first out": "stay out"},
        "a fight taken for weakness": {"First": "enter", "first entered": "share"},
    },
    claims=(
        Claim(
            "The first entry is fought at costs up to l/b, and at most up to 1.",
            "",
            _at_places(fights_up_to),
            _said(lambda said: said.cut),
        ),
        Claim(
            "After a fight the second enters with what is left of that to 1.",
            "",
            _at_places(enters_after_fight),
            _said(lambda said: 1 - said.cut),
        ),
        Claim(
            "An entrant stays out where a fight is likelier than b/(1 + b): the first by the share that fights in "
            "the first market, the second, if it saw nothing, by the share of those who like to.",
            "",
            _at_places(
                lambda one: _taken(one, "First", "enter") == 1,
                lambda one: _taken(one, "Second, first out", "enter") == 1,
            ),
            _said(lambda said: said.enters[0], lambda said: said.enters[1]),
        ),
        Claim(
            "What the incumbent and the two entrants expect, in each of five cases.",
            "",
            _at_places(payoff("Incumbent"), payoff("First"), payoff("Second")),
            [Said(*place).payoffs for place in PLACES],
        ),
        Claim(
            "After an entry that was shared the second always enters.",
            "",
            _at_places(lambda one: _taken(one, "Second, first shared", "enter")),
            [[1]] * len(PLACES),
        ),
        Claim(
            "The first enters if those who like to fight are fewer than (b/(1 + b))^2 of all, 1/9 at b = 1/2: just "
            "below it, at l = 0.249 of 0.249 + 2, and no longer at 0.251.",
            "",
            ask.each_of(ask.classes_at(liking="0.249"), ask.classes_at(liking="0.251")),
            [{"first enters"}, {"first deterred"}],
        ),
        Claim(
            "Where those who like to fight are enough to deter, there may be a second equilibrium, by beliefs: a fight "
            "is taken for weakness, so that nobody fights and the second stays out after an entry that was shared.",
            "",
            ask.each_of(
                ask.classes_at(prize="1/5", liking="2/5", highest_cost="3/2"),
                ask.classes_at(prize="1/5", liking="3/5", highest_cost="3/2"),
            ),
            # to fight both entries is worth 2 l to who likes it best, to share and then be alone 1: up to l = 1/2
            [{"both deterred", "a fight taken for weakness"}, {"both deterred"}],
            basis="own",
        ),
        Claim(
            "At the defaults costs up to 0.4 fight, the second enters with 0.6 thereafter, and the incumbent expects "
            "24/275.",
            "",
            ask.each_of(
                ask.value_at(fights_up_to), ask.value_at(enters_after_fight), ask.value_at(payoff("Incumbent"))
            ),
            ["0.4", "0.6", "0.087273"],
            basis="computed",
        ),
    ),
    draws=_figure,
    theory=Theory(
        mechanism=("reputation", "learning"),
        actors="many challengers",
        information=("one-sided",),
        result=("deters",),
        finding="Types that dislike a fight somewhat fight early, to be taken for those who like it.",
        means=("punishment",),
        phase=("general",),
        neighbours={
            "kreps1982reputation/entry_deterrence": "There a tough type is made to fight, and the weak mix.",
            "selten1978/chain_store": "There the cost of a fight is known, and deterrence unravels.",
        },
    ),
)
