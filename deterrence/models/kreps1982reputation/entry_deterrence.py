"""Reputation and entry: a small chance of a tough defender deters.

Two entrants come one after the other. The defender is tough, with probability ``delta``, and fights every entry; or
weak, and would rather share than fight if this were the last. With ``b`` an entrant's gain when it is not fought and
``b - 1`` when it is: where ``delta >= b`` a weak defender always fights the first entry; below, it fights so often
that the second entrant is in doubt. The first entrant stays out where ``delta >= b**2``, and without a first entry
the second where ``delta >= b``: the longer the future, the less toughness is needed.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import probability
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Defender", "First entrant", "Second entrant", name="entry-deterrence")
def entry_deterrence(
    *,
    monopoly: Any = param(
        2,
        "defender's gain where nobody enters",
        low=1,
        high=10,
        symbol="a",
        plausible=(1.1, 5),
        why="worth more than one fight, up to five times as much",
    ),
    prize: Any = share(
        0.5,
        "entrant's gain from an entry that is not fought",
        symbol="b",
        plausible=(0.05, 0.95),
        why="away from entries that can only lose or never do",
    ),
    toughness: Any = share(
        0.3,
        "probability that the defender is tough",
        symbol=r"\delta",
        plausible=(0.02, 0.9),
        why="from a slight doubt that already deters to near conviction",
    ),
) -> Assumed:
    """Two entries, each fought or not by a defender who may be tough."""

    def second(tough: bool, so_far: tuple[Any, Any], seen: str) -> Node:
        defender, entrant = so_far
        fought = end("second entry fought", defender, entrant, prize - 1)
        entered = fought if tough else end("second entry shared", defender, entrant, prize)
        kept = end("second entrant stays out", defender + monopoly, entrant, 0)
        return move("Second entrant", {"stay out": kept, "enter": entered}, information=f"Second entrant, {seen}")

    def first(tough: bool) -> Node:
        price = 0 if tough else -1
        fight = second(tough, (price, prize - 1), "first fought")
        answers = {"share": second(tough, (0, prize), "first shared"), "fight": fight}
        entered = fight if tough else move("Defender", answers, information="weak Defender")
        kept = second(tough, (monopoly, 0), "first out")
        return move("First entrant", {"stay out": kept, "enter": entered}, information="First entrant")

    tree = chance({"tough": (toughness, first(True)), "weak": (1 - toughness, first(False))})
    return where(tree, monopoly > 1)


def fights(one: Any) -> Any:
    """Measure how often a weak defender fights the first entry."""
    return one.strategies["weak Defender"]["fight"]


def deterred(one: Any) -> Any:
    """Measure how often the second entrant stays out after it saw the first fought."""
    return one.strategies["Second entrant, first fought"]["stay out"]


def _if_played(first: str, answer: str, second: str) -> ask.Question:
    """Ask what all expect if the entrants and a weak defender act like this, whatever went before."""
    return ask.payoffs_of({"First entrant": first, "Defender": answer, "Second entrant": second})


def _draw(model: Any, ax: Any) -> Any:
    from deterrence.analysis.regions import regions

    return regions(model.game, toughness=[0, 1], prize=[0, 1]).plot(ax)


MODEL = Model(
    entry_deterrence,
    source="kreps1982reputation",
    relation="reduction",
    changed=(
        "Two of the source's many periods; a tough defender's fights and a weak one's sharing of the last market "
        "are written into the tree."
    ),
    topic="reputation",
    related=("milgrom1982", "selten1978"),
    note="Re-derived; the source's normalisation of payoffs is recalled, not re-read. The default numbers are ours.",
    assumptions=(
        "A tough defender fights every entry, and a weak one shares the last market.",
        "Entrants know how likely toughness is, and see what happened before.",
        "To be rid of the second entrant is worth more to a weak defender than one fight costs.",
    ),
    does_not_say="""\
