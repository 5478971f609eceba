"""Pictures of equilibria in cutoffs: intervals of types, offer curves, schedules."""

import re
from fractions import Fraction
from math import inf

import pytest
import sympy as sp
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

import deterrence as dt
from deterrence import draw, end, move
from deterrence.answers.continuum.equilibrium import ContinuumEquilibrium
from deterrence.answers.continuum.strategies import Cutoffs, Mixture, Schedule
from deterrence.answers.solution import Solution
from deterrence.errors import ParameterError, UnknownNameError
from deterrence.plot.canvas import figure_of
from tests.answers.test_continuum_words import Asked, mixed_inspection, solution
from tests.continuum_games import audience, bargain, bluff, both_costs, inspection, nobody, profile, races, struck


def axes_of(ax):
    return figure_of(ax).axes


def words(ax):
    return [re.sub(r"\s+", " ", text.get_text()) for text in ax.texts]


def bars(ax):
    """Return the pieces of a line: their ends and colours."""
    return [(p.get_x(), p.get_x() + p.get_width(), p.get_facecolor()) for p in ax.patches]


def lightness(colour):
    """Return how light a colour is in grey print."""
    red, green, blue = to_rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# -- types ---------------------------------------------------------------------------------------------------


def test_each_information_set_of_a_type_is_a_line_cut_at_its_cutoffs():
    panels = axes_of(bluff().plot())
    assert [panel.get_title(loc="left") for panel in panels] == [
        "Challenger | start",
        "Defender",
        "Challenger | challenge, resist",
    ]
    first = panels[0]
    assert first.get_xlim() == (-2, 0)
    assert [end for pair in bars(first) for end in pair[:2]] == pytest.approx([-2, -7 / 6, -7 / 6, 0])
    assert {"quiet", "challenge", "−2", "0", "−1.17"} <= set(words(first))
    assert first.get_xlabel() == "own"
    assert first.get_title(loc="right") == "uniform on [−2, 0]"


def test_neighbours_differ_in_grey_and_one_action_has_one_colour():
    panels = axes_of(solution(*races()).plot())
    inner = panels[2]
    (*_, build), (*_, refrain) = bars(inner)
    assert abs(lightness(build) - lightness(refrain)) > 0.1
    assert bars(panels[0])[0][2] == refrain
    assert bars(panels[4])[0][2] == build


def test_a_line_that_is_not_reached_says_so():
    titles = [panel.get_title(loc="left") for panel in axes_of(nobody().plot())]
    assert titles == ["Challenger | start", "Defender (not reached)", "Challenger | challenge, resist (not reached)"]


@dt.game("Ruler", "Rebel")
def crisis():
    "Three actions of a type without ends, three of one between 0 and 1."
    return draw(
        dt.Normal(0, 1),
        seen_by="Ruler",
        then=lambda resolve: draw(
            dt.Beta(2, 3),
            seen_by="Rebel",
            then=lambda zeal: move(
                "Ruler",
                {
                    "send an ultimatum": move(
                        "Rebel",
                        {"give in": end("a", 1, 0), "resist": end("b", resolve, zeal), "wait": end("c", 0, 0)},
                        information="after an ultimatum",
                    ),
                    "stay quiet": end("quiet", 0, 0),
                    "attack at dawn": end("war", resolve, -1),
                },
            ),
        ),
    )


def narrow():
    third = Fraction(1, 3)
    rules = {
        "Ruler": Cutoffs.of(
            "resolve",
            (-inf, -3.4, "send an ultimatum"),
            (-3.4, -3.3, "stay quiet"),
            (-3.3, -3.2, "attack at dawn"),
            (-3.2, 1.1, "stay quiet"),
            (1.1, inf, "attack at dawn"),
        ),
        "after an ultimatum": Cutoffs.of(
            "zeal",
            (0, Fraction(1, 50), "give in"),
            (Fraction(1, 50), Fraction(3, 5), {"resist": third, "wait": 2 * third}),
            (Fraction(3, 5), 1, "resist"),
        ),
    }
    return profile(crisis, rules)


