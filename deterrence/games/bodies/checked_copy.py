"""Copies of the user's own functions in which every truth test is checked first.

SymPy calls any expression true, and Python asks nobody before it follows ``if prize:``. So the text of a function is
compiled a second time, with each test and each call sent through a :class:`Checks`, and the copy is run in its place.
"""

from __future__ import annotations

import ast
import dis
import inspect
import linecache
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from tokenize import TokenError
from types import CellType, CodeType, FunctionType, MethodType
from typing import Any

from deterrence.games.bodies.equality_watch import LIBRARIES

CHECKS = "<checks>"
"""The variable of a copy that holds its checks; no program can have one of that name."""
OUTSIDE = sys.stdlib_module_names | set(LIBRARIES)
"""Packages whose functions are called as they are."""
TEST = re.compile(r"TO_BOOL|UNARY_NOT|\w*JUMP\w*_IF_(TRUE|FALSE)|JUMP_IF_(TRUE|FALSE)")
"""The instructions, of any version of Python, that ask for the truth of the value before them."""


@dataclass(frozen=True, slots=True, eq=False)
class Checks:
    """What copies send their tests and calls through.

    ``is_undecided`` tells whether Python must not ask for the truth of a value, and ``refuse`` raises the error.
    """

    is_undecided: Callable[[object], bool]
    refuse: Callable[[object], None]

    def tested(self, value: Any) -> Any:
        """Return a value whose truth is about to be asked for, as it is."""
        if self.is_undecided(value):
            self.refuse(value)
        return value

    def called(self, function: Any) -> Any:
        """Return a function that is about to be called, or its copy if it is the user's own."""
        if isinstance(function, MethodType):
            return MethodType(self.called(function.__func__), function.__self__)
        if isinstance(function, FunctionType) and is_own(function):
            return checked_copy(function, self) or function
        if function is bool:
            return lambda value=False: bool(self.tested(value))
        if function is any or function is all:
            return lambda values: function(map(self.tested, values))
        return function


def is_own(function: FunctionType) -> bool:
    """Tell whether a function was written by the user."""
    return str(function.__module__).partition(".")[0] not in OUTSIDE


def checked_copy(function: FunctionType, checks: Checks) -> FunctionType | None:
    """Return a copy of a function whose tests and calls go through checks; ``None`` if its text cannot be read.

    The copy has the same globals, closure, defaults and line numbers. Its closure holds the checks besides, where
    they can neither meet a name of the user's nor be seen by another thread.
    """
    original = function.__code__
    if CHECKS in original.co_freevars:
        return function
    linecache.lazycache(original.co_filename, function.__globals__)
    code = _checked_code(original, original.co_filename)
    if code is None:
        return None
    cells = dict(zip(original.co_freevars, function.__closure__ or (), strict=True))
    cells[CHECKS] = CellType(checks)
    closure = tuple(cells[name] for name in code.co_freevars)
    copy = FunctionType(code, function.__globals__, function.__name__, function.__defaults__, closure)
    copy.__kwdefaults__ = function.__kwdefaults__
    copy.__dict__.update(function.__dict__)
    return copy


@lru_cache(maxsize=256)
def _checked_code(code: CodeType, _file: str) -> CodeType | None:
    """Return the code of the copy; the file is named because equal code may stand in two of them."""
    for definition in _definitions(code):
        plain = _compiled(definition, code)
        # A file may have changed since it was imported, and a line may hold two lambdas.
        if plain is not None and _content(plain) == _content(code):
            return _compiled(_Checked().visit(definition), code)
    return None


def _definitions(code: CodeType) -> Iterator[ast.FunctionDef | ast.Lambda]:
    """Yield the functions in the text from a code's first line on, numbered as in its file."""
    linecache.checkcache(code.co_filename)
    above = code.co_firstlineno - 1
    lines = linecache.getlines(code.co_filename)[above:]
    if not lines:
        return
    # An indented definition is put into an `if`, so that its columns stay those of the file.
    indented = lines[0][:1].isspace()
    try:
        block = "".join(inspect.getblock(lines))
        tree = ast.parse("\n" * (above - indented) + "if 1:\n" * indented + block, code.co_filename)
    except (SyntaxError, TokenError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Lambda) or (isinstance(node, ast.FunctionDef) and node.name == code.co_name):
            yield node


def _compiled(definition: ast.FunctionDef | ast.Lambda, code: CodeType) -> CodeType | None:
    """Compile one function alone, inside another whose arguments are the variables it takes from around it."""
    definition.args.defaults, definition.args.kw_defaults = [], [None] * len(definition.args.kwonlyargs)
    if isinstance(definition, ast.FunctionDef):
        definition.decorator_list = []
    body: ast.stmt = ast.Return(definition) if isinstance(definition, ast.Lambda) else definition
    names = [ast.arg(name) for name in (*code.co_freevars, CHECKS)]
    around = ast.FunctionDef("around", ast.arguments([], names, None, [], [], None, []), [body], [])
    module = ast.fix_missing_locations(ast.Module([around], []))
    flags = code.co_flags & annotations.compiler_flag
    whole: CodeType = compile(module, code.co_filename, "exec", flags, dont_inherit=True)
    (inner,) = _codes(whole.co_consts)
    return next((found for found in _codes(inner.co_consts) if found.co_name == code.co_name), None)


def _codes(constants: Iterable[object]) -> list[CodeType]:
    return [constant for constant in constants if isinstance(constant, CodeType)]


def _content(code: CodeType) -> tuple[Any, ...]:
    """Return what a code does, wherever it stands."""
    constants = tuple(map(_constant, code.co_consts))
    return code.co_code, code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars, constants


def _constant(value: object) -> object:
    """Return a constant such that 1, 1.0 and True differ; sets have no order to be written in."""
    if isinstance(value, CodeType):
        return _content(value)
    return value if isinstance(value, frozenset) else repr(value)


class _Checked(ast.NodeTransformer):
    """A rewriting that sends every test and every call of a function through its checks."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        match node:
            case ast.If() | ast.While() | ast.IfExp() | ast.Assert():
                node.test = _through("tested", node.test)
            case ast.UnaryOp(op=ast.Not()):
                node.operand = _through("tested", node.operand)
            case ast.BoolOp():  # the last value is not tested, it is the result
                node.values = [*(_through("tested", value) for value in node.values[:-1]), node.values[-1]]
            case ast.comprehension():
                node.ifs = [_through("tested", condition) for condition in node.ifs]
            case ast.match_case(guard=ast.expr() as guard):
                node.guard = _through("tested", guard)
            case ast.Call():
                node.func = _through("called", node.func)
        return node


def _through(check: str, value: ast.expr) -> ast.expr:
    checks = ast.copy_location(ast.Name(CHECKS, ast.Load()), value)
    method = ast.copy_location(ast.Attribute(checks, check, ast.Load()), value)
    return ast.copy_location(ast.Call(method, [value], []), value)


def tested_arguments(code: CodeType) -> Iterator[str]:
    """Yield the arguments that a code tests as they are: all that is seen of a function without its text."""
    steps = [step for step in dis.get_instructions(code) if step.opname != "COPY"]
    changed = {step.argval for step in steps if step.opname.startswith("STORE_")}
    arguments = set(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]) - changed
    for load, test in pairwise(steps):
        if load.opname.startswith("LOAD_") and load.argval in arguments and TEST.match(test.opname):
            yield load.argval
