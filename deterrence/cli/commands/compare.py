"""``deterrence compare``: scenarios of one model side by side."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from deterrence.cli import options
from deterrence.cli.answer import Answer, Form, decimal, numbers, question
from deterrence.cli.given import measures_of, model_of, settings_of
from deterrence.cli.methods import method_of
from deterrence.cli.progress import with_progress
from deterrence.errors import ParameterError

COLUMNS = ("scenario", "measure", "low", "high", "equilibria")
BASE = "as it is"


def compare(
    name: options.Name,
    measures: options.Measures = None,
    *,
    scenario: Annotated[
        list[str] | None,
        typer.Option(
            "--scenario",
            metavar="TITLE:NAME=VALUE,…",
            help="A scenario by its title and the parameters that differ; repeatable. By default the model's own.",
        ),
    ] = None,
    settings: options.Settings = None,
    method: options.Method = "",
    as_json: options.Json = False,
    as_csv: options.Csv = False,
    output: options.Output = None,
    force: options.Force = False,
    plain: options.Plain = False,
) -> None:
    """Compare scenarios with the model as it is: each measure, by default each outcome, over all equilibria."""
    from deterrence.analysis.compare import compare as find
    from deterrence.games.kinds import checked_game

    form = Form.of(json=as_json, csv=as_csv, output=output, force=force)
    concept, model = method_of(method), model_of(name, settings)
    game = checked_game(model.game)
    scenarios = _scenarios(model, scenario or ())
    asked = measures_of(measures or list(game.outcomes), game)
    found = with_progress(
        lambda _: find(scenarios, *asked, base=game, method=concept), f"Comparison in {game.name}", plain=plain
    )
    rows = [_row(found, title, k) for title in scenarios for k in range(len(asked))]
    fields = {
        "status": found.status,
        "complete": found.complete,
        "rows": [
            {key: cell if isinstance(cell, str) else decimal(cell) for key, cell in zip(COLUMNS, row, strict=True)}
            for row in rows
        ],
    }
    told = question("compare", model, method=concept, measures=[m.name for m in found.measures])
    told["scenarios"] = {title: numbers(given.values) for title, given in found.games.items()}
    form.give(Answer(told, fields, COLUMNS, rows, lambda: str(found), found.plot))


def _scenarios(model: Any, texts: Any) -> dict[str, Any]:
    found: dict[str, Any] = {BASE: {}}
    for text in texts:
        title, colon, values = text.rpartition(":") if "=" in text else (text, "", "")
        if not colon and text in model.scenarios:
            found[text] = dict(model.scenarios[text][1])
        elif not title.strip() or not values:
            known = f" or one of the model's own: {', '.join(model.scenarios)}" if model.scenarios else ""
            raise ParameterError(
                f"--scenario takes TITLE:NAME=VALUE, such as 'high stakes:war=8,prize=2'{known}; got {text!r}."
            )
        else:
            found[title.strip()] = settings_of(values.split(","))
    if len(found) == 1:
        found |= {title: dict(values) for title, (_, values) in model.scenarios.items()}
    if len(found) == 1:
        raise ParameterError("Name a scenario to compare with, such as --scenario 'high stakes:war=8,prize=2'.")
    return found


def _row(found: Any, title: str, k: int) -> tuple[Any, ...]:
    at = found.data.sel(scenario=title)
    return (title, found.measures[k].name, float(at["low"][k]), float(at["high"][k]), int(at["count"]))
