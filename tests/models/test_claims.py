"""Claims: every question gets a verdict, one that holds says by which evidence, and nothing ends a check."""

import importlib
import re
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import sympy as sp
from typer.testing import CliRunner

import deterrence as dt
from deterrence import cli, end, move, param, share
from deterrence.errors import UnknownNameError
from deterrence.games.tree import End
from deterrence.models import Check, Claim, Model, ask, catalogue
from deterrence.report.checks import as_records

DOCS = Path(__file__).parents[2] / "docs"
CHICKEN = catalogue.load("chicken")
STRIKE = catalogue.load("strike")


def checked(question, expects=True, model=CHICKEN):
    return Claim("A claim.", "own", question, expects).check(model)


# -- what is asked -------------------------------------------------------------------------------------------------


def test_a_claim_may_be_about_payoffs_that_no_equilibrium_reaches():
    in_vain = {"Challenger": "strike", "Defender": "retaliate"}
    asked = ask.each_of(ask.payoffs_of(in_vain), ask.payoffs_of(in_vain, war=5, prize=1))
    assert checked(asked, [(-5, -3), (-8, -5)], STRIKE).verdict == "holds"  # 4 - 9 and 1 - 9
    assert checked(asked, [(-5, -3), (-8, -4)], STRIKE).verdict == "fails"


def test_what_assumptions_admit_is_told_from_names_and_ranges_that_are_wrong():
    tripwire = catalogue.load("tripwire")
    assert checked(ask.admits(force=0), False, tripwire).verdict == "holds"
    assert checked(ask.admits(force=0.1), True, tripwire).verdict == "holds"
    assert checked(ask.admits(force=11), False, tripwire).verdict == "fails"
    assert checked(ask.admits(forces=0), False, tripwire).verdict == "fails"


# -- failing claims -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "expects", "found"),
    [
        (ask.value_at("conflict", "no such class"), "0.5", "none"),
        (ask.value_at("conflict"), "0.9", "0, 0.25"),
        (ask.value_at("conflict", "mixed"), "1", "0.25"),
        (ask.value_at("conflict"), 0.5, "0, 0.25"),
        (ask.value_at("conflict"), lambda p: p.row_reward, "0, 0.25"),
        (ask.value_at("conflict"), lambda p: p.row_reward > 0, "0, 0.25"),
        (ask.value_at("conflict"), {"mixed"}, "0, 0.25"),
        (ask.value_at("conflict", "mixed"), {"mixed"}, "0.25"),
        (lambda model: float("nan"), "0.5", "nan"),
        (lambda model: float("inf"), 0.5, "inf"),
        (lambda model: sp.sqrt(2), "1.41", "sqrt(2)"),
        (lambda model: sp.zoo, "1.41", "zoo"),
        (lambda model: None, "0.5", "nothing"),
        (lambda model: None, lambda p: p.row_reward, "nothing"),
        (lambda model: True, lambda p: p.row_reward, "yes"),
        (ask.value_at("conflicts"), 0, "no answer"),
        (ask.condition_of("naive"), True, "No class"),
        (ask.threshold_of("row_rewards", "conflict"), 0, "Did you mean"),
    ],
)
def test_a_wrong_claim_fails_with_what_was_found(question, expects, found):
    result = checked(question, expects)
    assert result.verdict == ("holds" if found == "sqrt(2)" else "fails"), result
    assert found in result.found


def broken(error):
    def asked(model):
        raise error

    return asked


@pytest.mark.parametrize(
    "error", [ZeroDivisionError("by zero"), AttributeError("no numer"), KeyError("x"), RecursionError("too deep")]
)
def test_a_question_that_breaks_down_leaves_its_claim_undecided(error):
    result = checked(broken(error))
    assert result.verdict == "undecided"
    assert result.found.startswith(f"could not be decided: {type(error).__name__}: ")
    assert checked(lambda model: 1, broken(error)).verdict == "undecided"


def test_an_interrupt_is_no_verdict():
    with pytest.raises(KeyboardInterrupt):
        checked(broken(KeyboardInterrupt()))


def test_a_check_counts_each_verdict_and_holds_only_where_all_are_answered_and_none_fails():
    results = tuple(checked(question) for question in (lambda model: True, lambda model: False, broken(KeyError("x"))))
    check = Check("chicken", results)
    assert [check.count(verdict) for verdict in ("holds", "depends", "fails", "undecided")] == [1, 0, 1, 1]
    assert not check.holds
    assert not Check("chicken", results[::2]).holds
    assert Check("chicken", results[:1]).holds
    assert "1 of 3 claims hold, 1 fail, 1 could not be decided." in str(check)
    assert [record["verdict"] for record in as_records([check])[check.key]] == ["holds", "fails", "undecided"]


