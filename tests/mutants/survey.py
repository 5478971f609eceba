"""Samples of mutants, model by model, and the table of what became of them."""

from __future__ import annotations

import random
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.kinds import KINDS, PAYOFFS, Mutant, mutants
from tests.mutants.source import Source, source_of
from tests.mutants.trial import STATUSES, Baseline, Result, baseline, trial

SURVIVORS = Path(__file__).with_name("survivors.txt")
ARROW = " => "


def models_folder() -> Path:
    from deterrence import models

    return Path(models.__file__).parent


def source_of_model(key: str) -> Source:
    """Read what defines the game of a model in the catalogue."""
    return source_of(f"deterrence.models.{key.replace('/', '.')}", models_folder() / f"{key}.py")


def all_mutants(key: str, source: Source | None = None) -> list[Mutant]:
    """Return every mutant of a model in the catalogue."""
    from deterrence import models

    return mutants(key, source or source_of_model(key), models.load(key).game.players)


def sampled(found: Sequence[Mutant], payoffs: int, others: int, seed: int) -> list[Mutant]:
    """Draw so many mutants that change a payoff, in equal parts of its kinds as far as there are any, and others."""
    if not found:
        return []
    rng = random.Random(seed + zlib.crc32(found[0].model.encode()))
    drawn = _drawn(found, [kind for kind in KINDS if kind in PAYOFFS], payoffs, rng)
    return drawn + _drawn(found, [kind for kind in KINDS if kind not in PAYOFFS], others, rng)


def _drawn(found: Sequence[Mutant], kinds: Sequence[str], wanted: int, rng: random.Random) -> list[Mutant]:
    """Draw from the kinds in turn, until there are enough or none is left."""
    piles = [rng.sample(pile, len(pile)) for kind in kinds if (pile := [m for m in found if m.kind == kind])]
    drawn: list[Mutant] = []
    while len(drawn) < wanted and any(piles):
        for pile in piles:
            if pile and len(drawn) < wanted:
                drawn.append(pile.pop())
    return drawn


def listed(path: Path = SURVIVORS) -> dict[str, str]:
    """Return the mutants that may survive: identity -> why."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition(ARROW) for line in lines if line and not line.startswith("#"))
    return {identity.strip(): why.strip() for identity, _, why in pairs}


@dataclass(frozen=True)
class Survey:
    """What became of a model's mutants."""

    key: str
    results: tuple[Result, ...]

    def count(self, status: str, kinds: Iterable[str] = KINDS) -> int:
        return sum(result.status == status and result.kind in kinds for result in self.results)

    def open(self, allowed: dict[str, str]) -> list[Result]:
        """Return the mutants that survived and are not listed."""
        return [result for result in self.results if result.status == "survived" and result.identity not in allowed]

    def stale(self, allowed: dict[str, str]) -> list[Result]:
        """Return the mutants that are listed as survivors, and were noticed."""
        noticed = {"claim", "error", "time"}
        return [result for result in self.results if result.status in noticed and result.identity in allowed]


def surveyed(
    key: str,
    payoffs: int,
    others: int,
    seed: int,
    told: Callable[[Result], None] = lambda result: None,
    late: Callable[[], bool] = lambda: False,
) -> Survey:
    """Try a sample of a model's mutants, until it is late."""
    if late():
        return Survey(key, ())
    source = source_of_model(key)
    known: Baseline = baseline(source)
    results = []
    for mutant in sampled(all_mutants(key, source), payoffs, others, seed):
        if late():
            break
        results.append(trial(mutant, source, known))
        told(results[-1])
    return Survey(key, tuple(results))


def table(surveys: Sequence[Survey], allowed: dict[str, str]) -> str:
    """Return the surveys as text: a row a model and one a kind.

    Mutants, those noticed by a claim, by an error and by not coming to an end, equivalent ones, survivors, and of those
    the listed ones; last the share noticed of payoff mutants that are neither equivalent nor listed.
    """
    head = ("", "mutants", *STATUSES, "listed", "payoffs noticed")
    rows = [_row(survey.key, survey.results, allowed) for survey in surveys]
    every = [result for survey in surveys for result in survey.results]
    kinds = [_row(kind, [result for result in every if result.kind == kind], allowed) for kind in KINDS]
    body = [head, *rows, *kinds, _row("all", every, allowed)]
    widths = [max(len(row[k]) for row in body) for k in range(len(head))]
    lines = [
        "  ".join(
            cell.ljust(w) if k == 0 else cell.rjust(w) for k, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in body
    ]
    line = "-" * len(lines[0])
    return "\n".join([lines[0], line, *lines[1 : 1 + len(rows)], line, *lines[1 + len(rows) : -1], line, lines[-1]])


def _row(name: str, results: Sequence[Result], allowed: dict[str, str]) -> tuple[str, ...]:
    of = Counter(result.status for result in results)
    kept = sum(result.status == "survived" and result.identity in allowed for result in results)
    share = noticed_share(results, allowed)
    numbers = (len(results), *(of[status] for status in STATUSES), kept)
    return (name, *map(str, numbers), "" if share is None else f"{100 * share:.0f} %")


def noticed_share(results: Iterable[Result], allowed: dict[str, str]) -> float | None:
    """Return the share noticed of the payoff mutants that are neither equivalent nor listed; None if there are none."""
    counted = [
        result
        for result in results
        if result.kind in PAYOFFS
        and result.status != "equivalent"
        and not (result.status == "survived" and result.identity in allowed)
    ]
    return 1 - sum(result.status == "survived" for result in counted) / len(counted) if counted else None
