"""Escalation: exchanges of blows of any length, graded force, and provocation short of retaliation.

The functions here return games: how often the sides may answer and how many levels of force they have
shapes the tree, so it is an argument, while gains, harms and costs are parameters as everywhere. All
payoffs are illustrative. One unit is the same for all, and 0 is the status quo.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from deterrence.games.game import Game
from deterrence.games.notation import chance, end, game, move
from deterrence.games.parameter import param, share
from deterrence.games.tree import Node
from deterrence.mechanisms.algebra import insert_chance
from deterrence.models._tree_size import check_size, counted

__all__ = ["exchange", "graded_exchange", "provocation"]

PLAYERS = ("Challenger", "Defender")
LONGEST = 50
MOST_THRESHOLDS = 100
HALFWAY = Fraction(499, 1000)
"""Where in its share of the range a threshold stands, from above: just off the middle, so that none meets a level."""


def exchange(rounds: int) -> Game:
    r"""Return an exchange of blows: a strike, its answer, the answer to that, and so on.

    The Challenger strikes or restrains; whoever is struck answers or restrains, for as long as the exchange
    may go on. With one round it is the strike game. Leaving a blow unanswered costs ``standing``; an answer
    costs ``force``, and invites the next blow. Each blow is ``growth`` times as heavy as the one before.

    Parameters
    ----------
    rounds
        How many answers there may be after the first strike: 1 is strike and retaliation, 2 adds
        counter-retaliation; from 1 to 50.

    Returns
    -------
    Game
        Outcomes: ``status quo``, ``fait accompli`` (the strike goes unanswered), ``answer 1 stands`` and so on,
        and ``war``, when every answer has been given.

    Raises
    ------
    GameError
        If the number of rounds is no whole number from 1 to 50.
    ValueKindError
        If it is no number.

    Notes
    -----
    Let ``s`` be the standing at stake for both, ``f`` the cost of force and ``h`` the harm of a blow, all blows
    alike. If ``f < s < f + h`` an answer pays exactly where it will not be answered. So threats are credible
    alternately, and the Defender deters if the number of rounds is odd: the last word is its own. With
    ``growth`` above 1 no answer is given once force costs more than standing, ``f * growth**i > s``, however
    many rounds are left, and that limit takes the place of the last round.

    The harm of a blow is suffered by whoever is hit, whether or not it answers; when the last answer has been
    given, nobody loses standing. A risk that an answer slips out of hand is added by
    :class:`~deterrence.Brinkmanship`.

    References
    ----------
    Schelling (1966), chapter 2; Zagare and Kilgour (2000), for credibility in longer games.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.models.escalation import exchange
    >>> [dt.solve(exchange(rounds))[0].probability("strike") for rounds in (1, 2, 3, 4)]
    [0, 1, 0, 1]
    """
    longest = counted("rounds", rounds, LONGEST)

    @game(*PLAYERS, name=f"exchange-{longest}")
    def crisis(
        *,
        prize: Any = param(
            3,
            "gain from a first strike",
            low=0,
            high=20,
            symbol="v",
            plausible=(0, 8),
            why="from nothing to more than a blow and standing cost",
        ),
        harm: Any = param(
            3,
            "harm that the first blow does",
            low=0,
            high=20,
            symbol="h",
            plausible=(0, 6),
            why="up to three times the standing at stake",
        ),
        force: Any = param(
            1,
            "cost of striking the first blow",
            low=0,
            high=20,
            symbol="f",
            plausible=(0, 3),
            why="from costless blows to dearer than standing",
        ),
        growth: Any = param(
            1,
            "how many times heavier each blow is than the last",
            low=0.5,
            high=3,
            symbol="g",
            plausible=(0.5, 2),
            why="blows that halve each time, to ones that double",
        ),
        challenger_standing: Any = param(
            2,
            "what not answering costs the Challenger",
            low=0,
            high=20,
            symbol="s_C",
            plausible=(0, 5),
            why="across force and force plus harm, where answers change",
        ),
        defender_standing: Any = param(
            2,
            "what not answering costs the Defender",
            low=0,
            high=20,
            symbol="s_D",
            plausible=(0, 5),
            why="as wide as the Challenger's: either may care more",
        ),
    ) -> Node:
        """Strike, retaliation and counter-retaliation; illustrative payoffs."""
        standing = (challenger_standing, defender_standing)

        def stops(blows: int) -> Node:
            weights = [sum(growth**i for i in range(side, blows, 2)) for side in (0, 1)]
            payoffs = [-force * weights[side] - harm * weights[1 - side] for side in (0, 1)]
            payoffs[0] += prize if blows else 0
            if 0 < blows <= longest:
                payoffs[blows % 2] -= standing[blows % 2]
            return end(_outcome(blows, longest), *payoffs)

        node = stops(longest + 1)
        for blow in reversed(range(longest + 1)):
            acts = "retaliate" if blow else "strike"
            node = move(PLAYERS[blow % 2], {"restrain": stops(blow), acts: node})
        return node

    return crisis


def graded_exchange(levels: int, rounds: int = 1, *, losing_control: bool = False) -> Game:
    r"""Return an exchange in which each side chooses how much force to use.

    Force has ``levels`` evenly spaced levels, of which the highest is 1. Striking with force ``e`` gains the
    Challenger ``prize * e``; every blow costs whoever strikes it ``force * e**2`` and whoever is hit ``harm * e``.
    To answer at all costs ``entry`` besides, so that some provocations are not worth an answer; to answer with
    less than one was hit with costs standing in proportion to the difference.

    Parameters
    ----------
    levels
        How many levels of force there are, restraint apart; 1 leaves the question whether, not how much.
    rounds
        How many answers there may be. The tree has about ``levels**(rounds + 1)`` ends, at most 5000.
    losing_control
        Whether every blow also runs a risk, in proportion to its force, of a disaster that nobody wants; this
        adds the parameters ``risk`` and ``disaster``.

    Raises
    ------
    GameError
        If a number is not whole, is below 1, or the tree would have more than 5000 ends.
    ValueKindError
        If it is no number.

    Notes
    -----
    With one round, and standing ``s`` at least ``2 * force``, a strike is answered in kind where ``s * e -
    force * e**2`` is above ``entry``, so from ``(s - sqrt(s**2 - 4 * force * entry)) / (2 * force)`` on. A
    Challenger for whom an answered strike does not pay provokes with the greatest force below that.

    References
    ----------
    Schelling (1966), chapters 2 and 4, on salami tactics and on limits; Powell (1990) on losing control.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.models.escalation import graded_exchange
    >>> dt.solve(graded_exchange(10))[0].strategies["Challenger"]["strike at level 4"]
    1
    """
    count = counted("levels", levels)
    longest = counted("rounds", rounds, LONGEST)
    check_size(count, longest)
    return _slipping(_ladder(count, longest), count) if losing_control else _ladder(count, longest)


def _ladder(levels: int, longest: int) -> Game:
    @game(*PLAYERS, name=f"graded-exchange-{levels}-{longest}")
    def graded(
        *,
        prize: Any = param(
            3,
            "gain from a first strike at full force",
            low=0,
            high=20,
            symbol="v",
            plausible=(0, 8),
            why="either side of what an answer in kind would cost",
        ),
        harm: Any = param(
            6,
            "harm that a blow at full force does",
            low=0,
            high=20,
            symbol="h",
            plausible=(0, 12),
            why="from blows that hardly hurt to three times the standing",
        ),
        force: Any = param(
            1,
            "cost of striking at full force",
            low=0,
            high=20,
            symbol="f",
            plausible=(0.2, 3),
            why="positive, or all levels would cost the same",
        ),
        entry: Any = param(
            1.5,
            "cost of answering at all",
            low=0,
            high=20,
            symbol="c",
            plausible=(0, 4),
            why="from free answers to ones that never pay",
        ),
        challenger_standing: Any = param(
            4,
            "what not answering costs the Challenger",
            low=0,
            high=20,
            symbol="s_C",
            plausible=(0, 8),
            why="from indifference to a standing dearer than the prize",
        ),
        defender_standing: Any = param(
            4,
            "what not answering costs the Defender",
            low=0,
            high=20,
            symbol="s_D",
            plausible=(0, 8),
            why="from a Defender that lets all pass to a touchy one",
        ),
    ) -> Node:
        """Strike and answer with as much force as one likes; illustrative payoffs."""
        standing = (challenger_standing, defender_standing)

        def stops(forces: tuple[Fraction, ...], outcome: str) -> Node:
            payoffs = [prize * sum(forces[:1]), 0]
            for side in (0, 1):
                own, others = forces[side::2], forces[1 - side :: 2]
                short = sum(_shortfall(forces, blow) for blow in range(1, len(forces)) if blow % 2 == side)
                used = -force * sum(e**2 for e in own) - harm * sum(others) - standing[side] * short
                payoffs[side] += used - entry * sum(bool(e) for e in forces[2 - side :: 2])
            return end(outcome, *payoffs)

        def choice(forces: tuple[Fraction, ...]) -> Node:
            blow = len(forces)
            if blow > longest:
                return stops(forces, "war")
            acts = "retaliate" if blow else "strike"
            branches = {"restrain": stops((*forces, Fraction(0)), _outcome(blow, longest))}
            for k in range(1, levels + 1):
                branches[f"{acts} at level {k}"] = choice((*forces, Fraction(k, levels)))
            return move(PLAYERS[blow % 2], branches)

        return choice(())

    return graded


def _shortfall(forces: Sequence[Fraction], blow: int) -> Fraction:
    """Return by how much a blow falls short of the one that it answers."""
    return max(Fraction(0), forces[blow - 1] - forces[blow])


def _slipping(base: Game, levels: int) -> Game:
    """Return the game in which every blow may slip into disaster, the likelier the more force it uses."""
    risk = share(
        0.1,
        "chance that a blow at full force slips out of hand",
        symbol="r",
        plausible=(0.01, 0.4),
        why="from firm control to losing it two times in five",
    ).named("risk")
    disaster = param(
        20,
        "what disaster costs each side",
        low=0,
        high=100,
        symbol="D",
        plausible=(10, 50),
        why="worse than a heavy blow, and up to eight times one",
    ).named("disaster")
    ruin = end("disaster", *(-disaster.written for _ in PLAYERS))
    tree = base.writing.tree
    for k in range(1, levels + 1):
        chance_of = risk.written * Fraction(k, levels)
        draw = {"slips": (chance_of, lambda _: ruin), "holds": 1 - chance_of}
        for acts in ("strike", "retaliate"):
            tree = insert_chance(tree, draw, after=f"{acts} at level {k}", silent=("holds",))
    return base.changed(tree=tree, parameters=(risk, disaster), name=f"{base.name}-risky")


def _outcome(blows: int, longest: int) -> str:
    """Name the outcome of an exchange that stops after so many blows."""
    if blows < 2:
        return ("status quo", "fait accompli")[blows]
    return "war" if blows > longest else f"answer {blows - 1} stands"


def provocation(levels: int) -> Game:
    r"""Return the choice of how far to provoke a defender whose patience is not known.

    The Aggressor chooses the force of a provocation between 0 and 1. Nature draws the Defender's threshold
    evenly between 0 and ``patience``, and whether the provocation is attributed. If it is, the Defender
    answers where the provocation is above its threshold; an answer takes the gain back and punishes.

    Parameters
    ----------
    levels
        How many levels of force there are, and as many thresholds, each near the middle of its share of
        the range; from 1 to 100.

    Raises
    ------
    GameError
        If the number of levels is no whole number from 1 to 100.
    ValueKindError
        If it is no number.

    Notes
    -----
    Where force and thresholds are continuous the chance of an answer is ``P(e) = attribution * min(1, e /
    patience)``, the Aggressor's payoff is ``gain * e * (1 - P) - punishment * P``, and its best force is
    ``patience / (2 * attribution) - punishment / (2 * gain)``, within 0 and 1, or 1 where patience is below 1
    and the risk worth running. At ``patience = 1`` the payoffs of the ladder's levels are those of the
    continuous game; so the best level is one next to the best force. At other values the chance of an answer
    differs by at most half a share. A threshold stands a thousandth of a share above the middle, so that it does
    not meet a level, where the Defender would be indifferent.

    References
    ----------
    Schelling (1966), chapter 2, on salami tactics. The model is our own.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.models.escalation import provocation
    >>> found = dt.solve(provocation(4))[0]
    >>> found.strategies["Aggressor"]["provoke at level 1"], found.outcomes["retaliation"]
    (1, Fraction(1, 4))
    """
    count = counted("levels", levels, MOST_THRESHOLDS)
    steps = [Fraction(k, count) for k in range(1, count + 1)]

    @game("Aggressor", "Defender", name=f"provocation-{count}")
    def calibrated(
        *,
        gain: Any = param(
            1,
            "what provocation at full force gains the Aggressor",
            low=0,
            high=20,
            symbol="v",
            plausible=(0.2, 3),
            why="either side of 1, the harm of full force",
        ),
        punishment: Any = param(
            0.5,
            "harm that retaliation does",
            low=0,
            high=20,
            symbol="L",
            plausible=(0, 2),
            why="from only losing the gain to twice as much besides",
        ),
        patience: Any = param(
            1,
            "highest threshold that the Defender may have",
            low=0.1,
            high=5,
            symbol="K",
            plausible=(0.5, 2),
            why="full force is always answered, or only half the time",
        ),
        attribution: Any = share(
            1,
            "chance that a provocation is attributed",
            symbol="a",
            plausible=(0.3, 1),
            why="from deniable most of the time to open",
        ),
    ) -> Node:
        """Provoke as far as the Defender's unknown patience lets one; illustrative payoffs."""

        def provoked(force: Fraction) -> Node:
            absorbed = end("provocation absorbed", gain * force, -force)

            def defender(threshold: Any) -> Node:
                answered = end("retaliation", -punishment, -threshold)
                return move("Defender", absorb=absorbed, retaliate=answered)

            shares = {j: (j - HALFWAY) / count for j in range(1, count + 1)}
            drawn = {f"threshold {j}": (Fraction(1, count), defender(patience * at)) for j, at in shares.items()}
            return chance({"attributed": (attribution, chance(drawn)), "not attributed": (1 - attribution, absorbed)})

        choices = {f"provoke at level {k}": provoked(force) for k, force in enumerate(steps, start=1)}
        return move("Aggressor", {"restrain": end("status quo", 0, 0), **choices}, information="Aggressor")

    return calibrated
