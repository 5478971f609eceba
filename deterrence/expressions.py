"""Expressions in a document: a small grammar of arithmetic on declared names, and nothing else.

Text is never evaluated: it is cut into tokens, parsed by the rules below, and every step is bounded::

    condition   = both ("or" both)*;  both = negated ("and" negated)*;  negated = "not" negated | comparison
    comparison  = sum (("<" | "<=" | ">" | ">=" | "==" | "!=") sum)?
    sum         = product (("+" | "-") product)*
    product     = signed (("*" | "/") signed)*
    signed      = ("+" | "-") signed | power;  power = atom ("**" signed)?
    atom        = number | name | function "(" condition ("," condition)* ")" | "(" condition ")"

The functions are ``min``, ``max``, ``abs``, ``sqrt``, ``exp``, ``log`` and ``if(condition, then, else)``.

Python's own parser would not do, though the grammar looks like a part of Python's: it nests a sum of n terms n deep, so
that whether a file can be read would depend on the version of Python and on how deep the caller stands; and it knows
keywords, which are good names of parameters, folds the letters of names together (NFKC), and refuses ``007``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NoReturn

from deterrence.errors import FileFormatError, nearest

LONGEST = 20_000
"""The longest expression, in characters."""
DEEPEST = 60
"""How deep brackets, signs and powers may nest."""
MOST_DIGITS = 400
"""The most digits of a number, written or computed, above and below the fraction line together."""
LARGEST_POWER = 64
"""The largest whole number that stands in an exponent."""
MOST_TERMS = 50_000
"""The most terms that an expression would have, multiplied out."""

TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)|(?P<name>[^\W\d]\w*)"
    r"|(?P<sign>\*\*|<=|>=|==|!=|[-+*/(),<>])|(?P<end>$)|(?P<other>.))"
)
NUMBER = re.compile(r"(?P<whole>[0-9]*)(?:\.(?P<part>[0-9]*))?(?:[eE](?P<exponent>[+-]?[0-9]+))?")
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")


@dataclass(frozen=True, slots=True)
class Part:
    """A parsed part: its value, and at most how many terms it has when multiplied out."""

    value: Any
    terms: int = 1
    is_condition: bool = False
    has_exponential: bool = False


def parse(text: str, names: Mapping[str, Any], place: str = "", *, condition: bool = False) -> Any:
    """Return the exact number, SymPy expression or condition that a text writes.

    Parameters
    ----------
    text
        The expression.
    names
        The declared names with the SymPy symbols that they stand for.
    place
        Where the text stands in its document, for errors.
    condition
        Whether a condition is expected, such as ``war < concede``, and not a number.

    Raises
    ------
    FileFormatError
        If the text is no expression of the grammar, uses an undeclared name, or is too large in any way.

    Examples
    --------
    >>> import sympy as sp
    >>> from deterrence.expressions import parse
    >>> parse("2*war - 1/3", {"war": sp.Symbol("war", real=True)})
    2*war - 1/3
    """
    if len(text) > LONGEST:
        raise FileFormatError(f"The expression has {len(text):,} characters; the most is {LONGEST:,}.", place=place)
    return _Parser(text, names, place).whole(condition)


def number(text: str, place: str = "") -> int | Fraction:
    """Return the exact number that a decimal or a fraction such as ``"1/3"`` writes, within bounds.

    Raises
    ------
    FileFormatError
        If it is no number, or has too many digits.
    """
    found = parse(text, {}, place)
    if not isinstance(found, (int, Fraction)):
        raise FileFormatError(f"A number is needed here, not {_shown(text)}.", place=place)
    return found


class _Parser:
    """A parser of one text, token by token, from left to right."""

    def __init__(self, text: str, names: Mapping[str, Any], place: str) -> None:
        self.text, self.names, self.place = text, names, place
        self.position, self.depth = 0, 0
        self.kind, self.word = "", ""
        self._advance()

    def whole(self, condition: bool) -> Any:
        part = self._condition()
        if self.kind != "end":
            self._refuse(f"{self.word!r} is not expected there")
        if part.is_condition != condition:
            self._refuse("a condition such as 'a < b' is needed" if condition else "a number is needed, no condition")
        return part.value

    # -- tokens ------------------------------------------------------------------------------------

    def _advance(self) -> None:
        match = TOKEN.match(self.text, self.position)
        assert match is not None
        self.kind, self.word = str(match.lastgroup), match[match.lastgroup or 0]
        if self.kind == "other":
            self._refuse(f"the character {self.word!r} has no meaning in an expression")
        self.position = match.end()

    def _accept(self, *tokens: str) -> str:
        """Step over one of the tokens and return it; an empty text where another stands."""
        found = self.word
        if self.kind in ("sign", "name") and found in tokens:
            self._advance()
            return found
        return ""

    def _refuse(self, why: str) -> NoReturn:
        raise FileFormatError(f"The expression {_shown(self.text)} cannot be read: {why}.", place=self.place)

    # -- the rules ----------------------------------------------------------------------------------

    def _condition(self) -> Part:
        self.depth += 1
        if self.depth > DEEPEST:
            self._refuse(f"it nests deeper than {DEEPEST} levels")
        parts = [self._both()]
        while self._accept("or"):
            parts.append(self._both())
        self.depth -= 1
        return self._joined("Or", parts)

    def _both(self) -> Part:
        parts = [self._negated()]
        while self._accept("and"):
            parts.append(self._negated())
        return self._joined("And", parts)

    def _negated(self) -> Part:
        if not self._accept("not"):
            return self._comparison()
        import sympy as sp

        inner = self._deeper(self._negated)
        return Part(sp.Not(self._truth(inner)), is_condition=True)

    def _joined(self, name: str, parts: list[Part]) -> Part:
        if len(parts) == 1:
            return parts[0]
        import sympy as sp

        return Part(getattr(sp, name)(*(self._truth(part) for part in parts)), is_condition=True)

    def _truth(self, part: Part) -> Any:
        if not part.is_condition:
            self._refuse("'and', 'or' and 'not' join conditions such as a < b")
        return part.value

    def _comparison(self) -> Part:
        left = self._sum()
        sign = self._accept(*COMPARISONS)
        if not sign:
            return left
        right = self._sum()
        if self._accept(*COMPARISONS):
            self._refuse("a chain of comparisons is written 'a < b and b < c'")
        return Part(_compared(sign, self._number(left).value, self._number(right).value), is_condition=True)

    def _sum(self) -> Part:
        parts = [self._product()]
        while sign := self._accept("+", "-"):
            part = self._number(self._product())
            parts.append(self._times([Part(-1), part]) if sign == "-" else part)
        return parts[0] if len(parts) == 1 else self._plus([self._number(part) for part in parts])

    def _product(self) -> Part:
        parts = [self._signed()]
        while sign := self._accept("*", "/"):
            part = self._number(self._signed())
            parts.append(self._power(part, Part(-1)) if sign == "/" else part)
        return parts[0] if len(parts) == 1 else self._times([self._number(part) for part in parts])

    def _signed(self) -> Part:
        if sign := self._accept("+", "-"):
            part = self._number(self._deeper(self._signed))
            return self._times([Part(-1), part]) if sign == "-" else part
        base = self._atom()
        if not self._accept("**"):
            return base
        return self._power(self._number(base), self._number(self._deeper(self._signed)))

    def _deeper(self, rule: Callable[[], Part]) -> Part:
        self.depth += 1
        if self.depth > DEEPEST:
            self._refuse(f"it nests deeper than {DEEPEST} levels")
        part = rule()
        self.depth -= 1
        return part

    def _atom(self) -> Part:
        kind, word = self.kind, self.word
        if kind == "end":
            self._refuse("it ends too early")
        self._advance()
        if kind == "number":
            return Part(self._literal(word))
        if kind == "name" and self.word == "(" and word in FUNCTIONS:
            return self._call(word)
        if kind == "name":
            return self._named(word)
        if word != "(":
            self._refuse(f"{word!r} is not expected there")
        inner = self._condition()
        if not self._accept(")"):
            self._refuse("a bracket is not closed")
        return inner

    def _named(self, name: str) -> Part:
        if name not in self.names:
            called = "function" if self.word == "(" else "parameter"
            allowed = FUNCTIONS if self.word == "(" else self.names
            raise FileFormatError(
                f"The expression {_shown(self.text)} uses {name[:80]!r}, which is no {called}. "
                f"{nearest(name, allowed)}",
                place=self.place,
            )
        return Part(self.names[name])

    def _call(self, name: str) -> Part:
        self._advance()
        parts = [self._condition()]
        while self._accept(","):
            parts.append(self._condition())
        if not self._accept(")"):
            self._refuse(f"the bracket of {name}(…) is not closed")
        least, most = FUNCTIONS[name]
        if not least <= len(parts) <= most:
            counts = f"{least}" if least == most else f"at least {least}"
            self._refuse(f"{name}(…) takes {counts} parts, and has {len(parts)}")
        return self._applied(name, parts)

    # -- values, bounded ------------------------------------------------------------------------------

    def _number(self, part: Part) -> Part:
        if part.is_condition:
            self._refuse("a condition stands where a number is needed")
        return part

    def _literal(self, token: str) -> Any:
        match = NUMBER.fullmatch(token)
        assert match is not None
        digits, part, exponent = match["whole"] or "0", match["part"] or "", match["exponent"] or "0"
        if len(digits) + len(part) > MOST_DIGITS or len(exponent) > 5 or abs(int(exponent)) > MOST_DIGITS:
            self._refuse(f"a number has more than {MOST_DIGITS} digits")
        return self._bounded(Fraction(int(digits + part)) * Fraction(10) ** (int(exponent) - len(part)))

    def _bounded(self, value: Fraction) -> int | Fraction:
        if value.numerator.bit_length() + value.denominator.bit_length() > 4 * MOST_DIGITS:
            self._refuse(f"a number has more than {MOST_DIGITS} digits")
        return value.numerator if value.denominator == 1 else value

    def _sized(self, value: Any, terms: int, parts: list[Part]) -> Part:
        if terms > MOST_TERMS:
            self._refuse(f"multiplied out it has more than {MOST_TERMS:,} terms")
        return Part(value, terms, has_exponential=any(part.has_exponential for part in parts))

    def _plus(self, parts: list[Part]) -> Part:
        plain, rest = _split(parts)
        total = self._bounded(sum(plain, Fraction(0)))
        if not rest:
            return Part(total)
        import sympy as sp

        return self._sized(sp.Add(*rest, _sympy(total)), sum(part.terms for part in parts), parts)

    def _times(self, parts: list[Part]) -> Part:
        plain, rest = _split(parts)
        total = Fraction(1)
        for value in plain:
            total = Fraction(self._bounded(total * value))
        if not rest:
            return Part(self._bounded(total))
        import sympy as sp

        terms = 1
        for part in parts:
            terms = min(terms * part.terms, MOST_TERMS + 1)
        return self._sized(sp.Mul(_sympy(total), *rest), terms, parts)

    def _power(self, base: Part, exponent: Part) -> Part:
        by = exponent.value
        if isinstance(by, (int, Fraction)):
            if abs(by.numerator) > LARGEST_POWER or by.denominator > LARGEST_POWER:
                self._refuse(f"an exponent is larger than {LARGEST_POWER}")
            if isinstance(base.value, (int, Fraction)) and by.denominator == 1:
                return self._whole_power(Fraction(base.value), int(by))
        import sympy as sp

        whole = isinstance(by, int)
        terms = min(base.terms, MOST_TERMS) ** min(abs(int(by)), 20) if whole else base.terms * exponent.terms
        if not whole and isinstance(base.value, (int, Fraction)) and abs(Fraction(base.value)) > 10**30:
            self._refuse("a number of more than 30 digits stands below a power that is no whole number")
        return self._sized(sp.Pow(_sympy(base.value), _sympy(by)), min(terms, MOST_TERMS + 1), [base, exponent])

    def _whole_power(self, base: Fraction, by: int) -> Part:
        if base == 0 and by < 0:
            self._refuse("it divides by zero")
        bits = base.numerator.bit_length() + base.denominator.bit_length()
        if bits * abs(by) > 8 * MOST_DIGITS:
            self._refuse(f"a number has more than {MOST_DIGITS} digits")
        return Part(self._bounded(base**by))

    def _applied(self, name: str, parts: list[Part]) -> Part:
        import sympy as sp

        if name == "if":
            condition, *branches = parts
            then, other = (_sympy(self._number(part).value) for part in branches)
            rest = other.args if isinstance(other, sp.Piecewise) else ((other, True),)
            value = sp.Piecewise((then, self._truth(condition)), *rest)
            return self._sized(value, sum(part.terms for part in branches), branches)
        values = [_sympy(self._number(part).value) for part in parts]
        if name in ("exp", "log"):
            self._check_transcendental(name, parts[0])
        makers = {"min": sp.Min, "max": sp.Max, "abs": sp.Abs, "sqrt": sp.sqrt, "exp": sp.exp, "log": sp.log}
        made = self._sized(makers[name](*values), sum(part.terms for part in parts), parts)
        return Part(made.value, made.terms, has_exponential=made.has_exponential or name == "exp")

    def _check_transcendental(self, name: str, part: Part) -> None:
        if part.has_exponential:
            self._refuse(f"exp(…) stands inside {name}(…), whose value may be too large to write down")
        value = part.value
        if isinstance(value, (int, Fraction)) and (abs(Fraction(value)) > 700 or (name == "log" and value <= 0)):
            self._refuse(f"{name}({_shown(str(value))}) has no number that can be used")


FUNCTIONS = {
    "min": (1, 100),
    "max": (1, 100),
    "abs": (1, 1),
    "sqrt": (1, 1),
    "exp": (1, 1),
    "log": (1, 1),
    "if": (3, 3),
}
"""The functions of the grammar with the least and greatest number of their parts."""


def _split(parts: list[Part]) -> tuple[list[Any], list[Any]]:
    """Return the plain numbers among the parts, and the other values."""
    plain = [part.value for part in parts if isinstance(part.value, (int, Fraction))]
    return plain, [part.value for part in parts if not isinstance(part.value, (int, Fraction))]


def _sympy(value: Any) -> Any:
    import sympy as sp

    return sp.Rational(value.numerator, value.denominator) if isinstance(value, (int, Fraction)) else value


def _compared(sign: str, left: Any, right: Any) -> Any:
    import sympy as sp

    makers = {"<": sp.Lt, "<=": sp.Le, ">": sp.Gt, ">=": sp.Ge, "==": sp.Eq, "!=": sp.Ne}
    return makers[sign](_sympy(left), _sympy(right))


def _shown(text: str) -> str:
    return repr(text if len(text) <= 80 else f"{text[:79]}…")
