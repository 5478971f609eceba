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
    Claim("Harsher sanctions raise Iran's incentive to strike.", PLACE, ask.moves("pressure", HOLDS_BACK, "falls")),
    Claim("Deniability lowers the risk of retaliation against Iran.", PLACE, ask.moves("attribution", STRUCK, "rises")),
    Claim("Deniability raises strikes through the militia.", PLACE, ask.moves("attribution", ORDERS, "falls")),
    Claim("Deaths raise the chance of retaliation.", PLACE, ask.moves("lethality", STRUCK, "rises")),
    Claim("A hawkish Washington raises the risk of war.", PLACE, ask.moves("hawks", WAR, "rises")),
    Claim("Looser control of the militia raises attacks.", PLACE, ask.moves("autonomy", "status quo", "falls")),
    Claim("Looser control blunts deterrence: Iran orders more.", PLACE, ask.moves("autonomy", ORDERS, "rises")),
    Claim("Interception lowers what Iran gains.", PLACE, ask.moves("interception", payoff("Iran"), "falls")),
    Claim(
        "Interception leaves Iran's orders as they are: it takes as much from the gain as from the punishment.",
        "our own; against the commentary, which expects fewer strikes",
        ask.moves("interception", ORDERS, "stays"),
    ),
    Claim("Striking through a proxy is preferred to striking openly.", PLACE, ask.exceeds(ORDERS, OPENLY, "pressure")),
)
"""What the commentary says, as statements about the game."""
