"""The pages for those who come from other packages: what they show of these is what these print."""

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
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


R_BLOCK = re.compile(r"^```r\n(?P<code>.*?)^```\n+(?:```text\n(?P<printed>.*?)^```$)?", re.MULTILINE | re.DOTALL)


def has_reticulate():
    if shutil.which("Rscript") is None:
        return False
    return subprocess.run(["Rscript", "-e", "library(reticulate)"], capture_output=True, check=False).returncode == 0


@pytest.mark.slow
def test_what_the_page_shows_from_r_is_what_r_prints(tmp_path):
    if not has_reticulate():
        pytest.skip("needs R with reticulate")
    section = (PAGES / "r.md").read_text(encoding="utf-8").split("## Use this library from R")[1]
    blocks_in_r = [(m["code"], m["printed"] or "") for m in R_BLOCK.finditer(section)][1:]  # the first installs it
    code = [re.sub(r"use_virtualenv\(.*\)", "", block) for block, _ in blocks_in_r]
    script = tmp_path / "page.R"
    script.write_text('\ncat("\\n=====\\n")\n'.join(code), encoding="utf-8")
    environment = {**os.environ, "RETICULATE_PYTHON": sys.executable}
    done = subprocess.run(
        ["Rscript", str(script)], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    printed = done.stdout.split("=====")
    assert [tidy(text) for text in printed] == [tidy(shown) for _, shown in blocks_in_r]
