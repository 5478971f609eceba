"""Iterated elimination of dominated strategies, step by step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from deterrence.analysis.answers.dominance import Dominance
from deterrence.answers.removal import Removal
from deterrence.errors import MethodError, nearest, unknown
from deterrence.games.game import Game
from deterrence.games.kinds import checked_game
from deterrence.games.strategic_form import Plan, StrategicForm, plan_in_words
from deterrence.progress import reporting
from deterrence.solvers.iterated.orders import MOST_STATES, Orders, depends, other_orders
from deterrence.solvers.iterated.places import Places
from deterrence.solvers.iterated.rounds import Cut, Rule, in_rounds, in_turn, one_at_a_time, whole, without

ORDERS = ("rounds", "one at a time")
MOST_CELLS_REORDERED = 400
"""In larger tables other orders of weak elimination are not searched."""


def dominance(
    game: Game,
    *,
    weak: bool = False,
    mixtures: bool = True,
    conditional: bool | None = None,
    order: str | Sequence[str] = "rounds",
    progress: Any = None,
) -> Dominance:
    r"""Take dominated strategies out of a game, step by step, and say what is left.

    A strategy is strictly dominated if another one, perhaps mixed, pays its player more whatever the others do. When it
    is gone, others may be dominated in what is left. In a tree a choice is judged at the information set where it is
    made, given that play comes there.

    Parameters
    ----------
    game
        The game; steps are found at its present parameter values, and each says under which condition it holds.
    weak
        Whether a strategy also goes if another one is never worse and sometimes better. Where that ends may depend on
        the order.
    mixtures
        Whether dominance by mixtures is sought too.
    conditional
        Whether choices are judged at each information set given that it is reached (Shimoji and Watson 1998). By
        default so in games that are not one simultaneous move, unless ``weak`` is asked for.
    order
        ``"rounds"``: all that is dominated goes together; ``"one at a time"``; or the players' names in the order in
        which they take turns.
    progress
        ``True`` for a bar, or a callable that is given the share done.

    Returns
    -------
    Dominance
        The steps, what is left, and the condition on the parameters under which all steps hold.

    Raises
    ------
    ValueKindError
        If what is given is no game.
    MethodError
        If an option is none of those allowed, or the strategic form is too large.
    UnknownNameError
        If the order names a player that does not exist.

    Notes
    -----
    All arithmetic is exact. Strict dominance in the strategic form ends in the same place in every order (Gilboa, Kalai
    and Zemel 1990), and no Nash equilibrium uses what it takes out. With two players a strategy is never a best reply
    exactly if it is strictly dominated (Pearce 1984), so that what is left is rationalizable. In a tree, conditional
    dominance leaves the strategies that are rationalizable in extensive form; with perfect information and no ties they
    lead to the outcome of backward induction (Battigalli 1997). A Nash equilibrium that rests on an incredible threat
    may use what conditional dominance takes out.

    Conditions hold exactly as they stand, boundaries included: where payoffs are equal nothing is strictly dominated. A
    step by a pure strategy holds, given the steps before it, if and only if its condition does. So does one by a strict
    mixture of two, however mixed, since the weights are eliminated, up to twelve columns. For other mixtures the
    condition is that for the weights named, and sufficient. Where ``when`` fails, other steps may hold.

    References
    ----------
    Osborne and Rubinstein (1994), sections 4.2, 4.3 and 6.6; Moulin (1979), for weak dominance in rounds.

    Examples
    --------
    >>> import deterrence as dt
    >>> from deterrence.models.folklore.strike import strike
    >>> found = dt.dominance(strike)
    >>> print(*found.steps, sep="\n")
    Defender: 'restrain' is strictly dominated by 'retaliate'
    Challenger: 'strike' is strictly dominated by 'restrain'
    >>> found.when
    (loss > war) & (punishment > prize)
    """
    checked_game(game)
    rule = _rule(game, weak, mixtures, conditional)
    turns = _turns(game, order, rule)
    places = Places(StrategicForm.of(game))
    with reporting(progress, "eliminating") as told:
        share = told or (lambda _: None)
        cuts = _course(places, rule, turns, lambda part: share(part / 2))
        kept = without(whole(places), cuts)
        steps, when = _told(game, places, rule, cuts, lambda part: share((1 + part) / 2))
        orders = _orders(places, rule, kept)
    chosen = turns if isinstance(turns, str) else tuple(game.players[i] for i in turns)
    asked = (rule.weak, rule.mixed, rule.conditional, chosen)
    matters = depends(orders) if orders is not None else (None if rule.weak else False)
    ends = orders.ends if orders is not None else (kept,)
    return Dominance(game, *asked, steps, kept, when, matters, ends, _searched(rule, orders))


def _rule(game: Game, weak: bool, mixtures: bool, conditional: bool | None) -> Rule:
    for name, value in (("weak", weak), ("mixtures", mixtures), ("conditional", conditional)):
        if not isinstance(value, bool) and not (name == "conditional" and value is None):
            raise MethodError(f"{name}= is True or False, not {value!r}.")
    if weak and conditional:
        raise MethodError("Conditional dominance is strict: leave out weak=True, or ask with conditional=False.")
    at_sets = not weak and not game.form.simultaneous if conditional is None else conditional
    return Rule(weak, mixtures, at_sets)


def _turns(game: Game, order: Any, rule: Rule) -> str | tuple[int, ...]:
    """Return the order as one of the words for it, or as the players who take turns, by position."""
    if isinstance(order, str):
        if order not in ORDERS:
            raise MethodError(
                f"order={order!r} is no order of elimination. {nearest(order, ORDERS)} "
                f"A list of the players has them take turns: order={list(game.players)!r}."
            )
    elif not isinstance(order, Sequence) or sorted(map(str, order)) != sorted(set(map(str, order))):
        raise MethodError(f"order= lists every player once, such as {list(game.players)!r}; got {order!r}.")
    else:
        for name in order:
            if name not in game.players:
                raise unknown("player", name, game.players)
        if len(order) != len(game.players):
            raise MethodError(f"order= lists every player once, such as {list(game.players)!r}; got {order!r}.")
    if rule.conditional and order != "rounds":
        raise MethodError("Conditional dominance goes by rounds; another order is taken with conditional=False.")
    return order if isinstance(order, str) else tuple(game.players.index(name) for name in order)


def _course(places: Places, rule: Rule, turns: str | tuple[int, ...], told: Callable[[float], None]) -> tuple[Cut, ...]:
    if isinstance(turns, str):
        return (in_rounds if turns == "rounds" else one_at_a_time)(places, rule, told)
    return in_turn(places, rule, turns, told)


def _told(
    game: Game, places: Places, rule: Rule, cuts: Sequence[Cut], told: Callable[[float], None]
) -> tuple[tuple[Removal, ...], Any]:
    """Return the steps in words with their conditions, and the condition of all together."""
    import sympy as sp

    if not game.parameter_list or not cuts:
        return tuple(_removal(places, cut, sp.true) for cut in cuts), sp.true
    from deterrence.solvers.iterated.conditions import CourseConditions

    course, steps, found = CourseConditions(game, places, rule), [], []
    for number, cut in enumerate(cuts):
        condition = course.of(cut)
        when = None if condition is None else course.exact.written(condition.clauses)
        steps.append(_removal(places, cut, when, exact=condition is not None and condition.exact))
        found += [condition] if condition is not None else []
        told((number + 1) / len(cuts))
    together = course.exact.written(course.together(found)) if len(found) == len(cuts) else None
    return tuple(steps), together


def _removal(places: Places, cut: Cut, when: Any, *, exact: bool = True) -> Removal:
    form = places.form
    by = tuple((_in_words(places, cut, part), p) for part, p in cut.by)
    at = "" if cut.place is None else form.set_names[cut.place]
    better = tuple(places.one_with(part, cut.player, cut.place, cut.kept) for part, _ in cut.by)
    words = form.players[cut.player], _in_words(places, cut, cut.part), by
    return Removal(*words, not cut.strict, at, cut.round, when, exact, cut.removed, better)


def _in_words(places: Places, cut: Cut, part: Plan) -> str:
    """Return a way to go on in words: by its action alone where only one way that begins so was left."""
    if cut.place is None or len(part) == 1:
        return plan_in_words(places.form, part)
    first = dict(part)[cut.place]
    ways = {places.part(plan, cut.place) for plan in places.left_to(cut.player, cut.place, cut.kept)}
    rest = tuple(step for step in part if step[0] != cut.place)
    action = places.form.actions_of[cut.place][first]
    if sum(dict(way)[cut.place] == first for way in ways) == 1:
        return action
    later = "; ".join(plan_in_words(places.form, (step,)) + f" at {places.form.set_names[step[0]]}" for step in rest)
    return f"{action}, then {later}"


def _orders(places: Places, rule: Rule, kept: tuple[tuple[int, ...], ...]) -> Orders | None:
    """Return where other orders of a weak elimination end, if the table is small enough to follow them."""
    cells = 1
    for size in places.shape:
        cells *= size
    return other_orders(places, rule, kept) if rule.weak and cells <= MOST_CELLS_REORDERED else None


def _searched(rule: Rule, orders: Orders | None) -> str:
    if not rule.weak:
        return ""
    if orders is None:
        return f"orders are searched in tables of at most {MOST_CELLS_REORDERED} cells"
    if orders.complete:
        return f"all orders were followed, {orders.states} stages in all"
    limit = f", the limit being {MOST_STATES}" if orders.states >= MOST_STATES else ""
    return f"orders were followed over {orders.states} stages{limit}, not all of them"
