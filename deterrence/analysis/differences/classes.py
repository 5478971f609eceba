"""Classes of equilibria of two games side by side, and the condition that separates the predictions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from deterrence.analysis.answers.differences.difference_parts import Border, ClassDifference
from deterrence.analysis.differences.conditions import Area, Frame, opposite
from deterrence.analysis.differences.places import Play, Shared
from deterrence.answers.classes import Characterization, EquilibriumClass
from deterrence.answers.solution import Solution
from deterrence.solvers.algebra.signs import TooMuchWorkError
from deterrence.solvers.discovery.clauses import Branch, absorbed

Ways = tuple[list[Branch], list[Branch]]


class ClassesApart:
    """The classes of two games, matched by what is played at the information sets that they share."""

    def __init__(self, shared: Shared, frame: Frame, answers: tuple[Characterization, Characterization]) -> None:
        self.shared, self.frame, self.answers = shared, frame, answers
        self.members = tuple(self._by_play(side) for side in (0, 1))
        self.plays: list[Play] = list(dict.fromkeys((*self.members[0], *self.members[1])))
        self.undecided: list[str] = []
        self.areas: dict[Play, tuple[Area | None, Area | None]] = {}
        self.ways: dict[Play, Ways] = {}

    def _by_play(self, side: int) -> dict[Play, list[EquilibriumClass]]:
        found: dict[Play, list[EquilibriumClass]] = {}
        for member in self.answers[side].classes:
            found.setdefault(self.shared.play(side, member), []).append(member)
        return found

    # -- one class ------------------------------------------------------------------------------------

    def rows(self) -> tuple[ClassDifference, ...]:
        """Return the classes of both games, each with what becomes of its condition."""
        return tuple(map(self._row, self.plays))

    def _row(self, play: Play) -> ClassDifference:
        members = tuple(self.members[side].get(play, []) for side in (0, 1))
        names = tuple(
            tuple(name for name, each in zip(a.names, a.classes, strict=True) if any(each is m for m in some))
            for a, some in zip(self.answers, members, strict=True)
        )
        lost, gained = self._areas(play)
        when = tuple(self._when(some) for some in members)
        formulas, alike = self._formulas(*members)
        begins, ends = (None if area is None else area.condition for area in (gained, lost))
        words, relation = self.shared.in_words(play, self.plays), _relation(members, lost, gained)
        if relation == "not decided":
            self.undecided.append(f"how the conditions of {words!r} relate was not decided")
        return ClassDifference(words, names, when, relation, ends, begins, formulas, alike)  # type: ignore[arg-type]

    def _when(self, members: Sequence[EquilibriumClass]) -> Any:
        """Return when one of some classes exists, shortened where that can be done."""
        import sympy as sp

        if not members:
            return None
        if len(members) == 1:
            return members[0].when
        try:
            return self.frame.area(self._ways(members)).condition
        except TooMuchWorkError:
            return sp.Or(*(member.when for member in members))

    def _ways(self, members: Sequence[EquilibriumClass]) -> list[Branch]:
        return absorbed(branch for member in members for branch in self.frame.ways(member.when))

    def _areas(self, play: Play) -> tuple[Area | None, Area | None]:
        """Return where the play is found in the first game alone, and in the second alone; None where that is open."""
        try:
            first, second = (self._ways(self.members[side].get(play, [])) for side in (0, 1))
            self.ways[play] = first, second
            pair = self.frame.within(first, second), self.frame.within(second, first)
        except TooMuchWorkError:
            pair = None, None  # type: ignore[assignment]
        self.areas[play] = pair
        return pair

    def _formulas(
        self, first: Sequence[EquilibriumClass], second: Sequence[EquilibriumClass]
    ) -> tuple[tuple[tuple[str, Any, Any], ...], bool]:
        """Return the probabilities that differ where both games have one class of a play, and whether none can."""
        if not first or not second:
            return (), True
        numbers = [[self._numbers(each) for each in some] for some in (first, second)]
        if len(first) == len(second) == 1:
            pairs = [(n, a, numbers[1][0][n]) for n, a in numbers[0][0].items() if not self._equal(a, numbers[1][0][n])]
            return tuple(pairs), not pairs
        alike = all(any(self._all_equal(a, b) for b in numbers[1]) for a in numbers[0])
        return (), alike and all(self._all_equal(a, numbers[0][0]) for some in numbers for a in some)

    def _numbers(self, member: EquilibriumClass) -> dict[str, Any]:
        return {measure.name: member.probability(measure.of, measure.by) for measure in self.shared.measures}

    def _equal(self, one: Any, other: Any) -> bool:
        return self.frame.equal(one, other)

    def _all_equal(self, one: dict[str, Any], other: dict[str, Any]) -> bool:
        return all(self._equal(value, other[name]) for name, value in one.items())

    # -- all of them -----------------------------------------------------------------------------------

    def apart(self) -> Area | None:
        """Return where some play is found in one game alone; None where that is not known."""
        if any(area is None for pair in self.areas.values() for area in pair):
            return None
        try:
            pieces: list[Branch] = []
            for pair in self.areas.values():
                pieces += [branch for area in pair if area is not None for branch in self.frame.ways(area.condition)]
            found = self.frame.area(absorbed(pieces))
            if found.empty is False and self.frame.area(*opposite(pieces)).empty:
                import sympy as sp

                return Area(sp.true, False, 1.0)
            return found
        except TooMuchWorkError:
            self.undecided.append("the condition that separates predictions is too intricate to shorten")
            return None

    def borders(self, apart: Area) -> tuple[Border, ...]:
        """Return where predictions differ along each parameter, the others at their present values."""
        rows = []
        for parameter in self.frame.parameters:
            stretches = self.frame.stretches(apart.condition, parameter.name)
            if stretches:
                formulas = tuple(
                    self.frame.formula(apart.condition, parameter.name, end) for _, end, _ in stretches[:-1]
                )
                rows.append(Border(parameter.name, parameter.value, stretches, formulas))
        return tuple(rows)


def _relation(members: Sequence[Sequence[Any]], lost: Area | None, gained: Area | None) -> str:
    if lost is None or gained is None or None in (lost.empty, gained.empty):
        return "not decided"
    if lost.empty and gained.empty:
        return "same"
    if not members[1]:
        return "only in the first"
    if not members[0]:
        return "only in the second"
    if lost.empty or gained.empty:
        return "wider" if lost.empty else "narrower"
    return "elsewhere"


def rows_at_one_point(shared: Shared, solutions: Sequence[Solution]) -> tuple[ClassDifference, ...]:
    """Return what is played in the equilibria of two games without parameters, as classes that exist or do not."""
    import sympy as sp

    members: list[dict[Play, list[Any]]] = [{}, {}]
    for side, solution in enumerate(solutions):
        for equilibrium in solution.representatives:
            members[side].setdefault(shared.play(side, equilibrium), []).append(equilibrium)
    plays = tuple(dict.fromkeys((*members[0], *members[1])))
    rows = []
    for play in plays:
        found = [members[side].get(play, []) for side in (0, 1)]
        names = tuple(tuple(dict.fromkeys(each.name for each in some)) for some in found)
        when = tuple(sp.true if some else None for some in found)
        relation = "same" if all(found) else "only in the first" if found[0] else "only in the second"
        varying = any(each.free_list for some in found for each in some)
        numbers = [{tuple(each.probability(m.of, m.by) for m in shared.measures) for each in some} for some in found]
        alike = not all(found) or (numbers[0] == numbers[1] and not varying)
        lost, gained = sp.true if relation == "only in the first" else sp.false, sp.true if not found[0] else sp.false
        words = shared.in_words(play, plays)
        rows.append(ClassDifference(words, names, when, relation, lost, gained, (), alike))  # type: ignore[arg-type]
    return tuple(rows)
