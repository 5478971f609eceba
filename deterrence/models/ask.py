"""The usual questions of a claim: each function returns one, to be asked of a model.

A question uses the library's own verbs alone (``solve``, ``characterize``, ``threshold``, ``statics``), so that
a claim is confirmed by solvers that know nothing of the work it comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from deterrence.answers.measure import as_measure
from deterrence.answers.play_in_words import play_in_words
from deterrence.errors import UnknownNameError, nearest
from deterrence.games.expression import compile_condition, compile_exact, show_number
from deterrence.models import _moving
from deterrence.models._points import points
from deterrence.models.claim import Finding

Question = Callable[[Any], Any]

exceeds, moves = _moving.exceeds, _moving.moves


def classes_at(*, method: Any = None, **values: object) -> Question:
    """Ask which classes of equilibria exist at parameter values: a set of names.

    A class that the model does not name is called by its play.
    """
    return lambda model: _names(model.solve(method, **values))


def is_equilibrium_at(name: str, *, method: Any = None, **values: object) -> Question:
    """Ask whether a class of equilibria, by its name in the model, exists at parameter values."""
    return lambda model: any(equilibrium.name == name for equilibrium in model.solve(method, **values))


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
        numbers = sorted(set(_numbers(measure, in_class, model.solve(method, **values))))
        return numbers[0] if len(numbers) == 1 else tuple(numbers)

    return asked


def condition_of(name: str, *, method: Any = None) -> Question:
    """Ask for the condition under which a class of equilibria exists, as ``characterize`` finds it."""

    def asked(model: Any) -> Any:
        import sympy as sp

        return sp.Or(*(found_class.when for found_class in _of_class(model, name, method)))

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
    return lambda model: _formula(measure, _of_class(model, in_class, method)[0])


def threshold_of(parameter: str, measure: Any, *, method: Any = None, **values: object) -> Question:
    """Ask for the threshold of a measure in a parameter at values of the others: its formula, else its number."""

    def asked(model: Any) -> Any:
        answer = _threshold(model, parameter, measure, method, values)
        return answer.value if answer.exact is None else answer.exact

    return asked


def threshold_value(parameter: str, measure: Any, *, method: Any = None, **values: object) -> Question:
    """Ask for the threshold of a measure in a parameter at values of the others, as a number."""
    return lambda model: _threshold(model, parameter, measure, method, values).value


def boundaries_of(parameter: str, measure: Any, *, method: Any = None, **values: object) -> Question:
    """Ask where a parameter changes the set of equilibria: in rising order, each place's formula, else its number."""

    def asked(model: Any) -> tuple[Any, ...]:
        answer = _threshold(model, parameter, measure, method, values)
        return tuple(row["formula"] if row.get("formula") is not None else row[parameter] for row in answer.data)

    return asked


def sign_of(parameter: str, measure: Any, in_class: str, *, method: Any = None) -> Question:
    """Ask how a measure moves with a parameter within a class: "rises", "falls", "does not move" or "either"."""

    def asked(model: Any) -> str:
        import sympy as sp

        game = model.game
        formula = _formula(measure, _of_class(model, in_class, method)[0])
        slope = sp.diff(formula, game.parameters[parameter].expression)
        if sp.cancel(slope) == 0:
            return "does not move"
        where = sp.Or(*(found_class.when for found_class in _of_class(model, in_class, method)))
        slope_at, exists = compile_exact(slope), compile_condition(where)
        signs = {(slope_at(point) > 0) - (slope_at(point) < 0) for point in points(game) if exists(point)}
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
                return Finding("fails", f"a counterexample at {_place(point)}")
        return Finding("holds", f"it holds at all of {len(drawn)} random points")

    return asked


def survivors_at(refinement: Callable[[Any], Any], *, method: Any = None, **values: object) -> Question:
    """Ask which classes pass a refinement, such as ``dt.intuitive_criterion``, at parameter values: a set of names."""
    return lambda model: _names(refinement(model.solve(method, **values)))


def under(question: Question, *mechanisms: Any) -> Question:
    """Ask a question of the model's game under mechanisms.

    The names of its classes are kept, so the mechanisms must leave the information sets that they name.
    """

    def asked(model: Any) -> Any:
        changed = model.game.under(*mechanisms)
        return question(replace(model, game=changed.with_class_names(model.names) if model.names else changed))

    return asked


def _formula(measure: Any, answer: Any) -> Any:
    return measure(answer) if callable(measure) else as_measure(measure)(answer)


