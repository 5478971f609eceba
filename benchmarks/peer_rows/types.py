"""Games with hidden types and choices from a range: one solution, formulas, and sweeps over many points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm

import deterrence as dt
from peer_rows.row import Row, Section, agreement, timed

OFFERS = 41
GRID = 101
"""Types on the grid that the finite engine is given."""
BY_HAND = "SciPy, brentq on the first-order condition"
FRESH = iter(range(1, 10**9))


def ultimatum(law: Any) -> Any:
    """Return Fearon's demand with a law for the rival's cost of war."""

    @dt.game("Proposer", "Rival")
    def bargaining(
        p: Any = dt.param("1/2", "chance to win", low=0, high=1),
        c: Any = dt.param("1/10", "the proposer's cost of war", low=0),
    ) -> Any:
        """Demand something of a rival whose cost of war is hidden."""
        return dt.draw(
            law,
            seen_by="Rival",
            then=lambda cost: dt.choose(
                "Proposer",
                0,
                1,
                then=lambda demand: dt.move(
                    "Rival",
                    accept=dt.end("settlement", demand, 1 - demand),
                    fight=dt.end("war", p - c, 1 - p - cost),
                ),
            ),
        )

    return bargaining


def offers() -> Any:
    """Return the same with so many offers."""

    @dt.game("Proposer", "Rival")
    def proposal(c: Any = dt.param("1/10", "the proposer's cost of war", low=0)) -> Any:
        """Make one of several demands of a rival whose cost of war is hidden."""

        def reply(cost: Any, i: int) -> Any:
            share = Fraction(i, OFFERS - 1)
            return dt.move(
                "Rival",
                accept=dt.end("settlement", share, 1 - share),
                fight=dt.end("war", Fraction(1, 2) - c, Fraction(1, 2) - cost),
                information=f"asked {i}",
            )

        return dt.draw(
            0,
            "2/5",
            seen_by="Rival",
            then=lambda cost: dt.move("Proposer", {f"ask {i}": reply(cost, i) for i in range(OFFERS)}),
        )

    return proposal


@dt.game("Challenger", "Defender")
def crisis(a: Any = dt.param("1/2", "what backing down costs", low=0)) -> Any:
    """Challenge, and perhaps take it back at a cost; both sides' values of war are hidden."""
    return dt.draw(
        -2,
        1,
        seen_by="Challenger",
        then=lambda mine: dt.draw(
            -2,
            1,
            seen_by="Defender",
            then=lambda theirs: dt.move(
                "Challenger",
                quiet=dt.end("status quo", 0, 1),
                challenge=dt.move(
                    "Defender",
                    concede=dt.end("concession", 1, 0),
                    resist=dt.move(
                        "Challenger", back_down=dt.end("backed down", -a, 1), fight=dt.end("war", mine, theirs)
                    ),
                ),
            ),
        ),
    )


@dt.game("Incumbent", "First", "Second")
def store(b: Any = dt.param("1/2", "gain from an entry that is not fought", low=0)) -> Any:
    """Enter one of two markets in turn; the incumbent, whose cost of a fight is hidden, fights or yields."""

    def second(so_far: Any, gained: Any, cost: Any) -> Any:
        return dt.move(
            "Second",
            out=dt.end("second stays out", so_far + 1, gained, 0),
            enter=dt.move(
                "Incumbent",
                fight=dt.end("second fought", so_far - cost, gained, -1),
                give_way=dt.end("second enters", so_far, gained, b),
            ),
        )

    def first(cost: Any) -> Any:
        fought = dt.move("Incumbent", fight=second(-cost, -1, cost), give_way=second(0, b, cost))
        return dt.move("First", out=second(1, 0, cost), enter=fought)

    return dt.draw("-1/5", 2, seen_by="Incumbent", then=first)


def fresh(game: Any, name: str) -> Callable[[], Any]:
    """Return what solves a game at a value that it was not solved at before."""
    return lambda: dt.solve(game.at({name: game.values[name] + Fraction(next(FRESH), 1000)}))


