"""What holds of every mechanism: neutral values, declared parameters, refusals, printing and pickling."""

import pickle
from fractions import Fraction

import pytest

import deterrence as dt
from deterrence import end, matrix, models, move, param
from deterrence.errors import MechanismError, ParameterError
from deterrence.mechanisms import (
    AudienceCosts,
    Brinkmanship,
    Casualties,
    Delegation,
    Deniability,
    Factions,
    InnocentAttacks,
    MissileDefence,
    Posture,
    Sanctions,
    Signal,
    SunkCosts,
)
from deterrence.models.escalation import exchange, graded_exchange, provocation
from tests.mechanisms.fitting import KINDS, Words, neutral, neutral_values, numbers

NOISY = models.load("noisy_attribution").game
STRIKE = models.load("strike").game
UNILATERAL = models.load("unilateral_deterrence").game


@dt.game("Challenger", "Defender")
def simultaneous(prize=param(4, "gain from a strike that is not met", low=0)):
    """Strike and guard at the same time."""
    return matrix(
        {
            ("restrain", "rest"): end("status quo", 0, 0),
            ("restrain", "guard"): end("guarded", 0, -1),
            ("strike", "rest"): end("fait accompli", prize, -6),
            ("strike", "guard"): end("war", -5, -3),
        }
    )


@dt.game("Challenger", "Defender")
def unseen(prize=param(1, "gain from a strike that is not answered", low=0)):
    """Answer, or not, what one has not seen."""
    quiet = move("Defender", restrain=end("status quo", 0, 0), retaliate=end("mistake", -4, -1), information="blind")
    struck = move(
        "Defender", restrain=end("fait accompli", prize, -2), retaliate=end("war", prize - 4, -1), information="blind"
    )
    return move("Challenger", restrain=quiet, strike=struck)


# Each base game with its words: act, other choice, answer, letting pass, actor, victim, an outcome.
WORDS = Words("strike", "restrain", "retaliate", "restrain", "Challenger", "Defender", "war")
BASES = {
    "deterred": (STRIKE, WORDS),
    "undeterred": (STRIKE.at(war=8), WORDS),
    "fought": (STRIKE.at(prize=12), WORDS),
    "bluff": (UNILATERAL, ("challenge", "accept", "resist", "concede", "Challenger", "Defender", "conflict")),
    "certain deterrence": (
        UNILATERAL.at(challenger_credibility=0.5, defender_credibility=0.7),
        ("challenge", "accept", "resist", "concede", "Challenger", "Defender", "conflict"),
    ),
    "noisy": (NOISY, ("strike", "wait", "retaliate", "restrain", "Attacker", "Defender", "retaliation")),
    "simultaneous": (simultaneous, ("strike", "restrain", "guard", "rest", "Challenger", "Defender", "war")),
    "unseen": (unseen, WORDS),
    "long": (exchange(3), WORDS),
    "long, in vain": (exchange(4).at(prize=9), WORDS),
    "graded": (
        graded_exchange(2),
        (
            "strike at level 1",
            "restrain",
            "retaliate at level 1",
            "restrain",
            "Challenger",
            "Defender",
            "war",
        ),
    ),
    "provoked": (
        provocation(2).at(punishment=0.3),
        ("provoke at level 1", "restrain", "retaliate", "absorb", "Aggressor", "Defender", "retaliation"),
    ),
}


def named(words):
    """Return mechanisms at their neutral values, in the words of a game, by name: uses of some, then every one."""
    act, other, answer, passing, actor, victim, outcome = words
    second = "second" if answer == "resist" else ""
    evidence = Deniability(act, answer, by=actor, victim=victim, attribution=1, prefix="evidence")
    innocent = InnocentAttacks(act, other, by=actor, background=0)
    return {
        "Deniability": (evidence,),
        "InnocentAttacks": (innocent,),
        "both": (innocent, evidence),
        "Sanctions": (Sanctions(actor, outcomes=outcome, sender=victim, pressure=0),),
        "Sanctions with all": (
            Sanctions(actor, concession=outcome, offence=act, sender=victim, pressure=0, penalty=0),
        ),
        "Factions of the victim, never": (Factions(victim, outcomes=outcome, prior=0, resolve=5, prefix=second),),
        "Factions of the victim, alike": (Factions(victim, outcomes=outcome, resolve=0, prefix=second),),
        "Factions of the actor, never": (Factions(actor, ("bold", "timid"), actions=act, prior=0, prefix=second),),
        "Casualties, none": (Casualties(act, passing, victim=victim, lethality=0),),
        "Casualties, unlamented": (Casualties(act, passing, victim=victim, outrage=0),),
        "AudienceCosts": (AudienceCosts(passing, victim, audience_cost=0),),
        "Brinkmanship": (Brinkmanship(act, actor, risk=0),),
        "MissileDefence": (MissileDefence(act, victim, actor, gain=2, harm=3, interception=0),),
        "Posture": (Posture(act, answer, victim, exposure=0),),
        "Signal": (Signal(act, actor, detection=0, false_alarm=0, prefix="new"),),
        "SunkCosts": (SunkCosts(act, actor, sunk_cost=0),),
        "Delegation to nature": (Delegation(act, other, sponsor=actor, autonomy=0),),
        "Delegation to a player": (Delegation(act, other, sponsor=actor, proxy="Militia", autonomy=0),),
        **{f"{name}, fitted": (neutral(kind, Words(*words)),) for name, kind in KINDS.items()},
    }


