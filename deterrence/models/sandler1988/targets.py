"""Two targets and one attacker: who protects itself sends the attacker to the other.

Two targets decide at once whether to protect themselves. The Attacker sees it, and attacks one of them or nobody. An
attack succeeds with chance ``s`` on an open target and ``q`` on a protected one; success is worth ``g`` to the
Attacker and costs the target ``l``, failure costs the Attacker ``f``. Of targets that are alike chance picks one. A
target that alone is protected is safe, and the other is attacked for certain. Both protected deter only where
``q g <= (1 - q) f``; else both may pay for protection and be attacked all the same.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from deterrence.answers.measure import payoff, probability
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

HALF = Fraction(1, 2)


@game("First target", "Second target", "Attacker")
def targets(
    *,
    open_success: Any = share(
        0.8,
        "chance that an attack on an open target succeeds",
        symbol="s",
        plausible=(0.55, 0.95),
        why="well above 1/2, from where an open target is worth attacking",
    ),
    guarded_success: Any = share(
        0.3,
        "chance that an attack on a protected target succeeds",
        symbol="q",
        plausible=(0.05, 0.7),
        why="holds 1/2, up to which protection of both deters",
    ),
    gain: Any = param(
        4,
        "what success is worth to the Attacker",
        low=0,
        high=20,
        symbol="g",
        plausible=(1.5, 15),
        why="holds 9.3, from where protection of both does not deter",
    ),
    failure: Any = param(
        4,
        "what failure costs the Attacker",
        low=0,
        high=20,
        symbol="f",
        plausible=(0.5, 12),
        why="holds 1.7, from where protection of both deters",
    ),
    loss: Any = param(
        10,
        "what a target loses by a success",
        low=0,
        high=20,
        symbol="l",
        plausible=(3, 18),
        why="holds 5 and 11.25, where the targets change their minds",
    ),
    first_cost: Any = param(
        2,
        "what protection costs the First target",
        low=0,
        high=20,
        symbol="k_1",
        plausible=(0.5, 10),
        why="holds 4, up to which it protects itself alone",
    ),
    second_cost: Any = param(
        9,
        "what protection costs the Second target",
        low=0,
        high=20,
        symbol="k_2",
        plausible=(0.5, 12),
        why="holds 8, up to which it protects itself beside the First",
    ),
) -> Assumed:
    """Protect or stay open, twice; then attack the one, the other or nobody."""

    def attacked(first: bool, spent: tuple[Any, Any], guarded: bool) -> Node:
        success = guarded_success if guarded else open_success
        hit = (-loss - spent[0], -spent[1]) if first else (-spent[0], -loss - spent[1])
        name = "First" if first else "Second"
        branches = {
            "succeeds": (success, end(f"{name} target hit", *hit, gain)),
            "fails": (1 - success, end("attack fails", -spent[0], -spent[1], -failure)),
        }
        return chance(branches)

    def seen(first: bool, second: bool) -> Node:
        spent = (first_cost if first else 0, second_cost if second else 0)
        abstain = end("no attack", -spent[0], -spent[1], 0)
        ways = [attacked(True, spent, first), attacked(False, spent, second)]
        if first == second:
            either = chance({"First": (HALF, ways[0]), "Second": (HALF, ways[1])})
            who = "both protected" if first else "both open"
            return move("Attacker", {"attack": either, "abstain": abstain}, information=f"Attacker, {who}")
        choices = {"attack First": ways[0], "attack Second": ways[1], "abstain": abstain}
        return move("Attacker", choices, information=f"Attacker, {'First' if first else 'Second'} protected")

    def second(first: bool) -> Node:
        choices = {"protect": seen(first, True), "stay open": seen(first, False)}
        return move("Second target", choices, information="Second target")

    tree = move("First target", {"protect": second(True), "stay open": second(False)}, information="First target")
    worth_attacking = open_success * gain > (1 - open_success) * failure
    return where(tree, guarded_success < open_success, worth_attacking, loss > 0, first_cost > 0, second_cost > 0)


def _deters(p: Any) -> Any:
    """Return where the Attacker would abstain if both targets were protected."""
    return p.guarded_success * p.gain <= (1 - p.guarded_success) * p.failure


def _attacks(p: Any) -> Any:
    return p.guarded_success * p.gain >= (1 - p.guarded_success) * p.failure


def _alone(p: Any) -> Any:
    """Return the cost up to which a target protects itself although the other stays open."""
    return p.loss * p.open_success / 2


def _beside(p: Any) -> Any:
    """Return the cost up to which it does beside a protected one, if the Attacker attacks all the same."""
    return p.loss * (p.open_success - p.guarded_success / 2)


def _bound(first: str, question: ask.Question) -> ask.Question:
    """Ask of the game in which the First target is bound to an action, and seen to be."""

    def asked(model: Any) -> Any:
        from deterrence.mechanisms.commitment import Commitment

        return question(Model(model.game.under(Commitment("First target", first))))

    return asked


def _map(model: Any, ax: Any) -> Any:
    """Draw which equilibria exist over what protection costs the one and the other."""
    from deterrence.analysis.regions import regions

    return regions(model.game, first_cost=(0.02, 12), second_cost=(0.02, 12)).plot(ax=ax)


JOINT, VAIN, OPEN = "joint deterrence", "protection in vain", "both open"
TO_SECOND, TO_FIRST = "displacement to the Second target", "displacement to the First target"
MIXED, MIXED_VAIN = "uncertain protection", "uncertain protection in vain"
BOTH_SEEN = "Attacker, both protected"
EQUAL: dict[str, Any] = {"first_cost": 5, "second_cost": 5}
CHEAP: dict[str, Any] = {"first_cost": 3, "second_cost": 3, "failure": 1}

MODEL = Model(
    targets,
    source="sandler1988",
    relation="in the spirit of",
    changed=(
        "Not found in the work, of which the abstract alone was read: from it are the targets that protect themselves "
        "and the attacker that picks one or none, while protection that is all or nothing and all payoffs are our own."
    ),
    topic="counterterrorism",
    related=("arce2005",),
    note="Illustrative payoffs.",
    assumptions=(
        "The Attacker sees which target is protected, and attacks once or not at all.",
        "An open target is worth attacking.",
        "Targets are alike to the Attacker, but for their protection.",
        "Protection lowers the chance that an attack succeeds, and nothing else.",
    ),
    does_not_say="""\
