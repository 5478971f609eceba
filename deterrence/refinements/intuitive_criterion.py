"""The intuitive criterion: no type could gain by a message that only it might want to send."""

from __future__ import annotations

from deterrence.answers.solution import Equilibrium, Solution
from deterrence.refinements._signalling import Message, Signalling
from deterrence.refinements._verdicts import Reason, checked, refined


def intuitive_criterion(solution: Solution) -> Solution:
    """Keep the equilibria of a signalling game that pass the intuitive criterion.

    A message that nobody sends should not be attributed to a type that would lose by it whatever the answer. If,
    with no belief in such types, some type gains by the message whatever the (best) answer, the
    equilibrium fails.

    Parameters
    ----------
    solution
        What ``solve`` returned for a signalling game: chance draws a type, one player sees it and sends a
        message, and players who see the message answer once. Answering players may have types of their
        own; later choices that are strictly best whatever happened count as made.

    Returns
    -------
    Solution
        The equilibria that pass; the status says which were removed and why.

    Raises
    ------
    MethodError
        If the game has another shape; the sentence says where it differs.

    Notes
    -----
    The test concerns outcomes, as in the source: what types get, not the beliefs listed. With ``u(t)`` the
    payoff of type t, a message m that is not sent, and ``BR(T, m)`` the answers that are best for some
    belief over the types T: let S hold the types with ``u(t) > max u(t, m, r)`` over r in BR(T, m). The
    equilibrium fails if ``u(t) < min u(t, m, r)`` over r in BR(T - S, m) for some t not in S. Where several
    information sets answer one message, their beliefs come from one likelihood of each type, as vanishing
    mistakes imply. Everything is decided by linear programs in fractions.

    References
    ----------
    Cho and Kreps (1987), "Signaling games and stable equilibria", Quarterly Journal of Economics 102.
    """
    game = checked(solution, "The intuitive criterion").game
    signalling = Signalling(game, "The intuitive criterion")
    return refined(solution, "the intuitive criterion", lambda equilibrium: _reason(signalling, equilibrium))


def _reason(signalling: Signalling, equilibrium: Equilibrium) -> Reason:
    present = signalling.present(equilibrium)
    for message in signalling.unsent(equilibrium):
        types = tuple(message.sure)
        answers = signalling.answers(message, types)
        losers = [t for t in types if max(signalling.payoff(message, t, r) for r in answers) < present[t]]
        remaining = tuple(t for t in types if t not in losers)
        answers = signalling.answers(message, remaining) if remaining else []
        for t in remaining:
            if min(signalling.payoff(message, t, r) for r in answers) > present[t]:
                return _in_words(signalling, message, t, losers)
    return ""


def _in_words(signalling: Signalling, message: Message, t: int, losers: list[int]) -> str:
    gains = f"{signalling.name(t)} would gain by {message.name!r} whatever the best answer"
    if not losers:
        return gains
    return f"{gains}, since {' and '.join(map(signalling.name, losers))} would lose by it in any case"
