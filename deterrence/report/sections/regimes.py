"""Which regime holds where, over two parameters."""

from __future__ import annotations

from typing import Any

import numpy as np

from deterrence.analysis.answers.sweep import Sweep
from deterrence.analysis.sweep import sweep
from deterrence.analysis.trends import looked_at
from deterrence.report.document import Figure, Section, Table
from deterrence.report.sections.asking import Asking
from deterrence.report.wording import NOT_EXCLUDED, round_off

MOST_REGIONS = 8


def regimes(asking: Asking, across: str, up: str) -> Section:
    """Answer which classes of equilibria exist where, with the other parameters at present values."""
    axes: dict[str, Any] = {}
    for name in (across, up):
        low, high = looked_at(asking.game.parameters[name])
        count = asking.detail.map
        axes[name] = [low + (high - low) * (2 * k + 1) / (2 * count) for k in range(count)]

    def going(share: float) -> None:
        asking.progress(share, f"the map of {across} against {up}")

    swept = sweep(asking.game, *asking.measures, axes, progress=going)
    names, rows = _regimes(swept)
    today = tuple(float(asking.game.values[name]) for name in (across, up))
    table = Table("Regimes, by the share of the map where they exist", ("regime", "play on the path", "share"), rows)
    figure = Figure(
        f"Which regime holds where, by {across} and {up}; the letters are those of the table, the mark "
        "shows the present values.",
        lambda: swept.plot_classes(point={"now": today}, names=names),
    )
    several, total = int((swept.data["count"] > 1).sum()), swept.data["count"].size
    words = (
        f"Over the whole ranges of {across} and {up}, with the other parameters at their present values, "
        f"{len(names)} regimes occur."
    )
    if several:
        words += (
            f" At {round_off(100 * several / total, 1)}% of the map's points more than one exists, and the model "
            "alone does not say which will be played."
        )
    if not swept.complete:
        words += f" {NOT_EXCLUDED}"
    return Section(f"Which regime holds where: {across} against {up}?", (words,), (table,), (figure,))


def _regimes(swept: Sweep) -> tuple[dict[str, str], tuple[tuple[str, str, str], ...]]:
    """Return a letter for each class, the most frequent first, and the rows of the table."""
    exists = swept.data["exists"].values.reshape(len(swept.data["class"]), swept.data["count"].size)
    shares = exists.mean(axis=1)
    order = np.argsort(-shares)
    names, rows = {}, []
    for number, k in enumerate(order):
        full = str(swept.data["class"].values[k])
        names[full] = _letter(number)
        if number < MOST_REGIONS:
            rows.append((names[full], full, f"{100 * shares[k]:.1f}%"))
    if len(order) > MOST_REGIONS:
        rest = shares[order[MOST_REGIONS:]].max()
        rows.append(("…", f"{len(order) - MOST_REGIONS} more", f"{100 * rest:.1f}% at most"))
    return names, tuple(rows)


def _letter(number: int) -> str:
    return chr(ord("A") + number) if number < 26 else f"{chr(ord('A') + number // 26 - 1)}{chr(ord('A') + number % 26)}"