def solving(repeats: int) -> list[Row]:
    """Solve one game, at values at which it was not solved before."""
    wide = ultimatum(dt.Uniform(0, "2/5"))
    game = wide.on_grid(demand=OFFERS, cost=GRID)
    rows = []
    for what, tree, name, most in (
        ("the crisis with two moves and two hidden types", crisis, "a", 0.3),
        ("the chain store with two entrants", store, "b", 2.0),
        (f"{OFFERS} offers to a hidden type", offers(), "c", 0.5),
        ("a demand from a range", wide, "c", None),
    ):
        fresh(tree, name)()
        seconds, _ = timed(fresh(tree, name), repeats)
        rows.append(Row(f"solve {what}", "", seconds, "none", None, "", most_time=most))
    ours, answer = timed(fresh(wide, "c"), repeats)
    theirs, finite = timed(lambda: dt.solve(game))
    near = min(abs(float(each.outcomes["war"]) - float(answer[0].outcomes["war"])) for each in finite)
    text = f"within {near:.2g} in the chance of war: the grid's own error"
    rows.append(Row("a demand from a range", "", ours, f"our finite engine, {OFFERS} × {GRID} types", theirs, text))
    return rows


def along(count: int) -> list[Fraction]:
    """Return values of a cost."""
    return [Fraction(1, 20) + Fraction(k, 5 * count) for k in range(count)]


def by_hand(costs: Sequence[Any]) -> np.ndarray:
    """Return the chance of war where the cost has a normal law, root by root."""
    law = norm(0.2, 0.05)
    roots = [brentq(lambda z, c=float(c): law.sf(z) - (z + c) * law.pdf(z), 0, 0.4) for c in costs]
    return np.asarray(law.cdf(roots))


def sweeping(count: int) -> list[Row]:
    """Sweep over many points: by formulas, by formulas again, and with a general law."""
    grid, rows = along(count), []
    for what, game, name, most in (
        ("the demand, uniform law", ultimatum(dt.Uniform(0, "2/5")), "c", 1.0),
        ("the crisis, uniform laws", crisis, "a", 1.0),
    ):
        first, _ = timed(lambda game=game, name=name: dt.sweep(game, "war", {name: grid}))
        again, _ = timed(lambda game=game, name=name: dt.sweep(game, "war", {name: grid}))
        question = f"sweep of {what}, {count:,} points"
        rows.append(Row(f"{question}: the first, with its formulas", "", first, "none", None, ""))
        rows.append(Row(question, "", again, "none", None, "", most_time=most))
    normal = ultimatum(dt.Normal("1/5", "1/20"))
    ours, swept = timed(lambda: dt.sweep(normal, "war", {"c": grid}))
    theirs, expected = timed(lambda: by_hand(grid))
    apart = float(np.abs(np.asarray(swept.data["low"]).reshape(-1) - expected).max())
    text = agreement(apart, 3e-6, "the chance of war")
    rows.append(
        Row(f"sweep of the demand, normal law, {count:,} points", "", ours, BY_HAND, theirs, text, most_time=10.0)
    )
    return rows


def section(count: int) -> Section:
    """Return the rows."""
    text = (
        "Trees in which nature draws a number that one side sees, and in which a number is chosen. No package known to "
        "us solves them from the tree, so that peers are a root finding for one model that was worked out by hand, and "
        "our own finite engine on a grid of types and demands. Each solution is at values not asked for before, and is "
        "checked against the tree before it is returned, which is in our times."
    )
    limit = (
        "Exact fractions in the solutions, and SymPy where formulas are derived. With a law that is not uniform a few "
        "points of a line are solved and polynomials go through them, so that a sweep takes as long as these. "
        "Near to a value at which classes change each solution takes longer, up to seconds, and a map of two "
        "parameters is solved point by point."
    )
    return Section("Hidden types and choices from a range", text, [*solving(3), *sweeping(count)], limit)
