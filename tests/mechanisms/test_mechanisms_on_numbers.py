"""Every mechanism on trees with drawn and chosen numbers: what it does there is what it does on a grid of them."""

import pytest

import deterrence as dt
from deterrence import chance, choose, draw, end, models, move, param
from deterrence.errors import MechanismError
from deterrence.games.tree import Choice, Draw, nodes
from deterrence.mechanisms import (
    AudienceCosts,
    Commitment,
    Deniability,
    Factions,
    Hidden,
    InnocentAttacks,
    Posture,
    Sanctions,
    Signal,
    SunkCosts,
)
from deterrence.mechanisms.algebra import insert_chance, share_information, split_information
from tests.mechanisms.fitting import KINDS, Words, fitted, neutral

WORDS = Words("strike", "restrain", "retaliate", "restrain", "Challenger", "Defender", "war")
STRIKE = models.load("folklore/strike").game
DRAWN = STRIKE.under(Hidden("war", seen_by="Defender", low=0, high=10))


@dt.game("Challenger", "Defender")
def guarded(prize=param(4, "gain from a strike that goes unanswered", low=0)):
    """How strong a guard to keep before a strike may come."""
    return choose(
        "Defender",
        0,
        2,
        then=lambda guard: move(
            "Challenger",
            restrain=end("status quo", 0, -guard / 3),
            strike=move(
                "Defender",
                restrain=end("fait accompli", prize, -6 - guard / 3),
                retaliate=end("war", prize - 5 * guard, -3 - guard / 3),
            ),
        ),
    )


BASES = {
    "drawn": (DRAWN, {"war": 4}),
    "drawn, and not deterred": (DRAWN.at(prize=6), {"war": 4}),
    "chosen": (guarded, {"guard": 3}),
}
CASES = [(base, kind) for base in BASES for kind in KINDS]


def predictions(game):
    """Return the outcomes' probabilities in each equilibrium, which are few and found for certain."""
    solution = dt.solve(game)
    assert solution.complete
    return {
        frozenset((name, p) for name, p in extreme.outcomes.items() if p != 0)
        for equilibrium in solution
        for extreme in (equilibrium, *equilibrium.extremes)
    }


@pytest.mark.parametrize(("base", "kind"), CASES)
def test_a_mechanism_at_its_neutral_value_changes_nothing_on_a_tree_with_numbers(base, kind):
    game, grid = BASES[base]
    assert predictions(game.under(neutral(KINDS[kind], WORDS)).on_grid(**grid)) == predictions(game.on_grid(**grid))


@pytest.mark.parametrize(("base", "kind"), CASES)
def test_a_mechanism_before_and_after_the_grid_is_the_same(base, kind):
    """The finite game is one that mechanisms were made for."""
    game, grid = BASES[base]
    mechanism = fitted(KINDS[kind], WORDS)
    after = game.on_grid(**grid).under(mechanism)
    assert predictions(game.under(mechanism).on_grid(**grid)) == predictions(after)


@pytest.mark.parametrize("kind", KINDS)
def test_a_mechanism_draws_each_type_once(kind):
    """What it adds at the root comes below the draw, of which there is one."""
    new = DRAWN.under(fitted(KINDS[kind], WORDS))
    drawn = [node for node in nodes(new.writing.tree) if isinstance(node, Draw)]
    assert len(drawn) == 1
    assert new.writing.tree is drawn[0]


def hidden_choice(tree, seen_by=()):
    return insert_chance(tree, {"rain": "1/2", "sun": "1/2"}, seen_by=seen_by)


def test_copies_of_a_choice_that_the_chooser_cannot_tell_apart_have_one_label():
    tree = hidden_choice(guarded.writing.tree)
    assert [child.information for child in tree.children] == ["Defender at the start"] * 2
    assert {child.child.information for child in tree.children} == {"Challenger at the start"}


def test_copies_of_a_choice_that_the_chooser_can_tell_apart_have_two():
    tree = hidden_choice(share_information(guarded.writing.tree), seen_by=["Defender"])
    assert [child.information for child in tree.children] == [
        "Defender at the start, rain",
        "Defender at the start, sun",
    ]


