"""Penalty has no impact on crime: a higher one makes the police rarer, not the violations.

The Public complies or violates, the Police enforce the rule or not, and neither sees the other first. A violation
brings ``g``, or costs ``p`` where the rule is enforced. Enforcing costs ``e``, catching a violation is worth ``r`` to
the Police, and one that they let pass harms them by ``h``. Each side mixes so that the other is indifferent: violations
have the chance ``e/(r + h)``, in which no payoff of the Public occurs, and enforcement has the chance ``g/(g + p)``.
Where the rate of enforcement is announced, and the Police are bound to it, the penalty does deter.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.notation import end, game, move, where
from deterrence.games.parameter import param
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Public", "Police", name="penalty")
def penalty_game(
    *,
    gain: Any = param(
        1,
        "what a violation brings the Public where the rule is not enforced",
        low=0,
        high=10,
        symbol="g",
        plausible=(0.2, 6),
        why="holds 4, as much as the default penalty takes",
    ),
    penalty: Any = param(
        4,
        "what a violation costs it where the rule is enforced",
        low=0,
        high=50,
        symbol="p",
        plausible=(0.5, 20),
        why="from half the gain to twenty times as much",
    ),
    effort: Any = param(
        1,
        "what enforcing the rule costs the Police",
        low=0,
        high=10,
        symbol="e",
        plausible=(0.1, 6),
        why="holds 4, from which enforcing is never worth it",
    ),
    reward: Any = param(
        1,
        "what catching a violation is worth to the Police",
        low=0,
        high=10,
        symbol="r",
        plausible=(0, 5),
        why="from nothing to five times the effort",
    ),
    harm: Any = param(
        3,
        "what a violation that they let pass costs the Police",
        low=0,
        high=10,
        symbol="h",
        plausible=(0.1, 8),
        why="from a tenth of the effort to eight times as much",
    ),
) -> Assumed:
    """Comply or violate, while the other enforces the rule or not."""

    def police(enforced: Node, let_pass: Node) -> Node:
        return move("Police", {"enforce": enforced, "look away": let_pass}, information="Police")

    choices = {
        "comply": police(end("compliance", 0, -effort), end("compliance", 0, 0)),
        "violate": police(
            end("violation punished", -penalty, reward - effort), end("violation unpunished", gain, -harm)
        ),
    }
    tree = move("Public", choices, information="Public")
    return where(tree, gain > 0, penalty > 0, effort > 0, harm > 0)


def _with_announced(rate: str, question: ask.Question) -> ask.Question:
    """Ask of the game in which the Police are bound to a rate of enforcement, and known to be."""

    def asked(model: Any) -> Any:
        from deterrence.mechanisms.commitment import Commitment

        device = Commitment("Police", {"enforce": Fraction(rate), "look away": 1 - Fraction(rate)})
        return question(Model(model.game.under(device)))

    return asked


@lru_cache(maxsize=4)
def _announcement(of: Any) -> Any:
    from deterrence.analysis.commitment import commitment

    return commitment(of, "Police")


def _deterring(model: Any) -> Any:
    """Return the announcement that is answered by compliance, as formulas."""
    (one,) = [one for one in _announcement(model.game).classes if one.reply == "comply"]
    return one


def _sanctioned(question: ask.Question) -> ask.Question:
    """Ask of the game in which a violation that is punished costs the Public 10 more."""

    def asked(model: Any) -> Any:
        from deterrence.mechanisms.sanctions import Sanctions

        return ask.under(question, Sanctions("Public", "violation punished", pressure=10, prefix="further"))(model)

    return asked


def _with_errors(model: Any) -> bool:
    """Return whether violations become rarer, penalty by penalty, where both err as in a logit of precision 1."""
    from deterrence.solvers.quantal import Quantal

    rates = [ask.value_at("violate", method=Quantal(1), penalty=penalty)(model) for penalty in (1, 4, 10)]
    return bool(rates[0] > rates[1] > rates[2])


def _over_penalty(model: Any, ax: Any) -> Any:
    """Draw how often the Public violates and the Police enforce, over the penalty."""
    from deterrence.analysis.sweep import sweep

    return sweep(model.game, "violate", "enforce", penalty=[number / 4 for number in range(1, 81)]).plot(ax=ax)


MIXED, NONE = "violation and enforcement at times", "no enforcement"

MODEL = Model(
    penalty_game,
    source="tsebelis1990",
    relation="reduction",
    changed="The work's eight payoffs, of which only an order is assumed, are told by five numbers.",
    topic="inspection",
    related=("tsebelis1989", "maschler1966"),
    note="The work was not re-read; its game and its theorem are widely told. Illustrative payoffs.",
    assumptions=(
        "The Public would violate a rule that is not enforced, and comply with one that is.",
        "The Police would rather not enforce a rule that is kept.",
        "Neither side sees what the other does before it acts, and neither errs.",
        "All who may violate are alike, and all who enforce.",
    ),
    does_not_say="""\
