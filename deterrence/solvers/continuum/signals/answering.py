"""An equilibrium of a game of signals as an answer, with what it comes to and how much a deviation gains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deterrence.answers.assessment import Free
from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium
from deterrence.answers.continuum.strategies import Cutoffs
from deterrence.games.expression import shortest
from deterrence.solvers.continuum.playing import played
from deterrence.solvers.continuum.signals.checking import gain_of
from deterrence.solvers.continuum.signals.folding import Reply
from deterrence.solvers.continuum.signals.shape import Signal

INFINITY = float("inf")


@dataclass(frozen=True)
class Found:
    """What a family's solver found: strategies and choices by name, and what is said of them.

    Attributes
    ----------
    strategies, choices
        Information set -> what is done; name of a chosen number -> what is chosen.
    called
        What the equilibrium is called.
    belief
        What the receiver believes, in words.
    free
        What may vary.
    notes
        Further sentences.
    error
        How far numbers may be from the exact ones.
    """

    strategies: Mapping[str, Cutoffs]
    choices: Mapping[str, Any]
    called: str
    belief: str = ""
    free: tuple[Free, ...] = ()
    notes: tuple[str, ...] = ()
    error: float = 0.0


def answered(signal: Signal, concept: str, found: Found) -> ContinuumEquilibrium:
    """Return what was found as an equilibrium."""
    game = signal.game
    what = played(game, found.strategies, found.choices)
    form = game.form
    owners = [form.players[i] for i in form.player_of]
    belief = tuple(found.belief if owner == signal.receiver and found.belief else None for owner in owners)
    return ContinuumEquilibrium(
        game,
        concept,
        tuple((name, found.strategies[name]) for name in form.set_names),
        tuple((v.name, found.choices[v.name]) for v in form.variables if not v.is_draw),
        _plain(what.payoffs),
        _plain(what.outcomes),
        _plain(what.actions),
        tuple(tuple(map(_number, row)) for row in what.behaviour),
        what.reached,
        belief,
        found.free,
        found.error,
        gain_of(signal, found.strategies, found.choices),
        found.called,
        found.notes,
    )


def _plain(values: Mapping[Any, Any]) -> tuple[tuple[Any, Any], ...]:
    return tuple((name, _number(value)) for name, value in values.items())


def _number(value: Any) -> Any:
    """Return a number without NumPy's kind, a whole fraction as an integer."""
    return shortest(float(value) if isinstance(value, float) else value)


def last_moves(signal: Signal, replies: tuple[Reply, ...]) -> dict[str, Cutoffs]:
    """Return what the sender does at its last moves: by its type, around a cutoff that depends on the signal."""
    names, rules = signal.game.form.set_names, {}
    for reply in replies:
        if reply.place is not None:
            below, above = (plan.action for plan in reply.plans)
            rules[names[reply.place]] = Cutoffs.of(
                signal.type.name, (-INFINITY, reply.cutoff, below), (reply.cutoff, INFINITY, above)
            )
    return rules
