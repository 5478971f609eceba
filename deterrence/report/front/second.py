"""The rest of the second page: four scenarios, what the model leaves out, and which numbers matter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

from deterrence.errors import ParameterError
from deterrence.games.game import Game
from deterrence.games.words import listed
from deterrence.report.document import Section, Table
from deterrence.report.front.expect import played
from deterrence.report.front.levers import Lever
from deterrence.report.rounding import capital, frequencies, in_short, rounded
from deterrence.report.sections.asking import Asking
from deterrence.report.sections.weights import MOVED, Swing, just_inside, plausible
from deterrence.report.wording import over
from deterrence.solvers.solve import solve

MOST_SCENARIOS, MOST_COLUMNS, MOST_POINTS, MOST_WEIGHTS = 4, 3, 3, 3
Case = tuple[str, str, Mapping[str, object]]


def scenarios(asking: Asking, levers: Sequence[Lever]) -> Section:
    """Answer what happens in up to four other situations, in words and rounded numbers."""
    cases = _chosen(asking, _cases(asking, levers))
    if not cases:
        return Section("", ())
    asking.progress(0, "the scenarios")
    solved = [_solved(asking, values) for _, _, values in cases]
    here = solve(asking.game).representatives
    shown = _columns(asking, [here, *filter(None, solved)])
    rows = [("as it is now", "", *_row(asking, here, shown))]
    rows += [(name, why, *_row(asking, found, shown)) for (name, why, _), found in zip(cases, solved, strict=True)]
    table = Table(
        "",
        ("scenario", "what is different", "play", *(asking.measures[k].name for k in shown)),
        tuple(rows),
    )
    return Section("Four scenarios" if len(cases) == MOST_SCENARIOS else "Scenarios", (), (table,))


def _cases(asking: Asking, levers: Sequence[Lever]) -> list[Case]:
    """Return the model's scenarios, or where it has none, each lever at the ends of its plausible range."""
    told = [(name, why, values) for name, (why, values) in asking.model.scenarios.items() if values]
    if told:
        return told
    cases: list[Case] = []
    for found in levers:
        name = found.parameter.name
        for value, way in zip(plausible(found.parameter), ("low", "high"), strict=True):
            near = {name: just_inside(found.parameter, value)}
            if value != found.parameter.value and _solved(asking, near) is not None:
                cases.append((f"{name} {way}", f"{found.parameter.meaning}: near {rounded(value)}", near))
    return cases


def _chosen(asking: Asking, cases: Sequence[Case]) -> list[Case]:
    """Choose scenarios: those that move the prediction most, in the order in which they are told."""
    if len(cases) <= MOST_SCENARIOS:
        return list(cases)
    now = over(solve(asking.game).representatives, asking.measures[0])

    def moved(case: Case) -> float:
        found = _solved(asking, case[2])
        there = over(found or (), asking.measures[0])
        return max((abs(a - b) for a, b in zip(now, there, strict=True) if not isnan(b)), default=0.0)

    most = sorted(range(len(cases)), key=lambda k: (-moved(cases[k]), k))[:MOST_SCENARIOS]
    return [cases[k] for k in sorted(most)]


def _solved(asking: Asking, values: Mapping[str, object]) -> Any:
    """Return the equilibria at other values, or None where the game's assumptions fail."""
    try:
        return solve(asking.game.at(values)).representatives
    except ParameterError:
        return None


def _columns(asking: Asking, solutions: Sequence[Any]) -> list[int]:
    """Return the numbers of the measures that differ between scenarios, the first ones."""
    spans = [[over(found, measure) for found in solutions] for measure in asking.measures]
    moving = [
        k
        for k, rows in enumerate(spans)
        if max((high for _, high in rows), default=0) - min((low for low, _ in rows), default=0) > MOVED / 10
    ]
    if len(moving) <= MOST_COLUMNS:
        return moving or [0]
    return [moving[0], *_most_different(spans, moving[1:])]


def _most_different(spans: Sequence[Sequence[tuple[float, float]]], among: Sequence[int]) -> list[int]:
    """Leave out what only mirrors the first measure, and what comes last."""
    mirrored = {k for k in among if all(abs(a[0] + b[0] - 1) < MOVED for a, b in zip(spans[0], spans[k], strict=True))}
    return [k for k in among if k not in mirrored][-(MOST_COLUMNS - 1) :]


def _row(asking: Asking, found: Any, shown: Sequence[int]) -> tuple[str, ...]:
    if not found:
        return ("outside the model's assumptions" if found is None else "no equilibrium", *("–" for _ in shown))
    return (played(found), *(in_short(*over(found, asking.measures[k])) for k in shown))


def left_out(asking: Asking) -> Section:
    """Say what the model leaves out, in three points."""
    said = " ".join(asking.model.does_not_say.split())
    points = re.split(r"(?<=[.!?]) (?=[A-Z])", said)[-MOST_POINTS:] if said else _of_any_model(asking)
    return Section("What the model leaves out", (), points=tuple(points))


def _of_any_model(asking: Asking) -> list[str]:
    """Return what every such model leaves out."""
    return [
        f"Nobody acts in it but {listed(asking.game.players)}, each of them as if of one mind.",
        "It is played once, by players who know its rules and reckon without error.",
        "Its numbers are somebody's judgement; none was estimated from data.",
    ]


def numbers(asking: Asking, ranked: Sequence[Swing]) -> Section:
    """Say how the numbers were set, and which three matter most."""
    title, count = "How the numbers were set, and which matter", len(asking.game.parameters)
    if not count:
        return Section(title, ("All payoffs and chances are written into the game; it has no parameter.",))
    why = asking.model.why
    words = [
        f"{'Both' if count == 2 else f'All {count}'} parameters are an analyst's judgement, not estimates."
        if count > 1
        else "Its one parameter is an analyst's judgement, not an estimate."
    ]
    matter = [swing for swing in ranked if swing.size > MOVED][:MOST_WEIGHTS]
    if not matter:
        words.append(f"None of them, moved alone {_moved(asking.game)}, changes the prediction.")
        return Section(title, (" ".join(words),))
    few = {1: "One matters", 2: "Two matter"}.get(len(matter), "Three matter most")
    words.append(f"{few} when each is moved alone {_moved(asking.game)}; told is how often {asking.measures[0].name}.")
    return Section(title, (" ".join(words),), points=tuple(_point(swing, why) for swing in matter))


def _moved(game: Game) -> str:
    """Say how far each parameter is moved: over its plausible values, or by a share of its range where it has none."""
    declared = [parameter for parameter in game.parameter_list if parameter.plausible]
    quarter = "by a quarter of its range, either way"
    if not declared:
        return quarter
    return "over its plausible values" + (
        "" if len(declared) == len(game.parameters) else f" or, where it has none, {quarter}"
    )


def _point(swing: Swing, why: Mapping[str, str]) -> str:
    """Tell a parameter, why it has its value, and what is predicted at the ends of its plausible range."""
    parameter, ends = swing.parameter, ((swing.low, swing.first), (swing.high, swing.last))
    reason = f", {why[parameter.name]}" if parameter.name in why else ""
    told = [
        f"near {rounded(value)} {frequencies(*span)}"
        for value, span in ends
        if value != parameter.value and not isnan(span[0])
    ]
    value = f"{capital(parameter.meaning)} ({parameter.name}) is {rounded(parameter.value)}{reason}."
    return f"{value} {capital(', '.join(told))}." if told else value
