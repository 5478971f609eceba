"""Games that several tests share: small published ones, random ones, and their text for Gambit."""

import io
import itertools
import random
from fractions import Fraction

import deterrence as dt
from deterrence import chance, end, matrix, move, param, share, where


@dt.game("Challenger", "Defender")
def strike(
    prize=param(4, "gain from a strike that goes unanswered", low=0, high=20),
    loss=param(6, "harm of an unanswered strike", low=0, high=20),
    punishment=param(9, "harm that retaliation does", low=0, high=20),
    war=param(3, "cost of retaliating", low=-5, high=20),
):
    """Strike, retaliate or restrain: the smallest deterrence game."""
    return move(
        "Challenger",
        restrain=end("status quo", 0, 0),
        strike=move(
            "Defender",
            restrain=end("fait accompli", prize, -loss),
            retaliate=end("war", prize - punishment, -war),
        ),
    )


@dt.game("Attacker", "Defender")
def alarm_only(
    benefit=param(1, "gain from a strike", low=0.01, high=10),
    punishment=param(4, "cost of being retaliated against", low=0.01, high=20),
    harm=param(2, "harm of a strike", low=0, high=20),
    right=param(1, "gain from hitting the guilty", low=0.01, high=10),
    wrong=param(1, "cost of hitting the innocent", low=0.01, high=10),
    detection=share(0.7, "chance of an alarm after a strike"),
    false_alarm=share(0.1, "chance of an alarm after none"),
    opportunity=share(1, "chance that the Attacker can strike"),
):
    """Strike or wait; the Defender may retaliate only after an alarm (model 15)."""
    guilty = move(
        "Defender",
        information="alarm",
        restrain=end("strike", benefit, -harm),
        retaliate=end("retaliation", benefit - punishment, right - harm),
    )
    innocent = move(
        "Defender",
        information="alarm",
        restrain=end("quiet", 0, 0),
        retaliate=end("error", -punishment, -wrong),
    )
    waited = chance(alarm=(false_alarm, innocent), silence=(1 - false_alarm, end("quiet", 0, 0)))
    struck = chance(alarm=(detection, guilty), silence=(1 - detection, end("strike", benefit, -harm)))
    able = move("Attacker", wait=waited, strike=struck)
    tree = chance(able=(opportunity, able), unable=(1 - opportunity, waited))
    return where(tree, false_alarm > 0, false_alarm < detection)


@dt.game("Attacker", "Defender")
def attribution(
    benefit=param(1, "gain from a strike", low=0, high=10),
    punishment=param(4, "cost of being retaliated against", low=0, high=20),
    detection=share(0.7, "chance of an alarm after a strike"),
    false_alarm=share(0.1, "chance of an alarm after none"),
):
    """As above with K=2, v=w=1, where the Defender may retaliate after silence too."""

    def answer(information, struck):
        gain, verdict = (benefit, 1) if struck else (0, -1)
        harm = -2 if struck else 0
        return move(
            "Defender",
            information=information,
            restrain=end("strike" if struck else "quiet", gain, harm),
            retaliate=end("retaliation" if struck else "error", gain - punishment, harm + verdict),
        )

    def seen(alarm, struck):
        return chance(alarm=(alarm, answer("alarm", struck)), silence=(1 - alarm, answer("silence", struck)))

    return move("Attacker", wait=seen(false_alarm, False), strike=seen(detection, True))


