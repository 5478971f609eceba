"""The finite game in the place of one with numbers without end, against reference numbers and by brute force."""

import json
import pickle
from fractions import Fraction
from pathlib import Path

import pytest
from scipy import stats

import deterrence as dt
from deterrence import choose, draw, end, models, move, param
from deterrence.errors import GameError, MethodError
from deterrence.mechanisms import Hidden
from tests.games.test_known import bargaining, signals

VECTORS = json.loads((Path(__file__).parents[1] / "solvers/continuum/vectors.json").read_text(encoding="utf-8"))
STRIKE = models.load("folklore/strike").game
DOUBTFUL = STRIKE.under(Hidden("war", seen_by="Defender", low=0, high=10))


def vectors(model):
    """Return the reference numbers of a model under uniform laws."""
    found = [v for v in VECTORS if v["model"] == model]
    return [v for v in found if all(p[0] == "uniform" for p in v["parameters"].values() if isinstance(p, list))]


def ends(game):
    """Return the payoffs of a finite game by the branch names that lead to each end."""
    return {tuple(game.form.history(n).split(", ")): row for n, row in enumerate(game.numbers[0]) if row}


def grid(game, name):
    """Return the values that a number has on the grid, as they stand in the branch names."""
    labels = dict.fromkeys(label for row in game.form.labels for label in row)
    return [label for label in labels if label.startswith(f"{name} = ")]


def mean(numbers):
    numbers = list(numbers)
    return sum(numbers) / Fraction(len(numbers))


# -- the strike game whose defender hides what a war costs it ---------------------------------------------------


def strike_with(v):
    p = v["parameters"]
    numbers = {name: p[name] for name in ("prize", "loss", "punishment")}
    _, low, high = p["war"]
    return STRIKE.at(**numbers).under(Hidden("war", "Defender", low=low, high=high))


@pytest.mark.parametrize("v", vectors("strike_resolve"))
def test_the_strike_game_on_a_grid_strikes_where_it_should(v):
    """On twenty values the share that retaliates is that of the law, since the cutoff lies between two of them."""
    finite = strike_with(v).on_grid(war=20)
    pays, expect = ends(finite), v["expect"]
    retaliates = [
        pays[war, "strike", "retaliate"][1] > pays[war, "strike", "restrain"][1] for war in grid(finite, "war")
    ]
    assert mean(retaliates) == Fraction(repr(expect["retaliate"]))
    assert dt.solve(finite)[0].probability("strike") == expect["strike"]
    for factor, strikes in ((0.99, 0), (1.01, 1)):
        assert dt.solve(finite.at(prize=expect["threshold"] * factor))[0].probability("strike") == strikes


def test_two_hidden_numbers_come_near_the_reference_as_the_grid_grows():
    """War is exponential with mean 5, the prize uniform on [0, 10]; by brute force on the finite game."""
    v = next(v for v in VECTORS if v["model"] == "strike_resolve" and v["parameters"]["war"][0] == "exponential")
    game = STRIKE.at(loss=6, punishment=9).under(
        Hidden("prize", "Challenger", low=0, high=10), Hidden("war", "Defender", distribution=dt.Exponential(5))
    )
    for count in (10, 30):
        finite = game.on_grid(prize=count, war=count)
        pays, wars = ends(finite), grid(finite, "war")
        answer = {
            war: max(("restrain", "retaliate"), key=lambda a: pays[war, grid(finite, "prize")[0], "strike", a][1])
            for war in wars
        }
        worth = [mean(pays[war, prize, "strike", answer[war]][0] for war in wars) for prize in grid(finite, "prize")]
        assert abs(float(mean(a == "retaliate" for a in answer.values())) - v["expect"]["retaliate"]) < 1 / count
        assert abs(float(mean(w > 0 for w in worth)) - v["expect"]["strike"]) < 1.5 / count


# -- bargaining: a demand, and a hidden cost of war ---------------------------------------------------------------


