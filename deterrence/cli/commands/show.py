"""``deterrence show``: a model's tree, its parameters and its assumptions."""

from __future__ import annotations

import json
from typing import Any

from deterrence.cli import options
from deterrence.cli.answer import Answer, Form, number, question
from deterrence.cli.given import model_of

COLUMNS = ("parameter", "value", "low", "high", "plausible_low", "plausible_high", "meaning", "symbol")


def show(
    name: options.Name,
    *,
    settings: options.Settings = None,
    as_json: options.Json = False,
    as_csv: options.Csv = False,
    output: options.Output = None,
    force: options.Force = False,
    plain: options.Plain = False,
) -> None:
    """Print a model's tree, its parameters and its assumptions."""
    form = Form.of(json=as_json, csv=as_csv, output=output, force=force)
    model = model_of(name, settings)
    game = model.game
    parameters = [game.parameters[each] for each in game.parameters]
    fields = {
        "title": model.title or getattr(game, "caption", "") or game.name,
        "source": model.source or None,
        "relation": model.relation or None,
        "changed": model.changed or None,
        "topic": model.topic or None,
        "players": list(game.players),
        "outcomes": list(game.outcomes),
        "actions": list(getattr(game, "actions", ())),
        "parameters": [
            {"name": p.name, "meaning": p.meaning, "symbol": p.symbol}
            | {"value": number(p.value), "low": number(p.low), "high": number(p.high), "plausible": _plausible(p)}
            for p in parameters
        ],
        "assumptions": list(model.assumptions),
        "does_not_say": model.does_not_say or None,
        "game": _document(game),
    }
    rows = [(p.name, p.value, p.low, p.high, *(p.plausible or (None, None)), p.meaning, p.symbol) for p in parameters]
    shown = model if model.key or model.claims else game
    drawn = getattr(model, "plot", None)
    form.give(Answer(question("show", model), fields, COLUMNS, rows, lambda: str(shown), drawn))


def _plausible(parameter: Any) -> Any:
    if parameter.plausible is None:
        return None
    low, high = map(number, parameter.plausible)
    return {"low": low, "high": high, "why": parameter.why}


def _document(game: Any) -> Any:
    """Return the game as a game file holds it; nothing for a model that is no finite tree."""
    from deterrence.exchange.files.game_files import to_json
    from deterrence.games.game import Game

    return json.loads(to_json(game)) if isinstance(game, Game) else None
