"""What a notebook shows of answers: names, play, beliefs, payoffs and conditions, with typeset mathematics."""

import re
import xml.etree.ElementTree as ET

import matplotlib.pyplot as plt
import numpy as np
import pytest

import deterrence as dt
from deterrence.exchange.html import mathml
from deterrence.exchange.html.mathml import math, with_math
from deterrence.exchange.latex.formulas import LatexFormulas
from deterrence.mechanisms import Brinkmanship
from tests.odd_names import odd_tree

STRIKE = dt.models.load("strike").game
MODEL = dt.models.load("avenhaus2002/alarm_only")
ALARM = MODEL.game
HERO = dt.models.load("snyder1977/hero").game

SHOWN = {
    "equilibrium": dt.solve(ALARM)[0],
    "equilibrium of a table": dt.solve(HERO)[2],
    "class": dt.characterize(ALARM)[2],
    "characterization": dt.characterize(ALARM),
    "solution": dt.solve(ALARM),
    "solution of a table": dt.solve(HERO),
    "sweep": dt.sweep(ALARM, "strike", detection=np.linspace(0.1, 1, 9)),
    "map": dt.sweep(STRIKE, "war", "strike", punishment=[0, 10], war=[0, 5]),
    "regions": dt.regions(STRIKE, punishment=(0, 10), war=(0, 5)),
    "threshold": dt.threshold(ALARM, "detection", "strike"),
    "parameters": ALARM.parameters,
    "mechanism": Brinkmanship("strike", disaster=20),
    "model": MODEL,
    "continuous model": dt.models.load("green1984/repeated_deterrence"),
    "game": ALARM,
    "odd names": odd_tree,
    "classes of odd names": dt.characterize(odd_tree),
    "solution of odd names": dt.solve(odd_tree),
    "parameters of odd names": odd_tree.parameters,
}


def parsed(answer):
    """Return what a notebook shows as a tree of elements; an error where it is not well formed."""
    html = re.sub(r"(<(?:img|br)\b[^>]*?)/?>", r"\1/>", answer._repr_html_())
    return ET.fromstring(f"<div>{html}</div>")


def text(element):
    return re.sub(r"\s+", " ", "".join(element.itertext()))


@pytest.mark.parametrize("name", SHOWN)
def test_it_is_well_formed_needs_nothing_else_and_leaves_no_figure(name):
    root = parsed(SHOWN[name])
    links = [value for part in root.iter() for key, value in part.attrib.items() if key.endswith(("src", "href"))]
    assert all(link.startswith("data:image/png;base64,") for link in links)
    assert {part.tag for part in root.iter()}.isdisjoint({"script", "style", "link"})
    assert plt.get_fignums() == []


@pytest.mark.parametrize("name", ["equilibrium", "class"])
def test_an_equilibrium_shows_its_name_play_beliefs_outcome_and_payoffs(name):
    root = parsed(SHOWN[name])
    said = text(root)
    for words in ("deterrent mixture", "perfect Bayesian equilibrium", "wait: ", "Outcome: quiet"):
        assert words in said
    assert [text(cell) for cell in root.iter("th")] == ["information set", "play", "belief"]
    assert "opportunity, strike, alarm: " in said
    assert re.search(r"Payoffs: Attacker .+ and Defender .+\.", said)


def test_a_class_says_when_it_exists_in_mathematics():
    (first, *_) = parsed(SHOWN["class"]).iter("p")
    assert text(first) == "deterrent mixture: perfect Bayesian equilibrium, which exists when αqv>wf(1−q) and c(α−f)>b."
    assert len(list(first.iter("math"))) == 2


def test_a_characterization_is_a_table_of_classes():
    answer = SHOWN["characterization"]
    rows = [[text(cell) for cell in row] for row in parsed(answer).iter("tr")]
    assert rows[0] == ["class", "exists", "outcome", "payoffs"]
    assert [row[0] for row in rows[1:]] == [kind.name for kind in answer]
    assert rows[1][1:] == ["when wf(1−q)≥αqv", "quiet: 1−qunanswered strike: q", "Attacker: bqDefender: −Kq"]


def test_two_players_with_short_payoffs_have_a_column_each():
    (head, *_) = [[text(cell) for cell in row] for row in parsed(dt.characterize(STRIKE)).iter("tr")]
    assert head == ["class", "exists", "outcome", "payoff of Challenger", "payoff of Defender"]


@pytest.mark.parametrize(
    "latex",
    [
        r"p_{Ch} \, c_{DC} + p_{Ch} \, c_{DD+} \, p_{Def} + c_{SQ} - p_{Ch} \, c_{DC} \, p_{Def} - p_{Ch} \, c_{SQ}",
        r"\frac{a + b + c + d + e + f + g + h}{a - b - c - d - e - f - g - h} \geq a + b",
        r"w \, \left(a + b + c + d + e + f + g\right) \, f \geq - \alpha \, q \, v + 12 \, x - 3 \, y",
        "(" + " + ".join(f"a_{{{k}}} \\, b" for k in range(20)) + ") / (c - d)",
    ],
)
def test_a_long_formula_may_be_broken_between_its_parts_and_says_the_same(latex):
    broken = mathml.math(latex)
    assert broken.count("<math") > 1
    assert written(broken) == written(mathml.mathml(latex))
    assert max(len(piece) for piece in mathml.parts(latex, within_brackets=r"\left" not in latex)) <= mathml.WIDE


def written(html):
    return re.sub(r"\s|&#x0003E;", "", "".join(ET.fromstring(f"<p>{html}</p>").itertext()))


def test_a_short_formula_is_one_element():
    assert mathml.math(r"a \geq b + c").count("<math") == 1


