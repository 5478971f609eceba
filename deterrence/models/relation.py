"""What a model is to the work that it names: the work's own, a smaller one, or one after its idea."""

from __future__ import annotations

from typing import Literal

from deterrence.errors import GameError, unknown

Relation = Literal["exact", "reduction", "in the spirit of"]

RELATIONS = {
    "exact": "the work's own game, as far as it could be compared: the same moves and payoffs, of any size",
    "reduction": "the work's game made smaller: fewer types, periods or choices, or a special case",
    "in the spirit of": "a game of the library's own after an idea of the work; it is not found there",
}
"""What a model may be to the work that it names, and what that means."""

LEADING = {"exact": "", "reduction": "reduced from ", "in the spirit of": "after "}
"""What stands before the authors and the year where a model's origin is told in a few words."""

STANDING = {
    "exact": "The work's own game, as far as it could be compared.",
    "reduction": "A reduction of the work's game.",
    "in the spirit of": "In the spirit of the work.",
}
"""What a reader is told first of a model that names a work."""


def check_relation(source: str, relation: str, changed: str) -> None:
    """Refuse a model that names a work and does not say what it is to it.

    Raises
    ------
    UnknownNameError
        If the relation is none of those there are.
    GameError
        If it is left out, or the sentence that says what was changed.
    """
    if relation and relation not in RELATIONS:
        raise unknown("relation", relation, RELATIONS)
    if source and not (relation and changed.strip()):
        raise GameError(
            f"A model that names a source must say what it is to {source!r}: relation='exact', 'reduction' or "
            "'in the spirit of', and in changed=… what was changed, in a sentence."
        )