def bargain(v):
    p = v["parameters"]
    _, low, high = p["cost"]
    game = bargaining.at(strength=p["p"], cost=p["cA"], most=high)
    return game if low == 0 else None


@pytest.mark.parametrize("v", [v for v in vectors("ultimatum_hidden_cost") if v["parameters"]["cost"][1] == 0])
def test_bargaining_on_a_grid_comes_near_the_reference(v):
    """Error falls as one over the number of costs; the demand moves in steps of a fortieth."""
    expect = v["expect"]
    for costs in (11, 22):
        finite = bargain(v).on_grid(demand=41, war_cost=costs)
        pays, types = ends(finite), grid(finite, "war_cost")
        best = max(grid(finite, "demand"), key=lambda demand: mean(_answer(pays, t, demand)[0] for t in types))
        outcomes = [_answer(pays, t, best) for t in types]
        assert abs(float(mean(row[0] for row in outcomes)) - expect["proposer"]) < 0.3 / costs + 0.001
        assert abs(float(mean(row[1] for row in outcomes)) - expect["rival"]) < 0.5 / costs + 0.03


def _answer(pays, cost, demand):
    """Return what both get where the rival of some cost answers a demand well, and kindly where it does not care."""
    return max((pays[cost, demand, a] for a in ("accept", "fight")), key=lambda row: (row[1], row[0]))


def test_the_library_solves_the_finite_bargaining_game_as_brute_force_does():
    finite = bargaining.on_grid(demand=41, war_cost=11)
    pays, types = ends(finite), grid(finite, "war_cost")
    best = max(mean(_answer(pays, t, demand)[0] for t in types) for demand in grid(finite, "demand"))
    solution = dt.solve(finite)
    assert solution.complete
    assert max(equilibrium.payoffs["Proposer"] for equilibrium in solution) == best


# -- values ---------------------------------------------------------------------------------------------------------


def test_a_draw_has_equally_likely_middles_and_a_choice_even_steps_from_end_to_end():
    finite = bargaining.on_grid(war_cost=4, demand=5)
    assert finite.form.labels[0] == ("war_cost = 0.05", "war_cost = 0.15", "war_cost = 0.25", "war_cost = 0.35")
    assert finite.form.probabilities[0] == (Fraction(1, 4),) * 4
    assert finite.actions[:5] == ("demand = 0", "demand = 0.25", "demand = 0.5", "demand = 0.75", "demand = 1")


def test_a_number_that_is_not_named_has_eleven_values():
    assert len(grid(bargaining.on_grid(demand=3), "war_cost")) == 11
    assert len(grid(bargaining.on_grid(war_cost=3), "demand")) == 11


def test_values_of_other_laws_are_quantiles():
    finite = STRIKE.under(Hidden("war", "Defender", distribution=dt.Normal(3, 2))).on_grid(war=4)
    expected = [stats.norm(3, 2).ppf((2 * k + 1) / 8) for k in range(4)]
    found = [-float(row[1]) for way, row in ends(finite).items() if way[-1] == "retaliate"]
    assert found == pytest.approx(expected, abs=1e-9)


def test_values_that_lie_close_together_have_names_of_their_own():
    finite = STRIKE.under(Hidden("war", "Defender", low=3, high="3.00001")).on_grid(war=5)
    assert len(set(finite.form.labels[0])) == 5


def test_the_grid_is_that_of_the_present_values_and_parameters_in_payoffs_stay():
    wide = bargaining.at(most=0.8).on_grid(war_cost=2, demand=2)
    assert grid(wide, "war_cost") == ["war_cost = 0.2", "war_cost = 0.6"]
    assert list(wide.parameters) == ["strength", "cost"]
    assert wide.assumptions == ()
    assert ends(wide.at(cost=0))["war_cost = 0.2", "demand = 0", "fight"] == (Fraction(1, 2), Fraction(3, 10))


def test_a_choice_whose_room_is_nothing_for_some_has_one_value_there():
    game = dt.Game(
        ("A",),
        draw(0, 1, seen_by="A", then=lambda means: choose("A", means, "3/4", then=lambda step: end("done", step))),
    )
    assert game.on_grid(means=2, step=3).actions == ("step = 0.25", "step = 0.5", "step = 0.75")


