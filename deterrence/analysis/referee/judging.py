"""The verdict on a claim: by decision wherever it may be wrong, else by points drawn from the ranges."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deterrence.analysis.referee.ground import Case, Ground, UndecidedError
from deterrence.analysis.referee.reading import in_words
from deterrence.analysis.referee.verification import Counterexample, Verdict, Verification
from deterrence.analysis.search.points.exact_points import points, simplified
from deterrence.errors import ParameterError
from deterrence.games.expression import compile_condition
from deterrence.games.game import Game

TRIED = 300
"""Where nothing is proved, the claim is tried at so many points by exact solution."""
CHECKED = 40
"""So many where it is proved: a check of the proof by other means."""
REFUTED = "a counterexample was found, and checked by exact solution"
Tell = Callable[[float], None]


@dataclass
class Attempt:
    """One way in which a claim may be wrong: where, as cases to decide, and how it is checked at a point."""

    where: Any
    wrong_at: Callable[[Game, Mapping[str, Any], Mapping[str, Any]], Counterexample | None]
    cases: Sequence[Case] | None = None


@dataclass
class Judgement:
    """The verdict on a claim, by decision or by points."""

    game: Game
    held: tuple[str, ...]
    claim: str
    where: Any
    seconds: float

    def by_decision(self, ground: Ground, tries: Sequence[Attempt], ties: str, tell: Tell) -> Verification:
        """Decide whether any way in which the claim may be wrong has a point."""
        from sympy import Equality

        self._refuse_nothing(ground)
        begun = time.monotonic()
        total, done, undecided = sum(len(t.cases or ()) for t in tries), 0, False
        for each in tries:
            for case in each.cases or ():
                if time.monotonic() - begun > self.seconds:
                    return self.by_points(tries, f"{self.seconds:g} seconds did not suffice", tell)
                found = ground.decide(case)
                done += 1
                tell(0.5 + 0.5 * done / max(1, total))
                if found.verdict is False:
                    continue
                wrong = self._checked(each, found.values)[0] if found.verdict else None
                if wrong is not None:
                    return self._answer("fails", REFUTED, wrong)
                undecided = True
        if undecided:
            return self.by_points(tries, "some cases were not decided", tell)
        if self.where.has(Equality):
            return self.by_points(tries, "the condition leaves single values, at which payoffs may tie", tell)
        wrong, count = self._tried(tries, CHECKED)
        if wrong is not None:  # the proof leaves ties aside, and a point may lie on one
            return self._answer("fails", REFUTED, wrong, count)
        also = f"; tried besides by exact solution at {count} points, and right at each" if count else ""
        return self._answer("holds", f"proved for all values in range{', ' + ties if ties else ''}{also}", None, count)

    def _refuse_nothing(self, ground: Ground) -> None:
        """Refuse a condition that no admissible values meet, of which everything would be true."""
        if all(ground.decide(case).verdict is False for case in ground.cases(self.where)):
            raise ParameterError(
                f"No parameter values in range satisfy the condition {in_words(self.where)!r}: nothing is claimed."
            )

    def by_points(
        self, tries: Sequence[Attempt], reason: str, tell: Tell, ground: Ground | None = None
    ) -> Verification:
        """Try the claim at points drawn from the ranges, after those at which known classes break it."""
        for each in tries if ground is not None else ():
            for case in each.cases or ():
                found = ground.decide(case) if ground is not None else None
                wrong = self._checked(each, found.values)[0] if found is not None and found.verdict else None
                if wrong is not None:
                    return self._answer("fails", REFUTED, wrong)
        wrong, count = self._tried(tries, TRIED, tell)
        if wrong is not None:
            return self._answer("fails", REFUTED, wrong, count)
        said = f"not proved ({reason}); right in {count} of {count} draws from the ranges, each solved exactly"
        return self._answer("open", said, None, count)

    def _answer(self, verdict: Verdict, found: str, wrong: Counterexample | None, count: int = 0) -> Verification:
        import sympy as sp

        where = "" if self.where == sp.true else in_words(self.where)
        return Verification(self.game, self.claim, where, verdict, found, wrong, self.held, count)

    def _tried(
        self, tries: Sequence[Attempt], count: int, tell: Tell = lambda _: None
    ) -> tuple[Counterexample | None, int]:
        """Return a counterexample among draws, and in how many draws the exact solution decided the claim."""
        done, begun = 0, time.monotonic()
        for number, point in enumerate(self._points(count)):
            if self.game.has_continuum and time.monotonic() - begun > self.seconds:
                break
            decided = False
            for each in tries:
                wrong, solved = self._checked(each, point)
                decided = decided or solved
                if wrong is not None:
                    return wrong, done + 1
            done += decided
            tell(0.5 + 0.5 * number / count)
        return None, done

    def _points(self, count: int) -> Iterator[Mapping[str, Any]]:
        game, held = self.game, set(self.held)
        for point in points(game, count):
            yield {name: value for name, value in point.items() if name not in held}

    def _checked(self, each: Attempt, values: Mapping[str, Any]) -> tuple[Counterexample | None, bool]:
        """Return the counterexample at parameter values, made simple, and whether the exact solution decided there.

        It does not where the values are not admissible or the attempt does not speak of them.
        """
        present, decided = self.game, list[Mapping[str, Any]]()
        holds = compile_condition(each.where)

        def tried(point: Mapping[str, Any]) -> Counterexample | None:
            try:
                game = present.at(dict(point))
                if not holds(game.values):
                    return None
                wrong = each.wrong_at(game, dict(point), free)
            except (ParameterError, ZeroDivisionError, UndecidedError):
                return None
            decided.append(point)
            return wrong

        free = {n: v for n, v in values.items() if n not in present.parameters}
        own = {n: v for n, v in values.items() if n in present.parameters and v != present.values[n]}
        return simplified(own, tried), bool(decided)
