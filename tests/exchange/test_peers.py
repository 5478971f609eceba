"""Games handed to other packages and taken back, and their opinions on our equilibria."""

import io
import itertools
import pickle
import subprocess
import sys
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

import deterrence as dt
from deterrence import chance, end, move
from deterrence.errors import DeterrenceError, FileFormatError, GameError, MethodError, MissingPackageError
from deterrence.exchange.peers import answers as peer_answers
from deterrence.exchange.peers import peers
from deterrence.exchange.peers.answers import PeerAnswer
from deterrence.exchange.peers.second_opinion import second_opinion
from deterrence.models.folklore.strike import strike
from tests.exchange.test_gambit_files import ODD_NAMES, meaning, random_table
from tests.sample_games import hidden_game

CHICKEN = dt.bimatrix([[3, 2], [4, 1]], [[3, 4], [2, 1]], name="chicken")

# Two of three matching pennies for three players: nothing pure.
THREE = dt.read_gambit('NFG 1 R "odd" { "A" "B" "C" } { 2 2 2 } 1 1 0  0 1 1  1 0 1  1 1 0  1 1 0  1 0 1  0 1 1  1 1 0')
KINDS = ("hard", "soft")


def stand_off(a, b):
    """One side presses or waits, the other gives way or stands, each knowing its own kind alone."""
    worth = {"hard": 1, "soft": -4}
    war = end("war", worth[a], worth[b] - 1)
    answer = move("B", information=f"B {b}", give=end("gain", 3, -3), stand=war)
    return move("A", information=f"A {a}", wait=end("quiet", 0, 0), press=answer)


def answer(peer, profiles, **more):
    fields = {"version": "1", "method": "by hand", "status": "answered", "answered": True, "seconds": 0.0}
    return PeerAnswer(peer, **{**fields, **more}, profiles=tuple(profiles))


def told(game, monkeypatch, *profiles, method=None, **more):
    """Return the second opinion on a game if a package answers with these profiles."""
    monkeypatch.setattr("deterrence.exchange.peers.second_opinion.ask", lambda peer, *_: answer(peer, profiles, **more))
    return second_opinion(game, method, peers=["nashpy"])


# -- pygambit ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pygambit():
    return pytest.importorskip("pygambit")


@pytest.mark.parametrize("seed", range(50))
def test_a_tree_goes_through_pygambit_unchanged(seed, pygambit):
    game = hidden_game(seed)
    other = dt.to_pygambit(game)
    assert other.is_tree
    assert [len(player.infosets) for player in other.players] == [
        sum(s.player == player for s in game.information_sets) for player in game.players
    ]
    assert meaning(dt.from_pygambit(other)) == meaning(game)


@pytest.mark.parametrize("seed", range(200))
def test_a_table_goes_through_pygambit_unchanged(seed, pygambit):
    game = random_table(seed)
    other = dt.to_pygambit(game)
    assert not other.is_tree
    rows, columns = (list(player.strategies) for player in other.players)
    table = game.strategic_form()
    for (i, a), (j, b) in itertools.product(enumerate(rows), enumerate(columns)):
        assert tuple(Fraction(str(other[a, b][player])) for player in other.players) == table.payoffs[i, j]
    assert meaning(dt.from_pygambit(other)) == meaning(game)


@pytest.mark.parametrize("seed", range(40))
def test_names_that_gambit_does_not_take_go_over_in_ascii(seed, pygambit):
    game = random_table(seed, ODD_NAMES)
    for form in ("nfg", "efg"):
        back = dt.from_pygambit(dt.to_pygambit(game, form))
        assert back.numbers == game.numbers
        assert all(name.isascii() for names in (back.players, *back.form.labels) for name in names)


def test_equilibria_of_a_tree_that_went_through_pygambit_are_the_same(pygambit):
    for seed in range(6):
        game = hidden_game(seed, range(4))
        again = dt.from_pygambit(dt.to_pygambit(game))
        assert [e.strategies for e in dt.solve(again)] == [e.strategies for e in dt.solve(game)]


def catalogue():
    spec = find_spec("pygambit")
    return sorted(map(str, Path(spec.origin).parent.rglob("*.?fg"))) if spec else []


@pytest.mark.parametrize("path", catalogue(), ids=lambda path: "/".join(Path(path).with_suffix("").parts[-2:]))
def test_the_games_that_come_with_pygambit_are_read_as_it_reads_them(path, pygambit):
    text = Path(path).read_text(encoding="utf-8")
    other = (pygambit.read_nfg if text.startswith("NFG") else pygambit.read_efg)(io.StringIO(text))
    if not other.is_perfect_recall:
        with pytest.raises(FileFormatError, match="Games here need perfect recall"):
            dt.read_gambit(path)
        return
    game = dt.read_gambit(path)
    assert (game.name, len(game.players)) == (other.title, len(other.players))
    if other.is_tree:
        assert len(game.information_sets) == len(other.infosets)
        assert game.form.size == len(list(other.nodes))
    else:
        assert [len(some) for some in game.strategic_form().plans] == [len(p.strategies) for p in other.players]
    assert dt.from_pygambit(other).numbers == game.numbers


