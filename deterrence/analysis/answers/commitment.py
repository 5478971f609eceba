"""The answer of ``commitment``: the best strategies to commit to, and what the power to commit is worth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from deterrence.analysis.answers.commitment_words import in_sentences
from deterrence.answers.committed import Committed
from deterrence.answers.method import Method
from deterrence.errors import ParameterError
from deterrence.games.expression import Exact, exact_number
from deterrence.games.game import Game
from deterrence.games.named import Named
from deterrence.mechanisms.commitment import Commitment
from deterrence.solvers.leadership.classes import CommitmentClass
from deterrence.solvers.leadership.named import committed
from deterrence.solvers.leadership.problem import Leadership
from deterrence.solvers.leadership.regions import worst_for_leader
from deterrence.views import Shown, picture

Interval = tuple[Exact, Exact]


@dataclass(frozen=True, eq=False)
class CommitmentValue(Shown):
    """The best strategies for a leader to commit to, and what a commitment device is worth.

    *Strong* is the case in which a follower who is indifferent does what the leader would like, *weak* that in which it
    does the opposite. The weak value may be a limit that no strategy reaches: then any payoff below it can be secured.

    Attributes
    ----------
    game, leader, mixed
        The question: who commits, and whether to mixtures too.
    strong, weak
        The best strategies in the two cases; without ``mixed`` the best plans without chance.
    pure, weak_pure
        The best plans without chance: what the leader gets at best and at worst where it moves first and is seen to.
    attained
        Whether the weak value is reached; where it is not, the strategy in ``weak`` is the limit.
    spread
        Where the leader has one choice: action -> least and greatest probability among the mixtures that are as good as
        the strong one and get the same reply.
    method
        The concept in which the game is solved as it is.
    uncommitted
        The least and greatest payoff of the leader over all equilibria of the game as it is; ``None`` where none was
        found.
    at_once
        The same where both choose whole plans at the same time (Nash); ``None`` where that was not computed.
    classes
        Where the leader has one choice between two actions and the game has parameters: every mixture that may be best,
        as a formula, with the condition under which it is.
    complete
        Whether all equilibria of the game as it is are known. The commitments themselves are exact.
    status
        In words, how the answer was found.
    along
        Where the leader has one choice between two actions: each reply of the follower, and where it begins and ends to
        be best, as the probability of the first action and the leader's payoff.
    limit
        The weak strategy and one towards which the follower strictly prefers its reply, as weights.
    """

    game: Game
    leader: str
    mixed: bool
    strong: Committed
    weak: Committed
    pure: Committed
    weak_pure: Committed
    attained: bool
    spread: Mapping[str, Interval]
    method: Method
    uncommitted: Interval | None
    at_once: Interval | None
    classes: tuple[CommitmentClass, ...]
    complete: bool
    status: str
    along: tuple[Any, ...] = field(repr=False, default=())
    limit: tuple[Any, ...] = field(repr=False, default=())

    @property
    def value(self) -> Interval:
        """What the leader gets from the best commitment, against a follower who breaks ties against it and for it."""
        return self.weak.payoffs[self.leader], self.strong.payoffs[self.leader]

    @property
    def first_mover(self) -> Interval:
        """What the leader gets from the best commitment without chance, which is to move first and to be seen to."""
        return self.weak_pure.payoffs[self.leader], self.pure.payoffs[self.leader]

    @property
    def worth(self) -> Mapping[str, Interval]:
        """The least and greatest gain from the device over each alternative: the game as it is, at once, moving first.

        The least sets the weak value against the alternative's best payoff, the greatest the strong one against its
        worst. Over moving first, which is what mixing adds, ties are broken alike on both sides: the ends are the gains
        of the weak and of the strong value. Alternatives that were not computed are left out.
        """
        others = {"as it is": self.uncommitted, "at once": self.at_once}
        low, high = self.value
        worth = {name: (low - pair[1], high - pair[0]) for name, pair in others.items() if pair is not None}
        if self.mixed:
            gains = sorted(mine - single for mine, single in zip(self.value, self.first_mover, strict=True))
            worth["moving first"] = gains[0], gains[1]
        return Named(worth)

    @property
    def device(self) -> Commitment:
        """The mechanism that binds the leader to the strong strategy: ``answer.game.under(answer.device)``."""
        return Commitment(self.leader, {name: dict(mixture) for name, mixture in self.strong.strategy.items()})

    def near(self, loss: object) -> Committed:
        """Return a strategy that secures the weak value but for a loss, whichever best reply the follower takes.

        Parameters
        ----------
        loss
            How much less than the weak value is enough, above zero.

        Raises
        ------
        ParameterError
            If the loss is not above zero.
        """
        amount = exact_number(loss, "loss")
        if amount <= 0:
            raise ParameterError(f"The loss must be above 0, such as 0.01; got {loss!r}.")
        if self.attained:
            return self.weak
        problem = Leadership.of(self.game.form, self.game.numbers, self.game.players.index(self.leader))
        reached, inner = self.limit
        short = self.value[0] - worst_for_leader(problem, inner)[0]
        step = min(Fraction(1), amount / short) if short > 0 else Fraction(1)
        weights = tuple((1 - step) * w + step * v for w, v in zip(reached, inner, strict=True))
        return committed(problem, weights, worst_for_leader(problem, weights)[1])

    def to_frame(self) -> Any:
        """Return a data frame with one row for each way to play: the least and greatest payoff of the leader."""
        import pandas as pd

        rows: dict[str, Interval | None] = {"commitment": self.value, "moving first": self.first_mover}
        rows |= {"as it is": self.uncommitted, "at once": self.at_once}
        known = {name: tuple(map(float, pair)) for name, pair in rows.items() if pair is not None}
        return pd.DataFrame.from_dict(known, orient="index", columns=["least", "greatest"])

    def plot(self, ax: Any = None) -> Any:
        """Draw the leader's payoff along the mixtures that it may commit to, where it has one choice of two actions."""
        return picture("CommitmentValue.plot", self, ax=ax)

    def __str__(self) -> str:
        return in_sentences(self)

    def __repr__(self) -> str:
        return f"<CommitmentValue of {self.leader!r} in {self.game.name!r}>"
