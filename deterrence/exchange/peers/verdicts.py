"""What our own check says of the equilibria that other packages return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from deterrence.answers.solution import Equilibrium, Solution
from deterrence.exchange.peers.answers import TREE, PeerAnswer
from deterrence.exchange.peers.profiles import PeerPlay
from deterrence.games.strategic_form import StrategicForm


@dataclass(frozen=True, slots=True)
class OtherEquilibrium:
    """A profile that another package returned, with the verdict of our own check.

    Attributes
    ----------
    play
        The profile as behaviour in our game; ``None`` where what came back is no profile.
    ours
        The equilibria of ours with the same payoffs and outcomes, counted from one.
    verdict
        In words: the same as one of ours, within the range of one, an equilibrium that fails the finer concept
        and where, none at all, or unlisted by us.
    explained
        Whether the verdict accounts for the profile: false where it should be ours and is not.
    """

    play: PeerPlay | None
    ours: tuple[int, ...]
    verdict: str
    explained: bool


@dataclass(frozen=True, slots=True)
class Opinion:
    """The answer of one package, compared with our solution.

    Attributes
    ----------
    answer
        The package, its version and method, how long it took, and its status in words.
    equilibria
        The profiles it returned.
    missed
        The equilibria of ours that it did not return, counted from one; none where it was asked for one equilibrium.
    """

    answer: PeerAnswer
    equilibria: tuple[OtherEquilibrium, ...] = ()
    missed: tuple[int, ...] = ()


class Judge:
    """A solution of ours with which the profiles of other packages are compared."""

    def __init__(self, solution: Solution, form: StrategicForm, tolerance: float) -> None:
        self.solution, self.form, self.tolerance = solution, form, tolerance
        largest = max((abs(float(v)) for row in form.game.numbers[0] for v in row), default=1.0)
        self.slack = tolerance * max(1.0, largest)
        self.nash = solution.method.concept == "Nash equilibrium"
        self.points = [[self._point(extreme) for extreme in equilibrium.extremes] for equilibrium in solution]

    def opinion(self, answer: PeerAnswer) -> Opinion:
        """Return what a package says, with verdicts."""
        if not answer.answered:
            return Opinion(answer)
        equilibria = tuple(self._judged(self._play(answer, profile)) for profile in answer.profiles)
        hit = {k for profile in equilibria for k in profile.ours}
        missed = [k for k in range(1, len(self.solution) + 1) if k not in hit and answer.lists_all]
        return Opinion(answer, equilibria, tuple(missed))

    def _play(self, answer: PeerAnswer, profile: Any) -> PeerPlay | None:
        if answer.asked == TREE:
            return PeerPlay.of_behaviour(self.form.game, profile)
        return PeerPlay.of(self.form, profile)

    def _point(self, equilibrium: Equilibrium) -> list[float]:
        payoffs = [float(v) * self.tolerance / self.slack for v in equilibrium.payoffs.values()]
        return [*payoffs, *map(float, equilibrium.outcomes.values())]

    def _judged(self, profile: PeerPlay | None) -> OtherEquilibrium:
        if profile is None:
            return OtherEquilibrium(None, (), "not a profile: its numbers are not probabilities", True)
        regret = float(profile.regret)
        if regret > self.slack:
            return OtherEquilibrium(profile, (), f"no equilibrium: a player gains {regret:.4g} by deviating", True)
        payoffs = [float(v) * self.tolerance / self.slack for v in profile.values[0]]
        point = [*payoffs, *profile.outcomes]
        same = tuple(k for k, points in enumerate(self.points, 1) if any(self._near(point, own) for own in points))
        relation = "the same outcomes as our"
        if not same:
            relation = "within the range of our"
            within = (own for own, corners in self._ranges() if _in_hull(point, corners, self.tolerance))
            same = next(within, ())
        if same:
            return OtherEquilibrium(profile, same, f"{relation} {_listed(same)}{self._but(profile)}", True)
        return self._not_ours(profile)

    def _ranges(self) -> list[tuple[tuple[int, ...], list[list[float]]]]:
        """Return the sets over which equilibria of ours vary, as their numbers and corners."""
        sets = [tuple(i + 1 for i in component.equilibria) for component in self.solution.components]
        sets += [(k,) for k in range(1, len(self.points) + 1)]
        return [(numbers, [point for k in numbers for point in self.points[k - 1]]) for numbers in sets]

    def _near(self, first: list[float], second: list[float]) -> bool:
        return all(abs(a - b) <= self.tolerance for a, b in zip(first, second, strict=True))

    def _but(self, profile: PeerPlay) -> str:
        """Say what in a profile no belief supports, where the concept asks for that."""
        broken = None if self.nash else profile.broken_promise(self.slack)
        if broken is None:
            return ""
        flat, (h, action, better, gain) = self.form.game.form, broken
        alone = "" if len(flat.nodes_of[h]) == 1 else " or more whatever is believed"
        return (
            f", resting on {flat.actions_of[h][action]!r} at {flat.set_names[h]!r}, where "
            f"{flat.actions_of[h][better]!r} gains {gain:.4g}{alone}"
        )

    def _not_ours(self, profile: PeerPlay) -> OtherEquilibrium:
        concept, leads = self.solution.method.concept, f"leads to {_most_likely(profile)}"
        but = self._but(profile)
        if but:
            return OtherEquilibrium(profile, (), f"Nash, but no {concept}: it {leads}{but}", True)
        if not self.solution.complete:
            return OtherEquilibrium(
                profile, (), f"Nash; it {leads}, and our search for each {concept} was not complete", True
            )
        if self.nash:
            return OtherEquilibrium(profile, (), f"Nash by our own check too, though not among ours: it {leads}", False)
        return OtherEquilibrium(
            profile, (), f"Nash, but no {concept}: it {leads}, which none of them does by our complete search", True
        )


def _listed(numbers: tuple[int, ...]) -> str:
    noun = "equilibrium" if len(numbers) == 1 else "equilibria"
    return f"{noun} {', '.join(map(str, numbers))}"


def _most_likely(profile: PeerPlay) -> str:
    pairs = [(name, p) for name, p in zip(profile.game.outcomes, profile.outcomes, strict=True) if p > 0]
    if len(pairs) == 1:
        return repr(pairs[0][0])
    return " or ".join(f"{name!r} ({p:.3g})" for name, p in sorted(pairs, key=lambda pair: -pair[1])[:3])


def _in_hull(point: list[float], corners: list[list[float]], tolerance: float) -> bool:
    """Tell whether a point is a mixture of corners."""
    if len(corners) < 2:
        return False
    import numpy as np
    from scipy.optimize import linprog

    matrix, count = np.array(corners).T, len(corners)
    optimum = linprog(
        np.zeros(count),
        A_ub=np.vstack([matrix, -matrix]),
        b_ub=[*(v + tolerance for v in point), *(tolerance - v for v in point)],
        A_eq=np.ones((1, count)),
        b_eq=[1.0],
        bounds=[(0.0, 1.0)] * count,
    )
    return bool(optimum.success)
