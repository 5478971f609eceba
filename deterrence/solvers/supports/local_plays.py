"""The equilibria of a local game, and what each of them expects of the ends that it leads to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from deterrence.answers.solution import Equilibrium
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.polynomials import Polynomial
from deterrence.solvers.algebra.ranges import Range
from deterrence.solvers.supports.family import ANYWHERE, Within
from deterrence.solvers.supports.measured import outcome_polynomials

Taken = Mapping[int, int]
"""Information set -> action: what a measure asks the first occurrence of."""


@dataclass(eq=False)
class LocalPlay:
    """An equilibrium of a local game: one choice in it where nothing is free, else a family."""

    equilibrium: Equilibrium

    @property
    def exact(self) -> bool:
        """Whether nobody gains by deviating: with irrational probabilities, kept to 40 digits, somebody does."""
        return self.equilibrium.regret == 0

    @cached_property
    def reached(self) -> Mapping[int, Any]:
        """The probability of reaching each node that the listed member reaches."""
        return self.equilibrium._reached

    def worth(self, payments: Mapping[int, Any]) -> Any:
        """Return what the listed member expects, of a payment at ends."""
        reached = self.reached
        return sum(reached[end] * paid for end, paid in payments.items() if end in reached)

    def range_of(
        self, low: Mapping[int, Any], high: Mapping[int, Any], taken: Taken | None = None, within: Within = ANYWHERE
    ) -> Range:
        """Return the least and greatest expectation of a payment at ends which itself lies between two numbers.

        With ``taken``, the probability that one of these actions is taken counts as one, and what is paid after it
        as nothing. ``within`` are bounds known of the answer.
        """
        family = self.equilibrium.family
        if family is None:
            least, most = (sum(w * paid for w, paid in self._terms(self.reached, some, taken)) for some in (low, high))
            return Range(least, most, {}, {})
        terms = [self._terms(self._polynomials, some, taken) for some in (low, high)]
        sums = [poly.total(poly.scale(weight, paid) for weight, paid in pairs) for pairs in terms]
        below, above = (family.range_of(p, within=within) for p in sums)
        return Range(below.low, above.high, below.low_at, above.high_at, below.proved and above.proved)

    @cached_property
    def _polynomials(self) -> dict[int, Polynomial]:
        family = self.equilibrium.family
        return outcome_polynomials(family.agent, family.pattern)

    def _terms(
        self, reached: Mapping[int, Any], payments: Mapping[int, Any], taken: Taken | None
    ) -> Iterator[tuple[Any, Any]]:
        """Yield the pairs of probability and payment whose products add up to the expectation."""
        form = self.equilibrium.game.form
        for node, weight in reached.items():
            if taken and _is_taken_before(form, node, taken):
                continue
            h = form.infoset_of[node]
            if taken and h in taken:
                child = form.children[node][taken[h]]
                if child in reached:
                    yield reached[child], 1
            elif payments.get(node):
                yield weight, payments[node]


def _is_taken_before(form: Any, node: int, taken: Taken) -> bool:
    return any(taken.get(form.infoset_of[at]) == branch for at, branch in form.path(node))
