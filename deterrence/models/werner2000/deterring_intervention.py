"""An attacker that deters the deterrer: it asks for so little that nobody comes to the victim's help.

An Attacker fights a weaker state, at a cost ``c``, for all that it wants, which is worth 1, or for limited aims,
which bring it ``b``; or it leaves it in peace. A Defender is keen with chance ``q``: to lose the state to full aims
costs it 1, to limited aims ``t``, and to intervene ``w``; the Attacker is then beaten, at a further cost ``d``.
Full aims bring a keen Defender in where ``w <= 1``, limited ones only where ``w <= t``. In between the Attacker
moderates its aims, once ``q (1 + d) >= 1 - b``, and there is a war that extended deterrence would have prevented
had the Attacker had no choice of aims.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.mechanisms.commitment import Commitment
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Attacker", "Defender")
def deterring_intervention(
    *,
    keenness: Any = share(
        0.6,
        "chance that the Defender is keen",
        symbol="q",
        plausible=(0.05, 0.95),
        why="holds 1/3, from which the Attacker moderates its aims",
    ),
    intervention: Any = param(
        0.7,
        "what intervening costs a keen Defender; to lose the state to full aims costs it 1",
        low=0,
        high=3,
        symbol="w",
        plausible=(0.1, 1.5),
        why="holds 0.4 and 1, between which aims decide whether it comes",
    ),
    alarm: Any = share(
        0.4,
        "what limited aims cost the Defender; full ones cost it 1",
        symbol="t",
        plausible=(0.05, 0.95),
        why="holds 0.7, from which limited aims bring it in, too",
    ),
    limited: Any = share(
        0.5,
        "what limited aims bring the Attacker; full ones bring it 1",
        symbol="b",
        plausible=(0.05, 0.95),
        why="holds 0.2, below which they are not worth a war",
    ),
    cost: Any = share(
        0.2,
        "what a war costs the Attacker",
        symbol="c",
        plausible=(0.02, 0.9),
        why="holds 0.5, from which limited aims are not worth it",
    ),
    defeat: Any = param(
        0.5,
        "what defeat by the Defender costs the Attacker besides",
        low=0,
        high=5,
        symbol="d",
        plausible=(0.05, 3),
        why="from a retreat to three times all that it wanted",
    ),
) -> Assumed:
    """Leave in peace, or attack with limited or full aims; intervene or stand aside."""

    def attack(aims: str, gain: Any, loss: Any) -> Node:
        won = end(f"{aims} aims won", gain - cost, -loss)
        choices = {"stand aside": won, "intervene": end("intervention", -cost - defeat, -intervention)}
        keen = move("Defender", choices, information=f"Keen Defender, {aims} aims")
        return chance({"keen": (keenness, keen), "indifferent": (1 - keenness, won)})

    choices = {
        "leave in peace": end("peace", 0, 0),
        "attack for limited aims": attack("limited", limited, alarm),
        "attack for full aims": attack("full", 1, 1),
    }
    tree = move("Attacker", choices, information="Attacker")
    inside = (keenness > 0, keenness < 1, intervention > 0, cost > 0, cost < 1, defeat > 0)
    return where(tree, *inside, alarm > 0, alarm < 1, limited > 0, limited < 1)


def _gamble(p: Any) -> Any:
    """Return what full aims bring the Attacker where a keen Defender intervenes."""
    return (1 - p.keenness) - p.keenness * p.defeat - p.cost


def _moderate(p: Any) -> Any:
    """Return what limited aims bring it where nobody intervenes."""
    return p.limited - p.cost


def _weakened(present: Any, solution: Any) -> bool:
    """Return whether limited aims are only fought for where they alarm no Defender enough."""
    p = present.values
    return p["intervention"] >= p["alarm"] or all(one.probability("attack for limited aims") == 0 for one in solution)


def _solved(game_here: Any) -> Any:
    from deterrence.solvers.solve import solve

    return solve(game_here)


def _map(model: Any, ax: Any) -> Any:
    """Draw what happens over what intervening costs and the chance of a keen Defender."""
    from deterrence.analysis.regions import regions

    return regions(model.game, intervention=(0.02, 1.4), keenness=(0.02, 0.98)).plot(ax=ax)


DETERRED, MODERATION, GAMBLE, FREE = "deterrence", "moderation", "gamble on a wider war", "free hand"
FULL = "attack for full aims"

MODEL = Model(
    deterring_intervention,
    source="werner2000",
    relation="in the spirit of",
    changed=(
        "Not found in the work, in this form: the Attacker's choice of the stakes, which may deter a third party, "
        "is the work's; here there are two sizes of aims, the state attacked has no move, and the payoffs are "
        "ours."
    ),
    topic="alliances",
    related=("snyder1984", "altman2017"),
    note="The abstract was read, not the article. Illustrative payoffs.",
    assumptions=(
        "The Attacker's aims are seen, and it asks for no more once it has won.",
        "Only the Defender knows whether it is keen; one that is not never intervenes.",
        "Whoever intervenes saves the state attacked, whatever the aims.",
        "Limited aims cost the Defender less than full ones, and bring the Attacker less.",
    ),
    does_not_say="""\
