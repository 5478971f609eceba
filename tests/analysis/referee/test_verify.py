import pickle
import random
from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from deterrence import models
from deterrence.analysis.referee.reading import condition_of
from deterrence.analysis.search.points.exact_points import points
from deterrence.errors import ParameterError, UnknownNameError, ValueKindError
from deterrence.models import Claim, ask
from tests.random_games import random_game
from tests.sample_games import attribution, strike

DETERRED = {"Challenger": "restrain", "Defender": "retaliate"}
WHEN = "punishment >= prize and loss >= war"
"""By hand: to retaliate (-war) is no worse than to concede (-loss), and to strike then (prize - punishment) than 0."""


def test_the_right_condition_of_a_profile_is_proved():
    verification = dt.verify(strike, DETERRED, exactly=WHEN)
    assert verification
    assert (verification.verdict, verification.holds) == ("holds", True)
    assert "proved for all values in range" in verification.found
    assert dt.verify(strike, DETERRED, where=WHEN).holds is True
    assert dt.verify(strike, DETERRED, where=lambda p: sp.And(p.punishment >= p.prize, p.loss >= p.war)).holds is True
    assert dt.verify(strike, DETERRED, where=["punishment >= prize", "loss >= war"]).holds is True


@pytest.mark.parametrize("where", [None, "punishment >= prize", "loss >= war", "prize <= 4"])
def test_too_weak_a_condition_meets_a_counterexample(where):
    verification = dt.verify(strike, DETERRED, where=where)
    assert verification.holds is False
    wrong = verification.counterexample
    there = strike.at(dict(wrong.values))
    retaliates = there.values["loss"] >= there.values["war"]
    deterred = there.values["punishment"] >= there.values["prize"]
    assert not (retaliates and deterred)
    assert not wrong.profile
    assert wrong.place[1:] in str(verification)


@pytest.mark.parametrize("exactly", ["punishment > prize and loss > war", "punishment >= prize + 1 and loss >= war"])
def test_too_strong_a_condition_is_not_exactly_it(exactly):
    verification = dt.verify(strike, DETERRED, exactly=exactly)
    assert verification.holds is False
    there = strike.at(dict(verification.counterexample.values))
    assert there.values["punishment"] >= there.values["prize"]
    assert there.values["loss"] >= there.values["war"]


def test_mixtures_are_claimed_as_formulas():
    # Strike with the probability that leaves the Defender indifferent, retaliate with the one that leaves the Attacker so.
    mixture = dt.characterize(attribution)
    named = dict(zip(mixture.names, mixture, strict=True))
    mixing = next(kind for kind in named.values() if any(len(row) == 2 for row in kind.path_pattern if row))
    assert dt.verify(attribution, mixing).holds is True
    written = {name: {a: str(p) for a, p in row.items()} for name, row in mixing.strategies.items()}
    assert dt.verify(attribution, written, where=mixing.when).holds is True
    name, row = next((name, row) for name, row in mixing.strategies.items() if all(p != 0 for p in row.values()))
    first, second = row
    swapped = {**written, name: {first: str(row[second]), second: str(row[first])}}
    verification = dt.verify(attribution, swapped, where=mixing.when)
    assert verification.holds is False
    assert not dt.profile(attribution.at(dict(verification.counterexample.values)), swapped)


@pytest.mark.parametrize(
    "key", ["folklore/strike", "noisy-attribution", "cho1987/signalling_resolve", "unilateral-deterrence"]
)
def test_every_class_of_a_model_is_proved_again_by_other_means(key):
    game = models.load(key).game
    for kind in dt.characterize(game):
        if len(kind.free_conditions) < 4:  # more take the decision procedure long
            assert dt.verify(game, kind).verdict == "holds", kind.name


def test_propositions_about_every_equilibrium():
    # In each equilibrium of the strike game the Challenger can do no worse than restrain, for 0.
    assert dt.verify(strike, dt.payoff("Challenger") >= 0).holds is True
    assert dt.verify(strike, "payoff(Challenger) >= 0").holds is True
    assert dt.verify(strike, "0 <= payoff(Challenger)").holds is True
    deterred = dt.verify(strike, dt.probability("strike").equal_to(0), where="punishment > prize and loss > war")
    assert deterred.holds is True
    assert dt.verify(strike, "probability(strike, by Challenger) = 0", where=WHEN).holds is False  # a tie at prize = 0
    never = dt.verify(strike, "probability('war') <= 1/2")
    assert never.holds is False
    assert never.counterexample.solution[0].outcomes["war"] == 1
    more = dt.verify(strike, dt.payoff("Challenger") >= dt.payoff("Defender"))
    there = strike.at(dict(more.counterexample.values))
    assert all(e.payoffs["Challenger"] < e.payoffs["Defender"] for e in dt.solve(there))


