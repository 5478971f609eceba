"""Who challenges, if strength counts in peace and in war: the weakest bluff, the strongest fight, those between wait.

A Challenger's strength ``t``, which it alone knows, is worth ``s t`` to it in peace and ``w t - k`` in war. The weak
have little to lose by a bluff, and back down if they are resisted, at an audience cost ``a``; the strong fight. Those
between live well enough in peace and would not gain by war. So a challenge tells little of strength, and the Defender
resists just so often that its own types part: ``r = t_1/((1 - t_2) V)``. The game is the library's own.
"""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from deterrence.games.continuum.notation import draw
from deterrence.games.notation import end, game, move
from deterrence.games.parameter import param
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Challenger", "Defender", name="sorted-challenges")
def sorted_challenges(
    *,
    peace: Any = param(
        0.5,
        "what strength is worth in peace, for each unit",
        low=0.05,
        high=1,
        symbol="s",
        plausible=(0.4, 0.6),
        why="less than the prize, so that the weak have something to gain",
    ),
    audience: Any = param(
        0.3,
        "what it costs the Challenger to back down",
        low=0.01,
        high=2,
        symbol="a",
        plausible=(0.2, 0.5),
        why="a part of the prize",
    ),
    spoils: Any = param(
        1.6,
        "what strength is worth in war, for each unit",
        low=0.1,
        high=4,
        symbol="w",
        plausible=(1.4, 1.8),
        why="more than in peace: the strong have more to gain by war",
    ),
    war: Any = param(
        1,
        "what a war costs the Challenger",
        low=0.1,
        high=3,
        symbol="k",
        plausible=(0.9, 1.2),
        why="so much that only the stronger half would fight",
    ),
    defender_war: Any = param(
        0.5,
        "the most that a war may cost the Defender",
        low=0.05,
        high=3,
        symbol="V",
        plausible=(0.4, 0.8),
        why="less than the prize",
    ),
) -> Any:
    """Challenge or not; concede or resist; then fight or back down."""

    def resisted(strength: Any, its_cost: Any) -> Any:
        return move(
            "Challenger",
            information="resisted",
            back_down=end("retreat", -audience, 1),
            fight=end("war", spoils * strength - war, -its_cost),
        )

    def crisis(strength: Any, its_cost: Any) -> Any:
        answered = move("Defender", concede=end("concession", 1, 0), resist=resisted(strength, its_cost))
        quiet = end("status quo", peace * strength, 1)
        return move("Challenger", information="Challenger", wait=quiet, challenge=answered)

    def below(strength: Any) -> Any:
        return draw(
            0,
            defender_war,
            seen_by="Defender",
            then=lambda its_cost: crisis(strength, its_cost),
            name="what a war costs the Defender",
        )

    return draw(0, 1, seen_by="Challenger", then=below, name="the Challenger's strength")


def resistance(one: Any) -> Any:
    """Measure how likely resistance is, given a challenge."""
    return (one.outcomes["retreat"] + one.outcomes["war"]) / (1 - one.outcomes["status quo"])


SORTED = "weakest and strongest challenge"
PLACES: tuple[tuple[dict[str, str], list[str]], ...] = (
    ({}, ["0.724849", "0.115392", "0.681610"]),
    ({"audience": "1/2", "spoils": "3/2", "war": "9/10", "defender_war": "20/39"}, ["0.6", "0.2", "0.35"]),
    (
        {"peace": "2/5", "audience": "2/5", "war": "11/10", "defender_war": "4/5"},
        ["0.650543", "0.223101", "0.571318"],
    ),
)
"""Parameter values, and how likely resistance is there and between which strengths nobody challenges."""
NO_REASON = {"audience": "1/2", "spoils": "3/2", "war": "6/5"}
"""Values at which there is a second equilibrium, in which nobody challenges."""


def _asked(measure: Any) -> ask.Question:
    """Ask for a measure of the sorted equilibrium at each of the places, with the game's values there."""

    def asked(model: Any) -> list[Any]:
        found = []
        for values, _ in PLACES:
            solution = model.solve_without_certificate(**values)
            one = ask.equilibrium_of(SORTED, solution)
            found.append(measure(one, SimpleNamespace(**{k: float(v) for k, v in one.game.values.items()})))
        return found

    return asked


def _parts(one: Any, _: Any) -> list[Any]:
    return [resistance(one), *one.cutoffs["Challenger"]]


def _gaps(one: Any, p: Any) -> list[float]:
    """Return by how much the three conditions of indifference fail."""
    r, weak, strong = map(float, _parts(one, p))
    return [
        (1 - r) - r * p.audience - p.peace * weak,
        (1 - r) + r * (p.spoils * strong - p.war) - p.peace * strong,
        weak - (1 - strong) * r * p.defender_war,
    ]


