"""How expressions are written on drawings, and where text wraps."""

import pytest
import sympy as sp

from deterrence.games.parameter import param
from deterrence.plot.lettering import Font, axis_label, extent, value_in_words, wrapped_formula

PRIZE, HARM, SHARE = sp.symbols("prize harm share", real=True)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (-3, "−3"),
        (sp.Rational(1, 3) * PRIZE, "prize/3"),
        (PRIZE - HARM, "prize −\xa0harm"),
        (HARM - PRIZE, "harm −\xa0prize"),
        (-HARM, "−harm"),
        (SHARE * PRIZE - (1 - SHARE) * HARM, "prize·share −\xa0harm·(1 −\xa0share)"),
        (PRIZE**2 - 1, "prize² −\xa01"),
        ((PRIZE - HARM) ** 2, "(prize −\xa0harm)²"),
    ],
)
def test_an_expression_is_written_as_a_reader_would(value, written):
    assert value_in_words(value) == written


def test_a_formula_breaks_before_its_signs_and_not_inside_brackets():
    assert wrapped_formula("prize·share −\xa0harm·(1 −\xa0share)", 14).split("\n") == [
        "prize·share",
        "−\xa0harm·(1\xa0−\xa0share)",
    ]


def test_an_axis_carries_the_meaning_and_the_symbol():
    assert axis_label(param(1, "harm done", symbol=r"\alpha").named("harm"), 400) == r"harm done  $\alpha$"


def test_a_symbol_that_cannot_be_drawn_gives_way_to_the_name():
    unreadable = param(1, "harm done", symbol=r"\nosuchthing{").named("harm")
    assert axis_label(unreadable, 400) == "harm done  (harm)"


def test_bold_and_longer_text_is_wider_and_lines_add_height():
    plain = extent("restrain", Font(10))
    assert extent("restrain", Font(10, bold=True))[0] > plain[0]
    assert extent("restrain\nstrike", Font(10))[1] == pytest.approx(2 * plain[1])
