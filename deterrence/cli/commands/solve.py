"""``deterrence solve``: the equilibria of a model at its parameter values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

import typer

from deterrence.answers.continuum.strategies import Cutoffs, Mixture, Schedule
from deterrence.cli import options
from deterrence.cli.answer import Answer, Form, decimal, number, numbers, question
from deterrence.cli.given import model_of
from deterrence.cli.methods import method_of
from deterrence.cli.progress import with_progress
from deterrence.errors import MethodError, unknown

REFINEMENTS = (
    "d1",
    "intuitive-criterion",
    "payoff-dominant",
    "risk-dominant",
    "trembling-hand-perfect",
    "undominated",
)
COLUMNS = ("equilibrium", "class", "quantity", "information_set", "name", "value")


def solve(
    name: options.Name,
    *,
    settings: options.Settings = None,
    method: options.Method = "",
    rationality: options.Rationality = "",
    limit: options.Limit = None,
    refine: Annotated[
        list[str] | None,
        typer.Option("--refine", metavar="CRITERION", help=f"Keep those that pass: {', '.join(REFINEMENTS)}."),
    ] = None,
    as_json: options.Json = False,
    as_csv: options.Csv = False,
    output: options.Output = None,
    force: options.Force = False,
    plain: options.Plain = False,
) -> None:
    """Find the equilibria of a model at its parameter values."""
    from deterrence.solvers.solve import solve as find

    form = Form.of(json=as_json, csv=as_csv, output=output, force=force)
    concept = method_of(method, rationality, limit)
    criteria = [_refinement(criterion) for criterion in refine or ()]
    model = model_of(name, settings)

    def work(_: Any) -> Any:
        solution = find(model.game, concept)
        for criterion in criteria:
            solution = criterion(solution)
        return solution

    solution = with_progress(work, f"Solving {model.game.name}", plain=plain)
    asked = question("solve", model, method=solution.method, refinements=list(refine or ()))
    form.give(_of_ranges(asked, solution) if hasattr(solution, "outcome_ranges") else _of_solution(asked, solution))


def _refinement(name: str) -> Any:
    from deterrence import refinements

    key = name.lower().replace("_", "-").replace(" ", "-")
    if key not in REFINEMENTS:
        raise unknown("refinement", name, REFINEMENTS)
    keep = getattr(refinements, key.replace("-", "_"))

    def kept(solution: Any) -> Any:
        if not hasattr(solution, "components"):
            raise MethodError(f"The refinement {key!r} is for equilibria of a finite game.")
        return keep(solution)

    return kept


def _of_solution(asked: Mapping[str, Any], solution: Any) -> Answer:
    listed = list(getattr(solution, "listed", solution))
    names = getattr(solution, "names", None) or [equilibrium.name for equilibrium in listed]
    fields = {
        "status": solution.status,
        "complete": solution.complete,
        "count": getattr(solution, "count", len(listed)),
        "equilibria": [_equilibrium(name, one) for name, one in zip(names, listed, strict=True)],
    }
    rows = [(i, name, *row) for i, (name, one) in enumerate(zip(names, listed, strict=True), 1) for row in rows_of(one)]
    drawn = getattr(solution, "plot", None) if len(listed) == 1 else None
    return Answer(asked, fields, COLUMNS, rows, lambda: str(solution), drawn)


def _equilibrium(name: str, equilibrium: Any) -> dict[str, Any]:
    """Return an equilibrium for JSON; a continuous model's strategies are numbers by name."""
    return {
        "name": name,
        "strategies": {at: _nested(row) for at, row in _played(equilibrium)},
        "beliefs": {at: _believed(row) for at, row in getattr(equilibrium, "beliefs", {}).items()},
        "outcomes": numbers(equilibrium.outcomes),
        "payoffs": numbers(equilibrium.payoffs),
        "on_path": list(getattr(equilibrium, "on_path", ())),
        "free": [
            {"information_set": f.information_set, "kind": f.kind, "of": f.of}
            | {"low": number(f.low), "high": number(f.high)}
            for f in getattr(equilibrium, "free_list", ())
        ],
        "regret": number(equilibrium.regret),
    }


def _played(equilibrium: Any) -> Iterator[tuple[str, Any]]:
    """Yield what is played by information set, and the numbers that are chosen by their names."""
    yield from equilibrium.strategies.items()
    yield from getattr(equilibrium, "choices", {}).items()


def _believed(row: Any) -> Any:
    return numbers(row) if isinstance(row, Mapping) and not any(isinstance(p, str) for p in row.values()) else str(row)


def _nested(row: Any) -> Any:
    if isinstance(row, Cutoffs) and _is_plain(row):
        return [{"low": number(p.low), "high": number(p.high), "actions": numbers(dict(p.actions))} for p in row.pieces]
    if isinstance(row, Mapping):
        return numbers(row)
    return str(row) if _in_words(row) else number(row)


def _is_plain(rule: Cutoffs) -> bool:
    """Tell whether cutoffs are numbers, which do not depend on choices seen before."""
    return not rule.depends_on and len(rule.cases) == 1 and not rule.cases[0].given


def _in_words(row: Any) -> bool:
    return isinstance(row, (Cutoffs, Schedule, Mixture)) or bool(getattr(row, "free_symbols", None))


def rows_of(equilibrium: Any) -> Iterator[tuple[str, str, str, Any]]:
    """Yield what an equilibrium says, a row each: quantity, information set, name and value."""
    for at, row in _played(equilibrium):
        if isinstance(row, Mapping):
            yield from (("strategy", at, action, p) for action, p in row.items())
        elif _in_words(row):
            yield from _of_types(equilibrium, at, row)
        else:
            yield "strategy", "", at, row
    for at, row in getattr(equilibrium, "beliefs", {}).items() if not hasattr(equilibrium, "choices") else ():
        yield from (("belief", at, history, p) for history, p in row.items())
    yield from (("outcome", "", outcome, p) for outcome, p in equilibrium.outcomes.items())
    yield from (("payoff", "", player, value) for player, value in equilibrium.payoffs.items())


def _of_types(equilibrium: Any, at: str, row: Any) -> Iterator[tuple[str, str, str, Any]]:
    """Yield the probability of each action over all types, and the types at which what is done changes."""
    form = equilibrium.game.form
    if at in form.set_names:
        h = form.set_names.index(at)
        actions = zip(form.actions_of[h], equilibrium.behaviour[h], strict=True)
        yield from (("strategy", at, action, p) for action, p in actions)
    if isinstance(row, Cutoffs) and _is_plain(row):
        yield from (("cutoff", at, row.variable or "", c) for c in row.cutoffs)


def _of_ranges(asked: Mapping[str, Any], solution: Any) -> Answer:
    """Return the answer for correlated equilibria, which is a range for each outcome and payoff."""
    kinds = (("outcome", solution.outcomes), ("payoff", solution.payoffs))
    fields = {
        "status": solution.status,
        "complete": solution.complete,
        **{f"{kind}s": {name: _ends(ends) for name, ends in ranges.items()} for kind, ranges in kinds},
    }
    rows: Sequence[Any] = [(kind, name, *ends) for kind, ranges in kinds for name, ends in ranges.items()]
    return Answer(asked, fields, ("quantity", "name", "low", "high"), rows, lambda: str(solution))


def _ends(ends: tuple[Any, Any]) -> dict[str, Any]:
    return {"low": decimal(ends[0]), "high": decimal(ends[1])}
