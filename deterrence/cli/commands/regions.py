"""``deterrence regions``: which classes of equilibria exist where, over two parameters."""

from __future__ import annotations

from typing import Any

from deterrence.cli import options
from deterrence.cli.answer import Answer, Form, decimal, question
from deterrence.cli.given import axes_of, model_of
from deterrence.cli.methods import method_of
from deterrence.cli.progress import with_progress
from deterrence.errors import ParameterError

COLUMNS = ("classes", "count", "share")
NONE = "no equilibrium"


def regions(
    name: options.Name,
    *,
    vary: options.Vary = None,
    settings: options.Settings = None,
    method: options.Method = "",
    as_json: options.Json = False,
    as_csv: options.Csv = False,
    output: options.Output = None,
    force: options.Force = False,
    plain: options.Plain = False,
) -> None:
    """Find which classes of equilibria exist where, over two parameters, with the borders as equations."""
    from deterrence.analysis.regions import regions as find
    from deterrence.games.kinds import checked_game

    form = Form.of(json=as_json, csv=as_csv, output=output, force=force)
    concept, model = method_of(method), model_of(name, settings)
    game = checked_game(model.game)
    axes = axes_of(vary, game, points=2)
    if len(axes) != 2:
        raise ParameterError(f"Regions need two parameters: give --vary twice; got {', '.join(axes)} alone.")
    found = with_progress(
        lambda progress: find(game, axes, method=concept, progress=progress), f"Regions of {game.name}", plain=plain
    )
    varied = {axis: [decimal(value) for value in values] for axis, values in axes.items()}
    told = question("regions", model, method=found.method, vary=varied)
    form.give(Answer(told, _fields(found), COLUMNS, _rows(found), lambda: str(found), found.plot))


def _sorted_shares(found: Any) -> list[tuple[tuple[str, ...], float]]:
    return sorted(found.shares.items(), key=lambda item: -item[1])


def _fields(found: Any) -> dict[str, Any]:
    return {
        "status": found.status,
        "complete": found.complete,
        "exact": found.exact,
        "classes": list(found.classes),
        "regions": [{"classes": list(names), "share": decimal(share)} for names, share in _sorted_shares(found)],
        "borders": [str(border) for border in found.boundaries],
    }


def _rows(found: Any) -> list[tuple[Any, ...]]:
    return [(" + ".join(names) or NONE, len(names), share) for names, share in _sorted_shares(found)]
