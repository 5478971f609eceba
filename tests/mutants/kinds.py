"""The small changes that are made to a game, one at a time.

=============  ======================================================================================================
payoff         a payoff of one player at one end (or in one answer of a model that is no tree) is greater by one; in a
               ranking two neighbours change places
sign           ``a + b`` is ``a - b`` and the other way round; a minus before a term is dropped
product        one factor of a product, the divisor of a quotient, or a power is dropped
chance         two branches of a chance node exchange their probabilities
comparison     a comparison of a body is turned round; an assumption is dropped
default        a parameter's default moves within its plausible range
=============  ======================================================================================================
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tests.mutants.source import Module, Source, children

PAYOFFS = frozenset({"payoff", "sign", "product"})
"""The kinds that change what somebody gets."""
KINDS = ("payoff", "sign", "product", "chance", "comparison", "default")
TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.GtE,
    ast.LtE: ast.Gt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Lt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}
TEXTS = (ast.JoinedStr, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.DictComp, ast.ListComp)
LONGEST = 90
"""So many letters of a change are told."""
TINY = 1e-6
"""Tolerances of a search are no payoffs."""

Place = tuple[ast.AST, str, "int | None"]


@dataclass(frozen=True)
class Mutant:
    """A change of a model's source: what stands at a place is replaced."""

    model: str
    kind: str
    where: str
    before: str
    after: str
    module: Module
    place: Place
    new: ast.AST
    count: int = 1

    @property
    def identity(self) -> str:
        """Model, kind, definition and change; a number where the same change can be made at several places."""
        again = f" (no. {self.count})" if self.count > 1 else ""
        return f"{self.model} | {self.kind} | {self.where} | {self.before} -> {self.after}{again}"


def mutants(model: str, source: Source, players: Sequence[str]) -> list[Mutant]:
    """Return every mutant of a model, in the order of the source."""
    found: list[Mutant] = []
    seen: dict[str, int] = {}
    placed: set[tuple[int, str, int | None, str]] = set()
    for module, name, statement in source.roots:
        constants = _small_constants(module.tree)
        root: Place = _place_of(module.tree, statement)
        for place, node in [(root, statement), *_below(statement)]:
            for kind, new in _changes(node, tuple(players), constants):
                key = (id(place[0]), place[1], place[2], _short(new))
                if key in placed:
                    continue
                placed.add(key)
                before, after = difference(node, new)
                mutant = Mutant(
                    model, kind, f"{module.path.stem}.{name}", _told(before), _told(after), module, place, new
                )
                seen[mutant.identity] = seen.get(mutant.identity, 0) + 1
                found.append(replace(mutant, count=seen[mutant.identity]))
    return found


def mutated(mutant: Mutant) -> Any:
    """Return the code of the mutant's module; the syntax itself is left as it was."""
    parent, name, position = mutant.place
    old = getattr(parent, name) if position is None else getattr(parent, name)[position]
    _put(mutant.place, mutant.new)
    try:
        return compile(ast.fix_missing_locations(mutant.module.tree), str(mutant.module.path), "exec")
    finally:
        _put((parent, name, position), old)


def _put(place: Place, node: Any) -> None:
    parent, name, position = place
    if position is None:
        setattr(parent, name, node)
    else:
        getattr(parent, name)[position] = node


def _place_of(tree: ast.AST, wanted: ast.AST) -> Place:
    for node in ast.walk(tree):
        for name, value in ast.iter_fields(node):
            for position, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if child is wanted:
                    return node, name, position
    raise ValueError("the syntax is not in its module")


def _below(node: ast.AST) -> Iterator[tuple[Place, ast.AST]]:
    for place, child in children(node):
        yield place, child
        yield from _below(child)


def _short(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())


