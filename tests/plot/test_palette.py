"""The claims made for the colours, computed."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from deterrence.plot.palette import PLAYER_COLOURS, TINTS, class_styles, player_styles, sequential

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


def test_every_player_and_class_is_told_apart_without_colour():
    assert len({style.marker for style in player_styles(["player"] * 11)}) == 11
    assert len({style.hatch for style in class_styles(16)}) == 16


def test_black_text_can_be_read_on_every_tint():
    assert min(map(lightness, TINTS)) > 75


def test_the_map_of_numbers_darkens_evenly():
    values = [lightness(sequential()(i)) for i in range(0, 256, 15)]
    steps = -np.diff(values)
    assert (steps > 0).all()
    assert steps.max() < 2 * steps.min()
