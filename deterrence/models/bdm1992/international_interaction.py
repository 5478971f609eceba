"""The international interaction game: war although both sides know everything and would rather negotiate.

State A demands something or not, then State B; whoever faces a demand acquiesces or counters it. In the crisis that
follows, who demanded first may attack or hold fire, then the other may attack or negotiate; who is attacked fights back
or capitulates. There is war where State A would capitulate if State B attacked first, and State B would then rather
attack than negotiate: so State A attacks, if to both the war that it begins is better than to acquiesce. Each would
have got more by negotiating, which neither can promise.
"""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import end, game, move, where
from deterrence.games.parameter import param
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("State A", "State B", name="international-interaction")
def international_interaction(
    *,
    balance: Any = param(
        -0.5,
        "what talks, or a war without its costs, bring State A and cost State B",
        low=-1,
        high=1,
        symbol="n",
        plausible=(-0.95, 0.95),
        why="holds -0.6 and -0.2, between which there is war",
    ),
    surprise: Any = param(
        0.5,
        "what attacking first brings in a war, and the other loses by it",
        low=0,
        high=2,
        symbol="s",
        plausible=(0, 0.65),
        why="holds 0.4, below which State A acquiesces",
    ),
    war_a: Any = param(
        0.8,
        "what a war costs State A",
        low=0,
        high=3,
        symbol="w_A",
        plausible=(0.55, 2),
        why="holds 0.9, above which State A acquiesces",
    ),
    war_b: Any = param(
        0.7,
        "what a war costs State B",
        low=0,
        high=3,
        symbol="w_B",
        plausible=(0.55, 2),
        why="holds 1, above which State B acquiesces",
    ),
    attacked: Any = param(
        0.2,
        "what capitulating to an attack costs more than to acquiesce",
        low=0,
        high=3,
        symbol="c",
        plausible=(0.05, 1.5),
        why="holds 0.8, above which State A would fight back",
    ),
    force: Any = param(
        0.2,
        "what an attack costs against a side that capitulates",
        low=0,
        high=1,
        symbol="f",
        plausible=(0.05, 0.95),
        why="holds 0.5, above which State B would rather negotiate",
    ),
    demand: Any = param(
        0.1,
        "what it costs to make the first demand",
        low=0,
        high=1,
        symbol="t",
        plausible=(0.01, 0.6),
        why="holds 0.2, above which State A acquiesces",
    ),
) -> Assumed:
    """Demand or not, acquiesce or counter, attack or not, fight back or capitulate."""

    def results(cost_a: Any, cost_b: Any) -> dict[str, Node]:
        def outcome(name: str, to_a: Any, to_b: Any) -> Node:
            return end(name, to_a - cost_a, to_b - cost_b)

        begun_by_a, begun_by_b = balance + surprise, balance - surprise
        return {
            "A attacks, fight back": outcome("war begun by A", begun_by_a - war_a, -begun_by_a - war_b),
            "B attacks, fight back": outcome("war begun by B", begun_by_b - war_a, -begun_by_b - war_b),
            "A attacks, capitulate": outcome("B capitulates", 1 - force, -1 - attacked),
            "B attacks, capitulate": outcome("A capitulates", -1 - attacked, 1 - force),
            "negotiate": outcome("negotiation", balance, -balance),
            "A acquiesces": outcome("A acquiesces", -1, 1),
            "B acquiesces": outcome("B acquiesces", 1, -1),
        }

    def crisis(first: str, second: str, result: dict[str, Node]) -> Node:
        over = f"crisis over {first}'s demand"

        def attack(by: str, on: str) -> Node:
            choices = {what: result[f"{by} attacks, {what}"] for what in ("fight back", "capitulate")}
            return move(f"State {on}", choices, information=f"State {on}, attacked in the {over}")

        last = {"attack": attack(second, first), "negotiate": result["negotiate"]}
        choices = {
            "attack": attack(first, second),
            "hold fire": move(f"State {second}", last, information=f"State {second}, second in the {over}"),
        }
        return move(f"State {first}", choices, information=f"State {first}, first in the {over}")

    def demanded(by: str, of: str, result: dict[str, Node]) -> Node:
        choices = {"acquiesce": result[f"{of} acquiesces"], "counter": crisis(by, of, result)}
        return move(f"State {of}", choices, information=f"State {of}, faced with a demand")

    quiet = {
        "demand": demanded("B", "A", results(0, demand)),
        "demand nothing": end("status quo", 0, 0),
    }
    choices = {
        "demand": demanded("A", "B", results(demand, 0)),
        "demand nothing": move("State B", quiet, information="State B"),
    }
    tree = move("State A", choices, information="State A")
    return where(
        tree,
        surprise < war_a,
        surprise < war_b,
        attacked > 0,
        demand > 0,
        demand < 1,
        balance > -1,
        balance < 1,
    )


def _a_capitulates(p: Any) -> Any:
    """Return where State A would rather capitulate to an attack than fight back."""
    return p.war_a + p.surprise >= p.balance + 1 + p.attacked