Where toughness comes from it does not say, and nobody pretends to weakness. With two entrants it shows how a
reputation begins, not how it wears out over a long series.""",
    theory=Theory(
        mechanism=("reputation", "learning"),
        actors="many challengers",
        information=("one-sided",),
        result=("deters",),
        finding="The longer the future, the smaller the chance of toughness that deters the first entrant.",
        means=("punishment",),
        phase=("general",),
        neighbours={
            "selten1978/chain_store": "There toughness is impossible, and deterrence unravels.",
            "zagare1993/rudimentary_deterrence": "There is one challenger and no future.",
        },
    ),
    names={
        "deterrence of both": {"First entrant": "stay out", "weak Defender": "fight"},
        "deterrence of the first": {"First entrant": "stay out", "weak Defender": "mixed"},
        "entry and doubt": {"First entrant": "enter", "weak Defender": "mixed"},
    },
    claims=(
        Claim(
            "Both stay out where the defender is tough with a probability of at least b.",
            "two periods",
            ask.condition_of("deterrence of both"),
            lambda p: p.toughness >= p.prize,
        ),
        Claim(
            "Between b squared and b the first stays out, though a weak defender would fight only at times.",
            "two periods",
            ask.condition_of("deterrence of the first"),
            lambda p: (p.toughness >= p.prize**2) & (p.toughness < p.prize),
        ),
        Claim(
            "Below b squared the first enters.",
            "two periods",
            ask.condition_of("entry and doubt"),
            lambda p: p.toughness <= p.prize**2,
        ),
        Claim(
            "A weak defender fights with probability delta (1 - b)/((1 - delta) b): the fight leaves the second "
            "entrant indifferent.",
            "",
            ask.formula_of(fights, "entry and doubt"),
            lambda p: p.toughness * (1 - p.prize) / ((1 - p.toughness) * p.prize),
        ),
        Claim(
            "The second entrant then stays out with probability 1/a, which leaves the defender indifferent.",
            "",
            ask.formula_of(deterred, "entry and doubt"),
            lambda p: 1 / p.monopoly,
        ),
        Claim(
            "The toughness from which the first entrant stays out is b squared, less than b for one entrant.",
            "",
            ask.threshold_of("toughness", probability("enter", "First entrant")),
            lambda p: p.prize**2,
        ),
        Claim(
            "At b = 1/2 it is 1/4.",
            "",
            ask.threshold_value("toughness", probability("enter", "First entrant")),
            "0.25",
        ),
        Claim(
            "After a shared entry the defender is known to be weak, and the second enters.",
            "",
            ask.always(
                lambda _, found: all(one.strategies["Second entrant, first shared"]["enter"] == 1 for one in found)
            ),
        ),
        Claim(
            "At a toughness of 1/10 the first entry is fought with probability 1/5 in all.",
            "",
            ask.value_at(lambda one: 0.1 + 0.9 * float(fights(one)), toughness=0.1),
            "0.2",
        ),
        Claim(
            "What the defender and the two entrants expect where both entrants act alike, or a weak defender shares or "
            "fights.",
            "",
            ask.each_of(
                _if_played("stay out", "share", "stay out"),
                _if_played("stay out", "share", "enter"),
                _if_played("enter", "fight", "stay out"),
                _if_played("enter", "fight", "enter"),
                _if_played("enter", "share", "stay out"),
                _if_played("enter", "share", "enter"),
            ),
            # tough with 0.3; to be spared an entrant is worth 2, a fight costs a weak defender 1; an entry brings 0.5,
            # or -0.5 where it is fought, so that the second entrant expects 0.7 0.5 - 0.3 0.5 = 0.2
            [(4, 0, 0), (2, 0, "0.2"), ("1.3", "-0.5", 0), ("-0.7", "-0.5", "0.2"), (2, "0.2", 0), (0, "0.2", "0.2")],
            basis="computed",
        ),
        Claim(
            "To be rid of the second entrant must be worth more than a fight.",
            "",
            ask.each_of(ask.admits(monopoly=1), ask.admits(monopoly=1.01)),
            [False, True],
        ),
    ),
    draws=_draw,
)
