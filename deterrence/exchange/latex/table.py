"""Payoff tables in LaTeX: the first player's actions in rows, the second's in columns."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deterrence.answers.solution import Equilibrium
from deterrence.errors import MethodError
from deterrence.exchange.latex.formulas import LatexFormulas, number, plain
from deterrence.exchange.latex.letters import in_text
from deterrence.exchange.latex.page import Piece
from deterrence.games.game import Game
from deterrence.games.strategic_form import StrategicForm

MOST_CELLS = 400
"""A larger table is no table to print."""
LETTER, LINE, GAP = 5.2, 12.0, 13.0
"""Least width of a letter and height of a line that a page is given, and the room between columns."""
WIDE = 30
"""Letters of a line of an action's name."""

Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Payoffs:
    """The contents of a payoff table.

    Attributes
    ----------
    players
        Those who receive payoffs, in the order in which a cell lists them.
    choosers
        The positions of those who choose, first rows, then columns, then one table for each choice.
    actions
        The names of each chooser's actions.
    cells
        The payoffs by the positions of the chosen actions, as formulas.
    numbers
        The same as numbers, at the present parameter values.
    played
        The probability of each chooser's actions in an equilibrium that is marked; empty without one.
    """

    players: tuple[str, ...]
    choosers: tuple[int, ...]
    actions: tuple[tuple[str, ...], ...]
    cells: Mapping[Key, tuple[str, ...]]
    numbers: Mapping[Key, tuple[Any, ...]]
    played: tuple[tuple[Any, ...], ...] = ()

    def is_best(self, key: Key, place: int) -> bool:
        """Tell whether the chooser at a place answers the others' actions as well as it can."""
        own = self.choosers[place]
        others = ((*key[:place], a, *key[place + 1 :]) for a in range(len(self.actions[place])))
        return bool(self.numbers[key][own] == max(self.numbers[other][own] for other in others))

    def is_played(self, key: Key) -> bool:
        """Tell whether the marked equilibrium comes to a cell."""
        return bool(self.played) and all(row[k] != 0 for row, k in zip(self.played, key, strict=True))


def payoffs_of_move(game: Game, equilibrium: Equilibrium | None, values: bool) -> Payoffs:
    """Return the table of a game that is one simultaneous move."""
    form, formulas = game.form, LatexFormulas.of(game)
    ends = [node for node in range(form.size) if not form.children[node]]
    keys = [tuple(branch for _, branch in form.path(node)) for node in ends]
    shown = game.numbers[0] if values else form.payoffs
    return Payoffs(
        game.players,
        tuple(form.player_of),
        tuple(form.actions_of),
        {key: tuple(map(formulas.formula, shown[node])) for key, node in zip(keys, ends, strict=True)},
        {key: game.numbers[0][node] for key, node in zip(keys, ends, strict=True)},
        tuple(equilibrium.behaviour) if equilibrium is not None else (),
    )


def payoffs_of_strategies(table: StrategicForm) -> Payoffs:
    """Return the table of a strategic form, in numbers."""
    numbers = dict(table.payoffs)
    actions = tuple(table.strategies[player] for player in table.players)
    cells = {key: tuple(map(number, row)) for key, row in numbers.items()} if len(numbers) <= MOST_CELLS else {}
    return Payoffs(table.players, tuple(range(len(table.players))), actions, cells, numbers)


def table(payoffs: Payoffs, name: str, best_replies: bool) -> Piece:
    """Return payoff tables, one for each combination of what the third and later players choose.

    Raises
    ------
    MethodError
        If there are more than 400 cells, or fewer than two players choose.
    """
    if len(payoffs.numbers) > MOST_CELLS:
        raise MethodError(
            f"The payoff table of {name!r} has {len(payoffs.numbers):,} cells; up to {MOST_CELLS} are printed."
        )
    if len(payoffs.actions) < 2:
        raise MethodError(f"Only one player chooses in {name!r}; a payoff table needs two. Its tree can be printed.")
    rest = list(itertools.product(*(range(len(actions)) for actions in payoffs.actions[2:])))
    tables = [_one(payoffs, others, best_replies) for others in rest]
    note = _note(payoffs, best_replies)
    width = max(table[1] for table in tables)
    body = "\n\n\\bigskip\n".join(text for text, _ in tables)
    tall = [max(len(_wrapped(action)) for action in actions) for actions in payoffs.actions[:2]]
    height = len(rest) * LINE * (tall[1] + (4 if len(rest) > 1 else 1.5) + (tall[0] + 0.4) * len(payoffs.actions[0]))
    height += 2 * LINE if note else 0
    return Piece(f"{body}\n\n\\medskip\n{note}" if note else body, (), (max(width, LETTER * len(plain(note))), height))


