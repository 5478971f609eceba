"""The usual questions of a claim: each function returns one, to be asked of a model.

A question uses the library's own verbs alone (``solve``, ``characterize``, ``threshold``, ``statics``), so that
a claim is confirmed by solvers that know nothing of the work it comes from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from typing import Any

from deterrence.analysis.search.points.exact_points import ENOUGH, MOST, points
from deterrence.answers.assessment import Assessment
from deterrence.answers.measure import as_measure
from deterrence.answers.naming import play_in_words
from deterrence.errors import ParameterError, UnknownNameError, nearest
from deterrence.games.expression import compile_condition, compile_exact, exact_number
from deterrence.models import _everywhere, _moving
from deterrence.models._agreement import Supported, same_formula
from deterrence.models._everywhere import numbers_in
from deterrence.models._proof import sign_where
from deterrence.models.claim import Finding

Question = Callable[[Any], Any]

__all__ = [
    "admits",
    "always",
    "boundaries_of",
    "classes_at",
    "condition_of",
    "each_of",
    "equilibrium_of",
    "exceeds",
    "formula_of",
    "is_equilibrium_at",
    "matches",
    "moves",
    "payoff_from",
    "payoffs_of",
    "sign_of",
    "survivors_at",
    "threshold_of",
    "threshold_value",
    "under",
    "value_at",
    "vanishing",
    "verified",
]

always, matches = _everywhere.always, _everywhere.matches
exceeds, moves = _moving.exceeds, _moving.moves


def admits(**values: float) -> Question:
    """Ask whether a game's assumptions admit parameter values that lie within their declared ranges.

    A value out of its range is refused, so that the answer is about the assumptions alone.
    """

    def asked(model: Any) -> bool:
        from deterrence.analysis.questions import checked_parameter

        for name, value in values.items():
            declared: Any = checked_parameter(model.game, name)
            low, high, number = declared.low, declared.high, exact_number(value)
            if (low is not None and number < low) or (high is not None and number > high):
                raise ParameterError(f"The value {value} of {name!r} is out of its range; ask about one within it.")
        try:
            model.game.at(values)
        except ParameterError:
            return False
        return True

    return asked


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
        numbers = sorted(set(numbers_in(measure, in_class, model.solve(method, **values))))
        return numbers[0] if len(numbers) == 1 else tuple(numbers)

    return asked


def condition_of(name: str, *, method: Any = None) -> Question:
    """Ask for the condition under which a class of equilibria exists, as ``characterize`` finds it."""

    def asked(model: Any) -> Any:
        return _where(model, name, method)

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
    return lambda model: _formula(measure, _of_class(model, in_class, method))


def threshold_of(
    parameter: str,
    measure: Any,
    *,
    method: Any = None,
    between: tuple[Any, Any] | None = None,
    **values: object,
) -> Question:
    """Ask for the threshold of a measure in a parameter at values of the others: its formula, else its number.

    ``between`` gives the ends of the search where the parameter's declared range is open.
    """

    def asked(model: Any) -> Any:
        answer = _threshold(model, parameter, measure, method, values, between)
        return answer.value if answer.exact is None else answer.exact

    return asked


def threshold_value(
    parameter: str,
    measure: Any,
    *,
    method: Any = None,
    between: tuple[Any, Any] | None = None,
    **values: object,
) -> Question:
    """Ask for the threshold of a measure in a parameter at values of the others, as a number."""
    return lambda model: _threshold(model, parameter, measure, method, values, between).value


def boundaries_of(parameter: str, measure: Any, *, method: Any = None, **values: object) -> Question:
    """Ask where a parameter changes the set of equilibria: in rising order, each place's formula, else its number."""

    def asked(model: Any) -> tuple[Any, ...]:
        answer = _threshold(model, parameter, measure, method, values)
        return tuple(row["formula"] if row.get("formula") is not None else row[parameter] for row in answer.data)

    return asked


def sign_of(parameter: str, measure: Any, in_class: str, *, method: Any = None) -> Question:
    """Ask how a measure moves with a parameter within a class: "rises", "falls", "does not move" or "either".

    The sign of the derivative is proved wherever the class exists, or is the same in each of at least 200 draws
    from there; the answer says which.
    """

    def asked(model: Any) -> Supported:
        import sympy as sp

        formula, where = _formula(measure, _of_class(model, in_class, method)), _where(model, in_class, method)
        slope = sp.cancel(sp.diff(formula, model.game.parameters[parameter].expression))
        proved = 0 if slope == 0 else sign_where(model.game, slope, where)
        if proved is not None:
            return Supported(DIRECTIONS[proved], "proved wherever the class exists")
        signs, drawn = _signs_at_draws(model.game, slope, where)
        told = f"so it is in {drawn} of {drawn} draws from where the class exists"
        return Supported(DIRECTIONS[signs.pop()], told) if len(signs) == 1 else Supported("either", f"in {drawn} draws")

    return asked


DIRECTIONS = {1: "rises", -1: "falls", 0: "does not move"}


def _signs_at_draws(game: Any, slope: Any, where: Any) -> tuple[set[int], int]:
    """Return the signs of a slope in 200 draws from where a condition holds, and how many draws those are.

    Raises
    ------
    ParameterError
        If the condition holds in too few draws for a verdict.
    """
    slope_at, exists = compile_exact(slope), compile_condition(where)
    inside = list(islice(filter(exists, points(game, MOST)), ENOUGH))
    if len(inside) < ENOUGH:
        raise ParameterError(f"Only {len(inside)} of {MOST} draws lie where the class exists; {ENOUGH} are needed.")
    return {(slope_at(point) > 0) - (slope_at(point) < 0) for point in inside}, len(inside)


