"""The games of ``vectors.json`` written as trees: a function for each model, from a vector's parameters to a game.

The payoffs are those that the brute force behind the vectors computes with. Numbers are parameters of the game, a law
that is given as ``["uniform", 0, 1]`` becomes the library's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import deterrence as dt
from deterrence.games.continuum.law import Law
from deterrence.games.game import Game

LISTED: list[dict[str, Any]] = json.loads((Path(__file__).parent / "vectors.json").read_text())
MORE: list[dict[str, Any]] = json.loads((Path(__file__).parent / "more_vectors.json").read_text())
VECTORS = [*LISTED, *MORE]
"""The reference numbers, and more of them for other laws, found by the same brute force on payoffs."""


def vectors(model: str) -> list[dict[str, Any]]:
    """The vectors of one model, in order."""
    return [vector for vector in VECTORS if vector["model"] == model]


def tree_of(vector: dict[str, Any]) -> Game:
    """The game of a vector."""
    return MODELS[vector["model"]](**vector["parameters"])


def exact(number: float | str) -> Fraction:
    """A decimal as what it says."""
    return Fraction(str(number))


def law(spec: Sequence[Any]) -> Law:
    """The law that a vector names."""
    kind, *numbers = spec
    families = {
        "uniform": dt.Uniform,
        "normal": dt.Normal,
        "beta": dt.Beta,
        "exponential": dt.Exponential,
        "triangular": dt.Triangular,
    }
    return families[kind](*map(exact, numbers))


def ultimatum_hidden_cost(p: float, cA: float, cost: Sequence[Any]) -> Game:
    """Fearon (1995): a demand; what a war costs the rival is hidden."""

    @dt.game("Proposer", "Rival")
    def bargaining(p=dt.param(p, "chance to win", low=0, high=1), cA=dt.param(cA, "the proposer's cost of war", low=0)):
        "A demand to a rival whose cost of war is hidden."
        return dt.draw(
            law(cost),
            seen_by="Rival",
            then=lambda war_cost: dt.choose(
                "Proposer",
                0,
                1,
                then=lambda demand: dt.move(
                    "Rival",
                    accept=dt.end("settlement", demand, 1 - demand),
                    fight=dt.end("war", p - cA, 1 - p - war_cost),
                ),
            ),
        )

    return bargaining


def ultimatum_both_costs(p: float, own: Sequence[Any], cost: Sequence[Any], at: object = None) -> Game:
    """The same with the proposer's cost of war hidden too."""

    @dt.game("Proposer", "Rival")
    def bargaining(p=dt.param(p, "chance to win", low=0, high=1)):
        "A demand; what a war costs either side is hidden."
        return dt.draw(
            law(own),
            seen_by="Proposer",
            then=lambda own_cost: dt.draw(
                law(cost),
                seen_by="Rival",
                then=lambda war_cost: dt.choose(
                    "Proposer",
                    0,
                    1,
                    then=lambda demand: dt.move(
                        "Rival",
                        accept=dt.end("settlement", demand, 1 - demand),
                        fight=dt.end("war", p - own_cost, 1 - p - war_cost),
                    ),
                ),
            ),
        )

    return bargaining


def ultimatum_offers(p: float, cA: float, cost: Sequence[Any], offers: int) -> Game:
    """The same with finitely many offers; the cost has a law, or is one of two with a chance for the first."""

    @dt.game("Proposer", "Rival")
    def bargaining(p=dt.param(p, "chance to win", low=0, high=1), cA=dt.param(cA, "the proposer's cost of war", low=0)):
        "One of several offers to a rival whose cost of war is hidden."

        def proposal(war_cost, kind):
            def reply(i):
                share = Fraction(i, offers - 1)
                return dt.move(
                    "Rival",
                    accept=dt.end("settlement", share, 1 - share),
                    fight=dt.end("war", p - cA, 1 - p - war_cost),
                    information=f"{kind} offered {i}".strip(),
                )

            return dt.move("Proposer", {f"ask {i}": reply(i) for i in range(offers)}, information="Proposer")

        if cost[0] == "two":
            _, low, high, chance = cost
            weak = (exact(chance), proposal(exact(low), "weak"))
            return dt.chance(weak=weak, strong=(1 - exact(chance), proposal(exact(high), "strong")))
        return dt.draw(law(cost), seen_by="Rival", then=lambda war_cost: proposal(war_cost, ""))

    return bargaining