# -- by which evidence ---------------------------------------------------------------------------------------------


def draws_told(found):
    return [tuple(map(int, numbers)) for numbers in re.findall(r"in (\d+) of (\d+) draws", found)]


def test_a_claim_about_all_values_needs_two_hundred_draws():
    for question in (
        ask.always(lambda game, solution: len(solution) > 0, count=3),
        ask.matches("strike", lambda p: 1.0 if p.war >= p.loss or p.prize >= p.punishment else 0.0),
    ):
        result = checked(question, model=STRIKE)
        assert result.verdict == "holds", result
        ((right, drawn),) = draws_told(result.found)
        assert right == drawn >= 200


def test_a_formula_that_speaks_of_too_few_draws_leaves_the_claim_undecided():
    rarely = ask.matches("strike", lambda p: 1.0 if p.war > 19.9 else None)
    assert checked(rarely, model=STRIKE).verdict == "undecided"


def test_a_wrong_claim_about_all_values_has_a_counterexample_with_few_values_changed():
    result = checked(ask.always(lambda game, solution: solution[0].probability("strike") == 0), model=STRIKE)
    assert result.verdict == "fails"
    changed = dict(re.findall(r"(\w+)=([\d./]+)", result.found))
    assert len(changed) == 1
    assert STRIKE.solve(**{name: sp.Rational(value) for name, value in changed.items()})[0].probability("strike") == 1


def test_no_equilibrium_is_a_counterexample():
    @dt.continuous.continuous("A", outcomes=("peace",))
    def empty(x=share(0.5, "a share")):
        """Have none."""
        return ()

    found = ask.always(lambda game, solution: True)(Model(empty))
    assert found.verdict == "fails"
    assert "no equilibrium at the present values" in found.found


def test_conditions_are_proved_where_that_is_possible_and_else_seen_in_draws():
    proved = checked(ask.condition_of("fait accompli"), lambda p: p.loss <= p.war, STRIKE)
    assert proved.verdict == "holds"
    assert "proved over the declared ranges" in proved.found
    wrong = checked(ask.condition_of("fait accompli"), lambda p: p.loss <= p.war + 1, STRIKE)
    assert wrong.verdict == "fails"
    assert "they differ at" in wrong.found
    model = catalogue.load("unilateral_deterrence")
    (claim,) = (claim for claim in model.claims if claim.text.startswith("Between c2 and c1"))
    ((same, drawn),) = draws_told(claim.check(model).found)
    assert same == drawn >= 200


def test_signs_are_proved_where_that_is_possible_and_else_seen_in_draws():
    payoff = dt.payoff("Challenger")
    assert "proved wherever" in checked(ask.sign_of("prize", payoff, "fait accompli"), "rises", STRIKE).found

    @dt.game("A")
    def wavy(x=param(1, "a number", low=0, high=3), y=param(1, "another", low=0, high=3)):
        return move("A", go=end("war", 1 + x**3 - 4 * x**2 + 7 * x + sp.sin(y) * x))

    model = Model(wavy, names={"only": {"A": "go"}})
    seen = checked(ask.sign_of("x", dt.payoff("A"), "only"), "rises", model)
    assert seen.verdict == "holds"
    ((same, drawn),) = draws_told(seen.found)
    assert same == drawn >= 200


# -- the catalogue -------------------------------------------------------------------------------------------------


def negated(model, rng):
    """Return a model with one payoff of its game negated."""
    ends = [node for node in nodes_of(model.game.tree) if isinstance(node, End)]
    paid = [(node, place) for node in ends for place, value in enumerate(paid_at(node)) if value != 0]
    game = model.game.changed(tree=with_one_negated(model.game.tree, *rng.choice(paid)))
    return replace(model, game=game.with_class_names(model.names) if model.names else game)


def nodes_of(node):
    return [node, *(below for child in getattr(node, "children", ()) for below in nodes_of(child))]


def paid_at(node):
    return node.payoffs or tuple(value for _, value in node.named)


def with_one_negated(node, wrong, place):
    if node is wrong:
        if node.payoffs:
            return replace(node, payoffs=tuple(-v if k == place else v for k, v in enumerate(node.payoffs)))
        return replace(node, named=tuple((p, -v if k == place else v) for k, (p, v) in enumerate(node.named)))
    if not hasattr(node, "children"):
        return node
    return replace(node, children=tuple(with_one_negated(child, wrong, place) for child in node.children))


TREES = [
    key for key in catalogue.names() if isinstance(catalogue.load(key).game, dt.Game) and not key.startswith("cases/")
]
SAMPLE = sorted(Random(20).sample(TREES, 20))


