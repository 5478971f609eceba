"""`cite`: the works behind models, games, mechanisms, methods and answers."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from deterrence import __version__
from deterrence.models.model import Model
from deterrence.models.references import reference

WIDTH = 100
"""The width of a remark's lines."""

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
    "Hidden": ("harsanyi1967",),
    "MissileDefence": ("powell2003",),
    "Posture": ("schelling1966",),
    "Sanctions": ("drezner1999", "hovi2005"),
    "Shocks": ("mckelvey1998", "signorino1999"),
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

    Asked without anything it returns the entry of the library itself. Before the works of a model stands a remark,
    which BibTeX passes over, that says what the model is to its work and how to name it in a text; a model that is
    not the work's own is the library's, whose entry is then added.

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
    >>> print(dt.cite("bapat2012/direct_or_proxy").splitlines()[0])
    % bapat2012/direct_or_proxy: after Bapat 2012. In the spirit of the work.
    >>> [
    ...     line
    ...     for line in dt.cite("zagare2000/unilateral_deterrence").splitlines()
    ...     if line.startswith("@")
    ... ]
    ['@book{zagare2000,', '@article{zagare1993,']
    """
    if not things:
        return OF_THE_LIBRARY
    asked = [_meant(thing) for thing in things]
    remarks = dict.fromkeys(_remark(thing) for thing in asked if isinstance(thing, Model) and thing.relation)
    keys = dict.fromkeys(key for thing in asked for key in _keys(thing))
    entries = [reference(key).bibtex for key in keys]
    own = any(isinstance(thing, Model) and thing.relation not in ("", "exact") for thing in asked)
    return "\n\n".join([*remarks, *entries, *([OF_THE_LIBRARY] if own else ())])


def _meant(thing: Any) -> Any:
    from deterrence.models.catalogue import load

    return load(thing) if isinstance(thing, str) else thing


def _remark(model: Model) -> str:
    """Return lines that BibTeX passes over: what a model is to its work. An @ would begin an entry."""
    first, _, rest = model.standing.partition(". ")
    lines = [f"{model.key or model.game.name}: {model.after}. {first}.", *wrap(rest, WIDTH)]
    return "\n".join(f"% {line}" for line in lines).replace("@", "(at)")


def _keys(thing: Any) -> tuple[str, ...]:
    if isinstance(thing, Model):
        return (thing.source, *thing.related) if thing.source else thing.related
    name = type(thing).__name__
    keys = [*OF_CONCEPTS.get(name, ()), *OF_MECHANISMS.get(name, ()), *OF_ANSWERS.get(name, ())]
    mechanisms = getattr(thing, "mechanisms", getattr(getattr(thing, "game", None), "mechanisms", ()))
    for part in (*mechanisms, getattr(thing, "method", None)):
        keys += [*OF_CONCEPTS.get(type(part).__name__, ()), *OF_MECHANISMS.get(type(part).__name__, ())]
    return tuple(keys)
