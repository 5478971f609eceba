"""An executive that gives up covert action for good, because being suspected costs it more.

An Executive may act covertly, for a gain ``v``. A Watchdog that does not see it investigates or not: an
investigation costs the Watchdog ``i`` and vexes the Executive by ``a`` whether or not it acted, and it finds out
what was done, which costs the Executive ``k`` and brings the Watchdog ``b``. Under secrecy the Executive acts with
chance ``i/b``, is investigated with chance ``v/k``, and is left with ``-a v/k``. It may first adopt a reform, at a
price ``e``, under which insiders leak a covert action with chance ``l``. Where ``l k >= v`` it then never acts, and
is left alone: it binds itself if ``e <= a v/k``, the more gladly the more it is tempted. A weaker reform makes
covert action more frequent, since the Watchdog relies on leaks.
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


@game("Executive", "Watchdog")
def covert_commitment(
    *,
    gain: Any = param(
        2,
        "what covert action brings the Executive",
        low=0,
        high=10,
        symbol="v",
        plausible=(0.2, 3.8),
        why="holds 0.8 and 2.4, between which it binds itself at the defaults",
    ),
    scandal: Any = param(
        4,
        "what it costs the Executive to be found out",
        low=0,
        high=20,
        symbol="k",
        plausible=(2.1, 12),
        why="holds 10/3 and 10, between which it binds itself at the defaults",
    ),
    vexation: Any = param(
        1,
        "what an investigation costs the Executive, guilty or not",
        low=0,
        high=10,
        symbol="a",
        plausible=(0.1, 4),
        why="holds 0.4, from which a reform is worth its price",
    ),
    effort: Any = param(
        1,
        "what an investigation costs the Watchdog",
        low=0,
        high=10,
        symbol="i",
        plausible=(0.2, 1.9),
        why="holds 0.8, above which the Watchdog would rely on leaks",
    ),
    finding: Any = param(
        2,
        "what it brings the Watchdog that a covert action comes out",
        low=0,
        high=10,
        symbol="b",
        plausible=(1.1, 6),
        why="holds 2.5, from which it would investigate beside leaks",
    ),
    leak: Any = share(
        0.6,
        "chance that insiders leak a covert action under the reform",
        symbol="l",
        plausible=(0.05, 0.95),
        why="holds 2/7 and 1/2, where a weak and a strong reform begin to pay",
    ),
    price: Any = param(
        0.2,
        "what the reform costs the Executive",
        low=0,
        high=5,
        symbol="e",
        plausible=(0.02, 1.5),
        why="holds 0.5, up to which a reform that binds is adopted",
    ),
) -> Assumed:
    """Keep secrecy or adopt a reform; act covertly or refrain, unseen; investigate or trust."""

    def trusted(leaks: Any, spent: Any) -> Node:
        kept = end("secret kept", gain - spent, 0)
        if leaks is None:
            return kept
        out = end("leak", gain - scandal - spent, finding)
        return chance({"leaks": (leaks, out), "does not leak": (1 - leaks, kept)})

    def watched(acted: bool, leaks: Any, spent: Any, regime: str) -> Node:
        if acted:
            found = end("found out", gain - scandal - vexation - spent, finding - effort)
            choices = {"trust": trusted(leaks, spent), "investigate": found}
        else:
            found = end("nothing found", -vexation - spent, -effort)
            choices = {"trust": end("nothing done", -spent, 0), "investigate": found}
        return move("Watchdog", choices, information=f"Watchdog, {regime}")

    def governed(leaks: Any, spent: Any, regime: str) -> Node:
        choices = {
            "refrain": watched(False, leaks, spent, regime),
            "act covertly": watched(True, leaks, spent, regime),
        }
        return move("Executive", choices, information=f"Executive, {regime}")

    choices = {"keep secrecy": governed(None, 0, "secrecy"), "reform": governed(leak, price, "reform")}
    tree = move("Executive", choices, information="Executive")
    inside = (gain > 0, gain < scandal, effort > 0, effort < finding, vexation > 0, leak > 0, leak < 1, price > 0)
    return where(tree, *inside)


def _binds(p: Any) -> Any:
    return p.leak * p.scandal >= p.gain


def _tempts(p: Any) -> Any:
    return p.leak * p.scandal <= p.gain


def _looks(p: Any) -> Any:
    """Return where leaks leave the Watchdog a reason to investigate."""
    return p.effort <= (1 - p.leak) * p.finding


def _trusts(p: Any) -> Any:
    return p.effort >= (1 - p.leak) * p.finding


def _spared(p: Any) -> Any:
    """Return how much vexation a reform spares that does not bind: a l (k - v)/((1 - l) k)."""
    return p.vexation * p.leak * (p.scandal - p.gain) / ((1 - p.leak) * p.scandal)


def _solved(game_here: Any) -> Any:
    from deterrence.solvers.solve import solve

    return solve(game_here)


def _map(model: Any, ax: Any) -> Any:
    """Draw what happens over the chance of leaks and the gain by covert action."""
    from deterrence.analysis.regions import regions

    return regions(model.game, leak=(0.02, 0.98), gain=(0.05, 3.95)).plot(ax=ax)


SECRECY, BOUND, WEAK, CLOAK = "secrecy and suspicion", "binding reform", "weak reform", "leaks in place of inquiries"
UNDER_REFORM = "Executive, reform"
FEEBLE: dict[str, Any] = {"leak": 0.3}
COSTLY: dict[str, Any] = {"leak": 0.3, "effort": 1.5}

MODEL = Model(
    covert_commitment,
    source="spaniel2018",
    relation="in the spirit of",
    changed=(
        "Not found in the work, in this form: the executive, the watchdog and the whistleblower are the authors' "
        "own, as their summary tells; here inquiries are all or nothing, and the whistleblower is a chance of "
        "leaks."
    ),
    topic="commitment",
    related=("joseph2018", "avenhaus2002"),
    note="The authors' summary was read, not the article. Illustrative payoffs.",
    assumptions=(
        "An investigation vexes the Executive as much if it finds nothing.",
        "An investigation finds out whatever was done.",
        "The reform is seen by the Watchdog, and cannot be undone in secret.",
        "The Watchdog gains as much by what leaks as by what it finds.",
    ),
    does_not_say="""\
