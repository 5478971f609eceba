"""The answers of `robustness` and `what_would_it_take`: changes of parameters, each verified by an exact solution."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from deterrence.analysis.answers.boundary import range_in_words
from deterrence.analysis.answers.changes import Change, Span, beyond_plausible, scale_in_words
from deterrence.answers.measure import Measure
from deterrence.games.expression import Exact, show_number
from deterrence.games.game import Game
from deterrence.games.words import listed, percent
from deterrence.views import Shown, picture


@dataclass(frozen=True, eq=False)
class Robustness(Shown):
    """How far the parameters may move before the prediction is overturned.

    Attributes
    ----------
    game, measure, method, norm
        The question; without a measure the prediction is the set of classes of equilibria.
    classes, measured
        The prediction: the classes at the present values, and the measure's range over them.
    radii
        How far each parameter may move alone, the most sensitive first; exact.
    joint
        The nearest overturning change of all parameters together, or ``None`` if none was found.
    proved
        Whether nothing nearer overturns it, by proof as far as the classes known go (in the largest change).
    left_out
        Parameters without a finite range or a scale, which are held fixed.
    searched
        How the search for ``joint`` went, in words.
    """

    game: Game
    measure: Measure | None
    method: Any
    norm: str
    classes: tuple[str, ...]
    measured: Span | None
    radii: tuple[Radius, ...]
    joint: Change | None
    proved: bool
    left_out: tuple[str, ...] = ()
    searched: str = field(default="", repr=False)

    @property
    def distance(self) -> float:
        """The smallest scaled change that overturns the prediction; infinite where none was found."""
        return float("inf") if self.joint is None else self.joint.distance

    @property
    def data(self) -> tuple[dict[str, Any], ...]:
        """The radii as plain records."""
        keys = ("parameter", "value", "scale", "below", "above", "nearest", "distance")
        return tuple({key: getattr(radius, key) for key in keys} for radius in self.radii)

    def to_frame(self) -> Any:
        """Return a data frame with one row a parameter, the most sensitive first."""
        import pandas as pd

        rows = [{k: v if isinstance(v, str) or v is None else float(v) for k, v in row.items()} for row in self.data]
        return pd.DataFrame(rows)

    def plot(self, ax: Any = None) -> Any:
        """Draw, for each parameter, its range with the stretch in which the prediction stands."""
        return picture("Robustness.plot", self, ax=ax)

    @property
    def scale_in_words(self) -> str:
        """What a change is a share of: the plausible or declared range, or the scale that was given."""
        return scale_in_words(self.game, {radius.parameter: radius.scale for radius in self.radii})

    def __str__(self) -> str:
        what = "set of equilibria" if self.measure is None else self.measure.name
        now = "" if self.measured is None else f" ({range_in_words(self.measured)} today)"
        lines = [f"How robust the {what} in {self.game.name!r} is{now}; changes are shares of {self.scale_in_words}."]
        lines += [str(radius) for radius in self.radii if radius.nearest is not None or radius.at]
        steady = [radius.parameter for radius in self.radii if radius.nearest is None and not radius.at]
        if steady:
            lines.append(f"Alone, no value of {listed(steady)} overturns it.")
        lines.append(self._jointly())
        alone = [(radius.parameter, radius.nearest) for radius in self.radii if radius.nearest is not None]
        together = [] if self.joint is None else list(self.joint.values.items())
        if outside := beyond_plausible(self.game, [*alone, *together]):
            lines.append(f"Beyond plausible values, though admissible: {listed(outside)}.")
        if self.left_out:
            lines.append(f"Held fixed, for want of a finite range or a scale: {listed(self.left_out)}.")
        return "\n".join(lines)

    def _jointly(self) -> str:
        if self.joint is None and self.proved:
            return "No change of several parameters together overturns it, as far as the classes found go."
        if self.joint is None:
            return f"No change of several parameters together was found to overturn it. {self.searched}"
        then = "" if self.joint.measured is None else f", where it is {range_in_words(self.joint.measured)}"
        change = self.joint.in_words(self.game)
        if self.distance == 0:
            return f"Today's values are at a tie: as small a change as one likes overturns it, such as {change}{then}."
        size = {"max": "at most", "euclidean": "of length", "sum": "of sum"}[self.norm]
        sure = (
            "No nearer change does, as far as the classes found go."
            if self.proved
            else f"A nearer one is not excluded by proof. {self.searched}"
        )
        return f"Together, changes {size} {percent(self.distance)} overturn it: {change}{then}. {sure}"

    def __repr__(self) -> str:
        return f"<Robustness of {self.game.name!r}: {show_number(self.distance)}>"


@dataclass(frozen=True)
class Radius:
    """How far one parameter alone may move before the prediction is overturned.

    Attributes
    ----------
    parameter, value, scale
        The parameter, its present value, and the width that counts as a change of one.
    below, above
        The nearest value on either side beyond which the prediction is another; ``None`` where there is none
        in the parameter's range. The value itself where any change, however small, overturns it: it stands on
        a tie today.
    at
        Nearer values at which alone the prediction is another, since payoffs tie or a draw is impossible there,
        and not beyond them.
    """

    parameter: str
    value: Exact
    scale: Exact
    below: Any
    above: Any
    at: tuple[Exact, ...] = ()

    @property
    def nearest(self) -> Any:
        """The nearer of the two values, or ``None``."""
        ends = [end for end in (self.below, self.above) if end is not None]
        return min(ends, key=self._away, default=None)

    @property
    def distance(self) -> float:
        """The scaled change to the nearer value; infinite where there is none."""
        if self.nearest is None:
            return float("inf")
        return self._away(self.nearest)

    def _away(self, value: Any) -> float:
        return float(abs(Fraction(value) - Fraction(self.value)) / Fraction(self.scale))

    def __str__(self) -> str:
        nearer = [show_number(tie) for tie in self.at if self._away(tie) < self.distance]
        if self.nearest is None:
            where = f"only at exactly {listed(nearer)}" if nearer else "nowhere in its range"
            return f"{self.parameter} alone overturns it {where}."
        now = show_number(self.value)
        if self.distance == 0:
            ways = [way for way, end in (("falling", self.below), ("rising", self.above)) if end == self.value]
            return f"{self.parameter} alone overturns it by {' or '.join(ways)} from {now} at all: a tie today."
        way = "rising" if self.nearest == self.above else "falling"
        before = f"; before that only at exactly {listed(nearer)}" if nearer else ""
        to = f"to {show_number(self.nearest)}, {percent(self.distance)} of its scale{before}."
        return f"{self.parameter} alone overturns it by {way} from {now} {to}"


SIGNS = {"<=": "at most", ">=": "at least", "<": "below", ">": "above"}


@dataclass(frozen=True, eq=False)
class Requirement(Shown):
    """The cheapest change found that makes a measure what is wanted.

    Attributes
    ----------
    game, measure, target, over, norm, method
        The question; the target in words.
    measured
        The measure's range today.
    change
        The cheapest change found, verified by an exact solution; ``None`` if none was found.
    alone
        For each parameter that suffices alone, its own cheapest change.
    widths
        Those that might move, with the scale of each.
    """

    game: Game
    measure: Measure
    target: str
    over: str
    norm: str
    method: Any
    measured: Span
    change: Change | None
    alone: Mapping[str, Change]
    widths: Mapping[str, Exact]

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that might move."""
        return tuple(self.widths)

    @property
    def scale_in_words(self) -> str:
        """What a change is a share of: the plausible or declared range, or the scale that was given."""
        return scale_in_words(self.game, self.widths)

    @property
    def holds(self) -> bool:
        """Whether the target is met today."""
        return self.change is not None and not self.change.values

    @property
    def values(self) -> Mapping[str, Any]:
        """The new values of the parameters that must move; empty where none must, or no change was found."""
        return {} if self.change is None else self.change.values

    def to_frame(self) -> Any:
        """Return a data frame with one row a change: all together, then each parameter that suffices alone."""
        import pandas as pd

        changes = {"together": self.change, **self.alone} if self.change is not None else dict(self.alone)
        rows: list[dict[str, Any]] = []
        for name, change in changes.items():
            assert change is not None
            values = {key: float(value) for key, value in change.values.items()}
            rows.append({"by": name, "size": change.distance, **values})
        return pd.DataFrame(rows)

    def plot(self, ax: Any = None) -> Any:
        """Draw, for each parameter, the change asked of it: in the cheapest change, and alone."""
        return picture("Requirement.plot", self, ax=ax)

    def __str__(self) -> str:
        which = "in every equilibrium" if self.over == "all" else "in some equilibrium"
        sign, _, bar = self.target.partition(" ")
        wanted = f"the {self.measure.name} {f'{SIGNS[sign]} {bar}' if sign in SIGNS else self.target} {which}"
        lines = [f"Today the {self.measure.name} in {self.game.name!r} is {range_in_words(self.measured)}."]
        if self.holds:
            return (
                f"{lines[0]} So it already is{wanted.removeprefix(f'the {self.measure.name}')}: nothing has to change."
            )
        if self.change is None:
            return f"{lines[0]} No change of {listed(self.parameters)} within their ranges was found to make {wanted}."
        lines.append(f"The cheapest change found that makes {wanted}: {self.change.in_words(self.game)}.")
        if outside := beyond_plausible(self.game, self.values.items()):
            lines.append(f"Beyond plausible values, though admissible: {listed(outside)}.")
        if self.change.measured is not None:
            lines.append(f"It is {range_in_words(self.change.measured)} there, by an exact solution.")
        changes = [change.in_words(self.game) for change in self.alone.values()]
        if len(changes) > 1 or (changes and len(self.change.values) > 1):
            lines.append(f"{'Each of these' if len(changes) > 1 else 'This'} alone would do: {'; '.join(changes)}.")
        short = [name for name in self.parameters if name not in self.alone]
        if short:
            lines.append(f"Alone, no value of {listed(short)} would do.")
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Requirement of {self.game.name!r}: {self.measure.name} {self.target}>"
