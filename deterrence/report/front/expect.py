"""What to expect: what equilibria say at the present values, in a few sentences."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Any

from deterrence.answers.naming import class_names
from deterrence.answers.solution import Equilibrium, Solution
from deterrence.games.play import node_values
from deterrence.games.words import listed
from deterrence.report.document import Section
from deterrence.report.rounding import SURE, capital, frequencies, rounded
from deterrence.report.sections.asking import Asking
from deterrence.report.wording import over, quoted
from deterrence.solvers.solve import solve

MOST_GROUPS, MOST_EVENTS = 4, 6
Event = tuple[str, float, float]
"""What is asked, in words, with its least and greatest probability."""


def expect(asking: Asking) -> Section:
    """Answer what to expect at the present values."""
    asking.progress(0, "solving at the present values")
    solution = solve(asking.game)
    groups = tuple((each,) for each in solution.representatives) if solution.stand_in else solution.distinct_outcomes()
    if not groups:
        words = [f"Nothing definite: the search found no {solution.method.concept} ({solution.status})."]
    elif len(groups) == 1:
        words = _one(asking, solution, groups[0])
    else:
        words = _several(asking, solution, [group[0] for group in groups])
    return Section("What to expect", (" ".join(words),))


def ask(asking: Asking) -> tuple[float, float]:
    """Return the range of the prediction, the first of what is asked, over all equilibria at the present values."""
    return over(solve(asking.game).representatives, asking.measures[0])


def played(equilibria: Sequence[Equilibrium]) -> str:
    """Say what classes equilibria are of, in a few words."""
    names = list(dict.fromkeys(equilibrium.name for equilibrium in equilibria))
    return " or ".join(names) if len(names) < 3 else f"one of {len(names)} kinds of play"


def _one(asking: Asking, solution: Solution, group: Sequence[Equilibrium]) -> list[str]:
    words = [*_told(_events(asking, group)), *_reason(group[0]), _besides(solution, group)]
    return words if solution.complete else [*words, f"The search was not complete: {solution.status}."]


def _besides(solution: Solution, group: Sequence[Equilibrium]) -> str:
    """Say whether there are other equilibria than the one that is told."""
    if solution.stand_in:
        return f"Too many to list: {solution.stand_in}."
    if len(group) > 1:
        return (
            f"There are {len(group)} equilibria; all of them are played alike and differ only in what would be done "
            "at places that are never reached."
        )
    if any(item.information_set in group[0].on_path for item in group[0].free_list):
        return "Some of what is done or believed may vary without leaving the equilibrium."
    if group[0].free_list and solution.complete:
        return "Every equilibrium of the model is played like this."
    return "The model has no other equilibrium." if solution.complete else "No other equilibrium was found."


def _several(asking: Asking, solution: Solution, examples: Sequence[Equilibrium]) -> list[str]:
    """Say how many equilibria there are, what they share, and what differs; the model does not choose."""
    count = f"{solution.count:,}" if len(examples) == len(solution.representatives) else f"{len(examples)} kinds of"
    words = [f"There are {count} equilibria, and the model does not choose among them."]
    spans = [(measure.name, *over(examples, measure)) for measure in asking.measures]
    shared = [event for event in spans if event[2] - event[1] < SURE]
    if shared:
        words += [f"In all of them: {sentence}" for sentence in _told(shared)[:2]]
    differing = {name for name, low, high in spans if high - low >= SURE}
    names = class_names(examples)
    for name, example in list(zip(names, examples, strict=True))[:MOST_GROUPS]:
        spread = [(measure.name, *over([example], measure)) for measure in asking.measures if measure.name in differing]
        likely = sorted(spread, key=lambda event: -event[2])[:2]
        told = [_likely(*event) for event in likely if event[2] >= SURE] or [f"not: {likely[0][0]}"]
        words.append(f"In {quoted(name)} {', and '.join(told)}.")
    if len(examples) > MOST_GROUPS:
        words.append(f"The other {len(examples) - MOST_GROUPS} lie between or beside these.")
    return words if solution.complete else [*words, f"The search was not complete: {solution.status}."]


def _events(asking: Asking, group: Sequence[Equilibrium]) -> list[Event]:
    """Return what is asked with its probability, without what is only the opposite of the first."""
    found = [(measure.name, *over(group, measure)) for measure in asking.measures]
    found = [event for event in found if not isnan(event[1])]
    if not found or not SURE < found[0][1] < 1 - SURE:
        return found
    return [event for k, event in enumerate(found) if k == 0 or abs(event[1] + found[0][2] - 1) > SURE]


def _told(events: Sequence[Event]) -> list[str]:
    """Tell events: what is certain, what happens at times, and what never does."""
    certain = [name for name, low, _ in events if low > 1 - SURE]
    never = [name for name, _, high in events if high < SURE]
    between = [event for event in events if event[1] <= 1 - SURE and event[2] >= SURE]
    at_times = [f"{name} {frequencies(low, high)}" for name, low, high in between[:MOST_EVENTS]]
    words = []
    if certain:
        words.append(f"It is certain that {_and_that(certain)}.")
    if at_times:
        first, *more = at_times
        words.append(f"{capital(first)}.")
        if more:
            words.append(f"{capital('; '.join(more))}.")
    if certain and all(name.startswith(OUTCOME) for name in never):
        never = []  # with one outcome certain, that the others never come needs no saying
    if never:
        words.append(f"It never happens that {' or that '.join(_without_outcome(never))}.")
    return words


def _likely(name: str, low: float, high: float) -> str:
    return f"it is certain that {name}" if low > 1 - SURE else f"{name} {frequencies(low, high)}"


def _and_that(clauses: Sequence[str]) -> str:
    return " and that ".join(clauses)


OUTCOME = "the outcome is "


def _without_outcome(clauses: Sequence[str]) -> list[str]:
    """Put outcomes that share a beginning into one clause."""
    outcomes = [clause.removeprefix(OUTCOME) for clause in clauses if clause.startswith(OUTCOME)]
    others = [clause for clause in clauses if not clause.startswith(OUTCOME)]
    return [*others, *([f"{OUTCOME}{' or '.join(outcomes)}"] if outcomes else [])]


def _reason(equilibrium: Equilibrium) -> list[str]:
    """Say why the first choice on the path is made: what another action would be worth to the one who makes it."""
    form = equilibrium.game.form
    if equilibrium.game.has_continuum:  # each type has reasons of its own
        return []
    first = next((h for h in _on_path(equilibrium) if len(form.actions_of[h]) > 1), None)
    if first is None:
        return []
    player, actions, support = form.players[form.player_of[first]], form.actions_of[first], equilibrium.pattern[first]
    worth = _worth(equilibrium, first)
    if len(support) > 1:
        played = listed([quoted(actions[a]) for a in support])
        return [f"{player} mixes because {played} are worth the same to it, given what follows each."]
    (own,) = support
    best, other = max((value, k) for k, value in enumerate(worth) if k != own)
    loss = worth[own] - best
    if loss <= 0:
        return [f"{player} might as well choose {quoted(actions[other])}, which is worth the same to it."]
    alternative = f"the best alternative, {quoted(actions[other])},"
    worse = f"would be worth {rounded(loss)} less to it, in the model's units"
    return [f"{player} chooses {quoted(actions[own])} because {alternative} {worse}."]


def _on_path(equilibrium: Equilibrium) -> list[int]:
    form = equilibrium.game.form
    return sorted(
        (h for h, hit in enumerate(equilibrium.reached) if hit), key=lambda h: (len(form.path(form.nodes_of[h][0])), h)
    )


def _worth(equilibrium: Equilibrium, h: int) -> list[Any]:
    """Return what each action at a set that is reached is worth to its player, by how likely its nodes are."""
    form = equilibrium.game.form
    values = node_values(form, equilibrium.game.numbers, equilibrium.behaviour)
    chances = [equilibrium._reached.get(node, 0) for node in form.nodes_of[h]]
    total, player = sum(chances), form.player_of[h]
    return [
        sum(
            chance * values[form.children[node][a]][player]
            for chance, node in zip(chances, form.nodes_of[h], strict=True)
        )
        / total
        for a in range(len(form.actions_of[h]))
    ]
