"""A spiral of fear: two states that seek security defect, since each fears that the other is greedy.

Either state seeks security or is greedy, and alone knows which; they cooperate or defect at once. A seeker likes best
that both cooperate, which is worth 1, and would gain ``s < 1`` by exploiting the other; a greedy state would gain
``e > 1``, and always defects. Who cooperates with a state that defects loses ``f``. A seeker can cooperate where it
trusts the other at least to ``f/(1 - s + f)``. Even there, both may defect for fear that the other does: the spiral is
always an equilibrium, and between two seekers it is a tragedy.
"""

from __future__ import annotations

from dataclasses import replace
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
from deterrence.refinements import payoff_dominant

PLAYERS = ("First", "Second")


@game(*PLAYERS)
def spiral(
    *,
    first_seeks: Any = share(
        0.7,
        "chance that First seeks security, which is how far Second trusts it",
        symbol="t_1",
        plausible=(0.05, 0.95),
        why="holds 0.6, the least trust that Second needs",
    ),
    second_seeks: Any = share(
        0.7,
        "chance that Second seeks security, which is how far First trusts it",
        symbol="t_2",
        plausible=(0.05, 0.95),
        why="holds 0.6, the least trust that First needs",
    ),
    temptation: Any = param(
        0.4,
        "what a seeker gains by exploiting the other, cooperation being worth 1",
        low=-1,
        high=1,
        symbol="s",
        plausible=(0, 0.95),
        why="holds 0.61, up to which there may be cooperation",
    ),
    greed: Any = param(
        1.5,
        "what a greedy state gains by exploiting the other",
        low=1,
        high=5,
        symbol="e",
        plausible=(1.1, 3),
        why="more than cooperation, by little or by much",
    ),
    first_fear: Any = param(
        0.9,
        "what First loses if it is exploited",
        low=0,
        high=10,
        symbol="f_1",
        plausible=(0.1, 5),
        why="holds 1.4, above which First is too fearful",
    ),
    second_fear: Any = param(
        0.9,
        "what Second loses if it is exploited",
        low=0,
        high=10,
        symbol="f_2",
        plausible=(0.1, 5),
        why="holds 1.4, above which Second is too fearful",
    ),
) -> Assumed:
    """Cooperate or defect, at once; each knows its own aims alone."""

    def second(cooperates: bool, kinds: tuple[str, str]) -> Node:
        first_gets, second_gets = (temptation if kind == "seeker" else greed for kind in kinds)
        hostile = "tragic spiral" if kinds == ("seeker", "seeker") else "hostility"
        if cooperates:
            kept, abused = end("cooperation", 1, 1), end("First is exploited", -first_fear, second_gets)
        else:
            kept, abused = end("Second is exploited", first_gets, -second_fear), end(hostile, 0, 0)
        return move("Second", {"cooperate": kept, "defect": abused}, information=f"Second, {kinds[1]}")

    def first(kinds: tuple[str, str]) -> Node:
        choices = {"cooperate": second(True, kinds), "defect": second(False, kinds)}
        return move("First", choices, information=f"First, {kinds[0]}")

    def met(kind: str) -> Node:
        seeker, greedy = first((kind, "seeker")), first((kind, "greedy"))
        return chance({"Second seeks": (second_seeks, seeker), "Second greedy": (1 - second_seeks, greedy)})

    tree = chance({"First seeks": (first_seeks, met("seeker")), "First greedy": (1 - first_seeks, met("greedy"))})
    inside = (first_seeks > 0, first_seeks < 1, second_seeks > 0, second_seeks < 1)
    return where(tree, *inside, temptation < 1, greed > 1, first_fear > 0, second_fear > 0)


def _first_needs(p: Any) -> Any:
    """Return the least trust at which First can cooperate."""
    return p.first_fear / (1 - p.temptation + p.first_fear)


def _second_needs(p: Any) -> Any:
    return p.second_fear / (1 - p.temptation + p.second_fear)


def _trusting(p: Any) -> Any:
    return (p.second_seeks >= _first_needs(p)) & (p.first_seeks >= _second_needs(p))


def hopes(one: Any) -> Any:
    """Measure how often First cooperates if it seeks security."""
    return one.strategies["First, seeker"]["cooperate"]


def _map(model: Any, ax: Any) -> Any:
    """Draw which equilibria exist over how far either state can be trusted."""
    from deterrence.analysis.regions import regions

    return regions(model.game, first_seeks=(0.02, 0.98), second_seeks=(0.02, 0.98)).plot(ax=ax)


COOPERATION, SPIRAL, AT_TIMES = "cooperation of seekers", "spiral", "cooperation at times"
SANCTIONED = tuple(
    Sanctions(who, outcomes=f"{other} is exploited", pressure=0.8, prefix=who.lower())
    for who, other in (PLAYERS, PLAYERS[::-1])
)

