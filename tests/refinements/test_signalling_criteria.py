"""The intuitive criterion and D1 on published signalling games and on games solved by hand."""

from fractions import Fraction

import pytest

import deterrence as dt
from deterrence import chance, end, move
from deterrence.errors import MethodError
from deterrence.games.game import Game
from deterrence.models.zagare2000.unilateral_deterrence import unilateral_deterrence as UNILATERAL
from deterrence.refinements import d1, intuitive_criterion
from deterrence.solvers.sequential import Sequential

BOTH = (intuitive_criterion, d1)


def answered(kinds, message, payoffs, player="Receiver"):
    """Return the receiver's choice after a message; payoffs[kind][answer] are (sender, receiver)."""
    return lambda kind: move(
        player,
        {answer: end(f"{message}, {answer}", *row) for answer, row in payoffs[kind].items()},
        information=message,
    )


def signalling(prior, messages):
    """Return a signalling game; messages[name] is a pair of payoffs, or payoffs by kind and answer."""

    def sender(kind):
        below = {}
        for name, what in messages.items():
            fixed = isinstance(what, tuple)
            below[name] = end(name, *what) if fixed else answered(prior, name, what)(kind)
        return move("Sender", below, information=kind)

    tree = chance({kind: (p, sender(kind)) for kind, p in prior.items()})
    return Game(("Sender", "Receiver"), tree, name="signalling")


def beer_quiche():
    """Cho and Kreps (1987), figure I."""

    def after(meal):
        rows = {}
        for kind in ("strong", "weak"):
            liked = int((kind == "strong") == (meal == "beer"))
            rows[kind] = {"duel": (liked, int(kind == "weak")), "leave": (liked + 2, int(kind == "strong"))}
        return rows

    prior = {"strong": Fraction(9, 10), "weak": Fraction(1, 10)}
    return signalling(prior, {"beer": after("beer"), "quiche": after("quiche")})


@pytest.mark.parametrize("method", [dt.PerfectBayesian(), Sequential()])
@pytest.mark.parametrize("refinement", BOTH)
def test_of_beer_and_quiche_only_beer_passes(refinement, method):
    # Cho and Kreps (1987), section III: pooling on quiche fails, since the weak type would never have beer.
    solution = dt.solve(beer_quiche(), method)
    assert {e.outcomes["quiche, leave"] for e in solution} == {0, 1}
    kept = refinement(solution)
    assert {e.outcomes["beer, leave"] for e in kept} == {1}
    assert len(kept) < len(solution)
    assert kept.complete
    assert "is removed" in kept.status


def test_the_status_says_who_would_gain_and_who_would_not():
    kept = intuitive_criterion(dt.solve(beer_quiche(), Sequential()))
    reason = "'strong' would gain by 'beer' whatever the best answer, since 'weak' would lose by it in any case"
    assert reason in kept.status
    assert kept.status.startswith("2 of 4 pass the intuitive criterion; equilibrium 2 is removed:")


# -- steadfast deterrence (Zagare and Kilgour): receivers with types, and a last move of the sender --------


def quiet(solution):
    return [e for e in solution if e.outcomes["status quo"] == 1]


def test_steadfast_deterrence_fails_d1_and_the_bluff_remains():
    # At (0.2, 0.3), payoffs of the model: the Hard Challenger fights in the end and so gains by a challenge
    # whenever the Soft does; the Soft Defender then concedes, which deters nobody. Bluff: the Soft challenge
    # with 1/3, the Soft Defender resists with 2/7.
    solution = dt.solve(UNILATERAL)
    assert quiet(solution)
    (bluff,) = d1(solution)
    assert bluff.strategies["Soft Challenger"]["challenge"] == Fraction(1, 3)
    assert bluff.strategies["Soft Defender, challenged"]["resist"] == Fraction(2, 7)


def test_steadfast_deterrence_passes_the_intuitive_criterion_where_the_soft_might_gain():
    # By hand: if the Soft Defender concedes, the Soft Challenger gets 0.7 > 0.5 at credibility 0.3.
    solution = dt.solve(UNILATERAL)
    assert len(intuitive_criterion(solution)) == len(solution)


def test_where_only_the_hard_might_gain_steadfast_fails_the_intuitive_criterion_too():
    # By hand: at credibility 0.52, the Soft get at most 0.48 < 0.5 by a challenge, the Hard 0.532.
    game = UNILATERAL.at(challenger_credibility=0.5, defender_credibility=0.52)
    for refinement in BOTH:
        kept = refinement(dt.solve(game))
        assert [e.outcomes["status quo"] for e in kept] == [Fraction(1, 2)]


def test_certain_deterrence_passes_both():
    # By hand: at credibility 0.7, the Hard get at most 0.3 + 0.07 < 0.5 by a challenge.
    game = UNILATERAL.at(challenger_credibility=0.5, defender_credibility=0.7)
    solution = dt.solve(game)
    assert len(quiet(solution)) == len(solution)
    for refinement in BOTH:
        assert len(refinement(solution)) == len(solution)


# -- by hand ----------------------------------------------------------------------------------------------


