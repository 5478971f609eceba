"""What would overturn the prediction: the smallest changes of one parameter, and what is played beyond them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from deterrence.analysis.answers.robustness import Radius
from deterrence.analysis.robustness import robustness
from deterrence.analysis.trends import looked_at
from deterrence.errors import MethodError, ParameterError
from deterrence.report.document import Section
from deterrence.report.front.expect import ask
from deterrence.report.rounding import COUNTS, capital, change, frequencies, percent, rounded
from deterrence.report.sections.asking import Asking
from deterrence.report.sections.weights import MOVED, Swing
from deterrence.report.wording import over
from deterrence.solvers.solve import solve

SEARCHED = 6
"""So many parameters are searched for the smallest change: those that move the prediction most."""
SHOWN = 2
FRAGILE, FIRM = 0.05, 0.25
"""A change of less than the first share of a range is small; one of more than the second is large."""
BEYOND = Fraction(1, 10**6)
TITLE = "What would overturn it"


def what_overturns_it(asking: Asking, ranked: Sequence[Swing]) -> Section:
    """Answer how small a change of one parameter overturns the prediction, and what is played then."""
    parameters = [swing.parameter for swing in ranked[: asking.detail.searched or SEARCHED]]
    if not parameters:
        return Section(TITLE, ("Nothing within the model: it has no parameter to change.",))
    if not solve(asking.game):
        return Section(TITLE, ("There is no prediction to overturn: no equilibrium was found.",))
    scales = {p.name: high - low for p in parameters for low, high in [looked_at(p)] if None in p.span}
    try:
        found = robustness(
            asking.game,
            asking.measures[0],
            parameters=[parameter.name for parameter in parameters],
            scales=scales,
            jump=MOVED,
            together=1,
            progress=lambda share: asking.progress(share, "how small a change overturns it"),
        )
    except MethodError as error:
        return Section(TITLE, (f"How small a change overturns it was not searched. {error}",))
    return Section(TITLE, (" ".join(_in_words(asking, found.radii, len(parameters) == len(ranked))),))


def _in_words(asking: Asking, radii: Sequence[Radius], everything: bool) -> list[str]:
    searched = "no parameter" if everything else f"none of the {len(radii)} parameters that move it most"
    near = [radius for radius in radii if radius.nearest is not None]
    if not near:
        return [f"Nothing does, one thing at a time: {searched} overturns it anywhere in its range."]
    if near[0].distance == 0:
        words = [
            f"The prediction stands on a tie: any change of {_called(asking, near[0])}, however small, overturns it."
        ]
    else:
        few = (
            "One change comes nearest."
            if len(near) == 1
            else f"{capital(COUNTS[min(len(near), SHOWN)])} changes come nearest."
        )
        words = [f"{few} {capital(asking.measures[0].name)}: {_cases(asking, near[:SHOWN])}."]
    return [*words, _trust(asking, near[0].distance)]


def _cases(asking: Asking, radii: Sequence[Radius]) -> str:
    """Tell changes by what they lead to, those that lead to the same together."""
    found: dict[str, list[str]] = {}
    for radius in radii:
        found.setdefault(_then(asking, radius), []).append(_case(asking, radius))
    return "; ".join(f"{then} if {', or if '.join(cases)}" for then, cases in found.items())


def _called(asking: Asking, radius: Radius) -> str:
    return f"{asking.game.parameters[radius.parameter].meaning} ({radius.parameter})"


def _case(asking: Asking, radius: Radius) -> str:
    share, way = change(radius.value, radius.nearest), "rises" if radius.nearest == radius.above else "falls"
    told = f", {share}" if share else ""
    return f"{_called(asking, radius)} {way} from {rounded(radius.value)} to {rounded(radius.nearest)}{told}"


def _then(asking: Asking, radius: Radius) -> str:
    """Say how often what is predicted happens just beyond the change."""
    way = 1 if radius.nearest == radius.above else -1
    beyond = Fraction(radius.nearest) + way * Fraction(radius.scale) * BEYOND
    try:
        equilibria = solve(asking.game.at({radius.parameter: beyond})).representatives
    except ParameterError:
        return "outside the model's assumptions"
    return frequencies(*over(equilibria, asking.measures[0]))


def _trust(asking: Asking, distance: float) -> str:
    """Say how far the number can be trusted, by the smallest change that overturns it as a share of its range."""
    low, high = ask(asking)
    number = f"the {percent(low)}" if high - low < MOVED < low < 1 - MOVED else "the outcome itself"
    if distance < FRAGILE:
        return f"These are small changes: trust the directions, not {number}."
    if distance < FIRM:
        return f"That is {percent(distance)} of its range: trust the directions more than {number}."
    return f"That is {percent(distance)} of its range: within reason, {number} can be trusted as far as the model goes."
