"""Shocks: private random parts of payoffs, drawn for each action or each outcome."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from deterrence.errors import MechanismError
from deterrence.games.bodies.written import PARAMETER, Written
from deterrence.games.continuum.families import ExtremeValue, Logistic, Normal
from deterrence.games.expression import as_value
from deterrence.games.game import Game
from deterrence.games.parameter import param
from deterrence.games.tree import Choice, Draw, End, Move, Node, rewrite, walk
from deterrence.mechanisms.requirements import Mechanism, Number, declare, listed, needed_player, shown

LAWS: Mapping[str, Any] = {"normal": Normal, "logistic": Logistic, "extreme value": ExtremeValue}
PLACES = ("actions", "outcomes")
History = tuple[str, ...]


@dataclass(frozen=True)
class Shocks(Mechanism):
    """Private random utility: payoffs have a part that only the player itself knows, as in statistical models.

    ``on="actions"``: at each information set one shock for each action, independent of all others, which its player
    has at all ends below that action. ``on="outcomes"``: one shock for each player and outcome, which the player has
    wherever that outcome is reached, and knows from the start. The shocks are written into the tree as draws.

    Parameters
    ----------
    law
        ``"normal"``, ``"logistic"`` or ``"extreme value"``, at 0 with the scale ``spread``.
    on
        ``"actions"`` or ``"outcomes"``.
    players
        Whose payoffs have shocks: one name or several; by default all.
    spread
        The standard deviation of the normal law, or the scale of the other two, above 0; the law is near its neutral
        value, none, where it is small.
    prefix
        A word to put before the parameter's name, and before those of the shocks.

    Notes
    -----
    *Needs* the players. *Neutral* as ``spread`` comes near 0.

    *Plausible*: ``spread`` from next to nothing to twice the number given, since its unit is that of the game's
    payoffs.

    *Where shocks on actions are drawn*: directly above the information set; where it has several nodes, above the
    last node on the way to all of them, and above the whole of a simultaneous move. Its player learns them there,
    which makes no difference, since they concern that set alone. Where the player moves in between, and so would know
    them too early, they are drawn above each node of the set, under the same names. Sets with one action have none.
    Nobody but the mover ever sees a shock. A player
    that moves twice on the way to an end has both shocks in its payoff there, and foresees at its first move that it
    will choose well at the second. In a logit quantal response equilibrium each move is another agent's; the two agree
    where no player moves twice on the way to an end.

    *Left out*: shocks that players share, or that are larger at one action than at another.

    *Order*: last, since actions and outcomes that other mechanisms add afterwards have no shocks.

    References
    ----------
    Signorino (2003), for shocks on actions and on outcomes; McKelvey and Palfrey (1998), for shocks at each move.

    Examples
    --------
    >>> from deterrence.mechanisms import Shocks
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> shaken = GAME.under(Shocks("normal", players="Defender", spread=2))
    >>> list(shaken.variables)
    ['shock_defender_restrain', 'shock_defender_retaliate']
    """

    law: str
    on: str = "actions"
    players: str | tuple[str, ...] | None = None
    spread: Number = param(
        1,
        "spread of the private shocks to payoffs",
        low=0,
        symbol=r"\sigma",
        plausible=("1/10", 2),
        why="from next to none to twice what is assumed",
    )
    prefix: str = ""

    __repr__ = shown

    def __post_init__(self) -> None:
        """Check the words."""
        for name, given, allowed in (("law", self.law, tuple(LAWS)), ("on", self.on, PLACES)):
            if given not in allowed:
                words = " or ".join(map(repr, allowed))
                raise MechanismError(f"Shocks takes {name}={words}; got {given!r}.")

    def __call__(self, game: Game) -> Game:
        """Return the game with shocks to payoffs."""
        named = game.players if self.players is None else listed(self.players)
        players = {game.players.index(needed_player(self, game, player)) for player in named}
        new = declare(self, game)
        law = LAWS[self.law](0, new["spread"])
        stem = "_".join(filter(None, (self.prefix, "shock")))
        shocks = _Shocks(game, players, law, stem)
        tree = shocks.on_actions() if self.on == "actions" else shocks.on_outcomes()
        return game.changed(tree=tree, parameters=new.parameters, mechanism=self)


@dataclass
class _Shocks:
    """The shocks of a game, as they are written into its tree."""

    game: Game
    players: Collection[int]
    law: Any
    stem: str
    taken: set[str] = field(default_factory=set)

    def on_outcomes(self) -> Node:
        """Return the tree with a shock at the root for each player and outcome."""
        game = self.game
        names = {
            (i, outcome): self._name(game.players[i], outcome)
            for i in sorted(self.players)
            for outcome in game.outcomes
        }

        def rule(node: Node, _: History) -> Node:
            if not isinstance(node, End):
                return node
            return _paid(node, [(i, name) for (i, outcome), name in names.items() if outcome == node.outcome])

        tree = rewrite(game.writing.tree, rule)
        return self._drawn(tree, [(game.players[i], name) for (i, _), name in names.items()])

    def on_actions(self) -> Node:
        """Return the tree with a shock for each action, above the information set where it is chosen."""
        form, game = self.game.form, self.game
        names: dict[tuple[int, int], str] = {}
        above: dict[History, list[tuple[str, str]]] = {}
        for h, actions in enumerate(form.actions_of):
            if form.player_of[h] not in self.players or len(actions) < 2:
                continue
            player = game.players[form.player_of[h]]
            places = self._places(h)
            for branch, action in enumerate(actions):
                names[h, branch] = self._name(player, action)
                for place in places:
                    above.setdefault(self.ways[place], []).append((player, names[h, branch]))
        node_at = {way: node for node, way in enumerate(self.ways)}

        def rule(node: Node, history: History) -> Node:
            if isinstance(node, (Draw, Choice)):
                return node
            if isinstance(node, End):
                steps = [(form.infoset_of[at], branch) for at, branch in form.path(node_at[history])]
                node = _paid(node, [(form.player_of[step[0]], names[step]) for step in steps if step in names])
            return self._drawn(node, above.get(history, []))

        return rewrite(game.writing.tree, rule)

    def _places(self, h: int) -> set[int]:
        """Return the nodes above which the shocks of an information set are drawn.

        That is one node above the whole set, or each of its nodes where the player would know its shocks too early.
        """
        form = self.game.form
        own, place = form.players[form.player_of[h]], self._above_table(form.meeting_node(h))
        if any(self._acts_between(own, place, node) for node in form.nodes_of[h]):
            return {self._above_table(node) for node in form.nodes_of[h]}
        return {place}

    def _above_table(self, place: int) -> int:
        """Return the first node of the simultaneous move that a node belongs to, if it belongs to one."""
        form, tables = self.game.form, self.tables
        while place and tables[place] is not None and tables[form.parent[place]] == tables[place]:
            place = form.parent[place]
        return place

    def _acts_between(self, player: str, place: int, node: int) -> bool:
        """Tell whether a player moves, or chooses a number, on the way from one node to another."""
        form = self.game.form
        above = [at for at, _ in form.path(node)]
        sets = {form.infoset_of[at] for at in (above[above.index(place) :] if place in above else ())} - {-1}
        numbers = form.variables_above.get(node, ())[len(form.variables_above.get(place, ())) :]
        movers = {form.players[form.player_of[k]] for k in sets} | {form.variables[k].player for k in numbers}
        return player in movers

    @cached_property
    def ways(self) -> list[History]:
        """The branch names that lead to each node of the flat form."""
        form = self.game.form
        ways: list[History] = [()]
        for node in range(1, form.size):
            above = form.parent[node]
            ways.append((*ways[above], form.labels[above][form.branch[node]]))
        return ways

    @cached_property
    def tables(self) -> list[str | None]:
        """The simultaneous move that each node of the flat form belongs to."""
        found = {way: node.table for node, way in walk(self.game.writing.tree) if isinstance(node, Move)}
        return [found.get(way) for way in self.ways]

    def _drawn(self, tree: Node, shocks: list[tuple[str, str]]) -> Node:
        for player, name in reversed(shocks):
            tree = Draw(name, self.law, (player,), tree)
        return tree

    def _name(self, player: str, what: str) -> str:
        """Return a name for a shock that nothing else in the game has."""
        words = re.sub(r"\W+", "_", f"{self.stem}_{player}_{what}".lower()).strip("_")
        numbers = (variable.name for variable in self.game.form.variables)
        taken = {*self.taken, *self.game.parameters, *numbers, *self.game.outcomes, *self.game.actions}
        name, count = words, 1
        while name in taken:
            count += 1
            name = f"{words}_{count}"
        self.taken.add(name)
        return name


def _paid(node: End, shocks: list[tuple[int, str]]) -> End:
    payoffs = list(node.payoffs)
    for player, name in shocks:
        payoffs[player] = as_value(payoffs[player] + Written(PARAMETER, name), "payoff")
    return End(node.outcome, tuple(payoffs))
