import functools
import itertools
import pickle
import random
from fractions import Fraction

import pytest
import sympy as sp

import deterrence as dt
from deterrence.analysis.referee.explained import explained
from deterrence.errors import MethodError, ParameterError, UnknownNameError, ValueKindError
from tests.random_games import random_game
from tests.sample_games import attribution, strike

HALF = Fraction(1, 2)


@dt.game("Sender", "Receiver")
def beer_quiche():
    """Cho and Kreps (1987), figure 1: strong with probability 0.9; breakfast is worth 1, no duel 2; duel if weak: 1."""

    def reply(breakfast, strong):
        taste = int((breakfast == "beer") == strong)
        return dt.move(
            "Receiver",
            duel=dt.end("end", taste, int(not strong)),
            refrain=dt.end("end", taste + 2, int(strong)),
            information=breakfast,
        )

    def eat(strong):
        name = "strong" if strong else "weak"
        return dt.move("Sender", beer=reply("beer", strong), quiche=reply("quiche", strong), information=name)

    return dt.chance(strong=("0.9", eat(True)), weak=("0.1", eat(False)))


@functools.cache
def signals():
    """A game with a class in which a probability off the path is free."""
    game = dt.models.load("cho1987/signalling_resolve").game
    return game, next(k for k in dt.characterize(game) if any(f.kind == "probability" for f in k.free_list))


@dt.game("One", "Two", "Three")
def horse():
    """Selten (1975): Three does not know whether One or Two went down."""

    def three(left, right):
        return dt.move("Three", left=dt.end("end", *left), right=dt.end("end", *right), information="Three")

    return dt.move(
        "One",
        down=three((3, 3, 2), (0, 0, 0)),
        across=dt.move("Two", down=three((4, 4, 0), (0, 0, 1)), across=dt.end("end", 1, 1, 1)),
    )


@dt.game("One", "Two", "Three")
def two_witnesses():
    """After the same surprise Two and Three, who do not meet, would have to explain it by different mistakes."""

    def guess(player, a):
        right = (lambda hit: (0, int(hit), 0)) if player == "Two" else (lambda hit: (0, 0, int(hit)))
        return dt.move(
            player, a=dt.end("end", *right(a)), b=dt.end("end", *right(not a)), information=f"{player} surprised"
        )

    def surprise(a):
        return dt.chance(two=("1/2", guess("Two", a)), three=("1/2", guess("Three", a)))

    return dt.move("One", out=dt.end("out", 1, 0, 0), a=surprise(True), b=surprise(False))


def test_a_profile_by_players_names_is_checked_at_every_set():
    checked = dt.profile(strike, {"Challenger": "restrain", "Defender": "restrain"})
    # prize 4, loss 6, war 3, punishment 9: striking pays 4 where nobody retaliates, who would lose 6 instead of 3
    assert not checked
    assert checked.is_nash is False
    assert [(b.player, b.kind, b.gain) for b in checked.breaks] == [
        ("Challenger", "choice", 4),
        ("Defender", "choice", 3),
    ]
    assert checked.regrets["Challenger"].gain == checked.regret == 4
    assert checked.regrets["Defender"].gain == 0
    assert str(checked.breaks[1]) == "Defender (not reached) gets -6, and with 'retaliate' -3: a gain of 3."
    assert checked.gain_at("Defender") == 3
    assert "not a subgame perfect equilibrium" in str(checked)


def test_a_threat_that_is_not_believed_is_nash_but_not_subgame_perfect():
    game = strike.at(loss=2)  # to concede costs 2, war 3: the threat to retaliate is empty
    checked = dt.profile(game, {"Challenger": "restrain", "Defender": "retaliate"})
    assert checked.concepts == {"Nash equilibrium": True, "subgame perfect equilibrium": False}
    assert [b.gain for b in checked.breaks] == [1]
    asked_as_nash = dt.profile(game, {"Challenger": "restrain", "Defender": "retaliate"}, method=dt.Nash())
    assert asked_as_nash
    assert asked_as_nash.breaks == ()


