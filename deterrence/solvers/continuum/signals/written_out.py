"""A schedule of signals as strategies: what each type sends, and what the receiver does on seeing it."""

from __future__ import annotations

from typing import Any

from deterrence.answers.continuum.strategies import Case, Cutoffs, Piece, Schedule, exact_or_float, shown_number
from deterrence.solvers.continuum.signals.answering import INFINITY, Found
from deterrence.solvers.continuum.signals.crossing import Worth
from deterrence.solvers.continuum.signals.functions import Curve, TypeThatSends
from deterrence.solvers.continuum.signals.separating import Segment
from deterrence.solvers.continuum.signals.shape import in_sympy, plain

ERROR = 1e-9
SAMPLES = 200


def written_out(worth: Worth, segments: tuple[Segment, ...], pool: Any) -> Found:
    """Return a schedule, with a pool at the greatest signal where there is one, as strategies."""
    signal = worth.signal
    kept = segments if pool is None else _cut(segments, pool.start)
    pieces = [(*sorted((s.start, s.end)), s.value) for s in kept]
    if pool is not None:
        pieces.append((*sorted((pool.start, float(segments[-1].end))), signal.span[1]))
    choice: Any = Schedule(signal.type.name, tuple(sorted(pieces, key=lambda piece: piece[0])))
    if len(pieces) == 1 and pool is not None:
        choice = signal.span[1]
    strategies, choices = _answer(worth, kept, pool)
    form, exact = signal.game.form, pool is None and not any(isinstance(s.value, Curve) for s in kept)
    upto = "separating up to a pool" if kept else "all send the greatest signal"
    return Found(
        {form.set_names[form.infoset_of[0]]: strategies} if strategies is not None else {},
        {signal.message.name: choice, **choices},
        "separating" if pool is None else upto,
        _belief(worth, kept, pool),
        (),
        (),
        ERROR if not exact else 1e-12,
    )


def _cut(segments: tuple[Segment, ...], stop: float) -> tuple[Segment, ...]:
    """Return a schedule up to a type."""
    kept = []
    for s in segments:
        if s.holds(stop):
            if s.start != stop:
                last = s.at(stop)
                kept.append(Segment(s.start, stop, s.value, s.first, last, s.symbol))
            return tuple(kept)
        kept.append(s)
    return tuple(kept)


def _answer(worth: Worth, kept: tuple[Segment, ...], pool: Any) -> tuple[Any, dict[str, Any]]:
    """Return what the receiver does: its strategy where it moves, and its choice where it chooses a number."""
    import sympy as sp

    signal, response = worth.signal, worth.response
    name, (low, high) = signal.message.name, signal.span
    m = signal.symbol(signal.message)
    rows: list[tuple[Any, Any, Any]] = []
    if pool is not None:
        rows.append((high, high, pool.mean))
    rows += [(s.first, s.last, exact_or_float(s.end) if s.flat else _sender(s, m)) for s in kept]
    rows.append((low, high, kept[-1].end if kept else worth.signal.law.ends[0 if worth.rising else 1]))
    answers = [(a, b, _number(response.formula.subs(response.belief, in_sympy(t)))) for a, b, t in rows]
    if response.below is None or response.above is None:
        assert signal.reply is not None
        parts = [(in_sympy(value), m <= in_sympy(b)) for _, b, value in answers[:-1]]
        if pool is not None:
            parts[0] = (parts[0][0], m >= in_sympy(high))
        return None, {signal.reply.name: sp.Piecewise(*parts, (in_sympy(answers[-1][2]), True))}
    assert signal.own is not None
    first, second = ((response.below.action, 1),), ((response.above.action, 1),)
    cases = [
        Case(((name, a, b),), (Piece(-INFINITY, cut, first), Piece(cut, INFINITY, second))) for a, b, cut in answers
    ]
    return Cutoffs(signal.own.name, tuple(cases)), {}


def _number(value: Any) -> Any:
    """Return an expression as it is, and a number of SymPy as a plain one."""
    return value if value.free_symbols else plain(value)


def _sender(segment: Segment, m: Any) -> Any:
    """Return the type that sends a signal, as an expression in the signal."""
    import numpy as np
    import sympy as sp

    if isinstance(segment.value, Curve):
        return TypeThatSends.of(segment.value, m)
    t = segment.symbol
    base, root = segment.value.as_base_exp()
    base, root = (base, root) if base.is_Add else (segment.value, sp.Integer(1))
    constant, rest = base.as_independent(t, as_Add=True)
    factor, power = rest.as_coeff_exponent(t)
    if not factor.free_symbols and min(segment.start, segment.end) >= 0:
        return ((m ** (1 / root) - constant) / factor) ** (1 / power)
    low, high = sorted((float(segment.start), float(segment.end)))
    points = (low + (high - low) * (1 - np.cos(np.linspace(0, np.pi, SAMPLES))) / 2).tolist()
    value, slope = (sp.lambdify(t, e, modules="numpy") for e in (segment.value, sp.diff(segment.value, t)))
    curve = Curve(*(tuple(float(x) for x in row) for row in (points, map(value, points), map(slope, points))))
    return TypeThatSends.of(curve, m)


def _belief(worth: Worth, kept: tuple[Segment, ...], pool: Any) -> str:
    name, type_ = worth.signal.message.name, worth.signal.type.name
    who = f"the {type_} that sends what is seen"
    if pool is None:
        return f"{who}; above the greatest {name} that is sent, {type_} = {shown_number(kept[-1].end)}"
    side = ">" if worth.rising else "<"
    return f"{who}; at {name} = {shown_number(worth.signal.span[1])}, {type_} {side} {shown_number(pool.start)}"