def arms_race(mu: float, d: float, first: Sequence[Any], second: Sequence[Any]) -> Game:
    """Baliga and Sjöström (2004): building weapons at a hidden cost, out of greed or fear."""

    @dt.game("First", "Second")
    def race(gain=dt.param(mu, "gain from arming alone"), fear=dt.param(d, "loss from not arming alone")):
        "Two sides arm or not; what arms cost is hidden on both sides."

        def second_builds(own, cost):
            return dt.move(
                "Second",
                information="Second",
                build=dt.end("race", -own, -cost) if own is not None else dt.end("second armed", -fear, gain - cost),
                wait=dt.end("peace", 0, 0) if own is None else dt.end("first armed", gain - own, -fear),
            )

        return dt.draw(
            law(first),
            seen_by="First",
            then=lambda first_cost: dt.draw(
                law(second),
                seen_by="Second",
                then=lambda second_cost: dt.move(
                    "First",
                    build=second_builds(first_cost, second_cost),
                    wait=second_builds(None, second_cost),
                ),
            ),
        )

    return race


def preemption(F: float, S: float, W: float, noise: Sequence[Any], prior: Sequence[Any] | None) -> Game:
    """A state that nobody sees, a noisy signal of it for each side, and the fear of being struck first."""
    kind, low, high = noise[0], exact(noise[1]), exact(noise[2])

    def signal(theta):
        return dt.Uniform(theta + low, theta + high) if kind == "uniform" else dt.Normal(theta + low, high)

    @dt.game("First", "Second")
    def strikes(
        alone=dt.param(F, "payoff of attacking alone"),
        struck=dt.param(S, "payoff of waiting while attacked"),
        war=dt.param(W, "payoff where both attack"),
    ):
        "Attack or wait; peace is worth a state of which each sees a noisy signal."

        def second(theta, attacked):
            return dt.move(
                "Second",
                information="Second",
                attack=dt.end("general war", war, war) if attacked else dt.end("second attacks", struck, alone),
                wait=dt.end("first attacks", alone, struck) if attacked else dt.end("peace", theta, theta),
            )

        return dt.draw(
            dt.Flat() if prior is None else law(prior),
            seen_by=(),
            then=lambda theta: dt.draw(
                signal(theta),
                seen_by="First",
                then=lambda first_signal: dt.draw(
                    signal(theta),
                    seen_by="Second",
                    then=lambda second_signal: dt.move("First", attack=second(theta, True), wait=second(theta, False)),
                ),
            ),
        )

    return strikes


def strike_resolve(prize: Any, loss: float, punishment: float, war: Sequence[Any]) -> Game:
    """A strike on a defender whose cost of war is hidden; the prize may be hidden too."""
    hidden = isinstance(prize, list)

    @dt.game("Attacker", "Defender")
    def strike(
        prize_value=dt.param(0 if hidden else prize, "gain from a strike that is not answered"),
        loss=dt.param(loss, "the defender's loss from it"),
        punishment=dt.param(punishment, "what retaliation costs the attacker"),
    ):
        "A strike; what retaliation costs the defender is hidden."

        def attack(gain, war_cost):
            return dt.move(
                "Attacker",
                restrain=dt.end("status quo", 0, 0),
                strike=dt.move(
                    "Defender",
                    yield_=dt.end("strike", gain, -loss),
                    retaliate=dt.end("war", gain - punishment, -war_cost),
                ),
            )

        def below(prize):
            return dt.draw(law(war), seen_by="Defender", then=lambda war_cost: attack(prize, war_cost))

        if hidden:
            return dt.draw(law(prize), seen_by="Attacker", then=below)
        return below(prize_value)

    return strike


