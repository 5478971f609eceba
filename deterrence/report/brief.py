"""The brief: what follows from a model's assumptions, and how it changes with them, in sections for a reader.

Every number in it is computed by the solvers when the brief is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from deterrence.errors import GameError
from deterrence.games.game import Game
from deterrence.games.words import listed
from deterrence.models.model import Model
from deterrence.report.document import Brief, Section
from deterrence.report.sections import asking as _asking
from deterrence.report.sections.along import along
from deterrence.report.sections.asking import Asking, Detail, Progress
from deterrence.report.sections.assumed import assumptions, stages
from deterrence.report.sections.axes import with_axes
from deterrence.report.sections.claims import claims
from deterrence.report.sections.features import features
from deterrence.report.sections.present import present
from deterrence.report.sections.regimes import regimes
from deterrence.report.sections.scenarios import scenarios, variants
from deterrence.report.sections.weights import weights

Part = tuple[float, Callable[[Asking], Section]]


def brief(
    model: Model | Game,
    progress: Progress | None = None,
    *,
    axes: Sequence[str] = (),
    detail: Detail | None = None,
) -> Brief:
    """Make the brief on a model at its game's present parameter values.

    Parameters
    ----------
    model
        The game, by itself or with its measures and claims.
    progress
        Called now and then with the share done, from 0 to 1, and what is being done.
    axes
        Up to two parameters that are varied over their whole ranges; by default the model's own, those of its
        mechanisms, or those that change the prediction most.
    detail
        How closely it looks.

    Raises
    ------
    GameError
        If the game is a continuous (or infinitely repeated) model.
    ParameterError
        If an axis is no parameter of the game.

    Examples
    --------
    >>> from deterrence.models.folklore.strike import strike
    >>> from deterrence.report import brief
    >>> made = brief(strike, axes=["war"])
    >>> made.sections[0].paragraphs[0]
    'There is exactly one subgame perfect equilibrium.'
    """
    whole = Model(model) if isinstance(model, Game) else model
    if not isinstance(whole.game, Game):
        raise GameError(
            f"A brief needs a game with a finite tree; {whole.key or whole.title!r} is a continuous (or infinitely "
            "repeated) model, which can be solved and shown."
        )
    asking = Asking(whole, detail or _asking.DETAIL, _rising(progress or (lambda share, doing: None)))
    asking = replace(asking, model=with_axes(asking.part(0, 0.05), axes))
    sections = list(_sections(asking.part(0.05, 1)))
    asking.progress(1, "done")
    return Brief(
        f"Brief: {whole.title or whole.game.name}", _lead(whole), tuple(sections), whole.does_not_say, _sources(whole)
    )


def _rising(tell: Progress) -> Progress:
    """Report the share done so that it never falls, though a question inside may begin anew."""
    most = 0.0

    def report(share: float, doing: str) -> None:
        nonlocal most
        most = max(most, share)
        tell(most, doing)

    return report


def _sections(asking: Asking) -> Iterator[Section]:
    parts = list(_parts(asking.model))
    total, done = sum(weight for weight, _ in parts), 0.0
    for weight, write in parts:
        yield write(asking.part(done / total, (done + weight) / total))
        done += weight


def _parts(model: Model) -> Iterator[Part]:
    """Yield the sections that a model has something for, each with about how long it takes."""
    yield 1, present
    for name in model.axes:
        yield 6, lambda asking, name=name: along(asking, name)  # type: ignore[misc]
    if len(model.axes) > 1:
        across, up = model.axes[:2]
        yield 8, lambda asking: regimes(asking, across, up)
    if model.features:
        yield 5, features
    if model.game.parameters:
        yield 12, weights
    if model.claims:
        yield 15, claims
    if model.scenarios:
        yield 1, scenarios
    if model.steps:
        yield 1, stages
    if model.variants:
        yield 1, variants
    if model.game.parameters:
        yield 0.1, assumptions


def _lead(model: Model) -> tuple[str, ...]:
    game = model.game
    caption = game.caption.splitlines()[0] if game.caption else game.name
    return (
        caption,
        (
            f"The players are {listed(game.players)}. An analyst sets all payoffs and probabilities; the present ones "
            "are illustrative, and the brief examines how far its answers depend on them. It is not a forecast."
        ),
        *((model.note,) if model.note else ()),
    )


def _sources(model: Model) -> tuple[str, ...]:
    from deterrence.models.references import reference

    keys = dict.fromkeys(key for key in (model.source, *model.related) if key)
    return tuple(reference(key).in_words for key in keys)
