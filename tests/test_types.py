"""What editors and type checkers see of the library: the stub's names, the types of answers, and mistakes."""

import ast
import re
import subprocess
import sys
import zipfile
from importlib import import_module, util
from pathlib import Path

import pytest

import deterrence
from deterrence import lazy

ROOT = Path(__file__).resolve().parent.parent
LAZY = ["deterrence", "deterrence.models", "deterrence.ordinal"]

SCRIPT = """# mypy: allow-untyped-defs
from fractions import Fraction

import deterrence as dt
from deterrence import end, move, param


@dt.game("Challenger", "Defender")
def strike(prize=param(4, "gain", low=0), war=param(3, "cost")):
    answer = move("Defender", restrain=end("fait accompli", prize, -6), retaliate=end("war", prize - 9, -war))
    return move("Challenger", restrain=end("status quo", 0, 0), strike=answer)


def odds(equilibrium: dt.Equilibrium) -> float:
    return float(equilibrium.probability("war"))


reveal_type(strike)  # Game
reveal_type(strike.at(war=2).under(dt.Deniability("strike", "retaliate")))  # Game
reveal_type(dt.solve(strike))  # Solution
reveal_type(dt.solve(strike, dt.Nash())[0])  # Equilibrium
reveal_type(dt.solve(strike, dt.Correlated()))  # CorrelatedSolution
reveal_type(dt.solve(strike)[0].payoffs["Defender"])  # int | Fraction
reveal_type(dt.characterize(strike))  # Characterization
reveal_type(dt.sweep(strike, "strike", odds, war=[1, 2, 3]))  # Sweep
reveal_type(dt.sweep(strike, war=[1, 2, 3]).data)  # Dataset
reveal_type(dt.threshold(strike, "war", "strike"))  # Threshold
reveal_type(dt.threshold(strike, "war", dt.payoff("Defender"), given="prize"))  # ThresholdCurve
reveal_type(dt.regions(strike, war=[1, 2], prize=[1, 2]))  # Regions
reveal_type(dt.sensitivity(strike, "war"))  # Sensitivity
reveal_type(dt.robustness(strike, method=dt.SubgamePerfect()))  # Robustness
reveal_type(dt.models.load("noisy-attribution"))  # Model
reveal_type(dt.Deniability("strike", "retaliate"))  # Deniability

dt.sovle(strike)  # error: attr-defined
dt.models.lod("strike")  # error: attr-defined
dt.solve(strike, method="nash")  # error: call-overload
dt.solve(strike, method=dt.Nash)  # error: call-overload
dt.sweep(strike, "strike", method="nash", war=[1, 2])  # error: arg-type
dt.characterize(strike, "nash")  # error: arg-type
dt.regions(strike, method=dt.solve, war=[1, 2], prize=[1, 2])  # error: arg-type
dt.statics(strike, "war", 3)  # error: arg-type
strike.under(3)  # error: arg-type
dt.threshold(strike, "war", "strike", betwen=(0, 1))  # error: call-overload
dt.param(4, "gain", lo=0)  # error: call-arg
wrong: int = dt.threshold(strike, "war", "strike")  # error: assignment
right: int | Fraction = dt.solve(strike)[0].payoffs["Defender"]
"""


@pytest.mark.parametrize("package", LAZY)
def test_the_stub_of_a_package_lists_its_names_and_where_they_are_written(package):
    module = import_module(package)
    tree = ast.parse(Path(module.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    listed = {alias.name: node.module for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert all(
        alias.name == alias.asname for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
    )
    others = {node.target.id for node in tree.body if isinstance(node, ast.AnnAssign)}
    assert listed == dict(lazy.names_of(package))
    assert listed.keys() | others == set(module.__all__) == set(dir(module))
    for name, place in listed.items():
        value = getattr(module, name)
        home = getattr(value, "__module__", None)
        assert place == package or not isinstance(home, str) or home == place or not home.startswith("deterrence"), name


def test_a_name_means_the_same_whatever_was_loaded_before():
    code = """
        import deterrence, sys
        for package in sys.argv[1:]:
            __import__(package)
        for place in {place for package in sys.argv[1:] for place in deterrence.lazy.names_of(package).values()}:
            __import__(place)
        for package in sys.argv[1:]:
            for name, place in deterrence.lazy.names_of(package).items():
                if place != package:
                    assert getattr(sys.modules[package], name) is getattr(sys.modules[place], name), name
    """
    lines = "\n".join(line[8:] for line in code.splitlines())
    subprocess.run([sys.executable, "-c", lines, *LAZY], cwd=ROOT, check=True)


def test_an_unknown_name_is_an_attribute_error_with_the_package():
    with pytest.raises(AttributeError, match=r"module 'deterrence' has no attribute 'sovle'"):
        _ = deterrence.sovle


def test_the_package_says_that_it_is_typed():
    assert (ROOT / "deterrence" / "py.typed").is_file()


def test_names_load_out_of_an_archive(tmp_path):
    archive = tmp_path / "deterrence.zip"
    with zipfile.ZipFile(archive, "w") as written:
        for path in sorted((ROOT / "deterrence").rglob("*.py*")):
            if path.suffix in {".py", ".pyi"}:
                written.write(path, path.relative_to(ROOT).as_posix())
    code = "import deterrence; print(deterrence.__file__, deterrence.param(1, 'x').value, deterrence.models.Model.__name__)"
    ran = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(archive)!r}); {code}"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert ran.stdout.split() == [str(archive / "deterrence" / "__init__.py"), "1", "Model"]


@pytest.mark.skipif(util.find_spec("mypy") is None, reason="mypy is in the extra `dev` alone")
def test_a_checker_sees_the_types_of_answers_and_every_mistake(tmp_path):
    path = tmp_path / "strike.py"
    path.write_text(SCRIPT, encoding="utf-8")
    # The settings and the cache of the repository's own check, which so need not be made twice.
    command = [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", "--no-error-summary", str(path)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    said = dict.fromkeys(range(1, SCRIPT.count("\n") + 1), "")
    for number, kind in re.findall(r"^[^\n]*strike\.py:(\d+): (?:error|note): ([^\n]*)$", ran.stdout, re.MULTILINE):
        said[int(number)] += kind
    for number, line in enumerate(SCRIPT.splitlines(), 1):
        wanted = line.partition("  # ")[2]
        if wanted.startswith("error: "):
            assert f"[{wanted[7:]}]" in said[number], (line, ran.stdout + ran.stderr)
        elif wanted:
            plain = re.sub(r"\w+\.", "", said[number])
            assert f'Revealed type is "{wanted}"' in plain, (line, ran.stdout + ran.stderr)
        else:
            assert not said[number], (line, said[number])
