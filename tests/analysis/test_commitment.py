"""The best strategy to commit to: published games, brute force over mixtures, and what theorems say of every game."""

import itertools
import pickle
import random
from fractions import Fraction

import pytest

import deterrence as dt
from deterrence import end, models, move
from deterrence.errors import MethodError, ParameterError, UnknownNameError
from deterrence.games.strategic_form import StrategicForm
from deterrence.solvers.leadership import best, problem, pure, several

ROUNDING = 1e-9
"""Ranges over correlated equilibria are computed in floating point."""

STRIKE = models.load("strike").game
# Conitzer and Sandholm (2006), introduction: up dominates, yet the row player would commit to down, or to mix.
FIRST = dt.bimatrix(
    [[2, 4], [1, 3]],
    [[1, 0], [0, 1]],
    players=("Leader", "Follower"),
    actions=[["up", "down"], ["left", "right"]],
    name="first",
)


@dt.game("Patrol", "Attacker")
def patrol(
    harbour=dt.param(5, "gain from an attack on the harbour", low=2, high=10),
    depot=dt.param(3, "gain from an attack on the depot", low=2, high=10),
    capture=dt.param(1, "loss of an Attacker who is caught", low=0.5, high=10),
):
    """One patrol guards one of two targets; a guarded one cannot be attacked with success."""
    return dt.matrix(
        {
            ("harbour", "attack harbour"): end("caught", 1, -capture),
            ("harbour", "attack depot"): end("depot lost", -2, depot),
            ("depot", "attack harbour"): end("harbour lost", -4, harbour),
            ("depot", "attack depot"): end("caught", 1, -capture),
        }
    )


def tables(seed, count, sizes=((2, 2), (2, 3), (3, 3)), values=3):
    """Return random small tables, many with ties, some with two columns between which the follower is indifferent."""
    rng, found = random.Random(seed), []
    for k in range(count):
        m, n = sizes[k % len(sizes)]
        first, second = ([[rng.randint(-values, values) for _ in range(n)] for _ in range(m)] for _ in range(2))
        if k % 3 == 0:
            for row in second:
                row[-1] = row[0]
        found.append((first, second))
    return found


def payoffs(first, second, mixture):
    """Return what the leader gets at most and at least over the follower's best replies to a mixture, by hand."""
    columns = range(len(first[0]))
    own = [sum(p * row[j] for p, row in zip(mixture, second, strict=True)) for j in columns]
    gains = [sum(p * row[j] for p, row in zip(mixture, first, strict=True)) for j in columns]
    replies = [gains[j] for j in columns if own[j] == max(own)]
    return max(replies), min(replies)


def mixtures(size, steps):
    """Yield the mixtures on an even grid."""
    for parts in itertools.product(range(steps + 1), repeat=size - 1):
        if sum(parts) <= steps:
            yield tuple(Fraction(part, steps) for part in (*parts, steps - sum(parts)))


# -- Published and by hand ----------------------------------------------------------------------------


def test_the_first_example_of_conitzer_and_sandholm():
    found = dt.commitment(FIRST, "Leader")
    assert found.uncommitted == found.at_once == (2, 2)
    assert found.first_mover == (3, 3)
    assert found.pure.strategy == {"Leader": {"up": 0, "down": 1}}
    assert found.value == (Fraction(7, 2), Fraction(7, 2))
    assert found.strong.strategy == {"Leader": {"up": Fraction(1, 2), "down": Fraction(1, 2)}}
    assert found.strong.reply == {"Follower": {"left": 0, "right": 1}}
    assert found.strong.also == ("left",)
    assert found.strong.payoffs == {"Leader": Fraction(7, 2), "Follower": Fraction(1, 2)}
    assert not found.attained
    assert found.worth == {
        "as it is": (Fraction(3, 2),) * 2,
        "at once": (Fraction(3, 2),) * 2,
        "moving first": (Fraction(1, 2),) * 2,
    }
    assert found.complete


def test_near_the_limit_every_best_reply_gives_what_was_asked():
    found = dt.commitment(FIRST, "Leader")
    for loss in (Fraction(1, 10), "1/1000", 5):
        near = found.near(loss)
        mixture = tuple(near.strategy["Leader"].values())
        _, least = payoffs([[2, 4], [1, 3]], [[1, 0], [0, 1]], mixture)
        assert least == near.payoffs["Leader"] >= Fraction(7, 2) - Fraction(loss)


