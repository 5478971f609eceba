"""``deterrence sweep``: how measures move over the values of one or two parameters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deterrence.cli import options
from deterrence.cli.answer import Answer, Form, decimal, question
from deterrence.cli.given import axes_of, measures_of, model_of
from deterrence.cli.methods import method_of
from deterrence.cli.progress import with_progress


def sweep(
    name: options.Name,
    measures: options.Measures = None,
    *,
    vary: options.Vary = None,
    settings: options.Settings = None,
    method: options.Method = "",
    rationality: options.Rationality = "",
    limit: options.Limit = None,
    as_json: options.Json = False,
    as_csv: options.Csv = False,
    output: options.Output = None,
    force: options.Force = False,
    plain: options.Plain = False,
) -> None:
    """Vary one or two parameters: each measure, by default each outcome, over all equilibria."""
    from deterrence.analysis.sweep import sweep as find

    form = Form.of(json=as_json, csv=as_csv, output=output, force=force)
    concept, model = method_of(method, rationality, limit), model_of(name, settings)
    axes = axes_of(vary, model.game)
    asked = measures_of(measures, model.game)
    found = with_progress(
        lambda progress: find(model.game, *asked, axes, method=concept, progress=progress),
        f"Sweep of {model.game.name}",
        plain=plain,
    )
    columns = (*axes, "measure", "low", "high", "classes")
    rows = list(_rows(found))
    fields = {
        "status": found.status,
        "complete": found.complete,
        "classes": [str(known) for known in found.data["class"].values],
        "columns": list(columns),
        "rows": [[decimal(cell) if not isinstance(cell, str) else cell for cell in row] for row in rows],
    }
    varied = {axis: [decimal(value) for value in values] for axis, values in axes.items()}
    told = question("sweep", model, method=found.method, measures=[m.name for m in found.measures], vary=varied)
    form.give(Answer(told, fields, columns, rows, lambda: _text(found, columns, rows), found.plot))


def _rows(found: Any) -> Iterator[tuple[Any, ...]]:
    """Yield a row for each point and measure, the last axis the fastest; no numbers where assumptions fail."""
    import itertools

    data = found.data
    low, high, count = (data[name].values.reshape(-1, data["count"].size) for name in ("low", "high", "count"))
    points = itertools.product(*(values for _, values in found.axes))
    for k, point in enumerate(points):
        for measure, least, most in zip(found.measures, low[:, k], high[:, k], strict=True):
            yield (*point, measure.name, float(least), float(most), int(count[0, k]))


LONGEST = 60


def _text(found: Any, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    """Return the sweep in sentences, and its rows as aligned text where they are not too many to read."""
    if len(rows) > LONGEST:
        return f"{found}\nThe table has {len(rows):,} rows; --csv prints them."
    cells = [[_shown(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(columns, *cells, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (columns, *cells)]
    return "\n".join([str(found), "", *(line.rstrip() for line in lines)])


def _shown(cell: Any) -> str:
    from deterrence.games.expression import show_number

    if isinstance(cell, str):
        return cell
    return "-" if decimal(cell) is None else show_number(cell)
