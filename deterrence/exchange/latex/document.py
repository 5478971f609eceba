"""Games and answers as LaTeX, for papers."""

from __future__ import annotations

import os
from typing import Any

from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium
from deterrence.answers.solution import Equilibrium
from deterrence.errors import MethodError, ValueKindError
from deterrence.exchange.files.documents import write_file
from deterrence.exchange.latex.page import Piece
from deterrence.games.game import Game
from deterrence.games.strategic_form import StrategicForm


def to_latex(
    thing: Any,
    path: str | os.PathLike[str] | None = None,
    *,
    equilibrium: Equilibrium | None = None,
    values: bool = False,
    best_replies: bool = False,
    whole: bool = False,
    overwrite: bool = False,
) -> str:
    r"""Write a game or an answer in LaTeX, each parameter under its symbol.

    A game that is one simultaneous move becomes a payoff table, any other game a tree drawn with TikZ: the same
    places, colours and markers as :func:`plot_tree`. A characterization becomes a proposition for each class, a
    solution a list of its equilibria, a threshold a proposition, a model's claims or their check propositions.

    Parameters
    ----------
    thing
        A ``Game``, a ``StrategicForm``, a ``Characterization`` or one of its classes, a ``Solution`` or one of its
        equilibria, a ``Threshold``, a published model, or what its ``check()`` returns.
    path
        Where to write it, whole or not at all; by default the text is only returned.
    equilibrium
        Of a game: one of its equilibria, to be marked. In a tree its path of play is heavy; in a table the cells
        that it plays are framed.
    values
        Of a game: whether payoffs and probabilities are written as numbers, not in the parameters' symbols.
    best_replies
        Of a payoff table: whether to underline what a best reply earns, at the present parameter values.
    whole
        Whether to write a document that compiles by itself, a tree or table on a page of its own size, and not a
        piece to be put into one.
    overwrite
        Whether a file that exists is replaced.

    Returns
    -------
    str
        The text. A piece begins with comments that say what the preamble needs: ``tikz`` for a tree, a
        ``\newtheorem`` for propositions, nothing for a table.

    Raises
    ------
    ValueKindError
        If it is nothing that can be written in LaTeX.
    GameError
        If the equilibrium belongs to another game.
    MethodError
        If an option does not fit, or a table is larger than 400 cells.
    FileFormatError
        If the file exists, or it cannot be written.

    Notes
    -----
    Names are escaped, letters with accents become commands, so that pdfLaTeX, LuaLaTeX and XeLaTeX all read the
    text; letters of other scripts stay, and a comment says that they need one of the latter two and a font. A symbol
    that LaTeX could not read, that holds more than letters, signs and accents of standard LaTeX, or that an earlier
    parameter has, gives way to the parameter's name. A tree of more
    than 64 ends is drawn to the depth at which it can be read; what is left out is counted.

    Examples
    --------
    >>> import deterrence as dt
    >>> chicken = dt.bimatrix([[3, 2], [4, 1]], [[3, 4], [2, 1]], name="chicken")
    >>> print(dt.to_latex(chicken, best_replies=True).splitlines()[3])
    Row & row 1\rule[-5pt]{0pt}{16pt} & $3,\; 3$ & $\underline{2},\; \underline{4}$ \\ \cline{3-4}
    """
    if isinstance(thing, Game):
        piece = _of_game(thing, equilibrium, values, best_replies)
    else:
        piece = _of_answer(thing, equilibrium, values, best_replies)
    text = piece.whole if whole else piece.fragment
    if path is not None:
        write_file(path, text, overwrite=overwrite)
    return text


def _of_game(game: Game, equilibrium: Equilibrium | None, values: bool, best_replies: bool) -> Piece:
    from deterrence.exchange.latex.table import payoffs_of_move, table
    from deterrence.exchange.latex.tree import tree

    _check_equilibrium(game, equilibrium)
    if game.form.simultaneous:
        return table(payoffs_of_move(game, equilibrium, values), game.name, best_replies)
    if best_replies:
        raise MethodError(
            f"best_replies=True is for a payoff table; {game.name!r} is written as a tree. Its payoff table is "
            "to_latex(game.strategic_form(), best_replies=True)."
        )
    return tree(game, equilibrium, values)


def _check_equilibrium(game: Game, equilibrium: Equilibrium | None) -> None:
    if equilibrium is None:
        return
    if not isinstance(equilibrium, (Equilibrium, ContinuumEquilibrium)):
        raise ValueKindError(
            f"The equilibrium to mark is one of solve(game), such as solve(game)[0]; got {equilibrium!r}."
        )
    from deterrence.plot.trees.tree import check_same_tree

    check_same_tree(game, equilibrium)


def _of_answer(thing: Any, equilibrium: Equilibrium | None, values: bool, best_replies: bool) -> Piece:
    given = {"equilibrium": equilibrium is not None, "values": values, "best_replies": best_replies}
    if isinstance(thing, StrategicForm):
        from deterrence.exchange.latex.table import payoffs_of_strategies, table

        _refuse(given, ("equilibrium",), "a strategic form")
        return table(payoffs_of_strategies(thing), thing.game.name, best_replies)
    piece = _of_text(thing)
    _refuse(given, tuple(given), f"a {type(thing).__name__}")
    return piece


def _refuse(given: dict[str, bool], names: tuple[str, ...], kind: str) -> None:
    wrong = [name for name in names if given[name]]
    if wrong:
        raise MethodError(f"{wrong[0]}=… is for a game; {kind} was given.")


def _of_text(thing: Any) -> Piece:
    from deterrence.analysis.answers.threshold import Threshold
    from deterrence.answers.classes import Characterization, EquilibriumClass
    from deterrence.answers.factors import ClassProduct
    from deterrence.answers.solution import Solution
    from deterrence.exchange.latex import claims as latex_claims
    from deterrence.exchange.latex import classes as latex_classes
    from deterrence.models.claim import Check
    from deterrence.models.model import Model

    writers: tuple[tuple[type, Any], ...] = (
        (Characterization, latex_classes.characterization),
        (EquilibriumClass, latex_classes.equilibrium_class),
        (ClassProduct, latex_classes.class_product),
        (Solution, latex_classes.solution),
        (Equilibrium, latex_classes.equilibrium),
        (ContinuumEquilibrium, latex_classes.equilibrium),
        (Threshold, latex_claims.threshold),
        (Check, latex_claims.check),
        (Model, latex_claims.model),
    )
    for kind, write in writers:
        if isinstance(thing, kind):
            piece: Piece = write(thing)
            return piece
    raise ValueKindError(
        "LaTeX is written of a Game, a StrategicForm, a Characterization or an EquilibriumClass, a Solution or an "
        f"Equilibrium, a Threshold, a Model or a Check of its claims; got {type(thing).__name__}. Tables of other "
        "answers: answer.to_frame().to_latex(), which is pandas's."
    )
