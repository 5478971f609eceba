"""Where the library raises its own errors, and what they say: read from the source, without running it."""

import ast
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from deterrence import errors

PACKAGE = Path(__file__).resolve().parent.parent / "deterrence"
CLASSES = {
    name: value
    for name, value in vars(errors).items()
    if isinstance(value, type) and issubclass(value, errors.DeterrenceError)
}
HOLE = "…"
"""Stands in a sentence for what the case at hand fills in."""


@dataclass(frozen=True)
class Site:
    """A place in the source that makes an error.

    Attributes
    ----------
    file
        The file, relative to the repository.
    first, last
        The lines that the call covers.
    error
        The name of the error's class.
    sentence
        The message, with ``…`` for what the case fills in.
    """

    file: str
    first: int
    last: int
    error: str
    sentence: str

    @property
    def module(self) -> str:
        """Return the module's name below the package, such as ``exchange``."""
        return Path(self.file).parts[1].removesuffix(".py")

    @property
    def key(self) -> str:
        """Return what names the site when lines move: its file and its sentence."""
        return f"{self.file}: {self.sentence}"


@dataclass(frozen=True)
class Source:
    """One file, and the functions in it that make an error and return it."""

    file: str
    tree: ast.Module = field(repr=False)

    @cached_property
    def functions(self) -> list[ast.FunctionDef]:
        """Return all functions, outermost first."""
        return [node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)]

    @cached_property
    def makers(self) -> dict[str, ast.FunctionDef]:
        """Return the functions whose annotation says that they return an error of ours."""
        return {
            node.name: node
            for node in self.functions
            if isinstance(node.returns, ast.Name) and node.returns.id in CLASSES
        }


