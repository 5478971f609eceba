"""The claims of the commentary on Iraq in spring 2020, each checked with the solvers."""

from __future__ import annotations

from deterrence.answers.measure import payoff
from deterrence.models import ask
from deterrence.models.claim import Claim

HOLDS_BACK = "Iran holds back"
ORDERS = "Iran orders a strike through the militia"
OPENLY = "Iran strikes openly"
STRUCK = "the United States strikes Iran"
WAR = "there is war"
PLACE = "the commentary"

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
)
"""What the commentary says, as statements about the game."""
