"""What players gain by leaving a profile: at one information set, by a whole strategy, or in a subgame."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from deterrence.games import play
from deterrence.games.expression import Exact, shortest, show_value
from deterrence.games.game import Game
from deterrence.solvers.algebra import programs
from deterrence.solvers.supports.subgames import subgame_roots

Row = Sequence[Any]


@dataclass(frozen=True)
class Gain:
    """What a player gains by doing otherwise.

    Attributes
    ----------
    player, information_set
        Who, and where; for a whole strategy the first place at which it differs.
    gain
        The rise of the expected payoff, there or over the whole game; 0 where nothing is better.
    better
        What the player would do, in words; empty where nothing is better.
    present, best
        What is got as it is, and what would be got; None where no belief is known.
    """

    player: str
    information_set: str
    gain: Exact
    better: str = ""
    present: Exact | None = None
    best: Exact | None = None

    def in_words(self, *, reached: bool) -> str:
        """Return the gain as a sentence."""
        aside = "" if reached else " (not reached)"
        same = self.information_set == self.player
        where = f"{self.player}{aside}" if same else f"At {self.information_set!r}{aside} {self.player}"
        if self.present is None:
            return f"{where} does better with {self.better} whatever it believes: by {show_value(self.gain)} at least."
        return (
            f"{where} gets {show_value(self.present)}, and with {self.better} "
            f"{show_value(self.best or 0)}: a gain of {show_value(self.gain)}."
        )


def local_gains(game: Game, behaviour: Sequence[Row], beliefs: Sequence[Row | None]) -> Iterator[Gain]:
    """Yield what is gained at each information set by another choice there, given the belief in its histories.

    Where there is no belief, it is the least gain that any belief leaves.
    """
    form, values = game.form, play.node_values(game.form, game.numbers, behaviour)
    for h, nodes in enumerate(form.nodes_of):
        i, actions = form.player_of[h], form.actions_of[h]
        worth = [[values[form.children[node][a]][i] for a in range(len(actions))] for node in nodes]
        belief = (1,) if len(nodes) == 1 else beliefs[h]
        who = form.players[i], form.set_names[h]
        if belief is None:
            yield _whatever_is_believed(who, worth, behaviour[h], actions)
            continue
        options = [sum(p * row[a] for p, row in zip(belief, worth, strict=True)) for a in range(len(actions))]
        present = sum(p * value for p, value in zip(behaviour[h], options, strict=True) if p != 0)
        best = max(options)
        better = repr(actions[options.index(best)]) if best > present else ""
        yield Gain(*who, shortest(best - present), better, shortest(present), shortest(best))


def _whatever_is_believed(who: tuple[str, str], worth: Sequence[Row], row: Row, actions: Sequence[str]) -> Gain:
    """Return the least gain over all beliefs, by an exact linear programme, and a choice that gains it at each."""
    present = [sum(p * value for p, value in zip(row, at, strict=True) if p != 0) for at in worth]
    gaps = [[at[a] - now for at, now in zip(worth, present, strict=True)] for a in range(len(actions))]
    unknowns = len(worth)
    rows = [([*gap, -1], 0) for gap in gaps]  # each action's gain is at most the last unknown
    optimum = programs.maximize([*([0] * unknowns), -1], [([*([1] * unknowns), 0], 1)], rows)
    gain = shortest(optimum.at[-1]) if optimum else 0
    if not gain:
        return Gain(*who, 0)
    single = [repr(action) for action, gap in zip(actions, gaps, strict=True) if min(gap) >= gain]
    return Gain(*who, gain, single[0] if single else "one action or another")


def plan_gains(game: Game, behaviour: Sequence[Row]) -> dict[str, Gain]:
    """Return for each player the most that it gains by another whole strategy, and the first thing it would change."""
    form = game.form
    present = play.node_values(form, game.numbers, behaviour)[0]
    return {player: _plan_gain(game, behaviour, i, 0, present[i]) for i, player in enumerate(form.players)}


def subgame_gains(game: Game, behaviour: Sequence[Row]) -> Iterator[Gain]:
    """Yield the most that each player gains by another strategy in each proper subgame, the whole game first."""
    form = game.form
    values = play.node_values(form, game.numbers, behaviour)
    for root in subgame_roots(form):
        for i in range(len(form.players)):
            yield _plan_gain(game, behaviour, i, root, values[root][i])


def _plan_gain(game: Game, behaviour: Sequence[Row], player: int, root: int, present: Any) -> Gain:
    form = game.form
    best, reply = play.best_reply(form, game.numbers, behaviour, player, root)
    own = sorted((h for h, i in enumerate(form.player_of) if i == player), key=lambda h: len(form.own_steps[h]))
    name = form.players[player]
    if best <= present or not own:
        return Gain(name, form.set_names[own[0]] if own else "", 0, "", shortest(present), shortest(present))
    changed = [h for h in own if list(behaviour[h]) != list(reply[h])]
    plan = "; ".join(f"{form.actions_of[h][list(reply[h]).index(1)]!r} at {form.set_names[h]!r}" for h in changed)
    return Gain(name, form.set_names[changed[0]], shortest(best - present), plan, shortest(present), shortest(best))
