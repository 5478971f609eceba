"""Threaten sanctions when nobody knows how the other ranks what follows.

The Sender leaves things as they are or threatens; the Target concedes or resists; the Sender imposes sanctions or
backs down. What sanctions and backing down are worth to the Sender, and sanctions to the Target, carries a private
normal shock. All moves are then probabilities, tied together by one equation in the Target's resistance; where it has
several solutions, all are equilibria.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from deterrence.answers.measure import payoff
from deterrence.games.continuum.families import Normal
from deterrence.games.continuum.notation import draw
from deterrence.games.notation import end, game, move
from deterrence.games.parameter import param
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

PLAYERS = ("Sender", "Target")
OUTCOMES = ("status quo", "concession", "sanctions", "back down")
NEARLY = 1e-7
THREAT, RESIST, IMPOSE = (
    "chance of a threat",
    "chance of resistance to a threat",
    "chance that a resisted threat is kept",
)
DECIDED = {THREAT: ("Sender | start", "threaten"), RESIST: ("Target", "resist"), IMPOSE: ("Sender resisted", "impose")}
"""Where each chance is decided, and by which action."""


@game(*PLAYERS, name="sanction-threats")
def sanction_threats(
    *,
    sender_status_quo: Any = param(
        0,
        "Sender's payoff if things stay as they are",
        low=-5,
        high=5,
        symbol="S_A",
        plausible=(-1, 1),
        why="from a grievance to as good as the Target's concession",
    ),
    sender_success: Any = param(
        1,
        "Sender's payoff if the Target concedes",
        low=-5,
        high=5,
        symbol="V_A",
        plausible=(0, 3),
        why="from no better than the status quo to three shocks above",
    ),
    sender_sanctions: Any = param(
        -0.5,
        "Sender's mean payoff from imposing sanctions",
        low=-5,
        high=5,
        symbol="W_A",
        plausible=(-2, 1),
        why="from costly sanctions to some that please at home",
    ),
    sender_back_down: Any = param(
        -0.6,
        "Sender's mean payoff from backing down, audience costs included",
        low=-5,
        high=5,
        symbol="a",
        plausible=(-3, 0.5),
        why="from a heavy price at home to none at all",
    ),
    target_concession: Any = param(
        0,
        "Target's payoff from conceding",
        low=-5,
        high=5,
        symbol="C_B",
        plausible=(-1, 1),
        why="one standard deviation of the shocks either way",
    ),
    target_sanctions: Any = param(
        -0.8,
        "Target's mean payoff under sanctions",
        low=-5,
        high=5,
        symbol="W_B",
        plausible=(-3, 0.5),
        why="from crippling sanctions to some that rally support",
    ),
    target_spared: Any = param(
        1,
        "Target's payoff if the Sender backs down",
        low=-5,
        high=5,
        symbol="V_B",
        plausible=(0, 2),
        why="from no better than conceding to a triumph",
    ),
    target_status_quo: Any = param(
        1,
        "Target's payoff if things stay as they are",
        low=-5,
        high=5,
        symbol="S_B",
        plausible=(0, 2),
        why="decides nothing; about as good as to be spared",
    ),
    spread: Any = param(
        1,
        "standard deviation of the private shocks",
        low=0.3,
        high=3,
        symbol=r"\sigma",
        plausible=(0.4, 2),
        why="from nearly open payoffs to shocks that outweigh them",
    ),
) -> Any:
    """Threaten, resist, impose: each side's payoffs carry a private shock."""

    def threats(shock_impose: Any, shock_back: Any, shock_target: Any) -> Any:
        kept = move(
            "Sender",
            information="Sender resisted",
            impose=end("sanctions", sender_sanctions + shock_impose, target_sanctions + shock_target),
            back_down=end("back down", sender_back_down + shock_back, target_spared),
        )
        answered = move("Target", concede=end("concession", sender_success, target_concession), resist=kept)
        return move("Sender", quiet=end("status quo", sender_status_quo, target_status_quo), threaten=answered)

    def shock(player: str, then: Any) -> Any:
        return draw(Normal(0, spread), seen_by=player, then=then)

    return shock(
        "Sender",
        lambda shock_impose: shock(
            "Sender",
            lambda shock_back: shock("Target", lambda shock_target: threats(shock_impose, shock_back, shock_target)),
        ),
    )


