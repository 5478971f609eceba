"""`cite`: the works behind models, games, mechanisms, methods and answers."""

from __future__ import annotations

from typing import Any

from deterrence import __version__
from deterrence.models.references import reference

OF_CONCEPTS = {
    "SubgamePerfect": ("selten1975",),
    "Nash": ("nash1951",),
    "PerfectBayesian": ("fudenberg1991",),
    "Sequential": ("kreps1982sequential",),
    "Quantal": ("mckelvey1998",),
    "Correlated": ("aumann1987",),
}
"""The works that a method stands on, by the name of its class."""


OF_MECHANISMS = {
    "AudienceCosts": ("fearon1994", "fearon1997"),
    "Brinkmanship": ("schelling1960", "schelling1966", "powell1990"),
    "Casualties": ("mueller1973",),
    "Commitment": ("schelling1960", "vonstengel2010"),
    "Delegation": ("padroimiquel2012", "bapat2012", "salehyan2010"),
    "Deniability": ("baliga2020", "avenhaus2002"),
    "Factions": ("harsanyi1967", "zagare2000"),
    "InnocentAttacks": ("avenhaus2002", "baliga2020"),
    "MissileDefence": ("powell2003",),
    "Posture": ("schelling1966",),
    "Sanctions": ("drezner1999", "hovi2005"),
    "Signal": ("avenhaus2002",),
    "SunkCosts": ("fearon1997", "spence1973"),
}
"""The works that a mechanism's docstring names, by the name of its class."""


OF_THE_LIBRARY = f"""\
@software{{deterrence,
  author = {{{{The deterrence developers}}}},
  title = {{deterrence: game-theoretic models of deterrence, solved exactly}},
  year = {{2026}},
  version = {{{__version__}}},
}}"""
"""What ``CITATION.cff`` says, in BibTeX."""

OF_ANSWERS = {"CommitmentValue": ("conitzer2006", "vonstengel2010"), "Sensitivity": ("saltelli2010",)}
"""The works that an answer's computation stands on, by the name of its class."""


def cite(*things: Any) -> str:
    """Return BibTeX of the works behind models, games, mechanisms, methods and answers, each once.

    Asked without anything it returns the entry of the library itself.

    Parameters
    ----------
    *things
        Models or their keys; games and mechanisms, such as ``Sanctions(…)``; methods, such as
        ``PerfectBayesian()``; and answers, of which the game's mechanisms, the method that was really used, and
        what their computation stands on are cited.

    Raises
    ------
    UnknownNameError
        If a text is the key of no model.

    Examples
    --------
    >>> import deterrence as dt
    >>> print(dt.cite("zagare2000/unilateral_deterrence").splitlines()[0])
    @book{zagare2000,
    """
    if not things:
        return OF_THE_LIBRARY
    keys: dict[str, None] = {}
    for thing in things:
        keys.update(dict.fromkeys(_keys(thing)))
    return "\n\n".join(reference(key).bibtex for key in keys)


def _keys(thing: Any) -> tuple[str, ...]:
    from deterrence.models.catalogue import load
    from deterrence.models.model import Model

    if isinstance(thing, str):
        thing = load(thing)
    if isinstance(thing, Model):
        return (thing.source, *thing.related) if thing.source else thing.related
    name = type(thing).__name__
    keys = [*OF_CONCEPTS.get(name, ()), *OF_MECHANISMS.get(name, ()), *OF_ANSWERS.get(name, ())]
    mechanisms = getattr(thing, "mechanisms", getattr(getattr(thing, "game", None), "mechanisms", ()))
    for part in (*mechanisms, getattr(thing, "method", None)):
        keys += [*OF_CONCEPTS.get(type(part).__name__, ()), *OF_MECHANISMS.get(type(part).__name__, ())]
    return tuple(keys)