def checked_on_the_command_line(monkeypatch, models):
    monkeypatch.setattr(catalogue, "names", lambda: tuple(models))
    monkeypatch.setattr(catalogue, "load", models.__getitem__)
    return CliRunner().invoke(cli.app, ["check", "--jobs", "1", "--plain"])


@pytest.mark.parametrize("keys", [SAMPLE[:2], pytest.param(SAMPLE, marks=pytest.mark.slow)], ids=["two", "twenty"])
def test_a_check_with_a_payoff_negated_in_each_model_ends_in_a_table(monkeypatch, keys):
    rng = Random(1)
    models = {key: negated(catalogue.load(key), rng) for key in keys}
    result = checked_on_the_command_line(monkeypatch, models)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    rows = re.findall(r"^ (\w+/\w+) +(\d+) +(\d+) +(\d+) +(\d+) +(\d+)", result.output, re.MULTILINE)
    assert [key for key, *_ in rows] == keys
    counted = [list(map(int, numbers)) for _, *numbers in rows]
    assert all(claims == sum(verdicts) for claims, *verdicts in counted)
    assert sum(failing for _, _, _, failing, _ in counted) > 0
    assert all(undecided == 0 for *_, undecided in counted), result.output
    assert result.exit_code == 1
    assert "Traceback" not in result.output


def test_a_check_goes_on_where_a_question_or_a_whole_model_breaks_down(monkeypatch):
    bad = replace(STRIKE, claims=(Claim("It breaks.", "own", broken(KeyError("x"))), *STRIKE.claims))
    models = {"a/bad": bad, "b/good": STRIKE}
    result = checked_on_the_command_line(monkeypatch, models)
    assert result.exit_code == 1
    assert "undecided: It breaks. (own; re-derived) Could not be decided: KeyError: 'x'." in result.output
    right = 2 * len(STRIKE.claims)
    assert f"{right + 1} claims: {right} hold, 0 fail, 1 could not be decided." in result.output

    def loaded(key):
        raise SyntaxError("a misprint")

    monkeypatch.setattr(catalogue, "load", loaded)
    checks = catalogue.check()
    assert [result.verdict for check in checks for result in check] == ["undecided", "undecided"]
    assert "a misprint" in str(checks[0])


def test_what_depends_is_not_counted_as_what_holds_by_the_documentation(monkeypatch):
    pytest.importorskip("sphinx")
    monkeypatch.syspath_prepend(DOCS)
    model_pages = importlib.import_module("model_pages")
    rows = [{"verdict": verdict} for verdict in ("holds", "holds", "depends", "fails", "undecided")]
    assert model_pages.counted(rows) == "2 of 5 hold, 1 depend, 1 fail, 1 undecided"
    verdicts = {key: [{"verdict": "depends"}] * 3 for key in catalogue.names()}
    table = model_pages.table(verdicts)
    assert "0 of 3 hold, 3 depend" in table
    assert f"of the claims 0 of {3 * len(verdicts)} hold" in table


@pytest.mark.models
@pytest.mark.slow
@pytest.mark.parametrize("key", catalogue.names())
def test_what_is_claimed_in_draws_was_drawn_often_enough(key):
    for result in catalogue.load(key).check():
        if result.verdict == "holds":
            assert all(right == drawn >= 200 for right, drawn in draws_told(result.found)), result
        if result.verdict == "depends":
            assert result.condition


def test_a_threshold_in_a_parameter_without_an_upper_end_is_asked_between_two_values():
    """By hand: without proof the Defender answers while war + doubt <= loss, so up to a doubt of 6 - 3."""
    deniable = replace(STRIKE, game=STRIKE.game.under(dt.Deniability("strike", "retaliate", attribution=0.3)), names={})
    assert ask.threshold_value("doubt", "strike", between=(0, 9))(deniable) == 3
    assert str(ask.threshold_of("doubt", "strike", between=(0, 9))(deniable)) == "loss - war"


def test_a_check_of_a_model_without_a_key_begins_with_its_verdicts():
    assert str(Check("", (checked(ask.value_at("conflict"), 0),))).startswith("0 of 1 claims hold")


def test_a_model_is_characterized_in_some_of_its_parameters():
    found = STRIKE.characterize(parameters=["war"])
    assert {str(s) for kind in found for s in kind.when.free_symbols} == {"war"}


def test_a_name_that_an_outcome_and_an_action_share_is_listed_once():
    game = dt.Game(("A",), dt.move("A", cut=dt.end("cut", 1), wait=dt.end("quiet", 0)))
    with pytest.raises(UnknownNameError) as refused:
        dt.solve(game)[0].probability("gut")
    assert str(refused.value).count("'cut'") == 2  # allowed, and the nearest
