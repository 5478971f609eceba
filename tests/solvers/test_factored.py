"""Classes as products of local ones: what each says, and that together they are the equilibria that solving finds."""

import json
import math
import random
from dataclasses import replace
from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from deterrence.errors import MethodError
from deterrence.solvers.discovery import discovery
from deterrence.solvers.perfect_bayesian import PerfectBayesian

iraq = dt.models.load("iraq-2020").game
FEW = ["war_us", "war_iran", "raid"]


def values_at(rng, names):
    return {
        name: Fraction(rng.randint(1, 996), 997) * (iraq.parameters[name].high - iraq.parameters[name].low)
        + iraq.parameters[name].low
        for name in names
    }


def parts_of(product, values):
    """Return, for each block, the supports of the local classes that hold at some values."""
    at = {p.expression: sp.Rational(Fraction(values[p.name])) for p in iraq.parameter_list}
    return [{item.supports for item in block if bool(item.when.subs(at))} for block in product.blocks]


def agrees(found, values):
    """Tell whether all equilibria with settled play are members; each member fails at the settled play alone."""
    game = iraq.at(values)
    names = game.form.set_names
    solved = [dict(zip(names, e.pattern, strict=True)) for e in dt.solve(game)]
    known = True
    for product in found.factors:
        settled = {name: (game.form.actions_of[names.index(name)].index(action),) for name, action in product.settled}
        parts = parts_of(product, game.values)
        here = [e for e in solved if all(e[name] == row for name, row in settled.items())]
        known &= all(
            tuple((name, e[name]) for name, _ in block[0].supports) in held
            for e in here
            for block, held in zip(product.blocks, parts, strict=True)
        )
        # Where the settled play is optimal for one choice of local classes and payoffs do not differ, it is for all.
        if here and math.prod(map(len, parts)) == 1:
            assert len(here) == 1
    return known


@pytest.fixture(scope="module")
def small():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(discovery, "MOST_FLAT", 3)
        return dt.characterize(iraq, parameters=FEW)


@pytest.mark.slow
def test_local_classes_hold_where_solving_finds_them(small):
    assert small.factors
    rng = random.Random(2)
    assert all(agrees(small, values_at(rng, FEW)) for _ in range(12))


def test_a_product_is_a_lazy_sequence_of_classes(small):
    product = small.factors[0]
    assert len(product) == product.count == math.prod(map(len, product.blocks))
    assert product.local_count == sum(map(len, product.blocks))
    first = product[0]
    assert [str(e.when) for e in product[-len(product)]] == [str(e.when) for e in first]
    assert all(e.pattern[0] == first[0].pattern[0] for e in first)
    with pytest.raises(IndexError, match="combinations"):
        product[len(product)]
    assert "local class" in str(product)
    with pytest.raises(MethodError, match="asked for by its number"):
        product[:2]
    with pytest.raises(MethodError, match=r"Use \.count"):
        len(replace(product, blocks=product.blocks * 9))


def test_members_are_equilibria_where_their_condition_holds(small):
    rng, checked = random.Random(5), 0
    for product in small.factors:
        for member in (e for k in range(min(6, len(product))) for e in product[k]):
            for _ in range(20):
                values = values_at(rng, FEW)
                at = {iraq.parameters[name].expression: sp.Rational(value) for name, value in values.items()}
                holds = bool(member.when.subs(at))
                assert holds == bool(PerfectBayesian().equilibria_of(iraq.at(values), member.pattern))
                checked += holds
    assert checked


def test_the_answer_says_that_it_is_not_whole(small):
    assert not small.complete
    assert "local classes" in small.status
    assert small.covered.share > 0.8
    assert 0 < len(small) <= discovery.MOST_ON_PATH
    assert "Iran's first move" in str(small)


@pytest.mark.slow
def test_iraq_in_all_its_parameters_is_covered_to_nine_tenths_by_few_local_classes():
    found = dt.characterize(iraq, budget=120)
    assert not found.complete
    assert sum(product.local_count for product in found.factors) <= 300
    assert found.covered.share >= 0.9
    rng = random.Random(11)
    names = list(iraq.parameters)
    assert sum(agrees(found, values_at(rng, names)) for _ in range(40)) >= 36


def test_a_product_is_told_in_words_tables_json_and_latex(small):
    product = small.factors[0]
    frame = product.to_frame()
    assert len(frame) == product.local_count
    assert set(frame.columns) == {"block", "information sets", "play", "when"}
    data = json.loads(product.to_json())
    assert data["combinations"] == product.count
    assert sum(map(len, data["blocks"])) == product.local_count
    assert dt.to_latex(product).count(r"\item") == product.local_count
    assert dt.to_latex(small).count("local classes in") == len(small.factors)
    text = str(product)
    assert text.startswith(product.head)
    assert all(f"Block {k}" in text for k in range(1, len(product.blocks) + 1))


def test_the_outcomes_of_a_product_are_those_of_its_members(small):
    for product in small.factors:
        seen = {name for member in product.first(30) for name, p in member.outcomes.items() if p != 0}
        assert seen <= set(product.outcomes) <= set(iraq.outcomes)


def test_local_conditions_are_shortened(small):
    """Raw conditions compare the raid with several numbers; the largest bound alone is left."""
    conditions = [item.when for product in small.factors for block in product.blocks for item in block]
    assert any(sp.Ge(4, iraq.parameters["raid"].expression) in sp.And.make_args(when) for when in conditions)
