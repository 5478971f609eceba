"""Equilibria and their classes in LaTeX: conditions, strategies, beliefs, outcomes and payoffs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from deterrence.answers.classes import Characterization, EquilibriumClass
from deterrence.answers.solution import Equilibrium, Free, Solution
from deterrence.exchange.latex.formulas import LatexFormulas, number
from deterrence.exchange.latex.letters import in_text
from deterrence.exchange.latex.page import Piece
from deterrence.games.expression import is_symbolic
from deterrence.games.game import Game
from deterrence.games.words import listed

PROPOSITION = r"\newtheorem{proposition}{Proposition}"
WORDS = {"probability": "Pr", "belief": "belief"}
LETTERS = {"Pr": r"\sigma", "belief": r"\mu", "weight": r"\omega"}


def characterization(found: Characterization) -> Piece:
    """Return every class as a proposition, after what the parameters mean."""
    count, kind = len(found), getattr(found.method, "concept", "equilibrium")
    head = f"{count} class{'' if count == 1 else 'es'} of {in_text(kind)} of \\emph{{{in_text(found.game.name)}}}"
    left = "" if found.complete else f"The list is incomplete: {in_text('; '.join(found.unresolved))}."
    ties = "Ties between payoffs apart, the list is complete."
    lines = [rf"\par\noindent {head}. {left or ties}", *_parameters(found.game)]
    formulas = LatexFormulas.of(found.game)
    if found.held:
        lines.append(f"Held fixed: {_values(found.game, formulas, found.held)}.")
    return Piece("\n".join([*lines, *(_proposition(each) for each in found)]), (PROPOSITION,))


def equilibrium_class(found: EquilibriumClass) -> Piece:
    """Return one class as a proposition."""
    return Piece(_proposition(found), (PROPOSITION,))


def solution(found: Solution) -> Piece:
    """Return every equilibrium under a heading, after the parameter values."""
    formulas = LatexFormulas.of(found.game)
    at = _values(found.game, formulas, found.game.parameters)
    count, kind = len(found), in_text(found.method.concept)
    number_of = {0: f"No {kind}", 1: f"One {kind}"}.get(count, f"{count} {kind.replace('equilibrium', 'equilibria')}")
    head = rf"\par\noindent {number_of} of \emph{{{in_text(found.game.name)}}}{' at ' + at if at else ''}: "
    lines = [f"{head}{in_text(found.status)}.", *(_headed(each, i) for i, each in enumerate(found, 1))]
    for component in found.components:
        if not component.is_point:
            numbers = listed(str(i + 1) for i in component.equilibria)
            lines.append(rf"\par\medskip\noindent Every mixture of the strategies of {numbers} is an equilibrium too.")
    return Piece("\n".join(lines))


def equilibrium(found: Equilibrium) -> Piece:
    """Return one equilibrium under a heading."""
    return Piece(_headed(found, None))


# -- one of them -----------------------------------------------------------------------------------


def _proposition(found: EquilibriumClass) -> str:
    free = _free_symbols(found)
    formulas = LatexFormulas.of(found.game, free)
    condition = formulas.condition(found.when)
    article = "An" if found.concept[:1].lower() in "aeiou" else "A"
    begin = f"{article} {in_text(found.concept)} of this kind exists "
    clause = condition or "at all parameter values"
    lines = [
        r"\begin{proposition}" + (f"[{in_text(found.name)}]" if found.name else ""),
        f"{begin}{clause}.",
        *_play(found, found.reached, formulas),
        f"Payoffs: {listed(f'{in_text(p)} {formulas.inline(v)}' for p, v in found.payoff_list)}.",
        *_varying(found, free, formulas),
        r"\end{proposition}",
    ]
    return "\n".join(lines)


def _headed(found: Equilibrium, position: int | None) -> str:
    formulas = LatexFormulas.of(found.game)
    title = (
        f"Equilibrium{'' if position is None else f' {position}'}{f' ({in_text(found.name)})' if found.name else ''}"
    )
    reached = [name in found.on_path for name in found.game.form.set_names]
    payoffs = listed(f"{in_text(player)} ${number(value)}$" for player, value in found.payoffs.items())
    lines = [
        rf"\paragraph{{{title}.}}",
        *_play(found, reached, formulas),
        rf"\noindent Payoffs: {payoffs}.",
    ]
    if found.free_list:
        lines.append(f"May vary: {'; '.join(_range(item, '', formulas) for item in found.free_list)}.")
    return "\n".join(lines)


def _play(found: Equilibrium | EquilibriumClass, reached: Sequence[bool], formulas: LatexFormulas) -> Iterable[str]:
    """Yield a list: what is done and believed at each information set, then the outcomes."""
    form = found.game.form
    yield r"\begin{itemize}\setlength{\itemsep}{0pt}\setlength{\parsep}{0pt}"
    for h, name in enumerate(form.set_names):
        played = zip(form.actions_of[h], found.behaviour[h], strict=True)
        choice = _weighed(played, formulas)
        seen = "" if reached[h] else " (not reached)"
        yield rf"\item {in_text(name)}{seen}: {choice}{_believed(found, h, formulas)}."
    yield r"\end{itemize}"
    outcomes = _weighed(found.outcomes.items(), formulas)
    yield rf"\noindent Outcome: {outcomes}."


def _believed(found: Equilibrium | EquilibriumClass, h: int, formulas: LatexFormulas) -> str:
    form, belief = found.game.form, found.belief[h]
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


def _free_symbols(found: EquilibriumClass) -> dict[Any, str]:
    """Return the symbols of a class that are no parameters, each with a letter that no parameter has."""
    rows = [*found.behaviour, *found.belief, [v for _, v in (*found.payoff_list, *found.outcome_list)]]
    rows.append([end for item in found.free_list for end in (item.low, item.high)])
    symbols = {s for row in rows for value in row if is_symbolic(value) for s in value.free_symbols}
    own = {parameter.name for parameter in found.game.parameter_list}
    free = sorted((symbol for symbol in symbols if symbol.name not in own), key=lambda symbol: str(symbol.name))
    taken = " ".join(parameter.symbol for parameter in found.game.parameter_list)
    named: dict[Any, str] = {}
    for symbol in free:
        letter = LETTERS.get(symbol.name.partition("(")[0], r"\omega")
        letter = rf"\hat{{{letter}}}" if letter in taken else letter
        same = [one for one in free if one.name.partition("(")[0] == symbol.name.partition("(")[0]]
        named[symbol] = letter if len(same) == 1 else f"{letter}_{{{same.index(symbol) + 1}}}"
    return named


def _varying(found: EquilibriumClass, free: dict[Any, str], formulas: LatexFormulas) -> list[str]:
    by_name = {symbol.name: written for symbol, written in free.items()}
    told = []
    for item in found.free_list:
        letter = by_name.pop(f"{WORDS.get(item.kind, item.kind)}({item.of} | {item.information_set})", "")
        told.append(_range(item, letter, formulas))
    told += [f"${written}$ is {in_text(name)}" for name, written in by_name.items()]
    return [f"May vary: {'; '.join(told)}."] if told else []


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
        lines += [r"\par\medskip\noindent", r"\begin{tabular}{@{}lp{0.6\linewidth}l@{}}"]
        lines += [
            rf"${formulas.names[p.expression]}$ & {in_text(p.meaning)} & ${_interval(p.low, p.high)}$ \\"
            for p in game.parameter_list
        ]
        lines += [r"\end{tabular}", r"\par\medskip"]
    if game.assumptions:
        lines.append(
            rf"\noindent Assumed: {listed(formulas.condition(c).removeprefix('when ') for c in game.assumptions)}."
        )
    return lines


def _interval(low: Any, high: Any) -> str:
    begin = r"(-\infty" if low is None else f"[{number(low)}"
    end = r"\infty)" if high is None else f"{number(high)}]"
    return f"{begin}, {end}"
