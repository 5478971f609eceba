"""What the power to commit is worth, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deterrence.answers.committed import Committed, Strategy
from deterrence.games.expression import show_value
from deterrence.games.words import listed

ALTERNATIVES = {
    "as it is": "the game as it is",
    "at once": "choosing whole plans at once",
    "moving first": "moving first with a single plan",
}
MOST_SETS = 6
"""Of a strategy at more information sets the first are written out."""


def in_sentences(answer: Any) -> str:
    """Return the answer as lines: the best commitments, the alternatives, and what the device is worth."""
    lines = [f"Commitment of {answer.leader} in {answer.game.name!r}: {answer.status}."]
    lines += _mixed(answer) if answer.mixed else []
    lines += _pure(answer)
    lines.append(_alternative(answer, f"In the game as it is ({answer.method.concept})", answer.uncommitted))
    if answer.at_once is not None and answer.at_once != answer.uncommitted:
        lines.append(_alternative(answer, "Choosing whole plans at once (Nash equilibrium)", answer.at_once))
    lines += [_worth(answer, name, pair) for name, pair in answer.worth.items() if _is_told(answer, name)]
    lines += _formulas(answer)
    return "\n".join(lines)


def _is_told(answer: Any, name: str) -> bool:
    return name != "at once" or answer.at_once != answer.uncommitted


def _mixed(answer: Any) -> list[str]:
    strong, weak = answer.strong, answer.weak
    told = _told(strong)
    indifferent = f", indifferent to {listed(strong.also)}" if strong.also else ""
    lines = [f"Best strategy to commit to: {told}{indifferent}. {_pays(strong)}."]
    lines += _as_good(answer)
    if answer.attained and answer.value[0] == answer.value[1] and strong.strategy == weak.strategy:
        return [*lines, "It is worth this however the follower breaks ties."]
    value = show_value(answer.value[0])
    if answer.attained:
        lines.append(f"If ties are broken against {answer.leader} it still secures {value}, by {_told(weak)}.")
    else:
        near = strategy_in_words(weak.strategy)
        lines.append(
            f"If ties are broken against {answer.leader} it secures any payoff below {value}, though not {value}: the "
            f"limit is {near}, and .near(loss) gives a strategy."
        )
    return lines


def _as_good(answer: Any) -> list[str]:
    ranges = {action: pair for action, pair in answer.spread.items() if pair[0] != pair[1]}
    if not ranges:
        return []
    told = ", ".join(f"{action} from {show_value(low)} to {show_value(high)}" for action, (low, high) in ranges.items())
    return [f"Other mixtures with this reply are as good: {told}."]


def _pure(answer: Any) -> list[str]:
    pure, weak = answer.pure, answer.weak_pure
    begin = "Best single plan, which is to move first and be seen to"
    lines = [f"{begin}: {_told(pure)}. {_pays(pure)}."]
    if weak.payoffs[answer.leader] != pure.payoffs[answer.leader]:
        lines.append(
            f"If ties are broken against {answer.leader}: {_told(weak)}, which pays "
            f"{show_value(weak.payoffs[answer.leader])}."
        )
    return lines


def _told(committed: Committed) -> str:
    reply = strategy_in_words(committed.reply)
    return f"{strategy_in_words(committed.strategy)}" + (f", answered by {reply}" if reply else "")


def strategy_in_words(strategy: Strategy) -> str:
    """Return a strategy in words, with the information sets where there are several."""
    parts = []
    for name, mixture in list(strategy.items())[:MOST_SETS]:
        where = "" if len(strategy) == 1 else f" at {name}"
        parts.append(mixture_in_words(mixture) + where)
    more = len(strategy) - MOST_SETS
    return "; ".join(parts) + (f"; and so on at {more} more" if more > 0 else "")


def mixture_in_words(mixture: Mapping[str, Any]) -> str:
    """Return what is played, with probabilities where it is mixed."""
    played = [(action, p) for action, p in mixture.items() if p != 0]
    if len(played) == 1:
        return played[0][0]
    return listed([f"{action} with probability {show_value(p)}" for action, p in played])


def _pays(committed: Committed) -> str:
    return "Payoffs: " + ", ".join(f"{player} {show_value(value)}" for player, value in committed.payoffs.items())


def _alternative(answer: Any, begin: str, pair: Any) -> str:
    if pair is None:
        return f"{begin} no equilibrium was found."
    return f"{begin} {answer.leader} gets {_range(pair)}{'' if pair[0] != pair[1] else ' in every equilibrium'}."


def _range(pair: tuple[Any, Any]) -> str:
    low, high = map(show_value, pair)
    return low if low == high else f"between {low} and {high}"


def _worth(answer: Any, name: str, pair: tuple[Any, Any]) -> str:
    device = "The power to mix" if name == "moving first" else "A commitment device"
    return f"{device} is worth {_range(pair)} to {answer.leader}, over {ALTERNATIVES[name]}."


def _formulas(answer: Any) -> list[str]:
    if not answer.classes:
        return []
    now = [item for item in answer.classes if item.holds(answer.game.values)]
    lines = ["Best commitments as formulas, ties broken for the leader:"]
    return [*lines, *(f"  {'*' if item in now else '-'} {item}" for item in answer.classes), *_marked(now)]


def _marked(now: list[Any]) -> list[str]:
    return ["  (* holds at the present values.)"] if now else []
