"""Names for classes of equilibria: what the literature calls a way to play."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from deterrence.errors import GameError, unknown
from deterrence.games.form import ExtensiveForm

MIXED = "mixed"
"""Stands for any mixture of two or more actions."""
TOGETHER = " + "
"""Joins the actions of a mixture, in the order in which the game lists them."""

Pattern = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class ClassName:
    """A name for the equilibria with a certain play at some information sets.

    Attributes
    ----------
    name
        What the class is called.
    play
        Pairs of an information set and what may be done there: one or more of its actions, each played for
        certain; ``"mixed"`` for any mixture; or actions joined by `` + `` for a mixture of exactly these. Sets that
        are not listed may hold any play.
    """

    name: str
    play: tuple[tuple[str, tuple[str, ...]], ...]

    def fits(self, form: ExtensiveForm, pattern: Pattern) -> bool:
        """Tell whether play belongs to the class, from the actions with positive probability at each set."""
        return all(self._allows(form, pattern, where, what) for where, what in self.play)

    @staticmethod
    def _allows(form: ExtensiveForm, pattern: Pattern, where: str, what: tuple[str, ...]) -> bool:
        if where not in form.set_names:
            return False
        h = form.set_names.index(where)
        support = pattern[h]
        return TOGETHER.join(form.actions_of[h][a] for a in support) in what or (len(support) > 1 and MIXED in what)


def class_names(form: ExtensiveForm, names: Mapping[str, Mapping[str, str | Sequence[str]]]) -> tuple[ClassName, ...]:
    """Return names of classes, checked against a game's information sets and actions.

    Raises
    ------
    UnknownNameError
        If there is no such information set, or no such action there.
    GameError
        If a name is empty.
    """
    checked = []
    for name, play in names.items():
        if not isinstance(name, str) or not name.strip():
            raise GameError(f"A class of equilibria is named in words, not {name!r}.")
        rows = []
        for where, actions in play.items():
            if where not in form.set_names:
                raise unknown("information set", where, form.set_names)
            what = (actions,) if isinstance(actions, str) else tuple(actions)
            allowed = (*form.actions_of[form.set_names.index(where)], MIXED)
            for action in what:
                for part in (action,) if action in allowed else action.split(TOGETHER):
                    if part not in allowed:
                        raise unknown(f"action at {where!r}", part, allowed)
            rows.append((where, tuple(_in_order(action, allowed) for action in what)))
        checked.append(ClassName(name, tuple(rows)))
    return tuple(checked)


def _in_order(action: str, allowed: Sequence[str]) -> str:
    """Return the actions of a mixture in the order in which the game lists them."""
    return action if action in allowed else TOGETHER.join(sorted(action.split(TOGETHER), key=allowed.index))


def class_name(names: Sequence[ClassName], form: ExtensiveForm, pattern: Pattern) -> str:
    """Return the first name that fits a play, or an empty text."""
    return next((item.name for item in names if item.fits(form, pattern)), "")
