"""Classes as products: what is optimal within a block of information sets, found and derived block by block.

Where play is settled at the sets at which blocks meet, and nobody mixes there, optimality at each other set depends on
play in its own block alone. So a profile is an equilibrium exactly if the play of each block is optimal within it and
the settled play is optimal given all blocks.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from deterrence.answers.factors import Choice, ClassProduct, LocalClass
from deterrence.errors import ParameterError
from deterrence.solvers.algebra import elimination
from deterrence.solvers.algebra.signs import TooMuchWorkError
from deterrence.solvers.discovery.builder import ClassBuilder
from deterrence.solvers.discovery.cloud import Possible
from deterrence.solvers.discovery.conditions import Conditions, decided, unshortened
from deterrence.solvers.supports.agent_form import AgentForm, Pattern, Support
from deterrence.solvers.supports.closed_form import ClosedForm
from deterrence.solvers.supports.family import family_of

MOST_COMBINED = 20_000
"""Of more combinations of one settled play not all are looked at for what happens on the path."""
Block = tuple[int, ...]
Local = tuple[Support, ...]
Settled = tuple[tuple[int, int], ...]
"""The information sets at which blocks meet, each with the action taken there."""


class Factored:
    """The local classes of a game, by settled play and block.

    Attributes
    ----------
    meeting, blocks
        The information sets at which blocks meet, and the blocks.
    counts
        For each settled play and block, the local patterns met and at how many points each was possible.
    decided
        Those of them whose formulas were derived and decided, with the local class or None where it exists nowhere.
    """

    def __init__(self, builder: ClassBuilder, meeting: Sequence[int]) -> None:
        self.builder, self.meeting = builder, tuple(meeting)
        self.blocks = _components(builder.agent, self.meeting)
        self.counts: dict[tuple[Settled, Block], Counter[Local]] = {}
        self.decided: dict[tuple[Settled, Block, Local], list[tuple[ClosedForm, Conditions]]] = {}

    def meet(self, alternatives: Iterable[Possible]) -> None:
        """Take in what is possible at some points; settled play that mixes is no product and is passed over."""
        for key, local, at in self._locals(alternatives):
            self.counts.setdefault(key, Counter())[local] += len(at)

    def _locals(self, alternatives: Iterable[Possible]) -> Iterable[tuple[tuple[Settled, Block], Local, np.ndarray]]:
        for alternative in alternatives:
            parts = [({h: s}, alternative.at) for h, s in alternative.supports.items()]
            settled = self.settled(alternative)
            if settled is None:
                continue
            for options in alternative.blocks:
                parts += [part for option in options for part in option.flat()]
            for block in self.blocks:
                for local, at in _joined(parts, block):
                    yield (settled, block), local, at

    def settled(self, alternative: Possible) -> Settled | None:
        """Return the actions at the sets where blocks meet, None where one mixes or is not settled."""
        supports = [alternative.supports.get(h, ()) for h in self.meeting]
        if any(len(support) != 1 for support in supports):
            return None
        return tuple((h, support[0]) for h, support in zip(self.meeting, supports, strict=True))

    def derive(self) -> None:
        """Derive all local classes that were met, the commonest first, while there is time."""
        todo = [
            (-count, settled, block, local)
            for (settled, block), locals_ in self.counts.items()
            for local, count in locals_.items()
            if (settled, block, local) not in self.decided
        ]
        for _, settled, block, local in sorted(todo):
            if self.builder.over():
                return
            found = self._derived(settled, block, local)
            if found is not None:
                self.decided[settled, block, local] = found

    def _derived(self, settled: Settled, block: Block, local: Local) -> list[tuple[ClosedForm, Conditions]] | None:
        """Return the forms of a local pattern that are verified; None where something stayed open."""
        builder, pattern = self.builder, self.pattern(settled, {block: local})
        forms, resolved = builder.parametric.local_forms(pattern, block)
        found = []
        for form in forms:
            try:
                conditions = unshortened(form, builder.domain)
                if conditions.witness is None and not conditions.empty:
                    conditions = decided(conditions, builder.domain)
            except TooMuchWorkError:
                resolved = False
                continue
            if conditions.empty:
                continue
            if conditions.witness is None or not self._verified(pattern, block, conditions.witness):
                resolved = False
                continue
            found.append((form, conditions))
        return found if resolved or found else None

    def shorten(self) -> None:
        """Shorten the conditions of local classes, the commonest first, while there is time."""
        order = sorted(self.decided, key=lambda key: -self.counts[key[:2]][key[2]])
        for key in order:
            for k, (form, conditions) in enumerate(self.decided[key]):
                if self.builder.over():
                    return
                if not conditions.whole:
                    self.decided[key][k] = form, self.builder.shortened(form) or conditions

    def pattern(self, settled: Settled, chosen: dict[Block, Local]) -> Pattern:
        """Return the whole pattern of settled play and blocks; sets of other blocks play their first action."""
        supports: dict[int, Support] = {h: (action,) for h, action in settled}
        for block, local in chosen.items():
            supports.update(zip(block, local, strict=True))
        return tuple(supports.get(h, (0,)) for h in range(len(self.builder.agent.form.nodes_of)))

    def _verified(self, pattern: Pattern, block: Block, witness: dict[str, Any]) -> bool:
        """Tell whether the local play is optimal at a point, solved there in fractions."""
        try:
            game = self.builder.game.at(witness)
        except ParameterError:
            return False
        agent = AgentForm(game.form, *game.numbers)
        return any(
            family_of(agent, pattern, system, reduced, []) is not None
            for system in agent.systems(pattern, block)
            for reduced in elimination.reduce(system, elimination.Fractions())
        )

    # -- the answer ----------------------------------------------------------------------------------

    def products(self) -> tuple[ClassProduct, ...]:
        """Return the products, one for each settled play whose blocks all have local classes."""
        made = []
        form = self.builder.agent.form
        for settled in dict.fromkeys(settled for settled, _ in self.counts):
            rows = [self._classes(settled, block) for block in self.blocks]
            if all(rows):
                names = tuple((form.set_names[h], form.actions_of[h][action]) for h, action in settled)
                blocks = tuple(tuple(item for _, item in row) for row in rows)
                patterns = [[local for local, _ in row] for row in rows]
                made.append(ClassProduct(names, blocks, _Member(self, settled, patterns)))
        return tuple(made)

    def _classes(self, settled: Settled, block: Block) -> list[tuple[Local, LocalClass]]:
        locals_ = self.counts.get((settled, block), Counter())
        return [
            (local, self.builder.writer.local(form, conditions, block))
            for local, _ in locals_.most_common()
            for form, conditions in self.decided.get((settled, block, local), [])
        ]

    # -- what is known at points ---------------------------------------------------------------------

    def open_at(self, alternatives: Iterable[Possible], count: int) -> np.ndarray:
        """Tell at which of so many points some play is possible that was not decided."""
        unknown = np.zeros(count, dtype=bool)
        whole = list(alternatives)
        for alternative in whole:
            if self.settled(alternative) is None:
                unknown[alternative.at] = True
        for (settled, block), local, at in self._locals(whole):
            if (settled, block, local) not in self.decided:
                unknown[at] = True
        return unknown

    def knows(self, pattern: Pattern) -> bool:
        """Tell whether the parts of an equilibrium are among the local classes."""
        if any(len(pattern[h]) != 1 for h in self.meeting):
            return False
        settled = tuple((h, pattern[h][0]) for h in self.meeting)
        return all(self.decided.get((settled, block, tuple(pattern[h] for h in block))) for block in self.blocks)


class _Member:
    """Forms the equilibria of one choice of local classes of a product."""

    def __init__(self, factored: Factored, settled: Settled, patterns: Sequence[Sequence[Local]]) -> None:
        self.factored, self.settled, self.patterns = factored, settled, patterns

    def __call__(self, choice: Choice) -> Sequence[Any]:
        """Return the classes of equilibria that combine the chosen local classes."""
        blocks = self.factored.blocks
        chosen = {block: row[k] for block, row, k in zip(blocks, self.patterns, choice, strict=True)}
        return self.factored.builder.classes_of(self.factored.pattern(self.settled, chosen))


def meeting_sets(agent: AgentForm, alternatives: Sequence[Possible]) -> tuple[int, ...]:
    """Return the information sets at which blocks meet in all alternatives: settled, and of matter to some blocks."""
    meeting = [set(_meeting(agent, alternative)) for alternative in alternatives]
    return tuple(sorted(set.intersection(*meeting))) if meeting else ()


def _meeting(agent: AgentForm, alternative: Possible) -> Iterable[int]:
    blocks = [
        {h for option in options for supports, _ in option.flat() for h in supports} for options in alternative.blocks
    ]
    return (h for h in alternative.supports if sum(bool(agent.interplay[h] & block) for block in blocks) > 1)


def on_path(agent: AgentForm, alternatives: Iterable[Possible], most: int) -> list[Pattern]:
    """Return the commonest pattern for each play on the path, the commonest plays first."""
    plays: dict[Any, Counter[Pattern]] = {}
    size = len(agent.form.nodes_of)
    for alternative in alternatives:
        for supports, at in itertools.islice(alternative.flat(), MOST_COMBINED):
            pattern = tuple(supports[h] for h in range(size))
            reached = agent.reached(pattern)
            key = tuple(pattern[h] if h in reached else None for h in range(size))
            plays.setdefault(key, Counter())[pattern] += len(at)
    commonest = sorted(plays.values(), key=lambda counts: -max(counts.values()))
    return [counts.most_common(1)[0][0] for counts in commonest[:most]]


def _components(agent: AgentForm, meeting: Sequence[int]) -> tuple[Block, ...]:
    """Return the information sets but those where blocks meet, in blocks that do not matter to one another."""
    blocks: list[set[int]] = []
    for h in range(len(agent.form.nodes_of)):
        if h not in meeting:
            joined = [block for block in blocks if agent.interplay[h] & block]
            blocks = [block for block in blocks if block not in joined] + [{h}.union(*joined)]
    return tuple(tuple(sorted(block)) for block in blocks)


def _joined(parts: Sequence[tuple[dict[int, Support], np.ndarray]], block: Block) -> Iterable[tuple[Local, np.ndarray]]:
    """Return the patterns of a block from parts that hold some of its sets each, with the points of each."""
    groups: dict[tuple[int, ...], list[tuple[dict[int, Support], np.ndarray]]] = {}
    for supports, at in parts:
        own = {h: support for h, support in supports.items() if h in block}
        if own:
            groups.setdefault(tuple(sorted(own)), []).append((own, at))
    for combination in itertools.product(*groups.values()):
        at = combination[0][1]
        for _, where in combination[1:]:
            at = np.intersect1d(at, where, assume_unique=True)
        supports = {h: support for own, _ in combination for h, support in own.items()}
        if len(at) and len(supports) == len(block):
            yield tuple(supports[h] for h in block), at
