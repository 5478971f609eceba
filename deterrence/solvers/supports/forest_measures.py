"""What is so over all equilibria of a game put together from its subgames, without listing them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from deterrence.answers.measure import Measure
from deterrence.errors import MethodError
from deterrence.games.game import Game
from deterrence.solvers.algebra.ranges import Range
from deterrence.solvers.supports.family import ANYWHERE, UNIT
from deterrence.solvers.supports.forest import ALL, Entry, Forest, Table

MOST_DIFFERENT = 20_000
"""Of more different payoffs or outcomes, over all subgames, the equilibria are not sorted by them."""


def range_of(forest: Forest, measure: Measure) -> Range:
    """Return the least and greatest value of a probability or payoff over all equilibria, free ones too.

    What a measure expects is, in each part, a sum over ends and subgames of their weights, which are not
    negative, times what it expects there; and parts are chosen apart. So each end of its range comes from those
    of the subgames.
    """
    paid, taken = _asked(forest.game, measure)
    within = UNIT if measure.kind == "probability" else ANYWHERE
    ranges: dict[tuple[int, Any], Range] = {}
    for root, table in forest.tables.items():
        part = forest.parts[root]
        own = {k: paid(v) for k, v in enumerate(part.nodes) if k not in part.subgames and not part.form.children[k]}
        local = {k: taken[h] for k, h in enumerate(part.sets) if h in taken}
        for kind, entries in table.items():
            spans = [_span(forest, root, entry, own, (local, within), ranges) for entry in entries]
            if spans:
                ranges[root, kind] = _joined(spans)
    return _joined([ranges[0, kind] for kind in forest.tables[0] if (0, kind) in ranges])


def _span(forest: Forest, root: int, entry: Entry, own: Any, asked: Any, ranges: Mapping[Any, Range]) -> Range:
    places = forest.parts[root].subgames
    below = {k: ranges[item] for k, item in zip(places, forest.below(root, entry), strict=True)}
    low = own | {k: item.low for k, item in below.items()}
    high = own | {k: item.high for k, item in below.items()}
    span = entry.play.range_of(low, high, *asked)
    return replace(span, low_at={}, high_at={}, proved=span.proved and all(item.proved for item in below.values()))


def refined(forest: Forest, worth: Callable[[int], tuple[Any, ...]], size: int) -> Forest:
    """Return the same equilibria with classes of play told apart by what they expect of ``size`` payments at ends.

    The classes of the whole game are pairs of what they were and the expectation. Subgames that a play does not
    reach stay as they are. The listed member stands for a family.
    """
    tables: dict[int, Table] = {}
    left = MOST_DIFFERENT
    for root, table in forest.tables.items():
        part = forest.parts[root]
        own = {k: worth(v) for k, v in enumerate(part.nodes) if k not in part.subgames and not part.form.children[k]}
        refined: Table = {(kind, ALL): [_whole(entry) for entry in entries] for kind, entries in table.items()}
        for kind, entries in table.items():
            for entry in entries:
                options = _options(forest, root, entry, tables)
                left -= math.prod(map(len, options))
                if left < 0:
                    raise MethodError(
                        f"There are more than {MOST_DIFFERENT:,} different ones over all subgames, too many to sort "
                        "the equilibria by. Ask for the range of a measure, payoff('…').over(solution)."
                    )
                start = _sum([0] * size, [(entry.play.reached.get(k, 0), paid) for k, paid in own.items()])
                for expected, finer in _finer(entry, start, options):
                    refined.setdefault((kind, expected), []).append(finer)
        tables[root] = refined
    tables[0] = {key: entries for key, entries in tables[0].items() if key[1] is not ALL}
    return Forest(forest.game, forest.concept, forest.parts, tables)


def _options(forest: Forest, root: int, entry: Entry, tables: Mapping[int, Table]) -> list[list[tuple[Any, Any]]]:
    """Return for each subgame in a part with what weight a play reaches it, and the finer classes that it may be of."""
    options = []
    for k, (below, kind) in zip(forest.parts[root].subgames, forest.below(root, entry), strict=True):
        weight = entry.play.reached.get(k, 0)
        finer = [key for key in tables[below] if key[0] == kind and key[1] is not ALL]
        options.append([(weight, key) for key in finer] if weight else [(0, (kind, ALL))])
    return options


def _finer(entry: Entry, start: list[Any], options: list[list[tuple[Any, Any]]]) -> Iterator[tuple[Any, Entry]]:
    """Yield an entry with each combination of finer classes in the subgames, and what it expects in all."""
    for combination in itertools.product(*options):
        total = _sum(start, [(weight, key[1]) for weight, key in combination])
        yield tuple(total), Entry(entry.play, tuple(key for _, key in combination))


def _sum(start: list[Any], terms: Iterable[tuple[Any, Sequence[Any]]]) -> list[Any]:
    total = start
    for weight, row in terms:
        if weight:
            total = [t + weight * x for t, x in zip(total, row, strict=True)]
    return total


def _whole(entry: Entry) -> Entry:
    return Entry(entry.play, tuple((kind, ALL) for kind in entry.below))


def _joined(ranges: Sequence[Range]) -> Range:
    joined = ranges[0]
    for item in ranges[1:]:
        joined = joined.joined(item)
    return joined


def _asked(game: Game, measure: Measure) -> tuple[Callable[[int], Any], dict[int, int]]:
    """Return what a measure pays at each end, and the actions whose first occurrence it asks for."""
    form, payoffs = game.form, game.numbers[0]
    if measure.kind == "payoff":
        player = form.players.index(measure.of)
        return lambda end: payoffs[end][player], {}
    if measure.by is None and measure.of in form.outcome:
        return lambda end: int(form.outcome[end] == measure.of), {}
    sets = {
        h: actions.index(measure.of)
        for h, actions in enumerate(form.actions_of)
        if measure.of in actions and measure.by in (None, form.players[form.player_of[h]])
    }
    return lambda end: 0, sets
