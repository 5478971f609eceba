"""A tripartite crisis: a Protégé that may change sides if its Defender does not support it.

A Challenger demands something of a Protégé, or leaves things as they are. The Protégé concedes or holds firm; the
Defender then supports it or not. Supported, the Challenger presses on to conflict or backs down; left alone, the
Protégé realigns with the Challenger or yields. The threat to realign is credible where ``z <= 1``, and is meant for
the Defender, who supports where ``c <= 1`` if it is credible, and only where ``c <= s`` if not. So it may deter the
Challenger. But where nothing makes the Defender support, ``c >= 1``, and realigning costs the Protégé less than
conceding, ``z <= k``, the threat invites the demand: the Challenger gains the Protégé itself.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed
from deterrence.mechanisms.audience_costs import AudienceCosts
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

PLAYERS = ("Challenger", "Defender", "Protégé")


@game(*PLAYERS)
def tripartite_crisis(
    *,
    gain: Any = param(
        2,
        "what the demand, once granted, is worth to the Challenger, less what the crisis costs; backing down costs 1",
        low=-10,
        high=10,
        symbol="g",
        plausible=(-2, 4),
        why="holds 0, below which a demand that is granted is not worth a crisis",
    ),
    prize: Any = param(
        3,
        "what the Protégé's realignment is worth to the Challenger, likewise",
        low=0,
        high=10,
        symbol="h",
        plausible=(0.5, 6),
        why="an ally won is worth more than a demand granted, or little",
    ),
    war: Any = param(
        0.5,
        "what conflict costs the Challenger; backing down costs 1",
        low=0,
        high=5,
        symbol="w",
        plausible=(0.1, 2),
        why="holds 1, up to which the Challenger is determined",
    ),
    concession: Any = share(
        0.6,
        "what conceding at once costs the Protégé; yielding alone costs 1",
        symbol="k",
        plausible=(0.05, 0.95),
        why="holds 0.3, below which it would concede rather than fight",
    ),
    realignment: Any = param(
        0.8,
        "what realigning costs the Protégé; yielding alone costs 1",
        low=0,
        high=5,
        symbol="z",
        plausible=(0.1, 2),
        why="holds 1, up to which the threat to realign is credible",
    ),
    fighting: Any = param(
        0.3,
        "what conflict beside the Defender costs the Protégé",
        low=0,
        high=5,
        symbol="p",
        plausible=(0.05, 1.2),
        why="holds 0.6, above which it would concede rather than fight",
    ),
    support: Any = param(
        0.7,
        "what conflict costs the Defender; the Protégé's realignment costs 1",
        low=0,
        high=5,
        symbol="c",
        plausible=(0.1, 2),
        why="holds 0.4 and 1, what support may save",
    ),
    sacrifice: Any = share(
        0.4,
        "what it costs the Defender if the Protégé yields alone; its realignment costs 1",
        symbol="s",
        plausible=(0.05, 0.95),
        why="holds 0.7, from which a loyal Protégé is supported, too",
    ),
) -> Assumed:
    """Demand or leave; concede or hold firm; support or withhold; press on or back down, realign or yield."""
    supported = move(
        "Challenger",
        {"back down": end("Challenger backs down", -1, 0, 0), "press on": end("conflict", -war, -support, -fighting)},
        information="Challenger, resisted",
    )
    alone = move(
        "Protégé",
        {"yield": end("Protégé yields", gain, -sacrifice, -1), "realign": end("realignment", prize, -1, -realignment)},
        information="Protégé, alone",
    )
    firm = move("Defender", {"withhold": alone, "support": supported}, information="Defender")
    pressed = move(
        "Protégé",
        {"concede": end("settlement", gain, 0, -concession), "hold firm": firm},
        information="Protégé",
    )
    tree = move("Challenger", {"leave": end("status quo", 0, 0, 0), "demand": pressed}, information="Challenger")
    inside = (prize > 0, war > 0, concession > 0, concession < 1, fighting > 0, support > 0)
    return where(tree, *inside, sacrifice > 0, sacrifice < 1)


def _determined(p: Any) -> Any:
    return p.war <= 1


def _supported(p: Any) -> Any:
    """Return where a Defender supports against a determined Challenger."""
    return ((p.realignment <= 1) & (p.support <= 1)) | ((p.realignment >= 1) & (p.support <= p.sacrifice))


def _left_alone(p: Any) -> Any:
    return ((p.realignment <= 1) & (p.support >= 1)) | ((p.realignment >= 1) & (p.support >= p.sacrifice))


def _concedes(p: Any) -> Any:
    """Return where the Protégé concedes to a determined Challenger."""
    return (_supported(p) & (p.fighting >= p.concession)) | (_left_alone(p) & (p.realignment >= p.concession))


def _never_emboldened(present: Any, solution: Any) -> bool:
    """Return whether a conflict that costs the Defender half as much leaves the status quo where there is one."""
    from deterrence.solvers.solve import solve

    cheaper = solve(present.at(support=present.values["support"] / 2))
    return min(one.outcomes["status quo"] for one in cheaper) >= max(one.outcomes["status quo"] for one in solution)


def _map(model: Any, ax: Any) -> Any:
    """Draw what happens over what realigning costs the Protégé and what conflict costs the Defender."""
    from deterrence.analysis.regions import regions

    return regions(model.game, realignment=(0.02, 1.6), support=(0.02, 1.6)).plot(ax=ax)


SUPPORT, HESITATION, IDLE = "deterrence by support", "hesitant Challenger", "not worth a crisis"
SETTLEMENT, REALIGNMENT = "settlement", "realignment"
DISLOYAL: dict[str, Any] = {"realignment": 0.8}
LOYAL: dict[str, Any] = {"realignment": 1.2}
FORSAKEN: dict[str, Any] = {"support": 1.2}
"""A Defender whom no threat of the Protégé moves to fight."""

MODEL = Model(
    tripartite_crisis,
    source="zagare2003",
    relation="in the spirit of",
    changed=(
        "Not found in the work, in this form: the order of the moves is recalled and not re-read, the payoffs are "
        "ours, and all is known, where the work hides who is determined, staunch or loyal."
    ),
    topic="alliances",
    related=("snyder1984",),
    note="The abstract was read, not the article. Illustrative payoffs, each in units of the player's own.",
    assumptions=(
        "The Challenger is determined where conflict costs it less than backing down; all know whether it is.",
        "The Protégé can realign only after it was left alone.",
        "For the Defender to lose the Protégé to the other side is worse than to see it yield.",
        "Yielding alone is worse for the Protégé than conceding at once.",
    ),
    does_not_say="""\
