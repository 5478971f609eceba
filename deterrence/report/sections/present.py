"""What happens at the present values, and what else could."""

from __future__ import annotations

from typing import Any

from deterrence.answers.solution import Solution
from deterrence.report.document import Figure, Section, Table
from deterrence.report.sections.asking import Asking
from deterrence.report.wording import choices, play_in_sentences, round_off
from deterrence.solvers.solve import solve

MOST_CHOICES = 3
"""With more choices than this on the path of play they stand in a table and not in a sentence."""
LARGEST_TREE = 40


def present(asking: Asking) -> Section:
    """Answer the first question: the equilibria at the present values, grouped by what an observer sees."""
    asking.progress(0, "solving at the present values")
    solution = solve(asking.game)
    groups = tuple((each,) for each in solution.representatives) if solution.stand_in else solution.distinct_outcomes()
    names = tuple(f"play {i}" for i in range(1, len(groups) + 1)) if len(groups) > 1 else ("probability",)
    long = any(len(choices(group[0])) > MOST_CHOICES for group in groups)
    paragraphs = [_count_in_words(solution, groups)]
    if not long:
        for number, group in enumerate(groups, 1):
            start = f"Play {number}: " if len(groups) > 1 else ""
            paragraphs.append(start + play_in_sentences(group[0]))
    figures: tuple[Figure, ...] = ()
    if asking.game.form.size <= LARGEST_TREE:
        figures = (Figure("The game, with the path of play in bold.", lambda: _tree(asking, groups)),)
    title = "What happens at the present values, and what else could?"
    return Section(title, tuple(paragraphs), tuple(_tables(asking, groups, names, long)), figures)


def _tables(asking: Asking, groups: Any, names: tuple[str, ...], long: bool) -> list[Table]:
    game, tables = asking.game, []
    if any(measure.of not in game.outcomes for measure in asking.measures):
        rows = ((measure.name, *(round_off(measure(group[0])) for group in groups)) for measure in asking.measures)
        tables.append(Table("Probabilities of interest", ("event", *names), tuple(rows)))
    if long:
        tables.append(_play_table(groups, names))
    rows = ((name, *(round_off(group[0].outcomes[name]) for group in groups)) for name in game.outcomes)
    tables.append(Table("Outcomes", ("outcome", *names), tuple(rows)))
    rows = ((player, *(round_off(group[0].payoffs[player]) for group in groups)) for player in game.players)
    columns = ("player", *(names if len(groups) > 1 else ("payoff",)))
    return [*tables, Table("Expected payoffs", columns, tuple(rows))]


def _tree(asking: Asking, groups: Any) -> Any:
    from deterrence.plot import plot_tree

    return plot_tree(asking.game, groups[0][0] if groups else None)


def _count_in_words(solution: Solution, groups: Any) -> str:
    kind = solution[0].concept if solution.game.has_continuum and solution else solution.method.concept
    if not solution:
        return f"There is no {kind}: {solution.status}."
    if solution.stand_in:
        text = (
            f"There are {solution.count:,} {kind.replace('equilibrium', 'equilibria')}, too many to list. "
            f"Shown: {len(groups)}, one for each way in which play starts; the others differ in what follows."
        )
    elif len(solution) == 1:
        text = f"There is exactly one {kind}."
    elif len(groups) == 1:
        text = f"There are {len(solution)} classes of {kind}, which differ only off the path of play."
    else:
        text = (
            f"There are {len(solution)} classes of {kind}, with {len(groups)} different paths of play; "
            "none is selected here."
        )
    return text if solution.complete else f"{text} The search was not complete: {solution.status}."


def _play_table(groups: Any, names: tuple[str, ...]) -> Table:
    """Return a table of what is done at the information sets that some play reaches."""
    plays = [choices(group[0]) for group in groups]
    rows: dict[str, tuple[str, ...]] = {}
    for play in plays:
        for name, (player, _) in play.items():
            cells = (other.get(name, ("", "not reached"))[1].replace("'", "") for other in plays)
            rows.setdefault(name, (player, name, *cells))
    columns = ("player", "information set", *(names if len(groups) > 1 else ("choice",)))
    return Table("Choices on the path of play", columns, tuple(rows.values()))
