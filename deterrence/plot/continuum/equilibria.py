"""Equilibria in cutoffs: what types do, what choices are worth, and what each type chooses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from deterrence.answers.continuum.pieces import exact_or_float
from deterrence.answers.continuum.strategies import Schedule
from deterrence.errors import ParameterError, UnknownNameError, nearest
from deterrence.plot.canvas import ShownAxes, figure_of, new_figure
from deterrence.plot.continuum.choices import draw_outcomes, draw_schedule, draw_worth
from deterrence.plot.continuum.types import draw_line, ends_of, tints_of, type_lines
from deterrence.plot.lettering import wrapped
from deterrence.plot.palette import INK, QUIET
from deterrence.plot.trees.tree import plot_tree, title_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium
    from deterrence.answers.solution import Solution

WIDTH = 6.4
LINE, BARE, CURVE, OUTCOMES, SCHEDULE = 1.35, 0.95, 2.3, 1.6, 2.5
"""Heights of what is drawn, in inches."""
HEAD, LETTERS = 0.3, 72
"""Height of a line of the title of an equilibrium, in inches, and the letters in one."""
MOST = 6
"""Equilibria drawn on one figure."""


@dataclass(frozen=True, slots=True)
class Part:
    """One drawing of an equilibrium.

    Attributes
    ----------
    of
        What it is of: an information set, or a chosen number.
    height
        Its height in inches.
    draw
        What draws it on axes.
    main
        Whether it can stand alone; what the choices lead to stands below what they are worth.
    """

    of: str
    height: float
    draw: Callable[[Axes], None]
    main: bool = True


def parts_of(answer: ContinuumEquilibrium) -> list[Part]:
    """Return the drawings of an equilibrium: of choices, then of what types do."""
    parts: list[Part] = []
    for name, value in answer.choice_list:
        if isinstance(value, Schedule):
            cutoffs = [float(exact_or_float(cut)) for cut in value.cutoffs]
            ends = ends_of(answer, value.variable, cutoffs)
            draw = partial(draw_schedule, answer=answer, name=name, schedule=value, ends=ends)
            parts.append(Part(name, SCHEDULE, draw))
        elif name in answer.offer_curves:
            curve = answer.offer_curves[name]
            parts.append(Part(name, CURVE, partial(draw_worth, answer=answer, curve=curve)))
            parts.append(Part(name, OUTCOMES, partial(draw_outcomes, curve=curve), main=False))
    tints = tints_of(answer)
    lines = ((line, LINE if line.law is not None else BARE) for line in type_lines(answer))
    return parts + [Part(line.name, height, partial(draw_line, line=line, tints=tints)) for line, height in lines]


def plot_play(
    equilibrium: ContinuumEquilibrium, *, ax: Axes | None = None, of: str | None = None, values: bool
) -> Axes:
    """Draw what types do, what choices are worth, and what types choose; the tree where there is none of that.

    Parameters
    ----------
    equilibrium
        The equilibrium.
    ax
        Where to draw one part; of a choice it is then the curve alone, without the outcomes.
    of
        One part alone: an information set, or a chosen number.
    values
        Whether payoffs on a tree, where there is nothing else to draw, are written as numbers.

    Returns
    -------
    Axes
        The axes drawn on, the uppermost where there are several.

    Raises
    ------
    ParameterError
        If several parts should share axes.
    UnknownNameError
        If there is no such part.
    """
    parts = _asked(equilibrium, parts_of(equilibrium), of)
    if not parts:
        return plot_tree(equilibrium.game, equilibrium, ax=ax, values=values)  # type: ignore[arg-type]  # as far as drawn
    if ax is None:
        return _figure([(equilibrium, title_of(equilibrium.game, equilibrium), parts)])  # type: ignore[arg-type]  # alike
    main = [part for part in parts if part.main]
    if len(main) > 1:
        names = " or ".join(f"of={part.of!r}" for part in main)
        raise ParameterError(f"The parts of the equilibrium cannot share axes; draw one of them, with {names}.")
    main[0].draw(ax)
    return ax


def _asked(equilibrium: ContinuumEquilibrium, parts: list[Part], of: str | None) -> list[Part]:
    if of is None:
        return parts
    names = dict.fromkeys(part.of for part in parts)
    if of not in names:
        raise UnknownNameError(
            f"There is nothing to draw of {of!r} in {equilibrium.game.name!r}: it is no choice of a number, and no "
            f"information set of a player with a type. {nearest(of, names)}"
        )
    return [part for part in parts if part.of == of]


def plot_plays(solution: Solution) -> Axes:
    """Draw the equilibria of a solution below each other, up to six."""
    listed, count = solution.listed[:MOST], solution.count
    groups: list[Any] = []
    for k, (name, each) in enumerate(zip(solution.names, listed, strict=False), 1):
        answer: Any = each
        more = f" ({k} of {count:,})" if count > 1 else ""
        groups.append((answer, f"{solution.game.name}: {name}{more}", parts_of(answer)))
    ax = _figure([group for group in groups if group[2]])
    if len(listed) < count:
        style: dict[str, Any] = {"ha": "left", "va": "bottom", "fontsize": 8.5, "color": QUIET, "style": "italic"}
        figure_of(ax).text(0.01, 0.002, f"the first {len(listed)} of {count:,} are drawn", **style)
    return ax


def _figure(groups: Sequence[tuple[ContinuumEquilibrium, str, list[Part]]]) -> Axes:
    """Draw groups of parts below each other on a new figure, each group under its title, and return the first axes."""
    titles = [wrapped(title, LETTERS) for _, title, _ in groups]
    heights = [
        HEAD * (1 + title.count("\n")) + sum(part.height for part in parts)
        for title, (*_, parts) in zip(titles, groups, strict=True)
    ]
    figure = new_figure(WIDTH, sum(heights), layout="constrained")
    frames = figure.subfigures(len(groups), 1, height_ratios=heights, squeeze=False)[:, 0]
    panels: list[list[Axes]] = []
    for frame, title, (*_, parts) in zip(frames, titles, groups, strict=True):
        frame.suptitle(title, x=0.01, ha="left", fontsize=11, color=INK, parse_math=False)
        grid = frame.add_gridspec(len(parts), 1, height_ratios=[part.height for part in parts])
        panels.append([frame.add_subplot(grid[k], axes_class=ShownAxes) for k in range(len(parts))])
        for ax in panels[-1]:
            ax.spines[["top", "right"]].set_visible(False)
    figure.draw_without_rendering()  # which settles the places, so that names find theirs
    for axes, (*_, parts) in zip(panels, groups, strict=True):
        for ax, part in zip(axes, parts, strict=True):
            part.draw(ax)
    return panels[0][0]
