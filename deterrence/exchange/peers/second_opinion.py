"""The same question asked of other packages, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from deterrence.answers.method import Method
from deterrence.answers.solution import Solution
from deterrence.errors import GameError, MethodError, unknown
from deterrence.exchange.peers.answers import KNOW_TREES, PEERS, PeerAnswer, ask, ask_tree
from deterrence.exchange.peers.verdicts import Judge, Opinion
from deterrence.games.expression import show_number
from deterrence.games.game import Game
from deterrence.games.strategic_form import StrategicForm
from deterrence.solvers.solve import solve
from deterrence.views import Shown

SECONDS = 60.0
TOLERANCE = 1e-6
MOST_CELLS = 10_000
"""The largest strategic form that is handed over."""


@dataclass(frozen=True, eq=False)
class SecondOpinion(Shown):
    """Our solution of a game beside the answers of other packages.

    Attributes
    ----------
    solution
        Ours.
    opinions
        One for each package that was to be asked.
    """

    solution: Solution
    opinions: tuple[Opinion, ...]

    @property
    def agree(self) -> bool:
        """Whether some package answered, none refused, and every profile returned is one of ours or explained."""
        answered = [opinion for opinion in self.opinions if opinion.answer.answered]
        refused = any(opinion.answer.refused for opinion in self.opinions)
        explained = all(profile.explained for opinion in answered for profile in opinion.equilibria)
        return bool(answered) and explained and not refused

    def to_frame(self) -> Any:
        """Return a data frame: one row for each profile that a package returned or missed."""
        import pandas as pd

        rows: list[tuple[Any, ...]] = []
        for opinion in self.opinions:
            asked = (opinion.answer.peer, opinion.answer.asked)
            if not opinion.answer.answered:
                rows.append((*asked, None, "", opinion.answer.status))
            for number, profile in enumerate(opinion.equilibria, 1):
                rows.append((*asked, number, ", ".join(map(str, profile.ours)), profile.verdict))
            rows.extend((*asked, None, str(k), self._missed_in_words(k)) for k in opinion.missed)
        return pd.DataFrame(rows, columns=["package", "asked about", "its equilibrium", "ours", "verdict"])

    def _missed_in_words(self, number: int) -> str:
        regret = self.solution[number - 1].regret
        check = "in which nobody gains by deviating" if regret == 0 else f"whose regret is {show_number(regret)}"
        return f"does not return our equilibrium {number}, {check}"

    def __str__(self) -> str:
        kind, count = self.solution.method.concept, len(self.solution)
        lines = [f"Second opinion on {self.solution.game.name!r}; ours ({kind}): {count}, {self.solution.status}."]
        for opinion in self.opinions:
            lines += ["", *self._in_words(opinion)]
        return "\n".join(lines)

    def _in_words(self, opinion: Opinion) -> list[str]:
        answer = opinion.answer
        name = f"{answer.peer} {answer.version}".strip()
        if not answer.answered:
            return [f"{name}, about the {answer.asked}: {answer.status}."]
        count = len(opinion.equilibria)
        noun = "equilibrium" if count == 1 else "equilibria"
        lines = [f"{name}, {answer.method}: {count} Nash {noun} of the {answer.asked}, in {answer.seconds:.1f} s."]
        lines += [f"  {i}. {profile.verdict}." for i, profile in enumerate(opinion.equilibria, 1)]
        lines += [f"  It {self._missed_in_words(k)}." for k in opinion.missed]
        return [*lines, *(f"  It warns: {warning}" for warning in answer.warnings[:3])]

    def __repr__(self) -> str:
        return f"<SecondOpinion on {self.solution.game.name!r}: {', '.join(o.answer.peer for o in self.opinions)}>"


def second_opinion(
    game: Game,
    method: Method | None = None,
    *,
    peers: Sequence[str] = PEERS,
    seconds: float = SECONDS,
    tolerance: float = TOLERANCE,
) -> SecondOpinion:
    """Ask Gambit, Nashpy and QuantEcon, where installed, for the equilibria of a game, and compare with ours.

    They know the Nash equilibria of the strategic form; ours may be of a finer concept. Gambit is asked about the
    tree as well, unless the game is one simultaneous move. Each profile of theirs is matched to ours by payoffs and
    outcomes; one that is not ours is checked and the difference named: a threat that would not be carried out, play
    that our complete search excludes, or no equilibrium at all.

    Parameters
    ----------
    game
        The game, at its present parameter values.
    method
        Our solution concept, as for :func:`solve`.
    peers
        Which packages to ask, of ``"pygambit"``, ``"nashpy"`` and ``"quantecon"``.
    seconds
        How long each may take for an answer; it runs in a process of its own, which is ended then. QuantEcon compiles
        for several seconds before it answers.
    tolerance
        How far payoffs, as a part of the game's largest, and probabilities may differ and still count as equal.

    Returns
    -------
    SecondOpinion
        Ours and theirs, with a verdict on each profile, and which of ours each package did not return. A package
        that is not installed, fails or does not end is reported as such; one that refuses the tree, since it reads
        another game there than ours, does not agree.

    Raises
    ------
    MethodError
        If the game cannot be solved by our method, its strategic form has more than 10,000 cells, or its equilibria are
        too many to list.
    UnknownNameError
        If there is no such package.

    Notes
    -----
    On a tree Gambit computes one equilibrium of two players exactly, from its sequence form (``lcp_solve``). Of more
    players, or one, it lists all isolated equilibria (``enumpoly_solve``) where there are at most 2,000 choices of the
    actions played, and else follows the logit equilibria to one (``logit_solve``).

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.models.folklore.strike import strike
    >>> print(dt.second_opinion(strike.at(punishment=3), peers=["nashpy"]))
    Second opinion on 'strike'...
    """
    if not 0 < seconds < float("inf"):
        raise MethodError(f"The time for each package is a number of seconds above zero, not {seconds!r}.")
    for peer in peers:
        if peer not in PEERS:
            raise unknown("package to ask", peer, PEERS)
    form = _handed_over(game)
    solution = solve(game, method)
    if not isinstance(solution, Solution):
        raise MethodError(f"The concept {method!r} lists no equilibria, so there is nothing to compare with.")
    if solution.stand_in:
        raise MethodError(
            f"Other packages' answers are compared with ours one by one, and {game.name!r} has {solution.count:,} "
            "equilibria. Ask about a smaller game, or a part of this one."
        )
    compared = Judge(solution, form, tolerance)
    return SecondOpinion(solution, tuple(map(compared.opinion, _asked(peers, form, seconds))))


def _asked(peers: Sequence[str], form: StrategicForm, seconds: float) -> Iterator[PeerAnswer]:
    """Ask each package about the strategic form, and about the tree where that says more and the package reads it."""
    for peer in dict.fromkeys(peers):
        answer = ask(peer, form, seconds)
        yield answer
        installed = bool(answer.version)
        if installed and peer in KNOW_TREES and not form.game.form.simultaneous:
            yield ask_tree(peer, form.game, seconds)


def _handed_over(game: Game) -> StrategicForm:
    """Return the strategic form of a game, refused where it is too large to ask anyone about."""
    if not isinstance(game, Game):
        raise GameError(f"Other packages can only be asked about a game; got {game!r}.")
    form = StrategicForm.of(game)
    cells = prod(len(plans) for plans in form.plans)
    if cells > MOST_CELLS:
        raise MethodError(
            f"The strategic form of {game.name!r} has {cells:,} cells; other packages are asked about {MOST_CELLS:,} "
            "at most."
        )
    return form
