"""Commitment: a player bound beforehand to an action or a mixture, with the others told before they move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deterrence.errors import MechanismError, nearest
from deterrence.games.expression import is_symbolic, show_value
from deterrence.games.game import Game
from deterrence.games.named import Named
from deterrence.games.parameter import share
from deterrence.games.tree import Chance, Move, Node, rewrite
from deterrence.games.words import listed as in_words
from deterrence.mechanisms.algebra import insert_chance, share_information
from deterrence.mechanisms.requirements import Mechanism, Number, declare, expression, needed_action, shown

Mixture = Mapping[str, Any]
History = tuple[str, ...]


@dataclass(frozen=True)
class Commitment(Mechanism):
    """A player who is bound to an action, or to a mixture of actions, before the others move.

    Before all else nature draws ``bound`` with probability ``holds``, else ``free``, for all to see. Bound, the
    player does what it committed to, whatever it would like to do then; free, the game is as it was. So a
    simultaneous game becomes one in which the player moves first and is seen to (Stackelberg), and a threat that
    nobody would carry out is carried out. Of a mixture the others know the probabilities, not the draw, unless the
    game shows them the action.

    Parameters
    ----------
    player
        Who is bound.
    action
        The action; or a mixture, action -> probability, which are numbers, texts such as ``"1/3"``, names of the
        game's parameters or expressions in them, and sum to one; or a plan, information set -> mixture.
    at
        The one information set at which the player is bound; by default all of its sets that offer the action, or
        all actions of the mixture.
    seen
        Whether the others see, before they move, if the device holds. If not they know its chance alone: the player
        may then be of a type that is bound, which the others infer from what it does.
    holds
        Chance that the device holds, in [0, 1]; neutral at 0.
    prefix
        A word to put before the parameter's name.

    Notes
    -----
    *Needs* the action, or every action of the mixture, among those of the player. *Neutral* at ``holds=0``: the
    game as it was is then what is played.

    *Left out*: where the device comes from. A word that may be broken at a price is :class:`AudienceCosts`, with the
    retreat as the action that breaks it; what the device costs is :class:`SunkCosts`. That the others doubt what they
    saw of the commitment itself (Bagwell 1995) is not captured.

    *Order*: the bound player no longer chooses, so what another mechanism hangs on a choice between two of its actions
    comes first: :class:`InnocentAttacks` and :class:`Delegation` do not commute with a commitment to the choice beside
    which the attack is copied. Of two commitments of one player the first one binds.

    References
    ----------
    Schelling (1960), chapter 2; von Stengel and Zamir (2010), for mixtures.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.mechanisms import Commitment
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> bound = GAME.at(war=8).under(Commitment("Defender", "retaliate"))
    >>> [dt.solve(bound.at(holds=chance))[0].outcomes["status quo"] for chance in (0, 1)]
    [0, 1]
    """

    player: str
    action: str | Mixture
    at: str | None = None
    seen: bool = True
    holds: Number = share(1, "chance that the commitment holds", symbol="h")
    prefix: str = ""

    __repr__ = shown

    def __post_init__(self) -> None:
        """Keep mappings as they were given, whatever becomes of the originals."""
        if isinstance(self.action, Mapping):
            inner = {key: Named(item) if isinstance(item, Mapping) else item for key, item in self.action.items()}
            object.__setattr__(self, "action", Named(inner))

    def __call__(self, game: Game) -> Game:
        """Return the game in which the player may be bound."""
        plan = _plan(self, game)
        new = declare(self, game)
        branches = {"bound": (new["holds"], lambda part: bind(part, plan)), "free": 1 - new["holds"]}
        seen_by = None if self.seen else (self.player,)
        tree = insert_chance(game.writing.tree, branches, seen_by=seen_by)
        return game.changed(tree=tree, parameters=new.parameters, mechanism=self)


def bind(tree: Node, plan: Mapping[History, Mixture]) -> Node:
    """Return the tree in which what stands in the plan, history -> mixture, is no longer chosen.

    A certain action stays a move, without alternatives; a mixture is drawn by nature.
    """
    hidden = False

    def rule(node: Node, history: History) -> Node:
        nonlocal hidden
        if not isinstance(node, Move) or history not in plan:
            return node
        played = {action: p for action, p in plan[history].items() if is_symbolic(p) or p != 0}
        children = tuple(node.children[node.actions.index(action)] for action in played)
        if len(played) == 1:
            return Move(node.player, tuple(played), children, node.information, node.table)
        hidden = hidden or node.table is not None
        return Chance(tuple(played), tuple(played.values()), children)

    bound = rewrite(tree, rule)
    # Those who choose at the same time in a table must not see the draw that stands in its place.
    return rewrite(share_information(tree), rule) if hidden else bound


def _plan(mechanism: Commitment, game: Game) -> dict[History, Mixture]:
    """Return what the player is bound to, by the histories that lead to where it would choose."""
    form = game.form
    plan: dict[History, Mixture] = {}
    for place, mixture in _parts(mechanism, game):
        for h in _sets(mechanism, game, place, mixture):
            for node in form.nodes_of[h]:
                plan[tuple(form.labels[above][branch] for above, branch in form.path(node))] = mixture
    return plan


def _parts(mechanism: Commitment, game: Game) -> list[tuple[str | None, Mixture]]:
    """Return information sets, or None for all that fit, each with a checked mixture."""
    given = mechanism.action
    if not isinstance(given, (str, Mapping)) or not given:
        raise MechanismError(
            f"Commitment takes the name of an action, a mixture such as {{'north': '1/3', 'south': '2/3'}}, or a plan "
            f"that gives a mixture for each information set; got {given!r}."
        )
    if isinstance(given, str):
        return [(mechanism.at, _mixture(mechanism, game, {given: 1}))]
    if not any(isinstance(item, Mapping) for item in given.values()):
        return [(mechanism.at, _mixture(mechanism, game, given))]
    if mechanism.at is not None or not all(isinstance(item, Mapping) for item in given.values()):
        raise MechanismError(
            "A plan gives a mixture for each of its information sets, such as {'after a strike': {'retaliate': 1}}, "
            f"and takes no at=; got {given!r} and at={mechanism.at!r}."
        )
    return [(name, _mixture(mechanism, game, item)) for name, item in given.items()]


def _mixture(mechanism: Commitment, game: Game, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return probabilities as exact values, refused where they are none."""
    for action in given:
        needed_action(mechanism, game, action, mechanism.player)
    mixture = {action: expression(mechanism, game, p) for action, p in given.items()}
    numbers = [p for p in mixture.values() if not is_symbolic(p)]
    if any(p < 0 for p in numbers) or (len(numbers) == len(mixture) and sum(numbers) != 1):
        told = ", ".join(f"{action}: {show_value(p)}" for action, p in mixture.items())
        raise MechanismError(
            f"The probabilities of a commitment are at least 0 and sum to one; got {told}. Write thirds as texts, "
            "such as '1/3'."
        )
    return mixture


def _sets(mechanism: Commitment, game: Game, place: str | None, mixture: Mixture) -> list[int]:
    """Return the numbers of the information sets at which the player is bound to a mixture."""
    form, player = game.form, mechanism.player
    own = [h for h in range(len(form.nodes_of)) if game.players[form.player_of[h]] == player]
    fit = [h for h in own if set(mixture) <= set(form.actions_of[h])]
    names = [form.set_names[h] for h in fit]
    if place is not None and place not in names:
        raise MechanismError(
            f"Commitment of {player} to {in_words(mixture)} names the information set {place!r}; game {game.name!r} "
            f"has none of that name that offers it. {nearest(place, names)}"
        )
    if not fit:
        raise MechanismError(
            f"Commitment needs an information set of {player} that offers {in_words(mixture)}; game {game.name!r} has "
            "none that offers all of them. A plan gives each information set a mixture of its own."
        )
    return fit if place is None else [fit[names.index(place)]]
