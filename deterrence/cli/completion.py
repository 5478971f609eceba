"""What the Tab key offers: names of models from their index, and names in one published model."""

from __future__ import annotations

from collections.abc import Iterable

import typer

from deterrence.errors import DeterrenceError


def models(incomplete: str) -> list[str]:
    """Offer the keys of models; the second part of a key where that is what was begun."""
    from deterrence.models.catalogue import names

    keys = [key for key in names() if key.startswith(incomplete)]
    return keys or [key for key in names() if key.partition("/")[2].startswith(incomplete)]


def measures(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the outcomes and actions of the model named, and its players' payoffs."""
    game = _game(ctx)
    payoffs = [f"payoff:{player}" for player in getattr(game, "players", ())]
    return _begun((*getattr(game, "outcomes", ()), *getattr(game, "actions", ()), *payoffs), incomplete)


def parameters(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the parameters of the model named, after those that a list has already."""
    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{name}" for name in _begun(getattr(_game(ctx), "parameters", ()), last)]


def settings(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the parameters of the model named, with the sign of equality that follows."""
    return _begun((f"{name}=" for name in getattr(_game(ctx), "parameters", ())), incomplete)


def methods(incomplete: str) -> list[str]:
    """Offer the solution concepts."""
    from deterrence.cli.methods import METHODS

    return _begun(METHODS, incomplete)


def _begun(names: Iterable[str], incomplete: str) -> list[str]:
    return [name for name in dict.fromkeys(names) if name.startswith(incomplete)]


def _game(ctx: typer.Context) -> object:
    """Return the game of the model that the line names so far; files are not read, still less run, at a Tab."""
    from deterrence.models.catalogue import load

    try:
        return load(str(ctx.params.get("name", ""))).game
    except DeterrenceError:
        return None
