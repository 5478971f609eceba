"""Games and answers in LaTeX: what is written, and that it compiles."""

import re
import shutil
import subprocess
from fractions import Fraction

import pytest

import deterrence as dt
from deterrence import chance, end, models, move, param, share
from deterrence.errors import FileFormatError, GameError, MethodError, ValueKindError
from deterrence.exchange.latex_formulas import Formulas, number
from deterrence.exchange.latex_letters import in_text
from deterrence.mechanisms import Deniability

ODD = "R&D 50% $x$ #1_{a} ~ ^ \\ ß é"
CHICKEN = dt.bimatrix(
    [[3, 2], [4, 1]],
    [[3, 4], [2, 1]],
    actions=[["yield", "stand"], ["yield", "stand"]],
    name="chicken",
)


@dt.game("A & B", "Côte d'Ivoire #2")
def odd_tree(
    p=share(0.25, "p {odd} 50% #1", symbol="50%"),
    größe=param(2, "Größe & mehr", low=0, high=9),  # noqa: PLC2401  (what is tested)
    r=param(3, "first", symbol="α"),
    s=param(1, "of the same symbol", symbol="α"),
    q=param(2, "raised", symbol="a^*"),
):
    """Names and symbols that mean something to LaTeX."""
    deep = move("Côte d'Ivoire #2", {"é_1": end("[x]", q**2, -größe), "y": end("a~b^c\\d", r - s, p / 3)})
    return chance({"50% {rain}": (p, move("A & B", {"do #1_x": deep, "*ß*": end("[y]", 0, r)})), "sun": (1 - p, deep)})


def strike():
    return models.load("strike").game


# -- names and formulas ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("R&D, 50% of $x$ #1", r"R\&D, 50\% of \$x\$ \#1"),
        ("a_b{c}", r"a\_b\{c\}"),
        ("~^\\", r"\textasciitilde{}\textasciicircum{}\textbackslash{}"),
        ("straße, café, Łódź, Åse", r"stra\ss{}e, caf\'{e}, \L{}\'{o}d\'{z}, \r{A}se"),
        ("naïve", r"na\"{\i}ve"),
        ("σ ≥ 1 → −2", r"$\sigma$ $\ge$ 1 $\to$ $-$2"),
        ("[all] *", "{[}all{]} {*}"),
        ("a -- b", "a -{}- b"),
        ('the "red line"', "the ``red line''"),
        ("two\nlines\t here", "two lines here"),
        ("x² and H₂O", "x$^{2}$ and H$_{2}$O"),
        ("日本", "日本"),
        ("", ""),
    ],
)
def test_names_are_escaped(name, written):
    assert in_text(name) == written


def test_formulas_use_the_parameters_symbols_and_put_gains_first():
    game = models.load("signorino1999/strategic_choice").game
    symbols = {p.name: p for p in game.parameter_list}
    formulas = Formulas.of(game)
    attribution = next(p for p in symbols.values() if p.symbol == "a")
    assert formulas.formula(1 - attribution.expression) == "1 - a"
    assert formulas.formula(-attribution.expression + Fraction(1, 2)) == "1 / 2 - a"


def test_a_symbol_that_latex_cannot_read_or_that_is_taken_gives_way_to_the_name():
    written = {symbol.name: latex for symbol, latex in Formulas.of(odd_tree).names.items()}
    assert written == {
        "p": r"\mathit{p}",
        "größe": r"\textit{gr\"{o}\ss{}e}",
        "r": r"\alpha",
        "s": r"\mathit{s}",
        "q": "a^*",
    }


@pytest.mark.parametrize(
    ("value", "written"),
    [(3, "3"), (Fraction(1, 3), "1/3"), (Fraction(-1, 4), "-0.25"), (-1.5e-9, r"-1.5 \times 10^{-9}")],
)
def test_numbers_read_as_in_print(value, written):
    assert number(value) == written