# The mechanisms that are made from the names of their fields meet a game of each form; all forms take too long.
MET = ("undeterred", "bluff", "simultaneous", "unseen", "long")
CASES = [
    (base, kind) for base in BASES for kind in named(BASES[base][1]) if base in MET or not kind.endswith(", fitted")
]

# In these games the defender does not see the strike, so that proof and deaths are news to it.
NEWS = ("Deniability", "both", "Casualties, unlamented", "Deniability, fitted", "Casualties, fitted")
BLIND = ("noisy", "unseen")
NEUTRAL = [(base, kind) for base, kind in CASES if base not in BLIND or kind not in NEWS]


def predictions(game):
    """Return what may be observed in equilibrium: the probabilities of the outcomes that are possible."""
    solution = dt.solve(game)
    assert solution.complete
    assert len(solution) > 0
    assert all(equilibrium.regret == 0 for equilibrium in solution)
    return {
        frozenset((name, p) for name, p in extreme.outcomes.items() if p != 0)
        for equilibrium in solution
        for extreme in (equilibrium, *equilibrium.extremes)
    }


@pytest.mark.parametrize("name", KINDS)
def test_a_mechanism_names_its_neutral_values_and_gives_all_its_numbers_a_default(name):
    assert neutral_values(KINDS[name])
    assert set(neutral_values(KINDS[name])) <= set(numbers(KINDS[name]))


@pytest.mark.parametrize(("base", "kind"), NEUTRAL)
def test_a_mechanism_at_its_neutral_value_changes_no_prediction(base, kind):
    game, words = BASES[base]
    assert predictions(game.under(*named(words)[kind])) == predictions(game)


@pytest.mark.parametrize(("base", "kind"), CASES)
def test_a_mechanism_declares_what_it_adds_and_leaves_a_trace(base, kind):
    game, words = BASES[base]
    mechanisms = named(words)[kind]
    new = game.under(*mechanisms)
    added = set(new.parameters) - set(game.parameters)
    used = {
        symbol.name
        for row in (*new.form.payoffs, *new.form.probabilities)
        for value in row
        for symbol in getattr(value, "free_symbols", ())
    }
    assert added
    assert all(new.parameters[name].meaning for name in added)
    # In a simultaneous move the answer comes before the evidence, so that doubt has nothing to bite on.
    silent = {"evidence_doubt", "evidence_mistake", "outrage", "reach"} if base == "simultaneous" else set()
    silent |= {"toll"} if kind == "Delegation to a player" else set()
    silent |= {f"fitted_{name}" for name in silent | {"doubt", "mistake"} if base == "simultaneous"}
    assert added - silent <= used
    assert new.mechanisms == (*game.mechanisms, *mechanisms)
    assert set(game.parameters) <= set(new.parameters)


@pytest.mark.parametrize(("base", "kind"), CASES)
def test_a_game_under_mechanisms_prints_pickles_and_compares(base, kind):
    game, words = BASES[base]
    new = game.under(*named(words)[kind])
    copy = pickle.loads(pickle.dumps(new))
    assert copy == new
    assert copy.mechanisms == new.mechanisms
    assert str(copy) == str(new)
    assert new != game
    for mechanism in new.mechanisms:
        assert repr(mechanism).startswith(type(mechanism).__name__ + "(")


# A proxy of one name cannot join twice, which is refused first.
TWICE = [(base, kind) for base, kind in CASES if kind != "Delegation to a player"]


@pytest.mark.parametrize(("base", "kind"), TWICE)
def test_a_parameter_that_is_there_is_not_overwritten(base, kind):
    game, words = BASES[base]
    mechanisms = named(words)[kind]
    new = game.under(*mechanisms)
    with pytest.raises(MechanismError, match=r"already has one\. Give the mechanism prefix="):
        new.under(mechanisms[-1])


