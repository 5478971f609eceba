"""The answer of `dominance`: dominated strategies taken out step by step, and what is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from deterrence.analysis.answers.dominance_words import sentences
from deterrence.answers.removal import Removal
from deterrence.errors import MethodError
from deterrence.games import play
from deterrence.games.expression import Exact, shortest, show_number
from deterrence.games.game import Game
from deterrence.games.named import Named
from deterrence.games.strategic_form import StrategicForm
from deterrence.games.tree import End, PayoffTable
from deterrence.views import Shown, picture

Left = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, eq=False, repr=False)
class Dominance(Shown):
    """Dominated strategies taken out one after another, and what is left of the game.

    Attributes
    ----------
    game, weak, mixtures, conditional, order
        The question: the game at its parameter values; whether dominance is weak, by mixtures too, and told at each
        information set; and the order, in words or as the players who take turns.
    steps
        The dominated strategies in the order in which they went, each with what dominates it and when.
    kept
        Each player's strategies that are left, by position; :attr:`left` names them.
    when
        The SymPy condition on the parameters under which all of these steps hold; None where it was not derived. Where
        it fails, other steps may hold.
    order_matters
        Whether another order ends elsewhere; None where the search of orders could not tell.
    ends
        Where orders of elimination end that were followed, as positions; strict dominance ends in one place.
    searched
        How the other orders were searched, in words; empty where there was no need.
    """

    game: Game
    weak: bool
    mixtures: bool
    conditional: bool
    order: str | tuple[str, ...]
    steps: tuple[Removal, ...]
    kept: Left
    when: Any = None
    order_matters: bool | None = False
    ends: tuple[Left, ...] = field(default=(), repr=False)
    searched: str = ""

    @cached_property
    def strategic(self) -> StrategicForm:
        """The strategic form of the game."""
        return StrategicForm.of(self.game)

    @cached_property
    def left(self) -> Mapping[str, tuple[str, ...]]:
        """Each player's strategies that are left."""
        return self.named(self.kept)

    def named(self, kept: Left) -> Mapping[str, tuple[str, ...]]:
        """Return positions of strategies, such as one of ``ends``, as each player's strategies by name."""
        strategies = self.strategic.strategies
        pairs = zip(self.game.players, kept, strict=True)
        return Named({player: tuple(strategies[player][k] for k in names) for player, names in pairs})

    def before(self, number: int) -> Mapping[str, tuple[str, ...]]:
        """Return what was left when a step was judged: all that earlier rounds had not taken out.

        Raises
        ------
        MethodError
            If there is no step of that number; they count from one.
        """
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(self.steps):
            raise MethodError(f"There is no step {number!r}; the {len(self.steps)} steps count from 1.")
        this = self.steps[number - 1].round
        gone = {(step.player, k) for step in self.steps if step.round < this for k in step.positions}
        pairs = zip(self.game.players, self.strategic.plans, strict=True)
        return self.named(
            tuple(tuple(k for k in range(len(plans)) if (player, k) not in gone) for player, plans in pairs)
        )

    @property
    def rounds(self) -> tuple[tuple[Removal, ...], ...]:
        """The steps round by round."""
        return tuple(tuple(steps) for _, steps in groupby(self.steps, key=lambda step: step.round))

    @property
    def solvable(self) -> bool:
        """Whether one strategy is left to each player."""
        return all(len(names) == 1 for names in self.kept)

    @property
    def profile(self) -> Mapping[str, str] | None:
        """The strategy that is left to each player, where there is one; else None."""
        return Named({player: names[0] for player, names in self.left.items()}) if self.solvable else None

    @cached_property
    def payoffs(self) -> Mapping[str, Exact] | None:
        """What the profile that is left pays each player, at the present parameter values; None where several are."""
        if not self.solvable:
            return None
        plans = [group[names[0]] for group, names in zip(self.strategic.plans, self.kept, strict=True)]
        values = play.node_values(self.game.form, self.game.numbers, self.strategic.behaviour(plans))[0]
        return Named(dict(zip(self.game.players, map(shortest, values), strict=True)))

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that may still come about, whatever is played of what is left."""
        form = self.game.form
        reached = [node for node, open_yet in enumerate(self._open(self.kept)) if open_yet and not form.children[node]]
        return tuple(dict.fromkeys(name for node in reached if (name := form.outcome[node]) is not None))

    def _open(self, kept: Left) -> list[bool]:
        """Tell for each node whether play of what is left may come there."""
        form, numbers = self.game.form, self.game.numbers
        pairs = zip(self.strategic.plans, kept, strict=True)
        taken = [[dict(plans[k]) for k in names] for plans, names in pairs]
        open_nodes = []
        for node in range(form.size):
            steps = [(form.infoset_of[at], at, branch) for at, branch in form.path(node)]
            drawn = all(numbers[1][at][branch] for h, at, branch in steps if h < 0)
            own = [{(h, b) for h, _, b in steps if h >= 0 and form.player_of[h] == i} for i in range(len(taken))]
            led = all(any(need <= plan.items() for plan in plans) for need, plans in zip(own, taken, strict=True))
            open_nodes.append(drawn and led)
        return open_nodes

    @cached_property
    def struck(self) -> tuple[tuple[int, int, int], ...]:
        """The actions that steps rule out, as (information set, action, number of the step), by position.

        An action is ruled out at a set to which plans that are left lead, none of which takes it.
        """
        positions = {player: i for i, player in enumerate(self.game.players)}
        left = [dict(enumerate(map(dict, plans))) for plans in self.strategic.plans]
        found: dict[tuple[int, int], int] = {}
        for number, step in enumerate(self.steps, start=1):
            plans = left[positions[step.player]]
            gone = [plans.pop(k) for k in step.positions]
            for h, a in dict.fromkeys(choice for plan in gone for choice in plan.items()):
                chosen = {plan[h] for plan in plans.values() if h in plan}
                if chosen and a not in chosen:
                    found.setdefault((h, a), number)
        return tuple((h, a, number) for (h, a), number in found.items())

    @property
    def rationalizable(self) -> Mapping[str, tuple[str, ...]] | None:
        """The rationalizable strategies, where that is what is left: strict dominance, by mixtures too.

        With two players these are the strategies of Bernheim (1984) and Pearce (1984), and with ``conditional`` those
        that are rationalizable in extensive form. With more players they are so if a conjecture may let the others'
        play be correlated. None where weak dominance, or dominance by pure strategies alone, was asked for.
        """
        return self.left if self.mixtures and not self.weak else None

    @property
    def reduced(self) -> Game:
        """The game of what is left, for a simultaneous game; its payoffs have the parameters in them.

        Raises
        ------
        MethodError
            If the game is no simultaneous one.
        """
        form = self.game.form
        if not form.simultaneous:
            raise MethodError(
                f"The game {self.game.name!r} is not one simultaneous move, so what is left is no game of its own; "
                "table has its payoffs."
            )
        cells = []
        for node in range(form.size):
            if not form.children[node]:
                steps = {form.infoset_of[at]: branch for at, branch in form.path(node)}
                chosen = {form.player_of[h]: branch for h, branch in steps.items()}
                if all(branch in self.kept[i] for i, branch in chosen.items()):
                    key = tuple(form.actions_of[h][branch] for h, branch in sorted(steps.items()))
                    cells.append((key, End(form.outcome[node] or ", ".join(key), form.payoffs[node])))
        movers = tuple(form.players[i] for i in form.player_of)
        return self.game.changed(tree=PayoffTable(tuple(cells), movers), name=f"what is left of {self.game.name}")

    @property
    def table(self) -> Any:
        """A data frame of the payoffs of what is left: for two players a table of pairs, else one row a combination."""
        frame = self.strategic.to_frame()
        if len(self.kept) == 2:
            return frame.iloc[list(self.kept[0]), list(self.kept[1])]
        keys = ((row if isinstance(row, tuple) else (row,)) for row in frame.index)
        pairs = (zip(self.left.values(), key, strict=True) for key in keys)
        return frame[[all(name in names for names, name in row) for row in pairs]]

    def to_frame(self) -> Any:
        """Return a data frame with one row a step: its round, whose strategy went, what dominates it, and when."""
        import pandas as pd

        columns = ["round", "player", "at", "strategy", "dominance", "by", "when"]
        rows = [
            (s.round, s.player, s.at, s.strategy, "weak" if s.weakly else "strict", _mixture(s), _when(s))
            for s in self.steps
        ]
        return pd.DataFrame(rows, columns=columns, index=pd.RangeIndex(1, len(rows) + 1, name="step"))

    def plot(self, ax: Any = None) -> Any:
        """Draw the payoff table, or the tree, with what is dominated struck out and numbered in order."""
        return picture("Dominance.plot", self, ax=ax)

    def __str__(self) -> str:
        return "\n".join(sentences(self))

    def __repr__(self) -> str:
        counts = " x ".join(str(len(names)) for names in self.kept)
        return f"<Dominance in {self.game.name!r}: {len(self.steps)} steps, {counts} left>"


def _mixture(step: Removal) -> str:
    if len(step.by) == 1:
        return step.by[0][0]
    return " + ".join(f"{show_number(p)} {name}" for name, p in step.by)


def _when(step: Removal) -> str:
    return "" if step.when is None else str(step.when)
