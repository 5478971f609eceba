"""How names are put into sentences."""

from __future__ import annotations

from collections.abc import Iterable


def listed(names: Iterable[str]) -> str:
    """Join names by commas and an "and"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
