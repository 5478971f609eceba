"""A game as a value: players, parameters, tree and assumptions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn

from deterrence.errors import GameError, MethodError, ParameterError, nearest
from deterrence.games.class_names import ClassName, class_name, class_names
from deterrence.games.continuum.known import refuse_numbers, with_known
from deterrence.games.continuum.on_grid import on_grid as finite_game
from deterrence.games.continuum.variables import Variable, check_names, check_variables
from deterrence.games.expression import Exact, names_in
from deterrence.games.flattening import flatten, plain
from deterrence.games.form import ExtensiveForm, InformationSet
from deterrence.games.named import Named
from deterrence.games.parameter import Parameter, refuse_call, values_in_words, with_plausible, with_values
from deterrence.games.tree import Chance, Choice, Draw, End, Move, Node
from deterrence.games.writing import Writing, read_in_sympy
from deterrence.views import Shown

Mechanism = Callable[["Game"], "Game"]


class Parameters(Named[str, Parameter], Shown):
    """The parameters of a game by name, which a notebook shows as a table."""


@read_in_sympy("tree", "assumptions")
@dataclass(frozen=True, eq=False, repr=False)
class Game(Shown):
    """A game in extensive form whose payoffs and probabilities are expressions in parameters.

    Make one with :func:`deterrence.game` or :func:`deterrence.bimatrix`, or from a tree directly. A game
    is a value: it never changes, compares equal to an equal game, hashes and pickles.

    Attributes
    ----------
    players
        The players' names, in the order of the payoffs.
    tree
        The root node; parameters stand in it as SymPy symbols.
    parameter_list
        The parameters with their present values; ``parameters`` shows them by name.
    name, caption
        What the game is called, and a sentence about it.
    assumptions
        Conditions on the parameters, as SymPy comparisons: those given, and that no probability is below zero where
        the declared ranges would admit that.
    mechanisms
        The mechanisms that made this game from a simpler one, in order.
    class_name_list
        What classes of its equilibria are called (see :meth:`with_class_names`).

    Raises
    ------
    GameError
        If the players, the tree or its probabilities do not make a game; the sentence says why.
    """

    players: tuple[str, ...]
    tree: Node
    parameter_list: tuple[Parameter, ...] = ()
    name: str = "game"
    caption: str = ""
    assumptions: tuple[Any, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()
    class_name_list: tuple[ClassName, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "players", _checked_players(self.players))
        nodes, conditions = plain(self.__dict__["tree"], self.players)
        given = self.__dict__["assumptions"]
        _check_unique([parameter.name for parameter in self.parameter_list])
        form = flatten(nodes, self.players)
        names = {parameter.name for parameter in self.parameter_list}
        ends = (c for variable in form.variables for c in variable.conditions)
        conditions = (*conditions, *(c for c in ends if names_in(c) <= names))  # not those on other drawn numbers
        assumptions = (*given, *dict.fromkeys(c for c in conditions if c not in given))
        self.__dict__["writing"] = Writing(nodes[0], form, self.parameter_list, assumptions)
        self._check_symbols()
        for draw in self.writing.draws:
            draw.check_numbers()
        self._check_at_values()
        if not self.writing.is_written:
            self.writing.check()

    # -- what is in it ---------------------------------------------------------------------------

    @property
    def writing(self) -> Writing:
        """What the game is written of, which the library reads where it needs no SymPy."""
        writing: Writing = self.__dict__["writing"]
        return writing

    def _in_sympy(self, field: str) -> Any:
        return getattr(self.writing, f"{field}_in_sympy")

    @property
    def form(self) -> ExtensiveForm:
        """The flat form of the tree, checked."""
        return self.writing.form

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """The parameters by name."""
        return Parameters({parameter.name: parameter for parameter in self.parameter_list})

    @property
    def has_continuum(self) -> bool:
        """Whether nature draws a number from a law somewhere, or a player chooses one between two ends."""
        return bool(self.form.variables)

    @property
    def variables(self) -> Mapping[str, Variable]:
        """The numbers that nature draws from a law and that players choose, by name; of one name the first."""
        first: dict[str, Variable] = {}
        for variable in self.form.variables:
            first.setdefault(variable.name, variable.in_sympy())
        return Named(first)

    @cached_property
    def values(self) -> Mapping[str, Exact]:
        """The present value of every parameter, exact."""
        return Named({parameter.name: parameter.value for parameter in self.parameter_list})

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The names of the outcomes, in the order in which the tree first shows them."""
        return tuple(dict.fromkeys(name for name in self.form.outcome if name is not None))

    @property
    def actions(self) -> tuple[str, ...]:
        """The names of all actions of all players."""
        return tuple(dict.fromkeys(action for actions in self.form.actions_of for action in actions))

    @property
    def information_sets(self) -> tuple[InformationSet, ...]:
        """The information sets, in the order in which the tree first reaches them."""
        return self.form.information_sets()

    @cached_property
    def numbers(self) -> tuple[list[tuple[Exact, ...]], list[tuple[Exact, ...]]]:
        """Payoffs by end and probabilities by chance node, exact, at the present parameter values.

        Raises
        ------
        MethodError
            If payoffs depend on numbers that are drawn or chosen.
        """
        self.require_finite_tree()
        return self.form.numbers(self.values)

    def require_finite_tree(self) -> None:
        """Refuse a question for finite trees where nature draws or players choose numbers without end.

        Raises
        ------
        MethodError
            If they do; the sentence says what to ask instead.
        """
        if self.has_continuum:
            raise MethodError(self.no_finite_tree)

    @property
    def no_finite_tree(self) -> str:
        """The sentence that says that the game is no finite tree, and what to ask instead."""
        listed = ", ".join(self.variables)
        first = next(iter(self.variables), "…")
        return (
            f"The game {self.name!r} has numbers without end ({listed}), and this question is for finite trees. Ask it "
            f"of game.on_grid({first}=21), where each is one of a few values, or of game.known({first}=…), where a "
            "number that nature draws is known."
        )

    # -- other games from this one ----------------------------------------------------------------

    def at(self, values: Mapping[str, object] | None = None, /, **more: object) -> Game:
        """Return the same game with other parameter values.

        Parameters
        ----------
        values, **more
            New values by parameter name; the others stay.

        Raises
        ------
        ParameterError
            If a name is no parameter, a value is out of range or breaks an assumption of the game.
        """
        if self.has_continuum:
            refuse_numbers(self, values, more)
        return self._with_parameters(with_values(f"game {self.name!r}", self.parameter_list, values, more))

    def known(self, values: Mapping[str, object] | None = None, /, **types: object) -> Game:
        """Return the game in which numbers that nature draws are known to all beforehand: a benchmark.

        The draws are gone, and the numbers given stand in their place. Parameters that served their laws alone are
        gone too. Where every draw is known and nobody chooses a number, an ordinary finite game is left.

        Parameters
        ----------
        values, **types
            What each number is, by its name: a number, an expression in parameters, or a parameter's name.

        Raises
        ------
        ParameterError
            If nature draws no number of that name, or never draws that value.

        Examples
        --------
        >>> import deterrence as dt
        >>> from deterrence.mechanisms import Hidden
        >>> from deterrence.models.folklore.strike import strike
        >>> doubtful = strike.under(Hidden("war", seen_by="Defender", low=0, high=10))
        >>> [dt.solve(doubtful.known(war=cost))[0].probability("strike") for cost in (5, 7)]
        [0, 1]
        """
        return with_known(self, values, types)

    def on_grid(self, **counts: int) -> Game:
        """Return a finite game in which each drawn and each chosen number is one of a few values.

        Every solver, check and export for finite trees takes it. The more values, the nearer it is to the game.

        Parameters
        ----------
        **counts
            How many values each number has, by its name; 11 where nothing is said.

        Raises
        ------
        MethodError
            If there is no number of that name, or the tree would have more than 200,000 nodes.

        Notes
        -----
        A draw becomes a chance node of equally likely values, the middles by probability of as many parts of its
        law; a choice a move among evenly spaced values from end to end. Each player's information is what it was:
        its labels name the numbers that it knows. Parameters in a law or in the ends of a choice have their present
        values there, and are gone from the game if they stand nowhere else; in payoffs they stay parameters.

        A number whose law or ends depend on another number has evenly spaced values, the same whatever the other
        is, so that it tells no more of the other than before; with the chances that its law gives to what lies
        nearest to each. Of a law without ends all but a ten-thousandth at each tail is spanned.

        Examples
        --------
        >>> import deterrence as dt
        >>> from deterrence.mechanisms import Hidden
        >>> from deterrence.models.folklore.strike import strike
        >>> doubtful = strike.under(Hidden("war", seen_by="Defender", low=0, high=10))
        >>> finite = doubtful.on_grid(war=5)
        >>> print(*(place.name for place in finite.information_sets), sep="; ")
        Challenger; Defender, war = 1; Defender, war = 3; Defender, war = 5; Defender, war = 7; Defender, war = 9
        >>> dt.solve(finite)[0].probability("strike")
        0
        """
        return finite_game(self, counts)

    def plausible(self, ranges: Mapping[str, Any] | None = None, /, *, why: str = "", **more: Any) -> Game:
        """Return the same game with plausible values of your own for some parameters: the range worth looking at.

        Questions that vary a parameter look over its plausible values, and over the admissible ones where none are
        declared; what is proved is proved over the admissible ones, and values outside remain admissible. The ranges
        decide how much each parameter matters: set them for your case, and say why, since whoever reads the answer
        will ask.

        Parameters
        ----------
        ranges, **more
            The least and greatest plausible value by parameter name; ``None`` takes a declaration away.
        why
            Why these, in a few words.

        Raises
        ------
        ParameterError
            If a name is no parameter, or the ends are out of order, not admissible, or leave the present value out.

        Examples
        --------
        >>> from deterrence.models.folklore.strike import strike
        >>> print(strike.plausible(war=(0, 9), why="a raid, not an invasion").parameters["war"])
        war = 3 in [-5, 20]: cost of retaliating; plausible 0 to 9 (a raid, not an invasion)
        """
        return self._with_parameters(with_plausible(f"game {self.name!r}", self.parameter_list, ranges, why, more))

    if not TYPE_CHECKING:  # to a type checker a game cannot be called

        def __call__(self, *_: object, **values: object) -> NoReturn:
            """Refuse to be called: other values go in with :meth:`at`."""
            refuse_call(self.name, values)

    def _with_parameters(self, parameters: tuple[Parameter, ...]) -> Game:
        """Return the game with the same parameters at other values, without reading the tree again."""
        other = self._like(parameter_list=parameters)
        other._check_at_values()
        return other

    def _like(self, **changes: Any) -> Game:
        """Return a game of the same writing."""
        other = object.__new__(Game)
        for name in ("players", "writing", "parameter_list", "name", "caption", "mechanisms", "class_name_list"):
            other.__dict__[name] = changes.get(name, self.__dict__[name])
        return other

    def under(self, *mechanisms: Mechanism) -> Game:
        """Return the game under mechanisms, applied from left to right."""
        game = self
        for mechanism in mechanisms:
            if not callable(mechanism) or isinstance(mechanism, Game):
                raise GameError(f"A mechanism is something that makes a game from a game; got {mechanism!r}.")
            game = mechanism(game)
            if not isinstance(game, Game):
                raise GameError(f"The mechanism {mechanism!r} must return a Game; it returned {game!r}.")
        return game

    def changed(
        self,
        *,
        tree: Node | None = None,
        parameters: tuple[Parameter, ...] = (),
        assumptions: tuple[Any, ...] = (),
        mechanism: Mechanism | None = None,
        name: str | None = None,
        caption: str | None = None,
        players: tuple[str, ...] | None = None,
    ) -> Game:
        """Return a game with another tree and with parameters, assumptions or a mechanism added.

        Raises
        ------
        GameError
            If an added parameter has the name of one the game has.
        """
        return replace(
            self,
            players=self.players if players is None else players,
            class_name_list=self.class_name_list if tree is None and players is None else (),
            tree=self.writing.tree if tree is None else tree,
            parameter_list=(*self.parameter_list, *parameters),
            assumptions=(*self.writing.assumptions, *assumptions),
            mechanisms=self.mechanisms if mechanism is None else (*self.mechanisms, mechanism),
            name=self.name if name is None else name,
            caption=self.caption if caption is None else caption,
        )

    def with_class_names(self, names: Mapping[str, Mapping[str, str | Sequence[str]]]) -> Game:
        """Return the same game, whose equilibria answer under the names that the literature gives them.

        Every answer about the game uses the names: solutions, characterizations, sweeps and region maps. A
        game with another tree, such as one under a mechanism, has none of them.

        Parameters
        ----------
        names
            For each name the play that it stands for: information set -> action, several actions of which one
            is played for certain, ``"mixed"``, or actions joined by `` + `` for a mixture of exactly these. Sets
            that are not listed may hold any play; of several names that fit the first counts.

        Raises
        ------
        UnknownNameError
            If there is no such information set, or no such action there.

        Examples
        --------
        >>> import deterrence as dt
        >>> game = dt.bimatrix([[3, 2], [4, 1]], [[3, 4], [2, 1]], name="chicken")
        >>> named = game.with_class_names(
        ...     {"the first yields": {"Row": "row 1", "Column": "column 2"}}
        ... )
        >>> sorted(equilibrium.name for equilibrium in dt.solve(named))
        ['Row: mix of row 1 and row 2; Column: mix of column 1 and column 2', 'row 2, column 1', 'the first yields']
        """
        return self._like(class_name_list=class_names(self.form, names))

    def class_name(self, pattern: Sequence[Sequence[int]]) -> str:
        """Return the name of the class with these actions at each information set, or an empty text."""
        return class_name(self.class_name_list, self.form, pattern)

    def strategic_form(self) -> Any:
        """Return the payoff tables over the players' strategies, at the present parameter values."""
        from deterrence.games.strategic_form import StrategicForm

        return StrategicForm.of(self)

    # -- checks ------------------------------------------------------------------------------------

    def _check_symbols(self) -> None:
        names = {parameter.name for parameter in self.parameter_list}
        if self.form.variables:
            check_names(self.form, tuple(names), self.name)
        undeclared = sorted(self.writing.names - names)
        if undeclared:
            raise GameError(
                f"The game {self.name!r} uses {undeclared[0]!r}, which is not one of its parameters. "
                f"{nearest(undeclared[0], names)}"
            )

    def _check_at_values(self) -> None:
        """Refuse parameter values at which draws have no probabilities or an assumption fails."""
        for draw in self.writing.draws:
            draw.check_at(self.values)
        for condition, holds in self.writing.conditions:
            if not holds(self.values):
                point = values_in_words(condition, self.values)
                raise ParameterError(f"The game {self.name!r} assumes {condition}, which fails at {point}.")
        if self.form.variables:
            check_variables(self.form, self.values, self.name)

    @property
    def _conditions(self) -> tuple[tuple[Any, Callable[[Mapping[str, Exact]], bool]], ...]:
        return self.writing.conditions_in_sympy

    # -- value semantics -----------------------------------------------------------------------------

    @cached_property
    def _key(self) -> tuple[Any, ...]:
        form = self.form
        return (
            self.players,
            self.parameter_list,
            self.name,
            self.assumptions,
            self.class_name_list,
            tuple(form.parent),
            tuple(form.labels),
            tuple(form.infoset_of),
            tuple(form.label_of),
            tuple(form.player_of),
            tuple(form.outcome),
            tuple(form.payoffs),
            tuple(form.probabilities),
            tuple(variable.in_sympy() for variable in form.variables),
        )

    def __eq__(self, other: object) -> bool:
        return self._key == other._key if isinstance(other, Game) else NotImplemented

    def __hash__(self) -> int:
        form = self.form  # without payoffs: to tell whether two are equal would take SymPy
        return hash((self.players, self.parameter_list, self.name, self.class_name_list, tuple(form.labels)))

    def __reduce__(self) -> tuple[Any, ...]:
        rest = (self.parameter_list, self.name, self.caption, self.assumptions, self.mechanisms, self.class_name_list)
        return _restored, (self.players, tuple(_rows(self.tree)), *rest)

    # -- in words -----------------------------------------------------------------------------------

    def __str__(self) -> str:
        from deterrence.games.outline import in_words

        return in_words(self)

    def __repr__(self) -> str:
        return f"<Game {self.name!r}: {', '.join(self.players)}; {len(self.parameter_list)} parameters>"