def _a_fights(p: Any) -> Any:
    return p.war_a + p.surprise <= p.balance + 1 + p.attacked


def _b_capitulates(p: Any) -> Any:
    return p.war_b + p.surprise >= 1 + p.attacked - p.balance


def _b_fights(p: Any) -> Any:
    return p.war_b + p.surprise <= 1 + p.attacked - p.balance


def _neither_coerces(p: Any) -> Any:
    """Return where no side both could make the other capitulate and would rather do so than negotiate."""
    not_b = _a_fights(p) | (p.force >= 1 + p.balance)
    not_a = _b_fights(p) | (p.force >= 1 - p.balance)
    return not_b & not_a


def _b_coerces(p: Any) -> Any:
    return _a_capitulates(p) & (p.force <= 1 + p.balance)


def _a_begins(p: Any) -> Any:
    """Return what the war that it begins brings State A, without the cost of its demand."""
    return p.balance + p.surprise - p.war_a


def _b_resists(p: Any) -> Any:
    """Return where State B would rather fight the war that State A begins than acquiesce."""
    return p.balance + p.surprise + p.war_b <= 1


def _restrained(question: ask.Question) -> ask.Question:
    """Ask of the game in which State B is bound to negotiate if it is not attacked."""

    def asked(model: Any) -> Any:
        from deterrence.mechanisms.commitment import Commitment

        return question(Model(model.game.under(Commitment("State B", "negotiate", at=SECOND, seen=False))))

    return asked


def _map(model: Any, ax: Any) -> Any:
    """Draw what happens over the balance and the advantage of attacking first."""
    from deterrence.analysis.regions import regions

    return regions(model.game, balance=(-0.99, 0.99), surprise=(0, 0.69)).plot(ax=ax)


WAR, A_YIELDS, B_YIELDS, QUIET = "war", "State A acquiesces", "State B acquiesces", "status quo"
TALKS_A, TALKS_B = "negotiation over A's demand", "negotiation over B's demand"
FACED = "State B, faced with a demand"
FIRST, SECOND = "State A, first in the crisis over A's demand", "State B, second in the crisis over A's demand"

