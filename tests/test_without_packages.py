"""What works where heavy packages are missing, as in a browser before they are loaded."""

import subprocess
import sys

HEAVY = ("numpy", "scipy", "pandas", "xarray", "matplotlib", "nashpy", "z3", "flint", "typer", "rich")
SOLVED = """
import sys
for name in {missing}:
    sys.modules[name] = None
import deterrence as dt

for key in ("folklore/strike", "noisy-attribution", "cases/iraq_2020", "cho1987/signalling_resolve"):
    print(key, len(dt.solve(dt.models.load(key).game)))
strike = dt.models.load("folklore/strike").game
print(dt.profile(strike, {{"Challenger": "restrain", "Defender": "retaliate"}}).concepts)
"""


def printed(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_trees_of_the_library_are_solved_exactly_without_numpy_or_sympy():
    lines = printed(SOLVED.format(missing=(*HEAVY, "sympy"))).splitlines()
    whole = printed(SOLVED.format(missing=())).splitlines()
    assert lines == whole  # what is missing takes from the speed of the search alone
    assert lines[4] == "{'Nash equilibrium': True, 'subgame perfect equilibrium': True}"


def test_games_of_ones_own_need_sympy_alone():
    code = (
        f"import sys\nfor name in {HEAVY}:\n    sys.modules[name] = None\n"
        "import deterrence as dt\nfrom deterrence import end, move, param\n"
        "@dt.game('A', 'B')\ndef g(prize=param(4, 'gain', low=0)):\n"
        "    return move('A', rest=end('peace', 0, 0), go=end('war', prize - 5, 1))\n"
        "print(dt.solve(g)[0].outcomes['peace'], dt.solve(g.at(prize=6))[0].payoffs['A'])\n"
    )
    assert printed(code).split() == ["1", "1"]
