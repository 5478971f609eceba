"""``deterrence sensitivity``: which parameters matter most over their whole ranges."""

from __future__ import annotations

from typing import Annotated

import typer

from deterrence.cli import options
from deterrence.cli.answer import Answer, Form, decimal, question
from deterrence.cli.given import measures_of, model_of, names_of
from deterrence.cli.methods import method_of
from deterrence.cli.progress import with_progress


def sensitivity(
    name: options.Name,
    measures: options.Measures = None,
    *,
    parameters: options.Parameters = None,
    n: Annotated[int, typer.Option("--n", metavar="COUNT", help="Points of the design; a power of two.")] = 1024,
    seed: Annotated[int, typer.Option("--seed", help="The seed of the random points.")] = 0,
    settings: options.Settings = None,
    method: options.Method = "",
    as_json: options.Json = False,
    as_csv: options.Csv = False,
    output: options.Output = None,
    force: options.Force = False,
    plain: options.Plain = False,
) -> None:
    """Find the share that each parameter has in a prediction's variance over the plausible values."""
    from deterrence.analysis.sensitivity import sensitivity as find

    form = Form.of(json=as_json, csv=as_csv, output=output, force=force)
    concept, model = method_of(method), model_of(name, settings)
    asked, chosen = measures_of(measures, model.game), names_of(parameters, model.game)
    found = with_progress(
        lambda progress: find(model.game, *asked, parameters=chosen, n=n, seed=seed, method=concept, progress=progress),
        f"Sensitivity of {model.game.name}",
        plain=plain,
    )
    columns = tuple(str(column).replace(" ", "_") for column in found.indices.columns)
    rows = [tuple(row) for row in found.indices.itertuples(index=False)]
    fields = {
        "status": found.status,
        "confidence": found.confidence,
        "rejected": decimal(found.rejected),
        "too_small_for": list(found.too_small),
        "indices": [
            {name: cell if isinstance(cell, str) else decimal(cell) for name, cell in zip(columns, row, strict=True)}
            for row in rows
        ],
    }
    names = [measure.name for measure in found.measures]
    told = question("sensitivity", model, method=found.method, measures=names, n=n, seed=seed)
    told["in_parameters"] = list(found.parameters)
    form.give(Answer(told, fields, columns, rows, lambda: str(found), found.plot))
