"""Named, bounded, explained parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from deterrence.errors import ParameterError, ValueKindError, nearest
from deterrence.games.bodies.written import PARAMETER, Written
from deterrence.games.expression import Exact, exact_number, names_in, show_number


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a game: its name, value, meaning, range and LaTeX symbol.

    Attributes
    ----------
    name
        An English word in snake_case; empty until a game gives it one.
    value
        Its exact value, an ``int`` or ``Fraction``.
    meaning
        What it stands for, in the words of the subject.
    low, high
        The least and greatest value it may take, or ``None`` where there is no limit.
    symbol
        How LaTeX writes it.
    plausible
        The least and greatest value worth looking at, within the admissible ones, or ``None`` where none is declared.
    why
        Why these are the plausible ones, in a few words.
    """

    name: str
    value: Exact
    meaning: str
    low: Exact | None = None
    high: Exact | None = None
    symbol: str = ""
    plausible: tuple[Exact, Exact] | None = None
    why: str = ""

    @property
    def expression(self) -> Any:
        """The SymPy symbol that stands for the parameter in payoffs and probabilities."""
        return self.written._sympy_()

    @property
    def written(self) -> Written:
        """What stands for the parameter in the games of the library itself, which need no SymPy to be solved."""
        return Written(PARAMETER, self.name)

    @property
    def range(self) -> str:
        """The admissible values, as text such as ``[0, 1]``."""
        low = "(-∞" if self.low is None else f"[{show_number(self.low)}"
        high = "∞)" if self.high is None else f"{show_number(self.high)}]"
        return f"{low}, {high}"

    @property
    def span(self) -> tuple[Exact | None, Exact | None]:
        """The ends of what is worth looking at: the plausible values, else the admissible ones."""
        return self.plausible or (self.low, self.high)

    @property
    def plausible_range(self) -> str:
        """The plausible values, as text such as ``0 to 1``; empty where none are declared."""
        return "" if self.plausible is None else " to ".join(map(show_number, self.plausible))

    def at(self, value: object) -> Parameter:
        """Return the same parameter with another value, plausible or not.

        Raises
        ------
        ParameterError
            If the value lies outside the range.
        """
        called = f"parameter {self.name!r} ({self.meaning})" if self.name else f"parameter ({self.meaning})"
        number = exact_number(value, f"value of {called}")
        below = self.low is not None and number < self.low
        above = self.high is not None and number > self.high
        if below or above:
            raise ParameterError(f"The {called} was given {show_number(number)}, outside its range {self.range}.")
        return replace(self, value=number)

    def named(self, name: str) -> Parameter:
        """Return the same parameter under a name, with the name as its LaTeX symbol if it has none."""
        symbol = self.symbol or rf"\mathit{{{name.replace('_', chr(92) + '_')}}}"
        return replace(self, name=name, symbol=symbol)

    def __str__(self) -> str:
        told = f"{self.name} = {show_number(self.value)} in {self.range}: {self.meaning}"
        because = f" ({self.why})" if self.why else ""
        return f"{told}; plausible {self.plausible_range}{because}" if self.plausible else told


def with_values(
    owner: str, parameters: tuple[Parameter, ...], values: Mapping[str, object] | None, more: Mapping[str, object]
) -> tuple[Parameter, ...]:
    """Return parameters with new values for some of them, by name; ``owner`` names the game or model in errors.

    Raises
    ------
    ParameterError
        If values are not given by name, a name is no parameter, or a value is out of range.
    """
    if values is not None and not isinstance(values, Mapping):
        raise ParameterError(
            f"at(…) takes values by name, such as at(attribution=0.4) or at({{'war': 3}}), not {values!r}."
        )
    changes = {**(values or {}), **more}
    names = [parameter.name for parameter in parameters]
    for name in changes:
        if name not in names:
            raise ParameterError(f"The {owner} has no parameter {name!r}. {nearest(name, names)}")
    return tuple(p.at(changes[p.name]) if p.name in changes else p for p in parameters)


def with_plausible(
    owner: str,
    parameters: tuple[Parameter, ...],
    ranges: Mapping[str, Any] | None,
    why: str,
    more: Mapping[str, Any],
) -> tuple[Parameter, ...]:
    """Return parameters with plausible values for some of them, by name; ``None`` takes those declared away.

    Raises
    ------
    ParameterError
        If ranges are not given by name, a name is no parameter, or the ends are no plausible values of it.
    """
    if ranges is not None and not isinstance(ranges, Mapping):
        raise ParameterError(f"plausible(…) takes ranges by name, such as plausible(war=(0, 9)), not {ranges!r}.")
    changes, names = {**(ranges or {}), **more}, [parameter.name for parameter in parameters]
    for name in changes:
        if name not in names:
            raise ParameterError(f"The {owner} has no parameter {name!r}. {nearest(name, names)}")
    return tuple(declared_plausible(p, changes[p.name], why) if p.name in changes else p for p in parameters)


