"""From what backward induction found to an equilibrium: strategies in cutoffs, choices, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium
from deterrence.answers.continuum.strategies import Case, Cutoffs, Piece, Schedule
from deterrence.games.expression import shortest
from deterrence.solvers.continuum.backward.choosing import cells_of, roots_between
from deterrence.solvers.continuum.backward.numbers import Chosen, near_number
from deterrence.solvers.continuum.backward.reading import NotTaken, Ratio, Reading, at_number, constant_of, used
from deterrence.solvers.continuum.backward.replies import Part, Rule, RuleCell
from deterrence.solvers.continuum.backward.roots import as_exact, near
from deterrence.solvers.continuum.backward.values import Continuation, expected, plain
from deterrence.solvers.continuum.playing import Played, played

INFINITE = float("inf")
TINY = Fraction(1, 10**12)
CONCEPT = "perfect Bayesian equilibrium"


def strategies_of(reading: Reading, way: Continuation) -> dict[str, Cutoffs]:
    """Return what is done at each information set."""
    beside = {name: c.beside for name, c in way.choices.items() if isinstance(c, Chosen)}
    return {name: _cutoffs(reading, way.rules[h], h, beside) for h, name in enumerate(reading.form.set_names)}


def equilibrium_of(reading: Reading, way: Continuation, strategies: dict[str, Cutoffs]) -> ContinuumEquilibrium:
    """Return one way to play as an equilibrium."""
    game, form = reading.game, reading.form
    chosen = {name: c.number if isinstance(c, Chosen) else c for name, c in way.choices.items()}
    errors = [c.error for c in way.choices.values() if isinstance(c, Chosen)]
    told = played(game, strategies, chosen)
    if any(isinstance(c, Schedule) for c in chosen.values()) and not way.searched:
        told = _integrated(reading, way, told)
    return ContinuumEquilibrium(
        game=game,
        concept=CONCEPT,
        strategy_list=tuple(strategies.items()),
        choice_list=tuple((name, chosen[name]) for name in reading.variables if name in chosen),
        payoff_list=tuple((name, _plain(v)) for name, v in told.payoffs.items()),
        outcome_list=tuple((name, _plain(v)) for name, v in told.outcomes.items()),
        action_list=tuple((key, _plain(v)) for key, v in told.actions.items()),
        behaviour=tuple(tuple(map(_plain, row)) for row in told.behaviour),
        reached=told.reached,
        belief=(None,) * len(form.set_names),
        error=max(errors, default=0.0),
        notes=way.notes,
    )


def _integrated(reading: Reading, way: Continuation, told: Played) -> Played:
    """Return what is played with exact payoffs and probabilities, where schedules are polynomials in types."""
    try:
        row = [
            constant_of(plain(expected(way.cases[0], k, reading.laws, frozenset()), reading.field.zero))
            for k in range(len(way.cases[0].terms[0].payoffs))
        ]
    except NotTaken:
        return told
    size = len(reading.form.players)
    asked = dict(zip(reading.asked, row[size:], strict=True))
    return replace(
        told,
        payoffs=dict(zip(reading.form.players, row[:size], strict=True)),
        outcomes={name: asked[name] for name in told.outcomes},
        actions={key: asked[key] for key in told.actions},
    )


def _plain(value: Any) -> Any:
    return shortest(value) if isinstance(value, (int, Fraction)) else float(value)


def _cutoffs(reading: Reading, rule: Rule, h: int, beside: Mapping[str, Any]) -> Cutoffs:
    """Return what is done at an information set, by the choices that are seen there."""
    actions = reading.form.actions_of[h]
    variable = None if rule.letter is None else reading.letters[rule.letter]
    different = list(dict.fromkeys(cell.parts for cell in rule.cells))
    if len(different) == 1 and not _denominators(rule.cells):
        return Cutoffs(variable, (Case((), pieces_of(different[0], actions)),))
    turning = _denominators(rule.cells)
    letters = sorted(frozenset().union(*map(used, turning), *(used(c) for cell in rule.cells for c in cell.conditions)))
    if len(letters) != 1:
        names = " and ".join(repr(reading.letters[k]) for k in letters)
        raise NotTaken(f"What is done at {reading.form.set_names[h]!r} changes with {names} at once.")
    return Cutoffs(variable, tuple(_by_choice(reading, rule.cells, letters[0], actions, beside)))


def _by_choice(
    reading: Reading, cells: Sequence[RuleCell], letter: int, actions: Sequence[str], beside: Mapping[str, Any]
) -> list[Case]:
    name = reading.letters[letter]
    variable = next(v for v in reading.form.variables if v.name == name)
    low, high = map(reading.ratio, (variable.low, variable.high))
    if used(low) or used(high):
        raise NotTaken(f"What is done changes with {name!r}, whose ends depend on another choice.")
    spans: list[tuple[Any, Any, tuple[Part, ...]]] = []
    for cell in cells_of([c.conditions for c in cells], letter, constant_of(low), constant_of(high)):
        parts = cells[cell.case].parts
        if spans and spans[-1][2] == parts and spans[-1][1] == cell.low:
            spans[-1] = (spans[-1][0], cell.high, parts)
        else:
            spans.append((cell.low, cell.high, parts))
    if name in beside:
        here = near_number(beside[name])
        spans.sort(key=lambda span: not near_number(span[0]) <= here <= near_number(span[1]))
    told = [Case(((name, as_exact(a), as_exact(b)),), pieces_of(parts, actions)) for a, b, parts in spans]
    return [*_at_poles(reading, cells, letter, spans, actions), *told]


Span = tuple[Any, Any, tuple[Part, ...]]


def _at_poles(
    reading: Reading, cells: Sequence[RuleCell], letter: int, spans: Sequence[Span], actions: Sequence[str]
) -> list[Case]:
    """Return what is done at numbers where a cutoff lies beyond all types, since payoffs differ alike for all."""
    low, high = min(map(near, (a for a, _, _ in spans))), max(map(near, (b for _, b, _ in spans)))
    step = (high - low) / 10**9
    made = []
    for pole in roots_between(_denominators(cells), letter, low - step, high + step):
        parts = next(parts for a, b, parts in spans if near(a) <= near(pole) <= near(b))
        beside = near(pole) + (step if near(pole) + step <= high else -step)
        parts = next((p for a, b, p in spans if near(a) <= beside <= near(b)), parts)
        ends = tuple(
            Part(_limit(part.low, letter, pole, beside), _limit(part.high, letter, pole, beside), part.action)
            for part in parts
        )
        pieces = tuple(piece for piece in pieces_of(ends, actions) if piece.low < piece.high)
        made.append(Case(((reading.letters[letter], as_exact(pole), as_exact(pole)),), pieces))
    return made


def _limit(end: Any, letter: int, pole: Any, beside: Fraction) -> Any:
    """Return an end at a pole: infinite with the sign that it has beside it, where its denominator vanishes."""
    if end is None:
        return None
    return tuple(tuple(_one_limit(x, letter, pole, beside) for x in row) for row in end)


def _one_limit(x: Any, letter: int, pole: Any, beside: Fraction) -> Any:
    if not isinstance(x, Ratio) or letter not in used(x):
        return x
    if roots_between([x.field.of(x.denom)], letter, near(pole) - TINY, near(pole) + TINY):
        return INFINITE if at_number(x, letter, beside) > 0 else -INFINITE
    return at_number(x, letter, near(pole))


def _denominators(cells: Sequence[RuleCell]) -> list[Ratio]:
    """Return the denominators of the cutoffs in which a choice stands."""
    ends = [end for cell in cells for part in cell.parts for end in (part.low, part.high) if end is not None]
    ratios = dict.fromkeys(x for end in ends for row in end for x in row if isinstance(x, Ratio) and x.denom.used)
    return [x.field.of(x.denom) for x in ratios]


def pieces_of(parts: Sequence[Part], actions: Sequence[str]) -> tuple[Piece, ...]:
    """Return what types do as pieces with numbers or expressions as their ends."""
    return tuple(
        Piece(
            _bound(part.low, -INFINITE),
            _bound(part.high, INFINITE),
            tuple((actions[a], p) for a, p in part.mixed or ((part.action, 1),)),
        )
        for part in parts
    )


def _bound(end: Any, infinite: float) -> Any:
    """Return an end as a number or an expression: the least of the greatest of each row."""
    if end is None:
        return infinite
    rows = [_most([_number(x) for x in row], max, "Max") for row in end]
    return _most(rows, min, "Min")


def _most(values: Sequence[Any], pick: Any, name: str) -> Any:
    if len(values) == 1:
        return values[0]
    if all(isinstance(v, (int, Fraction, float)) for v in values):
        return pick(values)
    import sympy as sp

    return getattr(sp, name)(*map(sp.sympify, values))


def _number(x: Any) -> Any:
    if not isinstance(x, Ratio):
        return shortest(x) if isinstance(x, Fraction) else x
    return x.as_expr() if used(x) else shortest(constant_of(x))
