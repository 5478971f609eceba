"""Classes of games of stages: hand calculations, the same answers as at points, and answers too many to list."""

import itertools
import math
import pickle
import random
from fractions import Fraction
from functools import partial

import pytest
import sympy as sp

import deterrence as dt
from deterrence import chance, end, move, param
from deterrence.models.escalation import exchange
from deterrence.solvers.discovery import backward_classes, coverage, discovery, local_classes
from deterrence.solvers.discovery.backward_classes import has_stages
from deterrence.solvers.discovery.regions import ParameterRegions, region_of

# -- games of stages ------------------------------------------------------------------------------------------


def inspection(stages, visits):
    """Return Dresher's inspection game with payoffs of its own for what is caught and what is not."""

    def stage(left, remaining, history, payoffs):
        if left == 0:
            return end("legal", 0, 0)
        last = f" {history}" if history else ""
        rest = partial(move, "Violator", information=f"Violator{last}")
        caught, away = (partial(end, name, *payoffs[name]) for name in ("caught", "away"))
        later = partial(stage, left - 1, payoffs=payoffs)
        if remaining == 0:
            return rest(violate=away(), legal=later(0, f"{history}n"))
        return move(
            "Inspector",
            inspect=rest(violate=caught(), legal=later(remaining - 1, f"{history}i")),
            rest=rest(violate=away(), legal=later(remaining, f"{history}n")),
            information=f"Inspector{last}",
        )

    @dt.game("Inspector", "Violator", name="inspection")
    def inspected(
        *,
        credit=param(1, "worth of catching a violation", low=0, high=10),
        harm=param(1, "harm of a violation", low=0, high=10),
        fine=param(1, "fine", low=0, high=10),
        gain=param(1, "gain of a violation", low=0, high=10),
    ):
        """At most so many visits in so many stages, and at most one violation."""
        return stage(stages, visits, "", {"caught": (credit, -fine), "away": (-harm, gain)})

    return inspected


def repeated(payoffs, stages):
    """Return the tree of a table played so many times in a row, everyone seeing what was played; payoffs add up."""

    def stage(left, totals, history):
        if left == 0:
            return end(f"after {history}", *totals)
        rows = {
            f"r{i}": move(
                "B",
                {
                    f"c{j}": stage(left - 1, [t + p for t, p in zip(totals, cell, strict=True)], f"{history}{i}{j}")
                    for j, cell in enumerate(row)
                },
                information=f"B{history}",
            )
            for i, row in enumerate(payoffs)
        }
        return move("A", rows, information=f"A{history}")

    return stage(stages, [0, 0], "")


def pennies(stages):
    @dt.game("A", "B", name="pennies")
    def stakes(*, stake=param(1, "stake", low=0, high=10), bonus=param(1, "more for the first match", low=0, high=10)):
        """Matching pennies in a row, one match worth more to A."""
        return repeated([[(stake + bonus, -stake), (-stake, stake)], [(-stake, stake), (stake, -stake)]], stages)

    return stakes


@dt.game("A", "B", name="chicken twice")
def chicken_twice(
    *,
    win=param(2, "gain from the other's yielding", low=0, high=10),
    lose=param(1, "loss from yielding alone", low=0, high=10),
    crash=param(5, "loss where nobody yields", low=0, high=20),
):
    """Chicken, and chicken again."""
    return repeated([[(0, 0), (-lose, win)], [(win, -lose), (-crash, -crash)]], 2)


@dt.game("A", "B", name="trusting")
def trusting(*, gain=param(1, "gain", low=-2, high=2), other=param(1, "other gain", low=-2, high=2)):
    """Come in or not; then one who is paid alike decides how the other is, and where it is well it may be repeated."""
    last = move("A", stop=end("stopped", gain, 0), more=end("more", other, 0))
    return move("A", out=end("out", 0, 0), into=move("B", well=last, ill=end("ill", -1, 0)))