@cache
def sites(package: Path = PACKAGE) -> tuple[Site, ...]:
    """Return every place of the package that makes one of its errors, file by file."""
    sources = [
        Source(path.relative_to(package.parent).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(package.rglob("*.py"))
    ]
    told = {name: text for source in sources for name, text in _told_by_properties(source).items()}
    return tuple(site for source in sources for site in _sites_of(source, _makers_for(source, sources), told))


def _makers_for(source: Source, sources: list[Source]) -> dict[str, ast.FunctionDef]:
    """Return the makers that a file may call: its own, its folder's and the functions of any module."""
    near = [other for other in sources if Path(other.file).parent == Path(source.file).parent]
    everywhere = {
        name: maker
        for other in sources
        for name, maker in other.makers.items()
        if not maker.args.args or maker.args.args[0].arg != "self"
    }
    return everywhere | {name: maker for other in [*near, source] for name, maker in other.makers.items()}


def _sites_of(source: Source, makers: dict[str, ast.FunctionDef], told: dict[str, ast.expr]) -> Iterator[Site]:
    """Yield the sites of a file, outermost functions first."""
    inside_makers = {id(node) for maker in source.makers.values() for node in ast.walk(maker)}
    constants = {name: value for name, value in _assigned(source.tree).items() if isinstance(value, ast.Constant)}
    texts = {**told, **constants}
    for function in source.functions:
        known: dict[str, ast.expr] = {}
        for call in _calls(function):
            if id(call) in inside_makers or not _may_make(call, makers, function):
                continue
            known = known or {**texts, **_assigned(function), **_classes_given(function)}
            name, sentence = _made(call, makers, known)
            if name:
                yield Site(source.file, call.lineno, call.end_lineno or call.lineno, name, _tidy(sentence))


def _may_make(call: ast.Call, makers: dict[str, ast.FunctionDef], function: ast.FunctionDef) -> bool:
    name = _name_called(call)
    return name in CLASSES or name in makers or name in _classes_given(function)


def _name_called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _calls(function: ast.FunctionDef) -> Iterator[ast.Call]:
    """Yield the calls in a function, but not those in functions within it, which have their own turn."""
    waiting = deque[ast.AST](ast.iter_child_nodes(function))
    while waiting:
        node = waiting.popleft()
        if isinstance(node, ast.FunctionDef):
            continue
        if isinstance(node, ast.Call):
            yield node
        waiting.extend(ast.iter_child_nodes(node))


def _assigned(place: ast.AST) -> dict[str, ast.expr]:
    """Return the expressions that names in a function or file stand for, where they are assigned once."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(place):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return {name: values[0] for name, values in found.items() if len(values) == 1}


def _told_by_properties(source: Source) -> dict[str, ast.expr]:
    """Return the texts of the properties that are one sentence."""
    return {
        node.name: last.value
        for node in source.functions
        if node.decorator_list and isinstance(node.returns, ast.Name) and node.returns.id == "str"
        for last in node.body[-1:]
        if isinstance(last, ast.Return) and isinstance(last.value, ast.JoinedStr)
    }


def _classes_given(function: ast.FunctionDef) -> dict[str, ast.expr]:
    """Return the arguments that are a class of error, told by the annotation ``type[…]``."""
    return {
        one.arg: one.annotation.slice
        for one in [*function.args.args, *function.args.kwonlyargs]
        if isinstance(one.annotation, ast.Subscript) and ast.unparse(one.annotation.value) == "type"
    }


def _made(call: ast.Call, makers: dict[str, ast.FunctionDef], known: dict[str, ast.expr]) -> tuple[str, str]:
    """Return the class of the error that a call makes and its sentence; an empty name where it makes none."""
    name = _name_called(call)
    given = known.get(name)
    if isinstance(given, ast.Name) and given.id in CLASSES:
        name = given.id
    if name in CLASSES:
        return name, _text(call.args[0], makers, known) if call.args else HOLE
    if name not in makers:
        return "", ""
    maker = makers[name]
    parameters = [one.arg for one in maker.args.args if one.arg != "self"]
    filled = dict(zip(parameters, (_resolved(value, known) for value in call.args), strict=False))
    returned = next(
        node.value for node in ast.walk(maker) if isinstance(node, ast.Return) and isinstance(node.value, ast.Call)
    )
    made, sentence = _made(returned, makers, {**known, **filled, **_assigned(maker)})
    return made or ast.unparse(maker.returns or call), sentence


def _resolved(value: ast.expr, known: dict[str, ast.expr]) -> ast.expr:
    return known.get(value.id, value) if isinstance(value, ast.Name) else value


def _text(node: ast.AST, makers: dict[str, ast.FunctionDef], known: dict[str, ast.expr]) -> str:
    """Return the literal words of an expression that makes a text."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_text(part, makers, known) for part in parts)
        case ast.FormattedValue(value=ast.Name(id=name)) if name in known:
            return _short(known[name], makers, known, name)
        case ast.FormattedValue(value=ast.Call(func=ast.Name(id="nearest"))):
            return f"Allowed: {HOLE}"
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _text(left, makers, known) + _text(right, makers, known)
        case ast.Name(id=name) | ast.Attribute(attr=name) if name in known:
            return _short(known[name], makers, known, name)
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="format")) if name in known:
            return re.sub(r"\{\w*(![rs])?\}", HOLE, _short(known[name], makers, known, name))
        case ast.Call(func=ast.Name(id="str"), args=[ast.Call() as made]):
            return _made(made, makers, known)[1] or HOLE
    return HOLE


def _short(node: ast.expr, makers: dict[str, ast.FunctionDef], known: dict[str, ast.expr], name: str) -> str:
    """Return the words that a name stands for; the name is then forgotten, lest it stand for itself."""
    return _text(node, makers, {other: value for other, value in known.items() if other != name})


def _tidy(sentence: str) -> str:
    """Return a sentence without what only the case at hand says: quotation marks about a hole, holes in a row."""
    for before, after in (("'…'", HOLE), ('"…"', HOLE), ("……", HOLE), ("… …", HOLE)):
        while before in sentence:
            sentence = sentence.replace(before, after)
    return " ".join(sentence.split())