MODEL = Model(
    spiral,
    source="kydd1997",
    relation="in the spirit of",
    changed="""\
Not found in the work, which follows an arms race and how a buildup changes beliefs. Here each state chooses once, by \
the beliefs it has, as in the trust game of the author's later book.""",
    topic="security dilemma",
    related=("kydd2005", "jervis1978"),
    note="The abstract was read, the work recalled and not re-read. Illustrative payoffs.",
    assumptions=(
        "Each state alone knows whether it seeks security or is greedy.",
        "A security seeker would rather cooperate than exploit, and rather defect than be exploited.",
        "A greedy state would rather exploit than cooperate.",
        "Both know how far either trusts the other.",
    ),
    does_not_say="""\
Nobody sees a buildup and learns from it, so that the word spiral stands for fear of fear and not for a race. No gesture
can be made, and there is no second round in which trust could grow.""",
    names={
        COOPERATION: {"First, seeker": "cooperate", "Second, seeker": "cooperate"},
        SPIRAL: {"First, seeker": "defect", "Second, seeker": "defect"},
        AT_TIMES: {"First, seeker": "mixed", "Second, seeker": "mixed"},
    },
    axes=("first_seeks", "second_seeks"),
    claims=(
        Claim(
            "Seekers can cooperate where each trusts the other at least to f/(1 - s + f), with its own fear f.",
            "",
            ask.condition_of(COOPERATION),
            _trusting,
        ),
        Claim(
            "The spiral is an equilibrium however far they trust each other.",
            "",
            ask.condition_of(SPIRAL),
            lambda p: p.first_fear > 0,
        ),
        Claim(
            "First's least trust is f_1/(1 - s + f_1).",
            "",
            ask.boundaries_of("second_seeks", "cooperation"),
            lambda p: (_first_needs(p),),
        ),
        # 0.3/0.9, 0.9/1.5 and 2.4/3
        Claim(
            "The more it fears to be exploited the more it must trust: fears of 0.3, 0.9 and 2.4 ask for 1/3, 3/5 and "
            "4/5.",
            "",
            lambda model: [
                ask.threshold_value("second_seeks", "cooperation", first_fear=fear)(model) for fear in (0.3, 0.9, 2.4)
            ],
            ["0.333333", "0.6", "0.8"],
            basis="computed",
        ),
        Claim(
            "One fearful state is enough: where Second's fear is 3, First's trust does not help, and there is only the "
            "spiral.",
            "",
            ask.classes_at(second_fear=3, second_seeks=0.95),
            {SPIRAL},
        ),
        Claim(
            "Where seekers cooperate First gets t_1 (t_2 - (1 - t_2) f_1) + (1 - t_1) t_2 e, and Second the same with "
            "the states exchanged.",
            "",
            lambda model: [ask.formula_of(payoff(who), COOPERATION)(model) for who in PLAYERS],
            lambda p: [
                mine * (its - (1 - its) * fear) + (1 - mine) * its * p.greed
                for mine, its, fear in (
                    (p.first_seeks, p.second_seeks, p.first_fear),
                    (p.second_seeks, p.first_seeks, p.second_fear),
                )
            ],
        ),
        # A seeker, seven times in ten, expects 0.7 - 0.27; a greedy state 0.7 times 1.5.
        Claim(
            "At the defaults that is 0.616 for either, and nothing in the spiral.",
            "",
            lambda model: [ask.value_at(payoff(who), name)(model) for who in PLAYERS for name in (COOPERATION, SPIRAL)],
            ["0.616", 0, "0.616", 0],
            basis="computed",
        ),
        Claim(
            "Both would rather cooperate: payoff dominance leaves that equilibrium alone.",
            "",
            ask.survivors_at(payoff_dominant),
            {COOPERATION},
        ),
        Claim(
            "In the spiral two seekers meet with chance t_1 t_2, and defect although both want security alone.",
            "",
            ask.formula_of("tragic spiral", SPIRAL),
            lambda p: p.first_seeks * p.second_seeks,
        ),
        Claim(
            "Just short of the trust that is needed, at 0.59, there is only the spiral, and two seekers meet in it "
            "with chance 0.3481.",
            "",
            lambda model: [
                ask.classes_at(first_seeks=0.59, second_seeks=0.59)(model),
                ask.value_at("tragic spiral", first_seeks=0.59, second_seeks=0.59)(model),
            ],
            [{SPIRAL}, "0.3481"],
            basis="computed",
        ),
        Claim(
            "Where there may be cooperation there may be cooperation at times.",
            "",
            ask.condition_of(AT_TIMES),
            _trusting,
        ),
        Claim(
            "First then cooperates with chance f_2/(1 - s + f_2)/t_1, just enough for Second's fear.",
            "",
            ask.formula_of(hopes, AT_TIMES),
            lambda p: _second_needs(p) / p.first_seeks,
        ),
        Claim(
            "There a state that seeks security cooperates the more, the more the other fears it.",
            "",
            ask.sign_of("second_fear", hopes, AT_TIMES),
            "rises",
        ),
        # 0.7 and 0.5 of greed are less than cooperation: the greedy, too, want to cooperate with those who do.
        Claim(
            "Sanctions of 0.8 on who exploits the other make room for cooperation of all, even where trust is 0.1.",
            "",
            lambda model: [
                max(one.outcomes["cooperation"] for one in at.solve(first_seeks=0.1, second_seeks=0.1))
                for at in (model, replace(model, game=model.game.under(*SANCTIONED)))
            ],
            [0, 1],
            basis="own",
        ),
    ),
    draws=_map,
    theory=Theory(
        mechanism=("coordination", "pre-emption"),
        actors="two states",
        information=("two-sided",),
        result=("several outcomes",),
        finding="States that want security alone may defect for fear that the other is greedy, or fears that they are.",
        phase=("general",),
        neighbours={
            "kydd2005/costly_reassurance": "One of them can make a gesture that the greedy would not make.",
            "baliga2004/arms_race": "Costs of arming are drawn from a range, and fear may unravel all cooperation.",
            "schelling1960/surprise_attack": "All know that neither is greedy, and still may strike first.",
        },
    ),
)
