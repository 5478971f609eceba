"""The delicate balance of terror: what deters is what would survive a first strike.

South, then North, protects its forces, at a cost ``c``, or leaves them exposed, for all to see. Then North may strike
first; if it waits, South may. A share ``s_0`` of exposed forces survives, and ``s_1`` of protected
ones. To strike forces of which ``s`` survives is worth ``T(s) = g (1 - s) - k - s D``: the gain from those destroyed,
less the effort and the retaliation by the others; whoever is struck loses ``V(s) = l (1 - s)``. Protection denies the
gain and saves the punishment. A side that is exposed may strike for fear, although it loses by that.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

POSTURES = {
    (False, False): "neither protected",
    (True, False): "only North protected",
    (False, True): "only South protected",
    (True, True): "both protected",
}


@game("North", "South", name="delicate-balance")
def delicate_balance(
    *,
    gain: Any = param(
        3,
        "what it is worth to destroy all of the other's forces",
        low=0,
        high=20,
        symbol="g",
        plausible=(1, 20),
        why="holds 5/3, where exposed forces begin to invite a strike, and 55/4, where the balance ends",
    ),
    effort: Any = param(
        0.5,
        "what a first strike costs whoever makes it",
        low=0,
        high=10,
        symbol="k",
        plausible=(0, 3),
        why="holds 1.7, above which exposed forces do not invite a strike",
    ),
    blow: Any = param(
        10,
        "what retaliation by all of the other's forces would cost",
        low=0,
        high=50,
        symbol="D",
        plausible=(0, 40),
        why="holds 17/6, where protection begins to keep the peace, and 22, where none is needed",
    ),
    loss: Any = param(
        8,
        "what it costs to lose all forces to a first strike",
        low=0,
        high=50,
        symbol="l",
        plausible=(0.5, 30),
        why="holds 10/9, below which North does not protect its forces",
    ),
    exposed: Any = share(
        0.1,
        "share of exposed forces that survives a first strike",
        symbol="s_0",
        plausible=(0, 0.5),
        why="holds 5/26, from where exposed forces deter",
    ),
    protected: Any = share(
        0.6,
        "share of protected forces that survives a first strike",
        symbol="s_1",
        plausible=(0.15, 0.95),
        why="holds 7/26, up to which protection does not keep the peace",
    ),
    cost: Any = param(
        1,
        "what it costs to protect one's forces",
        low=0,
        high=20,
        symbol="c",
        plausible=(0.1, 8),
        why="holds 5.3, above which North would rather strike for fear than protect",
    ),
) -> Assumed:
    """Protect one's forces or not, South before North; strike first or wait, North before South."""

    def struck(survive: Any, who: str, spent: tuple[Any, Any]) -> Node:
        striker, victim = gain * (1 - survive) - effort - survive * blow, -loss * (1 - survive)
        if who == "North":
            return end("North strikes first", striker - spent[0], victim - spent[1])
        return end("South strikes first", victim - spent[0], striker - spent[1])

    def armed(north: bool, south: bool) -> Node:
        spent = (cost if north else 0, cost if south else 0)
        of_north, of_south = (protected if side else exposed for side in (north, south))
        seen = POSTURES[north, south]
        last: dict[str, Node] = {
            "wait": end("peace", -spent[0], -spent[1]),
            "strike": struck(of_north, "South", spent),
        }
        first: dict[str, Node] = {
            "wait": move("South", last, information=f"South, {seen}"),
            "strike": struck(of_south, "North", spent),
        }
        return move("North", first, information=f"North, {seen}")

    def north(south: bool) -> Node:
        choices = {"leave exposed": armed(False, south), "protect": armed(True, south)}
        return move("North", choices, information=f"North, South {'protected' if south else 'exposed'}")

    tree = move("South", {"leave exposed": north(False), "protect": north(True)}, information="South")
    inside = (gain > 0, loss > 0, cost > 0, exposed < protected, protected < 1)
    return where(tree, *inside)


def _worth(p: Any, survive: Any) -> Any:
    return p.gain * (1 - survive) - p.effort - survive * p.blow


def _open(p: Any) -> Any:
    return _worth(p, p.exposed)


def _hard(p: Any) -> Any:
    return _worth(p, p.protected)


