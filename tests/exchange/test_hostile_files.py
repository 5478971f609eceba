"""What breaks the formats, or tries to: an error that names the line, in bounded time and memory."""

import os
import time
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import deterrence as dt
from deterrence.errors import DeterrenceError, FileFormatError
from deterrence.exchange.files.documents import read_file, write_file
from deterrence.exchange.gambit import efg_rows, efg_tree

HEAD = 'EFG 2 R "t" { "A" "B" }\n'
TABLE = 'NFG 1 R "t" { "A" "B" }\n'

BROKEN = [
    # a document, the line named, what the error says
    (HEAD, 2, "the document ends after 0 nodes"),
    (HEAD + 'p "" 1 1 "" { "x" "y" } 0\nt "" 0\n', 4, "ends after 2 nodes, and 1 more"),
    (HEAD + 't "" 0\nt "" 0', 3, "nothing may follow"),
    (HEAD + 'x "" 0', 2, "begins with c"),
    (HEAD + "t 0", 2, "Expected the label of the node in quotation marks; got '0'"),
    (HEAD + 't "" 1', 2, "Outcome 1 is used before its payoffs"),
    (HEAD + 't "" 0 "none" { 1 1 }', 2, "Outcome 0 means no outcome"),
    (HEAD + 't "" 1 "o" { 1 }', 2, "Expected payoff of 'B'; got '}'"),
    (HEAD + 't "" 1 "o" { 1 2 3 }', 2, "the brace that closes the payoffs"),
    (HEAD + 't "" 1 "o" { 1 nan }', 2, "Expected payoff of 'B'; got 'nan'"),
    (HEAD + 't "" 1 "o" { 1 1/0 }', 2, "no division by zero"),
    (HEAD + 't "" 1 "o" { 1 1.2.3 }', 2, "got '1.2.3'"),
    (HEAD + 't "" 1 "o" { 1 1e999999999 }', 2, "no power of ten beyond 300"),
    (HEAD + 't "" 1 "o" { 1 1e-999999999 }', 2, "no power of ten beyond 300"),
    (HEAD + 't "" 1 "o" { 1 1' + "0" * 10**6 + " }", 2, "at most 300 digits"),
    (HEAD + 't "" 1 "o" { 1 0.' + "1" * 10**6 + " }", 2, "at most 300 digits"),
    (HEAD + 't "" 1 "o" { 1 1/1' + "0" * 10**6 + " }", 2, "at most 300 digits"),
    (HEAD + 't "" -1', 2, "the number of an outcome"),
    (HEAD + 't "" 1.5', 2, "the number of an outcome"),
    (HEAD + 't "never closed 0', 2, "never closed"),
    (HEAD + 't "' + '\\"' * 1000, 2, "never closed"),
    (HEAD + 'p "" 3 1 "" { "x" } 0 t "" 0', 2, "no player 3"),
    (HEAD + 'p "" 0 1 "" { "x" } 0 t "" 0', 2, "the number of a player"),
    (HEAD + 'p "" 1' + "0" * 400 + ' 1 "" { "x" } 0 t "" 0', 2, "the number of a player"),
    (HEAD + 'p "" 1 1 "" { } 0', 2, "at least one action"),
    (HEAD + 'p "" 1 1 0 t "" 0', 2, "information set 1 of 'A' is used before its actions"),
    (HEAD + 'p "" 1 1 "" { "x" } 0\np "" 1 1 "" { "y" } 0 t "" 0', 3, "other actions here"),
    (HEAD + 'p "" 1 1 "a" { "x" } 0\np "" 1 1 "b" { "x" } 0 t "" 0', 3, "other label here"),
    (HEAD + 'c "" 1 "" { "x" 1/2 "y" 1/3 } 0 t "" 0 t "" 0', 2, "sum to 0.833333"),
    (HEAD + 'c "" 1 "" { "x" 0.333333333 "y" 0.666666666 } 0 t "" 0 t "" 0', 2, "almost 1"),
    (HEAD + 'c "" 1 "" { "x" -1 "y" 2 } 0 t "" 0 t "" 0', 2, "below zero"),
    (HEAD + 'c "" 1 "" { "x" "y" } 0 t "" 0 t "" 0', 2, "expected probability"),
    (HEAD + 'c "" 1 "" { "x" 1 } 0\nc "" 1 "" { "x" 1/2 "y" 1/2 } 0', 3, "chance event"),
    (HEAD + 't "" 1 "' + "o" * 1001 + '" { 1 1 }', 2, "1,001 characters long"),
    ('EFG 3 R "t" { "A" } t "" 0', 1, "Only version 2"),
    ('EFG 2 X "t" { "A" } t "" 0', 1, "the letter R or D"),
    ('EFG 2 R t { "A" } t "" 0', 1, "the title in quotation marks"),
    ('EFG 2 R "t" { } t "" 0', 1, "no players"),
    ('EFG 2 R "t" { "A" ' + '"B" ' * 100_000 + '} t "" 0', 1, "more than 100 players"),
    ("EFG", 1, "the document ends"),
    (TABLE + "{ 2 2 } 1 2 3 4 5 6 7", 2, "expected payoff of 'B'; the document ends"),
    (TABLE + "{ 2 2 } 1 2 3 4 5 6 7 8 9", 2, "nothing may follow"),
    (TABLE + "{ 2 0 }", 2, "how many strategies 'B' has"),
    (TABLE + "{ 2 }", 2, "how many strategies 'B' has"),
    (TABLE + "{ 2 2 2 } 1 2", 2, "the brace that closes the strategies of 2 players"),
    (TABLE + "{ 2 1 1 } 1 2 3 4", 2, "the brace that closes the strategies"),
    (TABLE + '{ { "x" } { } } 1 2', 2, "'B' has no strategy"),
    (TABLE + '{ { "x" } } 1 2', 2, "the strategies of 'B' in braces"),
    (TABLE + "{ 1000000000 1000000000 } 1 2", 2, "more cells than the rest of the document"),
    (TABLE + "{ 1" + "0" * 299 + " 1" + "0" * 299 + " } 1 2", 2, "more cells than the rest of the document"),
    (TABLE + '{ { "x" } { "y" } }\n{ { "o" 1 2 } } 2', 3, "no outcome 2"),
    (TABLE + '{ { "x" } { "y" } }\n{ { "o" 1 2 } } -1', 3, "the number of an outcome"),
    (TABLE + '{ { "x" } { "y" } }\n{ { "o" 1 } } 1', 3, "expected payoff of 'B'"),
]


