"""What an equilibrium in cutoffs says in sentences: what types do, what is chosen, what is believed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from deterrence.answers.continuum.pieces import shown_number, with_decimals
from deterrence.answers.continuum.strategies import Cutoffs, Mixture, Schedule
from deterrence.games.words import listed

if TYPE_CHECKING:
    from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium

MOST_SHOWN = 1e-15
"""An outcome that is less probable goes without saying: it is there by rounding."""


def play_in_words(answer: ContinuumEquilibrium) -> list[str]:
    """Return what is chosen and done, a sentence each, in the order of the tree."""
    lines = [
        (answer.game.variables[name].node, 0, _choice_line(answer, name, value)) for name, value in answer.choice_list
    ]
    nodes = answer.game.form.nodes_of
    lines += [(nodes[h][0], 1, _set_line(answer, h)) for h in range(len(answer.strategy_list))]
    return [line for *_, line in sorted(lines, key=lambda row: row[:2])]


def _choice_line(answer: ContinuumEquilibrium, name: str, value: Any) -> str:
    variable = answer.game.variables[name]
    who, where = variable.player or name, "" if answer.reaches(variable.node) else " (not reached)"
    return f"{who} chooses {name} = {_chosen_in_words(value)}{where}."


def _chosen_in_words(value: Any) -> str:
    if getattr(value, "is_Piecewise", False):
        return ", ".join(_part_in_words(part, when) for part, when in value.args)
    return str(value) if isinstance(value, (Schedule, Mixture)) else with_decimals(value)


def _part_in_words(part: Any, when: Any) -> str:
    """Return a part of a formula in pieces in words, floats to five digits."""
    from sympy import Float, true

    part, when = (x.xreplace({number: Float(number, 5) for number in x.atoms(Float)}) for x in (part, when))
    return f"{part} otherwise" if when == true else f"{part} if {when}"


def _set_line(answer: ContinuumEquilibrium, h: int) -> str:
    name, rule = answer.strategy_list[h]
    where = "" if answer.reached[h] else " (not reached)"
    return f"{name}{where}: {_rule_in_words(answer, rule)}{answer.belief_in_words(h)}."


def _rule_in_words(answer: ContinuumEquilibrium, rule: Cutoffs) -> str:
    """Return what types do, and at which types that changes after the choices that are made."""
    line = rule.within(answer.span_of(rule.variable))
    if not rule.depends_on:
        return line
    known = answer.certain_choices
    if not rule.depends_on <= known.keys():
        return line
    at = listed(f"{name} = {shown_number(known[name])}" for name in known if name in rule.depends_on)
    return f"{line}; after {at}: {rule.after(known).within(answer.span_of(rule.variable))}"


def believed_in_words(believed: Any) -> str:
    """Return a belief, which is in words already, or in words for each type's name."""
    if isinstance(believed, str):
        return believed
    pairs = believed.items() if isinstance(believed, Mapping) else believed
    return ", ".join(f"{name} {words}" for name, words in pairs)


def end_in_words(answer: ContinuumEquilibrium) -> Iterator[str]:
    """Yield the sentences on outcomes and payoffs; none under a flat prior, which gives nothing a probability."""
    likely = [(name, p) for name, p in answer.outcome_list if p > MOST_SHOWN]
    if likely:
        told = [name if len(likely) == 1 else f"{name} with probability {shown_number(p)}" for name, p in likely]
        yield f"Outcome: {', '.join(told)}."
        yield "Payoffs: " + ", ".join(f"{player} {shown_number(v)}" for player, v in answer.payoff_list) + "."
