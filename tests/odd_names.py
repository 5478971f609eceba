"""Names and symbols that mean something to LaTeX, for tests of what is printed."""

import deterrence as dt
from deterrence import chance, end, move, param, share

ODD = "R&D 50% $x$ #1_{a} ~ ^ \\ ß é"


@dt.game("A & B", "Côte d'Ivoire #2")
def odd_tree(
    p=share(0.25, "p {odd} 50% #1", symbol="50%"),
    größe=param(2, "Größe & mehr", low=0, high=9),  # noqa: PLC2401  (what is tested)
    r=param(3, "first", symbol="α"),
    s=param(1, "of the same symbol", symbol="α"),
    q=param(2, "raised", symbol="a^*"),
):
    """Names and symbols that mean something to LaTeX."""
    deep = move("Côte d'Ivoire #2", {"é_1": end("[x]", q**2, -größe), "y": end("a~b^c\\d", r - s, p / 3)})
    return chance({"50% {rain}": (p, move("A & B", {"do #1_x": deep, "*ß*": end("[y]", 0, r)})), "sun": (1 - p, deep)})
