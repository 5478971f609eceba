"""Who signals in a game: players of several types whose actions another player sees without knowing the type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from deterrence.games.form import ExtensiveForm

Pattern = Sequence[tuple[int, ...] | None]
Step = tuple[int, int]
SEPARATING, SEMI = "separating", "semi-separating"


@dataclass(frozen=True, slots=True)
class Sender:
    """The information sets at which the types of a player choose among the same actions, and what is seen of them.

    Attributes
    ----------
    player
        The player, by name.
    sets
        One information set a type, by number.
    actions
        The actions of every type.
    seen
        Actions, by number, after which a player who does not know the type moves.
    """

    player: str
    sets: tuple[int, ...]
    actions: tuple[str, ...]
    seen: frozenset[int]

    def word(self, pattern: Pattern) -> str:
        """Say how types play: separating, semi-separating, or pooling on an action; nothing where a type is absent.

        Nor is anything said of pooling on an action after which nobody is left to learn from it.
        """
        supports = [frozenset(row) for row in (pattern[h] for h in self.sets) if row is not None]
        if len(supports) < len(self.sets):
            return ""
        if len(set(supports)) == 1 and len(supports[0]) == 1:
            (action,) = supports[0]
            return f"pooling on {self.actions[action]!r}" if action in self.seen else ""
        apart = sum(map(len, supports)) == len(frozenset().union(*supports))
        return SEPARATING if apart else SEMI


_known: WeakKeyDictionary[ExtensiveForm, tuple[Sender, ...]] = WeakKeyDictionary()


def senders_of(form: ExtensiveForm) -> tuple[Sender, ...]:
    """Return those who signal in a game, in the order of the tree; found once for each form."""
    if form not in _known:
        _known[form] = tuple(_senders(form))
    return _known[form]


def _senders(form: ExtensiveForm) -> Iterator[Sender]:
    """Join the sets that some information set of another player links, and tell each group of them."""
    group = {h: {h} for h in range(len(form.nodes_of))}
    seen: dict[int, set[int]] = {}
    for receiver, nodes in enumerate(form.nodes_of):
        for (h, branch), (k, _) in _links(form, receiver, nodes):
            for where in (h, k):
                seen.setdefault(where, set()).add(branch)
            if group[h] is not group[k]:
                group[h] |= group[k]
                for each in group[k]:
                    group[each] = group[h]
    for h, together in group.items():
        if len(together) > 1 and h == min(together):
            sets = tuple(sorted(together))
            after = frozenset().union(*(seen.get(k, set()) for k in sets))
            yield Sender(form.players[form.player_of[h]], sets, form.actions_of[h], after)


def _links(form: ExtensiveForm, receiver: int, nodes: Sequence[int]) -> Iterator[tuple[Step, Step]]:
    """Yield pairs of steps that the mover at a set sees alike, though a draw that the other side knows parts them."""
    if len(nodes) < 2:
        return
    ways = [[(form.infoset_of[at], branch, at) for at, branch in form.path(node)] for node in nodes]
    branches: dict[int, set[int]] = {}
    for h, branch, _ in (step for way in ways for step in way):
        branches.setdefault(h, set()).add(branch)
    for way in ways[1:]:
        parted = next(k for k, (one, other) in enumerate(zip(ways[0], way, strict=False)) if one != other)
        if ways[0][parted][2] != way[parted][2] or way[parted][0] >= 0:
            continue
        mine, theirs = (_steps_of_others(form, receiver, steps[parted + 1 :]) for steps in (ways[0], way))
        for (h, branch), (k, other) in zip(mine, theirs, strict=False):
            alike = form.player_of[h] == form.player_of[k] and form.actions_of[h] == form.actions_of[k]
            if h != k and branch == other and alike and len(branches[h]) == len(branches[k]) == 1:
                yield (h, branch), (k, other)


def _steps_of_others(form: ExtensiveForm, receiver: int, way: Sequence[tuple[int, int, int]]) -> list[Step]:
    own = form.player_of[receiver]
    return [(h, branch) for h, branch, _ in way if h >= 0 and form.player_of[h] != own]
