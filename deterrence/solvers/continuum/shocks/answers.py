"""From probabilities of actions to the answer: payoffs with what shocks bring, outcomes, and strategies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium
from deterrence.answers.continuum.strategies import Cutoffs
from deterrence.solvers.continuum.shocks.certificate import regret
from deterrence.solvers.continuum.shocks.reading import Reading
from deterrence.solvers.continuum.shocks.replies import Replies
from deterrence.solvers.continuum.shocks.ways import pay_at


def answer(reading: Reading, profile: Replies, concept: str) -> ContinuumEquilibrium:
    """Return the equilibrium of a profile.

    Payoffs are those of the tree, so that they contain what shocks bring: the mean of a shock given that its action
    is taken is above its mean, since it is taken where the shock is high.
    """
    form = reading.form
    play = _play(reading, profile)
    rows = tuple(tuple(map(float, row)) for row in profile.behaviour)
    named = zip(form.set_names, form.actions_of, rows, strict=True)
    found = ContinuumEquilibrium(
        game=reading.game,
        concept=concept,
        strategy_list=tuple(
            (name, Cutoffs.always(dict(zip(actions, row, strict=True)))) for name, actions, row in named
        ),
        choice_list=(),
        payoff_list=tuple(zip(form.players, play.payoffs, strict=True)),
        outcome_list=tuple(play.outcomes.items()),
        action_list=tuple(play.actions.items()),
        behaviour=rows,
        reached=tuple(p > 0 for p in play.reach),
        belief=(None,) * len(rows),
        error=max(profile.error, 1e-15),
    )
    return replace(found, regret=regret(found))


@dataclass(frozen=True)
class Played:
    """What a profile comes to: payoffs, outcomes, actions by (player, action), and how likely each set is reached."""

    payoffs: tuple[float, ...]
    outcomes: Mapping[str, float]
    actions: Mapping[tuple[str, str], float]
    reach: tuple[float, ...]


def _play(reading: Reading, profile: Replies) -> Played:
    form = reading.form
    payoffs = [0.0] * len(form.players)
    outcomes = dict.fromkeys(reading.game.outcomes, 0.0)
    actions: dict[tuple[str, str], float] = {
        key: 0.0
        for h, names in enumerate(form.actions_of)
        for name in names
        for key in ((form.players[form.player_of[h]], name), ("", name))
    }
    reach = [0.0] * len(form.nodes_of)
    for end, steps in reading.paths.items():
        chance = 1.0
        for step in steps:
            chance *= step.chance if step.infoset < 0 else float(profile.behaviour[step.infoset][step.action])
        if chance == 0:
            continue
        outcomes[str(form.outcome[end])] += chance
        for i in range(len(payoffs)):
            payoffs[i] += chance * pay_at(reading, end, i).at(profile.means)
        taken = [step for step in steps if step.infoset >= 0]
        for h in {step.infoset for step in taken}:
            reach[h] += chance
        done = {
            (who, form.actions_of[step.infoset][step.action])
            for step in taken
            for who in ("", form.players[form.player_of[step.infoset]])
        }
        for key in done:
            actions[key] += chance
    return Played(tuple(payoffs), outcomes, actions, tuple(reach))
