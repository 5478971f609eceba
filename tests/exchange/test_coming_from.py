"""The pages for those who come from other packages: what they show of these is what these print."""

import contextlib
import io
import re
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[2] / "docs" / "coming-from"
SHOWN = re.compile(
    r"^% test: (?P<package>\w+)\n+```python\n(?P<code>.*?)^```\n+```text\n(?P<printed>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
NEEDED = {"pygambit": "16.7", "quantecon": "0.11"}
"""Each package with the oldest version that the page on it is about."""
VARIES = re.compile(r"(?<=pygambit )[\w.]+|(?<=quantecon )[\w.]+|[\d.]+(?= s\b)")
"""Versions and seconds."""


def blocks(name):
    """Return the code blocks of a page that are marked as tested, each with what the page says that it prints."""
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    return [(match["package"], match["code"], match["printed"]) for match in SHOWN.finditer(text)]


def tidy(printed):
    """Return a text without what may differ: seconds, versions, and where lines are broken."""
    return VARIES.sub("…", " ".join(printed.split()))


@pytest.mark.parametrize(("page", "package"), [("gambit", "pygambit"), ("quantecon", "quantecon")])
def test_what_a_page_shows_of_another_package_is_what_it_prints(page, package, monkeypatch, tmp_path):
    pytest.importorskip(package, minversion=NEEDED[package])
    monkeypatch.chdir(tmp_path)
    namespace = {"__name__": "__main__"}
    for _, code, shown in blocks(page):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(code, f"{page}.md", "exec"), namespace)
        assert tidy(printed.getvalue()) == tidy(shown)


@pytest.mark.parametrize(("page", "package"), [("gambit", "pygambit"), ("quantecon", "quantecon")])
def test_every_static_block_of_a_page_is_tested(page, package):
    text = (PAGES / f"{page}.md").read_text(encoding="utf-8")
    marked = blocks(page)
    assert len(marked) == text.count("% test:") == len(re.findall(r"^```python$", text, re.MULTILINE)) > 0
    assert {name for name, _, _ in marked} == {package}
