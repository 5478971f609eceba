"""Perfect Bayesian equilibrium: strategies and beliefs at every information set, exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from deterrence.answers.solution import Equilibrium, Solution
from deterrence.games.expression import check_limit
from deterrence.games.game import Game
from deterrence.solvers.algebra import elimination
from deterrence.solvers.one_equilibrium import OneEquilibrium
from deterrence.solvers.supports.agent_form import AgentForm, Pattern, System
from deterrence.solvers.supports.backward import Backward
from deterrence.solvers.supports.combination import Combination
from deterrence.solvers.supports.family import TOLERANCE, Family, family_of
from deterrence.solvers.supports.pattern_search import OfPattern, equilibria_by_patterns, order
from deterrence.solvers.supports.subgames import subgame_roots


@dataclass(frozen=True, slots=True)
class PerfectBayesian:
    """The solution concept of perfect Bayesian equilibrium: optimal choices at each information set, given beliefs.

    Beliefs follow Bayes' rule wherever play, or the belief at an earlier information set, determines them.
    Moves common to all histories of an information set carry no news, however unlikely they were: so play
    is an equilibrium in every proper subgame, and no deviation reveals what its author did not know.
    Other beliefs are free, and are shown with their range.

    Attributes
    ----------
    limit
        The most partial patterns of play to visit; beyond it the search stops and says so. With proper subgames, each
        combination of what they may be worth counts as one more. Where the search has found none, or soon shows that
        the limit is far too low, one equilibrium is given that is found without it.

    Notes
    -----
    Proper subgames are solved first, equal ones once; more than 1,000 equilibria are counted, and each is made when it
    is asked for. For each choice of support at every information set, indifference gives equations in the others'
    probabilities; they are solved exactly, and the remaining inequalities are decided exactly. Supports are
    pruned by bounds on values and beliefs. Every sequential equilibrium is among the answers.

    References
    ----------
    Fudenberg and Tirole (1991), "Perfect Bayesian equilibrium and sequential equilibrium"; Kreps and Wilson
    (1982); Miltersen and Sørensen (2010), for the one equilibrium of two players.
    """

    limit: int = 50_000

    def __post_init__(self) -> None:
        check_limit(self.limit, "PerfectBayesian")

    @property
    def concept(self) -> str:
        """The concept in words."""
        return "perfect Bayesian equilibrium"

    def solve(self, game: Game) -> Solution:
        """Return every class of perfect Bayesian equilibrium at the parameter values."""
        return solved_by_subgames(self, game, lambda local: partial(self.of_pattern, local))

    def equilibria_of(self, game: Game, pattern: Pattern, concept: str = "") -> list[Equilibrium]:
        """Return the equilibria of one choice of support at every information set."""
        agent = AgentForm(game.form, *game.numbers)
        equilibria = list(self.of_pattern(game, agent, pattern, []))
        return [replace(e, concept=concept) for e in equilibria] if concept else equilibria

    def of_pattern(self, game: Game, agent: AgentForm, pattern: Pattern, gaps: list[str]) -> Iterator[Equilibrium]:
        """Yield the equilibria of one choice of support, from a game's agent form; gaps tell what stayed open."""
        for system in agent.systems(pattern):
            for reduced in elimination.reduce(system, elimination.Fractions()):
                equilibrium = self._realized(game, agent, pattern, system, reduced, gaps)
                if equilibrium is not None:
                    yield equilibrium

    def _realized(
        self,
        game: Game,
        agent: AgentForm,
        pattern: Pattern,
        system: System,
        reduced: elimination.Reduced,
        gaps: list[str],
    ) -> Equilibrium | None:
        family = family_of(agent, pattern, system, reduced, gaps)
        if family is None or (not family.point and reduced.solved):
            return None
        equilibrium = realized(game, self.concept, family, gaps)
        # The equations were derived from the tree; the regret is computed without them, as an independent check.
        return equilibrium if equilibrium.regret <= (0 if reduced.exact else TOLERANCE) else None


