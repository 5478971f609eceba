"""Elimination in rounds against other programs and against definitions written out here."""

import itertools
import random
from fractions import Fraction

import numpy as np
import pytest
from scipy.optimize import linprog

import deterrence as dt
from deterrence.errors import ParameterError
from deterrence.games import play
from tests.random_games import StagedGame, random_game

HALF = Fraction(1, 2)


def some(values, fast):
    """Return parameters of tests, those after the first ones marked slow."""
    return [value if k < fast else pytest.param(value, marks=pytest.mark.slow) for k, value in enumerate(values)]


def some_tables(values, fast):
    return [value if k < fast else pytest.param(*value, marks=pytest.mark.slow) for k, value in enumerate(values)]


def random_table(seed, shape, values):
    rng = random.Random(seed)
    actions = [[f"{'abc'[i]}{k}" for k in range(size)] for i, size in enumerate(shape)]
    cells = {key: tuple(rng.randrange(values) for _ in shape) for key in itertools.product(*actions)}
    return dt.Game(tuple("ABC"[: len(shape)]), dt.matrix(cells), name=f"table {seed}")


SHAPES = [(3, 3), (4, 3), (4, 4), (2, 5), (2, 2, 3), (3, 2, 2), (3, 3, 3)]
TABLES = [(seed, SHAPES[seed % len(SHAPES)], [3, 5, 9][seed % 3]) for seed in range(42)]


# -- by pure strategies: Gambit ----------------------------------------------------------------------------


def left_by_gambit(game, *, strict):
    gambit = pytest.importorskip("pygambit")
    peer = dt.to_pygambit(game)
    support, before = gambit.supports.undominated_strategies_solve(peer, strict=strict), None
    while before is None or len(support) < before:
        before = len(support)
        support = gambit.supports.undominated_strategies_solve(support, strict=strict)
    return {player.label: tuple(s.label for s in player.strategies if s in support) for player in peer.players}


@pytest.mark.parametrize("weak", [False, True])
@pytest.mark.parametrize(("seed", "shape", "values"), some_tables(TABLES[:21], 7))
def test_gambit_takes_out_the_same_by_pure_strategies(seed, shape, values, weak):
    game = random_table(seed, shape, values)
    found = dt.dominance(game, weak=weak, mixtures=False)
    assert {player: len(names) for player, names in found.left.items()} == {
        player: len(names) for player, names in left_by_gambit(game, strict=not weak).items()
    }


# -- by mixtures: linear programmes written here ---------------------------------------------------------------


def dominated_by_scipy(rows, weak):
    """Return the rows that a mixture dominates: by the definitions, as linear programmes."""
    rows, found = np.array(rows, dtype=float), []
    count, width = rows.shape
    for k, row in enumerate(rows):
        if weak:
            optimum = linprog(
                -(rows - row).sum(axis=1),
                A_ub=(row - rows).T,
                b_ub=np.zeros(width),
                A_eq=np.ones((1, count)),
                b_eq=[1],
            )
        else:
            optimum = linprog(
                [*np.zeros(count), -1],
                A_ub=np.hstack([(row - rows).T, np.ones((width, 1))]),
                b_ub=np.zeros(width),
                A_eq=[[*np.ones(count), 0]],
                b_eq=[1],
                bounds=[(0, None)] * count + [(None, None)],
            )
        if -optimum.fun > 1e-7:
            found.append(k)
    return found


def left_by_definition(game, weak):
    """Return what rounds leave, positions by player, from the payoffs of the strategic form."""
    strategic = game.strategic_form()
    kept = [list(range(len(plans))) for plans in strategic.plans]
    while True:
        gone = []
        for i, own in enumerate(kept):
            others = list(itertools.product(*(names for j, names in enumerate(kept) if j != i)))
            rows = [[strategic.payoffs[(*rest[:i], k, *rest[i:])][i] for rest in others] for k in own]
            gone.append({own[k] for k in dominated_by_scipy(rows, weak)} if len(own) > 1 else set())
        if not any(gone):
            return tuple(map(tuple, kept))
        kept = [[k for k in own if k not in out] for own, out in zip(kept, gone, strict=True)]


