"""A difference between two games in words: the sentence that matters first, then tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from deterrence.analysis.answers.boundary import place_in_words
from deterrence.analysis.answers.differences.difference_parts import MeasureNow
from deterrence.analysis.answers.differences.difference_tables import TABLES, TITLES, grid
from deterrence.answers.when_in_words import when_in_words
from deterrence.games.expression import show_number
from deterrence.games.words import listed

FEW = 4
MOST_WRITTEN = 12
LONG_CONDITION = 220


def in_words(answer: Any) -> str:
    """Return the whole answer as text."""
    lines = [headline(answer), *opening(answer)]
    lines += ["", "As written:", *(f"  {sentence}" for sentence in written_shortly(answer))]
    for part, title in TITLES.items():
        head, rows = TABLES[part](answer)
        if rows:
            lines += ["", title, *grid(headed(answer, head), rows)]
        if part == "play":
            lines += _played(answer)
    return "\n".join([*lines, "", f"Status: {answer.status}"])


def _played(answer: Any) -> list[str]:
    """Say which plays both games have now, and which one alone, where there are several."""
    plays, lines = answer.plays, []
    for where, has in (
        ("both games", (True, True)),
        ("the first alone", (True, False)),
        ("the second alone", (False, True)),
    ):
        named = [row.play for row in plays if (row.first, row.second) == has]
        if named and len(plays) > 1:
            lines.append(f"  Played in {where}: {' | '.join(named)}.")
    return lines


def written_shortly(answer: Any) -> list[str]:
    """Return how the games differ as written; of many sentences the first, and how many more there are."""
    told = list(answer.written) or ["The games are written alike."]
    return (
        told
        if len(told) <= MOST_WRITTEN
        else [*told[:MOST_WRITTEN], f"And {len(told) - MOST_WRITTEN} more, in .written."]
    )


def opening(answer: Any) -> list[str]:
    """Say which game is which, and under which condition predictions differ."""
    return [which(answer), *_on_the_way(answer), *_separation(answer)]


def labels(answer: Any) -> tuple[str, str]:
    """Return how the games are told apart in sentences."""
    one, other = answer.games
    more, fewer = other.mechanisms, one.mechanisms
    if len(more) > len(fewer) and more[: len(fewer)] == fewer:
        names = _called(more[len(fewer) :])
        return f"without {names}", f"with {names}"
    if len(fewer) > len(more) and fewer[: len(more)] == more:
        names = _called(fewer[len(more) :])
        return f"with {names}", f"without {names}"
    if answer.methods[0] != answer.methods[1]:
        return f"in {answer.methods[0].concept}", f"in {answer.methods[1].concept}"
    differ = [n for n, p in one.parameters.items() if n in other.parameters and other.parameters[n].value != p.value]
    if differ and list(one.parameters) == list(other.parameters):
        return tuple(f"at {listed(f'{n} = {show_number(g.values[n])}' for n in differ)}" for g in (one, other))  # type: ignore[return-value]
    if one.name != other.name:
        return f"in {one.name!r}", f"in {other.name!r}"
    return "in the first game", "in the second game"


def _called(mechanisms: Sequence[Any]) -> str:
    """Return the names of mechanisms, or how many there are."""
    names = [getattr(mechanism, "__name__", type(mechanism).__name__) for mechanism in mechanisms]
    return listed(names) if len(names) < FEW else f"{len(names)} mechanisms"


def which(answer: Any) -> str:
    """Say which game is the first and which the second."""
    first, second = labels(answer)
    return f"First: {answer.first.name!r} {first}. Second: {answer.second.name!r} {second}."


def headline(answer: Any) -> str:
    """Return the sentence that matters most."""
    second = _capital(labels(answer)[1])
    if answer.same:
        return f"Play is the same in both games{_scope(answer)}: proved."
    lines = [*_possible(answer, second)] or [*_largest(answer, second)]
    if lines:
        return " ".join(lines)
    plays = [row.play for row in answer.plays if row.first != row.second]
    if plays:
        return f"{second} what is played changes: {plays[0]!r} is played in one of the games alone."
    return (
        f"At the present values play is the same {labels(answer)[0]} and {labels(answer)[1]}{_where_it_begins(answer)}."
    )


def _scope(answer: Any) -> str:
    """Say, as a clause, for which values of the parameters something is proved."""
    if not answer.first.parameters and not answer.second.parameters:
        return ""
    if not answer.left or (answer.first == answer.second and answer.methods[0] == answer.methods[1]):
        return ", whatever the values of the parameters"
    many = len(answer.left)
    held = f"{many} other parameter{'' if many == 1 else 's'} held at present values"
    return f", whatever the value{'' if len(answer.parameters) == 1 else 's'} of {listed(answer.parameters)} ({held})"


def _where_it_begins(answer: Any) -> str:
    """Say, as a clause, along which parameter the play begins to differ soonest, in shares of the range."""
    near = [border for border in answer.borders if border.nearest is not None and not border.differs_now]
    if not near:
        return ""
    border = min(near, key=lambda border: border.distance)
    way = "falls below" if border.nearest < border.value else "rises above"
    return f"; it differs once {border.parameter} {way} {show_number(border.nearest)}"


def _possible(answer: Any, second: str) -> Iterator[str]:
    """Say what happens in some equilibrium of one game and in none of the other."""
    rows = [row for row in answer.now if row.measure.kind == "probability" and row.first and row.second]
    begun = _in_order(answer, [row for row in rows if row.first[1] == 0 < row.second[1]])
    ended = _in_order(answer, [row for row in rows if row.second[1] == 0 < row.first[1]])
    if begun:
        s = "s" if len(begun) == 1 else ""
        names = _several([f"{_step(row)} (probability {row.in_words(1)})" for row in begun])
        them = "it" if s else "them"
        yield f"{second} {names} become{s} possible, where before there was no equilibrium with {them}."
    if ended:
        verb = "happens" if len(ended) == 1 else "happen"
        names = _several([f"{_step(row)} (before: {row.in_words(0)})" for row in ended])
        yield f"{names if begun else f'{second} {names}'} no longer {verb} in any equilibrium."


def _in_order(answer: Any, rows: list[MeasureNow]) -> list[MeasureNow]:
    """Return measures in the order in which they tell most: the one asked for, the first action, then outcomes."""
    outcomes = [row for row in rows if row.measure.of in answer.first.outcomes]
    actions = [row for row in rows if row not in outcomes]
    asked = [row for row in rows if row.measure == answer.measure]
    first = asked or actions[:1]
    return [*first, *(row for row in (*outcomes, *actions) if row not in first)]


def _step(row: MeasureNow) -> str:
    return row.measure.name.removeprefix("probability of ")


def _largest(answer: Any, second: str) -> Iterator[str]:
    """Say which measure moves most, probabilities before payoffs."""
    moved = [row for row in answer.now if row.change not in ("same", "not known")]
    likely = [row for row in moved if row.measure.kind == "probability"]
    if likely or moved:
        asked = [row for row in moved if row.measure == answer.measure]
        row = max(asked or likely or moved, key=lambda row: row.size)
        alike = "" if likely else "play is the same at the present values, but "
        yield f"{second} {alike}the {row.measure.name} {row.change}: from {row.in_words(0)} to {row.in_words(1)}."


def _several(names: Sequence[str]) -> str:
    return listed(names if len(names) <= FEW else [*names[: FEW - 1], f"{len(names) - FEW + 1} more"])


def _on_the_way(answer: Any) -> Iterator[str]:
    """Say at which values play changes on the way of a parameter from its value in the first game to the second's."""
    values = [game.values for game in answer.games]
    for name in answer.moved:
        low, high = sorted(value[name] for value in values)
        between = [jump.first for jump in answer.jumps if jump.parameter == name and jump.kind == "stays"]
        places = dict.fromkeys(place_in_words(end, "its .formula") for end in between if end and low < end.value < high)
        if places:
            way = f"from {show_number(values[0][name])} to {show_number(values[1][name])}"
            yield f"On the way of {name} {way} the prediction jumps at {listed(places)}."