def test_pooling_on_quiche_stands_with_the_right_belief_alone():
    # Cho and Kreps (1987): after beer the Receiver must think a weak Sender at least as likely as a strong one.
    pooling = {"strong": "quiche", "weak": "quiche", "beer": "duel", "quiche": "refrain"}
    free = dt.profile(beer_quiche, pooling)
    assert free.is_perfect_bayesian is free.is_sequential is True
    assert free.beliefs["beer"]["strong, beer"] <= HALF
    right = dt.profile(beer_quiche, pooling, {"beer": {"weak, beer": "1/2"}})
    assert right
    wrong = dt.profile(beer_quiche, pooling, {"beer": "strong, beer"})
    assert not wrong
    assert [(b.player, b.information_set, b.gain) for b in wrong.breaks] == [("Receiver", "beer", 1)]


def test_beliefs_that_bayes_rule_does_not_give_are_told():
    pooling = {"strong": "quiche", "weak": "quiche", "beer": "duel", "quiche": "refrain"}
    checked = dt.profile(beer_quiche, pooling, {"quiche": {"strong, quiche": "1/2", "weak, quiche": "1/2"}})
    assert checked.is_perfect_bayesian is False
    (wrong,) = checked.breaks
    assert (wrong.kind, wrong.information_set) == ("belief", "quiche")
    assert "'strong, quiche' has 0.9, not 0.5" in wrong.sentence


def test_seltens_horse_has_a_nash_equilibrium_that_no_belief_supports():
    # Selten (1975), with the payoffs of Osborne and Rubinstein (1994, figure 225.1): where One goes down and Three
    # answers left, Two if asked would go down as well, for 4 instead of 1.
    checked = dt.profile(horse, {"One": "down", "Two": "across", "Three": "left"})
    assert checked.is_nash is checked.is_subgame_perfect is True
    assert checked.is_perfect_bayesian is checked.is_sequential is False
    assert [(b.player, b.gain) for b in checked.breaks] == [("Two", 3)]
    # Three goes right for certain if One's going down is believed with at most 1/3, left at most 1/4 of the time if 1/3.
    rest = {"One": "across", "Two": "across"}
    assert dt.profile(horse, {**rest, "Three": "right"}).is_sequential is True
    mixed = dt.profile(horse, {**rest, "Three": {"left": "1/4"}})
    assert mixed.is_sequential is True
    assert mixed.beliefs["Three"]["down"] == Fraction(1, 3)
    assert dt.profile(horse, {**rest, "Three": {"left": "1/3"}}).is_nash is False  # Two: 4/3 > 1


def test_nothing_breaks_a_profile_that_meets_the_concept_asked_for():
    # Selten's horse has no proper subgame: what Two would do off the path, subgame perfection does not ask.
    checked = dt.profile(horse, {"One": "down", "Two": "across", "Three": "left"}, method=dt.SubgamePerfect())
    assert checked
    assert checked.breaks == ()
    threat = dt.profile(strike.at(loss=2), {"Challenger": "restrain", "Defender": "retaliate"})
    assert [(b.information_set, b.gain) for b in threat.breaks] == [("Defender", 1)]


@dt.game("Sender", "Receiver")
def logarithmic(stake=dt.param(3, "what is at stake", low=2, high=9)):
    """A Receiver who does not see what was sent is indifferent at odds that are no fractions."""
    worth = sp.log(stake)

    def guess(sent):
        hit, miss = ((worth, 0), (0, 1))[sent == "low"]
        return dt.move("Receiver", up=dt.end("end", -hit, hit), down=dt.end("end", -miss, miss), information="unseen")

    return dt.move("Sender", out=dt.end("out", -5, 0), play=dt.move("Sender", high=guess("high"), low=guess("low")))


