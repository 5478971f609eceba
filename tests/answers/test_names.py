"""Names of classes: declared, or derived from what types reveal, what happens and what is done; each once in an answer."""

import pytest

import deterrence as dt
from deterrence.answers.naming import class_names
from deterrence.errors import UnknownNameError
from deterrence.models import catalogue
from deterrence.models.cases.iraq_2020 import FIRST_MOVE, PROXY_STRIKE

FINITE = [key for key in catalogue.names() if isinstance(catalogue.load(key).game, dt.Game)]
LARGE = ("cases/cuba_1962", "cases/iraq_2020", "selten1978/chain_store")


def bare(key):
    return catalogue.load(key).game.with_class_names({})


@pytest.mark.parametrize("key", FINITE)
def test_every_class_of_a_model_has_a_name_of_its_own(key):
    for game in (catalogue.load(key).game, bare(key)):
        solution = dt.solve(game)
        assert all(solution.names)
        assert len(set(solution.names)) == len(solution.listed)


@pytest.mark.slow
@pytest.mark.parametrize("key", [key for key in FINITE if key not in LARGE])
def test_every_class_in_closed_form_has_a_name_of_its_own(key):
    for game in (catalogue.load(key).game, bare(key)):
        found = dt.characterize(game)
        assert all(found.names)
        assert len(set(found.names)) == len(found)
        assert list(found.to_frame()["class"]) == list(found.names)
        assert all(f": {name}\n" in str(found) for name in found.names)


def test_certain_outcomes_name_the_classes_of_the_strike_game():
    found = dt.characterize(bare("folklore/strike"))
    assert set(found.names) == {"deterrence", "fait accompli", "war"}


def test_a_status_quo_that_nobody_could_defend_is_no_deterrence():
    alone = dt.Game(("A", "B"), dt.move("A", stay=dt.end("status quo", 1, 0), leave=dt.end("gone", 0, 0)))
    assert dt.solve(alone)[0].name == "status quo"


def test_signals_name_the_classes_of_a_signalling_game():
    # Cho and Kreps (1987): both types pool on either message, or separate; a bluff is partly separating.
    names = {name.split(" (")[0] for name in dt.characterize(bare("cho1987/signalling_resolve")).names}
    assert names == {"pooling on 'mobilise'", "pooling on 'stay quiet'", "separating", "semi-separating"}


def test_the_steady_and_the_separating_equilibria_of_unilateral_deterrence_are_found_by_name():
    # Zagare and Kilgour (2000): with both sides hard or soft, the separating equilibrium parts both players' types.
    declared = catalogue.load("zagare2000/unilateral_deterrence").game
    by_book = {one.pattern: one.name for one in dt.characterize(declared)}
    for one in dt.characterize(bare("zagare2000/unilateral_deterrence")):
        if by_book[one.pattern] == "separating":
            assert one.name == "separating on both sides"
        if by_book[one.pattern].endswith("deterrence"):
            assert one.name == "deterrence"


def test_pooling_on_an_action_that_ends_the_game_signals_nothing():
    assert "pooling on 'accept'" not in dt.solve(bare("zagare2000/unilateral_deterrence")).names


def test_an_action_that_is_hidden_is_no_signal():
    # Nature draws a type, and the other player moves without seeing what the type did.
    def reply(kind, act):
        return dt.move("B", yes=dt.end(f"{kind} {act} yes", 1, 1), no=dt.end(f"{kind} {act} no", 0, 0), information="B")

    def typed(kind):
        return dt.move("A", left=reply(kind, "left"), right=reply(kind, "right"), information=kind)

    game = dt.Game(("A", "B"), dt.chance(strong=("1/2", typed("strong")), weak=("1/2", typed("weak"))))
    assert not any("pooling" in name or "separating" in name for name in dt.solve(game).names)


def test_classes_that_share_a_name_are_told_apart_off_the_path():
    names = dt.characterize(bare("zagare2000/unilateral_deterrence")).names
    assert "deterrence (off the path, Soft Defender, challenged: resist)" in names


def test_what_nothing_tells_apart_is_numbered():
    (one,) = dt.solve(bare("folklore/strike"))
    assert class_names([one, one]) == ("deterrence [1]", "deterrence [2]")


def test_a_name_that_the_game_declares_is_derived_for_no_other_class():
    game = catalogue.load("folklore/strike").game.with_class_names({"deterrence": {"Challenger": "strike"}})
    assert dt.solve(game)[0].name == "Challenger: restrain"


def test_an_answer_and_its_table_and_drawing_use_the_same_names():
    game = bare("folklore/strike")
    found = dt.regions(game, punishment=[0, 20], war=[-5, 20])
    swept = dt.sweep(game, "war", punishment=[2, 5, 12], war=[-3, 9])
    assert set(found.classes) == set(map(str, swept.data["class"].values)) == set(dt.characterize(game).names)
    assert {text.get_text() for text in found.plot(point=None).texts} == set(found.classes)


def test_a_mixture_of_named_actions_is_declared_in_any_order():
    game = catalogue.load("iraq-2020").game
    assert dt.solve(game)[0].name == "probing through the militia"
    again = game.with_class_names({"sometimes": {FIRST_MOVE: f"{PROXY_STRIKE} + restrain"}})
    assert dt.solve(again)[0].name == "sometimes"
    with pytest.raises(UnknownNameError, match="'hold'"):
        game.with_class_names({"sometimes": {FIRST_MOVE: "hold + restrain"}})


def test_a_boundary_within_a_declared_name_is_found_all_the_same():
    # At pressure 8 Washington ceases to strike Iran, though Iran orders on either side and the class keeps its name.
    boundaries = dt.threshold(catalogue.load("iraq-2020").game, "pressure", "strike Iran").boundaries
    assert 8 in [boundary.value for boundary in boundaries]


@pytest.mark.parametrize(
    ("key", "claim"),
    [
        ("zagare2000/generalized_mutual_deterrence", "a1 and a3"),  # a third place within one name is none of them
        ("smith1995/war_of_attrition", "one side gives in at once"),  # a continuous model names its own equilibria
    ],
)
def test_claims_about_named_classes_hold(key, claim):
    model = catalogue.load(key)
    asked = next(each for each in model.claims if claim in each.text)
    assert asked.check(model).verdict == "holds"
