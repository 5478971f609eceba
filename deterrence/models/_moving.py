"""How a measure moves along a parameter, as questions of a claim: which way, where, and with what else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from deterrence.analysis.search.points.exact_points import ENOUGH, in_place, points, simplified
from deterrence.answers.measure import as_measure
from deterrence.errors import ParameterError, unknown
from deterrence.games.expression import show_number
from deterrence.games.game import Game
from deterrence.games.words import listed
from deterrence.models._draws import CONFIRMS, Question, Seen, doing, seen_at_draws
from deterrence.models.claim import Finding

GRID = 33
"""At so many values a measure without formulas is looked at where the others have their present values."""
WHOLE = Fraction(1)


def moves(
    parameter: str,
    measure: Any,
    direction: str,
    in_class: str = "",
    *,
    others: int = ENOUGH,
    spread: Fraction = WHOLE,
    method: Any = None,
) -> Callable[[Any], Finding]:
    """Ask whether a measure goes one way as a parameter grows: a finding with the stretches where it does.

    The claim *holds* where the measure goes that way at the present values of the other parameters and in each
    of at least 200 draws of them; it *fails* where it never does; else it *depends*, and the finding has a
    counterexample. A measure with several equilibria goes a way where an end of its range does.

    Parameters
    ----------
    parameter
        The parameter that grows, over its declared range.
    measure
        A key of the model's ``measures``, or anything that is a measure.
    direction
        ``"rises"``, ``"falls"``: somewhere along the parameter it goes this way, and nowhere the other;
        ``"does not fall"``, ``"does not rise"``: nowhere it goes this way; ``"stays"``.
    in_class
        The class of equilibria meant, by its name in the model; by default all.
    others
        How many random draws move all the other parameters at once, at least 200; further ones move each alone.
        With 0 the claim is about the present values of the others.
    spread
        How far they are drawn from their present values: as a share of their declared range on either side,
        wherever in it they stand.

    Raises
    ------
    UnknownNameError
        If the direction is none of these.
    """
    if direction not in CONFIRMS:
        raise unknown("direction", direction, CONFIRMS)
    count = max(others, ENOUGH) if others else 0

    def asked(model: Any) -> Finding:
        question = Question(model, parameter, _asked_of(model, measure), in_class, method)
        here = _here(question)
        return _finding(question, direction, here, seen_at_draws(question, direction, here.way, count, spread))

    return asked


@dataclass(frozen=True)
class Here:
    """Which way a measure goes at the present values of the other parameters, and where, in words."""

    way: str
    places: str = ""


def _here(question: Question) -> Here:
    from deterrence.analysis.questions import checked_parameter
    from deterrence.analysis.trends import admissible, trends

    model, parameter, at = question.model, question.parameter, question.measure
    if isinstance(model.game, Game) and not model.game.has_continuum and not question.in_class:
        of = model.asked if at in model.asked else (*model.asked, at)
        ends = admissible(checked_parameter(model.game, parameter))
        trend = trends(model.game, parameter, *of, between=ends, method=question.method)[of.index(at)]
        places = [f"{way} {listed(trend.where(way))}" for way in ("rises", "falls") if way in trend.direction]
        return Here(trend.direction, " and ".join(places))
    low, high = admissible(model.game.parameters[parameter])
    along = question.along({}, [low + (high - low) * Fraction(k, GRID - 1) for k in range(GRID)])
    return Here("has no value") if along is None else Here(along.way, along.places)


def _finding(question: Question, direction: str, here: Here, seen: Seen) -> Finding:
    """Return the verdict on which way a measure goes, from what it does here and at draws of the others."""
    right_here, total = here.way in CONFIRMS[direction], seen.total
    sentence = f"{_name(question.measure)} {doing(here.way)} as {question.parameter} grows"
    if not seen.alone:
        sentence += " at the present values of the other parameters"
    sentences = [sentence, *seen.in_words(question, direction)]
    if right_here and seen.counterexample is None:
        return Finding("holds" if seen.enough else "undecided", "; ".join(sentences))
    if (direction == "stays" and not right_here) or not (right_here or seen.confirmed(direction)):
        return Finding("fails", "; ".join(sentences))
    places = f"as {question.parameter} grows it {here.places}" if here.places else ""
    right = (
        f"so it is {'at the present values and ' if right_here else ''}in {seen.confirmed(direction)} of {total} draws"
    )
    return Finding("depends", "; ".join(sentences), places or right)


def exceeds(
    first: Any, second: Any, along: str, *, others: int = ENOUGH, method: Any = None
) -> Callable[[Any], Finding]:
    """Ask whether one measure is at least as great as another, all along a parameter's range and in draws of all.

    With several equilibria neither end of the first one's range may lie below that of the second's.

    Parameters
    ----------
    first, second
        Keys of the model's ``measures``, or anything that is a measure.
    along
        The parameter that moves, over its declared range.
    others
        In how many draws of all parameters over their ranges it is asked as well, at least 200; with 0 in none.
    """
    count = max(others, ENOUGH) if others else 0

    def asked(model: Any) -> Finding:
        greater, lesser = _asked_of(model, first), _asked_of(model, second)
        less, whole = _where_less(model, greater, lesser, along, method)
        stretch = f"along the whole range of {along} at the present values of the other parameters"
        if whole:
            return Finding("fails", f"the second is greater {stretch}")
        counterexample = _counterexample(model, greater, lesser, count, method)
        if not less and not counterexample:
            drawn = f", and in {count} of {count} draws over the declared ranges" if count else ""
            return Finding("holds", f"the first is at least the second {stretch}{drawn}")
        sentences = [f"the second is greater for {along} {less}" if less else f"the first is at least it {stretch}"]
        condition = f"the claim holds for other values of {along}" if less else f"the claim holds {stretch}"
        return Finding("depends", "; ".join([*sentences, *([counterexample] if counterexample else [])]), condition)

    return asked


def _where_less(model: Any, greater: Any, lesser: Any, along: str, method: Any) -> tuple[str, bool]:
    """Return where along a parameter one measure is less than another, in words, and whether that is everywhere."""
    from deterrence.analysis.questions import checked_parameter
    from deterrence.analysis.trends import admissible, trends

    of = model.asked + tuple(measure for measure in (greater, lesser) if measure not in model.asked)
    ends = admissible(checked_parameter(model.game, along))
    answers = trends(model.game, along, *of, between=ends, method=method)
    pairs = zip(answers[of.index(greater)].stretches, answers[of.index(lesser)].stretches, strict=True)
    less = [(a.start, a.stop) for a, b in pairs if a.first[0] < b.first[1] or a.last[0] < b.last[1]]
    places = ", ".join(f"from {show_number(start)} to {show_number(stop)}" for start, stop in less)
    return places, len(less) == len(answers[0].stretches)


def _counterexample(model: Any, greater: Any, lesser: Any, count: int, method: Any) -> str:
    """Return a draw at which one measure is less than another, in words, or nothing."""

    def less(point: Mapping[str, Any]) -> str | None:
        with suppress(ParameterError):
            equilibria = (each for one in model.solve(method, **point).representatives for each in one.extremes)
            pairs = [(float(greater(each)), float(lesser(each))) for each in equilibria]
            found = [f"{first:.5g} against {second:.5g}" for first, second in pairs if first < second]
            return f"a counterexample: {found[0]} at {in_place(point)}" if found else None
        return None

    drawn = points(model.game, count) if count else ()
    return next((simplified(point, less) or "" for point in drawn if less(point)), "")


def _asked_of(model: Any, measure: Any) -> Any:
    named = {candidate.name: candidate for candidate in model.asked}
    return named[measure] if isinstance(measure, str) and measure in named else as_measure(measure)


def _name(measure: Any) -> str:
    if measure.kind == "other":
        return "the quantity"
    name = measure.name
    return f"the {name}" if "'" in name or name.startswith(("payoff of", "probability of")) else repr(name)
