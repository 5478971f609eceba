"""What is written on a tree in LaTeX, and the plain words that tell the layout how much room it takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deterrence.exchange.latex.formulas import LatexFormulas, number, plain
from deterrence.exchange.latex.laws import law_lines
from deterrence.exchange.latex.letters import in_text
from deterrence.plot.lettering import wrapped
from deterrence.plot.trees.fans import chances_shown, payoffs_shown
from deterrence.plot.trees.labels import WIDE, Labels, Words, is_mixed, label
from deterrence.plot.trees.tree import readable_depth

if TYPE_CHECKING:
    from deterrence.answers.solution import Equilibrium
    from deterrence.games.game import Game

Lines = list[str]


@dataclass(frozen=True, slots=True)
class Script:
    """The labels of a tree, and the LaTeX of those that contain formulas.

    Attributes
    ----------
    labels
        All that is written, formulas as plain words of about their length.
    branches
        By the node that a branch leads to: the lines of its label, and of the probability with which it is mixed.
    payoffs
        By end: the lines of every player's payoff.
    """

    labels: Labels
    branches: dict[int, tuple[Lines, ...]]
    payoffs: dict[int, tuple[Lines, ...]]


def script(game: Game, equilibrium: Equilibrium | None, values: bool) -> Script:
    """Return what is written on a game's tree, to the depth to which it can be read."""
    drawn = label(game, equilibrium, readable_depth(game.form), values, WIDE)
    formulas = LatexFormulas.of(game)
    shown = payoffs_shown(game, values)
    branches = {node: _branch(game, drawn, equilibrium, values, node, formulas) for node in drawn.branches}
    payoffs = {
        node: tuple([f"${line}$" for line in formulas.lines(value, WIDE.payoff)] for value in shown[node])
        for node in drawn.payoffs
    }
    measured = replace(
        drawn,
        branches={node: _measured(drawn.branches[node], branches[node]) for node in branches},
        payoffs={node: _measured(drawn.payoffs[node], payoffs[node]) for node in payoffs},
    )
    return Script(measured, branches, payoffs)


def _branch(
    game: Game, drawn: Labels, equilibrium: Equilibrium | None, values: bool, node: int, formulas: LatexFormulas
) -> tuple[Lines, ...]:
    form, letters = game.form, WIDE.action
    if drawn.parent[node] in drawn.fans:
        return (law_lines(drawn.fans[drawn.parent[node]].at(game, values), formulas, letters),)
    while node in drawn.fans:
        (node,) = drawn.below[node]
    above, branch = form.parent[node], form.branch[node]
    h = form.infoset_of[above]
    lines = wrapped(form.labels[above][branch], letters).split("\n")
    name = [in_text(line) for line in lines]
    if h < 0:
        chances = chances_shown(game, values)
        chance = f"({formulas.inline(chances[above][branch])})"
        short = len(lines[-1]) + len(plain(chance)) < letters
        return ([*name[:-1], f"{name[-1]} {chance}"] if short else [*name, chance],)
    mixed = equilibrium is not None and is_mixed(equilibrium.behaviour[h][branch])
    return (name, [f"${number(equilibrium.behaviour[h][branch])}$"]) if equilibrium and mixed else (name,)


def _measured(drawn: tuple[Words, ...], written: tuple[Lines, ...]) -> tuple[Words, ...]:
    """Return words of the same fonts with the lengths of what is written instead of them."""
    pairs = zip(drawn, written, strict=True)
    return tuple(replace(words, text="\n".join(map(plain, lines))) for words, lines in pairs)
