"""Classes of equilibria backward over proper subgames: those of equal local games are found once, and combined.

A profile with its beliefs is a perfect Bayesian equilibrium exactly if it is one in each local game, the subgames in
it standing as ends with what play in them is worth. For optimality at an information set compares values at its nodes,
which depend on play below through those worths alone; beliefs at a set depend on play within its own part alone, since
moves that all of its histories share carry no news (the concept's own condition); and changes at one set at a time
suffice (Hendon, Jacobsen and Sloth 1996). With perfect information this is backward induction (Selten 1965).

So the classes of the whole are the combinations of local classes whose conditions hold together somewhere. Play in a
subgame is told by what it is worth to those who moved before, and by the region of parameter values where it is an
equilibrium: subgames that agree in both are exchangeable.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from deterrence.games.form import ExtensiveForm
from deterrence.solvers.discovery.builder import ClassBuilder
from deterrence.solvers.discovery.cloud import never
from deterrence.solvers.discovery.local_classes import LocalForm, LocalSearch
from deterrence.solvers.discovery.regions import EVERYWHERE, ParameterRegions, Region, region_of
from deterrence.solvers.supports.backward import concerned_by
from deterrence.solvers.supports.forest import Entry, Forest, Table
from deterrence.solvers.supports.search import SearchLimitError
from deterrence.solvers.supports.subgames import Part, Worth, subgame_roots

MOST_STEPS = 20_000
"""Of more combinations of local classes not each is looked at, and the game is searched as a whole."""
Kind = tuple[Worth, Region]
"""What play in a subgame is worth, and where it is an equilibrium."""


def has_stages(form: ExtensiveForm) -> bool:
    """Tell whether a game falls apart: by perfect information, or as two local games are more than one seen choice."""
    roots = sorted({0, *subgame_roots(form)})
    if form.perfect_information:
        return len(roots) > 1
    parts = (Part.of(form, root, {*roots} - {root}) for root in roots)
    intricate = (part for part in parts if len(part.sets) > 1 or any(len(nodes) > 1 for nodes in part.form.nodes_of))
    return len(list(itertools.islice(intricate, 2))) > 1


class BackwardClasses:
    """The search for the classes of a game, from the last subgames to the first.

    Where a subgame's worth varies within a class, it is searched together with the part above it.

    Attributes
    ----------
    builder, over, regions, local
        What holds the game's formulas, tells whether time is up, decides about regions, and finds local classes.
    gaps
        What stayed open, in words.
    """

    def __init__(self, builder: ClassBuilder, over: Callable[[], bool] = never) -> None:
        self.builder, self.form, self.over = builder, builder.game.form, over
        self.regions, self.local = ParameterRegions(builder.domain, builder.over), LocalSearch(builder, over)
        self.gaps: list[str] = []
        self._steps = 0
        self._parts: dict[int, Part] = {}
        self._tables: dict[int, Table] = {}

    def run(self) -> Forest:
        """Return what may be played in each subgame, by worth and region; what stayed open is in the gaps.

        Raises
        ------
        SearchLimitError
            If a local game has too many patterns, there are too many combinations, or time is up.
        """
        for root in sorted({0, *subgame_roots(self.form)}, reverse=True):
            before = len(self.gaps)
            part = Part.of(self.form, root, self._tables)
            table = self._table(part, concerned_by(self.form, root))
            if table is None:
                del self.gaps[before:]
            else:
                self._parts[root], self._tables[root] = part, table
        return Forest(self.builder.game, self.builder.writer.concept, self._parts, self._tables)

    def _table(self, part: Part, concerned: list[int]) -> Table | None:
        """Return the classes of a part by worth and region; None where the worth of one varies."""
        table: dict[Kind, list[Entry]] = {}
        for below, region in self._combinations(part):
            worths = self._worths(part, below)
            found = self.local.classes(part, worths)
            for play in found.forms:
                both = self._both(region, play.region)
                if both is None or not self._occurs(part, play, both):
                    continue
                worth = self._worth(part, play, worths, concerned)
                if worth is None:
                    return None
                table.setdefault((worth, both), []).append(Entry(play, below))
            self.gaps += [f"mixed play at {_sets(part, p)} leads to equations that are not linear" for p in found.open]
        return table

    def _combinations(self, part: Part) -> Iterator[tuple[tuple[Kind, ...], Region]]:
        """Yield what the subgames may be together, with the region where they are."""
        known: list[tuple[tuple[Kind, ...], Region]] = [((), EVERYWHERE)]
        for root in part.subgames.values():
            longer = []
            for (below, region), kind in itertools.product(known, self._tables[root]):
                both = self._both(region, kind[1])
                if both is not None and not self.regions.conditions(both).empty:
                    longer.append(((*below, kind), both))
            known = longer
        yield from known

    def _both(self, region: Region, other: Region) -> Region | None:
        """Return where two regions meet, None where nowhere as it seems at once; count it as a step."""
        self._steps += 1
        if self._steps > MOST_STEPS or self.over():
            raise SearchLimitError
        return region_of([*region, *other]) if region and other else region or other

    def _occurs(self, part: Part, play: LocalForm, region: Region) -> bool:
        """Tell whether a local class exists somewhere in a region, by a point of it; note where that stays open."""
        conditions = self.regions.conditions(region)
        if conditions.empty:
            return False
        at = conditions.witness
        occurs = at is not None and self.regions.admits(region) and play.verified(at)
        if not occurs:
            self.gaps.append(f"whether play at {_sets(part, play.form.pattern)} occurs was not decided")
        return occurs

    def _worths(self, part: Part, below: tuple[Kind, ...]) -> dict[int, Worth]:
        """Return what each end and subgame of a part is worth, by node of the part."""
        subgames = dict(zip(part.subgames, below, strict=True))
        payoffs, lifted = self.builder.agent.payoffs, self.builder.parametric.lifted
        return {
            k: subgames[k][0] if k in subgames else tuple(map(lifted, payoffs[v]))
            for k, v in enumerate(part.nodes)
            if not part.form.children[k]
        }

    def _worth(self, part: Part, play: LocalForm, worths: Mapping[int, Worth], concerned: list[int]) -> Worth | None:
        """Return what a local class is worth to the players concerned; None where that varies."""
        if part.nodes[0] == 0:
            return ()
        worth: list[Any] = [None] * len(self.form.players)
        for i in concerned:
            worth[i] = play.worth({k: row[i] for k, row in worths.items()})
            if worth[i] is None:
                return None
        return tuple(worth)


def _sets(part: Part, pattern: Any) -> str:
    names = [part.whole.set_names[h] for h, support in zip(part.sets, pattern, strict=True) if len(support) > 1]
    return " and ".join(map(repr, names or [part.whole.set_names[h] for h in part.sets]))
