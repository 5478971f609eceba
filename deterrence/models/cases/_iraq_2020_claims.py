"""The claims of the commentary on Iraq in spring 2020, each checked with the solvers."""

from __future__ import annotations

from typing import Any

from deterrence.answers.measure import payoff
from deterrence.models import ask
from deterrence.models.claim import Claim

HOLDS_BACK = "Iran holds back"
ORDERS = "Iran orders a strike through the militia"
OPENLY = "Iran strikes openly"
STRUCK = "the United States strikes Iran"
WAR = "there is war"
PLACE = "the commentary"


def _if_played(first: str, answer: str, struck: str) -> ask.Question:
    """Ask what the two expect if they act like this, whatever else they know."""

    def asked(model: Any) -> Any:
        played = {}
        for place, actions in zip(model.game.form.set_names, model.game.form.actions_of, strict=True):
            played[place] = next((action for action in (first, answer, struck) if action in actions), actions[0])
        return ask.payoffs_of(played)(model)

    return asked


CLAIMS = (
    Claim(
        "Harsher sanctions raise Iran's incentive to strike.",
        PLACE,
        ask.moves("pressure", HOLDS_BACK, "falls"),
        basis="stated",
    ),
    Claim(
        "Deniability lowers the risk of retaliation against Iran.",
        PLACE,
        ask.moves("attribution", STRUCK, "rises"),
        basis="stated",
    ),
    Claim(
        "Deniability raises strikes through the militia.",
        PLACE,
        ask.moves("attribution", ORDERS, "falls"),
        basis="stated",
    ),
    Claim("Deaths raise the chance of retaliation.", PLACE, ask.moves("lethality", STRUCK, "rises"), basis="stated"),
    Claim("A hawkish Washington raises the risk of war.", PLACE, ask.moves("hawks", WAR, "rises"), basis="stated"),
    Claim(
        "Looser control of the militia raises attacks.",
        PLACE,
        ask.moves("autonomy", "status quo", "falls"),
        basis="stated",
    ),
    Claim(
        "Looser control blunts deterrence: Iran orders more.",
        PLACE,
        ask.moves("autonomy", ORDERS, "rises"),
        basis="stated",
    ),
    Claim(
        "Interception lowers what Iran gains.",
        PLACE,
        ask.moves("interception", payoff("Iran"), "falls"),
        basis="stated",
    ),
    Claim(
        "Interception leaves Iran's orders as they are, which the commentary does not expect: it takes as much from "
        "the gain as from the punishment.",
        "",
        ask.moves("interception", ORDERS, "stays"),
        basis="own",
    ),
    Claim(
        "Striking through a proxy is preferred to striking openly.",
        PLACE,
        ask.exceeds(ORDERS, OPENLY, "pressure"),
        basis="stated",
    ),
    Claim(
        "What the two expect in each course of events.",
        "",
        ask.each_of(
            _if_played("strike openly", "absorb", "stand down"),
            _if_played("strike openly", "strike Iran", "stand down"),
            _if_played("strike openly", "strike Iran", "escalate"),
            _if_played("restrain", "absorb", "stand down"),
            _if_played("restrain", "strike Iran", "stand down"),
            _if_played("strike through the militia", "absorb", "stand down"),
            _if_played("strike through the militia", "hit the militia", "stand down"),
            _if_played("strike through the militia", "strike Iran", "stand down"),
            _if_played("strike through the militia", "strike Iran", "escalate"),
        ),
        # sanctions cost Iran 4, or 2 where nothing is answered, and nothing in war; half of Washington are hawks, to
        # whom a strike at Iran is worth 6; a strike of the militia hits with 0.8 and then kills with 0.4: without
        # proof, 0.4, a strike at Iran costs 6 more. Openly: 3 - 2 and -14; 3 - 15 - 4 and -12 + 3; -21 and -24 + 3. By
        # order: 0.8 0 - 0.2 4 and 0.8 (-5 - 2.4); 0.8 (-8) - 0.8 and 0.8 (-7); 0.8 (-17) - 0.8 and 0.8 (-9 - 0.96); 0.8
        # (-21) - 0.8 and 0.8 (-21 - 0.96). Without an order the militia strikes with 0.2; then Iran minds it by 6,
        # there is no proof with 0.8, and the mistake costs 2: 0.2 (-19.2) - 3.2 and 0.16 (-9 - 0.4 2 - 0.4 4.8)
        [
            (1, -14),
            (-16, -9),
            (-21, -21),
            ("-3.36", "-1.184"),
            ("-7.04", "-1.8752"),
            ("-0.8", "-5.92"),
            ("-7.2", "-5.6"),
            ("-14.4", "-7.968"),
            ("-17.6", "-17.568"),
        ],
        basis="own",
    ),
)
"""What the commentary says, as statements about the game."""