def test_a_choice_and_a_move_of_one_player_at_one_place_get_labels_of_their_own():
    tree = choose("A", 0, 1, then=lambda offer: move("A", send=end("sent", offer), keep=end("kept", 0)))
    labelled = share_information(tree)
    assert labelled.information == "A at the start"
    assert labelled.child.information == "A at the start (2)"
    apart = split_information(labelled, None, "rain")
    assert (apart.information, apart.child.information) == ("A at the start, rain", "A at the start (2), rain")


def test_silence_about_a_strike_is_spelt_out_at_choices_too():
    @dt.game("Challenger", "Defender")
    def answered():
        """A strike, and how hard to answer it."""
        strike = choose(
            "Defender",
            0,
            1,
            information="Defender after a strike",
            then=lambda force: move("Defender", go=end("war", -force, force), stay=end("calm", 1, -1)),
        )
        return move("Challenger", restrain=end("status quo", 0, 0), strike=strike)

    new = answered.under(Deniability("strike", "go"))
    labels = {node.information for node in nodes(new.writing.tree) if isinstance(node, Choice)}
    assert labels == {"Defender after a strike, proof", "Defender after a strike, no proof"}


def test_an_alarm_is_heard_before_a_number_is_chosen():
    @dt.game("Challenger", "Defender")
    def blind():
        """A guard chosen without seeing whether a strike comes."""

        def guard(prize):
            return choose(
                "Defender",
                0,
                1,
                information="blind",
                then=lambda force: move(
                    "Defender", fire=end("war", prize - force, -1), hold=end("calm", prize, -force)
                ),
            )

        return move("Challenger", restrain=guard(0), strike=guard(1))

    new = blind.under(Signal("strike", detection=0.5, false_alarm=0.25))
    labels = {node.information for node in nodes(new.writing.tree) if isinstance(node, Choice)}
    assert labels == {"blind, alarm", "blind, no alarm"}


@dt.game("Proposer", "Rival")
def bargaining(most=param("2/5", "greatest cost of war", low=0)):
    """Ask a rival for a share; what a war costs it is hidden."""
    return draw(
        0,
        most,
        seen_by="Rival",
        then=lambda war_cost: choose(
            "Proposer",
            0,
            1,
            then=lambda demand: move(
                "Rival", accept=end("settlement", demand, 1 - demand), fight=end("war", 0.4, 0.5 - war_cost)
            ),
        ),
    )


@pytest.mark.parametrize(
    "mechanism",
    [
        SunkCosts("demand"),
        AudienceCosts("demand", "Proposer"),
        Commitment("Proposer", "demand"),
        Signal("demand"),
        InnocentAttacks("demand", "accept"),
        Factions("Proposer", actions="demand"),
        Posture("demand", "accept"),
        Sanctions("Proposer", offence="demand"),
    ],
)
def test_a_mechanism_that_needs_an_action_says_so_when_it_is_given_a_chosen_number(mechanism):
    kind = type(mechanism).__name__
    with pytest.raises(
        MechanismError, match=f"^{kind} wants an action, and 'demand' is a number that Proposer chooses"
    ):
        bargaining.under(mechanism)


def test_numbers_are_no_outcomes_and_no_chance_branches_either():
    with pytest.raises(MechanismError, match="wants an outcome, and 'war_cost' is a number that nature draws"):
        bargaining.under(Sanctions("Proposer", outcomes="war_cost"))
    with pytest.raises(MechanismError, match="wants a chance branch, and 'war_cost' is a number that nature draws"):
        bargaining.under(Sanctions("Rival", offence="fight", evidence="war_cost"))


def test_a_mechanism_may_name_a_hidden_parameter_as_it_named_the_parameter():
    greedy = STRIKE.under(Hidden("prize", seen_by="Challenger"), InnocentAttacks("strike", "restrain", gain="prize"))
    before = STRIKE.under(InnocentAttacks("strike", "restrain", gain="prize"), Hidden("prize", seen_by="Challenger"))
    assert predictions(greedy.on_grid(prize=3)) == predictions(before.on_grid(prize=3))
    assert greedy.form.payoffs == before.form.payoffs


def test_a_chance_node_that_a_number_below_it_has_no_part_in_is_left_where_it_is():
    tree = chance(
        fair=("1/2", end("calm", 0)), foul=("1/2", draw(0, 1, seen_by="A", then=lambda cost: end("war", -cost)))
    )
    assert insert_chance(tree, {"rain": "1/2", "sun": "1/2"}).children == (tree, tree)
