"""The matrix that all two-by-two crisis games share, and the questions that are asked of each of them.

Each side yields (C) or stands firm (D). Its four payoffs have the literature's names: temptation T for standing
firm while the other yields, reward R where both yield, punishment P where both stand firm, sucker's payoff S for
yielding alone. The order of the four makes the game.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

from deterrence.answers.measure import payoff
from deterrence.games.game import Game
from deterrence.games.matrices import matrix
from deterrence.games.notation import chance, end, game, move
from deterrence.games.parameter import Parameter, param, share
from deterrence.games.tree import Node
from deterrence.models import ask
from deterrence.models.ask import Question
from deterrence.models.claim import Claim
from deterrence.models.model import Model

NOTE = (
    "The orders of payoffs, the names and the equilibria are those of the literature, recalled and not re-read; "
    "the default payoffs are the ranks 4 to 1."
)
ASSUMPTIONS = (
    "Both states choose at once, each once.",
    "Each knows how the other ranks the four outcomes.",
    "Payoffs beyond their order matter to mixed equilibria alone.",
)
NAMES: Mapping[str, Mapping[str, str]] = {
    "compromise": {"Row": "yield", "Column": "yield"},
    "Row prevails": {"Row": "stand firm", "Column": "yield"},
    "Column prevails": {"Row": "yield", "Column": "stand firm"},
    "conflict": {"Row": "stand firm", "Column": "stand firm"},
    "mixed": {"Row": "mixed", "Column": "mixed"},
}
RANKS: Mapping[str, str] = {"T": "temptation", "R": "reward", "P": "punishment", "S": "sucker"}
MEANINGS: Mapping[str, str] = {
    "temptation": "payoff of standing firm while the other yields",
    "reward": "payoff where both yield",
    "punishment": "payoff where both stand firm",
    "sucker": "payoff of yielding while the other stands firm",
}

PLAUSIBLE: Mapping[int, tuple[tuple[float, float], str]] = {
    4: ((3.6, 6), "stays {side}'s best, by a little or by a prize more"),
    3: ((2.6, 3.4), "stays {side}'s second best, closer to the best or the third"),
    2: ((1.6, 2.4), "stays {side}'s second worst, closer to the worst or the second"),
    1: ((-4, 1.4), "stays {side}'s worst, from nearly bearable to ruinous"),
}
"""Rank of a payoff -> its plausible values, which keep the order of the four, and why."""


def crisis_game(name: str, caption: str, row: str, column: str = "") -> Game:
    """Return a two-by-two crisis game.

    Parameters
    ----------
    name, caption
        What the game is called and what it is about.
    row, column
        The payoffs of each side from the best to the worst, such as ``"TRSP"``; the column's are the row's
        where they are not given.
    """
    orders = {"row": row, "column": column or row}
    values = {side: {RANKS[rank]: 4 - k for k, rank in enumerate(order)} for side, order in orders.items()}

    parameters = tuple(_ranked(side, rank, ranks[rank]) for side, ranks in values.items() for rank in MEANINGS)
    of = {parameter.name: parameter.written for parameter in parameters}
    chains = [[of[f"{side}_{RANKS[rank]}"] for rank in order] for side, order in orders.items()]
    ranked = tuple(worse < better for chain in chains for better, worse in pairwise(chain))
    return Game(("Row", "Column"), _cells(of), parameters, name, caption, ranked)


def _ranked(side: str, rank: str, value: int) -> Parameter:
    """Return the parameter of a side's payoff, with the rank of the payoff, 4 to 1, for its default."""
    plausible, why = PLAUSIBLE[value]
    symbol = f"{rank[0].upper()}_{side[0].upper()}"
    meaning, why = f"{side.title()}'s {MEANINGS[rank]}", why.format(side=side.title())
    return param(value, meaning, symbol=symbol, plausible=plausible, why=why).named(f"{side}_{rank}")


def _cells(of: Mapping[str, Any]) -> Node:
    """Return the matrix in the parameters of both sides."""
    return matrix(
        {
            ("yield", "yield"): end("compromise", of["row_reward"], of["column_reward"]),
            ("yield", "stand firm"): end("Column prevails", of["row_sucker"], of["column_temptation"]),
            ("stand firm", "yield"): end("Row prevails", of["row_temptation"], of["column_sucker"]),
            ("stand firm", "stand firm"): end("conflict", of["row_punishment"], of["column_punishment"]),
        }
    )


def crisis_model(whole: Game, classes: Sequence[str], *, topic: str = "crisis games", **fields: Any) -> Model:
    """Return the model of a crisis game whose classes of equilibria are called by some of the names above."""
    return Model(
        whole,
        source="snyder1977",
        relation="exact",
        changed="The order of the payoffs is the work's; their sizes are free.",
        topic=topic,
        note=NOTE,
        assumptions=ASSUMPTIONS,
        names={name: NAMES[name] for name in classes},
        draws=best_responses,
        **fields,
    )


