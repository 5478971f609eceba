"""Games as the text of Gambit's files."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from deterrence.exchange.gambit.distinct_names import distinct, plain_name, plain_names
from deterrence.exchange.gambit.set_labels import label_mark, written_labels
from deterrence.games.form import ExtensiveForm
from deterrence.games.game import Game
from deterrence.games.strategic_form import Plan, StrategicForm


def quoted(text: str) -> str:
    r"""Return a label in quotation marks; a backslash that would meet one is kept off it by a blank."""
    return '"' + text.replace('\\"', '\\ "').replace('"', '\\"') + (' "' if text.endswith("\\") else '"')


def braced(items: Iterable[str]) -> str:
    """Return items in braces."""
    return "{ " + " ".join(items) + " }"


@dataclass(frozen=True, slots=True)
class Spelling:
    """A way to spell names: unchanged, or in the nearest ASCII."""

    ascii: bool = False

    def one(self, name: str, instead: str) -> str:
        """Return a name in quotation marks."""
        return quoted(plain_name(name, instead) if self.ascii else name)

    def all(self, names: Iterable[str], kind: str) -> str:
        """Return names that must differ, in quotation marks and braces."""
        return braced(self.each(names, kind))

    def each(self, names: Iterable[str], kind: str) -> list[str]:
        """Return names that must differ, in quotation marks."""
        return list(map(quoted, plain_names(names, kind) if self.ascii else names))

    def heading(self, kind: str, game: Game) -> str:
        """Return the first line of a document."""
        return f"{kind} R {self.one(game.name, 'game')} {self.all(game.players, 'player')}"


def tree_text(game: Game, spelling: Spelling) -> str:
    """Return a game as an ``.efg`` document: a line a node, parents first."""
    form = game.form
    writer = _TreeWriter(form, *game.numbers, spelling)
    lines = [spelling.heading("EFG 2", game), spelling.one(game.caption, ""), ""]
    stack = [0]
    while stack:
        node = stack.pop()
        lines.append(writer.line(node))
        stack.extend(reversed(form.children[node]))
    return "\n".join(lines) + "\n"


class _TreeWriter:
    """A writer of nodes that numbers information sets, draws and outcomes in order of appearance."""

    def __init__(self, form: ExtensiveForm, payoffs: list[Any], chances: list[Any], spelling: Spelling) -> None:
        self.form, self.payoffs, self.chances, self.spelling = form, payoffs, chances, spelling
        self.words, self.labelled = written_labels(form)
        self.sets: dict[int, int] = {}
        self.own = [0] * len(form.players)
        self.draws = 0
        self.outcomes: dict[Any, int] = {}

    def line(self, node: int) -> str:
        """Return the line of a node."""
        form, h = self.form, self.form.infoset_of[node]
        if not form.children[node]:
            return f't "" {self._outcome(node)}'
        if h < 0:
            return f'c "" {self._draw(node)} 0'
        if h not in self.sets:
            self.own[form.player_of[h]] += 1
            self.sets[h] = self.own[form.player_of[h]]
        name, actions = self.spelling.one(self.words[h], ""), self.spelling.all(form.actions_of[h], "action")
        player, number = form.player_of[h] + 1, self.sets[h]
        marked = h in self.labelled and node == form.nodes_of[h][0]
        return f'p "{label_mark(player, number) if marked else ""}" {player} {number} {name} {actions} 0'

    def _outcome(self, node: int) -> str:
        key = (self.form.outcome[node], self.payoffs[node])
        number = self.outcomes.setdefault(key, len(self.outcomes) + 1)
        return f"{number} {self.spelling.one(str(key[0]), f'outcome {number}')} {braced([', '.join(map(str, key[1]))])}"

    def _draw(self, node: int) -> str:
        row = _summing_to_one(self.chances[node])
        self.draws += 1  # a number of its own for each: to share one is to be one information set
        pairs = zip(self.spelling.each(self.form.labels[node], "branch"), row, strict=True)
        return f'{self.draws} "" {braced(f"{label} {p}" for label, p in pairs)}'


def _summing_to_one(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return probabilities that sum to one exactly, also where roots were taken to 30 digits."""
    return row if sum(row) == 1 else (*row[:-1], 1 - sum(row[:-1]))


def table_text(game: Game, spelling: Spelling) -> str:
    """Return a game as an ``.nfg`` document: its outcomes where nothing is drawn, else expected payoffs."""
    table = StrategicForm.of(game)
    names = [distinct(table.strategies[player], "strategy") for player in game.players]
    lines = [spelling.heading("NFG 1", game), ""]
    lines += ["{", *(spelling.all(labels, "strategy") for labels in names), "}", spelling.one(game.caption, ""), ""]
    keys = [key[::-1] for key in itertools.product(*(range(len(labels)) for labels in reversed(names)))]
    if any(game.form.probabilities):
        cells = table.payoffs
        lines += [" ".join(map(str, cells[key])) for key in keys]
        return "\n".join(lines) + "\n"
    outcomes: dict[Any, int] = {}
    payoffs = game.numbers[0]
    body = []
    for key in keys:
        end = _end_of(game.form, [table.plans[i][k] for i, k in enumerate(key)])
        body.append(outcomes.setdefault((game.form.outcome[end], payoffs[end]), len(outcomes) + 1))
    listed = [braced([spelling.one(name, ""), ", ".join(map(str, row))]) for name, row in outcomes]
    return "\n".join([*lines, "{", *listed, "}", " ".join(map(str, body))]) + "\n"


def _end_of(form: ExtensiveForm, plans: list[Plan]) -> int:
    """Return the end that the players' plans lead to in a game without chance."""
    chosen = dict(itertools.chain(*plans))
    node = 0
    while form.children[node]:
        node = form.children[node][chosen[form.infoset_of[node]]]
    return node
