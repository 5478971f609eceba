"""Time quantal response equilibria of a signalling game at many parameter points, beside pygambit.

    python benchmarks/quantal.py [--points 1000] [--others 20] [--repeats 3]

The game has two types, two signals and two responses; its four parameters are drawn at random. A row is one
precision: milliseconds a point for a batch (`quantal_grid`, the compiled tree reused, best of some
repeats), for one point at a time (`Quantal.solve`), and for pygambit (`logit_solve_lambda`, and its whole
branch by `logit_solve_branch`), on the first few of the same points. Building pygambit's game is not timed.
The ratio is pygambit's time over the batch's; the last column is the greatest difference in a probability.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np

from deterrence.games.game import Game
from deterrence.games.notation import chance, end, game, move
from deterrence.games.parameter import param, share
from deterrence.games.tree import Node
from deterrence.solvers.quantal import Quantal
from deterrence.solvers.quantal_grid import quantal_grid

PRECISIONS = (1.0, 5.0, 20.0)
RANGES = {"strong": (0.05, 0.95), "prize": (1.0, 8.0), "war": (-1.0, 6.0), "cost": (0.0, 3.0)}


@game("Sender", "Receiver")
def signalling(
    strong: Any = share(0.3, "probability that the sender is strong"),
    prize: Any = param(4, "worth of what is disputed", low=0, high=20),
    war: Any = param(3, "cost of a war against the strong", low=-5, high=20),
    cost: Any = param(1, "cost of a loud threat", low=0, high=10),
) -> Node:
    """Threaten loudly or quietly; the receiver hears the threat and does not know the sender."""

    def answer(threat: str, give: tuple[Any, ...], resist: tuple[Any, ...]) -> Node:
        return move("Receiver", give=end("given", *give), resist=end("war", *resist), information=threat)

    strong_sender = move(
        "Sender",
        loud=answer("loud", (prize - cost, -2), (1 - cost, -war)),
        quiet=answer("quiet", (prize / 2, -1), (0, -war / 2)),
        information="strong",
    )
    weak_sender = move(
        "Sender",
        loud=answer("loud", (prize - 2 * cost, -2), (-war - cost, 1)),
        quiet=answer("quiet", (prize / 2, -1), (-1, 2)),
        information="weak",
    )
    return chance(strong=(strong, strong_sender), weak=(1 - strong, weak_sender))


def gambit_game(original: Game) -> tuple[Any, list[Any]]:
    """Copy a game to pygambit; return it with its information sets in our order."""
    import pygambit

    form, (payoffs, chances) = original.form, original.numbers
    copy = pygambit.Game.new_tree(players=list(original.players))
    nodes = {0: copy.root}
    sets: dict[int, Any] = {}
    for node, below in enumerate(form.children):
        here, h = nodes[node], form.infoset_of[node]
        labels = [str(branch) for branch in range(len(below))]
        if not below:
            worth = [pygambit.Rational(x.numerator, x.denominator) for x in payoffs[node]]
            copy.set_outcome(here, copy.add_outcome(str(node), worth))
        elif h < 0:
            copy.append_move(here, copy.players.chance, labels)
            drawn = [pygambit.Rational(p.numerator, p.denominator) for p in chances[node]]
            copy.set_chance_probs(here.infoset, drawn)
        elif h in sets:
            copy.append_infoset(here, sets[h])
        else:
            copy.append_move(here, form.players[form.player_of[h]], labels)
            sets[h] = here.infoset
        nodes.update({child: here.children[label] for child, label in zip(below, labels, strict=True)})
    return copy, [sets[h] for h in sorted(sets)]


def gambit_behaviour(copy: Any, sets: list[Any], profile: Any) -> list[float]:
    """Read the probabilities from what pygambit returns, in our order of information sets."""
    rows, start = {}, 0
    for player in copy.players:
        for some in player.infosets:
            rows[player.label, some.number] = [float(profile[start + a]) for a in range(len(some.actions))]
            start += len(some.actions)
    return [p for some in sets for p in rows[some.player.label, some.number]]


def timed(task: Callable[..., Any], *given: Any, **named: Any) -> tuple[float, Any]:
    """Return the milliseconds that a task takes, and its result."""
    start = time.perf_counter()
    result = task(*given, **named)
    return 1e3 * (time.perf_counter() - start), result


def gambit_times(games: list[Game], precision: float) -> tuple[float, float, list[list[float]]] | None:
    """Return pygambit's median milliseconds at one precision and for the whole branch, and its answers."""
    try:
        import pygambit
    except ImportError:
        return None
    single, whole, answers = [], [], []
    for some in games:
        copy, sets = gambit_game(some)
        spent, profiles = timed(pygambit.qre.logit_solve_lambda, copy, lam=[precision])
        single.append(spent)
        answers.append(gambit_behaviour(copy, sets, profiles[0]))
        whole.append(timed(pygambit.qre.logit_solve_branch, copy)[0])
    return median(single), median(whole), answers


def row(columns: dict[str, Any], precision: float, others: int, repeats: int) -> str:
    """Return a row of the table."""
    count = len(columns["war"])
    runs = [timed(quantal_grid, signalling, precision, columns) for _ in range(repeats)]
    batch, grid = min(spent for spent, _ in runs) / count, runs[0][1]
    places = [{name: float(column[k]) for name, column in columns.items()} for k in range(others)]
    games = [signalling.at(values) for values in places]
    alone = median(timed(Quantal(precision).solve, some)[0] for some in games)
    shown = f"{precision:9g} {int(grid.converged.sum()):9d} {batch:9.3f} {alone:10.2f}"
    theirs = gambit_times(games, precision)
    if theirs is None:
        return shown + "   pygambit is not installed"
    single, whole, answers = theirs
    apart = float(np.abs(np.array(answers) - grid.behaviour[:others]).max())
    return f"{shown} {single:10.2f} {single / batch:7.0f} {whole:10.2f} {whole / batch:7.0f} {apart:10.1e}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Time quantal response equilibria beside pygambit.")
    parser.add_argument("--points", type=int, default=1000)
    parser.add_argument("--others", type=int, default=20, help="points that are solved one at a time")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    rng = np.random.default_rng(1)
    columns = {name: rng.uniform(*ends, options.points).round(6) for name, ends in RANGES.items()}
    quantal_grid(signalling, 1.0, columns)  # compiles the tree
    print("milliseconds a point; pygambit at the precision asked, and its whole branch, each with the ratio")
    print("precision converged     batch one by one   pygambit   ratio     branch   ratio difference")
    for precision in PRECISIONS:
        print(row(columns, precision, min(options.others, options.points), options.repeats))


if __name__ == "__main__":
    main()
