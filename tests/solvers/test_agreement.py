"""The verbs agree with one another and with brute force on random games full of ties; no valid game breaks a verb."""

import itertools
from fractions import Fraction

import pytest

import deterrence as dt
from deterrence.errors import DeterrenceError
from deterrence.games import play
from tests.random_games import random_game

CLOSE = 1e-6
MISTAKE = Fraction(1, 10**7)
FAST, MORE, ALL = range(6), range(6, 90), range(90, 2400)


def pure_profiles(form):
    rows = [
        [tuple(int(a == k) for a in range(len(actions))) for k in range(len(actions))] for actions in form.actions_of
    ]
    return itertools.islice(itertools.product(*rows), 400)


def beliefs_after_mistakes(game, profile):
    """Return the limit of beliefs as each player takes each unplayed action equally rarely; None where none exists."""
    rows = [
        tuple(1 - MISTAKE * (len(row) - 1) if p else MISTAKE for p in row) if len(row) > 1 else row for row in profile
    ]
    reached = play.reach(game.form, game.numbers, rows)
    beliefs = []
    for nodes in game.form.nodes_of:
        weights = [reached.get(node, 0) for node in nodes]
        if not sum(weights):
            return None
        beliefs.append(tuple((Fraction(w) / sum(weights)).limit_denominator(1000) for w in weights))
    return beliefs if all(sum(row) == 1 for row in beliefs) else None


def is_equilibrium(game, profile):
    """Tell by brute force whether a pure profile is an equilibrium of the default concept; None where undecided."""
    form, numbers = game.form, game.numbers
    if form.simultaneous:
        return play.deviation_gain(form, numbers, profile) == 0
    beliefs = [(1,)] * len(form.nodes_of) if form.perfect_information else beliefs_after_mistakes(game, profile)
    return None if beliefs is None else play.one_shot_gain(form, numbers, profile, beliefs) == 0


def ends(solution, outcome):
    """Return the least and greatest probability of an outcome over all equilibria."""
    values = [float(end) for each in solution for end in dt.probability(outcome).ends(each)]
    return (min(values), max(values)) if values else None


def check(seed):
    game = random_game(seed)
    if game is None:
        return
    solution = dt.solve(game)
    assert all(each.regret <= Fraction(1, 10**12) for each in solution)
    if solution.complete:
        listed = {each.pattern for each in solution}
        for profile in pure_profiles(game.form):
            if is_equilibrium(game, profile):
                assert tuple(tuple(a for a, p in enumerate(row) if p) for row in profile) in listed
    found = dt.characterize(game)
    if found.complete and solution.complete:
        assert {each.pattern for each in found.at()} == {each.pattern for each in solution}
    parameter = game.parameter_list[0]
    values = sorted({parameter.low, parameter.value, Fraction(parameter.low + parameter.high) / 3, parameter.high})
    swept = dt.sweep(game, *map(dt.probability, game.outcomes), **{parameter.name: values})
    for i, value in enumerate(values):
        there = dt.solve(game.at({parameter.name: value}))
        for k, outcome in enumerate(game.outcomes):
            if (span := ends(there, outcome)) and there.complete:
                low, high = (float(swept.data[end].values[k].ravel()[i]) for end in ("low", "high"))
                assert (low, high) == pytest.approx(span, abs=CLOSE), (parameter.name, value, outcome)


@pytest.mark.parametrize("seed", FAST)
def test_solve_characterize_sweep_and_brute_force_agree(seed):
    check(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", MORE)
def test_solve_characterize_sweep_and_brute_force_agree_on_more_games(seed):
    check(seed)


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("seed", ALL)
def test_solve_characterize_sweep_and_brute_force_agree_on_two_thousand_games(seed):
    check(seed)


# -- no valid game breaks a verb -----------------------------------------------------------------------------------


def verbs(game):
    name, outcome = game.parameter_list[0].name, game.outcomes[0]
    parameter = game.parameter_list[0]
    yield lambda: str(dt.solve(game))
    yield lambda: str(dt.characterize(game, budget=20))
    yield lambda: str(dt.sweep(game, outcome, **{name: [parameter.low, parameter.value, parameter.high]}))
    yield lambda: str(dt.threshold(game, name, outcome))
    yield lambda: str(dt.statics(game, name, dt.payoff("A")))
    yield lambda: str(dt.robustness(game, outcome))
    yield lambda: str(dt.compare({"now": game, "then": game.at({name: parameter.high})}, outcome))
    if len(game.parameter_list) == 2:
        other = game.parameter_list[1]
        yield lambda: str(dt.regions(game, **{p.name: [p.low, p.high] for p in (parameter, other)}))


def run_verbs(seed):
    game = random_game(seed, functions=True)
    for ask in verbs(game) if game is not None else ():
        try:
            ask()
        except DeterrenceError as error:
            assert str(error).endswith((".", "?", "!", "…"))  # noqa: PT017


@pytest.mark.parametrize(
    "seed", [*(pytest.param(k, marks=pytest.mark.slow) for k in (9000, 9004, 9006, 9007)), 9002, 9003, 9011]
)
def test_only_documented_errors_come_out_of_the_verbs(seed):
    run_verbs(seed)


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("seed", range(9012, 9212))
def test_only_documented_errors_come_out_of_the_verbs_on_two_hundred_games(seed):
    run_verbs(seed)
