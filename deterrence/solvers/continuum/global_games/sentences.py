"""What is said of equilibria in cutoffs: their names, their status, and sentences about each."""

from __future__ import annotations

from math import inf
from typing import Any

from deterrence.answers.continuum.strategies import shown_number
from deterrence.solvers.continuum.global_games.cutoff_pairs import WIDTH, Found
from deterrence.solvers.continuum.global_games.gains import gain
from deterrence.solvers.continuum.global_games.shape import GlobalGame

Number = Any
STEP = 1e-4
FLAT = (
    "With a flat prior no outcome has a probability and no payoff a mean: ask for them at a state that is given "
    "(given_state)."
)


def status_of(here: GlobalGame, found: Found) -> str:
    """Return what the search says of itself."""
    if found.gaps:
        return f"incomplete: {'; '.join(found.gaps)}"
    if len(found.pairs) == 1:
        return f"solved; {_how(here)}, so that this is the only equilibrium, in cutoffs or not"
    return f"solved; {_how(here)}; equilibria without cutoffs, if any, lie between the first and the last"


def _how(here: GlobalGame) -> str:
    """Return in words what the claim rests on that there are no further cutoffs."""
    if here.flat:
        return "with a flat prior there is at most one pair of finite cutoffs"
    return (
        "monotone best replies, integrated numerically, exclude all cutoffs that lie further than "
        f"{20 * WIDTH:.0g} (relative to 1 and their size) from those listed"
    )


def called(here: GlobalGame, pair: tuple[Number, Number]) -> str:
    """Return what an equilibrium is called."""
    words = [_doing(here, i, pair[i]) for i in (0, 1)]
    if words[0] == words[1]:
        return words[0]
    return "; ".join(f"{side.player}: {word}" for side, word in zip(here.sides, words, strict=True))


def _doing(here: GlobalGame, i: int, cutoff: Number) -> str:
    side = here.sides[i]
    if abs(cutoff) == inf:
        return f"{side.low if cutoff > 0 else side.high} whatever the signal"
    return f"{side.low} at low signals"


def notes_of(here: GlobalGame, found: Found, pair: tuple[Number, Number]) -> tuple[str, ...]:
    """Return further sentences about an equilibrium."""
    told = [FLAT] if here.flat else []
    if not found.gaps:
        told.append("The actions are strategic complements at all signals that leave a player in doubt.")
    slope = slope_at(here, pair)
    if slope is not None:
        word = "stable under adjustment" if abs(slope) < 1 else "not stable under adjustment"
        told.append(f"The answer to an answer has the slope {shown_number(round(slope, 4))} here: {word}.")
    elif here.flat and here.symmetric and len(found.pairs) > 1 and abs(pair[0]) == inf:
        least = "however high, the best answer is a lower one" if pair[0] > 0 else "however low, it is a higher one"
        told.append(f"It rests on cutoffs without end: to any cutoff, {least}, so it is not stable under adjustment.")
    return tuple(told)


def slope_at(here: GlobalGame, pair: tuple[Number, Number]) -> float | None:
    """Return the slope of the best reply to a best reply at finite cutoffs, by differences of the gains."""
    if any(abs(k) == inf for k in pair):
        return None
    step = STEP * min(float(side.noise.ppf(0.9)) - float(side.noise.ppf(0.1)) for side in here.sides)
    total, alike = 1.0, here.symmetric and pair[0] == pair[1]
    for i in (0,) if alike else (0, 1):
        own, other = float(pair[i]), float(pair[1 - i])
        by_own = gain(here, i, own + step, other) - gain(here, i, own - step, other)
        by_other = gain(here, i, own, other + step) - gain(here, i, own, other - step)
        if by_own == 0:
            return None
        total *= -float(by_other) / float(by_own)
    return total**2 if alike else total
