"""How a game is written: the decorator and the nodes."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from deterrence.errors import BranchingError, GameError, ValueKindError
from deterrence.expression import as_value, exact_number, show_value, to_sympy
from deterrence.games import Game
from deterrence.parameter import Parameter
from deterrence.tree import Assumed, Chance, End, Move, Node, Table

BRANCHING = (
    "The body of {name!r} branches on {what}. Parameters have no value while the tree is written: the body runs "
    "once, with symbols. For trees of different shapes write an ordinary function that returns a Game; for a "
    "payoff that switches use sympy.Piecewise, Min or Max; in where(…) write sympy.Eq(a, b) and sympy.Ne(a, b) for "
    "a == b and a != b, and two conditions, low < a and a < high, for one chain."
)
NO_NUMBER = (
    "The body of {name!r} turns a parameter into a plain number ({what}). Parameters have no value while the tree is "
    "written; for a root, logarithm or power write sympy.sqrt(x), sympy.log(x), x**2, and for a tree whose size "
    "depends on a number write an ordinary function that returns a Game."
)
TURNED = ("Cannot convert ", "as an integer", "no callable ", "must be real number", "to float")
"""What Python, SymPy and NumPy say where a symbol stands for a plain number."""


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
        parameters = _declared(body, called)
        tree = _run(body, called, parameters)
        if not isinstance(tree, Node):
            raise GameError(
                f"The body of {called!r} returned {tree!r}; it must return move, chance, end, matrix or where."
            )
        caption = inspect.cleandoc(body.__doc__ or "")
        return Game(tuple(players), tree, parameters, called, caption)

    return make


def _run(body: Callable[..., Node], called: str, parameters: tuple[Parameter, ...]) -> Node:
    """Run the body of a game once, with symbols where it has parameters."""
    if not parameters:
        return body()
    try:
        with _no_branching(called):
            return body(**{parameter.name: parameter.expression for parameter in parameters})
    except TypeError as error:
        if "truth value of Relational" in str(error):
            raise BranchingError(BRANCHING.format(name=called, what="a comparison of parameters")) from error
        if any(told in str(error) for told in TURNED):
            raise ValueKindError(NO_NUMBER.format(name=called, what=error)) from error
        raise


def _declared(body: Callable[..., Node], called: str) -> tuple[Parameter, ...]:
    parameters = []
    for argument in inspect.signature(body).parameters.values():
        if not isinstance(argument.default, Parameter):
            raise GameError(
                f"The argument {argument.name!r} of {called!r} needs param(...) or share(...) as its default, "
                f"such as {argument.name}=param(1, 'what it means')."
            )
        parameters.append(argument.default.named(argument.name))
    return tuple(parameters)


@contextmanager
def _no_branching(called: str) -> Iterator[None]:
    """Make the truth and the equality of expressions an error in the user's own code while a body runs.

    SymPy calls any symbol true and compares by structure, so that ``if prize:`` and ``prize == 4`` would
    silently take one branch. SymPy's own code and the library's, which rely on that, are let through.
    """
    import sympy as sp

    equal, unequal = sp.Expr.__eq__, sp.Expr.__ne__

    def refuse(what: Any) -> None:
        caller = str(sys._getframe(2).f_globals.get("__name__", ""))
        if caller.partition(".")[0] not in ("sympy", "deterrence", "mpmath"):
            raise BranchingError(BRANCHING.format(name=called, what=what))

    def truth(self: Any) -> bool:
        if self.free_symbols:
            refuse(self)
        return not self.is_zero

    def equality(self: Any, other: object) -> Any:
        if self.free_symbols:
            refuse(self)
        return equal(self, other)

    def inequality(self: Any, other: object) -> Any:
        if self.free_symbols:
            refuse(self)
        return unequal(self, other)

    sp.Expr.__bool__, sp.Expr.__eq__, sp.Expr.__ne__ = truth, equality, inequality
    try:
        yield
    finally:
        del sp.Expr.__bool__, sp.Expr.__ne__
        sp.Expr.__eq__ = equal


def end(outcome: str, /, *payoffs: object, **by_player: object) -> End:
    """Write a leaf: an outcome, and a payoff for every player in order or by name.

    Parameters
    ----------
    outcome
        The outcome's name, which people ask the probability of; several leaves may share it.
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
    if not isinstance(outcome, str) or not outcome.strip():
        raise GameError(f"An end needs the name of its outcome, such as end('war', -5, -3); got {outcome!r}.")
    if bool(payoffs) == bool(by_player):
        raise GameError(
            f"Give the payoffs of the end {outcome!r} either in the players' order or by player, one of the two."
        )
    if all(type(item) is int for item in payoffs) and not by_player:
        return End(outcome, payoffs)
    listed = tuple(as_value(item, f"payoff {i + 1} of the end {outcome!r}") for i, item in enumerate(payoffs))
    named = tuple((p, as_value(item, f"payoff of {p!r} at the end {outcome!r}")) for p, item in by_player.items())
    return End(outcome, listed, named)


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
    branches = _merged(f"the move of {player!r}", actions_by_name, actions)
    if not branches:
        raise GameError(f"The move of {player!r} offers no action; it needs at least one, such as restrain=end(…).")
    if information is not None and (not isinstance(information, str) or not information.strip()):
        raise GameError(f"The information label of a move is a name in words, not {information!r}.")
    for action, node in branches.items():
        if not isinstance(node, Node):
            _check_node(node, f"action {action!r} of {player!r}")
    return Move(player, tuple(branches), tuple(branches.values()), information)


