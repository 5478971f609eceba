"""What the solver of private shocks does not take, and the sentences that say so."""

import pytest

import deterrence as dt
from deterrence.errors import MethodError
from deterrence.games.tree import Choice, Draw
from deterrence.solvers.continuum.shocks.solving import objection
from tests.solvers.continuum.shocks.trees import game, number, shock, under

NORMAL, LOGISTIC = dt.Normal(0, 1), dt.Logistic(0, 1)


def choice_of(first=None, second=None, law=NORMAL, who="A"):
    """Return one move of a player with a draw for each action, and payoffs for two players."""
    left = dt.end("left", shock("l") if first is None else first, 0)
    right = dt.end("right", shock("r") if second is None else second, 0)
    return under(dt.move(who, left=left, right=right), who, law, "l", "r")


def test_a_private_type_alone_is_no_shock():
    tree = dt.move("A", stay=dt.end("stay", 0), go=dt.end("go", shock("c")))
    assert "no private shocks" in objection(game(under(tree, "A", NORMAL, "c"), "A"))


def test_two_draws_for_two_moves_are_private_types_of_two_agents():
    def later(name):
        node = dt.move("A", {f"{name} no": dt.end("no", 0), f"{name} yes": dt.end("yes", shock(name))})
        return under(node, "A", NORMAL, name)

    tree = dt.chance(one=("0.5", later("c")), two=("0.5", later("d")))
    assert "no private shocks" in objection(game(tree, "A"))


def test_a_choice_of_a_number_is_refused():
    tree = Choice("B", "effort", number(0), number(1), choice_of(second=shock("r") - shock("effort")))
    assert "effort is a chosen number" in objection(game(tree, "A", "B"))


def test_a_law_that_depends_on_a_draw_is_refused():
    tree = Draw("l", NORMAL, ("A",), Draw("r", dt.Normal(shock("l"), 1), ("A",), choice_of().child.child))
    assert "depends on the draw l" in objection(game(tree, "A", "B"))


def test_nature_that_depends_on_a_draw_is_refused():
    lottery = dt.chance(hit=(shock("l"), dt.end("hit", 1, 0)), miss=(1 - shock("l"), dt.end("miss", 0, 0)))
    tree = under(dt.move("A", try_=lottery, stay=dt.end("stay", shock("r"), 0)), "A", dt.Uniform(0, 1), "l", "r")
    assert "probability of nature depends on l" in objection(game(tree, "A", "B"))


def test_a_draw_that_does_not_enter_linearly_is_refused():
    assert "A's payoff at 'left'" in objection(game(choice_of(first=shock("l") * shock("r")), "A", "B"))
    assert "A's payoff at 'left'" in objection(game(choice_of(first=1 / (2 + shock("l"))), "A", "B"))


def test_one_name_for_two_laws_is_refused():
    tree = dt.chance(one=("0.5", choice_of()), two=("0.5", choice_of(law=LOGISTIC)))
    assert "two draws of different laws" in objection(game(tree, "A", "B"))


def test_a_draw_that_several_see_is_refused():
    tree = Draw("l", NORMAL, ("A", "B"), Draw("r", NORMAL, ("A",), choice_of().child.child))
    assert "seen by several" in objection(game(tree, "A", "B"))


def test_a_draw_in_the_payoff_of_another_is_refused():
    tree = dt.move("A", left=dt.end("left", shock("l"), shock("l")), right=dt.end("right", shock("r"), 0))
    assert "stands in B's payoff at 'left'" in objection(game(under(tree, "A", NORMAL, "l", "r"), "A", "B"))


def test_a_draw_that_is_known_at_a_part_of_the_histories_is_refused():
    def node(*names):
        ends = {"left": dt.end("left", sum(map(shock, names))), "right": dt.end("right", 0)}
        return under(dt.move("A", ends, information="both"), "A", NORMAL, *names)

    tree = dt.chance(one=("0.5", node("l")), two=("0.5", node("l", "r")))
    assert "knows the draw r at a part" in objection(game(tree, "A"))


def test_shocks_learnt_between_two_moves_on_the_same_shocks_are_refused():
    later = dt.move("A", back=dt.end("back", shock("b")), fight=dt.end("fight", shock("f")))
    tree = dt.move("A", wait=dt.end("wait", shock("other")), go=under(later, "A", NORMAL, "f"))
    assert "learns f only between" in objection(game(under(tree, "A", NORMAL, "b", "other"), "A"))