def refuse_call(name: str, values: Mapping[str, object]) -> NoReturn:
    """Refuse to call a game, and say how it takes parameter values."""
    asked = ", ".join(f"{parameter}={value!r}" for parameter, value in values.items()) or "war=3"
    raise ValueKindError(f"A game is not called. Other parameter values go in with at(…): {name}.at({asked}).")


def values_in_words(expression: Any, values: Mapping[str, Exact]) -> str:
    """Return the values of the parameters in an expression, as text such as ``gain=4, war=3``."""
    return ", ".join(f"{name}={show_number(values[name])}" for name in sorted(names_in(expression)))


def param(
    default: object,
    meaning: str,
    *,
    low: object | None = None,
    high: object | None = None,
    symbol: str | None = None,
    plausible: tuple[object, object] | None = None,
    why: str = "",
) -> Any:
    r"""Declare a parameter of a game, as the default of an argument of its function.

    Parameters
    ----------
    default
        The value used unless another is set; a decimal means what it says (0.1 is 1/10).
    meaning
        What the parameter stands for, in a few words.
    low, high
        The least and greatest value it may take; no limit where omitted.
    symbol
        Its LaTeX symbol, such as ``r"\\alpha"``.
    plausible
        The least and greatest value worth looking at, such as ``(0, 10)``: within the admissible ones, and around the
        default. Questions that vary the parameter look there; values outside remain admissible.
    why
        Why these are the plausible ones, in a few words.

    Raises
    ------
    ParameterError
        If the range is empty, the default lies outside it, or the plausible values do not hold the default or lie
        outside the admissible ones.

    Examples
    --------
    >>> from deterrence import param
    >>> print(param(4, "gain from a strike", low=0, high=20).named("prize"))
    prize = 4 in [0, 20]: gain from a strike
    """
    if not isinstance(meaning, str) or not meaning.strip():
        raise ParameterError(
            f"A parameter needs a meaning in words, such as param(4, 'gain from a strike'); got {meaning!r}."
        )
    lowest = None if low is None else exact_number(low, "lower limit of a parameter")
    highest = None if high is None else exact_number(high, "upper limit of a parameter")
    if lowest is not None and highest is not None and lowest > highest:
        raise ParameterError(f"The range of a parameter ({meaning}) is empty: low={low!r} is above high={high!r}.")
    declared = Parameter("", 0, meaning.strip(), lowest, highest, symbol or "").at(default)
    if plausible is None and why:
        raise ParameterError(
            f"A parameter ({meaning}) says why, and no plausible values; give both, such as plausible=(0, 10), "
            f"why={why!r}."
        )
    return declared_plausible(declared, plausible, why)


def declared_plausible(parameter: Parameter, plausible: Any, why: str = "", *, anywhere: bool = False) -> Parameter:
    """Return a parameter with the values that are worth looking at, once they are checked; ``None`` takes them away.

    They hold the present value, unless it may lie ``anywhere``.

    Raises
    ------
    ParameterError
        If they are not two numbers in order, lie outside the admissible ones, or leave the present value out.
    """
    if plausible is None:
        return replace(parameter, plausible=None, why="")
    named = f"{parameter.name!r} " if parameter.name else ""
    called = f"The plausible values of a parameter {named}({parameter.meaning})"
    if not isinstance(plausible, (tuple, list)) or len(plausible) != 2:
        raise ParameterError(
            f"{called} are two numbers, the least and the greatest, such as (0, 10), not {plausible!r}."
        )
    if not isinstance(why, str):
        raise ParameterError(f"{called} are explained in words: why='…', not {why!r}.")
    low, high = (exact_number(end, "plausible value of a parameter") for end in plausible)
    if not low < high:
        raise ParameterError(f"{called} run from the least to the greatest; got {plausible!r}.")
    for end in (low, high):
        if (parameter.low is not None and end < parameter.low) or (parameter.high is not None and end > parameter.high):
            raise ParameterError(f"{called} reach {show_number(end)}, outside its range {parameter.range}.")
    if not anywhere and not low <= parameter.value <= high:
        raise ParameterError(
            f"{called} run from {show_number(low)} to {show_number(high)}, without its value "
            f"{show_number(parameter.value)}. Widen them, or give another value first."
        )
    return replace(parameter, plausible=(low, high), why=why.strip())


def share(
    default: object,
    meaning: str,
    *,
    symbol: str | None = None,
    plausible: tuple[object, object] | None = None,
    why: str = "",
) -> Any:
    """Declare a parameter that is a probability or a share: :func:`param` on [0, 1]."""
    return param(default, meaning, low=0, high=1, symbol=symbol, plausible=plausible, why=why)
