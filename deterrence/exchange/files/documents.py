"""Documents from outside: read with care whatever they hold, written whole or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from deterrence.errors import FileFormatError

LARGEST_DOCUMENT = 20_000_000
"""The longest document that is read, in bytes."""

BYTE_ORDER_MARKS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


def read_file(path: str | os.PathLike[str], largest: int = LARGEST_DOCUMENT) -> str:
    """Return the text of a regular file.

    Parameters
    ----------
    path
        The file; it must be UTF-8.
    largest
        The longest file that is read, in bytes.

    Raises
    ------
    FileFormatError
        If there is no such file, it is a directory or a device, it is longer than allowed, or it is no text.
    """
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        raise FileFormatError(f"{_shown(path)} cannot be opened: {_reason(error)}.") from error
    try:
        mode = os.fstat(handle).st_mode
        if not stat.S_ISREG(mode):
            kind = "a directory" if stat.S_ISDIR(mode) else "a device, pipe or socket"
            raise FileFormatError(f"{_shown(path)} is {kind}; a game is read from a regular file.")
        with os.fdopen(os.dup(handle), "rb") as file:
            content = file.read(largest + 1)
    except OSError as error:
        raise FileFormatError(f"{_shown(path)} cannot be read: {_reason(error)}.") from error
    finally:
        os.close(handle)
    return text_of(content, largest)


def text_of(content: str | bytes | bytearray, largest: int = LARGEST_DOCUMENT) -> str:
    """Return a document's content as text, checked: UTF-8, no NUL, not longer than allowed.

    Raises
    ------
    FileFormatError
        If it is none of that; the line is named.
    """
    if len(content) > largest:
        raise FileFormatError(f"The document is longer than {largest:,} bytes, the most that is read.")
    text = content if isinstance(content, str) else _decoded(bytes(content))
    at = text.find("\0")
    if at >= 0:
        raise FileFormatError("The document contains a NUL character, so it is not a text file.", line=_line(text, at))
    if isinstance(content, str):
        try:
            size = len(text.encode())
        except UnicodeEncodeError as error:
            raise FileFormatError(
                "The text holds half a character (a lone surrogate).", line=_line(text, error.start)
            ) from error
        if size > largest:
            raise FileFormatError(f"The document is longer than {largest:,} bytes, the most that is read.")
    return text.removeprefix("\ufeff")


def write_file(path: str | os.PathLike[str], content: str | bytes, *, overwrite: bool = False) -> None:
    """Write a text or bytes to a file, whole or not at all: a reader sees the old file or the new one.

    Raises
    ------
    FileFormatError
        If the file exists and may not be overwritten, or it cannot be written.
    """
    target = Path(path)
    if not overwrite and os.path.lexists(target):
        raise FileFormatError(f"{_shown(path)} exists. Give overwrite=True to replace it, or another name.")
    if target.exists() and not target.is_file():
        raise FileFormatError(f"{_shown(path)} is not a regular file, so nothing is written there.")
    draft = target.with_name(f".{target.name}.{os.getpid()}.part") if target.name else target
    try:
        with draft.open("xb") as file:
            file.write(content.encode("utf-8") if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except BaseException as error:  # Ctrl-C too leaves no draft behind
        if draft != target:
            with suppress(OSError):
                draft.unlink()
        if not isinstance(error, (OSError, ValueError)):
            raise
        raise FileFormatError(f"{_shown(path)} cannot be written: {_reason(error)}.") from error


def _decoded(content: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            raise FileFormatError(f"The document is written in {encoding}; save it as UTF-8.", line=1)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileFormatError(
            f"The document is not UTF-8: byte {content[error.start]:#04x} is invalid. Save it as UTF-8.",
            line=line,
        ) from error


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _shown(path: Any) -> str:
    name = repr(os.fspath(path))
    return name if len(name) <= 200 else f"{name[:200]}…"


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[:1].lower() + error.strerror[1:]
    return str(error)
