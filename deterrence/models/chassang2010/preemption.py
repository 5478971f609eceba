"""Strike first for fear of being struck, when neither is sure what the other sees.

Peace is worth theta to both; striking first gains F, being struck S, a war from both sides W, with ``F > S`` and
``W > S``. If theta is known, peace can be kept from ``theta = F`` on. If each sees theta with a little noise, it is
kept only above ``theta* = F + W - S``, less a term as small as the noise: a worse fate for whoever is struck first
destroys a peace that both would like.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from deterrence.games.continuum.families import Normal
from deterrence.games.continuum.given import Flat
from deterrence.games.continuum.notation import draw
from deterrence.games.continuum.uniform import Uniform
from deterrence.games.notation import end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory

FEAR = "strike at low signals"
"""What the equilibrium in cutoffs is called."""
ALWAYS = "strike whatever the signal"


def struck_first(first: Any, second: Any, prior: Any, noise: Any) -> Any:
    """Write the tree: what peace is worth, a signal of it for each side, and strikes at the same time.

    Parameters
    ----------
    first, second
        For each side what it gets if it strikes alone, if it is struck, and in a war from both sides.
    prior
        How likely what is thought of the worth of peace beforehand.
    noise
        Called with the worth of peace; the law of each side's signal of it.
    """
    (alone, struck, war), (other_alone, other_struck, other_war) = first, second

    def answered(worth: Any, *, strikes: bool) -> Any:
        return move(
            "Second",
            information="Second",
            wait=end("First strikes", alone, other_struck) if strikes else end("peace", worth, worth),
            strike=end("war", war, other_war) if strikes else end("Second strikes", struck, other_alone),
        )

    def seen(worth: Any) -> Any:
        both = move("First", wait=answered(worth, strikes=False), strike=answered(worth, strikes=True))
        below = draw(noise(worth), seen_by="Second", then=lambda second_signal: both, name="what Second sees of it")
        return draw(noise(worth), seen_by="First", then=lambda first_signal: below, name="what First sees of it")

    return draw(prior, seen_by=(), then=lambda worth: seen(worth), name="what peace is worth")  # noqa: PLW0108  (its argument names the number)


@game("First", "Second", name="pre-emption")
def preemption(
    strike: Any = param(
        1,
        "payoff of striking alone",
        low=-3,
        high=5,
        symbol="F",
        plausible=(0.5, 2),
        why="half to twice 1, the scale of all payoffs here",
    ),
    struck: Any = param(
        -1,
        "payoff of being struck without striking",
        low=-10,
        high=3,
        symbol="S",
        plausible=(-5, -0.1),
        why="range of this model's figure: a mild to a ruinous first blow",
    ),
    war: Any = param(
        0,
        "payoff of a war from both sides",
        low=-5,
        high=5,
        symbol="W",
        plausible=(-1, 0.5),
        why="mostly better than being struck first, as the model assumes",
    ),
    noise: Any = param(
        0.01,
        "how far what each sees may lie from what peace is worth",
        low=0.001,
        high=1,
        symbol=r"\sigma",
        plausible=(0.001, 0.1),
        why="small beside the payoffs: the argument needs little doubt",
    ),
    sanction: Any = param(
        0,
        "sanction on whoever strikes and is found to have",
        low=0,
        high=5,
        symbol="s",
        plausible=(0, 1),
        why="up to all that striking alone gains",
    ),
    attribution: Any = share(
        1,
        "chance that whoever strikes is found to have",
        symbol="a",
        plausible=(0.2, 1),
        why="from a striker hard to name to a known one",
    ),
    mutual: Any = share(
        1,
        "part of the sanction that also falls on those in a war from both sides",
        symbol="m",
        plausible=(0, 1),
        why="from sparing mutual war to punishing it in full",
    ),
) -> Any:
    """Strike or wait, at the same time, each seeing what peace is worth with a little noise."""
    expected = sanction * attribution
    side = (strike - expected, struck, war - mutual * expected)
    tree = struck_first(side, side, Flat(), lambda worth: Uniform(worth - noise, worth + noise))
    return where(tree, struck < side[0], struck < side[2])


@game("First", "Second", name="pre-emption with a normal prior")
def with_prior(
    mean: Any = param("5/2", "what peace is worth on average", low=-5, high=10, symbol=r"\mu"),
    spread: Any = param(1, "standard deviation of what peace is worth", low=0.01, high=10, symbol=r"\tau"),
    noise: Any = param(0.3, "standard deviation of what each sees", low=0.01, high=10, symbol=r"\sigma"),
) -> Any:
    """Strike or wait where the worth of peace is drawn from a normal law, at F = 1, S = -1, W = 0."""
    side = (1, -1, 0)
    return struck_first(side, side, Normal(mean, spread), lambda worth: Normal(worth, noise))


def cutoff_of(equilibrium: Any) -> float:
    """Return the signal below which each strikes."""
    return float(equilibrium.cutoffs["First"][0])


def cutoffs_with_prior(**values: Any) -> list[Any]:
    """Return the cutoffs of all equilibria with a normal prior, a word where each strikes whatever its signal."""
    from deterrence.solvers.solve import solve

    solution: Any = solve(with_prior.at(values))
    if not solution.complete:
        return []
    return [cutoff_of(one) if one.cutoffs["First"] else "always" for one in solution]


def _in_peace_worth(peace: Any, **values: Any) -> ask.Question:
    """Ask what both expect, and how likely a war from both sides is, where peace is worth something."""

    def asked(model: Any) -> list[Any]:
        from deterrence.solvers.continuum.global_games.given_state import given_state

        one = next(each for each in model.solve(**values) if each.name == FEAR)
        said = given_state(one, peace)
        return [*(said.payoffs[name] for name in ("First", "Second")), said.outcomes["war"]]

    return asked


def _limit(p: Any) -> float:
    """Return the cutoff as the noise vanishes, less a third of the noise's reach, as it is evenly spread."""
    expected = p.sanction * p.attribution
    return p.strike + p.war - p.struck - (1 + p.mutual) * expected - p.noise / 3


