"""The tree algebra: the few operations that mechanisms are written in.

Each takes a tree and returns a new one. A mechanism is a few of them in a row, and
``game.changed(tree=…, parameters=…, mechanism=…)`` makes the new game, which is then checked like any other.

Two rules keep information right. A move without a label is an information set of its own, so wherever a
move is copied and its player does not see which copy is played, the copies are first given one label that
names the player and the history, such as ``Defender after strike``. And wherever a player does see a draw,
its labels below the draw differ: ``Defender after strike, proof``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from deterrence.errors import MechanismError, nearest
from deterrence.games.continuum.substitution import put_in
from deterrence.games.expression import Value, as_value
from deterrence.games.tree import Chance, Draw, End, Move, Node, rewrite, with_children
from deterrence.mechanisms._information import share_information, spell_out, split_information
from deterrence.mechanisms._places import Change, below, takers

__all__ = [
    "Change",
    "below",
    "graft",
    "insert_chance",
    "pay",
    "rewrite",
    "share_information",
    "spell_out",
    "split_information",
    "split_type",
    "substitute",
    "takers",
]


def pay(
    tree: Node,
    players: tuple[str, ...],
    amounts: Mapping[str, object],
    *,
    outcomes: Collection[str] | None = None,
    after: str | Collection[str] | None = None,
    by: str | None = None,
) -> Node:
    """Add to players' payoffs: everywhere, at the ends of some outcomes, or at all ends below an action.

    Parameters
    ----------
    tree
        The tree.
    players
        The game's players in order: ``game.players``.
    amounts
        What each player gets more, by name: a number or an expression; less than nothing is a cost.
    outcomes
        Only at the ends of these outcomes.
    after
        Only below this action, or these; for every taking along a history it is paid once more.
    by
        Only where this player takes that action.

    Raises
    ------
    MechanismError
        If an amount goes to somebody who is not a player.

    Examples
    --------
    >>> from deterrence import end, move
    >>> from deterrence.mechanisms.algebra import pay
    >>> tree = move("A", wait=end("peace", 0, 0), strike=end("war", -1, -2))
    >>> pay(tree, ("A", "B"), {"A": -3}, after="strike").children[1].payoffs
    (-4, -2)
    """
    for player in amounts:
        if player not in players:
            raise MechanismError(f"A payment goes to {player!r}, who is not a player. {nearest(player, players)}")
    added = {players.index(p): as_value(amount, f"payment to {p!r}") for p, amount in amounts.items()}

    def rule(node: Node, _: tuple[str, ...]) -> Node:
        if not isinstance(node, End) or (outcomes is not None and node.outcome not in outcomes):
            return node
        return End(node.outcome, tuple(_sum(old, added.get(i, 0)) for i, old in enumerate(node.payoffs)))

    if after is None:
        return rewrite(tree, rule)
    for action in (after,) if isinstance(after, str) else after:
        tree = below(tree, action, lambda part: rewrite(part, rule), by=by)
    return tree


def _sum(first: Value, second: Value) -> Value:
    return first if second == 0 else as_value(first + second, "payoff")


def insert_chance(
    tree: Node,
    branches: Mapping[str, object],
    *,
    after: str | None = None,
    by: str | None = None,
    unless: Collection[str] = (),
    seen_by: Collection[str] | None = None,
    silent: Collection[str] = (),
) -> Node:
    """Put a chance node above the tree, or below every taking of an action.

    Numbers that nature draws at that place from a law stay above it, so that each is drawn once.

    Parameters
    ----------
    tree
        The whole tree.
    branches
        For each branch its probability, or a pair of it and a function that changes the tree below.
    after
        The action below which nature draws; by default the draw comes first of all.
    by, unless
        Only where this player takes that action; not where one of these does.
    seen_by
        Who sees the draw; by default everyone, ``()`` for nobody. For the others the copies of a move stay
        one information set.
    silent
        Branches without news: where a label stands it stays, so that a player who did not know of the action
        cannot tell such a branch from no draw at all.

    Examples
    --------
    >>> from deterrence import end, move
    >>> from deterrence.mechanisms.algebra import insert_chance
    >>> tree = move(
    ...     "A",
    ...     wait=end("peace", 0, 0),
    ...     strike=move("B", yield_=end("grab", 1, -1), fight=end("war", -1, -2)),
    ... )
    >>> hidden = insert_chance(tree, {"hit": 0.5, "miss": 0.5}, after="strike", seen_by=["A"])
    >>> [child.information for child in hidden.children[1].children]
    ['B after strike', 'B after strike']
    """
    whole = tree if seen_by is None else share_information(tree, unless=seen_by, after=after)

    def draw(node: Node) -> Node:
        if isinstance(node, Draw):
            return _under_numbers(node, draw)
        children = []
        for label, branch in branches.items():
            change = branch[1] if isinstance(branch, tuple) else None
            copy = node if label in silent else split_information(node, seen_by, label)
            children.append(copy if change is None else change(copy))
        weights = [branch[0] if isinstance(branch, tuple) else branch for branch in branches.values()]
        names = [f"probability of the chance branch {label!r}" for label in branches]
        return Chance(tuple(branches), tuple(map(as_value, weights, names)), tuple(children))

    return draw(whole) if after is None else below(whole, after, draw, by=by, unless=unless)


def _under_numbers(tree: Node, change: Change) -> Node:
    """Change what stands below the numbers that nature draws first of all."""
    drawn: list[Draw] = []
    while isinstance(tree, Draw):
        drawn.append(tree)
        tree = tree.child
    tree = change(tree)
    for node in reversed(drawn):
        tree = with_children(node, (tree,))
    return tree


def split_type(tree: Node, player: str, types: Mapping[str, object]) -> Node:
    """Give a player a hidden type, drawn by nature before all else and seen by that player alone.

    Parameters
    ----------
    tree
        The whole tree.
    player
        Whose type it is; its labels name the type, the others' information sets join the types.
    types
        For each type its probability, or a pair of it and a function that changes the tree for that type.

    Examples
    --------
    >>> from deterrence import end, move
    >>> from deterrence.mechanisms.algebra import pay, split_type
    >>> tree = move("A", wait=end("peace", 0, 0), strike=end("war", -1, -2))
    >>> typed = split_type(
    ...     tree,
    ...     "A",
    ...     {
    ...         "hawk": (0.5, lambda part: pay(part, ("A", "B"), {"A": 3}, outcomes=["war"])),
    ...         "dove": 0.5,
    ...     },
    ... )
    >>> [child.children[1].payoffs for child in typed.children]
    [(2, -2), (-1, -2)]
    """
    return insert_chance(tree, types, seen_by=(player,))


def graft(
    tree: Node,
    action: str,
    onto: str,
    build: Callable[[Node, Node], Node],
    *,
    by: str,
    known_to: Collection[str] = (),
) -> Node:
    """Let what follows one action happen after another action of the same move as well.

    So an attack happens that its supposed author did not order. Wherever ``by`` may choose both actions, what
    follows ``onto`` becomes ``build(copy, original)``, where ``copy`` is what follows ``action``.

    Parameters
    ----------
    tree
        The whole tree.
    action, onto
        The two actions.
    build
        A function of the copy and of what followed ``onto``, such as a draw between the two.
    by
        Who chooses between the actions, and so knows which it chose.
    known_to
        Who else can tell; for all others the copy and the true course are one.
    """
    knowing = (by, *known_to)
    labelled = share_information(tree, unless=knowing, after=action)
    labelled = share_information(labelled, unless=known_to, after=onto)

    def rule(node: Node, _: tuple[str, ...]) -> Node:
        if not isinstance(node, Move) or node.player != by or not {action, onto} <= set(node.actions):
            return node
        follows = dict(zip(node.actions, node.children, strict=True))
        copy = split_information(follows[action], knowing, onto)
        follows[onto] = _paired(copy, follows[onto], node.table, build)
        return with_children(node, tuple(follows.values()))

    return rewrite(labelled, rule)


def _paired(copy: Node, original: Node, table: str | None, build: Callable[[Node, Node], Node]) -> Node:
    """Build below the rest of a simultaneous move, cell by cell."""
    inside = table is not None and isinstance(original, Move) and original.table == table
    if not inside or not isinstance(original, Move) or not isinstance(copy, Move):
        return build(copy, original)
    pairs = zip(copy.children, original.children, strict=True)
    return with_children(original, tuple(_paired(child, other, table, build) for child, other in pairs))


def substitute(tree: Node, replacements: Mapping[str, object]) -> Node:
    """Put expressions in the place of parameters, in all payoffs and probabilities.

    Parameters
    ----------
    tree
        The tree.
    replacements
        For each parameter's name a number or an expression. The game still lists the parameter afterwards;
        ``dataclasses.replace(game, tree=…, parameter_list=…)`` leaves it out.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.mechanisms.algebra import substitute
    >>> prize = dt.param(4, "gain").named("prize").expression
    >>> substitute(dt.end("grab", 2 * prize, 0), {"prize": prize / 2}).payoffs
    (prize, 0)
    """
    new = {name: as_value(item, f"expression for {name!r}") for name, item in replacements.items()}
    return put_in(tree, new)
