"""Questions for finite trees are refused in one sentence where numbers without end are drawn or chosen."""

import pytest

import deterrence as dt
from deterrence import end, matrix, models, param
from deterrence.errors import MethodError
from deterrence.mechanisms import Hidden
from tests.games.test_known import bargaining

STRIKE = models.load("folklore/strike").game


@dt.game("Row", "Column")
def meeting(gain=param(1, "gain", low=0, high=4)):
    """Meet at the same time, with a gain of one's own."""
    return matrix(
        {
            ("a", "c"): end("1", gain, 0),
            ("a", "d"): end("2", 0, 1),
            ("b", "c"): end("3", 0, 1),
            ("b", "d"): end("4", 1, 0),
        }
    )


GAMES = {
    "a hidden cost": STRIKE.under(Hidden("war", seen_by="Defender", low=0, high=10)),
    "a hidden gain in a matrix": meeting.under(Hidden("gain", seen_by="Row")),
    "a demand and a hidden cost": bargaining,
    "a demand": bargaining.known(war_cost=0.2),
}
QUESTIONS = {
    "numbers": lambda game: game.numbers,
    "strategic_form": lambda game: game.strategic_form(),
    "solve by Nash": lambda game: dt.solve(game, dt.Nash()),
    "solve by Correlated": lambda game: dt.solve(game, dt.Correlated()),
    "solve by Quantal": lambda game: dt.solve(game, dt.Quantal(1)),
    "Nash": lambda game: dt.Nash().solve(game),
    "Sequential": lambda game: dt.Sequential().solve(game),
    "SubgamePerfect": lambda game: dt.SubgamePerfect().solve(game),
    "PerfectBayesian": lambda game: dt.PerfectBayesian().solve(game),
    "Correlated": lambda game: dt.Correlated().solve(game),
    "Quantal": lambda game: dt.Quantal(1).solve(game),
    "quantal_path": lambda game: dt.quantal_path(game, [0, 1]),
    "quantal_grid": lambda game: dt.quantal_grid(game, 1),
    "commitment": lambda game: dt.commitment(game, game.players[0]),
    "dominance": dt.dominance,
    "write_gambit": dt.write_gambit,
    "write_gambit as a table": lambda game: dt.write_gambit(game, format="nfg"),
    "to_nashpy": dt.to_nashpy,
    "second_opinion": dt.second_opinion,
    "fictitious_play": dt.fictitious_play,
    "replicator_dynamics": dt.replicator_dynamics,
    "Conflict": dt.Conflict.from_game,
    "theory_of_moves": dt.theory_of_moves,
    "plot_best_responses": dt.plot_best_responses,
}


@pytest.mark.parametrize("game", GAMES)
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_for_finite_trees_is_refused_and_offers_one(question, game):
    with pytest.raises(
        MethodError, match=r"numbers without end \(.*\).* for finite trees.* of game\.on_grid\(\w+=21\)"
    ):
        QUESTIONS[question](GAMES[game])


@pytest.mark.parametrize(("module", "verb"), [("pygambit", dt.to_pygambit), ("pyspiel", dt.to_openspiel)])
def test_other_packages_are_not_handed_it_either(module, verb):
    pytest.importorskip(module)
    with pytest.raises(MethodError, match="for finite trees"):
        verb(bargaining)


@pytest.mark.parametrize("game", GAMES)
def test_the_game_on_a_grid_answers_them(game):
    finite = GAMES[game].on_grid(**dict.fromkeys(GAMES[game].variables, 2))
    assert finite.strategic_form().game == finite
    assert dt.read_gambit(dt.write_gambit(finite)).players == finite.players


def test_subgame_perfection_is_for_numbers_that_everybody_sees():
    with pytest.raises(
        MethodError, match=r"SubgamePerfect\(\) needs perfect information.* not every player sees 'war'"
    ):
        dt.solve(GAMES["a hidden cost"], dt.SubgamePerfect())


def test_refinements_of_finite_solutions_are_refused_too():
    """At war in [0, 10] the defender answers in six cases of ten, and the challenger, who loses 1.4, does not strike."""
    solution = dt.solve(GAMES["a hidden cost"])
    assert solution[0].probability("strike") == 0
    for test in (dt.undominated, dt.intuitive_criterion, dt.d1, dt.risk_dominant, dt.trembling_hand_perfect):
        with pytest.raises(MethodError, match="for finite trees"):
            test(solution)
