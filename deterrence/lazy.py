"""Packages whose names load when first used: the stub beside a package is the table of its names.

A line ``from place import name as name`` of ``__init__.pyi`` tells editors and type checkers what the name is, and
:func:`names_of` where to load it from. One text says both, so that neither can go out of date.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from importlib import import_module
from typing import Any


def names_of(package: str) -> Mapping[str, str]:
    """Return the modules that a package's names come from, as its stub lists them.

    The package's own loader reads the stub, out of a folder or an archive.
    """
    module = sys.modules[package]
    stub = os.path.join(os.path.dirname(str(module.__file__)), "__init__.pyi")  # noqa: PTH118, PTH120  (Path is slow)
    loader: Any = module.__spec__.loader if module.__spec__ else None
    lines = [line.split() for line in loader.get_data(stub).decode().splitlines()]
    return {words[5]: words[1] for words in lines if words[:1] == ["from"]}


def load(package: str, names: Mapping[str, str], name: str) -> Any:
    """Return a name of a package and keep it there, so that it is looked up once.

    Raises
    ------
    AttributeError
        If the package has no such name.
    """
    if name not in names:
        raise AttributeError(f"module {package!r} has no attribute {name!r}")
    place = names[name]
    # A folder before what is in it: threads that import the two in either order would wait for each other, which Python
    # ends by handing one of them a module that is half loaded.
    import_module(place.rpartition(".")[0] or place)
    value = import_module(f"{package}.{name}") if place == package else getattr(import_module(place), name)
    setattr(sys.modules[package], name, value)
    return value


class Deferred:
    """A module that is imported when something of it is first asked for.

    For packages that take long to import, or that may be missing, in modules most of whose work does without them.
    """

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        value = getattr(import_module(self._module), name)
        setattr(self, name, value)
        return value
