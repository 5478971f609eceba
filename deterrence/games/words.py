"""How names are put into sentences."""

from __future__ import annotations

from collections.abc import Iterable


def listed(names: Iterable[str]) -> str:
    """Join names by commas and an "and"."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def percent(share: float) -> str:
    """Write a share as a percentage with one decimal, or as many as its first digit needs."""
    return f"{share:.1%}" if share == 0 or abs(share) >= 0.001 else f"{share * 100:.1g}%"
