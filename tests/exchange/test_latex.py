"""Games and answers in LaTeX: what is written."""

import re
from fractions import Fraction

import pytest

import deterrence as dt
from deterrence import end, models, move, param
from deterrence.errors import FileFormatError, GameError, MethodError, ValueKindError
from deterrence.mechanisms import Deniability

CHICKEN = dt.bimatrix(
    [[3, 2], [4, 1]],
    [[3, 4], [2, 1]],
    actions=[["yield", "stand"], ["yield", "stand"]],
    name="chicken",
)


def strike():
    return models.load("strike").game


# -- tables ------------------------------------------------------------------------------------------


def test_a_simultaneous_game_becomes_a_table_in_symbols():
    lines = dt.to_latex(models.load("snyder1977/chicken").game).splitlines()
    assert lines[0].startswith(r"\begin{tabular}")
    assert r"$S_R,\; T_C$" in next(line for line in lines if line.startswith("Row & yield"))


def test_best_replies_are_underlined():
    # Hand check: against yield, stand earns 4 > 3; against stand, yield earns 2 > 1; alike for Column.
    text = dt.to_latex(CHICKEN, best_replies=True)
    cells = re.findall(r"\$([^$]*,\\; [^$]*)\$", text)
    assert cells == [
        r"3,\; 3",
        r"\underline{2},\; \underline{4}",
        r"\underline{4},\; \underline{2}",
        r"1,\; 1",
    ]


def test_an_equilibrium_is_framed_and_its_mixture_stands_beside_the_actions():
    pure, mixed = (next(e for e in dt.solve(CHICKEN) if e.strategies["Row"]["stand"] == p) for p in (1, Fraction(1, 2)))
    framed = dt.to_latex(CHICKEN, equilibrium=pure)
    assert re.findall(r"\\fbox\{\$(.*?)\$\}", framed) == [r"4,\; 2"]
    assert dt.to_latex(CHICKEN, equilibrium=mixed).count("($0.5$)") == 4


def test_three_players_get_a_table_for_each_choice_of_the_third():
    cells = {(a, b, c): (i, j, k) for i, a in enumerate("xy") for j, b in enumerate("lr") for k, c in enumerate("uv")}
    game = dt.Game(("A", "B", "C"), dt.matrix(cells), (), "three")
    text = dt.to_latex(game)
    assert text.count(r"\begin{tabular}") == 2
    assert "C: u" in text
    assert r"$1,\; 0,\; 1$" in text


def test_the_strategic_form_of_a_tree_is_a_table_of_numbers():
    text = dt.to_latex(strike().strategic_form())
    assert re.findall(r"\$(.*?)\$", text) == [r"0,\; 0", r"0,\; 0", r"4,\; -6", r"-5,\; -3"]


# -- trees -------------------------------------------------------------------------------------------


def test_a_tree_holds_every_name_and_payoff_in_symbols():
    text = dt.to_latex(strike())
    assert text.startswith("% The preamble needs: \\usepackage{tikz}\n\\begin{tikzpicture}")
    for name in ("Challenger", "Defender", "restrain", "fait accompli", r"$\mathit{prize} - \mathit{punishment}$"):
        assert rf"\strut {name}" in text
    assert "-6" not in text
    assert r"{\strut $-6$}" in dt.to_latex(strike(), values=True)


def test_the_nodes_of_an_information_set_are_joined_by_a_dashed_line():
    game = strike().under(Deniability("strike", "retaliate"))
    assert "dash pattern=on 3.9bp" not in dt.to_latex(game)
    hidden = models.load("avenhaus2002/noisy_attribution").game
    shared = [members for members in hidden.form.nodes_of if len(members) > 1]
    drawn = [line for line in dt.to_latex(hidden).splitlines() if "dash pattern=on 3.9bp" in line]
    assert [line.count(" -- ") + 1 for line in drawn] == [len(members) for members in shared]


def test_the_path_of_an_equilibrium_is_heavy():
    game = strike()
    heavy = [line for line in dt.to_latex(game, equilibrium=dt.solve(game)[0]).splitlines() if "3.4bp" in line]
    assert len(heavy) == 1  # the Challenger restrains: one branch from the root to the end
    assert "3.4bp" not in dt.to_latex(game)


def test_text_and_picture_agree_on_where_the_nodes_stand():
    from deterrence.plot.trees.labels import WIDE, label
    from deterrence.plot.trees.layout import arrange

    game = dt.bimatrix([[1, 2]], [[3, 4]], name="numbers only")
    tree = dt.Game(("A",), move("A", left=end("l", 1), right=end("r", 2)), (), game.name)
    drawn = arrange(label(tree, None, 1, False, WIDE))
    assert f"({drawn.x[0]:.2f},{drawn.y[0]:.2f}) -- " in dt.to_latex(tree)


def test_a_tree_too_large_to_read_is_drawn_to_a_depth_and_says_so():
    def full(depth):
        return end("o", depth) if depth == 0 else move("A", {f"x{k}": full(depth - 1) for k in range(3)})

    text = dt.to_latex(dt.Game(("A",), full(5), (), "wide"))
    assert "% Drawn to depth 3 of 5." in text  # 27 ends; at depth 4 there are 81, more than the drawn tree has
    assert text.count("9 ends") == 27


