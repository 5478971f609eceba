"""What is printed, and where: on a terminal in colour, elsewhere plain, in whatever encoding the stream has."""

from __future__ import annotations

import sys
from typing import Any

WIDTH = 100
"""The width of tables that go to no terminal."""


def console(*, plain: bool = False, stderr: bool = False) -> Any:
    """Return a Rich console: with colour on a terminal, unless ``plain``."""
    from rich.console import Console

    on_terminal = Console(stderr=stderr, highlight=False)
    if plain or not on_terminal.is_terminal:  # some settings of the environment would have a file coloured
        return Console(force_terminal=False, color_system=None, stderr=stderr, highlight=False, width=WIDTH)
    return on_terminal


def print_text(text: str) -> None:
    """Print a text as it is, and a line feed."""
    sys.stdout.write(f"{text}\n")


def remark(text: str) -> None:
    """Say something beside the answer, on standard error."""
    sys.stderr.write(f"{text}\n")


def complain(text: str) -> None:
    """Say what is wrong, on standard error: in red on a terminal."""
    console(stderr=True).print(f"Error: {text}", style="bold red", markup=False, highlight=False, soft_wrap=True)
