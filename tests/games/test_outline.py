"""Games with draws and choices in words."""

import deterrence as dt
from deterrence import choose, draw, end, move
from deterrence.games.tree import Draw
from tests.continuum_games import GAMES, bargaining, inspection, shocks, strike


def tree_of(game):
    return str(game).split("\n\n", maxsplit=1)[0].splitlines()[1:]


def test_draws_and_choices_are_lines_of_the_tree():
    assert tree_of(bargaining) == [
        "nature draws war_cost, uniform on [0, most], seen by Rival",
        "└─ Proposer chooses demand in [0, 1]",
        "   └─ Rival",
        "      ├─ accept: settlement [Proposer demand, Rival 1 - demand]",
        "      └─ fight: war [Proposer strength - cost, Rival 1 - strength - war_cost]",
    ]


def test_a_draw_below_an_action_stands_on_its_line():
    assert tree_of(strike)[2:4] == [
        "└─ strike: nature draws war, uniform on [0, 10], seen by Defender",
        "   └─ Defender",
    ]


def test_a_number_has_its_words_and_a_hidden_choice_says_so():
    assert tree_of(inspection)[0] == "Inspector chooses effort (effort of looking) in [0, 1], unseen by the others"


def test_draws_in_a_row_from_one_law_share_a_line():
    assert tree_of(shocks)[:3] == [
        (
            "nature draws shock_wait, shock_talk and shock_act, each normal with mean 0 and standard deviation 0.5, "
            "seen by State"
        ),
        "└─ nature draws noise, exponential with mean 1, seen by nobody",
        "   └─ State",
    ]


def test_of_many_draws_the_first_and_the_last_are_named():
    node = end("end", 0, 0)
    for k in reversed(range(40)):
        node = Draw(f"x{k}", dt.Uniform(0, 1), ("A", "B"), node)
    (line, _) = tree_of(dt.Game(("A", "B"), node))
    assert line == "nature draws x0, x1, x2, … and x39 (40 numbers), each uniform on [0, 1], seen by everybody"


def test_who_sees_a_choice_and_what_its_player_knows_is_said():
    def answered(offer):
        return move("B", take=end("taken", 1 - offer, offer, 0), leave=end("left", 0, 0, 0))

    tree = choose("A", 0, "1/2", seen_by="B", information="unaware", then=answered)
    assert tree_of(dt.Game(("A", "B", "C"), tree))[0] == "A (unaware) chooses offer in [0, 0.5], seen by B"


def test_a_deep_tree_of_draws_is_printed():
    node = end("end", 0, 0)
    for k in range(1500):
        node = move("AB"[k % 2], go=Draw(f"x{k}", dt.Normal(0, k + 1), (), node), stop=end(f"stop {k}", k, -k))
    assert len(tree_of(dt.Game(("A", "B"), node))) == 1 + 3 * 1500


def test_the_law_of_a_triangle_is_said_in_words():
    tree = draw(dt.Triangular(0, "1/4", 1), seen_by=(), then=lambda x: end("o", x))
    assert tree_of(dt.Game(("A",), tree))[0] == "nature draws x, triangular on [0, 1] with mode 0.25, seen by nobody"


def test_every_number_of_a_game_is_in_its_text():
    for game in GAMES.values():
        assert all(name in str(game).split("Parameters")[0] for name in game.variables)