def _known(model: Any) -> list[bool]:
    """Ask whether peace is an equilibrium when theta is known: at two values near F, for two fates of the struck."""
    from fractions import Fraction

    from deterrence.games.matrices import bimatrix
    from deterrence.solvers.nash import Nash
    from deterrence.solvers.solve import solve

    strike, war = model.game.values["strike"], model.game.values["war"]
    peaceful = []
    for struck in (-1, -5):
        for theta in (strike - Fraction(1, 100), strike + Fraction(1, 100)):
            table = [[theta, struck], [strike, war]]
            other = [[theta, strike], [struck, war]]
            names = [["wait", "strike"], ["wait", "strike"]]
            solution = solve(bimatrix(table, other, actions=names), Nash())
            peaceful.append(any(equilibrium.probability("wait, wait") == 1 for equilibrium in solution))
    return peaceful


def _at(**values: Any) -> ask.Question:
    return ask.value_at(cutoff_of, FEAR, noise=0.001, **values)


def _curves(model: Any, ax: Any) -> Any:
    """Draw the signal below which each strikes against the fate of whoever is struck first."""
    from deterrence.plot.canvas import axes_or_new

    ax = axes_or_new(ax, 6, 4)
    fates = np.linspace(-5, -0.1, 50).round(4)
    seen = [ask.value_at(cutoff_of, FEAR, struck=str(fate))(model) for fate in fates]
    ax.plot(fates, seen)
    ax.set_xlabel("payoff of being struck without striking, $S$")
    ax.set_ylabel("signal below which each strikes")
    return ax