def _one(payoffs: Payoffs, others: Key, best_replies: bool) -> tuple[str, float]:
    """Return one table and a width that is enough for it."""
    rows, columns = (range(len(actions)) for actions in payoffs.actions[:2])
    names = [payoffs.players[place] for place in payoffs.choosers]
    span = len(columns)
    rule = rf"\cline{{3-{span + 2}}}"
    blank = r"\multicolumn{1}{c}{}"
    heads = [rf"\multicolumn{{1}}{{c}}{{{_action(payoffs, 1, j)}}}" for j in columns]
    lines = [
        rf"\begin{{tabular}}{{rr|{'c|' * span}}}",
        rf" & {blank} & \multicolumn{{{span}}}{{c}}{{{in_text(names[1])}}} \\",
        rf" & {blank} & {' & '.join(heads)} \\ {rule}",
    ]
    for i in rows:
        cells = [_cell(payoffs, (i, j, *others), best_replies) for j in columns]
        player = in_text(names[0]) if i == (len(rows) - 1) // 2 else ""
        lines.append(rf"{player} & {_action(payoffs, 0, i)}\rule[-5pt]{{0pt}}{{16pt}} & {' & '.join(cells)} \\ {rule}")
    lines.append(r"\end{tabular}")
    chosen = [f"{in_text(names[k])}: {_action(payoffs, k, a)}" for k, a in enumerate(others, 2)]
    head = [rf"{', '.join(chosen)}\par\nopagebreak\medskip"] if chosen else []
    return "\n".join([*head, *lines]), _width(payoffs, names)


def _action(payoffs: Payoffs, place: int, action: int) -> str:
    """Return an action's name, with its probability where the marked equilibrium mixes it."""
    chance = payoffs.played[place][action] if payoffs.played else 0
    weight = rf" (${number(chance)}$)" if chance not in (0, 1) else ""
    lines = [in_text(line) for line in _wrapped(payoffs.actions[place][action])]
    if len(lines) == 1:
        return lines[0] + weight
    side = "r" if place == 0 else "c"
    return rf"\begin{{tabular}}{{@{{}}{side}@{{}}}}" + r" \\ ".join(lines) + rf"{weight}\end{{tabular}}"


def _wrapped(action: str) -> list[str]:
    return textwrap.wrap(action, WIDE, break_long_words=False, break_on_hyphens=False) or [""]


def _cell(payoffs: Payoffs, key: Key, best_replies: bool) -> str:
    best = {own for place, own in enumerate(payoffs.choosers) if best_replies and payoffs.is_best(key, place)}
    shown = [rf"\underline{{{value}}}" if own in best else value for own, value in enumerate(payoffs.cells[key])]
    cell = "$" + r",\; ".join(shown) + "$"
    return rf"{{\fboxsep=1.5pt\fbox{{{cell}}}}}" if payoffs.is_played(key) else cell


def _note(payoffs: Payoffs, best_replies: bool) -> str:
    sentences = [f"Payoffs: {', '.join(map(in_text, payoffs.players))}."]
    sentences += ["Underlined: a best reply."] if best_replies else []
    sentences += ["Framed: played in the equilibrium."] if payoffs.played else []
    return rf"{{\small {' '.join(sentences)}}}" if len(sentences) > 1 or len(payoffs.players) > 2 else ""


def _width(payoffs: Payoffs, names: Sequence[str]) -> float:
    """Return a width that is enough, from the lengths of what stands in each column."""
    weight = 8 if payoffs.played else 1
    wide = [[max(map(len, _wrapped(action))) + weight for action in actions] for actions in payoffs.actions[:2]]
    letters = [len(names[0]), max(wide[0])]
    for j, heading in enumerate(wide[1]):
        cells = [len(plain(" ,  ".join(row))) for key, row in payoffs.cells.items() if key[1] == j]
        letters.append(max(heading, *cells))
    above = len(names[1]) - sum(letters[2:])
    return LETTER * (sum(letters) + max(0, above)) + GAP * len(letters)
