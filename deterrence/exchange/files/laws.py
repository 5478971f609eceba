"""Laws in a document: the kind of a law and its arguments, and SciPy's families by their names."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from deterrence.errors import DeterrenceError, FileFormatError, unknown
from deterrence.exchange.files.expression_text import plain_value
from deterrence.games.continuum.families import Beta, Exponential, ExtremeValue, Logistic, Normal, Triangular
from deterrence.games.continuum.given import Flat, FromScipy
from deterrence.games.continuum.law import Law
from deterrence.games.continuum.uniform import Uniform

Read = Callable[[Any, str], Any]

LAWS: dict[str, tuple[type[Law], tuple[str, ...], tuple[str, ...]]] = {
    "uniform": (Uniform, ("low", "high"), ()),
    "normal": (Normal, ("mean", "sd"), ()),
    "exponential": (Exponential, ("mean",), ("low",)),
    "beta": (Beta, ("first", "second"), ("low", "high")),
    "triangular": (Triangular, ("low", "mode", "high"), ()),
    "logistic": (Logistic, ("mean", "scale"), ()),
    "extreme value": (ExtremeValue, ("location", "scale"), ()),
    "flat": (Flat, (), ()),
}
"""By the name of each kind: its class, the arguments that it needs, and those that may be left out."""
SLOW = ("levy_stable", "studentized_range")
SCIPY = "scipy"
"""The kind of a law that is one of SciPy's families."""


def law_to_document(law: Law) -> dict[str, Any]:
    """Return a law as an object of its kind and arguments.

    Raises
    ------
    FileFormatError
        If it is given by a function, which cannot be written, or by numbers without end.
    """
    for kind, (made, needed, more) in LAWS.items():
        if type(law) is made:
            return {"kind": kind} | {name: plain_value(getattr(law, name)) for name in (*needed, *more)}
    if isinstance(law, FromScipy):
        return _family_to_document(law)
    raise FileFormatError(
        f"A law that is given by a function, {type(law).__name__}(…), cannot be written in a file. Use one that is "
        "known by its arguments, such as Uniform(low, high), Normal(mean, sd) or a frozen SciPy distribution."
    )


def _family_to_document(law: FromScipy) -> dict[str, Any]:
    family, arguments, keywords = law.family
    if getattr(_families().get(family), "__class__", None) is not law.distribution.dist.__class__:
        raise FileFormatError(f"The law {law} is none of SciPy's own families, and cannot be written in a file.")
    if not all(map(math.isfinite, (*arguments, *dict(keywords).values()))):
        raise FileFormatError(f"The law {law} has arguments without end, which cannot be written in a file.")
    written = {"kind": SCIPY, "family": family, "arguments": [_decimal(a) for a in arguments]}
    return written | ({"keywords": {name: _decimal(a) for name, a in keywords}} if keywords else {})


def _decimal(value: float) -> int | float:
    return int(value) if value.is_integer() and abs(value) < 10**15 else value


def law_from_document(given: Mapping[str, Any], value: Read, place: str) -> Law:
    """Return the law that an object of the right form says.

    Parameters
    ----------
    given
        The object: its kind and arguments.
    value
        What reads an argument, a number or an expression, at a place of the document.
    place
        Where it stands, for errors.

    Raises
    ------
    FileFormatError
        If its arguments make no law.
    """
    try:
        if given["kind"] == SCIPY:
            return _family(given, place)
        made, needed, more = LAWS[given["kind"]]
        arguments = {name: value(given[name], f"{place}.{name}") for name in (*needed, *more) if name in given}
        return made(**arguments)
    except FileFormatError:
        raise
    except DeterrenceError as error:
        raise FileFormatError(
            f"The arguments make no law of the kind {given['kind']!r}. {error}", place=place
        ) from error


def _family(given: Mapping[str, Any], place: str) -> FromScipy:
    """Return a law of one of SciPy's continuous families, which is looked up among these and nowhere else."""
    families = _families()
    if given["family"] not in families:
        raise FileFormatError(str(unknown("continuous family of SciPy", given["family"][:80], families)), place=place)
    arguments = [_float(a, place) for a in given.get("arguments", ())]
    keywords = {name: _float(a, place) for name, a in given.get("keywords", {}).items()}
    try:
        law = FromScipy(families[given["family"]](*arguments, **keywords))
        ends = law.ends
    except (TypeError, ValueError) as error:
        raise FileFormatError(
            f"SciPy makes no law of {given['family']} with these arguments: {error}.", place=place
        ) from error
    if not ends[0] < ends[1]:  # SciPy says NaN of arguments that a family does not have
        raise FileFormatError(f"The arguments of {law} are outside what the family allows.", place=place)
    return law


def _families() -> dict[str, Any]:
    """Return SciPy's continuous families by name, but for those that take too long to answer."""
    from scipy import stats

    found = {name: thing for name, thing in vars(stats).items() if isinstance(thing, stats.rv_continuous)}
    return {name: thing for name, thing in found.items() if name not in SLOW}


def _float(value: Any, place: str) -> float:
    try:
        return float(Fraction(value))
    except (OverflowError, ValueError) as error:
        raise FileFormatError(f"{str(value)[:80]} is too large a number for a law.", place=place) from error
