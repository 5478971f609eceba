"""A folder of results that are taken instead of being worked out again, each named by a key of what it depends on."""

import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "_build" / ".cache"
"""Where the documentation keeps its results; removing ``docs/_build`` forgets them."""
LARGEST = 200_000_000
"""So many bytes are kept; the results that were not used for longest go first."""
CHECKSUM = hashlib.sha256().digest_size


@dataclass(frozen=True)
class Cache:
    """A folder of results, one file each: a checksum, then the result.

    Attributes
    ----------
    folder
        Where the files are; made when the first is written.
    largest
        How many bytes they may take together, after :meth:`prune`.
    """

    folder: Path = FOLDER
    largest: int = LARGEST

    def get(self, key: str) -> bytes | None:
        """Return the result under a key; nothing where there is none or its file was damaged."""
        path = self.folder / key
        try:
            content = path.read_bytes()
        except OSError:
            return None
        checksum, result = content[:CHECKSUM], content[CHECKSUM:]
        if checksum != hashlib.sha256(result).digest():
            return None
        with suppress(OSError):
            os.utime(path)  # used last: `prune` spares it
        return result

    def put(self, key: str, result: bytes) -> None:
        """Write a result whole or not at all: another build may read or write at the same time."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.folder, prefix="new-", delete=False) as file:
            file.write(hashlib.sha256(result).digest() + result)
        Path(file.name).replace(self.folder / key)

    def result(self, key: Callable[[], str], make: Callable[[], bytes]) -> bytes:
        """Return the result under a key, made where there is none.

        It is kept only where the key is still the same after the making: a source that was edited meanwhile
        may or may not have been used.
        """
        before = key()
        known = self.get(before)
        if known is not None:
            return known
        made = make()
        if key() == before:
            self.put(before, made)
        return made

    def prune(self) -> None:
        """Remove the results that were not used for longest, until the rest is small enough."""
        left = self.largest
        for path, _used, size in sorted(self._files(), key=lambda file: file[1], reverse=True):
            left -= size
            if left < 0:
                path.unlink(missing_ok=True)

    def _files(self) -> list[tuple[Path, float, int]]:
        """Return each file with when it was used last and its size."""
        found = []
        for path in self.folder.glob("*"):
            with suppress(OSError):  # another build may have removed it
                about = path.stat()
                found.append((path, about.st_mtime, about.st_size))
        return found
