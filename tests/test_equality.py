"""Answers are equal when their questions and findings are: after pickling, and asked twice; and only then."""

import pickle
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction

import numpy as np
import pytest

import deterrence as dt
from deterrence.values import same

STRIKE = dt.models.load("strike").game
ALARM = dt.models.load("avenhaus2002/alarm_only").game
ELMIRA = dt.models.load("fang1993/elmira").game
CHICKEN = dt.bimatrix([[3, 2], [4, 1]], [[3, 4], [2, 1]], name="chicken")
GRID = {"punishment": [0, 4, 9], "war": [1, 7]}


def seeded():
    return np.random.default_rng(0)


ASK = {
    "equilibrium": lambda: dt.solve(ALARM)[0],
    "solution": lambda: dt.solve(ALARM),
    "solution of Nash equilibria": lambda: dt.solve(CHICKEN, dt.Nash()),
    "correlated": lambda: dt.solve(CHICKEN, dt.Correlated()),
    "class": lambda: dt.characterize(ALARM)[0],
    "characterization": lambda: dt.characterize(ALARM),
    "sweep": lambda: dt.sweep(STRIKE, "war", **GRID),
    "regions": lambda: dt.regions(STRIKE, punishment=(0, 10), war=(0, 5)),
    "threshold": lambda: dt.threshold(STRIKE, "war", "strike"),
    "threshold curve": lambda: dt.threshold(STRIKE, "war", "strike", given="prize"),
    "boundary": lambda: dt.threshold(STRIKE, "war", "strike").boundaries[0],
    "statics": lambda: dt.statics(STRIKE, "war", "strike"),
    "sensitivity": lambda: dt.sensitivity(STRIKE, "strike", n=64, rng=seeded()),
    "robustness": lambda: dt.robustness(STRIKE, "strike"),
    "requirement": lambda: dt.what_would_it_take(STRIKE, "strike", 1),
    "trend": lambda: dt.trends(STRIKE, "war", dt.probability("strike"))[0],
    "comparison": lambda: dt.compare({"now": STRIKE, "costly": STRIKE.at(war=10)}, "strike"),
    "difference": lambda: dt.difference(STRIKE, STRIKE.at(war=10), parameters=["prize"]),
    "dominance": lambda: dt.dominance(STRIKE),
    "stability": lambda: dt.stability(ELMIRA),
    "theory of moves": lambda: dt.theory_of_moves(CHICKEN),
    "many solutions": lambda: dt.solve_many(seeded().integers(0, 5, (4, 2, 2)), seeded().integers(0, 4, (4, 2, 2))),
    "continuous": lambda: dt.solve(dt.models.load("green1984/repeated_deterrence").game),
    "second opinion": lambda: dt.second_opinion(CHICKEN),
    "learning": lambda: dt.fictitious_play(CHICKEN, rounds=20),
    "strategic form": CHICKEN.strategic_form,
}


@pytest.fixture(scope="module")
def answers():
    return {name: ask() for name, ask in ASK.items()}


@pytest.mark.parametrize("name", ASK)
def test_an_answer_equals_itself_after_pickling_and_hashes_alike(answers, name):
    answer = answers[name]
    restored = pickle.loads(pickle.dumps(answer))
    assert restored == answer
    assert answer == restored
    assert hash(restored) == hash(answer)
    assert {restored: 1}[answer] == 1


@pytest.mark.parametrize("name", ASK)
def test_an_answer_differs_from_one_in_which_any_field_differs(answers, name):
    answer = answers[name]
    assert is_dataclass(answer)
    for field in fields(answer):
        if field.compare and field.init and field.name not in ("corners", "family", "status"):
            other = replace(answer)
            other.__dict__[field.name] = "something else"
            assert other != answer, field.name
    assert answer != "something else"


@pytest.mark.parametrize("name", ["solution", "characterization", "sweep", "regions", "threshold"])
def test_an_answer_equals_the_same_question_s_and_differs_from_another_s(answers, name):
    assert ASK[name]() == answers[name]
    assert len({type(answer): answer for answer in answers.values()}) > 15
    for other, answer in answers.items():
        assert (answer == answers[name]) == (other == name)


def test_a_sweep_with_another_number_in_its_data_is_another_one(answers):
    sweep = answers["sweep"]
    assert replace(sweep, data=sweep.data.assign(low=sweep.data["low"] + 1)) != sweep
    assert replace(sweep, data=sweep.data.copy(deep=True)) == sweep


def test_equilibria_too_many_to_list_are_compared_without_making_them():
    @dt.game("A", "B", name="eight stages")
    def stages():
        """Meet in one of eight games, each with three equilibria."""

        def cell(stage, row, column):
            alike = int((row, column) in {("a", "c"), ("b", "d")})
            return dt.end(f"{stage}{row}{column}", alike, alike)

        tables = [dt.matrix({(r, c): cell(k, r, c) for r in "ab" for c in "cd"}) for k in range(8)]
        return dt.chance({f"stage {k}": (Fraction(1, 8), table) for k, table in enumerate(tables)})

    solution = dt.solve(stages)
    assert solution.count == 3**8
    restored = pickle.loads(pickle.dumps(solution))
    assert restored == solution
    assert hash(restored.equilibria) == hash(solution.equilibria)
    assert solution.equilibria != "other"


def test_what_is_unevaluated_is_compared_by_what_would_be_evaluated():
    sweeps = [dt.sweep(STRIKE, "war", chunks=2, punishment=range(8), war=values) for values in ([1, 2], [1, 2], [1, 3])]
    assert sweeps[0] == pickle.loads(pickle.dumps(sweeps[0]))
    assert sweeps[0] != sweeps[2]


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        (float("nan"), float("nan"), True),
        (np.array([1.0, np.nan]), np.array([1.0, np.nan]), True),
        (np.array([1.0, np.nan]), np.array([1.0, 2.0]), False),
        (np.array([1, 2]), np.array([1.0, 2.0]), False),
        (np.array([[1], [None]], dtype=object), np.array([[1], [None]], dtype=object), True),
        ((1, {"a": np.zeros(2)}), (1, {"a": np.zeros(2)}), True),
        ((1, {"a": np.zeros(2)}), (1, {"a": np.ones(2)}), False),
        ((1, 2), (1, 2, 3), False),
        (object(), object(), False),
    ],
)
def test_values_are_the_same_number_by_number(one, other, equal):
    assert same(one, other) == equal


def test_a_value_that_holds_itself_is_compared_to_an_end():
    class Ring:
        def __init__(self):
            self.next = self

    assert same(Ring(), Ring())
