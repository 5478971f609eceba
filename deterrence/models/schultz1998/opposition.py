"""Domestic opposition: a party that gains by a failed threat vouches for those it supports.

A Government that is resolved with chance ``r`` stays or challenges; resisted, it fights or backs down. Alone, an
irresolute one bluffs, and the Rival resists at times: war comes with chance ``r/(1 + a)``, where backing down costs
``a``. With an Opposition that knows the type, and gains where a threat it opposed fails, there is always an equilibrium
in which only a resolved Government challenges, is supported, and gets its concession. Neither bluff nor war is left.
"""

from __future__ import annotations

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

RESOLVED: Any = share(
    0.3,
    "chance that the Government is resolved",
    symbol="r",
    plausible=(0.05, 0.95),
    why="holds 13/15, from which the Rival believes any threat",
)
WAR: Any = param(
    0.4,
    "what war is worth to a resolved Government, a concession being worth 1",
    low=0,
    high=1,
    symbol="w",
    plausible=(0.1, 0.9),
    why="better than nothing, worse than a concession",
)
SHAME: Any = param(
    0.3,
    "price of backing down",
    low=0,
    high=1,
    symbol="a",
    plausible=(0.05, 0.39),
    why="from next to nothing to almost the price of a lost war",
)
DEFEAT: Any = param(
    0.4,
    "what war costs an irresolute Government",
    low=0,
    high=2,
    symbol="d",
    plausible=(0.32, 1.5),
    why="more than backing down costs at the default",
)
LOSS: Any = param(
    0.3,
    "what a concession costs the Rival, a threat that fails being worth 1 to it",
    low=0,
    high=1,
    symbol="l",
    plausible=(0.05, 0.48),
    why="less than war with a resolved Government costs it",
)
HARM: Any = param(
    0.5,
    "what war costs the Rival",
    low=0,
    high=2,
    symbol="c",
    plausible=(0.32, 2),
    why="more than the concession, by little or by much",
)
BLAME: Any = param(
    0.5,
    "what the Opposition loses if a threat it opposed succeeds",
    low=0,
    high=3,
    symbol="b",
    plausible=(0.1, 3),
    why="holds 2, from which it may be unsure of opposing bluffs",
)
CREDIT: Any = param(
    0.6,
    "what it gains if a threat it opposed fails",
    low=0,
    high=3,
    symbol="k",
    plausible=(0.05, 2),
    why="holds 0.15, up to which it may be unsure of opposing bluffs",
)


@game("Government", "Rival", name="government-alone")
def alone(
    *,
    resolved: Any = RESOLVED,
    war: Any = WAR,
    shame: Any = SHAME,
    defeat: Any = DEFEAT,
    loss: Any = LOSS,
    harm: Any = HARM,
) -> Assumed:
    """Challenge or stay; concede or resist; fight or back down. There is no opposition."""

    def government(able: bool) -> Node:
        kind = "Resolved Government" if able else "Irresolute Government"
        last = {"fight": end("war", war if able else -defeat, -harm), "back down": end("backed down", -shame, 1)}
        resisted = move("Government", last, information=f"{kind}, resisted")
        answers: dict[str, Node] = {"concede": end("concession", 1, -loss), "resist": resisted}
        choices: dict[str, Node] = {
            "stay": end("status quo", 0, 0),
            "challenge": move("Rival", answers, information="Rival"),
        }
        return move("Government", choices, information=kind)

    drawn = chance({"resolved": (resolved, government(True)), "irresolute": (1 - resolved, government(False))})
    return where(drawn, resolved > 0, resolved < 1, war > 0, shame > 0, shame < defeat, loss > 0, loss < harm)


