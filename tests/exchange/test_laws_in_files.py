"""Games with draws and choices as files: everything goes there and back, and what is wrong is said in a sentence."""

import json
import time
from fractions import Fraction

import jsonschema
import pytest
from scipy import stats

import deterrence as dt
from deterrence import chance, choose, draw, end, move
from deterrence.errors import FileFormatError
from deterrence.exchange.files.schema import schema
from deterrence.games.tree import Draw
from tests.continuum_games import GAMES, bargaining


def drawn(law):
    """Return a game in which a player sees a number drawn from a law."""
    tree = draw(law, seen_by="A", then=lambda x: move("A", take=end("taken", x), leave=end("left", 0)))
    return dt.Game(("A",), tree)


LAWS = [
    dt.Uniform(-1, "2/3"),
    dt.Normal("1/3", 2),
    dt.Exponential(3, low=-1),
    dt.Beta(2, "7/2", -1, 4),
    dt.Triangular(0, "1/4", 1),
    dt.Logistic(0, 2),
    dt.ExtremeValue("-1/7", 1),
    dt.Flat(),
    stats.norm(0.2, 0.05),
    stats.beta(2, 3, loc=-1.5, scale=1e-3),
    stats.gennorm(1 / 3),
]


@pytest.mark.parametrize("game", GAMES.values(), ids=GAMES)
def test_a_game_with_draws_and_choices_goes_there_and_back_and_has_the_published_form(game):
    text = dt.to_json(game)
    assert dt.from_json(text) == game
    assert dt.to_json(dt.from_json(text)) == text
    jsonschema.validate(json.loads(text), schema())


@pytest.mark.parametrize("law", LAWS, ids=range(len(LAWS)))
def test_a_law_goes_there_and_back_exactly(law):
    game = drawn(law)
    back = dt.from_json(dt.to_json(game))
    assert back == game
    assert back.variables["x"].law == game.variables["x"].law


def test_words_labels_and_who_sees_what_go_there_and_back():
    tree = choose(
        "A",
        0,
        1,
        seen_by=("B",),
        information="unaware",
        name="depth of a raid",
        then=lambda raid: draw(
            dt.Uniform(raid, 2),
            seen_by=("A", "C"),
            name="what is heard of it",
            then=lambda noise: chance(
                heard=(raid, end("heard", noise, 0, 1)), missed=(1 - raid, end("missed", raid, 0, -noise))
            ),
        ),
    )
    game = dt.Game(("A", "B", "C"), tree)
    back = dt.from_json(dt.to_json(game))
    assert back == game
    raid, noise = back.variables.values()
    assert (raid.called, raid.information, raid.known_to) == ("depth of a raid", "unaware", ("A", "B"))
    assert (noise.called, noise.known_to, str(noise.law)) == ("what is heard of it", ("A", "C"), "uniform on [raid, 2]")


def test_a_number_is_known_in_the_parts_of_a_deep_tree_below_it():
    def climb(cost):
        node = end("top", 1 - cost, 0)
        for k in range(200):
            node = move("AB"[k % 2], go=node, stop=end(f"stop {k}", k * cost, -k))
        return node

    game = dt.Game(("A", "B"), draw(0, 1, seen_by="A", then=climb))
    document = json.loads(dt.to_json(game))
    assert len(document["nodes"]) > 3
    assert dt.from_json(dt.to_json(game)) == game


def test_hundreds_of_draws_in_a_row_go_there_and_back():
    node = end("end", 0)
    for k in range(300):
        node = Draw(f"x{k}", dt.Uniform(0, 1), (), node)
    game = dt.Game(("A",), node)
    assert dt.from_json(dt.to_json(game)) == game