def test_a_solution_has_a_row_for_every_equilibrium_and_a_picture():
    root = parsed(SHOWN["solution of a table"])
    rows = [[text(cell) for cell in row] for row in root.iter("tr")]
    assert [row[1] for row in rows[1:]] == ["Column prevails", "Row prevails", "mixed"]
    assert rows[3][4:] == ["2.5", "2.5"]
    assert len(list(root.iter("img"))) == 1
    assert len(list(parsed(SHOWN["solution"]).iter("{http://www.w3.org/2000/svg}svg"))) == 1


@pytest.mark.parametrize("name", ["sweep", "map", "regions"])
def test_a_sweep_and_regions_have_their_picture_and_their_sentences(name):
    root = parsed(SHOWN[name])
    (image,) = root.iter("img")
    assert image.get("alt")
    assert text(root).startswith(str(SHOWN[name]).splitlines()[0])


def test_what_is_unevaluated_is_not_evaluated_for_a_glance():
    lazy = dt.sweep(STRIKE, "war", chunks=2, punishment=range(8), war=[1, 2])
    assert "<img" not in lazy._repr_html_()
    assert lazy.lazy


def test_a_sweep_of_three_parameters_has_sentences_alone():
    shown = dt.sweep(STRIKE, "war", punishment=[0, 10], war=[0, 5], prize=[1, 2])._repr_html_()
    assert "<img" not in shown
    assert "Sweep of" in shown


def test_a_threshold_has_its_formula_typeset():
    (formula,) = parsed(SHOWN["threshold"]).iter("math")
    assert text(formula) == "α=(b+fc)/c"
    assert "<math" not in dt.threshold(STRIKE, "prize", "strike", between=(5, 6))._repr_html_()


def test_a_threshold_with_two_jumps_has_both_formulas_typeset():
    proxy = dt.models.load("bapat2012/direct_or_proxy").game
    found = dt.threshold(proxy, "penalty", "use a proxy")
    formulas = [text(one) for one in parsed(found).iter("math") if text(one).startswith("L")]
    assert len(formulas) == len(found.jumps) == 2


def test_parameters_are_a_table():
    rows = [[text(cell) for cell in row] for row in parsed(SHOWN["parameters"]).iter("tr")]
    assert rows[0] == ["parameter", "symbol", "value", "range", "meaning", "plausible", "why"]
    assert [row[0] for row in rows[1:]] == list(ALARM.parameters)
    assert rows[6][1:4] == ["α", "0.8", "[0, 1]"] or rows[6][1] == "α"
    assert type(ALARM.parameters)(dict(ALARM.parameters)) == ALARM.parameters


def test_a_mechanism_shows_its_call_what_it_does_and_what_it_adds():
    said = text(parsed(Brinkmanship("strike", disaster=20, prefix="blue")))
    assert "Brinkmanship(action='strike', disaster=20, prefix='blue')" in said
    assert "blue_risk" in said
    assert "chance that the crisis slips out of hand" in said


def test_a_model_shows_its_source_game_assumptions_and_claims():
    said = text(parsed(MODEL))
    for words in (
        MODEL.citation,
        "It assumes:",
        "What it does not say:",
        f"({len(MODEL.claims)}):",
        "chance of an alarm",
    ):
        assert " ".join(words.split()) in said


@pytest.mark.parametrize(
    ("latex", "seen"),
    [
        (r"\frac{a}{b \, c}", "<mfrac><mi>a</mi><mrow><mi>b</mi>"),
        (r"\alpha_{1}^{2}", "<msubsup><mi>α</mi><mn>1</mn><mn>2</mn></msubsup>"),
        (r"W_\mathrm{US}", "<msub><mi>W</mi><mtext>US</mtext></msub>"),
        (r"c_{DD+}", "<msub><mi>c</mi><mtext>DD+</mtext></msub>"),
        (r"\mathit{row\_reward}", "<mtext>row_reward</mtext>"),
        (r"\bar{x} \leq \sqrt{2}", "<mo>≤</mo><msqrt><mn>2</mn></msqrt>"),
        (r"a < b", "<mo>&#x0003C;</mo>"),
    ],
)
def test_latex_of_the_library_s_kind_becomes_mathml(latex, seen):
    assert seen in math(latex)


def test_text_around_formulas_is_kept_and_escaped():
    assert text(ET.fromstring(f"<p>{with_math('when $a < b$ & more')}</p>")) == "when a<b & more"


def test_every_payoff_and_probability_of_the_catalogue_is_well_formed_mathematics():
    for key in dt.models.names():
        game = dt.models.load(key).game
        if isinstance(game, dt.Game):
            formulas = LatexFormulas.of(game)
            rows = [*game.form.payoffs, *game.form.probabilities]
            written = {formulas.formula(value) for row in rows if row for value in row}
            for latex in written:
                parts = ET.fromstring(f"<p>{math(latex)}</p>")  # a long formula is several elements
                assert {part.tag for part in parts} <= {"math", "span"}, (key, latex)


def test_the_text_of_a_brief_in_a_notebook_is_text(monkeypatch):
    """Rich writes to the notebook instead where it thinks to be in one."""
    from rich import console

    from deterrence.report import as_text, brief

    monkeypatch.setattr(console, "_is_jupyter", lambda: True)
    assert "Strike, retaliate or restrain" in as_text(brief(dt.models.load("strike")))


def test_no_two_classes_of_a_table_have_one_name():
    """A table once called four classes of the case separating; the answer's own names tell them apart."""
    from deterrence.models.cases.iraq_2020 import STEPS

    stage = {title: game for title, _, game in STEPS}["Casualties"]
    found = dt.characterize(stage, parameters=["lethality", "outrage"])
    shown = [text(row[0]) for row in parsed(found).iter("tr")][1:]
    assert shown == list(found.names)
    assert len(set(shown)) == len(shown) == 5