def test_payoffs_that_gambit_adds_up_are_ours(pygambit):
    text = 'EFG 2 R "" { "A" } p "" 1 1 "" { "x" "y" } 1 "early" { 1/3 } t "" 2 "late" { .5 } t "" 0'
    other = pygambit.read_efg(io.StringIO(text))
    profile = other.mixed_behavior_profile(rational=True)
    game = dt.read_gambit(text)
    ours = sum(Fraction(row[0]) for row in game.numbers[0] if row) / 2
    assert Fraction(str(profile.payoff(next(iter(other.players))))) == ours


@pytest.mark.parametrize("other", [3, "EFG", None, CHICKEN])
def test_what_is_no_game_of_pygambit_is_refused(other):
    with pytest.raises(FileFormatError, match="A game of pygambit is needed"):
        dt.from_pygambit(other)


# -- nashpy and OpenSpiel --------------------------------------------------------------------------------------


def test_a_table_goes_through_nashpy_unchanged():
    game = random_table(3)
    table = game.strategic_form()
    names = list(table.strategies.values())
    back = dt.from_nashpy(dt.to_nashpy(CHICKEN), actions=list(CHICKEN.strategic_form().strategies.values()))
    assert meaning(back) == meaning(CHICKEN)
    other = dt.to_nashpy(game)
    assert np.array_equal(other.payoff_matrices[0], table.A)
    assert np.array_equal(dt.from_nashpy(other, actions=names).strategic_form().B, table.B)


def test_nashpy_takes_no_third_player():
    with pytest.raises(MethodError, match="games of two players; 'odd' has 3"):
        dt.to_nashpy(THREE)


@pytest.mark.parametrize("verb", [dt.to_nashpy, dt.to_pygambit, dt.to_openspiel])
def test_only_games_are_handed_over(verb):
    with pytest.raises(GameError, match="Only a game"):
        verb("strike")
    with pytest.raises(GameError, match="two payoff matrices"):
        dt.from_nashpy([[1]])