def test_rounded_numbers_are_judged_up_to_their_rounding():
    # The Receiver is indifferent where log(stake) p = 1 - p, with p the chance of "high"; the Sender at the same odds.
    odds = "1/(1 + log(stake))"
    rows = {"Sender | start": "play", "Sender | play": {"high": odds}, "unseen": {"up": odds}}
    checked = dt.profile(logarithmic, rows)
    assert checked.is_nash is checked.is_perfect_bayesian is checked.is_sequential is True
    assert explained(logarithmic, checked.behaviour, checked.given).verdict is False  # to the last digit it is none
    assert "rounded to 30 digits" in str(checked)


def test_no_one_believes_what_vanishing_mistakes_cannot_explain():
    # Two is best with a only if it believes a at least as likely, Three with b only if b is. Kreps and Wilson's
    # consistency has both believe the same; each for itself may believe anything.
    profile = {"One": "out", "Two surprised": "a", "Three surprised": "b"}
    strict = {"Two surprised": "a, two", "Three surprised": "b, three"}
    checked = dt.profile(two_witnesses, profile, strict)
    assert checked.is_perfect_bayesian is True
    assert checked.is_sequential is False
    assert dt.profile(two_witnesses, profile).is_sequential is True  # with 1/2 for both
    as_sequential = dt.profile(two_witnesses, profile, strict, method=dt.Sequential())
    assert not as_sequential
    assert as_sequential.breaks[0].kind == "belief"


def test_no_belief_makes_a_dominated_action_best():
    pooling = {"strong": "quiche", "weak": "quiche", "beer": {"duel": "1/2", "refrain": "1/2"}, "quiche": "duel"}
    checked = dt.profile(beer_quiche, pooling)
    assert {b.information_set for b in checked.breaks} >= {"quiche"}

    @dt.game("A", "B")
    def game():
        reply = lambda bad: dt.move(  # noqa: E731
            "B", bad=dt.end("end", 0, bad), good=dt.end("end", 0, 2), information="B asked"
        )
        return dt.move("A", out=dt.end("out", 1, 0), left=reply(1), right=reply(0))

    dominated = dt.profile(game, {"A": "out", "B": "bad"})
    assert dominated.gain_at("B asked") == 1
    assert "whatever it believes: by 1 at least" in str(dominated.breaks[0])


@pytest.mark.parametrize("seed", range(60))
def test_every_equilibrium_found_passes_and_brute_force_agrees_on_nash(seed):
    game = random_game(seed)
    if game is None or game.form.size > 40:
        return
    for equilibrium in list(dt.solve(game))[:6]:
        assert dt.profile(game, equilibrium).is_equilibrium is True
    rng = random.Random(seed)
    for _ in range(4):
        rows = {
            name: rng.choice(actions) for name, actions in zip(game.form.set_names, game.form.actions_of, strict=True)
        }
        checked = dt.profile(game, rows)
        assert checked.is_nash == (brute_regret(game, rows) == 0)
        assert checked.regret == brute_regret(game, rows)


def brute_regret(game, rows):
    """The most that any player gains by any other pure plan, by playing the tree out."""
    form, (payoffs, chances) = game.form, game.numbers

    def worth(choice, node=0):
        if not form.children[node]:
            return payoffs[node]
        h = form.infoset_of[node]
        if h >= 0:
            return worth(choice, form.children[node][form.actions_of[h].index(choice[form.set_names[h]])])
        parts = [(p, worth(choice, child)) for p, child in zip(chances[node], form.children[node], strict=True)]
        return tuple(sum(p * value[i] for p, value in parts) for i in range(len(form.players)))

    most = 0
    for i, _ in enumerate(form.players):
        own = [h for h, player in enumerate(form.player_of) if player == i]
        for plan in itertools.product(*(form.actions_of[h] for h in own)):
            other = {**rows, **{form.set_names[h]: action for h, action in zip(own, plan, strict=True)}}
            most = max(most, worth(other)[i] - worth(rows)[i])
    return most


def test_one_mixture_holds_at_all_sets_of_a_player_and_formulas_take_present_values():
    often = dt.profile(attribution, {"Attacker": {"strike": "benefit/4"}, "Defender": {"retaliate": "1/2"}})
    assert often.strategies["Attacker"]["strike"] == Fraction(attribution.values["benefit"]) / 4
    assert {row["retaliate"] for name, row in often.strategies.items() if name != "Attacker"} == {HALF}