The targets cannot share the cost of protection, and neither cares for the other's losses. What an attack that fails
does to its target is left out. Real attackers are neither so well informed nor so indifferent between targets, and
how much of an attack is displaced is a question for evidence.""",
    names={
        JOINT: {"First target": "protect", "Second target": "protect", BOTH_SEEN: "abstain"},
        VAIN: {"First target": "protect", "Second target": "protect", BOTH_SEEN: "attack"},
        TO_SECOND: {"First target": "protect", "Second target": "stay open"},
        TO_FIRST: {"First target": "stay open", "Second target": "protect"},
        OPEN: {"First target": "stay open", "Second target": "stay open"},
        MIXED: {"First target": "mixed", "Second target": "mixed", BOTH_SEEN: "abstain"},
        MIXED_VAIN: {"First target": "mixed", "Second target": "mixed", BOTH_SEEN: "attack"},
    },
    axes=("first_cost", "second_cost"),
    claims=(
        Claim(
            "There is no attack where an attack on protected targets does not pay, q g <= (1 - q) f, and protection "
            "costs either target no more than l s.",
            "",
            ask.condition_of(JOINT),
            lambda p: (
                _deters(p) & (p.first_cost <= p.loss * p.open_success) & (p.second_cost <= p.loss * p.open_success)
            ),
        ),
        Claim(
            "Displacement: a target whose protection costs no more than l s/2 protects itself alone, if the other's is "
            "too costly, and the attack goes to the other.",
            "",
            ask.condition_of(TO_SECOND),
            lambda p: (
                (p.first_cost <= _alone(p))
                & (
                    (_deters(p) & (p.second_cost >= p.loss * p.open_success))
                    | (_attacks(p) & (p.second_cost >= _beside(p)))
                )
            ),
        ),
        Claim(
            "The same holds the other way round.",
            "",
            ask.condition_of(TO_FIRST),
            lambda p: (
                (p.second_cost <= _alone(p))
                & (
                    (_deters(p) & (p.first_cost >= p.loss * p.open_success))
                    | (_attacks(p) & (p.first_cost >= _beside(p)))
                )
            ),
        ),
        Claim(
            "Where protected targets are attacked, too, both protect up to a cost of l (s - q/2) each.",
            "",
            ask.condition_of(VAIN),
            lambda p: _attacks(p) & (p.first_cost <= _beside(p)) & (p.second_cost <= _beside(p)),
        ),
        Claim(
            "Both stay open where protection costs each more than l s/2.",
            "",
            ask.condition_of(OPEN),
            lambda p: (p.first_cost >= _alone(p)) & (p.second_cost >= _alone(p)),
        ),
        Claim(
            "At the defaults the First target protects itself, and the Second is hit with chance 0.8.",
            "",
            lambda model: [ask.classes_at()(model), ask.value_at("Second target hit")(model)],
            [{TO_SECOND}, "0.8"],
            basis="computed",
        ),
        Claim(
            "The Second target then loses l s, twice what it would if both were open.",
            "",
            ask.formula_of(payoff("Second target"), TO_SECOND),
            lambda p: -p.loss * p.open_success,
        ),
        Claim(
            "The First target pays for its protection, and is not attacked.",
            "",
            ask.formula_of(payoff("First target"), TO_SECOND),
            lambda p: -p.first_cost,
        ),
        Claim(
            "The Attacker gets s g - (1 - s) f, no less than if both were open.",
            "",
            lambda model: [ask.formula_of(payoff("Attacker"), name)(model) for name in (TO_SECOND, OPEN)],
            lambda p: [p.open_success * p.gain - (1 - p.open_success) * p.failure] * 2,
        ),
        Claim(
            "Displacement to the First target is the mirror image: it loses l s, and the Second pays k_2.",
            "",
            lambda model: [ask.formula_of(payoff(player), TO_FIRST)(model) for player in model.game.players],
            lambda p: [
                -p.loss * p.open_success,
                -p.second_cost,
                p.open_success * p.gain - (1 - p.open_success) * p.failure,
            ],
        ),
        Claim(
            "Protected in vain, either target loses q l/2 beside its cost, and the Attacker gets q g - (1 - q) f.",
            "",
            lambda model: [ask.formula_of(payoff(player), VAIN)(model) for player in model.game.players],
            lambda p: [
                -p.first_cost - p.guarded_success * p.loss / 2,
                -p.second_cost - p.guarded_success * p.loss / 2,
                p.guarded_success * p.gain - (1 - p.guarded_success) * p.failure,
            ],
        ),
        Claim(
            "Under joint deterrence each pays for its protection, and the Attacker gets nothing.",
            "",
            lambda model: [ask.formula_of(payoff(player), JOINT)(model) for player in model.game.players],
            lambda p: [-p.first_cost, -p.second_cost, 0],
        ),
        Claim(
            "As the Second target's protection gets cheaper than l s, both protect themselves and there is no attack.",
            "",
            ask.threshold_of("second_cost", "no attack"),
            lambda p: p.loss * p.open_success,
        ),
        # Costs between l s/2 = 4 and l s = 8: open against open, protected beside protected.
        Claim(
            "At costs of 5 to both there are three equilibria: joint deterrence, both open, and a mixed one.",
            "",
            ask.classes_at(**EQUAL),
            {JOINT, OPEN, MIXED},
            basis="computed",
        ),
        Claim(
            "Joint deterrence is then the worse for the targets: -5 each against -4 where both are open.",
            "",
            lambda model: [ask.value_at(payoff("First target"), name, **EQUAL)(model) for name in (JOINT, OPEN)],
            [-5, -4],
            basis="computed",
        ),
        Claim(
            "In the mixed equilibrium the First target protects itself with chance 2 k_2/(l s) - 1: the costlier the "
            "other's protection is, the more often.",
            "",
            ask.formula_of(probability("protect", "First target"), MIXED),
            lambda p: 2 * p.second_cost / (p.loss * p.open_success) - 1,
        ),
        Claim(
            "Where protected targets are attacked, too, that chance is (2 k_2 - l s)/(l (s - q)).",
            "",
            ask.formula_of(probability("protect", "First target"), MIXED_VAIN),
            lambda p: (2 * p.second_cost - p.loss * p.open_success) / (p.loss * (p.open_success - p.guarded_success)),
        ),
        # Failure costs 1, so that an attack on a protected target is worth 0.3 * 4 - 0.7 * 1 = 0.5. Protected, each
        # loses 3 + 10 * 0.3/2 = 4.5; both open, each would lose 10 * 0.8/2 = 4.
        Claim(
            "Overdeterrence: where failure costs the Attacker little, f = 1, and protection 3, both protect, are "
            "attacked all the same, and lose 4.5 each.",
            "",
            lambda model: [ask.classes_at(**CHEAP)(model), ask.value_at(payoff("First target"), **CHEAP)(model)],
            [{VAIN}, "-4.5"],
            basis="computed",
        ),
        Claim(
            "That both protect is then best for each whatever the other does, and loses each more than the 4 of open "
            "targets.",
            "",
            lambda model: [
                _bound(action, ask.value_at(probability("protect", "Second target"), **CHEAP))(model)
                for action in ("protect", "stay open")
            ],
            [1, 1],
            basis="own",
        ),
        Claim(
            "At costs of 5 a First target that is known to stay open keeps the Second from protecting itself, too.",
            "",
            _bound("stay open", ask.value_at("no attack", **EQUAL)),
            0,
            basis="own",
        ),
        Claim(
            "One that is known to protect itself makes the other do it, and there is no attack.",
            "",
            _bound("protect", ask.value_at("no attack", **EQUAL)),
            1,
            basis="own",
        ),
    ),
    draws=_map,
    theory=Theory(
        mechanism=("arms", "coordination"),
        actors="two states",
        information=("complete",),
        result=("displaces", "deters", "backfires"),
        finding=(
            "Protection of one target sends the attack to the other; protection of both deters only where an attack "
            "on a protected target does not pay."
        ),
        means=("denial",),
        phase=("general",),
        neighbours={
            "arce2005/counterterrorism": "The attacker does not choose, and the states may also weaken it.",
            "folklore/strike": "One target, which deters by what it would do afterwards.",
        },
    ),
)
