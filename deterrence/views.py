"""The table of views: what draws a value, and what a notebook shows of it.

A value never imports its picture: it asks this table, which loads what draws it when it is asked for. A picture never
solves: it reads what the value carries.
"""

from __future__ import annotations

from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from deterrence.errors import MissingAttributeError, ValueKindError, nearest
from deterrence.values import Value

PICTURES = {
    "CommitmentValue.plot": "deterrence.plot.commitment:plot_commitment",
    "Comparison.plot": "deterrence.plot.rows:plot_comparison",
    "ContinuumEquilibrium.plot": "deterrence.plot.continuum.equilibria:plot_play",
    "Difference.plot": "deterrence.plot.difference:plot_difference",
    "Dominance.plot": "deterrence.plot.struck:plot_dominance",
    "Equilibrium.plot": "deterrence.plot.equilibria:plot_equilibrium",
    "Learning.plot": "deterrence.plot.learning:plot_learning",
    "Model.figure": "deterrence.plot.trees.tree:plot_tree",
    "Profile.plot": "deterrence.plot.along:plot_profile",
    "Regions.plot": "deterrence.plot.maps.regions:plot_regions",
    "Requirement.plot": "deterrence.plot.tornado:plot_changes",
    "Robustness.plot": "deterrence.plot.tornado:plot_radii",
    "Sensitivity.plot": "deterrence.plot.tornado:plot_tornado",
    "Sensitivity.plot_outcome": "deterrence.plot.tornado:plot_outcome",
    "Solution.plot": "deterrence.plot.equilibria:plot_solution",
    "Stability.plot": "deterrence.plot.states:plot_states",
    "Statics.plot": "deterrence.plot.along:plot_statics",
    "StrategicForm.plot": "deterrence.plot.best_responses:plot_best_responses",
    "Sweep.plot": "deterrence.plot.along:plot_sweep",
    "Sweep.plot_classes": "deterrence.plot.maps.grids:plot_classes",
    "TheoryMap.plot": "deterrence.plot.theory_map:plot_theory_map",
    "Threshold.plot": "deterrence.plot.threshold:plot_threshold",
    "ThresholdCurve.plot": "deterrence.plot.threshold:plot_threshold_curve",
}
"""The function that draws a value, by the value's class and the method that asks."""

PAGES = {
    "Characterization.explore": "deterrence.explorer.explore:explore",
    "Model.explore": "deterrence.explorer.explore:explore",
    "Regions.explore": "deterrence.explorer.explore:explore_regions",
    "Solution.explore": "deterrence.explorer.explore:explore_solution",
}
"""The function that makes a page on which a value can be explored, by the value's class and the method that asks."""

DATA = {
    "ContinuumEquilibrium.offer_curves": "deterrence.solvers.continuum.offers:offer_curves",
}
"""The function that computes more of a value, by the value's class and attribute, where it stands above the value."""

NOTEBOOK = {
    "Characterization": "deterrence.exchange.html.equilibria:characterization_as_html",
    "CommitmentValue": "deterrence.exchange.html.answers:commitment_as_html",
    "ContinuousGame": "deterrence.views:text_as_html",
    "ContinuousSolution": "deterrence.views:text_as_html",
    "ContinuumEquilibrium": "deterrence.exchange.html.continuum:equilibrium_as_html",
    "CorrelatedSolution": "deterrence.views:text_as_html",
    "Difference": "deterrence.exchange.html.difference:difference_as_html",
    "Dominance": "deterrence.exchange.html.answers:dominance_as_html",
    "Equilibrium": "deterrence.exchange.html.equilibria:equilibrium_as_html",
    "EquilibriumClass": "deterrence.exchange.html.equilibria:class_as_html",
    "Explorer": "deterrence.explorer.explorer:frame_around",
    "Game": "deterrence.plot.trees.tree:tree_as_html",
    "Mechanism": "deterrence.exchange.html.answers:mechanism_as_html",
    "Model": "deterrence.exchange.html.answers:model_as_html",
    "Parameters": "deterrence.exchange.html.answers:parameters_as_html",
    "Regions": "deterrence.exchange.html.answers:pictured_as_html",
    "SecondOpinion": "deterrence.views:text_as_html",
    "Solution": "deterrence.exchange.html.equilibria:solution_as_html",
    "StrategicForm": "deterrence.views:labelled_frame_as_html",
    "Sweep": "deterrence.exchange.html.answers:pictured_as_html",
    "Threshold": "deterrence.exchange.html.answers:threshold_as_html",
}
"""What a notebook shows of a value, by its class or the nearest one that it extends; of all others their sentences."""