# -- information ----------------------------------------------------------------------------------------------------


def names(game):
    return {place.name for place in game.information_sets}


def test_players_know_the_numbers_that_they_knew():
    finite = bargaining.on_grid(war_cost=2, demand=2)
    assert names(finite) == {
        "Proposer chooses demand",
        "Rival, war_cost = 0.1, demand = 0",
        "Rival, war_cost = 0.1, demand = 1",
        "Rival, war_cost = 0.3, demand = 0",
        "Rival, war_cost = 0.3, demand = 1",
    }


def test_a_hidden_effort_is_known_to_the_player_alone():
    def answered(effort):
        return move("B", go=move("A", more=end("1", effort, 0), less=end("2", 0, effort)), stop=end("3", -effort, 0))

    game = dt.Game(("A", "B"), choose("A", 0, 1, seen_by=(), information="before", then=answered))
    finite = game.on_grid(effort=2)
    assert names(finite) == {"before", "B", "A, effort = 0", "A, effort = 1"}
    assert [len(nodes) for nodes in finite.form.nodes_of] == [1, 2, 1, 1]


def test_players_of_a_simultaneous_move_do_not_see_each_other_on_the_grid_either():
    @dt.game("Row", "Column")
    def meeting(gain=param(1, "gain", low=0, high=4)):
        """Meet at the same time."""
        return dt.matrix(
            {
                ("a", "c"): end("1", gain, 0),
                ("a", "d"): end("2", 0, 1),
                ("b", "c"): end("3", 0, 1),
                ("b", "d"): end("4", 1, 0),
            }
        )

    finite = meeting.under(Hidden("gain", "Row")).on_grid(gain=3)
    assert [len(nodes) for nodes in finite.form.nodes_of] == [1, 6, 1, 1]
    known_alike = meeting.under(Hidden("gain", "Row", low="0.9999", high="1.0001")).on_grid(gain=1)
    assert dt.solve(known_alike)[0].payoffs == dt.solve(meeting)[0].payoffs


def test_a_signal_tells_no_more_of_the_state_than_it_did():
    """State .1 gives signals on [-.15, .35]; of all values, a tenth apart, that lie there five have a fifth each."""
    finite = signals().on_grid(state=5, signal=14)
    low, high = Fraction(-3, 20), Fraction(23, 20)  # .1 - .25 and .9 + .25
    middles = [low + (high - low) * Fraction(2 * k + 1, 28) for k in range(14)]
    step = middles[1] - middles[0]
    for child, state in zip(finite.form.children[0], (1, 3, 5, 7, 9), strict=True):
        shown = dict(zip(finite.form.labels[child], finite.form.probabilities[child], strict=True))
        assert sum(shown.values()) == 1
        ends_of_law = Fraction(state, 10) - Fraction(1, 4), Fraction(state, 10) + Fraction(1, 4)
        for value, label in zip(middles, grid_of_all(finite), strict=True):
            inside = min(value + step / 2, ends_of_law[1]) - max(value - step / 2, ends_of_law[0])
            assert shown.get(label, 0) == max(inside, 0) * 2
    assert max(len(nodes) for nodes in finite.form.nodes_of) > 2  # one signal, several states


def grid_of_all(game):
    return sorted(grid(game, "signal"), key=lambda label: Fraction(label.split(" = ")[1]))


def test_noise_without_ends_is_cut_in_its_tails_and_its_chances_sum_to_one():
    def seen(state):
        return draw(
            dt.Normal(state, 1),
            seen_by="A",
            then=lambda signal: move("A", act=end("acted", state), wait=end("waited", 0)),
        )

    game = dt.Game(("A",), draw(0, 1, seen_by=(), then=seen))
    finite = game.on_grid(state=2, signal=9)
    for child in finite.form.children[0]:
        chances = finite.form.probabilities[child]
        assert sum(chances) == 1
        assert len(chances) == 9


