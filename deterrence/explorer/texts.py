"""What a page says around its game."""

from __future__ import annotations

from deterrence.answers.classes import Characterization
from deterrence.models.model import Model
from deterrence.models.relation import STANDING

CAUTION = "model, not a forecast: it shows what follows from which assumption."
MADE = "Made with deterrence: every formula was derived exactly; the numbers are its values at the sliders."
UNPROVED = (
    "Where a class is shown, it exists; that there is no other is not proved. Grey: no known class exists, and what is "
    "played there is not known."
)


def texts_of(found: Characterization, model: Model | None, *, map_is_proved: bool) -> dict[str, str]:
    """Return what the page says around the game; ``map_is_proved`` where its first map holds all equilibria."""
    game, limits = found.game, " ".join(model.does_not_say.split()) if model else ""
    title = model.title if model and model.title else game.name
    caption = game.caption.splitlines()[0].rstrip(".") if game.caption else ""
    said = "" if not caption or caption in title else f"{caption}. "
    return {
        "title": title,
        "caption": said + (_source(model) if model else ""),
        "caution": f"Illustrative payoffs; a {CAUTION}" if model else f"A {CAUTION}",
        "proved": _proved(found, map_is_proved=map_is_proved),
        "status": f"Classes of {found.method.concept}: {found.status}.",
        "limits": f"What the model does not say: {limits}" if limits else "",
        "made": MADE,
        "python": f'dt.models.load("{model.key}").game' if model and model.key else "game",
    }


def _source(model: Model) -> str:
    """Return the work, and what the model is to it."""
    return " ".join(part for part in (model.citation, STANDING[model.relation] if model.relation else "") if part)


def _proved(found: Characterization, *, map_is_proved: bool) -> str:
    """Return what is proved of the map, first at the values where the page begins, then of all values."""
    if found.complete:
        return ""
    first = (
        "Proved: while the other parameters stay where they begin, the map shows all equilibria but where payoffs tie. "
        if map_is_proved
        else ""
    )
    covered = found.covered
    if covered is None:
        return first + UNPROVED
    drawn = f"{covered.share:.0%} of {covered.points} points drawn from the ranges"
    then = "With other values these" if map_is_proved else "These"
    return f"{first}{then} are all equilibria at {drawn}. {UNPROVED}"