def test_a_prefix_makes_room_for_the_same_mechanism_again():
    first = Sanctions("Challenger", outcomes="status quo")
    both = STRIKE.under(first, Sanctions("Challenger", outcomes="war", prefix="further", pressure=2))
    assert {"pressure", "further_pressure"} <= set(both.parameters)
    assert both.parameters["further_pressure"].value == 2


def test_a_mechanism_takes_a_number_or_a_parameter_with_words_of_its_own():
    numbered = STRIKE.under(Sanctions("Challenger", outcomes="status quo", pressure=0.1))
    assert numbered.parameters["pressure"].value == Fraction(1, 10)
    worded = Sanctions("Challenger", outcomes="status quo", pressure=param(3, "oil embargo", low=0, high=9))
    assert STRIKE.under(worded).parameters["pressure"].meaning == "oil embargo"
    called = Sanctions("Challenger", outcomes="status quo", pressure=param(3, "oil embargo").named("embargo"))
    assert "embargo" in STRIKE.under(called).parameters
    with pytest.raises(ParameterError, match="outside its range"):
        STRIKE.under(Deniability("strike", "retaliate", attribution=2))


REFUSED = {
    "strke' of Challenger": Deniability("strke", "retaliate", by="Challenger"),
    "needs an action 'strke'; game 'strike' has none.* Did you mean 'strike'": Deniability("strke", "retaliate"),
    "needs an action 'retaliates'.* Did you mean 'retaliate'": Deniability("strike", "retaliates"),
    "needs the name of at least one action": Deniability("strike", ()),
    "names 'Iran', who is not a player of 'strike'. Allowed: 'Challenger', 'Defender'": Sanctions("Iran"),
    "names the outcome 'wars'.* Did you mean 'war'": Sanctions("Challenger", outcomes="wars"),
    "needs a chance branch named 'proof'; game 'strike' has none.": Sanctions(
        "Challenger", offence="strike", evidence="proof"
    ),
    "whose action 'restrain' is meant: Challenger and Defender": Casualties("strike", "restrain"),
    "action 'raid' that Defender suffers": Casualties("raid", "restrain", victim="Defender"),
    "action 'hold' of Challenger": InnocentAttacks("strike", "hold"),
    "names the parameter 'price'.* Did you mean 'prize'": InnocentAttacks("strike", "restrain", gain="price"),
    "needs outcomes=… or actions=…": Factions("Defender"),
    "two types with names of their own": Factions("Defender", ("hawk", "hawk"), outcomes="war"),
    "adds 'Defender' as a player": Delegation("strike", "restrain", proxy="Defender"),
    "needs an action 'raid'": Delegation("strike", "restrain", proxy="Militia", blows="raid"),
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_a_mechanism_that_does_not_fit_says_what_is_missing(sentence):
    with pytest.raises(MechanismError, match=sentence):
        STRIKE.under(REFUSED[sentence])


def test_sanctions_on_evidence_follow_the_proof_and_not_the_truth():
    innocent = InnocentAttacks("strike", "restrain", background=0.5)
    game = STRIKE.under(innocent, Deniability("strike", "retaliate"))
    punished = game.under(Sanctions("Challenger", offence="strike", evidence="proof", pressure=0, penalty=3))
    form = game.form
    lost = {
        form.history(n): game.numbers[0][n][0] - punished.numbers[0][n][0]
        for n, name in enumerate(form.outcome)
        if name
    }
    assert lost["restrain, strike, proof, restrain"] == lost["strike, proof, restrain"] == 3
    assert {history for history, loss in lost.items() if loss == 0} == {h for h in lost if ", proof" not in h}


def test_without_an_offence_the_pressure_hangs_on_the_evidence():
    game = STRIKE.under(Deniability("strike", "retaliate"))
    pressed = game.under(Sanctions("Challenger", outcomes="fait accompli", evidence="proof", pressure=2))
    payoffs = {game.form.history(n): pressed.numbers[0][n][0] for n, name in enumerate(game.form.outcome) if name}
    assert payoffs["strike, proof, restrain"] == 4 - 2
    assert payoffs["strike, no proof, restrain"] == 4
    assert payoffs["restrain"] == 0


def test_a_mechanism_shows_itself_as_the_call_that_makes_it():
    assert repr(Deniability("strike", "retaliate", attribution=0.25)) == (
        "Deniability(action='strike', answers='retaliate', attribution=0.25)"
    )


def test_a_mechanism_changes_a_copy_and_not_the_game():
    text = str(STRIKE)
    STRIKE.under(
        SunkCosts("strike"), Casualties("strike", "restrain", victim="Defender"), Factions("Defender", outcomes="war")
    )
    assert str(STRIKE) == text
    assert STRIKE.mechanisms == ()


def test_doubt_keeps_the_victim_from_answering_what_is_not_proven():
    game = STRIKE.under(Deniability("strike", "retaliate"))
    play = dt.solve(game)[0].strategies
    assert play["Defender | strike, proof"]["retaliate"] == 1
    assert play["Defender | strike, no proof"]["retaliate"] == 0


def test_without_proof_a_victim_that_sees_no_strike_learns_of_none():
    evidence = Deniability("strike", "retaliate", attribution=0, doubt=0)
    assert predictions(NOISY.under(evidence)) == predictions(NOISY)
    found = {each.name: each.histories for each in NOISY.under(evidence).information_sets}
    assert found["alarm, proof"] == ("opportunity, strike, proof, alarm",)
    assert len(found["alarm"]) == 3


def test_deterrence_fails_below_the_attribution_at_which_the_expected_punishment_is_the_gain():
    # The challenger gains 4, or loses 5 if proven: it strikes below a = 4/9. (Our own claim, by hand.)
    game = STRIKE.under(Deniability("strike", "retaliate"))
    assert dt.solve(game.at(attribution=Fraction(44, 100)))[0].probability("strike") == 1
    assert dt.solve(game.at(attribution=Fraction(45, 100)))[0].probability("strike") == 0


def test_sanctions_on_a_proven_offence_are_paid_only_with_proof():
    game = STRIKE.under(Deniability("strike", "retaliate"))
    punished = game.under(Sanctions("Challenger", offence="strike", evidence="proof", pressure=0, penalty=3))

    def gains(which):
        form = which.at(attribution=1).form
        payoffs = which.numbers[0]
        return {form.history(n): payoffs[n][0] for n, name in enumerate(form.outcome) if name}

    before, after = gains(game), gains(punished)
    lost = {history: before[history] - after[history] for history in before}
    assert {history for history, loss in lost.items() if loss == 3} == {h for h in before if ", proof" in h}
    assert set(lost.values()) == {0, 3}


def test_relief_on_a_concession_lifts_its_share_of_the_pressure():
    sanctions = Sanctions(
        "Challenger", concession="status quo", sender="Defender", pressure=4, relief=0.75, expense=0.5
    )
    game = STRIKE.under(sanctions)
    payoffs = dict(zip(game.form.outcome, game.numbers[0], strict=True))
    assert payoffs["status quo"] == (-1, Fraction(-1, 2))
    assert payoffs["war"] == (-9, -5)


def test_a_proxy_that_gains_nothing_from_striking_holds():
    game = STRIKE.under(
        Delegation("strike", "restrain", proxy="Militia", blows="retaliate", autonomy=0.5, zeal=1, toll=2)
    )
    assert game.players == ("Challenger", "Defender", "Militia")
    assert dt.solve(game)[0].outcomes["status quo"] == 1
    assert dt.solve(game.at(zeal=3))[0].outcomes["war"] == Fraction(1, 2)


def test_the_victim_cannot_tell_an_order_from_a_strike_of_the_proxys_own():
    game = STRIKE.under(Delegation("strike", "restrain", proxy="Militia"))
    victim = next(each for each in game.information_sets if each.player == "Defender")
    assert len(victim.histories) == 2


def test_an_audience_punishes_only_those_who_made_the_threat():
    game = dt.Game(("Leader",), move("Leader", threaten=_last_word(), keep_quiet=_last_word()))
    bound = game.under(AudienceCosts("back_down", threat="threaten", audience_cost=3))
    payoffs = {bound.form.history(n): bound.numbers[0][n] for n, name in enumerate(bound.form.outcome) if name}
    assert payoffs["threaten, back_down"] == (-4,)
    assert payoffs["keep_quiet, back_down"] == (-1,)


def _last_word():
    return move("Leader", back_down=end("retreat", -1), stand_firm=end("war", -2))


def test_the_risk_is_run_every_time_the_action_is_taken():
    second = move("A", hold=end("calm", 0, 0), push=end("brink", 5, 0))
    game = dt.Game(
        ("A", "B"), move("A", hold=end("peace", 0, 0), push=move("B", give=end("win", 4, -1), resist=second))
    )
    risky = game.under(Brinkmanship("push", risk=0.5, disaster=100))
    assert sum(name == "disaster" for name in risky.form.outcome) == 2


def test_an_intercepted_strike_gives_back_what_it_took():
    game = STRIKE.under(MissileDefence("strike", "Defender", gain="prize", harm="loss", interception=1))
    payoffs = {game.form.history(n): game.numbers[0][n] for n, name in enumerate(game.form.outcome) if name}
    assert payoffs["strike, intercepted, restrain"] == (0, 0)
    assert payoffs["strike, hit, restrain"] == (4, -6)
