"""The strategic form: what each combination of complete plans pays."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from deterrence.errors import MethodError, unknown
from deterrence.games.expression import Exact
from deterrence.games.form import ExtensiveForm
from deterrence.games.named import Named
from deterrence.games.play import node_values
from deterrence.lazy import Deferred
from deterrence.views import Shown, picture

if TYPE_CHECKING:
    import numpy as np
else:
    np = Deferred("numpy")

if TYPE_CHECKING:
    from deterrence.games.game import Game

Plan = tuple[tuple[int, int], ...]
"""A reduced strategy: (information set, action) at every set that the plan itself does not rule out."""

MOST_CELLS = 200_000


@dataclass(frozen=True, eq=False, repr=False)
class StrategicForm(Shown):
    """A game's payoff tables over the players' reduced strategies, at its present parameter values.

    A reduced strategy chooses at every information set that its own earlier choices leave reachable.

    Attributes
    ----------
    game
        The game it views.
    plans
        Each player's strategies, as choices by information set number.
    """

    game: Game
    plans: tuple[tuple[Plan, ...], ...]

    @classmethod
    def of(cls, game: Game) -> StrategicForm:
        """Return the strategic form of a game.

        Raises
        ------
        MethodError
            If it would have more than 200,000 cells, or the game has numbers without end.
        """
        game.require_finite_tree()
        form = game.form
        plans = tuple(tuple(_plans(form, player)) for player in range(len(form.players)))
        cells = math.prod(map(len, plans))
        if cells > MOST_CELLS:
            counts = " x ".join(str(len(group)) for group in plans)
            raise MethodError(
                f"The strategic form of {game.name!r} has {counts} = {cells:,} cells; the limit is {MOST_CELLS:,}. "
                "SubgamePerfect() and PerfectBayesian() work on the tree itself."
            )
        return cls(game, plans)

    @property
    def players(self) -> tuple[str, ...]:
        """The players."""
        return self.game.players

    @cached_property
    def strategies(self) -> Mapping[str, tuple[str, ...]]:
        """Each player's strategies in words."""
        form = self.game.form
        pairs = zip(self.players, self.plans, strict=True)
        return Named({player: tuple(plan_in_words(form, plan) for plan in plans) for player, plans in pairs})

    @cached_property
    def payoffs(self) -> Mapping[tuple[int, ...], tuple[Exact, ...]]:
        """Exact payoffs of every combination of strategies, by their positions."""
        form, numbers = self.game.form, self.game.numbers
        table = {}
        for key in itertools.product(*(range(len(group)) for group in self.plans)):
            behaviour = self.behaviour([self.plans[i][k] for i, k in enumerate(key)])
            table[key] = node_values(form, numbers, behaviour)[0]
        return Named(table)

    def behaviour(self, plans: list[Plan]) -> list[list[int]]:
        """Return behaviour strategies that follow the plans, with no action where a plan is silent."""
        rows = [[0] * len(actions) for actions in self.game.form.actions_of]
        for plan in plans:
            for h, action in plan:
                rows[h][action] = 1
        return rows

    def table(self, player: str) -> np.ndarray:
        """Return one player's payoffs as an array of floats with an axis for every player's strategies.

        Raises
        ------
        UnknownNameError
            If there is no such player.
        """
        if player not in self.players:
            raise unknown("player", player, self.players)
        i = self.players.index(player)
        array = np.array([float(row[i]) for row in self.payoffs.values()])
        array = array.reshape([len(group) for group in self.plans])
        array.setflags(write=False)
        return array

    @property
    def A(self) -> np.ndarray:
        """The first player's payoffs, as a read-only array of floats."""
        return self.table(self.players[0])

    @property
    def B(self) -> np.ndarray:
        """The second player's payoffs, as a read-only array of floats.

        Raises
        ------
        MethodError
            If the game has one player.
        """
        if len(self.players) < 2:
            raise MethodError(f"The game {self.game.name!r} has one player, {self.players[0]!r}: there is no table B.")
        return self.table(self.players[1])

    def to_frame(self) -> Any:
        """Return a data frame of payoffs: for two players a table of pairs, else one row a combination."""
        import pandas as pd

        names = [self.strategies[player] for player in self.players]
        if len(self.players) == 2:
            from deterrence.games.expression import show_number

            cells = [
                [", ".join(map(show_number, self.payoffs[i, j])) for j in range(len(names[1]))]
                for i in range(len(names[0]))
            ]
            return pd.DataFrame(cells, index=list(names[0]), columns=list(names[1]))
        index = pd.MultiIndex.from_product(names, names=self.players)
        return pd.DataFrame(
            [[float(v) for v in row] for row in self.payoffs.values()], index=index, columns=self.players
        )

    def plot(self, ax: Any = None) -> Any:
        """Draw each player's best responses and the equilibria, for two players with two strategies each."""
        return picture("StrategicForm.plot", self, ax=ax)

    def __str__(self) -> str:
        return f"{self.game.name}: {' against '.join(self.players)}\n{self.to_frame()}"

    def __repr__(self) -> str:
        return f"<StrategicForm of {self.game.name!r}: {' x '.join(str(len(group)) for group in self.plans)}>"


def _plans(form: ExtensiveForm, player: int) -> list[Plan]:
    """Return the reduced strategies of a player, in the order of its actions."""
    parts = plan_parts(form, player)
    _check_count(parts)
    return [tuple(itertools.chain(*combination)) for combination in itertools.product(*parts)]


def plan_parts(form: ExtensiveForm, player: int) -> list[list[Plan]]:
    """Return what a player may plan from each of its first information sets on, which it combines freely.

    Its reduced strategies are the combinations of one from each part, in the order of its actions.

    Raises
    ------
    MethodError
        If a part has more than 200,000.
    """
    own_sets = [h for h in range(len(form.nodes_of)) if form.player_of[h] == player]
    after: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for h in own_sets:
        after.setdefault(form.own_steps[h], []).append(h)

    def parts(steps: tuple[tuple[int, int], ...]) -> list[list[Plan]]:
        found: list[list[Plan]] = []
        for h in after.get(steps, []):
            choices = range(len(form.actions_of[h]))
            found.append([((h, a), *rest) for a in choices for rest in plans((*steps, (h, a)))])
        return found

    def plans(steps: tuple[tuple[int, int], ...]) -> list[Plan]:
        below = parts(steps)
        _check_count(below)
        return [tuple(itertools.chain(*combination)) for combination in itertools.product(*below)]

    return parts(())


def _check_count(parts: list[list[Plan]]) -> None:
    if math.prod(map(len, parts)) > MOST_CELLS:
        raise MethodError(
            f"A player has more than {MOST_CELLS:,} strategies in the strategic form. SubgamePerfect() and "
            "PerfectBayesian() work on the tree itself."
        )


def plan_in_words(form: ExtensiveForm, plan: Plan) -> str:
    """Return a plan, or a part of one, as its choices."""
    if not plan:
        return "no choice"
    if len(plan) == 1:
        return form.actions_of[plan[0][0]][plan[0][1]]
    return "; ".join(f"{form.actions_of[h][a]} at {form.set_names[h]}" for h, a in plan)
