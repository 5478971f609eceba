"""What a page holds: data for its script, and every formula as code."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from deterrence.answers.classes import Characterization
from deterrence.exchange.latex.symbols import spelt, symbol_of
from deterrence.explorer.conditions import Joined, Relations, relations_in
from deterrence.explorer.kinds import Rows, kind_code, kind_data
from deterrence.explorer.notation import Notation
from deterrence.explorer.reach import reaches
from deterrence.explorer.tree import chances_code, payoffs_code, tree_data
from deterrence.games.expression import show_number
from deterrence.games.parameter import Parameter
from deterrence.plot.palette import MAP_TINTS, player_styles
from deterrence.plot.trees.geometry import TreeGeometry, tree_geometry


@dataclass(frozen=True)
class Content:
    """The content of a page.

    Attributes
    ----------
    found
        The classes of equilibria.
    axes
        The one or two parameters of the map; none where nothing can be moved.
    texts
        What the page says around the game, such as its title.
    predict
        Whether the page asks for a prediction first.
    """

    found: Characterization
    axes: tuple[str, ...]
    texts: Mapping[str, str]
    predict: bool = False
    relations: Relations = field(default_factory=Relations)

    @cached_property
    def notation(self) -> Notation:
        """How the symbols are written."""
        return Notation(self.found)

    @cached_property
    def places(self) -> TreeGeometry:
        """Where the tree stands."""
        return tree_geometry(self.found.game)

    @cached_property
    def rows(self) -> Rows:
        """The rows of probabilities in the classes' play and beliefs."""
        return Rows(self.notation)

    # -- data ------------------------------------------------------------------------------------------

    @cached_property
    def data(self) -> dict[str, Any]:
        """What the page's script reads: everything but the formulas that it computes with."""
        game, names = self.found.game, [p.name for p in self.notation.parameters]
        kinds, assumed = self._kinds(), self.relations.together([*self._assumptions(), *self._draws()])
        return {
            "predict": self.predict,
            "proved": self.texts["proved"],
            "python": self.texts["python"],
            "players": _players(game.players),
            "outcomes": list(game.outcomes),
            "parameters": self._parameters(),
            "held": self._held(),
            "axes": [names.index(name) for name in self.axes],
            "assumed": assumed,
            "sets": self._sets(),
            "kinds": kinds,
            "rows": self.rows.formulas,
            "tree": tree_data(self.notation, self.places),
            "relations": self._relations([assumed, *(kind["when"] for kind in kinds)]),
            "math": self.notation.mathematics.rows,
        }

    def _kinds(self) -> list[dict[str, Any]]:
        rows = zip(self.found, self.found.names, itertools.cycle(MAP_TINTS), strict=False)
        return [
            {"name": name, "tint": tint.colour, **kind_data(self.notation, self.relations, self.rows, kind)}
            for kind, name, tint in rows
        ]

    def _parameters(self) -> list[dict[str, Any]]:
        parameters = self.notation.parameters
        return [
            {
                "name": parameter.name,
                "symbol": self._symbol(parameter),
                "meaning": parameter.meaning,
                "value": float(parameter.value),
                "reach": list(reach),
                "plausible": _plausible(parameter),
                "range": [None if end is None else float(end) for end in (parameter.low, parameter.high)],
                "tied": parameter.expression in self.notation.tied,
            }
            for parameter, reach in zip(parameters, reaches(parameters), strict=True)
        ]

    def _symbol(self, parameter: Parameter) -> int | None:
        """Return the number of a parameter's symbol; None where it is the name itself."""
        is_name = symbol_of(parameter) == spelt(parameter.name)
        return None if is_name else self.notation.mathematics.number(parameter.expression)

    def _held(self) -> list[dict[str, str]]:
        held = [p for p in self.found.game.parameter_list if p.name in self.found.held]
        return [{"name": p.name, "meaning": p.meaning, "value": show_number(p.value)} for p in held]

    def _assumptions(self) -> list[Any]:
        """Return what must hold of the parameters that can be moved; what follows from ties holds by itself."""
        import sympy as sp

        put_in = [sp.sympify(condition).xreplace(self.notation.held) for condition in self.found.game.assumptions]
        return [condition for condition in put_in if condition.xreplace(self.notation.tied) not in (sp.true, sp.false)]

    def _draws(self) -> list[Any]:
        """Return that the probabilities of draws are none below zero, where ranges alone do not say so."""
        shares = {p.expression for p in self.notation.parameters if p.low == 0 and p.high == 1}
        safe = shares | {1 - share for share in shares}
        rows = self.found.game.form.probabilities
        chances = dict.fromkeys(self.notation.put_in(value) for row in rows for value in row)
        return [chance >= 0 for chance in chances if not chance.is_number and chance not in safe]

    def _sets(self) -> list[dict[str, Any]]:
        form = self.found.game.form
        return [
            {
                "name": name,
                "player": form.player_of[h],
                "actions": list(form.actions_of[h]),
                "histories": [] if form.simultaneous else [form.history(node) for node in form.nodes_of[h]],
            }
            for h, name in enumerate(form.set_names)
        ]

    def _relations(self, conditions: list[Joined]) -> list[dict[str, Any]]:
        """Return each relation's sign and, of those that a reader sees, its formula."""
        shown = set(relations_in(conditions))
        return [
            {"op": row.rel_op} | ({"m": self.notation.mathematics.number(row)} if number in shown else {})
            for number, row in enumerate(self.relations.rows)
        ]

    # -- code ------------------------------------------------------------------------------------------

    @cached_property
    def code(self) -> str:
        """The formulas as functions of the variables that the sliders set."""
        self.data  # noqa: B018  (it fills the table of relations)
        notation, parameters = self.notation, self.notation.parameters
        begin = [f"p{k}={float(p.value)!r}" for k, p in enumerate(parameters)]
        begin += [f"f{k}=.5" for k in range(len(notation.free_symbols))]
        tied = ";".join(f"{notation.variables[s]}={notation.code(e)}" for s, e in notation.tied.items())
        sides = (f"[()=>{left},()=>{right}]" for left, right in self.relations.sides(notation.code))
        lines = [
            f"const SET={_functions(f'v=>p{k}=v' for k in range(len(parameters)))};",
            f"const GET={_functions(f'()=>p{k}' for k in range(len(parameters)))};",
            f"const FREE={_functions(f'v=>f{k}=v' for k in range(len(notation.free_symbols)))};",
            f"const TIE=()=>{{{tied}}};",
            f"const SIDES={_functions(sides)};",
            f"const ROWS={_functions(self.rows.code)};",
            f"const KINDS={_functions(kind_code(notation, kind) for kind in self.found)};",
            f"const CHANCE={chances_code(notation)};",
            f"const PAY={payoffs_code(notation, self.places)};",
        ]
        return "\n".join([*([f"let {','.join(begin)};"] if begin else []), *lines])


def _functions(items: Iterable[str]) -> str:
    return "[" + ",\n".join(items) + "]"


def _players(players: tuple[str, ...]) -> list[dict[str, str]]:
    styles = player_styles(players)
    return [{"name": name, "colour": style.colour} for name, style in zip(players, styles, strict=True)]


def _plausible(parameter: Parameter) -> str:
    """Say which values a parameter's slider runs over and why, where plausible ones are declared."""
    because = f" ({parameter.why})" if parameter.why else ""
    return (
        f"plausible {parameter.plausible_range}{because}, admissible {parameter.range}" if parameter.plausible else ""
    )
