"""Covert or open intervention, or none, where media may expose what was to stay secret.

An Intervener acts openly, at the price of open force ``f``; covertly, which brings the share ``e`` of the gain
``v``; or not at all. A covert action is exposed with chance ``m``, the more likely the denser the media, and then
embarrasses by ``h``. A Rival that sees an intervention escalates, to the Intervener's damage ``d``, where silence
would cost it more than escalation, ``r >= k``. Covert action ends above ``m* = e v/(h + d)``, where nothing is done
instead, or above ``m* = (f + d - (1 - e) v)/(h + d)``, where it gives way to open action: exposure then prevents no
intervention, it brings it into the open. Against a Rival that keeps still the same holds with ``d = 0``.
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


@game("Intervener", "Rival")
def covert_action(
    *,
    gain: Any = param(
        4,
        "what a full intervention brings the Intervener, and takes from the Rival",
        low=0,
        high=20,
        symbol="v",
        plausible=(1, 10),
        why="holds 2 and 6, between which covert action is chosen at the defaults",
    ),
    effectiveness: Any = share(
        0.75,
        "share of the gain that covert action brings",
        symbol="e",
        plausible=(0.2, 0.95),
        why="secrecy costs some of the effect; holds 5/8, where open action begins",
    ),
    force: Any = param(
        1,
        "what open force costs the Intervener",
        low=0,
        high=20,
        symbol="f",
        plausible=(0.2, 5),
        why="holds 0.5, up to which open action is better at the defaults",
    ),
    exposure: Any = share(
        0.5,
        "chance that a covert action is exposed, which grows with the density of media",
        symbol="m",
        plausible=(0.05, 0.95),
        why="holds 2/3, above which nothing stays secret long enough",
    ),
    embarrassment: Any = param(
        1,
        "what exposure costs the Intervener",
        low=0,
        high=20,
        symbol="h",
        plausible=(0.2, 5),
        why="holds 2, above which open action is better at the defaults",
    ),
    damage: Any = param(
        2,
        "what the Rival's escalation costs the Intervener",
        low=0,
        high=20,
        symbol="d",
        plausible=(0.2, 8),
        why="holds 1 and 3, where open action ends and restraint begins to be better than it",
    ),
    silence: Any = param(
        3,
        "what it costs the Rival to leave a visible intervention unanswered",
        low=0,
        high=20,
        symbol="r",
        plausible=(0.5, 6),
        why="holds 2, from which the Rival escalates",
    ),
    escalation: Any = param(
        2,
        "what escalation costs the Rival",
        low=0,
        high=20,
        symbol="k",
        plausible=(0.5, 6),
        why="holds 3, up to which the Rival escalates",
    ),
) -> Assumed:
    """Intervene openly, covertly or not; where it is seen, the Rival escalates or keeps still."""

    def seen(share_of_gain: Any, price: Any, what: str) -> Node:
        mine, its = share_of_gain * gain - price, -share_of_gain * gain
        choices = {
            "keep still": end(f"{what} tolerated", mine, its - silence),
            "escalate": end("escalation", mine - damage, its - escalation),
        }
        return move("Rival", choices, information=f"Rival, {what}")

    hidden = end("secret kept", effectiveness * gain, -effectiveness * gain)
    covert = chance(
        {
            "exposed": (exposure, seen(effectiveness, embarrassment, "exposed action")),
            "kept secret": (1 - exposure, hidden),
        }
    )
    choices: dict[str, Node] = {
        "abstain": end("no intervention", 0, 0),
        "act covertly": covert,
        "intervene openly": seen(1, force, "open action"),
    }
    tree = move("Intervener", choices, information="Intervener")
    inside = (exposure > 0, effectiveness > 0, effectiveness < 1)
    return where(tree, gain > 0, force > 0, damage > 0, *inside)


def _escalates(p: Any) -> Any:
    return p.silence >= p.escalation


def _still(p: Any) -> Any:
    return p.silence <= p.escalation


def _covert(p: Any, harm: Any) -> Any:
    """Return what covert action is worth where the Rival's answer does so much harm."""
    return p.effectiveness * p.gain - p.exposure * (p.embarrassment + harm)


def _open(p: Any, harm: Any) -> Any:
    """Return the same of open action."""
    return p.gain - p.force - harm


def _map(model: Any, ax: Any) -> Any:
    """Draw what happens over the chance of exposure and the damage that the Rival does."""
    from deterrence.analysis.regions import regions

    return regions(model.game, exposure=(0.02, 0.98), damage=(0.05, 6)).plot(ax=ax)


