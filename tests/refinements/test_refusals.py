"""Games that the criteria for signalling games cannot be asked of, beyond those beside the criteria's own tests."""

import pytest

import deterrence as dt
from deterrence import chance, end, move
from deterrence.errors import MethodError
from deterrence.games.game import Game
from deterrence.refinements import _signalling, d1


def answered(message, kind):
    return move(
        "Two",
        a=end(f"{message}, a, {kind}", 1, int(kind == "h")),
        b=end(f"{message}, b, {kind}", 0, int(kind == "l")),
        information=f"after {message}",
    )


def sender(kind):
    return move("One", x=answered("x", kind), y=answered("y", kind), information=kind)


def refused(tree, sentence):
    game = Game(("One", "Two"), tree, name="odd")
    with pytest.raises(MethodError, match=sentence):
        d1(dt.solve(game))


def test_the_game_that_is_changed_below_is_answered():
    game = Game(("One", "Two"), chance(h=(0.5, sender("h")), l=(0.5, sender("l"))), name="plain")
    assert d1(dt.solve(game)) is not None


def test_a_draw_that_ends_the_game_is_refused():
    tree = chance(h=(0.4, sender("h")), l=(0.4, sender("l")), none=(0.2, end("nothing happens", 0, 0)))
    refused(tree, "In 'odd' chance alone may end the game")


def test_an_answer_that_follows_something_else_than_a_message_is_refused():
    tree = chance(
        h=(0.5, sender("h")),
        l=(
            0.5,
            move(
                "One",
                x=answered("x", "l"),
                y=chance(u=(0.5, answered("y", "l")), v=(0.5, answered("x", "l"))),
                information="l",
            ),
        ),
    )
    refused(tree, "does not show which message was sent|in other ways than by one message")


def test_too_many_ways_to_answer_are_refused(monkeypatch):
    """The bound is lowered here: a game at the true one would take long to solve."""
    monkeypatch.setattr(_signalling, "MOST_ANSWERS", 1)
    refused(
        chance(h=(0.5, sender("h")), l=(0.5, sender("l"))),
        "would compare 2 ways to answer one message of 'odd'; the limit is 1",
    )
