"""Values find their pictures and notebook forms in one table."""

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

import deterrence
from deterrence import views
from deterrence.errors import MethodError


def classes():
    """Return the classes of the package by name."""
    named = {}
    for module in pkgutil.walk_packages(deterrence.__path__, "deterrence."):
        if not module.name.endswith("__main__"):
            for name, thing in vars(importlib.import_module(module.name)).items():
                if inspect.isclass(thing) and thing.__module__ == module.name:
                    named.setdefault(name, []).append(thing)
    return named


CLASSES = classes()


@pytest.mark.parametrize("view", views.PICTURES)
def test_every_picture_in_the_table_is_drawn_by_a_method_of_one_class(view):
    name, _, method = view.partition(".")
    (kind,) = CLASSES[name]
    assert callable(getattr(kind, method))
    assert callable(views.loaded(views.PICTURES[view]))


@pytest.mark.parametrize("name", views.NOTEBOOK)
def test_every_notebook_form_in_the_table_is_that_of_one_class(name):
    (kind,) = CLASSES[name]
    assert issubclass(kind, views.Shown)
    assert callable(views.loaded(views.NOTEBOOK[name]))


def test_every_entry_of_the_table_is_asked_for_and_nothing_else_is():
    sources = [path.read_text(encoding="utf-8") for path in Path(deterrence.__file__).parent.rglob("*.py")]
    asked = {name for source in sources for name in re.findall(r'picture\("([^"]+)"', source)}
    assert asked == set(views.PICTURES)


def test_no_class_writes_its_own_notebook_form():
    own = {name for name, kinds in CLASSES.items() for kind in kinds if "_repr_html_" in vars(kind)}
    assert own == {"Shown"}


GAME = deterrence.models.load("strike").game


@pytest.mark.parametrize(
    ("answer", "begins"),
    [
        (GAME.strategic_form(), "<table"),
        (deterrence.characterize(GAME), "<p>"),
        (deterrence.solve(GAME), "<p>One subgame perfect equilibrium"),
        (deterrence.threshold(GAME, "war", "strike"), "<p>The probability"),
        (GAME, '<div style="background:white;color:#222222;padding:0.5em"><svg'),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_notebook_shows_tables_as_tables_and_sentences_as_paragraphs(answer, begins):
    assert answer._repr_html_().lstrip().startswith(begins)


def test_a_conflict_says_which_verbs_it_answers():
    conflict = deterrence.models.load("fang1993/elmira").game
    for ask in (deterrence.sweep, deterrence.characterize, deterrence.sensitivity):
        with pytest.raises(MethodError, match="ranks states and has no payoffs"):
            ask(conflict)