COVERT, OPEN, NOTHING = "covert action", "open action in spite of escalation", "deterred"
COVERT_STILL, OPEN_STILL, IDLE = "covert action before a still Rival", "open action", "not worth it"
ANSWERED = {"Rival, open action": "escalate", "Rival, exposed action": "escalate"}
STILL = {"Rival, open action": "keep still", "Rival, exposed action": "keep still"}
COSTLY_RIVAL: dict[str, Any] = {"damage": 4}
"""A Rival whose escalation makes open action cost more than it brings, 4 - 1 - 4 < 0."""

MODEL = Model(
    covert_action,
    source="joseph2018",
    relation="in the spirit of",
    changed=(
        "Not found in the work, whose abstract tells of an argument and of data: that covert action is chosen less "
        "often where media are dense. The game, and what takes its place, are ours."
    ),
    topic="attribution",
    related=("bapat2012",),
    note="The abstract was read, not the article. Illustrative payoffs.",
    assumptions=(
        "An open intervention is always seen, a covert one only if it is exposed.",
        "Exposure comes too late to take back what covert action brought.",
        "The Rival bears the same loss of ground either way, and more if it is seen to let it pass.",
        "All know the chance of exposure, and what the others want.",
    ),
    does_not_say="""\
Media do nothing here but expose: that they also carry propaganda, or warn the target, is left out. The Rival cannot
expose the action itself, or look away on purpose. Audiences at home are one number.""",
    names={
        COVERT: {"Intervener": "act covertly"} | ANSWERED,
        OPEN: {"Intervener": "intervene openly"} | ANSWERED,
        NOTHING: {"Intervener": "abstain"} | ANSWERED,
        COVERT_STILL: {"Intervener": "act covertly"} | STILL,
        OPEN_STILL: {"Intervener": "intervene openly"} | STILL,
        IDLE: {"Intervener": "abstain"} | STILL,
    },
    axes=("exposure", "damage"),
    theory=Theory(
        mechanism=("attribution", "escalation"),
        actors="two states",
        information=("noisy signal",),
        result=("displaces", "trades off"),
        finding=(
            "A greater chance of exposure ends covert action, but it deters only an Intervener for whom open action "
            "is not worth its price; another one comes into the open, and meets escalation for certain."
        ),
        means=("punishment",),
        phase=("general",),
        neighbours={
            "bapat2012/direct_or_proxy": "The deniable channel is a proxy, and nobody answers but by a fixed penalty.",
            "avenhaus2002/noisy_attribution": "Attribution is uncertain there, too, but nobody can act openly.",
        },
    ),
    claims=(
        Claim(
            "Against a Rival that escalates, covert action is chosen where m (h + d) <= e v and "
            "m (h + d) <= f + d - (1 - e) v.",
            "",
            ask.condition_of(COVERT),
            lambda p: _escalates(p) & (_covert(p, p.damage) >= 0) & (_covert(p, p.damage) >= _open(p, p.damage)),
        ),
        Claim(
            "It intervenes openly, escalation or not, where v >= f + d and secrecy is too unsafe or too weak.",
            "",
            ask.condition_of(OPEN),
            lambda p: _escalates(p) & (_open(p, p.damage) >= 0) & (_open(p, p.damage) >= _covert(p, p.damage)),
        ),
        Claim(
            "It is deterred where v <= f + d and m (h + d) >= e v.",
            "",
            ask.condition_of(NOTHING),
            lambda p: _escalates(p) & (_open(p, p.damage) <= 0) & (_covert(p, p.damage) <= 0),
        ),
        Claim(
            "Before a Rival that keeps still, secrecy only saves open force: covert action is chosen where m h <= "
            "e v and m h <= f - (1 - e) v.",
            "",
            ask.condition_of(COVERT_STILL),
            lambda p: _still(p) & (_covert(p, 0) >= 0) & (_covert(p, 0) >= _open(p, 0)),
        ),
        Claim(
            "Before such a Rival it acts openly where v >= f and v - f >= e v - m h.",
            "",
            ask.condition_of(OPEN_STILL),
            lambda p: _still(p) & (_open(p, 0) >= 0) & (_open(p, 0) >= _covert(p, 0)),
        ),
        Claim(
            "And before such a Rival it abstains where neither way is worth its price.",
            "",
            ask.condition_of(IDLE),
            lambda p: _still(p) & (_open(p, 0) <= 0) & (_covert(p, 0) <= 0),
        ),
        Claim(
            "At the defaults covert action ends at an exposure of (f + d - (1 - e) v)/(h + d), and open action begins.",
            "",
            ask.threshold_of("exposure", "act covertly"),
            lambda p: (p.force + p.damage - (1 - p.effectiveness) * p.gain) / (p.embarrassment + p.damage),
        ),
        Claim(
            "That is 2/3: at 0.66 it acts covertly, at 0.67 openly.",
            "",
            lambda model: [ask.classes_at(exposure=m)(model) for m in (0.66, 0.67)],
            [{COVERT}, {OPEN}],
            basis="computed",  # open: 4 - 1 - 2 = 1; covert: 3 - 3 m, which is 1 at m = 2/3
        ),
        Claim(
            "Where escalation does a damage of 4, it ends at e v/(h + d), and nothing is done instead.",
            "",
            ask.threshold_of("exposure", "act covertly", **COSTLY_RIVAL),
            lambda p: p.effectiveness * p.gain / (p.embarrassment + p.damage),
        ),
        Claim(
            "That is 0.6: at 0.59 it acts covertly, at 0.61 it abstains.",
            "",
            lambda model: [ask.classes_at(exposure=m, **COSTLY_RIVAL)(model) for m in (0.59, 0.61)],
            [{COVERT}, {NOTHING}],
            basis="computed",  # open: 4 - 1 - 4 = -1 < 0; covert: 3 - 5 m, which is 0 at m = 0.6
        ),
        Claim(
            "Denser media never make covert action more likely.",
            "",
            ask.moves("exposure", "act covertly", "does not rise"),
        ),
        Claim(
            "But at the defaults they make escalation more likely: it follows upon exposure, and always upon open "
            "action. At 0.3, 0.6 and 0.8 its chance is 0.3, 0.6 and 1.",
            "",
            lambda model: [ask.value_at("escalation", exposure=m)(model) for m in (0.3, 0.6, 0.8)],
            ["0.3", "0.6", 1],
            # covert up to m = 2/3, where it escalates with chance m; open beyond
            basis="computed",
        ),
        Claim(
            "Where a damage of 4 makes open action too costly, they first bring escalation and then peace: "
            "0.3, 0.59 and 0.",
            "",
            lambda model: [ask.value_at("escalation", exposure=m, **COSTLY_RIVAL)(model) for m in (0.3, 0.59, 0.8)],
            ["0.3", "0.59", 0],
            # covert up to m = 0.6, nothing beyond
            basis="computed",
        ),
        Claim(
            "A Rival that would escalate drives the Intervener underground: as silence comes to cost it more, r = "
            "1 and 3, open action gives way to covert action.",
            "",
            lambda model: [ask.classes_at(silence=r)(model) for r in (1, 3)],
            [{OPEN_STILL}, {COVERT}],
            basis="computed",  # still: 4 - 1 = 3 against 3 - 0.5; escalating: 1 against 1.5
        ),
        Claim(
            "Covert action brings the Intervener e v - m (h + d).",
            "",
            ask.formula_of(payoff("Intervener"), COVERT),
            lambda p: p.effectiveness * p.gain - p.exposure * (p.embarrassment + p.damage),
        ),
        Claim(
            "And the Rival -e v - m k.",
            "",
            ask.formula_of(payoff("Rival"), COVERT),
            lambda p: -p.effectiveness * p.gain - p.exposure * p.escalation,
        ),
        Claim(
            "A Rival that lets open action pass has -v - r.",
            "",
            ask.formula_of(payoff("Rival"), OPEN_STILL),
            lambda p: -p.gain - p.silence,
        ),
        Claim(
            "Before a still Rival, a further sanction of s on exposed action alone lowers the exposure that is "
            "borne, to (f - (1 - e) v)/(h + s), and brings open action, not restraint: with s = 1 and f = 2 to "
            "1/2.",
            "",
            ask.under(
                ask.threshold_value("exposure", "act covertly", silence=1, force=2),
                Sanctions("Intervener", outcomes=("exposed action tolerated",), pressure=1),
            ),
            "0.5",
            basis="own",  # open: 4 - 2 = 2; covert: 3 - (1 + 1) m, which is 2 at m = 1/2
        ),
        Claim(
            "Where the Intervener is deterred, neither gains or loses anything.",
            "",
            lambda model: [ask.formula_of(payoff(player), NOTHING)(model) for player in ("Intervener", "Rival")],
            [0, 0],
        ),
    ),
    draws=_map,
)
