"""The one figure of the first page: the map of two levers, the curve of one, or the tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deterrence.analysis.answers.regions import Regions
from deterrence.analysis.regions import regions
from deterrence.analysis.trends import looked_at
from deterrence.errors import ParameterError
from deterrence.games.remembered import Remembered
from deterrence.games.words import listed
from deterrence.report.document import Figure, Section
from deterrence.report.front.axes import WIDE, drawn_along, drawn_map
from deterrence.report.front.levers import Lever
from deterrence.report.rounding import capital, percent
from deterrence.report.sections.asking import Asking
from deterrence.report.wording import NOT_EXCLUDED, quoted
from deterrence.solvers.solve import solve

LARGEST_TREE = 40
SMALL, MOST_NAMED = 0.005, 5
MAPS = Remembered(4)
"""The maps found last: the annex shows the one of the first page again."""


def picture(asking: Asking, levers: Sequence[Lever]) -> Section:
    """Show where play changes: over two parameters, along one, or in the tree of a game without any."""
    names = [each.parameter.name for each in levers]
    if len(names) == 2:
        try:
            return the_map(asking, *names)
        except ParameterError:
            names = names[:1]  # the game's assumptions tie the two, and there is no map of them
    if levers:
        caption = f"{capital(asking.measures[0].name)}, by {names[0]}; the dashed line marks the present value."
        return Section("The picture", (), (), (Figure(caption, drawn_along(asking, levers[0].trends[0], WIDE)),))
    if asking.game.form.size > LARGEST_TREE:
        return Section("", ())
    return Section("The picture", (), (), (Figure("The game, with the path of play in bold.", lambda: _tree(asking)),))


def the_map(asking: Asking, across: str, upwards: str) -> Section:
    """Show which classes exist where over two parameters, within exact borders."""
    found = mapped(asking, across, upwards)
    declared = any(asking.game.parameters[name].plausible for name in (across, upwards))
    over = " over plausible values," if declared else ""
    caption = f"What is played where: {across} against {upwards},{over} all else as it is now."
    words = f"{_shares(found)}{_unsure(found)}"
    return Section("The map", (words,), (), (Figure(caption, drawn_map(asking, found)),))


def mapped(asking: Asking, across: str, upwards: str) -> Regions:
    """Return the regions over the plausible values of two parameters, or their whole ranges where none are declared."""
    game = asking.game
    box: Any = {name: list(looked_at(game.parameters[name])) for name in (across, upwards)}

    def going(share: float) -> None:
        asking.progress(share, f"mapping {across} and {upwards}")

    found: Regions = MAPS.of((game, across, upwards), lambda: regions(game, box, progress=going))
    return found


def _shares(found: Regions) -> str:
    """Say how much of the map each combination of classes takes."""
    parts = sorted(found.shares.items(), key=lambda item: -item[1])
    single = [
        f"{quoted(names[0])} takes {percent(share)}" for names, share in parts if len(names) == 1 and share >= SMALL
    ]
    told = f"Of the map {listed(single[:MOST_NAMED])}." if single else ""
    several = sum(share for names, share in parts if len(names) > 1)
    none = sum(share for names, share in parts if not names)
    if several >= SMALL:
        where = "Everywhere on the map" if several > 1 - SMALL else f"In {percent(several)} of it"
        told += f" {where} more than one class of equilibria exists, and the model does not choose."
    if none >= SMALL:
        told += f" In {percent(none)} of it no equilibrium was found."
    return told.strip()


def _unsure(found: Regions) -> str:
    if not found.exact:
        return " Borders are rough: they have no formulas here."
    return "" if found.complete else f" {NOT_EXCLUDED}"


def _tree(asking: Asking) -> Any:
    from deterrence.plot import plot_tree

    equilibria = solve(asking.game).listed
    return plot_tree(asking.game, equilibria[0] if equilibria else None)