def test_a_bound_with_a_formula_and_some_equilibrium():
    assert dt.verify(strike, "payoff(Challenger) <= prize").holds is True
    assert dt.verify(strike, dt.payoff("Challenger") <= strike.parameters["prize"].expression).holds is True
    assert dt.verify(strike, "payoff(Challenger) <= prize/2").holds is False

    @dt.game("A", "B")
    def meet(bonus=dt.param(1, "worth of the better place", low=0, high=9)):
        cells = {"left": {"left": (bonus + 1, bonus + 1), "right": (0, 0)}, "right": {"left": (0, 0), "right": (1, 1)}}
        return dt.matrix(cells)

    assert dt.verify(meet, dt.payoff("A") >= 1).holds is False  # the mixed one pays (bonus + 1)/(bonus + 2)
    assert dt.verify(meet, dt.payoff("A") >= 1, some=True).holds is True
    assert dt.verify(meet, "payoff(A) > bonus + 1", some=True).holds is False


def test_what_cannot_be_decided_is_open_and_says_what_was_searched():
    @dt.game("A")
    def wave(x=dt.param(1, "pressure", low=0, high=3)):
        return dt.move("A", act=dt.end("acted", sp.exp(x) - x - 1), rest=dt.end("rested", 0))

    verification = dt.verify(wave, {"A": "act"})  # exp(x) >= 1 + x everywhere
    assert verification.verdict in ("open", "holds")
    if verification.verdict == "open":
        assert verification.holds is None
        assert not verification
        assert "right in 300 of 300 draws" in verification.found
    assert dt.verify(wave, {"A": "rest"}).holds is False


def test_a_formula_that_divides_by_zero_somewhere_is_no_equilibrium_there():
    @dt.game("A", "B")
    def pennies(x=dt.param(1, "stake of one side", low=0, high=4)):
        return dt.matrix({("h", "h"): (x, -x), ("h", "t"): (-1, 1), ("t", "h"): (-1, 1), ("t", "t"): (1, -1)})

    # B is indifferent where A plays h with 2/(x + 3); the same with a factor that is zero at x = 2.
    right = {"A": {"h": "2/(x + 3)"}, "B": {"h": "2/(x + 3)"}}
    assert dt.verify(pennies, right).holds is True
    hollow = {"A": {"h": "2/(x + 3) + (x - x)/(x - 2)"}, "B": {"h": "2/(x + 3)"}}
    assert dt.verify(pennies, hollow).holds is True  # the factor cancels
    odd = {"A": {"h": "2/(x + 3)"}, "B": {"h": "2/(x + 3) + 1/(x - 2)"}}
    assert dt.verify(pennies, odd, where="x == 2").holds is False


def test_a_condition_of_single_values_proves_nothing_of_all_equilibria():
    tied = dt.verify(strike, "payoff(Challenger) >= 0", where="war == loss")
    assert tied.verdict == "open"
    assert "payoffs may tie" in tied.found


def test_draws_count_only_where_the_exact_solution_decides(monkeypatch):
    @dt.game("A")
    def bound(low=dt.param(1, "the lesser", low=0, high=9), high=dt.param(2, "the greater", low=0, high=9)):
        return dt.where(dt.move("A", act=dt.end("acted", sp.exp(low)), rest=dt.end("rested", sp.exp(high))), low < high)

    # With the greater held at 2, most draws of the lesser break the assumption: these say nothing.
    found = dt.verify(bound, {"A": "rest"}, parameters=["low"])
    assert found.verdict in ("open", "holds")
    assert 0 < found.points < 300


def test_some_equilibrium_may_lie_within_what_is_free():
    @dt.game("A", "B")
    def idle(x=dt.param(1, "gain", low=1, high=2)):
        rest = lambda: dt.move("B", left=dt.end("left", x, 0), right=dt.end("right", x, 0), information="B")  # noqa: E731
        return dt.move("A", go=rest(), stop=dt.end("stopped", 0, 0))

    # B is indifferent, so that each probability of 'left' is one of an equilibrium.
    assert dt.verify(idle, dt.probability("left").equal_to("1/3"), some=True).verdict != "fails"
    assert dt.verify(idle, dt.probability("stopped").equal_to(1), some=True).verdict == "fails"


def test_a_budget_that_is_over_leaves_the_claim_open():
    found = dt.verify(strike, DETERRED, where=WHEN, budget=1e-9)
    assert found.verdict == "open"
    assert "did not suffice" in found.found


def test_a_published_claim_that_rests_on_draws_is_open():
    model = models.load("folklore/strike")
    drawn = Claim("The Challenger never loses.", "own", ask.always(lambda game, s: s[0].payoffs["Challenger"] >= 0))
    assert drawn.check(model).verdict == "holds"
    assert dt.verify(model, drawn).verdict == "open"


def test_nash_on_a_tree_and_given_beliefs_are_judged_at_points():
    threat = dt.verify(strike, DETERRED, where="punishment >= prize", method=dt.Nash())
    assert threat.verdict == "open"  # an empty threat suffices for Nash; no proof is given
    assert "judged at points alone" in threat.found
    assert dt.verify(strike, DETERRED, method=dt.Nash()).holds is False