def audience_costs(a: float, challenger: Sequence[Any], defender: Sequence[Any]) -> Game:
    """Fearon (1994) in three moves: backing down costs, and both sides' values of war are hidden."""

    @dt.game("Challenger", "Defender")
    def crisis(a=dt.param(a, "audience cost", low=0)):
        "A challenge, resistance, and then war or backing down."
        return dt.draw(
            law(challenger),
            seen_by="Challenger",
            then=lambda challenger_war: dt.draw(
                law(defender),
                seen_by="Defender",
                then=lambda defender_war: dt.move(
                    "Challenger",
                    quiet=dt.end("status quo", 0, 1),
                    challenge=dt.move(
                        "Defender",
                        concede=dt.end("concession", 1, 0),
                        resist=dt.move(
                            "Challenger",
                            back_down=dt.end("retreat", -a, 1),
                            fight=dt.end("war", challenger_war, defender_war),
                        ),
                    ),
                ),
            ),
        )

    return crisis


def sorted_crisis(
    s: float, a: float, omega: float, kappa: float, types: Sequence[Any], defender: Sequence[Any]
) -> Game:
    """The same where the challenger's strength also raises what the status quo is worth: bluffing types are weakest."""

    @dt.game("Challenger", "Defender")
    def crisis(
        s=dt.param(s, "worth of the status quo for each unit of strength"),
        a=dt.param(a, "audience cost", low=0),
        omega=dt.param(omega, "gain in war from each unit of strength"),
        kappa=dt.param(kappa, "cost of war"),
    ):
        "A challenge by a side whose strength counts in peace and in war."
        return dt.draw(
            law(types),
            seen_by="Challenger",
            then=lambda strength: dt.draw(
                law(defender),
                seen_by="Defender",
                then=lambda defender_war: dt.move(
                    "Challenger",
                    quiet=dt.end("status quo", s * strength, 1),
                    challenge=dt.move(
                        "Defender",
                        concede=dt.end("concession", 1, 0),
                        resist=dt.move(
                            "Challenger",
                            back_down=dt.end("retreat", -a, 1),
                            fight=dt.end("war", omega * strength - kappa, defender_war),
                        ),
                    ),
                ),
            ),
        )

    return crisis


def sanctions_resolve(a: float, kappa: float, rho: float, benefit: Sequence[Any], harm: Sequence[Any]) -> Game:
    """A threat of sanctions: the sender's benefit and the target's harm are hidden."""

    @dt.game("Sender", "Target")
    def sanctions(
        a=dt.param(a, "cost of backing down", low=0),
        kappa=dt.param(kappa, "cost of sanctions", low=0),
        rho=dt.param(rho, "part of the benefit that sanctions bring", low=0),
    ):
        "A threat, resistance, and then sanctions or backing down."
        return dt.draw(
            law(benefit),
            seen_by="Sender",
            then=lambda worth: dt.draw(
                law(harm),
                seen_by="Target",
                then=lambda damage: dt.move(
                    "Sender",
                    quiet=dt.end("status quo", 0, 1),
                    threaten=dt.move(
                        "Target",
                        concede=dt.end("concession", worth, 0),
                        resist=dt.move(
                            "Sender",
                            back_down=dt.end("retreat", -a, 1),
                            impose=dt.end("sanctions", rho * worth - kappa, 1 - damage),
                        ),
                    ),
                ),
            ),
        )

    return sanctions


