"""Which games are of signals, with which concept they are asked, and what is refused."""

import pytest

import deterrence as dt
from deterrence.errors import MethodError
from deterrence.solvers.continuum.plan import plan_of
from deterrence.solvers.continuum.signals.solving import objection, solve
from tests.solvers.continuum.signals.signal_games import strength, sunk, talk, tied, valued

GAMES = (
    sunk(0.6),
    tied(0.6),
    strength(lambda t, m: m / t, types=dt.Uniform("1/2", 1)),
    valued(lambda t, m, r: r - m / t, lambda t, _, r: -((r - t) ** 2), types=dt.Uniform(1, 2)),
    talk(lambda t: t + 1),
)


def test_signals_are_known_by_the_tree():
    assert [plan_of(game) for game in GAMES] == ["signals"] * len(GAMES)


def test_an_offer_whose_answer_does_not_depend_on_the_proposers_type_is_none():
    @dt.game("Proposer", "Rival")
    def bargaining():
        "Each knows what a war costs it."
        return dt.draw(
            0,
            1,
            seen_by="Proposer",
            then=lambda own: dt.draw(
                0,
                1,
                seen_by="Rival",
                then=lambda cost: dt.choose(
                    "Proposer",
                    0,
                    1,
                    then=lambda demand: dt.move(
                        "Rival",
                        accept=dt.end("settlement", demand, 1 - demand),
                        fight=dt.end("conflict", -own, -cost),
                    ),
                ),
            ),
        )

    assert objection(bargaining).startswith("No player with a hidden type chooses a number")


@pytest.mark.parametrize("game", GAMES[:4])
@pytest.mark.parametrize("method", [None, dt.PerfectBayesian()])
def test_without_d1_a_costly_signal_has_a_continuum_of_equilibria(game, method):
    with pytest.raises(MethodError, match=r"Without D1 there is a continuum .* Ask dt.solve\(game, dt.D1\(\)\)"):
        dt.solve(game, method)


def test_sequential_equilibrium_is_refused_and_d1_named():
    with pytest.raises(MethodError, match=r"Sequential equilibrium is not defined .*dt.D1\(\)"):
        dt.solve(sunk(0.6), dt.Sequential())
    with pytest.raises(MethodError, match=r"dt.PerfectBayesian\(\)\), or dt.solve\(game, dt.D1\(\)\)"):
        dt.solve(talk(lambda t: t + 1), dt.Sequential())


def test_asked_itself_the_solver_of_signals_refuses_other_concepts():
    with pytest.raises(MethodError, match="Sequential equilibrium is not defined"):
        solve(sunk(0.6), dt.Sequential())
    with pytest.raises(MethodError, match="got Nash"):
        solve(sunk(0.6), dt.Nash())


def test_other_concepts_are_refused():
    with pytest.raises(MethodError, match="numbers without end"):
        dt.solve(sunk(0.6), dt.Nash())


def test_d1_can_be_asked_of_finite_games_too():
    game = dt.models.load("cho1987/signalling_resolve").game
    solution = dt.solve(game, dt.D1())
    assert solution.equilibria == dt.d1(dt.solve(game, dt.PerfectBayesian())).equilibria
    assert solution.method == dt.D1()
    assert dt.D1().solve(sunk(0.6)) == dt.solve(sunk(0.6), dt.D1())


def test_the_name_of_d1_as_a_text_leads_to_the_concept():
    with pytest.raises(MethodError, match=r"Write dt.D1\(\) instead of the text"):
        dt.solve(dt.models.load("strike").game, "d1")


# -- what is refused by the shape of its tree ------------------------------------------------------------------


def loss(reply, state):
    return -((reply - state) ** 2)


def two_sided():
    return dt.draw(
        0,
        1,
        seen_by="A",
        then=lambda a: dt.draw(
            0,
            1,
            seen_by="B",
            then=lambda b: dt.choose(
                "A",
                0,
                1,
                then=lambda m: dt.choose(
                    "B",
                    0,
                    1,
                    then=lambda r: dt.move("A", stop=dt.end("stop", a + b * m, a * r), go=dt.end("go", b * r, a * m)),
                ),
            ),
        ),
    )


def two_offers():
    return dt.draw(
        0,
        1,
        seen_by="A",
        then=lambda a: dt.choose(
            "A",
            0,
            1,
            then=lambda m: dt.choose(
                "A", 0, 1, then=lambda n: dt.choose("B", 0, 1, then=lambda r: dt.end("end", r - m * a - n, loss(r, a)))
            ),
        ),
    )


def two_types():
    return dt.draw(
        0,
        1,
        seen_by="A",
        then=lambda a: dt.draw(
            0,
            1,
            seen_by="A",
            then=lambda b: dt.choose(
                "A", 0, 1, then=lambda m: dt.choose("B", 0, 1, then=lambda r: dt.end("end", r - m * a, loss(r, a + b)))
            ),
        ),
    )