def test_names_without_room_stand_above_and_no_texts_meet(overlaps):
    first, second = axes_of(narrow().plot())
    figure_of(first).draw_without_rendering()
    for ax in (first, second):
        assert overlaps(ax) == []
    assert words(first).count("stay quiet") == 2
    assert {"−3.4", "−3.3", "−3.2", "1.1"} <= set(words(first))
    low, high = first.get_xlim()
    assert low < -3.4
    assert high == pytest.approx(2.878, abs=1e-3)  # the 0.998 quantile of the normal law
    assert "resist (0.33) or wait (0.67)" in words(second)
    assert second.get_xlim() == (0, 1)
    assert [patch.get_hatch() for patch in second.patches] == [None, "//", None]


def test_a_type_whose_law_depends_on_another_number_has_no_density():
    tree = draw(
        dt.Flat(),
        seen_by=(),
        then=lambda state: draw(
            state - 1,
            state + 1,
            seen_by="A",
            then=lambda x: move("A", act=end("acted", state), wait=end("waited", 0)),
        ),
    )
    game = dt.Game(("A",), tree)
    rule = Cutoffs.of("x", (-inf, Fraction(1, 2), "wait"), (Fraction(1, 2), inf, "act"))
    half = (Fraction(1, 2),) * 2
    answer = ContinuumEquilibrium(game, "Bayesian equilibrium", (("A", rule),), (), (), (), (), (half,), (True,))
    ax = answer.plot()
    assert ax.get_xlim() == (-0.5, 1.5)
    assert not ax.collections
    assert ax.get_title(loc="right") == ""
    assert set(words(ax)) == {"wait", "act", "0.5"}
    assert answer.name == "A: wait below 0.5"


# -- choices -------------------------------------------------------------------------------------------------


def test_an_offer_curve_is_what_theory_says():
    """Fearon 1995: V(x) = x up to 1/2, x(1 - F) + (p - c)F beyond, with F = (x - 1/2)/0.4; vectors: 0.65, 0.55625."""
    curve = bargain().offer_curves["demand"]
    for x, worth in zip(curve.numbers, curve.payoffs, strict=True):
        war = min(max((x - 0.5) / 0.4, 0), 1)
        assert worth == pytest.approx(x * (1 - war) + 0.4 * war)
    best = max(range(len(curve.numbers)), key=curve.payoffs.__getitem__)
    assert (curve.numbers[best], curve.payoffs[best]) == (0.65, pytest.approx(0.55625))
    assert curve.chosen == (0.65,)
    assert dict(curve.outcomes)["war"][best] == pytest.approx(0.375)
    frame = curve.to_frame()
    assert list(frame.columns) == ["payoff of Proposer", "settlement", "war"]
    assert frame.index.name == "demand"


def test_a_choice_has_its_curve_and_what_it_leads_to_below():
    worth, outcomes, types = axes_of(bargain().plot())
    (dot,) = (line for line in worth.lines if line.get_marker() == "o")
    assert (dot.get_xdata()[0], dot.get_ydata()[0]) == (0.65, pytest.approx(0.55625))
    assert words(worth) == ["0.65"]
    assert worth.get_ylabel() == "payoff of Proposer"
    assert {word.strip() for word in words(outcomes)} == {"settlement", "war"}
    assert worth.get_xlim() == outcomes.get_xlim() == (0, 1)
    assert bars(types)[0][1] == pytest.approx(0.15)


def test_a_hidden_choice_and_a_mixed_one_have_curves():
    """Inspection: at v = 1/4 the inspector's payoff v e - e^2/4 is greatest at e = 1/2 (vectors, inspection)."""
    curve = mixed_inspection(Fraction(1, 2)).offer_curves["effort"]
    assert max(zip(curve.payoffs, curve.numbers, strict=True)) == (pytest.approx(1 / 16), 0.5)
    mixed = mixed_inspection(Mixture(((Fraction(1, 4), Fraction(1, 2)), (Fraction(3, 4), Fraction(1, 2)))))
    assert mixed.offer_curves["effort"].chosen == (0.25, 0.75)
    dots = [line for line in mixed.plot().lines if line.get_marker() == "o"]
    assert len(dots) == 2


