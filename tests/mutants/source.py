"""What of a model's source defines its game, found by names: from the game that ``MODEL`` is given to all it uses.

Claims, figures and what only they use are left out. So are the annotations of a body and what certifies an answer of a
model that is no tree: ``gain=`` and ``recomputed=``, which are a check of their own.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CERTIFICATES = frozenset({"gain", "recomputed"})
MAKERS = frozenset({"Model", "crisis_model"})
"""What makes a model of a game: the game is the first argument."""


@dataclass
class Module:
    """A module's syntax, with its top-level definitions and what it takes from other modules."""

    name: str
    path: Path
    tree: ast.Module
    defined: dict[str, ast.stmt] = field(default_factory=dict)
    taken: dict[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, name: str, path: Path) -> Module:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        module = cls(name, path, tree)
        for statement in tree.body:
            for defined in _names_defined(statement):
                module.defined[defined] = statement
            if isinstance(statement, ast.ImportFrom) and statement.module and statement.level == 0:
                for alias in statement.names:
                    module.taken[alias.asname or alias.name] = (statement.module, alias.name)
        return module


@dataclass(frozen=True)
class Source:
    """A model's modules, helpers first, and the statements in them that define its game."""

    modules: tuple[Module, ...]
    roots: tuple[tuple[Module, str, ast.AST], ...]
    """(module, name of the definition, its syntax) of what defines the game, in the order of the files."""


def source_of(name: str, path: Path) -> Source:
    """Read the file of a model, ``root.work.model``, and those files of works that it uses."""
    modules = _with_helpers(name, path)
    main = modules[name]
    game = _game_of(main.tree)
    reached: dict[int, tuple[Module, str, ast.AST]] = {}
    methods: list[tuple[Module, str, ast.FunctionDef]] = []
    attributes: set[str] = set()
    waiting: list[tuple[Module, str, ast.AST]] = [(main, "MODEL", game)]
    while waiting:
        module, called, syntax = waiting.pop()
        if id(syntax) in reached:
            continue
        reached[id(syntax)] = (module, called, syntax)
        attributes |= {node.attr for node in walk(syntax) if isinstance(node, ast.Attribute)}
        for used in _names_used(syntax):
            waiting += [(module, used, syntax) for module, used, syntax in _parts_of(*_origin(modules, module, used))]
            methods += _methods_of(*_origin(modules, module, used))
        waiting += [(at, f"{of}.{method.name}", method) for at, of, method in methods if method.name in attributes]
    order = list(modules)
    roots = sorted(reached.values(), key=lambda root: (order.index(root[0].name), root[2].lineno, root[1]))  # type: ignore[attr-defined]
    return Source(tuple(modules.values()), tuple(roots))


def _origin(modules: dict[str, Module], module: Module, used: str) -> tuple[Module, str]:
    """Return the module that defines what is used in one, and its name there."""
    if used in module.taken and module.taken[used][0] in modules:
        origin, used = module.taken[used]
        return modules[origin], used
    return module, used


def _parts_of(module: Module, name: str) -> list[tuple[Module, str, ast.AST]]:
    """Return a definition; of a class all but the methods that are called by name."""
    statement = module.defined.get(name)
    if not isinstance(statement, ast.ClassDef):
        return [(module, name, statement)] if statement is not None else []
    by_name = {id(method) for _, _, method in _methods_of(module, name)}
    return [(module, name, part) for part in statement.body if id(part) not in by_name]


def _methods_of(module: Module, name: str) -> list[tuple[Module, str, ast.FunctionDef]]:
    statement = module.defined.get(name)
    body = statement.body if isinstance(statement, ast.ClassDef) else []
    return [(module, name, m) for m in body if isinstance(m, ast.FunctionDef) and not m.name.startswith("__")]


def _with_helpers(name: str, path: Path) -> dict[str, Module]:
    """Return the module and those that it is built with, each after what it imports: other files of works."""
    root, folder = name.rsplit(".", 2)[0], path.parents[1]
    found: dict[str, Module] = {}

    def visit(called: str) -> None:
        work, _, file = called.removeprefix(f"{root}.").partition(".")
        module = Module.read(called, folder / work / f"{file}.py")
        for origin, _ in module.taken.values():
            inside = origin.removeprefix(f"{root}.")
            if origin != inside and inside.count(".") == 1 and origin not in found:
                visit(origin)
        found[called] = module

    visit(name)
    return found


def _names_defined(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        yield statement.name
    elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        for target in targets:
            yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))


def _names_used(root: ast.AST) -> set[str]:
    return {n.id for n in walk(root) if isinstance(n, ast.Name) and not hasattr(builtins, n.id)}


def _game_of(tree: ast.Module) -> ast.expr:
    """Return the expression of the game that MODEL is made of."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and any(getattr(t, "id", "") == "MODEL" for t in statement.targets):
            call = statement.value
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in MAKERS and call.args:
                return call.args[0]
    raise ValueError("no line MODEL = Model(game, …) is found")


def walk(root: ast.AST) -> Iterator[ast.AST]:
    """Go through syntax without annotations, texts, subscripts, errors raised and certificates."""
    for _, child in children(root):
        yield child
        yield from walk(child)
    if isinstance(root, ast.expr):
        yield root


def children(node: ast.AST) -> Iterator[tuple[tuple[ast.AST, str, int | None], ast.AST]]:
    """Return ((parent, field, position), child) for each child that may define the game."""
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "slice"} or isinstance(node, (ast.JoinedStr, ast.Raise)):
            continue
        for position, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(child, ast.AST) and not (isinstance(child, ast.keyword) and child.arg in CERTIFICATES):
                yield (node, name, position), child
