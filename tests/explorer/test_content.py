"""What a page holds: conditions, formulas and names, without a browser."""

import json
import re

import pytest
import sympy as sp

import deterrence as dt
from deterrence.errors import GameError
from deterrence.exchange.html.mathml import mathml
from deterrence.explorer.conditions import Relations, relations_in
from deterrence.explorer.mathematics import SHORT, WHOLE, shortened
from deterrence.explorer.reach import reaches
from deterrence.explorer.writing import written

A, B = sp.symbols("a b")


def holds(joined, relations, values):
    """Evaluate a condition as a page does."""
    if isinstance(joined, bool):
        return joined
    if isinstance(joined, int):
        return bool(relations.rows[joined].subs(values))
    parts = [holds(part, relations, values) for part in joined[1:]]
    return all(parts) if joined[0] == "and" else any(parts)


@pytest.mark.parametrize(
    "condition",
    [
        sp.true,
        sp.false,
        A > B,
        sp.And(A > B, A + B <= 1),
        sp.Or(A > B, sp.And(B > 0, sp.Or(A < 0, sp.Eq(B, 1)))),
        sp.Not(sp.And(A > B, B > 0)),
        sp.Ne(A, 1),
    ],
)
def test_a_condition_says_on_the_page_what_it_says(condition):
    relations = Relations()
    joined = relations.joined(condition)
    for a in (-1, 0, sp.Rational(1, 2), 1):
        for b in (-1, 0, sp.Rational(1, 2), 1):
            values = {A: a, B: b}
            assert holds(json.loads(json.dumps(joined)), relations, values) == bool(condition.subs(values))


def test_a_relation_is_entered_once():
    relations = Relations()
    joined = [relations.joined(sp.And(A > B, B > 0)), relations.joined(sp.Or(A > B, A < 3))]
    assert len(relations.rows) == 3
    assert sorted(set(relations_in(joined))) == [0, 1, 2]


def test_what_is_no_comparison_is_refused():
    with pytest.raises(GameError, match="is no comparison"):
        Relations().joined(sp.Symbol("p", real=True))


@pytest.mark.parametrize(
    "latex",
    [r"\frac{a_{1}}{b} \geq \mathit{war\_cost}", r"\alpha \, x^{2} < 3", "c > b", r"\text{a_b} = 1", "p_{Ch}", "c < b"],
)
def test_shortened_formulas_come_back(latex):
    back = {sign: element for element, sign in SHORT.items()}
    short = shortened(mathml(latex))
    whole = short.startswith(WHOLE)  # as the page reads them
    restored = short.removeprefix(WHOLE) if whole else "".join(back.get(sign, sign) for sign in short)
    inner = mathml(latex).removeprefix("<math>").removesuffix("</math>").replace("&#x0003E;", ">")
    assert restored in (inner, inner.removeprefix("<mrow>").removesuffix("</mrow>"))


def test_a_name_of_several_letters_is_one_word():
    assert "<mtext>war_cost</mtext>" in mathml(r"\mathit{war\_cost}")
    assert "<mtext>Ch</mtext>" in mathml("p_{Ch}")


def test_sliders_reach_the_declared_ends_and_around_open_values():
    game = dt.models.load("zagare2000/unilateral_deterrence").game
    game = game.plausible(dict.fromkeys(game.parameters))
    reach = dict(zip(game.parameters, reaches(game.parameter_list), strict=True))
    assert reach["defender_credibility"] == (0, 1)
    low, high = reach["challenger_gain"]
    assert low < float(game.values["challenger_gain"]) < high


def test_sliders_run_over_plausible_values_and_hold_the_present_one():
    war = dt.param(3, "cost of war", low=0, plausible=(0, 5), why="a short war").named("war")
    rest = dt.param(7, "cost").named("cost")
    assert reaches([war, rest])[0] == (0, 5)
    assert reaches([war.at(9), rest])[0] == (0, 9)


def test_the_page_says_which_values_are_plausible_and_which_admissible():
    strike = dt.models.load("strike").game
    game = strike.plausible(dict.fromkeys(strike.parameters)).plausible(war=(0, 5), why="a short war")
    page = dt.explore(game)
    assert "plausible 0 to 5 (a short war), admissible [-5, 20]" in page.html
    assert page.html.count("plausible 0 to 5") == 1


@pytest.mark.parametrize("value", [0, "1e-9", 7, 5_000_000])
def test_a_slider_reaches_somewhere_whatever_the_value(value):
    open_ends = [dt.param(value, "m"), dt.param(value, "m", low=0), dt.param(value, "m", high=6_000_000)]
    for low, high in reaches([p.named("p") for p in open_ends]):
        assert low < high
        assert low <= float(value) <= high


def page(game, **options):
    return dt.explore(game, **options)


def test_nothing_in_a_text_ends_the_script_or_becomes_markup():
    game = dt.bimatrix(
        [[3, 2], [4, 1]], [[3, 4], [2, 1]], name="</script><b>x</b><!--", actions=(["</script>", "b"], ["<!--", "d"])
    )
    html = page(game).html
    assert html.count("</script>") == 1
    assert "<!--" not in html
    assert "&lt;/script&gt;&lt;b&gt;" in html


def test_a_page_is_the_same_text_twice():
    strike = dt.models.load("folklore/strike")
    assert page(strike).html == page(strike).html


def test_the_policy_lets_in_the_pages_own_script_and_nothing_else():
    import base64
    import hashlib

    html = written(page(dt.models.load("folklore/strike")).content)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1]
    for element, rule in (("script", "script-src"), ("style", "style-src")):
        inside = re.search(f"<{element}>(.*?)</{element}>", html, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{rule} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert not re.search(r"\beval\b|new Function|https?://(?!www\.w3\.org)", html)
    assert not re.search(r' style="', html)


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_text_stands_out_from_its_ground_in_both_modes():
    style = re.search("<style>(.*?)</style>", page(dt.models.load("folklore/strike")).html, re.DOTALL)[1]
    modes = [
        dict(re.findall(r"--(\w+): (#\w{6})", block)) for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    ]
    assert len(modes) == 2
    for colours in modes:
        for ink in ("ink", "quiet", "accent", "good", "bad"):
            for ground in ("paper", "card"):
                light, dark = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
                assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, ground)