@pytest.mark.parametrize("weak", [False, True])
@pytest.mark.parametrize(("seed", "shape", "values"), some_tables(TABLES, 7))
def test_linear_programmes_leave_the_same(seed, shape, values, weak):
    game = random_table(seed, shape, values)
    assert dt.dominance(game, weak=weak).kept == left_by_definition(game, weak)


@pytest.mark.parametrize(("seed", "shape", "values"), some_tables(TABLES[:14], 7))
def test_strict_dominance_ends_in_one_place_in_every_order(seed, shape, values):
    game = random_table(seed, shape, values)
    kept = dt.dominance(game).kept
    assert dt.dominance(game, order="one at a time").kept == kept
    assert dt.dominance(game, order=list(reversed(game.players))).kept == kept


@pytest.mark.parametrize(("seed", "shape", "values"), some_tables(TABLES, 7))
def test_each_step_holds_among_what_was_left_before_it(seed, shape, values):
    game = random_table(seed, shape, values)
    strategic = game.strategic_form()
    names = [strategic.strategies[player] for player in game.players]
    for weak in (False, True):
        found = dt.dominance(game, weak=weak)
        for number, step in enumerate(found.steps, start=1):
            left, i = found.before(number), game.players.index(step.player)
            assert step.strategy in left[step.player]
            assert sum(p for _, p in step.by) == 1
            assert {name for name, _ in step.by} <= set(left[step.player]) - {step.strategy}
            gains = []
            for rest in itertools.product(*(left[player] for player in game.players if player != step.player)):

                def pays(own, rest=rest, i=i):
                    chosen = (*rest[:i], own, *rest[i:])
                    return strategic.payoffs[tuple(n.index(c) for n, c in zip(names, chosen, strict=True))][i]

                gains.append(sum(p * pays(name) for name, p in step.by) - pays(step.strategy))
            assert min(gains) >= 0 < max(gains)
            assert step.weakly == (min(gains) == 0)


@pytest.mark.parametrize(("seed", "shape", "values"), some_tables(TABLES[:21], 7))
def test_no_nash_equilibrium_uses_what_is_strictly_dominated(seed, shape, values):
    game = random_table(seed, shape, values)
    found = dt.dominance(game)
    equilibria = dt.solve(game, dt.Nash())
    for equilibrium in equilibria:
        for player, actions in zip(game.players, equilibrium.behaviour, strict=True):
            used = {game.form.actions_of[game.players.index(player)][a] for a, p in enumerate(actions) if p}
            assert used <= set(found.left[player])
    if len(shape) == 2 and equilibria.complete:
        assert len(dt.solve(found.reduced, dt.Nash())) == len(equilibria)


# -- weak dominance and its orders -------------------------------------------------------------------------


def all_ends(game):
    """Return where every order of weak elimination ends, by trying each selection, from the definitions."""
    strategic = game.strategic_form()

    def dominated(kept):
        found = []
        for i, own in enumerate(kept):
            others = list(itertools.product(*(names for j, names in enumerate(kept) if j != i)))
            rows = [[strategic.payoffs[(*rest[:i], k, *rest[i:])][i] for rest in others] for k in own]
            found += [(i, own[k]) for k in dominated_by_scipy(rows, True)] if len(own) > 1 else []
        return found

    start = tuple(tuple(range(len(plans))) for plans in strategic.plans)
    ends, seen, stack = set(), {start}, [start]
    while stack:
        kept = stack.pop()
        found = dominated(kept)
        if not found:
            ends.add(kept)
        for size in range(1, len(found) + 1):
            for some in itertools.combinations(found, size):
                after = tuple(tuple(k for k in own if (i, k) not in some) for i, own in enumerate(kept))
                if after not in seen:
                    seen.add(after)
                    stack.append(after)
    return ends


