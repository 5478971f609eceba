"""What holds of the repository as a whole: where things stand, what imports what, what runs as written."""

import ast
import contextlib
import io
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import deterrence

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "deterrence"

# Lowest first. A module may import from its own layer and from those below it, when it is imported and later.
LAYERS = (
    ("errors", "lazy", "spelling"),
    ("expressions", "progress", "values"),
    ("views",),
    ("games",),
    ("continuous",),
    ("answers",),
    ("plot",),
    ("mechanisms", "solvers"),
    ("refinements", "grid"),
    ("analysis", "ordinal"),
    ("models",),
    ("exchange",),
    ("explorer",),
    ("report",),
    ("interrupts",),
    ("cli",),
    ("__main__",),
)
LAYER_OF = {name: layer for layer, names in enumerate(LAYERS) for name in names}
MOST_FILES = 20
"""In a folder, the models apart: a catalogue grows by a file a model."""

TOP_LEVEL = {
    ".ci",
    ".gitignore",
    ".pre-commit-config.yaml",
    ".zenodo.json",
    "CHANGELOG.md",
    "CITATION.cff",
    "CONTRIBUTING.md",
    "LICENSE",
    "README.md",
    "benchmarks",
    "deterrence",
    "docs",
    "examples",
    "pyproject.toml",
    "tests",
}
LARGEST_FILE = 500_000
HEAVY = {"matplotlib", "nashpy", "networkx", "pandas", "scipy", "sympy", "xarray", "z3"}

SOURCES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
PAGES = sorted(path for path in (ROOT / "docs").rglob("*.md") if "_build" not in path.parts)
LONGEST = {"types-and-choices.md", "continuum.md", "command-line.md", "12-reputation.md", "13-your-own-crisis.md"}
EXECUTED = [
    pytest.param(
        page,
        marks=[pytest.mark.slow] if page.parent.name == "cases" or page.name in LONGEST else [],
        id=page.relative_to(ROOT).as_posix(),
    )
    for page in PAGES
    if "{code-cell}" in page.read_text("utf-8")
]
"""The pages with code; those of the cases ask much, and that on the command line starts many processes."""


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> tuple[str, ...]:
    """Return the dotted name of a source file in parts; that of a package is its folder's."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[:-1] if parts[-1] == "__init__" else parts


def only_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}


def running_imports(node: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield the imports that run, at once or when a function is called."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        yield node
    for child in node.orelse if only_for_types(node) else ast.iter_child_nodes(node):
        yield from running_imports(child)


def imported_names(source: str, module: tuple[str, ...], is_package: bool) -> Iterator[tuple[int, list[str]]]:
    """Yield the line and the dotted name, in parts, of everything that is imported from the package."""
    package = module if is_package else module[:-1]
    for node in running_imports(ast.parse(source)):
        if isinstance(node, ast.Import):
            targets = [alias.name.split(".") for alias in node.names]
        else:
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = [*above, *(node.module.split(".") if node.module else [])]
            targets = [[*base, alias.name] for alias in node.names]
        yield from ((node.lineno, parts) for parts in targets if parts[0] == "deterrence")


def imported_layers(source: str, module: tuple[str, ...], is_package: bool) -> Iterator[tuple[int, str]]:
    """Yield the line and the layer's name of each import from the package; its facade is in no layer."""
    for line, (_, *inner) in imported_names(source, module, is_package):
        if inner and is_layer_or_unknown(inner[0]):
            yield line, inner[0]