def payoff_from(information_set: str) -> Callable[[Any], Any]:
    """Return a measure: what its player expects, given that an information set is reached.

    With an information set where a player knows its type, this is the payoff of that type.

    Raises
    ------
    UnknownNameError
        When the measure is asked, if the game has no such information set, or play does not reach it.

    Examples
    --------
    >>> from deterrence import models
    >>> from deterrence.models import ask
    >>> print(ask.payoff_from("Defender")(models.load("strike").solve(war=8)[0]))
    -6
    """

    def measured(equilibrium: Any) -> Any:
        form, payoffs = equilibrium.game.form, equilibrium.game.numbers[0]
        if information_set not in form.set_names:
            raise UnknownNameError(
                f"No information set is called {information_set!r}. {nearest(information_set, form.set_names)}"
            )
        h = form.set_names.index(information_set)
        reached = equilibrium._reached
        below = {
            node: p
            for node, p in reached.items()
            if not form.children[node] and any(form.infoset_of[at] == h for at, _ in form.path(node))
        }
        if not below:
            raise UnknownNameError(f"Play does not reach {information_set!r}, so that nothing is expected there.")
        total = sum(p * payoffs[node][form.player_of[h]] for node, p in below.items())
        return (total + Fraction()) / sum(below.values())

    return measured


def matches(
    measure: Any,
    formula: Callable[[Any], float | None],
    in_class: str = "",
    *,
    count: int = 40,
    within: float = 1e-6,
    method: Any = None,
) -> Question:
    """Ask whether a measure equals a formula at random points within the ranges and assumptions.

    For models that are solved in numbers, so that there is no formula to compare with.

    Parameters
    ----------
    measure
        An outcome's or action's name, ``payoff("Defender")``, or any callable from an equilibrium to a number.
    formula
        Called with the parameters as floats, ``lambda p: p.gain / p.loss``; returns ``None`` where it says nothing.
    in_class
        The class of equilibria meant, by its name; by default all.
    count, within
        How many points, and how near the two must be, relative to 1 and the formula's size.
    """

    def asked(model: Any) -> Finding:
        compared = 0
        for point in points(model.game, count):
            wanted = formula(SimpleNamespace(**{name: float(value) for name, value in point.items()}))
            if wanted is None:
                continue
            values = [float(value) for value in _numbers(measure, in_class, model.solve(method, **point))]
            if not values or any(abs(number - wanted) > within * (1 + abs(wanted)) for number in values):
                return Finding("fails", f"{values or 'no equilibrium'} instead of {wanted:.8g} at {_place(point)}")
            compared += 1
        if compared < count / 8:
            return Finding("fails", f"the formula speaks of {compared} of {count} random points only")
        return Finding("holds", f"they are equal at all of {compared} random points")

    return asked


def direction(measure: Any, in_class: str = "", *, method: Any = None, **axis: Iterable[Any]) -> Question:
    """Ask how a measure moves along values of one parameter: "rises", "falls", "does not move" or "either"."""

    def asked(model: Any) -> str:
        ((name, values),) = axis.items()
        numbers = [value_at(measure, in_class, method=method, **{name: value})(model) for value in values]
        if any(isinstance(value, tuple) for value in numbers):
            return "either"
        steps = {0 if abs(b - a) < 1e-9 else (1 if b > a else -1) for a, b in pairwise(numbers)}
        words = {frozenset({1}): "rises", frozenset({-1}): "falls", frozenset({0}): "does not move"}
        return words.get(frozenset(steps), "either")

    return asked


def _of_class(model: Any, name: str, method: Any) -> list[Any]:
    classes = model.characterize(method)
    matching = [candidate for candidate in classes if candidate.name == name]
    if not matching:
        have = dict.fromkeys(candidate.name or candidate.play for candidate in classes)
        raise UnknownNameError(f"No class of {model.key!r} is called {name!r}. {nearest(name, have)}")
    return matching


def _names(equilibria: Iterable[Any]) -> frozenset[str]:
    """Return the names of the classes that equilibria are of; a class without a name is called by its play."""
    return frozenset(equilibrium.name or play_in_words(equilibrium) for equilibrium in equilibria)


def _numbers(measure: Any, in_class: str, equilibria: Iterable[Any]) -> list[Any]:
    """Return a measure in the equilibria of a class, or in all."""
    question = as_measure(measure)
    return [question(equilibrium) for equilibrium in equilibria if in_class in ("", equilibrium.name)]


def _place(point: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={show_number(value)}" for name, value in point.items())


def _threshold(model: Any, parameter: str, measure: Any, method: Any, values: Mapping[str, object]) -> Any:
    from deterrence.analysis.threshold import threshold

    return threshold(model.game.at(values) if values else model.game, parameter, measure, method=method)
