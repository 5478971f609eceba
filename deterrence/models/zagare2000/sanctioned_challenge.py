"""Unilateral deterrence with sanctions, and where they bite.

Sanctions may lower what a successful challenge is worth (by ``s_DC``), what backing off is worth (``s_CD``) or what
conflict is worth (``s_DD``). With the payoffs so lowered in the thresholds of the unilateral deterrence game, those
on the prize make deterrence easier throughout; those on backing off hold back Soft Challengers alone (c2), those on
conflict Hard ones alone (c1).
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from deterrence.games.game import Game
from deterrence.games.parameter import param
from deterrence.mechanisms.sanctions import Sanctions
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory
from deterrence.models.zagare2000.unilateral_deterrence import (
    NAMES,
    STEADFAST,
    c1,
    c2,
    d_star,
    if_all,
    unilateral_deterrence,
)

FINES = {
    "prize": (
        "defender concedes",
        param(
            0,
            "sanctions on a challenge that succeeds",
            low=0,
            symbol="s_{DC}",
            plausible=(0, 0.4),
            why="leaves a prize; deterrence begins at 0.29 and 0.33",
        ),
    ),
    "defeat": (
        "challenger defeated",
        param(
            0,
            "sanctions on a Challenger that backs off",
            low=0,
            symbol="s_{CD}",
            plausible=(0, 0.7),
            why="holds 2/3, from which Soft Challengers bluff no longer",
        ),
    ),
    "conflict": (
        "conflict",
        param(
            0,
            "sanctions on a Challenger that fights",
            low=0,
            symbol="s_{DD}",
            plausible=(0, 0.09),
            why="below 0.1, where a Hard Challenger would rather back off",
        ),
    ),
}
"""Where sanctions bite: the outcome, and how much."""


def _sanctioned() -> Game:
    """Return the unilateral deterrence game with sanctions of its own on each of three outcomes."""
    fines = [Sanctions("Challenger", outcomes=end, pressure=how, prefix=word) for word, (end, how) in FINES.items()]
    sanctioned = unilateral_deterrence.under(*fines)
    of = _lowered(SimpleNamespace(**{name: one.written for name, one in sanctioned.parameters.items()}))
    ordered = (
        of.challenger_status_quo < of.challenger_gain,
        of.challenger_defeat < of.challenger_hard_conflict,
        of.challenger_soft_conflict < of.challenger_defeat,
    )
    return sanctioned.changed(assumptions=ordered, name="sanctioned-challenge")


def _lowered(p: Any) -> Any:
    """Return the parameters with the Challenger's payoffs as sanctions leave them."""
    values = dict(vars(p))
    values["challenger_gain"] -= p.prize_pressure
    values["challenger_defeat"] -= p.defeat_pressure
    values["challenger_hard_conflict"] -= p.conflict_pressure
    values["challenger_soft_conflict"] -= p.conflict_pressure
    return SimpleNamespace(**values)


def _changes(**values: float) -> ask.Question:
    """Ask at which credibilities of the Defender the set of equilibria changes: c2 and c1, as numbers."""

    def asked(model: Any) -> tuple[Any, ...]:
        from deterrence.analysis.threshold import threshold

        found = threshold(model.game.at(values), "defender_credibility", "challenge")
        return tuple(row["defender_credibility"] for row in found.data)

    return asked


def _draw(model: Any, ax: Any) -> Any:
    from deterrence.analysis.regions import regions

    return regions(model.game, prize_pressure=[0, 0.49], defender_credibility=[0, 1]).plot(ax)


SANCTIONS = {"prize_pressure": 0.2, "defeat_pressure": 0.1, "conflict_pressure": 0.05}