def test_a_choice_between_ends_that_differ_by_type_does_not_give_the_type_away():
    game = dt.Game(
        ("A", "B"),
        draw(
            0,
            1,
            seen_by="A",
            then=lambda means: choose(
                "A", 0, means, then=lambda force: move("B", go=end("1", force, 0), stay=end("2", means, 1))
            ),
        ),
    )
    finite = game.on_grid(means=2, force=4)
    assert names(finite) == {
        "A chooses force, means = 0.25",
        "A chooses force, means = 0.75",
        "B, force = 0",
        "B, force = 0.25",
        "B, force = 0.5",
        "B, force = 0.75",
    }
    assert len(finite.form.nodes_of[finite.form.set_number["B, force = 0.25"]]) == 2


def test_a_law_that_depends_on_a_law_that_depends_on_another_has_one_grid_for_all():
    def third(second):
        return draw(0, 1 + second, seen_by="A", then=lambda last: move("A", act=end("1", last), wait=end("2", second)))

    game = dt.Game(("A",), draw(0, 1, seen_by=(), then=lambda first: draw(0, 1 + first, seen_by=(), then=third)))
    finite = game.on_grid(first=2, second=3, last=4)
    assert len(grid(finite, "last")) == 4
    assert all(sum(row) == 1 for row in finite.form.probabilities if row)


# -- what it is for, and refusals --------------------------------------------------------------------------------


def test_the_finite_game_goes_where_the_game_cannot():
    finite = DOUBTFUL.on_grid(war=4)
    assert pickle.loads(pickle.dumps(finite)) == finite
    assert finite.mechanisms == DOUBTFUL.mechanisms
    back = dt.read_gambit(dt.write_gambit(finite))
    assert dt.solve(back)[0].payoffs == dt.solve(finite)[0].payoffs


def test_what_is_no_number_of_values_is_refused():
    with pytest.raises(MethodError, match=r"neither draws nor lets choose a number 'wars'.*Did you mean 'war'\?"):
        DOUBTFUL.on_grid(wars=5)
    with pytest.raises(MethodError, match="a whole number of at least 1; got 0"):
        DOUBTFUL.on_grid(war=0)
    with pytest.raises(MethodError, match=r"on_grid\(demand=…\) takes how many values.*at least 2; got 1"):
        bargaining.on_grid(demand=1)
    with pytest.raises(MethodError, match="got True"):
        DOUBTFUL.on_grid(war=True)


def test_a_tree_too_large_is_refused_before_it_is_made():
    with pytest.raises(MethodError, match=r"about 3,000,000 nodes; up to 200,000 are made.*\(war_cost, demand\) fewer"):
        bargaining.on_grid(war_cost=1000, demand=1000)


def test_a_grid_too_coarse_for_a_narrow_choice_is_refused():
    game = dt.Game(
        ("A",),
        draw(0, 1, seen_by="A", then=lambda x: choose("A", x - 0.01, x + 0.01, then=lambda near: end("done", near))),
    )
    with pytest.raises(
        MethodError, match=r"Of the 2 values that 'near' has on the grid none lies between .* after x = "
    ):
        game.on_grid(x=3, near=2)


def test_a_draw_without_a_law_has_no_grid():
    game = dt.Game(("A",), draw(dt.Flat(), seen_by=(), then=lambda state: end("done", state)))
    with pytest.raises(GameError, match="gives no number a probability"):
        game.on_grid(state=3)


@pytest.mark.parametrize("strength", [0.3, 0.5, 0.9])
def test_the_game_and_its_grid_are_solved_alike(strength):
    """One solver goes through cutoffs and choices, the other through a finite tree."""
    game = bargaining.at(strength=strength)
    (equilibrium,) = dt.solve(game)
    best = max(e.payoffs["Proposer"] for e in dt.solve(game.on_grid(demand=41, war_cost=16)))
    assert abs(float(equilibrium.payoffs["Proposer"]) - float(best)) < 0.02
