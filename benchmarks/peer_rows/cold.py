"""The first answer of a new process: what a person waits for who types one line."""

from __future__ import annotations

import subprocess
import sys

from peer_rows.row import Row, Section, package

REPEATS = 7
SOLVED = "import deterrence as dt; from deterrence import models; print(dt.solve(models.load({!r}).game))"
LOADED = "from deterrence import models; [models.load(key) for key in models.names()]"
MATRIX = "import numpy as np; A = np.array([[3., 2.], [4., 1.]]); "
PEERS = {
    "Nashpy": ("nashpy", f"{MATRIX}import nashpy; print(list(nashpy.Game(A, A.T).support_enumeration()))"),
    "pygambit": (
        "pygambit",
        f"{MATRIX}import pygambit as g; print(g.nash.enummixed_solve(g.Game.from_arrays(A, A.T)).equilibria)",
    ),
    "QuantEcon": (
        "quantecon.game_theory",
        f"{MATRIX}import quantecon.game_theory as q; print(q.vertex_enumeration(q.NormalFormGame([q.Player(A)] * 2)))",
    ),
}
CHICKEN = "load and solve `snyder1977/chicken`"
ALONE = {
    "load and solve `folklore/strike`": SOLVED.format("folklore/strike"),
    "load and solve `zagare2000/unilateral_deterrence`": SOLVED.format("zagare2000/unilateral_deterrence"),
    "load and solve `cases/iraq_2020`": SOLVED.format("cases/iraq_2020"),
    "load and solve `fearon1995/hidden_cost`, a continuous model": SOLVED.format("fearon1995/hidden_cost"),
    "load and solve `whang2013/sanction_threats`, which needs SciPy": SOLVED.format("whang2013/sanction_threats"),
    "`deterrence models`": "from deterrence.cli.commands.models import models; models()",
    "`models.table()`": "from deterrence import models; print(len(models.table()))",
    "load every model": LOADED,
    "`import numpy, scipy.optimize, sympy`, to compare": "import numpy, scipy.optimize, sympy",
}


def section() -> Section:
    """Time first answers, each in processes of its own."""
    ours = _seconds(SOLVED.format("snyder1977/chicken"))
    rows = [Row(CHICKEN, "", ours, name, _of_peer(*peer), _told(name, peer[0])) for name, peer in PEERS.items()]
    rows += [Row(question, "", _seconds(code), "none", None, "") for question, code in ALONE.items()]
    return Section(
        "The first answer",
        f"Processor time from the start of Python to the end, the least of {REPEATS} new processes on each side. A "
        "peer gets one game of 2 × 2 as numbers, the way in which it starts soonest; ours is a model with named "
        "parameters. "
        "QuantEcon's vertex enumeration is the method of its that compiles least.",
        rows,
        "NumPy, and reading the library's own modules. SymPy is loaded with the first question that needs a formula.",
    )


def _told(name: str, needed: str) -> str:
    return "not installed here, so not compared" if package(needed) is None else f"{name} solves a game of 2 × 2"


def _of_peer(needed: str, code: str) -> float | None:
    return None if package(needed) is None else _seconds(code)


def _seconds(code: str) -> float:
    """Return the least processor time of some new processes that run a line of code."""
    text = f"import time\n{code}\nprint(time.process_time())"
    runs = [_output(text) for _ in range(REPEATS)]
    return min(float(run.split()[-1]) for run in runs)


def _output(text: str) -> str:
    command = [sys.executable, "-c", text]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603  (the lines above)
