"""Game-theoretic models of deterrence: write a game, solve it exactly, see how predictions change.

Names load when first used, so that importing the package stays light.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_PLACES = {
    "deterrence.games.notation": ("chance", "end", "game", "move", "where"),
    "deterrence.games.matrices": ("bimatrix", "matrix"),
    "deterrence.games.parameter": ("Parameter", "param", "share"),
    "deterrence.games.game": ("Game",),
    "deterrence.games.form": ("InformationSet",),
    "deterrence.games.strategic_form": ("StrategicForm",),
    "deterrence.answers.solution": ("Component", "Equilibrium", "Solution"),
    "deterrence.answers.classes": ("Characterization", "EquilibriumClass"),
    "deterrence.solvers.solve": ("solve",),
    "deterrence.solvers.characterize": ("characterize",),
    "deterrence.solvers.subgame_perfect": ("SubgamePerfect",),
    "deterrence.solvers.nash": ("Nash",),
    "deterrence.solvers.perfect_bayesian": ("PerfectBayesian",),
    "deterrence.solvers.sequential": ("Sequential",),
    "deterrence.solvers.quantal": ("Quantal", "quantal_path"),
    "deterrence.solvers.quantal_grid": ("QuantalGrid", "quantal_grid"),
    "deterrence.solvers.correlated": ("Correlated", "CorrelatedSolution"),
    "deterrence.solvers.bulk": ("ManySolutions", "solve_many"),
    "deterrence.refinements": (
        "d1",
        "distinct_outcomes",
        "intuitive_criterion",
        "payoff_dominant",
        "risk_dominant",
        "trembling_hand_perfect",
        "undominated",
    ),
    "deterrence.mechanisms": (
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
    ),
    "deterrence.plot": ("plot_tree",),
    "deterrence.answers.measure": ("Measure", "payoff", "probability"),
    "deterrence.analysis.sweep": ("Sweep", "sweep"),
    "deterrence.analysis.regions": ("Regions", "regions"),
    "deterrence.analysis.statics": ("Statics", "statics"),
    "deterrence.analysis.compare": ("Comparison", "compare"),
    "deterrence.analysis.trends": ("Trend", "trends"),
    "deterrence.analysis.robustness": ("Requirement", "Robustness", "robustness", "what_would_it_take"),
    "deterrence.analysis.sensitivity": ("Sensitivity", "sensitivity"),
    "deterrence.analysis.profiles": ("Profile", "deniability_profile", "sanctions_profile"),
    "deterrence.analysis.threshold": ("Boundary", "Threshold", "threshold", "thresholds"),
    "deterrence.ordinal.conflict": ("Conflict",),
    "deterrence.ordinal.moves": ("NonMyopic", "theory_of_moves"),
    "deterrence.ordinal.options": ("conflict_from_options",),
    "deterrence.ordinal.stabilising": ("Stabilising", "stabilising_preferences"),
    "deterrence.ordinal.stability": ("Stability", "stability"),
    "deterrence.models.cite": ("cite",),
    "deterrence.exchange.files.game_files": ("from_json", "from_toml", "read_game", "to_json"),
    "deterrence.exchange.files.frames": ("from_csv", "from_frame"),
    "deterrence.exchange.gambit.files": ("read_gambit", "write_gambit"),
    "deterrence.exchange.latex.document": ("to_latex",),
    "deterrence.exchange.files.svg": ("to_svg",),
    "deterrence.exchange.peers.learning": ("fictitious_play", "replicator_dynamics"),
    "deterrence.exchange.peers.learning_course": ("Learning",),
    "deterrence.exchange.peers.second_opinion": ("SecondOpinion", "second_opinion"),
    "deterrence.exchange.peers.peers": ("from_nashpy", "from_pygambit", "to_nashpy", "to_openspiel", "to_pygambit"),
}
_SUBPACKAGES = ("continuous", "models")
_PLACE_OF = {name: place for place, names in _PLACES.items() for name in names}

__all__ = [*sorted((*_PLACE_OF, *_SUBPACKAGES)), "__version__"]  # noqa: PLE0604  (names, from the table above)


def __getattr__(name: str) -> Any:
    if name in _PLACE_OF:
        value = getattr(import_module(_PLACE_OF[name]), name)
        globals()[name] = value
        return value
    if name in _SUBPACKAGES:
        return import_module(f"deterrence.{name}")
    raise AttributeError(f"module 'deterrence' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
