"""What a result that the documentation shows depends on: the files of the library and the versions of packages."""

import hashlib
import os
import platform
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "deterrence"
STYLE = ROOT / "docs" / "matplotlibrc"

BESIDE = frozenset({"__main__.py", "cli", "exchange", "explorer", "plot", "report"})
"""What no verdict on a claim depends on: tests/test_layout.py lets no model import it, but for pictures."""
NEIGHBOURS = re.compile(r"neighbours=\{.*?\n\s*\},?\n", re.DOTALL)
"""Models that are named as being next to one; what is asked of it does not depend on them."""
ANOTHER_MODEL = re.compile(r"""deterrence\.models\.(\w+)|["'](\w+)/\w+["']""")


def key_of(files: Iterable[Path], *words: str) -> str:
    """Return the key of a result that depends on files, on words and on the versions of packages."""
    digest = hashlib.sha256(versions().encode())
    for path in sorted(set(files)):
        about = path.stat()
        digest.update(_checksum(path, about.st_mtime_ns, about.st_size))
    for word in words:
        digest.update(f"\n{len(word)} {word}".encode())
    return digest.hexdigest()


@cache
def versions() -> str:
    """Return the versions of Python and of every package that is installed beside the library."""
    installed = {f"{package.metadata['Name']} {package.version}" for package in metadata.distributions()}
    return "\n".join([platform.python_version(), *sorted(installed)])


@lru_cache(maxsize=4096)
def _checksum(path: Path, _modified: int, size: int) -> bytes:
    """Return a file's path, size and digest; it is read again when it was modified."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"\n{path} {size} {digest}".encode()


def library(package: Path = PACKAGE) -> list[Path]:
    """Return every file of the library."""
    found = []
    for folder, _, names in os.walk(package):
        if Path(folder).name != "__pycache__":
            found += [Path(folder, name) for name in names]
    return found


def beneath_models(package: Path = PACKAGE, without: frozenset[str] = BESIDE) -> list[Path]:
    """Return the files of the library that any model may depend on, those that all models share among them."""
    models = package / "models"
    return [
        path
        for path in library(package)
        if path.relative_to(package).parts[0] not in without and (models not in path.parents or path.parent == models)
    ]


def of_model(key: str, package: Path = PACKAGE) -> list[Path]:
    """Return the files in the folder of a model, and in those of the works that these name."""
    models = package / "models"
    waiting, found = [key.partition("/")[0]], set[str]()
    while waiting:
        work = waiting.pop()
        found.add(work)
        text = "\n".join(path.read_text(encoding="utf-8") for path in (models / work).rglob("*.py"))
        text = NEIGHBOURS.sub("", text)
        named = {first or second for first, second in ANOTHER_MODEL.findall(text)}
        waiting += [other for other in sorted(named - found) if (models / other).is_dir()]
    return [path for path in library(package) if any(models / work in path.parents for work in found)]


def key_of_verdicts(key: str, maker: Path) -> str:
    """Return the key of a model's checked claims, which a function in the file ``maker`` put in form."""
    return key_of([*beneath_models(), *of_model(key), maker], "verdicts", key)


def key_of_picture(key: str, maker: Path) -> str:
    """Return the key of a model's picture, which a function in the file ``maker`` saved."""
    sources = [*beneath_models(without=BESIDE - {"plot"}), *of_model(key), STYLE, maker]
    return key_of(sources, "picture", key)


def key_of_explorer(key: str, maker: Path) -> str:
    """Return the key of a model's explorer, which a function in the file ``maker`` wrote."""
    sources = [*beneath_models(without=BESIDE - {"exchange", "explorer", "plot"}), *of_model(key), maker]
    return key_of(sources, "explorer", key)


def key_of_page(cells: str, maker: Path) -> str:
    """Return the key of what a page's cells print and draw: they may ask the library anything."""
    return key_of([*library(), STYLE, maker], "page", cells)