def realized(game: Game, concept: str, family: Family, gaps: list[str]) -> Equilibrium:
    """Return a family as an equilibrium with what varies in it; a range that is not proved is noted in the gaps."""
    behaviour, belief = family.profile(family.point)
    varying = family.varying()
    ends = [family.profile(at) for at in family.ends(varying) if at]
    if not all(item.proved for _, item in varying):
        gaps.append("approximate: where free values are tied by products, some ranges were not proved")
    corners = tuple(dict.fromkeys(ends))
    free_list = family.free_list(varying)
    corners = corners if len(corners) > 1 else ()
    return Equilibrium(game, concept, behaviour, belief, free_list, corners, family if varying else None)


def solved_by_patterns(
    method: Any,
    game: Game,
    equilibria_of: OfPattern,
    notes: Sequence[str] = (),
    settled: Mapping[int, int] | None = None,
    limit: int = 0,
) -> Solution:
    """Return the equilibria of all patterns of supports; the status names what stayed open, and the notes.

    ``equilibria_of(agent, pattern, gaps)`` adds to ``gaps`` what it could not decide; ``settled`` gives the action
    at information sets where it is known, ``limit`` the most equilibria to list, if any.
    """
    agent = AgentForm(game.form, *game.numbers)
    one = OneEquilibrium(game, method.concept, lambda pattern: equilibria_of(agent, pattern, []))
    found = equilibria_by_patterns(game, equilibria_of, method.limit, settled, limit, lambda: one.found is not None)
    if found.gaps and not found.equilibria and one.found is not None:
        found.equilibria.append(one.found[0])
        found.gaps.append(one.found[1])
    if found.unmixed:
        notes = [*notes, _unmixed_note(game, found.unmixed)]
    status = status_of(bool(found.equilibria), found.gaps, notes)
    return Solution(game, method, tuple(sorted(found.equilibria, key=order)), status, complete=not found.gaps)


def solved_by_subgames(
    method: Any, game: Game, solver_of: Callable[[Any], OfPattern], notes: Sequence[str] = ()
) -> Solution:
    """Return the equilibria of a game, solved backward over its proper subgames where it has some.

    ``solver_of(local)`` gives what yields the equilibria of a pattern of a local game.
    """
    if subgame_roots(game.form) in ([0], []):
        return solved_by_patterns(method, game, solver_of(game), notes)
    agent = AgentForm(game.form, *game.numbers)
    one = OneEquilibrium(game, method.concept, lambda pattern: solver_of(game)(agent, pattern, []))
    search = Backward(game, method.concept, solver_of, method.limit, lambda: one.found is not None)
    forest = search.run()
    many = Combination(forest, forest.classes)
    equilibria: Sequence[Equilibrium] = many
    if many.number <= MOST_LISTED:
        equilibria = tuple(sorted(many, key=order))
    if search.gaps and not many.number and one.found is not None:
        equilibria = (one.found[0],)
        search.gaps.append(one.found[1])
    status = status_of(many.number > 0, search.gaps, notes)
    return Solution(game, method, equilibria, status, complete=not search.gaps)


def status_of(some: bool, gaps: Sequence[str], notes: Sequence[str]) -> str:
    """Return what a search says of itself: whether there are some equilibria, what stayed open, and the notes."""
    status = "solved" if some else "there is none"
    if gaps:
        status = "incomplete: " + "; ".join(dict.fromkeys(gaps))
    return "; ".join([status, *dict.fromkeys(notes)])


def _unmixed_note(game: Game, sets: Sequence[int]) -> str:
    names = ", ".join(repr(game.form.set_names[h]) for h in sets[:MOST_NAMES])
    more = f" and {len(sets) - MOST_NAMES} more places" if len(sets) > MOST_NAMES else ""
    return f"every mixture of the choices listed at {names}{more} is an equilibrium too, and not listed apart"


MOST_NAMES = 5
MOST_LISTED = 1_000
"""Of more equilibria of games with subgames each is made when it is asked for."""