MODEL = Model(
    international_interaction,
    source="bdm1992",
    relation="reduction",
    changed=(
        "The work's moves as recalled, with complete information; what the outcomes are worth is told by seven numbers "
        "of our own, so that not all orders of them occur that the work allows."
    ),
    topic="crisis games",
    related=("fearon1995",),
    note="The work was not re-read; its basic war theorem is told as recalled. Illustrative payoffs.",
    assumptions=(
        "Each side knows what every outcome is worth to the other.",
        "To either side to negotiate is better than to begin a war, and to acquiesce better than to capitulate.",
        "An attack comes as a surprise, which favours who makes it.",
        "Who makes the first demand bears a cost for it.",
    ),
    does_not_say="""\
What is demanded is fixed: no smaller demand or offer can be made that both would accept. A war ends for good, and its
result is known beforehand. Domestic politics, for which the work is known, is in the cost of force alone, and nothing
is hidden.""",
    names={
        WAR: {"State A": "demand", FACED: "counter", FIRST: "attack"},
        TALKS_A: {"State A": "demand", FACED: "counter", FIRST: "hold fire"},
        B_YIELDS: {"State A": "demand", FACED: "acquiesce"},
        A_YIELDS: {"State A": "demand nothing", "State B": "demand", "State A, faced with a demand": "acquiesce"},
        TALKS_B: {"State A": "demand nothing", "State B": "demand", "State A, faced with a demand": "counter"},
        QUIET: {"State A": "demand nothing", "State B": "demand nothing"},
    },
    measures={
        "there is war": ("war begun by A", None),
        "there are talks": ("negotiation", None),
        "State A acquiesces": ("A acquiesces", None),
        "State B acquiesces": ("B acquiesces", None),
        "the status quo stays": ("status quo", None),
    },
    axes=("balance", "surprise"),
    claims=(
        Claim(
            "The basic war theorem, as recalled: there is war exactly where State A would capitulate to an attack of "
            "State B, which would rather attack than negotiate, and to both the war that A begins is better than to "
            "acquiesce.",
            "",
            ask.condition_of(WAR),
            lambda p: _b_coerces(p) & (_a_begins(p) - p.demand >= -1) & _b_resists(p),
        ),
        Claim(
            "At the defaults State A demands, State B counters, and State A attacks.",
            "",
            lambda model: [ask.classes_at()(model), ask.value_at("war begun by A")(model)],
            [{WAR}, 1],
            basis="computed",
        ),
        Claim(
            "War brings State A n + s - w_A, less the cost of its demand.",
            "",
            ask.formula_of(payoff("State A"), WAR),
            lambda p: _a_begins(p) - p.demand,
        ),
        Claim(
            "It brings State B -n - s - w_B.",
            "",
            ask.formula_of(payoff("State B"), WAR),
            lambda p: -p.balance - p.surprise - p.war_b,
        ),
        # Talks would bring -0.5 and 0.5, less the cost of the demand to A.
        Claim(
            "Both would rather have negotiated: they get -0.9 and -0.7, where talks over the same demand bring -0.6 "
            "and 0.5.",
            "",
            lambda model: (
                [ask.value_at(payoff(state))(model) for state in ("State A", "State B")]
                + [_restrained(ask.value_at(payoff(state)))(model) for state in ("State A", "State B")]
            ),
            ["-0.9", "-0.7", "-0.6", "0.5"],
            basis="computed",
        ),
        Claim(
            "A State B that is bound not to attack is not attacked: there are talks instead of war.",
            "",
            _restrained(ask.value_at("negotiation")),
            1,
            basis="own",
        ),
        Claim(
            "From s = w_A + t - 1 - n on an advantage of attacking first brings war, and not State A's acquiescence.",
            "",
            ask.threshold_of("surprise", "war begun by A"),
            lambda p: p.war_a + p.demand - 1 - p.balance,
        ),
        Claim(
            "A war that costs State A more than n + s - t + 1 does not take place.",
            "",
            ask.threshold_of("war_a", "war begun by A"),
            lambda p: p.balance + p.surprise + 1 - p.demand,
        ),
        Claim(
            "A State A that loses more by capitulating, here from w_A + s - n - 1 on, would fight back, and there are "
            "talks.",
            "",
            ask.threshold_of("attacked", "negotiation"),
            lambda p: p.war_a + p.surprise - p.balance - 1,
        ),
        Claim(
            "There are talks over A's demand where neither side could and would coerce the other, and n is at least t.",
            "",
            ask.condition_of(TALKS_A),
            lambda p: _neither_coerces(p) & (p.balance >= p.demand),
        ),
        Claim(
            "Where n is at most -t the talks are over B's demand.",
            "",
            ask.condition_of(TALKS_B),
            lambda p: _neither_coerces(p) & (p.balance <= -p.demand),
        ),
        Claim(
            "Between these there is the status quo.",
            "",
            ask.condition_of(QUIET),
            lambda p: _neither_coerces(p) & (p.balance <= p.demand) & (p.balance >= -p.demand),
        ),
        Claim(
            "State A acquiesces where State B coerces, and a war that A would begin is worse for it.",
            "",
            ask.condition_of(A_YIELDS),
            lambda p: (
                _b_coerces(p)
                & (
                    (_b_fights(p) & (_a_begins(p) <= -1 - p.attacked))
                    | (_b_resists(p) & (_a_begins(p) - p.demand <= -1))
                )
            ),
        ),
        Claim(
            "It then loses 1, which State B gets, less the cost of its demand.",
            "",
            lambda model: [ask.formula_of(payoff(state), A_YIELDS)(model) for state in model.game.players],
            lambda p: [-1, 1 - p.demand],
        ),
        Claim(
            "State B acquiesces where it would be coerced, or would rather acquiesce than fight the war that A begins.",
            "",
            ask.condition_of(B_YIELDS),
            lambda p: (
                (_b_capitulates(p) & ((p.force <= 1 - p.balance) | _b_coerces(p)))
                | (_b_coerces(p) & (_a_begins(p) >= -1 - p.attacked) & (p.balance + p.surprise + p.war_b >= 1))
            ),
        ),
        Claim(
            "It then loses 1, which State A gets, less the cost of its demand.",
            "",
            lambda model: [ask.formula_of(payoff(state), B_YIELDS)(model) for state in model.game.players],
            lambda p: [1 - p.demand, -1],
        ),
        Claim(
            "Talks bring n to State A and -n to State B, and cost whoever made the demand t.",
            "",
            lambda model: [
                ask.formula_of(payoff(state), talks)(model)
                for talks in (TALKS_A, TALKS_B)
                for state in model.game.players
            ],
            lambda p: [p.balance - p.demand, -p.balance, p.balance, -p.balance - p.demand],
        ),
        Claim(
            "Nobody capitulates, and State B begins no war: who would come to that gives way before.",
            "",
            ask.always(
                lambda _game, solution: all(
                    one.outcomes[name] == 0
                    for one in solution
                    for name in ("A capitulates", "B capitulates", "war begun by B")
                )
            ),
        ),
    ),
    draws=_map,
    theory=Theory(
        mechanism=("pre-emption", "commitment"),
        actors="two states",
        information=("complete",),
        result=("war without a mistake",),
        finding=(
            "A side that would capitulate if it were attacked attacks first, although both would rather negotiate."
        ),
        means=("punishment",),
        phase=("general", "immediate"),
        neighbours={
            "schelling1960/surprise_attack": "Both may attack at once, each for fear that the other does.",
            "fearon1995/shifting_power": "What cannot be promised is restraint by a side that grows stronger.",
            "signorino1999/strategic_choice": "Attack and resistance with errors, as one estimates them.",
        },
    ),
)
