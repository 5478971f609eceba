"""The notation of a game: the decorator and the nodes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from deterrence.errors import GameError, ValueKindError
from deterrence.games.bodies.symbolic_body import declared, run_body
from deterrence.games.bodies.written import Written
from deterrence.games.expression import as_value, exact_number, show_value, to_sympy
from deterrence.games.game import Game
from deterrence.games.tree import NODES, Assumed, Chance, End, Move, Node

INTEGERS = frozenset({int})


def game(*players: str, name: str | None = None) -> Callable[[Callable[..., Node]], Game]:
    """Make a :class:`~deterrence.Game` of a function that returns a tree.

    The function's arguments are the parameters, each with :func:`param` or :func:`share` as its default;
    its body runs once, with SymPy symbols; its docstring is the caption.

    Parameters
    ----------
    *players
        The players' names, in the order of the payoffs.
    name
        What the game is called; by default the function's name.

    Raises
    ------
    GameError
        If the tree is not well formed, or an argument has no ``param(...)`` as its default.
    BranchingError
        If the body branches on a parameter.

    Examples
    --------
    >>> import deterrence as dt
    >>> @dt.game("Challenger", "Defender")
    ... def strike(prize=dt.param(4, "gain from a strike", low=0)):
    ...     "A strike that nobody answers."
    ...     return dt.move(
    ...         "Challenger",
    ...         restrain=dt.end("status quo", 0, 0),
    ...         strike=dt.end("strike", prize, -prize),
    ...     )
    >>> dt.solve(strike)[0].payoffs["Challenger"]
    4
    """
    if players and callable(players[0]):
        raise GameError("Write @game('Challenger', 'Defender') with the players' names, not @game alone.")

    def make(body: Callable[..., Node]) -> Game:
        called = name or body.__name__
        parameters = declared(body, called)
        tree = run_body(body, called, parameters)
        if not isinstance(tree, Node):
            raise GameError(
                f"The body of {called!r} returned {tree!r}; it must return move, chance, end, matrix or where."
            )
        caption = inspect.cleandoc(body.__doc__ or "")
        return Game(tuple(players), tree, parameters, called, caption)

    return make


def end(outcome: str, /, *payoffs: object, **by_player: object) -> End:
    """Write a terminal node: an outcome, and a payoff for every player in order or by name.

    Parameters
    ----------
    outcome
        The outcome's name, under which its probability is asked; several ends may share it.
    *payoffs, **by_player
        Numbers or expressions in parameters, larger is better for that player. A player whose name is no
        identifier goes in by position.

    Raises
    ------
    GameError
        If there is no payoff, or both forms are mixed.
    NumberError, ValueKindError
        If a payoff is NaN, infinite or no number.
    """
    quick = type(outcome) is str and outcome.strip() and payoffs and not by_player
    if quick and INTEGERS.issuperset(map(type, payoffs)):
        return End(outcome, payoffs)  # the quick way: a large tree has many of these
    if not isinstance(outcome, str) or not outcome.strip():
        raise GameError(f"An end needs the name of its outcome, such as end('war', -5, -3); got {outcome!r}.")
    if bool(payoffs) == bool(by_player):
        raise GameError(
            f"Give the payoffs of the end {outcome!r} either in the players' order or by player, one of the two."
        )
    in_order = tuple(as_value(item, f"payoff {i + 1} of the end {outcome!r}") for i, item in enumerate(payoffs))
    named = tuple((p, as_value(item, f"payoff of {p!r} at the end {outcome!r}")) for p, item in by_player.items())
    return End(outcome, in_order, named)


def move(
    player: str,
    /,
    actions_by_name: Mapping[str, Node] | None = None,
    *,
    information: str | None = None,
    **actions: Node,
) -> Move:
    """Write a decision: who moves, and what each action leads to.

    Parameters
    ----------
    player
        Who moves.
    actions_by_name, **actions
        The node that each action leads to; the mapping is for names that are no Python identifiers.
    information
        A label for what the player knows. Moves of one player with one label are one information set:
        the player cannot tell them apart. Without a label a move is its own information set.

    Raises
    ------
    GameError
        If there is no action, an action has no tree below it, or one name stands for two actions.
    """
    if isinstance(actions_by_name, str):
        raise GameError(f"Write move({player!r}, information={actions_by_name!r}, …): the label goes in by name.")
    branches = actions if actions_by_name is None else _merged(f"the move of {player!r}", actions_by_name, actions)
    if not branches:
        raise GameError(f"The move of {player!r} offers no action; it needs at least one, such as restrain=end(…).")
    if information is not None and (not isinstance(information, str) or not information.strip()):
        raise GameError(f"The information label of a move is a name in words, not {information!r}.")
    children = tuple(branches.values())
    if not NODES.issuperset(map(type, children)):
        for action, node in branches.items():
            _check_node(node, f"action {action!r} of {player!r}")
    return Move(player, tuple(branches), children, information)


def chance(
    branches_by_name: Mapping[str, tuple[object, Node]] | None = None, /, **branches: tuple[object, Node]
) -> Chance:
    """Write a draw by nature: ``label=(probability, node)`` for each branch.

    Parameters
    ----------
    branches_by_name, **branches
        Pairs of a probability (a number or an expression in parameters) and the node below; the mapping is
        for labels that are no Python identifiers. Probabilities must sum to one whatever the parameters are, as p
        and 1 - p do, or under the equations of ``where``; that none is below zero is assumed of the parameters.

    Raises
    ------
    GameError
        If there is no branch, a branch is no pair, or a probability is negative or above one.
    """
    pairs = _merged("the chance node", branches_by_name, branches)
    if not pairs:
        raise GameError("A chance node needs at least one branch, such as hawk=(0.3, move(…)).")
    probabilities, children = [], []
    for label, branch in pairs.items():
        if not isinstance(branch, tuple) or len(branch) != 2:
            raise GameError(f"The chance branch {label!r} must be a pair (probability, node), not {branch!r}.")
        probability = as_value(branch[0], f"probability of the chance branch {label!r}")
        if isinstance(probability, (int, type(exact_number(0.5)))) and not 0 <= probability <= 1:
            raise GameError(
                f"The chance branch {label!r} has probability {show_value(probability)}; it must lie between 0 and 1."
            )
        _check_node(branch[1], f"chance branch {label!r}")
        probabilities.append(probability)
        children.append(branch[1])
    return Chance(tuple(pairs), tuple(probabilities), tuple(children))


def _merged(place: str, by_name: Mapping[str, Any] | None, by_keyword: Mapping[str, Any]) -> dict[str, Any]:
    if by_name is not None and not isinstance(by_name, Mapping):
        raise GameError(f"The branches of {place} go in by name or as a mapping from names, not as {by_name!r}.")
    branches = dict(by_name or {})
    for label in branches:
        if not isinstance(label, str) or not label.strip():
            raise GameError(f"A branch of {place} is named {label!r}; a name is a word or words.")
    twice = sorted(set(branches) & set(by_keyword))
    if twice:
        raise GameError(f"Two branches of {place} are called {twice[0]!r}; every branch needs a name of its own.")
    return {**branches, **by_keyword}


def _check_node(node: object, place: str) -> None:
    if not isinstance(node, Node):
        raise GameError(f"The {place} must lead to move(…), chance(…), end(…) or matrix(…), not to {node!r}.")


def where(tree: Node, *conditions: object) -> Assumed:
    """State what is assumed of the parameters, such as ``where(move(…), war < concede)``.

    Raises
    ------
    GameError
        If a condition is false whatever the values.
    ValueKindError
        If a condition is no comparison.
    """
    _check_node(tree, "tree of where(…)")
    assumed = (_checked_condition(condition) for condition in conditions)
    return Assumed(tree, tuple(condition for condition in assumed if condition is not None))


def _checked_condition(condition: object) -> Any:
    """Return a condition of where(…), or None where it always holds."""
    if isinstance(condition, Written) and condition.is_comparison:
        return condition
    import sympy as sp

    if isinstance(condition, bool):
        raise ValueKindError(
            f"A condition of where(…) is {condition}, which Python decided before where(…) saw it. Write a "
            "comparison of parameters such as war < concede, and sympy.Eq(a, b) or sympy.Ne(a, b) for a == b or "
            "a != b."
        )
    if condition == sp.true:
        return None
    if condition == sp.false:
        raise GameError("A condition of where(…) is false whatever the parameters are.")
    if not isinstance(condition, (sp.core.relational.Relational, sp.And, sp.Or, sp.Not)):
        raise ValueKindError(f"A condition of where(…) is a comparison such as war < concede, not {condition!r}.")
    return _exact_condition(condition)


def _exact_condition(condition: Any) -> Any:
    import sympy as sp

    floats = condition.atoms(sp.Float)
    return condition.xreplace({item: to_sympy(exact_number(float(item))) for item in floats})
