"""Mechanisms: functions from game to game, and the tree algebra that they are written in."""

from deterrence.mechanisms.audience_costs import AudienceCosts
from deterrence.mechanisms.brinkmanship import Brinkmanship
from deterrence.mechanisms.casualties import Casualties
from deterrence.mechanisms.delegation import Delegation
from deterrence.mechanisms.deniability import Deniability
from deterrence.mechanisms.factions import Factions
from deterrence.mechanisms.innocent_attacks import InnocentAttacks
from deterrence.mechanisms.missile_defence import MissileDefence
from deterrence.mechanisms.posture import Posture
from deterrence.mechanisms.sanctions import Sanctions
from deterrence.mechanisms.signal import Signal
from deterrence.mechanisms.sunk_costs import SunkCosts

__all__ = [
    "AudienceCosts",
    "Brinkmanship",
    "Casualties",
    "Delegation",
    "Deniability",
    "Factions",
    "InnocentAttacks",
    "MissileDefence",
    "Posture",
    "Sanctions",
    "Signal",
    "SunkCosts",
]
