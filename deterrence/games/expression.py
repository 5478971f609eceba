"""Exact values: numbers as integers and fractions, and expressions in parameters."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from deterrence.errors import MethodError, NumberError, ParameterError, ValueKindError
from deterrence.games.bodies.written import Written
from deterrence.games.words import number_from_text, why_no_number

if TYPE_CHECKING:
    import sympy as sp

LONG_INTEGER = 200
"""A whole number with more bits is rounded where it is shown."""
SHOWN = 40
"""A longer text is cut where an error shows it."""
Exact = int | Fraction
Value = Any
"""A payoff or probability: ``int``, ``Fraction`` or an expression in parameters, of SymPy or :class:`Written`."""
Evaluator = Callable[[Mapping[str, Exact]], Exact]
DIGITS, GUARDED = 30, 50
"""Digits of a number that is no fraction, and of its parts while it is computed."""
NOISE_DIGITS = 40
NOISE: Fraction = Fraction(1, 10**NOISE_DIGITS)
"""What rounding of the parts may leave of a difference that is zero."""
SHORT = 10**12
"""A number so near to a fraction with a denominator up to this is taken for it."""


def is_symbolic(value: object) -> bool:
    """Tell whether a value is an expression rather than a plain number."""
    kind = type(value)
    if kind is int or kind is Fraction:
        return False
    if kind is Written or kind.__module__.startswith("sympy."):
        return True
    return hasattr(value, "free_symbols")  # of a class made from one of SymPy's


def exact_number(value: object, what: str = "value") -> Exact:
    """Turn a number into an exact one; a decimal literal means what it says, so 0.1 is 1/10.

    Parameters
    ----------
    value
        An integer, float, ``Fraction``, ``Decimal``, NumPy scalar or SymPy rational, or a text that writes one, such
        as ``"0.75"``, ``"3/4"`` or ``"1e-3"``.
    what
        How an error names the thing, for example ``"payoff of 'Defender' at 'war'"``.

    Raises
    ------
    NumberError
        If the number is NaN or infinite.
    ValueKindError
        If it is no number at all.
    """
    if type(value) is int:
        return value
    if isinstance(value, Fraction):
        return shortest(value)
    if type(value).__module__ == "numpy" and getattr(value, "ndim", 0) == 0:
        return _exact_from_numpy(value, what)
    if isinstance(value, str):
        return _exact_from_text(value, what)
    if isinstance(value, float | Decimal):
        if not (math.isfinite(value) if isinstance(value, float) else value.is_finite()):
            raise NumberError(f"The {what} is {value}. It must be a finite number.")
        return shortest(Fraction(repr(value) if isinstance(value, float) else value))
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    if is_symbolic(value):
        return _exact_from_sympy(value, what)
    raise ValueKindError(f"The {what} must be a number or an expression, not {value!r}.")


def _exact_from_text(text: str, what: str) -> Exact:
    number = number_from_text(text)
    if number is None:
        shown = repr(text if len(text) <= SHOWN else f"{text[:SHOWN]}…")
        hint = why_no_number(text) or " As text a number is written such as '0.75', '3/4' or '1e-3'."
        raise ValueKindError(f"The {what} must be a number or an expression, not {shown}.{hint}")
    return number


def _exact_from_numpy(value: Any, what: str) -> Exact:
    """Return a NumPy scalar exactly; a narrow float means the decimal that NumPy writes for it."""
    return exact_number(float(str(value[()])) if value.dtype.kind == "f" else value.item(), what)


def shortest(value: Any) -> Any:
    """Return a fraction that is a whole number as an integer, and any other number as it is."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def _exact_from_sympy(value: Any, what: str) -> Exact:
    if getattr(value, "is_Rational", False):
        return shortest(Fraction(int(value.p), int(value.q)))
    if getattr(value, "is_Float", False):
        return exact_number(float(value), what)
    if getattr(value, "is_finite", True) is False or not getattr(value, "is_comparable", False):
        raise NumberError(f"The {what} is {value}. It must be a finite number.")
    return rational_near(value)


def rational_near(value: Any, digits: int = DIGITS) -> Exact:
    """Return a SymPy number as a fraction: exactly if it is rational, else to so many digits."""
    number = value if value.is_Rational else value.evalf(digits)
    if number.is_Rational:
        return shortest(Fraction(int(number.p), int(number.q)))
    if not number.is_Float:
        raise NumberError(f"The value {value} is not a finite real number.")
    return shortest(Fraction(Decimal(str(number))))


