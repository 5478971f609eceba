"""The blame game: blame an attacker that may be vulnerable to blame, or tolerate the attack.

An Attacker is vulnerable to blame with chance ``v``, and the Victim of an attack knows with chance ``k`` whether it is.
It blames or tolerates. Blame takes its gain ``g`` from a vulnerable Attacker and costs it ``p``, and brings the Victim
redress ``b``; an Attacker that is not vulnerable loses nothing, and the Victim that blames it loses ``c``. Vulnerable
ones are deterred where knowledge is likely enough, ``k >= g/(g + p)``. Where it is not, a Victim that does not know
tolerates attacks if few Attackers are vulnerable, ``v <= c/(b + c)``, and blames at times if many are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.mechanisms.innocent_attacks import InnocentAttacks
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

VULNERABLE: Any = share(
    0.5,
    "chance that the Attacker is vulnerable to blame",
    symbol="v",
    plausible=(0.05, 0.95),
    why="holds 2/3, above which ignorant Victims may blame",
)
KNOWLEDGE: Any = share(
    0.3,
    "chance that the Victim knows whether it is",
    symbol="k",
    plausible=(0.02, 0.95),
    why="holds 1/2, from which the vulnerable are deterred",
)
GAIN: Any = param(
    1,
    "what an attack brings the Attacker",
    low=0,
    high=10,
    symbol="g",
    plausible=(0.2, 5),
    why="holds 0.43, up to which the default knowledge deters",
)
PENALTY: Any = param(
    1,
    "what a vulnerable Attacker that is blamed loses, instead of the gain",
    low=0,
    high=10,
    symbol="p",
    plausible=(0.2, 5),
    why="holds 2.3, from which the default knowledge deters",
)
HARM: Any = param(
    1,
    "what an attack costs the Victim",
    low=0,
    high=10,
    symbol="d",
    plausible=(0.2, 5),
    why="from less than redress is worth to ten times that",
)
REDRESS: Any = param(
    0.5,
    "what blaming a vulnerable Attacker brings the Victim",
    low=0,
    high=10,
    symbol="b",
    plausible=(0.1, 3),
    why="holds 1, above which an ignorant Victim may blame",
)
EMBARRASSMENT: Any = param(
    1,
    "what blaming an Attacker that is not vulnerable costs it",
    low=0,
    high=10,
    symbol="c",
    plausible=(0.1, 3),
    why="holds 0.5, below which an ignorant Victim may blame",
)


def _tree(types: tuple[Any, Any], attacker: tuple[Any, Any], victim: tuple[Any, Any, Any], seen: bool) -> Assumed:
    """Return the tree, in which the Attacker has seen whether the Victim knows, or has not."""
    (vulnerable, knowledge), (gain, penalty), (harm, redress, embarrassment) = types, attacker, victim

    def answered(weak: bool, knows: bool) -> Node:
        useful = end("useful blame", -penalty, redress - harm)
        useless = end("useless blame", gain, -embarrassment - harm)
        choices: dict[str, Node] = {
            "blame": useful if weak else useless,
            "tolerate": end("tolerated attack", gain, -harm),
        }
        kind = "vulnerable" if weak else "invulnerable"
        return move("Victim", choices, information=f"Victim, {kind} Attacker known" if knows else "ignorant Victim")

    def attacker_of(weak: bool) -> Node:
        kind = "vulnerable Attacker" if weak else "invulnerable Attacker"

        def choose(attacked: Node, label: str) -> Node:
            choices: dict[str, Node] = {"refrain": end("peace", 0, 0), "attack": attacked}
            return move("Attacker", choices, information=label)

        known, unknown = answered(weak, True), answered(weak, False)
        if seen:
            known, unknown = choose(known, f"{kind}, Victim knows"), choose(unknown, f"{kind}, Victim ignorant")
        drawn = chance({"knows": (knowledge, known), "ignorant": (1 - knowledge, unknown)})
        return drawn if seen else choose(drawn, kind)

    tree = chance({"vulnerable": (vulnerable, attacker_of(True)), "invulnerable": (1 - vulnerable, attacker_of(False))})
    inside = (vulnerable > 0, vulnerable < 1, knowledge > 0, knowledge < 1)
    return where(tree, *inside, gain > 0, penalty > 0, redress > 0, embarrassment > 0)


@game("Attacker", "Victim", name="blame-game")
def blame_game(
    *,
    vulnerable: Any = VULNERABLE,
    knowledge: Any = KNOWLEDGE,
    gain: Any = GAIN,
    penalty: Any = PENALTY,
    harm: Any = HARM,
    redress: Any = REDRESS,
    embarrassment: Any = EMBARRASSMENT,
) -> Assumed:
    """Attack or refrain; blame or tolerate. The Attacker does not know what the Victim knows."""
    return _tree((vulnerable, knowledge), (gain, penalty), (harm, redress, embarrassment), seen=False)


@game("Attacker", "Victim", name="blame-game-with-open-knowledge")
def open_knowledge(
    *,
    vulnerable: Any = VULNERABLE,
    knowledge: Any = KNOWLEDGE,
    gain: Any = GAIN,
    penalty: Any = PENALTY,
    harm: Any = HARM,
    redress: Any = REDRESS,
    embarrassment: Any = EMBARRASSMENT,
) -> Assumed:
    """Attack or refrain; blame or tolerate. The Attacker sees whether the Victim knows."""
    return _tree((vulnerable, knowledge), (gain, penalty), (harm, redress, embarrassment), seen=True)


def _deters(p: Any) -> Any:
    return p.knowledge * (p.gain + p.penalty) >= p.gain


def _fails_to_deter(p: Any) -> Any:
    return p.knowledge * (p.gain + p.penalty) <= p.gain


def dares(one: Any) -> Any:
    """Measure how often a vulnerable Attacker attacks."""
    return one.strategies["vulnerable Attacker"]["attack"]


def accuses(one: Any) -> Any:
    """Measure how often a Victim blames that does not know."""
    return one.strategies["ignorant Victim"]["blame"]


def _openly(question: ask.Question) -> ask.Question:
    """Ask a question of the game in which the Attacker sees whether the Victim knows."""
    return lambda model: question(replace(model, game=open_knowledge, names={}))


def _map(model: Any, ax: Any) -> Any:
    """Draw what happens over the Victim's knowledge and the Attacker's vulnerability."""
    from deterrence.analysis.regions import regions

    return regions(model.game, knowledge=(0.02, 0.98), vulnerable=(0.02, 0.98)).plot(ax=ax)


DETERRED, TOLERATED, BLAMED = "deterrence of the vulnerable", "tolerated attacks", "blame at times"
PLAYERS = ("Attacker", "Victim")

MODEL = Model(
    blame_game,
    source="edwards2017",
    relation="in the spirit of",
    changed="""\