def payoffs(*ranked: float) -> dict[str, float]:
    """Return parameter values from the payoffs T, R, P and S that both sides have."""
    return {f"{name}_{rank}": v for name in ("row", "column") for rank, v in zip(RANKS.values(), ranked, strict=True)}


def side(p: Any, name: str) -> SimpleNamespace:
    """Return one side's four payoffs as T, R, P and S."""
    return SimpleNamespace(**{short: getattr(p, f"{name}_{rank}") for short, rank in RANKS.items()})


def yields(p: Any, other: str) -> Any:
    """Return the probability of yielding in the mixed equilibrium, which the *other* side's payoffs fix."""
    o = side(p, other)
    return (o.P - o.S) / ((o.R - o.T) + (o.P - o.S))


def mixed_value(p: Any, name: str) -> Any:
    """Return a side's payoff in the mixed equilibrium."""
    own = side(p, name)
    return (own.T * own.S - own.R * own.P) / ((own.T - own.R) + (own.S - own.P))


def yielding(player: str) -> Callable[[Any], Any]:
    """Measure the probability that a player yields."""
    return lambda equilibrium: equilibrium.strategies[player]["yield"]


def mixture_is_worst(_game: Any, solution: Any) -> bool:
    """Tell whether both sides get less in the mixed equilibrium than in either of the others."""
    mixed = ask.equilibrium_of("mixed", solution).payoffs
    others = [equilibrium.payoffs for equilibrium in solution if equilibrium.name != "mixed"]
    return all(mixed[player] < other[player] for other in others for player in mixed)


def cells_pay(*cells: tuple[float, float]) -> Claim:
    """Return the claim of what the four cells pay Row and Column at ranks 4 to 1, row by row."""
    acts = ("yield", "stand firm")
    return Claim(
        "At ranks 4 to 1 the four cells pay what the order of the payoffs says.",
        "",
        ask.each_of(*(ask.payoffs_of({"Row": row, "Column": column}) for row in acts for column in acts)),
        list(cells),
        basis="computed",
    )


def critical_risk(*, against_concession: bool = False) -> Question:
    """Ask for the greatest probability of a firm opponent at which standing firm is best for Row, as a formula.

    Parameters
    ----------
    against_concession
        Whether to yield means to concede for certain, to the sucker's payoff, as Zeuthen and Ellsberg have it;
        otherwise it also wins the reward where the other yields.
    """

    def asked(model: Any) -> Any:
        from deterrence.analysis.threshold import threshold

        alone = _alone(model.game, against_concession)
        return threshold(alone, "firmness", "stand firm").exact

    return asked


def _alone(whole: Game, against_concession: bool) -> Game:
    """Return Row's decision where the other stands firm with a known probability."""
    of = {short: whole.parameters[f"row_{rank}"] for short, rank in RANKS.items()}

    @game("Row", name=f"{whole.name}, Row's risk")
    def decision(
        *,
        row_temptation: Any = of["T"],
        row_reward: Any = of["R"],
        row_punishment: Any = of["P"],
        row_sucker: Any = of["S"],
        firmness: Any = share(0.5, "probability that the other stands firm", symbol="p"),
    ) -> Node:
        def against(yielding_other: Any, firm_other: Any) -> Node:
            ends = {"it yields": end("it yields", yielding_other), "it stands": end("it stands", firm_other)}
            return chance({"it yields": (1 - firmness, ends["it yields"]), "it stands": (firmness, ends["it stands"])})

        conceded = end("conceded", row_sucker) if against_concession else against(row_reward, row_sucker)
        return move("Row", {"yield": conceded, "stand firm": against(row_temptation, row_punishment)})

    return decision


def best_responses(model: Any, ax: Any = None) -> Any:
    """Draw each side's best responses in the square of probabilities of yielding, with the equilibria."""
    from deterrence.plot.best_responses import plot_best_responses

    return plot_best_responses(model.game, ax=ax)


TWO_LOPSIDED_AND_A_MIXTURE = (
    Claim(
        "Whatever the payoffs, one side stands firm and the other yields, or both mix.",
        "ch. 2",
        ask.always(
            lambda _, solution: (
                {equilibrium.name for equilibrium in solution} == {"Row prevails", "Column prevails", "mixed"}
            )
        ),
    ),
    Claim(
        "In the mixture, how often a side yields is fixed by the other's payoffs.",
        "",
        ask.formula_of(yielding("Row"), "mixed"),
        lambda p: yields(p, "column"),
    ),
    Claim(
        "The mixture is worth (TS - RP)/((T - R) + (S - P)).",
        "",
        ask.formula_of(payoff("Row"), "mixed"),
        lambda p: mixed_value(p, "row"),
    ),
)
"""What holds of Leader and of Hero alike: their equilibria, and the mixture's odds and worth."""
MIXTURE_IS_WORST = Claim(
    "The mixture is worse for both than either of the others.",
    "",
    ask.always(mixture_is_worst),
)