def is_rounded(value: Value) -> bool:
    """Tell whether an expression has parts, such as logarithms and roots, whose values are rounded."""
    if type(value) is Written or not is_symbolic(value):
        return False
    import sympy as sp

    exact = (sp.Min, sp.Max, sp.Abs, sp.Piecewise)
    parts = value.atoms(sp.Function, sp.Pow, sp.NumberSymbol)
    return any(not isinstance(part, exact) and not (part.is_Pow and part.exp.is_Integer) for part in parts)


def as_value(value: object, what: str = "value") -> Value:
    """Return an exact number or an expression whose decimals have become fractions.

    Raises
    ------
    NumberError, ValueKindError
        If the value is NaN, infinite, or neither a number nor an expression.
    """
    if type(value) in (int, Written):
        return value
    if not is_symbolic(value):
        return exact_number(value, what)
    import sympy as sp

    if not isinstance(value, sp.Expr):
        raise ValueKindError(f"The {what} must be a number or an expression, not the {type(value).__name__} {value}.")
    if value.has(sp.nan, sp.oo, -sp.oo, sp.zoo):
        raise NumberError(f"The {what} is {value}. It must be a finite number.")
    if not value.free_symbols:
        return exact_number(value, what)
    floats = value.atoms(sp.Float)
    if floats:
        value = value.xreplace({item: _rational(exact_number(float(item))) for item in floats})
    return value


def _rational(value: Exact) -> sp.Rational:
    import sympy as sp

    return sp.Rational(value.numerator, value.denominator)


def to_sympy(value: Value) -> Any:
    """Return a value as a SymPy expression."""
    value = in_sympy(value)
    return value if is_symbolic(value) else _rational(value)


def in_sympy(value: Value) -> Value:
    """Return a value whose expression is SymPy's; a number, also one that is written as an expression, is exact."""
    return as_value(value._sympy_()) if type(value) is Written else value


def names_in(value: Any) -> frozenset[str]:
    """Return the names of the parameters in an expression or a condition."""
    return value.names if type(value) is Written else frozenset(symbol.name for symbol in value.free_symbols)


def compile_exact(value: Value) -> Evaluator:
    """Return a function from parameter values (by name) to the exact number that an expression has there.

    Sums, products, powers, ``Min``, ``Max``, ``Abs`` and ``Piecewise`` are computed in fractions; any
    other function (``sqrt``, ``exp``…) to 50 digits where its value is irrational, and the whole is then rounded
    to 30, so that two ways to write one number give the same fraction.
    """
    exact = _compiled(value)
    return (lambda values: _settled(exact(values))) if is_rounded(value) else exact


def _settled(number: Exact) -> Exact:
    """Return a number that was computed with guard digits: as a short fraction if it is one, else rounded."""
    exact = Fraction(number)
    near, size = exact.limit_denominator(SHORT), abs(exact)
    if size <= NOISE:
        return 0
    if abs(exact - near) <= size * NOISE:
        return shortest(near)
    places = DIGITS + 2 * NOISE_DIGITS - len(str(int(size * _power_of_ten(2 * NOISE_DIGITS))))
    scale = _power_of_ten(places)
    return shortest(round(exact * scale) / scale)


def _power_of_ten(exponent: int) -> Fraction:
    return Fraction(10**exponent) if exponent >= 0 else Fraction(1, 10**-exponent)


def _compiled(value: Value) -> Evaluator:
    if not is_symbolic(value):
        number = value
        return lambda values: number
    if type(value) is Written:
        return _carried_out(value, lambda: compile_exact(in_sympy(value)))
    import sympy as sp

    if isinstance(value, sp.Symbol):
        name = value.name
        return lambda values: values[name]
    if value.is_Rational:
        return _compiled(exact_number(value))
    if value.is_Add:
        return _folded(value.args, sum)
    if value.is_Mul:
        return _folded(value.args, math.prod)
    if value.is_Pow and value.exp.is_Integer:
        return _power(value)
    if isinstance(value, (sp.Min, sp.Max)):
        return _folded(value.args, min if isinstance(value, sp.Min) else max)
    return _by_substitution(value)


def _carried_out(value: Written, in_full: Callable[[], Callable[[Mapping[str, Exact]], Any]]) -> Any:
    """Return a function that carries out what is written, or asks SymPy where that divides by zero."""
    exact = value.compiled()

    def number(values: Mapping[str, Exact]) -> Any:
        try:
            return exact(values)
        except ZeroDivisionError:
            return in_full()(values)

    return number


def _folded(arguments: Iterable[Any], fold: Callable[[list[Exact]], Exact]) -> Evaluator:
    parts = [_compiled(argument) for argument in arguments]
    return lambda values: fold([part(values) for part in parts])