def sanctions_normal(SA: float, VA: float, CB: float, WA: float, WB: float, a: float, VB: float, sigma: float) -> Game:
    """Lewis and Schultz (2003): normal shocks to what backing down and carrying out are worth."""

    @dt.game("Sender", "Target")
    def sanctions(
        SA=dt.param(SA, "status quo, sender"),
        VA=dt.param(VA, "concession, sender"),
        CB=dt.param(CB, "concession, target"),
        WA=dt.param(WA, "sanctions, sender"),
        WB=dt.param(WB, "sanctions, target"),
        a=dt.param(a, "backing down, sender"),
        VB=dt.param(VB, "the sender's backing down, target"),
        sigma=dt.param(sigma, "spread of the shocks", low=0),
    ):
        "A threat; each side's payoffs have shocks that it alone sees."
        return dt.draw(
            dt.Normal(0, sigma),
            seen_by="Sender",
            then=lambda shock_impose: dt.draw(
                dt.Normal(0, sigma),
                seen_by="Sender",
                then=lambda shock_back: dt.draw(
                    dt.Normal(0, sigma),
                    seen_by="Target",
                    then=lambda shock_target: dt.move(
                        "Sender",
                        quiet=dt.end("status quo", SA, 0),
                        threaten=dt.move(
                            "Target",
                            concede=dt.end("concession", VA, CB),
                            resist=dt.move(
                                "Sender",
                                back_down=dt.end("retreat", a + shock_back, VB),
                                impose=dt.end("sanctions", WA + shock_impose, WB + shock_target),
                            ),
                        ),
                    ),
                ),
            ),
        )

    return sanctions


def attribution(alpha: float, f: float, gamma: float, benefit: Sequence[Any], taste: Sequence[Any]) -> Game:
    """Baliga, Bueno de Mesquita and Wolitzky (2020), one suspect: an alarm that may be false."""

    @dt.game("Suspect", "Victim")
    def cyber(
        alpha=dt.param(alpha, "chance that an attack sets off the alarm", low=0, high=1),
        f=dt.param(f, "chance of a false alarm", low=0, high=1),
        gamma=dt.param(gamma, "chance that the suspect can attack", low=0, high=1),
    ):
        "An attack may go unnoticed, and the alarm may be false."

        def tail(gain, liking, noticed):
            return dt.chance(
                alarm=(
                    noticed,
                    dt.move(
                        "Victim",
                        information="alarm",
                        retaliate=dt.end("retaliation", gain - 1, liking),
                        hold=dt.end("no retaliation", gain, 0),
                    ),
                ),
                silence=(1 - noticed, dt.end("no alarm", gain, 0)),
            )

        return dt.draw(
            law(benefit),
            seen_by="Suspect",
            then=lambda worth: dt.draw(
                law(taste),
                seen_by="Victim",
                then=lambda liking: dt.chance(
                    able=(
                        gamma,
                        dt.move("Suspect", attack=tail(worth, liking, alpha), refrain=tail(0, liking - 1, f)),
                    ),
                    unable=(1 - gamma, tail(0, liking - 1, f)),
                ),
            ),
        )

    return cyber


def attribution_two(
    pi: Sequence[Sequence[float]],
    pi0: Sequence[float],
    gamma: float,
    benefit: Sequence[Any],
    taste: Sequence[Any],
) -> Game:
    """The same with two suspects of whom one at most can attack; alarms point at one; a taste for hitting each."""
    signals = ("no alarm", "alarm one", "alarm two")

    @dt.game("One", "Two", "Victim")
    def cyber(gamma=dt.param(gamma, "chance that somebody can attack", low=0, high=1)):
        "An attack by one of two suspects, and an alarm that may point at the wrong one."

        def replies(s, gains, tastes, culprit):
            def worth(hit):
                suspects = [gains[i] - int(i in hit) for i in range(2)]
                return *suspects, sum((tastes[i] - int(i != culprit) for i in hit), Fraction(0))

            def on_two(hit):
                label = f"Two after {signals[s]}, One {'hit' if hit else 'spared'}"
                both = dt.end("retaliation", *worth((*hit, 1)))
                none = dt.end("retaliation" if hit else "no retaliation", *worth(hit))
                return dt.move("Victim", information=label, hit_two=both, spare_two=none)

            if s == 0:
                return dt.end("no alarm", *worth(()))
            return dt.move("Victim", information=f"One after {signals[s]}", hit_one=on_two((0,)), spare_one=on_two(()))

        def tail(gains, tastes, culprit, chances):
            return dt.chance({signals[s]: (exact(chances[s]), replies(s, gains, tastes, culprit)) for s in range(3)})

        def able(i, worth, tastes):
            gains = [worth if j == i else 0 for j in range(2)]
            name = ("One", "Two")[i]
            return dt.move(name, attack=tail(gains, tastes, i, pi[i]), refrain=tail((0, 0), tastes, None, pi0))

        def cast(worth_one, worth_two, tastes):
            return dt.chance(
                one=(gamma / 2, able(0, worth_one, tastes)),
                two=(gamma / 2, able(1, worth_two, tastes)),
                neither=(1 - gamma, tail((0, 0), tastes, None, pi0)),
            )

        def tasted(worth_one, worth_two):
            return dt.draw(
                law(taste),
                seen_by="Victim",
                then=lambda taste_one: dt.draw(
                    law(taste),
                    seen_by="Victim",
                    then=lambda taste_two: cast(worth_one, worth_two, (taste_one, taste_two)),
                ),
            )

        return dt.draw(
            law(benefit),
            seen_by="One",
            then=lambda worth_one: dt.draw(
                law(benefit), seen_by="Two", then=lambda worth_two: tasted(worth_one, worth_two)
            ),
        )

    return cyber


