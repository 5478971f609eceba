"""Thresholds and the claims of published models in LaTeX."""

from __future__ import annotations

from typing import Any

from deterrence.analysis.answers.boundary import Boundary
from deterrence.analysis.answers.threshold import Threshold
from deterrence.exchange.latex.classes import PROPOSITION
from deterrence.exchange.latex.formulas import LatexFormulas, number
from deterrence.exchange.latex.letters import in_text
from deterrence.exchange.latex.page import Piece
from deterrence.models.claim import Check, Claim


def threshold(answer: Threshold) -> Piece:
    """Return a proposition that says at which values the prediction changes, and how."""
    formulas = LatexFormulas.of(answer.game)
    moving = formulas.names[answer.game.parameters[answer.parameter].expression]
    others = [p for p in answer.game.parameter_list if p.name != answer.parameter]
    at = ", ".join(f"${formulas.names[p.expression]} = {number(p.value)}$" for p in others)
    head = rf"In \emph{{{in_text(answer.game.name)}}}{f' at {at}' if at else ''}, "
    if answer.boundaries:
        head += rf"as ${moving}$ grows, the {in_text(answer.measure.name)} moves thus:"
    else:
        head += f"no value of ${moving}$ was found at which an equilibrium begins or ends."
    items = [rf"\item {_boundary(boundary, moving, formulas)}" for boundary in answer.boundaries]
    listing = [r"\begin{itemize}", *items, r"\end{itemize}"] if items else []
    incomplete = [] if answer.complete else ["The search was incomplete: further values may exist."]
    begin, end = r"\begin{proposition}", r"\end{proposition}"
    return Piece("\n".join([begin, head, *listing, *incomplete, end]), (PROPOSITION,))


def _boundary(boundary: Boundary, moving: str, formulas: LatexFormulas) -> str:
    formula = "" if boundary.formula is None else f"{formulas.formula(boundary.formula)} = "
    shown = number(boundary.value)
    at = f"${moving} = {formula if formula != f'{shown} = ' else ''}{shown}$"
    return f"at {at}, from {_range(boundary.below)} to {_range(boundary.above)}."


def _range(ends: tuple[Any, Any]) -> str:
    low, high = (f"${number(end)}$" for end in ends)
    return low if low == high else f"between {low} and {high}"


def check(checked: Check) -> Piece:
    """Return every claim as a proposition, followed by what the solvers say of it."""
    return _claims([(result.claim, _verdict(result)) for result in checked])


def model(published: Any) -> Piece:
    """Return every claim of a model as a proposition."""
    return _claims([(claim, "") for claim in published.claims])


def _claims(pairs: list[tuple[Claim, str]]) -> Piece:
    lines = []
    for claim, verdict in pairs:
        lines += [
            r"\begin{proposition}" + (f"[{in_text(claim.origin)}]" if claim.origin else ""),
            in_text(claim.text),
            r"\end{proposition}",
            *([rf"\noindent {verdict}", ""] if verdict else []),
        ]
    return Piece("\n".join(lines), (PROPOSITION,))


def _verdict(result: Any) -> str:
    finding = f"expected {result.expected}, found {result.found}" if result.expected else result.found
    where = f" {result.condition[:1].upper()}{result.condition[1:].rstrip('.')}." if result.condition else ""
    sentences = finding.rstrip(".") + "." + where
    return rf"\emph{{{result.verdict.capitalize()}}}: {in_text(sentences)}"
