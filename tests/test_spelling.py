"""What a stream cannot encode is spelt; streams that cannot be told are left alone."""

import io

import pytest

from deterrence import spelling


class Bare:
    """A stream that a program has put in place of Python's own."""

    encoding, errors = "cp1252", "strict"


@pytest.mark.parametrize("stream", [Bare(), None, io.StringIO()])
def test_a_stream_that_cannot_be_told_is_left_alone(monkeypatch, stream):
    monkeypatch.setattr(spelling.sys, "stdout", stream)
    spelling.spell_what_cannot_be_encoded()
    assert spelling.sys.stdout is stream


@pytest.mark.parametrize(
    ("encoding", "errors", "written"),
    [("cp1252", "strict", b"a >= b"), ("cp1252", "ignore", b"a  b"), ("utf-8", "strict", "a ≥ b".encode())],
)
def test_only_streams_that_would_raise_are_told(monkeypatch, encoding, errors, written):
    below = io.BytesIO()
    monkeypatch.setattr(spelling.sys, "stdout", io.TextIOWrapper(below, encoding=encoding, errors=errors))
    spelling.spell_what_cannot_be_encoded()
    spelling.sys.stdout.write("a ≥ b")
    spelling.sys.stdout.flush()
    assert below.getvalue() == written
