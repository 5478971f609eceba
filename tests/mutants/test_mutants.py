"""The mutants of a toy model are the ones expected, and are noticed where a claim is about what they change."""

import ast
import time

import pytest

from deterrence.models import catalogue
from tests.mutants.kinds import PAYOFFS, mutants, mutated
from tests.mutants.source import source_of
from tests.mutants.survey import ARROW, SURVIVORS, Survey, all_mutants, listed, noticed_share, sampled, surveyed, table
from tests.mutants.trial import Result, baseline, trial

HELPER = '''
"""A helper."""
from deterrence.games.notation import end


def ended(prize, cost):
    return end("war", prize - cost, -2 * cost)


def unused(prize):
    return prize * 2
'''

TOY = '''
"""A toy."""
from deterrence.answers.measure import payoff
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from toys.work._helper import ended


@game("A", "B")
def toy(
    *,
    prize=param(4, "prize", low=0, high=10, plausible=(1, 8)),
    cost=param(1, "cost", low=0, high=10),
    odds=share(0.5, "odds"),
):
    """Wait or attack."""
    attack = chance({"won": (odds, end("won", prize, 0 * 1)), "fought": (1 - odds, ended(prize, cost))})
    return where(move("A", wait=end("peace", 0, 3), attack=attack), cost > 0)


def _only_claimed(p):
    return p.prize * p.cost


def _peace(model):
    return ask.value_at(payoff("A"), prize=0)(model)


MODEL = Model(
    toy,
    claims=(
        Claim("A gets 3.5.", "", ask.value_at(payoff("A")), "3.5"),
        Claim("At cost 2 A gets 3.", "", ask.value_at(payoff("A"), cost=2), 3),
        Claim("Without a prize A waits.", "", _peace, 0),
    ),
)
'''


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("toys") / "work"
    folder.mkdir()
    (folder / "_helper.py").write_text(HELPER, encoding="utf-8")
    path = folder / "toy.py"
    path.write_text(TOY, encoding="utf-8")
    source = source_of("toys.work.toy", path)
    return source, {mutant.identity: mutant for mutant in mutants("toy", source, ("A", "B"))}, baseline(source)


def tried(toy, identity, **options):
    source, found, known = toy
    return trial(found[identity], source, known, **options)


def test_what_defines_the_game_is_changed_and_nothing_else(toy):
    found = toy[1]
    assert {mutant.where for mutant in found.values()} == {"toy.toy", "_helper.ended"}
    assert sorted(found) == sorted(
        f"toy | {line}"
        for line in (
            "payoff | _helper.ended | end('war'): prize - cost -> prize - cost + 1",
            "payoff | _helper.ended | end('war'): -2 * cost -> -2 * cost + 1",
            "sign | _helper.ended | prize - cost -> prize + cost",
            "product | _helper.ended | -2 * cost -> -2",
            "product | _helper.ended | -2 * cost -> cost",
            "payoff | toy.toy | end('won', prize): prize -> prize + 1",
            "payoff | toy.toy | end('won', prize): 0 * 1 -> 0 * 1 + 1",
            "product | toy.toy | 0 * 1 -> 0",
            "product | toy.toy | 0 * 1 -> 1",
            "sign | toy.toy | 1 - odds -> 1 + odds",
            "payoff | toy.toy | end('peace', 0): 0 -> 0 + 1",
            "payoff | toy.toy | end('peace', 0): 3 -> 3 + 1",
            "chance | toy.toy | chance(): odds, 1 - odds -> 1 - odds, odds",
            "comparison | toy.toy | where(): cost > 0 -> (dropped)",
            "comparison | toy.toy | cost > 0 -> cost <= 0",
            "default | toy.toy | param(4, 'prize'): 4 -> 6.0",
            "default | toy.toy | param(1, 'cost'): 1 -> 5.5",
            "default | toy.toy | share(0.5, 'odds'): 0.5 -> 0.75",
        )
    )


@pytest.mark.parametrize(
    ("identity", "status", "told"),
    [
        ("payoff | toy.toy | end('won', prize): prize -> prize + 1", "claim", "A"),
        ("sign | _helper.ended | prize - cost -> prize + cost", "claim", "A"),
        ("payoff | toy.toy | end('peace', 0): 0 -> 0 + 1", "claim", "Without a prize A waits."),
        ("payoff | toy.toy | end('peace', 0): 3 -> 3 + 1", "survived", ""),
        ("product | _helper.ended | -2 * cost -> cost", "survived", ""),
        ("product | toy.toy | 0 * 1 -> 0", "equivalent", ""),
        ("comparison | toy.toy | cost > 0 -> cost <= 0", "error", "cost <= 0"),
        ("sign | toy.toy | 1 - odds -> 1 + odds", "error", "a probability lies between 0 and 1"),
    ],
)
def test_a_mutant_is_noticed_where_a_claim_is_about_what_it_changes(toy, identity, status, told):
    result = tried(toy, f"toy | {identity}")
    assert result.status == status
    assert told in result.told


