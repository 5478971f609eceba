"""What a profile of behaviour strategies brings about in a game: values, reach, beliefs and regret.

Nothing here knows how a profile was found, so it serves to check every solver.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from deterrence.games.form import ExtensiveForm

Numbers = tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]
Behaviour = Sequence[Sequence[Any]]


def branch_weights(form: ExtensiveForm, numbers: Numbers, behaviour: Behaviour, node: int) -> Sequence[Any]:
    """Return the probability of each branch at a node: behaviour at a move, nature's at a draw."""
    h = form.infoset_of[node]
    return behaviour[h] if h >= 0 else numbers[1][node]


def node_values(form: ExtensiveForm, numbers: Numbers, behaviour: Behaviour) -> list[tuple[Any, ...]]:
    """Return every node's expected payoffs, player by player, if play starts there."""
    values: list[tuple[Any, ...]] = list(numbers[0])
    count = range(len(form.players))
    for node in range(form.size - 1, -1, -1):
        children = form.children[node]
        if not children:
            continue
        weights = branch_weights(form, numbers, behaviour, node)
        played = [(weight, values[child]) for weight, child in zip(weights, children, strict=True) if weight != 0]
        if len(played) == 1 and played[0][0] == 1:
            values[node] = played[0][1]
        else:
            values[node] = tuple(sum(weight * value[i] for weight, value in played) for i in count)
    return values


def reach(form: ExtensiveForm, numbers: Numbers, behaviour: Behaviour) -> dict[int, Any]:
    """Return the probability of reaching each node that is reached with positive probability."""
    reached: dict[int, Any] = {0: 1}
    stack = [0]
    while stack:
        node = stack.pop()
        children = form.children[node]
        if not children:
            continue
        weights = branch_weights(form, numbers, behaviour, node)
        for weight, child in zip(weights, children, strict=True):
            if weight != 0:
                reached[child] = reached[node] * weight
                stack.append(child)
    return reached


def other_reach(form: ExtensiveForm, numbers: Numbers, behaviour: Behaviour, player: int, root: int = 0) -> list[Any]:
    """Return, for every node, the probability that from a root on the others and nature do not prevent it."""
    reached: list[Any] = [0] * form.size
    reached[root] = 1
    for node in range(root, form.size):
        h = form.infoset_of[node]
        is_mover = h >= 0 and form.player_of[h] == player
        weights = branch_weights(form, numbers, behaviour, node)
        for branch, child in enumerate(form.children[node]):
            reached[child] = reached[node] if is_mover else reached[node] * weights[branch]
    return reached


def deviation_gain(form: ExtensiveForm, numbers: Numbers, behaviour: Behaviour) -> Any:
    """Return the most that any player can gain by changing its whole strategy, the others' given."""
    present = node_values(form, numbers, behaviour)[0]
    gains = [best_reply_value(form, numbers, behaviour, i) - present[i] for i in range(len(form.players))]
    return max(gains)


def best_reply_value(form: ExtensiveForm, numbers: Numbers, behaviour: Behaviour, player: int) -> Any:
    """Return what a player gets at most against the others' strategies."""
    return best_reply(form, numbers, behaviour, player)[0]


def best_reply(
    form: ExtensiveForm, numbers: Numbers, behaviour: Behaviour, player: int, root: int = 0
) -> tuple[Any, list[list[Any]]]:
    """Return what a player gets at most from a root on, and behaviour that gets it (perfect recall is given).

    The root is that of the game or of a proper subgame. Behaviour at other sets is as it was.
    """
    reached = other_reach(form, numbers, behaviour, player, root)
    # Backward induction over the player's own sets, later ones first. With perfect recall the player's own choices lead
    # to all nodes of a set or to none, so only the reach by others weights them.
    reply = [list(row) for row in behaviour]
    own_sets = [h for h in range(len(form.nodes_of)) if form.player_of[h] == player]
    values: dict[int, Any] = {}

    def value(node: int) -> Any:
        stack = [node]
        while stack:
            at = stack[-1]
            if at in values:
                stack.pop()
                continue
            children, weights = form.children[at], branch_weights(form, numbers, reply, at)
            if not children:
                values[at] = numbers[0][at][player]
                continue
            needed = [c for c, w in zip(children, weights, strict=True) if w != 0 and c not in values]
            if needed:
                stack.extend(needed)
                continue
            values[at] = sum(w * values[c] for c, w in zip(children, weights, strict=True) if w != 0)
        return values[node]

    for h in sorted(own_sets, key=lambda h: -len(form.own_steps[h])):
        if not any(reached[node] for node in form.nodes_of[h]):
            continue
        totals = [
            sum(reached[node] * value(form.children[node][a]) for node in form.nodes_of[h] if reached[node] != 0)
            for a in range(len(form.actions_of[h]))
        ]
        best = totals.index(max(totals))
        reply[h] = [int(a == best) for a in range(len(totals))]
    return value(root), reply


def one_shot_gain(form: ExtensiveForm, numbers: Numbers, behaviour: Behaviour, beliefs: Behaviour) -> Any:
    """Return the most that any player gains by changing one information set's choice, given its beliefs there.

    Notes
    -----
    Where beliefs follow each player's own earlier beliefs by Bayes' rule, no gain of this kind means no gain
    of any kind (Hendon, Jacobsen and Sloth 1996, the one-shot-deviation principle).
    """
    values, worst = node_values(form, numbers, behaviour), Fraction(0)
    for h, nodes in enumerate(form.nodes_of):
        player = form.player_of[h]
        if len(nodes) == 1:
            options = [values[child][player] for child in form.children[nodes[0]]]
        else:
            options = [
                sum(
                    belief * values[form.children[node][a]][player]
                    for belief, node in zip(beliefs[h], nodes, strict=True)
                )
                for a in range(len(form.actions_of[h]))
            ]
        played = sum(p * value for p, value in zip(behaviour[h], options, strict=True) if p != 0)
        worst = max(worst, max(options) - played)
    return worst


def bayes_beliefs(form: ExtensiveForm, numbers: Numbers, behaviour: Behaviour) -> list[tuple[Any, ...] | None]:
    """Return each information set's beliefs by Bayes' rule, or None where the set is not reached."""
    reached = reach(form, numbers, behaviour)
    beliefs: list[tuple[Any, ...] | None] = []
    for nodes in form.nodes_of:
        weights = [reached.get(node, 0) for node in nodes]
        total = sum(weights)
        beliefs.append(tuple(Fraction(w) / total if w else 0 for w in weights) if total else None)
    return beliefs