It says nothing of a penalty that people fear before they reason so far, nor of one that moves the reward or the effort
of the Police. Where sides err, or learn slowly, penalties may matter. Whoever sets the penalty is not in the game, and
neither are those who would never violate.""",
    names={
        MIXED: {"Public": "mixed", "Police": "mixed"},
        NONE: {"Public": "violate", "Police": "look away"},
    },
    measures={
        "there is a violation": ("violate", "Public"),
        "the rule is enforced": ("enforce", "Police"),
        "a violation is punished": ("violation punished", None),
    },
    axes=("penalty", "effort"),
    claims=(
        Claim(
            "Both mix wherever catching a violation is worth the effort, e <= r + h.",
            "",
            ask.condition_of(MIXED),
            lambda p: p.effort <= p.reward + p.harm,
        ),
        Claim(
            "Violations then have the chance e/(r + h).",
            "",
            ask.formula_of("violate", MIXED),
            lambda p: p.effort / (p.reward + p.harm),
        ),
        Claim(
            "Enforcement has the chance g/(g + p).",
            "",
            ask.formula_of("enforce", MIXED),
            lambda p: p.gain / (p.gain + p.penalty),
        ),
        Claim(
            "The penalty has no impact on violations.",
            "",
            ask.sign_of("penalty", "violate", MIXED),
            "does not move",
        ),
        Claim(
            "A higher penalty makes the Police enforce less.",
            "",
            ask.sign_of("penalty", "enforce", MIXED),
            "falls",
        ),
        Claim(
            "So does a smaller gain from violations, which moves no violations either.",
            "",
            lambda model: [ask.sign_of("gain", what, MIXED)(model) for what in ("enforce", "violate")],
            ["rises", "does not move"],
        ),
        Claim(
            "Violations are moved by what is in the interest of the Police: they rise with the effort, and fall with "
            "the reward and the harm.",
            "",
            lambda model: [ask.sign_of(name, "violate", MIXED)(model) for name in ("effort", "reward", "harm")],
            ["rises", "falls", "falls"],
        ),
        Claim(
            "None of these three moves the rate of enforcement.",
            "",
            lambda model: [ask.sign_of(name, "enforce", MIXED)(model) for name in ("effort", "reward", "harm")],
            ["does not move"] * 3,
        ),
        Claim(
            "The Public gets no more than by complying.",
            "",
            ask.formula_of(payoff("Public"), MIXED),
            0,
        ),
        Claim(
            "The Police get -e h/(r + h): the penalty does not spare them anything.",
            "",
            ask.formula_of(payoff("Police"), MIXED),
            lambda p: -p.effort * p.harm / (p.reward + p.harm),
        ),
        Claim(
            "Where enforcing is not worth the effort, e >= r + h, there is a violation, unpunished.",
            "",
            ask.condition_of(NONE),
            lambda p: p.effort >= p.reward + p.harm,
        ),
        # e/(r + h) = 1/4; g/(g + p) = 1/5, 1/11, 1/41 at penalties of 4, 10 and 40.
        Claim(
            "At penalties of 4, 10 and 40 there is a violation with chance 0.25, and enforcement with 1/5, 1/11 and "
            "1/41.",
            "",
            lambda model: [
                ask.value_at(what, penalty=penalty)(model) for what in ("violate", "enforce") for penalty in (4, 10, 40)
            ],
            ["0.25", "0.25", "0.25", "0.2", "0.090909", "0.024390"],
            basis="computed",
        ),
        Claim(
            "Further sanctions on those who are punished do not change the chance of a violation.",
            "",
            _sanctioned(ask.formula_of("violate", MIXED)),
            lambda p: p.effort / (p.reward + p.harm),
            basis="own",
        ),
        Claim(
            "They lower the chance of a punishment, here from 1/20 to 1/60: enforcement falls to 1/15.",
            "",
            lambda model: [
                ask.value_at("violation punished")(model),
                _sanctioned(ask.value_at("violation punished"))(model),
            ],
            ["0.05", "0.016667"],
            basis="own",
        ),
        Claim(
            "Where a rate of 1/4 is announced and binds, the penalty does deter: from 3 g on.",
            "",
            _with_announced("1/4", ask.threshold_of("penalty", "compliance")),
            lambda p: 3 * p.gain,
            basis="own",
        ),
        Claim(
            "The best announcement that deters then costs the Police e g/(g + p), less where the penalty is higher.",
            "",
            lambda model: _deterring(model).payoffs["Police"],
            lambda p: -p.effort * p.gain / (p.gain + p.penalty),
            basis="own",
        ),
        Claim(
            "But Police whose reward is too high, r g > h p, would not announce what deters: they live by violations.",
            "",
            lambda model: _deterring(model).when,
            lambda p: (p.effort * p.gain <= p.harm * (p.gain + p.penalty)) & (p.reward * p.gain <= p.harm * p.penalty),
            basis="own",
        ),
        Claim(
            "Where both sides err, by a logit of precision 1, a higher penalty does make violations rarer.",
            "",
            _with_errors,
            basis="own",
        ),
    ),
    draws=_over_penalty,
    theory=Theory(
        mechanism=("inspection", "sanctions"),
        actors="state and violator",
        information=("hidden action",),
        result=("no effect",),
        finding="A higher penalty lowers enforcement and leaves violations as they are.",
        means=("punishment",),
        phase=("general",),
        neighbours={
            "maschler1966/announced_inspection": "The inspector announces its rate, and then the penalty matters.",
            "dresher1962/inspection": "In a game of pure conflict the penalty moves the inspector, too, and deters.",
            "avenhaus2002/alarm_only": "Who is punished is told by an alarm that may be false.",
        },
    ),
)