def test_a_condition_reads_as_a_clause():
    import sympy as sp

    a, b = sp.symbols("a b", real=True)
    formulas = Formulas({a: r"\alpha", b: "b"})
    assert formulas.condition(sp.And(a < b, b < 1)) == r"when $\alpha < b$ and $b < 1$"
    assert formulas.condition(sp.Or(a < b, sp.And(b < 1, a > 0))) == (
        r"when $\alpha < b$, or when $\alpha > 0$ and $b < 1$"
    )
    assert formulas.condition(sp.And(a < 1, sp.Or(a < b, b < 0))) == (
        r"when $\alpha < 1$ and ($\alpha < b$ or $b < 0$)"
    )
    assert formulas.condition(sp.true) == ""


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
    from deterrence.plot.labels import WIDE, label
    from deterrence.plot.layout import arrange

    game = dt.bimatrix([[1, 2]], [[3, 4]], name="numbers only")
    tree = dt.Game(("A",), move("A", left=end("l", 1), right=end("r", 2)), (), game.name)
    drawn = arrange(label(tree, None, 1, False, WIDE))
    assert f"({drawn.x[0]:.2f},{drawn.y[0]:.2f}) -- " in dt.to_latex(tree)


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


# -- compiled ----------------------------------------------------------------------------------------


def compiled(text, folder, engine="pdflatex"):
    """Compile a document and return LaTeX's record; the test fails where LaTeX does."""
    (folder / "page.tex").write_text(text, "utf-8")
    command = [engine, "-interaction=nonstopmode", "-halt-on-error", "page.tex"]
    ran = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, errors="replace", timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stdout[-2000:]
    return (folder / "page.log").read_text("utf-8", errors="replace")


needs_latex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs pdflatex")


def things():
    deniable = strike().under(Deniability("strike", "retaliate"))
    odd_table = dt.bimatrix(
        [[3, 2], ["1/3", "-1.5e-9"]],
        [[3, 4], [2, 1]],
        players=(ODD, '[b] *c* <d>|"e"'),
        actions=[["a & b", "[x]"], ["100% sure", "do_it -- now"]],
        name=ODD,
    )
    yield "odd table", odd_table, {"best_replies": True}
    yield "odd tree", odd_tree, {}
    yield "odd tree solved", odd_tree, {"equilibrium": dt.solve(odd_tree)[0], "values": True}
    yield "odd solution", dt.solve(odd_tree), {}
    yield "classes", dt.characterize(deniable), {}
    yield "strategic form", deniable.strategic_form(), {"best_replies": True}
    yield "threshold", dt.threshold(deniable, "attribution", "strike"), {}
    yield "claims", models.load("strike").check(), {}


@needs_latex
@pytest.mark.slow
def test_whole_documents_compile(tmp_path):
    for kind, thing, options in things():
        log = compiled(dt.to_latex(thing, whole=True, **options), tmp_path)
        assert "Missing character" not in log, kind


@needs_latex
@pytest.mark.slow
@pytest.mark.parametrize("key", [key for key in models.names() if not key.startswith("cases/")])
def test_the_game_of_every_published_model_fits_a_page_of_its_own(key, tmp_path):
    game = models.load(key).game
    if not isinstance(game, dt.Game):
        pytest.skip("the model is no finite game")
    log = compiled(dt.to_latex(game, whole=True), tmp_path)
    assert "(1 page" in log
    assert "Overfull" not in log


@needs_latex
def test_a_piece_compiles_in_an_authors_document(tmp_path):
    tree, classes = dt.to_latex(odd_tree), dt.to_latex(dt.characterize(strike()))
    head = [line.removeprefix("% The preamble needs: ") for line in (tree + classes).splitlines() if "needs:" in line]
    body = f"\\begin{{document}}\n{tree}\n{classes}\n\\end{{document}}"
    compiled("\n".join([r"\documentclass{article}", *head, body]), tmp_path)
