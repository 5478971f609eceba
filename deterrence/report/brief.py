"""The brief: what follows from a model's assumptions, and how it changes with them, in sections for a reader.

Every number in it is computed by the solvers when the brief is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from deterrence.errors import GameError, ParameterError
from deterrence.games.game import Game
from deterrence.games.words import listed
from deterrence.models.model import Model
from deterrence.report.document import Brief, Section
from deterrence.report.front.expect import expect
from deterrence.report.front.levers import lever, small_figures, what_moves_it
from deterrence.report.front.overturn import what_overturns_it
from deterrence.report.front.picture import picture
from deterrence.report.front.second import left_out, numbers
from deterrence.report.front.second import scenarios as brief_scenarios
from deterrence.report.front.touch import touch
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
from deterrence.report.sections.weights import Swing, swings, weights

Part = tuple[float, Callable[[Asking], Section]]


def brief(
    model: Model | Game,
    progress: Progress | None = None,
    *,
    axes: Sequence[str] = (),
    detail: Detail | None = None,
    pages: str = "2",
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
    pages
        ``"2"`` for the two pages that everybody reads, ``"full"`` for these and the annex, which takes longer.

    Raises
    ------
    GameError
        If the game is a continuous (or infinitely repeated) model.
    ParameterError
        If an axis is no parameter of the game, or ``pages`` is something else.

    Examples
    --------
    >>> from deterrence.models.folklore.strike import strike
    >>> from deterrence.report import brief
    >>> made = brief(strike, axes=["war"])
    >>> made.pages[0][0].paragraphs[0][:47]
    "It is certain that the outcome is 'status quo'."
    """
    if pages not in PAGES:
        raise ParameterError(f"pages must be {' or '.join(map(repr, PAGES))}; got {pages!r}.")
    whole = Model(model) if isinstance(model, Game) else model
    if not isinstance(whole.game, Game):
        raise GameError(
            f"A brief needs a game with a finite tree; {whole.key or whole.title!r} is a continuous (or infinitely "
            "repeated) model, which can be solved and shown."
        )
    asking = Asking(whole, detail or _asking.DETAIL, _rising(progress or (lambda share, doing: None)))
    ranked = swings(asking.part(0, 0.05))
    asking = replace(asking, model=with_axes(asking, axes, ranked))
    front = two_pages(asking.part(0.05, 1 if pages == "2" else 0.3), ranked)
    sections = tuple(_sections(asking.part(0.3, 1))) if pages == "full" else ()
    asking.progress(1, "done")
    return Brief(
        whole.title or whole.game.name,
        _lead(whole) if sections else (),
        sections,
        whole.does_not_say if sections else "",
        _sources(whole),
        front,
        CAUTION,
        touch(asking.model),
    )


PAGES = ("2", "full")
CAUTION = "A model with illustrative payoffs: it shows what follows from which assumption, and forecasts nothing."


def two_pages(asking: Asking, ranked: Sequence[Swing]) -> tuple[tuple[Section, ...], ...]:
    """Return the two pages: what to expect, what moves and overturns it; and what stands behind that."""
    count = max(1, len(asking.model.axes))
    levers = [
        lever(asking.part(0.05 + 0.4 * k / count, 0.05 + 0.4 * (k + 1) / count), name)
        for k, name in enumerate(asking.model.axes)
    ]
    first = (
        expect(asking),
        what_moves_it(asking, levers),
        what_overturns_it(asking.part(0.45, 0.8), ranked),
        picture(asking.part(0.8, 0.95), levers),
    )
    second = (
        *small_figures(asking, levers),
        brief_scenarios(asking.part(0.95, 1), levers),
        left_out(asking),
        numbers(asking, ranked),
    )
    return tuple(tuple(part for part in page if part.title) for page in (first, second))


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
    words = [reference(key).in_words for key in keys]
    return tuple(
        f"{told} {model.standing}" if key == model.source else told for key, told in zip(keys, words, strict=True)
    )