def payoffs_of(strategies: Mapping[str, Any], /, **values: object) -> Question:
    """Ask what each player expects if all play as given, at parameter values: numbers, in the players' order.

    This is what :func:`deterrence.profile` says of the strategies, whether they are an equilibrium or not: a claim
    may be about a payoff that no equilibrium reaches.

    Parameters
    ----------
    strategies
        As :func:`deterrence.profile` takes them: by information set or by player, an action or probabilities.

    Examples
    --------
    >>> from deterrence import models
    >>> from deterrence.models import ask
    >>> struck = ask.payoffs_of({"Challenger": "strike", "Defender": "retaliate"}, war=8)
    >>> print(*struck(models.load("strike")))
    -5 -8
    """

    def asked(model: Any) -> tuple[Any, ...]:
        from deterrence.analysis.referee.profile import profile

        game = model.game.at(values) if values else model.game
        paid = profile(game, strategies).payoffs
        return tuple(paid[player] for player in game.players)

    return asked


def each_of(*questions: Question) -> Question:
    """Ask several questions, and return the list of their answers."""
    return lambda model: [question(model) for question in questions]


def vanishing(question: Question, parameter: str) -> Question:
    """Ask for a formula as a parameter vanishes."""

    def asked(model: Any) -> Any:
        answer = question(model)
        return answer.subs(model.game.parameters[parameter].expression, 0) if hasattr(answer, "subs") else answer

    return asked


def survivors_at(refinement: Callable[[Any], Any], *, method: Any = None, **values: object) -> Question:
    """Ask which classes pass a refinement, such as ``dt.intuitive_criterion``, at parameter values: a set of names."""
    return lambda model: _names(refinement(model.solve(method, **values)))


def verified(claim: Any, **options: Any) -> Question:
    """Ask the referee, :func:`deterrence.verify`, whether a claim is true for all parameter values in range.

    Parameters
    ----------
    claim, options
        As :func:`deterrence.verify` takes them: strategies by name, the name of a class, or a proposition, with
        ``where=``, ``exactly=``, ``some=``.
    """

    def asked(model: Any) -> Finding:
        from deterrence.analysis.referee.verify import verify

        verification = verify(model.game, claim, **options)
        if verification.verdict == "fails":
            return Finding("fails", str(verification.counterexample))
        enough = verification.verdict == "holds" or verification.points >= ENOUGH
        return Finding("holds" if enough else "undecided", verification.found)

    return asked


def under(question: Question, *mechanisms: Any) -> Question:
    """Ask a question of the model's game under mechanisms.

    The names of its classes are kept, so the mechanisms must leave the information sets that they name.
    """

    def asked(model: Any) -> Any:
        changed = model.game.under(*mechanisms)
        return question(replace(model, game=changed.with_class_names(model.names) if model.names else changed))

    return asked


def _where(model: Any, name: str, method: Any) -> Any:
    """Return the condition under which any class of a name exists."""
    import sympy as sp

    return sp.Or(*(found_class.when for found_class in _of_class(model, name, method)))


def _formula(measure: Any, classes: Iterable[Any]) -> Any:
    """Return a measure as a formula; the tuple of different ones where classes of the same name have several."""
    asked = measure if callable(measure) else as_measure(measure)
    formulas = list(dict.fromkeys(map(asked, classes)))
    different = [f for k, f in enumerate(formulas) if not any(same_formula(f, other) for other in formulas[:k])]
    return different[0] if len(different) == 1 else tuple(different)


def equilibrium_of(name: str, equilibria: Iterable[Any]) -> Any:
    """Return the one equilibrium of a class.

    Raises
    ------
    UnknownNameError
        If there is none of that class, or several.
    """
    of_name = [equilibrium for equilibrium in equilibria if equilibrium.name == name]
    if len(of_name) != 1:
        raise UnknownNameError(f"There are {len(of_name)} equilibria called {name!r} here; one is meant.")
    return of_name[0]


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


def _of_class(model: Any, name: str, method: Any) -> list[Any]:
    classes = model.characterize(method)
    matching = [candidate for candidate in classes if candidate.name == name]
    if not matching:
        have = dict.fromkeys(play_in_words(candidate) for candidate in classes)
        raise UnknownNameError(f"No class of {model.key!r} is called {name!r}. {nearest(name, have)}")
    return matching


def _names(equilibria: Iterable[Any]) -> frozenset[str]:
    """Return the names of the classes that equilibria are of; a class without a name is called by its play."""
    return frozenset(play_in_words(each) if isinstance(each, Assessment) else each.name for each in equilibria)


def _threshold(
    model: Any, parameter: str, measure: Any, method: Any, values: Mapping[str, object], between: Any = None
) -> Any:
    from deterrence.analysis.threshold import threshold

    game = model.game.at(values) if values else model.game
    return threshold(game, parameter, measure, method=method, between=between or _declared(game, parameter))


def _declared(game: Any, parameter: str) -> tuple[Any, Any] | None:
    """Return the admissible range, of which claims speak, plausible or not; nothing where it has an open end."""
    from deterrence.analysis.questions import checked_parameter

    declared = checked_parameter(game, parameter)
    low, high = declared.low, declared.high
    return None if low is None or high is None or low == high else (low, high)
