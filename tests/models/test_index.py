"""The index of the models says what they say of themselves, and a list of them loads none."""

import subprocess
import sys

import pytest

from deterrence.models import catalogue, index
from deterrence.models.index import Traits

ANEW = 'run: python -c "from deterrence.models import catalogue; catalogue.write_index()"'


def test_the_index_says_of_every_model_what_the_model_says():
    loaded = {key: Traits.of(catalogue.load(key)) for key in catalogue.names()}
    assert dict(index.kept()) == loaded, ANEW


@pytest.fixture
def elsewhere(monkeypatch, tmp_path):
    """An index of our own, which starts as a copy."""
    path = tmp_path / "index.csv"
    path.write_bytes(index.FILE.read_bytes())
    monkeypatch.setattr(index, "FILE", path)
    index.kept.cache_clear()
    yield path
    index.kept.cache_clear()


def test_writing_it_anew_changes_nothing(elsewhere):
    before = elsewhere.read_bytes()
    catalogue.write_index()
    assert elsewhere.read_bytes() == before


def test_a_model_that_is_not_yet_in_it_is_loaded(elsewhere):
    listed = catalogue.listing()
    lines = elsewhere.read_text("utf-8").splitlines(keepends=True)
    elsewhere.write_text("".join(line for line in lines if "strike" not in line), "utf-8")
    index.kept.cache_clear()
    assert len(index.kept()) < len(listed)
    assert catalogue.listing() == listed


def test_a_model_that_is_gone_is_not_listed(elsewhere):
    with elsewhere.open("a", encoding="utf-8") as file:
        file.write("nobody1999/nothing,Nothing,nobody1999,exact,none,2,True,tree,1,1,0,,,,,,,\n")
    index.kept.cache_clear()
    assert [row.key for row in catalogue.listing()] == list(catalogue.names())


NO_MODEL = """
import sys
{ask}
loaded = [name for name in sys.modules if name.startswith("deterrence.models.") and name.count(".") > 2]
assert not loaded, loaded
assert not {{"sympy", "scipy"}} & set(sys.modules)
"""


@pytest.mark.parametrize(
    "ask",
    [
        "from deterrence import models; assert len(models.table(topic='sanctions')) > 1",
        "from deterrence.cli.commands.models import models; models()",
    ],
)
def test_a_list_loads_no_model(ask):
    subprocess.run([sys.executable, "-W", "error", "-c", NO_MODEL.format(ask=ask)], check=True, capture_output=True)
