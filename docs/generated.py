"""Files that are made when the documentation is built: what is the same is not written again.

Sphinx reads a page again when its file is newer than the last build.
"""

from collections.abc import Mapping
from pathlib import Path


def fill(folder: Path, files: Mapping[str, bytes | str], pattern: str = "*") -> int:
    """Write files into a folder, remove others there that match the pattern, and return how many changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = [write(folder / name, content) for name, content in files.items()]
    stray = [path for path in folder.glob(pattern) if path.is_file() and path.name not in files]
    for path in stray:
        path.unlink()
    return sum(changed) + len(stray)


def write(path: Path, content: bytes | str) -> bool:
    """Write a file unless it has that content already, and return whether it was written."""
    new = content.encode() if isinstance(content, str) else content
    if path.exists() and path.read_bytes() == new:
        return False
    path.write_bytes(new)
    return True