@pytest.mark.parametrize("seed", some(range(16), 8))
def test_the_ends_of_all_orders_are_those_of_every_selection(seed):
    game = random_table(seed, [(3, 3), (2, 3), (2, 2, 2), (3, 2)][seed % 4], 3)
    found = dt.dominance(game, weak=True)
    assert set(found.ends) == all_ends(game)
    assert found.order_matters == (len(all_ends(game)) > 1)
    assert found.ends[0] == found.kept


# -- trees ---------------------------------------------------------------------------------------------------


def worth_by_way_of(game, profile, h, player):
    """Return whether nodes of an information set may be reached, and what ends below it pay, weighted by chance."""
    form, numbers = game.form, game.numbers
    total, odds = 0, 0
    for node in range(form.size):
        path = form.path(node)
        weight, taken = Fraction(1), True
        for at, branch in path:
            g = form.infoset_of[at]
            taken = taken and (g < 0 or profile[g] == branch)
            weight *= numbers[1][at][branch] if g < 0 else 1
        if not taken or not weight:
            continue
        odds += weight if form.infoset_of[node] == h or (h is None and node == 0) else 0
        inside = h is None or any(form.infoset_of[at] == h for at, _ in path)
        if not form.children[node] and inside:
            total += weight * numbers[0][node][player]
    return odds, total


def extensive_form_rationalizable(game):
    """Return the complete strategies that rounds of conditional dominance leave, and the outcomes they lead to.

    Strategies here choose at every information set, whether or not they rule it out themselves.
    """
    form = game.form
    own = [[h for h in range(len(form.nodes_of)) if form.player_of[h] == i] for i in range(len(game.players))]
    kept = [
        [dict(zip(sets, c, strict=True)) for c in itertools.product(*(range(len(form.actions_of[h])) for h in sets))]
        for sets in own
    ]
    memo = {}

    def worth(i, mine, rest, h):
        profile = {**mine, **{g: a for other in rest for g, a in other.items()}}
        key = tuple(sorted(profile.items())), h, i
        if key not in memo:
            memo[key] = worth_by_way_of(game, profile, h, i)
        return memo[key]

    while True:
        gone = []
        for i, mine in enumerate(kept):
            others = list(itertools.product(*(group for j, group in enumerate(kept) if j != i)))
            out = []
            for h in (*own[i], None):
                steps = [] if h is None else form.own_steps[h]
                reaching = [s for s in mine if all(s[g] == a for g, a in steps)]
                columns = [rest for rest in others if reaching and worth(i, reaching[0], rest, h)[0]]
                if len(reaching) > 1 and columns:
                    rows = [[worth(i, s, rest, h)[1] for rest in columns] for s in reaching]
                    out += [reaching[k] for k in dominated_by_scipy(rows, False)]
            gone.append([s for s in mine if s in out])
        if not any(gone):
            break
        kept = [[s for s in mine if s not in out] for mine, out in zip(kept, gone, strict=True)]
    outcomes = set()
    for profile in itertools.product(*kept):
        together = {h: a for part in profile for h, a in part.items()}
        behaviour = [
            [int(a == together.get(h)) for a in range(len(actions))] for h, actions in enumerate(form.actions_of)
        ]
        reached = play.reach(form, game.numbers, behaviour)
        outcomes |= {form.outcome[node] for node, p in reached.items() if p and not form.children[node]}
    return kept, outcomes


def small(game):
    counts = [
        np.prod([len(a) for h, a in enumerate(game.form.actions_of) if game.form.player_of[h] == i])
        for i in range(len(game.players))
    ]
    return np.prod(counts) <= 200


def named(game):
    return game.name


STAGED = [game for seed in range(80) if (game := StagedGame(seed).game) is not None and small(game)]
DRAWN = [game for seed in range(150) if (game := random_game(seed)) is not None and small(game)]


