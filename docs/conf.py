"""Sphinx's configuration: MyST notebooks that are executed at build and load nothing from elsewhere."""

import os
import sys
from importlib.resources import files
from pathlib import Path

from sphinx.application import Sphinx

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS))

from sources import STYLE, key_of, library  # noqa: E402

import deterrence  # noqa: E402 - after the path above, which is for the modules beside this file

project = "deterrence"
author = "The deterrence developers"
copyright = "2026, The deterrence developers"  # noqa: A001 - Sphinx's own name
version = release = deterrence.__version__

extensions = [
    "phases",
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.mathjax",
    "sphinx.ext.napoleon",
    "sphinx_design",
    "folds",
    "reading",
    "notebooks",
    "slides",
    "worksheets",
    "downloads",
    "gallery",
    "model_pages",
    "reference_pages",
    "error_pages",
    "executed_pages",
]
exclude_patterns = ["_build", "_pages", "**.ipynb_checkpoints", "*.py"]
templates_path = ["_templates"]
# A reference to a name of ours must lead somewhere; other libraries' pages are not at hand offline.
nitpicky = True
suppress_warnings = ["ref.python"]  # several classes have an attribute of one name; each page shows its own
nitpick_ignore_regex = [(r"py:.*", r"(?!deterrence\.).*")]

# Pages
myst_enable_extensions = ["amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
nb_custom_formats = {
    ".md": ["executed_pages.read_page", {"extensions": tuple(myst_enable_extensions)}],
    ".py": ["executed_pages.read_script", {}],
}
nb_execution_mode = "off"  # `executed_pages` executes them
nb_ipywidgets_js = {}  # would be loaded from elsewhere
nb_merge_streams = True
os.environ["MATPLOTLIBRC"] = str(STYLE)  # read by the kernels of the pages

# Reference
autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_preserve_defaults = True
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_typehints_format = "short"
autosummary_generate = True
napoleon_google_docstring = False
napoleon_use_ivar = True  # fields are described in the class's docstring, once
napoleon_use_rtype = False
add_module_names = False
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
toc_object_entries_show_parents = "hide"

# What a page loads besides its own text comes from installed packages: MathJax (one file, which draws
# glyphs as outlines) and two families of type
MATHJAX = files("mathjax") / "static/mathjax/es5/tex-svg.js"
SANS = [files("font_source_sans_pro") / f"files/SourceSansPro-{cut}.otf" for cut in ("Regular", "It", "Bold")]
SERIF = [files("font_source_serif_pro") / f"files/SourceSerifPro-{cut}.otf" for cut in ("Regular", "Semibold")]
mathjax_path = "tex-svg.js"
mathjax3_config = {"options": {"enableMenu": False}}

# Looks
html_theme = "pydata_sphinx_theme"
html_title = "deterrence"
html_static_path = ["_static", *map(str, [MATHJAX, *SANS, *SERIF])]
html_extra_path = ["_pages"]  # written by `model_pages`
html_css_files = ["deterrence.css"]
html_favicon = "_static/logo.svg"
html_copy_source = False
html_show_sourcelink = False
html_sidebars = {"index": [], "changelog": [], "examples/index": []}
html_theme_options = {
    "logo": {"image_light": "_static/logo.svg", "image_dark": "_static/logo.svg", "text": "deterrence"},
    "navbar_align": "left",
    "header_links_before_dropdown": 7,
    "show_toc_level": 2,
    "show_prev_next": True,
    "navigation_with_keys": False,
    "back_to_top_button": False,
    "secondary_sidebar_items": {"**": ["page-toc"], "index": [], "examples/index": []},
    "footer_start": ["copyright"],
    "footer_end": [],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}


def setup(app: Sphinx) -> None:
    """Have Sphinx read every page again when the library has changed: its numbers may be others."""
    app.add_config_value("key_of_library", key_of([*library(), STYLE]), "env", str)
