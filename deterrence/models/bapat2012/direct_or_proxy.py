"""Strike directly, through a proxy, or not at all: what a penalty does to provocation.

A sponsor's own operation succeeds with chance ``q_d`` and is attributed with ``a_d``; a proxy's succeeds with
``q_p``, is attributed with ``a_p < a_d``, slips its sponsor's control with ``s``, and costs ``c``. As the penalty
``L`` for what is attributed grows, provocation is first shifted into the deniable channel at
``L* = (q_d v - ((1 - s) q_p v - s z - c))/(a_d - a_p)`` and only then deterred.
"""

from __future__ import annotations

from typing import Any

from deterrence.games.notation import chance, end, game, move, where
from deterrence.games.parameter import param, share
from deterrence.games.tree import Assumed, Node
from deterrence.models import ask
from deterrence.models.claim import Claim
from deterrence.models.model import Model
from deterrence.models.theory import Theory


@game("Sponsor", name="direct-or-proxy")
def direct_or_proxy(
    *,
    prize: Any = param(
        1,
        "what a successful operation is worth",
        low=0,
        high=10,
        symbol="v",
        plausible=(0.5, 2),
        why="half to twice 1, by which all else is measured",
    ),
    direct_success: Any = share(
        0.9,
        "chance that the sponsor's own operation succeeds",
        symbol="q_d",
        plausible=(0.5, 0.99),
        why="from failing every other time to hardly ever",
    ),
    direct_attribution: Any = share(
        0.9,
        "chance that its own operation is attributed",
        symbol="a_d",
        plausible=(0.5, 1),
        why="more often than not: open operations are hard to deny",
    ),
    proxy_success: Any = share(
        0.6,
        "chance that a proxy under control succeeds",
        symbol="q_p",
        plausible=(0.2, 0.9),
        why="from clumsy militants to nearly as good as own forces",
    ),
    proxy_attribution: Any = share(
        0.3,
        "chance that the proxy's is attributed to the sponsor",
        symbol="a_p",
        plausible=(0.05, 0.45),
        why="below that of direct operations, and never nil",
    ),
    slippage: Any = share(
        0.1,
        "chance that the proxy slips control",
        symbol="s",
        plausible=(0, 0.5),
        why="from full control to a proxy out of hand half the time",
    ),
    mishap: Any = param(
        0.5,
        "what the sponsor loses when it does",
        low=0,
        high=10,
        symbol="z",
        plausible=(0, 2),
        why="from nothing to twice the prize",
    ),
    price: Any = param(
        0.05,
        "what sponsorship costs",
        low=0,
        high=10,
        symbol="c",
        plausible=(0, 0.4),
        why="from militants who pay their way to most of their worth",
    ),
    penalty: Any = param(
        1,
        "penalty for what is attributed",
        low=0,
        high=10,
        symbol="L",
        plausible=(0, 3),
        why="spans open strikes, the shift to the proxy, and restraint",
    ),
) -> Assumed:
    """Operate openly, deniably, or not at all."""

    def judged(success: Any, gain: Any, attribution: Any, cost: Any, kind: str) -> Node:
        def evidence(got: Any) -> Node:
            caught, free = end(f"{kind}, attributed", got - cost - penalty), end(f"{kind}, denied", got - cost)
            return chance({"attributed": (attribution, caught), "denied": (1 - attribution, free)})

        return chance({"success": (success, evidence(gain)), "failure": (1 - success, evidence(0))})

    def loose(got: Any) -> Node:
        caught, free = end("by proxy, attributed", got - price - penalty), end("by proxy, denied", got - price)
        return chance({"attributed": (proxy_attribution, caught), "denied": (1 - proxy_attribution, free)})

    proxy = chance(
        {
            "slips": (slippage, loose(-mishap)),
            "obeys": (1 - slippage, judged(proxy_success, prize, proxy_attribution, price, "by proxy")),
        }
    )
    choices = {
        "strike directly": judged(direct_success, prize, direct_attribution, 0, "direct"),
        "use a proxy": proxy,
        "refrain": end("nothing", 0),
    }
    tree = move("Sponsor", choices, information="Sponsor")
    return where(tree, proxy_attribution < direct_attribution, proxy_attribution > 0, prize > 0)


def _direct(p: Any) -> Any:
    """Return what direct action is worth without a penalty."""
    return p.direct_success * p.prize


def _proxy(p: Any) -> Any:
    """Return what the proxy is worth without a penalty."""
    return (1 - p.slippage) * p.proxy_success * p.prize - p.slippage * p.mishap - p.price


def _shift(p: Any) -> Any:
    return (_direct(p) - _proxy(p)) / (p.direct_attribution - p.proxy_attribution)


def _exit(p: Any) -> Any:
    return _proxy(p) / p.proxy_attribution


def _boundary(number: int, *, formula: bool = True) -> ask.Question:
    """Ask at which penalty the sponsor's choice changes for the first or the second time."""

    def asked(model: Any) -> Any:
        from deterrence.analysis.threshold import threshold

        boundaries = threshold(model.game, "penalty", "use a proxy").boundaries
        if number >= len(boundaries):
            return None
        return boundaries[number].formula if formula else boundaries[number].value

    return asked


