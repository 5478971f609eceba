"""The game in which numbers that nature draws are known."""

from fractions import Fraction

import pytest

import deterrence as dt
from deterrence import chance, choose, draw, end, models, move, param
from deterrence.errors import ParameterError, ValueKindError
from deterrence.mechanisms import Hidden

STRIKE = models.load("folklore/strike").game
DOUBTFUL = STRIKE.under(Hidden("war", seen_by="Defender", low=0, high=10))


@dt.game("Proposer", "Rival")
def bargaining(
    strength=dt.share("1/2", "chance that the proposer wins"),
    cost=param("1/10", "what a war costs the proposer", low=0),
    most=param("2/5", "greatest cost of war", low=0, high=1),
):
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
                "Rival",
                accept=end("settlement", demand, 1 - demand),
                fight=end("war", strength - cost, 1 - strength - war_cost),
            ),
        ),
    )


def signals():
    """Return a game in which a player has a noisy signal of a state that nobody sees."""
    spread = param("1/4", "spread of the signal", low=0).named("spread")

    def seen(state):
        noisy = dt.Uniform(state - spread.expression, state + spread.expression)
        return draw(
            noisy,
            seen_by="A",
            then=lambda signal: move("A", act=end("acted", state), wait=end("waited", spread.expression)),
        )

    return dt.Game(("A",), draw(0, 1, seen_by=(), then=seen), (spread,), name="signals")


def test_all_draws_known_leave_an_ordinary_game():
    plain = DOUBTFUL.known(war=3)
    assert not plain.has_continuum
    assert plain.numbers == STRIKE.at(war=3).numbers
    assert list(plain.parameters) == ["prize", "loss", "punishment"]
    assert plain.assumptions == ()
    assert dt.solve(plain)[0].outcomes == dt.solve(STRIKE)[0].outcomes


def test_one_may_know_it_by_a_mapping_a_text_a_parameter_or_an_expression():
    loss = DOUBTFUL.parameters["loss"].expression
    for given in ({"war": 3}, {"war": "3"}, {"war": loss / 2}):
        assert DOUBTFUL.known(given).numbers == STRIKE.at(war=3).numbers
    by_name = DOUBTFUL.known(war="loss")
    assert by_name.numbers == STRIKE.at(war=6).numbers
    assert by_name.at(loss=7).numbers == STRIKE.at(loss=7, war=7).numbers
    assert DOUBTFUL.known() == DOUBTFUL.known({})


def test_ends_of_the_law_can_be_known_and_nothing_beyond():
    assert DOUBTFUL.known(war=0).numbers == STRIKE.at(war=0).numbers
    with pytest.raises(
        ParameterError, match=r"uniform on \[war_low, war_high\].* cannot be known to be 11, which is never"
    ):
        DOUBTFUL.known(war=11)
    assert DOUBTFUL.at(war_high=12).known(war=11).numbers == STRIKE.at(war=11).numbers


def test_what_is_chosen_stays_when_what_is_drawn_is_known():
    game = bargaining.known(war_cost=0.2)
    assert list(game.variables) == ["demand"]
    assert list(game.parameters) == ["strength", "cost"]  # nothing is left of the law
    assert game.form.payoffs[2][1] == Fraction(4, 5) - game.parameters["strength"].expression


def test_a_parameter_that_stands_elsewhere_too_is_kept():
    game = bargaining.changed(tree=bargaining.tree)
    most = game.parameters["most"].expression
    tree = draw(0, most, seen_by="Rival", then=lambda war_cost: end("war", most, -war_cost))
    assert "most" in game.changed(tree=tree).known(war_cost=0.1).parameters


def test_laws_below_know_it_too():
    game = signals().known(state="1/2")
    assert game.variables["signal"].span(game.values) == (Fraction(1, 4), Fraction(3, 4))
    assert game.known(signal="0.3").numbers == ([(), (Fraction(1, 2),), (Fraction(1, 4),)], [(), (), ()])
    with pytest.raises(ParameterError, match=r"cannot be known to be 0\.9"):
        game.known(signal=0.9)


def test_what_cancels_is_put_in_too():
    tree = draw(0, 1, seen_by="A", then=lambda cost: end("war", cost * cost / cost))
    assert dt.Game(("A",), tree).known(cost=0).numbers[0] == [(0,)]


def test_a_name_that_is_no_draw_is_refused_with_a_hint():
    with pytest.raises(
        ParameterError, match=r"Nature draws no number 'wat' in the game 'strike'.*Did you mean 'war'\?"
    ):
        DOUBTFUL.known(wat=3)
    with pytest.raises(
        ParameterError, match=r"'loss' is a parameter.*known already; give it another value with at\(loss=…\)"
    ):
        DOUBTFUL.known(loss=3)
    with pytest.raises(
        ParameterError, match=r"'demand' is what Proposer chooses.*only numbers that nature draws can be known"
    ):
        bargaining.known(demand=0.5)


def test_a_value_that_is_none_is_refused():
    with pytest.raises(ParameterError, match=r"known\(…\) takes numbers by name, such as known\(war_cost=0.2\), not 3"):
        DOUBTFUL.known(3)
    with pytest.raises(ValueKindError, match="known number 'war' must be a number"):
        DOUBTFUL.known(war="dear")
    with pytest.raises(ParameterError, match="'war' is to be known as most, and 'most' is no parameter"):
        DOUBTFUL.known(war=bargaining.parameters["most"].expression)


def test_a_number_is_no_parameter_and_the_sentence_says_what_to_ask():
    with pytest.raises(ParameterError, match=r"'war' is no parameter.* drawn by nature.* is known\(war=3\)"):
        DOUBTFUL.at(war=3)
    with pytest.raises(
        ParameterError, match="'demand' is no parameter of the game 'bargaining', but what Proposer chooses"
    ):
        bargaining.at({"demand": 0.5})
    with pytest.raises(ParameterError, match="takes values by name"):
        bargaining.at(3)
    with pytest.raises(ParameterError, match="has no parameter 'wars'"):
        DOUBTFUL.at(wars=3)


def test_a_number_of_one_name_in_two_branches_is_known_in_both():
    def drawn(prize):
        return draw(0, 1, seen_by="A", then=lambda cost: end("war", prize - cost))

    game = dt.Game(("A",), chance(rain=("1/2", drawn(1)), sun=("1/2", drawn(2))))
    assert game.known(cost="1/2").numbers[0] == [(), (Fraction(1, 2),), (Fraction(3, 2),)]
