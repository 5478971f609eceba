"""Global sensitivity of continuous models: the same design as for a game, solved point by point."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from deterrence.analysis.numerical.points import ONE_BY_ONE, by_class, ends, equilibria_at, picker, questions_of
from deterrence.analysis.questions import refuse
from deterrence.analysis.search.points.saltelli import Batch, Outcomes
from deterrence.continuous import ContinuousGame
from deterrence.games.kinds import sensitivity_of


@sensitivity_of.register(ContinuousGame)
def _outcomes(
    game: ContinuousGame,
    measures: tuple[Any, ...],
    batch: Batch,
    options: Mapping[str, Any],
    report: Callable[[float], None] | None,
) -> Outcomes:
    """Return what is asked of a continuous model at the points of a batch."""
    refuse(options, ("executor",), ONE_BY_ONE)
    questions = questions_of(game, measures, options["method"])
    pick = None if options["select"] is None else picker(options["select"])
    equilibria: list[list[Any]] = []
    complete = True
    for k in range(len(batch.cloud)):
        answer = equilibria_at(game, dict(zip(batch.names, batch.cloud[k], strict=True)))
        here, whole = answer or ([], True)
        complete = complete and whole
        chosen = here if pick is None or not here else [pick(here)]
        equilibria.append([equilibrium for equilibrium in chosen if equilibrium is not None])
        if report is not None:
            report((k + 1) / len(batch.cloud))
    low, high = ends(by_class(questions, equilibria), (len(questions), len(equilibria)))
    remark = "" if complete else "; other equilibria may exist"
    return Outcomes(questions, None, low, high, None if pick is None else low, remark)