@pytest.mark.parametrize(("document", "line", "says"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_document_is_refused_with_its_line(document, line, says):
    begun = time.perf_counter()
    with pytest.raises(FileFormatError) as caught:
        dt.read_gambit(document)
    assert says.lower() in str(caught.value).lower()
    assert caught.value.line == line
    assert len(str(caught.value)) < 400
    assert time.perf_counter() - begun < 2


def test_who_forgets_having_moved_is_refused_by_name():
    text = HEAD + 'p "" 1 4 "bridge" { "x" "y" } 0\np "" 1 4 0 t "" 0 t "" 0 t "" 0'
    with pytest.raises(
        FileFormatError, match=r"information set 'bridge' of 'A' holds this node .*absent-mindedness"
    ) as caught:
        dt.read_gambit(text)
    assert caught.value.line == 3


def test_who_forgets_its_own_choice_is_refused_by_name():
    row = 'p "" 1 5 "later" { "l" "r" } 0 t "" 0 t "" 0\n'
    with pytest.raises(FileFormatError, match="'A' has imperfect recall at the information set 'later'"):
        dt.read_gambit(HEAD + 'p "" 1 4 "" { "x" "y" } 0\n' + row + row)


NOT_TEXT = {
    "utf-16": (HEAD.encode("utf-16"), "UTF-16"),
    "utf-32": (HEAD.encode("utf-32"), "UTF-32"),
    "latin-1": ('EFG 2 R "caf\xe9" { "A" }\nt "" 0'.encode("latin-1"), "not UTF-8: byte 0xe9"),
    "nul": (HEAD.encode() + b't "" 0\x00', "NUL"),
    "utf-16 without a mark": (HEAD.encode("utf-16-le"), "NUL"),
    "noise": (bytes(range(128, 256)), "not UTF-8"),
    "nothing": (b"", "begins with ''"),
    "half a character": ('EFG 2 R "\ud800" { "A" }', "lone surrogate"),
    "another format": (b"<gambit:document/>", "begins with '<gambit:document/>'"),
}


@pytest.mark.parametrize("name", NOT_TEXT)
def test_what_is_no_utf_8_is_refused(name, tmp_path):
    content, says = NOT_TEXT[name]
    with pytest.raises(FileFormatError, match=says):
        dt.read_gambit(content)
    if isinstance(content, bytes):
        path = tmp_path / "game.efg"
        path.write_bytes(content)
        with pytest.raises(FileFormatError, match=says):
            dt.read_gambit(path)


def test_a_byte_order_mark_and_any_line_ends_do_no_harm(tmp_path):
    path = tmp_path / "game.efg"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + 't "" 0').replace("\n", "\r\n").encode())
    assert dt.read_gambit(path).players == dt.read_gambit(path.read_bytes()).players == ("A", "B")
    assert dt.read_gambit("\ufeff" + HEAD + 't "" 0').players == ("A", "B")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("missing.efg", "no such file"),
        (".", "is a directory"),
        ("a\0b.efg", "null"),
        ("x" * 1000, "too long"),
        ("", "neither a path nor a document"),
        ("not a game\nat all", "neither a path nor a document"),
        ("x" * 100_000, "neither a path nor a document"),
        (7, "not from int"),
        (None, "not from NoneType"),
    ],
)
def test_what_is_no_file_is_refused(path, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileFormatError, match=f"(?i){says}"):
        dt.read_gambit(path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there are no such devices here")
def test_devices_and_pipes_are_no_files(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in ("/dev/zero", "/dev/null", tmp_path / "pipe"):
        with pytest.raises(FileFormatError, match="a device, pipe or socket"):
            dt.read_gambit(path)
        with pytest.raises(FileFormatError, match="not a regular file"):
            write_file(path, "", overwrite=True)


def test_a_file_longer_than_allowed_is_not_read(tmp_path):
    path = tmp_path / "game.efg"
    path.write_text(HEAD + 't "" 0' + " " * 1000)
    assert dt.read_gambit(path).players == ("A", "B")
    with pytest.raises(FileFormatError, match="longer than 500 bytes"):
        dt.read_gambit(path, largest=500)
    with pytest.raises(FileFormatError, match="longer than 500 bytes"):
        dt.read_gambit("EFG " + "é" * 300, largest=500)
    with pytest.raises(FileFormatError, match="longer than 3 bytes"):
        read_file(path, 3)


def test_a_text_that_begins_like_a_document_is_never_a_path(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "EFG").write_text("decoy")
    (tmp_path / "EFG_1.efg").write_text(HEAD + 't "" 0')
    with pytest.raises(FileFormatError, match="the document ends"):
        dt.read_gambit("EFG")
    assert dt.read_gambit("EFG_1.efg").players == ("A", "B")


# -- depth, width and claims -----------------------------------------------------------------------------------


def chain(length, line='p "" 1 {0} "" {{ "x" "y" }} 0\nt "" 1 "o" {{ 1 2 }}\n'):
    return "".join(line.format(i) for i in range(1, length + 1)) + 't "" 1\n'


@pytest.mark.slow
def test_a_chain_far_deeper_than_pythons_recursion_is_read():
    game = dt.read_gambit(HEAD + chain(4_000))
    assert len(game.form.nodes_of) == 4_000


def test_long_shared_chains_are_refused_before_they_cost_time():
    text = HEAD + 'c "" 1 "" { "a" 1/2 "b" 1/2 } 0\n' + 2 * chain(1600)
    begun = time.process_time()
    with pytest.raises(FileFormatError, match="too deep for its size"):
        dt.read_gambit(text)
    assert time.process_time() - begun < 2


def test_more_nodes_or_actions_than_allowed_are_refused(monkeypatch):
    monkeypatch.setattr(efg_rows, "MOST_NODES", 100)
    with pytest.raises(FileFormatError, match="more than 100 nodes") as caught:
        dt.read_gambit(HEAD + chain(60))
    assert caught.value.line == 102
    with pytest.raises(FileFormatError, match="more than 10,000 actions"):
        dt.read_gambit(HEAD + 'p "" 1 1 "" { ' + '"x" ' * 10_001 + "} 0")


def test_numbers_that_grow_when_added_are_refused():
    text = HEAD + "".join(f'p "" 1 {i} "" {{ "x" }} {i} "" {{ 1/{10**250 + i} 0 }}\n' for i in range(1, 5)) + 't "" 0'
    with pytest.raises(FileFormatError, match="too many digits when added up") as caught:
        dt.read_gambit(text)
    assert caught.value.line == 3
    shares = " ".join(f'"x" 1/{10**250 + i}' for i in range(1, 5))
    with pytest.raises(FileFormatError, match="sum of the probabilities has too many digits"):
        dt.read_gambit(HEAD + f'c "" 1 "" {{ {shares} }} 0')


def test_an_end_after_many_long_names_is_called_by_its_number():
    stage = 'p "" 1 {0} "" {{ "x" }} {0} "' + "o" * 100 + '{0}" {{ 1 0 }}\n'
    game = dt.read_gambit(HEAD + "".join(stage.format(i) for i in range(1, 6)) + 't "" 0')
    assert game.outcomes == ("end 1",)
    names = [f'{{ "{"x" * 150}" "{"y" * 150}" }}'] * 2
    table = dt.read_gambit(TABLE + "{ " + " ".join(names) + " } 1 1 2 2 3 3 4 4")
    assert set(table.outcomes) == {"cell 1", "cell 2", "cell 3", "cell 4"}
    assert max(map(len, table.outcomes)) <= efg_tree.LONGEST_NAME


def test_claims_cost_no_memory():
    tracemalloc.start()
    try:
        for sizes in ("9999999999 9999999999", "10000 10000", "1 999999999999999999999"):
            with pytest.raises(FileFormatError):
                dt.read_gambit(TABLE + "{ " + sizes + " } 1 2")
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


# -- mutations ---------------------------------------------------------------------------------------------------

WORDS = [
    "{",
    "}",
    '"',
    '""',
    '"x"',
    "0",
    "1",
    "2",
    "-1",
    "1/3",
    "1/0",
    "1e9",
    "c",
    "p",
    "t",
    ",",
    "\\",
    "\n",
    "EFG",
    "é",
    "\0",
]
SEED = HEAD + (
    'c "" 1 "" { "a" 1/2 "b" 1/2 } 0\np "" 1 1 "s" { "x" "y" } 1 "o" { 1 2 }\nt "" 1\nt "" 0\np "" 1 1 0\nt "" 1\nt "" 0'
)
TABLES = [TABLE + "{ 2 1 } 1 2 3 4", TABLE + '{ { "x" } { "y" "z" } } { { "o" 1, 2 } } 1 0']


@settings(max_examples=150, deadline=2000)
@given(
    st.sampled_from([SEED, *TABLES]),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 6), st.sampled_from(WORDS)), min_size=1, max_size=5),
)
def test_mutated_documents_are_read_or_refused_with_our_errors(document, changes):
    for place, removed, put in changes:
        at = place % (len(document) + 1)
        document = document[:at] + put + document[at + removed :]
    try:
        game = dt.read_gambit(document)
    except DeterrenceError:
        return
    assert dt.write_gambit(dt.read_gambit(dt.write_gambit(game))) == dt.write_gambit(game)
    assert str(game)


@settings(max_examples=100, deadline=2000)
@given(st.binary(max_size=60), st.sampled_from([b"EFG 2 R ", b"NFG 1 R ", b"EFG", b""]))
def test_any_bytes_are_refused_with_our_errors(content, beginning):
    with pytest.raises(FileFormatError):
        dt.read_gambit(beginning + content)
