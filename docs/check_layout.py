"""Fail when a built page is cut on a screen: python docs/check_layout.py docs/_build/html [pictures].

Opens the pages that people read from beginning to end in headless Chromium, as wide as a small desktop and as a phone.
No page may scroll sideways, and on the desktop no printed answer or table may; solutions are opened before. With a
second folder a picture of each page is kept there.
"""

import base64
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.explorer.browser import started

READ = ("course", "tutorial", "teaching", "coming-from", "how-to", "cases", "reference/glossary.html")
SHOWN = ("models", "models/generated", "examples", "examples/generated")
ROOMS = (*READ, *SHOWN)
DESKTOP, PHONE = 1280, 390
TALLEST = 16_000
"""So many pixels of a page are in its picture."""
CUT = """
const root = document.documentElement, cut = [];
if (root.scrollWidth > root.clientWidth) cut.push(`the page is ${root.scrollWidth} wide`);
const answers = "main .cell_output pre, main table, main mjx-container[display]";
for (const e of arguments[0] ? document.querySelectorAll(answers) : []) {
  const box = e.getBoundingClientRect(), holder = e.parentElement.getBoundingClientRect();
  const over = Math.round(Math.max(e.scrollWidth - e.clientWidth, box.right - holder.right));
  if (box.width && over > 2) cut.push(`${e.tagName.toLowerCase()} by ${over}: ${e.textContent.trim().slice(0, 60)}`);
}
return cut;
"""
OPEN = "document.querySelectorAll('details').forEach(fold => { fold.open = true; });"


def pages(built: Path) -> Iterator[Path]:
    """Yield the pages that are looked at, the first page first."""
    yield built / "index.html"
    for room in ROOMS:
        yield from [built / room] if room.endswith(".html") else sorted((built / room).glob("*.html"))


def look(driver: Any, page: Path, width: int, pictures: Path | None) -> list[str]:
    """Return what is cut on a page at a width, and keep its picture if asked to."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width == PHONE}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.get(page.resolve().as_uri())
    driver.execute_script(OPEN)
    driver.execute_async_script("setTimeout(arguments[0], 200)")
    cut = driver.execute_script(CUT, width == DESKTOP)
    if pictures is not None:
        height = min(driver.execute_script("return document.documentElement.scrollHeight"), TALLEST)
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 0.5}
        shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"clip": clip, "captureBeyondViewport": True})
        name = f"{page.parent.name}-{page.stem}-{width}.png"
        (pictures / name).write_bytes(base64.b64decode(shot["data"]))
    return [f"{page.parent.name}/{page.name} at {width}: {one}" for one in cut]


def main() -> None:
    built = Path(sys.argv[1])
    pictures = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
    found = list(pages(built))
    with TemporaryDirectory() as profile, started(profile) as chromium:
        driver = chromium.driver
        cut = [one for page in found for width in (DESKTOP, PHONE) for one in look(driver, page, width, pictures)]
    print("\n".join(cut) or f"{len(found)} pages, at {DESKTOP} and {PHONE} pixels: nothing is cut")
    sys.exit(bool(cut))


if __name__ == "__main__":
    main()
