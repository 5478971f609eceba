"""Time the exact engine: characterizing parametric games, and solving a tree with hidden types.

    python benchmarks/engine.py [--runs 3] [--trees 8] [--limit SECONDS]

Each line shows the median time and how far the slowest run was above it, the number of classes or
equilibria, and where the time goes, from one further run under the profiler: the search for patterns of
play that may be equilibria, the closed forms of each, the conditions under which each exists, the check at
a point, and the writing of expressions; for a solution at a point, the search and what follows it. SymPy's
cache is emptied before every run, and the first run, which loads modules, is not counted.
"""

from __future__ import annotations

import argparse
import cProfile
import multiprocessing
import pickle
import pstats
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from multiprocessing.pool import Pool
from statistics import median
from typing import Any

from sympy.core.cache import clear_cache

import deterrence as dt
from deterrence import chance, end, move, param, share, where
from deterrence.games.tree import Node
from deterrence.models.catalogue import load

STAGES = {
    ("possible.py", "at"): "search at points",
    ("possible.py", "left"): "proof that this is all",
    ("search.py", "patterns"): "search",
    ("closed_form.py", "closed_forms"): "closed forms",
    ("conditions.py", "conditions_of"): "conditions",
    ("builder.py", "_verified"): "check at a point",
    ("written.py", "written"): "writing",
    ("perfect_bayesian.py", "_of_pattern"): "equations and checks",
}
INSIDE = {"equations and checks": "check at a point"}
"""A stage that another one contains is told within that one."""


@dt.game("A", "B", name="mutual deterrence")
def mutual(
    gain: Any = param(1, "the other concedes", low=-10, high=10),
    peace: Any = param(0.6, "status quo", low=-10, high=10),
    hard_war: Any = param(0.2, "conflict, if Hard", low=-10, high=10),
    yielding: Any = param(0, "conceding", low=-10, high=10),
    soft_war: Any = param(-1, "conflict, if Soft", low=-10, high=10),
    p: Any = share(0.7, "probability that A is Hard"),
    q: Any = share(0.7, "probability that B is Hard"),
) -> Node:
    """Generalized mutual deterrence of Zagare and Kilgour (2000), with the same payoffs on both sides."""

    def war(one: str, other: str) -> Node:
        return end("war", *(hard_war if who == "Hard" else soft_war for who in (one, other)))

    def crisis(one: str, other: str) -> Node:
        given = {"concede": end("A wins", gain, yielding), "fight": war(one, other)}
        taken = {"concede": end("B wins", yielding, gain), "fight": war(one, other)}
        lone_b = move("B", given, information=f"{other}, attacked")
        lone_a = move("A", taken, information=f"{one}, attacked")
        kept = move("B", information=other, keep=end("peace", peace, peace), defect=lone_a)
        broken = move("B", information=other, keep=lone_b, defect=war(one, other))
        return move("A", information=one, keep=kept, defect=broken)

    def known(one: str) -> Node:
        return chance(hard=(q, crisis(one, "Hard")), soft=(1 - q, crisis(one, "Soft")))

    tree = chance({"Hard": (p, known("Hard")), "Soft": (1 - p, known("Soft"))})
    return where(tree, soft_war < yielding, yielding < hard_war, hard_war < peace, peace < gain)


@dt.game("Sender", "Receiver", name="signalling")
def signalling(
    p: Any = share(0.9, "probability that the Sender is strong"),
    calm: Any = param(2, "what the Sender gains by not being challenged", low=0.5, high=5),
    taste: Any = param(0.3, "what the Sender gains by the message it likes", low=0.1, high=0.4),
    weak: Any = param(1, "what the Receiver gains by challenging the weak", low=0.1, high=5),
    strong: Any = param(1, "what the Receiver gains by not challenging the strong", low=0.1, high=5),
) -> Node:
    """Send a message that one likes or the other's; the form of Cho and Kreps (1987)."""

    def answer(kind: str, message: str) -> Node:
        liked = taste if (kind, message) in {("strong", "show"), ("weak", "hide")} else 0
        return move(
            "Receiver",
            information=message,
            challenge=end("challenge", liked, weak if kind == "weak" else 0),
            accept=end("calm", liked + calm, strong if kind == "strong" else 0),
        )

    def sender(kind: str) -> Node:
        return move("Sender", information=kind, show=answer(kind, "show"), hide=answer(kind, "hide"))

    return chance(strong=(p, sender("strong")), weak=(1 - p, sender("weak")))