def test_a_patrol_leaves_the_attacker_just_indifferent():
    # By hand: 5 c_depot - c_harbour = 3 c_harbour - c_depot with c_harbour + c_depot = 1, so c_harbour = 6/10. The
    # Attacker goes to the depot, where the Patrol gets 4/10 - 2 * 6/10 = -8/10; at the harbour it would get -1.
    found = dt.commitment(patrol, "Patrol")
    assert found.strong.strategy["Patrol"] == {"harbour": Fraction(3, 5), "depot": Fraction(2, 5)}
    assert found.strong.payoffs == {"Patrol": Fraction(-4, 5), "Attacker": Fraction(7, 5)}
    assert found.strong.also == ("attack harbour",)
    assert found.value == (Fraction(-4, 5), Fraction(-4, 5))
    assert not found.attained


def test_an_inspector_who_leads_inspects_as_often_as_in_equilibrium_and_the_other_complies():
    # The leadership principle of Avenhaus, von Stengel and Zamir (2002), section 5; with these payoffs the inspectee is
    # indifferent at 2/(2 + 4) = 1/3, where it violates with some chance in the equilibrium and not at all as a follower.
    inspection = dt.bimatrix([[-1, -3], [0, -5]], [[0, -4], [0, 2]], players=("Inspector", "Inspectee"))
    found = dt.commitment(inspection, "Inspector")
    (equilibrium,) = dt.solve(inspection)
    assert found.strong.strategy["Inspector"]["row 1"] == equilibrium.strategies["Inspector"]["row 1"] == Fraction(1, 3)
    assert found.strong.reply["Inspectee"]["column 1"] == 1
    assert 0 < equilibrium.strategies["Inspectee"]["column 1"] < 1
    assert found.strong.payoffs["Inspectee"] == equilibrium.payoffs["Inspectee"] == 0
    assert found.value[1] == Fraction(-1, 3) > equilibrium.payoffs["Inspector"]


def test_where_the_follower_cannot_tell_its_replies_apart_the_weak_value_is_less():
    # The follower gets 1 whatever happens: the leader fears 0 by either action, and secures 1 by mixing.
    found = dt.commitment(dt.bimatrix([[2, 0], [0, 2]], [[1, 1], [1, 1]]), "Row")
    assert found.value == (1, 2)
    assert found.attained
    assert found.weak.strategy["Row"] == {"row 1": Fraction(1, 2), "row 2": Fraction(1, 2)}
    assert found.first_mover == (0, 2)
    assert found.worth["moving first"] == (0, 1)
    assert found.worth["as it is"] == (1 - found.uncommitted[1], 2 - found.uncommitted[0])


def test_a_weak_value_may_be_reached_at_a_tie_that_does_no_harm():
    # The follower is indifferent at one half, where all replies give the leader 1; nothing gives it more.
    found = dt.commitment(dt.bimatrix([[0, 2], [2, 0]], [[1, 0], [0, 1]]), "Row")
    assert found.value == (1, 1)
    assert found.attained
    assert found.near(1) == found.weak


def test_a_threat_is_worth_what_it_deters():
    found = dt.commitment(STRIKE.at(war=8), "Defender")
    assert found.value == found.first_mover == (0, 0)
    assert found.strong.strategy == {"Defender": {"restrain": 0, "retaliate": 1}}
    assert found.spread == {"restrain": (0, Fraction(5, 9)), "retaliate": (Fraction(4, 9), 1)}
    assert found.uncommitted == (-6, -6)
    assert found.at_once == (-6, 0)
    assert found.worth == {"as it is": (6, 6), "at once": (0, 6), "moving first": (0, 0)}


# -- Brute force --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "second"), tables(1, 36))
def test_no_mixture_on_a_grid_gives_more_and_the_nearest_give_nearly_as_much(first, second):
    found = dt.commitment(dt.bimatrix(first, second), "Row")
    steps = 120 if len(first) == 2 else 30
    ends = [payoffs(first, second, mixture) for mixture in mixtures(len(first), steps)]
    strong, weak = max(high for high, _ in ends), max(low for _, low in ends)
    low, high = found.value
    assert weak <= low <= high
    assert strong <= high
    # The grid is finer than what a step may change: at most the spread of payoffs, once for each action.
    assert high - strong <= Fraction(6 * len(first), steps)
    assert payoffs(first, second, tuple(found.strong.strategy["Row"].values()))[0] == high
    least = payoffs(first, second, tuple(found.weak.strategy["Row"].values()))[1]
    assert least == low if found.attained else weak < low > least
    for loss in (Fraction(1, 7), Fraction(1, 1000)):
        assert payoffs(first, second, tuple(found.near(loss).strategy["Row"].values()))[1] >= low - loss


