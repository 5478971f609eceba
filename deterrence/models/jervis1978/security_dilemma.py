"""The security dilemma in four worlds, by who has the advantage and whether postures can be told apart.

The Rival wants the status quo with chance ``t``, or is greedy. It takes a defensive or an offensive posture, which the
State sees with chance ``z`` before it takes its own. An offensive posture takes ``o L`` from a side that is not ready,
and brings a greedy one ``o G``; it costs ``c`` where the other is defensive, and where both are offensive each loses
``w``. Where the defence has the advantage, ``o L <= w``, nobody need answer an offensive posture with one. Where the
offence has it, two sides that want the status quo may arm for fear of each other; postures that can be told apart
end that, and further on hold off the greedy, too.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.mechanisms.sanctions import Sanctions
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Rival", "State", name="security-dilemma")
def security_dilemma(
    *,
    offence: Any = share(
        0.6,
        "advantage of the offence, the share that it takes",
        symbol="o",
        plausible=(0.05, 0.95),
        why="holds 0.2 and 0.4, where arming begins to pay the greedy and to call for an answer",
    ),
    visibility: Any = share(
        0.2,
        "chance that the State can tell the Rival's posture",
        symbol="z",
        plausible=(0, "0.95"),
        why="holds 1/3 and 1/2, where the spiral ends and where the greedy are held off",
    ),
    trust: Any = share(
        0.7,
        "chance that the Rival wants the status quo",
        symbol="t",
        plausible=(0.1, 0.95),
        why="holds 1/2, the trust that a State needs that sees nothing",
    ),
    loss: Any = param(
        5,
        "what there is to take from a side that is not ready",
        low=0,
        high=20,
        symbol="L",
        plausible=(1, 10),
        why="holds 10/3, from where an offensive posture must be answered",
    ),
    gain: Any = param(
        5,
        "what it is worth to a greedy Rival",
        low=0,
        high=20,
        symbol="G",
        plausible=(1, 10),
        why="holds 5/3, from where a greedy Rival arms if it is not answered",
    ),
    contest: Any = param(
        2,
        "what each side loses where both are offensive",
        low=0,
        high=10,
        symbol="w",
        plausible=(1.1, 6),
        why="holds 3, above which to be taken unready is the lesser evil",
    ),
    cost: Any = param(
        1,
        "what an offensive posture costs against a defensive one",
        low=0,
        high=5,
        symbol="c",
        plausible=(0.1, 1.9),
        why="less than an armed contest",
    ),
) -> Assumed:
    """Take a defensive or an offensive posture, one after the other, the first seen or not."""

    def postures(wins: Any, offensive: bool, seen: str) -> Node:
        if offensive:
            choices = {
                "stay defensive": end("State unready", wins, -offence * loss),
                "answer in kind": end("armed contest", -contest, -contest),
            }
        else:
            choices = {
                "stay defensive": end("security", 0, 0),
                "answer in kind": end("Rival unready", -offence * loss, -cost),
            }
        return move("State", choices, information=f"State, {seen}")

    def seen_or_not(wins: Any, offensive: bool) -> Node:
        told = f"sees {'an offensive' if offensive else 'a defensive'} posture"
        shown, hidden = postures(wins, offensive, told), postures(wins, offensive, "sees nothing")
        return chance(shown=(visibility, shown), hidden=(1 - visibility, hidden))

    def rival(name: str, wins: Any) -> Node:
        return move(
            "Rival",
            defensive=seen_or_not(wins, False),
            offensive=seen_or_not(wins, True),
            information=f"{name} Rival",
        )

    draws = {
        "status quo": (trust, rival("Status quo", -cost)),
        "greedy": (1 - trust, rival("Greedy", offence * gain - cost)),
    }
    inside = (offence > 0, visibility < 1, trust > 0, trust < 1, loss > 0, gain > 0, cost > 0)
    return where(chance(draws), *inside, contest > cost)


def _exposed(p: Any) -> Any:
    """Return by how much it is worse to be taken unready than to be in an armed contest."""
    return p.offence * p.loss - p.contest


def _greed(p: Any) -> Any:
    """Return what a greedy Rival gains by an offensive posture that is not answered."""
    return p.offence * p.gain - p.cost


def _seen(p: Any) -> Any:
    """Return what being seen costs an offensive Rival, for each time that it is not seen."""
    return p.visibility * p.contest / (1 - p.visibility)


def _trusted(p: Any) -> Any:
    """Tell whether a State that sees nothing stays defensive although a greedy Rival arms."""
    return (1 - p.trust) * _exposed(p) <= p.trust * p.cost


def _map(model: Any, ax: Any) -> Any:
    """Draw which equilibria exist over the visibility of postures and the advantage of the offence."""
    from deterrence.analysis.regions import regions

    return regions(model.game, visibility=(0, 0.98), offence=(0.02, 0.98)).plot(ax=ax)


PEACE, SPIRAL, GREEDY = "security for all", "spiral", "the greedy arm"
DOUBT, TIMES, UNANSWERED = "mutual doubt", "the greedy arm at times", "arms that need no answer"
BOTH = {"Status quo Rival": "defensive", "Greedy Rival": "defensive"}
APART = {"Status quo Rival": "defensive", "Greedy Rival": "offensive", "State, sees nothing": "stay defensive"}

MODEL = Model(
    security_dilemma,
    source="jervis1978",
    relation="in the spirit of",
    changed="Not found in the work, which describes four worlds in words beside a Stag Hunt and a Prisoner's Dilemma.",
    topic="security dilemma",
    note="Of the work its abstract alone was read again. Illustrative payoffs.",
    related=("baliga2004",),
    assumptions=(
        "The State wants the status quo, and the Rival knows it.",
        "The Rival alone knows whether it is greedy.",
        "A posture is either told for certain or not at all.",
        "An armed contest costs more than an offensive posture that turns out needless.",
    ),
    does_not_say="""\
