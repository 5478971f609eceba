"""Which regime holds where, over two parameters."""

from __future__ import annotations

from deterrence.analysis.answers.regions import Regions
from deterrence.errors import ParameterError
from deterrence.games.expression import show_value
from deterrence.report.document import Figure, Section, Table
from deterrence.report.front.axes import LARGE, drawn_map
from deterrence.report.front.picture import mapped
from deterrence.report.sections.asking import Asking
from deterrence.report.wording import NOT_EXCLUDED, looked_over

MOST_REGIONS, MOST_BORDERS = 12, 8


def regimes(asking: Asking, across: str, up: str) -> Section:
    """Answer which classes of equilibria exist where, with the other parameters at present values."""
    title = f"Which regime holds where: {across} against {up}?"
    try:
        found = mapped(asking, across, up)
    except ParameterError as error:
        return Section(title, (f"There is no map. {error}",))
    figure = Figure(
        f"Which regime holds where, by {across} and {up}; the mark shows the present values.",
        drawn_map(asking, found, LARGE),
    )
    over = looked_over([asking.game.parameters[name] for name in (across, up)])
    several = sum(share for names, share in found.shares.items() if len(names) > 1)
    words = (
        f"Over {over} of {across} and {up}, with the other parameters at their present values, "
        f"{len(found.classes)} regimes occur."
    )
    if several:
        words += (
            f" In {100 * several:.2g}% of the map more than one exists, and the model alone does not say which will be "
            "played."
        )
    if not found.complete:
        words += f" {NOT_EXCLUDED}"
    return Section(title, (words, *_borders(found)), (_shares(found),), (figure,))


def _borders(found: Regions) -> tuple[str, ...]:
    """Say on which curves regimes meet, where there are few enough to read."""
    equations = [f"{show_value(e.lhs)} = {show_value(e.rhs)}" for e in found.boundaries]
    return (f"They meet at {', '.join(equations)}.",) if 0 < len(equations) <= MOST_BORDERS else ()


def _shares(found: Regions) -> Table:
    """Return a table of the combinations of regimes by their share of the map."""
    order = sorted(found.shares.items(), key=lambda item: -item[1])
    rows = [(" + ".join(names) or "no equilibrium", f"{100 * share:.2g}%") for names, share in order[:MOST_REGIONS]]
    if len(order) > MOST_REGIONS:
        rest = sum(share for _, share in order[MOST_REGIONS:])
        rows.append((f"{len(order) - MOST_REGIONS} more", f"{100 * rest:.2g}%"))
    return Table("Regimes, by their share of the map", ("regime", "share"), tuple(rows))
