"""An assessment: what is played and believed at every information set, in numbers or in formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from deterrence.answers.derived_name import NO_CHOICE, derived_name
from deterrence.games.expression import show_value
from deterrence.games.game import Game
from deterrence.games.named import Named
from deterrence.views import Shown


@dataclass(frozen=True, slots=True)
class Free:
    """A probability or belief that may vary without leaving the equilibrium, with its range.

    Attributes
    ----------
    information_set
        Where it stands.
    kind
        ``"probability"`` of an action, ``"belief"`` in a history, or ``"choice"`` of a number.
    of
        The action, the history, or the name of the number.
    low, high
        Its least and greatest value, each taken alone; other free values may narrow it.
    group
        What carries the same number moves together, so that not all combinations of such values are possible.
    symbol
        In a class of equilibria, the SymPy symbol that stands for it in strategies and beliefs; None at a point.
    """

    information_set: str
    kind: str
    of: str
    low: Any
    high: Any
    group: int = 0
    symbol: Any = None

    def __str__(self) -> str:
        what = {"belief": "belief in", "choice": "choice of"}.get(self.kind, "probability of")
        span = f"from {show_value(self.low)} to {show_value(self.high)}"
        return f"{what} {self.of!r} at {self.information_set!r} {span}"


class Assessment(Shown):
    """What an equilibrium at a point and a class of equilibria have in common: strategies, beliefs, and play.

    The two that extend it have the game, ``behaviour`` and ``belief`` by information set, ``pattern`` (the actions
    played with positive probability), ``free_list``, and ``reached`` (whether play reaches each information set).
    """

    game: Game
    behaviour: tuple[tuple[Any, ...], ...]
    belief: Any
    free_list: tuple[Free, ...]
    pattern: Any
    reached: Any

    @property
    def declared_name(self) -> str:
        """What the game calls the class (see :meth:`deterrence.Game.with_class_names`); an empty text if nothing."""
        return self.game.class_name(self.pattern)

    @cached_property
    def name(self) -> str:
        """What the class is called: as the game declares, else by what types reveal, what happens, or what is done.

        In a game of types: *separating*, *semi-separating* or *pooling on* an action that another player sees. Where
        one outcome is certain: that outcome; *deterrence* for a status quo that another player could have defended.
        Else the first choices on the path of play. Two classes may share such a name; ``names`` of an answer tells
        them apart.
        """
        return self.declared_name or derived_name(self.game, self.path_pattern)

    @property
    def strategies(self) -> Mapping[str, Mapping[str, Any]]:
        """Information set -> action -> probability."""
        form = self.game.form
        rows = zip(form.set_names, form.actions_of, self.behaviour, strict=True)
        return Named({name: Named(dict(zip(actions, row, strict=True))) for name, actions, row in rows})

    @property
    def beliefs(self) -> Mapping[str, Mapping[str, Any]]:
        """Information set -> history -> probability, at every set where the concept gives beliefs."""
        form = self.game.form
        rows = zip(form.set_names, form.nodes_of, self.belief, strict=True)
        return Named(
            {
                name: Named({form.history(node): p for node, p in zip(nodes, belief, strict=True)})
                for name, nodes, belief in rows
                if belief is not None
            }
        )

    @property
    def free(self) -> Mapping[tuple[str, str], tuple[Any, Any]]:
        """What may vary: (information set, action or history) -> (least, greatest value)."""
        return Named({(item.information_set, item.of): (item.low, item.high) for item in self.free_list})

    @property
    def on_path(self) -> tuple[str, ...]:
        """The information sets that play reaches."""
        return tuple(name for name, hit in zip(self.game.form.set_names, self.reached, strict=True) if hit)

    @cached_property
    def path_pattern(self) -> tuple[tuple[int, ...] | None, ...]:
        """The actions played at each information set on the path of play; ``None`` at sets that are not reached."""
        return tuple(row if hit else None for row, hit in zip(self.pattern, self.reached, strict=True))

    @property
    def play(self) -> str:
        """What is done, or mixed, at each information set that is reached, in words."""
        form, parts = self.game.form, []
        for h, support in enumerate(self.path_pattern):
            if support is not None and len(form.actions_of[h]) > 1:
                parts.append(f"{form.set_names[h]}: {' or '.join(form.actions_of[h][a] for a in support)}")
        return "; ".join(parts) or NO_CHOICE

    def set_lines(self) -> list[str]:
        """Return what is played and believed at every information set, a sentence each."""
        lines = []
        for h, name in enumerate(self.game.form.set_names):
            where = "" if self.reached[h] else " (not reached)"
            lines.append(f"{name}{where}: {self._choice_in_words(h)}{self.belief_in_words(h)}.")
        return lines

    def end_lines(self, payoffs: Mapping[str, Any]) -> list[str]:
        """Return the sentences on payoffs and on what may vary."""
        lines = ["Payoffs: " + ", ".join(f"{player} {show_value(value)}" for player, value in payoffs.items()) + "."]
        return [*lines, "May vary: " + "; ".join(self._varying_in_words()) + "."] if self.free_list else lines

    def _varying_in_words(self) -> list[str]:
        """Return what may vary, what moves together in one phrase."""
        groups: dict[int, list[str]] = {}
        for item in self.free_list:
            groups.setdefault(item.group, []).append(str(item))
        return [
            " and ".join([", ".join(items[:-1]), items[-1]]) + " (together)" if len(items) > 1 else items[0]
            for items in groups.values()
        ]

    def _choice_in_words(self, h: int) -> str:
        actions, row = self.game.form.actions_of[h], self.behaviour[h]
        played = [(action, p) for action, p in zip(actions, row, strict=True) if p != 0]
        if len(played) == 1:
            return played[0][0]
        return ", ".join(f"{action} with probability {show_value(p)}" for action, p in played)

    def belief_in_words(self, h: int) -> str:
        """Return what is believed at an information set, to follow what is done there; nothing where that is plain."""
        form, belief = self.game.form, self.belief[h]
        if belief is None or len(belief) == 1 or form.simultaneous:
            return ""
        held = [(form.history(node), p) for node, p in zip(form.nodes_of[h], belief, strict=True) if p != 0]
        if len(held) == 1:
            return f", believing {held[0][0]!r}"
        return ", believing " + ", ".join(f"{history!r} {show_value(p)}" for history, p in held)
