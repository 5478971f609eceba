"""Closed forms written as classes: strategies, payoffs and outcomes in SymPy expressions, equal ones joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import sympy as sp

from deterrence.answers.assessment import Free
from deterrence.answers.continuum.classes import ContinuumClass
from deterrence.answers.continuum.strategies import Cutoffs
from deterrence.solvers.algebra import polynomials as poly
from deterrence.solvers.algebra.relations import oriented_ratio
from deterrence.solvers.continuum.cutoffs.agents import Agent
from deterrence.solvers.continuum.cutoffs.arithmetic import Formulas, divided
from deterrence.solvers.continuum.cutoffs.conditions import Conditions as PatternConditions
from deterrence.solvers.continuum.cutoffs.off_path import Solved
from deterrence.solvers.continuum.cutoffs.outcomes import outcomes_of
from deterrence.solvers.continuum.cutoffs.written import CONCEPT
from deterrence.solvers.discovery.conditions import Conditions, as_condition, joined
from deterrence.solvers.supports.closed_form import FreeGroup

INFINITE = float("inf")
Written = tuple[ContinuumClass, Any]
"""A class, and its condition as it was derived."""


def written_classes(formulas: Formulas, forms: Sequence[Any]) -> tuple[ContinuumClass, ...]:
    """Return the classes of closed forms; of forms that differ off the path in beliefs alone one class."""
    groups: dict[Any, list[Written]] = {}
    for form in forms:
        made = _Writer(formulas, form).written()
        groups.setdefault((made.path_pattern, made.outcome_list, _on_path(made)), []).append((made, form.when))
    classes = []
    for alike in groups.values():
        if any(made.free_list for made, _ in alike):
            classes.append(_joined(alike, formulas))
        else:
            classes += [_joined(same, formulas) for same in _by_strategies(alike)]
    return tuple(classes)


def _on_path(made: ContinuumClass) -> tuple[str, ...]:
    return tuple(str(rule) for (_, rule), hit in zip(made.strategy_list, made.reached, strict=True) if hit)


def _by_strategies(alike: Sequence[Written]) -> list[list[Written]]:
    groups: dict[Any, list[Written]] = {}
    for made, when in alike:
        groups.setdefault(tuple(str(rule) for _, rule in made.strategy_list), []).append((made, when))
    return list(groups.values())


def _joined(alike: Sequence[Written], formulas: Formulas) -> ContinuumClass:
    """Return one class for several that differ off the path alone: it exists where one of them does."""
    classes = [made for made, _ in alike]
    first = next((made for made in classes if made.free_list), classes[0])
    when = first.when if len(alike) == 1 else _either(alike, formulas)
    free = _joined_free(classes)
    pinned = {item.symbol: item.low for item in free if item.low == item.high}
    rules = (
        tuple((name, _put_in(rule, pinned)) for name, rule in first.strategy_list) if pinned else first.strategy_list
    )
    return replace(
        first, when=when, free_list=tuple(item for item in free if item.low != item.high), strategy_list=rules
    )


def _put_in(rule: Cutoffs, values: dict[Any, Any]) -> Cutoffs:
    """Return a strategy with numbers in the place of shares that cannot vary."""

    def put(value: Any) -> Any:
        return sp.factor(value.subs(values)) if isinstance(value, sp.Basic) else value

    pieces = [(put(p.low), put(p.high), {a: put(x) for a, x in p.actions}) for p in rule.pieces]
    kept = [piece for piece in pieces if piece[0] != piece[1]]
    if len(kept) == 1:
        return Cutoffs.always(kept[0][2], rule.variable)
    return Cutoffs.of(rule.variable, *kept)


def _either(alike: Sequence[Written], formulas: Formulas) -> Any:
    """Return the condition that one of several holds, shortened where each is shortened itself."""
    conditions = [when for _, when in alike]
    if any(when is None or not when.whole for when in conditions):
        return sp.Or(*(made.when for made, _ in alike))
    branches = joined([branch for when in conditions for branch in when.branches], formulas.domain)
    return as_condition(Conditions([branches], conditions[0].witness), formulas.domain)


def _joined_free(alike: Sequence[ContinuumClass]) -> tuple[Free, ...]:
    """Return what may vary in any of some classes, with the least and greatest of their ends."""
    ranges: dict[tuple[str, str], list[Free]] = {}
    for made in alike:
        for item in made.free_list:
            ranges.setdefault((item.information_set, item.of), []).append(item)
    return tuple(
        replace(items[0], low=sp.Min(*(i.low for i in items)), high=sp.Max(*(i.high for i in items)))
        for items in ranges.values()
    )


class _Writer:
    """Writes one closed form."""

    def __init__(self, formulas: Formulas, form: Any) -> None:
        self.formulas, self.form = formulas, form
        self.conditions: PatternConditions = form.conditions
        self.reading = self.conditions.reading
        places = range(len(self.conditions.places))
        if form.root is None:
            self.values = {v: form.closed.in_free(poly.variable(v)).get((), 0) for v in places}
        else:
            self.values = {v: form.root.values[v] for v in places}
        self.solved = self._solved()

    def written(self) -> ContinuumClass:
        """Return the class."""
        game, form = self.reading.game, self.reading.form
        rules = {form.set_names[h]: self._rule(agent, h) for agent in self.reading.agents for h in agent.sets}
        result = outcomes_of(self.reading, self.solved)
        pattern, reached = self._pattern()
        return ContinuumClass(
            game,
            CONCEPT,
            pattern,
            tuple((name, rules[name]) for name in form.set_names),
            (),
            self._when(),
            tuple((name, self.expression(value)) for name, value in result.payoffs.items()),
            tuple((name, self.expression(value)) for name, value in result.outcomes.items()),
            tuple((key, self.expression(value)) for key, value in result.actions.items()),
            reached,
            tuple(free for group in self._groups for free in self._free(group)),
            self._free_conditions(),
            () if self.form.root is None else (self.form.root.implicit,),
            None if self.form.root is None else self.form.root.terms,
        )

    @property
    def _groups(self) -> tuple[FreeGroup, ...]:
        return () if self.form.closed is None else self.form.closed.groups

    def _when(self) -> Any:
        if self.form.root is not None:
            return self.form.root.when
        return as_condition(self.form.when, self.formulas.domain)

    def _solved(self) -> Solved:
        intervals = [
            [
                (
                    interval.segment,
                    self._element(interval.low),
                    self._element(interval.high),
                    {s: self._element(self.conditions.mass(agent.number, interval.segment, s)) for s in interval.group},
                )
                for interval in self.conditions.intervals[agent.number]
            ]
            for agent in self.reading.agents
        ]
        return Solved(self.conditions.chosen, intervals)

    def _element(self, p: Any) -> Any:
        """Return a polynomial in masses as a coefficient; masses are not free."""
        total: Any = 0
        for monomial, c in p.items():
            term = c
            for v in monomial:
                term = term * self.values[v]
            total = total + term
        return total

    def expression(self, value: Any) -> Any:
        """Return a coefficient as a SymPy expression that reads well."""
        if isinstance(value, sp.Basic):
            return value
        if not hasattr(value, "numer"):
            value = self.formulas.parametric.lifted(value)
        return oriented_ratio(value, self.formulas.domain)

    # -- strategies --------------------------------------------------------------------------------------

    def _rule(self, agent: Agent, h: int) -> Cutoffs:
        form = self.reading.form
        rows = self._rows(agent, h)
        named = [
            (
                low if isinstance(low, float) else self.expression(low),
                high if isinstance(high, float) else self.expression(high),
                {form.actions_of[h][a]: self.expression(p) for a, p in done.items()},
            )
            for low, high, done in rows
        ]
        return Cutoffs.of(agent.variable, *named)

    def _rows(self, agent: Agent, h: int) -> list[tuple[Any, Any, dict[int, Any]]]:
        if h in agent.last:
            return [(low, high, {action: 1}) for low, high, action in agent.last[h]]
        if self.conditions.chosen[agent.number] is None:
            return self._reply_rows(agent)
        rows: list[tuple[Any, Any, dict[int, Any]]] = []
        for _, low, high, masses in self.solved.intervals[agent.number]:
            doing: dict[int, Any] = {}
            for s, mass in masses.items():
                action = dict(agent.plans[s]).get(h)
                if action is not None:
                    doing[action] = doing.get(action, 0) + mass
            if not doing:
                continue
            total: Any = 0
            for mass in doing.values():
                total = total + mass
            done = {a: 1 if len(doing) == 1 else divided(m, total) for a, m in doing.items()}
            if agent.variable is None:
                return [(-INFINITE, INFINITE, done)]
            if rows and rows[-1][2] == done:
                rows[-1] = (rows[-1][0], high, done)
            else:
                rows.append((low, high, done))
        return rows or [(-INFINITE, INFINITE, {0: 1})]

    def _reply_rows(self, agent: Agent) -> list[tuple[Any, Any, dict[int, Any]]]:
        """Return what an agent that nobody reaches replies: by a cutoff that its share of types gives."""
        v = self.conditions.replies[agent.number]
        if self.form.root is not None:
            value, known = self.form.root.values[v], True
        else:
            share = self.form.closed.in_free(poly.variable(v))
            value, known = self._share(share), set(share) <= {()}
        if known and value in (0, 1):
            return [(-INFINITE, INFINITE, {int(value == 1): 1})]
        gap = self.reading.lines[agent.number]
        if agent.variable is None:
            return [(-INFINITE, INFINITE, {0: 1 - value, 1: value})]
        low, high = map(self.expression, self.reading.ends(agent))
        rising = self._rises(agent, gap)
        cut = sp.factor(high - value * (high - low) if rising else low + value * (high - low))
        order = (0, 1) if rising else (1, 0)
        return [(low, cut, {order[0]: 1}), (cut, high, {order[1]: 1})]

    def _share(self, p: Any) -> Any:
        """Return a share of types as an expression, with a symbol for what is free."""
        total: Any = sp.Integer(0)
        for monomial, c in p.items():
            total += sp.Mul(self.expression(c), *(self._symbol(v) for v in monomial))
        return total

    def _symbol(self, v: int) -> Any:
        number = {position: d for d, position in self.conditions.replies.items()}
        agent = self.reading.agents[number[v]]
        form = self.reading.form
        return sp.Symbol(f"Pr({form.actions_of[agent.root][1]} | {form.set_names[agent.root]})", real=True)

    def _rises(self, agent: Agent, lines: Any) -> bool:
        """Tell whether it is the higher types to which the second action is worth more."""
        slopes = [
            sign * c
            for plan, sign in ((1, 1), (0, -1))
            for entry in lines[plan].values()
            for name, c in entry.items()
            if name == agent.variable
        ]
        return not any(self.formulas.positive(-c) for c in slopes)

    def _pattern(self) -> tuple[tuple[tuple[int, ...], ...], tuple[bool, ...]]:
        """Return the actions that some types play at each information set, and whether it is reached."""
        form, played = self.reading.form, [set() for _ in self.reading.form.nodes_of]  # type: ignore[var-annotated]
        reached = [False] * len(form.nodes_of)
        for path in self.reading.paths:
            live = all(
                any(s in agent.consistent(steps) for _, _, _, masses in self.solved.intervals[d] for s in masses)
                for d, steps in path.steps.items()
                for agent in [self.reading.agents[d]]
            )
            if not live or self.reading.weight(path) == 0:
                continue
            for steps in path.steps.values():
                for h, a in steps.items():
                    played[h].add(a)
                    reached[h] = True
        for agent in self.reading.agents:
            for h in agent.sets:
                if not played[h]:
                    played[h] = {a for _, _, done in self._rows(agent, h) for a in done}
        return tuple(tuple(sorted(actions)) for actions in played), tuple(reached)

    def _free(self, group: FreeGroup) -> list[Free]:
        """Return the ranges of shares off the path that may vary."""
        number = {v: d for d, v in self.conditions.replies.items()}
        found = []
        for v in group.unknowns:
            if v not in number:
                continue
            agent = self.reading.agents[number[v]]
            lows, highs = ([self.formulas.parametric.lifted(k)] for k in (0, 1))
            for row in group.rows:
                c = row.of(v)
                if len(row.unknowns) > 1 or not c:
                    continue
                bound = self.formulas.parametric.lifted(-row.rest / c)
                sign = self._sign_inside(c)
                if sign:
                    (lows if sign > 0 else highs).append(bound)
            least, most = sp.Max(*self._tightest(lows, 1)), sp.Min(*self._tightest(highs, -1))
            name = self.reading.form.set_names[agent.root]
            action = self.reading.form.actions_of[agent.root][1]
            found.append(Free(name, "probability", action, least, most, agent.number, self._symbol(v)))
        return found

    def _sign_inside(self, c: Any) -> int:
        """Return a coefficient's sign where the class exists, as far as that is proved."""
        sign = self.formulas.sign(c)
        when = self.form.when
        if sign or not hasattr(c, "numer") or not when.whole or len(when.branches) != 1:
            return sign
        rows = [polynomial for polynomial, _ in when.branches[0]]
        return self.formulas.domain.sign(c.numer * c.denom, rows)

    def _free_conditions(self) -> tuple[Any, ...]:
        """Return the linear inequalities that shares off the path meet, in their symbols and the parameters."""
        number = set(self.conditions.replies.values())
        rows = []
        for group in self._groups:
            for row in group.rows:
                if set(row.unknowns) <= number:
                    terms = [self.expression(c) * self._symbol(v) for v, c in row.coefficients]
                    left = sp.Add(*terms, self.expression(row.rest))
                    rows.append(left > 0 if row.strict else left >= 0)
        return tuple(dict.fromkeys(rows))

    def _tightest(self, bounds: Sequence[Any], sign: int) -> list[Any]:
        """Return bounds as expressions, without those that another is surely at least as tight as."""
        left = list(dict.fromkeys(bounds))
        for bound in tuple(left):
            others = [other for other in left if other is not bound]
            if any(not self.formulas.positive((bound - other) * sign) for other in others):
                left.remove(bound)
        return [self.expression(bound) for bound in left]