@dt.game("A", "B", name="drawn stages")
def drawn_stages(*, stake=param(1, "stake", low=0, high=3), odds=param("1/3", "chance of the first", low=0, high=1)):
    """Everyone sees which of two tables is drawn, and plays it; after the second one more choice."""

    def table(name, corner):
        rows = {
            f"r{i}": move(
                "B",
                {f"c{j}": corner if i == j == 0 else end(f"{name}{i}{j}", i - j, j - i * stake) for j in range(2)},
                information=f"B{name}",
            )
            for i in range(2)
        }
        return move("A", rows, information=f"A{name}")

    return chance(
        {
            "first": (odds, table("x", end("x", stake, -1))),
            "second": (1 - odds, table("y", move("B", quit=end("quit", 2, stake), go=end("go", stake, 1)))),
        }
    )


def values_at(game, rng):
    ranges = {p.name: (p.low, p.high) for p in game.parameter_list}
    return {name: low + (high - low) * Fraction(rng.randint(1, 9_972), 9_973) for name, (low, high) in ranges.items()}


def symbols_at(game, values):
    return {game.parameters[name].expression: sp.Rational(value) for name, value in values.items()}


def holding(found, at):
    """Return the listed classes that exist at some values, by pattern."""
    return {one_class.pattern: one_class for one_class in found if bool(one_class.when.subs(at))}


def agree(one_class, equilibrium, at):
    """Assert that a class has an equilibrium's payoffs and outcomes, where they do not vary within it."""
    pairs = [(value, equilibrium.payoffs[name]) for name, value in one_class.payoff_list]
    pairs += [(p, equilibrium.outcomes[name]) for name, p in one_class.outcome_list]
    for expression, number in pairs:
        value = sp.sympify(expression).subs(at)
        assert value.free_symbols or value == sp.Rational(number)


def check_at_points(game, found, points, seed=1):
    """Assert that the classes that hold at random points are the equilibria there, and return how many were met."""
    rng, met = random.Random(seed), 0
    for _ in range(points):
        values = values_at(game, rng)
        at, solution = symbols_at(game, values), dt.solve(game.at(values), dt.PerfectBayesian())
        assert solution.complete
        here, solved = holding(found, at), {each.pattern: each for each in solution}
        if found.factors:
            choices = (
                math.prod(sum(bool(item.when.subs(at)) for item in block) for block in product.blocks)
                for product in found.factors
            )
            assert sum(choices) == len(solved)
            assert set(here) <= set(solved)
        else:
            assert set(here) == set(solved)
        for pattern, one_class in here.items():
            agree(one_class, solved[pattern], at)
        met += len(solved)
    return met


@pytest.fixture(scope="module")
def inspected():
    return dt.characterize(inspection(5, 2))


@pytest.fixture(scope="module")
def chickens():
    return dt.characterize(chicken_twice)


# -- by hand --------------------------------------------------------------------------------------------------


def test_pennies_in_a_row_are_played_evenly_by_the_one_whose_payoffs_are_even():
    found = dt.characterize(pennies(3))
    assert found.complete
    (only,) = found
    assert only.when == sp.true
    stake, bonus = (only.game.parameters[name].expression for name in ("stake", "bonus"))
    rows, columns = only.behaviour[::2], only.behaviour[1::2]
    assert all(row == (sp.Rational(1, 2), sp.Rational(1, 2)) for row in rows)
    # B plays c0 so often that A gets as much from r0, (stake + bonus) q - stake (1 - q), as from r1, stake (1 - 2 q).
    assert all(sp.simplify(column[0] - 2 * stake / (4 * stake + bonus)) == 0 for column in columns)


