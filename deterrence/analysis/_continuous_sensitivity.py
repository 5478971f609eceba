"""Global sensitivity of continuous (or infinitely repeated) models: a game's design, solved point by point."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from deterrence.analysis._continuous import by_class, ends, equilibria_at, picker, questions_of
from deterrence.analysis.search import saltelli as _saltelli
from deterrence.continuous import ContinuousGame


def continuous_sensitivity(
    game: ContinuousGame,
    measures: Iterable[Any],
    parameters: Iterable[str] | None,
    *,
    n: int,
    rng: np.random.Generator | None,
    distributions: Mapping[str, Any] | None,
    select: Any,
    method: Any,
    confidence: float,
    progress: Callable[[float], None] | None = None,
) -> Any:
    """Return the :class:`Sensitivity` of a continuous (or infinitely repeated) model."""
    import pandas as pd

    from deterrence.analysis import sensitivity as ours

    questions = questions_of(game, measures, method)
    pick = None if select is None else picker(select)
    like_a_game: Any = game  # names, parameters and assumptions are all that is read
    source = _saltelli.checked_design(n, rng, confidence)
    names, dists = _saltelli.checked_distributions(like_a_game, parameters, distributions)
    design = _saltelli.Design(like_a_game, names, dists, n, source)
    found, complete = [], True
    for k in range(len(design.cloud)):
        answer = equilibria_at(game, dict(zip(names, design.cloud[k], strict=True)))
        equilibria, whole = answer or ([], True)
        complete = complete and whole
        chosen = pick(equilibria) if pick is not None and equilibria else None
        found.append(equilibria if pick is None else [one for one in [chosen] if one is not None])
        if progress is not None:
            progress((k + 1) / len(design.cloud))
    low, high = ends(by_class(questions, found), (len(questions), len(found)))
    found_there: Any = SimpleNamespace(table=SimpleNamespace(low=low, high=high))
    table = ours._table(found_there, (), questions, None)
    indices = [_saltelli.sobol_indices(row, design, label, confidence) for label, row in table.items()]
    low, high = (design.sample_of(end.T).T for end in (low, high))
    away = [(high[k] - low[k] > _saltelli.SAME * (1 + np.abs(high[k]))).mean() for k in range(len(questions))]
    differ = {question.name: float(share) for question, share in zip(questions, away, strict=True)}
    sample = np.array([design.sample_of(row) for row in table.values()])
    status = f"{len(found)} points, {design.rows} complete rows of the design"
    status += "" if complete else "; other equilibria may exist"
    rest = (differ, design.rejected, confidence, status)
    frame = pd.concat(indices, ignore_index=True)
    made: Any = ours.Sensitivity
    return made(game, questions, None, names, tuple(table), frame, sample, design.points, *rest)