MODEL = Model(
    _sanctioned(),
    source="zagare2000",
    relation="reduction",
    changed="The work's game of unilateral deterrence, to which sanctions are added here.",
    topic="sanctions",
    note="The addition is re-derived; names of classes are recalled, not re-read.",
    assumptions=(
        "Sanctions follow the outcome for certain, and cost nobody else anything.",
        "They leave the order of the Challenger's payoffs as it is, but for the status quo and conflict.",
        "Each side is Hard or Soft, and alone knows which; the two draws are independent.",
    ),
    does_not_say="""\
Who imposes the sanctions, and whether it would, is outside the game. Pressure on the status quo, which would provoke
rather than restrain, is not among them.""",
    theory=Theory(
        mechanism=("sanctions", "credibility"),
        actors="two states",
        information=("two-sided",),
        result=("deters",),
        finding=(
            "Which type a sanction holds back depends on whether it falls on the prize, on backing off or on conflict."
        ),
        means=("punishment",),
        phase=("general", "immediate"),
        neighbours={
            "zagare2000/unilateral_deterrence": "The same game without sanctions.",
            "zagare2000/unattributed_challenge": "There the author may stay unknown.",
        },
    ),
    names=NAMES,
    claims=(
        Claim(
            "There is certain deterrence from c1 on, with the prize and the conflict lowered by their sanctions.",
            "",
            ask.condition_of("certain deterrence"),
            lambda p: p.defender_credibility >= c1(_lowered(p)),
        ),
        Claim(
            "Attack ends at c2, with the prize and the defeat lowered by theirs.",
            "",
            ask.condition_of("attack"),
            lambda p: (p.defender_credibility <= c2(_lowered(p))) & (p.challenger_credibility >= d_star(p)),
        ),
        Claim(
            "Sanctions of 0.2 on the prize lower both thresholds, to 0.375 and 0.428571.",
            "",
            _changes(prize_pressure=0.2),
            ("0.375", "0.428571"),
        ),
        Claim(
            "Sanctions of 0.2 on backing off lower c2 alone, to 0.416667.",
            "",
            _changes(defeat_pressure=0.2),
            ("0.416667", "0.555556"),
        ),
        Claim(
            "Sanctions of 0.05 on conflict lower c1 alone, to 0.526316.",
            "",
            _changes(conflict_pressure=0.05),
            ("0.5", "0.526316"),
        ),
        Claim(
            "At credibilities of 0.5 and 0.45 sanctions of 0.2 on the prize turn attack into deterrence.",
            "",
            lambda model: tuple(
                ask.classes_at(challenger_credibility=0.5, defender_credibility=0.45, prize_pressure=pressure)(model)
                for pressure in (0, 0.2)
            ),
            (frozenset({"attack", STEADFAST}), frozenset({"certain deterrence", STEADFAST})),
        ),
        Claim(
            "With sanctions of 0.2 on the prize, 0.1 on the defeat and 0.05 on the conflict, what the two expect if "
            "nobody challenges, or all challenge and the Defender concedes, or resists a Challenger that backs off or "
            "fights.",
            "",
            ask.each_of(
                if_all("accept", "resist", "back off", **SANCTIONS),
                if_all("challenge", "concede", "back off", **SANCTIONS),
                if_all("challenge", "resist", "back off", **SANCTIONS),
                if_all("challenge", "resist", "fight", **SANCTIONS),
            ),
            # the Challenger gets 1 - 0.2, 0 - 0.1 and 0.2 0.1 - 0.8 1 - 0.05, the Defender what it gets without
            # sanctions
            [("0.5", 1), ("0.8", "0.2"), ("-0.1", "0.8"), ("-0.83", "-0.3")],
            basis="computed",
        ),
        Claim(
            "The prize stays above the status quo, the defeat between the conflicts of the two types.",
            "",
            ask.each_of(
                *(
                    ask.admits(**values)
                    for values in (
                        {"prize_pressure": 0.49},
                        {"prize_pressure": 0.5},
                        {"conflict_pressure": 0.09},
                        {"conflict_pressure": 0.1},
                        {"defeat_pressure": 0.99},
                        {"defeat_pressure": 1},
                    )
                )
            ),
            [True, False] * 3,
        ),
    ),
    draws=_draw,
)
