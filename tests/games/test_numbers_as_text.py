"""Numbers as text are taken wherever a number is, exactly, and what is none is refused with a sentence."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import deterrence as dt
from deterrence import chance, end, matrix, move, param, payoff, share
from deterrence.errors import DeterrenceError, ParameterError
from deterrence.games.expression import exact_number
from tests.sample_games import strike

WRITTEN = {
    "0.75": Fraction(3, 4),
    "3/4": Fraction(3, 4),
    " 3 / 4 ": Fraction(3, 4),
    "-3": -3,
    "+.5": Fraction(1, 2),
    "7.": 7,
    "1e-3": Fraction(1, 1000),
    "2E2": 200,
    "−1": -1,
    "0.1": Fraction(1, 10),
}
NONE = (
    "0.75a",
    "",
    " ",
    "3/4/5",
    "1,5",
    "1_000",
    "nan",
    "inf",
    "١",
    "0x10",
    "1e9999",
    "1/0",
    "9" * 400,
    "x",
    "1 2",
    "--1",
)


@pytest.mark.parametrize(("text", "number"), WRITTEN.items())
def test_a_text_is_the_number_that_it_writes(text, number):
    assert exact_number(text) == number
    assert type(exact_number(text)) is type(number)


@pytest.mark.parametrize("text", NONE)
def test_a_text_that_writes_no_number_is_refused(text):
    with pytest.raises(DeterrenceError, match="must be a number or an expression, not"):
        exact_number(text)


@given(st.fractions())
def test_what_python_writes_is_read(number):
    assert exact_number(str(number)) == number


@given(st.decimals(-(10**12), 10**12, places=9))
def test_a_decimal_means_what_it_says_as_text_or_not(number):
    assert exact_number(str(number)) == exact_number(number)


def made(number):
    """Return a game whose numbers are written in one way or another."""

    gain = param(number(2), "gain", low=number(0), high=number(4))
    likely = share(number("1/4"), "chance")

    @dt.game("A", "B")
    def game(x=gain, p=likely):
        fought = chance(won=(p, end("won", x, number("-1/2"))), lost=(1 - p, end("lost", A=number(-1), B=number(1))))
        draw = chance(up=(number("0.25"), fought), down=(number("3/4"), end("calm", number(0), number(0))))
        table = matrix({("l", "m"): (number(1), number(2)), ("r", "m"): (number(0), number(0))})
        return move("A", stay=table, go=draw)

    return game


def as_text(number):
    return str(number)


def as_number(number):
    return exact_number(str(number))


ASKED = {
    "the game": made,
    "its values": lambda n: made(n).at(x=n("5/2"), p=n("0.3")),
    "a mapping of values": lambda n: made(n).at({"x": n("5/2")}),
    "tables": lambda n: dt.bimatrix([[n(1), n("1/2")]], [[n("0.1"), n(2)]]),
    "a sweep": lambda n: dt.sweep(strike, "war", war=[n(1), n("7/2")], punishment=[n("0.5"), n(3)]).to_frame().to_csv(),
    "regions": lambda n: dt.regions(strike, war=[n(-5), n(20)], punishment=[n(0), n("7.5")]).area(),
    "a point of regions": lambda n: dt.regions(strike, war=[-5, 20], punishment=[0, 20]).at(n("1.5"), n(3)),
    "a threshold": lambda n: str(dt.threshold(strike, "war", "strike", between=(n(-1), n("19.5")))),
    "a curve": lambda n: dt.threshold(strike, "war", "strike", given={"loss": [n(2), n("5/2")]}).values,
    "statics": lambda n: str(dt.statics(strike, "war", payoff("Defender"), between=(n(1), n(3)))),
    "scales": lambda n: str(dt.robustness(strike, "strike", scales={"war": n("1.5"), "loss": n(2)})),
    "a jump": lambda n: str(dt.robustness(strike, "strike", jump=float(n("0.5")) if n is as_number else n("0.5"))),
    "a target": lambda n: str(dt.what_would_it_take(strike, "strike", n("0.1"))),
    "scales of a target": lambda n: str(dt.what_would_it_take(strike, "strike", "<= 1/10", scales={"war": n(2)})),
    "a mechanism's parameter": lambda n: str(
        strike.under(dt.AudienceCosts("restrain", "Defender", audience_cost=n("1/2")))
    ),
    "a mechanism's amount": lambda n: str(
        strike.under(dt.MissileDefence("strike", "Defender", gain="prize", harm=n("1/2")))
    ),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_every_question_takes_numbers_as_text(ask):
    assert ask(as_text) == ask(as_number)


@pytest.mark.parametrize("text", ["0.75a", "1,5", "war"])
def test_every_question_refuses_what_is_no_number(text):
    for name, ask in ASKED.items():
        if not name.endswith(("target", "amount")):
            with pytest.raises(DeterrenceError, match="number"):
                ask(lambda number: text)


def test_a_text_is_no_list_of_numbers():
    with pytest.raises(
        ParameterError, match=r"The axis 'war' needs a list of numbers, such as \[0, 0.5, 1\], not '123'"
    ):
        dt.sweep(strike, "war", war="123")