def two_receivers():
    return dt.draw(
        0,
        1,
        seen_by="A",
        then=lambda a: dt.choose(
            "A",
            0,
            1,
            then=lambda m: dt.choose(
                "B",
                0,
                1,
                then=lambda r: dt.choose("C", 0, 1, then=lambda s: dt.end("end", r - m * a, loss(r, a), loss(s, a))),
            ),
        ),
    )


def one_more_draw():
    return dt.draw(
        0,
        1,
        seen_by="A",
        then=lambda a: dt.draw(
            0,
            1,
            seen_by=(),
            then=lambda noise: dt.choose(
                "A",
                0,
                1,
                then=lambda m: dt.choose("B", 0, 1, then=lambda r: dt.end("end", r - m * a, loss(r, a + noise))),
            ),
        ),
    )


def one_more_choice():
    return dt.draw(
        0,
        1,
        seen_by="A",
        then=lambda a: dt.choose(
            "A",
            0,
            1,
            then=lambda m: dt.choose(
                "B", 0, 1, then=lambda r: dt.choose("B", 0, 1, then=lambda s: dt.end("end", r - m * a, loss(r + s, a)))
            ),
        ),
    )


def drawn_by_another():
    return dt.draw(
        1,
        2,
        seen_by="B",
        then=lambda top: dt.draw(
            top - 1,
            top + 1,
            seen_by="A",
            then=lambda a: dt.choose(
                "A", 0, 1, then=lambda m: dt.choose("B", 0, 1, then=lambda r: dt.end("end", r - m * a, loss(r, a)))
            ),
        ),
    )


def signal(child):
    return dt.draw(0, 1, seen_by="A", then=lambda a: dt.choose("A", 0, 1, then=lambda m: child(a, m)))


def moved_before():
    return dt.draw(
        0,
        1,
        seen_by="A",
        then=lambda a: dt.move(
            "B",
            wait=dt.end("wait", 0, 0),
            ask=dt.choose(
                "A", 0, 1, then=lambda m: dt.choose("B", 0, 1, then=lambda r: dt.end("end", r - m * a, loss(r, a)))
            ),
        ),
    )


def reply_comes_later():
    return signal(
        lambda a, m: dt.move(
            "B",
            wait=dt.end("wait", -m, 0),
            act=dt.choose("B", 0, 1, then=lambda r: dt.end("end", r - m * a, loss(r, a))),
        )
    )


def moves_after_a_number():
    return signal(
        lambda a, m: dt.choose(
            "B", 0, 1, then=lambda r: dt.move("B", stop=dt.end("stop", r - m * a, loss(r, a)), go=dt.end("go", -m, 0))
        )
    )


def chance_first():
    return signal(
        lambda a, m: dt.chance(
            calm=("1/2", dt.end("calm", -m, 0)),
            storm=("1/2", dt.move("B", wait=dt.end("wait", a - m, 0), act=dt.end("act", -m, a - 1))),
        )
    )


def three_last_moves():
    return signal(
        lambda a, m: dt.move(
            "B",
            wait=dt.end("wait", a - m, 0),
            act=dt.move("A", x=dt.end("x", -m, 1), y=dt.end("y", a - 1 - m, 0), z=dt.end("z", a - 2 - m, -1)),
        )
    )


def a_move_after_the_last():
    return signal(
        lambda a, m: dt.move(
            "B",
            wait=dt.end("wait", a - m, 0),
            act=dt.move(
                "A",
                x=dt.end("x", -m, 1),
                y=dt.move("B", p=dt.end("p", a - 1 - m, 0), q=dt.end("q", a - 2 - m, -1)),
            ),
        )
    )


def three_replies():
    return signal(
        lambda a, m: dt.move(
            "B", wait=dt.end("wait", a - m, 0), act=dt.end("act", -m, 1 - 2 * a), war=dt.end("war", -m - 1, -a)
        )
    )


REFUSED = {
    "two-sided signalling with continuous messages": two_sided,
    "signals or offers one after another": two_offers,
    "types of two dimensions are not solved": two_types,
    "for one receiver; B and C answer": two_receivers,
    "'noise' is drawn as well": one_more_draw,
    "offers from which one learns over time": one_more_choice,
    "how 'a' is drawn depends on top": drawn_by_another,
    "where nobody moves before": moved_before,
    "where the reply is next to the signal; 'r' comes later": reply_comes_later,
    "the game goes on with moves": moves_after_a_number,
    "something else comes": chance_first,
    "at most one last move of two actions": three_last_moves,
    "is a further one": a_move_after_the_last,
    "where it has two replies; B has 3": three_replies,
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_other_shapes_are_refused_in_words(sentence):
    players = ("A", "B", "C") if "B and C" in sentence else ("A", "B")
    body = REFUSED[sentence]
    body.__doc__ = "A game of signals that is not solved."
    with pytest.raises(MethodError, match=sentence):
        dt.solve(dt.game(*players)(body), dt.D1())