def mobilise_two_levels(c: float, k: float, m: float, types: Sequence[Any]) -> Game:
    """A target of hidden resolve mobilises at a cost or not before an attacker decides."""

    @dt.game("Target", "Attacker")
    def mobilising(
        c=dt.param(c, "the target's cost of war", low=0),
        k=dt.param(k, "the attacker's cost of war", low=0),
        m=dt.param(m, "cost of mobilising", low=0),
    ):
        "Mobilise or not; then the attacker attacks or not, and the target fights or yields."

        def seen(paid, resolve):
            return dt.move(
                "Attacker",
                leave=dt.end("status quo", resolve - paid, 0),
                attack=dt.move(
                    "Target",
                    yield_=dt.end("concession", -paid, 1),
                    fight=dt.end("war", resolve - c - paid, -k),
                ),
            )

        return dt.draw(
            law(types),
            seen_by="Target",
            then=lambda resolve: dt.move("Target", mobilise=seen(m, resolve), rest=seen(0, resolve)),
        )

    return mobilising


def _signal(c: float, k: float, types: Sequence[Any], name: str, tied: bool) -> Game:
    @dt.game("Target", "Attacker", name=name)
    def signalling(
        c=dt.param(c, "the target's cost of war", low=0),
        k=dt.param(k, "the attacker's cost of war", low=0),
        most=dt.param(1, "greatest signal", low=0),
    ):
        "A signal of any size; then the attacker attacks or not, and the target fights or yields."
        return dt.draw(
            law(types),
            seen_by="Target",
            then=lambda resolve: dt.choose(
                "Target",
                0,
                most,
                then=lambda signal: dt.move(
                    "Attacker",
                    leave=dt.end("status quo", resolve if tied else resolve - signal, 0),
                    attack=dt.move(
                        "Target",
                        yield_=dt.end("concession", -signal, 1),
                        fight=dt.end("war", resolve - c if tied else resolve - c - signal, -k),
                    ),
                ),
            ),
        )

    return signalling


def sunk_cost_continuous(c: float, k: float, types: Sequence[Any]) -> Game:
    """The same with a signal of any size, paid whatever happens."""
    return _signal(c, k, types, "sunk_cost", tied=False)


def tied_hands(c: float, k: float, types: Sequence[Any]) -> Game:
    """The same with a signal that only who is attacked and yields pays for."""
    return _signal(c, k, types, "tied_hands", tied=True)


def spence(t0: float, k: int, opponent: Sequence[Any], at: object = None) -> Game:
    """Spence (1973): a signal that costs a strong type less, before an opponent whose taste is hidden."""

    @dt.game("Sender", "Opponent")
    def signalling(least=dt.param(t0, "the weakest type", low=0, high=1), most=dt.param(1, "greatest signal", low=0)):
        "A signal of strength; the opponent stays out of what it thinks is strong."
        return dt.draw(
            dt.Uniform(least, 1),
            seen_by="Sender",
            then=lambda strength: dt.draw(
                law(opponent),
                seen_by="Opponent",
                then=lambda caution: dt.choose(
                    "Sender",
                    0,
                    most,
                    then=lambda signal: dt.move(
                        "Opponent",
                        stay_out=dt.end("deterred", 1 - signal / strength**k, 0),
                        enter=dt.end("challenged", -signal / strength**k, 1 - strength - caution),
                    ),
                ),
            ),
        )

    return signalling


