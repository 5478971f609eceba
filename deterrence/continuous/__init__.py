"""Continuous (or infinitely repeated) models: continuous types and actions, wars of attrition, repeated play.

Such a model is a frozen value, :class:`ContinuousGame`, that answers ``solve``, ``sweep``, ``threshold`` and
``sensitivity`` as a game does. It is written with :func:`continuous`; the other functions here find equilibria
in cutoffs and measure what anyone would gain by deviating.
"""

from deterrence.continuous.answers import Answer, ContinuousEquilibrium, ContinuousSolution, Play
from deterrence.continuous.games import ContinuousGame
from deterrence.continuous.search import all_roots, best_choice, fixed_point, largest_gain
from deterrence.continuous.types import FromScipy, Types, Uniform, types_from
from deterrence.continuous.writing import continuous, family

__all__ = [
    "Answer",
    "ContinuousEquilibrium",
    "ContinuousGame",
    "ContinuousSolution",
    "FromScipy",
    "Play",
    "Types",
    "Uniform",
    "all_roots",
    "best_choice",
    "continuous",
    "family",
    "fixed_point",
    "largest_gain",
    "types_from",
]
