"""A Sphinx extension that writes the reference: one page an area, from the names the library makes public."""

import re
import sys
from importlib import import_module
from inspect import isclass, isfunction
from pathlib import Path
from types import ModuleType
from typing import Any

from docutils import nodes
from generated import fill
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.domains.python import PyObject
from sphinx.environment import BuildEnvironment

import deterrence

# Each area: its title, what it holds, and the modules whose public names belong to it.
AREAS = (
    (
        "Writing a game",
        "Parameters, moves and ends, and the value they make.",
        {"continuous", "games"},
    ),
    (
        "Solving",
        "Equilibria at a point and as formulas, the solution methods, and their answers.",
        {"answers", "refinements", "solvers"},
    ),
    ("Analysis", "How an answer changes with the parameters.", {"analysis", "grid"}),
    ("Ordinal conflicts", "Stability of states and the theory of moves, from rankings alone.", {"ordinal"}),
    ("Mechanisms", "Functions from game to game.", {"mechanisms"}),
    ("Models", "Published models and real crises, each with its source and its checked claims.", {"models"}),
    ("Exchange", "To and from other programs and formats.", {"exchange"}),
    ("Plots and reports", "Figures, briefs and pages.", {"explorer", "plot", "report"}),
    ("Estimation", "Fitting games to data.", {"estimation"}),
    ("Errors", "What is raised, and when.", {"errors"}),
)
OTHER = ("Other", "The rest of the public names.", set[str]())

# Modules whose public names are documented under the module's own: one imports them from there.
MODULES = ("mechanisms.algebra", "mechanisms.requirements", "models.escalation")

AREA_PAGE = """\
{rule}
{title}
{rule}

{text}

.. currentmodule:: deterrence

.. autosummary::
   :toctree: api
   :nosignatures:

{names}
"""


def public_names() -> dict[str, Any]:
    """Return the documented objects by dotted name; a public sub-package stands for its own public names."""
    found: dict[str, Any] = {}
    for name in deterrence.__all__:
        value = getattr(deterrence, name)
        if name.startswith("__"):
            continue
        if isinstance(value, ModuleType):
            things = {inner: getattr(value, inner) for inner in getattr(value, "__all__", ())}
            found |= {f"{name}.{inner}": thing for inner, thing in things.items() if not isinstance(thing, ModuleType)}
        else:
            found[name] = value
    for place in MODULES:
        module = import_module(f"deterrence.{place}")
        things = {inner: getattr(module, inner) for inner in module.__all__}
        found |= {f"{place}.{inner}": value for inner, value in things.items() if isfunction(value) or isclass(value)}
    return found


def area_of(name: str, value: Any) -> str:
    """Return the title of the area of a public name: that of the module it comes from."""
    home = getattr(value, "__module__", None) or type(value).__module__
    module = name.partition(".")[0] if "." in name else [*home.split("."), ""][1]
    return next((title for title, _, modules in AREAS if module in modules), OTHER[0])


def write_area_pages(app: Sphinx, config: Config) -> None:
    """Write a page for each area that has public names, in the areas' order; remove pages of names that are gone."""
    folder = Path(app.srcdir) / "reference" / "generated"
    names = public_names()
    config.autosummary_filename_map = {
        f"deterrence.{name}": f"deterrence.{name}-function"
        for name in names
        if any(other != name and other.lower() == name for other in names)  # a file system may ignore case
    }
    fill(folder, area_pages(names), pattern="*.rst")
    known = {config.autosummary_filename_map.get(f"deterrence.{name}", f"deterrence.{name}") for name in names}
    for page in folder.glob("api/*.rst"):
        if page.stem not in known:
            page.unlink()


def area_pages(names: dict[str, Any]) -> dict[str, str]:
    """Return the pages by file name: one for each area that has public names."""
    pages = {}
    for number, (title, text, _) in enumerate([*AREAS, OTHER], start=1):
        listed = "\n".join(f"   {name}" for name, value in names.items() if area_of(name, value) == title)
        if listed:
            page = AREA_PAGE.format(rule="=" * len(title), title=title, text=text, names=listed)
            pages[f"{number:02}-{title.lower().replace(' ', '-')}.rst"] = page
    return pages


RULE = re.compile(r"^-{3,}$")


def read_returns(_app: Sphinx, _what: str, _name: str, _value: Any, _options: Any, lines: list[str]) -> None:
    """Turn a Returns section that describes one thing into a field; its type comes from the annotation."""
    starts = [at for at, rule in enumerate(lines) if RULE.match(rule) and lines[at - 1] == "Returns"]
    for rule in starts[:1]:
        ends = (at - 1 for at in range(rule + 1, len(lines)) if RULE.match(lines[at]))
        end = next(ends, len(lines))
        body = [line for line in lines[rule + 1 : end] if line.strip()]
        indented = [line.startswith(" ") for line in body]
        typed = all(indented[1:]) and len(body) > 1
        if body and (typed or not any(indented)):
            text = " ".join(line.strip() for line in body[typed:])
            lines[rule - 1 : end] = ["", f":returns: {text}", ""]


def lead_to_the_public_name(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, text: nodes.TextElement
) -> nodes.Element | None:
    """Resolve ``deterrence.games.game.Game``, as annotations have it, to the page of ``deterrence.Game``.

    A name that exists but is not public, as in an annotation, is shown without a link; one that does not
    exist is left for Sphinx to complain about.
    """
    target = node.get("reftarget", "")
    module, _, name = target.rpartition(".")
    if node.get("refdomain") != "py" or not (target in deterrence.__all__ or module.startswith("deterrence")):
        return None
    if name in deterrence.__all__:
        place = node.get("refdoc", env.docname)
        domain = env.get_domain("py")
        return domain.resolve_xref(env, place, app.builder, "obj", f"deterrence.{name}", node, text)
    return text if hasattr(sys.modules.get(module), name) else None


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect the handlers; the pages are written before Sphinx looks for its sources."""
    for field in PyObject.doc_field_types:
        if field.name == "variable":
            field.label = "Attributes"  # as the docstrings call them
    app.connect("config-inited", write_area_pages, priority=600)
    app.connect("autodoc-process-docstring", read_returns, priority=400)  # before napoleon's, at 500
    app.connect("missing-reference", lead_to_the_public_name)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
