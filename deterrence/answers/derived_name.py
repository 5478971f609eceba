"""What a class of equilibria is called where its game declares no name: by what types reveal, what happens, or play."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from deterrence.answers.signals import SEMI, SEPARATING, senders_of
from deterrence.games.form import ExtensiveForm

Path = Sequence[tuple[int, ...] | None]

STATUS_QUO = "status quo"
"""An outcome of this name for certain is *deterrence*, where somebody could have been answered for leaving it."""
MOST_PARTS, LONG = 3, 100
"""A phrase of play stops after so many choices, or beyond so many letters."""
NO_CHOICE = "no choice"


def derived_name(game: Any, path: Path) -> str:
    """Return a name for a class from its play on the path, ``None`` in ``path`` where a set is not reached.

    Notes
    -----
    The first of these rules that applies names the class, so long as the game itself uses the name for no other:

    1. Where types of a player send actions that another player observes: *separating* (no two types share an
       action), *pooling on* an action, or *semi-separating*.
    2. Where one outcome is certain: that outcome. The status quo is *deterrence* where another player could have
       answered the one who keeps it. What would have been gained is not examined.
    3. What is done at the information sets that are reached, up to three of them.
    """
    return short_name(game, path) or phrase(game.form, path)


def short_name(game: Any, path: Path) -> str:
    """Return a name by the first two rules alone; an empty text where neither applies."""
    form, taken = game.form, {named.name for named in game.class_name_list}
    candidates = (_by_signals(form, path), _by_outcome(form, path))
    return next((name for name in candidates if name and name not in taken), "")


def phrase(form: ExtensiveForm, path: Path) -> str:
    """Return what is done at the first information sets that are reached, in a few words."""
    parts: list[str] = []
    more = False
    for words in choices(form, path):
        if len(parts) == MOST_PARTS or (parts and len("; ".join((*parts, words))) > LONG):
            more = True
            break
        parts.append(words)
    return "; ".join(parts) + ("; …" if more else "") or NO_CHOICE


def choice(form: ExtensiveForm, h: int, support: Sequence[int]) -> str:
    """Return what is done at one information set: an action, or what is mixed."""
    actions = [form.actions_of[h][a] for a in support]
    if len(actions) == 1:
        return f"{form.set_names[h]}: {actions[0]}"
    return f"{form.set_names[h]}: mix of {', '.join(actions[:-1])} and {actions[-1]}"


def choices(form: ExtensiveForm, path: Path) -> list[str]:
    """Return what is done at each information set that is reached, in order."""
    return [
        choice(form, h, support)
        for h, support in enumerate(path)
        if support is not None and len(form.actions_of[h]) > 1
    ]


def _by_signals(form: ExtensiveForm, path: Path) -> str:
    words: dict[str, str] = {}
    for sender in senders_of(form):
        words[sender.player] = words.get(sender.player) or sender.word(path)
    told = list(filter(None, words.values()))
    if len(words) == 1:
        return "".join(told)
    if len(words) == len(told) == 2 and len(set(told)) == 1 and told[0] in (SEPARATING, SEMI):
        return f"{told[0]} on both sides"
    return "; ".join(f"{player}: {word}" for player, word in words.items() if word)


def _by_outcome(form: ExtensiveForm, path: Path) -> str:
    ends = {form.outcome[node] for node in _ends(form, path)}
    if len(ends) != 1 or None in ends:
        return ""
    (outcome,) = ends
    return "deterrence" if outcome == STATUS_QUO and _could_answer(form, path) else str(outcome)


def _ends(form: ExtensiveForm, path: Path) -> Iterator[int]:
    """Yield the ends that play may reach."""
    stack = [0]
    while stack:
        node = stack.pop()
        h, children = form.infoset_of[node], form.children[node]
        if not children:
            yield node
        elif h < 0:
            stack.extend(children)
        else:
            stack.extend(children[a] for a in path[h] or ())


def _could_answer(form: ExtensiveForm, path: Path) -> bool:
    """Tell whether another player moves after an action that is not played at some set that is reached."""
    movers = [h for h, support in enumerate(path) if support is not None and len(form.actions_of[h]) > len(support)]
    for h in movers:
        for node in form.nodes_of[h]:
            below = [child for a, child in enumerate(form.children[node]) if a not in (path[h] or ())]
            while below:
                at = below.pop()
                mover = form.infoset_of[at]
                if mover >= 0 and form.player_of[mover] != form.player_of[h]:
                    return True
                below.extend(form.children[at])
    return False