def twelve_sets(seed: int) -> dt.Game:
    """Return a random crisis with two-sided hidden types and twelve information sets of two actions."""
    rng = random.Random(seed)

    def leaf(name: str) -> Node:
        return end(name, rng.randrange(100), rng.randrange(100))

    def crisis(one: str, other: str) -> Node:
        last = move("B", information=f"B {other} 3", yield_=leaf("B yields late"), fight=leaf("war"))
        second = move("A", information=f"A {one} resisted", stop=leaf("A stops"), go=last)
        given = move("A", information=f"A {one} given way", take=leaf("taken"), more=leaf("more"))
        challenged = move("B", information=f"B {other} 2", give=given, resist=second)
        waited = move("B", information=f"B {other} 1", keep=leaf("peace"), strike=leaf("struck"))
        return move("A", information=f"A {one}", wait=waited, challenge=challenged)

    def known(one: str) -> Node:
        return chance(h=(Fraction(1, 2), crisis(one, "h")), s=(Fraction(1, 2), crisis(one, "s")))

    return dt.Game(("A", "B"), chance(h=(Fraction(1, 3), known("h")), s=(Fraction(2, 3), known("s"))))


@dataclass(frozen=True)
class Timing:
    """Hold what one question took: its runs in seconds, what came out, and the shares of its stages."""

    name: str
    seconds: Sequence[float]
    answer: str
    stages: str

    def line(self) -> str:
        """Return the timing as a line of the table."""
        middle = median(self.seconds)
        above = max(self.seconds) / middle - 1
        return f"{self.name:<34} {middle:9.3f} s  {above:+6.0%}  {self.answer:<36} {self.stages}"


def timed(ask: Callable[[], Any]) -> tuple[float, Any]:
    clear_cache()
    began = time.perf_counter()
    answer = ask()
    return time.perf_counter() - began, answer


def shares(ask: Callable[[], Any]) -> str:
    """Return the stages that take most of the time, in words."""
    clear_cache()
    profile = cProfile.Profile()
    profile.runcall(ask)
    stats: Any = pstats.Stats(profile)
    found: dict[str, float] = {}
    for (file, _, function), row in stats.stats.items():
        stage = STAGES.get((file.replace("\\", "/").rpartition("/")[2], function))
        if stage is not None:
            found[stage] = found.get(stage, 0) + row[3]
    for inner, outer in INSIDE.items():
        if outer in found:
            found.pop(inner, None)
    whole = stats.total_tt
    ranked = sorted(found.items(), key=lambda pair: -pair[1])
    return ", ".join(f"{stage} {spent / whole:.0%}" for stage, spent in ranked if spent > 0.05 * whole)


def fresh(game: dt.Game) -> dt.Game:
    """Return an equal game that nothing has been computed on."""
    again: dt.Game = pickle.loads(pickle.dumps(game))  # noqa: S301  (our own pickle)
    return again


def characterizing(game: dt.Game, runs: int) -> Timing:
    dt.characterize(fresh(game))
    times, answer = zip(*(timed(lambda: dt.characterize(fresh(game))) for _ in range(runs)), strict=True)
    told = f"{len(answer[0])} classes" + ("" if answer[0].complete else ", incomplete")
    return Timing(f"characterize {game.name}", times, told, shares(lambda: dt.characterize(fresh(game))))


def solve_timed(game: dt.Game) -> tuple[float, int, bool]:
    """Return how long a solution takes, how many equilibria there are, and whether that is all."""
    seconds, answer = timed(lambda: dt.solve(game))
    return seconds, len(answer), answer.complete


def solving(trees: int, limit: float) -> Timing:
    """Solve random trees in a process of their own, which is stopped where one takes too long."""
    games = [twelve_sets(seed) for seed in range(trees)]
    assert all(len(game.information_sets) == 12 for game in games)
    rows, finished = [], []
    pool = ready_pool()
    for game in games:
        try:
            rows.append(pool.apply_async(solve_timed, (game,)).get(limit))
            finished.append(game)
        except multiprocessing.TimeoutError:
            pool.terminate()
            pool = ready_pool()
    pool.terminate()
    counts = [count for _, count, _ in rows]
    late = "" if len(rows) == trees else f", {trees - len(rows)} not in {limit:g} s"
    whole = "" if all(complete for _, _, complete in rows) else ", some incomplete"
    told = f"{min(counts)}-{max(counts)} equilibria{whole}{late}"
    return Timing(
        f"solve 12 sets ({trees} trees)",
        [seconds for seconds, _, _ in rows],
        told,
        shares(lambda: [dt.solve(fresh(game)) for game in finished]),
    )


def ready_pool() -> Pool:
    """Return a process that has loaded what it needs."""
    pool = multiprocessing.get_context("spawn").Pool(1)
    pool.apply(solve_timed, (twelve_sets(1),))
    return pool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3, help="runs of each characterization")
    parser.add_argument("--trees", type=int, default=8, help="random trees to solve")
    parser.add_argument("--limit", type=float, default=6, help="seconds for each tree")
    asked = parser.parse_args()
    print(f"{'question':<34} {'median':>11}  {'max':>5}  {'answer':<36} where the time goes")
    named = [load(name).game for name in ("strike", "noisy-attribution", "unilateral-deterrence")]
    for game in (*named, signalling, mutual):
        print(characterizing(game, asked.runs).line(), flush=True)
    print(solving(asked.trees, asked.limit).line())


if __name__ == "__main__":
    main()
