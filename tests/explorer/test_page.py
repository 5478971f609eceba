"""The page in a browser: what it computes is what the library computes, and hands of every kind reach everything."""

import random
from fractions import Fraction

import pytest

import deterrence as dt
from deterrence.errors import ParameterError
from tests.explorer import browser as browsers

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not browsers.is_installed(), reason="needs Chromium, ChromeDriver and Selenium"),
]

MODELS = (
    "avenhaus2002/noisy_attribution",
    "brams1985/committed_threats",
    "cho1987/signalling_resolve",
    "fearon1997/sinking_costs",
    "fearon1997/tying_hands",
    "folklore/strike",
    "kydd2002/spoilers",
    "lacy2004/sanctions_threat",
    "powell1990/ladder",
    "snyder1977/chicken",
    "snyder1977/sanctioned_dilemma",
    "zagare2000/generalized_mutual_deterrence",
    "zagare2000/unilateral_deterrence",
)
POINTS = 200
WHERE = """
    const e = document.activeElement;
    if (e === document.body) return [-1, ""];
    return [[...document.querySelectorAll("*")].indexOf(e), `${e.id} ${e.name ?? ""} ${e.ariaLabel ?? ""} ${e.innerText ?? ""}`];
"""
"""Which element has the focus, and what it is called."""


@pytest.fixture(scope="session")
def browser(tmp_path_factory):
    with browsers.started(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="session")
def page(tmp_path_factory):
    """Return a function that writes a model's page and returns its file."""
    folder, made = tmp_path_factory.mktemp("pages"), {}

    def page_of(key, **options):
        named = (key, *sorted(options.items()))
        if named not in made:
            explorer = dt.explore(dt.models.load(key), **options)
            path = folder / f"{len(made)}.html"
            explorer.save(path)
            made[named] = path, explorer
        return made[named]

    return page_of


def random_points(game, count, seed):
    """Draw points of the declared ranges at which the game's assumptions hold, in fractions."""
    rng, points = random.Random(seed), []
    while len(points) < count:
        values = {}
        for p in game.parameter_list:
            low = p.low if p.low is not None else p.value - 1
            high = p.high if p.high is not None else p.value + 1
            values[p.name] = low + (high - low) * Fraction(rng.randrange(1, 9973), 9973)
        try:
            game.at(values)
        except ParameterError:
            continue
        points.append(values)
    return points


def pattern(play):
    return tuple(tuple(a for a, p in enumerate(row) if p > 1e-12) for row in play)


@pytest.mark.parametrize("key", MODELS)
def test_the_page_shows_at_any_point_what_the_library_finds_there(browser, page, key):
    path, explorer = page(key)
    browser.open(path)
    points = random_points(explorer.found.game, POINTS, seed=key)
    floats = [{name: float(value) for name, value in point.items()} for point in points]
    shown = browser.run("return arguments[0].map(point => explorer.at(point))", floats)
    for point, kinds in zip(points, shown, strict=True):
        known = explorer.found.at(point)
        assert {pattern(kind["play"]) for kind in kinds} == {pattern(e.behaviour) for e in known}
        for kind in kinds:
            close = [e for e in known if pattern(e.behaviour) == pattern(kind["play"])]
            if kind["free"]:
                continue
            assert any(agrees(kind, e) for e in close), (point, kind)


def agrees(kind, equilibrium):
    """Tell whether a class on the page has an equilibrium's probabilities and payoffs."""
    pairs = [
        *zip(kind["pay"], equilibrium.payoffs.values(), strict=True),
        *zip(kind["out"], equilibrium.outcomes.values(), strict=True),
        *(
            (a, b)
            for ours, theirs in zip(kind["play"], equilibrium.behaviour, strict=True)
            for a, b in zip(ours, theirs, strict=True)
        ),
    ]
    return all(a == pytest.approx(float(b), rel=1e-7, abs=1e-9) for a, b in pairs)


@pytest.mark.parametrize("key", ["folklore/strike", "cases/iraq_2020"])
def test_the_page_asks_for_nothing_and_complains_of_nothing(browser, page, key):
    path, _ = page(key)
    for query in ("", "?embed", "?predict"):
        browser.open(path, query)
        assert browser.messages() == []
        assert browser.requests() == [f"{path.as_uri()}{query}"]


def test_the_map_is_exact_at_its_pixels(browser, page):
    path, explorer = page("cases/iraq_2020")
    browser.open(path)
    rows = browser.run("return explorer.pixels(13, 9)")
    assert len(rows) == 13 * 9
    for row in rows:
        if row["slack"] < 1e-6:  # a border runs through it
            continue
        values = {name: Fraction(value) for name, value in row["values"].items()}
        known = explorer.found.at(values)
        there = {kind.pattern for number, kind in enumerate(explorer.found, 1) if number in row["kinds"]}
        assert there == {e.pattern for e in known}


