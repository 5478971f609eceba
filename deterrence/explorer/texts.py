"""What a page says around its game."""

from __future__ import annotations

from deterrence.answers.classes import Characterization
from deterrence.models.model import Model

CAUTION = "Illustrative payoffs; a model, not a forecast: it shows what follows from which assumption."
MADE = "Made with deterrence: every formula was derived exactly; the numbers are its values at the sliders."
UNPROVED = (
    "Where a class is shown, it exists; that there is no other is not proved. Grey: no known class exists, and what is "
    "played there is not known."
)


def texts_of(found: Characterization, model: Model | None) -> dict[str, str]:
    """Return what the page says around the game."""
    game, limits = found.game, " ".join(model.does_not_say.split()) if model else ""
    title = model.title if model and model.title else game.name
    caption = game.caption.splitlines()[0].rstrip(".") if game.caption else ""
    said = "" if not caption or caption in title else f"{caption}. "
    return {
        "title": title,
        "caption": said + (model.citation if model else ""),
        "caution": CAUTION,
        "proved": _proved(found),
        "status": f"Classes of {found.method.concept}: {found.status}.",
        "limits": f"What the model does not say: {limits}" if limits else "",
        "made": MADE,
        "python": f'dt.models.load("{model.key}").game' if model and model.key else "game",
    }


def _proved(found: Characterization) -> str:
    """Return what is proved of the map."""
    if found.complete:
        return ""
    covered = found.covered
    if covered is None:
        return UNPROVED
    return (
        f"These are all equilibria at {covered.share:.0%} of {covered.points} points drawn from the ranges. {UNPROVED}"
    )