INSTEAD = {
    "Characterization.plot": "Draw where its classes exist with dt.regions(game, …).plot().",
    "ContinuousSolution.plot": "Draw how it moves with dt.sweep(game, …).plot().",
    "EquilibriumClass.plot": "Draw where it exists with dt.regions(game, …).plot().",
    "Game.brief": "Write it with deterrence.report.brief(game).",
    "Game.dominance": "Ask dt.dominance(game).",
    "Game.explore": "Ask dt.explore(game).",
    "Game.plot": "Draw its tree with dt.plot_tree(game).",
    "Game.solve": "Ask dt.solve(game).",
    "Model.brief": "Write it with deterrence.report.brief(model), or on the command line with: deterrence brief NAME.",
    "Model.plot": "Draw it with model.figure().",
    "Model.solve": "Ask dt.solve(model.game).",
}
"""Where to find what one may look for as an attribute of a value."""


class Answering(Value):
    """A value that says what it has, and where the rest is, when it is asked for something that it does not have."""

    if not TYPE_CHECKING:  # to a type checker an unknown attribute stays unknown

        def __getattr__(self, name: str) -> Any:
            kind = type(self).__name__
            if name.startswith("_"):  # what Python, pickle and notebooks look for
                raise AttributeError(f"{kind!r} object has no attribute {name!r}")
            has = sorted(entry for entry in {*dir(type(self)), *vars(self)} if not entry.startswith("_"))
            where = INSTEAD.get(f"{kind}.{name}") or nearest(name, has)
            raise MissingAttributeError(f"{_with_article(kind)} has no {name!r}. {where}")


def _with_article(kind: str) -> str:
    return f"{'An' if kind[0] in 'AEIOU' else 'A'} {kind}"


class Shown(Answering):
    """A value that a notebook shows as the table of views says."""

    def _repr_html_(self) -> str:
        kinds = (kind.__name__ for kind in type(self).__mro__)
        place = next((NOTEBOOK[kind] for kind in kinds if kind in NOTEBOOK), "deterrence.views:sentences_as_html")
        return str(loaded(place)(self))


def picture(view: str, *value: Any, **options: Any) -> Any:
    """Draw a value as the table says of the class and method named, and return the axes.

    Raises
    ------
    ValueKindError
        If axes stand where something else belongs, or ``ax=`` holds none.
    """
    method = view.partition(".")[2]
    if any(map(_is_axes, value)):
        raise ValueKindError(f"The axes of {method}(…) go in by name: {method}(ax=ax).")
    ax = options.get("ax")
    if ax is not None and not _is_axes(ax):
        raise ValueKindError(
            f"ax= takes one pair of axes of Matplotlib, such as those of figure, ax = plt.subplots(); got {ax!r}."
        )
    return loaded(PICTURES[view])(*value, **options)


def computed(view: str, value: Any) -> Any:
    """Return what the table says of a value's class and attribute."""
    return loaded(DATA[view])(value)


def page(view: str, value: Any, **options: Any) -> Any:
    """Make the page on which a value is explored, as the table says of the class and method named."""
    return loaded(PAGES[view])(value, **options)


def _is_axes(value: Any) -> bool:
    return hasattr(type(value), "get_figure") and hasattr(type(value), "add_patch")


def loaded(place: str) -> Any:
    """Return the function that an entry of a table names, as ``module:function``."""
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)


def sentences_as_html(answer: object) -> str:
    """Return an answer's sentences, one a paragraph."""
    return "".join(f"<p>{escape(line)}</p>" for line in str(answer).splitlines())


def text_as_html(answer: object) -> str:
    """Return an answer's text with its lines and indents as they are."""
    return f"<pre>{escape(str(answer))}</pre>"


def labelled_frame_as_html(answer: Any) -> str:
    """Return a data frame as a table whose rows are labelled."""
    return str(answer.to_frame().to_html())