def entry(high, low):
    """Return a game of staying out (0) or coming in; the receiver fights the low and yields to the high.

    ``high`` and ``low`` are what each gets by coming in and being fought, or yielded to.
    """
    rows = {
        "high": {"fight": (high[0], 0), "yield": (high[1], 1)},
        "low": {"fight": (low[0], 1), "yield": (low[1], 0)},
    }
    return signalling({"high": Fraction(1, 4), "low": Fraction(3, 4)}, {"out": (0, 0), "in": rows})


def test_who_gains_more_readily_is_believed():
    # By hand: the high gain if yielded to with more than 1/4, the low if with more than 1/2; so by D1 the
    # one who comes in is high, and is yielded to. Both might gain, so the intuitive criterion is silent.
    game = entry(high=(-1, 3), low=(-1, 1))
    solution = dt.solve(game, Sequential())
    stays_out = [e for e in solution if e.outcomes["out"] == 1]
    assert stays_out
    assert not [e for e in d1(solution) if e.outcomes["out"] == 1]
    assert len([e for e in intuitive_criterion(solution) if e.outcomes["out"] == 1]) == len(stays_out)


def test_who_gains_less_readily_is_not():
    # By hand: now the low gain more readily; blamed on the low, coming in is fought, and all stay out.
    solution = dt.solve(entry(high=(-1, 1), low=(-1, 3)), Sequential())
    assert [e for e in d1(solution) if e.outcomes["out"] == 1]


def test_types_alike_are_not_told_apart():
    solution = dt.solve(entry(high=(-1, 1), low=(-1, 1)), Sequential())
    for refinement in BOTH:
        assert len(refinement(solution)) == len(solution)


def test_a_message_that_all_would_lose_by_says_nothing():
    solution = dt.solve(entry(high=(-1, -1), low=(-2, -1)), Sequential())
    for refinement in BOTH:
        assert len(refinement(solution)) == len(solution) > 0


def test_two_answering_players_hold_one_account_of_the_message():
    # By hand: coming in meets Left or Right with 1/2 each. Left fights if the low are believed with 2/3 or
    # more, Right if the high are. One belief cannot make both fight, so that coming in gives 0 or more.
    def coming(kind):
        def answer(player, foe):
            gain = 1 if kind == foe else -2
            fought = (-1, gain, 0) if player == "Left" else (-1, 0, gain)
            below = {"fight": end("fight", *fought), "yield": end("yield", 1, 0, 0)}
            return move(player, below, information=player.lower())

        return chance(left=(0.5, answer("Left", "low")), right=(0.5, answer("Right", "high")))

    def sender(kind):
        return move("Sender", {"out": end("out", Fraction(-1, 2), 0, 0), "in": coming(kind)}, information=kind)

    tree = chance(high=(0.5, sender("high")), low=(0.5, sender("low")))
    game = Game(("Sender", "Left", "Right"), tree, name="two answers")
    solution = dt.solve(game, dt.PerfectBayesian())
    assert [e for e in solution if e.outcomes["out"] == 1]
    assert not [e for e in dt.solve(game, Sequential()) if e.outcomes["out"] == 1]
    for refinement in BOTH:
        assert not [e for e in refinement(solution) if e.outcomes["out"] == 1]


# -- games of another shape -----------------------------------------------------------------------------


def refused(game, words):
    for refinement in BOTH:
        with pytest.raises(MethodError, match=words):
            refinement(dt.solve(game))


def test_a_game_without_types_is_refused_in_a_sentence():
    tree = move("One", stop=end("stop", 0, 0), go=move("Two", a=end("a", 1, 0), b=end("b", 0, 1)))
    refused(Game(("One", "Two"), tree, name="plain"), "'plain' One moves first and has no type")


def test_a_receiver_that_does_not_see_the_message_is_refused():
    def sender(kind):
        def answer(m):
            return move("Two", a=end(f"{m}a", 1, int(m == "x")), b=end(f"{m}b", 0, int(m == "y")), information="blind")

        return move("One", x=answer("x"), y=answer("y"), information=kind)

    tree = chance(h=(0.5, sender("h")), l=(0.5, sender("l")))
    refused(Game(("One", "Two"), tree, name="blind"), "'blind' does not show which message was sent")


def test_two_open_choices_after_a_message_are_refused():
    def later(kind):
        third = move("Three", l=end("l", 0, 0, 0), r=end("r", 0, 0, 0), information="three")
        return move("Two", a=third, b=end("b", 0, 1, 0), information="two")

    def sender(kind):
        return move("One", x=later(kind), y=end("y", 0, 0, 0), information=kind)

    tree = chance(h=(0.5, sender("h")), l=(0.5, sender("l")))
    refused(Game(("One", "Two", "Three"), tree, name="long"), "more than one open choice follows the message 'x'")


def test_several_first_movers_are_refused():
    def first(player):
        return move(player, a=end("a", 0, 0), b=end("b", 1, 1))

    tree = chance(h=(0.5, first("One")), l=(0.5, first("Two")))
    refused(Game(("One", "Two"), tree, name="either"), "several players may move first")


def test_something_else_than_a_solution_is_refused():
    for refinement in BOTH:
        with pytest.raises(MethodError, match="refines what solve"):
            refinement(beer_quiche())