def inspected_values(stages, visits, at):
    """Return both values of the inspection game by the indifference of each side, backward, at numbers."""
    if stages == 0:
        return 0, 0
    if visits == 0:  # violating now, or at the last stage, is the same
        return -at["harm"], at["gain"]
    inspected, rested = (inspected_values(stages - 1, visits - k, at) for k in (1, 0))
    if visits >= stages:  # a violation is always caught, and there is none
        return 0, 0
    visit = (at["gain"] - rested[1]) / (at["gain"] - rested[1] + at["fine"] + inspected[1])
    violate = (rested[0] - inspected[0]) / (rested[0] - inspected[0] + at["credit"] + at["harm"])
    return (
        violate * at["credit"] + (1 - violate) * inspected[0],
        visit * -at["fine"] + (1 - visit) * at["gain"],
    )


def test_inspection_games_have_the_value_that_backward_indifference_gives(inspected):
    assert inspected.complete
    values = values_at(inspected.game, random.Random(5))
    expected = inspected_values(5, 2, values)
    at = symbols_at(inspected.game, values)
    for one_class in inspected:
        assert one_class.when == sp.true
        assert [sp.sympify(value).subs(at) for _, value in one_class.payoff_list] == list(map(sp.Rational, expected))


def test_dreshers_value_is_that_of_the_classes_where_payoffs_are_his(inspected):
    # Dresher (1962): -C(n-1, m) / (C(n, 0) + ... + C(n, m)); in Avenhaus, von Stengel and Zamir (2002), section 5.
    ones = dict.fromkeys(symbols_at(inspected.game, inspected.game.values), 1)
    assert {one_class.payoffs["Inspector"].subs(ones) for one_class in inspected} == {sp.Rational(-6, 16)}


def equilibria_of_table(payoffs):
    """Return how many equilibria a two-by-two table without ties has, by hand: corners, and the even odds."""
    corners = sum(
        payoffs[i][j][0] > payoffs[1 - i][j][0] and payoffs[i][j][1] > payoffs[i][1 - j][1]
        for i, j in itertools.product(range(2), repeat=2)
    )
    return 3 if corners == 2 else 1


def chicken_by_hand(win, lose, crash):
    """Return how many equilibria chicken has that is played twice."""
    table = [[(0, 0), (-lose, win)], [(win, -lose), (-crash, -crash)]]
    if lose > crash:
        worths = [(-crash, -crash)]
    else:  # each yields with a chance at which the other is indifferent
        insist = win / (win + crash - lose)
        worths = [(-lose, win), (win, -lose), (-lose * insist, -lose * insist)]
    tables = (
        [[(table[i][j][0] + below[2 * i + j][0], table[i][j][1] + below[2 * i + j][1]) for j in (0, 1)] for i in (0, 1)]
        for below in itertools.product(worths, repeat=4)
    )
    return sum(map(equilibria_of_table, tables))


@pytest.mark.slow
def test_chicken_twice_has_as_many_classes_at_random_points_as_by_hand(chickens):
    assert chickens.complete
    rng = random.Random(3)
    for _ in range(5):
        values = values_at(chicken_twice, rng)
        at = symbols_at(chicken_twice, values)
        choices = (
            math.prod(sum(bool(item.when.subs(at)) for item in block) for block in product.blocks)
            for product in chickens.factors
        )
        assert sum(choices) == chicken_by_hand(**values)


@pytest.mark.parametrize("rounds", [3, pytest.param(8, marks=pytest.mark.slow)])
def test_the_classes_of_an_exchange_part_the_parameters_between_them(rounds):
    game = exchange(rounds)
    found = dt.characterize(game)
    assert found.complete
    rng = random.Random(rounds)
    for _ in range(20):
        values = values_at(game, rng)
        ((pattern, _),) = holding(found, symbols_at(game, values)).items()
        (solved,) = dt.solve(game.at(values))
        assert tuple(support[0] for support in pattern) == tuple(row.index(1) for row in solved.behaviour)


# -- as at points, and as without subgames --------------------------------------------------------------------


