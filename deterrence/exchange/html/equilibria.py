"""Equilibria and classes of them as HTML: what is played and believed, the payoffs, and when they exist."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from deterrence.answers.classes import EquilibriumClass
from deterrence.answers.continuum.in_words import play_in_words
from deterrence.exchange.html.continuum import drawn
from deterrence.exchange.html.mathml import math, with_math
from deterrence.exchange.html.tables import paragraph, picture, table
from deterrence.exchange.latex.classes import free_letters
from deterrence.exchange.latex.formulas import LatexFormulas
from deterrence.games.words import listed

if TYPE_CHECKING:
    from deterrence.answers.classes import Characterization
    from deterrence.answers.solution import Equilibrium, Solution

ALWAYS = "at all parameter values"
NARROW, SHORT_PAYOFF = 2, 40
"""So many players have a column of payoffs each, unless a payoff has more letters of LaTeX than this."""
MOST_DRAWN = 6
"""With more equilibria than this a solution is shown without a picture."""


def equilibrium_as_html(answer: Equilibrium) -> str:
    """Return an equilibrium: its name, what is played and believed, outcomes and payoffs, and its picture."""
    head = f"<b>{escape(_title(answer))}</b> of {escape(answer.game.name)}"
    return paragraph(head) + _assessment(answer, LatexFormulas.of(answer.game)) + _drawn(answer)


def class_as_html(answer: EquilibriumClass) -> str:
    """Return a class of equilibria: its name, when it exists, what is played and believed, outcomes and payoffs."""
    formulas = _formulas(answer)
    head = f"<b>{escape(answer.name)}</b>: {escape(answer.concept)}, which exists "
    return paragraph(f"{head}{_when(answer, formulas)}.") + _assessment(answer, formulas)


def characterization_as_html(answer: Characterization) -> str:
    """Return a table of classes: when each exists, its outcomes and payoffs; above it how far the search went."""
    worths = [_worths(kind.payoff_list, _formulas(kind)) for kind in answer.classes]
    paid, columns = _payoff_columns(answer.game.players, worths)
    head = ["class", "exists", "outcome", *paid]
    rows = [
        (escape(name), *_where_and_what(kind, _formulas(kind)), *row)
        for name, kind, row in zip(answer.names, answer.classes, columns, strict=True)
    ]
    first, *rest = str(answer).split("\n\n")[0].splitlines()
    above = "".join(paragraph(escape(line)) for line in (first, *rest))
    return above + "".join(paragraph(f"{escape(product.head)}.") for product in answer.factors) + table(head, rows)


def solution_as_html(answer: Solution) -> str:
    """Return every equilibrium that is listed, as a row of a table, and a picture of them where they are few."""
    formulas = LatexFormulas.of(answer.game)
    first, *_ = str(answer).splitlines()
    more = paragraph(escape(f"{answer.left_out[0].upper()}{answer.left_out[1:]}.")) if answer.left_out else ""
    names = answer.names
    worths = [_worths(equilibrium.payoffs.items(), formulas) for equilibrium in answer.listed]
    paid, columns = _payoff_columns(answer.game.players, worths)
    head = ["", "equilibrium", "play", "outcome", *paid]
    rows = [
        (
            str(number),
            escape(name),
            _play(equilibrium, formulas),
            _lines(equilibrium.outcomes.items(), formulas),
            *row,
        )
        for number, (name, equilibrium, row) in enumerate(zip(names, answer.listed, columns, strict=True), 1)
    ]
    drawn = _drawn(answer) if answer.count <= MOST_DRAWN else ""
    return paragraph(escape(first)) + more + (table(head, rows) if rows else "") + drawn


# -- parts ------------------------------------------------------------------------------------------


def _title(answer: Equilibrium) -> str:
    kind = f"{answer.concept[0].upper()}{answer.concept[1:]}"
    return f"{answer.name} ({answer.concept})" if answer.name else kind


def _formulas(answer: EquilibriumClass) -> LatexFormulas:
    return LatexFormulas.of(answer.game, free_letters(answer))


def _when(answer: EquilibriumClass, formulas: LatexFormulas) -> str:
    return with_math(formulas.condition(answer.when) or ALWAYS)


def _where_and_what(answer: EquilibriumClass, formulas: LatexFormulas) -> tuple[str, str]:
    return _when(answer, formulas), _lines(answer.outcome_list, formulas)


def _worths(payoffs: Iterable[tuple[str, Any]], formulas: LatexFormulas) -> list[str]:
    """Return what each player gets, in LaTeX."""
    return [formulas.formula(value) for _, value in payoffs]


def _payoff_columns(players: Sequence[str], worths: Sequence[Sequence[str]]) -> tuple[list[str], list[list[str]]]:
    """Return the heads and the rows of payoffs: a column a player where these are two and short, else one for all."""
    if len(players) <= NARROW and all(len(one) <= SHORT_PAYOFF for row in worths for one in row):
        return [f"payoff of {player}" for player in players], [[math(one) for one in row] for row in worths]
    lines = [
        "<br>".join(f"<i>{escape(player)}</i>: {math(one)}" for player, one in zip(players, row, strict=True))
        for row in worths
    ]
    return ["payoffs"], [[line] for line in lines]


def _assessment(answer: Any, formulas: LatexFormulas) -> str:
    """Return what equilibria and classes have in common: play, beliefs, outcomes, payoffs, and what may vary."""
    payoffs = answer.payoffs.items()
    lines = [
        f"Outcome: {_likely(answer.outcomes.items(), formulas)}.",
        f"Payoffs: {listed(f'{escape(player)} {math(formulas.formula(value))}' for player, value in payoffs)}.",
    ]
    lines += [f"May vary: {escape('; '.join(map(str, answer.free_list)))}."] if answer.free_list else []
    return _choices(answer, formulas) + "".join(map(paragraph, lines))


def _choices(answer: Any, formulas: LatexFormulas) -> str:
    """Return a table of what is done and believed at every information set."""
    form = answer.game.form
    held = [_believed(answer, h, formulas) for h in range(len(form.set_names))]
    rows = []
    for h, name in enumerate(form.set_names):
        seen = "" if answer.reached[h] else " (not reached)"
        played = _lines(zip(form.actions_of[h], answer.behaviour[h], strict=True), formulas)
        rows.append((escape(name) + seen, played, *([held[h]] if any(held) else [])))
    return table(["information set", "play", *(["belief"] if any(held) else [])], rows)


def _play(answer: Any, formulas: LatexFormulas) -> str:
    """Return what is done at the information sets that are reached."""
    form = answer.game.form
    if form.variables:
        return "<br>".join(map(escape, play_in_words(answer)))
    return "<br>".join(
        f"{escape(name)}: {_likely(zip(form.actions_of[h], answer.behaviour[h], strict=True), formulas)}"
        for h, name in enumerate(form.set_names)
        if answer.reached[h] and len(form.actions_of[h]) > 1
    )


def _believed(answer: Any, h: int, formulas: LatexFormulas) -> str:
    form, belief = answer.game.form, answer.belief[h]
    if belief is None or len(form.nodes_of[h]) < 2 or form.simultaneous:
        return ""
    return _lines(zip((form.history(node) for node in form.nodes_of[h]), belief, strict=True), formulas)


def _likely(pairs: Iterable[tuple[str, Any]], formulas: LatexFormulas) -> str:
    """Return what has a probability above zero, with the probability where it is not certain."""
    return listed(_weighed(pairs, formulas, " with probability "))


def _lines(pairs: Iterable[tuple[str, Any]], formulas: LatexFormulas) -> str:
    """Return what has a probability above zero, a line each, for a cell of a table."""
    return "<br>".join(_weighed(pairs, formulas, ": "))


def _weighed(pairs: Iterable[tuple[str, Any]], formulas: LatexFormulas, link: str) -> list[str]:
    likely = [(f"<i>{escape(name)}</i>", p) for name, p in pairs if p != 0]
    return [name if len(likely) == 1 else f"{name}{link}{math(formulas.formula(p))}" for name, p in likely]


def _drawn(answer: Any) -> str:
    """Return the picture of an equilibrium or a solution: a light tree, or a table of two players."""
    from deterrence.plot.tables import is_table
    from deterrence.plot.trees.tree import tree_as_svg

    if answer.game.has_continuum:
        return drawn(answer) if answer.equilibria else paragraph(tree_as_svg(answer.game))
    if is_table(answer.game):
        return paragraph(picture(answer.plot, f"payoff table of {answer.game.name}"))
    equilibria = answer.equilibria if hasattr(answer, "equilibria") else (answer,)
    style = ' style="max-width:100%;height:auto;background:white"'
    return "".join(paragraph(tree_as_svg(answer.game, each, more=style)) for each in equilibria)