As nothing is hidden, nobody errs, and there is no conflict: only the threat of it works. Whether threats are
believed, which is the work's subject, is left out. A Protégé that realigns is bought by nobody: what it gets there
is one number.""",
    names={
        SUPPORT: {
            "Challenger": "leave",
            "Challenger, resisted": "press on",
            "Protégé": "hold firm",
            "Defender": "support",
        },
        HESITATION: {"Challenger": "leave", "Challenger, resisted": "back down"},
        IDLE: {"Challenger": "leave", "Challenger, resisted": "press on", "Protégé": "concede"},
        SETTLEMENT: {"Challenger": "demand", "Protégé": "concede"},
        REALIGNMENT: {"Challenger": "demand", "Protégé": "hold firm", "Protégé, alone": "realign"},
    },
    axes=("realignment", "support"),
    theory=Theory(
        mechanism=("alliance", "credibility"),
        actors="alliance",
        information=("complete",),
        result=("trades off", "deters", "backfires"),
        finding=(
            "The Protégé's threat to change sides deters a Challenger where it moves the Defender to support it, "
            "and invites a demand where nothing does."
        ),
        means=("punishment",),
        scope=("extended",),
        phase=("general", "immediate"),
        neighbours={
            "snyder1984/alliance": "The Protégé cannot change sides, and does not know how reliable its Defender is.",
            "zagare2000/unilateral_deterrence": "There is no third party: the Defender's own ground is at stake.",
        },
    ),
    claims=(
        Claim(
            "A determined Challenger, w <= 1, is deterred where the Defender supports, c <= 1 if the threat to "
            "realign is credible and c <= s if not, and the Protégé would rather fight than concede, p <= k.",
            "",
            ask.condition_of(SUPPORT),
            lambda p: _determined(p) & _supported(p) & (p.fighting <= p.concession),
        ),
        Claim(
            "A Challenger that would back down, w >= 1, demands nothing: every Defender supports against it.",
            "",
            ask.condition_of(HESITATION),
            lambda p: p.war >= 1,
        ),
        Claim(
            "The Protégé concedes to a determined one, and is asked to where g >= 0, if it is supported and p >= k, or "
            "left alone and z >= k.",
            "",
            ask.condition_of(SETTLEMENT),
            lambda p: _determined(p) & (p.gain >= 0) & _concedes(p),
        ),
        Claim(
            "Where it would concede and that is not worth a crisis, g <= 0, nothing is demanded.",
            "",
            ask.condition_of(IDLE),
            lambda p: _determined(p) & (p.gain <= 0) & _concedes(p),
        ),
        Claim(
            "The Protégé changes sides where the Challenger is determined, conflict is too costly for the Defender "
            "even so, c >= 1, and realigning costs less than conceding, z <= k.",
            "",
            ask.condition_of(REALIGNMENT),
            lambda p: _determined(p) & (p.support >= 1) & (p.realignment <= p.concession),
        ),
        Claim(
            "The threat to realign deters: with a conflict that costs the Defender 0.7, more than 0.4 and less "
            "than 1, the Challenger leaves a disloyal Protégé alone, and gets its way with a loyal one.",
            "",
            lambda model: [ask.classes_at(**protege)(model) for protege in (DISLOYAL, LOYAL)],
            [{SUPPORT}, {SETTLEMENT}],
            # 0.8 < 1: left alone it would realign, and support is worth 1 - 0.7; 1.2 > 1: it would yield, 0.4 - 0.7 < 0
            basis="computed",
        ),
        Claim(
            "At the defaults the loyalty at which deterrence ends is that of a Protégé that loses as much either way, "
            "z = 1.",
            "",
            ask.threshold_value("realignment", "status quo"),
            1,
        ),
        Claim(
            "The threat invites a demand: where conflict costs the Defender 1.2 and a concession alone is not "
            "worth a crisis, g = -1, the Challenger demands of a Protégé to whom realigning costs 0.5, and not "
            "where it costs 0.8 or 1.2.",
            "",
            lambda model: [
                ask.value_at("demand", gain=-1, realignment=cost, **FORSAKEN)(model) for cost in (0.5, 0.8, 1.2)
            ],
            [1, 0, 0],
            # support costs 1.2 > 1; 0.5 < 0.6 < 0.8: only at 0.5 it would rather realign than concede
            basis="computed",
        ),
        Claim(
            "The same threat has the two effects according to what conflict costs the Defender: with z = 0.5 "
            "support ends, and the Protégé changes sides, at c = 1, whatever the Challenger gains by a concession.",
            "",
            lambda model: [
                ask.threshold_value("support", "realignment", realignment=0.5, gain=gain)(model) for gain in (-1, 2)
            ],
            [1, 1],
        ),
        Claim(
            "Half the cost of conflict to the Defender never makes a demand where there was none.",
            "",
            ask.always(_never_emboldened),
        ),
        Claim(
            "There is neither conflict, nor a Challenger that backs down, nor a Protégé that yields alone: where "
            "all is known nobody chooses the way there.",
            "",
            ask.always(
                lambda _game, solution: all(
                    one.outcomes.get(name, 0) == 0
                    for one in solution
                    for name in ("conflict", "Challenger backs down", "Protégé yields")
                )
            ),
        ),
        Claim(
            "A realignment brings the Challenger h.",
            "",
            ask.formula_of(payoff("Challenger"), REALIGNMENT),
            lambda p: p.prize,
        ),
        Claim(
            "It costs the Defender 1, by which its other losses are measured.",
            "",
            ask.formula_of(payoff("Defender"), REALIGNMENT),
            -1,
        ),
        Claim(
            "It costs the Protégé z.",
            "",
            ask.formula_of(payoff("Protégé"), REALIGNMENT),
            lambda p: -p.realignment,
        ),
        Claim(
            "A settlement brings the Challenger g.",
            "",
            ask.formula_of(payoff("Challenger"), SETTLEMENT),
            lambda p: p.gain,
        ),
        Claim(
            "It costs the Protégé k, and the Defender nothing.",
            "",
            lambda model: [ask.formula_of(payoff(player), SETTLEMENT)(model) for player in ("Protégé", "Defender")],
            lambda p: (-p.concession, 0 * p.concession),
        ),
        Claim(
            "Deterrence leaves all three as they were.",
            "",
            lambda model: [ask.formula_of(payoff(player), SUPPORT)(model) for player in PLAYERS],
            [0, 0, 0],
        ),
        Claim(
            "A price of 0.4 on withholding support, in the eyes of an audience, makes up for disloyalty that is "
            "missing: the loyal Protégé is then supported up to c = 0.4 + 0.4.",
            "",
            ask.under(
                ask.threshold_value("support", "status quo", **LOYAL),
                AudienceCosts(retreat="withhold", player="Defender", audience_cost=0.4),
            ),
            "0.8",
            basis="own",
        ),
    ),
    draws=_map,
)