def arrows() -> dict[str, set[str]]:
    """Return which modules each module of the package imports, lazily or not."""
    modules = {".".join(module_of(path)): path for path in SOURCES}
    found = {}
    for name, path in modules.items():
        imported = imported_names(path.read_text(encoding="utf-8"), module_of(path), path.name == "__init__.py")
        targets = ({".".join(parts), ".".join(parts[:-1])} & set(modules) for _, parts in imported)
        found[name] = {max(some, key=len) for some in targets if some} - {name}
    return found


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Return the sets of nodes that reach one another: strip, again and again, what leads nowhere or is reached by none."""
    left = {node: set(targets) & set(graph) for node, targets in graph.items()}
    while True:
        reached = set().union(*left.values()) if left else set()
        kept = {node for node, targets in left.items() if targets and node in reached}
        if kept == set(left):
            break
        left = {node: left[node] & kept for node in kept}
    return [sorted(left)] if left else []


def is_layer_or_unknown(name: str) -> bool:
    return name in LAYER_OF or (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()


@pytest.mark.parametrize("path", SOURCES, ids=shown)
def test_imports_point_one_way(path):
    module = module_of(path)
    assert module[1] in LAYER_OF, f"{module[1]} has no place in LAYERS of {Path(__file__).name}; give it one"
    imports = imported_layers(path.read_text(encoding="utf-8"), module, path.name == "__init__.py")
    wrong = [
        f"{shown(path)}:{line} imports {name}, which stands above {module[1]}"
        for line, name in imports
        if LAYER_OF.get(name, -1) > LAYER_OF[module[1]]
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import deterrence.plot", ["plot"]),
        ("import deterrence.plot.trees.tree as drawing", ["plot"]),
        ("from deterrence import cli", ["cli"]),
        ("from deterrence.solvers.nash import Nash", ["solvers"]),
        ("from .. import games", ["games"]),
        ("from ..games import Game", ["games"]),
        ("from . import sweep", ["analysis"]),
        ("def f():\n    from deterrence.report import brief", ["report"]),
        ("def plot(self):\n    from deterrence.plot import curve", ["plot"]),
        ("if TYPE_CHECKING:\n    from deterrence.report import brief", []),
        ("if TYPE_CHECKING:\n    pass\nelse:\n    from deterrence.report import brief", ["report"]),
        ("import deterrence", []),
        ("from deterrence import solve", []),
        ("import numpy", []),
    ],
)
def test_the_lint_sees_every_way_to_import(source, found):
    module = ("deterrence", "analysis", "threshold")
    assert [name for _, name in imported_layers(source, module, is_package=False)] == found


EAGER = re.compile(r"^\s*(?:from|import) deterrence\.refinements\.", re.MULTILINE)


def test_a_package_that_loads_all_of_its_modules_is_imported_whole():
    """Threads that import two of its modules would each wait for what the other holds, which Python ends by an error."""
    outside = [path for path in SOURCES if path.parent.name != "refinements"]
    assert [path.as_posix() for path in outside if EAGER.search(path.read_text("utf-8"))] == []


def test_no_module_imports_itself_by_a_detour():
    assert circles(arrows()) == []


@pytest.mark.parametrize(
    ("graph", "found"),
    [
        ({"a": {"b"}, "b": set()}, []),
        ({"a": {"b"}, "b": {"a"}}, [["a", "b"]]),
        ({"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set(), "e": {"a"}}, [["a", "b", "c"]]),
    ],
)
def test_a_circle_is_seen(graph, found):
    assert circles(graph) == found


def test_no_folder_is_too_full_to_be_read_at_a_glance():
    folders = {path.parent for path in SOURCES if "models" not in path.parts}
    full = {shown(folder): len(list(folder.glob("*.py"))) for folder in folders}
    assert {folder: files for folder, files in full.items() if files > MOST_FILES} == {}


def tracked_files() -> list[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout, so there is no list of tracked files")
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]


def test_the_top_level_holds_only_what_belongs_there():
    assert {name.split("/")[0] for name in tracked_files()} <= TOP_LEVEL


def test_no_tracked_file_is_large():
    sizes = {name: (ROOT / name).stat().st_size for name in tracked_files()}
    assert {name: size for name, size in sizes.items() if size > LARGEST_FILE} == {}


def test_importing_the_package_loads_nothing_heavy():
    command = "import sys, deterrence; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", command], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert HEAVY & set(ran.stdout.split()) == set()


def test_every_public_name_is_there_and_listed():
    assert len(set(deterrence.__all__)) == len(deterrence.__all__)
    assert set(deterrence.__all__) <= set(dir(deterrence))
    for name in deterrence.__all__:
        assert getattr(deterrence, name) is not None


@pytest.fixture
def unseen(monkeypatch, tmp_path):
    """Let figures be drawn where nobody looks and files be written where nothing else is."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(plt, "show", lambda *_args, **_keywords: None)
    mpl.use("Agg")
    yield plt
    plt.close("all")


@pytest.mark.parametrize("path", EXAMPLES, ids=shown)
def test_every_example_runs_and_draws_one_figure(path, unseen):
    runpy.run_path(str(path), run_name="__main__")
    assert len(unseen.get_fignums()) == 1


def test_every_example_has_one_place_in_the_gallery():
    page = (ROOT / "docs/examples/index.md").read_text(encoding="utf-8")
    placed = [number for group in re.findall(r"```\{gallery\}\n(.*?)```", page, re.DOTALL) for number in group.split()]
    assert sorted(placed) == sorted(path.name.partition("_")[0] for path in EXAMPLES)


CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(?P<options>(?::[^\n]*\n)*)(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("path", EXECUTED)
def test_every_page_of_the_documentation_runs(path, unseen):
    namespace = {"__name__": "__main__"}
    text = path.read_text(encoding="utf-8")
    for cell in CELL.finditer(text):
        code = "\n" * text.count("\n", 0, cell.start("code")) + cell["code"]
        refused = "raises-exception" in cell["options"]
        expected = pytest.raises((ValueError, TypeError)) if refused else contextlib.nullcontext()
        with expected:
            exec(compile(code, shown(path), "exec"), namespace)


def test_the_example_in_the_readme_prints_what_it_says(unseen):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example = re.search(r"<!-- example -->\s*```python\n(.*?)```\s*```text\n(.*?)```", readme, re.DOTALL)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(example[1], "README.md", "exec"), {"__name__": "__main__"})
    assert printed.getvalue().strip() == example[2].strip()