def _lost(p: Any) -> Any:
    return p.loss * (1 - p.exposed)


def _spared(p: Any) -> Any:
    """Return what protection saves of a force that is struck all the same."""
    return p.loss * (p.protected - p.exposed)


def _enough(p: Any) -> Any:
    """Return the share that must survive to deter: of the gain less the effort, over gain and blow."""
    return (p.gain - p.effort) / (p.gain + p.blow)


def _map(model: Any, ax: Any) -> Any:
    """Draw what happens over the cost of protection and the share of protected forces that survives."""
    from deterrence.analysis.regions import regions

    return regions(model.game, cost=(0.05, 9), protected=(0.12, 0.98)).plot(ax=ax)


SAFE, BALANCE, DUEL = "safe without protection", "balance of terror", "open to surprise"
FEAR, VAIN, SECOND = "strike for fear", "protection in vain", "South strikes the exposed"
APART = {"South": "protect", "North, South protected": "leave exposed"}

MODEL = Model(
    delicate_balance,
    source="wohlstetter1959",
    relation="in the spirit of",
    changed="Not found in the work, which has no game and tells the idea in words.",
    topic="first strikes",
    related=("schelling1960",),
    note="Of the work a few passages alone were read. Illustrative payoffs.",
    assumptions=(
        "Both see whether the other's forces are protected.",
        "The gain from a first strike is in proportion to the forces that it destroys.",
        "Whoever is struck retaliates with all that it has left, and does harm in proportion to that.",
        "South protects its forces first, and North has the first occasion to strike.",
        "Both sides are alike but for the order in which they move.",
    ),
    does_not_say="""\
Whether a side that has been struck would retaliate is not asked. Nobody is mistaken about an attack, nobody is given
warning, and numbers of weapons and cities are one figure each. It says nothing about any two states.""",
    names={
        SAFE: {"South": "leave exposed", "North, South exposed": "leave exposed", "North, neither protected": "wait"},
        BALANCE: {"South": "protect", "North, South protected": "protect", "North, both protected": "wait"},
        DUEL: {"South": "leave exposed", "North, South exposed": "leave exposed", "North, neither protected": "strike"},
        FEAR: APART | {"North, only South protected": "strike", "North, both protected": "wait"},
        VAIN: APART | {"North, only South protected": "strike", "North, both protected": "strike"},
        SECOND: APART | {"North, only South protected": "wait"},
    },
    axes=("cost", "protected"),
    claims=(
        Claim(
            "Exposed forces deter where enough of them would survive: s_0 is at least (g - k)/(g + D).",
            "",
            ask.condition_of(SAFE),
            lambda p: p.exposed >= _enough(p),
        ),
        Claim(
            "Both protect and neither strikes where too little of exposed forces would survive, and protection costs "
            "at most V(s_0), what an exposed side loses, and -T(s_1), what a strike for fear would lose.",
            "",
            ask.condition_of(BALANCE),
            lambda p: (p.exposed <= _enough(p)) & (p.cost <= _lost(p)) & (p.cost <= -_hard(p)),
        ),
        Claim(
            "Nobody protects, and North strikes first, where protection costs more than either saves by it.",
            "",
            ask.condition_of(DUEL),
            lambda p: (
                (_open(p) >= 0)
                & (
                    ((-_hard(p) >= _lost(p)) & (p.cost >= _open(p) + _lost(p)))
                    | ((-_hard(p) <= _lost(p)) & (p.cost >= -_hard(p)) & (p.cost >= _spared(p)))
                )
            ),
        ),
        Claim(
            "An exposed North strikes a protected South for fear of it where it loses less by that than by being "
            "struck, and less than protection costs; South protects to lose less.",
            "",
            ask.condition_of(FEAR),
            lambda p: (
                (_open(p) >= 0)
                & (_hard(p) <= 0)
                & (-_hard(p) <= _lost(p))
                & (p.cost >= -_hard(p))
                & (p.cost <= _spared(p))
            ),
        ),
        Claim(
            "Protection does not keep the peace, but lessens the loss, where a strike pays even so, T(s_1) >= 0.",
            "",
            ask.condition_of(VAIN),
            lambda p: (_hard(p) >= 0) & (p.cost <= _spared(p)),
        ),
        Claim(
            "A protected South strikes an exposed North that would lose more by a strike than by being struck.",
            "",
            ask.condition_of(SECOND),
            lambda p: (
                (-_hard(p) >= _lost(p)) & (_lost(p) <= p.cost) & (p.cost <= _open(p) + _lost(p)) & (_open(p) >= 0)
            ),
        ),
        Claim(
            "At the defaults there is a balance of terror if 0.28 of protected forces survive, and a strike for fear "
            "if 0.26 do.",
            "",
            # -T(s_1) = 13 s_1 - 2.5 is the cost of 1 at 7/26 = 0.269; at 0.26 protection spares 1.28.
            lambda model: [ask.classes_at(protected=share)(model) for share in (0.28, 0.26)],
            [{BALANCE}, {FEAR}],
            basis="computed",
        ),
        Claim(
            "Denial alone may keep the peace: without retaliation, D = 0, forces of which 0.9 survive are not struck, "
            "and forces of which 0.8 survive are.",
            "",
            # T = 3 (1 - s) - 0.5 is -0.2 and 0.1; protection at a cost of 0.1 pays in both.
            lambda model: [ask.classes_at(blow=0, cost=0.1, protected=share)(model) for share in (0.9, 0.8)],
            [{BALANCE}, {VAIN}],
            basis="computed",
        ),
        Claim(
            "Punishment alone does it too: forces of which 0.1 survive deter with a blow of 22, and not of 21.",
            "",
            # 2.7 - 0.5 = 2.2 = 0.1*22.
            lambda model: [SAFE in ask.classes_at(blow=size)(model) for size in (22, 21)],
            [True, False],
            basis="computed",
        ),
        Claim(
            "The balance costs each side its protection, c.",
            "",
            lambda model: [ask.formula_of(payoff(side), BALANCE)(model) for side in ("North", "South")],
            lambda p: [-p.cost, -p.cost],
        ),
        Claim(
            "Who strikes exposed forces first gets T(s_0), and whoever is struck loses V(s_0).",
            "",
            lambda model: [ask.formula_of(payoff(side), DUEL)(model) for side in ("North", "South")],
            lambda p: [_open(p), -_lost(p)],
        ),
        Claim(
            "Who strikes for fear loses by it: North gets T(s_1), which is below 0.",
            "",
            lambda model: [ask.formula_of(payoff(side), FEAR)(model) for side in ("North", "South")],
            lambda p: [_hard(p), -p.loss * (1 - p.protected) - p.cost],
        ),
        Claim(
            "With a blow of 5 and protection at a cost of 3 North strikes although it loses 2.3 by that.",
            "",
            # T(s_1) = 3*0.4 - 0.5 - 0.6*5, and to be struck would cost it 7.2.
            ask.value_at(payoff("North"), FEAR, blow=5, cost=3),
            "-2.3",
            basis="computed",
        ),
        Claim(
            "Where exposed forces are safe enough protection is not bought, so that the balance needs a danger: with "
            "s_0 of 0.19 both protect, with 0.2 nobody does.",
            "",
            # (g - k)/(g + D) = 2.5/13 = 0.1923.
            lambda model: [ask.classes_at(exposed=share)(model) for share in (0.19, 0.2)],
            [{BALANCE}, {SAFE}],
            basis="computed",
        ),
        Claim(
            "The more of protected forces survives, the likelier is peace.",
            "",
            ask.moves("protected", "peace", "does not fall"),
        ),
    ),
    draws=_map,
    theory=Theory(
        mechanism=("pre-emption", "arms", "credibility"),
        actors="two states",
        information=("complete",),
        result=("deters", "war without a mistake"),
        finding="What deters is not what a side has but what would survive a first strike, and protection keeps the "
        "peace as long as it costs less than a strike for fear.",
        means=("punishment", "denial"),
        scope=("direct",),
        phase=("general", "immediate"),
        neighbours={
            "schelling1960/surprise_attack": "Each fears an attack that the other does not want, and forces are given.",
            "chassang2010/preemption": "Neither is sure what the other sees, so that fear of fear decides.",
            "brams1985/deterrence_game": "How firmly one retaliates is chosen, where here it is what survives.",
        },
    ),
)
