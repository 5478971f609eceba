"""A game as indented text: its tree, its parameters, what is assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deterrence.games.continuum.in_words import group_in_words, groups_at
from deterrence.games.expression import show_value
from deterrence.games.form import ExtensiveForm
from deterrence.games.parameter import Parameter

if TYPE_CHECKING:
    from deterrence.games.game import Game


def in_words(game: Game) -> str:
    """Return a game as indented text: its tree, then its parameters and assumptions."""
    form, lines = game.form, [f"{game.name}: {game.caption.splitlines()[0]}" if game.caption else game.name]
    stack: list[tuple[int, str, str]] = [(0, "", "")]
    while stack:
        node, lead, below = stack.pop()
        for group in groups_at(form, node):
            lines.append(f"{lead}{group_in_words(group, form.players)}")
            lead, below = f"{below}└─ ", f"{below}   "
        lines.append(f"{lead}{_node_in_words(form, node)}")
        children = form.children[node]
        probabilities = form.probabilities[node]
        for i in reversed(range(len(children))):
            last = i == len(children) - 1
            label = form.labels[node][i] + (f" ({show_value(probabilities[i])})" if probabilities else "")
            stack.append(
                (
                    children[i],
                    f"{below}{'└─' if last else '├─'} {label}: ",
                    below + ("   " if last else "│  "),
                )
            )
    if game.parameter_list:
        lines += ["", "Parameters", *_parameter_lines(game.parameter_list)]
    if game.assumptions:
        lines += ["", "Assumed: " + ", ".join(map(str, game.assumptions))]
    return "\n".join(lines)


def _node_in_words(form: ExtensiveForm, node: int) -> str:
    if form.outcome[node] is not None:
        payoffs = zip(form.players, form.payoffs[node], strict=True)
        return f"{form.outcome[node]} [{', '.join(f'{player} {show_value(value)}' for player, value in payoffs)}]"
    h = form.infoset_of[node]
    if h < 0:
        return "chance"
    player = form.players[form.player_of[h]]
    if form.label_of[h] is not None:
        return f"{player} ({form.label_of[h]})"
    return f"{player} (does not see the others)" if len(form.nodes_of[h]) > 1 else player


def _parameter_lines(parameters: tuple[Parameter, ...]) -> list[str]:
    cells = [(p.name, show_value(p.value), p.range, p.meaning) for p in parameters]
    widths = [max(len(row[i]) for row in cells) for i in range(3)]
    lines = [
        f"  {name:<{widths[0]}} = {value:<{widths[1]}}  {span:<{widths[2]}}  {meaning}"
        for name, value, span, meaning in cells
    ]
    return lines + _plausible_lines([p for p in parameters if p.plausible])


def _plausible_lines(declared: list[Parameter]) -> list[str]:
    if not declared:
        return []
    named, ranged = (
        max(map(len, texts)) for texts in zip(*((p.name, p.plausible_range) for p in declared), strict=True)
    )
    rows = (f"  {p.name:<{named}}  {p.plausible_range:<{ranged}}  {p.why}".rstrip() for p in declared)
    return ["", "Plausible values", *rows]
