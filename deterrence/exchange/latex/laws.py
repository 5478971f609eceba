"""Laws of drawn numbers and ends of chosen ones as LaTeX writes them."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from deterrence.exchange.latex.formulas import LatexFormulas, letter_of, plain
from deterrence.exchange.latex.letters import in_text
from deterrence.games.continuum.in_words import LISTED_FIRST, MOST_LISTED
from deterrence.games.continuum.law import Law

if TYPE_CHECKING:
    from deterrence.games.continuum.variables import Variable

SHAPES = {
    "Uniform": r"${names} \sim \mathrm{{U}}[{low},\, {high}]$",
    "Normal": r"${names} \sim \mathrm{{N}}({mean},\, {sd}^2)$",
    "Exponential": "${names}$: exponential with mean ${mean}$ above ${low}$",
    "Beta": r"${names} \sim \mathrm{{Beta}}({first},\, {second})$ on $[{low},\, {high}]$",
    "Triangular": r"${names}$: triangular on $[{low},\, {high}]$ with mode ${mode}$",
    "Logistic": "${names}$: logistic with mean ${mean}$ and scale ${scale}$",
    "ExtremeValue": "${names}$: extreme value with location ${location}$ and scale ${scale}$",
}
"""How a law is written, by its kind; of all others their words."""


def law_lines(group: tuple[Variable, ...], formulas: LatexFormulas, letters: int) -> list[str]:
    """Return numbers that are drawn alike with their law, or one that is chosen with its ends, in one line or two."""
    first = group[0]
    names = r",\, ".join(letter_of(variable.name) for variable in _told(group))
    if len(group) > MOST_LISTED:
        names = names.rpartition(r",\, ")[0] + rf",\, \dots,\, {letter_of(group[-1].name)}"
    if first.law is None:
        ends = rf"[{formulas.formula(first.low)},\, {formulas.formula(first.high)}]"
        return _with_words(group, rf"${names} \in {ends}$", letters)
    line = law_in_latex(names, first.law, formulas)
    return _with_words(group, f"{line} each" if len(group) > 1 else line, letters)


def law_in_latex(names: str, law: Law, formulas: LatexFormulas) -> str:
    """Return how numbers are drawn, in the signs that are usual for the law."""
    shape = SHAPES.get(type(law).__name__)
    if shape is None:
        return f"${names}$: {in_text(str(law))}"
    arguments: dict[str, Any] = {f.name: formulas.formula(getattr(law, f.name)) for f in fields(law)}  # type: ignore[arg-type]
    if "sd" in arguments and not arguments["sd"].isalnum():
        arguments["sd"] = f"({arguments['sd']})"
    return shape.format(names=names, **arguments)


def _told(group: tuple[Variable, ...]) -> tuple[Variable, ...]:
    return group if len(group) <= MOST_LISTED else (*group[:LISTED_FIRST], group[-1])


def _with_words(group: tuple[Variable, ...], line: str, letters: int) -> list[str]:
    """Return a line with the words for its number before it, where it has some."""
    called = group[0].called if len(group) == 1 else ""
    if not called:
        return [line]
    whole = f"{in_text(called)}: {line}"
    return [whole] if len(plain(whole)) <= letters else [f"{in_text(called)}:", line]
