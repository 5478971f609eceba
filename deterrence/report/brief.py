"""The brief: what follows from a model's assumptions, and how it moves, in sections for a reader.

Every number in it is asked of the solvers when the brief is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from deterrence.analysis.measure import Measure, probability
from deterrence.analysis.sweep import Sweep, sweep
from deterrence.analysis.threshold import Boundary, Threshold, thresholds
from deterrence.expression import show_number, show_value
from deterrence.games import Game
from deterrence.models.model import Model
from deterrence.solution import Equilibrium, Solution
from deterrence.solvers.solve import solve

CURVE_POINTS = 41
MAP_POINTS = 49
SHORT_FORMULA = 14
MOST_REGIONS = 8
MOST_CHOICES = 3
"""With more choices than this on the path of play they stand in a table and not in a sentence."""
NOTABLE = 1e-4
Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Table:
    """Hold a table: a title, column names, and rows of text."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """Hold a figure: what it shows, and the function that draws it on new axes."""

    caption: str
    draw: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Section:
    """Hold one question and its answer: paragraphs, then tables, then figures."""

    title: str
    paragraphs: tuple[str, ...]
    tables: tuple[Table, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """Hold a brief on a game: its title, a word on what it is, its sections and its limits."""

    title: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    limits: str


def brief(model: Model, progress: Progress | None = None) -> Brief:
    """Make the brief on a model at its game's present parameter values.

    Parameters
    ----------
    model
        The game with what is asked of it.
    progress
        Called now and then with the share done, from 0 to 1, and what is being done.
    """
    return _Writer(model, progress or (lambda share, doing: None)).write()


class _Writer:
    """Ask the questions of one model and write down the answers."""

    def __init__(self, model: Model, progress: Progress) -> None:
        self.model, self.game, self._progress, self._share = model, model.game, progress, 0.0
        self.measures = {words: replace(probability(*of), name=words) for words, of in model.measures.items()}

    def progress(self, share: float, doing: str) -> None:
        """Report the share done, which never falls, though a question inside may begin anew."""
        self._share = max(self._share, share)
        self._progress(self._share, doing)

    def write(self) -> Brief:
        """Return the brief."""
        game = self.game
        lead = [game.caption.splitlines()[0] if game.caption else game.name]
        lead.append(
            f"The players are {_listed(game.players)}. All payoffs and probabilities are an analyst's to set; the "
            "present ones are illustrative, and the brief asks how far its answers hang on them. It is no forecast."
        )
        if self.model.source:
            lead.append(f"Source: {self.model.citation}")
        sections = list(self._sections())
        self.progress(1.0, "done")
        return Brief(f"Brief: {game.name}", tuple(lead), tuple(sections), self.model.does_not_say)

    def _sections(self) -> Iterator[Section]:
        self.progress(0.0, "solving at the present values")
        yield self._present()
        if self.model.axes:
            name = self.model.axes[0]
            yield self._along(name, "How does deniability move it?", self._deniability_words(name), 0.05, 0.3)
        if len(self.model.axes) > 1:
            name = self.model.axes[1]
            yield self._along(name, "How does sanctions pressure move it?", self._pressure_words(name), 0.3, 0.6)
            yield self._map(0.6, 0.95)
        if self.model.steps:
            self.progress(0.95, "solving the stages")
            yield self._stages()
        yield self._assumptions()

    # -- what happens at the present values ----------------------------------------------------------------

    def _present(self) -> Section:
        solution = solve(self.game)
        groups = solution.distinct_outcomes()
        paragraphs = [_count_in_words(solution, groups)]
        names = tuple(f"play {i}" for i in range(1, len(groups) + 1)) if len(groups) > 1 else ("probability",)
        long = any(len(_choices(group[0])) > MOST_CHOICES for group in groups)
        if not long:
            for number, group in enumerate(groups, 1):
                start = f"Play {number}: " if len(groups) > 1 else ""
                paragraphs.append(start + _play_in_sentences(group[0]))
        rows = tuple(
            (words, *(round_off(measure(group[0])) for group in groups)) for words, measure in self.measures.items()
        )
        outcomes = tuple(
            (name, *(round_off(group[0].outcomes[name]) for group in groups)) for name in self.game.outcomes
        )
        payoffs = tuple(
            (player, *(round_off(group[0].payoffs[player]) for group in groups)) for player in self.game.players
        )
        tables = [Table("What is asked", ("question", *names), rows)] if self._asks_more() else []
        if long:
            tables.append(_play_table(groups, names))
        tables += [Table("Outcomes", ("outcome", *names), outcomes)]
        tables += [Table("Expected payoffs", ("player", *(names if len(groups) > 1 else ("payoff",))), payoffs)]
        figures = []
        if self.game.form.size <= 40:
            figures.append(Figure("The game, its present play in bold.", lambda: self._tree(groups)))
        return Section(
            "What happens at the present values, and what else could?",
            tuple(paragraphs),
            tuple(tables),
            tuple(figures),
        )

    def _asks_more(self) -> bool:
        return any(measure.of not in self.game.outcomes for measure in self.measures.values())

    def _tree(self, groups: Any) -> Any:
        from deterrence.plot import plot_tree

        return plot_tree(self.game, groups[0][0] if groups else None)

    # -- along one parameter ---------------------------------------------------------------------------------

    def _along(self, name: str, title: str, words: str, start: float, stop: float) -> Section:
        half = (start + stop) / 2

        def first(share: float) -> None:
            self.progress(start + (half - start) * share, f"thresholds of {name}")

        def then(share: float) -> None:
            self.progress(half + (stop - half) * share, f"sweeping {name}")

        found = thresholds(self.game, name, *self.measures.values(), progress=first)
        values = _beside(_spread(self.game, name, CURVE_POINTS), [one.value for one in found[0].boundaries])
        swept = sweep(self.game, *self.measures.values(), progress=then, **{name: values})
        figure = Figure(
            f"What moves with {name}: a line where all equilibria agree, a band from the least to the greatest "
            "value where they do not.",
            swept.plot,
        )
        paragraphs = (words, *self._changes(found, name), self._direction(found, swept, name))
        return Section(title, paragraphs, (self._stretches(found, swept, name),), (figure,))

    def _deniability_words(self, name: str) -> str:
        meaning = self.game.parameters[name].meaning
        now = show_number(self.game.values[name])
        return (
            f"Deniability is complete where {name} ({meaning}) is 0, and gone where it is 1; at present it is {now}. "
            "Read from right to left, deniability grows."
        )

    def _pressure_words(self, name: str) -> str:
        parameter = self.game.parameters[name]
        return f"The {name} ({parameter.meaning}) is at present {show_number(parameter.value)}, in {parameter.range}."

    def _changes(self, found: Sequence[Threshold], name: str) -> list[str]:
        """Say what happens at each value at which the set of equilibria changes."""
        said = []
        for number, boundary in enumerate(found[0].boundaries):
            moves = []
            for words, one in zip(self.measures, found, strict=True):
                here = one.boundaries[number]
                if here.jump > NOTABLE:
                    moves.append(f"that {words} goes from {_range(*here.below)} to {_range(*here.above)}")
            place = f"At {name} = {show_number(boundary.value)}{_formula_in_words(boundary)}"
            if moves:
                said.append(f"{place} the equilibria change: the probability {'; '.join(moves)}.")
            else:
                said.append(f"{place} the equilibria change, and no probability asked about jumps.")
        return said or [f"The set of equilibria is the same over the whole range of {name}."]

    def _direction(self, found: Sequence[Threshold], swept: Sweep, name: str) -> str:
        """Say where more of a parameter raises and where it lowers what is asked first."""
        words = next(iter(self.measures))
        rising, falling = [], []
        for (low, high), first, last in self._pieces(found, swept, 0):
            if last[1] - first[1] > NOTABLE:
                rising.append(f"between {low} and {high}")
            elif first[1] - last[1] > NOTABLE:
                falling.append(f"between {low} and {high}")
        for boundary in found[0].boundaries:
            move = boundary.above[1] - boundary.below[1]
            if abs(move) > NOTABLE:
                (rising if move > 0 else falling).append(f"at {show_number(boundary.value)}")
        more = (
            f"More {name} raises the probability that {words} {_listed(rising)}"
            if rising
            else f"Nowhere does more {name} raise the probability that {words}"
        )
        less = f"it lowers it {_listed(falling)}" if falling else "nowhere does it lower it"
        return f"{more}; {less}. Elsewhere it leaves it alone."

    def _pieces(self, found: Sequence[Threshold], swept: Sweep, k: int) -> Iterator[Any]:
        """Yield each stretch between boundaries with the range of the k-th measure at its two ends."""
        values = swept.axes[0][1]
        boundaries = found[k].boundaries
        lows, highs = swept.data["low"].values[k], swept.data["high"].values[k]
        cuts = [values[0], *(boundary.value for boundary in boundaries), values[-1]]
        firsts = [(lows[0], highs[0]), *(boundary.above for boundary in boundaries)]
        lasts = [*(boundary.below for boundary in boundaries), (lows[-1], highs[-1])]
        for number, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
            yield (show_number(cuts[number]), show_number(cuts[number + 1])), first, last

    def _stretches(self, found: Sequence[Threshold], swept: Sweep, name: str) -> Table:
        spans = [f"{low} to {high}" for (low, high), _, _ in self._pieces(found, swept, 0)]
        rows = []
        for k, words in enumerate(self.measures):
            cells = []
            for _, first, last in self._pieces(found, swept, k):
                ends = _range(*first), _range(*last)
                cells.append(ends[0] if ends[0] == ends[1] else f"{ends[0]} → {ends[1]}")
            rows.append((words, *cells))
        title = f"Probabilities over all equilibria on each stretch of {name}, from its beginning to its end"
        return Table(title, (name, *spans), tuple(rows))

    # -- the map ----------------------------------------------------------------------------------------------

    def _map(self, start: float, stop: float) -> Section:
        across, up = self.model.axes[:2]
        axes = {name: _spread(self.game, name, MAP_POINTS) for name in (across, up)}

        def going(share: float) -> None:
            self.progress(start + (stop - start) * share, f"the map of {across} against {up}")

        swept = sweep(self.game, *self.measures.values(), progress=going, **axes)
        names, rows = self._regimes(swept)
        here = tuple(float(self.game.values[name]) for name in (across, up))
        legend = tuple((letter, words) for words, letter in names.items())
        letters = {full: f"{letter}" for full, letter in names.items()}
        table = Table(
            "Regimes, by the share of the map where they exist", ("regime", "play on the path", "share"), rows
        )
        figures = (
            Figure(
                f"Which regime holds where, by {across} and {up}; the letters are those of the table, the mark is "
                "the present values.",
                lambda: swept.plot_classes(point={"now": here}, names=letters),
            ),
        )
        several = int((swept.data["count"] > 1).sum())
        total = swept.data["count"].size
        words = (
            f"Over the whole ranges of {across} and {up}, the rest at present values, {len(legend)} regimes occur. "
            f"At {round_off(100 * several / total, 1)}% of the points of the map more than one exists, and the model "
            "alone does not say which will be played."
        )
        return Section(f"Which regime holds where: {across} against {up}?", (words,), (table,), figures)

    def _regimes(self, swept: Sweep) -> tuple[dict[str, str], tuple[tuple[str, str, str], ...]]:
        """Return a letter for each class, the most frequent first, and the rows of the table."""
        exists = swept.data["exists"].values.reshape(len(swept.data["class"]), -1)
        shares = exists.mean(axis=1)
        order = np.argsort(-shares)
        names, rows = {}, []
        for number, k in enumerate(order):
            letter, full = chr(ord("A") + number), str(swept.data["class"].values[k])
            names[full] = letter
            if number < MOST_REGIONS:
                rows.append((letter, full, f"{100 * shares[k]:.1f}%"))
        if len(order) > MOST_REGIONS:
            rest = shares[order[MOST_REGIONS:]].max()
            rows.append(("…", f"{len(order) - MOST_REGIONS} more", f"{100 * rest:.1f}% at most"))
        return names, tuple(rows)

    # -- stages and assumptions ---------------------------------------------------------------------------------

    def _stages(self) -> Section:
        rows = []
        for title, _, game in self.model.steps:
            shared = {name: value for name, value in self.game.values.items() if name in game.values}
            equilibria = list(solve(game.at(shared)))
            cells = [self._over(equilibria, measure) for measure in self.measures.values()]
            rows.append((title, *cells))
        told = tuple((title, sentence) for title, sentence, _ in self.model.steps)
        words = "Each stage is the one before it with a mechanism added; parameters that it shares keep their values."
        tables = (
            Table("The stages", ("stage", "what it adds"), told),
            Table("Probabilities at each stage", ("stage", *self.measures), tuple(rows)),
        )
        return Section("How is the game built, and what does each mechanism add?", (words,), tables)

    def _over(self, equilibria: Sequence[Equilibrium], measure: Measure) -> str:
        try:
            numbers = [float(measure(extreme)) for e in equilibria for extreme in (e, *e.extremes)]
        except ValueError:
            return "–"
        return _range_in_words(min(numbers), max(numbers)) if numbers else "none"

    def _assumptions(self) -> Section:
        rows: tuple[tuple[str, ...], ...] = tuple(
            (p.name, show_number(p.value), p.range, p.meaning, self.model.why.get(p.name, ""))
            for p in self.game.parameter_list
        )
        columns: tuple[str, ...] = ("parameter", "value", "range", "meaning", "why")
        if not self.model.why:
            columns = columns[:-1]
            rows = tuple(row[:-1] for row in rows)
        words = ["Every number the answers rest on. Change one and make the brief again to see what it carries."]
        if self.game.assumptions:
            words.append("Assumed besides: " + ", ".join(map(show_value, self.game.assumptions)) + ".")
        return Section("What is assumed?", tuple(words), (Table("Parameters", columns, rows),))


def round_off(value: Any, digits: int = 4) -> str:
    """Write a number to so many decimal places, without zeros at the end."""
    short = f"{float(value):.{digits}f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _spread(game: Game, name: str, count: int) -> list[Fraction]:
    parameter = game.parameters[name]
    low = Fraction(parameter.value - 10 if parameter.low is None else parameter.low)
    high = Fraction(parameter.value + 10 if parameter.high is None else parameter.high)
    return [low + (high - low) * Fraction(k, count - 1) for k in range(count)]


def _beside(values: Sequence[Fraction], boundaries: Sequence[Any]) -> list[Fraction]:
    """Return values with a point close to either side of each boundary, and none on it, where ties are."""
    step = (values[-1] - values[0]) / 10**6
    cuts = [Fraction(boundary) for boundary in boundaries]
    sides = [cut + side for cut in cuts for side in (-step, step)]
    apart = {v for v in (*values, *sides) if all(abs(v - cut) >= step for cut in cuts)}
    return sorted(v for v in apart if values[0] <= v <= values[-1])


def _count_in_words(solution: Solution, groups: Any) -> str:
    kind = solution.method.concept
    if not len(solution):
        return f"There is no {kind}: {solution.status}."
    if len(solution) == 1:
        text = f"There is exactly one {kind}."
    elif len(groups) == 1:
        text = (
            f"There are {len(solution)} classes of {kind}, which differ only in what is planned for cases that "
            "do not arise."
        )
    else:
        text = (
            f"There are {len(solution)} classes of {kind}, with {len(groups)} different courses of events; "
            "none is picked here."
        )
    return text if solution.complete else f"{text} The search was not complete: {solution.status}."


def _choices(equilibrium: Equilibrium) -> dict[str, tuple[str, str]]:
    """Return who chooses what at the information sets that are reached, in the order of the tree."""
    form, found = equilibrium.game.form, {}
    for name in equilibrium.on_path:
        h = form.set_number[name]
        if len(form.actions_of[h]) == 1:
            continue
        chosen = [(a, p) for a, p in zip(form.actions_of[h], equilibrium.behaviour[h], strict=True) if p != 0]
        if len(chosen) == 1:
            told = repr(chosen[0][0])
        else:
            told = _listed([f"{a!r} with probability {round_off(p)}" for a, p in chosen])
        found[name] = form.players[form.player_of[h]], told
    return found


def _play_in_sentences(equilibrium: Equilibrium) -> str:
    """Tell what is done at the information sets that are reached."""
    parts = []
    for name, (player, told) in _choices(equilibrium).items():
        where = "" if name == player else f" (at {name!r})"
        parts.append(f"{player}{where} chooses {told}")
    return "; ".join(parts) + "."


def _play_table(groups: Any, names: tuple[str, ...]) -> Table:
    """Return a table of what is done at the information sets that some play reaches."""
    plays = [_choices(group[0]) for group in groups]
    rows: dict[str, tuple[str, ...]] = {}
    for play in plays:
        for name, (player, _) in play.items():
            told = (other.get(name, ("", "not reached"))[1].replace("'", "") for other in plays)
            rows.setdefault(name, (player, name, *told))
    columns = ("who", "where", *(names if len(groups) > 1 else ("what",)))
    return Table("What is done where play leads", columns, tuple(rows.values()))


def _formula_in_words(boundary: Boundary) -> str:
    formula = boundary.formula
    if formula is None or not formula.free_symbols or formula.count_ops() > SHORT_FORMULA:
        return ""
    return f" (that is, {show_value(formula)})"


def _range(low: Any, high: Any) -> str:
    return _range_in_words(float(low), float(high))


def _range_in_words(low: float, high: float) -> str:
    if np.isnan(low):
        return "–"
    first, last = round_off(low), round_off(high)
    return first if first == last else f"{first} to {last}"
