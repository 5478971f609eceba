"""Equilibria and their classes in LaTeX: conditions, strategies, beliefs, outcomes and payoffs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from deterrence.answers.assessment import Free
from deterrence.answers.classes import Characterization, EquilibriumClass
from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium
from deterrence.answers.continuum.in_words import play_in_words
from deterrence.answers.factors import ClassProduct
from deterrence.answers.solution import Equilibrium, Solution
from deterrence.exchange.latex.formulas import LatexFormulas, number
from deterrence.exchange.latex.letters import in_text
from deterrence.exchange.latex.page import Piece
from deterrence.games.expression import is_symbolic
from deterrence.games.game import Game
from deterrence.games.parameter import Parameter
from deterrence.games.words import listed

PROPOSITION = r"\newtheorem{proposition}{Proposition}"
WORDS = {"probability": "Pr", "belief": "belief"}
LETTERS = {"Pr": r"\sigma", "belief": r"\mu", "weight": r"\omega"}


def characterization(answer: Characterization) -> Piece:
    """Return every class as a proposition, after what the parameters mean."""
    count = answer.count if answer.complete else len(answer)
    kind = getattr(answer.method, "concept", "equilibrium")
    head = f"{count:,} class{'' if count == 1 else 'es'} of {in_text(kind)} of \\emph{{{in_text(answer.game.name)}}}"
    incomplete = "" if answer.complete else f"The list is incomplete: {in_text('; '.join(answer.unresolved))}."
    ties = f"Ties between payoffs apart, the list {'of products ' if answer.factors else ''}is complete."
    lines = [rf"\par\noindent {head}. {incomplete or ties}", *_parameters(answer.game)]
    formulas = LatexFormulas.of(answer.game)
    lines += [rf"\par\noindent {in_text(product.head)}." for product in answer.factors]
    if answer.held:
        lines.append(f"Held fixed: {_values(answer.game, formulas, answer.held)}.")
    return Piece("\n".join([*lines, *(_proposition(one_class) for one_class in answer)]), (PROPOSITION,))


def class_product(answer: ClassProduct) -> Piece:
    """Return a product of local classes: for each block a list of what is played, and when."""
    formulas = LatexFormulas.of(answer.blocks[0][0].game)
    lines = [rf"\par\noindent {in_text(answer.head)}."]
    for number_, block in enumerate(answer.blocks, 1):
        sets = "; ".join(in_text(name) for name, _ in block[0].supports)
        lines += [rf"\par\medskip\noindent Block {number_} ({sets}):", r"\begin{enumerate}"]
        for item in block:
            play = "; ".join(_weighed(row.items(), formulas) for row in item.strategies.values())
            lines.append(rf"\item {play}; {formulas.condition(item.when) or 'at all parameter values'}.")
        lines.append(r"\end{enumerate}")
    return Piece("\n".join(lines))


def equilibrium_class(one_class: EquilibriumClass) -> Piece:
    """Return one class as a proposition."""
    return Piece(_proposition(one_class), (PROPOSITION,))


def solution(answer: Solution) -> Piece:
    """Return every equilibrium under a heading, after the parameter values."""
    formulas = LatexFormulas.of(answer.game)
    at = _values(answer.game, formulas, answer.game.parameters)
    name = in_text(answer.game.name)
    head = rf"\par\noindent {in_text(answer.number_in_words)} of \emph{{{name}}}{' at ' + at if at else ''}: "
    more = f" {answer.left_out[0].upper()}{answer.left_out[1:]}." if answer.left_out else ""
    lines = [f"{head}{in_text(answer.status)}.{more}", *(_headed(item, i) for i, item in enumerate(answer.listed, 1))]
    for component in answer.components:
        if not component.is_point:
            numbers = listed(str(i + 1) for i in component.equilibria)
            lines.append(rf"\par\medskip\noindent Every mixture of the strategies of {numbers} is an equilibrium too.")
    return Piece("\n".join(lines))


def equilibrium(answer: Equilibrium) -> Piece:
    """Return one equilibrium under a heading."""
    return Piece(_headed(answer, None))


# -- one of them -----------------------------------------------------------------------------------


def _proposition(one_class: EquilibriumClass) -> str:
    free = free_letters(one_class)
    formulas = LatexFormulas.of(one_class.game, free)
    condition = formulas.condition(one_class.when)
    article = "An" if one_class.concept[:1].lower() in "aeiou" else "A"
    begin = f"{article} {in_text(one_class.concept)} of this kind exists "
    clause = condition or "at all parameter values"
    lines = [
        r"\begin{proposition}" + (f"[{in_text(one_class.name)}]" if one_class.name else ""),
        f"{begin}{clause}.",
        *_play(one_class, one_class.reached, formulas),
        f"Payoffs: {listed(f'{in_text(p)} {formulas.inline(v)}' for p, v in one_class.payoff_list)}.",
        *_varying(one_class, free, formulas),
        r"\end{proposition}",
    ]
    return "\n".join(lines)


def _headed(answer: Equilibrium, position: int | None) -> str:
    formulas = LatexFormulas.of(answer.game)
    name = f" ({in_text(answer.name)})" if answer.name else ""
    title = f"Equilibrium{'' if position is None else f' {position}'}{name}"
    reached = [name in answer.on_path for name in answer.game.form.set_names]
    payoffs = [f"{in_text(player)} {formulas.inline(value)}" for player, value in answer.payoffs.items()]
    lines = [rf"\paragraph{{{title}.}}", *_play(answer, reached, formulas)]
    lines += [rf"\noindent Payoffs: {listed(payoffs)}."] if payoffs else []
    if answer.free_list:
        lines.append(f"May vary: {'; '.join(_range(item, '', formulas) for item in answer.free_list)}.")
    return "\n".join(lines)


def _play(answer: Equilibrium | EquilibriumClass, reached: Sequence[bool], formulas: LatexFormulas) -> Iterable[str]:
    """Yield a list: what is done and believed at each information set, then the outcomes."""
    form = answer.game.form
    if isinstance(answer, ContinuumEquilibrium):
        yield from _sentences(answer, formulas)
        return
    yield r"\begin{itemize}\setlength{\itemsep}{0pt}\setlength{\parsep}{0pt}"
    for h, name in enumerate(form.set_names):
        played = zip(form.actions_of[h], answer.behaviour[h], strict=True)
        choice = _weighed(played, formulas)
        seen = "" if reached[h] else " (not reached)"
        yield rf"\item {in_text(name)}{seen}: {choice}{_believed(answer, h, formulas)}."
    yield r"\end{itemize}"
    outcomes = _weighed(answer.outcomes.items(), formulas)
    yield rf"\noindent Outcome: {outcomes}."


def _sentences(answer: ContinuumEquilibrium, formulas: LatexFormulas) -> Iterable[str]:
    """Yield a list: what is chosen and what types do, then the outcomes."""
    yield r"\begin{itemize}\setlength{\itemsep}{0pt}\setlength{\parsep}{0pt}"
    yield from (rf"\item {in_text(line)}" for line in play_in_words(answer))
    yield r"\end{itemize}"
    if answer.outcome_list:
        yield rf"\noindent Outcome: {_weighed(answer.outcomes.items(), formulas)}."


def _believed(answer: Equilibrium | EquilibriumClass, h: int, formulas: LatexFormulas) -> str:
    form, belief = answer.game.form, answer.belief[h]
    if belief is None or len(form.nodes_of[h]) < 2 or form.simultaneous:
        return ""
    held = zip((form.history(node) for node in form.nodes_of[h]), belief, strict=True)
    return f"; believed: {_weighed(held, formulas)}"


def _weighed(pairs: Iterable[tuple[str, Any]], formulas: LatexFormulas) -> str:
    """Return what has a probability above zero, with the probability where it is not certain."""
    likely = [(name, p) for name, p in pairs if p != 0]
    if len(likely) == 1:
        return rf"\emph{{{in_text(likely[0][0])}}}"
    return listed(rf"\emph{{{in_text(name)}}} with probability {formulas.inline(p)}" for name, p in likely)


# -- what may vary ---------------------------------------------------------------------------------


def free_letters(one_class: EquilibriumClass) -> dict[Any, str]:
    """Return the symbols of a class that are no parameters, each with a letter that no parameter has."""
    rows = [*one_class.behaviour, *one_class.belief, [v for _, v in (*one_class.payoff_list, *one_class.outcome_list)]]
    rows.append([end for item in one_class.free_list for end in (item.low, item.high)])
    symbols = {s for row in rows for value in row if is_symbolic(value) for s in value.free_symbols}
    own = {parameter.name for parameter in one_class.game.parameter_list}
    free = sorted((symbol for symbol in symbols if symbol.name not in own), key=lambda symbol: str(symbol.name))
    taken = " ".join(parameter.symbol for parameter in one_class.game.parameter_list)
    named: dict[Any, str] = {}
    for symbol in free:
        letter = LETTERS.get(symbol.name.partition("(")[0], r"\omega")
        letter = rf"\hat{{{letter}}}" if letter in taken else letter
        same = [other for other in free if other.name.partition("(")[0] == symbol.name.partition("(")[0]]
        named[symbol] = letter if len(same) == 1 else f"{letter}_{{{same.index(symbol) + 1}}}"
    return named


def _varying(one_class: EquilibriumClass, free: dict[Any, str], formulas: LatexFormulas) -> list[str]:
    by_name = {symbol.name: written for symbol, written in free.items()}
    ranges = []
    for item in one_class.free_list:
        letter = by_name.pop(f"{WORDS.get(item.kind, item.kind)}({item.of} | {item.information_set})", "")
        ranges.append(_range(item, letter, formulas))
    ranges += [f"${written}$ is {in_text(name)}" for name, written in by_name.items()]
    return [f"May vary: {'; '.join(ranges)}."] if ranges else []


def _range(item: Free, letter: str, formulas: LatexFormulas) -> str:
    what = "belief in" if item.kind == "belief" else "probability of"
    called = f"${letter}$, " if letter else ""
    where = rf"the {what} \emph{{{in_text(item.of)}}} at {in_text(item.information_set)}"
    comma = "," if letter else ""
    return f"{called}{where}{comma} from {formulas.inline(item.low)} to {formulas.inline(item.high)}"


# -- the parameters --------------------------------------------------------------------------------


def _values(game: Game, formulas: LatexFormulas, names: Iterable[str]) -> str:
    return ", ".join(
        f"${formulas.names[p.expression]} = {number(p.value)}$" for p in map(game.parameters.get, names) if p
    )


def _parameters(game: Game) -> list[str]:
    """Return a table of the parameters, and what is assumed of them."""
    formulas = LatexFormulas.of(game)
    lines = []
    if game.parameter_list:
        declared = any(p.plausible for p in game.parameter_list)
        widths = r"lp{0.3\linewidth}lp{0.35\linewidth}" if declared else r"lp{0.6\linewidth}l"
        lines += [r"\par\medskip\noindent", rf"\begin{{tabular}}{{@{{}}{widths}@{{}}}}"]
        lines += [
            rf"${formulas.names[p.expression]}$ & {in_text(p.meaning)} & ${_interval(p.low, p.high)}$"
            rf"{_plausible(p) if declared else ''} \\"
            for p in game.parameter_list
        ]
        lines += [r"\end{tabular}", r"\par\medskip"]
    if game.assumptions:
        lines.append(
            rf"\noindent Assumed: {listed(formulas.condition(c).removeprefix('when ') for c in game.assumptions)}."
        )
    return lines


def _plausible(parameter: Parameter) -> str:
    """Return the cell with a parameter's plausible values and why, after its separator."""
    if parameter.plausible is None:
        return " &"
    low, high = map(number, parameter.plausible)
    return f" & plausible ${low}$ to ${high}${f': {in_text(parameter.why)}' if parameter.why else ''}"


def _interval(low: Any, high: Any) -> str:
    begin = r"(-\infty" if low is None else f"[{number(low)}"
    end = r"\infty)" if high is None else f"{number(high)}]"
    return f"{begin}, {end}"
