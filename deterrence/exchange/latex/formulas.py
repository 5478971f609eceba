"""Payoffs, probabilities and conditions as LaTeX formulas, each parameter under its symbol."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from deterrence.exchange.latex.letters import GREEK
from deterrence.exchange.latex.symbols import spelt, symbol_of
from deterrence.games.expression import Value, is_symbolic, show_number
from deterrence.games.words import listed

LONG = 60
"""A fraction with more letters above or below its line is written on one line, where it can break."""


@dataclass(frozen=True, slots=True)
class LatexFormulas:
    """The notation of a game: how its parameters, and the free quantities of an answer, are written.

    Attributes
    ----------
    names
        SymPy symbol -> LaTeX.
    """

    names: Mapping[Any, str] = field(default_factory=dict)

    @classmethod
    def of(cls, game: Any, more: Mapping[Any, str] | None = None) -> LatexFormulas:
        """Return the formulas of a game; of two parameters with one symbol the later goes by its name."""
        taken: dict[str, Any] = {}
        names = {}
        for parameter in game.parameter_list:
            symbol = symbol_of(parameter)
            if taken.setdefault(symbol, parameter.name) != parameter.name:
                symbol = spelt(parameter.name)
            names[parameter.expression] = symbol
        numbers = getattr(game, "variables", {})
        if numbers:
            import sympy as sp

            names |= {sp.Symbol(name, real=True): letter_of(name) for name in numbers}
        return cls({**names, **(more or {})})

    def formula(self, value: Value) -> str:
        """Return a number or an expression as a formula, without dollar signs."""
        if not is_symbolic(value):
            return number(value)
        return str(_printer(self.names).doprint(value))

    def inline(self, value: Value) -> str:
        """Return a number or an expression as a formula in a line of text."""
        return f"${self.formula(value)}$"

    def lines(self, value: Value, letters: int) -> list[str]:
        """Return an expression broken before its terms into formulas of about so many letters."""
        lines = [""]
        for term in self._terms(value):
            if lines[-1] and len(plain(f"{lines[-1]} {term}")) > letters:
                lines.append(f"{{}}{term}")
            else:
                lines[-1] = f"{lines[-1]} {term}".strip()
        return lines

    def _terms(self, value: Value) -> list[str]:
        if not is_symbolic(value) or not value.is_Add:
            return [self.formula(value)]
        terms = [self.formula(term) for term in ordered(value.as_ordered_terms())]
        return [terms[0], *(f"- {term[1:].lstrip()}" if term.startswith("-") else f"+ {term}" for term in terms[1:])]

    def condition(self, when: Any) -> str:
        """Return a condition as a clause: ``when $a < b$ and $c < d$, or when …``; empty where it always holds."""
        import sympy as sp

        if when == sp.true:
            return ""
        if when == sp.false:
            return "never"
        ways = when.args if isinstance(when, sp.Or) else (when,)
        return "when " + ", or when ".join(sorted(map(self._clause, ways)))

    def _clause(self, condition: Any) -> str:
        import sympy as sp

        if not isinstance(condition, (sp.And, sp.Or)):
            return self.inline(condition)
        inner = (sp.And, sp.Or)
        parts = sorted(f"({self._clause(p)})" if isinstance(p, inner) else self.inline(p) for p in condition.args)
        return listed(parts) if isinstance(condition, sp.And) else " or ".join(parts)


def letter_of(name: str) -> str:
    """Return how the name of a drawn or chosen number is written: a letter as one, of any alphabet, else in italics."""
    if name in GREEK.values():
        return rf"\{name}"
    return name if len(name) == 1 and name.isascii() else spelt(name)


def number(value: Any) -> str:
    """Return a number as the library writes it, powers of ten as LaTeX writes them."""
    shown = show_number(value)
    digits, _, power = shown.partition("e")
    return rf"{digits} \times 10^{{{int(power)}}}" if power else digits


def plain(formula: str) -> str:
    """Return about what is seen of a formula, to measure it."""
    seen = re.sub(r"\\(?:mathit|mathrm|text|left|right|frac|bar|hat|,|allowbreak)(?![A-Za-z])|[{}_^$]", "", formula)
    return re.sub(r"\\[A-Za-z]+", "m", seen)


def ordered(terms: Iterable[Any]) -> list[Any]:
    """Return the terms of a sum, those without a minus sign first."""
    return sorted(terms, key=lambda term: bool(term.could_extract_minus_sign()))


def _printer(names: Mapping[Any, str]) -> Any:
    """Return the printer for a game's symbols; SymPy loads slowly, so only when first asked for."""
    from sympy.printing.latex import LatexPrinter

    class Printer(LatexPrinter):  # type: ignore[misc]  # SymPy has no types
        """SymPy's printer, with gains before losses, thin spaces in products, and fractions that fit into a line."""

        def _print_Add(self, expr: Any, order: Any = None) -> str:
            first, *rest = (self._print(term) for term in ordered(self._as_ordered_terms(expr, order=order)))
            return str(first) + "".join(f" - {t[1:].lstrip()}" if t.startswith("-") else f" + {t}" for t in rest)

        def _print_Mul(self, expr: Any) -> str:
            above, below = expr.as_numer_denom()
            if below != 1 and max(len(plain(self._print(part))) for part in (above, below)) > LONG:
                return f"{self._grouped(above)} / {self._grouped(below)}"
            return str(super()._print_Mul(expr))

        def _grouped(self, expr: Any) -> str:
            return str(self._print(expr)) if expr.is_Atom else f"({self._print(expr)})"

        def _print_Piecewise(self, expr: Any) -> str:
            return _cases([(self._print(value), condition, self._print(condition)) for value, condition in expr.args])

        def doprint(self, expr: Any) -> str:
            return _tidy(str(super().doprint(expr)))

    return Printer({"symbol_names": dict(names), "mul_symbol": r" \, ", "fold_short_frac": True})


def _cases(rows: Iterable[tuple[str, Any, str]]) -> str:
    """Return values with the conditions under which they hold, without the packages that SymPy would need."""
    from sympy import true

    cases = [(value, "otherwise" if when is true else f"if ${written}$") for value, when, written in rows]
    lines = [rf"{value} & \mbox{{{when}}}" for value, when in cases]
    return r"\left\{\begin{array}{@{}ll@{}}" + r" \\ ".join(lines) + r"\end{array}\right."


def _tidy(written: str) -> str:
    """Return a formula whose brackets let a line break, and that needs no package."""
    for needless, enough in ((r"\left(", "("), (r" \right)", ")"), (r"\right)", ")"), (r"\operatorname", r"\mathrm")):
        written = written.replace(needless, enough)
    return re.sub(" +", " ", re.sub(r"^- ", "-", written))
