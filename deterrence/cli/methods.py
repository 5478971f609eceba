"""Solution concepts by the names that they go by."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from deterrence.errors import MethodError, ParameterError, unknown

METHODS = {
    "nash": "Nash",
    "subgame-perfect": "SubgamePerfect",
    "perfect-bayesian": "PerfectBayesian",
    "sequential": "Sequential",
    "quantal": "Quantal",
    "correlated": "Correlated",
}
"""The solution concepts with the classes that stand for them."""
OTHER_NAMES = {
    "spe": "subgame-perfect",
    "spne": "subgame-perfect",
    "backward-induction": "subgame-perfect",
    "pbe": "perfect-bayesian",
    "bayesian": "perfect-bayesian",
    "quantal-response": "quantal",
    "qre": "quantal",
    "logit": "quantal",
}


def method_of(name: str, rationality: str = "", limit: int | None = None) -> Any:
    """Return the method of a name with its options; ``None``, the default one, without a name.

    Parameters
    ----------
    name
        Such as ``"nash"`` or ``"Perfect Bayesian"``: letters of either case, hyphens or blanks.
    rationality
        For ``quantal``, as text.
    limit
        The most steps of the search.

    Raises
    ------
    UnknownNameError
        If there is no such concept; the nearest is named.
    MethodError
        If an option is given to a method that does not have it, or one is missing.
    """
    key = _key(name)
    if key and key not in METHODS:
        raise unknown("solution concept", name, METHODS)
    given = {"rationality": _rationality(rationality), "limit": limit}
    options = {option: value for option, value in given.items() if value is not None}
    if not key:
        if options:
            raise MethodError(f"--{next(iter(options))} is an option of a method; name it with --method.")
        return None
    kind = getattr(import_module(f"deterrence.solvers.{key.replace('-', '_')}"), METHODS[key])
    for option in options:
        if option not in kind.__dataclass_fields__:
            raise MethodError(f"The method {key!r} has no option --{option}.")
    if key == "quantal" and "rationality" not in options:
        raise MethodError("The method 'quantal' needs --rationality, such as --rationality 2.")
    return kind(**options)


def _key(name: str) -> str:
    words = name.lower().replace("-", " ").replace("_", " ").split()
    plain = "-".join(word for word in words if word not in {"equilibrium", "equilibria"})
    return OTHER_NAMES.get(plain, plain.replace("subgameperfect", "subgame-perfect"))


def _rationality(text: str) -> float | None:
    from deterrence.games.words import number_from_text

    if not text:
        return None
    number = number_from_text(text)
    if number is None:
        raise ParameterError(f"--rationality takes a number such as 2 or 0.5; got {text[:40]!r}.")
    return float(number)