@dt.game("Challenger", "Defender")
def unilateral(
    gain=param(1, "the Defender concedes", low=-10, high=10),
    peace=param(0.5, "status quo", low=-10, high=10),
    hard_war=param(0.1, "conflict, for a Hard Challenger", low=-10, high=10),
    defeat=param(0, "backing off", low=-10, high=10),
    soft_war=param(-1, "conflict, for a Soft Challenger", low=-10, high=10),
    victory=param(0.8, "the Challenger backs off", low=-10, high=10),
    hard_defence=param(0.4, "conflict, for a Hard Defender", low=-10, high=10),
    concession=param(0.2, "conceding", low=-10, high=10),
    soft_defence=param(-0.6, "conflict, for a Soft Defender", low=-10, high=10),
    p=share(0.2, "probability that the Challenger is Hard"),
    q=share(0.3, "probability that the Defender is Hard"),
):
    """Unilateral deterrence (model 03b): independent types, Hard or Soft, on both sides."""

    def crisis(one, other):
        ours, theirs = (
            hard_war if one == "Hard" else soft_war,
            hard_defence if other == "Hard" else soft_defence,
        )
        last = move(
            "Challenger",
            information=f"{one}, resisted",
            back=end("defeat", defeat, victory),
            fight=end("conflict", ours, theirs),
        )
        answer = move("Defender", information=other, concede=end("concession", gain, concession), resist=last)
        return move("Challenger", information=one, accept=end("status quo", peace, 1), challenge=answer)

    def known(one):
        return chance(hard=(q, crisis(one, "Hard")), soft=(1 - q, crisis(one, "Soft")))

    tree = chance({"Hard": (p, known("Hard")), "Soft": (1 - p, known("Soft"))})
    challengers = soft_war < defeat, defeat < hard_war, hard_war < peace, peace < gain
    return where(tree, *challengers, soft_defence < concession, concession < hard_defence, hard_defence < victory)


@dt.game("A", "B")
def mutual(
    gain=param(1, "the other concedes", low=-10, high=10),
    peace=param(0.6, "status quo", low=-10, high=10),
    hard_war=param(0.2, "conflict, if Hard", low=-10, high=10),
    yielding=param(0, "conceding", low=-10, high=10),
    soft_war=param(-1, "conflict, if Soft", low=-10, high=10),
    p=share(0.7, "probability that A is Hard"),
    q=share(0.7, "probability that B is Hard"),
):
    """Generalized mutual deterrence (model 03c) with the same payoffs on both sides."""

    def war(one, other):
        return end("war", *(hard_war if who == "Hard" else soft_war for who in (one, other)))

    def crisis(one, other):
        lone_b = move(
            "B", information=f"{other}, attacked", concede=end("A wins", gain, yielding), fight=war(one, other)
        )
        lone_a = move("A", information=f"{one}, attacked", concede=end("B wins", yielding, gain), fight=war(one, other))
        if_kept = move("B", information=other, keep=end("peace", peace, peace), defect=lone_a)
        if_broken = move("B", information=other, keep=lone_b, defect=war(one, other))
        return move("A", information=one, keep=if_kept, defect=if_broken)

    def known(one):
        return chance(hard=(q, crisis(one, "Hard")), soft=(1 - q, crisis(one, "Soft")))

    tree = chance({"Hard": (p, known("Hard")), "Soft": (1 - p, known("Soft"))})
    return where(tree, soft_war < yielding, yielding < hard_war, hard_war < peace, peace < gain)


@dt.game("Extremists", "Government")
def spoilers(
    capable=share(0.2, "chance that terror succeeds against trustworthy moderates"),
    incapable=share(0.8, "chance that terror succeeds against others"),
    gain=param(1, "gain from a deal that is kept", low=0.01, high=10),
    loss=param(1, "loss from a deal that is broken", low=0.01, high=10),
    prize=param(1, "the Extremists' gain where there is no deal", low=0.01, high=10),
    cost=param(0.2, "cost of an attempt", low=0.01, high=10),
    trust=share(0.7, "probability that the moderates are trustworthy"),
):
    """Sabotaging the peace (model 08b): the Extremists do not know the moderates' type either."""

    def decide(seen, worth, spent):
        return move(
            "Government",
            information=seen,
            refuse=end(f"no deal after {seen}", prize - spent, 0),
            implement=end(f"deal after {seen}", -spent, worth),
        )

    def attempted(success, worth):
        return chance(
            terror=(success, decide("terror", worth, cost)),
            quiet=(1 - success, decide("quiet", worth, cost)),
        )

    def stage(success, worth):
        return move(
            "Extremists",
            information="start",
            abstain=decide("quiet", worth, 0),
            attempt=attempted(success, worth),
        )

    return where(
        chance(trustworthy=(trust, stage(capable, gain)), others=(1 - trust, stage(incapable, -loss))),
        capable < incapable,
    )


