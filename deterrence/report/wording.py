"""How a brief words numbers, ranges, formulas, lists and paths of play."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from deterrence.analysis.answers.boundary import Boundary
from deterrence.answers.solution import Equilibrium
from deterrence.games.expression import show_number, show_value
from deterrence.games.parameter import Parameter
from deterrence.games.words import listed

SHORT_FORMULA = 14
"""A formula with more operations than this is left out of a sentence."""


def round_off(value: Any, digits: int = 4) -> str:
    """Write a number to so many decimal places, without zeros at the end."""
    short = f"{float(value):.{digits}f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


def range_in_cell(low: Any, high: Any, digits: int = 4) -> str:
    """Write the range of a measure: one number, or the least and the greatest in brackets."""
    if np.isnan(float(low)):
        return "–"
    first, last = round_off(low, digits), round_off(high, digits)
    return first if first == last else f"[{first}, {last}]"


def looked_over(parameters: Sequence[Parameter], whole: str = "the whole ranges") -> str:
    """Say over what parameters vary: their plausible values where all declare some, else their ranges."""
    declared = [parameter for parameter in parameters if parameter.plausible]
    if not declared:
        return whole
    return "the plausible values" if len(declared) == len(parameters) else "the plausible values or ranges"


def bracketed(cells: Iterable[str]) -> str:
    """Return what a table's title says of brackets, where its cells hold any."""
    return "; in brackets the least and the greatest over all equilibria" if any("[" in cell for cell in cells) else ""


def move_in_words(before: Any, after: Any) -> str:
    """Say how a measure's range moves, in a sentence."""
    values = []
    for ends in (before, after):
        first, last = round_off(ends[0]), round_off(ends[1])
        values.append(first if first == last else f"a value between {first} and {last}")
    return f"from {values[0]} to {values[1]}"


def place_in_words(boundary: Boundary) -> str:
    """Write where something happens: as a decimal number, with its fraction and a short formula in brackets."""
    exact, formula = show_number(boundary.value), boundary.formula
    more = [exact] if "/" in exact else []
    if formula is not None and formula.free_symbols and formula.count_ops() <= SHORT_FORMULA:
        more.append(show_value(formula))
    decimal = round_off(boundary.value, 3) if "/" in exact else exact
    return f"{decimal} ({' = '.join(more)})" if more else decimal


NOT_EXCLUDED = "The search was not exhaustive: play that exists only between the values examined is not excluded."


def quoted(words: str) -> str:
    """Set words apart, whatever marks they hold themselves."""
    return f"“{words}”"


def over(equilibria: Sequence[Equilibrium], measure: Any) -> tuple[float, float]:
    """Return a measure's range over equilibria; NaN where it is defined in none."""
    try:
        numbers = [float(end) for e in equilibria for end in measure.ends(e)]
    except ValueError:
        numbers = []
    return (min(numbers), max(numbers)) if numbers else (float("nan"), float("nan"))


def choices(equilibrium: Equilibrium) -> dict[str, tuple[str, str]]:
    """Return who chooses what at the information sets that are reached, in the order of the tree."""
    form, chosen_at = equilibrium.game.form, {}
    for name in equilibrium.on_path:
        h = form.set_number[name]
        if len(form.actions_of[h]) == 1:
            continue
        chosen = [(a, p) for a, p in zip(form.actions_of[h], equilibrium.behaviour[h], strict=True) if p != 0]
        if len(chosen) == 1:
            words = repr(chosen[0][0])
        else:
            words = listed([f"{a!r} with probability {round_off(p)}" for a, p in chosen])
        chosen_at[name] = form.players[form.player_of[h]], words
    return chosen_at


def play_in_sentences(equilibrium: Equilibrium) -> str:
    """Tell what is done at the information sets that are reached."""
    parts = []
    for name, (player, words) in choices(equilibrium).items():
        where = "" if name == player else f" (at {name!r})"
        parts.append(f"{player}{where} chooses {words}")
    return "; ".join(parts) + "."
