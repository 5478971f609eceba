"""Words on a drawing: how wide they are, where they wrap, how expressions and parameters are written."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from deterrence.games.expression import Value, is_symbolic, show_number

if TYPE_CHECKING:
    from deterrence.games.parameter import Parameter

LINE = 1.38
"""Height of a line of text, in font sizes."""
SUPERSCRIPTS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@dataclass(frozen=True, slots=True)
class Font:
    """A font: its size in points, and whether it is bold or slanted."""

    size: float
    bold: bool = False
    slanted: bool = False

    @property
    def keywords(self) -> dict[str, Any]:
        """The weight and slant, as Matplotlib's text wants them."""
        return {
            "fontweight": "bold" if self.bold else "normal",
            "fontstyle": "italic" if self.slanted else "normal",
        }


def extent(text: str, font: Font) -> tuple[float, float]:
    """Return the width and height of text of one or more lines, in points."""
    lines, fonts = text.split("\n"), _fonts()
    return max(_width(line, font, fonts) for line in lines), len(lines) * LINE * font.size


def _fonts() -> tuple[tuple[str, ...], ...]:
    """Return the families in use, each with the fonts it stands for now."""
    settings: Any = mpl.rcParams
    return tuple((family, *settings.get(f"font.{family}", ())) for family in settings["font.family"])


@lru_cache(maxsize=4096)
def _width(line: str, font: Font, fonts: tuple[tuple[str, ...], ...]) -> float:
    properties = FontProperties(
        family=[family for family, *_ in fonts],
        size=font.size,
        weight="bold" if font.bold else "normal",
        style="italic" if font.slanted else "normal",
    )
    width, _, _ = text_to_path.get_text_width_height_descent(line, properties, False)
    return 1.04 * float(width)


def wrapped(text: str, letters: int) -> str:
    """Break text into lines of about so many letters, between words."""
    return "\n".join(
        textwrap.fill(line, letters, break_long_words=False, break_on_hyphens=False) for line in text.split("\n")
    )


def wrapped_title(title: str, width: float) -> str:
    """Break the title of a drawing so that it is no wider than the drawing, in points."""
    return wrapped(title, max(24, int(width / 6)))


def wrapped_formula(written: str, letters: int) -> str:
    """Break text that holds expressions into lines, inside brackets only where it must."""
    depth, held = 0, ""
    for letter in written:
        depth += (letter == "(") - (letter == ")")
        held += "\xa0" if letter == " " and depth else letter
    lines = wrapped(held, letters).split("\n")
    most = max(20, 3 * letters // 2)
    return "\n".join(wrapped(_loosened(line), letters) if len(line) > most else line for line in lines)


def _loosened(line: str) -> str:
    """Let a line break before any sign again, though not after it."""
    return re.sub("\xa0(?=[+−]\xa0)", " ", line)


def value_in_words(value: Value) -> str:
    """Write a payoff or probability on one line with typographic signs, breakable before its terms."""
    if not is_symbolic(value):
        return show_number(value).replace("-", "−")
    return _printer().doprint(value)


@lru_cache(maxsize=1)
def _printer() -> Any:
    """Make the printer when first asked for, since SymPy loads slowly."""
    from sympy.printing.str import StrPrinter

    class Printer(StrPrinter):  # type: ignore[misc]
        """SymPy's printer, with dots in products, raised powers, and gains before losses."""

        def _print_Add(self, expression: Any, order: Any = None) -> str:
            terms = sorted(
                self._as_ordered_terms(expression, order=order), key=lambda term: bool(term.could_extract_minus_sign())
            )
            first, *rest = (self._print(term) for term in terms)
            return str(first) + "".join(
                f" −\xa0{term[1:]}" if term.startswith("−") else f" +\xa0{term}" for term in rest
            )

        def _print_Mul(self, expression: Any) -> str:
            written = super()._print_Mul(expression)
            return str(written).replace("**", "^").replace("*", "·").replace("-", "−", 1)

        def _print_Pow(self, expression: Any, rational: bool = False) -> str:
            if expression.exp.is_Integer and expression.exp > 0:
                base = self.parenthesize(expression.base, 60)
                return f"{base}{str(int(expression.exp)).translate(SUPERSCRIPTS)}"
            return str(super()._print_Pow(expression, rational=rational))

        def _print_Integer(self, expression: Any) -> str:
            return str(super()._print_Integer(expression)).replace("-", "−")

        def _print_Rational(self, expression: Any) -> str:
            return show_number(Fraction(int(expression.p), int(expression.q))).replace("-", "−")

    return Printer()


def letters_along(length: float) -> int:
    """Return how many letters of a label's usual size stand on a length in points."""
    return max(12, int(length / (0.62 * FontProperties(size=mpl.rcParams["axes.labelsize"]).get_size_in_points())))


def axis_label(parameter: Parameter, length: float) -> str:
    """Return what a parameter means, wrapped to a length in points, with its symbol or name."""
    meaning = wrapped(parameter.meaning.replace("$", r"\$"), letters_along(length))
    symbol = f"${parameter.symbol}$"
    written = symbol if parameter.symbol and _is_readable(symbol) else f"({parameter.name})"
    return f"{meaning}  {written}"


def _is_readable(symbol: str) -> bool:
    """Tell whether Matplotlib, which knows only a part of LaTeX, can write a symbol."""
    from matplotlib.mathtext import MathTextParser

    try:
        MathTextParser("path").parse(symbol)
    except ValueError:
        return False
    return True
