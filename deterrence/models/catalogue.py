"""The models that come with the library, by key; each loads when it is asked for.

A model is a file ``work/model.py`` beside this one that defines ``MODEL``; the catalogue is the folder.
"""

from __future__ import annotations

import copyreg
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from dataclasses import replace
from difflib import get_close_matches
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any

from deterrence.errors import UnknownNameError, unknown
from deterrence.models.claim import Check, CheckedClaim, Claim, undecided
from deterrence.models.index import Traits, kept, write
from deterrence.models.model import Model
from deterrence.models.relation import RELATIONS
from deterrence.models.theory import VOCABULARY, WORDS, as_words

CASES = "cases"
"""The folder of real crises; the others are works."""


@cache
def names() -> tuple[str, ...]:
    """Return the keys of the models, ``"work/model"``, in alphabetical order, the cases last.

    Examples
    --------
    >>> from deterrence import models
    >>> "zagare2000/unilateral_deterrence" in models.names()
    True
    """
    folder = Path(__file__).parent
    paths = (path.relative_to(folder) for path in folder.glob("*/*.py") if not path.name.startswith("_"))
    return tuple(
        sorted((path.with_suffix("").as_posix() for path in paths), key=lambda key: (key.startswith(CASES), key))
    )


def load(name: str) -> Model:
    """Return the model of a key, such as ``"zagare2000/unilateral_deterrence"``.

    The second part is enough where only one model has it; hyphens may stand for underscores.

    Raises
    ------
    UnknownNameError
        If there is no such model, or several; the sentence lists them and says which is nearest.

    Examples
    --------
    >>> from deterrence import models
    >>> models.load("strike").game.players
    ('Challenger', 'Defender')
    """
    return _loaded(key_of(name))


def key_of(name: str) -> str:
    """Return the key that a name means.

    Raises
    ------
    UnknownNameError
        If it means no model, or several.
    """
    wanted = str(name).strip().replace("-", "_")
    if wanted in names():
        return wanted
    meant = [key for key in names() if key.partition("/")[2] == wanted]
    if len(meant) > 1:
        raise UnknownNameError(f"Several models are called {name!r}: {', '.join(map(repr, meant))}. Say which.")
    if not meant:
        raise _unknown(name)
    return meant[0]


def _unknown(name: object) -> UnknownNameError:
    """Return the error for a name that means nothing, with the nearest key; all of them would fill a page."""
    short = {key.partition("/")[2]: key for key in names()}
    keys = {**short, **{key: key for key in names()}, **{key.partition("/")[0]: key for key in names()}}
    close = get_close_matches(str(name).replace("-", "_"), keys, n=1, cutoff=0.5)
    hint = f" Did you mean {keys[close[0]]!r}?" if close else ""
    return UnknownNameError(f"There is no model called {name!r}.{hint} 'deterrence models' lists all {len(names())}.")


def of_work(work: str) -> tuple[str, ...]:
    """Return the keys that a name covers: one model's, or all of a work such as ``"zagare2000"``.

    Raises
    ------
    UnknownNameError
        If it is neither.
    """
    keys = tuple(key for key in names() if key.partition("/")[0] == work)
    return keys or (key_of(work),)


@cache
def _loaded(key: str) -> Model:
    module: Any = import_module(f"deterrence.models.{key.replace('/', '.')}")
    title = (module.__doc__ or key).strip().splitlines()[0].rstrip(".")
    return replace(module.MODEL, key=key, title=title)


def table(**traits: object) -> Any:
    """Return a data frame with one row a model, of those with all the traits given.

    Columns: key, title, authors, year, relation (what the model is to the work: exact, reduction, in the spirit of),
    topic, players (how many), hidden_information, kind (matrix, tree or what a model that is no tree calls itself),
    parameters and claims (how many), placed (claims of which a place in the work is told); and the words of
    :class:`deterrence.models.Theory`: mechanism, actors, information, result, means, scope and phase, each a tuple.

    Parameters
    ----------
    **traits
        Columns with the value asked for, such as ``topic="sanctions"``, ``players=2`` or
        ``hidden_information=True``; where a column holds several words, those that have the one asked for, or one of
        several given: ``mechanism="attribution"``, ``result=("backfires", "no effect")``.

    Raises
    ------
    UnknownNameError
        If a trait is no column, or a word none that it may have.

    Examples
    --------
    >>> from deterrence import models
    >>> found = models.table(kind="tree", hidden_information=True)
    >>> "zagare2000/unilateral_deterrence" in set(found["key"])
    True
    """
    import pandas as pd

    return pd.DataFrame([_row(traits) for traits in chosen(**traits)], columns=list(_row(listing()[0])))