def test_a_choice_that_is_not_reached_has_no_curve():
    @dt.game("A", "B")
    def later():
        return move("A", stay=end("stay", 1, 0), go=dt.choose("B", 0, 1, then=lambda x: end("gone", x, -x)))

    answer = profile(later, {"A": Cutoffs.always("stay")}, {"x": 0})
    assert answer.offer_curves == {}
    assert len(axes_of(answer.plot())) == 1  # the tree


def scheduled(*pieces):
    demand = sp.Symbol("demand", real=True)
    half = sp.Rational(1, 2)
    rule = Cutoffs.of("war_cost", (0, demand - half, "fight"), (demand - half, Fraction(2, 5), "accept"))
    return profile(both_costs, {"Rival": rule}, {"demand": Schedule("own_cost", pieces)})


def test_a_schedule_is_a_line_over_the_type():
    """Vectors, ultimatum_both_costs: the types 0.05, 0.2 and 0.25 ask for 0.675, 0.6 and 0.575."""
    cost = sp.Symbol("own_cost", real=True)
    (ax,) = axes_of(scheduled((0, Fraction(3, 10), sp.Rational(7, 10) - cost / 2)).plot())
    (line,) = ax.lines
    asked = dict(zip(line.get_xdata().round(4), line.get_ydata(), strict=True))
    assert [asked[x] for x in (0.0, 0.15, 0.3)] == pytest.approx([0.7, 0.625, 0.55], abs=1e-6)
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_xlim()) == ("own_cost", "demand", (0, 0.3))


def test_a_broken_schedule_has_a_line_for_each_piece_and_marks_between():
    tenth = Fraction(1, 10)
    (ax,) = axes_of(scheduled((0, tenth, Fraction(7, 10)), (tenth, 3 * tenth, lambda c: 0.5 + float(c) / 4)).plot())
    assert len([line for line in ax.lines if line.get_linestyle() == "-"]) == 2
    assert [line.get_xdata()[0] for line in ax.lines if line.get_linestyle() == ":"] == [0.1]


# -- several of them ------------------------------------------------------------------------------------------


def test_the_equilibria_of_a_solution_stand_below_each_other_under_their_names():
    ax = solution(*races()).plot()
    assert len(axes_of(ax)) == 6
    heads = [frame._suptitle.get_text() for frame in figure_of(ax).subfigs]
    assert heads[0] == "arms_race: peace (1 of 3)"
    assert heads[2] == "arms_race: race (3 of 3)"


def test_many_equilibria_are_drawn_in_part_and_one_alone_as_it_is():
    ax = solution(*races(), *races(), *races()).plot()
    assert [text.get_text() for text in figure_of(ax).texts] == ["the first 6 of 9 are drawn"]
    assert len(axes_of(solution(struck()).plot())) == 1


def test_no_equilibrium_leaves_the_tree():
    ax = Solution(audience, Asked(), (), "none", False).plot()
    assert "no perfect Bayesian equilibrium" in " ".join(ax.get_title(loc="left").split())


def test_equilibria_with_nothing_to_draw_are_trees():
    @dt.game("A", "B")
    def noisy():
        return draw(0, 1, seen_by=(), then=lambda x: move("A", stay=end("stay", x, 0), go=end("gone", 0, x)))

    answer = profile(noisy, {"A": Cutoffs.always("stay")})
    assert "noisy" in answer.plot().get_title(loc="left")
    assert "noisy" in solution(answer, answer).plot().get_title(loc="left")


def test_one_part_goes_on_the_axes_given():
    ax = Figure().add_subplot()
    assert bargain().plot(ax, of="Rival") is ax
    assert {"fight", "accept"} <= set(words(ax))
    ax = Figure().add_subplot()
    assert bargain().plot(ax, of="demand") is ax
    assert struck().plot(Figure().add_subplot()).get_title(loc="left") == "Defender"
    assert len(axes_of(bargain().plot(of="demand"))) == 2


def test_several_parts_on_one_pair_of_axes_and_parts_that_are_none_are_refused():
    ax = Figure().add_subplot()
    with pytest.raises(ParameterError, match="cannot share axes; draw one of them, with of='demand' or of='Rival'"):
        bargain().plot(ax)
    with pytest.raises(UnknownNameError, match=r"nothing to draw of 'demnd' in 'bargaining'.*'demand'"):
        bargain().plot(of="demnd")
    assert inspection.has_continuum