def _told(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def difference(old: ast.AST, new: ast.AST) -> tuple[str, str]:
    """Return what differs in two pieces of syntax, as text, with the name of what is called around it."""
    if type(old) is type(new) and not isinstance(old, ast.BinOp):
        pairs = _parts(old, new)
        apart = [(one, other) for one, other in pairs if _short(one) != _short(other)]
        if len(apart) == 1:
            before, after = difference(*apart[0])
            return f"{_named(old)}{before}", after
        if len(apart) == 2 and all(isinstance(one, (ast.Tuple, ast.keyword)) for one, _ in apart):
            before, after = (", ".join(texts) for texts in zip(*(difference(*pair) for pair in apart), strict=True))
            return f"{_named(old)}{before}", after
    dropped = _dropped(old, new)
    return (f"{_named(old)}{dropped}", "(dropped)") if dropped else (_short(old), _short(new))


def _parts(old: ast.AST, new: ast.AST) -> list[tuple[ast.AST, ast.AST]]:
    """Return the children of two pieces of syntax side by side; none where one has more."""
    one, other = list(ast.iter_child_nodes(old)), list(ast.iter_child_nodes(new))
    return list(zip(one, other, strict=True)) if len(one) == len(other) else []


def _dropped(old: ast.AST, new: ast.AST) -> str:
    """Return the text of the argument or element that the new syntax lacks."""
    if type(old) is not type(new) or isinstance(old, ast.expr_context):
        return ""
    one, other = ([_short(child) for child in ast.iter_child_nodes(node)] for node in (old, new))
    return next((text for k, text in enumerate(one) if one[:k] + one[k + 1 :] == other), "")


def _named(call: ast.AST) -> str:
    """Return what is called and its first argument, where that is a name or a text."""
    if isinstance(call, ast.keyword):
        return f"{call.arg}="
    if not isinstance(call, ast.Call):
        return ""
    first = [a for a in call.args[:2] if isinstance(a, (ast.Name, ast.Constant, ast.JoinedStr))]
    told = ", ".join(map(_short, first)) if _short(call.func) in {"end", "param", "share"} else ""
    return f"{_short(call.func)}({told}): "


def _small_constants(tree: ast.Module) -> frozenset[str]:
    """Return the names of a module's constants that are tolerances, or numbers of steps of a search."""
    names = set()
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
            value = statement.value.value
            if isinstance(value, (int, float)) and (0 < abs(value) <= TINY or value > 50):
                names |= {target.id for target in statement.targets if isinstance(target, ast.Name)}
    return frozenset(names | {"TOLERANCE"})


# -- what may be changed at a node ----------------------------------------------------------------------


def _changes(node: ast.AST, players: tuple[str, ...], constants: frozenset[str]) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(node, ast.Call):
        yield from _of_call(node, players)
    elif isinstance(node, ast.Dict):
        yield from (("payoff", new) for new in _of_rewards(node, players))
    elif isinstance(node, ast.BinOp):
        yield from _of_arithmetic(node, constants)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        if not isinstance(node.operand, ast.Constant) and not _is_tiny(node.operand, constants):
            yield "sign", node.operand
    elif isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in TURNED:
        yield "comparison", ast.Compare(node.left, [TURNED[type(node.ops[0])]()], node.comparators)
    elif isinstance(node, ast.keyword) and node.arg == "assumes" and isinstance(node.value, ast.Lambda):
        yield from (("comparison", ast.keyword("assumes", new)) for new in _without_one(node.value))
    elif isinstance(node, (ast.Tuple, ast.Constant)):
        yield from (("payoff", new) for new in _of_ranking(node))


def _of_call(call: ast.Call, players: tuple[str, ...]) -> Iterator[tuple[str, ast.AST]]:
    called = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if called == "end":
        yield from (("payoff", new) for new in _of_end(call, len(players)))
    elif called == "Play":
        yield from (("payoff", new) for new in _of_play(call, len(players)))
    elif called == "chance":
        yield from (("chance", new) for new in _of_chance(call))
    elif called == "where":
        for k in range(1, len(call.args)):
            yield "comparison", ast.Call(call.func, call.args[:k] + call.args[k + 1 :], call.keywords)
    elif called in {"param", "share"}:
        moved = _moved_default(call, called)
        if moved is not None:
            yield "default", ast.Call(call.func, [ast.Constant(moved), *call.args[1:]], call.keywords)


def _more(value: ast.expr) -> ast.expr:
    return ast.BinOp(value, ast.Add(), ast.Constant(1))


def _of_end(call: ast.Call, players: int) -> Iterator[ast.AST]:
    for k, payoff in enumerate(call.args[1:], 1):
        if isinstance(payoff, ast.Starred):
            for player in range(players):
                text = f"(v + 1 if i == {player} else v for i, v in enumerate({ast.unparse(payoff.value)}))"
                more: ast.expr = ast.Starred(ast.parse(text, mode="eval").body, ast.Load())
                yield ast.Call(call.func, [*call.args[:k], more, *call.args[k + 1 :]], call.keywords)
        else:
            yield ast.Call(call.func, [*call.args[:k], _more(payoff), *call.args[k + 1 :]], call.keywords)
    for k, keyword in enumerate(call.keywords):
        if keyword.arg is not None:
            changed = ast.keyword(keyword.arg, _more(keyword.value))
            yield ast.Call(call.func, call.args, [*call.keywords[:k], changed, *call.keywords[k + 1 :]])


def _of_play(call: ast.Call, players: int) -> Iterator[ast.AST]:
    for k, keyword in enumerate(call.keywords):
        if keyword.arg == "payoffs" and not isinstance(keyword.value, ast.Dict):
            for player in range(players):
                text = f"{{k: v + (i == {player}) for i, (k, v) in enumerate(({ast.unparse(keyword.value)}).items())}}"
                changed = ast.keyword("payoffs", ast.parse(text, mode="eval").body)
                yield ast.Call(call.func, call.args, [*call.keywords[:k], changed, *call.keywords[k + 1 :]])


def _of_rewards(node: ast.Dict, players: tuple[str, ...]) -> Iterator[ast.AST]:
    """Change a mapping from players to numbers, as models that are no tree write their payoffs."""
    names = [key.value for key in node.keys if isinstance(key, ast.Constant)]
    if sorted(map(str, names)) == sorted(players) and len(names) == len(node.keys):
        for k, value in enumerate(node.values):
            if not isinstance(value, (*TEXTS, ast.Lambda)) and not _is_text(value):
                yield ast.Dict(node.keys, [*node.values[:k], _more(value), *node.values[k + 1 :]])


def _of_arithmetic(node: ast.BinOp, constants: frozenset[str]) -> Iterator[tuple[str, ast.AST]]:
    both = (node.left, node.right)
    if any(isinstance(side, TEXTS) or _is_text(side) or _is_tiny(side, constants) for side in both):
        return
    if isinstance(node.op, (ast.Add, ast.Sub)):
        other = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
        yield "sign", ast.BinOp(node.left, other, node.right)
    elif isinstance(node.op, (ast.Mult, ast.MatMult)):
        yield "product", node.left
        yield "product", node.right
    elif isinstance(node.op, (ast.Div, ast.Pow)):
        yield "product", node.left


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and not isinstance(node.value, (int, float))


def _is_tiny(node: ast.expr, constants: frozenset[str]) -> bool:
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return 0 < abs(node.value) <= TINY
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):  # such as 1 + ROUNDING
        return any(_is_tiny(side, constants) for side in (node.left, node.right))
    return isinstance(node, ast.Name) and node.id in constants


