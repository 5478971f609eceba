"""What is slow: closed forms of every published model, and games that grow, each asked in a process that is stopped."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import deterrence as dt
from deterrence.models.catalogue import load, names
from deterrence.models.escalation import exchange
from peer_rows.row import Row, Section

SETS, TYPES, ROUNDS, PENNIES = (4, 8, 12, 16), (2, 3, 5), (2, 4, 6, 8), (1, 2, 3)
SIGNALS, REPLIES = ("low", "middle", "high"), ("yield", "wait", "fight")
CASES = ("cases/iraq_2020", "cases/cuba_1962")
Asked = Callable[[], str]


def section(limit: float) -> Section:
    """Ask every question, each at most so many seconds of the clock."""
    return Section(
        "What is slow",
        f"Each question is asked once, in a process of its own that is stopped after {limit:g} s. The time is by the "
        "clock, since some share their work among processes, of a first call, with the loading of SymPy and without "
        "that of the library. *Complete* is what the answer says of itself. Random payoffs are integers from 0 to 99. "
        "No other package answers these questions with formulas.",
        [_row(question, limit) for question in questions()],
        "The search over patterns of play, and the algebra of the conditions.",
    )


def questions() -> dict[str, Asked]:
    """Return what is asked, by what a row says."""
    asked: dict[str, Asked] = {}
    for key in names():
        if isinstance(load(key).game, dt.Game):
            asked[f"`characterize` {key}"] = partial(_classes, key)
    for count in SETS:
        asked[f"`solve` {count} information sets of two actions"] = partial(_solved, partial(chain, count))
    for count in TYPES:
        asked[f"`solve` {count} types, {len(SIGNALS)} signals, {len(REPLIES)} replies"] = partial(
            _solved, partial(signals, count)
        )
    for count in ROUNDS:
        asked[f"`characterize` `exchange({count})`"] = partial(_classes_of, partial(exchange, count))
    for count in PENNIES:
        asked[f"`solve` matching pennies, {count} stages"] = partial(_solved, partial(pennies, count))
    for key in CASES:
        asked[f"`robustness` {key}"] = partial(_robust, key)
        asked[f"`sensitivity` {key}, n = 256"] = partial(_sensitive, key)
    return asked


def answer(question: str) -> None:
    """Answer one question, and print the time by the clock and what it found: for a process of its own."""
    ask = questions()[question]
    began = time.perf_counter()
    told = ask()
    print(json.dumps({"seconds": time.perf_counter() - began, "told": told}))


def _row(question: str, limit: float) -> Row:
    entry = Path(__file__).parent.parent / "peers.py"
    command = [sys.executable, str(entry), "--ask", question]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=limit)  # noqa: S603  (this)
    except subprocess.TimeoutExpired:
        return Row(question, "", None, "none", None, f"no answer within {limit:g} s")
    if ran.returncode:
        return Row(question, "", None, "none", None, ran.stderr.strip().splitlines()[-1])
    found = json.loads(ran.stdout.splitlines()[-1])
    return Row(question, "", found["seconds"], "none", None, found["told"])


# -- questions -------------------------------------------------------------------------------------------


def _classes(key: str) -> str:
    return _classes_of(lambda: load(key).game)


def _classes_of(make: Callable[[], Any]) -> str:
    found = dt.characterize(make())
    return f"{len(found)} classes, {'complete' if found.complete else 'not complete'}"


def _solved(make: Callable[[], Any]) -> str:
    found = dt.solve(make())
    return f"{len(found)} equilibria, {'complete' if found.complete else 'not complete'}"


def _robust(key: str) -> str:
    model = load(key)
    found = dt.robustness(model.game, model.asked[0])
    return f"{len(found.radii)} parameters"


def _sensitive(key: str) -> str:
    model = load(key)
    found = dt.sensitivity(model.game, model.asked[0], n=256, limit=256)
    return f"{len(found.to_frame())} rows"


# -- games that grow --------------------------------------------------------------------------------------


def _payoffs(source: random.Random) -> tuple[int, int]:
    return source.randrange(100), source.randrange(100)


def chain(sets: int, seed: int = 2) -> dt.Game:
    """Return a crisis of two sides, each with one of two types, who may stop it in turn, with so many sets."""
    source, steps = random.Random(seed), sets // 2

    def stage(step: int, types: tuple[str, str]) -> Any:
        if step == steps:
            return dt.end("war", *_payoffs(source))
        player = "AB"[step % 2]
        stop = dt.end(f"stop {step}", *_payoffs(source))
        return dt.move(player, stop=stop, go=stage(step + 1, types), information=f"{player} {types[step % 2]} {step}")

    def known(first: str) -> Any:
        return dt.chance(h=(Fraction(1, 2), stage(0, (first, "h"))), s=(Fraction(1, 2), stage(0, (first, "s"))))

    return dt.Game(("A", "B"), dt.chance(h=(Fraction(1, 3), known("h")), s=(Fraction(2, 3), known("s"))))


def signals(types: int, seed: int = 1) -> dt.Game:
    """Return a signalling game with equally likely types."""
    source = random.Random(seed)

    def replies(signal: str) -> Any:
        ends = {reply: dt.end(f"{signal}, {reply}", *_payoffs(source)) for reply in REPLIES}
        return dt.move("Receiver", ends, information=f"after {signal}")

    def sender(k: int) -> Any:
        return dt.move("Sender", {signal: replies(signal) for signal in SIGNALS}, information=f"type {k}")

    drawn = {f"type {k}": (Fraction(1, types), sender(k)) for k in range(types)}
    return dt.Game(("Sender", "Receiver"), dt.chance(drawn))


def pennies(stages: int) -> dt.Game:
    """Return matching pennies played again and again, each seeing what was played."""
    sides = ("heads", "tails")

    def stage(history: tuple[str, ...], score: int) -> Any:
        if len(history) == 2 * stages:
            return dt.end("over", score, -score)
        here = ", ".join(history) or "start"

        def column(own: str) -> Any:
            below = {other: stage((*history, own, other), score + (1 if own == other else -1)) for other in sides}
            return dt.move("Column", below, information=f"Column, {here}")

        return dt.move("Row", {own: column(own) for own in sides}, information=f"Row, {here}")

    return dt.Game(("Row", "Column"), stage((), 0))
