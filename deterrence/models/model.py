"""A published model or a case: a game with its source, its claims, and what it does not say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal

from deterrence.answers.measure import Measure, probability
from deterrence.games.game import Game
from deterrence.models.claim import Check, Claim
from deterrence.models.relation import LEADING, STANDING, Relation, check_relation
from deterrence.models.theory import Theory
from deterrence.views import Shown, page, picture

LARGEST_TREE = 60
"""Up to so many nodes a model without a figure of its own shows its tree."""


@dataclass(frozen=True, eq=False)
class Model(Shown):
    """A published model or a case: a game with its source, its claims and its limits.

    Attributes
    ----------
    game
        The game at its default values; or, for a continuous (or infinitely repeated) model, a value that
        answers the same questions (see :class:`deterrence.continuous.ContinuousGame`).
    source
        The key of the work in ``references.bib``.
    relation
        What the model is to that work: ``"exact"``, its own game; ``"reduction"``, its game made smaller;
        ``"in the spirit of"``, a game of the library's own after an idea of the work, which is not found there.
        Required where a source is named.
    changed
        What differs from the work, in a sentence; required with the relation.
    topic
        What it is about, such as ``"credibility"``, ``"attribution"`` or ``"sanctions"``.
    assumptions
        What the work assumes, in sentences.
    does_not_say
        What must not be read into it.
    names
        What the literature calls the classes of equilibria: name -> play (see
        :meth:`deterrence.Game.with_class_names`); ``game`` carries them.
    claims
        The work's propositions, which :meth:`check` tests with the solvers.
    note
        A word on how the model relates to its source: what was recalled and not read there, which numbers are
        illustrative.
    draws
        Draw the picture that one shows in a lecture, ``draws(model, ax) -> axes``; by default the tree.
    related
        Keys of further works in ``references.bib``.
    measures
        What a brief asks of the equilibria: words -> (outcome or action, player or None). Without any, the
        probability of every outcome.
    axes
        Up to two parameters whose influence a brief asks for, and over which it draws a map.
    sliders
        Of a game with many parameters those that a page lets the reader move beside the axes; by default all.
    questions
        What the brief asks of an axis, in words: parameter -> (question, how to read the answer).
    features
        What a brief puts side by side: (parameter, what it is in words, game that has it) for each.
    steps
        How a case is built up: (title, sentence, game) for each stage.
    variants
        The case under alternative assumptions: name -> (sentence, game).
    scenarios
        Courses that events took or might take: name -> (what changed and why, parameter -> value).
    why
        Parameter -> why its default is what it is.
    theory
        Where it stands in the theory of deterrence: mechanisms, actors, result and neighbours.
    method
        The solution concept that :meth:`solve` uses where none is given, for a game that the default one leaves
        open, such as a costly signal of any size, which takes ``dt.D1()``; by default that of the game.
    key, title
        Where the model stands, ``"work/model"``, and its title: the first line of its file. The catalogue
        fills them in.

    Raises
    ------
    GameError
        If a source is named and not what the model is to it.
    UnknownNameError
        If the relation is none of the three.
    """

    game: Any
    source: str = ""
    relation: Relation | Literal[""] = ""
    changed: str = ""
    topic: str = ""
    assumptions: tuple[str, ...] = ()
    does_not_say: str = ""
    names: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    note: str = ""
    draws: Callable[[Any, Any], Any] | None = None
    related: tuple[str, ...] = ()
    measures: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    axes: tuple[str, ...] = ()
    sliders: tuple[str, ...] = ()
    questions: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    features: tuple[tuple[str, str, Game], ...] = ()
    steps: tuple[tuple[str, str, Game], ...] = ()
    variants: Mapping[str, tuple[str, Game]] = field(default_factory=dict)
    scenarios: Mapping[str, tuple[str, Mapping[str, object]]] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)
    theory: Theory | None = None
    method: Any = None
    key: str = ""
    title: str = ""

    def __post_init__(self) -> None:
        check_relation(self.source, self.relation, self.changed)
        if self.names and isinstance(self.game, Game) and not self.game.class_name_list:
            object.__setattr__(self, "game", self.game.with_class_names(self.names))
        if not self.measures:
            asked = {f"the outcome is {name!r}": (name, None) for name in self.game.outcomes}
            object.__setattr__(self, "measures", MappingProxyType(asked))

    # -- questions ---------------------------------------------------------------------------------

    def at(self, values: Mapping[str, object] | None = None, /, **more: object) -> Model:
        """Return the same model with its game at other parameter values.

        Raises
        ------
        ParameterError
            If a name is no parameter, a value is out of range or breaks an assumption of the game.
        """
        return replace(self, game=self.game.at(values, **more))

    def solve(self, method: Any = None, /, **values: object) -> Any:
        """Return the equilibria at parameter values, under the names that the literature gives them."""
        return _solved(self.game.at(values) if values else self.game, method or self.method)

    def solve_without_certificate(self, method: Any = None, /, **values: object) -> Any:
        """Return the equilibria as :meth:`solve` does; those of a game with a continuum go without their certificate.

        For questions about hundreds of points, which take several times as long with it.
        """
        game, method = self.game.at(values) if values else self.game, method or self.method
        if not getattr(game, "has_continuum", False):
            return _solved(game, method)
        from deterrence.solvers.continuum.concept import at_point
        from deterrence.solvers.solve import chosen_method

        return at_point(chosen_method(game, method), game)

    def characterize(self, method: Any = None, **options: Any) -> Any:
        """Return every class of equilibria as formulas, under the names that the literature gives them.

        Options such as ``parameters=`` and ``budget=`` are those of :func:`deterrence.characterize`.
        """
        if options:
            from deterrence.solvers.characterize import characterize

            return characterize(self.game, method or self.method, **options)
        return _characterized(self.game, method or self.method)

    def check(self, progress: Callable[[float], None] | None = None) -> Check:
        """Ask the generic solvers about every claim.

        Parameters
        ----------
        progress
            Called with the share of the claims done, from 0 to 1.
        """
        results = []
        for number, claim in enumerate(self.claims, 1):
            results.append(claim.check(self))
            if progress is not None:
                progress(number / len(self.claims))
        return Check(self.key, tuple(results))

    def figure(self, ax: Any = None) -> Any:
        """Draw the model's picture on axes, made where none are given, and return them."""
        if self.draws is not None:
            return self.draws(self, ax)
        return picture("Model.figure", self.game, ax=ax)

    def explore(self, **options: Any) -> Any:
        """Make a page on which the equilibria move as parameters are moved; see :func:`deterrence.explore`."""
        return page("Model.explore", self, **options)

    @property
    def asked(self) -> tuple[Measure, ...]:
        """What is asked of the equilibria, as measures that are named by the model's own words."""
        return tuple(replace(probability(*of), name=words) for words, of in self.measures.items())

    # -- traits, computed and never typed -----------------------------------------------------------

    @property
    def citation(self) -> str:
        """The work in words: authors, year, title and where it appeared."""
        from deterrence.models.references import reference

        return reference(self.source).in_words if self.source else ""

    @property
    def after(self) -> str:
        """How to name it in a text: "Zagare and Kilgour 2000" if it is that work's, else "after Gannon et al. 2024"."""
        from deterrence.models.references import reference

        return f"{LEADING[self.relation]}{reference(self.source).short}" if self.source and self.relation else ""

    @property
    def standing(self) -> str:
        """What the model is to its work, and what was changed, in sentences; empty where it names none."""
        return f"{STANDING[self.relation]} {self.changed}" if self.relation else ""

    @property
    def kind(self) -> str:
        """``"matrix"`` for one simultaneous move, ``"tree"``, or what a model that is no tree calls itself."""
        if not isinstance(self.game, Game):
            return str(self.game.kind)
        return "matrix" if self.game.form.simultaneous else "tree"

    @property
    def hidden_information(self) -> bool:
        """Whether someone must act without knowing all that was decided or drawn before."""
        if not isinstance(self.game, Game):
            return bool(self.game.hidden_information)
        form = self.game.form
        if form.variables:
            unseen = any(set(form.players) - set(variable.known_to) for variable in form.variables)
            return unseen or any(len(nodes) > 1 for nodes in form.nodes_of)
        return not form.perfect_information and not form.simultaneous

    # -- value -----------------------------------------------------------------------------------------

    def __str__(self) -> str:
        lines = [f"{self.title or self.game.name} ({self.key})" if self.key else self.title or self.game.name]
        lines += [f"Source: {self.citation}", self.standing] if self.source else []
        lines += [self.note] if self.note else []
        lines += ["", str(self.game)]
        if self.theory:
            lines += ["", f"Its main result: {self.theory.finding}"]
        if self.assumptions:
            lines += ["", "It assumes:", *(f"  - {sentence}" for sentence in self.assumptions)]
        if self.does_not_say:
            lines += ["", "What it does not say:", f"  {' '.join(self.does_not_say.split())}"]
        if self.claims:
            lines += ["", f"Claims, which check() tests with the solvers ({len(self.claims)}):"]
            lines += [f"  - {claim.text}" + (f" ({claim.origin})" if claim.origin else "") for claim in self.claims]
        if self.theory and self.theory.neighbours:
            lines += ["", "Next to it:"]
            lines += [f"  - {key}: {sentence}" for key, sentence in self.theory.neighbours.items()]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"<Model {self.key or self.game.name!r}: {len(self.claims)} claims>"


@lru_cache(maxsize=256)
def _solved(game: Any, method: Any) -> Any:
    from deterrence.solvers.solve import solve

    return solve(game, method)


@lru_cache(maxsize=32)
def _characterized(game: Any, method: Any) -> Any:
    from deterrence.solvers.characterize import characterize
    from deterrence.solvers.discovery.discovery import INTERRUPTED

    found = characterize(game, method)
    if INTERRUPTED in found.unresolved:  # part of an answer is no ground for a verdict
        raise KeyboardInterrupt
    return found
