"""What a notebook shows of answers with a picture, of models, mechanisms and parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from html import escape
from typing import TYPE_CHECKING, Any

from deterrence.errors import DeterrenceError
from deterrence.exchange.html.mathml import math, with_math
from deterrence.exchange.html.tables import items, paragraph, picture, sentences, table
from deterrence.exchange.latex.formulas import LatexFormulas
from deterrence.exchange.latex.symbols import symbol_of
from deterrence.games.expression import is_symbolic, show_number
from deterrence.games.game import Game
from deterrence.games.parameter import Parameter

if TYPE_CHECKING:
    from deterrence.analysis.answers.commitment import CommitmentValue
    from deterrence.analysis.answers.threshold import Threshold
    from deterrence.models.claim import Claim
    from deterrence.models.model import Model


MOST_ROWS = 12
"""Larger tables of what is left are not shown."""


def pictured_as_html(answer: Any) -> str:
    """Return an answer's picture, where it has one, and its sentences."""
    return _picture_of(answer) + sentences(str(answer))


def _picture_of(answer: Any) -> str:
    if getattr(answer, "lazy", False):  # its numbers are evaluated when they are asked for, and not for a glance
        return ""
    measures = getattr(answer, "measures", ())
    only = measures[:1] if len(measures) > 1 and len(answer.axes) == 2 else ()
    try:
        return paragraph(picture(lambda: answer.plot(*only), repr(answer).strip("<>")))
    except DeterrenceError:  # three and more parameters, say, have no picture
        return ""


def dominance_as_html(answer: Any) -> str:
    """Return an elimination: its picture where it has one, its sentences, and the table of what is left."""
    left = str(answer.table.to_html()) if len(answer.kept) == 2 and max(map(len, answer.kept)) <= MOST_ROWS else ""
    return pictured_as_html(answer) + (paragraph("What is left:") + left if left else "")


def threshold_as_html(answer: Threshold) -> str:
    """Return a threshold's sentences, and the formula of each jump typeset where it has one."""
    found = list(dict.fromkeys(jump.formula for jump in answer.jumps if is_symbolic(jump.formula)))
    if not found:
        return sentences(str(answer))
    formulas = LatexFormulas.of(answer.game)
    name = formulas.formula(answer.game.parameters[answer.parameter].expression)
    shown = [paragraph(math(f"{name} = {formulas.formula(formula)}")) for formula in found]
    return sentences(str(answer)) + "".join(shown)


def commitment_as_html(answer: CommitmentValue) -> str:
    """Return what a commitment is worth: picture, sentences, and the best commitments as typeset formulas."""
    told = [line for line in str(answer).splitlines() if not line.startswith("  ")]
    if not answer.classes:
        return _picture_of(answer) + sentences("\n".join(told))
    formulas, leader = LatexFormulas.of(answer.game), answer.leader
    rows = [
        (
            "<br>".join(f"{escape(a)}: {math(formulas.formula(p))}" for a, p in item.mixture.items() if p != 0),
            escape(item.reply),
            math(formulas.formula(item.payoffs[leader])),
            with_math(formulas.condition(item.when) or "always"),
            "yes" if item.holds(answer.game.values) else "",
        )
        for item in answer.classes
    ]
    head = ["commitment", "reply", f"payoff of {leader}", "best", "at present"]
    return _picture_of(answer) + sentences("\n".join(told)) + table(head, rows)


def parameters_as_html(parameters: Mapping[str, Parameter]) -> str:
    """Return parameters as a table: name, symbol, value, range, meaning, and plausible values with their reason."""
    declared = any(parameter.plausible for parameter in parameters.values())
    rows = [
        (
            f"<code>{escape(parameter.name)}</code>",
            math(symbol_of(parameter)) if parameter.symbol else "",
            escape(show_number(parameter.value)),
            escape(parameter.range),
            escape(parameter.meaning),
            *((escape(parameter.plausible_range), escape(parameter.why)) if declared else ()),
        )
        for parameter in parameters.values()
    ]
    more = ["plausible", "why"] if declared else []
    return table(["parameter", "symbol", "value", "range", "meaning", *more], rows)


def mechanism_as_html(mechanism: Any) -> str:
    """Return a mechanism: the call that makes it, what it does, and the parameters that it adds, as a table."""
    held = [(field.name, getattr(mechanism, field.name)) for field in fields(mechanism)]
    added = {name: _named(name, value, mechanism) for name, value in held if isinstance(value, Parameter)}
    about = (type(mechanism).__doc__ or "").strip().splitlines()[0]
    return paragraph(f"<code>{escape(repr(mechanism))}</code>") + sentences(about) + parameters_as_html(added)


def _named(name: str, parameter: Parameter, mechanism: Any) -> Parameter:
    """Return a field's parameter under the name that it has in a game."""
    from dataclasses import replace

    prefix = getattr(mechanism, "prefix", "")
    return replace(parameter, name=f"{prefix}_{name}" if prefix else name)


def model_as_html(model: Model) -> str:
    """Return a published model: its source, its game, what it assumes, what it does not say, and its claims."""
    title = f"<b>{escape(model.title or model.game.name)}</b>" + (f" ({escape(model.key)})" if model.key else "")
    lines = [title, *(escape(line) for line in (model.citation, model.standing, model.note) if line)]
    game = model.game._repr_html_() if isinstance(model.game, Game) else sentences(str(model.game))
    parts = ["".join(map(paragraph, lines)), game]
    if model.theory:
        parts.append(paragraph(f"Its main result: {escape(model.theory.finding)}"))
    if model.assumptions:
        parts += [paragraph("It assumes:"), items(map(escape, model.assumptions))]
    if model.does_not_say:
        parts.append(paragraph(f"What it does not say: {escape(' '.join(model.does_not_say.split()))}"))
    if model.claims:
        head = f"Claims, which <code>check()</code> tests with the solvers ({len(model.claims)}):"
        parts += [paragraph(head), items(map(_claim, model.claims))]
    return "".join(parts)


def _claim(claim: Claim) -> str:
    return escape(claim.text) + (f" ({escape(claim.origin)})" if claim.origin else "")
