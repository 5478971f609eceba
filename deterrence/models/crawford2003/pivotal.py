"""Pivotal deterrence: a third party holds off two rivals by keeping each in doubt about its side.

Either of two rivals, East and West, may get an opportunity to attack the other. Whom the Pivot joins wins. The
Pivot first keeps both in doubt, so that it favours East with chance ``p``, or takes a side, which estranges the
other by ``k``. Where its favourite attacks it joins the attack, which costs it ``r``, or opposes it, which costs
``f``. An impartial Pivot, ``r >= f``, deters both without more. Another deters both by doubt where
``g_W/(1 + g_W) <= p <= 1/(1 + g_E)``, with gains measured by what a defeat costs. To deter one of them by taking a
side emboldens the other; there is a doubt that deters both only where ``g_E g_W <= 1``.
"""

from __future__ import annotations

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


@game("East", "West", "Pivot")
def pivotal(
    *,
    leaning: Any = share(
        0.5,
        "chance that the Pivot, if it keeps both in doubt, turns out to favour East",
        symbol="p",
        plausible=(0.05, 0.95),
        why="holds 4/9 and 5/9, between which doubt deters both",
    ),
    opportunity: Any = share(
        0.6,
        "chance that the opportunity to attack is East's and not West's",
        symbol="o",
        plausible=(0.1, 0.9),
        why="from almost always West's to almost always East's",
    ),
    east_gain: Any = param(
        0.8,
        "East's gain by victory; its defeat costs 1",
        low=0,
        high=10,
        symbol="g_E",
        plausible=(0.1, 3),
        why="holds 1, up to which an even chance deters",
    ),
    west_gain: Any = param(
        0.8,
        "West's gain by victory; its defeat costs 1",
        low=0,
        high=10,
        symbol="g_W",
        plausible=(0.1, 3),
        why="holds 1, up to which an even chance deters",
    ),
    estrangement: Any = param(
        0.1,
        "what taking a side costs the Pivot with the other; a war between the two costs it 1",
        low=0,
        high=5,
        symbol="k",
        plausible=(0.02, 0.6),
        why="from a cool reception to more than half a war",
    ),
    reward: Any = param(
        0.2,
        "what joining an attack costs the Pivot in addition",
        low=0,
        high=5,
        symbol="r",
        plausible=(0.02, 1),
        why="holds 0.6, from which the Pivot is impartial",
    ),
    favour: Any = param(
        0.6,
        "what opposing the one it favours costs the Pivot in addition",
        low=0,
        high=5,
        symbol="f",
        plausible=(0.05, 2),
        why="holds 0.2, up to which the Pivot is impartial",
    ),
) -> Assumed:
    """Keep both in doubt or take a side; attack or wait; join the favourite's attack or oppose it."""
    gains = {"East": east_gain, "West": west_gain}

    def war(attacker: str, prevails: bool, price: Any) -> Node:
        victim = "West" if attacker == "East" else "East"
        worth = {attacker: gains[attacker], victim: -1} if prevails else {attacker: -1, victim: 0}
        name = f"{attacker} prevails" if prevails else f"{attacker} is defeated"
        return end(name, worth["East"], worth["West"], -1 - price)

    def called(attacker: str, spent: Any, when: str) -> Node:
        choices = {
            "join the attack": war(attacker, True, spent + reward),
            "oppose it": war(attacker, False, spent + favour),
        }
        return move("Pivot", choices, information=f"Pivot, {attacker} attacks, {when}")

    def turn(rival: str, attacked: Node, spent: Any, when: str) -> Node:
        choices = {"wait": end("peace", 0, 0, -spent), "attack": attacked}
        return move(rival, choices, information=f"{rival}, {when}")

    def doubtful(rival: str, favoured: Any) -> Node:
        branches = {
            f"favours {rival}": (favoured, called(rival, 0, "in doubt")),
            "favours the other": (1 - favoured, war(rival, False, 0)),
        }
        return turn(rival, chance(branches), 0, "in doubt")

    def certain(rival: str, favourite: str) -> Node:
        when = f"Pivot with {favourite}"
        follows = called(rival, estrangement, when) if rival == favourite else war(rival, False, estrangement)
        return turn(rival, follows, estrangement, when)

    def either(east: Node, west: Node) -> Node:
        return chance({"East may attack": (opportunity, east), "West may attack": (1 - opportunity, west)})

    choices = {
        "keep both in doubt": either(doubtful("East", leaning), doubtful("West", 1 - leaning)),
        "side with East": either(certain("East", "East"), certain("West", "East")),
        "side with West": either(certain("East", "West"), certain("West", "West")),
    }
    tree = move("Pivot", choices, information="Pivot")
    inside = (leaning > 0, leaning < 1, opportunity > 0, opportunity < 1)
    return where(tree, *inside, east_gain > 0, west_gain > 0, estrangement > 0, reward > 0, favour > 0)


