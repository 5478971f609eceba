"""Games and sweeps to draw: the sweeps are made by hand, so that every case is there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import xarray as xr

import deterrence as dt
from deterrence import chance, end, matrix, move, param, share
from deterrence.answers.solution import Equilibrium


@dt.game("Challenger", "Defender")
def strike(
    prize=param(4, "gain from a strike that goes unanswered", low=0, high=20),
    loss=param(6, "harm of an unanswered strike", low=0, high=20),
    punishment=param(9, "harm that retaliation does", low=0, high=20, symbol="p"),
    war=param(3, "cost of retaliating", low=-5, high=20),
):
    """Strike, retaliate or restrain: the smallest deterrence game."""
    return move(
        "Challenger",
        restrain=end("status quo", 0, 0),
        strike=move(
            "Defender",
            restrain=end("fait accompli", prize, -loss),
            retaliate=end("war", prize - punishment, -war),
        ),
    )


@dt.game("Challenger", "Defender")
def hidden(
    bold=share(0.3, "share of resolved challengers"),
    firm=share(0.4, "share of resolved defenders"),
    prize=param(4, "value of the prize"),
    cost=param(2, "cost of war to a hawk"),
    dread=param(6, "cost of war to a dove"),
    shame=param(1, "cost of backing down"),
):
    """Challenge a defender, each side knowing its own resolve alone."""

    def crisis(one, other):
        mine, theirs = (cost if kind == "hawk" else dread for kind in (one, other))
        answer = move(
            "Challenger",
            {
                "back down": end("retreat", -shame, 0),
                "fight": end("war", prize / 2 - mine, -prize / 2 - theirs),
            },
            information=f"{one} challenger, resisted",
        )
        defence = move(
            "Defender",
            concede=end("concession", prize, -prize),
            resist=answer,
            information=f"{other} defender",
        )
        return move("Challenger", wait=end("status quo", 0, 0), challenge=defence, information=f"{one} challenger")

    def meets(one):
        return chance(
            {
                "hawk defender": (firm, crisis(one, "hawk")),
                "dove defender": (1 - firm, crisis(one, "dove")),
            }
        )

    return chance({"hawk challenger": (bold, meets("hawk")), "dove challenger": (1 - bold, meets("dove"))})


@dt.game("Patron", "Proxy", "Target")
def proxy(aid=param(3, "aid to the proxy"), harm=param(5, "harm of an attack"), reprisal=param(4, "harm back")):
    """A patron arms a proxy, who may attack."""

    def attacked():
        return move(
            "Target",
            {
                "ignore it": end("unanswered attack", 1, 2 + aid, -harm),
                "hit the proxy": end("local reprisal", 0, -reprisal, 1 - harm),
                "hit the patron": end("regional war", -2 * reprisal, -reprisal, -2 * harm),
            },
        )

    return move(
        "Patron",
        abstain=move("Proxy", wait=end("quiet", 0, 0, 0), attack=attacked()),
        arm=move("Proxy", wait=end("quiet, armed", -aid, aid, -1), attack=attacked()),
    )


@dt.game("Row", "Column")
def chicken():
    """Two drivers who do not see each other."""
    return matrix(
        {
            ("swerve", "swerve"): end("both swerve", 3, 3),
            ("swerve", "straight"): end("Row yields", 2, 4),
            ("straight", "swerve"): end("Column yields", 4, 2),
            ("straight", "straight"): end("crash", 0, 0),
        }
    )


@dt.game("Republic of the Northern Shore", "United Southern Provinces")
def wordy(
    attribution=share(0.6, "probability that an attack is traced to its sponsor"),
    audience_cost=param(3, "domestic cost of not answering a proven attack"),
    pressure=param(2, "harm of sanctions"),
):
    """Names as long as people write them, a price in $, and 100% of everything."""

    def answered(known, times):
        return move(
            "United Southern Provinces",
            {
                "do nothing and say that nothing was proven": end(
                    "a deniable attack goes unanswered", pressure * times, -4 - audience_cost * times
                ),
                "strike depots in a third country for $5": end(
                    "limited reprisal against the proxy",
                    -audience_cost * times + attribution * pressure**2 - pressure * (1 - attribution),
                    -4,
                ),
            },
            information=known,
        )

    attack = chance(
        {
            "traced to the sponsor": (attribution, answered("proof of who ordered the attack", 2)),
            "never traced to anyone": (1 - attribution, answered("no proof", 1)),
        }
    )
    return move(
        "Republic of the Northern Shore",
        {"hold back while talks go on": end("calm", 0, 0), "fire at a forward base": attack},
    )


def ladder(steps: int) -> dt.Game:
    """Make a game in which two players take turns to stop or go on."""
    players = ("First", "Second")

    @dt.game(*players)
    def climb(stake=param(2, "stake that grows with every step")):
        tree = end("top", steps * stake, steps * stake)
        for i in reversed(range(steps)):
            payoffs = i * stake + (i + 1) % 2, i * stake + i % 2
            tree = move(players[i % 2], stop=end(f"stop at {i + 1}", *payoffs), climb=tree)
        return tree

    return climb


def bluffing() -> Equilibrium:
    """Return a profile of the game with hidden resolve, in which doves challenge now and then."""
    third, half = Fraction(1, 3), Fraction(1, 2)
    rows = {
        "hawk challenger": (0, 1),
        "dove challenger": (1 - third, third),
        "hawk defender": (0, 1),
        "dove defender": (half, half),
        "hawk challenger, resisted": (0, 1),
        "dove challenger, resisted": (1, 0),
    }
    names = hidden.form.set_names
    return Equilibrium(hidden, "perfect Bayesian equilibrium", tuple(rows[n] for n in names), (None,) * len(names))


SAMPLES = {
    "strike": lambda: (strike, dt.solve(strike)[0]),
    "strike, plain": lambda: (strike, None),
    "hidden resolve": lambda: (hidden, bluffing()),
    "three players": lambda: (proxy, dt.solve(proxy)[0]),
    "matrix": lambda: (chicken, None),
    "ladder": lambda: (ladder(12), dt.solve(ladder(12))[0]),
    "wordy": lambda: (wordy, None),
}


@pytest.fixture(params=SAMPLES.values(), ids=SAMPLES.keys())
def sample(request) -> tuple[dt.Game, Equilibrium | None]:
    return request.param()


@pytest.fixture
def games() -> Mapping[str, Any]:
    return {
        "strike": strike,
        "hidden": hidden,
        "proxy": proxy,
        "wordy": wordy,
        "ladder": ladder,
        "chicken": chicken,
    }


# -- sweeps -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Measure:
    name: str
    kind: str = "probability"


@dataclass(frozen=True)
class Sweep:
    game: dt.Game
    measures: tuple[Measure, ...]
    axes: tuple[tuple[str, tuple[Any, ...]], ...]
    data: xr.Dataset


WAR = Measure("probability of war")
QUO = Measure("probability of status quo")
PAYOFF = Measure("payoff of Defender", "payoff")
Classes = Mapping[str, tuple[Callable[..., Any], Callable[..., Any]]]


def swept(measures: tuple[Measure, ...], classes: Classes, **axes: Any) -> Sweep:
    """Make a sweep of the strike game: for each class, where it exists, and each measure's value there."""
    grids = np.meshgrid(*(np.array([float(v) for v in values]) for values in axes.values()), indexing="ij")
    shape = grids[0].shape
    exists = np.array([np.broadcast_to(where(*grids), shape) for where, _ in classes.values()]).reshape(-1, *shape)
    value = np.full((len(measures), len(classes), *shape), np.nan)
    for m in range(len(measures)):
        for c, (_, worth) in enumerate(classes.values()):
            value[m, c] = np.where(exists[c], worth(m, *grids), np.nan)
    some = exists.any(axis=0)
    low = np.where(some, np.min(np.nan_to_num(value, nan=np.inf), axis=1, initial=np.inf), np.nan)
    high = np.where(some, np.max(np.nan_to_num(value, nan=-np.inf), axis=1, initial=-np.inf), np.nan)
    names = tuple(axes)
    variables = {
        "low": (("measure", *names), low),
        "high": (("measure", *names), high),
        "count": (names, exists.sum(axis=0)),
        "exists": (("class", *names), exists),
        "value": (("measure", "class", *names), value),
    }
    coordinates = {"measure": [m.name for m in measures], "class": list(classes)}
    points = {name: [float(v) for v in values] for name, values in axes.items()}
    return Sweep(strike, measures, tuple(axes.items()), xr.Dataset(variables, {**coordinates, **points}))