def chance(
    branches_by_name: Mapping[str, tuple[object, Node]] | None = None, /, **branches: tuple[object, Node]
) -> Chance:
    """Write a draw by nature: ``label=(probability, node)`` for each branch.

    Parameters
    ----------
    branches_by_name, **branches
        Pairs of a probability (a number or an expression in parameters) and the node below; the mapping is
        for labels that are no Python identifiers. Probabilities must sum to one, symbolically or at the
        parameter values.

    Raises
    ------
    GameError
        If there is no branch, a branch is no pair, or a probability is negative or above one.
    """
    given = _merged("the chance node", branches_by_name, branches)
    if not given:
        raise GameError("A chance node needs at least one branch, such as hawk=(0.3, move(…)).")
    probabilities, children = [], []
    for label, branch in given.items():
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
    return Chance(tuple(given), tuple(probabilities), tuple(children))


def _merged(place: str, by_name: Mapping[str, Any] | None, by_keyword: Mapping[str, Any]) -> dict[str, Any]:
    if by_name is not None and not isinstance(by_name, Mapping):
        raise GameError(f"The branches of {place} go in by name or as a mapping from names, not as {by_name!r}.")
    listed = dict(by_name or {})
    for label in listed:
        if not isinstance(label, str) or not label.strip():
            raise GameError(f"A branch of {place} is named {label!r}; a name is a word or words.")
    twice = sorted(set(listed) & set(by_keyword))
    if twice:
        raise GameError(f"Two branches of {place} are called {twice[0]!r}; every branch needs a name of its own.")
    return {**listed, **by_keyword}


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
    import sympy as sp

    _check_node(tree, "tree of where(…)")
    kept = []
    for condition in conditions:
        if isinstance(condition, bool):
            raise ValueKindError(
                f"A condition of where(…) is {condition}, which Python decided before where(…) saw it. Write a "
                "comparison of parameters such as war < concede, and sympy.Eq(a, b) or sympy.Ne(a, b) for a == b or "
                "a != b."
            )
        if condition == sp.true:
            continue
        if condition == sp.false:
            raise GameError("A condition of where(…) is false whatever the parameters are.")
        if not isinstance(condition, (sp.core.relational.Relational, sp.And, sp.Or, sp.Not)):
            raise ValueKindError(f"A condition of where(…) is a comparison such as war < concede, not {condition!r}.")
        kept.append(_exact_condition(condition))
    return Assumed(tree, tuple(kept))


def _exact_condition(condition: Any) -> Any:
    import sympy as sp

    floats = condition.atoms(sp.Float)
    return condition.xreplace({item: to_sympy(exact_number(float(item))) for item in floats})


def matrix(cells: Mapping[Any, Any], *, players: Sequence[str] | None = None) -> Table:
    """Write a simultaneous game as a table of cells.

    Parameters
    ----------
    cells
        Either ``{(row action, column action, …): cell}`` or nested, ``{row action: {column action: cell}}``.
        A cell is a tuple of payoffs, whose outcome is named by its actions, or an ``end(…)``.
    players
        Who chooses, first to last; by default all players of the game in order.

    Raises
    ------
    GameError
        If a cell is missing, its actions are not as many as the others', or the players' names do not fit.
    """
    named = _player_names(players)
    if not isinstance(cells, Mapping) or not cells:
        raise GameError(f"A matrix needs cells such as {{('yield', 'stand'): (2, 4), …}}; got {cells!r}.")
    flat = _flat_cells(cells)
    sizes = {len(key) for key in flat}
    if len(sizes) != 1:
        raise GameError(f"The cells of a matrix name different numbers of actions: {sorted(sizes)}.")
    size = sizes.pop()
    options = [list(dict.fromkeys(key[i] for key in flat)) for i in range(size)]
    _check_cells(flat, options)
    return Table(tuple((key, _cell(key, cell)) for key, cell in flat.items()), named)


