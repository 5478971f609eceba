"""What any type gains by deviating where others' play leads, and after choices of others that nobody makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from deterrence.answers.continuum.strategies import Mixture, Schedule
from deterrence.games.continuum.variables import Variable
from deterrence.solvers.continuum.certificate.ends import Tree
from deterrence.solvers.continuum.certificate.gains import Gains, conditional
from deterrence.solvers.continuum.certificate.own_types import OwnTypes, own_types
from deterrence.solvers.continuum.certificate.reading import Array, Told, moves
from deterrence.solvers.continuum.certificate.settings import setting_for
from deterrence.solvers.continuum.certificate.tried import around_best, grid
from deterrence.solvers.continuum.certificate.unreached import Unreached, believing
from deterrence.solvers.continuum.certificate.walk import FIRST_TRIED, State, Walk

NOTHING = 1e-9
"""A gain below this needs no other belief."""
ASKED = 21
"""At so many choices that nobody makes, a belief is sought that excuses what is done after them."""


@dataclass(eq=False)
class Found:
    """The greatest gains, and where: by deviating, and at or beside a cutoff."""

    deviations: Any = 0
    indifference: Any = 0
    where: str = ""
    beside: str = ""

    def note(self, gain: Array, at_cutoff: Array, where: str) -> None:
        """Take in the gains of all types at one decision."""
        import numpy as np

        gain, flags = np.broadcast_arrays(np.asarray(gain), at_cutoff)
        for attribute, words, chosen in (
            ("deviations", "where", gain[~flags]),
            ("indifference", "beside", gain[flags]),
        ):
            most = _most(chosen)
            if most > getattr(self, attribute):
                setattr(self, attribute, most)
                setattr(self, words, where)


@dataclass(eq=False)
class Deviating:
    """One player's deviations.

    Attributes
    ----------
    tree, profile, player
        The game, the strategies, and whose deviations they are.
    found
        The greatest gains.
    """

    tree: Tree
    profile: Told
    player: int
    found: Found = field(default_factory=Found)

    @cached_property
    def name(self) -> str:
        """The player's name."""
        return self.tree.form.players[self.player]

    def run(self) -> Found:
        """Try everything."""
        visited = self._along_play()
        for variable in self._seen_choices:
            self._after(variable)
        for what in self._decisions:
            if what not in visited:
                self._excused(what, {})
        return self.found

    @cached_property
    def _decisions(self) -> dict[tuple[str, Any], tuple[int, ...]]:
        """The player's information sets and choices, with the nodes at or directly below them."""
        form = self.tree.form
        sets = {("move", h): form.nodes_of[h] for h, player in enumerate(form.player_of) if player == self.player}
        names = dict.fromkeys(v.name for v in form.variables if v.player == self.name)
        return {**sets, **{("choice", n): tuple(v.node for v in form.variables if v.name == n) for n in names}}

    def _is_below(self, what: tuple[str, Any], name: str) -> bool:
        """Whether a choice stands above a decision."""
        form, (kind, which) = self.tree.form, what
        for node in self._decisions[what]:
            names = [form.variables[k].name for k in form.variables_above[node]]
            if name in (names[: names.index(which)] if kind == "choice" else names):
                return True
        return False

    # -- where the others' play leads -------------------------------------------------------------------

    def _along_play(self) -> set[tuple[str, Any]]:
        own = own_types(self.tree, self.profile, self.player, {})
        gains = self._gains(own, {}, self._grid)
        visited: set[tuple[str, Any]] = set()
        lost: dict[tuple[str, Any], list[Any]] = {}
        for key, (worst, reach) in gains.of.items():
            gain, here = conditional(worst, reach, self.profile.arithmetic.exact)
            self.found.note(gain, own.at_cutoff, self._where(key))
            if here.any():
                visited.add(key[:2])
            if here.any() and not here.all():
                lost.setdefault(key[:2], []).append((gains, key, here))
        self._closer(own, gains)
        for what, places in lost.items():
            self._partly(what, places)
        return visited

    def _gains(self, own: OwnTypes, fixed: Mapping[str, Array], tried: Callable[[str, State, Any], Array]) -> Gains:
        setting = setting_for(self.tree, self.profile, own, fixed)
        return Gains(Walk(setting, self.player, tried).run()).from_start()

    def _grid(self, name: str, state: State, _: Any) -> Array:
        return grid(self.tree, self.profile, name, state.known, state.tried)

    def _closer(self, own: OwnTypes, gains: Gains, fixed: Mapping[str, Array] | None = None) -> None:
        """Try numbers around the best of those that were tried."""
        close = {}
        for key, worth in gains.highest.items():
            decision = gains.walk.decisions[key]
            close[key] = around_best(decision.tried, worth, decision.axis, self.profile.arithmetic)
        if not close:
            return

        def tried(name: str, state: State, key: Any) -> Array:
            return close[key] if key in close else self._grid(name, state, key)

        again = self._gains(own, fixed or {}, tried)
        for key in close:
            if key in again.of:
                gain, _ = conditional(*again.of[key], self.profile.arithmetic.exact)
                self.found.note(gain, own.at_cutoff, self._where(key))

    def _partly(self, what: tuple[str, Any], places: list[Any]) -> None:
        """Look at a decision that others' play leads to after some of the player's own choices only."""
        import numpy as np

        for gains, _, here in places:
            for decision in gains.walk.decisions.values():
                axis = decision.axis
                if decision.tried is None or axis >= here.ndim or here.shape[axis] == 1:
                    continue
                other = tuple(k for k in range(here.ndim) if k != axis)
                missed = np.flatnonzero(~here.any(axis=other))
                numbers = np.asarray(decision.tried).reshape(-1)
                for k in missed[:: max(1, len(missed) // 9)]:
                    self._excused(what, {decision.key[1]: numbers[k]})

    # -- after choices of others that nobody makes -------------------------------------------------------

    @cached_property
    def _seen_choices(self) -> tuple[Variable, ...]:
        """The choices of others that stand above a decision of the player who sees them."""
        names = {
            v.name: v
            for v in reversed(self.tree.form.variables)
            if not v.is_draw and v.player != self.name and self.name in v.known_to
        }
        return tuple(v for name, v in names.items() if any(self._is_below(what, name) for what in self._decisions))

    def _after(self, variable: Variable) -> None:
        """Look at what is done after a choice that the chooser's strategy does not make."""
        import numpy as np

        name = variable.name
        numbers = grid(self.tree, self.profile, name, self.tree.values, 0)
        off = ~self._made(name, np.asarray(numbers, dtype=float))
        if not off.any():
            return
        numbers = np.compress(off.reshape(-1), numbers, axis=FIRST_TRIED)
        own = own_types(self.tree, self.profile, self.player, {name: numbers})
        gains = self._gains(own, {name: numbers}, self._grid)
        private = bool(self.tree.draws_of(self.tree.form.players.index(str(variable.player))))
        done = {key[:2] for key in gains.of}
        for key, (worst, reach) in gains.of.items():
            if gains.walk.decisions[key].fixed_above:
                gain, here = conditional(worst, reach, self.profile.arithmetic.exact)
                self._judge((key, name), numbers, (gain, here & np.ones_like(gain, dtype=bool)), (own, private))
        for what in self._decisions:
            if what not in done and self._is_below(what, name):
                for number in np.asarray(numbers).reshape(-1)[:: max(1, numbers.size // 9)]:
                    self._excused(what, {name: number})

    def _judge(self, what: Any, numbers: Array, gains: Any, of: Any) -> None:
        """Take in the gains after choices; where the chooser has a type, only those that no belief excuses."""
        import numpy as np

        (key, name), (gain, here), (own, private) = what, gains, of
        shape = np.broadcast_shapes(gain.shape, numbers.shape)
        gain, here = np.broadcast_to(gain, shape), np.broadcast_to(here, shape)
        other = tuple(k for k in range(len(shape)) if k != FIRST_TRIED)
        bad = ~here.all(axis=other)
        if private:
            bad |= np.asarray(gain.max(axis=other) > NOTHING, dtype=bool)
        flat = np.asarray(numbers).reshape(-1)
        kept = np.compress(~bad, gain, axis=FIRST_TRIED)
        if kept.size:
            self.found.note(kept, own.at_cutoff, f"{self._where(key)} after a {name} that nobody chooses")
        asked = np.flatnonzero(bad)
        for k in asked[:: max(1, len(asked) // ASKED)]:
            self._excused(key[:2], {name: flat[k]})

    def _made(self, name: str, numbers: Array) -> Array:
        """Return which numbers the chooser's strategy chooses."""
        import numpy as np

        rule = self.profile.choices[name]
        made = np.zeros(numbers.shape, dtype=bool)
        if isinstance(rule, Mixture):
            rows: list[Any] = [(x, x) for x, _ in rule.numbers]
        elif isinstance(rule, Schedule):
            rows = [_image(rule, piece) for piece in rule.pieces]
        else:
            return made if getattr(rule, "free_symbols", None) else np.abs(numbers - float(rule)) < NOTHING
        for low, high in rows:
            made |= (numbers >= float(low) - NOTHING) & (numbers <= float(high) + NOTHING)
        return made

    # -- where nobody's play leads -----------------------------------------------------------------------

    def _excused(self, what: tuple[str, Any], fixed: Mapping[str, Any]) -> None:
        """Take in what is still gained at a decision under the belief that excuses most."""
        import numpy as np

        if self.profile.arithmetic.exact:  # the search is by floats, and was made with them
            return
        gain = believing(Unreached(self.tree, self.profile, self.player, what, dict(fixed)))
        words = "".join(f" after {name} = {float(number):.6g}" for name, number in fixed.items())
        where = f"{self._where(what)}, which play does not reach{words}"
        self.found.note(np.asarray(gain), np.zeros((1,), dtype=bool), where)

    def _where(self, key: tuple[Any, ...]) -> str:
        kind, which = key[:2]
        return f"{self.name} at {self.tree.form.set_names[which]!r}" if kind == "move" else f"{self.name}'s {which}"


def _most(gains: Array) -> Any:
    """Return the greatest gain; infinite where one of them is no number."""
    import numpy as np

    if not gains.size:
        return 0
    most = gains.max()
    return most if most >= -np.inf else np.inf


def _image(rule: Schedule, piece: tuple[Any, Any, Any]) -> tuple[float, float]:
    """Return the ends between which the numbers of a schedule's piece lie."""
    low, high, value = piece
    if not moves(value, rule.variable):
        return float(value), float(value)
    inside = [float(low) + (float(high) - float(low)) * k / 64 for k in range(65)]
    part = Schedule(rule.variable, (piece,))
    numbers = [float(part(x)) for x in inside]
    return min(numbers), max(numbers)