LINES: Classes = {
    "bluff": (lambda p: p < 8, lambda _, p: 0.2 + p / 20),
    "war": (lambda p: (p > 4) & (p < 14), lambda _, p: 0.95 + 0 * p),
    "deterrence": (lambda p: (p > 6) & (p < 16), lambda m, p: 0.1 * m + 0 * p),
}
REGIONS: Classes = {
    "deterrence": (lambda p, z: p > z, lambda _, p, z: 0 * p * z),
    "bluff": (
        lambda p, z: (p < z + 4) & (z > 5) & ((p - 8) ** 2 + (z - 12) ** 2 > 9),
        lambda _, p, z: z / 20 + 0 * p,
    ),
    "war": (lambda p, z: (z < 5) & (p < z), lambda _, p, z: 1 + 0 * p * z),
}


@pytest.fixture
def curve_sweep() -> Sweep:
    return swept((WAR,), LINES, punishment=tuple(Fraction(i, 2) for i in range(41)))


@pytest.fixture
def many_sweep() -> Sweep:
    return swept((WAR, QUO), LINES, punishment=tuple(range(21)))


@pytest.fixture
def mixed_sweep() -> Sweep:
    return swept((WAR, QUO, PAYOFF), LINES, punishment=tuple(range(21)))


@pytest.fixture
def map_sweep() -> Sweep:
    return swept((WAR,), REGIONS, punishment=tuple(range(21)), prize=tuple(i / 2 for i in range(41)))


