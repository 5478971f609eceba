"""The notation of draws from a law and of choices between two ends, beside ``move``, ``chance`` and ``end``."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from deterrence.errors import GameError
from deterrence.games.bodies.symbolic_body import body_without_tests, is_ours, refuse_branching
from deterrence.games.bodies.written import PARAMETER, Written
from deterrence.games.continuum.given import law_from
from deterrence.games.continuum.uniform import Uniform
from deterrence.games.expression import as_value, is_symbolic, show_value
from deterrence.games.tree import Choice, Draw, End, Move, Node, nodes

Then = Callable[[Any], Node]


def draw(
    low: object, high: object = None, /, *, seen_by: str | Iterable[str], then: Then, name: str | None = None
) -> Draw:
    """Write a number that nature draws: a cost of war, a resolve, a state of the world.

    Whoever sees it knows it whenever they move below; nobody else does. Seen by one player it is that player's
    private type; seen by nobody it is noise.

    Parameters
    ----------
    low, high
        The ends between which every number is as likely as every other: numbers or expressions in parameters. Or one
        law in their place: ``Uniform``, ``Normal``, ``Beta`` and the like, a frozen continuous SciPy distribution, or
        ``Types(cdf=…, low=…, high=…)``.
    seen_by
        The player who sees the number, several in a tuple, or ``()`` for nobody.
    then
        What follows, as a function of the number, ``lambda war_cost: move(…)``: its argument's name is the number's.
    name
        What the number is called in words where it is printed.

    Raises
    ------
    GameError
        If the law, the players or the function are none; if an outcome or action below has the number's name.
    BranchingError
        If the function branches on the number.

    Examples
    --------
    >>> import deterrence as dt
    >>> @dt.game("Proposer", "Rival")
    ... def demand(most=dt.param("2/5", "greatest cost of war", low=0.1, high=1)):
    ...     "A demand for two thirds; what a war costs the rival is hidden."
    ...     return dt.draw(
    ...         0,
    ...         most,
    ...         seen_by="Rival",
    ...         then=lambda war_cost: dt.move(
    ...             "Rival",
    ...             accept=dt.end("settlement", "2/3", "1/3"),
    ...             fight=dt.end("conflict", 0.4, 0.5 - war_cost),
    ...         ),
    ...     )
    >>> print(dt.solve(demand)[0].strategies["Rival"])
    fight if war_cost < 1/6, accept if war_cost > 1/6
    """
    law = law_from(low) if high is None else Uniform(low, high)
    who = (seen_by,) if isinstance(seen_by, str) else tuple(seen_by)
    if not all(isinstance(player, str) and player.strip() for player in who):
        raise GameError(f"seen_by=… names the players who see a draw, one, several or () for nobody; got {seen_by!r}.")
    variable, child = _followed(then, "draw")
    return Draw(variable, law, who, child, _in_words(name))


def choose(
    player: str,
    low: object,
    high: object,
    /,
    *,
    then: Then,
    name: str | None = None,
    information: str | None = None,
    seen_by: str | Iterable[str] | None = None,
) -> Choice:
    """Write a number that a player chooses: a demand, an offer, a force level, an effort.

    Parameters
    ----------
    player
        Who chooses.
    low, high
        The ends between which the choice lies: numbers or expressions in parameters.
    then
        What follows, as a function of the number, ``lambda demand: move(…)``: its argument's name is the number's.
    name
        What the number is called in words where it is printed.
    information
        A label for what the player knows, as for :func:`move`.
    seen_by
        Who sees what was chosen, beside the player: by default everybody; ``()`` for a hidden effort, on which
        nothing below may depend but payoffs and probabilities of chance.

    Raises
    ------
    GameError
        If the ends are out of order or the function is none; if an outcome or action below has the number's name.
    BranchingError
        If the function branches on the number.

    Examples
    --------
    >>> import deterrence as dt
    >>> @dt.game("Aggressor")
    ... def push(tolerance=dt.param(1, "how far one can go", low=0.5, high=2)):
    ...     "How far to push where each step is worth one and risks a war that costs two."
    ...     return dt.choose(
    ...         "Aggressor",
    ...         0,
    ...         tolerance,
    ...         then=lambda step: dt.chance(
    ...             calm=(1 - step / 2, dt.end("gain", step)),
    ...             clash=(step / 2, dt.end("conflict", -1)),
    ...         ),
    ...     )
    >>> dt.solve(push)[0].choices["step"]
    Fraction(1, 2)
    """
    ends = as_value(low, "low end of a choice"), as_value(high, "high end of a choice")
    if not any(map(is_symbolic, ends)) and not ends[0] < ends[1]:
        raise GameError(
            f"{player} cannot choose between {show_value(ends[0])} and {show_value(ends[1])}: the first end must lie "
            "below the second."
        )
    who = None if seen_by is None else ((seen_by,) if isinstance(seen_by, str) else tuple(seen_by))
    variable, child = _followed(then, "choose")
    return Choice(player, variable, *ends, child, information, who, _in_words(name))


def _in_words(name: str | None) -> str:
    if name is not None and (not isinstance(name, str) or not name.strip()):
        raise GameError(f"name=… says in words what a number is, such as 'cost of war'; got {name!r}.")
    return name or ""


def _followed(then: Then, verb: str) -> tuple[str, Node]:
    """Return the name of the number, and what follows it, written once with a symbol."""
    name = _argument_of(then, verb)

    def refuse(what: object) -> NoReturn:
        refuse_branching(what, f"what follows {name}")

    written = Written(PARAMETER, name)
    number = written if is_ours(then) else written._sympy_()
    try:
        child = body_without_tests(then, refuse)(number)
    except TypeError as error:
        if "truth value of Relational" in str(error):
            refuse_branching("a comparison", f"what follows {name}")
        raise
    if not isinstance(child, Node):
        raise GameError(
            f"What follows {verb}(…) must be move(…), chance(…), end(…), draw(…) or choose(…); got {child!r}."
        )
    for node in nodes(child):
        clash = isinstance(node, End) and node.outcome == name
        if clash or (isinstance(node, Move) and name in node.actions):
            what = "outcome" if clash else "action"
            raise GameError(
                f"The number {name!r} has the name of an {what} below it; give one of the two another name."
            )
    return name, child


def _argument_of(then: Any, verb: str) -> str:
    """Return the name of the one argument of a function that writes what follows a draw or a choice."""
    if not callable(then):
        raise GameError(
            f"{verb}(…, then=…) takes a function of the number, such as lambda cost: move(…); got {then!r}."
        )
    arguments = list(inspect.signature(then).parameters.values())
    plain = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    if len(arguments) != 1 or arguments[0].kind not in plain:
        raise GameError(
            f"The function that {verb}(…, then=…) takes has one argument, whose name is that of the number; this has "
            f"{len(arguments)}."
        )
    return arguments[0].name