def number(name: str) -> Any:
    """Return the measure that reads one of the chances of the moves, where the move is to be made."""
    where, action = DECIDED[name]
    return lambda equilibrium: equilibrium.strategies[where].at().get(action, 0)


def _three(**values: Any) -> ask.Question:
    return lambda model: [ask.value_at(number(name), "", **values)(model) for name in (THREAT, RESIST, IMPOSE)]


ALWAYS, RARELY = -5, 1
"""What the status quo is worth to a Sender that threatens always, and to one that threatens only if imposing sanctions,
or backing down, is worth as much as a concession: whatever the Target does, the cutoff is then 1."""


def _concedes(status_quo: Any, **values: Any) -> ask.Question:
    """Ask how often the Target concedes to a threat by a Sender to whom the status quo is worth so much."""
    return lambda model: 1 - ask.value_at(number(RESIST), sender_status_quo=status_quo, **values)(model)


def _informs(status_quo: Any, **values: Any) -> ask.Question:
    """Ask what a threat's being made adds to concessions.

    Coercion is what the Target concedes at the belief that it holds beforehand, which is its belief after a threat that
    everybody makes. Information is the rest: concession at the belief after this threat, less that.
    """
    return lambda model: _concedes(status_quo, **values)(model) - _concedes(ALWAYS, **values)(model)


def _tells(_game: Any, solution: Any) -> bool:
    """Tell whether a threat raises the belief that it is kept where imposing is better than backing down on average."""
    from scipy.special import ndtr

    at = {name: float(value) for name, value in solution.game.values.items()}
    better = at["sender_sanctions"] - at["sender_back_down"]
    before = float(ndtr(better / (at["spread"] * np.sqrt(2))))
    return all((number(IMPOSE)(one) - before) * np.sign(better) >= -NEARLY for one in solution)


def _curves(model: Any, ax: Any) -> Any:
    """Draw what happens as backing down becomes costlier."""
    from deterrence.analysis.sweep import sweep

    return sweep(model.game, *OUTCOMES, sender_back_down=np.linspace(-3, 0.5, 50).round(4)).plot(ax=ax)


OTHERS = {
    "sender_status_quo": 0.1,
    "sender_success": 0.9,
    "target_concession": -0.1,
    "target_spared": 0.7,
    "target_status_quo": 0.6,
    "spread": 0.8,
}
"""Payoffs of which no two are the same."""

