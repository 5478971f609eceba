"""What makes a game one of signals: a typed player chooses a number, and who sees it cares for the type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from deterrence.answers.continuum.strategies import exact_or_float
from deterrence.errors import MethodError
from deterrence.games.continuum.law import Law
from deterrence.games.continuum.variables import Variable
from deterrence.games.expression import is_symbolic, names_in, to_sympy
from deterrence.games.game import Game


@dataclass(frozen=True)
class Signal:
    """A game of signals at its parameter values.

    Attributes
    ----------
    game
        The game.
    type, message
        The sender's hidden type, and the number it chooses.
    receiver
        The player who answers.
    own
        The receiver's own hidden type; None where it has none.
    reply
        The number that the receiver chooses; None where it moves.
    """

    game: Game
    type: Variable
    message: Variable
    receiver: str
    own: Variable | None
    reply: Variable | None

    @property
    def sender(self) -> str:
        """The player who sends the signal."""
        return str(self.message.player)

    @cached_property
    def law(self) -> Law:
        """How the sender's type is drawn."""
        return law_at(self.game, self.type)

    @cached_property
    def own_law(self) -> Law:
        """How the receiver's own type is drawn."""
        assert self.own is not None
        return law_at(self.game, self.own)

    @cached_property
    def span(self) -> tuple[Any, Any]:
        """The ends of the message."""
        return self.message.span(self.game.values)

    def payoff(self, node: int, player: str) -> Any:
        """Return a payoff at an end as an expression in the types and choices."""
        form = self.game.form
        return at_values(self.game, form.payoffs[node][form.players.index(player)])

    def symbol(self, variable: Variable) -> Any:
        """Return the symbol that stands for a number in payoffs."""
        return symbol(variable.name)


def symbol(name: str) -> Any:
    """Return the symbol that stands for a number in payoffs."""
    import sympy as sp

    return sp.Symbol(name, real=True)


def at_values(game: Game, value: Any) -> Any:
    """Return an expression of SymPy at the game's parameter values."""
    import sympy as sp

    written = sp.sympify(to_sympy(value))
    swap = {s: to_sympy(game.values[s.name]) for s in written.free_symbols if s.name in game.values}
    return written.xreplace(swap)


def plain(value: Any) -> Any:
    """Return a number of SymPy as a fraction where it is rational, else as a float."""
    return exact_or_float(value) if value.is_Rational else float(value)


def in_sympy(value: Any) -> Any:
    """Return a number, exact or a float, as one of SymPy."""
    import sympy as sp

    if hasattr(value, "free_symbols"):
        return value
    return sp.Float(value) if isinstance(value, float) else to_sympy(value)


def law_at(game: Game, variable: Variable) -> Law:
    """Return how a number is drawn at the game's parameter values.

    Raises
    ------
    MethodError
        If that depends on another number that is drawn or chosen.
    """
    assert variable.law is not None
    if not variable.law.names <= game.values.keys():
        raise MethodError(
            f"Signals are solved where types are independent; how {variable.name!r} is drawn depends on "
            f"{', '.join(sorted(variable.law.names - game.values.keys()))}."
        )
    return variable.law.at(game.values)


def signals(game: Game) -> Iterator[tuple[Variable, Variable, str]]:
    """Yield each number that a typed player chooses for somebody whose reply depends on the type: type, number, who."""
    variables = game.form.variables
    for k, message in enumerate(variables):
        if message.is_draw:
            continue
        above = [variables[i] for i in game.form.variables_above[message.node] if i < k]
        types = [v for v in above if v.is_draw and message.player in v.known_to]
        for type_ in types:
            for receiver in _who_answers(game, k):
                if receiver not in type_.known_to and _cares(game, k, type_, receiver):
                    yield type_, message, receiver