TOML = """
format = "deterrence-game"
version = 1
name = "bargaining"
players = ["Proposer", "Rival"]

[parameters]
strength = {value = "1/2", meaning = "share that the Proposer would win in a war", low = 0, high = 1}
cost = {value = 0.1, meaning = "cost of war to the Proposer", low = 0, high = 1, symbol = "c"}
most = {value = 0.4, meaning = "greatest cost of war to the Rival", low = 0.1, high = 1, symbol = '\\\\bar{c}'}

[tree]
draw = "war_cost"
law = {kind = "uniform", low = 0, high = "most"}
seen_by = ["Rival"]

[tree.then]
choose = "demand"
player = "Proposer"
low = 0
high = 1

[tree.then.then]
player = "Rival"
actions.accept = {outcome = "settlement", payoffs = ["demand", "1 - demand"]}
actions.fight = {outcome = "war", payoffs = ["strength - cost", "1 - strength - war_cost"]}
"""


def test_a_game_with_a_draw_and_a_choice_is_written_by_hand_in_toml(tmp_path):
    file = tmp_path / "bargaining.toml"
    file.write_text(TOML, encoding="utf-8")
    game = dt.read_game(file)
    assert game.tree == bargaining.tree
    assert game.at(most=Fraction(1, 2)).variables["war_cost"].span({"most": Fraction(1, 2)}) == (0, Fraction(1, 2))


# -- what is wrong -----------------------------------------------------------------------------------------


WRONG = [
    # what stands in the text, what is put there, the sentence
    ('kind = "uniform"', 'kind = "unifrom"', r"must be 'uniform' or .* it is 'unifrom'"),
    ('kind = "uniform", ', "", r"At tree\.law: The 'kind' of a law must be .* it is missing"),
    (', high = "most"}', "}", r"At tree\.law: 'high' is missing"),
    ('high = "most"}', 'high = "most", mode = 1}', r"no field called 'mode'; allowed are 'kind' or 'low' or 'high'"),
    (
        'high = "most"}',
        "high = 0}",
        r"At tree\.law: The arguments make no law of the kind 'uniform'\. Uniform\(0, 0\) is no law",
    ),
    ('high = "most"}', 'high = "demand"}', r"At tree\.law\.high: .*'demand', which is known only below the node"),
    (
        'low = 0, high = "most"',
        'low = "war_cost", high = "most"',
        r"At tree\.law\.low: .*'war_cost', which is known only",
    ),
    ('seen_by = ["Rival"]', "", r"At tree: 'seen_by' is missing"),
    ('seen_by = ["Rival"]', 'seen_by = ["Rivall"]', r"makes no game\. .*'Rivall', who is not a player"),
    ('player = "Proposer"\nlow', 'player = "Proposr"\nlow', r"makes no game\. .*'Proposr', who is not a player"),
    ('choose = "demand"', 'choose = "war_cost"', r"calls a number 'war_cost', which is the name of a number above it"),
    ('choose = "demand"', 'choose = "most"', r"calls a number 'most', which is the name of a parameter"),
    ('choose = "demand"', 'choose = "a demand"', r"'a demand' is not a valid name of a number"),
    ('["demand", "1', '["demnd", "1', r"uses 'demnd', which is no parameter.* 'demand'"),
    ("high = 1\n\n[tree.then.then]", "\n[tree.then.then]", r"At tree\.then: 'high' is missing"),
    ("low = 0\nhigh = 1\n", "low = 1\nhigh = 0\n", r"'demand' is chosen between 1 and 0"),
    (
        "version = 1",
        'version = 1\nassumptions = ["demand < 1"]',
        r"At assumptions\[0\]: .*'demand', which is no parameter",
    ),
]


@pytest.mark.parametrize(("old", "new", "sentence"), WRONG, ids=[f"{new or old} " for old, new, _ in WRONG])
def test_a_wrong_file_gets_a_sentence_with_its_place(old, new, sentence):
    assert TOML.count(old) == 1
    text = TOML.replace(old, new)
    if new.startswith("choose"):  # what is below follows
        text = text.replace('"demand"', '"1/2"').replace('"1 - demand"', '"1/2"')
    with pytest.raises(FileFormatError, match=sentence):
        dt.from_toml(text)


SCIPY = 'kind = "scipy", family = "norm"'