def _differences(one: Any, p: Any) -> list[float]:
    """Return by how much payoffs differ from the integrals over types, written out."""
    r, weak, strong = map(float, _parts(one, p))
    bluffs = weak * ((1 - r) - r * p.audience)
    peace = p.peace * (strong**2 - weak**2) / 2
    wars = (1 - strong) * ((1 - r) - r * p.war) + r * p.spoils * (1 - strong**2) / 2
    return [
        float(one.payoffs["Challenger"]) - (bluffs + peace + wars),
        float(one.payoffs["Defender"]) - (strong - weak + r * weak / 2),
    ]


def _figure(model: Any, ax: Any) -> Any:
    """Draw between which strengths nobody challenges, over the cost of war."""
    from deterrence.plot.canvas import axes_or_new

    ax = axes_or_new(ax, 6, 4)
    costs = [Fraction(k, 40) for k in range(36, 47)]
    found = [ask.equilibrium_of(SORTED, model.solve_without_certificate(war=cost)) for cost in costs]
    ends = [[float(end) for end in one.cutoffs["Challenger"]] for one in found]
    ax.fill_between([float(cost) for cost in costs], *zip(*ends, strict=True), color="0.8", label="no challenge")
    ax.set_xlabel("what a war costs the Challenger, $k$")
    ax.set_ylabel("strength")
    ax.set_ylim(0, 1)
    ax.legend()
    return ax


MODEL = Model(
    sorted_challenges,
    source="fearon1994",
    relation="in the spirit of",
    changed=(
        "Own: not found in the work, from which only the cost of backing down before an audience is taken. A strength "
        "that counts in peace as well as in war is added, in three moves."
    ),
    topic="audience costs",
    note="A game of the library's own, with illustrative payoffs.",
    assumptions=(
        "Strength is spread evenly between 0 and 1, and known to the Challenger alone.",
        "It is worth something in peace, and more in war.",
        "What a war costs the Defender is hidden, too, and does not depend on the other's strength.",
    ),
    does_not_say="""\
That the weakest challenge follows from what peace is worth to them, which is assumed; it is no finding about states.
The Defender's war is no worse against a strong Challenger, so that it need not fear the strong most.""",
    names={
        SORTED: {"Challenger": "wait + challenge", "Defender": "concede + resist", "resisted": "back_down + fight"},
        "nobody challenges": {"Challenger": "wait"},
    },
    claims=(
        Claim(
            "Resistance, and the strengths between which nobody challenges: found by a search over types.",
            "",
            _asked(_parts),
            [expected for _, expected in PLACES],
            basis="computed",
        ),
        Claim(
            "The weaker of these is indifferent to a bluff, the stronger to a war, and the Defender's types part where "
            "resistance brings nothing: r = t_1/((1 - t_2) V).",
            "",
            _asked(_gaps),
            [["0.000000"] * 3] * len(PLACES),
        ),
        Claim(
            "What both expect is what types bring on average.",
            "",
            _asked(_differences),
            [["0.000000"] * 2] * len(PLACES),
        ),
        Claim(
            "At the defaults 0.433782 challenge, and war comes with chance 0.230784.",
            "",
            ask.each_of(ask.value_at("status quo", SORTED), ask.value_at("war", SORTED)),
            ["0.566218", "0.230784"],
            basis="computed",
        ),
        Claim(
            "Where war costs much there is a second equilibrium, by beliefs: nobody challenges, as any challenge would "
            "be resisted.",
            "",
            lambda model: [
                {one.name for one in model.solve_without_certificate(**values)} for values in ({}, NO_REASON)
            ],
            [{SORTED}, {SORTED, "nobody challenges"}],
            basis="own",
        ),
        Claim(
            "It leaves the Challenger half of what strength is worth in peace, and the Defender the prize.",
            "",
            lambda model: [
                [one.payoffs["Challenger"], one.payoffs["Defender"]]
                for one in model.solve_without_certificate(**NO_REASON)
                if one.name == "nobody challenges"
            ],
            [["0.25", 1]],
            basis="own",
        ),
    ),
    draws=_figure,
    theory=Theory(
        mechanism=("audience costs", "signalling"),
        actors="two states",
        information=("two-sided",),
        result=("several outcomes",),
        finding="Where strength counts in peace, too, the weakest bluff and the strongest fight.",
        phase=("immediate",),
        neighbours={
            "fearon1994/hidden_resolve": "There peace is worth the same to all types, and bluffs are a mixture.",
        },
    ),
)
