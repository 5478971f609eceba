"""Asymmetric escalation: a challenge met in kind or with force may grow.

The Challenger defects or not; the Defender concedes, responds in kind or escalates; after a response in kind the
Challenger holds or escalates. Who is escalated upon then gives way if it is Soft, and goes all out if it is Hard;
these last choices are strictly best, and the tree has their results. The Challenger is Hard or Soft in an all-out
conflict; the Defender is Hard or Soft tactically, on whether to respond in kind, and strategically, on whether to
go all out. Limited conflicts are equilibria (constrained limited response), as are surrender without a response,
and deterrence by the threat of escalation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.kilgour2007._escalation import SHARES, asymmetric_escalation
from deterrence.models.model import Model
from deterrence.models.theory import Theory
from deterrence.solvers.perfect_bayesian import PerfectBayesian

PLAYS = {
    "no response": ("defect", ("concede",) * 4, "escalate", "escalate"),
    "constrained limited response": ("defect", ("respond in kind",) * 2 + ("concede",) * 2, "hold", "hold"),
    "escalatory limited response": ("defect", ("respond in kind", "mixed", "concede", "concede"), "mixed", "hold"),
    "escalatory deterrence": ("accept", ("escalate", "concede") * 2, "escalate", "escalate"),
    "deterrence by escalation of all": ("accept", ("escalate",) * 4, "escalate", "escalate"),
}
"""What the Challenger does, the four types' replies, and what a Hard and a Soft Challenger do if answered in kind."""
MIXED = {"Challenger": ("hold", "escalate"), "Defender": ("concede", "respond in kind")}


def played(name: str, types: Sequence[str] = tuple(SHARES)) -> dict[str, str]:
    """Return what a class has done at each information set."""
    first, replies, hard, soft = PLAYS[name]
    of_type = dict(zip(SHARES, replies, strict=True))
    play = {f"{c} Challenger": first for c in ("Hard", "Soft")}
    play |= {f"{d} Defender": of_type[d] for d in types}
    return play | {"Hard Challenger, answered in kind": hard, "Soft Challenger, answered in kind": soft}


def equilibria(name: str, **values: Any) -> list[Any]:
    """Return the equilibria of a class in the game with four types, at parameter values."""
    whole = asymmetric_escalation().at(values)
    form, play = whole.form, played(name)
    pattern = []
    for where, actions in zip(form.set_names, form.actions_of, strict=True):
        chosen = (
            MIXED["Challenger" if "answered" in where else "Defender"] if play[where] == "mixed" else (play[where],)
        )
        pattern.append(tuple(actions.index(action) for action in chosen))
    return PerfectBayesian().equilibria_of(whole, tuple(pattern))


def exists(name: str, *points: dict[str, float]) -> ask.Question:
    """Ask whether a class exists in the game with four types: a truth value for each point."""
    return lambda _model: tuple(bool(equilibria(name, **point)) for point in points)


def types(hh: float, hs: float, sh: float, credibility: float) -> dict[str, float]:
    """Return the values of the probabilities of types."""
    return {"share_hh": hh, "share_hs": hs, "share_sh": sh, "challenger_credibility": credibility}


def of_class(name: str, measure: Callable[[Any], Any], **values: float) -> ask.Question:
    """Ask for a measure in the one equilibrium of a class in the game with four types."""
    return lambda _model: measure(equilibria(name, **values)[0])


def _believed_hard(one: Any) -> Any:
    """Return a Hard Challenger's belief, when answered in kind, in a strategically Hard Defender."""
    held = one.beliefs["Hard Challenger, answered in kind"]
    return sum((p for history, p in held.items() if "HH Defender" in history or "SH Defender" in history), Fraction(0))


LIMITED = types(0.1, 0.4, 0.2, 0.8)
TWO = ("HH", "SH")
TWO_NAMES = {
    "constrained limited response": {
        "HH Defender": "respond in kind",
        "SH Defender": "concede",
        "Hard Challenger": "defect",
    },
    "deterrence by escalation of all": {"HH Defender": "escalate", "SH Defender": "escalate"},
    "deterrence by limits and escalation": {"Hard Challenger": "accept", "Soft Challenger": "accept"},
    "escalation at times": {"SH Defender": "mixed"},
}


def _if_all(first: str, answer: str, last: str) -> ask.Question:
    """Ask what the two expect if all types of each act alike."""
    challenger = {f"{kind} Challenger": first for kind in ("Hard", "Soft")}
    return ask.payoffs_of(challenger | {f"{who}, answered in kind": last for who in challenger} | {"Defender": answer})


def _draw(model: Any, ax: Any) -> Any:
    from deterrence.analysis.regions import regions

    return regions(model.game, share_hh=[0.01, 0.99], challenger_credibility=[0.01, 0.99]).plot(ax)


