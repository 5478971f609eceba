"""Hidden: a parameter of a game becomes a number that one player knows and the others do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

from deterrence.errors import MechanismError, nearest
from deterrence.games.continuum.given import law_from
from deterrence.games.continuum.law import Law
from deterrence.games.continuum.substitution import replaced
from deterrence.games.continuum.uniform import Uniform
from deterrence.games.expression import exact_number, in_sympy, is_symbolic, names_in
from deterrence.games.game import Game
from deterrence.games.parameter import Parameter
from deterrence.games.tree import Draw
from deterrence.mechanisms.requirements import Mechanism, Number, listed, needed_player, shown


@dataclass(frozen=True)
class Hidden(Mechanism):
    """A parameter of any game, such as a cost of war, as a private type: drawn by nature, seen by one player alone.

    The number is drawn before all else and keeps the parameter's name; the parameter is gone. It may stand in payoffs
    and in probabilities of chance. Used twice, it hides two parameters, independent of each other.

    Parameters
    ----------
    parameter
        The parameter's name.
    seen_by
        The player who knows the number, several in a tuple, or ``()`` for nobody.
    low, high
        The ends between which every number is as likely as every other; by default those of the parameter's plausible
        values, or else of its range. They become the parameters ``<name>_low`` and ``<name>_high``; a parameter
        given here keeps its own meaning and range.
    distribution
        Another law in the place of the two ends, such as ``Normal(3, 1)`` or a frozen SciPy distribution; its
        arguments are numbers or expressions in the game's other parameters. No parameter is added then.
    prefix
        A word to put before the names of the two parameters.

    Notes
    -----
    *Needs* the parameter and the player. *Neutral* as ``high`` and ``low`` come together at the parameter's value.

    *Plausible*: both ends within the parameter's plausible values.

    *Left out*: the number is drawn independently of all others and never changes. That two players' numbers go
    together, or that one is learned in parts, is not captured.

    *Assumptions* of the game that name the parameter must now hold for every number that may be drawn. An inequality
    that is linear in the parameter becomes one at each end of the law. Any other is refused, as is one under a law
    without ends.

    *Order*: it commutes with mechanisms that change payoffs alone. One that names the parameter, such as
    :class:`InnocentAttacks` by its ``gain``, may come before or after. A mechanism that puts a chance node at the root
    puts it below the draws that stand there.

    References
    ----------
    Harsanyi (1967), for types; Fearon (1995), for a hidden cost of war.

    Examples
    --------
    >>> from deterrence.mechanisms import Hidden
    >>> from deterrence.models.folklore.strike import strike as GAME
    >>> doubtful = GAME.under(Hidden("war", seen_by="Defender", low=0, high=10))
    >>> print(doubtful.variables["war"].law)
    uniform on [war_low, war_high]
    >>> print(doubtful.parameters["war_high"])
    war_high = 10 in [-5, 20]: highest value of war (cost of retaliating); plausible -2 to 10 (from a Defender eager \
to answer to an empty threat)
    """

    parameter: str
    seen_by: str | tuple[str, ...]
    low: Number | str | None = None
    high: Number | str | None = None
    distribution: Any = None
    prefix: str = ""

    __repr__ = shown

    def __post_init__(self) -> None:
        """Keep the players and the law as values that can be compared."""
        if not isinstance(self.seen_by, str):
            object.__setattr__(self, "seen_by", tuple(self.seen_by))
        if self.distribution is None:
            return
        if self.low is not None or self.high is not None:
            raise MechanismError("Hidden takes low=… and high=…, or distribution=… in their place, not both.")
        object.__setattr__(self, "distribution", law_from(self.distribution))

    def __call__(self, game: Game) -> Game:
        """Return the game in which the parameter is a private type."""
        hidden = self._parameter(game)
        for player in listed(self.seen_by):
            needed_player(self, game, player)
        added = () if self.distribution is not None else self._ends(game, hidden)
        law = self.distribution or Uniform(*(parameter.written for parameter in added))
        if hidden.name in law.names:
            raise MechanismError(
                f"The law of {hidden.name!r} names {hidden.name!r} itself, which is no parameter once it is hidden."
            )
        others = tuple(parameter for parameter in game.parameter_list if parameter.name != hidden.name)
        conditions = (part for c in game.writing.assumptions for part in _over(c, hidden.name, law, game.name))
        return replace(
            game,
            tree=Draw(hidden.name, law, listed(self.seen_by), game.writing.tree),
            parameter_list=(*others, *added),
            assumptions=tuple(dict.fromkeys(conditions)),
            mechanisms=(*game.mechanisms, self),
            class_name_list=(),
        )

    def _parameter(self, game: Game) -> Parameter:
        name = self.parameter
        if name in game.parameters:
            return game.parameters[name]
        if name in {variable.name for variable in game.form.variables}:
            raise MechanismError(f"Hidden names {name!r}, which is drawn or chosen in the game {game.name!r} already.")
        raise MechanismError(
            f"Hidden names the parameter {name!r}; game {game.name!r} has none of that name. "
            f"{nearest(name, game.parameters)}"
        )

    def _ends(self, game: Game, hidden: Parameter) -> tuple[Parameter, Parameter]:
        """Return the parameters for the two ends."""
        usual = hidden.span
        first, last = (usual[0] if self.low is None else self.low), (usual[1] if self.high is None else self.high)
        if first is None or last is None:
            raise MechanismError(
                f"Hidden needs low=… and high=… for {hidden.name!r}, whose range {hidden.range} has no two ends."
            )
        low = self._end(game, hidden, "low", "lowest", first)
        high = self._end(game, hidden, "high", "highest", last)
        if not low.value < high.value:
            raise MechanismError(
                f"Hidden draws {hidden.name!r} between two ends, the first below the second; got {low.name} = "
                f"{low.value} and {high.name} = {high.value}."
            )
        return low, high

    def _end(self, game: Game, hidden: Parameter, end: str, most: str, given: Any) -> Parameter:
        name = "_".join(filter(None, (self.prefix, f"{hidden.name}_{end}")))
        if isinstance(given, Parameter):
            made = given.named(given.name or name)
        else:
            line = "underline" if end == "low" else "overline"
            meaning = f"{most} value of {hidden.name} ({hidden.meaning})"
            fresh = replace(hidden, name=name, meaning=meaning, symbol=rf"\{line}{{{hidden.symbol}}}")
            made = _stretched(fresh.at(exact_number(given, f"{end} end of {hidden.name!r}")))
        if made.name in game.parameters:
            raise MechanismError(
                f"Hidden adds a parameter called {made.name!r}, and {game.name!r} already has one. Give it prefix='…' "
                "with a word of its own."
            )
        return made


def _stretched(parameter: Parameter) -> Parameter:
    """Return a parameter whose plausible values, if any are declared, hold its value."""
    if parameter.plausible is None:
        return parameter
    low, high = parameter.plausible
    return replace(parameter, plausible=(min(low, parameter.value), max(high, parameter.value)))


def _over(condition: Any, name: str, law: Law, game: str) -> Iterator[Any]:
    """Yield the conditions under which an assumption holds for every number that a law may draw."""
    import sympy as sp

    if name not in names_in(condition):
        yield condition
        return
    relation = condition._sympy_() if hasattr(condition, "_sympy_") else condition
    if isinstance(relation, sp.And):
        for part in relation.args:
            yield from _over(part, name, law, game)
        return
    symbol = sp.Symbol(name, real=True)
    ends = [end for end in law.ends if is_symbolic(end) or isfinite(end)]
    kinds = (sp.StrictLessThan, sp.LessThan, sp.StrictGreaterThan, sp.GreaterThan)
    linear = isinstance(relation, kinds) and _is_linear(relation.lhs - relation.rhs, symbol)
    if not linear or len(ends) < 2:
        why = "it is no inequality that is linear in the parameter" if not linear else f"the law, {law}, has no ends"
        raise MechanismError(
            f"The game {game!r} assumes {relation}, which must hold for every number that {name!r} may be once it is "
            f"hidden; that cannot be written as a condition on the ends of its law, since {why}."
        )
    for end in ends:
        yield relation.func(*(replaced(side, {name: in_sympy(end)}) for side in relation.args))


def _is_linear(expression: Any, symbol: Any) -> bool:
    import sympy as sp

    whole = sp.expand(expression)
    return bool(whole.is_polynomial(symbol)) and sp.degree(whole, symbol) <= 1
