"""The catalogue finds models by name, and every model keeps the form that all share."""

import pickle
import re
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

import deterrence as dt
from deterrence import models
from deterrence.errors import GameError, UnknownNameError
from deterrence.models import Claim, Finding, Model, catalogue
from deterrence.models.catalogue import CASES, key_of, of_work
from deterrence.models.relation import RELATIONS

KEYS = models.names()
REFERENCES = Path(catalogue.__file__).parent / "references.bib"
STRIKE = models.load("strike")


# -- every model ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", KEYS)
def test_every_model_says_where_it_comes_from_and_what_it_does_not_say(key):
    model = models.load(key)
    assert model.key == key
    assert model.title
    assert model.source in models.bibliography()
    assert all(other in models.bibliography() for other in model.related)
    assert model.topic
    assert model.does_not_say.strip()
    assert model.citation in str(model)
    assert model.claims or key.startswith(CASES)
    assert all(claim.text.strip().endswith(".") for claim in model.claims)
    assert model.relation in RELATIONS
    assert model.changed.strip().endswith(".")
    assert model.standing in str(model)
    assert " ".join(model.standing.split()) == model.standing


@pytest.mark.parametrize("key", KEYS)
def test_a_claim_has_a_place_in_the_work_or_none_and_what_it_rests_on_is_told_apart(key):
    for claim in models.load(key).claims:
        assert not re.search(r"re-derived|recalled|reference number|our own|by hand", claim.place), claim.place
        assert claim.place or claim.basis != "stated", claim.text


@pytest.mark.parametrize("key", KEYS)
def test_every_model_prints_pickles_and_solves_at_its_defaults(key):
    model = models.load(key)
    assert model.game.name in str(model)
    copy = pickle.loads(pickle.dumps(model))
    assert copy.key == key
    assert copy.game == model.game
    solution = model.solve()
    assert solution.status
    assert len(solution) > 0


@pytest.mark.parametrize("key", [key for key in KEYS if isinstance(models.load(key).game, dt.Game)])
def test_the_names_of_a_model_are_those_of_classes_that_exist_somewhere(key):
    model = models.load(key)
    assert {one.name for one in model.game.class_name_list} == set(model.names)
    if model.names:
        assert any(equilibrium.declared_name for equilibrium in model.solve())


@pytest.mark.models
@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS)
def test_every_claim_of_a_model_holds(key):
    check = models.load(key).check()
    assert check.holds, str(check)


@pytest.mark.models
@pytest.mark.slow
@pytest.mark.parametrize("key", KEYS)
def test_every_model_draws_its_figure(key):
    ax = models.load(key).figure()
    ax.figure.canvas.draw()
    assert ax.has_data()
    plt.close(ax.figure)


# -- finding them -----------------------------------------------------------------------------------------


def test_a_model_is_found_by_its_key_by_its_last_part_and_with_hyphens():
    assert key_of("zagare2000/unilateral_deterrence") == key_of("unilateral-deterrence")
    assert models.load("strike") is models.load("folklore/strike")


def test_a_misspelt_name_gets_the_nearest():
    with pytest.raises(UnknownNameError, match="Did you mean 'cases/iraq_2020'"):
        models.load("cases/irak_2020")
    with pytest.raises(UnknownNameError, match="unilateral_deterrence"):
        models.load("unilateral_deterence")


def test_a_work_stands_for_all_its_models():
    assert "zagare2000/unilateral_deterrence" in of_work("zagare2000")
    assert of_work("strike") == ("folklore/strike",)


def test_the_table_is_filtered_by_computed_traits():
    table = models.table()
    assert list(table["key"]) == list(KEYS)
    found = models.table(hidden_information=True, players=2)
    assert 0 < len(found) < len(table)
    assert set(found["players"]) == {2}
    with pytest.raises(UnknownNameError, match="Did you mean 'players'"):
        models.table(player=2)


# -- claims -----------------------------------------------------------------------------------------------


def verdict(ask, expects):
    return Claim("A claim.", "own", ask, expects).check(STRIKE).verdict


def test_a_decimal_is_compared_to_the_digits_given():
    assert verdict(lambda model: 2 / 3, "0.667") == "holds"
    assert verdict(lambda model: 2 / 3, "0.666") == "fails"
    assert verdict(lambda model: dt.solve(model.game)[0].payoffs["Defender"], "0") == "holds"


def test_formulas_are_compared_as_formulas_and_conditions_as_conditions():
    ask = models.ask
    assert verdict(ask.threshold_of("war", "strike"), lambda p: p.loss) == "holds"
    assert verdict(ask.threshold_of("war", "strike"), lambda p: 2 * p.loss) == "fails"
    right = ask.condition_of("fait accompli")
    assert verdict(right, lambda p: (p.loss <= p.war) & (p.prize >= 0)) == "holds"
    assert verdict(right, lambda p: (p.loss <= p.war) & (p.prize >= 1)) == "fails"
    assert verdict(right, lambda p: p.war <= p.loss) == "fails"


def test_names_are_compared_as_sets():
    assert verdict(models.ask.classes_at(war=8), {"fait accompli"}) == "holds"
    assert verdict(models.ask.classes_at(war=8), {"war"}) == "fails"


def test_a_finding_brings_its_own_verdict_and_condition():
    checked = Claim("It depends.", "ch. 2", lambda model: Finding("depends", "it rises", "where war > 3")).check(STRIKE)
    assert checked.verdict == "depends"
    assert str(checked) == "depends: It depends. (ch. 2; re-derived) It rises. Where war > 3."