def _choices(model: Any) -> tuple[str, ...]:
    return tuple(model.solve(penalty=penalty)[0].name for penalty in (0.2, 1, 3))


def _shifted(model: Any, ax: Any) -> Any:
    """Draw what the sponsor does over the penalty and how well its own operations are attributed."""
    from deterrence.analysis.regions import regions

    return regions(model.game, penalty=(0, 2), direct_attribution=(0.31, 1)).plot(ax=ax)


MODEL = Model(
    direct_or_proxy,
    source="bapat2012",
    relation="in the spirit of",
    changed=(
        "Not found in the work, which is a bargaining model between a sponsor, its militants and their target: a "
        "choice between open and deniable action, for the same trade-off of control and deniability."
    ),
    topic="proxies",
    note=(
        "Illustrative payoffs, those of the reference numbers. Sponsorship as a signal, which the work is about, is in "
        "`bapat2012/sponsorship_signal`."
    ),
    assumptions=(
        "The penalty follows what is attributed, and nothing else.",
        "A proxy is harder to trace to its sponsor, and harder to control.",
    ),
    does_not_say="""\
Who punishes, and whether it wants to, is left out: the penalty is certain once the sponsor is named. The proxy has
no aims of its own that it could bargain over.""",
    theory=Theory(
        mechanism=("delegation", "attribution", "sanctions"),
        actors="state and proxy",
        information=("noisy signal",),
        result=("displaces",),
        finding="A growing penalty first moves provocation into the deniable channel, and only then ends it.",
        means=("punishment",),
        phase=("general",),
        neighbours={
            "gannon2024/rising_attribution": (
                "There it is the intensity that makes an act easier to trace, not the channel."
            ),
            "cases/iraq_2020": (
                "There the answer comes from a player who may doubt, and the militia may strike on its own."
            ),
        },
    ),
    names={
        "direct action": {"Sponsor": "strike directly"},
        "proxy": {"Sponsor": "use a proxy"},
        "deterrence": {"Sponsor": "refrain"},
    },
    claims=(
        Claim(
            "The proxy is chosen between the penalty that shifts provocation and the one that ends it.",
            "",
            ask.condition_of("proxy"),
            lambda p: (p.penalty >= _shift(p)) & (p.penalty <= _exit(p)),
        ),
        Claim("At L* provocation shifts to the proxy.", "", _boundary(0), _shift),
        Claim(
            "To refrain brings nothing; at a penalty of 2 direct action brings -0.9, and a proxy that always slips "
            "-1.15.",
            "",
            ask.each_of(
                ask.payoffs_of({"Sponsor": "refrain"}),
                ask.payoffs_of({"Sponsor": "strike directly"}, penalty=2),
                ask.payoffs_of({"Sponsor": "use a proxy"}, penalty=2),
                ask.payoffs_of({"Sponsor": "use a proxy"}, penalty=2, slippage=1),
            ),
            # 0.9 1 - 0.9 2; 0.9 0.6 - 0.1 0.5 - 0.05 - 0.3 2; -0.5 - 0.05 - 0.3 2
            [(0,), ("-0.9",), ("-0.16",), ("-1.15",)],
            basis="computed",
        ),
        Claim(
            "A proxy is harder to trace, though not impossible, and the prize is worth something.",
            "",
            ask.each_of(
                ask.admits(proxy_attribution=0.89),
                ask.admits(proxy_attribution=0.9),
                ask.admits(proxy_attribution=0),
                ask.admits(prize=0),
            ),
            [True, False, False, False],
        ),
        Claim(
            "With the default payoffs L* is 0.766667.",
            "",
            _boundary(0, formula=False),
            "0.766667",
            basis="computed",
        ),
        Claim("Deterrence sets in only later.", "", _boundary(1), _exit),
        Claim(
            "With the default payoffs it sets in at 1.466667.",
            "",
            _boundary(1, formula=False),
            "1.466667",
            basis="computed",
        ),
        Claim(
            "At penalties of 0.2, 1 and 3 the sponsor strikes directly, uses a proxy, and refrains.",
            "",
            _choices,
            ("direct action", "proxy", "deterrence"),
            basis="computed",
        ),
        Claim(
            "At a penalty of 0.2 direct action is worth 0.72.",
            "",
            ask.value_at(lambda equilibrium: equilibrium.payoffs["Sponsor"], penalty=0.2),
            "0.72",
            basis="computed",
        ),
        Claim(
            "There the proxy would be worth 0.38, which shows where direct action never succeeds.",
            "",
            ask.value_at(lambda equilibrium: equilibrium.payoffs["Sponsor"], penalty=0.2, direct_success=0),
            "0.38",
            basis="computed",
        ),
        Claim(
            "At a penalty of 1 the proxy is worth 0.14.",
            "",
            ask.value_at(lambda equilibrium: equilibrium.payoffs["Sponsor"], penalty=1),
            "0.14",
            basis="computed",
        ),
        Claim(
            "A harsher penalty brings more deniable provocation before it brings less.",
            "",
            lambda model: tuple(model.solve(penalty=penalty)[0].probability("use a proxy") for penalty in (0.5, 1, 2)),
            (0, 1, 0),
        ),
    ),
    draws=_shifted,
)
