"""What becomes of a mutant: each is made and asked its claims in a process of its own, which may be ended."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import time
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from tests.mutants.kinds import Mutant, mutated
from tests.mutants.source import Module, Source

STATUSES = ("claim", "error", "time", "equivalent", "survived")
"""Noticed by a claim, by an error where the game is made, by not coming to an end; the same game; not noticed."""
PATIENCE, LEAST = 4, 15.0
"""A mutant may take so many times as long as the model itself, and at least so many seconds."""


@dataclass(frozen=True)
class Baseline:
    """What the model itself says: the verdict on each claim, the seconds it takes, and the players."""

    verdicts: tuple[str, ...]
    seconds: tuple[float, ...]
    players: tuple[str, ...]

    @property
    def order(self) -> list[int]:
        """The claims, cheapest first."""
        return sorted(range(len(self.seconds)), key=lambda k: self.seconds[k])

    @property
    def limit(self) -> float:
        return max(LEAST, PATIENCE * sum(self.seconds))


@dataclass(frozen=True)
class Result:
    """A mutant's status, and by which claim or error it was noticed."""

    identity: str
    kind: str
    status: str
    told: str = ""


def baseline(source: Source) -> Baseline:
    """Ask the model itself its claims, one by one."""
    return _apart(lambda: _baseline(source), None)


def trial(mutant: Mutant, source: Source, known: Baseline, limit: float | None = None) -> Result:
    """Make a mutant and ask its claims until one does not come out as it does for the model itself."""
    answer = _apart(lambda: _trial(mutant, source, known), known.limit if limit is None else limit)
    status, told = ("time", "it did not come to an end") if answer is None else answer
    return Result(mutant.identity, mutant.kind, status, told)


def _baseline(source: Source) -> Baseline:
    model = loaded(source, {}).MODEL
    verdicts, seconds = [], []
    for claim in model.claims:
        start = time.perf_counter()
        verdicts.append(claim.check(model).verdict)
        seconds.append(time.perf_counter() - start)
    return Baseline(tuple(verdicts), tuple(seconds), tuple(model.game.players))


def _trial(mutant: Mutant, source: Source, known: Baseline) -> tuple[str, str]:
    original = loaded(source, {}).MODEL
    try:
        model = loaded(source, {mutant.module.name: mutated(mutant)}).MODEL
    except Exception as error:  # noqa: BLE001  (whatever a mutant raises, it is noticed)
        return "error", f"{type(error).__name__}: {error}"
    if same(original.game, model.game):
        return "equivalent", ""
    if len(model.claims) != len(known.verdicts):
        return "claim", "it has other claims"
    for k in known.order:
        claim = model.claims[k]
        if claim.check(model).verdict != known.verdicts[k]:
            return "claim", claim.text
    return "survived", ""


def loaded(source: Source, codes: dict[str, Any]) -> ModuleType:
    """Run a model's modules anew, helpers first, some with other code, and return that of the model.

    They take the places of those imported before, so this is for a process of its own.
    """
    made = [_executed(module, codes.get(module.name)) for module in source.modules]
    return made[-1]


def _executed(module: Module, code: Any) -> ModuleType:
    made = ModuleType(module.name)
    made.__file__ = str(module.path)
    sys.modules[module.name] = made
    exec(code or compile(module.tree, str(module.path), "exec"), made.__dict__)
    return made


def same(one: Any, other: Any) -> bool:
    """Tell whether two games are the same one: as written, or tree for tree once payoffs are simplified.

    Of a model that is no tree this is not told.
    """
    from deterrence.games.game import Game

    if not isinstance(one, Game) or not isinstance(other, Game):
        return False
    return one == other or (_shape(one) == _shape(other) and _same_numbers(one, other))


def _shape(game: Any) -> tuple[Any, ...]:
    form = game.form
    described = (form.parent, form.labels, form.infoset_of, form.label_of, form.player_of, form.outcome, form.variables)
    conditions = tuple(map(str, game.assumptions))
    return (game.players, game.parameter_list, conditions, *(tuple(part) for part in described))


def _same_numbers(one: Any, other: Any) -> bool:
    import sympy as sp

    for field in ("payoffs", "probabilities"):
        for a, b in zip(getattr(one.form, field), getattr(other.form, field), strict=True):
            pairs = list(zip(a or (), b or (), strict=False))
            if len(a or ()) != len(b or ()) or any(
                x != y and sp.simplify(sp.sympify(x) - sp.sympify(y)) != 0 for x, y in pairs
            ):
                return False
    return True


def _apart(task: Callable[[], Any], limit: float | None) -> Any:
    """Return what a task answers in a process of its own; None where that takes longer than the limit."""
    context = multiprocessing.get_context("fork")
    receives, sends = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(task, sends))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Python warns where a process with threads is copied
        process.start()
    sends.close()
    try:
        kind, answer = receives.recv() if receives.poll(limit) else ("late", None)
    except EOFError:
        kind, answer = "told", ("error", "the process ended")
    process.kill()
    process.join()
    receives.close()
    if kind == "broken":
        raise RuntimeError(answer)
    return answer


def _tell(task: Callable[[], Any], sends: Any) -> None:
    warnings.simplefilter("ignore")
    with open(os.devnull, "w", encoding="utf-8") as nowhere, contextlib.redirect_stderr(nowhere):  # noqa: PTH123
        try:
            answer = ("told", task())
        except BaseException:  # noqa: BLE001  (told to the process that asked)
            answer = ("broken", traceback.format_exc())
    sends.send(answer)
    sends.close()