@pytest.mark.parametrize(
    ("law", "sentence"),
    [
        ('kind = "scipy"', "'family' is missing"),
        ('kind = "scipy", family = "nrom"', "no continuous family of SciPy called 'nrom'.*'norm'"),
        ('kind = "scipy", family = "poisson", arguments = [3]', "no continuous family of SciPy called 'poisson'"),
        ('kind = "scipy", family = "levy_stable", arguments = [1, 0]', "no continuous family"),
        ('kind = "scipy", family = "test"', "no continuous family of SciPy called 'test'"),
        (f"{SCIPY}, arguments = [0, -1]", r"norm\(0, -1\) are outside what the family allows"),
        (f"{SCIPY}, arguments = [0, 1, 2, 3]", "SciPy makes no law of norm with these arguments"),
        (f"{SCIPY}, keywords = {{sd = 2}}", "SciPy makes no law of norm with these arguments"),
        (f"{SCIPY}, arguments = [1e390]", "is too large a number for a law"),
        (f'{SCIPY}, arguments = ["most"]', "It must be 'number', not 'most'"),
    ],
)
def test_a_law_of_scipy_is_one_of_its_families_with_arguments_that_it_takes(law, sentence):
    with pytest.raises(FileFormatError, match=sentence):
        dt.from_toml(TOML.replace('kind = "uniform", low = 0, high = "most"', law))


def test_a_part_that_stands_once_outside_of_a_draw_does_not_know_its_number():
    end_ = {"outcome": "o", "payoffs": ["x"]}
    below = {"draw": "x", "law": {"kind": "flat"}, "seen_by": [], "then": "part"}
    tree = {"player": "A", "actions": {"in": below, "out": "part"}}
    document = {"format": "deterrence-game", "version": 1, "players": ["A"], "nodes": {"part": end_}, "tree": tree}
    with pytest.raises(FileFormatError, match=r"nodes\.part.*'x', which is known only below the node"):
        dt.from_json(json.dumps(document))
    document["tree"] = {"player": "A", "actions": {"in": below, "again": below}}
    assert dt.from_json(json.dumps(document)).variables.keys() == {"x"}
    document["tree"] = {"player": "A", "actions": {"in": {"outcome": "o", "payoffs": [0]}}}
    with pytest.raises(FileFormatError, match="uses 'x', which is no parameter"):  # nothing refers to the part
        dt.from_json(json.dumps(document))


def cube(x):
    return float(x) ** 3


class Odd(stats.rv_continuous):
    """A family that SciPy does not have."""

    def _pdf(self, x):
        return 3 * x**2


@pytest.mark.parametrize(
    ("law", "sentence"),
    [
        (dt.Types(cdf=cube, low=0, high=1), r"given by a function, Types\(…\), cannot be written in a file"),
        (Odd(a=0, b=1, name="odd")(), r"odd\(\) is none of SciPy's own families"),
        (Odd(a=0, b=1, name="norm")(), r"norm\(\) is none of SciPy's own families"),
        (stats.norm(float("inf"), 1), "has arguments without end"),
    ],
    ids=["a function", "a family of one's own", "one with the name of another", "infinite"],
)
def test_a_law_that_no_file_can_hold_is_refused(law, sentence):
    with pytest.raises(FileFormatError, match=sentence):
        dt.to_json(drawn(law))


def test_a_chance_that_depends_on_many_numbers_is_read_in_bounded_time():
    names = [f"x{k}" for k in range(40)]
    node = {
        "chance": {
            "yes": {"probability": "*".join(names), "then": {"outcome": "yes", "payoffs": [1]}},
            "no": {"probability": f"1 - {'*'.join(names)}", "then": {"outcome": "no", "payoffs": [0]}},
        }
    }
    for name in names:
        node = {"choose": name, "player": "A", "low": 0, "high": 1, "then": node}
    document = {"format": "deterrence-game", "version": 1, "players": ["A"], "tree": node}
    begun = time.perf_counter()
    assert len(dt.from_json(json.dumps(document)).variables) == 40
    assert time.perf_counter() - begun < 5