def shocks(uA: dict[str, float], uB: dict[str, float], shock: str, on: str, scale: float) -> Game:
    """Signorino and Tarar (2006): payoffs or actions have shocks that the player alone sees."""

    @dt.game("Challenger", "Defender")
    def agents(
        quiet=dt.param(uA["SQ"], "status quo, challenger"),
        gain=dt.param(uA["Cap"], "capitulation, challenger"),
        fought=dt.param(uA["War"], "war, challenger"),
        lost=dt.param(uB["Cap"], "capitulation, defender"),
        resisted=dt.param(uB["War"], "war, defender"),
        scale=dt.param(scale, "spread of the shocks", low=0),
    ):
        "A challenge that is resisted or not; shocks are seen by one player each."
        kinds = {"normal": dt.Normal, "logistic": dt.Logistic, "gumbel": dt.ExtremeValue}

        def tree(quiet_shock, cap_shock, war_shock, yield_shock, resist_shock):
            return dt.move(
                "Challenger",
                stay=dt.end("status quo", quiet + quiet_shock, 0),
                challenge=dt.move(
                    "Defender",
                    capitulate=dt.end("capitulation", gain + cap_shock, lost + yield_shock),
                    resist=dt.end("war", fought + war_shock, resisted + resist_shock),
                ),
            )

        def drawn(who, then):
            return dt.draw(kinds[shock](0, scale), seen_by=who, then=then)

        def outcomes(b1, b2):
            return drawn(
                "Challenger",
                lambda a1: drawn("Challenger", lambda a2: drawn("Challenger", lambda a3: tree(a1, a2, a3, b1, b2))),
            )

        def actions(b1, b2):
            return drawn("Challenger", lambda a1: drawn("Challenger", lambda a2: tree(a1, a2, a2, b1, b2)))

        below = outcomes if on == "outcomes" else actions
        return drawn("Defender", lambda b1: drawn("Defender", lambda b2: below(b1, b2)))

    return agents


def chain_store(b: float, cost: Sequence[Any]) -> Game:
    """Kreps and Wilson (1982) in two markets: what a fight costs the incumbent is hidden."""

    @dt.game("Incumbent", "First", "Second")
    def store(b=dt.param(b, "gain from an entry that is not fought", low=0)):
        "Two entrants decide in turn; the incumbent fights or yields."

        def second(so_far, first_gain, fight_cost):
            return dt.move(
                "Second",
                out=dt.end("second stays out", so_far + 1, first_gain, 0),
                enter=dt.move(
                    "Incumbent",
                    fight=dt.end("second fought", so_far - fight_cost, first_gain, -1),
                    yield_=dt.end("second enters", so_far, first_gain, b),
                ),
            )

        return dt.draw(
            law(cost),
            seen_by="Incumbent",
            then=lambda fight_cost: dt.move(
                "First",
                out=second(1, 0, fight_cost),
                enter=dt.move(
                    "Incumbent",
                    fight=second(-fight_cost, -1, fight_cost),
                    yield_=second(0, b, fight_cost),
                ),
            ),
        )

    return store


def mobilisation(v: Any, p0: float, cA: float, cost: Sequence[Any]) -> Game:
    """A mobilisation that is sunk and raises the chance to win, as in Slantchev (2005)."""
    hidden = isinstance(v, list)

    @dt.game("Challenger", "Defender")
    def mobilising(
        value=dt.param(1 if hidden else v, "the challenger's value of the prize", low=0),
        p0=dt.param(p0, "chance to win without mobilising", low=0, high=1),
        cA=dt.param(cA, "the challenger's cost of war", low=0),
    ):
        "A challenger stays out or mobilises; what a war costs the defender is hidden."

        def below(worth, war_cost):
            return dt.move(
                "Challenger",
                stay_out=dt.end("status quo", 0, 1),
                challenge=dt.choose(
                    "Challenger",
                    0,
                    1 - p0,
                    then=lambda signal: dt.move(
                        "Defender",
                        concede=dt.end("concession", worth - signal, 0),
                        fight=dt.end("war", worth * (p0 + signal) - cA - signal, 1 - p0 - signal - war_cost),
                    ),
                ),
            )

        def drawn(prize):
            return dt.draw(law(cost), seen_by="Defender", then=lambda war_cost: below(prize, war_cost))

        if hidden:
            return dt.draw(law(v), seen_by="Challenger", then=drawn)
        return drawn(value)

    return mobilising


