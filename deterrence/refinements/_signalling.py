"""The shape of a signalling game: types drawn by chance, a message, and one answer to it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from deterrence.answers.solution import Equilibrium
from deterrence.errors import MethodError
from deterrence.games import play
from deterrence.games.form import ExtensiveForm
from deterrence.games.game import Game
from deterrence.solvers.algebra import programs

Answer = tuple[int, ...]
"""One action at each information set that answers a message."""
MOST_ANSWERS = 20_000


@dataclass(slots=True)
class Message:
    """A message: who may send it, what follows, and where it is answered.

    Attributes
    ----------
    name
        The action's name.
    sure
        Type -> the sender's payoff from the branches that nobody answers, not normalised.
    branches
        Type -> (probability, node) where the message is answered.
    sets
        The information sets at which it is answered.
    """

    name: str
    sure: dict[int, Any] = field(default_factory=dict)
    branches: dict[int, list[tuple[Any, int]]] = field(default_factory=dict)
    sets: list[int] = field(default_factory=list)


class Signalling:
    """A game as a signalling game.

    Types are the information sets at which the sender, the first to move, chooses a message. Later choices
    that are strictly best whatever happened count as made; after that, each message meets at most one
    answer on each path, by a player who knows the message (and perhaps a type of its own).
    """

    def __init__(self, game: Game, test: str) -> None:
        self.game, self.form, self.numbers, self.test = game, game.form, game.numbers, test
        self.settled = _settled(self.form, self.numbers)
        self.prior: dict[int, Any] = {}
        self.nodes: dict[int, list[tuple[Any, int]]] = {}
        self._possible: dict[Any, bool] = {}
        self._read_types()
        self.messages = self._read_messages()

    def _no(self, why: str) -> MethodError:
        return MethodError(
            f"{self.test} is for signalling games: chance draws a type, one player who sees it sends a message, "
            f"and players who see the message answer once. In {self.game.name!r} {why}."
        )

    def _read_types(self) -> None:
        form = self.form
        for p, node in _drawn(form, self.numbers, 0, 1):
            h = form.infoset_of[node]
            if h < 0:
                raise self._no("chance alone may end the game")
            self.nodes.setdefault(h, []).append((p, node))
        movers = {form.players[form.player_of[h]] for h in self.nodes}
        if len(movers) > 1:
            raise self._no(f"several players may move first ({', '.join(sorted(movers))})")
        if len(self.nodes) < 2:
            raise self._no(f"{movers.pop()} moves first and has no type that only it sees")
        for h, own_nodes in self.nodes.items():
            if len(own_nodes) < len(form.nodes_of[h]):
                raise self._no(f"the sender may be at {form.set_names[h]!r} after an earlier choice too")
            self.prior[h] = sum(p for p, _ in own_nodes)
        self.sender = form.player_of[next(iter(self.nodes))]
        self.types = tuple(h for h, p in self.prior.items() if p != 0)

    def _read_messages(self) -> dict[str, Message]:
        messages: dict[str, Message] = {}
        owner: dict[int, str] = {}
        for t in self.types:
            for a, name in enumerate(self.form.actions_of[t]):
                message = messages.setdefault(name, Message(name))
                message.sure[t], message.branches[t] = 0, []
                for p, node in self.nodes[t]:
                    self._follow(message, t, self.form.children[node][a], p, owner)
        for h, name in owner.items():
            nodes = {node for branches in messages[name].branches.values() for _, node in branches}
            if not all(self._is_dead(node) or node in nodes for node in self.form.nodes_of[h]):
                raise self._no(f"{self.form.set_names[h]!r} can be reached in other ways than by one message")
        return messages

    def _is_dead(self, node: int) -> bool:
        return any(
            self.form.infoset_of[at] < 0 and self.numbers[1][at][branch] == 0 for at, branch in self.form.path(node)
        )

    def _follow(self, message: Message, t: int, below: int, weight: Any, owner: dict[int, str]) -> None:
        form = self.form
        for p, node in _drawn(form, self.numbers, below, weight, self.settled):
            values = self.settled[node]
            if values is not None:
                message.sure[t] += p * values[self.sender]
                continue
            h = form.infoset_of[node]
            if form.player_of[h] == self.sender or any(self.settled[c] is None for c in form.children[node]):
                raise self._no(f"more than one open choice follows the message {message.name!r}")
            if owner.setdefault(h, message.name) != message.name:
                raise self._no(f"{form.set_names[h]!r} does not show which message was sent")
            message.branches[t].append((p, node))
            if h not in message.sets:
                message.sets.append(h)

    # -- payoffs -------------------------------------------------------------------------------------

    def name(self, t: int) -> str:
        """Return a type's name: that of its information set."""
        return repr(self.form.set_names[t])

    def present(self, equilibrium: Equilibrium) -> Mapping[int, Any]:
        """Return what each type gets in an equilibrium."""
        values = play.node_values(self.form, self.numbers, equilibrium.behaviour)
        return {t: sum(p * values[n][self.sender] for p, n in self.nodes[t]) / self.prior[t] for t in self.types}

    def unsent(self, equilibrium: Equilibrium) -> list[Message]:
        """Return the messages that no type sends in an equilibrium."""
        sent = {
            self.form.actions_of[t][a] for t in self.types for a, p in enumerate(equilibrium.behaviour[t]) if p != 0
        }
        return [message for name, message in self.messages.items() if name not in sent]

    def worth(self, message: Message, t: int, h: int, action: int) -> Any:
        """Return what a type gets, through one answering set, if the answer there is the action."""
        total: Any = 0
        for p, node in message.branches[t]:
            if self.form.infoset_of[node] == h:
                total += p * self._value(node, action)[self.sender]
        return total / self.prior[t]

    def payoff(self, message: Message, t: int, answer: Answer) -> Any:
        """Return what a type gets by a message that meets an answer."""
        parts = (self.worth(message, t, h, action) for h, action in zip(message.sets, answer, strict=True))
        return message.sure[t] / self.prior[t] + sum(parts)

    def _value(self, node: int, action: int) -> tuple[Any, ...]:
        values = self.settled[self.form.children[node][action]]
        assert values is not None
        return values

    # -- best answers ---------------------------------------------------------------------------------

    def answers(self, message: Message, types: Iterable[int]) -> list[Answer]:
        """Return the answers in single actions that are best for some belief over the types."""
        options = [range(len(self.form.actions_of[h])) for h in message.sets]
        types = tuple(types)
        return [a for a in self._product(options) if self.possible(message, [(action,) for action in a], types)]

    def supports(self, message: Message, types: Iterable[int]) -> Iterator[Sequence[tuple[int, ...]]]:
        """Yield, for each answering set, actions that are all best for one belief over the types."""
        types = tuple(types)
        options = []
        for h in message.sets:
            actions = range(len(self.form.actions_of[h]))
            options.append([s for n in actions for s in itertools.combinations(actions, n + 1)])
        for supports in self._product(options):
            if self.possible(message, supports, types):
                yield supports

    def _product(self, options: Sequence[Sequence[Any]]) -> Iterator[tuple[Any, ...]]:
        count = 1
        for choices in options:
            count *= len(choices)
        if count > MOST_ANSWERS:
            raise MethodError(
                f"{self.test} would compare {count:,} ways to answer one message of {self.game.name!r}; the limit "
                f"is {MOST_ANSWERS:,}."
            )
        return itertools.product(*options)

    def possible(self, message: Message, supports: Sequence[tuple[int, ...]], types: Iterable[int]) -> bool:
        """Tell whether one belief over the types makes all these answers best, at every answering set."""
        types = tuple(types)
        key = (message.name, tuple(supports), types)
        if key not in self._possible:
            equal: list[programs.Row] = [([1] * len(types), 1)]
            at_most: list[programs.Row] = []
            for h, support in zip(message.sets, supports, strict=True):
                for b in range(len(self.form.actions_of[h])):
                    if b != support[0]:
                        gap = [self._gap(message, t, h, b, support[0]) for t in types]
                        (equal if b in support else at_most).append((gap, 0))
            self._possible[key] = programs.feasible(len(types), equal, at_most) is not None
        return self._possible[key]

    def _gap(self, message: Message, t: int, h: int, other: int, action: int) -> Any:
        """Return by how much the answering player prefers another action, where the type sends the message."""
        player = self.form.player_of[h]
        return sum(
            p * (self._value(node, other)[player] - self._value(node, action)[player])
            for p, node in message.branches[t]
            if self.form.infoset_of[node] == h
        )