@pytest.fixture
def empty_map() -> Sweep:
    return swept((WAR,), {}, punishment=(0, 1, 2), prize=(0, 1))


@pytest.fixture
def two_measure_map() -> Sweep:
    return swept((WAR, PAYOFF), REGIONS, punishment=tuple(range(11)), prize=tuple(range(11)))


@pytest.fixture
def three_parameter_sweep() -> Sweep:
    everywhere = {"one": (lambda *grids: grids[0] >= 0, lambda _, *grids: 0 * grids[0])}
    return swept((WAR,), everywhere, punishment=(0, 1), prize=(0, 1), loss=(0, 1))


# -- what is on a figure ------------------------------------------------------------------------------------


@pytest.fixture
def boxes() -> Callable[[Any], list[tuple[str, Any]]]:
    """Return a function that gives every text of axes with its box on the canvas."""

    def drawn(ax: Any) -> list[tuple[str, Any]]:
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        figure = ax.get_figure(root=True)
        canvas = FigureCanvasAgg(figure)
        if figure.get_layout_engine() is not None:
            figure.draw_without_rendering()
        texts = [*ax.texts, ax.title, ax._left_title, ax._right_title]
        return [(t.get_text(), t.get_window_extent(canvas.get_renderer())) for t in texts if t.get_text()]

    return drawn


@pytest.fixture
def overlaps(boxes) -> Callable[[Any], list[tuple[str, str]]]:
    """Return a function that lists the pairs of texts whose boxes meet by more than a pixel."""

    def meeting(ax: Any) -> list[tuple[str, str]]:
        found = boxes(ax)
        return [
            (a, b)
            for i, (a, one) in enumerate(found)
            for b, two in found[i + 1 :]
            if min(one.x1, two.x1) - max(one.x0, two.x0) > 1 and min(one.y1, two.y1) - max(one.y0, two.y0) > 1
        ]

    return meeting


@pytest.fixture(autouse=True)
def _nothing_global_changes():
    """Check around every test here that no setting has changed."""
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    yield
    assert dict(mpl.rcParams) == before
