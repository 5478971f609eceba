"""A tree as arrays: what each action is worth where play has full support, at many points at once.

Rows of an array are actions, histories or ends; its last axis runs over the points.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from deterrence.errors import MethodError
from deterrence.games.form import ExtensiveForm

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Rows = list[list[int]]
Entry = tuple[int, int, int]
"""The numbers of an action, a history and the node of an end."""

MOST_TERMS = 4_000_000
"""The most products of an action's value and a probability it depends on that are written down."""
DENSE = 4_096
"""Matrices of at most so many cells are kept whole, as that is faster to multiply."""
MOST_UNKNOWNS = 2_000
"""The most free probabilities of a game whose branch is traced: each step solves that many equations."""


@dataclass(frozen=True, eq=False)
class LogitForm:
    """The structure of a tree as arrays, the same at all parameter values.

    An *action* is a pair (information set, action number), numbered through; a *history* is a node of an
    information set; an *entry* is an action, a history of its set and an end below both. The matrices are
    sparse, or whole where small, and hold ones: ``before`` (history x action) has the actions that led to a
    history, save those that led to all histories of its set; ``after`` (entry x action) those that lead on
    to the end.

    Attributes
    ----------
    first, set_of
        The number of each set's first action, and the set of each action.
    history_first, entry_history, entry_action, entry_end
        The number of each set's first history, and what an entry is made of.
    draws
        The (node, branch) of each branch of a chance node, in order.
    ends
        The nodes where the tree ends.
    before_draws, after_draws, end_draws, end_actions
        Which draws precede a history, follow it in an entry, and which draws and actions lead to an end.
    value_pairs, value_slots
        Which entries make up the derivative of one action's value by another's probability, and its place.
    belief_pairs, belief_slots
        Which histories make up how often an action precedes an information set, and (set, action).
    """

    form: ExtensiveForm
    first: Places
    set_of: Places
    history_first: Places
    entry_history: Places
    entry_action: Places
    entry_end: Places
    draws: tuple[tuple[int, int], ...]
    ends: tuple[int, ...]
    before: Any
    after: Any
    before_draws: Any
    after_draws: Any
    end_draws: Any
    end_actions: Any
    by_action: Any
    value_pairs: Any
    value_slots: tuple[Places, Places]
    belief_pairs: Any
    belief_slots: tuple[Places, Places]

    @cached_property
    def free(self) -> Places:
        """The actions whose log-odds against their set's first action are the unknowns."""
        inner: Places = np.setdiff1d(np.arange(len(self.set_of)), self.first)
        return inner

    @cached_property
    def above(self) -> Places:
        """The first action of the set of each free action."""
        return np.asarray(self.first[self.set_of[self.free]])

    @cached_property
    def history_set(self) -> Places:
        """The information set of each history."""
        sizes = [len(nodes) for nodes in self.form.nodes_of]
        return np.repeat(np.arange(len(sizes)), sizes).astype(np.intp)

    @cached_property
    def reach_slots(self) -> tuple[Places, Places, Places]:
        """For each action and one that may precede its set: both, and the place of the pair (set, action)."""
        sizes = np.array([len(actions) for actions in self.form.actions_of], dtype=np.intp)
        sets, actions = self.belief_slots
        pairs = np.repeat(np.arange(len(sets)), sizes[sets]).astype(np.intp)
        rows = [self.first[h] + a for h in sets for a in range(sizes[h])]
        return np.array(rows, dtype=np.intp), actions[pairs], pairs

    @cached_property
    def mover(self) -> Places:
        """The player of each action."""
        return np.array(self.form.player_of, dtype=np.intp)[self.set_of]

    @cached_property
    def recursive(self) -> bool:
        """Whether no information set's values depend, through others, on its own choice."""
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        count = len(self.first)
        rows = np.concatenate([self.set_of[self.value_slots[0]], self.belief_slots[0]])
        columns = self.set_of[np.concatenate([self.value_slots[1], self.belief_slots[1]])]
        graph = coo_array((np.ones(len(rows)), (rows, columns)), shape=(count, count)).tocsr()
        components, _ = connected_components(graph, directed=True, connection="strong")
        return bool(components == count)


@lru_cache(maxsize=16)
def logit_form(form: ExtensiveForm) -> LogitForm:
    """Read a tree into arrays, once for each tree.

    Raises
    ------
    MethodError
        If the tree is so large that its arrays would not fit.
    """
    sizes = [len(actions) for actions in form.actions_of]
    first = _starts(sizes)
    reading = _Reading(form, first)
    histories = [node for nodes in form.nodes_of for node in nodes]
    before, before_draws = reading.before(histories)
    actions, draws = sum(sizes), len(reading.draws)
    met = zip(histories, before, strict=True)
    belief_pairs, belief_slots = _pairs([[form.infoset_of[node], row] for node, row in met])
    return LogitForm(
        form=form,
        first=first,
        set_of=np.repeat(np.arange(len(sizes)), sizes).astype(np.intp),
        history_first=_starts([len(nodes) for nodes in form.nodes_of]),
        draws=tuple(reading.draws),
        before=_whole(_ones(before, actions)),
        before_draws=_ones(before_draws, draws),
        belief_pairs=_whole(belief_pairs),
        belief_slots=belief_slots,
        **_of_entries(reading, histories, before, actions),
        **_of_ends(reading, actions),
    )


