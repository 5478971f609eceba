"""Equilibria in cutoffs as HTML: what types do and what is chosen, outcomes and payoffs, and their picture."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from deterrence.exchange.html.mathml import math
from deterrence.exchange.html.tables import items, paragraph, picture, table
from deterrence.exchange.latex.formulas import LatexFormulas

if TYPE_CHECKING:
    from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium


def equilibrium_as_html(answer: ContinuumEquilibrium) -> str:
    """Return an equilibrium: its name, what types do, what is chosen, outcomes and payoffs, and its picture."""
    kind = f"{answer.concept[0].upper()}{answer.concept[1:]}"
    head = (
        f"<b>{escape(f'{answer.name} ({answer.concept})' if answer.name else kind)}</b> of {escape(answer.game.name)}"
    )
    formulas = LatexFormulas.of(answer.game)
    told = [line for line in answer.lines() if not line.startswith(("Outcome: ", "Payoffs: "))]
    worth = [_row(answer.outcome_list, "outcome", "probability", formulas)]
    worth.append(_row(answer.payoff_list, "player", "payoff", formulas))
    return paragraph(head) + items(map(escape, told)) + "".join(worth) + drawn(answer)


def _row(pairs: tuple[tuple[str, Any], ...], of: str, what: str, formulas: LatexFormulas) -> str:
    """Return a table of two lines: names, and their numbers; nothing where there are none."""
    if not pairs:
        return ""
    return table([of, *(name for name, _ in pairs)], [[what, *(math(formulas.formula(value)) for _, value in pairs)]])


def drawn(answer: Any) -> str:
    """Return the picture of an equilibrium in cutoffs, or of a solution of such."""
    return paragraph(picture(answer.plot, f"equilibria of {answer.game.name}"))