def test_too_many_ways_to_play_on_the_same_shocks_are_refused():
    def later(k):
        return dt.move("A", {f"x{k}": dt.end("x", shock("l")), f"y{k}": dt.end("y", shock("r"))})

    states = dt.chance({f"s{k}": ("1/8", later(k)) for k in range(8)})
    tree = dt.move("A", wait=dt.end("wait", 0), go=states)
    assert "ways to play" in objection(game(under(tree, "A", NORMAL, "l", "r"), "A"))


def lotteries(law, count):
    """Return a choice among lotteries over outcomes with a shock each."""
    names = [f"s{k}" for k in range(count + 1)]
    ways = {
        f"way{k}": dt.chance(
            win=("1/2", dt.end(f"o{k}", shock(names[k]))), lose=("1/2", dt.end(f"o{k + 1}", shock(names[k + 1])))
        )
        for k in range(count)
    }
    return game(under(dt.move("A", ways), "A", law, *names), "A")


def test_three_actions_on_which_many_other_shocks_weigh_need_too_many_integrals():
    assert not objection(lotteries(NORMAL, 3))
    assert "integral of dimension 2" in objection(lotteries(LOGISTIC, 3))


def test_four_actions_on_which_many_normal_shocks_weigh_need_three_integrals():
    with pytest.raises(MethodError, match="integral of dimension 3"):
        dt.solve(lotteries(NORMAL, 4))


def test_a_player_who_moves_twice_on_many_shocks_is_refused():
    later = dt.move("A", back=dt.end("back", shock("b")), fight=dt.end("fight", shock("f")))
    reply = dt.chance(give=("1/2", dt.end("give", shock("g"))), resist=("1/2", later))
    tree = under(dt.move("A", wait=dt.end("wait", shock("w")), go=reply), "A", LOGISTIC, "b", "f", "g", "w")
    assert "A faces a decision among 3 ways to play" in objection(game(tree, "A"))


def test_five_shocks_of_another_law_are_refused():
    law = dt.Beta(2, 2)
    lottery = dt.chance({f"s{k}": ("1/4", dt.end(f"o{k}", shock(f"s{k}"))) for k in range(4)})
    tree = dt.move("A", stay=dt.end("stay", shock("s4")), go=lottery)
    why = objection(game(under(tree, "A", law, *(f"s{k}" for k in range(5))), "A"))
    assert "integral of dimension 4" in why


def test_another_concept_is_refused():
    shaken = game(choice_of(), "A", "B")
    assert not objection(shaken, dt.PerfectBayesian())
    assert "Quantal() is not offered" in objection(shaken, dt.Quantal(rationality=1))


def test_two_players_without_shocks_who_depend_on_each_other_are_not_solved():
    def payoffs(a, b, c):
        return shock("yes" if a == "yes" else "no") + int(a == b), int(b == c), int(c != a)

    rows = {
        a: dt.move(
            "B",
            {
                b: dt.move("C", {c: dt.end(f"{a}{b}{c}", *payoffs(a, b, c)) for c in ("yes", "no")}, information="C")
                for b in ("yes", "no")
            },
            information="B",
        )
        for a in ("yes", "no")
    }
    solution = dt.solve(game(under(dt.move("A", rows), "A", NORMAL, "yes", "no"), "A", "B", "C"))
    assert solution.count == 0
    assert not solution.complete
    assert "players without shocks" in solution.status


def test_beliefs_where_nobody_comes_are_said():
    def node(left, right):
        return dt.move(
            "B", left=dt.end("left", left, shock("l")), right=dt.end("right", right, shock("r")), information="B"
        )

    small = dt.Uniform(0, number("0.1"))
    tree = dt.move(
        "A", out=dt.end("out", 1 + shock("o"), 0), one=node(shock("x"), shock("x")), two=node(shock("y"), shock("y"))
    )
    drawn = under(under(tree, "A", small, "o", "x", "y"), "B", NORMAL, "l", "r")
    solution = dt.solve(game(drawn, "A", "B"))
    assert solution[0].outcomes["out"] == pytest.approx(1, abs=1e-12)
    assert not solution.complete
    assert "where nobody comes" in solution.status