@pytest.mark.parametrize(("first", "second"), tables(2, 18))
def test_without_mixing_it_is_the_tree_in_which_the_leader_moves_first(first, second):
    game = dt.bimatrix(first, second)
    answers = {
        f"row {i + 1}": move("Column", {f"column {j + 1}": end(f"{i}, {j}", a, b) for j, (a, b) in enumerate(cells)})
        for i, cells in enumerate(zip(*pair, strict=True) for pair in zip(first, second, strict=True))
    }
    tree = dt.Game(("Row", "Column"), move("Row", answers))
    found = dt.commitment(game, "Row", mixed=False)
    assert found.value == found.first_mover == dt.payoff("Row").over(dt.solve(tree, dt.SubgamePerfect()))
    assert "moving first" not in found.worth
    assert found.strong == found.pure


def random_tree(seed):
    """Return a random tree: a draw that one player sees, two moves of each, and simultaneous choices among them."""
    rng = random.Random(seed)

    def leaf():
        return end("end", rng.randint(-4, 4), rng.randint(-4, 4))

    def last(player, label):
        return move(player, left=leaf(), right=leaf(), information=label)

    def part(kind):
        second = {"out": leaf(), "in": move("B", {"low": last("A", "late"), "high": leaf()}, information=f"B {kind}")}
        return move(
            "A", {"stop": leaf(), "go": move("B", second, information=f"B first {kind}")}, information="A first"
        )

    return dt.Game(("A", "B"), dt.chance(calm=(Fraction(1, 3), part("calm")), tense=(Fraction(2, 3), part("tense"))))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("leader", ["A", "B"])
def test_in_a_tree_it_is_the_commitment_in_the_table_of_all_plans(seed, leader):
    tree = random_tree(seed)
    found = dt.commitment(tree, leader)
    view = StrategicForm.of(tree)
    sizes = [len(view.plans[i]) for i in range(2)]
    first, second = ([[view.payoffs[i, j][k] for j in range(sizes[1])] for i in range(sizes[0])] for k in range(2))
    table = dt.commitment(dt.bimatrix(first, second, players=("A", "B")), leader)
    assert found.value == table.value
    assert found.attained == table.attained
    assert found.first_mover == table.first_mover


def against_types(seed, types=3, targets=3):
    """Return a game in which one target is guarded and an attacker of several types sees only its own type."""
    rng = random.Random(seed)
    hits, guards = ([f"{verb} {k}" for k in range(targets)] for verb in ("hit", "guard"))
    pays = {(t, a, g): (rng.randint(-5, 5), rng.randint(-5, 5)) for t in range(types) for a in hits for g in guards}

    def attacker(t, guard):
        return move("Attacker", {hit: end("end", *pays[t, hit, guard]) for hit in hits}, information=f"type {t}")

    chances = [Fraction(k + 1, 6) for k in range(types)]
    return dt.Game(
        ("Defender", "Attacker"),
        move("Defender", {g: dt.chance({f"{t}": (chances[t], attacker(t, g)) for t in range(types)}) for g in guards}),
    )


@pytest.mark.parametrize("seed", range(5))
def test_against_types_no_mixture_on_a_grid_gives_more_and_some_nearly_as_much(seed):
    game = against_types(seed)
    found = dt.commitment(game, "Defender")
    form = game.form
    strong, weak = [], []
    for mixture in mixtures(3, 24):
        high = low = 0
        for t in range(3):
            # By hand: the nodes of a type follow the actions of the defender in order, as do its own actions.
            nodes = form.nodes_of[form.set_number[f"type {t}"]]
            cells = [[game.numbers[0][child] for child in form.children[node]] for node in nodes]
            first, second = ([[pay[i] for pay in row] for row in cells] for i in range(2))
            ends = payoffs(first, second, mixture)
            high, low = high + Fraction(t + 1, 6) * ends[0], low + Fraction(t + 1, 6) * ends[1]
        strong.append(high)
        weak.append(low)
    assert max(weak) <= found.value[0] <= found.value[1]
    assert max(strong) <= found.value[1] <= max(strong) + Fraction(10 * 3, 24)
    low, high = dt.payoff("Defender").over(dt.solve(game.under(found.device)))
    assert low <= high == found.value[1]


@pytest.mark.parametrize("seed", range(4))
def test_bound_by_the_device_the_leader_gets_between_its_weak_and_its_strong_payoff(seed):
    tree = random_tree(seed)
    found = dt.commitment(tree, "A")
    low, high = dt.payoff("A").over(dt.solve(tree.under(found.device), dt.Nash()))
    assert low <= high == found.value[1]