MODEL = Model(
    sanction_threats,
    source="whang2013",
    relation="exact",
    changed=(
        "Nothing is changed in its form, as recalled: the game of threats with private shocks of Lewis and Schultz "
        "(2003), which the work applies to sanctions."
    ),
    topic="sanctions",
    note=(
        "Not re-read. The Target's payoff in the status quo decides nothing. Equilibria are looked for at 145 chances "
        "of resistance, so that two closer to each other may be missing."
    ),
    assumptions=(
        "Shocks are normal, independent, of one standard deviation, and private.",
        "The Sender knows its shocks before it threatens; the Target sees the threat and nothing else.",
    ),
    claims=(
        Claim(
            "At the numbers of the reference a threat has probability 0.860668, resistance 0.534092, and a resisted "
            "threat is kept with 0.530346.",
            "",
            _three(),
            ["0.860668", "0.534092", "0.530346"],
            basis="computed",
        ),
        Claim(
            "With an audience cost of 1 for backing down these are 0.992096, 0.300558 and 0.782960.",
            "",
            _three(sender_back_down=-1.6),
            ["0.992096", "0.300558", "0.782960"],
            basis="computed",
        ),
        Claim(
            "At the numbers of the reference the Sender expects 0.503597 and the Target 0.341623.",
            "",
            ask.each_of(ask.value_at(payoff("Sender")), ask.value_at(payoff("Target"))),
            # by adaptive quadrature and bisection, over the greater of the Sender's two shocks and the Target's own
            ["0.503597", "0.341623"],
            basis="computed",
        ),
        Claim(
            "With other payoffs throughout and a spread of 0.8 the chances of the moves are 0.828888, 0.492797 and "
            "0.538519, the payoffs 0.436829 and 0.159039, and the outcomes follow.",
            "",
            ask.each_of(
                *(
                    ask.value_at(measure, "", **OTHERS)
                    for measure in (*map(number, (THREAT, RESIST, IMPOSE)), *map(payoff, PLAYERS), *OUTCOMES)
                )
            ),
            # likewise; status quo, concession, sanctions and back down are 1 - t, t (1 - r), t r k and t r (1 - k)
            [
                "0.828888",
                "0.492797",
                "0.538519",
                "0.436829",
                "0.159039",
                "0.171112",
                "0.420414",
                "0.219971",
                "0.188503",
            ],
            basis="computed",
        ),
        Claim(
            "Costlier climb-downs make threats more credible at the numbers of the reference.",
            "",
            ask.moves("sender_back_down", number(IMPOSE), "falls", others=0),
        ),
        Claim(
            "They are resisted less there.",
            "",
            ask.moves("sender_back_down", number(RESIST), "rises", others=0),
        ),
        Claim(
            "The better sanctions are for the Sender, the more it threatens there.",
            "",
            ask.moves("sender_sanctions", number(THREAT), "rises", others=0),
        ),
        # Among Senders whose better choice is worth m, the odds of imposing are f(m - W) F(m - a) to f(m - a) F(m - W),
        # with f and F the normal density and distribution. As f/F falls, and its logarithm is concave, these odds rise
        # in m if W > a, fall if W < a, and a threat picks the Senders with a great m.
        Claim(
            "A threat makes the Target believe more in sanctions if the Sender would on average rather impose them "
            "than back down, and less if not.",
            "",
            ask.always(_tells),
        ),
        Claim(
            "With an audience cost of 1 and a threat that every Sender makes, so that it tells nothing, coercion alone "
            "has the Target concede with probability 0.698703.",
            "",
            _concedes(ALWAYS, sender_back_down=-1.6),
            "0.698703",
            basis="computed",
        ),
        Claim(
            "If only those threaten to whom it is worth as much as a concession, the belief in sanctions rises to "
            "0.937099; this information adds 0.069480 to concessions.",
            "",
            lambda model: [
                ask.value_at(number(IMPOSE), sender_status_quo=RARELY, sender_back_down=-1.6)(model),
                _informs(RARELY, sender_back_down=-1.6)(model),
            ],
            ["0.937099", "0.069480"],
            basis="computed",
        ),
        Claim(
            "Where backing down is rather a relief, at 0.4, the same information undoes what coercion gains: "
            "concessions fall from 0.022056 to 0.000033.",
            "",
            lambda model: [_concedes(quo, sender_back_down=0.4)(model) for quo in (ALWAYS, RARELY)],
            ["0.022056", "0.000033"],
            basis="computed",
        ),
        Claim(
            "Coercion does more than information here: sanctions twice as harsh, and no news, bring 0.906695.",
            "",
            _concedes(ALWAYS, sender_back_down=-1.6, target_sanctions=-1.6),
            "0.906695",
            basis="computed",
        ),
        Claim(
            "The milder sanctions are for the Target, the more it resists a threat that tells nothing.",
            "",
            lambda model: ask.moves("target_sanctions", number(RESIST), "rises", others=0)(
                model.at(sender_status_quo=ALWAYS)
            ),
        ),
    ),
    draws=_curves,
    does_not_say="""\
Sanctions are imposed or not, once; how long they last and what they cost over time is left out. The shocks stand for
what the analyst does not see as much as for what the players do not. What comes of coercion and what of information is
told apart by us, within the game; the work, as its abstract says, asks it of data and finds for coercion.""",
    theory=Theory(
        mechanism=("sanctions", "signalling"),
        actors="senders and target",
        information=("two-sided",),
        result=("deters", "reveals"),
        finding="A threat works both by what it would cost and by what it tells of the Sender.",
        means=("punishment",),
        phase=("general", "immediate"),
        neighbours={
            "lacy2004/sanctions_threat": "There each side has one of two types.",
            "signorino1999/strategic_choice": "There the noise is an error of one's own.",
        },
    ),
    related=("lewis2003",),
)