def test_a_profile_prints_compares_and_pickles():
    rows = {"Challenger": "restrain", "Defender": "retaliate"}
    checked, again = dt.profile(strike, rows), dt.profile(strike, rows)
    assert checked == again == pickle.loads(pickle.dumps(checked))
    assert checked != dt.profile(strike, {**rows, "Challenger": "strike"})
    assert list(checked.to_frame()["gain"]) == ["0", "0"]
    assert checked.probability("status quo") == 1
    assert checked._repr_html_()
    assert repr(checked).endswith("yes, regret 0>")


@pytest.mark.parametrize(
    ("strategies", "beliefs", "kind", "sentence"),
    [
        (5, None, ValueKindError, "given by name, such as"),
        ({"Attacker": "strike"}, None, ParameterError, "missing: "),
        ({"Attacer": "strike"}, None, UnknownNameError, "Did you mean 'Attacker'"),
        ({"Attacker": "strke", "Defender": "restrain"}, None, UnknownNameError, "Did you mean 'strike'"),
        ({"Attacker": 3, "Defender": "restrain"}, None, ValueKindError, "name one action"),
        ({"Attacker": {"strike": 2}, "Defender": "restrain"}, None, ParameterError, "must not be negative"),
        (
            {"Attacker": {"strike": 0.3, "wait": 0.3}, "Defender": "restrain"},
            None,
            ParameterError,
            "sum to 0.6, not to 1",
        ),
        ({"Attacker": {"strike": "q"}, "Defender": "restrain"}, None, ValueKindError, "is no parameter"),
        ({"Attacker": {"strike": "9*benefit"}, "Defender": "restrain"}, None, ParameterError, "no probability"),
        (
            {"Attacker": {"strike": "1/(benefit - benefit)"}, "Defender": "restrain"},
            None,
            ParameterError,
            "divides by zero",
        ),
        (
            {"Attacker": "strike", "Defender": {"alrm": "restrain"}},
            None,
            UnknownNameError,
            "information set of 'Defender'",
        ),
        ({"Attacker": "strike", "Defender": "restrain"}, {"alarm": "peace"}, UnknownNameError, "history at 'alarm'"),
        ({"Attacker": "strike", "Defender": "restrain"}, "sure", ValueKindError, "beliefs are given by name"),
    ],
)
def test_each_mistake_gets_a_sentence(strategies, beliefs, kind, sentence):
    with pytest.raises(kind, match=sentence):
        dt.profile(attribution, strategies, beliefs)


def test_a_set_told_twice_an_equilibrium_of_another_game_and_other_concepts_are_refused():
    rows = {"Challenger": "restrain", "Defender": "retaliate"}
    with pytest.raises(ValueKindError, match="belongs to"):
        dt.profile(attribution, dt.solve(strike)[0])
    with pytest.raises(MethodError, match="checked as one of"):
        dt.profile(strike, rows, method=dt.Quantal(1))
    with pytest.raises(UnknownNameError, match="information set"):
        dt.profile(strike, rows).gain_at("Attacker")
    with pytest.raises(ParameterError, match="given twice"):
        dt.profile(
            attribution, {"Attacker": "strike", "Defender": "restrain", attribution.form.set_names[1]: "restrain"}
        )


def test_formulas_that_leave_something_free_or_divide_by_zero_are_refused():
    with pytest.raises(ParameterError, match=r"leaves .* free"):
        dt.profile(*signals())
    chances = {"Attacker": {"strike": "benefit/(punishment - 4)"}, "Defender": "restrain"}
    with pytest.raises(ParameterError, match="divides by zero"):
        dt.profile(attribution, chances)  # the punishment is 4
    with pytest.raises(UnknownNameError, match="parameter"):
        dt.profile(attribution, {"Attacker": {"strike": sp.Symbol("q")}, "Defender": "restrain"})
