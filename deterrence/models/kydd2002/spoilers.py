"""Spoilers: extremists attack to make a government doubt the moderates.

Moderates can be trusted with chance ``t``. Extremists may attempt an attack, which succeeds with chance ``s_T``
if trustworthy moderates suppress it and ``s_U`` if not. The Government sees terror or quiet and carries out the
peace, or does not; it does where it trusts the moderates at least to ``tau = l/(g + l)``. Extremists spoil the
peace where terror would lower trust below tau and quiet would not, and ``B S >= k`` with
``S = t s_T + (1 - t) s_U``; where trust is too low at first, they attempt at times, and quiet makes for peace at
times.
"""

from __future__ import annotations

from typing import Any

from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Extremists", "Government", name="spoilers")
def spoilers(
    *,
    trust: Any = share(
        0.7,
        "chance that the moderates are trustworthy",
        symbol="t",
        plausible=(0.05, 0.95),
        why="from deep distrust to deep trust, both away from certainty",
    ),
    suppressed: Any = share(
        0.2,
        "chance of success against trustworthy moderates",
        symbol="s_T",
        plausible=(0.05, 0.45),
        why="trustworthy moderates stop more than half of all attacks",
    ),
    unsuppressed: Any = share(
        0.8,
        "chance of success against others",
        symbol="s_U",
        plausible=(0.5, 0.95),
        why="others let at least every second attack through",
    ),
    gain: Any = param(
        1,
        "what peace with trustworthy moderates is worth",
        low=0,
        high=10,
        symbol="g",
        plausible=(0.2, 4),
        why="trust needed falls from 5/6 to 1/5 at the defaults",
    ),
    loss: Any = param(
        1,
        "what peace with others costs",
        low=0,
        high=10,
        symbol="l",
        plausible=(0.2, 4),
        why="trust needed rises from 1/6 to 4/5 at the defaults",
    ),
    spoiled: Any = param(
        1,
        "what the end of the peace is worth to the Extremists",
        low=0,
        high=10,
        symbol="B",
        plausible=(0.1, 3),
        why="holds 0.53, from which an attempt is worth its effort",
    ),
    effort: Any = param(
        0.2,
        "what an attempt costs the Extremists",
        low=0,
        high=10,
        symbol="k",
        plausible=(0.02, 1),
        why="holds 0.38, above which an attempt does not pay",
    ),
) -> Assumed:
    """Try to spoil a peace, which the Government then carries out or not."""

    def verdict(worth: Any, spent: Any, seen: str) -> Node:
        choices = {"implement": end("peace", -spent, worth), "abandon": end("no peace", spoiled - spent, 0)}
        return move("Government", choices, information=seen)

    def attempted(worth: Any, success: Any) -> Node:
        terror, quiet = verdict(worth, effort, "terror"), verdict(worth, effort, "quiet")
        return chance({"terror": (success, terror), "foiled": (1 - success, quiet)})

    def extremists(worth: Any, success: Any) -> Node:
        choices = {"attempt": attempted(worth, success), "hold": verdict(worth, 0, "quiet")}
        return move("Extremists", choices, information="Extremists")

    branches = {
        "trustworthy": (trust, extremists(gain, suppressed)),
        "untrustworthy": (1 - trust, extremists(-loss, unsuppressed)),
    }
    inside = (trust > 0, trust < 1, suppressed > 0, unsuppressed < 1)
    return where(chance(branches), suppressed < unsuppressed, *inside, gain > 0, loss > 0, spoiled > 0, effort > 0)


def _threshold(p: Any) -> Any:
    return p.loss / (p.gain + p.loss)


def _success(p: Any) -> Any:
    return p.trust * p.suppressed + (1 - p.trust) * p.unsuppressed


def _after_terror(p: Any) -> Any:
    return p.trust * p.suppressed / _success(p)


def _after_quiet(p: Any) -> Any:
    return p.trust * (1 - p.suppressed) / (1 - _success(p))


def _trusted(seen: str, **values: Any) -> ask.Question:
    """Ask how far the Government trusts the moderates after what it saw: a number, or one of each equilibrium."""

    def trust(one: Any) -> Any:
        return sum(p for history, p in one.beliefs[seen].items() if history.startswith("trustworthy"))

    return ask.value_at(trust, **values)


def _map(model: Any, ax: Any) -> Any:
    """Draw which equilibria exist over trust and what trustworthy moderates let through."""
    from deterrence.analysis.regions import regions

    return regions(model.game, trust=(0.02, 0.98), suppressed=(0.02, 0.78)).plot(ax=ax)


