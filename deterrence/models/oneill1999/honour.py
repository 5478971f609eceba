"""Honour: answer an insult before an audience that respects only the willing.

A Challenger insults a State or lets it be. The State, willing to fight with chance ``w``, answers with a duel or bears
the insult, and an Audience that saw it respects it or scorns it. The Audience respects whom it believes to be willing;
scorn costs the State ``h``, a duel costs it ``k`` if it is willing and ``u`` if it is not. Honour is a belief, and has
its price: who bears an insult may be scorned, since the willing would have answered. Where a duel costs even the
unwilling less than scorn, and most are willing, all would answer, and so nobody is insulted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory
from deterrence.refinements import d1

WILLING: Any = share(
    0.4,
    "chance that the State is willing to fight for its honour",
    symbol="w",
    plausible=(0.05, 0.95),
    why="holds 1/2, from which it has the Audience's respect to lose",
)
HONOUR: Any = param(
    1,
    "what scorn costs the State",
    low=0,
    high=10,
    symbol="h",
    plausible=(0.52, 3),
    why="holds 1.5, from which it drives the unwilling, too",
)
DUEL: Any = param(
    0.5,
    "what a duel costs a willing State",
    low=0,
    high=10,
    symbol="k",
    plausible=(0.05, 0.95),
    why="less than scorn, or it would not be willing",
)
DREAD: Any = param(
    1.5,
    "what a duel costs an unwilling State",
    low=0,
    high=10,
    symbol="u",
    plausible=(0.55, 4),
    why="holds 1, up to which scorn drives it",
)
GAIN: Any = param(
    1,
    "what an insult that is borne brings the Challenger",
    low=0,
    high=5,
    symbol="g",
    plausible=(0.1, 4),
    why="holds 2/3, below which the willing few deter insults",
)
LOSS: Any = param(
    1,
    "what a duel costs the Challenger",
    low=0,
    high=5,
    symbol="l",
    plausible=(0.1, 4),
    why="holds 1.5, above which the willing few deter insults",
)


Ends = Callable[[str, Any, Any, Any], Node]
"""Make an end of its name and the payoffs of Challenger, State and Audience."""


def _insulted(ends: Ends, able: bool, honour: Any, cost: Any, challenger: tuple[Any, Any]) -> Node:
    """Return what follows an insult to a State that is willing, or not, for whom a duel has a cost."""
    gain, loss = challenger

    def judged(seen: str, challenged: Any, spent: Any) -> Node:
        respected = ends(f"{seen}, respected", challenged, -spent, 1 if able else -1)
        scorned = ends(f"{seen}, scorned", challenged, -spent - honour, 0)
        return move("Audience", {"respect": respected, "scorn": scorned}, information=f"Audience, {seen}")

    choices = {"answer": judged("duel", -loss, cost), "bear": judged("insult borne", gain, 0)}
    return move("State", choices, information="willing State" if able else "unwilling State")


@game("Challenger", "State", "Audience")
def honour(
    *,
    willing: Any = WILLING,
    honour: Any = HONOUR,
    duel: Any = DUEL,
    dread: Any = DREAD,
    gain: Any = GAIN,
    loss: Any = LOSS,
) -> Assumed:
    """Insult or let be; answer or bear it; respect or scorn."""

    def challenger(able: bool) -> Node:
        insult = _insulted(end, able, honour, duel if able else dread, (gain, loss))
        return move("Challenger", {"let be": end("quiet", 0, 0, 0), "insult": insult}, information="Challenger")

    drawn = chance({"willing": (willing, challenger(True)), "unwilling": (1 - willing, challenger(False))})
    inside = (willing > 0, willing < 1, duel > 0, duel < honour, duel < dread)
    return where(drawn, *inside, gain > 0, loss > 0)


@game("State", "Audience", name="honour-after-an-insult")
def insulted(*, willing: Any = WILLING, honour: Any = HONOUR, duel: Any = DUEL, dread: Any = DREAD) -> Assumed:
    """Answer an insult that was made or bear it; respect or scorn."""

    def ends(outcome: str, _challenger: Any, state: Any, audience: Any) -> Node:
        return end(outcome, state, audience)

    def state(able: bool) -> Node:
        return _insulted(ends, able, honour, duel if able else dread, (0, 0))

    drawn = chance({"willing": (willing, state(True)), "unwilling": (1 - willing, state(False))})
    return where(drawn, willing > 0, willing < 1, duel > 0, duel < honour, duel < dread)


COMMON, WILLING_DETER, DUELS = "common honour", "deterrence by the willing", "duels of the willing"
STOIC, SCORNED = "insults borne with respect", "insults borne with scorn"
BLUSTER_DETERS, BLUSTER = "deterrence by bluster", "bluster"
RELUCTANT_DETER, RELUCTANT = "deterrence by the reluctant", "reluctant duels"

AFTER: dict[str, dict[str, str]] = {
    COMMON: {"willing State": "answer", "unwilling State": "answer"},
    DUELS: {"willing State": "answer", "unwilling State": "bear"},
    STOIC: {"willing State": "bear", "unwilling State": "bear", "Audience, insult borne": "respect"},
    SCORNED: {"willing State": "bear", "unwilling State": "bear", "Audience, insult borne": "scorn"},
    BLUSTER: {"willing State": "answer", "unwilling State": "mixed"},
    RELUCTANT: {"willing State": "mixed", "unwilling State": "bear"},
}
"""The equilibria after an insult."""


def blusters(one: Any) -> Any:
    """Measure how often an unwilling State answers an insult."""
    return one.strategies["unwilling State"]["answer"]


def earns(one: Any) -> Any:
    """Measure how often a duel earns respect."""
    return one.strategies["Audience, duel"]["respect"]


def _after(question: ask.Question) -> ask.Question:
    """Ask a question of the game that begins after an insult."""
    return lambda model: question(replace(model, game=insulted.with_class_names(AFTER)))


def _map(model: Any, ax: Any) -> Any:
    """Draw which equilibria exist over how many are willing and what scorn costs."""
    from deterrence.analysis.regions import regions

    return regions(model.game, willing=(0.02, 0.98), honour=(0.52, 3)).plot(ax=ax)


def _few(p: Any) -> Any:
    return 2 * p.willing <= 1


def _most(p: Any) -> Any:
    return 2 * p.willing >= 1


PLAYERS = ("Challenger", "State", "Audience")

MODEL = Model(
    honour,
    source="oneill1999",
    relation="in the spirit of",
    changed="""\
