"""Labels of information sets in files: a set without one is written under its name, and read back without one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from deterrence.exchange.gambit.scanner import LONGEST_LABEL
from deterrence.games.form import ExtensiveForm


def label_mark(player: int, number: int) -> str:
    """Return what the first node of an information set is called to say that the set's label is one as it stands."""
    return f"labelled {player}.{number}"  # no two nodes of a file have one name, says Gambit


def written_labels(form: ExtensiveForm) -> tuple[list[str], set[int]]:
    """Return what a file calls each information set, and the sets that must be marked as labelled.

    A set goes by its name. Where the name would not be read as the set's own label or lack of one, its label is
    written, and marked.
    """
    words = [name if len(name) <= LONGEST_LABEL else "" for name in form.set_names]
    labelled: set[int] = set()
    while True:
        labels = inferred_labels(form, words, labelled)
        misread = [h for h, label in enumerate(labels) if label != form.label_of[h]]
        wrong = {
            h: _own_word(form, h) for h in misread if form.label_of[h] is not None or _own_word(form, h) != words[h]
        }
        if not wrong:
            return words, labelled
        for h, word in wrong.items():
            words[h] = word
        labelled.update(h for h in wrong if form.label_of[h] is not None)


def _own_word(form: ExtensiveForm, h: int) -> str:
    """Return what to write where the name would be misread: the label, else what says best that there is none."""
    label = form.label_of[h]
    return label if label is not None else form.unlabelled_name(h) if len(form.nodes_of[h]) > 1 else ""


def inferred_labels(form: ExtensiveForm, words: Sequence[str], labelled: Collection[int]) -> list[str | None]:
    """Return the labels of the information sets of a file, from what it calls them.

    A name that a set has without a label is none; one that begins with the player, because players share the
    label, is the label alone. The labels of sets that are marked as ``labelled`` are taken as they stand.
    """
    owned = Counter(_after_player(form, h, word) for h, word in enumerate(words) if h not in labelled)
    owned.update(words[h] for h in labelled)
    unnamed = [h for h, word in enumerate(words) if h not in labelled and word == form.unlabelled_name(h)]
    begins = table_beginnings(form, unnamed)
    bare = {h for h in unnamed if len(form.nodes_of[h]) == 1 or h in begins}
    labels: list[str | None] = []
    for h, word in enumerate(words):
        rest = "" if h in labelled else _after_player(form, h, word)
        shared = rest and (owned[rest] > 1 or rest in form.players)
        labels.append(None if h in bare or not word.strip() else rest if shared else word)
    return labels


def _after_player(form: ExtensiveForm, h: int, word: str) -> str:
    """Return what follows the player in a name such as ``Attacker | alarm``; nothing where it begins otherwise."""
    beginning = f"{form.players[form.player_of[h]]} | "
    return word[len(beginning) :] if word.startswith(beginning) else ""


def table_beginnings(form: ExtensiveForm, unlabelled: Iterable[int]) -> dict[int, int]:
    """Return the first node of the simultaneous move that each unlabelled set of several nodes is a part of.

    Only such sets can do without a label. Left out are those whose nodes meet in a draw, and those interlaced with
    another simultaneous move.
    """
    begins: dict[int, int] = {}
    begin_of: dict[int, int] = {}
    taken: set[tuple[int, int]] = set()
    for h in unlabelled:
        nodes = form.nodes_of[h]
        if len(nodes) == 1:
            continue
        first = form.meeting_node(h)
        own = (first, form.player_of[h])
        apart = all(begin_of.get(node, first) == first for node in (first, *nodes))
        if form.infoset_of[first] >= 0 and own not in taken and apart:
            begins[h] = first
            begin_of.update(dict.fromkeys((first, *nodes), first))
            taken.add(own)
    return begins
