"""Classes of a game with a choice written as answers: formulas, strategies, and the condition for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sympy as sp

from deterrence.answers.continuum.classes import ContinuumClass
from deterrence.answers.continuum.strategies import Case as SeenCase
from deterrence.answers.continuum.strategies import Cutoffs
from deterrence.solvers.continuum.backward.conditions import Where
from deterrence.solvers.continuum.backward.reading import NotTaken, Ratio, Reading, powers_of, put, used
from deterrence.solvers.continuum.backward.replies import Rule, RuleCell
from deterrence.solvers.continuum.backward.schedules import told
from deterrence.solvers.continuum.backward.telling import CONCEPT, INFINITE, pieces_of
from deterrence.solvers.continuum.backward.values import Case


@dataclass(frozen=True)
class Found:
    """A class while it is made.

    Attributes
    ----------
    case
        What follows.
    worths
        What it comes to for each player, and the probability of whatever is asked (see :attr:`Reading.asked`).
    where
        When it is there.
    rules, choices, moves
        What is done at information sets below the choice; the formula for it; the actions taken above it.
    """

    case: Case
    worths: tuple[Ratio, ...]
    where: Where
    rules: Mapping[int, Any]
    choices: Mapping[str, Ratio] = field(default_factory=dict)
    moves: Mapping[int, int] = field(default_factory=dict)


def written(reading: Reading, found: Found) -> ContinuumClass:
    """Return a class with SymPy's formulas."""
    form, game = reading.form, reading.game
    size = len(form.players)
    worths = [sp.factor(told(w)) for w in found.worths]
    asked = dict(zip(reading.asked, worths[size:], strict=True))
    rules = [_rule(reading, found, h) for h in range(len(form.set_names))]
    rows = [[asked[h, a] for a in range(len(actions))] for h, actions in enumerate(form.actions_of)]
    reached = tuple(any(p != 0 for p in row) for row in rows)
    pattern = tuple(
        tuple(a for a, p in enumerate(row) if p != 0) if hit else _actions(rule, form.actions_of[h])
        for h, (row, hit, rule) in enumerate(zip(rows, reached, rules, strict=True))
    )
    return ContinuumClass(
        game,
        CONCEPT,
        pattern,
        tuple(zip(form.set_names, rules, strict=True)),
        tuple((name, sp.factor(told(f)) if used(f) else told(f)) for name, f in found.choices.items()),
        found.where.as_expr(),
        tuple(zip(form.players, worths[:size], strict=True)),
        tuple((name, asked[name]) for name in game.outcomes),
        tuple((key, p) for key, p in asked.items() if isinstance(key, tuple) and isinstance(key[0], str)),
        reached,
    )


def _actions(rule: Cutoffs, actions: Sequence[str]) -> tuple[int, ...]:
    done = {action for case in rule.cases for piece in case.pieces for action, _ in piece.actions}
    return tuple(a for a, action in enumerate(actions) if action in done)


def _rule(reading: Reading, found: Found, h: int) -> Cutoffs:
    actions = reading.form.actions_of[h]
    if h in found.moves:
        return Cutoffs.always(actions[found.moves[h]])
    rule: Rule = found.rules[h]
    variable = None if rule.letter is None else reading.letters[rule.letter]
    different = dict.fromkeys(cell.parts for cell in rule.cells)
    if len(different) == 1:
        return Cutoffs(variable, (SeenCase((), pieces_of(next(iter(different)), actions)),))
    return Cutoffs(variable, tuple(_cases(reading, found, rule.cells, actions)))


def _cases(reading: Reading, found: Found, cells: Sequence[RuleCell], actions: Sequence[str]) -> Iterator[SeenCase]:
    """Yield what is done by the choice that was seen: of conditions that are linear in it the ends."""
    (name, formula), *more = found.choices.items()
    letter = reading.letters.index(name)
    for cell in sorted(cells, key=lambda each: not _meets(each, letter, formula)):
        lows: list[Any] = []
        highs: list[Any] = []
        for condition in cell.conditions:
            rows = powers_of(condition.numer, letter)
            if more or letter in condition.denom.used or max(rows, default=0) != 1 or rows[1].used:
                raise NotTaken("What is done after the choice changes with it in a way that has no simple form.")
            field = condition.field
            end = -(field.of(rows[0]) if 0 in rows else field.zero) / field.of(rows[1])
            (lows if rows[1].LC > 0 else highs).append(sp.sympify(told(end)))
        given = (name, sp.Max(*lows) if lows else -INFINITE, sp.Min(*highs) if highs else INFINITE)
        yield SeenCase((given,), pieces_of(cell.parts, actions))


def _meets(cell: RuleCell, letter: int, formula: Ratio) -> bool:
    """Return whether a choice lies at an end of a cell."""
    return any(not put(condition, letter, formula) for condition in cell.conditions)