def _drawn(
    form: ExtensiveForm, numbers: Any, node: int, weight: Any, stop: Sequence[Any] | None = None
) -> Iterator[tuple[Any, int]]:
    """Yield the nodes that chance alone leads to, with their probabilities."""
    if form.infoset_of[node] >= 0 or not form.children[node] or (stop is not None and stop[node] is not None):
        yield weight, node
        return
    for p, child in zip(numbers[1][node], form.children[node], strict=True):
        yield from _drawn(form, numbers, child, weight * p, stop)


def _settled(form: ExtensiveForm, numbers: Any) -> list[tuple[Any, ...] | None]:
    """Return the payoffs at each node after which no choice is open, else None.

    A choice is not open where one action is strictly best at every node of its information set.
    """
    values: list[Any] = [tuple(row) if not form.children[n] else None for n, row in enumerate(numbers[0])]
    changed = True
    while changed:
        changed = False
        for node in range(form.size - 1, -1, -1):
            below = [values[child] for child in form.children[node]]
            if values[node] is None and all(row is not None for row in below):
                values[node] = _settled_value(form, numbers, values, node, below)
                changed = changed or values[node] is not None
    return values


def _settled_value(form: ExtensiveForm, numbers: Any, values: list[Any], node: int, below: list[Any]) -> Any:
    h = form.infoset_of[node]
    if h < 0:
        weighted = list(zip(numbers[1][node], below, strict=True))
        return tuple(sum(p * row[i] for p, row in weighted) for i in range(len(form.players)))
    player, best = form.player_of[h], set()
    for other in form.nodes_of[h]:
        rows = [values[child] for child in form.children[other]]
        if any(row is None for row in rows):
            return None
        worth = [row[player] for row in rows]
        if worth.count(max(worth)) > 1:
            return None
        best.add(worth.index(max(worth)))
    return below[best.pop()] if len(best) == 1 else None