MODEL = Model(
    asymmetric_escalation(TWO),
    source="kilgour2007",
    relation="reduction",
    changed=(
        "The game shown has a Defender that is strategically Hard for sure; the work's, with all four types, is "
        "what asymmetric_escalation() returns."
    ),
    topic="escalation",
    related=("zagare1995", "zagare2000"),
    note=(
        "The game is that of Zagare and Kilgour (1995), where it was first published. The order of payoffs is quoted "
        "from a summary of the 2000 book. Of the 2007 article the abstract was read, which has constrained limited "
        "response; other names of classes, and thresholds, are recalled, and the conditions re-derived. The list of "
        "classes is not exhaustive. The payoffs are reference numbers. Claims are asked of the game with all four "
        "types, class by class, but for the last."
    ),
    assumptions=(
        "Escalation goes up one step at a time, and the Defender may skip the first.",
        "Limited conflict is worse for a tactically Soft Defender than to concede, and better for a Hard one.",
        "Types are drawn once; each side alone knows its own.",
    ),
    does_not_say="""\
It does not say which of several equilibria comes about, and the list is not exhaustive. There is one rung between
concession and all-out conflict, and nobody loses control.""",
    theory=Theory(
        mechanism=("escalation", "credibility"),
        actors="two states",
        information=("two-sided",),
        result=("several outcomes", "deters"),
        finding="Limited conflicts can be equilibria, although each side could escalate them.",
        means=("punishment",),
        scope=("direct", "extended"),
        phase=("general", "immediate"),
        neighbours={
            "zagare2000/unilateral_deterrence": "There is one answer, without degrees.",
            "powell1990/ladder": "There escalation is a risk and not an act of war.",
        },
    ),
    names=TWO_NAMES,
    claims=(
        Claim(
            "With a Challenger at 0.8 and types of 0.3, 0.2, 0.2 and 0.3 there are no response, constrained limited "
            "response and escalatory deterrence.",
            "",
            lambda _model: {name for name in list(PLAYS)[:4] if equilibria(name)},
            {"no response", "constrained limited response", "escalatory deterrence"},
            basis="computed",
        ),
        Claim(
            "With a Challenger at 0.4 and types of 0.4, 0.1, 0.3 and 0.2 there is escalatory deterrence of these.",
            "",
            lambda _model: {name for name in list(PLAYS)[:4] if equilibria(name, **types(0.4, 0.1, 0.3, 0.4))},
            {"escalatory deterrence"},
            basis="computed",
        ),
        Claim(
            "Deterrence by the threat that every type escalates is always available, on a belief in a Soft Challenger.",
            "",
            exists("deterrence by escalation of all", {}, types(0.4, 0.1, 0.3, 0.4), LIMITED),
            (True, True, True),
        ),
        Claim(
            "Nobody responds only if the Challenger's credibility is at least rH, here 0.5.",
            "",
            exists("no response", {"challenger_credibility": 0.51}, {"challenger_credibility": 0.49}),
            (True, False),
            basis="computed",
        ),
        Claim(
            "Limited response needs tactically Hard Defenders to be rarer than cTac, here 2/3.",
            "abstract",
            exists("constrained limited response", types(0.46, 0.2, 0, 0.8), types(0.47, 0.2, 0, 0.8)),
            (True, False),
            basis="computed",
        ),
        Claim(
            "The strategically Hard must be at least the share qH of them, here 1/3, to keep the conflict limited.",
            "",
            exists("constrained limited response", types(0.17, 0.33, 0.1, 0.8), types(0.16, 0.34, 0.1, 0.8)),
            (True, False),
            basis="computed",
        ),
        Claim(
            "Escalatory deterrence needs strategically Hard Defenders with a probability of cStr, here 0.5.",
            "",
            exists("escalatory deterrence", types(0.3, 0.2, 0.21, 0.8), types(0.3, 0.2, 0.19, 0.8)),
            (True, False),
            basis="computed",
        ),
        Claim(
            "Where fewer are strategically Hard, limited conflict carries a risk: escalatory limited response exists.",
            "",
            exists("escalatory limited response", LIMITED, {}),
            (True, False),
        ),
        Claim(
            "In it a response in kind is escalated upon with probability W, here 0.181818.",
            "",
            of_class(
                "escalatory limited response",
                lambda one: one.strategies["Hard Challenger, answered in kind"]["escalate"] * Fraction(4, 5),
                **LIMITED,
            ),
            "0.181818",
            basis="computed",
        ),
        Claim(
            "The Challenger then believes qH, here 0.333333.",
            "",
            of_class("escalatory limited response", _believed_hard, **LIMITED),
            "0.333333",
            basis="computed",
        ),
        Claim(
            "The Hard only tactically respond in kind with probability pHH (1 - qH)/(qH pHS), here one half.",
            "",
            of_class(
                "escalatory limited response", lambda one: one.strategies["HS Defender"]["respond in kind"], **LIMITED
            ),
            "0.5",
        ),
        Claim(
            "If the Defender is known to be strategically Hard, limited conflict is an equilibrium up to cTac.",
            "",
            ask.threshold_of("share_hh", "limited conflict"),
            lambda p: (
                (p.challenger_gain - p.challenger_status_quo) / (p.challenger_gain - p.challenger_limited_conflict)
            ),
        ),
        Claim(
            "Where the Defender is strategically Hard, what the two expect if nobody defects, or all do and the "
            "Defender concedes, escalates, or responds in kind to a Challenger that holds or escalates.",
            "",
            ask.each_of(
                _if_all("accept", "concede", "hold"),
                _if_all("defect", "concede", "hold"),
                _if_all("defect", "escalate", "hold"),
                _if_all("defect", "respond in kind", "hold"),
                _if_all("defect", "respond in kind", "escalate"),
            ),
            # escalated: a Hard Challenger, 0.8, goes all out for 0.2 and 0, a Soft one gives way for 0 and 0.8;
            # limited: 0.4 0.6 + 0.6 0.2 for the Defender; escalated by all: 0.8 0.2 - 0.2 1 for the Challenger
            [("0.6", 1), (1, "0.4"), ("0.16", "0.16"), ("0.4", "0.36"), ("-0.04", 0)],
            basis="computed",
        ),
    ),
    draws=_draw,
)