MODEL = Model(
    preemption,
    source="chassang2010",
    relation="reduction",
    changed=(
        "The static pre-emption game with noisy information, in the manner of global games, where the work has a "
        "game of exit over time."
    ),
    topic="security dilemma",
    note="Recalled, not re-read.",
    assumptions=(
        "What peace is worth may be anything, all values being thought equally likely beforehand.",
        "Each side sees it with noise spread evenly, at most so far from the truth.",
        "Both decide at the same time.",
    ),
    claims=(
        Claim(
            "As the noise vanishes each strikes below F + W - S: 2 at F = 1, S = -1, W = 0.",
            "",
            _at(),
            "2.00",
            basis="computed",
        ),
        Claim(
            "At F = 1/2, S = -2, W = -1 it is 1.5.",
            "",
            _at(strike=0.5, struck=-2, war=-1),
            "1.50",
            basis="computed",
        ),
        Claim(
            "Where peace is worth a third of the noise's reach more than the cutoff each strikes with 1/3: at noise "
            "0.03 both expect 0.888889 at the defaults and peace of 2, 0.833333 with F = 1, S = -2, W = -0.5 and peace "
            "of 2.5, and 0.7 with a sanction of 0.4 that is found half the time, falls by half on both, and peace of "
            "1.7.",
            "",
            ask.each_of(
                _in_peace_worth(2, noise=0.03),
                _in_peace_worth("5/2", noise=0.03, struck=-2, war=-0.5),
                _in_peace_worth("17/10", noise=0.03, sanction=0.4, attribution=0.5, mutual=0.5),
            ),
            # the cutoffs are 1.99, 2.49 and 1.69: peace lies 0.01 above, and (0.03 - 0.01) / 0.06 = 1/3;
            # 4/9 2 + 2/9 (1 - 1), 4/9 2.5 + 2/9 (1 - 2) - 1/9 0.5, 4/9 1.7 + 2/9 (0.8 - 1) - 1/9 0.1
            [["8/9", "8/9", "1/9"], ["5/6", "5/6", "1/9"], ["7/10", "7/10", "1/9"]],
            basis="computed",
        ),
        Claim(
            "To be struck is worse than to strike, and than a war of both, sanctions and all.",
            "",
            ask.each_of(
                ask.admits(sanction=1.9, mutual=0),
                ask.admits(sanction=2, mutual=0),
                ask.admits(sanction=4, mutual=0, attribution=0.5),
                ask.admits(sanction=3.8, mutual=0, attribution=0.5),
                ask.admits(sanction=0.99),
                ask.admits(sanction=1),
                ask.admits(sanction=1.9, mutual=0.5),
                ask.admits(sanction=1.9, attribution=0.5),
            ),
            # -1 < 1 - 1.9, and -1 < 0 - 0.99 or 0 - 0.95
            [True, False, False, True, True, False, True, True],
            basis="computed",
        ),
        Claim(
            "Noise of reach sigma, evenly spread, lowers it by sigma / 3; sanctions by (1 + m) a s.",
            "",
            ask.matches(cutoff_of, _limit, FEAR, within=1e-12),
        ),
        Claim(
            "A worse fate of the struck destroys peace.",
            "",
            ask.moves("struck", cutoff_of, "falls", FEAR),
        ),
        Claim(
            "So does more to gain from striking.",
            "",
            ask.moves("strike", cutoff_of, "rises", FEAR),
        ),
        Claim(
            "A costlier war keeps peace.",
            "",
            ask.moves("war", cutoff_of, "rises", FEAR),
        ),
        Claim(
            "To strike whatever the signal is an equilibrium too, whatever the noise, as a war of both is better than "
            "to be struck; a third is not found.",
            "",
            ask.always(lambda _, solution: [one.name for one in solution] == [FEAR, ALWAYS]),
            basis="computed",
        ),
        Claim(
            "With a normal prior there are three: below 1.515, below 8.367, and always, at a mean of 2.5, a spread of "
            "1 and noise of 0.3; at a spread of 0.5 and noise of 0.6 below -1.159, below 2.991, and always.",
            "",
            lambda _: [cutoffs_with_prior(), cutoffs_with_prior(spread=0.5, noise=0.6)],
            [["1.515", "8.367", "always"], ["-1.159", "2.991", "always"]],
            basis="computed",
        ),
        Claim(
            "If theta is known peace is an equilibrium just above theta = F and not just below, with a fate of the "
            "struck of -1 and with one of -5.",
            "",
            _known,
            [False, True, False, True],
        ),
        Claim(
            "Sanctions of 0.2 on whoever strikes, attributed half the time, lower the cutoff by 0.2 if a war from both "
            "sides is sanctioned too, and by 0.1 if not.",
            "",
            lambda model: [_at(sanction=0.2, attribution=0.5, mutual=share_of_both)(model) for share_of_both in (1, 0)],
            ["1.80", "1.90"],
        ),
    ),
    draws=_curves,
    does_not_say="""\
There is one moment of decision. Weapons enter through the payoffs: those that make war costlier help, those that make
a first strike worse for the struck do not, and most do both (see `chassang2010/weapons`, where stocks may also be
unequal and a third party may intervene). Noise that does not vanish, or is shared, changes the
cutoff.""",
    theory=Theory(
        mechanism=("pre-emption", "arms"),
        actors="two states",
        information=("noisy signal",),
        result=("backfires", "several outcomes"),
        finding="A worse fate for whoever is struck first destroys a peace that both would like.",
        phase=("general",),
        neighbours={
            "schelling1960/surprise_attack": "There the doubt is whether the other is compelled to attack.",
            "snyder1977/stag_hunt": (
                "There the worth of peace is known, and risk dominance is a comparison and no prediction."
            ),
            "baliga2004/arms_race": "There the cost of weapons is private.",
        },
    ),
    related=("carlsson1993",),
)