def _power(value: Any) -> Evaluator:
    base, exponent = _compiled(value.base), int(value.exp)

    def power(values: Mapping[str, Exact]) -> Exact:
        number = base(values)
        if exponent < 0 and number == 0:
            raise ParameterError(f"The expression {value} divides by zero at these parameter values.")
        return Fraction(number) ** exponent

    return power


def _by_substitution(value: Any) -> Evaluator:
    def substitute(values: Mapping[str, Exact]) -> Exact:
        at = {symbol: _rational(values[symbol.name]) for symbol in value.free_symbols}
        return rational_near(value.subs(at), GUARDED)

    return substitute


def compile_condition(condition: Any) -> Callable[[Mapping[str, Exact]], bool]:
    """Return a function from parameter values to whether a condition holds there, decided exactly."""
    if type(condition) is Written:
        return _carried_out(condition, lambda: compile_condition(condition._sympy_()))
    import sympy as sp

    if condition in (sp.true, sp.false):
        verdict = bool(condition)
        return lambda values: verdict
    if isinstance(condition, (sp.And, sp.Or)):
        parts = [compile_condition(part) for part in condition.args]
        gather = all if isinstance(condition, sp.And) else any
        return lambda values: gather(part(values) for part in parts)
    if isinstance(condition, sp.Not):
        inner = compile_condition(condition.args[0])
        return lambda values: not inner(values)
    return _compile_relation(condition)


def _compile_relation(condition: Any) -> Callable[[Mapping[str, Exact]], bool]:
    import operator

    import sympy as sp

    tests = {
        sp.StrictLessThan: operator.lt,
        sp.LessThan: operator.le,
        sp.StrictGreaterThan: operator.gt,
        sp.GreaterThan: operator.ge,
        sp.Equality: operator.eq,
        sp.Unequality: operator.ne,
    }
    test = next((compare for kind, compare in tests.items() if isinstance(condition, kind)), None)
    if test is None:
        raise ValueKindError(f"Expected a condition, a comparison such as war < concede; got {condition}.")
    left, right = compile_exact(as_value(condition.lhs)), compile_exact(as_value(condition.rhs))
    return lambda values: bool(test(left(values), right(values)))


def show_number(value: Exact | float, digits: int = 4) -> str:
    """Write a number for a reader: exactly where that is short, else rounded.

    Terminating decimals of up to ``digits`` places are written out, other fractions as such while the
    denominator is below 1000, the rest rounded to ``digits`` significant places.
    """
    if isinstance(value, int):
        return str(value) if value.bit_length() < LONG_INTEGER else _rounded(Fraction(value), digits)
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.{digits}g}"
    value = Fraction(value)
    if value.denominator == 1:
        return str(value.numerator) if abs(value) < 10**9 else _rounded(value, digits)
    if 10**digits % value.denominator == 0 and abs(value) < 10**12:
        return f"{float(value):.{digits}f}".rstrip("0")
    if value.denominator < 1000 and value.numerator.bit_length() < LONG_INTEGER:
        return f"{value.numerator}/{value.denominator}"
    return _rounded(value, digits)


def _rounded(value: Fraction, digits: int) -> str:
    """Return a fraction of any size to so many significant digits."""
    size = value.numerator.bit_length() - value.denominator.bit_length()
    if abs(size) < 1000:
        return f"{float(value):.{digits}g}"
    power = math.floor(size * math.log10(2))
    power += math.floor(math.log10(abs(float(value / Fraction(10) ** power))))
    return f"{float(value / Fraction(10) ** power):.{digits}g}e{power:+d}"


def show_value(value: Value) -> str:
    """Write a number or an expression on one line; in sums the terms without a minus sign come first."""
    value = in_sympy(value)
    if not is_symbolic(value):
        return show_number(value)
    from sympy.printing.str import StrPrinter

    class Printer(StrPrinter):  # type: ignore[misc]  # SymPy has no types
        """SymPy's text printer, except that the terms of a sum without a minus sign come first."""

        def _print_Add(self, expr: Any, order: Any = None) -> str:
            terms = sorted(self._as_ordered_terms(expr, order=order), key=lambda term: term.could_extract_minus_sign())
            text = self._print(terms[0])
            for term in terms[1:]:
                minus = term.could_extract_minus_sign()
                operand = self.parenthesize(-term if minus else term, 30)
                text += f" - {operand}" if minus else f" + {operand}"
            return str(text)

    return str(Printer().doprint(value))


def check_limit(value: object, of: str, name: str = "limit") -> None:
    """Refuse a limit of a search that is no whole number of at least 1.

    Raises
    ------
    MethodError
        If it is not.
    """
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise MethodError(f"The {name} of {of} must be a whole number of at least 1, not {value!r}.")