def _checked_players(players: tuple[str, ...]) -> tuple[str, ...]:
    if isinstance(players, str) or not isinstance(players, Iterable):
        raise GameError(f"The players are a tuple of names, such as ('Challenger', 'Defender'), not {players!r}.")
    players = tuple(players)
    if not players:
        raise GameError("A game needs at least one player, such as game('Challenger', 'Defender').")
    for player in players:
        if not isinstance(player, str) or not player.strip():
            raise GameError(f"A player is a name in words, not {player!r}.")
    twice = [player for player in players if players.count(player) > 1]
    if twice:
        raise GameError(f"Two players are called {twice[0]!r}; every player needs a name of its own.")
    return players


def _check_unique(names: list[str]) -> None:
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise GameError(
            f"The game has two parameters called {twice[0]!r}. Rename one; a mechanism takes prefix='…' for that."
        )


Row = tuple[Any, ...]
NOTHING = End("")
"""What stands below a draw or choice that is pickled apart from what follows it."""


def _rows(tree: Node) -> Iterator[Row]:
    """Yield a plain tree as rows, leaves first, so that a deep one pickles without recursion."""
    stack: list[tuple[Node, bool]] = [(tree, False)]
    while stack:
        node, ready = stack.pop()
        if isinstance(node, End):
            yield (node.outcome, node.payoffs)
        elif isinstance(node, (Move, Chance)):
            if not ready:
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(node.children))
            elif isinstance(node, Move):
                yield ("move", node.player, node.actions, node.information, node.table)
            else:
                yield ("chance", node.labels, node.probabilities)
        elif isinstance(node, (Draw, Choice)):
            if ready:
                yield ("number", replace(node, child=NOTHING), None, None)
            else:
                stack += [(node, True), (node.child, False)]


def _restored(players: tuple[str, ...], rows: tuple[Row, ...], *rest: Any) -> Game:
    done: list[Node] = []
    for row in rows:
        if len(row) == 2:
            done.append(End(*row))
            continue
        if row[0] == "number":
            done.append(replace(row[1], child=done.pop()))
            continue
        size = len(row[2] if row[0] == "move" else row[1])
        children = tuple(done[-size:])
        del done[-size:]
        if row[0] == "move":
            done.append(Move(row[1], row[2], children, row[3], row[4]))
        else:
            done.append(Chance(row[1], row[2], children))
    return Game(players, done[0], *rest)