# -- answers -----------------------------------------------------------------------------------------


def test_every_class_of_equilibria_becomes_a_proposition_with_its_condition():
    found = dt.characterize(strike())
    text = dt.to_latex(found)
    assert text.startswith("% The preamble needs: \\newtheorem{proposition}{Proposition}\n")
    assert text.count(r"\begin{proposition}") == len(found) == 3
    # Hand check: the Defender retaliates where war <= loss, the Challenger then restrains where prize <= punishment.
    assert r"when $\mathit{loss} \geq \mathit{war}$ and $\mathit{punishment} \geq \mathit{prize}$" in text
    assert "gain from a strike that goes unanswered" in text
    one = dt.to_latex(found[0]).partition("\n")[2]
    assert one.startswith(r"\begin{proposition}")
    assert one in text


@dt.game("Sender", "Receiver")
def unseen_gift(harm=param(1, "harm of a bad gift", low=0, high=2, symbol="h")):
    """A gift that nobody gives may be believed good or bad."""

    def answer(good):
        return move("Receiver", {"take": end("taken", -1, good), "leave": end("left", -1, 0)}, information="a gift")

    return move("Sender", none=end("nothing", 0, 0), good=answer(1), bad=answer(-harm))


def test_what_may_vary_gets_a_letter_that_is_explained():
    text = dt.to_latex(dt.characterize(unseen_gift))
    # Hand check: to take a gift pays where mu >= (1 - mu) * harm, so from mu = harm / (1 + harm) on.
    assert r"\emph{good} with probability $\mu$ and \emph{bad} with probability $1 - \mu$" in text
    assert r"$\mu$, the belief in \emph{good} at a gift, from $\max(0, \frac{h}{h + 1})$ to $1$." in text
    assert "belief(" not in text


def test_a_solution_says_at_which_values_what_is_played():
    text = dt.to_latex(dt.solve(strike()))
    assert r"$\mathit{prize} = 4$" in text
    assert r"\item Defender (not reached): \emph{retaliate}." in text
    assert r"Payoffs: Challenger $0$ and Defender $0$." in text
    assert dt.to_latex(dt.solve(strike())[0]).startswith(r"\paragraph{Equilibrium")
    assert "believed" not in dt.to_latex(dt.solve(CHICKEN))  # of a simultaneous move the strategies say it all


def test_a_threshold_gives_the_value_and_its_formula():
    game = strike().under(Deniability("strike", "retaliate"))
    text = dt.to_latex(dt.threshold(game, "attribution", "strike"))
    # Hand check: a strike pays while prize > attribution * punishment, so up to 4/9.
    assert r"at $a = \mathit{prize} / \mathit{punishment} = 4/9$, from $1$ to $0$." in text or (
        r"at $a = \frac{\mathit{prize}}{\mathit{punishment}} = 4/9$, from $1$ to $0$." in text
    )


def test_a_models_claims_become_propositions_and_its_check_adds_the_verdicts():
    model = models.load("strike")
    assert dt.to_latex(model).count(r"\begin{proposition}") == len(model.claims)
    checked = dt.to_latex(model.check())
    assert checked.count(r"\emph{Holds}") == len(model.claims)


# -- what is refused ---------------------------------------------------------------------------------


def test_what_cannot_be_printed_is_named_with_what_can():
    with pytest.raises(ValueKindError, match=r"LaTeX is written of a Game.*got int"):
        dt.to_latex(3)


def test_options_that_do_not_fit_are_refused():
    game = strike()
    with pytest.raises(MethodError, match=r"strategic_form\(\)"):
        dt.to_latex(game, best_replies=True)
    with pytest.raises(MethodError, match="values=… is for a game; a Solution"):
        dt.to_latex(dt.solve(game), values=True)
    with pytest.raises(GameError, match="belongs to the game 'chicken'"):
        dt.to_latex(game, equilibrium=dt.solve(CHICKEN)[0])
    with pytest.raises(ValueKindError, match=r"solve\(game\)\[0\]"):
        dt.to_latex(game, equilibrium=dt.solve(game))


def test_a_table_too_large_to_print_is_refused():
    big = dt.bimatrix([[0] * 21] * 20, [[0] * 21] * 20)
    with pytest.raises(MethodError, match="420 cells; up to 400"):
        dt.to_latex(big)


def test_a_file_is_not_overwritten_unless_asked(tmp_path):
    path = tmp_path / "game.tex"
    text = dt.to_latex(CHICKEN, path)
    assert path.read_text("utf-8") == text
    with pytest.raises(FileFormatError, match="exists"):
        dt.to_latex(CHICKEN, path)
    assert dt.to_latex(CHICKEN, path, overwrite=True, whole=True) == path.read_text("utf-8")


def test_letters_of_other_scripts_are_announced():
    game = dt.bimatrix([[1]], [[1]], players=("日本", "Ελλάς"), name="x")
    assert dt.to_latex(game).splitlines()[0].endswith("font with these letters: Ελάς日本")