@pytest.mark.parametrize("game", [drawn_stages, trusting], ids=lambda game: game.name)
def test_the_classes_are_the_equilibria_at_points(game):
    assert has_stages(game.form)
    found = dt.characterize(game)
    assert found.complete
    assert check_at_points(game, found, 4) > 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "game",
    [chicken_twice, drawn_stages, trusting, pennies(2), inspection(4, 2), exchange(6)],
    ids=lambda game: game.name,
)
def test_the_classes_are_the_equilibria_at_fifty_points(game):
    assert check_at_points(game, dt.characterize(game), 50) >= 50


@pytest.mark.parametrize("game", [exchange(2), trusting, drawn_stages], ids=lambda game: game.name)
def test_what_is_searched_as_a_whole_has_the_same_classes(game, monkeypatch):
    by_subgames = dt.characterize(game)
    monkeypatch.setattr(backward_classes, "MOST_STEPS", 0)
    as_a_whole = dt.characterize(game)
    assert by_subgames.complete
    assert as_a_whole.complete
    assert list(map(str, by_subgames)) == list(map(str, as_a_whole))


def test_where_worth_varies_within_a_class_the_subgame_is_solved_with_what_is_above():
    found = dt.characterize(trusting)
    mixed = [one_class for one_class in found if len(one_class.pattern[1]) == 2]
    assert mixed
    assert any(one_class.free for one_class in mixed)


def test_a_characterization_of_stages_is_the_solution_at_any_point():
    game = inspection(3, 1)
    values = values_at(game, random.Random(9))
    solution = dt.characterize(game).at(values)
    assert [e.behaviour for e in solution] == [e.behaviour for e in dt.solve(game.at(values))]


def test_a_game_of_stages_without_free_parameters_has_its_equilibria_as_classes():
    found = dt.characterize(inspection(3, 1), parameters=[])
    assert found.complete
    assert {one_class.payoffs["Inspector"] for one_class in found} == {sp.Rational(-1, 2)}


# -- too many to list -----------------------------------------------------------------------------------------


def test_more_classes_than_are_listed_are_products_whose_members_are_made_when_asked_for(monkeypatch):
    monkeypatch.setattr(discovery, "MOST_LISTED", 5)
    found = dt.characterize(inspection(3, 1))
    (product,) = found.factors
    values = values_at(found.game, random.Random(2))
    solved = {each.pattern for each in dt.solve(found.game.at(values))}
    assert {member.pattern for member in product} == solved
    assert {one_class.pattern for one_class in found} <= solved
    assert len({one_class.path_pattern for one_class in found}) == len(found)
    assert str(found).startswith("6 classes of")
    assert "6 classes" in dt.to_latex(found)
    assert pickle.loads(pickle.dumps(found)).factors[0][3][0].pattern == product[3][0].pattern


def test_as_many_classes_as_there_are_equilibria_are_counted(inspected):
    assert inspected.count == sum(product.count for product in inspected.factors)
    assert inspected.count == dt.solve(inspected.game).count == 5_184
    assert len(inspected) == discovery.MOST_ON_PATH
    (member,) = inspected.factors[0][-1]
    assert member.when == sp.true


def test_products_say_what_play_their_members_share(chickens):
    assert chickens.count > discovery.MOST_LISTED
    assert "A00: r0; B00: c1" in chickens.factors[0].head
    assert f"and {len(chickens.factors) - 8} more" in str(chickens)


def test_products_that_are_cut_short_are_no_complete_answer(monkeypatch):
    monkeypatch.setattr(discovery, "MOST_LISTED", 1)
    monkeypatch.setattr(discovery, "MOST_PRODUCTS", 2)
    monkeypatch.setattr(coverage, "POINTS", 30)
    found = dt.characterize(exchange(2))
    assert len(found.factors) == 2
    assert not found.complete
    assert "only 2 are given" in found.status


# -- what stays open ------------------------------------------------------------------------------------------


