"""What a refinement says of a solution: which equilibria pass, which are removed, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from deterrence.answers.solution import Component, Equilibrium, Solution
from deterrence.errors import MethodError

Reason = str
"""Why an equilibrium is removed, in words; empty where it passes."""


def checked(solution: Solution, name: str) -> Solution:
    """Return the solution, or say that something else was given."""
    if not isinstance(solution, Solution):
        raise MethodError(f"{name} refines what solve(game) returns; got {solution!r}.")
    return solution


def listed(solution: Solution, test: str) -> Sequence[Equilibrium]:
    """Return the equilibria, or refuse to judge more of them one by one than can be listed."""
    if solution.stand_in:
        raise MethodError(
            f"{test[0].upper()}{test[1:]} judges equilibria one by one, and of {solution.game.name!r} there are "
            f"{solution.count:,}. Solve a smaller game, or a part of this one."
        )
    return solution.equilibria


def refined(solution: Solution, test: str, judge: Callable[[Equilibrium], Reason]) -> Solution:
    """Return the solution with the equilibria for which ``judge`` gives no reason to remove them."""
    return with_verdicts(solution, test, [judge(equilibrium) for equilibrium in listed(solution, test)])


def with_verdicts(
    solution: Solution,
    test: str,
    reasons: Sequence[Reason],
    *,
    remark: str = "",
    components: tuple[Component, ...] | None = None,
) -> Solution:
    """Return the solution without the equilibria that have a reason to be removed.

    ``components`` are the convex sets that pass as a whole, by the old positions; None if they were not judged.
    """
    places = [k for k, reason in enumerate(reasons) if not reason]
    new = {old: k for k, old in enumerate(places)}
    count, all_of = len(places), len(reasons)
    parts = [f"{count} of {all_of} {'passes' if count == 1 else 'pass'} {test}"]
    parts += [f"equilibrium {k + 1} is removed: {reason}" for k, reason in enumerate(reasons) if reason]
    parts += [remark] if remark else []
    sets = [c for c in solution.components if not c.is_point and set(c.equilibria) & set(places)]
    passed = [c for c in sets if c in (components or ()) and set(c.equilibria) <= set(places)]
    if len(passed) < len(sets):
        which = "were not tested" if components is None else "do not all pass"
        parts.append(f"mixtures between the equilibria listed {which}")
    if solution.status != "solved":
        parts.append(f"before that: {solution.status}")
    moved = tuple(replace(c, equilibria=tuple(new[k] for k in c.equilibria)) for c in passed)
    equilibria = tuple(solution[k] for k in places)
    return replace(solution, equilibria=equilibria, status="; ".join(parts), components=moved)