@dt.game("A", "B")
def ultimatum(
    power=param(0.5, "A's chance of winning a war", low=0.3, high=0.6),
    war_a=param(0.1, "A's cost of war", low=0.01, high=0.2),
    low_cost=param(0.1, "B's cost of war, if low", low=0.01, high=0.3),
    high_cost=param(0.3, "B's cost of war, if high", low=0.01, high=0.3),
    margin=param(0.01, "what is left to B so that it is not indifferent", low=0, high=0.01),
    q=share(0.3, "probability that B's cost is low"),
):
    """Two-type ultimatum (model 04a) in which A makes one of the two offers that can be best."""

    def offers(kind, cost):
        def reply(name, offer):
            return move(
                "B",
                information=f"{kind}, {name}",
                accept=end("deal", offer, 1 - offer),
                fight=end("war", power - war_a, 1 - power - cost),
            )

        safe, risky = power + low_cost - margin, power + high_cost - margin
        return move("A", information="A", safe=reply("safe", safe), risky=reply("risky", risky))

    tree = chance(low=(q, offers("low", low_cost)), high=(1 - q, offers("high", high_cost)))
    return where(tree, margin > 0, low_cost + margin < high_cost)


@dt.game("Row", "Column")
def preemption(
    r2=share(0.3, "Row's payoff if preempted without an answer"),
    r3=share(0.7, "Row's payoff in the compromise"),
    c2=share(0.2, "Column's payoff if preempted without an answer"),
    c3=share(0.6, "Column's payoff in the compromise"),
):
    """Brams and Kilgour's deterrence game (model 02) without commitment to the threats."""
    row_preempts = move("Column", endure=end("Row ahead", 1, c2), retaliate=end("crash", 0, 0))
    column_preempts = move("Row", endure=end("Column ahead", r2, 1), retaliate=end("crash", 0, 0))
    yielded = move("Column", information="first", hold=end("compromise", r3, c3), preempt=column_preempts)
    stood = move("Column", information="first", hold=row_preempts, preempt=end("crash", 0, 0))
    tree = move("Row", information="first", hold=yielded, preempt=stood)
    return where(tree, r2 > 0, r2 < r3, r3 < 1, c2 > 0, c2 < c3, c3 < 1)


ORDERS = {
    "Prisoner's Dilemma": "TRPS",
    "Chicken": "TRSP",
    "Stag hunt": "RTPS",
    "Deadlock": "TPRS",
    "Leader": "TSRP",
    "Hero": "STRP",
}
"""Snyder and Diesing's crisis games (model 01) by each player's payoffs, best first."""


def crisis(row_order, column_order, row=None, column=None):
    """Return a 2x2 game with parameters T, R, P, S for each side, ranked as the orders say."""
    given = {"row": row or {}, "column": column or {}}
    orders = {"row": row_order, "column": column_order}
    values = {side: {k: given[side].get(k, 4 - orders[side].index(k)) for k in "TRPS"} for side in orders}

    @dt.game("Row", "Column", name="crisis")
    def game(
        T1=param(values["row"]["T"], "Row stands alone", low=-20, high=20),
        R1=param(values["row"]["R"], "both yield, for Row", low=-20, high=20),
        P1=param(values["row"]["P"], "both stand, for Row", low=-20, high=20),
        S1=param(values["row"]["S"], "Row yields alone", low=-20, high=20),
        T2=param(values["column"]["T"], "Column stands alone", low=-20, high=20),
        R2=param(values["column"]["R"], "both yield, for Column", low=-20, high=20),
        P2=param(values["column"]["P"], "both stand, for Column", low=-20, high=20),
        S2=param(values["column"]["S"], "Column yields alone", low=-20, high=20),
    ):
        cells = {("C", "C"): (R1, R2), ("C", "D"): (S1, T2), ("D", "C"): (T1, S2), ("D", "D"): (P1, P2)}
        sides = [{"T": T1, "R": R1, "P": P1, "S": S1}, {"T": T2, "R": R2, "P": P2, "S": S2}]
        pairs = [itertools.pairwise(order) for order in (row_order, column_order)]
        ranked = [side[a] > side[b] for side, some in zip(sides, pairs, strict=True) for a, b in some]
        return where(matrix(cells), *ranked)

    return game