def test_a_mutant_that_takes_too_long_is_noticed_by_time(toy):
    result = tried(toy, "toy | payoff | toy.toy | end('peace', 0): 3 -> 3 + 1", limit=0.0)
    assert result.status == "time"


def test_making_a_mutant_leaves_the_source_as_it_was(toy):
    source, found, known = toy
    before = [ast.unparse(module.tree) for module in source.modules]
    for mutant in found.values():
        mutated(mutant)
    assert [ast.unparse(module.tree) for module in source.modules] == before
    assert known.verdicts == ("holds", "holds", "holds")


def test_a_sample_is_the_same_for_the_same_seed_and_takes_each_kind_in_turn(toy):
    found = list(toy[1].values())
    drawn = sampled(found, 6, 3, seed=4)
    assert drawn == sampled(found, 6, 3, seed=4)
    assert sorted(mutant.kind for mutant in drawn) == sorted(
        ["payoff", "sign", "product"] * 2 + ["chance", "comparison", "default"]
    )
    assert len(sampled(found, 100, 100, seed=4)) == len(found)


def test_the_table_counts_what_became_of_the_mutants():
    results = (
        Result("toy | payoff | 1", "payoff", "claim", "A claim."),
        Result("toy | payoff | 2", "payoff", "survived"),
        Result("toy | sign | 3", "sign", "survived"),
        Result("toy | product | 4", "product", "equivalent"),
        Result("toy | chance | 5", "chance", "survived"),
    )
    survey = Survey("toy", results)
    allowed = {"toy | payoff | 1": "it was thought to survive", "toy | sign | 3": "nobody minds"}
    assert noticed_share(results, {}) == pytest.approx(1 / 3)
    assert noticed_share(results, allowed) == pytest.approx(1 / 2)
    assert [result.identity for result in survey.open(allowed)] == ["toy | payoff | 2", "toy | chance | 5"]
    assert [result.identity for result in survey.stale(allowed)] == ["toy | payoff | 1"]
    last = table([survey], allowed).splitlines()[-1].split()
    assert last == ["all", "5", "1", "0", "0", "1", "3", "1", "50", "%"]


def test_every_survivor_that_is_listed_is_a_mutant_and_has_a_reason():
    allowed = listed()
    lines = [line for line in SURVIVORS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert len(lines) == len(allowed)
    assert all(ARROW in line and why for line, why in zip(lines, allowed.values(), strict=True))
    keys = {identity.split(" | ")[0] for identity in allowed}
    known = {mutant.identity for key in keys for mutant in all_mutants(key)}
    assert sorted(set(allowed) - known) == []


def test_every_model_has_mutants_that_change_a_payoff():
    assert [key for key in catalogue.names() if not any(m.kind in PAYOFFS for m in all_mutants(key))] == []


SAMPLE, SEED, SECONDS = 2, 7, 110.0
"""Payoff mutants a model, and for how long they are tried."""
ENOUGH, FEWEST = 0.95, 40
"""The share that must be noticed, and of how many at least."""
LONG = (
    "zagare2000/generalized_mutual_deterrence",
    "smith1995/war_of_attrition",
    "fearon1994/audience_costs",
    "baliga2020/imperfect_attribution",
    "cases/cuba_1962",
    "cases/iraq_2020",
    "nalebuff1986/risk_auction",
)
"""Models whose claims alone take several seconds, the longest last: they are tried if time is left."""


@pytest.mark.slow
def test_almost_every_change_of_a_payoff_is_noticed_by_a_claim():
    """Of the mutants that are neither equivalent nor listed with a reason."""
    end = time.monotonic() + SECONDS
    allowed = listed()
    keys = [*(key for key in catalogue.names() if key not in LONG), *LONG]
    surveys = [surveyed(key, SAMPLE, 0, SEED, late=lambda: time.monotonic() > end) for key in keys]
    results = [result for survey in surveys for result in survey.results]
    stale = [result.identity for survey in surveys for result in survey.stale(allowed)]
    assert not stale, "\n".join(["listed as survivors, yet noticed:", *stale])
    share = noticed_share(results, allowed)
    told = "\n".join(result.identity for survey in surveys for result in survey.open(allowed))
    assert len(results) >= FEWEST
    assert share >= ENOUGH, f"{100 * share:.0f} % are noticed; not these:\n{told}"