Whether a covert action is wise, or whom it hurts, is left out, and so is the target's answer. The whistleblower has
no choice and bears no risk. An executive that is unlike others, and known not to be, does not appear.""",
    names={
        BOUND: {"Executive": "reform", UNDER_REFORM: "refrain"},
        WEAK: {"Executive": "reform", UNDER_REFORM: "mixed"},
        CLOAK: {"Executive": "reform", UNDER_REFORM: "act covertly"},
        SECRECY: {"Executive": "keep secrecy", "Executive, secrecy": "mixed"},
    },
    axes=("leak", "gain"),
    theory=Theory(
        mechanism=("commitment", "inspection", "domestic politics"),
        actors="state and opposition",
        information=("hidden action",),
        result=("deters", "backfires"),
        finding=(
            "An executive that would like to act in secret binds itself not to, since suspicion costs it what secrecy "
            "brings; a reform too weak to bind makes covert action more frequent."
        ),
        means=("punishment",),
        phase=("general",),
        neighbours={
            "joseph2018/covert_action": "Exposure is a matter of media, and the alternative is to act openly.",
            "avenhaus2002/noisy_attribution": "The violator cannot bind itself, and an alarm may be false or missed.",
        },
    ),
    claims=(
        Claim(
            "The Executive binds itself where leaks deter it, l k >= v, and the reform costs no more than "
            "suspicion does, e <= a v/k.",
            "",
            ask.condition_of(BOUND),
            lambda p: _binds(p) & (p.price * p.scandal <= p.vexation * p.gain),
        ),
        Claim(
            "It adopts a reform that does not bind it, l k <= v, where the Watchdog would still look, i <= (1 - l) "
            "b, and that spares more vexation than it costs, a l (k - v)/((1 - l) k) >= e.",
            "",
            ask.condition_of(WEAK),
            lambda p: _tempts(p) & _looks(p) & (_spared(p) >= p.price),
        ),
        Claim(
            "Where leaks take the place of inquiries, i >= (1 - l) b, it adopts one to act undisturbed, if "
            "v - l k + a v/k >= e.",
            "",
            ask.condition_of(CLOAK),
            lambda p: (
                _tempts(p) & _trusts(p) & (p.gain - p.leak * p.scandal + p.vexation * p.gain / p.scandal >= p.price)
            ),
        ),
        Claim(
            "Else secrecy and suspicion stay.",
            "",
            ask.condition_of(SECRECY),
            lambda p: (
                (_binds(p) & (p.price * p.scandal >= p.vexation * p.gain))
                | (_tempts(p) & _looks(p) & (_spared(p) <= p.price))
                | (_tempts(p) & _trusts(p) & (p.gain - p.leak * p.scandal + p.vexation * p.gain / p.scandal <= p.price))
            ),
        ),
        Claim(
            "Under secrecy the Executive acts with chance i/b, which has nothing to do with what it gains.",
            "",
            ask.formula_of("act covertly", SECRECY),
            lambda p: p.effort / p.finding,
        ),
        Claim(
            "It is investigated with chance v/k.",
            "",
            ask.formula_of("investigate", SECRECY),
            lambda p: p.gain / p.scandal,
        ),
        Claim(
            "It is left with -a v/k: less than if it could not act at all.",
            "",
            ask.formula_of(payoff("Executive"), SECRECY),
            lambda p: -p.vexation * p.gain / p.scandal,
        ),
        Claim(
            "The Watchdog gains nothing by its suspicion.",
            "",
            ask.formula_of(payoff("Watchdog"), SECRECY),
            0,
        ),
        Claim(
            "A reform that binds costs the Executive its price alone.",
            "",
            ask.formula_of(payoff("Executive"), BOUND),
            lambda p: -p.price,
        ),
        Claim(
            "The more the Executive is tempted, the worse it fares under secrecy.",
            "",
            ask.sign_of("gain", payoff("Executive"), SECRECY),
            "falls",
        ),
        Claim(
            "So it binds itself for a gain from 0.8 on, where a v/k = e, up to 2.4, where l k = v.",
            "",
            lambda model: [ask.is_equilibrium_at(BOUND, gain=v)(model) for v in (0.7, 0.9, 2.3, 2.5)],
            [False, True, True, False],
            # 1 * v/4 = 0.2 and 0.6 * 4 = v
            basis="computed",
        ),
        Claim(
            "A reform that does not bind makes covert action more frequent: i/((1 - l) b) in place of i/b.",
            "",
            ask.formula_of("act covertly", WEAK),
            lambda p: p.effort / ((1 - p.leak) * p.finding),
        ),
        Claim(
            "With leaks at 0.3 that is 5/7, against 1/2 under secrecy.",
            "",
            ask.value_at("act covertly", WEAK, **FEEBLE),
            "0.714286",
            # an effort of 1 over 0.7 * 2
            basis="computed",
        ),
        Claim(
            "The Watchdog then gains by leaks alone: l i/(1 - l).",
            "",
            ask.formula_of(payoff("Watchdog"), WEAK),
            lambda p: p.leak * p.effort / (1 - p.leak),
        ),
        Claim(
            "Where an investigation costs the Watchdog 1.5, a reform with leaks at 0.3 brings covert action for "
            "certain.",
            "",
            ask.value_at("act covertly", CLOAK, **COSTLY),
            1,
            basis="computed",  # 1.5 > 0.7 * 2, and 2 - 0.3 * 4 + 2/4 > 0.2
        ),
        Claim(
            "The Executive then has v - l k - e.",
            "",
            ask.formula_of(payoff("Executive"), CLOAK),
            lambda p: p.gain - p.leak * p.scandal - p.price,
        ),
        Claim(
            "Stronger leaks first make covert action more frequent and then end it: at 0.2, 0.3, 0.4 and 0.6 its "
            "chance is 1/2, 5/7, 5/6 and 0.",
            "",
            lambda model: [ask.value_at("act covertly", leak=leak)(model) for leak in (0.2, 0.3, 0.4, 0.6)],
            ["0.5", "0.714286", "0.833333", 0],
            # secrecy up to 2/7, 1/(0.7 * 2), 1/(0.6 * 2), and 0.6 * 4 > 2
            basis="computed",
        ),
        Claim(
            "An Executive that were known to be bound to refrain would keep secrecy, and have 0: it is not the "
            "reform that it wants but to be believed.",
            "",
            lambda model: [
                (one.payoffs["Executive"], one.probability("reform"))
                for one in _solved(model.game.under(Commitment("Executive", "refrain", holds=1)))
            ],
            [(0, 0)],
            basis="own",
        ),
    ),
    draws=_map,
)