@pytest.mark.parametrize("game", [*some(STAGED[:25], 5), *some(DRAWN[:25], 5)], ids=named)
def test_conditional_dominance_is_what_its_definition_says(game):
    kept, outcomes = extensive_form_rationalizable(game)
    found = dt.dominance(game, conditional=True)
    assert set(found.outcomes) == outcomes
    for plans, left, mine in zip(found.strategic.plans, found.kept, kept, strict=True):
        followed = {k for k, plan in enumerate(plans) for s in mine if all(s[h] == a for h, a in plan)}
        assert set(left) == followed


def perfect_information(seed, depth):
    """Return a random game of perfect information without ties, and the outcome of backward induction."""
    rng = random.Random(seed)
    players, count = ("A", "B", "C")[: rng.choice([2, 3])], itertools.count()
    worths = [rng.sample(range(400), 400) for _ in players]

    def node(left):
        if left == 0 or (left < depth - 1 and rng.random() < 0.25):
            number = next(count)
            pays = tuple(order[number] for order in worths)
            return dt.end(f"o{number}", *pays), pays, f"o{number}"
        i = rng.randrange(len(players))
        below = {f"m{k}": node(left - 1) for k in range(rng.choice([2, 2, 3]))}
        _, pays, name = max(below.values(), key=lambda item: item[1][i])
        return dt.move(players[i], {label: item[0] for label, item in below.items()}), pays, name

    tree, _, name = node(depth)
    return dt.Game(players, tree, name=f"perfect {seed}"), name


@pytest.mark.parametrize("seed", some(range(25), 8))
def test_with_perfect_information_and_no_ties_backward_induction_s_outcome_is_left(seed):
    """Battigalli (1997): without relevant ties the outcome is that of backward induction."""
    game, outcome = perfect_information(seed, 3)
    found = dt.dominance(game)
    assert found.conditional
    assert found.outcomes == (outcome,)


# -- conditions on parameters --------------------------------------------------------------------------------


def gains_at(found, number, at):
    """Return what a step's better choice gains at other parameter values, against all play left of the others.

    ``None`` stands where the others, or chance, keep the place from being reached.
    """
    game, step = found.game.at(at), found.steps[number - 1]
    i, left = game.players.index(step.player), found.before(number)
    h = game.form.set_number[step.at] if step.at else None
    plans = [
        [
            dict(plan)
            for plan, name in zip(group, found.strategic.strategies[player], strict=True)
            if name in left[player]
        ]
        for player, group in zip(game.players, found.strategic.plans, strict=True)
    ]
    worse, *better = (dict(found.strategic.plans[i][k]) for k in (step.positions[0], *step.better))
    columns = []
    for rest in itertools.product(*(group for j, group in enumerate(plans) if j != i)):
        others = {g: a for other in rest for g, a in other.items()}
        odds, least = worth_by_way_of(game, {**worse, **others}, h, i)
        gains = [worth_by_way_of(game, {**plan, **others}, h, i)[1] - least for plan in better]
        if odds:
            columns.append(gains)
    return columns


POINTS = [-1, 0, HALF, 1, Fraction(3, 2), 2, 3]


def points(game, rng, count):
    for _ in range(count):
        yield {p.name: rng.choice([x for x in POINTS if p.low <= x <= p.high]) for p in game.parameter_list}


def holds_at(when, game, at):
    return bool(when.subs({p.expression: at[p.name] for p in game.parameter_list}))


@pytest.mark.parametrize("weak", [False, True])
@pytest.mark.parametrize("game", some(DRAWN[25:75], 8), ids=named)
def test_a_step_by_one_strategy_holds_exactly_where_its_condition_does(game, weak):
    rng = random.Random(game.name)
    found = dt.dominance(game, weak=weak, mixtures=False)
    for number, step in enumerate(found.steps, start=1):
        assert step.exact
        assert holds_at(step.when, game, game.values)
        for at in points(game, rng, 6):
            gains = [column[0] for column in gains_at(found, number, at)]
            # Where chance keeps everything from happening, strict dominance holds of nothing at all.
            expected = min(gains) >= 0 < max(gains) if weak else all(gain > 0 for gain in gains)
            assert holds_at(step.when, game, at) == expected, (step, at)