def _separation(answer: Any) -> Iterator[str]:
    """Say under which condition predictions differ, and where that begins along each parameter."""
    import sympy as sp

    area = answer.apart
    if area is None or answer.same:
        return
    if area.empty:
        yield from _only_numbers(answer)
        return
    if area.condition == sp.true:
        where = " at all values of the parameters compared" if answer.parameters else ""
        yield f"What is played in equilibrium differs{where} (proved)."
        return
    clause = when_in_words(area.condition)
    if len(clause) > LONG_CONDITION:
        clause = "under a long condition, in .separates"
    share = "" if area.share is None else f", which is so at {area.share:.1%} of {answer.points:,} values drawn evenly"
    open_yet = "" if area.empty is False else " (whether there are such values was not decided)"
    yield f"What is played in equilibrium differs {clause}{share}{open_yet}."
    told = [border for border in answer.borders if len(border.stretches) > 1]
    if told:
        yield "One parameter at a time, the others as now:"
        yield from (f"  {border}" for border in told)


def _only_numbers(answer: Any) -> Iterator[str]:
    values = [row for row in answer.classes if row.formulas]
    yield "The same is played under the same conditions in both games (proved, up to borders)" + (
        "; only how likely it is differs:" if values else "."
    )
    yield from (f"  {row.play}: {row.formulas_in_words()}" for row in values)


def status_of(answer: Any) -> str:
    """Say what was compared, how far, and with what verdict."""
    if answer.first == answer.second and answer.methods[0] == answer.methods[1]:
        return "the games are equal, so that nothing differs."
    where = f"in {listed(answer.parameters)}" if answer.parameters else "at the present values alone"
    held = f" ({listed(answer.left)} held at present values)" if answer.parameters and answer.left else ""
    compared = f"compared {where}{held}: what is played at shared information sets, and shared outcomes and actions"
    if answer.searched:
        compared += f"; thresholds along {listed(pair.parameter for pair in answer.searched)}"
    if answer.doubts:
        return f"{compared}; not proved, since {'; '.join(answer.doubts)}."
    verdict = "proved the same" if answer.same else "complete"
    return f"{compared}; {verdict}{', but for borders, where payoffs tie' if answer.parameters else ''}."


def headed(answer: Any, head: Sequence[str]) -> list[str]:
    """Return the head of a table with what tells the games apart in place of first and second."""
    first, second = labels(answer)
    return [word.replace("first", first).replace("second", second) for word in head]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
