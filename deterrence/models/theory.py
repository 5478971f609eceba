"""Where a model stands in the theory of deterrence: what works in it, between whom, and which models are next to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deterrence.errors import unknown

MEANS = {
    "punishment": "the answer makes the act cost more than it is worth",
    "denial": "the act is made less likely to succeed, or to bring less",
}
SCOPES = {"direct": "one's own ground is at stake", "extended": "a protégé's ground is at stake"}
PHASES = {
    "general": "nobody has moved yet: is there a challenge at all?",
    "immediate": "a challenge or a threat has been made: is it carried through?",
}
MECHANISMS = {
    "credibility": "whether the answer that is threatened is worth carrying out",
    "signalling": "what an act that costs something tells of its author",
    "audience costs": "a price of backing down in public",
    "commitment": "binding one's own later choice",
    "brinkmanship": "a risk that nobody controls, and who bears more of it",
    "attribution": "whether it can be known who acted",
    "sanctions": "costs put on another short of force",
    "delegation": "acting through a proxy, a protégé or an agent",
    "alliance": "help that is promised to another",
    "reputation": "what today's choice makes others expect tomorrow",
    "bargaining": "an offer or a demand that may be refused",
    "shifting power": "that one side will be stronger tomorrow",
    "pre-emption": "gain from moving first, and the fear that the other does",
    "reassurance": "showing that one means no harm",
    "arms": "weapons, forces or defences that change later payoffs",
    "inspection": "looking for a breach at a cost",
    "domestic politics": "another actor on the same side with aims of its own",
    "escalation": "answers in several steps of rising violence",
    "coordination": "several ways to play that are each stable",
    "learning": "beliefs that change from one round to the next",
}
ACTORS = {
    "two states": "a challenger and a defender, or two rivals alike",
    "many challengers": "one defender and several who may challenge it",
    "alliance": "a challenger, a protégé and its defender",
    "state and proxy": "a sponsor, its agent and their target",
    "state and opposition": "a government, others at home, and a rival",
    "senders and target": "one state or several that sanction another",
    "state and violator": "an inspector or a police, and one who may break a rule",
}
INFORMATION = {
    "complete": "all know all payoffs, and see what was done",
    "one-sided": "one side alone knows its type",
    "two-sided": "each side alone knows its type",
    "noisy signal": "what was done is seen by an unreliable signal",
    "hidden action": "what was done is not seen",
}
RESULTS = {
    "deters": "what is studied makes the challenge rarer, or holds it off",
    "backfires": "more of it makes things worse for whom it is to serve",
    "no effect": "the rate of what is to be deterred does not move with it",
    "reveals": "it tells the willing from the unwilling",
    "displaces": "it moves the challenge to another place, time or actor",
    "trades off": "it helps in one respect and harms in another",
    "several outcomes": "several equilibria: what happens is not settled by the payoffs",
    "war without a mistake": "conflict although nobody errs about the other",
}
VOCABULARY = {
    "mechanism": MECHANISMS, "actors": ACTORS, "information": INFORMATION, "result": RESULTS, "means": MEANS,
    "scope": SCOPES, "phase": PHASES,
}  # fmt: skip
"""The words that each field takes, and what they mean."""


@dataclass(frozen=True, kw_only=True)
class Theory:
    """Where a model stands in the theory of deterrence.

    Attributes
    ----------
    mechanism
        What works in it, the most important first, such as ``("credibility", "signalling")``.
    actors
        Between whom: ``"two states"``, ``"alliance"``, ``"state and proxy"`` and so on.
    information
        What is hidden: ``("complete",)``, ``("one-sided",)``, ``("two-sided",)``, ``("noisy signal",)``,
        ``("hidden action",)``, or several of the last four.
    result
        What comes of it: ``("deters",)``, ``("backfires",)``, ``("no effect",)`` and so on.
    finding
        The model's main result in a sentence.
    means
        Deterrence by ``"punishment"``, by ``"denial"``, by both, or nothing where the model is about neither.
    scope
        ``"direct"`` or ``"extended"`` deterrence.
    phase
        ``"general"``, before anybody has moved, or ``"immediate"``, once a challenge or a threat was made.
    neighbours
        Other models, by key, and what is different there, in a sentence each.

    Raises
    ------
    UnknownNameError
        If a word is not one of its field's; ``theory.VOCABULARY`` lists them with their meaning.
    """

    mechanism: tuple[str, ...]
    actors: str
    information: tuple[str, ...]
    result: tuple[str, ...]
    finding: str
    means: tuple[str, ...] = ()
    scope: tuple[str, ...] = ("direct",)
    phase: tuple[str, ...] = ("immediate",)
    neighbours: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, words in VOCABULARY.items():
            for word in as_words(getattr(self, name)):
                if word not in words:
                    raise unknown(f"word for the {name} of a model", word, words)


WORDS = tuple(VOCABULARY)
"""The fields by whose words models are filtered and drawn."""


def as_words(value: Any) -> tuple[str, ...]:
    """Return a field's words, of which some fields have one and others several."""
    return (value,) if isinstance(value, str) else tuple(value)
