"""A first move that everybody sees, of a player who knows nothing that others do not: each branch is a game of its own.

Below such a move others believe what nature draws, so that each branch is solved alone, by whatever solver takes it;
the move then goes to the branch that is worth most. Where a branch has several equilibria, a move is supported if it
is worth no less than every other branch in the equilibrium that is taken there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, product
from typing import Any

from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium
from deterrence.answers.continuum.strategies import Cutoffs
from deterrence.answers.solution import Solution
from deterrence.games.game import Game
from deterrence.games.tree import Chance, Choice, Draw, End, Move, Node
from deterrence.solvers.continuum.playing import played
from deterrence.solvers.perfect_bayesian import PerfectBayesian

MOST_COMBINATIONS = 1_000


@dataclass(frozen=True)
class Branches:
    """A game that begins with a public move, and the games after each of its actions.

    Attributes
    ----------
    game
        The game.
    h
        The number of the move's information set.
    games
        The game after each action; None where the game ends there at once or only chance follows.
    sets
        For each action the numbers of the information sets in its branch.
    """

    game: Game
    h: int
    games: tuple[Game | None, ...]
    sets: tuple[tuple[int, ...], ...]


@lru_cache(maxsize=64)
def branches_of(game: Game) -> Branches | None:
    """Return the branches of a game that begins with a public move; None where it does not."""
    draws, node = [], game.tree
    while isinstance(node, Draw):
        draws.append(node)
        node = node.child
    form = game.form
    if not isinstance(node, Move) or any(node.player in d.seen_by for d in draws):
        return None
    h = form.infoset_of[0]
    sets = tuple(_sets_below(form, child) for child in form.children[0])
    if len(form.nodes_of[h]) > 1 or any(set(a) & set(b) for k, a in enumerate(sets) for b in sets[k + 1 :]):
        return None
    games = tuple(
        _below(game, draws, child, action) if _has_moves(child) else None
        for child, action in zip(node.children, node.actions, strict=True)
    )
    return Branches(game, h, games, sets)


def _below(game: Game, draws: Sequence[Draw], child: Node, action: str) -> Game:
    tree = child
    for each in reversed(draws):
        tree = replace(each, child=tree)
    return game.changed(tree=tree, name=f"{game.name}, after {action}")


def _has_moves(node: Node) -> bool:
    if isinstance(node, End):
        return False
    if isinstance(node, Chance):
        return any(map(_has_moves, node.children))
    return _has_moves(node.child) if isinstance(node, Draw) else isinstance(node, (Move, Choice))


def _sets_below(form: Any, node: int) -> tuple[int, ...]:
    stack, found = [node], set()
    while stack:
        at = stack.pop()
        found.add(form.infoset_of[at])
        stack += form.children[at]
    return tuple(sorted(found - {-1}))


def solved_by_branches(branches: Branches, method: Any, solved: Any) -> Solution:
    """Return the equilibria of a game that begins with a public move.

    ``solved(game, method)`` solves a branch.
    """
    game = branches.game
    answers = [None if each is None else solved(each, method) for each in branches.games]
    gaps = [a.status for a in answers if a is not None and not a.complete]
    gaps += ["a game after the first move was not solved" for a in answers if a is not None and not len(a)]
    options = [[None] if a is None else list(a) for a in answers]
    rows = list(islice(product(*options), MOST_COMBINATIONS + 1))
    if len(rows) > MOST_COMBINATIONS:
        gaps.append(f"of the combinations of equilibria after the first move {MOST_COMBINATIONS} were tried")
    found: list[ContinuumEquilibrium] = []
    for row in rows[:MOST_COMBINATIONS]:
        made = list(_moves(branches, row))
        if len(made) > 1:
            gaps.append("the player who moves first is indifferent; mixed choices there are not listed")
        found += made
    status = "solved" if not gaps else "incomplete: " + "; ".join(dict.fromkeys(gaps))
    equilibria: Any = tuple(dict.fromkeys(found))
    return Solution(game, method or PerfectBayesian(), equilibria, status, complete=not gaps)


def _moves(branches: Branches, row: Sequence[ContinuumEquilibrium | None]) -> Iterator[ContinuumEquilibrium]:
    """Yield an equilibrium for each action that is best, given an equilibrium in each branch."""
    game, form, h = branches.game, branches.game.form, branches.h
    player = form.players[form.player_of[h]]
    strategies: dict[int, Cutoffs] = {}
    choices: dict[str, Any] = {}
    beliefs: dict[int, Any] = {}
    for each, sets in zip(row, branches.sets, strict=True):
        if each is None:
            continue
        for (_, rule), number in zip(each.strategy_list, sets, strict=True):
            strategies[number] = rule
        beliefs.update(zip(sets, each.belief, strict=False))
        choices.update(each.choice_list)
    results = []
    for action in form.actions_of[h]:
        rules = {form.set_names[k]: rule for k, rule in {**strategies, h: Cutoffs.always(action)}.items()}
        rules = {name: rules[name] for name in form.set_names}
        results.append((rules, played(game, rules, choices)))
    best = max(told.payoffs[player] for _, told in results)
    errors = [each.error for each in row if each is not None]
    for rules, told in results:
        if told.payoffs[player] == best:
            yield ContinuumEquilibrium(
                game=game,
                concept=next((e.concept for e in row if e is not None), "perfect Bayesian equilibrium"),
                strategy_list=tuple(rules.items()),
                choice_list=tuple(choices.items()),
                payoff_list=tuple(told.payoffs.items()),
                outcome_list=tuple(told.outcomes.items()),
                action_list=tuple(told.actions.items()),
                behaviour=told.behaviour,
                reached=told.reached,
                belief=tuple(beliefs.get(k) for k in range(len(form.set_names))),
                free_list=_free(branches, row),
                error=max(errors, default=0.0),
            )


def _free(branches: Branches, row: Sequence[ContinuumEquilibrium | None]) -> tuple[Any, ...]:
    """Return what may vary in the branches, under the names of the whole game."""
    names = branches.game.form.set_names
    found: list[Any] = []
    for each, sets in zip(row, branches.sets, strict=True):
        if each is not None:
            own = {name: names[k] for (name, _), k in zip(each.strategy_list, sets, strict=True)}
            found += [replace(f, information_set=own.get(f.information_set, f.information_set)) for f in each.free_list]
    return tuple(found)
