"""The theory of moves on two-by-two games: published ends, symmetries, and what is refused."""

from itertools import permutations

import numpy as np
import pytest

import deterrence as dt
from deterrence.errors import MethodError, UnknownNameError


def from_ranks(cells):
    rows = [[pair[0] for pair in cells[:2]], [pair[0] for pair in cells[2:]]]
    columns = [[pair[1] for pair in cells[:2]], [pair[1] for pair in cells[2:]]]
    return dt.bimatrix(rows, columns)


CHICKEN = ((3, 3), (2, 4), (4, 2), (1, 1))


def test_chicken_from_the_disaster_is_indeterminate_and_all_else_is_not():
    answer = dt.theory_of_moves(from_ranks(CHICKEN))
    assert answer.ends_by_ranks()[1, 1] == {(2, 4), (4, 2)}
    assert not answer.determinate
    assert [len(start.ends) for start in answer] == [1, 1, 1, 2]


def test_only_the_order_of_payoffs_counts():
    game = dt.bimatrix([[1, 0.5], [90, -7]], [[1, 90], [0.5, -7]])
    assert dt.theory_of_moves(game).ends_by_ranks() == dt.theory_of_moves(from_ranks(CHICKEN)).ends_by_ranks()


def test_exchanging_the_players_exchanges_the_ends():
    rng = np.random.default_rng(4)
    orders = list(permutations((1, 2, 3, 4)))
    for _ in range(25):
        row, column = (orders[rng.integers(24)] for _ in range(2))
        cells = tuple(zip(row, column, strict=True))
        turned = tuple((cells[k][1], cells[k][0]) for k in (0, 2, 1, 3))
        one, other = (dt.theory_of_moves(from_ranks(game)).ends_by_ranks() for game in (cells, turned))
        assert {(b, a): {(d, c) for c, d in ends} for (a, b), ends in one.items()} == other


def test_a_mutually_best_state_is_where_play_that_begins_there_ends():
    rng = np.random.default_rng(5)
    orders = [order for order in permutations((1, 2, 3, 4)) if order[0] == 4]
    for _ in range(20):
        row, column = (orders[rng.integers(6)] for _ in range(2))
        answer = dt.theory_of_moves(from_ranks(tuple(zip(row, column, strict=True))))
        assert answer.starts[0].ends == (answer.starts[0].state,)


def test_an_answer_speaks_in_sentences_and_names_its_states():
    answer = dt.theory_of_moves(from_ranks(CHICKEN))
    assert "it depends on who is first" in str(answer)
    assert len(answer.to_frame()) == 4
    with pytest.raises(UnknownNameError, match="Did you mean 'row 1, column 1'"):
        answer.start("row 1 column 1")


def test_games_of_other_kinds_are_refused():
    with pytest.raises(MethodError, match="indifferent"):
        dt.theory_of_moves(from_ranks(((3, 3), (3, 4), (4, 2), (1, 1))))
    with pytest.raises(MethodError, match="two-by-two"):
        dt.theory_of_moves(dt.bimatrix([[1, 2, 3], [4, 5, 6]], [[1, 2, 3], [4, 5, 6]]))
    with pytest.raises(MethodError, match="two-by-two"):
        dt.theory_of_moves("chicken")
