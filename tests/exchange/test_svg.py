"""Drawn trees as SVG documents."""

import xml.etree.ElementTree as ET

import pytest

import deterrence as dt
from deterrence import models
from deterrence.errors import FileFormatError, GameError, ValueKindError

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def strike():
    return models.load("strike").game


def test_the_document_is_one_svg_with_the_game_as_its_description(strike):
    root = ET.fromstring(dt.to_svg(strike))
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == "strike"
    assert "retaliate: war [Challenger prize - punishment, Defender -war]" in root.find(f"{SVG}desc").text


def test_nothing_is_loaded_from_elsewhere(strike):
    root = ET.fromstring(dt.to_svg(strike))
    links = [value for part in root.iter() for name, value in part.attrib.items() if name.endswith(("href", "src"))]
    assert links
    assert all(link.startswith("#") for link in links)
    assert {part.tag for part in root.iter()}.isdisjoint({f"{SVG}{tag}" for tag in ("text", "image", "script", "a")})


def test_the_same_game_gives_the_same_document(strike):
    first = dt.to_svg(strike, dt.solve(strike)[0])
    assert dt.to_svg(strike, dt.solve(strike)[0]) == first
    assert "<metadata" not in first
    assert dt.to_svg(strike) != first


def test_an_equilibrium_is_named_and_drawn(strike):
    equilibrium = dt.solve(strike)[0]
    title = ET.fromstring(dt.to_svg(strike, equilibrium)).find(f"{SVG}title").text
    assert title == f"strike: {equilibrium.name}"


def test_names_that_mean_something_to_xml_are_escaped():
    game = dt.bimatrix([[1]], [[2]], players=("<A & B>", "C\x07"), name='a "<b>" & c')
    with pytest.warns(UserWarning, match="Glyph 7"):  # no font has a bell
        root = ET.fromstring(dt.to_svg(game))
    assert root.find(f"{SVG}title").text == 'a "<b>" & c'
    assert "<A & B>" in root.find(f"{SVG}desc").text


def test_a_file_is_not_overwritten_unless_asked(strike, tmp_path):
    path = tmp_path / "tree.svg"
    text = dt.to_svg(strike, path=path)
    assert path.read_text("utf-8") == text
    with pytest.raises(FileFormatError, match="exists"):
        dt.to_svg(strike, path=path)
    assert dt.to_svg(strike, path=path, values=True, overwrite=True) != text


def test_what_is_no_game_is_refused(strike):
    with pytest.raises(ValueKindError, match="drawn of a Game"):
        dt.to_svg(dt.solve(strike))
    chicken = dt.bimatrix([[3, 2], [4, 1]], [[3, 4], [2, 1]])
    with pytest.raises(GameError, match="belongs to the game"):
        dt.to_svg(strike, dt.solve(chicken)[0])