def _opposed(resolved: Any, government: Any, rival: Any, votes: Any, opposing: Any = None) -> Assumed:
    """Return the tree with an Opposition; ``opposing`` is the chance, if any, that it opposes all threats."""
    (war, shame, defeat), (loss, harm), (blame, credit) = government, rival, votes

    def answered(able: bool, stance: str) -> Node:
        success, failure = (0, 0) if stance == "supported" else (-blame, credit)
        fought = end("war", war, success, -harm) if able else end("war", -defeat, failure, -harm)
        last = {"fight": fought, "back down": end("backed down", -shame, failure, 1)}
        kind = "Resolved Government" if able else "Irresolute Government"
        resisted = move("Government", last, information=f"{kind}, {stance} and resisted")
        answers: dict[str, Node] = {"concede": end("concession", 1, success, -loss), "resist": resisted}
        return move("Rival", answers, information=f"Rival, threat {stance}")

    def declared(able: bool) -> Node:
        stances = {"support": answered(able, "supported"), "oppose": answered(able, "opposed")}
        free = move("Opposition", stances, information=f"Opposition, {'resolved' if able else 'irresolute'}")
        if opposing is None:
            return free
        return chance({"partisan": (1 - opposing, free), "pacifist": (opposing, answered(able, "opposed"))})

    def challenger(able: bool) -> Node:
        choices: dict[str, Node] = {"stay": end("status quo", 0, 0, 0), "challenge": declared(able)}
        return move("Government", choices, information=f"{'Resolved' if able else 'Irresolute'} Government")

    drawn = chance({"resolved": (resolved, challenger(True)), "irresolute": (1 - resolved, challenger(False))})
    inside = (resolved > 0, resolved < 1, war > 0, shame > 0, shame < defeat, loss > 0, loss < harm)
    return where(drawn, *inside, blame > 0, credit > 0)


@game("Government", "Opposition", "Rival", name="opposition")
def opposition(
    *,
    resolved: Any = RESOLVED,
    war: Any = WAR,
    shame: Any = SHAME,
    defeat: Any = DEFEAT,
    loss: Any = LOSS,
    harm: Any = HARM,
    blame: Any = BLAME,
    credit: Any = CREDIT,
) -> Assumed:
    """Challenge or stay; support or oppose; concede or resist; fight or back down."""
    return _opposed(resolved, (war, shame, defeat), (loss, harm), (blame, credit))


@game("Government", "Opposition", "Rival", name="opposition-or-pacifists")
def pacifists(
    *,
    resolved: Any = RESOLVED,
    war: Any = WAR,
    shame: Any = SHAME,
    defeat: Any = DEFEAT,
    loss: Any = LOSS,
    harm: Any = HARM,
    blame: Any = BLAME,
    credit: Any = CREDIT,
    opposing: Any = share(
        0.1,
        "chance that the Opposition opposes all threats, come what may",
        symbol="q",
        plausible=(0.01, 0.4),
        why="a minority, as parties that oppose all wars are",
    ),
) -> Assumed:
    """As with an Opposition, which may be one that opposes all threats."""
    tree = _opposed(resolved, (war, shame, defeat), (loss, harm), (blame, credit), opposing)
    return where(tree, opposing > 0)


REVEALED, UNSURE, BLUFF, BELIEVED = "revealed resolve", "unsure opposition", "supported bluff", "believed threat"
NAMES: dict[str, dict[str, str]] = {
    REVEALED: {"Irresolute Government": "stay", "Opposition, irresolute": "oppose"},
    UNSURE: {"Irresolute Government": "stay", "Opposition, irresolute": "mixed"},
    BLUFF: {"Irresolute Government": "mixed", "Opposition, irresolute": "support"},
    BELIEVED: {"Irresolute Government": "challenge", "Opposition, irresolute": "support"},
}
ALONE = {"bluff": {"Irresolute Government": "mixed"}, BELIEVED: {"Irresolute Government": "challenge"}}


def _alone(question: ask.Question) -> ask.Question:
    """Ask a question of the game without an Opposition."""
    return lambda model: question(replace(model, game=alone.with_class_names(ALONE)))


def _with_pacifists(measure: ask.Question) -> ask.Question:
    """Ask for a measure in the equilibrium with the least war, where the Opposition may oppose all threats."""

    def asked(model: Any) -> Any:
        return measure(min(replace(model, game=pacifists).solve(), key=lambda one: one.outcomes["war"]))

    return asked


