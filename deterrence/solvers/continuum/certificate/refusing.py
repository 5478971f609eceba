"""Games of which no certificate is made, and why."""

from __future__ import annotations

from typing import Any

from deterrence.games.continuum.given import Flat
from deterrence.solvers.continuum.certificate.ends import Tree


def refusal(tree: Tree, equilibrium: Any) -> str:
    """Return why no certificate can be made, or an empty text."""
    rules = dict(equilibrium.strategy_list)
    missing = [name for name in tree.form.set_names if name not in rules]
    choices = {v.name for v in tree.form.variables if not v.is_draw} - set(dict(equilibrium.choice_list))
    if missing or choices:
        return f"Nothing is said of what is done at {[*missing, *sorted(choices)][0]!r}."
    return _of_shocks(tree, rules) or _of_states(tree)


def _of_shocks(tree: Tree, rules: dict[str, Any]) -> str:
    """Refuse strategies that are told as probabilities, of a player who sees several draws that none of them names."""
    for i, player in enumerate(tree.form.players):
        mine = [rules[name] for h, name in enumerate(tree.form.set_names) if tree.form.player_of[h] == i]
        seen = tree.draws_of(i)
        if len(seen) > 1 and mine and not any(rule.variable in seen for rule in mine):
            return (
                f"{player} sees {len(seen)} draws ({', '.join(seen)}), and its strategy is told as probabilities over "
                "them; the certificate is for strategies by cutoffs in one draw each."
            )
    return ""


def _of_states(tree: Tree) -> str:
    """Refuse laws that move with other draws in another way than by adding them."""
    if len(tree.states) > 1:
        return f"Laws move with several draws ({', '.join(tree.states)}); the certificate is for one common draw."
    for name, variable in tree.draws.items():
        if variable.names & set(tree.draws) and not _is_added(tree, name):
            return f"The law of {name} moves with {tree.states[0]} in another way than by adding it."
    for state in tree.states:
        unseen = [p for p in range(len(tree.form.players)) if not _sees_signal(tree, p, state)]
        if isinstance(tree.laws[state], Flat) and unseen:
            return f"{tree.form.players[unseen[0]]} sees nothing of {state}, which has no law."
    return ""


def _sees_signal(tree: Tree, player: int, state: str) -> bool:
    return any(n == state or state in tree.draws[n].names for n in tree.draws_of(player))


def _is_added(tree: Tree, name: str) -> bool:
    law = tree.draws[name].law
    assert law is not None
    zero, one = (law.at({**tree.values, tree.states[0]: at}) for at in (0, 1))
    return all(abs(float(one.ppf(q)) - float(zero.ppf(q)) - 1) < 1e-9 for q in (0.1, 0.5, 0.9))
