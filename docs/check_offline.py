"""Fail when a built page loads anything from another host: python docs/check_offline.py docs/_build/html."""

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

ELSEWHERE = re.compile(r"^\s*(?:[a-z]+:)?//", re.IGNORECASE)
IN_STYLE = re.compile(r"""(?:url\(\s*|@import\s+)["']?\s*((?:[a-z]+:)?//[^"')\s]+)""", re.IGNORECASE)
IN_SCRIPT = re.compile(r"""["'`]((?:https?:)?//[^"'`\s]+\.(?:m?js|css|json|wasm))["'`]""", re.IGNORECASE)
LOADING_LINKS = {
    "apple-touch-icon",
    "dns-prefetch",
    "icon",
    "manifest",
    "modulepreload",
    "preconnect",
    "prefetch",
    "preload",
    "stylesheet",
}
LOADING_ATTRIBUTES = {
    "audio": ["src"],
    "embed": ["src"],
    "iframe": ["src"],
    "image": ["href", "xlink:href"],
    "img": ["src"],
    "input": ["src"],
    "object": ["data"],
    "script": ["src"],
    "source": ["src"],
    "track": ["src"],
    "use": ["href", "xlink:href"],
    "video": ["src", "poster"],
}


class Loads(HTMLParser):
    """A parser that collects what a page loads from another host; links to follow are not among it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at the attributes that load something."""
        self.inside = tag if tag in {"style", "script"} else ""
        values = {name: value or "" for name, value in attrs}
        addresses = [values.get(name, "") for name in LOADING_ATTRIBUTES.get(tag, [])]
        addresses += [part.split()[0] for part in values.get("srcset", "").split(",") if part.strip()]
        if tag == "link" and LOADING_LINKS & set(values.get("rel", "").lower().split()):
            addresses.append(values.get("href", ""))
        self.found += [address for address in addresses if ELSEWHERE.match(address)]
        self.found += IN_STYLE.findall(values.get("style", ""))

    def handle_endtag(self, _tag: str) -> None:
        """Leave a style or script."""
        self.inside = ""

    def handle_data(self, data: str) -> None:
        """Look into styles and scripts that stand in the page."""
        if self.inside == "style":
            self.found += IN_STYLE.findall(data)
        elif self.inside == "script":
            self.found += IN_SCRIPT.findall(data)


def loads(path: Path) -> list[str]:
    """Return the addresses on other hosts that a page or style sheet loads."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".css":
        return IN_STYLE.findall(text)
    page = Loads()
    page.feed(text)
    return page.found


def check(folder: Path) -> Iterator[str]:
    """Yield a line for each address that a file in the folder loads from elsewhere."""
    for path in sorted([*folder.rglob("*.html"), *folder.rglob("*.css"), *folder.rglob("*.svg")]):
        for address in loads(path):
            yield f"{path}: loads {address}"


def main(folder: str) -> int:
    """Print what is loaded from elsewhere and return the exit code."""
    pages = sum(1 for _ in Path(folder).rglob("*.html"))
    if not pages:
        print(f"{folder} has no pages. Build the documentation first.")
        return 2
    found = list(check(Path(folder)))
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{pages} pages, {len(found)} addresses loaded from elsewhere")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
