"""Where a profile is no equilibrium: choices that pay less than others, and beliefs that Bayes' rule does not give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deterrence.analysis.referee.explained import explained
from deterrence.analysis.referee.gains import subgame_gains
from deterrence.games.expression import Exact, show_value

if TYPE_CHECKING:
    from deterrence.analysis.referee.checked_profile import CheckedProfile

NASH, SUBGAME_PERFECT = "Nash equilibrium", "subgame perfect equilibrium"
WITHOUT_BELIEFS = (NASH, SUBGAME_PERFECT)


@dataclass(frozen=True)
class Break:
    """A place at which a profile is no equilibrium.

    Attributes
    ----------
    player
        Who would do otherwise, or whose belief is wrong.
    information_set
        Where.
    kind
        ``"choice"``: another action pays more. ``"belief"``: the belief is not what Bayes' rule gives.
    gain
        By how much the player's expected payoff there rises; 0 for a belief.
    sentence
        What is wrong, in words.
    """

    player: str
    information_set: str
    kind: str
    gain: Exact
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def breaks_of(checked: CheckedProfile) -> tuple[Break, ...]:
    """Return where a profile fails the concept it is checked for, what play reaches first."""
    if checked.is_equilibrium:
        return ()
    if checked.concept in WITHOUT_BELIEFS:
        found = list(_better_plans(checked))
    else:
        found = [*_wrong_beliefs(checked), *_wrong_choices(checked, range(len(checked.given)))]
        if not found and checked.is_equilibrium is False:
            found = [_together(checked)]
    place = checked.game.form.set_number
    return tuple(sorted(found, key=lambda item: (not checked.reached[place[item.information_set]], item.kind)))


def _better_plans(checked: CheckedProfile) -> Iterator[Break]:
    """Yield what breaks a Nash or subgame perfect equilibrium: better choices at single sets, else better strategies.

    Off the path a choice counts for subgame perfection alone, and where its set is a single node: what is believed at
    others, neither concept asks.
    """
    form, everywhere = checked.game.form, checked.concept != NASH
    asked = [h for h, hit in enumerate(checked.reached) if hit or (everywhere and len(form.nodes_of[h]) == 1)]
    told = set()
    for item in _wrong_choices(checked, asked):
        told.add(item.player)
        yield item
    gains = subgame_gains(checked.game, checked.behaviour) if everywhere else checked.regrets.values()
    for gain in gains:
        if gain.gain > checked.slack and gain.player not in told:
            told.add(gain.player)
            reached = checked.reached[form.set_number[gain.information_set]]
            yield Break(gain.player, gain.information_set, "choice", gain.gain, gain.in_words(reached=reached))


def _wrong_choices(checked: CheckedProfile, asked: Iterable[int]) -> Iterator[Break]:
    """Yield where another choice pays more, of some information sets."""
    names = {checked.game.form.set_names[h]: checked.reached[h] for h in asked}
    for gain in checked.local:
        if gain.information_set in names and gain.gain > checked.slack:
            words = gain.in_words(reached=names[gain.information_set])
            yield Break(gain.player, gain.information_set, "choice", gain.gain, words)


def _wrong_beliefs(checked: CheckedProfile) -> Iterator[Break]:
    form = checked.game.form
    for h, (given, bayes) in enumerate(zip(checked.given, checked.bayes, strict=True)):
        if given is None or bayes is None:
            continue
        if any(abs(a - b) > checked.slack for a, b in zip(given, bayes, strict=True)):
            pairs = zip(form.nodes_of[h], bayes, given, strict=True)
            right = ", ".join(
                f"{form.history(node)!r} has {show_value(b)}, not {show_value(g)}" for node, b, g in pairs if b != g
            )
            player = form.players[form.player_of[h]]
            yield Break(
                player,
                form.set_names[h],
                "belief",
                0,
                f"At {form.set_names[h]!r} Bayes' rule gives other beliefs: {right}.",
            )


def _together(checked: CheckedProfile) -> Break:
    """Return what breaks the profile where each place alone is in order."""
    form = checked.game.form
    for h, given in enumerate(checked.given):
        if given is None or checked.reached[h]:
            continue
        without = tuple(None if k == h else row for k, row in enumerate(checked.given))
        if explained(checked.game, checked.behaviour, without, checked.slack).verdict:
            sentence = (
                f"At {form.set_names[h]!r} (not reached) the belief does not follow by Bayes' rule from those at "
                "earlier information sets, or a move reveals what its author did not know."
            )
            return Break(form.players[form.player_of[h]], form.set_names[h], "belief", 0, sentence)
    open_sets = [h for h, row in enumerate(checked.bayes) if row is None and len(form.nodes_of[h]) > 1]
    h = open_sets[0] if open_sets else 0
    places = ", ".join(repr(form.set_names[k]) for k in open_sets)
    explanation = (
        "that vanishing mistakes can explain" if checked.is_perfect_bayesian else "that follow from one another"
    )
    sentence = f"No beliefs at the sets that play does not reach ({places}), {explanation}, make all choices optimal."
    return Break(form.players[form.player_of[h]], form.set_names[h], "belief", 0, sentence)