# -- random games --------------------------------------------------------------------------------------


def hidden_game(seed, payoffs=range(100)):
    """Return a random two-player tree with hidden types and actions and 3 to 7 information sets."""
    rng = random.Random(seed)
    while True:
        game = _hidden_game(rng, payoffs)
        if 3 <= len(game.information_sets) <= 7:
            return game


def _hidden_game(rng, payoffs):
    weight = Fraction(rng.randint(1, 9), 10)
    movers = [rng.randrange(2)]
    movers += [1 - movers[0], rng.randrange(2)][: rng.randint(1, 2)]
    sees_type = [rng.random() < 0.6, rng.random() < 0.25]
    public = [rng.random() < 0.75 for _ in movers]
    counts = [2 if rng.random() < 0.8 else 3 for _ in movers]
    stops, ends = {}, itertools.count()

    def node(kind, history):
        depth = len(history)
        if depth == len(movers) or stops.setdefault(history, depth > 0 and rng.random() < 0.35):
            return end(f"end {next(ends)}", rng.choice(payoffs), rng.choice(payoffs))
        player = movers[depth]
        seen = [str(a) if movers[d] == player or public[d] else "?" for d, a in enumerate(history)]
        label = f"{'AB'[player]} sees {' '.join([kind if sees_type[player] else '?', *seen])}"
        below = {f"{'xyz'[depth]}{a}": node(kind, (*history, a)) for a in range(counts[depth])}
        return move("AB"[player], below, information=label)

    return dt.Game(("A", "B"), chance(s=(weight, node("s", ())), t=(1 - weight, node("t", ()))))


# -- Gambit's opinion ----------------------------------------------------------------------------------


def gambit_text(game):
    """Write a game at its parameter values in Gambit's .efg format, exactly."""
    form, (payoffs, chances) = game.form, game.numbers
    lines = [f'EFG 2 R "game" {{ {" ".join(quoted(player) for player in game.players)} }}', ""]
    number, own = {}, dict.fromkeys(range(len(game.players)), 0)
    stack = [0]
    while stack:
        node = stack.pop()
        h = form.infoset_of[node]
        names = [quoted(label) for label in form.labels[node]]
        if not form.children[node]:
            row = ", ".join(map(str, payoffs[node]))
            lines.append(f't "" {node + 1} {quoted(form.outcome[node])} {{ {row} }}')
        elif h < 0:
            pairs = zip(names, chances[node], strict=True)
            lines.append(f'c "" {node + 1} "" {{ {" ".join(f"{n} {p}" for n, p in pairs)} }} 0')
        else:
            player = form.player_of[h]
            if h not in number:
                own[player] += 1
                number[h] = own[player]
            lines.append(f'p "" {player + 1} {number[h]} {quoted(form.set_names[h])} {{ {" ".join(names)} }} 0')
        stack.extend(reversed(form.children[node]))
    return "\n".join(lines) + "\n"


def quoted(text):
    return '"' + text.replace('"', "'") + '"'


def in_gambit(game):
    """Return a game as Gambit reads it."""
    import pygambit

    return pygambit.read_efg(io.StringIO(gambit_text(game)))


def gambit_profile(other, equilibrium):
    """Return an equilibrium of ours as Gambit's behaviour profile, in rational numbers."""
    profile = other.mixed_behavior_profile(rational=True)
    for infoset in other.infosets:
        row = equilibrium.strategies[infoset.label]
        for action in infoset.actions:
            profile[action] = Fraction(row[action.label])
    return profile


def drawn_values(game, count, seed):
    """Yield so many random values within the ranges and assumptions of a game, off the places where payoffs tie."""
    import numpy as np

    rng, parameters = np.random.default_rng(seed), game.parameters.values()
    for _ in range(500 * count):
        values = {p.name: p.low + (p.high - p.low) * Fraction(int(rng.integers(1, 9973)), 9973) for p in parameters}
        try:
            game.at(values)
        except dt.errors.ParameterError:
            continue
        yield values
        count -= 1
        if count == 0:
            return
    raise AssertionError(f"{count} draws are missing: hardly any values meet the assumptions of {game.name!r}")