def _who_answers(game: Game, k: int) -> list[str]:
    """Return who sees a chosen number, beside the chooser, and moves or chooses below."""
    form, message = game.form, game.form.variables[k]
    moving = [form.players[form.player_of[h]] for n, h in enumerate(form.infoset_of) if h >= 0 and _below(game, n, k)]
    choosing = [v.player for i, v in enumerate(form.variables) if i > k and not v.is_draw and _below(game, v.node, k)]
    return [p for p in game.players if p != message.player and p in message.known_to and p in [*moving, *choosing]]


def _cares(game: Game, k: int, type_: Variable, receiver: str) -> bool:
    """Tell whether a receiver's best reply depends on the type: by its payoffs, or by what the sender does later."""
    form, sender = game.form, game.form.variables[k].player
    place = form.players.index(receiver)
    for node in range(form.size):
        if not _below(game, node, k):
            continue
        row = form.written_payoffs[node]
        if row and is_symbolic(row[place]) and type_.name in names_in(row[place]):
            return True
        h = form.infoset_of[node]
        if h >= 0 and form.players[form.player_of[h]] == sender:
            return True
    return False


def _below(game: Game, node: int, k: int) -> bool:
    return k in game.form.variables_above.get(node, ())


def shape_of(game: Game) -> Signal:
    """Return the parts of a game of signals.

    Raises
    ------
    MethodError
        If it is one that is not solved; the sentence says why.
    """
    found = list(signals(game))
    type_, message, receiver = found[0]
    _check_one(found)
    form = game.form
    rest = [v for v in form.variables if v.is_draw and v is not type_]
    own = [v for v in rest if receiver in v.known_to]
    replies = [v for v in form.variables if not v.is_draw and v is not message]
    if len(own) > 1 or len(own) < len(rest):
        names = ", ".join(repr(v.name) for v in rest if v not in own[:1])
        raise MethodError(
            f"Signals are solved where the sender and the receiver have one type each; {names} is drawn as well."
        )
    if len(replies) > 1 or any(v.player != receiver for v in replies):
        raise MethodError(
            f"Signals are solved where the receiver alone answers; {', '.join(v.name for v in replies)} are chosen "
            "as well: offers from which one learns over time are not solved."
        )
    _check_order(game, message, replies)
    return Signal(game, type_, message, receiver, own[0] if own else None, replies[0] if replies else None)


def _check_one(found: list[tuple[Variable, Variable, str]]) -> None:
    """Refuse several signals, senders, types and receivers."""
    senders = dict.fromkeys(message.player for _, message, _ in found)
    types, messages = dict.fromkeys(row[0] for row in found), dict.fromkeys(row[1] for row in found)
    receivers = dict.fromkeys(row[2] for row in found)
    if len(senders) > 1:
        raise MethodError(
            f"{' and '.join(map(str, senders))} both signal by numbers of their own: two-sided signalling with "
            "continuous messages is not solved."
        )
    if len(messages) > 1:
        raise MethodError(
            f"{found[0][1].player} chooses {' and '.join(repr(m.name) for m in messages)}: signals or offers one after "
            "another, from which one learns over time, are not solved."
        )
    if len(types) > 1:
        raise MethodError(
            f"The sender's type has several numbers, {' and '.join(repr(t.name) for t in types)}: types of two "
            "dimensions are not solved."
        )
    if len(receivers) > 1:
        raise MethodError(f"Signals are solved for one receiver; {' and '.join(receivers)} answer this one.")


def _check_order(game: Game, message: Variable, replies: list[Variable]) -> None:
    """Refuse moves before the signal, and numbers that are drawn or chosen after the reply."""
    form = game.form
    if message.node != 0:
        raise MethodError(
            f"Signals are solved where nobody moves before; before {message.name!r} is chosen the game "
            f"{game.name!r} has moves."
        )
    for variable in form.variables:
        if variable.node != 0:
            raise MethodError(
                f"Signals are solved where the reply is next to the signal; {variable.name!r} comes later."
            )
    if replies and form.size > 1:
        raise MethodError(f"After the reply {replies[0].name!r} the game goes on with moves; this is not solved.")