def test_several_followers_play_a_game_of_their_own_after_each_plan():
    # By hand: after "help" B and C both dare, worth 3 to A; after "wait" they coordinate on either, worth 1 or 2.
    def after(cells, label):
        return move(
            "B",
            {
                b: move(
                    "C", {c: end(f"{label} {b} {c}", *cells[b, c]) for c in ("dare", "yield")}, information=f"C {label}"
                )
                for b in ("dare", "yield")
            },
            information=f"B {label}",
        )

    both = {(b, c): (3, int(b == "dare"), int(c == "dare")) for b in ("dare", "yield") for c in ("dare", "yield")}
    either = {
        (b, c): (2 if b == "dare" else 1, int(b == c), int(b == c))
        for b in ("dare", "yield")
        for c in ("dare", "yield")
    }
    game = dt.Game(("A", "B", "C"), move("A", help=after(both, "help"), wait=after(either, "wait")))
    found = dt.commitment(game, "A", mixed=False)
    assert found.value == (3, 3)
    assert found.strong.strategy == {"A": {"help": 1, "wait": 0}}
    assert found.strong.reply["B help"] == {"dare": 1, "yield": 0}
    assert "answered by dare at B help; dare at C help" in str(found)


def test_the_chain_store_deters_all_three_where_it_can_bind_itself():
    # Selten (1978): each entry that is fought costs the entrant; a store bound to fight gets 5 in each of 3 markets.
    found = dt.commitment(models.load("selten1978/chain_store").game, "Store", mixed=False)
    assert found.value == (15, 15)
    assert found.uncommitted == (6, 6)


# -- Theorems -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "second"), tables(3, 24))
def test_to_lead_is_never_worse_than_an_equilibrium_nash_or_correlated(first, second):
    # Von Stengel and Zamir (2010), the main result: as sets, payoffs of the leader are at least those.
    game = dt.bimatrix(first, second)
    found = dt.commitment(game, "Row")
    low, high = dt.payoff("Row").over(dt.solve(game, dt.Nash()))
    correlated = dt.solve(game, dt.Correlated()).payoffs["Row"]
    assert found.uncommitted == (low, high)
    assert found.value[1] >= max(high, correlated[1] - ROUNDING)
    assert found.value[0] >= min(low, correlated[0] + ROUNDING)
    assert found.first_mover[0] <= found.value[0]
    assert found.first_mover[1] <= found.value[1]


@pytest.mark.parametrize(("first", "_"), tables(4, 12))
def test_in_a_zero_sum_game_there_is_nothing_to_gain(first, _):
    game = dt.bimatrix(first, [[-item for item in row] for row in first])
    found = dt.commitment(game, "Row")
    value = dt.solve(game)[0].payoffs["Row"]
    assert found.value == (value, value)
    assert found.attained
    assert found.worth["as it is"] == (0, 0)


@pytest.mark.parametrize(("first", "second"), tables(5, 12))
def test_units_and_names_do_not_matter(first, second):
    found = dt.commitment(dt.bimatrix(first, second), "Row")
    scaled = dt.bimatrix(
        [[3 * a - 2 for a in row] for row in first], [[Fraction(b, 2) + 7 for b in row] for row in second]
    )
    assert dt.commitment(scaled, "Row").value == tuple(3 * end - 2 for end in found.value)
    turned = dt.bimatrix(
        [list(row[::-1]) for row in zip(*second, strict=True)][::-1],
        [list(row[::-1]) for row in zip(*first, strict=True)][::-1],
    )
    assert dt.commitment(turned, "Column").value == found.value


# -- Formulas -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [4, pytest.param(25, marks=pytest.mark.slow)])
def test_formulas_agree_with_the_linear_programmes_at_random_points(count):
    rng = random.Random(7)
    for game, leader in ((patrol, "Patrol"), (STRIKE, "Defender"), (STRIKE, "Challenger")):
        classes = dt.commitment(game, leader).classes
        for _ in range(count):
            at = {
                name: Fraction(rng.randint(int(8 * p.low), int(8 * p.high)), 8) for name, p in game.parameters.items()
            }
            there = dt.commitment(game.at(at), leader)
            held = [item for item in classes if item.holds(at)]
            values = {to_fraction(item.payoffs[leader], at) for item in held}
            assert values == {there.value[1]}


def to_fraction(expression, values):
    number = expression.subs({symbol: values[symbol.name] for symbol in getattr(expression, "free_symbols", ())})
    return Fraction(int(number.p), int(number.q))