def _partial(p: Any) -> Any:
    return p.favour >= p.reward


def _east(p: Any) -> Any:
    """Return what East expects of an attack while it is in doubt."""
    return p.leaning * (1 + p.east_gain) - 1


def _west(p: Any) -> Any:
    """Return the same of West."""
    return (1 - p.leaning) * (1 + p.west_gain) - 1


def _if_east(p: Any) -> Any:
    """Return what it costs the Pivot that East attacks in doubt."""
    return p.opportunity * (1 + p.leaning * p.reward)


def _if_west(p: Any) -> Any:
    """Return the same of West."""
    return (1 - p.opportunity) * (1 + (1 - p.leaning) * p.reward)


def _with_east(p: Any) -> Any:
    """Return what it costs the Pivot to take East's side, which then attacks."""
    return p.estrangement + p.opportunity * (1 + p.reward)


def _with_west(p: Any) -> Any:
    """Return the same of West's side."""
    return p.estrangement + (1 - p.opportunity) * (1 + p.reward)


def _both(p: Any) -> Any:
    return _if_east(p) + _if_west(p)


def _no_doubt_deters_both(present: Any, solution: Any) -> bool:
    """Return whether gains whose product is above 1 leave no pivotal deterrence."""
    values = present.values
    return values["east_gain"] * values["west_gain"] <= 1 or all(one.name != PIVOTAL for one in solution)


def _map(model: Any, ax: Any) -> Any:
    """Draw what happens over the Pivot's leaning and West's gain."""
    from deterrence.analysis.regions import regions

    return regions(model.game, leaning=(0.02, 0.98), west_gain=(0.05, 3)).plot(ax=ax)


PIVOTAL, IMPARTIAL = "pivotal deterrence", "impartial Pivot"
EAST, WEST, BOTH = "East attacks in doubt", "West attacks in doubt", "both attack in doubt"
WITH_EAST, WITH_WEST = "side with East", "side with West"
DOUBT, JOINS = {"Pivot": "keep both in doubt"}, {"Pivot, East attacks, in doubt": "join the attack"}
KEEN: dict[str, Any] = {"east_gain": 2, "west_gain": 2}
"""Rivals so keen that no doubt deters both, 2 * 2 > 1."""

