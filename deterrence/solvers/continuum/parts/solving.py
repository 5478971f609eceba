"""Games that begin with a public move, or a public draw, below which nothing joins the parts.

Where the mover knows nothing that nature drew, its move says nothing of types: in each part beliefs begin as nature
drew. So each part is a game of its own, and the mover compares what they are worth to it. Forty offers are forty games.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium
from deterrence.answers.continuum.strategies import Cutoffs
from deterrence.answers.solution import Solution
from deterrence.games.game import Game
from deterrence.games.tree import Chance, Choice, Draw, End, Move, Node
from deterrence.solvers.continuum.playing import played
from deterrence.solvers.perfect_bayesian import PerfectBayesian

CONCEPT = "perfect Bayesian equilibrium"
MOST = 10_000
"""Of more combinations of the equilibria of parts not all are gone through."""


@dataclass(frozen=True)
class Part:
    """A part of a game: where it begins in the flat form, and its equilibria: payoffs, strategies, choices.

    Attributes
    ----------
    node
        The node of the whole game at which it begins.
    ways
        For each equilibrium: payoffs by player, strategies by information set of the whole, choices by name, free
        values, and how far numbers may be from exact ones.
    solution
        What the part's solution says of itself.
    """

    node: int
    ways: tuple[Way, ...]
    gaps: str


@dataclass(frozen=True)
class Way:
    """An equilibrium of a part, in the names of the whole."""

    payoffs: tuple[Any, ...]
    strategies: tuple[tuple[str, Cutoffs], ...]
    choices: tuple[tuple[str, Any], ...]
    free: tuple[Any, ...]
    error: float


def objection(game: Game, _method: Any = None) -> str:
    """Return why a game does not fall into parts; an empty text where it does."""
    top, numbers = _top(game)
    if not isinstance(top, (Move, Chance)):
        return "It does not begin with a move or a draw among a few."
    if isinstance(top, Move) and (len(game.form.nodes_of[0]) > 1 or game.form.infoset_of[0] != 0):
        return "Its first move is not public."
    if isinstance(top, Move) and any(isinstance(n, Choice) or top.player in n.seen_by for n in numbers):
        return f"{top.player}, who moves first, knows a number that nature drew."
    for first, last in _spans(game):
        for nodes in game.form.nodes_of:
            inside = [first <= node < last for node in nodes]
            if any(inside) and not all(inside):
                return "Somebody cannot tell by which first move the game came to it."
    return ""


def solve(game: Game, method: Any = None) -> Solution:
    """Return the equilibria of a game that falls into parts."""
    top, _ = _top(game)
    parts = [_part(game, k, method) for k in range(len(game.form.children[0]))]
    gaps = list(dict.fromkeys(part.gaps for part in parts if part.gaps))
    profiles = _by_nature(parts) if isinstance(top, Chance) else _by_choice(game, parts)
    found = [_written(game, profile, mixed) for profile, mixed in profiles[:MOST]]
    if len(profiles) > MOST:
        gaps.append(f"only the first {MOST} combinations of the equilibria of the parts are listed")
    equilibria: Any = tuple(dict.fromkeys(found))
    status = "solved" if not gaps else "incomplete: " + "; ".join(gaps)
    return Solution(game, method or PerfectBayesian(), equilibria, status, not gaps)


# -- the parts -------------------------------------------------------------------------------------------


def _top(game: Game) -> tuple[Node, list[Draw | Choice]]:
    """Return the first node that is no number, and the numbers above it."""
    node, numbers = game.writing.tree, []
    while isinstance(node, (Draw, Choice)):
        numbers.append(node)
        node = node.child
    return node, numbers


def _spans(game: Game) -> list[tuple[int, int]]:
    """Return the nodes of each part, as the first and the one after the last."""
    children = game.form.children[0]
    return list(zip(children, [*children[1:], game.form.size], strict=True))


def _part(game: Game, position: int, method: Any) -> Part:
    top, numbers = _top(game)
    assert isinstance(top, (Move, Chance))
    node = game.form.children[0][position]
    tree: Node = top.children[position]
    if isinstance(tree, End):
        return _ended(game, node, tree, numbers)
    for number in reversed(numbers):
        tree = replace(number, child=tree)
    part = game.changed(tree=tree)
    from deterrence.solvers.solve import solve as solve_any

    solution = solve_any(part, method)
    ways = tuple(_named(game, part, node, equilibrium) for equilibrium in solution)
    return Part(node, ways, "" if solution.complete and ways else solution.status)


def _ended(game: Game, node: int, tree: End, numbers: Sequence[Draw | Choice]) -> Part:
    """Return a part that is a single end: its payoffs, in the mean of what nature draws."""
    whole: Node = Move(game.players[0], ("only",), (tree,))
    for number in reversed(numbers):
        whole = replace(number, child=whole)
    part = game.changed(tree=whole)
    rules = {part.form.set_names[0]: Cutoffs.always("only")}
    payoffs = tuple(played(part, rules).payoffs.values())
    return Part(node, (Way(payoffs, (), (), (), 0.0),), "")


def _named(game: Game, part: Game, node: int, equilibrium: Any) -> Way:
    """Return an equilibrium of a part in the names of the whole."""
    names = {}
    for h, nodes in enumerate(part.form.nodes_of):
        whole = game.form.infoset_of[node + nodes[0]]
        names[part.form.set_names[h]] = game.form.set_names[whole]
    rules = tuple((names[name], _as_cutoffs(rule)) for name, rule in equilibrium.strategies.items())
    free = tuple(replace(item, information_set=names[item.information_set]) for item in equilibrium.free_list)
    choices = tuple(getattr(equilibrium, "choices", {}).items())
    return Way(tuple(equilibrium.payoffs.values()), rules, choices, free, float(getattr(equilibrium, "error", 0)))


def _as_cutoffs(rule: Any) -> Cutoffs:
    return rule if isinstance(rule, Cutoffs) else Cutoffs.always({a: p for a, p in rule.items() if p != 0})


# -- what the first mover does -------------------------------------------------------------------------------


def _by_nature(parts: Sequence[Part]) -> list[tuple[list[Way], tuple[Any, ...]]]:
    import itertools

    ways = itertools.product(*(part.ways for part in parts))
    return [(list(way), ()) for way in itertools.islice(ways, MOST + 1)]


def _by_choice(game: Game, parts: Sequence[Part]) -> list[tuple[list[Way], tuple[Any, ...]]]:
    """Return the choices that some continuation elsewhere keeps best: elsewhere what is worth least to the mover."""
    mover = game.form.player_of[0]
    if any(not part.ways for part in parts):
        return []
    worst = [min(part.ways, key=lambda way: way.payoffs[mover]) for part in parts]
    found: list[tuple[list[Way], tuple[Any, ...]]] = []
    for k, part in enumerate(parts):
        for way in part.ways:
            others = [other.payoffs[mover] for j, other in enumerate(worst) if j != k]
            if all(way.payoffs[mover] >= value for value in others):
                profile = [*worst[:k], way, *worst[k + 1 :]]
                found.append((profile, tuple(Fraction(j == k) for j in range(len(parts)))))
    return found


def _written(game: Game, profile: Sequence[Way], chances: Sequence[Any]) -> ContinuumEquilibrium:
    form = game.form
    rules = {name: rule for way in profile for name, rule in way.strategies}
    if chances:
        actions = form.actions_of[0]
        rules[form.set_names[0]] = Cutoffs.always({a: p for a, p in zip(actions, chances, strict=True) if p})
    choices = {name: value for way in profile for name, value in way.choices}
    result = played(game, rules, choices)
    return ContinuumEquilibrium(
        game,
        CONCEPT,
        tuple((name, rules[name]) for name in form.set_names),
        tuple(choices.items()),
        tuple(result.payoffs.items()),
        tuple(result.outcomes.items()),
        tuple(result.actions.items()),
        result.behaviour,
        result.reached,
        (None,) * len(form.set_names),
        tuple(item for way in profile for item in way.free),
        max(way.error for way in profile),
    )