def _of_chance(call: ast.Call) -> Iterator[ast.AST]:
    """Let two neighbouring branches of a chance node exchange their probabilities."""
    by_name = call.args[0] if call.args else None
    if isinstance(by_name, ast.Dict):
        for values in _exchanged(by_name.values):
            yield ast.Call(call.func, [ast.Dict(by_name.keys, values), *call.args[1:]], call.keywords)
    for values in _exchanged([keyword.value for keyword in call.keywords]):
        keywords = [ast.keyword(k.arg, value) for k, value in zip(call.keywords, values, strict=True)]
        yield ast.Call(call.func, call.args, keywords)


def _exchanged(branches: list[ast.expr]) -> Iterator[list[ast.expr]]:
    for k in range(len(branches) - 1):
        one, other = branches[k : k + 2]
        if all(isinstance(branch, ast.Tuple) and len(branch.elts) == 2 for branch in (one, other)):
            (p, left), (q, right) = one.elts, other.elts  # type: ignore[attr-defined]
            swapped = [ast.Tuple([q, left], ast.Load()), ast.Tuple([p, right], ast.Load())]
            yield [*branches[:k], *swapped, *branches[k + 2 :]]


def _without_one(assumes: ast.Lambda) -> Iterator[ast.AST]:
    if isinstance(assumes.body, ast.Tuple):
        for k in range(len(assumes.body.elts)):
            left = assumes.body.elts[:k] + assumes.body.elts[k + 1 :]
            yield ast.Lambda(assumes.args, ast.Tuple(left, ast.Load()))


def _of_ranking(node: ast.expr) -> Iterator[ast.AST]:
    """Exchange neighbours in a ranking: numbers from 1 on, each once, or the letters of a crisis game's payoffs."""
    if isinstance(node, ast.Tuple):
        numbers = [getattr(each, "value", None) for each in node.elts]
        if len(numbers) > 2 and sorted(n for n in numbers if type(n) is int) == [*range(1, len(numbers) + 1)]:
            for k in range(len(numbers) - 1):
                yield ast.Tuple([*node.elts[:k], node.elts[k + 1], node.elts[k], *node.elts[k + 2 :]], ast.Load())
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and sorted(node.value) == sorted("TRSP"):
        for k in range(3):
            a, b = node.value[k : k + 2]
            yield ast.Constant(f"{node.value[:k]}{b}{a}{node.value[k + 2 :]}")


def _moved_default(call: ast.Call, called: str) -> Any:
    """Return another default, halfway to an end of the plausible range; None where there is none."""
    try:
        default = ast.literal_eval(call.args[0])
        given = {k.arg: ast.literal_eval(k.value) for k in call.keywords if k.arg in {"plausible", "low", "high"}}
    except (ValueError, IndexError):
        return None
    low, high = given.get("plausible") or (given.get("low", 0), given.get("high", 1 if called == "share" else None))
    if not all(isinstance(number, (int, float)) for number in (default, low, high)):
        return None
    end = high if high - default >= default - low else low
    moved = round(default + (end - default) / 2, 6)
    return moved if moved != default else None