Limited aims stay limited: that a Defender may fear what comes next, slice by slice, is left out. The state attacked
cannot yield or resist, and the Attacker cannot hide what it wants.""",
    names={
        DETERRED: {"Attacker": "leave in peace"},
        MODERATION: {"Attacker": "attack for limited aims"},
        GAMBLE: {"Attacker": FULL, "Keen Defender, full aims": "intervene"},
        FREE: {"Attacker": FULL, "Keen Defender, full aims": "stand aside"},
    },
    axes=("intervention", "keenness"),
    theory=Theory(
        mechanism=("alliance", "credibility"),
        actors="alliance",
        information=("one-sided",),
        result=("displaces", "trades off"),
        finding=(
            "An attacker that can choose its aims moderates them so that no third party intervenes: extended "
            "deterrence limits the stakes of wars that it would otherwise prevent."
        ),
        means=("punishment",),
        scope=("extended",),
        phase=("general", "immediate"),
        neighbours={
            "schelling1966/salami_tactics": "The slices follow one another, and the Defender sees the next coming.",
            "snyder1984/alliance": "The prize is one whole, and the Protégé may concede or resist.",
            "smith1995alliance/alliance_and_war": "The prize is one whole, and a sign tells of the Ally's mind.",
        },
    ),
    claims=(
        Claim(
            "The Attacker moderates its aims where they decide whether a keen Defender comes, t <= w <= 1, they "
            "are worth a war, b >= c, and full ones are too risky, q (1 + d) >= 1 - b.",
            "",
            ask.condition_of(MODERATION),
            lambda p: (
                (p.alarm <= p.intervention)
                & (p.intervention <= 1)
                & (_moderate(p) >= 0)
                & (p.keenness * (1 + p.defeat) >= 1 - p.limited)
            ),
        ),
        Claim(
            "It is deterred where w <= 1, full aims are too risky, (1 - q) <= q d + c, and limited ones bring the "
            "Defender in, w <= t, or are not worth a war, b <= c.",
            "",
            ask.condition_of(DETERRED),
            lambda p: (p.intervention <= 1) & (_gamble(p) <= 0) & ((p.intervention <= p.alarm) | (_moderate(p) <= 0)),
        ),
        Claim(
            "It gambles on full aims where w <= 1, that is worth it, and better than what limited aims would bring.",
            "",
            ask.condition_of(GAMBLE),
            lambda p: (
                (p.intervention <= 1) & (_gamble(p) >= 0) & ((p.intervention <= p.alarm) | (_gamble(p) >= _moderate(p)))
            ),
        ),
        Claim(
            "It has a free hand where not even full aims bring a Defender in, w >= 1.",
            "",
            ask.condition_of(FREE),
            lambda p: p.intervention >= 1,
        ),
        Claim(
            "At the defaults what intervening costs has two thresholds: t, where limited war begins, and 1, where "
            "full war does.",
            "",
            ask.boundaries_of("intervention", "peace"),
            lambda p: (p.alarm, 0 * p.alarm + 1),
        ),
        Claim(
            "With aims that could not be limited there would have been peace: full ones bring 0.4 - 0.3 - 0.2 < 0. "
            "As it is there is a war in which nobody intervenes.",
            "",
            lambda model: [ask.value_at(name)(model) for name in ("limited aims won", "intervention", "peace")],
            [1, 0, 0],
            # limited ones bring 0.5 - 0.2, as 0.7 > 0.4
            basis="computed",
        ),
        Claim(
            "Where limited aims bring 0.1 only, less than a war costs, it does keep the peace.",
            "",
            ask.classes_at(limited=0.1),
            {DETERRED},
            # 0.1 - 0.2 < 0
            basis="computed",
        ),
        Claim(
            "Keener Defenders intervene more often, and then not at all: at 0.2, 0.3 and 0.4 the chance of "
            "intervention is 0.2, 0.3 and 0.",
            "",
            lambda model: [ask.value_at("intervention", keenness=q)(model) for q in (0.2, 0.3, 0.4)],
            ["0.2", "0.3", 0],
            basis="computed",  # aims are limited from q = 0.5/1.5 = 1/3 on
        ),
        Claim(
            "At the defaults aims become limited at a keenness of (1 - b)/(1 + d).",
            "",
            ask.threshold_of("keenness", "limited aims won"),
            lambda p: (1 - p.limited) / (1 + p.defeat),
        ),
        Claim(
            "Limited aims that would alarm a keen Defender enough are never fought for.",
            "",
            ask.always(_weakened),
        ),
        Claim(
            "Moderation brings the Attacker b - c and costs the Defender t.",
            "",
            lambda model: [ask.formula_of(payoff(player), MODERATION)(model) for player in model.game.players],
            lambda p: (p.limited - p.cost, -p.alarm),
        ),
        Claim(
            "The gamble brings the Attacker (1 - q) - q d - c, and costs the Defender q w + (1 - q).",
            "",
            lambda model: [ask.formula_of(payoff(player), GAMBLE)(model) for player in model.game.players],
            lambda p: (_gamble(p), -p.keenness * p.intervention - (1 - p.keenness)),
        ),
        Claim(
            "A free hand brings the Attacker 1 - c, and costs the Defender 1.",
            "",
            lambda model: [ask.formula_of(payoff(player), FREE)(model) for player in model.game.players],
            lambda p: (1 - p.cost, 0 * p.cost - 1),
        ),
        Claim(
            "Deterrence leaves both as they were.",
            "",
            lambda model: [ask.formula_of(payoff(player), DETERRED)(model) for player in model.game.players],
            [0, 0],
        ),
        Claim(
            "A Defender known to be bound to oppose limited aims, if it is keen, keeps the peace at the defaults, "
            "though it would rather stand aside.",
            "",
            lambda model: [
                one.outcomes["peace"]
                for one in _solved(
                    model.game.under(
                        Commitment("Defender", "intervene", at="Keen Defender, limited aims", holds=1),
                    )
                )
            ],
            [1],
            basis="own",  # limited aims then bring 0.4 * 0.5 - 0.6 * 0.5 - 0.2 < 0
        ),
    ),
    draws=_map,
)
