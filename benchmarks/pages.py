"""Measure the pages that answer when touched: bytes, making, first picture, and redrawing while something is dragged.

    python benchmarks/pages.py [MODEL ...]

Makes the page of every finite model of the catalogue, or of those named, opens it in headless Chromium (Debian's
packages chromium and chromium-driver, and Selenium), drags the point of its map and its first slider over sixty steps
each, and prints a table. Milliseconds are those of the page's own redrawing, as it counts them itself; a machine that
does other work beside it takes longer.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import deterrence as dt  # noqa: E402 - as above
from tests.explorer import browser as browsers  # noqa: E402 - after the path above

STEPS = 60
BOX = """
    const box = document.querySelector(arguments[0]).getBoundingClientRect();
    return [box.x, box.y, box.width, box.height];
"""


def dragged(browser: Any, selector: str, begin: tuple[float, float], end: tuple[float, float]) -> str:
    """Drag something over a page, from one share of its box to another; return the median and the longest redraw."""
    if not browser.run("return !!document.querySelector(arguments[0])?.offsetParent", selector):
        return "–"
    browser.run("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", selector)
    x, y, wide, high = browser.run(BOX, selector)
    before = len(browser.run("return explorer.drawing.ms"))
    for step in range(STEPS + 1):
        at = [a + (b - a) * step / STEPS for a, b in zip(begin, end, strict=True)]
        place = {"x": x + at[0] * wide, "y": y + at[1] * high, "button": "left"}
        kind = "mouseMoved" if 0 < step < STEPS else "mouseReleased" if step else "mousePressed"
        browser.driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": kind, "clickCount": 1, **place})
    browser.wait()
    times = browser.run("return explorer.drawing.ms")[before:]
    return f"{statistics.median(times):.0f} ({max(times):.0f})"


def row(browser: Any, folder: Path, key: str) -> str:
    """Return a model's row of the table."""
    began = time.process_time()
    page = dt.explore(dt.models.load(key))
    size = page.save(folder / "page.html", overwrite=True)
    seconds = time.process_time() - began
    browser.open(folder / "page.html")
    (first, *_) = browser.run("return explorer.drawing.ms")
    over = dragged(browser, "#map", (0.25, 0.2), (0.9, 0.8))
    slid = dragged(browser, "#sliders input[type=range]", (0.2, 0.5), (0.8, 0.5))
    return f"| {key} | {len(page.found)} | {size / 1000:.0f} | {seconds:.1f} | {first:.0f} | {over} | {slid} |"


def main() -> None:
    keys = sys.argv[1:] or [key for key in dt.models.names() if isinstance(dt.models.load(key).game, dt.Game)]
    print("| model | classes | kB | made in (s) | first picture (ms) | point dragged (ms) | slider dragged (ms) |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as name, browsers.started(name) as browser:
        for key in keys:
            print(row(browser, Path(name), key), flush=True)


if __name__ == "__main__":
    main()