def test_the_just_indifferent_patrol_is_a_formula():
    import sympy as sp

    harbour, depot, capture = (patrol.parameters[name].expression for name in ("harbour", "depot", "capture"))
    classes = dt.commitment(patrol, "Patrol").classes
    by_hand = (harbour + capture) / (harbour + depot + 2 * capture)
    assert {str(sp.simplify(item.mixture["harbour"] - by_hand)) for item in classes} == {"0"}
    assert {item.reply for item in classes} == {"attack harbour", "attack depot"}


def test_no_formulas_are_told_of_where_the_leader_has_more_to_choose():
    assert dt.commitment(FIRST, "Leader").classes == ()
    assert dt.commitment(models.load("unilateral_deterrence").game, "Challenger").classes == ()


# -- As a value, in words and pictures, and refusals --------------------------------------------------


def test_the_answer_is_a_value_that_prints_and_is_shown():
    found = dt.commitment(patrol, "Patrol")
    copy = pickle.loads(pickle.dumps(found))
    assert copy == found
    assert hash(copy) == hash(found)
    assert found != dt.commitment(patrol, "Attacker")
    text = str(found)
    assert "answered by attack depot, indifferent to attack harbour" in text
    assert "secures any payoff below -0.8, though not -0.8" in text
    assert "is worth 0.075 to Patrol, over the game as it is" in text
    assert repr(found) == "<CommitmentValue of 'Patrol' in 'patrol'>"
    assert "<img" in found._repr_html_()
    assert found._repr_html_().count("<math") >= 6
    assert "<img" not in dt.commitment(patrol, "Patrol", mixed=False)._repr_html_()
    assert found.to_frame().loc["commitment"].tolist() == [-0.8, -0.8]


def test_the_picture_marks_both_ends_of_the_jump_and_names_the_replies():
    axes = dt.commitment(FIRST, "Leader").plot()
    dots = {tuple(map(float, line.get_xydata()[0])) for line in axes.lines if line.get_marker() == "o"}
    assert dots == {(0.5, 3.5), (0.5, 1.5)}
    assert {"Follower: right", "left", "best commitment"} <= {text.get_text() for text in axes.texts}


def test_progress_is_told_and_other_concepts_are_taken():
    shares = []
    dt.commitment(patrol, "Patrol", progress=shares.append)
    assert shares
    assert all(0 <= share <= 1 for share in shares)
    nash = dt.commitment(STRIKE.at(war=8), "Defender", method=dt.Nash())
    assert nash.uncommitted == nash.at_once == (-6, 0)


def test_a_game_without_a_known_equilibrium_says_so(monkeypatch):
    monkeypatch.setattr(
        dt.PerfectBayesian, "solve", lambda self, game: dt.Solution(game, self, (), "none found", False)
    )
    found = dt.commitment(models.load("unilateral_deterrence").game, "Challenger")
    assert found.uncommitted is None
    assert not found.complete
    assert "no equilibrium was found" in str(found)
    assert "may have another perfect Bayesian equilibrium" in found.status


def alone():
    return dt.Game(("A", "B"), move("A", stay=end("stay", 0, 0), go=end("go", 1, 1)))


@pytest.mark.parametrize(
    ("ask", "error", "sentence"),
    [
        (lambda: dt.commitment(patrol, "Patrl"), UnknownNameError, "no player called 'Patrl'.*Did you mean 'Patrol'"),
        (lambda: dt.commitment(alone(), "A"), MethodError, "Nobody else has a choice in 'game'"),
        (lambda: dt.commitment(alone(), "B"), MethodError, "B has no choice in 'game'"),
        (
            lambda: dt.commitment(models.load("selten1978/chain_store").game, "Store"),
            MethodError,
            "has 4 players. After a mixture of Store .* Ask with mixed=False",
        ),
        (lambda: dt.commitment(FIRST, "Leader").near(0), ParameterError, "must be above 0"),
        (lambda: dt.commitment(FIRST, "Leader", mixed=False).plot(), MethodError, "chooses once between two actions"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(ask, error, sentence):
    with pytest.raises(error, match=sentence):
        ask()


def test_limits_are_said(monkeypatch):
    tree = random_tree(0)
    monkeypatch.setattr(best, "MOST_PROGRAMS", 2)
    with pytest.raises(MethodError, match=r"More than 2 linear programmes.*NP-hard"):
        dt.commitment(tree, "A")
    monkeypatch.setattr(problem, "MOST_REPLIES", 2)
    with pytest.raises(MethodError, match="plans from its first information sets on; at most 2"):
        dt.commitment(tree, "A")
    with pytest.raises(MethodError, match="A has 3 plans to commit to; at most 2 are compared"):
        pure.leader_plans(tree.form, 0, most=2)
    assert several.MOST_BOUND < pure.MOST_PLANS
