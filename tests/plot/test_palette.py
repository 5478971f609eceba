"""The claims made for the colours, computed."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from deterrence.plot.maps.styles import region_styles
from deterrence.plot.palette import (
    HIGH_TINT,
    LOW_TINT,
    MAP_TINTS,
    PART_TINT,
    PLAYER_COLOURS,
    WHOLE_TINT,
    player_styles,
    sequential,
)

# Machado, Oliveira and Fernandes (2009), "A physiologically-based model for simulation of color vision
# deficiency", IEEE TVCG 15(6), table 1, severity 1.0.
BLINDNESS = {
    "none": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
JUST_NOTICEABLE = 2.3  # Mahy, Van Eycken and Oosterlinck (1994), in CIELAB units


def linear(colour):
    rgb = np.array(to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ np.clip(rgb, 0, 1) / [0.9505, 1.0, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def lightness(colour):
    return lab(linear(colour))[0]


def distance(one, other, kind):
    """Return how far two colours look apart to someone, or in grey, in CIELAB units."""
    if kind == "grey":
        return abs(lightness(one) - lightness(other))
    return np.linalg.norm(np.subtract(*(lab(np.array(BLINDNESS[kind]) @ linear(colour)) for colour in (one, other))))


@pytest.mark.parametrize("colour", PLAYER_COLOURS)
def test_players_names_can_be_read_on_white(colour):
    luminance = linear(colour) @ [0.2126, 0.7152, 0.0722]
    assert 1.05 / (luminance + 0.05) >= 4.5, "the contrast that WCAG 2.1 asks of text, criterion 1.4.3"


@pytest.mark.parametrize("kind", BLINDNESS)
def test_the_first_four_players_stay_apart_for_every_kind_of_colour_blindness(kind):
    seen = [lab(np.array(BLINDNESS[kind]) @ linear(colour)) for colour in PLAYER_COLOURS[:4]]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 5 * JUST_NOTICEABLE


def test_the_first_two_players_stay_apart_in_grey():
    assert abs(lightness(PLAYER_COLOURS[0]) - lightness(PLAYER_COLOURS[1])) > 15


def test_every_player_is_told_apart_without_colour():
    assert len({style.marker for style in player_styles(["player"] * 11)}) == 11


def test_black_text_can_be_read_on_every_tint():
    assert min(map(lightness, (WHOLE_TINT, PART_TINT, LOW_TINT, HIGH_TINT))) > 75
    assert min(lightness(tint.colour) for tint in MAP_TINTS) > 55  # names on maps have a white ground of their own


@pytest.mark.parametrize("kind", [*BLINDNESS, "grey"])
def test_tints_of_different_lightness_stay_apart_for_everyone_and_in_grey(kind):
    for one, other in combinations(MAP_TINTS, 2):
        if one.level != other.level:
            assert distance(one.colour, other.colour, kind) > 4 * JUST_NOTICEABLE


@pytest.mark.parametrize("kind", ["none", "protanopia", "deuteranopia"])
def test_tints_of_one_lightness_differ_in_hue_for_almost_everyone(kind):
    for one, other in combinations(MAP_TINTS, 2):
        if one.level == other.level and one.level < 3:
            assert distance(one.colour, other.colour, kind) > 8 * JUST_NOTICEABLE


def patchwork(regions, rng, side=40):
    """Return a raster of regions around random points, as a map of classes may look."""
    points = rng.random((regions, 2)) * side
    at = np.stack(np.mgrid[:side, :side], axis=-1)
    return np.linalg.norm(at[:, :, None] - points, axis=-1).argmin(axis=-1)


@pytest.mark.parametrize("regions", [2, 4, 8, 12, 20, 40])
def test_every_region_is_told_from_its_neighbours_in_grey_and_from_all_others_in_colour(regions):
    for seed in range(10):
        kinds = patchwork(regions, np.random.default_rng(seed))
        styles = region_styles(kinds)
        assert len(set(styles.values())) == len(styles)
        for one, other in combinations(styles, 2):
            beside = neighbours(kinds, one, other)
            if beside and styles[one].hatch == styles[other].hatch:
                far = [distance(styles[one].tint.colour, styles[other].tint.colour, k) for k in (*BLINDNESS, "grey")]
                assert min(far) > 4 * JUST_NOTICEABLE


def neighbours(kinds, one, other):
    pairs = [(kinds[1:], kinds[:-1]), (kinds[:, 1:], kinds[:, :-1])]
    return any((((a == one) & (b == other)) | ((a == other) & (b == one))).any() for a, b in pairs)


def test_few_regions_need_no_hatch_and_no_answer_has_no_style():
    kinds = patchwork(4, np.random.default_rng(1))
    styles = region_styles(np.where(kinds == 3, -1, kinds))
    assert sorted(styles) == [0, 1, 2]
    assert {style.hatch for style in styles.values()} == {""}


def test_the_map_of_numbers_darkens_evenly():
    values = [lightness(sequential()(i)) for i in range(0, 256, 15)]
    steps = -np.diff(values)
    assert (steps > 0).all()
    assert steps.max() < 2 * steps.min()
