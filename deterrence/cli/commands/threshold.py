"""``deterrence threshold``: at which value of a parameter a prediction jumps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from deterrence.cli import completion, options
from deterrence.cli.answer import Answer, Form, as_formula, formula, number, question
from deterrence.cli.given import check_parameter, ends_of, measure_of, model_of
from deterrence.cli.methods import method_of
from deterrence.cli.progress import with_progress
from deterrence.cli.streams import remark
from deterrence.errors import ParameterError
from deterrence.games.words import listed

COLUMNS = ("parameter", "value", "formula", "direction", "low_below", "high_below", "low_above", "high_above")


def threshold(
    name: options.Name,
    measure: options.Measure,
    parameter: Annotated[
        str | None,
        typer.Argument(
            metavar="PARAMETER",
            help="A parameter; by default each one in turn.",
            autocompletion=completion.parameters,
        ),
    ] = None,
    *,
    between: options.Between = None,
    settings: options.Settings = None,
    method: options.Method = "",
    as_json: options.Json = False,
    as_csv: options.Csv = False,
    output: options.Output = None,
    force: options.Force = False,
    plain: options.Plain = False,
) -> None:
    """Find the values at which a prediction jumps as a parameter grows, the others at their values."""
    form = Form.of(json=as_json, csv=as_csv, output=output, force=force, pictures=parameter is not None)
    concept, model = method_of(method), model_of(name, settings)
    asked, parameters = measure_of(measure, model.game), _parameters(model.game, parameter, between)
    ends = ends_of(between, parameter or "")
    found = with_progress(
        lambda progress: _found(model.game, asked, parameters, ends, concept, progress),
        f"Thresholds of {model.game.name}",
        plain=plain,
    )
    told = question("threshold", model, method=found[0].method, measures=[asked.name], in_parameters=parameters)
    fields = {
        "complete": all(one.complete for one in found),
        "thresholds": [_fields(one) for one in found],
    }
    rows = [row for one in found for row in _rows(one)]
    form.give(Answer(told, fields, COLUMNS, rows, lambda: "\n".join(map(str, found)), found[0].plot))


def _parameters(game: Any, parameter: str | None, between: str | None) -> list[str]:
    """Return the parameters to look at: the one named, or all with a finite range, or plausible values."""
    if parameter is not None:
        check_parameter(parameter, game)
        return [parameter]
    if between is not None:
        raise ParameterError("--between is for one parameter; name it after the measure.")
    finite = [name for name, p in game.parameters.items() if None not in p.span]
    left = [name for name in game.parameters if name not in finite]
    if not finite:
        raise ParameterError(
            f"No parameter of {game.name!r} has a range with two ends or plausible values; name one, "
            "and give --between LOW:HIGH."
        )
    if left:
        remark(f"Left out, for want of a finite range: {listed(left)}.")
    return finite


def _found(game: Any, measure: Any, parameters: list[str], ends: Any, method: Any, progress: Any) -> list[Any]:
    from deterrence.analysis.threshold import threshold as find

    found = []
    for k, name in enumerate(parameters):

        def told(share: float, done: int = k) -> None:
            progress((done + share) / len(parameters))

        found.append(find(game, name, measure, between=ends, method=method, progress=told))
    return found


def _fields(one: Any) -> dict[str, Any]:
    return {
        "parameter": one.parameter,
        "value": number(one.value),
        "formula": formula(one.exact),
        "direction": one.direction,
        "complete": one.complete,
        "beyond": [number(jump.value) for jump in one.beyond],
        "boundaries": [
            {
                "value": number(boundary.value),
                "formula": formula(boundary.formula),
                "direction": boundary.direction,
                "below": {"low": number(boundary.below[0]), "high": number(boundary.below[1])},
                "above": {"low": number(boundary.above[0]), "high": number(boundary.above[1])},
                "classes_that_end": list(boundary.gone),
                "classes_that_begin": list(boundary.new),
            }
            for boundary in one.boundaries
        ],
    }


def _rows(one: Any) -> Iterator[tuple[Any, ...]]:
    """Yield a row for each jump; one without a value where there is none."""
    for jump in one.jumps:
        yield one.parameter, jump.value, as_formula(jump.formula), jump.direction, *jump.below, *jump.above
    if not one.jumps:
        yield one.parameter, None, "", "none", None, None, None, None