MODEL = Model(
    spoilers,
    source="kydd2002",
    relation="reduction",
    changed="One period and one attempt of the work's game.",
    topic="proxies",
    note="Recalled, not re-read; illustrative payoffs, those of the reference numbers.",
    assumptions=(
        "The Extremists do not know whether the moderates can be trusted.",
        "An attempt that is foiled is not seen.",
        "Trustworthy moderates let fewer attacks succeed.",
    ),
    does_not_say="""\
The moderates have no choice of their own, and terror does no harm but to trust. The work's second period, in which
a broken peace has its price, is left out.""",
    theory=Theory(
        mechanism=("reassurance", "learning", "domestic politics"),
        actors="state and opposition",
        information=("one-sided", "hidden action"),
        result=("trades off",),
        finding=(
            "Violence by extremists is aimed at trust in the moderates, and works where that trust is neither great "
            "nor gone."
        ),
        neighbours={
            "kydd2017/threats_and_assurances": "There an assurance is a promise and not a matter of trust.",
            "cases/iraq_2020": "There the spoiler may be a proxy.",
        },
    ),
    names={
        "spoiling": {"Extremists": "attempt", "terror": "abandon", "quiet": "implement"},
        "peace in spite of terror": {"Extremists": "hold", "quiet": "implement"},
        "no trust": {"Extremists": "hold", "quiet": "abandon"},
        "occasional spoiling": {"Extremists": "mixed", "quiet": "mixed"},
    },
    claims=(
        Claim(
            "Extremists spoil the peace where terror lowers trust below tau, quiet does not, and B S is at least k.",
            "",
            ask.condition_of("spoiling"),
            lambda p: (
                (_after_terror(p) <= _threshold(p))
                & (_threshold(p) <= _after_quiet(p))
                & (p.spoiled * _success(p) >= p.effort)
            ),
        ),
        Claim(
            "There is peace without an attempt where trust is at least tau, and terror would not end it or is not "
            "worth the effort.",
            "",
            ask.condition_of("peace in spite of terror"),
            lambda p: (
                (p.trust >= _threshold(p))
                & ((_after_terror(p) >= _threshold(p)) | (p.spoiled * _success(p) <= p.effort))
            ),
        ),
        Claim(
            "There is neither peace nor an attempt where trust is below tau.",
            "",
            ask.condition_of("no trust"),
            lambda p: p.trust <= _threshold(p),
        ),
        Claim(
            "Where trust is below tau but an attempt that failed would restore it, and B S exceeds k, Extremists "
            "may attempt at times.",
            "",
            ask.condition_of("occasional spoiling"),
            lambda p: (
                (p.trust <= _threshold(p)) & (_threshold(p) <= _after_quiet(p)) & (p.spoiled * _success(p) >= p.effort)
            ),
        ),
        Claim(
            "At a trust of 0.7 Extremists spoil the peace.",
            "",
            ask.classes_at(),
            {"spoiling"},
            basis="computed",
        ),
        Claim(
            "Terror, and with it the end of the peace, then happens with chance 0.38.",
            "",
            ask.value_at("no peace"),
            "0.380000",
            basis="computed",
        ),
        Claim(
            "Terror lowers trust to 0.368421.",
            "",
            _trusted("terror"),
            "0.368421",
            basis="computed",
        ),
        Claim(
            "Quiet raises it to 0.903226.",
            "",
            _trusted("quiet"),
            "0.903226",
            basis="computed",
        ),
        Claim(
            "At a trust of 0.9 terror would lower trust to 0.692308 only.",
            "",
            _trusted("terror", trust=0.9),
            "0.692308",
            basis="computed",
        ),
        Claim(
            "There nobody attempts and there is peace.",
            "",
            ask.classes_at(trust=0.9),
            {"peace in spite of terror"},
            basis="computed",
        ),
        Claim(
            "Terror pays where trust is intermediate: at 0.7 Extremists attempt, at 0.05 and 0.9 they do not.",
            "",
            lambda model: tuple(
                max(one.probability("attempt") for one in model.solve(trust=trust)) for trust in (0.05, 0.7, 0.9)
            ),
            (0, 1, 0),
        ),
        Claim(
            "Peace, its end and an attempt are worth something, and nothing about the moderates is certain.",
            "",
            ask.each_of(
                *(ask.admits(**{name: 0}) for name in ("gain", "loss", "spoiled", "effort", "trust", "suppressed")),
                ask.admits(trust=1),
                ask.admits(unsuppressed=1),
                ask.admits(suppressed=0.79),
                ask.admits(suppressed=0.8),
            ),
            [False] * 8 + [True, False],
        ),
    ),
    draws=_map,
)