def _of_entries(reading: _Reading, histories: list[int], before: Rows, actions: int) -> dict[str, Any]:
    number = {node: k for k, node in enumerate(histories)}
    entries, after, after_draws = reading.entries(number)
    value_pairs, value_slots = _pairs([[s, after[e], before[k]] for e, (s, k, _) in enumerate(entries)])
    columns = np.array(entries, dtype=np.intp).reshape(-1, 3).T
    return {
        "entry_action": columns[0],
        "entry_history": columns[1],
        "entry_end": np.searchsorted(np.array(reading.ends), columns[2]),
        "after": _whole(_ones(after, actions)),
        "after_draws": _ones(after_draws, len(reading.draws)),
        "by_action": _whole(_ones([[s] for s, _, _ in entries], actions).T.tocsr()),
        "value_pairs": _whole(value_pairs),
        "value_slots": value_slots,
    }


def _of_ends(reading: _Reading, actions: int) -> dict[str, Any]:
    paths = [reading.steps(node) for node in reading.ends]
    return {
        "ends": tuple(reading.ends),
        "end_actions": _ones([path[0] for path in paths], actions),
        "end_draws": _ones([path[1] for path in paths], len(reading.draws)),
    }


def _starts(sizes: list[int]) -> Places:
    return np.concatenate([[0], np.cumsum(sizes)])[:-1].astype(np.intp)


class _Reading:
    """The actions and draws on the paths of a tree."""

    def __init__(self, form: ExtensiveForm, first: Places) -> None:
        self.form, self.first = form, first
        chances = [node for node, row in enumerate(form.probabilities) if row]
        self.draws = [(node, branch) for node in chances for branch in range(len(form.probabilities[node]))]
        self.draw_number = {draw: c for c, draw in enumerate(self.draws)}
        self.ends = [node for node in range(form.size) if not form.children[node]]
        self.terms = 0

    def steps(self, node: int, above: int = 0) -> tuple[list[int], list[int]]:
        """Return the actions and the draws on the way from one node down to another."""
        actions, draws, form = [], [], self.form
        while node != above:
            parent, branch = form.parent[node], form.branch[node]
            h = form.infoset_of[parent]
            if h >= 0:
                actions.append(int(self.first[h]) + branch)
            else:
                draws.append(self.draw_number[parent, branch])
            node = parent
        return actions, draws

    def before(self, histories: list[int]) -> tuple[Rows, Rows]:
        """Return what led to each history, save the actions that led to all histories of its set."""
        paths = {node: self.steps(node) for node in histories}
        common = [set.intersection(*(set(paths[n][0]) for n in nodes)) for nodes in self.form.nodes_of]
        rows = [[s for s in paths[n][0] if s not in common[self.form.infoset_of[n]]] for n in histories]
        return rows, [paths[node][1] for node in histories]

    def entries(self, number: dict[int, int]) -> tuple[list[Entry], Rows, Rows]:
        """Return every entry with the actions and draws that follow its action."""
        form = self.form
        entries, after, draws = [], [], []
        for end in self.ends:
            actions_below: list[int] = []
            draws_below: list[int] = []
            node = end
            while node:
                parent, branch = form.parent[node], form.branch[node]
                h = form.infoset_of[parent]
                if h < 0:
                    draws_below = [*draws_below, self.draw_number[parent, branch]]
                else:
                    entries.append((int(self.first[h]) + branch, number[parent], end))
                    after.append(actions_below)
                    draws.append(draws_below)
                    actions_below = [*actions_below, int(self.first[h]) + branch]
                    self._count(len(actions_below))
                node = parent
        return entries, after, draws

    def _count(self, terms: int) -> None:
        self.terms += terms
        if self.terms > MOST_TERMS:
            raise MethodError(
                f"The tree is too large for Quantal(): its values have more than {MOST_TERMS:,} terms, "
                "one for every pair of moves on the way to every end. SubgamePerfect() has no such limit."
            )


def _ones(rows: list[list[int]], columns: int) -> Any:
    """Return a sparse matrix of ones from the columns of each row."""
    from scipy.sparse import csr_array

    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    places = np.array([place for row in rows for place in row], dtype=np.intp)
    return csr_array((np.ones(len(places)), places, starts), shape=(len(rows), columns))


def _whole(matrix: Any) -> Any:
    return matrix.toarray() if matrix.shape[0] * matrix.shape[1] <= DENSE else matrix


def _pairs(items: list[list[Any]]) -> tuple[Any, tuple[Places, Places]]:
    """Return which items (row, columns, …) feed each pair (row, column), and the pairs."""
    feeding: dict[tuple[int, int], list[int]] = {}
    for number, (row, *columns) in enumerate(items):
        for group in columns:
            for column in group:
                feeding.setdefault((row, column), []).append(number)
    slots = np.array(list(feeding), dtype=np.intp).reshape(-1, 2).T
    return _ones(list(feeding.values()), len(items)), (slots[0], slots[1])
