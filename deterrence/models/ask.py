"""The usual questions of a claim: each function returns one, to be asked of a model.

A question uses the library's own verbs alone (``solve``, ``characterize``, ``threshold``, ``statics``), so that
a claim is confirmed by solvers that know nothing of the work it comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from deterrence.analysis.measure import as_measure
from deterrence.errors import UnknownNameError, nearest
from deterrence.expression import show_number
from deterrence.models._points import points
from deterrence.models.claim import Finding

Question = Callable[[Any], Any]


def classes_at(*, method: Any = None, **values: object) -> Question:
    """Ask which classes of equilibria exist at parameter values: a set of names.

    A class that the model does not name is called by its play.
    """
    return lambda model: frozenset(one.name or _play(one) for one in model.solve(method, **values))


def is_equilibrium_at(name: str, *, method: Any = None, **values: object) -> Question:
    """Ask whether a class of equilibria, by its name in the model, exists at parameter values."""
    return lambda model: any(one.name == name for one in model.solve(method, **values))


def value_at(measure: Any, in_class: str = "", *, method: Any = None, **values: object) -> Question:
    """Ask for a measure at parameter values: a number, or the tuple of all different ones in rising order.

    Parameters
    ----------
    measure
        An outcome's or action's name, ``payoff("Defender")``, or any callable from an equilibrium to a number.
    in_class
        The class of equilibria meant, by its name in the model; by default all.
    """

    def asked(model: Any) -> Any:
        question = as_measure(measure)
        found = [one for one in model.solve(method, **values) if in_class in ("", one.name)]
        numbers = sorted({question(one) for one in found})
        return numbers[0] if len(numbers) == 1 else tuple(numbers)

    return asked


def condition_of(name: str, *, method: Any = None) -> Question:
    """Ask for the condition under which a class of equilibria exists, as ``characterize`` finds it."""

    def asked(model: Any) -> Any:
        import sympy as sp

        return sp.Or(*(one.when for one in _of_class(model, name, method)))

    return asked


def formula_of(measure: Any, in_class: str, *, method: Any = None) -> Question:
    """Ask for a measure in a class of equilibria as a formula in the parameters.

    Parameters
    ----------
    measure
        An outcome's or action's name, ``payoff("Defender")``, or any callable from a class to an expression.
    in_class
        The class of equilibria, by its name in the model.
    """
    return lambda model: as_measure(measure)(_of_class(model, in_class, method)[0])


def threshold_of(parameter: str, measure: Any, *, method: Any = None, **values: object) -> Question:
    """Ask for the threshold of a measure in a parameter at values of the others: its formula, else its number."""

    def asked(model: Any) -> Any:
        from deterrence.analysis.threshold import threshold

        found = threshold(model.game.at(values) if values else model.game, parameter, measure, method=method)
        return found.value if found.exact is None else found.exact

    return asked


def threshold_value(parameter: str, measure: Any, *, method: Any = None, **values: object) -> Question:
    """Ask for the threshold of a measure in a parameter at values of the others, as a number."""

    def asked(model: Any) -> Any:
        from deterrence.analysis.threshold import threshold

        return threshold(model.game.at(values) if values else model.game, parameter, measure, method=method).value

    return asked


def sign_of(parameter: str, measure: Any, in_class: str, *, method: Any = None) -> Question:
    """Ask how a measure moves with a parameter within a class: "rises", "falls", "does not move" or "either"."""

    def asked(model: Any) -> str:
        import sympy as sp

        game = model.game
        slope = sp.diff(
            as_measure(measure)(_of_class(model, in_class, method)[0]), game.parameters[parameter].expression
        )
        if sp.cancel(slope) == 0:
            return "does not move"
        where = sp.Or(*(one.when for one in _of_class(model, in_class, method)))
        signs = {sp.sign(slope.subs(point)) for point in _inside(game, where)}
        return {frozenset({1}): "rises", frozenset({-1}): "falls"}.get(frozenset(signs), "either")

    return asked


def always(holds: Callable[[Any, Any], bool], *, count: int = 40, method: Any = None) -> Question:
    """Ask whether something holds at every one of many random points within the ranges and assumptions.

    Parameters
    ----------
    holds
        Called with the game at a point and its solution there; tells whether the claim holds.
    count
        How many points.
    """

    def asked(model: Any) -> Finding:
        drawn = points(model.game, count)
        for point in drawn:
            if not holds(model.game.at(point), model.solve(method, **point)):
                told = ", ".join(f"{name}={show_number(value)}" for name, value in point.items())
                return Finding("fails", f"a counterexample at {told}")
        return Finding("holds", f"it holds at all of {len(drawn)} random points")

    return asked


def survivors_at(refinement: Callable[[Any], Any], *, method: Any = None, **values: object) -> Question:
    """Ask which classes pass a refinement, such as ``dt.intuitive_criterion``, at parameter values: a set of names."""
    return lambda model: frozenset(one.name or _play(one) for one in refinement(model.solve(method, **values)))


def under(question: Question, *mechanisms: Any) -> Question:
    """Ask a question of the model's game under mechanisms.

    The names of its classes are kept, so the mechanisms must leave the information sets that they name.
    """

    def asked(model: Any) -> Any:
        changed = model.game.under(*mechanisms)
        return question(replace(model, game=changed.with_class_names(model.names) if model.names else changed))

    return asked


def _of_class(model: Any, name: str, method: Any) -> list[Any]:
    classes = model.characterize(method)
    found = [one for one in classes if one.name == name]
    if not found:
        have = dict.fromkeys(one.name or one.play for one in classes)
        raise UnknownNameError(f"No class of {model.key!r} is called {name!r}. {nearest(name, have)}")
    return found


def _inside(game: Any, where: Any) -> Iterable[Any]:
    from deterrence.expression import compile_condition

    holds = compile_condition(where)
    return [point for point in points(game) if holds(point)]


def _play(equilibrium: Any) -> str:
    from deterrence.analysis._cover import play_in_words

    return play_in_words(equilibrium)