def listing() -> tuple[Traits, ...]:
    """Return the traits of every model, from the index; a model that is not yet in it is loaded."""
    rows = kept()
    return tuple(rows[key] if key in rows else Traits.of(load(key)) for key in names())


def chosen(**traits: object) -> tuple[Traits, ...]:
    """Return the traits of the models that have all those given, as :func:`table` takes them.

    Raises
    ------
    UnknownNameError
        If a trait is no column of the table, or a word none that it may have.
    """
    columns = {row: _row(row) for row in listing()}
    known = next(iter(columns.values()))
    for trait, wanted in traits.items():
        _check(trait, wanted, known)
    return tuple(row for row, own in columns.items() if all(_has(own[t], t, wanted) for t, wanted in traits.items()))


def _check(trait: str, wanted: Any, known: Iterable[str]) -> None:
    """Refuse a trait that is no column, and a word that its column never has."""
    if trait not in known:
        raise unknown("trait of a model", trait, known)
    words = {"relation": RELATIONS, **VOCABULARY}.get(trait, {})
    for word in as_words(wanted) if words else ():
        if word not in words:
            raise unknown(trait, str(word), words)


def _has(own: object, trait: str, wanted: Any) -> bool:
    """Tell whether a model has a trait: the value asked for, or among its words one of those asked for."""
    if trait not in VOCABULARY:
        return bool(own == wanted)
    return not set(as_words(own)).isdisjoint(as_words(wanted))


def listed() -> tuple[dict[str, Any], ...]:
    """Return the traits of every model with the authors and the year of its source: the rows of :func:`table`."""
    return tuple(map(_row, listing()))


def write_index() -> None:
    """Write the index anew, from the models themselves: after a model was added, or one of its traits changed."""
    write(Traits.of(load(key)) for key in names())


def _row(row: Traits) -> dict[str, Any]:
    from deterrence.models.references import reference

    work = reference(row.source)
    return {
        "key": row.key,
        "title": row.title,
        "authors": work.authors_in_words,
        "year": work.year,
        "relation": row.relation,
        "topic": row.topic,
        "players": row.players,
        "hidden_information": row.hidden_information,
        "kind": row.kind,
        "parameters": row.parameters,
        "claims": row.claims,
        "placed": row.placed,
        **{name: getattr(row, name) for name in WORDS},
    }


def check(
    name: str = "", progress: Callable[[float, str], None] | None = None, executor: Executor | None = None
) -> tuple[Check, ...]:
    """Ask the generic solvers about every claim of one model, of one work, or of all.

    Whatever fails in one model leaves its claims undecided, and the check goes on.

    Parameters
    ----------
    name
        A model's key, or a work's, such as ``"zagare2000"``; by default everything.
    progress
        Called with the share done, from 0 to 1, and the key of the model done last.
    executor
        Any ``concurrent.futures.Executor``, which then checks the models side by side.

    Raises
    ------
    UnknownNameError
        If the name is neither.
    """
    keys = of_work(name) if name else names()
    asked = [None if executor is None else executor.submit(_verdicts, key) for key in keys]
    done = []
    for number, (key, answer) in enumerate(zip(keys, asked, strict=True), 1):
        done.append(_checked(key, partial(_verdicts, key) if answer is None else answer.result))
        if progress is not None:
            progress(number / len(keys), key)
    return tuple(done)


def _checked(key: str, verdicts: Callable[[], tuple[tuple[Any, ...], ...]]) -> Check:
    """Return the check of one model; what fails outside its claims leaves all of them undecided."""
    claims: tuple[Claim, ...] = (Claim("The model can be loaded.", "the catalogue", lambda model: True),)
    try:
        claims = load(key).claims
        return Check(key, tuple(CheckedClaim(claim, *row) for claim, row in zip(claims, verdicts(), strict=True)))
    except Exception as error:  # noqa: BLE001  (whatever fails in one model, the check goes on to the others)
        return Check(key, tuple(undecided(claim, error) for claim in claims))


def _verdicts(key: str) -> tuple[tuple[Any, ...], ...]:
    """Check one model; what comes back pickles, as the claims themselves do not."""
    return tuple((result.verdict, result.expected, result.found, result.condition) for result in load(key).check())


def _reduced(model: Model) -> tuple[Any, ...]:
    """Return a model as its key and values, by which it pickles: its claims and pictures are functions."""
    if not model.key:
        raise TypeError("A model that is not in the catalogue cannot be pickled; pickle its game instead.")
    return _restored, (model.key, tuple(model.game.values.items()))


def _restored(key: str, values: tuple[tuple[str, Any], ...]) -> Model:
    return load(key).at(dict(values))


copyreg.pickle(Model, _reduced)