Not found in the work, whose games of honour were not re-read: here is kept the idea that one's honour is what others \
believe of one's willingness to fight, and that an insult puts it to the test.""",
    topic="reputation",
    related=("mercer1996", "cho1987"),
    note="The table of contents and reviews were read, not the games. Illustrative payoffs.",
    assumptions=(
        "The State alone knows whether it is willing to fight.",
        "The Audience wants to respect the willing and nobody else, and to err either way is as bad.",
        "A willing State would rather fight than be scorned for certain.",
        "A State that is not insulted keeps the standing it had.",
    ),
    does_not_say="""\
Why an audience should respect the willing is not explained, nor who it is. A duel is a fixed price here, whatever its
outcome. Both an Audience that scorns who bears an insult and one that does not may be right about whom it sees.""",
    names={
        COMMON: {"Challenger": "let be", **AFTER[COMMON]},
        WILLING_DETER: {"Challenger": "let be", **AFTER[DUELS]},
        BLUSTER_DETERS: {"Challenger": "let be", **AFTER[BLUSTER]},
        RELUCTANT_DETER: {"Challenger": "let be", **AFTER[RELUCTANT]},
        DUELS: {"Challenger": "insult", **AFTER[DUELS]},
        STOIC: {"Challenger": "insult", **AFTER[STOIC]},
        SCORNED: {"Challenger": "insult", **AFTER[SCORNED]},
        BLUSTER: {"Challenger": "insult", **AFTER[BLUSTER]},
        RELUCTANT: {"Challenger": "insult", **AFTER[RELUCTANT]},
    },
    axes=("willing", "honour"),
    claims=(
        Claim(
            "Where scorn costs more than a duel costs anybody, h >= u, and most are willing, all would answer, and "
            "nobody is insulted.",
            "",
            ask.condition_of(COMMON),
            lambda p: (p.honour >= p.dread) & _most(p),
        ),
        Claim(
            "Where the unwilling bear insults, h <= u, the willing may fight for all: there is no insult if "
            "w (g + l) >= g, and else duels with the willing.",
            "",
            lambda model: [ask.condition_of(name)(model) for name in (WILLING_DETER, DUELS)],
            lambda p: [
                (p.honour <= p.dread) & (p.willing * (p.gain + p.loss) >= p.gain),
                (p.honour <= p.dread) & (p.willing * (p.gain + p.loss) <= p.gain),
            ],
        ),
        Claim(
            "Or all bear insults: with respect where most are willing, with scorn where few are.",
            "",
            lambda model: [ask.condition_of(name)(model) for name in (STOIC, SCORNED)],
            lambda p: [_most(p), _few(p)],
        ),
        Claim(
            "Where few are willing and h >= u the unwilling bluster at times, which deters if 2 w (g + l) >= g.",
            "",
            lambda model: [ask.condition_of(name)(model) for name in (BLUSTER_DETERS, BLUSTER)],
            lambda p: [
                (p.honour >= p.dread) & _few(p) & (2 * p.willing * (p.gain + p.loss) >= p.gain),
                (p.honour >= p.dread) & _few(p) & (2 * p.willing * (p.gain + p.loss) <= p.gain),
            ],
        ),
        Claim(
            "Where most are willing they may answer at times, which deters if (2 w - 1)(g + l) >= g.",
            "",
            lambda model: [ask.condition_of(name)(model) for name in (RELUCTANT_DETER, RELUCTANT)],
            lambda p: [
                _most(p) & ((2 * p.willing - 1) * (p.gain + p.loss) >= p.gain),
                _most(p) & ((2 * p.willing - 1) * (p.gain + p.loss) <= p.gain),
            ],
        ),
        Claim(
            "With duels of the willing the Challenger gets (1 - w) g - w l, the State loses w k + (1 - w) h, and the "
            "Audience respects w.",
            "",
            lambda model: [ask.formula_of(payoff(who), DUELS)(model) for who in PLAYERS],
            lambda p: [
                (1 - p.willing) * p.gain - p.willing * p.loss,
                -p.willing * p.duel - (1 - p.willing) * p.honour,
                p.willing,
            ],
        ),
        # 0.6 - 0.4, 0.4 * 0.5 + 0.6 and 0.4
        Claim(
            "At the defaults that is 0.2, -0.8 and 0.4.",
            "",
            lambda model: [ask.value_at(payoff(who), DUELS)(model) for who in PLAYERS],
            ["0.2", "-0.8", "0.4"],
            basis="computed",
        ),
        Claim(
            "A duel then earns respect with chance u/h, which leaves the unwilling undecided, and w/(1 - w) of them "
            "fight, which leaves the Audience in doubt.",
            "",
            lambda model: [ask.formula_of(what, BLUSTER)(model) for what in (earns, blusters)],
            lambda p: [p.dread / p.honour, p.willing / (1 - p.willing)],
        ),
        Claim(
            "So the more honour is worth, the less often a duel earns it.",
            "",
            ask.sign_of("honour", earns, BLUSTER),
            "falls",
        ),
        Claim(
            "With bluster the State gets w (u - k) - h: the more an unwilling State dreads a duel, the better for a "
            "willing one.",
            "",
            ask.formula_of(payoff("State"), BLUSTER),
            lambda p: p.willing * (p.dread - p.duel) - p.honour,
        ),
        Claim(
            "With reluctant duels willing and unwilling States lose what a duel costs the willing.",
            "",
            ask.formula_of(payoff("State"), RELUCTANT),
            lambda p: -p.duel,
        ),
        # Six in ten are willing, an insult may bring 3: 0.6 * 4 is less than 3, and 1.5 of dread between 1 and 2.
        Claim(
            "Honour that is worth enough may still all insults: where it rises from 1 to 2, with w = 0.6 and g = 3, "
            "duels of the willing give way to common honour.",
            "",
            lambda model: [ask.classes_at(willing=0.6, gain=3, honour=h)(model) for h in (1, 2)],
            [{DUELS, STOIC, RELUCTANT}, {COMMON, STOIC, RELUCTANT}],
            basis="computed",
        ),
        Claim(
            "Once there was an insult, D1 leaves duels of the willing at the defaults: only who is willing would have "
            "answered where all bear it and are scorned.",
            "",
            _after(lambda model: [ask.classes_at()(model), ask.survivors_at(d1)(model)]),
            [{DUELS, SCORNED}, {DUELS}],
            basis="own",
        ),
        Claim(
            "An Audience that respects who bears an insult passes D1 where most are willing: nobody gains by a duel.",
            "",
            _after(lambda model: STOIC in ask.survivors_at(d1, willing=0.6)(model)),
            basis="own",
        ),
    ),
    draws=_map,
    theory=Theory(
        mechanism=("reputation", "signalling", "audience costs"),
        actors="two states",
        information=("one-sided",),
        result=("several outcomes", "trades off"),
        finding="Who would be scorned for bearing an insult must fight, and where all would, nobody is insulted.",
        means=("punishment",),
        phase=("general", "immediate"),
        neighbours={
            "cho1987/signalling_resolve": "The Rival that is to be impressed attacks; there is no audience beside it.",
            "fearon1994/audience_costs": "The audience punishes backing down from a threat of one's own making.",
            "kreps1982reputation/entry_deterrence": "To be believed tough pays because there are further challengers.",
        },
    ),
)