def test_dragging_moves_the_point_and_says_what_changed(browser, page):
    path, _ = page("cases/iraq_2020")
    browser.open(path)
    before = browser.run("return explorer.values")
    browser.run("document.querySelector('#map').scrollIntoView()")
    x, y, wide, high = browser.run(
        "const b = document.querySelector('#map').getBoundingClientRect(); return [b.x, b.y, b.width, b.height]"
    )
    drag(browser, (x + 0.7 * wide, y + 0.6 * high), (x + 0.7 * wide, y + 0.1 * high))
    after = browser.run("return explorer.values")
    assert after["pressure"] > before["pressure"]
    news = browser.text("#news")
    assert "now exists" in news
    assert "exists no longer" in news or "began to hold" in news
    assert "#" in browser.run("return location.href")


def drag(browser, begin, end, steps=12):
    send = browser.driver.execute_cdp_cmd
    send(
        "Input.dispatchMouseEvent",
        {"type": "mousePressed", "x": begin[0], "y": begin[1], "button": "left", "clickCount": 1},
    )
    for step in range(1, steps + 1):
        at = [a + (b - a) * step / steps for a, b in zip(begin, end, strict=True)]
        send("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": at[0], "y": at[1], "button": "left"})
        browser.wait()
    send(
        "Input.dispatchMouseEvent",
        {"type": "mouseReleased", "x": end[0], "y": end[1], "button": "left", "clickCount": 1},
    )
    browser.wait()


def test_touch_moves_the_point(browser, page):
    path, _ = page("folklore/strike")
    browser.open(path, size="phone")
    browser.run("document.querySelector('#map').scrollIntoView()")
    x, y, wide, high = browser.run(
        "const b = document.querySelector('#map').getBoundingClientRect(); return [b.x, b.y, b.width, b.height]"
    )
    before = browser.run("return explorer.values")
    send = browser.driver.execute_cdp_cmd
    send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x + 0.5 * wide, "y": y + 0.5 * high}]}
    )
    send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x + 0.9 * wide, "y": y + 0.2 * high}]})
    send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    browser.wait()
    assert browser.run("return explorer.values") != before


def test_the_keyboard_alone_reaches_everything(browser, page):
    from selenium.webdriver.common.keys import Keys

    path, _ = page("zagare2000/unilateral_deterrence")
    browser.open(path)
    met, places = [], []
    for _ in range(80):
        browser.press(Keys.TAB)
        place, here = browser.run(WHERE)
        if place < 0 or place in places:
            break
        places.append(place)
        met.append(here)
    words = " ".join(met)
    for place in (
        "map",
        "reset",
        "python",
        "link",
        "parameter-0",
        "parameter-11",
        "tree",
        "kind",
        "Condition",
        "Measure",
        "Along",
    ):
        assert place in words, (place, met)


def test_arrow_keys_move_point_slider_tree_and_class(browser, page):
    from selenium.webdriver.common.keys import Keys

    path, _ = page("zagare2000/unilateral_deterrence")
    browser.open(path)
    values = browser.run("return explorer.values")
    browser.run("document.querySelector('#map').focus()")
    browser.press(Keys.ARROW_RIGHT, Keys.ARROW_UP)
    moved = browser.run("return explorer.values")
    assert {name for name in values if values[name] != moved[name]} == {
        "defender_credibility",
        "challenger_credibility",
    }
    browser.run("document.querySelector('#parameter-0').focus()")
    browser.press(Keys.ARROW_RIGHT)
    assert browser.run("return explorer.values")["challenger_gain"] > moved["challenger_gain"]
    browser.run("document.querySelector('#tree').focus()")
    browser.press(Keys.ARROW_DOWN)
    assert browser.text("#formula").startswith("status quo")
    browser.run("document.querySelector('#reset').click()")
    browser.wait()
    chosen = browser.run("return document.querySelector('input[name=kind]:checked').value")
    browser.run("document.querySelector('input[name=kind]:checked').focus()")
    browser.press(Keys.ARROW_DOWN)
    assert browser.run("return document.querySelector('input[name=kind]:checked').value") != chosen


def test_a_situation_stands_in_the_address(browser, page):
    path, _ = page("folklore/strike")
    browser.open(path, "#war=7.5&prize=11&class=2")
    assert browser.run("return explorer.values") == {"prize": 11, "loss": 6, "punishment": 9, "war": 7.5}
    browser.run("document.querySelector('#link').click()")
    browser.wait()
    assert "war=7.5" in browser.text("#copied")
    browser.run("document.querySelector('#python').click()")
    browser.wait()
    assert 'dt.models.load("folklore/strike").game.at(prize=11, war=7.5)' in browser.text("#copied")
    browser.open(path, "#war=900&nothing=3&prize=high&class=99&axes=war.war")
    assert browser.run("return explorer.values") == {"prize": 4, "loss": 6, "punishment": 9, "war": 20}
    assert browser.messages() == []


