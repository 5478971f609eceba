"""Names as LaTeX writes them: every sign that means something to LaTeX escaped, accents as commands."""

from __future__ import annotations

import re
import unicodedata

SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "`": r"\textasciigrave{}", "<": "$<$", ">": "$>$",
    "|": r"$\vert$", '"': "''", "[": "{[}", "]": "{]}", "*": "{*}", "\u00a0": "~", "–": "--", "—": "---", "−": "$-$",
    "’": "'", "‘": "`", "“": "``", "”": "''", "„": ",,", "…": r"\dots{}", "×": r"$\times$", "·": r"$\cdot$",
    "±": r"$\pm$", "≤": r"$\le$", "≥": r"$\ge$", "≠": r"$\ne$", "≈": r"$\approx$", "→": r"$\to$",
    "←": r"$\leftarrow$", "∞": r"$\infty$", "°": r"$^\circ$", "½": "$1/2$", "€": r"\texteuro{}", "£": r"\pounds{}",
    "§": r"\S{}", "©": r"\copyright{}", "«": r"\guillemotleft{}", "»": r"\guillemotright{}", "ß": r"\ss{}",
    "æ": r"\ae{}", "Æ": r"\AE{}", "œ": r"\oe{}", "Œ": r"\OE{}", "ø": r"\o{}", "Ø": r"\O{}", "ł": r"\l{}",
    "Ł": r"\L{}", "ı": r"\i{}", "đ": r"\dj{}", "Đ": r"\DJ{}", "ð": r"\dh{}", "Ð": r"\DH{}", "þ": r"\th{}",
    "Þ": r"\TH{}",
}  # fmt: skip
ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0326": "c", "\u0327": "c",
    "\u0328": "k",
}  # fmt: skip
GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho",
    "σ": "sigma", "ς": "varsigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi",
    "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
EIGHT_BIT = re.compile(r"\\(?:k\{|d[jh]\{|D[JH]\{|th\{|TH\{|guillemot)")
"""Commands that the oldest of LaTeX's text encodings lacks."""
SCRIPT = re.compile("([\u0370-\u03ff\u1f00-\u1fff]{2,})")
"""A word in Greek, which is no row of formulas."""
OPENING = re.compile(r"""(?:(?<=[\s(])|^)['"](?=\w)""")
"""A straight quotation mark that opens."""
LIGATURE = re.compile("(?<=-)(?=-)|(?<=')(?=')|(?<=,)(?=,)|(?<=[?!])(?=`)")
"""Where two signs would be joined to another one, such as two hyphens to a dash: an empty group keeps them apart."""


def in_text(name: str) -> str:
    r"""Return a name as LaTeX writes it in text.

    Letters with accents become commands, Greek letters and common signs formulas. Letters of other scripts stay
    as they are: they need an engine and a font that know them.

    Examples
    --------
    >>> print(in_text("R&D at 50%, Ägypten_2 ~ {#}"))
    R\&D at 50\%, \"{A}gypten\_2 \textasciitilde{} \{\#\}
    """
    name = OPENING.sub(lambda quote: {"'": "‘", '"': "“"}[quote[0]], name)
    words = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in name).split(" ")
    pieces = LIGATURE.split(" ".join(word for word in words if word))
    return "{}".join(map(_words, pieces))


def _words(text: str) -> str:
    return "".join(
        part if SCRIPT.fullmatch(part) else "".join(map(_letter, part))
        for part in SCRIPT.split(unicodedata.normalize("NFC", text))
    )


def _letter(letter: str) -> str:
    if letter in SIGNS:
        return SIGNS[letter]
    if letter in GREEK:
        return rf"$\{GREEK[letter]}$"
    if letter.isascii():
        return letter
    # A letter with accents is taken apart into the plain letter and its marks; what has no parts may be a form of
    # ASCII letters (a raised figure, a ligature); any other letter stays, for an engine and a font that know it.
    plain, *marks = list(unicodedata.normalize("NFD", letter))
    return _accented(plain, marks) or _like(letter) or letter


def _like(letter: str) -> str | None:
    """Return a raised, lowered or joined letter by the ASCII letters that it stands for."""
    alike = unicodedata.normalize("NFKC", letter)
    if not alike.isascii() or not alike.isalnum():
        return None
    kind = unicodedata.decomposition(letter).partition(" ")[0]
    return {"<super>": f"$^{{{alike}}}$", "<sub>": f"$_{{{alike}}}$"}.get(kind, alike)


def _accented(plain: str, marks: list[str]) -> str | None:
    """Return a Latin letter under its accents, or nothing where it is no such letter."""
    if not marks or not plain.isascii() or any(mark not in ACCENTS for mark in marks):
        return None
    written = plain
    for mark in marks:
        command = ACCENTS[mark]  # over i and j an accent takes the place of the dot, below them (d, c, k) it does not
        if plain in "ij" and command not in "dck":
            written = {"i": r"\i", "j": r"\j"}.get(written, written)
        written = rf"\{command}{{{written}}}"
    return written


def foreign(text: str) -> str:
    """Return the letters of a LaTeX text that its oldest engine, pdfLaTeX, does not know."""
    return "".join(dict.fromkeys(letter for letter in text if not letter.isascii()))