MODEL = Model(
    pivotal,
    source="crawford2003",
    relation="in the spirit of",
    changed=(
        "Not found in the work, which reasons in words and by cases: the game is ours, after its ideas that doubt "
        "about the third party's side can hold off two rivals at once and that taking a side deters one and "
        "emboldens the other."
    ),
    topic="alliances",
    related=("snyder1984",),
    note="The work was not re-read; reviews of it were. Illustrative payoffs.",
    assumptions=(
        "Whom the Pivot joins wins, and both rivals know that.",
        "If it keeps both in doubt, whom it favours shows only in a war; the chance is known to all.",
        "It favours nobody but the side that it has taken, if it has taken one.",
        "One rival alone gets an opportunity to attack, and by chance.",
    ),
    does_not_say="""\
The Pivot can neither stay out of a war nor mend its relations, and the rivals cannot look for other friends. That
doubt holds for long, or that a favourite may be told so in secret, is left out.""",
    names={
        IMPARTIAL: DOUBT | {"Pivot, East attacks, in doubt": "oppose it"},
        PIVOTAL: DOUBT | JOINS | {"East, in doubt": "wait", "West, in doubt": "wait"},
        EAST: DOUBT | JOINS | {"East, in doubt": "attack", "West, in doubt": "wait"},
        WEST: DOUBT | JOINS | {"East, in doubt": "wait", "West, in doubt": "attack"},
        BOTH: DOUBT | JOINS | {"East, in doubt": "attack", "West, in doubt": "attack"},
        WITH_EAST: {"Pivot": "side with East"},
        WITH_WEST: {"Pivot": "side with West"},
    },
    axes=("leaning", "west_gain"),
    theory=Theory(
        mechanism=("alliance", "commitment", "credibility"),
        actors="alliance",
        information=("noisy signal",),
        result=("deters", "displaces", "trades off"),
        finding=(
            "A partial third party deters two rivals at once only by doubt, and only while each gains less by "
            "victory than the other's fear allows; if it takes a side it deters one rival and emboldens the other."
        ),
        means=("punishment",),
        scope=("extended",),
        phase=("general",),
        neighbours={
            "snyder1984/alliance": "The third party has one protégé, and its help is in doubt because it may not come.",
            "quackenbush2006/three_party": "Two allies face one attacker, and may help each other.",
            "zagare2003/tripartite_crisis": "The third party is bound to one side, which may change over to the other.",
        },
    ),
    claims=(
        Claim(
            "A partial Pivot, f >= r, deters both by doubt where p (1 + g_E) <= 1 and (1 - p)(1 + g_W) <= 1.",
            "",
            ask.condition_of(PIVOTAL),
            lambda p: _partial(p) & (_east(p) <= 0) & (_west(p) <= 0),
        ),
        Claim(
            "An impartial one, r >= f, deters both whatever it may favour.",
            "",
            ask.condition_of(IMPARTIAL),
            lambda p: p.favour <= p.reward,
        ),
        Claim(
            "Where doubt does not deter East alone, the Pivot may let it, if that costs no more than West's side.",
            "",
            ask.condition_of(EAST),
            lambda p: _partial(p) & (_east(p) >= 0) & (_west(p) <= 0) & (_if_east(p) <= _with_west(p)),
        ),
        Claim(
            "The like holds of West.",
            "",
            ask.condition_of(WEST),
            lambda p: _partial(p) & (_west(p) >= 0) & (_east(p) <= 0) & (_if_west(p) <= _with_east(p)),
        ),
        Claim(
            "Where doubt deters neither it may let both, if that costs no more than either side.",
            "",
            ask.condition_of(BOTH),
            lambda p: (
                _partial(p)
                & (_east(p) >= 0)
                & (_west(p) >= 0)
                & (_both(p) <= _with_east(p))
                & (_both(p) <= _with_west(p))
            ),
        ),
        Claim(
            "It takes West's side where doubt would not deter East, and a war that West begins costs less, with the "
            "estrangement, than those of doubt.",
            "",
            ask.condition_of(WITH_WEST),
            lambda p: (
                _partial(p)
                & (_east(p) >= 0)
                & (
                    ((_west(p) <= 0) & (_with_west(p) <= _if_east(p)))
                    | ((_west(p) >= 0) & (_with_west(p) <= _both(p)) & (_with_west(p) <= _with_east(p)))
                )
            ),
        ),
        Claim(
            "It takes East's side where the like holds.",
            "",
            ask.condition_of(WITH_EAST),
            lambda p: (
                _partial(p)
                & (_west(p) >= 0)
                & (
                    ((_east(p) <= 0) & (_with_east(p) <= _if_west(p)))
                    | ((_east(p) >= 0) & (_with_east(p) <= _both(p)) & (_with_east(p) <= _with_west(p)))
                )
            ),
        ),
        Claim(
            "Doubt deters both between g_W/(1 + g_W) and 1/(1 + g_E).",
            "",
            ask.boundaries_of("leaning", "peace"),
            lambda p: (p.west_gain / (1 + p.west_gain), 1 / (1 + p.east_gain)),
        ),
        Claim(
            "At the defaults that is between 4/9 and 5/9: 0.44 and 0.56 leave it, 0.45 and 0.55 do not.",
            "",
            lambda model: [ask.is_equilibrium_at(PIVOTAL, leaning=p)(model) for p in (0.44, 0.45, 0.55, 0.56)],
            [False, True, True, False],
            # 0.8/1.8 and 1/1.8
            basis="computed",
        ),
        Claim(
            "Where g_E g_W > 1 there is no doubt that deters both.",
            "",
            ask.always(_no_doubt_deters_both),
        ),
        Claim(
            "A Pivot that leans to East at 0.7 takes West's side: East has more opportunities, and would attack. "
            "To deter it, West is let loose: war comes with chance 0.4, and West prevails.",
            "",
            lambda model: [ask.value_at(name, leaning=0.7)(model) for name in (WITH_WEST, "West prevails")],
            [1, "0.4"],
            basis="computed",  # doubt costs 0.6 * 1.14 = 0.684, West's side 0.1 + 0.4 * 1.2 = 0.58
        ),
        Claim(
            "Between rivals so keen that both would attack in doubt, g = 2, to take a side makes for less war: "
            "0.4, where doubt would leave it certain.",
            "",
            lambda model: [ask.value_at(name, **KEEN)(model) for name in (WITH_WEST, "peace")],
            [1, "0.6"],
            # doubt costs 0.6 * 1.1 + 0.4 * 1.1 = 1.1, West's side 0.1 + 0.4 * 1.2 = 0.58, East's 0.1 + 0.6 * 1.2 = 0.82
            basis="computed",
        ),
        Claim(
            "A keener West may make for more peace: where estrangement costs 0.6 and p = 0.6, the Pivot lets East "
            "attack while West gains 0.8, and takes West's side where it gains 2: peace goes from 0.4 to 0.6.",
            "",
            lambda model: [
                ask.value_at("peace", estrangement=0.6, leaning=0.6, west_gain=gain)(model) for gain in (0.8, 2)
            ],
            ["0.4", "0.6"],
            # East's attack costs 0.6 * 1.12 = 0.672, with West's besides 0.672 + 0.4 * 1.08 = 1.104; West's side 1.08.
            basis="computed",
        ),
        Claim(
            "Having taken West's side, the Pivot fares the better the more of the opportunities are East's.",
            "",
            ask.sign_of("opportunity", payoff("Pivot"), WITH_WEST),
            "rises",
        ),
        Claim(
            "West's side costs the Pivot k + (1 - o)(1 + r).",
            "",
            ask.formula_of(payoff("Pivot"), WITH_WEST),
            lambda p: -_with_west(p),
        ),
        Claim(
            "It costs East the opportunities of West, (1 - o), and brings West (1 - o) g_W.",
            "",
            lambda model: [ask.formula_of(payoff(rival), WITH_WEST)(model) for rival in ("East", "West")],
            lambda p: (p.opportunity - 1, (1 - p.opportunity) * p.west_gain),
        ),
        Claim(
            "If East attacks in doubt, that brings it o (p (1 + g_E) - 1), and costs West o p.",
            "",
            lambda model: [ask.formula_of(payoff(rival), EAST)(model) for rival in ("East", "West")],
            lambda p: (p.opportunity * (p.leaning * (1 + p.east_gain) - 1), -p.opportunity * p.leaning),
        ),
        Claim(
            "If West attacks in doubt, that costs East (1 - o)(1 - p).",
            "",
            ask.formula_of(payoff("East"), WEST),
            lambda p: -(1 - p.opportunity) * (1 - p.leaning),
        ),
        Claim(
            "Sanctions of 0.5 on East's victory widen the doubt that deters both, from 1/1.8 to 1/1.3: it still "
            "does at 0.76, and not at 0.78.",
            "",
            lambda model: [
                ask.under(
                    ask.is_equilibrium_at(PIVOTAL, leaning=p),
                    Sanctions("East", outcomes=("East prevails",), pressure=0.5),
                )(model)
                for p in (0.76, 0.78)
            ],
            [True, False],
            basis="own",  # 1/1.3 = 0.769
        ),
    ),
    draws=_map,
)