def _player_names(players: Sequence[str] | None) -> tuple[str, ...]:
    """Return the players who choose, refused where they are no different names."""
    if players is None:
        return ()
    if isinstance(players, str) or not all(isinstance(player, str) and player.strip() for player in players):
        raise GameError(f"The players of a matrix are a list of names, such as ['Row', 'Column'], not {players!r}.")
    if len(set(players)) < len(players):
        raise GameError(f"The players of a matrix need different names; got {list(players)!r}.")
    return tuple(players)


def _flat_cells(cells: Mapping[Any, Any], above: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    flat: dict[tuple[str, ...], Any] = {}
    for key, cell in cells.items():
        here = (*above, *(key if isinstance(key, tuple) else (key,)))
        for action in here:
            if not isinstance(action, str) or not action.strip():
                raise GameError(f"An action of a matrix is a name in words, not {action!r}.")
        below = _flat_cells(cell, here) if isinstance(cell, Mapping) else {here: cell}
        twice = next((known for known in below if known in flat), None)
        if twice is not None:
            raise GameError(
                f"The matrix has two cells for ({', '.join(twice)}); every combination of actions needs one."
            )
        flat.update(below)
    return flat


def _check_cells(flat: dict[tuple[str, ...], Any], options: list[list[str]]) -> None:
    import itertools

    for key in itertools.product(*options):
        if key not in flat:
            raise GameError(f"The matrix has no cell for ({', '.join(key)}); every combination of actions needs one.")


def _cell(key: tuple[str, ...], cell: Any) -> End:
    if isinstance(cell, End):
        return cell
    if isinstance(cell, (tuple, list)):
        return end(", ".join(key), *cell)
    raise GameError(f"The cell ({', '.join(key)}) must be a tuple of payoffs or end(…), not {cell!r}.")


def bimatrix(
    A: Any,
    B: Any,
    *,
    players: Sequence[str] = ("Row", "Column"),
    actions: Sequence[Sequence[str]] | None = None,
    name: str = "bimatrix",
) -> Game:
    """Make a two-player simultaneous game from two payoff tables.

    Parameters
    ----------
    A, B
        Payoffs of the first and the second player, of shape (rows, columns): arrays, or lists of numbers,
        fractions, or strings such as ``"0.1"`` and ``"1/3"``, all taken exactly.
    players
        The two players' names.
    actions
        The first player's action names, then the second's; by default ``row 1``…, ``column 1``….
    name
        What the game is called.

    Raises
    ------
    GameError
        If the tables are empty or of different shapes, or the names do not match them.

    Examples
    --------
    >>> import deterrence as dt
    >>> chicken = dt.bimatrix(
    ...     [[3, 2], [4, 1]], [[3, 4], [2, 1]], actions=[["yield", "stand"], ["yield", "stand"]]
    ... )
    >>> len(dt.solve(chicken))
    3
    """
    first, second = _table(A, "A"), _table(B, "B")
    rows, columns = len(first), len(first[0])
    if (len(second), len(second[0])) != (rows, columns):
        raise GameError(
            f"A has shape ({rows}, {columns}) and B ({len(second)}, {len(second[0])}); they must be the same."
        )
    if len(players) != 2:
        raise GameError(f"A bimatrix game has two players; got {list(players)!r}.")
    names = actions or ([f"row {i + 1}" for i in range(rows)], [f"column {j + 1}" for j in range(columns)])
    if isinstance(names, str) or len(names) != 2 or [_different(some) for some in names] != [rows, columns]:
        raise GameError(f"The tables need {rows} and {columns} different action names; got {names!r}.")
    cells = {(names[0][i], names[1][j]): (first[i][j], second[i][j]) for i in range(rows) for j in range(columns)}
    return Game(tuple(players), matrix(cells), (), name)


def _different(names: Any) -> int:
    """Return how many different names of actions there are; none where they are no names."""
    listed = [] if names is None or isinstance(names, str) else list(names)
    return len(set(listed)) if all(isinstance(name, str) and name.strip() for name in listed) else 0


def _table(table: Any, called: str) -> list[list[Any]]:
    try:
        if isinstance(table, str) or any(isinstance(row, str) for row in table):
            raise GameError(f"The table {called} must be rows of numbers, such as [['1', '0.5'], [0, 2]], not text.")
        rows = [[_entry(item, called) for item in row] for row in table]
    except TypeError as error:
        raise GameError(f"The table {called} must be rows of numbers.") from error
    if not rows or not rows[0] or len({len(row) for row in rows}) != 1:
        raise GameError(f"The table {called} must have at least one row and one column, and rows of one length.")
    return rows


def _entry(item: Any, called: str) -> Any:
    if isinstance(item, str):
        from fractions import Fraction

        try:
            return Fraction(item)
        except (ValueError, ZeroDivisionError) as error:
            raise GameError(f"The table {called} holds {item!r}, which is no number such as '0.1' or '1/3'.") from error
    return item
