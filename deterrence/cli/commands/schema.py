"""``deterrence schema``: the form of the JSON that commands print."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from deterrence.cli.streams import print_text
from deterrence.errors import unknown

WHAT = ("answer", "game")


def schema(
    what: Annotated[str, typer.Argument(help="'answer', what --json prints; or 'game', a game file.")] = "answer",
) -> None:
    """Print the JSON Schema of what --json prints, or of game files."""
    from deterrence.cli.schema import answer_schema
    from deterrence.exchange.files.schema import schema as game_schema

    forms = {"answer": answer_schema, "game": game_schema}
    if what not in forms:
        raise unknown("schema", what, WHAT)
    print_text(json.dumps(forms[what](), indent=1))
