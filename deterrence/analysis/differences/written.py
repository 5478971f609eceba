"""How two games differ as they are written: parameters, outcomes, actions, moves, payoffs, chances and assumptions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from deterrence.analysis.differences.places import Shared, Steps
from deterrence.games.expression import show_number, show_value, to_sympy
from deterrence.games.words import listed

FEW = 3
"""So many histories or names are told; the rest are counted."""


def sentences_on(shared: Shared) -> tuple[str, ...]:
    """Return how two games differ as they are written, a sentence each; none where they are written alike."""
    return tuple(
        sentence
        for part in (_mechanisms, _players, _parameters, _names, _moves, _chances, _payoffs, _assumptions)
        for sentence in part(shared)
    )


def _mechanisms(shared: Shared) -> Iterator[str]:
    one, other = (game.mechanisms for game in shared.games)
    if len(other) > len(one) and other[: len(one)] == one:
        yield f"The second game is the first under {listed(repr(m) for m in other[len(one) :])}."
    elif len(one) > len(other) and one[: len(other)] == other:
        yield f"The first game is the second under {listed(repr(m) for m in one[len(other) :])}."


def _players(shared: Shared) -> Iterator[str]:
    one, other = (game.players for game in shared.games)
    yield from _only("player", one, other, quoted=False)


def _only(kind: str, one: Sequence[str], other: Sequence[str], *, quoted: bool = True) -> Iterator[str]:
    """Say which names only one of the games has."""
    for which, mine, theirs in (("first", one, other), ("second", other, one)):
        names = [name for name in mine if name not in theirs]
        if names:
            shown = _few([repr(name) if quoted else name for name in names])
            yield f"Only in the {which} game: the {kind}{'' if len(names) == 1 else 's'} {shown}."


def _both(first: Any, second: Any) -> str:
    return f"{first} in the first game and {second} in the second."


def _few(items: Iterable[str]) -> str:
    """Return the first of some items, and how many more there are."""
    items = list(items)
    if len(items) <= FEW + 1:
        return listed(items)
    return f"{', '.join(items[:FEW])} and {len(items) - FEW} more"


def _parameters(shared: Shared) -> Iterator[str]:
    one, other = (game.parameters for game in shared.games)
    for which, mine, theirs in (("first", one, other), ("second", other, one)):
        names = [name for name in mine if name not in theirs]
        if names:
            shown = listed(f"{name} = {show_number(mine[name].value)} in {mine[name].range}" for name in names)
            yield f"Only in the {which} game: the parameter{'' if len(names) == 1 else 's'} {shown}."
    for name in one:
        if name in other:
            before, after = one[name], other[name]
            if before.value != after.value:
                yield f"{name} is {_both(show_number(before.value), show_number(after.value))}"
            if before.range != after.range:
                yield f"{name} may be in {_both(before.range, f'in {after.range}')}"


def _names(shared: Shared) -> Iterator[str]:
    one, other = shared.games
    yield from _only("outcome", one.outcomes, other.outcomes)
    yield from _only("action", one.actions, other.actions)


def _moves(shared: Shared) -> Iterator[str]:
    forms = [game.form for game in shared.games]
    names = [[name for name, actions in zip(f.set_names, f.actions_of, strict=True) if len(actions) > 1] for f in forms]
    for place in shared.places:
        first, second = ([forms[s].set_names[h] for h in place.sets(s)] for s in (0, 1))
        if sorted(first) != sorted(second):
            before, after = _few(map(repr, first)), _few(map(repr, second))
            yield f"The information set {before} of the first game is {after} in the second."
        elif len(first) == len(second) == 1:
            yield from _one_set(shared, first[0], place.first[0], place.second[0])
    placed = [{forms[s].set_names[h] for place in shared.places for h in place.sets(s)} for s in (0, 1)]
    lone = [[name for name in names[s] if name not in placed[s]] for s in (0, 1)]
    for which, left in zip(("first", "second"), lone, strict=True):
        if left:
            plural = "" if len(left) == 1 else "s"
            yield f"Only in the {which} game: the information set{plural} {_few(map(repr, left))}."


def _one_set(shared: Shared, name: str, h: int, k: int) -> Iterator[str]:
    """Say how an information set of one name differs in its actions and in what its player knows."""
    one, other = (game.form for game in shared.games)
    before, after = one.actions_of[h], other.actions_of[k]
    if set(before) != set(after):
        yield f"At {name!r} the actions are {_both(listed(before), listed(after))}"
    if len(one.nodes_of[h]) != len(other.nodes_of[k]):
        yield f"At {name!r} the histories are {_both(len(one.nodes_of[h]), len(other.nodes_of[k]))}"


def _nodes(shared: Shared, side: int, *, ends: bool) -> dict[Steps, list[int]]:
    """Return the ends, or the chance nodes, of a game by the steps that lead there and that both games have."""
    form = shared.games[side].form
    found: dict[Steps, list[int]] = {}
    for node in range(form.size):
        if bool(form.children[node]) != ends and (ends or form.infoset_of[node] < 0):
            found.setdefault(shared.steps_to(form, node), []).append(node)
    return found


def _chances(shared: Shared) -> Iterator[str]:
    one, other = (game.form for game in shared.games)
    draws = [_nodes(shared, side, ends=False) for side in (0, 1)]
    labels = [
        {one_label for row, h in zip(f.labels, f.infoset_of, strict=True) if h < 0 for one_label in row}
        for f in (one, other)
    ]
    for which, mine, theirs in (("first", labels[0], labels[1]), ("second", labels[1], labels[0])):
        new = sorted(mine - theirs)
        if new:
            yield f"Only in the {which} game nature draws {_few(map(repr, new))}."
    told: dict[str, None] = {}
    for steps, nodes in draws[0].items():
        for node in nodes:
            for twin in draws[1].get(steps, ()):
                if one.labels[node] == other.labels[twin]:
                    told |= dict.fromkeys(_moved_chances(shared, node, twin))
    yield from told


def _moved_chances(shared: Shared, node: int, twin: int) -> Iterator[str]:
    one, other = (game.form for game in shared.games)
    for label, p, q in zip(one.labels[node], one.probabilities[node], other.probabilities[twin], strict=True):
        if p != q and _gap(p, q) != 0:
            yield f"Nature draws {label!r} with probability {_both(show_value(p), show_value(q))}"


def _gap(one: Any, other: Any) -> Any:
    import sympy as sp

    gap = sp.expand(to_sympy(other) - to_sympy(one))
    return gap if not gap.free_symbols else sp.factor_terms(sp.cancel(gap)) if gap.is_rational_function() else gap


def _payoffs(shared: Shared) -> Iterator[str]:
    """Say how payoffs at the same steps differ, what differs alike in one sentence."""
    one, other = (game.form for game in shared.games)
    first, second = (_nodes(shared, side, ends=True) for side in (0, 1))
    gaps: dict[tuple[str, Any], dict[tuple[str, str], None]] = {}
    for steps, nodes in second.items():
        for node in nodes if steps in first else ():
            for player, gap in _gaps(shared, first[steps][0], node):
                gaps.setdefault((player, gap), {})[str(other.outcome[node]), other.history(node)] = None
    for (player, gap), places in gaps.items():
        yield f"In the second game {player} gets {_signed(gap)} at {_ends_in_words(list(places))}."
    for which, form, mine, theirs in (("first", one, first, second), ("second", other, second, first)):
        new = [form.history(node) for steps, nodes in mine.items() if steps not in theirs for node in nodes]
        if new:
            yield f"Only in the {which} game play may end after {_few(map(repr, new))}."


def _ends_in_words(ends: Sequence[tuple[str, str]]) -> str:
    """Return outcomes with the histories that end in them, or with how many there are."""
    if len(ends) <= FEW:
        return listed(f"{outcome!r} ({history})" for outcome, history in ends)
    counts = Counter(outcome for outcome, _ in ends)
    return _few(f"{outcome!r} ({count} histor{'y' if count == 1 else 'ies'})" for outcome, count in counts.items())


def _gaps(shared: Shared, node: int, twin: int) -> Iterator[tuple[str, Any]]:
    one, other = shared.games
    for player in shared.players:
        before = one.form.payoffs[node][one.players.index(player)]
        after = other.form.payoffs[twin][other.players.index(player)]
        gap = _gap(before, after) if before != after else 0
        if gap != 0:
            yield player, gap


def _signed(gap: Any) -> str:
    """Return what is added to a payoff, in words."""
    return f"{show_value(-gap)} less" if gap.could_extract_minus_sign() else f"{show_value(gap)} more"


def _assumptions(shared: Shared) -> Iterator[str]:
    one, other = (game.assumptions for game in shared.games)
    for which, mine, theirs in (("first", one, other), ("second", other, one)):
        for condition in mine:
            if condition not in theirs:
                yield f"Only the {which} game assumes {show_value(condition)}."
