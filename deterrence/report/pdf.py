"""The brief as a PDF: its page, printed by a browser that is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from deterrence.errors import FileFormatError, ParameterError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
QUIETLY = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
)
PATIENCE = 120
"""Seconds after which a browser that has printed nothing is given up."""
DATE = re.compile(rb"/(CreationDate|ModDate) ?\(D:([^)]*)\)")


def browser() -> str:
    """Return the path of a browser that prints pages.

    Raises
    ------
    ParameterError
        If none is installed.
    """
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise ParameterError(
            "A PDF is printed by Chromium, Chrome or Edge, and none of them is installed (or not on the PATH). Install "
            "one, or give a name that ends in .html and print that page."
        )
    return found


def printed(page: str) -> bytes:
    """Return a page as a PDF, without the time at which it was printed.

    Raises
    ------
    ParameterError
        If no browser is installed.
    FileFormatError
        If the browser prints nothing.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "brief.html"), Path(folder, "brief.pdf")
        source.write_text(page, encoding="utf-8")
        own = f"--user-data-dir={Path(folder, 'profile')}"
        command = [browser(), *QUIETLY, own, f"--print-to-pdf={target}", source.as_uri()]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)  # noqa: S603 - our own command
            return DATE.sub(_undated, target.read_bytes())
        except (OSError, subprocess.SubprocessError) as error:
            raise FileFormatError(f"The browser {command[0]} printed no PDF: {error}.") from error


def _undated(found: re.Match[bytes]) -> bytes:
    """Return a date of the same length, so that what stands behind it stays in its place."""
    return found[0].replace(found[2], re.sub(rb"[0-9]", b"0", found[2]))
