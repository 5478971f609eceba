"""The verb ``verify``: is a claim of mine true for all parameter values in range; if not, where is it wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from deterrence.analysis.referee.claims import ProfileClaim, PropositionClaim
from deterrence.analysis.referee.ground import Ground, NotRationalError, joined
from deterrence.analysis.referee.judging import Attempt, Judgement
from deterrence.analysis.referee.reading import both, condition_of, in_words, proposition_of
from deterrence.analysis.referee.strategies import read_beliefs, read_strategies
from deterrence.analysis.referee.verification import Counterexample, Verdict, Verification
from deterrence.answers.assessment import Assessment
from deterrence.answers.classes import EquilibriumClass
from deterrence.answers.measure import Measure
from deterrence.answers.method import Method
from deterrence.answers.proposition import Proposition, sides
from deterrence.errors import MethodError, ValueKindError, unknown
from deterrence.games.expression import is_symbolic
from deterrence.games.game import Game
from deterrence.games.kinds import checked_game
from deterrence.games.words import listed
from deterrence.progress import reporting
from deterrence.solvers.characterize import characterize
from deterrence.solvers.solve import chosen_method

BUDGET = 30.0


def verify(
    game: Any,
    claim: Any,
    *,
    where: Any = None,
    exactly: Any = None,
    beliefs: Mapping[str, Any] | None = None,
    some: bool = False,
    parameters: Iterable[str] | None = None,
    method: Method | None = None,
    budget: float | None = None,
    progress: Any = None,
) -> Verification:
    """Tell whether a claim about a game is true for all parameter values in range, with a counterexample if not.

    Parameters
    ----------
    game
        The game; its declared ranges and assumptions say which values are meant. A model will do, too.
    claim
        One of: strategies by name, as :func:`deterrence.profile` takes them, with formulas in the parameters where
        play is mixed (the claim: this is an equilibrium); an equilibrium class (the claim: it is an equilibrium where
        its condition holds) or the name of one; a proposition, ``dt.probability("war") <= "1/2"`` or the same as text,
        ``"probability(war) <= 1/2"``, whose other side may be a formula or another measure (the claim: it is true in
        every equilibrium).
    where
        The condition under which the claim is made: text such as ``"prize > war"``, a SymPy condition, a function
        ``lambda p: p.prize > p.war``, or a list of those that hold together. By default all admissible values.
    exactly
        For strategies or a class: the claim is that they are an equilibrium where this condition holds and nowhere
        else (among the values of ``where``).
    beliefs
        For strategies: beliefs by information set; those left out may be any.
    some
        For a proposition: it is true in some equilibrium, not in every one.
    parameters
        Those that may vary; the others are held at their present values. By default all.
    method
        The solution concept; the game's default one otherwise.
    budget
        Seconds that a proof may take, and again as many for characterizing the game where the claim is about its
        equilibria; 30 by default. When they are over, the claim is tried at points, and stays open.
    progress
        ``True`` for a bar on the terminal, or a callable that is told the share done.

    Returns
    -------
    Verification
        ``holds`` (proved), ``fails`` (with a counterexample, checked in exact arithmetic), or ``open`` (with what was
        searched). It counts as true only where the claim is proved.

    Raises
    ------
    UnknownNameError
        If a player, information set, action, outcome, class or parameter is not the game's.
    ValueKindError
        If the claim or a condition is none of these.
    ParameterError
        If a profile is incomplete, or ``where`` excludes every value.

    Notes
    -----
    That a profile breaks nowhere is decided for its conditions of optimality as polynomials in the parameters and in
    multipliers that show that no beliefs will do (Motzkin's transposition theorem). Propositions are decided class by
    class of :func:`deterrence.characterize`, and only where that is complete. Each question is put to a decision
    procedure for real arithmetic; a point it finds counts only if the exact solution of the game at this point refutes
    the claim. Where payoffs tie, further equilibria may exist at single values: a proof leaves these out, and says so.

    Examples
    --------
    >>> import deterrence as dt
    >>> strike = dt.models.load("folklore/strike").game
    >>> deterred = {"Challenger": "restrain", "Defender": "retaliate"}
    >>> dt.verify(strike, deterred, exactly="punishment >= prize and loss >= war").verdict
    'holds'
    >>> print(dt.verify(strike, deterred, where="punishment >= prize").counterexample)
    At loss = 1: Defender (not reached) gets -3, and with 'restrain' -1: a gain of 2.
    """
    whole, game = game, getattr(game, "game", game)
    if hasattr(claim, "check") and hasattr(claim, "ask"):
        return _of_published(whole, claim)
    checked_game(game)
    referee = _Referee(game, chosen_method(game, method), parameters, where)
    with reporting(progress, f"Verifying a claim about {game.name}") as report:
        tell = report or (lambda _: None)
        stated = referee.read(claim, beliefs, exactly, some=some, budget=budget)
        answer = stated(tell)
        tell(1.0)
    return answer


def _of_published(model: Any, claim: Any) -> Verification:
    """Return what a model's claim comes to, as its check has it: open where it rests on draws."""
    checked = claim.check(model)
    proved: Verdict = "open" if checked.by_draws else "holds"
    verdicts: dict[str, Verdict] = {"holds": proved, "fails": "fails", "depends": "fails"}
    wrong = Counterexample({}, checked.in_words) if checked.verdict in ("fails", "depends") else None
    game = getattr(model, "game", model)
    return Verification(
        game, claim.text, "", verdicts.get(checked.verdict, "open"), checked.in_words.rstrip("."), wrong
    )


@dataclass
class _Referee:
    """A game with the values over which a claim is made."""

    game: Game
    method: Any
    names: Any
    where: Any

    def __post_init__(self) -> None:
        names = self.names
        if isinstance(names, str):
            names = (names,)
        for name in names or ():
            if name not in self.game.parameters:
                raise unknown("parameter", name, self.game.parameters)
        self.names = None if names is None else tuple(names)
        self.where = condition_of(self.game, self.where)

    @property
    def held(self) -> tuple[str, ...]:
        """The parameters that do not vary."""
        return () if self.names is None else tuple(n for n in self.game.parameters if n not in self.names)

    # -- which claim it is -------------------------------------------------------------------------

    def read(self, claim: Any, beliefs: Any, exactly: Any, *, some: bool, budget: float | None) -> Any:
        """Return what answers a claim, called with what is told the share done."""
        text = claim if isinstance(claim, str) else ""
        if sides(text) is not None:
            claim = proposition_of(text)
        if isinstance(claim, Proposition):
            if exactly is not None or beliefs is not None:
                raise ValueKindError("exactly= and beliefs= go with strategies or a class; a proposition takes where=.")
            claim.left.check(self.game)
            if isinstance(claim.right, Measure):
                claim.right.check(self.game)
            stated = PropositionClaim(self.game, claim, self.method, some)
            stated.right  # noqa: B018  (read now, so that a mistake is told before the work)
            return lambda tell: self._proposition(stated, budget, tell)
        if some:
            raise ValueKindError("some=True goes with a proposition, such as dt.probability('war') <= '1/2'.")
        if self.game.has_continuum:
            raise MethodError(
                f"The game {self.game.name!r} has numbers without end ({listed(self.game.variables)}): of such a game "
                "verify takes a proposition, such as dt.probability('war') <= '1/2', and tries it at values drawn from "
                "the ranges. How far strategies are from an equilibrium is told by .regret of what dt.solve returns."
            )
        kind = self._class(text, budget) if text else claim
        if isinstance(kind, EquilibriumClass) and exactly is None:
            self.where = both(self.where, kind.when)
        if not isinstance(kind, (Assessment, Mapping)):
            raise ValueKindError(
                f"A claim is strategies by name, {{'{self.game.form.set_names[0]}': …}}, an equilibrium class "
                f"or its name, or a proposition such as dt.probability('war') <= '1/2'; got {claim!r}."
            )
        name = f"the class {kind.name!r}" if isinstance(kind, EquilibriumClass) else ""
        played = ProfileClaim(
            self.game,
            read_strategies(self.game, kind),
            read_beliefs(self.game, beliefs),
            self.method,
            name,
            kind.free_list if isinstance(kind, EquilibriumClass) else (),
        )
        conditions = kind.free_conditions if isinstance(kind, EquilibriumClass) else ()
        condition = None if exactly is None else condition_of(self.game, exactly)
        return lambda tell: self._profile(played, condition, conditions, budget, tell)

    def _class(self, name: str, budget: float | None) -> Any:
        found = characterize(self.game, self.method, parameters=self.names, budget=budget or BUDGET)
        if name not in found.names:
            raise unknown("equilibrium class", name, found.names)
        return found.classes[found.names.index(name)]

    # -- profiles -----------------------------------------------------------------------------------

    def _profile(
        self,
        claim: ProfileClaim,
        exactly: Any,
        linked: Sequence[Any],
        budget: float | None,
        tell: Callable[[float], None],
    ) -> Verification:
        where = both(self.where, exactly)
        words = str(claim) if exactly is None else f"{claim} exactly where {in_words(exactly)}"
        finish = Judgement(self.game, self.held, words, self.where, budget or BUDGET)

        tries = [Attempt(where, claim.wrong_at)]
        if exactly is not None:
            import sympy as sp

            tries.append(Attempt(both(self.where, sp.Not(exactly)), partial(claim.wrong_at, converse=True)))
        reason = claim.unproved
        try:
            if reason:
                raise NotRationalError
            ground = Ground(self.game, self.names, [item.symbol for item in claim.free])
            asked = claim.conditions(ground)
            base = [tuple(r for c in linked for case in ground.cases(c) for r in case)]
            tries[0].cases = list(joined(base, ground.cases(where), [*asked.no_probabilities(), *asked.broken()]))
            if exactly is not None:
                tries[1].cases = list(joined(base, ground.cases(tries[1].where), asked.upheld()))
        except NotRationalError:
            reason = reason or "a formula is no ratio of polynomials, or the claim has too many cases to decide"
            return finish.by_points(tries, reason, tell)
        return finish.by_decision(ground, tries, _ties_of(claim), tell)

    # -- propositions ---------------------------------------------------------------------------------

    def _proposition(
        self, claim: PropositionClaim, budget: float | None, tell: Callable[[float], None]
    ) -> Verification:
        finish = Judgement(self.game, self.held, str(claim), self.where, budget or BUDGET)
        tried = Attempt(self.where, claim.wrong_at)
        if self.game.has_continuum:
            return finish.by_points([tried], "equilibria are solved at values, without formulas", tell)
        found = characterize(
            self.game, self.method, parameters=self.names, budget=budget or BUDGET, progress=lambda s: tell(s / 2)
        )
        if found.factors or claim.proposition.left.kind == "other":
            reason = "its classes are products too many to list" if found.factors else "the measure is a function"
            return finish.by_points([tried], reason, tell)
        free = tuple(dict.fromkeys(item.symbol for kind in found.classes for item in kind.free_list))
        try:
            ground = Ground(self.game, self.names, free)
            tried.cases = list(joined(ground.cases(self.where), claim.violations(ground, found)))
        except NotRationalError:
            return finish.by_points([tried], "a formula or condition is beyond what can be decided", tell)
        ties = "except at values where payoffs tie" if found.complete else ""
        if not found.complete:
            return finish.by_points([tried], f"the characterization is {found.status.split(':')[0]}", tell, ground)
        return finish.by_decision(ground, [tried], ties, tell)


def _ties_of(claim: ProfileClaim) -> str:
    """Return where a proof about a profile says nothing: where its support is another."""
    rows = (*claim.behaviour, *claim.game.form.probabilities)
    moving = any(is_symbolic(p) for row in rows for p in row)
    return "except perhaps where a probability becomes 0 or 1" if moving else ""