@pytest.mark.parametrize(
    ("typed", "said"), [("30", "between −5 and 20"), ("-6", "between −5 and 20"), ("", "between −5 and 20")]
)
def test_a_number_out_of_range_is_refused_with_a_sentence(browser, page, typed, said):
    path, _ = page("folklore/strike")
    browser.open(path)
    browser.run(
        "const n = document.querySelector('#parameter-3-number'); n.focus(); n.value = arguments[0]; n.dispatchEvent(new Event('change'))",
        typed,
    )
    browser.wait()
    assert said in browser.text(".wrong:not([hidden])")
    assert browser.run("return explorer.values")["war"] == 3


def test_a_number_beyond_the_slider_but_in_range_is_taken(browser, page):
    path, _ = page("zagare2000/unilateral_deterrence")
    browser.open(path)
    browser.run(
        "const n = document.querySelector('#parameter-0-number'); n.value = 40; n.dispatchEvent(new Event('change'))"
    )
    browser.wait()
    assert browser.run("return explorer.values")["challenger_gain"] == 40


def test_values_that_break_an_assumption_are_named(browser, page):
    path, _ = page("zagare2000/unilateral_deterrence")
    browser.open(path)
    browser.run("explorer.set({challenger_gain: 0.2})")
    browser.wait()
    assert browser.text("#news").startswith("These values break an assumption of the game")


def test_a_prediction_is_asked_for_before_the_answer(browser, page):
    path, _ = page("folklore/strike", predict=True)
    browser.open(path)
    assert (
        browser.text("#quiz-form legend")
        == "At the values of the sliders (move them first if you like), what is most likely to happen?"
    )
    assert browser.run("return getComputedStyle(document.querySelector('#news')).visibility") == "hidden"
    browser.run(
        "document.querySelectorAll('#quiz-form input')[2].click(); document.querySelector('#quiz-form button').click()"
    )
    browser.wait()
    assert browser.text("#quiz-answer").startswith("No. You said war; in “deterrence” it is status quo.")
    assert browser.run("return getComputedStyle(document.querySelector('#news')).visibility") == "visible"
    browser.run("document.querySelector('#quiz-answer button').click()")
    browser.wait()
    assert browser.run("return explorer.values") != {"prize": 4, "loss": 6, "punishment": 9, "war": 3}
    assert browser.run("return getComputedStyle(document.querySelector('#news')).visibility") == "hidden"


def test_each_of_several_outcomes_that_are_likeliest_is_a_right_prediction(browser, tmp_path):
    """By hand: in matching pennies all four ends have a quarter; the first alone once counted."""
    pennies = dt.bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]], name="pennies")
    path = tmp_path / "pennies.html"
    dt.explore(pennies, predict=True).save(path)
    browser.open(path)
    browser.run(
        "document.querySelectorAll('#quiz-form input')[3].click(); document.querySelector('#quiz-form button').click()"
    )
    browser.wait()
    assert browser.text("#quiz-answer").startswith("Yes.")


def test_a_free_belief_has_a_slider_that_keeps_to_its_range(browser, page):
    path, _ = page("zagare2000/unilateral_deterrence")
    browser.open(path, "#class=2")
    browser.run("[...document.querySelectorAll('.chosen summary')].find(s => s.innerText === 'What may vary').click()")
    low, high, value = browser.run("const s = document.querySelector('[data-free]'); return [+s.min, +s.max, +s.value]")
    assert low <= value <= high <= 1
    browser.run(
        "const s = document.querySelector('[data-free]'); s.value = s.max; s.dispatchEvent(new Event('input')); s.dispatchEvent(new Event('change'))"
    )
    browser.wait()
    assert browser.run("return +document.querySelector('[data-free]').value") == pytest.approx(high)
    assert browser.messages() == []


def test_embedded_only_map_and_tree_show(browser, page):
    path, _ = page("folklore/strike")
    browser.open(path, "?embed")
    shown = browser.run("return [...document.querySelectorAll('section')].filter(s => s.offsetParent).map(s => s.id)")
    assert shown == ["map-part", "tree-part"]


def test_a_notebook_frames_the_page(browser, page, tmp_path):
    _, explorer = page("folklore/strike")
    notebook = tmp_path / "notebook.html"
    notebook.write_text(f"<!doctype html><body>{explorer._repr_html_()}</body>", encoding="utf-8")
    browser.driver.get(notebook.as_uri())
    browser.driver.switch_to.frame(0)
    browser.wait()
    assert "deterrence" in browser.text("#news")
    browser.driver.switch_to.default_content()


@pytest.mark.parametrize("size", browsers.SIZES)
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    "key", ["cases/iraq_2020", "folklore/strike", "zagare2000/unilateral_deterrence", "snyder1977/chicken"]
)
def test_nothing_is_wider_than_the_window(browser, page, key, size, dark):
    path, _ = page(key)
    browser.open(path, size=size, dark=dark)
    assert browser.run("return document.documentElement.scrollWidth <= innerWidth")
    browser.picture(f"{key.replace('/', '-')}-{size}-{'dark' if dark else 'light'}")
