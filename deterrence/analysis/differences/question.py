"""What a question about two games asks, part by part, and what stands in the way of a whole answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from deterrence.analysis.answers.differences.difference import Difference
from deterrence.analysis.answers.differences.difference_parts import MeasureNow, PlayNow, Thresholds
from deterrence.analysis.compare import ends_over
from deterrence.analysis.differences.classes import ClassesApart, rows_at_one_point
from deterrence.analysis.differences.conditions import Area, Frame
from deterrence.analysis.differences.jumps import jumps_in
from deterrence.analysis.differences.places import Shared
from deterrence.analysis.differences.written import sentences_on
from deterrence.analysis.questions import checked_names
from deterrence.analysis.threshold import thresholds
from deterrence.answers.measure import Measure, as_measure, payoff, probability
from deterrence.answers.solution import Solution
from deterrence.errors import MethodError, ParameterError, nearest
from deterrence.games.game import Game
from deterrence.games.parameter import Parameter
from deterrence.solvers.characterize import characterize

FEW, SMALL = 6, 80
"""Conditions are in all parameters of games with so few of them and so few nodes; else in the two that matter most."""
ALONG = 3
"""Thresholds are looked for along so many parameters unless others are named."""
MOST_MEASURES = 6


@dataclass
class Question:
    """The question, and what stands in the way of a whole answer."""

    shared: Shared
    methods: tuple[Any, Any]
    tell: Callable[[float], None] | None
    doubts: list[str] = field(default_factory=list)

    @property
    def games(self) -> tuple[Game, Game]:
        """The two games."""
        return self.shared.games

    def answer(self, measure: Any, parameters: Any, budget: float) -> Difference:
        """Return the whole answer: about a measure or none, in parameters or the usual ones, in so many seconds."""
        asked = None if measure is None else self._checked(as_measure(measure))
        names, left = self._names(parameters)
        solutions = self._solutions()
        now, plays = self._now(solutions, asked)
        self._told(0.1)
        rows, apart, borders, points = self._classes(names, budget) if names else self._at_one_point(solutions)
        moved = tuple(name for name in left if self._moved(name))
        bounded = tuple(name for name in (*moved, *names) if self._is_bounded(name))
        pairs = self._thresholds(names if parameters is not None else bounded[:ALONG], asked)
        doubts = tuple(dict.fromkeys(self.doubts))
        written = sentences_on(self.shared)
        return Difference(
            *self.games, self.methods, names, left, written, now, plays, rows, apart, borders, points, pairs,
            jumps_in(pairs), doubts, asked,
        )  # fmt: skip

    def _told(self, share: float) -> None:
        if self.tell is not None:
            self.tell(share)

    # -- what is asked ---------------------------------------------------------------------------------

    def _checked(self, measure: Measure) -> Measure:
        """Refuse a measure that neither game has."""
        failures = 0
        for k, game in enumerate(self.games):
            try:
                measure.check(game)
            except ValueError:
                failures += 1
                if failures == 2 or (k and failures):
                    raise
        return measure

    def _names(self, given: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the parameters that conditions are in, and those left out."""
        one, other = (game.parameters for game in self.games)
        every = {**one, **other}
        if given is not None:
            listing = given if isinstance(given, (list, tuple)) else ()
            strange = [name for name in listing if isinstance(name, str) and name not in every]
            if strange:
                raise ParameterError(f"Neither game has a parameter {strange[0]!r}. {nearest(strange[0], every)}")
            names = checked_names(_Both(every), given)
            return names, tuple(name for name in every if name not in names)
        added = [name for name in every if (name in one) != (name in other)]
        both = [name for name in one if name in other and one[name].value == other[name].value]
        names = (*added, *both)
        if len(names) > FEW or max(game.form.size for game in self.games) > SMALL:
            names = names[:2]
        return names, tuple(name for name in every if name not in names)

    # -- now -------------------------------------------------------------------------------------------

    def _solutions(self) -> list[Solution]:
        """Return the equilibria of both games at the present values."""
        solutions = [method.solve(game) for method, game in zip(self.methods, self.games, strict=True)]
        for which, solution in zip(("first", "second"), solutions, strict=True):
            if not isinstance(solution, Solution):
                raise MethodError(
                    f"{solution.method!r} gives ranges and no equilibria that can be compared one by one; take "
                    "another concept, or compare ranges with compare(…)."
                )
            if not solution.complete or solution.stand_in:
                self.doubts.append(f"other equilibria of the {which} game may exist at the present values")
        return solutions

    def _now(
        self, solutions: list[Solution], asked: Measure | None
    ) -> tuple[tuple[MeasureNow, ...], tuple[PlayNow, ...]]:
        """Return what is played and measured at the present values, over all equilibria of both games."""
        questions = [] if asked is None else [asked]
        questions += self.shared.measures
        questions += [payoff(player) for player in self.shared.players]
        rows = tuple(
            MeasureNow(q, *(ends_over(q, g, s) for g, s in zip(self.games, solutions, strict=True)))
            for q in dict.fromkeys(questions)
        )
        plays = [dict.fromkeys(self.shared.play(k, e) for e in s.representatives) for k, s in enumerate(solutions)]
        every = tuple(dict.fromkeys((*plays[0], *plays[1])))
        return rows, tuple(PlayNow(self.shared.in_words(p, every), p in plays[0], p in plays[1]) for p in every)

    # -- everywhere ------------------------------------------------------------------------------------

    def _classes(self, names: tuple[str, ...], budget: float) -> tuple[Any, Any, Any, int]:
        """Return the classes side by side, where they disagree, the borders, and how many points were drawn."""
        import sympy as sp

        nothing: tuple[Any, Any, Any, int] = ((), None, (), 0)
        if self.games[0] == self.games[1] and self.methods[0] == self.methods[1]:
            return (), Area(sp.false, True, 0.0), (), 0
        frame = self._frame(names)
        try:
            answers = tuple(self._characterized(k, names, budget / 2) for k in (0, 1))
        except MethodError as error:
            reason = str(error).rstrip(".")
            self.doubts.append(reason[:1].lower() + reason[1:])
            return nothing
        apart = ClassesApart(self.shared, frame, answers)
        rows, area = apart.rows(), apart.apart()
        self.doubts += apart.undecided
        borders = () if area is None or area.empty else apart.borders(area)
        return rows, area, borders, frame.points

    def _at_one_point(self, solutions: list[Solution]) -> tuple[Any, Any, Any, int]:
        """Return the same where there are no parameters: what is played in all equilibria."""
        import sympy as sp

        rows = rows_at_one_point(self.shared, solutions)
        differ = any(row.relation != "same" for row in rows)
        whole = all(solution.complete and not solution.stand_in for solution in solutions)
        condition = sp.true if differ else sp.false
        return rows, Area(condition, not differ) if whole else None, (), 0

    def _is_bounded(self, name: str) -> bool:
        known = [game.parameters[name] for game in self.games if name in game.parameters]
        return any(p.low is not None and p.high is not None for p in known)

    def _moved(self, name: str) -> bool:
        one, other = (game.parameters for game in self.games)
        return name in one and name in other and one[name].value != other[name].value

    def _frame(self, names: tuple[str, ...]) -> Frame:
        """Return the values that both games admit, around the present ones of a game that lie among them."""
        try:
            return Frame(self.games, names)
        except ParameterError as error:
            try:
                return Frame(self.games[::-1], names)
            except ParameterError:
                raise error from None

    def _characterized(self, side: int, names: tuple[str, ...], budget: float) -> Any:
        game = self.games[side]
        own = [name for name in names if name in game.parameters]
        found = characterize(game, self.methods[side], parameters=own, budget=budget)
        self._told(0.1 + 0.3 * (side + 1))
        if not found.complete or found.factors:
            self.doubts.append(f"the classes of the {('first', 'second')[side]} game may not be all")
        return found

    def _thresholds(self, names: tuple[str, ...], asked: Measure | None) -> tuple[Thresholds, ...]:
        """Return the thresholds along parameters with a finite range, in both games."""
        measures = (
            [asked] if asked is not None else [probability(name) for name in self.shared.outcomes[:MOST_MEASURES]]
        )
        pairs = []
        for number, name in enumerate(names, 1):
            found = [self._thresholds_in(k, name, measures) for k in (0, 1)]
            if any(found):
                pairs.append(Thresholds(name, *found))
            self._told(0.7 + 0.3 * number / len(names))
        if not all(pair.complete for pair in pairs):
            self.doubts.append("a threshold may have been missed")
        return tuple(pairs)

    def _thresholds_in(self, side: int, name: str, measures: Sequence[Measure]) -> tuple[Any, ...]:
        game = self.games[side]
        ends = _ends(game.parameters[name]) if name in game.parameters else (None, None)
        known = [measure for measure in measures if self._has(game, measure)]
        if None in ends or not known:
            return ()
        return thresholds(game, name, *known, between=ends, method=self.methods[side])

    def _has(self, game: Game, measure: Measure) -> bool:
        try:
            measure.check(game)
        except ValueError:
            return False
        return True


def _ends(parameter: Parameter) -> tuple[Any, Any]:
    """Return where thresholds are sought: over admissible values, as conditions are; at an open end, plausible ones."""
    ends = zip((parameter.low, parameter.high), parameter.span, strict=True)
    low, high = (end if end is not None else other for end, other in ends)
    return low, high


@dataclass(frozen=True)
class _Both:
    """The parameters of both games, as one game would have them."""

    parameters: Any
    name: str = "either game"
