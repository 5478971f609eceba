"""How players who learn, or populations that adapt, come to play a game's strategic form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np

from deterrence.errors import MethodError, unknown
from deterrence.exchange.peers.learning_course import Learning
from deterrence.exchange.peers.peers import two_player_form
from deterrence.games.game import Game
from deterrence.games.strategic_form import StrategicForm

MOST_ROUNDS = 1_000_000
"""The most rounds, or points in time, of one course."""


def fictitious_play(
    game: Game, rounds: int = 1000, *, rng: np.random.Generator | None = None, start: Mapping[str, str] | None = None
) -> Learning:
    """Let two players answer, round after round, what the other has played so far.

    Each round both choose a best reply to how often the other chose each strategy until then. In zero-sum games and
    2 x 2 games (without ties) the frequencies tend to an equilibrium; in others they may cycle for ever (Shapley 1964).

    Parameters
    ----------
    game
        A game of two players; of a tree, its strategic form.
    rounds
        How often they play, from 1 to 1,000,000.
    rng
        Decides among equally good replies; by default a generator with seed 0.
    start
        A strategy for each player, in the words of the strategic form, that the other takes for granted at first; by
        default both know nothing and every strategy is as good as another in the first round.

    Returns
    -------
    Learning
        The frequencies after each round.

    Raises
    ------
    MethodError
        If the game has not two players, or the number of rounds is out of range.
    UnknownNameError
        If ``start`` names no player or no strategy.

    Notes
    -----
    Computed by Nashpy, with floats: replies within rounding of each other may count as different. ``regret`` tells
    how far the last frequencies are from an equilibrium.

    References
    ----------
    Brown, G. W. (1951). Iterative solution of games by fictitious play. Shapley, L. S. (1964). Some topics in
    two-person games.

    Examples
    --------
    >>> import deterrence as dt
    >>> pennies = dt.bimatrix([[1, -1], [-1, 1]], [[-1, 1], [1, -1]], name="pennies")
    >>> dt.fictitious_play(pennies, 2000).regret < 0.1
    True
    """
    form = two_player_form(game, "Fictitious play")
    _check_count(rounds, "rounds")
    import nashpy

    counts = [np.zeros(len(plans)) for plans in form.plans]
    for player, strategy in (start or {}).items():
        i = _position(game.players, player, "player")
        counts[i][_position(form.strategies[player], strategy, f"strategy of {player!r}")] = 1
    shares = [np.empty((rounds, len(plans))) for plans in form.plans]
    with _numpy_seeded(rng or np.random.default_rng(0)):
        played = nashpy.Game(form.A, form.B).fictitious_play(iterations=rounds, play_counts=counts)
        for k, state in enumerate(played):
            for share, count in zip(shares, state, strict=True):
                if k:
                    share[k - 1] = count / count.sum()
    return _course(form, "fictitious play", "round", np.arange(1, rounds + 1), shares)


def replicator_dynamics(
    game: Game,
    duration: float = 100.0,
    *,
    points: int = 1001,
    start: Mapping[str, Sequence[float] | Mapping[str, float]] | None = None,
) -> Learning:
    """Let two populations adapt: what does better than their average spreads.

    Each player of the game stands for a population whose members are matched with those of the other. A strategy's
    share grows at the rate by which its payoff exceeds the population's mean (Taylor 1979).

    Parameters
    ----------
    game
        A game of two players; of a tree, its strategic form.
    duration
        How long it runs, above zero, in units in which a payoff lead of 1 multiplies a share's odds by e.
    points
        At how many times, evenly spaced, the shares are kept, from 2 to 1,000,000.
    start
        The first shares of a player: by strategy, or in the strategies' order. By default all are equal, which is a
        rest point where the game is symmetric in them: give others there.

    Returns
    -------
    Learning
        The shares over time.

    Raises
    ------
    MethodError
        If the game has not two players, a number is out of range, or first shares are negative or sum to nothing.
    UnknownNameError
        If ``start`` names no player or no strategy.

    Notes
    -----
    Integrated by Nashpy with SciPy's ``odeint``; shares are then clipped at zero and scaled to sum to one.

    References
    ----------
    Taylor, P. D. (1979). Evolutionarily stable strategies with two types of player. *Journal of Applied Probability*
    16, 76-83.

    Examples
    --------
    >>> import deterrence as dt
    >>> hawk_dove = dt.bimatrix(
    ...     [[-1, 2], [0, 1]],
    ...     [[-1, 0], [2, 1]],
    ...     actions=[["hawk", "dove"]] * 2,
    ...     name="hawk-dove",
    ... )
    >>> course = dt.replicator_dynamics(hawk_dove, start={"Row": [0.6, 0.4]})
    >>> round(course.last["Row"]["hawk"], 6)
    1.0
    """
    form = two_player_form(game, "Replicator dynamics between two populations")
    _check_count(points, "points", least=2)
    if not 0 < duration < float("inf"):
        raise MethodError(f"The duration is a number above zero, not {duration!r}.")
    for player in start or {}:
        _position(game.players, player, "player")
    first = [_first_shares(form, player, (start or {}).get(player)) for player in game.players]
    import nashpy

    times = np.linspace(0.0, duration, points)
    rows = nashpy.Game(form.A, form.B).asymmetric_replicator_dynamics(x0=first[0], y0=first[1], timepoints=times)
    shares = [np.clip(np.array(row, dtype=float), 0.0, None) for row in rows]
    if not all(np.isfinite(row).all() for row in shares):
        raise MethodError(f"The shares grew without bound in {game.name!r}; give a shorter duration.")
    return _course(form, "replicator dynamics", "time", times, [row / row.sum(axis=1, keepdims=True) for row in shares])


def _course(form: StrategicForm, rule: str, clock: str, times: np.ndarray, shares: list[np.ndarray]) -> Learning:
    return Learning(form.game, rule, clock, tuple(form.strategies.values()), times, tuple(shares))


def _first_shares(form: StrategicForm, player: str, given: Sequence[float] | Mapping[str, float] | None) -> np.ndarray:
    names = form.strategies[player]
    if given is None:
        return np.full(len(names), 1 / len(names))
    if isinstance(given, Mapping):
        for strategy in given:
            _position(names, strategy, f"strategy of {player!r}")
        given = [given.get(name, 0.0) for name in names]
    try:
        shares = np.array(given, dtype=float)
    except (TypeError, ValueError):
        shares = np.full(0, np.nan)
    if shares.shape != (len(names),) or not np.isfinite(shares).all() or shares.min() < 0 or shares.sum() <= 0:
        raise MethodError(
            f"The first shares of {player!r} are {len(names)} numbers, none below zero and some above, one for each of "
            f"{', '.join(names[:10])}; got {given!r}."
        )
    return np.asarray(shares / shares.sum())


def _position(names: Sequence[str], name: str, kind: str) -> int:
    if name not in names:
        raise unknown(kind, name, names)
    return list(names).index(name)


def _check_count(count: int, what: str, least: int = 1) -> None:
    if not isinstance(count, int) or isinstance(count, bool) or not least <= count <= MOST_ROUNDS:
        raise MethodError(f"The number of {what} is from {least} to {MOST_ROUNDS:,}, not {count!r}.")


@contextmanager
def _numpy_seeded(rng: np.random.Generator) -> Iterator[None]:
    """Let Nashpy, which draws from NumPy's global state, draw from a generator; the state is put back after."""
    before = np.random.get_state()  # noqa: NPY002  (the state that Nashpy uses)
    np.random.seed(rng.integers(2**32))  # noqa: NPY002
    try:
        yield
    finally:
        np.random.set_state(before)  # noqa: NPY002