def _concedes(stance: str) -> ask.Question:
    """Measure how often the Rival concedes to a threat."""
    return lambda one: one.strategies[f"Rival, threat {stance}"]["concede"]


def _believed(model: Any) -> Any:
    """Ask how far, at the least, the Rival takes opposition for a sign of resolve where bluffs are supported."""
    beliefs = [one.beliefs["Rival, threat opposed"] for one in model.solve() if one.name == BLUFF]
    return min(sum(p for history, p in belief.items() if history.startswith("resolved")) for belief in beliefs)


def _map(model: Any, ax: Any) -> Any:
    """Draw which equilibria exist over resolve and what war costs the Rival."""
    from deterrence.analysis.regions import regions

    return regions(model.game, resolved=(0.02, 0.98), harm=(0.32, 2)).plot(ax=ax)


MODEL = Model(
    opposition,
    source="schultz1998",
    relation="reduction",
    changed="""\
Two types of Government stand for the work's range of costs of war, the Rival's cost of war is known, there is one \
size of threat, and the voters' judgement enters as fixed payoffs of the Opposition alone.""",
    topic="signalling",
    related=("schultz2001", "fearon1994"),
    note="The abstract was read, the game recalled and not re-read. Illustrative payoffs.",
    assumptions=(
        "The Opposition knows the Government's resolve, the Rival does not.",
        "The Opposition cares for votes alone: blamed for opposing a success, credited for opposing a failure.",
        "A war that a resolved Government fights counts as a success.",
        "An irresolute Government would rather back down than fight.",
    ),
    does_not_say="""\
That the Opposition is informed is assumed: where it is not, its support vouches for nothing. The Government's own votes
are left out, and so is what the Opposition itself thinks of war. There is a second equilibrium, in which it supports
bluffs; nothing in the game but an argument about beliefs rules that out.""",
    names=NAMES,
    axes=("resolved", "harm"),
    claims=(
        Claim(
            "With an Opposition there is always an equilibrium in which only a resolved Government challenges.",
            "",
            ask.condition_of(REVEALED),
            lambda p: p.resolved > 0,
        ),
        Claim(
            "It has neither war nor bluff.",
            "",
            lambda model: [ask.formula_of(outcome, REVEALED)(model) for outcome in ("war", "backed down")],
            [0, 0],
        ),
        Claim(
            "The Government then gets a concession with chance r, the Opposition nothing, and the Rival loses r l.",
            "",
            lambda model: [ask.formula_of(payoff(who), REVEALED)(model) for who in model.game.players],
            lambda p: [p.resolved, 0, -p.resolved * p.loss],
        ),
        Claim(
            "Alone, an irresolute Government bluffs at times wherever r (1 + c) is at most 1 + l.",
            "",
            _alone(ask.condition_of("bluff")),
            lambda p: p.resolved * (1 + p.harm) <= 1 + p.loss,
        ),
        Claim(
            "Alone, at the defaults, that is the only equilibrium.",
            "",
            _alone(ask.classes_at()),
            {"bluff"},
            basis="computed",
        ),
        # The Rival is indifferent at a belief of 1.3/1.5 in resolve, the irresolute Government where it is resisted
        # with chance 1/1.3: so 0.7 times the bluffs stands to 0.3 as 0.2 to 1.3, and war has the chance 0.3/1.3.
        Claim(
            "An irresolute Government then bluffs with chance 6/91, and war comes with chance 3/13.",
            "",
            _alone(
                lambda model: [
                    ask.value_at(lambda one: one.strategies["Irresolute Government"]["challenge"])(model),
                    ask.value_at("war")(model),
                ],
            ),
            ["0.065934", "0.230769"],
            basis="computed",
        ),
        Claim(
            "Alone, war comes with chance r/(1 + a): the more backing down costs, the less war there is.",
            "",
            _alone(ask.formula_of("war", "bluff")),
            lambda p: p.resolved / (1 + p.shame),
        ),
        Claim(
            "Alone, the Government gets r (w + a)/(1 + a), and the Rival loses r l (1 + c)/(1 + l).",
            "",
            _alone(
                lambda model: [ask.formula_of(payoff(who), "bluff")(model) for who in ("Government", "Rival")],
            ),
            lambda p: [
                p.resolved * (p.war + p.shame) / (1 + p.shame),
                -p.resolved * p.loss * (1 + p.harm) / (1 + p.loss),
            ],
        ),
        Claim(
            "A party that hopes for its failure serves the Government: it gets 0.3, and 0.161538 alone; the Rival "
            "loses 0.09, and 0.103846 without it.",
            "",
            lambda model: [
                question(model)
                for who in ("Government", "Rival")
                for question in (ask.value_at(payoff(who), REVEALED), _alone(ask.value_at(payoff(who))))
            ],
            ["0.3", "0.161538", "-0.09", "-0.103846"],
            basis="computed",
        ),
        Claim(
            "There may be another equilibrium, with the bluffs and wars of a Government alone, which the Opposition "
            "supports.",
            "",
            ask.condition_of(BLUFF),
            lambda p: p.resolved * (1 + p.harm) <= 1 + p.loss,
        ),
        Claim(
            "It rests on a Rival that takes opposition for a sign of resolve, and believes in it at least to 13/15, "
            "though to oppose a resolved Government never pays.",
            "",
            _believed,
            "0.866667",
            basis="computed",
        ),
        Claim(
            "Where r (1 + c) is at least 1 + l all challenge and are believed, with or without an Opposition.",
            "",
            lambda model: [ask.condition_of(BELIEVED)(model), _alone(ask.condition_of(BELIEVED))(model)],
            lambda p: [p.resolved * (1 + p.harm) >= 1 + p.loss] * 2,
        ),
        Claim(
            "The Opposition may be unsure whether to oppose a bluff, which then is not tried, where b a >= k.",
            "",
            ask.condition_of(UNSURE),
            lambda p: p.blame * p.shame >= p.credit,
        ),
        Claim(
            "The Rival then concedes to a threat that is opposed with chance k/(b + k).",
            "",
            ask.formula_of(_concedes("opposed"), UNSURE),
            lambda p: p.credit / (p.blame + p.credit),
        ),
        # An irresolute Government is then always opposed and must be indifferent: x - a (1 - x) = 0 if x is the chance
        # of a concession. So a resolved one, if pacifists oppose it, gets war with chance 1/1.3: 0.3 * 0.1/1.3 in all.
        Claim(
            "An Opposition that may oppose all threats, with chance 1/10, brings bluffs and wars back: war comes with "
            "at least 3/130 in every equilibrium.",
            "",
            _with_pacifists(lambda one: one.outcomes["war"]),
            "0.023077",
            basis="own",
        ),
        # Blamed for opposing a resolved Government, 0.3 * 0.1 * 0.5; bluffs come with 0.03 * 0.2/1.3, succeed with
        # 0.3/1.3 and fail with 1/1.3, each worth (0.6 - 0.5 * 0.3)/1.3.
        Claim(
            "In that equilibrium the Opposition expects -0.013402.",
            "",
            _with_pacifists(payoff("Opposition")),
            "-0.013402",
            basis="own",
        ),
    ),
    draws=_map,
    theory=Theory(
        mechanism=("domestic politics", "signalling"),
        actors="state and opposition",
        information=("one-sided",),
        result=("reveals", "several outcomes"),
        finding="An opposition that gains by failed threats makes those it supports credible: war may vanish.",
        means=("punishment",),
        phase=("immediate",),
        neighbours={
            "cho1987/signalling_resolve": "The State speaks for itself, and its signal pleases the type that it suits.",
            "fearon1997/tying_hands": "A Government shows resolve by a price of backing down that it sets itself.",
            "fearon1994/audience_costs": "The price of backing down at home grows as the crisis goes on.",
        },
    ),
)