def inspection(kappa: float, found: float, fine: float, gain: Any) -> Game:
    """An inspection whose effort nobody sees."""
    hidden = isinstance(gain, list)

    @dt.game("Inspector", "Violator")
    def inspecting(
        kappa=dt.param(kappa, "cost of effort", low=0),
        found=dt.param(found, "gain from finding a violation", low=0),
        fine=dt.param(fine, "fine", low=0),
        gained=dt.param(1 if hidden else gain, "gain from a violation that is not found", low=0),
    ):
        "An effort to inspect, and a violation that it may find."

        def below(profit):
            return dt.choose(
                "Inspector",
                0,
                1,
                seen_by=(),
                then=lambda effort: dt.move(
                    "Violator",
                    comply=dt.end("compliance", -kappa * effort**2 / 2, 0),
                    violate=dt.chance(
                        found=(effort, dt.end("caught", found - kappa * effort**2 / 2, -fine)),
                        missed=(1 - effort, dt.end("not caught", -kappa * effort**2 / 2, profit)),
                    ),
                ),
            )

        if hidden:
            return dt.draw(law(gain), seen_by="Violator", then=below)
        return below(gained)

    return inspecting


def provocation(v: float, loss: float, attribution: float, tolerance: Sequence[Any]) -> Game:
    """How far to push below a threshold that is hidden."""

    @dt.game("Aggressor", "Target")
    def pushing(
        v=dt.param(v, "gain from each step", low=0),
        loss=dt.param(loss, "loss from retaliation", low=0),
        seen=dt.param(attribution, "chance that the push is attributed", low=0, high=1),
    ):
        "A push of any size; the target retaliates where its tolerance is passed."
        return dt.draw(
            law(tolerance),
            seen_by="Target",
            then=lambda patience: dt.choose(
                "Aggressor",
                0,
                1,
                then=lambda push: dt.chance(
                    attributed=(
                        seen,
                        dt.move(
                            "Target",
                            tolerate=dt.end("gain", v * push, -push),
                            retaliate=dt.end("retaliation", -loss, -patience),
                        ),
                    ),
                    unseen=(1 - seen, dt.end("gain", v * push, -push)),
                ),
            ),
        )

    return pushing


def cheap_talk(bias: float, types: Sequence[Any]) -> Game:
    """Crawford and Sobel (1982): a message that costs nothing, and a reply."""

    @dt.game("Sender", "Receiver")
    def talk(bias=dt.param(bias, "how far the sender's wish lies above the receiver's")):
        "A message about a state, and a reply; both lose the square of the distance to what they want."
        return dt.draw(
            law(types),
            seen_by="Sender",
            then=lambda state: dt.choose(
                "Sender",
                0,
                1,
                then=lambda message: dt.choose(
                    "Receiver",
                    0,
                    1,
                    then=lambda reply: dt.end("answer", -((reply - state - bias) ** 2), -((reply - state) ** 2)),
                ),
            ),
        )

    return talk


MODELS: dict[str, Callable[..., Game]] = {
    function.__name__: function
    for function in (
        ultimatum_hidden_cost,
        ultimatum_both_costs,
        ultimatum_offers,
        arms_race,
        preemption,
        strike_resolve,
        audience_costs,
        sorted_crisis,
        sanctions_resolve,
        sanctions_normal,
        attribution,
        attribution_two,
        mobilise_two_levels,
        sunk_cost_continuous,
        tied_hands,
        spence,
        shocks,
        chain_store,
        mobilisation,
        inspection,
        provocation,
        cheap_talk,
    )
}
