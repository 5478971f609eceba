"""The documentation shows kept results only where nothing that they depend on has changed."""

import os
import shutil

import pytest

from docs import generated, sources
from docs.cache import CHECKSUM, Cache


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache", largest=1000)


@pytest.fixture
def package(tmp_path):
    """Return a small library of three works: one uses the formulas of another."""
    files = {
        "games/game.py": "nodes = 1",
        "plot/tree.py": "ink = 1",
        "report/brief.py": "page = 1",
        "cli/app.py": "command = 1",
        "models/claim.py": "claim = 1",
        "models/references.bib": "@book{one}",
        "models/old1960/strike.py": "payoff = 1",
        "models/new2000/reply.py": "from deterrence.models.old1960.strike import payoff",
        "models/new2000/data.csv": "1,2",
        "models/far2010/away.py": "payoff = 2",
    }
    for name, text in files.items():
        path = tmp_path / "deterrence" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "deterrence"


def verdict_sources(package, work):
    return [*sources.beneath_models(package), *sources.of_model(f"{work}/any", package)]


def changed(path):
    """Write other words into a file, of the same length and at the same time as before."""
    about = path.stat()
    path.write_text(path.read_text()[:-1] + "~")
    os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns + 1))


def test_a_result_is_made_once_where_nothing_changed(cache):
    made = []

    def make():
        made.append(1)
        return b"holds"

    assert [cache.result(lambda: "key", make) for _ in range(3)] == [b"holds"] * 3
    assert made == [1]
    assert cache.result(lambda: "other key", make) == b"holds"
    assert made == [1, 1]


def test_a_result_is_not_kept_where_a_source_changed_while_it_was_made(cache):
    keys = iter(["before", "after"])
    assert cache.result(lambda: next(keys), lambda: b"of either") == b"of either"
    assert cache.get("before") is cache.get("after") is None


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: CHECKSUM - 1],
        lambda content: content[:-1],
        lambda content: content[:-1] + b"!",
        lambda content: b"not a checksum" + content,
    ],
)
def test_a_damaged_result_is_made_again(cache, damage):
    cache.put("key", b"holds")
    path = cache.folder / "key"
    path.write_bytes(damage(path.read_bytes()))
    assert cache.get("key") is None
    assert cache.result(lambda: "key", lambda: b"holds again") == b"holds again" == cache.get("key")


def test_a_folder_in_the_place_of_a_result_is_no_result(cache):
    (cache.folder / "key").mkdir(parents=True)
    assert cache.get("key") is None


def test_a_result_is_written_whole_or_not_at_all(cache, monkeypatch):
    cache.put("key", b"old")
    with monkeypatch.context() as broken:
        broken.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError("the disk is full")))
        with pytest.raises(OSError, match="the disk is full"):
            cache.put("key", b"new")
    assert cache.get("key") == b"old"


def test_the_results_used_last_are_the_ones_that_stay(cache):
    for number in range(5):
        cache.put(f"key {number}", b"x" * 300)
        os.utime(cache.folder / f"key {number}", (number, number))
    assert cache.get("key 0") is not None  # used now, though made first
    cache.prune()
    assert sorted(path.name for path in cache.folder.iterdir()) == ["key 0", "key 3", "key 4"]


def test_an_empty_cache_has_nothing_to_prune(cache):
    cache.prune()
    assert not cache.folder.exists()


def test_the_key_is_the_same_for_the_same_sources(package):
    files = verdict_sources(package, "new2000")
    assert sources.key_of(files) == sources.key_of(reversed(files))


@pytest.mark.parametrize(
    "name",
    [
        "games/game.py",
        "models/claim.py",
        "models/references.bib",
        "models/new2000/reply.py",
        "models/new2000/data.csv",
        "models/old1960/strike.py",  # which new2000 imports
    ],
)
def test_the_key_changes_with_a_source_that_a_verdict_depends_on(package, name):
    before = sources.key_of(verdict_sources(package, "new2000"))
    changed(package / name)
    assert sources.key_of(verdict_sources(package, "new2000")) != before


@pytest.mark.parametrize("name", ["plot/tree.py", "report/brief.py", "cli/app.py", "models/far2010/away.py"])
def test_the_key_does_not_change_with_what_no_verdict_depends_on(package, name):
    before = sources.key_of(verdict_sources(package, "new2000"))
    changed(package / name)
    assert sources.key_of(verdict_sources(package, "new2000")) == before


def test_the_key_changes_when_a_source_comes_goes_or_gets_another_name(package):
    keys = {sources.key_of(verdict_sources(package, "old1960"))}
    (package / "games" / "play.py").write_text("play = 1")
    keys.add(sources.key_of(verdict_sources(package, "old1960")))
    (package / "games" / "play.py").rename(package / "games" / "plays.py")
    keys.add(sources.key_of(verdict_sources(package, "old1960")))
    (package / "games" / "game.py").unlink()
    keys.add(sources.key_of(verdict_sources(package, "old1960")))
    assert len(keys) == 4


def test_the_key_changes_with_a_version(package, monkeypatch):
    files = verdict_sources(package, "new2000")
    before = sources.key_of(files)
    newer = sources.versions().replace("numpy ", "numpy 1")
    assert newer != sources.versions()
    monkeypatch.setattr(sources, "versions", lambda: newer)
    assert sources.key_of(files) != before


def test_the_versions_name_python_and_what_the_numbers_come_from():
    versions = sources.versions().splitlines()
    assert versions[0].startswith("3.")
    assert {"numpy", "scipy", "sympy", "matplotlib"} <= {line.split(" ")[0] for line in versions[1:]}


def test_models_that_use_other_works_depend_on_them():
    works = {path.parent.name for path in sources.of_model("ma2024/disruption")}
    assert works == {"ma2024", "avenhaus2002"}
    assert {path.parent.name for path in sources.of_model("folklore/strike")} == {"folklore"}


def test_no_model_shares_the_key_of_its_verdicts_with_another_or_with_its_picture():
    keys = ["snyder1977/hero", "snyder1977/leader", "folklore/strike"]
    found = [key(one, sources.STYLE) for one in keys for key in (sources.key_of_verdicts, sources.key_of_picture)]
    assert len(set(found)) == len(found)


def test_what_is_the_same_is_not_written_again(tmp_path):
    folder = tmp_path / "generated"
    assert generated.fill(folder, {"one.md": "1", "two.png": b"2"}) == 2
    for path in folder.iterdir():
        os.utime(path, (0, 0))
    assert generated.fill(folder, {"one.md": "1", "two.png": b"3"}) == 1
    assert (folder / "one.md").stat().st_mtime == 0 < (folder / "two.png").stat().st_mtime


def test_what_is_made_no_longer_goes_and_what_others_made_stays(tmp_path):
    generated.fill(tmp_path, {"one.md": "1", "two.md": "2", "three.rst": "3"})
    (tmp_path / "api").mkdir()
    assert generated.fill(tmp_path, {"one.md": "1"}, pattern="*.md") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["api", "one.md", "three.rst"]
    shutil.rmtree(tmp_path)