def test_a_package_that_is_missing_is_named_with_how_to_install_it(monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(peers, "import_module", missing)
    with pytest.raises(
        MissingPackageError, match=r"pyspiel is not installed\. Install it with: pip install open_spiel"
    ):
        dt.to_openspiel(strike)
    with pytest.raises(ImportError, match=r"pip install deterrence\[gambit\]"):
        dt.to_pygambit(strike)


@pytest.mark.parametrize("game", [strike, CHICKEN, hidden_game(3), random_table(1, ODD_NAMES)], ids=str)
def test_openspiel_reads_what_we_hand_over(game):
    pytest.importorskip("pyspiel")
    other = dt.to_openspiel(game)
    assert other.num_players() == 2
    values = [float(v) for row in game.numbers[0] for v in row]
    assert other.max_utility() == pytest.approx(max(values))
    assert other.min_utility() == pytest.approx(min(values))


# -- second opinions -----------------------------------------------------------------------------------------


def test_a_profile_with_our_outcomes_is_ours(monkeypatch):
    found = told(CHICKEN, monkeypatch, [["1/2", "1/2"], ["1/2", "1/2"]], [[1.0, 0.0], [0.0, 1.0]])
    first, second = found.opinions[0].equilibria
    solution = list(found.solution)
    assert solution[first.ours[0] - 1].payoffs == {"Row": Fraction(5, 2), "Column": Fraction(5, 2)}
    assert solution[second.ours[0] - 1].payoffs == {"Row": 2, "Column": 4}
    assert len(found.opinions[0].missed) == 1
    assert found.agree
    assert "does not return our equilibrium" in str(found)


def test_a_threat_that_would_not_be_carried_out_is_named(monkeypatch):
    # retaliation costs 3 more than restraint would: with a loss of 1 and a war of 4
    game = strike.at(loss=1, war=4)
    found = told(game, monkeypatch, [[1, 0], [0, 1]])
    (other,) = found.opinions[0].equilibria
    assert other.ours == ()
    assert other.verdict == (
        "Nash, but no subgame perfect equilibrium: it leads to 'status quo', resting on 'retaliate' at 'Defender', "
        "where 'restrain' gains 3"
    )
    assert found.agree


def test_a_profile_that_is_no_equilibrium_is_told_so(monkeypatch):
    found = told(CHICKEN, monkeypatch, [[1, 0], [1, 0]], [[1, 0], [0.5, 0.6]], [[float("nan"), 1], [1, 0]], [[1], [1]])
    first, *rest = found.opinions[0].equilibria
    assert first.verdict == "no equilibrium: a player gains 1 by deviating"
    assert {each.verdict for each in rest} == {"not a profile: its numbers are not probabilities"}


def test_play_between_our_extreme_equilibria_is_within_their_range(monkeypatch):
    flat = dt.bimatrix([[1], [1]], [[0], [1]], name="indifferent")
    found = told(flat, monkeypatch, [["1/3", "2/3"], ["1"]])
    (other,) = found.opinions[0].equilibria
    assert (other.ours, other.verdict) == ((1, 2), "within the range of our equilibria 1, 2")


@pytest.mark.parametrize("seed", range(12))
def test_every_mixed_strategy_amounts_to_play_with_the_same_payoffs(seed):
    from deterrence.exchange.peers.profiles import PeerPlay

    form = hidden_game(seed).strategic_form()
    rng = np.random.default_rng(seed)
    x, y = (rng.dirichlet(np.ones(len(plans))) for plans in form.plans)
    found = PeerPlay.of(form, [x.tolist(), y.tolist()])
    assert [float(v) for v in found.values[0]] == pytest.approx([x @ form.A @ y, x @ form.B @ y])
    gain = max((form.A @ y).max() - x @ form.A @ y, (x @ form.B).max() - x @ form.B @ y)
    assert float(found.regret) == pytest.approx(gain)


def test_packages_that_fail_are_reported_and_do_no_harm(monkeypatch):
    form = CHICKEN.strategic_form()

    def ran(code, out="", err=""):
        return lambda *_, **__: subprocess.CompletedProcess([], code, out, err)

    monkeypatch.setattr(subprocess, "run", ran(1, err="Traceback\nTypeError: no"))
    assert peer_answers.ask("nashpy", form, 5).status == "failed: TypeError: no"
    monkeypatch.setattr(subprocess, "run", ran(-11))
    assert peer_answers.ask("nashpy", form, 5).status == "failed: its process ended with code -11"
    for out in ("", "[]", "{}", '{"profiles": 3}', '{"profiles": [3]}'):
        monkeypatch.setattr(subprocess, "run", ran(0, out))
        assert peer_answers.ask("nashpy", form, 5).status == "failed: its answer could not be read"


def test_a_package_that_does_not_end_is_stopped(monkeypatch, tmp_path):
    script = tmp_path / "endless.py"
    script.write_text("while True: pass")
    monkeypatch.setattr(peer_answers, "SCRIPT", script)
    found = second_opinion(CHICKEN, peers=["nashpy"], seconds=0.3)
    assert found.opinions[0].answer.status == "stopped after 0.3 seconds without an answer"
    assert not found.agree
    assert "stopped" in found.to_frame()["verdict"].item()


def test_a_package_that_is_missing_or_knows_too_few_players_is_not_asked(monkeypatch):
    monkeypatch.setattr(peer_answers, "find_spec", lambda name: None if name == "quantecon" else name)
    found = second_opinion(THREE, peers=["nashpy", "quantecon"])
    assert [each.answer.status for each in found.opinions] == [
        "not asked, as it knows games of two players only",
        "not installed",
    ]


@pytest.mark.parametrize(
    ("options", "error"), [({"peers": ["gambit"]}, "Did you mean 'pygambit'"), ({"seconds": 0}, "seconds above zero")]
)
def test_wrong_questions_are_refused(options, error):
    with pytest.raises(DeterrenceError, match=error):
        second_opinion(CHICKEN, **options)


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(GameError, match="only be asked about a game"):
        second_opinion("strike")
    with pytest.raises(MethodError, match="lists no equilibria"):
        second_opinion(CHICKEN, dt.Correlated())
    large = dt.Game(("A", "B"), dt.matrix({(f"r{i}", f"c{j}"): (i, j) for i in range(101) for j in range(100)}))
    with pytest.raises(MethodError, match="10,100 cells; other packages are asked about 10,000"):
        second_opinion(large)


def test_nashpy_gives_its_opinion_on_chicken():
    found = dt.second_opinion(CHICKEN, peers=["nashpy"])
    assert sorted(each.ours for each in found.opinions[0].equilibria) == [(1,), (2,), (3,)]
    assert found.agree
    assert pickle.loads(pickle.dumps(found)).agree
    assert len(found.to_frame()) == 3


TWO_SIDED = dt.Game(
    ("A", "B"),
    chance({a: (Fraction(1, 2), chance({b: (Fraction(1, 2), stand_off(a, b)) for b in KINDS})) for a in KINDS}),
    (),
    "two-sided",
)


def test_gambit_is_asked_about_the_tree_too(pygambit):
    found = second_opinion(TWO_SIDED, peers=["pygambit"])
    assert [opinion.answer.asked for opinion in found.opinions] == ["strategic form", "tree"]
    assert found.agree
    assert found.opinions[1].equilibria[0].ours
    assert "1 Nash equilibrium of the tree" in str(found)
    assert set(found.to_frame()["asked about"]) == {"strategic form", "tree"}


def test_a_tree_that_gambit_takes_for_another_is_no_agreement(pygambit, monkeypatch):
    def draws_as_one(*arguments, **options):
        text = dt.write_gambit(*arguments, **options)
        return text.replace('c "" 3 ', 'c "" 2 ')  # the two draws of B's kind, as if they were one

    monkeypatch.setattr(peer_answers, "write_gambit", draws_as_one)
    found = second_opinion(TWO_SIDED, peers=["pygambit"])
    assert found.opinions[1].answer.status == "refuses the tree: it sees imperfect recall"
    assert not found.agree
    monkeypatch.setattr(peer_answers, "write_gambit", lambda *_, **__: "EFG 2 R")
    found = second_opinion(TWO_SIDED, peers=["pygambit"])
    assert found.opinions[1].answer.status.startswith("refuses the tree: it cannot read it (Parse error")
    assert not found.agree


@pytest.mark.parametrize("players", [1, 3])
def test_trees_of_one_player_or_of_three_are_asked_about(players, pygambit):
    """Each in turn takes 2 or leaves 1 to everyone and goes on; the last decides alike."""
    names = ("A", "B", "C")[:players]
    node = end("left", *[1] * players)
    for k in reversed(range(players)):
        node = move(names[k], take=end(f"{names[k]} takes", *(2 * (i == k) for i in range(players))), leave=node)
    found = peer_answers.ask_tree("pygambit", dt.Game(names, node), 60)
    assert (found.method, found.status) == ("enumpoly_solve", "answered")
    assert all(profile[0] == (1.0, 0.0) for profile in found.profiles)


@pytest.mark.parametrize("seed", range(12))
def test_behaviour_is_the_same_play_as_the_strategies_that_make_it(seed):
    from deterrence.exchange.peers.profiles import PeerPlay

    game = hidden_game(seed)
    form, rng = game.strategic_form(), np.random.default_rng(seed)
    mixed = [rng.dirichlet(np.ones(len(plans))).tolist() for plans in form.plans]
    play = PeerPlay.of(form, mixed)
    order = sorted(range(len(play.rows)), key=lambda h: game.form.player_of[h])
    again = PeerPlay.of_behaviour(game, [play.filled[h] for h in order])
    assert again.outcomes == pytest.approx(play.outcomes)
    assert [float(v) for v in again.values[0]] == pytest.approx([float(v) for v in play.values[0]])
    assert [row is None for row in again.rows] == [row is None for row in play.rows]


@pytest.mark.parametrize("listed", [[], [[1.0]], [[float("nan"), 1.0]], [[0.5, 0.6]]])
def test_behaviour_that_is_no_distribution_is_no_profile(listed):
    from deterrence.exchange.peers.profiles import PeerPlay

    game = dt.Game(("A",), move("A", x=end("x", 1), y=end("y", 0)))
    assert PeerPlay.of_behaviour(game, listed) is None


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_pygambit_and_quantecon_agree_with_us_on_random_trees(seed, pygambit):
    names = ["pygambit", *(["quantecon"] if find_spec("quantecon") else [])]
    found = dt.second_opinion(hidden_game(seed, range(4)), peers=names, seconds=120)
    assert found.agree, str(found)
    assert found.opinions[0].missed == ()  # Gambit lists all extreme equilibria, so some have the outcomes of ours


@pytest.mark.slow
def test_pygambit_and_quantecon_agree_with_us_on_games_of_three(pygambit):
    game = dt.read_gambit('NFG 1 R "" { "A" "B" "C" } { 2 1 2 } 1 2 3 4 5 6 7 8 9 10 11 12')
    found = dt.second_opinion(game, peers=["pygambit", *(["quantecon"] if find_spec("quantecon") else [])], seconds=120)
    assert found.agree, str(found)
    assert all(each.missed == () for each in found.opinions)


def test_the_script_that_asks_imports_nothing_of_ours():
    code = f"import runpy, sys; runpy.run_path({str(peer_answers.SCRIPT)!r}); print('deterrence' in sys.modules)"
    ran = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "False"