def test_an_error_of_the_library_fails_the_claim_with_its_sentence():
    checked = Claim("No such class.", "own", models.ask.condition_of("peaces")).check(STRIKE)
    assert checked.verdict == "fails"
    assert "No class of 'folklore/strike' is called 'peaces'" in checked.found


def test_a_claim_that_holds_everywhere_but_at_one_point_is_refuted_by_that_point():
    asked = models.ask.always(lambda game, solution: solution[0].probability("strike") == 0)
    checked = Claim("Nobody ever strikes.", "own", asked).check(STRIKE)
    assert checked.verdict == "fails"
    assert "a counterexample at" in checked.found


def test_the_sign_of_a_formula_is_told_over_the_class():
    sign = models.ask.sign_of
    attacker = dt.payoff("Challenger")
    assert verdict(sign("prize", attacker, "fait accompli"), "rises") == "holds"
    assert verdict(sign("punishment", attacker, "war"), "falls") == "holds"
    assert verdict(sign("war", attacker, "war"), "does not move") == "holds"


# -- names of classes -------------------------------------------------------------------------------------


def test_equilibria_classes_and_sweeps_use_the_names_of_the_literature():
    assert [one.name for one in dt.solve(STRIKE.game)] == ["deterrence"]
    assert {"deterrence", "fait accompli", "war"} <= {one.name for one in dt.characterize(STRIKE.game)}
    swept = dt.sweep(STRIKE.game, war=[2, 8])
    assert set(swept.data["class"].values) == {"deterrence", "fait accompli"}


def test_names_are_checked_against_the_game_and_lost_under_a_mechanism():
    game = STRIKE.game
    with pytest.raises(UnknownNameError, match="Did you mean 'Defender'"):
        game.with_class_names({"war": {"Defendr": "retaliate"}})
    with pytest.raises(UnknownNameError, match="Did you mean 'retaliate'"):
        game.with_class_names({"war": {"Defender": "retaliat"}})
    assert game.under(dt.Sanctions("Challenger", outcomes=("fait accompli",))).class_name_list == ()
    assert game.at(war=8).class_name_list == game.class_name_list
    assert pickle.loads(pickle.dumps(game)) == game


# -- what to cite -----------------------------------------------------------------------------------------


def test_cite_gives_bibtex_of_models_methods_and_answers_each_once():
    solution = dt.solve(STRIKE.game)
    text = dt.cite("strike", STRIKE, solution)
    assert re.findall("@.*", text) == ["@article{zagare1993,", "@article{selten1975,", "@software{deterrence,"]


def test_cite_says_what_a_model_is_to_its_work_where_bibtex_passes_over_it():
    remark, *entries = dt.cite("calibrated_provocation").split("\n\n")
    assert all(line.startswith("% ") for line in remark.splitlines())
    assert remark.startswith(
        "% gannon2024/calibrated_provocation: after Gannon et al. 2024. In the spirit of the work."
    )
    assert entries[-1] == dt.cite()  # the game is the library's, so the library is cited for it
    assert "reduced from Fearon 1997. A reduction of the work's game." in dt.cite("tying_hands")
    exact = dt.cite("unilateral_deterrence")
    assert exact.startswith(
        "% zagare2000/unilateral_deterrence: Zagare and Kilgour 2000. The work's own game, as far as it could"
    )
    assert dt.cite() not in exact


def test_a_source_is_not_named_without_saying_what_the_model_is_to_it():
    with pytest.raises(GameError, match=r"must say what it is to 'selten1978'.*'in the spirit of'"):
        Model(STRIKE.game, source="selten1978")
    with pytest.raises(GameError, match="what was changed"):
        Model(STRIKE.game, source="selten1978", relation="exact")
    with pytest.raises(UnknownNameError, match="no relation called 'inspired'"):
        Model(STRIKE.game, source="selten1978", relation="inspired", changed="All.")
    with pytest.raises(UnknownNameError, match="no basis of a claim called 'guessed'"):
        Claim("It is so.", "", models.ask.value_at("strike"), 0, basis="guessed")


def test_works_are_named_in_a_text_by_authors_and_year():
    named = {
        key: models.load(key).after for key in ("strike", "calibrated_provocation", "kydd2017/threats_and_assurances")
    }
    assert named == {
        "strike": "after Zagare and Kilgour 1993",
        "calibrated_provocation": "after Gannon et al. 2024",
        "kydd2017/threats_and_assurances": "reduced from Kydd and McManus 2017",
    }
    assert Model(STRIKE.game).after == Model(STRIKE.game).standing == ""


def test_cite_names_the_works_behind_the_mechanisms_of_a_game():
    game = STRIKE.game.under(dt.Sanctions("Challenger", outcomes=("fait accompli",)))
    text = dt.cite(game, dt.solve(game))
    assert [key in text for key in ("drezner1999", "hovi2005", "selten1975", "zagare1993")] == [True, True, True, False]


def test_every_mechanism_has_its_works():
    from deterrence import mechanisms
    from deterrence.models.cite import OF_MECHANISMS

    made = {name for name in mechanisms.__all__ if isinstance(getattr(mechanisms, name), type)}
    assert made == set(OF_MECHANISMS)
    assert {key for keys in OF_MECHANISMS.values() for key in keys} <= set(models.bibliography())


def test_every_entry_of_the_bibliography_is_whole():
    text = REFERENCES.read_text(encoding="utf-8")
    assert text.count("\n@") == len(models.bibliography()), "an entry is misspelt, or a key stands twice"
    for key, entry in models.bibliography().items():
        assert 1900 < entry.year < 2100, key
        assert entry.fields["title"], key
        assert entry.in_print.endswith("."), key