def test_what_is_not_decided_is_told_with_the_share_of_points_covered(monkeypatch):
    monkeypatch.setattr(coverage, "POINTS", 30)
    monkeypatch.setattr(local_classes.LocalForm, "verified", lambda self, at: len(self.form.pattern) < 2)
    found = dt.characterize(pennies(2))
    assert not found.complete
    assert "whether play at 'A11' and 'B11' occurs was not decided" in found.status
    assert found.covered.share == 0


@dt.game("A", "B", "C", name="three")
def three(*, stake=param(2, "stake", low=1, high=3)):
    """Who is alone wins, and once more after zeros alone; small change keeps payoffs from tying."""

    def after(name, totals, chosen):
        if len(chosen) < 3:
            player = "ABC"[len(chosen)]
            choices = {x: after(name, totals, chosen + x) for x in "01"}
            return move(player, choices, information=f"{player}{name}")
        change = [Fraction((5 * i + 3 * int(chosen, 2) * (i + 2)) % 17, 50) for i in range(3)]
        won = [stake * int(chosen.count(x) == 1) + more for x, more in zip(chosen, change, strict=True)]
        totals = [t + w for t, w in zip(totals, won, strict=True)]
        return after(chosen, totals, "") if not name and chosen == "000" else end(f"{name}{chosen}", *totals)

    return after("", [0, 0, 0], "")


def test_three_who_mix_at_once_are_told_as_open(monkeypatch):
    monkeypatch.setattr(coverage, "POINTS", 1)  # none is looked at
    found = dt.characterize(three)
    assert not found.complete
    assert "mixed play at 'A000' and 'B000' and 'C000' leads to equations that are not linear" in found.status


def test_a_class_that_only_values_against_an_assumption_admit_is_not_listed():
    @dt.game("A", "B", name="far from zero")
    def far(*, gain=param(1, "gain", low=-2, high=2)):
        """The gain is far from zero, which no polynomial says."""
        go = move("B", x=end("x", gain, Fraction(3, 4)), y=end("y", gain, gain))
        return dt.where(move("A", out=end("out", Fraction(1, 2), 0), go=go), sp.Abs(gain) >= 1)

    assert has_stages(far.form)
    found = dt.characterize(far)
    # Going and x need a gain between 1/2 and 3/4.
    assert [one_class.pattern for one_class in found] == [((0,), (0,)), ((1,), (1,))]


def test_the_end_of_the_time_is_told_of_stages():
    found = dt.characterize(inspection(4, 2), budget=1e-9)
    assert not found.complete
    assert "was up" in found.status


# -- regions --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def domain():
    from deterrence.solvers.algebra.signs import Domain
    from deterrence.solvers.supports.closed_form import Parametric

    return Domain(chicken_twice, Parametric.of(chicken_twice))


def test_a_region_leaves_out_what_follows_and_knows_what_contradicts(domain):
    win, lose, crash = domain.ring.gens
    sure = [((win - lose, False),)]
    product = [(((win - lose) * (crash - win), False),)]
    assert region_of([sure, product]) == region_of([sure, [((crash - win, False),)]])
    assert region_of([sure, [((lose - win, False),)]]) is None
    assert region_of([sure, [((lose - win, False),), ((crash - 1, False),)]]) == region_of(
        [sure, [((crash - 1, False),)]]
    )
    assert region_of([sure, [((win - lose, False),), ((crash - 1, False),)]]) == region_of([sure])
    assert region_of([product, [(((win - lose) * (win - crash), False),)]]) is None


def test_a_region_is_decided_by_a_point_or_by_proof(domain):
    win, lose, crash = domain.ring.gens
    regions = ParameterRegions(domain, lambda: False)
    inside = regions.conditions(region_of([[((win * lose - 99, False),)]]))
    at = inside.witness
    assert at["win"] * at["lose"] > 99
    outside = region_of([[((win + lose - crash - 15, False),)], [((crash - 6, False),)]])
    assert regions.conditions(outside).empty
