"""All pairs of cutoffs that answer each other, found by what monotone best replies exclude."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Any

from deterrence.solvers.continuum.global_games.best_replies import (
    best_reply,
    far_signal,
    plain,
    scale,
    settles,
    sure_reply,
)
from deterrence.solvers.continuum.global_games.complements import draws_on
from deterrence.solvers.continuum.global_games.far_out import end_of_search
from deterrence.solvers.continuum.global_games.flat_prior import flat_pair
from deterrence.solvers.continuum.global_games.gains import gain
from deterrence.solvers.continuum.global_games.polynomials import floats_of, value
from deterrence.solvers.continuum.global_games.shape import GlobalGame

Number = Any
Pair = tuple[Any, Any]
WIDTH = 1e-9
MARGIN = 1e-12
PIECES = 48
MOST = 6000


@dataclass(frozen=True)
class Found:
    """The equilibria in cutoffs.

    Attributes
    ----------
    pairs
        For each the cutoffs of both players, below which they take their low actions.
    gaps
        Sentences that say what is not proved; none where all equilibria in cutoffs are there.
    """

    pairs: tuple[Pair, ...]
    gaps: tuple[str, ...]


def cutoff_pairs(here: GlobalGame) -> Found:
    """Return every pair of cutoffs that answer each other, from the lowest to the highest."""
    gaps = list(_knife_edges(here))
    if not draws_on(here):
        gaps.append(
            "at some signals the other's action may matter the wrong way, so that bounds on what was searched, and on "
            "strategies without cutoffs, are not proved"
        )
    pairs = list(_constant(here))
    gaps += _far_signals(here, pairs)
    if here.flat:
        pair = flat_pair(here)
        pairs += [pair] if pair is not None else []
    else:
        inner, more = _inner(here)
        pairs += inner
        gaps += more
    kept: list[Pair] = []
    for pair in sorted(pairs):
        if not any(_same(pair, other) for other in kept):
            kept.append(pair)
    return Found(tuple(kept), tuple(dict.fromkeys(gaps)))


def _same(one: Pair, two: Pair) -> bool:
    return all(
        a == b or (abs(a - b) < inf and abs(a - b) <= 10 * WIDTH * (1 + min(abs(a), abs(b))))
        for a, b in zip(one, two, strict=True)
    )


def _knife_edges(here: GlobalGame) -> tuple[str, ...]:
    told = []
    for i, side in enumerate(here.sides):
        other = here.sides[1 - i]
        for poly, action in ((side.alone, other.high), (side.joined, other.low)):
            if poly == (0,):
                told.append(
                    f"where {other.player} always takes {action!r}, {side.player} gains nothing by either action, and "
                    "any strategy answers that"
                )
    return tuple(told)


def _constant(here: GlobalGame) -> tuple[Pair, ...]:
    """Return the pairs in which at least one player does the same whatever its signal."""
    pairs = []
    for end in (-inf, inf):
        first = best_reply(here, 0, end)
        if sure_reply(here, 1, first) == end:
            pairs.append((first, end))
        second = best_reply(here, 1, end)
        if sure_reply(here, 0, second) == end:
            pairs.append((end, second))
    return tuple(dict.fromkeys(pairs))


def _far_signals(here: GlobalGame, pairs: list[Pair]) -> list[str]:
    """Return for each player that does the same after all signals why that is not proved, where it is not."""
    told = []
    for pair in pairs:
        for i, side in enumerate(here.sides):
            if abs(pair[i]) == inf and not settles(here, side.noise):
                far = far_signal(here, i, pair[i] > 0)
                told.append(f"that {side.player} does the same at all signals was looked at only as far as {far:.6g}")
    return told


def _inner(here: GlobalGame) -> tuple[list[Pair], list[str]]:
    """Return the pairs whose first cutoff is finite, under a prior that is a law."""
    gaps, ends = [], []
    for up in (False, True):
        end = plain(here, 0, up)
        if abs(end) == inf:
            end = best_reply(here, 0, best_reply(here, 1, end))
        if abs(end) == inf:
            far = end_of_search(here, up)
            end = far.at
            if not far.proved:
                gaps.append(f"cutoffs {'above' if up else 'below'} {end:.6g} are not excluded")
        ends.append(end)
    pad = WIDTH * (1 + scale(here))
    pairs, more = _isolated(here, ends[0] - pad, ends[1] + pad)
    return pairs, gaps + more


def _isolated(here: GlobalGame, low: float, high: float) -> tuple[list[Pair], list[str]]:
    """Return the pairs whose first cutoff lies between two ends, by halving what the best replies do not exclude.

    The answer to an answer, B, rises: where B at the lower end of an interval exceeds its upper end, or B at its upper
    end falls short of the lower one, no cutoff in it answers itself.
    """
    width = high - low
    stack = [(low + width * k / PIECES, low + width * (k + 1) / PIECES) for k in reversed(range(PIECES))]
    left: list[tuple[float, float]] = []
    margin, asked = MARGIN * _size(here), 0
    while stack:
        a, b = stack.pop()
        asked += 1
        if asked > MOST:
            return _roots(here, left)[0], [f"cutoffs between {a:.6g} and {high:.6g} were not all looked at"]
        if gain(here, 0, b, _answer(here, a)) > margin or gain(here, 0, a, _answer(here, b)) < -margin:
            continue
        if b - a <= WIDTH * (1 + abs(a)):
            if left and left[-1][1] >= a - WIDTH:
                left[-1] = (left[-1][0], b)
            else:
                left.append((a, b))
            continue
        middle = (a + b) / 2
        stack += [(middle, b), (a, middle)]
    return _roots(here, left)


def _answer(here: GlobalGame, cutoff: float) -> float:
    return cutoff if here.symmetric else best_reply(here, 1, cutoff)


def _size(here: GlobalGame) -> float:
    points = [p for p in map(float, here.prior.ends) if abs(p) < inf] or [float(here.prior.ppf(0.5))]
    polys = [floats_of(poly) for side in here.sides for poly in (side.alone, side.joined)]
    return 1 + max(abs(float(value(poly, p))) for poly in polys for p in points)


def _roots(here: GlobalGame, left: list[tuple[float, float]]) -> tuple[list[Pair], list[str]]:
    """Return the pair in each small interval that is left, where the gain changes its sign in it."""
    from scipy import optimize

    pairs: list[Pair] = []
    gaps: list[str] = []

    def at(k: float) -> float:
        return float(gain(here, 0, k, _answer(here, k)))

    for a, b in left:
        first, last = a - WIDTH * (1 + abs(a)), b + WIDTH * (1 + abs(b))
        if at(first) * at(last) > 0:
            gaps.append(f"whether a cutoff near {a:.9g} answers itself is not decided: best replies nearly touch there")
            continue
        root = float(optimize.brentq(at, first, last, xtol=1e-15, rtol=1e-15, maxiter=500))
        pairs.append((root, _answer(here, root)))
    return pairs, gaps