Nobody fights here: an offensive posture takes what it can. The State answers with a posture or not at all, and cannot
build up its defence. That more defence costs more, and that greed may be met halfway, is left out.""",
    names={
        PEACE: BOTH,
        SPIRAL: {"Status quo Rival": "offensive", "Greedy Rival": "offensive", "State, sees nothing": "answer in kind"},
        GREEDY: APART | {"State, sees an offensive posture": "answer in kind"},
        UNANSWERED: APART | {"State, sees an offensive posture": "stay defensive"},
        DOUBT: {"Status quo Rival": "mixed", "Greedy Rival": "offensive", "State, sees nothing": "mixed"},
        TIMES: {"Status quo Rival": "defensive", "Greedy Rival": "mixed", "State, sees nothing": "mixed"},
    },
    axes=("visibility", "offence"),
    claims=(
        Claim(
            "All arm for fear of each other where it is worse to be taken unready than to be in a contest even for a "
            "Rival that is at times seen: (1 - z) o L >= w.",
            "",
            ask.condition_of(SPIRAL),
            lambda p: (1 - p.visibility) * p.offence * p.loss >= p.contest,
        ),
        Claim(
            "All stay defensive where arms do not pay a greedy Rival: o G <= c, or they would be answered and it is "
            "seen often enough, (o G - c)(1 - z) <= z w.",
            "",
            ask.condition_of(PEACE),
            lambda p: (_greed(p) <= 0) | ((_exposed(p) >= 0) & (_greed(p) <= _seen(p))),
        ),
        Claim(
            "The greedy alone arm, and a State that sees it answers, where a State that sees nothing trusts enough, "
            "(1 - t)(o L - w) <= t c.",
            "",
            ask.condition_of(GREEDY),
            lambda p: (_exposed(p) >= 0) & (_greed(p) >= _seen(p)) & _trusted(p),
        ),
        Claim(
            "Where the defence has the advantage, o L <= w, the greedy arm if o G >= c, and nobody answers.",
            "",
            ask.condition_of(UNANSWERED),
            lambda p: (_exposed(p) <= 0) & (_greed(p) >= 0),
        ),
        Claim(
            "Those who want the status quo may arm at times, in doubt of each other, where trust would be enough but "
            "the spiral is there, too.",
            "",
            ask.condition_of(DOUBT),
            lambda p: (_seen(p) <= _exposed(p)) & _trusted(p),
        ),
        Claim(
            "Where trust is not enough the greedy may arm at times, if being seen costs them more than they gain but "
            "less than it would cost to be unready, or the reverse.",
            "",
            ask.condition_of(TIMES),
            lambda p: (
                (_exposed(p) >= 0)
                & ((1 - p.trust) * _exposed(p) >= p.trust * p.cost)
                & ((_seen(p) - _greed(p)) * (_seen(p) - _exposed(p)) <= 0)
            ),
        ),
        Claim(
            "The offence has the advantage and postures cannot be told apart, the most dangerous world: security "
            "for all is no equilibrium, and the spiral is one.",
            "",
            ask.classes_at(visibility=0),
            {SPIRAL, GREEDY, DOUBT},
        ),
        Claim(
            "The defence has the advantage and postures cannot be told apart: security for all, at o = 0.15, though "
            "the greedy would arm at 0.3.",
            "",
            lambda model: [ask.classes_at(visibility=0, offence=value)(model) for value in (0.15, 0.3)],
            [{PEACE}, {UNANSWERED}],
        ),
        Claim(
            "The offence has the advantage and postures can mostly be told apart: no spiral, and the greedy alone "
            "arm at z = 0.45, nobody at 0.9.",
            "",
            lambda model: [ask.classes_at(visibility=value)(model) for value in (0.45, 0.9)],
            [{GREEDY}, {PEACE}],
        ),
        Claim(
            "The defence has the advantage and postures can be told apart, the safest world: security for all.",
            "",
            ask.classes_at(visibility=0.9, offence=0.15),
            {PEACE},
        ),
        Claim(
            "At the defaults the spiral ends at a visibility of 1/3, and the greedy are held off from 1/2.",
            "",
            # 1 - 2/(0.6*5) = 1/3, and (3 - 1)(1 - z) = 2 z at 1/2.
            ask.boundaries_of("visibility", "offensive"),
            lambda p: (1 - p.contest / (p.offence * p.loss), _greed(p) / (_greed(p) + p.contest)),
        ),
        Claim(
            "In the spiral both lose w, and trust helps neither.",
            "",
            lambda model: [ask.formula_of(payoff(who), SPIRAL)(model) for who in ("Rival", "State")],
            lambda p: [-p.contest, -p.contest],
        ),
        Claim(
            "Where the greedy alone arm, the State loses (1 - t)(z w + (1 - z) o L).",
            "",
            ask.formula_of(payoff("State"), GREEDY),
            lambda p: -(1 - p.trust) * (p.visibility * p.contest + (1 - p.visibility) * p.offence * p.loss),
        ),
        Claim(
            "And the Rival gets (1 - t)((1 - z)(o G - c) - z w).",
            "",
            ask.formula_of(payoff("Rival"), GREEDY),
            lambda p: (1 - p.trust) * ((1 - p.visibility) * _greed(p) - p.visibility * p.contest),
        ),
        Claim(
            "In mutual doubt a State that sees nothing arms with chance 3/4 at the defaults.",
            "",
            # A Rival that wants the status quo: 0.8*3 a = 0.2*2 + 0.8*(2 a + 1 - a), so 2.4 a = 1.2 + 0.8 a.
            ask.value_at(lambda one: one.strategies["State, sees nothing"]["answer in kind"], DOUBT),
            "0.75",
            basis="computed",
        ),
        Claim(
            "Then a better view of postures makes the State arm more, not less, when it sees nothing.",
            "",
            ask.sign_of("visibility", lambda one: one.strategies["State, sees nothing"]["answer in kind"], DOUBT),
            "rises",
        ),
        Claim(
            "A little more advantage of the offence may hold off the greedy: with postures told at 0.9 they arm at "
            "o = 0.39, where nobody need answer, and not at 0.41.",
            "",
            # The answer pays the State from o L = w on, at 0.4.
            lambda model: [ask.classes_at(visibility=0.9, offence=value)(model) for value in (0.39, 0.41)],
            [{UNANSWERED}, {PEACE}],
            basis="own",
        ),
        Claim(
            "A sanction on a Rival that leaves the State unready makes security for all possible at the defaults if "
            "it is 1.6, and not if it is 1.4.",
            "",
            # (3 - 1 - 1.6)*0.8 = 0.32 is less than the 0.4 that being seen costs, (3 - 1 - 1.4)*0.8 = 0.48 is more.
            lambda model: [
                PEACE
                in ask.under(ask.classes_at(), Sanctions("Rival", outcomes=("State unready",), pressure=pressure))(
                    model
                )
                for pressure in (1.6, 1.4)
            ],
            [True, False],
            basis="own",
        ),
    ),
    draws=_map,
    theory=Theory(
        mechanism=("arms", "coordination", "reassurance"),
        actors="two states",
        information=("one-sided", "noisy signal"),
        result=("several outcomes", "deters", "war without a mistake"),
        finding="Two sides that want the status quo arm against each other only where the offence has the advantage "
        "and postures can hardly be told apart.",
        means=("denial", "punishment"),
        scope=("direct",),
        phase=("general",),
        neighbours={
            "snyder1977/stag_hunt": "Both want the compromise for certain, and nobody sees what the other does.",
            "baliga2004/arms_race": "Both sides have many types, and a small chance of greed makes all arm.",
            "schelling1960/surprise_attack": "What each fears is a strike that the other does not want.",
        },
    ),
)