def test_parameters_that_do_not_vary_keep_their_values():
    held = dt.verify(strike, DETERRED, parameters=["prize"], where="prize <= 9")  # punishment 9, loss 6 > war 3
    assert held.holds is True
    assert held.held == ("loss", "punishment", "war")
    assert "Held at present values" in str(held)
    assert dt.verify(strike, DETERRED, parameters="prize").counterexample.values["prize"] > 9


def test_a_published_claim_is_asked_with_the_same_verb():
    model = models.load("folklore/strike")
    for claim in model.claims:
        assert dt.verify(model, claim).verdict == "holds"
    wrong = Claim("Nobody is ever deterred.", "own", ask.verified("probability(strike) = 1"))
    assert dt.verify(model, wrong).holds is False
    right = Claim("Deterrence takes credibility and enough punishment.", "own", ask.verified(DETERRED, exactly=WHEN))
    assert dt.verify(model, right)
    assert right.check(model).verdict == "holds"


def test_a_claim_by_the_name_of_a_class():
    assert dt.verify(strike.with_class_names({"peace": DETERRED}), "peace", exactly=WHEN).holds is True
    with pytest.raises(UnknownNameError, match="equilibrium class"):
        dt.verify(strike, "pece")


@pytest.mark.parametrize("seed", range(40))
def test_verdicts_on_random_profiles_agree_with_exact_solution_at_points(seed):
    game = random_game(seed)
    if game is None or game.form.size > 30:
        return
    rng = random.Random(seed)
    rows = {name: rng.choice(acts) for name, acts in zip(game.form.set_names, game.form.actions_of, strict=True)}
    verification = dt.verify(game, rows)
    bad = [point for point in points(game, 60) if dt.profile(game.at(dict(point)), rows).is_equilibrium is False]
    if verification.verdict == "holds":
        assert not bad
    if verification.verdict == "fails":
        there = game.at(dict(verification.counterexample.values))
        assert dt.profile(there, rows).is_equilibrium is False
    if bad:
        assert verification.verdict == "fails"


@pytest.mark.parametrize("seed", range(12))
def test_verdicts_on_random_propositions_agree_with_exact_solution_at_points(seed):
    game = random_game(seed)
    if game is None or game.form.size > 16:
        return
    player = game.players[0]
    bound = Fraction(random.Random(seed).randint(-1, 2))
    verification = dt.verify(game, dt.payoff(player) >= bound, budget=5)
    lows = [dt.payoff(player).over(s)[0] for p in points(game, 40) if (s := dt.solve(game.at(dict(p))))]
    if verification.verdict == "holds":
        assert min(lows) >= bound
    if verification.verdict == "fails":
        there = dt.solve(game.at(dict(verification.counterexample.values)))
        assert dt.payoff(player).over(there)[0] < bound


@pytest.mark.parametrize(
    ("claim", "options", "kind", "sentence"),
    [
        (5, {}, ValueKindError, "A claim is strategies by name"),
        ("war <= 3", {}, ValueKindError, "compares no measure"),
        ("probability(wr) <= 1", {}, UnknownNameError, "Did you mean 'war'"),
        (dt.payoff("Nobody") >= 0, {}, UnknownNameError, "player"),
        (dt.payoff("Challenger") >= dt.payoff("Nobody"), {}, UnknownNameError, "player"),
        (dt.probability("war") <= "wor", {}, ValueKindError, "is no parameter"),
        (DETERRED, {"where": "pize > 1"}, ValueKindError, "Did you mean 'prize'"),
        (DETERRED, {"where": 3}, ValueKindError, "A condition compares parameters"),
        (DETERRED, {"where": sp.Symbol("q") > 0}, UnknownNameError, "parameter"),
        (DETERRED, {"where": "prize < 0"}, ParameterError, "nothing is claimed"),
        (DETERRED, {"some": True}, ValueKindError, "some=True goes with a proposition"),
        (DETERRED, {"parameters": ["pize"]}, UnknownNameError, "Did you mean 'prize'"),
        (dt.probability("war") <= 1, {"exactly": "war > 0"}, ValueKindError, "go with strategies"),
    ],
)
def test_each_mistake_gets_a_sentence(claim, options, kind, sentence):
    with pytest.raises(kind, match=sentence):
        dt.verify(strike, claim, **options)


def test_a_proposition_is_not_true_or_false_by_itself():
    with pytest.raises(ValueKindError, match=r"ask dt\.verify"):
        bool(dt.probability("war") <= 1)
    assert condition_of(strike, True) == condition_of(strike, None) == sp.true
    assert condition_of(strike, lambda p: False) == sp.false


def test_a_verification_prints_compares_and_pickles():
    one, other = dt.verify(strike, DETERRED), dt.verify(strike, DETERRED)
    assert one == other == pickle.loads(pickle.dumps(one))
    assert list(one.to_frame().columns) == ["claim", "where", "verdict", "found", "counterexample"]
    assert one._repr_html_()
    assert repr(one) == "<Verification of 'strike': fails>"
    told = []
    dt.verify(strike, DETERRED, exactly=WHEN, progress=told.append)
    assert told[-1] == 1.0