def table_with_mixtures(seed):
    """Return a random table of three rows in which the last is worse than a mixture of the others, with parameters."""
    rng = random.Random(seed)
    x, y = (dt.param(1, "x", low=-1, high=3).named("x"), dt.param(1, "y", low=0, high=2).named("y"))
    forms = [4, 3 + x.expression, 2 * y.expression + 2, x.expression * y.expression + 3]
    poor = [0, -x.expression, y.expression - 1, -1]
    width = rng.choice([2, 3])
    good = [rng.random() < 0.5 for _ in range(width)]
    rows = [[rng.choice(forms if up == first else poor) for up in good] for first in (True, False)]
    rows.append([rng.choice([0, x.expression - 1, HALF, y.expression - 1]) for _ in range(width)])
    cells = {(f"r{i}", f"c{j}"): (rows[i][j], 0) for i in range(3) for j in range(width)}
    return dt.Game(("Row", "Column"), dt.matrix(cells), (x, y), name=f"mixed {seed}")


@pytest.mark.parametrize("seed", some(range(30), 10))
def test_a_step_by_a_mixture_of_two_holds_exactly_where_some_mixture_dominates(seed):
    game, rng = table_with_mixtures(seed), random.Random(seed)
    found = dt.dominance(game)
    for number, step in enumerate(found.steps, start=1):
        if len(step.by) == 2:
            assert step.exact
            for at in points(game, rng, 15):
                columns = gains_at(found, number, at)
                # A weight must lie between bounds, strictly: midpoints of all bounds and ends are enough to try.
                ends = {Fraction(0), Fraction(1)}
                ends |= {Fraction(-b) / (a - b) for a, b in columns if a != b}
                ends = sorted(w for w in ends if 0 <= w <= 1)
                tried = [*ends, *((v + w) / 2 for v, w in itertools.pairwise(ends))]
                some = any(all(w * a + (1 - w) * b > 0 for a, b in columns) for w in tried)
                assert holds_at(step.when, game, at) == some, (step, at)


@pytest.mark.slow
def test_mixtures_of_two_are_met():
    steps = [step for seed in range(30) for step in dt.dominance(table_with_mixtures(seed)).steps]
    assert sum(len(step.by) == 2 for step in steps) > 5


MODELS = ("zagare1993/rudimentary_deterrence", "fearon1995/two_war_costs", "kydd2017/threats_and_assurances")
MORE = ("cho1987/signalling_resolve", "snyder1984/alliance", "cases/cuba_1962", "schelling1966/tripwire")


def inside(game, rng):
    """Return parameter values within their ranges, at which the game's assumptions hold and no chance is zero."""
    while True:
        at = {}
        for p in game.parameter_list:
            low = p.value - 4 if p.low is None else p.low
            high = p.value + 4 if p.high is None else p.high
            at[p.name] = low + (high - low) * Fraction(rng.randint(1, 99), 100)
        try:
            game.at(at)
        except ParameterError:
            continue
        return at


@pytest.mark.parametrize("name", [*MODELS, *(pytest.param(name, marks=pytest.mark.slow) for name in MORE)])
def test_conditions_of_models_hold_exactly_where_their_steps_do(name):
    game, rng = dt.models.load(name).game, random.Random(name)
    found = dt.dominance(game)
    assert found.steps
    for _ in range(6):
        at = inside(game, rng)
        verdicts = []
        for number, step in enumerate(found.steps, start=1):
            gains = gains_at(found, number, at)
            mixed = [sum(p * gain for (_, p), gain in zip(step.by, column, strict=True)) for column in gains]
            verdict = holds_at(step.when, game, at)
            verdicts.append(verdict)
            if len(step.by) == 1:
                assert verdict == all(gain > 0 for gain in mixed), (step, at)
            else:
                assert verdict or not all(gain > 0 for gain in mixed), (step, at)
        assert holds_at(found.when, game, at) == all(verdicts)
