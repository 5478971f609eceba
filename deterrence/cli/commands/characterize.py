"""``deterrence characterize``: every class of equilibria as formulas, with the condition for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from deterrence.cli import options
from deterrence.cli.answer import Answer, Form, as_formula, formula, question
from deterrence.cli.given import model_of, names_of
from deterrence.cli.methods import method_of
from deterrence.cli.progress import with_progress

COLUMNS = ("class", "when", "quantity", "information_set", "name", "formula")


def characterize(
    name: options.Name,
    *,
    settings: options.Settings = None,
    parameters: options.Parameters = None,
    budget: options.Budget = None,
    method: options.Method = "",
    as_json: options.Json = False,
    as_csv: options.Csv = False,
    output: options.Output = None,
    force: options.Force = False,
    plain: options.Plain = False,
) -> None:
    """Find every class of equilibria as formulas in the parameters, with the condition for each."""
    from deterrence.games.kinds import checked_game
    from deterrence.solvers.characterize import characterize as find

    form = Form.of(json=as_json, csv=as_csv, output=output, force=force, pictures=False)
    concept, model = method_of(method), model_of(name, settings)
    game = checked_game(model.game)
    chosen = names_of(parameters, game)
    found = with_progress(
        lambda progress: find(game, concept, parameters=chosen, budget=budget, progress=progress),
        f"Characterizing {game.name}",
        plain=plain,
    )
    asked = question("characterize", model, method=found.method, in_parameters=list(chosen or game.parameters))
    form.give(Answer(asked, _fields(found), COLUMNS, list(_rows(found)), lambda: str(found)))


def _fields(found: Any) -> dict[str, Any]:
    return {
        "status": found.status,
        "complete": found.complete,
        "count": found.count,
        "classes": [_class(name, kind) for name, kind in zip(found.names, found.classes, strict=True)],
    }


def _class(name: str, kind: Any) -> dict[str, Any]:
    return {
        "name": name,
        "when": _when(kind),
        "condition": str(kind.when),
        "strategies": {at: _formulas(row) for at, row in kind.strategies.items()},
        "beliefs": {at: _formulas(row) for at, row in kind.beliefs.items()},
        "outcomes": _formulas(kind.outcomes),
        "payoffs": _formulas(kind.payoffs),
        "free": [
            {"information_set": f.information_set, "kind": f.kind, "of": f.of, "symbol": str(f.symbol)}
            | {"low": formula(f.low), "high": formula(f.high)}
            for f in kind.free_list
        ],
    }


def _formulas(values: Mapping[str, Any]) -> dict[str, str | None]:
    return {name: formula(value) for name, value in values.items()}


def _when(kind: Any) -> str:
    from deterrence.answers.when_in_words import when_in_words

    return when_in_words(kind.when).removeprefix("when ")


def _rows(found: Any) -> Iterator[tuple[str, ...]]:
    for name, kind in zip(found.names, found.classes, strict=True):
        head = (name, _when(kind))
        for quantity, places in (("strategy", kind.strategies), ("belief", kind.beliefs)):
            for at, row in places.items():
                yield from ((*head, quantity, at, of, as_formula(value)) for of, value in row.items())
        yield from ((*head, "outcome", "", of, as_formula(value)) for of, value in kind.outcomes.items())
        yield from ((*head, "payoff", "", of, as_formula(value)) for of, value in kind.payoffs.items())
