"""``deterrence robustness``: the smallest change of the parameters that overturns a prediction."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from deterrence.cli import completion, options
from deterrence.cli.answer import Answer, Form, decimal, number, question
from deterrence.cli.given import measure_of, model_of, names_of
from deterrence.cli.methods import method_of
from deterrence.cli.progress import with_progress

COLUMNS = ("parameter", "value", "scale", "below", "above", "nearest", "distance")


def robustness(
    name: options.Name,
    measure: Annotated[
        str | None,
        typer.Argument(help=f"{options.MEASURE} By default the set of equilibria.", autocompletion=completion.measures),
    ] = None,
    *,
    parameters: options.Parameters = None,
    settings: options.Settings = None,
    method: options.Method = "",
    as_json: options.Json = False,
    as_csv: options.Csv = False,
    output: options.Output = None,
    force: options.Force = False,
    plain: options.Plain = False,
) -> None:
    """Find the smallest change of the parameters that overturns a prediction."""
    from deterrence.analysis.robustness import robustness as find
    from deterrence.games.kinds import checked_game

    form = Form.of(json=as_json, csv=as_csv, output=output, force=force)
    concept, model = method_of(method), model_of(name, settings)
    game = checked_game(model.game)
    asked, chosen = None if measure is None else measure_of(measure, game), names_of(parameters, game)
    found = with_progress(
        lambda progress: find(game, asked, parameters=chosen, method=concept, progress=progress),
        f"Robustness of {game.name}",
        plain=plain,
    )
    told = question("robustness", model, method=found.method, measures=[] if asked is None else [asked.name])
    rows = [tuple(row[column] for column in COLUMNS) for row in found.data]
    form.give(Answer(told, _fields(found), COLUMNS, rows, lambda: str(found), found.plot))


def _fields(found: Any) -> dict[str, Any]:
    joint = found.joint
    return {
        "proved": found.proved,
        "parameters": [
            {"parameter": row["parameter"]}
            | {key: number(row[key]) for key in ("value", "scale", "below", "above", "nearest")}
            | {"distance": decimal(row["distance"])}
            for row in found.data
        ],
        "together": None
        if joint is None
        else {
            "distance": decimal(joint.distance),
            "values": {name: number(value) for name, value in joint.values.items()},
        },
        "left_out": list(found.left_out),
    }