Not found in the work, as far as could be seen: the types and choices are those that its abstract names, an attacker's \
vulnerability and a victim's knowledge, an attack, blame or toleration; the payoffs are the library's own.""",
    topic="attribution",
    related=("rid2015", "baliga2020"),
    note="The abstract was read, not the work. Illustrative payoffs.",
    assumptions=(
        "An Attacker that is not vulnerable to blame attacks whatever the Victim does.",
        "A Victim knows for sure whether the Attacker is vulnerable, or not at all; the Attacker does not know which.",
        "To blame in vain costs more than to tolerate, as one is then expected to act and cannot.",
    ),
    does_not_say="""\
That the attack came from the Attacker is certain here unless innocent attacks are added; what is doubted is whether
blame does anything to it. Blame is the only answer, and what third parties make of it is left out.""",
    names={
        DETERRED: {"vulnerable Attacker": "refrain", "ignorant Victim": "tolerate"},
        TOLERATED: {"vulnerable Attacker": "attack", "ignorant Victim": "tolerate"},
        BLAMED: {"vulnerable Attacker": "mixed", "ignorant Victim": "mixed"},
    },
    axes=("knowledge", "vulnerable"),
    claims=(
        Claim(
            "Vulnerable Attackers are deterred where the Victim is likely enough to know, k >= g/(g + p).",
            "",
            ask.condition_of(DETERRED),
            _deters,
        ),
        Claim(
            "Below that, a Victim that does not know tolerates attacks where v is at most c/(b + c).",
            "",
            ask.condition_of(TOLERATED),
            lambda p: _fails_to_deter(p) & (p.vulnerable * (p.redress + p.embarrassment) <= p.embarrassment),
        ),
        Claim(
            "Where v is larger it blames at times.",
            "",
            ask.condition_of(BLAMED),
            lambda p: _fails_to_deter(p) & (p.vulnerable * (p.redress + p.embarrassment) >= p.embarrassment),
        ),
        Claim(
            "At the defaults every attack is tolerated by a Victim that does not know.",
            "",
            ask.classes_at(),
            {TOLERATED},
            basis="computed",
        ),
        Claim(
            "Then the Attacker gets (1 - v k) g - v k p and the Victim loses d, less the redress v k b.",
            "",
            lambda model: [ask.formula_of(payoff(who), TOLERATED)(model) for who in PLAYERS],
            lambda p: [
                p.gain - p.vulnerable * p.knowledge * (p.gain + p.penalty),
                p.vulnerable * p.knowledge * p.redress - p.harm,
            ],
        ),
        Claim(
            "Where the vulnerable are deterred the others attack: the Attacker gets (1 - v) g, the Victim loses "
            "(1 - v) d.",
            "",
            lambda model: [ask.formula_of(payoff(who), DETERRED)(model) for who in PLAYERS],
            lambda p: [(1 - p.vulnerable) * p.gain, -(1 - p.vulnerable) * p.harm],
        ),
        Claim(
            "Where it blames at times, vulnerable Attackers attack with chance (1 - v) c/(v b): so that blame is worth "
            "its risk by nothing.",
            "",
            ask.formula_of(dares, BLAMED),
            lambda p: (1 - p.vulnerable) * p.embarrassment / (p.vulnerable * p.redress),
        ),
        Claim(
            "Better knowledge then does not make attacks rarer.",
            "",
            ask.sign_of("knowledge", dares, BLAMED),
            "does not move",
        ),
        Claim(
            "It makes a Victim that does not know blame less often.",
            "",
            ask.sign_of("knowledge", accuses, BLAMED),
            "falls",
        ),
        # Half of all attacks must be blamed, 0.3 are by those who know: 0.2/0.7; and 0.2 * 1/(0.8 * 0.5).
        Claim(
            "Where four of five are vulnerable, such a Victim blames with chance 2/7, and half of them attack.",
            "",
            lambda model: [ask.value_at(what, BLAMED, vulnerable=0.8)(model) for what in (accuses, dares)],
            ["0.285714", "0.5"],
            basis="computed",
        ),
        # With b = 3 and d = c = 1, and half of them vulnerable: a third of these attack, so that 2/3 of harm come with
        # 0.45 * 3/6 of redress; where they are deterred, 1/2 of harm.
        Claim(
            "Knowing more may harm the Victim: where redress is worth 3 it loses 0.441667 at a knowledge of 0.45, and "
            "0.5 at 0.6, which deters those whom it would gain by blaming.",
            "",
            lambda model: [ask.value_at(payoff("Victim"), redress=3, knowledge=k)(model) for k in (0.45, 0.6)],
            ["-0.441667", "-0.5"],
            basis="computed",
        ),
        # If it is shown, the vulnerable half attacks the ignorant alone, and there is peace with chance 0.5 k. If it is
        # hidden they all attack at a knowledge below 1/2, and none above.
        Claim(
            "Whether the Victim knows is better hidden if it probably does, and shown if it probably does not: at a "
            "knowledge of 0.3 and 0.6 peace has a chance of 0 and 0.5 if it is hidden, 0.15 and 0.3 if it is shown.",
            "",
            lambda model: [
                question(model)
                for peace in [ask.value_at("peace", knowledge=k) for k in (0.3, 0.6)]
                for question in (peace, _openly(peace))
            ],
            [0, "0.15", "0.5", "0.3"],
            basis="own",
        ),
        # 0.95 are vulnerable and refrain, a fifth of these are framed, and make up 0.19 of 0.24 attacks: more than 2/3.
        Claim(
            "Attacks by a third party, with chance 1/5, bring blame on the innocent: where 0.95 are vulnerable and "
            "deterred, 0.19 of all cases end in blame of one that did not attack.",
            "",
            ask.under(
                ask.value_at("useful blame", vulnerable=0.95, knowledge=0.6),
                InnocentAttacks("attack", "refrain", background=0.2),
            ),
            "0.19",
            basis="own",
        ),
    ),
    draws=_map,
    theory=Theory(
        mechanism=("attribution", "credibility"),
        actors="two states",
        information=("two-sided",),
        result=("deters", "no effect"),
        finding="Attacks are tolerated where their author may not mind blame; knowledge deters only from a point on.",
        means=("punishment",),
        phase=("general", "immediate"),
        neighbours={
            "avenhaus2002/noisy_attribution": "It is unsure whether there was an attack, not what blame would do.",
            "baliga2020/imperfect_attribution": "Several may have attacked, and the Defender may answer the wrong one.",
            "zagare2000/unattributed_challenge": "The Challenger is known by chance alone, and then may be deterred.",
        },
    ),
)
