"""What must agree when a version is released: package, citation, archive, recipe."""

import json
import re
import tomllib
from pathlib import Path

import pytest

import deterrence

ROOT = Path(__file__).parents[1]
yaml = pytest.importorskip("yaml", reason="the development extra brings PyYAML")
CONDA_NAMES = {"matplotlib": "matplotlib-base"}


@pytest.fixture(scope="module")
def citation():
    return yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def recipe():
    return yaml.safe_load((ROOT / ".ci/conda/recipe.yaml").read_text(encoding="utf-8"))


def test_all_places_name_the_version_of_the_package(citation, recipe):
    archive = json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    assert citation["version"] == archive["version"] == recipe["context"]["version"] == deterrence.__version__
    assert str(citation["date-released"]) == archive["publication_date"]
    assert citation["title"] == archive["title"]
    assert [author["name"] for author in citation["authors"]] == [author["name"] for author in archive["creators"]]


def test_the_bibtex_of_the_library_is_what_the_citation_says(citation):
    fields = dict(re.findall(r"^  (\w+) = \{+(.*?)\}+,$", deterrence.cite(), re.MULTILINE))
    assert fields == {
        "author": citation["authors"][0]["name"],
        "title": citation["title"],
        "year": str(citation["date-released"].year),
        "version": deterrence.__version__,
    }


def test_the_recipe_asks_for_the_dependencies_of_the_package(recipe):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = dict(re.fullmatch(r"([\w-]+)>=([\d.]+)", item).groups() for item in project["dependencies"])
    run = dict(item.split(" >=") for item in recipe["requirements"]["run"])
    assert run.pop("python") == "${{ python_min }}"
    assert project["requires-python"] == f">={recipe['context']['python_min']}"
    assert run == {CONDA_NAMES.get(name, name): version for name, version in asked.items()}


def test_the_version_is_one_that_sorts():
    assert re.fullmatch(r"\d+\.\d+\.\d+((a|b|rc)\d+)?", deterrence.__version__)
